"""A workspace: promises by their names, values from a file, and two of them that know nothing of each other."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from audits.controls.control import FOLDER
from audits.errors import Unusable
from audits.evaluation import selftest
from audits.evaluation.job import Job, evaluated
from audits.show import leadership
from audits.show.reader import Reader
from audits.texts import text
from audits.workspace import Workspace, sample_folder

from .cli.test_cli import audits
from .conftest import WORKSPACE, opened

TEXT = """
id = "nordlicht"
title = "Nordlicht's policy"
company = "Nordlicht GmbH"
[leadership]
headlines = ["answered_quickly"]
[[promises]]
id = "answered_quickly"
use = "request_handled_in_time"
days = 21
[[clauses]]
id = "requests.answered"
section = "Your rights"
duty = "Requests are answered within 21 days"
kind = "measured"
promises = ["answered_quickly"]
[[clauses]]
id = "data.sold"
section = "Sharing"
duty = "Data is not sold"
kind = "measured"
"""


@pytest.fixture
def other(tmp_path: Path) -> Workspace:
    """A workspace of another company, with a control of its own."""
    (tmp_path / "nordlicht.toml").write_text(TEXT)
    own = tmp_path / "controls" / "rights"
    own.mkdir(parents=True)
    shutil.copy(FOLDER / "rights" / "request_handled_in_time.sql", own)
    return Workspace([tmp_path / "nordlicht.toml"], [tmp_path / "controls"])


def test_two_workspaces_in_one_process_do_not_meet(other: Workspace) -> None:
    assert list(other.promises) == ["nordlicht/answered_quickly"]
    assert list(other.catalogue) == ["request_handled_in_time"]
    assert len(WORKSPACE.catalogue) > 90
    theirs = evaluated(other, Job(period="2026-10"))
    ours = evaluated(WORKSPACE, Job(period="2026-10", promises=("request_handled_in_time",)))
    assert [p.title for p in theirs.promises.values()] == ["Requests to access, change or remove data are handled within 21 days"]
    assert [p.title for p in ours.promises.values()] == ["Requests to access, change or remove data are handled within 30 days"]
    assert theirs.promise("answered_quickly").violation > ours.promise("request_handled_in_time").violation
    assert theirs.texts[0].company == "Nordlicht GmbH"
    assert ours.texts[0].company != "Nordlicht GmbH"


def test_a_clause_without_a_promise_is_not_assessed(other: Workspace) -> None:
    frame = evaluated(other, Job(period="2026-10")).clauses().set_index("clause_id")
    assert tuple(frame.loc["data.sold", ["status", "missing"]]) == ("not_assessed", "no control")
    assert frame.loc["requests.answered", "status"] == "not_satisfied"


@pytest.mark.parametrize(
    "name", ["jivochat/request_handled_in_time", "request_handled_in_time", "request_handled_in_thirty_days"]
)
def test_a_promise_is_found_by_any_of_its_names(name: str) -> None:
    assert [p.id for p in WORKSPACE.find(name)] == ["jivochat/request_handled_in_time"]


def test_a_control_that_no_text_uses_is_a_promise_with_its_defaults(other: Workspace) -> None:
    (control,) = other.catalogue.values()
    bare = Workspace([], other._controls).one(control.id)
    assert (bare.id, bare.values["days"], bare.owner) == ("request_handled_in_time", 30, "no owner named")


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("days = -5", "days: -5 is not a whole number of days from 0 to 36500"),
        ("days = 15.7", "days: 15.7 is not a whole number of days"),
        ("days = true", "days: true is not a whole number of days"),
        ('days = "thirty"', 'days: "thirty" is not a whole number of days'),
        ("days = 2026-01-01", "days: 2026-01-01 is not a whole number of days"),
        ("days = 99999999999", "days: 99999999999 is not a whole number of days"),
        ('handled_means = "respnded"', 'handled_means: "respnded" is not one of closed, responded'),
        ("handled_means = true", "handled_means: true is not one of closed, responded"),
        ("dayz = 3", "no parameter dayz; it has: days, handled_means"),
    ],
)
def test_a_wrong_value_is_one_line_and_exit_2(tmp_path: Path, written: str, says: str) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(f"[request_handled_in_time]\n{written}\n")
    result = audits("evaluate", "--parameters", file, "--promise", "request_handled_in_time")
    assert result.exit_code == 2
    assert says in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_parameter_file_may_name_a_control_as_it_was_called_before(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(
        '[request_handled_in_thirty_days]\ndays = 5\n[transfer_destination_operated_in]\noperating_countries = "DE|CH"\n'
    )
    assert WORKSPACE.values_of(file) == {
        "jivochat/request_handled_in_time": {"days": 5},
        "jivochat/transfer_destination_operated_in": {"operating_countries": "DE|CH"},
    }
    chosen = {p.name: p.values for p in Job(parameters=file).chosen(WORKSPACE)}
    assert chosen["transfer_destination_operated_in"]["operating_countries"] == ["DE", "CH"]


def test_what_a_text_must_name_and_does_not_leaves_a_promise_not_assessed(tmp_path: Path) -> None:
    (tmp_path / "t.toml").write_text('id = "t"\ntitle = "T"\n[[promises]]\nuse = "legal_hold_justified"\n')
    results = evaluated(Workspace([tmp_path / "t.toml"]), Job(period="2026-10"))
    assert (results.promise("legal_hold_justified").status, results.promise("legal_hold_justified").why) == (
        "not_assessed",
        "the text names no hold grounds",
    )


def test_a_text_that_uses_no_control_of_ours_says_so(tmp_path: Path) -> None:
    (tmp_path / "t.toml").write_text('id = "t"\ntitle = "T"\n[[promises]]\nuse = "request_handled_in_tme"\n')
    with pytest.raises(Unusable, match=r"t: promise request_handled_in_tme: .*did you mean request_handled_in_time"):
        _ = Workspace([tmp_path / "t.toml"]).promises


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ("days = 21", "tolerance = true", "tolerance"),
        ("days = 21", 'tolerance = "0.5"', "tolerance"),
        ('use = "request_handled_in_time"\ndays = 21', 'use = "question_answered"', "is the name of another control"),
    ],
)
def test_a_text_that_would_judge_wrongly_is_refused(tmp_path: Path, was: str, becomes: str, says: str) -> None:
    file = tmp_path / "nordlicht.toml"
    file.write_text(TEXT.replace('answered_quickly"', 'request_handled_in_time"').replace(was, becomes))
    with pytest.raises(Unusable, match=says):
        Workspace([file]).promises  # noqa: B018


def test_unset_is_no_word_of_a_list(tmp_path: Path) -> None:
    (tmp_path / "p.toml").write_text('[disclosure_purpose_permitted]\ndisclosure_purposes = ["unset"]\n')
    with pytest.raises(Unusable, match='"unset" is not'):
        WORKSPACE.values_of(tmp_path / "p.toml")


def test_blanks_around_a_word_are_no_part_of_it(tmp_path: Path) -> None:
    (tmp_path / "p.toml").write_text('[disclosure_purpose_permitted]\ndisclosure_purposes = [" hosting "]\n')
    assert WORKSPACE.values_of(tmp_path / "p.toml")["jivochat/disclosure_purpose_permitted"] == {
        "disclosure_purposes": [" hosting "]
    }
    (promise,) = WORKSPACE.find("disclosure_purpose_permitted")
    assert promise.with_values({"disclosure_purposes": [" hosting "]}).values["disclosure_purposes"] == ["hosting"]


@pytest.mark.parametrize(
    "order",
    [
        ("jivochat/request_handled_in_time", "request_handled_in_time"),
        ("request_handled_in_time", "jivochat/request_handled_in_time"),
    ],
)
def test_the_narrower_table_of_a_parameter_file_counts(tmp_path: Path, order: tuple[str, str]) -> None:
    days = {"jivochat/request_handled_in_time": 5, "request_handled_in_time": 7}
    (tmp_path / "p.toml").write_text("".join(f'["{name}"]\ndays = {days[name]}\n' for name in order))
    assert WORKSPACE.values_of(tmp_path / "p.toml")["jivochat/request_handled_in_time"]["days"] == 5


def test_other_values_than_those_promised_are_told(tmp_path: Path) -> None:
    (tmp_path / "p.toml").write_text("[request_handled_in_time]\ndays = 240\n")
    found = evaluated(WORKSPACE, Job(period="2026-10", promises=("request_handled_in_time",), parameters=tmp_path / "p.toml"))
    assert "request_handled_in_time is judged with days = 240; what is promised is 30" in found.run.notes
    assert found.promise("request_handled_in_time").indeterminate == 0
    same = evaluated(WORKSPACE, Job(period="2026-10", promises=("request_handled_in_time",)))
    assert not same.run.notes
    reader = Reader(found, "leadership")
    assert "request_handled_in_time is judged with days = 240; what is promised is 30" in leadership.summary(reader).text


def test_records_of_nobody_are_told_where_another_company_is_judged_by_them() -> None:
    law = Workspace([text.FOLDER / "gdpr.toml"])
    found = evaluated(law, Job(period="2026-10", promises=("request_handled_in_statutory_time",)))
    assert (
        "The records are the sample, those of a company that there is not" in leadership.summary(Reader(found, "leadership")).text
    )


def test_a_part_of_its_promises_tells_nothing_good_of_a_clause() -> None:
    clauses = {c.id: c for c in WORKSPACE.texts[0].clauses}
    found = evaluated(WORKSPACE, Job(period="2026-10", promises=("beacon_has_consent", "statutory_minimum_kept")))
    frame = found.clauses().set_index("clause_id")
    assert {p.status for p in found.promises.values()} == {"satisfied"}
    partly = [c for c in frame.index[frame.status == "satisfied"] if len(clauses[c].promises) > 1]
    assert not partly


def test_injections_know_no_companys_numbers() -> None:
    """A promise with another value than the sample's is relied on as well."""
    values = {
        "no_account_under_age": {"years": 12},
        "investigation_notified_in_time": {"hours": 96},
        "inquiry_answered": {"days": 60},
        "recipient_safeguards_checked": {"check_days": 500},
        "opt_out_honoured": {"grace_days": 2},
        "no_processing_after_withdrawal": {"grace_days": 10},
    }
    chosen = [p.with_values(values[p.name]) for name in values for p in WORKSPACE.find(name)]
    for outcome in selftest.on_sample(WORKSPACE.contract, sample_folder(), chosen):
        assert outcome.injected == outcome.detected > 0, outcome


def test_an_injection_that_cannot_be_made_is_one_line() -> None:
    (promise,) = WORKSPACE.find("question_answered")
    broken = replace(promise, control=promise.control.model_copy(update={"inject": {"lost": {"nowhere": {"x": "1"}}}}))
    with opened() as export, pytest.raises(Unusable, match="control question_answered: injection lost"):
        list(selftest.run(export, [broken]))


def test_a_control_that_fails_on_the_sample_is_not_relied_on_and_stops_no_other() -> None:
    (promise,), (other,) = WORKSPACE.find("question_answered"), WORKSPACE.find("consent_is_express")
    broken = replace(promise, control=promise.control.model_copy(update={"inject": {"lost": {"nowhere": {"x": "1"}}}}))
    failed, *others = selftest.on_sample(WORKSPACE.contract, sample_folder(), [broken, other])
    assert (failed.control, failed.injected, failed.detected) == ("question_answered", 1, 0)
    assert {outcome.injected - outcome.detected for outcome in others} == {0}
