"""The period and those before it: how each control and each clause stood, as the export shows it now."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from audits.export import Export
from audits.period import Period
from audits.status import judge, rate, worst

_COUNTED = """
select c.control_id, any_value(c.tolerance), any_value(c.status), s.step, any_value(s.first_day), any_value(s.last_day),
       coalesce(sum(n) filter (where verdict = 'compliant'), 0)::bigint,
       coalesce(sum(n) filter (where verdict = 'violation'), 0)::bigint,
       coalesce(sum(n) filter (where verdict = 'pending'), 0)::bigint,
       coalesce(sum(n) filter (where verdict = 'indeterminate'), 0)::bigint
from results.controls as c
cross join steps as s
left join results.counts as k
  on k.control_id = c.control_id and k.dimension = ''
 and (k.month between s.first_day and s.last_day or k.month is null or (k.scope = 'carried' and k.month < s.first_day))
group by c.control_id, s.step order by c.control_id, s.step
"""


def measure(export: Export, period: Period) -> None:
    """Fill results.history: each control in the period and the eleven before it.

    A step holds what fell due in it, what states no day, and what fell due before it and is still open.
    """
    rows = [(k, first, end - timedelta(days=1)) for k, (first, end) in enumerate(period.history())]
    export.con.execute("create or replace temp table steps (step integer, first_day date, last_day date)")
    export.con.executemany("insert into steps values (?, ?, ?)", rows)
    counted = export.con.execute(_COUNTED).fetchall()
    judged = [
        (
            control_id, step, first, last, kept, broken, pending, untold, *rate(kept, broken, untold),
            now if step == 0 or now in ("not_assessed", "error") else judge(kept, broken, untold, tolerance),
        )
        for control_id, tolerance, now, step, first, last, kept, broken, pending, untold in counted
    ]  # fmt: skip
    _insert(export, "history", judged)


def measure_clauses(export: Export) -> None:
    """Fill results.clause_history: the worst status of a clause's controls; in the period itself, what results.clauses says."""
    steps: dict[tuple[int, date, date], dict[str, str]] = {}
    controls = "select step, first_day, last_day, control_id, status from results.history order by step, control_id"
    for step, first, last, control_id, status in export.con.execute(controls).fetchall():
        steps.setdefault((step, first, last), {})[control_id] = status
    clauses = export.con.execute("select clause_id, controls, status from results.clauses order by ledger_id").fetchall()
    rows = [
        (clause_id, step, first, last, now if step == 0 else worst(statuses[c] for c in measured_by))
        for clause_id, measured_by, now in clauses
        for (step, first, last), statuses in steps.items()
    ]
    _insert(export, "clause_history", rows)


def _insert(export: Export, table: str, rows: list[tuple[Any, ...]]) -> None:
    """Put rows into a table of the results at once: one statement a row costs a hundred times as much."""
    types = [kind for _, kind, *_ in export.con.execute(f"describe results.{table}").fetchall()]
    columns = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in types]
    export.con.execute(f"insert into results.{table} select {', '.join(f'unnest(?::{kind}[])' for kind in types)}", columns)
