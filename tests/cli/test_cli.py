"""The commands as a user types them: what they print, and how they end."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from audits.cli import main
from audits.show import tables

from ..conftest import WORKSPACE, MakeDatabase

README = Path(__file__).parents[2] / "README.md"


def audits(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments])


def test_deadline_prints_every_date_with_its_rule_and_source() -> None:
    result = audits("deadline", "--received", "2026-01-31", "--country", "DE", "--type", "access")
    assert result.exit_code == 0
    assert re.search(
        r"^policy +2026-03-02 +Requests handled within 30 days – JivoChat privacy policy", result.output, flags=re.MULTILINE
    )
    assert re.search(r"^statute +2026-03-02 +1 months – GDPR Art. 12\(3\)", result.output, flags=re.MULTILINE)


@pytest.mark.parametrize(
    ("arguments", "date"),
    [
        (("--rule", "20 working_days", "--country", "DE"), "2026-02-27"),
        (("--rule", "1 months", "--roll-over", "--country", "DE"), "2026-03-02"),
        (("--rule", "1 months", "--country", "DE"), "2026-02-28"),
        (("--rule", "1 months"), "2026-02-28"),
        (("--rule", "72 hours"), "2026-02-03"),
    ],
)
def test_deadline_counts_by_a_rule_of_ones_own(arguments: tuple[str, ...], date: str) -> None:
    assert audits("deadline", "--received", "2026-01-31", *arguments).output == f"{date}\n"


def test_deadline_as_json() -> None:
    result = audits("deadline", "--received", "2026-01-31", "--country", "DE", "--extended", "--json")
    assert json.loads(result.stdout) == {"due": {"policy": "2026-03-02", "statute": "2026-04-30"}}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("deadline", "--received", "2026-01-31", "--country", "XX"), "audits: --country 'XX'"),
        (
            ("deadline", "--received", "2026-01-31", "--country", "DE", "--roll-over"),
            "audits: --roll-over goes with --rule",
        ),
        (("deadline", "--received", "9999-12-31", "--country", "DE"), "audits: --received '9999-12-31' is of no year"),
        (("evaluate", "--export", "nowhere.duckdb"), "audits: nowhere.duckdb: no such file or folder"),
        (("evaluate", "--period", "soon"), "audits: period 'soon' is none"),
        (
            ("evaluate", "--control", "request_handled_in_thirty_day"),
            "did you mean request_handled_in_time?",
        ),
        (("explain", "transfers"), "audits: promise 'transfers' is unknown"),
        (("run", "--notebook", "request_sal"), "did you mean request_sla?"),
        (("check", "--export", "."), "audits: .: the folder holds no"),
        (("evaluate", "--fail-on", "unhappy"), "Invalid value for '--fail-on'"),
        (("evaluate", "--memory", "lots"), "audits: settings:"),
        (("new", "control", "Bad Name"), "audits: 'Bad Name' is no name for a control: write small letters"),
        (("new", "control", "own_deadline_kept"), "audits: control 'own_deadline_kept' exists: `audits explain"),
        (("new", "control", "a_new_one", "--section", "right"), "audits: section 'right' is unknown: did you mean rights?"),
        (("new", "control", "a_new_one", "--clause", "rights.handled-30-day"), "did you mean rights.handled-30-days?"),
        (("new", "notebook", "a_new_one", "--control", "own_deadline"), "did you mean own_deadline_kept?"),
        (("new", "notebook", "transfers", "--control", "own_deadline_kept"), "transfers.ipynb: exists; choose another name"),
        (("lab", "--export", "nowhere.duckdb"), "audits: nowhere.duckdb: no such file or folder"),
        (("schedule", "run"), "audits: schedule.toml: no such file; docs/scheduling.md shows one"),
        (("evaluate", "--period", ""), "audits: --period is empty; give it a value, or leave it out"),
        (("check", "--as-of", " "), "audits: --as-of is empty; give it a value, or leave it out"),
        (("run", "--period", "2026-12..2026-01"), "write the first and the last of one kind"),
    ],
)
def test_unusable_input_ends_with_2_and_one_line(
    arguments: tuple[str, ...], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = audits(*arguments)
    assert result.exit_code == 2
    assert says in result.stderr
    assert "Traceback" not in result.output
    if says.startswith("audits:"):
        assert result.stderr.count("\n") == 1


def test_evaluate_as_json_is_one_object(database: MakeDatabase) -> None:
    result = audits("evaluate", "--export", database(), "--period", "2026-06", "--json")
    assert result.exit_code == 0
    printed = json.loads(result.stdout)
    assert printed["period"] == "2026-06"
    assert {p["id"] for p in printed["promises"]} == set(WORKSPACE.promises)


def test_evaluate_says_what_it_did_not_read(tmp_path: Path) -> None:
    (tmp_path / "requests.csv").write_text("request_id,type,recieved_at\nr,access,2026-01-01\n")
    (tmp_path / "budget.csv").write_text("a,b\n1,2\n")
    result = audits("evaluate", "--export", str(tmp_path), "--as-of", "2026-06-30", "--json")
    assert json.loads(result.stdout)["period"] == "2026-06"
    assert "requests.recieved_at was not read: the contract has no such column; is it received_at?" in result.stderr
    assert "is not read: budget.csv" in result.stderr


def test_evaluate_some_controls_only(database: MakeDatabase) -> None:
    result = audits("evaluate", "--export", database(), "--control", "own_deadline_kept", "--json")
    assert [p["id"] for p in json.loads(result.stdout)["promises"]] == ["jivochat/own_deadline_kept"]


@pytest.mark.parametrize(("status", "code"), [("not_satisfied", 1), ("violation", 1), ("error", 0), ("not_assessed", 1)])
def test_fail_on_a_status_ends_with_1(database: MakeDatabase, status: str, code: int) -> None:
    assert audits("evaluate", "--export", database(), "--period", "2026-06", "--fail-on", status).exit_code == code


def test_check_counts_what_is_bad(database: MakeDatabase) -> None:
    path = database("update requests set closed_at = '2026-05-01 00:00:00+00' where request_id = 'r1';")
    result = audits("check", "--export", path)
    assert result.exit_code == 0
    assert "✗ 1 of 3 rows of requests break: closed_at >= received_at (r1)" in result.output
    assert "○ not tested" in result.output
    printed = json.loads(audits("check", "--export", path, "--json").stdout)
    assert [c["keys"] for c in printed["constraints"] if c["bad"]] == [["r1"]]
    assert {p["passed"] for p in printed["population"]} == {True, None}


def test_controls_are_listed() -> None:
    listed = audits("controls").output
    assert not [c for c in WORKSPACE.catalogue if c not in listed]
    assert [c["id"] for c in json.loads(audits("controls", "--json").stdout)] == list(WORKSPACE.catalogue)


@pytest.mark.parametrize("control", list(WORKSPACE.catalogue))
def test_what_is_explained_has_clause_rule_parameters_reasons_and_query(control: str) -> None:
    for p in WORKSPACE.find(control):
        said = tables.explanation(p).text
        clauses = [part for c in p.clauses for part in (c.id, c.duty)]
        parts = (p.id, p.title, p.remedy, p.owner, *clauses, *p.values, *p.reasons, *p.reasons.values(), p.control.sql)
        assert not [part for part in parts if part not in said]


def test_explain_explains_every_promise_of_a_name() -> None:
    promises = WORKSPACE.find("subscriber_duty_evidenced")
    assert len(promises) > 1
    said = audits("explain", "subscriber_duty_evidenced").output
    assert not [p.id for p in promises if tables.explanation(p).text not in said]


def test_sample_writes_a_database_and_what_was_planted(tmp_path: Path) -> None:
    result = audits("sample", "--out", tmp_path / "s.duckdb", "--accounts", "50")
    assert result.exit_code == 0
    assert result.output.split() == [str(tmp_path / "s.duckdb"), str(tmp_path / "s.expected.json")]
    assert audits("check", "--export", tmp_path / "s.duckdb").exit_code == 0


def test_every_command_stands_in_the_readme() -> None:
    text = README.read_text(encoding="utf-8")
    assert not [name for name in main.commands if f"audits {name}" not in text]


def commands(group: click.Group, names: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, (*names, name))
        else:
            yield (*names, name), command


@pytest.mark.parametrize(("names", "command"), [pytest.param(n, c, id=" ".join(n)) for n, c in commands(main)])
def test_the_help_of_a_command_shows_how_it_is_called(names: tuple[str, ...], command: click.Command) -> None:
    shown = audits(*names, "--help").output
    examples = [line.strip() for line in shown.splitlines() if line.strip().startswith(f"audits {' '.join(names)}")]
    assert examples, shown
    options = {option for p in command.params for option in (*p.opts, *p.secondary_opts)}
    ours = {option for example in examples for option in re.findall(r"--[a-z-]+", example)}
    assert ours <= options | {"--port"}
    assert all(p.help for p in command.params if isinstance(p, click.Option))


def test_controls_are_selected_by_framework() -> None:
    named = audits("controls", "--framework", "CCPA").output
    assert "request_acknowledged" in named
    assert "transfer_has_valid_mechanism" not in named
    assert audits("controls", "--framework", "Magna").exit_code == 2


def test_what_nobody_foresaw_is_one_line_and_its_words_are_kept_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def quotes_the_data(*_: object) -> None:
        raise ZeroDivisionError("max@example.org")

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr("audits.evaluation.job.evaluated", quotes_the_data)
    result = audits("evaluate")
    (kept,) = tmp_path.glob("audits-*.log")
    assert result.exit_code == 3
    assert result.stderr == f"audits: unexpected ZeroDivisionError; please report it, with {kept}\n"
    assert "ZeroDivisionError: max@example.org" in kept.read_text(encoding="utf-8")
    assert kept.stat().st_mode & 0o077 == 0


def shell(command: str) -> subprocess.CompletedProcess[str]:
    """What a shell makes of a line, in which `audits` is ours."""
    ours = f'audits() {{ "{sys.executable}" -m audits "$@"; }}'
    return subprocess.run(["bash", "-o", "pipefail", "-c", f"{ours}; {command}"], capture_output=True, text=True)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("audits --help | true", 141),
        ("audits controls | true", 141),
        ("audits explain own_deadline_kept <&- >&- 2>&-", 0),
        ("audits explain own_deadline_kept > /dev/full", 3),
        ("audits explain unknown 2> /dev/full", 2),
        ("audits unknown 2> /dev/full", 2),
        ("PYTHONIOENCODING=ascii audits explain own_deadline_kept", 0),
    ],
)
def test_however_its_streams_are_a_command_ends_with_its_code(line: str, code: int) -> None:
    ran = shell(line)
    assert (ran.returncode, "Traceback" in ran.stderr) == (code, False), ran.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("evaluate", "--period", "9999-W52"), "period '9999-W52' is none"),
        (("verify", "/"), "/: is no period: name a published period"),
        (("sample", "--out", "x", "--accounts", "9" * 30), "a sample has at most 100,000,000"),
        (("init", "x", "--company", "X\nkeep = 1"), "--company X?keep = 1: holds what cannot be printed"),
        (("run", "--out", "a{b}", "--period", "2026-09"), "a{b}: its path holds braces"),
    ],
)
def test_what_cannot_be_meant_is_said_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = audits(*arguments)
    assert (result.exit_code, says in result.stderr, result.stderr.count("\n")) == (2, True, 1)


def test_a_sample_is_written_over_samples_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "requests.csv").write_text("precious", encoding="utf-8")
    (tmp_path / "other.expected.json").write_text("{}", encoding="utf-8")
    for name in ("mine", "other"):
        result = audits("sample", "--out", tmp_path / name, "--accounts", "1")
        assert (result.exit_code, "is there and no sample" in result.stderr) == (2, True)
    assert (tmp_path / "mine" / "requests.csv").read_text(encoding="utf-8") == "precious"
    for _ in range(2):
        assert audits("sample", "--out", tmp_path / "new", "--accounts", "1").exit_code == 0
