"""What DuckDB and Spark answer, side by side: to the examples of all controls, on the sample, and where records rest on what nobody
can read. A line for each difference:

    python -m tests.evaluation.both_engines     all examples and the whole sample; `make test` has a fixed part of them
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from audits.contract.export import Export, Settings
from audits.errors import Unusable
from audits.evaluation import findings
from audits.evaluation.findings import Circumstances
from audits.evaluation.spark import session
from audits.evaluation.spark.engine import Spark
from audits.law.opening import open_rows
from audits.law.period import Period

from ..conftest import WORKSPACE, judged, opened
from .examples_together import COLUMNS, together

SETTINGS = Settings(threads=1, exchanges=True)
# Every control is in the one; the others have another time zone, an early export, no instant of it.
MOST, OTHERS = "plain", ("placed", "unset", "late", "apart")
# What comes of them beside verdicts: flows, clocks, ages, other readings, the law's time; a recursion, lists, NOT IN.
SOME = (
    "request_handled_in_time", "request_handled_in_statutory_time", "transfer_has_valid_mechanism", "data_kept_no_longer_than_needed",
    "rectification_carried_out", "opt_out_honoured", "subprocessor_chain_ends_in_agreement", "recipient_is_registered",
)  # fmt: skip
# Where a midnight comes twice and another is skipped, and where clocks change by half an hour.
ZONES = ("Europe/Berlin", "Atlantic/Azores", "Australia/Lord_Howe")
# What the two would answer otherwise if it were carried over as it is written.
TRAPS = (
    "select timestamptz '2026-03-28 12:00:00+01' + to_hours(24) as a, timestamptz '2026-03-28 12:00:00+01' + to_days(1) as b",
    "select timestamptz '2026-10-24 12:00:00+02' + interval 36 hours as a, (date '2026-01-31' + to_months(1))::date as b",
    "select x in (select y from (values (1), (null)) as t (y)) as a from (values (1), (2), (null)) as s (x)",
    "select x not in (select y from (values (1)) as t (y)) as a from (values (1), (2), (null)) as s (x)",
    "select x from (values (1), (2), (null)) as s (x) where (x in (select y from (values (1)) as t (y))) is null",
    "select x from (values (1), (2), (null)) as s (x) where not (x = 2 or x not in (select y from (values (1), (null)) as t (y)))",
    "select x in (select y from (values (1)) as t (y) where y > 1) as a from (values (1), (null)) as s (x)",
    "select list(x order by y) as a from (values ('b', 1), (null, 2), ('a', 3)) as t (x, y)",
    "select list(x) filter (where x > 'b') as a, list(x) filter (where x > 'a') as b from (values ('b'), ('a')) as t (x)",
    "select arg_max(x, y) as a, arg_min(x, y) as b, any_value(x) as c from (values (null, 9), ('b', 2), (null, 1)) as t (x, y)",
    "select (list_value('a', 'b'))[2] as a, (list_value('a'))[2] as b, list_contains(list_value('a', null), 'b') as c",
    "select list_has_any(list_value('a', null), list_value('b', null)) as a, list_has_all(list_value('a', 'b'), list_value('b')) as b",
    "select coalesce(x, 'infinity'::timestamptz) > timestamptz '2999-01-01' as a from (values (null::timestamptz)) as t (x)",
    "select concat_ws(' ', x_at, 'z') as a from (values (timestamptz '2026-01-10 08:00:00.5+00')) as t (x_at)",
    "select x_at::timestamp::time::varchar as a from (values (timestamptz '2026-01-10 08:00:00.5+00')) as t (x_at)",
    "select 1 / 3 as a, 10 / 3600.0 as b",
    "select date_diff('day', x::date, y::date) as a from (values (timestamptz '2026-03-28 23:30:00+01', timestamptz '2026-03-29 01:00:00+01')) as t (x, y)",
    "select date_diff('second', x, y) as a from (values (timestamptz '2026-01-01 00:00:00.9+00', timestamptz '2026-01-01 00:00:01.1+00')) as t (x, y)",
    "select * replace (x + 1 as x), x as z from (values (1)) as t (x)",
    "select 'it''s' || ' \\d' as a, least(null, 2) as b, greatest(1, null) as c, -5 // 2 as d, left('abc', 2) as e",
)  # fmt: skip


@cache
def started() -> None:
    """One session for all, for little data: nothing is compiled, and nothing cut into parts."""
    java = f"-Dlog4j2.configurationFile={session.QUIET.as_uri()} -XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
    made = session.pyspark().builder.master("local[2]").config("spark.driver.extraJavaOptions", java)
    for name, value in {
        "spark.sql.shuffle.partitions": "1",
        "spark.sql.adaptive.enabled": "false",
        "spark.sql.codegen.wholeStage": "false",
        "spark.sql.codegen.factoryMode": "NO_CODEGEN",
        **session.STARTED,
    }.items():
        made = made.config(name, value)
    made.getOrCreate()


def examples(names: Iterable[str], once: bool = False) -> Iterator[str]:
    """Differences between the findings of examples, by the group that they are in (examples_together.py).

    `once` asks each control with the first of the values that its examples give.
    """
    started()
    for name in names:
        example = together()[name]
        info = (example.given.get("export_info") or [{}])[0]
        zone = info.get("timezone", "UTC")
        with open_rows(WORKSPACE.contract, example.given, str(example.as_of), zone, settings=SETTINGS) as export:
            spark = Spark(export)
            asked: set[str] = set()
            for number, promise in enumerate(example.promises):
                if once and promise.control.id in asked:
                    continue
                asked.add(promise.control.id)
                query = findings.query(export, promise, Circumstances(*example.period))
                sql = f"{query.sql} select {', '.join(COLUMNS)} from findings"
                yield from _differences(export, spark, sql, query.values, f"{name}, {promise.id} {number}")
            spark.close()


def traps() -> Iterator[str]:
    """Differences where an engine has a mind of its own."""
    started()
    for zone in ZONES:
        received = [{"request_id": "r", "type": "access", "received_at": datetime(2024, 1, 5, tzinfo=UTC)}]
        with open_rows(WORKSPACE.contract, {"requests": received}, "2026-06-30", zone, settings=SETTINGS) as export:
            spark = Spark(export)
            days = "select day, start_of_day(day) as a, end_of_day(day) as b, ends_at, days_later_on(day, 1, 3) as c from days"
            for sql in (days, *(TRAPS if zone == ZONES[0] else ())):
                yield from _differences(export, spark, sql, {}, f"{zone}: {sql}")
            spark.close()


def refused() -> Iterator[str]:
    """What is wrong if a calendar of another age, in which one day begins an hour later, is not refused."""
    started()
    received = [{"request_id": "r", "type": "access", "received_at": datetime(2024, 1, 5, tzinfo=UTC)}]
    with open_rows(WORKSPACE.contract, {"requests": received}, "2026-06-30", ZONES[0], settings=SETTINGS) as export:
        export.con.execute("update days set ends_at = ends_at + interval 1 hour where day = date '2024-01-08'")
        try:
            Spark(export).close()
        except Unusable as error:
            if f"days of {ZONES[0]} begin at other instants" not in str(error):
                yield str(error)
        else:
            yield "a calendar of another age is taken"


def _differences(export: Export, spark: Spark, sql: str, values: dict[str, Any], said: str) -> Iterator[str]:
    here = sorted(map(repr, export.con.execute(sql, values).fetchall()))
    try:
        there = sorted(map(repr, export.con.execute(spark.rows(sql, values)).fetchall()))
    except Exception as error:
        yield f"{said}: {type(error).__name__}: {error} {getattr(error, 'words', '')}"
        return
    if here != there:
        only, other = ([r for r in one if r not in two][:1] for one, two in ((here, there), (there, here)))
        yield f"{said}: {only} here, {other} there"


def results(path: str | Path, period: str, promises: Iterable[str] = ()) -> Iterator[str]:
    """Differences between the results of an export: every table, but that Spark is named among the versions."""
    started()
    told: list[dict[str, list[str]]] = []
    for elsewhere in (False, True):
        with opened(path, settings=SETTINGS) as export:
            export.elsewhere = Spark(export) if elsewhere else None
            judged(export, Period.parse(period), promises)
            told.append(_tables(export))
    here, there = told
    for table, rows in here.items():
        if rows != there[table]:
            only, other = ([r for r in one if r not in two][:1] for one, two in ((rows, there[table]), (there[table], rows)))
            yield f"{path}, {table}: {only} here, {other} there"


def _tables(export: Export) -> dict[str, list[str]]:
    names = export.con.execute("select table_name from duckdb_tables() where database_name = 'results' order by all").fetchall()
    return {
        name: [repr(row) for row in export.con.execute(f"select * {'exclude (versions)' if name == 'run' else ''} from results.{name}").fetchall()]
        for (name,) in names
    }  # fmt: skip


def main() -> int:
    """Say all differences."""
    found = 0
    for line in (line for part in (refused(), traps(), examples(together()), results("sample", "2026-10")) for line in part):
        found += 1
        print(line, flush=True)
    print(f"{sum(len(e.promises) for e in together().values())} promises on examples, and the sample: {found} differences")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
