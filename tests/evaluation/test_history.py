"""One definition of a period's figures: the answer, the history and the chart of any period say the same."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from audits.evaluation.results import Results, rows_of
from audits.evaluation.status import VERDICTS
from audits.law.period import Period

from ..conftest import MakeDatabase, judged, opened

FIGURES = (*VERDICTS, "waived", "rate_low", "rate_high", "status")
# Requests of two years, one a day and closed after 1 to 60 days or never, a breach a month, some without a day; waivers for some.
MANY = """
insert into requests (request_id, request_number, type, requester_role, account_id, country, received_at, closed_at, responded_at)
select 'm' || n, 3 + n, ['access', 'erasure', 'question'][1 + n % 3], 'subscriber', ['a1', 'a2'][1 + n % 2], ['DE', 'US'][1 + n % 2], day,
       case when n % 7 > 0 then day + to_days((n * 37 % 60)::integer) end, case when n % 7 > 0 then day + to_days((n * 37 % 60)::integer) end
from (select n, timestamptz '2024-06-01 23:30:00+00' + to_days(n::integer) as day from range(700) as t (n));
create table breaches as
select 'b' || n as breach_id, 'company' as reported_by, case when n % 5 > 0 then timestamptz '2024-06-30 23:59:59+00' + to_months(n::integer) end as aware_at,
       case when n % 3 > 0 then timestamptz '2024-07-02 00:00:00+00' + to_months(n::integer) end as recorded_at
from range(24) as t (n);
create table messages as
select 'w' || n as message_id, 'a1' as account_id, 'newsletter' as kind, timestamptz '2024-06-01 00:00:00+00' + to_days((n * 7)::integer) as sent_at
from range(100) as t (n);
create table consents as
select 'c' as consent_id, 'a1' as account_id, 'newsletter' as purpose, timestamptz '2026-01-01 00:00:00+00' as given_at, null::timestamptz as withdrawn_at;
create table waivers as
select control_id, record_id, 'support' as owner, 'dpo' as approver, 'agreed' as reason, timestamptz '2026-01-01 00:00:00+00' as granted_at,
       case when n % 2 = 0 then timestamptz '2026-12-31 00:00:00+00' else timestamptz '2026-06-10 00:00:00+00' end as expires_at
from (values ('request_handled_in_time'), ('breach_is_recorded')) as c (control_id)
cross join (select n, ['m', 'b'][1 + n % 2] || n as record_id from range(0, 700, 3) as t (n));
"""
# Of days and of instants, with and without a limit, open ones and others, waived ones: of all promises it took ten times as long.
JUDGED = (
    "request_handled_in_time",
    "breach_is_recorded",
    "authority_notified_in_time",
    "marketing_message_had_opt_in",
    "question_answered",
    "request_handled_in_statutory_time",
)
# Across a year's end, a year of 53 weeks, a quarter, days that are no month.
PERIODS = ("2026-Q2", "2026-W01", "2025", "2026-01-15..2026-03-10")


def figures(row: Any) -> tuple[Any, ...]:
    return tuple(None if (value := getattr(row, name)) != value else value for name in FIGURES)


@pytest.fixture
def two_years(database: MakeDatabase) -> Path:
    return database(MANY)


@pytest.mark.parametrize("period", PERIODS)
def test_the_history_of_a_period_begins_with_its_own_figures(two_years: Path, period: str) -> None:
    with opened(two_years) as export:
        judged(export, Period.parse(period), JUDGED)
        results = Results.of(export)
        assert results.step(0) == (Period.parse(period).first_day, Period.parse(period).last_day)
        assert any(p.waived for p in results.promises.values())
        for promise in results.promises.values():
            own = next(rows_of(results.history(promise.promise_id)))
            assert figures(own) == figures(promise), promise.promise_id


@pytest.mark.parametrize("period", ["2026-W02", "2026-05", "2026-Q1"])
def test_an_earlier_step_is_what_that_period_itself_would_show(two_years: Path, period: str) -> None:
    steps = {step: f"{first}..{last}" for step, first, last in _steps(two_years, period) if step in (1, 11)}
    now = _figures(two_years, period)
    for step, days in steps.items():
        then = _figures(two_years, days)
        assert {p: f[step] for p, f in now.items()} == {p: f[0] for p, f in then.items()}, days


def test_the_chart_of_the_months_shows_what_fell_due_in_each(two_years: Path) -> None:
    with opened(two_years) as export:
        judged(export, Period.parse("2026-06"))
        results = Results.of(export)
        for promise in ("request_handled_in_time", "breach_is_recorded", "marketing_message_had_opt_in"):
            judgable = [v for v in VERDICTS if v != "pending"]
            history = {r.first_day.date(): [getattr(r, f"due_{v}") for v in judgable] for r in rows_of(results.history(promise))}
            months = {r.month.date(): [getattr(r, v) for v in judgable] for r in rows_of(results.by_month(promise))}
            assert months
            assert months == {day: history[day] for day in months}
            # What is left out is a month in which nothing fell due.
            assert all(r.fell_due == 0 for r in rows_of(results.history(promise)) if r.first_day.date() not in months)


def test_a_week_is_followed_back_week_by_week_across_the_year_s_end() -> None:
    steps = Period.parse("2026-W02").history()
    assert steps[0] == (date(2026, 1, 5), date(2026, 1, 12))
    assert steps[1] == (date(2025, 12, 29), date(2026, 1, 5))
    assert len(steps) == 12


def test_a_period_that_is_longer_than_all_before_it_has_fewer_steps() -> None:
    assert len(Period.parse("1901-01-01..2900-12-31").history()) == 2
    assert len(Period.parse("1901-01-02..2900-12-30").history()) == 2


def _steps(path: Path, period: str) -> list[tuple[int, date, date]]:
    return [
        (k, first, end - (date(2026, 1, 2) - date(2026, 1, 1))) for k, (first, end) in enumerate(Period.parse(period).history())
    ]


def _figures(path: Path, period: str) -> dict[str, list[tuple[Any, ...]]]:
    with opened(path) as export:
        judged(export, Period.parse(period), JUDGED)
        results = Results.of(export)
        return {p: [figures(r) for r in rows_of(results.history(p))] for p in results.promises}
