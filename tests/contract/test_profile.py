"""What an export gave of the contract: rows, columns, what can be read, what was not recognised, and what is otherwise than before."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from audits.contract.difference import differences
from audits.contract.profile import Given, given, misspelt
from audits.errors import nearest

from ..conftest import WORKSPACE, MakeDatabase, opened

HEAD = "request_id,type,received_at,closed_at,outcome,country"


def folder(path: Path, **files: str) -> Path:
    """A folder of files: their text by name, `.csv` where the name has no other ending."""
    path.mkdir(exist_ok=True)
    for name, text in files.items():
        (path / (name.replace("__", ".") if "__" in name else f"{name}.csv")).write_text(text, encoding="utf-8")
    return path


def profile(path: Path) -> Given:
    with opened(path, as_of="2026-10-31") as export:
        return given(export)


@pytest.mark.parametrize(
    ("row", "values", "readable"),
    [
        ("r,access,2026-09-01,2026-09-02T10:00:00Z,fulfilled,DE", 5, 5),
        ("r,access,2026-09-01,,,", 2, 2),
        ("r,access,2026-09-01,  ,,", 2, 2),  # blank text is not given
        ("r,access,2026-09-01,31.9.26,fulfilled,DE", 5, 4),
        ("r,acess,2026-09-01,2026-09-02,No records,DE", 5, 3),
        ("r,,,,,", 0, 0),
    ],
)
def test_how_much_can_be_read_of_what_is_given(tmp_path: Path, row: str, values: int, readable: int) -> None:
    table = profile(folder(tmp_path / "x", requests=f"{HEAD}\n{row}\n")).tables["requests"]
    assert (table.rows, table.given, table.readable) == (1, values, readable)
    assert table.share == (readable / values if values else None)
    assert [c.name for c in table.columns] == HEAD.split(",")


@pytest.mark.parametrize(
    ("columns", "unknown"),
    [
        ("request_id,received_at", {}),
        ("request_id,recieved_at,closed_on", {"recieved_at": "received_at", "closed_on": "closed_at"}),
        ("request_id,Closed At,CLOSED_AT", {"closed at": None}),  # names are read in any case; closed_at is not missing
        ("request_id,Received At", {"received at": "received_at"}),
        ("request_id,mood", {"mood": None}),
    ],
)
def test_columns_that_are_not_known_are_named_with_the_nearest(
    tmp_path: Path, columns: str, unknown: dict[str, str | None]
) -> None:
    assert profile(folder(tmp_path / "x", requests=f"{columns}\n")).tables["requests"].unknown == unknown


@pytest.mark.parametrize(
    ("name", "near"),
    [("request", "requests"), ("Requests 2026", "requests"), ("processor", "processors"), ("Break-out", None), ("kunden", None)],
)
def test_the_nearest_name(name: str, near: str | None) -> None:
    assert nearest(name, WORKSPACE.contract) == near


def test_tables_and_files_that_are_none_of_the_contracts_are_named(tmp_path: Path) -> None:
    found = profile(folder(tmp_path / "x", requests=f"{HEAD}\n", request="a\n1\n", cats="a\n1\n", notes__md="x", __hidden="x"))
    assert list(found.tables) == ["requests"]
    assert found.others == {"cats": None, "request": "requests"}
    assert found.unread == ("notes.md",)


def test_of_an_adapter_its_views_are_named_and_not_what_they_read(tmp_path: Path) -> None:
    path = folder(tmp_path / "x", tickets="id\nt\n")
    views = tmp_path / "v.sql"
    views.write_text("create view requests as select id as request_id from source.tickets; create view request as select 1 as a;")
    with opened(path, views, as_of="2026-10-31") as export:
        assert given(export).others == {"request": "requests"}


def test_an_empty_table_has_no_rows_and_no_share(tmp_path: Path) -> None:
    table = profile(folder(tmp_path / "x", requests=f"{HEAD}\n")).tables["requests"]
    assert (table.rows, table.share, table.first, table.last) == (0, None, None, None)


@pytest.mark.parametrize(
    ("values", "first", "last"),
    [
        ("'2026-09-01 10:00:00+00', '2026-09-03 10:00:00+00', '2030-01-01 00:00:00+00'", 1, 3),  # due_at may lie ahead
        ("'2026-09-01 10:00:00+00', null, null", 1, 1),
        ("null, null, '2030-01-01 00:00:00+00'", None, None),
        ("'2026-09-01 10:00:00+00', 'infinity', null", 1, 1),
        ("'-infinity', '2026-09-03 10:00:00+00', null", 3, 3),
        ("'290000-01-01 00:00:00+00', '2026-09-03 10:00:00+00', null", 3, 3),
    ],
)
def test_first_and_last_instant(database: MakeDatabase, values: str, first: int | None, last: int | None) -> None:
    columns = "request_id varchar, received_at timestamptz, closed_at timestamptz, due_at timestamptz"
    path = database(f"drop table requests; create table requests ({columns}); insert into requests values ('r', {values});")
    with opened(path) as export:
        table = given(export).tables["requests"]
    days = [d and datetime(2026, 9, d, 10, tzinfo=UTC) for d in (first, last)]
    assert [table.first, table.last] == days


@pytest.mark.parametrize(
    "kind", ["bigint", "timestamptz", "date", "varchar[]", "boolean", "blob", "interval", "struct(a integer)", "uuid"]
)
def test_columns_of_any_type_are_counted(database: MakeDatabase, kind: str) -> None:
    columns = ", ".join(f"null::{kind} as {c.name}" for c in WORKSPACE.contract["requests"].columns if c.name != "request_id")
    with opened(database(f"create or replace table requests as select 'r' as request_id, {columns};")) as export:
        assert (given(export).tables["requests"].rows, given(export).unreadable) == (1, 0)


def test_a_name_almost_like_one_that_is_missing_is_noted_in_every_run(tmp_path: Path) -> None:
    path = folder(tmp_path / "x", processors="recipient_id,dpa_end_at,wholly_else\np,2020-12-31,x\n")
    said = "processors.dpa_end_at was not read: the contract has no such column; is it dpa_ends_at?"
    with opened(path, as_of="2026-10-31") as export:
        assert misspelt(export) == [said]
        assert said in export.notes


# Against an earlier export

REQUESTS = """create table requests as
select 'r' || i as request_id, 'access' as type, 'email' as channel, timestamptz '2026-01-01 00:00:00+00' + to_days(i::integer) as received_at,
       timestamptz '2026-02-01 00:00:00+00' + to_days(i::integer) as closed_at, i as request_number, ['a', 'b'] as free
from range(10) as t (i);
create table processors as select 'p' as recipient_id, ['hosting'] as allowed_purposes;
create table accounts as select 'a' || i as account_id, 'Name ' || i as name from range(10) as t (i);
"""


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("", []),
        ("drop table accounts", [("gone", "accounts", "the table is not there any more; it had 10 rows")]),
        ("create table consents as select 'c' as consent_id", [("new", "consents", "the table was not there before; it has 1 row")]),
        ("alter table requests drop closed_at", [
            ("gone", "requests.closed_at", "the column is not there any more; it had 10 values"),
            ("moved_back", "requests", "last instant: 2026-02-10T00:00:00+00:00 before, 2026-01-10T00:00:00+00:00 now"),
        ]),
        ("alter table requests add outcome varchar", [("new", "requests.outcome", "the column was not there before; it has 0 values")]),
        ("update requests set channel = ''", [("emptied", "requests.channel", "values: 10 before, none now")]),
        ("delete from accounts", [("emptied", "accounts", "rows: 10 before, 0 now")]),
        # Rows: below 0.9 and above 1.5 times those before.
        ("delete from accounts where account_id = 'a0'", []),
        ("delete from accounts where account_id in ('a0', 'a1')", [("fell", "accounts", "rows: 10 before, 8 now")]),
        ("insert into accounts from (from accounts limit 5)", []),
        ("insert into accounts from (from accounts limit 6)", [("rose", "accounts", "rows: 10 before, 16 now")]),
        # Words: of enumerations and other short lists, not of names, keys and numbers.
        ("update requests set type = 'acess' where request_id = 'r0'", [("words", "requests.type", "new: acess")]),
        ("update requests set channel = 'fax' where request_id = 'r0'", [("words", "requests.channel", "new: fax")]),
        ("update accounts set name = 'Another'", []),
        ("update requests set request_id = 'x' || request_id, request_number = 99", []),
        ("update processors set allowed_purposes = ['hosting', 'advertise']", [("words", "processors.allowed_purposes", "new: advertise")]),
        ("insert into requests select 's' || i, 'access', 'word ' || i, '2026-01-05', null, null, null from range(51) as t (i)", [
            ("rose", "requests", "rows: 10 before, 61 now"),
            ("words", "requests.channel", "more than 50 different words now, 1 before"),
        ]),
        # Instants that moved back.
        ("update requests set received_at = '2025-12-31' where request_id = 'r0'",
         [("moved_back", "requests", "first instant: 2026-01-01T00:00:00+00:00 before, 2025-12-31T00:00:00+00:00 now")]),
        ("delete from requests where request_id = 'r0'", []),
        ("delete from requests where request_id = 'r9'",
         [("moved_back", "requests", "last instant: 2026-02-10T00:00:00+00:00 before, 2026-02-09T00:00:00+00:00 now")]),
    ],
)  # fmt: skip
def test_what_is_otherwise_than_in_an_earlier_export(tmp_path: Path, change: str, told: list[tuple[str, str, str]]) -> None:
    paths = [tmp_path / "before.duckdb", tmp_path / "now.duckdb"]
    for path, sql in zip(paths, (REQUESTS, REQUESTS + change), strict=True):
        with duckdb.connect(str(path)) as con:
            con.execute("set timezone = 'UTC';" + sql)
    with opened(paths[0], as_of="2026-10-31") as before, opened(paths[1], as_of="2026-10-31") as now:
        assert [(d.kind, d.what, d.says) for d in differences(now, before)] == told
