"""The policy under audit: its clauses as data, without its sentences.

A clause points at the sentences it stands on by their SHA-256 (white space folded), so that a later version of the text can be
compared without the text being copied here.
"""

from __future__ import annotations

import difflib
import hashlib
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import duckdb
from pydantic import BaseModel, ConfigDict

FOLDER = Path(__file__).parent

Kind = Literal["measured", "in_part", "attested", "others", "notice"]


class Clause(BaseModel):
    """One promise or duty. `sources` are the fingerprints of its sentences; `ledger` is its row in the auditors' ledger.

    `attestation` says what somebody must vouch for where records cannot show it; `subscriber_duty` is the name under which the
    export's subscriber_duties carry a duty of subscribers.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    ledger: str
    section: str
    duty: str
    kind: Kind
    sources: tuple[str, ...]
    note: str = ""
    attestation: str = ""
    subscriber_duty: str = ""


class Tension(BaseModel):
    """A finding about the text itself: clauses that cannot all be kept, or that do not say what they must."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    clauses: tuple[str, ...]
    says: str


class Section(BaseModel):
    """Who answers for the controls of a section, what is to be done where they are not satisfied, and which page shows them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    page: str
    owner: str
    remedy: str


class Leadership(BaseModel):
    """What leadership's page needs to be told: the four headline controls, days to deal with a risk by severity, the sections."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    headlines: tuple[str, str, str, str]
    days: dict[str, int]
    sections: dict[str, Section]


class Policy(BaseModel):
    """A published policy: where it takes requests, what it names in `lists`, its clauses in order, and its tensions."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    company: str
    title: str
    addresses: tuple[str, ...]
    lists: dict[str, tuple[str, ...]]
    leadership: Leadership
    clauses: tuple[Clause, ...]
    tensions: tuple[Tension, ...]

    def clause(self, clause_id: str) -> Clause | None:
        """The clause of that id, if there is one."""
        return next((c for c in self.clauses if c.id == clause_id), None)


@cache
def load(name: str = "jivochat") -> Policy:
    """The policy of that name."""
    return Policy(**tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8")))


def tables(con: duckdb.DuckDBPyConnection) -> None:
    """Create what controls look up in the policy: `clauses` in its order, and `policy_lists` of what it names."""
    policy = load()
    con.execute("create or replace table clauses (clause_id varchar, kind varchar, attestation varchar, subscriber_duty varchar)")
    for c in policy.clauses:
        con.execute(
            "insert into clauses values (?, ?, nullif(?, ''), nullif(?, ''))", [c.id, c.kind, c.attestation, c.subscriber_duty]
        )
    con.execute("create or replace table policy_lists (list varchar, item varchar)")
    for name, items in {**policy.lists, "addresses": policy.addresses}.items():
        con.execute("insert into policy_lists select ?, unnest(?::varchar[])", [name, list(items)])


def sentences(text: str) -> list[str]:
    """The sentences of a policy's text, white space folded, headings left out.

    A heading is a line of at most nine words that does not end like a sentence and is no item of a list.
    """
    lines = (" ".join(line.split()) for line in text.replace("\N{ZERO WIDTH NO-BREAK SPACE}", "").splitlines())
    return [s for line in lines if line and not _is_heading(line) for s in _split(line)]


def sentence_fingerprint(sentence: str) -> str:
    """SHA-256 in hexadecimal of a sentence, white space folded."""
    return hashlib.sha256(" ".join(sentence.split()).encode()).hexdigest()


def _is_heading(line: str) -> bool:
    return len(line.split()) <= 9 and not line.endswith((".", ";", ",")) and not line.startswith("(")


def _split(line: str) -> list[str]:
    # A new sentence begins with a capital; a missing blank before it is tolerated ("… on.The next").
    return re.split(r"(?<=[.?!])(?:\s+|(?=[A-Z][a-z]))(?=[A-Z“\"(])", line)


@dataclass(frozen=True)
class Comparison:
    """How a clause's sentences stand in a text: still there, changed (and into what), or gone."""

    clause: Clause
    state: Literal["stands", "changed", "gone"]
    now: tuple[str, ...] = ()


def compare(policy: Policy, text: str, earlier: str | None = None) -> tuple[list[Comparison], list[str]]:
    """Each clause against a text as published now, and the sentences of that text that no clause covers.

    A fingerprint tells that a sentence is not there any more, not what it said: given the text as it was (`earlier`), the most
    similar sentence that nothing covers (three fifths alike at least, after Ratcliff and Obershelp) counts as the changed one.
    """
    now = {sentence_fingerprint(s): s for s in sentences(text)}
    covered = {f for clause in policy.clauses for f in clause.sources}
    new = [s for f, s in now.items() if f not in covered]
    was = {sentence_fingerprint(s): s for s in sentences(earlier)} if earlier else {}
    found = []
    for clause in policy.clauses:
        missing = [f for f in clause.sources if f not in now]
        alike = [match for f in missing if f in was for match in difflib.get_close_matches(was[f], new, n=1, cutoff=0.6)]
        state: Literal["stands", "changed", "gone"] = "stands" if not missing else "changed" if alike else "gone"
        found.append(Comparison(clause, state, tuple(dict.fromkeys(alike))))
    return found, new
