"""What is drawn from findings beside their verdicts: how long things take, other readings, and the tables that charts show.

Which promises go into which table is said by their controls' headers (`feeds`); whatever computes with a promise uses the
values it has in this run.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path

from audits.contract.engine import bindings
from audits.contract.export import Export
from audits.contract.pseudonym import pseudonym
from audits.controls.control import Feed
from audits.controls.promise import Promise
from audits.evaluation import findings
from audits.evaluation.findings import Circumstances, Query
from audits.evaluation.status import VERDICTS, rate
from audits.law import rests

_MEASURES = Path(__file__).with_name("measures")


def begin(export: Export) -> None:
    """Make the table that other readings are counted into."""
    export.con.execute("create or replace temp table reread (promise_id varchar, reading varchar, verdict varchar, n bigint)")


def feeding(promises: Sequence[Promise], feed: Feed) -> list[Promise]:
    """The promises whose control says that it feeds something."""
    return [p for p in promises if feed in p.control.feeds]


def time(export: Export, promise: Promise, query: Query) -> None:
    """How many days it took, for duties that nobody promises a number for."""
    start = promise.control.start
    unset = any(promise.values[name] is None for name, p in promise.control.parameters.items() if p.type == "integer")
    if start and unset:
        rows, bound = export.rows(
            f"""
            {query.sql} select date_diff('day', {start}::date, met_at::date) as days, count(*) as n
            from findings where scope = 'period' and {start} is not null group by all
            """,
            query.values,
        )
        sql = f"insert into results.durations select $promise_id, days, n from ({rows}) order by all"
        export.con.execute(sql, {**bound, "promise_id": promise.id})


def read_otherwise(export: Export, promise: Promise, around: Circumstances) -> None:
    """Count the period's findings under each other reading of a promise."""
    for reading, values in promise.control.readings.items():
        query = findings.query(export, promise.with_values(values), around)
        counted = "select verdict, count(*) as n from findings where scope in ('period', 'carried') group by all"
        rows, bound = export.rows(f"{query.sql} {counted}", query.values)
        sql = f"insert into reread select $promise_id, $reading, verdict, n from ({rows})"
        export.con.execute(sql, {**bound, "promise_id": promise.id, "reading": reading})


def measure(export: Export, promises: Sequence[Promise], around: Circumstances) -> None:
    """Fill the tables that are no verdicts; `promises` are those that could be assessed."""
    for promise in promises:
        _record_readings(export, promise)
    for promise in feeding(promises, "transfer_flows"):
        _flows(export, promise, around)
    for file in sorted(_MEASURES.glob("*.sql")):
        sql = file.read_text(encoding="utf-8")
        if rests.unread(sql, export.law_faults):
            continue
        values = bindings(sql, {"starts_at": around.starts_at, "ends_at": around.ends_at, "as_of": export.as_of})
        rows, bound = export.rows(sql, values)
        export.con.execute(f"insert into results.{file.stem} {rows}", bound)
    export.con.execute(f"update results.breach_clocks set pseudonym = {pseudonym('breach_id', export.record_key)}")
    for promise in feeding(promises, "retention_ages"):
        _ages(export, promise)
    for law in feeding(promises, "law"):
        for promise in feeding(promises, "promise_and_law"):
            _beside(export, promise, law, around)
    for one, other in _otherwise_promised(promises):
        _beside(export, one, other, around)


def _otherwise_promised(promises: Sequence[Promise]) -> Iterator[tuple[Promise, Promise]]:
    """The pairs of promises that two texts make of one control with different values, where each makes but one."""
    of: dict[str, dict[str, list[Promise]]] = {}
    for promise in promises:
        of.setdefault(promise.control.id, {}).setdefault(promise.text, []).append(promise)
    for texts in of.values():
        only = [same[0] for same in texts.values() if len(same) == 1 and not same[0].force.until]
        yield from ((one, other) for one, other in combinations(only, 2) if one.values != other.values)


def _record_readings(export: Export, promise: Promise) -> None:
    for reading, values in promise.control.readings.items():
        rows = export.con.execute(
            "select verdict, sum(n)::bigint from reread where promise_id = ? and reading = ? group by all", [promise.id, reading]
        ).fetchall()
        counts = {**dict.fromkeys(VERDICTS, 0), **dict(rows)}
        bounds = rate(counts["compliant"], counts["violation"], counts["indeterminate"])
        row = [promise.id, reading, json.dumps(values), *counts.values(), *bounds]
        export.con.execute("insert into results.readings values (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)


def _flows(export: Export, promise: Promise, around: Circumstances) -> None:
    query = findings.query(export, promise, around)
    rows, bound = export.rows(
        f"""
        with flows as ({query.sql} select * from findings where scope = 'period'),
             names as (select recipient_id, min(name) as recipient from processors group by recipient_id)
        select country, mechanism, destination_country, f.recipient_id, n.recipient, verdict, count(*) as n
        from flows as f left join names as n on n.recipient_id = f.recipient_id
        group by all
        """,
        query.values,
    )
    sql = f"insert into results.transfer_flows select $promise_id, * from ({rows}) order by all"
    export.con.execute(sql, {**bound, "promise_id": promise.id})


def _ages(export: Export, promise: Promise) -> None:
    export.con.execute(
        """
        insert into results.retention_ages
        select promise_id, evidence ->> 'category', date_diff('day', due_at::date, ?::timestamptz::date), count(*)
        from results.findings
        where due_at is not null and met_at is null and verdict in ('violation', 'pending') and promise_id = ?
        group by all order by all
        """,
        [export.as_of, promise.id],
    )


def _beside(export: Export, promise: Promise, law: Promise, around: Circumstances) -> None:
    """The verdicts of two promises over the same records, side by side."""
    _set_aside(export, "promised", promise, around)
    _set_aside(export, "by_law", law, around)
    rows, bound = export.rows(
        """
        select p.verdict as promise, coalesce(l.verdict, 'none') as law, count(*) as n
        from promised as p left join by_law as l using (record_id)
        where p.scope in ('period', 'carried')
        group by all
        """,
        {},
    )
    sql = f"insert into results.promise_and_law select $promise_id, $law_id, promise, law, n from ({rows}) order by all"
    export.con.execute(sql, {**bound, "promise_id": promise.id, "law_id": law.id})


def _set_aside(export: Export, table: str, promise: Promise, around: Circumstances) -> None:
    query = findings.query(export, promise, around)
    export.set_aside(table, f"{query.sql} select record_id, verdict, scope from findings", query.values)
