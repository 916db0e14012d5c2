"""What every room says to DuckDB in the same way: names and texts quoted, values bound."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from typing import Any, Protocol, TypeVar
from weakref import WeakSet

import duckdb

from audits.errors import RunFailed

_AGAIN_S = 0.05


class Interruptible(Protocol):
    """What works at statements that can be ended from another thread: a connection, another engine."""

    def interrupt(self) -> None:
        """End the statement that it is at."""


C = TypeVar("C", bound=Interruptible)
_interruptible: WeakSet[Interruptible] = WeakSet()


def interruptible(con: C) -> C:
    """The connection, whose statements `interrupt` ends from now on."""
    _interruptible.add(con)
    return con


def interrupt() -> None:
    """End the statement that each such connection is at; from another thread, since a statement can last."""
    for con in list(_interruptible):
        with suppress(duckdb.ConnectionException):  # closed meanwhile
            con.interrupt()


def quoted(name: str) -> str:
    """A name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def bindings(sql: str, values: dict[str, Any]) -> dict[str, Any]:
    """Those of the values that a statement names; the engine refuses others."""
    return {name: value for name, value in values.items() if name in _named(sql)}


@cache
def _named(sql: str) -> frozenset[str]:
    return frozenset(duckdb.extract_statements(sql)[0].named_parameters)


def one(con: duckdb.DuckDBPyConnection, sql: str, *values: Any) -> Any:
    """The first value of the first row; None where there is no row."""
    row = con.execute(sql, list(values)).fetchone()
    return row[0] if row else None


@contextmanager
def reading(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """While it lasts the engine itself refuses to write, whatever a statement calls itself."""
    con.execute("begin transaction read only")
    try:
        yield
    finally:
        con.execute("rollback")


@contextmanager
def bounded(seconds: float, said: str) -> Iterator[None]:
    """What lasts longer ends: the statements of our connections are interrupted. Raises RunFailed then."""
    ended, late = threading.Event(), threading.Event()
    watch = threading.Thread(target=_end_after, args=(seconds, ended, late), daemon=True)
    watch.start()
    try:
        yield
    except Exception as error:
        if late.is_set():
            raise RunFailed(said) from error
        raise
    finally:
        ended.set()
        watch.join()
    if late.is_set():  # somebody took the interruption for an error of its own
        raise RunFailed(said)


def _end_after(seconds: float, ended: threading.Event, late: threading.Event) -> None:
    """Again and again, for an interruption ends one statement, and another follows."""
    if not ended.wait(seconds):
        late.set()
    while not ended.wait(_AGAIN_S):
        interrupt()


def compress(con: duckdb.DuckDBPyConnection, table: str) -> None:
    """Compress what was loaded, in a database that was attached so: text is read again in a quarter of the time and room."""
    con.execute(f"checkpoint {table.partition('.')[0]}")


@cache
def has_zone(kind: str) -> bool:
    """Whether the instants of a type carry their zone, whatever their precision: the engine writes those with their offset."""
    with duckdb.connect() as con:
        return bool(one(con, f"select (timestamp '2000-01-01 00:00:00')::{kind}::varchar similar to '.*[+-]\\d\\d(:\\d\\d)?'"))


def fill(con: duckdb.DuckDBPyConnection, table: str, rows: list[tuple[Any, ...]]) -> None:
    """Put rows into a table at once: one statement a row costs a hundred times as much."""
    types = [kind for _, kind, *_ in con.execute(f"describe {table}").fetchall()]
    columns = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in types]
    con.execute(f"insert into {table} select {', '.join(f'unnest(?::{kind}[])' for kind in types)}", columns)
