"""Where a period stands: pages for readers, evidence for auditors, together or not at all, and how both are verified."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

import duckdb
import pytest
from click.testing import Result

from audits.errors import Unusable
from audits.evaluation.job import Job
from audits.evidence.verify import verify
from audits.operate import folders, ledger, store
from audits.publish import index, place
from audits.publish.prune import _first_kept
from audits.publish.run import run

from ..cli.test_cli import audits
from ..conftest import SMALL, WORKSPACE

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("without_self_test")]


def publish(export: Path, reports: Path, *notebooks: str, audience: str = "leadership") -> None:
    run(WORKSPACE, Job(export=str(export), period="2026-06", audience=audience), notebooks, reports)


@pytest.fixture
def published(folder: Path) -> Path:
    """The folder of a published period, to break."""
    return folder


@pytest.mark.parametrize(
    ("reports", "evidence"),
    [
        ("/srv/audits/reports", "/srv/audits/evidence"),
        ("/srv/audits/reports/eu", "/srv/audits/evidence/eu"),
        ("/srv/reports/shop/reports", "/srv/reports/shop/evidence"),
        ("/srv/audits/weekly", "/srv/audits/weekly-evidence"),
    ],
)
def test_evidence_is_never_inside_the_readers_folder(reports: str, evidence: str) -> None:
    assert folders.evidence(Path(reports)) == Path(evidence)
    assert folders.reports(Path(evidence)) == Path(reports)


def test_the_root_is_no_folder_of_reports() -> None:
    with pytest.raises(
        Unusable, match=r"^/: nothing lies beside it where evidence could be kept from readers; name a folder in it$"
    ):
        folders.evidence(Path("/"))


@contextmanager
def umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def modes(folder: Path) -> set[tuple[bool, int]]:
    """Whether it is a folder, and the mode, of all that stands in a folder and of itself."""
    found = [p.lstat().st_mode for p in (folder, *folder.rglob("*"))]
    return {(stat.S_ISDIR(mode), stat.S_IMODE(mode)) for mode in found}


@pytest.mark.parametrize("mask", [0o000, 0o077])
def test_one_mode_for_readers_and_one_for_auditors_whatever_the_umask(once: Path, tmp_path: Path, mask: int) -> None:
    with umask(mask):
        publish(once / "export.duckdb", tmp_path / "new" / "reports", "data_quality")
    assert modes(tmp_path / "new" / "reports") == {(True, 0o755), (False, 0o644)}
    assert modes(tmp_path / "new" / "evidence") == {(True, 0o700), (False, 0o600)}


def pages(folder: Path) -> set[str]:
    return {f.name for f in folder.glob("*.html")}


def test_one_notebook_of_a_published_period_joins_the_others(published: Path) -> None:
    reports = published / "reports"
    before = (reports / "2026-06" / "data_quality.html").read_bytes()
    publish(published / "export.duckdb", reports, "coverage")
    assert pages(reports / "2026-06") == {"coverage.html", "data_quality.html"}
    assert (reports / "2026-06" / "data_quality.html").read_bytes() == before
    assert (published / "evidence" / "2026-06" / "data_quality.ipynb").exists()
    assert set(ledger.standing(reports)[0].pages) == {"coverage", "data_quality"}
    assert verify(reports / "2026-06").differences == []


def test_one_notebook_of_another_export_does_not_replace_a_period(published: Path) -> None:
    with duckdb.connect(str(published / "other.duckdb")) as con:
        con.execute(SMALL)
        con.execute("update requests set closed_at = received_at")
    with pytest.raises(Unusable, match="2026-06: stands published with another export: run all of its notebooks anew"):
        publish(published / "other.duckdb", published / "reports", "coverage")
    assert pages(published / "reports" / "2026-06") == {"data_quality.html"}
    assert verify(published / "reports" / "2026-06").differences == []
    publish(published / "other.duckdb", published / "reports", "data_quality")
    assert pages(published / "reports" / "2026-06") == {"data_quality.html"}, "what is all that stands may be replaced"


def test_an_auditors_page_takes_no_place_of_leaderships(published: Path) -> None:
    reports = published / "reports"
    before = (reports / "2026-06" / "data_quality.html").read_bytes()
    publish(published / "export.duckdb", reports, "data_quality", audience="auditor")
    assert (reports / "2026-06" / "data_quality.html").read_bytes() == before
    assert pages(published / "evidence" / "2026-06" / "auditor") == {"data_quality.html"}
    (standing,) = ledger.standing(reports)
    assert (standing.audience, standing.pages) == ("leadership", ["data_quality"])
    assert verify(reports / "2026-06").differences == []
    publish(published / "export.duckdb", reports, "data_quality")
    assert pages(published / "evidence" / "2026-06" / "auditor") == {"data_quality.html"}, "judged alike, it stays"


def test_a_reader_on_the_ledger_holds_no_run_up(published: Path) -> None:
    with closing(sqlite3.connect(store.file_of(published / "reports"))) as reader:
        reader.execute("begin")
        assert reader.execute("select count(*) from runs").fetchone() == (1,)
        publish(published / "export.duckdb", published / "reports", "data_quality")
        assert reader.execute("select count(*) from runs").fetchone() == (1,), "what it reads stands still"
        reader.execute("commit")
        assert reader.execute("select count(*) from runs").fetchone() == (2,)


class Killed(BaseException):
    pass


@pytest.mark.parametrize("after", range(4))
def test_a_period_killed_while_it_is_put_in_place_is_completed(
    published: Path, after: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the ledger's row, after the evidence, after the pages, after the ledger's second word."""
    reports, steps = published / "reports", iter(range(9))

    def killing(act: object) -> object:
        def acted(*arguments: object) -> object:
            if next(steps) == after:
                raise Killed
            return act(*arguments)  # type: ignore[operator]

        return acted

    with monkeypatch.context() as patch:
        patch.setattr(place, "_exchange", killing(place._exchange))
        patch.setattr(ledger, "placed", killing(ledger.placed))
        patch.setattr("audits.publish.index.write", killing(lambda *_: None))
        patch.setattr("audits.publish.run._ended", lambda *arguments: arguments[-1])
        with pytest.raises(Killed):
            publish(published / "export.duckdb", reports, "coverage")
    with place.alone(reports):
        place.settle(reports)
    assert [r.run for r in ledger.standing(reports)] == [2]
    assert pages(reports / "2026-06") == {"coverage.html", "data_quality.html"}
    assert verify(reports / "2026-06").differences == []
    assert [f.name for folder in (reports, published / "evidence") for f in folder.glob(".*")] == [".lock"]


def test_a_period_whose_pages_are_gone_before_they_are_placed_is_put_back(published: Path) -> None:
    reports, evidence = published / "reports", published / "evidence"
    before = (evidence / "2026-06" / "manifest.json").read_bytes()
    shutil.copytree(evidence / "2026-06", evidence / ".building-1")
    changed = json.loads(before) | {"period": "changed"}
    (evidence / "2026-06" / "manifest.json").write_text(json.dumps(changed))
    with store.writing(reports) as written:
        sha256 = place.fingerprint(evidence / "2026-06" / "manifest.json")
        written.execute("update runs set outcome = 'placing', manifest_sha256 = ?", [sha256])
    place.settle(reports)
    assert (evidence / "2026-06" / "manifest.json").read_bytes() == before
    assert store.rows(reports, "select outcome from runs") == [("interrupted",)]


# What verify compares


def said(*arguments: object) -> tuple[int, str]:
    result = audits("verify", *arguments)
    return result.exit_code, result.output


def test_a_period_is_verified_by_its_name_and_by_either_folder(published: Path) -> None:
    (published / "reports" / "latest").symlink_to("2026-06")
    for named in (
        ("2026-06", "--out", published / "reports"),
        (published / "evidence" / "2026-06",),
        (published / "reports" / "latest",),
    ):
        code, output = said(*named)
        assert (code, "as it was published" in output, "note" in output) == (0, True, False)


def test_an_edited_index_and_an_edited_ledger_are_found(published: Path) -> None:
    reports = published / "reports"
    index = (reports / "index.html").read_text()
    (reports / "index.html").write_text(index.replace("broken", "kept"))
    assert "index.html: was changed" in said(reports / "2026-06")[1]
    (reports / "index.html").write_text(index)
    with store.writing(reports) as written:
        written.execute("update runs set kept = 99, broken = 0")
    assert "counts other clauses kept, broken or untold than its results" in said(reports / "2026-06")[1]


def test_an_edited_promise_in_the_ledger_is_found(published: Path) -> None:
    with store.writing(published / "reports") as written:
        written.execute("update run_controls set violation = 0, status = 'satisfied' where violation > 0")
    assert "has other figures of a promise than its results" in said(published / "reports" / "2026-06")[1]


def test_a_ledger_that_was_taken_away_is_missed(published: Path) -> None:
    (published / "evidence" / store.FILE).unlink()
    code, output = said(published / "reports" / "2026-06")
    assert (code, "ledger.sqlite: is missing, where the period was published" in output) == (1, True)


def test_an_index_of_an_earlier_day_is_found(published: Path) -> None:
    reports = published / "reports"
    index_before = (reports / "index.html").read_bytes()
    run(WORKSPACE, Job(export=str(published / "export.duckdb"), period="2026-05"), ["data_quality"], reports)
    assert said(reports / "2026-06")[0] == 0
    (reports / "index.html").write_bytes(index_before)
    assert "index.html: was changed" in said(reports / "2026-06")[1]


def test_promises_that_changed_places_in_the_ledger_are_found(published: Path) -> None:
    with store.writing(published / "reports") as written:
        one, two = (
            f"(select promise_id from run_controls where status = '{s}' order by 1 limit 1)"
            for s in ("satisfied", "not_satisfied")
        )
        written.execute(f"update run_controls set promise_id = 'x' where promise_id = {one}")
        written.execute(f"update run_controls set promise_id = {one} where promise_id = {two}")
    assert "has other figures of a promise than its results" in said(published / "reports" / "2026-06")[1]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (
            "parameters = json_set(parameters, '$.signed_by', 'The Head of Audit')",
            "says otherwise than manifest.json: parameters",
        ),
        ("export_name = 'another'", "says otherwise than manifest.json: export"),
        ("as_of = '2026-07-09 04:00:00+00:00'", "says otherwise than manifest.json: as_of"),
        ("audience = 'auditor'", "says otherwise than manifest.json: audience"),
        ("pages = '[]'", "says otherwise than manifest.json: pages"),
        ("removed_at = ended_at, removed_by = '1 year', kept = 99", "2026-06 is said to be removed"),
    ],
)
def test_what_a_run_says_of_itself_is_what_its_manifest_says(published: Path, change: str, says: str) -> None:
    with store.writing(published / "reports") as written:
        written.execute(f"update runs set {change}")
    code, output = said(published / "reports" / "2026-06")
    assert (code, says in output) == (1, True)


@pytest.mark.parametrize("side", ["reports", "evidence"])
def test_a_period_sent_alone_is_verified_by_what_it_carries(published: Path, tmp_path: Path, side: str) -> None:
    shutil.copytree(published / side / "2026-06", tmp_path / "mailed" / "2026-06")
    code, output = said(tmp_path / "mailed" / "2026-06")
    assert (code, "no ledger is beside it" in output, "as its manifest says" in output) == (0, True, True)
    file = next(f for f in (tmp_path / "mailed" / "2026-06").iterdir() if f.name != "manifest.json")
    file.write_bytes(file.read_bytes() + b" ")
    code, output = said(tmp_path / "mailed" / "2026-06")
    assert (code, "was changed" in output) == (1, True)


def test_where_it_was_published_a_missing_folder_is_a_difference(published: Path) -> None:
    shutil.rmtree(published / "evidence" / "2026-06")
    code, output = said(published / "reports" / "2026-06")
    assert (code, "evidence: is missing" in output) == (1, True)


def test_a_file_that_is_no_ledger_is_said_in_one_line(published: Path) -> None:
    store.file_of(published / "reports").write_bytes(b"no database" * 1000)
    result = audits("verify", published / "reports" / "2026-06")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "is no ledger of runs" in result.stderr


@pytest.mark.parametrize("column", ["last_day", "pages"])
def test_a_ledger_without_what_was_published_is_said_in_one_line(published: Path, column: str) -> None:
    with store.writing(published / "reports") as writer:
        writer.execute(f"update runs set {column} = null")
    result = audits("verify", published / "reports" / "2026-06")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "is no ledger of runs: None in the place of another value" in result.stderr


def test_an_index_of_a_ledger_without_what_was_found_is_said_in_one_line(published: Path) -> None:
    with store.writing(published / "reports") as writer:
        writer.execute("update runs set kept = null")
    with pytest.raises(Unusable, match=r"is no ledger of runs: None in the place of another value"):
        index.write(published / "reports", WORKSPACE.texts)


@pytest.mark.parametrize("column", ["status", "violation"])
def test_a_promise_without_its_figures_in_the_ledger_is_found(published: Path, column: str) -> None:
    with store.writing(published / "reports") as writer:
        writer.execute(f"update run_controls set {column} = null")
    code, output = said(published / "reports" / "2026-06")
    assert (code, "is no ledger of runs: None in the place of another value" in output) == (1, True)


# A ledger of somebody else, or of a bad day

ENDLESS = """alter table runs rename to r; create view runs as with recursive n (x) as (select 1 union all select x + 1 from n)
    select r.* from r where (select count(*) from n) > 0"""


@pytest.mark.parametrize(
    "sql",
    [
        ENDLESS,
        "create trigger t after insert on written begin delete from runs; end",
        "update runs set period = '../precious', removed_at = ended_at, removed_by = '1 year'",
        "update runs set period = '.', removed_at = ended_at",
        "update runs set kept = 'all'",
        "update runs set pages = '[1]'",
        f"update runs set pages = '{'[' * 100_000}'",
        "update runs set parameters = '[]'",
        "update runs set timezone = '../../etc/passwd'",
        "update runs set as_of = '2026-06-01'",
        "update about set schema_version = 99",
        "drop table runs",
        "drop table about",
    ],
)
def test_a_ledger_is_rows_of_their_types_or_none(published: Path, sql: str) -> None:
    """Whatever reads it ends with one line, and nothing beside the folder of reports is removed."""
    (published / "precious").mkdir()
    with closing(sqlite3.connect(store.file_of(published / "reports"))) as con:
        con.executescript(sql)
    result = pruned(published)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1), result.output
    assert "ledger.sqlite: is " in result.stderr
    assert (published / "precious").exists()
    assert (published / "reports" / "2026-06").exists()


def pruned(published: Path) -> Result:
    return audits("prune", "--keep", "1 year", "--out", published / "reports")


@pytest.mark.parametrize("name", ["evidence/ledger.sqlite", "reports/ledger.duckdb"])
@pytest.mark.parametrize("kind", ["pipe", "folder", "link"])
def test_what_is_no_file_is_opened_as_no_ledger(published: Path, kind: str, name: str) -> None:
    there = shutil.move(published / "evidence" / "ledger.sqlite", published / "moved")
    if kind == "pipe":
        os.mkfifo(published / name)
    elif kind == "folder":
        (published / name).mkdir()
    else:
        (published / name).symlink_to(there)
    result = audits("verify", published / "reports" / "2026-06")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1), result.output


def test_a_ledger_that_stands_still_is_not_read_without_its_log(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed, then copied to where nobody can write: what the log holds is part of it."""
    with closing(sqlite3.connect(store.file_of(published / "reports"))) as con:
        con.execute("update runs set kept = 99")
        con.commit()
        shutil.copytree(published, published / "copy")
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(Unusable, match="its last changes are in a log beside it"):
        verify(published / "copy" / "reports" / "2026-06")
    assert ledger.standing(published / "reports"), "without one it is read where it stands"


def test_a_clock_set_back_changes_no_index(published: Path) -> None:
    with store.writing(published / "reports") as written:
        written.execute("update written set written_at = '2999-01-01T00:00:00+00:00'")
        written.execute("insert into written select file, 'another', written_at from written")
    index.write(published / "reports", WORKSPACE.texts)
    index.write(published / "reports", WORKSPACE.texts)
    assert verify(published / "reports" / "2026-06").differences == []


# What is kept, and for how long


def test_old_periods_are_removed_by_rule_and_the_chain_goes_on(published: Path) -> None:
    reports = published / "reports"
    for period in ("2026-03", "2026-05"):
        run(WORKSPACE, Job(export=str(published / "export.duckdb"), period=period), ["data_quality"], reports)
    asked = ("prune", "--keep", "2 months", "--out", reports)
    assert audits(*asked, "--dry-run").stdout == "1 periods would be removed\n"
    assert (reports / "2026-03").exists()
    assert audits(*asked).stdout == "1 periods were removed\n"
    assert not (reports / "2026-03").exists()
    assert not (published / "evidence" / "2026-03").exists()
    assert [r.period for r in ledger.standing(reports)] == ["2026-06", "2026-05"]
    assert verify(reports / "2026-05").differences == []
    html = (reports / "index.html").read_text(encoding="utf-8")
    assert "as periods are kept for 2 months" in html
    assert "2026-03/" not in html
    gone = audits("verify", "2026-03", "--out", reports)
    assert (gone.exit_code, "was removed on" in gone.stderr) == (2, True)
    assert audits(*asked).stdout == "0 periods were removed\n"
    run(WORKSPACE, Job(export=str(published / "export.duckdb"), period="2026-03"), ["data_quality"], reports)
    assert verify(reports / "2026-03").differences == []


def test_drafts_and_failed_runs_are_kept_no_longer_than_periods(published: Path) -> None:
    evidence = published / "evidence"
    for name in ("drafts/2024-01", "drafts/2026-05", ".failed/2024-01", "drafts/notes"):
        (evidence / name).mkdir(parents=True)
    assert pruned(published).exit_code == 0
    left = sorted(str(f.relative_to(evidence)) for kept in ("drafts", ".failed") for f in (evidence / kept).iterdir())
    assert left == ["drafts/2026-05", "drafts/notes"]


def test_what_cannot_be_removed_is_not_said_to_be(published: Path) -> None:
    """A period that was moved to another disk, with a link in its place, would stay there."""
    reports = published / "reports"
    shutil.move(reports / "2026-06", published / "archive")
    (reports / "2026-06").symlink_to(published / "archive")
    with store.writing(reports) as written:
        columns = "as_of, timezone, export_name, export_sha256, audience, pages, kept, broken, untold, outcome"
        newer = (
            f"insert into runs (period, first_day, last_day, {columns}) select '2028-06', '2028-06-01', '2028-06-30', "
            f"{columns.replace('as_of', repr('2028-07-02 04:00:00+00:00'), 1)}"
        )
        written.execute(f"{newer} from runs")
    result = pruned(published)
    assert (result.exit_code, "is a link; nothing was removed" in result.stderr) == (2, True)
    assert ledger.removed(reports) == {}


def test_a_link_in_the_place_of_a_period_holds_no_run_up(published: Path) -> None:
    reports = published / "reports"
    shutil.move(reports / "2026-06", published / "archive")
    (reports / ".building-1").symlink_to(published / "archive")
    place.tidy(reports)
    assert not list(reports.glob(".building*"))
    assert (published / "archive" / "manifest.json").exists()


def test_where_nothing_was_published_nothing_is_made(tmp_path: Path) -> None:
    result = audits("prune", "--keep", "1 year", "--out", tmp_path / "typo")
    assert (result.exit_code, "nothing was published there" in result.stderr) == (2, True)
    assert not list(tmp_path.iterdir())


def test_reports_do_not_lie_where_drafts_wait(tmp_path: Path) -> None:
    with pytest.raises(Unusable, match="is where drafts of"), place.alone(tmp_path / "reports" / "drafts"):
        pass


@pytest.mark.parametrize("keep", ["", "36", "0 months", "3 weeks", "-1 years"])
def test_a_rule_that_is_none_is_said(tmp_path: Path, keep: str) -> None:
    result = audits("prune", "--keep", keep, "--out", tmp_path / "reports")
    assert (result.exit_code, result.stderr.count("\n"), "36 months" in result.stderr) == (2, 1, True)


@pytest.mark.parametrize(
    ("newest", "months", "first"),
    [
        ((2026, 6, 30), 2, (2026, 5, 1)),
        ((2026, 1, 31), 1, (2026, 1, 1)),
        ((2026, 1, 31), 2, (2025, 12, 1)),
        ((3, 1, 1), 99, (1, 1, 1)),
    ],
)
def test_the_first_month_that_is_kept(newest: tuple[int, int, int], months: int, first: tuple[int, int, int]) -> None:
    assert _first_kept(date(*newest), months) == date(*first)


def test_what_was_never_published_is_not_replaced(published: Path) -> None:
    """Exports may lie in folders that are named by their periods, as pages do."""
    reports = published / "exports"
    (reports / "2026-06").mkdir(parents=True)
    (reports / "2026-06" / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(Unusable, match="2026-06: is not what was published there, and would be replaced"):
        publish(published / "export.duckdb", reports, "data_quality")
    assert (reports / "2026-06" / "notes.txt").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("meets", ["evidence", "evidence/eu", "reports"])
def test_pages_do_not_lie_in_the_evidence_of_others(published: Path, meets: str) -> None:
    """Nor evidence among the pages of others: `x` beside `x-evidence`."""
    before = (published / "evidence" / "2026-06" / "manifest.json").read_bytes()
    if meets == "reports":
        (published / "x-evidence").mkdir()
        shutil.copy(published / "reports" / "index.html", published / "x-evidence")
    with pytest.raises(Unusable, match="choose another folder"):
        publish(published / "export.duckdb", published / ("x" if meets == "reports" else meets), "data_quality")
    assert (published / "evidence" / "2026-06" / "manifest.json").read_bytes() == before


def test_a_period_that_has_not_begun_takes_none_away(published: Path) -> None:
    reports = published / "reports"
    with store.writing(reports) as written:
        columns = "as_of, timezone, export_name, export_sha256, audience, pages, kept, broken, untold, outcome"
        mistyped = f"select '2036-06', '2036-06-01', '2036-06-30', {columns} from runs"
        written.execute(f"insert into runs (period, first_day, last_day, {columns}) {mistyped}")
    assert "2026-06" not in pruned(published).output
