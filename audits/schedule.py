"""schedule.toml: which periods are due when, and of which export; what is due and was not run is run, the oldest first.

Each period of a job is due at the first time of its cron expression after the period is over, in the job's time zone, and is run
once. One that fails is tried again after a quarter of an hour, then after twice as long, up to a day. Every path is relative to
the file's own folder.
"""

from __future__ import annotations

import fcntl
import os
import threading
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError
from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError

from audits import ledger, log
from audits.contract.export import Settings
from audits.errors import RunFailed, Unusable, hint
from audits.law.period import Kind, Period
from audits.run import Job, published_notebooks, run

FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=15), timedelta(days=1)
T = TypeVar("T")
Occasion = Literal["done", "violation", "failure"]


def _cron(text: str) -> str:
    try:
        next(CronSim(text, datetime(2026, 1, 1)))
    except (CronSimError, StopIteration) as error:
        raise ValueError(f"{text!r} is no cron expression that ever comes: write minute hour day month weekday") from error
    return text


def _zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (KeyError, OSError, ValueError) as error:
        raise ValueError(f"{text!r} is no time zone: write one such as Europe/Berlin") from error
    return text


def _period(text: str) -> str:
    return _valid(lambda: Period.parse(text).name)


def _notebooks(names: list[str]) -> list[str]:
    return _valid(lambda: [n.stem for n in published_notebooks(names)])


def _valid(act: Callable[[], T]) -> T:
    try:
        return act()
    except Unusable as error:
        raise ValueError(str(error)) from error


class Target(BaseModel):
    """Somebody to be told: `url` as apprise reads it, ${NAME} in it from the environment; `attach` pages to send along."""

    model_config = ConfigDict(extra="forbid")
    url: str
    on: list[Occasion] = ["violation", "failure"]
    attach: list[str] = []


class Planned(BaseModel):
    """A job of the schedule; `since` is the first period it asks for, and {period} in `export` the period's name."""

    model_config = ConfigDict(extra="forbid")
    period: Kind
    cron: Annotated[str, AfterValidator(_cron)]
    timezone: Annotated[str, AfterValidator(_zone)] = "UTC"
    since: Annotated[str, AfterValidator(_period)]
    export: str
    adapter: str | None = None
    reference: str | None = None
    parameters: str | None = None
    notebooks: Annotated[list[str], AfterValidator(_notebooks)] = []
    audience: Literal["leadership", "auditor"] = "leadership"
    suppress_below: int = 5
    memory: str = "1GB"
    pdf: bool = False
    reports: str = "reports"
    notify: list[str] = []

    def due_at(self, period: Period) -> datetime:
        """When a period is to be run: the first time of the cron expression at or after its end."""
        end = datetime.combine(period.end_day, time(), ZoneInfo(self.timezone))
        return next(CronSim(self.cron, end - timedelta(minutes=1)))

    def expected(self, name: str, now: datetime) -> Iterator[ledger.Expected]:
        """Every period since the first that is due now, and the next one."""
        period, is_due = Period.parse(self.since), True
        while is_due:
            due_at = self.due_at(period)
            is_due = due_at <= now
            yield ledger.Expected(name, period.name, period.first_day, period.last_day, due_at, self.timezone, is_due)
            period = period.following()


class Schedule(BaseModel):
    """Jobs and whom to tell, by their names. `link` is where readers find the folder of reports."""

    model_config = ConfigDict(extra="forbid")
    jobs: dict[str, Planned]
    notify: dict[str, Target] = {}
    link: str | None = None
    folder: Path = Path()

    def job(self, name: str) -> Job:
        """What a job asks for, but for the period."""
        planned = self.jobs[name]
        export = planned.export if planned.export == "sample" else str(self.folder / planned.export)
        return Job(
            export,
            adapter=self._path(planned.adapter),
            reference=self._path(planned.reference),
            parameters=self._path(planned.parameters),
            audience=planned.audience,
            suppress_below=planned.suppress_below,
            settings=Settings(planned.memory),
            whole=True,
        )

    def reports(self, name: str) -> Path:
        """Where a job publishes."""
        return self.folder / self.jobs[name].reports

    def places(self) -> dict[Path, list[str]]:
        """The jobs of each folder of reports."""
        found: dict[Path, list[str]] = {}
        for name in self.jobs:
            found.setdefault(self.reports(name), []).append(name)
        return found

    def _path(self, text: str | None) -> Path | None:
        return self.folder / text if text else None


def load(file: Path) -> Schedule:
    """Read a schedule; raises Unusable with the first thing that is wrong."""
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise Unusable(f"{file}: no such file; docs/scheduling.md shows one, --schedule names another") from error
    except (OSError, ValueError) as error:
        raise Unusable(f"{file}: cannot be read: {getattr(error, 'strerror', None) or error}") from error
    try:
        schedule = Schedule(**{**content, "folder": file.parent})
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise Unusable(f"{file}: {where}: {first['msg'].removeprefix('Value error, ')}") from error
    _check(schedule, file)
    return schedule


def _check(schedule: Schedule, file: Path) -> None:
    taken: dict[tuple[Path, Kind], str] = {}
    for name, planned in schedule.jobs.items():
        if Period.parse(planned.since).kind != planned.period:
            raise Unusable(f"{file}: jobs.{name}.since: {planned.since!r} is no {planned.period}")
        for target in planned.notify:
            if target not in schedule.notify:
                nearest = hint(target, schedule.notify, f"there are: {', '.join(schedule.notify) or 'none'}")
                raise Unusable(f"{file}: jobs.{name}.notify: {target!r} is nobody of [notify]: {nearest}")
        other = taken.setdefault((schedule.reports(name), planned.period), name)
        if other != name:
            raise Unusable(
                f"{file}: jobs.{name}: publishes the same periods as {other} to the same folder: give it its own reports"
            )


@dataclass(frozen=True)
class Outcome:
    """A run that a schedule made, and whether it failed."""

    job: str
    period: str
    failed: bool


def perform(schedule: Schedule, clock: Callable[[], datetime], jobs: int | None = None) -> list[Outcome]:
    """Run what is due and was not run, the oldest first, and tell whom it concerns; safe to call at any time.

    Does nothing while another is at it. `clock` gives the instant, with a time zone.
    """
    from audits import notify

    outcomes: list[Outcome] = []
    for reports, names in schedule.places().items():
        with _first(reports) as is_first:
            if not is_first:
                log.event("busy", f"another schedule run is at work in {reports}")
                continue
            notify.catch_up(schedule, reports, names)
            for due in _due(schedule, reports, names, clock()):
                outcomes.append(_run(schedule, due, jobs))
    return outcomes


def _due(schedule: Schedule, reports: Path, names: Sequence[str], now: datetime) -> list[ledger.Expected]:
    """What is to be run now; keeps in the ledger, and on the index, what the schedule asks for."""
    from audits.report import publish, site

    expected = [e for name in names for e in schedule.jobs[name].expected(name, now)]
    if ledger.expect(reports, expected):
        with publish.alone(reports):
            site.write(reports)
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


def wait(failures: int) -> timedelta:
    """How long to wait after so many failures in a row."""
    doubled: int = 2 ** min(failures - 1, 20)
    return min(FIRST_WAIT * doubled, LONGEST_WAIT)


def _run(schedule: Schedule, due: ledger.Expected, jobs: int | None) -> Outcome:
    from audits import notify

    planned, reports = schedule.jobs[due.job], schedule.reports(due.job)
    period = Period.parse(due.period)
    log.event("started", f"{due.job}: {due.period} is due since {due.due_at:%Y-%m-%d %H:%M %Z}", job=due.job, period=due.period)
    try:
        run(schedule.job(due.job).of(period), planned.notebooks, reports, jobs, planned.pdf)
        failed = False
    except (Unusable, RunFailed) as error:
        log.failure(error, f"{due.job}: {due.period}: {error}")
        failed = True
    notify.tell(schedule, reports, due.job, due.period)
    return Outcome(due.job, due.period, failed)


@contextmanager
def _first(reports: Path) -> Iterator[bool]:
    """Whether no other schedule run is at work in a folder; the lock ends with its process."""
    from audits.report.publish import open_lock

    handle = open_lock(reports, ".schedule")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield True
    except BlockingIOError:
        yield False
    finally:
        os.close(handle)


def overview(schedule: Schedule, now: datetime) -> list[dict[str, Any]]:
    """For each job: job, kind, next_period, next_at (local), last_period, last_outcome, last_at (UTC), open (periods)."""
    rows = []
    for name, planned in schedule.jobs.items():
        tried = ledger.attempts(schedule.reports(name))
        expected = list(planned.expected(name, now))
        last = max((e for e in expected if e.period in tried), key=lambda e: tried[e.period].last_run or 0, default=None)
        rows.append(
            {
                "job": name,
                "kind": planned.period,
                "next_period": expected[-1].period,
                "next_at": expected[-1].due_at.isoformat(),
                "last_period": last.period if last else None,
                "last_outcome": tried[last.period].outcome if last else None,
                "last_at": at.isoformat() if last and (at := tried[last.period].last_at) else None,
                "open": [e.period for e in expected if e.is_due and not (e.period in tried and tried[e.period].published)],
            }
        )
    return rows


def serve(file: Path, clock: Callable[[], datetime], jobs: int | None = None) -> None:
    """Look at the schedule every minute until told to end; a change of the file is seen at the next look."""
    from apscheduler.executors.debug import DebugExecutor
    from apscheduler.schedulers.blocking import BlockingScheduler

    load(file)  # what is wrong now is said at once
    scheduler = BlockingScheduler(executors={"default": DebugExecutor()}, timezone=ZoneInfo("UTC"))

    def look() -> None:
        try:
            perform(load(file), clock, jobs)
        except (Unusable, RunFailed, OSError) as error:  # the next look may go better
            log.failure(error, str(error))
        except KeyboardInterrupt:  # the scheduler would go on; in its own thread it would wait for itself
            threading.Thread(target=scheduler.shutdown, kwargs={"wait": False}).start()

    scheduler.add_job(look, "interval", minutes=1, coalesce=True, misfire_grace_time=None, next_run_time=clock())
    # Jobs run in this very thread and are kept in memory: where it is told to end, there is nothing left to shut down.
    with suppress(KeyboardInterrupt):
        log.event("serving", f"looking at {file} every minute")
        scheduler.start()
