"""Publishes on a disk that has less and less room, in a mount of its own: see test_faults.py. Prints a JSON line a run.

unshare --mount python -m tests.publish.full_disk FOLDER     # FOLDER has export.duckdb and reports/, published once
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from audits.errors import RunFailed, Unusable
from audits.evaluation.job import Job
from audits.publish.run import run

from ..conftest import WORKSPACE, no_self_test
from .test_faults import differences, hidden, outcomes

ROOM_KB = (0, 30, 1500, 4500, 4800, 6000, 9000)


def main(folder: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("audits.publish.run._self_test", no_self_test)
        for room in ROOM_KB:
            print(json.dumps({"room": room, **publish(folder, room)}), flush=True)


def publish(folder: Path, room: int) -> dict[str, object]:
    disk = folder / "disk"
    disk.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "none", disk], check=True)
    try:
        reports = disk / "reports"
        for name in ("reports", "evidence"):
            shutil.copytree(folder / name, disk / name)
        used = int(subprocess.run(["du", "-sk", disk], check=True, capture_output=True, text=True).stdout.split()[0])
        subprocess.run(["mount", "-o", f"remount,size={used + room}k", disk], check=True)
        said = attempt(folder / "export.duckdb", reports)
        left = hidden(reports)
        subprocess.run(["mount", "-o", "remount,size=64m", disk], check=True)
        before, again = outcomes(reports), attempt(folder / "export.duckdb", reports)
        found = differences(reports)
        return {"said": said, "left": left, "before": before, "again": again, "outcomes": outcomes(reports), "differences": found}
    finally:
        subprocess.run(["umount", disk], check=True)


def attempt(export: Path, reports: Path) -> str:
    try:
        run(WORKSPACE, Job(export=str(export), period="2026-06"), ["data_quality"], reports)
    except (RunFailed, Unusable, OSError) as error:
        return f"{type(error).__name__}: {error}"
    return "published"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
