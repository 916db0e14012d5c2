"""What an auditor does in JupyterLab: look at a control from any side, follow a record, ask what if; by calls and by widgets."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
import tomllib
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from IPython.core.interactiveshell import InteractiveShell

from audits import Audit
from audits.cli import main
from audits.errors import Unusable
from audits.evaluation.job import Job, evaluated
from audits.evaluation.results import Results
from audits.explore import lab
from audits.explore.widgets import Explorer
from audits.law.period import Period
from audits.show import charts, display, tables

from ..conftest import WORKSPACE, MakeDatabase, judged, opened

PROMISE = "request_handled_in_time"


@pytest.fixture(scope="module")
def audit() -> Audit:
    return Audit("sample", period="2026-10")


# A view of a control


@pytest.mark.parametrize("promise", list(WORKSPACE.promises))
def test_a_view_counts_as_a_run_does(audit: Audit, promise: str) -> None:
    result = audit.results.promise(promise)
    if result.status == "not_assessed":
        with pytest.raises(Unusable, match="is not assessed: the export has no"):
            _ = audit.view(promise).counts
        return
    counts = audit.view(promise).counts
    assert counts == {verdict: getattr(result, verdict) for verdict in counts}


@pytest.mark.parametrize("period", ["2026-09", "2026-Q3", "2026-08-15..2026-09-10"])
def test_a_view_of_another_period_counts_as_a_run_of_it_does(audit: Audit, period: str) -> None:
    with opened("sample") as export:
        judged(export, Period.parse(period), [PROMISE])
        result = Results.of(export).promise(PROMISE)
        assert audit.view(PROMISE).during(period).counts["violation"] == result.violation
        assert audit.view(PROMISE).during(period).rate == (result.rate_low, result.rate_high)


def test_months_are_those_of_the_run(audit: Audit) -> None:
    columns = ["compliant", "violation", "indeterminate"]
    assert audit.view(PROMISE).by_month()[columns].values.tolist() == audit.results.by_month(PROMISE)[columns].values.tolist()


@given(st.integers(0, 120), st.integers(0, 120))
def test_nothing_that_a_shorter_promise_keeps_breaks_a_longer_one(audit: Audit, one: int, other: int) -> None:
    view = audit.view("subject_access_answered_in_time").during("2023-01-01..2026-12-31")
    few, many = sorted((one, other))
    kept = view.what_if(days=few).narrowed("compliant").findings(100_000)
    broken = view.what_if(days=many).narrowed("violation").findings(100_000)
    assert set(kept.record_id) & set(broken.record_id) == set()


def test_narrowing_splits_what_there_is(audit: Audit) -> None:
    view = audit.view(PROMISE)
    by_type = [view.narrowed(type=value).counts for value in view.values("type")]
    assert {v: sum(counts[v] for counts in by_type) for v in view.counts} == view.counts
    one = view.narrowed("violation", type="access")
    assert set(one.findings().verdict) == {"violation"}
    assert set(one.findings().type) == {"access"}
    assert one.narrowed(type=None).where == {}


@pytest.mark.parametrize(
    ("act", "says"),
    [
        (lambda v: v.narrowed("violated"), "did you mean violation?"),
        (lambda v: v.narrowed(contry="DE"), "did you mean country?"),
        (lambda v: v.values("typ"), "did you mean type?"),
        (lambda v: v.what_if(day=15), "has no parameter day; it has: days, handled_means"),
        (lambda v: v.during("soon"), "period 'soon' is none"),
        (
            lambda v: v.what_if(days="many").counts,
            'request_handled_in_time: days: "many" is not a whole number of days from 0 to 36500',
        ),
    ],
)
def test_what_a_view_cannot_do_is_said(audit: Audit, act: object, says: str) -> None:
    with pytest.raises(Unusable, match=re.escape(says)):
        act(audit.view(PROMISE))  # type: ignore[operator]


def test_text_that_narrows_is_no_sql(audit: Audit) -> None:
    assert sum(audit.view(PROMISE).narrowed(country="DE' or 'a' = 'a").counts.values()) == 0


def test_a_view_saved_is_a_file_for_a_run(audit: Audit, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    view = audit.view(PROMISE).what_if(days=15)
    view.save(file)
    audit.view("subject_access_answered_in_time").what_if(days=10).save(file)
    view.what_if(handled_means="responded").save(file)
    assert tomllib.loads(file.read_text()) == {
        f"jivochat/{PROMISE}": {"days": 15, "handled_means": "responded"},
        "jivochat/subject_access_answered_in_time": {"days": 10},
    }
    again = evaluated(WORKSPACE, Job(period="2026-10", parameters=file, promises=(PROMISE,))).promise(PROMISE)
    assert again.violation == view.what_if(handled_means="responded").counts["violation"]


# A record


def test_a_record_leads_to_all_of_its_person(audit: Audit) -> None:
    finding = audit.view(PROMISE).narrowed("violation").findings().iloc[0]
    record = audit.record(finding.record_id)
    assert {"accounts", "requests"} <= set(record.rows)
    assert finding.record_id in set(record.rows["requests"].request_id)
    held = audit.sql("select count(*) as n from holdings where account_id = $a", a=finding.account_id).n[0]
    assert len(record.rows.get("holdings", [])) == held
    assert record.timeline.instant.is_monotonic_increasing
    assert "birth_date" in record.rows["accounts"]
    assert "birth_date" not in set(record.timeline.event)
    assert set(record.timeline.table_name) <= set(record.rows)
    assert charts.timeline(record).says.startswith(f"{len(record.timeline)} instants in ")  # type: ignore[union-attr]


def test_a_record_without_a_person_leads_to_what_refers_to_it(audit: Audit) -> None:
    recipient = str(audit.sql("select recipient_id from processors limit 1").recipient_id[0])
    rows = audit.record(recipient).rows
    assert next(iter(rows)) == "processors"
    assert "disclosures" in rows
    assert set(rows["disclosures"].recipient_id) == {recipient}


def test_a_record_of_a_small_export_without_tables_around_it(database: MakeDatabase) -> None:
    small = Audit(database(), period="2026-06")
    assert {name: len(frame) for name, frame in small.record("r1").rows.items()} == {"accounts": 1, "requests": 2}
    assert len(small.record("r1").timeline) == 6
    with pytest.raises(Unusable, match="is in no table of the export"):
        _ = small.record("r9").rows
    with pytest.raises(Unusable, match="is in no table of the export"):
        _ = small.record("x' or 'a' = 'a").rows


# Free SQL


def test_sql_gives_a_frame_and_reaches_nothing_else(audit: Audit) -> None:
    assert audit.sql("select count(*) as n from requests where type = $t", t="access").n[0] > 0
    assert set(audit.sql("describe requests").column_name) >= {"request_id", "received_at"}
    assert audit.sql("select count(*) as n from results.promises").n[0] == len(WORKSPACE.promises)
    for query, says in (
        ("from read_csv('/etc/passwd')", "read_csv reads elsewhere"),
        ("from '/etc/passwd'", "Table with name /etc/passwd does not exist"),
        ("with x as (delete from results.findings returning *) from x", "launched in read-only mode"),
        ("with x as (update deadlines set value = 2 returning *) from x", "launched in read-only mode"),
        ("from json_execute_serialized_sql(json_serialize_sql('select 1'))", "json_execute_serialized_sql reads elsewhere"),
        ("from query('select 1')", "query reads elsewhere"),
        ("attach '/tmp/x.duckdb'", "one statement is run, which reads"),
        ("set enable_external_access = true", "one statement is run"),
        ("delete from source.main.requests", "one statement is run"),
        ("from requests; from accounts", "one statement is run"),
        ("from nowhere", "nowhere does not exist"),
    ):
        with pytest.raises(Unusable, match=f"(?i)sql: .*({says})"):
            audit.sql(query)


@pytest.mark.slow
def test_leadership_does_not_explore(tmp_path: Path) -> None:
    audit = Audit("sample", period="2026-10", audience="leadership")
    for act in (lambda: audit.sql("from requests"), lambda: audit.record("R1"), lambda: audit.view(PROMISE)):
        with pytest.raises(Unusable, match="leadership does not see"):
            act()


# Shown in a cell


def test_what_stands_alone_in_a_cell_shows_itself(audit: Audit, shell: InteractiveShell) -> None:
    def html(thing: object) -> str:
        return str(shell.display_formatter.format(thing)[0]["text/html"])  # type: ignore[union-attr]

    display.register(shell)
    assert html(audit) == tables.scorecard(audit, audit.results.promises).html
    assert html(audit.results).count("<tr") == len(WORKSPACE.promises) + 1
    assert "<summary>Query" in html(audit.control(PROMISE))
    assert "Clause C0" in html(audit.promise(PROMISE))
    view = audit.view(PROMISE).what_if(days=15)
    assert "days = 15" in html(view)
    assert shell.display_formatter.format(view)[0]["text/plain"] == tables.view(view).text  # type: ignore[union-attr]
    assert "<table" in html(audit.record(str(audit.view(PROMISE).findings().record_id[0])))


# Widgets


@pytest.fixture
def shell() -> InteractiveShell:
    """Outputs are formatted by the shell that a kernel has."""
    return InteractiveShell.instance()


def shown(output: object) -> str:
    return " ".join(str(o["data"].get("text/plain", "")) for o in output.outputs)  # type: ignore[attr-defined]


def test_choosing_changes_what_is_shown(audit: Audit, shell: InteractiveShell) -> None:
    explorer = Explorer(audit, PROMISE)
    assert "76\t2" in shown(explorer.answer)
    assert "worse than chance allows" in shown(explorer.trend)
    named = {w.description: w for w in (*explorer.narrow.children, *explorer.what_if.children)}
    assert set(named) == {"verdict", "country", "type", "channel", "days", "handled_means"}
    named["days"].value = 15
    assert "days = 15, handled_means = closed\t61\t19" in shown(explorer.answer)
    named["type"].value, named["verdict"].value = "access", "violation"
    assert explorer.view.where == {"type": "access"}
    assert set(explorer.view.findings().verdict) == {"violation"}
    explorer.period.value = "2026-Q3"
    assert explorer.view.period.name == "2026-Q3"
    assert shown(explorer.answer) == tables.view(explorer.view).text


def test_a_record_chosen_shows_its_story(audit: Audit, shell: InteractiveShell) -> None:
    explorer = Explorer(audit, PROMISE)
    explorer.record.value = explorer.record.options[0]
    assert "instants in" in shown(explorer.story)
    explorer.record.value = "nobody"
    assert "is in no table" in shown(explorer.story)


def test_parameters_are_saved_by_a_button(audit: Audit, shell: InteractiveShell, tmp_path: Path) -> None:
    explorer = Explorer(audit, PROMISE)
    explorer.what_if.children[0].value = 20
    explorer.file.value = str(tmp_path / "mine.toml")
    explorer.keep.click()
    assert tomllib.loads((tmp_path / "mine.toml").read_text()) == {f"jivochat/{PROMISE}": {"days": 20}}
    explorer.file.value = "/proc/nowhere/mine.toml"
    explorer.keep.click()
    assert "No such file" in explorer.said.value


@pytest.mark.parametrize("promise", list(WORKSPACE.promises))
def test_every_promise_can_be_chosen(audit: Audit, shell: InteractiveShell, promise: str) -> None:
    assert shown(Explorer(audit, promise).answer)


def test_a_control_that_cannot_be_assessed_says_why(database: MakeDatabase, shell: InteractiveShell) -> None:
    explorer = Explorer(Audit(database(), period="2026-06"), "transfer_has_valid_mechanism")
    assert "is not assessed: the export has no table" in shown(explorer.answer)
    explorer.promise.value = f"jivochat/{PROMISE}"
    assert "Kept" in shown(explorer.answer)


# JupyterLab


def test_the_lab_makes_a_folder_of_notebooks_once(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    assert lab.copied(folder)
    assert (folder / "explore.ipynb").exists()
    (folder / "explore.ipynb").write_text("changed")
    assert not lab.copied(folder)
    assert (folder / "explore.ipynb").read_text() == "changed"


def test_an_export_that_cannot_be_used_is_said_before_jupyterlab_starts(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["lab", "--export", str(tmp_path / "none.duckdb")])
    assert (result.exit_code, "no such file or folder" in result.stderr) == (2, True)


@pytest.mark.slow
def test_a_notebook_finds_the_export_of_the_lab(database: MakeDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUDITS_EXPORT", str(database(name="mine")))
    monkeypatch.setenv("AUDITS_AS_OF", "2026-07-01")
    audit = Audit(period="2026-06")
    assert (audit.run.export_name, str(audit.run.as_of.date())) == ("mine.duckdb", "2026-07-01")
    assert Audit("sample", period="2026-10").run.export_name == "samples"


@contextmanager
def lab_that_answers(python: Path | str, folder: Path) -> Iterator[None]:
    """JupyterLab as `audits lab` opens it in a folder, once it serves explore.ipynb."""
    root = ["--allow-root"] if os.geteuid() == 0 else []
    command = [python, "-m", "audits", "lab", "--no-browser", "--port=0", "--IdentityProvider.token=t", *root]
    with subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stderr
            found = (re.search(r"(http://127\.0\.0\.1:\d+)/lab/tree/explore\.ipynb", line) for line in process.stderr)
            server = next(m[1] for m in found if m)
            for path in ("/lab/tree/explore.ipynb?", "/api/contents/explore.ipynb?content=0&"):
                assert status(f"{server}{path}token=t", process) == 200
            yield
        finally:
            process.terminate()
            process.communicate()


@pytest.mark.slow
def test_the_lab_comes_up_on_explore(tmp_path: Path) -> None:
    with lab_that_answers(sys.executable, tmp_path):
        assert (tmp_path / "notebooks" / "explore.ipynb").exists()


def status(address: str, process: subprocess.Popen[str]) -> int:
    """What a server answers; it says its address a moment before it listens."""
    while process.poll() is None:
        try:
            with urllib.request.urlopen(address) as page:
                return int(page.status)
        except urllib.error.URLError as error:
            if not isinstance(error.reason, ConnectionRefusedError):
                raise
            time.sleep(0.1)
    raise AssertionError("the server ended")
