"""A text proposed from the words of a policy: a clause for each sentence with a duty, and the controls and numbers it speaks of.

Nobody has read what stands here: every clause and promise is marked `proposed`, until a person takes the mark away. Nothing
is left out silently: a sentence that states no duty stands in its section's notice, a control that cannot be promised in a
comment.
"""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from audits.errors import Unusable
from audits.texts.compare import headings, sections, sentence_fingerprint
from audits.texts.file import pair, table, written
from audits.texts.limits import Limit, ages, limits
from audits.texts.recognisers import Recogniser, found, plain, recognisers
from audits.texts.text import Kind, Promised, Text
from audits.words import OWN, mark, say, speaking, spoken

_HEAD = """\
# Proposed from the words of the policy; nobody has read it yet. For each clause and promise below:
#   1. Say the duty in your own words; what stands there is the policy's sentence.
#   2. Check kind, promises and numbers (`audits explain CONTROL` shows what a control does); delete what the policy does not say.
#   3. Take `proposed = true` away. `audits policy check POLICY.txt` lists what is still proposed.
#   4. Promised only since a day? Say so beside `id`: `in_force_from = 2026-03-01`. What arose before is then not judged by it.
# Kinds: measured (on records), in_part (on records, and somebody vouches for the rest), attested (somebody vouches for it),
# others (somebody else's duty), notice (promises nothing)."""
_LISTS = """\
# What the policy names, in the words of your records. Check each: what is missing would be a violation, what is too much none.
[lists]"""
_PROMISES = "# Promises: a control each, with the numbers that the policy gives. Add `owner` and `tolerance` where you have them."
_CLAUSES = (
    "# Clauses: a sentence each, in the policy's order. `sources` are fingerprints of the sentences; leave them as they are."
)
_ATTESTATION = mark("that this is done, as far as no record shows it")
_NO_DUTY = mark("No duty was recognised in these sentences")
_PREAMBLE = mark("Preamble")
_VOUCHED = mark("It is vouched for, with evidence, that this is kept: {duty}")
_VOUCHED_SHORT = mark("Vouched for: {words}")  # six words at most, with four of the sentence's
_IS_TITLE = "policy | notice | statement | datenschutz*"
_ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_DOMAIN = re.compile(r"(?<![\w@.-])(?:[a-z0-9-]+\.)+[a-z]{2,}\b")


@dataclass(frozen=True)
class _Sentence:
    """A sentence and the headings that it stands under."""

    words: str
    headings: tuple[str, ...]

    @cached_property
    def matches(self) -> list[Recogniser]:
        """What recognises it, under any of its headings."""
        here, under = plain(self.words), [plain(h) for h in self.headings]
        return [r for r in recognisers().recognisers if any(r.find(here, h) for h in under)]


@dataclass
class _Clause:
    id: str
    section: str
    duty: str
    kind: Kind
    sentences: list[str]
    promises: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)


def proposed(text: str, company: str, id: str) -> str:
    """The file of a text, proposed from a policy's plain text; raises Unusable for one without a sentence."""
    sentences = _sentences(text)
    if not sentences:
        raise Unusable("the policy holds no sentence: give the plain text of the whole policy")
    with speaking(language(text)):
        return _file(text, sentences, _head(text, company, id))


def _file(text: str, sentences: list[_Sentence], head: dict[str, Any]) -> str:
    lists = _lists(sentences)
    promises = _Promises({**lists, "addresses": head.get("addresses", [])})
    clauses = _clauses(sentences, promises)
    parts = [_HEAD, _pairs(head), *([f"{_LISTS}\n{_pairs(lists)}"] if lists else [])]
    parts += [*([_PROMISES] if promises.made else []), *promises.written(), _CLAUSES, *map(_written, clauses)]
    return "\n\n".join(parts) + "\n"


def unheard(policy: str, proposal: Text) -> str:
    """What to say of a policy in which no duty was recognised, or whose language is not understood; '' of any other."""
    seems, none = foreign(policy), all(clause.kind == "notice" for clause in proposal.clauses)
    if not (seems or none):
        return ""
    found = "no duty was recognised" if none else "few duties can have been recognised"
    why = f", and this one seems to be in {seems}" if seems else ""
    return f"{found}: policies in English and German are understood{why}; write its clauses by `audits new clause`"


def still_proposed(text: Text) -> list[str]:
    """A line for each clause and promise that nobody has read: which, its duty in short, and what is proposed for it."""
    promises = {p.id: p for p in text.promises}
    lines = [_unread(c.id, c.duty, [promises[name] for name in c.promises]) for c in text.clauses if c.proposed]
    under = {name for c in text.clauses if c.proposed for name in c.promises}
    return lines + [_unread(p.id, p.title or "", [p]) for p in text.promises if p.proposed and p.id not in under]


def _unread(id: str, duty: str, promises: list[Promised]) -> str:
    said = [" ".join([p.use, *(f"{name} = {written(value)}" for name, value in p.values.items())]) for p in promises]
    return f"{id}: {_short(duty)}" + (f" [{'; '.join(said)}]" if said else "")


def _short(duty: str) -> str:
    return textwrap.shorten(duty, 80, placeholder=" …")


def _sentences(text: str) -> list[_Sentence]:
    """Each sentence once, in order, with all headings that it stands under; the title of the policy is none."""
    first = next(iter(headings(text)), "")
    under: dict[str, list[str]] = {}
    for heading, sentence in sections(text):
        is_title = heading == first and found(_IS_TITLE, plain(heading))
        under.setdefault(sentence, []).append("" if is_title else heading)
    return [_Sentence(sentence, tuple(dict.fromkeys(each))) for sentence, each in under.items()]


# Promises


class _Promises:
    """The promises so far, each control once with each of its values, and the lists that the text gives them."""

    def __init__(self, lists: dict[str, list[str]]) -> None:
        self._lists = lists
        self.made: dict[str, tuple[str, dict[str, Any]]] = {}
        self._beside: dict[str, tuple[list[str], dict[str, str]]] = {}

    def make(self, use: str, name: str, values: dict[str, Any], comments: list[str], **words: str) -> str:
        """The name of the promise of a control with such values, made where it is not made yet; `words`: title, short."""
        for known, made in self.made.items():
            if made == (use, values):
                return known
        name = "_".join([name, *map(str, values.values())]) if name in self.made else name
        self.made[name], self._beside[name] = (use, values), (comments, words)
        return name

    def lacks(self, use: str) -> list[str]:
        """The lists that a control needs and the text does not give."""
        return [name for name in recognisers().needs.get(use, ()) if not self._lists.get(name)]

    def of(self, use: str) -> list[str]:
        """The promises of a control."""
        return [name for name, made in self.made.items() if made[0] == use]

    def written(self) -> Iterator[str]:
        """Each promise as it stands in the file."""
        for name, (use, values) in self.made.items():
            comments, words = self._beside[name]
            own = {"id": name} if name != use else {}
            yield table("promises", comments, {**own, "use": use, **words, **values, "proposed": True})


class _Read(NamedTuple):
    """A value that a sentence gives to a parameter; `exact` where it says hours as hours, and days as days."""

    parameter: str
    value: int
    exact: bool = True


def _number(use: str, sentence: str) -> tuple[dict[str, int], list[str]]:
    """The value that a sentence gives to a control's number, in the unit that it is said in, and what to say of it."""
    units = {name: name if name == "working_days" else name.rpartition("_")[2] for name in recognisers().numbers.get(use, {})}
    if not units:
        return {}, []
    read, others = _values(units, sentence)
    comments = [f"check: {limit} is no number of {_either(units)}, which {use} counts" for limit in others]
    if len(several := list(dict.fromkeys((each.value, units[each.parameter].replace("_", " ")) for each in read))) > 1:
        comments.append(f"check: the sentence sets several limits: {', '.join(f'{n} {unit}' for n, unit in several)}")
    first = next((each for each in read if each.exact), read[0] if read else None)
    return {first.parameter: first.value} if first else {}, comments


def _either(units: dict[str, str]) -> str:
    return " or ".join(units.values()).replace("_", " ")


def _values(units: dict[str, str], sentence: str) -> tuple[list[_Read], list[Limit]]:
    """What a sentence gives to parameters of such units, and the limits that none of them counts."""
    if "years" in units.values():
        return [_Read(name, age) for name in units for age in ages(sentence)], []
    given = [(limit, _counted(limit, units)) for limit in limits(sentence) if limit.sets]
    return [read for _, read in given if read], [limit for limit, read in given if not read]


def _counted(limit: Limit, units: dict[str, str]) -> _Read | None:
    """What a limit gives to the parameter of its own unit, or else to the first that can count it."""
    found = [
        _Read(name, n, (limit.unit == "hours") == (unit == "hours"))
        for name, unit in units.items()
        if (n := limit.counted_in(unit)) is not None
    ]
    return next((each for each in found if each.exact), found[0] if found else None)


# Clauses


def _clauses(sentences: list[_Sentence], promises: _Promises) -> list[_Clause]:
    """A clause for each sentence with a duty, and behind them in each section one for those without."""
    by_section: dict[str, list[_Clause]] = {}
    notices: dict[str, _Clause] = {}
    later: list[tuple[_Clause, str]] = []
    taken: set[str] = set()
    for sentence in sentences:
        section, kind = _section(sentence.headings[0]), _kind(sentence.matches)
        made = by_section.setdefault(section, [])
        if kind != "notice":
            made.append(_Clause(_id(section, sentence.words, taken), section, sentence.words, kind, [sentence.words]))
            later += [(made[-1], use) for use in _promised(made[-1], sentence, promises)]
        elif section in notices:
            notices[section].sentences.append(sentence.words)
        else:
            notices[section] = _Clause(_id(section, "no duty", taken), section, say(_NO_DUTY), kind, [sentence.words])
    _linked(later, promises)
    clauses = [c for section, made in by_section.items() for c in [*made, *(n for n in (notices.get(section),) if n)]]
    for clause in clauses:
        _completed(clause, promises)
    return clauses


def _kind(matches: list[Recogniser]) -> Kind:
    """The kind of a sentence: told by the controls that it proposes, or else by whose duty it is, if it is one."""
    with_controls, others = [r.kind for r in matches if r.use], [r.kind for r in matches if not r.use]
    order: tuple[Kind, ...] = ("in_part", "measured", "others") if with_controls else ("notice", "others", "attested")
    return next((kind for kind in order if kind in (with_controls or others)), "notice")


def _promised(clause: _Clause, sentence: _Sentence, promises: _Promises) -> Iterator[str]:
    """Puts the promises of a sentence under its clause; gives the controls for which it has no number."""
    for recogniser in sentence.matches:
        for use in recogniser.use:
            number, comments = _number(use, recogniser.about(sentence.words)) if recogniser.has_number else ({}, [])
            if lacks := promises.lacks(use):
                clause.comments.append(f"{use} could measure it, once [lists] names {', '.join(lacks)}")
            elif number or use not in recognisers().numbers:
                values, words = {**recogniser.values, **number}, recogniser.words_of_promise if number else {}
                clause.promises.append(promises.make(use, recogniser.name or use, values, comments, **words))
            else:
                clause.comments += comments
                yield use


def _linked(later: list[tuple[_Clause, str]], promises: _Promises) -> None:
    """A control without a number here is the one that another sentence gives a number, if there is one, or has none if it may."""
    for clause, use in later:
        needed = "needed" in recognisers().numbers[use].values()
        made = promises.of(use) or ([] if needed else [promises.make(use, use, {}, [])])
        if len(made) == 1:
            clause.promises += made
        elif made or not clause.promises:
            which = f"one of {', '.join(made)}" if made else "a number"
            clause.comments.append(f"check: {use} could measure it, with {which}")


def _completed(clause: _Clause, promises: _Promises) -> None:
    """What no promise holds of the policy's numbers is said; what records show in part or not at all has to be vouched for."""
    held = {value for name in clause.promises for value in promises.made[name][1].values() if isinstance(value, int)}
    kept = "; the export's retention_schedule has to say so" if "data_kept_no_longer_than_needed" in clause.promises else ""
    for limit in limits(clause.duty) if clause.kind != "notice" else ():
        if not {limit.amount, limit.counted_in("days"), limit.counted_in("hours")} & held:
            clause.comments.append(f"check: no promise holds {limit}{kept}")
    if clause.kind in ("attested", "in_part"):
        name = "attested_" + re.sub(r"\W", "_", clause.id)
        title = say(_VOUCHED, duty=_short(clause.duty))
        short = say(_VOUCHED_SHORT, words=" ".join(_telling(clause.duty)[:4]))
        made = promises.make("clause_is_attested", name, {"clause": clause.id}, [], title=title, short=short)
        clause.promises.append(made)
    clause.promises, clause.comments = list(dict.fromkeys(clause.promises)), list(dict.fromkeys(clause.comments))


def _section(heading: str) -> str:
    """A heading as the name of a section: without its number and colon."""
    return re.sub(r"^(?:\d+[.)]?)+\s+", "", heading).rstrip(": ") or say(_PREAMBLE)


def _id(section: str, words: str, taken: set[str]) -> str:
    """section.words; where two sentences begin alike, the second carries a piece of its fingerprint."""
    name = f"{_slug(section, 3)}.{_slug(words, 5)}"
    if name in taken:
        name = f"{name}-{sentence_fingerprint(words)[:6]}"
    while name in taken:
        name += "-more"
    taken.add(name)
    return name


def _slug(words: str, most: int) -> str:
    """The first telling words, in the letters that an id may have."""
    letters = unicodedata.normalize("NFKD", words.replace("’", "").replace("'", "")).encode("ascii", "ignore").decode().lower()
    return "-".join(_telling(letters, r"[a-z0-9]+")[:most]) or "unnamed"


def _telling(words: str, of: str = r"[^\W_]+(?:[’'][^\W_]+)*") -> list[str]:
    """The words that say what something is about: not the small ones, but for where there are none else."""
    each, small = re.findall(of, words), frozenset().union(*recognisers().languages.values())
    return [word for word in each if word.casefold() not in small] or each


def _written(clause: _Clause) -> str:
    comments = clause.comments if clause.kind != "notice" else [f"“{sentence}”" for sentence in clause.sentences]
    keys: dict[str, Any] = {"id": clause.id, "section": clause.section, "duty": clause.duty, "kind": clause.kind}
    if clause.promises:
        keys["promises"] = clause.promises
    if clause.kind in ("attested", "in_part"):
        keys["attestation"] = say(_ATTESTATION)
    return table("clauses", comments, {**keys, "sources": [sentence_fingerprint(s) for s in clause.sentences], "proposed": True})


# What stands above them


def language(text: str) -> str:
    """The language of a policy's text, as its small words tell: one that is understood, or English."""
    told = _told(text, recognisers().languages)
    return told or OWN


def foreign(text: str) -> str:
    """The name of the language that a text seems to be in, where it is none that is understood."""
    known, others = recognisers().languages, recognisers().other_languages
    told = _told(text, {**known, **others})
    return told if told in others else ""


def _told(text: str, languages: Mapping[str, frozenset[str]]) -> str:
    words = plain(text).split()
    counts = {name: sum(word in small for word in words) for name, small in languages.items()}
    return max(counts, key=lambda name: counts[name]) if any(counts.values()) else ""


def _head(text: str, company: str, id: str) -> dict[str, Any]:
    first = next(iter(headings(text)), "")
    title = first if found(_IS_TITLE, plain(first)) else say("Privacy policy")
    addresses = list(dict.fromkeys(address.lower() for address in _ADDRESS.findall(text)))
    head: dict[str, Any] = {"id": id, "company": company, "title": title, "language": spoken()}
    return {**head, "addresses": addresses} if addresses else head


def _pairs(keys: dict[str, Any]) -> str:
    return "\n".join(pair(*each) for each in keys.items())


def _lists(sentences: list[_Sentence]) -> dict[str, list[str]]:
    """What the text names, by the list that it belongs to."""
    gathered: dict[str, list[str]] = {}
    for sentence in sentences:
        here, under, uses = plain(sentence.words), plain(sentence.headings[0]), {use for r in sentence.matches for use in r.use}
        for listing in recognisers().lists:
            gathered.setdefault(listing.name, []).extend(listing.of(here, under))
        if "transfer_destination_operated_in" in uses:
            gathered.setdefault("named_countries", []).extend(_countries(here))
        if "site_serves_current_policy" in uses:
            gathered.setdefault("sites", []).extend(_DOMAIN.findall(sentence.words))
    return {name: list(dict.fromkeys(entries)) for name, entries in gathered.items() if entries}


def _countries(sentence: str) -> list[str]:
    """The codes of the countries that a sentence sends data to, or keeps it in."""
    known = recognisers().countries
    before = ("in", "to", "within", "inside", "leave*")
    said = [words for words in known if found(" | ".join(f"{word} ({words})" for word in before), sentence)]
    return sorted({code for words in said for code in known[words]})
