"""Evaluate controls over an export, once per run, into the tables of evaluation/tables.sql."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import duckdb

from audits.contract import quality
from audits.contract.export import Export, bindings, fingerprint
from audits.contract.pseudonym import pseudonym
from audits.controls.control import Control, Parameter, catalogue, find
from audits.errors import first_line
from audits.evaluation import findings, history, stress
from audits.evaluation.findings import Query
from audits.evaluation.status import judge, rate, worst
from audits.evaluation.stress import Stress
from audits.law.period import Period
from audits.texts import policy

SCHEMA = Path(__file__).with_name("tables.sql")
_MEASURES = Path(__file__).with_name("measures")
_PACKAGES = ("privacy-audits", "duckdb", "pandas", "plotly", "papermill", "nbconvert", "holidays", "scipy")


_RETENTION_AGES = """
insert into results.retention_ages
select control_id, evidence ->> 'category', date_diff('day', due_at::date, ?::timestamptz::date), count(*)
from results.findings
where due_at is not null and met_at is null and verdict in ('violation', 'pending')
  and control_id in ('data_kept_no_longer_than_needed', 'processor_data_kept_by_agreement')
group by all order by all
"""


@dataclass(frozen=True)
class Tally:
    """The findings of a period by verdict.

    `carried` of the violations fell due before it and are still open, `waived` of them are accepted for now; `resolved` fell due
    before the period and were made good in it.
    """

    compliant: int = 0
    violation: int = 0
    pending: int = 0
    indeterminate: int = 0
    carried: int = 0
    waived: int = 0
    resolved: int = 0


def evaluate(
    export: Export,
    period: Period,
    controls: Iterable[Control] | None = None,
    parameters: Mapping[str, dict[str, Parameter]] | None = None,
    adapter: Path | None = None,
    stresses: Iterable[Stress] = (),
) -> None:
    """Fill the attached database `results`: data quality first, then every control, then what notebooks draw.

    `parameters` overrides those of a control, by its id; `stresses` are measured as well.
    Raises Unusable for a parameter or a measure that does not exist.
    """
    export.con.execute(SCHEMA.read_text(encoding="utf-8"))
    _record_run(export, period, adapter)
    quality.measure(export)
    quality.measure_populations(export, policy.load())
    chosen = list(catalogue().values() if controls is None else controls)
    settle_transfers(export, chosen)
    for control in chosen:
        _evaluate(export, control, period, (parameters or {}).get(control.id, {}))
    history.measure(export, period)
    _record_waivers(export)
    _measure(export, period)
    for asked in stresses:
        stress.measure(export, period, asked)
    _record_policy(export)
    history.measure_clauses(export)


def settle_transfers(export: Export, controls: Iterable[Control]) -> None:
    """Work transfers out once where several controls read them; the temporary table stands before the view of the same name."""
    if sum("from transfers" in control.sql for control in controls) > 1:
        export.con.execute("create or replace temp table transfers as from main.transfers")


def _evaluate(export: Export, control: Control, period: Period, own: dict[str, Parameter]) -> None:
    bound = control.bound(own)
    if lacks := missing(export, control):
        _record(export, control, bound, Tally(), "not_assessed", f"the export has no {lacks}")
        return
    try:
        query = findings.query(export, control, period, bound)
        tally = count(export, control, query)
        _time(export, control, bound, query)
        _read_otherwise(export, control, period, own)
    except duckdb.Error as error:
        _record(export, control, bound, Tally(), "error", first_line(error))
        return
    status = judge(tally.compliant, tally.violation - tally.waived, tally.indeterminate, control.tolerance)
    broken = _broken_population(export, control)
    if broken and status != "no_population":
        _record(export, control, bound, tally, "inconclusive", f"the population is not whole: {broken}")
    else:
        _record(export, control, bound, tally, status, "")


def missing(export: Export, control: Control) -> str:
    """What the control needs and the export has not, in words; empty if nothing."""
    for table in control.tables:
        if table not in export.sources and any(t == table for t, _ in control.needed_columns()):
            return f"table {table}"
    for table, column in control.needed_columns():
        if not export.sources[table].has(column):
            return f"column {table}.{column}"
    return ""


def _broken_population(export: Export, control: Control) -> str:
    """The first population test that failed for a table of the control, in words; empty if none did."""
    row = export.con.execute(
        """
        select test || ' of ' || table_name || ': ' || detail from results.population
        where not passed and (table_name in (select unnest(?::varchar[])) or test = 'age')
        order by rowid limit 1
        """,
        [list(control.tables)],
    ).fetchone()
    return str(row[0]) if row else ""


def count(export: Export, control: Control, query: Query) -> Tally:
    """Count every finding, keep those that need attention, and give the period's sums.

    In one pass: of the findings that are kept each is a group of its own, all others are counted by month and dimension.
    """
    dimensions = list(dict.fromkeys(("country", *control.dimensions)))
    evidence = ", ".join(f"{c} := {c}" for c in query.evidence)
    kept = {c: c for c in ("record_id", "account_id", "event_at", "due_at", "met_at", "waived_until")}
    kept["evidence"] = f"to_json(struct_pack({evidence}))" if evidence else "'{}'"
    payload = ", ".join(f"case when is_kept then {value} end as kept_{name}" for name, value in kept.items())
    export.con.execute(
        f"""
        create or replace temp table counted as {query.sql},
        marked as (
            select *, verdict <> 'compliant' and scope <> 'earlier' and (scope = 'period' or met_at is null) as is_kept,
                   waived_until is not null as is_waived,
                   coalesce(scope = 'earlier' and verdict = 'violation' and met_at >= $starts_at and met_at < $ends_at, false)
                       as is_resolved
            from findings
        )
        select scope, coalesce(q.month, date_trunc('month', event_at::date)::date) as month, {", ".join(dimensions)},
               verdict, reason, is_kept, is_waived, is_resolved, {payload}, count(*) as n
        from marked left join quarters as q on q.quarter = epoch_us(event_at) // 900_000_000
        group by all
        """,
        query.values,
    )
    for dimension in ("", *dimensions):
        value = f"{dimension}::varchar" if dimension else "''"
        export.con.execute(
            f"""
            insert into results.counts
            select ?, scope, month, ?, {value} as value, verdict, reason, sum(n) from counted group by all order by all
            """,
            [control.id, dimension],
        )
    _keep(export, control)
    return _tally(export)


def _keep(export: Export, control: Control) -> None:
    export.con.execute(
        f"""
        insert into results.findings
        select ?, coalesce(kept_record_id, '(no key)'), {pseudonym("kept_record_id", export.record_key)}, kept_account_id,
               country, kept_event_at, kept_due_at, kept_met_at, verdict, reason, scope, kept_waived_until, kept_evidence
        from counted, range(n)
        where is_kept
        order by all
        """,
        [control.id],
    )


def _time(export: Export, control: Control, bound: dict[str, Any], query: Query) -> None:
    """How many days it took, for duties that the policy gives no number for."""
    starts = [c for c in ("asked_at", "aware_at", "received_at") if c in query.evidence]
    if starts and None in bound.values():
        export.con.execute(
            f"""
            insert into results.durations {query.sql}
            select $control_id, date_diff('day', {starts[0]}::date, met_at::date), count(*)
            from findings where scope = 'period' and {starts[0]} is not null group by all order by all
            """,
            {**query.values, "control_id": control.id},
        )


def _read_otherwise(export: Export, control: Control, period: Period, own: dict[str, Parameter]) -> None:
    for reading, parameters in control.readings.items():
        query = findings.query(export, control, period, control.bound({**own, **parameters}))
        counted = f"{query.sql} select scope, verdict, false as is_waived, false as is_resolved, count(*) as n from findings"
        export.con.execute(f"create or replace temp table counted as {counted} group by all", query.values)
        t = _tally(export)
        export.con.execute(
            "insert into results.readings values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [control.id, reading, json.dumps(parameters), t.compliant, t.violation, t.pending, t.indeterminate,
             *rate(t.compliant, t.violation, t.indeterminate)],
        )  # fmt: skip


def _tally(export: Export) -> Tally:
    rows = export.con.execute(
        """
        select verdict, sum(n)::bigint from counted where scope in ('period', 'carried') group by verdict
        union all
        select 'carried', sum(n)::bigint from counted where scope = 'carried'
        union all
        select 'waived', sum(n)::bigint from counted where is_waived and scope in ('period', 'carried')
        union all
        select 'resolved', sum(n)::bigint from counted where is_resolved
        """
    ).fetchall()
    return Tally(**{verdict: n or 0 for verdict, n in rows})


def _record(export: Export, control: Control, bound: dict[str, Any], tally: Tally, status: str, why: str) -> None:
    low, high = rate(tally.compliant, tally.violation, tally.indeterminate)
    reasons = {**control.reasons, **quality.REASONS}
    export.con.execute(
        f"insert into results.controls values ({', '.join('?' * 23)})",
        [
            control.id, control.section, control.title, " ".join(control.rule.split()), list(control.clauses),
            list(control.maps_to), control.severity, json.dumps(bound), json.dumps(reasons), control.sql, control.sha256,
            control.tolerance, status, why, tally.compliant, tally.violation, tally.pending, tally.indeterminate,
            tally.carried, tally.waived, tally.resolved, low, high,
        ],
    )  # fmt: skip


def _record_waivers(export: Export) -> None:
    if "waivers" not in export.sources:
        return
    export.con.execute(
        f"""
        insert into results.waivers
        select w.control_id, w.record_id, {pseudonym("w.record_id", export.record_key)}, w.owner, w.reason, w.granted_at,
               w.expires_at,
               case when c.control_id is null then 'unknown' when w.expires_at < j.as_of then 'expired'
                    when f.record_id is null then 'unused' else 'active' end
        from waivers as w
        cross join judgement as j
        left join results.controls as c on c.control_id = w.control_id
        left join (
            select distinct control_id, record_id from results.findings where verdict = 'violation' and scope <> 'later'
        ) as f
               on f.control_id = w.control_id and f.record_id = w.record_id
        order by all
        """
    )


def _record_run(export: Export, period: Period, adapter: Path | None) -> None:
    export.con.execute(
        f"insert into results.run values ({', '.join('?' * 12)})",
        [
            export.as_of, export.timezone, period.name, period.first_day, period.last_day,
            export.name, export.sha256, export.exported_at, fingerprint(adapter) if adapter else None, export.reference_sha256,
            export.notes,
            json.dumps({name: version(name) for name in _PACKAGES}),
        ],
    )  # fmt: skip


def _record_policy(export: Export) -> None:
    """Every clause of the policy, with the worst status of its controls; and the findings about the text."""
    rows = export.con.execute("select control_id, clauses, status, why from results.controls order by control_id").fetchall()
    own = _statuses_by_clause(export)
    split = {c for c, _ in own}
    for clause in policy.load().clauses:
        measured = [
            (c, own.get((c, clause.id), "no_population") if c in split else status, why)
            for c, clauses, status, why in rows
            if clause.id in clauses
        ]
        export.con.execute(
            "insert into results.clauses values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                clause.id, clause.ledger, clause.section, clause.duty, clause.kind, [c for c, *_ in measured],
                worst(status for _, status, _ in measured), clause.note, clause.attestation,
                "; ".join(dict.fromkeys(why for _, status, why in measured if status == "not_assessed")),
            ],
        )  # fmt: skip
    for tension in policy.load().tensions:
        export.con.execute("insert into results.tensions values (?, ?, ?)", [tension.id, list(tension.clauses), tension.says])


def _statuses_by_clause(export: Export) -> dict[tuple[str, str], str]:
    """The status of a control for one clause alone, where its findings say which clause they are of."""
    rows = export.con.execute(
        """
        select control_id, value, any_value(tolerance),
               coalesce(sum(n) filter (where verdict = 'compliant'), 0)::bigint,
               coalesce(sum(n) filter (where verdict = 'violation'), 0)::bigint,
               coalesce(sum(n) filter (where verdict = 'indeterminate'), 0)::bigint
        from results.counts join results.controls using (control_id)
        where dimension = 'clause_id' and scope in ('period', 'carried') and why = '' group by all
        """
    ).fetchall()
    return {(c, clause): judge(kept, broken, untold, tolerance) for c, clause, tolerance, kept, broken, untold in rows}


def _measure(export: Export, period: Period) -> None:
    """Fill the tables that are no verdicts: how long closing takes, the promise beside the law, the rules in use."""
    _record_flows(export, period)
    start, end = export.bounds(period)
    for file in sorted(_MEASURES.glob("*.sql")):
        sql = file.read_text(encoding="utf-8")
        values = bindings(sql, {"starts_at": start, "ends_at": end, "as_of": export.as_of})
        export.con.execute(f"insert into results.{file.stem} {sql}", values)
    export.con.execute(f"update results.breach_clocks set pseudonym = {pseudonym('breach_id', export.record_key)}")
    export.con.execute(_RETENTION_AGES, [export.as_of])
    _compare_promise_and_law(export, period)


def _compare_promise_and_law(export: Export, period: Period) -> None:
    promise, law = find("request_handled_in_thirty_days"), find("request_handled_in_statutory_time")
    if missing(export, promise) or missing(export, law):
        return
    one, other = (findings.query(export, c, period, c.bound()) for c in (promise, law))
    export.con.execute(
        f"""
        insert into results.promise_and_law
        with promise as ({one.sql} select record_id, verdict from findings where scope in ('period', 'carried')),
             law as ({other.sql} select record_id, verdict from findings)
        select promise.verdict, coalesce(law.verdict, 'none'), count(*) from promise left join law using (record_id)
        group by all order by all
        """,
        {**one.values, **other.values},
    )


def _record_flows(export: Export, period: Period) -> None:
    control = find("transfer_has_valid_mechanism")
    if missing(export, control):
        return
    query = findings.query(export, control, period, control.bound())
    export.con.execute(
        f"""
        insert into results.transfer_flows
        with flows as ({query.sql} select * from findings where scope = 'period'),
             names as (select recipient_id, min(name) as recipient from processors group by recipient_id)
        select country, mechanism, destination_country, f.recipient_id, n.recipient, verdict, count(*)
        from flows as f left join names as n on n.recipient_id = f.recipient_id
        group by all order by all
        """,
        query.values,
    )
