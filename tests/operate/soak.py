"""A simulated year of monthly and weekly jobs, with a fault every third day and on most days when something is due; what stands at its end is counted.

    python -m tests.operate.soak [DAYS]     # 365 if left out; exit 1 where a period is not there once, whole, verified and told once

The schedule, the ledger, runs, pages and notices are the real ones; the clock is the simulation's, and faults are put where they
strike: the clock, the disk, the export, the ledger's readers, the mail server, the package, the process.
"""

from __future__ import annotations

import errno
import random
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from audits.evaluation import recording
from audits.evidence.verify import verify
from audits.law.period import Period
from audits.operate import ledger, log, notify, store
from audits.operate.schedule import Schedule, load
from audits.publish import place
from audits.publish.due import Look, perform

from ..conftest import SMALL, WORKSPACE, no_self_test

FIRST_DAY = datetime(2025, 1, 1, 7, tzinfo=UTC)
JOBS = """
[notify.board]
url = "json://example.org"
on = ["done"]
[jobs.monthly]
period = "month"
cron = "0 6 1 * *"
since = "2024-12"
export = "exports/{period}.duckdb"
notebooks = ["data_quality"]
notify = ["board"]
[jobs.weekly]
period = "week"
cron = "0 6 * * 1"
since = "2025-W01"
export = "exports/{period}.duckdb"
notebooks = ["data_quality"]
reports = "weekly"
notify = ["board"]
"""


class Killed(BaseException):
    """As a process that is killed: nothing after it is done."""


@dataclass
class Year:
    """The folder of the simulation, its day, and who was told of what."""

    folder: Path
    dice: random.Random
    now: datetime = FIRST_DAY
    told: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    struck: Counter[str] = field(default_factory=Counter)

    @property
    def schedule(self) -> Schedule:
        return load(self.folder / "schedule.toml", WORKSPACE)

    def exports(self) -> list[Path]:
        return sorted((self.folder / "exports").glob("*.duckdb"))

    def export(self, expected: ledger.Expected) -> None:
        """An export of the day after a period, unless there is one."""
        path = self.folder / "exports" / f"{expected.period}.duckdb"
        if not path.exists():
            with duckdb.connect(str(path)) as con:
                con.execute(SMALL)
                con.execute("update export_info set exported_at = ?", [expected.due_at])

    def look(self) -> None:
        """What a cron job does; a killed one says nothing."""
        with suppress(Killed):
            perform(WORKSPACE, self.schedule, lambda: self.now, Look(explained=False))

    def deliver(self, target: Any, title: str, body: str, pages: list[Path]) -> bool:
        self.told[title] += 1
        return True


# The faults: each lasts a day.


@contextmanager
def patched(target: Any, name: str, value: Any) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(target, name, value)
        yield


@contextmanager
def clock_steps(year: Year) -> Iterator[None]:
    """Back by some days, or ahead: what is due too early has no export yet."""
    before, year.now = year.now, year.now + timedelta(days=year.dice.choice([-9, -1, 2]))
    yield
    year.now = before


def disk_full(year: Year) -> Any:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    return patched(place, year.dice.choice(["_flush", "_exchange"]), full)


@contextmanager
def export_late(year: Year) -> Iterator[None]:
    (year.folder / "exports").rename(year.folder / "elsewhere")
    yield
    (year.folder / "elsewhere").rename(year.folder / "exports")


@contextmanager
def export_corrupt(year: Year) -> Iterator[None]:
    whole = {path: path.read_bytes() for path in year.exports()}
    for path, content in whole.items():
        path.write_bytes(content[: len(content) // 3])
    yield
    for path, content in whole.items():
        path.write_bytes(content)


def export_replaced(year: Year) -> Any:
    class Other:
        def sha256(self) -> str:
            return "another"

    return patched(sys.modules["audits.publish.reuse"], "read_of", lambda *_: Other())


@contextmanager
def reader_on_ledger(year: Year) -> Iterator[None]:
    with ExitStack() as open_:
        for reports in year.schedule.places():
            if store.exists(reports):
                con = open_.enter_context(closing(sqlite3.connect(store.file_of(reports))))
                con.execute("begin")
                con.execute("select count(*) from runs").fetchone()
        yield


def mail_down(year: Year) -> Any:
    return patched(notify, "_deliver", lambda *_: False)


@contextmanager
def package_upgraded(year: Year) -> Iterator[None]:
    """From then on another version is at work."""
    recording._versions.cache_clear()
    version = f"0.0.{sum(year.faults.values())}"
    before = recording.version
    recording.version = lambda name: version if name == "privacy-audits" else before(name)  # type: ignore[assignment]
    yield


def killed(year: Year) -> Any:
    """At a moment of putting in place, where most would break."""
    steps, after = iter(range(99)), year.dice.randrange(6)

    def act(real: Callable[..., Any]) -> Callable[..., Any]:
        def acted(*arguments: Any, **more: Any) -> Any:
            if next(steps) == after:
                raise Killed
            return real(*arguments, **more)

        return acted

    @contextmanager
    def killing() -> Iterator[None]:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(place, "_exchange", act(place._exchange))
            patch.setattr(ledger, "placed", act(ledger.placed))
            patch.setattr("audits.publish.run.index.write", act(sys.modules["audits.publish.index"].write))
            patch.setattr("audits.publish.run._ended", lambda *arguments: arguments[-1])
            yield

    return killing()


FAULTS: tuple[Callable[[Year], Any], ...] = (
    clock_steps, disk_full, export_late, export_corrupt, export_replaced, reader_on_ledger, mail_down, package_upgraded, killed,
)  # fmt: skip


def lived(folder: Path, days: int, seed: int = 7) -> Year:
    """The year, lived through."""
    year = Year(folder, random.Random(seed))
    (folder / "exports").mkdir()
    (folder / "schedule.toml").write_text(JOBS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("audits.publish.run._self_test", no_self_test)
        patch.setattr(notify, "_deliver", year.deliver)
        patch.setattr(recording, "version", recording.version)
        for day in range(days):
            year.now = FIRST_DAY + timedelta(days=day)
            for expected in asked(year):
                year.export(expected)
            with fault(year, day):
                year.look()
        year.now += timedelta(hours=1)
        year.look()
    recording._versions.cache_clear()
    return year


@contextmanager
def fault(year: Year, day: int) -> Iterator[None]:
    due = any(e.due_at.date() == year.now.date() for e in asked(year))
    if day % 3 and not (due and year.dice.random() < 0.7):
        yield
        return
    chosen = min(FAULTS, key=lambda f: (year.struck[f.__name__] if due else year.faults[f.__name__], year.dice.random()))
    year.struck[chosen.__name__] += due
    year.faults[chosen.__name__] += 1
    with chosen(year):
        yield


def asked(year: Year) -> list[ledger.Expected]:
    """What the schedule asks for on its day."""
    return [e for name, job in year.schedule.jobs.items() for e in job.expected(name, year.now) if e.is_due]


def wrong(year: Year) -> list[str]:
    """What is not as it should be: every period there once, whole, verified, and told once."""
    found = []
    for expected in asked(year):
        reports = year.schedule.reports(expected.job)
        standing = [run for run in ledger.standing(reports) if run.period == expected.period]
        if len(standing) != 1:
            found.append(f"{expected.period}: stands {len(standing)} times")
            continue
        found += [f"{expected.period}: {line}" for line in verify(reports / expected.period).differences]
        found += [f"{expected.period}: {n}" for n in superseded(reports, expected.period)]
        if (told := year.told[title(expected)]) != 1:
            found.append(f"{expected.period}: told {told} times")
    return found + [f"left: {p}" for r in year.schedule.places() for p in (*r.glob(".*"), *r.glob("*-failed.html"))]


def superseded(reports: Path, period: str) -> list[str]:
    (standing,) = [s for s in ledger.periods(reports) if s.period == period]
    return [f"run {run} was published before" for run in standing.superseded]


def title(expected: ledger.Expected) -> str:
    from audits.show import wording

    period = Period.parse(expected.period)
    return f"Privacy audit of {wording.company(WORKSPACE.texts)}, {wording.days(period.first_day, period.last_day)}"


def main(days: int = 365) -> int:
    log.start()
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        year = lived(Path(folder), days)
        found, periods = wrong(year), len(asked(year))
        runs = Counter(o for r in year.schedule.places() for (o,) in store.rows(r, "select outcome from runs"))
    for line in found:
        print(line)
    print(f"{days} days, {sum(year.faults.values())} faults: {dict(sorted(year.faults.items()))}")
    print(f"on days when something was due: {dict(sorted(year.struck.items()))}")
    print(f"runs: {dict(runs)}; periods: {periods}, of which wrong: {len({line.split(':')[0] for line in found})}")
    print(f"{time.perf_counter() - began:.0f} s")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
