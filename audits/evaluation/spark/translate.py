"""The queries of the files, as Spark reads them: sqlglot carries most, and what it cannot know stands here, each with its reason.

Whatever would answer otherwise there, or may, is written out so that it cannot: an error of Spark's is a failure that is seen,
another answer is not.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from audits.errors import first_line

# What the engine calls infinity, in microseconds of the epoch: so it stands in Parquet, and so it is compared.
_INFINITY = 2**63 - 1
# Between a schema's name and a table's.
APART = "__"
# Parts of an interval, in the order of make_interval.
_PARTS = ("YEAR", "MONTH", "WEEK", "DAY", "HOUR", "MINUTE", "SECOND")
_TO_PART = {f"TO_{part}S": part for part in _PARTS}


class Untranslatable(Exception):
    """A query says something of which nobody has shown that Spark answers the same."""


@cache
def translated(sql: str) -> str:
    """A query of DuckDB's as Spark's, `$name` as `:name`; raises Untranslatable."""
    try:
        return spark(sqlglot.parse_one(sql, read="duckdb"))
    except SqlglotError as error:
        raise Untranslatable(first_line(error)) from error


@cache
def recursions(sql: str) -> dict[str, str]:
    """The steps of a query that read themselves, by name, each as DuckDB's query: Spark takes no distinct union there."""
    tree = sqlglot.parse_one(sql, read="duckdb")
    found = {}
    for steps in tree.find_all(exp.With):
        for place, step in enumerate(steps.expressions):
            if _reads_itself(step):
                before = exp.With(expressions=[each.copy() for each in steps.expressions[: place + 1]], recursive=True)
                found[step.alias] = f"{before.sql('duckdb')} select * from {step.alias}"
    return found


def _reads_itself(step: exp.Expr) -> bool:
    return any(table.name == step.alias for table in step.this.find_all(exp.Table))


def _without_recursion(node: exp.Expr) -> exp.Expr:
    """What reads itself was worked out before, and is a table."""
    if isinstance(node, exp.With) and node.args.get("recursive"):
        node.set("expressions", [step for step in node.expressions if not _reads_itself(step)])
        node.set("recursive", False)
    return node


def spark(tree: exp.Expr) -> str:
    """A parsed query of DuckDB's as Spark's."""
    for change in _CHANGES:
        tree = _throughout(tree, change)
    return tree.sql(dialect="spark", unsupported_level=sqlglot.ErrorLevel.RAISE)


def _throughout(tree: exp.Expr, change: Callable[[exp.Expr], exp.Expr]) -> exp.Expr:
    """Change every part, the innermost first."""
    for node in reversed(list(tree.walk(bfs=True))):
        made = change(node)
        if node is tree:
            tree = made
        elif made is not node:
            node.replace(made)
    return tree


@cache
def views(sql: str) -> dict[str, str]:
    """The views that a file creates, by name, in its order, each as Spark's query; one that recurses is left to DuckDB.

    In such a one Spark takes no union of what is distinct.
    """
    made = [tree for tree in sqlglot.parse(sql, read="duckdb") if isinstance(tree, exp.Create) and tree.kind == "VIEW"]
    return {
        tree.this.name: spark(tree.expression)
        for tree in made
        if not any(w.args.get("recursive") for w in tree.find_all(exp.With))
    }


@cache
def type_of(kind: str) -> str:
    """A type of DuckDB's as Spark's."""
    return exp.DataType.build(kind, dialect="duckdb").sql(dialect="spark")


def _sql(text: str, **parts: exp.Expr) -> exp.Expr:
    """Spark's SQL as a tree, with parts put in the place of their names."""
    tree = sqlglot.parse_one(text, read="spark")
    named = lambda node: parts[node.name].copy() if isinstance(node, exp.Column) and node.name in parts else node  # noqa: E731
    return tree.transform(named)


def _bound(node: exp.Expr) -> exp.Expr:
    """Values are bound in both, by another sign."""
    return exp.Placeholder(this=node.name) if isinstance(node, exp.Parameter) else node


def _here(node: exp.Expr) -> exp.Expr:
    """Every view is in one place there: `door.requests` is called door__requests."""
    if isinstance(node, exp.Table) and node.db:
        if node.db != "main":
            node.set("this", exp.to_identifier(f"{node.db}{APART}{node.name}"))
        node.set("db", None)
    return node


def _replaced(node: exp.Expr) -> exp.Expr:
    """Spark can leave columns out of a star, and not replace them: they are left out, and stand behind it."""
    if not isinstance(node, exp.Select):
        return node
    columns: list[exp.Expr] = []
    for column in node.expressions:
        star = column if isinstance(column, exp.Star) else column.this if isinstance(column, exp.Column) else None
        instead = star.args.get("replace") if isinstance(star, exp.Star) else None
        columns.append(column)
        if star is not None and instead:
            star.set("except_", [*(star.args.get("except_") or []), *(exp.column(each.alias) for each in instead)])
            star.set("replace", None)
            columns += instead
    node.set("expressions", columns)
    return node


def _asked_in(node: exp.Expr) -> exp.Expr:
    """`x in (select …)` is never NULL in Spark but where it alone decides which rows stay, nor is `not in`: said in full."""
    query = node.args.get("query") if isinstance(node, exp.In) else None
    if isinstance(node, exp.In) and node.args.get("field"):  # a list that is bound
        return _sql("array_contains(cast(__list as array<string>), __x)", __list=node.args["field"], __x=node.this)
    if query is None or _only_filters(node):
        return node
    asked = query.this if isinstance(query, exp.Subquery) else query
    if isinstance(node.this, exp.Tuple) or len(asked.selects) != 1:
        raise Untranslatable("IN over several columns")
    columns = [exp.to_identifier("_value")]
    held = exp.Subquery(this=asked.copy(), alias=exp.TableAlias(this=exp.to_identifier("_held"), columns=columns))
    text = """
        case when exists(select 1 from __held where _held._value = __x) then true
             when __x is null and exists(select 1 from __held) then null
             when exists(select 1 from __held where _held._value is null) then null
             else false end
    """
    return exp.paren(_sql(text.replace("__held", "__table"), __x=node.this).transform(_from(held)))


def _from(held: exp.Expr) -> Callable[[exp.Expr], exp.Expr]:
    return lambda node: held.copy() if isinstance(node, exp.Table) and node.name == "__table" else node


def _only_filters(node: exp.Expr) -> bool:
    """Whether NULL and false are one here: it stands under nothing but AND and OR of a WHERE; what is denied, under AND alone."""
    above: exp.Expr | None = node.parent
    joined: tuple[type[exp.Expr], ...] = (exp.And, exp.Or, exp.Paren)
    if isinstance(above, exp.Not):
        above, joined = above.parent, (exp.And, exp.Paren)
    while above is not None and isinstance(above, joined):
        above = above.parent
    return isinstance(above, exp.Where)


def _interval(node: exp.Expr) -> exp.Expr:
    """Spark's own intervals of hours count 24 of them as a day of the calendar, 23 or 25 hours long when clocks change."""
    if isinstance(node, exp.Interval):
        return _made(node.text("unit").upper().removesuffix("S"), node.this)
    if isinstance(node, exp.Func):
        name = (node.name if isinstance(node, exp.Anonymous) else node.sql_name()).upper()
        name = {"TODAYS": "TO_DAYS", "TOMONTHS": "TO_MONTHS"}.get(name, name)
        if name in _TO_PART:
            return _made(_TO_PART[name], node.expressions[0] if isinstance(node, exp.Anonymous) else node.this)
    return node


def _made(part: str, count: exp.Expr) -> exp.Expr:
    number = exp.Literal.number(count.name) if isinstance(count, exp.Literal) else count.copy()
    if part == "MICROSECOND":
        part, number = "SECOND", exp.Literal.number(f"{int(number.name) / 1_000_000:.6f}")
    if part not in _PARTS:
        raise Untranslatable(f"an interval of {part.lower()}s")
    zeros: list[exp.Expr] = [exp.Literal.number(0) for _ in _PARTS]
    zeros[_PARTS.index(part)] = number
    return exp.Anonymous(this="make_interval", expressions=zeros)


def _infinity(node: exp.Expr) -> exp.Expr:
    """Spark has no infinity; the same number of microseconds lies behind every instant there as well."""
    if not (isinstance(node, exp.Literal) and node.is_string and node.name in ("infinity", "-infinity")):
        return node
    if isinstance(node.parent, exp.Cast) and not node.parent.is_type("timestamptz"):
        raise Untranslatable("infinity that is no instant")
    return _sql(f"timestamp_micros({'-' if node.name[0] == '-' else ''}{_INFINITY}L)")


def _element(node: exp.Expr) -> exp.Expr:
    """The first element is 1, and what is not there is NULL; Spark counts brackets from 0, and fails."""
    if isinstance(node, exp.Bracket) and len(node.expressions) == 1:
        place = node.expressions[0]  # sqlglot has made it count from 0
        return _sql("get(__list, __place)", __list=node.this, __place=place)
    return node


def _aggregated(node: exp.Expr) -> exp.Expr:
    """What DuckDB does with NULL when it puts rows together, and Spark otherwise."""
    if isinstance(node, (exp.ArgMax, exp.ArgMin)):  # of rows that have it
        name = "max_by" if isinstance(node, exp.ArgMax) else "min_by"
        return _sql(f"{name}(__x, case when __x is not null then __y end)", __x=node.this, __y=node.expression)
    return node


def _listed(node: exp.Expr) -> exp.Expr:
    """A list holds NULLs too, in the order asked for, else in one of its own; without rows it is NULL."""
    aggregate = node.this if isinstance(node, exp.Filter) else node
    if not isinstance(aggregate, exp.ArrayAgg) or (node is aggregate and isinstance(node.parent, exp.Filter)):
        return node
    inner, by = aggregate.this, []
    if isinstance(inner, exp.Order):
        inner, by = inner.this, inner.expressions
    distinct = isinstance(inner, exp.Distinct)
    value = inner.expressions[0] if distinct else inner
    if any(each.args.get("desc") for each in by) or (by and distinct):
        raise Untranslatable("a list in descending order, or a distinct one in order")
    keys = ", ".join(f"__k{n} is null, __k{n}" for n in range(len(by)))
    packed = f"collect_list({'distinct ' if distinct else ''}struct({keys}{', ' if by else ''}__x as _x))"
    named = {f"__k{n}": each.this for n, each in enumerate(by)}
    collected = _sql(packed, __x=value, **named)
    if isinstance(node, exp.Filter):
        collected = exp.Filter(this=collected, expression=node.expression.copy())
    return _sql("nullif(transform(array_sort(__all), _each -> _each._x), array())", __all=collected)


def _counted(node: exp.Expr) -> exp.Expr:
    """Boundaries between two instants or days, of which Spark counts the whole spans between them."""
    if not isinstance(node, exp.DateDiff):
        return node
    unit, later, earlier = node.text("unit").upper(), node.this, node.expression
    if unit == "SECOND":
        return _sql("unix_seconds(__a) - unix_seconds(__b)", __a=later, __b=earlier)
    if unit == "DAY" and all(map(_is_day, (later, earlier))):
        return exp.Anonymous(this="date_diff", expressions=[later.copy(), earlier.copy()])
    raise Untranslatable(f"date_diff of {unit.lower()}s between what may be instants")


def _divided(node: exp.Expr) -> exp.Expr:
    """A quotient is a double, whatever is divided; Spark cuts that of decimals off."""
    if isinstance(node, exp.Div):
        node.set("this", exp.cast(node.this.copy(), "double"))
    return node


def _written(node: exp.Expr) -> exp.Expr:
    """An instant as text, with its offset: they are named `…_at`, as everywhere here."""
    text = isinstance(node, (exp.ConcatWs, exp.Concat, exp.DPipe)) or (isinstance(node, exp.Cast) and node.to.is_type("text"))
    if text:
        for each in list(node.iter_expressions()):
            if isinstance(each, exp.Column) and each.name.endswith("_at"):
                each.replace(_sql(_TEXT, __x=each))
    return node


_TYPES = ("text", "date", "timestamptz", "int", "bigint", "boolean", "double", "array<text>")


def _cast(node: exp.Expr) -> exp.Expr:
    """Cast is to types that both have alike, and a time of day as text is what stands behind the day; no other was tried."""
    if not isinstance(node, exp.Cast) or node.is_type(*_TYPES):
        if isinstance(node, exp.Cast) and node.is_type("int", "bigint") and isinstance(node.this.unnest(), exp.Div):
            raise Untranslatable("a quotient as a whole number: it is rounded here, and cut off there")
        return node
    outer = node.parent
    if node.is_type("time") and isinstance(outer, exp.Cast) and outer.is_type("text"):
        return _sql("substring(cast(__x as string), 12)", __x=node.this)
    if node.is_type("timestamp", "timestampntz") and isinstance(outer, exp.Cast) and outer.is_type("time"):
        return node
    raise Untranslatable(f"a value as {node.to.sql('duckdb').lower()}")


def _is_day(node: exp.Expr) -> bool:
    """Whether an expression is a day as it stands: cast to one, or named `…_on`, as days are called here."""
    return (isinstance(node, exp.Cast) and node.to.is_type("date")) or node.name.endswith("_on")


_A_MICROSECOND = "make_interval(0, 0, 0, 0, 0, 0, 0.000001)"
# 2026-01-31 10:00:00+01, with what there is of a second.
_TEXT = "concat(cast(__x as string), regexp_replace(date_format(__x, 'xxx'), ':00$', ''))"
_FUNCTIONS = {
    # The macros of days.sql and due_dates.sql. Of a midnight that comes twice Spark takes the first, and of one that is skipped
    # the first instant after it, as those do.
    "START_OF_DAY": "cast(cast(__1 as date) as timestamp)",
    "END_OF_DAY": f"cast(date_add(cast(__1 as date), 1) as timestamp) - {_A_MICROSECOND}",
    "DAYS_LATER_ON": """
        case when __2 is null then __1 + cast(__3 as int)
             else cast(__1 + make_interval(0, cast(__2 as int), 0, 0, 0, 0, 0) as date) + coalesce(cast(__3 as int), 0) end
    """,
    "EXTENDED_TO_AT": "greatest(__1, least(__3, __2))",
    "EPOCH_US": "unix_micros(cast(__1 as timestamp))",
    "MAKE_TIMESTAMPTZ": "timestamp_micros(__1)",
    "LIST_HAS_ALL": "size(array_except(__2, __1)) = 0",
    "LIST_SLICE": "slice(__1, __2, greatest(__3 - __2 + 1, 0))",
    "LIST_POSITION": "array_position(__1, __2)",
    "LIST_SUM": "aggregate(__1, cast(null as bigint), (s, x) -> coalesce(s + x, s, x))",
    "LIST_BOOL_AND": "aggregate(__1, cast(null as boolean), (s, x) -> coalesce(s and x, s, x))",
    "LIST_BOOL_OR": "aggregate(__1, cast(null as boolean), (s, x) -> coalesce(s or x, s, x))",
    "LIST_MAX": "array_max(__1)",
}


def _function(node: exp.Expr) -> exp.Expr:
    """Functions that Spark has by another name, or can say in others."""
    if isinstance(node, exp.ArrayContains):  # a NULL in the list is not what is looked for
        return _sql("array_contains(array_compact(__list), __x)", __list=node.this, __x=node.expression)
    if isinstance(node, exp.ArrayOverlaps):  # NULL in both is no word that both have
        both = "case when __2 is not null then exists(__1, _word -> array_contains(__2, _word) is true) end"
        return _sql(both, __1=node.this, __2=node.expression)
    if isinstance(node, exp.Anonymous) and node.name.upper() in _FUNCTIONS:
        return _sql(_FUNCTIONS[node.name.upper()], **{f"__{n}": each for n, each in enumerate(node.expressions, 1)})
    return node


_CHANGES: tuple[Callable[[exp.Expr], exp.Expr], ...] = (
    _without_recursion, _bound, _here, _replaced, _infinity, _interval, _aggregated, _listed, _counted, _divided, _cast,
    _function, _written, _element, _asked_in,
)  # fmt: skip
