"""Findings one by one: violations, and what cannot be told."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pandas as pd

from audits.evaluation.results import rows_of
from audits.show import wording
from audits.show.cells import of_each, promised, result
from audits.show.html import Cell, Html, table, together
from audits.show.reader import Reader

MOST_ROWS = 50


@of_each
def findings(audit: Reader, promise: str, verdict: str) -> Html:
    """The findings of a verdict, the longest overdue first; leadership sees keyed hashes for keys, no country and no type."""
    found = result(audit, promise)
    frame = audit.results.findings(promise, verdict)
    columns: dict[str, Callable[[Any], Cell | str]] = {
        "Record": lambda r: Cell(str(r.record_id if audit.names_records else r.pseudonym), "key"),
        "Country": lambda r: wording.text(r.country),
        "Type": lambda r: wording.text(r.type),
        "Due": lambda r: wording.day(None if pd.isna(r.due_at) else r.due_at),
        "Days late": lambda r: Cell("–" if pd.isna(r.days_late) else wording.number(r.days_late), "number"),
        "Why": lambda r: found.reason_texts.get(str(r.reason), str(r.reason)),
    }
    # A column that says nothing of any record is left out, and by country or type leadership could count.
    empty = {name for name, column in (("Country", "country"), ("Type", "type"), ("Due", "due_at"), ("Days late", "days_late"))
             if frame[column].isna().all()}  # fmt: skip
    heads = [name for name in columns if name not in empty and (audit.names_records or name not in ("Country", "Type"))]
    rows = [tuple(columns[name](r) for name in heads) for r in rows_of(frame.head(MOST_ROWS))]
    note = f"The first {MOST_ROWS} of {wording.number(len(frame))}." if len(frame) > MOST_ROWS else ""
    caption = f"{'Violations' if verdict == 'violation' else 'Cannot be told'}: {found.title}"
    return table(caption, heads, rows, note, "None in this period.")


def violations(audit: Reader, promises: Iterable[str]) -> Html:
    """The violations, control by control; those without are left out."""
    return _findings_of(audit, promises, "violation", "No violation in this period.")


def untold(audit: Reader, promises: Iterable[str]) -> Html:
    """What cannot be told, control by control; those without are left out."""
    return _findings_of(audit, promises, "indeterminate", "Everything that fell due in this period could be judged.")


def _findings_of(audit: Reader, promises: Iterable[str], verdict: str, none: str) -> Html:
    found = [p.promise_id for p in promised(audit, promises) if getattr(p, verdict)]
    return together([findings(audit, p, verdict) for p in found], none)
