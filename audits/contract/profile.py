"""What an export gave of the contract: tables, rows and columns, how much of it can be read, and what was not recognised.

A profile judges nothing; it says what is there. Two scans a table: of what the export wrote, and of what was read of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from audits.contract import formats
from audits.contract.engine import quoted
from audits.contract.export import Export, other_tables
from audits.contract.schema import Column, Table
from audits.contract.source import Source
from audits.errors import NEAR, nearest

# DuckDB's years go further than Python's.
_TOLD = "between timestamptz '0001-01-02 00:00:00+00' and timestamptz '9999-12-30 00:00:00+00'"


@dataclass(frozen=True)
class ColumnGiven:
    """A column of the contract that was given: how many values, blank text apart, and how many of those can be read.

    `is_typed`: the contract says what may stand in it, by a type or a list of words; any text can be read as text.
    """

    name: str
    is_typed: bool
    given: int
    readable: int


@dataclass(frozen=True)
class TableGiven:
    """A table of the contract that was given.

    `possible` is how many columns the contract has for it; `unknown` are those that it does not know, each with the nearest of
    the names that it misses; `first` and `last` are of its instants that may not lie ahead.
    """

    name: str
    rows: int
    possible: int
    columns: tuple[ColumnGiven, ...]
    unknown: dict[str, str | None]
    first: datetime | None
    last: datetime | None

    @property
    def given(self) -> int:
        """How many values are given where the contract says what may stand."""
        return sum(c.given for c in self.columns if c.is_typed)

    @property
    def readable(self) -> int:
        """How many of those can be read."""
        return sum(c.readable for c in self.columns if c.is_typed)

    @property
    def share(self) -> float | None:
        """Of those the share that can be read; None where none is given."""
        return self.readable / self.given if self.given else None


@dataclass(frozen=True)
class Given:
    """All that an export gave, in the order of the contract.

    `others` are tables that are none of the contract's, each with the nearest name; `unread` files beside the tables.
    """

    tables: dict[str, TableGiven]
    others: dict[str, str | None]
    unread: tuple[str, ...]

    @property
    def unreadable(self) -> int:
        """How many values cannot be read."""
        return sum(t.given - t.readable for t in self.tables.values())

    @property
    def carried(self) -> dict[str, set[str]]:
        """The columns that were given, by table."""
        return {t.name: {c.name for c in t.columns} for t in self.tables.values()}

    @property
    def meant(self) -> dict[str, set[str]]:
        """The same, if each column that is not known meant the nearest that is missing."""
        return {t.name: self.carried[t.name] | {near for near in t.unknown.values() if near} for t in self.tables.values()}


def given(export: Export) -> Given:
    """The profile of an export."""
    tables = {t.name: _table(export, t, s) for t in export.contract.values() if (s := export.sources.get(t.name))}
    beside = tuple(name for name in export.files.unread if _is_no_table(export.path / name, export.path))
    return Given(tables, other_tables(export.con, export.contract, export.files), beside)


def _is_no_table(path: Path, folder: Path) -> bool:
    """Whether what is not read is no table of its own: what lies in a table's folder is none, whatever its name says."""
    return path.parent != folder or formats.entry_of(path).kind is None


def unknown_columns(table: Table, source: Source, cutoff: float = NEAR) -> dict[str, str | None]:
    """The columns of a table that the contract does not know, each with the nearest of its names, where that one is missing."""
    like = {name: nearest(name, (c.name for c in table.columns), cutoff) for name in source.types if not table.column(name)}
    return {name: near if near and not source.has(near) else None for name, near in like.items()}


def misspelt(export: Export) -> list[str]:
    """A line for each column that was not read and is called almost as one that is missing."""
    return [
        f"{table.name}.{name} was not read: the contract has no such column; is it {near}?"
        for table in export.contract.values()
        if (source := export.sources.get(table.name))
        for name, near in unknown_columns(table, source, cutoff=0.8).items()
        if near
    ]


def _table(export: Export, table: Table, source: Source) -> TableGiven:
    columns = [c for c in table.columns if source.has(c.name)]
    counts = ", ".join(f"count(*) filter (where {_is_given(c, source)})" for c in columns)
    there = export.con.execute(f"select {counts} from {source.relation}").fetchone() or ()
    instants = [quoted(c.name) for c in columns if c.type.startswith("TIMESTAMP") and not c.may_lie_ahead]
    firsts, lasts = ([f"{end}({i}) filter (where {i} {_TOLD})" for i in instants] for end in ("min", "max"))
    ends = f"least({', '.join(firsts)}), greatest({', '.join(lasts)})" if instants else "null, null"
    read = ", ".join(f"count({quoted(c.name)})" for c in columns)
    row = export.con.execute(f"select count(*), {ends}, {read} from main.{table.name}").fetchone() or ()
    found = (_column(c, n, m) for c, n, m in zip(columns, there, row[3:], strict=True))
    return TableGiven(table.name, row[0], len(table.columns), tuple(found), unknown_columns(table, source), row[1], row[2])


def _column(column: Column, given: int, readable: int) -> ColumnGiven:
    is_typed = column.type != "VARCHAR" or bool(column.values or column.known_by)
    return ColumnGiven(column.name, is_typed, given, min(readable, given) if is_typed else given)


def _is_given(column: Column, source: Source) -> str:
    name = quoted(column.name)
    return f"trim({name}) <> ''" if source.types[column.name] == "VARCHAR" else f"{name} is not null"
