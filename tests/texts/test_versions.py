"""A text in force: its versions, its first day, and the people whom it protects."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from audits.controls.force import Force
from audits.errors import Unusable
from audits.evaluation.job import Job, evaluated
from audits.evaluation.results import Results
from audits.explore.audit import Audit
from audits.law.opening import open_rows
from audits.operate import ledger
from audits.show import charts, leadership, tables
from audits.workspace import Workspace

from ..cli.test_cli import audits
from ..conftest import WORKSPACE

VERSION = """
id = "nordlicht"
title = "Nordlicht's policy"
company = "Nordlicht GmbH"
in_force_from = {day}
[leadership]
headlines = ["request_handled_in_time"]
[[promises]]
use = "request_handled_in_time"
days = {days}
[[clauses]]
id = "answered"
section = "Rights"
duty = "Requests are handled in time"
kind = "measured"
promises = ["request_handled_in_time"]
"""
OLD, NEW = "nordlicht-until-2026-02-28", "nordlicht"


def written(folder: Path, name: str, day: str, days: int) -> Path:
    file = folder / f"{name}.toml"
    file.write_text(VERSION.format(day=day, days=days))
    return file


@pytest.fixture
def versions(tmp_path: Path) -> Workspace:
    """Thirty days since 2025, twenty-one since March 2026."""
    return Workspace([written(tmp_path, "a", "2025-01-01", 30), written(tmp_path, "b", "2026-03-01", 21)])


def request(name: str, received: str, closed: str | None) -> dict[str, Any]:
    own = {"request_id": name, "type": "access", "country": "DE", "requester_role": "subscriber", "received_at": received}
    return {**own, **({"closed_at": closed, "responded_at": closed, "outcome": "fulfilled"} if closed else {})}


def results(workspace: Workspace, period: str, requests: list[dict[str, Any]]) -> Results:
    """Of these requests, exported on the first of July 2026."""
    folder = workspace.files[0].parent / "export"
    folder.mkdir(exist_ok=True)
    (folder / "export_info.json").write_text('[{"exported_at": "2026-07-01T00:00:00Z", "timezone": "UTC"}]')
    (folder / "requests.json").write_text(json.dumps(requests))
    return evaluated(workspace, Job(export=str(folder), period=period))


REQUESTS = [
    request("before_the_first", "2024-12-31T23:59:59Z", "2025-06-01T08:00:00Z"),
    request("last_of_the_old", "2026-02-28T23:59:59Z", "2026-03-30T20:00:00Z"),  # thirty days later
    request("first_of_the_new", "2026-03-01T00:00:00Z", "2026-03-30T20:00:00Z"),  # twenty-nine
    {**request("undated", "2026-03-01T00:00:00Z", "2026-03-30T20:00:00Z"), "received_at": None},
]


def test_each_duty_is_judged_by_the_version_in_force_when_it_arose(versions: Workspace) -> None:
    found = results(versions, "2026-03", requests=REQUESTS)
    assert list(versions.promises) == [f"{OLD}/request_handled_in_time", f"{NEW}/request_handled_in_time"]
    old, new = (found.promise(f"{text}/request_handled_in_time") for text in (OLD, NEW))
    assert (old.compliant, old.violation, old.indeterminate) == (1, 0, 1)
    assert (new.compliant, new.violation, new.indeterminate) == (0, 1, 1)  # of what is undated nobody can tell which
    assert old.title.endswith("within 30 days")
    assert new.title.endswith("within 21 days")


def test_what_arose_before_any_version_is_judged_by_none(versions: Workspace) -> None:
    found = results(versions, "2025", requests=REQUESTS[:1])
    assert [p.judged for p in found.promises.values()] == [0, 0]


@pytest.mark.parametrize(("period", "first"), [("2026-02", OLD), ("2026-03", NEW)])
def test_the_version_in_force_at_the_end_of_the_period_is_leaderships(versions: Workspace, period: str, first: str) -> None:
    found = results(versions, period, requests=REQUESTS)
    assert found.texts[0].text == first
    assert len(found.texts) == 2


def test_both_versions_are_on_one_chart_and_on_every_page(versions: Workspace) -> None:
    in_january = request("in_january", "2026-01-02T08:00:00Z", "2026-01-20T08:00:00Z")
    audit = reader(versions, results(versions, "2026-03", requests=[*REQUESTS, in_january]))
    chart = charts.rate_by_month(audit, "request_handled_in_time")
    assert isinstance(chart, charts.Chart)
    lines = [line.name for line in chart.figure.data if line.showlegend is not False]
    assert [line.rpartition(" ")[0].rpartition(" ")[2] for line in lines] == ["21", "30"]
    assert "within 30 days" in tables.answer(audit, "request_handled_in_time").text
    assert "Nordlicht's policy (until 2026-02-28)" in leadership.others(audit).text
    assert "Nordlicht's policy (until 2026-02-28)" in tables.coverage_answer(audit).text
    assert tables.texts_and_texts(audit).text == "No two texts promise the same with different values.", "no record is under both"


def test_what_is_open_under_an_earlier_version_is_in_the_answer_and_among_what_is_open(versions: Workspace) -> None:
    """Received under thirty days, and not answered: broken in April, when the promise is twenty-one days."""
    left_open = request("left_open", "2026-02-25T08:00:00Z", None)
    kept = request("kept", "2026-03-20T08:00:00Z", "2026-04-02T08:00:00Z")
    found = results(versions, "2026-04", requests=[left_open, kept])
    assert [p.status for p in found.promises.values()] == ["not_satisfied", "satisfied"]
    assert found.standing("nordlicht").to_dict() == {"answered": "not_satisfied"}
    assert ledger.counts(found) == {"kept": 0, "broken": 1, "untold": 0, "unjudged": 0}
    audit = reader(versions, found)
    assert "0 of 1 clause" in leadership.summary(audit).text
    assert "Since when" in leadership.broken(audit).text
    chart = charts.open_by_age(audit, "request_handled_in_time")
    assert isinstance(chart, charts.Chart)
    assert chart.says == "1 request open on 1 July 2026, 1 of them overdue."
    assert tables.open_by_age(audit, "request_handled_in_time").text.count("Open on") == 1


def test_a_new_control_is_judged_by_the_version_in_force_when_the_duty_began(tmp_path: Path) -> None:
    """The skeleton says when a duty began; a control of a table of one's own says it by `begins`."""
    files = [written(tmp_path, "a", "2025-01-01", 30), written(tmp_path, "b", "2026-03-01", 21)]
    (tmp_path / "audits.toml").write_text('texts = ["a.toml", "b.toml"]\n')
    assert audits("new", "control", "answered_soon", "--section", "service", "--workspace", tmp_path).exit_code == 0
    for file in files:
        file.write_text(file.read_text().replace("request_handled_in_time", "answered_soon"))
    found = results(Workspace.at(tmp_path), "2026-03", requests=REQUESTS[1:3])
    old, new = (found.promise(f"{text}/answered_soon") for text in (OLD, NEW))
    assert ((old.compliant, old.violation), (new.compliant, new.violation)) == ((1, 0), (0, 1))


def reader(workspace: Workspace, found: Results) -> Audit:
    audit = Audit.__new__(Audit)
    super(Audit, audit).__init__(found, "auditor")
    audit.workspace = workspace
    return audit


def test_two_texts_that_promise_the_same_otherwise_stand_side_by_side(tmp_path: Path) -> None:
    other = written(tmp_path, "b", "2025-01-01", 21)
    other.write_text(other.read_text().replace('"nordlicht"', '"suedlicht"').replace("Nordlicht's", "Suedlicht's"))
    workspace = Workspace([written(tmp_path, "a", "2025-01-01", 30), other])
    audit = reader(workspace, results(workspace, "2026-03", requests=REQUESTS[2:3]))
    shown = tables.texts_and_texts(audit).text
    assert "Nordlicht's policy kept\t0\t1" in shown
    assert "Suedlicht's policy broken" in shown


def test_a_control_that_no_text_promises_is_told_and_a_word_that_is_none_is_refused(versions: Workspace) -> None:
    audit = reader(versions, results(versions, "2026-03", requests=REQUESTS))
    shown = tables.answer(audit, "opt_out_honoured")
    assert shown.text == "Not promised here: Who opted out is sent no newsletter or promotion any more."
    assert not shown.html, "a page says nothing of what nobody promised"
    assert charts.rate_by_month(audit, "opt_out_honoured") is not None
    assert tables.scorecard(audit, ["opt_out_honoured", "request_handled_in_time"]).text.count("Requests to access") == 2
    with pytest.raises(Unusable, match="opt_out_honored"):
        tables.answer(audit, "opt_out_honored")


def test_two_versions_of_one_day_are_refused(tmp_path: Path) -> None:
    files = [written(tmp_path, "a", "2026-03-01", 30), written(tmp_path, "b", "2026-03-01", 21)]
    with pytest.raises(Unusable, match="nordlicht: two texts of this id are in force from the same day"):
        Workspace(files).texts  # noqa: B018


HELD = {
    "holding_id": "h",
    "account_id": "a",
    "category": "profile",
    "disposition": "held",
    "collected_at": "2015-01-01T00:00:00Z",
}


def test_what_goes_on_is_judged_though_it_began_before_the_law() -> None:
    """An act of before is over; what is still there is not."""
    force, control = Force(since=date(2018, 5, 25)), WORKSPACE.catalogue["data_protected_at_rest"]
    export = open_rows(WORKSPACE.contract, {"holdings": [{**HELD, "encrypted_at_rest": False}]}, "2026-07-01")
    sql = force.within(control.sql.rstrip(";").replace("$as_of", "timestamptz '2026-07-01'"), control)
    assert export.con.execute(f"select verdict from ({sql})").fetchall() == [("violation",)]
    messages = [
        {"message_id": d, "account_id": "a", "kind": "newsletter", "sent_at": f"{d}T12:00:00Z"}
        for d in ("2018-05-24", "2018-05-25")
    ]
    rows = {"messages": messages, "accounts": [{"account_id": "a", "country": "DE"}], "consents": []}
    export = open_rows(WORKSPACE.contract, rows, "2026-07-01")
    (promise,) = WORKSPACE.find("marketing_message_had_opt_in")
    query, values = promise.query(export.as_of)
    acts = force.within(query, promise.control)
    assert export.con.execute(f"select record_id from ({acts})", values).fetchall() == [("2018-05-25",)]


def test_only_whom_a_text_protects_is_judged_and_who_may_be_is_undecided() -> None:
    places = {"ca": ("US", "CA"), "tx": ("US", "TX"), "de": ("DE", None), "some_state": ("US", None), "nowhere": (None, None)}
    accounts = [{"account_id": a, "country": c, "region": r} for a, (c, r) in places.items()]
    asked = [{**request(a, "2026-05-01T08:00:00Z", "2026-05-10T08:00:00Z"), "account_id": a} for a in (*places, "gone")]
    rows = {"accounts": accounts, "requests": [*asked, request("of_nobody", "2026-05-01T08:00:00Z", "2026-05-10T08:00:00Z")]}
    export = open_rows(WORKSPACE.contract, rows, "2026-07-01")
    (promise,) = WORKSPACE.find("request_handled_in_time")
    query, values = promise.query(export.as_of)
    sql = Force(people=("US-CA",)).within(query, promise.control)
    found = dict(export.con.execute(f"select record_id, reason from ({sql})", values).fetchall())
    unknown = dict.fromkeys(("some_state", "nowhere", "gone", "of_nobody"), "whom_unknown")
    assert found == {"ca": "in_time", **unknown}
