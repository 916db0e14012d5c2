"""The examples of all controls as few exports: one opening judges hundreds of them, and each reason of each control comes out.

An id is written k00017k, another one in each example, in the order in which the examples have them. What comes out of an example
among others may be otherwise than alone; here nothing is expected of it but that it follows what is done to the export.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from audits.contract.export import Export, fill_source
from audits.contract.schema import Column, Table
from audits.controls.promise import Promise, bare
from audits.evaluation import findings
from audits.evaluation.findings import Circumstances
from audits.law.opening import open_rows

from ..conftest import WORKSPACE

Given = dict[str, list[dict[str, Any]]]
Row = dict[str, Any]
AS_OF, EARLY = date(2026, 6, 30), datetime(2026, 5, 31, 12, tzinfo=UTC)
# What is judged lies in a period, was carried into it, or is earlier or later.
PERIOD = datetime(2026, 2, 1, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC)
COLUMNS = ("record_id", "account_id", "country", "event_at", "due_at", "met_at", "verdict", "reason", "scope", "is_open")
# Columns of ids that no key and no reference says to be such, and keys that texts name in words of theirs, which are none.
MORE_IDS = ("consent_id", "subscriber_id", "policy_sha256", "text_sha256", "clause_id")
DIGEST = re.compile(r"[0-9a-f]{64}$")
NAMED_BY_TEXTS = ("domain", "address", "field_name", "page", "channel", "provider", "table_name", "control_id")
# Examples that undo others, by a register that there is one of, or by somebody who could be anybody.
APART = (
    "a_parent_opted_out_and_nobody_knows_for_whom",
    "another_site_that_served_the_version_before",
    "as_the_act_has_it_and_a_parent_opted_out",
    "counted_by_the_instant_of_judgement",
    "domains_and_fingerprints_written_otherwise",
    "looked_at_before_the_version_in_force_applied",
    "no_version_on_record",
    "nobody_says_what_applied_when_it_was_looked_at",
    "several_versions_of_one_instant",
    "the_text_that_was_in_force_then_is_not_recorded",
)


@dataclass
class Together:
    """Examples as one export, and the promises that are judged on it."""

    given: Given = field(default_factory=dict)
    as_of: date = AS_OF
    promises: list[Promise] = field(default_factory=list)
    period: tuple[datetime, datetime] = PERIOD


Finding = tuple[Any, ...]
Findings = dict[str, list[Finding]]


def is_id(table: Table, column: Column) -> bool:
    """Whether a column holds ids, that may be any text."""
    if column.type != "VARCHAR" or column.known_by or column.values or column.name in NAMED_BY_TEXTS:
        return False
    named = column.refers_to or column.names or column.name in MORE_IDS or column.name.endswith("_ref")
    return bool(named or column.name in table.key or (table.name, column.name) == ("holdings", "category"))


KEYS = {t.name: t.key for t in WORKSPACE.contract.values()}
NAMES = {"consent_id": "consents", "subscriber_id": "accounts"}
IDS = {(t.name, c.name) for t in WORKSPACE.contract.values() for c in t.columns if is_id(t, c)}


def ids_of(table: str, row: Row) -> list[str]:
    """Whose and what a row of a table is: the rows of tables that it names, and itself, each by table and id."""
    found = []
    for column in WORKSPACE.contract[table].columns:
        named = column.refers_to or column.names or NAMES.get(column.name) or (table if column.name in KEYS[table] else None)
        if (table, column.name) in IDS and named and row.get(column.name) is not None:
            found.append(f"{named} {row[column.name]}")
    return found


@cache
def together() -> dict[str, Together]:
    """All examples as exports, by what they have in common."""
    found: dict[str, Together] = defaultdict(Together)
    numbers = iter(range(1, 100_000))
    for control in WORKSPACE.catalogue.values():
        for name, example in control.cases.items():
            if not _is_typed(example["given"]):
                continue
            export = found[_kind(name, example)]
            export.as_of = max(export.as_of, _day(example["as_of"]))
            ids = _add(export, example["given"], numbers)
            words = {name for name, parameter in control.parameters.items() if parameter.of}
            values = {n: v if n in words else _named(v, ids) for n, v in example["parameters"].items()}
            promise = bare(control).with_values(values)
            if promise not in export.promises:
                export.promises.append(promise)
    return dict(found)


def _is_typed(given: Given) -> bool:
    """Whether every cell is a value of its column's type: here rows come without the door, which reads what is not."""
    columns = {(t.name, c.name): c.type for t in WORKSPACE.contract.values() for c in t.columns}
    return not any(
        isinstance(value, str) and value.isalpha() and value != "unset" and columns.get((table, name)) in _MEASURED
        for table, rows in given.items()
        for row in rows
        for name, value in row.items()
    )


_MEASURED = ("TIMESTAMP WITH TIME ZONE", "DATE", "BIGINT", "INTEGER", "DOUBLE")


def _kind(name: str, example: dict[str, Any]) -> str:
    """What an example's export says of itself, in a word."""
    info = (example["given"].get("export_info") or [{}])[0]
    if "exported_at" in info:
        return "unset" if info["exported_at"] == "unset" else "early"
    if "timezone" in info or "seat" in info:
        return "placed"
    if "export_tables" in example["given"]:
        return "reaches"
    return "late" if _day(example["as_of"]) > AS_OF else "apart" if name in APART else "plain"


def _add(export: Together, given: Given, numbers: Iterator[int]) -> dict[str, str]:
    """Put an example's rows to those of an export, with ids of their own, which are given."""
    held = sorted({str(row[c]) for t, rows in given.items() for row in rows for c in row if (t, c) in IDS and row[c] is not None})
    digests: dict[str, str] = {}  # however they are written
    ids = {}
    for value in held:
        digest, number = DIGEST.search(value.lower()), next(numbers)
        ids[value] = digests.setdefault(digest[0], f"{number:064x}") if digest else f"k{number:05}k"
    for table, rows in given.items():
        if table == "export_info":
            made = {"exported_at": EARLY} if rows[0].get("exported_at", "unset") != "unset" else {}
            export.given[table] = [{**export.given.get(table, [{}])[0], **rows[0], **made}]
        else:
            renamed = [{c: ids[str(v)] if (table, c) in IDS and v is not None else v for c, v in row.items()} for row in rows]
            export.given.setdefault(table, []).extend(renamed)
    return ids


def _named(value: Any, ids: dict[str, str]) -> Any:
    """A parameter's value with the ids that it names."""
    return (
        [ids.get(v, v) for v in value] if isinstance(value, list) else ids.get(value, value) if isinstance(value, str) else value
    )


def _day(as_of: date) -> date:
    return as_of.date() if isinstance(as_of, datetime) else as_of


def judge(export: Together) -> Findings:
    """All findings of an export, promise by promise; of what cannot be read there are none (readings.py)."""
    info = (export.given.get("export_info") or [{}])[0]
    with open_rows(WORKSPACE.contract, export.given, str(export.as_of), info.get("timezone", "UTC")) as opened:
        return found_on(opened, export)


def found_on(opened: Export, export: Together) -> Findings:
    """All findings of an export that is open."""
    found: Findings = {}
    for number, promise in enumerate(export.promises):
        query = findings.query(opened, promise, Circumstances(*export.period))
        rows = opened.con.execute(f"{query.sql} select {', '.join(COLUMNS)} from findings", query.values).fetchall()
        found[f"{promise.id} {number}"] = rows
    return found


def write(export: Together, folder: Path) -> None:
    """The export as CSV files, a table each, with when it was made."""
    made = {"timezone": "UTC", "exported_at": datetime.combine(export.as_of, time.max, UTC)}
    with duckdb.connect() as con:
        con.execute("set timezone = 'UTC'")
        fill_source(con, WORKSPACE.contract, {**export.given, "export_info": [made | export.given.get("export_info", [{}])[0]]})
        for (table,) in con.execute("select table_name from duckdb_tables() where database_name = 'source'").fetchall():
            con.execute(f"copy source.{table} to '{folder / table}.csv' (header)")
