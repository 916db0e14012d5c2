"""Limits that a sentence sets: "within thirty (30) days", "no later than 72 hours", "children under 13"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from audits.texts.recognisers import plain

_ONES = [
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen"),
    *("fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_GERMAN = [
    "ein",
    "zwei",
    "drei",
    "vier",
    "fünf",
    "sechs",
    "sieben",
    "acht",
    "neun",
    "zehn",
    "elf",
    "zwölf",
    "dreizehn",
    "vierzehn",
]
_UNITS = {
    "hours": "hours?|stunden?",
    "days": "days?|tage?n?|tages",
    "weeks": "weeks?|wochen?",
    "months": "months?|monate?n?|monats",
    "years": "years?|jahre?n?|jahres",
}
_SETS = (
    r"within|inside of|no later than|not later than|later than|at most|at the latest|up to|no more than|not more than|maximum of"
    r"|less than|no circumstances after|not exceed(?:ing)?|never after|in no (?:case|event) after"
    r"|innerhalb|binnen|spätestens|höchstens"
)
# What stands before a length of time that is no limit, and behind one that is.
_LASTS = r"for|for at least|for another|last|lasts|past|previous|every|another"
_FROM = (
    r" (?:after|before|in advance|ahead|vor|at the latest|at most|of receipt|of receiving|from receipt|deadline|time limit"
    r"|nach)\b"
)
_AGE = (
    r"(?:under|below|younger than|unter|least|over|reached|(?:the )?age of|aged?)(?: the)?(?: age)?(?: of)? {number}(?! ?%)"
    r"|{number} (?:years of age|years old|years or older|jahren?)"
)
_NEXT = r"(?:next|following|nächsten|folgenden) (?=(?:business |working |werk|arbeits)?(?:day|tag)\b)"
_HOURS = {"hours": 1, "days": 24, "weeks": 168}


@dataclass(frozen=True)
class Limit:
    """A length of time: how much of which unit; `working` days are no days, and `sets` tells a limit from any other length.

    `amount` is None where the text gives two that differ: "thirty (60) days".
    """

    amount: int | None
    unit: str
    working: bool
    sets: bool

    def __str__(self) -> str:
        if self.amount is None:
            return f"two numbers of {self.unit}"
        unit = self.unit.removesuffix("s") if self.amount == 1 else self.unit
        return f"{self.amount} {'working ' if self.working else ''}{unit}"

    def counted_in(self, unit: str) -> int | None:
        """How many hours, days or working_days it is; None where that cannot be said: a month is no number of days."""
        if unit == "working_days":
            return self.amount if self.working and self.unit == "days" else None
        if self.amount is None or self.working or self.unit not in _HOURS:
            return None
        hours, rest = self.amount * _HOURS[self.unit], _HOURS[unit]
        return hours // rest if hours % rest == 0 else None


def limits(sentence: str) -> list[Limit]:
    """The lengths of time that a sentence names, in its order: "the next working day" is within one of them."""
    said = re.sub(rf"\b(?:on|by|am|bis zum)(?: the| our)? {_NEXT}", "within 1 ", plain(sentence))
    return [_limit(match) for match in _pattern().finditer(said)]


def ages(sentence: str) -> list[int]:
    """The ages in years that a sentence names."""
    found = re.finditer(_AGE.replace("{number}", f"({_number()})"), plain(sentence))
    return [age for match in found for age in (_read(match[1] or match[2]),) if 1 <= age <= 21]


def _limit(match: re.Match[str]) -> Limit:
    said, bracketed = _read(match["said"]), match["bracketed"]
    unit = next(name for name, words in _UNITS.items() if re.fullmatch(words, match["unit"]))
    amount = None if bracketed and _read(bracketed) != said else said
    sets = match["sets"] or (match["from"] and not match["lasts"])
    return Limit(amount, unit, bool(match["working"]), bool(sets))


@cache
def _pattern() -> re.Pattern[str]:
    units = "|".join(_UNITS.values())
    before = rf"(?:\b(?P<sets>{_SETS})\b(?: \S+){{0,3}}? |\b(?P<lasts>{_LASTS}) )?"
    return re.compile(
        rf"{before}\(?(?<![\w.,])(?P<said>{_number()}|an?|einem?r?|einer)\)?"
        rf"(?: \(?(?P<bracketed>\d+|{_number()})\))?"
        rf" (?:full )?(?:calendar )?(?P<working>(?:business|working|werk|arbeits) ?)?(?P<unit>{units})\b(?P<from>{_FROM})?"
    )


@cache
def _number() -> str:
    words = [rf"(?:{'|'.join(_TENS)})(?: (?:{'|'.join(_ONES[:9])}))?", "|".join(_ONES), "|".join(_GERMAN)]
    return rf"(?:\d{{1,4}}|{'|'.join(words)})(?!\w)"


def _read(number: str) -> int:
    """A number in figures or in words."""
    if number.isdecimal():
        return int(number)
    if number in _GERMAN:
        return _GERMAN.index(number) + 1
    tens, _, ones = number.partition(" ")
    if tens in _TENS:
        return 20 + 10 * _TENS.index(tens) + (_ONES.index(ones) + 1 if ones else 0)
    return _ONES.index(number) + 1 if number in _ONES else 1
