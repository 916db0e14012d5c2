"""Mutants of a query: the same with one thing changed that somebody could have written wrongly.

A condition dropped (so a filter, a condition of a join, a branch of a case, a null test), and for or, a boundary moved by one
instant, a comparison or a condition turned round, a fallback of coalesce dropped, a word of a list dropped or written otherwise, a
number or a day moved by one, an interval's unit, the outer join, least for greatest, distinct, what a window is over, plus for minus.
Not what only shows: the columns behind the reason, the order of the rows, and steps' columns that nothing else asks for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlglot import exp, parse_one

_BOUNDARIES = {exp.LT: exp.LTE, exp.LTE: exp.LT, exp.GT: exp.GTE, exp.GTE: exp.GT}
_REVERSED = {exp.LT: exp.GT, exp.LTE: exp.GTE, exp.GT: exp.LT, exp.GTE: exp.LTE}
_TURNED = {
    exp.EQ: (exp.NEQ,),
    exp.NEQ: (exp.EQ,),
    exp.NullSafeEQ: (exp.NullSafeNEQ, exp.EQ),
    exp.NullSafeNEQ: (exp.NullSafeEQ, exp.NEQ),
}
_SWAPPED = {
    exp.Min: exp.Max, exp.Max: exp.Min, exp.ArgMin: exp.ArgMax, exp.ArgMax: exp.ArgMin, exp.LogicalAnd: exp.LogicalOr,
    exp.LogicalOr: exp.LogicalAnd, exp.Least: exp.Greatest, exp.Greatest: exp.Least, exp.Add: exp.Sub, exp.Sub: exp.Add,
    exp.And: exp.Or, exp.Or: exp.And,
}  # fmt: skip
_UNITS = {
    "MICROSECOND": "SECOND", "MILLISECOND": "SECOND", "SECOND": "MINUTE", "MINUTE": "HOUR", "HOUR": "DAY", "DAY": "HOUR",
    "WEEK": "DAY", "MONTH": "DAY", "YEAR": "MONTH",
}  # fmt: skip
_UNIT_NAMES = {"to_days": "to_hours", "to_hours": "to_days", "to_months": "to_days", "to_years": "to_months"}
_COMPARED = (exp.EQ, exp.NEQ, exp.NullSafeEQ, exp.NullSafeNEQ, exp.LT, exp.LTE, exp.GT, exp.GTE)
_OTHER = "another"
# (what stands there, what the mutant has there, the node to be put there)
Change = tuple[str, str, exp.Expression | None]


@dataclass(frozen=True)
class Mutant:
    """`key` says what is changed, in which step; `line` is that of the query, counted from 1."""

    key: str
    line: int
    sql: str


def mutants(sql: str, all_ask: bool = False) -> list[Mutant]:
    """Every mutant of a query, in order of its lines; those that read the same are one.

    Where `all_ask`, another query asks for each of its columns.
    """
    tree = parse_one(sql, read="duckdb")
    shown = set() if all_ask else _shown(tree)
    nodes = [node for node in tree.walk() if not _only_shows(node, shown)]
    made: dict[str, Mutant] = {}
    seen: dict[str, int] = {}
    original = tree.sql(dialect="duckdb")
    for node in nodes:
        for before, after, put in _changes(node):
            text = _with(tree, node, put)
            if text == original or text in made:
                continue
            key = f"{_step(node)}: {before} → {after}"
            seen[key] = seen.get(key, 0) + 1
            made[text] = Mutant(key if seen[key] == 1 else f"{key} ({seen[key]})", _line(node, sql), text)
    return sorted(made.values(), key=lambda m: m.line)


def canonical(sql: str) -> str:
    """A query as mutants are written, unchanged."""
    return parse_one(sql, read="duckdb").sql(dialect="duckdb")


def _with(tree: exp.Expression, node: exp.Expression, put: exp.Expression | None) -> str:
    """The text of a tree with one node replaced, or taken out; the tree is left as it was."""
    parent, key, index = node.parent, node.arg_key, node.index
    assert parent is not None
    kept = list(parent.args[key]) if index is not None else None
    parent.set(key, put, index) if put is not None or index is not None else parent.set(key, None)
    text = tree.sql(dialect="duckdb")
    if kept is None:
        parent.set(key, node)
    else:
        parent.set(key, kept)
    return text


def _changes(node: exp.Expression) -> Iterator[Change]:
    yield from _dropped(node)
    yield from _swapped(node)
    yield from _compared(node)
    yield from _constants(node)
    yield from _queries(node)


def _dropped(node: exp.Expression) -> Iterator[Change]:
    """Conditions that hold always, or never; of coalesce each part taken out."""
    if (neutral := _neutral(node)) is not None:
        yield _said(node), "true" if neutral else "false", exp.Boolean(this=neutral)
    if isinstance(node, exp.Not):
        yield _said(node), _said(node.this), node.this.copy()
    if isinstance(node, exp.Is) and isinstance(node.expression, exp.Null) and not isinstance(node.parent, exp.Not):
        yield _said(node), "not null", exp.Not(this=node.copy())
    if isinstance(node, exp.Exists) and not isinstance(node.parent, exp.Not):
        yield _said(node), "not exists", exp.Not(this=node.copy())
    if isinstance(node, exp.Coalesce):
        parts = [node.this, *node.expressions]
        for place in range(len(parts)):
            rest = [part.copy() for n, part in enumerate(parts) if n != place]
            put = rest[0] if len(rest) == 1 else exp.Coalesce(this=rest[0], expressions=rest[1:])
            yield _said(node), _said(put), exp.Paren(this=put)


def _neutral(node: exp.Expression) -> bool | None:
    """What a condition is replaced by so that it asks nothing; None where the node is none."""
    parent, key = node.parent, node.arg_key
    if isinstance(node, (exp.Paren, exp.Boolean)):
        return None
    while isinstance(parent, exp.Paren):
        parent, key = parent.parent, parent.arg_key
    if isinstance(parent, exp.And) and not isinstance(node, exp.And):
        return True
    if isinstance(parent, exp.Or) and not isinstance(node, exp.Or):
        return False
    if isinstance(parent, (exp.Where, exp.Having, exp.Qualify)) or (isinstance(parent, exp.Join) and key == "on"):
        return True
    is_searched = isinstance(parent, exp.If) and key == "this" and isinstance(parent.parent, exp.Case) and not parent.parent.this
    return False if is_searched else None


def _swapped(node: exp.Expression) -> Iterator[Change]:
    if other := _SWAPPED.get(type(node)):
        put = other(**{name: _copied(value) for name, value in node.args.items() if name in other.arg_types})
        put = exp.Paren(this=put) if isinstance(put, exp.Connector) else put
        yield _said(node), _said(put), put
    if isinstance(node, exp.Ordered) and _matters(node):
        put = node.copy()
        put.set("desc", not node.args.get("desc"))
        put.set("nulls_first", None)
        yield f"order by {_said(node)}", _said(put), put


def _matters(node: exp.Ordered) -> bool:
    """Whether an order decides what is found: not that of the rows as they are shown."""
    order = node.parent
    return order is not None and not (isinstance(order.parent, exp.Query) and not order.parent.args.get("limit"))


def _compared(node: exp.Expression) -> Iterator[Change]:
    is_order = type(node) in _BOUNDARIES
    others = (_BOUNDARIES[type(node)], _REVERSED[type(node)]) if is_order else _TURNED.get(type(node), ())
    for other in others:
        put = other(this=node.this.copy(), expression=node.expression.copy())
        yield _said(node), _said(put), put
    if isinstance(node, exp.Between):
        for low, high in ((exp.GT, exp.LTE), (exp.GTE, exp.LT)):
            above = low(this=node.this.copy(), expression=node.args["low"].copy())
            put = exp.And(this=above, expression=high(this=node.this.copy(), expression=node.args["high"].copy()))
            yield _said(node), _said(put), exp.Paren(this=put)


def _constants(node: exp.Expression) -> Iterator[Change]:
    if isinstance(node, (exp.In, exp.Array)) and len(node.expressions) > 1:
        yield from _shortened(node)
    if isinstance(node, exp.Boolean):
        yield f"{_said(node)} in {_around(node)}", "the other", exp.Boolean(this=not node.this)
    if isinstance(node, exp.Var) and node.arg_key == "unit" and (unit := _UNITS.get(node.name.upper().removesuffix("S"))):
        yield f"{_said(node)} in {_around(node)}", unit.lower(), exp.var(unit)
    if isinstance(node, exp.Func) and _said(node).partition("(")[0] in _UNIT_NAMES:
        name, _, rest = node.sql(dialect="duckdb").partition("(")
        yield _said(node), _UNIT_NAMES[name.lower()], parse_one(f"{_UNIT_NAMES[name.lower()]}({rest}", read="duckdb")
    if isinstance(node, exp.Literal) and (other := _other(node)) is not None:
        yield f"{_said(node)} in {_around(node)}", _said(other), other


def _shortened(node: exp.Expression) -> Iterator[Change]:
    """A list without each of its constants."""
    for place, part in enumerate(node.expressions):
        if isinstance(part, (exp.Literal, exp.Cast)):
            put = node.copy()
            put.set("expressions", [e for n, e in enumerate(put.expressions) if n != place])
            yield f"{_said(part)} in {_said(node)}", "dropped", put


def _other(node: exp.Literal) -> exp.Literal | None:
    """Another constant in the place of one that is compared or counted with."""
    parent = node.parent
    if isinstance(parent, exp.Interval) or not node.is_string:
        return exp.Literal(this=str(int(node.this) + 1), is_string=node.is_string) if node.this.isdigit() else None
    if isinstance(parent, exp.Cast):
        return _moved(node)
    is_case = isinstance(parent, exp.If) and node.arg_key == "this"
    alone = isinstance(parent, (exp.In, exp.Array)) and len(parent.expressions) == 1
    return exp.Literal.string(_OTHER) if isinstance(parent, _COMPARED) or is_case or alone else None


def _moved(node: exp.Literal) -> exp.Literal | None:
    """A day, or an instant, a day later."""
    try:
        kind: type[date] = date if len(node.this) == 10 else datetime
        return exp.Literal.string((kind.fromisoformat(node.this) + timedelta(days=1)).isoformat())
    except (ValueError, OverflowError):
        return None


def _queries(node: exp.Expression) -> Iterator[Change]:
    """Of a select, and what it reads: the outer join, what is distinct, what a window is over, what is filtered."""
    if isinstance(node, exp.Join) and node.args.get("side") in ("LEFT", "FULL"):
        put = node.copy()
        put.set("side", None)
        yield f"{node.args['side'].lower()} join {_said(node.this)}", "inner join", put
    if isinstance(node, exp.Distinct) and not _is_set(node.parent):
        yield f"distinct {_around(node)}", "not distinct", None if node.arg_key == "distinct" else node.expressions[0].copy()
    if isinstance(node, exp.Union) and node.args.get("distinct"):
        put = node.copy()
        put.set("distinct", False)
        yield "union", "union all", put
    if isinstance(node, exp.Filter):
        yield _said(node), _said(node.this), node.this.copy()
    if isinstance(node, exp.Window) and node.args.get("partition_by"):
        for place, part in enumerate(node.args["partition_by"]):
            put = node.copy()
            put.set("partition_by", [p for n, p in enumerate(put.args["partition_by"]) if n != place] or None)
            yield f"partition by {_said(part)} in {_said(node)}", "dropped", put


def _is_set(node: exp.Expression | None) -> bool:
    """Whether a select is only asked what is in it, however often."""
    return (
        isinstance(node, exp.Select)
        and isinstance(node.parent, (exp.In, exp.Exists, exp.Subquery))
        and (isinstance(node.parent, (exp.In, exp.Exists)) or isinstance(node.parent.parent, (exp.In, exp.Exists)))
    )


def _copied(value: object) -> object:
    if isinstance(value, list):
        return [_copied(each) for each in value]
    return value.copy() if isinstance(value, exp.Expression) else value


def _shown(tree: exp.Expression) -> set[str]:
    """The columns of steps that only evidence asks for: their names stand nowhere else."""
    evidence = {id(part) for part in _evidence(tree)}
    asked: set[str] = set()
    for column in tree.find_all(exp.Column):
        if not any(id(up) in evidence for up in _ancestors(column)):
            asked.add(column.name)
    return {alias.alias for alias in tree.find_all(exp.Alias)} - asked


def _evidence(tree: exp.Expression) -> list[exp.Expression]:
    """What the last select gives behind the reason, but for met_at."""
    last = tree
    while isinstance(last, exp.SetOperation):
        last = last.this
    names = [part.alias_or_name for part in last.expressions]
    if "reason" not in names:
        return []
    behind = last.expressions[names.index("reason") + 1 :]
    return [part for part in behind if part.alias_or_name != "met_at"]


def _only_shows(node: exp.Expression, shown: set[str]) -> bool:
    """Whether a node stands in what the last select only shows, or in a step's column that nothing asks for."""
    evidence = {id(part) for part in _evidence(node.root())}
    for up in _ancestors(node):
        if id(up) in evidence:
            return True
        if isinstance(up, exp.Alias) and up.alias in shown and isinstance(up.parent, exp.Select) and up.parent.parent is not None:
            return True
    return node.parent is None


def _ancestors(node: exp.Expression) -> Iterator[exp.Expression]:
    up: exp.Expression | None = node
    while up is not None:
        yield up
        up = up.parent


def _step(node: exp.Expression) -> str:
    """The step that a node stands in; the last select has no name."""
    step = node.find_ancestor(exp.CTE)
    return step.alias if step is not None else "last"


def _around(node: exp.Expression) -> str:
    """The expression that a constant stands in."""
    up = node.parent
    while isinstance(up, (exp.Interval, exp.Cast, exp.Paren, exp.Neg)):
        up = up.parent
    return _said(up) if up is not None else ""


def _line(node: exp.Expression, sql: str) -> int:
    """The line of the first name in a piece, or of what it stands in: sqlglot tells where names stand, but not on which line."""
    starts = [found.meta["start"] for found in node.find_all(exp.Identifier) if "start" in found.meta]
    if starts:
        return sql.count("\n", 0, min(starts)) + 1
    return _line(node.parent, sql) if node.parent is not None else 1


def _said(node: exp.Expression) -> str:
    """A piece of a query in a line, in small letters as we write it."""
    text = " ".join(node.sql(dialect="duckdb", comments=False).split())
    return "".join(part if part.startswith("'") else part.lower() for part in re.split(r"('(?:[^']|'')*')", text))
