"""What counts add up to, what belongs to a period, and what `evaluate --json` prints."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.contract.engine import one
from audits.contract.export import Export
from audits.evaluation.results import Results, rows_of
from audits.evaluation.status import STATUSES, judge, rate, worst
from audits.law.period import Period

from ..conftest import WORKSPACE, MakeDatabase, judged, not_kept, opened

counts = st.integers(0, 1000)
PROMISE = "request_handled_in_time"


@given(counts, counts, counts, st.sampled_from([0.0, 0.01, 0.5]))
def test_a_status_is_what_the_worst_and_the_best_case_agree_on(c: int, v: int, i: int, tolerance: float) -> None:
    status = judge(c, v, i, tolerance)
    if c + v + i == 0:
        assert status == "no_population"
        return
    # Decide every indeterminate finding, for the worse and for the better: a status that both give is certain.
    worse, better = judge(c, v + i, 0, tolerance), judge(c + i, v, 0, tolerance)
    assert status == (worse if worse == better else "inconclusive")


@given(counts, counts, counts)
def test_the_rate_lies_between_its_bounds_however_the_undecided_are_decided(c: int, v: int, i: int) -> None:
    low, high = rate(c, v, i)
    if low is None or high is None:
        assert c + v + i == 0
        return
    assert 0 <= low <= high <= 1
    for kept in (0, i // 2, i):
        assert low - 1e-12 <= (c + kept) / (c + v + i) <= high + 1e-12


def test_the_worst_status_wins() -> None:
    assert worst(["satisfied", "not_satisfied", "inconclusive"]) == "not_satisfied"
    assert worst(["satisfied", "no_population"]) == "satisfied"
    assert worst(["satisfied", "not_assessed"]) == "not_assessed"
    assert worst([]) is None


def test_no_control_fails_or_lacks_a_table_on_the_sample(results: Results) -> None:
    found = {c.promise_id: (c.status, c.why) for c in results.promises.values() if c.status in ("error", "not_assessed")}
    assert found == {}


def test_every_finding_that_was_planted_is_found_and_no_other(sample: Export, planted: dict[str, dict[str, str]]) -> None:
    for control in WORKSPACE.catalogue:
        rows = not_kept(sample, control)
        assert dict(rows) == planted.get(control, {}), control
        assert len(rows) == len(dict(rows))


def test_counts_of_a_promise_are_its_findings(sample: Export, results: Results) -> None:
    for promise in WORKSPACE.promises.values():
        sql, values = promise.query(sample.as_of)
        (given,) = sample.con.execute(f"select count(*) from ({sql})", values).fetchone() or (0,)
        added = "select count(*) from unsure where promise_id = ? and not known"
        total = given + one(sample.con, added, promise.id)
        for dimension in ("", "country", *promise.control.dimensions):
            (counted,) = sample.con.execute(
                "select coalesce(sum(n), 0) from results.counts where promise_id = ? and dimension = ?",
                [promise.id, dimension],
            ).fetchone() or (None,)
            assert counted == total, (promise.id, dimension)


def test_a_month_of_the_chart_is_that_month_without_what_is_carried(results: Results) -> None:
    months = results.by_month(PROMISE, 36)
    control = results.promise(PROMISE)
    october = months[months.month.astype(str).str.startswith("2026-10")].iloc[0]
    assert october.compliant == control.compliant
    assert october.compliant + october.violation + october.indeterminate == control.judged - control.carried


@pytest.fixture
def open_since_may(database: MakeDatabase) -> Path:
    return database("update requests set closed_at = null, responded_at = null where request_id = 'r2';")


def test_an_open_violation_is_carried_into_every_later_period(open_since_may: Path) -> None:
    found = {}
    for period in ("2026-05", "2026-06", "2026-07"):
        with opened(open_since_may, as_of="2026-07-01") as export:
            judged(export, Period.parse(period))
            control = Results.of(export).promise(PROMISE)
            found[period] = (control.violation, control.carried)
    # Received on 11 May, due on 10 June.
    assert found == {"2026-05": (0, 0), "2026-06": (1, 0), "2026-07": (1, 1)}


def test_a_closed_violation_belongs_to_its_period_alone(database: MakeDatabase) -> None:
    with opened(database()) as export:
        judged(export, Period.parse("2026-07"))
        assert Results.of(export).promise(PROMISE).violation == 0


def test_pending_is_in_neither_bound(database: MakeDatabase) -> None:
    path = database(
        "insert into requests (request_id, request_number, type, requester_role, received_at) "
        "values ('r4', 4, 'access', 'subscriber', '2026-06-20 00:00:00+00');"
    )
    with opened(path) as export:
        judged(export, Period.parse("2026-Q3"))
        control = Results.of(export).promise(PROMISE)
        assert (control.pending, control.judged, control.status, control.rate_low) == (
            1,
            0,
            "no_population",
            None,
        )


def test_parameters_can_be_overridden(database: MakeDatabase) -> None:
    with opened(database()) as export:
        judged(export, Period.parse("2026-05-01..2026-06-30"), values={PROMISE: {"days": 5}})
        control = Results.of(export).promise(PROMISE)
        assert control.parameters["days"] == 5
        assert control.violation == 3


def test_a_control_that_fails_says_so_and_stops_no_other(database: MakeDatabase) -> None:
    promise = WORKSPACE.one(PROMISE)
    sql = promise.control.sql.replace("select request_id as record_id", "select error('no luck') as record_id")
    broken = replace(promise, control=promise.control.model_copy(update={"sql": sql}))
    others = [p for p in WORKSPACE.promises.values() if p.id != promise.id]
    with opened(database()) as export:
        judged(export, Period.parse("2026-06"), [broken, *others])
        found = Results.of(export).promises
    assert (found[promise.id].status, found[promise.id].why) == ("error", "a function cannot take a value")
    assert found["jivochat/subject_access_answered_in_time"].status == "satisfied"


@pytest.mark.parametrize("verdict", ["'maybe'", "null::varchar"])
def test_a_control_that_gives_no_verdict_is_an_error_and_kept_nowhere(database: MakeDatabase, verdict: str) -> None:
    promise = WORKSPACE.one(PROMISE)
    sql = re.sub(r"case (?:(?!\bcase\b)[^;])*? end as verdict", f"{verdict} as verdict", promise.control.sql)
    assert f"{verdict} as verdict" in sql
    broken = replace(promise, control=promise.control.model_copy(update={"sql": sql}))
    with opened(database()) as export:
        judged(export, Period.parse("2026-06"), [broken])
        found = Results.of(export).promises[promise.id]
    assert (found.status, found.judged) == ("error", 0)


def test_json_has_the_shape_that_others_rely_on(results: Results) -> None:
    printed = json.loads(json.dumps(results.as_json()))
    assert set(printed) == {"as_of", "period", "export_sha256", "promises", "readings", "stress", "clauses"}
    needed = {
        "id",
        "text",
        "control",
        "title",
        "status",
        "why",
        "carried",
        "waived",
        "compliant",
        "violation",
        "pending",
        "indeterminate",
        "rate_low",
        "rate_high",
        "reasons",
    }
    for control in printed["promises"]:
        assert needed <= set(control)
        assert control["status"] in STATUSES
        assert sum(control["reasons"].values()) == sum(control[v] for v in ("compliant", "violation", "pending", "indeterminate"))
    assert len(printed["clauses"]) == 116
    assert printed["clauses"]["jivochat/rights.handled-30-days"] == "not_satisfied"
    assert printed["clauses"]["jivochat/transfer.may-leave"] is None


def test_other_readings_are_judged_beside_the_one_that_counts(database: MakeDatabase) -> None:
    with opened(database("update requests set responded_at = received_at + interval 1 day;")) as export:
        judged(export, Period.parse("2026-06"))
        results = Results.of(export)
        assert results.promise(PROMISE).violation == 1
        readings = {r.reading: r for r in rows_of(results.readings()) if r.promise_id == f"jivochat/{PROMISE}"}
    answered = readings["answered, not closed"]
    assert (answered.compliant, answered.violation, answered.rate_low) == (3, 0, 1.0)


def test_where_no_number_is_promised_the_days_are_told(database: MakeDatabase) -> None:
    asked = """
        insert into requests (request_id, request_number, requester_role, type, received_at, responded_at) values
        ('q1', 4, 'agent', 'question', '2026-06-02 10:00:00+00', '2026-06-05 10:00:00+00'),
        ('q2', 5, 'agent', 'question', '2026-06-02 10:00:00+00', null);
    """
    with opened(database(asked)) as export:
        judged(export, Period.parse("2026-06"))
        found = Results.of(export).durations("question_answered")
    assert found.days.fillna(-1).tolist() == [3, -1]
    assert found.n.tolist() == [1, 1]


def test_a_clause_is_judged_by_its_own_attestation_alone(database: MakeDatabase) -> None:
    signed = """
        create table attestations as select * from (values
            ('collection.safeguards', timestamptz '2026-01-01 00:00:00+00', timestamptz '2027-01-01 00:00:00+00', 'passed', repeat('e1', 32)),
            ('collection.cookies-refusable', timestamptz '2026-01-01 00:00:00+00', null, 'failed', repeat('e2', 32))
        ) as t (clause_id, signed_at, valid_until, outcome, evidence_sha256);
    """
    with opened(database(signed)) as export:
        judged(export, Period.parse("2026-06"))
        status = {r.clause_id: r.status for r in rows_of(Results.of(export).clauses())}
    assert status["collection.safeguards"] == "satisfied"
    assert status["collection.cookies-refusable"] == "not_satisfied"
    assert status["collection.analytics-opt-out"] == "inconclusive"


def test_a_clause_says_what_is_missing_to_measure_it(database: MakeDatabase) -> None:
    with opened(database()) as export:
        judged(export, Period.parse("2026-06"))
        clauses = {r.clause_id: r for r in rows_of(Results.of(export).clauses())}
    assert clauses["retention.as-needed"].status == "not_assessed"
    assert clauses["retention.as-needed"].missing == "the export has no table holdings"
    assert "the export has no column requests.acknowledged_at" in clauses["rights.handled-30-days"].missing


def test_the_matrix_counts_each_request_of_the_period_once(results: Results) -> None:
    control = results.promise(PROMISE)
    assert results.promise_and_law().n.sum() == control.judged + control.pending


def test_results_are_a_file_that_duckdb_1_4_can_read(database: MakeDatabase, tmp_path: Path) -> None:
    file = tmp_path / "results.duckdb"
    with opened(database(), results=file) as export:
        judged(export, Period.parse("2026-06"))
    with duckdb.connect() as con:
        con.execute(f"attach '{file}' as r (read_only)")
        (tags,) = con.execute("select tags from duckdb_databases() where database_name = 'r'").fetchone() or ({},)
    assert "v1.4" in str(tags) or "v1.2" in str(tags), tags
    assert Results.open(file).promise(PROMISE).violation == 1


def test_the_same_export_gives_the_same_results(database: MakeDatabase) -> None:
    path = database()
    printed = []
    for _ in range(2):
        with opened(path) as export:
            judged(export, Period.parse("2026-06"))
            results = Results.of(export)
            printed.append((results.as_json(), results.findings(PROMISE, "violation").to_json(date_format="iso")))
    assert printed[0] == printed[1]


# Periods


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-10", "2026-10-01", "2026-10-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2026-12", "2026-12-01", "2026-12-31"),
        ("2026-Q3", "2026-07-01", "2026-09-30"),
        ("2026-Q4", "2026-10-01", "2026-12-31"),
        ("2026-W01", "2025-12-29", "2026-01-04"),
        ("2026-W44", "2026-10-26", "2026-11-01"),
        ("2026", "2026-01-01", "2026-12-31"),
        ("2026-01-15..2026-02-20", "2026-01-15", "2026-02-20"),
    ],
)
def test_a_period_is_whole_days(text: str, first: str, last: str) -> None:
    from datetime import timedelta

    period = Period.parse(text)
    assert (str(period.first_day), str(period.end_day - timedelta(days=1))) == (first, last)


@pytest.mark.parametrize(
    "text", ["", "2026-13", "2026-Q5", "2026-W54", "October", "2026-02-20..2026-01-15", "../../etc", "2026-1"]
)
def test_what_is_no_period_is_refused(text: str) -> None:
    from audits.errors import Unusable

    with pytest.raises(Unusable, match="period"):
        Period.parse(text)


def test_the_last_whole_month_may_end_at_as_of(database: MakeDatabase) -> None:
    path = database()
    for as_of, month in (
        ("2026-06-30", "2026-06"),
        ("2026-06-29", "2026-05"),
        ("2026-07-01", "2026-06"),
        ("2027-01-01", "2026-12"),
    ):
        with opened(path, as_of=as_of) as export:
            assert Period.last_whole_month(export.today).name == month
