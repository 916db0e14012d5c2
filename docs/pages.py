"""Pages of the documentation that are made from the code: `python -m docs.pages` writes them, a test checks them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from audits.contract.schema import Constraint, Table, core_tables, enumerated
from audits.controls.control import Control
from audits.workspace import Workspace
from docs import house

ROOT = Path(__file__).parents[1]


def export(workspace: Workspace) -> str:
    """The contract of exports, table by table."""
    contract = workspace.contract
    lines = [
        "# The export contract",
        "",
        "Made from `audits/contract/tables.sql` by `make docs`; do not edit.",
        "",
        "An export is a DuckDB file, or a Parquet or CSV file or folder with one file a table. It holds at least one of the",
        f"core tables ({', '.join(core_tables(contract))}); each optional table unlocks controls. Within a table only",
        "its key is required; each control says which other columns it needs (`audits explain CONTROL`). Unknown tables and",
        "columns are ignored. Other names are mapped by an [adapter](adapters.md).",
        "",
        "Instants are `timestamp with time zone`: text needs its offset (`2026-01-31T10:00:00+01:00`) or is a bare date, which",
        "is the start of that day in `export_info.timezone`. Lists are written `[a, b]`. Rules are measured, not enforced: a",
        "row that breaks one is counted and makes the findings that read it `indeterminate`.",
    ]
    for table in contract.values():
        lines += [
            "",
            f"## {table.name}",
            "",
            f"{table.part}. {table.comment[0].upper()}{table.comment[1:]}",
            "",
        ]
        lines += ["| Column | Type | Meaning |", "|---|---|---|"]
        for column in table.columns:
            name = f"**{column.name}**" if column.name in table.key else column.name
            values = f" One of: {', '.join(column.values)}." if column.values else ""
            lines.append(f"| {name} | {column.type.lower()} | {column.comment}.{values} |")
        if rules := [c for c in table.constraints if not _said(c, table)]:
            lines += ["", "Rules: " + "; ".join(f"`{c.text}`" for c in rules) + "."]
    return "\n".join(lines) + "\n"


def _said(constraint: Constraint, table: Table) -> bool:
    """Whether the table of columns says the rule already: keys in bold, the values of an enumeration."""
    return (
        constraint.columns == table.key
        or bool(enumerated(constraint.condition))
        or (constraint.kind == "NOT NULL" and constraint.columns[0] in table.key)
    )


def catalogue(workspace: Workspace, folder: str = "") -> str:
    """Every control by section, with the promises made of it, what it maps to, and what it reads.

    `folder` is where the controls lie, as seen from the page.
    """
    controls = list(workspace.catalogue.values())
    lines = ["# The catalogue of controls", "", "Made from the controls by `make docs`; each is a file of its own.", ""]
    for section in sorted({c.section for c in controls}):
        lines += [
            f"## {section}",
            "",
            "| control | what it tests | promises | maps to | severity | reads |",
            "|---|---|---|---|---|---|",
        ]
        lines += [_row(_control(workspace, c, folder)) for c in controls if c.section == section]
        lines.append("")
    return "\n".join(lines)


def _control(workspace: Workspace, control: Control, folder: str) -> tuple[str, ...]:
    promises = [p for p in workspace.promises.values() if p.control.id == control.id]
    made = [p.id + "".join(f", {name} {value}" for name, value in p.values.items() if isinstance(value, int)) for p in promises]
    return (
        f"[{control.id}]({folder}{control.section}/{control.id}.sql)",
        control.title + "".join(f"<br>Read otherwise – {reading}" for reading in control.readings),
        "<br>".join(made) or "–",
        "<br>".join(control.maps_to),
        control.severity,
        "<br>".join(control.tables),
    )


def coverage(workspace: Workspace) -> str:
    """Each clause of the texts, what kind it is, the promises that measure it, and what they cannot show."""
    lines = [
        "# Each clause, and what measures it",
        "",
        "Made from `audits/texts/` by `make docs`. The clauses are in our own words. What an export of yours measures of them,",
        "and which column is missing for the rest, is on the page `coverage` of a run.",
    ]
    for text in workspace.texts:
        lines += ["", f"## {text.title}", "", "| clause | duty | kind | promises | what to know |", "|---|---|---|---|---|"]
        for clause in text.clauses:
            known = f"{clause.note} {f'Vouched for: {clause.attestation}.' if clause.attestation else ''}"
            kind = clause.kind.replace("_", " ")
            lines.append(_row((f"{clause.ledger} {clause.id}", clause.duty, kind, "<br>".join(clause.promises) or "–", known)))
        lines += ["", "### Where the text is at odds with itself", ""]
        lines += [f"- **{', '.join(t.clauses)}**: {' '.join(t.says.split())}" for t in text.tensions]
    return "\n".join(lines) + "\n"


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(' '.join(cell.replace('|', ' ').split()) for cell in cells)} |"


PAGES: dict[str, Callable[[Workspace], str]] = {
    "docs/export.md": export,
    "audits/controls/README.md": catalogue,
    "docs/controls.md": lambda workspace: catalogue(workspace, "../audits/controls/"),
    "docs/coverage.md": coverage,
    "docs/_static/house.svg": lambda workspace: house.picture(),
}

if __name__ == "__main__":
    for name, page in PAGES.items():
        (ROOT / name).write_text(page(Workspace()), encoding="utf-8")
