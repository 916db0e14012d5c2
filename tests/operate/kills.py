"""Kills and signals at random moments of a small run, of each of its processes, and what they leave.

    python -m tests.operate.kills [--kills 50] [--signals 50] [--seed 1]

main is the command, server the process that kernels and the self-test (worker) are forks of. A kill of main, or a signal that
tells it to end, is to end everything within five seconds. A kill of another one is the run's failure: nothing is to outlive it
by five seconds. After each: is a lock held, and is what stands published whole? At the end a run has to succeed and be verified.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import duckdb
import psutil

from audits.evidence.verify import verify
from audits.operate import folders
from audits.publish import place

from ..conftest import SMALL

SOON_S = 5.0
ROLES = ("main", "server", "worker", "kernel")
TEXT = """
id = "short"
company = "Short"
title = "Short policy"
in_force_from = 2020-01-01

[leadership]
headlines = ["request_handled_in_time"]

[leadership.owners]
rights = "Support"

[[promises]]
use = "request_handled_in_time"
days = 30

[[clauses]]
id = "rights.month"
section = "Rights"
duty = "Requests are handled within 30 days"
kind = "measured"
promises = ["request_handled_in_time"]
"""


@dataclass(frozen=True)
class Trial:
    """One kill or signal: whether it came before the run's end, and what followed."""

    target: str
    number: signal.Signals
    came: bool
    ended_s: float
    exit_code: int | None
    left: int
    locked: bool
    differences: list[str]

    @property
    def faults(self) -> list[str]:
        late = self.ended_s > SOON_S
        found = {"late": late, "processes left": self.left > 0, "lock held": self.locked, "not whole": bool(self.differences)}
        return [name for name, is_so in found.items() if is_so]


class Place:
    """A folder with a small export and text, and its period published once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.reports = folder / "reports"
        self.temporary = folder / "tmp"
        self.temporary.mkdir()
        with duckdb.connect(str(folder / "export.duckdb")) as con:
            con.execute(SMALL)
        (folder / "short.toml").write_text(TEXT)
        self.spans = self._spans()

    def start(self) -> subprocess.Popen[bytes]:
        """A run whose lines are read through a pipe, as by `| tail`."""
        command = [sys.executable, "-m", "audits", "run", "--export", "export.duckdb", "--text", "short.toml"]
        command += ["--period", "2026-06", "--notebook", "data_quality", "--out", "reports"]
        root = str(Path(__file__).parents[2])
        env = {**os.environ, "TMPDIR": str(self.temporary), "PYTHONPATH": root}
        return subprocess.Popen(command, cwd=self.folder, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    def run(self) -> int:
        """A run that nobody disturbs; gives its exit code."""
        process = self.start()
        process.communicate()
        return process.returncode

    def _spans(self) -> dict[str, float]:
        """How long each process lives in a run that nobody disturbs."""
        first: dict[str, float] = {}
        last: dict[str, float] = {}
        process = self.start()
        while process.poll() is None:
            for role in family(process.pid):
                first.setdefault(role, time.monotonic())
                last[role] = time.monotonic()
            time.sleep(0.02)
        said = process.communicate()[0].decode()
        assert process.returncode == 0, said
        return {role: last[role] - first[role] for role in first}

    def is_locked(self) -> bool:
        with (folders.evidence(self.reports) / ".lock").open("rb") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
            return False

    def differences(self) -> list[str]:
        place.settle(self.reports)
        return verify(self.reports / "2026-06").differences

    def left_aside(self) -> int:
        """How many folders of its own a process left where temporary files lie."""
        return len(list(self.temporary.iterdir()))


def family(pid: int) -> dict[str, psutil.Process]:
    """The processes of a run by their role; `tracker` is Python's own, which ends with the last of the others."""
    found: dict[str, psutil.Process] = {}
    try:
        main = psutil.Process(pid)
        for process in main.children(recursive=True):
            words = " ".join(process.cmdline())
            if "resource_tracker" in words:
                found["tracker"] = process
            elif "forkserver" in words and process.ppid() == pid:
                found["server"] = process
            elif "forkserver" in words:
                found["worker" if process.cwd() == main.cwd() else "kernel"] = process
        found["main"] = main
    except (psutil.Error, OSError):
        pass
    return found


def attempt(place: Place, target: str, number: signal.Signals, chance: random.Random) -> Trial:
    """Send a signal to a process of a run, somewhere in its life."""
    process = place.start()
    after = chance.uniform(0, place.spans[target])
    while target not in (there := family(process.pid)) and process.poll() is None:
        time.sleep(0.005)
    if target in there:
        time.sleep(after)
    all_there = family(process.pid)
    came = process.poll() is None and target in all_there
    if came:
        _send(all_there[target], number)
    began = time.monotonic()
    if target != "main":
        process.wait(120)
        began = time.monotonic()
    try:
        process.communicate(timeout=2 * SOON_S)  # also until nobody holds the pipe
    except subprocess.TimeoutExpired:
        process.kill()
    ended_s = time.monotonic() - began
    left = _left([p for role, p in all_there.items() if role != "main"], began + SOON_S)
    return Trial(target, number, came, ended_s, process.returncode, left, place.is_locked(), place.differences())


def _left(family: list[psutil.Process], until: float) -> int:
    """How many of them live on at an instant; one that nobody has asked for its exit code does not live."""
    alive = [process for process in family if _lives(process)]
    while alive and time.monotonic() < until:
        time.sleep(0.05)
        alive = [process for process in alive if _lives(process)]
    return len(alive)


def _lives(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _send(process: psutil.Process, number: signal.Signals) -> None:
    try:
        process.send_signal(number)
    except psutil.NoSuchProcess:
        return


def trials(place: Place, kills: int, signals: int, seed: int) -> Iterator[Trial]:
    """So many kills of the processes, and so many signals to main, which tell it to end, in any order."""
    chance = random.Random(seed)
    asked = [(ROLES[n % len(ROLES)], signal.SIGKILL) for n in range(kills)]
    asked += [("main", (signal.SIGTERM, signal.SIGINT)[n % 2]) for n in range(signals)]
    chance.shuffle(asked)
    for target, number in asked:
        yield attempt(place, target, number, chance)


HEAD = f"{'':16}{'tried':>7}{'too late':>9}{'within 5 s':>11}{'longest':>9}{'process':>9}{'lock':>6}{'half':>6}  exit codes"


def table(found: list[Trial]) -> list[str]:
    """A line for each process and signal."""
    lines = [HEAD]
    for target, number in dict.fromkeys((t.target, t.number) for t in found):
        these = [t for t in found if (t.target, t.number) == (target, number)]
        came = [t for t in these if t.came]
        faults = Counter(fault for t in came for fault in t.faults)
        codes = Counter(t.exit_code for t in came)
        lines.append(
            f"{target:8}{number.name:8}{len(these):7}{len(these) - len(came):9}{len(came) - faults['late']:11}"
            f"{max((t.ended_s for t in came), default=0):8.1f}s{faults['processes left']:9}{faults['lock held']:6}"
            f"{faults['not whole']:6}  {', '.join(f'{code}: {n}' for code, n in codes.most_common())}"
        )
    return lines


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--kills", type=int, default=50)
    arguments.add_argument("--signals", type=int, default=50)
    arguments.add_argument("--seed", type=int, default=1)
    asked = arguments.parse_args()
    signal.signal(signal.SIGINT, signal.default_int_handler)  # in the background of a shell nobody would hear it
    with tempfile.TemporaryDirectory() as name:
        place = Place(Path(name))
        print("lives of", ", ".join(f"{role} {span:.1f} s" for role, span in place.spans.items()), flush=True)
        found: list[Trial] = []
        with suppress(KeyboardInterrupt):  # enough was seen
            for trial in trials(place, asked.kills, asked.signals, asked.seed):
                found.append(trial)
                if trial.faults:
                    print(trial, flush=True)
        aside = place.left_aside()
        code = place.run()
        print("\n".join(table(found)))
        print(f"the next run ended with {code}; folders left aside: {aside} before it, {place.left_aside()} after it")
        print(f"verified: {place.differences() or 'as it was published'}")


if __name__ == "__main__":
    main()
