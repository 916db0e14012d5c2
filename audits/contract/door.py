"""The door: what an export wrote, read as the contract means it, once, and where it cannot be read.

Blank text is absent. Words are folded to the contract's: case, blanks, common spellings (spellings.csv), countries by name or
alpha-3 code; words of the export's own, to small letters. A bare day that means a last moment is that day's end, or the
export's own instant where that comes first. A cell that holds a value that cannot be read, or a word that nobody knows, is a
*spot*: it is NULL, and is remembered; so is an empty cell of a column that must be known. An instant without its offset, or a
bare day where the time counts, is read, and is remembered as not exact. A table that needs none of it is left as it is; any
other is written down once, in the database `door`: the columns of the contract, row_id, spots, zoneless and timeless (names of
columns), and the raw text of columns that hold it.
"""

from __future__ import annotations

import csv
import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb

from audits.contract.engine import compress, fill, has_zone, literal, quoted
from audits.contract.schema import REFERENCE_TABLES, Column, Table
from audits.contract.source import WHITE, Source, typed, without_zone

SPELLINGS = Path(__file__).with_name("spellings.csv")
# Dates before it are no dates of anything that an export is of.
FLOOR = "1900-01-01"
# The midnight with which a calendar begins is nobody's either, nor is the day with which a clock does, wherever on earth it is:
# offsets are whole quarters of an hour.
_MIDNIGHT = " and epoch_us({0}) % 900_000_000 = 0"
_BEGINNINGS = {
    FLOOR: ("00:00:00", _MIDNIGHT),
    "1904-01-01": ("00:00:00", _MIDNIGHT),
    "1970-01-01": ("23:59:59.999999", ""),
}
_ZEROS = " or ".join(
    f"({{0}} >= timestamptz '{day} 00:00:00+14' and {{0}} <= timestamptz '{day} {last}-12'{midnight})"
    for day, (last, midnight) in _BEGINNINGS.items()
)
_FARTHEST = (("+", "14"), ("-", "12"))  # hours of an offset
_IS_DAY = f"""({{0}} >= date '{FLOOR}' and isfinite({{0}})
              and {{0}} not in ({", ".join(f"date '{day}'" for day in _BEGINNINGS)}))"""  # to the engine infinity is one
# Most instants are later.
_IS_INSTANT = f"""case when {{0}} > timestamptz '1970-01-02 12:00:00+00' then isfinite({{0}})
                       else {{0}} >= timestamptz '{FLOOR} 00:00:00+00' and not ({_ZEROS}) end"""
# What people and tools write where there is nothing, or nobody knows: a name may be such a word of `text`, 0 for one.
NOTHING = Path(__file__).with_name("nothing.csv")
_AROUND = literal(" ()[]{}<>'\"*-_.:;|")
_ERROR = "#[A-Z0-9/_]+[!?]"  # of a spreadsheet
_NO_STATES = {"PR", "GU", "VI", "AS", "MP", "UM", "AA", "AE", "AP"}
_POWER, _CRUSHED = "('E+', 'e+')", r"[+-]?\d([.,]\d+)?[Ee]\+\d{2,3}"  # a long number of which a spreadsheet has lost the end
_OF_NOTHING = hashlib.sha256().hexdigest()
_LONGEST = 100_000  # days or months: what is more means that there is no limit, or nothing
_THOUSANDS = r"^[+-]?[1-9]\d?\d?(\.\d\d\d)+$"
_DAY = r"^\d{4}-\d\d-\d\d$"
# As ISO 8601 has it, with offsets that places have; the engine takes more for an instant.
_OFFSET = r"Z|UTC|(\+(0\d|1[0-4])|-(0\d|1[0-2]))(:?\d\d)?"
_ISO = rf"\d{{4}}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d(\.\d+)?)?( ?({_OFFSET}))?)?"


@dataclass(frozen=True)
class Cell:
    """How a column is read: SQL for its value, and for whether a cell is a spot, is folded, or must be read at all (`odd`)."""

    column: Column
    value: str
    spot: str
    odd: str


def load(con: duckdb.DuckDBPyConnection) -> None:
    """Create the table of spellings: of (a kind of word), written (folded), meant."""
    con.execute("create table spellings (of varchar, written varchar, meant varchar)")
    con.execute("attach ':memory:' as door (compress)")
    fill(con, "spellings", [tuple(row.values()) for row in _spellings()])


def read(con: duckdb.DuckDBPyConnection, table: Table, source: Source) -> int:
    """Write a table down in the schema `door` if it holds what must be read; gives how many words were folded.

    `source.spots` and `source.door` say then what was found.
    """
    cells = [cell for column in table.columns if source.has(column.name) and (cell := _cell(table, column, source))]
    if not cells:
        return 0
    counts = ", ".join(f"count(*) filter (where {c.odd})" for c in cells)
    found = con.execute(f"select {counts} from {source.relation}").fetchone() or ()
    odd = {c.column.name: c for c, n in zip(cells, found, strict=True) if n}
    if not odd:
        return 0
    values = [f"{odd[c.name].value if c.name in odd else typed(c, source)} as {quoted(c.name)}" for c in table.columns]
    raw = [f"{quoted(name)}::varchar as {quoted('raw ' + name)}" for name in odd]
    spots = _named([(name, c.spot) for name, c in odd.items()])
    zoneless = _named([(c.name, w) for c in table.columns if (w := without_zone(c, source))])
    timeless = _named([(c.name, w) for c in table.columns if (w := _without_time(c, source))])
    con.execute(
        f"""
        create table door.{table.name} as
        select row_number() over () as row_id, {", ".join([*values, *raw])}, {spots} as spots, {zoneless} as zoneless,
               {timeless} as timeless
        from {source.relation}
        """
    )
    compress(con, f"door.{table.name}")
    source.door = f"door.{table.name}"
    source.spots, source.zoneless, source.timeless = (
        dict(
            con.execute(f"select name, count(*) from (select unnest({kind}) as name from {source.door}) group by all").fetchall()
        )
        for kind in ("spots", "zoneless", "timeless")
    )
    return _folded(con, source, odd)


def _cell(table: Table, column: Column, source: Source) -> Cell | None:
    """How the column is read; None where that cannot matter. An empty cell is a spot where the value must be known."""
    cell = _written(table, column, source)
    if not column.must_be_known:
        return cell
    empty = f"{quoted(column.name)} is null"
    if cell is None:
        return Cell(column, quoted(column.name), empty, empty)
    return Cell(column, cell.value, f"({cell.value}) is null", f"({cell.odd}) or {empty}")


def _written(table: Table, column: Column, source: Source) -> Cell | None:
    """How the column is read where it may hold what is not as the contract has it; None where it cannot."""
    kind = source.types[column.name]
    if column.type != "VARCHAR":
        return _typed_cell(column, kind)
    name = quoted(column.name) if kind == "VARCHAR" else f"{quoted(column.name)}::varchar"
    text = _text(name)
    if column.values:
        known = f"({', '.join(map(literal, column.values))})"
        value = f"case when {text} in {known} then {text} else {_meant(column)}[{_fold(text)}] end"
        return Cell(column, value, f"{text} is not null and ({value}) is null", f"{name} not in {known}")
    if column.known_by:
        return _named_by_law(column, name, text, source)
    if column.name == "region":
        country = table.column("country") if source.has("country") else None
        where = _named_by_law(country, "country", _text("country"), source).value if country else "null"
        return _region(column, name, text, where)
    if column.is_digest:
        return _digest(column, name, text)
    is_name = bool(column.refers_to) or column.name in table.key
    nothing = f"coalesce({_is_nothing(text, is_name)}, false)"
    said = _said(column, text)
    value = f"case when {nothing} then null else {said} end"
    plain = _plain(name) if said == text else f"{_plain(name)} and {name} = {said}"
    odd = f"case when {name} is null then false when {plain} then {_is_nothing(name, is_name)}"
    # A name that says that there is none is blank: what that means is found where it is named (nobody.py).
    is_blank = is_name and not column.may_name
    return Cell(column, value, "false" if is_blank else nothing, f"{odd} else {name} is distinct from {said} or {nothing} end")


def _said(column: Column, text: str) -> str:
    """SQL for what a text says, however it is written."""
    if column.is_own_word:
        return _fold(text)
    return f"lower({text})" if column.is_in_any_capitals else text


def _digest(column: Column, name: str, text: str) -> Cell:
    """A SHA-256 in hexadecimal, also after the method's name; what is none, or that of nothing, cannot be read."""
    said = f"regexp_extract(lower({text}), '^(sha-?256\\s*[:=-]\\s*)?([0-9a-f]{{64}})$', 2)"
    value = f"case when {said} not in ('', '{'0' * 64}', '{_OF_NOTHING}') then {said} end"
    return Cell(column, value, f"{text} is not null and ({value}) is null", f"{name} is distinct from {value}")


def _is_nothing(text: str, is_name: bool) -> str:
    """SQL that is true where a text says that there is nothing, in brackets too, or holds no letter and no digit."""
    words = f"({', '.join(map(literal, _nothings(is_name)))})"
    odd = f"regexp_full_match({text}, '[^\\pL\\pN]+|{_ERROR}') or trim(lower({text}), {_AROUND}) in {words}"
    # Most begin with a letter or a digit, and are asked no more; most names end with a digit, as no such word does.
    is_plain = " or ".join(f"({text})[1] between '{first}' and '{last}'" for first, last in ("09", "AZ", "az"))
    crushed = f"(({text})[-4:-3] in {_POWER} or ({text})[-5:-4] in {_POWER}) and regexp_full_match({text}, '{_CRUSHED}')"
    ends_so = crushed if is_name else f"{text} = '0'"
    return f"""case when ({text})[-1] between '0' and '9' then {ends_so}
                     else lower({text}) in {words} or case when {is_plain} then false else {odd} end end"""


def _named_by_law(column: Column, name: str, text: str, source: Source) -> Cell:
    """A name that a reference table lists: as it stands, in capitals where it is a country's code, or by its spelling.

    NA is Namibia where the column has empty cells, too: else it may be how an R export writes those.
    """
    of = REFERENCE_TABLES[column.known_by or ""]
    known = f"(select {of} from {column.known_by})"
    as_it_is = f"upper({text})" if column.is_country else text
    folded, spelled = (f"(select k from (select {k} as k) where k in {known})" for k in (_fold(text), _spelled(of, text)))
    value = f"case when {as_it_is} in {known} then {as_it_is} else coalesce({folded}, {spelled}) end"
    odd = f"{name} not in {known}"
    if column.is_country:
        empties = f"(select coalesce(bool_or({text} is null), false) from {source.relation})"
        value = f"case when {as_it_is} = 'NA' and not {empties} then null else {value} end"
        odd += f" or {name} = 'NA'"
    return Cell(column, value, f"{text} is not null and ({value}) is null", odd)


def _region(column: Column, name: str, text: str, country: str) -> Cell:
    """A subdivision by its code of ISO 3166-2, with or without the country's, or by its name.

    Of the United States, where `country` says so, those that there are; the law of some depends on it.
    """
    code = f"regexp_replace({text}, '^[A-Za-z]{{2}}-', '')"
    told = f"upper(regexp_extract({code}, '^([A-Z0-9]{{1,3}}|[A-Za-z0-9]{{1,2}})$'))"
    known = f"case when {told} in ({', '.join(map(literal, _states()))}) or {country} is distinct from 'US' then {told} end"
    value = f"coalesce({_spelled('region', code)}, case when not {_is_nothing(text, is_name=True)} then nullif({known}, '') end)"
    return Cell(column, value, f"{text} is not null and {value} is null", f"{name} is distinct from {value}")


@cache
def _states() -> list[str]:
    """The states of the United States, its territories, and what its post takes for one."""
    return sorted({row["meant"] for row in _spellings() if row["of"] == "region"} | _NO_STATES)


def _typed_cell(column: Column, kind: str) -> Cell | None:
    """An instant, a day, a number, a flag or a list: of text, or of another type of the engine's."""
    name = quoted(column.name)
    text = _text(name)
    as_it_is = f"try_cast({name} as {column.type})"
    # The engine passes over blanks itself, but not over all.
    cast = f"coalesce({as_it_is}, try_cast({text} as {column.type}))" if kind == "VARCHAR" else as_it_is
    value, good = cast, f"{as_it_is} is not null"
    if column.type in ("TIMESTAMP WITH TIME ZONE", "DATE"):
        value, good = _time(column, kind, name, text, as_it_is)
    elif column.type == "BIGINT" and kind != "BIGINT":
        # The engine reads 1_000 and 1e3 as well; 1.000 is a thousand to half of Europe.
        is_plain = f" and not regexp_matches({{0}}, '[^0-9.+-]|{_THOUSANDS}')" if kind == "VARCHAR" else ""
        is_one = "try_cast({0} as double) = {1}" + is_plain
        value, good = f"case when {is_one.format(text, cast)} then {cast} end", is_one.format(name, as_it_is)
    elif column.type == "BOOLEAN" and kind not in ("BOOLEAN", "VARCHAR"):
        good = f"{text} in ('0', '1', '0.0', '1.0')"  # to the engine any number but 0 is true
        value = f"case when {good} then {cast} end"
    elif column.values:
        value, good = _words(column, cast), _all_known(column, as_it_is)
    elif column.names_each:
        value, good = f"case when {_all_said(cast)} then {cast} end", _all_said(as_it_is)
    if column.is_length:
        value, good = f"case when abs({value}) <= {_LONGEST} then {value} end", f"{good} and abs({as_it_is}) <= {_LONGEST}"
    if kind == column.type and value == cast:
        return None
    given = text if kind == "VARCHAR" else name
    return Cell(column, value, f"{given} is not null and {value} is null", f"{name} is not null and ({good}) is not true")


def _time(column: Column, kind: str, name: str, text: str, as_it_is: str) -> tuple[str, str]:
    """SQL for an instant or a day that can be one, and for whether it can be left as it is."""
    value, good = as_it_is, f"{as_it_is} is not null"
    if kind == "VARCHAR":
        with_offset = f"regexp_replace(upper({text}), ' (Z|[+-][0-9:]+)$', '\\1')"
        read = f"try_cast({with_offset} as {column.type})"
        if column.type == "DATE":
            local = _day_of(f"try_cast({with_offset} as timestamptz)", f"({text})[:10]")
            read = f"case when len({text}) = 10 then {read} else {local} end"
        value = f"case when regexp_full_match(upper({text}), '{_ISO}') then {read} end"
        good += f" and ({_told_exactly(column, name)})"
    elif column.type == "DATE" and has_zone(kind):
        value = _day_of(name, f"{name} at time zone 'UTC'")
        good = f"{value} is not null"
    if kind in ("VARCHAR", "DATE") and column.type != "DATE":
        moment = _moment_of(column, f"try_cast({text} as date)")
        value = f"case when regexp_full_match({text}, '{_DAY}') then {moment} else {value} end"
        good = "false" if kind == "DATE" else good
    is_one = _IS_DAY if column.type == "DATE" else _IS_INSTANT
    return f"case when {is_one.format(value)} then {value} end", f"{good} and {is_one.format(as_it_is)}"


def _moment_of(column: Column, day: str) -> str:
    """SQL for the instant that a bare day is read as: its last, on the export's own day as far as that can know, or its first."""
    if not column.means_the_end:
        return f"start_of_day({day})"
    end, now = f"end_of_day({day})", "(select coalesce(exported_at, as_of) from main.judgement)"
    return end if column.may_lie_ahead else f"case when {end} > {now} and start_of_day({day}) <= {now} then {now} else {end} end"


def _day_of(instant: str, written: str) -> str:
    """SQL for the day that an instant stands for: that which begins with it, or else the local one if it is `written` so."""
    day = f"({instant})::date"
    return f"case when {instant} = start_of_day({day}) or {day} = try_cast({written} as date) then {day} end"


def _told_exactly(column: Column, name: str) -> str:
    """SQL that is true where a text, if it is an instant at all, has its time and offset, or is the day that a date is."""
    if column.type == "DATE":
        return f"{name} like '____-__-__'"
    offset = " or ".join(
        f"({name}[{at}] = '{sign}' and {name}[{at + 1}:{at + 2}] <= '{most}')" for at in (-3, -5, -6) for sign, most in _FARTHEST
    )
    return f"{name} like '____-__-__%:%' and ({name} like '%Z' or {offset})"


def _without_time(column: Column, source: Source) -> str | None:
    """SQL that is true where a bare day stands for an instant; None where that cannot be."""
    kind = source.types.get(column.name, "")
    if column.type != "TIMESTAMP WITH TIME ZONE" or kind not in ("VARCHAR", "DATE"):
        return None
    return (
        f"{quoted(column.name)} is not null" if kind == "DATE" else f"regexp_full_match({_text(quoted(column.name))}, '{_DAY}')"
    )


def _all_known(column: Column, words: str) -> str:
    """SQL that is true where all words of a list are the contract's as they stand."""
    return f"list_has_all([{', '.join(map(literal, column.values))}], {words}) and list_count({words}) = len({words})"


def _all_said(words: str) -> str:
    """SQL that is true where no word of a list says that there is nothing."""
    return f"len(list_filter({words}, lambda w: coalesce({_is_nothing(_text('w'), is_name=True)}, true))) = 0"


def _words(column: Column, cast: str) -> str:
    """SQL for a list whose words are all known, however they are written."""
    known = f"[{', '.join(map(literal, column.values))}]"
    meant = f"case when list_contains({known}, w) then w else {_meant(column)}[{_fold('w')}] end"
    folded = f"list_transform({cast}, lambda w: {meant})"
    return f"case when len(list_filter({folded}, lambda w: w is null)) = 0 then {folded} end"


def _plain(name: str) -> str:
    """SQL that is true where a text begins and ends with no blank, for sure: asked in a third of the time of a pattern."""
    return f"{name} >= '!' and {name} < chr(127) and ({name})[-1] between '!' and '~'"


def _text(name: str) -> str:
    return f"nullif(trim({name}::varchar, {WHITE}), '')"


def _meant(column: Column) -> str:
    """SQL for the words of a column by how they may be written, folded."""
    of = column.kind_of_word
    spelled = {row["written"]: row["meant"] for row in _spellings() if row["of"] == of}
    spelled |= {folded_word(written): meant for written, meant in column.spellings}
    known = {**{w: m for w, m in spelled.items() if m in column.values}, **{folded_word(w): w for w in column.values}}
    return f"map {{{', '.join(f'{literal(w)}: {literal(m)}' for w, m in known.items())}}}"


@cache
def _nothings(is_name: bool) -> list[str]:
    """The words that say that there is nothing; of names, those that no name can be."""
    with NOTHING.open(encoding="utf-8", newline="") as file:
        return [row["written"] for row in csv.DictReader(file) if row["of"] == "any" or not is_name]


@cache
def _spellings() -> list[dict[str, str]]:
    with SPELLINGS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def folded_word(word: str) -> str:
    """As `_fold` has it in the engine."""
    return re.sub(r"[\s_.,()'’\u00a0-]+", "_", word.lower()).strip("_")


def _fold(text: str) -> str:
    return f"trim(regexp_replace(lower({text}), '[\\s_.,()''’\\x{{00a0}}-]+', '_', 'g'), '_')"


def _spelled(of: str, text: str) -> str:
    return f"(select meant from spellings where of = {literal(of)} and written = {_fold(text)})"


def _named(flags: list[tuple[str, str]]) -> str:
    """SQL for the list of the names whose flag is true; NULL where none is."""
    if not flags:
        return "null::varchar[]"
    cases = ", ".join(f"case when {flag} then {literal(name)} end" for name, flag in flags)
    return f"nullif(list_filter([{cases}]::varchar[], lambda x: x is not null), []::varchar[])"


def _folded(con: duckdb.DuckDBPyConnection, source: Source, odd: dict[str, Cell]) -> int:
    """How many words were written otherwise than the contract has them, and are read."""
    cells = [c.column for n, c in odd.items() if c.column.values or c.column.known_by or c.column.is_own_word or n == "region"]
    if not cells:
        return 0
    counts = " + ".join(f"count(*) filter (where {_is_otherwise(column)})" for column in cells)
    row = con.execute(f"select {counts} from {source.door}").fetchone()
    return int(row[0]) if row else 0


def _is_otherwise(column: Column) -> str:
    """SQL that is true where a word was written neither as the contract has it nor as the company's text says."""
    raw = quoted(f"raw {column.name}")
    own = "".join(f" and {raw} <> {literal(written)}" for written, _ in column.spellings)
    return f"{quoted(column.name)}::varchar <> {raw}{own}"
