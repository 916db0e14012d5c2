"""Whoever of a run is killed, and whoever tells it to end: soon nothing of it is left, and what was published stands."""

from __future__ import annotations

import fcntl
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from audits.contract import scratch
from audits.contract.export import Settings, connect

from ..conftest import MakeDatabase
from .kills import Place, attempt

ENDLESS = """
create view requests as select r.* from source.requests as r
where (select count(*) from range(100000000) as a, range(100000000) as b where (a.range * b.range) % 7 = 3) > 1;
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return Place(tmp_path_factory.mktemp("kills"))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("target", "number"),
    [("main", signal.SIGKILL), ("main", signal.SIGTERM), ("worker", signal.SIGKILL)],
)
def test_nothing_outlives_a_run(place: Place, target: str, number: signal.Signals) -> None:
    trial = attempt(place, target, number, random.Random(target + number.name))
    assert not trial.faults, trial
    assert trial.exit_code in ({0, 3} if target != "main" or number != signal.SIGKILL else {0, -signal.SIGKILL})


@pytest.mark.slow
def test_the_engine_is_torn_from_what_would_never_end(database: MakeDatabase, tmp_path: Path) -> None:
    (tmp_path / "endless.sql").write_text(ENDLESS)
    command = [
        sys.executable,
        "-m",
        "audits",
        "evaluate",
        "--export",
        str(database()),
        "--adapter",
        str(tmp_path / "endless.sql"),
    ]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        busy = psutil.Process(process.pid)
        while busy.cpu_times().user < 4:  # by then it is deep in the statement
            time.sleep(0.1)
            assert process.poll() is None
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        said = process.communicate()[1]
    assert (process.returncode, said) == (3, "audits: was told to end; what was published before stands\n")
    assert time.monotonic() - began < 5


@pytest.fixture
def aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty place for temporary files."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    yield tmp_path


def test_what_a_killed_process_spilt_is_removed_and_what_a_living_one_spills_stays(aside: Path) -> None:
    code = "import os; from audits.contract.export import Settings, connect; con = connect(Settings()); os._exit(0)"
    subprocess.run([sys.executable, "-c", code], check=True, env={**os.environ, "TMPDIR": str(aside)})
    (left,) = aside.iterdir()
    with connect(Settings()):
        (aside / "another").mkdir()
        scratch.tidy()
        assert not left.exists()
        assert len(list(aside.iterdir())) == 2


def test_a_folder_that_is_not_locked_yet_is_made_again(aside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def tidied(handle: int, operation: int) -> None:
        monkeypatch.undo()
        next(aside.iterdir()).rmdir()

    monkeypatch.setattr(fcntl, "flock", tidied)
    assert scratch.folder(aside).is_dir()


def test_sockets_lie_where_their_paths_are_short(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    long = tmp_path / ("x" * 90)
    long.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(long))
    made = scratch.sockets.__wrapped__()
    assert (made.parent, made.stat().st_mode & 0o077) == (Path("/tmp"), 0)
    scratch.remove(made)
