"""Somebody who installs the wheel, with no checkout near: a fresh virtual environment, an empty folder, every thing travels along."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from ..explore.test_explore import lab_that_answers

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of a virtual environment that has our wheel and what it says it needs, in the versions of the lock file."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, ROOT]
    subprocess.run(build, check=True, capture_output=True)
    subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
    (wheel,) = folder.glob("*.whl")
    programs: Path = folder / "venv" / "bin"
    install(programs, str(wheel))
    return programs


def install(programs: Path, what: str) -> None:
    """Install something in the versions of the lock file."""
    locked = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    versions = programs.parents[1] / "versions.txt"
    # A constraint has no extras.
    named = re.findall(r"^[a-z].*?==[^\\\n]*", locked, flags=re.MULTILINE)
    versions.write_text("\n".join(re.sub(r"\[.*?\]", "", version) for version in named))
    command = [programs / "python", "-m", "pip", "install", "--quiet", "--constraint", versions, what]
    subprocess.run(command, check=True, capture_output=True)


def run(installed: Path, folder: Path, *arguments: str) -> str:
    command = [installed / "audits", *arguments]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout


def test_the_installed_wheel_works_in_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    """One test, since the installation takes most of its time, and each worker would make its own."""
    where = [installed / "python", "-c", "import audits; print(audits.__file__)"]
    package = Path(subprocess.run(where, cwd=tmp_path, check=True, capture_output=True, text=True).stdout.strip()).parent
    assert installed.parent in package.parents
    what_is_needed_travels(package)
    run(installed, tmp_path, "sample", "--out", "mine.duckdb", "--accounts", "200")
    pages = run(installed, tmp_path, "run", "--export", "mine.duckdb", "--notebook", "executive").split()
    assert [Path(p).name for p in pages] == ["executive.html", "index.html"]
    assert all((tmp_path / p).exists() for p in pages)
    assert "as it was published" in run(installed, tmp_path, "verify", str(Path(pages[0]).parent))
    run(installed, tmp_path, "run", "--notebook", "coverage", "--out", "sample")  # the sample travels along
    run(installed, tmp_path, "selftest", "--control", "request_handled_in_time")
    without = subprocess.run([installed / "audits", "lab"], cwd=tmp_path, check=False, capture_output=True, text=True)
    assert (without.returncode, without.stderr) == (2, "audits: JupyterLab is not installed: pip install 'privacy-audits[lab]'\n")
    (wheel,) = installed.parents[1].glob("*.whl")
    install(installed, f"{wheel}[lab]")
    with lab_that_answers(installed / "python", tmp_path):
        assert (tmp_path / "notebooks" / "explore.ipynb").exists()


def what_is_needed_travels(package: Path) -> None:
    for there, here in (
        (package / "_notebooks", ROOT / "notebooks"),
        (package / "_data" / "samples", ROOT / "data" / "samples"),
        *(
            (package / f, ROOT / "audits" / f)
            for f in ("controls/rights", "publish/template", "law/facts", "explore/skeletons", "samples/sections", ".")
        ),
    ):
        assert {f.name for f in there.iterdir() if f.is_file()} == {f.name for f in here.iterdir() if f.is_file()}, there
