"""What a schedule says is due and was not run, run: the oldest first, each period once."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from audits.errors import kind
from audits.evaluation.status import failing
from audits.law.period import Period
from audits.operate import ledger, log, notify
from audits.operate.schedule import OLD_PLACE, Schedule, load, wait
from audits.publish import index, place
from audits.publish.run import run
from audits.workspace import Workspace

_MINUTE_S = 60


@dataclass(frozen=True)
class Outcome:
    """A run that a schedule made, whether it failed, and how bad the answer is."""

    job: str
    period: str
    failed: bool
    statuses: Sequence[str] = ()  # of its promises, those that the job is to fail on


@dataclass(frozen=True)
class Look:
    """How to look at a schedule: notebooks run at a time; which jobs, all if none is named; `now`: without waiting after a
    failure; `dry`: say what would be run, and do nothing; `explained`: say why a job does nothing.
    """

    at_a_time: int | None = None
    jobs: Sequence[str] = ()
    now: bool = False
    dry: bool = False
    explained: bool = True


def perform(workspace: Workspace, schedule: Schedule, clock: Callable[[], datetime], look: Look = Look()) -> list[Outcome]:
    """Run what is due and was not run, the oldest first, and tell whom it concerns; safe to call at any time.

    Does nothing while another is at it. `clock` gives the instant, with a time zone. Raises nothing for a job or a place: what
    ends one is its own failure, and the others are run. Raises Unusable for the name of a job that is none.
    """
    outcomes: list[Outcome] = []
    for reports, names in schedule.places(look.jobs).items():
        try:
            outcomes += _perform_in(workspace, schedule, reports, names, clock, look)
        except Exception as error:  # a place that cannot be written to, or whose ledger cannot be read
            log.failure(error, f"{', '.join(names)}: {log.said(error)}")
            outcomes += [Outcome(name, "", True) for name in names]
    return outcomes


def _perform_in(
    workspace: Workspace,
    schedule: Schedule,
    reports: Path,
    names: Sequence[str],
    clock: Callable[[], datetime],
    look: Look,
) -> list[Outcome]:
    if look.dry:
        due = _due(schedule, reports, names, clock(), look)
        for each in due:
            log.event("due", f"{each.job}: {each.period} is due since {_local(each)}, and would be run", job=each.job)
        return []
    with _first(reports) as is_first:
        if not is_first:
            log.event("busy", f"another schedule run is at work in {reports}")
            return []
        with place.settled(reports):  # what a run that was killed had built counts as published, and is told
            pass
        notify.catch_up(workspace, schedule, reports, names)
        _expect(workspace, schedule, reports, clock())
        due = _due(schedule, reports, names, clock(), look)
        return [_run(workspace, schedule, each, look.at_a_time) for each in due]


def _expect(workspace: Workspace, schedule: Schedule, reports: Path, now: datetime) -> None:
    """Keep in the ledger, and on the index, what the schedule asks for in a folder."""
    expected = [e for name in schedule.places()[reports] for e in schedule.jobs[name].expected(name, now)]
    if ledger.expect(reports, expected, now):
        with workspace.told(), place.alone(reports):
            index.write(reports, workspace.texts)


def _due(schedule: Schedule, reports: Path, names: Sequence[str], now: datetime, look: Look) -> list[ledger.Expected]:
    """What is to be run now, the oldest first; says of each other job why it is not."""
    tried, found = ledger.attempts(reports), []
    for name in names:
        expected = list(schedule.jobs[name].expected(name, now))
        waiting = {e.period: why for e in expected if (why := _waits(e, tried.get(e.period), now, look.now))}
        due = [e for e in expected if e.is_due and e.period not in waiting]
        if not due and look.explained:
            said = "; ".join(why for why in waiting.values() if why != _DONE)
            log.event("nothing_due", f"{name}: nothing is due{said and f': {said}'}; next is {_next(expected[-1])}", job=name)
        found += due
    return sorted(found, key=lambda e: (e.last_day, e.first_day, e.job))


_DONE = "done"


def _waits(expected: ledger.Expected, found: ledger.Attempts | None, now: datetime, at_once: bool) -> str:
    """Why a period that is due is not to be run: it was, it waits to be signed, or for a while after a run that failed."""
    if found is None or not expected.is_due:
        return ""
    if found.published:
        return _DONE
    if found.outcome == "draft" and not at_once:
        return f"{expected.period} {found.why}"
    again = found.last_at + wait(found.failures) if found.last_at else now
    # An end that lies ahead is of a clock that was wrong: it holds nothing up.
    if at_once or found.last_at is None or not found.last_at <= now < again:
        return ""
    return f"{expected.period} {found.outcome}: {found.why}; it is tried again from {again:%Y-%m-%d %H:%M %Z} on, --now at once"


def _next(expected: ledger.Expected) -> str:
    return f"{expected.period} at {_local(expected)}"


def _local(expected: ledger.Expected) -> str:
    return f"{expected.due_at:%Y-%m-%d %H:%M %Z}"


def _run(workspace: Workspace, schedule: Schedule, due: ledger.Expected, at_a_time: int | None) -> Outcome:
    planned, reports = schedule.jobs[due.job], schedule.reports(due.job)
    period = Period.parse(due.period)
    log.event("started", f"{due.job}: {due.period} is due since {_local(due)}", job=due.job, period=due.period)
    before, statuses = ledger.attempts(reports).get(due.period), []
    try:
        job = schedule.job(due.job).of(period)
        results, _ = run(workspace, job, planned.notebooks, reports, at_a_time, planned.pdf, planned.sign_off, planned.notify)
        statuses = failing(planned.fail_on, [p.status for p in results.promises.values()])
        failed = False
    except Exception as error:  # whatever ends a job is that job's failure alone: the others are run, and it is told
        log.failure(error, f"{due.job}: {due.period}: {log.said(error)}")
        failed = True
        with _going_on(due):
            if ledger.attempts(reports).get(due.period) == before:
                _note(workspace, reports, period, error)
    with _going_on(due):
        notify.tell(workspace, schedule, reports, due.job, due.period)
    return Outcome(due.job, due.period, failed, statuses)


def tell(workspace: Workspace, schedule: Schedule, reports: Path, period: str) -> None:
    """Tell whom it concerns of the last run of a period, by the job that asks for such periods in this folder."""
    for name in schedule.jobs:
        if schedule.reports(name).resolve() == reports.resolve() and schedule.jobs[name].period == Period.parse(period).kind:
            notify.tell(workspace, schedule, schedule.reports(name), name, period)


@contextmanager
def _going_on(due: ledger.Expected) -> Iterator[None]:
    """Say what goes wrong meanwhile, and go on."""
    try:
        yield
    except Exception as error:
        log.failure(error, f"{due.job}: {due.period}: {log.said(error)}")


def _note(workspace: Workspace, reports: Path, period: Period, error: Exception) -> None:
    """Note a run that failed before it began: by hand that is a slip, of a schedule it is a period that is missing."""
    with workspace.told(), place.alone(reports):
        ledger.fail(reports, ledger.begin(reports, period), kind(error))
        index.write(reports, workspace.texts)


@contextmanager
def _first(reports: Path) -> Iterator[bool]:
    """Whether no other schedule run is at work in a folder; the lock ends with its process."""
    handle = place.open_lock(reports, ".schedule")
    try:
        yield _locked(handle)
    finally:
        os.close(handle)


def _locked(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def serve(workspace: Workspace, file: Path | None, clock: Callable[[], datetime], look: Look = Look()) -> None:
    """Look at the schedule every minute until told to end; a change of it, or of the workspace, is seen at the next look."""
    load(file, workspace)  # what is wrong now is said at once
    with suppress(KeyboardInterrupt):
        log.event("serving", f"looking at {file or workspace.home.folder or OLD_PLACE} every minute")
        while True:
            try:
                now = workspace.again()
                perform(now, load(file, now), clock, look)
            except Exception as error:  # the next look may go better
                log.failure(error, log.said(error))
            time.sleep(_MINUTE_S)
