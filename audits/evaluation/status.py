"""What counts add up to: the status of a control, the bounds of its rate."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

Status = Literal["satisfied", "not_satisfied", "inconclusive", "no_population", "not_assessed", "error"]
SEVERITIES = ("high", "medium", "low")  # the worst first
VERDICTS = ("compliant", "violation", "pending", "indeterminate")
# Worst first: the status of a clause is the worst of its controls'.
STATUSES: tuple[Status, ...] = (
    "error",
    "not_satisfied",
    "inconclusive",
    "not_assessed",
    "satisfied",
    "no_population",
)


def failing(asked: Iterable[str], statuses: Iterable[str]) -> list[str]:
    """Those statuses that were asked for; `violation` is not_satisfied."""
    wanted = {"not_satisfied" if name == "violation" else name for name in asked}
    return [status for status in statuses if status in wanted]


def judge(compliant: int, violation: int, indeterminate: int, tolerance: float = 0.0, waived: int = 0) -> Status:
    """The status that the counts of a period give; pending ones are in neither bound, nor violations that are `waived`.

    A control is satisfied only if it would be so were every indeterminate finding a violation.
    """
    if compliant + violation + indeterminate == 0:
        return "no_population"
    broken = violation - waived
    total = max(compliant + broken + indeterminate, 1)
    if broken / total > tolerance:
        return "not_satisfied"
    if (broken + indeterminate) / total > tolerance:
        return "inconclusive"
    return "satisfied"


def rate(compliant: int, violation: int, indeterminate: int) -> tuple[float, float] | tuple[None, None]:
    """Lowest and highest share of duties kept, 0 to 1: indeterminate ones counted as broken, then as kept."""
    total = compliant + violation + indeterminate
    if total == 0:
        return None, None
    return compliant / total, (compliant + indeterminate) / total


def worst(statuses: Iterable[str]) -> str | None:
    """The worst of some statuses; None of none."""
    return min(statuses, key=STATUSES.index, default=None)
