"""What is due when, what is run of it, what the index then says, and whom it is told to."""

from __future__ import annotations

import json
import os
import pty
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

import duckdb
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from hypothesis import given
from hypothesis import strategies as st

from audits.contract.formats import fingerprint
from audits.errors import Unusable
from audits.evaluation.job import Job, evaluated
from audits.evidence.verify import verify
from audits.law.period import Period
from audits.operate import folders, ledger, notify, store
from audits.operate.schedule import Planned, Schedule, load, overview, wait
from audits.publish import place
from audits.publish.due import Look, _first, perform
from audits.publish.run import run
from audits.workspace import Workspace

from ..cli.test_cli import audits
from ..conftest import SMALL, WORKSPACE

pytestmark = pytest.mark.usefixtures("without_self_test")

JULY_2 = datetime(2026, 7, 2, 12, tzinfo=UTC)

WEEKLY = "[jobs.weekly]\nperiod = 'week'\ncron = '0 6 * * 1'\nsince = '2026-W26'\nexport = 'export.duckdb'\nreports = '{}'\n"


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("export") / "export.duckdb"
    with duckdb.connect(str(path)) as con:
        con.execute(SMALL)
    return path


MakeSchedule = Callable[..., Path]


@pytest.fixture
def scheduled(tmp_path: Path, export: Path) -> MakeSchedule:
    """A schedule.toml with one job `monthly` over the small export, of 2 July; what is given comes on top."""

    def make(targets: str = "", **job: object) -> Path:
        link = tmp_path / "export.duckdb"
        link.exists() or link.hardlink_to(export)
        content = {
            "period": "month",
            "cron": "0 6 1 * *",
            "since": "2026-06",
            "export": "export.duckdb",
            "notebooks": ["coverage"],
        }
        lines = [f"{key} = {json.dumps(value)}" for key, value in {**content, **job}.items()]
        file = tmp_path / "schedule.toml"
        file.write_text("\n".join([targets, "[jobs.monthly]", *lines]))
        return file

    return make


def at(instant: datetime) -> Callable[[], datetime]:
    return lambda: instant


def page(folder: Path, name: str = "index.html") -> str:
    text = (folder / "reports" / name).read_text(encoding="utf-8")
    return " ".join(re.sub(r"<style>.*?</style>|<[^>]+>", " ", text, flags=re.DOTALL).split())


def set_ended_at(folder: Path, instant: datetime) -> None:
    with store.writing(folder / "reports") as written:
        written.execute("update runs set ended_at = ?", [instant])


# When a period is due


@pytest.mark.parametrize(
    ("kind", "period", "cron", "zone", "due"),
    [
        ("month", "2026-10", "0 6 1 * *", "Europe/Berlin", "2026-11-01T06:00:00+01:00"),
        ("month", "2026-10", "0 0 1 * *", "Europe/Berlin", "2026-11-01T00:00:00+01:00"),  # the very instant it is over
        ("month", "2026-02", "30 23 31 * *", "UTC", "2026-03-31T23:30:00+00:00"),
        ("week", "2026-W44", "0 6 * * 1", "Europe/Berlin", "2026-11-02T06:00:00+01:00"),  # 1 is Monday
        ("week", "2026-W12", "30 2 * * 0", "Europe/Berlin", "2026-03-29T03:00:00+02:00"),  # a time that this night skips
        ("week", "2026-W42", "30 2 * * 7", "Europe/Berlin", "2026-10-25T02:30:00+02:00"),  # a time that comes twice: the first
        ("month", "2026-10", "0 0 1 * *", "America/Havana", "2026-11-01T00:00:00-04:00"),  # so does midnight there
        ("quarter", "2026-Q3", "0 6 5 * *", "UTC", "2026-10-05T06:00:00+00:00"),
        ("year", "2026", "0 6 10 1 *", "UTC", "2027-01-10T06:00:00+00:00"),
    ],
)
def test_a_period_is_due_at_the_first_time_after_it_is_over(kind: str, period: str, cron: str, zone: str, due: str) -> None:
    planned = Planned(period=kind, cron=cron, timezone=zone, since=period, export="x")  # type: ignore[arg-type]
    assert planned.due_at(Period.parse(period)).isoformat() == due


@given(
    st.sampled_from([("month", "2026-01"), ("week", "2025-W40"), ("quarter", "2025-Q2")]),
    st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Kolkata", "UTC"]),
    st.integers(0, 23),
    st.datetimes(datetime(2026, 2, 1), datetime(2027, 12, 31), timezones=st.just(UTC)),
)
def test_due_are_all_periods_whose_time_has_come_and_one_is_next(
    kind_since: tuple[str, str], zone: str, hour: int, now: datetime
) -> None:
    kind, since = kind_since
    planned = Planned(period=kind, cron=f"0 {hour} * * *", timezone=zone, since=since, export="x")  # type: ignore[arg-type]
    expected = list(planned.expected("job", now))
    assert [e.period for e in expected] == [p.name for p in Period.between(f"{since}..{expected[-1].period}")]
    assert [e.is_due for e in expected] == [True] * (len(expected) - 1) + [False]
    assert all((e.due_at <= now) == e.is_due for e in expected)
    over = [datetime.combine(e.last_day, datetime.min.time(), ZoneInfo(zone)) + timedelta(days=1) for e in expected]
    assert all(end <= e.due_at for e, end in zip(expected, over, strict=True))


# What a schedule may say


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("jobs = 1", "jobs: "),
        ("[jobs.a", "cannot be read"),
        ("[jobs.a]\nperiod = 'day'", "jobs.a.period: must be 'week', 'month', 'quarter' or 'year'"),
        ("{good}\ncolour = 1", "jobs.a.colour: is no key that belongs here: did you mean cron?"),
        (
            "{good}\n[jobs.b]\nperiod='month'\ncron='0 25 * * *'\nsince='2026-01'\nexport='x'",
            "jobs.b.cron: '0 25 * * *' is no cron",
        ),
        ("{good}\ntimezone = 'Mars'", "jobs.a.timezone: 'Mars' is no time zone"),
        ("{good}\nnotebooks = ['consnt']", "jobs.a.notebooks: notebook 'consnt' is unknown: did you mean consent?"),
        ("[jobs.a]\nperiod='week'\ncron='0 6 * * *'\nsince='2026-01'\nexport='x'", "jobs.a.since: '2026-01' is no week"),
        ("{good}\nnotify = ['bos']\n[notify.boss]\nurl='x'", "jobs.a.notify: 'bos' is nobody of [notify]: did you mean boss?"),
        (
            "{good}\n[jobs.b]\nperiod='month'\ncron='0 6 * * *'\nsince='2026-01'\nexport='y'",
            "jobs.b: publishes the same periods as a",
        ),
        (
            "{good}\n[notify.boss]\nurl='x'\non=['always']",
            "notify.boss.on (entry 1): must be 'done', 'violation', 'failure' or 'draft'",
        ),
    ],
)
def test_what_is_wrong_with_a_schedule_is_said_in_one_line(tmp_path: Path, content: str, says: str) -> None:
    good = "[jobs.a]\nperiod='month'\ncron='0 6 1 * *'\nsince='2026-01'\nexport='x'"
    file = tmp_path / "s.toml"
    file.write_text(content.format(good=good))
    result = audits("schedule", "list", "--schedule", file)
    assert result.exit_code == 2
    assert says in result.stderr
    assert result.stderr.count("\n") == 1


def test_without_a_schedule_it_is_said_where_one_is_shown(tmp_path: Path) -> None:
    with pytest.raises(Unusable, match=r"no such file; docs/scheduling.md shows one"):
        load(tmp_path / "schedule.toml", WORKSPACE)


# What is run


@pytest.mark.slow
def test_what_is_due_is_run_once_and_what_is_next_stands_on_the_index(scheduled: MakeSchedule) -> None:
    file = scheduled()
    schedule = load(file, WORKSPACE)
    assert perform(WORKSPACE, schedule, at(datetime(2026, 7, 1, 5, 59, tzinfo=UTC))) == []
    assert "Next: June 2026 on 1 July 2026, 06:00" in page(file.parent)
    assert [(o.period, o.failed) for o in perform(WORKSPACE, schedule, at(JULY_2))] == [("2026-06", False)]
    assert perform(WORKSPACE, schedule, at(JULY_2)) == []
    assert verify(file.parent / "reports" / "2026-06").differences == []
    assert "Next: July 2026 on 1 August 2026, 06:00" in page(file.parent)


@pytest.mark.slow
def test_missed_periods_are_run_the_oldest_first(scheduled: MakeSchedule, caplog: pytest.LogCaptureFixture) -> None:
    file = scheduled(since="2026-04")
    assert [o.period for o in perform(WORKSPACE, load(file, WORKSPACE), at(JULY_2))] == ["2026-04", "2026-05", "2026-06"]
    assert [r.period for r in ledger.standing(file.parent / "reports")] == ["2026-06", "2026-05", "2026-04"]


def test_one_failed_period_holds_up_no_other(scheduled: MakeSchedule, export: Path) -> None:
    file = scheduled(since="2026-05", export="{period}.duckdb")
    (file.parent / "2026-06.duckdb").hardlink_to(export)
    assert [(o.period, o.failed) for o in perform(WORKSPACE, load(file, WORKSPACE), at(JULY_2))] == [
        ("2026-05", True),
        ("2026-06", False),
    ]
    result = audits("schedule", "list", "--schedule", file)
    assert re.search(r"last 2026-06 published at .*; missing: 2026-05", result.output)


def test_an_error_that_nobody_foresaw_ends_its_own_job_alone(scheduled: MakeSchedule, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails_in_may(workspace: Workspace, job: Job, *more: Any, **named: Any) -> Any:
        if job.period == "2026-05":
            raise ZeroDivisionError
        return evaluated(workspace, job, *more, **named)

    monkeypatch.setattr("audits.publish.run.evaluated", fails_in_may)
    file = scheduled(since="2026-05")
    assert [o.failed for o in perform(WORKSPACE, load(file, WORKSPACE), at(JULY_2))] == [True, False]
    assert [o for (o,) in store.rows(file.parent / "reports", "select outcome from runs order by run")] == ["failed", "published"]


def test_a_job_that_fails_before_it_begins_is_noted_told_and_waits(scheduled: MakeSchedule, mailbox: _Mailbox) -> None:
    file = scheduled(MAIL, notify=["board"], parameters="none.toml")
    assert [o.failed for o in perform(WORKSPACE, load(file, WORKSPACE), at(JULY_2))] == [True]
    ((outcome, why),) = store.rows(file.parent / "reports", "select outcome, why from runs")
    assert (outcome, "none.toml" in str(why)) == ("failed", True)
    assert "✗ the last run failed" in page(file.parent)
    assert [mail["subject"] for mail in mailbox.mails] == ["Privacy audit of Jivosite, Inc., June 2026: no report"]
    set_ended_at(file.parent, JULY_2)
    assert perform(WORKSPACE, load(file, WORKSPACE), at(JULY_2)) == []


def test_a_folder_of_reports_that_is_broken_holds_up_no_other(scheduled: MakeSchedule, caplog: pytest.LogCaptureFixture) -> None:
    file = scheduled(export="none.duckdb", reports="broken")
    other = file.read_text().replace("[jobs.monthly]", "[jobs.other]").replace('"broken"', '"reports"')
    file.write_text(f"{file.read_text()}\n{other}")
    evidence = folders.evidence(file.parent / "broken")
    evidence.mkdir()
    (evidence / store.FILE).write_text("no ledger")
    found = perform(WORKSPACE, load(file, WORKSPACE), at(JULY_2))
    assert [(o.job, o.failed) for o in found] == [("monthly", True), ("other", True)]
    assert f"{store.FILE}: " in caplog.text
    assert [o for (o,) in store.rows(file.parent / "reports", "select outcome from runs")] == ["failed"]


def test_an_export_made_before_the_period_was_over_is_refused(scheduled: MakeSchedule) -> None:
    file = scheduled(since="2026-07")
    assert [o.failed for o in perform(WORKSPACE, load(file, WORKSPACE), at(datetime(2026, 8, 2, tzinfo=UTC)))] == [True]
    assert "is of 2026-07-02, before 2026-07 was over; export again" in page(file.parent, "2026-07-failed.html")


@pytest.mark.slow
def test_what_failed_is_tried_again_after_a_while(scheduled: MakeSchedule, export: Path) -> None:
    file = scheduled(export="later.duckdb")
    schedule = load(file, WORKSPACE)
    for minutes, tries in ((0, 1), (14, 0), (15, 1), (29, 0), (30, 1)):  # each end is set to twelve o'clock
        assert len(perform(WORKSPACE, schedule, at(JULY_2 + timedelta(minutes=minutes)))) == tries, minutes
        set_ended_at(file.parent, JULY_2)
    (file.parent / "later.duckdb").hardlink_to(export)
    assert [o.failed for o in perform(WORKSPACE, schedule, at(JULY_2 + timedelta(minutes=60)))] == [False]


def test_waits_double_up_to_a_day() -> None:
    waits = [wait(n) for n in range(1, 40)]
    assert waits[:3] == [timedelta(minutes=15), timedelta(minutes=30), timedelta(hours=1)]
    assert waits[7:] == [timedelta(days=1)] * 32


@pytest.mark.slow
def test_a_clock_that_jumps_loses_and_repeats_nothing(scheduled: MakeSchedule) -> None:
    file = scheduled(since="2026-05")
    schedule = load(file, WORKSPACE)
    perform(WORKSPACE, schedule, at(datetime(2026, 6, 1, 7, tzinfo=UTC)))
    assert perform(WORKSPACE, schedule, at(datetime(2020, 1, 1, tzinfo=UTC))) == []  # back: nothing is due
    ran = perform(WORKSPACE, schedule, at(datetime(2026, 8, 1, 7, tzinfo=UTC)))  # ahead: what is too early fails, and is open
    assert [(o.period, o.failed) for o in ran] == [("2026-06", False), ("2026-07", True)]
    assert perform(WORKSPACE, schedule, at(JULY_2)) == []
    assert [r.period for r in ledger.standing(file.parent / "reports")] == ["2026-06", "2026-05"]
    # The end of the failure lies ahead of a clock that was put right: it does not hold the period up.
    set_ended_at(file.parent, datetime(2031, 1, 1, tzinfo=UTC))
    assert [o.period for o in perform(WORKSPACE, schedule, at(datetime(2026, 8, 1, 8, tzinfo=UTC)))] == ["2026-07"]


def test_two_schedule_runs_do_not_meet(scheduled: MakeSchedule, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "audits")
    file = scheduled()
    with _first(file.parent / "reports"):
        assert perform(WORKSPACE, load(file, WORKSPACE), at(JULY_2)) == []
    assert "another schedule run is at work" in caplog.text


def test_a_run_by_hand_counts_as_run(scheduled: MakeSchedule) -> None:
    file = scheduled()
    folder = file.parent
    asked = ("--export", folder / "export.duckdb", "--period", "2026-06", "--notebook", "coverage", "--out", folder / "reports")
    assert audits("run", *asked).exit_code == 0
    assert perform(WORKSPACE, load(file, WORKSPACE), at(JULY_2)) == []


def test_the_overview_has_next_and_last(scheduled: MakeSchedule) -> None:
    file = scheduled()
    (row,) = overview(load(file, WORKSPACE), JULY_2)
    assert (row["next_period"], row["next_at"]) == ("2026-07", "2026-08-01T06:00:00+00:00")
    assert (row["last_period"], row["open"]) == (None, ["2026-06"])
    perform(WORKSPACE, load(file, WORKSPACE), at(JULY_2))
    (row,) = overview(load(file, WORKSPACE), JULY_2)
    assert (row["last_period"], row["last_outcome"], row["open"]) == ("2026-06", "published", [])
    assert json.loads(audits("schedule", "list", "--schedule", file, "--json").stdout)[0]["job"] == "monthly"


def test_a_job_whose_ledger_cannot_be_read_hides_no_other(scheduled: MakeSchedule) -> None:
    file = scheduled()
    file.write_text(WEEKLY.format("weekly") + file.read_text())
    (file.parent / "weekly-evidence").mkdir()
    (file.parent / "weekly-evidence" / "ledger.sqlite").write_text("garbage" * 100)
    result = audits("schedule", "list", "--schedule", file)
    assert result.exit_code == 2
    assert "monthly: next" in result.stdout
    assert "weekly: next" in result.stdout
    assert "ledger.sqlite" in result.stderr
    told = {row["job"]: row["why"] for row in json.loads(audits("schedule", "list", "--schedule", file, "--json").stdout)}
    assert told["monthly"] is None
    assert "ledger.sqlite" in told["weekly"]


# What the index says


def test_a_missing_period_is_a_finding(scheduled: MakeSchedule, monkeypatch: pytest.MonkeyPatch) -> None:
    file = scheduled()
    monkeypatch.setattr("audits.publish.due._run", lambda workspace, schedule, due, jobs: None)
    perform(WORKSPACE, load(file, WORKSPACE), at(JULY_2))
    assert "✗ missing: never run It was due on 1 July 2026, 06:00" in page(file.parent)


@pytest.mark.parametrize(
    ("ended", "said"), [("2026-07-02 06:00", False), ("2026-07-02 06:01", True), ("2026-07-01 06:05", False)]
)
def test_a_run_a_day_after_it_was_due_is_late(scheduled: MakeSchedule, ended: str, said: bool) -> None:
    from audits.publish import index

    file = scheduled()
    perform(WORKSPACE, load(file, WORKSPACE), at(datetime(2026, 6, 30, tzinfo=UTC)))
    perform(WORKSPACE, load(file, WORKSPACE), at(JULY_2))
    set_ended_at(file.parent, datetime.fromisoformat(ended).replace(tzinfo=UTC))
    index.write(file.parent / "reports", WORKSPACE.texts)
    assert ("It was due on 1 July 2026, 06:00" in page(file.parent)) == said
    assert [s.state for s in ledger.periods(file.parent / "reports")] == ["next", "late" if said else "run"]


def test_what_was_due_before_a_schedule_was_set_up_is_not_late(scheduled: MakeSchedule) -> None:
    file = scheduled()
    perform(WORKSPACE, load(file, WORKSPACE), at(JULY_2))
    set_ended_at(file.parent, JULY_2 + timedelta(hours=23))
    assert [s.state for s in ledger.periods(file.parent / "reports")] == ["next", "run"]


@pytest.mark.slow
def test_a_failed_run_shows_over_an_old_green_one_until_the_next_good_one(scheduled: MakeSchedule) -> None:
    file = scheduled()
    folder, reports = file.parent, file.parent / "reports"
    perform(WORKSPACE, load(file, WORKSPACE), at(JULY_2))
    asked = ("run", "--period", "2026-06", "--notebook", "coverage", "--out", reports, "--export")
    assert audits(*asked, folder / "none.duckdb").exit_code == 2
    assert "✗ the last run failed The last run failed on" in page(folder)
    assert "Of the run before it: " in page(folder)
    assert "• promises kept" not in page(folder)
    assert ": none.duckdb: no such file or folder" in page(folder, "2026-06-failed.html")
    assert (reports / "2026-06" / "coverage.html").exists()
    assert audits(*asked, folder / "export.duckdb").exit_code == 0
    assert "failed" not in page(folder)
    assert "Run 3 superseded run 1" in page(folder)
    assert not (reports / "2026-06-failed.html").exists()


def test_a_run_that_was_killed_is_said(scheduled: MakeSchedule) -> None:
    file = scheduled()
    reports = file.parent / "reports"
    with place.alone(reports):
        ledger.begin(reports, Period.parse("2026-06"))
    assert [o.failed for o in perform(WORKSPACE, load(file, WORKSPACE), at(JULY_2))] == [False]
    assert [o for (o,) in store.rows(reports, "select outcome from runs order by run")] == ["interrupted", "published"]


def test_the_ledger_has_what_was_asked_for_and_what_each_control_found(scheduled: MakeSchedule) -> None:
    file = scheduled()
    perform(WORKSPACE, load(file, WORKSPACE), at(JULY_2))
    ((stated, export, count),) = store.rows(
        file.parent / "reports",
        "select parameters, export_sha256, (select count(*) from run_controls where sql_sha256 is not null) from runs",
    )
    assert json.loads(str(stated)) == {
        "audience": "leadership", "notebooks": ["coverage"], "stresses": [], "suppress_below": 5, "texts": ["jivochat"], "language": "en",
        "auditor_notebooks": [],
    }  # fmt: skip
    assert (export, count) == (fingerprint(file.parent / "export.duckdb"), len(WORKSPACE.promises))


def test_a_ledger_of_an_earlier_version_goes_on(tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    with duckdb.connect(str(reports / "ledger.duckdb")) as con:  # the first one had fewer columns and tables
        con.execute("""
            create table runs (run bigint, began_at timestamptz, outcome varchar, period varchar, first_day date, last_day date,
                               pages varchar[]);
            insert into runs values (7, '2026-07-01 06:00+00', 'published', '2026-06', '2026-06-01', '2026-06-30', ['executive'])
        """)
    (before,) = ledger.standing(reports)
    assert (before.run, before.last_day.isoformat(), before.pages) == (7, "2026-06-30", ["executive"])
    assert ledger.begin(reports, Period.parse("2026-07")) == 8
    assert ledger.attempts(reports)["2026-06"].published


@pytest.mark.slow
def test_backfill_runs_every_period_and_says_which_failed(tmp_path: Path, export: Path) -> None:
    for period in ("2026-05", "2026-06"):
        (tmp_path / f"{period}.duckdb").hardlink_to(export)
    asked = ("--export", tmp_path / "{period}.duckdb", "--notebook", "coverage", "--out", tmp_path / "r")
    result = audits("run", "--period", "2026-04..2026-06", *asked)
    assert result.exit_code == 3
    assert "audits: 2026-04: " in result.stderr
    published = [tmp_path / "r" / p / "coverage.html" for p in ("2026-05", "2026-06")]
    assert result.stdout.split() == [*map(str, published), str(tmp_path / "r" / "index.html")]
    assert audits("run", "--period", "2026-05..2026-06", *asked).exit_code == 0


# Whom it is told to


class _Mailbox(Message):
    def __init__(self) -> None:
        super().__init__(EmailMessage)
        self.mails: list[EmailMessage] = []

    def prepare_message(self, session: object, envelope: object) -> EmailMessage:
        mail = message_from_bytes(envelope.content, policy=policy.default)  # type: ignore[attr-defined]
        assert isinstance(mail, EmailMessage)
        return mail

    def handle_message(self, message: EmailMessage) -> None:  # type: ignore[override]
        self.mails.append(message)


@pytest.fixture
def mailbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[_Mailbox]:
    """A mail server; its port stands in the environment."""
    handler = _Mailbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    monkeypatch.setenv("MAIL_PORT", str(port))
    yield handler
    controller.stop()


MAIL = """
link = "https://audits.example.org/privacy/"
[notify.board]
url = "mailto://127.0.0.1:${MAIL_PORT}?from=audits@example.org&to=board@example.org&mode=insecure"
"""


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body
    return " ".join(str(body.get_content()).split())


@pytest.mark.slow
def test_the_answer_and_the_link_are_mailed_with_the_page_on_request(scheduled: MakeSchedule, mailbox: _Mailbox) -> None:
    target = MAIL + 'on = ["done"]\nattach = ["executive", "coverage"]'
    file = scheduled(target, notify=["board"], notebooks=["coverage", "executive"])
    perform(WORKSPACE, load(file, WORKSPACE), at(JULY_2))
    (mail,) = mailbox.mails
    assert mail["subject"] == "Privacy audit of Jivosite, Inc., June 2026"
    assert mail["to"] == "board@example.org"
    text = text_of(mail)
    assert re.search(r"\d+ of \d+ clauses that could be judged were kept in June 2026; .* broken", text)
    assert "https://audits.example.org/privacy/2026-06/executive.html" in text
    sent = {part.get_filename(): part.get_payload(decode=True) for part in mail.iter_attachments()}
    pages = file.parent / "reports" / "2026-06"
    assert sent == {name: (pages / name).read_bytes() for name in ("executive.html", "coverage.html")}
    assert not re.search(r"\b(a1|a2|r1|r2|r3)\b", text)


@pytest.mark.parametrize(("on", "told"), [("violation", 1), ("failure", 0), ("done", 1)])
def test_a_target_is_told_of_what_it_asked_for(scheduled: MakeSchedule, mailbox: _Mailbox, on: str, told: int) -> None:
    perform(WORKSPACE, load(scheduled(f'{MAIL}on = ["{on}"]', notify=["board"]), WORKSPACE), at(JULY_2))
    assert len(mailbox.mails) == told


def test_a_failure_is_told_once_and_then_daily(scheduled: MakeSchedule, mailbox: _Mailbox) -> None:
    file = scheduled(MAIL, notify=["board"], export="none.duckdb")
    for _ in range(9):  # each a day after the one before, all as if they had ended at noon
        perform(WORKSPACE, load(file, WORKSPACE), at(JULY_2 + timedelta(days=1)))
        set_ended_at(file.parent, JULY_2)
    assert len(store.rows(file.parent / "reports", "select run from runs")) == 9
    assert len(mailbox.mails) == 2  # the first, and the ninth: the wait before it was a day
    assert mailbox.mails[0]["subject"].endswith("June 2026: no report")
    text = text_of(mailbox.mails[0])
    assert "The audit of June 2026 failed: " in text
    assert "no such file or folder" in text
    assert "It is tried again by itself. https://audits.example.org/privacy/index.html" in text


@pytest.mark.slow
def test_what_could_not_be_delivered_is_tried_again(
    scheduled: MakeSchedule, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "audits")
    file = scheduled(MAIL + 'on = ["done"]', notify=["board"])
    sent: list[str] = []
    monkeypatch.setattr(notify, "_deliver", lambda target, title, body, pages: bool(sent.append(title)))
    perform(WORKSPACE, load(file, WORKSPACE), at(JULY_2))
    assert "board could not be told of 2026-06" in caplog.text
    monkeypatch.setattr(notify, "_deliver", lambda target, title, body, pages: sent.append(title) or True)
    perform(WORKSPACE, load(file, WORKSPACE), at(JULY_2))
    perform(WORKSPACE, load(file, WORKSPACE), at(JULY_2))
    assert len(sent) == 2
    assert "board was told of 2026-06" in caplog.text
    assert store.rows(file.parent / "reports", "select attempts, sent_at is not null as sent from notices") == [(2, 1)]


@pytest.mark.slow
def test_it_is_not_tried_for_ever(scheduled: MakeSchedule, monkeypatch: pytest.MonkeyPatch) -> None:
    file = scheduled(MAIL + 'on = ["done"]', notify=["board"])
    sent: list[str] = []
    monkeypatch.setattr(notify, "_deliver", lambda target, title, body, pages: bool(sent.append(title)))
    for _ in range(12):
        perform(WORKSPACE, load(file, WORKSPACE), at(JULY_2))
    assert len(sent) == notify.MOST_ATTEMPTS


def test_a_notice_of_a_period_that_is_gone_holds_nothing_up(scheduled: MakeSchedule, monkeypatch: pytest.MonkeyPatch) -> None:
    file = scheduled(MAIL + 'on = ["done"]', notify=["board"])
    reports = file.parent / "reports"
    monkeypatch.setattr(notify, "_deliver", lambda target, title, body, pages: False)
    perform(WORKSPACE, load(file, WORKSPACE), at(JULY_2))
    shutil.rmtree(reports / "2026-06")
    for _ in range(notify.MOST_ATTEMPTS):
        assert perform(WORKSPACE, load(file, WORKSPACE), at(JULY_2)) == []
    assert store.rows(reports, "select attempts, sent_at from notices") == [(notify.MOST_ATTEMPTS, None)]


class _Hook(BaseHTTPRequestHandler):
    told: ClassVar[list[dict[str, object]]] = []

    def do_POST(self) -> None:
        self.told.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def test_a_webhook_is_told_the_answer_too(scheduled: MakeSchedule) -> None:
    with HTTPServer(("127.0.0.1", 0), _Hook) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        target = f'[notify.hook]\nurl = "json://127.0.0.1:{server.server_port}/hook"\non = ["done"]'
        perform(WORKSPACE, load(scheduled(target, notify=["hook"]), WORKSPACE), at(JULY_2))
        thread.join()
    (told,) = _Hook.told
    assert told["title"] == "Privacy audit of Jivosite, Inc., June 2026"
    assert "clauses that could be judged were kept in June 2026" in str(told["message"])


@pytest.mark.slow
def test_a_server_that_is_not_there_ends_no_run(scheduled: MakeSchedule, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAIL_PORT", "9")
    file = scheduled(MAIL + 'on = ["done"]', notify=["board"])
    assert [o.failed for o in perform(WORKSPACE, load(file, WORKSPACE), at(JULY_2))] == [False]
    assert store.rows(file.parent / "reports", "select attempts, sent_at from notices") == [(1, None)]


@pytest.mark.slow
def test_a_secret_that_is_not_set_is_said_and_the_notice_waits(
    scheduled: MakeSchedule, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.delenv("MAIL_PORT", raising=False)
    file = scheduled(MAIL + 'on = ["done"]', notify=["board"])
    assert [o.failed for o in perform(WORKSPACE, load(file, WORKSPACE), at(JULY_2))] == [False]
    assert "[notify] reads MAIL_PORT from the environment, where it is not set" in caplog.text
    assert store.rows(file.parent / "reports", "select attempts, sent_at from notices") == [(1, None)]


# The commands


def lines(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.slow
@pytest.mark.parametrize("until", ["serving", "started", "failed"])
def test_serve_runs_what_is_due_says_so_as_json_and_ends_when_told(scheduled: MakeSchedule, until: str) -> None:
    file = scheduled(export="no-Person-17.duckdb")
    command = [sys.executable, "-m", "audits", "schedule", "serve", "--schedule", str(file), "--log-format", "json"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        said = [json.loads(process.stderr.readline())]
        while said[-1]["event"] != until:
            said.append(json.loads(process.stderr.readline()))
        process.send_signal(signal.SIGTERM)
        rest = process.communicate()[1]
    assert process.returncode == 0
    said += lines(rest)
    assert said[0]["event"] == "serving"
    # It may have come to the next period before it was told.
    assert {line.get("period", "2026-06") for line in said} <= {"2026-06", "2026-07"}
    assert {"at", "level", "event", "message"} <= set.intersection(*(set(s) for s in said))


def test_schedule_run_ends_with_3_if_a_run_failed(scheduled: MakeSchedule) -> None:
    file = scheduled(export="none.duckdb")
    first = audits("schedule", "run", "--schedule", file, "--log-format", "json")
    assert first.exit_code == 3
    assert lines(first.stderr)[0]["event"] == "started"
    assert audits("schedule", "run", "--schedule", file).exit_code == 0  # all that failed waits


@pytest.mark.slow
def test_a_run_logs_its_events_as_json_without_data(tmp_path: Path, export: Path) -> None:
    asked = ("--export", export, "--period", "2026-06", "--notebook", "coverage", "--out", tmp_path)
    said = lines(audits("run", *asked, "--log-format", "json").stderr)
    assert [line["event"] for line in said] == ["evaluated", "notebook_done"]
    assert (said[1]["done"], said[1]["of"], said[1]["notebook"]) == (2, 2, "coverage")


@pytest.mark.slow
def test_a_terminal_shows_how_far_a_run_is(tmp_path: Path, export: Path) -> None:
    terminal, other_end = pty.openpty()
    command = [sys.executable, "-m", "audits", "run", "--export", str(export), "--period", "2026-06"]
    command += ["--notebook", "coverage", "--out", str(tmp_path / "r")]
    env = {**os.environ, "TERM": "xterm", "COLUMNS": "100"}
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=other_end, env=env)
    os.close(other_end)
    shown = b""
    try:
        while chunk := os.read(terminal, 4096):
            shown += chunk
    except OSError:  # what Linux says when the other end is closed
        pass
    os.close(terminal)
    assert process.wait() == 0
    assert "━" in shown.decode()
    assert "1/2" in shown.decode()
    assert "coverage: done" in shown.decode()


def test_jobs_of_one_place_are_looked_at_together(scheduled: MakeSchedule) -> None:
    content = {"period": "month", "cron": "0 6 1 * *", "since": "2026-06", "export": "x"}
    schedule = Schedule(
        jobs={"a": Planned(**content), "b": Planned(**{**content, "reports": "other"}), "c": Planned(**content)},  # type: ignore[arg-type]
        folder=Path("/x"),
    )
    assert schedule.places() == {Path("/x/reports"): ["a", "c"], Path("/x/other"): ["b"]}


# What a job may ask for, and what a look at the schedule says


def look(file: Path, **asked: object) -> list[str]:
    """Periods that were run at a look, by job."""
    return [o.period for o in perform(WORKSPACE, load(file, WORKSPACE), at(JULY_2), Look(**asked))]  # type: ignore[arg-type]


def test_a_dry_look_says_what_would_be_run_and_writes_nothing(scheduled: MakeSchedule, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "audits")
    file = scheduled()
    assert look(file, dry=True) == []
    assert "monthly: 2026-06 is due since 2026-07-01 06:00 UTC, and would be run" in caplog.text
    assert {f.name for f in file.parent.iterdir()} == {"schedule.toml", "export.duckdb"}


def test_a_look_that_does_nothing_says_why_and_now_does_not_wait(
    scheduled: MakeSchedule, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "audits")
    file = scheduled(export="none.duckdb")
    assert look(file) == ["2026-06"]
    set_ended_at(file.parent, JULY_2)
    caplog.clear()
    assert look(file) == []
    assert "monthly: nothing is due: 2026-06 failed: " in caplog.text
    assert "it is tried again from 2026-07-02 12:15 UTC on, --now at once; next is 2026-07 at 2026-08-01 06:00 UTC" in caplog.text
    assert look(file, now=True) == ["2026-06"]


def test_a_look_may_be_at_one_job_and_an_unknown_one_is_said(scheduled: MakeSchedule) -> None:
    file = scheduled()
    with pytest.raises(Unusable, match="'montly' is no job: did you mean monthly"):
        look(file, jobs=["montly"])
    file.write_text(WEEKLY.format("weekly") + file.read_text())
    assert look(file, jobs=["monthly"], dry=True) == []
    assert look(file, jobs=["monthly"]) == ["2026-06"]
    assert not (file.parent / "weekly").exists()


def test_a_job_says_what_it_is_to_fail_on(scheduled: MakeSchedule) -> None:
    file = scheduled(fail_on=["violation"], threads=1, stress=["dpf ends 2026-12-01"], spill=".")
    (outcome,) = perform(WORKSPACE, load(file, WORKSPACE), at(JULY_2))
    assert (outcome.failed, set(outcome.statuses)) == (False, {"not_satisfied"})
    assert json.loads(str(store.rows(file.parent / "reports", "select parameters from runs")[0][0]))["stresses"]


@pytest.mark.parametrize(
    ("targets", "job", "says"),
    [
        ("[notify.b]\nurl = 'mailx://example.org'\n", {}, "'mailx' is no kind of address that apprise knows: did you mean"),
        ("[notify.b]\nurl = 'mailto://x'\nattach = ['exec']\n", {"notify": ["b"]}, "notify.b.attach: notebook 'exec'"),
        ("", {"stress": ["dpf ends soon"]}, "write a measure or a country, and its last day"),
        ("", {"fail_on": ["broken"]}, "jobs.monthly.fail_on (entry 1): must be '"),
        ("", {"threads": 0}, "jobs.monthly.threads: must be 1 or more"),
        ("", {"cron": "0 6 3 * * *"}, "'0 6 3 * * *' is no cron expression"),
        ("", {"threads": True}, "jobs.monthly.threads: must be a whole number"),
        ("", {"suppress_below": -5}, "jobs.monthly.suppress_below: must be 0 or more"),
        ("", {"suppress_below": True}, "jobs.monthly.suppress_below: must be a whole number"),
        ("", {"time": "soon"}, "jobs.monthly.time: must be a time, such as 90s, 5m or 2h"),
        ("", {"memory": "lots"}, "jobs.monthly.memory: must be a size, such as 500MB or 80%"),
        ("", {"reports": ""}, "jobs.monthly.reports: must not be empty"),
    ],
)
def test_what_a_job_cannot_do_is_said_when_it_is_read(
    scheduled: MakeSchedule, targets: str, job: dict[str, object], says: str
) -> None:
    with pytest.raises(Unusable) as error:
        load(scheduled(targets, **job), WORKSPACE)
    assert says in str(error.value)
    assert "\n" not in str(error.value)


def test_pages_of_one_job_do_not_lie_in_the_evidence_of_another(scheduled: MakeSchedule) -> None:
    for reports in ("evidence", "evidence/weekly", "./evidence"):
        file = scheduled()
        file.write_text(WEEKLY.format(reports) + file.read_text())
        with pytest.raises(Unusable, match=r"jobs\.weekly\.reports: is where the evidence of monthly is kept"):
            load(file, WORKSPACE)


def test_a_password_is_escaped_in_an_address_and_an_address_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASSWORD", "p@ss/w#rd:?%")
    monkeypatch.setenv("HOOK", "json://example.org/a?b=c")
    assert notify._expanded("mailto://me:${PASSWORD}@example.org") == "mailto://me:p%40ss%2Fw%23rd%3A%3F%25@example.org"
    assert notify._expanded("json://example.org/?token=${PASSWORD}").endswith("=p%40ss%2Fw%23rd%3A%3F%25")
    assert notify._expanded("workflows://${HOOK}") == "workflows://json://example.org/a?b=c"
    assert notify._expanded("${HOOK}") == "json://example.org/a?b=c"


def test_a_test_notice_is_sent_and_a_refused_one_says_why_without_the_password(
    scheduled: MakeSchedule, mailbox: _Mailbox, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("PASSWORD", "p@ss-word")
    closed = '[notify.nobody]\nurl = "mailto://me:${PASSWORD}@127.0.0.1:1?to=board@example.org&mode=insecure"\n'
    schedule = load(scheduled(MAIL + closed), WORKSPACE)
    caplog.set_level("INFO", "audits")
    assert notify.test(schedule, ["board"])
    assert [m["subject"] for m in mailbox.mails] == ["Privacy audits: a test"]
    assert not notify.test(schedule, [])
    assert "nobody could not be told" in caplog.text
    assert "mailto: " in caplog.text
    assert "p@ss" not in caplog.text
    assert "p%40ss" not in caplog.text
    with pytest.raises(Unusable, match="'bord' is nobody of \\[notify\\]: did you mean board"):
        notify.test(schedule, ["bord"])


# A draft that somebody signs


@pytest.mark.slow
def test_a_draft_waits_for_its_signature_and_nobody_else_sees_it(
    scheduled: MakeSchedule, mailbox: _Mailbox, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = scheduled(MAIL + 'on = ["done"]', notify=["board"], sign_off="the head of audit")
    reports = file.parent / "reports"
    assert look(file) == ["2026-06"]
    assert not (reports / "2026-06").exists()
    assert mailbox.mails == []
    assert (file.parent / "evidence" / "drafts" / "2026-06" / "pages" / "coverage.html").stat().st_mode & 0o077 == 0
    assert "… waits to be signed" in page(file.parent)
    assert "waits for the head of audit to sign" in page(file.parent)
    caplog.set_level("INFO", "audits")
    assert look(file) == []
    assert "2026-06 waits for the head of audit to sign: audits publish 2026-06 --by NAME" in caplog.text
    monkeypatch.chdir(file.parent)
    assert audits("publish", "2026-06", "--by", " ").exit_code == 2
    unknown = audits("publish", "2026-05", "--by", "A. Auditor")
    assert (unknown.exit_code, "no draft waits to be signed" in unknown.stderr) == (2, True)
    signed = audits("publish", "2026-06", "--by", "A. Auditor")
    assert (signed.exit_code, signed.stdout) == (0, "reports/2026-06/coverage.html\n")
    assert verify(reports / "2026-06").differences == []
    assert len(mailbox.mails) == 1
    assert "waits" not in page(file.parent)
    assert "Signed by A. Auditor" in page(file.parent)
    assert look(file) == []
    assert not (file.parent / "evidence" / "drafts" / "2026-06").exists()


def test_a_draft_stands_beside_what_was_published_before(scheduled: MakeSchedule) -> None:
    file = scheduled()
    look(file)
    scheduled(sign_off="the head of audit")
    asked = WORKSPACE, load(file, WORKSPACE).job("monthly").of(Period.parse("2026-06")), ["coverage"], file.parent / "reports"
    run(*asked, sign_off="the head of audit")
    shown = page(file.parent)
    assert "clauses that could be judged kept" in shown
    assert "The run that ended on" in shown
    assert (file.parent / "reports" / "2026-06" / "coverage.html").exists()


class Killed(BaseException):
    pass


def test_what_a_killed_run_had_built_is_published_once_and_told_once(
    scheduled: MakeSchedule, mailbox: _Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise Killed

    file = scheduled(MAIL + 'on = ["done"]', notify=["board"])
    with monkeypatch.context() as patch:
        patch.setattr("audits.publish.place._exchange", killed)
        patch.setattr("audits.publish.run._ended", lambda *arguments: arguments[-1])
        with pytest.raises(Killed):
            look(file)
    assert mailbox.mails == []
    assert look(file) == []
    assert [r.run for r in ledger.standing(file.parent / "reports")] == [1]
    assert verify(file.parent / "reports" / "2026-06").differences == []
    assert look(file) == []
    assert len(mailbox.mails) == 1


@pytest.mark.slow
def test_what_is_signed_is_what_was_built(scheduled: MakeSchedule, monkeypatch: pytest.MonkeyPatch) -> None:
    file = scheduled(sign_off="the head of audit")
    assert look(file) == ["2026-06"]
    monkeypatch.chdir(file.parent)
    draft = file.parent / "evidence" / "drafts" / "2026-06"

    def refused(by: str = "A. Auditor", period: str = "2026-06") -> str:
        result = audits("publish", period, "--by", by)
        assert (result.exit_code, result.stderr.count("\n")) == (2, 1), result.output
        assert not (file.parent / "reports" / "2026-06").exists()
        return result.stderr

    assert "say who signs" in refused(by="A.\u202eB")
    assert "is none: write" in refused(period="../drafts/2026-06")
    for name in ("pages/coverage.html", "evidence/results.duckdb", "evidence/manifest.json"):
        before = (draft / name).read_bytes()
        (draft / name).write_bytes(before + b" ")
        assert "is not as it was built" in refused()
        (draft / name).write_bytes(before)
    (draft / "pages" / "more.html").write_text("more")
    assert "more.html: was added" in refused()
    (draft / "pages" / "more.html").unlink()
    shutil.copytree(draft, file.parent / "copy")
    assert audits("publish", "2026-06", "--by", " A.\nAuditor").exit_code == 0
    assert "Signed by A. Auditor" in page(file.parent)
    shutil.copytree(file.parent / "copy", draft)
    again = audits("publish", "2026-06", "--by", "B")
    assert (again.exit_code, "no draft waits to be signed" in again.stderr) == (2, True), "one that was published since is none"
