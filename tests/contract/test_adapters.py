"""The adapters of docs/adapters.md read what two ticket systems export, with the columns as those name them."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from audits.evaluation.job import Job, evaluated

from ..conftest import WORKSPACE

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


@pytest.fixture
def zendesk(tmp_path: Path) -> Path:
    def ticket(number: int, created: str, solved: str, kind: str = "Access", **more: str) -> dict[str, str]:
        return {
            "Id": str(number), "Requester id": f"9{number}", "Via": "Mail", "Status": "Solved" if solved else "Open",
            "Created at": created, "Solved at": solved, "Privacy request [list]": kind, "Country [text]": "de", **more,
        }  # fmt: skip

    return written(
        tmp_path / "zendesk_tickets.csv",
        ZENDESK,
        [
            ticket(1, "2026-03-10 09:00", "2026-04-09 23:59", **{"First reply time in minutes": "90"}),
            ticket(2, "2026-03-10 09:00", "2026-04-10 00:00", "Copy of my data"),
            ticket(3, "2026-10-20 09:00", "", "Deletion"),
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
        "5": "indeterminate: type_unknown",
        "6": "indeterminate: no_receipt",
        "compliant": "1",
    }


def test_zendesk_times_are_local_over_a_clock_change(zendesk: Path) -> None:
    results = evaluated(WORKSPACE, Job(str(zendesk), ADAPTERS / "zendesk_tickets.sql", period="2026", as_of="2026-10-31"), [])
    (row,) = results.frame("select received_at, acknowledged_at, closed_at from requests where request_id = '1'").to_dict(
        "records"
    )
    assert [str(row[c]) for c in row] == ["2026-03-10 09:00:00+01:00", "2026-03-10 10:30:00+01:00", "2026-04-09 23:59:00+02:00"]


def test_jira(tmp_path: Path) -> None:
    def issue(number: int, created: str, resolved: str, kind: str = "Access my data", **more: Any) -> dict[str, str]:
        return {
            "Issue key": f"PRIV-{number}", "Issue Type": "Privacy request", "Created": created, "Resolved": resolved,
            "Resolution": "Done" if resolved else "", "Custom field (Request Type)": kind, "Custom field (Customer number)": f"C{number}",
            "Custom field (Country)": "GB", "Labels": "a", **more,
        }  # fmt: skip

    export = written(
        tmp_path / "jira_issues.csv",
        JIRA,
        [
            issue(1, "10/Mar/26 09:00 AM", "09/Apr/26 11:59 PM", **{"Due date": "09/Apr/26 12:00 AM"}),
            issue(2, "10/Mar/26 09:00 AM", "10/Apr/26 12:00 AM", **{"Due date": "09/Apr/26 12:00 AM"}),
            issue(3, "10/Mar/26 12:30 PM", "10/Mar/26 12:45 PM", "Delete my data"),
            issue(4, "10/Mar/26 09:00 AM", "", "Fix my printer"),
            issue(5, "10/Mar/26 09:00 AM", "", **{"Issue Type": "Bug"}),
            issue(6, "2026-03-10", ""),
        ],
    )
    assert judged(export, "jira_issues.sql", "request_handled_in_time") == {
        "PRIV-2": "violation: late",
        "PRIV-4": "indeterminate: type_unknown",
        "PRIV-6": "indeterminate: no_receipt",
        "compliant": "2",
    }
    assert judged(export, "jira_issues.sql", "own_deadline_kept") == {
        "PRIV-2": "violation: late",
        "compliant": "1",
    }
