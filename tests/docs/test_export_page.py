"""What docs/export.md says of values and words is what the contract reads, and what controls look for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp

from audits.controls.control import Control
from audits.evaluation.job import Job, evaluated
from audits.law import reference
from docs import pages, vocabulary

from ..conftest import WORKSPACE

# Names, not words: compared with what a query makes of a list, or of another column.
NAMES = {"addresses", "company_domains", "exporters", "places", "regions"}


def not_believed(folder: Path, table: str, columns: str, rows: dict[str, str]) -> set[str]:
    """The keys of rows that break a rule of one of their columns' own."""
    folder.mkdir()
    lines = "".join(f'{key},"{value}"\n' for key, value in rows.items())
    (folder / f"{table}.csv").write_text(f"{columns}\n{lines}", encoding="utf-8")
    (folder / "export_info.csv").write_text("exported_at,timezone\n2030-01-01T00:00:00Z,Europe/Berlin\n", encoding="utf-8")
    (folder / "processors.csv").write_text("recipient_id\np\n", encoding="utf-8")
    quality = evaluated(WORKSPACE, Job(str(folder), period="2026"), []).quality()
    return {key for keys in quality[quality.table_name == table]["keys"] for key in keys}


def test_instants_are_read_as_the_page_says(tmp_path: Path) -> None:
    rows = {f"yes {n}": text for n, text in enumerate(pages.INSTANTS)} | {
        f"no {n}": text for n, text in enumerate(pages.NO_INSTANTS)
    }
    found = not_believed(tmp_path / "x", "accounts", "account_id,created_at", rows)
    assert found == {key for key in rows if key.startswith("no")}


def test_a_blank_is_counted_where_something_must_be_known(tmp_path: Path) -> None:
    blank = {"blank": ""}
    assert not_believed(tmp_path / "x", "accounts", "account_id,created_at", blank) == {"blank"}
    assert not_believed(tmp_path / "y", "accounts", "account_id,closed_at", blank) == set()


def test_countries_are_those_of_the_facts(tmp_path: Path) -> None:
    known = {row["country"] for row in reference.rows("countries")}
    assert known >= {"DE", "GB", "GR", "US"}
    assert "EU" not in known
    rows = {code: code for code in ("DE", "gb", "GRC", "United States", "EU")}
    assert not_believed(tmp_path / "x", "accounts", "account_id,country", rows) == {"EU"}


@pytest.mark.parametrize(
    ("table", "columns", "good", "bad"),
    [
        ("requests", "request_id,told_complaint_right", ["true", "false"], ["ja", "x"]),
        ("accounts", "account_id,birth_date", ["2026-01-31"], ["31.01.2026", "01/31/2026"]),
        ("disclosures", "disclosure_id,categories", ["[a, b]", "[]", "[a]"], ["a|b", "a, b"]),
        ("disclosures", "disclosure_id,smallest_cell", ["1000"], ["1,000", "1.000.000", "many"]),
        ("requests", "request_id,type", ["consent_withdrawal", "Consent withdrawal"], ["help", ""]),
        ("disclosures", "disclosure_id,mechanism", ["scc_2021", "SCC 2021"], ["handshake", ""]),
        ("disclosures", "disclosure_id,ground", ["permission", "Permission", "legal-claim"], ["anything", "n/a", ""]),
        ("requests", "request_id,extension_reason", ["anything"], ["n/a", "unknown", "-", ""]),
    ],
)
def test_other_values_are_read_as_the_page_says(
    table: str, columns: str, good: list[str], bad: list[str], tmp_path: Path
) -> None:
    rows = {f"{n}": text for n, text in enumerate(good + bad)}
    key, column = columns.split(",")
    folder = tmp_path / "x"
    not_believed(folder, table, columns, rows)
    results = evaluated(WORKSPACE, Job(str(folder), period="2026"), [])
    unread = results.frame(f"select {key} from {table} where {column} is null order by 1")[key].tolist()
    assert unread == [f"{n}" for n in range(len(good), len(rows))]


def literals(control: Control) -> Iterator[tuple[str, str]]:
    """A column's name and a word it is compared with: by the name alone, without asking whose column it is."""
    tree = sqlglot.parse_one(control.sql, read="duckdb")
    for node in tree.find_all(exp.EQ, exp.NEQ, exp.NullSafeEQ, exp.NullSafeNEQ, exp.In):
        words = [e.this for e in [node.args.get("expression"), *node.expressions] if isinstance(e, exp.Literal) and e.is_string]
        if isinstance(node.this, exp.Column):
            yield from ((node.this.name, word) for word in words)


def test_every_word_of_every_control_is_on_the_page() -> None:
    looked_for = vocabulary.compared(WORKSPACE)
    for control in WORKSPACE.catalogue.values():
        for name, word in literals(control):
            columns = {(t, c) for t, c in control.read_columns() if c == name}
            known = {w for column in columns for w in looked_for.get(column, vocabulary.Words()).fixed}
            enumerated = {w for t, c in columns for w in WORKSPACE.contract[t].column(c).values}  # type: ignore[union-attr]
            assert not columns or word in known | enumerated, f"{control.id}: {name} {word}"


def test_every_list_of_every_control_is_on_the_page() -> None:
    lists = {name for words in vocabulary.compared(WORKSPACE).values() for name in words.lists}
    taken = {name for c in WORKSPACE.catalogue.values() for name, p in c.parameters.items() if p.type == "words"}
    assert taken - lists == NAMES
    page = (pages.ROOT / "docs" / "export.md").read_text(encoding="utf-8")
    for text in WORKSPACE.texts:
        for name in lists & set(text.lists):
            assert f"| {name} | {', '.join(text.lists[name])} | {text.title} |" in page


def test_every_name_of_the_law_is_on_the_page() -> None:
    named = vocabulary.of_law(WORKSPACE.contract)
    assert set(named) == {("disclosures", "mechanism"), ("transfer_mechanisms", "kind")}
    page = (pages.ROOT / "docs" / "export.md").read_text(encoding="utf-8")
    assert all(f"| {name} | " in page for names in named.values() for name in names)


def test_a_word_belongs_to_the_column_that_is_compared_with_it() -> None:
    looked_for = vocabulary.compared(WORKSPACE)
    assert looked_for[("consents", "purpose")].fixed == {"newsletter", "promotion", "marketing", "recipient_marketing", "sharing"}
    assert looked_for[("messages", "kind")].fixed == {"newsletter", "promotion", "notice", "service"}
    assert looked_for[("trackers", "kind")].fixed == {"beacon"}
    assert looked_for[("disclosures", "ground")].lists == {"authority_grounds", "other_grounds"}
    assert "deletion" in looked_for[("subscriber_duties", "duty")].fixed
    assert ("processors", "recipient_id") not in looked_for


def test_no_word_is_one_that_the_contract_forbids() -> None:
    for (table, name), words in vocabulary.compared(WORKSPACE).items():
        column = WORKSPACE.contract[table].column(name)
        assert column is not None
        assert not column.values or words.fixed <= set(column.values)


def test_columns_that_are_compared_with_each_other_are_named() -> None:
    assert (("processors", "allowed_purposes"), ("disclosures", "purpose")) in vocabulary.alike(WORKSPACE)
    assert (("holdings", "category"), ("retention_schedule", "category")) in vocabulary.alike(WORKSPACE)
