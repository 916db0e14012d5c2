"""The reference tables: facts/tables.sql declares them, a CSV of the same name fills each."""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path
from typing import Any

import duckdb

from audits.contract import formats
from audits.contract.engine import one
from audits.contract.files import opened, printable
from audits.contract.formats import Stored
from audits.errors import RunFailed, Unusable, first_line, hint

FOLDER = Path(__file__).with_name("facts")
# How `checked` begins of a fact that nobody has looked up, or not found.
UNCHECKED = ("general knowledge", "not found")
# What is less sure of one that was: others said it, or a part of it was not found or not read.
_IN_PART = ("secondary", "not found", "not read", "general knowledge", "differ", "disagree", "state of")
# What identifies a row: a user's own row with the same values takes its place.
KEYS = {
    "countries": ("country",),
    "deadlines": ("rule_set", "jurisdiction", "request_type", "valid_from"),
    "adequacy": ("exporter", "country", "needs", "valid_from"),
    "mechanisms": ("exporter", "mechanism"),
    "optin_countries": ("place",),
    "transfer_laws": ("place",),
}

# What the door reads the words of any table by.
_OF_ALL = ("countries", "mechanisms")


def load(con: duckdb.DuckDBPyConnection, own: Path | None = None) -> tuple[str | None, dict[str, str]]:
    """Create and fill the reference tables in schema `main` of a connection that is not yet sealed.

    `own` is a folder of the user's CSV files, named like the tables, with the same columns (those left out are empty): a row
    with the key of a row that is there takes its place, any other is added. Returns the SHA-256 of their names and hashes in
    order of name; and by table what is wrong with a file that cannot be read, of which ours stand: nothing may rest on them.
    Raises Unusable naming the file where nobody can say what rests on it: of no known table, or of what all is read by.
    """
    con.execute((FOLDER / "tables.sql").read_text(encoding="utf-8"))
    for file in sorted(FOLDER.glob("*.csv")):
        _insert(con, Stored(file.stem, "text", (opened(file),)), file.stem)
    tables = own_tables(own) if own else []
    faults: dict[str, str] = {}
    for table in tables:
        try:
            _override(con, table)
        except Unusable as error:
            if table.name in _OF_ALL:
                raise
            faults[table.name] = str(error)
    con.execute("create table facts_as_loaded as select ? as hash", [_hash(con)])
    lines = "".join(f"{table.files[0].name} {table.files[0].sha256()}\n" for table in tables)
    return hashlib.sha256(lines.encode()).hexdigest() if own else None, faults


def must_be_as_loaded(con: duckdb.DuckDBPyConnection) -> None:
    """Raises RunFailed where a fact of law is not what was read of its file any more, whoever changed it."""
    if one(con, "select hash from facts_as_loaded") != _hash(con):
        raise RunFailed("the facts of law were changed while the export was evaluated; nothing that was found can be relied on")


def _hash(con: duckdb.DuckDBPyConnection) -> str:
    """Of every row of every reference table, in whatever order they lie."""
    rows = " union all ".join(f"select '{name}' || to_json({name})::varchar as row from {name}" for name in KEYS)
    return str(one(con, f"select sha256(string_agg(row, chr(10) order by row)) from ({rows})"))


def own_tables(own: Path) -> list[Stored]:
    """The tables of a user's folder, in order of name; raises Unusable where there are none, or one is no such table."""
    paths = sorted(path for path in own.iterdir() if not path.name.startswith(".")) if own.is_dir() else []
    entries = [entry for entry in map(formats.entry_of, paths) if entry.kind]
    if not entries:
        raise Unusable(f"{own}: no folder with CSV files; name each after its table: {', '.join(KEYS)}")
    for entry in entries:
        if entry.table not in KEYS:
            raise Unusable(f"{own.name}/{entry.path.name}: no reference table: {hint(entry.table, KEYS, ', '.join(KEYS))}")
        if entry.kind != "text":
            raise Unusable(f"{own.name}/{entry.path.name}: reference tables are read of CSV files; write it as {entry.table}.csv")
    return [Stored(entry.table, "text", (opened(entry.path, within=own),)) for entry in entries]


def _insert(con: duckdb.DuckDBPyConnection, table: Stored, into: str) -> None:
    """An empty text is none: these tables know no such value."""
    formats.load(con, "memory.main.given", table)
    con.execute(f"insert into {into} by name select nullif(columns(*), '') from memory.main.given")
    con.execute("drop table memory.main.given")


def _override(con: duckdb.DuckDBPyConnection, table: Stored) -> None:
    """Put the user's rows in the place of ours, all or none; raises Unusable naming the file."""
    name, file = table.name, table.files[0]
    same = " and ".join(f"{name}.{column} is not distinct from own.{column}" for column in KEYS[name])
    try:
        con.execute(f"create or replace temp table own as from {name} limit 0")
        _insert(con, table, "own")
        con.execute("begin")
        try:
            con.execute(f"delete from {name} using own where {same}")
            con.execute(f"insert into {name} from own")
        except duckdb.Error:
            con.execute("rollback")
            raise
        con.execute("commit")
    except (duckdb.Error, Unusable) as error:
        said = first_line(error).removeprefix(f"{file.shown}: ")
        raise Unusable(f"{printable(file.path.parent.name)}/{printable(file.path.name)}: {said}") from error


def replace(con: duckdb.DuckDBPyConnection, table: str, rows: list[dict[str, Any]]) -> None:
    """Put rows in the place of a reference table's own."""
    con.execute(f"delete from {table}")
    for row in rows:
        con.execute(f"insert into {table} ({', '.join(row)}) values ({', '.join('?' * len(row))})", list(row.values()))
    con.execute("update facts_as_loaded set hash = ?", [_hash(con)])


def is_unchecked(checked: str) -> bool:
    """Whether a fact of law was not looked up, or not found; secondary sources are sources, and named as such."""
    return checked.startswith(UNCHECKED)


def is_less_sure(checked: str) -> bool:
    """Whether a fact of law was looked up in secondary sources alone, or but for a part of it."""
    return not is_unchecked(checked) and any(word in checked for word in _IN_PART)


def rows(table: str) -> list[dict[str, str]]:
    """The rows of one reference table as they stand in its file."""
    with (FOLDER / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
