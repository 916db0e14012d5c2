"""The sample: the same for the same seed, small enough to commit, as large as asked for; and the export of a month before."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import duckdb
import pytest
import sqlglot

from audits.contract.schema import Table, read
from audits.controls.control import Control
from audits.errors import Unusable
from audits.evaluation.results import Results
from audits.law.period import Period
from audits.samples import sample as samples
from audits.workspace import sample_folder

from ..conftest import WORKSPACE, judged, not_kept, opened

SECTIONS = sorted(samples.SECTIONS.iterdir())


def contents(folder: Path) -> dict[str, bytes]:
    return {f.name: f.read_bytes() for f in sorted(folder.iterdir())}


def test_the_committed_sample_is_what_the_generator_makes(tmp_path: Path) -> None:
    expected = samples.write(tmp_path / "sample")
    assert contents(tmp_path / "sample") == contents(sample_folder())
    assert expected.read_bytes() == sample_folder().with_name("samples.expected.json").read_bytes()


def test_the_committed_sample_is_below_4_mb() -> None:
    assert sum(len(c) for c in contents(sample_folder()).values()) < 4_000_000


@pytest.mark.parametrize("section", SECTIONS, ids=lambda s: s.stem)
def test_a_section_is_read_in_one_go(section: Path) -> None:
    """Numbered, at most 150 lines, first what it makes and needs, last (in one statement) what it planted."""
    text = section.read_text(encoding="utf-8")
    assert re.fullmatch(r"\d\d_[a-z_]+\.sql", section.name)
    assert len(text.splitlines()) <= 150
    assert text.startswith("-- ")
    _, plants, planted = text.partition("insert into planted\n")
    assert not plants or planted.index(";") == len(planted) - 2


def test_what_is_planted_for_a_control_stands_in_one_section() -> None:
    named = {s.name: set(re.findall(r"'(\w+)'", s.read_text(encoding="utf-8"))) for s in SECTIONS}
    for control in WORKSPACE.catalogue:
        assert len([name for name, words in named.items() if control in words]) == 1, control


def test_another_seed_is_another_company(tmp_path: Path) -> None:
    for seed in (1, 2):
        samples.write(tmp_path / str(seed), accounts=300, seed=seed)
    assert contents(tmp_path / "1")["requests.csv"] != contents(tmp_path / "2")["requests.csv"]


Planted = dict[str, dict[str, str]]


@pytest.mark.parametrize("mended", [True, False])
@pytest.mark.parametrize("accounts", [1, 2, pytest.param(60_000, marks=pytest.mark.slow)])
def test_planted_findings_are_found_in_samples_of_any_size(tmp_path: Path, accounts: int, mended: bool) -> None:
    expected = samples.write(tmp_path / "sample.duckdb", accounts, seed=7, mended=mended)
    assert_found(tmp_path / "sample.duckdb", planted_in(expected))


@pytest.mark.parametrize("seed", [3, 4])
def test_planted_findings_are_found_in_samples_of_any_seed(tmp_path: Path, seed: int) -> None:
    expected = samples.write(tmp_path / "sample.duckdb", 2000, seed, mended=False)
    assert_found(tmp_path / "sample.duckdb", planted_in(expected))


@pytest.fixture(scope="module")
def companies(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Planted]:
    """The sample, and that of the company that mended nothing, with what was planted."""
    folder = tmp_path_factory.mktemp("companies")
    made = {folder / f"{mended}.duckdb": mended for mended in (True, False)}
    return {file: planted_in(samples.write(file, mended=mended)) for file, mended in made.items()}


def test_a_company_that_mended_nothing_breaks_every_promise(companies: dict[Path, Planted]) -> None:
    file, planted = list(companies.items())[-1]
    assert {name for name in planted if ":" not in name} == {c.id for c in WORKSPACE.catalogue.values()}
    assert all(planted.values())
    assert_found(file, planted)


@pytest.mark.parametrize("control", list(WORKSPACE.catalogue))
def test_every_reason_of_a_violation_is_planted_somewhere(companies: dict[Path, Planted], control: str) -> None:
    planted = {
        r for p in companies.values() for name, found in p.items() if name.split(":")[0] == control for r in found.values()
    }
    broken = violations(WORKSPACE.catalogue[control])
    assert broken or control == "subscriber_gdpr_status_known"  # whose lack is undecided
    assert not broken - planted


def violations(control: Control) -> set[str]:
    """The reasons with which a control finds a violation: those of which its query's own column `verdict` says so."""
    last = sqlglot.parse_one(control.sql.rstrip().rstrip(";"), dialect="duckdb")
    (verdict,) = [column.unalias() for column in last.expressions if column.alias == "verdict"]
    assert {column.name for column in verdict.find_all(sqlglot.exp.Column)} == {"reason"}, control.id
    sql = f"select reason from (select unnest(?) as reason) where ({verdict.sql('duckdb')}) = 'violation'"
    with duckdb.connect() as con:
        return {reason for (reason,) in con.execute(sql, [list(control.reasons)]).fetchall()}


def test_no_control_stays_without_the_number_that_it_judges_by(companies: dict[Path, Planted]) -> None:
    """Where the sample's text gives none, what is found with one is planted beside."""
    without = {
        (promise.control.id, name)
        for control in WORKSPACE.catalogue
        for promise in WORKSPACE.find(control)
        for name, parameter in promise.control.parameters.items()
        if parameter.type in ("integer", "number") and promise.values[name] is None
    }
    for planted in companies.values():
        given = {(name.split(":")[0], value) for name in planted for value in values_in(name)}
        assert without
        assert not without - given


def planted_in(expected: Path) -> Planted:
    """What was planted, by control; of one with values of its own, by `control: value = …`."""
    listed = json.loads(expected.read_text(encoding="utf-8"))
    found: Planted = listed["planted"] | listed["planted_with"]
    return found


def values_in(name: str) -> dict[str, Any]:
    return tomllib.loads(name.partition(":")[2])


def assert_found(sample: Path, planted: Planted) -> None:
    with opened(sample) as export:
        for name in [*WORKSPACE.catalogue, *(name for name in planted if ":" in name)]:
            assert dict(not_kept(export, name.split(":")[0], values_in(name))) == planted.get(name, {}), name


def test_the_last_month_is_that_of_a_decent_company(results: Results) -> None:
    stood = Counter(p.status for p in results.promises.values())
    assert 8 <= stood["not_satisfied"] <= 12
    assert stood["inconclusive"] < 12
    assert stood["satisfied"] > 80


def test_most_of_what_was_planted_fell_due_before_the_last_month(sample: Any, planted: dict[str, dict[str, str]]) -> None:
    (now,) = sample.con.execute(
        "select count(*) from results.findings where scope in ('period', 'carried') and verdict in ('violation', 'indeterminate')"
    ).fetchone()
    assert now < 0.1 * sum(map(len, planted.values()))


def rates(results: Results, promise: str) -> dict[str, float]:
    """The share that was kept of what a promise is about, by month."""
    shown = results.by_month(promise)
    return {str(m)[:7]: low for m, low in zip(shown.month, shown.rate_low, strict=True)}


@pytest.mark.parametrize("promise", ["request_handled_in_time", "subject_access_answered_in_time", "own_deadline_kept"])
def test_one_quarter_is_bad_and_mended_afterwards(results: Results, promise: str) -> None:
    kept = rates(results, promise)
    bad = {month: kept.pop(month) for month in ("2026-01", "2026-02", "2026-03")}
    assert max(bad.values()) < 0.97
    assert min(bad.values()) < 0.9
    assert min(kept.values()) > 0.94


def test_removals_by_mail_are_recognised_later_and_later(results: Results) -> None:
    kept = list(rates(results, "removal_by_mail_recognised").values())
    quarters = [sum(kept[n : n + 3]) / 3 for n in (0, 3, 6, 9)]
    assert quarters == sorted(quarters, reverse=True)
    assert quarters[0] > 0.98 > 0.8 > quarters[3]


def test_since_a_job_tells_recipients_of_erasures_none_is_told_late(results: Results) -> None:
    kept = rates(results, "erasure_told_to_recipients")
    before = [rate for month, rate in kept.items() if month < "2026-06"]
    assert sum(before) / len(before) < 0.95
    assert {rate for month, rate in kept.items() if month >= "2026-06"} == {1.0}


def test_the_sample_is_a_whole_population(results: Results) -> None:
    assert set(results.population().passed) == {True}
    assert not (results.quality().bad > 0).any()


def test_no_accounts_is_no_sample(tmp_path: Path) -> None:
    with pytest.raises(Unusable, match="at least one"):
        samples.write(tmp_path / "sample", accounts=0)


Cells = dict[str, dict[str, str | None]]
MONTH_BEFORE = "2026-10-02 05:00:00+02"


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, list[dict[str, str | None]]]:
    """The exports of two months, and what the later one says otherwise of the time of the earlier."""
    folder = tmp_path_factory.mktemp("pair")
    earlier, later = folder / "2026-09.duckdb", folder / "2026-10.duckdb"
    samples.write(later)
    expected = samples.write(earlier, earlier=True)
    return earlier, later, json.loads(expected.read_text(encoding="utf-8"))["restated"]


def rows(export: Path, table: Table) -> Cells:
    """The cells of a table as text, by the values of its key."""
    with duckdb.connect(str(export), read_only=True) as con:
        con.execute("set timezone = 'Europe/Berlin'")
        made = con.execute(f"select columns(*)::varchar from {table.name}")
        names = [d[0] for d in made.description or []]
        found = [dict(zip(names, row, strict=True)) for row in made.fetchall()]
    key = table.key or tuple(names)
    return {" · ".join(str(row[c]) for c in key): row for row in found}


def is_brought_by_the_month(row: dict[str, str | None]) -> bool:
    """Whether something in a row happened since; what is planned for later, as a tape's destruction, did not."""
    ahead = ("due_at", "extended_to", "hold_until", "destroy_by", "valid_until", "certified_to")
    happened = [v for c, v in row.items() if v and c not in ahead and re.match(r"20\d\d-\d\d-\d\d", v)]
    return any(v >= MONTH_BEFORE or v == "2026-10-01" for v in happened)


def test_two_exports_differ_in_what_the_month_brought_and_in_what_is_restated(pair: Any) -> None:
    earlier, later, restated = pair
    told = {(r["table"], r["record"], r["column"]): (r["before"], r["after"]) for r in restated}
    found = {}
    for name, table in read().items():
        if name in ("export_info", "export_tables", "waivers"):
            continue
        then, now = rows(earlier, table), rows(later, table)
        found |= {(name, key, None): ("row", None) for key in then.keys() - now.keys()}
        found |= {(name, key, None): (None, "row") for key in now.keys() - then.keys() if not is_brought_by_the_month(now[key])}
        for key in then.keys() & now.keys():
            if not is_brought_by_the_month(now[key]) or any(t[:2] == (name, key) for t in told):
                found |= {(name, key, c): (then[key][c], v) for c, v in now[key].items() if then[key][c] != v}
    assert found == told


def test_closings_are_backdated_an_extension_is_entered_a_request_deleted_and_instants_are_moved(pair: Any) -> None:
    restated = pair[2]
    changed = Counter((r["table"], r["column"], r["before"] is None, r["after"] is None) for r in restated)
    assert changed["requests", "closed_at", True, False] == 3
    assert changed["requests", "extended_at", True, False] == 1
    assert changed["requests", None, False, True] == 1
    assert changed["requests", "received_at", False, False] == 1
    assert changed["breaches", "aware_at", False, False] == 1


def test_the_earlier_export_is_whole(pair: Any) -> None:
    with opened(pair[0]) as export:
        judged(export, Period.parse("2026-09"), ["request_handled_in_time"])
        found = Results.of(export)
        assert str(export.as_of)[:10] == "2026-10-02"
        assert set(found.population().passed) == {True}
        assert not (found.quality().bad > 0).any()
