"""Up to which instant an export knows each of its tables; never as_of because it is as_of."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from audits.law.opening import open_rows
from audits.law.period import Period

from ..conftest import WORKSPACE, judged, opened

AS_OF = "2026-10-31"
SEPT, OCT, NOV = (datetime(2026, month, 1, tzinfo=UTC) for month in (9, 10, 11))
NOTHING = datetime(1, 1, 1, tzinfo=UTC)


def known(given: dict[str, list[dict[str, Any]]], table: str = "requests", info: dict[str, Any] | None = None) -> str:
    """What is known of a table, as text: Python has no instant for -infinity."""
    rows = {"export_info": [{"exported_at": "unset", **(info or {})}], **given}
    with open_rows(WORKSPACE.contract, rows, AS_OF) as export:
        found = export.con.execute("select known_until::varchar from known_until where table_name = ?", [table]).fetchall()
    ((instant,),) = found
    return str(instant)


@pytest.mark.parametrize(
    ("given", "info", "until"),
    [
        # Stated: its own reach, but nothing after the export was made.
        ({"export_tables": [{"table_name": "requests", "covers_to": SEPT}]}, {"exported_at": OCT}, "2026-09-01"),
        ({"export_tables": [{"table_name": "requests", "covers_to": NOV}]}, {"exported_at": OCT}, "2026-10-01"),
        ({"export_tables": [{"table_name": "requests", "covers_to": SEPT}]}, {}, "2026-09-01"),
        ({"export_tables": [{"table_name": "accounts", "covers_to": SEPT}]}, {"exported_at": OCT}, "2026-10-01"),
        ({"export_tables": [{"table_name": "requests"}]}, {"exported_at": OCT}, "2026-10-01"),
        ({"requests": [{"request_id": "r", "received_at": SEPT}]}, {"exported_at": OCT}, "2026-10-01"),
        # Not stated: the latest instant that the table itself holds.
        ({"requests": [{"request_id": "r", "received_at": SEPT, "closed_at": OCT}]}, {}, "2026-10-01"),
        ({"requests": [{"request_id": "r", "received_at": SEPT}, {"request_id": "s", "received_at": OCT}]}, {}, "2026-10-01"),
        # What may lie ahead, what lies behind as_of, and what another table holds, is no such instant.
        ({"requests": [{"request_id": "r", "received_at": SEPT, "due_at": OCT, "extended_to": OCT}]}, {}, "2026-09-01"),
        ({"requests": [{"request_id": "r", "received_at": SEPT, "closed_at": NOV}]}, {}, "2026-09-01"),
        ({"requests": [{"request_id": "r", "received_at": SEPT}], "accounts": [{"account_id": "a", "closed_at": OCT}]}, {}, "2026-09-01"),
        # Nothing tells: nothing is known.
        ({"requests": [{"request_id": "r"}]}, {}, "-infinity"),
        ({"requests": []}, {}, "-infinity"),
        ({}, {}, "-infinity"),
    ],
)  # fmt: skip
def test_how_far_a_table_is_known(given: dict[str, Any], info: dict[str, Any], until: str) -> None:
    assert known(given, info=info).startswith(until)


def test_every_table_of_the_contract_has_one_reach() -> None:
    with open_rows(
        WORKSPACE.contract, {"export_tables": [{"table_name": "requests"}, {"table_name": "elsewhere"}]}, AS_OF
    ) as export:
        tables = export.con.execute("select table_name from known_until").fetchall()
    assert sorted(t for (t,) in tables) == sorted(WORKSPACE.contract)


def test_counts_by_month_are_known_up_to_the_last_month_counted() -> None:
    assert known({"intake": [{"address": "a", "period_start": SEPT.date()}]}, "intake").startswith("2026-09-01 00:00:00")


def test_a_list_of_the_first_of_october_accuses_nobody_of_what_fell_due_later(tmp_path: Path) -> None:
    """Judged as of the end of the month, with nothing to say when the list was taken."""
    rows = ["request_id,type,country,received_at,closed_at", "open,access,DE,2026-09-10,", "long_open,access,DE,2026-08-10,"]
    rows += ["late,access,DE,2026-08-10,2026-09-30", "last,access,DE,2026-10-01,"]
    (tmp_path / "requests.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    with opened(tmp_path, as_of="2026-10-31") as export:
        judged(export, Period.parse("2026-10"), ["request_handled_in_time"])
        found = dict(export.con.execute("select record_id, verdict || ': ' || reason from results.findings").fetchall())
        tests = export.con.execute("select distinct test, passed from results.population where passed is not null").fetchall()
    assert found == {
        "open": "indeterminate: export_ends_before_due",
        "long_open": "violation: overdue",
        "last": "pending: not_yet_due",
    }
    assert tests == []


@pytest.mark.parametrize(
    ("covers_to", "until"),
    [("2026-09-01T00:00:00Z", "2026-09-01"), ("soon", "-infinity"), ("", "2026-10-01"), (" ", "2026-10-01")],
)
def test_a_reach_that_cannot_be_read_is_not_as_though_it_were_not_stated(tmp_path: Path, covers_to: str, until: str) -> None:
    (tmp_path / "export_info.csv").write_text("exported_at,timezone\n2026-10-01T06:00:00Z,UTC\n", encoding="utf-8")
    (tmp_path / "export_tables.csv").write_text(f"table_name,covers_to\nrequests,{covers_to}\n", encoding="utf-8")
    (tmp_path / "requests.csv").write_text("request_id\nr\n", encoding="utf-8")
    with opened(tmp_path, as_of=AS_OF) as export:
        sql = "select known_until::varchar from known_until where table_name = 'requests'"
        ((known_until,),) = export.con.execute(sql).fetchall()
    assert known_until.startswith(until)
