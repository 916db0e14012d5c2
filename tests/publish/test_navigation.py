"""Ways from page to page: only to what stands, by names that people know, and an index that holds ten years."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from audits.evaluation.job import Job
from audits.evaluation.results import Results
from audits.law.period import Period
from audits.operate import ledger, store
from audits.publish import index, navigation
from audits.publish.run import run

from ..conftest import WORKSPACE, MakeDatabase


def published(reports: Path, results: Results, period: str, first: date, last: date) -> None:
    """A period on the ledger, as one that was run."""
    number = ledger.begin(reports, Period.parse(period))
    ledger.place(reports, number, results, {"audience": "leadership", "notebooks": ["executive"]}, f"sha of {number}", None)
    ledger.placed(reports, number)
    with store.writing(reports) as con:
        con.execute(
            "update runs set period = ?, first_day = ?, last_day = ? where run = ?",
            [period, first.isoformat(), last.isoformat(), number],
        )


def test_pages_are_called_by_names_that_people_know() -> None:
    pages = ["section-your-rights", "own_page", "coverage", "executive", "section-gone", "coverage"]
    found = [(each.page, each.name) for each in navigation.links(pages, {"section-your-rights": "Your rights!"})]
    assert found == [
        ("executive", "Summary"),
        ("coverage", "Coverage"),
        ("own_page", "Own page"),
        ("section-gone", "Gone"),
        ("section-your-rights", "Your rights!"),
    ]


def test_a_section_that_is_called_as_a_page_is_says_so() -> None:
    pages = ["sharing", "section-sharing", "section-your-choices"]
    titles = {"section-sharing": "Sharing", "section-your-choices": "Your choices"}
    found = [(each.page, each.name) for each in navigation.links(pages, titles)]
    assert found == [
        ("sharing", "Sharing"),
        ("section-sharing", "Section: Sharing"),
        ("section-your-choices", "Your choices"),
    ]


@pytest.mark.slow
@pytest.mark.usefixtures("without_self_test")
def test_a_page_leads_to_the_period_before_where_that_page_stands(database: MakeDatabase, tmp_path: Path) -> None:
    export, out = str(database()), tmp_path / "reports"
    run(WORKSPACE, Job(export=export, period="2026-05"), ["data_quality"], out)
    run(WORKSPACE, Job(export=export, period="2026-06"), ["data_quality", "retention"], out)
    html = {name: (out / "2026-06" / f"{name}.html").read_text(encoding="utf-8") for name in ("data_quality", "retention")}
    assert '<a href="../2026-05/data_quality.html" rel="prev">‹ May 2026</a>' in html["data_quality"]
    assert "2026-05/" not in html["retention"], "there is no such page"
    assert "rel=" not in (out / "2026-05" / "data_quality.html").read_text(encoding="utf-8")
    run(WORKSPACE, Job(export=export, period="2026-06"), ["coverage"], out)
    third = (out / "2026-06" / "coverage.html").read_text(encoding="utf-8")
    assert '<a href="retention.html">Retention</a>' in third, "what stood before is led to as well"


def test_an_index_of_ten_years_is_a_calendar(tmp_path: Path, results: Results) -> None:
    months = [(year, month) for year in range(2017, 2027) for month in range(1, 13)]
    for year, month in months:
        first, end = Period.parse(f"{year}-{month:02}").first_day, Period.parse(f"{year}-{month:02}").last_day
        published(tmp_path, results, f"{year}-{month:02}", first, end)
    published(tmp_path, results, "2026-Q3", date(2026, 7, 1), date(2026, 9, 30))
    html = index.write(tmp_path, WORKSPACE.texts).read_text(encoding="utf-8")
    assert html.count('<th scope="row">') == 10
    assert all(f'href="#{year}-{month:02}"' in html for year, month in months)
    assert '<a href="#2026-Q3">2026-Q3</a>' in html
    assert html.count("<details open>") == 1, "earlier years are folded"
