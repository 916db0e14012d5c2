"""Spark finds what DuckDB finds: one session for all, since starting it takes longer than most tests."""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb
import pytest

from audits.contract.export import Settings
from audits.errors import Unusable
from audits.evaluation.job import Job, evaluated
from audits.evaluation.spark import session, translate
from audits.evaluation.spark.translate import Untranslatable, translated

from .. import needs
from ..conftest import WORKSPACE, MakeDatabase

# Values that nobody can read, a word that nobody knows, and a day that is none.
SPOILT = """
alter table requests alter column closed_at type varchar;
update requests set closed_at = 'soon' where request_id = 'r1';
update requests set type = 'wish' where request_id = 'r2';
"""


def parquet(database: Path) -> Path:
    """The tables of a database as a folder of Parquet; of one a column is called with blanks around it, and read all the same."""
    folder = database.with_suffix("")
    folder.mkdir()
    with duckdb.connect(str(database), read_only=True) as con:
        for (table,) in con.execute("select table_name from duckdb_tables()").fetchall():
            called = 'rename (received_at as " received_at ")' if table == "requests" else ""
            con.execute(f"copy (select * {called} from {table}) to '{folder / table}.parquet' (format parquet)")
    return folder


@pytest.mark.slow
def test_both_engines_find_the_same(database: MakeDatabase) -> None:
    needs.program("java")
    needs.spark()
    from . import both_engines as both

    found = [*both.refused(), *both.traps(), *both.results(database(SPOILT, "spoilt"), "2026-06", both.SOME[:2])]
    found += both.results(parquet(database()), "2026-06", both.SOME[:2])
    found += [*both.examples([both.MOST], once=True), *both.examples(both.OTHERS), *both.results("sample", "2026-10", both.SOME)]
    assert not found, "\n" + "\n".join(found)


def test_every_control_is_carried_over() -> None:
    for control in WORKSPACE.catalogue.values():
        assert translated(control.sql.rstrip(";"))


@pytest.mark.parametrize(
    "sql",
    [
        "select x from t where (x, y) in (select a, b from s) is null",
        "select x + interval 1 century from t",
        "select coalesce(x, 'infinity'::date) from t",
        "select list(x order by y desc) from t",
        "select date_diff('hour', x, y) from t",
        "select (x / y)::integer from t",
        "select x::time from t",
        "select from where",
    ],
)
def test_what_nobody_has_shown_is_not_carried_over(sql: str) -> None:
    with pytest.raises(Untranslatable):
        translated(sql)


def test_a_condition_that_only_filters_is_left_as_it_is() -> None:
    plain = "select x from t where x in (select y from s) and (x > 1 or x in (select z from s))"
    assert "CASE" not in translated(plain)
    assert "CASE" in translated(plain.replace("x in (select z", "x not in (select z"))
    assert "CASE" not in translated("select x from t where x not in (select y from s) and x > 1")


def test_steps_that_read_themselves_are_found() -> None:
    sql = "with recursive a as (select 1 as x), b as (select x from a union select x from b), c as (from b) select x from c"
    assert list(translate.recursions(sql)) == ["b"]
    assert " b AS " not in translated(sql)


@pytest.mark.parametrize("missing", ["sqlglot", "pyspark.logger"])
def test_what_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    for module in ("audits.evaluation.spark.engine", "audits.evaluation.spark.translate"):
        monkeypatch.delitem(sys.modules, module, raising=False)
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(Unusable, match=r"is missing; pip install .privacy-audits\[spark\]"):
        evaluated(WORKSPACE, Job(engine="spark"))


def test_java_is_asked_for_by_its_version(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(Unusable, match="Java 17 or later is missing"):
        session.must_have_java()
    java = tmp_path / "bin/java"
    java.parent.mkdir()
    java.write_text("#!/bin/sh\necho 'openjdk version \"11.0.1\"' >&2\n")
    java.chmod(0o755)
    with pytest.raises(Unusable, match="Java 17 or later is missing"):
        session.must_have_java()


def test_settings_let_nothing_be_exchanged() -> None:
    assert not Settings().exchanges
