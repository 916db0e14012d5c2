"""On which facts of law a query rests: those that it names, by itself or by what the law makes of rows (its views)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from audits.law import reference

_FOLDER = Path(__file__).parent
_MADE = re.compile(r"^create (?:or replace )?(?:table|view|macro) (\w+)", re.MULTILINE)

# What Python makes of facts (calendars.py): the calendars of the places whose law asks for working days.
_BY_PYTHON = {"place_calendars": frozenset({"deadlines"})}


def facts(sql: str) -> frozenset[str]:
    """The reference tables that a query rests on: rather one too many, since a name is taken for a table wherever it stands."""
    made, found = _law(), set[str]()
    waiting = set(_words(sql) & made.keys())
    while waiting:
        name = waiting.pop()
        found.add(name)
        waiting |= made[name] - found
    return frozenset(found & reference.KEYS.keys())


def unread(sql: str, faults: Mapping[str, str]) -> str:
    """What is wrong with the first of those tables that could not be read; '' where it rests on none."""
    return next((faults[table] for table in sorted(facts(sql) & faults.keys())), "")


@cache
def _law() -> Mapping[str, frozenset[str]]:
    """What each table and view of the law's names of them."""
    files = [*sorted(_FOLDER.glob("*.sql")), reference.FOLDER / "tables.sql"]
    found = dict(_BY_PYTHON)
    for file in files:
        parts = _MADE.split(file.read_text(encoding="utf-8"))[1:]
        for name, body in zip(parts[::2], parts[1::2], strict=True):
            found[name] = found.get(name, frozenset()) | _words(body)
    return {name: words & found.keys() for name, words in found.items()}


def _words(sql: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", re.sub(r"--.*", "", sql)))
