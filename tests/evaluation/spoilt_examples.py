"""Spoilt copies of the controls' examples: knowing less is never better.

Of every example of a control: each optional column and each table not exported, each column that it reads empty, but for what is
said to mean something. `python -m tests.evaluation.spoilt_examples` tries all controls (`make mutations`), test_mutations.py a fixed part of them.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from typing import Any

from audits.contract.export import Export
from audits.controls.control import Control
from audits.controls.promise import Promise, bare
from audits.errors import Unusable
from audits.evaluation import findings
from audits.evaluation.lack import lacking
from audits.law.period import Period

from ..conftest import WORKSPACE
from ..controls import examples
from .mutations import NAMES_RECORDS, worse

Given = dict[str, list[dict[str, Any]]]


def harms(control: Control) -> Iterator[str]:
    """Each column or table of an example that must not do without, and the records that it does harm to, in a line."""
    for name in control.cases:
        yield from harms_of(control, name)


def harms_of(control: Control, name: str) -> Iterator[str]:
    """Those of one example."""
    example = control.cases[name]
    before = _known(control, example)
    for what, given in _spoilt(control, example):
        if _written(given) == _written(example["given"]):
            continue
        after = _verdicts(control, example, given)
        # Examples leave out what may be absent: what that leaves undecided may be decided where a cell is empty.
        open_ = {r for r, v in before.items() if v == "indeterminate" and what.endswith("empty")}
        if after is not None and (records := _harmed(before, after, open_)):
            yield f"{control.id}, {name}, {what}: {', '.join(records)}"


def _spoilt(control: Control, example: dict[str, Any]) -> Iterator[tuple[str, Given]]:
    given: Given = example["given"]
    optional = [(t, c.rstrip("?")) for t, columns in control.tables.items() for c in columns if c.endswith("?")]
    for table, column in [*optional, *((t, "") for t in control.tables)]:
        named = f"{table}.{column}".rstrip(".")
        if named not in control.absences and table in given and (not column or any(column in row for row in given[table])):
            yield f"{named} gone", _without(given, table, column)
    for table, column in control.read_columns():
        named = f"{table}.{column}"
        is_told = (
            named in control.empties or named in NAMES_RECORDS.get(control.id, ()) or column in WORKSPACE.contract[table].key
        )
        if not is_told and any(column in row for row in given.get(table, ())):
            yield f"{named} empty", _emptied(example, table, column)


def _written(given: Given) -> dict[str, tuple[set[str], list[dict[str, Any]]]]:
    """What an export of the rows says: the columns of each table, and the cells that are not empty."""
    return {
        table: ({c for row in rows for c in row}, [{c: v for c, v in row.items() if v not in (None, "")} for row in rows])
        for table, rows in given.items()
    }


def _without(given: Given, table: str, column: str) -> Given:
    """The rows without a column, or without a table where no column is named."""
    if not column:
        return {name: rows for name, rows in given.items() if name != table}
    return {**given, table: [{c: v for c, v in row.items() if c != column} for row in given[table]]}


def _emptied(example: dict[str, Any], table: str, column: str) -> Given:
    """The rows with empty cells in a column, but for those of which the contract says what that means."""
    given, told = example["given"], WORKSPACE.contract[table].column(column)
    assert told is not None
    if not told.empty.where:
        return given if told.empty.excuses else {**given, table: [{**row, column: None} for row in given[table]]}
    with examples.opened({**example, "given": given}) as export:
        unknown = f"select {told.empty.is_unknown} from (select row_number() over () as n, * from main.{table}) order by n"
        each = [is_unknown for (is_unknown,) in export.con.execute(unknown).fetchall()]
    return {**given, table: [{**row, column: None} if is_ else row for row, is_ in zip(given[table], each, strict=True)]}


def _verdicts(control: Control, example: dict[str, Any], given: Given) -> dict[str, str] | None:
    """The verdict of each record of an example with other rows; None where the control is not assessed."""
    if not given.keys() - {"export_info"}:
        return None
    try:
        with examples.opened({**example, "given": given}) as export:
            return None if lacking(export.carried, control) else _found(export, bare(control).with_values(example["parameters"]))
    except Unusable:
        return None  # refused, so that nothing is judged


def _found(export: Export, promise: Promise) -> dict[str, str]:
    query = findings.query(export, promise, findings.circumstances(export, Period.parse("2026-01"), [promise]))
    return dict(export.con.execute(f"{query.sql} select record_id, verdict from findings", query.values).fetchall())


def _known(control: Control, example: dict[str, Any]) -> dict[str, str]:
    """The verdicts of the records of an example that the query itself shows; others may have another name by another reading."""
    with examples.opened(example) as export:
        if lacking(export.carried, control):
            return {}
        promise = bare(control).with_values(example["parameters"])
        sql, values = promise.query(export.as_of)
        shown = {record for (record,) in export.con.execute(f"select record_id from ({sql})", values).fetchall()}
        return {record: verdict for record, verdict in _found(export, promise).items() if record in shown}


def _harmed(before: dict[str, str], after: dict[str, str], open_: set[str]) -> list[str]:
    """The records that got a more favourable verdict, were accused (those that were `open_` apart), or are gone.

    None where as many records were added as rows that name nobody could turn.
    """
    found = {record: worse(before.get(record), after.get(record)) for record in {**before, **after}}
    harmed = [record for record, what in found.items() if what and not (what == "accused" and record in open_)]
    return harmed if len(harmed) > sum(" that name no " in record for record in after) else []


def _told(control: str) -> list[str]:
    return list(harms(WORKSPACE.catalogue[control]))


def main() -> int:
    """Try the examples of all controls, or of those that are named; a line for each harm, and their number."""
    chosen = [control for control in WORKSPACE.catalogue if re.search(sys.argv[1] if len(sys.argv) > 1 else "", control)]
    found = 0
    with ProcessPoolExecutor() as pool:
        for done, future in enumerate(as_completed([pool.submit(_told, control) for control in chosen]), 1):
            found += len(future.result())
            print(*future.result(), sep="\n", end="\n" if future.result() else "", flush=True)
            print(f"\r{done} of {len(chosen)} controls", end="", file=sys.stderr, flush=True)
    print(f"\n{len(chosen)} controls: {found or 'no'} harm")
    return int(found > 0)


if __name__ == "__main__":
    sys.exit(main())
