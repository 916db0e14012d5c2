"""The adapters of docs/adapters.md read what two ticket systems export, and pass on what they cannot read."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unicodedata import category
from zoneinfo import ZoneInfo

import duckdb
import pandas as pd
import pytest
from babel.dates import get_month_names
from hypothesis import given, settings
from hypothesis import strategies as st

from audits.contract import adapter as adapters
from audits.evaluation.job import Job, evaluated

from ..conftest import WORKSPACE, opened

ADAPTERS = Path(__file__).parents[2] / "docs" / "adapters"
ZENDESK = (
    "Summation column,Id,Requester,Requester id,Requester external id,Requester email,Requester domain,Submitter,Assignee,Group,Subject,"
    "Tags,Status,Priority,Via,Ticket type,Created at,Updated at,Assigned at,Organization,Due date,Initially assigned at,Solved at,"
    "Resolution time,Satisfaction Score,Group stations,Assignee stations,Reopens,Replies,First reply time in minutes,"
    "Privacy request [list],Country [text]"
)
JIRA = (
    "Summary,Issue key,Issue id,Issue Type,Status,Project key,Project name,Priority,Resolution,Assignee,Reporter,Creator,Created,Updated,"
    "Last Viewed,Resolved,Due date,Votes,Labels,Labels,Description,Custom field (Request Type),Custom field (Customer number),"
    "Custom field (Country)"
)
JIRA_CLOUD = f"{JIRA},Status Category,Status Category Changed"


def written(file: Path, header: str, rows: list[dict[str, str]]) -> Path:
    columns = header.split(",")
    with file.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(columns)
        writer.writerows([[row.get(column, "") for column in columns] for row in rows])
    return file


def judged(export: Path, adapter: str, control: str) -> dict[str, str]:
    """Of each finding of a year that is not compliant, verdict and reason; and how many are compliant."""
    job = Job(str(export), ADAPTERS / adapter, period="2026", as_of="2026-10-31")
    results = evaluated(WORKSPACE, job, WORKSPACE.find(control))
    frame = results.frame("select record_id, verdict || ': ' || reason as said from results.findings order by record_id")
    return {**dict(zip(frame.record_id, frame.said, strict=True)), "compliant": str(results.promise(control).compliant)}


# What a text says, under any adapter that has to read one


def says(adapter: str, texts: Iterable[str], change: Callable[[str], str] = str) -> dict[str, str | None]:
    """What the view `instants` of an adapter makes of texts, `change` applied to the adapter before."""
    texts = list(texts)
    sql = change((ADAPTERS / adapter).read_text(encoding="utf-8"))
    with duckdb.connect() as con:
        con.execute("set timezone = 'UTC'")
        con.execute("create table texts as select unnest(?::varchar[]) as text", [texts])
        con.execute("create view written as from texts")
        for statement in duckdb.extract_statements(sql):
            if re.search(r"view (reading|months|instants)", statement.query):
                con.execute(statement.query)
        found = dict(con.execute("select text, instant from instants").fetchall())
    return {text: found[text] for text in texts}


def instant(text: str, zone: str) -> str:
    """A local time, or one with its offset, as the engine writes it in UTC."""
    told = datetime.fromisoformat(text)
    told = (told if told.tzinfo else told.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)
    return told.isoformat(sep=" ").replace("+00:00", "+00").replace("000+00", "+00")


LOCAL = {
    # as the systems write
    "2026-04-14 16:30": "2026-04-14 16:30",
    "14/Apr/26 4:30 PM": "2026-04-14 16:30",
    "14/Apr/26 12:30 AM": "2026-04-14 00:30",
    "14/Apr/26 12:30 PM": "2026-04-14 12:30",
    "25/Feb/26 10:17 PM": "2026-02-25 22:17",
    # with seconds, with their fraction
    "2026-04-14 16:30:05": "2026-04-14 16:30:05",
    "2026-04-14 16:30:05.123": "2026-04-14 16:30:05.123000",
    "14/Apr/26 4:30:05 PM": "2026-04-14 16:30:05",
    # ISO and its neighbours
    "2026-04-14T16:30": "2026-04-14 16:30",
    "2026-04-14T16:30:05": "2026-04-14 16:30:05",
    "2026/04/14 16:30": "2026-04-14 16:30",
    "2026-04-14 4:30 PM": "2026-04-14 16:30",
    # the day first, between points, strokes and dashes, with years of four digits and of two
    "14.04.2026 16:30": "2026-04-14 16:30",
    "14.4.2026, 16:30:05": "2026-04-14 16:30:05",
    "14/04/2026 16:30": "2026-04-14 16:30",
    "14-04-2026 16:30": "2026-04-14 16:30",
    "14.04.26 16:30": "2026-04-14 16:30",
    "14/04/26 4:30 pm": "2026-04-14 16:30",
    "03/04/2026 16:30": "2026-04-03 16:30",
    "04/04/2026 16:30": "2026-04-04 16:30",
    # months in words
    "14. April 2026 16:30": "2026-04-14 16:30",
    "14/avr./26 4:30 PM": "2026-04-14 16:30",
    "14 de abril de 2026 16:30": "2026-04-14 16:30",
    "14 de abr. de 2026 16:30:05": "2026-04-14 16:30:05",
    "14-MÄRZ-2026 16:30": "2026-03-14 16:30",
    "14/Mrz/26 16:30": "2026-03-14 16:30",
    "Apr 14, 2026, 4:30:05\u202fPM": "2026-04-14 16:30:05",
    "14/abr/26 4:30 p.\u00a0m.": "2026-04-14 16:30",
    "14/Apr/26 4:30 a.m.": "2026-04-14 04:30",
    "14/Apr/26 4:30PM": "2026-04-14 16:30",
    # what only one year in four has
    "29/02/2024 10:00": "2024-02-29 10:00",
    "29/févr./24 10:00": "2024-02-29 10:00",
    # blanks around
    "  2026-04-14 16:30 ": "2026-04-14 16:30",
}
WITH_OFFSET = {
    "2026-04-14T16:30:05Z": "2026-04-14T16:30:05+00:00",
    "2026-04-14T16:30:05.123+02:00": "2026-04-14T16:30:05.123000+02:00",
    "2026-04-14T16:30+0200": "2026-04-14T16:30+02:00",
    "2026-04-14 16:30:05 +0100": "2026-04-14T16:30:05+01:00",
    "2026-04-14 16:30:05-03": "2026-04-14T16:30:05-03:00",
    "2026-04-14 16:30 GMT": "2026-04-14T16:30+00:00",
    "2026-04-14 16:30:05 UTC": "2026-04-14T16:30:05+00:00",
    "14/Apr/26 4:30 PM +0530": "2026-04-14T16:30+05:30",
}
DAYS = {
    "2026-04-14": "2026-04-14",
    "14/Apr/26": "2026-04-14",
    "14.04.2026": "2026-04-14",
    "14/04/26": "2026-04-14",
    "1. März 2026": "2026-03-01",
    "29.02.2024": "2024-02-29",
    "April 14, 2026": "2026-04-14",
}
PASSED_ON = [
    "tomorrow",
    "-",
    "n/a",
    "29/02/2026",  # no such day
    "29/Feb/26 10:00 AM",
    "31.04.2026",
    "32/04/2026",
    "2026-13-01",
    "00/00/0000",
    "14/Foo/26 4:30 PM",  # no month in five languages
    "14/avr/kl 4:30 PM",
    "26-04-14",  # a day or a year comes first
    "26-04-14 16:30",
    "2026-04-14 25:00",  # no such time
    "2026-04-14 16:60",
    "2026-04-14 13:30 PM",
    "2026-04-14 0:30 AM",
    "2026-04-14 16:30 CEST",  # whose offset nobody is sure of
    "2026-04-14 16:30 Europe/Berlin",
    "2026-04-14 16:30 +15:00",
    "2026-04-14Z",
    "2026-04-14 16:30 Uhr",
    "46126.6875",  # a spreadsheet's number
    "1776177000",  # seconds since 1970
    "14 16:30",
    "2026-04",
    "infinity",
]


@pytest.mark.parametrize(("adapter", "zone"), [("zendesk_tickets.sql", "Europe/Berlin"), ("jira_issues.sql", "Europe/London")])
def test_a_text_is_read_or_passed_on(adapter: str, zone: str) -> None:
    expected = {text: instant(told, zone) for text, told in (LOCAL | WITH_OFFSET).items()} | DAYS
    expected |= {text: text for text in PASSED_ON} | {"": None, "  ": None}
    assert says(adapter, expected) == expected


@pytest.mark.parametrize("language", ["en", "en_GB", "en_AU", "de", "de_AT", "fr", "fr_CA", "es", "es_MX", "pt", "pt_PT"])
def test_months_are_read_in_five_languages(language: str) -> None:
    names = {
        (month, name)
        for width in ("wide", "abbreviated")
        for context in ("format", "stand-alone")
        for month, name in get_month_names(width, context, language).items()  # type: ignore[arg-type]
    }
    expected = {f"8/{name}/26": f"2026-{month:02}-08" for month, name in names}
    expected |= {f"8 {name.upper()} 2026": f"2026-{month:02}-08" for month, name in names}
    assert says("jira_issues.sql", expected) == expected


def test_no_word_stands_for_two_months() -> None:
    text = (ADAPTERS / "jira_issues.sql").read_text(encoding="utf-8")
    words = " ".join(re.findall(r"\('\d\d', '([a-z ]+)'\)", text)).split()
    assert len(words) == len(set(words)) > 60


def test_all_adapters_read_texts_alike() -> None:
    one, other = (
        re.findall(
            r"^create view (?:months|instants)\b.*?;$", (ADAPTERS / name).read_text("utf-8"), flags=re.DOTALL | re.MULTILINE
        )
        for name in ("zendesk_tickets.sql", "jira_issues.sql")
    )
    assert one == other
    assert len(one) == 2


WRITTEN = ["%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%d/%m/%Y %H:%M:%S", "%d.%m.%y %H:%M:%S", "%d/%b/%y %I:%M:%S %p", "%B %d, %Y %H:%M:%S"]  # fmt: skip


@given(st.lists(st.tuples(st.datetimes(datetime(2000, 1, 1), datetime(2068, 12, 31)), st.sampled_from(WRITTEN)), min_size=1))
@settings(max_examples=20)
def test_what_was_written_is_read_again(written: list[tuple[datetime, str]]) -> None:
    expected = {told.strftime(form): told.replace(microsecond=0) for told, form in written}
    found = says("zendesk_tickets.sql", expected, lambda sql: sql.replace("Europe/Berlin", "UTC"))
    assert {text: datetime.fromisoformat(str(said)).replace(tzinfo=None) for text, said in found.items()} == expected


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0")), min_size=1))
@settings(max_examples=20)
def test_no_text_is_hidden(texts: list[str]) -> None:
    for text, said in says("zendesk_tickets.sql", texts).items():
        is_blank = {category(character) for character in text} <= {"Zs"}
        assert (said is None) == is_blank, text


# The order of day and month


def months_first(sql: str) -> str:
    assert sql.count("'day' as comes_first") == 1
    return sql.replace("'day' as comes_first", "'month' as comes_first")


def test_the_order_is_switched_in_one_line() -> None:
    expected = {"03/04/2026": "2026-03-04", "4/14/26": "2026-04-14", "14/Apr/26": "2026-04-14", "2026-03-04": "2026-03-04"}
    assert says("jira_issues.sql", expected, months_first) == expected


def test_where_one_date_fits_only_the_other_order_none_that_fits_both_is_believed() -> None:
    american = {
        "07/03/2017": "07/03/2017",  # 7 March, or 3 July
        "08/14/2017": "08/14/2017",  # only the other order
        "14/08/2017": "2017-08-14",  # only this one
        "05/05/2017": "2017-05-05",  # the same in both
        "3/Jul/17": "2017-07-03",
        "2017-07-03": "2017-07-03",
    }
    assert says("zendesk_tickets.sql", american) == american
    assert says("zendesk_tickets.sql", ["07/03/2017", "14/15/2017"])["07/03/2017"] == "2017-03-07"


def test_an_order_that_is_none_reads_no_numbers() -> None:
    wrong = {"03/04/2026": "03/04/2026", "14/04/2026": "14/04/2026", "14/Apr/26": "2026-04-14"}
    assert says("zendesk_tickets.sql", wrong, lambda sql: sql.replace("'day' as comes_first", "'days' as comes_first")) == wrong


# The nights on which the clock changes


def test_an_hour_that_the_clock_skips_is_passed_on() -> None:
    night = {
        "2026-03-29 01:59": "2026-03-29 00:59:00+00",
        "2026-03-29 02:00": "2026-03-29 02:00",
        "2026-03-29 02:59": "2026-03-29 02:59",
        "2026-03-29 03:00": "2026-03-29 01:00:00+00",
        "2026-03-29 02:30:00+01:00": "2026-03-29 01:30:00+00",
    }
    assert says("zendesk_tickets.sql", night) == night


def test_of_an_hour_that_the_clock_repeats_the_second_is_taken() -> None:
    night = {
        "2026-10-25 01:59": "2026-10-24 23:59:00+00",
        "2026-10-25 02:00": "2026-10-25 01:00:00+00",
        "2026-10-25 02:59": "2026-10-25 01:59:00+00",
        "2026-10-25 03:00": "2026-10-25 02:00:00+00",
        "2026-10-25 02:30 +0200": "2026-10-25 00:30:00+00",
    }
    assert says("zendesk_tickets.sql", night) == night


# Zendesk


def ticket(number: int, created: str, solved: str, kind: str = "Access", **more: str) -> dict[str, str]:
    return {
        "Id": str(number), "Requester id": f"9{number}", "Via": "Mail", "Status": "Solved" if solved else "Open",
        "Created at": created, "Solved at": solved, "Privacy request [list]": kind, "Country [text]": "de", **more,
    }  # fmt: skip


@pytest.fixture
def zendesk(tmp_path: Path) -> Path:
    return written(
        tmp_path / "zendesk_tickets.csv",
        ZENDESK,
        [
            ticket(1, "2026-03-10 09:00", "2026-04-09 23:59", **{"First reply time in minutes": "90"}),
            ticket(2, "2026-03-10 09:00", "2026-04-10 00:00", "Copy of my data"),
            ticket(3, "2026-10-21 09:00", "", "Deletion"),
            ticket(4, "2026-09-20 09:00", "", "Deletion"),
            ticket(5, "2026-09-20 09:00", "", "Please call me"),
            ticket(6, "tomorrow", "2026-04-10 00:00"),
            ticket(7, "2026-01-20 09:00", "", ""),
            ticket(8, "2026-01-20 09:00", "", Status="Deleted"),
        ],
    )


def test_zendesk(zendesk: Path) -> None:
    assert judged(zendesk, "zendesk_tickets.sql", "request_handled_in_time") == {
        "2": "violation: late",
        "3": "pending: not_yet_due",
        "4": "violation: overdue",
        "5": "indeterminate: unreadable",
        "6": "indeterminate: unreadable",
        "compliant": "1",
    }


def test_zendesk_times_are_local_over_a_clock_change(zendesk: Path) -> None:
    results = evaluated(WORKSPACE, Job(str(zendesk), ADAPTERS / "zendesk_tickets.sql", period="2026", as_of="2026-10-31"), [])
    (row,) = results.frame("select received_at, acknowledged_at, closed_at from requests where request_id = '1'").to_dict(
        "records"
    )
    assert [str(row[c]) for c in row] == ["2026-03-10 09:00:00+01:00", "2026-03-10 10:30:00+01:00", "2026-04-09 23:59:00+02:00"]


def test_an_answered_zendesk_ticket_is_no_violation_for_its_format(tmp_path: Path) -> None:
    solved = ["2026-04-14 16:30", "2026-04-14 16:30:05", "14-04-2026 16:30", "2026-04-14T16:30:00Z", "14th of April", "14/04/26?"]
    rows = [ticket(number, "2026-04-08 20:52", text) for number, text in enumerate(solved)]
    export = written(tmp_path / "zendesk_tickets.csv", ZENDESK, rows)
    assert judged(export, "zendesk_tickets.sql", "request_handled_in_time") == {
        "4": "indeterminate: unreadable",
        "5": "indeterminate: unreadable",
        "compliant": "4",
    }


def test_the_status_of_a_zendesk_ticket_is_read(tmp_path: Path) -> None:
    received, solved = "2026-03-10 09:00", "2026-03-20 09:00"
    states = [
        ("Solved", "", ""),
        ("Closed", "", ""),
        ("Gelöst", "", ""),
        ("", "", ""),
        ("Open", solved, ""),
        (" hold ", "", ""),
        ("Pending", "", ""),
        ("Gelöst", solved, ""),
        ("", solved, ""),
        ("Closed", solved, "eu closed_by_merge"),
        ("Closed", solved, "not_closed_by_merger"),
    ]
    rows = [ticket(n, received, solved, Status=status, Tags=tags) for n, (status, solved, tags) in enumerate(states)]
    export = written(tmp_path / "zendesk_tickets.csv", ZENDESK, rows)
    assert judged(export, "zendesk_tickets.sql", "request_handled_in_time") == {
        **dict.fromkeys("012349", "indeterminate: unreadable"),
        **dict.fromkeys("56", "indeterminate: export_ends_before_due"),
        "compliant": "3",
    }


def test_zendesk_passes_on_a_first_reply_that_it_cannot_read(tmp_path: Path) -> None:
    replies = [
        ("90", "2026-03-10 09:00"),
        ("1 h", "2026-03-10 09:00"),
        ("90", "2026-03-10"),
        ("90", "tomorrow"),
        ("", "2026-03-10 09:00"),
    ]
    rows = [ticket(n, created, "", **{"First reply time in minutes": minutes}) for n, (minutes, created) in enumerate(replies)]
    with opened(
        written(tmp_path / "zendesk_tickets.csv", ZENDESK, rows), ADAPTERS / "zendesk_tickets.sql", "2026-10-31"
    ) as export:
        found = export.con.execute("select acknowledged_at from memory.adapted.requests order by request_id").fetchall()
    assert [text for (text,) in found] == [
        "2026-03-10 10:30:00+01",
        "1 h minutes after 2026-03-10 09:00:00+01",
        "90 minutes after 2026-03-10",
        "90 minutes after tomorrow",
        None,
    ]


# Jira


def issue(number: int, created: str, resolved: str, kind: str = "Access my data", **more: Any) -> dict[str, str]:
    return {
        "Issue key": f"PRIV-{number}", "Issue Type": "Privacy request", "Created": created, "Resolved": resolved,
        "Status": "Done" if resolved else "To Do", "Resolution": "Done" if resolved else "", "Custom field (Request Type)": kind,
        "Custom field (Customer number)": f"C{number}", "Custom field (Country)": "GB", "Labels": "a", **more,
    }  # fmt: skip


def test_jira(tmp_path: Path) -> None:
    export = written(
        tmp_path / "jira_issues.csv",
        JIRA,
        [
            issue(1, "10/Mar/26 09:00 AM", "09/Apr/26 11:59 PM", **{"Due date": "09/Apr/26 12:00 AM"}),
            issue(2, "10/Mar/26 09:00 AM", "10/Apr/26 12:00 AM", **{"Due date": "09/Apr/26 12:00 AM"}),
            issue(3, "10/Mar/26 12:30 PM", "10/Mar/26 12:45 PM", "Delete my data"),
            issue(4, "10/Mar/26 09:00 AM", "", "Fix my printer"),
            issue(5, "10/Mar/26 09:00 AM", "", **{"Issue Type": "Bug"}),
            issue(6, "last week", ""),
            issue(7, "2026-03-10", ""),
        ],
    )
    assert judged(export, "jira_issues.sql", "request_handled_in_time") == {
        "PRIV-2": "violation: late",
        "PRIV-4": "indeterminate: unreadable",
        "PRIV-6": "indeterminate: unreadable",
        "PRIV-7": "violation: overdue",
        "compliant": "2",
    }
    assert judged(export, "jira_issues.sql", "own_deadline_kept") == {
        "PRIV-2": "violation: late",
        "compliant": "1",
    }


def test_a_due_date_of_jira_is_read_with_and_without_its_time(tmp_path: Path) -> None:
    due = {
        "12/Apr/26 12:00 AM": "2026-04-12",
        "12/Apr/26": "2026-04-12",
        "12/avr./26 12:00 AM": "2026-04-12",
        "2026-04-12": "2026-04-12",
        "2026-04-12T00:00:00Z": "2026-04-12",
        "12/Apr/26 1:42 PM": "2026-04-12 13:42:00+01",
        "in a fortnight": "in a fortnight",
        "": None,
    }
    rows = [issue(n, "08/Apr/26 8:52 PM", "14/Apr/26 4:30 PM", **{"Due date": text}) for n, text in enumerate(due)]
    export = written(tmp_path / "jira_issues.csv", JIRA, rows)
    with opened(export, ADAPTERS / "jira_issues.sql", "2026-10-31") as con:
        found = con.con.execute("select due_at from memory.adapted.requests order by request_id").fetchall()
    assert [text for (text,) in found] == list(due.values())
    assert judged(export, "jira_issues.sql", "own_deadline_kept") == {
        **{f"PRIV-{n}": "violation: late" for n in range(6)},
        "PRIV-6": "indeterminate: unreadable",
        "compliant": "0",
    }


def test_the_status_of_a_jira_issue_is_read(tmp_path: Path) -> None:
    received, resolved = "10/Mar/26 9:00 AM", "20/Mar/26 9:00 AM"
    states = [
        ("Done", "", ""),  # done, nobody knows when
        ("Closed", "", "Done"),
        ("Erledigt", "", ""),  # perhaps open, perhaps not
        ("", "", ""),
        ("In Progress", "", "Done"),  # one of the two is wrong
        ("Reopened", resolved, "Done"),
        ("To Do", "", "Unresolved"),
        (" waiting for customer", "", ""),
        ("Erledigt", resolved, "Done"),
        ("", resolved, ""),
    ]
    rows = [issue(n, received, end, Status=status, Resolution=said) for n, (status, end, said) in enumerate(states)]
    export = written(tmp_path / "jira_issues.csv", JIRA, rows)
    assert judged(export, "jira_issues.sql", "request_handled_in_time") == {
        **{f"PRIV-{n}": "indeterminate: unreadable" for n in range(6)},
        **{f"PRIV-{n}": "indeterminate: export_ends_before_due" for n in (6, 7)},
        "compliant": "2",
    }


def test_jira_says_when_a_status_came_to_be_done(tmp_path: Path) -> None:
    changed = [
        ("Answered", "Done", "20/Mar/26 9:00 AM", ""),
        ("Answered", "Done", "20/May/26 9:00 AM", ""),
        ("Answered", "Done", "in spring", ""),
        ("Answered", "Done", "", ""),
        ("Asked back", "In Progress", "20/Mar/26 9:00 AM", ""),
        ("Answered", "Done", "20/May/26 9:00 AM", "20/Mar/26 9:00 AM"),
    ]
    rows = [
        issue(n, "10/Mar/26 9:00 AM", end, Status=status, **{"Status Category": category, "Status Category Changed": at})
        for n, (status, category, at, end) in enumerate(changed)
    ]
    export = written(tmp_path / "jira_issues.csv", JIRA_CLOUD, rows)
    assert judged(export, "jira_issues.sql", "request_handled_in_time") == {
        "PRIV-1": "violation: late",
        "PRIV-2": "indeterminate: unreadable",
        "PRIV-3": "indeterminate: unreadable",
        "PRIV-4": "violation: overdue",
        "compliant": "2",
    }


def test_a_resolution_that_jira_alone_knows_is_counted(tmp_path: Path) -> None:
    resolutions = {
        "Done": "fulfilled",
        "won't do": "denied",
        "Cannot Reproduce": "cannot reproduce",
        "": None,
        "Unresolved": None,
    }
    rows = [issue(n, "10/Mar/26 9:00 AM", "20/Mar/26 9:00 AM", Resolution=r) for n, r in enumerate(resolutions)]
    with opened(written(tmp_path / "jira_issues.csv", JIRA, rows), ADAPTERS / "jira_issues.sql", "2026-10-31") as export:
        found = export.con.execute("select outcome from memory.adapted.requests order by request_id").fetchall()
    assert [text for (text,) in found] == list(resolutions.values())


# The municipality's log


def test_the_municipalitys_instants_are_passed_on_as_they_are(tmp_path: Path) -> None:
    texts = {
        "2011-10-11T13:42:22.688+02:00": datetime(2011, 10, 11, 11, 42, 22, 688000, tzinfo=UTC),
        "2011-10-11": datetime(2011, 10, 10, 22, tzinfo=UTC),
        "11-10-2011": None,
        "": None,
    }
    header = "concept:name,channel,startdate,deadline,enddate"
    rows = [
        {"concept:name": f"case-{n}", "channel": "Post", "startdate": t, "deadline": t, "enddate": t} for n, t in enumerate(texts)
    ]
    export = written(tmp_path / "receipt_cases.csv", header, rows)
    results = evaluated(WORKSPACE, Job(str(export), ADAPTERS / "receipt_cases.sql", period="2011", as_of="2012-01-31"), [])
    found = results.frame("select received_at, due_at, closed_at from requests order by request_id")
    ends = {"2011-10-11": datetime(2011, 10, 11, 21, 59, 59, 999999, tzinfo=UTC)}  # of last moments a day means its end
    for column, expected in (("received_at", texts), ("due_at", texts | ends), ("closed_at", texts | ends)):
        assert [None if pd.isna(told) else told for told in found[column]] == list(expected.values())
    quality = results.quality()
    unreadable = quality[quality.rule.str.contains("can be read") & (quality.bad > 0)]
    found = {column: keys.tolist() for (column,), keys in zip(unreadable.column_names, unreadable["keys"], strict=True)}
    received = ["case-2", "case-3"]  # which must be known
    assert found == {"received_at": received, "due_at": ["case-2"], "responded_at": ["case-2"], "closed_at": ["case-2"]}


@pytest.mark.parametrize("adapter", sorted(f.name for f in ADAPTERS.glob("*.sql")))
def test_an_adapter_is_made_of_views_alone(adapter: str) -> None:
    assert adapters.read(ADAPTERS / adapter).views
