"""The rows related to those in doubt: a reading of a cell turns no record of anybody else.

Rows that name one another, and their people, stay together; registers stay whole. That a promise comes to the same on each such
part as on the whole is tested of all controls that judge people's rows (tests/evaluation/test_metamorphic.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from audits.contract.engine import literal, one, quoted
from audits.contract.export import Export
from audits.contract.schema import Column, Contract, Table
from audits.contract.source import Source, noted_select, put_view
from audits.controls.promise import Promise
from audits.evaluation import trial
from audits.evaluation.meanings import Doubt


@contextmanager
def alone(export: Export, promise: Promise, doubts: list[Doubt]) -> Iterator[None]:
    """Let the tables of a promise hold only rows that are related to those in doubt, where less than half of its records are."""
    tables = _peoples(export, promise)
    if not (_are_told_apart(export, promise, doubts, tables) and _spread(export, tables, doubts)):
        yield
        return
    whole = {table.name: export.sources[table.name] for table in tables}
    export.con.execute("alter table seen rename to seen_of_all")
    try:
        for table in tables:
            export.sources[table.name] = _part(export, table)
            put_view(export.con, table, export.sources[table.name])
        trial.forget_law(export)
        trial.begin(export, promise)
        yield
    finally:
        export.sources.update(whole)
        export.con.execute("drop table if exists temp.seen; alter table temp.seen_of_all rename to seen")
        for table in tables:
            trial.put_back(export, table, {doubt.column.name for doubt in doubts if doubt.table == table})
            export.con.execute(f"drop table if exists {_called(table)}")


def _peoples(export: Export, promise: Promise) -> list[Table]:
    """The tables of a promise whose rows are somebody's."""
    return [export.contract[t] for t in promise.control.tables if t in export.sources and _is_peoples(export.contract, t)]


def _is_peoples(contract: Contract, table: str) -> bool:
    """Whether rows of a table are somebody's, or of what is somebody's."""
    named = {column.refers_to for column in contract[table].columns if column.refers_to in contract} - {table}
    return table == "accounts" or any(_is_peoples(contract, name) for name in named if name)


def _are_told_apart(export: Export, promise: Promise, doubts: list[Doubt], tables: list[Table]) -> bool:
    """Whether a promise judges people's rows, and none of its doubts is in a register, or in whose a row is."""
    judged = export.contract[next(iter(promise.control.tables))]
    if not doubts or judged not in tables or not promise.control.judges(judged):
        return False
    return all(d.table in tables and d.column not in _links(export.contract, d.table) and not d.is_absent for d in doubts)


def _links(contract: Contract, table: Table) -> dict[Column, str]:
    """The columns of a table that say whose its rows are, and the tables of whose rows that are the names."""
    found = {c: c.refers_to or c.names or "" for c in table.columns}
    return {c: t for c, t in found.items() if t in contract and _is_peoples(contract, t)} | {
        c: table.name for c in table.columns if table.key == (c.name,) and _is_named(contract, table)
    }


def _is_named(contract: Contract, table: Table) -> bool:
    """Whether rows of a table are named by other people's rows."""
    return any(table.name in (c.refers_to, c.names) for other in contract.values() for c in other.columns)


def _spread(export: Export, tables: list[Table], doubts: list[Doubt]) -> bool:
    """Fill the temporary table `related` with what rows in doubt name, and so on until nothing more is named.

    False where a row in doubt names nothing, or half of what is judged is related.
    """
    export.con.execute("create or replace temp table related (node varchar)")
    for doubt in doubts:
        noted = noted_select(doubt.table, export.sources[doubt.table.name])
        rows = f"with rows as ({noted}) select * from rows as t where {doubt.cells}"
        nodes = _nodes(export, doubt.table)
        if one(export.con, f"select count(*) from ({rows}) where len(list_filter({nodes}, lambda n: n is not null)) = 0"):
            return False
        export.con.execute(f"insert into related {_new(nodes, rows)}")
    while sum(_spread_over(export, table) for table in tables if len(_links(export.contract, table)) > 1):
        pass
    shares = f"count(*) filter (where {_is_related(export, tables[0])}), count(*)"
    part, whole = export.con.execute(f"select {shares} from main.{tables[0].name}").fetchall()[0]
    return bool(2 * part < whole)


def _spread_over(export: Export, table: Table) -> int:
    """Note as related what related rows of a table name; gives how much of it is new."""
    rows = f"select * from main.{table.name} where {_is_related(export, table)}"
    return int(one(export.con, f"insert into related {_new(_nodes(export, table), rows)}"))


def _new(nodes: str, rows: str) -> str:
    """SQL for what some rows name and is not known yet as related."""
    named = f"select unnest({nodes}) as node from ({rows})"
    return f"select distinct node from ({named}) where node is not null and node not in (from related)"


def _nodes(export: Export, table: Table) -> str:
    """SQL for the list of what a row of a table names, itself included."""
    return f"[{', '.join(_node(c, t) for c, t in _links(export.contract, table).items())}]::varchar[]"


def _node(column: Column, table: str) -> str:
    return f"{literal(table + ' ')} || {quoted(column.name)}"


def _is_related(export: Export, table: Table) -> str:
    """SQL over a row that is true where it names what is related, or nothing at all."""
    links = _links(export.contract, table)
    named = " or ".join(f"coalesce({_node(c, t)} in (from related), false)" for c, t in links.items())
    return f"({named} or coalesce({', '.join(quoted(c.name) for c in links)}) is null)"


def _part(export: Export, table: Table) -> Source:
    """The rows of a table that are related, as a table of their own."""
    source, part = export.sources[table.name], _called(table)
    export.con.execute(
        f"create or replace table {part} as select * from ({noted_select(table, source)}) where {_is_related(export, table)}"
    )
    if source.door:
        return replace(source, relation=part, door=part)
    return replace(source, relation=part, types={c.name: c.type for c in table.columns if source.has(c.name)})


def _called(table: Table) -> str:
    return f"door.{quoted(f'part of {table.name}')}"
