"""Where the first seconds go: what `audits --help` and `audits evaluate` of the sample wait for.

    python benchmarks/startup.py [--runs 5]

Imports are timed in processes of their own; the steps of an evaluation in this one, after its imports. Medians of several runs.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from audits.contract import quality
from audits.evaluation import evaluate, feeds, findings, history, recording
from audits.law.opening import open_export
from audits.law.period import Period
from audits.workspace import Workspace, sample_folder

BIN = Path(sys.executable).parent
COMMANDS = {
    "python that does nothing": [sys.executable, "-c", "pass"],
    "audits --help": [str(BIN / "audits"), "--help"],
    "import duckdb": [sys.executable, "-c", "import duckdb"],
    "import what evaluates": [sys.executable, "-c", "import audits.evaluation.job"],
    "import what draws": [sys.executable, "-c", "import audits.show.charts"],
    "audits evaluate, the sample": [str(BIN / "audits"), "evaluate"],
}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--runs", type=int, default=5)
    runs = arguments.parse_args().runs
    print(f"{'a process of its own':44} {'median':>8}")
    for name, command in COMMANDS.items():
        times = [timed(partial(subprocess.run, command, check=True, capture_output=True)) for _ in range(runs)]
        print(f"{name:44} {statistics.median(times):7.2f}s")
    print(f"\n{'a step of `audits evaluate`':44} {'median':>8}")
    found = [steps() for _ in range(runs)]
    for name in found[0]:
        print(f"{name:44} {statistics.median(f[name] for f in found):7.2f}s")


def steps() -> dict[str, float]:
    """Seconds of each step, in the order of audits/evaluation/evaluate.py."""
    took: dict[str, float] = {}
    workspace = Workspace()
    took["contract, 94 controls and the text are read"] = timed(lambda: (workspace.contract, workspace.promises))
    opened = []
    took["the export is opened, sealed, and law settled"] = timed(
        lambda: opened.append(open_export(workspace.contract, sample_folder()))
    )
    export, promises, period = opened[0], list(workspace.promises.values()), Period.parse("2026-10")
    recording.begin(export, period, workspace.texts)
    took["data quality"] = timed(lambda: quality.measure(export)) + timed(lambda: quality.measure_populations(export, []))
    evaluate.settle_law(export, [p.control for p in promises])
    around = findings.circumstances(export, period, promises)
    failed = []
    took["every promise counted, rolled up once"] = timed(lambda: failed.append(evaluate._count(export, promises, around)))
    judged = evaluate._judged(export, promises, failed[0])
    took["promises recorded"] = timed(lambda: recording.promises(export, workspace.texts, judged))
    took["twelve periods"] = timed(lambda: history.measure(export, period))
    took["what charts show"] = timed(lambda: feeds.measure(export, promises, around))
    took["clauses"] = timed(lambda: recording.clauses(export, workspace.texts)) + timed(lambda: history.measure_clauses(export))
    export.close()
    return took


def timed(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
