"""What promises lack of an export, and which one column or table would let most of them be assessed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from audits.contract.export import Export
from audits.controls.control import Control
from audits.controls.promise import Promise
from audits.law import rests

# The columns that an export carries, by table.
Carried = Mapping[str, Collection[str]]


@dataclass(frozen=True, order=True)
class Lack:
    """A table that is not there, or a column of one that is."""

    table: str
    column: str = ""

    def __str__(self) -> str:
        return f"{self.table}.{self.column}" if self.column else self.table

    @property
    def said(self) -> str:
        """The export has no table breaches; the export has no column requests.closed_at."""
        return f"the export has no {'column' if self.column else 'table'} {self}"


@dataclass(frozen=True)
class Opening:
    """What a set of tables and columns opens: the promises that can be assessed; those that cannot, with what they lack of the
    export, and in words with what their text lacks, or which fact of law they rest on cannot be read."""

    assessed: tuple[str, ...]
    lacking: dict[str, tuple[Lack, ...]]
    unnamed: dict[str, str]
    unread: dict[str, str]
    reads: dict[str, tuple[str, ...]]  # the promises that read a table, by table

    def opens(self, table: str) -> list[str]:
        """The promises that read a table and can be assessed."""
        return [p for p in self.reads.get(table, ()) if p in self.assessed]

    def closed(self, table: str) -> dict[str, tuple[Lack, ...]]:
        """The promises that lack a column of a table, with all that they lack."""
        return {p: lacks for p, lacks in self.lacking.items() if any(lack.table == table for lack in lacks)}

    def most_wanted(self, is_column: bool) -> tuple[Lack, int] | None:
        """The column, or the table, that most promises lack, alone or among others, and how many do."""
        counted = Counter(lack for lacks in self.lacking.values() for lack in lacks if bool(lack.column) == is_column)
        return min(counted.items(), key=lambda item: (-item[1], item[0]), default=None)

    @property
    def openers(self) -> dict[Lack, tuple[str, ...]]:
        """What would open promises all alone, that which opens most first."""
        found: dict[Lack, list[str]] = {}
        for promise, lacks in self.lacking.items():
            if len(lacks) == 1:
                found.setdefault(lacks[0], []).append(promise)
        return {lack: tuple(opened) for lack, opened in sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))}


def lacking(carried: Carried, control: Control) -> tuple[Lack, ...]:
    """What a control needs and an export does not carry: tables first, then columns of the tables that are there."""
    needed = control.needed_columns()
    tables = [Lack(table) for table in control.tables if table not in carried and any(t == table for t, _ in needed)]
    columns = [Lack(table, column) for table, column in needed if table in carried and column not in carried[table]]
    return (*tables, *columns)


def lacks(export: Export, promise: Promise) -> str:
    """What a promise needs and the export, its text or the facts of law have not, in words; empty if nothing."""
    missing = lacking(export.carried, promise.control)
    return missing[0].said if missing else promise.lacks or rests.unread(promise.control.sql, export.law_faults)


def opening(carried: Carried, promises: Iterable[Promise], law_faults: Mapping[str, str] | None = None) -> Opening:
    """Which promises can be assessed on what an export carries, where `law_faults` says what is wrong with facts of law."""
    chosen = list(promises)
    unnamed = {p.id: p.lacks for p in chosen if p.lacks}
    lacks = {p.id: found for p in chosen if p.id not in unnamed and (found := lacking(carried, p.control))}
    known = [p for p in chosen if p.id not in lacks and p.id not in unnamed]
    unread = {p.id: why for p in known if (why := rests.unread(p.control.sql, law_faults or {}))}
    assessed = tuple(p.id for p in known if p.id not in unread)
    tables = dict.fromkeys(table for p in chosen for table in p.control.tables)
    reads = {table: tuple(p.id for p in chosen if table in p.control.tables) for table in tables}
    return Opening(assessed, lacks, unnamed, unread, reads)
