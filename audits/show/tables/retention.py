"""What is stored past its last day, and what will be."""

from __future__ import annotations

from audits.evaluation.results import rows_of
from audits.show import wording
from audits.show.cells import as_shown, count
from audits.show.html import Html, table
from audits.show.reader import Reader


def retention_overdue(audit: Reader) -> Html:
    """What is stored past its last day, by category and how long over."""
    rows = [
        (r.category, *(count(n) for n in (r.up_to_30, r.up_to_90, r.up_to_365, r.over_365)))
        for r in rows_of(as_shown(audit, audit.results.retention_overdue(), "category", "category"))
    ]
    heads = ("Category", "1 to 30 days", "31 to 90 days", "91 to 365 days", "Over 365 days")
    caption = f"Stored past its last day on {wording.day(audit.run.as_of)}, by days over"
    return table(caption, heads, rows, empty="Nothing is stored past its last day.")


def retention_forecast(audit: Reader) -> Html:
    """What is stored and reaches its last day within 30 and 90 days."""
    rows = [
        (r.category, *(count(n) for n in (r.within_30, r.within_90, r.later)))
        for r in rows_of(as_shown(audit, audit.results.retention_forecast(), "category", "category"))
    ]
    caption = f"Falls due after {wording.day(audit.run.as_of)}"
    return table(
        caption,
        ("Category", "Within 30 days", "Within 90 days", "Later"),
        rows,
        empty="Nothing that is stored has a last day ahead.",
    )
