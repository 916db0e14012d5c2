"""Days: which are working days where, and from them the due date of every request (deadlines.sql)."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path

import duckdb
import holidays

from audits.contract.engine import fill
from audits.contract.export import Export

_DEADLINES, _PLACES, _DUE_DATES = (Path(__file__).with_name(f"{n}.sql") for n in ("deadlines", "account_places", "due_dates"))
# Requests received longer ago than this are judged `indeterminate`: no calendar reaches there.
_YEARS_BACK = 20
# Local weekdays by ISO number; for countries that the holidays package does not know.
_USUAL_WEEKEND = {6, 7}


def load(export: Export) -> None:
    """Create the calendars and the view requests_with_due_dates in schema `main`, for the requests that are there."""
    con = export.con
    first, last, end = _span(con, export.as_of)
    con.execute(
        "create table calendar_span as select ?::date as first_day, ?::date as last_day, ?::date as end_day",
        [first, last, end],
    )
    types = export.contract["requests"].column("type")
    con.execute("create table request_types as select unnest(?::varchar[]) as type", [list(types.values) if types else []])
    # Where reasons of extensions are not exported at all, an extension is taken to have had one.
    requests = export.sources.get("requests")
    reasons = requests is not None and requests.has("extension_reason")
    con.execute("create table extensions as select ?::boolean as reasons_exported", [reasons])
    _load_holidays(con, range(first.year, end.year + 1))
    con.execute(_DEADLINES.read_text(encoding="utf-8"))
    place_accounts(con)
    con.execute(_DUE_DATES.read_text(encoding="utf-8"))


def place_accounts(con: duckdb.DuckDBPyConnection) -> None:
    """Work out in which place each account is, where the law depends on its region."""
    con.execute(_PLACES.read_text(encoding="utf-8"))


def _span(con: duckdb.DuckDBPyConnection, as_of: datetime) -> tuple[date, date, date]:
    """First and last day of receipt to be counted from, and the day behind the last that a period can reach."""
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
    # A pause lasts until as_of at most; two years more are room for what a text promises, and for chains of holidays.
    return first, max(last, first), max(last, today) + timedelta(days=int(longest[0] if longest else 0) + 2 * 366)


def _load_holidays(con: duckdb.DuckDBPyConnection, years: Iterable[int]) -> None:
    """Weekends and nationwide public holidays of the countries that requests come from."""
    rows = con.execute("select distinct country from requests join countries using (country) order by country").fetchall()
    calendars = {country: working_calendar(country, years) for (country,) in rows}
    con.execute("create table calendars (calendar varchar)")
    con.execute("create table weekends (country varchar, weekday integer)")
    con.execute("create table public_holidays (country varchar, day date)")
    fill(con, "calendars", [(country,) for country in calendars])
    fill(con, "weekends", [(country, weekday) for country, (weekend, _) in calendars.items() for weekday in sorted(weekend)])
    fill(con, "public_holidays", [(country, day) for country, (_, days) in calendars.items() for day in sorted(days)])


def working_calendar(country: str, years: Iterable[int]) -> tuple[set[int], set[date]]:
    """ISO weekdays without work, and nationwide public holidays, of a country.

    Where the holidays package knows none, for the country or for a year, the weekend alone counts; so it does for weekends
    that some countries work in exchange for a holiday. Both can only make a due date earlier or move it by that one day.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of years that the package does not reach
            calendar = holidays.country_holidays(country, years=years)
    except NotImplementedError:
        return _USUAL_WEEKEND, set()
    return {weekday + 1 for weekday in calendar.weekend}, set(calendar.keys())
