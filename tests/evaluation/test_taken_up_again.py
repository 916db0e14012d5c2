"""A request that was reopened, and an account that is active again, are judged by no end that may be another."""

from __future__ import annotations

from pathlib import Path

import pytest

from .test_readings import verdict

HEAD = "request_id,account_id,type,received_at,responded_at,closed_at,outcome\n"
PEOPLE = {"accounts": "account_id,subject_type,country\nx,subscriber,DE\n"}


def events(*steps: str) -> dict[str, str]:
    rows = [f"r,{place},{step}" for place, step in enumerate(steps, 1)]
    return {"request_events": "\n".join(["request_id,seq,event,occurred_at", *rows, ""])}


CLOSED, AGAIN = "closed,2026-05-10T10:00:00Z", "reopened,2026-06-01T10:00:00Z"


@pytest.mark.parametrize(
    ("ended", "steps", "expected"),
    [
        ("2026-05-10T10:00:00Z,2026-05-10T10:00:00Z,fulfilled", [CLOSED], "compliant"),
        ("2026-05-10T10:00:00Z,2026-05-10T10:00:00Z,fulfilled", [CLOSED, AGAIN], "indeterminate"),
        (
            "2026-05-10T10:00:00Z,2026-05-10T10:00:00Z,fulfilled",
            [CLOSED, AGAIN.replace("reopened", "Re-Opened")],
            "indeterminate",
        ),
        ("2026-05-10T10:00:00Z,2026-06-27T10:00:00Z,fulfilled", [CLOSED, AGAIN, "closed,2026-06-27T10:00:00Z"], "indeterminate"),
        ("2026-05-10T10:00:00Z,,", [CLOSED, AGAIN], "indeterminate"),
        # Late the first time, whatever came of it then.
        ("2026-06-10T10:00:00Z,2026-06-10T10:00:00Z,fulfilled", ["reopened,2026-06-20T10:00:00Z"], "violation"),
        ("2026-06-10T10:00:00Z,2026-06-10T10:00:00Z,fulfilled", ["reopened,2026-06-01T10:00:00Z"], "indeterminate"),
        ("2026-06-10T10:00:00Z,2026-06-10T10:00:00Z,fulfilled", ["reopened,"], "indeterminate"),
        (
            "2026-06-10T10:00:00Z,2026-06-10T10:00:00Z,fulfilled",
            ["reopened,2026-06-20T10:00:00Z", "reopened,2026-06-01T10:00:00Z"],
            "indeterminate",
        ),
        # In time the last time, and all the more before.
        ("2026-06-02T10:00:00Z,2026-06-02T10:00:00Z,fulfilled", ["reopened,2026-05-20T10:00:00Z"], "compliant"),
        (",2026-06-02T10:00:00Z,fulfilled", ["reopened,2026-05-20T10:00:00Z"], "compliant"),
        (",2026-06-10T10:00:00Z,fulfilled", ["reopened,2026-06-20T10:00:00Z"], "violation"),
        (",,", ["reopened,2026-05-20T10:00:00Z"], "indeterminate"),
        ("2026-05-10T10:00:00Z,2026-05-10T10:00:00Z,fulfilled", [CLOSED, "reopened,2026-07-02T06:00:01Z"], "compliant"),
        (",,", [], "violation"),
    ],
)
def test_a_request_that_was_reopened(tmp_path: Path, ended: str, steps: list[str], expected: str) -> None:
    requests = {"requests": f"{HEAD}r,x,access,2026-05-04T10:00:00Z,{ended}\n"}
    assert verdict(tmp_path, {**PEOPLE, **requests, **events(*steps)}, "request_handled_in_time")[0] == expected


@pytest.mark.parametrize(
    ("status", "closed", "expected"),
    [
        ("closed", "2026-05-15T10:00:00Z", "violation"),
        ("active", "2026-05-15T10:00:00Z", "indeterminate"),
        ("suspended", "2026-05-15T10:00:00Z", "violation"),
    ],
)
def test_an_account_that_is_active_again(tmp_path: Path, status: str, closed: str, expected: str) -> None:
    tables = {
        "accounts": "account_id,subject_type,country,status,closed_at,created_at,agreement_ended_at,last_activity_at\n"
        f"x,subscriber,DE,{status},{closed},2024-01-01T00:00:00Z,,2026-06-10T00:00:00Z\n",
        "holdings": "holding_id,account_id,category,disposition,collected_at,need_ended_at,disposed_at,hold_ground,hold_until,method_ref\n"
        "h,x,chat,held,2025-01-01T00:00:00Z,,,,,\n",
        "retention_schedule": "category,window_starts,max_days\nchat,closed_at,30\n",
    }
    assert verdict(tmp_path, tables, "data_kept_no_longer_than_needed")[0] == expected
