"""Who was erased stays erased."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from .days import FOR_EVER, At, worst
from .people import MARKETING, PROMOTIONS, agreed, ending, merged, person_of, requested, stood
from .stories import DAY, HOUR, Judge, Row, Tables, Teller

BY_LAW = "legal_obligation"
_ACTS = {
    "disclosures": "disclosed_at",
    "messages": "sent_at",
    "holdings": "collected_at",
    "tracker_hits": "hit_at",
    "oauth_grants": "last_access_at",
}


def judge(tables: Tables, at: At) -> dict[str, str]:
    found = {}
    for row in tables["requests"]:
        last = ending(row, tables)
        if row["type"] == "erasure" and last["outcome"] in ("fulfilled", "partial") and row["requester_role"] != "object":
            found[row["request_id"]] = _verdict(row, last, tables, at)
    return found


def _verdict(row: Row, last: Row, tables: Tables, at: At) -> str:
    closed, person = last["closed_at"], person_of(row)
    if last["outcome"] == "partial":
        return "indeterminate: partly"
    if closed is None:
        return "indeterminate: no_instant"
    if at.is_ahead(closed):
        return "indeterminate: in_the_future"
    if person is None:
        return "indeterminate: child_unknown"
    back, may_be_earlier = _came_back(person, closed, tables)
    found = ["compliant: stayed_erased"]
    for name, column in _ACTS.items():
        for act in tables[name]:
            if act["account_id"] == person and act[column] and closed < act[column] < back and not at.is_ahead(act[column]):
                found.append(_act(name, act, act[column], closed, tables, at))
    for activity in tables["processing_activities"]:
        if activity["account_id"] == person and activity["started_at"] < back and not at.is_ahead(activity["started_at"]):
            found.append(_activity(activity, closed, tables, at))
    if may_be_earlier:
        found = [f if f.startswith("compliant") else "indeterminate: returned_when" for f in found]
    return worst(found)


def _came_back(person: str, closed: datetime, tables: Tables) -> tuple[datetime, bool]:
    """When the person came back, by a new account or the terms accepted anew, and whether it may have been before: of several
    times that the terms were accepted the last is on record.
    """
    of = [row for row in tables["accounts"] if row["account_id"] == person]
    new = [row["created_at"] for row in of if row["created_at"] and row["created_at"] > closed]
    again = [row["terms_accepted_at"] for row in of if row["terms_accepted_at"] and row["terms_accepted_at"] > closed]
    return min([*new, *again], default=FOR_EVER), bool(again) and not new


def _act(name: str, act: Row, moment: datetime, closed: datetime, tables: Tables, at: At) -> str:
    excuse = {
        "disclosures": _disclosure,
        "messages": _message,
        "holdings": _holding,
        "tracker_hits": _hit,
        "oauth_grants": lambda a, *_: "yes" if closed < a["granted_at"] <= moment else "no",
    }[name](act, closed, tables, at)
    return {"yes": "compliant: stayed_erased", "no": "violation: resurrected"}.get(excuse, "indeterminate: consent_in_doubt")


def _hit(act: Row, closed: datetime, tables: Tables, at: At) -> str:
    """Agreed to since."""
    return "yes" if act["consent_at"] and closed < act["consent_at"] <= act["hit_at"] else "no"


def _message(act: Row, closed: datetime, tables: Tables, at: At) -> str:
    if act["kind"] in ("notice", "service") and act["sent_at"] <= at.same_time(closed, 1):
        return "yes"
    since = _since(act, closed, tables)
    named = [
        c for c in since if c["consent_id"] == act["consent_id"] and not (act["kind"] in PROMOTIONS and c["purpose"] in MARKETING)
    ]
    found = [stood(c, act["sent_at"], tables) for c in named]
    if act["kind"] in PROMOTIONS:
        found.append(agreed(since, act["kind"], act["sent_at"], tables))
    return _best(found)


def _disclosure(act: Row, closed: datetime, tables: Tables, at: At) -> str:
    if act["ground"] == BY_LAW and act["approval_ref"]:
        return "yes"
    if act["aggregated"] and act["smallest_cell"] >= at.values["least_people"]:
        return "yes"
    if act["ground"] != "permission":
        return "no"
    return _best(
        stood(c, act["disclosed_at"], tables) for c in _since(act, closed, tables) if c["purpose"] in ("sharing", act["purpose"])
    )


def _holding(act: Row, closed: datetime, tables: Tables, at: At) -> str:
    if act["hold_ground"] == BY_LAW:
        return "yes"
    return _best(stood(c, act["collected_at"], tables) for c in _since(act, closed, tables) if c["purpose"] == act["purpose"])


def _since(act: Row, closed: datetime, tables: Tables) -> list[Row]:
    return [c for c in tables["consents"] if c["account_id"] == act["account_id"] and c["given_at"] > closed]


def _best(said: Any) -> str:
    found = {*said}
    return "yes" if "yes" in found else "in doubt" if "in doubt" in found else "no"


def _activity(row: Row, closed: datetime, tables: Tables, at: At) -> str:
    """Whether processing came later, or goes on after the day of closing."""
    began, ended, until = row["started_at"], row["ended_at"], at.end_after(closed)
    own = [c for c in tables["consents"] if c["consent_id"] == row["consent_id"] and c["given_at"] > closed]
    rests = _best(stood(c, began, tables) for c in own)
    if row["legal_basis"] == BY_LAW or rests == "yes":
        return "compliant: stayed_erased"
    verdict = "indeterminate: consent_in_doubt" if rests == "in doubt" else "violation: resurrected, goes_on"
    if began > closed:
        return verdict
    if ended is None or at.is_ahead(ended) or not at.knows("processing_activities", ended):  # an end that is a plan
        if at.as_of <= until:
            return "compliant: stayed_erased"
        return verdict if at.knows("processing_activities", until) else "indeterminate: export_ends_before_due"
    return verdict if ended > until else "compliant: stayed_erased"


def tell(t: Teller) -> Tables:
    received = t.past(t.ago(60), t.at.as_of, t.at.start(t.at.day(t.at.as_of)))
    first = _erasure(t, "a", received)
    second = _erasure(t, "b", t.past(received))
    if t.chance(5):
        first = merged(first, second)
    closed = first["closed_at"] or second["closed_at"] or received
    near = [closed, closed, t.at.end_after(closed), t.at.end_after(closed, 1), t.at.end_after(closed)]
    people = [t.name, t.name, t.name, f"{t.name}child"]
    consents = [_consent(t, n, t.one(*people), near) for n in range(t.one(0, 1, 1, 2))]
    acts = [t.one(*_TELL)(t, n, t.one(*people), near, consents) for n in range(t.one(0, 1, 1, 2))]
    tables: Tables = {
        "requests": [
            *([second] if t.chance() or first["merged_into"] else []),
            *(_withdrawal(t, n, c, near) for n, c in enumerate(consents) if t.chance(3)),
            first,
        ],
        "accounts": [_account(t, p, near) for p in dict.fromkeys(people)],
        "consents": consents,
    }
    for name, row in acts:
        tables.setdefault(name, []).append(row)
    return tables


def _erasure(t: Teller, name: str, received: datetime) -> Row:
    row = requested(t, name, "erasure", received, t.at.as_of - 9 * DAY, received + HOUR)
    if row["outcome"] and t.chance() is False:
        row |= {"outcome": "fulfilled", "closed_at": row["closed_at"] or row["responded_at"]}
    return row


def _account(t: Teller, person: str, near: list[datetime]) -> Row:
    created = t.maybe(t.past(*near), 2) if t.chance(4) else None
    terms = t.past(*near) if t.chance(6) else None
    return {
        "account_id": person,
        "country": "DE",
        "status": "active",
        "created_at": created or t.ago() - 700 * DAY,
        "terms_accepted_at": terms and min(terms, t.at.as_of),
    }


def _consent(t: Teller, n: int, person: str, near: list[datetime]) -> Row:
    given = min(t.past(*near), t.at.as_of)
    return {
        "consent_id": f"{t.name}c{n}",
        "account_id": person,
        "purpose": t.one(*MARKETING, "sharing", "surveys", "hosting"),
        "given_at": given,
        "withdrawn_at": t.one(None, None, None, max(given, min(t.past(given, *near), t.at.as_of))),
    }


def _withdrawal(t: Teller, n: int, consent: Row, near: list[datetime]) -> Row:
    asked = requested(t, f"w{n}", "consent_withdrawal", t.past(consent["given_at"], *near), *near)
    return {**asked, "account_id": consent["account_id"], "purpose": t.one(None, consent["purpose"], *MARKETING)}


def _moment(t: Teller, near: list[datetime], consents: list[Row]) -> datetime:
    return t.past(*near, *(c["given_at"] for c in consents), *(c["given_at"] for c in consents))


def _rests_on(t: Teller, person: str, consents: list[Row]) -> str | None:
    named: list[str] = [c["consent_id"] for c in consents if c["account_id"] == person]
    return t.one(None, *named)


def _told_message(t: Teller, n: int, person: str, near: list[datetime], consents: list[Row]) -> tuple[str, Row]:
    row = {"message_id": f"{t.name}m{n}", "account_id": person, "kind": t.one("newsletter", "promotion", "notice", "service")}
    return "messages", {**row, "sent_at": _moment(t, near, consents), "consent_id": _rests_on(t, person, consents)}


def _told_disclosure(t: Teller, n: int, person: str, near: list[datetime], consents: list[Row]) -> tuple[str, Row]:
    aggregated = t.one(None, None, None, True)
    return "disclosures", {
        "disclosure_id": f"{t.name}d{n}",
        "account_id": person,
        "disclosed_at": _moment(t, near, consents),
        "ground": t.one(BY_LAW, "permission", "permission", "courtesy"),
        "purpose": t.one("surveys", "hosting"),
        "approval_ref": t.one(None, "counsel"),
        "aggregated": aggregated,
        "smallest_cell": t.one(4, 5, 6) if aggregated else None,
    }


def _told_activity(t: Teller, n: int, person: str, near: list[datetime], consents: list[Row]) -> tuple[str, Row]:
    started = t.past(*near, t.ago(400), *(c["given_at"] for c in consents))
    return "processing_activities", {
        "activity_id": f"{t.name}p{n}",
        "account_id": person,
        "legal_basis": t.one("consent", "consent", "contract", BY_LAW, "legitimate_interest"),
        "consent_id": _rests_on(t, person, consents),
        "started_at": started,
        "ended_at": t.maybe(max(t.near(*near, t.at.as_of), started), 3),
    }


def _told_holding(t: Teller, n: int, person: str, near: list[datetime], consents: list[Row]) -> tuple[str, Row]:
    return "holdings", {
        "holding_id": f"{t.name}h{n}",
        "account_id": person,
        "collected_at": _moment(t, near, consents),
        "hold_ground": t.one(None, None, BY_LAW, "courtesy"),
        "purpose": t.one("surveys", "hosting"),
    }


def _told_hit(t: Teller, n: int, person: str, near: list[datetime], consents: list[Row]) -> tuple[str, Row]:
    agreed_at = t.maybe(t.past(*near))
    row = {"account_id": person, "tracker_name": f"{t.name}t{n}", "hit_at": _moment(t, near, consents)}
    return "tracker_hits", {**row, "consent_at": agreed_at and min(agreed_at, t.at.as_of)}


def _told_access(t: Teller, n: int, person: str, near: list[datetime], consents: list[Row]) -> tuple[str, Row]:
    granted = min(t.past(*near, t.ago(400)), t.at.as_of)
    access = t.maybe(max(t.past(*near), granted), 6)
    return "oauth_grants", {"account_id": person, "provider": f"p{n}", "granted_at": granted, "last_access_at": access}


_TELL = (_told_message, _told_message, _told_disclosure, _told_activity, _told_activity, _told_holding, _told_hit, _told_access)

JUDGE = Judge("erased_person_stays_erased", judge, tell, values={"least_people": (5,)}, reaches=("processing_activities",))
