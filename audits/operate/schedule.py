"""The jobs of audits.toml, or of a schedule.toml: which periods are due when, and of which export.

What is due and was not run is run, the oldest first. Each period of a job is due at the first time of its cron expression after
the period is over, in the job's time zone, and is run once. One that fails is tried again after a quarter of an hour, then after
twice as long, up to a day. Every path is relative to the file's own folder.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from audits.contract import files
from audits.contract.export import Settings
from audits.errors import RunFailed, Unusable, hint, invalid
from audits.evaluation.job import Job
from audits.evaluation.status import Status
from audits.evaluation.stress import Stress
from audits.home import FILE, Home
from audits.law.period import Kind, Period
from audits.operate import folders, ledger
from audits.workspace import Workspace

FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=15), timedelta(days=1)
T = TypeVar("T")
Occasion = Literal["done", "violation", "failure", "draft"]


def _cron(text: str) -> str:
    try:
        if len(text.split()) > 5:  # CronSim reads seconds first, others last
            raise CronSimError(text)
        next(CronSim(text, datetime(2026, 1, 1)))
    except (CronSimError, StopIteration) as error:
        raise ValueError(f"{text!r} is no cron expression that ever comes: write minute hour day month weekday") from error
    return text


def _name(text: str) -> str:
    if not text.isprintable() or not text.strip():
        raise ValueError("a job's name is a line of text")
    return text


def _zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (KeyError, OSError, ValueError) as error:
        raise ValueError(f"{text!r} is no time zone: write one such as Europe/Berlin") from error
    return text


def _period(text: str) -> str:
    return _valid(lambda: Period.parse(text).name)


def _valid(act: Callable[[], T]) -> T:
    try:
        return act()
    except Unusable as error:
        raise ValueError(str(error)) from error


def _address(text: str) -> str:
    scheme = text.partition("://")[0].strip().lower()
    if not text.startswith("${") and _schemes() and scheme not in _schemes():
        near = hint(scheme, _schemes(), "write one such as mailto://…, slack://… or json://…")
        raise ValueError(f"{scheme!r} is no kind of address that apprise knows: {near}")
    return text


@cache
def _schemes() -> tuple[str, ...]:
    """The kinds of addresses that apprise knows; none where it is not installed, which is said when somebody is to be told."""
    try:
        from apprise.manager_plugins import NotificationManager
    except ImportError:
        return ()
    return tuple(sorted(NotificationManager().schemas()))


def _stress(text: str) -> str:
    return _valid(lambda: Stress.parse(text).text)


class Target(BaseModel):
    """Somebody to be told: `url` as apprise reads it, ${NAME} in it from the environment; `attach` pages to send along."""

    model_config = ConfigDict(extra="forbid")
    url: Annotated[str, AfterValidator(_address)]
    on: list[Occasion] = ["violation", "failure"]
    attach: list[str] = []


# A file or folder; a size such as 500MB; a time such as 90s.
Named = Annotated[str, Field(min_length=1)]
Size = Annotated[str, Field(pattern=r"^(?i:\d+(\.\d+)? ?([KMGT]i?B|%))$")]
Lasting = Annotated[str, Field(pattern=r"^[1-9]\d{0,5} ?[smh]$")]


class Planned(BaseModel):
    """A job of the schedule; `since` is the first period it asks for, and {period} in `export` the period's name.

    `sign_off` is who is to sign for a period before readers see it; it waits as a draft until then.
    """

    model_config = ConfigDict(extra="forbid")
    period: Kind
    cron: Annotated[str, AfterValidator(_cron)]
    timezone: Annotated[str, AfterValidator(_zone)] = "UTC"
    since: Annotated[str, AfterValidator(_period)]
    export: Named
    adapter: Named | None = None
    reference: Named | None = None
    parameters: Named | None = None
    notebooks: list[str] = []
    audience: Literal["leadership", "auditor"] = "leadership"
    suppress_below: Annotated[int, Field(ge=0, strict=True)] = 5
    memory: Size = "1GB"
    threads: Annotated[int, Field(ge=1, strict=True)] | None = None
    engine: Literal["duckdb", "spark"] = "duckdb"
    master: str | None = None
    spill: str | None = None
    stress: list[Annotated[str, AfterValidator(_stress)]] = []
    fail_on: list[Status | Literal["violation"]] = []
    sign_off: str = ""
    spill_limit: Size = "20GB"
    time: Lasting = "1h"
    pdf: bool = False
    reports: Named = "reports"
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
    jobs: dict[Annotated[str, AfterValidator(_name)], Planned]
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
            stresses=tuple(planned.stress),
            settings=Settings(planned.memory, planned.threads, self._path(planned.spill), planned.spill_limit, planned.time),
            engine=planned.engine,
            master=planned.master,
            whole=True,
        )

    def reports(self, name: str) -> Path:
        """Where a job publishes."""
        return Path(os.path.normpath(self.folder / self.jobs[name].reports))  # one folder, one name: places are told apart by it

    def places(self, chosen: Sequence[str] = ()) -> dict[Path, list[str]]:
        """The jobs of each folder of reports, or those chosen; raises Unusable for a name that is none."""
        found: dict[Path, list[str]] = {}
        for name in chosen or self.jobs:
            if name not in self.jobs:
                raise Unusable(f"{name!r} is no job: {hint(name, self.jobs, 'there are: ' + ', '.join(self.jobs))}")
            found.setdefault(self.reports(name), []).append(name)
        return found

    def _path(self, text: str | None) -> Path | None:
        return self.folder / text if text else None


OLD_PLACE = Path("schedule.toml")


def load(asked: Path | None, workspace: Workspace) -> Schedule:
    """Read a schedule over a workspace's notebooks: a file, or the jobs of its audits.toml, or schedule.toml where it has none.

    Raises Unusable with the first thing that is wrong.
    """
    home = workspace.home
    if asked is None and home.jobs and home.folder:
        jobs = {name: {**_at_home(home), **job} for name, job in home.jobs.items()}
        return _valid_schedule({"jobs": jobs, "notify": home.notify, "link": home.link}, home.folder / FILE, workspace)
    file = asked or (home.folder or Path()) / OLD_PLACE
    try:
        content = tomllib.loads(files.text(file))
    except FileNotFoundError as error:
        if asked is None and home.folder:
            raise Unusable(f"{home.folder / FILE}: has no jobs; docs/scheduling.md shows some, as [jobs.monthly]") from error
        raise Unusable(f"{file}: no such file; docs/scheduling.md shows one, --schedule names another") from error
    except (OSError, ValueError, RecursionError) as error:
        raise Unusable(f"{file}: cannot be read: {getattr(error, 'strerror', None) or error}") from error
    return _valid_schedule(content, file, workspace)


def _at_home(home: Home) -> dict[str, Any]:
    """What a job of audits.toml need not say again."""
    said = {"export": home.export, "adapter": home.adapter, "parameters": home.parameters, "reports": home.reports}
    law = {"reference": "law"} if home.law else {}
    return {name: value for name, value in (said | law).items() if value}


def _valid_schedule(content: dict[str, Any], file: Path, workspace: Workspace) -> Schedule:
    try:
        schedule = Schedule(**{**content, "folder": file.parent})
    except ValidationError as error:
        raise Unusable(f"{file}: {invalid(error, content, Schedule, ours=('folder',))}") from error
    _check(schedule, file, workspace)
    return schedule


def _check(schedule: Schedule, file: Path, workspace: Workspace) -> None:
    taken: dict[tuple[Path, Kind], str] = {}
    for name, planned in schedule.jobs.items():
        if Period.parse(planned.since).kind != planned.period:
            raise Unusable(f"{file}: jobs.{name}.since: {planned.since!r} is no {planned.period}")
        for target in planned.notify:
            if target not in schedule.notify:
                nearest = hint(target, schedule.notify, f"there are: {', '.join(schedule.notify) or 'none'}")
                raise Unusable(f"{file}: jobs.{name}.notify: {target!r} is nobody of [notify]: {nearest}")
            _check_pages(f"{file}: notify.{target}.attach", schedule.notify[target].attach, workspace)
        _check_pages(f"{file}: jobs.{name}.notebooks", planned.notebooks, workspace)
        other = taken.setdefault((schedule.reports(name), planned.period), name)
        if other != name:
            raise Unusable(
                f"{file}: jobs.{name}: publishes the same periods as {other} to the same folder: give it its own reports"
            )
    _check_apart(schedule, file)


def _check_apart(schedule: Schedule, file: Path) -> None:
    """Raises Unusable where the pages of one job would lie in the auditors' folder of another."""
    evidence = {folders.evidence(schedule.reports(name)): name for name in schedule.jobs}
    for name in schedule.jobs:
        reports = schedule.reports(name).absolute()
        for folder in evidence.keys() & {reports, *reports.parents}:
            raise Unusable(f"{file}: jobs.{name}.reports: is where the evidence of {evidence[folder]} is kept: choose another")


def _check_pages(where: str, pages: list[str], workspace: Workspace) -> None:
    try:
        workspace.published_notebooks(pages)
    except Unusable as error:
        raise Unusable(f"{where}: {error}") from error


def wait(failures: int) -> timedelta:
    """How long to wait after so many failures in a row."""
    doubled: int = 2 ** min(failures - 1, 20)
    return min(FIRST_WAIT * doubled, LONGEST_WAIT)


def overview(schedule: Schedule, now: datetime) -> list[dict[str, Any]]:
    """For each job: job, kind, next_period, next_at (local), last_period, last_outcome, last_at (UTC), open (periods).

    `why` says what of its ledger cannot be read: then nothing is known to be published, and all that was due is open.
    """
    rows = []
    for name, planned in schedule.jobs.items():
        tried, why = _attempts(schedule.reports(name))
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
                "why": why,
            }
        )
    return rows


def _attempts(reports: Path) -> tuple[dict[str, ledger.Attempts], str | None]:
    try:
        return ledger.attempts(reports), None
    except (Unusable, RunFailed) as error:
        return {}, str(error)
