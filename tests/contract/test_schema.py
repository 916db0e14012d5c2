"""The export contract says what the auditors' ledger asks for."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest

from audits.contract import own
from audits.contract.schema import REFERENCE_TABLES, SCHEMA, Table, judgeable, read

CONTRACT = read()


def test_all_tables_but_two_can_be_judged() -> None:
    assert set(CONTRACT) - set(judgeable(CONTRACT)) == {"export_info", "export_tables"}


def test_every_table_and_column_of_the_ledger_is_there_in_order(shared: Path) -> None:
    ledger = (shared / "policy-clauses.md").read_text(encoding="utf-8")
    section = ledger[ledger.index("## Tables and columns") : ledger.index("## The ledger")]
    named = re.findall(r"`(\w+)`\(([^)]*)\)", section)
    assert len(named) == 27
    for table, columns in named:
        plain = re.sub(r"\{[^}]*\}|\[\]", "", columns)
        wanted = [c.strip() for c in plain.split(",")]
        assert [c.name for c in CONTRACT[table].columns if c.name in wanted] == wanted


def test_every_column_is_explained() -> None:
    assert not [(t.name, c.name) for t in CONTRACT.values() for c in t.columns if not c.comment]


_MADE = re.compile(
    r"create (?:or replace )?(?:temp )?(?:table|view) (?:if not exists )?(?:main\.|temp\.|memory\.main\.)?(\w+)(?=[ (])"
)
_ELSEWHERE = ("contract/tables.sql", "evaluation/tables.sql", "operate/store.py", "contract/own.py")


def test_no_table_of_ones_own_has_a_name_that_audits_itself_uses() -> None:
    """Whatever is made beside the contract's tables, by the SQL and the Python that make it."""
    package = Path(own.__file__).parents[1]
    made: set[str] = set()
    for file in package.rglob("*"):
        name = file.relative_to(package).as_posix()
        if file.suffix in (".py", ".sql") and name not in _ELSEWHERE and not name.startswith(("samples/", "evaluation/spark/")):
            made.update(_MADE.findall(file.read_text(encoding="utf-8")))
            made.update(re.findall(r'_?set_aside\(export, "(\w+)"', file.read_text(encoding="utf-8")))
    assert {"days", "received_requests", "seen", "promised"} < made
    assert made - {"name", "if"} - REFERENCE_TABLES.keys() <= own.TAKEN


@pytest.mark.parametrize(("column", "ahead"), [("due_at", True), ("extended_to", True), ("closed_at", False)])
def test_some_instants_may_lie_ahead(column: str, ahead: bool) -> None:
    found = CONTRACT["requests"].column(column)
    assert found is not None
    assert found.may_lie_ahead is ahead


def test_enumerations_are_read_from_the_checks() -> None:
    kinds = CONTRACT["requests"].column("type")
    assert kinds is not None
    assert {"access", "erasure", "rectification"} < set(kinds.values)


def test_an_empty_cell_means_what_its_comment_says() -> None:
    def empty(table: str, column: str) -> str:
        found = CONTRACT[table].column(column)
        assert found is not None
        return str(found.empty)

    assert empty("requests", "closed_at") == "not done while outcome is distinct from 'withdrawn'"
    merged = "merged_into is not null or (closed_at is null and responded_at is null)"
    assert empty("requests", "outcome") == f"still open, or part of another while {merged}"
    assert empty("accounts", "country") == "not known"
    assert empty("disclosures", "purpose") == ""


@pytest.mark.parametrize("table", CONTRACT.values(), ids=lambda t: t.name)
def test_where_an_empty_cell_means_something_is_sql_over_its_row(table: Table) -> None:
    with duckdb.connect() as con:
        con.execute(SCHEMA.read_text(encoding="utf-8"))
        for column in table.columns:
            assert con.execute(f"select {column.empty.is_unknown} from {table.name}").fetchall() == []
            assert not (column.empty.words and column.must_be_known), column.name
