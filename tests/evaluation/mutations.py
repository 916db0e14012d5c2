"""Spoilt copies of the sample: knowing less is never better.

`python -m tests.evaluation.mutations` judges every one (`make mutations`) and says which records got a more favourable verdict,
were accused, or left their population; tests try a fixed part of them (test_mutations.py).
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb

from audits.contract.engine import quoted
from audits.contract.schema import Column, Meaning
from audits.controls.control import Control
from audits.controls.promise import Promise
from audits.errors import Unusable
from audits.evaluation import findings
from audits.evaluation.evaluate import evaluate
from audits.evaluation.lack import lacking
from audits.law.period import Period
from audits.workspace import sample_folder

from ..conftest import WORKSPACE, opened

PERIOD = Period.parse("2026-10")
KINDS = {
    "capitals": "upper({0})",
    "small letters": "lower({0})",
    "padded": "' ' || {0} || ' '",
    "empty": "null",
    "empty text": "''",
    "blank": "'  '",
    "not applicable": "'N/A'",
    "unreadable": "'???'",
    "year one": "'0001-01-01'",
    "day first": r"regexp_replace({0}, '^(\d{{4}})-(\d\d)-(\d\d)', '\3/\2/\1')",
}
# What is done to a column, or to rows, as a whole.
GONE, TWICE = "gone", "twice"
# Kinds that mean the same as before, so that nothing may change at all.
SAME = ("capitals", "padded")
DATED = ("year one", "day first")
# A name that is no name leaves a row nobody's.
UNNAMED = ("empty", "empty text", "blank", "not applicable")
# Kinds that the door reads as an empty cell.
BLANK = ("empty", "empty text", "blank")
SHARES = (10, 1)  # a tenth of the rows, and all of them


@dataclass(frozen=True)
class Mutation:
    """One column of one table of the sample spoilt in every so many-th row."""

    table: str
    column: str
    kind: str
    every: int

    def __str__(self) -> str:
        return f"{self.table}.{self.column}: {self.kind}, {'all' if self.every == 1 else 'a tenth'}"

    def write(self, folder: Path) -> None:
        """Copy the sample and spoil it; what is spoilt is text of a CSV file."""
        shutil.copytree(sample_folder(), folder, dirs_exist_ok=True)
        path = folder / f"{self.table}.csv"
        with duckdb.connect() as con:
            con.execute("set threads = 1")
            con.execute(f"create table rows as from read_csv('{path}', all_varchar = true, header = true)")
            con.execute(f"create table spoilt as {self._spoilt}")
            con.execute(f"copy spoilt to '{path}' (format csv, header true, quote '\"', force_quote *)")

    @property
    def means(self) -> Meaning:
        """What the contract says that an empty cell of the column means."""
        column = WORKSPACE.contract[self.table].column(self.column)
        return column.empty if column else Meaning()

    def is_declared(self, control: Control) -> bool:
        """Whether the control, or the contract, says what it means."""
        name = f"{self.table}.{self.column}"
        if self.kind == GONE:
            return name in control.absences
        return self.kind in BLANK and (name in control.empties or self.means.excuses)

    @property
    def _spoilt(self) -> str:
        name, chosen = quoted(self.column), f"row_number() over () % {self.every} = 0"
        if self.kind in BLANK and self.means.where:
            chosen += f" and ({self.means.where}) is not true"  # elsewhere the contract says what it means
        if self.kind == GONE:
            return f"select * exclude ({name}) from rows"
        if self.kind == TWICE:
            return f"from rows union all (from rows qualify {chosen})"
        return f"select * replace (case when {chosen} then {KINDS[self.kind].format(name)} else {name} end as {name}) from rows"


@dataclass(frozen=True)
class Harm:
    """A record that a mutation did harm to: `greener`, `accused` or `gone`."""

    mutation: str
    what: str
    promise: str
    record: str
    before: str
    after: str


def mutations() -> Iterator[Mutation]:
    """Every column that the sample carries, in every kind that can be written in it; every table with rows that stand twice."""
    with opened() as export:
        for table in WORKSPACE.contract.values():
            if source := export.sources.get(table.name):
                yield from (Mutation(table.name, table.key[0], TWICE, every) for every in SHARES if table.key)
                for column in table.columns:
                    if source.has(column.name) and column.name not in table.key:
                        yield Mutation(table.name, column.name, GONE, 1)
                        yield from (Mutation(table.name, column.name, kind, every) for kind in _kinds(column) for every in SHARES)


def _kinds(column: Column) -> list[str]:
    if column.refers_to and not column.known_by:
        return [*UNNAMED, "small letters", *(["unreadable"] if column.may_name else [])]
    is_word = column.values or column.known_by or column.is_own_word or column.is_in_any_capitals
    left_out = ("small letters",) if is_word else (*SAME, "small letters")
    left_out += () if column.type.startswith(("TIME", "DATE")) else DATED
    return [kind for kind in KINDS if kind not in left_out]


@dataclass(frozen=True)
class Found:
    """Verdict, reason and scope by promise and record, and the promises that were assessed."""

    rows: dict[tuple[str, str], tuple[str, str, str]]
    assessed: frozenset[str]


def found(folder: Path, promises: list[Promise]) -> Found:
    """What a folder's promises come to."""
    rows = {}
    with opened(folder) as export:
        evaluate(export, PERIOD, [])
        around = findings.circumstances(export, PERIOD, promises)
        assessed = [p for p in promises if not lacking(export.carried, p.control)]
        for promise in assessed:
            query = findings.query(export, promise, around)
            sql = f"{query.sql} select record_id, verdict, reason, scope from findings"
            rows |= {(promise.id, r): (v, why, scope) for r, v, why, scope in export.con.execute(sql, query.values).fetchall()}
    return Found(rows, frozenset(p.id for p in assessed))


@cache
def clean() -> Found:
    return found(sample_folder(), list(WORKSPACE.promises.values()))


def harm(mutation: Mutation) -> list[Harm]:
    """What a mutation does to the promises that read its table, but for what their controls say that absence means."""
    promises = [
        p for p in WORKSPACE.promises.values() if mutation.table in p.control.tables and not mutation.is_declared(p.control)
    ]
    with tempfile.TemporaryDirectory() as folder:
        mutation.write(Path(folder))
        try:
            after = found(Path(folder), promises)
        except Unusable:
            return []  # refused, so that nothing is judged
    harms = [
        Harm(str(mutation), what, promise, record, f"{verdict} {reason}", " ".join(after.rows.get((promise, record), ())[:2]))
        for (promise, record), (verdict, reason, _) in clean().rows.items()
        if promise in after.assessed
        if (what := _what(mutation, (verdict, reason), after.rows.get((promise, record), ())[:2]))
    ]
    # Rows that name nobody add as many records as they could turn: which, nobody can tell.
    added = Counter(promise for promise, record in after.rows if " that name no " in record)
    turned = Counter(each.promise for each in harms)
    return [each for each in harms if turned[each.promise] > added[each.promise]]


def _what(mutation: Mutation, before: tuple[str, ...], after: tuple[str, ...]) -> str:
    if after and mutation.kind in SAME:
        return "" if before == after else "changed"
    return worse(before[0], after[0] if after else None)


def worse(before: str | None, after: str | None) -> str:
    """What harm it is that a record has another verdict, or is one, where less is known: `gone`, `accused` or `greener`."""
    if after is None:
        return "gone"
    if after == "violation" and before != "violation":
        return "accused"
    rank = ["violation", "indeterminate", "pending", "compliant"]
    return "greener" if before and after != "indeterminate" and rank.index(after) > rank.index(before) else ""


def main() -> int:
    """Judge all mutations, or those whose name holds the argument; one line for each kind of harm, and the sums."""
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    chosen = [m for m in mutations() if wanted in str(m)]
    sums: dict[str, int] = {}
    with ProcessPoolExecutor() as pool:
        for mutation, harms in zip(chosen, pool.map(harm, chosen), strict=True):
            for what, promise in sorted({(h.what, h.promise) for h in harms}):
                those = [h for h in harms if (h.what, h.promise) == (what, promise)]
                sums[what] = sums.get(what, 0) + len(those)
                print(
                    f"{mutation}\t{what}\t{promise}\t{len(those)}\t{those[0].record}: {those[0].before} -> {those[0].after}",
                    flush=True,
                )
    print(f"{len(chosen)} mutations: {sums or 'no harm'}")
    return int(bool(sums))


if __name__ == "__main__":
    sys.exit(main())
