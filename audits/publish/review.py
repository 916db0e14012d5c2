"""A period that waits for somebody to sign for it before readers see it: audits publish.

A draft carries a manifest of its own, whose hash the ledger knows: what is signed is what was built.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from audits.contract.formats import fingerprint
from audits.errors import Unusable
from audits.evaluation.results import Results
from audits.evidence import manifest, verify
from audits.law.period import Period
from audits.operate import folders, ledger
from audits.publish import index, place, together
from audits.workspace import Workspace

_SOME = "some"  # whether only some notebooks were asked for; stated of drafts alone


def folder(reports: Path, period: str) -> Path:
    """Where a draft waits, in the auditors' folder: `pages` and `evidence`, each with a manifest."""
    return folders.evidence(reports) / folders.DRAFTS / period


def keep(
    reports: Path, run: int, results: Results, built: place.Place, stated: dict[str, Any], some: bool, who: str
) -> place.Place:
    """Keep what was built as a draft that somebody is to sign, in place of an earlier one of the period; gives its folders."""
    draft = folder(reports, results.run.period)
    shutil.rmtree(draft, ignore_errors=True)
    folders.make(draft, folders.FOR_AUDITORS)
    sha256 = manifest.write(built.pages, built.evidence, results, {**stated, _SOME: some}, None)
    waiting = place.Place(draft / "pages", draft / "evidence")
    for one, other in ((built.pages, waiting.pages), (built.evidence, waiting.evidence)):
        shutil.copytree(one, other)
    folders.set_modes(draft.parent, folders.FOR_AUDITORS)
    ledger.draft(reports, run, results, sha256, f"waits for {who} to sign: audits publish {results.run.period} --by NAME")
    return waiting


def publish(workspace: Workspace, reports: Path, period: str, by: str) -> list[Path]:
    """Publish a draft, signed by somebody; gives the paths of its pages. Raises Unusable where no draft of the period waits,
    or it is not as it was built.
    """
    name, by = Period.parse(period).name, " ".join(by.split())
    if not by or not by.isprintable():
        raise Unusable("--by is empty, or holds what cannot be printed: say who signs")
    draft = folder(reports, name)
    _must_wait(reports, draft)
    with workspace.told(), place.settled(reports):
        _must_wait(reports, draft)
        _must_be_as_built(reports, draft)
        _put(reports, draft, by)
        shutil.rmtree(draft)
        index.write(reports, workspace.texts)
    return sorted((reports / name).glob("*.html"))


def _must_wait(reports: Path, draft: Path) -> None:
    """A draft that a published run came after is none any more."""
    waiting = ledger.drafts(reports)
    if draft.name not in waiting or not draft.is_dir():
        there = ", ".join(sorted(waiting)) or "none"
        raise Unusable(f"{draft.name}: no draft waits to be signed in {draft.parent}; there are: {there}")


def _must_be_as_built(reports: Path, draft: Path) -> None:
    both = verify.Period(draft / "pages", draft / "evidence", reports)
    changed = list(verify.files(both, manifest.read(both.first)))
    if fingerprint(both.first / manifest.FILE) != ledger.drafts(reports)[draft.name]:
        changed = [f"{manifest.FILE}: is not the one that the ledger names"]
    if changed:
        raise Unusable(f"{draft}: is not as it was built: {changed[0]}; make it anew by audits schedule run --now")


def _put(reports: Path, draft: Path, by: str) -> None:
    stated = {**manifest.read(draft / "evidence")["parameters"], "signed_by": by}
    some = stated.pop(_SOME)
    results = Results.open(draft / "evidence" / "results.duckdb")
    place.must_be_ours(reports, results.run.period)
    number = ledger.begin(reports, Period.parse(results.run.period))
    with place.building(reports, number) as built:
        for one, other in ((draft / "pages", built.pages), (draft / "evidence", built.evidence)):
            shutil.copytree(one, other, dirs_exist_ok=True)
        written = together.written(stated, results, reports, built, some)
    ledger.place(reports, number, results, *written)
    place.settle(reports)
