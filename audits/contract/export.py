"""Open an export read-only and sealed, as views of the contract.

An in-memory DuckDB holds four layers, each reading the one before:
`source` (the export as it came) → schema `adapted` (an adapter's views) → schema `main` (the contract, typed).
Once sealed, nothing in the export or the adapter can reach a file, another database or a setting.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
import shutil
import tempfile
import weakref
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import duckdb

from audits.contract.pseudonym import key_of
from audits.contract.schema import Column, Table, contract, core_tables
from audits.errors import Unusable, first_line
from audits.law import calendars, reference
from audits.law.period import Period
from audits.locate import sample_folder
from audits.texts import policy

_TRANSFERS = Path(__file__).parents[1] / "law" / "transfers.sql"
# The file formats that are read as tables, by suffix.
_READERS = {
    ".csv": "create table {name} as select * from read_csv({file}, all_varchar = true, header = true)",
    ".parquet": "create view {name} as select * from read_parquet({file})",
}
_OFFSET = r"(Z|UTC|[+-]\d\d(:?\d\d)?)$"
_DATE_ONLY = r"^\s*\d{4}-\d\d-\d\d\s*$"


@dataclass(frozen=True)
class Settings:
    """How much of the machine an export may use; `spill` is the folder for what does not fit into `memory`."""

    memory: str = "1GB"
    threads: int | None = None
    spill: Path | None = None


@dataclass
class Source:
    """The relation behind one table of the contract: its quoted name and its columns' own types, by lower-case name."""

    relation: str
    types: dict[str, str]

    def has(self, column: str) -> bool:
        """Whether the export carries the column."""
        return column in self.types


@dataclass
class Export:
    """A sealed connection whose schema `main` holds the contract's views over the export."""

    con: duckdb.DuckDBPyConnection
    path: Path
    sources: dict[str, Source]
    timezone: str
    exported_at: datetime | None
    as_of: datetime
    notes: list[str] = field(default_factory=list)
    own_reference: Path | None = None
    viewed: tuple[Any, ...] | None = None  # what the temporary table of view.py holds

    @cached_property
    def reference_sha256(self) -> str | None:
        """Of the user's own reference tables, their files' names and hashes in order of name; None where there are none."""
        if self.own_reference is None:
            return None
        lines = "".join(f"{file.name} {fingerprint(file)}\n" for file in reference.own_files(self.own_reference))
        return hashlib.sha256(lines.encode()).hexdigest()

    @cached_property
    def sha256(self) -> str:
        """Of the file; of a folder, of its files' names and hashes in order of name."""
        return fingerprint(self.path)

    @cached_property
    def record_key(self) -> bytes:
        """The key under which records are named to readers without access to the data (pseudonym.py)."""
        return key_of(self.path)

    @property
    def name(self) -> str:
        """The file or folder, without where it lies."""
        return self.path.name

    # Days are the engine's everywhere: Python's time zone database can be of another age than its own.
    @property
    def today(self) -> date:
        """The local day that as_of has not seen the end of."""
        return _one(self.con, "select (?::timestamptz + interval 1 microsecond)::date", self.as_of)  # type: ignore[no-any-return]

    def bounds(self, period: Period) -> tuple[datetime, datetime]:
        """The instants at which the period's first day begins and its last day has ended."""
        start, end = (_one(self.con, "select ?::date::timestamptz", day) for day in (period.first_day, period.end_day))
        return start, end

    def close(self) -> None:
        """Let go of the export."""
        self.con.close()

    def __enter__(self) -> Export:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_export(
    export: str | Path = "sample",
    adapter: str | Path | None = None,
    as_of: str | None = None,
    settings: Settings | None = None,
    results: Path | None = None,
    own_reference: Path | None = None,
) -> Export:
    """Open a DuckDB file, or a Parquet or CSV file or folder of them, and seal it.

    `as_of` is an instant or a day (its end, in the export's time zone); without it, `export_info.exported_at`.
    `results` is a database file that is attached, writable, as `results`; without it that is in memory.
    `own_reference` is a folder of reference tables of the user's own (reference.py).
    Raises Unusable with one line when the export cannot be used.
    """
    path = _existing(export)
    con = _connect(settings or Settings())
    try:
        views = _adapter_views(adapter)
        _attach(con, path)
        _attach_results(con, results)
        reference.load(con, own_reference)
        policy.tables(con)
        con.execute("set enable_external_access = false")
        _adapt(con, views, adapter)
        sources = dict(_sources(con, path))
        if not any(name in sources for name in core_tables()):
            raise Unusable(f"{path}: holds none of the core tables {', '.join(core_tables())}; map your tables with --adapter")
        opened = _sealed(con, path, sources, as_of)
        opened.own_reference = own_reference
        return opened
    except BaseException:
        con.close()
        raise


def open_rows(
    tables: dict[str, list[dict[str, Any]]],
    as_of: str,
    timezone: str = "UTC",
    deadlines: list[dict[str, Any]] | None = None,
) -> Export:
    """An export made of rows given here: worked examples, a single request, tests.

    Values are Python's own (`date`, zone-aware `datetime`, text, numbers, lists); columns that no row names are
    absent, but for the key. `deadlines` replaces the rows of that reference table.
    """
    con = _connect(Settings(threads=1))
    con.execute(f"set timezone = {literal(timezone)}")
    con.execute("attach ':memory:' as source")
    info = {"timezone": timezone, **(tables.get("export_info") or [{}])[0]}
    for name, rows in {**tables, "export_info": [info]}.items():
        columns = list(dict.fromkeys([*contract()[name].key, *(c for row in rows for c in row)]))
        types = {c.name: c.type for c in contract()[name].columns}
        con.execute(f"create table source.{name} ({', '.join(f'{_quoted(c)} {types[c]}' for c in columns)})")
        for row in rows:
            con.execute(
                f"insert into source.{name} values ({', '.join('?' * len(columns))})",
                [row.get(c) for c in columns],
            )
    _attach_results(con, None)
    reference.load(con)
    policy.tables(con)
    if deadlines is not None:
        reference.replace(con, "deadlines", deadlines)
    con.execute("set enable_external_access = false; create schema memory.adapted")
    path = Path("rows")
    return _sealed(con, path, dict(_sources(con, path)), as_of)


def _sealed(con: duckdb.DuckDBPyConnection, path: Path, sources: dict[str, Source], as_of: str | None) -> Export:
    """Lock the connection and put the contract's views over what was attached."""
    notes: list[str] = []
    timezone, exported_at = _export_info(con, sources, path, notes)
    con.execute("set lock_configuration = true")
    judged = _instant(con, as_of) if as_of else exported_at
    if judged is None:
        raise Unusable(f"{path}: export_info states no exported_at; say the instant of judgement with --as-of")
    for table in contract().values():
        source = sources.get(table.name)
        unknown = _columns_with_unknown(con, table, source, path)
        con.execute(f"create view main.{table.name} as {typed_select(table, source, unknown)}")
    requests = sources.get("requests")
    reasons = requests is not None and requests.has("extension_reason")
    calendars.load(con, timezone, exported_at, judged, reasons)
    con.execute(_TRANSFERS.read_text(encoding="utf-8"))
    return Export(con, path, sources, timezone, exported_at, judged, notes)


def fingerprint(path: Path) -> str:
    """SHA-256 in hexadecimal of a file, or of a folder's export files."""
    if path.is_dir():
        lines = "".join(f"{file.name} {fingerprint(file)}\n" for file in _table_files(path))
        return hashlib.sha256(lines.encode()).hexdigest()
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def typed_select(table: Table, source: Source | None, unknown: frozenset[str] = frozenset()) -> str:
    """SQL that gives the contract's columns, typed, from the export's own; absent ones are NULL.

    `unknown` names the columns that hold values their enumeration does not know: those values are NULL as well.
    """
    columns = typed_columns(table, source, unknown)
    return f"select {columns} from {source.relation}" if source else f"select {columns} where false"


def typed_columns(table: Table, source: Source | None, unknown: frozenset[str] = frozenset()) -> str:
    """The select list of `typed_select`."""
    return ", ".join(f"{_typed(c, source, c.name in unknown)} as {_quoted(c.name)}" for c in table.columns)


def without_zone(column: Column, source: Source) -> str | None:
    """SQL that is true where an instant is written without its offset; None where that cannot be."""
    kind = source.types.get(column.name, "")
    if column.type != "TIMESTAMP WITH TIME ZONE" or kind == "":
        return None
    if kind == "VARCHAR":
        text = f"trim({_quoted(column.name)})"
        readable = f"try_cast({_quoted(column.name)} as {column.type}) is not null"
        told = f"regexp_matches({text}, {literal(_OFFSET)}) or regexp_matches({text}, {literal(_DATE_ONLY)})"
        return f"{readable} and not ({told})"
    return f"{_quoted(column.name)} is not null" if kind.startswith("TIMESTAMP") and "ZONE" not in kind else None


def unreadable(column: Column, source: Source) -> str | None:
    """SQL that is true where a value cannot be read as the contract's type; None where that cannot be."""
    kind = source.types.get(column.name)
    if kind is None or kind == column.type or column.type == "VARCHAR":
        return None
    return f"{_quoted(column.name)} is not null and try_cast({_quoted(column.name)} as {column.type}) is null"


def _typed(column: Column, source: Source | None, has_unknown: bool) -> str:
    name = _quoted(column.name)
    if source is None or not source.has(column.name):
        return f"null::{column.type}"
    value = name if source.types[column.name] == column.type else f"try_cast({name} as {column.type})"
    return f"case when {_known(column, value)} then {value} end" if has_unknown else value


def _known(column: Column, value: str) -> str:
    return f"{value} in ({', '.join(map(literal, column.values))})"


def _columns_with_unknown(con: duckdb.DuckDBPyConnection, table: Table, source: Source | None, path: Path) -> frozenset[str]:
    """Enumerated columns that hold an unknown value.

    Looked up once: testing every value in every view doubles the time of a control.
    """
    enumerated = [c for c in table.columns if c.values and source and source.has(c.name)]
    if source is None or not enumerated:
        return frozenset()
    tests = ", ".join(f"count(*) filter (where not {_known(c, f'{_quoted(c.name)}::varchar')}) > 0" for c in enumerated)
    found = _rows(con, f"select {tests} from {source.relation}", path)[0]
    return frozenset(c.name for c, unknown in zip(enumerated, found, strict=True) if unknown)


def _existing(export: str | Path) -> Path:
    path = sample_folder() if str(export) == "sample" else Path(export)
    if not path.exists():
        raise Unusable(f"{path}: no such file or folder; give a DuckDB file, or a Parquet or CSV file or folder")
    return path


def _connect(settings: Settings) -> duckdb.DuckDBPyConnection:
    config: dict[str, Any] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "memory_limit": settings.memory,
    }
    if settings.threads:
        config["threads"] = settings.threads
    try:
        # What spills is the export's own data: a folder that only its owner can read, gone with the connection.
        config["temp_directory"] = folder = tempfile.mkdtemp(prefix="audits-", dir=settings.spill)
    except OSError as error:
        raise Unusable(f"--spill {settings.spill}: {error.strerror}; name a folder that can be written to") from error
    try:
        con = duckdb.connect(":memory:", config=config)
    except duckdb.Error as error:
        shutil.rmtree(folder)
        raise Unusable(f"settings: {first_line(error)}") from error
    # A progress bar writes into what is piped on: a log, JSON. A notebook that cannot show one refuses the setting.
    with contextlib.suppress(duckdb.InvalidInputException):
        con.execute("set enable_progress_bar = false")
    weakref.finalize(con, shutil.rmtree, folder, ignore_errors=True)
    return con


def _attach(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Attach the export as the database `source`."""
    files = _table_files(path)
    try:
        if files:
            con.execute("attach ':memory:' as source")
            # Parquet is read where it lies, also when sealed; CSV was loaded.
            con.execute("set allowed_paths = ?", [[str(f) for f in files]])
            for file in files:
                name = f"source.main.{_quoted(file.name.split('.')[0])}"
                con.execute(_READERS[file.suffix.lower()].format(name=name, file=literal(str(file))))
        else:
            con.execute(f"attach {literal(str(path))} as source (read_only, type duckdb)")
    except (duckdb.Error, UnicodeDecodeError) as error:
        raise Unusable(f"{path}: cannot be read: {first_line(error)}") from error


def _table_files(path: Path) -> list[Path]:
    """The Parquet and CSV files of an export in order of name; none for a DuckDB file."""
    if not path.is_dir():
        return [path] if path.suffix.lower() in _READERS else []
    files = sorted(f for f in path.iterdir() if f.suffix.lower() in _READERS and f.is_file())
    if not files:
        raise Unusable(f"{path}: the folder holds no .parquet and no .csv file; name one file a table")
    stems = [f.name.split(".")[0].lower() for f in files]
    if twice := sorted({s for s in stems if stems.count(s) > 1}):
        raise Unusable(f"{path}: two files for table {twice[0]}; leave one of them")
    return files


def _attach_results(con: duckdb.DuckDBPyConnection, results: Path | None) -> None:
    if results is None:
        con.execute("attach ':memory:' as results")
    else:
        # A format that DuckDB 1.4 can read as well: others open these files for years.
        con.execute(f"attach {literal(str(results))} as results (storage_version 'v1.4.0')")


def _adapter_views(adapter: str | Path | None) -> list[str]:
    """The statements of an adapter; refuses all but `create view`."""
    if adapter is None:
        return []
    path = Path(adapter)
    try:
        statements = duckdb.extract_statements(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise Unusable(f"adapter {path}: cannot be read: {getattr(error, 'strerror', None) or error}") from error
    except duckdb.Error as error:
        raise Unusable(f"adapter {path}: {first_line(error)}") from error
    for statement in statements:
        text = re.sub(r"--[^\n]*|/\*.*?\*/", " ", statement.query, flags=re.S).strip()
        if not re.match(r"create\s+(or\s+replace\s+)?view\s", text, flags=re.I):
            raise Unusable(f"adapter {path}: only `create view` statements are allowed, not: {text.split(';')[0][:60]}")
    return [s.query for s in statements]


def _adapt(con: duckdb.DuckDBPyConnection, views: list[str], adapter: str | Path | None) -> None:
    con.execute("create schema memory.adapted")
    con.execute("use memory.adapted")
    try:
        for view in views:
            con.execute(view)
    except duckdb.Error as error:
        raise Unusable(f"adapter {adapter}: {first_line(error)}") from error
    finally:
        con.execute("use memory.main")


def _sources(con: duckdb.DuckDBPyConnection, path: Path) -> Iterator[tuple[str, Source]]:
    """The relation behind each table of the contract that the export or its adapter has."""
    found = con.execute(
        """
        select table_name, table_catalog, table_schema from information_schema.tables
        where (table_catalog = 'source' and table_schema = 'main') or (table_catalog = 'memory' and table_schema = 'adapted')
        order by table_catalog desc
        """
    ).fetchall()
    relations = {name.lower(): f"{catalog}.{schema}.{_quoted(name)}" for name, catalog, schema in found}
    for table in contract().values():
        if table.name in relations:
            yield table.name, _source(con, path, table, relations[table.name])


def _source(con: duckdb.DuckDBPyConnection, path: Path, table: Table, relation: str) -> Source:
    try:
        columns = con.execute(f"describe select * from {relation}").fetchall()
    except duckdb.Error as error:
        raise Unusable(f"{path}: table {table.name} cannot be read: {first_line(error)}") from error
    source = Source(relation, {name.lower(): kind for name, kind, *_ in columns})
    for key in table.key:
        if not source.has(key):
            raise Unusable(f"{path}: table {table.name} has no column {key}, its key; map it with --adapter")
    return source


def _export_info(
    con: duckdb.DuckDBPyConnection, sources: dict[str, Source], path: Path, notes: list[str]
) -> tuple[str, datetime | None]:
    """The export's time zone (UTC when it states none) and the instant it shows."""
    source = sources.get("export_info")
    table = contract()["export_info"]
    zone_sql = f"select timezone from ({typed_select(table, source)})"
    rows = _rows(con, zone_sql, path)
    if len(rows) > 1:
        raise Unusable(f"{path}: export_info holds {len(rows)} rows; leave the one that describes this export")
    timezone = rows[0][0] if rows and rows[0][0] else None
    if timezone is None:
        timezone = "UTC"
        notes.append("export_info states no time zone; days are counted in UTC")
    try:
        ZoneInfo(timezone)
        con.execute(f"set timezone = {literal(timezone)}")
    except (ZoneInfoNotFoundError, ValueError, duckdb.Error) as error:
        raise Unusable(f"{path}: export_info.timezone {timezone!r} is no IANA time zone; write one like Europe/Berlin") from error
    stated = _rows(con, f"select exported_at from ({typed_select(table, source)})", path)
    return timezone, stated[0][0] if stated else None


def _rows(con: duckdb.DuckDBPyConnection, sql: str, path: Path) -> list[tuple[Any, ...]]:
    try:
        return con.execute(sql).fetchall()
    except duckdb.Error as error:
        raise Unusable(f"{path}: {first_line(error)}") from error


def _instant(con: duckdb.DuckDBPyConnection, text: str) -> datetime:
    """An instant, or the last moment of a day, in the export's zone."""
    is_day = re.fullmatch(r"\d{4}-\d\d-\d\d", text)
    sql = "select (?::date + 1)::timestamptz - interval 1 microsecond" if is_day else "select ?::timestamptz"
    try:
        # Read by Python as well: the engine takes more for an instant than a user would.
        return _one(con, sql, text if is_day else datetime.fromisoformat(text))  # type: ignore[no-any-return]
    except (ValueError, OverflowError, duckdb.Error) as error:
        raise Unusable(f"--as-of {text!r} is no instant: write 2026-01-31 or 2026-01-31T10:00:00+01:00") from error


def bindings(sql: str, values: dict[str, Any]) -> dict[str, Any]:
    """Those of the values that a statement names; the engine refuses others."""
    named = duckdb.extract_statements(sql)[0].named_parameters
    return {name: value for name, value in values.items() if name in named}


def _one(con: duckdb.DuckDBPyConnection, sql: str, *values: Any) -> Any:
    row = con.execute(sql, list(values)).fetchone()
    return row[0] if row else None


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"
