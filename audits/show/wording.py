"""Numbers, days and statuses as readers see them. Everything here is text; escaping is the templates' work."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from babel import Locale
from babel.dates import format_date

from audits.evaluation.results import PromiseResult, Results, Run, rows_of

LOCALE = Locale("en", "GB")
# A symbol beside each word: colour never stands alone.
STATUS = {
    "satisfied": "✓ satisfied",
    "not_satisfied": "✗ not satisfied",
    "inconclusive": "? inconclusive",
    "no_population": "– no population",
    "not_assessed": "○ not assessed",
    "error": "! error",
}

MECHANISMS = {
    "adequacy": "adequacy",
    "dpf": "Data Privacy Framework",
    "swiss_dpf": "Swiss-US Data Privacy Framework",
    "privacy_shield": "Privacy Shield",
    "safe_harbor": "Safe Harbor",
    "scc_2001": "standard clauses of 2001",
    "scc_2010": "standard clauses of 2010",
    "scc_2021": "standard clauses of 2021",
    "bcr": "binding corporate rules",
}


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
        return "○ not tested"
    return "✓ passed" if passed else "✗ failed"


def known(value: Any) -> str:
    """A value of a frame as text, '' where there is none."""
    return "" if absent(value) else str(value)


def country(code: Any) -> str:
    """Germany for DE; the code itself where it is no country's."""
    return "(not recorded)" if absent(code) else str(LOCALE.territories.get(str(code), code))


def place(code: str) -> str:
    """Brazil for BR; United States, CA for US-CA; what is no code as it is."""
    code, _, part = code.partition("-")
    return ", ".join(filter(None, (country(code), part)))


def mechanism(name: Any) -> str:
    """A measure as readers know it; its own name where it is none of the usual ones."""
    return "no measure" if absent(name) else MECHANISMS.get(str(name), str(name))


def period(run: Run) -> str:
    """October 2026 for a whole month, else the days."""
    return days(run.first_day, run.last_day)


def days(first: date, last: date) -> str:
    """October 2026 for the days of a whole month, else 1 July 2026 to 30 September 2026; both days included."""
    if first.day == 1 and (last + timedelta(days=1)).day == 1 and (first.year, first.month) == (last.year, last.month):
        return month_in_full(first)
    return f"{day(first)} to {day(last)}"


def when(run: Run) -> str:
    """In October 2026; from 1 January 2010 to 31 December 2012."""
    return f"from {period(run)}" if " to " in period(run) else f"in {period(run)}"


def day(value: date | datetime | None) -> str:
    """2 November 2026."""
    return str(format_date(value, "d MMMM yyyy", locale=LOCALE)) if value is not None and value == value else "–"


def month(value: date) -> str:
    """Nov 2026."""
    return str(format_date(value, "MMM yyyy", locale=LOCALE))


def month_in_full(value: date) -> str:
    """November 2026."""
    return str(format_date(value, "MMMM yyyy", locale=LOCALE))


def instant(value: datetime | None) -> str:
    """2 November 2026, 05:00 (UTC+01:00)."""
    if value is None:
        return "not stated"
    offset = value.strftime("%z")
    return f"{day(value)}, {value:%H:%M} (UTC{offset[:3]}:{offset[3:5]})"


def number(value: float) -> str:
    """12,345."""
    return f"{int(value):,}"


def hours(value: Any) -> str:
    """71.5 h."""
    return "–" if absent(value) else f"{float(value):,.1f} h"


def counted(n: int, noun: str) -> str:
    """1 request, 2 requests."""
    return f"{number(n)} {noun}{'' if n == 1 else 's'}"


def were(n: int) -> str:
    """Was, of one; were, of any other number."""
    return "was" if n == 1 else "were"


def percent(share: float) -> str:
    """97.4 %; never 100.0 % or 0.0 % unless it is exactly that."""
    text = f"{share * 100:.1f}"
    if text == "100.0" and share < 1:
        text = "99.9"
    if text == "0.0" and share > 0:
        text = "0.1"
    return f"{text} %"


def rate(low: float | None, high: float | None) -> str:
    """A share, a range where some findings cannot be decided, or a dash where nothing was due."""
    if low is None or high is None or low != low:
        return "–"
    return percent(low) if low == high else f"{percent(low).removesuffix(' %')} to {percent(high)}"


def likely(low: float, high: float) -> str:
    """A range of shares in whole percents, rounded outwards: 88 to 98 %; at least 91 %; at most 9 %."""
    least, most = math.floor(low * 100), math.ceil(high * 100)
    if least and high == 1:
        return f"at least {least} %"
    return f"at most {most} %" if low == 0 and high < 1 else f"{least} to {most} %"


def listed(names: Sequence[str]) -> str:
    """France; France and Spain; France, Italy and Spain."""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""


def answer(promise: PromiseResult, run: Run) -> str:
    """One sentence: what fell due in the period, what was kept, what was not, what cannot be told."""
    start = when(run)[0].upper() + when(run)[1:]
    if promise.status == "not_assessed":
        return f"{promise.title}: not assessed, {promise.why}."
    if promise.status == "error":
        return f"{promise.title}: could not be evaluated ({promise.why})."
    if not promise.judged:
        return f"{start}, nothing fell due."
    older = f" ({number(promise.carried)} of them due earlier and still open)" if promise.carried else ""
    parts = [f"{number(promise.compliant)} kept", f"{number(promise.violation)} broken"]
    if promise.waived:
        parts[-1] += f" ({number(promise.waived)} of them accepted for now)"
    if promise.indeterminate:
        parts.append(f"{number(promise.indeterminate)} cannot be told")
    verb = "duty was" if promise.judged == 1 else "duties were"
    share = rate(promise.rate_low, promise.rate_high)
    sentence = f"{start}, {number(promise.judged)} {verb} to be met{older}: {', '.join(parts)}. Kept: {share}."
    return f"{sentence} {promise.why[0].upper()}{promise.why[1:]}." if promise.why else sentence


def values(given: Mapping[str, Any]) -> str:
    """days = 30, handled_means = closed."""
    return ", ".join(f"{name} = {value(own)}" for name, own in given.items())


def value(given: Any) -> str:
    """A parameter's value as it is read."""
    if given is None:
        return "unset"
    return ", ".join(given) if isinstance(given, list) else str(given)


def losses(results: Results) -> list[str]:
    """The stress test in lines: what each measure's end would cost, recipient by recipient."""
    frame = results.stress()
    return [
        f"{r.stress}: {counted(r.transfers, 'transfer')} of {people(r.people)} to {text(r.recipient)} ({text(r.recipient_id)}), "
        f"{country(r.destination)}, would rest on nothing; {fallback(r.fallback)}"
        for r in rows_of(frame)
    ]


def people(n: int) -> str:
    """1 person, 2 people."""
    return f"{number(n)} {'person' if n == 1 else 'people'}"


def fallback(kind: Any) -> str:
    """What a recipient has signed beside."""
    return "no other contract is signed" if absent(kind) else f"signed beside: {mechanism(kind)}"


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
        return "not_satisfied", "✗ promises broken"
    if unjudged > kept + untold:
        return "inconclusive", "? too little could be judged" if kept + untold else "? nothing could be judged"
    if untold:
        return "inconclusive", "? not all can be told"
    return ("satisfied", "✓ promises kept") if kept else ("inconclusive", "? nothing could be judged")


def unjudged(clauses: int) -> str:
    """What to add to how many were kept, of clauses that no records let anybody judge."""
    return f"; {counted(clauses, 'more clause')} could not be judged for want of records" if clauses else ""
