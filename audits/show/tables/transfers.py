"""Transfers: where data went, on what, and what would be lost."""

from __future__ import annotations

import pandas as pd

from audits.evaluation.results import rows_of
from audits.evaluation.status import VERDICTS
from audits.show import wording
from audits.show.cells import blur_note, told
from audits.show.html import Cell, Html, table
from audits.show.reader import Reader


def transfer_flows(audit: Reader) -> Html:
    """The period's transfers by destination and measure, with how many of them are lawful; most unlawful first."""
    frame = audit.results.transfer_flows().fillna({"mechanism": "", "destination": ""})
    sums: dict[tuple[str, str], dict[str, int]] = {}
    for r in rows_of(frame):
        counts = sums.setdefault((r.destination, r.mechanism), dict.fromkeys(VERDICTS, 0))
        counts[r.verdict] += int(r.n)
    rows: list[tuple[Cell | str | int, ...]] = [
        (
            wording.country(destination or None),
            wording.mechanism(mechanism or None),
            *(counts[v] for v in ("compliant", "violation", "indeterminate")),
        )
        for (destination, mechanism), counts in sorted(sums.items(), key=lambda item: (-item[1]["violation"], item[0]))
    ]
    heads = ("Destination", "Measure", "Lawful", "Unlawful", "Cannot be told")
    return table(f"Transfers {wording.when(audit.run)}", heads, told(audit, rows), blur_note(audit))


def destinations(audit: Reader) -> Html:
    """Where data went in the period."""
    rows: list[tuple[Cell | str | int, ...]] = [
        (wording.country(r.country), int(r.n), int(r.transfers), int(r.unlawful)) for r in rows_of(audit.results.destinations())
    ]
    heads = ("Destination", "Disclosures", "Out of the EEA and Switzerland", "Unlawful")
    return table(f"Where data went {wording.when(audit.run)}", heads, told(audit, rows), blur_note(audit))


def measure_validity(audit: Reader) -> Html:
    """What transfers to each recipient can rest on, and from when to when."""
    rows = [
        (
            wording.text(r.recipient),
            wording.mechanism(r.measure),
            wording.day(None if pd.isna(r.valid_from) else r.valid_from),
            "no end" if pd.isna(r.valid_to) else wording.day(r.valid_to),
        )
        for r in rows_of(audit.results.measure_validity())
    ]
    return table("What transfers can rest on", ("Recipient", "Measure", "From", "To"), rows)


def stress(audit: Reader) -> Html:
    """The stress test: which transfers would lose what they rest on, to whom, and what is signed beside."""
    rows: list[tuple[Cell | str | int, ...]] = [
        (
            r.stress,
            wording.text(r.recipient),
            wording.country(r.destination),
            wording.mechanism(r.mechanism),
            int(r.transfers),
            int(r.people),
            wording.fallback(r.fallback),
        )
        for r in rows_of(audit.results.stress())
    ]
    heads = ("What if", "Recipient", "Destination", "Rests on", "Transfers", "People", "Otherwise")
    none = "No stress was asked for (--stress), or nothing rests on what would end."
    return table("What would be lost", heads, told(audit, rows), empty=none)
