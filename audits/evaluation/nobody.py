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
from audits.contract.source import typed_select
from audits.controls.promise import Promise
from audits.evaluation.trial import NOTED, begin, compare, note_rows, put_back, same, settle

NOBODY = "names_nobody"
REASONS = {NOBODY: "a row that does not say whose it is could turn as many records, or this one"}
_NAMES, _ROWS = 5_000, 100_000  # how many names are tried, and rows made, at most


@dataclass(frozen=True)
class Link:
    """A column that should name a row of `named`, by its `key`, and somewhere does not."""

    table: Table
    column: str
    named: str
    key: str

    @property
    def is_blank(self) -> str:
        """SQL for a row that names nobody."""
        return f"{self.column} is null"

    @property
    def is_unknown(self) -> str:
        """SQL for a row that names somebody who is not in the export."""
        return f"coalesce({self.column} not in (select name from everybody), false)"


def links(export: Export, tables: set[str], broken: list[quality.Check]) -> dict[str, list[Link]]:
    """The links, by table, of rows that name nobody, or, by the rules that are broken, whom nobody knows."""
    unknown = {(check.table, check.columns[0]) for check in broken if check.kind == "FOREIGN KEY"}
    return {name: _links(export, export.contract[name], unknown) for name in sorted(tables & export.sources.keys())}


def _links(export: Export, table: Table, unknown: set[tuple[str, str]]) -> list[Link]:
    source = export.sources[table.name]
    named = [c for c in table.columns if c.must_name and c.refers_to in export.sources and source.has(c.name)]
    if not named:
        return []
    blank = ", ".join(f"bool_or({c.name} is null)" for c in named)
    row = export.con.execute(f"select {blank} from main.{table.name}").fetchone() or ()
    return [
        Link(table, c.name, c.refers_to or "", export.contract[c.refers_to or ""].key[0])
        for c, is_blank in zip(named, row, strict=True)
        if is_blank or (table.name, c.name) in unknown
    ]


def name(export: Export, promise: Promise, link: Link, is_doubtful: bool) -> None:
    """Judge a promise as if the rows that name nobody named everybody, and note in `unsure` what that turns.

    Where those that could be named are `is_doubtful` themselves, a record that names nobody is undecided whatever it turns.
    """
    if not begin(export, promise, by_time=False):
        return
    everybody = f"select {link.key} as name from main.{link.named} where {link.key} is not null"
    export.con.execute(f"create or replace temp table everybody as {everybody}")
    is_record = promise.control.judges(link.table)
    _substitute(export, link, f"{link.is_blank} or {link.is_unknown}" if is_record else link.is_blank, is_record)
    compare(export, promise, by_time=False)
    put_back(export, link.table)
    _note_turned(export, promise, link, is_record)
    if is_record and is_doubtful:
        note_rows(export, promise, link.table, f"main.{link.table.name}", link.is_blank, NOBODY)


def _note_turned(export: Export, promise: Promise, link: Link, is_record: bool) -> None:
    own = f"select {link.table.key[0]} from main.{link.table.name} where"
    blank, unknown = (f"record_id in ({own} {each})" if is_record else "false" for each in (link.is_blank, link.is_unknown))
    whose = "s.account_id" if link.column == "account_id" else "coalesce(s.account_id, r.person)"
    export.con.execute(
        f"""
        insert into unsure
        with records as (
            select record_id, min(account_id) as person, {same("event_at")} as event_at, {same("due_at")} as due_at,
                   min(country) as country, bool_or(known) as known, {blank} as is_blank, {unknown} as is_unknown
            from turned where record_id not in ({NOTED}) group by record_id
        ),
        people as (
            select count(*) as n, row_number() over (order by count(*) desc) as place, count(*) over () as people
            from records where not is_blank and not is_unknown group by coalesce(person, record_id)
        ),
        -- Where there are as many such rows as people, each could be turned; else the most that so many people have.
        added as (
            select coalesce(sum(p.n) filter (where p.place <= m.n and p.people > m.n), 0)::bigint as n
            from (select count(*) as n from main.{link.table.name} where {link.is_blank}) as m left join people as p on true
        )
        select $promise_id, record_id, {whose}, r.country, r.event_at, r.due_at, known, $why
        from records as r left join seen as s using (record_id)
        where is_blank or (is_unknown and not known) or (not is_unknown and (select n from added) = 0)
        union all
        select $promise_id, $said || ' · ' || number, null, null, null, null, false, $why
        from (select unnest(generate_series(1, (select n from added))) as number)
        """,
        {"promise_id": promise.id, "why": NOBODY, "said": f"{link.table.name} that name no {link.column.removesuffix('_id')}"},
    )


def _substitute(export: Export, link: Link, is_nobodys: str, is_record: bool) -> None:
    """Let rows of a table that name nobody name each of many: those of the promise's own records first.

    Of many such rows all are tried with fewer names where each is a record, else some of them with all.
    """
    con, rows = export.con, typed_select(link.table, export.sources[link.table.name])
    first = "name in (select account_id from seen) desc, " if link.column == "account_id" else ""
    nobodys = one(con, f"select count(*) from main.{link.table.name} where {is_nobodys}")
    names = max(2, min(_NAMES, _ROWS // max(nobodys, 1))) if is_record else _NAMES
    con.execute(f"create or replace temp table names as from everybody order by {first}md5(name) limit {names}")
    con.execute(
        f"""
        create or replace view main.{link.table.name} as
        with rows as (
            select *, {is_nobodys} as is_nobodys, row_number() over (partition by {is_nobodys}) <= {_ROWS // names} as is_tried
            from ({rows})
        )
        select t.* exclude (is_nobodys, is_tried)
               replace (case when is_nobodys then n.name else {link.column} end as {link.column})
        from rows as t left join names as n on is_nobodys and {"true" if is_record else "is_tried"}
        """
    )
    settle(export, link.table)
