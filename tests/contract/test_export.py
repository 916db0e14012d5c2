"""Opening an export: every container, sealed; and every way it can be unusable, in one line."""

from __future__ import annotations

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


def test_a_view_that_reads_a_file_is_refused_in_one_line(database: MakeDatabase) -> None:
    path = database(
        "drop table accounts; create view accounts as select column0 as account_id from read_csv('/etc/passwd', header = false);"
    )
    with pytest.raises(Unusable, match=r"table accounts cannot be read: .*passwd"):
        opened(path)


def test_spilling_works_when_sealed_and_leaves_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "sample.csv"
    shutil.copytree(sample_folder(), folder)
    spill = tmp_path / "spill"
    spill.mkdir()
    with opened(folder, settings=Settings(memory="60MB", threads=1, spill=spill)) as export:
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
    with pytest.raises(Unusable, match="settings: "):
        opened(path, settings=Settings(memory="much"))


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
        ("create view requests as select * from source.nothing;", "nothing does not exist"),
        ("create view requests as select * from read_csv('/etc/passwd');", "adapter"),
        ("create view requests as selec;", "syntax error"),
    ],
)
def test_an_adapter_may_only_create_views(database: MakeDatabase, tmp_path: Path, sql: str, says: str) -> None:
    with pytest.raises(Unusable, match=says) as caught:
        opened(database(), adapter=write(tmp_path / "views.sql", sql))
    assert "\n" not in str(caught.value)


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
        (empty_folder, "holds no .parquet and no .csv file"),
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
        (foreign_file, "holds no table of the contract that could be judged; it has foia; map your tables with --adapter"),
        (foreign_database, "it has x0, x1, x2, x3, x4 and 4 more; map"),
        (misspelt_key, "table requests has no column request_id, its key (is it request id?); map it with --adapter"),
        (no_key, "table requests has no column request_id, its key"),
        (no_instant, "say the instant of judgement with --as-of"),
        (unknown_zone, "is no IANA time zone"),
        (zone_that_is_sql, "is no IANA time zone"),
        (two_exports_in_one, "export_info holds 2 rows"),
        (two_files_for_a_table, "two files for table requests"),
        (broken_csv, "cannot be read"),
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
    key = WORKSPACE.contract[table].key
    write(tmp_path / f"{table}.csv", ",".join(key) + "\n")
    with opened(tmp_path, as_of="2026-02-01") as export:
        assert list(export.sources) == [table]


@pytest.mark.parametrize("text", ["yesterday", "2026-13-01", "31.1.2026"])
def test_as_of_is_an_instant(database: MakeDatabase, text: str) -> None:
    with pytest.raises(Unusable, match="is no instant"):
        opened(database(), as_of=text)


def test_a_day_means_its_end_in_the_exports_zone(database: MakeDatabase) -> None:
    path = database("update export_info set timezone = 'Europe/Berlin';")
    with opened(path, as_of="2026-03-29") as export:
        assert export.as_of.astimezone(UTC) == datetime(2026, 3, 29, 21, 59, 59, 999999, tzinfo=UTC)


def test_no_zone_means_utc_and_is_noted(database: MakeDatabase) -> None:
    with opened(database("update export_info set timezone = null;")) as export:
        assert export.timezone == "UTC"
        assert export.notes == ["export_info states no time zone; days are counted in UTC"]
