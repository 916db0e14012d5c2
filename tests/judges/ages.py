"""No data is knowingly kept of children."""

from __future__ import annotations

from datetime import date, timedelta

from .days import At
from .stories import Judge, Row, Tables, Teller


def judge(tables: Tables, at: At) -> dict[str, str]:
    return {
        row["account_id"]: _verdict(row, [h for h in tables["holdings"] if h["account_id"] == row["account_id"]], at)
        for row in tables["accounts"]
    }


def birthday(born: date, years: int) -> date:
    """The day on which somebody is so many years old; of the 29th of February the first of March where there is none."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)


def _verdict(row: Row, holdings: list[Row], at: At) -> str:
    if row["birth_date"] is None or row["created_at"] is None:
        return "indeterminate: age_unknown"
    if birthday(row["birth_date"], at.values["years"]) <= at.day(row["created_at"]):
        return "compliant: old_enough"
    known = row["age_known_at"] or row["created_at"]
    if at.is_ahead(known):
        return "compliant: not_known"
    if not holdings:
        return "indeterminate: nothing_stated"
    if any(h["disposition"] in ("held", "isolated_backup") for h in holdings):
        return "violation: kept" if at.knows("holdings", known) else "indeterminate: export_ends_before_due"
    if any(h["disposed_at"] is None for h in holdings):
        return "indeterminate: undated"
    if any(h["disposition"] == "anonymised" and not h["method_ref"] for h in holdings):
        return "indeterminate: method_unknown"
    return "compliant: remediated"


def tell(t: Teller) -> Tables:
    created = min(t.past(t.ago(900)), t.at.exported_at)
    day = t.at.day(created)
    turned = birthday(day, -t.one(12, 13, 13, 16, t.at.values["years"]))
    known = t.maybe(t.past(created, t.at.as_of), 2)
    holdings = []
    for n in range(t.one(0, 1, 1, 2, 3)):
        disposition = t.one("held", "deleted", "deleted", "deleted", "anonymised", "isolated_backup")
        is_gone = disposition in ("deleted", "anonymised")
        disposed = min(t.past(created, known), t.at.as_of, t.at.exported_at) if is_gone else None
        holdings.append(
            {
                "holding_id": f"{t.name}h{n}",
                "account_id": t.name,
                "disposition": disposition,
                "disposed_at": disposed,
                "method_ref": t.maybe("m1", 3),
            }
        )
    account = {
        "account_id": t.name,
        "birth_date": t.one(None, turned, turned, turned + timedelta(days=1), turned - timedelta(days=1), date(2012, 2, 29)),
        "created_at": created,
        "age_known_at": known and min(known, t.at.exported_at),
        "country": "DE",
        "status": "active",
    }
    return {"accounts": [account], "holdings": holdings}


JUDGE = Judge("no_account_under_age", judge, tell, values={"years": (13, 13, 16)}, reaches=("holdings",))
