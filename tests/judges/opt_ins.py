"""Newsletters and promotions are sent only to those who opted in, where the law demands it."""

from __future__ import annotations

from .days import At
from .law import demands_consent
from .stories import Judge, Row, Tables, Teller


def judge(tables: Tables, at: At) -> dict[str, str]:
    countries = {row["account_id"]: row["country"] for row in tables["accounts"]}
    found = {}
    for row in tables["messages"]:
        country = countries.get(row["account_id"])
        demanded = None if country is None else demands_consent(country, row["sent_at"], at)
        if row["kind"] in ("newsletter", "promotion") and demanded is not False:
            found[row["message_id"]] = _verdict(row, country, demanded, tables["consents"], at)
    return found


def _verdict(row: Row, country: str | None, demanded: bool | None, consents: list[Row], at: At) -> str:
    if row["sent_at"] is None:
        return "indeterminate: no_instant"
    if at.is_ahead(row["sent_at"]):
        return "indeterminate: in_the_future"
    if country is None:
        return "indeterminate: country_unknown"
    to = {c["purpose"] for c in consents if c["account_id"] == row["account_id"] and stood(c, row)}
    if to & {row["kind"], "marketing"}:
        return "compliant: opted_in"
    if to:  # to the other of the two
        return "indeterminate: other_kind"
    return "violation: not_opted_in" if demanded else "indeterminate: law_unknown"


def stood(consent: Row, message: Row) -> bool:
    """Whether a consent to such messages was given and not withdrawn when it was sent."""
    if consent["purpose"] not in ("newsletter", "promotion", "marketing"):
        return False
    return consent["given_at"] <= message["sent_at"] and not (
        consent["withdrawn_at"] and consent["withdrawn_at"] <= message["sent_at"]
    )


def tell(t: Teller) -> Tables:
    country = t.one("DE", "FR", "CH", "TR", "GB", "US", "NO", "BR", None)
    sent = t.past(t.ago())
    consents = []
    for n in range(t.one(0, 1, 1, 2, 3)):
        given = min(t.past(sent), t.at.as_of)
        consents.append(
            {
                "consent_id": f"{t.name}c{n}",
                "account_id": t.name,
                "purpose": t.one("newsletter", "promotion", "marketing", "recipient_marketing", "sharing"),
                "given_at": given,
                "withdrawn_at": t.one(None, None, max(given, t.past(sent, given))),
            }
        )
    message = {
        "message_id": f"{t.name}m",
        "account_id": t.name if t.chance(12) is False else f"{t.name}unknown",
        "kind": t.one("newsletter", "promotion", "newsletter", "promotion", "notice", "service"),
        "sent_at": sent,
    }
    return {"messages": [message], "accounts": [{"account_id": t.name, "country": country}], "consents": consents}


JUDGE = Judge("marketing_message_had_opt_in", judge, tell)
