"""Cells that are spoilt, and all that each of them could mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import product
from math import prod
from random import Random
from typing import Any

from audits.contract.schema import Column

from ..conftest import WORKSPACE
from .days import TICK, At
from .stories import DAY, Case, Judge, Row, Tables, told

_COUNTRIES = ("DE", "CH", "GB", "US", "JP", "BR", "IN")
_LONG_AGO = datetime.fromisoformat("1971-01-01T00:00:00Z")
_ANY_OFFSET = timedelta(hours=14)
MOST_READINGS = 4000  # of one story: the judge is slow


@dataclass(frozen=True)
class Doubtful:
    """A cell as it is written, and what it could mean."""

    text: str
    means: tuple[Any, ...]

    def __repr__(self) -> str:
        return f"'{self.text}' ({len(self.means)} meanings)"


def spoilt(lot: Random, judge: Judge, size: int) -> Case:
    """An export in which a cell or two of every second story are spoilt."""
    case = told(lot, judge, size)
    stories = [_spoil(lot, judge, story, case.at, (0, 1, 0, 2)[number % 4]) for number, story in enumerate(case.stories)]
    return replace(case, stories=tuple(stories))


def _spoil(lot: Random, judge: Judge, story: Tables, at: At, times: int) -> Tables:
    """The story with so many cells spoilt."""
    if not times:
        return story
    control = WORKSPACE.catalogue[judge.control]
    places = [
        (table, number, column)
        for table, name in sorted(control.read_columns())
        for number, row in enumerate(story.get(table, ()))
        if name in row and not isinstance(row[name], Doubtful) and (column := _column(table, name))
    ]
    table, number, column = lot.choice(places)
    row = story[table][number]
    ways = list(_ways(column, row[column.name], _instants(story, at), at))
    if not ways:
        return _spoil(lot, judge, story, at, times - 1)
    cell = lot.choice(ways)
    kept = tuple(v for v in cell.means if keeps_rules(table, {**row, column.name: v}))
    rows = [*story[table]]
    rows[number] = {**row, column.name: replace(cell, means=kept or cell.means)}
    more = _spoil(lot, judge, {**story, table: rows}, at, times - 1)
    return more if _count(more) <= MOST_READINGS else {**story, table: rows}


def _count(story: Tables) -> int:
    """Of how many meanings the judge has to be asked."""
    return prod(len(v.means) for rows in story.values() for row in rows for v in row.values() if isinstance(v, Doubtful))


def meanings(table: str, name: str, story: Tables, at: At) -> tuple[Any, ...]:
    """What a cell of a column could mean beside the rows of a story; nothing of a key, or the name of another row."""
    column = _column(table, name)
    if column is None:
        return ()
    found = _meanings(column, _instants(story, at), at)
    return (None, *found) if column.empty.is_told else found


def _column(table: str, name: str) -> Column | None:
    """A column that can be spoilt: neither a key nor the name of another row."""
    contract = WORKSPACE.contract[table]
    column = contract.column(name)
    if column is None or name in contract.key or column.names or (column.refers_to and not column.known_by):
        return None
    return None if name in ("category", "recipient_id", "subscriber_id", "mechanism_ref", "consent_id") else column


def _ways(column: Column, value: Any, instants: list[datetime], at: At) -> Iterator[Doubtful]:
    """The ways in which a cell can be spoilt."""
    any_value = _meanings(column, instants, at)
    if column.empty.is_told:
        yield Doubtful("", (None,))
        any_value = (None, *any_value)
    elif not column.empty.words:
        yield Doubtful("", any_value)
    yield Doubtful("n/a" if column.type == "VARCHAR" else "???", any_value)
    if column.type == "VARCHAR" and value in column.values:
        yield Doubtful(f" {value.replace('_', ' ').upper()} ", (value,))  # otherwise written, and the same
        yield Doubtful(f"{value[:2]}{value[3:]}", any_value)  # misspelt
    if column.type == "TIMESTAMP WITH TIME ZONE" and value is not None:
        yield _undated(column, value, instants, at)
        near = [value - _ANY_OFFSET, value + _ANY_OFFSET, *(i for i in instants if abs(i - value) <= _ANY_OFFSET)]
        yield Doubtful(value.astimezone(at.zone).replace(tzinfo=None).isoformat(" "), _seen(column, near, at))


def _undated(column: Column, value: datetime, instants: list[datetime], at: At) -> Doubtful:
    """The day alone: its start or its end, or any moment of it where the time counts."""
    first, last = at.start(at.day(value)), at.end(at.day(value))
    if column.needs_time:
        return Doubtful(str(at.day(value)), _seen(column, [first, last, *(i for i in instants if first <= i <= last)], at))
    last = last if column.may_lie_ahead else min(last, at.exported_at)
    return Doubtful(str(at.day(value)), (last if column.means_the_end else first,))


def _meanings(column: Column, instants: list[datetime], at: At) -> tuple[Any, ...]:
    if column.type == "TIMESTAMP WITH TIME ZONE":
        return _seen(column, [_LONG_AGO, at.as_of + 4000 * DAY, *instants], at)
    if column.type == "DATE":
        days = {at.day(i) for i in instants}
        ages = (1, 12, 13, 14, 16, 17)
        return (date(1930, 1, 1), *(date(d.year - age, d.month, min(d.day, 28)) for d in days for age in ages))
    if column.type == "BOOLEAN":
        return (True, False)
    if column.type == "VARCHAR[]":
        return ([], ["hosting", "surveys", "recipient_marketing"])
    if column.type == "VARCHAR":
        return _COUNTRIES if column.is_country else column.values or _words(column)
    return (0, 1, 4, 5, 36_500)


def _words(column: Column) -> tuple[str, ...]:
    return (
        ("dpf", "privacy_shield", "scc_2021", "scc_2001", "bcr", "adequacy", "derogation_consent")
        if column.known_by
        else ("something", "CA", "NY")
    )


def _seen(column: Column, instants: list[datetime], at: At) -> tuple[datetime, ...]:
    """What was seen lies not after as_of."""
    last = datetime.max.replace(tzinfo=at.as_of.tzinfo) if column.may_lie_ahead else min(at.as_of, at.exported_at)
    found = tuple(sorted({i for i in instants if i <= last}))
    return found or (last,)


def _instants(story: Tables, at: At) -> list[datetime]:
    """Every instant of a story, the ends of its days and of the days that are reckoned from it, and those beside them."""
    days = {0, 1, 30, *(at.values.get(name) or 0 for name in ("days", "grace_days", "deletion_days"))}
    found = {at.as_of, at.exported_at}
    for value in (v for rows in story.values() for row in rows for v in row.values() if isinstance(v, datetime)):
        hours = timedelta(hours=at.values.get("hours", 0))
        found |= {
            value,
            value - hours,
            value + hours,
            *(at.end_after(value, n) for n in days),
            *(at.end_after(value, -n - 1) for n in days),
        }
    return sorted(i + away for i in found for away in (-TICK, timedelta(0), TICK))


def keeps_rules(table: str, row: Row) -> bool:
    """Whether no instant comes before one that it cannot come before."""
    for rule in WORKSPACE.contract[table].constraints:
        if match := re.fullmatch(r"\(?(\w+) >= (\w+)\)?", rule.text):
            later, earlier = row.get(match[1]), row.get(match[2])
            if isinstance(later, datetime) and isinstance(earlier, datetime) and later < earlier:
                return False
    return True


def readings(story: Tables) -> Iterator[Tables]:
    """The story in each of its meanings."""
    cells = [
        (t, n, c, v) for t, rows in story.items() for n, row in enumerate(rows) for c, v in row.items() if isinstance(v, Doubtful)
    ]
    for values in product(*(v.means for *_, v in cells)):
        read = {table: [dict(row) for row in rows] for table, rows in story.items()}
        for (table, number, column, _), value in zip(cells, values, strict=True):
            read[table][number][column] = value
        yield read


def verdicts(judge: Judge, case: Case) -> dict[str, set[str]]:
    """All verdicts that each record could have; '' where it is none of the population."""
    found: dict[str, set[str]] = {}
    for story in case.stories:
        found |= told_of(judge, readings(story), case.at)
    return found


def told_of(judge: Judge, stories: Iterable[Tables], at: At) -> dict[str, set[str]]:
    """The same of one story in each of its meanings."""
    each = [judge.judge(_with_shared(judge, read), at) for read in stories]
    return {record: {one.get(record, "").partition(":")[0] for one in each} for record in {r for one in each for r in one}}


def _with_shared(judge: Judge, story: Tables) -> Tables:
    tables: Tables = {name: [] for name in WORKSPACE.catalogue[judge.control].tables}
    return {**tables, **{name: [*judge.shared.get(name, ()), *story.get(name, ())] for name in {*judge.shared, *story}}}
