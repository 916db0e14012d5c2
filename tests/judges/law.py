"""The facts of law, as the project's tables have them: where, and from day to day."""

from __future__ import annotations

import csv
from datetime import date, datetime
from functools import cache
from pathlib import Path

import audits.law

from .days import At

FACTS = Path(audits.law.__file__ or "").parent / "facts"


@cache
def rows(name: str) -> list[dict[str, str]]:
    with (FACTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def holds(on: date, first: str, last: str) -> bool:
    """Whether a day lies from a first to a last day, either of which may be left open."""
    return not (first and on < date.fromisoformat(first)) and not (last and on > date.fromisoformat(last))


def in_eea(country: str, on: date) -> bool:
    return any(
        r["country"] == country and bool(r["eea_from"]) and holds(on, r["eea_from"], r["eea_to"]) for r in rows("countries")
    )


def demands_consent(country: str, sent: datetime | None, at: At) -> bool | None:
    """Whether the law of a country demands consent before a newsletter; None where nobody looked. Undated, whether it does at all."""
    on = at.day(sent or at.as_of)
    places = {country, *(["EEA"] if in_eea(country, on) else [])}
    laws = [r for r in rows("optin_countries") if r["place"] in places]
    return any(r["demands_consent"] == "true" and holds(on, r["valid_from"], "") for r in laws) if laws else None
