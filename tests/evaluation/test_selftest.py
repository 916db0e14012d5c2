"""The self-test: what is put in is found, and a control that misses it is not relied on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from audits.contract.export import Export
from audits.controls.promise import Promise
from audits.evaluation import selftest
from audits.evaluation.results import Results
from audits.law.period import Period
from audits.show import tables
from audits.show.reader import Reader
from audits.workspace import Workspace, sample_folder

from ..cli.test_cli import audits
from ..conftest import WORKSPACE, MakeDatabase, judged, opened

HERE = Path(__file__).parents[2]
CONTROLS = list(WORKSPACE.catalogue.values())
PROMISES = [promise for control in CONTROLS for promise in WORKSPACE.find(control.id)]
PROMISE = "request_handled_in_time"


@pytest.fixture(scope="module")
def outcomes() -> list[selftest.Outcome]:
    with opened("sample") as export:
        return list(selftest.run(export, PROMISES))


@pytest.mark.slow
def test_every_control_that_knows_a_violation_is_tested_and_finds_all(outcomes: list[selftest.Outcome]) -> None:
    without = {c.id for c in CONTROLS if "'violation'" not in c.sql}
    assert without == {"subscriber_gdpr_status_known"}
    assert {o.control for o in outcomes if o.injected} == {c.id for c in CONTROLS} - without
    assert [o for o in outcomes if o.detected < o.injected] == []


@pytest.mark.slow
@pytest.mark.parametrize("home", ["texts/gdpr.toml", "texts/ccpa.toml", "trailhead", "nordlicht"])
def test_with_the_values_of_every_text_that_comes_with_it_nothing_is_missed(home: str) -> None:
    named = home.endswith(".toml")
    workspace = Workspace([HERE / "audits" / home]) if named else Workspace.at(HERE / "examples" / home)
    outcomes = selftest.on_sample(workspace.contract, sample_folder(), list(workspace.promises.values()))
    assert [o for o in outcomes if o.detected < o.injected] == []
    assert sum(o.injected for o in outcomes) > 40


@pytest.mark.slow
def test_a_day_that_a_clock_change_makes_longer_is_tested(outcomes: list[selftest.Outcome]) -> None:
    assert [o.injected for o in outcomes if o.injection == "past_midnight_after_a_clock_change"] == [20]


def changed(was: str, becomes: str) -> Promise:
    """The promise of a time, its query changed."""
    promise = WORKSPACE.one(PROMISE)
    assert was in promise.control.sql
    return replace(promise, control=promise.control.model_copy(update={"sql": promise.control.sql.replace(was, becomes)}))


def test_a_control_that_is_a_day_too_kind_is_caught() -> None:
    with opened() as export:
        found = {o.injection: o for o in selftest.run(export, [changed("$days::integer", "$days::integer + 1")])}
    assert found["a_microsecond_late"].detected == found["a_microsecond_late"].injected  # its own last day is later too
    with opened() as export:
        found = {o.injection: o for o in selftest.run(export, [changed("'late'", "'in_time'")])}
    assert found["a_microsecond_late"].injected > found["a_microsecond_late"].detected == 0


@pytest.mark.slow
def test_the_export_is_as_it_was_afterwards(sample: Export) -> None:
    with opened("sample") as export:
        count = "select (select md5(string_agg(t::varchar, '' order by t::varchar)) from {} as t)"
        tables_read = ("requests", "disclosures", "holdings", "accounts")
        before = [export.con.execute(count.format(t)).fetchone() for t in tables_read]
        list(selftest.run(export, PROMISES))
        assert [export.con.execute(count.format(t)).fetchone() for t in tables_read] == before


def test_a_control_that_misses_is_shown_as_not_relied_on() -> None:
    with opened("sample") as export:
        judged(export, Period.parse("2026-10"), [PROMISE])
        export.con.execute("insert into results.selftest values (?, 'a_microsecond_late', 20, 19)", [PROMISE])
        audit = Reader(Results.of(export))
        assert "not relied on" in tables.scorecard(audit, [PROMISE]).text
        assert "19" in tables.selftest(audit).text


def test_the_command_tells_detected_and_injected() -> None:
    result = audits("selftest", "--control", "opt_out_honoured")
    assert result.exit_code == 0
    assert "opt_out_honoured: a second after" in result.output
    assert "0 missed" in result.output


def test_an_export_without_fit_records_is_not_tested_rather_than_failed(database: MakeDatabase) -> None:
    path: Path = database("delete from requests;")
    result = audits("selftest", "--export", str(path), "--control", PROMISE)
    assert result.exit_code == 0
    assert f"Not tested, for want of data or of violations: {PROMISE}" in result.output
