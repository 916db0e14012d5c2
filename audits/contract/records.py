"""How records are written in text (RFC 4180), and in what words one is refused that is written otherwise.

Quotes are `"`, doubled inside a field, and enclose all of it. What is here is slow and exact; census.py is quick, and only once
it found that something is wrong is the place looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from mmap import mmap

from audits.contract.names import is_header, stripped

SEPARATORS = {b",": "comma", b";": "semicolon", b"\t": "tab", b"|": "bar"}
BOM = b"\xef\xbb\xbf"
_NEWLINES = {b"\n": "LF", b"\r\n": "CRLF", b"\r": "CR"}
_QUOTED = rb'"(?:[^"]++|"")*+"'
_RECORD = re.compile(rb'(?:%s|[^"\r\n]++)*+' % _QUOTED)
_NEWLINE = re.compile(rb"\r\n|\n|\r|\Z")
_PIECE = 1 << 20
_UNCLOSED = "opens a quote that is never closed; close it"
_INSIDE = "has a quote inside a field; put the whole field in quotes and double those inside"

Content = bytes | mmap


@dataclass(frozen=True)
class Header:
    """The first record: the columns' names as written, what separates them and what ends the line."""

    names: tuple[str, ...]
    separator: bytes
    newline: bytes


def end_of_record(content: Content, place: int) -> int:
    """Where the record that begins at a place ends, or cannot be read on: at a quote that is never closed."""
    found = _RECORD.match(content, place)
    return found.end() if found else place


def newline_at(content: Content, place: int) -> bytes:
    """What ends the line at a place; nothing at the end of the file."""
    found = _NEWLINE.match(content, place)
    return found[0] if found else b""


def unquoted(record: bytes) -> bytes:
    """A record without its fields in quotes."""
    return re.sub(_QUOTED, b"", record)


def values(record: bytes, separator: bytes) -> Iterator[str | None]:
    """The fields of a record whose quotes are right; None for an empty one. Raises UnicodeDecodeError where one is not UTF-8."""
    for field in re.findall(rb"(%s|[^%s]*+)(?:[%s]|\Z)" % (_QUOTED, separator, separator), record + separator)[:-1]:
        text = field[1:-1].replace(b'""', b'"') if field.startswith(b'"') else field or None
        yield None if text is None else text.decode()


def line_of(content: Content, place: int) -> int:
    """The number of the line at a place, as an editor counts them."""
    starts = range(0, place, _PIECE)
    lf, cr = (sum(content[s : min(s + _PIECE, place)].count(end) for s in starts) for end in (b"\n", b"\r"))
    return 1 + (lf or cr)


def wrong(content: Content, header: Header) -> str | None:
    """The first line that is written otherwise, and how; None where all are right."""
    place = end = len(BOM) if content[: len(BOM)] == BOM else 0
    first = True
    while place < len(content):
        end = end_of_record(content, place)
        newline = newline_at(content, end)
        if why := wrong_quote(content, place, header.separator) or _wrong_newline(content, end, newline, header):
            return why
        if end > place and not first and (why := _wrong_fields(content[place:end], header)):
            return f"line {line_of(content, place)} {why}"
        place, first = end + len(newline), False
    return None


def wrong_quote(content: Content, place: int, separators: bytes) -> str | None:
    """What is wrong with the quotes of the record that begins at a place, and in which line."""
    end, edges = end_of_record(content, place), [bytes([separator]) for separator in separators]
    for field in re.compile(_QUOTED).finditer(content, place, end):
        begins = field.start() == place or content[field.start() - 1 : field.start()] in edges
        ends = field.end() == end or content[field.end() : field.end() + 1] in edges
        if not (begins and ends):
            return f"line {line_of(content, field.start())} {_INSIDE}"
    if content[end : end + 1] != b'"':
        return None
    begins = end == place or content[end - 1 : end] in edges
    return f"line {line_of(content, end)} {_UNCLOSED if begins else _INSIDE}"


def _wrong_newline(content: Content, end: int, newline: bytes, header: Header) -> str | None:
    if newline in (b"", header.newline):
        return None
    return (
        f"line {line_of(content, end)} ends with {_NEWLINES[newline]}, the first with {_NEWLINES[header.newline]}; end all alike"
    )


def _wrong_fields(record: bytes, header: Header) -> str | None:
    found = list(values(record, header.separator))
    known = {stripped(name).lower() for name in header.names}
    named = sum(stripped(value or "").lower() in known for value in found)
    if is_header(found, header.names) or named > max(1, len(known) / 2):
        return "is a second header: files were joined; leave one header, with the same columns for all records"
    if len(found) == len(header.names):
        return None
    by = SEPARATORS[header.separator]
    many = f"has {_fields(len(found))} separated by {by}, the header {_fields(len(header.names))}"
    return f"{many}; write as many, in quotes where a field holds a {by}"


def _fields(count: int) -> str:
    return f"{count} field" if count == 1 else f"{count} fields"
