"""Pages of one period that several runs publish: each adds to what stands or replaces it, where all of it is judged alike."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from audits.errors import Unusable
from audits.evaluation.results import Results
from audits.evidence import manifest
from audits.operate import ledger, log
from audits.publish import place
from audits.words import OWN

# The lists, in what is stated of a run, of the notebooks that stand for each audience.
LISTS = {"leadership": "notebooks", "auditor": "auditor_notebooks"}


def written(
    stated: dict[str, Any], results: Results, reports: Path, built: place.Place, some: bool
) -> tuple[dict[str, Any], str, str | None]:
    """Make what is built whole: the other pages of the period and the manifest.

    Gives what is stated of all pages, the SHA-256 of the manifest and that of the one before it, as the ledger notes them.
    """
    together, previous = _kept(stated, results, reports, built, some), ledger.last_manifest(reports)
    return together, manifest.write(built.pages, built.evidence, results, together, previous), previous


def _kept(stated: dict[str, Any], results: Results, reports: Path, built: place.Place, some: bool) -> dict[str, Any]:
    """Take the other pages of the period over into what is built; gives what is stated of all of them together.

    `some`: only some notebooks were asked for. Then, and where an auditor's pages come to leadership's, pages that were judged
    otherwise are not to be lost: raises Unusable. A whole run replaces them.
    """
    standing, before = place.of(reports, results.run.period), _before(reports, results.run.period)
    if before is None:
        return stated
    others = {audience: _others(before, stated, audience) for audience in LISTS}
    if not any(others.values()):
        return stated
    if differ := list(_differing(before, {**manifest.judged(results), "versions": results.run.versions, "parameters": stated})):
        if some or (others["leadership"] and stated["audience"] == "auditor"):
            raise Unusable(_refusal(results.run.period, differ))
        log.event("superseded", f"{results.run.period}: pages of the run before are not kept: {' and '.join(differ)}")
        return stated
    for audience, notebooks in others.items():
        for notebook in notebooks:
            _copy(notebook, audience, standing, built)
    lists = {LISTS[audience]: [*stated[LISTS[audience]], *notebooks] for audience, notebooks in others.items()}
    return {**stated, **lists, "audience": "leadership" if lists[LISTS["leadership"]] else "auditor"}


def standing(reports: Path, period: str, audience: str) -> list[str]:
    """The pages of a period that stand published for an audience."""
    before = _before(reports, period)
    return _listed(before, audience) if before else []


def _before(reports: Path, period: str) -> dict[str, Any] | None:
    """The manifest of a period as it stands; None where none does."""
    evidence = place.of(reports, period).evidence
    return manifest.read(evidence) if (evidence / manifest.FILE).exists() else None


def _listed(before: dict[str, Any], audience: str) -> list[str]:
    return list(before["parameters"].get(LISTS[audience], []))


def _others(before: dict[str, Any], stated: dict[str, Any], audience: str) -> list[str]:
    """The notebooks that stand for an audience and are not made anew."""
    return [notebook for notebook in _listed(before, audience) if notebook not in stated[LISTS[audience]]]


def _differing(before: dict[str, Any], now: dict[str, Any]) -> Iterator[str]:
    """What the figures that stand rest on and those of now do not, in words."""
    said = {
        "export": "another export", "adapter_sha256": "another adapter", "reference_sha256": "other facts of law",
        "as_of": "another instant of judgement", "promises": "other promises, values or controls",
    }  # fmt: skip
    yield from (words for key, words in said.items() if before.get(key) != now[key])
    settings = {"texts": "other texts", "suppress_below": "other counts left out", "stresses": "other stresses"}
    yield from (words for key, words in settings.items() if before["parameters"].get(key) != now["parameters"][key])
    if before["parameters"].get("language", OWN) != now["parameters"]["language"]:
        yield "pages in another language"
    apart = LISTS["auditor"] in before["parameters"]  # an earlier version put the pages of one audience in the other's place
    if not apart or before["versions"].get("privacy-audits") != now["versions"].get("privacy-audits"):
        yield "another version of privacy-audits"


def _refusal(period: str, differ: list[str]) -> str:
    anew = "run all of its notebooks anew (without --notebook), or name another folder by --out"
    return f"{period}: stands published with {' and '.join(differ)}: {anew}"


def _copy(notebook: str, audience: str, standing: place.Place, built: place.Place) -> None:
    for file in sorted(standing.pages_for(audience).glob(f"{notebook}.*")):
        shutil.copy2(file, built.pages_for(audience) / file.name)
    executed = standing.notebooks_for(audience) / f"{notebook}.ipynb"
    shutil.copy2(executed, built.notebooks_for(audience) / executed.name)
