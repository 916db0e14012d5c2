"""A file of an export: opened once, so that what is read is what is hashed, whatever its path comes to name later.

The engine is given the open file, not its name: a name may hold what the engine takes for a pattern, or be another file's then.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import tempfile
import weakref
from collections.abc import Iterator
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import Any, BinaryIO

from audits.errors import Unusable

CHUNK = 1 << 18
_LONGEST_TEXT = 64 << 20
_OPEN_FILES = Path("/proc/self/fd")
_IRREGULAR = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def printable(text: str | Path) -> str:
    """A name on one line: what cannot be printed is `?`."""
    return "".join(c if c.isprintable() else "?" for c in str(text))


class File:
    """An open file: `name` as its export has it, `path` where it was found; closed when nobody holds it any more."""

    def __init__(self, descriptor: int, path: Path, name: str, shown: str | None = None) -> None:
        self.descriptor, self.path, self.name = descriptor, path, name
        self.shown = shown or printable(path)
        self._opened_as: tuple[int, int] | None = _state(descriptor)
        weakref.finalize(self, os.close, descriptor)

    @property
    def size(self) -> int:
        """Its bytes, now."""
        return os.fstat(self.descriptor).st_size

    def read(self, size: int, offset: int = 0) -> bytes:
        """Up to `size` bytes from an offset."""
        return os.pread(self.descriptor, size, offset)

    def chunks(self, offset: int = 0) -> Iterator[bytes]:
        """Its bytes from an offset on; raises Unusable where it was written to since it was opened."""
        while chunk := self.read(CHUNK, offset):
            offset += len(chunk)
            yield chunk
        if self._opened_as not in (None, _state(self.descriptor)):
            raise Unusable(f"{self.shown}: was changed while it was being read; run again when it is whole")

    def stream(self) -> BufferedReader:
        """Its bytes as a stream of its own, from the beginning."""
        return BufferedReader(_Stream(self), CHUNK)

    def sha256(self) -> str:
        """SHA-256 of its bytes, in hexadecimal."""
        digest = hashlib.sha256()
        for chunk in self.chunks():
            digest.update(chunk)
        return digest.hexdigest()

    def for_engine(self) -> str:
        """What names this file, and no other, to a function of the engine that takes patterns."""
        return self._descriptor() or re.sub(r"[*?\[]", r"[\g<0>]", str(self.path))

    def for_attach(self) -> str:
        """The same for ATTACH, which takes no patterns."""
        return self._descriptor() or str(self.path)

    def _descriptor(self) -> str | None:
        link = _OPEN_FILES / str(self.descriptor)
        return str(link) if link.exists() else None


class _Stream(RawIOBase):
    """Reads at a place of its own: the place of an open file is one for all that have it."""

    def __init__(self, file: File) -> None:
        self._file, self._place = file, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        self._place = offset + {os.SEEK_SET: 0, os.SEEK_CUR: self._place, os.SEEK_END: self._file.size}[whence]
        return self._place

    def readinto(self, buffer: Any) -> int:
        count = os.preadv(self._file.descriptor, [buffer], self._place)
        self._place += count
        return count


def opened(path: Path, name: str | None = None, within: Path | None = None) -> File:
    """A regular file, opened to be read; links are followed, but not out of the folder `within`.

    Raises Unusable where it is anything else, which is not opened, or cannot be read.
    """
    try:
        real, descriptor = _open(path, within)
    except (OSError, RuntimeError) as error:
        raise Unusable(f"{printable(path)}: cannot be read: {getattr(error, 'strerror', None) or 'a link to itself'}") from error
    return File(descriptor, real, name or path.name, printable(path))


def text(path: Path, within: Path | None = None) -> str:
    """What somebody wrote into a file of their own: settings, a policy, SQL; found by the same rule, and of no endless length.

    Raises Unusable where the rule is broken, and OSError or UnicodeDecodeError where it cannot be read.
    """
    return read(path, within).decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


def read(path: Path, within: Path | None = None) -> bytes:
    """The same as its bytes."""
    with os.fdopen(_open(path, within)[1], "rb") as stream:
        content = stream.read(_LONGEST_TEXT + 1)
    if len(content) > _LONGEST_TEXT:
        raise Unusable(f"{printable(path)}: is longer than {_LONGEST_TEXT >> 20} MiB, and no text that somebody wrote")
    return content


def _open(path: Path, within: Path | None) -> tuple[Path, int]:
    """A file by its real path, opened; what is no regular file is refused before and after, so that it cannot become one."""
    real = path.resolve(strict=True)
    must_be_inside(path, within)
    _must_be_regular(path, real.stat().st_mode)
    descriptor = os.open(real, os.O_RDONLY | os.O_NONBLOCK)
    try:
        _must_be_regular(path, os.fstat(descriptor).st_mode)
    except Unusable:
        os.close(descriptor)
        raise
    return real, descriptor


def must_be_inside(path: Path, within: Path | None) -> None:
    """Links are followed, but not out of a folder; raises Unusable for one that leads there."""
    if within and not path.resolve().is_relative_to(within.resolve()):
        raise Unusable(f"{printable(path)}: is a link to outside its folder; put the file itself there")


def scratch(file: File, folder: Path) -> tuple[File, BinaryIO]:
    """A file of our own that only we can read, in the place of one that has to be written anew, and a stream that writes it.

    It is gone with the last that holds it.
    """
    descriptor, path = tempfile.mkstemp(dir=folder)
    ours = File(descriptor, Path(path), file.name, file.shown)
    ours._opened_as = None  # it is we who write to it
    weakref.finalize(ours, Path(path).unlink, missing_ok=True)
    return ours, os.fdopen(os.dup(descriptor), "wb")


def _must_be_regular(path: Path, mode: int) -> None:
    if not stat.S_ISREG(mode):
        kind = next((name for is_kind, name in _IRREGULAR if is_kind(mode)), "no file")
        raise Unusable(f"{printable(path)}: is {kind}, and only regular files are read; write the data into a file")


def _state(descriptor: int) -> tuple[int, int]:
    state = os.fstat(descriptor)
    return state.st_size, state.st_mtime_ns
