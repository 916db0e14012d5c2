"""Parquet: a table in one file, or in a folder of parts that all have the same columns. It is read where it lies."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

from audits.contract.engine import literal, quoted
from audits.contract.files import File, printable
from audits.contract.names import Read, columns
from audits.errors import Unusable, first_line

# Of a folder, that other files than its parts say which of them hold its rows.
_KEPT_ELSEWHERE = {"_delta_log": "a Delta table", ".hoodie": "a Hudi table", "_temporary": "not written to its end"}

# What writers leave beside a table's parts, and holds none of its rows.
_LEFT_BY_WRITERS = ("_SUCCESS", "_metadata", "_common_metadata", ".DS_Store")


def parts(folder: Path) -> list[Path]:
    """The parts of a table, in order of name; raises Unusable where they may be more or less than its rows."""
    found = sorted(folder.iterdir())
    for path in found:
        if what := _KEPT_ELSEWHERE.get(path.name):
            raise Unusable(
                f"{printable(folder)}: is {what}, whose rows are not simply those of its parts; write it out as plain Parquet"
            )
        if path.is_dir() and not _is_hidden(path):
            raise Unusable(f"{printable(path)}: is a folder in a table's folder, and is not read; write its parts side by side")
    return [path for path in found if is_part(path)]


def is_part(path: Path) -> bool:
    """Whether a file in a table's folder is one of its parts."""
    return path.suffix.lower() == ".parquet" and not _is_hidden(path)


def beside(folder: Path) -> list[Path]:
    """What may be meant as a part of a table and is none, in order of name: all in its folder but what writers leave there."""
    return [
        path
        for path in sorted(folder.iterdir())
        if not is_part(path) and path.name not in _LEFT_BY_WRITERS and path.suffix.lower() != ".crc"
    ]


def load(con: duckdb.DuckDBPyConnection, table: str, files: list[File], read: Read) -> None:
    """Make a view of a table's parts; raises Unusable where they have not the same columns, or one twice."""
    first, *others = [_columns(con, file) for file in files]
    for file, other in zip(files[1:], others, strict=True):
        if sorted(other) != sorted(first):
            differ = ", ".join(sorted({printable(name) for name, *_ in set(first) ^ set(other)}))
            as_first = f"has not the columns of {printable(files[0].name)}: {differ}"
            raise Unusable(f"{file.shown}: {as_first}; write all parts with the same columns and types")
    names = ", ".join(map(quoted, columns([name for name, *_ in first], files[0].shown, read)))
    paths = ", ".join(literal(file.for_engine()) for file in files)
    con.execute(f"create view {table} ({names}) as select * from read_parquet([{paths}], hive_partitioning = false)")


def _columns(con: duckdb.DuckDBPyConnection, file: File) -> list[tuple[Any, ...]]:
    """Name and types of each column; those within lists and structs are told by their column."""
    if file.size == 0:
        raise Unusable(f"{file.shown}: is empty, and no Parquet; copy it again, or leave it out where it holds no rows")
    try:
        schema = con.execute(
            "select name, coalesce(num_children, 0), type, type_length, logical_type, converted_type from parquet_schema(?)",
            [file.for_engine()],
        ).fetchall()
    except duckdb.Error as error:
        words = first_line(error).replace(file.for_engine(), file.name)
        raise Unusable(
            f"{file.shown}: its rows: cannot be read: it is no Parquet, or was cut short; copy it again", words
        ) from error
    found, place = [], 1
    while place < len(schema):
        end = _end(schema, place)
        found.append((schema[place][0], repr([column[1:] for column in schema[place:end]])))
        place = end
    return found


def _end(schema: list[tuple[Any, ...]], place: int) -> int:
    end = place + 1
    for _ in range(schema[place][1]):
        end = _end(schema, end)
    return end


def _is_hidden(path: Path) -> bool:
    return path.name.startswith((".", "_"))
