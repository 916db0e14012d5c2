"""What comes from somebody else: an export, an adapter, results, facts of law, texts, a workspace. None may do more than be read."""

from __future__ import annotations

import gzip
import hashlib
import os
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from audits.contract import files, own
from audits.contract.export import Settings
from audits.controls import catalogue
from audits.errors import RunFailed, Unusable
from audits.evaluation.job import Job, evaluated
from audits.evaluation.results import Results
from audits.evidence import manifest
from audits.evidence.verify import verify
from audits.home import Home
from audits.law import reference
from audits.operate import schedule
from audits.texts import compare, text
from audits.workspace import Workspace, our_notebooks

from ..conftest import SMALL, WORKSPACE, MakeDatabase, opened

# The engine calls it a SELECT, and it runs its text on a connection of its own.
HIDDEN = (
    "json_execute_serialized_sql(json_serialize_sql("
    "'with x as (update memory.main.deadlines set value = 2 returning *) select * from x'))"
)


def made_beside_the_law(path: Path, sql: str) -> Path:
    """A small export with SQL of its own, made where there are deadlines to change."""
    with duckdb.connect() as con:
        con.execute("create table deadlines (value bigint)")
        con.execute(f"attach '{path}' as theirs; use theirs")
        con.execute(SMALL + sql)
    return path


def law(con: duckdb.DuckDBPyConnection) -> object:
    return con.execute("select count(*), sum(value) from deadlines").fetchone()


# Exports and adapters


@pytest.mark.parametrize(
    ("sql", "adapter", "says"),
    [
        (f"create view accounts2 as select * from accounts, {HIDDEN}", "select * from source.accounts2", "accounts2 is a view"),
        (
            f"alter table accounts rename to raw; create view accounts as select * from raw where 0 <= (select count(*) from {HIDDEN})",
            "",
            "accounts is a view: of a file only tables are read",
        ),
        (
            f"create macro f() as (select count(*) from {HIDDEN}); alter table accounts rename to raw;"
            " create view accounts as select * from raw where f() >= 0",
            "",
            "accounts is a view",
        ),
        (
            f"create macro f() as (select count(*) from {HIDDEN})",
            "select 'x' as account_id, source.main.f() as n",
            "view accounts uses source.f",
        ),
        (
            f"create macro f() as table select * from {HIDDEN}",
            "select 'x' as account_id from source.main.f()",
            "view accounts uses f",
        ),
    ],
)
def test_no_sql_of_an_export_is_run(tmp_path: Path, sql: str, adapter: str, says: str) -> None:
    path, views = made_beside_the_law(tmp_path / "theirs.duckdb", sql), tmp_path / "views.sql"
    views.write_text(f"create view accounts as {adapter}")
    with pytest.raises(Unusable, match=says) as caught:
        opened(path, adapter=views if adapter else None)
    assert "\n" not in str(caught.value)


def test_macros_of_an_export_stand_in_for_nothing(tmp_path: Path) -> None:
    names = ("start_of_day", "lower", "trim", "regexp_replace")
    macros = "".join(f"create macro main.{name}(x) as (select count(*)::varchar from {HIDDEN});" for name in names)
    with opened(made_beside_the_law(tmp_path / "plain.duckdb", "")) as plain:
        before = law(plain.con)
    with opened(made_beside_the_law(tmp_path / "theirs.duckdb", macros)) as export:
        assert law(export.con) == before


def test_views_that_nobody_reads_are_no_reason_to_refuse(database: MakeDatabase) -> None:
    with opened(database("create view of_the_owner as from accounts;")) as export:
        assert "accounts" in export.sources


def test_an_adapter_that_was_replaced_is_hashed_as_it_was_read(database: MakeDatabase, tmp_path: Path) -> None:
    adapter = tmp_path / "views.sql"
    adapter.write_text("create view accounts as select account_id from source.accounts")
    read = files.read(adapter)
    with opened(database(), adapter=adapter) as export:
        adapter.write_text("create view accounts as select 'x' as account_id")
        assert export.adapter_sha256 == hashlib.sha256(read).hexdigest()


def test_changed_facts_of_law_end_a_run(database: MakeDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    def changing(export: object, *_: object) -> None:
        export.con.execute("update deadlines set value = value + 1 where rule_set = 'statute'")  # type: ignore[attr-defined]

    monkeypatch.setattr("audits.evaluation.job.evaluate", changing)
    with pytest.raises(RunFailed, match="facts of law were changed while the export was evaluated"):
        evaluated(WORKSPACE, Job(export=str(database()), period="2026-06"))


ENDLESS = "(select count(*) from range(1000000000) as a, range(1000000000) as b where a.range + b.range < 0) = 0"


@pytest.mark.parametrize("view", ["accounts", "requests"])
def test_an_endless_view_ends_with_its_time(database: MakeDatabase, tmp_path: Path, view: str) -> None:
    adapter = tmp_path / "views.sql"
    adapter.write_text(f"create view {view} as select * from source.{view} where {ENDLESS}")
    job = Job(export=str(database()), adapter=adapter, period="2026-06", settings=Settings(time="1s"))
    began = time.monotonic()
    with pytest.raises(RunFailed, match="the evaluation took longer than --time 1s, and was ended; give it more"):
        evaluated(WORKSPACE, job)
    assert time.monotonic() - began < 30


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        (Settings(time="0s"), "--time '0s' is no time; write one like 90s, 30m or 2h"),
        (Settings(time="soon"), "--time 'soon' is no time"),
        (Settings(spill_limit="-1GB"), "--spill-limit '-1GB' is no size"),
    ],
)
def test_a_bound_that_is_none_is_refused(database: MakeDatabase, settings: Settings, says: str) -> None:
    with pytest.raises(Unusable, match=says):
        evaluated(WORKSPACE, Job(export=str(database()), settings=settings))


def test_what_is_packed_unpacks_no_further_than_may_be_spilt(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "requests.csv.gz", "wb") as stream:
        stream.write(b"request_id,received_at\n" + b"\n" * 5_000_000)
    assert (tmp_path / "requests.csv.gz").stat().st_size < 50_000
    with pytest.raises(Unusable, match=r"requests\.csv\.gz: unpacks to more than --spill-limit lets it"):
        opened(tmp_path / "requests.csv.gz", settings=Settings(spill_limit="4MB"))


def test_spilling_ends_at_its_limit(database: MakeDatabase, tmp_path: Path) -> None:
    adapter = tmp_path / "views.sql"
    adapter.write_text(
        "create view accounts as select 'a' || hash(range) as account_id from range(6000000) order by repeat(hash(range)::varchar, 9)"
    )
    with pytest.raises((Unusable, duckdb.OutOfMemoryException), match=r"(?i)memory|offload"):
        opened(database(), adapter=adapter, settings=Settings(memory="60MB", threads=1, spill_limit="1MB"))


# Results


def results_file(path: Path, sql: str = "") -> Path:
    with duckdb.connect(str(path)) as con:
        con.execute("create table run (schema_version integer, timezone varchar); insert into run values (1, 'UTC');" + sql)
    return path


def test_results_of_others_reach_no_file(tmp_path: Path) -> None:
    results = Results.open(results_file(tmp_path / "r.duckdb"))
    for query in ("from read_text('/etc/hostname')", "set threads = 1", "delete from results.run"):
        with pytest.raises(duckdb.Error):
            results._con.execute(query).fetchall()


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("create view promises as from read_text('/etc/hostname');", "r.duckdb: no results of a run: promises is a view"),
        ("update run set timezone = 'UTC''; create table memory.main.x as select 1; --';", "Unknown TimeZone"),
        ("drop table run;", "no results of a run"),
    ],
)
def test_results_that_hold_sql_are_refused(tmp_path: Path, sql: str, says: str) -> None:
    with pytest.raises(Unusable, match=says):
        Results.open(results_file(tmp_path / "r.duckdb", sql))


def test_results_with_a_log_beside_them_are_refused(tmp_path: Path) -> None:
    path = results_file(tmp_path / "r.duckdb")
    (tmp_path / "r.duckdb.wal").write_bytes(b"x")
    with pytest.raises(Unusable, match="its last changes are in a log beside it"):
        Results.open(path)


# Whatever else is read


def workspace_with(folder: Path) -> Home:
    (folder / "audits.toml").write_text("")
    return Home(folder=folder)


READERS: dict[str, Callable[[Path], object]] = {
    "an export": lambda path: opened(path),
    "an adapter": lambda path: opened("sample", adapter=path),
    "results": Results.open,
    "a text": text.read,
    "a policy": compare.published,
    "parameters": lambda path: WORKSPACE.values_of(path),
    "a schedule": lambda path: schedule.load(path, WORKSPACE),
    "tables of one's own": lambda path: list(own.statements(path)),
    "facts of law": lambda path: reference.own_tables(path.parent),
}


@pytest.mark.parametrize("kind", ["a named pipe", "a device"])
@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
def test_what_is_no_file_is_refused_unopened(tmp_path: Path, reader: Callable[[Path], object], kind: str) -> None:
    """A pipe would be waited for, and /dev/zero has no end."""
    path = tmp_path / "deadlines.csv"
    if kind == "a named pipe":
        os.mkfifo(path)
    else:
        path.symlink_to("/dev/zero")
    with pytest.raises(Unusable) as caught:
        reader(path)
    assert "\n" not in str(caught.value)
    assert "is a" in str(caught.value)


@pytest.mark.parametrize("name", ["controls", "law", "notebooks", "contract.sql", "policy.toml", "adapter.sql"])
def test_a_workspace_leads_nowhere_else_by_links(tmp_path: Path, name: str) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "x").write_text("secret")
    folder = tmp_path / "acme"
    folder.mkdir()
    (folder / name).symlink_to(outside if "." not in name else outside / "x")
    with pytest.raises(Unusable, match=f"{name}: is a link to outside its folder; put the file itself there"):
        workspace_with(folder).beside(name)


def test_a_workspace_may_name_what_lies_elsewhere(tmp_path: Path) -> None:
    folder = tmp_path / "acme"
    folder.mkdir()
    assert workspace_with(folder).path("../adapters/views.sql") == folder / "../adapters/views.sql"


def test_a_notebook_that_is_a_link_to_elsewhere_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.ipynb").symlink_to(our_notebooks() / "executive.ipynb")
    with pytest.raises(Unusable, match=r"mine\.ipynb: is a link to outside its folder"):
        Workspace(notebooks=[tmp_path]).published_notebooks()


CONTROL = (Path(catalogue.__file__).parent / "rights" / "request_handled_in_time.sql").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("into", "says"),
    [
        ("with gone as (delete from results.findings returning *), ", "query: changes something"),
        (f"with hidden as (from {HIDDEN}), ", "query: json_execute_serialized_sql"),
        ("with read as (from read_text('/etc/hostname')), ", "query: read_text"),
    ],
)
def test_a_control_of_others_only_selects(tmp_path: Path, into: str, says: str) -> None:
    file = tmp_path / "controls" / "rights" / "request_handled_in_time.sql"
    file.parent.mkdir(parents=True)
    file.write_text(CONTROL.replace("\nwith ", f"\n{into}", 1), encoding="utf-8")
    found = catalogue.read(WORKSPACE.contract, [catalogue.FOLDER, tmp_path / "controls"])
    assert says in found["request_handled_in_time"].broken


def test_a_published_period_of_others_is_verified_without_leaving_it(tmp_path: Path) -> None:
    period = tmp_path / "2026-06"
    period.mkdir()
    os.mkfifo(period / "pipe.html")
    (period / "link.html").symlink_to("/etc/hostname")
    (period / manifest.FILE).write_text('{"files": {"pipe.html": "0", "link.html": "0"}, "period": "2026-06"}')
    found = verify(period).differences
    assert {"pipe.html: was changed", "link.html: was changed"} <= set(found)


def test_a_text_of_no_end_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "policy.txt").open("wb") as stream:
        stream.truncate(65 << 20)
    with pytest.raises(Unusable, match=r"policy\.txt: is longer than 64 MiB"):
        compare.published(tmp_path / "policy.txt")
