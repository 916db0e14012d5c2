"""Folders for what a process writes aside, its spill and its sockets: only their owner can read them, and they end with it.

Each is locked as long as its process lives, so what a killed one left behind is known by its lock; the next run removes it. Who
cleans up temporary folders by age spares the locked ones too.
"""

from __future__ import annotations

import atexit
import fcntl
import os
import shutil
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path

from audits.errors import Unusable

_PREFIX = "privacy-audits-"
# What a socket's path may have, less what comes below the folder of temporary files.
_LONGEST = 107 - len(f"/{_PREFIX}12345678/12345678901/listener-12345678")
_held: dict[Path, int] = {}


def folder(parent: Path | str | None = None) -> Path:
    """A new folder below `parent`, or where temporary files lie; it lasts until it is removed, or its process ends."""
    while True:
        made = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=parent))
        handle = os.open(made, os.O_RDONLY)
        with suppress(OSError):  # a file system that cannot lock folders: what is left there stays
            fcntl.flock(handle, fcntl.LOCK_EX)
        if made.exists():  # else another one tidied it before it was locked
            _held[made] = handle
            return made
        os.close(handle)


def remove(made: Path) -> None:
    """Remove such a folder; once is enough."""
    if (handle := _held.pop(made, None)) is not None:
        shutil.rmtree(made, ignore_errors=True)
        os.close(handle)


@cache
def sockets() -> Path:
    """This process's folder for sockets, whose paths must be short; raises Unusable where there is none."""
    for parent in (tempfile.gettempdir(), "/tmp", "/var/tmp"):  # noqa: S108 – a folder of our own in it
        if len(os.fsencode(parent)) <= _LONGEST and os.access(parent, os.W_OK):
            made = folder(parent)
            atexit.register(remove, made)
            return made
    raise Unusable(f"{tempfile.gettempdir()}: too long a path for sockets; let TMPDIR name a shorter one")


def tidy(parent: Path | None = None) -> None:
    """Remove the folders that killed processes of this user left there."""
    for left in Path(parent or tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        try:
            if left.lstat().st_uid == os.geteuid():
                _remove_left(left)
        except OSError:  # locked: its process lives; or gone meanwhile
            continue


def _remove_left(left: Path) -> None:
    handle = os.open(left, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(left, ignore_errors=True)
    finally:
        os.close(handle)
