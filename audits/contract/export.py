"""Open an export read-only and seal it, as views of the contract.

An in-memory DuckDB holds four layers, each reading the one before:
`source` (the export as it came) → schema `adapted` (an adapter's views) → schema `main` (the contract, typed).
Between `attach` and `seal` files of our own can still be read; once sealed, nothing in the export or the adapter can reach a
file, another database or a setting.
"""

from __future__ import annotations

import contextlib
import re
import tempfile
import weakref
from collections.abc import Collection, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import duckdb

from audits.contract import adapter as adapters
from audits.contract import door, engine, formats, scratch
from audits.contract.engine import fill, interruptible, literal, one, quoted
from audits.contract.files import printable
from audits.contract.names import columns as named
from audits.contract.names import some
from audits.contract.pseudonym import key_of
from audits.contract.schema import Contract, Table, judgeable
from audits.contract.source import Source, put_view, typed_select, without_zone
from audits.errors import Unusable, first_line, kind_of, nearest

_DAYS = Path(__file__).with_name("days.sql")
# How many tables are named where none is the contract's.
_MOST_NAMED = 5
# The years in which an export can be made, or judged.
EARLIEST, LATEST = 1900, 2999


@dataclass(frozen=True)
class Settings:
    """How much of the machine an export may use; `spill` is the folder for what does not fit into `memory`.

    `spill_limit` bounds that, and what packed files unpack to; `time` an evaluation from the opening of the export to its end.
    """

    memory: str = "1GB"
    threads: int | None = None
    spill: Path | None = None
    spill_limit: str = "20GB"
    time: str = "1h"
    exchanges: bool = False  # whether rows are handed to another engine and back, by files in the folder of what spills

    def bounded(self) -> AbstractContextManager[None]:
        """What lasts longer than `time` ends with RunFailed; raises Unusable where that is no time."""
        said = f"took longer than --time {self.time}, and was ended; give it more, or find out what in the export takes so long"
        return engine.bounded(_seconds(self.time), f"the evaluation {said}")


def _seconds(text: str) -> int:
    told = re.fullmatch(r"([1-9]\d{0,5})\s*([smh])", text.strip(), re.ASCII)
    if told is None:
        raise Unusable(f"settings: --time {text!r} is no time; write one like 90s, 30m or 2h")
    return int(told[1]) * {"s": 1, "m": 60, "h": 3600}[told[2]]


class Elsewhere(Protocol):
    """Another engine, which works through the rows of an export in the connection's place; `package` is what brings it."""

    package: str

    def rows(self, sql: str, values: dict[str, Any]) -> str:
        """A query of the connection's that reads what a query gives there; raises EngineFailed."""

    def set_aside(self, name: str, sql: str, values: dict[str, Any]) -> None:
        """Let a query there be worked out once, for all that name it; raises EngineFailed."""

    def close(self) -> None:
        """Let go of the export."""


@dataclass
class Export:
    """A sealed connection whose schema `main` holds the contract's views over the export."""

    con: duckdb.DuckDBPyConnection
    path: Path
    contract: Contract
    sources: dict[str, Source]
    timezone: str
    exported_at: datetime | None
    as_of: datetime
    notes: list[str] = field(default_factory=list)
    adapter_sha256: str | None = None
    reference_sha256: str | None = None  # of the reference tables that replaced or extend ours
    law_faults: dict[str, str] = field(default_factory=dict)  # what is wrong with those of them that cannot be read, by table
    viewed: tuple[Any, ...] | None = None  # what the temporary table of a view that is explored holds
    files: formats.Container = field(default_factory=lambda: formats.Container(Path()))
    elsewhere: Elsewhere | None = None  # where rows are worked through, if not here

    @cached_property
    def sha256(self) -> str:
        """Of the file; of a folder, of the names and hashes, in order of name, of its files that are read."""
        return self.files.sha256()

    @cached_property
    def record_key(self) -> bytes:
        """The key under which records are named to readers without access to the data (pseudonym.py)."""
        return key_of(self.files.content())

    @property
    def name(self) -> str:
        """The file or folder, without where it lies."""
        return self.path.name or self.path.resolve().name or str(self.path)

    @property
    def carried(self) -> dict[str, Collection[str]]:
        """The columns that it carries, by table."""
        return {name: source.types for name, source in self.sources.items()}

    # Days are the engine's everywhere: Python's time zone database can be of another age than its own.
    @property
    def today(self) -> date:
        """The local day that as_of has not seen the end of."""
        return one(self.con, "select (?::timestamptz + interval 1 microsecond)::date", self.as_of)  # type: ignore[no-any-return]

    def bounds(self, first_day: date, end_day: date) -> tuple[datetime, datetime]:
        """The instants at which the first of some days begins, and the day before `end_day` has ended."""
        start, end = (one(self.con, "select start_of_day(?::date)", day) for day in (first_day, end_day))
        return start, end

    def must_hold_a_table(self) -> None:
        """Raises Unusable where no table of the contract is there, so that nothing could be judged."""
        _must_hold_a_table(self.con, self.contract, self.sources, self.files)

    def rows(self, sql: str, values: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        """What a query over rows gives, as one to be put into a statement of the connection's, and what is to be bound to it."""
        return (self.elsewhere.rows(sql, values), {}) if self.elsewhere else (sql, values)

    def set_aside(self, name: str, sql: str, values: dict[str, Any]) -> None:
        """Work a query over rows out once, under a name for later ones; it may be that of a view, which is read no more then."""
        if self.elsewhere:
            self.elsewhere.set_aside(name, sql, values)
        else:
            self.con.execute(f"create or replace temp table {name} as {sql}", values)

    def close(self) -> None:
        """Let go of the export."""
        if self.elsewhere:
            self.elsewhere.close()
        self.con.close()

    def __enter__(self) -> Export:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def attach(
    path: Path, contract: Contract, adapter: str | Path | None = None, settings: Settings | None = None
) -> tuple[duckdb.DuckDBPyConnection, formats.Container]:
    """A connection of its own with the export as the database `source`, not sealed yet, and the files that are read of it.

    Raises Unusable with one line where there is no such export, or it cannot be read.
    """
    files = read_of(path, contract, adapter)
    con = connect(settings or Settings())
    try:
        formats.attach(con, files)
        return con, files
    except BaseException:
        con.close()
        raise


def read_of(path: Path, contract: Contract, adapter: str | Path | None = None) -> formats.Container:
    """What is read of an export, opened; raises Unusable with one line where that cannot be."""
    try:
        if not path.exists():
            raise Unusable(f"{printable(path)}: no such file or folder; give a DuckDB file, or a file or folder of tables")
        return formats.container(path, adapters.wanted(contract, adapters.read(adapter).views))
    except OSError as error:
        raise Unusable(f"{printable(path)}: cannot be read: {error.strerror}") from error


def seal(
    con: duckdb.DuckDBPyConnection,
    path: Path,
    contract: Contract,
    adapter: str | Path | None = None,
    as_of: str | None = None,
    files: formats.Container | None = None,
) -> Export:
    """Let nothing reach a file any more, and put the contract's views over what was attached.

    `as_of` is an instant or a day (its end, in the export's time zone); without it, `export_info.exported_at`. The view
    `judgement` holds the one row that others may know of it: timezone, exported_at, as_of (instants).
    Raises Unusable with one line when the export cannot be used.
    """
    mapped = adapters.read(adapter)
    con.execute("set enable_external_access = false")
    if files and files.is_database:
        _must_be_tables(con, path, adapters.wanted(contract, mapped.views))
    adapters.adapt(con, mapped, files.others if files else ())
    sources = dict(_sources(con, contract, path))
    _must_be_readable(con, contract, sources, path, adapter, lying=files is not None and files.is_database)
    notes = [*(files.note() if files else []), *_of_other_schemas(con, mapped.views)]
    timezone, exported_at = _export_info(con, contract["export_info"], sources.get("export_info"), path, notes)
    con.execute("set lock_configuration = true")
    judged = instant_of(con, as_of) if as_of else exported_at
    if judged is None:
        _must_hold_a_table(con, contract, sources, files or formats.Container(path))
        raise Unusable(f"{path}: {_no_instant(con, sources.get('export_info'), path)} the instant of judgement with --as-of")
    con.execute(
        "create table judgement as select ?::varchar as timezone, ?::timestamptz as exported_at, ?::timestamptz as as_of",
        [timezone, exported_at, judged],
    )
    notes += _read(con, contract, sources, path)
    for table in contract.values():
        put_view(con, table, sources.get(table.name))
    container = files or formats.Container(path)
    return Export(con, path, contract, sources, timezone, exported_at, judged, notes, mapped.sha256, files=container)


def _must_be_tables(con: duckdb.DuckDBPyConnection, path: Path, wanted: formats.Wanted) -> None:
    """A view in a file is SQL of whoever made it; raises Unusable naming one that would be run here."""
    views = con.execute("select view_name from duckdb_views() where database_name = 'source' and not internal order by all")
    for (name,) in views.fetchall():
        if name.lower() in wanted:
            said = f"{path}: {printable(name)} is a view: of a file only tables are read, so that nobody's SQL runs here"
            raise Unusable(f"{said}; write its rows into a table, or the view into --adapter")


def _of_other_schemas(con: duckdb.DuckDBPyConnection, views: Collection[adapters.View]) -> list[str]:
    """What a reader must know of the tables of a file that lie in another schema than `main`, where only views read them."""
    read = {path for view in views for path in view.paths}
    found = con.execute(
        """
        select table_schema, table_name from information_schema.tables
        where table_catalog = 'source' and table_schema <> 'main' order by all
        """
    ).fetchall()
    left = [printable(".".join(path)) for path in found if tuple(map(str.lower, path)) not in read]
    if not left:
        return []
    many = "1 table of another schema is" if len(left) == 1 else f"{len(left)} tables of other schemas are"
    return [f"{many} not read: {some(left, _MOST_NAMED)}"]


def _read(con: duckdb.DuckDBPyConnection, contract: Contract, sources: dict[str, Source], path: Path) -> Iterator[str]:
    """Read every table through the door; gives a note for each in which words were folded."""
    door.load(con)
    if totals := sources.get("export_tables"):
        _call_by_tables(totals)
    for name, source in sources.items():
        try:
            folded = door.read(con, contract[name], source)
        except duckdb.Error as error:
            raise Unusable(f"{path}: table {name} cannot be read: {kind_of(error)}", first_line(error)) from error
        if folded:
            said = "word was" if folded == 1 else "words were"
            yield f"{name}: {folded} {said} written otherwise than in the contract, and read as one of its own"


def _call_by_tables(totals: Source) -> None:
    """Let control totals that are stated of files, as requests.csv, be those of their tables."""
    if totals.types["table_name"] == "VARCHAR":
        name = f"regexp_replace(table_name, {literal(formats.SUFFIX)}, '', 'i') as table_name"
        totals.relation = f"(select * replace ({name}) from {totals.relation})"


def fill_source(con: duckdb.DuckDBPyConnection, contract: Contract, tables: Mapping[str, list[dict[str, Any]]]) -> None:
    """Make the database `source` of rows given in Python, typed as the contract has it: worked examples, a single request.

    Values are Python's own (`date`, zone-aware `datetime`, text, numbers, lists); columns that no row names are absent, but for
    the key, or the first column of a table without one.
    """
    con.execute("attach ':memory:' as source")
    for name, rows in tables.items():
        key = contract[name].key or (contract[name].columns[0].name,)
        columns = list(dict.fromkeys([*key, *(c for row in rows for c in row)]))
        types = {c.name: c.type for c in contract[name].columns}
        con.execute(f"create table source.{name} ({', '.join(f'{quoted(c)} {types[c]}' for c in columns)})")
        fill(con, f"source.{name}", [tuple(row.get(c) for c in columns) for row in rows])


def connect(settings: Settings) -> duckdb.DuckDBPyConnection:
    """An in-memory DuckDB that loads no extension and keeps within what it may use; raises Unusable for a bad setting."""
    config: dict[str, Any] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "memory_limit": settings.memory,
        "max_temp_directory_size": settings.spill_limit,
    }
    for option, size in (("memory", settings.memory), ("spill-limit", settings.spill_limit)):
        if not size.strip()[:1].isdigit():  # less than nothing is no bound for the engine
            raise Unusable(f"settings: --{option} {size!r} is no size; write one like 2GB")
    if settings.threads:
        config["threads"] = settings.threads
    try:
        # What spills is the export's own data: a folder that only its owner can read, gone with the connection.
        folder = scratch.folder(settings.spill)
    except OSError as error:
        raise Unusable(
            f"--spill {settings.spill or tempfile.gettempdir()}: {error.strerror}; name a folder that can be written to"
        ) from error
    config["temp_directory"] = str(folder)
    try:
        con = interruptible(duckdb.connect(":memory:", config=config))
    except duckdb.Error as error:
        scratch.remove(folder)
        raise Unusable(f"settings: {first_line(error)}") from error
    # A progress bar writes into what is piped on: a log, JSON. A notebook that cannot show one refuses the setting.
    with contextlib.suppress(duckdb.InvalidInputException):
        con.execute("set enable_progress_bar = false")
    con.execute(_DAYS.read_text(encoding="utf-8"))
    if settings.exchanges:
        con.execute("set allowed_directories = ?", [[str(folder)]])
    weakref.finalize(con, scratch.remove, folder)
    return con


def _sources(con: duckdb.DuckDBPyConnection, contract: Contract, path: Path) -> Iterator[tuple[str, Source]]:
    """The relation behind each table of the contract that the export or its adapter has."""
    found = con.execute(
        """
        select table_name, table_catalog, table_schema from information_schema.tables
        where (table_catalog = 'source' and table_schema = 'main') or (table_catalog = 'memory' and table_schema = 'adapted')
        order by table_catalog desc
        """
    ).fetchall()
    relations = {name.lower(): f"{catalog}.{schema}.{quoted(name)}" for name, catalog, schema in found}
    for table in contract.values():
        if table.name in relations:
            yield table.name, _source(con, path, table, relations[table.name])


def other_tables(con: duckdb.DuckDBPyConnection, contract: Contract, files: formats.Container) -> dict[str, str | None]:
    """Tables that are none of the contract's, each with the nearest name of it; of an adapter its views alone."""
    found = con.execute(
        """
        select case when table_schema in ('main', 'adapted') then table_name else table_schema || '.' || table_name end as name,
               table_catalog = 'memory' as is_adapted
        from information_schema.tables
        where table_catalog = 'source' or (table_catalog = 'memory' and table_schema = 'adapted')
        order by name
        """
    ).fetchall()
    adapted = any(is_adapted for _, is_adapted in found)
    unknown = [name for name, is_adapted in found if is_adapted == adapted and name.lower() not in contract]
    unknown = sorted({*unknown, *([] if adapted else files.others)})
    return {name: nearest(name, contract) for name in unknown}


def _must_hold_a_table(
    con: duckdb.DuckDBPyConnection, contract: Contract, sources: Mapping[str, Source], files: formats.Container
) -> None:
    if any(name in sources for name in judgeable(contract)):
        return
    others = other_tables(con, contract, files)
    named = [f"{name} ({near}?)" if near else name for name, near in sorted(others.items(), key=lambda o: o[1] is None)]
    has = f"it has {some(named, _MOST_NAMED)}" if named else "there is no other table in it"
    way = "map your tables with --adapter, or `adapter` in audits.toml"
    raise Unusable(f"{files.path}: holds no table of the contract that could be judged; {has}; {way}")


def _source(con: duckdb.DuckDBPyConnection, path: Path, table: Table, relation: str) -> Source:
    try:
        columns = con.execute(f"describe select * from {relation}").fetchall()
    except duckdb.Error as error:
        raise Unusable(f"{path}: table {table.name}: cannot be read: {kind_of(error)}", first_line(error)) from error
    names = named([name for name, *_ in columns], f"{path}: table {table.name}", None)
    if names != [name for name, *_ in columns]:
        renamed = (f"{quoted(name)} as {quoted(new)}" for (name, *_), new in zip(columns, names, strict=True))
        relation = f"(select {', '.join(renamed)} from {relation})"
    source = Source(relation, {name.lower(): kind for name, (_, kind, *_) in zip(names, columns, strict=True)})
    for column in table.columns:
        if not source.has(column.name) and source.has(f"{column.name} [1]"):
            raise Unusable(
                f"{path}: table {table.name}: several columns have the name {column.name}; say in --adapter which is meant"
            )
    for key in table.key:
        if not source.has(key):
            has_others = any(source.has(c.name) for c in table.columns)
            other = ";" if has_others else ", and none of its others: does the header stand in its first line?"
            like = next((f" (is it {c}?);" for c in source.types if nearest(c, [key])), other)
            raise Unusable(f"{path}: table {table.name} has no column {key}, its key{like} map it with --adapter")
    return source


def _must_be_readable(
    con: duckdb.DuckDBPyConnection,
    contract: Contract,
    sources: Mapping[str, Source],
    path: Path,
    adapter: str | Path | None,
    lying: bool,
) -> None:
    """Read once what was not loaded: views, and all that is `lying` in a file of the engine's own.

    What fails does so here; raises Unusable naming the view or the table, and the column.
    """
    views = con.execute("select table_catalog, table_schema, table_name from information_schema.tables where table_type = 'VIEW'")
    are_views = {f"{catalog}.{schema}.{quoted(name)}" for catalog, schema, name in views.fetchall()}
    for name, source in sources.items():
        columns = [quoted(c.name) for c in contract[name].columns if source.has(c.name)]
        if (lying or source.relation in are_views) and (error := _failure(con, source, columns)):
            adapted = source.relation.startswith("memory.adapted.")
            where = f"adapter {adapter}: view {name}" if adapted else f"{path}: table {name}"
            column = next((c for c in ["1", *columns] if _failure(con, source, [c])), "1")
            what = "its rows" if column == "1" else f"column {column}"
            raise Unusable(f"{where}: {what}: cannot be read: {kind_of(error)}", first_line(error)) from error


def _failure(con: duckdb.DuckDBPyConnection, source: Source, columns: list[str]) -> duckdb.Error | None:
    try:
        con.execute(f"select bit_xor(hash({', '.join(columns)})) from {source.relation}").fetchall()
    except duckdb.Error as error:
        return error
    return None


def _export_info(
    con: duckdb.DuckDBPyConnection, table: Table, source: Source | None, path: Path, notes: list[str]
) -> tuple[str, datetime | None]:
    """The export's time zone (UTC when it states none) and the instant it shows."""
    rows = _rows(con, f"select timezone from ({typed_select(table, source)})", path)
    if len(rows) > 1:
        raise Unusable(f"{path}: export_info holds {len(rows)} rows; leave the one that describes this export")
    timezone = (rows[0][0] or "").strip() if rows else ""
    if not timezone:
        timezone = "UTC"
        notes.append("export_info states no time zone; days are counted in UTC")
    try:
        ZoneInfo(timezone)
        con.execute(f"set timezone = {literal(timezone)}")
    except (ZoneInfoNotFoundError, ValueError, duckdb.Error) as error:
        said = f"{path}: export_info.timezone is no IANA time zone; write one like Europe/Berlin"
        raise Unusable(said, repr(timezone)) from error
    stated = f"select exported_at from ({typed_select(table, source)})"
    made = _rows(con, f"{stated} where year(exported_at) between {EARLIEST} and {LATEST}", path)
    if made and source and _is_without_zone(con, table, source, path):
        notes.append(f"export_info.exported_at is written without its offset; it is read in {timezone}")
    return timezone, made[0][0] if made else None


def _is_without_zone(con: duckdb.DuckDBPyConnection, table: Table, source: Source, path: Path) -> bool:
    """Whether the instant that the export shows is written without its offset."""
    column = table.column("exported_at")
    zoneless = without_zone(column, source) if column else None
    return bool(zoneless and _rows(con, f"select 1 from {source.relation} where {zoneless}", path))


def _no_instant(con: duckdb.DuckDBPyConnection, source: Source | None, path: Path) -> str:
    """Why it is not known when the export was made, and how to say it."""
    written = "trim(exported_at::varchar) <> ''"
    if source and source.has("exported_at") and _rows(con, f"select 1 from {source.relation} where {written}", path):
        return "export_info.exported_at cannot be read; write it like 2026-01-31T10:00:00+01:00, or say"
    return "export_info states no exported_at; say"


def _rows(con: duckdb.DuckDBPyConnection, sql: str, path: Path) -> list[tuple[Any, ...]]:
    try:
        return con.execute(sql).fetchall()
    except duckdb.Error as error:
        raise Unusable(f"{path}: its tables: cannot be read: {kind_of(error)}", first_line(error)) from error


def instant_of(con: duckdb.DuckDBPyConnection, text: str) -> datetime:
    """An instant, or the last moment of a day, in the export's zone."""
    is_day = re.fullmatch(r"\d{4}-\d\d-\d\d", text)
    sql = "select end_of_day(?::date)" if is_day else "select ?::timestamptz"
    try:
        # Read by Python as well: the engine takes more for an instant than a user would.
        found: datetime = one(con, sql, text if is_day else datetime.fromisoformat(text))
    except (ValueError, OverflowError, duckdb.Error) as error:
        raise Unusable(f"--as-of {text!r} is no instant: write 2026-01-31 or 2026-01-31T10:00:00+01:00") from error
    if not EARLIEST <= found.year <= LATEST:
        raise Unusable(f"--as-of {text!r} is of no year from {EARLIEST} to {LATEST}")
    return found
