"""The reference tables: reference/tables.sql declares them, a CSV of the same name fills each."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import duckdb

FOLDER = Path(__file__).with_name("reference")
UNCHECKED = "general knowledge"


def load(con: duckdb.DuckDBPyConnection) -> None:
    """Create and fill the reference tables in schema `main` of a connection that is not yet sealed."""
    con.execute((FOLDER / "tables.sql").read_text(encoding="utf-8"))
    for file in sorted(FOLDER.glob("*.csv")):
        con.execute(
            f"insert into {file.stem} by name select * from read_csv(?, header = true, all_varchar = true)",
            [str(file)],
        )


def replace(con: duckdb.DuckDBPyConnection, table: str, rows: list[dict[str, Any]]) -> None:
    """Put rows in the place of a reference table's own."""
    con.execute(f"delete from {table}")
    for row in rows:
        con.execute(f"insert into {table} ({', '.join(row)}) values ({', '.join('?' * len(row))})", list(row.values()))


def rows(table: str) -> list[dict[str, str]]:
    """The rows of one reference table as they stand in its file."""
    with (FOLDER / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
