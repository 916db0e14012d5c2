"""The due dates of one request, by what is promised and by law, from the same queries and views that judge all of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from audits.contract.export import Export
from audits.contract.schema import Contract
from audits.errors import Unusable
from audits.law import reference
from audits.law.opening import open_rows
from audits.workspace import Workspace

# Units of a rule, and the most of each: ten years.
UNITS = {"hours": 87_600, "calendar_days": 3_653, "working_days": 2_600, "months": 120}


@dataclass(frozen=True)
class Due:
    """The last day under one rule set; None where the law gives no number."""

    rule_set: str
    due: date | None
    rule: str
    source: str
    checked: str


@dataclass(frozen=True)
class Rule:
    """A rule of one's own: `20 working_days`, rolled over past weekends and holidays or not."""

    value: int
    unit: str
    rolls_over: bool

    @classmethod
    def parse(cls, text: str, rolls_over: bool) -> Rule:
        """Read a rule; raises Unusable with the units when it is none."""
        match = re.fullmatch(r"(\d{1,4}) +(\w+)", text.strip())
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

    `place` is a country, or a country and region: US-CA. With `rule`, that rule's date alone. With `extended`, as if the
    person had been told of an extension at once, with a reason.
    """
    instant = _received(received)
    country, _, region = (place or "").partition("-")
    _check(workspace.contract, country, kind, rule, extended)
    request: dict[str, Any] = {
        "request_id": "r", "account_id": "a", "type": kind, "received_at": instant, "country": country or None,
        "extended_at": instant if extended else None, "extension_reason": "given" if extended else None,
    }  # fmt: skip
    account = {"account_id": "a", "country": country or None, "region": region or None}
    rows: dict[str, list[dict[str, Any]]] = {"requests": [request], "accounts": [account]}
    with open_rows(workspace.contract, rows, f"{instant:%Y-%m-%d}", deadlines=[_row(rule)] if rule else None) as export:
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
    rows = export.con.execute(
        """
        select rule_set, due_at::date, rule || case when is_extended then ', extended' else '' end, source, checked
        from requests_with_due_dates where source is not null order by rule_set desc
        """
    ).fetchall()
    return [Due(called or name, due, text or "no number", source, checked) for name, due, text, source, checked in rows]


def _received(text: str) -> datetime:
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            return datetime.combine(date.fromisoformat(text), time(), UTC)
        # The day that the writer's clock showed is the day of receipt.
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError as error:
        raise Unusable(f"--received {text!r} is no day: write 2026-01-31 or 2026-01-31T10:00:00+01:00") from error


def _check(contract: Contract, country: str, kind: str, rule: Rule | None, extended: bool) -> None:
    types = contract["requests"].column("type")
    if types and kind not in types.values:
        raise Unusable(f"--type {kind!r} is unknown: one of {', '.join(types.values)}")
    if country and country not in {row["country"] for row in reference.rows("countries")}:
        raise Unusable(f"--country {country!r} is no ISO 3166-1 code: write DE, or US-CA where the region matters")
    if not country and (rule is None or rule.unit == "working_days" or rule.rolls_over):
        raise Unusable("--country is missing: working days, holidays and laws differ from country to country")
    if rule and extended:
        raise Unusable("--extended goes with the law's rules: write the longer time as --rule")


def _row(rule: Rule) -> dict[str, Any]:
    return {
        "rule_set": "statute", "jurisdiction": "*", "request_type": "*", "value": rule.value, "unit": rule.unit,
        "rolls_over_to_working_day": rule.rolls_over, "identity_check_stops_clock": False, "source": "--rule", "checked": "yours",
    }  # fmt: skip
