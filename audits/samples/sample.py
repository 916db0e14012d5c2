"""The sample export: a synthetic company, the same for the same seed, with violations planted on purpose (samples.sql)."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import duckdb

from audits.contract.schema import read
from audits.errors import Unusable

_SQL = Path(__file__).with_name("sample.sql")
EXPORTED_AT = "2026-11-02 05:00:00+01:00"


def write(out: Path, accounts: int = 6000, seed: int = 1) -> Path:
    """Write a sample to a DuckDB file (`.duckdb`) or, for any other name, a folder of CSV files.

    Beside the file, or in the folder, `expected.json` lists what was planted: {control: {record: reason}}.
    Returns the path of expected.json. The work is done in SQL and spills; a million accounts take about a minute.
    """
    if accounts < 1:
        raise Unusable(f"--accounts {accounts}: a sample needs at least one")
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent) as scratch:
        database = Path(scratch) / "sample.duckdb"
        with duckdb.connect(str(database)) as con:
            planted = _generate(con, accounts, seed)
            target = out if out.suffix == ".duckdb" else _write_csv(con, Path(scratch) / "csv")
            if out.suffix == ".duckdb":
                _keep_contract_tables(con)
        shutil.move(database, out) if out.suffix == ".duckdb" else _put_in_place(target, out)
    expected = out.with_suffix(".expected.json") if out.suffix == ".duckdb" else out / "expected.json"
    expected.write_text(
        json.dumps({"seed": seed, "accounts": accounts, "planted": planted}, indent=1) + "\n",
        encoding="utf-8",
    )
    return expected


def _generate(con: duckdb.DuckDBPyConnection, accounts: int, seed: int) -> dict[str, dict[str, str]]:
    con.execute("set enable_progress_bar = false")
    con.execute(f"set variable seed = {int(seed)}::varchar")
    con.execute(f"set variable account_count = {int(accounts)}")
    con.execute(f"set variable exported_at = '{EXPORTED_AT}'")
    con.execute(_SQL.read_text(encoding="utf-8"))
    rows = con.execute(
        "select control_id, map_from_entries(list((record_id, reason) order by record_id)) from planted group by all order by all"
    ).fetchall()
    return dict(rows)


def _tables(con: duckdb.DuckDBPyConnection) -> list[str]:
    made = {name for (name,) in con.execute("select table_name from duckdb_tables()").fetchall()}
    return [name for name in read() if name in made]


def _keep_contract_tables(con: duckdb.DuckDBPyConnection) -> None:
    for (name,) in con.execute("select table_name from duckdb_tables()").fetchall():
        if name not in read():
            con.execute(f"drop table {name}")
    con.execute("drop macro draw; drop macro days_later; checkpoint")


def _write_csv(con: duckdb.DuckDBPyConnection, folder: Path) -> Path:
    folder.mkdir()
    for name in _tables(con):
        con.execute(f"copy {name} to '{folder / name}.csv' (header)")
    return folder


def _put_in_place(made: Path, out: Path) -> Any:
    """Replace the CSV files of a folder; what else lies there stays."""
    out.mkdir(exist_ok=True)
    for file in sorted(made.iterdir()):
        shutil.move(file, out / file.name)
