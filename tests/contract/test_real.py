"""Records that nobody here wrote: a municipality's cases, through an adapter, against counts made apart from the project."""

from __future__ import annotations

import csv
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from audits.errors import Unusable
from audits.evaluation.results import PromiseResult, Results
from audits.law.period import Period

from ..cli.test_cli import audits
from ..conftest import judged, opened

ADAPTER = Path(__file__).parents[2] / "docs" / "adapters" / "receipt_cases.sql"
PERIOD = "2010-01-01..2012-12-31"
LOCAL = ZoneInfo("Europe/Amsterdam")
END = date(2012, 1, 31)


@pytest.fixture(scope="module")
def cases(shared: Path) -> Path:
    return shared / "real" / "receipt_cases.csv"


@pytest.fixture(scope="module")
def rows(cases: Path) -> list[dict[str, str]]:
    with cases.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def results(cases: Path) -> Results:
    export = opened(cases, ADAPTER, "2012-01-31")
    judged(export, Period.parse(PERIOD))
    return Results.of(export)


def day(text: str) -> date:
    return datetime.fromisoformat(text).astimezone(LOCAL).date()


def counted(due_on: dict[str, date], rows: list[dict[str, str]]) -> tuple[int, int, int, int]:
    """Kept, broken, pending and undecided, by plain days: a loop, where the project has SQL.

    The log does not say when it was taken: what is open and due after the last thing that it knows is undecided.
    """
    kept = broken = pending = undecided = 0
    last = max(day(r[column]) for r in rows for column in ("startdate", "enddate") if r[column])
    for r in rows:
        due = due_on[r["concept:name"]]
        if due > date(2012, 12, 31):
            continue
        if r["enddate"] and datetime.fromisoformat(r["enddate"]) < datetime.fromisoformat(r["startdate"]):
            undecided += 1
        elif r["enddate"]:
            kept += day(r["enddate"]) <= due
            broken += day(r["enddate"]) > due
        else:
            pending += due >= END
            undecided += last <= due < END
            broken += due < min(last, END)
    return kept, broken, pending, undecided


def found(control: PromiseResult) -> tuple[int, int, int, int]:
    return control.compliant, control.violation, control.pending, control.indeterminate


def test_the_promise_of_thirty_days(results: Results, rows: list[dict[str, str]]) -> None:
    due = {r["concept:name"]: day(r["startdate"]) + timedelta(days=30) for r in rows}
    assert found(results.promise("request_handled_in_time")) == counted(due, rows)


def test_the_municipalitys_own_deadline_compared_by_days(results: Results, rows: list[dict[str, str]]) -> None:
    due = {r["concept:name"]: day(r["deadline"]) for r in rows}
    assert found(results.promise("own_deadline_kept")) == counted(due, rows)


def test_compared_as_instants_68_cases_more_are_late(cases: Path, results: Results) -> None:
    export = opened(cases, ADAPTER, "2012-01-31")
    judged(export, Period.parse(PERIOD), values={"own_deadline_kept": {"compare": "instants"}})
    by_day = results.promise("own_deadline_kept")
    by_instant = Results.of(export).promise("own_deadline_kept")
    assert by_instant.compliant == by_day.compliant - 68
    assert (by_day.indeterminate, by_instant.indeterminate) == (10, 11)  # one is due between its instant and the end of its day


def test_two_cases_end_before_they_start_and_cannot_be_told(results: Results) -> None:
    undecided = results.findings("request_handled_in_time", "indeterminate")
    assert sorted(undecided[undecided.reason == "ends_before_start"].record_id) == ["case-10862", "case-8267"]
    assert set(undecided.reason) == {"ends_before_start", "export_ends_before_due"}
    quality = results.quality()
    assert quality[quality.rule == "closed_at >= received_at"]["keys"].iloc[0].tolist() == [
        "case-10862",
        "case-8267",
    ]


def test_every_case_is_judged(results: Results, rows: list[dict[str, str]]) -> None:
    control = results.promise("request_handled_in_time")
    assert control.judged + control.pending == len(rows) == 1434


def test_what_the_log_does_not_hold_is_not_assessed(results: Results) -> None:
    assert results.promise("extension_notified_in_time").status == "not_assessed"
    assert results.promise("visitor_request_redirected").why == "the export has no table accounts"


def test_without_an_instant_of_judgement_nothing_is_judged(cases: Path) -> None:
    with pytest.raises(Unusable, match="--as-of"):
        opened(cases, ADAPTER)


@pytest.mark.slow
def test_both_pages_are_published(cases: Path, tmp_path: Path) -> None:
    result = audits(
        "run",
        "--export",
        cases,
        "--adapter",
        ADAPTER,
        "--as-of",
        "2012-01-31",
        "--period",
        PERIOD,
        "--out",
        tmp_path,
    )
    assert result.exit_code == 0, result.stderr
    pages = result.stdout.split()
    named = {Path(p).name: Path(p) for p in pages}
    assert {"data_quality.html", "request_sla.html"} <= set(named)
    assert "1,155 broken" in named["section-your-privacy-rights.html"].read_text(encoding="utf-8")
