"""A promise: a control with the values that a text gives it. It has the verdicts; owner, tolerance and waivers name it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from audits.contract.engine import bindings
from audits.controls.catalogue import Catalogue
from audits.controls.control import Control
from audits.controls.force import ALWAYS, Force
from audits.controls.parameter import Value
from audits.errors import Unusable
from audits.texts.text import NO_OWNER, Clause, Promised, Text
from audits.words import mark, say


@dataclass(frozen=True)
class Promise:
    """`values` are those to bind, NULL for a number that nobody promises; `text` is '' for a control that no text uses."""

    text: str
    name: str
    control: Control
    values: Mapping[str, Value | None]
    tolerance: float = 0.0
    owner: str = NO_OWNER
    own_title: str | None = None
    own_short: str | None = None
    force: Force = ALWAYS
    is_proposed: bool = False
    clauses: tuple[Clause, ...] = field(default=(), repr=False)

    @property
    def id(self) -> str:
        """text/name; the control's id alone where no text uses it."""
        return f"{self.text}/{self.name}" if self.text else self.name

    def said_in(self, language: str) -> Promise:
        """The same with the control's words of another language, as far as it has them; the text's own words stay."""
        told = self.control.words.get(language)
        if told is None:
            return self
        own = told.model_dump(include={"title", "short", "rule", "remedy"}, exclude_none=True)
        return replace(self, control=self.control.model_copy(update={**own, "reasons": {**self.control.reasons, **told.reasons}}))

    @property
    def title(self) -> str:
        """What is promised, as a sentence that is true or false."""
        return filled(self.own_title or self.control.title, self.values)

    @property
    def short(self) -> str:
        """The title in at most six words."""
        return filled(self.own_short or self.control.short, self.values)

    @property
    def rule(self) -> str:
        """What the query does, in words, and what a column that is not exported, or a cell that is empty, is taken for.

        What an empty cell means to any control stands with its column in the contract.
        """
        absences = {name: filled(say(told), self.values) for name, told in self.control.absences.items()}
        absent = [say(" Where {name} is not exported, {told}.", name=name, told=told) for name, told in absences.items()]
        empty = "; ".join(f"{name}, {filled(say(told), self.values)}" for name, told in self.control.empties.items())
        cells = say(" An empty cell means, of {empty}.", empty=empty) if empty else ""
        acts = say(" Each is an act, over when it was done: it counts in the period that it took place in, and in no later one.")
        own = filled(" ".join(self.control.rule.split()), self.values)
        return own + self.force.says + (acts if self.control.acts else "") + "".join(absent) + cells

    @property
    def remedy(self) -> str:
        """What is to be done where it is broken."""
        return filled(self.control.remedy, self.values)

    @property
    def reasons(self) -> dict[str, str]:
        """The codes of reasons, in words."""
        return {code: filled(text, self.values) for code, text in self.control.reasons.items()}

    @property
    def lacks(self) -> str:
        """What the text must name, and does not, in words; '' if nothing."""
        if self.control.broken:
            return self.control.broken
        missing = [n for n, p in self.control.parameters.items() if p.is_needed and not self.values.get(n)]
        return f"the text names no {missing[0].replace('_', ' ')}" if missing else ""

    def query(self, as_of: datetime) -> tuple[str, dict[str, Any]]:
        """The control's query, to be put into another, and what is to be bound to it."""
        sql = self.force.within(self.control.sql.rstrip(";"), self.control)
        return sql, bindings(sql, {**self.values, "as_of": as_of})

    def with_values(self, given: Mapping[str, Any]) -> Promise:
        """The same with other values; raises Unusable for one that is unknown, or is not what it must be.

        Of a control that cannot be read nobody knows what it takes: it is not judged, whatever is given.
        """
        if not given or self.control.broken:
            return self
        return replace(self, values={**self.values, **_only(given, self.control.bound(dict(given)))})


def promises(texts: Iterable[Text], catalogue: Catalogue) -> dict[str, Promise]:
    """What the texts promise, by id, in order of id; raises Unusable naming a text, and what it makes of a control."""
    known = list(texts)
    found = [
        _promise(text, number, catalogue, _force(text, known, p)) for text in known for number, p in enumerate(text.promises)
    ]
    return {p.id: p for p in sorted(found, key=lambda p: p.id)}


def words(promises: Iterable[Promise]) -> dict[str, list[str]]:
    """The words that promises name, by the vocabulary of the contract that they belong to."""
    found: dict[str, list[str]] = {}
    for promise in promises:
        for name, parameter in promise.control.parameters.items():
            value = promise.values.get(name)
            if parameter.of and value:
                found.setdefault(parameter.of, []).extend([value] if isinstance(value, str) else value)  # type: ignore[arg-type]
    return found


def bare(control: Control) -> Promise:
    """A control that no text uses, as a promise with its defaults."""
    return Promise("", control.id, control, control.bound(), control.tolerance)


def filled(sentence: str, values: Mapping[str, Value | None]) -> str:
    """A sentence with values in the place of its {names}; a noun behind the number one is singular."""

    def put(match: re.Match[str]) -> str:
        value, noun = values.get(match[1]), match[2] or ""
        return f"{_said(value)}{_one(noun) if value == 1 and value is not True else noun}"

    return re.sub(r"\{(\w+)\}( \w+)?", put, sentence)


# What it means that something is not exported, or empty: as the heads of controls say it.
_ABSENCES = (
    mark("whoever asks does so in their own right"),
    mark("no request became part of another"),
    mark("no child is named"),
    mark("no disclosure is said to be aggregated"),
    mark("which agreements there were before is not known"),
    mark("when the terms were accepted for the first time is not known"),
    mark("when interests were weighed for the first time is not known"),
    mark("only days count"),
    mark("none is recorded"),
    mark("by which day it had to be isolated is not known"),
    mark("nobody opts out by a request"),
    mark("nobody withdrew a consent by a request"),
    mark("nobody was asked what exactly is sought"),
    mark("what is done with whose data is not exported"),
    mark("who is given whose data is not exported"),
    mark("who is written to is not exported"),
    mark("in force for {valid_days} days after the day it was signed"),
    mark("no tracker is set for people who are known"),
    mark("nobody who was erased agreed to anything again"),
    mark("nobody signs in through a third party"),
    mark("nothing is released but with the answer"),
    mark("how long it may be kept without a hold is not known"),
    mark("whether it is still needed is not known"),
    mark("known since the account began, as the date of birth is on file"),
    mark("it is to nothing in particular"),
    mark("it is not recorded"),
    mark("where recipients process, beside their seat, is not recorded"),
    mark("visitors' data is what the activities call so"),
    mark("no subscriber instructed it"),
    mark("it is to no purpose in particular"),
    mark("every opt-out is one of mail"),
    mark("opted out of mail too"),
    mark("nobody but a parent asks for a child"),
    mark("the terms on record are those of any day since"),
    mark("all of it came in by the instant of judgement"),
    mark("what was disposed of was so by the instant of judgement"),
    mark("all had been set by the instant of judgement"),
    mark("all that are registered are in use"),
)
# Words of the contract that stand in sentences: grounds, legal bases, duties, purposes, and where the EEA is one of places.
NAMED = frozenset(
    (
        mark("account active"), mark("accounting"), mark("agreement"), mark("compelling grounds"), mark("conditions not met"),
        mark("crime"), mark("direction"), mark("dispute"), mark("dispute resolution"), mark("excessive"), mark("expression"),
        mark("fraud"), mark("illegal activity"), mark("legal claim"), mark("legal claims"), mark("legal obligation"),
        mark("official request"), mark("others rights"), mark("permission"), mark("public interest"), mark("record keeping"),
        mark("safety"), mark("service"), mark("statistics"), mark("succession"), mark("tax"), mark("terms violated"),
        mark("territory"), mark("transaction"), mark("unfounded"), mark("unidentified"),
        mark("contract"), mark("legitimate interest"), mark("consent"), mark("vital interests"), mark("public task"),
        mark("deletion"), mark("gdpr"), mark("inquiry"), mark("investigation"), mark("personnel"), mark("records"),
        mark("transfer notice"), mark("visitors data"),
        mark("advertise"), mark("analytics"), mark("backup"), mark("billing"), mark("customise"), mark("diagnostics"),
        mark("email delivery"), mark("hosting"), mark("improve"), mark("maintenance"), mark("marketing"), mark("measure"),
        mark("newsletter"), mark("payment"), mark("profiling"), mark("promotion"), mark("recipient marketing"),
        mark("resale"), mark("research"), mark("scoring"), mark("security"), mark("sharing"), mark("support"),
        mark("surveys"),
        mark("EEA"),
    )
)  # fmt: skip
# German nouns behind a number, by their form behind one; English ones end with an s.
_ONE = {"Tagen": "Tag", "Tage": "Tag", "Werktagen": "Werktag", "Werktage": "Werktag", "Stunden": "Stunde", "Monaten": "Monat",
        "Monate": "Monat", "Jahren": "Jahr", "Jahre": "Jahr", "Wochen": "Woche", "Personen": "Person"}  # fmt: skip


def _one(noun: str) -> str:
    plain = noun.removeprefix(" ")
    return f" {_ONE[plain]}" if plain in _ONE else noun.removesuffix("s")


def _said(value: Value | None) -> str:
    if value is None:
        return say("no number of")
    if isinstance(value, list):
        return ", ".join(map(_named, value))
    return _named(value) if isinstance(value, str) else f"{value:g}" if isinstance(value, float) else str(value)


def _named(word: str) -> str:
    plain = word.replace("_", " ")
    return say(plain) if plain in NAMED else plain


def _force(text: Text, texts: Iterable[Text], promised: Promised) -> Force:
    """Where a promise of a text is in force, among the versions of the text that make it."""
    same = [t for t in texts if text.of == t.of and any(p.id == promised.id for p in t.promises)]
    first, last = (chosen(same, key=lambda t: t.in_force_from or date.min) for chosen in (min, max))
    return Force(promised.in_force_from or text.in_force_from, text.in_force_until, promised.people, text is first, text is last)


def _promise(text: Text, number: int, catalogue: Catalogue, force: Force) -> Promise:
    promised = text.promises[number]
    try:
        control = catalogue.find(promised.use)
        values = {} if control.broken else control.bound(text.values(promised, control.parameters))
    except Unusable as error:
        raise Unusable(f"{text.id}: promise {promised.id}: {error}") from error
    tolerance = control.tolerance if promised.tolerance is None else promised.tolerance
    owner = text.owner(promised.id, control.section)
    if promised.id in catalogue and catalogue.now(promised.id) != control.id:
        raise Unusable(f"{text.id}: promise {promised.id}: is the name of another control; give it an id of its own")
    clauses = text.clauses_of(promised.id)
    return Promise(
        text.id, promised.id, control, values, tolerance, owner, promised.title, promised.short, force, promised.proposed, clauses
    )


def _only(given: Mapping[str, Any], bound: dict[str, Value | None]) -> dict[str, Value | None]:
    return {name: bound[name] for name in given}
