"""Numbers, days and statuses as readers see them. Everything here is text; escaping is the templates' work."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from babel.dates import format_date

from audits.controls.promise import NAMED
from audits.evaluation.results import Results, Run, rows_of
from audits.texts.section import NO_CLAUSE
from audits.texts.text import NO_OWNER
from audits.words import OWN, decimal, locale, mark, number, plural, say, spoken
from audits.words import day as date_in_full

# The words of a status, everywhere the same, each behind its mark: colour never stands alone. What asks for nothing has none.
STATUS = {
    "satisfied": mark("• kept"),
    "not_satisfied": mark("■ broken"),
    "inconclusive": mark("□ cannot be told"),
    "no_population": mark("nothing fell due"),
    "not_assessed": mark("– not assessed"),
    "error": mark("– could not be evaluated"),
}

MECHANISMS = {
    "adequacy": mark("adequacy"),
    "dpf": "Data Privacy Framework",
    "swiss_dpf": mark("Swiss-US Data Privacy Framework"),
    "privacy_shield": "Privacy Shield",
    "safe_harbor": "Safe Harbor",
    "scc_2001": mark("standard clauses of 2001"),
    "scc_2010": mark("standard clauses of 2010"),
    "scc_2021": mark("standard clauses of 2021"),
    "bcr": mark("binding corporate rules"),
}
# Names of groups that are ours, and stand among those of the data.
_GROUPS = {"all others", "all", "other", "(not stated)"}
_DAYS = {"en": "EEEE d MMMM yyyy", "de": "EEEE, d. MMMM yyyy"}


class Named(Protocol):
    """A text, as far as pages name it."""

    @property
    def title(self) -> str:
        """What it is called."""

    @property
    def company(self) -> str:
        """Whose it is; a law is nobody's."""


def company(texts: Sequence[Named]) -> str:
    """Whose the texts are: of the first that is somebody's; '' where all of them are laws."""
    return next((t.company for t in texts if t.company), "")


def audited(texts: Sequence[Named]) -> str:
    """What is audited: the titles of the texts, and whose they are."""
    return " · ".join(filter(None, (", ".join(t.title for t in texts), company(texts))))


def absent(value: Any) -> bool:
    """Whether a value of a frame is none: NULL comes as None, NaN, NaT or NA, which alone differ from themselves."""
    try:
        return value is None or bool(value != value)
    except TypeError:  # NA differs from nothing, and is no truth value
        return True


def outcome(passed: Any) -> str:
    """Of a test that may not have been made."""
    if absent(passed):
        return say("○ not tested")
    return say("✓ passed") if passed else say("✗ failed")


def status(code: str) -> str:
    """The words of a status, behind its mark."""
    return say(STATUS[code])


def sign(code: str) -> str:
    """The mark of a status alone; '' where it has none."""
    first, _, rest = STATUS[code].partition(" ")
    return first if rest and not first.isalnum() else ""


def known(value: Any) -> str:
    """A value of a frame as text, '' where there is none."""
    return "" if absent(value) else str(value)


def country(code: Any) -> str:
    """Germany for DE; the code itself where it is no country's."""
    if absent(code):
        return say("(not recorded)")
    return str(locale().territories.get(str(code))) if str(code) in locale().territories else group(str(code))


def place(code: str) -> str:
    """Brazil for BR; United States, CA for US-CA; Switzerland to United States for CH to US; what is no code as it is."""
    if " to " in code:
        first, _, second = code.partition(" to ")
        return say("{one} to {other}", one=place(first), other=place(second))
    if code == "EEA":
        return say("EEA")
    code, _, part = code.partition("-")
    return ", ".join(filter(None, (country(code), part)))


def group(name: str) -> str:
    """The name of a group of a breakdown: those that are ours in the reader's language, those of the data as they are."""
    return say(name) if name in _GROUPS else name


# What groups are called that are ours.
_SAID_OF_GROUPS = (mark("all others"), mark("all"), mark("other"), mark("(not stated)"))


def word(name: Any) -> str:
    """A word of the data, or an id of ours, as a reader writes it: email delivery for email_delivery."""
    plain = text(name).replace("_", " ")
    return say(plain) if plain in _WORDS else group(plain)


# Words of the contract and of the law's tables that readers meet on pages.
_WORDS = NAMED | {
    mark("access"), mark("rectification"), mark("erasure"), mark("restriction"), mark("portability"), mark("objection"),
    mark("question"), mark("confirmation"), mark("consent withdrawal"), mark("opt out"), mark("return"), mark("child report"),
    mark("email"), mark("chat"), mark("portal"), mark("post"), mark("phone"), mark("web form"), mark("in person"),
    mark("social media"), mark("fax"), mark("app"),
    mark("none"), mark("risk"), mark("high"), mark("unknown"),
    mark("processor"), mark("subprocessor"), mark("authority"), mark("acquirer"), mark("third party"),
    mark("statute"), mark("acknowledge"), mark("membership"), mark("transfer law"), mark("mechanism"), mark("opt in"),
    mark("breach authority"),
    mark("prior consent"), mark("no prior consent"), mark("certification"), mark("everybody"), mark("adequacy"),
    mark("age"), mark("coverage"), mark("intake"), mark("request numbers"), mark("row count"),
}  # fmt: skip


def inside(noun: str) -> str:
    """A noun within a sentence: English has no capitals there."""
    return say(noun).lower() if spoken() == OWN else say(noun)


def section(name: str) -> str:
    """The name of a section: the text's own, but for what stands under no clause."""
    return say(NO_CLAUSE) if name == NO_CLAUSE else name


def owner(name: str) -> str:
    """Who answers for a promise, or that nobody is named."""
    return say(NO_OWNER) if name == NO_OWNER else name


def mechanism(name: Any) -> str:
    """A measure as readers know it; its own name where it is none of the usual ones."""
    if absent(name):
        return say("no measure")
    return say(MECHANISMS[str(name)]) if str(name) in MECHANISMS else group(str(name))


def capital(sentence: str) -> str:
    """A sentence begins with a capital."""
    return sentence[:1].upper() + sentence[1:]


def period(run: Run) -> str:
    """October 2026 for a whole month, else the days."""
    return days(run.first_day, run.last_day)


def days(first: date, last: date) -> str:
    """October 2026 for the days of a whole month, else 1 July 2026 to 30 September 2026; both days included."""
    if is_month(first, last):
        return month_in_full(first)
    return say("{first} to {last}", first=day(first), last=day(last))


def is_month(first: date, last: date) -> bool:
    """Whether days are those of a whole month."""
    return first.day == 1 and (last + timedelta(days=1)).day == 1 and (first.year, first.month) == (last.year, last.month)


def when(run: Run) -> str:
    """In October 2026; from 1 January 2010 to 31 December 2012."""
    name = period(run)
    return say("in {month}", month=name) if is_month(run.first_day, run.last_day) else say("from {days}", days=name)


def day(value: date | datetime | None) -> str:
    """2 November 2026."""
    return date_in_full(value) if value is not None and value == value else "–"


def weekday(value: date) -> str:
    """Monday 9 November 2026."""
    return str(format_date(value, _DAYS[spoken()], locale=locale()))


def month(value: date) -> str:
    """Nov 2026."""
    return str(format_date(value, "MMM yyyy", locale=locale()))


def month_in_full(value: date) -> str:
    """November 2026."""
    return str(format_date(value, "LLLL yyyy", locale=locale()))


def instant(value: datetime | None) -> str:
    """2 November 2026, 05:00 (UTC+01:00)."""
    if value is None:
        return say("not stated")
    offset = value.strftime("%z")
    return say("{day}, {time} ({zone})", day=day(value), time=f"{value:%H:%M}", zone=f"UTC{offset[:3]}:{offset[3:5]}")


def hours(value: Any) -> str:
    """71.5 h."""
    return "–" if absent(value) else say("{n} h", n=decimal(float(value)))


def percent(share: float) -> str:
    """97.4 %; never 100.0 % or 0.0 % unless it is exactly that."""
    return f"{_tenths(share)} %"


def _tenths(share: float) -> str:
    rounded = round(share * 100, 1)
    if rounded == 100 and share < 1:
        rounded = 99.9
    if rounded == 0 and share > 0:
        rounded = 0.1
    return decimal(rounded)


def rate(low: float | None, high: float | None) -> str:
    """A share, a range where some findings cannot be decided, or a dash where nothing was due."""
    if low is None or high is None or low != low:
        return "–"
    return percent(low) if low == high else say("{low} to {high} %", low=_tenths(low), high=_tenths(high))


def likely(low: float, high: float) -> str:
    """A range of shares in whole percents, rounded outwards: 88 to 98 %; at least 91 %; at most 9 %."""
    least, most = math.floor(low * 100), math.ceil(high * 100)
    if least and high == 1:
        return say("at least {low} %", low=least)
    return say("at most {high} %", high=most) if low == 0 and high < 1 else say("{low} to {high} %", low=least, high=most)


def listed(names: Sequence[str]) -> str:
    """France; France and Spain; France, Italy and Spain."""
    if len(names) < 2:
        return "".join(names)
    return say("{names} and {last}", names=", ".join(names[:-1]), last=names[-1])


def values(given: Mapping[str, Any]) -> str:
    """days = 30, handled_means = closed."""
    return ", ".join(f"{name} = {value(own)}" for name, own in given.items())


def value(given: Any) -> str:
    """A parameter's value as it is read."""
    if given is None:
        return say("unset")
    return ", ".join(given) if isinstance(given, list) else str(given)


def losses(results: Results) -> list[str]:
    """The stress test in lines: what each measure's end would cost, recipient by recipient."""
    frame = results.stress()
    return [
        say(
            "{stress}: {transfers} of {people} to {recipient} ({key}), {country}, would rest on nothing; {fallback}",
            stress=r.stress,
            transfers=plural("{n} transfer", "{n} transfers", r.transfers),
            people=people(r.people),
            recipient=text(r.recipient),
            key=text(r.recipient_id),
            country=country(r.destination),
            fallback=fallback(r.fallback),
        )
        for r in rows_of(frame)
    ]


def people(n: int) -> str:
    """1 person, 2 people."""
    return plural("{n} person", "{n} people", n)


def fallback(kind: Any) -> str:
    """What a recipient has signed beside."""
    if absent(kind):
        return say("no other contract is signed")
    return say("signed beside: {measure}", measure=mechanism(kind))


def text(value: Any) -> str:
    """A value of the data, or a dash."""
    return "–" if absent(value) else str(value)


def printable(value: str, longest: int = 60) -> str:
    """A text of the data on one line: cut where it is long, and what cannot be printed is ?."""
    plain = "".join(c if c.isprintable() else "?" for c in value)
    return plain if len(plain) <= longest else f"{plain[: longest - 1]}…"


def values_found(found: Iterable[Any]) -> str:
    """No records 49, "31.9.26" 20: values with how often each stands, in quotes where they are no plain words."""
    told = [(printable(each["value"]), number(each["n"])) for each in found]
    return ", ".join(
        f"{value} {n}" if re.fullmatch(r"[^\W\d_][^\W\d]*( [^\W\d]+)*", value) else f'"{value}" {n}' for value, n in told
    )


def standing(kept: int, broken: int, untold: int, unjudged: int) -> tuple[str, str]:
    """How a period stands, by its clauses: the status of the worst, and the words for it.

    `unjudged` clauses have no records to be judged on: where they are the greater part, nobody can say "kept".
    """
    if broken:
        return "not_satisfied", say("■ promises broken")
    if unjudged > kept + untold:
        little, nothing = say("□ too little could be judged"), say("□ nothing could be judged")
        return "inconclusive", little if kept + untold else nothing
    if untold:
        return "inconclusive", say("□ not all can be told")
    return ("satisfied", say("• promises kept")) if kept else ("inconclusive", say("□ nothing could be judged"))


def unjudged(clauses: int) -> str:
    """How many clauses no records let anybody judge; '' if none."""
    if not clauses:
        return ""
    return plural(
        "{n} more clause could not be judged for want of records",
        "{n} more clauses could not be judged for want of records",
        clauses,
    )
