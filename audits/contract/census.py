"""How many records a text holds, counted by its bytes, 64 at a time, each a bit of a word; and whether it is well written.

The engine must find as many. The count knows nothing of how the engine reads: inside quotes is where the quotes before are odd in
number.
"""

from __future__ import annotations

import codecs
from typing import Any

import numpy as np

from audits.contract.files import CHUNK, File
from audits.contract.records import BOM, Header

Bits = np.ndarray[Any, np.dtype[np.uint64]]
_ONE, _TOP, _ALL, _NONE = np.uint64(1), np.uint64(63), np.uint64(0xFFFF_FFFF_FFFF_FFFF), np.uint64(0)


class Census:
    """`records`, the header too, without blank lines; no line is longer than `longest`; `faulty` where a byte is out of place."""

    def __init__(self, header: Header) -> None:
        self.records = self.longest = 0
        self.faulty = False
        self._header = header
        self._separators = self._unbroken = 0
        self._inside = _NONE  # all ones where the bytes so far end inside quotes
        self._carried = {"edge": _ONE}
        self._last = b""
        self._decoder = codecs.getincrementaldecoder("utf-8")()

    def add(self, chunk: bytes) -> None:
        """Count the next bytes: CHUNK of them, unless they are the last."""
        text = np.frombuffer(chunk.ljust(-(-len(chunk) // 64) * 64, b"\0"), np.uint8)
        quote = _bits(text, b'"')
        inside = self._parity(quote)
        lf, cr, separator = (_bits(text, byte) & ~inside for byte in (b"\n", b"\r", self._header.separator))
        self._judge_quotes(quote, inside, lf | cr | separator, len(chunk))
        self._count_lines(lf, cr)
        self._separators += _count(separator)
        self._last = (self._last + chunk)[-2:]
        self.faulty |= b"\0" in chunk or not self._is_text(chunk)

    def end(self) -> None:
        """There are no more bytes."""
        ended = self._last.endswith(self._header.newline)
        self.records += not ended
        self.faulty |= bool(self._inside) or (self._last.endswith(b"\r") and not ended) or not self._is_text(b"", final=True)
        self.faulty |= self._separators != self.records * (len(self._header.names) - 1)

    def _parity(self, quote: Bits) -> Bits:
        """Ones from each opening quote to the byte before the one that closes it."""
        parity = quote.copy()
        for step in (1, 2, 4, 8, 16, 32):
            parity ^= parity << np.uint64(step)
        before = np.zeros_like(parity)
        np.cumsum(parity[:-1] >> _TOP, out=before[1:])
        parity ^= (_NONE - (before & _ONE)) ^ self._inside
        self._inside = _ALL if parity[-1] >> _TOP else _NONE
        return parity

    def _judge_quotes(self, quote: Bits, inside: Bits, edge: Bits, length: int) -> None:
        """An opening quote begins a field or is the second of two, a closing one ends a field or is the first of two."""
        opening, closing = quote & inside, quote & ~inside
        stray = opening & ~(self._before("edge", edge) | self._before("closing", closing))
        junk = self._before("closed", closing) & ~(edge | quote)
        if length < len(quote) * 64:
            junk &= _first(length, len(quote))
        self.faulty |= bool(stray.any() or junk.any())

    def _count_lines(self, lf: Bits, cr: Bits) -> None:
        newline = self._header.newline
        first, last = (cr if newline[:1] == b"\r" else lf), (cr if newline[-1:] == b"\r" else lf)
        other = {b"\n": cr, b"\r": lf}.get(newline)
        self.faulty |= bool((lf ^ self._before("cr", cr) if other is None else other).any())
        self.records += _count(last) - _count(first & self._before("newline", last))
        self._unbroken = 0 if last.any() else self._unbroken + 1
        self.longest = max(self.longest, (self._unbroken + 2) * CHUNK)

    def _before(self, name: str, bits: Bits) -> Bits:
        """The bits one byte later; the last one is kept for the next bytes."""
        moved = bits << _ONE
        moved[1:] |= bits[:-1] >> _TOP
        moved[0] |= self._carried.get(name, _NONE)
        self._carried[name] = bits[-1] >> _TOP
        return moved

    def _is_text(self, chunk: bytes, final: bool = False) -> bool:
        try:
            if final or not chunk.isascii() or self._decoder.getstate()[0]:
                self._decoder.decode(chunk, final)
            return True
        except UnicodeDecodeError:
            self._decoder.reset()
            return False


def census(file: File, header: Header) -> Census:
    """The count of a file whose header was read."""
    counted = Census(header)
    for chunk in file.chunks(len(BOM) if file.read(len(BOM)) == BOM else 0):
        counted.add(chunk)
    counted.end()
    return counted


def _bits(text: np.ndarray[Any, np.dtype[np.uint8]], byte: bytes) -> Bits:
    return np.packbits(text == byte[0], bitorder="little").view("<u8")


def _count(bits: Bits) -> int:
    return int(np.bitwise_count(bits).sum())


def _first(length: int, words: int) -> Bits:
    """Ones in the place of the first bytes."""
    return np.packbits(np.arange(words * 64) < length, bitorder="little").view("<u8")
