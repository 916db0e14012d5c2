"""Transfers out of the EEA and Switzerland are made on lawful measures, valid on the day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from .days import At
from .law import holds, in_eea, rows
from .stories import DAY, Judge, Row, Tables, Teller

# Of several ways in which a transfer is lawful the rule does not say which is told.
_LAWFUL = ("adequate", "aggregate", "contract_in_force", "approval_in_force", "derogation_approved")


def judge(tables: Tables, at: At) -> dict[str, str]:
    found = {}
    for row in tables["disclosures"]:
        origin, target, on = row["origin_country"], row["destination_country"], at.day(row["disclosed_at"])
        if (origin is None or (_is_inside(origin, on) and on >= _law(origin, "valid_from"))) and (
            target is None or not _is_inside(target, on)
        ):
            found[row["disclosure_id"]] = _verdict(row, on, tables, at)
    return found


def _is_inside(country: str, on: date) -> bool:
    return country == "CH" or in_eea(country, on)


def _law(origin: str, which: str) -> date:
    """The first day of the law on transfers that binds an exporter, or of the measures that it demands."""
    found = {r["place"]: r[which] for r in rows("transfer_laws")}
    return date.fromisoformat(found.get(origin, found["EEA"]))


def _verdict(row: Row, on: date, tables: Tables, at: At) -> str:
    if at.is_ahead(row["disclosed_at"]):
        return "indeterminate: in_the_future"
    if row["origin_country"] is None:
        return "indeterminate: origin_unknown"
    if row["destination_country"] is None:
        return "indeterminate: destination_unknown"
    exporter = "CH" if row["origin_country"] == "CH" else "EEA"
    measure = _measure(row["mechanism"], exporter)
    if (
        measure["rests_on"] == "certification"
        and measure["relied_on_until"]
        and on > date.fromisoformat(measure["relied_on_until"])
    ):
        return "violation: framework_ended"
    adequate = _aggregate(row, at) or _adequacy(row, exporter, on, tables)
    if adequate == "no" and on < _law(row["origin_country"], "measures_from"):
        adequate = "in doubt"
    carried = _carried(row, exporter, on, tables, at)
    if adequate == "yes":
        return f"compliant: {', '.join(_LAWFUL)}"
    return "indeterminate: adequacy_in_doubt" if adequate == "in doubt" and not carried.startswith("compliant") else carried


def _aggregate(row: Row, at: At) -> str:
    """Whether it holds nobody's data: as good as adequacy, or in doubt."""
    if row["aggregated"] and row["smallest_cell"] is None:
        return "in doubt"
    return "yes" if row["aggregated"] and row["smallest_cell"] >= at.values["least_people"] else ""


def _measure(mechanism: str | None, exporter: str) -> dict[str, str]:
    """The row of a mechanism: that of Switzerland where it has one of its own."""
    named = [m for m in rows("mechanisms") if m["mechanism"] == mechanism and m["exporter"] in (exporter, "")]
    return max(named, key=lambda m: m["exporter"], default={"rests_on": ""})


def _adequacy(row: Row, exporter: str, on: date, tables: Tables) -> str:
    """Whether the destination was adequate for this exporter and recipient on the day: yes, no, or in doubt."""
    found = {"no"}
    for each in rows("adequacy"):
        is_it = each["exporter"] == exporter and each["country"] == row["destination_country"]
        if is_it and holds(on, each["valid_from"], each["valid_to"]):
            found.add(_is_for(each["needs"], row, tables) if each["is_binding"] == "yes" else "in doubt")
    return next(answer for answer in ("yes", "in doubt", "no") if answer in found)


def _is_for(needs: str, row: Row, tables: Tables) -> str:
    """Whether an importer has what adequacy needs."""
    recipient = row["recipient_id"]
    if needs == "commercial":
        kind = next((p["kind"] for p in tables["processors"] if p["recipient_id"] == recipient), None)
        return {None: "in doubt", "third_party": "in doubt", "authority": "no"}.get(kind, "yes")
    if needs:
        held = {
            c["framework"] for c in tables["certifications"] if c["recipient_id"] == recipient and _stood(c, row["disclosed_at"])
        }
        return "yes" if needs in held else "in doubt" if needs == "swiss_dpf" and "dpf" in held else "no"
    return "yes"


def _stood(certificate: Row, then: datetime) -> bool:
    return certificate["certified_from"] <= then and (certificate["certified_to"] is None or then <= certificate["certified_to"])


def _carried(row: Row, exporter: str, on: date, tables: Tables, at: At) -> str:
    """What the mechanism that it names comes to, adequacy apart."""
    kind = _measure(row["mechanism"], exporter)["rests_on"]
    if kind == "":  # none is named, or one that is Switzerland's own
        return "violation: no_mechanism, not_certified"
    if kind == "certification":
        return "violation: not_certified"
    if kind == "adequacy":
        return "violation: not_adequate, not_certified"
    if kind == "derogation":
        return _derogated(row, tables)
    contract = next((c for c in tables["transfer_mechanisms"] if c["mechanism_ref"] == row["mechanism_ref"]), None)
    if contract is None:
        return "indeterminate: names_no_row" if row["mechanism_ref"] else "violation: no_contract"
    lacks = ", ".join(_lacks(row, contract, exporter, on, at))
    if lacks:
        return f"violation: {lacks}"
    # An approval holds from its first instant, signed or not; but a cell that is empty could hold a later day.
    if contract["signed_at"] is None:
        return "indeterminate: signing_unknown"
    # Of what was agreed before its clauses were there for anybody, nobody can tell what it holds.
    agreed = max(at.day(instant) for instant in (contract["signed_at"], contract["valid_from"]) if instant)
    began = min(m["new_from"] for m in rows("mechanisms") if m["mechanism"] == row["mechanism"])
    return f"compliant: {kind}_in_force" if holds(agreed, began, "") else "indeterminate: signed_early"


def _derogated(row: Row, tables: Tables) -> str:
    """What an approved derogation comes to: one by consent takes a consent of that person to it."""
    if not row["approval_ref"]:
        return "violation: derogation_unapproved"
    then = row["disclosed_at"]
    stood = any(
        c["account_id"] == row["account_id"]
        and c["purpose"] in ("sharing", row["purpose"])
        and c["given_at"] <= then
        and (c["withdrawn_at"] is None or then < c["withdrawn_at"])
        for c in tables["consents"]
    )
    return (
        "compliant: derogation_approved"
        if stood or row["mechanism"] != "derogation_consent"
        else "indeterminate: consent_unknown"
    )


def _lacks(row: Row, contract: Row, exporter: str, on: date, at: At) -> Iterator[str]:
    """All that is wrong with a contract or approval for a transfer."""
    then, signed, clauses = row["disclosed_at"], contract["signed_at"], _measure(row["mechanism"], exporter)
    if contract["recipient_id"] != row["recipient_id"]:
        yield "other_recipient"
    if contract["kind"] != row["mechanism"]:
        yield "other_kind"
    if signed and signed > then:
        yield "not_yet_signed"
    if (contract["valid_from"] and contract["valid_from"] > then) or (contract["valid_to"] and contract["valid_to"] < then):
        yield "not_in_force"
    if not holds(on, clauses["new_from"], clauses["relied_on_until"]) or (
        signed and not holds(at.day(signed), "", clauses["new_until"])
    ):
        yield "clauses_outdated"
    if at.values["require_assessment"] and clauses["rests_on"] == "contract" and not contract["assessment_ref"]:
        yield "no_assessment"


def tell(t: Teller) -> Tables:
    disclosed = _when(t)
    framework = t.one("dpf", "dpf", "swiss_dpf", "privacy_shield", "safe_harbor")
    mechanism = t.one(None, "adequacy", framework, *_CONTRACTS, *_CONTRACTS, "derogation_consent", "derogation_claims")
    recipient = t.one(f"{t.name}p", f"{t.name}p", f"{t.name}p", f"{t.name}p", f"{t.name}other")
    aggregated = t.one(None, None, None, False, True)
    disclosure = {
        "disclosure_id": f"{t.name}d",
        "recipient_id": recipient,
        "account_id": t.name,
        "disclosed_at": disclosed,
        "purpose": t.one("hosting", "surveys"),
        "origin_country": t.one("DE", "FR", "CH", "CH", "GB", "NO", "US", None),
        "destination_country": t.one("US", "US", "US", "IN", "IN", "GB", "CA", "JP", "BR", "AR", "CH", "FR", None),
        "mechanism": mechanism,
        "mechanism_ref": t.one(f"{t.name}m", f"{t.name}m", f"{t.name}m", None, "nothing") if mechanism in _CONTRACTS else None,
        "approval_ref": t.one(None, "counsel"),
        "aggregated": aggregated,
        "smallest_cell": t.one(4, 5) if aggregated else None,
    }
    kinds = ("processor", "subprocessor", "authority", "acquirer", "third_party")
    return {
        "disclosures": [disclosure],
        "accounts": [{"account_id": t.name, "country": "DE"}],
        "processors": [{"recipient_id": f"{t.name}{n}", "kind": t.one(*kinds)} for n in ("p", "other")],
        "certifications": [_certificate(t, framework, disclosed)] if t.chance(4) is False else [],
        "transfer_mechanisms": [_contract(t, mechanism or "bcr", disclosed)],
        "consents": [_consent(t, n, disclosed) for n in range(t.one(0, 1, 1, 2))],
    }


_CONTRACTS = ("scc_2001", "scc_2010", "scc_2021", "scc_2021", "bcr", "code_of_conduct")


def _when(t: Teller) -> datetime:
    """An instant at or beside the first or last of a day that law names; else near as_of."""
    days = {
        r[c]
        for name in ("adequacy", "mechanisms")
        for r in rows(name)
        for c in r
        if c.startswith(("valid_", "relied_", "new_"))
        if r[c]
    }
    ends = [t.at.end(date.fromisoformat(each)) for each in sorted(days) if each >= "2015"]
    anchor = t.one(*ends, *(end - DAY for end in ends), t.at.as_of)
    return t.past(min(anchor, t.at.as_of))


def _consent(t: Teller, n: int, disclosed: datetime) -> Row:
    given = t.past(disclosed, disclosed - 50 * DAY)
    withdrawn = t.one(None, None, max(given, t.past(disclosed)))
    purpose = t.one("sharing", "hosting", "surveys", "newsletter")
    return {"consent_id": f"{t.name}c{n}", "account_id": t.name, "purpose": purpose, "given_at": given, "withdrawn_at": withdrawn}


def _certificate(t: Teller, framework: str, disclosed: datetime) -> Row:
    begins = t.past(disclosed, disclosed - 50 * DAY)
    ends = t.one(None, max(begins, t.near(disclosed)))
    return {"recipient_id": f"{t.name}p", "framework": framework, "certified_from": begins, "certified_to": ends}


def _contract(t: Teller, mechanism: str, disclosed: datetime) -> Row:
    signed = t.maybe(_when(t) if t.chance(3) else t.past(disclosed), 6)
    begins = t.one(None, None, t.past(disclosed, signed))
    return {
        "mechanism_ref": f"{t.name}m",
        "recipient_id": t.one(*[f"{t.name}p"] * 7, f"{t.name}other"),
        "kind": mechanism if t.chance(8) is False else "scc_2010",
        "signed_at": signed,
        "valid_from": begins,
        "valid_to": t.one(None, None, max(begins or disclosed, t.near(disclosed))),
        "assessment_ref": t.one(None, "tia"),
    }


JUDGE = Judge(
    "transfer_has_valid_mechanism", judge, tell, values={"least_people": (5,), "require_assessment": (False, False, True)}
)
