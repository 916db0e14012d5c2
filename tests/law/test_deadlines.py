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
from audits.law import reference
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
            "source": "test", "checked": "test", **more}  # fmt: skip


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
    received=st.dates(date(2018, 5, 25), date(2029, 12, 31)),  # the first day of the GDPR
    asked=st.integers(0, 40),
    waited=st.integers(0, 90),
    told=st.one_of(st.none(), st.integers(0, 60)),
    answered=st.one_of(st.none(), st.integers(0, 130)),
    closed=st.one_of(st.none(), st.integers(0, 130)),
    reason=st.booleans(),
    country=st.sampled_from(["DE", "FR", "ES", "PT"]),
)
def test_pause_extension_and_roll_over_together(
    received: date,
    asked: int,
    waited: int,
    told: int | None,
    answered: int | None,
    closed: int | None,
    reason: bool,
    country: str,
) -> None:
    noon = datetime(received.year, received.month, received.day, 12, tzinfo=UTC)
    request = {
        "request_id": "r", "country": country, "received_at": noon, "id_asked_at": noon + asked * DAY, "id_verified_at": noon + (asked + waited) * DAY,
        "extended_at": None if told is None else noon + told * DAY, "extension_reason": "complex" if reason else None,
        "responded_at": None if answered is None else noon + answered * DAY, "closed_at": None if closed is None else noon + closed * DAY,
    }  # fmt: skip
    # The clock stands while the work is not done.
    done = min((day for day in (answered, closed) if day is not None), default=asked + waited)
    waited = max(min(asked + waited, done) - asked, 0)
    _, first_due, due, _ = statute([request], None, "2030-12-31")["r"]
    works = works_in(country)
    asked_on, told_on = received + asked * DAY, received + told * DAY if told is not None and reason else date.max
    last, rolled, longest = (
        walk(received, months, "months", rolls, works) for months, rolls in ((1, False), (1, True), (3, True))
    )
    pause = waited if asked_on <= (longest if told_on <= rolled else rolled) else 0
    # What is asked for on a day that the last one rolled over to, or in the extension, stops the clock there.
    is_behind = pause and asked_on > last
    first = walk(rolled, pause, "calendar_days", True, works) if is_behind else walk(received, 1, "months", True, works, pause)
    assert first_due == first
    assert due == (max(first, walk(received, 3, "months", True, works, pause)) if told_on <= first else first)


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
        ("2020-08-14", "US-CA", "opt_out", False, {"statute": "2020-09-04"}),
        ("2020-08-13", "US-CA", "opt_out", False, {"statute": None}),
        ("2026-01-31", "US-CA", "restriction", False, {"statute": None}),
        ("2026-01-31", "US-CA", "objection", False, {"statute": None}),
        ("2026-01-31", "US-CA", "portability", False, {"statute": "2026-03-17", "acknowledge": "2026-02-13"}),
        ("2023-09-01", "CH", "portability", False, {"statute": "2023-10-02"}),  # the first is a Sunday
        ("2023-08-31", "CH", "portability", False, {"statute": None}),
        ("2023-09-01", "CH", "rectification", False, {"policy": "2023-10-01", "statute": None}),
        ("2026-01-31", "ID", "access", False, {"policy": "2026-03-02", "statute": "2026-02-03"}),
        ("2020-06-10", "GB", "access", False, {"policy": "2020-07-10", "statute": "2020-07-10"}),
        ("2026-11-30", "CL", "access", False, {"policy": "2026-12-30", "statute": "2026-12-02"}),
        ("2026-12-01", "CL", "access", False, {"policy": "2026-12-31", "statute": "2026-12-31"}),
        ("2026-01-31", "DE", "objection", False, {"statute": "2026-03-02"}),
        ("2026-01-31", "JP", "access", False, {"policy": "2026-03-02", "statute": None}),
        ("2018-05-24", "DE", "access", False, {"policy": "2018-06-23", "statute": None}),
        ("2018-05-25", "DE", "access", False, {"policy": "2018-06-24", "statute": "2018-06-25"}),
        ("2019-05-01", "BR", "access", False, {"policy": "2019-05-31", "statute": None}),
        ("2026-05-04", "BR", "confirmation", False, {"policy": "2026-06-03", "statute": "2026-05-19"}),
        ("2026-01-31", "US", "access", False, {"policy": "2026-03-02", "statute": None, "acknowledge": None}),
        ("2026-05-04", "DE-BY", "access", False, {"policy": "2026-06-03", "statute": "2026-06-05"}),
        ("2026-05-04", "DE-HH", "access", False, {"policy": "2026-06-03", "statute": "2026-06-04"}),
        ("2027-05-13", "IN", "access", False, {"policy": "2027-06-12", "statute": "2027-08-11"}),
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
        (("2026-01-31", "DE-XX", "access"), "is no part of DE"),
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


def test_a_rule_is_of_ten_years_at_most() -> None:
    assert Rule.parse("87600 hours", False).value == 87_600
    with pytest.raises(Unusable, match="at most ten years"):
        Rule.parse("87601 hours", False)


def test_extensions_of_the_reference_table_are_in_the_unit_of_their_rule(sample: Any) -> None:
    odd = "extension_unit <> unit and (extension_unit <> 'as_told' or extension_value is not null)"
    assert sample.con.execute(f"select count(*) from deadlines where {odd}").fetchone() == (0,)


def test_every_number_of_the_law_has_a_first_day() -> None:
    rows = [row for row in reference.rows("deadlines") if row["value"] and row["rule_set"] != "breach_company"]
    assert rows
    assert [row["jurisdiction"] for row in rows if not row["valid_from"]] == []


def instant(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}T12:00:00+00:00")


def ends(request: dict[str, Any], as_of: str, zone: str = "UTC", seat: str | None = None) -> tuple[str, str, str]:
    """The last days of a request by law: as told, the latest that it may be, and as though no check had stopped the clock."""
    row = {"request_id": "r", "account_id": "a", "type": "access", "received_at": instant("2026-03-10"), **request}
    tables = {"requests": [row], "export_info": [{"seat": seat}]}
    with open_rows(WORKSPACE.contract, tables, as_of, zone) as export:
        sql = "select due_at::date, latest_due_at::date, unpaused_due_at::date from requests_with_due_dates where rule_set = 'statute'"
        return tuple(map(str, export.con.execute(sql).fetchall()[0]))  # type: ignore[return-value]


def test_a_due_date_does_not_move_with_as_of_once_the_work_is_done() -> None:
    asked = {"country": "DE", "id_asked_at": instant("2026-03-12")}
    for done in ({"responded_at": instant("2026-03-20")}, {"closed_at": instant("2026-03-20")}):
        for country in ("DE", "GB"):
            request = {**asked, **done, "country": country}
            assert ends(request, "2026-04-30") == ends(request, "2026-06-30") == ends(request, "2027-06-30"), request
    assert ends(asked, "2026-04-30") != ends(asked, "2026-06-30"), "while it is open nobody knows"


@pytest.mark.parametrize("country", ["DE", "GB"])
@pytest.mark.parametrize("done", ["responded_at", "closed_at"])
def test_proof_that_comes_after_the_work_is_done_moves_nothing(country: str, done: str) -> None:
    request = {"country": country, "id_asked_at": instant("2026-03-12"), done: instant("2026-04-20")}
    proven = {**request, "id_verified_at": instant("2026-05-20")}
    for as_of in ("2026-04-30", "2026-06-30"):
        assert ends(proven, as_of) == ends(request, as_of) == ends(request, "2027-06-30"), as_of


@pytest.mark.parametrize("country", ["DE", "GB"])
def test_proof_asked_for_or_given_before_the_request_moves_nothing(country: str) -> None:
    plain = ends({"country": country, "responded_at": instant("2026-03-20")}, "2026-06-30")
    for asked, proven in (("1900-01-01", "2026-03-10"), ("2026-03-01", "2026-03-05"), ("2026-03-15", "2026-03-01")):
        check = {"id_asked_at": instant(asked), "id_verified_at": instant(proven), "responded_at": instant("2026-03-20")}
        assert ends({"country": country, **check}, "2026-06-30") == plain, (asked, proven)


def test_an_extension_never_shortens() -> None:
    extended = {"country": "DE", "extended_at": instant("2026-03-12"), "extension_reason": "complex"}
    for told, due in (
        ("2025-04-01", "2026-04-10"),
        ("2026-03-15", "2026-04-10"),
        ("2026-05-04", "2026-05-04"),
        ("2026-09-01", "2026-06-10"),
    ):
        assert ends({**extended, "extended_to": instant(told)}, "2026-12-31")[0] == due, told
    swiss = {"country": "CH", "extended_at": instant("2026-03-12")}
    assert ends({**swiss, "extended_to": instant("2026-09-01")}, "2026-12-31")[0] == "2026-09-01", "of no fixed length"
    assert ends({**swiss, "extended_to": instant("2026-03-15")}, "2026-12-31")[0] == "2026-04-09"
    assert ends(swiss, "2026-12-31")[0] == "2026-04-09", "no date was told"


@pytest.mark.parametrize(
    ("country", "told_at", "told", "asked", "proven", "due"),
    [
        ("DE", "2026-03-11", "2026-06-10", "2026-03-13", "2026-03-23", "2026-06-22"),  # ten days, the 20th is a Saturday
        ("DE", "2026-03-13", "2026-05-04", "2026-03-13", "2026-03-23", "2026-05-15"),  # the 14th is Ascension Day
        ("DE", "2026-03-25", "2026-05-04", "2026-03-13", "2026-03-23", "2026-05-04"),  # they knew of it
        ("DE", "2026-03-11", "2026-04-13", "2026-03-13", "2026-03-23", "2026-04-23"),
        ("GB", "2026-03-11", "2026-06-10", "2026-03-13", "2026-03-23", "2026-06-23"),
        ("GB", "2026-03-25", "2026-05-05", "2026-03-13", "2026-03-23", "2026-05-05"),
    ],
)
def test_a_date_told_before_the_clock_stood_moves_with_it(
    country: str, told_at: str, told: str, asked: str, proven: str, due: str
) -> None:
    extension = {"extended_at": instant(told_at), "extended_to": instant(told), "extension_reason": "complex"}
    check = {"id_asked_at": instant(asked), "id_verified_at": instant(proven)}
    found = ends({"country": country, **extension, **check}, "2026-12-31")
    assert found[0] == due
    assert found[2] <= told or told_at == told, "as though nothing had stopped it: the date as it was told"
    clarified = [
        {"request_id": "r", "seq": 1, "event": "clarification_asked", "occurred_at": instant(asked)},
        {"request_id": "r", "seq": 2, "event": "clarified", "occurred_at": instant(proven)},
    ]
    if country == "DE":
        row = {
            "request_id": "r",
            "account_id": "a",
            "type": "access",
            "received_at": instant("2026-03-10"),
            "country": country,
            **extension,
        }
        with open_rows(WORKSPACE.contract, {"requests": [row], "request_events": clarified}, "2026-12-31", "UTC") as export:
            sql = "select due_at::date from requests_with_due_dates where rule_set = 'statute'"
            assert str(export.con.execute(sql).fetchone()[0]) == due


def test_the_month_of_the_united_kingdom_begins_with_the_proof() -> None:
    asked = {"received_at": instant("2026-03-02"), "id_asked_at": instant("2026-03-20"), "id_verified_at": instant("2026-03-23")}
    assert ends({**asked, "country": "GB"}, "2026-06-30") == ("2026-04-23", "2026-04-23", "2026-04-02")
    assert ends({**asked, "country": "DE"}, "2026-06-30")[0] == "2026-04-07", (
        "days are added: the 5th and 6th of April are Easter"
    )


@pytest.mark.parametrize(
    ("received", "country", "seat", "due", "latest"),
    [
        ("2026-03-06", "GB", None, "2026-04-06", "2026-04-07"),  # Easter Monday is none in Scotland
        ("2026-03-06", "GB", "GB-SCT", "2026-04-06", "2026-04-06"),
        ("2026-03-06", "GB", "GB-ENG", "2026-04-07", "2026-04-07"),
        ("2025-07-25", "GB", None, "2025-08-25", "2025-08-26"),  # the summer bank holiday
        ("2026-05-04", "DE", None, "2026-06-04", "2026-06-05"),  # Corpus Christi
        ("2026-05-04", "ES", "DE-BY", "2026-06-05", "2026-06-05"),
        # The United Kingdom was a Member State: Corpus Christi of 2020 is one of Bavaria, and that of 2021 no business of its law.
        ("2020-05-11", "GB", "DE-BY", "2020-06-12", "2020-06-12"),
        ("2021-05-03", "GB", "DE-BY", "2021-06-03", "2021-06-03"),
        ("2026-05-04", "DE", "FR", "2026-06-04", "2026-06-04"),
        ("2026-05-04", "DE", "CY", "2026-06-04", "2026-06-04"),
        # A seat outside the law's own area has no say: Reg. 1182/71 Art. 2(1) is of the holidays of Member States.
        ("2026-04-08", "DE", "IL", "2026-05-08", "2026-05-08"),
        ("2026-04-08", "DE", "EG", "2026-05-08", "2026-05-08"),
        ("2026-04-08", "GB", "IL", "2026-05-08", "2026-05-08"),
        ("2026-04-09", "DE", "IL", "2026-05-11", "2026-05-11"),
        ("2026-04-10", "DE", "IL", "2026-05-11", "2026-05-11"),
        ("2026-06-03", "DE", "US", "2026-07-03", "2026-07-03"),
        ("2026-07-31", "DE", "GB-ENG", "2026-08-31", "2026-08-31"),
        ("2026-04-14", "GB", "DE", "2026-05-14", "2026-05-14"),
        ("2026-04-14", "DE", "FR", "2026-05-15", "2026-05-15"),
        ("2026-03-06", "GB", "DE", "2026-04-06", "2026-04-07"),
    ],
)
def test_holidays_of_the_seat_and_of_parts_of_countries(
    received: str, country: str, seat: str | None, due: str, latest: str
) -> None:
    request = {"received_at": instant(received), "country": country}
    assert ends(request, "2026-12-31", seat=seat)[:2] == (due, latest)


def test_a_seat_that_is_no_place_is_named() -> None:
    with pytest.raises(Unusable, match="seat is no country and no part of one"):
        ends({"country": "DE"}, "2026-12-31", seat="DE-XX")


@pytest.mark.parametrize(
    ("zone", "day"), [("Atlantic/Azores", "2025-10-25"), ("America/Havana", "2025-11-01"), ("America/St_Johns", "2010-11-06")]
)
def test_a_day_ends_when_the_next_begins_for_good(zone: str, day: str) -> None:
    """Midnight comes twice: in the Azores and Havana the next day has begun with the first, in St. John's it went back to the old one."""
    with open_rows(
        WORKSPACE.contract, {"requests": [{"request_id": "r", "received_at": instant(f"{day[:4]}-01-01")}]}, "2026-01-01", zone
    ) as export:
        sql = "select ends_at from days where day = ?::date"
        (ends_at,) = export.con.execute(sql, [day]).fetchall()[0]
    local = ZoneInfo(zone)
    last = ends_at.astimezone(UTC)
    assert last.astimezone(local).date().isoformat() == day
    after = [(last + timedelta(microseconds=1) + timedelta(minutes=m)).astimezone(local).date().isoformat() for m in range(180)]
    assert day not in after


@pytest.mark.parametrize("zone", ["Atlantic/Azores", "America/Havana", "Asia/Amman", "America/Sao_Paulo", "Europe/Berlin"])
def test_days_begin_and_end_with_the_local_date(zone: str) -> None:
    """Nothing of the day lies before its first instant, nothing of the next before its end, on every day of 20 years."""
    with open_rows(WORKSPACE.contract, {}, "2026-01-01", zone) as export:
        counts = export.con.execute(
            """
            select count(*), count(*) filter (
                start_of_day(day)::date = day and (start_of_day(day) - interval 1 microsecond)::date = day - 1
                and end_of_day(day) + interval 1 microsecond = start_of_day(day + 1)
            )
            from (select (date '2005-01-01' + n::integer) as day from range(7305) as t (n))
            """
        ).fetchone()
        assert counts == (7305, 7305)
        # A period begins and ends with its days, too: that of November 2026 in Havana with the first of two midnights.
        start, end = export.bounds(date(2026, 11, 1), date(2026, 12, 1))
    local = ZoneInfo(zone)
    for instant_, day in ((start, date(2026, 11, 1)), (end, date(2026, 12, 1))):
        assert (instant_.astimezone(UTC) - timedelta(microseconds=1)).astimezone(local).date() == day - timedelta(days=1)


def test_a_promise_can_reach_as_far_as_its_parameter_may() -> None:
    with open_rows(
        WORKSPACE.contract, {"requests": [{"request_id": "r", "received_at": instant("2026-03-10")}]}, "2026-06-30"
    ) as export:
        assert export.con.execute("select max(day) >= date '2026-03-10' + 36500 from days").fetchone() == (True,)
