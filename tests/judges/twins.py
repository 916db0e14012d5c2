"""Rows that stand twice under one key, as they are or with another cell, and what can still be told of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from ..conftest import WORKSPACE
from .doubts import keeps_rules, meanings, told_of
from .stories import Case, Judge, Row, Tables, told


@dataclass(frozen=True)
class Twin:
    """A story in which a row stands twice, and the story as each of the two has it."""

    story: Tables
    table: str
    row: Row
    readings: tuple[Tables, ...]


def doubled(lot: Random, judge: Judge, size: int) -> tuple[Case, list[Twin]]:
    """An export in which every second story has a row twice."""
    case = told(lot, judge, size)
    twins = [_double(lot, judge, story, case) for number, story in enumerate(case.stories) if number % 2]
    alone = [story for number, story in enumerate(case.stories) if not number % 2]
    return replace(case, stories=(*alone, *(twin.story for twin in twins))), twins


def _double(lot: Random, judge: Judge, story: Tables, case: Case) -> Twin:
    read = {table for table, _ in WORKSPACE.catalogue[judge.control].read_columns()}
    table, number = lot.choice(
        [(t, n) for t in sorted(read & story.keys()) if WORKSPACE.contract[t].key for n in range(len(story[t]))]
    )
    row = story[table][number]
    twin = dict(row) if lot.randrange(3) == 0 else _changed(lot, judge, table, row, story, case)
    others = [r for n, r in enumerate(story[table]) if n != number]
    readings = tuple({**story, table: [*others, one]} for one in (row, twin))
    return Twin({**story, table: [*story[table], twin]}, table, row, readings)


def _changed(lot: Random, judge: Judge, table: str, row: Row, story: Tables, case: Case) -> Row:
    """The row with another value in a cell that the control reads."""
    columns = sorted(name for t, name in WORKSPACE.catalogue[judge.control].read_columns() if t == table and name in row)
    lot.shuffle(columns)
    for name in columns:
        values = [v for v in meanings(table, name, story, case.at) if v != row[name]]
        changed = [{**row, name: value} for value in values if keeps_rules(table, {**row, name: value})]
        if changed:
            return lot.choice(changed)
    return dict(row)


def verdicts(judge: Judge, case: Case, twins: list[Twin]) -> dict[str, set[str]]:
    """All verdicts that each record could have: one that itself stands twice has none that can be told (`bad_record`)."""
    found: dict[str, set[str]] = {}
    for twin in twins:
        found |= told_of(judge, twin.readings, case.at)
        key = WORKSPACE.contract[twin.table].key
        if len(key) == 1 and (record := str(twin.row[key[0]])) in found:
            found[record] = {"indeterminate"}
    return found
