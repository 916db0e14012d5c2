"""What a query does, as the engine's own parser reads it: nothing but select, or what else.

The engine calls a statement a SELECT that deletes in its WITH, or that hands a text to a function that runs it on a connection of
its own. So what a query calls is looked at, not what it is called.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import duckdb

from audits.contract.engine import one

_QUERIES = {"SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE", "CTE_NODE"}
# Table functions that make rows of their arguments; others read files, settings or the catalogue, or run SQL that is a text.
_TABLE_FUNCTIONS = {"unnest", "range", "generate_series", "json_each", "json_tree", "repeat", "repeat_row"}

_CLOCKS_AND_LOTS = {
    *("now", "today", "get_current_timestamp", "get_current_time", "current_localtime", "current_localtimestamp"),
    *("transaction_timestamp", "random", "setseed", "uuid", "uuidv4", "uuidv7", "gen_random_uuid", "nextval"),
}
_CLOCKS = {"current_date", "current_time", "current_timestamp", "localtime", "localtimestamp"}  # that are written as columns are


class TooDeep(Exception):
    """A query lies too deep in itself for the parser's answer to be read."""


def parsed(con: duckdb.DuckDBPyConnection, query: str) -> Any:
    """A query as the parser reads it; None where it is none, or more than one. Raises TooDeep."""
    try:
        read = json.loads(one(con, "select json_serialize_sql(?)", query))
    except (RecursionError, duckdb.Error) as error:
        raise TooDeep from error
    return None if read["error"] or len(read["statements"]) != 1 else read


def does_more(read: Any) -> str | None:
    """The function that a query calls and may not; '' where it does more than select; None where it only selects.

    A macro of the export's own file (`source`) may do anything, and its name says nothing.
    """
    for node in nodes(read):
        kind = node.get("type")
        if isinstance(kind, str) and kind.endswith("_NODE") and kind not in _QUERIES:
            return ""
        if kind == "TABLE_FUNCTION" and node["function"]["function_name"] not in _TABLE_FUNCTIONS:
            return str(node["function"]["function_name"])
        if "function_name" in node and [part.lower() for part in node["qualified_name"]["path"][:1]] == ["source"]:
            return f"source.{node['function_name']}"
    return None


def by_clock_or_lot(read: Any) -> str:
    """What of a query gives another answer whenever it is run, a clock or a lot; '' if nothing does."""
    for node in nodes(read):
        if node.get("sample"):
            return "a sample"
        called, columns = node.get("function_name") or "", node.get("column_names") or []
        if called.lower() in _CLOCKS_AND_LOTS or (called == "age" and len(node["arguments"]) == 1):
            return f"{called}()"
        if len(columns) == 1 and columns[0].lower() in _CLOCKS:
            return str(columns[0])
    return ""


def nodes(read: Any) -> Iterator[dict[str, Any]]:
    """Every node of what the parser made of a query."""
    waiting = [read]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            yield part
            waiting.extend(part.values())
        elif isinstance(part, list):
            waiting.extend(part)
