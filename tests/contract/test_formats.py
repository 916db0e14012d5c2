"""What an export's files hold is what comes out, or they are refused with file, line and reason, in one line."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import shutil
import socket
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time
from pathlib import Path
from random import Random
from typing import Any
from zipfile import ZipFile

import duckdb
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

from audits.contract import delimited, files, formats, profile
from audits.contract import workbook as workbooks
from audits.contract.export import Settings
from audits.contract.quality import without_zone_at_all
from audits.errors import Unusable

from ..conftest import MakeDatabase, opened

Rows = list[tuple[str | None, ...]]
AS_OF = "2026-11-02"
ROW = "request_id,type,received_at\n"


def written(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


ENGINE = duckdb.connect()


def held(path: Path, table: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Columns and rows of one file as the engine has them."""
    try:
        formats.attach(ENGINE, formats.container(path, {}))
        found = ENGINE.execute(f'select * from source."{table}"')
        return [name for name, *_ in found.description], found.fetchall()
    finally:
        ENGINE.execute("detach database if exists source")


@pytest.fixture(scope="module", autouse=True)
def engine(tmp_path_factory: pytest.TempPathFactory) -> None:
    ENGINE.execute("set temp_directory = ?", [str(tmp_path_factory.mktemp("spill"))])


def in_csv(tmp_path: Path, content: str | bytes, name: str = "t.csv") -> tuple[list[str], list[tuple[Any, ...]]]:
    return held(written(tmp_path / name, content), "t")


def refusal(make: Callable[[], Any]) -> str:
    with pytest.raises(Unusable) as caught:
        make()
    assert "\n" not in str(caught.value)
    return str(caught.value)


# Text: what is read

HELD: dict[str, tuple[str | bytes, Rows]] = {
    "LF": ("a,b\n1,2\n3,4\n", [("1", "2"), ("3", "4")]),
    "CRLF": ("a,b\r\n1,2\r\n3,4\r\n", [("1", "2"), ("3", "4")]),
    "CR": ("a,b\r1,2\r3,4\r", [("1", "2"), ("3", "4")]),
    "no newline at the end": ("a,b\n1,2", [("1", "2")]),
    "no newline at the end, CRLF": ("a,b\r\n1,2\r\n3,4", [("1", "2"), ("3", "4")]),
    "a closing quote at the end": ('a,b\n1,"2"', [("1", "2")]),
    "a header alone": ("a,b\n", []),
    "a header alone, without newline": ("a,b", []),
    "blank lines at the end": ("a,b\n1,2\n\n\n", [("1", "2")]),
    "blank lines between": ("a,b\r\n\r\n1,2\r\n\r\n\r\n3,4\r\n", [("1", "2"), ("3", "4")]),
    "a byte order mark": (b"\xef\xbb\xbfa,b\n1,2\n", [("1", "2")]),
    "a byte order mark before a quote": (b'\xef\xbb\xbf"a","b"\n1,2\n', [("1", "2")]),
    "semicolons": ("a;b\n1,5;2\n", [("1,5", "2")]),
    "tabs": ("a\tb\n1,5\t2;3\n", [("1,5", "2;3")]),
    "bars": ("a|b\n1,5|2\n", [("1,5", "2")]),
    "a separator in a quoted name": ('"a;a";b\n1;2\n', [("1", "2")]),
    "a newline in a quoted name": ('"a\na",b\n1,2\n', [("1", "2")]),
    "quoted newlines": ('a,b\n"1\n2","x\r\ny\rz"\n', [("1\n2", "x\r\ny\rz")]),
    "quoted newlines in CRLF": ('a,b\r\n"1\n\n2","\r"\r\n', [("1\n\n2", "\r")]),
    "doubled quotes": ('a,b\n"x""y",""""\n"""z""",\n', [('x"y', '"'), ('"z"', None)]),
    "nothing is NULL, quotes with nothing are text": ('a,b\n"",\n,""\n', [("", None), (None, "")]),
    "blanks are kept": ("a,b\n 1 ,  \n", [(" 1 ", "  ")]),
    "words for nothing are words": ("a,b\nNULL,\\N\nNaN,null\n", [("NULL", "\\N"), ("NaN", "null")]),
    "what looks like a comment": ("a,b\n#x,2\n", [("#x", "2")]),
    "numbers are text": ("a,b\n007,1e3\n", [("007", "1e3")]),
    "separators alone": ("a,b\n,\n", [(None, None)]),
    "a backslash is one": ('a,b\n\\,"\\"\n', [("\\", "\\")]),
    "one column": ('a\n1\n\n""\n2\n', [("1",), ("",), ("2",)]),
    "a long field": ("a,b\n1," + "x" * 5_000_000 + "\n", [("1", "x" * 5_000_000)]),
    "a quoted field after many plain rows": (
        "a,b\n" + "1,2\n" * 25_000 + '"3\n,",4\n',
        [("1", "2")] * 25_000 + [("3\n,", "4")],
    ),
    "a value like its column's name": ("a,b,c,d\na,2,3,4\n", [("a", "2", "3", "4")]),
}


@pytest.mark.parametrize(("content", "rows"), HELD.values(), ids=HELD)
def test_text_is_read(tmp_path: Path, content: str | bytes, rows: Rows) -> None:
    assert in_csv(tmp_path, content)[1] == rows


NAMES = {
    'a , B ,"c "\n': ["a", "B", "c"],
    ",a,\n": ["column0", "a", "column2"],
    "\u200ba\ufeff,\u00a0b\u00a0,c\u200b\n": ["a", "b", "c"],
    "\ufeff\ufeffa,b\n": ["a", "b"],
    "#,#b\n": ["#", "#b"],
    '"a""b","ü ö"\n': ['a"b', "ü ö"],
}


@pytest.mark.parametrize("header", NAMES)
def test_names_are_without_blanks_around_them(tmp_path: Path, header: str) -> None:
    assert in_csv(tmp_path, header + ",".join("123"[: len(NAMES[header])]))[0] == NAMES[header]


# Text: what is refused

REFUSED: dict[str, tuple[str | bytes, str]] = {
    "nothing": ("", "is empty"),
    "a byte order mark alone": (b"\xef\xbb\xbf", "is empty"),
    "a blank first line": ("\na,b\n1,2\n", "line 1 is blank"),
    "the separator for Excel": ("sep=;\na;b\n1;2\n", "line 1 is not the header; delete it"),
    "the separator for Excel, after a mark": (b"\xef\xbb\xbfSEP=,\r\na,b\r\n", "line 1 is not the header"),
    "a comment without a blank": ("#exported\na,b\n1,2\n", "line 1 is not the header"),
    "a short row": ("a,b\n1,2\n1\n", "line 3 has 1 field separated by comma, the header 2 fields"),
    "a long row": ("a,b\n1,2,3\n", "line 2 has 3 fields"),
    "a separator too many": ("a,b\n1,2,\n", "line 2 has 3 fields"),
    "a short row and a long one": ("a,b,c\n1,2\n3,4,5,6\n", "line 2 has 2 fields"),
    "a row of blanks": ("a,b\n1,2\n  \n", "line 3 has 1 field"),
    "a short row after quoted newlines": ('a,b\n"1\n2",3\n4\n', "line 4 has 1 field"),
    "an unclosed quote": ('a,b\n1,"2\n3,4\n', "line 2 opens a quote that is never closed"),
    "an unclosed quote in the header": ('"a,b\n1,2\n', "line 1 opens a quote that is never closed"),
    "text after a quote": ('a,b\n1,"x"y\n', "line 2 has a quote inside a field"),
    "a blank after a quote": ('a,b\n"1" ,2\n', "line 2 has a quote inside a field"),
    "a blank before a quote": ('a,b\n1, "2"\n', "line 2 has a quote inside a field"),
    "a quote inside": ('a,b\n1,2\n3,5"\n', "line 3 has a quote inside a field"),
    "quotes inside": ('a,b\n1,a "b" c\n', "line 2 has a quote inside a field"),
    "quotes inside of two fields": ('a,b\n1"2,3"4\n', "line 2 has a quote inside a field"),
    "a second header": ("a,b\n1,2\na,b\n3,4\n", "line 3 is a second header"),
    "a second header in capitals": ("a,b\n1,2\nA,B\n3,4\n", "line 3 is a second header"),
    "a second header in quotes": ('a,b\n"1\n2",3\n"a","b"\n3,4\n', "line 4 is a second header"),
    "a second header with a column more": ("a,b\n1,2\na,b,c\n3,4,5\n", "line 3 is a second header"),
    "a second header with a column less": ("a,b,c\n1,2,3\na,b\n3,4\n", "line 3 is a second header"),
    "a second header in another order": ("a,b,c\n1,2,3\nc,a,b\n3,4,5\n", "line 3 is a second header"),
    "a second header with another column": ("a,b,c,d\n1,2,3,4\na,b,c,e\n1,2,3,4\n", "line 3 is a second header"),
    "a second header of one column": ("a\n1\na\n", "line 3 is a second header"),
    "LF, then CRLF": ("a,b\n1,2\r\n3,4\n", "line 2 ends with CRLF, the first with LF"),
    "LF, then CR": ("a,b\n1,2\r3,4\n", "line 2 ends with CR, the first with LF"),
    "CRLF, then LF": ("a,b\r\n1,2\n", "line 2 ends with LF, the first with CRLF"),
    "CRLF, then CR at the end": ("a,b\r\n1,2\r", "line 2 ends with CR, the first with CRLF"),
    "a NUL byte": (b"a,b\n1,x\0y\n", "line 2 holds a NUL byte"),
    "Latin-1": (b"a,b\n1,M\xfcller\n", "line 2 is not UTF-8 but looks like Latin-1"),
    "Latin-1 in the header": (b"a,M\xfcller\n1,2\n", "line 1 is not UTF-8 but looks like Latin-1"),
    "Windows-1252": (b"a,b\n1,\x80\n", "line 2 is not UTF-8 but looks like Windows-1252"),
    "damaged UTF-8": ("a,b\n1,ü\n".encode() + b"2,\xfc\n", "line 3 is not UTF-8, as the lines before are"),
    "half a letter at the end": (b"a,b\n1,\xc3", "line 2 is not UTF-8"),
    "a surrogate": (b"a,b\n1,\xed\xa0\x80\n", "line 2 is not UTF-8"),
    "UTF-16": ("a,b\n1,2\n".encode("utf-16"), "looks like UTF-16; save it as UTF-8, or: iconv -f UTF-16 -t UTF-8"),
    "UTF-16 without a mark": ("a,b\n1,2\n".encode("utf-16-be"), "looks like UTF-16"),
    "UTF-32": ("a,b\n1,2\n".encode("utf-32"), "looks like UTF-32"),
    "a name twice": ("a,b,a\n1,2,3\n", "columns 1 and 3 have the same name;"),
    "a name twice in another case": ("a,Bc,bC \n1,2,3\n", "columns 2 and 3 have the same name;"),
    "two separators": ("a;b,c\n1;2,3\n", "line 1 may be separated by comma and semicolon"),
    "a comment before the header": ("# exported, by a tool\na,b,c\n1,2,3\n", "line 1 is not the header; delete it"),
    "gzip": (gzip.compress(b"a,b\n"), "is compressed by gzip; add .gz to its name"),
    "a workbook": (b"PK\x03\x04abc", "name a workbook .xlsx"),
    "SQLite": (b"SQLite format 3\0" + bytes(100), "is an SQLite database"),
}


@pytest.mark.parametrize(("content", "says"), REFUSED.values(), ids=REFUSED)
def test_text_is_refused_with_line_and_reason(tmp_path: Path, content: str | bytes, says: str) -> None:
    said = refusal(lambda: in_csv(tmp_path, content))
    assert said.startswith(f"{tmp_path}/t.csv: ")
    assert says in said


@pytest.mark.parametrize(("content", "says"), REFUSED.values(), ids=REFUSED)
def test_what_is_far_down_is_found_too(tmp_path: Path, content: str | bytes, says: str) -> None:
    """Below more rows than are counted at once: the same fault, unless it is the file's beginning that is wrong."""
    raw = content if isinstance(content, bytes) else content.encode()
    header, _, rest = raw.partition(b"\n")
    row = b",".join([b"z"] * (header.count(b",") + 1)) + (b"\r\n" if header.endswith(b"\r") else b"\n")
    if not rest or "line 1" in says or not says.startswith("line") or "may be" in says:
        return
    more = -(-3 * files.CHUNK // len(row))
    line = int(says.split()[1])
    said = refusal(lambda: in_csv(tmp_path, header + b"\n" + row * more + rest))
    assert f"line {line + more} " in said


TEXTS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=8) | st.sampled_from(
    ["", '"', '""', "\n", "\r\n", "\r", ",", ";", "\t", "ü", "a,b", 'a"b', " a ", "NULL", "x" * 70, "\ufeff"]
)


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[str], Rows]:
    width = draw(st.integers(1, 4))
    rows = draw(st.lists(st.tuples(*[TEXTS | st.none()] * width), max_size=30))
    return [f"c{i}" for i in range(width)], rows


def as_text(rows: Iterable[Iterable[str | None]], **dialect: Any) -> str:
    """As Python writes it, NULL as nothing at all."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL, **dialect)
    for row in rows:
        marked = ["\0" if value is None else value for value in row]
        writer.writerow(marked)
    return stream.getvalue().replace('"\0"', "")


@given(tables(), st.sampled_from(",;\t|"), st.sampled_from(["\n", "\r\n"]), st.booleans(), st.integers(0, 130))
def test_any_table_reads_back(
    tmp_path_factory: pytest.TempPathFactory, table: tuple[list[str], Rows], separator: str, newline: str, ended: bool, shift: int
) -> None:
    names, rows = table
    # A record of one column with nothing in it is a blank line, which is none; the bytes' places are moved against words of 64.
    rows = [row for row in rows if len(row) > 1 or row[0] is not None]
    if len(names) == 1:
        separator = ","
    names = [names[0] + "x" * shift, *names[1:]]
    text = as_text([names, *rows], delimiter=separator, lineterminator=newline)
    path = tmp_path_factory.mktemp("t") / "t.csv"
    assert in_csv(path.parent, text if ended else text[: -len(newline)])[1] == rows


@given(tables())
def test_any_table_reads_back_as_python_quotes_it(
    tmp_path_factory: pytest.TempPathFactory, table: tuple[list[str], Rows]
) -> None:
    """Python leaves out quotes where it can; an empty text is then nothing."""
    names, rows = table
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows([names, *rows])
    expected = [tuple(value or None for value in row) if len(names) > 1 else (row[0] or "",) for row in rows]
    found = in_csv(tmp_path_factory.mktemp("t"), stream.getvalue())[1]
    assert [tuple(v or None for v in row) if len(names) > 1 else row for row in found] == expected


@given(st.text('ab",\n\r ', max_size=40))
def test_no_text_is_read_in_part(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    """Whatever is read is what Python reads, record by record; all else is refused."""
    folder = tmp_path_factory.mktemp("t")
    try:
        found = in_csv(folder, "h,i\n" + text)[1]
    except Unusable:
        return
    expected = [row for row in csv.reader(io.StringIO("h,i\n" + text, newline=""), strict=True) if row][1:]
    assert [[value or "" for value in row] for row in found] == expected


def test_rows_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine leaves out a record: the file is refused, with both counts."""
    create = delimited._create
    monkeypatch.setattr(delimited, "_create", lambda *arguments: create(*arguments) + " limit 1")
    assert "2 records were counted and 1 read" in refusal(lambda: in_csv(tmp_path, "a,b\n1,2\n3,4\n"))


@pytest.mark.slow
def test_a_large_file_that_is_read_in_parts_at_once(tmp_path: Path) -> None:
    """Where the engine divides a file, it must not take a newline in quotes for the end of a record."""
    random = Random(7)
    words = ["", "x", "a\nb", '"', "\n\n", '","', "\n1,2,3\n", "ü" * 9, None]
    rows = [tuple(random.choice(words) for _ in range(3)) for _ in range(900_000)]
    assert in_csv(tmp_path, as_text([("a", "b", "c"), *rows]))[1] == rows


# Compressed text, JSON, workbooks, Parquet

LINES = ROW + 'r1,access,2026-01-31\nr2,"er,asure",\n'
AS_ROWS = [("r1", "access", "2026-01-31"), ("r2", "er,asure", None)]


PACKED = {
    "t.tsv": LINES.replace('"er,asure"', "er\0asure").replace(",", "\t").replace("\0", ",").encode(),
    "t.txt": LINES.encode(),
    "T.CSV": LINES.encode(),
    "t.csv.gz": gzip.compress(LINES.encode()),
    "t.TSV.gz": gzip.compress(LINES[:40].encode()) + gzip.compress(LINES[40:].encode()),
    "t.csv.ZST": zstd.compress(LINES.encode()),
    "t.tsv.zst": zstd.compress(LINES[:40].encode()) + zstd.compress(LINES[40:].encode()),
    "t.jsonl.zst": zstd.compress(
        b'{"request_id":"r1","type":"access","received_at":"2026-01-31"}\n{"request_id":"r2","type":"er,asure"}'
    ),
}


@pytest.mark.parametrize("name", PACKED)
def test_names_say_how_files_are_read(tmp_path: Path, name: str) -> None:
    assert held(written(tmp_path / name, PACKED[name]), name[0]) == (ROW.strip().split(","), AS_ROWS)


MISNAMED = {
    "gzip that is cut": ("t.csv.gz", gzip.compress(LINES.encode())[:-9], "ends before what is compressed in it does"),
    "more after gzip": ("t.csv.gz", gzip.compress(LINES.encode()) + b"more", "is damaged, or not compressed as .gz says"),
    "text named gzip": ("t.csv.gz", LINES.encode(), "is damaged, or not compressed as .gz says"),
    "gzip with a hole": ("t.csv.gz", gzip.compress(LINES.encode())[:-8] + bytes(8), "is damaged"),
    "zstd that is cut": ("t.csv.zst", zstd.compress(LINES.encode())[:-3], "ends before what is compressed in it does"),
    "text named zstd": ("t.csv.zst", LINES.encode(), "is damaged, or not compressed as .zst says"),
    "a short row in gzip": ("t.csv.gz", gzip.compress(b"a,b\n1\n"), "line 2 has 1 field"),
    "a letter": ("t.txt", b"Dear auditor,\nhere are the requests.\n", "line 2 has 1 field"),
    "text of one column, gzip": ("t.txt.gz", gzip.compress(b"Dear auditor\nhere\n"), "is it a table?"),
    "a letter without comma": ("t.txt", b"Dear auditor\nhere are the requests.\n", "is it a table?"),
}


@pytest.mark.parametrize(("name", "content", "says"), MISNAMED.values(), ids=MISNAMED)
def test_what_is_not_as_its_name_says_is_refused(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    said = refusal(lambda: held(written(tmp_path / name, content), "t"))
    assert said.startswith(f"{tmp_path}/{name}: ")
    assert says in said


OBJECTS: dict[str, tuple[str, str, list[str], list[tuple[Any, ...]]]] = {
    "an array": (
        "t.json",
        '[{"a": "x", "b": null}, {"b": "", "c": "2026-01-02"}]\n',
        ["a", "b", "c"],
        [("x", None, None), (None, "", "2026-01-02")],
    ),
    "a byte order mark": ("t.json", '\ufeff[{"a":"x"}]', ["a"], [("x",)]),
    "lines": ("t.jsonl", '{"a":"1"}\r\n\n{"a":"2"}', ["a"], [("1",), ("2",)]),
    "numbers as they are written": (
        "t.ndjson",
        '{"a":1.10,"b":12345678901234567890123,"c":1e3,"d":true,"e":-0}',
        ["a", "b", "c", "d", "e"],
        [("1.10", "12345678901234567890123", "1e3", "true", "-0")],
    ),
    "lists and objects": (
        "t.json",
        '[{"l":["x",1,null],"s":{"k":1,"m":["y"]}},{"l":[],"s":{"k":"z"}},{"l":null}]',
        ["l", "s"],
        [(["x", "1", None], {"k": "1", "m": ["y"]}), ([], {"k": "z", "m": None}), (None, None)],
    ),
    "mixed kinds are text": (
        "t.json",
        '[{"a":[1,{"b":true}]},{"a":"x"},{"a":{}}]',
        ["a"],
        [('["1", {"b": true}]',), ("x",), ("{}",)],
    ),
    "objects without names": ("t.json", '[{"a":{},"b":[{}]}]', ["a", "b"], [("{}", ["{}"])]),
    "names that differ by case, within": ("t.json", '[{"a":{"k":1,"K":2}}]', ["a"], [('{"k": "1", "K": "2"}',)]),
    "letters": ("t.jsonl", '{" ü ":"\\u00fc\\n\u2028\\ud83d\\ude00"}\n', ["ü"], [("ü\n\u2028😀",)]),
    "only nulls": ("t.json", '[{"a":null}]', ["a"], [(None,)]),
    "a large object": ("t.jsonl", json.dumps({"a": "x" * 20_000_000}), ["a"], [("x" * 20_000_000,)]),
}


@pytest.mark.parametrize(("name", "content", "names", "rows"), OBJECTS.values(), ids=OBJECTS)
def test_json_is_read(tmp_path: Path, name: str, content: str, names: list[str], rows: list[tuple[Any, ...]]) -> None:
    assert held(written(tmp_path / name, content), "t") == (names, rows)


WRONG_OBJECTS: dict[str, tuple[str, str | bytes, str]] = {
    "cut after a comma": ("t.json", '[{"a":1},', "the array ends too early"),
    "cut": ("t.json", '[{"a":1}', "the array ends too early"),
    "a comma too many": ("t.json", '[{"a":1},]', "line 1 is no JSON: Expecting value"),
    "a comma too few": ("t.json", '[{"a":1}\n{"a":2}]', "line 2: the array ends too early, or lacks a comma"),
    "no JSON": ("t.json", '[{"a":1},\n{"a":}]', "line 2 is no JSON"),
    "more after the array": ("t.json", '[{"a":1}] x', "the file goes on after its array"),
    "two arrays": ("t.json", '[{"a":1}][{"a":2}]', "the file goes on after its array"),
    "an object": ("t.json", '{"a":1}', "is no array of objects"),
    "objects": ("t.json", '{"a":1}\n{"a":2}', "an object a line into a file that ends with .jsonl"),
    "nothing": ("t.json", "", "is no array of objects"),
    "no objects": ("t.json", "[]", "its columns are not known"),
    "objects without names": ("t.json", "[{}]", "its columns are not known"),
    "arrays": ("t.json", '[\n[{"a":1}]]', "line 2 holds a value that is no object"),
    "NaN": ("t.json", '[{"a":NaN}]', "NaN is no JSON"),
    "a name twice": ("t.json", '[{"a":1,"a":2}]', "an object has the same name twice"),
    "a name twice, within": ("t.json", '[{"a":{"b":1,"b":2}}]', "an object has the same name twice"),
    "a name in two cases": ("t.json", '[{"a":1,"A":2}]', "columns 1 and 2 have the same name;"),
    "deep arrays": ("t.json", "[" * 100_000, "its objects lie too deep in each other"),
    "objects as deep as can be parsed": ("t.json", '[{"a":' + '{"a":' * 700 + "1" + "}" * 701 + "]", "its objects lie too deep"),
    "deep objects": ("t.json", '[{"a":' * 50_000, "its objects lie too deep in each other"),
    "cut in a line": ("t.jsonl", '{"a":1}\n{"a":\n', "line 2 is no JSON"),
    "two objects in a line": ("t.jsonl", '{"a":1} {"a":2}', "line 1 goes on after its object"),
    "a text in a line": ("t.jsonl", '{"a":1}\n"x"', "line 2 holds a value that is no object"),
    "half a letter": ("t.jsonl", '{"a":"\\ud800"}', "half a letter"),
    "Latin-1": ("t.jsonl", b'{"a":1}\n{"a":"\xfc"}', "line 2 is not UTF-8 but looks like Latin-1"),
    "UTF-16": ("t.json", '[{"a":1}]'.encode("utf-16"), "looks like UTF-16"),
}


@pytest.mark.parametrize(("name", "content", "says"), WRONG_OBJECTS.values(), ids=WRONG_OBJECTS)
def test_json_is_refused_with_line_and_reason(tmp_path: Path, name: str, content: str | bytes, says: str) -> None:
    said = refusal(lambda: held(written(tmp_path / name, content), "t"))
    assert said.startswith(f"{tmp_path}/{name}: ")
    assert says in said


def workbook(path: Path, **sheets: list[list[Any]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def changed(path: Path, change: Callable[[Any], None]) -> Path:
    book = openpyxl.load_workbook(path)
    change(book.worksheets[0])
    book.save(path)
    return path


CELLS = [
    ("text", "x", "x"),
    ("digits as text", "007", "007"),
    ("a whole number", 12, "12"),
    ("a whole number with a point", 12.0, "12"),
    ("a fraction", 1.5, "1.5"),
    ("a boolean", True, "true"),
    ("a day", date(2026, 3, 1), "2026-03-01"),
    ("an instant", datetime(2026, 3, 1, 10, 0), "2026-03-01T10:00:00"),
    ("a midnight, which is no day", datetime(2026, 3, 1), "2026-03-01T00:00:00"),
    ("an hour", time(10, 30), "10:30:00"),
    ("lines and quotes", 'a\nb,"c"', 'a\nb,"c"'),
    ("an error is no nothing", "#N/A", "#N/A"),
]


def test_cells_are_read_as_what_is_stored(tmp_path: Path) -> None:
    path = workbook(tmp_path / "t.xlsx", s=[["k", "v"], *[[kind, value] for kind, value, _ in CELLS], [], [None, "last"]])
    assert held(path, "t") == (["k", "v"], [*[(kind, text) for kind, _, text in CELLS], (None, "last")])


def test_cells_with_nothing_but_an_empty_text_are_no_row(tmp_path: Path) -> None:
    path = workbook(tmp_path / "t.xlsx", s=[["", ""], ["k"], [""], ["x"], ["", ""]])
    assert held(path, "t") == (["k"], [("x",)])


@pytest.mark.slow
def test_a_long_array_takes_no_longer_for_each_object(tmp_path: Path) -> None:
    """The line of an object is counted only where it is told."""
    content = json.dumps([{"a": "x" * 200, "b": number} for number in range(100_000)])
    assert held(written(tmp_path / "t.json", content), "t")[1][-1][1] == "99999"


def test_a_sheet_that_understates_its_size_is_read_whole(tmp_path: Path) -> None:
    path = workbook(tmp_path / "whole.xlsx", s=[["k"], ["1"], ["2"]])
    with ZipFile(path) as old, ZipFile(tmp_path / "t.xlsx", "w") as new:
        for entry in old.namelist():
            new.writestr(entry, old.read(entry).replace(b'ref="A1:A3"', b'ref="A1:A2"'))
    assert held(tmp_path / "t.xlsx", "t")[1] == [("1",), ("2",)]


def merged(sheet: Any) -> None:
    sheet.merge_cells("A2:A3")


def formula(sheet: Any) -> None:
    sheet["A2"] = "=1+1"


def unnamed(sheet: Any) -> None:
    sheet["C3"] = "lost"


def second_header(sheet: Any) -> None:
    sheet["A3"], sheet["B3"] = "a", "b"


def same_name(sheet: Any) -> None:
    sheet["B1"] = "A "


@pytest.mark.parametrize("repeated", [b"<c ", b"<mergeCell ", b'<c r="A1"><f ', b'<c r="A1"><f>', b'ref="'])
@pytest.mark.parametrize("before", [b"", b"<mergeCell ", b'<c r="A1"><f>1</f>'])
def test_a_sheet_of_tags_without_an_end_is_gone_over_once(repeated: bytes, before: bytes) -> None:
    content = before + repeated * 300_000 + b" " * 1_000_000  # some hours, if every beginning were looked at to the end
    assert not workbooks._MERGED.search(content)
    assert not workbooks._FORMULA.search(content)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (merged, "sheet s: cells A2:A3 are merged; unmerge them"),
        (formula, "sheet s: cell A2 is a formula without its result"),
        (unnamed, "sheet s: cell C3 holds a value, and the first row no name for its column"),
        (second_header, "sheet s: row 3 is a second header"),
        (same_name, "sheet s: columns 1 and 2 have the same name;"),
    ],
)
def test_a_sheet_that_is_no_table_is_refused(tmp_path: Path, change: Callable[[Any], None], says: str) -> None:
    path = changed(workbook(tmp_path / "t.xlsx", s=[["a", "b"], ["1", "2"], ["3", "4"]]), change)
    assert says in refusal(lambda: held(path, "t"))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"PK\x03\x04 broken", "cannot be read as a workbook"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "is an old or protected workbook; save it as .xlsx"),
        (b"a,b\n1,2\n", "is no workbook"),
    ],
    ids=["damaged", "protected", "text"],
)
def test_what_is_no_workbook_is_refused(tmp_path: Path, content: bytes, says: str) -> None:
    assert says in refusal(lambda: held(written(tmp_path / "t.xlsx", content), "t"))


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (7, "00000", "00007"),
        (7.0, "00000", "00007"),
        (123456, "000", "123456"),
        (-7, "000", "-07"),
        (7, "0", "7"),
        (7, "#,##0", "7"),
    ],
)
def test_a_number_that_a_workbook_shows_with_zeros_has_them(tmp_path: Path, value: float, form: str, text: str) -> None:
    path = workbook(tmp_path / "t.xlsx", s=[["k"], [value]])
    assert held(changed(path, lambda sheet: setattr(sheet["A2"], "number_format", form)), "t")[1] == [(text,)]


def test_a_workbook_holds_a_table_a_sheet(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "book.xlsx",
        Requests=[["request_id", "received_at"], ["r", date(2026, 1, 31)]],
        accounts=[["account_id"], ["a"]],
        Notes=[["what", "ever"]],
        empty=[],
    )
    with opened(path, as_of=AS_OF) as export:
        assert export.con.execute("select request_id, received_at from requests").fetchall() == [
            ("r", datetime(2026, 1, 31, tzinfo=UTC))
        ]
        assert export.con.execute("select account_id from accounts").fetchall() == [("a",)]
        assert "1 file of the export is not read: book.xlsx: sheet Notes" in export.notes


def parquet(path: Path, sql: str = "select 'r' as request_id") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    duckdb.execute(f"copy ({sql}) to '{path}' (format parquet)")
    return path


def requests_of(path: Path, **options: Any) -> list[tuple[Any, ...]]:
    with opened(path, as_of=AS_OF, **options) as export:
        return export.con.execute("select request_id, received_at from requests order by 1").fetchall()


@pytest.mark.parametrize("folder", ["requests.parquet", "requests"])
def test_a_table_may_be_a_folder_of_parts(tmp_path: Path, folder: str) -> None:
    for number in range(3):
        parquet(tmp_path / "e" / folder / f"part-0000{number}-c000.snappy.parquet", f"select 'r{number}' as request_id")
    written(tmp_path / "e" / folder / "_SUCCESS", "")
    written(tmp_path / "e" / folder / ".part-00000-c000.snappy.parquet.crc", "crc")
    assert [row[0] for row in requests_of(tmp_path / "e")] == ["r0", "r1", "r2"]
    if folder.endswith(".parquet"):
        assert [row[0] for row in requests_of(tmp_path / "e" / folder)] == ["r0", "r1", "r2"]


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("select 'r2' as request_id, 1 as more", "has not the columns of requests.parquet/a.parquet: more"),
        ("select 2 as request_id", "has not the columns of requests.parquet/a.parquet: request_id"),
        ("select 'r' as other", "has not the columns of requests.parquet/a.parquet: other, request_id"),
    ],
)
def test_parts_have_the_same_columns(tmp_path: Path, sql: str, says: str) -> None:
    parquet(tmp_path / "requests.parquet" / "a.parquet")
    parquet(tmp_path / "requests.parquet" / "b.parquet", sql)
    assert says in refusal(lambda: opened(tmp_path, as_of=AS_OF))


@pytest.mark.parametrize(
    ("content", "says"),
    [("", "is empty, and no Parquet"), ("PAR1", "its rows: cannot be read: it is no Parquet, or was cut short; copy it again")],
)
def test_a_part_that_is_none_is_named(tmp_path: Path, content: str, says: str) -> None:
    parquet(tmp_path / "requests" / "p1.parquet")
    broken = written(tmp_path / "requests" / "p4.parquet", content)
    assert refusal(lambda: opened(tmp_path, as_of=AS_OF)).startswith(f"{broken}: {says}")


def test_parts_may_have_their_columns_in_another_order(tmp_path: Path) -> None:
    parquet(tmp_path / "requests.parquet" / "a.parquet", "select 'r1' as request_id, 'access' as type")
    parquet(tmp_path / "requests.parquet" / "b.parquet", "select 'erasure' as type, 'r2' as request_id")
    assert [row[0] for row in requests_of(tmp_path)] == ["r1", "r2"]


@pytest.mark.parametrize(
    ("lies", "says"),
    [
        ("_delta_log/0.json", "is a Delta table"),
        (".hoodie/x", "is a Hudi table"),
        ("_temporary/0", "is not written to its end"),
        ("country=DE/a.parquet", "is a folder in a table's folder"),
    ],
)
def test_parts_that_are_not_all_of_a_table_are_refused(tmp_path: Path, lies: str, says: str) -> None:
    parquet(tmp_path / "requests.parquet" / "a.parquet")
    written(tmp_path / "requests.parquet" / lies, "x")
    assert says in refusal(lambda: opened(tmp_path, as_of=AS_OF))


BESIDE = (
    "p2.parquet.gz",
    "p3.csv",
    "p4.pq",
    "p5.parq",
    "p6.parquet.tmp",
    "p7.parquet.crdownload",
    "p8",
    "_p.parquet",
    ".p.parquet",
)


@pytest.mark.parametrize("name", BESIDE)
@pytest.mark.parametrize("folder", ["requests", "requests.parquet"])
def test_what_lies_beside_a_tables_parts_is_named(tmp_path: Path, folder: str, name: str) -> None:
    parquet(tmp_path / folder / "p1.parquet")
    written(tmp_path / folder / name, "x")
    with opened(tmp_path, as_of=AS_OF) as export:
        assert export.notes[0] == f"1 file of the export is not read: {folder}/{name}"
        assert profile.given(export).unread == (f"{folder}/{name}",)


def test_what_lies_beside_the_parts_of_a_table_given_alone_is_named(tmp_path: Path) -> None:
    parquet(tmp_path / "requests.parquet" / "p1.parquet")
    written(tmp_path / "requests.parquet" / "p2.csv", "x")
    with opened(tmp_path / "requests.parquet", as_of=AS_OF) as export:
        assert export.notes[0] == "1 file of the export is not read: p2.csv"


@pytest.mark.parametrize("name", ["_SUCCESS", "_metadata", "_common_metadata", ".p1.parquet.crc", "._SUCCESS.crc"])
def test_what_writers_leave_beside_parts_is_passed_over(tmp_path: Path, name: str) -> None:
    parquet(tmp_path / "requests" / "p1.parquet")
    written(tmp_path / "requests" / name, "x")
    with opened(tmp_path, as_of=AS_OF) as export:
        assert not any("not read" in note for note in export.notes)


def test_a_folder_without_parts_is_refused(tmp_path: Path) -> None:
    (tmp_path / "requests.parquet").mkdir()
    assert "holds no part" in refusal(lambda: opened(tmp_path, as_of=AS_OF))


def test_the_same_column_twice_in_parquet_is_refused(tmp_path: Path) -> None:
    # The engine writes no such file; two names of one length are made the same.
    path = parquet(tmp_path / "requests.parquet", "select 'r' as request_id, 1 as xlosed_at, 2 as closed_at")
    path.write_bytes(path.read_bytes().replace(b"xlosed_at", b"Closed_at"))
    assert "columns 2 and 3 have the same name;" in refusal(lambda: opened(tmp_path, as_of=AS_OF))


@pytest.mark.parametrize("unit", ["TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP", "TIMESTAMP_NS"])
def test_instants_of_any_precision_have_no_zone(database: MakeDatabase, unit: str) -> None:
    path = database(f"alter table requests alter received_at type {unit} using received_at::timestamp::{unit};")
    assert zones(path) == {("requests", "received_at")}


@pytest.mark.parametrize("unit", ["TIMESTAMPTZ", "TIMESTAMPTZ_NS"])
def test_instants_of_any_precision_have_their_zone(tmp_path: Path, unit: str) -> None:
    path = parquet(
        tmp_path / "requests.parquet", f"select 'r' as request_id, timestamptz '2026-01-31 10:00:00+00'::{unit} as received_at"
    )
    assert zones(path) == set()
    assert requests_of(path) == [("r", datetime(2026, 1, 31, 10, tzinfo=UTC))]


def zones(path: Path) -> set[tuple[str, str]]:
    with opened(path, as_of=AS_OF) as export:
        return without_zone_at_all(export)


# A DuckDB file


@pytest.mark.parametrize("name", ["export.duckdb", "export.db", "export", "export.csv", "export [1].*"])
def test_a_database_is_known_by_its_content(database: MakeDatabase, tmp_path: Path, name: str) -> None:
    assert len(requests_of(database().rename(tmp_path / name))) == 3


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        (
            "export.sqlite",
            b"SQLite format 3\0" + bytes(100),
            "it is no DuckDB file, and is an SQLite database; write its tables as CSV",
        ),
        ("export.db", b"PAR1" + bytes(20), "is Parquet; name it .parquet"),
        (
            "export",
            b"request_id\n1\n",
            "ends with none of .csv, .tsv, .txt, .json, .jsonl, .ndjson, .xlsx, .parquet, text also with .gz or .zst",
        ),
        ("export.duckdb", b"", "it is no DuckDB file, and is empty"),
        ("requests.xls", b"\xd0\xcf\x11\xe0" + bytes(600), "is an old or protected workbook"),
        ("requests.parquet.gz", gzip.compress(b"x"), "is no DuckDB file"),
        ("export.duckdb.gz", gzip.compress(b"x"), "is compressed, and only text is read so; unpack it"),
        ("export.duckdb.ZST", zstd.compress(b"x"), "is compressed, and only text is read so; unpack it"),
        ("export.duckdb", gzip.compress(b"x"), "is compressed by gzip; add .gz to its name"),
        ("requests.csv.bz2", b"BZh9", "is no DuckDB file"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_export_is_told_what_it_is(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    said = refusal(lambda: opened(written(tmp_path / name, content), as_of=AS_OF))
    assert said.startswith(f"{tmp_path / name}: cannot be read: ")
    assert says in said


def test_changes_in_a_log_beside_a_database_are_not_left_out(database: MakeDatabase, tmp_path: Path) -> None:
    path = database()
    with duckdb.connect(str(path)) as con:
        con.execute("pragma disable_checkpoint_on_shutdown; set wal_autocheckpoint = '1TB'; update requests set closed_at = null")
    assert (tmp_path / "export.duckdb.wal").exists()
    assert "its last changes are in a log beside it, export.duckdb.wal; open and close" in refusal(lambda: opened(path))
    with duckdb.connect(str(path)) as con:
        con.execute("checkpoint")
    with opened(path) as export:
        assert export.con.execute("select count(closed_at) from requests").fetchone() == (0,)


def test_tables_of_another_schema_are_named(database: MakeDatabase, tmp_path: Path) -> None:
    path = database(
        "create schema other; create table other.breaches as select 1 as a; create table other.more as select 1 as a;"
    )
    with opened(path) as export:
        assert "2 tables of other schemas are not read: other.breaches, other.more" in export.notes
        assert profile.given(export).others == {"other.breaches": "breaches", "other.more": None}
    adapter = written(
        tmp_path / "views.sql", "create view accounts as select a::varchar as account_id from source.other.breaches"
    )
    with opened(path, adapter=adapter, as_of=AS_OF) as export:
        assert "1 table of another schema is not read: other.more" in export.notes


def test_blanks_around_names_of_a_database_are_none(database: MakeDatabase) -> None:
    with opened(database('alter table requests rename column closed_at to " Closed_At ";')) as export:
        assert export.con.execute("select count(closed_at) from requests").fetchone() == (3,)


def test_names_of_a_database_that_differ_by_blanks_are_refused(database: MakeDatabase) -> None:
    said = refusal(lambda: opened(database('alter table requests add column "closed_at " varchar;')))
    assert "table requests: columns 8 and 16 have the same name;" in said


# Which files of a folder are read


def folder(path: Path, **more: str | bytes) -> Path:
    """An export of one request, and more files by their names, in which `__` is a point."""
    written(path / "requests.csv", ROW + "r,access,2026-01-31\n")
    for name, content in more.items():
        written(path / name.replace("__", "."), content)
    return path


def test_files_that_are_not_read_are_named(tmp_path: Path) -> None:
    path = folder(tmp_path / "e")
    for name in (
        "requests_2.csv",
        "requests (1).csv",
        "my.requests.csv",
        "notes.docx",
        "._requests.csv",
        ".DS_Store",
        "~$requests.xlsx",
    ):
        written(path / name, "x,y\n1\n")
    (path / "old").mkdir()
    with opened(path, as_of=AS_OF) as export:
        assert export.notes[0] == (
            "5 files of the export are not read: my.requests.csv, notes.docx, old/, requests (1).csv, requests_2.csv"
        )


def test_the_names_of_files_that_are_not_read_are_bounded(tmp_path: Path) -> None:
    path = folder(tmp_path, **{f"x{number:02}__txt": "x" for number in range(30)}, **{"bad\nname__csv": "x"})
    with opened(path, as_of=AS_OF) as export:
        assert export.notes[0].startswith("31 files of the export are not read: bad?name.csv, x00.txt, ")
        assert export.notes[0].endswith(", x08.txt and 21 more")


def test_what_is_not_read_changes_neither_hash_nor_pseudonyms(tmp_path: Path) -> None:
    def identity() -> tuple[str, bytes]:
        with opened(tmp_path, as_of=AS_OF) as export:
            return export.sha256, export.record_key

    before = folder(tmp_path) and identity()
    folder(
        tmp_path,
        requests_2__csv="broken\n1,2,3\n",
        notes__txt="Dear",
        other__json="{",
        _x__csv="y",
        a__parquet="no",
        x__sqlite="y",
    )
    written(tmp_path / ".hidden.csv", "x")
    os.mkfifo(tmp_path / "pipe.csv")
    assert identity() == before
    written(tmp_path / "accounts.csv", "account_id\na\n")
    assert identity()[0] != before[0]
    assert identity()[1] != before[1]


def test_the_hash_covers_what_an_adapter_reads(tmp_path: Path) -> None:
    adapter = written(tmp_path / "views.sql", 'create view requests as select "Id" as request_id from source."my.tickets"')
    export = tmp_path / "e"
    written(export / "my.tickets.csv", "Id\n1\n")
    written(export / "requests.csv", "this is not read, a view takes its place\n1\n")
    with opened(export, adapter=adapter, as_of=AS_OF) as first:
        assert first.notes[0] == "1 file of the export is not read: requests.csv"
    written(export / "requests.csv", "nor is this\n1,2,3\n")
    with opened(export, adapter=adapter, as_of=AS_OF) as second:
        assert second.sha256 == first.sha256
    written(export / "my.tickets.csv", "Id\n2\n")
    with opened(export, adapter=adapter, as_of=AS_OF) as third:
        assert third.sha256 != first.sha256


def test_the_hash_is_of_what_was_opened(tmp_path: Path) -> None:
    path = parquet(tmp_path / "e" / "requests.parquet")
    with opened(path.parent, as_of=AS_OF) as first:
        before = first.sha256
    with opened(path.parent, as_of=AS_OF) as second:
        parquet(tmp_path / "other.parquet", "select 'other' as request_id").rename(path)
        assert second.sha256 == before
    with opened(path.parent, as_of=AS_OF) as third:
        assert third.sha256 != before


def test_a_file_that_is_written_to_while_it_is_read_is_refused(tmp_path: Path) -> None:
    path = folder(tmp_path)
    with opened(path, as_of=AS_OF) as export:
        with (path / "requests.csv").open("a") as file:
            file.write("r2,access,2026-01-31\n")
        assert "requests.csv: was changed while it was being read" in refusal(lambda: export.sha256)


@pytest.mark.parametrize(
    ("first", "second"),
    [("requests.csv", "Requests.parquet"), ("requests.csv", "requests.csv.gz"), ("requests.jsonl", "requests.json")],
)
def test_two_files_for_a_table_are_refused(tmp_path: Path, first: str, second: str) -> None:
    for name in (first, second):
        written(tmp_path / name, "request_id\nr\n")
    assert "two files for table requests" in refusal(lambda: opened(tmp_path, as_of=AS_OF))


def test_a_sheet_and_a_file_for_a_table_are_refused(tmp_path: Path) -> None:
    workbook(folder(tmp_path) / "book.xlsx", requests=[["request_id"], ["r"]], accounts=[["account_id"], ["a"]])
    assert "two files for table requests" in refusal(lambda: opened(tmp_path, as_of=AS_OF))


def test_a_folder_without_tables_says_what_is_read(tmp_path: Path, database: MakeDatabase) -> None:
    assert "name a file after each table, ending with .csv, .tsv" in refusal(lambda: opened(tmp_path))
    database()
    assert "give export.duckdb itself" in refusal(lambda: opened(tmp_path))


# Paths are paths

NAMES_OF_FOLDERS = [
    "export [1]",
    "export *",
    "export ?",
    "export {1,2}",
    "it's",
    'a "b"',
    "a\\b",
    "ü ö",
    "~",
    "a;b",
    "-x",
    "s3:",
    "$HOME",
    "%s",
    "[!a]",
    "**",
]
NEIGHBOURS = ["export 1", "export 2", "export x", "export", "a", "b", "x"]


@pytest.mark.parametrize("name", NAMES_OF_FOLDERS)
@pytest.mark.parametrize("kind", ["csv", "jsonl", "parquet", "parts", "duckdb"])
def test_a_path_is_no_pattern(tmp_path: Path, name: str, kind: str) -> None:
    for neighbour in NEIGHBOURS:
        make_export(tmp_path / neighbour, kind, "another's")
    path = make_export(tmp_path / name, kind, "mine")
    assert [row[0] for row in requests_of(path)] == ["mine"]


def make_export(path: Path, kind: str, key: str) -> Path:
    path.mkdir()
    sql = f"select '{key}' as request_id".replace("another's", "another''s")
    if kind == "parquet":
        shutil.move(parquet(path.parent / "made.parquet", sql), path / "requests.parquet")
    elif kind == "parts":
        (path / "requests [1].parquet").mkdir()
        shutil.move(parquet(path.parent / "made.parquet", sql), path / "requests [1].parquet" / "part *.parquet")
        (path / "requests [1].parquet").rename(path / "requests")
    elif kind == "duckdb":
        with duckdb.connect(str(path.parent / "made.duckdb")) as con:
            con.execute(f"create table requests as {sql}")
        return (path.parent / "made.duckdb").rename(path / "requests [1].duckdb")
    else:
        written(path / f"requests.{kind}", f"request_id\n{key}\n" if kind == "csv" else json.dumps({"request_id": key}))
    return path


@pytest.mark.parametrize("name", ["export [1]", "export *", "export ?", "export {1,2}", "it's", "[!a]", "**"])
@pytest.mark.parametrize("kind", ["csv", "parquet", "parts", "duckdb"])
def test_nor_is_it_where_open_files_have_no_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, kind: str) -> None:
    """As on systems that have no /proc."""
    monkeypatch.setattr(files, "_OPEN_FILES", tmp_path / "none")
    test_a_path_is_no_pattern(tmp_path, name, kind)


@pytest.mark.parametrize("given_as", [".", "../e", "./"])
def test_an_export_has_a_name_however_it_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given_as: str) -> None:
    monkeypatch.chdir(folder(tmp_path / "e"))
    with opened(given_as, as_of=AS_OF) as export:
        assert export.name == "e"


# Links, pipes and devices


def test_a_link_is_followed_within_the_folder(tmp_path: Path) -> None:
    path = tmp_path / "e"
    written(path / "requests-2026-10.csv", ROW + "r,access,2026-01-31\n")
    (path / "requests.csv").symlink_to("requests-2026-10.csv")
    assert len(requests_of(path)) == 1


@pytest.mark.parametrize("target", ["../secret.csv", "/etc/passwd"])
def test_a_link_out_of_the_folder_is_refused(tmp_path: Path, target: str) -> None:
    written(tmp_path / "secret.csv", ROW)
    (tmp_path / "e").mkdir()
    (tmp_path / "e" / "requests.csv").symlink_to(target)
    assert "requests.csv: is a link to outside its folder" in refusal(lambda: opened(tmp_path / "e", as_of=AS_OF))


def test_a_folder_of_parts_that_is_a_link_out_is_refused(tmp_path: Path) -> None:
    parquet(tmp_path / "elsewhere" / "a.parquet")
    (tmp_path / "e").mkdir()
    (tmp_path / "e" / "requests.parquet").symlink_to(tmp_path / "elsewhere")
    assert "is a link to outside its folder" in refusal(lambda: opened(tmp_path / "e", as_of=AS_OF))


@pytest.mark.parametrize("target", ["nothing.csv", "requests.csv"])
def test_a_link_to_nothing_is_refused(tmp_path: Path, target: str) -> None:
    (tmp_path / "requests.csv").symlink_to(target)
    assert "requests.csv: cannot be read: " in refusal(lambda: opened(tmp_path, as_of=AS_OF))


def test_pipes_and_sockets_are_refused_unopened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "requests.csv")
    assert "requests.csv: is a named pipe" in refusal(lambda: opened(tmp_path, as_of=AS_OF))
    assert "requests.csv: is a named pipe" in refusal(lambda: opened(tmp_path / "requests.csv", as_of=AS_OF))
    assert "/dev/null: is a device" in refusal(lambda: opened("/dev/null", as_of=AS_OF))
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("s.csv")
        assert "s.csv: is a socket" in refusal(lambda: opened("s.csv", as_of=AS_OF))


def test_what_is_written_for_reading_is_private_and_gone(tmp_path: Path) -> None:
    spill = tmp_path / "spill"
    spill.mkdir()
    written(tmp_path / "e" / "requests.csv.gz", gzip.compress((ROW + "r,access,2026-01-31\n").encode()))
    with opened(tmp_path / "e", as_of=AS_OF, settings=Settings(spill=spill)) as export:
        assert [list(ours.iterdir()) for ours in spill.iterdir()] == [[]]
    del export
    assert list(spill.iterdir()) == []


def test_a_name_that_stands_twice_is_no_word_of_a_log_but_of_a_contract(tmp_path: Path) -> None:
    """A file without a header has its first person's values for names."""
    (tmp_path / "accounts.csv").write_text("A1,max@example.org,max@example.org\n", encoding="utf-8")
    with pytest.raises(Unusable) as refused:
        opened(tmp_path, as_of=AS_OF)
    assert "columns 2 and 3 have the same name; leave one" in str(refused.value)
    assert "max@example.org" not in str(refused.value)
    assert "max@example.org" in refused.value.in_full()


def test_a_line_without_end_is_not_held_whole(tmp_path: Path) -> None:
    (tmp_path / "accounts.jsonl").write_text('{"account_id":"a"}\n' + " " * (1 << 26) + "{}\n", encoding="utf-8")
    assert "line 2 is longer than 64 MiB" in refusal(lambda: opened(tmp_path, as_of=AS_OF))
