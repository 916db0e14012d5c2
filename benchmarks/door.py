"""How much it costs to read an export: a ratio to a plain scan of the same columns, in one process, and peak memory.

    python benchmarks/door.py                  ten million disclosures (made; minutes)
    … --rows 1000000                           fewer of them
    … --kind parquet                           of one kind of file alone

Measured as CSV, as Parquet and as a DuckDB file; and as CSV and Parquet where 1 in 100 cells of a column cannot be read (also
1 in a million), holds a word that nobody knows, a country with a blank behind it, or names nobody. The scan is
`sum(hash(column))` over every column, CSV all text in the same dialect. `opened` is until it can be judged, its hash
included; `quality` measures the contract; `judged` evaluates every promise that reads disclosures. Times are the processor's,
each beside its ratio to the scan and, of a spoilt export, to the clean one of the same kind.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import duckdb

from audits.contract import quality
from audits.contract.engine import literal
from audits.contract.export import Export, Settings
from audits.evaluation import counting, evaluate, findings, recording
from audits.evaluation.lack import lacking
from audits.law.opening import open_export
from audits.law.period import Period
from audits.samples import sample as samples
from audits.workspace import Workspace

ROWS = 10_000_000
SETTINGS = Settings(threads=2)
# What is done to a column, by name: in one row of a hundred, or of a million.
SPOILT = {
    "few instants unreadable": ("disclosed_at", "'soon'", 1_000_000),
    "an instant unreadable": ("disclosed_at", "'soon'", 100),
    "a word unknown": ("mechanism", "'carrier pigeon'", 100),
    "a country padded": ("destination_country", "destination_country || ' '", 100),
    "a reference empty": ("recipient_id", "null", 100),
}
SCANS = {
    "csv": "read_csv({}, all_varchar = true, header = true, delim = ',', quote = '\"', escape = '\"')",
    "parquet": "read_parquet({})",
}


STEPS = ("opened", "quality", "judged")
# Of one kind of file: processor seconds of the scan and of each step, and the peak in MB; of a step that found no room none.
Figures = dict[str, float | None]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rows", type=int, default=ROWS)
    arguments.add_argument("--kind", choices=SCANS)
    arguments.add_argument("--measure", help=argparse.SUPPRESS)
    given = arguments.parse_args()
    if given.measure:
        print(json.dumps(measure(Path(given.measure))))
        return
    print(f"{given.rows:,} disclosures, {SETTINGS.memory}, {SETTINGS.threads} threads; processor seconds, x the scan (x clean)\n")
    print(f"{'export':32} {'scan':>7} {''.join(f'{step:>24}' for step in STEPS)} {'peak':>18}", flush=True)
    with tempfile.TemporaryDirectory() as name:
        made = Path(name) / "made.duckdb"
        make(made, given.rows)
        if not given.kind:
            tell("DuckDB", in_own_process(made), None)
        for kind in [given.kind] if given.kind else SCANS:
            of_kind(made, kind)


def of_kind(made: Path, kind: str) -> None:
    """Measure a kind of file clean, and spoilt in each way."""
    clean = None
    for what, (column, value, every) in {"": ("", "", 1), **SPOILT}.items():
        with tempfile.TemporaryDirectory() as folder:
            write(made, Path(folder), kind, column, value, every)
            figures = in_own_process(Path(folder))
        tell(f"{kind}, {what}" if what else kind, figures, clean)
        clean = clean or figures


def tell(name: str, figures: Figures, clean: Figures | None) -> None:
    """A line of figures, with their ratios."""
    steps = "".join(f"{_told(figures, step, clean):>24}" for step in STEPS)
    peak, before = figures["peak"] or 0, clean["peak"] if clean else None
    of_clean = f" ({peak / before:.2f})" if before else ""
    print(f"{name:32} {figures['scan']:6.1f}s {steps} {peak:8,.0f} MB{of_clean}", flush=True)


def _told(figures: Figures, step: str, clean: Figures | None) -> str:
    took, before = figures[step], clean[step] if clean else None
    scan = figures["scan"]
    if took is None or not scan:
        return "out of memory"
    return f"{took:.1f}s {took / scan:.1f}" + (f" ({took / before:.2f})" if before else "")


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


def write(made: Path, folder: Path, kind: str, column: str, value: str, every: int) -> None:
    """Write every table into a folder; in one disclosure of so many the column holds the value."""
    with duckdb.connect(str(made), read_only=True) as con:
        con.execute("set enable_progress_bar = false; set timezone = 'UTC'")
        for (table,) in con.execute("select table_name from duckdb_tables()").fetchall():
            cell = f"case when hash(disclosure_id) % {every} = 0 then {value} else {column}::varchar end as {column}"
            replaced = f"replace ({cell})" if column and table == "disclosures" else ""
            con.execute(f"copy (select * {replaced} from {table}) to '{folder / table}.{kind}' (format {kind})")


def in_own_process(export: Path) -> Figures:
    """Peak memory is of a process, so each export gets its own."""
    told = subprocess.run([sys.executable, __file__, "--measure", str(export)], check=True, stdout=subprocess.PIPE).stdout
    figures: Figures = json.loads(told)
    return figures


def measure(path: Path) -> Figures:
    workspace = Workspace()
    scan = min(took(lambda: scanned(path)) for _ in range(2))
    opened: list[Export] = []
    figures: Figures = {"scan": scan, "opened": took(lambda: opened.append(opening(workspace, path)))}
    for step, action in (("quality", quality_of), ("judged", judge)):
        try:
            figures[step] = took(partial(action, workspace, opened[0]))
        except duckdb.OutOfMemoryException:
            figures[step] = None
    return {**figures, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


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


def quality_of(workspace: Workspace, export: Export) -> None:
    recording.begin(export, Period.last_whole_month(export.today), workspace.texts)
    quality.measure(export)


def judge(workspace: Workspace, export: Export) -> None:
    """Every promise that reads disclosures, counted as a run counts it."""
    reading = [p for p in workspace.promises.values() if "disclosures" in p.control.tables]
    promises = [p for p in reading if not p.lacks and not lacking(export.carried, p.control)]
    around = findings.circumstances(export, Period.last_whole_month(export.today), promises)
    evaluate.settle_law(export, [promise.control for promise in promises])
    counting.begin(export, promises)
    for promise in promises:
        counting.count(export, promise, findings.query(export, promise, around), around)


def took(action: Callable[[], object]) -> float:
    """Processor seconds of all threads."""
    start = time.process_time()
    action()
    return time.process_time() - start


if __name__ == "__main__":
    main()
