"""Put a finished period in its place, whole or not at all."""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from audits.errors import Unusable
from audits.operate import log

_AT_FDCWD, _RENAME_EXCHANGE = -100, 2


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


def open_lock(reports: Path, name: str) -> int:
    """A file in the folder of reports to hold a lock on, open; the folder is made if it is not there."""
    try:
        reports.mkdir(parents=True, exist_ok=True)
        return os.open(reports / name, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise Unusable(f"{reports}: cannot be written to: {error.strerror}; choose another folder") from error


@contextmanager
def building(reports: Path) -> Iterator[Path]:
    """A folder, with `evidence` in it, to build a period in beside its place; removed unless it was put in place.

    What a killed run left behind is removed first: whoever calls holds the lock.
    """
    _tidy(reports)
    try:
        folder = Path(tempfile.mkdtemp(prefix=".building-", dir=reports))
    except OSError as error:
        raise Unusable(f"{reports}: cannot be written to: {error.strerror}; choose another folder") from error
    try:
        (folder / "evidence").mkdir(mode=0o700)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _tidy(reports: Path) -> None:
    for earlier in reports.glob(".earlier-*/*"):
        if not (reports / earlier.name).exists():  # killed between two renames: what stood there goes back
            earlier.rename(reports / earlier.name)
    for left in (*reports.glob(".building-*"), *reports.glob(".earlier-*"), *reports.glob(".index-*")):
        shutil.rmtree(left) if left.is_dir() else left.unlink()


def put_in_place(folder: Path, target: Path) -> None:
    """Move a finished folder to `target` by one rename; what was published there before stays whole until then."""
    for file in (folder / "evidence").iterdir():
        file.chmod(0o600)
    folder.chmod(0o755)
    _flush(folder)
    if not target.exists():
        folder.rename(target)
    elif not _exchange(folder, target):
        earlier = Path(tempfile.mkdtemp(prefix=".earlier-", dir=target.parent))
        target.rename(earlier / target.name)
        folder.rename(target)
        shutil.rmtree(earlier)
    _flush_folder(target.parent)


def keep_failed(folder: Path, reports: Path, name: str) -> Path:
    """Keep the notebooks of a failed run, as far as they were executed, for its owner to look at; gives where."""
    kept = reports / ".failed" / name
    shutil.rmtree(kept, ignore_errors=True)
    kept.mkdir(mode=0o700, parents=True)
    for notebook in sorted((folder / "evidence").glob("*.ipynb")):
        shutil.copy(notebook, kept)
    return kept


def _exchange(one: Path, other: Path) -> bool:
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
