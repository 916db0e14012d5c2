"""The containers that an export comes in: which of its files are read, how, and the fingerprint of those."""

from __future__ import annotations

import hashlib
import os
import weakref
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from audits.contract import delimited, objects, packing, parquet, workbook
from audits.contract.encoding import what_it_is
from audits.contract.engine import literal, one, quoted
from audits.contract.files import File, opened, printable
from audits.contract.names import Read, some
from audits.errors import Unusable, first_line, kind_of

# How the files are read that are tables, by suffix; text may be compressed.
_TEXTS = {".csv": "text", ".tsv": "text", ".txt": "text", ".json": "array", ".jsonl": "lines", ".ndjson": "lines"}
_KINDS = {**_TEXTS, ".xlsx": "workbook", ".parquet": "parquet"}
_READ = f"{', '.join(_KINDS)}, text also with {' or '.join(packing.SUFFIXES)}"
# How the name of a file ends whose table may be called by it: a pattern of the engine's.
SUFFIX = rf"\.({'|'.join(kind.strip('.') for kind in _KINDS)})(\.({'|'.join(kind.strip('.') for kind in packing.SUFFIXES)}))?\s*$"
_LOGS = (".wal", ".wal.checkpoint", ".wal.recovery")
_MOST_NAMES = 10
# What the engine states where it was told none is no size.
_SPILL_LIMIT = "select coalesce(try(parse_formatted_bytes(current_setting('max_temp_directory_size'))), 1::bigint << 60)"

# Tables by lower-case name, each with those of its columns that are read (names.py).
Wanted = Mapping[str, Read]


@dataclass(frozen=True)
class Stored:
    """A table of a container: the files that hold it, or the sheet of one, and its columns that are read."""

    name: str
    kind: str
    files: tuple[File, ...]
    sheet: str = ""
    read: Read = None


@dataclass(frozen=True)
class Entry:
    """What lies in a container, unopened: the table that its name says, and how that is read; None where it is not."""

    path: Path
    table: str
    kind: str | None


@dataclass
class Container:
    """An export's files that are read, open, in order of name, and the names of those that are not."""

    path: Path
    files: list[File] = field(default_factory=list)
    tables: list[Stored] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)  # the tables that the names of unread files say

    @property
    def is_database(self) -> bool:
        """Whether it is one DuckDB file."""
        return bool(self.files) and not self.tables and _is_database(self.files[0])

    def sha256(self) -> str:
        """SHA-256 in hexadecimal: of the file; of a folder, of its files' names and hashes in order of name."""
        if not self.path.is_dir():
            return self.files[0].sha256()
        lines = "".join(f"{file.name} {file.sha256()}\n" for file in self.files)
        return hashlib.sha256(lines.encode(errors="surrogateescape")).hexdigest()

    def content(self) -> Iterator[bytes]:
        """Every byte that is read."""
        for file in self.files:
            yield from file.chunks()

    def note(self) -> list[str]:
        """What a reader must know of the files that are not read; nothing where all are."""
        if not self.unread:
            return []
        verb = "is" if len(self.unread) == 1 else "are"
        return [f"{_count(len(self.unread))} of the export {verb} not read: {some(self.unread, _MOST_NAMES)}"]


def container(path: Path, wanted: Wanted) -> Container:
    """Open the files of an export that hold tables somebody wants; of a single file, that one.

    Raises Unusable where it is no export, or a file that has a table's name cannot be opened.
    """
    entry = entry_of(path)
    if path.is_dir() and path.suffix.lower() != ".parquet":
        return _folder(path, wanted)
    if path.is_dir():
        return _held(path, [entry], {**wanted, entry.table.lower(): wanted.get(entry.table.lower())})
    file = opened(path)
    if _is_database(file):
        must_have_no_log(file)
        return Container(path, [file])
    if entry.kind is None:
        raise Unusable(_no_export(file))
    tables = _stored(entry, [file], wanted)
    chosen = tables if len(tables) == 1 else [table for table in tables if table.name.lower() in wanted]
    return Container(path, [file], chosen, _left(tables, chosen))


def attach(con: duckdb.DuckDBPyConnection, files: Container) -> None:
    """Attach an export as the database `source`; raises Unusable where it cannot be read."""
    if files.is_database:
        _attach_database(con, files.files[0])
        return
    con.execute("attach ':memory:' as source (compress)")  # which the engine does at checkpoints
    for table in files.tables:
        load(con, f"source.main.{quoted(table.name)}", table)
    # Parquet is read where it lies, also when sealed; all else was loaded.
    lying = [file for table in files.tables for file in table.files if table.kind == "parquet"]
    con.execute("set allowed_paths = ?", [[path for file in lying for path in (file.for_engine(), file.for_attach())]])
    weakref.finalize(con, files.files.clear)


def load(con: duckdb.DuckDBPyConnection, name: str, table: Stored) -> None:
    """Make a table of that name, or a view; raises Unusable naming the file, and where it can the line, that cannot be read."""
    folder = Path(one(con, "select current_setting('temp_directory')"))
    file = table.files[0]
    try:
        if table.kind == "parquet":
            parquet.load(con, name, list(table.files), table.read)
        elif table.kind == "workbook":
            workbook.load(con, name, file, table.read, folder, table.sheet)
        else:
            is_packed = Path(file.name).suffix.lower() in packing.SUFFIXES
            plain = packing.unpacked(file, folder, one(con, _SPILL_LIMIT)) if is_packed else file
            _load_text(con, name, plain, table, folder)
    except duckdb.Error as error:
        said, words = kind_of(error), first_line(error)
        for part in table.files:
            said, words = (text.replace(part.for_engine(), part.name) for text in (said, words))
        raise Unusable(f"{file.shown}: its rows: cannot be read: {said}", words) from error


def fingerprint(file: Path, within: Path | None = None) -> str:
    """SHA-256 in hexadecimal of a regular file; raises Unusable for any other, and for a link out of the folder `within`."""
    return opened(file, within=within).sha256()


def _folder(path: Path, wanted: Wanted) -> Container:
    entries = [entry_of(entry) for entry in sorted(path.iterdir()) if not entry.name.startswith((".", "~$"))]
    if not any(entry.kind for entry in entries):
        database = next((entry.path.name for entry in entries if entry.path.suffix.lower() in (".duckdb", ".db")), None)
        what = f"give {printable(database)} itself" if database else f"name a file after each table, ending with {_READ}"
        raise Unusable(f"{printable(path)}: the folder holds no table; {what}")
    return _held(path, entries, wanted)


def _held(path: Path, entries: list[Entry], wanted: Wanted) -> Container:
    """What of a folder is wanted, opened."""
    held = Container(path)
    for entry in entries:
        tables = _stored(entry, _opened(entry, path), wanted) if _may_be(entry, wanted) else []
        chosen = [table for table in tables if table.name.lower() in wanted]
        held.tables += chosen
        held.files += chosen[0].files if chosen else ()
        held.others += [entry.table] if entry.kind and not chosen else []
        held.unread += [*_left(tables, chosen), *_beside(entry, path)] if chosen else [_shown(entry.path, path)]
    names = [table.name.lower() for table in held.tables]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise Unusable(f"{printable(path)}: two files for table {twice[0]}; leave one of them")
    return held


def entry_of(path: Path) -> Entry:
    """What the name of a file or folder says of it."""
    if path.is_dir():
        is_table = path.suffix.lower() == ".parquet"
        is_parts = is_table or any(parquet.is_part(part) for part in _listed(path))
        return Entry(path, printable(path.stem if is_table else path.name), "parquet" if is_parts else None)
    name = _plain_name(path)
    kinds = _KINDS if name is path else _TEXTS
    return Entry(path, printable(name.stem), kinds.get(name.suffix.lower()))


def _plain_name(path: Path) -> Path:
    """A name without what says how the file is compressed."""
    return Path(path.stem) if path.suffix.lower() in packing.SUFFIXES else path


def _listed(folder: Path) -> list[Path]:
    """What lies in a folder; nothing where we may not look."""
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def _may_be(entry: Entry, wanted: Wanted) -> bool:
    """Whether it may hold a table that is wanted: what a workbook holds, only its sheets say."""
    return entry.kind == "workbook" or (entry.kind is not None and entry.table.lower() in wanted)


def _opened(entry: Entry, folder: Path) -> list[File]:
    paths = parquet.parts(entry.path) if entry.path.is_dir() else [entry.path]
    if not paths:
        raise Unusable(f"{printable(entry.path)}: the folder holds no part that ends with .parquet")
    return [opened(path, os.fsdecode(os.fsencode(path.relative_to(folder))), folder) for path in paths]


def _stored(entry: Entry, files: list[File], wanted: Wanted) -> list[Stored]:
    """The tables of an opened entry: of a workbook the sheets by their names, a single one by the file's."""
    sheets = workbook.sheets(files[0]) if entry.kind == "workbook" else [""]
    names = [entry.table] if len(sheets) == 1 else sheets
    return [
        Stored(name, entry.kind or "", tuple(files), sheet, wanted.get(name.lower()))
        for name, sheet in zip(names, sheets, strict=True)
    ]


def _left(tables: list[Stored], chosen: list[Stored]) -> list[str]:
    """The sheets that are not read."""
    return [f"{printable(t.files[0].name)}: sheet {printable(t.sheet)}" for t in tables if t not in chosen]


def _beside(entry: Entry, folder: Path) -> list[str]:
    """What lies in a table's folder and is not read."""
    return [_shown(path, folder) for path in parquet.beside(entry.path)] if entry.path.is_dir() else []


def _shown(path: Path, folder: Path) -> str:
    """What lies in a folder, as its notes name it."""
    return f"{printable(path.relative_to(folder))}{'/' * path.is_dir()}"


def _load_text(con: duckdb.DuckDBPyConnection, name: str, file: File, table: Stored, folder: Path) -> None:
    if table.kind != "text":
        objects.load(con, name, file, table.read, folder, lines=table.kind == "lines")
        return
    if _plain_name(Path(file.name)).suffix.lower() == ".txt" and len(delimited.header_of(file).names) < 2:
        raise Unusable(
            f"{file.shown}: its first line names no columns, separated by comma, semicolon, tab or bar; is it a table?"
        )
    delimited.load(con, name, file, table.read)


def _attach_database(con: duckdb.DuckDBPyConnection, file: File) -> None:
    try:
        con.execute(f"attach {literal(file.for_attach())} as source (read_only, type duckdb)")
    except duckdb.Error as error:
        raise Unusable(f"{file.shown}: its tables: cannot be read: {kind_of(error)}", first_line(error)) from error
    must_have_no_log(file)


def _is_database(file: File) -> bool:
    return file.read(4, 8) == b"DUCK"


def must_have_no_log(file: File) -> None:
    """A log beside a file holds changes that are not in it: its writer writes still, or was killed. The hash would miss them."""
    for suffix in _LOGS:
        if file.path.with_name(file.path.name + suffix).exists():
            what = f"open and close {printable(file.name)} with what wrote it, or run CHECKPOINT, and it is in the file"
            raise Unusable(f"{file.shown}: its last changes are in a log beside it, {printable(file.name)}{suffix}; {what}")


def _no_export(file: File) -> str:
    begins = file.read(64)
    what = "is empty" if not begins else what_it_is(begins, file.name) or f"ends with none of {_READ}"
    return f"{file.shown}: cannot be read: it is no DuckDB file, and {what}"


def _count(files: int) -> str:
    return "1 file" if files == 1 else f"{files} files"
