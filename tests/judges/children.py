"""Data of a child is deleted once it was reported."""

from __future__ import annotations

from datetime import datetime

from .days import At, worst
from .people import ending, merged, person_of, requested, unknown_from_the_start
from .stories import Judge, Row, Tables, Teller


def judge(tables: Tables, at: At) -> dict[str, str]:
    return {
        row["request_id"]: _verdict(row, ending(row, tables), tables["holdings"], at)
        for row in tables["requests"]
        if row["type"] == "child_report"
    }


def _verdict(row: Row, last: Row, holdings: list[Row], at: At) -> str:
    if unknown := unknown_from_the_start(row, at):
        return unknown
    person = person_of(row)
    closed, due = last["closed_at"], _due(row, at)
    # What came in after the report was closed is no part of it.
    held = [
        h for h in holdings if h["account_id"] == person and not (closed and h["collected_at"] and h["collected_at"] > closed)
    ]
    fates = [_fate(h, due, at) for h in held]
    if last["outcome"] == "withdrawn" and closed and closed <= at.as_of:
        fates = [_taken_back(fate, closed, due) for fate in fates]
    return _together(fates) if held else "compliant: nothing_stored"


def _together(fates: list[str]) -> str:
    """What is not due yet is so, whatever cannot be told of the rest."""
    return worst([fate for fate in fates if "violation: " in fate or "pending: " in fate] or fates)


def _due(row: Row, at: At) -> datetime | None:
    days = at.values["deletion_days"]
    return None if days is None else at.end_after(row["received_at"], days)


def _taken_back(fate: str, closed: datetime, due: datetime | None) -> str:
    """In time nothing is due any more; what was stored of the child beyond the days set, until it was taken back, was so too long."""
    if due is None or closed <= due:
        return "compliant: deleted" if fate == "compliant: deleted" else "compliant: taken_back"
    return f"{fate}, taken_back_late" if fate.startswith("violation") else fate


def _fate(holding: Row, due: datetime | None, at: At) -> str:
    """What became of one thing that was stored of the child."""
    gone = holding["disposition"] in ("deleted", "anonymised")
    disposed = holding["disposed_at"]
    if gone and disposed is None:
        return "indeterminate: undated"
    if not gone or at.is_ahead(disposed):
        return _still_stored(due, at)
    if due and disposed > due:
        return "violation: deleted_late, overdue"  # as all of it is gone, or not
    unknown = holding["disposition"] == "anonymised" and not holding["method_ref"]
    return "indeterminate: method_unknown" if unknown else "compliant: deleted"


def _still_stored(due: datetime | None, at: At) -> str:
    if due is None:
        return "indeterminate: no_limit"
    if at.as_of <= due:
        return "pending: not_yet_due"
    return "violation: overdue" if at.knows("holdings", due) else "indeterminate: export_ends_before_due"


def tell(t: Teller) -> Tables:
    days = t.at.values["deletion_days"] or 0
    received = t.past(t.ago(60), t.at.as_of, t.at.as_of - days * (t.at.as_of - t.at.start(t.at.day(t.at.as_of))))
    due = t.at.end_after(received, days)
    first = requested(t, "a", "child_report", received, due, due)
    second = requested(t, "b", "child_report", t.past(received, due), due)
    if t.chance(4):
        first = merged(first, second)
    people = [t.name, t.name, f"{t.name}child"]
    near = [received, due, due, first["closed_at"] or second["closed_at"] or due]
    return {
        "requests": [second, first] if t.chance() or first["merged_into"] else [first],
        "accounts": [{"account_id": p, "country": "DE"} for p in dict.fromkeys(people)],
        "holdings": [_holding(t, f"{t.name}h{n}", t.one(*people), near) for n in range(t.one(0, 1, 1, 2, 3))],
    }


def _holding(t: Teller, name: str, person: str, near: list[datetime]) -> Row:
    disposition = t.one("held", "held", "deleted", "deleted", "anonymised", "isolated_backup")
    collected = t.past(t.ago(400), *near)
    return {
        "holding_id": name,
        "account_id": person,
        "collected_at": collected,
        "disposition": disposition,
        "disposed_at": t.maybe(max(t.past(*near), collected), 8) if disposition in ("deleted", "anonymised") else None,
        "method_ref": t.maybe("m1", 3),
    }


JUDGE = Judge("minor_data_deleted", judge, tell, values={"deletion_days": (30, 0, 1, None)}, reaches=("holdings",))
