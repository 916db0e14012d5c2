"""The workspaces under examples/: other companies, audited with nothing of ours changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from audits.evaluation.job import Job, evaluated
from audits.publish.run import run
from audits.workspace import Workspace

EXAMPLES = Path(__file__).parents[1] / "examples"
BROKEN = {
    "trailhead": {"disclosure_purpose_permitted", "no_account_under_age", "request_handled_in_time"},
    "nordlicht": {"logs_deleted", "opt_out_honoured", "request_handled_in_time", "subprocessor_announced_in_advance"},
}
each_company = pytest.mark.parametrize("company", BROKEN)


def opened(company: str) -> tuple[Workspace, Job]:
    workspace = Workspace.at(EXAMPLES / company)
    return workspace, Job(export=workspace.home.exported, period="2026-10")


@each_company
def test_an_example_is_judged_by_its_own_policy(company: str) -> None:
    workspace, job = opened(company)
    results = evaluated(workspace, job)
    own = {p.name: p.status for p in results.promises.values() if p.text == company}
    assert {name for name, status in own.items() if status == "not_satisfied"} == BROKEN[company]
    assert set(own.values()) == {"not_satisfied", "satisfied"}
    assert not results.run.notes
    assert not (results.quality().bad > 0).any()


@pytest.mark.slow
@each_company
def test_no_page_of_an_example_names_another_company(company: str, tmp_path: Path) -> None:
    workspace, job = opened(company)
    run(workspace, job, ["executive", "coverage", "request_sla", "data_quality"], tmp_path)
    pages = {page.name: page.read_text(encoding="utf-8") for page in tmp_path.rglob("*.html")}
    assert {"executive.html", "coverage.html", "index.html"} <= pages.keys()
    assert not [name for name, page in pages.items() if any(word in page.lower() for word in ("jivochat", "jivosite"))]
    assert not [name for name, page in pages.items() if workspace.texts[0].company not in page]
