"""The period and those before it: how each promise and each clause stood, as the export shows it now."""

from __future__ import annotations

from datetime import timedelta

from audits.contract.engine import fill
from audits.contract.export import Export
from audits.evaluation.status import Status, judge, rate, worst
from audits.law.period import Period

_COUNTED = """
select c.promise_id, any_value(c.tolerance), any_value(c.status), any_value(c.why),
       s.step, any_value(s.first_day), any_value(s.last_day),
       coalesce(sum(n) filter (where verdict = 'compliant'), 0)::bigint,
       coalesce(sum(n) filter (where verdict = 'violation'), 0)::bigint,
       coalesce(sum(n) filter (where verdict = 'pending'), 0)::bigint,
       coalesce(sum(n) filter (where verdict = 'indeterminate'), 0)::bigint,
       coalesce(sum(n) filter (where is_waived), 0)::bigint,
       coalesce(sum(n) filter (where k.step = s.step), 0)::bigint,
       coalesce(sum(n) filter (where k.step = s.step and verdict = 'compliant'), 0)::bigint,
       coalesce(sum(n) filter (where k.step = s.step and verdict = 'violation'), 0)::bigint,
       coalesce(sum(n) filter (where k.step = s.step and verdict = 'indeterminate'), 0)::bigint
from results.promises as c
cross join steps as s
left join counted as k
  on k.promise_id = c.promise_id and (k.step is null or k.step = s.step or (k.step > s.step and k.is_open))
group by c.promise_id, s.step order by c.promise_id, s.step
"""


def measure(export: Export, period: Period) -> None:
    """Fill results.history: each promise in the period and those before it, each as the period itself is counted and judged."""
    rows = [(k, first, end - timedelta(days=1)) for k, (first, end) in enumerate(period.history())]
    export.con.execute("create or replace temp table steps (step integer, first_day date, last_day date)")
    fill(export.con, "steps", rows)
    judged = [
        (
            promise_id, step, first, last, kept, broken, pending, untold, waived, fell_due, *due, *rate(kept, broken, untold),
            _status(now, why, judge(kept, broken, untold, tolerance, waived)),
        )
        for promise_id, tolerance, now, why, step, first, last, kept, broken, pending, untold, waived, fell_due, *due in
        export.con.execute(_COUNTED).fetchall()
    ]  # fmt: skip
    fill(export.con, "results.history", judged)


def _status(now: Status, why: str, counted: Status) -> Status:
    """What the counts of a step add up to, but where something else tells: a lack, or a population that is not whole."""
    if now in ("not_assessed", "error"):
        return now
    return "inconclusive" if why and counted != "no_population" else counted


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
