"""Results that stand are used again where nothing that they rest on is otherwise: the same run costs its evaluation once."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path

from audits.contract.export import read_of
from audits.contract.formats import fingerprint
from audits.evaluation.job import Job
from audits.evaluation.results import Results
from audits.evidence import manifest
from audits.operate import ledger
from audits.publish import place
from audits.workspace import Workspace

_PACKAGE = Path(__file__).parents[1]
_RESULTS = "results.duckdb"


def inputs(workspace: Workspace, job: Job) -> str:
    """SHA-256 of all that results rest on but the export; it stands in the ledger alone, since the key of records is in it."""
    rest = {
        "ours": _ours(),
        "own": [(file.name, fingerprint(file)) for file in _own(workspace, job)],
        "texts": [text.model_dump_json() for text in workspace.texts],
        "promises": [(p.id, p.control.sql, p.values) for p in job.chosen(workspace)],
        "asked": (Path(job.export).name, job.period, job.as_of, job.stresses, job.whole),
        "key": os.environ.get("AUDITS_RECORD_KEY"),
    }
    return hashlib.sha256(json.dumps(rest, sort_keys=True, default=str).encode()).hexdigest()


@cache
def _ours() -> list[str]:
    """What comes with audits, and the engine."""
    kinds = (".py", ".sql", ".csv", ".toml")
    files = sorted(file for file in _PACKAGE.rglob("*") if file.suffix in kinds)
    return [version("duckdb"), version("holidays"), *(hashlib.sha256(file.read_bytes()).hexdigest() for file in files)]


def _own(workspace: Workspace, job: Job) -> Iterator[Path]:
    """Files of the user's own that an evaluation reads, but for texts and values, which are taken as they were read."""
    home = workspace.home
    for named in filter(None, (job.adapter, job.reference, home.beside("contract.sql"), home.beside("controls"))):
        yield from sorted(file for file in named.rglob("*") if file.is_file()) if named.is_dir() else [named]


def copied(workspace: Workspace, job: Job, reports: Path, inputs_sha256: str, file: Path) -> Results | None:
    """The results of a run that published the same, copied to `file`, if one stands and is as it was published."""
    resting = ledger.resting_on(reports, inputs_sha256)
    export = export_sha256(workspace, job) if resting else ""
    for run in resting:
        evidence = place.of(reports, run.period).evidence
        if run.export_sha256 == export and _is_whole(evidence, run.manifest_sha256):
            shutil.copy(evidence / _RESULTS, file)
            return Results.open(file)
    return None


def export_sha256(workspace: Workspace, job: Job) -> str:
    """SHA-256 of the export as it lies there now; all of it is read."""
    return read_of(workspace.export(job.export), workspace.contract, job.adapter).sha256()


def _is_whole(evidence: Path, manifest_sha256: str) -> bool:
    try:
        stated = manifest.read(evidence)["files"].get(manifest.EVIDENCE + _RESULTS)
        return fingerprint(evidence / manifest.FILE) == manifest_sha256 and fingerprint(evidence / _RESULTS) == stated
    except Exception:  # whatever is wrong with what stands, it is evaluated anew
        return False
