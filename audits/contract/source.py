"""The relation behind a table of the contract, and its columns as the contract types them."""

from __future__ import annotations

from dataclasses import dataclass, field

import duckdb

from audits.contract.engine import has_zone, literal, quoted
from audits.contract.schema import Column, Table

# What people do not see around a text.
WHITE = literal(" \t\n\f\r\u00a0\u200b\ufeff")
_OFFSET = r"(Z|UTC|[+-]\d\d(:?\d\d)?)$"
_DATE_ONLY = r"^\s*\d{4}-\d\d-\d\d\s*$"


@dataclass
class Source:
    """The relation behind one table of the contract: its quoted name and its columns' own types, by lower-case name."""

    relation: str
    types: dict[str, str]
    door: str | None = None  # the table that it was written down in, where it holds what must be read (door.py)
    spots: dict[str, int] = field(default_factory=dict)  # how many cells of a column cannot be read
    zoneless: dict[str, int] = field(default_factory=dict)  # how many instants of a column have no offset
    timeless: dict[str, int] = field(default_factory=dict)  # how many are bare days where the time counts

    def has(self, column: str) -> bool:
        """Whether the export carries the column."""
        return column in self.types


def typed_select(table: Table, source: Source | None) -> str:
    """SQL that gives the contract's columns, typed, from the export's own; absent ones are NULL."""
    if source and source.door:
        return f"select {', '.join(quoted(c.name) for c in table.columns)} from {source.door}"
    columns = ", ".join(f"{typed(c, source)} as {quoted(c.name)}" for c in table.columns)
    return f"select {columns} from {source.relation}" if source else f"select {columns} where false"


def noted_select(table: Table, source: Source) -> str:
    """SQL that gives the contract's columns, typed, and beside them what the door noted of each row, where it wrote them down."""
    return f"from {source.door}" if source.door else typed_select(table, source)


def put_view(con: duckdb.DuckDBPyConnection, table: Table, source: Source | None) -> None:
    """Let schema `main` show a table as it was exported, typed."""
    con.execute(f"create or replace view main.{table.name} as {typed_select(table, source)}")


def without_zone(column: Column, source: Source) -> str | None:
    """SQL that is true where an instant is written without its offset; None where that cannot be."""
    kind = source.types.get(column.name, "")
    if column.type != "TIMESTAMP WITH TIME ZONE" or kind == "":
        return None
    if kind == "VARCHAR":
        text = f"upper(trim({quoted(column.name)}, {WHITE}))"
        readable = f"try_cast({text} as {column.type}) is not null"
        told = f"regexp_matches({text}, {literal(_OFFSET)}) or regexp_matches({text}, {literal(_DATE_ONLY)})"
        return f"{readable} and not ({told})"
    return f"{quoted(column.name)} is not null" if kind.startswith("TIMESTAMP") and not has_zone(kind) else None


def typed(column: Column, source: Source | None) -> str:
    """SQL for a column's value as the contract's type; NULL where it is absent, or cannot be read."""
    if source is None or not source.has(column.name):
        return f"null::{column.type}"
    name = quoted(column.name)
    return name if source.types[column.name] == column.type else f"try_cast({name} as {column.type})"
