"""A column that is not exported makes no verdict more favourable and accuses nobody, but where a control says what that means."""

from __future__ import annotations

from typing import Any

import pytest

from audits.controls.control import Control
from audits.controls.promise import bare
from audits.evaluation import findings
from audits.evaluation.lack import lacking
from audits.law.opening import open_rows
from audits.law.period import Period

from ..conftest import WORKSPACE
from .mutations import worse

Given = dict[str, list[dict[str, Any]]]


def verdicts(control: Control, example: dict[str, Any], given: Given) -> dict[str, str] | None:
    """The verdict of each record of an example with other rows; None where the control is not assessed."""
    info = (given.get("export_info") or [{}])[0]
    with open_rows(WORKSPACE.contract, given, str(example["as_of"]), info.get("timezone", "UTC")) as export:
        if lacking(export.carried, control):
            return None
        promise = bare(control).with_values(example["parameters"])
        query = findings.query(export, promise, findings.circumstances(export, Period.parse("2026-01"), [promise]))
        return dict(export.con.execute(f"{query.sql} select record_id, verdict from findings", query.values).fetchall())


def harmed(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """The records that got a more favourable verdict, were accused, or are not among the others any more."""
    return [record for record in {**before, **after} if worse(before.get(record), after.get(record))]


def without(given: Given, table: str, column: str) -> Given:
    """The rows without a column, or without a table where no column is named."""
    if not column:
        return {name: rows for name, rows in given.items() if name != table}
    return {**given, table: [{c: v for c, v in row.items() if c != column} for row in given[table]]}


@pytest.mark.slow
@pytest.mark.parametrize("control", WORKSPACE.catalogue.values(), ids=lambda c: c.id)
def test_what_is_not_exported_is_no_better(control: Control) -> None:
    optional = [(t, c.rstrip("?")) for t, columns in control.tables.items() for c in columns if c.endswith("?")]
    told = [(t, c) for t, c in [*optional, *((t, "") for t in control.tables)] if f"{t}.{c}".rstrip(".") not in control.absences]
    found = {}
    for name, example in control.cases.items():
        given: Given = example["given"]
        before = verdicts(control, example, given)
        for table, column in told if before is not None else []:
            if table in given and (not column or any(column in row for row in given[table])):
                after = verdicts(control, example, without(given, table, column))
                if after is not None and before is not None and (records := harmed(before, after)):
                    found[name, table, column] = records
    assert found == {}
