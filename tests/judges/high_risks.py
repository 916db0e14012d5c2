"""People are informed of a breach that is a high risk to them."""

from __future__ import annotations

from .days import At
from .stories import Judge, Row, Tables, Teller


def judge(tables: Tables, at: At) -> dict[str, str]:
    return {
        row["breach_id"]: _verdict(row, at)
        for row in tables["breaches"]
        if row["reported_by"] == "company" and row["our_role"] == "controller" and row["risk"] in ("high", None)
    }


def _verdict(row: Row, at: At) -> str:
    aware, told, days = row["aware_at"], row["subjects_told_at"], at.values["days"]
    if row["risk"] is None:
        return "indeterminate: risk_unknown"
    if aware is None:
        return "indeterminate: no_start"
    if at.is_ahead(aware, told):
        return "indeterminate: in_the_future"
    if told and told < aware:
        return "indeterminate: ends_before_start"
    if days is None:
        return "compliant: told" if told else "indeterminate: no_limit"
    due = at.end_after(aware, days)
    if told:
        return "compliant: told" if told <= due else "violation: told_late"
    if at.as_of <= due:
        return "pending: not_yet_due"
    return "violation: overdue" if at.knows("breaches", due) else "indeterminate: export_ends_before_due"


def tell(t: Teller) -> Tables:
    rows = [_breach(t, f"{t.name}b{n}") for n in range(t.one(1, 1, 2, 3))]
    return {"breaches": rows, "accounts": [{"account_id": t.name, "country": "DE"}]}


def _breach(t: Teller, name: str) -> Row:
    days = t.at.values["days"] or 0
    aware = t.past(t.ago(60), t.at.as_of, t.at.as_of - days * (t.at.as_of - t.at.start(t.at.day(t.at.as_of))))
    due = t.at.end_after(aware, days)
    return {
        "breach_id": name,
        "subscriber_id": t.one(None, None, t.name),
        "reported_by": t.one("company", "company", "company", "subscriber"),
        "our_role": t.one("controller", "controller", "controller", "processor"),
        "aware_at": t.maybe(aware, 12),
        "risk": t.one("high", "high", "high", "risk", "none"),
        "subjects_told_at": t.maybe(t.past(due, due, aware), 3),
    }


JUDGE = Judge("people_informed_of_high_risk_breach", judge, tell, values={"days": (None, 30, 0, 1)}, reaches=("breaches",))
