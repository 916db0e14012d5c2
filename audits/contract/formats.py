"""The containers that an export comes in, and its fingerprint."""

from __future__ import annotations

import hashlib
from pathlib import Path

import duckdb

from audits.contract.engine import literal, quoted
from audits.errors import Unusable, first_line

# The file formats that are read as tables, by suffix.
_READERS = {
    ".csv": "create table {name} as select * from read_csv({file}, all_varchar = true, header = true)",
    ".parquet": "create view {name} as select * from read_parquet({file})",
}


def attach(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Attach an export as the database `source`; raises Unusable where it cannot be read."""
    files = table_files(path)
    try:
        if files:
            con.execute("attach ':memory:' as source")
            # Parquet is read where it lies, also when sealed; CSV was loaded.
            con.execute("set allowed_paths = ?", [[str(f) for f in files]])
            for file in files:
                name = f"source.main.{quoted(file.name.split('.')[0])}"
                con.execute(_READERS[file.suffix.lower()].format(name=name, file=literal(str(file))))
        else:
            con.execute(f"attach {literal(str(path))} as source (read_only, type duckdb)")
    except (duckdb.Error, UnicodeDecodeError) as error:
        raise Unusable(f"{path}: cannot be read: {first_line(error)}") from error


def table_files(path: Path) -> list[Path]:
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


def fingerprint(path: Path) -> str:
    """SHA-256 in hexadecimal of a file, or of a folder's export files."""
    if path.is_dir():
        lines = "".join(f"{file.name} {fingerprint(file)}\n" for file in table_files(path))
        return hashlib.sha256(lines.encode()).hexdigest()
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
