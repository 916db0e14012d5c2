"""Every control: its worked examples, and what must hold for all of them."""

from __future__ import annotations

import re
from typing import Any

import duckdb
import pytest
import sqlglot

from audits.contract.export import open_rows
from audits.contract.schema import contract
from audits.controls.control import FOLDER, UNSET, Control, catalogue, load
from audits.errors import Unusable
from audits.evaluation.findings import FIXED
from audits.evaluation.status import VERDICTS
from audits.texts import policy

CONTROLS = list(catalogue().values())
EXAMPLES = [
    pytest.param(control, name, id=f"{control.id}-{name}")
    for control in CONTROLS
    for name, example in control.examples.items()
    if isinstance(example, dict)
]
each_control = pytest.mark.parametrize("control", CONTROLS, ids=lambda c: c.id)


def findings(control: Control, name: str) -> list[dict[str, Any]]:
    """The rows that a control gives for one of its examples."""
    example = control.examples[name]
    as_of = str(example.get("as_of", control.examples.get("as_of")))
    info = (example["given"].get("export_info") or [{}])[0]
    with open_rows(example["given"], as_of, info.get("timezone", "UTC")) as export:
        values = {"as_of": export.as_of, **control.bound(example.get("parameters"))}
        used = duckdb.extract_statements(control.sql)[0].named_parameters
        result = export.con.execute(control.sql, {k: v for k, v in values.items() if k in used})
        names = [d[0] for d in result.description]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


@pytest.mark.parametrize(("control", "name"), EXAMPLES)
def test_example(control: Control, name: str) -> None:
    found = findings(control, name)
    said = {row["record_id"]: f"{row['verdict']}: {row['reason']}" for row in found}
    expected: dict[str, str] = control.examples[name]["expect"]
    assert len(found) == len(expected), said
    assert {r: s if ":" in expected.get(r, "") else s.split(":")[0] for r, s in said.items()} == expected


@each_control
def test_examples_show_every_reason_and_every_verdict(control: Control) -> None:
    rows = [row for name, e in control.examples.items() if isinstance(e, dict) for row in findings(control, name)]
    assert {row["reason"] for row in rows} == set(control.reasons)
    possible = set(re.findall(rf"'({'|'.join(VERDICTS)})'", control.sql))
    assert {row["verdict"] for row in rows} == possible


@each_control
def test_columns_are_those_of_every_control(control: Control) -> None:
    name = next(n for n, e in control.examples.items() if isinstance(e, dict) and e["expect"])
    assert tuple(findings(control, name)[0])[: len(FIXED)] == FIXED


@each_control
def test_a_reason_belongs_to_one_verdict(control: Control) -> None:
    rows = [row for name, e in control.examples.items() if isinstance(e, dict) for row in findings(control, name)]
    verdicts: dict[str, set[str]] = {}
    for row in rows:
        verdicts.setdefault(row["reason"], set()).add(row["verdict"])
    assert all(len(v) == 1 for v in verdicts.values()), verdicts


@each_control
def test_clauses_stand_in_the_policy(control: Control) -> None:
    assert control.clauses
    assert all(policy.load().clause(c) for c in control.clauses)


@each_control
def test_title_is_a_sentence_that_can_be_true_or_false(control: Control) -> None:
    assert re.match(r"[A-Z][^.?!]+ (is|are|who|was|were)\b|[A-Z].* (is|are) ", control.title), control.title
    assert not control.title.endswith(".")


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
    keys = {c for t in control.tables for c in contract()[t].key}
    declared = {c for _, c in control.read_columns()} | keys | {"account_id", "country", "channel", "type"}
    known = {c.name for t in control.tables for c in contract()[t].columns} - {"due_at", "source"}
    # due_at and source are columns of the view as well; own_deadline_kept reads the export's own as own_due_at.
    assert named & known <= declared


def test_promise_of_the_controls_is_that_of_the_reference_table(sample: Any) -> None:
    (days,) = sample.con.execute("select value from deadlines where rule_set = 'policy'").fetchone()
    assert {c.parameters["days"] for c in CONTROLS if c.section == "rights" and "days" in c.parameters} == {days}


SKELETON = """/*
id = "a_control"
title = "A duty is met"
rule = "It is."
clauses = ["rights.handled-30-days"]
severity = "low"
tables.requests = ["closed_at"]
{more}
[reasons]
met = "met"
*/
select request_id as record_id from requests where closed_at < $as_of;

/* examples
[one]
given.requests = []
expect = {{}}
*/
"""


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (SKELETON.format(more='colour = "red"'), "colour: Extra inputs"),
        (SKELETON.format(more="parameters = { days = 3 }"), "differ in days"),
        (
            SKELETON.format(more="").replace('closed_at"]', 'shut_at"]'),
            "the contract has no requests.shut_at",
        ),
        (SKELETON.format(more="").replace('"low"', '"dire"'), "severity: Input should be"),
        (SKELETON.format(more='note = "*/"'), "each closed once"),
        (SKELETON.format(more="").replace("a_control", "another"), "name the file another.sql"),
        (SKELETON.format(more="").replace("select", "delete from accounts; select"), "expected one query"),
        (SKELETON.format(more="x = = 1"), "head:"),
        (SKELETON.format(more="").replace("$as_of;", "$as_of and;"), "query:"),
    ],
)
def test_loader_says_in_one_line_what_is_wrong(tmp_path: Any, text: str, says: str) -> None:
    file = tmp_path / "a_control.sql"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(Unusable) as caught:
        load(file)
    assert says in str(caught.value)
    assert "a_control.sql" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_new_control_is_one_new_file(tmp_path: Any) -> None:
    file = tmp_path / "a_control.sql"
    file.write_text(SKELETON.format(more=""), encoding="utf-8")
    assert load(file).id == "a_control"


def test_unset_parameters_are_bound_as_null() -> None:
    control = catalogue()["visitor_request_redirected"]
    assert control.parameters["redirect_days"] == UNSET
    assert control.bound() == {"redirect_days": None}
    with pytest.raises(Unusable, match="no parameter colour"):
        control.bound({"colour": 1})


def test_every_sql_file_is_a_control() -> None:
    assert {f.stem for f in FOLDER.rglob("*.sql")} == set(catalogue())
