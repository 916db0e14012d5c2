"""A text as published now beside the clauses that stand on it, by the fingerprints of its sentences."""

from __future__ import annotations

import difflib
import hashlib
import re
from dataclasses import dataclass
from typing import Literal

from audits.texts.text import Clause, Text


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


def compare(audited: Text, text: str, earlier: str | None = None) -> tuple[list[Comparison], list[str]]:
    """Each clause against a text as published now, and the sentences of that text that no clause covers.

    A fingerprint tells that a sentence is not there any more, not what it said: given the text as it was (`earlier`), the most
    similar sentence that nothing covers (three fifths alike at least, after Ratcliff and Obershelp) counts as the changed one.
    """
    now = {sentence_fingerprint(s): s for s in sentences(text)}
    covered = {f for clause in audited.clauses for f in clause.sources}
    new = [s for f, s in now.items() if f not in covered]
    was = {sentence_fingerprint(s): s for s in sentences(earlier)} if earlier else {}
    found = []
    for clause in audited.clauses:
        missing = [f for f in clause.sources if f not in now]
        alike = [match for f in missing if f in was for match in difflib.get_close_matches(was[f], new, n=1, cutoff=0.6)]
        state: Literal["stands", "changed", "gone"] = "stands" if not missing else "changed" if alike else "gone"
        found.append(Comparison(clause, state, tuple(dict.fromkeys(alike))))
    return found, new
