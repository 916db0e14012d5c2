"""How soon opt-outs are honoured."""

from __future__ import annotations

import math

from audits.show.cells import count
from audits.show.html import Html, table
from audits.show.reader import Reader


def opt_out_delays(audit: Reader) -> Html:
    """How fast opt-outs take effect: the days until the last newsletter or promotion that followed."""
    frame = audit.results.opt_out_delays()
    bands = [
        ("nothing was sent any more", 0, 0),
        ("within 10 days", 1, 10),
        ("within 30 days", 11, 30),
        ("later", 31, math.inf),
    ]
    rows = [(name, count(frame[(frame.days >= first) & (frame.days <= last)].n.sum())) for name, first, last in bands]
    note = "Of the period, or of the twelve months before its end. A message after a new consent does not count."
    return table("How soon an opt-out was honoured", ("Last message after the opt-out", "Opt-outs"), rows, note)
