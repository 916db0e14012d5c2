"""The authority is informed of a breach within the time that the law gives."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from .days import TICK, At
from .stories import Judge, Row, Tables, Teller

LAW_BEGINS = date(2018, 5, 25)
HOUR = timedelta(hours=1)


def judge(tables: Tables, at: At) -> dict[str, str]:
    return {
        row["breach_id"]: _verdict(row, at)
        for row in tables["breaches"]
        if row["reported_by"] == "company" and row["our_role"] == "controller" and row["risk"] != "none"
    }


def due_at(aware: datetime, at: At) -> datetime:
    """From instant to instant, or from the end of the hour in which one became aware of it."""
    if at.values["first_hour"] == "not counted":
        aware = aware.astimezone(at.zone)
        aware = (
            aware.astimezone(UTC)
            - timedelta(minutes=aware.minute, seconds=aware.second, microseconds=aware.microsecond)
            + HOUR
            - TICK
        )
    return aware + at.values["hours"] * HOUR


def _verdict(row: Row, at: At) -> str:
    aware, told = row["aware_at"], row["authority_told_at"]
    if row["risk"] is None:
        return "indeterminate: risk_unknown"
    if aware is None:
        return "indeterminate: no_start"
    if at.is_ahead(aware, told):
        return "indeterminate: in_the_future"
    if at.day(aware) < LAW_BEGINS:
        return "indeterminate: before_the_law"
    due = due_at(aware, at)
    if told:
        return _told(row, due)
    if at.as_of <= due:
        return "pending: not_yet_due"
    return "violation: overdue" if at.knows("breaches", due) else "indeterminate: export_ends_before_due"


def _told(row: Row, due: datetime) -> str:
    if row["authority_told_at"] < row["aware_at"]:
        return "indeterminate: ends_before_start"
    if row["authority_told_at"] <= due:
        return "compliant: in_time"
    return "compliant: late_with_reason" if row["delay_reason"] else "violation: late"


def tell(t: Teller) -> Tables:
    hours = t.at.values["hours"] * HOUR
    aware = t.past(t.ago(30), t.at.as_of - hours, t.at.as_of - hours - HOUR)
    if t.chance(6):
        aware = t.near(t.at.start(LAW_BEGINS))
    told = t.maybe(t.past(due_at(aware, t.at), due_at(aware, t.at), aware + hours, aware), 3)
    row = {
        "breach_id": t.name,
        "subscriber_id": t.one(None, "nobody"),
        "reported_by": t.one("company", "company", "company", "subscriber"),
        "our_role": t.one("controller", "controller", "controller", "processor"),
        "aware_at": aware,
        "risk": t.one("risk", "high", "none"),
        "authority_told_at": told,
        "delay_reason": t.one(None, None, "the authority's site was down"),
    }
    return {"breaches": [row]}


JUDGE = Judge(
    "authority_notified_in_time",
    judge,
    tell,
    values={"hours": (72, 72, 1), "first_hour": ("counted", "not counted")},
    reaches=("breaches",),
)
