"""Compressed files, unpacked by libraries that say when a file ends too early."""

from __future__ import annotations

import gzip
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


def unpacked(file: File, folder: Path, most: int) -> File:
    """The content of a file whose name says how it is compressed, in a folder of ours; raises Unusable where that is not so.

    A few bytes may be packed of a disk full of zeros: `most` may be unpacked.
    """
    suffix = Path(file.name).suffix.lower()
    ours, plain = scratch(file, folder)
    try:
        with plain, file.stream() as packed, _OPENERS[suffix](packed) as stream:
            while chunk := stream.read(1 << 20):
                if plain.tell() + len(chunk) > most:
                    raise Unusable(f"{file.shown}: unpacks to more than --spill-limit lets it; raise that, or unpack the file")
                plain.write(chunk)
    except EOFError as error:
        raise Unusable(f"{file.shown}: ends before what is compressed in it does; copy it again") from error
    except (gzip.BadGzipFile, zlib.error, zstd.ZstdError) as error:
        raise Unusable(f"{file.shown}: is damaged, or not compressed as {suffix} says: {error}") from error
    except OSError as error:
        raise Unusable(f"{file.shown}: cannot be unpacked: {error.strerror}; --spill names a folder with more room") from error
    return ours
