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

from audits.contract.engine import literal, quoted
from audits.contract.export import Export
from audits.contract.schema import Table
from audits.contract.source import typed_select
from audits.controls.promise import Promise
from audits.evaluation.lack import lacking
from audits.evaluation.meanings import Doubt, readings
from audits.law import calendars

_MOST_NAMED = 1_000  # whom a row that names nobody may mean
_MIXED = 2  # mixtures a value of the column that has most
UNREADABLE, NOT_EXPORTED, NOBODY = "unreadable", "not_exported", "names_nobody"
REASONS = {
    UNREADABLE: "a value that it rests on cannot be read, or is a word that nobody knows, and could turn it",
    NOT_EXPORTED: "a column that could turn it is not in the export",
    NOBODY: "a row that does not say whose it is could turn as many records, or this one",
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
    carried = {name: source.types for name, source in export.sources.items()}
    chosen = [promise for promise in promises if not lacking(carried, promise.control)]
    blank = _blank_links(export, {table for promise in chosen for table in promise.control.tables})
    for promise in chosen:
        for doubts in (_spots(export, promise), _absent(export, promise)):
            if doubts:
                _weigh(export, promise, doubts)
        for table in promise.control.tables:
            for link in blank.get(table, ()):
                _name(export, promise, export.contract[table], link)
    return frozenset(p for (p,) in export.con.execute("select distinct promise_id from unsure").fetchall())


def _spots(export: Export, promise: Promise) -> list[Doubt]:
    """The columns that have spots and that the promise reads, keys and references included."""
    found = []
    for table in promise.control.tables:
        source = export.sources.get(table)
        if source and source.spots:
            contract = export.contract[table]
            read = {c for t, c in promise.control.read_columns() if t == table} | set(contract.key)
            read |= {c.name for c in contract.columns if c.refers_to or c.name == "region"}
            found += [Doubt(contract, c, False) for c in contract.columns if c.name in source.spots and c.name in read]
    return found


def _absent(export: Export, promise: Promise) -> list[Doubt]:
    """The columns that could turn a verdict of the promise, and are not exported though their table is."""
    return [
        Doubt(export.contract[table], column, True)
        for table, name in promise.control.weighed_columns()
        if table in export.sources and not export.sources[table].has(name)
        if (column := export.contract[table].column(name))
    ]


def _weigh(export: Export, promise: Promise, doubts: list[Doubt]) -> None:
    """Judge a promise under every reading, and note the records that differ."""
    _begin(export, promise)
    tries = list(_tries({doubt: list(readings(export, promise, doubt)) for doubt in doubts}))
    for number, values in enumerate(tries, 1):
        tables = {d.table.name: d.table for d in values}.values()
        for table in tables:
            _substitute(export, table, {d: value for d, value in values.items() if d.table == table})
        _judge(export, promise, number)
        for table in tables:
            _put_back(export, table)
    are_absent = doubts[0].is_absent
    export.con.execute(
        """
        insert into unsure
        with signed as (
            select record_id, reading, list((verdict, if($are_absent, null, event_at)) order by verdict, event_at) as signature,
                   min(account_id) as account_id, min(country) as country, min(event_at) as event_at, min(due_at) as due_at
            from seen group by record_id, reading
        )
        select $promise_id, record_id, arg_min(account_id, reading), arg_min(country, reading),
               case when count(distinct coalesce(event_at, 'infinity')) = 1 then min(event_at) end,
               case when count(distinct coalesce(due_at, 'infinity')) = 1 then min(due_at) end, min(reading) = 0, $why
        from signed
        where record_id not in (select record_id from unsure where promise_id = $promise_id and record_id is not null)
        group by record_id
        having count(*) <= $readings or count(distinct signature) > 1
        """,
        {
            "promise_id": promise.id,
            "readings": len(tries),
            "are_absent": are_absent,
            "why": NOT_EXPORTED if are_absent else UNREADABLE,
        },
    )
    for table in {d.table.name: d.table for d in doubts if not d.is_absent}.values():
        _reach(export, promise, table, [d.column.name for d in doubts if d.table == table])


def _begin(export: Export, promise: Promise) -> None:
    """Judge a promise on what was read, as reading 0 of the temporary table `seen`."""
    export.con.execute(
        """
        create or replace temp table seen (
            reading integer, record_id varchar, account_id varchar, country varchar, event_at timestamptz, due_at timestamptz,
            verdict varchar
        )
        """
    )
    _judge(export, promise, 0)


def _judge(export: Export, promise: Promise, reading: int) -> None:
    sql, values = promise.query(export.as_of)
    columns = "record_id, account_id, country, event_at, due_at, verdict"
    export.con.execute(f"insert into seen select {reading}, {columns} from ({sql})", values)


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
    rows = f"({typed_select(table, source)})" if all(d.is_absent for d in values) else source.door
    names = ", ".join(quoted(c.name) for c in table.columns)
    read = ", ".join(f"{_value(doubt, value)} as {quoted(doubt.column.name)}" for doubt, value in values.items())
    export.con.execute(
        f"create or replace view main.{table.name} as select {names} from (select * replace ({read}) from {rows} as t)"
    )
    _settle(export, table)


def _value(doubt: Doubt, value: str) -> str:
    if doubt.is_absent:
        return f"({value})::{doubt.column.type}"
    return f"case when list_contains(spots, {literal(doubt.column.name)}) then {value} else {quoted(doubt.column.name)} end"


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
    noted = "select record_id from unsure where promise_id = $promise_id and record_id is not null"
    values = {"promise_id": promise.id, "why": UNREADABLE}
    export.con.execute(
        f"""
        insert into unsure
        select $promise_id, record_id, min(account_id), min(country), min(event_at), min(due_at), min(reading) = 0, $why
        from seen where {link} and record_id not in ({noted}) group by record_id
        """,
        values,
    )
    if is_record:
        export.con.execute(
            f"""
            insert into unsure
            select distinct $promise_id, {table.key[0]}, null, null, null::timestamptz, null::timestamptz, false, $why
            from door.{table.name}
            where {own} and {table.key[0]} is not null and {table.key[0]} not in ({noted})
            """,
            values,
        )


def _link(table: Table, own: str) -> str:
    """SQL for the records of `seen` that rows of another table can reach."""
    if table.column("account_id"):
        return f"account_id in (select account_id from door.{table.name} where {own})"
    return "true"


# Rows that name nobody


def _blank_links(export: Export, tables: set[str]) -> dict[str, list[str]]:
    """The columns, by table, that should name a person, a recipient or a request, and somewhere name none."""
    found: dict[str, list[str]] = {}
    for table in sorted(tables & export.sources.keys()):
        source, columns = export.sources[table], export.contract[table].columns
        if links := [c.name for c in columns if c.must_name and source.has(c.name)]:
            blank = ", ".join(f"bool_or({quoted(link)} is null)" for link in links)
            row = export.con.execute(f"select {blank} from main.{table}").fetchone() or ()
            found[table] = [link for link, is_blank in zip(links, row, strict=True) if is_blank]
    return found


def _name(export: Export, promise: Promise, table: Table, link: str) -> None:
    """Judge a promise as if the rows that name nobody named everybody, and note what that turns.

    A record of the table itself is indeterminate where it turns. Other rows each name one at most: as many findings are added as
    the records, of as many people as there are such rows, that they could turn; which, nobody can tell.
    """
    column = table.column(link)
    if column is None or column.refers_to not in export.sources:
        return
    _begin(export, promise)
    _substitute_names(export, table, link, export.contract[column.refers_to].key[0], column.refers_to)
    _judge(export, promise, 1)
    _put_back(export, table)
    is_record = next(iter(promise.control.tables)) == table.name and len(table.key) == 1
    own = f"record_id in (select {table.key[0]} from main.{table.name} where {link} is null)" if is_record else "false"
    values = {"promise_id": promise.id, "why": NOBODY, "said": f"{table.name} that name no {link.removesuffix('_id')}"}
    export.con.execute(
        f"""
        insert into unsure
        with signed as (
            select record_id, min(account_id) filter (where reading = 0) as account_id, min(account_id) as person,
                   min(country) filter (where reading = 0) as country,
                   case when count(distinct coalesce(event_at, 'infinity')) = 1 then min(event_at) end as event_at,
                   case when count(distinct coalesce(due_at, 'infinity')) = 1 then min(due_at) end as due_at,
                   bool_or(reading = 0) as known, {own} as is_own
            from seen group by record_id
            having list(distinct verdict order by verdict) filter (where reading = 0)
                   is distinct from list(distinct verdict order by verdict) filter (where reading = 1)
        ),
        -- One row names one person: the most that as many people have.
        people as (
            select count(*) as n from signed where not is_own group by coalesce(person, record_id)
            order by n desc limit (select count(*) from main.{table.name} where {link} is null)
        )
        select $promise_id, record_id, account_id, country, event_at, due_at, known, $why
        from signed
        where is_own and record_id not in (select record_id from unsure where promise_id = $promise_id and record_id is not null)
        union all
        select $promise_id, $said || ' · ' || number, null, null, null, null, false, $why
        from (select unnest(generate_series(1, (select coalesce(sum(n), 0)::bigint from people))) as number)
        """,
        values,
    )


def _substitute_names(export: Export, table: Table, link: str, key: str, named: str) -> None:
    """Let the rows of a table that name nobody name each of many."""
    rows = typed_select(table, export.sources[table.name])
    names = f"select {key} as name from main.{named} where {key} is not null order by md5({key}) limit {_MOST_NAMED}"
    export.con.execute(f"create or replace temp table names as {names}")
    export.con.execute(
        f"""
        create or replace view main.{table.name} as
        select t.* replace (coalesce(t.{link}, n.name) as {link}) from ({rows}) as t left join names as n on t.{link} is null
        """
    )
    _settle(export, table)
