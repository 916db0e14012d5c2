"""Measure on a DuckDB export whether a company keeps the promises of its privacy policy.

A notebook imports `Audit` and `Period`, and `charts` and `tables` to show what an audit found.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from audits.evaluate import evaluate as _evaluate
from audits.export import open_export
from audits.period import Period
from audits.results import Results, Run

__all__ = ["Audit", "Period"]

Audience = Literal["leadership", "auditor"]


class Audit:
    """The results of one run, for a reader.

    With `results`, the path of a run's results file, nothing is computed here, and every notebook of a run shows the same
    figures. Without it, the controls are evaluated on `export` now: a DuckDB file, a Parquet or CSV file or folder, or "sample".
    `audience` is "auditor", who sees record keys, or "leadership", who sees keyed hashes in their place, and where counts are
    broken down no number below `suppress_below`, the others rounded to multiples of it, so that none can be had by subtraction.
    Raises Unusable with one line when the export, the period or the results cannot be used.
    """

    def __init__(
        self,
        export: str | Path = "sample",
        results: str | Path | None = None,
        period: str | None = None,
        as_of: str | None = None,
        audience: Audience = "auditor",
        adapter: str | Path | None = None,
        suppress_below: int = 5,
    ) -> None:
        self.audience = audience
        self.least = suppress_below if audience == "leadership" else 0
        self.results = Results.open(Path(results)) if results else _evaluated(export, period, as_of, adapter)

    @property
    def run(self) -> Run:
        """When, on what and for which period the controls were evaluated."""
        return self.results.run

    def controls(self, *sections: str) -> list[str]:
        """The ids of the run's controls of these sections (folders of audits/controls), in order of section, then of id."""
        found = self.results.controls.values()
        return [c.control_id for section in sections for c in found if c.section == section]

    @property
    def names_records(self) -> bool:
        """Whether the reader may see record keys."""
        return self.audience == "auditor"


def _evaluated(export: str | Path, period: str | None, as_of: str | None, adapter: str | Path | None) -> Results:
    opened = open_export(export, adapter, as_of)
    chosen = Period.parse(period) if period else Period.last_whole_month(opened.today)
    _evaluate(opened, chosen, adapter=Path(adapter) if adapter else None)
    return Results.of(opened)
