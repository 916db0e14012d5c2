"""Who was given data."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from audits.evaluation.results import rows_of
from audits.show import wording
from audits.show.cells import told
from audits.show.html import Cell, Html, table
from audits.show.reader import Reader


def recipients(audit: Reader) -> Html:
    """The register of recipients beside what they were given in the period: agreements, purposes allowed and seen."""
    rows: list[tuple[Cell | str | int, ...]] = [
        (
            wording.text(r.name),
            *((Cell(wording.text(r.recipient_id), "key"),) if audit.names_records else ()),
            wording.text(r.kind).replace("_", " "),
            wording.country(r.country),
            _agreement(r),
            _purposes(r.allowed),
            _beyond(r),
            int(r.disclosures),
            int(r.people),
        )
        for r in rows_of(audit.results.recipients())
    ]
    key = ("Key",) if audit.names_records else ()
    heads = ("Recipient", *key, "Kind", "Country", "Agreement", "Purposes allowed", "Purposes seen", "Disclosures", "People")
    note = "✗ marks what the agreement does not allow, and agreements that are not in force."
    return table(f"Who was given data {wording.when(audit.run)}", heads, told(audit, rows), note, "Nobody is in the register.")


def _agreement(r: Any) -> Cell | str:
    if pd.isna(r.is_in_force):
        return "not needed" if not pd.isna(r.kind) else Cell("✗ not in the register", status="not_satisfied")
    if pd.isna(r.signed_on):
        return Cell("✗ none signed", status="not_satisfied")
    if r.is_in_force:
        return "in force" + (f" until {wording.day(r.ends_on)}" if not pd.isna(r.ends_on) else "")
    return Cell(f"✗ ended {wording.day(r.ends_on)}", status="not_satisfied")


def _purposes(purposes: Any) -> str:
    return ", ".join(purposes) if isinstance(purposes, Iterable) else "–"


def _beyond(r: Any) -> Cell | str:
    """The purposes seen; those beyond the agreement of a service provider marked."""
    if not isinstance(r.purposes, Iterable):
        return "–"
    allowed = set(r.allowed) if isinstance(r.allowed, Iterable) else set()
    beyond = [p for p in r.purposes if p and p not in allowed] if not pd.isna(r.is_in_force) else []
    text = ", ".join(f"✗ {p}" if p in beyond else str(p) for p in r.purposes if p)
    return Cell(text, status="not_satisfied") if beyond else text
