"""What a value that cannot be read could mean: a promise is judged under each reading, and where they differ nobody can tell.

The door noted the spots of an export: cells that hold a value that cannot be read, or a word that nobody knows. For every
column that has spots and that a promise reads, its query runs again with the spots set to each reading: absent, every word of
the column, both ends of time, what others hold, the formats that fit the very text. A record whose verdict or instant differs
under one of them, or that is missing under one, is indeterminate, and in the population. Of a row with two spots or more, every
record that it can reach is. A column that is not exported, and that the control does not say the meaning of, is read in the
same way, as if every cell of it were a spot; a record's period is then as if it were empty. An export that has all columns and
no spots runs none of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from audits.contract import quality
from audits.contract.engine import literal, quoted
from audits.contract.export import Export
from audits.contract.schema import Table
from audits.contract.source import Source, typed_select
from audits.controls.promise import Promise
from audits.evaluation import nobody
from audits.evaluation.lack import lacking
from audits.evaluation.meanings import Doubt, readings
from audits.evaluation.trial import NOTED, begin, compare, is_all_turned, note_rows, put_back, same, settle

_MIXED = 2  # mixtures a value of the column that has most
UNREADABLE, WITHOUT_TIME, NOT_EXPORTED = "unreadable", "day_without_time", "not_exported"
REASONS = {
    UNREADABLE: "a value that it rests on cannot be read, or is a word that nobody knows, and could turn it",
    WITHOUT_TIME: "an instant is written as a day, and the time of that day could turn it",
    NOT_EXPORTED: "a column that could turn it is not in the export",
    **nobody.REASONS,
}


def unsure(export: Export, promises: Iterable[Promise]) -> frozenset[str]:
    """Fill the temporary table `unsure` with the records that a doubt could turn; gives the promises that have any.

    Columns: promise_id, record_id, account_id, country (as the first reading that shows the record has them), event_at, due_at
    (as all of them have it, else none: it may fall into any period), whether the record is `known` without any reading, and
    `why` it is not decided.
    """
    export.con.execute(
        """
        create or replace temp table unsure (
            promise_id varchar, record_id varchar, account_id varchar, country varchar, event_at timestamptz, due_at timestamptz,
            known boolean, why varchar
        )
        """
    )
    chosen = [promise for promise in promises if not lacking(export.carried, promise.control)]
    tables = {table for promise in chosen for table in promise.control.tables}
    broken = quality.broken(export, tables)
    blank = nobody.links(export, tables, broken)
    for promise in chosen:
        doubts = [
            *_spots(export, promise),
            *_inexact(export, promise),
            *_broken(export, promise, broken),
            *_absent(export, promise),
        ]
        for why in dict.fromkeys(doubt.why for doubt in doubts):
            _weigh(export, promise, [doubt for doubt in doubts if doubt.why == why])
        for table in promise.control.tables:
            for link in blank.get(table, ()):
                nobody.name(export, promise, link, any(doubt.table.name == link.named for doubt in doubts))
    return frozenset(p for (p,) in export.con.execute("select distinct promise_id from unsure").fetchall())


def _spots(export: Export, promise: Promise) -> list[Doubt]:
    """The columns that have spots and that the promise reads, keys and references included."""
    return [
        Doubt(table, column, UNREADABLE, f"list_contains(spots, {literal(column.name)})")
        for table, source in _read(export, promise)
        for column in table.columns
        if column.name in source.spots
        and (column.name in {*promise.control.columns_of(table.name), *table.key} or column.refers_to or column.name == "region")
    ]


def _inexact(export: Export, promise: Promise) -> list[Doubt]:
    """The columns that the promise reads with instants of which nobody knows the offset, or the time."""
    return [
        Doubt(table, column, why, f"list_contains({kind}, {literal(column.name)})", is_inexact=True)
        for table, source in _read(export, promise)
        for column in table.columns
        for kind, cells, why in (
            ("zoneless", source.zoneless, quality.WITHOUT_ZONE),
            ("timeless", source.timeless, WITHOUT_TIME),
        )
        if column.name in cells and column.name in promise.control.columns_of(table.name)
    ]


def _broken(export: Export, promise: Promise, broken: list[quality.Check]) -> list[Doubt]:
    """The columns that the promise reads of rows that break a rule, where no finding is of such a row (findings.py)."""
    found = []
    for check in broken:
        table = export.contract[check.table]
        if check.kind != "FOREIGN KEY" and check.table in promise.control.tables and not promise.control.judges(table):
            read = promise.control.columns_of(table.name)
            named = read - set(table.key) if check.kind == "UNIQUE" else read & set(check.columns)
            found += [Doubt(table, c, quality.BAD_RECORD, check.bad) for c in table.columns if c.name in named]
    return found


def _absent(export: Export, promise: Promise) -> list[Doubt]:
    """The columns that could turn a verdict of the promise, and are not exported though their table is."""
    return [
        Doubt(export.contract[table], column, NOT_EXPORTED, "true", is_absent=True)
        for table, name in promise.control.weighed_columns()
        if table in export.sources and not export.sources[table].has(name)
        if (column := export.contract[table].column(name))
    ]


def _read(export: Export, promise: Promise) -> list[tuple[Table, Source]]:
    """The tables of a promise that the export has."""
    return [(export.contract[t], export.sources[t]) for t in promise.control.tables if t in export.sources]


def _weigh(export: Export, promise: Promise, doubts: list[Doubt]) -> None:
    """Judge a promise under every reading, and note the records that differ."""
    # An instant that nobody knows moves a record from one period to another; one that is not exact, or absent, does not.
    by_time = not (doubts[0].is_absent or doubts[0].is_inexact)
    if not begin(export, promise, by_time):
        return
    for values in _tries({doubt: list(readings(export, promise, doubt)) for doubt in doubts}):
        tables = {d.table.name: d.table for d in values}.values()
        for table in tables:
            _substitute(export, table, {d: value for d, value in values.items() if d.table == table})
        compare(export, promise, by_time)
        for table in tables:
            put_back(export, table)
        if doubts[0].is_absent and is_all_turned(export):
            break
    export.con.execute(
        f"""
        insert into unsure
        select $promise_id, record_id, arg_min(account_id, not known), arg_min(country, not known), {same("event_at")},
               {same("due_at")}, bool_or(known), $why
        from turned where record_id not in ({NOTED}) group by record_id
        """,
        {"promise_id": promise.id, "why": doubts[0].why},
    )
    for table in {d.table.name: d.table for d in doubts if d.why == UNREADABLE}.values():
        _reach(export, promise, table, [d.column.name for d in doubts if d.table == table])


def _tries(readings: dict[Doubt, list[str]]) -> Iterator[dict[Doubt, str]]:
    """The readings to be tried: SQL for a value by doubt, one at a time, and mixtures of columns that are absent together."""
    for doubt, values in readings.items():
        yield from ({doubt: value} for value in values)
    absent = {doubt: ["null", *values] for doubt, values in readings.items() if doubt.is_absent}
    for number in range(_MIXED * max(map(len, absent.values())) if len(absent) > 1 else 0):
        yield {doubt: values[number * (2 * place + 1) % len(values)] for place, (doubt, values) in enumerate(absent.items())}


def _substitute(export: Export, table: Table, values: dict[Doubt, str]) -> None:
    """Let a table be read with doubtful cells set to a reading."""
    source = export.sources[table.name]
    rows = f"from {source.door}" if source.door else typed_select(table, source)
    names = ", ".join(quoted(c.name) for c in table.columns)
    read = ", ".join(
        f"case when {d.cells} then ({value})::{d.column.type} else {d.value} end as {d.value}" for d, value in values.items()
    )
    export.con.execute(
        f"""
        create or replace view main.{table.name} as
        with rows as ({rows}) select {names} from (select * replace ({read}) from rows as t)
        """
    )
    settle(export, table)


def _reach(export: Export, promise: Promise, table: Table, columns: list[str]) -> None:
    """Note every record that a row with two spots or more can reach: by its key, its person, or else all of them."""
    own = f"len(list_intersect(spots, {columns})) > 1"
    row = export.con.execute(f"select count(*) from door.{table.name} where {own}").fetchone()
    if not row or not row[0]:
        return
    is_record = promise.control.judges(table)
    link = f"record_id in (select {table.key[0]} from door.{table.name} where {own})" if is_record else _link(table, own)
    export.con.execute(
        f"""
        insert into unsure
        select $promise_id, record_id, account_id, country, event_at, due_at, true, $why
        from seen where {link} and record_id not in ({NOTED})
        """,
        {"promise_id": promise.id, "why": UNREADABLE},
    )
    if is_record:
        note_rows(export, promise, table, f"door.{table.name}", own, UNREADABLE)


def _link(table: Table, own: str) -> str:
    """SQL for the records of `seen` that rows of another table can reach."""
    if table.column("account_id"):
        return f"account_id in (select account_id from door.{table.name} where {own})"
    return "true"
