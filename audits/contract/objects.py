"""JSON: an array of objects, or an object a line. Lists and objects stay what they are; all else is text, numbers as written.

Read by Python's own reader: the engine's takes an array that ends too early for a whole one, and rounds numbers.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from io import TextIOWrapper
from pathlib import Path
from typing import Any

import duckdb

from audits.contract.encoding import must_be_text, wrong_text
from audits.contract.engine import compress, literal, one, quoted
from audits.contract.files import File, scratch
from audits.contract.names import Read, columns
from audits.errors import Unusable

_BLANK = " \t\r\n"
_LONGEST_ARRAY = 1 << 30
_LONGEST_LINE = 1 << 26  # letters: what is longer is held by no one object
_NO_OBJECT = "holds a value that is no object; write {…} for each record"
_TEXT = "VARCHAR"


class Kind:
    """What the values of a place are: text, lists of one kind, or objects with fields of theirs; text where they differ."""

    def __init__(self) -> None:
        self.scalar = False
        self.items: Kind | None = None
        self.fields: dict[str, Kind] | None = None

    def add(self, value: Any) -> None:
        """There is this value, too."""
        if isinstance(value, list):
            self.items = self.items or Kind()
            for item in value:
                self.items.add(item)
        elif isinstance(value, dict):
            self.fields = {} if self.fields is None else self.fields
            for name, item in value.items():
                self.fields.setdefault(name, Kind()).add(item)
        elif value is not None:
            self.scalar = True

    @property
    def is_text(self) -> bool:
        """Whether not all values are lists, nor all objects whose fields the engine can tell apart."""
        folded = {name.lower() for name in self.fields or {}}
        unclear = self.fields is not None and (not self.fields or len(folded) < len(self.fields) or "" in folded)
        return self.scalar or unclear or (self.items is None) == (self.fields is None)

    @property
    def type(self) -> str:
        """The engine's type."""
        if self.is_text:
            return _TEXT
        if self.items:
            return f"{self.items.type}[]"
        return f"STRUCT({', '.join(f'{quoted(name)} {kind.type}' for name, kind in (self.fields or {}).items())})"

    def of(self, value: Any) -> Any:
        """A value as this kind has it."""
        if value is None or isinstance(value, str) or not self.is_text:
            return self.within(value)
        return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else str(value).lower()

    def within(self, value: Any) -> Any:
        """A value of which this kind's parts are as they have them."""
        if isinstance(value, list) and self.items:
            return [self.items.of(item) for item in value]
        if isinstance(value, dict) and self.fields:
            return {name: self.fields[name].of(item) for name, item in value.items()}
        return value


def load(con: duckdb.DuckDBPyConnection, table: str, file: File, read: Read, folder: Path, lines: bool) -> None:
    """Make a table of a file's objects, a column for each name they have; raises Unusable naming the line that holds others."""
    must_be_text(file)
    try:
        _load(con, table, file, read, folder, lines)
    except RecursionError as error:
        raise Unusable(f"{file.shown}: its objects lie too deep in each other; write columns beside each other") from error


def _load(con: duckdb.DuckDBPyConnection, table: str, file: File, read: Read, folder: Path, lines: bool) -> None:
    kind, count = Kind(), 0
    for record in _records(file, lines):
        kind.add(record)
        count += 1
    if not kind.fields:
        raise Unusable(
            f"{file.shown}: holds no object with a name, so that its columns are not known; write at least one, with nulls"
        )
    names = dict(zip(kind.fields, columns(list(kind.fields), file.shown, read), strict=True))
    ours, longest = _written(file, folder, lines, kind, names)
    types = ", ".join(f"{literal(names[name])}: {literal(field.type)}" for name, field in kind.fields.items())
    con.execute(
        f"create table {table} as select * from read_json({literal(ours.for_engine())}, format = 'newline_delimited', "
        f"columns = {{{types}}}, maximum_object_size = {longest})"
    )
    compress(con, table)
    if (found := one(con, f"select count(*) from {table}")) != count:
        raise Unusable(f"{file.shown}: its rows: cannot be read: {count} objects were counted and {found} read")


def _written(file: File, folder: Path, lines: bool, kind: Kind, names: dict[str, str]) -> tuple[File, int]:
    """The records again, an object a line, each value as its column has it; and the bytes of the longest line."""
    ours, stream = scratch(file, folder)
    longest = 1 << 20
    with stream:
        for number, record in enumerate(_records(file, lines), 1):
            values = {names[name]: value for name, value in kind.within(record).items()}
            try:
                line = json.dumps(values, ensure_ascii=False).encode()
            except UnicodeEncodeError as error:
                raise Unusable(f"{file.shown}: object {number} holds half a letter, a surrogate alone; write it whole") from error
            longest = max(longest, len(line) + 1)
            stream.write(line + b"\n")
    return ours, longest


def _records(file: File, lines: bool) -> Iterator[dict[str, Any]]:
    records = _by_line(file) if lines else _in_array(file)
    try:
        yield from records
    except UnicodeDecodeError as error:
        raise Unusable(f"{file.shown}: {wrong_text(file)}") from error


def _by_line(file: File) -> Iterator[dict[str, Any]]:
    with TextIOWrapper(file.stream(), encoding="utf-8-sig", newline="\n") as stream:
        for number, line in enumerate(iter(partial(stream.readline, _LONGEST_LINE), ""), 1):
            if len(line) == _LONGEST_LINE:
                raise Unusable(f"{file.shown}: line {number} is longer than {_LONGEST_LINE >> 20} MiB; write an object a line")
            if text := line.strip(_BLANK):
                value, end = _decoded(file, text, 0, number)
                if end < len(text):
                    raise Unusable(f"{file.shown}: line {number} goes on after its object; write one object a line")
                if not isinstance(value, dict):
                    raise Unusable(f"{file.shown}: line {number} {_NO_OBJECT}")
                yield value


def _in_array(file: File) -> Iterator[dict[str, Any]]:
    if file.size > _LONGEST_ARRAY:
        raise Unusable(f"{file.shown}: an array of {file.size >> 20} MiB is not read whole; write an object a line, as .jsonl")
    with TextIOWrapper(file.stream(), encoding="utf-8-sig", newline="") as stream:
        text = stream.read()
    place = _skipped(text, 0)
    if text[place : place + 1] != "[":
        raise Unusable(
            f"{file.shown}: is no array of objects; write [{{…}}, …], or an object a line into a file that ends with .jsonl"
        )
    place = _skipped(text, place + 1)
    more = text[place : place + 1] != "]"
    while more:
        if place == len(text):
            break
        value, end = _decoded(file, text, place, None)
        if not isinstance(value, dict):
            raise Unusable(f"{file.shown}: line {_line(text, place)} {_NO_OBJECT}")
        yield value
        place = _skipped(text, end)
        if more := text[place : place + 1] == ",":
            place = _skipped(text, place + 1)
    if text[place : place + 1] != "]":
        raise Unusable(f"{file.shown}: line {_line(text, place)}: the array ends too early, or lacks a comma; write it out again")
    if text[place + 1 :].strip(_BLANK):
        raise Unusable(f"{file.shown}: line {_line(text, place)}: the file goes on after its array; leave one array")


def _decoded(file: File, text: str, place: int, line: int | None) -> tuple[Any, int]:
    try:
        return _DECODER.raw_decode(text, place)
    except json.JSONDecodeError as error:
        raise Unusable(
            f"{file.shown}: line {line or error.lineno} is no JSON: {error.msg}, at character {error.colno}"
        ) from error
    except _NotJson as error:
        raise Unusable(f"{file.shown}: line {line or _line(text, place)}: {error}") from error


class _NotJson(ValueError):
    pass


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _NotJson("an object has the same name twice; leave one")
    return found


def _constant(name: str) -> Any:
    raise _NotJson(f"{name} is no JSON; write null")


_DECODER = json.JSONDecoder(object_pairs_hook=_pairs, parse_float=str, parse_int=str, parse_constant=_constant)


def _skipped(text: str, place: int) -> int:
    while place < len(text) and text[place] in _BLANK:
        place += 1
    return place


def _line(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1
