"""Requests to access, change or remove data are handled in time."""

from __future__ import annotations

from datetime import datetime

from .days import At
from .stories import Judge, Row, Tables, Teller

PROMISED = ("confirmation", "access", "rectification", "erasure", "return")


def judge(tables: Tables, at: At) -> dict[str, str]:
    requests = {row["request_id"]: row for row in tables["requests"]}
    return {
        name: _verdict(row, handled(row, requests, at), at)
        for name, row in requests.items()
        if row["type"] in (*PROMISED, None) and row["requester_role"] != "object"
    }


def handled(row: Row, requests: dict[str, Row], at: At) -> datetime | None:
    """When it was handled; what became part of another request is done with that, by an answer since it came."""
    received = row["received_at"]
    while row["merged_into"]:
        row = requests[row["merged_into"]]
    if row["responded_at"] and received and row["responded_at"] < received:
        row = {**row, "responded_at": None}
    if at.values["handled_means"] == "closed":
        return row["closed_at"]
    withdrawn = row["closed_at"] if row["outcome"] == "withdrawn" else None
    return min((i for i in (row["responded_at"], withdrawn) if i), default=None)


def _verdict(row: Row, done: datetime | None, at: At) -> str:
    received = row["received_at"]
    if row["type"] is None:
        return "indeterminate: type_unknown"
    if received is None:
        return "indeterminate: no_receipt"
    if at.is_ahead(received, done):
        return "indeterminate: in_the_future"
    due = at.end_after(received, at.values["days"])
    if done:
        if done < received:
            return "indeterminate: ends_before_start"
        return "compliant: in_time" if done <= due else "violation: late"
    if at.as_of <= due:
        return "pending: not_yet_due"
    return "violation: overdue" if at.knows("requests", due) else "indeterminate: export_ends_before_due"


def tell(t: Teller) -> Tables:
    days = t.at.values["days"]
    received = t.past(t.ago(80), t.at.as_of, t.at.as_of - t.at.values["days"] * (t.at.as_of - t.at.start(t.at.day(t.at.as_of))))
    due = t.at.end_after(received, days)
    end = t.past(due, received, received)
    first = _request(t, "a", received, max(end, received))
    second = _request(t, "b", t.past(received), None)
    # It becomes part of one that had not ended.
    if t.chance(4) and not (second["closed_at"] and second["closed_at"] < first["received_at"]):
        first |= {
            "merged_into": second["request_id"],
            "type": second["type"],
            "requester_role": second["requester_role"],
            "outcome": None,
            "closed_at": None,
            "responded_at": None,
        }
    return {"requests": [first, second], "accounts": [{"account_id": t.name, "country": "DE"}]}


def _request(t: Teller, name: str, received: datetime, end: datetime | None) -> Row:
    end = t.maybe(max(end or t.past(t.at.end_after(received, t.at.values["days"])), received), 3)
    answered = t.one(None, end, t.past(received))
    return {
        "request_id": f"{t.name}{name}",
        "account_id": t.name,
        "requester_role": t.one("subscriber", "agent", "visitor", "object", "subscriber"),
        "type": t.one(*PROMISED, "objection", "question", "opt_out"),
        "received_at": received,
        "closed_at": end,
        "responded_at": max(answered, received) if answered else None,
        "outcome": t.one("fulfilled", "denied", "withdrawn") if end else "denied" if answered else None,
        "merged_into": None,
    }


JUDGE = Judge(
    "request_handled_in_time",
    judge,
    tell,
    values={"days": (30, 0, 1, 30), "handled_means": ("closed", "responded")},
    reaches=("requests",),
)
