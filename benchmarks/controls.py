"""How much the promises cost: their time as a ratio to a plain scan of the columns they read, in one process, and peak memory.

    python benchmarks/controls.py                       ten million disclosures, a million requests (made; minutes)
    python benchmarks/controls.py --export big.duckdb   an export that is there
    … --section rights                                  one section alone

The scan is `sum(hash(column))` over every column that the controls read, each once. `verdicts` counts the findings of each
promise by verdict; `evaluation` is what a run does: counts by month and by every dimension, and the findings kept one by one.
What several controls share, transfers and due dates under the law of their day, is counted once, as a line of its own.
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

from audits.contract import quality
from audits.contract.export import Settings
from audits.contract.schema import Contract
from audits.controls.control import Control
from audits.evaluation import counting, evaluate, findings, recording
from audits.law.opening import open_export
from audits.law.period import Period
from audits.samples import sample as samples
from audits.workspace import Workspace

T = TypeVar("T")
RUNS = 3
ACCOUNTS = 1_900_000  # give a little more than a million requests
DISCLOSURES = 10_000_000


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--export", type=Path)
    arguments.add_argument("--section")
    arguments.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    given = arguments.parse_args()
    if given.measure:
        measure(given.measure, given.section)
    elif given.export:
        in_own_process(given.export, given.section)
    else:
        with tempfile.TemporaryDirectory() as folder:
            export = Path(folder) / "sample.duckdb"
            samples.write(export, ACCOUNTS)
            repeat_disclosures(export)
            in_own_process(export, given.section)


def repeat_disclosures(export: Path, many: int = DISCLOSURES) -> None:
    """The sample's disclosures over and over, under names of their own, until there are so many."""
    with duckdb.connect(str(export)) as con:
        con.execute("set enable_progress_bar = false; create table once as from disclosures; drop table disclosures")
        con.execute(
            f"""
            create table disclosures as
            select d.* replace (d.disclosure_id || '-' || i as disclosure_id) from once as d, range({many}) as t (i)
            where i <= {many} // (select count(*) from once) limit {many}
            """
        )
        con.execute("drop table once; checkpoint")


def in_own_process(export: Path, section: str | None) -> None:
    """Peak memory is of a process, so each export gets its own."""
    chosen = ["--section", section] if section else []
    subprocess.run([sys.executable, __file__, "--measure", str(export), *chosen], check=True)


def measure(path: Path, section: str | None) -> None:
    workspace = Workspace()
    promises = [p for p in workspace.promises.values() if section in (None, p.control.section)]
    controls = list({p.control.id: p.control for p in promises}.values())
    settings = Settings(memory="700MB", threads=2)
    opened_in, export = timed(lambda: open_export(workspace.contract, path, settings=settings))
    period = Period.last_whole_month(export.today)
    export.con.execute(recording.SCHEMA.read_text(encoding="utf-8"))
    around = findings.circumstances(export, period, promises)
    scan = best(lambda: export.con.execute(scan_of(workspace.contract, controls)).fetchall())
    requests, disclosures = export.con.execute(
        "select (select count(*) from requests), (select count(*) from disclosures)"
    ).fetchone() or (0, 0)
    print(f"\n{requests:,} requests, {disclosures:,} disclosures, 2 threads; opened in {opened_in:.2f} s")
    print(f"scan of the columns read: {scan:.3f} s\n")
    print(f"{'promise':44} {'verdicts':>9} {'ratio':>6} {'evaluation':>11} {'ratio':>6}")
    shared = best(lambda: evaluate.settle_law(export, controls))
    sums = [shared, shared]
    print(f"{'the law, worked out once':44} {shared:8.3f}s {shared / scan:6.2f} {shared:10.3f}s {shared / scan:6.2f}")
    counting.begin(export, promises)
    for promise in promises:
        query = findings.query(export, promise, around)
        verdicts = f"{query.sql} select verdict, count(*) from findings group by all"
        bare = best(lambda: export.con.execute(verdicts, query.values).fetchall())
        whole = best(lambda: counting.count(export, promise, query, around))
        sums = [sums[0] + bare, sums[1] + whole]
        print(f"{promise.name:44} {bare:8.3f}s {bare / scan:6.2f} {whole:10.3f}s {whole / scan:6.2f}")
    rolled = timed(lambda: counting.roll_up(export))[0] / RUNS  # each was counted so many times
    sums[1] += rolled
    print(f"{'rolled up once':44} {0:8.3f}s {0:6.2f} {rolled:10.3f}s {rolled / scan:6.2f}")
    print(f"{'all':44} {sums[0]:8.3f}s {sums[0] / scan:6.2f} {sums[1]:10.3f}s {sums[1] / scan:6.2f}")
    print(f"peak memory of opening and evaluating: {peak():,.0f} MB")
    quality_s = timed(lambda: quality.measure(export))[0]
    print(f"data quality of every table: {quality_s:.1f} s; peak memory then: {peak():,.0f} MB", flush=True)


def scan_of(contract: Contract, controls: list[Control]) -> str:
    """One query that reads every column of every table that the controls name, keys and fixed columns included."""
    columns = {pair for control in controls for pair in control.read_columns()}
    tables = sorted({table for table, _ in columns})
    columns |= {
        (t, c) for t in tables for c in (*contract[t].key, "account_id", "country", "channel", "type") if contract[t].column(c)
    }
    parts = [
        f"(select {' + '.join(f'sum(hash({c}))' for t, c in sorted(columns) if t == table)} from {table})" for table in tables
    ]
    return f"select {' + '.join(parts)}"


def timed(action: Callable[[], T]) -> tuple[float, T]:
    start = time.perf_counter()
    result = action()
    return time.perf_counter() - start, result


def best(action: Callable[[], object]) -> float:
    return min(timed(action)[0] for _ in range(RUNS))


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
