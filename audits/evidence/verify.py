"""Whether a published period is as it was published: its files, its manifest, the ledger, the index, and the results."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from audits.contract.formats import fingerprint
from audits.errors import Unusable
from audits.evaluation.results import Results
from audits.evidence import manifest
from audits.operate import folders, ledger, store

INDEX = "index.html"


@dataclass(frozen=True)
class Verified:
    """What is not as it was published, and what could not be looked at, in lines; `alone` where no ledger vouches for it."""

    differences: list[str]
    notes: list[str]
    alone: bool


@dataclass(frozen=True)
class Period:
    """The folders of a period, and the folder of reports where it is published; None for what is not there."""

    pages: Path | None
    evidence: Path | None
    reports: Path

    @property
    def first(self) -> Path:
        """The folder whose manifest it is verified by."""
        return self.evidence or self.pages or self.reports


def verify(folder: Path) -> Verified:
    """Look at a period by the folder of its pages or of its evidence, and at what stands beside it where there is a ledger.

    Sent somewhere alone, a folder is verified by the manifest it carries. Raises Unusable where there is none to go by.
    """
    period = _found(folder)
    content = manifest.read(period.first)
    alone = not store.exists(period.reports)
    notes = list(_absent(period, alone))
    if alone:
        notes.append("no ledger is beside it: whether it is the one that was published cannot be told")
        is_home = period.pages and period.evidence and (period.reports / INDEX).is_file()
        lost = [f"{store.FILE}: is missing, where the period was published"] if is_home else []
        return Verified([*files(period, content), *lost], notes, alone)
    found = [*files(period, content), *_lost(period), *_chain(period, content), *_figures(period, content), *_index(period)]
    return Verified(found, notes, alone)


def _found(folder: Path) -> Period:
    folder = _meant(folder.absolute())
    if (folder / manifest.EVIDENCE / manifest.FILE).is_file():  # as an earlier version published
        return Period(folder, folder / manifest.EVIDENCE, folder.parent)
    if not (folder / manifest.FILE).is_file():
        if gone := ledger.removed(folder.parent).get(folder.name):
            raise Unusable(f"{folder.name}: was removed on {gone[0]:%Y-%m-%d}, as periods are kept for {gone[1]}")
        raise Unusable(f"{folder}: holds no {manifest.FILE}: name a published period, or a folder of its pages or evidence")
    if (folder / "results.duckdb").exists():
        reports = folders.reports(folder.parent) or folder.parent
        return Period(_there(reports / folder.name) if reports != folder.parent else None, folder, reports)
    return Period(folder, _there(folders.evidence(folder.parent) / folder.name), folder.parent)


def _meant(folder: Path) -> Path:
    """The period that a link beside it leads to, such as `latest`: its evidence is known by its own name."""
    if not folder.name:
        raise Unusable(f"{folder}: is no period: name a published period, or a folder of its pages or evidence")
    named = folder.with_name(folder.resolve().name)
    return named if folder.is_symlink() and named.exists() and named.samefile(folder) else folder


def _there(folder: Path) -> Path | None:
    return folder if (folder / manifest.FILE).is_file() else None


def _absent(period: Period, alone: bool) -> Iterator[str]:
    if alone and period.pages is None:
        yield "its pages are not beside it and were not looked at"
    if alone and period.evidence is None:
        yield "its evidence is not beside it and was not looked at"


def _lost(period: Period) -> Iterator[str]:
    for name, folder in (("pages", period.pages), ("evidence", period.evidence)):
        if folder is None:
            yield f"{name}: are missing" if name == "pages" else f"{name}: is missing"


def files(period: Period, content: dict[str, Any]) -> Iterator[str]:
    """Files that are missing, added or changed, in the folders that are there."""
    there = manifest.files(period.pages, period.evidence)
    looked = {True: period.evidence is not None, False: period.pages is not None}
    stated = {name: sha for name, sha in content["files"].items() if looked[name.startswith(manifest.EVIDENCE)]}
    yield from (f"{name}: is missing" for name in sorted(stated.keys() - there.keys()))
    yield from (f"{name}: was added" for name in sorted(there.keys() - stated.keys()))
    yield from (f"{n}: was changed" for n in sorted(stated.keys() & there.keys()) if not _is(period, there[n], stated[n]))
    copies = {(f / manifest.FILE).read_bytes() for f in (period.pages, period.evidence) if f and (f / manifest.FILE).is_file()}
    if len(copies) > 1:
        yield f"{manifest.FILE}: is another one beside the pages than in evidence"


def _is(period: Period, file: Path, sha256: str) -> bool:
    """Whether a file is the one of that hash; what is no file of its folder, but a pipe or a link to elsewhere, is not opened."""
    folder = next(f for f in (period.evidence, period.pages) if f and file.is_relative_to(f))
    try:
        return fingerprint(file, folder) == sha256
    except Unusable:
        return False


def _chain(period: Period, content: dict[str, Any]) -> Iterator[str]:
    """Whether the manifest is the one that the ledger names, and every run of the ledger names the one before it."""
    links = ledger.links(period.reports)
    own = [link for link in links if link.period == content.get("period")]
    if not own:
        yield f"{manifest.FILE}: the ledger knows no run of {content.get('period')}"
    elif own[-1].manifest_sha256 != fingerprint(period.first / manifest.FILE):
        yield f"{manifest.FILE}: is not the one that the ledger names for run {own[-1].run}"
    elif own[-1].previous_sha256 != content.get("previous"):
        yield f"{manifest.FILE}: names another run before it than the ledger does"
    before: str | None = None
    for link in links:
        if link.previous_sha256 != before:
            yield f"{store.FILE}: run {link.run} of {link.period} does not follow the run before it"
        before = link.manifest_sha256


def _figures(period: Period, content: dict[str, Any]) -> Iterator[str]:
    """Whether the ledger counts what the results hold, for the whole and for each promise."""
    run = next((r for r in ledger.standing(period.reports) if r.period == content.get("period")), None)
    if run is None and content.get("period") in ledger.removed(period.reports):
        yield f"{store.FILE}: {content['period']} is said to be removed"
    if run is None or period.evidence is None:
        return
    if run.parameters is not None and (said := [*_said_otherwise(run, content)]):
        yield f"{store.FILE}: run {run.run} of {run.period} says otherwise than {manifest.FILE}: {', '.join(said)}"
    try:
        results = Results.open(period.evidence / "results.duckdb")
        counts = ledger.counts(results)
        uncounted = (None,) if results.run.schema_version == 0 else ()  # a version that did not count what is unjudged
        if any(getattr(run, name) not in (count, *uncounted) for name, count in counts.items()):
            yield f"{store.FILE}: run {run.run} of {run.period} counts other clauses kept, broken or untold than its results"
        if not _are_the_same(ledger.promised(period.reports, run.run), ledger.stands(results)):
            yield f"{store.FILE}: run {run.run} of {run.period} has other figures of a promise than its results"
    except Unusable as error:
        yield str(error)


def _are_the_same(told: list[tuple[Any, ...]], found: list[tuple[Any, ...]]) -> bool:
    """Whether two lists say the same of the same promises, by their ids unless one has none."""
    first = 1 if any(row[0] is None for row in told) else 0
    return sorted(row[first:] for row in told) == sorted(row[first:] for row in found)


def _said_otherwise(run: ledger.Run, content: dict[str, Any]) -> Iterator[str]:
    """What a run says of itself in the ledger that its manifest does not."""
    stated, export = content["parameters"], content["export"]
    both = {
        "parameters": (json.loads(run.parameters or "{}"), stated),
        "export": ((run.export_name, run.export_sha256), (export["name"], export["sha256"])),
        "as_of": (run.as_of, datetime.fromisoformat(content["as_of"])),
        "audience": (run.audience, stated["audience"]),
        "pages": (run.pages, stated["notebooks"]),
    }
    yield from (name for name, (one, other) in both.items() if one != other)


def _index(period: Period) -> Iterator[str]:
    """Whether the index is as it was last written; an earlier version did not note that."""
    known, file = ledger.written(period.reports, INDEX), period.reports / INDEX
    if not known:
        return
    if not file.is_file():
        yield f"{INDEX}: is missing"
    elif fingerprint(file) not in known:
        yield f"{INDEX}: was changed"
