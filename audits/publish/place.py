"""Put a finished period in its place: its evidence and its pages, both or neither."""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from audits.contract.formats import fingerprint
from audits.errors import Unusable
from audits.evidence import manifest
from audits.operate import folders, ledger, log, store

_AT_FDCWD, _RENAME_EXCHANGE = -100, 2
_BUILDING, _EARLIER = ".building-", ".earlier-"


@dataclass(frozen=True)
class Place:
    """The two folders of a period: where it stands, or, beside that, where it is built."""

    pages: Path
    evidence: Path

    def pages_for(self, audience: str) -> Path:
        """Where pages for an audience are: an auditor's hold record keys, so they are no reader's."""
        return self.evidence / "auditor" if audience == "auditor" else self.pages

    def notebooks_for(self, audience: str) -> Path:
        """Where notebooks are, as executed for an audience."""
        return self.evidence / "auditor" if audience == "auditor" else self.evidence


def of(reports: Path, name: str) -> Place:
    """The folders of a period, by its name."""
    return Place(reports / name, folders.evidence(reports) / name)


@contextmanager
def alone(reports: Path) -> Iterator[None]:
    """Hold the folder of reports for one run; another one waits, and says so. The lock ends with its process."""
    handle = open_lock(reports, ".lock")
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            log.event("waiting", f"another run is publishing to {reports}: waiting for it to end")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


@contextmanager
def settled(reports: Path) -> Iterator[None]:
    """The same, where what an earlier version published, and what a killed run left between, is first brought into its place."""
    with alone(reports):
        take_over(reports)
        settle(reports)
        yield


def open_lock(reports: Path, name: str) -> int:
    """A file in the auditors' folder to hold a lock on, open; both folders are made if they are not there."""
    evidence = folders.evidence(reports)
    if evidence.name == folders.DRAFTS:
        raise Unusable(f"{reports}: is where drafts of {reports.parent} would wait; choose another folder")
    if {"{", "}"} & {*str(evidence)}:  # Papermill would put parameters there
        raise Unusable(f"{reports}: its path holds braces; choose another folder")
    _must_not_meet(reports, evidence)
    try:
        folders.make(reports, folders.FOR_READERS)
        folders.make(evidence, folders.FOR_AUDITORS)
        return os.open(evidence / name, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise Unusable(f"{reports}: cannot be written to: {error.strerror}; choose another folder") from error


def _must_not_meet(reports: Path, evidence: Path) -> None:
    """Raises Unusable where one folder of reports would lie in the evidence of another, or the other way round."""
    absolute = reports.absolute()
    if any((folder / store.FILE).exists() for folder in (absolute, *absolute.parents)):
        raise Unusable(f"{reports}: lies in the auditors' folder of other reports; choose another folder")
    if (evidence / "index.html").exists():
        raise Unusable(f"{reports}: its evidence would lie in {evidence}, where other pages are; choose another folder")


def must_be_ours(reports: Path, period: str) -> None:
    """Raises Unusable where what lies in a period's place was never published: it is somebody's, and would be replaced."""
    if period in {run.period for run in ledger.standing(reports)}:
        return
    there = of(reports, period)
    for folder in (there.pages, there.evidence):
        is_empty = folder.is_dir() and not any(folder.iterdir())
        if folder.exists() and not is_empty and not (folder / manifest.FILE).is_file():
            raise Unusable(f"{folder}: is not what was published there, and would be replaced; choose another folder of reports")


@contextmanager
def building(reports: Path, run: int) -> Iterator[Place]:
    """Empty folders for a run to build its period in, removed if it fails; whoever calls holds the lock.

    Raises Unusable where there can be none.
    """
    built = of(reports, f"{_BUILDING}{run}")
    try:
        for folder in (built.pages, built.evidence, built.evidence / "auditor"):
            folder.mkdir(mode=0o700)
    except OSError as error:
        raise Unusable(f"{reports}: cannot be written to: {error.strerror}; choose another folder") from error
    try:
        yield built
        _finish(built)
    except BaseException:
        tidy(reports)  # at once: a full disk needs the room before anything can be noted
        raise


def _finish(built: Place) -> None:
    """Give a built period its modes, and let it reach the disk."""
    with suppress(OSError):  # it holds something
        (built.evidence / "auditor").rmdir()
    folders.set_modes(built.pages, folders.FOR_READERS)
    folders.set_modes(built.evidence, folders.FOR_AUDITORS)
    for folder in (built.pages, built.evidence):
        _flush(folder)


def settle(reports: Path) -> None:
    """Put in place what a run was about to, evidence first, and note it as published; or put back what stood there before.

    The one way in which a period gets its place, whether its run goes on or was killed then. Whoever calls holds the lock.
    """
    for run, period, sha256 in ledger.placing(reports):
        evidence = folders.evidence(reports)
        if all(_moved(root, run, period, sha256) for root in (evidence, reports)):
            ledger.placed(reports, run)
        else:
            _put_back(evidence, run, period, sha256)
            ledger.fail(reports, run, "what it had built is not there any more", interrupted=True)
    tidy(reports)


def tidy(reports: Path) -> None:
    """Remove what a run left that did not come to its end."""
    for root in (reports, folders.evidence(reports)):
        for earlier in root.glob(f"{_EARLIER}*"):
            place = root / earlier.name.removeprefix(_EARLIER)
            if not place.exists():  # killed between two renames: what stood there goes back
                earlier.rename(place)
        for left in (*root.glob(f"{_BUILDING}*"), *root.glob(f"{_EARLIER}*"), *root.glob(".index-*")):
            remove(left)


def remove(path: Path) -> None:
    """Remove what is there; of a link, the link."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _is(folder: Path, sha256: str) -> bool:
    file = folder / manifest.FILE
    return file.is_file() and fingerprint(file) == sha256


def _moved(root: Path, run: int, period: str, sha256: str) -> bool:
    """Whether the folder that holds this manifest is in its place, now if not before."""
    built, place = root / f"{_BUILDING}{run}", root / period
    if _is(built, sha256):
        _exchange(built, place)
    return _is(place, sha256)


def _put_back(root: Path, run: int, period: str, sha256: str) -> None:
    place, before = root / period, root / f"{_BUILDING}{run}"
    if _is(place, sha256) and before.exists():
        _exchange(before, place)
    elif _is(place, sha256):
        shutil.rmtree(place)


def take_over(reports: Path) -> None:
    """Bring apart what an earlier version published as one: evidence and ledger go to the auditors' folder, once."""
    evidence = folders.evidence(reports)
    store.take_over(reports)
    for old in sorted(reports.glob("*/evidence/manifest.json")):
        period = old.parents[1]
        if not period.is_symlink() and not (evidence / period.name).exists():
            shutil.copy(old, period / manifest.FILE)
            _bring(old.parent, evidence / period.name)
            folders.set_modes(period, folders.FOR_READERS)
    for name in ("ledger.duckdb", ".failed"):
        if (reports / name).exists():
            shutil.move(reports / name, evidence / name)
    for name in (".lock", ".schedule"):
        (reports / name).unlink(missing_ok=True)


def _bring(folder: Path, place: Path) -> None:
    """Move a folder, whole or not at all, also to another disk."""
    try:
        folder.rename(place)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        copied = place.with_name(f"{_BUILDING}{place.name}")
        remove(copied)
        shutil.copytree(folder, copied)
        copied.rename(place)
        shutil.rmtree(folder)


def keep_failed(built: Place, reports: Path, name: str) -> Path:
    """Keep the notebooks of a failed run, as far as they were executed, for its owner to look at; gives where."""
    kept = folders.evidence(reports) / ".failed" / name
    shutil.rmtree(kept, ignore_errors=True)
    kept.mkdir(mode=0o700, parents=True)
    for notebook in sorted(built.evidence.rglob("*.ipynb")):
        shutil.copy(notebook, kept)
    folders.set_modes(kept, folders.FOR_AUDITORS)
    return kept


def _exchange(built: Path, place: Path) -> None:
    """Move a folder to its place by one rename; what was there before then stands where it came from."""
    if not place.exists():
        built.rename(place)
    elif not _swapped(built, place):
        earlier = place.with_name(f"{_EARLIER}{place.name}")
        place.rename(earlier)
        built.rename(place)
        earlier.rename(built)
    _flush_folder(place.parent)


def _swapped(one: Path, other: Path) -> bool:
    """Swap two folders in one step, where the system can: neither name is ever without its folder."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    if rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP):
        return False
    raise OSError(code, os.strerror(code), str(other))


def write_whole(file: Path, text: str) -> None:
    """Write a file for readers, whole or not at all."""
    handle, name = tempfile.mkstemp(prefix=".index-", dir=file.parent)
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        stream.write(text)
    Path(name).chmod(folders.FOR_READERS[1])
    Path(name).replace(file)


def _flush(folder: Path) -> None:
    """Let every file of a folder, and the folder, reach the disk."""
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            with file.open("rb") as stream:
                os.fsync(stream.fileno())
        else:
            _flush_folder(file)
    _flush_folder(folder)


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
