"""A period that waits for somebody to sign for it before readers see it: audits publish."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from audits.errors import Unusable
from audits.evaluation.results import Results
from audits.evidence import manifest
from audits.law.period import Period
from audits.operate import folders, ledger
from audits.publish import index, place, together
from audits.workspace import Workspace

_STATED = "stated.json"


def folder(reports: Path, period: str) -> Path:
    """Where a draft waits, in the auditors' folder: `pages`, `evidence`, and what is stated of its run."""
    return folders.evidence(reports) / "drafts" / period


def keep(reports: Path, run: int, results: Results, built: place.Place, stated: Mapping[str, Any], who: str) -> place.Place:
    """Keep what was built as a draft that somebody is to sign, in place of an earlier one of the period; gives its folders."""
    draft = folder(reports, results.run.period)
    shutil.rmtree(draft, ignore_errors=True)
    folders.make(draft, folders.FOR_AUDITORS)
    waiting = place.Place(draft / "pages", draft / "evidence")
    for one, other in ((built.pages, waiting.pages), (built.evidence, waiting.evidence)):
        shutil.copytree(one, other)
    (draft / _STATED).write_text(json.dumps(dict(stated)), encoding="utf-8")
    folders.set_modes(draft.parent, folders.FOR_AUDITORS)
    ledger.draft(reports, run, results, f"waits for {who} to sign: audits publish {results.run.period} --by NAME")
    return waiting


def publish(workspace: Workspace, reports: Path, period: str, by: str) -> list[Path]:
    """Publish a draft, signed by somebody; gives the paths of its pages. Raises Unusable where no draft of the period waits."""
    draft = folder(reports, period)
    if not (draft / _STATED).is_file():
        waiting = sorted(f.name for f in draft.parent.glob("*/") if (f / _STATED).is_file())
        raise Unusable(f"{period}: no draft waits to be signed in {draft.parent}; there are: {', '.join(waiting) or 'none'}")
    if not by.strip():
        raise Unusable("--by is empty: say who signs")
    with place.alone(reports):
        place.take_over(reports)
        place.settle(reports)
        _put(reports, draft, by)
        shutil.rmtree(draft)
        index.write(reports, workspace.texts)
    return sorted((reports / period).glob("*.html"))


def _put(reports: Path, draft: Path, by: str) -> None:
    stated = json.loads((draft / _STATED).read_text(encoding="utf-8")) | {"signed_by": by}
    results = Results.open(draft / "evidence" / "results.duckdb")
    number = ledger.begin(reports, Period.parse(results.run.period))
    with place.building(reports, number) as built:
        for one, other in ((draft / "pages", built.pages), (draft / "evidence", built.evidence)):
            shutil.copytree(one, other, dirs_exist_ok=True)
        stated = together.keep(stated, results, reports, built, some=False)
        previous = ledger.last_manifest(reports)
        sha256 = manifest.write(built.pages, built.evidence, results, stated, previous)
    ledger.place(reports, number, results, stated, sha256, previous)
    place.settle(reports)
