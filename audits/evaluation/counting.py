"""From findings to counts: every finding is counted once, and those that need attention are kept, promise by promise in one pass.

Of the findings that are kept each is a group of its own, all others are counted by month and dimension. What all promises gave
stands in one temporary table, from which counts, findings and sums are made at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from audits.contract.engine import fill, literal
from audits.contract.export import Export
from audits.contract.pseudonym import pseudonym
from audits.controls.promise import Promise
from audits.evaluation.findings import Circumstances, Query
from audits.evaluation.status import VERDICTS

_FEW = 3  # records that are named of each doubt
_COUNTED = """
create or replace temp table counted (
    promise_id varchar, scope varchar, month date, step integer, dims varchar[],
    verdict varchar not null check (verdict in ({verdicts})), reason varchar,
    is_open boolean, is_waived boolean, is_resolved boolean, is_kept boolean, n bigint,
    kept struct(record_id varchar, account_id varchar, event_at timestamptz, due_at timestamptz, met_at timestamptz,
                waived_until timestamptz, evidence varchar)
);
create or replace temp table dimensions (promise_id varchar, position integer, dimension varchar);
"""


@dataclass(frozen=True)
class Tally:
    """The findings of a period by verdict.

    `carried` of them fell due before it and are still open; `waived` of the violations are accepted for now; `resolved` ones fell
    due before the period and were made good in it.
    """

    compliant: int = 0
    violation: int = 0
    pending: int = 0
    indeterminate: int = 0
    carried: int = 0
    waived: int = 0
    resolved: int = 0


def begin(export: Export, promises: Iterable[Promise]) -> None:
    """Make the table that findings are counted into."""
    export.con.execute(_COUNTED.format(verdicts=", ".join(map(literal, VERDICTS))))
    rows = [(p.id, n, d) for p in promises for n, d in enumerate(["", *dimensions(p)])]
    fill(export.con, "dimensions", rows)


def dimensions(promise: Promise) -> list[str]:
    """What the findings of a promise are broken down by: the country, and what its control names."""
    return list(dict.fromkeys(("country", *promise.control.dimensions)))


def count(export: Export, promise: Promise, query: Query, around: Circumstances) -> None:
    """Count every finding of a promise, and keep those that need attention."""
    own = dimensions(promise)
    shown = {c: c for c in ("record_id", "account_id", "event_at", "due_at", "met_at", "waived_until")}
    told = {f"evidence_{c}": c for c in promise.control.evidence}
    payload = ", ".join(f"case when is_kept then {value} end as kept_{name}" for name, value in {**shown, **told}.items())
    rows, values = export.rows(
        f"""
        {query.sql},
        marked as (
            select *, verdict <> 'compliant' and scope <> 'earlier' and (scope <> 'later' or met_at is null) as is_kept,
                   {_step(around)} as step,
                   waived_until is not null as is_waived,
                   coalesce(scope = 'earlier' and verdict = 'violation' and met_at >= $starts_at and met_at < $ends_at, false)
                       as is_resolved
            from findings
        )
        select scope, coalesce(q.month, date_trunc('month', event_at::date)::date) as month, step,
               {", ".join(own)}, verdict, reason, is_open, is_waived, is_resolved, is_kept, {payload}, count(*) as n
        from marked left join quarters as q on q.quarter = epoch_us(event_at) // 900_000_000
        group by all
        """,
        query.values,
    )
    evidence = ", ".join(f"{c} := kept_{name}" for name, c in told.items())
    packed = ", ".join(f"{name} := kept_{name}" for name in shown)
    written = f"to_json(struct_pack({evidence}))" if evidence else "'{}'"
    export.con.execute(
        f"""
        insert into counted
        select $promise_id, scope, month, step, [{", ".join(f"{d}::varchar" for d in own)}], verdict, reason,
               is_open, is_waived, is_resolved, is_kept, n,
               case when is_kept then struct_pack({packed}, evidence := {written}) end
        from ({rows})
        """,
        {**values, "promise_id": promise.id},
    )


def _step(around: Circumstances) -> str:
    """SQL for how many periods before this one a finding belongs to; -1 is later, NULL without a day."""
    steps = [(around.ends_at, -1), *((start, step) for step, start in enumerate((around.starts_at, *around.before)))]
    whens = " ".join(f"when event_at >= timestamptz '{start.isoformat()}' then {step}" for start, step in steps)
    return f"case {whens} when event_at is not null then {len(steps) - 1} end"


def roll_up(export: Export) -> None:
    """Fill results.counts and results.findings with what was counted."""
    export.con.execute(
        """
        insert into results.counts
        select c.promise_id, scope, month, d.dimension, case d.position when 0 then '' else c.dims[d.position] end as value,
        verdict,
               reason, sum(n), coalesce(sum(n) filter (where is_waived), 0), coalesce(sum(n) filter (where is_resolved), 0),
               coalesce(sum(n) filter (where is_open), 0)
        from counted as c
        join dimensions as d on d.promise_id = c.promise_id
        group by all
        order by all
        """
    )
    export.con.execute(
        f"""
        insert into results.findings
        select promise_id, coalesce(kept.record_id, '(no key)'), {pseudonym("kept.record_id", export.record_key)},
        kept.account_id,
               dims[1], kept.event_at, kept.due_at, kept.met_at, verdict, reason, scope, kept.waived_until, kept.evidence
        from counted, range(n)
        where is_kept
        order by all
        """
    )


def doubts(export: Export) -> None:
    """Fill results.doubts: which columns keep the period's undecided findings so."""
    export.con.execute(
        f"""
        insert into results.doubts
        with undecided as (
            select f.promise_id, f.reason, f.record_id, r.column_name
            from results.findings as f
            left join (select distinct * from resting) as r on r.promise_id = f.promise_id and r.record_id = f.record_id
            where f.verdict = 'indeterminate' and f.scope in ('period', 'carried')
        )
        select promise_id, reason, column_name, count(*), list(record_id order by record_id)[:{_FEW}]
        from undecided group by all order by all
        """
    )


def tallies(export: Export) -> dict[str, Tally]:
    """The period's sums of every promise that was counted, by its id."""
    rows = export.con.execute(
        """
        with period as (from results.counts where dimension = '' and scope in ('period', 'carried'))
        select promise_id, verdict, sum(n)::bigint from period group by all
        union all
        select promise_id, 'carried', sum(n)::bigint from period where scope = 'carried' group by all
        union all
        select promise_id, 'waived', sum(waived)::bigint from period group by all
        union all
        select promise_id, 'resolved', sum(resolved)::bigint from results.counts where dimension = '' group by all
        """
    ).fetchall()
    found: dict[str, dict[str, int]] = {}
    for promise_id, what, n in rows:
        found.setdefault(promise_id, {})[what] = n
    return {promise_id: Tally(**counts) for promise_id, counts in found.items()}
