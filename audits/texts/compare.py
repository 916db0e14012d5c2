"""A text as published now beside the clauses that stand on it, by the fingerprints of its sentences."""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from audits.contract import files
from audits.errors import Unusable
from audits.texts.text import Clause, Text

# How long a line is at least, and the longest at most, where somebody's program has broken lines at a fixed width.
_NARROWEST, _WIDEST = 60, 120
# What an item of a list begins with.
_ITEM = re.compile(r"^[-–—*•·●▪■◦‣✓]\s+")
# What begins a line of its own: an item or a heading with its number.
_BEGINS = re.compile(r"^(?:\((?:[a-z]|[ivx]+|\d)\)|\d+(?:\.\d+)*[.)])\s")
# What a heading does not say: who does something, how long something takes.
_SAYS = re.compile(r"^(?:We|Wir)\s+\S|\d\s*\)?[\s-]*(?:hour|day|week|month|year|stunde|tag|woche|monat|jahr)", re.IGNORECASE)
# Abbreviations whose stop ends no sentence, and those whose stop does where a word follows that begins one.
_NEVER_LAST = re.compile(
    r"(?:^|[\s(/-])(?:e\.\s?g|i\.\s?e|cf|vs|approx|Arts?|Nos?|Nr|Abs|lit|Sec|[Pp]aras?|Reg|Dr|Mrs?|Ms|Prof|St|Tel|z\.\s?B|d\.\s?h|bzw|ca|[A-Zdiuze])\.$|^(?:\d+\.)+$"
)
_SELDOM_LAST = re.compile(r"(?:^|[\s(/-])(?:Inc|Ltd|Co|Corp|Bros|L\.?L\.?C|etc|usw|U\.\s?S|U\.\s?K|a\.m|p\.m)\.$")
_FIRST = re.compile(
    r"(?:We|You|Your|Our|The|This|These|That|It|If|When|Where|In|For|To|Please|All|Any|Each|No|Wir|Sie|Ihre|Die|Der|Das|Wenn)\b"
)

# What a file that is no plain text is known by: what it begins with, or the end of a block, which nobody writes in prose.
_MARKUP = {
    "a web page": re.compile(
        r"\A\s*<(?:!doctype\s+html|html|head|body|!--)|</(?:p|div|li|ul|h[1-6]|body|section|table)\s*>", re.I
    ),
    "XML": re.compile(r"\A\s*<\?xml\b", re.I),
    "a document of a word processor": re.compile(r"\A\s*\{\\rtf"),
    "a PDF": re.compile(r"\A%PDF-"),
}


def published(path: Path) -> str:
    """The plain text of a policy from its file; raises Unusable for one that is none, such as a web page with its tags."""
    try:
        text = files.text(path)
    except (OSError, UnicodeDecodeError) as error:
        raise Unusable(f"{path}: cannot be read: {getattr(error, 'strerror', None) or 'it is no UTF-8 text'}") from error
    if markup := next((what for what, begins in _MARKUP.items() if begins.search(text)), ""):
        raise Unusable(f"{path}: is {markup}, not its plain text: open it, and save or copy what it says as a .txt file")
    return text


def sentences(text: str) -> list[str]:
    """The sentences of a policy's text, white space folded, headings left out."""
    return [sentence for _, sentence in sections(text)]


def sections(text: str) -> list[tuple[str, str]]:
    """Each sentence behind the heading that it stands under, '' before the first.

    A heading is a line of at most nine words that does not end like a sentence, says no number of days and is no item of a list.
    """
    heading, found = "", []
    for line in _lines(text):
        if _is_heading(line):
            heading = line
        else:
            found += [(heading, sentence) for sentence in _split(_ITEM.sub("", line))]
    return found


def headings(text: str) -> list[str]:
    """The headings of a policy's text, in order."""
    return [line for line in _lines(text) if _is_heading(line)]


def sentence_fingerprint(sentence: str) -> str:
    """SHA-256 in hexadecimal of a sentence, white space folded."""
    return hashlib.sha256(" ".join(sentence.split()).encode()).hexdigest()


def _lines(text: str) -> Iterator[str]:
    """Lines as they were meant: what was broken at a fixed width is put together again."""
    lines = [" ".join(raw.split()) for raw in text.replace("\N{ZERO WIDTH NO-BREAK SPACE}", "").splitlines()]
    broken = max(map(len, lines), default=0) <= _WIDEST
    meant = ""
    for before, line in zip(["", *lines], [*lines, ""], strict=True):
        if broken and before and line and _goes_on(before, line):
            meant += f" {line}"
        else:
            yield from (meant,) if meant else ()
            meant = line


def _goes_on(before: str, line: str) -> bool:
    if before.endswith((".", "?", "!", ":", ";")) or _ITEM.match(line) or _BEGINS.match(line):
        return False
    return line[0].islower() or (len(before) >= _NARROWEST and not line.isupper())


def _is_heading(line: str) -> bool:
    if len(line.split()) > 9 or line.endswith((".", ";", ",")) or line.startswith("("):
        return False
    return not _ITEM.match(line) and not _SAYS.search(line)


def _split(line: str) -> list[str]:
    # A new sentence begins with a capital; a missing blank before it is tolerated ("… on.The next").
    found: list[str] = []
    for piece in re.split(r"(?<=[.?!])(?:\s+|(?=[A-Z][a-z]))(?=[A-ZÄÖÜ“„\"(])", line):
        if found and _is_short_for(found[-1], piece):
            found[-1] += f" {piece}"
        elif piece:
            found.append(piece)
    return found


def _is_short_for(before: str, piece: str) -> bool:
    """Whether the stop before a piece is that of an abbreviation, not of a sentence."""
    return bool(_NEVER_LAST.search(before) or (_SELDOM_LAST.search(before) and not _FIRST.match(piece)))


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
