"""Where the time of an evaluation goes, step by step and control by control: processor time, beside a scan of the columns read.

    python benchmarks/steps.py                      the committed sample, and one of a million disclosures (made)
    python benchmarks/steps.py --export big.duckdb  an export that is there

A step's time holds that of the steps that are indented below it. Doubts are records that rest on what nobody can read: each kind
costs some judgements of the promises that read it, so that an export that tells everything pays none.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

from controls import ACCOUNTS, DISCLOSURES, repeat_disclosures, scan_of

from audits.contract import quality
from audits.contract.export import Settings
from audits.evaluation import counting, evaluate, feeds, findings, history, readings, recording, waivers
from audits.law.opening import open_export
from audits.law.period import Period
from audits.samples import sample as samples
from audits.workspace import Workspace, sample_folder

MADE = 1_000_000
DEAREST = 12
STEPS: list[tuple[int, Any, str, str]] = [
    (0, quality, "measure", "data quality"),
    (0, quality, "measure_populations", "whether populations are whole"),
    (0, findings, "circumstances", "what findings depend on"),
    (1, readings, "unsure", "doubts"),
    (0, evaluate, "settle_law", "the law, worked out once"),
    (0, evaluate, "_count", "every promise"),
    (1, counting, "count", "counted"),
    (1, feeds, "time", "how long things take"),
    (1, feeds, "read_otherwise", "other readings of promises"),
    (1, counting, "roll_up", "rolled up once"),
    (0, recording, "promises", "promises told"),
    (0, history, "measure", "earlier periods"),
    (0, waivers, "record", "waivers"),
    (0, feeds, "measure", "what charts show"),
    (0, history, "measure_clauses", "clauses of earlier periods"),
]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--export", type=Path)
    given = arguments.parse_args()
    if given.export:
        tell(given.export)
        return
    tell(sample_folder())
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "made.duckdb"
        samples.write(made, ACCOUNTS * MADE // DISCLOSURES)
        repeat_disclosures(made, MADE)
        tell(made)


def tell(path: Path) -> None:
    """Evaluate an export once, and print what each step and the dearest controls took."""
    workspace, spent = Workspace(), Counter[str]()
    promises = list(workspace.promises.values())
    export = timed(spent, "opened", lambda: open_export(workspace.contract, path, settings=Settings(threads=2)))()
    controls = list({p.control.id: p.control for p in promises}.values())
    scan = min(_once(lambda: export.con.execute(scan_of(workspace.contract, controls)).fetchall()) for _ in range(3))
    with mock.patch.multiple(counting, count=by_control(spent)):
        patches = [mock.patch.object(module, name, timed(spent, said, getattr(module, name))) for _, module, name, said in STEPS]
        for patch in patches:
            patch.start()
        period = Period.last_whole_month(export.today)
        timed(spent, "evaluated", evaluate.evaluate)(export, period, promises, workspace.texts)
        for patch in patches:
            patch.stop()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rows = export.con.execute("select (select count(*) from requests), (select count(*) from disclosures)").fetchall()[0]
    print(f"\n{path.name}: {rows[0]:,} requests, {rows[1]:,} disclosures; scan {scan:.2f} s; peak {peak:,.0f} MB so far\n")
    for indent, said in ((0, "opened"), (0, "evaluated"), *((1 + depth, said) for depth, _, _, said in STEPS)):
        print(f"{'  ' * indent + said:40} {spent[said]:8.2f}s {spent[said] / scan:8.1f}")
    print(f"\nthe dearest {DEAREST} of {len(promises)} promises, counted")
    dear = [(name, s) for name, s in spent.most_common() if name in workspace.promises][:DEAREST]
    for name, seconds in dear:
        print(f"  {name:60} {seconds:8.2f}s {seconds / scan:8.1f}")


def timed(spent: Counter[str], said: str, act: Callable[..., Any]) -> Callable[..., Any]:
    """The same, with its processor time added up under a name."""

    def acting(*arguments: Any, **named: Any) -> Any:
        began = time.process_time()
        try:
            return act(*arguments, **named)
        finally:
            spent[said] += time.process_time() - began  # type: ignore[assignment]

    return acting


def by_control(spent: Counter[str]) -> Callable[..., Any]:
    """Counting, its time noted by promise."""
    count = counting.count
    return lambda export, promise, *more: timed(spent, promise.id, count)(export, promise, *more)


def _once(act: Callable[[], object]) -> float:
    began = time.process_time()
    act()
    return time.process_time() - began


if __name__ == "__main__":
    main()
