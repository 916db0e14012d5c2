"""What a published period is made of, so that it can be verified years later: its manifest."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

from audits.contract.files import text
from audits.contract.formats import fingerprint
from audits.errors import Unusable
from audits.evaluation.results import PromiseResult, Results

# In the folder of the pages and in that of the evidence alike, so that each can be verified where it was sent to alone.
FILE = "manifest.json"
EVIDENCE = "evidence/"  # in the names of the auditors' files


def write(pages: Path, evidence: Path, results: Results, parameters: dict[str, Any], previous: str | None) -> str:
    """Write the manifest of a period that is whole but for it, into both its folders; gives its SHA-256.

    `previous` is the SHA-256 of the manifest of the run before, in the order of the ledger.
    """
    run = results.run
    content = {
        **judged(results),
        "period": run.period,
        "parameters": parameters,
        "versions": run.versions,
        "schema_version": run.schema_version,
        "files": {name: fingerprint(file) for name, file in files(pages, evidence).items()},
        "previous": previous,
    }
    for folder in (pages, evidence):
        (folder / FILE).write_text(json.dumps(content, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return fingerprint(evidence / FILE)


def judged(results: Results) -> dict[str, Any]:
    """What was judged, by what: where this is the same, so are the figures."""
    run = results.run
    return {
        "as_of": run.as_of.isoformat(),
        "export": {"name": run.export_name, "sha256": run.export_sha256},
        "adapter_sha256": run.adapter_sha256,
        "reference_sha256": run.reference_sha256,
        "promises": {p.promise_id: _versions(p) for p in results.promises.values()},
    }


def _versions(promise: PromiseResult) -> dict[str, Any]:
    return {"control": promise.control, "sha256": promise.sql_sha256, "parameters": promise.parameters}


def read(folder: Path) -> dict[str, Any]:
    """The manifest of a folder; raises Unusable where there is none that can be read."""
    try:
        content: dict[str, Any] = json.loads(text(folder / FILE, folder))
        if not isinstance(content["files"], dict):
            raise TypeError("lists no files")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Unusable(f"{folder / FILE}: cannot be read: {getattr(error, 'strerror', None) or error}") from error
    return content


def files(pages: Path | None, evidence: Path | None) -> dict[str, Path]:
    """Every file of a period but the manifest, by its name in it; of the folders that are there."""
    found = {}
    for folder, prefix in ((pages, ""), (evidence, EVIDENCE)):
        for file in sorted(folder.rglob("*")) if folder else ():
            name = prefix + file.relative_to(folder or file).as_posix()
            inside_pages = folder == pages and evidence is not None and file.is_relative_to(evidence)
            if not stat.S_ISDIR(file.lstat().st_mode) and name not in (FILE, EVIDENCE + FILE) and not inside_pages:
                found[name] = file
    return found
