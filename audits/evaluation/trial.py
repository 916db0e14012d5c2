"""A trial of a promise: judged once as the export was read, and again with tables read otherwise.

The temporary table `seen` holds what it gives as it stands, `turned` each record that a trial gave otherwise, as both have it,
`resting` which records a column alone could turn.
"""

from __future__ import annotations

import warnings
from collections.abc import Collection

import duckdb

from audits.contract.engine import one, quoted
from audits.contract.export import Export
from audits.contract.schema import Table
from audits.contract.source import put_view
from audits.controls.promise import Promise
from audits.law import calendars

# What the law makes of the records, by views that are worked out once for all promises (evaluate.py).
LAWS = ("transfers", "requests_with_due_dates")
_PLACED = {"account_id", "country", "region"}  # the columns that say where a request is from
# What of a finding is compared: its verdict, with the period that it falls into, or with what it rests on.
VERDICT, DATED, REASONED = ("verdict",), ("verdict", "event_at"), ("verdict", "reason")
ONE_EACH = "record_id, min(account_id), min(country), min(event_at), min(due_at)"
_COLUMNS = "record_id, account_id, country, event_at, due_at, verdict, reason"
# Trials at most of what could be tried without end: of many records, of few, and how many records are judged in all of them.
_TRIALS, _MOST_TRIALS, _JUDGED = 12, 100, 20_000
_FEW_ROWS = 100_000  # rows at most that are written down for a trial
# The records of a promise that are undecided already.
NOTED = "select record_id from unsure where promise_id = $promise_id and record_id is not null"


def same(column: str) -> str:
    """SQL for what all readings say."""
    return f"case when count(distinct coalesce({column}, 'infinity')) = 1 then min({column}) end"


def begin(export: Export, promise: Promise) -> bool:
    """Keep what a promise gives as it was read in the temporary table `seen`, and an empty one of what is `turned`.

    False where its query fails as it stands, which is told elsewhere as an error.
    """
    sql, values = promise.query(export.as_of)
    try:
        export.con.execute(f"create or replace temp table seen as select {_COLUMNS} from ({sql})", values)
    except duckdb.Error:
        return False
    forget(export)
    return True


def forget(export: Export) -> None:
    """Let nothing be `turned` yet."""
    export.con.execute(
        "create or replace temp table turned as select * exclude (verdict, reason), true as known from seen limit 0"
    )


def compare(export: Export, promise: Promise, compared: tuple[str, ...]) -> None:
    """Note in `turned` the records that a reading gives otherwise, or does not give; where it cannot be judged, all.

    A record is given otherwise where the findings of it, each once, are not the same in what is compared.
    """
    sql, values = promise.query(export.as_of)
    same = " and ".join(["l.record_id = r.record_id", *(f"l.{c} is not distinct from r.{c}" for c in compared)])
    try:
        export.con.execute(
            f"""
            insert into turned
            with now as materialized (select {_COLUMNS} from ({sql})),
            differing as (
                select l.record_id from now as l anti join seen as r on {same}
                union
                select l.record_id from seen as l anti join now as r on {same}
            ),
            given as (
                select *, false as was from now where record_id in (from differing)
                union all
                select *, true from seen where record_id in (from differing)
            )
            select {ONE_EACH}, bool_or(was) over (partition by record_id)
            from given group by record_id, was
            """,
            values,
        )
    except duckdb.Error as error:
        if isinstance(error, duckdb.BinderException):  # a fault of the tool, and not of a value
            warnings.warn(f"{promise.id}: a reading cannot be judged, so that all its records are undecided", stacklevel=2)
        export.con.execute(f"insert into turned select {ONE_EACH}, true from seen group by record_id")


def is_all_turned(export: Export, promise: Promise) -> bool:
    """Whether every record that there is was given otherwise by a trial, or is undecided already."""
    turned = f"record_id in (select record_id from turned where known) or record_id in ({NOTED})"
    sql = f"select count(*) > 0 and bool_and({turned}) from seen"
    row = export.con.execute(sql, {"promise_id": promise.id}).fetchone()
    return bool(row and row[0])


def most(export: Export) -> int:
    """How many trials are made of a promise where no end is set: the fewer records it has, the more."""
    records = int(one(export.con, "select count(*) from seen"))
    return max(_TRIALS, min(_MOST_TRIALS, _JUDGED // max(1, records)))


def begin_resting(export: Export) -> None:
    """Make the table of which records rest on which column."""
    export.con.execute("create or replace temp table resting (promise_id varchar, record_id varchar, column_name varchar)")


def turned(export: Export) -> int:
    """How many rows `turned` has so far."""
    return int(one(export.con, "select count(*) from turned"))


def rest(export: Export, promise: Promise, column: str, before: int) -> None:
    """Note that what was turned since it had so many rows rests on a column."""
    export.con.execute(
        "insert into resting select distinct $promise_id, record_id, $column from turned where rowid >= $before",
        {"promise_id": promise.id, "column": column, "before": before},
    )


def rest_the_others(export: Export, promise: Promise, column: str, why: str) -> None:
    """Note that the records that are undecided for a reason, and rest on no column yet, rest on this one."""
    export.con.execute(
        """
        insert into resting
        select promise_id, record_id, $column from unsure
        where promise_id = $promise_id and why = $why
        and record_id not in (select record_id from resting where promise_id = $promise_id)
        """,
        {"promise_id": promise.id, "why": why, "column": column},
    )


def note_rows(export: Export, promise: Promise, table: Table, rows: str, where: str, why: str) -> None:
    """Note the rows of the table that a promise judges as undecided, whatever it made of them; `rows` is the relation."""
    key = table.key[0]
    export.con.execute(
        f"""
        insert into unsure
        select distinct $promise_id, {key}, null, null, null::timestamptz, null::timestamptz,
               {key} in (select record_id from seen), $why
        from {rows} where {where} and {key} is not null and {key} not in ({NOTED})
        """,
        {"promise_id": promise.id, "why": why},
    )


def put(export: Export, table: Table, rows: str) -> None:
    """Let a table be read as the rows that SQL gives: few are written down, since a view is planned anew wherever it is named."""
    source = export.sources[table.name]
    if one(export.con, f"select count(*) from (from {source.door or source.relation} limit {_FEW_ROWS + 1})") <= _FEW_ROWS:
        export.con.execute(f"create or replace table {_otherwise(table)} as {rows}")
        rows = f"from {_otherwise(table)}"
    export.con.execute(f"create or replace view main.{table.name} as {rows}")


def _otherwise(table: Table) -> str:
    return f"door.{quoted(f'{table.name} otherwise')}"


def put_back(export: Export, table: Table, columns: Collection[str]) -> None:
    """Let a table be read as it was, of which columns were read otherwise."""
    put_view(export.con, table, export.sources[table.name])
    export.con.execute(f"drop table if exists {_otherwise(table)}")
    settle(export, table, columns)


def forget_law(export: Export) -> None:
    """Drop what was worked out before."""
    for view in LAWS:
        export.con.execute(f"drop table if exists temp.{view}")


def settle(export: Export, table: Table, columns: Collection[str]) -> None:
    """Let the law see a table of which columns were changed, and nothing that was worked out before."""
    forget_law(export)
    if table.name in ("accounts", "requests") and _PLACED.intersection(columns):
        calendars.place_accounts(export.con)
