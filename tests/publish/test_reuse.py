"""Nothing twice: a run with the same export, promises, values, texts and law uses the results that stand, any other never does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from audits.evaluation.job import Job
from audits.evidence.verify import verify
from audits.publish import reuse
from audits.publish.run import run
from audits.texts import library
from audits.workspace import Workspace

from ..conftest import WORKSPACE

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("without_self_test")]


def publish(workspace: Workspace, job: Job, reports: Path) -> None:
    run(workspace, job, ["data_quality"], reports)


def is_reused(workspace: Workspace, job: Job, folder: Path) -> bool:
    return reuse.copied(workspace, job, folder / "reports", reuse.inputs(workspace, job), folder / "copied.duckdb") is not None


def test_the_same_run_again_uses_the_results_that_stand(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "audits")
    before = (folder / "reports" / "2026-06" / "data_quality.html").read_bytes()
    publish(WORKSPACE, Job(export=str(folder / "export.duckdb"), period="2026-06"), folder / "reports")
    assert (
        "promises not evaluated again, since nothing that they rest on has changed, for 2026-06 on export.duckdb" in caplog.text
    )
    assert (folder / "reports" / "2026-06" / "data_quality.html").read_bytes() == before
    assert verify(folder / "reports" / "2026-06").differences == []


def export(folder: Path, job: Job) -> tuple[Workspace, Job]:
    with duckdb.connect(job.export) as con:
        con.execute("update requests set closed_at = null")
    return WORKSPACE, job


def value(folder: Path, job: Job) -> tuple[Workspace, Job]:
    (folder / "values.toml").write_text("[request_handled_in_time]\ndays = 21\n")
    return WORKSPACE, replace(job, parameters=folder / "values.toml")


def adapter(folder: Path, job: Job) -> tuple[Workspace, Job]:
    (folder / "adapter.sql").write_text("create view requests as from source.requests;")
    return WORKSPACE, replace(job, adapter=folder / "adapter.sql")


def text(folder: Path, job: Job) -> tuple[Workspace, Job]:
    return Workspace(texts=[library.file_of("gdpr")]), job


def law(folder: Path, job: Job) -> tuple[Workspace, Job]:
    (folder / "law").mkdir()
    return WORKSPACE, replace(job, reference=folder / "law")


def instant(folder: Path, job: Job) -> tuple[Workspace, Job]:
    return WORKSPACE, replace(job, as_of="2026-07-01")


def period(folder: Path, job: Job) -> tuple[Workspace, Job]:
    return WORKSPACE, replace(job, period="2026-05")


def stress(folder: Path, job: Job) -> tuple[Workspace, Job]:
    return WORKSPACE, replace(job, stresses=("dpf ends 2026-12-01",))


def fewer(folder: Path, job: Job) -> tuple[Workspace, Job]:
    return WORKSPACE, replace(job, promises=("request_handled_in_time",))


def results(folder: Path, job: Job) -> tuple[Workspace, Job]:
    file = folder / "evidence" / "2026-06" / "results.duckdb"
    file.chmod(0o600)
    with duckdb.connect(str(file)) as con:
        con.execute("update promises set violation = 0")
    return WORKSPACE, job


@pytest.mark.parametrize("change", [export, value, adapter, text, law, instant, period, stress, fewer, results])
def test_where_one_is_otherwise_it_never_does(folder: Path, change: Callable[[Path, Job], tuple[Workspace, Job]]) -> None:
    job = Job(export=str(folder / "export.duckdb"), period="2026-06")
    assert is_reused(WORKSPACE, job, folder)
    changed = change(folder, job)
    assert is_reused(*changed, folder) == (change is law), "an empty folder of facts changes none"


def test_another_key_of_records_or_another_version_is_another_run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    job = Job(export=str(folder / "export.duckdb"), period="2026-06")
    before = reuse.inputs(WORKSPACE, job)
    monkeypatch.setenv("AUDITS_RECORD_KEY", "a key")
    assert reuse.inputs(WORKSPACE, job) != before
    monkeypatch.delenv("AUDITS_RECORD_KEY")
    monkeypatch.setattr(reuse, "_ours", lambda: ["another version"])
    assert not is_reused(WORKSPACE, job, folder)


def test_the_names_of_files_are_looked_at(folder: Path) -> None:
    job = Job(export=str(folder / "export.duckdb"), period="2026-06")
    (folder / "export.duckdb").rename(folder / "renamed.duckdb")
    assert not is_reused(WORKSPACE, replace(job, export=str(folder / "renamed.duckdb")), folder), "pages name the export"
    (folder / "law").mkdir()
    (folder / "law" / "holidays.csv").write_text("a")
    before = reuse.inputs(WORKSPACE, replace(job, reference=folder / "law"))
    (folder / "law" / "holidays.csv").rename(folder / "law" / "deadlines.csv")
    assert reuse.inputs(WORKSPACE, replace(job, reference=folder / "law")) != before


def test_a_fact_of_law_and_a_control_of_ones_own_are_looked_at(tmp_path: Path) -> None:
    job = Job(reference=tmp_path)
    (tmp_path / "deadlines.csv").write_text("a")
    before = reuse.inputs(WORKSPACE, job)
    (tmp_path / "deadlines.csv").write_text("b")
    assert reuse.inputs(WORKSPACE, job) != before
