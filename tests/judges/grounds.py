"""Each disclosure is made on one of the grounds that the policy permits."""

from __future__ import annotations

from datetime import UTC, datetime

from .days import At, worst
from .stories import Judge, Row, Tables, Teller

AUTHORITY_GROUNDS = ["legal_claim", "fraud", "legal_obligation"]
OTHER_GROUNDS = ["direction", "permission", "official_request"]

FOR_MESSAGES = ("newsletter", "promotion", "marketing")


def judge(tables: Tables, at: At) -> dict[str, str]:
    register = {row["recipient_id"]: row for row in tables["processors"]}
    return {
        row["disclosure_id"]: _verdict(row, register.get(row["recipient_id"]), tables["consents"], at)
        for row in tables["disclosures"]
    }


def _verdict(row: Row, recipient: Row | None, consents: list[Row], at: At) -> str:
    if at.is_ahead(row["disclosed_at"]):
        return "indeterminate: in_the_future"
    ways = [*_to_whom(row, recipient, at), _aggregate(row, at)]
    # To authorities nothing goes without an approval.
    if row["approval_ref"] or not (recipient and recipient["kind"] == "authority"):
        ways.append(_otherwise(row, consents, at))
    for kind in ("compliant", "indeterminate"):
        if of_kind := [way for way in ways if way.startswith(kind)]:
            return worst(of_kind)
    return "violation: no_ground, no_permission" if row["ground"] == "permission" else "violation: no_ground"


def _to_whom(row: Row, recipient: Row | None, at: At) -> list[str]:
    if recipient is None:
        return ["indeterminate: recipient_unknown"]
    if recipient["kind"] in ("processor", "subprocessor"):
        return [_service(row, recipient)]
    listed = row["ground"] in at.values["authority_grounds"] and row["approval_ref"]
    if recipient["kind"] == "authority" and listed:
        return ["compliant: official"]
    return ["compliant: transaction"] if recipient["kind"] == "acquirer" and row["transaction_ref"] else []


def _service(row: Row, recipient: Row) -> str:
    then, signed, first, ends = (
        row["disclosed_at"],
        recipient["dpa_signed_at"],
        recipient["dpa_first_signed_at"],
        recipient["dpa_ends_at"],
    )
    if signed is None:
        return ""
    if then < signed:
        return "indeterminate: earlier_agreement" if first is None or first <= then else ""
    in_force = ends is None or then <= ends
    return "compliant: service" if in_force and row["purpose"] in recipient["allowed_purposes"] else ""


def _aggregate(row: Row, at: At) -> str:
    if row["aggregated"] and row["smallest_cell"] is None:
        return "indeterminate: unclear"
    return "compliant: aggregate" if row["aggregated"] and row["smallest_cell"] >= at.values["least_people"] else ""


def _otherwise(row: Row, consents: list[Row], at: At) -> str:
    if row["ground"] is None:
        return "indeterminate: ground_unknown"
    if row["ground"] not in at.values["other_grounds"]:
        return ""
    if row["ground"] != "permission":
        return "compliant: otherwise_permitted"
    stood = [c["purpose"] for c in consents if _stood(c, row) and c["purpose"] not in FOR_MESSAGES]
    if "sharing" in stood or row["purpose"] in stood:
        return "compliant: otherwise_permitted"
    # What a consent for a purpose in other words covers, nobody can tell.
    return "indeterminate: unclear" if stood or not consents else "violation: no_permission"


def _stood(consent: Row, row: Row) -> bool:
    """Whether it is of that person, given before it and not withdrawn by then."""
    if consent["account_id"] != row["account_id"]:
        return False
    withdrawn = consent["withdrawn_at"]
    return consent["given_at"] <= row["disclosed_at"] and not (withdrawn and withdrawn <= row["disclosed_at"])


def tell(t: Teller) -> Tables:
    disclosed = t.past(t.ago())
    recipient, consents = _recipient(t, disclosed), []
    for n in range(t.one(0, 1, 1, 2)):
        given = min(t.past(disclosed), t.at.as_of)
        withdrawn = t.one(None, None, max(given, min(t.past(disclosed, given), t.at.as_of)))
        purpose = t.one("sharing", "surveys", "hosting", "newsletter")
        consents.append(
            {
                "consent_id": f"{t.name}c{n}",
                "account_id": t.name,
                "purpose": purpose,
                "given_at": given,
                "withdrawn_at": withdrawn,
            }
        )
    aggregated = t.one(None, None, False, True)
    disclosure = {
        "disclosure_id": f"{t.name}d",
        "account_id": t.name,
        "recipient_id": t.one(*[f"{t.name}p"] * 9, f"{t.name}unknown"),
        "disclosed_at": disclosed,
        "purpose": t.one("hosting", "surveys", "recipient_marketing"),
        "ground": t.one("permission", "permission", "direction", "fraud", "legal_claim", "courtesy", "habit"),
        "approval_ref": t.one(None, "counsel"),
        "transaction_ref": t.one(None, "deal"),
        "aggregated": aggregated,
        "smallest_cell": t.one(4, 5, 6) if aggregated else None,
        "destination_country": "DE",
    }
    accounts = [{"account_id": t.name, "country": "DE"}]
    return {"disclosures": [disclosure], "processors": [recipient], "consents": consents, "accounts": accounts}


def _recipient(t: Teller, disclosed: datetime) -> Row:
    signed = t.maybe(min(t.past(disclosed), t.at.as_of), 5)
    first = t.one(None, min(signed, t.past(disclosed, signed))) if signed else None
    return {
        "recipient_id": f"{t.name}p",
        "kind": t.one("processor", "processor", "subprocessor", "authority", "acquirer", "third_party"),
        "allowed_purposes": t.one(["hosting"], ["hosting", "surveys"], []),
        "dpa_signed_at": signed,
        "dpa_first_signed_at": first,
        "dpa_ends_at": t.one(None, max(signed, t.near(disclosed))) if signed else None,
    }


JUDGE = Judge(
    "disclosure_has_permitted_ground",
    judge,
    tell,
    {
        "consents": [
            {
                "consent_id": "anybody's",
                "account_id": "nobody",
                "purpose": "sharing",
                "given_at": datetime(2020, 1, 1, tzinfo=UTC),
                "withdrawn_at": None,
            }
        ]
    },
    values={"least_people": (5,), "authority_grounds": (AUTHORITY_GROUNDS,), "other_grounds": (OTHER_GROUNDS,)},
)
