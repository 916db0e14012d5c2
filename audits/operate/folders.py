"""Where what is published lies: pages in a folder for readers, evidence and the ledger in one for auditors, a mode for each."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from audits.errors import Unusable

_READERS, _EVIDENCE = "reports", "evidence"
DRAFTS = "drafts"  # in the auditors' folder
# Of folders and of files, whatever the umask: everybody may read pages, nobody but their owner evidence.
FOR_READERS, FOR_AUDITORS = (0o755, 0o644), (0o700, 0o600)


def evidence(reports: Path) -> Path:
    """The auditors' folder of a folder of reports, never inside it: a web server that hands out the one does not know the other.

    Where `reports` is called so, or lies in a folder called so, the same path under `evidence`; else NAME-evidence beside it.
    Raises Unusable for the root, which has no name.
    """
    parts = Path(os.path.abspath(reports)).parts  # noqa: PTH100 (a link keeps the name it is given)
    if len(parts) == 1:
        raise Unusable(f"{reports}: nothing lies beside it where evidence could be kept from readers; name a folder in it")
    if _READERS in parts:
        last = len(parts) - 1 - parts[::-1].index(_READERS)
        return Path(*parts[:last], _EVIDENCE, *parts[last + 1 :])
    return Path(*parts[:-1], f"{parts[-1]}-{_EVIDENCE}")


def reports(evidence: Path) -> Path | None:
    """The readers' folder that an auditors' folder belongs to; None for a folder that is none."""
    parts = evidence.absolute().parts
    if _EVIDENCE in parts:
        last = len(parts) - 1 - parts[::-1].index(_EVIDENCE)
        return Path(*parts[:last], _READERS, *parts[last + 1 :])
    name = parts[-1].removesuffix(f"-{_EVIDENCE}")
    return evidence.absolute().with_name(name) if name != parts[-1] else None


def make(folder: Path, modes: tuple[int, int]) -> Path:
    """A folder, and those above it that are not there, with the mode of such folders; one that is there is left as it is."""
    if not folder.is_dir():
        make(folder.parent, FOR_READERS)
        folder.mkdir(exist_ok=True)
        folder.chmod(modes[0])
    return folder


def set_modes(folder: Path, modes: tuple[int, int]) -> None:
    """Give a folder and all that is in it the modes of such folders and files."""
    for path in (folder, *folder.rglob("*")):
        mode = path.lstat().st_mode
        if not stat.S_ISLNK(mode):
            path.chmod(modes[0] if stat.S_ISDIR(mode) else modes[1])
