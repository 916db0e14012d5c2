"""What whole evaluations cost on both engines, as exports grow: wall clock, processor time of all processes, peak memory.

    python benchmarks/engines.py                                  one million disclosures, as Parquet (made)
    python benchmarks/engines.py --disclosures 10000000 --memory 4GB

Judged are the promises that read disclosures; Spark runs on this machine, with two threads.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from audits.contract.export import Settings
from audits.evaluation.job import Job, evaluated
from audits.samples import sample as samples
from audits.workspace import Workspace

ACCOUNTS = 20_000


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--disclosures", type=int, default=1_000_000)
    arguments.add_argument("--memory", default="4GB")
    arguments.add_argument("--engine", choices=("duckdb", "spark"), action="append")
    arguments.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    given = arguments.parse_args()
    engines = given.engine or ["duckdb", "spark"]
    if given.measure:
        measure(given.measure, engines[0], given.memory)
        return
    with tempfile.TemporaryDirectory() as name:
        export = Path(name) / "export"
        write(export, given.disclosures)
        print(f"{given.disclosures:,} disclosures", flush=True)
        for engine in engines:
            more = ["--engine", engine, "--memory", given.memory]
            subprocess.run([sys.executable, __file__, "--measure", str(export), *more], check=True)


def write(folder: Path, disclosures: int) -> None:
    """The sample's tables as Parquet, its disclosures over and over under names of their own."""
    folder.mkdir()
    database = folder.with_suffix(".duckdb")
    samples.write(database, ACCOUNTS)
    with duckdb.connect(str(database)) as con:
        con.execute("set enable_progress_bar = false; set memory_limit = '4GB'")
        for (table,) in con.execute("select table_name from duckdb_tables()").fetchall():
            rows = f"from {table}"
            if table == "disclosures":
                rows = f"""
                    select d.* replace (d.disclosure_id || '-' || i as disclosure_id)
                    from range({disclosures} // (select count(*) from disclosures) + 1) as t (i), disclosures as d
                    limit {disclosures}
                """
            con.execute(f"copy ({rows}) to '{folder / table}.parquet' (format parquet)")
    database.unlink()


def measure(export: Path, engine: str, memory: str) -> None:
    workspace = Workspace()
    promises = [p for p in workspace.promises.values() if "disclosures" in p.control.tables]
    start = time.perf_counter()
    settings = Settings(memory=memory, threads=2)
    job = Job(export=str(export), engine=engine, master="local[2]", settings=settings)
    results = evaluated(workspace, job, promises, export.with_name(f"{engine}.duckdb"))
    wall = time.perf_counter() - start
    if engine == "spark":
        from pyspark.sql import SparkSession

        session = SparkSession.getActiveSession()
        java = session.sparkContext._gateway.proc if session else None  # waited for, so that its time is counted
        if session and java:
            session.stop()
            java.stdin.close()
            java.wait()
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    processor = sum(each.ru_utime + each.ru_stime for each in spent)
    peak = [each.ru_maxrss / 1024 for each in spent]
    judged = sum(p.status not in ("error", "not_assessed") for p in results.promises.values())
    print(
        f"{engine:7} {judged} promises: {wall:7.1f} s, {processor:7.1f} s of processors, {peak[0]:,.0f} + {peak[1]:,.0f} MB",
        flush=True,
    )


if __name__ == "__main__":
    main()
