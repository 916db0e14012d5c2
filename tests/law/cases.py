"""Worked examples of what the law makes of an export, by the view that shows it (data/): each row of the view, and what it must hold.

`rules` and `adequacy` take the place of our tables of them, and say of themselves only what matters; "" says that a cell is empty.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from audits.contract.export import Export
from audits.law import reference
from audits.law.opening import open_rows

from ..conftest import WORKSPACE

_FOLDER = Path(__file__).with_name("data")
_KEYS = {
    "requests_with_due_dates": "request_id",
    "unclear_merges": "request_id",
    "told_elsewhere": "concat(request_id, '_', other_id)",
    "received_requests": "request_id",
    "request_steps": "concat(request_id, '_', seq)",
    "transfers": "disclosure_id",
    "consent_ends": "consent_id",
    "known_until": "table_name",
    "quarters": "quarter",
}
_MANY = ("table_name", "quarter")  # of these rows only those that are named are looked at
_SOURCE = {"source": "s", "checked": "c"}
_RULE = {"rule_set": "statute", "jurisdiction": "*", "request_type": "*", **_SOURCE}


@dataclass(frozen=True)
class Case:
    """An export, and what a view of the law gives for it."""

    view: str
    name: str
    told: dict[str, Any]

    def opened(self) -> Export:
        """Its export, opened as a run opens one."""
        rules = [{**_RULE, **rule} for rule in self.told["rules"]] if "rules" in self.told else None
        export = open_rows(WORKSPACE.contract, self.told["given"], str(self.told["as_of"]), self.told.get("zone", "UTC"), rules)
        if "adequacy" in self.told:
            reference.replace(export.con, "adequacy", [{**_SOURCE, **row} for row in self.told["adequacy"]])
        return export

    def unlike(self, export: Export) -> list[str]:
        """Where the view is not as the case states, a line each."""
        key = _KEYS[self.view]
        where = f"rule_set = '{self.told.get('rule_set', 'statute')}'" if self.view == "requests_with_due_dates" else "true"
        result = export.con.execute(f"select *, {key} as named from main.{self.view} where {where}")
        names = [d[0] for d in result.description]
        rows = [dict(zip(names, row, strict=True)) for row in result.fetchall()]
        expect = self.told["expect"]
        found = sorted(str(row["named"]) for row in rows if key not in _MANY or str(row["named"]) in expect)
        if found != sorted(expect):
            return [f"rows {found}, expected {sorted(expect)}"]
        return [line for row in rows for line in _unlike(row, row["named"], expect.get(str(row["named"]), {}))]


def _unlike(row: dict[str, Any], name: str, told: dict[str, Any]) -> Iterator[str]:
    for column, value in told.items():
        if row[column] != (None if value == "" else value):
            yield f"{name}: {column} is {row[column]!r}, expected {value!r}"


def cases(view: str = "*") -> list[Case]:
    """All of them, or those of a view, those first that state most."""
    found = []
    for file in sorted(_FOLDER.glob(f"{view}.toml")):
        told = tomllib.loads(file.read_text(encoding="utf-8"))
        shared = {name: value for name, value in told.items() if not isinstance(value, dict)}
        found += [Case(file.stem, name, {**shared, **each}) for name, each in told.items() if isinstance(each, dict)]
    return sorted(found, key=lambda case: -sum(map(len, case.told["expect"].values())))
