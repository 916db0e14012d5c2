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
from audits.show.retold import again
from audits.words import number, say

MOST_ROWS = 50


@of_each
def findings(audit: Reader, promise: str, verdict: str) -> Html:
    """The findings of a verdict, the longest overdue first; leadership sees keyed hashes for keys, no country and no type."""
    found = result(audit, promise)
    frame = audit.results.findings(promise, verdict)
    columns: dict[str, Callable[[Any], Cell | str]] = {
        "record": lambda r: Cell(str(r.record_id if audit.names_records else r.pseudonym), "key"),
        "country": lambda r: "–" if pd.isna(r.country) else wording.country(r.country),
        "type": lambda r: wording.word(r.type),
        "due_at": lambda r: wording.day(None if pd.isna(r.due_at) else r.due_at),
        "days_late": lambda r: Cell("–" if pd.isna(r.days_late) else number(r.days_late), "number"),
        "why": lambda r: again(found.reason_texts.get(str(r.reason), str(r.reason))),
    }
    # A column that says nothing of any record is left out, and by country or type leadership could count.
    empty = {name for name in ("country", "type", "due_at", "days_late") if frame[name].isna().all()}
    shown = [name for name in columns if name not in empty and (audit.names_records or name not in ("country", "type"))]
    rows = [tuple(columns[name](r) for name in shown) for r in rows_of(frame.head(MOST_ROWS))]
    note = say("The first {n} of {total}.", n=MOST_ROWS, total=number(len(frame))) if len(frame) > MOST_ROWS else ""
    caption = f"{say('Violations') if verdict == 'violation' else say('Cannot be told')}: {found.title}"
    return table(caption, [_heads()[name] for name in shown], rows, note, say("None in this period."))


def _heads() -> dict[str, str]:
    return {
        **{"record": say("Record"), "country": say("Country"), "type": say("Type"), "due_at": say("Due")},
        **{"days_late": say("Days late"), "why": say("Why")},
    }


def violations(audit: Reader, promises: Iterable[str]) -> Html:
    """The violations, control by control; those without are left out."""
    return _findings_of(audit, promises, "violation", say("No violation in this period."))


def untold(audit: Reader, promises: Iterable[str]) -> Html:
    """What cannot be told, control by control; those without are left out."""
    return _findings_of(audit, promises, "indeterminate", say("Everything that fell due in this period could be judged."))


def _findings_of(audit: Reader, promises: Iterable[str], verdict: str, none: str) -> Html:
    found = [p.promise_id for p in promised(audit, promises) if getattr(p, verdict)]
    return together([findings(audit, p, verdict) for p in found], none)
