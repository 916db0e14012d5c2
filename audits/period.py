"""Periods: `2026-10`, `2026-Q3`, `2026-W44`, `2026`, or `2026-01-15..2026-02-20` (both days included)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from audits.errors import Unusable

_FORMS = "2026-10, 2026-Q3, 2026-W44, 2026 or 2026-01-15..2026-02-20"


@dataclass(frozen=True)
class Period:
    """Whole local days from `first_day` up to and without `end_day`; `name` is how it was written."""

    name: str
    first_day: date
    end_day: date

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read a period; raises Unusable with the accepted forms when it is none."""
        try:
            first, end = _days(text.strip())
        except ValueError as error:
            raise Unusable(f"period {text!r} is none: write {_FORMS}") from error
        if end <= first:
            raise Unusable(f"period {text!r} ends before it begins: write {_FORMS}")
        return cls(text.strip(), first, end)

    @classmethod
    def last_whole_month(cls, today: date) -> Period:
        """The last calendar month that was over when `today` began."""
        first = _months_before(today.replace(day=1), 1)
        return cls(f"{first:%Y-%m}", first, today.replace(day=1))

    def history(self, steps: int = 12) -> list[tuple[date, date]]:
        """First day and end day (without) of this period and as many before it of the same length, the latest first.

        Of a period that is not of whole months, the months up to its last day.
        """
        whole = self.first_day.day == 1 and self.end_day.day == 1
        last = self.end_day if whole else _months_before((self.end_day - timedelta(days=1)).replace(day=1), -1)
        months = (last.year - self.first_day.year) * 12 + last.month - self.first_day.month if whole else 1
        return [(_months_before(last, months * (k + 1)), _months_before(last, months * k)) for k in range(steps)]

    def __str__(self) -> str:
        return self.name


def _days(text: str) -> tuple[date, date]:
    if ".." in text:
        start, end = text.split("..", 1)
        return date.fromisoformat(start), date.fromisoformat(end) + timedelta(days=1)
    if match := re.fullmatch(r"(\d{4})-W(\d{2})", text):
        monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
        return monday, monday + timedelta(days=7)
    if match := re.fullmatch(r"(\d{4})-Q([1-4])", text):
        first = date(int(match[1]), 3 * int(match[2]) - 2, 1)
        return first, _months_before(first, -3)
    if match := re.fullmatch(r"(\d{4})-(\d{2})", text):
        first = date(int(match[1]), int(match[2]), 1)
        return first, _months_before(first, -1)
    if re.fullmatch(r"\d{4}", text):
        return date(int(text), 1, 1), date(int(text) + 1, 1, 1)
    raise ValueError(text)


def _months_before(first_of_month: date, months: int) -> date:
    index = first_of_month.year * 12 + first_of_month.month - 1 - months
    return date(index // 12, index % 12 + 1, 1)
