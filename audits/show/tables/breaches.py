"""Breaches and their clocks."""

from __future__ import annotations

from audits.evaluation.results import rows_of
from audits.show import wording
from audits.show.html import Cell, Html, table
from audits.show.reader import Reader


def breach_clocks(audit: Reader) -> Html:
    """Each breach's clocks: hours from becoming aware until the Company, the authority, the people, the controller were told."""
    rows = [
        (
            Cell(str(r.breach_id if audit.names_records else r.pseudonym), "key"),
            wording.day(r.aware_on),
            {"company": "the Company's", "subscriber": "a controller's"}.get(str(r.reported_by), "–"),
            wording.text(r.risk),
            *(Cell(wording.hours(h), "number") for h in (r.company_hours, r.authority_hours, r.people_hours, r.subscriber_hours)),
            "given" if r.has_reason else "–",
        )
        for r in rows_of(audit.results.breach_clocks())
    ]
    heads = (
        "Breach",
        "Aware on",
        "Whose",
        "Risk",
        "Company told",
        "Authority told",
        "People told",
        "Controller told",
        "Reason for delay",
    )
    note = "Hours from becoming aware; of the period, or of the twelve months before its end. A dash: not told, or not to be."
    return table("Each breach and its clocks", heads, rows, note, "No breach in these months.")
