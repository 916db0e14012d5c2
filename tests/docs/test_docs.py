"""The examples in docs/ are what their tools accept."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import nbformat
import pytest
import yaml
from click.testing import CliRunner
from cronsim import CronSim

from audits.cli import main
from audits.law.period import Period
from audits.operate import ledger, store
from audits.operate.schedule import load
from docs import house, pages

from .. import needs
from ..conftest import WORKSPACE

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"


def blocks(page: str, language: str) -> list[str]:
    """The fenced blocks of a page that are of a language."""
    text = (DOCS / page).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, flags=re.DOTALL | re.MULTILINE)


def commands_known(text: str) -> None:
    """Every call of `bin/audits …` in a text, at least one, names a command and options that it has."""
    calls = re.findall(r"bin/audits ([^\n\"]+)", text)
    assert calls
    for call in calls:
        words = re.split(r" (?=-|\d>)", call)[0].split()
        shown = CliRunner().invoke(main, [*words, "--help"])
        assert shown.exit_code == 0, words
        assert [option for option in re.findall(r"--[a-z-]+", call) if option not in shown.output] == [], call


@pytest.fixture
def schedule(tmp_path: Path) -> Path:
    (block,) = blocks("scheduling.md", "toml")
    (tmp_path / "schedule.toml").write_text(block)
    return tmp_path / "schedule.toml"


def test_the_schedule_is_one(schedule: Path) -> None:
    loaded = load(schedule, WORKSPACE)
    assert loaded.jobs["monthly"].due_at(Period.parse("2026-10")).isoformat() == "2026-11-03T06:00:00+01:00"
    assert loaded.jobs["weekly"].due_at(Period.parse("2026-W44")).isoformat() == "2026-11-02T07:00:00+01:00"
    assert loaded.job("monthly").of(Period.parse("2026-10")).export == str(schedule.parent / "exports" / "2026-10.duckdb")


def test_apprise_knows_the_addresses(schedule: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import apprise

    from audits.operate.notify import _expanded

    values = {"MAIL_USER": "u", "MAIL_PASSWORD": "p", "TEAMS_WORKFLOW": "prod.logic.azure.com:443/643e69f83c8944/8fpw9Nld"}
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    assert all(apprise.Apprise().add(_expanded(target.url)) for target in load(schedule, WORKSPACE).notify.values())


def test_the_line_of_cron_calls_a_command() -> None:
    (block,) = blocks("scheduling.md", "crontab")
    line = block.splitlines()[-1]
    assert next(CronSim(" ".join(line.split()[:5]), datetime(2026, 1, 1, 0, 1, tzinfo=UTC))).minute == 10
    commands_known(line)


def test_systemd_takes_its_units(tmp_path: Path) -> None:
    text = (DOCS / "scheduling.md").read_text(encoding="utf-8")
    units = dict(re.findall(r"^```systemd (\S+)\n(.*?)^```", text, flags=re.DOTALL | re.MULTILINE))
    assert set(units) == {"audits.service", "audits.timer"}
    for name, content in units.items():
        (tmp_path / name).write_text(content)
    commands_known(units["audits.service"])
    checked = subprocess.run(
        [needs.program("systemd-analyze"), "verify", *(str(tmp_path / name) for name in units)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (checked.returncode, [line for line in checked.stderr.splitlines() if str(tmp_path) in line or "audits" in line]) == (
        0,
        [],
    )


def test_the_workflow_is_one_that_github_takes(tmp_path: Path) -> None:
    (block,) = blocks("scheduling.md", "yaml")
    (tmp_path / "workflow.yaml").write_text(block)
    commands_known(block)
    check = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows"]
    subprocess.run([*check, tmp_path / "workflow.yaml"], check=True, capture_output=True)


def test_the_dag_is_python_with_one_task_that_calls_a_command() -> None:
    (block,) = blocks("scheduling.md", "python")
    tree = ast.parse(block)
    (command,) = [k.value.value for k in ast.walk(tree) if isinstance(k, ast.keyword) and k.arg == "bash_command"]  # type: ignore[attr-defined]
    commands_known(command)


def test_the_query_reads_a_ledger(tmp_path: Path) -> None:
    ledger.begin(tmp_path, Period.parse("2026-10"))
    (block,) = blocks("scheduling.md", "sql")
    ((run, period, outcome, *_),) = store.rows(tmp_path, block.strip().removesuffix(";"))
    assert (run, period, outcome) == (1, "2026-10", "running")


# What is made from the code, and what holds for every page


@pytest.mark.parametrize("page", pages.PAGES)
def test_a_page_made_from_the_code_is_current(page: str) -> None:
    assert (ROOT / page).read_text(encoding="utf-8") == pages.PAGES[page](WORKSPACE), "run `make docs`"


def test_the_house_is_told_room_by_room() -> None:
    text = (DOCS / "architecture.md").read_text(encoding="utf-8")
    assert [name.lower() for name in re.findall(r"^## (\w+)$", text, flags=re.MULTILINE)] == [box.name for box in house.boxes()]
    for path in re.findall(r"`((?:audits|docs|notebooks|tests)/[^<`]*)", text):
        assert list(ROOT.glob(path)), path


@pytest.mark.slow
def test_the_site_is_built_without_a_broken_link(tmp_path: Path) -> None:
    build = [
        sys.executable,
        "-m",
        "sphinx",
        "--quiet",
        "--fail-on-warning",
        "--keep-going",
        "--fresh-env",
        str(DOCS),
        str(tmp_path),
    ]
    subprocess.run(build, check=True, capture_output=True, text=True)
    assert (tmp_path / "tutorial.html").exists()


def test_links_of_the_pages_at_the_root_lead_somewhere() -> None:
    for page in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"):
        for link in re.findall(r"\]\(([^)#]+)", (ROOT / page).read_text(encoding="utf-8")):
            assert link.startswith("https://") or (ROOT / link).exists(), f"{page}: {link}"


def test_notebooks_hold_no_output_but_of_checked_cells() -> None:
    for file in sorted((ROOT / "notebooks").glob("*.ipynb")):
        notebook = nbformat.read(file, as_version=4)
        assert set(notebook.metadata) - {"audits"} == {"kernelspec", "language_info"}, file.name
        for cell in (c for c in notebook.cells if c.cell_type == "code"):
            checked = cell.source.startswith("# NBVAL_CHECK_OUTPUT")
            assert (bool(cell.outputs), cell.execution_count) == ((True, 1) if checked else (False, None)), file.name
            assert ("keep_output" in cell.metadata.get("tags", [])) == checked, file.name


def test_hooks_are_programs_of_the_lock_file() -> None:
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    locked = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    for hook in config["repos"][0]["hooks"]:
        program = hook["entry"].split()[0].removeprefix(".venv/bin/")
        assert re.search(rf"^{program}==", locked, flags=re.MULTILINE), program


# The tutorial: every command, as it stands, in an empty folder


ON_A_FIXED_DAY = """
from datetime import UTC, datetime
from audits import cli
from audits.cli import scheduled
scheduled._now = lambda: datetime(2026, 11, 25, tzinfo=UTC)
if __name__ == "__main__":
    cli.main()
"""


@pytest.mark.slow
def test_the_tutorial_works_as_it_stands(tmp_path: Path) -> None:
    program = tmp_path / "bin" / "audits"
    program.parent.mkdir()
    program.write_text(f"#!{sys.executable}\n{ON_A_FIXED_DAY}\n")
    program.chmod(0o755)
    folder = tmp_path / "empty"
    folder.mkdir()
    script = re.sub(r"^\$ ", "", "\n".join(blocks("tutorial.md", "console")), flags=re.MULTILINE)
    env = {**os.environ, "PATH": f"{program.parent}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    ran = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script], cwd=folder, env=env, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout[-3000:] + ran.stderr[-3000:]
    reports = folder / "nordwind" / "reports"
    own = "Every request is answered within 10 days"
    assert own in (reports / "2026-09" / "section-your-rights.html").read_text(encoding="utf-8")
    first = (reports / "2026-10" / "section-your-rights.html").read_text(encoding="utf-8")
    assert "Requests to access, change or remove data are handled within 21 days (proposed)" in first
    assert "3 of 5 promises can be assessed" in ran.stdout
    assert re.search(r"■ broken +nordwind_gmbh/request_handled_in_time: .* 2 kept, 1 broken", ran.stdout)
    assert ran.stdout.count("✓   7 / 7   told_in_ten_days: worked examples") == 2
    assert re.search(r"✓ +(\d+) / \1 +told_in_ten_days: answered too late", ran.stdout)
    assert "monthly: next 2026-" in ran.stdout
    assert "reports/2026-09: as it was published" in ran.stdout


def test_what_is_said_to_be_tested_is() -> None:
    page = (DOCS / "security.md").read_text(encoding="utf-8")
    tests = "\n".join(file.read_text(encoding="utf-8") for file in sorted((ROOT / "tests").rglob("test_*.py")))
    named = set(re.findall(r"`(test_\w+)`", page))
    assert named
    assert [name for name in sorted(named) if f"def {name}(" not in tests] == []
    rows = re.findall(r"^\| (?!what|-)(.*) \|$", page.replace("|---|---|---|\n", ""), flags=re.MULTILINE)
    assert [row for row in rows if "`test_" not in row] == []
