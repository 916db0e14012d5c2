"""A check of an export: what was given, what that opens, what of it cannot be believed, what is otherwise than before."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal

from audits.contract.difference import LOST, Difference, differences
from audits.contract.export import Export
from audits.contract.profile import Given, TableGiven, given
from audits.evaluation.evaluate import evaluate
from audits.evaluation.job import Job, opened
from audits.evaluation.lack import Opening, opening
from audits.evaluation.results import Results
from audits.law.opening import open_export
from audits.workspace import Workspace

# What a check can find: a value that cannot be read, a rule that is broken, a population test that failed, something that an
# earlier export held and this one does not.
Finding = Literal["unreadable", "broken", "population", "gone"]


@dataclass(frozen=True)
class Earlier:
    """An earlier export, and what is otherwise now."""

    name: str
    sha256: str
    differences: list[Difference]


@dataclass(frozen=True)
class Check:
    """`results` hold what was measured of the contract; `given` what is there, `opening` which promises that opens.

    `renamed` is how many more would be opened if each column that is not known meant the nearest that is missing.
    """

    results: Results
    given: Given
    opening: Opening
    renamed: int
    earlier: Earlier | None = None

    @property
    def found(self) -> list[Finding]:
        """What it found, of what it can find."""
        quality, population = self.results.quality(), self.results.population()
        lost = self.earlier and any(d.kind in LOST for d in self.earlier.differences)
        met: dict[Finding, bool] = {
            "unreadable": self.given.unreadable > 0,
            "broken": bool((quality.bad > 0).any()),
            "population": bool((population.passed == False).any()),  # noqa: E712 – three-valued
            "gone": bool(lost),
        }
        return [finding for finding, is_met in met.items() if is_met]

    def as_json(self) -> dict[str, Any]:
        """What `audits check --json` prints."""
        quality, population, run = self.results.quality(), self.results.population(), self.results.run
        return {
            "export": run.export_name,
            "export_sha256": run.export_sha256,
            "as_of": run.as_of.isoformat(),
            "notes": run.notes,
            "found": self.found,
            "tables": [self._table(t) for t in self.given.tables.values()],
            "other_tables": _named(self.given.others),
            "other_files": list(self.given.unread),
            "assessed": list(self.opening.assessed),
            "not_assessed": {p: [str(lack) for lack in lacks] for p, lacks in self.opening.lacking.items()},
            "not_named_by_their_text": self.opening.unnamed,
            "resting_on_facts_that_cannot_be_read": self.opening.unread,
            "would_be_assessed_by_nearest_names": self.renamed,
            "would_open": [{"missing": str(lack), "promises": list(opened)} for lack, opened in self.opening.openers.items()],
            "constraints": json.loads(quality.to_json(orient="records")),
            "population": json.loads(population.to_json(orient="records")),
            "against": self._against(),
        }

    def _table(self, table: TableGiven) -> dict[str, Any]:
        return {
            "table": table.name,
            "rows": table.rows,
            "columns": [{"column": c.name, "given": c.given, "readable": c.readable} for c in table.columns],
            "unknown_columns": _named(table.unknown),
            "given": table.given,
            "readable": table.readable,
            "first": table.first.isoformat() if table.first else None,
            "last": table.last.isoformat() if table.last else None,
            "opens": self.opening.opens(table.name),
            "closes": {p: [str(lack) for lack in lacks] for p, lacks in self.opening.closed(table.name).items()},
        }

    def _against(self) -> dict[str, Any] | None:
        if self.earlier is None:
            return None
        told = [{"kind": d.kind, "what": d.what, "says": d.says} for d in self.earlier.differences]
        return {"export": self.earlier.name, "export_sha256": self.earlier.sha256, "differences": told}


def checked(workspace: Workspace, job: Job, against: str | None = None) -> Check:
    """Check the export of a job, and how it differs from an earlier one; raises Unusable where one of them cannot be used."""
    with job.settings.bounded():
        export, period = opened(workspace, job)
        evaluate(export, period, [], workspace.texts)
        profile, promises = given(export), job.chosen(workspace)
        opens, meant = (opening(c, promises, export.law_faults) for c in (profile.carried, profile.meant))
        renamed = len(meant.assessed) - len(opens.assessed)
        earlier = _earlier(workspace, job, against, export, profile) if against else None
    return Check(Results.of(export), profile, opens, renamed, earlier)


def _earlier(workspace: Workspace, job: Job, against: str, now: Export, profile: Given) -> Earlier:
    path = workspace.export(against)
    with open_export(workspace.contract, path, job.adapter, job.as_of, job.settings, own_reference=job.reference) as before:
        return Earlier(before.name, before.sha256, differences(now, before, profile))


def _named(unknown: dict[str, str | None]) -> list[dict[str, str | None]]:
    return [{"name": name, "nearest": near} for name, near in unknown.items()]
