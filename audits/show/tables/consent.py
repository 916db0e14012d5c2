"""How soon opt-outs are honoured."""

from __future__ import annotations

import math

from audits.show.cells import count
from audits.show.html import Html, table
from audits.show.reader import Reader
from audits.words import say


def opt_out_delays(audit: Reader) -> Html:
    """How fast opt-outs take effect: the days until the last newsletter or promotion that followed."""
    frame = audit.results.opt_out_delays()
    bands = [
        (say("nothing was sent any more"), 0, 0),
        (say("within {n} days", n=10), 1, 10),
        (say("within {n} days", n=30), 11, 30),
        (say("later"), 31, math.inf),
    ]
    known = () if frame.empty else bands
    rows = [(name, count(frame[(frame.days >= first) & (frame.days <= last)].n.sum())) for name, first, last in known]
    note = say("Of the period, or of the twelve months before its end. A message after a new consent does not count.")
    heads = (say("Last message after the opt-out"), say("Opt-outs"))
    return table(say("How soon an opt-out was honoured"), heads, rows, note)
