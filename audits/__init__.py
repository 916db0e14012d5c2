"""Measure on a DuckDB export whether a company keeps the promises of its privacy policy.

A notebook imports `Audit` and `Period`, and `charts`, `tables` and `leadership` to show what an audit found. Each is loaded when
it is first asked for: a command that draws nothing does not wait for what draws.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from audits.explore.audit import Audit
    from audits.law.period import Period
    from audits.show import charts, leadership, tables

__all__ = ["Audit", "Period", "charts", "leadership", "tables"]

_PLACES = {"Audit": "audits.explore.audit", "Period": "audits.law.period"}


def __getattr__(name: str) -> Any:
    if name in _PLACES:
        return getattr(import_module(_PLACES[name]), name)
    if name in __all__:
        return import_module(f"audits.show.{name}")
    raise AttributeError(f"module 'audits' has no attribute {name!r}")
