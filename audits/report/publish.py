"""Put a finished period in its place, whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from audits.errors import Unusable


@contextmanager
def building(reports: Path) -> Iterator[Path]:
    """A folder, with `evidence` in it, to build a period in beside its place; removed unless it was put in place."""
    try:
        reports.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=".building-", dir=reports))
    except OSError as error:
        raise Unusable(f"{reports}: cannot be written to: {error.strerror}; choose another folder with --out") from error
    try:
        (folder / "evidence").mkdir(mode=0o700)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def put_in_place(folder: Path, target: Path) -> None:
    """Move a finished folder to `target`; what was published there before stays until then."""
    for file in (folder / "evidence").iterdir():
        file.chmod(0o600)
    folder.chmod(0o755)
    if target.exists():
        earlier = Path(tempfile.mkdtemp(prefix=".earlier-", dir=target.parent))
        target.rename(earlier / target.name)
        folder.rename(target)
        shutil.rmtree(earlier)
    else:
        folder.rename(target)
