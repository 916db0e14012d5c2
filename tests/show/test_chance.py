"""What chance can do: exact limits against sums over all that can happen, and no claim that what cannot be told could undo."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations
from math import comb, factorial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.show import chance, wording
from audits.show.chance import Due

COUNTS = st.builds(Due, st.integers(0, 40), st.integers(0, 12), st.integers(0, 3))
SOME = COUNTS.filter(lambda due: due.n > 0)


def exact_p(before: Due, now: Due) -> Fraction:
    """Fisher's test by its definition: all tables with these margins that are as unlikely as this one, or more."""
    kept, broken, n = before.kept + now.kept, before.broken + now.broken, now.kept + now.broken
    ways = {k: comb(kept, k) * comb(broken, n - k) for k in range(n + 1) if k <= kept and n - k <= broken}
    return Fraction(sum(w for w in ways.values() if w <= ways[now.kept]), comb(kept + broken, n))


def binomial(k: int, n: int, p: Fraction) -> Fraction:
    return comb(n, k) * p**k * (1 - p) ** (n - k)


@given(st.integers(0, 40), st.integers(0, 12), st.integers(0, 40), st.integers(0, 12))
def test_a_change_is_one_only_where_the_exact_test_says_so(a: int, b: int, c: int, d: int) -> None:
    before, now = Due(a, b), Due(c, d)
    sign = chance.differs(before, now)
    if not before.n or not now.n:
        return
    beyond = exact_p(before, now) - Fraction(3, 1000)
    if abs(beyond) > Fraction(1, 10**9):
        assert bool(sign) == (beyond < 0)
    if sign:
        assert sign == ("worse" if now.low < before.low else "better")


@given(SOME, SOME)
def test_no_change_is_named_that_what_cannot_be_told_could_undo(before: Due, now: Due) -> None:
    sign = chance.differs(before, now)
    every = [Due(d.kept + k, d.broken + d.untold - k) for d in (before,) for k in range(d.untold + 1)]
    others = [Due(d.kept + k, d.broken + d.untold - k) for d in (now,) for k in range(d.untold + 1)]
    if sign:
        assert {chance.differs(one, other) for one in every for other in others} == {sign}


@given(st.integers(1, 60), st.integers(0, 60))
def test_the_interval_is_where_the_tails_are_two_and_a_half_percent(n: int, kept: int) -> None:
    kept = min(n, kept)
    low, high = chance.interval(Due(kept, n - kept))
    if kept:
        assert float(sum(binomial(k, n, Fraction(low)) for k in range(kept, n + 1))) == pytest.approx(0.025, abs=1e-6)
    else:
        assert low == 0
    if kept < n:
        assert float(sum(binomial(k, n, Fraction(high)) for k in range(kept + 1))) == pytest.approx(0.025, abs=1e-6)
    else:
        assert high == 1


def test_ranges_as_tables_of_exact_limits_have_them() -> None:
    assert chance.interval(Due(97, 6)) == pytest.approx((0.8775, 0.9783), abs=1e-4)
    assert chance.interval(Due(9, 0)) == pytest.approx((0.6637, 1), abs=1e-4)
    assert chance.interval(Due(8, 0, 1))[0] == chance.interval(Due(8, 1))[0], "what cannot be told is not taken for kept"


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20)).filter(any), min_size=1, max_size=12))
def test_beyond_chance_is_beyond_exact_binomial_limits(counts: list[tuple[int, int]]) -> None:
    rates = [Due(kept, broken) for kept, broken in counts]
    found = chance.apart(rates)
    usual = Fraction(found.usual[0])
    for rate, sign in zip(rates, found.signs, strict=True):
        at_most = float(sum(binomial(k, rate.n, usual) for k in range(rate.kept + 1)))
        at_least = float(sum(binomial(k, rate.n, usual) for k in range(rate.kept, rate.n + 1)))
        if abs(min(at_most, at_least) - 0.0015) > 1e-9:
            assert (sign == "worse") == (at_most < 0.0015), (rate, found)
            assert (sign == "better") == (at_least < 0.0015), (rate, found)


@given(st.lists(SOME, min_size=1, max_size=6))
def test_nothing_is_beyond_chance_that_what_cannot_be_told_could_bring_back(rates: list[Due]) -> None:
    """The usual level is a range as well: a rate lies outside whatever the others' turn out to be."""
    found = chance.apart(rates)
    assert found.usual[0] <= found.usual[1]
    for rate, sign, (low, high) in zip(rates, found.signs, found.limits, strict=True):
        assert (sign == "worse") == (rate.high < low)
        assert (sign == "better") == (rate.low > high)


def test_a_bad_month_is_not_its_own_excuse() -> None:
    months = [Due(110, 8)] * 11 + [Due(98, 19)]
    found = chance.apart(months)
    assert found.signs == [""] * 11 + ["worse"]
    assert found.usual[0] == pytest.approx(110 / 118)


def test_where_all_were_kept_there_is_no_chance_and_nothing_beyond() -> None:
    assert chance.apart([Due(30, 0), Due(5, 0)]).signs == ["", ""]
    assert chance.apart([Due(5, 5)]).signs == [""], "one alone is its own level"


def test_six_in_one_direction_are_told_and_five_are_not() -> None:
    falling = [Due(100 - k, k) for k in range(6)]
    assert chance.drift(falling) == "worse"
    assert chance.drift(falling[::-1]) == "better"
    assert chance.drift(falling[1:]) == ""
    assert chance.drift([*falling[:5], falling[4]]) == "", "as good as before is no direction"
    in_order = sum(list(order) in (sorted(order), sorted(order)[::-1]) for order in permutations(range(6)))
    assert in_order / factorial(6) < 1 - chance.LEVEL


def test_nothing_is_compared_with_a_period_in_which_nothing_fell_due() -> None:
    assert chance.differs(Due(0, 0), Due(0, 50)) == ""


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (Due(41, 0), "at least 91 %"),
        (Due(97, 6), "87 to 98 %"),
        (Due(0, 9), "at most 34 %"),
        (Due(1, 0, 3), "0 to 100 %"),
        (Due(0, 0, 3), "0 to 100 %"),
        (Due(1, 2), "0 to 91 %"),
    ],
)
def test_a_range_is_said_in_whole_percents_that_hold_it(found: Due, said: str) -> None:
    assert wording.likely(*chance.interval(found)) == said
