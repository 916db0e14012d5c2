"""Stories: a few rows about one person or thing, drawn by lot; together they make an export."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from .days import At

T = TypeVar("T")
Row = dict[str, Any]
Tables = dict[str, list[Row]]

SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
_MICRO = timedelta(microseconds=1)
# At the boundary more often than beside it.
_AWAY = [
    *[timedelta(0)] * 6,
    *[_MICRO, -_MICRO] * 3,
    *(SECOND, -HOUR, DAY, -DAY, 9 * DAY, -9 * DAY, 50 * DAY, -50 * DAY, 400 * DAY, -400 * DAY),
]
ZONES = ("Europe/Berlin", "America/Los_Angeles", "UTC", "Pacific/Auckland", "Asia/Kolkata")
# Around the ends of months, and around clocks put on or back.
_AS_OF = [
    datetime(2026, 7, 2, 4, tzinfo=UTC),
    datetime(2026, 3, 29, 0, 59, 59, tzinfo=UTC),
    datetime(2026, 11, 1, 8, 30, tzinfo=UTC),
    datetime(2024, 3, 1, tzinfo=UTC),
]


@dataclass
class Teller:
    """Draws the values of one story; `name` begins every id in it."""

    lot: Random
    at: At
    name: str

    def one(self, *values: T) -> T:
        return self.lot.choice(values)

    def chance(self, of: int = 2) -> bool:
        """True once in so many times."""
        return self.lot.randrange(of) == of - 1

    def near(self, *instants: datetime | None) -> datetime:
        """An instant at one of these, or beside it; near as_of if there is none."""
        anchor = self.one(*([i for i in instants if i is not None] or [self.at.as_of]))
        return min(anchor + self.one(*_AWAY), self.at.as_of + 60 * DAY)

    def past(self, *instants: datetime | None) -> datetime:
        """The same, but not after the export was made, and seldom after as_of."""
        found = min(self.near(*instants), self.at.exported_at)
        return found if found <= self.at.as_of or self.chance(12) else self.at.as_of - self.one(*map(abs, _AWAY))

    def ago(self, most_days: int = 500) -> datetime:
        """An instant before as_of, at any microsecond."""
        return self.at.as_of - self.lot.randint(0, most_days) * DAY - self.one(0, self.lot.randrange(DAY // _MICRO)) * _MICRO

    def maybe(self, value: T, of: int = 2) -> T | None:
        """The value, but once in so many times nothing."""
        return None if self.chance(of) else value


Tell = Callable[[Teller], Tables]


@dataclass(frozen=True)
class Judge:
    """The second judge of a control: its verdicts, and what it is tried on.

    `judge` gives the records of its population with "verdict: reason"; `tell` draws a story, `shared` are rows for all of them;
    `values` are those that the parameters may have; `reaches` the tables of which it counts up to when they are known.
    """

    control: str
    judge: Callable[[Tables, At], dict[str, str]]
    tell: Tell
    shared: Tables = field(default_factory=dict)
    values: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    reaches: tuple[str, ...] = ()


@dataclass(frozen=True)
class Case:
    """An export: stories, and when it was made and is judged."""

    at: At
    covers: Mapping[str, datetime]
    stories: tuple[Tables, ...]
    shared: Tables

    @property
    def tables(self) -> Tables:
        found: Tables = {name: list(rows) for name, rows in self.shared.items()}
        for story in self.stories:
            for name, rows in story.items():
                found.setdefault(name, []).extend(rows)
        return found


def told(lot: Random, judge: Judge, size: int) -> Case:
    """An export of so many stories."""
    exported_at = lot.choice(_AS_OF) + lot.choice([timedelta(0), _MICRO, 13 * HOUR])
    as_of = exported_at + lot.choice([timedelta(0), timedelta(0), -5 * DAY, 5 * DAY])
    short = {t: lot.choice([None, 0, 1, 40]) for t in judge.reaches}
    covers = {t: exported_at - days * DAY for t, days in short.items() if days is not None}
    values = {name: lot.choice(choice) for name, choice in judge.values.items()}
    known = {t: covers.get(t, exported_at) for t in judge.reaches}
    at = At(as_of, exported_at, ZoneInfo(lot.choice(ZONES)), known, values)
    stories = tuple(judge.tell(Teller(lot, at, f"s{n}")) for n in range(size))
    return Case(at, covers, stories, judge.shared)
