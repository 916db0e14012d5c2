"""Due dates, against a slow reference that walks day by day, and against dated examples with their sources."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import holidays
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audits.errors import Unusable
from audits.evaluation.deadline import Rule, due_dates
from audits.law.opening import open_rows

from ..conftest import WORKSPACE

DAY = timedelta(days=1)
COUNTRIES = [
    "DE",
    "FR",
    "ES",
    "PT",
    "BR",
    "MX",
    "CO",
    "PE",
    "AR",
    "ZA",
    "KE",
    "TR",
    "IN",
    "GB",
    "US",
    "AE",
    "IL",
]
# The engine's time zone database and Python's can be of different ages: they are compared on years that are settled.
SETTLED = datetime(2015, 1, 1), datetime(2024, 6, 30)
ZONES = [
    "UTC", "Europe/Berlin", "America/Sao_Paulo", "Asia/Kolkata", "Asia/Kathmandu", "Pacific/Auckland", "America/Los_Angeles",
    "Australia/Lord_Howe", "America/Havana", "Atlantic/Azores", "Pacific/Chatham",
]  # fmt: skip


# The reference: written apart from the SQL, one step a day, with no arithmetic on months.
def walk(received: date, value: int, unit: str, rolls: bool, works: Callable[[date], bool], pause: int = 0) -> date:
    day = received
    if unit == "calendar_days":
        for _ in range(value):
            day += DAY
    elif unit == "working_days":
        left = value
        while left:
            day += DAY
            left -= works(day)
    else:
        months = 0
        while not (months == value and (day.day == received.day or (day + DAY).month != day.month)):
            day += DAY
            months += day.day == 1
    for _ in range(pause):
        day += DAY
    while rolls and not works(day):
        day += DAY
    return day


def works_in(country: str) -> Callable[[date], bool]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        calendar = holidays.country_holidays(country, years=range(2013, 2035))
    return lambda day: day.weekday() not in calendar.weekend and day not in calendar


def row(value: int, unit: str, rolls: bool = False, **more: Any) -> dict[str, Any]:
    return {"rule_set": "statute", "jurisdiction": "*", "request_type": "*", "value": value, "unit": unit, "rolls_over_to_working_day": rolls,
            "identity_check_stops_clock": False, "source": "test", "checked": "test", **more}  # fmt: skip


def statute(
    requests: list[dict[str, Any]], rule: dict[str, Any] | None, as_of: str, zone: str = "UTC"
) -> dict[str, tuple[Any, ...]]:
    """{request: (received_on, first due day, due day, instant due)} under the statute."""
    rows = [{"type": "access", "account_id": "a", **r} for r in requests]
    with open_rows(WORKSPACE.contract, {"requests": rows}, as_of, zone, [rule] if rule else None) as export:
        return {
            r[0]: r[1:]
            for r in export.con.execute(
                "select request_id, received_on, first_due_at::date, due_at::date, due_at from requests_with_due_dates "
                "where rule_set = 'statute'"
            ).fetchall()
        }


days = st.dates(date(2014, 1, 1), date(2029, 12, 31))


@pytest.mark.slow
@settings(max_examples=30)
@given(
    received=st.lists(days, min_size=1, max_size=30, unique=True),
    country=st.sampled_from(COUNTRIES),
    value=st.integers(1, 70),
    unit=st.sampled_from(["calendar_days", "working_days", "months"]),
    rolls=st.booleans(),
)
def test_due_days_are_those_of_the_walk(received: list[date], country: str, value: int, unit: str, rolls: bool) -> None:
    value = 1 + value % 13 if unit == "months" else value
    requests = [
        {
            "request_id": str(d),
            "received_at": datetime(d.year, d.month, d.day, 12, tzinfo=UTC),
            "country": country,
        }
        for d in received
    ]
    found = statute(requests, row(value, unit, rolls), "2029-12-31")
    works = works_in(country)
    expected = {str(d): walk(d, value, unit, rolls, works) for d in received}
    assert {r: f[2] for r, f in found.items()} == expected


@pytest.mark.slow
@settings(max_examples=30)
@given(
    instants=st.lists(st.datetimes(*SETTLED), min_size=1, max_size=30, unique=True),
    zone=st.sampled_from(ZONES),
    value=st.integers(0, 45),
)
def test_days_begin_and_end_in_the_zone_of_the_export(instants: list[datetime], zone: str, value: int) -> None:
    requests = [{"request_id": str(i), "received_at": t.replace(tzinfo=UTC), "country": "DE"} for i, t in enumerate(instants)]
    found = statute(requests, row(value, "calendar_days"), "2024-12-31", zone)
    for i, t in enumerate(instants):
        local = t.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).date()
        received_on, _, due_on, due_at = found[str(i)]
        assert received_on == local
        assert due_on == local + value * DAY
        # The due instant is the last one of its local day: a microsecond later it is another day.
        after = (due_at.astimezone(UTC) + timedelta(microseconds=1)).astimezone(ZoneInfo(zone))
        assert after.date() == due_on + DAY


@pytest.mark.slow
@settings(max_examples=30)
@given(
    received=days,
    asked=st.integers(0, 40),
    waited=st.integers(0, 90),
    told=st.one_of(st.none(), st.integers(0, 60)),
    reason=st.booleans(),
    country=st.sampled_from(["DE", "FR", "ES", "PT"]),
)
def test_pause_extension_and_roll_over_together(
    received: date, asked: int, waited: int, told: int | None, reason: bool, country: str
) -> None:
    noon = datetime(received.year, received.month, received.day, 12, tzinfo=UTC)
    request = {
        "request_id": "r", "country": country, "received_at": noon, "id_asked_at": noon + asked * DAY, "id_verified_at": noon + (asked + waited) * DAY,
        "extended_at": None if told is None else noon + told * DAY, "extension_reason": "complex" if reason else None,
    }  # fmt: skip
    _, first_due, due, _ = statute([request], None, "2030-12-31")["r"]
    works = works_in(country)
    in_time = received + asked * DAY <= walk(received, 1, "months", False, works)
    pause = waited if in_time else 0
    first = walk(received, 1, "months", True, works, pause)
    extended = told is not None and reason and received + told * DAY <= first
    assert first_due == first
    assert due == (walk(received, 3, "months", True, works, pause) if extended else first)


# Dated examples. The walk and the SQL must both give them.
EXAMPLES = [
    # EDPB Guidelines 01/2022 on the right of access, section on timing: 5 March -> 5 April; 31 August -> 30 September;
    # a last day on a holiday or weekend ends on the next working day (Regulation 1182/71 Art. 3(4)).
    ("2021-03-05", "DE", 1, "months", True, "2021-04-06", "EDPB 01/2022: 5 April 2021 was Easter Monday"),
    ("2021-08-31", "FR", 1, "months", True, "2021-09-30", "EDPB 01/2022: no 31 September"),
    ("2026-01-31", "DE", 1, "months", True, "2026-03-02", "28 February 2026 is a Saturday"),
    ("2026-01-31", "DE", 1, "months", False, "2026-02-28", "without roll-over"),
    ("2024-01-31", "DE", 1, "months", True, "2024-02-29", "leap year"),
    ("2025-11-25", "DE", 1, "months", True, "2025-12-29", "25 and 26 December, then a weekend"),
    ("2025-12-31", "DE", 2, "months", False, "2026-02-28", "end of February"),
    ("2026-01-31", "DE", 3, "months", False, "2026-04-30", "one month and two more, counted from receipt"),
    ("2026-01-31", "DE", 30, "calendar_days", False, "2026-03-02", "the policy's thirty days"),
    ("2026-03-10", "DE", 30, "calendar_days", False, "2026-04-09", "over the night the clock goes forward"),
    ("2026-01-09", "US", 10, "working_days", False, "2026-01-26", "Martin Luther King day, 19 January 2026, is no working day"),
    ("2026-01-30", "MX", 20, "working_days", False, "2026-03-02", "one holiday: 2 February 2026"),
    ("2026-04-01", "CO", 10, "working_days", False, "2026-04-17", "Maundy Thursday and Good Friday 2026"),
    ("2024-02-29", "DE", 12, "months", False, "2025-02-28", "a year from the 29th of February"),
]  # fmt: skip


@pytest.mark.parametrize(("received", "country", "value", "unit", "rolls", "due", "why"), EXAMPLES)
def test_dated_example(received: str, country: str, value: int, unit: str, rolls: bool, due: str, why: str) -> None:
    walked = walk(date.fromisoformat(received), value, unit, rolls, works_in(country))
    assert walked.isoformat() == due, why
    (found,) = due_dates(WORKSPACE, received, country, "access", rule=Rule(value, unit, rolls))
    assert found.due is not None
    assert found.due.isoformat() == due, why


@pytest.mark.parametrize(
    ("received", "place", "kind", "extended", "expected"),
    [
        ("2026-01-31", "DE", "access", False, {"policy": "2026-03-02", "statute": "2026-03-02"}),
        ("2026-01-31", "DE", "access", True, {"policy": "2026-03-02", "statute": "2026-04-30"}),
        ("2026-01-31", "US-CA", "erasure", False, {"policy": "2026-03-02", "statute": "2026-03-17", "acknowledge": "2026-02-13"}),
        ("2026-01-31", "US-TX", "access", False, {"policy": "2026-03-02", "statute": None}),
        ("2026-01-31", "US-CA", "opt_out", False, {"statute": "2026-02-23"}),
        ("2026-01-31", "ID", "access", False, {"policy": "2026-03-02", "statute": "2026-02-03"}),
        ("2020-06-10", "GB", "access", False, {"policy": "2020-07-10", "statute": "2020-07-10"}),
        ("2026-11-30", "CL", "access", False, {"policy": "2026-12-30", "statute": "2026-12-02"}),
        ("2026-12-01", "CL", "access", False, {"policy": "2026-12-31", "statute": "2026-12-31"}),
        ("2026-01-31", "DE", "objection", False, {"statute": "2026-03-02"}),
        ("2026-01-31", "JP", "access", False, {"policy": "2026-03-02"}),
        ("2026-01-31T23:30:00-05:00", "DE", "access", False, {"policy": "2026-03-02", "statute": "2026-03-02"}),
    ],
)  # fmt: skip
def test_each_place_and_type_its_rules(
    received: str, place: str, kind: str, extended: bool, expected: dict[str, str | None]
) -> None:
    found = due_dates(WORKSPACE, received, place, kind, extended)
    assert {d.rule_set: d.due.isoformat() if d.due else None for d in found} == expected
    assert all(d.source and d.checked for d in found)


def test_hours_run_from_instant_to_instant() -> None:
    received = datetime(2026, 3, 28, 10, tzinfo=UTC)
    found = statute([{"request_id": "r", "country": "ID", "received_at": received}], None, "2026-06-01", "Europe/Berlin")
    assert found["r"][3] == received + timedelta(hours=72)


def test_a_person_counted_twice_in_accounts_does_not_multiply_requests() -> None:
    accounts = [{"account_id": "a", "country": "US", "region": r} for r in ("CA", "CA", "NY")]
    request = {
        "request_id": "r",
        "account_id": "a",
        "type": "access",
        "country": "US",
        "received_at": datetime(2026, 1, 1, tzinfo=UTC),
    }
    with open_rows(WORKSPACE.contract, {"accounts": accounts, "requests": [request]}, "2026-06-01") as export:
        assert export.con.execute("select count(*) from requests_with_due_dates where rule_set = 'statute'").fetchone() == (1,)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("31.1.2026", "DE", "access"), "is no day"),
        (("2026-01-31", "XX", "access"), "is no ISO 3166-1 code"),
        (("2026-01-31", None, "access"), "--country is missing"),
        (("2026-01-31", "DE", "acess"), "--type 'acess' is unknown"),
        (("2026-01-31", "DE", "access", True, Rule(1, "months", False)), "--extended goes with the law"),
    ],
)
def test_what_cannot_be_counted_is_said(arguments: tuple[Any, ...], says: str) -> None:
    with pytest.raises(Unusable, match=says):
        due_dates(WORKSPACE, *arguments)


@pytest.mark.parametrize("text", ["20", "working_days", "20 weeks", "-1 months", "0 months", "1.5 months", "99999 months"])
def test_a_rule_needs_a_number_and_a_unit(text: str) -> None:
    with pytest.raises(Unusable, match="is no rule"):
        Rule.parse(text, False)


def test_extensions_of_the_reference_table_are_in_the_unit_of_their_rule(sample: Any) -> None:
    assert sample.con.execute("select count(*) from deadlines where extension_unit <> unit").fetchone() == (0,)
