"""Who asks for whom, how it ended, and whether a consent still stood."""

from __future__ import annotations

from datetime import datetime

from .days import At
from .stories import Row, Tables, Teller

PROMOTIONS = ("newsletter", "promotion")
MARKETING = (*PROMOTIONS, "marketing")


def person_of(request: Row) -> str | None:
    """A parent asks for the child, and so does whoever names one; None where no parent says which."""
    if request["requester_role"] == "parent" and request["child_account_id"] is None:
        return None
    person: str = request["child_account_id"] or request["account_id"]
    return person


def unknown_from_the_start(request: Row, at: At) -> str:
    """Why nothing can be told of a request, whatever came of it: when it came, or for whom; '' where both are known."""
    if request["received_at"] is None:
        return "indeterminate: no_receipt"
    if at.is_ahead(request["received_at"]):
        return "indeterminate: in_the_future"
    return "indeterminate: child_unknown" if person_of(request) is None else ""


def ending(request: Row, tables: Tables) -> Row:
    """The request that tells how it ended: what became part of another ends as that does."""
    by_name = {row["request_id"]: row for row in tables["requests"]}
    while request["merged_into"]:
        request = by_name[request["merged_into"]]
    return request


def stood(consent: Row, moment: datetime, tables: Tables) -> str:
    """Whether a consent stood at a moment: yes, no, or in doubt from when its withdrawal was asked for until that was done."""
    if consent["given_at"] > moment or (consent["withdrawn_at"] and consent["withdrawn_at"] <= moment):
        return "no"
    found = "yes"
    for request in tables["requests"]:
        if request["type"] != "consent_withdrawal" or not _asks_for(request, consent, moment):
            continue
        last = ending(request, tables)
        is_this = request["purpose"] in (None, consent["purpose"])
        if is_this and last["outcome"] == "fulfilled" and last["closed_at"] and last["closed_at"] <= moment:
            return "no"
        if last["outcome"] != "withdrawn":  # who takes it back leaves the consent as it was
            found = "in doubt"
    return found


def _asks_for(withdrawal: Row, consent: Row, moment: datetime) -> bool:
    """Whether it asks by then for this consent, or maybe for it: of newsletters and promotions nobody can tell one from the other."""
    if (
        person_of(withdrawal) not in (consent["account_id"], None)
        or not consent["given_at"] <= withdrawal["received_at"] <= moment
    ):
        return False
    asked, given = withdrawal["purpose"], consent["purpose"]
    return asked in (None, given) or (asked in MARKETING and given in MARKETING)


def covers(consent: Row, kind: str) -> str:
    """Whether it was to such messages; that to newsletters may be to promotions as well, or not."""
    if consent["purpose"] in (kind, "marketing"):
        return "yes"
    return "in doubt" if consent["purpose"] in PROMOTIONS else "no"


def agreed(consents: list[Row], kind: str, moment: datetime, tables: Tables) -> str:
    """The best that several consents to messages say: yes before in doubt."""
    found = {_both(stood(c, moment, tables), covers(c, kind)) for c in consents}
    return next((word for word in ("yes", "in doubt") if word in found), "no")


def _both(*said: str) -> str:
    return "no" if "no" in said else "in doubt" if "in doubt" in said else "yes"


def requested(t: Teller, name: str, kind: str, received: datetime, *ends: datetime) -> Row:
    """A request of the story's person, or for a child, that is open or ended near one of these."""
    child = t.one(None, None, None, f"{t.name}child")
    answered = t.maybe(max(t.past(received, *ends), received), 4)
    closed = t.maybe(max(t.past(received, *ends), received), 4)
    outcome = (
        t.one("fulfilled", "fulfilled", "denied", "denied", "partial", "redirected", "withdrawn") if answered or closed else None
    )
    if outcome == "withdrawn" and closed is None:
        closed = answered
    return {
        "request_id": f"{t.name}{name}",
        "account_id": t.name,
        "requester_role": "parent" if t.chance(8) else t.one("subscriber", "visitor", "agent"),
        "child_account_id": child,
        "type": kind,
        "purpose": None,
        "received_at": received,
        "responded_at": answered,
        "closed_at": closed,
        "outcome": outcome,
        "merged_into": None,
    }


def merged(request: Row, into: Row) -> Row:
    """It became part of another, for the same person and thing, and ends as that does; of none that had ended before it came."""
    if any(into[end] and into[end] < request["received_at"] for end in ("closed_at", "responded_at")):
        return request
    same = {c: into[c] for c in ("account_id", "requester_role", "child_account_id", "type", "purpose")}
    return {
        **request,
        **same,
        "merged_into": into["request_id"],
        "outcome": None,
        "closed_at": None,
        "responded_at": None,
    }
