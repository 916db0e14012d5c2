"""A text: a policy, or a law, as promises that can be measured, without its sentences.

A clause points at the sentences it stands on by their SHA-256 (white space folded), so that a later version of the text can be
compared without the text being copied here. A promise is a control with the values that the text gives it; a clause says which
promises stand under it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from audits.contract import files
from audits.errors import Unusable, invalid
from audits.words import LANGUAGES, OWN, mark

FOLDER = Path(__file__).parent
NO_OWNER = mark("no owner named")

Kind = Literal["measured", "in_part", "attested", "others", "notice"]
# Kinds of clauses that somebody can be held to: measured on records, or vouched for.
JUDGED: tuple[Kind, ...] = ("measured", "in_part", "attested")


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Promised(_Part):
    """A promise as the text makes it: the control in `use`, and `values` for its parameters. Without `id`, the control's own.

    `title` and `short` are the text's words for it, where the control's own would not say enough.

    `owner` answers for it where that is not who answers for its section; `tolerance` is the greatest rate of violations that
    still satisfies, from 0 to 1; `people` are the places, such as US-CA, whose people alone it protects; `in_force_from` is its
    first day, where that is later than the text's. What is `proposed` was read off the policy's words; whoever has read it takes
    the mark away.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    use: str
    title: str | None = None
    short: str | None = None
    owner: str | None = None
    tolerance: float | None = Field(default=None, ge=0, le=1, strict=True)
    proposed: bool = Field(default=False, strict=True)
    in_force_from: date | None = None
    people: tuple[Annotated[str, Field(pattern=r"^[A-Z]{2}(-[A-Z0-9]{1,3})?$")], ...] = ()
    values: dict[str, Any] = {}

    @model_validator(mode="before")
    @classmethod
    def _flat(cls, data: Any) -> Any:
        """In the file a parameter stands beside `use`, as `days = 21`."""
        if not isinstance(data, dict) or "values" in data:
            return data
        own = {name: data[name] for name in cls.model_fields if name in data}
        own.setdefault("id", own.get("use"))
        return {**own, "values": {name: value for name, value in data.items() if name not in own}}


class Clause(_Part):
    """One sentence's duty. `sources` are the fingerprints of its sentences; `ledger` is its row in the auditors' ledger.

    Of a law, `article` says where it stands, and `checked` how far that was looked up. `promises` are the ids of those that
    measure it; `attestation` says what somebody must vouch for where records cannot show it. One that is `proposed` nobody has
    read yet: its duty may still be the policy's own sentence.
    """

    id: str
    section: str
    duty: str
    kind: Kind
    ledger: str = ""
    article: str = ""
    checked: str = ""
    sources: tuple[str, ...] = ()
    promises: tuple[str, ...] = ()
    note: str = ""
    attestation: str = ""
    proposed: bool = Field(default=False, strict=True)

    @property
    def remark(self) -> str:
        """What is to be known of it: the note, and how far a law was looked up."""
        return "; ".join(filter(None, (self.note, f"looked up: {self.checked}" if self.checked else "")))


class Tension(_Part):
    """A finding about the text itself: clauses that cannot all be kept, or that do not say what they must."""

    id: str
    clauses: tuple[str, ...]
    says: str


class Days(_Part):
    """How many days there are to deal with a risk, by its severity."""

    high: int = Field(default=7, ge=0)
    medium: int = Field(default=30, ge=0)
    low: int = Field(default=90, ge=0)


class Leadership(_Part):
    """What leadership's page needs to be told: one to six headline promises, days to deal with a risk by severity, and by section
    of the catalogue who answers for it.
    """

    headlines: tuple[str, ...] = Field(default=(), max_length=6)
    days: Days = Days()
    owners: dict[str, str] = {}


def _spoken(language: str) -> str:
    if language not in LANGUAGES:
        raise ValueError(f"pages are made in {' and '.join(LANGUAGES)}, not in {language!r}: write one of them")
    return language


# A language in which pages can be made.
Spoken = Annotated[str, AfterValidator(_spoken)]


class Text(_Part):
    """A policy or a law: its promises, its clauses in order, what it names in `lists`, and its tensions.

    `in_force_from` is its first day, `in_force_until` the first day on which it is in force no more: a later version of the text,
    one of the same id, ends the earlier, which is a `version_of` it (versions.py).

    A list is the value of every parameter of its name, where the promise states no other. `addresses` are those at which the text
    takes requests; they are a list too. `vocabulary` are words that the company's records hold beside those that its promises
    name, by the contract's vocabularies: what is in neither is a word that nobody knows. `spellings` are what words of the
    contract are called in those records, by the vocabulary or the column.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_-]*$")
    title: str
    company: str = ""
    language: Spoken = OWN
    in_force_from: date | None = None
    in_force_until: date | None = None
    version_of: str = ""
    addresses: tuple[str, ...] = ()
    lists: dict[str, tuple[str, ...]] = {}
    vocabulary: dict[str, tuple[str, ...]] = {}
    spellings: dict[str, dict[str, str]] = {}
    leadership: Leadership = Leadership()
    promises: tuple[Promised, ...] = ()
    clauses: tuple[Clause, ...] = ()
    tensions: tuple[Tension, ...] = ()

    @property
    def of(self) -> str:
        """What the versions of a text share: the id of the latest."""
        return self.version_of or self.id

    def is_in_force(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return (self.in_force_from or date.min) <= day < (self.in_force_until or date.max)

    def clause(self, clause_id: str) -> Clause | None:
        """The clause of that id, if there is one."""
        return next((c for c in self.clauses if c.id == clause_id), None)

    def clauses_of(self, promise: str) -> tuple[Clause, ...]:
        """The clauses that a promise stands under, in the text's order."""
        return tuple(c for c in self.clauses if promise in c.promises)

    def owner(self, promise: str, section: str) -> str:
        """Who answers for a promise: named by it, or else for its section of the catalogue."""
        own = next((p.owner for p in self.promises if p.id == promise), None)
        return own or self.leadership.owners.get(section, NO_OWNER)

    def values(self, promised: Promised, parameters: Iterable[str]) -> dict[str, Any]:
        """The values that the text gives to a promise whose control has such parameters."""
        lists = {**self.lists, "addresses": self.addresses}
        return {**{name: list(lists[name]) for name in parameters if name in lists}, **promised.values}

    @model_validator(mode="after")
    def _agrees(self) -> Text:
        """Every name that one part uses of another is there."""
        for part, ids in (("promises", [p.id for p in self.promises]), ("clauses", [c.id for c in self.clauses])):
            if twice := sorted({i for i in ids if ids.count(i) > 1}):
                raise ValueError(f"{part}: two have the id {twice[0]!r}")
        promises = {p.id for p in self.promises}
        for what, named in [(f"clause {c.id}", c.promises) for c in self.clauses] + [("headlines", self.leadership.headlines)]:
            if unknown := [n for n in named if n not in promises]:
                raise ValueError(f"{what} names the promise {unknown[0]!r}, which the text does not make")
        return self


def read(file: Path) -> Text:
    """A text from its file; raises Unusable with the file and what is wrong in one line."""
    try:
        content = tomllib.loads(files.text(file))
        return Text(**content)
    except ValidationError as error:
        raise Unusable(f"{file.name}: {invalid(error, content, Text)}") from error
    except (OSError, ValueError, TypeError, RecursionError) as error:
        raise Unusable(f"{file.name}: {getattr(error, 'strerror', None) or error}") from error


def id_of(file: Path) -> str | None:
    """The id that the file of a text says, as far as that can be told of one that cannot be read."""
    try:
        head = re.split(r"^\s*\[", files.text(file), flags=re.MULTILINE)[0]
    except (OSError, ValueError, Unusable):
        return None
    said = re.search(r"""^\s*id\s*=\s*["']([^"']+)["']""", head, re.MULTILINE)
    return said[1] if said else None
