"""Days: which are working days where, and from them the due date of every request (deadlines.sql)."""

from __future__ import annotations

import warnings
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path

import duckdb
import holidays

from audits.contract.engine import fill, one
from audits.contract.export import Export
from audits.errors import Unusable
from audits.law import reference

_DEADLINES, _MERGED, _PLACES, _DUE_DATES = (
    Path(__file__).with_name(f"{n}.sql") for n in ("deadlines", "merged", "account_places", "due_dates")
)
VIEWS = (_DEADLINES, _MERGED, _DUE_DATES)
# Requests received longer ago than this are judged `indeterminate`: no calendar reaches there.
_YEARS_BACK = 20
# Local weekdays by ISO number; for countries that the holidays package does not know.
_USUAL_WEEKEND = {6, 7}
# Days of a promise are counted without a calendar, and as far as one may promise (controls/parameter.py).
_FAR = timedelta(days=36_525)
Calendar = tuple[set[int], set[date]]
_ASKED = """
with rules as (
    select distinct jurisdiction as place from deadlines
    where unit = 'working_days' or (value is not null and rolls_over_to_working_day is not false)
)
select country from countries
where eea_from is not null or country in (select place from rules) or '*' in (select place from rules)
"""
_UNMERGED = "select request_id, request_id as done_with from requests where false"


def load(export: Export) -> None:
    """Create the calendars and the view requests_with_due_dates in schema `main`, for the requests that are there."""
    con = export.con
    first, last, end = _span(con, export.as_of)
    con.execute(
        "create table calendar_span as select ?::date as first_day, ?::date as last_day, ?::date as end_day, ?::date as far_day",
        [first, last, end, end + _FAR],
    )
    types = export.contract["requests"].column("type")
    con.execute("create table request_types as select unnest(?::varchar[]) as type", [list(types.values) if types else []])
    # Where reasons of extensions are not exported at all, an extension is taken to have had one.
    requests = export.sources.get("requests")
    reasons = requests is not None and requests.has("extension_reason")
    con.execute("create table extensions as select ?::boolean as reasons_exported", [reasons])
    _load_holidays(con, _seat(export), range(first.year, end.year + 1))
    con.execute(_DEADLINES.read_text(encoding="utf-8"))
    con.execute(_MERGED.read_text(encoding="utf-8"))
    if requests is None or not requests.has("merged_into"):  # spares every question of requests a third of its time
        con.execute(f"create or replace view merges as {_UNMERGED}")
    place_accounts(con)
    con.execute(_DUE_DATES.read_text(encoding="utf-8"))


def place_accounts(con: duckdb.DuckDBPyConnection) -> None:
    """Work out in which place each account is, where the law depends on its region."""
    con.execute(_PLACES.read_text(encoding="utf-8"))


def _span(con: duckdb.DuckDBPyConnection, as_of: datetime) -> tuple[date, date, date]:
    """First and last day to be counted from, and the day behind the last that a period can reach."""
    found = con.execute(
        "select min(received_at)::date, max(received_at)::date from requests where received_at between ? and ?",
        [as_of - timedelta(days=366 * _YEARS_BACK), as_of],
    ).fetchone()
    today = as_of.date()
    first, last = (found[0] or today, found[1] or today) if found else (today, today)
    longest = con.execute(
        """
        select coalesce(max((value + coalesce(extension_value, 0))
               * case unit when 'months' then 31 when 'working_days' then 3 when 'hours' then 0 else 1 end), 0)
        from deadlines
        """
    ).fetchone()
    # A check of identity lasts until as_of at most, and a month can begin anew then; two years more are room for holidays.
    last = max(last, today)
    return first, last, last + timedelta(days=int(longest[0] if longest else 0) + 2 * 366)


def _seat(export: Export) -> str | None:
    """Where the organisation says that it has its seat; raises Unusable where that is no country and no part of one."""
    seat: str | None = one(export.con, "select upper(max(trim(seat))) from export_info") or None
    if seat is not None and not is_place(seat):
        said = "export_info.seat is no country and no part of one: write DE, or DE-BY where holidays differ"
        raise Unusable(said, repr(seat))
    return seat


def _load_holidays(con: duckdb.DuckDBPyConnection, seat: str | None, years: range) -> None:
    """Weekends and public holidays of the countries that requests come from, and of the seat."""
    rows = con.execute("select distinct country from requests join countries using (country) order by country").fetchall()
    countries = [country for (country,) in rows]
    regions = con.execute("select distinct jurisdiction from deadlines where jurisdiction like '__-%' order by all").fetchall()
    places = [*countries, *(region for (region,) in regions if region[:2] in countries)]
    known: dict[str, Calendar] = {}
    # Parts of a country matter only where a rule asks for its working days; there are many, and most rules do not.
    asked = {country for (country,) in con.execute(_ASKED).fetchall()}
    pairs = [(place, *_add(known, place, years, place[:2], place[:2] in asked)) for place in places]
    seats = [(seat[:2], *_add(known, seat, years, seat, True))] if seat else []
    con.execute("create table request_countries (country varchar)")
    con.execute("create table place_calendars (place varchar, calendar varchar, fullest varchar)")
    con.execute("create table seats (country varchar, calendar varchar, fullest varchar)")
    con.execute("create table calendars (calendar varchar)")
    con.execute("create table weekends (calendar varchar, weekday integer)")
    con.execute("create table public_holidays (calendar varchar, day date)")
    fill(con, "request_countries", [(country,) for country in countries])
    fill(con, "place_calendars", pairs)
    fill(con, "seats", seats)
    fill(con, "calendars", [(name,) for name in known])
    fill(con, "weekends", [(name, weekday) for name, (weekend, _) in known.items() for weekday in sorted(weekend)])
    fill(con, "public_holidays", [(name, day) for name, (_, days) in known.items() for day in sorted(days)])


def _add(known: dict[str, Calendar], place: str, years: range, sure: str, with_parts: bool) -> tuple[str, str | None]:
    """Add the calendars of a place; gives the name of the `sure` one, and of the fullest where others may be holidays as well.

    None for the fullest of a country that has parts where these are not asked for: what holidays those have is not known.
    """
    country, _, part = place.partition("-")
    known.setdefault(sure, working_calendar(sure, years))
    if not part and not with_parts and parts_of(country):
        return sure, None
    weekend, days = known[sure]
    parts = [place] if part else [f"{country}-{each}" for each in parts_of(country) if with_parts]
    more = days.union(*(working_calendar(each, years)[1] for each in parts))
    if more == days:
        return sure, sure
    fullest = place if part else f"{country}+"
    known[fullest] = weekend, more
    return sure, fullest


def is_place(text: str) -> bool:
    """Whether a text names a country, or a part of one that the holidays package knows: DE, DE-BY."""
    country, dash, part = text.partition("-")
    known = {row["country"] for row in reference.rows("countries")}
    return country in known and (not dash or part in parts_of(country))


def parts_of(country: str) -> tuple[str, ...]:
    """The parts of a country whose holidays differ."""
    try:
        return tuple(part.upper() for part in holidays.country_holidays(country).subdivisions)
    except NotImplementedError:
        return ()


@lru_cache(maxsize=1024)
def working_calendar(place: str, years: range) -> Calendar:
    """ISO weekdays without work, and public holidays, of a country (nationwide ones), or of a part of one.

    Where the holidays package knows none, for the country or for a year, the weekend alone counts; so it does for weekends
    that some countries work in exchange for a holiday. Both can only make a due date earlier or move it by that one day.
    """
    country, _, part = place.partition("-")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of years that the package does not reach
            names = {name.upper(): name for name in holidays.country_holidays(country).subdivisions} if part else {}
            calendar = holidays.country_holidays(country, subdiv=names.get(part), years=years)
    except NotImplementedError:
        return _USUAL_WEEKEND, set()
    return {weekday + 1 for weekday in calendar.weekend}, set(calendar.keys())
