"""Measure on a DuckDB export whether a company keeps the promises of its privacy policy.

A notebook imports `Audit` and `Period`, and `charts` and `tables` to show what an audit found.
"""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path
from typing import Literal

import duckdb
import pandas as pd

from audits.contract.export import Export, open_export
from audits.controls.control import Control, find
from audits.errors import Unusable, first_line
from audits.evaluation.evaluate import evaluate as _evaluate
from audits.evaluation.results import Results, Run
from audits.law.period import Period
from audits.record import Record
from audits.view import View

__all__ = ["Audit", "Period"]

Audience = Literal["leadership", "auditor"]


class Audit:
    """The results of one run, for a reader.

    With `results`, the path of a run's results file, nothing is computed here, and every notebook of a run shows the same
    figures. Without it, the controls are evaluated on `export` now: a DuckDB file, a Parquet or CSV file or folder, or "sample";
    None is what `audits lab` was given, or else the sample.
    `audience` is "auditor", who sees record keys, or "leadership", who sees keyed hashes in their place, and where counts are
    broken down no number below `suppress_below`, the others rounded to multiples of it, so that none can be had by subtraction.
    Raises Unusable with one line when the export, the period or the results cannot be used.

    To explore: `audit.view("request_handled_in_thirty_days")`, `audit.record("…")`, `audit.sql("from requests")`.
    """

    def __init__(
        self,
        export: str | Path | None = None,
        results: str | Path | None = None,
        period: str | None = None,
        as_of: str | None = None,
        audience: Audience = "auditor",
        adapter: str | Path | None = None,
        suppress_below: int = 5,
    ) -> None:
        self.audience = audience
        self.least = suppress_below if audience == "leadership" else 0
        self._asked = (export, adapter, as_of) if export else _of_the_lab(adapter, as_of)
        self.results = Results.open(Path(results)) if results else self._evaluated(period)

    def _repr_html_(self) -> str:
        from audits import tables

        return tables.scorecard(self, self.results.controls).html

    def __repr__(self) -> str:
        from audits import tables

        return tables.scorecard(self, self.results.controls).text

    @property
    def run(self) -> Run:
        """When, on what and for which period the controls were evaluated."""
        return self.results.run

    @property
    def period(self) -> Period:
        """The period of the run."""
        return Period.parse(self.run.period)

    def controls(self, *sections: str) -> list[str]:
        """The ids of the run's controls of these sections (folders of audits/controls), in order of section, then of id."""
        found = self.results.controls.values()
        return [c.control_id for section in sections for c in found if c.section == section]

    @property
    def names_records(self) -> bool:
        """Whether the reader may see record keys."""
        return self.audience == "auditor"

    def control(self, control_id: str) -> Control:
        """A control, to be shown with its rule, parameters, reasons and query; raises Unusable naming the nearest."""
        return find(control_id)

    def view(self, control_id: str) -> View:
        """A control's findings in the run's period, to be narrowed, moved to another period, and asked what if."""
        return View(self._export, find(control_id), self.period)

    def record(self, record_id: str) -> Record:
        """Everything the export holds about a record's person, in tables and on one timeline."""
        return Record(self._export, record_id)

    def sql(self, query: str, **values: object) -> pd.DataFrame:
        """The rows of a query over the contract's tables and `results`; `$name` stands for a value given by name.

        It only reads, and the connection is sealed: no file, no other database, no setting. Raises Unusable in one line.
        """
        try:
            if [s.type for s in duckdb.extract_statements(query)] != [duckdb.StatementType.SELECT]:
                raise Unusable("sql: one statement is run, which reads: select …, from …, describe …, summarize …")
            return self._export.con.execute(query, values or {}).df()
        except duckdb.Error as error:
            raise Unusable(f"sql: {first_line(error)}") from error

    @property
    def _export(self) -> Export:
        if not self.names_records:
            raise Unusable("exploring shows record keys, which leadership does not see: Audit(audience='auditor')")
        return self._opened

    @cached_property
    def _opened(self) -> Export:
        return open_export(*self._asked)

    def _evaluated(self, period: str | None) -> Results:
        opened, adapter = self._opened, self._asked[1]
        _evaluate(
            opened,
            Period.parse(period) if period else Period.last_whole_month(opened.today),
            adapter=Path(adapter) if adapter else None,
        )
        return Results.of(opened)


def _of_the_lab(adapter: str | Path | None, as_of: str | None) -> tuple[str | Path, str | Path | None, str | None]:
    """Export, adapter and instant as `audits lab` was given them."""
    given = os.environ.get
    return given("AUDITS_EXPORT", "sample"), adapter or given("AUDITS_ADAPTER"), as_of or given("AUDITS_AS_OF")
