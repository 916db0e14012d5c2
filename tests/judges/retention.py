"""Data is deleted or anonymised when it is no longer needed, and what cannot be deleted is isolated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from .days import FOR_EVER, At, stated
from .stories import Judge, Row, Tables, Teller

# What starts the window of a category, and how long it is.
SCHEDULE = [
    {"category": f"{start}_{days}", "window_starts": start, "max_days": days}
    for start in ("closed_at", "agreement_ended_at", "last_activity_at", "purpose_ended_at")
    for days in (0, 1, 30)
]
HELD_BACK = ["tax", "legal_obligation"]


@dataclass(frozen=True)
class Window:
    """When the window of a holding started and ends, or why nobody can tell."""

    start: datetime | None = None
    last: datetime | None = None
    unknown: str = ""


def window(holding: Row, tables: Tables, at: At) -> Window:
    limit = next((row for row in tables["retention_schedule"] if row["category"] == holding["category"]), None)
    account = next((row for row in tables["accounts"] if row["account_id"] == holding["account_id"]), None)
    if limit is None:
        return Window(unknown="not_in_schedule")
    if limit["window_starts"] == "purpose_ended_at" and holding["need_ended_at"]:
        start = holding["need_ended_at"]
    elif account is None:
        return Window(unknown="person_unknown")
    elif limit["window_starts"] == "purpose_ended_at":
        seen = holding.get("disposed_at") or at.as_of
        return Window(unknown="need_unknown") if account["closed_at"] and account["closed_at"] <= seen else Window()
    else:
        start = account[limit["window_starts"]]
        gone = holding["disposed_at"] if holding["disposition"] != "held" else None
        if limit["window_starts"] == "last_activity_at" and start and gone and start > gone:
            return Window(start, unknown="activity_later")  # when they were last active before that is not recorded
    return Window(start, at.end_after(start, limit["max_days"])) if start else Window()


def judge(tables: Tables, at: At) -> dict[str, str]:
    return {
        row["holding_id"]: _verdict(row, window(row, tables, at), at)
        for row in ({**h, "hold_until": _end_of_hold(h, at)} for h in tables["holdings"])
        if row["disposition"] != "isolated_backup"
    }


def _end_of_hold(row: Row, at: At) -> datetime | None:
    """The end of its last day; none where none is stated."""
    until = stated(row["hold_until"])
    return at.end_after(until) if until else None


def _verdict(row: Row, its: Window, at: At) -> str:
    if row["disposition"] is None:
        return "indeterminate: state_unknown"
    if at.is_ahead(its.start, row["disposed_at"]):
        return "indeterminate: in_the_future"
    on_hold = row["hold_ground"] in at.values["hold_grounds"]
    if row["disposition"] != "held":
        return _disposed(row, its, on_hold)
    return f"indeterminate: {its.unknown}" if its.unknown else _kept(row, its, on_hold, at)


def _disposed(row: Row, its: Window, on_hold: bool) -> str:
    if row["disposed_at"] is None:
        return "indeterminate: no_instant"
    by_hold = on_hold and row["hold_until"] and row["disposed_at"] <= row["hold_until"]
    if its.unknown and not by_hold:
        return f"indeterminate: {its.unknown}"
    if not by_hold and its.last and row["disposed_at"] > its.last:
        return "indeterminate: hold_without_end" if on_hold and row["hold_until"] is None else "violation: disposed_late"
    if row["disposition"] == "anonymised" and not row["method_ref"]:
        return "indeterminate: method_unknown"
    return "compliant: disposed_in_time"


def _kept(row: Row, its: Window, on_hold: bool, at: At) -> str:
    if its.last is None:
        return "compliant: needed"
    if at.as_of <= its.last:
        return "pending: not_yet_due"
    if on_hold and row["hold_until"] and row["hold_until"] >= at.as_of:
        return "compliant: on_hold"
    if on_hold and row["hold_until"] is None:
        return "indeterminate: hold_without_end"
    if not at.knows("holdings", max(its.last, row["hold_until"]) if on_hold else its.last):
        return "indeterminate: export_ends_before_due"
    return "violation: hold_expired" if on_hold else "violation: kept_too_long"


def tell(t: Teller) -> Tables:
    category = t.one(*(str(row["category"]) for row in SCHEDULE), "nowhere")
    days = int(category.split("_")[-1]) if category != "nowhere" else 0
    start = t.past(t.ago(60), t.at.as_of, t.at.as_of - days * (t.at.as_of - t.at.start(t.at.day(t.at.as_of))))
    last = t.at.end_after(start, days)
    ground = t.one(None, None, "tax", "legal_obligation", "courtesy")
    hold_until = t.maybe(t.one(*(t.near(last, t.at.as_of) for _ in range(5)), FOR_EVER), 4) if ground else None
    disposition = t.one("held", "held", "deleted", "deleted", "anonymised", "isolated_backup")
    holding = {
        "holding_id": f"{t.name}h",
        "account_id": t.name if t.chance(15) is False else f"{t.name}unknown",
        "category": category,
        "need_ended_at": t.maybe(start, 3),
        "hold_ground": ground,
        "hold_until": hold_until,
        "disposition": disposition,
        "disposed_at": t.past(last, start, stated(hold_until)) if disposition in ("deleted", "anonymised") else None,
        "method_ref": t.maybe("m1", 3),
    }
    return {"holdings": [holding], "accounts": [account(t, start)]}


def account(t: Teller, start: datetime) -> Row:
    closed = t.maybe(start, 3)
    return {
        "account_id": t.name,
        "country": "DE",
        "status": "closed" if closed else "active",
        "closed_at": closed,
        "agreement_ended_at": t.maybe(start, 3),
        "last_activity_at": start,
    }


JUDGE = Judge(
    "data_kept_no_longer_than_needed",
    judge,
    tell,
    {"retention_schedule": SCHEDULE},
    values={"hold_grounds": (HELD_BACK,)},
    reaches=("holdings",),
)
