"""Rows that do not say whose they are: of no person, recipient or request, or of one that is not in the export.

A promise is judged as if such rows named everybody. A record that is one itself is undecided where that turns it, and in the
population that it may belong to; whom it names and nobody knows is for the control to judge. Other rows each name one at most: as
many findings are added as the records, of as many people as there are such rows, that they could turn; which, nobody can tell.
"""

from __future__ import annotations

from dataclasses import dataclass

from audits.contract import quality
from audits.contract.engine import one
from audits.contract.export import Export
from audits.contract.schema import Table
from audits.controls.promise import Promise
from audits.evaluation.trial import NOTED, VERDICT, compare, forget, note_rows, put, put_back, same, settle

NOBODY = "names_nobody"
REASONS = {NOBODY: "a row that does not say whose it is could turn as many records, or this one"}
_NAMES, _ROWS, _ALONE = 5_000, 1_000_000, (1, 2)  # how many names are tried, and rows made, at most
_AT_ONCE, _TIMES = 5_000_000, 2  # rows made to try all that name nobody with all names, and how often


@dataclass(frozen=True)
class Link:
    """A column that should name a row of `named`, by its `key`, and somewhere does not."""

    table: Table
    column: str
    named: str
    key: str
    where: str
    is_absent: bool  # not exported, so that no row names any
    is_of_some: bool = False  # only some rows should name one

    @property
    def is_own(self) -> bool:
        """Whether it is the name of the row itself, by which others should name it."""
        return self.named == self.table.name

    @property
    def is_blank(self) -> str:
        """SQL for a row that names nobody."""
        return f"({self.column} is null and {self.where})"

    @property
    def is_unknown(self) -> str:
        """SQL for a row that names somebody who is not in the export."""
        return "false" if self.is_own else f"({self.column} is not null and {self.column} not in (select name from everybody))"


def links(export: Export, tables: set[str], broken: list[quality.Check]) -> dict[str, list[Link]]:
    """The links, by table, of rows that name nobody, or, by the rules that are broken, whom nobody knows."""
    unknown = {(check.table, check.columns[0]) for check in broken if check.kind == "FOREIGN KEY"}
    return {name: _links(export, export.contract[name], unknown) for name in sorted(tables & export.sources.keys())}


def _links(export: Export, table: Table, unknown: set[tuple[str, str]]) -> list[Link]:
    found = []
    for column in [*table.links(), *(c for c in table.columns if c.names_for_some)]:
        other, is_absent = column.refers_to or column.names or "", not export.sources[table.name].has(column.name)
        key, where = export.contract[other].key[0], column.empty.is_unknown
        found.append(Link(table, column.name, other, key, where, is_absent, column.names_for_some))
    if len(table.key) == 1 and table.key[0] not in {link.column for link in found}:
        found.append(Link(table, table.key[0], table.name, table.key[0], "true", is_absent=False))
    blank = ", ".join(f"bool_or({link.is_blank})" for link in found)
    row = export.con.execute(f"select {blank} from main.{table.name}").fetchone() if found else None
    return [link for link, is_blank in zip(found, row or (), strict=True) if is_blank or (table.name, link.column) in unknown]


def weighs(export: Export, promise: Promise, link: Link) -> bool:
    """Whether a promise weighs whom the rows name: of a link that is not exported, what its control weighs; of rows without a
    name of their own, where they are no records of it, and something else names such rows. A record that should name another
    beside whose it is, is read as any that has an empty cell (readings.py).
    """
    if link.is_of_some and (promise.control.judges(link.table) or link.is_absent):
        return False
    if link.is_own:
        return not promise.control.judges(link.table) and bool(_naming(export, promise, link))
    return not link.is_absent or (link.table.name, link.column) in promise.control.weighed_columns()


def begin(export: Export, promise: Promise, link: Link) -> None:
    """Let nothing be turned yet, and the temporary table `everybody` hold whom the rows could name."""
    forget(export)
    export.con.execute(f"create or replace temp table everybody as {_everybody(export, promise, link)}")


def name(export: Export, promise: Promise, link: Link, rows: str, are_mixed: bool) -> None:
    """Judge a promise as if the rows that name nobody named everybody; `rows` is SQL for those of the table.

    Where other doubts `are_mixed` with that, all rows are not tried with all names again.
    """
    is_record = promise.control.judges(link.table)
    nobodys = f"{link.is_blank} or {link.is_unknown}" if is_record else link.is_blank
    some = _trials(export, promise, link, nobodys, is_record)
    for names, tried in some if are_mixed or is_record else _all(export, promise, link, nobodys, some):
        _substitute(export, promise, link, rows, nobodys, names, tried)
        compare(export, promise, VERDICT)
    put_back(export, link.table, [link.column])


def note(export: Export, promise: Promise, link: Link, is_doubtful: bool) -> None:
    """Note in `unsure` what was turned.

    Where those that could be named are `is_doubtful` themselves, a record that names nobody is undecided whatever it turns.
    """
    is_record = promise.control.judges(link.table)
    _note_turned(export, promise, link, is_record)
    if is_record and is_doubtful:
        note_rows(export, promise, link.table, f"main.{link.table.name}", link.is_blank, NOBODY)


def _trials(export: Export, promise: Promise, link: Link, is_nobodys: str, is_record: bool) -> list[tuple[int, str]]:
    """How many names are tried, and with which of the rows that name nobody, by their `place`.

    Records of their own with as many names as there is room for. Of rows that are joined many with the promise's own people, some
    with all, and some by themselves: all of somebody's rows at once may hide what one would turn.
    """
    if is_record:
        count = one(export.con, f"select count(*) from main.{link.table.name} where {is_nobodys}")
        return [(max(2, min(_NAMES, _ROWS // max(count, 1))), "true")]
    own, most = _how_many(export, promise, link)
    most = max(1, min(_NAMES, most))
    many = [(names, f"place <= {_ROWS // names}") for names in sorted({min(own, most), most} - {0})]
    return many + [(most, f"place = {place}") for place in _ALONE]


def _all(export: Export, promise: Promise, link: Link, is_nobodys: str, some: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """All names with all rows that name nobody, as many at once as there is room for; where that takes too long `some`, after all
    of the promise's own with all rows.
    """
    own, most = _how_many(export, promise, link)
    rows = one(export.con, f"select count(*) from main.{link.table.name} where {is_nobodys}")
    for names in (most, own):
        at_once = _AT_ONCE // max(1, names)
        if names and at_once and rows <= _TIMES * at_once:
            parts = [(names, f"place between {first} and {first + at_once - 1}") for first in range(1, rows + 1, at_once)]
            return parts + ([(names, f"place = {place}") for place in _ALONE] if names == most else some)
    return some


def _how_many(export: Export, promise: Promise, link: Link) -> tuple[int, int]:
    """How many there are of the promise's own that rows could name, and of all."""
    own = f"select count(*) from everybody where name in ({_own(export, promise, link)})"
    return one(export.con, own), one(export.con, "select count(*) from everybody")


def _own(export: Export, promise: Promise, link: Link) -> str:
    """SQL for those that a promise's records are of: its people, or what it judges."""
    judges_them = promise.control.judges(export.contract[link.named])
    column = "account_id" if link.column == "account_id" else "record_id" if judges_them else "null"
    return f"select {column} from seen where {column} is not null"


def _judged(export: Export, promise: Promise, link: Link) -> str:
    """SQL for those that the rows a promise judges name: a record could be theirs that is none as it stands."""
    judged = next(iter(promise.control.tables))
    named = [f"select {column} from main.{table}" for table, column in _naming(export, promise, link) if table == judged]
    return " union all ".join(named) or "select null"


def _everybody(export: Export, promise: Promise, link: Link) -> str:
    """SQL for the names that rows could name: those of their table; where it is not exported, those that others name; and that
    rows without a name could have: those that others name, and no row has.
    """
    there = f"select {link.key} as name from main.{link.named} where {link.key} is not null"
    if link.named in export.sources and not link.is_own:
        return there
    named = " union ".join(f"select {c} as name from main.{t} where {c} is not null" for t, c in _naming(export, promise, link))
    return f"from ({named}) where name not in ({there})" if link.is_own else named


def _naming(export: Export, promise: Promise, link: Link) -> list[tuple[str, str]]:
    """The tables and columns that a promise reads by which others name such rows."""
    tables = [export.contract[t] for t in promise.control.tables if t in export.sources]
    return [(t.name, c.name) for t in tables for c in t.columns if link.named in (c.refers_to, c.names)]


def _of_whom(export: Export, promise: Promise, link: Link) -> str:
    """SQL for what a record is of: the row that the link names where the record's own row says it, else the person."""
    judged = export.contract[next(iter(promise.control.tables))]
    if link.column != "account_id" and promise.control.judges(judged) and judged.column(link.column):
        key = judged.key[0]
        return f"(select min(o.{link.column}) from main.{judged.name} as o where o.{key} = record_id)"
    return "min(account_id)"


def _note_turned(export: Export, promise: Promise, link: Link, is_record: bool) -> None:
    own = f"select {link.table.key[0]} from main.{link.table.name} where"
    blank, unknown = (f"record_id in ({own} {each})" if is_record else "false" for each in (link.is_blank, link.is_unknown))
    whose = "s.account_id" if link.column == "account_id" else "coalesce(s.account_id, r.person)"
    export.con.execute(
        f"""
        insert into unsure
        with records as (
            select record_id, min(account_id) as person, {_of_whom(export, promise, link)} as whose, min(country) as country,
                   {same("event_at")} as event_at, {same("due_at")} as due_at,
                   bool_or(known) as known, {blank} as is_blank, {unknown} as is_unknown
            from turned where record_id not in ({NOTED}) group by record_id
        ),
        people as (
            select count(*) as n, row_number() over (order by count(*) desc) as place, count(*) over () as people
            from records where not is_blank and not is_unknown group by coalesce(whose, record_id)
        ),
        -- Where there are as many such rows as those to be named, each could be turned; else the most that so many of them have.
        added as (
            select coalesce(sum(p.n) filter (where p.place <= m.n and p.people > m.n), 0)::bigint as n
            from (select count(*) as n from main.{link.table.name} where {link.is_blank}) as m left join people as p on true
        )
        select $promise_id, record_id, {whose}, r.country, r.event_at, r.due_at, known, $why
        from records as r
        left join (select record_id, min(account_id) as account_id from seen group by record_id) as s using (record_id)
        where is_blank or (is_unknown and not known) or (not is_unknown and (select n from added) = 0)
        union all
        select $promise_id, $said || ' · ' || number, null, null, null, null, false, $why
        from (select unnest(generate_series(1, (select n from added))) as number)
        """,
        {"promise_id": promise.id, "why": NOBODY, "said": f"{link.table.name} that name no {link.column.removesuffix('_id')}"},
    )


def _substitute(export: Export, promise: Promise, link: Link, rows: str, is_nobodys: str, names: int, tried: str) -> None:
    """Let `rows` of a table that name nobody name each of many, those of the promise's own records and of its rows first.

    Of such rows, those are `tried` that are said by their `place`; of each kind that the promise tells apart one comes first.
    """
    own = f"name in ({_own(export, promise, link)})"
    judged = f"name in (select * from ({_judged(export, promise, link)}) as t (name) where name is not null)"
    export.con.execute(
        f"create or replace temp table names as from everybody order by {own} desc, {judged} desc, md5(name) limit {names}"
    )
    key = ", ".join(link.table.key)
    told = [
        c.name for c in link.table.columns if (c.values or c.vocabulary) and c.name in promise.control.columns_of(link.table.name)
    ]
    kind = f"partition by {', '.join(told)}" if told else ""
    put(
        export,
        link.table,
        f"""
        with rows as ({rows}),
        nobodys as (select *, row_number() over ({kind} order by {key}) as nth from rows where {is_nobodys}),
        placed as (select * exclude (nth), row_number() over (order by nth, {key}) as place from nobodys)
        from rows where ({is_nobodys}) is not true
        union all
        select p.* exclude (place) replace (n.name as {link.column}) from placed as p left join names as n on {tried}
        """,
    )
    settle(export, link.table, [link.column])
