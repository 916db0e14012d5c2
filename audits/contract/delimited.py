"""Text with a record a line: the separator is what the header shows, all else is fixed (records.py), nothing guessed or skipped.

An empty field is NULL, `""` is an empty text. Blank lines are no records. The bytes are counted before the engine reads the file,
and the engine must find the records that were counted; what is wrong is told with its line.
"""

from __future__ import annotations

import re
from mmap import ACCESS_READ, mmap

import duckdb

from audits.contract.census import Census, census
from audits.contract.encoding import must_be_text, wrong_text
from audits.contract.engine import compress, literal, one, quoted
from audits.contract.files import File
from audits.contract.names import Read, columns, is_header
from audits.contract.records import (
    BOM,
    SEPARATORS,
    Header,
    end_of_record,
    newline_at,
    unquoted,
    values,
    wrong,
    wrong_quote,
)
from audits.errors import Unusable, kind_of

_LONGEST_LINE = 2_000_000  # that the engine takes, unless it is told otherwise
# What programs write above a header: Excel's separator, a comment.
_NO_HEADER = re.compile(rb"sep=.?[;,\t|]*$|#(\s|[^,;\t|]*$)", re.IGNORECASE)
_OPTIONS = """auto_detect = false, header = true, quote = '"', escape = '"', strict_mode = true, null_padding = false,
    ignore_errors = false, allow_quoted_nulls = false, encoding = 'utf-8', compression = 'none'"""


def load(con: duckdb.DuckDBPyConnection, table: str, file: File, read: Read = None) -> None:
    """Make a table of a file, every column text; raises Unusable naming the line where it is written otherwise.

    `read` are the columns that somebody reads: the others may have names that stand twice.
    """
    header = header_of(file)
    names = columns(header.names, file.shown, read)
    counted = census(file, header)
    if counted.faulty:
        raise _refused(file, header, "its quotes, separators and lines do not fit together")
    try:
        con.execute(_create(table, file, header, names, counted))
        compress(con, table)
        found = one(con, f"select count(*) from {table}")
    except duckdb.Error as error:
        raise _refused(file, header, kind_of(error)) from error
    if found != counted.records - 1:
        raise _refused(file, header, f"{counted.records - 1} records were counted and {found} read")
    if _has_second_header(con, table, names):
        raise _refused(file, header, "a record is a second header")


def header_of(file: File) -> Header:
    """What the first line says; raises Unusable where it names no columns."""
    must_be_text(file)
    content, start, end = _first_record(file)
    if why := wrong_quote(content, start, b"".join(SEPARATORS)):
        raise Unusable(f"{file.shown}: {why}")
    if start == end:
        blank = "line 1 is blank" if content[end:] else "is empty"
        raise Unusable(f"{file.shown}: {blank}; the first line must name the columns")
    line = content[start:end]
    if _NO_HEADER.match(line):
        raise Unusable(f"{file.shown}: line 1 is not the header; delete it, so that the first line names the columns")
    separator = _separator(file, unquoted(line))
    try:
        names = tuple(name or "" for name in values(line, separator))
    except UnicodeDecodeError as error:
        raise Unusable(f"{file.shown}: {wrong_text(file)}") from error
    return Header(names, separator, newline_at(content, end) or b"\n")


def _first_record(file: File) -> tuple[bytes, int, int]:
    """The beginning of a file, and where its first record begins and ends in it."""
    for size in (1 << 16, 1 << 20, 1 << 24):
        content = file.read(size)
        start = len(BOM) if content.startswith(BOM) else 0
        end = end_of_record(content, start)
        if content[end : end + 2].strip(b'"\r') or len(content) < size:
            break
    return content, start, end


def _separator(file: File, line: bytes) -> bytes:
    counts = {separator: line.count(separator) for separator in SEPARATORS}
    found = [separator for separator, count in counts.items() if count and count == max(counts.values())]
    if len(found) > 1:
        named = " and ".join(SEPARATORS[separator] for separator in found)
        raise Unusable(f"{file.shown}: line 1 may be separated by {named}; put names that hold one of them in quotes")
    return found[0] if found else b","


def _create(table: str, file: File, header: Header, names: list[str], counted: Census) -> str:
    """SQL that reads the file as text, as its header has it."""
    types = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in names)
    longest = max(counted.longest, _LONGEST_LINE)
    # In a file of one column the engine takes a blank line for a record, and nothing else for NULL.
    no_blanks = f"where {quoted(names[0])} is not null" if len(names) == 1 else ""
    return f"""create table {table} as select * from read_csv({literal(file.for_engine())}, columns = {{{types}}},
        delim = {literal(header.separator.decode())}, max_line_size = {longest}, {_OPTIONS}) {no_blanks}"""


def _has_second_header(con: duckdb.DuckDBPyConnection, table: str, names: list[str]) -> bool:
    spelt = ", ".join(literal(name.lower()) for name in names)
    in_place = " or ".join(f"{quoted(name)} = {literal(name)}" for name in names)
    found = con.execute(f"select * from {table} where lower({quoted(names[0])}) in ({spelt}) or {in_place}")
    return any(is_header(row, names) for rows in iter(lambda: found.fetchmany(1000), []) for row in rows)


def _refused(file: File, header: Header, otherwise: str) -> Unusable:
    """What is wrong with the file, and where; `otherwise` where no line is found that is."""
    why = wrong_text(file)
    if why is None:
        with mmap(file.descriptor, 0, access=ACCESS_READ) as content:
            why = wrong(content, header)
    return Unusable(f"{file.shown}: {why or f'its rows: cannot be read: {otherwise}'}")
