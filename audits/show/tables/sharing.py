"""Who was given data."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from audits.evaluation.results import rows_of
from audits.show import wording
from audits.show.cells import filled, told
from audits.show.html import Cell, Html, table
from audits.show.reader import Reader
from audits.words import say


def recipients(audit: Reader) -> Html:
    """The register of recipients beside what they were given in the period: agreements, purposes allowed and seen.

    Where the export does not show what was given, it is the register alone.
    """
    shows_given = audit.results.holds("disclosures")
    rows: list[tuple[Cell | str | int, ...]] = [
        (
            wording.text(r.name),
            *((Cell(wording.text(r.recipient_id), "key"),) if audit.names_records else ()),
            wording.word(r.kind),
            wording.country(r.country),
            _agreement(r),
            _purposes(r.allowed),
            *((_beyond(r), int(r.disclosures), int(r.people)) if shows_given else ()),
        )
        for r in rows_of(audit.results.recipients())
    ]
    key = (say("Key"),) if audit.names_records else ()
    given = (say("Purposes seen"), say("Disclosures"), say("People")) if shows_given else ()
    heads = (say("Recipient"), *key, say("Kind"), say("Country"), say("Agreement"), say("Purposes allowed"), *given)
    note = say("✗ marks what the agreement does not allow, and agreements that are not in force.")
    caption = say("Who was given data {when}", when=wording.when(audit.run)) if shows_given else say("The register of recipients")
    none = say("Nobody is in the register.") if audit.results.holds("processors") else None
    return table(caption, *filled(heads, [tuple(row) for row in told(audit, rows)]), note, none)


def _agreement(r: Any) -> Cell | str:
    if pd.isna(r.is_in_force):
        return say("not needed") if not pd.isna(r.kind) else Cell(say("✗ not in the register"), status="not_satisfied")
    if pd.isna(r.signed_on):
        return Cell(say("✗ none signed"), status="not_satisfied")
    if r.is_in_force:
        return say("in force") if pd.isna(r.ends_on) else say("in force until {day}", day=wording.day(r.ends_on))
    return Cell(say("✗ ended {day}", day=wording.day(r.ends_on)), status="not_satisfied")


def _purposes(purposes: Any) -> str:
    return ", ".join(map(wording.word, purposes)) if isinstance(purposes, Iterable) else "–"


def _beyond(r: Any) -> Cell | str:
    """The purposes seen; those beyond the agreement of a service provider marked."""
    if not isinstance(r.purposes, Iterable):
        return "–"
    allowed = set(r.allowed) if isinstance(r.allowed, Iterable) else set()
    beyond = [p for p in r.purposes if p and p not in allowed] if not pd.isna(r.is_in_force) else []
    text = ", ".join(f"✗ {wording.word(p)}" if p in beyond else wording.word(p) for p in r.purposes if p)
    return Cell(text, status="not_satisfied") if beyond else text
