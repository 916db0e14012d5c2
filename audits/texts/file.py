"""A text's file as it is written: tables of keys and values, each behind its comments."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable
from typing import Any

_LINE = 130


def table(name: str, comments: Iterable[str], keys: dict[str, Any]) -> str:
    """One of several tables of a name."""
    return "\n".join([*map(comment, comments), f"[[{name}]]", *(pair(key, value) for key, value in keys.items())])


def pair(key: str, value: Any) -> str:
    """A key and its value."""
    line = f"{key} = {written(value)}"
    if not isinstance(value, list) or len(line) <= _LINE:
        return line
    entries = ", ".join(written(each).replace(" ", "\N{NO-BREAK SPACE}") for each in value)  # no line breaks in an entry
    lines = textwrap.wrap(entries, _LINE - 4, break_long_words=False, break_on_hyphens=False)
    return "\n".join([f"{key} = [", *(f"    {each}".replace("\N{NO-BREAK SPACE}", " ") for each in lines), "]"])


def written(value: Any) -> str:
    """JSON's strings are TOML's, but for one control character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def comment(said: str) -> str:
    """A comment; what no printer prints may not stand in one."""
    return f"# {''.join(c for c in said if c.isprintable())}"
