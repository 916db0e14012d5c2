"""What the product makes of a case: written as CSV, read by its own door, judged by its own query."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

from audits.contract import quality
from audits.contract.export import Export
from audits.controls.promise import Promise, bare
from audits.evaluation import findings, recording
from audits.law.period import Period

from ..conftest import WORKSPACE, opened
from .doubts import Doubtful
from .stories import Case, Tables

_PERIOD = Period.parse("2026")


def verdicts(case: Case, control: str, folder: Path, *, stand_twice: bool = False) -> dict[str, str]:
    """Each record with "verdict: reason"; one that stands twice has that of each of its rows, which is the same."""
    _write(case, control, folder)
    with opened(folder, None, _text(case.at.as_of)) as export:
        return _found(export, bare(WORKSPACE.catalogue[control]).with_values(dict(case.at.values)), stand_twice)


def _found(export: Export, promise: Promise, stand_twice: bool) -> dict[str, str]:
    recording.begin(export, _PERIOD, ())
    quality.measure(export)
    query = findings.query(export, promise, findings.circumstances(export, _PERIOD, [promise]))
    rows = export.con.execute(f"{query.sql} select record_id, verdict, reason from findings", query.values).fetchall()
    found = {record: f"{verdict}: {reason}" for record, verdict, reason in rows}
    assert len(found) == len({row[:2] for row in rows} if stand_twice else rows), "a record has two findings"
    return found


def _write(case: Case, control: str, folder: Path) -> None:
    info = {"exported_at": case.at.exported_at, "timezone": case.at.zone.key}
    tables: Tables = {**{name: [] for name in WORKSPACE.catalogue[control].tables}, **case.tables}
    covers = [{"table_name": t, "row_count": len(tables[t]), "covers_to": instant} for t, instant in case.covers.items()]
    for name, rows in {**tables, "export_info": [info], "export_tables": covers}.items():
        columns = dict.fromkeys(column for row in rows for column in row) or [c.name for c in WORKSPACE.contract[name].columns]
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(columns))
            writer.writeheader()
            # In no order: a story's rows stand apart.
            shuffled = Random(len(rows)).sample(rows, len(rows))
            writer.writerows({column: _text(value) for column, value in row.items()} for row in shuffled)


def _text(value: Any) -> str:
    if isinstance(value, Doubtful):
        return value.text
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return f"[{', '.join(value)}]"
    return "" if value is None else str(value)


def values_of(control: str) -> Mapping[str, Any]:
    """The values that the text that is shipped gives a control's parameters."""
    return WORKSPACE.find(control)[0].values
