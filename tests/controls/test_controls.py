"""Every control: its worked examples, and what must hold for all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import sqlglot

from audits.controls.control import FOLDER, Control, load
from audits.controls.example import STATED
from audits.controls.parameter import UNSET
from audits.errors import Unusable
from audits.evaluation.status import VERDICTS

from ..conftest import WORKSPACE
from . import examples

CONTROLS = list(WORKSPACE.catalogue.values())
EXAMPLES = [pytest.param(control, name, id=f"{control.id}-{name}") for control in CONTROLS for name in control.cases]
each_control = pytest.mark.parametrize("control", CONTROLS, ids=lambda c: c.id)
PLACE = re.compile(r"\{(\w+)\}")
_FOUND: dict[tuple[str, str], list[dict[str, Any]]] = {}


def findings(control: Control, name: str) -> list[dict[str, Any]]:
    """The rows that a control gives for one of its examples, worked out once."""
    if (control.id, name) not in _FOUND:
        _FOUND[control.id, name] = examples.found(control, control.cases[name])
    return _FOUND[control.id, name]


@pytest.mark.parametrize(("control", "name"), EXAMPLES)
def test_example(control: Control, name: str) -> None:
    assert not examples.unlike(findings(control, name), control.cases[name]["expect"])


@each_control
def test_examples_show_every_reason_and_every_verdict(control: Control) -> None:
    rows = [row for name in control.cases for row in findings(control, name)]
    assert {row["reason"] for row in rows} == set(control.reasons)
    possible = set(re.findall(rf"'({'|'.join(VERDICTS)})'", control.sql))
    assert {row["verdict"] for row in rows} == possible


@each_control
def test_whatever_a_finding_says_is_stated_by_an_example(control: Control) -> None:
    """When, whose, where, by when, met when, and in which period: of what any example gives a value, some example states one."""
    given, stated = set(), set()
    for name, case in control.cases.items():
        for row in findings(control, name):
            given |= {told for told, column in STATED.items() if row[column] is not None}
            stated |= {told for told, value in case["expect"][row["record_id"]].items() if value != ""}
    assert stated == given


@pytest.mark.parametrize("control", [c for c in CONTROLS if "null::timestamptz as due_at" not in c.sql], ids=lambda c: c.id)
def test_a_due_date_is_stated_on_its_boundary(control: Control) -> None:
    """Of what was done, or judged, within a second of its due date, on both sides."""
    sides = {side for name in control.cases for side in _sides(control, name)}
    assert sides == {"kept", "missed"}


def _sides(control: Control, name: str) -> Iterator[str]:
    case = control.cases[name]
    for row in findings(control, name):
        due = case["expect"][row["record_id"]].get("due_at")
        for at in (row["met_at"], row["event_at"] if control.acts else None, examples.as_of(case)):
            if due and at and abs(at - due) <= timedelta(seconds=1):
                yield "kept" if at <= due else "missed"


@pytest.mark.parametrize(
    ("control", "name"), [pytest.param(c, name, id=f"{c.id}-{name}") for c in CONTROLS if c.shown for name in c.cases]
)
def test_what_is_only_shown_turns_nothing(control: Control, name: str) -> None:
    example = control.cases[name]
    emptied = {table: [_without(row, control.shown) for row in rows] for table, rows in example["given"].items()}
    judged = [(row["record_id"], row["verdict"], row["reason"], row["event_at"]) for row in findings(control, name)]
    again = examples.found(control, {**example, "given": emptied})
    assert sorted(map(str, judged)) == sorted(
        str((row["record_id"], row["verdict"], row["reason"], row["event_at"])) for row in again
    )


def _without(row: dict[str, Any], columns: set[str]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in columns}


def test_what_a_view_of_the_laws_may_ask_is_not_only_shown() -> None:
    assert "destination_country" in WORKSPACE.catalogue["agreement_in_force_at_disclosure"].shown
    assert not WORKSPACE.catalogue["transfer_destination_matches_register"].shown


@each_control
def test_columns_are_those_of_every_control(control: Control) -> None:
    name = next(n for n, case in control.cases.items() if case["expect"])
    assert {*findings(control, name)[0]} == {*control.columns, "met_at", "is_open", "scope", "waived_until"}


@each_control
def test_a_reason_belongs_to_one_verdict(control: Control) -> None:
    rows = [row for name in control.cases for row in findings(control, name)]
    verdicts: dict[str, set[str]] = {}
    for row in rows:
        verdicts.setdefault(row["reason"], set()).add(row["verdict"])
    assert all(len(v) == 1 for v in verdicts.values()), verdicts


@each_control
def test_title_is_a_sentence_that_can_be_true_or_false(control: Control) -> None:
    assert re.match(r"[A-Z][^.?!]+ (is|are|who|was|were)\b|[A-Z].* (is|are) ", control.title), control.title
    assert not control.title.endswith(".")


@each_control
def test_a_control_says_what_to_do_and_its_title_in_short(control: Control) -> None:
    assert 1 < len(control.short.split()) <= 6
    assert len(control.remedy.split()) > 2
    assert not control.remedy.endswith(".")


@each_control
def test_a_control_says_everything_in_german(control: Control) -> None:
    own, told = control.model_dump(), control.words["de"].model_dump()
    assert {*told["reasons"]} == {*control.reasons}
    assert {*told["readings"]} == {*control.readings}
    assert all(
        [told["title"], told["short"], told["rule"], told["remedy"], *told["reasons"].values(), *told["readings"].values()]
    )
    for english, german in [
        *((own[part], told[part]) for part in ("title", "short", "rule", "remedy")),
        *((text, told["reasons"][reason]) for reason, text in control.reasons.items()),
    ]:
        assert set(PLACE.findall(german)) == set(PLACE.findall(english)), german
        assert german != english


def test_what_controls_say_alike_they_say_alike_in_german() -> None:
    said: dict[str, set[str]] = {}
    for control in CONTROLS:
        for reason, text in control.reasons.items():
            said.setdefault(text, set()).add(control.words["de"].reasons[reason])
    assert {text: german for text, german in said.items() if len(german) > 1} == {}


def test_short_titles_tell_promises_apart() -> None:
    shorts = [p.short for p in WORKSPACE.promises.values()]
    assert not {s for s in shorts if shorts.count(s) > 1}
    assert not [s for s in shorts if len(s.split()) > 6]


@each_control
def test_a_control_knows_no_text(control: Control) -> None:
    ours = {
        word for text in WORKSPACE.texts for word in (text.id, *text.company.lower().split(","), *text.lists.get("sites", ()))
    }
    file = (FOLDER / control.section / f"{control.id}.sql").read_text(encoding="utf-8").lower()
    assert not [word for word in ours if word.strip() and word.strip() in file]
    said = " ".join([control.title, control.short, control.remedy])
    assert not re.search(r"\b(ten|thirteen|fourteen|thirty|sixty|ninety|\d+)\b", re.sub(r"\{\w+\}", "", said)), said


@each_control
def test_query_uses_no_clock_no_file_and_no_other_control(control: Control) -> None:
    forbidden = r"\b(now|current_date|current_timestamp|today|random|uuid|read_csv|read_parquet|glob|copy|attach|getenv)\b"
    assert not re.search(forbidden, control.sql, flags=re.IGNORECASE)
    assert not any(other.id in control.sql for other in CONTROLS if other.id != control.id)


@each_control
def test_query_can_be_carried_to_spark(control: Control) -> None:
    assert sqlglot.transpile(control.sql, read="duckdb", write="spark")


@each_control
def test_every_column_that_is_read_is_declared(control: Control) -> None:
    tree = sqlglot.parse_one(control.sql, read="duckdb")
    named = {c.name for c in tree.find_all(sqlglot.exp.Column)}
    keys = {c for t in control.tables for c in WORKSPACE.contract[t].key}
    declared = {c for _, c in control.read_columns()} | keys | {"account_id", "country", "channel", "type"}
    known = {c.name for t in control.tables for c in WORKSPACE.contract[t].columns} - {"due_at", "source"}
    # due_at and source are columns of the view as well; own_deadline_kept reads the export's own as own_due_at.
    assert named & known <= declared


SKELETON = """/*
id = "a_control"
title = "A duty is met"
short = "Duty met"
rule = "It is."
remedy = "Meet it"
severity = "low"
tables.requests = ["closed_at"]
{more}
[reasons]
met = "met"
*/
select request_id as record_id, account_id, country, closed_at as event_at, null::timestamptz as due_at, 'compliant' as verdict, 'met' as reason
from requests
where closed_at < $as_of;

/* examples
as_of = 2026-06-30
[one]
given.requests = []
expect = {{}}
*/
"""


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (SKELETON.format(more='colour = "red"'), "colour: is no key that belongs here"),
        (SKELETON.format(more="parameters.days = { default = 3 }"), "differ in days"),
        (
            SKELETON.format(more="").replace('closed_at"]', 'shut_at"]'),
            "the contract has no requests.shut_at",
        ),
        (SKELETON.format(more="").replace('"low"', '"dire"'), "severity: must be 'high', 'medium' or 'low'"),
        (SKELETON.format(more='note = "*/"'), "each closed once"),
        (SKELETON.format(more="").replace("a_control", "another"), "name the file another.sql"),
        (SKELETON.format(more="").replace("select", "delete from accounts; select"), "expected one query"),
        (
            SKELETON.format(more="").replace("$as_of;", "now();"),
            "now() gives another answer in each run: $as_of is the instant",
        ),
        (SKELETON.format(more="").replace("$as_of;", "current_date;"), "current_date gives another answer in each run"),
        (SKELETON.format(more="").replace("$as_of;", "$as_of using sample 3;"), "a sample gives another answer in each run"),
        (SKELETON.format(more='begins = "received_at"'), "begins: the query gives no column received_at behind reason"),
        (SKELETON.format(more="x = = 1"), "head:"),
        (SKELETON.format(more="").replace("$as_of;", "$as_of and;"), "query:"),
        (SKELETON.format(more="").replace("is met", "is met in {days} days"), "{days} stands in a sentence, and is no parameter"),
        (SKELETON.format(more="").replace("Duty met", "A duty that somebody meets in time"), "has more than 6 words"),
        (
            SKELETON.format(more="").replace("country, closed_at", "closed_at"),
            "its columns begin with record_id, account_id, country",
        ),
        (
            SKELETON.format(more='parameters.days = { default = -1, unit = "days" }'),
            "parameters.days: -1 is not a whole number of days",
        ),
        (SKELETON.format(more='parameters.days = { unit = "days" }'), "parameters.days.type: is missing"),
        (SKELETON.format(more='feeds = ["hope"]'), "feeds (entry 1): must be '"),
        (
            SKELETON.format(more="").replace("given.requests", "given.tickets"),
            "one.given.tickets: the contract has no such table",
        ),
        (
            SKELETON.format(more="").replace("given.requests = []", 'given.requests = [{ shut_at = "x" }]'),
            "one.given.requests.shut_at: the contract has no such column",
        ),
        (SKELETON.format(more="").replace("expect =", "expects ="), "one: an example has the tables given and expect"),
        (SKELETON.format(more="").replace("[one]", '[one]\nperid = "2026-06"'), "one.perid: an example has no such key"),
        (
            SKELETON.format(more="").replace("expect = {}", 'expect.r = "compliant: kept"'),
            "one.expect.r: kept is none of the control's reasons",
        ),
        (
            SKELETON.format(more="").replace("expect = {}", 'expect.r = { verdict = "compliant: met", due = "" }'),
            "one.expect.r: due: is none of verdict, reason",
        ),
        (
            SKELETON.format(more="").replace("expect = {}", 'expect.r = { verdict = "compliant: met", due_at = 2026-01-01 }'),
            "one.expect.r: due_at: is an instant with its offset",
        ),
        (
            SKELETON.format(more="").replace("expect = {}", 'expect.r = { verdict = "compliant: met", scope = "period" }'),
            "one.expect.r: scope: of which period?",
        ),
        (SKELETON.format(more="").replace("expect = {}", 'expect.r = { due_at = "" }'), "one.expect.r: states no verdict"),
        (
            SKELETON.format(more="").replace("[one]", '[equivalent]\n"a → b" = ""\n[one]'),
            "equivalent: each changed piece has a reason",
        ),
    ],
)
def test_loader_says_in_one_line_what_is_wrong(tmp_path: Any, text: str, says: str) -> None:
    file = tmp_path / "a_control.sql"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(Unusable) as caught:
        load(file, WORKSPACE.contract)
    assert says in str(caught.value)
    assert "a_control.sql" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_new_control_is_one_new_file(tmp_path: Any) -> None:
    file = tmp_path / "a_control.sql"
    file.write_text(SKELETON.format(more=""), encoding="utf-8")
    assert load(file, WORKSPACE.contract).id == "a_control"


def test_a_number_that_nobody_promises_is_bound_as_null() -> None:
    control = WORKSPACE.catalogue["visitor_request_redirected"]
    assert control.bound() == control.bound({"redirect_days": UNSET}) == {"redirect_days": None}
    with pytest.raises(Unusable, match="no parameter colour"):
        control.bound({"colour": 1})


def test_every_sql_file_is_a_control() -> None:
    assert {f.stem for f in FOLDER.rglob("*.sql")} == set(WORKSPACE.catalogue)
