"""An audit as a notebook holds it: the results of a run, or of an evaluation made now; and the export, to be explored."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import cached_property
from pathlib import Path

import duckdb
import pandas as pd

from audits.contract.engine import reading
from audits.contract.export import Export
from audits.contract.parsed import TooDeep, does_more, parsed
from audits.controls.control import Control
from audits.controls.promise import Promise, bare
from audits.errors import Unusable, first_line
from audits.evaluation.evaluate import evaluate
from audits.evaluation.job import Job, opened
from audits.evaluation.results import Results
from audits.explore.record import Record
from audits.explore.view import View
from audits.home import Home
from audits.law.period import Period
from audits.show import display
from audits.show.reader import Audience, Reader
from audits.words import spoken
from audits.workspace import Workspace


class Audit(Reader):
    """The results of one run, for a reader.

    With `results`, the path of a run's results file, nothing is computed here, and every notebook of a run shows the same
    figures. Without it, the promises are evaluated on `export` now: a DuckDB file, a file or folder of tables, or "sample";
    None is what `audits lab` was given, or else the workspace's export with its adapter, or the sample.
    `audience` is "auditor", who sees record keys, or "leadership", who sees keyed hashes in their place, and where counts are
    broken down no number below `suppress_below`, the others rounded to multiples of it, so that none can be had by subtraction.
    `workspace` has the texts and controls; without it, the one that is found (home.py), or the sample's.
    Raises Unusable with one line when the export, the period or the results cannot be used.

    To explore: `audit.view("request_handled_in_time")`, `audit.record("…")`, `audit.sql("from requests")`.
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
        workspace: Workspace | None = None,
    ) -> None:
        display.register()
        self.workspace = workspace or Workspace.here()
        asked = Job(str(export), _path(adapter), as_of=as_of) if export else _at_home(self.workspace.home, _path(adapter), as_of)
        self._asked = asked.of(Period.parse(period)) if period else asked
        renamed = self.workspace.catalogue.renamed if results else {}
        super().__init__(Results.open(Path(results), renamed) if results else self._evaluated(period), audience, suppress_below)

    def control(self, name: str) -> Control:
        """A control, to be shown with its rule, parameters, reasons and query; raises Unusable naming the nearest."""
        return self.workspace.catalogue.find(name)

    def unpromised(self, name: str) -> str | None:
        """What a control of that name tests, where the results have no promise of it."""
        known = self.workspace.catalogue
        return bare(known[name]).said_in(spoken()).title if name in known else None

    def promise(self, name: str) -> Promise:
        """A promise, with the values it has, by its id, its name, or its control's id; raises Unusable naming the nearest."""
        return self.workspace.one(name)

    def view(self, name: str) -> View:
        """A promise's findings in the run's period, to be narrowed, moved to another period, and asked what if."""
        return View(self._export, self.promise(name), self.period)

    def record(self, record_id: str) -> Record:
        """Everything the export holds about a record's person, in tables and on one timeline."""
        return Record(self._export, record_id)

    def sql(self, query: str, **values: object) -> pd.DataFrame:
        """The rows of a query over the contract's tables and `results`; `$name` stands for a value given by name.

        It only reads, which the engine sees to (engine.reading), and the connection is sealed: no file, no other database, no
        setting. Raises Unusable in one line.
        """
        con = self._export.con
        try:
            if len(duckdb.extract_statements(query)) != 1 or (read := parsed(con, query)) is None:
                raise Unusable("sql: one statement is run, which reads: select …, from …, describe …, summarize …")
            if more := does_more(read):
                raise Unusable(f"sql: {more} reads elsewhere than in the contract's tables and `results`")
            with reading(con):
                return con.execute(query, values or {}).df()
        except TooDeep as error:
            raise Unusable("sql: lies too deep in itself to be read; divide it into several") from error
        except duckdb.Error as error:
            raise Unusable(f"sql: {first_line(error)}") from error

    def is_free(self, column: str) -> bool:
        """Whether the contract lets any text stand in a column; of those that it does not know, all but the law's places."""
        found = [c for table in self.workspace.contract.values() for c in table.columns if c.name == column]
        free = [c for c in found if c.type.startswith("VARCHAR") and not c.values and not c.known_by]
        return bool(free) or (not found and column != "jurisdiction")

    @cached_property
    def words(self) -> frozenset[str]:
        """The contract's tables and words, and what the texts name in their lists."""
        tables, texts = self.workspace.contract, self.workspace.texts
        named = [words for text in texts for words in (text.addresses, *text.lists.values())]
        return frozenset(tables).union(*named, *(c.values for table in tables.values() for c in table.columns))

    @property
    def _export(self) -> Export:
        if not self.names_records:
            raise Unusable("exploring shows record keys, which leadership does not see: Audit(audience='auditor')")
        return self._opened

    @cached_property
    def _opened(self) -> Export:
        return opened(self.workspace, replace(self._asked, reference=self.workspace.home.law))[0]

    def _evaluated(self, period: str | None) -> Results:
        self.workspace.must_be_sure()
        export = self._opened
        asked = Period.parse(period) if period else Period.last_whole_month(export.today)
        evaluate(export, asked, list(self.workspace.promises.values()), self.workspace.texts)
        return Results.of(export)


def _at_home(home: Home, adapter: Path | None, as_of: str | None) -> Job:
    """What is audited where no export is named: what `audits lab` was given, or else what the workspace has."""
    given = os.environ.get
    of_the_lab = given("AUDITS_EXPORT")
    own = _path(given("AUDITS_ADAPTER")) if of_the_lab else home.path(home.adapter)
    return Job(of_the_lab or home.exported, adapter or own, as_of=as_of or given("AUDITS_AS_OF"))


def _path(name: str | Path | None) -> Path | None:
    return Path(name) if name else None
