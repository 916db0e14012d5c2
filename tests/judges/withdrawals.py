"""Nothing that rests on a consent is done after its withdrawal."""

from __future__ import annotations

from datetime import datetime

from .days import At
from .stories import Judge, Row, Tables, Teller


def judge(tables: Tables, at: At) -> dict[str, str]:
    withdrawn = {c["consent_id"]: c["withdrawn_at"] for c in tables["consents"] if c["withdrawn_at"]}
    found = {}
    for row in tables["processing_activities"]:
        if row["consent_id"] in withdrawn:
            found[row["activity_id"]] = _activity(row, withdrawn[row["consent_id"]], at)
    for row in tables["messages"]:
        if row["consent_id"] in withdrawn:
            found[row["message_id"]] = _begun(row["sent_at"], withdrawn[row["consent_id"]], at) or "compliant: before_withdrawal"
    return found


def last_moment(withdrawn: datetime, at: At) -> datetime:
    """The end of the days of grace: the same time of the day, so many days later."""
    return at.same_time(withdrawn, at.values["grace_days"])


def _begun(begun: datetime | None, withdrawn: datetime, at: At) -> str:
    """What the beginning alone tells; nothing of what began before the withdrawal."""
    if begun is None:
        return "indeterminate: no_instant"
    if at.is_ahead(begun, withdrawn):
        return "indeterminate: in_the_future"
    if begun <= withdrawn:
        return ""
    return "compliant: within_grace" if begun <= last_moment(withdrawn, at) else "violation: started_after"


def _activity(row: Row, withdrawn: datetime, at: At) -> str:
    begun = _begun(row["started_at"], withdrawn, at)
    if begun and begun != "compliant: within_grace":
        return begun
    last, ended = last_moment(withdrawn, at), row["ended_at"]
    if ended is None or ended > at.as_of or not at.knows("processing_activities", ended):  # an end that is a plan
        if at.as_of <= last:
            return "compliant: within_grace"
        return "violation: still_running" if at.knows("processing_activities", last) else "indeterminate: export_ends_before_due"
    if ended > last:
        return "violation: ended_late"
    return "compliant: before_withdrawal" if ended <= withdrawn else "compliant: within_grace"


def tell(t: Teller) -> Tables:
    withdrawn = min(t.past(t.ago(60)), t.at.as_of, t.at.exported_at)
    last = last_moment(withdrawn, t.at)
    consent = {"consent_id": f"{t.name}c", "account_id": t.name, "withdrawn_at": t.maybe(withdrawn, 6)}
    started = t.past(withdrawn - (t.at.as_of - t.ago(50)), withdrawn, last)
    ended = t.maybe(max(t.near(withdrawn, last, t.at.as_of), started), 3)
    rests_on = t.one(f"{t.name}c", f"{t.name}c", f"{t.name}c", None)
    return {
        "accounts": [{"account_id": t.name, "country": "DE"}],
        "consents": [consent],
        "processing_activities": [
            {"activity_id": f"{t.name}a", "account_id": t.name, "consent_id": rests_on, "started_at": started, "ended_at": ended}
        ],
        "messages": [
            {"message_id": f"{t.name}m", "account_id": t.name, "consent_id": rests_on, "sent_at": t.past(withdrawn, last)}
        ],
    }


JUDGE = Judge(
    "no_processing_after_withdrawal", judge, tell, values={"grace_days": (0, 0, 30)}, reaches=("processing_activities",)
)
