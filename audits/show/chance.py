"""What chance alone can do: what a rate could be, whether two rates differ, and which of several lie apart from the others.

Counts are of what fell due, each once. All limits are exact. What cannot be told counts against whatever is claimed: a rate is
called worse only if it were so with all of that kept, and better only if it were so with none of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import pandas as pd
from scipy import stats

from audits.evaluation.results import rows_of

# A difference is called one where chance alone gives one as large in fewer than 3 of 1,000 cases.
LEVEL = 0.997
# Of six rates each lies beyond the one before by chance in 2 of 720 orders: fewer than 3 of 1,000 as well.
IN_A_ROW = 6
Sign = Literal["", "worse", "better"]


@dataclass(frozen=True)
class Due:
    """What fell due: how much of it was kept, broken, and cannot be told."""

    kept: int
    broken: int
    untold: int = 0

    @property
    def n(self) -> int:
        """All of it."""
        return self.kept + self.broken + self.untold

    @property
    def low(self) -> float:
        """The share kept, if nothing was that cannot be told."""
        return self.kept / self.n

    @property
    def high(self) -> float:
        """The share kept, if all was that cannot be told."""
        return (self.kept + self.untold) / self.n


@dataclass(frozen=True)
class Apart:
    """Several rates beside each other: the usual level, from lowest to highest; of each its limits, and on which side it lies."""

    usual: tuple[float, float]
    limits: list[tuple[float, float]]
    signs: list[Sign]


def due(frame: pd.DataFrame) -> list[Due]:
    """The rows of a frame that counts what fell due by verdict; each has some that could fall on a side."""
    return [Due(int(r.compliant), int(r.violation), int(r.indeterminate)) for r in rows_of(frame)]


def steps(history: pd.DataFrame) -> list[Due]:
    """What fell due in the period and in each before it, the latest first; none where the results do not say."""
    if "due_compliant" not in history or history.due_compliant.isna().any():
        return []
    rows = rows_of(history.sort_values("step"))
    return [Due(int(r.due_compliant), int(r.due_violation), int(r.due_indeterminate)) for r in rows]


def interval(found: Due) -> tuple[float, float]:
    """Between which shares the process lies that gave such a rate: Clopper and Pearson's exact 95 % limits (1934)."""
    low = stats.binomtest(found.kept, found.n).proportion_ci(0.95, "exact").low
    high = stats.binomtest(found.kept + found.untold, found.n).proportion_ci(0.95, "exact").high
    return float(low), float(high)


def differs(before: Due, now: Due) -> Sign:
    """Whether a rate is worse or better than the one before by more than chance: Fisher's exact test, on both sides."""
    if not before.n or not now.n:
        return ""
    if now.high < before.low and _fisher(before.kept, before.n, now.kept + now.untold, now.n):
        return "worse"
    if now.low > before.high and _fisher(before.kept + before.untold, before.n, now.kept, now.n):
        return "better"
    return ""


def _fisher(kept_before: int, before: int, kept_now: int, now: int) -> bool:
    table = [[kept_before, before - kept_before], [kept_now, now - kept_now]]
    return bool(stats.fisher_exact(table).pvalue < 1 - LEVEL)


def drift(rates: Sequence[Due]) -> Sign:
    """Whether the last six rates, the latest last, each lie on the same side of the one before."""
    last = [rate for rate in rates if rate.n][-IN_A_ROW:]
    if len(last) < IN_A_ROW:
        return ""
    if all(b.high < a.low for a, b in pairwise(last)):
        return "worse"
    return "better" if all(b.low > a.high for a, b in pairwise(last)) else ""


def apart(rates: Sequence[Due]) -> Apart:
    """Which rates lie beyond what chance makes of the usual level: that of all of them, without those beyond chance."""
    first = _beside(rates, rates)
    within = [rate for rate, sign in zip(rates, first.signs, strict=True) if not sign]
    return _beside(rates, within) if 0 < len(within) < len(rates) else first


def _beside(rates: Sequence[Due], usual: Sequence[Due]) -> Apart:
    everything = Due(sum(r.kept for r in usual), sum(r.broken for r in usual), sum(r.untold for r in usual))
    level = (everything.low, everything.high)
    limits = [_limits(rate.n, *level) for rate in rates]
    return Apart(level, limits, [_side(rate, *each) for rate, each in zip(rates, limits, strict=True)])


def _limits(n: int, low: float, high: float) -> tuple[float, float]:
    """The shares of n between which chance stays at a level: exact binomial limits, from the lowest and the highest it can be."""
    tail = (1 - LEVEL) / 2
    return float(stats.binom.ppf(tail, n, low)) / n, float(stats.binom.isf(tail, n, high)) / n


def _side(rate: Due, lowest: float, highest: float) -> Sign:
    if rate.high < lowest:
        return "worse"
    return "better" if rate.low > highest else ""


def band(sizes: Sequence[int], usual: tuple[float, float]) -> list[tuple[float, float]]:
    """The limits of groups of such sizes, for the band of a chart."""
    return [_limits(n, *usual) for n in sizes]
