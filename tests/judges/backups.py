"""What cannot be deleted is isolated, untouched since, and destroyed as planned."""

from __future__ import annotations

from datetime import datetime

from .days import At, worst
from .retention import SCHEDULE, account, window
from .stories import Judge, Row, Tables, Teller

ACTS = (("processing_activities", "started_at"), ("disclosures", "disclosed_at"), ("messages", "sent_at"))


def judge(tables: Tables, at: At) -> dict[str, str]:
    return {row["holding_id"]: _verdict(row, tables, at) for row in tables["holdings"] if row["disposition"] == "isolated_backup"}


def _verdict(row: Row, tables: Tables, at: At) -> str:
    isolated = row["isolated_at"]
    if at.is_ahead(isolated, row["last_processed_at"]):
        return "indeterminate: in_the_future"
    found = [_destroyed(row["destroy_by"], at)]
    if row["why_not_deletable"] is None:
        found.append("violation: no_reason")
    if isolated is None:
        return worst([*found, "violation: not_isolated"])
    its = window({**row, "disposed_at": isolated}, tables, at)
    if its.unknown:
        found.append("indeterminate: last_day_unknown")
    if its.last and isolated > its.last:
        found.append("violation: isolated_late")
    if any(isolated < act <= at.as_of for act in _acts(row, tables)):
        found.append("violation: processed_since")
    return worst(found)


def _acts(row: Row, tables: Tables) -> list[datetime]:
    """When it was processed; so it was by all that is done with the data of somebody who left, and of whom nothing else is held."""
    seen = [row["last_processed_at"]] if row["last_processed_at"] else []
    person = row["account_id"]
    left = next((a["closed_at"] for a in tables["accounts"] if a["account_id"] == person), None)
    if left and not any(h["account_id"] == person and h["disposition"] == "held" for h in tables["holdings"]):
        seen += [
            act[when] for table, when in ACTS for act in tables.get(table, ()) if act["account_id"] == person and act[when] > left
        ]
    return seen


def _destroyed(by: datetime | None, at: At) -> str:
    if by is None:
        return "indeterminate: no_end"
    if at.as_of <= by:
        return "compliant: isolated"
    return "violation: not_destroyed" if at.knows("holdings", by) else "indeterminate: export_ends_before_due"


def tell(t: Teller) -> Tables:
    category = t.one(*(str(row["category"]) for row in SCHEDULE), "nowhere")
    days = int(category.split("_")[-1]) if category != "nowhere" else 0
    start = min(t.past(t.ago(60)), t.at.as_of)
    last = t.at.end_after(start, days)
    isolated = t.maybe(t.past(last, start, last), 6)
    backup = {
        "holding_id": f"{t.name}h",
        "account_id": t.name,
        "category": category,
        "need_ended_at": t.maybe(start, 3),
        "hold_ground": None,
        "hold_until": None,
        "disposition": "isolated_backup",
        "isolated_at": isolated,
        "why_not_deletable": t.maybe("one tape for all", 6),
        "destroy_by": t.maybe(t.near(t.at.as_of), 6),
        "last_processed_at": min(t.past(isolated), isolated or t.at.as_of) if t.chance(4) is False else t.past(isolated),
    }
    other = {
        **backup,
        "holding_id": f"{t.name}other",
        "disposition": t.one("held", "deleted"),
        "isolated_at": None,
        "last_processed_at": None,
    }
    acts: Tables = {table: [] for table, _ in ACTS}
    for n, (table, when) in enumerate(t.one((), (), ACTS[:1], ACTS[1:2], ACTS[2:])):
        acts[table] = [{_KEYS[table]: f"{t.name}act{n}", "account_id": t.name, when: t.past(isolated, start)}]
    return {"holdings": [backup, *t.one([], [other])], "accounts": [account(t, start)], **acts}


_KEYS = {"processing_activities": "activity_id", "disclosures": "disclosure_id", "messages": "message_id"}

JUDGE = Judge("backup_copy_isolated", judge, tell, {"retention_schedule": SCHEDULE}, reaches=("holdings",))
