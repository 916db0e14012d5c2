"""Data of Californians is shared for nobody's direct marketing."""

from __future__ import annotations

from datetime import datetime

from .days import At
from .stories import Judge, Row, Tables, Teller


def judge(tables: Tables, at: At) -> dict[str, str]:
    accounts = {row["account_id"]: row for row in tables["accounts"]}
    found = {}
    for row in tables["disclosures"]:
        account = accounts.get(row["account_id"])
        if account is None:
            found[row["disclosure_id"]] = "indeterminate: names_nobody"
        elif place := _place(account):
            found[row["disclosure_id"]] = _verdict(row, place, tables, at)
    return found


def _place(account: Row) -> str:
    """California, perhaps, or '' for elsewhere."""
    if account["country"] not in ("US", None) or account["region"] not in ("CA", None):
        return ""
    return "California" if account["country"] and account["region"] else "perhaps"


def _verdict(row: Row, place: str, tables: Tables, at: At) -> str:
    if at.is_ahead(row["disclosed_at"]):
        return "indeterminate: in_the_future"
    if row["purpose"] is None:
        return "indeterminate: purpose_unknown"
    if row["purpose"] != "recipient_marketing":
        return "compliant: other_purpose"
    if place == "perhaps":
        return "indeterminate: region_unknown"
    agreed = [
        c["given_at"] for c in tables["consents"] if c["account_id"] == row["account_id"] and _stood(c, row["disclosed_at"])
    ]
    if any(not agreed or out >= max(agreed) for out in _opt_outs(row, tables)):
        return "violation: opted_out"
    return "compliant: by_permission" if agreed else "violation: for_marketing"


def _stood(consent: Row, then: datetime) -> bool:
    if consent["purpose"] not in ("marketing", "recipient_marketing"):
        return False
    return consent["given_at"] <= then and not (consent["withdrawn_at"] and consent["withdrawn_at"] <= then)


def _opt_outs(row: Row, tables: Tables) -> list[datetime]:
    """When the person had opted out, as it stood at the disclosure."""
    person, then = row["account_id"], row["disclosed_at"]
    found = [o["opted_out_at"] for o in tables["opt_outs"] if o["account_id"] == person and o["opted_out_at"] < then]
    for request in tables["requests"]:
        asker = None if request["requester_role"] == "parent" else request["account_id"]
        who = request["child_account_id"] or asker
        taken_back = request["closed_at"] if request["outcome"] == "withdrawn" else None
        if (
            request["type"] == "opt_out"
            and who == person
            and request["received_at"] < then
            and not (taken_back and taken_back < then)
        ):
            found.append(request["received_at"])
    return found


def tell(t: Teller) -> Tables:
    disclosed = t.past(t.ago())
    opted = [min(t.past(disclosed), t.at.as_of) for _ in range(t.one(0, 0, 1, 2))]
    consents = []
    for n in range(t.one(0, 1, 2, 2)):
        given = min(t.past(disclosed, *opted), t.at.as_of)
        withdrawn = t.one(None, None, max(given, min(t.past(disclosed, given), t.at.as_of)))
        purpose = t.one("marketing", "recipient_marketing", "newsletter", "sharing")
        consents.append(
            {
                "consent_id": f"{t.name}c{n}",
                "account_id": t.name,
                "purpose": purpose,
                "given_at": given,
                "withdrawn_at": withdrawn,
            }
        )
    by_request, listed = (opted[:1], opted[1:]) if t.chance() else ([], opted)
    country = t.one("US", "US", "US", "US", "US", "DE", None)
    region = t.one("CA", "CA", "CA", "CA", "NY", None) if country == "US" else None
    disclosure = {
        "disclosure_id": f"{t.name}d",
        "account_id": t.name if t.chance(15) is False else f"{t.name}unknown",
        "recipient_id": "anybody",
        "purpose": t.one("recipient_marketing", "recipient_marketing", "recipient_marketing", "hosting"),
        "disclosed_at": disclosed,
        "destination_country": "US",
    }
    return {
        "disclosures": [disclosure],
        "accounts": [{"account_id": p, "country": country, "region": region} for p in (t.name, f"{t.name}child")],
        "consents": consents,
        "opt_outs": [{"account_id": t.name, "opted_out_at": o, "channel": f"{n}"} for n, o in enumerate(listed)],
        "requests": [_request(t, received, disclosed) for received in by_request],
    }


def _request(t: Teller, received: datetime, disclosed: datetime) -> Row:
    child = t.one(None, None, t.name, f"{t.name}child")
    closed = t.maybe(max(received, min(t.past(disclosed, received), t.at.as_of)))
    return {
        "request_id": f"{t.name}r",
        "account_id": f"{t.name}parent" if child else t.name,
        "requester_role": "parent" if child else "subscriber",
        "child_account_id": child,
        "type": t.one("opt_out", "opt_out", "opt_out", "access"),
        "received_at": received,
        "closed_at": closed,
        "outcome": t.one("withdrawn", "fulfilled") if closed else None,
    }


JUDGE = Judge("california_no_direct_marketing_sharing", judge, tell)
