"""How far an export reaches: the last instant up to which each table is known, whatever as_of is (reach.sql)."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from audits.contract import quality
from audits.contract.engine import fill, one, quoted
from audits.contract.export import Export
from audits.contract.schema import Table

_REACH = Path(__file__).with_name("reach.sql")
_TIMES = ("TIMESTAMP", "DATE")


def load(export: Export) -> None:
    """Create the table `known_until` in schema `main`: a row for every table of the contract, exported or not."""
    export.con.execute("create table latest_instants (table_name varchar, latest timestamptz)")
    fill(export.con, "main.latest_instants", [(t.name, _latest(export, t)) for t in export.contract.values()])
    quality.read_statements(export)
    export.con.execute(_REACH.read_text(encoding="utf-8"))


def _latest(export: Export, table: Table) -> datetime | None:
    """The latest instant or day that a table holds, of those that may not lie ahead; looked up only where no other is stated."""
    timed = [f"{quoted(c.name)}::timestamptz" for c in table.columns if c.type.startswith(_TIMES) and not c.may_lie_ahead]
    if export.exported_at or table.name not in export.sources or not timed:
        return None
    latest = ", ".join(f"max({value}) filter (where {value} <= $1)" for value in timed)
    return one(export.con, f"select greatest({latest}) from main.{table.name}", export.as_of)  # type: ignore[no-any-return]
