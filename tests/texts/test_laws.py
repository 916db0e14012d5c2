"""Laws as texts: clause by clause with article and source, their own lists and numbers, and nothing of any company."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from audits.contract.schema import read as contract
from audits.errors import Unusable
from audits.evaluation.job import Job, evaluated
from audits.law import reference
from audits.texts import library
from audits.texts.text import NO_OWNER, Text
from audits.workspace import Workspace

from ..cli.test_cli import audits
from ..conftest import MakeDatabase

LAWS = {name: Workspace([library.file_of(name)]) for name in ("gdpr", "ccpa")}
each_law = pytest.mark.parametrize("name", LAWS)


def law(name: str) -> Text:
    (text,) = LAWS[name].texts
    return text


@each_law
def test_every_clause_says_where_it_stands_and_how_far_that_was_looked_up(name: str) -> None:
    clauses = law(name).clauses
    assert not [
        c.id for c in clauses if not c.article or not re.search(r"\b(read|source|sources|general knowledge)\b", c.checked)
    ]
    assert len({c.id for c in clauses}) == len(clauses)
    assert law(name).in_force_from == {"gdpr": date(2018, 5, 25), "ccpa": date(2020, 1, 1)}[name]


@each_law
def test_what_records_cannot_show_is_vouched_for_or_a_notice_openly(name: str) -> None:
    text, promises = law(name), LAWS[name].promises
    assert not [c.id for c in text.clauses if (c.kind == "notice") == bool(c.promises)]
    asked = {str(p.values["clause"]) for p in promises.values() if p.control.id == "clause_is_attested"}
    assert asked == {c.id for c in text.clauses if c.attestation}
    assert {c.id for c in text.clauses if c.kind == "attested"} <= asked
    assert not {p.name for p in promises.values()} - {p for c in text.clauses for p in c.promises}
    assert not [c.id for c in text.clauses if c.kind == "in_part" and not (c.note or c.attestation)], (
        "in part, and which is not said"
    )


@each_law
def test_a_law_names_no_company_and_no_owner_and_all_that_its_controls_need(name: str) -> None:
    file = library.file_of(name).read_text(encoding="utf-8").casefold()
    assert "jivo" not in file
    assert law(name).company == ""
    assert {p.owner for p in LAWS[name].promises.values()} == {NO_OWNER}
    assert {p.id: p.lacks for p in LAWS[name].promises.values() if p.lacks} == {}
    assert all(len(p.short.split()) <= 6 for p in LAWS[name].promises.values())


@each_law
def test_its_lists_are_in_words_that_mean_what_they_say_to_everybody(name: str) -> None:
    held = {c.vocabulary: set(c.values) for table in contract().values() for c in table.columns if c.vocabulary}
    for promise in LAWS[name].promises.values():
        for parameter, value in promise.values.items():
            of = promise.control.parameters[parameter].of
            if of and isinstance(value, list):
                assert set(value) <= held[of], (promise.id, parameter)
    bases = next(c for c in contract()["processing_activities"].columns if c.name == "legal_basis")
    assert set(law("gdpr").lists["legal_bases"]) == set(bases.values)


def test_its_numbers_are_those_of_the_facts_of_law() -> None:
    rows = {(r["rule_set"], r["jurisdiction"], r["request_type"]): r for r in reference.rows("deadlines")}
    assert LAWS["gdpr"].one("authority_notified_in_time").values["hours"] == int(rows["breach_authority", "EEA", "*"]["value"])
    of_california = "access|confirmation|erasure|portability"
    for name, place, kinds in (("gdpr", "EEA", "*"), ("ccpa", "US-CA", of_california)):
        assert LAWS[name].one("request_handled_in_statutory_time").values["places"] == [place]
        assert ("statute", place, kinds) in rows
    assert rows["statute", "US-CA", of_california]["value"] == rows["statute", "US-CA", of_california]["extension_value"] == "45"
    assert rows["statute", "US-CA", "opt_out"]["value"] == "15"


def test_a_law_judges_the_requests_that_it_governs(database: MakeDatabase) -> None:
    job = Job(export=str(database("update requests set responded_at = timestamptz '2026-07-01 10:00:00+00'")), period="2026-06")
    found = {name: evaluated(LAWS[name], job).promise("request_handled_in_statutory_time") for name in LAWS}
    assert {name: (p.compliant, p.violation) for name, p in found.items()} == {"gdpr": (0, 2), "ccpa": (0, 1)}


def test_a_text_is_named_or_a_file_and_the_nearest_is_told(tmp_path: Path) -> None:
    assert {"gdpr", "ccpa"} <= set(library.names())
    assert library.file_of(str(tmp_path / "mine.toml")) == tmp_path / "mine.toml"
    with pytest.raises(Unusable, match="text 'gdrp' is unknown: did you mean gdpr"):
        library.file_of("gdrp")
    for text, says in (("gdrp", "text 'gdrp' is unknown"), (tmp_path / "no.toml", "no.toml: No such file")):
        result = audits("evaluate", "--text", text)
        assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1)
        assert says in result.stderr


def test_explain_shows_a_promise_as_the_text_makes_it() -> None:
    shown = audits("explain", "legal_basis_recorded_for_eea", "--text", "gdpr").stdout
    assert "vital_interests" in shown
    assert "Judged is what arose from 25 May 2018." in shown
    assert "jivo" not in shown.casefold()


def test_evaluate_tells_each_texts_promises(database: MakeDatabase) -> None:
    result = audits("evaluate", "--text", "gdpr", "--text", "ccpa", "--export", database(), "--period", "2026-06")
    assert result.exit_code == 0
    assert "gdpr/request_handled_in_statutory_time" in result.stdout
    assert "ccpa/request_handled_in_statutory_time" in result.stdout
    assert "jivo" not in result.stdout.casefold()
