"""Text is UTF-8; what else a file looks like, where that is so, and how to convert it."""

from __future__ import annotations

import codecs
import re

from audits.contract.files import CHUNK, File
from audits.contract.records import line_of
from audits.errors import Unusable

_UTF_32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# How files begin that are named like text and are none.
_OTHERS = {
    b"PK\x03\x04": "is a ZIP archive or a workbook; name a workbook .xlsx",
    b"PAR1": "is Parquet; name it .parquet",
    b"SQLite format 3": "is an SQLite database; write its tables as CSV",
    b"\xd0\xcf\x11\xe0": "is an old or protected workbook; save it as .xlsx, without a password",
    b"%PDF": "is PDF; write its tables as CSV",
}
_UNPACK = "is compressed, and only text is read so; unpack it"
_PACKED = {b"\x1f\x8b": ("gzip", ".gz"), b"\x28\xb5\x2f\xfd": ("zstd", ".zst")}


def must_be_text(file: File) -> None:
    """Raises Unusable where a file begins as no text in UTF-8 does."""
    begins = file.read(64)
    if other := what_it_is(begins, file.name):
        raise Unusable(f"{file.shown}: {other}")
    if begins.startswith(_UTF_32):
        raise Unusable(f"{file.shown}: {_looks_like('UTF-32', 1)}")
    if begins.startswith(_UTF_16) or begins.count(0) > len(begins) // 4:
        raise Unusable(f"{file.shown}: {_looks_like('UTF-16', 1)}")


def what_it_is(begins: bytes, name: str) -> str | None:
    """What a file of that name is that begins so, and what to do; None where that is not known."""
    for magic, (packer, suffix) in _PACKED.items():
        if begins.startswith(magic):
            is_named = name.lower().endswith(suffix)
            return _UNPACK if is_named else f"is compressed by {packer}; add {suffix} to its name"
    return next((what for magic, what in _OTHERS.items() if begins.startswith(magic)), None)


def wrong_text(file: File) -> str | None:
    """The first line of a file that holds no text in UTF-8, and what it looks like; None where all do."""
    decoder, place, letters = codecs.getincrementaldecoder("utf-8")(), 0, False
    for chunk in file.chunks():
        kept = len(decoder.getstate()[0])
        try:
            decoder.decode(chunk)
        except UnicodeDecodeError as error:
            letters |= not chunk[: max(error.start - kept, 0)].isascii()
            return _not_utf_8(file, place - kept + error.start, letters)
        if (nul := chunk.find(b"\0")) >= 0:
            return f"line {_line(file, place + nul)} holds a NUL byte; the file is damaged, or no text"
        letters |= not chunk.isascii()
        place += len(chunk)
    return _not_utf_8(file, place, letters) if decoder.getstate()[0] else None


def _not_utf_8(file: File, place: int, letters: bool) -> str:
    line = _line(file, place)
    if letters:
        return f"line {line} is not UTF-8, as the lines before are; the file is damaged, or joined of files in two encodings"
    # Latin-1 leaves to control characters what Windows-1252 has letters for.
    windows = any(re.search(rb"[\x80-\x9f]", chunk) for chunk in file.chunks())
    return _looks_like("Windows-1252" if windows else "Latin-1", line)


def _looks_like(encoding: str, line: int) -> str:
    name = {"Latin-1": "ISO-8859-1"}.get(encoding, encoding)
    return f"line {line} is not UTF-8 but looks like {encoding}; save it as UTF-8, or: iconv -f {name} -t UTF-8 OLD > NEW"


def _line(file: File, place: int) -> int:
    return line_of(b"".join(file.read(CHUNK, start)[: place - start] for start in range(0, place, CHUNK)), place)
