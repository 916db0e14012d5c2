"""The product and the second judge agree on every record of every small export."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from random import Random

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from . import (
    ages,
    backups,
    beacons,
    breaches,
    california,
    children,
    erasures,
    grounds,
    high_risks,
    objections,
    opt_ins,
    requests,
    retention,
    returns,
    transfers,
    withdrawals,
)
from .doubts import spoilt
from .doubts import verdicts as could_be
from .product import verdicts
from .stories import Case, Judge, told
from .twins import doubled
from .twins import verdicts as could_be_of

JUDGES = [
    module.JUDGE
    for module in (
        requests,
        breaches,
        erasures,
        transfers,
        grounds,
        california,
        retention,
        backups,
        opt_ins,
        withdrawals,
        beacons,
        ages,
        objections,
        children,
        returns,
        high_risks,
    )
]
# Exports a control, and stories in each. More are tried by hand: JUDGED_EXPORTS=200 pytest tests/judges
EXPORTS, STORIES = int(os.environ.get("JUDGED_EXPORTS", 2)), 100
each_judge = pytest.mark.parametrize("judge", JUDGES, ids=lambda j: j.control)
# A story is small enough to be read as it is: of those that differ nothing need be made smaller.
exports = settings(max_examples=EXPORTS, phases=[Phase.explicit, Phase.generate])
lots = st.randoms(use_true_random=True)


@each_judge
@given(lot=lots)
@exports
def test_both_judges_agree(judge: Judge, lot: Random) -> None:
    case = told(lot, judge, STORIES)
    ours, theirs = judge.judge(case.tables, case.at), _product(case, judge)
    differing = [r for r in {**ours, **theirs} if _differ(ours.get(r, "not in it"), theirs.get(r, "not in it"))]
    assert not differing, _said(case, ours, theirs, differing)


@each_judge
@given(lot=lots)
@exports
def test_what_is_spoilt_does_no_harm(judge: Judge, lot: Random) -> None:
    """What differs by what a cell could mean nobody can tell; what does not may still be told."""
    case = spoilt(lot, judge, STORIES // 3)
    _assert_no_harm(case, could_be(judge, case), _product(case, judge))


@each_judge
@given(lot=lots)
@exports
def test_what_stands_twice_does_no_harm(judge: Judge, lot: Random) -> None:
    """Of a record that stands twice nobody can tell; of what is read for one, what both rows say, and no more."""
    case, twins = doubled(lot, judge, STORIES // 20)
    _assert_no_harm(case, could_be_of(judge, case, twins), _product(case, judge, stand_twice=True))


def _assert_no_harm(case: Case, ours: dict[str, set[str]], found: dict[str, str]) -> None:
    """What nobody can tell is said so; what can be told is that, or said to be in doubt."""
    theirs = {r: v.partition(":")[0] for r, v in found.items()}
    harmed = [
        r
        for r, possible in ours.items()
        if theirs.get(r, "") not in (possible if len(possible) == 1 else ()) and theirs.get(r) != "indeterminate"
    ]
    said = {r: " or ".join(sorted(possible)) for r, possible in ours.items()}
    assert not harmed, _said(case, said, theirs, harmed)


def _product(case: Case, judge: Judge, *, stand_twice: bool = False) -> dict[str, str]:
    with tempfile.TemporaryDirectory() as folder:
        found = verdicts(case, judge.control, Path(folder), stand_twice=stand_twice)
    # A name that is made of several parts begins with that of a story.
    return {record.split(" · ")[0]: verdict for record, verdict in found.items()}


def _differ(ours: str, theirs: str) -> bool:
    """Of several reasons one is told; why nobody can tell has often more than one."""
    (verdict, _, reasons), (their_verdict, _, reason) = ours.partition(": "), theirs.partition(": ")
    return verdict != their_verdict or (verdict != "indeterminate" and reason not in reasons.split(", "))


def _said(case: Case, ours: dict[str, str], theirs: dict[str, str], differing: list[str]) -> str:
    lines = [f"{case.at}"]
    for record in differing[:8]:
        lines.append(f"\n{record}: we say {ours.get(record, 'not in it')}, the product {theirs.get(record, 'not in it')}")
        for story in case.stories:
            if any(record in map(str, row.values()) for rows in story.values() for row in rows):
                lines += [f"  {table} {_row(row)}" for table, rows in story.items() for row in rows]
    return "\n".join(lines)


def _row(row: dict[str, object]) -> str:
    return ", ".join(f"{column}={value}" for column, value in row.items() if value is not None)
