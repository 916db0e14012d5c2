"""The worked examples of controls, run as an export is: written down as text, read through the door, judged as a run judges.

What an example states must hold: the records, their verdicts, and whatever it says beside them. Nothing else counts as a guard.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb

from audits.contract import quality
from audits.contract.export import Export, Settings
from audits.contract.schema import Contract
from audits.controls.control import Control
from audits.controls.example import STATED
from audits.controls.promise import bare
from audits.errors import Unusable, first_line
from audits.evaluation import findings, recording
from audits.evaluation.findings import Circumstances, Query
from audits.law.opening import open_export
from audits.law.period import Period


@contextmanager
def opened(contract: Contract, example: dict[str, Any]) -> Iterator[Export]:
    """The rows of an example as a folder of CSV files, opened as a run opens it, and its quality measured."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for table, rows in {**example["given"], "export_info": [_info(example)]}.items():
            (folder / f"{table}.csv").write_text(_csv(contract, table, rows), encoding="utf-8")
        settings = Settings(threads=1)
        with open_export(contract, folder, as_of=str(example["as_of"]), settings=settings) as export:
            recording.begin(export, _period(example), ())
            quality.measure(export)
            yield export


def around(export: Export, example: dict[str, Any]) -> Circumstances:
    """The period that an example is judged for, and the bad records in it. What is not known is left as it is (readings.py)."""
    period = _period(example)
    start, end = export.bounds(period.first_day, period.end_day)
    defects = export.con.execute("select distinct table_name, columns, refers_to from defects order by all").fetchall()
    return Circumstances(start, end, defects=defects)


def query(control: Control, export: Export, example: dict[str, Any], circumstances: Circumstances) -> Query:
    """The findings of a control over an opened example."""
    return findings.query(export, bare(control).with_values(example["parameters"]), circumstances)


def found(contract: Contract, control: Control, example: dict[str, Any]) -> list[dict[str, Any]]:
    """The findings that a control gives for an example, each with its scope."""
    with opened(contract, example) as export:
        asked = query(control, export, example, around(export, example))
        return rows(export, f"{asked.sql} select * from findings", asked.values)


def rows(export: Export, sql: str, values: dict[str, Any]) -> list[dict[str, Any]]:
    """What a query gives, a row a dict."""
    result = export.con.execute(sql, values)
    names = [d[0] for d in result.description]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def _written(value: Any) -> str:
    """A value as an example states it."""
    return value.isoformat() if isinstance(value, datetime) else repr(value)


def unlike(given: list[dict[str, Any]], expect: dict[str, dict[str, Any]]) -> list[str]:
    """Where findings are not as an example states, a line each."""
    records = sorted(str(row["record_id"]) for row in given)
    if records != sorted(expect):
        return [f"records {records}, expected {sorted(expect)}"]
    return [
        f"{row['record_id']}: {name} is {_written(row[STATED[name]])}, expected {_written(told)}"
        for row in given
        for name, told in expect[row["record_id"]].items()
        if row[STATED[name]] != (None if told == "" else told)
    ]


def failures(contract: Contract, control: Control) -> dict[str, list[str]]:
    """Of each example of a control what is not as it states, in lines; none where all of it is."""
    return {name: _failure(contract, control, example) for name, example in control.cases.items()}


def _failure(contract: Contract, control: Control, example: dict[str, Any]) -> list[str]:
    try:
        return unlike(found(contract, control, example), example["expect"])
    except (Unusable, duckdb.Error) as error:
        return [first_line(error)]


def as_of(example: dict[str, Any]) -> datetime:
    """The instant of judgement: of a day its last moment, as --as-of has it."""
    day = example["as_of"]
    if isinstance(day, datetime):
        return day
    zone = ZoneInfo((example["given"].get("export_info") or [{}])[0].get("timezone", "UTC"))
    return datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC) - timedelta(microseconds=1)


def _period(example: dict[str, Any]) -> Period:
    return Period.parse(example.get("period", "2026-01"))


def _info(example: dict[str, Any]) -> dict[str, Any]:
    """Exported at as_of, in UTC, unless the example says otherwise; "unset" says that nobody knows when."""
    told = {"timezone": "UTC", **(example["given"].get("export_info") or [{}])[0]}
    info = {"exported_at": as_of(example), **told}
    return {name: None if value == "unset" else value for name, value in info.items()}


def _csv(contract: Contract, table: str, given: list[dict[str, Any]]) -> str:
    """Rows as text; columns that none of them names are absent, but for the key, or the first column of a table without one."""
    key = contract[table].key or (contract[table].columns[0].name,)
    columns = list(dict.fromkeys([*key, *(c for row in given for c in row)]))
    return "".join(f"{','.join(line)}\n" for line in [columns, *([_text(row.get(c)) for c in columns] for row in given)])


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        value = f"[{', '.join(map(str, value))}]"
    elif isinstance(value, (bool, date)):
        value = str(value).lower()
    return '"' + str(value).replace('"', '""') + '"'
