"""A text: its clauses complete, in our own words, tied to its sentences, and its promises those that it makes."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from pydantic import BaseModel

from audits.errors import WRITTEN, Unusable
from audits.home import Home
from audits.operate.schedule import Schedule
from audits.texts.compare import compare, sentence_fingerprint, sentences
from audits.texts.text import NO_OWNER, Text, read

from ..cli.test_cli import audits
from ..conftest import WORKSPACE

POLICY = WORKSPACE.texts[0]
KINDS = {"A": "measured", "P": "in_part", "M": "attested", "3": "others", "N": "notice"}


@pytest.fixture
def text(shared: Path) -> str:
    return (shared / "policy" / "jivochat-privacy-policy.txt").read_text(encoding="utf-8")


def test_there_are_116_clauses_each_with_its_own_key() -> None:
    clauses = POLICY.clauses
    assert [c.ledger for c in clauses] == [f"C{n:03d}" for n in range(116)]
    assert len({c.id for c in clauses}) == 116
    assert Counter(c.kind for c in clauses) == {
        "measured": 76,
        "in_part": 20,
        "attested": 3,
        "others": 7,
        "notice": 10,
    }


def test_every_sentence_of_the_text_belongs_to_a_clause(text: str) -> None:
    known = {f for c in POLICY.clauses for f in c.sources}
    found = {sentence_fingerprint(s): s for s in sentences(text)}
    assert len(found) > 120
    assert not [s for f, s in found.items() if f not in known]
    assert known == set(found), "a clause stands on a sentence that is not in the text"


def test_headings_alone_are_left_out_of_the_sentences(text: str) -> None:
    kept = "".join("".join(sentences(text)).split())
    left_out = [" ".join(line.split()) for line in text.splitlines() if line.strip() and "".join(line.split()) not in kept]
    assert all(len(line.split()) <= 9 for line in left_out)
    assert "DATA TRANSFER" in left_out


def test_clauses_are_those_of_the_ledger(shared: Path) -> None:
    ledger = (shared / "policy-clauses.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (C\d{3}) \|.*\| ([^|]+) \|$", ledger, flags=re.MULTILINE)
    assert len(rows) == 116
    clauses = {c.ledger: c for c in POLICY.clauses}
    # A row with one letter says its kind; every mixture is measured in part, as is what a note says that no record shows.
    for ledger_id, letters in rows:
        plain, clause = re.sub(r"\s*\(.*?\)", "", letters).strip(), clauses[ledger_id]
        is_cut_down = clause.kind == "in_part" and "no record says" in clause.note
        assert is_cut_down or clause.kind == KINDS.get(plain, "in_part"), (ledger_id, letters)


def test_the_policys_own_sentences_are_not_in_the_project(text: str) -> None:
    root = Path(__file__).parents[2] / "audits"
    files = [f for f in root.rglob("*") if f.suffix in {".toml", ".sql", ".py", ".md", ".csv"}]
    ours = " ".join(" ".join(f.read_text(encoding="utf-8").split()) for f in files)
    assert not [s for s in sentences(text) if len(s.split()) > 8 and s in ours]


def test_proposed_keys_are_kept(shared: Path) -> None:
    ledger = (shared / "policy-clauses.md").read_text(encoding="utf-8")
    section = ledger[ledger.index("## Proposed clause ids") :]
    proposed = re.findall(r"^\| ([a-z]+\.[a-z0-9-]+) \|", section, flags=re.MULTILINE)
    assert len(proposed) > 50
    assert set(proposed) <= {c.id for c in POLICY.clauses}


def test_promises_stand_under_clauses_that_can_be_measured() -> None:
    assert not [c.id for c in POLICY.clauses if c.kind == "notice" and c.promises]
    assert not {p.id for p in POLICY.promises} - {p for c in POLICY.clauses for p in c.promises}, "a promise under no clause"


def test_every_clause_that_is_no_notice_has_a_promise() -> None:
    left = {c.id for c in POLICY.clauses if c.kind != "notice" and not c.promises}
    assert left == {"rights.complaint-outcome"}, "the authority's own duty, which no record of the Company's shows"


def test_what_is_to_be_vouched_for_is_what_attestations_are_asked_for() -> None:
    asked = {p.values["clause"] for p in WORKSPACE.find("clause_is_attested")}
    assert asked == {c.id for c in POLICY.clauses if c.attestation}
    assert {c.id for c in POLICY.clauses if c.kind == "attested"} <= asked


SMALL = """
id = "small"
title = "A small policy"
company = "Somebody"
[lists]
hold_grounds = ["tax"]
[leadership]
headlines = ["in_time"]
owners.rights = "Head of support"
[[promises]]
id = "in_time"
use = "request_handled_in_time"
days = 21
[[promises]]
use = "legal_hold_justified"
owner = "Counsel"
[[clauses]]
id = "requests.answered"
section = "Your rights"
duty = "Requests are answered within 21 days"
kind = "measured"
promises = ["in_time"]
"""


def test_a_text_is_read_with_its_promises(tmp_path: Path) -> None:
    file = tmp_path / "small.toml"
    file.write_text(SMALL)
    text = read(file)
    in_time, holds = text.promises
    assert (in_time.id, in_time.use, in_time.values) == ("in_time", "request_handled_in_time", {"days": 21})
    assert (holds.id, text.values(holds, ["hold_grounds", "days"])) == ("legal_hold_justified", {"hold_grounds": ["tax"]})
    assert [text.owner(p, "rights") for p in ("in_time", "legal_hold_justified")] == ["Head of support", "Counsel"]
    assert text.owner("in_time", "retention") == NO_OWNER


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        (
            "[lists]",
            "colour = 1\n[lists]",
            "small.toml: colour: is no key that belongs here: did you mean",
        ),
        ('promises = ["in_time"]', 'promises = ["on_time"]', "clause requests.answered names the promise 'on_time'"),
        ('headlines = ["in_time"]', 'headlines = ["never"]', "headlines names the promise 'never'"),
        (
            'headlines = ["in_time"]',
            f"headlines = {['in_time'] * 7}",
            "small.toml: leadership.headlines: must have 6 entries at most",
        ),
        ('use = "legal_hold_justified"', 'id = "in_time"\nuse = "legal_hold_justified"', "promises: two have the id 'in_time'"),
        ('kind = "measured"', 'kind = "wished"', "small.toml: clause requests.answered: kind: must be 'measured', 'in_part'"),
        (
            'company = "Somebody"',
            'language = "fr"',
            "small.toml: language: pages are made in en and de, not in 'fr': write one of them",
        ),
        ('duty = "Requests', 'dutty = "Requests', "small.toml: clause requests.answered: duty: is missing"),
        (
            'section = "Your rights"',
            "section = 3",
            "small.toml: clause requests.answered: section: must be text, in quotation marks",
        ),
        ('owner = "Counsel"', "tolerance = 2", "small.toml: promise legal_hold_justified: tolerance: must be 1 or less"),
        ('owner = "Counsel"', 'people = ["us"]', "promise legal_hold_justified: people (entry 1): must be the code of a country"),
        (
            'owner = "Counsel"',
            'in_force_from = "soon"',
            "promise legal_hold_justified: in_force_from: must be a day, such as 2026-03-01",
        ),
        ('id = "small"', 'id = "Small"', "small.toml: id: must be small letters, digits, _ and -, a letter first"),
        ("[lists]", "promises = 3\n[lists]", "small.toml: "),
        (
            'owners.rights = "Head of support"',
            'onwers.rights = "x"',
            "leadership.onwers: is no key that belongs here: did you mean owners?",
        ),
        ("days = 21", "days = = 21", "small.toml: Invalid value"),
    ],
)
def test_what_is_wrong_with_a_text_is_said_in_one_line(tmp_path: Path, was: str, becomes: str, says: str) -> None:
    file = tmp_path / "small.toml"
    assert was in SMALL
    file.write_text(SMALL.replace(was, becomes, 1))
    with pytest.raises(Unusable) as caught:
        read(file)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def _patterns(model: type[BaseModel]) -> set[str]:
    """Every pattern that a model asks texts to be of."""
    return set(re.findall(r'"pattern":"((?:[^"\\]|\\.)*)"', json.dumps(model.model_json_schema(), separators=(",", ":"))))


def test_how_a_text_is_to_be_written_is_said_in_words() -> None:
    patterns = {json.loads(f'"{p}"') for model in (Text, Home, Schedule) for p in _patterns(model)}
    assert patterns == WRITTEN.keys()


def test_tensions_name_clauses_of_the_policy() -> None:
    known = {c.id for c in POLICY.clauses}
    assert len(POLICY.tensions) == 11
    assert all(set(t.clauses) <= known for t in POLICY.tensions)


def test_the_text_under_audit_needs_no_review(text: str) -> None:
    found, new = compare(POLICY, text)
    assert {c.state for c in found} == {"stands"}
    assert new == []


def test_a_changed_a_gone_and_a_new_sentence_are_told_apart(text: str) -> None:
    later = text.replace("within thirty days of receipt of the request", "within sixty days of receipt of the request")
    later = later.replace("We do not knowingly collect any personal information from children under the age of 13.", "")
    later += "\n\nWe sell your personal information to whoever asks for it nicely.\n"
    found, new = compare(POLICY, later, earlier=text)
    states = {c.clause.id: c.state for c in found if c.state != "stands"}
    assert states == {"rights.access-30-days": "changed", "children.under-13": "gone"}
    assert "sixty days" in next(c.now[0] for c in found if c.state == "changed")
    assert len(new) == 2


def test_white_space_is_no_change(text: str) -> None:
    found, new = compare(POLICY, text.replace(". ", ".  "))
    assert {c.state for c in found} == {"stands"}
    assert not new


def test_the_command_exits_with_1_where_something_is_to_review(shared: Path, tmp_path: Path) -> None:
    path = shared / "policy" / "jivochat-privacy-policy.txt"
    result = audits("policy", "check", path)
    assert (result.exit_code, result.output) == (
        0,
        "116 clauses: 116 stand, 0 changed, 0 gone; 0 sentences that no clause covers\n",
    )
    other = tmp_path / "other.txt"
    other.write_text("We may do whatever we like with everything that you ever told us.\n", encoding="utf-8")
    result = audits("policy", "check", other)
    assert result.exit_code == 1
    assert "116 gone; 1 sentences" in result.output
    assert audits("policy", "check", tmp_path / "none.txt").exit_code == 2
