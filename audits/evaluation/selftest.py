"""The self-test of the controls: known violations are put into the data as a control sees it, and must be found.

Nothing of the export is changed: the view of a table is replaced for the time of one injection, and put back. Each control says
itself what to inject, in its header:

    inject.a_microsecond_late = { requests = { closed_at = "f.due_at + interval 1 microsecond" }, where = "due_at < as_of" }

A {name} of a parameter stands for its value, or the first of its words. Up to twenty of the control's compliant findings are
chosen, those that `where` holds for. In each table named, the rows of those findings get new values: `f` is the finding, with
`as_of`; `t` the row, found by its key, or by the condition `by`. A table with a + gets a row more for each finding. `parameters`
are set for the injection. A record whose key holds "selftest" was added.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from audits.contract.engine import literal
from audits.contract.export import Export
from audits.contract.schema import Contract
from audits.contract.source import put_view, typed_select
from audits.controls.promise import Promise
from audits.errors import Unusable, first_line
from audits.evaluation.lack import lacks
from audits.law.opening import open_export

_MOST = 20
_NO_TABLES = {"by", "where", "parameters"}


@dataclass(frozen=True)
class Outcome:
    """One injection: how many violations were put in, and how many the control found."""

    control: str
    injection: str
    injected: int
    detected: int


def run(export: Export, promises: Iterable[Promise]) -> Iterator[Outcome]:
    """Every injection of every control that can be assessed on the export, with the values of the first promise fit for it.

    Where no finding is fit to be turned into a violation, `injected` is 0: the control was not tested.
    """
    for same in _by_control(promise for promise in promises if not lacks(export, promise)):
        for name, injection in same[0].control.inject.items():
            yield _first_fit(export, same, name, injection)


def on_sample(contract: Contract, sample: Path, promises: list[Promise], own_reference: Path | None = None) -> list[Outcome]:
    """Test the controls of a run's promises on the sample, with the run's reference tables."""
    with open_export(contract, sample, own_reference=own_reference) as opened:
        return [outcome for same in _by_control(promises) for outcome in _or_missed(opened, same)]


def _by_control(promises: Iterable[Promise]) -> list[list[Promise]]:
    of: dict[str, list[Promise]] = {}
    for promise in promises:
        of.setdefault(promise.control.id, []).append(promise)
    return [*of.values()]


def _or_missed(export: Export, promises: list[Promise]) -> list[Outcome]:
    """The outcomes of one control; one that fails on the sample has missed what it knows, and stops no other's page."""
    try:
        return list(run(export, promises))
    except Unusable:
        control = promises[0].control
        return [Outcome(control.id, name, 1, 0) for name in control.inject]


def record(export: Export, outcomes: Iterable[Outcome]) -> None:
    """Keep outcomes in an export's results."""
    for o in outcomes:
        values = [o.control, o.injection, o.injected, o.detected]
        export.con.execute("insert into results.selftest values (?, ?, ?, ?)", values)


def _first_fit(export: Export, promises: list[Promise], name: str, injection: dict[str, Any]) -> Outcome:
    for promise in promises:
        try:
            outcome = _inject(export, promise.with_values(injection.get("parameters", {})), name, injection)
        except (duckdb.Error, KeyError, AttributeError, TypeError) as error:
            raise Unusable(f"control {promise.control.id}: injection {name}: {first_line(error)}") from error
        if outcome.injected:
            break
    return outcome


def _inject(export: Export, promise: Promise, name: str, injection: dict[str, Any]) -> Outcome:
    control = promise.control
    query, values = promise.query(export.as_of)
    export.con.execute(
        f"""
        create or replace temp table chosen as
        select *, (select as_of from judgement) as as_of
        from ({query})
        where verdict = 'compliant' and ({injection.get("where", "true").replace("as_of", "(select as_of from judgement)")})
        qualify row_number() over (partition by coalesce(account_id, record_id) order by md5(record_id)) = 1
        order by md5(record_id) limit {_MOST}
        """,
        values,
    )
    tables = {t: columns for t, columns in injection.items() if t not in _NO_TABLES}
    try:
        for table, columns in tables.items():
            _replace(export, table, {c: _valued(sql, promise) for c, sql in columns.items()}, injection.get("by"))
        injected, detected = export.con.execute(
            f"""
            select (select count(*) from chosen), count(distinct record_id)
            from ({query})
            where verdict = 'violation'
              and (record_id in (select record_id from chosen) or contains(record_id, 'selftest'))
            """,
            values,
        ).fetchone() or (0, 0)
    finally:
        for table in tables:
            changed = table.removeprefix("+")
            put_view(export.con, export.contract[changed], export.sources.get(changed))
    return Outcome(control.id, name, injected, detected)


def _valued(sql: str, promise: Promise) -> str:
    """An expression with the promise's values for the {names} of parameters."""

    def put(match: re.Match[str]) -> str:
        value = promise.values[match[1]]
        first = next(iter(value), None) if isinstance(value, list) else value
        return "null" if first is None else literal(first) if isinstance(first, str) else str(first)

    return re.sub(r"\{(\w+)\}", put, sql)


def _replace(export: Export, table: str, columns: dict[str, str], by: str | None) -> None:
    name = table.removeprefix("+")
    original = f"({typed_select(export.contract[name], export.sources.get(name))})"
    if table.startswith("+"):
        added = ", ".join(f"{value} as {column}" for column, value in columns.items())
        changed = f"from {original} as t union all by name select {added} from chosen"
    else:
        found = f"from chosen as f where {by or f't.{export.contract[name].key[0]} = f.record_id'}"
        values = ", ".join(
            f"case when exists (select 1 {found}) then (select {value} {found} order by f.record_id limit 1) "
            f"else t.{column} end as {column}"
            for column, value in columns.items()
        )
        changed = f"select t.* replace ({values}) from {original} as t"
    export.con.execute(f"create or replace view main.{name} as {changed}")
