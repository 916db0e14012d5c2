"""The house is in order: who may import whom, no circle, nothing imported out of sight, and nothing too long to read at once."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from docs import house

IMPORTS = house.imports()
OWN = [each for each in IMPORTS if house.room(each.imported)]

# Lie at the top of the package, and every room may use them.
BASE = {"errors", "words"}
# Stand outside the order: what a notebook imports, and how `python -m audits` begins.
ABOVE_ALL = {"audits", "__main__"}

HIDDEN = {
    ("audits.evaluation.job", "audits.evaluation.spark.engine"): "brings sqlglot, an extra, and is asked for by --engine alone",
    ("audits.evaluation.spark.engine", "py4j.protocol"): "is an extra, which need not be installed",
    ("audits.evaluation.spark.engine", "pyspark.errors"): "is an extra, which need not be installed",
    ("audits.evaluation.spark.session", "pyspark.logger"): "is an extra, which need not be installed",
    ("audits.evaluation.spark.session", "pyspark.sql"): "is an extra, which need not be installed",
    ("audits.operate.log", "audits.operate.terminal"): "brings rich, which no log needs and only a terminal waits for",
    ("audits.operate.notify", "apprise"): "is an extra, which need not be installed",
    ("audits.operate.schedule", "apprise.manager_plugins"): "is an extra, which need not be installed",
    ("audits.publish.execute", "papermill"): "what is refused before a notebook runs need not wait for it",
    ("audits.publish.kernel", "ipykernel.kernelapp"): "runs in the fork, which has it already; the parent never needs it",
    ("audits.words", "babel"): "`audits --help` names the languages, and says nothing in them",
    ("audits.words", "babel.dates"): "`audits --help` names the languages, and says nothing in them",
    ("audits.words", "babel.messages.pofile"): "`audits --help` names the languages, and says nothing in them",
    ("audits.words", "babel.numbers"): "`audits --help` names the languages, and says nothing in them",
}

LONGEST_FUNCTION = 40
LONGEST_QUERY = 190
_CONTROL = re.compile(r"/\*.*?\*/(?P<query>.*)/\* examples.*", re.DOTALL)
# A list of tables, read by looking one up.
NO_QUERY = {"contract/tables.sql"}


def may_use(room: str) -> set[str]:
    """The rooms that a room may import from, itself included."""
    order = list(house.ROOMS)
    if room in ABOVE_ALL:
        return {*order, *BASE}
    if room in BASE:
        return {room}
    if room == "workspace":  # without a workspace of one's own it is the sample's
        return {*order[: order.index(room) + 1], "samples", *BASE}
    if room == "samples":
        return {room, "contract", *BASE}
    neighbours = {"operate": {"explore"}}  # they stand side by side
    return {*order[: order.index(room) + 1], *BASE} - neighbours.get(room, set())


def none(found: Iterable[str]) -> None:
    """Nothing was found; else the failure shows all of it."""
    listed = list(found)
    assert not listed, "\n" + "\n".join(listed)


def said(each: house.Import) -> str:
    return f"{each.module}:{each.line} imports {each.imported}"


EVERYWHERE = """
from typing import TYPE_CHECKING
import audits.law.period
if TYPE_CHECKING:
    from audits.show import tables
    from . import near
class Some:
    def one(self):
        if self:
            from ..contract.export import open_export
        from audits import Audit
"""


def test_an_import_is_seen_wherever_it_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "audits"
    for name in ("__init__", "law/period", "show/tables/__init__", "publish/near", "contract/export"):
        (package / name).parent.mkdir(parents=True, exist_ok=True)
        (package / f"{name}.py").write_text("")
    (package / "publish" / "run.py").write_text(EVERYWHERE)
    monkeypatch.setattr(house, "ROOT", tmp_path)
    monkeypatch.setattr(house, "PACKAGE", package)
    assert [(each.imported, each.line, each.hidden) for each in house.imports()] == [
        ("audits", 11, True),
        ("audits.contract.export", 10, True),
        ("audits.law.period", 3, False),
        ("audits.publish.near", 6, False),
        ("audits.show.tables", 5, False),
        ("typing", 2, False),
    ]


def test_every_module_stands_in_a_room() -> None:
    known = {*house.ROOMS, *BASE, *ABOVE_ALL}
    none([module for module in house.files() if house.room(module) not in known])


def test_a_room_uses_only_rooms_before_it() -> None:
    known = [each for each in OWN if house.room(each.module) in {*house.ROOMS, *BASE, *ABOVE_ALL}]
    none(said(each) for each in known if house.room(each.imported) not in {*may_use(house.room(each.module)), "audits"})


def test_nothing_in_the_house_imports_its_front() -> None:
    fronts = {"audits", "audits.__main__"}
    none(said(each) for each in OWN if each.imported in fronts and each.module not in fronts)


def test_no_circle_of_imports() -> None:
    graph: dict[str, set[str]] = {}
    for each in OWN:
        graph.setdefault(each.module, set()).add(each.imported)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        raise AssertionError(" ← ".join(error.args[1])) from None


def test_no_import_hides_in_a_function_without_a_reason() -> None:
    """Commands import when they are called, so that `--help` waits for nothing."""
    hidden = [each for each in IMPORTS if each.hidden and house.room(each.module) != "cli"]
    none(said(each) for each in hidden if (each.module, each.imported) not in HIDDEN)
    assert HIDDEN.keys() == {(each.module, each.imported) for each in hidden} & HIDDEN.keys(), "a reason for nothing"


def test_no_import_hides_in_a_text() -> None:
    """`import_module` takes any name; only the front of the house, which loads what it is asked for, has a use for it."""
    none(said(each) for each in IMPORTS if each.imported == "importlib" and each.module != "audits")


def functions() -> Iterator[tuple[int, str]]:
    """Every function with its lines of code: without docstring, comments and blank lines."""
    for module, path in house.files().items():
        text = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                yield code_lines(node, text.splitlines()), f"{module}.{node.name}"


def code_lines(node: ast.FunctionDef | ast.AsyncFunctionDef, lines: list[str]) -> int:
    first = node.body[0]
    explained = ast.get_docstring(node) is not None
    skipped = range(first.lineno, (first.end_lineno or 0) + 1) if explained else range(0)
    kept = [n for n in range(node.lineno, (node.end_lineno or 0) + 1) if n not in skipped]
    return sum(1 for n in kept if (line := lines[n - 1].strip()) and not line.startswith("#"))


def test_no_function_is_too_long_to_read_at_once() -> None:
    none(f"{name}: {n} lines" for n, name in sorted(functions(), reverse=True) if n > LONGEST_FUNCTION)


def test_no_query_is_too_long_to_read_at_once() -> None:
    found = {file.relative_to(house.PACKAGE).as_posix(): length(file) for file in sorted(house.PACKAGE.rglob("*.sql"))}
    none(f"{name}: {n} lines" for name, n in found.items() if n > LONGEST_QUERY and name not in NO_QUERY)


def length(file: Path) -> int:
    """The lines of a query, without what a control says and its examples, which are looked up and not read at once."""
    text = file.read_text(encoding="utf-8")
    control = _CONTROL.fullmatch(text)
    return len((control["query"] if control else text).strip().splitlines())
