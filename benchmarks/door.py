"""How much it costs to read an export: a ratio to a plain scan of the same columns, in one process, and peak memory.

    python benchmarks/door.py                  ten million disclosures (made; minutes)
    … --rows 1000000                           fewer of them

Measured as CSV, as Parquet and as a DuckDB file; and as CSV and Parquet where 1 in 100 cells of a column cannot be read, holds a
word that nobody knows, or a country with a blank behind it. The scan is `sum(hash(column))` over every column of the file, CSV
all text in the same dialect. `opened` is until it can be judged, its hash included; `judged` evaluates two promises that read
the column that is spoilt.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import duckdb

from audits.contract.engine import literal
from audits.contract.export import Export, Settings
from audits.evaluation import counting, evaluate, findings, recording
from audits.law.opening import open_export
from audits.law.period import Period
from audits.samples import sample as samples
from audits.workspace import Workspace

T = TypeVar("T")
ROWS = 10_000_000
SETTINGS = Settings(threads=2)
CONTROLS = ("disclosure_purpose_permitted", "transfer_has_valid_mechanism")
# What is done to a column, by name, in one row of a hundred.
SPOILT = {
    "an instant unreadable": ("disclosed_at", "'soon'"),
    "a word unknown": ("mechanism", "'carrier pigeon'"),
    "a country padded": ("destination_country", "destination_country || ' '"),
}
SCANS = {
    "csv": "read_csv({}, all_varchar = true, header = true, delim = ',', quote = '\"', escape = '\"')",
    "parquet": "read_parquet({})",
}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rows", type=int, default=ROWS)
    arguments.add_argument("--measure", nargs=2, help=argparse.SUPPRESS)
    given = arguments.parse_args()
    if given.measure:
        measure(Path(given.measure[0]), given.measure[1])
        return
    print(f"{given.rows:,} disclosures, {SETTINGS.memory}, {SETTINGS.threads} threads\n")
    print(f"{'export':32} {'scan':>8} {'opened':>8} {'ratio':>6} {'judged':>8} {'ratio':>6} {'peak':>9}", flush=True)
    with tempfile.TemporaryDirectory() as name:
        made = Path(name) / "made.duckdb"
        make(made, given.rows)
        in_own_process(made, "DuckDB")
        for kind in SCANS:
            for what, (column, value) in {"": ("", ""), **SPOILT}.items():
                with tempfile.TemporaryDirectory() as folder:
                    write(made, Path(folder), kind, column, value)
                    in_own_process(Path(folder), f"{kind}, {what}" if what else kind)


def make(export: Path, rows: int) -> None:
    """The sample with its disclosures over and over, each with a name and an instant of its own."""
    samples.write(export)
    with duckdb.connect(str(export)) as con:
        con.execute("set enable_progress_bar = false; create table once as from disclosures; drop table disclosures")
        con.execute(
            f"""
            create table disclosures as
            select d.* replace (d.disclosure_id || '-' || i as disclosure_id, disclosed_at - to_seconds(17 * i) as disclosed_at)
            from once as d, range({rows}) as t (i) where i <= {rows} // (select count(*) from once) limit {rows}
            """
        )
        con.execute("drop table once; checkpoint")


def write(made: Path, folder: Path, kind: str, column: str, value: str) -> None:
    """Write every table into a folder; in one disclosure of a hundred the column holds the value."""
    with duckdb.connect(str(made), read_only=True) as con:
        con.execute("set enable_progress_bar = false; set timezone = 'UTC'")
        for (table,) in con.execute("select table_name from duckdb_tables()").fetchall():
            cell = f"case when hash(disclosure_id) % 100 = 0 then {value} else {column}::varchar end as {column}"
            replaced = f"replace ({cell})" if column and table == "disclosures" else ""
            con.execute(f"copy (select * {replaced} from {table}) to '{folder / table}.{kind}' (format {kind})")


def in_own_process(export: Path, name: str) -> None:
    """Peak memory is of a process, so each export gets its own."""
    subprocess.run([sys.executable, __file__, "--measure", str(export), name], check=True)


def measure(path: Path, name: str) -> None:
    workspace = Workspace()
    scan = min(timed(lambda: scanned(path))[0] for _ in range(2))
    opened, export = timed(lambda: opening(workspace, path))
    judged = judging(workspace, export, scan)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{name:32} {scan:7.2f}s {opened:7.2f}s {opened / scan:6.2f} {judged:>15} {memory:6,.0f} MB", flush=True)


def judging(workspace: Workspace, export: Export, scan: float) -> str:
    try:
        took, _ = timed(lambda: judge(workspace, export))
    except duckdb.OutOfMemoryException:
        return "out of memory"
    return f"{took:7.2f}s {took / scan:6.2f}"


def scanned(path: Path) -> None:
    """Read the disclosures as any program would."""
    file = next(path.glob("disclosures.*")) if path.is_dir() else path
    with duckdb.connect(config={"memory_limit": SETTINGS.memory, "threads": 2}) as con:
        con.execute("set enable_progress_bar = false")
        if path.is_dir():
            rows = SCANS[file.suffix[1:]].format(literal(str(file)))
        else:
            con.execute(f"attach {literal(str(file))} as export (read_only)")
            rows = "export.disclosures"
        columns = [column for column, *_ in con.execute(f"describe select * from {rows}").fetchall()]
        con.execute(f"select {', '.join(f'sum(hash({column}))' for column in columns)} from {rows}").fetchall()


def opening(workspace: Workspace, path: Path) -> Export:
    export = open_export(workspace.contract, path, settings=SETTINGS)
    export.files.sha256()
    return export


def judge(workspace: Workspace, export: Export) -> None:
    promises = [promise for promise in workspace.promises.values() if promise.control.id in CONTROLS]
    period = Period.last_whole_month(export.today)
    export.con.execute(recording.SCHEMA.read_text(encoding="utf-8"))
    around = findings.circumstances(export, period, promises)
    evaluate.settle_law(export, [promise.control for promise in promises])
    counting.begin(export, promises)
    for promise in promises:
        counting.count(export, promise, findings.query(export, promise, around), around)


def timed(action: Callable[[], T]) -> tuple[float, T]:
    start = time.perf_counter()
    result = action()
    return time.perf_counter() - start, result


if __name__ == "__main__":
    main()
