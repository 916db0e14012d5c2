"""What a fulfilled removal promised to delete is deleted when the request is closed."""

from __future__ import annotations

from datetime import datetime

from .days import FOR_EVER, At, stated, worst
from .stories import Judge, Row, Tables, Teller


def judge(tables: Tables, at: At) -> dict[str, str]:
    return {
        row["request_id"]: _verdict(row, tables["holdings"], at)
        for row in tables["requests"]
        if row["type"] == "erasure" and row["outcome"] in ("fulfilled", "partial") and row["requester_role"] != "object"
    }


def _verdict(row: Row, holdings: list[Row], at: At) -> str:
    closed = row["closed_at"]
    if row["outcome"] == "partial":
        return "indeterminate: partly"
    if closed is None:
        return "indeterminate: not_recorded"
    if at.is_ahead(closed):
        return "indeterminate: in_the_future"
    if row["requester_role"] == "parent" and row["child_account_id"] is None:
        return "indeterminate: child_unknown"
    person = row["child_account_id"] or row["account_id"]
    end = at.end_after(closed)
    # What came in later is not what was promised to be deleted.
    held = [h for h in holdings if h["account_id"] == person and h["collected_at"] <= closed]
    return worst(_told(h, _of(h, end, at)) for h in held) if held else "compliant: nothing_held"


def _told(holding: Row, fate: str) -> str:
    """What is gone in time, but was anonymised by no method on record, is not known to be gone."""
    was_anonymised = holding["disposition"] == "anonymised" and not holding["method_ref"]
    return "indeterminate: method_unknown" if was_anonymised and fate == "compliant: carried_out" else fate


def _of(holding: Row, end: datetime, at: At) -> str:
    """What became of one thing that was stored of the person."""
    isolated, disposed = _by_then(holding["isolated_at"], at), _by_then(holding["disposed_at"], at)
    on_hold = holding["hold_ground"] in at.values["erasure_exceptions"]
    holding = {**holding, "hold_until": stated(holding["hold_until"])}
    if on_hold and holding["hold_until"] is None:
        gone = isolated if holding["disposition"] == "isolated_backup" else disposed
        return "compliant: carried_out" if gone and gone <= end else "indeterminate: not_recorded"
    last = max(end, at.end_after(holding["hold_until"])) if on_hold else end
    if isolated and isolated <= last and holding["disposition"] != "held":
        return "compliant: carried_out"
    if holding["disposition"] == "isolated_backup" and isolated:
        return "violation: isolated_late"
    if holding["disposition"] in ("held", "isolated_backup"):
        return _still_held(holding, last, on_hold, at)
    if holding["disposed_at"] is None:
        return "indeterminate: not_recorded"
    if disposed is None:
        return _still_held(holding, last, on_hold, at)
    if disposed > last:
        return "violation: disposed_late"
    return "compliant: carried_out"


def _by_then(instant: datetime | None, at: At) -> datetime | None:
    """What is to come has not happened."""
    return instant if instant and instant <= at.as_of else None


def _still_held(holding: Row, last: datetime, on_hold: bool, at: At) -> str:
    if on_hold and at.as_of <= at.end_after(holding["hold_until"]):
        return "compliant: carried_out"
    if at.as_of <= last:
        return "pending: not_yet_due"
    return "violation: still_held" if at.knows("holdings", last) else "indeterminate: export_ends_before_due"


def tell(t: Teller) -> Tables:
    closed = t.past(t.ago(60), t.at.as_of, t.at.start(t.at.day(t.at.as_of)))
    end = t.at.end_after(closed)
    child = t.one(None, None, f"{t.name}child")
    request = {
        "request_id": f"{t.name}r",
        "account_id": t.name,
        "requester_role": "parent" if child and t.chance() else t.one("subscriber", "visitor", "subscriber", "object"),
        "child_account_id": child,
        "type": t.one("erasure", "erasure", "erasure", "access"),
        "received_at": closed - (t.at.as_of - t.ago(20)),
        "closed_at": closed,
        "outcome": t.one("fulfilled", "fulfilled", "fulfilled", "partial", "denied"),
    }
    people = [t.name, *([child] if child else [])]
    return {
        "requests": [request],
        "holdings": [_holding(t, f"{t.name}h{n}", t.one(*people), closed, end) for n in range(t.one(0, 1, 1, 2))],
        "accounts": [{"account_id": p, "country": "DE"} for p in people],
    }


def _holding(t: Teller, name: str, person: str, closed: datetime, end: datetime) -> Row:
    ground = t.one(None, None, "legal_obligation", "record_keeping", "courtesy")
    hold_until = t.maybe(t.one(*(t.near(end, t.at.as_of) for _ in range(5)), FOR_EVER), 4) if ground else None
    disposition = t.one("held", "deleted", "deleted", "anonymised", "isolated_backup")
    last = stated(hold_until) and t.at.end_after(hold_until)
    collected = t.past(closed - (t.at.as_of - t.ago(100)), closed - (t.at.as_of - t.ago(100)), end)
    disposed = max(t.past(end, closed, last), collected)
    return {
        "holding_id": name,
        "account_id": person,
        "collected_at": collected,
        "hold_ground": ground,
        "hold_until": hold_until,
        "disposition": disposition,
        "disposed_at": disposed if disposition in ("deleted", "anonymised") else None,
        "isolated_at": t.maybe(t.past(end, closed, last), 4) if disposition == "isolated_backup" or t.chance(6) else None,
        "method_ref": t.maybe("m1", 3),
    }


JUDGE = Judge(
    "erasure_carried_out",
    judge,
    tell,
    values={"erasure_exceptions": (["record_keeping", "transaction", "legal_obligation"],)},
    reaches=("holdings",),
)
