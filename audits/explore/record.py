"""One record, and everything the export holds about the person or thing it is of, on one timeline; for exploring only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from audits.contract.export import Export
from audits.contract.schema import Column, Contract, Table
from audits.errors import Unusable

MOST = 1000
_INSTANTS = ("TIMESTAMP WITH TIME ZONE", "DATE")
_NO_EVENT = {"birth_date"}  # long before anything that was done with the data


@dataclass(frozen=True)
class Record:
    """A record by its key: all that is held of the person in its `account_id`, or else of itself.

    Raises Unusable where the export has no record of that key.
    """

    export: Export
    record_id: str

    @cached_property
    def rows(self) -> dict[str, pd.DataFrame]:
        """By table, the columns that the export has; at most 1000 rows each."""
        frames = {
            t.name: self._frame(f"select {', '.join(c.name for c in self._columns(t))} {source}") for t, source in self._sources
        }
        return {name: frame for name, frame in frames.items() if len(frame)}

    @cached_property
    def timeline(self) -> pd.DataFrame:
        """Columns instant (of a day its first), table_name, record_id, event (the column), details; at most 1000, in order."""
        parts = [part for table, source in self._sources for part in self._events(table, source)]
        return self._frame(f"{' union all '.join(parts)} order by instant, table_name, record_id, event")

    @cached_property
    def _sources(self) -> list[tuple[Table, str]]:
        """Each table, with SQL for its rows: of the record or its person, of what refers to them, of what refers to that."""
        found = [self._root]
        for parent, source in found:  # grows while it is read
            for child, column in _children(self.export.contract, parent):
                if child not in [table for table, _ in found] and self._has(child, column):
                    found.append((child, f"from {child.name} where {column} in (select {parent.key[0]} {source})"))
        return found

    @cached_property
    def _root(self) -> tuple[Table, str]:
        tables = [t for t in self.export.contract.values() if t.key and t.name in self.export.sources]
        for table in tables:
            source = f"from {table.name} where {table.key[0]} = $key"
            if len(self._frame(source)):
                person = f"from accounts where account_id in (select account_id {source})"
                known = table.column("account_id") is not None and len(self._frame(person)) > 0
                return (self.export.contract["accounts"], person) if known else (table, source)
        raise Unusable(f"record {self.record_id!r} is in no table of the export; findings name theirs in record_id")

    def _events(self, table: Table, source: str) -> Iterator[str]:
        columns = self._columns(table)
        happened = [c.name for c in columns if c.type in _INSTANTS and c.name not in _NO_EVENT]
        told = [c.name for c in columns if c.name not in (*table.key, *happened)]
        details = ", ".join(f"'{c}: ' || {c}::varchar" for c in told) or "''"
        for c in happened:
            yield (
                f"select {c}::timestamptz as instant, '{table.name}' as table_name, {table.key[0]}::varchar as record_id, "
                f"'{c}' as event, concat_ws(', ', {details}) as details {source} and {c} is not null"
            )

    def _columns(self, table: Table) -> list[Column]:
        return [c for c in table.columns if self._has(table, c.name)]

    def _has(self, table: Table, column: str) -> bool:
        return table.name in self.export.sources and self.export.sources[table.name].has(column)

    def _frame(self, sql: str) -> pd.DataFrame:
        return self.export.con.execute(f"{sql} limit {MOST}", {"key": self.record_id}).df()


def _children(contract: Contract, parent: Table) -> Iterator[tuple[Table, str]]:
    """The tables that refer to a table, with the column that does."""
    for table in contract.values():
        for constraint in table.constraints:
            if constraint.references and constraint.references[0] == parent.name and table.name != parent.name:
                yield table, constraint.columns[0]
