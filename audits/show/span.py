"""Periods in words, however long they are."""

from __future__ import annotations

from datetime import date, timedelta

from audits.show import wording
from audits.words import say


def named(first: date, last: date) -> str:
    """October 2026; July 2026 to September 2026; 2025; 5 October 2026 to 11 October 2026."""
    if not _is_whole(first, last):
        return wording.days(first, last)
    if (first.year, first.month, last.month) == (last.year, 1, 12):
        return str(first.year)
    if (first.year, first.month) == (last.year, last.month):
        return wording.month_in_full(first)
    return say("{first} to {last}", first=wording.month_in_full(first), last=wording.month_in_full(last))


def within(first: date, last: date) -> str:
    """In October 2026; in 2026; from July 2026 to September 2026; from 5 October 2026 to 11 October 2026."""
    name = named(first, last)
    if not _is_whole(first, last):
        return say("from {days}", days=name)
    if name == str(first.year):
        return say("in {year}", year=name)
    return say("in {month}", month=name) if wording.is_month(first, last) else say("from {months}", months=name)


def letter(first: date, last: date) -> str:
    """The head of a narrow column: O for October, 3 for a third quarter, 26 for 2026, 44 for a week; '' for other days."""
    days = (last - first).days + 1
    if not _is_whole(first, last):
        return str(first.isocalendar().week) if days == 7 and first.isoweekday() == 1 else ""
    if (first.year, first.month) == (last.year, last.month):
        return wording.month(first)[0]
    return f"{first:%y}" if days > 360 else str((first.month + 2) // 3)


def _is_whole(first: date, last: date) -> bool:
    """Whether the days are whole months."""
    return first.day == 1 and (last + timedelta(days=1)).day == 1
