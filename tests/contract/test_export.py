"""Opening an export: every container, sealed; and every way it can be unusable, in one line."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from audits.contract.export import Settings
from audits.errors import Unusable
from audits.workspace import sample_folder

from ..conftest import WORKSPACE, MakeDatabase, opened


def verdicts(path: Path, **options: str) -> list[tuple[object, ...]]:
    with opened(path, **options) as export:  # type: ignore[arg-type]
        return export.con.execute("select request_id, received_at, closed_at from requests order by 1").fetchall()


def as_folder(path: Path, folder: Path, suffix: str) -> Path:
    folder.mkdir()
    with duckdb.connect(str(path), read_only=True) as con:
        con.execute("set timezone = 'UTC'")
        for (name,) in con.execute("select table_name from duckdb_tables()").fetchall():
            con.execute(f"copy {name} to '{folder / name}{suffix}'")
    return folder


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_a_folder_gives_what_the_database_gives(database: MakeDatabase, tmp_path: Path, suffix: str) -> None:
    path = database()
    assert verdicts(as_folder(path, tmp_path / "folder", suffix)) == verdicts(path)


def test_a_single_file_is_a_table_of_its_name(tmp_path: Path) -> None:
    file = tmp_path / "requests.csv"
    file.write_text("request_id,received_at\nr,2026-01-31\n", encoding="utf-8")
    assert verdicts(file, as_of="2026-02-01") == [("r", datetime(2026, 1, 31, tzinfo=UTC), None)]


def test_unknown_tables_and_columns_are_fine(database: MakeDatabase) -> None:
    path = database("create table cats (name varchar); alter table requests add column mood varchar;")
    assert len(verdicts(path)) == 3


def test_names_are_read_in_any_case(database: MakeDatabase) -> None:
    path = database('alter table requests rename column closed_at to "Closed_At"; alter table requests rename to "Requests";')
    assert verdicts(path)[0][2] is not None


def test_an_export_of_an_older_storage_format_opens(tmp_path: Path) -> None:
    path = tmp_path / "old.duckdb"
    with duckdb.connect() as con:
        con.execute(f"attach '{path}' as old (storage_version 'v1.0.0')")
        con.execute("create table old.requests as select 'r' as request_id, timestamptz '2026-01-31 00:00:00+00' as received_at")
    assert len(verdicts(path, as_of="2026-02-01")) == 1


def test_the_export_is_not_changed(database: MakeDatabase) -> None:
    path = database()
    before = path.read_bytes()
    with opened(path) as export, pytest.raises(duckdb.Error):
        export.con.execute("delete from source.requests")
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "statement",
    [
        "select * from read_csv('/etc/passwd')",
        "select * from read_text('/etc/passwd')",
        "copy (select 1) to '{out}'",
        "attach '{out}' as other",
        "set enable_external_access = true",
        "set memory_limit = '99GB'",
        "install httpfs",
        "load httpfs",
        "export database '{out}'",
    ],
)
def test_the_connection_is_sealed(database: MakeDatabase, tmp_path: Path, statement: str) -> None:
    out = tmp_path / "out"
    with opened(database()) as export, pytest.raises(duckdb.Error):
        export.con.execute(statement.format(out=out)).fetchall()
    assert not out.exists()


def test_a_view_that_reads_a_file_is_refused_unread(database: MakeDatabase) -> None:
    path = database(
        "drop table accounts; create view accounts as select column0 as account_id from read_csv('/etc/passwd', header = false);"
    )
    with pytest.raises(Unusable, match="accounts is a view: of a file only tables are read"):
        opened(path)


def test_spilling_works_when_sealed_and_leaves_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "sample.csv"
    shutil.copytree(sample_folder(), folder)
    spill = tmp_path / "spill"
    spill.mkdir()
    with opened(folder, settings=Settings(memory="100MB", threads=1, spill=spill)) as export:
        seen = export.con.execute(
            "select count(*) from (select d.*, row_number() over (order by hash(d)) from disclosures d, range(150)) where 1 = 1"
        ).fetchone()
        assert seen is not None
        assert seen[0] > 500_000
        assert [p.stat().st_mode & 0o077 for p in spill.iterdir()] == [0]
    del export
    assert list(spill.iterdir()) == []


def test_settings_reach_the_engine(database: MakeDatabase) -> None:
    path = database()
    with opened(path, settings=Settings(memory="123MB", threads=1)) as export:
        assert export.con.execute("select current_setting('threads'), current_setting('memory_limit')").fetchone() == (
            1,
            "117.3 MiB",
        )
    for size in ("much", "-1GB", "none", ""):
        with pytest.raises(Unusable, match="settings: "):
            opened(path, settings=Settings(memory=size))


# Adapters


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_an_adapter_maps_foreign_tables(tmp_path: Path) -> None:
    tickets = write(tmp_path / "tickets.csv", "Ticket,Opened\nt1,2026-01-31T10:00:00Z\n")
    adapter = write(
        tmp_path / "views.sql",
        'create view requests as select "Ticket" as request_id, "Opened" as received_at from source.tickets;',
    )
    assert verdicts(tickets, adapter=str(adapter), as_of="2026-02-01") == [("t1", datetime(2026, 1, 31, 10, tzinfo=UTC), None)]


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("drop table x;", "only `create view` statements"),
        ("create table requests as select 1;", "only `create view` statements"),
        ("/* create view */ set threads = 1;", "only `create view` statements"),
        ("create view requests as select * from source.nothing;", "view requests: Table with name nothing does not exist"),
        (
            "create view r as select * from source.request;",
            'view r: Table with name request does not exist! Did you mean "requests"?',
        ),
        ("create view r as select request_ide from source.requests;", 'in FROM clause! Candidate bindings: "request_id"'),
        ("create view requests as select * from read_csv('/etc/passwd');", "adapter"),
        ("create view requests as selec;", "syntax error"),
        ("/* /* */ create view x as */ delete from memory.main.deadlines;", "not: delete from memory.main.deadlines"),
        ("/* /* */ create view x as */ set memory_limit = '9GB';", "not: set memory_limit = '9GB'"),
        ("create view a as select 1; set threads = 1;", "not: set threads = 1"),
        ("create view a as select 1; copy (select 1) to '{out}';", "not: copy"),
        ("create view a as select 1; insert into memory.main.deadlines by name select 'x' as rule_set;", "not: insert into"),
        ("pragma threads = 1;", "not: pragma threads"),
        ("attach '{out}' as other;", "not: attach"),
        ("begin; create view a as select 1; commit;", "not: begin"),
        ("explain create view a as select 1;", "not: explain"),
        ("create macro now() as timestamptz '2020-01-01';", "not: create macro"),
        ("create or replace macro date_trunc(a, b) as table select 1;", "not: create or replace macro"),
        ("create temp view requests as select 'r' as request_id;", "not: create temp view"),
        ("create schema other;", "not: create schema"),
        ("create type requests as enum ('a');", "not: create type"),
        ("create sequence s;", "not: create sequence"),
        ("create secret s (type s3);", "not: create secret"),
        ("create view memory.main.requests as select 'r' as request_id;", "not: create view memory.main.requests"),
        ("create or replace view memory.main.deadlines as select 1;", "deadlines"),
        ("create view temp.requests as select 'r' as request_id;", "adapter"),
        ("create view results.main.x as select 1;", "not: create view results.main.x"),
        ("create view a as with d as (delete from memory.main.deadlines returning *) select * from d;", "not: create view a"),
        (
            "create view a as with d as (update memory.main.deadlines set value = 2 returning *) select * from d;",
            "not: create view a",
        ),
        (
            "create view requests as select * from json_execute_serialized_sql(json_serialize_sql("
            "'with d as (update memory.main.deadlines set value = 2 returning *) select * from d'));",
            "view requests uses json_execute_serialized_sql",
        ),
        (
            "create view a as select (select max(x) from main.\"json_EXECUTE_serialized_sql\"('x') as t (x));",
            "view a uses json_execute",
        ),
        ("create view a as select * from query('select 1');", "view a uses query"),
        ("create view a as from query_table('requests');", "view a uses query_table"),
        ("create view a as select * from duckdb_settings();", "view a uses duckdb_settings"),
        ("create view a as select * from glob('/*');", "view a uses glob"),
        ("create view a as select * from '/etc/passwd';", "adapter"),
        ("create view a as select * from settings;", "settings does not exist"),
        ("create view a as select $x;", "adapter"),
        pytest.param("create view a as select " + " + ".join(["1"] * 5000), "adapter", id="too long a sum"),
    ],
)
def test_an_adapter_may_only_create_views(database: MakeDatabase, tmp_path: Path, sql: str, says: str) -> None:
    settings = {"a variable": "that the engine must not find"}
    with pytest.raises(Unusable, match=re.escape(says)) as caught:
        opened(database(), adapter=write(tmp_path / "views.sql", sql.replace("{out}", str(tmp_path / "out"))))
    assert str(caught.value).startswith(f"adapter {tmp_path}/views.sql: ")
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "out").exists()
    del settings


VIEWS = {
    "comments": "/* a /* nested */ one; create table x */ create /* or */ view -- a\n requests /* as */ as select 'r' as request_id",
    "capitals and names": "CREATE OR REPLACE VIEW IF_NOT AS SELECT 1; create view \"Requests\" as select 'r' as request_id",
    "its schema": "create view adapted.requests as select 'r' as request_id;",
    "columns beside the name": "create view requests (request_id, \"as\") as select 'r', 1",
    "a byte order mark": "\ufeffcreate view requests as select 'r' as request_id",
    "words that are data": "create view requests as select 'delete from x; drop' as type, 'r' as request_id, 1 as \"update\"",
    "with": "create view requests as with recursive c (n) as (select 1 union all select n + 1 from c where n < 1) select 'r' as request_id from c",
    "rows of arguments": "create view requests as select 'r' as request_id from range(1), unnest([1]), json_each('[1]'), generate_series(1, 1)",
    "sets": "create view requests as select 'r' as request_id union select 'r' except all select 'x'",
    "of another view": "create view tickets as from source.requests; create view requests as from tickets where request_id = 'r1'",
    "a lateral join": "create view requests as select a.request_id from source.requests a, lateral (select a.request_id = 'r1' as k) b where b.k",
    "a long sum": "create view requests as select 'r' as request_id, " + " + ".join(["1"] * 200) + " as n",
    "the dollar sign": "create view requests as select $$ as ( $$ as type, 'r' as request_id",
    "letters": '/* ü */ create view "ü" as select \'ü\' as "ö"; create view requests as select \'r\' as request_id, "ö" from "ü"',
}


@pytest.mark.parametrize("sql", VIEWS.values(), ids=VIEWS)
def test_an_adapter_may_select_as_it_likes(database: MakeDatabase, tmp_path: Path, sql: str) -> None:
    assert len(verdicts(database(), adapter=write(tmp_path / "views.sql", sql))) == 1


def test_an_adapter_is_carried_out_whole_or_not_at_all(database: MakeDatabase, tmp_path: Path) -> None:
    path, law = database(), "select count(*), sum(value) from deadlines"
    with opened(path) as export:
        before = export.con.execute(law).fetchone()
    adapter = write(tmp_path / "views.sql", "create view a as select 1")
    with opened(path, adapter=adapter) as export:
        assert export.con.execute(law).fetchone() == before


CAST = "create view requests as select 'r' || i as request_id, {received} as received_at from range(3000) as t (i)"
BAD = "case when i = 2999 then 'max@example.org' else '31/01/2026' end"


@pytest.mark.parametrize(
    ("received", "words"),
    [
        (f"strptime({BAD}, '%d/%m/%Y')", 'Could not parse string "max@example.org"'),
        (f"cast({BAD} as date)", "31/01/2026"),
        ("1 / (2999 - i)::decimal", "does not fail"),
        ("timestamp '2026-01-01' + to_days(cast(i as integer) * 1000000)", "not in timestamp range"),
        ("list_extract(case when i = 2999 then error('max@example.org') else [now()] end, 1)", "max@example.org"),
        (f"regexp_extract({BAD}, case when i = 2999 then '(' else '.' end)", "missing"),
    ],
)
def test_a_view_that_fails_is_named_with_column_and_kind(tmp_path: Path, received: str, words: str) -> None:
    tickets = write(tmp_path / "tickets.csv", "Id\n1\n")
    adapter = write(tmp_path / "views.sql", CAST.format(received=received))
    if words == "does not fail":
        assert len(verdicts(tickets, adapter=adapter, as_of="2026-02-01")) == 3000
        return
    with pytest.raises(Unusable) as caught:
        opened(tickets, adapter=adapter, as_of="2026-02-01")
    said = str(caught.value)
    assert said.startswith(f'adapter {adapter}: view requests: column "received_at": cannot be read: ')
    assert words in caught.value.words
    assert "max@" not in said
    assert "\n" not in said + caught.value.words
    assert caught.value.in_short() == 'adapter views.sql: view requests: column "received_at"'


def test_a_view_whose_rows_fail_is_named(tmp_path: Path) -> None:
    tickets = write(tmp_path / "tickets.csv", "Id,At\n1,max@example.org\n")
    sql = 'create view requests as select "Id" as request_id from source.tickets where strptime("At", \'%Y\') > now()'
    with pytest.raises(Unusable, match="view requests: its rows: cannot be read: ") as caught:
        opened(tickets, adapter=write(tmp_path / "views.sql", sql), as_of="2026-02-01")
    assert "max@" not in str(caught.value)
    assert "max@" in caught.value.words


def test_a_damaged_database_is_refused_before_anything_is_judged(database: MakeDatabase) -> None:
    path = database("insert into accounts select 'x' || i, 'DE', hash(i)::varchar from range(100000) as t (i);")
    content = bytearray(path.read_bytes())
    for place in range(0x4000, len(content), 0x4000):
        content[place] ^= 0xFF
    path.write_bytes(content)
    with pytest.raises(Unusable, match="cannot be read: "):
        opened(path)


def test_columns_of_the_same_name_are_refused_only_where_they_are_read(tmp_path: Path) -> None:
    tickets = write(tmp_path / "tickets.csv", "Id,Labels,Labels,labels\n1,a,b,c\n")
    plain = write(tmp_path / "plain.sql", 'create view requests as select "Id" as request_id from source.tickets')
    assert len(verdicts(tickets, adapter=plain, as_of="2026-02-01")) == 1
    numbered = write(tmp_path / "n.sql", 'create view requests as select "Labels [2]" as request_id from source.tickets')
    assert verdicts(tickets, adapter=numbered, as_of="2026-02-01")[0][0] == "b"
    for number, columns in enumerate(['"labels"', "t.Labels", "count(*) over (order by LABELS)"]):
        adapter = write(
            tmp_path / f"{number}.sql", f'create view requests as select {columns}, "Id" as request_id from source.tickets t'
        )
        with pytest.raises(Unusable, match="columns 2 and 3 and 4 have the same name Labels and labels; leave one"):
            opened(tickets, adapter=adapter, as_of="2026-02-01")


def test_a_column_that_stands_twice_is_refused_where_all_are_taken(tmp_path: Path) -> None:
    tickets = write(tmp_path / "tickets.csv", "Id,closed_at,closed_at,Labels,Labels\n1,2026-01-02,,a,b\n")
    adapter = write(tmp_path / "all.sql", 'create view requests as select *, "Id" as request_id from source.tickets')
    with pytest.raises(Unusable, match="table requests: several columns have the name closed_at; say in --adapter which"):
        opened(tickets, adapter=adapter, as_of="2026-02-01")
    others = write(
        tmp_path / "others.sql",
        'create view requests as select * exclude ("closed_at [2]") rename ("closed_at [1]" as closed_at), "Id" as request_id'
        " from source.tickets",
    )
    assert len(verdicts(tickets, adapter=others, as_of="2026-02-01")) == 1


def test_a_missing_adapter_is_said(database: MakeDatabase, tmp_path: Path) -> None:
    with pytest.raises(Unusable, match=r"adapter .*No such file"):
        opened(database(), adapter=tmp_path / "none.sql")


# Bad input


def no_file(folder: Path, make: MakeDatabase) -> Path:
    return folder / "none.duckdb"


def empty_folder(folder: Path, make: MakeDatabase) -> Path:
    (folder / "empty").mkdir()
    return folder / "empty"


def garbage(folder: Path, make: MakeDatabase) -> Path:
    (folder / "garbage.duckdb").write_bytes(bytes(range(256)) * 64)
    return folder / "garbage.duckdb"


def text_file(folder: Path, make: MakeDatabase) -> Path:
    return write(folder / "text.duckdb", "dear auditor, this is no database\n" * 100)


def empty_file(folder: Path, make: MakeDatabase) -> Path:
    return write(folder / "empty.duckdb", "")


def truncated(folder: Path, make: MakeDatabase) -> Path:
    path = make("create table filler as select hash(i) as a from range(200000) as t (i);")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    return path


def no_table_of_the_contract(folder: Path, make: MakeDatabase) -> Path:
    return make("alter table requests rename to request; alter table accounts rename to kunden;")


def nothing_but_what_it_says_of_itself(folder: Path, make: MakeDatabase) -> Path:
    return make(
        "drop table requests; drop table accounts; create table export_tables as select 'requests' as table_name, 3 as row_count;"
    )


def foreign_file(folder: Path, make: MakeDatabase) -> Path:
    return write(folder / "foia.csv", "Tracking Number,Office\nT-1,A\n")


def foreign_database(folder: Path, make: MakeDatabase) -> Path:
    return make("drop table requests; drop table accounts;" + "".join(f"create table x{i} (a int);" for i in range(9)))


def misspelt_key(folder: Path, make: MakeDatabase) -> Path:
    return make('alter table requests rename column request_id to "Request ID";')


def no_key(folder: Path, make: MakeDatabase) -> Path:
    return make("alter table requests drop column request_id;")


def no_instant(folder: Path, make: MakeDatabase) -> Path:
    return make("update export_info set exported_at = null;")


def unknown_zone(folder: Path, make: MakeDatabase) -> Path:
    return make("update export_info set timezone = 'Mars/Olympus';")


def zone_that_is_sql(folder: Path, make: MakeDatabase) -> Path:
    return make("update export_info set timezone = '''; drop table accounts; --';")


def two_exports_in_one(folder: Path, make: MakeDatabase) -> Path:
    return make("insert into export_info from export_info;")


def two_files_for_a_table(folder: Path, make: MakeDatabase) -> Path:
    (folder / "twice").mkdir()
    for name in ("requests.csv", "Requests.parquet"):
        write(folder / "twice" / name, "request_id\nr\n")
    return folder / "twice"


def title_above_the_header(folder: Path, make: MakeDatabase) -> Path:
    return write(folder / "requests.csv", "Report: Requests,,\nrequest_id,type,closed_at\nr,access,\n")


def broken_csv(folder: Path, make: MakeDatabase) -> Path:
    (folder / "csv").mkdir()
    (folder / "csv" / "requests.csv").write_bytes(b'request_id,received_at\n"r1,2026-01-01\n\xff\xfe\x00')
    return folder / "csv"


def broken_parquet(folder: Path, make: MakeDatabase) -> Path:
    return write(folder / "requests.parquet", "PAR1 but not really")


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (no_file, "no such file or folder"),
        (empty_folder, "the folder holds no table; name a file after each table"),
        (garbage, "cannot be read"),
        (text_file, "cannot be read"),
        (empty_file, "cannot be read"),
        (truncated, "cannot be read"),
        (
            no_table_of_the_contract,
            "holds no table of the contract that could be judged; it has request (requests?), kunden; map",
        ),
        (
            nothing_but_what_it_says_of_itself,
            "holds no table of the contract that could be judged; there is no other table in it",
        ),
        (
            foreign_file,
            "holds no table of the contract that could be judged; it has foia; map your tables with --adapter, or `adapter`",
        ),
        (foreign_database, "it has x0, x1, x2, x3, x4 and 4 more; map"),
        (misspelt_key, "table requests has no column request_id, its key (is it request id?); map it with --adapter"),
        (no_key, "table requests has no column request_id, its key"),
        (title_above_the_header, "its key, and none of its others: does the header stand in its first line? map it with"),
        (no_instant, "say the instant of judgement with --as-of"),
        (unknown_zone, "is no IANA time zone"),
        (zone_that_is_sql, "is no IANA time zone"),
        (two_exports_in_one, "export_info holds 2 rows"),
        (two_files_for_a_table, "two files for table requests"),
        (broken_csv, "line 3 is not UTF-8"),
        (broken_parquet, "cannot be read"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_unusable_exports_are_said_in_one_line(
    database: MakeDatabase, tmp_path: Path, make: Callable[[Path, MakeDatabase], Path], says: str
) -> None:
    with pytest.raises(Unusable) as caught:
        opened(make(tmp_path, database))
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("table", [name for name in WORKSPACE.contract if name not in ("export_info", "export_tables")])
def test_any_table_of_the_contract_is_an_export(tmp_path: Path, table: str) -> None:
    key = WORKSPACE.contract[table].key or (WORKSPACE.contract[table].columns[0].name,)
    write(tmp_path / f"{table}.csv", ",".join(key) + "\n")
    with opened(tmp_path, as_of="2026-02-01") as export:
        assert list(export.sources) == [table]


@pytest.mark.parametrize("text", ["yesterday", "2026-13-01", "31.1.2026"])
def test_as_of_is_an_instant(database: MakeDatabase, text: str) -> None:
    with pytest.raises(Unusable, match="is no instant"):
        opened(database(), as_of=text)


@pytest.mark.parametrize("text", ["9999-12-31", "3000-01-01T00:00:00Z", "0001-01-01"])
def test_as_of_is_of_a_year_that_can_be_counted_with(database: MakeDatabase, text: str) -> None:
    with pytest.raises(Unusable, match="is of no year from 1900 to 2999"):
        opened(database(), as_of=text)


def test_an_instant_of_the_export_without_its_offset_is_noted(tmp_path: Path) -> None:
    write(tmp_path / "requests.csv", "request_id\nr\n")
    write(tmp_path / "export_info.csv", "exported_at,timezone\n2026-07-02 06:00,Europe/Berlin\n")
    with opened(tmp_path) as export:
        assert export.as_of.astimezone(UTC) == datetime(2026, 7, 2, 4, tzinfo=UTC)
        assert export.notes == ["export_info.exported_at is written without its offset; it is read in Europe/Berlin"]


def test_a_table_that_no_view_selects_from_may_be_meant(tmp_path: Path) -> None:
    write(tmp_path / "tickets.csv", "id\nr\n")
    adapter = write(tmp_path / "a.sql", "create view requests as select id as request_id from source.ticket;")
    with pytest.raises(Unusable, match='name ticket does not exist! Did you mean "tickets"'):
        opened(tmp_path / "tickets.csv", adapter)
    with pytest.raises(Unusable, match='name ticket does not exist! Did you mean "tickets"'):
        opened(tmp_path, adapter)


def test_a_day_means_its_end_in_the_exports_zone(database: MakeDatabase) -> None:
    path = database("update export_info set timezone = 'Europe/Berlin';")
    with opened(path, as_of="2026-03-29") as export:
        assert export.as_of.astimezone(UTC) == datetime(2026, 3, 29, 21, 59, 59, 999999, tzinfo=UTC)


def test_no_zone_means_utc_and_is_noted(database: MakeDatabase) -> None:
    with opened(database("update export_info set timezone = null;")) as export:
        assert export.timezone == "UTC"
        assert export.notes == ["export_info states no time zone; days are counted in UTC"]
