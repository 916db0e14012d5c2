"""The due dates of one request, by what is promised and by law, from the same queries and views that judge all of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from audits.contract.engine import literal
from audits.contract.export import EARLIEST, LATEST, Export
from audits.contract.schema import Contract
from audits.errors import Unusable
from audits.law import reference
from audits.law.calendars import is_place, parts_of
from audits.law.opening import open_rows
from audits.workspace import Workspace

_REGION = "the law of some regions is on file: write the region too, like US-CA"
_NO_RULE = "what the law of this place gave for such a request on that day nobody has looked up yet, or it is not settled"
# Units of a rule, and the most of each: ten years.
UNITS = {"hours": 87_600, "calendar_days": 3_653, "working_days": 2_600, "months": 120}


@dataclass(frozen=True)
class Due:
    """The last day under one rule set; None where the law gives no number.

    `latest` is a later day that it may be: where only parts of the country have a holiday, and the part is not told; or, if it
    `may_roll_over`, where nobody knows whether that law moves a last day that is none of work.
    """

    rule_set: str
    due: date | None
    rule: str
    source: str
    checked: str
    latest: date | None = None
    may_roll_over: bool = False


@dataclass(frozen=True)
class Rule:
    """A rule of one's own: `20 working_days`, rolled over past weekends and holidays or not."""

    value: int
    unit: str
    rolls_over: bool

    @classmethod
    def parse(cls, text: str, rolls_over: bool) -> Rule:
        """Read a rule; raises Unusable with the units when it is none."""
        match = re.fullmatch(r"(\d{1,5}) +(\w+)", text.strip())
        if match is None or match[2] not in UNITS or int(match[1]) == 0:
            raise Unusable(
                f"--rule {text!r} is no rule: write a number from 1 and one of {', '.join(UNITS)}, like '20 working_days'"
            )
        if int(match[1]) > UNITS[match[2]]:
            raise Unusable(f"--rule {text!r} is no rule: at most ten years, {UNITS[match[2]]} {match[2].replace('_', ' ')}")
        return cls(int(match[1]), match[2], rolls_over)


def due_dates(
    workspace: Workspace, received: str, place: str | None, kind: str, extended: bool = False, rule: Rule | None = None
) -> list[Due]:
    """Every due date of a request received on a day (or at an instant, whose own date counts).

    `place` is a country, or a country and part of it: US-CA, DE-BY. With `rule`, that rule's date alone. With `extended`,
    as if the person had been told of an extension at once, with a reason. The workspace's own facts of law count; raises Unusable
    naming those that cannot be read.
    """
    instant = _received(received)
    country, _, region = (place or "").partition("-")
    _check(workspace.contract, place or "", kind, rule, extended)
    request: dict[str, Any] = {
        "request_id": "r", "account_id": "a", "type": kind, "received_at": instant, "country": country or None,
        "extended_at": instant if extended else None, "extension_reason": "given" if extended else None,
    }  # fmt: skip
    account = {"account_id": "a", "country": country or None, "region": region or None}
    # Holidays that differ from part to part are those of the part that is told.
    seat = place if region else None
    rows: dict[str, list[dict[str, Any]]] = {"requests": [request], "accounts": [account], "export_info": [{"seat": seat}]}
    at, rules = f"{instant:%Y-%m-%d}", [_row(rule)] if rule else None
    with open_rows(workspace.contract, rows, at, deadlines=rules, own_reference=workspace.home.law) as export:
        if not rule and "deadlines" in export.law_faults:
            raise Unusable(export.law_faults["deadlines"])
        return _by_law(export, "rule") if rule else [*_promised(workspace, export), *_by_law(export)]


def _promised(workspace: Workspace, export: Export) -> list[Due]:
    """The due dates of the promises of a time that hold for the request."""
    found, titles = [], {text.id: text.title for text in workspace.texts}
    for promise in workspace.promises.values():
        if "promise_and_law" in promise.control.feeds:
            sql, values = promise.query(export.as_of)
            found += [
                Due("policy", due, promise.short, titles[promise.text], promise.id)
                for (due,) in export.con.execute(f"select due_at::date from ({sql})", values).fetchall()
            ]
    return found


def _by_law(export: Export, called: str | None = None) -> list[Due]:
    """The due date under each rule set; where none is on file, that there is none, if a duty can be."""
    rows = export.con.execute(
        f"""
        select coalesce($called, rule_set), due_at::date,
               case when source is not null
                    then coalesce(rule || case when is_extended then ', extended' else '' end, 'no number')
                    when place like '%-?' then 'depends on the region' else 'no rule' end,
               coalesce(source, case when place like '%-?' then {literal(_REGION)} else {literal(_NO_RULE)} end),
               coalesce(checked, 'not looked up'), case when latest_due_at > due_at then latest_due_at::date end,
               coalesce(source in (select d.source from deadlines as d where d.rolls_over_to_working_day is null), false)
        from requests_with_due_dates
        where source is not null or rule_set = 'statute' or place like '%-?'
        order by rule_set desc
        """,
        {"called": called},
    ).fetchall()
    return [Due(*row) for row in rows]


def _received(text: str) -> datetime:
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            found = datetime.combine(date.fromisoformat(text), time(), UTC)
        else:
            # The day that the writer's clock showed is the day of receipt.
            found = datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError as error:
        raise Unusable(f"--received {text!r} is no day: write 2026-01-31 or 2026-01-31T10:00:00+01:00") from error
    if not EARLIEST <= found.year < LATEST:
        raise Unusable(f"--received {text!r} is of no year from {EARLIEST} to {LATEST - 1}")
    return found


def _check(contract: Contract, place: str, kind: str, rule: Rule | None, extended: bool) -> None:
    country, _, part = place.partition("-")
    types = contract["requests"].column("type")
    if types and kind not in types.values:
        raise Unusable(f"--type {kind!r} is unknown: one of {', '.join(types.values)}")
    if country and country not in {row["country"] for row in reference.rows("countries")}:
        raise Unusable(f"--country {country!r} is no ISO 3166-1 code: write DE, or US-CA where the region matters")
    if part and not is_place(place):
        parts = ", ".join(parts_of(country)) or "none are"
        raise Unusable(f"--country {place!r} is no part of {country} that holidays or laws are known of: {parts}")
    if not country and (rule is None or rule.unit == "working_days" or rule.rolls_over):
        raise Unusable("--country is missing: working days, holidays and laws differ from country to country")
    if rule and extended:
        raise Unusable("--extended goes with the law's rules: write the longer time as --rule")


def _row(rule: Rule) -> dict[str, Any]:
    return {
        "rule_set": "statute", "jurisdiction": "*", "request_type": "*", "value": rule.value, "unit": rule.unit,
        "rolls_over_to_working_day": rule.rolls_over, "source": "--rule", "checked": "yours",
    }  # fmt: skip
