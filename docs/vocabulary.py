"""The words that controls and the law look for in an export, by column: read from the controls' queries and the facts of law.

docs/export.md says them to whoever writes an export.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from sqlglot import exp, parse_one
from sqlglot.optimizer.scope import Scope, traverse_scope

from audits.contract.schema import REFERENCE_TABLES, Contract
from audits.controls.control import Control
from audits.law import reference
from audits.law.opening import CONSENTS
from audits.workspace import Workspace

Column = tuple[str, str]
# The law's views that have the rows of a table, and the columns that it has.
_ROWS_OF = {
    "consent_ends": "consents",
    "received_requests": "requests",
    "request_steps": "request_events",
    "transfers": "disclosures",
}
_COMPARISONS = (exp.EQ, exp.NEQ, exp.NullSafeEQ, exp.NullSafeNEQ, exp.In, exp.ArrayContains, exp.ArrayContainsAll, exp.Case)


@dataclass
class Words:
    """What a column is compared with: words of a query or a promise, and lists by their names; and in which controls."""

    fixed: set[str] = field(default_factory=set)
    lists: set[str] = field(default_factory=set)
    controls: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Comparison:
    """One comparison of a query: the columns of the contract on its sides, the words, and the names of parameters."""

    columns: tuple[frozenset[Column], ...]
    words: frozenset[str]
    parameters: frozenset[str]


def compared(workspace: Workspace) -> dict[Column, Words]:
    """What each (table, column) is compared with, in the contract's order."""
    found = {column: Words() for column in _columns(workspace.contract)}
    for control in workspace.catalogue.values():
        for comparison in _comparisons(control, workspace.contract):
            if len(comparison.columns) == 1 and (comparison.words or comparison.parameters):
                for column in comparison.columns[0]:
                    _give(found[column], comparison, control, workspace)
    return {column: words for column, words in found.items() if words.controls}


def alike(workspace: Workspace) -> list[tuple[Column, Column]]:
    """Two columns of words that are compared with each other, in the contract's order; keys and what refers to them apart."""
    types = _columns(workspace.contract)
    linked = {(c.table, c.columns[0]) for t in workspace.contract.values() for c in t.constraints if c.references}
    found = {
        (one, other)
        for control in workspace.catalogue.values()
        for comparison in _comparisons(control, workspace.contract)
        if len(comparison.columns) == 2
        for one in comparison.columns[0]
        for other in comparison.columns[1]
        if all(types[c].startswith("VARCHAR") and not c[1].endswith("_id") and c not in linked for c in (one, other))
    }
    order = list(types)
    pairs = {tuple(sorted(pair, key=order.index)) for pair in found if pair[0] != pair[1]}
    return sorted(((one, other) for one, other in pairs), key=lambda pair: [order.index(c) for c in pair])


def of_law(contract: Contract) -> dict[Column, tuple[str, ...]]:
    """The names that the law's facts list, for the columns that hold one; countries apart."""
    return {
        (table.name, column.name): tuple(row[REFERENCE_TABLES[facts]] for row in reference.rows(facts))
        for table in contract.values()
        for column in table.columns
        if (facts := column.known_by) and not column.is_country
    }


def _columns(contract: Contract) -> dict[Column, str]:
    """The type of each column, in order."""
    return {(table.name, column.name): column.type for table in contract.values() for column in table.columns}


def _give(words: Words, comparison: Comparison, control: Control, workspace: Workspace) -> None:
    """Add what a comparison brings in; a parameter is a list, or the word that a promise says."""
    words.controls.add(control.id)
    words.fixed |= comparison.words
    words.lists |= {name for name in comparison.parameters if control.parameters[name].type == "words"}
    values = [p.values[name] for p in workspace.promises.values() if p.control.id == control.id for name in comparison.parameters]
    words.fixed |= {value for value in values if isinstance(value, str)}


# Reading a query


def _comparisons(control: Control, contract: Contract) -> Iterator[Comparison]:
    header = {table: {c.rstrip("?") for c in columns} for table, columns in control.tables.items()}
    asked = [sql for name, sql in _views().items() if re.search(rf"\b{name}\b", control.sql)]
    for scope in [scope for sql in (control.sql, *asked) for scope in traverse_scope(parse_one(sql, read="duckdb"))]:
        for node in scope.find_all(*_COMPARISONS):
            sides = _sides(node)
            yield Comparison(
                tuple(frozenset(_origins(s, scope, contract, header)) for s in sides if isinstance(s, exp.Column)),
                frozenset(s.this for s in sides if isinstance(s, exp.Literal) and s.is_string),
                frozenset(s.name for s in sides if isinstance(s, exp.Placeholder)) & set(control.parameters),
            )


@cache
def _views() -> dict[str, str]:
    """The queries of the law's views over consents, by name."""
    return dict(re.findall(r"^create view (\w+) as\n(.*?);$", CONSENTS.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL))


def _sides(node: exp.Expr) -> list[exp.Expr]:
    """What is compared with what."""
    if isinstance(node, exp.Case):
        sides = [node.this, *(branch.this for branch in node.args["ifs"])] if node.this else []
    elif isinstance(node, exp.In):
        sides = [node.this, *node.expressions, node.args.get("field")]
    else:
        sides = [node.this, node.expression, *node.expressions]
    return [_bare(side) for side in sides if side is not None]


def _bare(side: exp.Expr) -> exp.Expr:
    return _bare(side.this) if isinstance(side, (exp.Cast, exp.Lower, exp.Paren, exp.Min, exp.Max)) else side


def _origins(column: exp.Column, scope: Scope, contract: Contract, header: dict[str, set[str]]) -> set[Column]:
    """The columns of the contract that a column is, through common table expressions."""
    named = [scope.sources[column.table]] if column.table in scope.sources else [s for _, s in scope.selected_sources.values()]
    found: set[Column] = set()
    for source in named:
        if isinstance(source, exp.Table):
            found |= _of_table(source.name, column.name, contract, header)
        elif source is not scope:
            found |= _of_query(source, column.name, contract, header)
    return found


def _of_table(table: str, name: str, contract: Contract, header: dict[str, set[str]]) -> set[Column]:
    """A view of the law's passes on the columns that the control's header names."""
    if (table := _ROWS_OF.get(table, table)) in contract and contract[table].column(name):
        return {(table, name)}
    if table in contract or table in reference.KEYS:
        return set()
    return {(t, name) for t in [t for t, columns in header.items() if name in columns][:1]}


def _of_query(scope: Scope, name: str, contract: Contract, header: dict[str, set[str]]) -> set[Column]:
    found: set[Column] = set()
    for part in scope.set_operation_scopes:
        found |= _of_query(part, name, contract, header)
    for shown in scope.expression.selects if isinstance(scope.expression, exp.Select) else []:
        given = _bare(shown.unalias())
        if shown.is_star:
            found |= _origins(exp.column(name, given.table if isinstance(given, exp.Column) else None), scope, contract, header)
        elif shown.alias_or_name == name and isinstance(given, exp.Column):
            found |= _origins(given, scope, contract, header)
    return found
