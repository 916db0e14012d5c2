"""The export contract: what tables.sql says of tables, columns and constraints, as data.

DuckDB itself reads the DDL; only the comments are taken from the text.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

SCHEMA = Path(__file__).with_name("tables.sql")
# The words that the contract itself knows of each vocabulary; texts and controls bring further ones.
WORDS = Path(__file__).with_name("words.csv")
# What a comment says that an empty cell means, and where it does.
_EMPTY = re.compile(r"; empty (?:while (?P<where>[^;]+) )?means (?P<words>[^;]+)")
# Not exported: they list the words that are known, each in the column of this name.
REFERENCE_TABLES = {"countries": "country", "mechanisms": "mechanism"}


@dataclass(frozen=True)
class Meaning:
    """What an empty cell means, in words, and in which rows: SQL over the row, '' for all."""

    words: str = ""
    where: str = ""

    @property
    def is_unknown(self) -> str:
        """SQL over a row that has an empty cell: whether nobody knows what it means."""
        return f"({self.where}) is not true" if self.where else str(not self.is_told).lower()

    @property
    def is_told(self) -> bool:
        """Whether it is said for all rows what it means."""
        return bool(self.words) and not self.where

    @property
    def excuses(self) -> bool:
        """Whether the absence of a value itself says something, in all rows. `not known` says that controls judge it as that."""
        return self.is_told and self.words != "not known"

    def __str__(self) -> str:
        return f"{self.words} while {self.where}" if self.where else self.words


@dataclass(frozen=True)
class Column:
    """A column: its DuckDB type, meaning, and the words it may hold where an enumeration or a vocabulary lists them."""

    name: str
    type: str
    comment: str
    values: tuple[str, ...]
    refers_to: str | None = None  # the table in which its values should be found
    spellings: tuple[tuple[str, str], ...] = ()  # how a company writes its words: what is written, and what that means

    @property
    def kind_of_word(self) -> str:
        """By what its words are spelled: its vocabulary, or its own name."""
        return self.vocabulary or self.name

    @property
    def is_country(self) -> bool:
        """Whether it holds countries, by ISO 3166-1 alpha-2 code."""
        return self.refers_to == "countries"

    @property
    def known_by(self) -> str | None:
        """The table that lists its words, where the law has them."""
        return self.refers_to if self.refers_to in REFERENCE_TABLES else None

    @property
    def vocabulary(self) -> str | None:
        """The vocabulary that its words are of: a company has words of its own, and its text lists them."""
        match = re.search(r"\bwords of (\w+)", self.comment)
        return match[1] if match else None

    @property
    def is_own_word(self) -> bool:
        """Whether it holds words of the export's own, that are the same in other capitals and with other signs between."""
        return "however it is written" in self.comment

    @property
    def is_in_any_capitals(self) -> bool:
        """Whether small letters and capitals mean the same."""
        return "in any capitals" in self.comment

    @property
    def is_digest(self) -> bool:
        """Whether it holds a SHA-256, that some write with the method's name before it."""
        return "SHA-256 of" in self.comment

    @property
    def is_length(self) -> bool:
        """Whether it holds a length of time, in whole days or months."""
        return self.type == "BIGINT" and self.name.endswith(("_days", "_months"))

    @property
    def names_each(self) -> bool:
        """Whether each word of a list is a name, so that one that says nothing leaves the whole list unknown."""
        return "each by its name" in self.comment

    @property
    def must_be_known(self) -> bool:
        """Whether an empty cell means nothing but that the export does not know (door.py)."""
        return "must be known" in self.comment

    @property
    def empty(self) -> Meaning:
        """What an empty cell means; nothing where it means that the export does not know."""
        match = _EMPTY.search(self.comment)
        return Meaning(match["words"], match["where"] or "") if match else Meaning()

    @property
    def counts(self) -> str:
        """SQL over a row: whether what the column says could be of weight there."""
        match = re.search(r"; counts while ([^;]+)", self.comment)
        return f"({match[1]}) is not false" if match else "true"

    @property
    def names(self) -> str | None:
        """The table of which it names a row, that need not be there."""
        match = re.search(r"\bnames a row of (\w+)", self.comment)
        return match[1] if match else None

    @property
    def must_name(self) -> bool:
        """Whether it names whose or what a row is, so that a row without it could be anybody's."""
        return bool(self.refers_to) and not (self.known_by or self.names or self.empty.words)

    @property
    def may_name(self) -> bool:
        """Whether a row rests on one of another table that it names, if on any."""
        return bool(self.refers_to) and not (self.known_by or self.names or self.must_name)

    @property
    def names_for_some(self) -> bool:
        """Whether it says whose a row is for some rows alone, as the child for whom a parent asks."""
        return self.may_name and bool(self.empty.where)

    @property
    def means_the_end(self) -> bool:
        """Whether an instant is a last moment, so that a bare day is that day's end."""
        return "a day means its end" in self.comment

    @property
    def needs_time(self) -> bool:
        """Whether clocks of hours run from or to an instant, so that a bare day leaves hours open to every control."""
        return "with its time" in self.comment

    @property
    def may_lie_ahead(self) -> bool:
        """Whether an instant later than the export is no error."""
        return "may lie ahead" in self.comment


@dataclass(frozen=True)
class Constraint:
    """A rule of the contract over one table; `condition` is SQL over its columns, true or NULL for a good row."""

    table: str
    kind: str  # NOT NULL | UNIQUE | CHECK | FOREIGN KEY
    columns: tuple[str, ...]
    text: str
    condition: str = ""
    references: tuple[str, str] | None = None


@dataclass(frozen=True)
class Table:
    """A table of the contract: `part` is Core, Optional or Reference."""

    name: str
    part: str
    comment: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    constraints: tuple[Constraint, ...]

    def links(self) -> list[Column]:
        """The columns that say whose or what a row is. A row with a name of its own is known by that where it names another."""
        return [c for c in self.columns if c.must_name or (c.names and len(self.key) > 1)]

    def column(self, name: str) -> Column | None:
        """The column of that name, if there is one."""
        return next((c for c in self.columns if c.name == name), None)


Contract = dict[str, Table]
Words = Mapping[str, Iterable[str]]


def read() -> Contract:
    """Every table of the contract by name, in the order of the file; reference tables are left out."""
    with declared() as con:
        return finished(tables(con))


@contextmanager
def declared() -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection in which the contract's tables are created, and that reaches no file."""
    with duckdb.connect(config={"enable_external_access": False}) as con:
        con.execute(_ddl())
        yield con


def tables(con: duckdb.DuckDBPyConnection, ddl: str | None = None) -> Contract:
    """The tables that DDL declares, the contract's if none is given, as a connection has them; reference tables are left out."""
    heads, notes = _comments(_ddl() if ddl is None else ddl)
    return {name: _table(con, name, *heads[name], notes[name]) for name in heads if name not in REFERENCE_TABLES}


def finished(tables: Contract) -> Contract:
    """Tables with the contract's own words, of which the tables' names are some."""
    return worded(tables, {**words(), "table": [*tables]})


def _ddl() -> str:
    return SCHEMA.read_text(encoding="utf-8")


def words() -> Words:
    """The contract's own words, by vocabulary."""
    found: dict[str, list[str]] = {}
    with WORDS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["of"], []).append(row["word"])
    return found


def worded(contract: Contract, more: Words) -> Contract:
    """The same contract with more words in its vocabularies."""
    return {name: replace(table, columns=tuple(_worded(c, more) for c in table.columns)) for name, table in contract.items()}


def _worded(column: Column, more: Words) -> Column:
    known = [*column.values, *more.get(column.vocabulary or "", ())]
    return replace(column, values=tuple(dict.fromkeys(known))) if column.vocabulary else column


def spelled(contract: Contract, more: Mapping[str, Mapping[str, str]]) -> Contract:
    """The same contract with words that a company writes otherwise, by the kind of word: what is written, and what it means."""
    return {name: replace(table, columns=tuple(_spelled(c, more) for c in table.columns)) for name, table in contract.items()}


def _spelled(column: Column, more: Mapping[str, Mapping[str, str]]) -> Column:
    known = {**dict(column.spellings), **more.get(column.kind_of_word, {})} if column.values else {}
    return replace(column, spellings=tuple(known.items()))


# What an export says of itself: nothing in them can be judged.
ABOUT_THE_EXPORT = ("export_info", "export_tables")


def judgeable(contract: Contract) -> list[str]:
    """The tables of which an export must hold at least one: each opens some controls, alone or with others."""
    return [name for name in contract if name not in ABOUT_THE_EXPORT]


def _table(con: duckdb.DuckDBPyConnection, name: str, part: str, comment: str, notes: dict[str, str]) -> Table:
    constraints = tuple(_constraints(con, name))
    values = {c.columns[0]: enumerated(c.condition) for c in constraints if c.kind == "CHECK"}
    refers = {c.columns[0]: c.references[0] for c in constraints if c.references}
    columns = con.execute(
        "select column_name, data_type from duckdb_columns() where table_name = ? order by column_index",
        [name],
    ).fetchall()
    return Table(
        name,
        part,
        comment,
        tuple(Column(c, t, notes.get(c, ""), values.get(c, ()), refers.get(c)) for c, t in columns),
        next((c.columns for c in constraints if c.kind == "UNIQUE" and "PRIMARY" in c.text), ()),
        constraints,
    )


def _constraints(con: duckdb.DuckDBPyConnection, table: str) -> Iterator[Constraint]:
    rows = con.execute(
        """
        select constraint_type, constraint_column_names, constraint_text, expression,
               referenced_table, referenced_column_names
        from duckdb_constraints() where table_name = ? order by constraint_index
        """,
        [table],
    ).fetchall()
    for kind, columns, text, expression, other, other_columns in rows:
        if kind == "FOREIGN KEY":
            yield Constraint(table, kind, tuple(columns), text, references=(other, other_columns[0]))
        elif kind == "NOT NULL":
            yield Constraint(table, kind, tuple(columns), f"{columns[0]} is given", f"{columns[0]} is not null")
        elif kind == "CHECK":
            words = ", ".join(enumerated(expression))
            rule = f"{columns[0]} is one of {words}" if words else expression[1:-1]
            yield Constraint(table, kind, tuple(columns), rule, _by_the_day(expression))
        else:
            yield Constraint(table, "UNIQUE", tuple(columns), text)


def _by_the_day(condition: str) -> str:
    """A rule that one instant is not before another, kept too where it is a bare day, and the other's."""
    match = re.fullmatch(r"\((\w+_(?:at|to|from)) >= (\w+_(?:at|to|from))\)", condition)
    if not match:
        return condition
    later, earlier = match.groups()
    return f"({condition} or ({later} = date_trunc('day', {later}) and {later} = date_trunc('day', {earlier})))"


def enumerated(condition: str) -> tuple[str, ...]:
    """The words that a rule allows a column; none where it is another rule."""
    match = re.fullmatch(r'\("?(\w+)"? IN \((.*)\)\)', condition)
    return tuple(re.findall(r"'([^']*)'", match[2])) if match else ()


def _comments(text: str) -> tuple[dict[str, tuple[str, str]], dict[str, dict[str, str]]]:
    """Per table: (part, comment) from the line above it, and the comment behind each column."""
    heads: dict[str, tuple[str, str]] = {}
    notes: dict[str, dict[str, str]] = {}
    above, table = "", ""
    for line in text.splitlines():
        if match := re.match(r'create\s+table\s+"?(\w+)', line):
            table = match[1]
            part, colon, comment = above.removeprefix("-- ").partition(": ")
            heads[table] = (part.split(",")[0], comment) if colon else ("Optional", above.removeprefix("-- ") or table)
            notes[table] = {}
        elif table and (match := re.match(r'\s+"?(\w+)"? .*?-- (.*)', line)):
            notes[table][match[1]] = match[2]
        above = line
    return heads, notes
