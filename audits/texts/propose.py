"""A text proposed from the words of a policy: a clause for each sentence with a duty, controls and numbers that the words speak of.

Nobody has read what stands here: every clause and promise is marked `proposed`, until a person takes the mark away. Nothing is left
out silently: a sentence that states no duty stands in its section's notice, a control that cannot be promised in a comment.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from audits.errors import Unusable
from audits.texts.compare import headings, sections, sentence_fingerprint
from audits.texts.limits import ages, limits
from audits.texts.recognisers import Recogniser, Recognisers, found, plain, recognisers
from audits.texts.text import Kind

_HEAD = """\
# Proposed from the words of the policy; nobody has read it yet. For each clause and promise below:
#   1. Say the duty in your own words; what stands there is the policy's sentence.
#   2. Check kind, promises and numbers (`audits explain CONTROL` shows what a control does); take away what the policy does not say.
#   3. Take `proposed = true` away. `audits policy check POLICY.txt` lists what is still proposed.
# Kinds: measured (on records), in_part (on records, and somebody vouches for the rest), attested (somebody vouches for it),
# others (somebody else's duty), notice (promises nothing)."""
_ATTESTATION = "that this is done, as far as no record shows it"
_PREAMBLE = "Preamble"
_IS_TITLE = "policy | notice | statement | datenschutz*"
_IS_GERMAN = "und | der | die | das | wir | nicht | ihre"
_IS_ENGLISH = "and | the | we | not | your | of"
# Words that tell nothing of what a sentence is about.
_EMPTY = frozenset(
    "a an and any are as at be been but by can do for from has have if in into is it its may more of on or our shall so such that the their"
    " them these they this those to under us was we were what when where which who will with you your how am das der die ein eine ist und"
    " wir sie ihre zu von den im".split()
)


@dataclass
class _Promise:
    use: str
    values: dict[str, Any]
    title: str = ""
    comments: list[str] = field(default_factory=list)


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
    lists = _lists(sentences)
    draft = _Draft(recognisers(), lists)
    clauses = _clauses(sentences, draft)
    parts = [_HEAD, _head(text, company, id), _listed(lists), *draft.written(), *map(_clause, clauses)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _sentences(text: str) -> list[_Sentence]:
    """Each sentence once, in order, with all headings that it stands under; the title of the policy is none."""
    first, under = next(iter(headings(text)), ""), {}
    for heading, sentence in sections(text):
        is_title = heading == first and found(_IS_TITLE, plain(heading))
        under.setdefault(sentence, []).append("" if is_title else heading)
    return [_Sentence(sentence, tuple(dict.fromkeys(all_))) for sentence, all_ in under.items()]


class _Draft:
    """The promises so far, each control once with each of its values."""

    def __init__(self, known: Recognisers, lists: dict[str, list[str]]) -> None:
        self.known, self.lists = known, lists
        self.promises: dict[str, _Promise] = {}

    def promise(self, use: str, name: str, values: dict[str, Any], comments: Iterable[str] = (), title: str = "") -> str:
        """The name of the promise of a control with such values, made where it is not made yet."""
        for known, promise in self.promises.items():
            if (promise.use, promise.values) == (use, values):
                return known
        name = name if name not in self.promises else "_".join([name, *map(str, values.values())])
        self.promises[name] = _Promise(use, values, title, list(comments))
        return name

    def lacks(self, use: str) -> list[str]:
        """The lists that a control needs and the text does not give."""
        return [name for name in self.known.needs.get(use, ()) if not self.lists.get(name)]

    def number(self, use: str, recogniser: Recogniser, sentence: str) -> tuple[dict[str, int], list[str], bool]:
        """The value that a sentence gives to a control, what to say of it, and whether the control cannot do without."""
        for parameter, need in self.known.numbers.get(use, {}).items():
            value, comments = _number(parameter, recogniser.about(sentence))
            return ({} if value is None else {parameter: value}), comments, need == "needed" and value is None
        return {}, [], False

    def of(self, use: str) -> list[str]:
        """The promises of a control."""
        return [name for name, promise in self.promises.items() if promise.use == use]

    def written(self) -> Iterator[str]:
        """Each promise as it stands in the file."""
        for name, promise in self.promises.items():
            own = {"id": name} if name != promise.use else {}
            titled = {"title": promise.title} if promise.title else {}
            yield _table("promises", promise.comments, {**own, "use": promise.use, **titled, **promise.values, "proposed": True})


def _number(parameter: str, sentence: str) -> tuple[int | None, list[str]]:
    """The number of a parameter's unit that a sentence sets, and what to say of others."""
    unit = parameter.rpartition("_")[2]
    if unit == "years":
        given = list(dict.fromkeys(ages(sentence)))
        return next(iter(given), None), [f"check: the sentence names several ages: {', '.join(map(str, given))}"] * (len(given) > 1)
    given = [limit for limit in dict.fromkeys(limits(sentence)) if limit.sets or len(limits(sentence)) == 1]
    comments = [f"check: {limit} is no number of {unit}; give one, or leave it to the law" for limit in given if limit.counted_in(unit) is None]
    values = list(dict.fromkeys(n for limit in given if (n := limit.counted_in(unit)) is not None))
    if len(values) > 1:
        comments.append(f"check: the sentence sets several limits: {', '.join(map(str, given))}")
    return next(iter(values), None), comments


def _clauses(sentences: list[_Sentence], draft: _Draft) -> list[_Clause]:
    """A clause for each sentence with a duty, behind them in each section one for those without."""
    by_section: dict[str, list[_Clause]] = {}
    notices: dict[str, _Clause] = {}
    later: list[tuple[_Clause, str]] = []
    taken: set[str] = set()
    for sentence in sentences:
        section = _section(sentence.headings[0])
        kind, made = _kind(sentence.matches), by_section.setdefault(section, [])
        if kind == "notice":
            notice = notices.get(section) or _Clause(_id(section, "no duty", taken), section, "Promises nothing", "notice", [])
            notices[section] = notice
            notice.sentences.append(sentence.words)
        else:
            made.append(_Clause(_id(section, sentence.words, taken), section, sentence.words, kind, [sentence.words]))
            later += [(made[-1], use) for use in _promised(made[-1], sentence, draft)]
    _linked(later, draft)
    for clause in (clause for made in by_section.values() for clause in made):
        _vouched(clause, draft)
    return [c for section, made in by_section.items() for c in [*made, *(n for n in (notices.get(section),) if n)]]


def _kind(matches: list[Recogniser]) -> Kind:
    """The kind of a sentence: told by the controls that it proposes, or else by whose duty it is, if it is one."""
    with_controls, others = [r.kind for r in matches if r.use], [r.kind for r in matches if not r.use]
    order: tuple[Kind, ...] = ("in_part", "measured", "others") if with_controls else ("notice", "others", "attested")
    return next((kind for kind in order if kind in (with_controls or others)), "notice")


def _promised(clause: _Clause, sentence: _Sentence, draft: _Draft) -> Iterator[str]:
    """Puts the promises of a sentence under its clause; gives the controls for which it has no number."""
    for recogniser in sentence.matches:
        for use in recogniser.use:
            number, comments, waits = draft.number(use, recogniser, sentence.words)
            if lacks := draft.lacks(use):
                clause.comments.append(f"{use} could measure it, once [lists] names {', '.join(lacks)}")
            elif waits:
                clause.comments += comments
                yield use
            else:
                name = draft.promise(use, recogniser.name or use, {**recogniser.values, **number}, comments)
                clause.promises.append(name)


def _linked(later: list[tuple[_Clause, str]], draft: _Draft) -> None:
    """A control without a number of its own here is the one that another sentence gives a number, if it is one."""
    for clause, use in later:
        if len(names := draft.of(use)) == 1:
            clause.promises += names
        elif not clause.promises:
            clause.comments.append(f"{use} could measure it, once a number is given")


def _vouched(clause: _Clause, draft: _Draft) -> None:
    """What records show in part, or not at all, somebody has to vouch for."""
    clause.promises, clause.comments = list(dict.fromkeys(clause.promises)), list(dict.fromkeys(clause.comments))
    if clause.kind in ("attested", "in_part"):
        name = "attested_" + re.sub(r"\W", "_", clause.id)
        title = f"It is vouched for, with evidence, that clause {clause.id} is kept"
        clause.promises.append(draft.promise("clause_is_attested", name, {"clause": clause.id}, title=title))


# Lists


def _lists(sentences: list[_Sentence]) -> dict[str, list[str]]:
    """What the text names, by the list that it belongs to."""
    gathered: dict[str, list[str]] = {}
    for sentence in sentences:
        here, under = plain(sentence.words), plain(sentence.headings[0])
        for listing in recognisers().lists:
            gathered.setdefault(listing.name, []).extend(listing.of(here, under))
        if any("transfer_destination_operated_in" in r.use for r in sentence.matches):
            gathered.setdefault("named_countries", []).extend(_countries(here))
        if any("site_serves_current_policy" in r.use for r in sentence.matches):
            gathered.setdefault("sites", []).extend(re.findall(r"(?<![\w@.-])(?:[a-z0-9-]+\.)+[a-z]{2,}\b", sentence.words))
    return {name: list(dict.fromkeys(entries)) for name, entries in gathered.items() if entries}


def _countries(sentence: str) -> list[str]:
    """The codes of the countries that a sentence sends data to, or keeps it in."""
    said = [codes for words, codes in recognisers().countries.items() if found(f"in ({words}) | to ({words}) | within ({words})", sentence)]
    return sorted({code for codes in said for code in codes})


# Names


def _section(heading: str) -> str:
    """A heading as the name of a section: without its number and colon, not in capitals alone."""
    name = re.sub(r"^(?:\d+[.)]?)+\s+", "", heading).rstrip(": ")
    return (name.capitalize() if name.isupper() else name) or _PREAMBLE


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
    all_ = re.findall(r"[a-z0-9]+", letters)
    return "-".join(([word for word in all_ if word not in _EMPTY] or all_)[:most]) or "unnamed"


# What is written


def _head(text: str, company: str, id: str) -> str:
    first, words = next(iter(headings(text)), ""), plain(text)
    german = len(re.findall(rf"\b(?:{_IS_GERMAN.replace(' | ', '|')})\b", words))
    english = len(re.findall(rf"\b(?:{_IS_ENGLISH.replace(' | ', '|')})\b", words))
    title = first if found(_IS_TITLE, plain(first)) else "Privacy policy"
    keys = {"id": id, "company": company, "title": title, "language": "de" if german > english else "en"}
    addresses = list(dict.fromkeys(a.lower() for a in re.findall(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", text)))
    return "\n".join(_pair(key, value) for key, value in {**keys, **({"addresses": addresses} if addresses else {})}.items())


def _listed(lists: dict[str, list[str]]) -> str:
    if not lists:
        return ""
    what = "# What the policy names, in the words of your records. Check each: what is missing would be a violation, what is too much none."
    return "\n".join([what, "[lists]", *(_pair(name, entries) for name, entries in lists.items())])


def _clause(clause: _Clause) -> str:
    comments = clause.comments if clause.kind != "notice" else [f"“{sentence}”" for sentence in clause.sentences]
    keys = {"id": clause.id, "section": clause.section, "duty": clause.duty, "kind": clause.kind}
    if clause.promises:
        keys["promises"] = clause.promises
    if clause.kind in ("attested", "in_part"):
        keys["attestation"] = _ATTESTATION
    return _table("clauses", comments, {**keys, "sources": [sentence_fingerprint(s) for s in clause.sentences], "proposed": True})


def _table(name: str, comments: Iterable[str], keys: dict[str, Any]) -> str:
    said = [f"# {_printable(comment)}" for comment in comments]
    return "\n".join([*said, f"[[{name}]]", *(_pair(key, value) for key, value in keys.items())])


def _pair(key: str, value: Any) -> str:
    return f"{key} = {_value(value)}"


def _value(value: Any) -> str:
    """JSON's strings are TOML's, but for one control character."""
    line = json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, list) and len(line) > 120:
        return "[\n" + "".join(f"    {_value(each)},\n" for each in value) + "]"
    return line


def _printable(comment: str) -> str:
    return "".join(c for c in comment if c.isprintable())
