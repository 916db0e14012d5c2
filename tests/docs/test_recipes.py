"""The recipes of docs/adapters.md do what the table below each of them says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from audits.evaluation.job import Job, evaluated
from audits.evaluation.results import Results

from ..conftest import WORKSPACE
from .test_docs import DOCS

BERLIN = (
    "create view export_info as select null::timestamptz as exported_at, 'Europe/Berlin' as timezone, 'a recipe' as source;\n"
)
SHIPPED = DOCS / "adapters" / "zendesk_tickets.sql"


def recipes() -> dict[str, str]:
    """The recipes by their headings."""
    page = (DOCS / "adapters.md").read_text(encoding="utf-8")
    section = re.split(r"^## ", page.partition("## Recipes\n")[2], flags=re.MULTILINE)[0]
    return dict(re.findall(r"^### (.+?)\n(.+?)(?=^### |\Z)", section, flags=re.DOTALL | re.MULTILINE))


def export_of(recipe: str, folder: Path) -> Path:
    folder.mkdir()
    for name, rows in re.findall(r"^```csv (\S+)\n(.*?)^```", recipe, flags=re.DOTALL | re.MULTILINE):
        (folder / name).write_text(rows, encoding="utf-8")
    return folder


def adapter_of(recipe: str, file: Path) -> Path:
    """The recipe's views; where they read `instants`, with the views that are taken from a shipped adapter."""
    (sql,) = re.findall(r"^```sql\n(.*?)^```", recipe, flags=re.DOTALL | re.MULTILINE)
    views = re.findall(r"^create view .*?;$", sql, flags=re.DOTALL | re.MULTILINE)
    if "join instants" in sql:
        taken = re.findall(
            r"^create view (?:reading|months|instants)\b.*?;$", SHIPPED.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE
        )
        assert len(taken) == 3
        views[1:1] = taken
    file.write_text(BERLIN + "\n".join(views), encoding="utf-8")
    return file


def table_of(results: Results, table: str, columns: list[str]) -> list[list[str]]:
    """What the contract holds, as text; in italics what it does not believe, as the adapter passed it on."""
    key = columns[0]
    quality = results.quality()
    bad = {(c, k) for names, keys in zip(quality.column_names, quality["keys"], strict=True) for c in names for k in keys}
    given, read = (
        results.frame(f"select {', '.join(f'{c}::varchar as {c}' for c in columns)} from {schema}{table} order by {key}").fillna(
            ""
        )
        for schema in ("memory.adapted.", "")
    )
    return [
        [f"*{was or 'none'}*" if (column, row[0]) in bad else now for column, was, now in zip(columns, raw, row, strict=True)]
        for raw, row in zip(given.values.tolist(), read.values.tolist(), strict=True)
    ]


@pytest.mark.parametrize("name", recipes())
def test_a_recipe_does_what_it_says(name: str, tmp_path: Path) -> None:
    recipe = recipes()[name]
    (shown,) = re.findall(r"^`(\w+)`:\n\n((?:\|.*\n)+)", recipe, flags=re.MULTILINE)
    table, (columns, _, *rows) = shown[0], [[c.strip() for c in line.strip("|").split("|")] for line in shown[1].splitlines()]
    adapter = adapter_of(recipe, tmp_path / "views.sql")
    job = Job(str(export_of(recipe, tmp_path / "export")), adapter, period="2026", as_of="2026-12-31")
    assert table_of(evaluated(WORKSPACE, job, []), table, columns) == rows


def test_what_the_page_must_have_is_there() -> None:
    assert len(recipes()) == 10
