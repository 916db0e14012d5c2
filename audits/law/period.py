"""Periods: `2026-10`, `2026-Q3`, `2026-W44`, `2026`, or `2026-01-15..2026-02-20` (both days included)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from audits.errors import Unusable

Kind = Literal["week", "month", "quarter", "year"]
_KINDS: dict[Kind, str] = {"week": r"\d{4}-W\d{2}", "month": r"\d{4}-\d{2}", "quarter": r"\d{4}-Q[1-4]", "year": r"\d{4}"}
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
        except (ValueError, OverflowError) as error:
            raise Unusable(f"period {text!r} is none: write {_FORMS}") from error
        if not 1900 < first.year <= end.year < 3000:
            raise Unusable(f"period {text!r} is of no year that records can be of: write {_FORMS}")
        if end <= first:
            raise Unusable(f"period {text!r} ends before it begins: write {_FORMS}")
        return cls(text.strip(), first, end)

    @classmethod
    def last_whole_month(cls, today: date) -> Period:
        """The last calendar month that was over when `today` began."""
        first = _months_before(today.replace(day=1), 1)
        return cls(f"{first:%Y-%m}", first, today.replace(day=1))

    @classmethod
    def of(cls, kind: Kind, day: date) -> Period:
        """The period of that kind which a day belongs to."""
        if kind == "week":
            week = day.isocalendar()
            return cls.parse(f"{week.year}-W{week.week:02}")
        names = {"month": f"{day:%Y-%m}", "quarter": f"{day.year}-Q{(day.month + 2) // 3}", "year": str(day.year)}
        return cls.parse(names[kind])

    @classmethod
    def between(cls, text: str) -> list[Period]:
        """Every period from one to another of the same kind, both included: `2025-11..2026-10`; one period alone is itself."""
        first, _, last = text.partition("..")
        if not last or last.count("-") == 2:
            return [cls.parse(text)]
        found, end = [cls.parse(first)], cls.parse(last)
        if found[0].kind is None or found[0].kind != end.kind or end.first_day < found[0].first_day:
            raise Unusable(f"periods {text!r}: write the first and the last of one kind, such as 2025-11..2026-10")
        while found[-1] != end:
            found.append(found[-1].following())
        return found

    @property
    def kind(self) -> Kind | None:
        """Week, month, quarter or year; None for days from one to another."""
        return next((kind for kind, form in _KINDS.items() if re.fullmatch(form, self.name)), None)

    @property
    def last_day(self) -> date:
        """The last day that belongs to it."""
        return self.end_day - timedelta(days=1)

    def following(self) -> Period:
        """The period of the same kind after this one."""
        if self.kind is None:
            raise Unusable(f"period {self.name!r} is of no kind that another could follow: write a week, month, quarter or year")
        return self.of(self.kind, self.end_day)

    def history(self, steps: int = 12) -> list[tuple[date, date]]:
        """First day and end day (without) of this period and as many before it of the same length, the latest first.

        Whole months go back by months, all others by days; none begins before the year 1.
        """
        if self.first_day.day == 1 and self.end_day.day == 1:
            months = (self.end_day.year - self.first_day.year) * 12 + self.end_day.month - self.first_day.month
            steps = min(steps, (self.end_day.year * 12 + self.end_day.month - 13) // months)
            ends = [_months_before(self.end_day, months * k) for k in range(steps + 1)]
            return list(zip(ends[1:], ends, strict=False))
        length = self.end_day - self.first_day
        steps = min(steps, (self.end_day - date.min) // length)
        return [(self.end_day - length * (k + 1), self.end_day - length * k) for k in range(steps)]

    def __str__(self) -> str:
        return self.name


def _days(text: str) -> tuple[date, date]:
    if not text.isascii():
        raise ValueError(text)
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
