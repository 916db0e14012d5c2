"""What is stored past its last day, and what will be."""

from __future__ import annotations

import pandas as pd

from audits.evaluation.results import rows_of
from audits.show import wording
from audits.show.cells import count
from audits.show.html import Html, Row, table
from audits.show.reader import Reader
from audits.words import say


def retention_overdue(audit: Reader) -> Html:
    """What is stored past its last day, by category and how long over."""
    columns = ["up_to_30", "up_to_90", "up_to_365", "over_365"]
    rows = _by_category(audit, audit.results.retention_overdue(), columns)
    spans = (say("{first} to {last} days", first=a, last=b) for a, b in ((1, 30), (31, 90), (91, 365)))
    heads = (say("Category"), *spans, say("Over {n} days", n=365))
    caption = say("Stored past its last day on {day}, by days over", day=wording.day(audit.run.as_of))
    return table(caption, heads, rows, empty=_if_known(audit, say("Nothing is stored past its last day.")))


def retention_forecast(audit: Reader) -> Html:
    """What is stored and reaches its last day within 30 and 90 days."""
    rows = _by_category(audit, audit.results.retention_forecast(), ["within_30", "within_90", "later"])
    caption = say("Falls due after {day}", day=wording.day(audit.run.as_of))
    heads = (say("Category"), say("Within {n} days", n=30), say("Within {n} days", n=90), say("Later"))
    return table(caption, heads, rows, empty=_if_known(audit, say("Nothing that is stored has a last day ahead.")))


def _if_known(audit: Reader, nothing: str) -> str | None:
    """What is said of no rows, where the export shows what is stored and how long it may be."""
    return nothing if audit.results.holds("holdings") and audit.results.holds("retention_schedule") else None


def _by_category(audit: Reader, frame: pd.DataFrame, columns: list[str]) -> list[Row]:
    """A row a category; for leadership all in one, as the categories' own table would give small ones away beside it."""
    if audit.least and not frame.empty:
        return [(say("all"), *(count(frame[column].sum()) for column in columns))]
    return [(str(r.category), *(count(getattr(r, column)) for column in columns)) for r in rows_of(frame)]
