"""Who accepts a violation says who answers for it, who accepted it, why, from when and until when; else it excuses nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from audits.evaluation.results import PromiseResult, Results, rows_of
from audits.law.period import Period
from audits.show import sentence

from ..conftest import MakeDatabase, judged, opened

PROMISE = "request_handled_in_time"
WHOLE = {
    "control_id": "'request_handled_in_time'",
    "record_id": "'r2'",
    "owner": "'support'",
    "approver": "'dpo'",
    "reason": "'agreed'",
    "granted_at": "timestamptz '2026-06-01 00:00:00+00'",
    "expires_at": "timestamptz '2026-12-31 00:00:00+00'",
}
# r2 of the small export fell due on 10 June, and was closed on the 25th.


def waiver(**other: str) -> str:
    return f"create table waivers as select {', '.join(f'{value} as {name}' for name, value in {**WHOLE, **other}.items())};"


def judge(path: Path, as_of: str | None = None) -> tuple[PromiseResult, str, list[str], str]:
    """The promise in June, what the waiver does, what it lacks, and the answer."""
    with opened(path, as_of=as_of) as export:
        judged(export, Period.parse("2026-06"), [PROMISE])
        results = Results.of(export)
        (told,) = rows_of(results.waivers())
        promise = results.promise(PROMISE)
        return promise, told.state, list(told.lacks), sentence.answer(promise, results.run)


def test_a_whole_waiver_excuses_the_status_and_not_the_rate(database: MakeDatabase) -> None:
    promise, state, lacks, _ = judge(database(waiver()))
    assert (promise.status, promise.violation, promise.waived, state, lacks) == ("satisfied", 1, 1, "active", [])


@pytest.mark.parametrize("column", ["owner", "approver", "reason", "granted_at", "expires_at"])
def test_a_waiver_that_lacks_anything_excuses_nothing_and_says_what(database: MakeDatabase, column: str) -> None:
    nothing = "null::timestamptz" if column.endswith("_at") else "' '"
    promise, state, lacks, _ = judge(database(waiver(**{column: nothing})))
    assert (promise.status, promise.waived, state, lacks) == ("not_satisfied", 0, "incomplete", [column])


@pytest.mark.parametrize(
    ("column", "name"), [("approver", "n.n."), ("approver", "Keiner"), ("approver", "x"), ("owner", "N. N.")]
)
def test_a_waiver_by_nobody_excuses_nothing(database: MakeDatabase, column: str, name: str) -> None:
    promise, state, lacks, _ = judge(database(waiver(**{column: f"'{name}'"})))
    assert (promise.status, promise.waived, state, lacks) == ("not_satisfied", 0, "incomplete", [column])


@pytest.mark.parametrize("name", ["jd", "4711", "Nina Kainer"])
def test_a_waiver_by_somebody_excuses(database: MakeDatabase, name: str) -> None:
    promise, state, *_ = judge(database(waiver(approver=f"'{name}'")))
    assert (promise.status, state) == ("satisfied", "active")


@pytest.mark.parametrize(
    ("change", "status", "state"),
    [
        ("expires_at = '2026-06-01'", "not_satisfied", "contradicted"),
        ("reason = 'another'", "not_satisfied", "contradicted"),
        ("reason = reason", "satisfied", "active"),  # what is said twice is no doubt
        ("record_id = 'r1'", "satisfied", "active"),
    ],
)
def test_a_waiver_that_another_contradicts_excuses_nothing(database: MakeDatabase, change: str, status: str, state: str) -> None:
    twice = f"create temp table more as from waivers; update more set {change}; insert into waivers from more;"
    with opened(database(waiver() + twice)) as export:
        judged(export, Period.parse("2026-06"), [PROMISE])
        results = Results.of(export)
        assert results.promise(PROMISE).status == status
        assert state in [told.state for told in rows_of(results.waivers())]


@pytest.mark.parametrize(
    ("change", "states"),
    [
        # It follows on the first, which has expired.
        ("granted_at = '2026-06-15', control_id = 'jivochat/request_handled_in_time'", {"active", "expired"}),
        ("granted_at = '2026-06-15'", {"active", "expired"}),
        # It is granted for later.
        ("granted_at = '2026-07-03', expires_at = '2026-12-31'", {"active", "not_granted"}),
    ],
)
def test_a_renewal_says_nothing_against_what_is_in_force(database: MakeDatabase, change: str, states: set[str]) -> None:
    first = "update waivers set expires_at = '2026-06-14';" if "expired" in states else ""
    twice = f"create temp table more as from waivers; {first} update more set {change}; insert into waivers from more;"
    with opened(database(waiver() + twice)) as export:
        judged(export, Period.parse("2026-06"), [PROMISE])
        results = Results.of(export)
        assert results.promise(PROMISE).status == "satisfied"
        assert {told.state for told in rows_of(results.waivers())} == states


@pytest.mark.parametrize(
    "names", ["'request_handled_in_time', 'jivochat/request_handled_in_time'", "'jivochat/request_handled_in_time'"]
)
def test_waivers_that_name_a_promise_otherwise_contradict_each_other(database: MakeDatabase, names: str) -> None:
    twice = f"insert into waivers select * replace (unnest([{names}]) as control_id, timestamptz '2026-06-01 00:00:00+00' as expires_at) from waivers;"
    with opened(database(waiver() + twice)) as export:
        judged(export, Period.parse("2026-06"), [PROMISE])
        results = Results.of(export)
        assert results.promise(PROMISE).status == "not_satisfied"
        assert {told.state for told in rows_of(results.waivers())} == {"contradicted"}


@pytest.mark.parametrize(
    ("ends", "status", "state"),
    [
        ("8999-12-31 23:59:59.999999+00", "satisfied", "active"),
        ("9000-01-01 00:00:00+00", "not_satisfied", "incomplete"),
        ("9999-12-31 00:00:00+00", "not_satisfied", "incomplete"),
    ],
)
def test_a_waiver_for_good_has_no_end(database: MakeDatabase, ends: str, status: str, state: str) -> None:
    promise, found, lacks, _ = judge(database(waiver(expires_at=f"timestamptz '{ends}'")))
    assert (promise.status, found, lacks) == (status, state, ["expires_at"] if state == "incomplete" else [])


def test_what_a_waiver_lacks_is_printed_with_its_promise(database: MakeDatabase) -> None:
    with opened(database(waiver(owner="null::varchar"))) as export:
        judged(export, Period.parse("2026-06"), [PROMISE])
        (printed,) = Results.of(export).as_json()["promises"]
    assert printed["waivers"] == [{"record_id": "r2", "state": "incomplete", "lacks": ["owner"]}]


def test_a_waiver_without_the_column_excuses_nothing(database: MakeDatabase) -> None:
    promise, state, lacks, _ = judge(database(waiver() + "alter table waivers drop column approver;"))
    assert (promise.status, state, lacks) == ("not_satisfied", "incomplete", ["approver"])


@pytest.mark.parametrize(
    ("ends", "status", "state"),
    [
        ("timestamptz '2026-06-30 23:59:59.999999+00'", "satisfied", "active"),
        ("'2026-06-30'", "satisfied", "active"),  # a day means its end
        ("timestamptz '2026-06-30 23:59:59.999998+00'", "not_satisfied", "expired"),
        ("timestamptz '2026-06-15 00:00:00+00'", "not_satisfied", "expired"),  # inside the period
    ],
)
def test_a_waiver_holds_up_to_its_end(database: MakeDatabase, ends: str, status: str, state: str) -> None:
    promise, found, *_ = judge(database(waiver(expires_at=ends)), as_of="2026-06-30")
    assert (promise.status, found) == (status, state)


@pytest.mark.parametrize(
    ("granted", "status", "state"),
    [
        ("timestamptz '2026-06-30 23:59:59.999999+00'", "satisfied", "active"),
        ("timestamptz '2026-07-01 00:00:00+00'", "not_satisfied", "not_granted"),
    ],
)
def test_a_waiver_that_is_granted_later_is_not_active(database: MakeDatabase, granted: str, status: str, state: str) -> None:
    promise, found, *_ = judge(database(waiver(granted_at=granted)), as_of="2026-06-30")
    assert (promise.status, found) == (status, state)


def test_the_only_violation_waived_is_no_empty_population(database: MakeDatabase) -> None:
    path = database(waiver() + "delete from requests where request_id <> 'r2';")
    promise, _, _, answer = judge(path)
    assert (promise.status, promise.judged, promise.rate_low, promise.waived) == ("satisfied", 1, 0.0, 1)
    assert "1 broken (1 of them accepted for now)" in answer
