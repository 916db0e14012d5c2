"""What a doubtful column could mean: SQL for each value that its cells may hold, by contract, promise and data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations, permutations, product

from audits.contract.engine import literal, one, quoted
from audits.contract.export import Export
from audits.contract.quality import WITHOUT_ZONE
from audits.contract.schema import REFERENCE_TABLES, Column, Table
from audits.contract.source import noted_select, typed_select
from audits.controls.promise import Promise
from audits.law.opening import VIEWS

UNREADABLE, WITHOUT_TIME, EMPTY, NOT_EXPORTED = "unreadable", "day_without_time", "not_stated", "not_exported"
LIKE_A_NAME, LOST, MERGED, ANEW = "name_like_another", "names_no_row", "merged_unclear", "taken_up_again"
# Of the EEA, adequate for everybody or in part, or neither; and both that have exporters of their own.
_COUNTRIES = ("DE", "CH", "GB", "US", "JP", "BR")
_FORMATS = (
    "%d.%m.%Y",
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%d-%m-%Y",
    "%d.%m.%y",
    "%Y/%m/%d",
    "%d.%m.%Y %H:%M",
    "%d/%m/%Y %H:%M",
    "%m/%d/%Y %H:%M",
)
_FIRST, _LAST = "1900-01-01", "2999-12-31"
_NUMBERS = ("0", "1", "36500")  # days of a hundred years: what is reckoned with them is a date still
# Offsets go from -12 to +14 hours; a bare day is any moment of its own.
_ANY_OFFSET = ("-14 hours", "14 hours")
_IN_ORDER = re.compile(r"(?P<later>\w+) >= (?P<earlier>\w+)")
_MOST_NAMED = 8
_IS_ODD = "row_number() over"  # how a reading by turns tells its rows apart
_TURNS = 5  # of so many instants beside it two are read by turns
_WIDE = "'０１２３４５６７８９', '0123456789'"
_NO_WORD = "a word of nobody's"


@dataclass(frozen=True)
class Doubt:
    """A column whose `cells` (SQL over its row: in which rows) could hold something else, why, and what, if that is known."""

    table: Table
    column: Column
    why: str
    cells: str
    could_be: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The column as it is written: requests.closed_at."""
        return f"{self.table.name}.{self.column.name}"

    @property
    def is_inexact(self) -> bool:
        """Whether an instant was read, but for its offset or the time of its day."""
        return self.why in (WITHOUT_ZONE, WITHOUT_TIME)

    @property
    def is_absent(self) -> bool:
        """Whether the column is not exported, so that every cell is empty."""
        return self.why == NOT_EXPORTED

    @property
    def is_missing(self) -> bool:
        """Whether nothing was read: the cell is empty, or the column absent."""
        return self.why in (EMPTY, NOT_EXPORTED)

    @property
    def value(self) -> str:
        """SQL for the cell as it was read."""
        return quoted(self.column.name)


def readings(export: Export, promise: Promise, doubt: Doubt) -> list[str]:
    """SQL for each value that a column could mean, over the columns of its row.

    Of those that say the same in every doubtful cell one is left, a word before what comes to it; none of those that say what
    was read. Readings by turns stay as they are: they say two things, and no two of them the same.
    """
    found = list(_readings(export, promise, doubt))
    plain = [reading for reading in found if _IS_ODD not in reading]
    as_read, *said = _said(export, doubt, [doubt.value, *plain])
    distinct: dict[int, str] = {}
    for what, reading in zip(said, plain, strict=True):
        if what != as_read and not distinct.get(what, "").startswith("'"):
            distinct[what] = reading if reading.startswith("'") else distinct.get(what, reading)
    return [*distinct.values(), *(reading for reading in found if _IS_ODD in reading)]


def _said(export: Export, doubt: Doubt, values: list[str]) -> list[int]:
    """A number for each of some values over the rows of a doubt: the same where they say the same in all of them."""
    rows = noted_select(doubt.table, export.sources[doubt.table.name])
    read = ", ".join(f"({value})::{doubt.column.type} as v{place}" for place, value in enumerate(values))
    number = "row_number() over () as n"  # what stands in which cell, and not only what stands in any
    # Of a pair the hash is two in one, of which the same in an even number of rows would cancel out: it is hashed itself.
    numbers = ", ".join(f"bit_xor(hash(hash(n, v{place})))" for place in range(len(values)))
    row = export.con.execute(
        f"with rows as ({rows}), said as (select {number}, {read} from rows as t where {doubt.cells}) select {numbers} from said"
    ).fetchone()
    return list(row or ())


def _readings(export: Export, promise: Promise, doubt: Doubt) -> Iterator[str]:
    column = doubt.column
    if doubt.could_be or doubt.why == WITHOUT_TIME:
        yield from doubt.could_be or _other_times_of_day(doubt)
        return
    if doubt.why in (LIKE_A_NAME, LOST) or (doubt.why == MERGED and column.refers_to):
        yield from _other_rows(export, promise, doubt)
        return
    if doubt.why == WITHOUT_ZONE:
        yield from (f"{doubt.value} + interval {literal(span)}" for span in _ANY_OFFSET)
        return
    if not doubt.is_missing:
        yield "null"
    if column.type == "VARCHAR" and (column.vocabulary or not (column.values or column.known_by)):
        yield from _each_kind(export, promise, column.names or column.refers_to or "")
        # Of a text that is not exported it counts whether there is one, or whose: no control compares it with words.
        yield from _named_elsewhere(export, promise, doubt)
        yield from _written_elsewhere(export, promise, doubt) if not column.vocabulary else ()
        is_any = (doubt.is_absent or column.names) and not column.vocabulary
        yield from _each_word(export, promise, doubt, [_NO_WORD] if is_any else told_apart(export, promise, column))
    elif column.type == "VARCHAR" and column.values:
        yield from _each_word(export, promise, doubt, list(column.values))
    elif column.is_country:
        named = {word for value in promise.values.values() if isinstance(value, list) for word in value}
        yield from map(literal, [*_COUNTRIES, *sorted(named & _countries(export) - {*_COUNTRIES})])
    elif column.known_by:
        names = f"select distinct {REFERENCE_TABLES[column.known_by]} from {column.known_by} order by all"
        words = export.con.execute(names).fetchall()
        yield from (literal(word) for (word,) in words)
    elif column.type == "BOOLEAN":
        yield from ("true", "false")
    elif column.type in ("TIMESTAMP WITH TIME ZONE", "DATE"):
        yield from _times(export, promise, doubt)
    elif column.type == "VARCHAR[]":
        yield "[]::varchar[]"
        yield f"[{', '.join(map(literal, [*column.values, _NO_WORD]))}]"
    else:
        yield from (f"{number}::{column.type}" for number in _NUMBERS)
        yield from _held(export, doubt)


def _other_times_of_day(doubt: Doubt) -> Iterator[str]:
    """SQL for the other end of a day, and for the instant of judgement on its own day: what is later is not judged yet."""
    other, as_of = _other_end_of_day(doubt), "(select as_of from judgement)"
    yield other
    yield f"case when ({doubt.value})::date = {as_of}::date then {as_of} else {other} end"


def _other_end_of_day(doubt: Doubt) -> str:
    """SQL for the last moment of a day that was read as its first, or its first where it was read as its last.

    None that breaks a rule of its row: a request is not received after it was answered.
    """
    name, day = doubt.column.name, f"({doubt.value})::date"
    rules = [match for c in doubt.table.constraints if (match := _IN_ORDER.fullmatch(c.text))]
    if doubt.column.means_the_end:
        return f"greatest({', '.join([f'start_of_day({day})', *(m['earlier'] for m in rules if m['later'] == name)])})"
    return f"least({', '.join([f'end_of_day({day})', *(m['later'] for m in rules if m['earlier'] == name)])})"


def _each_word(export: Export, promise: Promise, doubt: Doubt, words: list[str]) -> Iterator[str]:
    """SQL for each word in all cells, and for each two by turns."""
    said = list(map(literal, words))
    yield from said
    yield from _by_turns(export, promise, doubt, permutations(said, 2))


def _by_turns(export: Export, promise: Promise, doubt: Doubt, pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    """SQL for the one and the other by turns, where several rows are joined to a record: what was asked, then what was told."""
    links = [] if promise.control.judges(doubt.table) else doubt.table.links()
    if links and _are_several(export, doubt, links[0]):
        order = f"partition by {quoted(links[0].name)}, {doubt.cells} order by {', '.join(map(quoted, doubt.table.key))}"
        is_odd = f"{_IS_ODD} ({order}) % 2 = 1"
        yield from (f"case when {is_odd} then {one_} else {other} end" for one_, other in pairs)


def _are_several(export: Export, doubt: Doubt, link: Column) -> bool:
    """Whether two rows of one have doubtful cells."""
    source = export.sources[doubt.table.name]
    rows = noted_select(doubt.table, source)
    of_one = f"select 1 from rows as t where {doubt.cells} group by {quoted(link.name)} having count(*) > 1"
    return bool(one(export.con, f"with rows as ({rows}) select count(*) from ({of_one})"))


def _other_rows(export: Export, promise: Promise, doubt: Doubt) -> Iterator[str]:
    """SQL for each row that a name could mean which names none, or the wrong one."""
    if doubt.why == LIKE_A_NAME:
        names = like_a_name(export, doubt.table, doubt.column)
        most = one(export.con, f"select max(len({names})) from main.{doubt.table.name} as t where {doubt.cells}")
        yield from (f"{names}[{place}]" for place in range(1, min(most, _MOST_NAMED) + 1))
    elif doubt.why == MERGED:
        yield from ("null", "request_id")  # done when it was moved, and never: of itself nothing becomes part
    else:
        yield "null"
        yield from _each_kind(export, promise, doubt.column.refers_to or "")
        yield from _named_elsewhere(export, promise, doubt)


def is_of_no_row(export: Export, column: Column) -> str:
    """SQL that is true where a column names no row of the table that it names rows of."""
    named = export.contract[column.refers_to or column.names or ""]
    key, rows = named.key[0], typed_select(named, export.sources.get(named.name))
    value = quoted(column.name)  # of an empty cell `not in` is true where the table has no names at all
    return f"({value} is not null and {value} not in (select {key} from ({rows}) where {key} is not null))"


def like_a_name(export: Export, table: Table, column: Column) -> str:
    """SQL for the list of the names that nearly are written in a column, or of those so displayed; NULL where there is none."""
    named = export.contract[column.refers_to or column.names or ""]
    key, rows = named.key[0], typed_select(named, export.sources.get(named.name))
    called = " union all ".join(
        f"select {key}, {c.name} as called from ({rows})" for c in named.columns if c.name in (key, "name")
    )
    near = f"{_bare('o.called')} = {_bare(f't.{quoted(column.name)}')}"
    return f"(select list(distinct o.{key} order by o.{key}) from ({called}) as o where {near})"


def _bare(text: str) -> str:
    """SQL for a name without what is lost of it on the way: case, accents, width, signs, zeros before a number, a point and zeros
    behind it, and the last three letters of an id of Salesforce, which tell its case.
    """
    is_long = f"regexp_full_match({text}, '[A-Za-z0-9]{{18}}') and regexp_matches({text}, '[A-Za-z]')"
    plain = f"lower(strip_accents(translate(case when {is_long} then ({text})[:15] else {text} end, {_WIDE})))"
    for lost, left in ((r"\.0+$", ""), (r"(^|[^0-9])0+([0-9])", r"\1\2"), (r"[^\pL\pN]", "")):
        plain = f"regexp_replace({plain}, '{lost}', '{left}', 'g')"
    return plain


def _times(export: Export, promise: Promise, doubt: Doubt) -> Iterator[str]:
    """Both ends of time, the formats that fit the very text, what others hold, of the column or else of the verdicts, and what
    stands beside it: a time that runs from another instant may lie between any two of those.
    """
    kind = doubt.column.type
    # What was seen lies not ahead of as_of, nor of the export where that was made later.
    yield from (f"{literal(end)}::{kind}" for end in ((_FIRST, _LAST) if doubt.column.may_lie_ahead else (_FIRST,)))
    yield from (f"{read}::{kind}" for read in _fitting(export, doubt))
    held = [] if doubt.is_absent else list(_held(export, doubt))
    yield from held
    # A second after: what comes first and last of several counts where one is compared with its neighbours.
    moments = [*_spread(export, "from seen", ["event_at"]), *([] if doubt.is_missing else held)]
    beside = list(_beside(export, promise, doubt))
    told = "select unnest([as_of, case when exported_at > as_of then exported_at end])::varchar as told from judgement"
    last = export.con.execute(f"select told from ({told}) where told is not null").fetchall()
    yield from (f"{literal(text)}::timestamptz::{kind}" for (text,) in last)
    yield from (f"({moment} + interval 1 second)::{kind}" for moment in dict.fromkeys([*moments, *beside]))
    yield from _by_turns(export, promise, doubt, combinations(beside[:_TURNS], 2))


def _beside(export: Export, promise: Promise, doubt: Doubt) -> Iterator[str]:
    """The instants of a row; of rows of other tables that are of the same request, person or recipient, the first and last; of a
    table that no row of this one is of, such as the versions of a text, some.
    """
    for table, source in [(export.contract[t], export.sources[t]) for t in promise.control.tables if t in export.sources]:
        read = promise.control.columns_of(table.name) & source.types.keys()
        times = [quoted(c.name) for c in table.columns if c.name in read and c.type == doubt.column.type]
        if table == doubt.table:
            yield from (f"t.{time}" for time in times if time != quoted(doubt.column.name))
            continue
        rows = typed_select(table, source)
        links = list(_links(export, doubt.table, table))
        if not links:
            yield from _spread(export, rows, times)
        for same, is_one in links:
            ends = ("max",) if is_one else ("min", "max")
            yield from (f"(select {end}(o.{time}) from ({rows}) as o where {same})" for time in times for end in ends)


def _spread(export: Export, rows: str, times: list[str]) -> Iterator[str]:
    """SQL for the first, the last and three instants between them of each column of some rows."""
    for time in times:
        row = export.con.execute(f"select quantile_disc({time}, [0, 0.25, 0.5, 0.75, 1])::varchar[] from ({rows})").fetchone()
        yield from (f"{literal(text)}::timestamptz" for text in dict.fromkeys((row and row[0]) or []))


def _links(export: Export, table: Table, other: Table) -> Iterator[tuple[str, bool]]:
    """SQL for which rows `o` of another table are of the same as a row `t` of a table, and whether it is one at most: by the
    columns of one name, and by each two that name a row of the same table.
    """
    here, there = (
        {c.name: named for c in each.columns if (named := _named(c, each)) and export.sources[each.name].has(c.name)}
        for each in (table, other)
    )
    shared = [name for name in here if name in there]
    if shared:
        yield " and ".join(f"o.{quoted(c)} = t.{quoted(c)}" for c in shared), set(other.key) <= set(shared)
    for mine, theirs in product(here, there):
        if mine != theirs and here[mine] == there[theirs]:
            yield f"o.{quoted(theirs)} = t.{quoted(mine)}", other.key == (theirs,)


def _named(column: Column, table: Table) -> str:
    """The table of which a column names a row; '' where it names none."""
    if column.name in table.key and not column.refers_to:
        return f"{table.name}.{column.name}" if len(table.key) > 1 else table.name
    return "" if column.known_by else column.refers_to or column.names or ""


def _fitting(export: Export, doubt: Doubt) -> list[str]:
    """SQL for what is written in a column by each of the formats that fit at least one of its cells."""
    source = export.sources[doubt.table.name]
    if doubt.column.name not in source.spots:
        return []
    raw = quoted(f"raw {doubt.column.name}")
    reads = [f"try_strptime({raw}, {literal(form)})" for form in _FORMATS]
    written = f"select distinct {raw} from {source.door} where list_contains(spots, {literal(doubt.column.name)})"
    row = export.con.execute(f"select {', '.join(f'count({read})' for read in reads)} from ({written})").fetchone()
    return [read for read, n in zip(reads, row or (), strict=True) if n]


def told_apart(export: Export, promise: Promise, column: Column) -> list[str]:
    """The words that a promise can tell from others: those that its query and its values name, those that a column of the same
    vocabulary holds, and one that is none of them.
    """
    named = _asked_for(promise.control.sql.rpartition("\nselect ")[0])  # what stands in the last select is what it says
    for value in promise.values.values():
        named |= {value} if isinstance(value, str) else set(value) if isinstance(value, list) else set()
    if not column.vocabulary:
        return [*sorted(named), _NO_WORD]
    views, asked = _law()
    named |= asked if views.search(promise.control.sql) else set()
    for table, other in promise.control.read_columns():
        told, source = export.contract[table].column(other), export.sources.get(table)
        if told and source and told.vocabulary == column.vocabulary and source.has(other):
            words = f"unnest({quoted(other)})" if told.type == "VARCHAR[]" else quoted(other)
            named |= {word for (word,) in export.con.execute(f"select distinct {words} from main.{table}").fetchall()}
    known = [word for word in column.values if word in named]
    return [*known, next((word for word in column.values if word not in named), _NO_WORD)]


def _asked_for(sql: str) -> set[str]:
    """The texts that a query compares with; what follows then and else is what it says, not what it asks."""
    texts = re.findall(r"(then |else )?'((?:[^']|'')*)'", re.sub(r"--.*", "", sql))
    return {text.replace("''", "'") for said, text in texts if text and not said}


@cache
def _law() -> tuple[re.Pattern[str], set[str]]:
    """The names of the law's views, and the texts that they ask for."""
    sql = "\n".join(path.read_text(encoding="utf-8") for path in VIEWS)
    names = re.findall(r"^create (?:or replace )?(?:table|view) (\w+)", sql, re.MULTILINE)
    return re.compile(rf"\b({'|'.join(names)})\b"), _asked_for(sql)


def _each_kind(export: Export, promise: Promise, table: str) -> Iterator[str]:
    """Rows of a table by their key, of each kind: that has the least of a column that the promise reads, the most, and none."""
    if table in export.sources:
        key = export.contract[table].key[0]
        columns = sorted(promise.control.columns_of(table) - {key})
        kinds = [
            f"arg_min({key}, ({c}, {key})) filter ({c} is not null), arg_max({key}, ({c}, {key})) filter ({c} is not null), "
            f"min({key}) filter ({c} is null)"
            for c in map(quoted, columns)
        ]
        row = export.con.execute(f"select {', '.join(kinds)} from main.{table}").fetchone() if kinds else None
        yield from (literal(name) for name in dict.fromkeys(row or ()) if name)


def _named_elsewhere(export: Export, promise: Promise, doubt: Doubt) -> Iterator[str]:
    """What a column would name if it named the row's own: what a table holds under its name for the same recipient, or row."""
    name, here = doubt.column.name, export.sources[doubt.table.name]
    for other in promise.control.tables if doubt.is_missing or doubt.why in (LOST, UNREADABLE) else ():
        there = export.sources.get(other)
        if there and other != doubt.table.name and there.has(name):
            told = [c.name for c in doubt.table.columns if c.name != name and (c.refers_to or c.name in doubt.table.key)]
            shared = [each for each in told if here.has(each) and there.has(each)]
            same = " and ".join(f"o.{quoted(c)} = t.{quoted(c)}" for c in shared) or "true"
            rows = typed_select(export.contract[other], there)
            held = f"(select list(distinct o.{quoted(name)} order by 1) from ({rows}) as o where {same})"
            yield from (f"{held}[{place}]" for place in range(1, _MOST_NAMED + 1))


def _written_elsewhere(export: Export, promise: Promise, doubt: Doubt) -> Iterator[str]:
    """The texts that other tables hold most often, in columns that are no words of the contract's: hashes, names."""
    for table, name in promise.control.read_columns():
        column, source = export.contract[table].column(name), export.sources.get(table)
        is_free = column and column.type == "VARCHAR" and not (column.values or column.vocabulary or column.refers_to)
        if is_free and table != doubt.table.name and source and source.has(name) and name not in export.contract[table].key:
            text = quoted(name)
            often = f"select {text} from main.{table} group by all order by count(*) desc, 1 limit {_MOST_NAMED}"
            yield from (literal(found) for (found,) in export.con.execute(often).fetchall() if found)


def _countries(export: Export) -> set[str]:
    return {country for (country,) in export.con.execute("select country from countries").fetchall()}


def _held(export: Export, doubt: Doubt) -> Iterator[str]:
    """What others of the column hold: the least, the quartiles, the greatest."""
    name, kind = quoted(doubt.column.name), doubt.column.type
    row = export.con.execute(
        f"select quantile_disc({name}, [0, 0.25, 0.5, 0.75, 1])::varchar[] from main.{doubt.table.name}"
    ).fetchone()
    yield from (f"{literal(value)}::{kind}" for value in dict.fromkeys(row[0] if row and row[0] else []))
