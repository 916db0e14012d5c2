"""audits check: what is printed for which export, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from ..conftest import MakeDatabase
from ..contract.test_profile import folder
from .test_cli import audits

INFO = "exported_at,timezone\n2026-10-01T06:00:00+02:00,Europe/Berlin\n"
HEAD = "request_id,type,received_at,closed_at,outcome,country"
GOOD = f"{HEAD}\nr1,access,2026-09-01,2026-09-20,fulfilled,DE\n"
# Of a real log, six columns: most outcomes are none of the contract's.
LOG = f"{HEAD}\n" + "".join(
    f"r{i:03},access,2026-09-01,2026-09-20,{'No records' if i < 49 else 'Full grant'},DE\n" for i in range(69)
)


def check(*arguments: object) -> Result:
    result = audits("check", *arguments)
    assert "Traceback" not in result.output
    return result


def said(path: Path, *arguments: object) -> list[str]:
    """The lines that are printed; never wider than a terminal."""
    lines = check("--export", path, *arguments).stdout.splitlines()
    assert max(map(len, lines)) <= 100
    return lines


def row(lines: list[str], table: str) -> list[str]:
    """The cells of a table's line."""
    return next(line for line in lines if line.startswith(f"{table} ")).split("  ")


def cells(lines: list[str], table: str) -> list[str]:
    return [cell.strip() for cell in row(lines, table) if cell.strip()]


@pytest.mark.parametrize(
    ("files", "table", "line"),
    [
        ({"requests": GOOD}, "requests", ["requests", "1", "6 of 27", "100.0 %", "2026-09-01", "2026-09-20", "1 of 37"]),
        ({"requests": f"{HEAD}\n"}, "requests", ["requests", "empty", "6 of 27", "–", "–", "–", "1 of 37"]),
        ({"requests": LOG}, "requests", ["requests", "69", "6 of 27", "80.0 %", "2026-09-01", "2026-09-20", "1 of 37"]),
        ({"requests": GOOD, "accounts": "account_id\na\n"}, "accounts", ["accounts", "1", "1 of 17", "–", "–", "–", "0 of 20"]),
        ({"breaches": "breach_id,reported_by,aware_at,recorded_at\nb,company,2026-09-01,\n"}, "breaches",
         ["breaches", "1", "4 of 13", "100.0 %", "2026-09-01", "2026-09-01", "1 of 5"]),
        ({"trackers": "site,tracker_name,purpose\ns,t,ads\n"}, "trackers", ["trackers", "1", "3 of 8", "0.0 %", "–", "–", "1 of 5"]),
        ({"trackers": "site,tracker_name,purpose\ns,t,advertise\n"}, "trackers", ["trackers", "1", "3 of 8", "100.0 %", "–", "–", "1 of 5"]),
    ],
)  # fmt: skip
def test_a_table_first_of_what_was_given(tmp_path: Path, files: dict[str, str], table: str, line: list[str]) -> None:
    lines = said(folder(tmp_path / "x", export_info=INFO, **files))
    assert lines[0] == "x, as of 1 October 2026, 06:00 (UTC+02:00)"
    assert lines[2].split() == ["table", "rows", "columns", "readable", "first", "last", "opens"]
    assert cells(lines, table) == line


@pytest.mark.parametrize(
    ("files", "line"),
    [
        ({"requests": GOOD.replace("received_at", "recieved_at").replace("closed_at", "closed_on")},
         "  not read: recieved_at → received_at?, closed_on → closed_at?"),
        ({"requests": GOOD.replace("outcome", "mood")}, "  not read: mood"),
        ({"requests": GOOD, "request": "a\n1\n", "cats": "a\n1\n"}, "no table of the contract: request → requests?, cats"),
        ({"requests": GOOD, "notes__pdf": "x"}, "files that are no table: notes.pdf"),
        ({"requests": GOOD}, "1 of 114 promises can be assessed: request_handled_in_time."),
        ({"requests": GOOD.replace("received_at", "recieved_at").replace("closed_at", "closed_on")},
         "Were the nearest names the right ones, 1 more could be."),
        ({"requests": GOOD}, "The one column that would open most: requests.responded_at, 4 more; the one table: attestations, 17"),
        ({"requests": GOOD}, "  closes 25, for want of account_id (10), responded_at (9), denial_ground (3), requester_role (2),"),
        ({"requests": LOG}, "✗ 69 of 69 rows of requests break: outcome is one of fulfilled, partial, denied, redirected,"),
        ({"requests": LOG}, "    found: No records 49, Full grant 20"),
        ({"requests": GOOD.replace("2026-09-20", "31.9.26")}, "✗ 1 of 1 rows of requests break: closed_at can be read as timestamp with time zone (r1)"),
        ({"requests": GOOD.replace("2026-09-20", "31.9.26")}, '    found: "31.9.26" 1'),
        ({"requests": GOOD}, "○ not tested  coverage of requests: not tested: the export does not state what it is complete for,"),
    ],
)  # fmt: skip
def test_what_is_not_recognised_is_named_and_what_would_help(tmp_path: Path, files: dict[str, str], line: str) -> None:
    assert line in said(folder(tmp_path / "x", export_info=INFO, **files))


def test_what_stands_in_the_data_cannot_write_on_the_terminal(tmp_path: Path) -> None:
    lines = said(
        folder(
            tmp_path / "x",
            export_info=INFO,
            requests=GOOD.replace("fulfilled", '"full\x1b[31m\nfilled"').replace("country", "co\x1bntry"),
        )
    )
    assert '    found: "full?[31m?filled" 1' in lines
    assert "  not read: co?ntry → country?" in lines
    assert "\x1b" not in "".join(lines)


def test_on_the_sample_everything_is_open_and_nothing_is_said_to_be_lacking() -> None:
    lines = said(Path("sample"))
    assert "114 of 114 promises can be assessed." in lines
    assert not [line for line in lines if line.startswith(("  closes", "  not read", "The one column", "✗", "○"))]


def test_all_of_it_as_json(tmp_path: Path) -> None:
    path = folder(tmp_path / "x", export_info=INFO, requests=LOG.replace("received_at", "recieved_at"), cats="a\n1\n")
    printed: dict[str, Any] = json.loads(check("--export", path, "--json").stdout)
    requests = next(t for t in printed["tables"] if t["table"] == "requests")
    assert {k: v for k, v in requests.items() if k not in ("columns", "closes")} == {
        "table": "requests", "rows": 69, "unknown_columns": [{"name": "recieved_at", "nearest": "received_at"}],
        "given": 276, "readable": 207, "first": "2026-09-20T23:59:59.999999+02:00", "last": "2026-09-20T23:59:59.999999+02:00", "opens": [],
    }  # fmt: skip
    assert {"column": "outcome", "given": 69, "readable": 0} in requests["columns"]
    assert requests["closes"]["jivochat/request_handled_in_time"] == ["requests.received_at"]
    assert printed["other_tables"] == [{"name": "cats", "nearest": None}]
    assert printed["not_assessed"]["jivochat/breach_is_recorded"] == ["breaches"]
    assert {"missing": "requests.received_at", "promises": ["jivochat/request_handled_in_time"]} in printed["would_open"]
    assert [c["found"] for c in printed["constraints"] if c["bad"]] == [
        [{"value": "No records", "n": 49}, {"value": "Full grant", "n": 20}]
    ]
    assert (printed["found"], printed["against"]) == (["unreadable", "broken"], None)


# How it ends

UNSTATED = "drop table export_info; create table export_info as select null::timestamptz as exported_at, 'UTC' as timezone;"
TOTALS = "create table export_tables as select 'requests' as table_name, {} as row_count;"


@pytest.mark.parametrize(
    ("change", "kind", "code"),
    [
        ("", "unreadable", 0),
        ("", "broken", 0),
        ("", "population", 0),
        ("alter table requests alter column closed_at type varchar; update requests set closed_at = 'soon' where request_id = 'r1'", "unreadable", 1),
        ("update requests set type = 'acess' where request_id = 'r1'", "unreadable", 1),
        ("update requests set type = 'acess' where request_id = 'r1'", "broken", 1),
        ("update requests set closed_at = '2026-05-01 00:00:00+00' where request_id = 'r1'", "unreadable", 0),
        ("update requests set closed_at = '2026-05-01 00:00:00+00' where request_id = 'r1'", "broken", 1),
        (TOTALS.format(3), "population", 0),
        (TOTALS.format(4), "population", 1),
        (TOTALS.format(4), "broken", 0),
    ],
)  # fmt: skip
def test_fail_on_what_a_check_finds(database: MakeDatabase, change: str, kind: str, code: int) -> None:
    path = database(change)
    assert check("--export", path).exit_code == 0
    assert check("--export", path, "--fail-on", kind).exit_code == code
    assert check("--export", path, "--fail-on", kind, "--json").exit_code == code


@pytest.mark.parametrize(
    ("change", "line", "code"),
    [
        ("", "  nothing that is told: tables, columns, rows, words and instants are as they were", 0),
        ("drop table accounts", "  gone       accounts: the table is not there any more; it had 2 rows", 1),
        (
            "alter table requests drop closed_at",
            "  gone       requests.closed_at: the column is not there any more; it had 3 values",
            1,
        ),
        ("update requests set closed_at = null", "  emptied    requests.closed_at: values: 3 before, none now", 1),
        ("delete from accounts", "  emptied    accounts: rows: 2 before, 0 now", 1),
        ("delete from requests where request_id = 'r1'", "  fell       requests: rows: 3 before, 2 now", 0),
        ("update requests set type = 'acess' where request_id = 'r1'", "  words      requests.type: new: acess", 0),
    ],
)
def test_against_an_earlier_export(database: MakeDatabase, change: str, line: str, code: int) -> None:
    now, before = database(change, "now"), database("", "before")
    result = check("--export", now, "--against", before, "--fail-on", "gone")
    assert line in result.stdout.splitlines()
    assert "against before.duckdb:" in result.stdout
    assert result.exit_code == code
    told = json.loads(check("--export", now, "--against", before, "--json").stdout)["against"]
    assert told["export"] == "before.duckdb"
    assert [f"  {d['kind'].replace('_', ' '):10} {d['what']}: {d['says']}" for d in told["differences"]][:1] == (
        [line] if change else []
    )


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--fail-on", "gone"), "audits: --fail-on gone goes with --against: say which earlier export"),
        (("--against", "nowhere.duckdb"), "audits: nowhere.duckdb: no such file or folder"),
        (("--fail-on", "violation"), "Invalid value for '--fail-on'"),
    ],
)
def test_what_cannot_be_checked_is_said_in_one_line(database: MakeDatabase, arguments: tuple[str, ...], says: str) -> None:
    result = check("--export", database(), *arguments)
    assert result.exit_code == 2
    assert says in result.stderr
