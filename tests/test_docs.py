"""The examples in docs/ are what their tools accept."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner
from cronsim import CronSim

from audits import ledger
from audits.cli import main
from audits.period import Period
from audits.schedule import load

DOCS = Path(__file__).parents[1] / "docs"


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
    loaded = load(schedule)
    assert loaded.jobs["monthly"].due_at(Period.parse("2026-10")).isoformat() == "2026-11-03T06:00:00+01:00"
    assert loaded.jobs["weekly"].due_at(Period.parse("2026-W44")).isoformat() == "2026-11-02T07:00:00+01:00"
    assert loaded.job("monthly").of(Period.parse("2026-10")).export == str(schedule.parent / "exports" / "2026-10.duckdb")


def test_apprise_knows_the_addresses(schedule: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import apprise

    from audits.notify import _expanded

    values = {"MAIL_USER": "u", "MAIL_PASSWORD": "p", "TEAMS_WORKFLOW": "prod.logic.azure.com:443/643e69f83c8944/8fpw9Nld"}
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    assert all(apprise.Apprise().add(_expanded(target.url)) for target in load(schedule).notify.values())


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
        ["systemd-analyze", "verify", *(str(tmp_path / name) for name in units)], capture_output=True, text=True, check=False
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
    with duckdb.connect(str(tmp_path / ledger.FILE), read_only=True) as con:
        ((run, period, outcome, *_),) = con.execute(block).fetchall()
    assert (run, period, outcome) == (1, "2026-10", "running")
