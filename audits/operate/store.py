"""The file of the ledger: SQLite with a write-ahead log, so that anybody reads it, for as long as they like, while runs write.

Instants are ISO 8601 in UTC with microseconds, days ISO 8601, lists and parameters JSON. A ledger.duckdb of an earlier version is
taken over once, when the ledger is first looked at.
"""

from __future__ import annotations

import json
import os
import sqlite3
import tempfile
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote
from zoneinfo import ZoneInfo

import duckdb

from audits.contract import files
from audits.contract.engine import literal, quoted
from audits.errors import RunFailed, Unusable, first_line
from audits.law.period import Period
from audits.operate import folders

FILE = "ledger.sqlite"
_BEFORE = "ledger.duckdb"
SCHEMA_VERSION = 2
_WAIT_S = 30.0  # for another that writes its line, which takes no time
_REMEDY = "put it back from a back-up, or move it away"
_LONGEST = 64 << 20  # of a value
_SCHEMA = f"""
create table runs (
    run integer primary key, began_at text, ended_at text,
    outcome text, -- running, placing, published, draft, failed, interrupted
    why text, period text, first_day text, last_day text, as_of text, timezone text, export_name text,
    export_sha256 text, audience text, pages text, -- leadership's pages that stand with it
    kept integer, broken integer, untold integer, unjudged integer, -- clauses of the first text
    manifest_sha256 text, previous_sha256 text,
    inputs_sha256 text, -- of all that the results rest on but the export
    parameters text, -- as asked for, as in the manifest
    removed_at text, removed_by text -- when the period that stood with it was removed, and by which rule
);
create index runs_of_period on runs (period, run);
create table run_controls (
    run integer, control_id text, title text, severity text, status text, compliant integer, violation integer,
    pending integer, indeterminate integer, rate_low real, rate_high real,
    parameters text, -- as bound
    sql_sha256 text, -- the control's version
    promise_id text -- text/name; NULL where each control was one
);
create index run_controls_of_run on run_controls (run);
create table expected (
    job text, period text, first_day text, last_day text, due_at text, timezone text,
    is_due integer, -- when the schedule was last looked at; 0 for each job's next period
    asked_at text -- when the schedule first asked for it
);
create table notices (run integer, name text, attempts integer, sent_at text);
create table written (file text, sha256 text, written_at text); -- the index as it stands, and as it is to be
create table about (schema_version integer); -- of these tables
insert into about values ({SCHEMA_VERSION});
"""


def file_of(reports: Path) -> Path:
    """Where the ledger of a folder of reports is."""
    return folders.evidence(reports) / FILE


def exists(reports: Path) -> bool:
    """Whether there is a ledger, or one of an earlier version."""
    return file_of(reports).exists() or (reports / _BEFORE).exists()


def rows(reports: Path, sql: str, values: Sequence[Any] = (), known: Collection[str] = ()) -> list[tuple[Any, ...]]:
    """What a query finds, typed by the names of its columns; nothing where there is no ledger. What is `known` is never NULL.

    Raises Unusable for a file that is none, RunFailed where the disk has no room to open it.
    """
    file = file_of(reports)
    try:
        if not take_over(reports) and not file.exists():
            return []
        with closing(_connect(file, read_only=True)) as con:
            found = con.execute(sql, [_bound(v) for v in values])
            names = [column[0] for column in found.description]
            return [tuple(_read(n, v, n in known) for n, v in zip(names, row, strict=True)) for row in found]
    except (sqlite3.Error, OSError, ValueError, TypeError, LookupError, RecursionError) as error:
        raise _failed(file, error) from error


class Writer:
    """A transaction on the ledger."""

    def __init__(self, con: sqlite3.Connection) -> None:
        self._con = con

    def execute(self, sql: str, values: Sequence[Any] = ()) -> int | None:
        """Run a statement; gives the number of the row that an insertion made."""
        return self._con.execute(sql, [_bound(v) for v in values]).lastrowid

    def executemany(self, sql: str, many: Sequence[Sequence[Any]]) -> None:
        """Run a statement for each of several rows of values."""
        self._con.executemany(sql, [[_bound(v) for v in values] for values in many])


@contextmanager
def writing(reports: Path) -> Iterator[Writer]:
    """One transaction: all of it is kept, or nothing. Raises RunFailed where the ledger cannot be written,
    Unusable where it is none.
    """
    file = file_of(reports)
    try:
        if not take_over(reports) and not file.exists():
            _put(reports, [])
        with closing(_connect(file, read_only=False)) as con:
            con.execute("begin immediate")
            yield Writer(con)
            con.execute("commit")
    except (sqlite3.Error, OSError) as error:
        raise _failed(file, error) from error


def _failed(file: Path, error: Exception) -> RunFailed | Unusable:
    """The machine's error, or the file's: a table or a column that is not there is SQLite's plainest one."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if isinstance(error, OSError) or (isinstance(error, sqlite3.OperationalError) and code != sqlite3.SQLITE_ERROR):
        return RunFailed(_unwritten(file, error))
    return Unusable(f"{file}: is no ledger of runs: {first_line(error)}; {_REMEDY}")


def _unwritten(file: Path, error: Exception) -> str:
    """SQLite says of a full disk only that it could not write, where that hits the files beside its own."""
    full = getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN)
    return f"{file}: cannot be written: {first_line(error)}{': no space left, or no right to write there?' if full else ''}"


def _connect(file: Path, read_only: bool) -> sqlite3.Connection:
    """A ledger from somebody else is data: nothing in its schema is run; where its folder cannot be written it stands still."""
    _must_be_a_file(file)
    asked = "?mode=rw"  # for reading too: whoever closes it last tidies its write-ahead log away
    if read_only and not (os.access(file, os.W_OK) and os.access(file.parent, os.W_OK)):
        _must_have_no_log(file)
        asked = "?mode=ro&immutable=1"
    con = sqlite3.connect(f"file:{quote(str(file))}{asked}", uri=True, timeout=_WAIT_S, isolation_level=None)
    try:
        con.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
        con.execute("pragma trusted_schema = off")
        con.execute("pragma query_only = on" if read_only else "pragma synchronous = full")
        _must_be_ours(con, file)
    except BaseException:
        con.close()
        raise
    return con


def _must_be_a_file(file: Path) -> None:
    """Of its own folder: a link to elsewhere, or a pipe, is not opened."""
    files.must_be_inside(file, file.parent)
    if file.exists() and not file.is_file():
        raise Unusable(f"{file}: is no ledger of runs, but no file at all; {_REMEDY}")


def _must_have_no_log(file: Path) -> None:
    """What stands still is read without its log: it would be a ledger of before."""
    log = file.with_name(f"{file.name}-wal")
    if log.exists() and log.stat().st_size:
        raise Unusable(f"{file}: its last changes are in a log beside it, {log.name}: copy both to a folder that can be written")


def _must_be_ours(con: sqlite3.Connection, file: Path) -> None:
    """Rows alone: a view in the place of a table may never end, a trigger writes what nobody asked for."""
    code = "select type, name from sqlite_schema where type not in ('table', 'index') or sql like 'create virtual%'"
    for kind, name in con.execute(code):
        raise Unusable(f"{file}: is no ledger of runs: {files.printable(f'{name!r} is a {kind}, not rows')}; {_REMEDY}")
    ((version,),) = con.execute("select max(schema_version) from about")
    if version != SCHEMA_VERSION:
        raise Unusable(f"{file}: is of another version of privacy-audits (schema {version!r}): use that, or a later one")


def _put(reports: Path, filled: Sequence[tuple[str, list[str], list[tuple[Any, ...]]]]) -> None:
    """Make the ledger, with rows of tables, whole or not at all; one that somebody else made meanwhile stands."""
    file = file_of(reports)
    folders.make(file.parent, folders.FOR_AUDITORS)
    handle, name = tempfile.mkstemp(prefix=".ledger-", dir=file.parent)
    os.close(handle)
    try:
        with closing(sqlite3.connect(name, isolation_level=None)) as con:
            con.execute("pragma journal_mode = wal")
            con.executescript(_SCHEMA)
            for table, columns, content in filled:
                marks = ", ".join("?" * len(columns))
                con.execute("begin")
                con.executemany(
                    f"insert into {table} ({', '.join(map(quoted, columns))}) values ({marks})",
                    [[_bound(v) for v in r] for r in content],
                )
                con.execute("commit")
        with suppress(FileExistsError):
            file.hardlink_to(name)
    finally:
        Path(name).unlink()


def take_over(reports: Path) -> bool:
    """Make the ledger from that of an earlier version, if there is one; gives whether it did.

    Raises Unusable where that is none.
    """
    file = reports / _BEFORE
    if not file.exists() or file_of(reports).exists():
        return False
    _must_be_a_file(file)
    try:
        with duckdb.connect(":memory:", config={"autoinstall_known_extensions": False}) as con:
            con.execute("set timezone = 'UTC'")
            con.execute(f"attach {literal(str(file))} as before (read_only, type duckdb)")
            con.execute("set enable_external_access = false")
            filled = [(table, *_content(con, table)) for table in _tables(con)]
    except duckdb.Error as error:
        raise Unusable(f"{file}: cannot be taken over: {first_line(error)}; {_REMEDY}") from error
    _put(reports, filled)
    return True


def _tables(con: duckdb.DuckDBPyConnection) -> list[str]:
    known = ("runs", "run_controls", "expected", "notices")
    there = {name for (name,) in con.execute("select table_name from duckdb_tables() where database_name = 'before'").fetchall()}
    return [table for table in known if table in there]


def _content(con: duckdb.DuckDBPyConnection, table: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Columns and rows of a table of an earlier ledger."""
    found = con.execute(f"from before.{table}")
    columns = [column[0] for column in found.description or ()]
    return columns, found.fetchall()


def _bound(value: Any) -> Any:
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        case date():
            return value.isoformat()
        case list() | dict():
            return json.dumps(value, sort_keys=True)
    return value


def _read(name: str, value: Any, known: bool) -> Any:
    """A value by the name of its column; raises where it is none: SQLite takes any word, and periods name folders."""
    if value is None:
        return _checked(value, lambda _: not known)
    if name.endswith("_at") or name == "as_of":
        return _checked(datetime.fromisoformat(value), lambda at: at.tzinfo)
    if name.endswith("_day"):
        return date.fromisoformat(value)
    if name in _LISTS:
        return _checked(json.loads(value), lambda many: isinstance(many, list) and all(isinstance(m, _LISTS[name]) for m in many))
    if name in _COUNTS:
        return _checked(value, lambda count: isinstance(count, int))
    return _CHECKS[name](value) if name in _CHECKS else value


T = TypeVar("T")


def _checked(value: T, holds: Callable[[T], object]) -> T:
    if not holds(value):
        raise ValueError(f"{files.printable(repr(value))[:60]} in the place of another value")
    return value


def _period(text: str) -> str:
    try:
        return Period.parse(text).name
    except Unusable as error:
        raise ValueError(f"{files.printable(repr(text))[:60]} is no period") from error


_LISTS: dict[str, type] = {"pages": str, "published": int}
_COUNTS = ("run", "kept", "broken", "untold", "unjudged", "compliant", "violation", "pending", "indeterminate", "attempts")
_CHECKS: dict[str, Callable[[Any], Any]] = {
    "period": _period,
    "timezone": lambda name: ZoneInfo(name).key,
    "parameters": lambda text: _checked(text, lambda t: isinstance(json.loads(t), dict)),
    "is_due": bool,
}
