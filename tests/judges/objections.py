"""Processing is stopped while an objection is considered, and after it was upheld."""

from __future__ import annotations

from datetime import datetime

from .days import FOR_EVER, TICK, At, worst
from .people import MARKETING, PROMOTIONS, agreed, ending, merged, person_of, requested, unknown_from_the_start
from .stories import HOUR, Judge, Row, Tables, Teller

LETTERS = tuple("abcdefghi")
# Purposes that are clearly other than what an objection was to.
SERVICE = ("hosting", "maintenance", "backup", "security", "diagnostics", "support", "billing", "payment", "legal_claims")
NO_MARKETING = ("research", "statistics", "improve")


def judge(tables: Tables, at: At) -> dict[str, str]:
    return {
        row["request_id"]: _verdict(row, ending(row, tables), tables, at)
        for row in tables["requests"]
        if row["type"] == "objection" and row["requester_role"] != "object"
    }


def _verdict(row: Row, last: Row, tables: Tables, at: At) -> str:
    if unknown := unknown_from_the_start(row, at):
        return unknown
    person = person_of(row)
    found = ["compliant: stopped"]
    if last["outcome"] == "denied" and _is_marketing(row["purpose"], at) and not at.is_ahead(last["responded_at"]):
        found.append("violation: refused")
    found += [_activity(a, row, last, at) for a in tables["processing_activities"] if a["account_id"] == person]
    found += [_message(m, row, last, tables, at) for m in tables["messages"] if m["account_id"] == person]
    return worst(found)


def _is_marketing(purpose: str | None, at: At) -> bool:
    return purpose in MARKETING or purpose in (at.values["promotional_purposes"] or ())


def lifted(last: Row, at: At) -> datetime | None:
    """From when it stands no more, or no more for all; None where that is not recorded."""
    if last["outcome"] not in ("denied", "withdrawn", "partial", "redirected"):
        return FOR_EVER
    instant: datetime | None = last["closed_at"] if last["outcome"] == "withdrawn" else last["responded_at"]
    return FOR_EVER if at.is_ahead(instant) else instant


def _activity(activity: Row, row: Row, last: Row, at: At) -> str:
    """What went on of an activity."""
    belongs = _belongs(activity["purpose"], row["purpose"], at)
    if activity["legal_basis"] != "legitimate_interest" or at.is_ahead(activity["started_at"]) or not belongs:
        return "compliant: stopped"
    until, ended = at.end_after(row["received_at"]), activity["ended_at"]
    if ended is None or at.is_ahead(ended) or not at.knows("processing_activities", ended):  # an end that is a plan
        if at.as_of <= until:
            return "compliant: stopped"
        if not at.knows("processing_activities", until + TICK) and activity["started_at"] <= until:
            belongs, ended = "indeterminate: export_ends_before_due", until + TICK
        ended = ended or FOR_EVER
    if ended <= until:
        return "compliant: stopped"
    return _in_its_time(max(activity["started_at"], until + TICK), belongs, last, ended, at)


def _in_its_time(first: datetime, verdict: str, last: Row, ended: datetime, at: At) -> str:
    """The verdict of what went on from a first instant on, by whether the objection still stood."""
    end = lifted(last, at)
    if end is None:
        return "indeterminate: partly" if last["outcome"] in ("partial", "redirected") else "indeterminate: refused_when"
    if first < end:
        answered = last["responded_at"] if last["outcome"] == "withdrawn" else None
        return "indeterminate: refused_when" if answered and first >= answered and verdict.startswith("violation") else verdict
    return "indeterminate: partly" if last["outcome"] in ("partial", "redirected") else "compliant: stopped"


def _belongs(purpose: str | None, objected: str | None, at: At) -> str:
    """The verdict of processing for a purpose that goes on in spite of an objection to another, or to the same; '' where it is clearly other."""
    if objected in (None, purpose):
        return "violation: went_on"
    if purpose is None:
        return "indeterminate: not_stated"
    if purpose in LETTERS and objected in LETTERS:
        return ""
    if purpose in PROMOTIONS and objected in PROMOTIONS:
        return "indeterminate: other_kind"
    if _is_marketing(objected, at) and (purpose not in LETTERS or at.values["promotional_purposes"]):
        left_out = purpose in (*SERVICE, *NO_MARKETING) or (purpose in LETTERS and not _is_marketing(purpose, at))
        return "" if left_out else "violation: went_on"
    if purpose in LETTERS or objected in LETTERS:
        return "indeterminate: letter_or_word"
    return "" if purpose in SERVICE else "violation: went_on"


def _message(message: Row, row: Row, last: Row, tables: Tables, at: At) -> str:
    sent, objected, kind = message["sent_at"], row["purpose"], message["kind"]
    if kind not in PROMOTIONS or at.is_ahead(sent) or sent <= at.end_after(row["received_at"]):
        return "compliant: stopped"
    if objected is not None and not _is_marketing(objected, at):
        return "compliant: stopped"
    anew = [c for c in tables["consents"] if c["account_id"] == message["account_id"] and c["given_at"] > row["received_at"]]
    consent = agreed(anew, kind, sent, tables)
    if consent == "yes":
        return "compliant: stopped"
    if last["outcome"] == "denied" and objected is None and (end := lifted(last, at)) and sent >= end:
        return "indeterminate: maybe_marketing"
    other = objected in PROMOTIONS and objected != kind
    verdict = "indeterminate: other_kind" if other else "violation: written_to"
    found = _in_its_time(sent, verdict, last, sent, at)
    return "indeterminate: consent_in_doubt" if consent == "in doubt" and found.startswith("violation") else found


def tell(t: Teller) -> Tables:
    received = t.past(t.ago(60), t.at.as_of, t.at.start(t.at.day(t.at.as_of)))
    until = t.at.end_after(received)
    first = requested(t, "a", "objection", received, until, until + HOUR * 50)
    second = requested(t, "b", "objection", t.past(received, until), until)
    for row in (first, second):
        row["purpose"] = t.one(None, "marketing", "newsletter", "promotion", "profiling", "hosting", *"aef")
    lift = lifted(first, t.at)
    if t.chance(5):
        first = merged(first, second)
    near = [received, until, until, *([lift, lift] if lift and lift < FOR_EVER else [])]
    people = [t.name, t.name, f"{t.name}child"]
    consents = [_consent(t, n, t.one(*people), near) for n in range(t.one(0, 0, 1, 2))]
    withdrawals = [_withdrawal(t, n, c, near) for n, c in enumerate(consents) if t.chance(2)]
    activities = [_activity_of(t, n, t.one(*people), near) for n in range(t.one(0, 1, 1, 2))]
    messages = [_message_to(t, n, t.one(*people), near, consents) for n in range(t.one(0, 1, 1, 2))]
    return {
        "requests": [first, *withdrawals, second] if t.chance() or first["merged_into"] else [first, *withdrawals],
        "accounts": [{"account_id": p, "country": "DE"} for p in dict.fromkeys(people)],
        "processing_activities": activities,
        "messages": messages,
        "consents": consents,
    }


def _consent(t: Teller, n: int, person: str, near: list[datetime]) -> Row:
    given = min(t.past(*near), t.at.as_of)
    return {
        "consent_id": f"{t.name}c{n}",
        "account_id": person,
        "purpose": t.one(*MARKETING, "sharing"),
        "given_at": given,
        "withdrawn_at": t.one(None, None, max(given, min(t.past(given, *near), t.at.as_of))),
    }


def _withdrawal(t: Teller, n: int, consent: Row, near: list[datetime]) -> Row:
    received = t.past(consent["given_at"], *near)
    asked = requested(t, f"w{n}", "consent_withdrawal", received, *near)
    return {**asked, "purpose": t.one(None, *MARKETING)}


def _activity_of(t: Teller, n: int, person: str, near: list[datetime]) -> Row:
    started = t.past(*near, t.ago(400))
    return {
        "activity_id": f"{t.name}p{n}",
        "account_id": person,
        "purpose": t.one(None, "marketing", "newsletter", "promotion", "profiling", *SERVICE, *NO_MARKETING, *"aaefg"),
        "legal_basis": t.one(*["legitimate_interest"] * 4, "consent", "contract"),
        "started_at": started,
        "ended_at": t.maybe(max(t.near(*near, t.at.as_of), started), 3),
    }


def _message_to(t: Teller, n: int, person: str, near: list[datetime], consents: list[Row]) -> Row:
    given = [c["given_at"] for c in consents]
    return {
        "message_id": f"{t.name}m{n}",
        "account_id": person,
        "kind": t.one("newsletter", "promotion", "newsletter", "promotion", "notice", "service"),
        "sent_at": t.past(*near, *given, *given),
    }


JUDGE = Judge(
    "objection_honoured",
    judge,
    tell,
    values={"promotional_purposes": (["e", "f", "g"], ["e", "f", "g"], None)},
    reaches=("processing_activities",),
)
