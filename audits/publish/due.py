"""What a schedule says is due and was not run, run: the oldest first, each period once."""

from __future__ import annotations

import fcntl
import os
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from audits.errors import kind
from audits.law.period import Period
from audits.operate import ledger, log, notify
from audits.operate.schedule import OLD_PLACE, Schedule, load, wait
from audits.publish import index, place
from audits.publish.run import run
from audits.workspace import Workspace


@dataclass(frozen=True)
class Outcome:
    """A run that a schedule made, and whether it failed."""

    job: str
    period: str
    failed: bool


def perform(workspace: Workspace, schedule: Schedule, clock: Callable[[], datetime], jobs: int | None = None) -> list[Outcome]:
    """Run what is due and was not run, the oldest first, and tell whom it concerns; safe to call at any time.

    Does nothing while another is at it. `clock` gives the instant, with a time zone. Raises nothing for a job or a place: what
    ends one is its own failure, and the others are run.
    """
    outcomes: list[Outcome] = []
    for reports, names in schedule.places().items():
        try:
            outcomes += _perform_in(workspace, schedule, reports, names, clock, jobs)
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
    jobs: int | None,
) -> list[Outcome]:
    with _first(reports) as is_first:
        if not is_first:
            log.event("busy", f"another schedule run is at work in {reports}")
            return []
        notify.catch_up(workspace, schedule, reports, names)
        due = _due(workspace, schedule, reports, names, clock())
        return [_run(workspace, schedule, each, jobs) for each in due]


def _due(workspace: Workspace, schedule: Schedule, reports: Path, names: Sequence[str], now: datetime) -> list[ledger.Expected]:
    """What is to be run now; keeps in the ledger, and on the index, what the schedule asks for."""
    expected = [e for name in names for e in schedule.jobs[name].expected(name, now)]
    if ledger.expect(reports, expected, now):
        with place.alone(reports):
            index.write(reports, workspace.texts)
    tried = ledger.attempts(reports)
    return sorted((e for e in expected if e.is_due and _is_open(tried, e, now)), key=lambda e: (e.last_day, e.first_day, e.job))


def _is_open(tried: Mapping[str, ledger.Attempts], expected: ledger.Expected, now: datetime) -> bool:
    """Whether a period was never published, and is not to wait after a run that failed."""
    found = tried.get(expected.period)
    if found is None:
        return True
    if found.published or found.last_at is None:
        return False
    # An end that lies ahead is of a clock that was wrong: it holds nothing up.
    return not found.last_at <= now < found.last_at + wait(found.failures)


def _run(workspace: Workspace, schedule: Schedule, due: ledger.Expected, jobs: int | None) -> Outcome:
    planned, reports = schedule.jobs[due.job], schedule.reports(due.job)
    period = Period.parse(due.period)
    log.event("started", f"{due.job}: {due.period} is due since {due.due_at:%Y-%m-%d %H:%M %Z}", job=due.job, period=due.period)
    before = ledger.attempts(reports).get(due.period)
    try:
        run(workspace, schedule.job(due.job).of(period), planned.notebooks, reports, jobs, planned.pdf)
        failed = False
    except Exception as error:  # whatever ends a job is that job's failure alone: the others are run, and it is told
        log.failure(error, f"{due.job}: {due.period}: {log.said(error)}")
        failed = True
        with _going_on(due):
            if ledger.attempts(reports).get(due.period) == before:
                _note(workspace, reports, period, error)
    with _going_on(due):
        notify.tell(workspace, schedule, reports, due.job, due.period)
    return Outcome(due.job, due.period, failed)


@contextmanager
def _going_on(due: ledger.Expected) -> Iterator[None]:
    """Say what goes wrong meanwhile, and go on."""
    try:
        yield
    except Exception as error:
        log.failure(error, f"{due.job}: {due.period}: {log.said(error)}")


def _note(workspace: Workspace, reports: Path, period: Period, error: Exception) -> None:
    """Note a run that failed before it began: by hand that is a slip, of a schedule it is a period that is missing."""
    with place.alone(reports):
        ledger.fail(reports, ledger.begin(reports, period), kind(error))
        index.write(reports, workspace.texts)


@contextmanager
def _first(reports: Path) -> Iterator[bool]:
    """Whether no other schedule run is at work in a folder; the lock ends with its process."""
    handle = place.open_lock(reports, ".schedule")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield True
    except BlockingIOError:
        yield False
    finally:
        os.close(handle)


def serve(workspace: Workspace, file: Path | None, clock: Callable[[], datetime], jobs: int | None = None) -> None:
    """Look at the schedule every minute until told to end; a change of it, or of the workspace, is seen at the next look."""
    from apscheduler.executors.debug import DebugExecutor
    from apscheduler.schedulers.blocking import BlockingScheduler

    load(file, workspace)  # what is wrong now is said at once
    scheduler = BlockingScheduler(executors={"default": DebugExecutor()}, timezone=ZoneInfo("UTC"))

    def look() -> None:
        try:
            now = workspace.again()
            perform(now, load(file, now), clock, jobs)
        except Exception as error:  # the next look may go better
            log.failure(error, log.said(error))
        except KeyboardInterrupt:  # the scheduler would go on; in its own thread it would wait for itself
            threading.Thread(target=scheduler.shutdown, kwargs={"wait": False}).start()

    scheduler.add_job(look, "interval", minutes=1, coalesce=True, misfire_grace_time=None, next_run_time=clock())
    # Jobs run in this very thread and are kept in memory: where it is told to end, there is nothing left to shut down.
    with suppress(KeyboardInterrupt):
        log.event("serving", f"looking at {file or workspace.home.folder or OLD_PLACE} every minute")
        scheduler.start()
