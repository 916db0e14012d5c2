"""The sample export: a synthetic company, the same for the same seed, with violations planted on purpose (sections/)."""

from __future__ import annotations

import json
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

import duckdb

from audits.contract.schema import read
from audits.errors import Unusable

SECTIONS = Path(__file__).with_name("sections")
EARLIER = Path(__file__).with_name("earlier.sql")
EXPORTED_AT = "2026-11-02 05:00:00+01:00"
_MOST = 100_000_000  # accounts: days of work


@dataclass(frozen=True)
class Company:
    """Which company, and what of it is shown: the one that mended nothing too, or what was known a month before."""

    accounts: int = 6000
    seed: int = 1
    is_mended: bool = True
    is_earlier: bool = False


def write(out: Path, accounts: int = 6000, seed: int = 1, *, mended: bool = True, earlier: bool = False) -> Path:
    """Write a sample to a DuckDB file (`.duckdb`) or, for any other name, a folder of CSV files.

    Beside it, `NAME.expected.json` lists what was planted: {control: {record: reason}}; in `planted_with` what is found with
    other values than those of the sample's text: {"control: value = …": {record: reason}}. With `earlier`, the export of a month
    before, it lists what the sample says otherwise of that time. Not `mended`, nothing was ever put right.
    Returns the path of that list. The work is done in SQL and spills; a million accounts take about a minute.
    """
    if accounts < 1:
        raise Unusable(f"--accounts {accounts}: a sample needs at least one")
    if accounts > _MOST:
        raise Unusable(f"--accounts {accounts}: a sample has at most {_MOST:,}")
    expected = out.with_name(f"{out.name.removesuffix('.duckdb')}.expected.json")
    if out.exists() != expected.exists() and not (out.is_dir() and not any(out.iterdir())):
        raise Unusable(f"--out {out}: {out if out.exists() else expected} is there and no sample; choose another name")
    out.parent.mkdir(parents=True, exist_ok=True)
    planted = _write_export(out, Company(accounts, seed, mended, earlier))
    listed = {"seed": seed, "accounts": accounts, **planted}
    expected.write_text(json.dumps(listed, indent=1) + "\n", encoding="utf-8")
    return expected


def _write_export(out: Path, company: Company) -> dict[str, object]:
    """Make the export beside its place, so that what lies there is replaced by a whole one only."""
    with tempfile.TemporaryDirectory(dir=out.parent) as scratch:
        database, folder = Path(scratch) / "sample.duckdb", Path(scratch) / "csv"
        with duckdb.connect(str(database)) as con:
            _generate(con, company)
            planted = _restated(con) if company.is_earlier else _planted(con)
            if out.suffix == ".duckdb":
                _keep_contract_tables(con)
            else:
                _write_csv(con, folder)
        if out.suffix == ".duckdb":
            shutil.move(database, out)
        else:
            _put_in_place(folder, out)
    return planted


def _generate(con: duckdb.DuckDBPyConnection, company: Company) -> None:
    """Run the sections in the order of their names; the last one sums up what the export holds."""
    con.execute("set enable_progress_bar = false")
    con.execute(f"set variable seed = {int(company.seed)}::varchar")
    con.execute(f"set variable account_count = {int(company.accounts)}")
    con.execute(f"set variable exported_at = '{EXPORTED_AT}'")
    con.execute(f"set variable is_mended = {company.is_mended}")
    *sections, last = sorted(SECTIONS.glob("*.sql"))
    con.begin()  # one transaction: rows are not written to a log first
    for section in [*sections, *([EARLIER] if company.is_earlier else []), last]:
        con.execute(section.read_text(encoding="utf-8"))
    con.commit()


def _planted(con: duckdb.DuckDBPyConnection) -> dict[str, object]:
    """What the sections planted, by control and record; of one with values of its own (`control: value = …`) apart."""
    rows: list[tuple[str, dict[str, str]]] = con.execute(
        "select control_id, map_from_entries(list((record_id, reason) order by record_id)) from planted group by all order by all"
    ).fetchall()
    with_values = {control: records for control, records in rows if ":" in control}
    return {"planted": {control: records for control, records in rows if ":" not in control}, "planted_with": with_values}


def _restated(con: duckdb.DuckDBPyConnection) -> dict[str, object]:
    """What the sample says otherwise of the time before; without a column, a row that is there on one side only."""
    rows = con.execute("select table_name, record_id, column_name, before, after from restated order by all").fetchall()
    return {"restated": [dict(zip(("table", "record", "column", "before", "after"), row, strict=True)) for row in rows]}


def _tables(con: duckdb.DuckDBPyConnection) -> list[str]:
    made = {name for (name,) in con.execute("select table_name from duckdb_tables()").fetchall()}
    return [name for name in read() if name in made]


def _keep_contract_tables(con: duckdb.DuckDBPyConnection) -> None:
    """Drop the tables and macros with which the sections work."""
    kept = read()
    for (name,) in con.execute("select table_name from duckdb_tables()").fetchall():
        if name not in kept:
            con.execute(f"drop table {name}")
    for (name,) in con.execute("select distinct function_name from duckdb_functions() where not internal").fetchall():
        con.execute(f"drop macro {name}")
    con.execute("checkpoint")


def _write_csv(con: duckdb.DuckDBPyConnection, folder: Path) -> None:
    folder.mkdir()
    for name in _tables(con):
        con.execute(f"copy {name} to '{folder / name}.csv' (header)")


def _put_in_place(made: Path, out: Path) -> None:
    """Replace the CSV files of a folder; what else lies there stays."""
    out.mkdir(exist_ok=True)
    for file in sorted(made.iterdir()):
        shutil.move(file, out / file.name)
