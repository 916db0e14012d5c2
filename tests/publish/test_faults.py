"""What can go wrong while a period is published, and what then stands in reports/: whole periods, and a ledger that opens."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from audits.contract.export import read_of
from audits.errors import RunFailed, Unusable
from audits.evaluation.job import Job
from audits.evidence import manifest
from audits.evidence.verify import verify
from audits.operate import folders, ledger, store
from audits.publish import place
from audits.publish.run import run
from audits.workspace import Workspace, our_notebooks

from .. import needs
from ..cli.test_cli import audits
from ..conftest import WORKSPACE

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("without_self_test")]
SMALL_RUN = ("--period", "2026-06", "--notebook", "data_quality")


def command(export: Path, reports: Path) -> list[str]:
    return [sys.executable, "-m", "audits", "run", "--export", str(export), "--out", str(reports), *SMALL_RUN]


def outcomes(reports: Path) -> list[str]:
    return [o for (o,) in store.rows(reports, "select outcome from runs order by run")]


def hidden(reports: Path) -> list[str]:
    return sorted(f.name for folder in (reports, folders.evidence(reports)) for f in folder.glob(".*"))


def differences(reports: Path, period: str = "2026-06") -> list[str]:
    return verify(reports / period).differences


def evidence(period: Path) -> Path:
    return folders.evidence(period.parent) / period.name


def whole(reports: Path) -> bool:
    """Whether what is published is one run's work, byte by byte."""
    return [line for line in differences(reports) if not line.startswith(manifest.FILE)] == []


@pytest.fixture
def published(folder: Path) -> tuple[Path, Path]:
    """The small export, and its published period to break."""
    with store.writing(folder / "reports") as written:
        written.execute("update runs set inputs_sha256 = null")  # a run over it is a whole one: no results are used again
    return folder / "export.duckdb", folder / "reports"


def test_a_period_is_verified_as_it_was_published(published: tuple[Path, Path]) -> None:
    result = audits("verify", published[1] / "2026-06")
    assert (result.exit_code, "as it was published" in result.output) == (0, True)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (
            lambda p: (p / "data_quality.html").write_bytes((p / "data_quality.html").read_bytes()[:-1] + b" "),
            "data_quality.html: was changed",
        ),
        (lambda p: (p / "data_quality.html").unlink(), "data_quality.html: is missing"),
        (lambda p: (p / "more.html").write_text("x"), "more.html: was added"),
        (
            lambda p: (evidence(p) / "x.ipynb").symlink_to("/etc/hostname"),
            "evidence/x.ipynb: was added",
        ),
        (lambda p: rewrite(p, lambda m: m["files"].pop("data_quality.html")), "is not the one that the ledger names"),
        (lambda p: rewrite(p, lambda m: m.update(previous="0" * 64)), "is not the one that the ledger names"),
    ],
)
def test_each_difference_is_found(published: tuple[Path, Path], change: object, says: str) -> None:
    period = published[1] / "2026-06"
    change(period)  # type: ignore[operator]
    result = audits("verify", period)
    assert result.exit_code == 1
    assert says in result.output


def rewrite(period: Path, change: object) -> None:
    file = evidence(period) / manifest.FILE
    content = json.loads(file.read_text())
    change(content)  # type: ignore[operator]
    file.write_text(json.dumps(content))


def test_runs_form_a_chain_and_a_reordered_one_is_found(published: tuple[Path, Path]) -> None:
    export, reports = published
    for period in ("2026-05", "2026-06"):
        run(WORKSPACE, Job(export=str(export), period=period), ["data_quality"], reports)
    assert [link.run for link in ledger.links(reports)] == [1, 2, 3]
    assert differences(reports, "2026-05") == differences(reports) == []
    with store.writing(reports) as written:
        written.execute("update runs set run = case run when 1 then 20 when 2 then 10 else 30 end")
    assert any("does not follow the run before it" in line for line in differences(reports))


def test_two_published_periods_are_compared(published: tuple[Path, Path]) -> None:
    export, reports = published
    run(WORKSPACE, Job(export=str(export), period="2026-05"), ["data_quality"], reports)
    found = json.loads(audits("diff", "2026-05", "2026-06", "--out", reports, "--json").stdout)
    late = next(c for c in found if c["promise_id"] == "jivochat/request_handled_in_time")
    assert (late["status"], late["later_status"], late["later_violation"]) == ("no_population", "not_satisfied", 1)
    said = audits("diff", "2026-05", "2026-06", "--out", reports).output
    assert "request_handled_in_time: nothing fell due → ■ broken; broken 0 → 1" in said
    assert said.endswith(f"{len(found)} promises stand otherwise in 2026-06 than in 2026-05\n")
    assert audits("diff", "2026-06", "2026-06", "--out", reports, "--json").output == "[]\n"
    unknown = audits("diff", "2026-05", "2026-66", "--out", reports)
    assert (unknown.exit_code, "did you mean 2026-06?" in unknown.stderr) == (2, True)


def test_a_folder_without_a_manifest_cannot_be_verified(tmp_path: Path) -> None:
    result = audits("verify", tmp_path)
    assert result.exit_code == 2
    assert "holds no manifest.json" in result.stderr


QUICK = "import audits.publish.run, tests.conftest; audits.publish.run._self_test = tests.conftest.no_self_test; from audits.cli import main; main()"


def test_whenever_a_run_is_killed_whole_periods_stand_and_the_ledger_opens(published: tuple[Path, Path]) -> None:
    export, reports = published
    quick = [sys.executable, "-c", QUICK, *command(export, reports)[3:]]
    began = time.perf_counter()
    subprocess.run(quick, check=True, capture_output=True)
    lasts = time.perf_counter() - began
    moments = random.Random(7)
    killed = 0
    for _ in range(8):
        process = subprocess.Popen(quick, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        began = time.perf_counter()
        try:
            process.wait(timeout=moments.uniform(0.2, lasts * 1.05))
            lasts = min(lasts, time.perf_counter() - began)  # the first run may have been slow
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            killed += 1
        assert whole(reports)
        place.settle(reports)
        assert differences(reports) == []
    assert killed > 1
    run(WORKSPACE, Job(export=str(export), period="2026-06"), ["data_quality"], reports)
    assert differences(reports) == []
    assert set(outcomes(reports)) <= {"published", "interrupted"}
    assert hidden(reports) == [".lock"]


@pytest.mark.parametrize("stands", [True, False])
def test_a_run_killed_while_it_puts_its_period_in_place_is_settled(published: tuple[Path, Path], stands: bool) -> None:
    export, reports = published
    with store.writing(reports) as written:
        written.execute("update runs set outcome = 'placing', manifest_sha256 = iif(?, manifest_sha256, 'another')", [stands])
    run(WORKSPACE, Job(export=str(export), period="2026-05"), ["data_quality"], reports)
    assert outcomes(reports) == ["published" if stands else "interrupted", "published"]
    assert differences(reports, "2026-05") == []


def test_a_full_disk_takes_nothing_of_what_was_published(once: Path, tmp_path: Path) -> None:
    shutil.copytree(once, tmp_path / "copy")
    needs.program("unshare")
    alone = [*needs.ALONE, sys.executable, "-m", "tests.publish.full_disk", tmp_path / "copy"]
    ran = subprocess.run(alone, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    tries = [json.loads(line) for line in ran.stdout.splitlines()]
    failed = [t for t in tries if t["said"] != "published"]
    assert len(failed) > 2
    assert len(tries) > len(failed)
    for t in tries:
        assert t["said"] == "published" or re.match("RunFailed: .*no space left", t["said"], re.IGNORECASE), t
        assert (t["again"], t["differences"]) == ("published", []), t
        assert (t["before"][0], t["outcomes"][-1]) == ("published", "published"), t
        assert set(t["left"]) <= {".lock", ".failed"}, t


def test_a_place_that_cannot_be_written_to_is_said_at_once(published: tuple[Path, Path], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for out in (tmp_path / "file", tmp_path / "file" / "reports", Path("/proc/reports")):
        result = audits("run", "--export", published[0], "--out", out, *SMALL_RUN)
        assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
        assert f"{out}: cannot be written to: " in result.stderr


@pytest.mark.parametrize("after", [0.0, 0.3, 0.6])
def test_no_kernel_outlives_its_run(published: tuple[Path, Path], after: float) -> None:
    with subprocess.Popen(command(*published), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        assert "promises evaluated" in process.stderr.readline()
        time.sleep(after)  # a kernel starts, works or ends: whichever it is, none may stay
        family = psutil.Process(process.pid).children(recursive=True)
        process.kill()
    assert psutil.wait_procs(family, timeout=600)[1] == []


def test_a_run_that_is_told_to_end_cleans_up_and_says_so_in_the_ledger(published: tuple[Path, Path]) -> None:
    export, reports = published
    process = subprocess.Popen(command(export, reports), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while outcomes_or_none(reports)[1:] != ["running"]:
        time.sleep(0.05)
        assert process.poll() is None
    time.sleep(0.5)
    process.send_signal(signal.SIGTERM)
    assert process.wait() != 0
    assert outcomes(reports) == ["published", "interrupted"]
    assert hidden(reports) == [".lock"]
    assert whole(reports)


def outcomes_or_none(reports: Path) -> list[str]:
    try:
        return outcomes(reports)
    except Unusable:
        return []


def test_two_runs_at_once_come_one_after_the_other(published: tuple[Path, Path]) -> None:
    export, reports = published
    both = [
        subprocess.Popen(command(export, reports), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) for _ in range(2)
    ]
    said = [p.communicate()[1] for p in both]
    assert [p.returncode for p in both] == [0, 0]
    assert sum("another run is publishing" in s for s in said) == 1
    assert outcomes(reports) == ["published"] * 3
    assert differences(reports) == []


def broken_notebooks(tmp_path: Path, code: str) -> Path:
    folder = tmp_path / "notebooks"
    shutil.copytree(our_notebooks(), folder)
    good = json.loads((folder / "data_quality.ipynb").read_text())
    parameters = next("".join(c["source"]) for c in good["cells"] if "parameters" in c["metadata"].get("tags", []))
    import nbformat

    cells = [new_markdown_cell("# Broken"), new_code_cell(parameters, metadata={"tags": ["parameters"]}), new_code_cell(code)]
    meta = {"kernelspec": {"name": "python3", "display_name": "x", "language": "python"}}
    nbformat.write(new_notebook(cells=cells, metadata=meta), folder / "broken.ipynb")
    return folder


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("raise ValueError('Person 17')", "notebook broken.ipynb: cell 3: ValueError"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "notebook broken.ipynb: DeadKernelError"),
        ("import time; time.sleep(60)", "notebook broken.ipynb: CellTimeoutError"),
    ],
)
def test_a_failed_notebook_takes_no_other_along_and_publishes_nothing(
    published: tuple[Path, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    code: str,
    says: str,
) -> None:
    export, reports = published
    before = (reports / "2026-06" / "data_quality.html").read_bytes()
    workspace = Workspace(notebooks=[broken_notebooks(tmp_path / says[-9:], code)])
    if "Timeout" in says:
        monkeypatch.setenv("AUDITS_CELL_TIMEOUT_S", "20")  # enough for `coverage` on a slow machine
    caplog.set_level("INFO", "audits")
    with pytest.raises(RunFailed, match="nothing was published") as caught:
        run(workspace, Job(export=str(export), period="2026-06"), ["broken", "coverage"], reports)
    assert str(caught.value).startswith(says)
    assert "coverage: done" in caplog.messages
    assert {f.name for f in (folders.evidence(reports) / ".failed" / "2026-06").iterdir()} == {"broken.ipynb", "coverage.ipynb"}
    assert (reports / "2026-06" / "data_quality.html").read_bytes() == before
    assert outcomes(reports) == ["published", "failed"]
    assert b"Person 17" not in store.file_of(reports).read_bytes()


@pytest.mark.parametrize("text", ["garbage", "", "[]", "{}", '{"cells": 1, "nbformat": 4, "nbformat_minor": 5}', "[" * 100_000])
def test_what_is_no_notebook_fails_as_one_that_raises(
    published: tuple[Path, Path], tmp_path: Path, caplog: pytest.LogCaptureFixture, text: str
) -> None:
    export, reports = published
    (tmp_path / "mine.ipynb").write_text(text)
    workspace = Workspace(notebooks=[our_notebooks(), tmp_path])
    caplog.set_level("INFO", "audits")
    with pytest.raises(RunFailed, match="nothing was published") as caught:
        run(workspace, Job(export=str(export), period="2026-06"), ["mine", "coverage"], reports)
    assert str(caught.value).startswith("notebook mine.ipynb: cannot be read: it is no notebook")
    assert {"coverage: done", "mine: failed"} <= set(caplog.messages)
    assert outcomes(reports) == ["published", "failed"]


def test_an_export_that_is_replaced_while_it_is_read_is_not_published(
    published: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export, reports = published
    (tmp_path / "other.duckdb").write_bytes(export.read_bytes() + b" ")
    monkeypatch.setattr("audits.publish.reuse.read_of", lambda _, *more: read_of(tmp_path / "other.duckdb", *more))
    with pytest.raises(RunFailed, match="was changed while it was being read"):
        run(WORKSPACE, Job(export=str(export), period="2026-06"), ["data_quality"], reports)
    assert whole(reports)


def test_a_missing_export_stands_in_the_ledger(tmp_path: Path) -> None:
    with pytest.raises(Unusable, match="no such file"):
        run(WORKSPACE, Job(export=str(tmp_path / "none.duckdb"), period="2026-06"), ["data_quality"], tmp_path / "r")
    assert outcomes(tmp_path / "r") == ["failed"]


def test_what_stood_before_goes_back_after_a_kill_between_two_renames(tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    (reports / ".earlier-2026-05").mkdir(parents=True)
    (reports / ".building-7").mkdir()
    place.tidy(reports)
    assert [f.name for f in reports.iterdir()] == ["2026-05"]


def test_without_a_system_that_swaps_two_renames_do(published: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    export, reports = published
    monkeypatch.setattr("audits.publish.place._swapped", lambda one, other: False)
    run(WORKSPACE, Job(export=str(export), period="2026-06"), ["data_quality"], reports)
    assert differences(reports) == []
    assert hidden(reports) == [".lock"]
