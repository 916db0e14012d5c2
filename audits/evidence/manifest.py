"""What a published period is made of, so that it can be verified years later: its manifest, and the chain in the ledger."""

from __future__ import annotations

import hashlib
import json
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from audits.contract.formats import fingerprint
from audits.errors import Unusable
from audits.evaluation.results import PromiseResult, Results
from audits.operate import ledger

FILE = "evidence/manifest.json"


def write(folder: Path, results: Results, parameters: dict[str, Any], previous: str | None) -> str:
    """Write the manifest of a folder that is whole but for it; gives its SHA-256.

    `previous` is the SHA-256 of the manifest of the run before, in the order of the ledger.
    """
    run = results.run
    content = {
        "period": run.period,
        "as_of": run.as_of.isoformat(),
        "parameters": parameters,
        "export": {"name": run.export_name, "sha256": run.export_sha256},
        "adapter_sha256": run.adapter_sha256,
        "reference_sha256": run.reference_sha256,
        "versions": run.versions,
        "schema_version": run.schema_version,
        "promises": {p.promise_id: _versions(p) for p in results.promises.values()},
        "files": {name: fingerprint(folder / name) for name in _files(folder)},
        "previous": previous,
    }
    (folder / FILE).write_text(json.dumps(content, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return fingerprint(folder / FILE)


def _versions(promise: PromiseResult) -> dict[str, Any]:
    return {"control": promise.control, "sha256": promise.sql_sha256, "parameters": promise.parameters}


def settle(reports: Path) -> None:
    """Note as published what stands in its place, whatever befell its run after that; whoever calls holds the lock."""
    for run, period, sha256 in ledger.placing(reports):
        file = reports / period / FILE
        if file.exists() and fingerprint(file) == sha256:
            ledger.placed(reports, run)


def differences(folder: Path) -> list[str]:
    """What is not as it was published, in lines; empty if all is. Raises Unusable where there is no manifest to go by."""
    try:
        content = json.loads((folder / FILE).read_text(encoding="utf-8"))
        stated: dict[str, str] = content["files"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Unusable(f"{folder / FILE}: cannot be read: {getattr(error, 'strerror', None) or error}") from error
    there = set(_files(folder))
    found = [f"{name}: is missing" for name in sorted(stated.keys() - there)]
    found += [f"{name}: was added" for name in sorted(there - stated.keys())]
    found += [f"{name}: was changed" for name in sorted(stated.keys() & there) if fingerprint(folder / name) != stated[name]]
    return found + list(_chain(folder, content))


def _chain(folder: Path, content: dict[str, Any]) -> Iterator[str]:
    """Whether the manifest is the one that the ledger names, and every run of the ledger names the one before it."""
    links = ledger.links(folder.parent)
    own = [link for link in links if link.period == content.get("period")]
    if not own:
        yield f"{FILE}: the ledger knows no run of {content.get('period')}"
    elif own[-1].manifest_sha256 != hashlib.sha256((folder / FILE).read_bytes()).hexdigest():
        yield f"{FILE}: is not the one that the ledger names for run {own[-1].run}"
    elif own[-1].previous_sha256 != content.get("previous"):
        yield f"{FILE}: names another run before it than the ledger does"
    before: str | None = None
    for link in links:
        if link.previous_sha256 != before:
            yield f"{ledger.FILE}: run {link.run} of {link.period} does not follow the run before it"
        before = link.manifest_sha256


def _files(folder: Path) -> list[str]:
    """Every file of a published folder but the manifest, by path within it, in order."""
    names = (f.relative_to(folder).as_posix() for f in folder.rglob("*") if not stat.S_ISDIR(f.lstat().st_mode))
    return sorted(name for name in names if name != FILE)
