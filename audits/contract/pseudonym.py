"""Names for records that leadership may read: keyed hashes (HMAC-SHA-256, RFC 2104), cut to twelve digits.

The key is AUDITS_RECORD_KEY where that is set. Otherwise it is made from the export's content, so that the same input gives
the same page; it is as secret as the export, and is not its published SHA-256.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable

_BLOCK = 64
_LENGTH = 12


def key_of(content: Iterable[bytes]) -> bytes:
    """The key for an export of that content: 32 bytes."""
    if given := os.environ.get("AUDITS_RECORD_KEY"):
        return hashlib.sha256(os.fsencode(given)).digest()
    digest = hashlib.blake2b(digest_size=32, person=b"audits-records")
    for chunk in content:
        digest.update(chunk)
    return digest.digest()


def pseudonym(column: str, key: bytes) -> str:
    """SQL for the keyed hash of a text column: HMAC written out with the engine's own SHA-256."""
    padded = key.ljust(_BLOCK, b"\0")
    inner, outer = (bytes(b ^ pad for b in padded).hex() for pad in (0x36, 0x5C))
    return f"left(sha256(unhex('{outer}') || unhex(sha256(unhex('{inner}') || encode({column})))), {_LENGTH})"
