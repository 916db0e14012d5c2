"""The period and those before it: how each promise and each clause stood, as the export shows it now."""

from __future__ import annotations

from datetime import timedelta

from audits.contract.engine import fill
from audits.contract.export import Export
from audits.evaluation.status import judge, rate, worst
from audits.law.period import Period

_COUNTED = """
select c.promise_id, any_value(c.tolerance), any_value(c.status), s.step, any_value(s.first_day), any_value(s.last_day),
       coalesce(sum(n) filter (where verdict = 'compliant'), 0)::bigint,
       coalesce(sum(n) filter (where verdict = 'violation'), 0)::bigint,
       coalesce(sum(n) filter (where verdict = 'pending'), 0)::bigint,
       coalesce(sum(n) filter (where verdict = 'indeterminate'), 0)::bigint
from results.promises as c
cross join steps as s
left join results.counts as k
  on k.promise_id = c.promise_id and k.dimension = ''
 and (k.month between s.first_day and s.last_day or k.month is null or (k.scope = 'carried' and k.month < s.first_day))
group by c.promise_id, s.step order by c.promise_id, s.step
"""


def measure(export: Export, period: Period) -> None:
    """Fill results.history: each promise in the period and the eleven before it.

    A step holds what fell due in it, what states no day, and what fell due before it and is still open.
    """
    rows = [(k, first, end - timedelta(days=1)) for k, (first, end) in enumerate(period.history())]
    export.con.execute("create or replace temp table steps (step integer, first_day date, last_day date)")
    fill(export.con, "steps", rows)
    judged = [
        (
            promise_id, step, first, last, kept, broken, pending, untold, *rate(kept, broken, untold),
            now if step == 0 or now in ("not_assessed", "error") else judge(kept, broken, untold, tolerance),
        )
        for promise_id, tolerance, now, step, first, last, kept, broken, pending, untold in
        export.con.execute(_COUNTED).fetchall()
    ]  # fmt: skip
    fill(export.con, "results.history", judged)


def measure_clauses(export: Export) -> None:
    """Fill results.clause_history: the worst status of a clause's promises; in the period itself, what results.clauses says."""
    rows = export.con.execute(
        """
        select c.text, c.clause_id, s.step, s.first_day, s.last_day, any_value(c.status), list(h.status order by h.promise_id)
        from results.clauses as c
        cross join steps as s
        left join results.clause_promises as p on p.text = c.text and p.clause_id = c.clause_id
        left join results.history as h on h.promise_id = p.promise_id and h.step = s.step
        group by all order by any_value(c.ledger_id), c.text, c.clause_id, s.step
        """
    ).fetchall()
    told = [
        (text, clause, step, first, last, now if step == 0 or statuses == [None] else worst(statuses))
        for text, clause, step, first, last, now, statuses in rows
    ]
    fill(export.con, "results.clause_history", told)
