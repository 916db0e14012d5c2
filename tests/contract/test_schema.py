"""The export contract says what the auditors' ledger asks for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from audits.contract.schema import judgeable, read

CONTRACT = read()


def test_there_are_27_tables_of_which_25_can_be_judged() -> None:
    assert len(CONTRACT) == 27
    assert set(CONTRACT) - set(judgeable(CONTRACT)) == {"export_info", "export_tables"}


def test_every_table_and_column_of_the_ledger_is_there_in_order(shared: Path) -> None:
    ledger = (shared / "policy-clauses.md").read_text(encoding="utf-8")
    section = ledger[ledger.index("## Tables and columns") : ledger.index("## The ledger")]
    named = re.findall(r"`(\w+)`\(([^)]*)\)", section)
    assert len(named) == 27
    for table, columns in named:
        plain = re.sub(r"\{[^}]*\}|\[\]", "", columns)
        assert [c.name for c in CONTRACT[table].columns] == [c.strip() for c in plain.split(",")]


def test_every_column_is_explained() -> None:
    assert not [(t.name, c.name) for t in CONTRACT.values() for c in t.columns if not c.comment]


@pytest.mark.parametrize(("column", "ahead"), [("due_at", True), ("extended_to", True), ("closed_at", False)])
def test_some_instants_may_lie_ahead(column: str, ahead: bool) -> None:
    found = CONTRACT["requests"].column(column)
    assert found is not None
    assert found.may_lie_ahead is ahead


def test_enumerations_are_read_from_the_checks() -> None:
    kinds = CONTRACT["requests"].column("type")
    assert kinds is not None
    assert {"access", "erasure", "rectification"} < set(kinds.values)
