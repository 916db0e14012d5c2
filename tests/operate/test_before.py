"""What the version before published, which knew controls and no promises, goes on working: diff, verify, index, results, waivers."""

from __future__ import annotations

import tarfile
from pathlib import Path

import duckdb
import pytest

from audits import Audit, tables
from audits.evaluation.job import Job
from audits.evaluation.results import Results
from audits.law.period import Period
from audits.operate import change, store
from audits.publish import index
from audits.publish.run import run

from ..cli.test_cli import audits
from ..conftest import WORKSPACE, MakeDatabase, judged, opened

ARCHIVE = Path(__file__).parents[1] / "evaluation" / "data" / "published_before.tar.xz"
RENAMED = WORKSPACE.catalogue.renamed


@pytest.fixture
def before(tmp_path: Path) -> Path:
    with tarfile.open(ARCHIVE) as archive:
        archive.extractall(tmp_path, filter="data")
    return tmp_path / "published"


def test_its_periods_are_compared_by_the_ids_of_now(before: Path) -> None:
    found = {c.promise_id: c for c in change.changes(before, "2026-09", "2026-10", RENAMED)}
    assert len(found) == 10
    assert found["visitor_request_redirected"].later_status == "satisfied"
    assert not set(found) & set(RENAMED)
    assert audits("diff", "2026-09", "2026-10", "--out", before).exit_code == 0


def test_its_periods_are_verified_and_stand_on_the_index(before: Path) -> None:
    assert audits("verify", before / "2026-10").exit_code == 0
    page = index.write(before, WORKSPACE.texts).read_text(encoding="utf-8")
    assert "October 2026" in page
    assert "September 2026" in page


def test_its_results_are_read_by_the_ids_of_now(before: Path) -> None:
    audit = Audit(results=before / "2026-10" / "evidence" / "results.duckdb")
    assert audit.run.schema_version == 0
    now = audit.results.promise("request_handled_in_time")
    assert audit.results.promise("request_handled_in_thirty_days") == now
    assert now.title == "Requests to access, change or remove data are handled within thirty days"
    assert len(audit.results.promises) == 94
    for shown in (
        tables.answer(audit, now.name),
        tables.scorecard(audit, audit.results.promises),
        tables.violations(audit, audit.results.promises),
        tables.clauses(audit),
        tables.quality(audit),
        tables.method(audit, [now.name]),
    ):
        assert shown.html
    with pytest.raises(duckdb.Error):
        audit.results.frame("delete from before.controls")


@pytest.mark.usefixtures("without_self_test")
def test_a_period_run_again_stands_beside_those_of_before(before: Path) -> None:
    run(WORKSPACE, Job(period="2026-10"), ["data_quality"], before)
    for period in ("2026-09", "2026-10"):
        assert audits("verify", before / period).exit_code == 0
    evidence = before.with_name("published-evidence")
    assert {f.name for f in evidence.iterdir()} == {"2026-09", "2026-10", "ledger.sqlite", "ledger.duckdb", ".lock"}
    assert {f.name for f in before.iterdir()} == {"2026-09", "2026-10", "index.html"}
    assert not list(before.glob("*/evidence"))
    found = {c.promise_id for c in change.changes(before, "2026-09", "2026-10", RENAMED)}
    assert found
    assert found <= set(WORKSPACE.catalogue), "where one run knew no promises, controls are compared"
    assert store.rows(before, "select schema_version from about") == [(store.SCHEMA_VERSION,)]


def test_a_waiver_may_name_a_control_as_it_was_called_before(database: MakeDatabase) -> None:
    waiver = """
        create table waivers as select 'request_handled_in_thirty_days' as control_id, 'r2' as record_id, 'owner' as owner, 'r' as reason,
            'approver' as approver, timestamptz '2026-06-01 00:00:00+00' as granted_at, timestamptz '2026-12-31 00:00:00+00' as expires_at;
    """
    with opened(database(waiver)) as export:
        judged(export, Period.parse("2026-06"))
        found = Results.of(export).promise("request_handled_in_time")
    assert (found.violation, found.waived, found.status) == (1, 1, "satisfied")
