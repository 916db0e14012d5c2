"""An adapter: `create view` statements of the user's own that map tables of other names onto the contract."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb

from audits.errors import Unusable, first_line


def views(adapter: str | Path | None) -> list[str]:
    """The statements of an adapter; refuses all but `create view`."""
    if adapter is None:
        return []
    path = Path(adapter)
    try:
        statements = duckdb.extract_statements(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise Unusable(f"adapter {path}: cannot be read: {getattr(error, 'strerror', None) or error}") from error
    except duckdb.Error as error:
        raise Unusable(f"adapter {path}: {first_line(error)}") from error
    for statement in statements:
        text = re.sub(r"--[^\n]*|/\*.*?\*/", " ", statement.query, flags=re.S).strip()
        if not re.match(r"create\s+(or\s+replace\s+)?view\s", text, flags=re.I):
            raise Unusable(f"adapter {path}: only `create view` statements are allowed, not: {text.split(';')[0][:60]}")
    return [s.query for s in statements]


def adapt(con: duckdb.DuckDBPyConnection, statements: list[str], adapter: str | Path | None) -> None:
    """Create the views in schema `adapted`; raises Unusable naming the adapter where one cannot be."""
    con.execute("create schema memory.adapted")
    con.execute("use memory.adapted")
    try:
        for statement in statements:
            con.execute(statement)
    except duckdb.Error as error:
        raise Unusable(f"adapter {adapter}: {first_line(error)}") from error
    finally:
        con.execute("use memory.main")
