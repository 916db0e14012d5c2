"""Breaches and their clocks."""

from __future__ import annotations

from audits.evaluation.results import rows_of
from audits.show import wording
from audits.show.cells import filled
from audits.show.html import Cell, Html, Row, table
from audits.show.reader import Reader
from audits.words import mark, say

_WHOSE = {"company": mark("the Company's"), "subscriber": mark("a controller's")}


def breach_clocks(audit: Reader) -> Html:
    """Each breach's clocks: hours from becoming aware until the Company, the authority, the people, the controller were told.

    A clock that ran for none of them has no column.
    """
    rows: list[Row] = [
        (
            Cell(str(r.breach_id if audit.names_records else r.pseudonym), "key"),
            wording.day(r.aware_on),
            say(_WHOSE.get(str(r.reported_by), "–")),
            wording.word(r.risk),
            *(Cell(wording.hours(h), "number") for h in (r.company_hours, r.authority_hours, r.people_hours, r.subscriber_hours)),
            say("given") if r.has_reason else "–",
        )
        for r in rows_of(audit.results.breach_clocks())
    ]
    heads = (
        *(say("Breach"), say("Aware on"), say("Whose"), say("Risk"), say("Company told"), say("Authority told")),
        *(say("People told"), say("Controller told"), say("Reason for delay")),
    )
    note = say(
        "Hours from becoming aware; of the period, or of the twelve months before its end. A dash: not told, or not to be."
    )
    none = say("No breach in these months.") if audit.results.holds("breaches") else None
    return table(say("Each breach and its clocks"), *filled(heads, rows), note, none)
