"""Recognisers: what the words of a policy's sentence propose, read from recognisers.toml, which says how words are written."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from audits.texts.text import Kind
from audits.words import spoken

FILE = Path(__file__).parent / "words" / "recognisers.toml"
_CONTRACTED = {"won't": "will not", "can't": "can not", "n't": " not", "'ll": " will", "'re": " are", "'ve": " have"}
# At most eight words between two.
_GAP = r"[^\w ]*(?: \S+){0,8}? [^\w ]*"


class _Words(BaseModel):
    """What has to be found in a sentence and in its heading, and what must not be there."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    words: tuple[str, ...]
    unless: str = ""
    under: str = ""
    not_under: str = ""

    def find(self, sentence: str, heading: str) -> bool:
        """Whether they are found, both given as `plain` gives them."""
        wanted = [(words, sentence) for words in self.words] + [(self.under, heading)]
        barred = [(self.unless, sentence), (self.not_under, heading)]
        return all(found(w, where) for w, where in wanted if w) and not any(found(w, where) for w, where in barred if w)


class Recogniser(_Words):
    """Proposes a kind, and the controls in `use` with `values`, as a promise called `name` (the control's own id without).

    `title` and `short` are its words where the sentence gives a number that the control's own do not say, `de` those in German.
    Without `has_number` the numbers of the sentence are another's.
    """

    kind: Kind = "measured"
    use: tuple[str, ...] = ()
    name: str = ""
    title: str = ""
    short: str = ""
    de: dict[str, str] = {}
    values: dict[str, str | bool | list[str]] = {}
    has_number: bool = True

    @property
    def words_of_promise(self) -> dict[str, str]:
        """Its title and short, where it has them, in the language that is spoken."""
        own = self.de if spoken() == "de" else {}
        return {name: own.get(name, said) for name, said in (("title", self.title), ("short", self.short)) if said}

    def about(self, sentence: str) -> str:
        """What of a sentence of several parts is about this: the parts in which its first words are found."""
        parts = re.split(r"; |\((?:[ivx]+|[a-h]|\d)\)\s", sentence)
        return "; ".join(part for part in parts if found(self.words[0], plain(part)))


class Listing(_Words):
    """Puts each of `entries` on the list `name` that a sentence says."""

    name: str
    entries: dict[str, str]

    def of(self, sentence: str, heading: str) -> list[str]:
        """The entries that a sentence says."""
        return [e for e, words in self.entries.items() if found(words, sentence)] if self.find(sentence, heading) else []


@dataclass(frozen=True)
class Recognisers:
    """All of them; the parameters that numbers belong to and the lists that controls need; codes of countries by their words;
    small words by language, and those of languages that are not understood, by their names.
    """

    recognisers: tuple[Recogniser, ...]
    lists: tuple[Listing, ...]
    numbers: dict[str, dict[str, str]]
    needs: dict[str, tuple[str, ...]]
    countries: dict[str, list[str]]
    languages: dict[str, frozenset[str]]
    other_languages: dict[str, frozenset[str]]


@cache
def recognisers() -> Recognisers:
    """Those of the file."""
    content = _content()
    lists = tuple(Listing(**table) for table in content["list"])
    needs = {use: tuple(names) for use, names in content["needs"].items()}
    found = tuple(Recogniser(**r) for r in content["recognise"])
    small, others = (
        {name: frozenset(words.split()) for name, words in content[which].items()} for which in ("languages", "other_languages")
    )
    return Recognisers(found, lists, content["numbers"], needs, content["countries"], small, others)


def plain(text: str) -> str:
    """Small letters, without hyphens and contractions, and quotation marks of one shape."""
    small = text.casefold().replace("’", "'")
    for short, long in _CONTRACTED.items():
        small = small.replace(short, long)
    return " ".join(re.sub(r"[-–—/]", " ", small).split())


def found(words: str, where: str) -> bool:
    """Whether one of several choices is found."""
    return bool(_pattern(words).search(where))


@cache
def _pattern(words: str) -> re.Pattern[str]:
    for name, choice in reversed(_content()["choices"].items()):  # a choice may use those above it
        words = words.replace(f"{{{name}}}", f"({choice})")
    return re.compile(_alternatives(plain(words)))


@cache
def _content() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def _alternatives(words: str) -> str:
    """A regular expression of "breach* | no ... (a | b)"."""
    pattern = re.escape(words)
    for was, becomes in ((r"\ \|\ ", "|"), (r"\ \.\.\.\ ", _GAP), (r"\*", r"\w*"), (r"\(", "(?:"), (r"\)", ")")):
        pattern = pattern.replace(was, becomes)
    return rf"(?<!\w)(?:{pattern})(?!\w)"
