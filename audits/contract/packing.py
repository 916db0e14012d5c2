"""Compressed files, unpacked by libraries that say when a file ends too early."""

from __future__ import annotations

import gzip
import shutil
import sys
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import IO

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

from audits.contract.files import File, scratch
from audits.errors import Unusable

_OPENERS: dict[str, Callable[[IO[bytes]], IO[bytes]]] = {".gz": gzip.open, ".zst": zstd.open}  # type: ignore[dict-item]
SUFFIXES = tuple(_OPENERS)


def unpacked(file: File, folder: Path) -> File:
    """The content of a file whose name says how it is compressed, in a folder of ours; raises Unusable where that is not so."""
    suffix = Path(file.name).suffix.lower()
    ours, plain = scratch(file, folder)
    try:
        with plain, file.stream() as packed, _OPENERS[suffix](packed) as stream:
            shutil.copyfileobj(stream, plain, 1 << 20)
    except EOFError as error:
        raise Unusable(f"{file.shown}: ends before what is compressed in it does; copy it again") from error
    except (gzip.BadGzipFile, zlib.error, zstd.ZstdError) as error:
        raise Unusable(f"{file.shown}: is damaged, or not compressed as {suffix} says: {error}") from error
    except OSError as error:
        raise Unusable(f"{file.shown}: cannot be unpacked: {error.strerror}; --spill names a folder with more room") from error
    return ours
