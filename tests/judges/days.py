"""Days of a time zone, and instants at their ends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

TICK = timedelta(microseconds=1)
FOR_EVER = datetime(9999, 6, 30, tzinfo=UTC)


@dataclass(frozen=True)
class At:
    """When and where it is judged: `until` says up to which instant a table is known, `values` the parameters."""

    as_of: datetime
    exported_at: datetime
    zone: ZoneInfo
    until: Mapping[str, datetime]
    values: Mapping[str, Any] = field(default_factory=dict)

    def day(self, instant: datetime) -> date:
        return instant.astimezone(self.zone).date()

    def start(self, day: date) -> datetime:
        return datetime.combine(day, time.min, self.zone).astimezone(UTC)

    def end(self, day: date) -> datetime:
        """The last instant of a day."""
        return self.start(day + timedelta(days=1)) - TICK

    def end_after(self, instant: datetime, days: int = 0) -> datetime:
        """The last instant of the last of so many days; that of the event is not counted."""
        return self.end(self.day(instant) + timedelta(days=days))

    def same_time(self, instant: datetime, days: int) -> datetime:
        """The same time of the day, so many days later."""
        return (instant.astimezone(self.zone) + timedelta(days=days)).astimezone(instant.tzinfo)

    def knows(self, table: str, instant: datetime) -> bool:
        """Whether the export reaches up to an instant."""
        return self.until[table] >= instant

    def is_ahead(self, *instants: datetime | None) -> bool:
        return any(i is not None and i > self.as_of for i in instants)


def stated(end: datetime | None) -> datetime | None:
    """An end that is one: a year from 9000 on says that there is none."""
    return end if end and end.year < FOR_EVER.year - 999 else None


def worst(verdicts: Iterable[str]) -> str:
    """The gravest of several, with each of its reasons: a violation is one whatever else is not known."""
    found = [v.partition(": ") for v in verdicts]
    gravest = next(k for k in ("violation", "indeterminate", "pending", "compliant") if k in {kind for kind, _, _ in found})
    return f"{gravest}: {', '.join(dict.fromkeys(reason for kind, _, reason in found if kind == gravest))}"
