"""The queries that controls share: what the law makes of an export's days, requests and transfers, as views, tables and macros.

A mutant of one takes its place in an export that is open, with all that is made of it, for the time of one transaction.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from audits import law
from audits.contract import export as exports
from audits.contract.export import Export
from audits.controls.control import Control

from .mutation import Mutant, mutants

_LAW = Path(law.__file__).parent
# In the order in which they are loaded.
FILES = [
    Path(exports.__file__).with_name("days.sql"),
    *(
        _LAW / name
        for name in (
            "reach.sql",
            "deadlines.sql",
            "merged.sql",
            "account_places.sql",
            "due_dates.sql",
            "consents.sql",
            "transfers.sql",
        )
    ),
]
_STATEMENT = re.compile(r"^create (?:or replace )?(table|view|macro) (\w+)(\([^)]*\))? as\s+(.*?);\s*$", re.DOTALL | re.MULTILINE)
_MARKS = Path(__file__).parents[1] / "law" / "equivalent.toml"


@dataclass(frozen=True)
class Statement:
    """What makes one of them; `line` is that on which its query begins in the file."""

    file: Path
    kind: str
    name: str
    arguments: str
    query: str
    line: int

    def sql(self, query: str) -> str:
        """The statement with a query in the place of its own."""
        return f"create or replace {self.kind} main.{self.name}{self.arguments} as {query}"

    def mutants(self) -> list[Mutant]:
        """Its mutants, by keys that name it."""
        asked = f"select {self.query}" if self.kind == "macro" else self.query
        made = mutants(asked, all_ask=True)
        cut = len("SELECT ") if self.kind == "macro" else 0
        return [Mutant(f"{self.name}, {m.key}", self.line + m.line - 1, m.sql[cut:]) for m in made]


@cache
def statements() -> list[Statement]:
    """All of them, in the order in which they are loaded."""
    return [statement for file in FILES for statement in _of(file)]


@cache
def equivalent() -> dict[str, str]:
    """The mutants that are marked, and why."""
    return {key: str(why) for key, why in tomllib.loads(_MARKS.read_text(encoding="utf-8")).items()}


def asks(control: Control, statement: Statement) -> bool:
    """Whether a control asks one of them, or what is made of it."""
    return any(_names(control.sql, name) for name in (statement.name, *(s.name for s in _made_of(statement))))


def shows(view: str, statement: Statement) -> bool:
    """Whether a view is one of them, or made of it."""
    return view in (statement.name, *(made.name for made in _made_of(statement)))


@contextmanager
def replaced(export: Export, statement: Statement, query: str) -> Iterator[bool]:
    """Let a query stand in the place of a statement's own, and make anew the tables that are made of it.

    Gives whether that makes a difference at all: not where a table has the same rows.
    """
    export.con.execute("begin")
    try:
        before = _rows(export, statement)
        export.con.execute(statement.sql(query))
        differs = before is None or _rows(export, statement) != before
        for made in _made_of(statement) if differs else ():
            if made.kind == "table":
                export.con.execute(made.sql(made.query))
        yield differs
    finally:
        export.con.execute("rollback")


def _rows(export: Export, statement: Statement) -> object:
    """What tells the rows of a table from others, in whatever order; None of what is no table."""
    if statement.kind != "table":
        return None
    return export.con.execute(f"select count(*), sum(hash(t)) from main.{statement.name} as t").fetchone()


def is_there(export: Export, statement: Statement) -> bool:
    """Whether the statement makes what an export uses: no requests are merged where that is not exported (calendars.py)."""
    source = export.sources.get("requests")
    return statement.name != "merges" or (source is not None and source.has("merged_into"))


def _of(file: Path) -> Iterator[Statement]:
    text = file.read_text(encoding="utf-8")
    for found in _STATEMENT.finditer(text):
        kind, name, arguments, query = found.groups()
        yield Statement(file, kind, name, arguments or "", query, text.count("\n", 0, found.start(4)) + 1)


@cache
def _made_of(statement: Statement) -> tuple[Statement, ...]:
    """Those after it that name it, or what is made of it."""
    made = [statement]
    for other in statements()[statements().index(statement) + 1 :]:
        if any(_names(other.query, each.name) for each in made):
            made.append(other)
    return tuple(made[1:])


def _names(sql: str, name: str) -> bool:
    return re.search(rf"\b{name}\b", sql) is not None
