"""Limits that a sentence sets: "within thirty (30) days", "no later than 72 hours", "children under 13"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from audits.texts.recognisers import plain

_ONES = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen"),
    *("fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
# As `plain` leaves them: ss for ß.
_EINER = (
    *("ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf", "dreizehn", "vierzehn"),
    *("fünfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn"),
)
_ZEHNER = ("zwanzig", "dreissig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig")
_NUMBERS = {
    **{said: n for ones in (_ONES, _EINER) for n, said in enumerate(ones, 1)},
    **{said: 10 * n for tens in (_TENS, _ZEHNER) for n, said in enumerate(tens, 2)},
    **{f"{ten} {one}": 10 * n + k for n, ten in enumerate(_TENS, 2) for k, one in enumerate(_ONES[:9], 1)},
    **{f"{one}und{ten}": 10 * n + k for n, ten in enumerate(_ZEHNER, 2) for k, one in enumerate(_EINER[:9], 1)},
    **dict.fromkeys(("hundred", "a hundred", "one hundred", "hundert", "einhundert"), 100),
}
_UNITS = {
    "hours": "hours?|stunden?",
    "days": "days?|tage?n?|tages",
    "weeks": "weeks?|wochen?",
    "fortnights": "fortnights?",
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
    r",? (?:after|before|in advance|ahead|vor|at the latest|at most|of receipt|of receiving|from receipt|deadline|time limit"
    r"|nach|im voraus|vorab|vorher|zuvor|bevor)\b"
)
_AGE = (
    r"(?:under|below|younger than|unter|least|over|reached|(?:the )?age of|aged?)(?: the)?(?: age)?(?: of)? {number}(?! ?%)"
    r"|{number} (?:years of age|years old|years or older|jahren?)"
)
_NEXT = r"(?:next|following|nächsten|folgenden) (?=(?:business |working |werk|arbeits)?(?:day|tag)\b)"
_HOURS = {"hours": 1, "days": 24, "weeks": 168, "fortnights": 336}


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
        """How many hours, days or working_days it is; None where that cannot be said.

        A month is no number of days, and neither are hours: forty-eight end at their hour, two days with the second.
        """
        if unit == "working_days":
            return self.amount if self.working and self.unit == "days" else None
        if self.amount is None or self.working or self.unit not in _HOURS or (self.unit == "hours" != unit):
            return None
        return self.amount * _HOURS[self.unit] // _HOURS[unit]


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
        rf"{before}\(?(?<![\w.,])(?P<said>{_number()}|an?|eine[mnrs]?)\)?"
        rf"(?: \(?(?P<bracketed>\d+|{_number()})\))?"
        rf" (?:full )?(?:calendar )?(?P<working>(?:business|working|werk|arbeits) ?)?(?P<unit>{units})\b(?P<from>{_FROM})?"
    )


@cache
def _number() -> str:
    """A pattern of a number, of words the longest first."""
    return rf"(?:\d{{1,4}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})(?!\w)"


def _read(number: str) -> int:
    """A number in figures or in words: an article is one."""
    return int(number) if number.isdecimal() else _NUMBERS.get(number, 1)
