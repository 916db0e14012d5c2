"""An adapter: `create view` statements of the user's own that map tables of other names onto the contract.

What a statement is, is what the engine's own parser makes of it. Three things hold: the parser calls each statement a CREATE;
once it was carried out, nothing changed but views of the adapter; and such a view, as the engine wrote it down, only selects.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from audits.contract import files
from audits.contract.engine import one
from audits.contract.files import printable
from audits.contract.formats import Wanted
from audits.contract.parsed import TooDeep, does_more, nodes, parsed
from audits.contract.schema import Contract
from audits.errors import Unusable, first_line, kind_of, nearest

_HEAD = re.compile(r"create (or replace )?(recursive )?view (if not exists )?(?=\S)")
# All that a statement could make, but for the views of the adapter.
_CATALOGUE = """
    select string_agg(what, chr(10) order by what) from (
        select concat_ws('.', 'view', database_name, schema_name, view_name, sql) as what from duckdb_views()
        where (database_name, schema_name) != ('memory', 'adapted') and not internal
        union all select concat_ws('.', 'table', database_name, schema_name, table_name) from duckdb_tables()
        union all select concat_ws('.', 'function', database_name, schema_name, function_name)
        from duckdb_functions() where not internal
        union all select concat_ws('.', 'type', database_name, schema_name, type_name)
        from duckdb_types() where not internal
        union all select concat_ws('.', 'sequence', database_name, schema_name, sequence_name) from duckdb_sequences()
        union all select concat_ws('.', 'index', database_name, schema_name, index_name) from duckdb_indexes()
        union all select concat_ws('.', 'schema', database_name, schema_name) from duckdb_schemas()
    )
"""


@dataclass(frozen=True)
class View:
    """A statement, the lower-case name of its view, the paths of the raw tables that it selects from, and the columns it names.

    A path is the table, or its schema and the table, in lower case.
    """

    statement: str
    name: str
    paths: frozenset[tuple[str, ...]]
    columns: frozenset[str]

    @property
    def tables(self) -> frozenset[str]:
        """The raw tables by their names alone."""
        return frozenset(path[-1] for path in self.paths)


@dataclass(frozen=True)
class Adapter:
    """What was read of an adapter, once, so that what is run is what is hashed; nothing where there is none."""

    path: Path = Path()
    views: tuple[View, ...] = ()
    sha256: str | None = None


def read(adapter: str | Path | None) -> Adapter:
    """The statements of an adapter; raises Unusable for all but `create view`."""
    if adapter is None:
        return Adapter()
    path = Path(adapter)
    try:
        content = files.read(path)
        statements = duckdb.extract_statements(content.decode("utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise Unusable(f"adapter {path}: cannot be read: {getattr(error, 'strerror', None) or 'it is not UTF-8'}") from error
    except Unusable as error:
        raise Unusable(f"adapter {error}") from error
    except duckdb.Error as error:
        raise Unusable(f"adapter {path}: {first_line(error)}") from error
    with duckdb.connect() as con:
        found = tuple(_view(con, path, statement) for statement in statements)
    return Adapter(path, found, hashlib.sha256(content).hexdigest())


def wanted(contract: Contract, views: Sequence[View]) -> Wanted:
    """The tables that are read of an export: the contract's, but for those that views replace, and what views select from."""
    replaced = {view.name for view in views}
    found: dict[str, frozenset[str] | None] = {name: None for name in contract if name not in replaced}
    for view in views:
        for table in view.tables - found.keys():
            found[table] = frozenset[str]().union(*(other.columns for other in views if table in other.tables))
    return found


def adapt(con: duckdb.DuckDBPyConnection, adapter: Adapter, others: Iterable[str] = ()) -> None:
    """Create the views in schema `adapted`; raises Unusable naming the adapter where one cannot be.

    `others` are tables of the export that no view selects from: one of them may be meant.
    """
    con.execute("create schema memory.adapted")
    con.execute("use memory.adapted")
    try:
        for view in adapter.views:
            try:
                _create(con, view, adapter.path)
            except duckdb.Error as error:
                said = f"adapter {adapter.path}: view {view.name}: {_meant(con, error, others)}"
                raise Unusable(said, first_line(error)) from error
    finally:
        con.execute("use memory.main")


def _create(con: duckdb.DuckDBPyConnection, view: View, adapter: Path) -> None:
    """Carry out a statement; it is undone where it made anything but a view that only selects."""
    before = one(con, _CATALOGUE)
    con.execute("begin")
    try:
        con.execute(view.statement)
        made = con.execute("select sql from duckdb_views() where (database_name, schema_name) = ('memory', 'adapted')").fetchall()
        if one(con, _CATALOGUE) != before:
            raise _refused(adapter, view.statement)
        for (sql,) in made:
            _must_select(con, adapter, sql)
    except BaseException:
        con.execute("rollback")
        raise
    con.execute("commit")


def _meant(con: duckdb.DuckDBPyConnection, error: duckdb.Error, others: Iterable[str]) -> str:
    """What is wrong, and the names that were meant: of tables the export's nearest, of columns as the engine thinks."""
    said = kind_of(error)
    if missing := re.match(r"Table with name (.+) does not exist!", said):
        source = con.execute("select table_name from information_schema.tables where table_catalog = 'source'").fetchall()
        near = nearest(missing[1], [*(name for (name,) in source), *others])
        return f'{said} Did you mean "{printable(near)}"?' if near else said
    meant = [line for line in str(error).splitlines()[1:] if line.startswith(("Did you mean", "Candidate bindings"))]
    return " ".join([said, *meant[:1]])


def _view(con: duckdb.DuckDBPyConnection, path: Path, statement: duckdb.Statement) -> View:
    found = list(nodes(_must_select(con, path, statement.query)))
    if statement.type != duckdb.StatementType.CREATE:
        raise _refused(path, statement.query)
    raw = [node["qualified_name"]["path"] for node in found if node.get("type") == "BASE_TABLE"]
    paths = {tuple(map(str.lower, path[1:])) for path in raw if path[0].lower() == "source"}
    columns = {name.lower() for node in found for name in (*node.get("column_names", ()), *node.get("using_columns", ()))}
    return View(statement.query, _parts(statement.query)[0], frozenset(paths), frozenset(columns))


def _must_select(con: duckdb.DuckDBPyConnection, adapter: Path, statement: str) -> Any:
    """The query of a `create view`, as the engine's parser reads it; raises Unusable where it does more than select."""
    name, query = _parts(statement)
    try:
        read = parsed(con, query)
    except TooDeep as error:
        raise Unusable(f"adapter {adapter}: view {name}: lies too deep in itself to be read; divide it into several") from error
    more = does_more(read) if name and read else ""
    if more:
        raise Unusable(f"adapter {adapter}: view {name} uses {more}, which no view may: select from the tables of source")
    if more is not None:
        raise _refused(adapter, statement)
    return read


def _parts(statement: str) -> tuple[str, str]:
    """The lower-case name and the query of a `create view`, by the engine's own division into words; no name where it is none."""
    words = _words(statement)
    head = _HEAD.match(" ".join(word.lower() for _, word in words))
    if head is None:
        return "", ""
    place, depth = len(head[0].split()), 0
    while [word for _, word in words[place + 1 : place + 2]] == ["."]:
        place += 2
    for number, (_, word) in enumerate(words[place + 1 :], place + 1):
        depth += 0 if word.startswith('"') else word.count("(") - word.count(")")
        if word.lower() == "as" and depth == 0 and number + 1 < len(words):
            return words[place][1].strip('"').lower(), statement.encode()[words[number + 1][0] :].decode()
    return "", ""


def _words(statement: str) -> list[tuple[int, str]]:
    """The words of a statement and where each begins, without comments."""
    text, found = statement.encode(), duckdb.tokenize(statement)
    ends = [start for start, _ in found[1:]] + [len(text)]
    return [
        (start, text[start:end].decode().strip())
        for (start, kind), end in zip(found, ends, strict=True)
        if kind != duckdb.token_type.comment
    ]


def _refused(adapter: Path, statement: str) -> Unusable:
    words = _words(statement)
    said = " ".join(statement.encode()[words[0][0] :].decode().split()) if words else ""
    return Unusable(f"adapter {adapter}: only `create view` statements that select are allowed, not: {said[:60]}")
