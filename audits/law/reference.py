"""The reference tables: reference/tables.sql declares them, a CSV of the same name fills each."""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path
from typing import Any

import duckdb

from audits.contract import formats
from audits.errors import Unusable, first_line, hint

FOLDER = Path(__file__).with_name("facts")
UNCHECKED = "general knowledge"
# What identifies a row: a user's own row with the same values takes its place.
KEYS = {
    "countries": ("country",),
    "deadlines": ("rule_set", "jurisdiction", "request_type", "valid_from"),
    "adequacy": ("exporter", "country", "needs", "valid_from"),
    "mechanisms": ("mechanism",),
    "optin_countries": ("place",),
}


def load(con: duckdb.DuckDBPyConnection, own: Path | None = None) -> None:
    """Create and fill the reference tables in schema `main` of a connection that is not yet sealed.

    `own` is a folder of the user's CSV files, named like the tables, with the same columns (those left out are empty): a row
    with the key of a row that is there takes its place, any other is added. Raises Unusable naming the file and what is wrong.
    """
    con.execute((FOLDER / "tables.sql").read_text(encoding="utf-8"))
    for file in sorted(FOLDER.glob("*.csv")):
        con.execute(
            f"insert into {file.stem} by name select * from read_csv(?, header = true, all_varchar = true)",
            [str(file)],
        )

    for file in own_files(own):
        _override(con, file)


def own_files(own: Path | None) -> list[Path]:
    """The CSV files of a user's folder, in order of name; raises Unusable where there are none, or one is no such table."""
    if own is None:
        return []
    files = sorted(own.glob("*.csv")) if own.is_dir() else []
    if not files:
        raise Unusable(f"--reference {own}: no folder with CSV files; name each after its table: {', '.join(KEYS)}")
    for file in files:
        if file.stem not in KEYS:
            raise Unusable(f"--reference {file}: no reference table: {hint(file.stem, KEYS, ', '.join(KEYS))}")
    return files


def fingerprint(own: Path | None) -> str | None:
    """SHA-256 of a user's folder: of its files' names and hashes in order of name; None where there is none."""
    lines = "".join(f"{file.name} {formats.fingerprint(file)}\n" for file in own_files(own))
    return hashlib.sha256(lines.encode()).hexdigest() if own else None


def _override(con: duckdb.DuckDBPyConnection, file: Path) -> None:
    table = file.stem
    same = " and ".join(f"{table}.{column} is not distinct from own.{column}" for column in KEYS[table])
    try:
        con.execute(f"create or replace temp table own as from {table} limit 0")
        con.execute("insert into own by name select * from read_csv(?, header = true, all_varchar = true)", [str(file)])
        con.execute(f"delete from {table} using own where {same}")
        con.execute(f"insert into {table} from own")
    except duckdb.Error as error:
        raise Unusable(f"--reference {file}: {first_line(error)}") from error


def replace(con: duckdb.DuckDBPyConnection, table: str, rows: list[dict[str, Any]]) -> None:
    """Put rows in the place of a reference table's own."""
    con.execute(f"delete from {table}")
    for row in rows:
        con.execute(f"insert into {table} ({', '.join(row)}) values ({', '.join('?' * len(row))})", list(row.values()))


def rows(table: str) -> list[dict[str, str]]:
    """The rows of one reference table as they stand in its file."""
    with (FOLDER / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
