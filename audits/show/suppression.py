"""Counts broken down by country or type, told so that none below k can be had: not read, and not by subtraction from a total.

What is smaller is merged with others until it is not; what is left is told exactly. The register's recipients cannot be merged:
of theirs a count below k is told as "under k"; others are rounded to multiples of k (controlled rounding, as statistical offices
do it for small cells). Where the exact total, which stands elsewhere on the page, would still pin a small count, a neighbour is
left out too (complementary suppression) until more than one value fits.
"""

from __future__ import annotations

from collections.abc import Sequence

from audits.words import number, say

HIDDEN = "–"
OTHERS, ALL = "all others", "all"


def merged(rows: Sequence[tuple[str, tuple[int, ...]]], least: int) -> list[tuple[str, tuple[int, ...]]]:
    """Named rows of counts without one from 1 to least - 1: those that have one stand together as "all others", and with them the
    smallest of the rest until that has none either. Nothing says which they are, or how many.

    All of them in one row are the total, which the reader is taken to know.
    """
    small = [row for row in rows if _is_small(row[1], least)]
    whole = sorted((row for row in rows if row not in small), key=lambda row: (sum(row[1]), row[0]))
    while small and whole and _is_small(_summed(small), least):
        small.append(whole.pop(0))
    kept = [row for row in rows if row in whole]
    return [*kept, (OTHERS if kept else ALL, _summed(small))] if small else kept


def _is_small(cells: Sequence[int], least: int) -> bool:
    return any(0 < n < least for n in cells)


def _summed(rows: Sequence[tuple[str, tuple[int, ...]]]) -> tuple[int, ...]:
    return tuple(map(sum, zip(*(cells for _, cells in rows), strict=True)))


def told(counts: Sequence[int], least: int) -> list[str]:
    """How each count of a column is told; exactly if `least` is below 2. The reader is taken to know their total."""
    if least < 2:
        return [number(n) for n in counts]
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
        return number(n)
    return say("under {least}", least=least) if n < least else f"~{number(rounded(n, least))}"


def rounded(n: int, least: int) -> int:
    """The nearest multiple of `least`, a half up."""
    return least * ((n + least // 2) // least)


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
