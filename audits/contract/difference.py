"""What an export has otherwise than an earlier one: what went, what came, what moved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from audits.contract.engine import quoted
from audits.contract.export import Export
from audits.contract.profile import Given, TableGiven, given
from audits.contract.schema import Column, Table

# Rows below or above so many times those of the earlier export are told.
FELL, ROSE = 0.9, 1.5
# A column of text that holds no more different values than these is one of words.
MOST_WORDS = 50
_NO_WORDS = ("_id", "_ref", "_sha256", "name")

Kind = Literal["gone", "emptied", "new", "fell", "rose", "words", "moved_back"]
# What `--fail-on gone` means: something that the earlier export held, and that cannot be judged any more.
LOST: tuple[Kind, ...] = ("gone", "emptied")


@dataclass(frozen=True)
class Difference:
    """One difference: of a table, or of one of its columns; in words."""

    kind: Kind
    what: str
    says: str


def differences(now: Export, before: Export, is_now: Given | None = None) -> list[Difference]:
    """Every difference, table by table in the order of the contract."""
    new, old = is_now or given(now), given(before)
    words, known = words_of(now), words_of(before)
    return [
        difference
        for name in now.contract
        for difference in (
            *_tables(name, new.tables.get(name), old.tables.get(name)),
            *_new_words(name, words, known, new),
        )
    ]


def words_of(export: Export) -> dict[str, frozenset[str]]:
    """The words that stand in each column of words, by `table.column`, as they were written."""
    found: dict[str, frozenset[str]] = {}
    for table in export.contract.values():
        if source := export.sources.get(table.name):
            text = {
                c.name: f"{quoted(c.name)}::varchar" for c in table.columns if source.has(c.name) and _may_hold_words(table, c)
            }
            found |= _words(export, table.name, source.relation, text)
            lists = {c.name: f"unnest({quoted(c.name)})" for c in table.columns if source.has(c.name) and c.type == "VARCHAR[]"}
            for name, elements in lists.items():
                found |= _words(export, table.name, f"(select {elements} as word from main.{table.name})", {name: "word"})
    return found


def _words(export: Export, table: str, relation: str, text: dict[str, str]) -> dict[str, frozenset[str]]:
    """Two scans: how many there are about, and which, where they are not too many; `text` is SQL by column."""
    about = _one_row(export, relation, [f"approx_count_distinct({sql})" for sql in text.values()])
    few = {name: sql for (name, sql), number in zip(text.items(), about, strict=True) if number <= 2 * MOST_WORDS}
    held = _one_row(export, relation, [f"list(distinct {sql}) filter (where trim({sql}) <> '')" for sql in few.values()])
    return {
        f"{table}.{name}": frozenset(words or ()) for name, words in zip(few, held, strict=True) if len(words or ()) <= MOST_WORDS
    }


def _one_row(export: Export, relation: str, columns: list[str]) -> tuple[Any, ...]:
    return export.con.execute(f"select {', '.join(columns)} from {relation}").fetchone() or () if columns else ()


def _may_hold_words(table: Table, column: Column) -> bool:
    """Text that names no record of a table; what the law lists, such as countries, is words."""
    names_records = table.key == (column.name,) or (column.refers_to and not column.known_by)
    return column.type == "VARCHAR" and not names_records and not column.name.endswith(_NO_WORDS)


def _tables(name: str, new: TableGiven | None, old: TableGiven | None) -> Iterator[Difference]:
    if new is None and old is not None:
        yield Difference("gone", name, f"the table is not there any more; it had {_rows(old)}")
    elif old is None and new is not None:
        yield Difference("new", name, f"the table was not there before; it has {_rows(new)}")
    elif old is not None and new is not None:
        yield from _row_counts(new, old)
        yield from _columns(new, old)
        yield from _instants(new, old)


def _row_counts(new: TableGiven, old: TableGiven) -> Iterator[Difference]:
    said = f"{old.rows:,} before, {new.rows:,} now"
    if old.rows and not new.rows:
        yield Difference("emptied", new.name, f"rows: {said}")
    elif new.rows < FELL * old.rows:
        yield Difference("fell", new.name, f"rows: {said}")
    elif new.rows > ROSE * old.rows:
        yield Difference("rose", new.name, f"rows: {said}")


def _columns(new: TableGiven, old: TableGiven) -> Iterator[Difference]:
    now, before = ({c.name: c for c in t.columns} for t in (new, old))
    for name in dict.fromkeys([*before, *now]):
        what = f"{new.name}.{name}"
        if name not in now:
            yield Difference("gone", what, f"the column is not there any more; it had {before[name].given:,} values")
        elif name not in before:
            yield Difference("new", what, f"the column was not there before; it has {now[name].given:,} values")
        elif new.rows and before[name].given and not now[name].given:
            yield Difference("emptied", what, f"values: {before[name].given:,} before, none now")


def _instants(new: TableGiven, old: TableGiven) -> Iterator[Difference]:
    for which, now, before in (("first", new.first, old.first), ("last", new.last, old.last)):
        if now and before and now < before:
            yield Difference("moved_back", new.name, f"{which} instant: {before.isoformat()} before, {now.isoformat()} now")


def _new_words(name: str, words: dict[str, frozenset[str]], known: dict[str, frozenset[str]], now: Given) -> Iterator[Difference]:
    for column in sorted(c for c in known if c.startswith(f"{name}.")):
        if column in words and (new := words[column] - known[column]):
            yield Difference("words", column, f"new: {', '.join(sorted(new))}")
        elif column not in words and column.partition(".")[2] in now.carried.get(name, ()):
            yield Difference("words", column, f"more than {MOST_WORDS} different words now, {len(known[column])} before")


def _rows(table: TableGiven) -> str:
    return f"{table.rows:,} row{'' if table.rows == 1 else 's'}"
