"""Periods: how they are written, which follows which, and from one to another."""

from __future__ import annotations

from datetime import date, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.errors import Unusable
from audits.law.period import Kind, Period

KINDS = st.sampled_from(get_args(Kind))
DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))


@given(KINDS, DAYS)
def test_a_day_lies_in_its_period_which_reads_back(kind: Kind, day: date) -> None:
    period = Period.of(kind, day)
    assert period.first_day <= day < period.end_day
    assert period.kind == kind
    assert Period.parse(period.name) == period


@given(KINDS, DAYS)
def test_periods_follow_without_gap_or_overlap(kind: Kind, day: date) -> None:
    period = Period.of(kind, day)
    after = period.following()
    assert after.first_day == period.end_day
    assert Period.of(kind, period.end_day - timedelta(days=1)) == period


@given(KINDS, DAYS, st.integers(0, 30))
def test_from_one_to_another_is_every_one_between(kind: Kind, day: date, steps: int) -> None:
    expected = [Period.of(kind, day)]
    for _ in range(steps):
        expected.append(expected[-1].following())
    assert Period.between(f"{expected[0].name}..{expected[-1].name}") == expected


def test_days_from_one_to_another_are_one_period() -> None:
    assert [p.name for p in Period.between("2026-01-15..2026-02-20")] == ["2026-01-15..2026-02-20"]


@pytest.mark.parametrize("text", ["0001", "1900-12", "3000"])
def test_a_year_that_no_records_are_of_is_refused(text: str) -> None:
    with pytest.raises(Unusable, match="is of no year that records can be of"):
        Period.parse(text)


@pytest.mark.parametrize("text", ["2026-10..2026-01", "2026-01..2026-Q3", "2026-01..", "2026-13..2027-01", "..2026-01"])
def test_what_is_no_range_is_refused(text: str) -> None:
    with pytest.raises(Unusable, match="write"):
        Period.between(text)


def test_no_other_follows_days_of_ones_own() -> None:
    with pytest.raises(Unusable, match="of no kind"):
        Period.parse("2026-01-15..2026-02-20").following()


def test_a_year_of_fifty_three_weeks() -> None:
    assert [p.name for p in Period.between("2026-W52..2027-W01")] == ["2026-W52", "2026-W53", "2027-W01"]
