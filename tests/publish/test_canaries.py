"""No word of the data stands outside the auditors' folder: a canary in every column of every table is looked for in all that is told.

Notebooks run here in one process, cell by cell as a kernel would, and their outputs are searched as they are, charts' data too.
"""

from __future__ import annotations

import ast
import csv
import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from audits.contract.schema import Column, Table
from audits.errors import Unusable
from audits.evaluation.job import Job, evaluated
from audits.evaluation.results import Results
from audits.law.period import Period
from audits.operate import ledger, notify
from audits.operate.schedule import Schedule
from audits.workspace import sample_folder

from ..cli.test_cli import audits
from ..conftest import WORKSPACE, MakeDatabase, judged, once, opened

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::RuntimeWarning")]  # of curves of very few

CANARY = "zqx@canary.example"
# What leadership is told on purpose: whom data was given to (docs/security.md).
NAMED = {("processors", "name")}


def is_free(table: Table, column: Column) -> bool:
    """Whether any text can stand in a column, and nothing joins by it."""
    is_name = column.name in table.key or bool(column.refers_to) or column.name.endswith("_id")
    return column.type == "VARCHAR" and not column.values and not column.known_by and not is_name


def canary(table: str, column: str) -> str:
    return f"{table}.{column} {CANARY}"


def copied(folder: Path, change: Callable[[Table, list[dict[str, str]]], list[dict[str, str]]]) -> None:
    """The sample, its rows changed but for those that say what it is."""
    for file in sorted(sample_folder().glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as stream:
            head, *rows = list(csv.reader(stream))
        told = [dict(zip(head, row, strict=True)) for row in rows]
        if not file.stem.startswith("export_"):
            told = change(WORKSPACE.contract[file.stem], told)
        with (folder / file.name).open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, head)
            writer.writeheader()
            writer.writerows(told)


def in_free_text(table: Table, rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Every fourth row has a canary in each column that may hold any text."""
    for column in table.columns:
        if rows and column.name in rows[0] and is_free(table, column) and (table.name, column.name) not in NAMED:
            for row in rows[::4]:
                row[column.name] = canary(table.name, column.name)
    return rows


def in_every_column(table: Table, rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Two rows of the sample, and one of nothing but canaries."""
    chosen = random.Random(7).sample(rows, min(2, len(rows)))
    return [*chosen, {name: canary(table.name, name) for name in rows[0] if (table.name, name) not in NAMED}] if rows else []


@pytest.fixture(scope="module", params=[in_free_text, in_every_column])
def results(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The results of an export with canaries."""

    def make(folder: Path) -> None:
        (folder / "export").mkdir()
        copied(folder / "export", request.param)
        job = Job(export=str(folder / "export"), period="2026-10", as_of="2026-11-02")
        # What cannot be read is read in every way it could mean, promise by promise: a few are enough of that.
        few = [WORKSPACE.one(name) for name in WORKSPACE.texts[0].leadership.headlines]
        chosen = few if request.param is in_every_column else None
        evaluated(WORKSPACE, job, chosen, folder / "results.duckdb")

    return once(tmp_path_factory, request.param.__name__, make) / "results.duckdb"


def test_the_canaries_sing(results: Path) -> None:
    """They are there to be found: what auditors may see holds them."""
    found = Results.open(results)
    rows = found._con.execute("select found::varchar from results.quality union all select value from results.counts").fetchall()
    assert any(CANARY in str(row) for row in rows)


def outputs(notebook: Path, **parameters: Any) -> Iterator[str]:
    """What the cells of a notebook show: the last expression of each, in every form it has."""
    names: dict[str, Any] = {}
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] != "code":
            continue
        body = ast.parse("".join(cell["source"])).body
        shown = body.pop() if body and isinstance(body[-1], ast.Expr) else None
        exec(compile(ast.Module(body, []), notebook.name, "exec"), names)
        if "parameters" in cell["metadata"].get("tags", []):
            names.update(parameters)
        if isinstance(shown, ast.Expr):
            thing = eval(compile(ast.Expression(shown.value), notebook.name, "eval"), names)
            yield from in_all_forms(thing)


def in_all_forms(thing: Any) -> Iterator[str]:
    if bundle := getattr(thing, "_repr_mimebundle_", None):
        yield json.dumps(bundle(), default=str)
    for form in (getattr(thing, "_repr_html_", None), getattr(thing, "_repr_markdown_", None)):
        yield str(form()) if form else ""
    yield str(thing)


@pytest.mark.parametrize("notebook", WORKSPACE.published_notebooks(), ids=lambda path: path.stem)
def test_no_page_for_leadership_holds_a_canary(results: Path, notebook: Path) -> None:
    told = list(outputs(notebook, results=str(results), audience="leadership", period="2026-10"))
    assert len(told) > 3
    for text in told:
        found = text.lower().find(CANARY)
        assert found < 0, text[max(0, found - 300) :][:400]


# Errors of the engine quote the value that they failed on.

BAD = f"case when i = 2999 then '{CANARY}' else '1' end"
ERRORS = {
    "cast": f"cast({BAD} as bigint)",
    "date": f"cast({BAD} as date)",
    "instant": f"strptime({BAD}, '%d/%m/%Y')",
    "timezone": f"timezone({BAD}, now())",
    "division": f"1 / cast({BAD} as double)",
    "out of range": "9223372036854775807 + i",
    "regexp": f"regexp_extract('a', '(' || {BAD})",
    "list index": f"list_extract(case when i = 2999 then error('{CANARY}') else [now()] end, i)",
    "out of memory": f"repeat({BAD}, 100000000)",
}


@pytest.fixture(scope="module")
def tickets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("tickets") / "tickets.csv"
    file.write_text("Id\n1\n", encoding="utf-8")
    return file


@pytest.mark.usefixtures("without_self_test")
@pytest.mark.parametrize(("kind", "form"), [*((kind, "plain") for kind in ERRORS), ("cast", "json"), ("instant", "json")])
def test_an_error_tells_no_value_to_log_index_ledger_and_notice(tickets: Path, tmp_path: Path, kind: str, form: str) -> None:
    adapter, reports = tmp_path / "views.sql", tmp_path / "reports"
    adapter.write_text(
        f"create view requests as select 'r' || i as request_id, {ERRORS[kind]} as received_at from range(3000) as t (i)",
        encoding="utf-8",
    )
    given = ("--export", tickets, "--adapter", adapter, "--as-of", "2026-07-02", "--period", "2026-06", "--memory", "100MB")
    ended = audits("run", *given, "--spill-limit", "1MB", "--out", reports, "--log-format", form, "--notebook", "data_quality")
    assert ended.exit_code in (2, 3)
    found = ledger.attempts(reports)["2026-06"]
    notice = notify.message(WORKSPACE, Schedule(jobs={}), reports, "2026-06", found)
    pages = [page.read_text(encoding="utf-8") for page in reports.rglob("*.html")]
    assert len(pages) == 2
    names = [str(path) for path in tmp_path.rglob("*")]
    files = [path.read_bytes().decode("latin-1") for path in tmp_path.rglob("*") if path.is_file() and path != adapter]
    for told in (ended.output, str(found), *notice, *files, *names):
        assert "zqx" not in told.lower()


def test_a_check_shows_the_value(tickets: Path, tmp_path: Path) -> None:
    adapter = tmp_path / "views.sql"
    adapter.write_text(
        f"create view requests as select {BAD}::date as request_id from range(2999, 3000) as t (i)", encoding="utf-8"
    )
    assert CANARY in audits("check", "--export", tickets, "--adapter", adapter, "--as-of", "2026-07-02").output


@pytest.mark.parametrize(
    ("column", "said"), [("timezone", "export_info.timezone is no IANA time zone"), ("seat", "export_info.seat is no country")]
)
def test_a_setting_of_the_export_is_not_quoted(database: MakeDatabase, column: str, said: str) -> None:
    export = database(
        f"alter table export_info add column if not exists seat varchar; update export_info set {column} = '{CANARY}';"
    )
    with pytest.raises(Unusable, match=said) as caught:
        opened(export)
    assert CANARY not in str(caught.value)
    assert CANARY in caught.value.words.lower()


def test_a_promise_that_the_engine_cannot_evaluate_says_why_without_the_value(
    database: MakeDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object) -> None:
        with duckdb.connect() as con:
            con.execute(f"select '{CANARY}'::date")

    monkeypatch.setattr("audits.evaluation.counting.count", failing)
    with opened(database()) as export:
        judged(export, Period.parse("2026-06"), ["request_handled_in_time"])
        promise = Results.of(export).promise("request_handled_in_time")
        assert (promise.status, promise.why) == ("error", "a value is none of its type")
        assert CANARY in str(export.con.execute("select words from results.errors").fetchall())
