"""Counts broken down by country or type, told so that none below k can be had: not read, and not by subtraction from a total.

A count below k is told as "under k"; others are rounded to multiples of k (controlled rounding, as statistical offices do it
for small cells). Where the exact total, which stands elsewhere on the page, would still pin a small count, a neighbour is left
out too (complementary suppression) until more than one value fits.
"""

from __future__ import annotations

from collections.abc import Sequence

HIDDEN = "–"


def told(counts: Sequence[int], least: int) -> list[str]:
    """How each count of a column is told; exactly if `least` is below 2. The reader is taken to know their total."""
    if least < 2:
        return [f"{n:,}" for n in counts]
    hidden: set[int] = set()
    while (pinned := _pinned(counts, least, hidden)) is not None:
        others = [i for i, n in enumerate(counts) if i not in hidden and i != pinned and n]
        if not others:
            break  # it is the total itself
        hidden.add(min(others, key=lambda i: (counts[i], i)))
    return [HIDDEN if i in hidden else blurred(n, least) for i, n in enumerate(counts)]


def blurred(n: int, least: int) -> str:
    """One count: "under 5", or about 40; 0 is 0, and everything is as it is if `least` is below 2."""
    if least < 2 or n == 0:
        return f"{n:,}"
    return f"under {least}" if n < least else f"~{rounded(n, least):,}"


def rounded(n: int, least: int) -> int:
    """The nearest multiple of `least`, a half up."""
    return least * ((n + least // 2) // least)


def rate(low: float, high: float, least: int) -> str:
    """A rate beside such counts, in tenths: a finer one would tell them."""
    if low == high == 1:
        return "100 %"
    tenth = min(int(low * 10), 9)
    return f"{tenth * 10} to {tenth * 10 + 10} %" if least >= 2 else f"{low:.1%}"


def _pinned(counts: Sequence[int], least: int, hidden: set[int]) -> int | None:
    """The first count from 1 to least - 1 that only one value fits, given what is told of all and their total."""
    total = sum(counts)
    ranges = [(0, total) if i in hidden else fits(n, least) for i, n in enumerate(counts)]
    lowest, highest = sum(low for low, _ in ranges), sum(high for _, high in ranges)
    for i, (n, (low, high)) in enumerate(zip(counts, ranges, strict=True)):
        most = min(high, total - (lowest - low))
        fewest = max(low, total - (highest - high))
        if 0 < n < least and most == fewest:
            return i
    return None


def fits(n: int, least: int) -> tuple[int, int]:
    """The least and greatest count that is told as n is."""
    if n == 0:
        return 0, 0
    if n < least:
        return 1, least - 1
    about = rounded(n, least)
    return max(least, about - least // 2), about + least - 1 - least // 2
