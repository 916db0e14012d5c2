"""What a value that cannot be read could mean: a promise is judged under each reading, and where they differ nobody can tell.

The door noted the spots of an export: cells that hold a value that cannot be read, or a word that nobody knows. For every
column that has spots and that a promise reads, its query runs again with the spots set to each reading: absent, every word of
the column, both ends of time, what others hold, the formats that fit the very text. A record whose verdict or instant differs
under one of them, or that is missing under one, is indeterminate, and in the population. Of a row with two spots or more, every
record that it can reach is. A clean export runs none of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from audits.contract.engine import bindings, literal, quoted
from audits.contract.export import Export
from audits.contract.schema import REFERENCE_TABLES, Column, Table
from audits.contract.source import typed_select
from audits.controls.promise import Promise
from audits.evaluation.lack import lacking
from audits.law import calendars

UNREADABLE = "unreadable"
REASONS = {UNREADABLE: "a value that it rests on cannot be read, or is a word that nobody knows, and could turn it"}
# Of the EEA, adequate for everybody or in part, or neither; and both that have exporters of their own.
_COUNTRIES = ("DE", "CH", "GB", "US", "JP", "BR")
_FORMATS = (
    "%d.%m.%Y",
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%d-%m-%Y",
    "%d.%m.%y",
    "%Y/%m/%d",
    "%d.%m.%Y %H:%M",
    "%d/%m/%Y %H:%M",
    "%m/%d/%Y %H:%M",
)
_ENDS = ("1900-01-01", "2999-12-31")
_NUMBERS = ("0", "1", "1000000000")
_NO_WORD = "a word of nobody's"


def unsure(export: Export, promises: Iterable[Promise]) -> frozenset[str]:
    """Fill the temporary table `unsure` with the records that spots could turn; gives the promises that have any.

    Columns: promise_id, record_id, account_id, country (as the first reading that shows the record has them), event_at, due_at
    (as all of them have it, else none: it may fall into any period), and whether the record is `known` without any reading.
    """
    export.con.execute(
        """
        create or replace temp table unsure (
            promise_id varchar, record_id varchar, account_id varchar, country varchar, event_at timestamptz, due_at timestamptz,
            known boolean
        )
        """
    )
    for promise in promises:
        spots = _spots(export, promise)
        if spots and not lacking({name: source.types for name, source in export.sources.items()}, promise.control):
            _weigh(export, promise, spots)
    return frozenset(p for (p,) in export.con.execute("select distinct promise_id from unsure").fetchall())


def _spots(export: Export, promise: Promise) -> dict[str, list[str]]:
    """By table the columns that have spots and that the promise reads, keys and references included."""
    found: dict[str, list[str]] = {}
    for table in promise.control.tables:
        source = export.sources.get(table)
        if source and source.spots:
            contract = export.contract[table]
            read = {c for t, c in promise.control.read_columns() if t == table} | set(contract.key)
            read |= {c.name for c in contract.columns if c.refers_to or c.name == "region"}
            if columns := [c for c in source.spots if c in read]:
                found[table] = columns
    return found


def _weigh(export: Export, promise: Promise, spots: dict[str, list[str]]) -> None:
    """Judge a promise under every reading, and note the records that differ."""
    con = export.con
    con.execute("create or replace temp table seen as select 0 as reading, * from unsure limit 0")
    con.execute("alter table seen add column verdict varchar")
    readings = 0
    _judge(export, promise, readings)
    for table, columns in spots.items():
        for column in columns:
            for value in _readings(export, promise, export.contract[table], column):
                readings += 1
                _substitute(export, export.contract[table], column, value)
                _judge(export, promise, readings)
            _put_back(export, export.contract[table])
    con.execute(
        """
        insert into unsure
        with signed as (
            select record_id, reading, list((verdict, event_at) order by verdict, event_at) as signature,
                   min(account_id) as account_id, min(country) as country, min(event_at) as event_at, min(due_at) as due_at
            from seen group by record_id, reading
        )
        select $promise_id, record_id, arg_min(account_id, reading), arg_min(country, reading),
               case when count(distinct coalesce(event_at, 'infinity')) = 1 then min(event_at) end,
               case when count(distinct coalesce(due_at, 'infinity')) = 1 then min(due_at) end, min(reading) = 0
        from signed group by record_id
        having count(*) <= $readings or count(distinct signature) > 1
        """,
        {"promise_id": promise.id, "readings": readings},
    )
    for table, columns in spots.items():
        _reach(export, promise, export.contract[table], columns)


def _judge(export: Export, promise: Promise, reading: int) -> None:
    sql = promise.control.sql.rstrip(";")
    export.con.execute(
        f"""
        insert into seen
        select {reading}, '', record_id, account_id, country, event_at, due_at, true, verdict from ({sql})
        """,
        bindings(sql, {**promise.values, "as_of": export.as_of}),
    )


def _readings(export: Export, promise: Promise, table: Table, name: str) -> Iterator[str]:
    """SQL for each value that a spot of the column could mean, over the columns of its row in the door's table."""
    column = table.column(name)
    assert column is not None
    yield "null"
    if column.type == "VARCHAR" and (column.vocabulary or not (column.values or column.known_by)):
        yield from map(literal, _told_apart(export, promise, column))
    elif column.values and column.type == "VARCHAR":
        yield from map(literal, column.values)
    elif column.is_country:
        yield from map(literal, _COUNTRIES)
    elif column.known_by:
        words = export.con.execute(f"select {REFERENCE_TABLES[column.known_by]} from {column.known_by} order by all").fetchall()
        yield from (literal(word) for (word,) in words)
    elif column.type == "BOOLEAN":
        yield from ("true", "false")
    elif column.type in ("TIMESTAMP WITH TIME ZONE", "DATE"):
        yield from (f"{literal(end)}::{column.type}" for end in _ENDS)
        yield from (f"try_strptime({quoted('raw ' + name)}, {literal(form)})::{column.type}" for form in _FORMATS)
        yield from _held(export, table, column)
    elif column.type == "VARCHAR[]":
        yield "[]::varchar[]"
        if column.values:
            yield f"[{', '.join(map(literal, column.values))}]"
        yield f"(select list(distinct word) from (select unnest({quoted(name)}) as word from door.{table.name}))"
    else:
        yield from (f"{number}::{column.type}" for number in _NUMBERS)
        yield from _held(export, table, column)


def _told_apart(export: Export, promise: Promise, column: Column) -> list[str]:
    """The words that a promise can tell from others: those that its query and its values name, those that a column of the same
    vocabulary holds, and one that is none of them.
    """
    named = set(re.findall(r"'([^']+)'", promise.control.sql))
    for value in promise.values.values():
        named |= {value} if isinstance(value, str) else set(value) if isinstance(value, list) else set()
    if not column.vocabulary:
        return [*sorted(named), _NO_WORD]
    for table, other in promise.control.read_columns():
        told = export.contract[table].column(other)
        if told and told.vocabulary == column.vocabulary and export.sources[table].has(other):
            words = f"unnest({quoted(other)})" if told.type == "VARCHAR[]" else quoted(other)
            named |= {word for (word,) in export.con.execute(f"select distinct {words} from main.{table}").fetchall()}
    known = [word for word in column.values if word in named]
    return [*known, next((word for word in column.values if word not in named), _NO_WORD)]


def _held(export: Export, table: Table, column: Column) -> Iterator[str]:
    """What others of the column hold: the least, the quartiles, the greatest."""
    row = export.con.execute(
        f"select quantile_disc({quoted(column.name)}, [0, 0.25, 0.5, 0.75, 1])::varchar[] from door.{table.name}"
    ).fetchone()
    yield from (f"{literal(value)}::{column.type}" for value in dict.fromkeys(row[0] if row and row[0] else []))


def _substitute(export: Export, table: Table, name: str, value: str) -> None:
    """Let a table be read with the spots of a column set to a reading."""
    columns = [
        f"case when list_contains(spots, {literal(name)}) then {value} else {quoted(c.name)} end as {quoted(c.name)}"
        if c.name == name
        else quoted(c.name)
        for c in table.columns
    ]
    export.con.execute(f"create or replace view main.{table.name} as select {', '.join(columns)} from door.{table.name}")
    _settle(export, table)


def _put_back(export: Export, table: Table) -> None:
    export.con.execute(f"create or replace view main.{table.name} as {typed_select(table, export.sources[table.name])}")
    _settle(export, table)


def _settle(export: Export, table: Table) -> None:
    if table.name in ("accounts", "requests"):
        calendars.place_accounts(export.con)


def _reach(export: Export, promise: Promise, table: Table, columns: list[str]) -> None:
    """Note every record that a row with two spots or more can reach: by its key, its person, or else all of them."""
    own = f"len(list_intersect(spots, {columns})) > 1"
    row = export.con.execute(f"select count(*) from door.{table.name} where {own}").fetchone()
    if not row or not row[0]:
        return
    is_record = next(iter(promise.control.tables)) == table.name and len(table.key) == 1
    link = f"record_id in (select {table.key[0]} from door.{table.name} where {own})" if is_record else _link(table, own)
    export.con.execute(
        f"""
        insert into unsure
        select $promise_id, record_id, min(account_id), min(country), min(event_at), min(due_at), min(reading) = 0
        from seen where {link} and record_id not in (select record_id from unsure where promise_id = $promise_id and record_id
        is not null)
        group by record_id
        """,
        {"promise_id": promise.id},
    )
    if is_record:
        export.con.execute(
            f"""
            insert into unsure
            select distinct $promise_id, {table.key[0]}, null, null, null::timestamptz, null::timestamptz, false
            from door.{table.name}
            where {own} and {table.key[0]} is not null
              and {table.key[0]} not in (select record_id from unsure where promise_id = $promise_id and record_id is not null)
            """,
            {"promise_id": promise.id},
        )


def _link(table: Table, own: str) -> str:
    """SQL for the records of `seen` that rows of another table can reach."""
    if table.column("account_id"):
        return f"account_id in (select account_id from door.{table.name} where {own})"
    return "true"
