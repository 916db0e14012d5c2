"""Transfers: where data went, on what, and what would be lost."""

from __future__ import annotations

import pandas as pd

from audits.evaluation.results import rows_of
from audits.evaluation.status import VERDICTS
from audits.show import suppression, wording
from audits.show.cells import count, merge_note, told
from audits.show.html import Cell, Html, Row, table
from audits.show.reader import Reader
from audits.show.retold import again
from audits.words import say


def transfer_flows(audit: Reader) -> Html:
    """The period's transfers by destination and measure, with how many of them are lawful; most unlawful first.

    For leadership by measure alone: destinations stand in a table of their own, and the two could be set off against each other.
    """
    sums: dict[tuple[str, ...], dict[str, int]] = {}
    for r in rows_of(audit.results.transfer_flows().fillna({"mechanism": "", "destination": ""})):
        place = () if audit.least else (wording.country(r.destination or None),)
        counts = sums.setdefault((*place, wording.mechanism(r.mechanism or None)), dict.fromkeys(VERDICTS, 0))
        counts[r.verdict] += int(r.n)
    ordered = sorted(sums.items(), key=lambda item: (-item[1]["violation"], item[0]))
    told = [(name, tuple(n[v] for v in ("compliant", "violation", "indeterminate"))) for name, n in ordered]
    if audit.least:
        told = [((name,), cells) for name, cells in suppression.merged([(name[0], cells) for name, cells in told], audit.least)]
    where = () if audit.least else (say("Destination"),)
    heads = (*where, say("Measure"), say("Lawful"), say("Unlawful"), say("Cannot be told"))
    rows: list[Row] = [(*map(wording.group, name), *map(count, cells)) for name, cells in told]
    return table(say("Transfers {when}", when=wording.when(audit.run)), heads, rows, merge_note(audit))


def destinations(audit: Reader) -> Html:
    """Where data went in the period."""
    rows: list[Row] = [(wording.country(code or None), *map(count, counts)) for code, *counts in places(audit)]
    heads = (say("Destination"), say("Disclosures"), say("Out of the EEA and Switzerland"), say("Unlawful"))
    return table(say("Where data went {when}", when=wording.when(audit.run)), heads, rows, merge_note(audit))


def places(audit: Reader) -> list[tuple[str, int, int, int]]:
    """Each destination's code, its disclosures, transfers out of the EEA and Switzerland, unlawful ones; small ones together."""
    parts = [
        (wording.known(r.country), (int(r.n - r.transfers), int(r.transfers - r.unlawful), int(r.unlawful)))
        for r in rows_of(audit.results.destinations())
    ]
    shown = [(name, sum(cells), cells[1] + cells[2], cells[2]) for name, cells in suppression.merged(parts, audit.least)]
    return sorted(shown, key=lambda place: (place[0] in (suppression.OTHERS, suppression.ALL), -place[1], place[0]))


def measure_validity(audit: Reader) -> Html:
    """What transfers to each recipient can rest on, and from when to when."""
    rows = [
        (
            wording.text(r.recipient),
            wording.mechanism(r.measure),
            wording.day(None if pd.isna(r.valid_from) else r.valid_from),
            say("no end") if pd.isna(r.valid_to) else wording.day(r.valid_to),
        )
        for r in rows_of(audit.results.measure_validity())
    ]
    return table(say("What transfers can rest on"), (say("Recipient"), say("Measure"), say("From"), say("To")), rows)


def stress(audit: Reader) -> Html:
    """The stress test: which transfers would lose what they rest on, to whom, and what is signed beside."""
    rows: list[tuple[Cell | str | int, ...]] = [
        (
            again(r.stress),
            wording.text(r.recipient),
            wording.country(r.destination),
            wording.mechanism(r.mechanism),
            int(r.transfers),
            int(r.people),
            wording.fallback(r.fallback),
        )
        for r in rows_of(audit.results.stress())
    ]
    heads = (
        *(say("What if"), say("Recipient"), say("Destination"), say("Rests on")),
        *(say("Transfers"), say("People"), say("Otherwise")),
    )
    none = say("No stress was asked for, or nothing rests on what would end.")
    could_be = not audit.results.transfer_flows().empty
    return table(say("What would be lost"), heads, told(audit, rows), empty=none if could_be else None)
