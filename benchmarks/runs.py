"""A whole run beside the stock way: for each notebook `papermill`, then `jupyter nbconvert --to html`, as commands of their own.

    python benchmarks/runs.py [--runs 3]

Both publish every notebook of the sample's last whole month, one after the other in one process tree, the two ways in turn.
The stock way is timed twice: as it comes, where each notebook evaluates what it shows; and with the results of our run handed
to each notebook, so that only the way notebooks are run and rendered differs (our own time then still includes the evaluation).
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from audits.workspace import Workspace

BIN = Path(sys.executable).parent


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--runs", type=int, default=3)
    runs = arguments.parse_args().runs
    times: dict[str, list[float]] = {"ours": [], "stock, results handed over": [], "stock": []}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for _ in range(runs):
            times["ours"].append(timed(lambda: ours(folder)))
            results = next((folder / "evidence").glob("2*")) / "results.duckdb"
            times["stock, results handed over"].append(timed(lambda: stock(folder, "-p", "results", str(results))))
            times["stock"].append(timed(lambda: stock(folder)))
    ours_median = statistics.median(times["ours"])
    for way, found in times.items():
        median = statistics.median(found)
        print(f"{way:28} {median:7.1f} s  ({min(found):.1f} to {max(found):.1f})   ours / this: {ours_median / median:.3f}")


def ours(folder: Path) -> None:
    subprocess.run([BIN / "audits", "run", "--out", folder / "reports"], check=True, capture_output=True)


def stock(folder: Path, *parameters: str) -> None:
    for notebook in Workspace().published_notebooks([]):
        executed = folder / notebook.name
        subprocess.run([BIN / "papermill", notebook, executed, "--no-progress-bar", *parameters], check=True, capture_output=True)
        subprocess.run([BIN / "jupyter", "nbconvert", "--to", "html", executed], check=True, capture_output=True)


def timed(act: object) -> float:
    began = time.perf_counter()
    act()  # type: ignore[operator]
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
