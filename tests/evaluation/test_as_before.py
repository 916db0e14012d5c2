"""Every finding on the sample, line by line, as it was before controls were separated from the policy.

findings_before.json was made on the version before: for each control the number of its findings, how many of each scope, verdict
and reason, and the SHA-256 of their lines in order. It is kept until a finding is changed on purpose: six disclosures that name no
recipient, and were in no population of recipients, are in them now, as indeterminate; and so are records that an empty cell could turn.
Hits of trackers, which have no id, are named by their instant in UTC and no longer in the zone of the export. Indonesian requests for which
its law names no number are outside; those of US states whose law is not on file are in, undecided. A last day in Switzerland or California
that is a weekend or holiday is the working day after it.
A hold ends with its day, and a visitor's request was dealt with on instruction.
What is broken or undecided, from before the period, and not made good is carried, where it was earlier.
The sample has had violations of every reason since: what was added to it fell due before the last month, and is earlier.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from pathlib import Path

from audits.contract.export import Export
from audits.evaluation import findings
from audits.law.period import Period
from audits.workspace import Workspace

BEFORE = json.loads((Path(__file__).parent / "data" / "findings_before.json").read_text(encoding="utf-8"))
COLUMNS = "record_id, account_id, country, event_at, due_at, met_at, verdict, reason, scope, waived_until"


def summary(lines: list[tuple[str | None, ...]]) -> dict[str, object]:
    text = "\n".join(sorted("\t".join(value or "" for value in line) for line in lines))
    counted = Counter(f"{scope} {verdict} {reason}" for *_, verdict, reason, scope, _ in lines)
    return {"findings": len(lines), "counted": dict(sorted(counted.items())), "sha256": hashlib.sha256(text.encode()).hexdigest()}


def test_every_finding_on_the_sample_is_as_before(workspace: Workspace, sample: Export) -> None:
    found: dict[str, list[tuple[str | None, ...]]] = {}
    promises = list(workspace.promises.values())
    around = findings.circumstances(sample, Period.parse("2026-10"), promises)
    for promise in promises:
        query = findings.query(sample, promise, around)
        text = ", ".join(f"{column}::varchar" for column in COLUMNS.split(", "))
        lines = sample.con.execute(f"{query.sql} select {text} from findings", query.values).fetchall()
        # The map of ids: a control that was renamed says so, and one that judged many clauses is as many promises now.
        found.setdefault((*promise.control.was, promise.control.id)[0], []).extend(lines)
    assert {control: summary(lines) for control, lines in found.items()} == BEFORE
