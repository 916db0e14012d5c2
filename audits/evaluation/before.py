"""Rows of before the first instant that a table is complete for: whoever was there by then could have had some.

Only what an export states of itself is weighed (`export_tables.covers_from`); where it states nothing, the population says so.
Of records that a promise judges itself none are made up: those of before are in no period that the table is complete for. Nor of
tables that say what is there now, or what must not happen later; nor of requests, which are deleted in time: what came of them
stands in the other tables.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from audits.contract.engine import literal, one, quoted
from audits.contract.export import Export
from audits.contract.schema import Column, Table
from audits.contract.source import typed_select
from audits.controls.promise import Promise
from audits.evaluation import trial
from audits.evaluation.meanings import told_apart
from audits.evaluation.trial import NOTED, ONE_EACH, VERDICT

BEFORE = "before_complete"
REASONS = {BEFORE: "a row of before the first instant that its table is complete for could turn it"}
# What was once agreed to, objected to, told or handed over, and of what of that in the course of time.
_HISTORIES = ("consents", "disclosures", "opt_outs", "request_events")
_CAME = ("accounts", "requests")
_SHAPES, _SHARE = 3, 8  # of so many shapes other kinds of rows are made, and one trial in so many is of a kind
# When a row stood, and its later instants: last of all, and these in the same instant; or also when that began which it names,
# and when that last changed, and these as much later as in the row that it is made of, too.
_ONE = ("n.last", "[0]")
_ALL = ("unnest([n.last, n.began, n.changed])", "[0, 1]")


@dataclass(frozen=True)
class Gap:
    """A table that is complete for less than those were there whom its rows name, by `column`."""

    table: Table
    column: Column
    names: str  # SQL for whom rows of before could name: name, last, began, changed

    @property
    def instants(self) -> list[str]:
        """The columns that say when."""
        return _instants(self.table)


def gaps(export: Export, tables: set[str]) -> dict[str, Gap]:
    """The gaps of some tables, by table."""
    found = [gap for name in sorted(tables & export.sources.keys()) if (gap := _gap(export, export.contract[name]))]
    return {gap.table.name: gap for gap in found}


def _gap(export: Export, table: Table) -> Gap | None:
    column = next((c for c in table.columns if c.must_name and c.refers_to in _CAME and c.refers_to in export.sources), None)
    if column is None or table.name not in _HISTORIES:
        return None
    begin = one(export.con, "select max(covers_from) from main.export_tables where table_name = ?", table.name)
    if begin is None:
        return None
    last = f"({literal(begin.isoformat())}::timestamptz - interval 1 microsecond)"
    names = _names(export.contract[column.refers_to or ""], last)
    return Gap(table, column, names) if one(export.con, f"select exists ({names})") else None


def _names(named: Table, last: str) -> str:
    """SQL for those of a table that were there by an instant, or may have been: when they began, and last changed by then."""
    seen = f"list_filter([{', '.join(_instants(named))}]::timestamptz[], lambda t: t <= {last})"
    began = f"list_min([{', '.join(_instants(named))}]::timestamptz[])"
    return f"""
        select {named.key[0]} as name, {last} as last, coalesce(list_min({seen}), {last}) as began,
               coalesce(list_max({seen}), {last}) as changed
        from main.{named.name} where coalesce({began} <= {last}, true)
    """


def _instants(table: Table) -> list[str]:
    return [quoted(c.name) for c in table.columns if c.type.startswith("TIMESTAMP")]


def note(export: Export, promise: Promise, gap: Gap) -> None:
    """Note in `unsure` the records that a row of before could turn, of each kind that the table has, one a person."""
    columns = [c.name for c in gap.table.columns]
    trial.forget(export)
    for rows in _rows(export, promise, gap):
        trial.put(export, gap.table, f"{typed_select(gap.table, export.sources[gap.table.name])} union all by name {rows}")
        trial.settle(export, gap.table, columns)
        trial.compare(export, promise, VERDICT)
        if trial.is_all_turned(export, promise):
            break
    trial.put_back(export, gap.table, columns)
    export.con.execute(
        f"""
        insert into unsure
        select $promise_id, {ONE_EACH}, true, $why
        from seen where record_id in (select record_id from turned where known) and record_id not in ({NOTED}) group by record_id
        """,
        {"promise_id": promise.id, "why": BEFORE},
    )
    trial.rest_the_others(export, promise, f"{gap.table.name}.{gap.column.name}", BEFORE)


def _rows(export: Export, promise: Promise, gap: Gap) -> Iterator[str]:
    """SQL for rows of before, of one kind at a time: all at once could hide what one would turn.

    One row each, then several: whenever it could be, and of everything else that it could name: several may have to be told.
    """
    _write_kinds(export, promise, gap)
    own = f"least({', '.join(gap.instants)})"
    others = [c for c in gap.table.links() if c != gap.column and _named(c) in export.sources]
    kinds = range(min(trial.most(export) // _SHARE + 1, one(export.con, "select count(*) from kinds")))
    for place, (when, later), of in ((place, *way) for place in kinds for way in ((_ONE, []), (_ALL, others))):
        replaced = [f"case when {c} is not null then moment + later * ({c} - {own}) end as {c}" for c in gap.instants]
        replaced += [f"{_named(c)}_.{export.contract[_named(c)].key[0]} as {c.name}" for c in of]
        if gap.column.name not in gap.table.key:
            replaced.append(f"'before · ' || row_number() over () as {gap.table.key[0]}")
        joins = "".join(f" cross join main.{_named(c)} as {_named(c)}_" for c in of)
        yield f"""
            select k.* replace (n.name as {gap.column.name}, {", ".join(replaced)})
            from (from kinds limit 1 offset {place}) as k
            cross join (select name, {when} as moment from ({gap.names}) as n) as n
            cross join (select unnest({later if len(gap.instants) > 1 else "[0]"}) as later) {joins}
        """


def _named(column: Column) -> str:
    return column.refers_to or column.names or ""


def _write_kinds(export: Export, promise: Promise, gap: Gap) -> None:
    """Keep one row of each kind that the table has in the temporary table `kinds`, and of each that the promise tells apart.

    Kinds differ in their words and in which instants they have.
    """
    table, con = gap.table, export.con
    read = promise.control.columns_of(table.name)
    worded = [c for c in table.columns if (c.values or c.vocabulary) and c.type == "VARCHAR" and c.name in read]
    have = [f"{c} is null" for c in gap.instants]
    by = [*(c.name for c in worded), *have]
    con.execute(f"create or replace temp table shapes as {_one_each(table, have)} limit {_SHAPES}")
    if not one(con, "select count(*) from shapes"):
        instants = ", ".join(f"{literal('2000-01-01')}::timestamptz as {c}" for c in gap.instants)
        con.execute(f"insert into shapes by name select {instants}")
    con.execute(f"create or replace temp table kinds as {_one_each(table, by)}")
    for column in worded:
        name = quoted(column.name)
        held = {word for (word,) in con.execute(f"select distinct {name} from kinds").fetchall()}
        for word in (w for w in told_apart(export, promise, column) if w not in held):
            con.execute(f"insert into kinds select * replace ({literal(word)} as {name}) from shapes")


def _one_each(table: Table, told: list[str]) -> str:
    """SQL for the first row of each kind, by what tells them apart."""
    key = ", ".join(table.key)
    return f"from main.{table.name} qualify row_number() over (partition by {', '.join(told)} order by {key}) = 1 order by {key}"
