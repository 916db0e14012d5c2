"""Workbooks (.xlsx): a sheet is a table, its first row the names of the columns, each cell the text of what is stored in it.

A date is written as ISO 8601 has it, with its time where the cell's format shows one. openpyxl reads them: it keeps a cell's
format, by which a day differs from the midnight it begins with, and an error is no empty cell.
"""

from __future__ import annotations

import csv
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from io import TextIOWrapper
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

import duckdb
from openpyxl import load_workbook
from openpyxl.styles.numbers import is_datetime
from openpyxl.utils.cell import get_column_letter
from openpyxl.utils.escape import unescape
from openpyxl.utils.exceptions import InvalidFileException

from audits.contract import delimited
from audits.contract.encoding import what_it_is
from audits.contract.files import File, printable, scratch
from audits.contract.names import Read, columns, is_header, stripped
from audits.errors import Unusable, first_line, kind_of

_MOST_BYTES = 1 << 30
_ZEROS = re.compile("0{1,64}")  # a format that shows a number with so many digits: ids that begin with zeros
# Both go over a sheet once, whatever it holds: no tag is looked at beyond the next one, and no blanks twice.
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell [^<>]*?ref="([A-Z0-9:]+)"')
# A cell that holds a formula, and no value or an empty one.
_FORMULA = re.compile(
    rb"""<(?:\w+:)?c [ ] (?:[^<>]*[^<>/])? > \s*+
    <(?:\w+:)?f (?:[ ][^<>]*)? (?: /> | >[^<]*</(?:\w+:)?f> ) \s*+
    (?: <(?:\w+:)?v \s*+ (?: /> | ></(?:\w+:)?v> ) )? \s*+ </(?:\w+:)?c>""",
    re.VERBOSE,
)
_BROKEN = (BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, AttributeError, OSError, EOFError, SyntaxError)


def sheets(file: File) -> list[str]:
    """The names of the sheets that hold anything; raises Unusable where it is no workbook."""
    with _opened(file) as book:
        return [sheet.title for sheet in book.worksheets if any(_is_filled(row) for row in _rows(sheet))]


def load(con: duckdb.DuckDBPyConnection, table: str, file: File, read: Read, folder: Path, sheet: str) -> None:
    """Make a table of a sheet; raises Unusable naming the cell where it is none."""
    shown = f"{file.shown}: sheet {printable(sheet)}"
    ours, stream = scratch(file, folder)
    with TextIOWrapper(stream, encoding="utf-8", newline="") as text, _opened(file) as book:
        _must_be_plain(file, shown, book[sheet])
        writer = csv.writer(text)
        for row in _records(shown, book[sheet], read):
            writer.writerow(row)
    delimited.load(con, table, ours)


def _records(shown: str, sheet: Any, read: Read) -> Iterator[list[str]]:
    """The names of the columns, then each row's texts."""
    rows = ((number, row) for number, row in enumerate(_rows(sheet), 1) if _is_filled(row))
    number, header = next(rows)
    named = {place: text for place, cell in enumerate(header) if (text := stripped(_text(cell)))}
    names = columns(list(named.values()), shown, read)
    yield names
    for number, row in rows:
        texts = {place: text for place, cell in enumerate(row) if (text := _text(cell))}
        if unnamed := texts.keys() - named.keys():
            cell = f"{get_column_letter(min(unnamed) + 1)}{number}"
            raise Unusable(
                f"{shown}: cell {cell} holds a value, and the first row no name for its column; name it, or empty the cell"
            )
        record = [texts.get(place, "") for place in named]
        if is_header(record, names):
            raise Unusable(f"{shown}: row {number} is a second header; leave one")
        yield record


def _text(cell: Any) -> str:
    """What a cell stores: nothing, text as it is, a whole number without a point and with the zeros before it that the cell's
    format shows, a day or an instant by its format.
    """
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1 << 53:
        value = int(value)
    if isinstance(value, int):
        return f"{value:0{len(cell.number_format)}}" if _ZEROS.fullmatch(cell.number_format) else str(value)
    if (
        isinstance(value, datetime)
        and is_datetime(cell.number_format) == "date"
        and value == datetime.combine(value.date(), value.min.time())
    ):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return unescape(value) if isinstance(value, str) else str(value)


def _rows(sheet: Any) -> Iterator[Any]:
    sheet.reset_dimensions()  # what a sheet says of its own size may be wrong, and rows beyond it would not be read
    return sheet.iter_rows()  # type: ignore[no-any-return]


def _is_filled(row: Any) -> bool:
    return any(cell.value not in (None, "") for cell in row)


@contextmanager
def _opened(file: File) -> Iterator[Any]:
    if not file.read(4).startswith(b"PK"):
        raise Unusable(f"{file.shown}: {what_it_is(file.read(64), file.name) or 'is no workbook'}")
    with warnings.catch_warnings(), file.stream() as stream:
        warnings.simplefilter("ignore")  # of styles and validations that it does not keep
        try:
            with ZipFile(stream) as archive:
                unpacked = sum(entry.file_size for entry in archive.infolist())
            if unpacked > _MOST_BYTES:
                raise Unusable(f"{file.shown}: unpacks to {unpacked >> 30} GiB; write tables of that size as CSV or Parquet")
            book = load_workbook(stream, read_only=True, data_only=True)
            yield book
            book.close()
        except _BROKEN as error:
            raise Unusable(
                f"{file.shown}: its cells: cannot be read as a workbook: {kind_of(error)}", first_line(error)
            ) from error


def _must_be_plain(file: File, shown: str, sheet: Any) -> None:
    """Merged cells store one value for many, and a formula that nobody has worked out yet stores none."""
    with file.stream() as stream, ZipFile(stream) as archive:
        content = archive.read(sheet._worksheet_path)
    if merged := _MERGED.search(content):
        raise Unusable(f"{shown}: cells {merged[1].decode()} are merged; unmerge them, and fill each")
    # A formula may come to an empty text.
    found = (cell[0].split(b">")[0] for cell in _FORMULA.finditer(content))
    if cell := next((cell for cell in found if b't="str"' not in cell), None):
        place = " ".join(name.decode() for name in re.findall(rb' r="(\w+)"', cell))
        raise Unusable(f"{shown}: cell {place} is a formula without its result; open and save it in a spreadsheet program")
