"""Cells of tables: counts, shares, and counts that are told so that no small one can be had."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import Any, Concatenate, ParamSpec

import pandas as pd

from audits.evaluation.results import PromiseResult
from audits.show import suppression
from audits.show.html import Cell, Html, Row, together
from audits.show.reader import Reader
from audits.words import mark, number, say

P = ParamSpec("P")


def result(audit: Reader, promise: str) -> PromiseResult:
    """What was found of a promise, by its id, its name, or its control's id."""
    return audit.results.promise(promise)


def promised(audit: Reader, names: Iterable[str]) -> list[PromiseResult]:
    """What was found of the promises of some names, of every text that makes them; raises Unusable for a name that is none."""
    found = {name: audit.results.named(name) for name in names}
    for name in (name for name, promises in found.items() if not promises and not audit.unpromised(name)):
        audit.results.promise(name)
    return list({p.promise_id: p for promises in found.values() for p in promises}.values())


def one_a_text(audit: Reader, names: Iterable[str]) -> list[PromiseResult]:
    """The same, but of the versions of a text only the one in force at the end of the period."""
    results = audit.results
    return [
        results.promises[first] for first in dict.fromkeys(results.versions_of(p.promise_id)[0] for p in promised(audit, names))
    ]


def _of_all(
    shown: Callable[Concatenate[Reader, str, P], Html], chosen: Callable[[Reader, Iterable[str]], list[PromiseResult]]
) -> Callable[Concatenate[Reader, str, P], Html]:
    @wraps(shown)
    def of_all(audit: Reader, promise: str, /, *more: P.args, **named: P.kwargs) -> Html:
        parts = [shown(audit, p.promise_id, *more, **named) for p in chosen(audit, [promise])]
        return together(parts, "") if parts else Html("", say("Not promised here: {title}.", title=audit.unpromised(promise)))

    return of_all


def of_each(shown: Callable[Concatenate[Reader, str, P], Html]) -> Callable[Concatenate[Reader, str, P], Html]:
    """What shows a promise, for each text that makes it; where none does, a page shows nothing, and a console says so."""
    return _of_all(shown, promised)


def of_each_text(shown: Callable[Concatenate[Reader, str, P], Html]) -> Callable[Concatenate[Reader, str, P], Html]:
    """What shows a promise with all versions of its text, once for each text that makes it."""
    return _of_all(shown, one_a_text)


def told(audit: Reader, rows: Sequence[Sequence[Cell | str | int]]) -> list[list[Cell | str]]:
    """Rows whose whole numbers are counts by country, type or recipient: exact for auditors, suppression.py for leadership."""
    columns = [list(column) for column in zip(*rows, strict=True)]
    shown = [
        [Cell(text, "number") for text in suppression.told([int(c) for c in column if isinstance(c, int)], audit.least)]
        if all(isinstance(c, int) for c in column)
        else [c if isinstance(c, Cell) else str(c) for c in column]
        for column in columns
    ]
    return [list(row) for row in zip(*shown, strict=True)]


def filled(heads: Sequence[str], rows: Sequence[Row]) -> tuple[Sequence[str], Sequence[Row]]:
    """Heads and rows without the columns in which no row has anything."""
    cells = [[c.text if isinstance(c, Cell) else c for c in row] for row in rows]
    kept = [i for i in range(len(heads)) if not rows or any(row[i].strip("–") for row in cells)]
    return [heads[i] for i in kept], [tuple(row[i] for i in kept) for row in rows]


def as_shown(audit: Reader, frame: pd.DataFrame, column: str, of: str) -> pd.DataFrame:
    """A frame of counts whose words, of the data's column `of`, are such as the reader may see; rows of one word are summed."""
    words = frame.assign(**{column: [audit.shown(of, str(value)) for value in frame[column]]})
    return words if audit.names_records else words.groupby(column, as_index=False, sort=False).sum(numeric_only=True)


def merge_note(audit: Reader) -> str:
    """What is to be said beneath a breakdown of which small rows stand together."""
    message = mark(
        "What would show a count below {least} stands together with others; a promise's own counts are told as they are."
    )
    return say(message, least=audit.least) if audit.least else ""


def count(n: Any) -> Cell:
    """A count, exactly."""
    return Cell(number(n), "number")


def share(value: Any) -> float | None:
    """A share for the bar behind a cell, if there is one."""
    return None if pd.isna(value) else float(value)
