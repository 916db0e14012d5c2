"""The period and those before it: how each control and each clause stood, as the export shows it now."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from audits.contract.export import Export
from audits.evaluation.status import judge, rate, worst
from audits.law.period import Period

# `dimension` is '' for a control as a whole, 'clause_id' for each clause that its findings name.
_COUNTED = """
select c.control_id, k.value, any_value(c.tolerance), any_value(c.status), s.step, any_value(s.first_day), any_value(s.last_day),
       coalesce(sum(n) filter (where verdict = 'compliant'), 0)::bigint,
       coalesce(sum(n) filter (where verdict = 'violation'), 0)::bigint,
       coalesce(sum(n) filter (where verdict = 'pending'), 0)::bigint,
       coalesce(sum(n) filter (where verdict = 'indeterminate'), 0)::bigint
from results.controls as c
cross join steps as s
left join results.counts as k
  on k.control_id = c.control_id and k.dimension = $dimension
 and (k.month between s.first_day and s.last_day or k.month is null or (k.scope = 'carried' and k.month < s.first_day))
group by c.control_id, k.value, s.step order by c.control_id, k.value, s.step
"""


def measure(export: Export, period: Period) -> None:
    """Fill results.history: each control in the period and the eleven before it.

    A step holds what fell due in it, what states no day, and what fell due before it and is still open.
    """
    rows = [(k, first, end - timedelta(days=1)) for k, (first, end) in enumerate(period.history())]
    export.con.execute("create or replace temp table steps (step integer, first_day date, last_day date)")
    export.con.executemany("insert into steps values (?, ?, ?)", rows)
    counted = export.con.execute(_COUNTED, {"dimension": ""}).fetchall()
    judged = [
        (
            control_id, step, first, last, kept, broken, pending, untold, *rate(kept, broken, untold),
            now if step == 0 or now in ("not_assessed", "error") else judge(kept, broken, untold, tolerance),
        )
        for control_id, _, tolerance, now, step, first, last, kept, broken, pending, untold in counted
    ]  # fmt: skip
    _insert(export, "history", judged)


def measure_clauses(export: Export) -> None:
    """Fill results.clause_history: the worst status of a clause's controls; in the period itself, what results.clauses says."""
    whole = "select control_id, step, status from results.history"
    statuses = {(c, step): status for c, step, status in export.con.execute(whole).fetchall()}
    own = {
        (c, clause, step): judge(kept, broken, untold, tolerance)
        for c, clause, tolerance, _, step, _, _, kept, broken, _, untold in export.con.execute(
            _COUNTED, {"dimension": "clause_id"}
        ).fetchall()
        if clause is not None
    }
    split = {c for c, *_ in own}
    steps = export.con.execute("from steps order by step").fetchall()
    clauses = export.con.execute("select clause_id, controls, status from results.clauses order by ledger_id").fetchall()

    def status(clause: str, step: int, controls: list[str]) -> str | None:
        return worst(own.get((c, clause, step), "no_population") if c in split else statuses[c, step] for c in controls)

    rows = [
        (clause, step, first, last, now if step == 0 else status(clause, step, controls))
        for clause, controls, now in clauses
        for step, first, last in steps
    ]
    _insert(export, "clause_history", rows)


def _insert(export: Export, table: str, rows: list[tuple[Any, ...]]) -> None:
    """Put rows into a table of the results at once: one statement a row costs a hundred times as much."""
    types = [kind for _, kind, *_ in export.con.execute(f"describe results.{table}").fetchall()]
    columns = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in types]
    export.con.execute(f"insert into results.{table} select {', '.join(f'unnest(?::{kind}[])' for kind in types)}", columns)
