"""What stands otherwise in one published period than in another: audits diff."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from audits.errors import Unusable, hint
from audits.evaluation.status import SEVERITIES, worst
from audits.operate.ledger import standing
from audits.operate.store import rows


@dataclass(frozen=True)
class Change:
    """A promise that stands otherwise in one published period than in another; None where it was not in the run.

    `causes` are what else was different than the records: the control's query, or the values of the promise.
    """

    promise_id: str
    status: str | None
    later_status: str | None
    violation: int | None
    later_violation: int | None
    causes: tuple[str, ...] = ()


def changes(reports: Path, one: str, later: str, renamed: Mapping[str, str]) -> list[Change]:
    """Promises whose status or violations differ between two periods, as each was published, the most severe first.

    Where a period was published by the version that knew no promises, controls are compared, by the ids they have now (`renamed`
    gives them by those of then): the worst status of a control's promises, and all their violations.
    Raises Unusable naming the nearest for a period that was not published.
    """
    runs = {run.period: run.run for run in standing(reports)}
    for period in (one, later):
        if period not in runs:
            near = hint(period, runs, f"there are: {', '.join(runs) or 'none'}")
            raise Unusable(f"{reports}: period {period!r} was not published: {near}")
    before, now = (_promises(reports, runs[period]) for period in (one, later))
    by_control = any(r.promise_id is None for r in (*before, *now))
    return _compared(_summed(before, by_control, renamed), _summed(now, by_control, renamed))


@dataclass(frozen=True)
class _Row:
    control: str
    promise_id: str | None
    severity: str
    status: str
    violation: int
    sql_sha256: str | None
    parameters: str | None


def _promises(reports: Path, run: int) -> list[_Row]:
    sql = """
        select control_id, promise_id, severity, status, violation, sql_sha256, parameters from run_controls where run = ?
    """
    return [_Row(*row) for row in rows(reports, sql, [run])]


def _summed(rows: list[_Row], by_control: bool, renamed: Mapping[str, str]) -> dict[str, _Row]:
    found: dict[str, _Row] = {}
    for row in rows:
        key = renamed.get(row.control, row.control) if by_control else row.promise_id or row.control
        other = found.get(key, row)
        status = worst([row.status, other.status]) or row.status
        found[key] = replace(row, status=status, violation=row.violation + (other.violation if key in found else 0))
    return found


def _compared(before: dict[str, _Row], now: dict[str, _Row]) -> list[Change]:
    keys = sorted({*before, *now}, key=lambda k: (SEVERITIES.index((now.get(k) or before[k]).severity), k))
    found = []
    for key in keys:
        one, other = before.get(key), now.get(key)
        was, became = (one.status, one.violation) if one else None, (other.status, other.violation) if other else None
        if was != became:
            (status, violation), (later_status, later_violation) = was or (None, None), became or (None, None)
            found.append(Change(key, status, later_status, violation, later_violation, _causes(one, other)))
    return found


def _causes(one: _Row | None, other: _Row | None) -> tuple[str, ...]:
    """What differs between two rows of a promise; of a time when that was not noted, nothing is said."""
    if one is None or other is None:
        return ()
    said = {
        "the control is another version": (one.sql_sha256, other.sql_sha256),
        "other values": (one.parameters, other.parameters),
    }
    return tuple(words for words, (was, became) in said.items() if was and became and was != became)
