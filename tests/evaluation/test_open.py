"""What is open stands in every later period until it is made good; an act stands in the period that it took place in, alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from audits.controls.control import FOLDER, load
from audits.errors import Unusable
from audits.evaluation.results import PromiseResult, Results
from audits.law.period import Period

from ..conftest import WORKSPACE, MakeDatabase, judged, opened

MONTHS = ("2026-03", "2026-04", "2026-05", "2026-06")


def found(path: Path, promise: str, period: str, as_of: str = "2026-06-30") -> PromiseResult:
    with opened(path, as_of=as_of) as export:
        judged(export, Period.parse(period), [promise])
        return Results.of(export).promise(promise)


def broken(path: Path, promise: str) -> dict[str, tuple[int, int, int]]:
    """By month: violations, those of them from before, those made good in it."""
    by_month = {month: found(path, promise, month) for month in MONTHS}
    return {month: (p.violation, p.carried, p.resolved) for month, p in by_month.items()}


ERASED = """
create table holdings as select 'h' as holding_id, 'a1' as account_id, '{disposition}' as disposition, {disposed_at} as disposed_at,
    timestamptz '2025-01-01 00:00:00+00' as collected_at, null::varchar as hold_ground,
    null::timestamptz as hold_until, null::timestamptz as isolated_at;
insert into requests (request_id, request_number, type, requester_role, account_id, received_at, closed_at)
values ('gone', 4, 'erasure', 'subscriber', 'a1', '2026-03-01 10:00:00+00', '2026-03-10 10:00:00+00');
update requests set outcome = case when request_id = 'gone' then 'fulfilled' end;
"""
OBJECTED = """
insert into requests (request_id, request_number, type, requester_role, account_id, received_at, closed_at, responded_at)
values ('stop', 4, 'objection', 'subscriber', 'a1', '2026-03-01 10:00:00+00', '2026-05-10 10:00:00+00', '2026-05-10 10:00:00+00');
alter table requests add column purpose varchar;
update requests set outcome = '{outcome}' where request_id = 'stop';
create table processing_activities as select 'p' as activity_id, 'a1' as account_id, 'legitimate_interest' as legal_basis,
    timestamptz '2025-01-01 00:00:00+00' as started_at, {ended_at} as ended_at;
create table messages (message_id varchar, account_id varchar, kind varchar, sent_at timestamptz);
create table consents (consent_id varchar, account_id varchar, purpose varchar, given_at timestamptz, withdrawn_at timestamptz);
"""


def test_a_breach_that_nobody_registered_stands_until_today(database: MakeDatabase) -> None:
    breach = "create table breaches as select 'b' as breach_id, 'company' as reported_by, timestamptz '2026-03-05 10:00:00+00' as aware_at"
    path = database(f"{breach}, null::timestamptz as recorded_at;")
    assert broken(path, "breach_is_recorded") == {
        "2026-03": (1, 0, 0),
        "2026-04": (1, 1, 0),
        "2026-05": (1, 1, 0),
        "2026-06": (1, 1, 0),
    }


def test_what_was_to_be_erased_is_carried_while_it_is_held(database: MakeDatabase) -> None:
    path = database(ERASED.format(disposition="held", disposed_at="null::timestamptz"))
    assert broken(path, "erasure_carried_out")["2026-06"] == (1, 1, 0)


def test_what_was_erased_late_is_made_good_on_that_day(database: MakeDatabase) -> None:
    path = database(ERASED.format(disposition="deleted", disposed_at="timestamptz '2026-05-01 00:00:00+00'"))
    assert broken(path, "erasure_carried_out") == {
        "2026-03": (1, 0, 0),
        "2026-04": (0, 0, 0),
        "2026-05": (0, 0, 1),
        "2026-06": (0, 0, 0),
    }


@pytest.mark.parametrize(
    ("outcome", "ended_at", "june"),
    [
        ("fulfilled", "null::timestamptz", (1, 1, 0)),
        ("fulfilled", "timestamptz '2026-06-10 00:00:00+00'", (0, 0, 1)),
        ("fulfilled", "timestamptz '2026-05-10 00:00:00+00'", (0, 0, 0)),
        # Once the objection was refused, processing may go on.
        ("denied", "null::timestamptz", (0, 0, 0)),
        ("denied", "timestamptz '2026-06-10 00:00:00+00'", (0, 0, 0)),
    ],
)
def test_what_went_on_after_an_objection_is_open_until_it_ended(
    database: MakeDatabase, outcome: str, ended_at: str, june: tuple[int, int, int]
) -> None:
    path = database(OBJECTED.format(outcome=outcome, ended_at=ended_at))
    assert broken(path, "objection_honoured")["2026-03"] == (1, 0, 0)
    assert broken(path, "objection_honoured")["2026-06"] == june


@pytest.mark.parametrize(
    ("ended_at", "june"),
    [
        ("null::timestamptz", (1, 1, 0)),
        ("timestamptz '2026-07-10 00:00:00+00'", (1, 1, 0)),  # it lies ahead of the instant of judgement
        ("timestamptz '2026-06-10 00:00:00+00'", (0, 0, 1)),
    ],
)
def test_processing_on_no_basis_is_open_while_it_runs(database: MakeDatabase, ended_at: str, june: tuple[int, int, int]) -> None:
    path = database(
        f"""create table processing_activities as select 'p' as activity_id, 'a1' as account_id, 'resale' as purpose, 'account' as data_class,
        timestamptz '2026-03-01 00:00:00+00' as started_at, {ended_at} as ended_at;"""
    )
    assert broken(path, "processing_purpose_permitted")["2026-06"] == june


def test_what_cannot_be_told_is_carried_as_well(database: MakeDatabase) -> None:
    path = database(
        """
        alter table accounts add column closed_at timestamptz;
        update accounts set closed_at = '2020-01-01 00:00:00+00' where account_id = 'a1';
        create table holdings as select 'h' as holding_id, 'a1' as account_id, 'chat' as category, 'support' as purpose,
            'held' as disposition, 'dispute' as hold_ground, null::timestamptz as hold_until, null::timestamptz as disposed_at,
            null::timestamptz as need_ended_at;
        create table retention_schedule as select 'chat' as category, null::varchar as purpose, 'closed_at' as window_starts, 30 as max_days;
        """
    )
    kept = found(path, "data_kept_no_longer_than_needed", "2026-06")
    assert (kept.status, kept.indeterminate, kept.carried, kept.rate_low, kept.rate_high) == ("inconclusive", 1, 1, 0.0, 1.0)


SENT = """
create table messages as select 'm' as message_id, 'a1' as account_id, 'newsletter' as kind, timestamptz '2026-03-05 10:00:00+00' as sent_at;
create table consents (consent_id varchar, account_id varchar, purpose varchar, given_at timestamptz, withdrawn_at timestamptz);
"""


def test_an_act_stands_in_the_period_that_it_took_place_in_alone(database: MakeDatabase) -> None:
    assert broken(database(SENT), "marketing_message_had_opt_in") == {
        "2026-03": (1, 0, 0),
        "2026-04": (0, 0, 0),
        "2026-05": (0, 0, 0),
        "2026-06": (0, 0, 0),
    }


def test_a_control_that_is_not_said_to_judge_acts_is_open_as_of_the_export(database: MakeDatabase) -> None:
    promise = WORKSPACE.one("marketing_message_had_opt_in")
    with opened(database(SENT), as_of="2026-06-30") as export:
        other = promise.control.model_copy(update={"acts": False})
        judged(export, Period.parse("2026-06"), [replace(promise, control=other)])
        assert Results.of(export).promise(promise.name).carried == 1


def test_that_it_judges_acts_stands_in_a_promise_s_rule() -> None:
    assert "Each is an act, over when it was done" in WORKSPACE.one("marketing_message_had_opt_in").rule
    assert "Each is an act" not in WORKSPACE.one("breach_is_recorded").rule


def test_an_act_that_is_made_good_is_refused(tmp_path: Path) -> None:
    own = (FOLDER / "rights" / "request_handled_in_time.sql").read_text(encoding="utf-8")
    file = tmp_path / "request_handled_in_time.sql"
    file.write_text(own.replace("remedy ", "acts = true\nremedy ", 1), encoding="utf-8")
    with pytest.raises(Unusable, match="acts: an act is over when it is done, and the query gives met_at"):
        load(file, WORKSPACE.contract)
