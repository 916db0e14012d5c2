"""Rates of a promise as a small picture, period by period, on a scale that it shares with others."""

from __future__ import annotations

import html
import math
from collections.abc import Iterable, Sequence

import pandas as pd

from audits.evaluation.results import rows_of

_WIDTHS = {"wide": 240, "narrow": 150}
_TOP, _FOOT, _LABELS = 8.0, 46.0, 46
Point = tuple[int, float, float]


def floor(histories: Iterable[pd.DataFrame]) -> float:
    """Where the scale of several begins: at 80 %, or at the tenth below the lowest rate of any."""
    lows = [low for history in histories for _, low, _ in _points(history)]
    return min([0.8, *(math.floor(round(low * 10, 6)) / 10 for low in lows)])


def sparkline(history: pd.DataFrame, lowest: float, limit: float, says: str) -> str:
    """The line of the lowest rates, a band up to the highest, and the limit, as SVG; at the width of a desk and of a phone."""
    points, last = _points(history), int(history.step.max()) if len(history) else 0
    label = html.escape(says)
    return "".join(_drawn(points, last, lowest, limit, label, *each) for each in _WIDTHS.items())


def _points(history: pd.DataFrame) -> list[Point]:
    """Step and both ends of the rate, the earliest first."""
    known = [(int(r.step), float(r.rate_low), float(r.rate_high)) for r in rows_of(history) if not pd.isna(r.rate_low)]
    return sorted(known, reverse=True)


def _drawn(points: Sequence[Point], last: int, lowest: float, limit: float, label: str, kind: str, width: int) -> str:
    end = width - _LABELS

    def x(step: int) -> str:
        return f"{5 + (end - 9) * (last - step) / max(last, 1):.1f}"

    def y(rate: float) -> str:
        return f"{_TOP + (_FOOT - _TOP) * (1 - rate) / (1 - lowest):.1f}"

    runs = _runs(points)
    line = "".join("M" + "L".join(f"{x(s)} {y(low)}" for s, low, _ in run) + "h0" for run in runs)
    there = ["L".join(f"{x(s)} {y(high)}" for s, _, high in run) for run in runs]
    back = ["L".join(f"{x(s)} {y(low)}" for s, low, _ in reversed(run)) for run in runs]
    band = "".join(f"M{a}L{b}z" for a, b, run in zip(there, back, runs, strict=True) if any(low < high for _, low, high in run))
    dot = f'<circle class="dot" cx="{x(points[-1][0])}" cy="{y(points[-1][1])}" r="3"/>' if points else ""
    return (
        f'<svg class="spark {kind}" width="{width}" height="54" viewBox="0 0 {width} 54" role="img" aria-label="{label}">'
        f'<path class="limit" fill="none" stroke="currentColor" d="M0 {y(limit)}H{end}"/>'
        f'<path class="grid" fill="none" stroke="currentColor" d="M0 {_FOOT:g}H{end}"/>'
        f'<text class="axis" x="{width}" y="12" text-anchor="end">100 %</text>'
        f'<text class="axis" x="{width}" y="50" text-anchor="end">{lowest * 100:.0f} %</text>'
        + (f'<path class="band" fill="currentColor" opacity=".3" d="{band}"/>' if band else "")
        + (f'<path class="line" fill="none" stroke="currentColor" stroke-width="1.75" d="{line}"/>' if line else "")
        + f"{dot}</svg>"
    )


def _runs(points: Sequence[Point]) -> list[list[Point]]:
    """Points that follow each other without a period between: no line is drawn over what is not known."""
    runs: list[list[Point]] = []
    for point in points:
        if runs and runs[-1][-1][0] == point[0] + 1:
            runs[-1].append(point)
        else:
            runs.append([point])
    return runs
