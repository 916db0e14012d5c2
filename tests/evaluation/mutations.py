"""Spoilt copies of the sample: knowing less is never better.

`python -m tests.evaluation.mutations` judges every one (`make mutations`) and says which records got a more favourable verdict,
were accused, or left their population; tests try a fixed part of them (test_mutations.py). Only the spoilt table is text: the
others are as the door has read them once. Two spoilt tables that the door reads alike are judged once, together; promises that
cannot know of a column are judged for one mutation in twenty, to prove that it is so.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from audits.contract import door, quality
from audits.contract.engine import literal, quoted
from audits.contract.export import Export, Settings
from audits.contract.schema import ABOUT_THE_EXPORT, Column, Meaning, Table
from audits.contract.source import Source, typed_select
from audits.controls.control import Control
from audits.controls.promise import Promise
from audits.errors import Unusable
from audits.evaluation import findings, meanings, recording
from audits.evaluation.lack import lacking
from audits.law import opening
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
SAMPLED = 20
# Records that are known by no other name than the cell's, so that nobody knows which they are.
NAMES_RECORDS = {"transfer_destination_operated_in": ("disclosures.destination_country", "disclosures.disclosed_at")}


@dataclass(frozen=True)
class Mutation:
    """One column of one table of the sample spoilt in every so many-th row."""

    table: str
    column: str
    kind: str
    every: int

    def __str__(self) -> str:
        return f"{self.table}.{self.column}: {self.kind}, {'all' if self.every == 1 else 'a tenth'}"

    def write(self, path: Path) -> None:
        """Copy the sample as the door has read it, with the table spoilt, all of it text, in place of what was read."""
        shutil.copy(base(), path)
        with duckdb.connect(str(path), config={"threads": 1}) as con:
            csv = sample_folder() / f"{self.table}.csv"
            con.execute(f"create temp table rows as from read_csv('{csv}', all_varchar = true, header = true)")
            con.execute(f"create or replace table {self.table} as {self.spoilt}")

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

    def is_tried_on(self, control: Control) -> bool:
        """Whether a control can know of the column: it reads it, its query or the law's has a column of that name, or it says whose
        or what a row is. Of all mutations some are tried on every control.
        """
        column = WORKSPACE.contract[self.table].column(self.column)
        if column is None or column.refers_to or self.column in WORKSPACE.contract[self.table].key:
            return True
        is_sampled = int(hashlib.md5(str(self).encode()).hexdigest(), 16) % SAMPLED == 0
        return is_sampled or self.column in control.columns_of(self.table) | _reached(control.sql)[1]

    @property
    def spoilt(self) -> str:
        """SQL for the table, from `rows`, all of it text."""
        name, chosen = quoted(self.column), f"row_number() over () % {self.every} = 0"
        if self.kind in BLANK and self.means.where:
            chosen += f" and ({self._where}) is not true"  # elsewhere the contract says what it means
        if self.kind == GONE:
            return f"select * exclude ({name}) from rows"
        if self.kind == TWICE:
            return f"from rows union all (from rows qualify {chosen})"
        return f"select * replace (case when {chosen} then {KINDS[self.kind].format(name)} else {name} end as {name}) from rows"

    @property
    def _where(self) -> str:
        """Where the contract says what an empty cell means, on the columns that the sample has."""
        columns, has = WORKSPACE.contract[self.table].columns, _doorstep().sources[self.table].has
        return re.sub(
            r"\w+", lambda word: "null" if word[0] in {c.name for c in columns if not has(c.name)} else word[0], self.means.where
        )


@cache
def _law() -> dict[str, str]:
    """The law's tables and views by name, each as the SQL that makes it; '' for what Python makes of what an export says of itself."""
    folder = Path(opening.__file__).parent
    sql = re.sub(r"--.*", "", "".join(file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.sql"))))
    made = re.findall(r"create (?:or replace )?(?:view|table) (\w+)[^;]*? as\b(.*?);", sql, re.DOTALL)
    return {**dict(made), "": " ".join(["from export_info", *(c.name for c in WORKSPACE.contract["export_info"].columns)])}


@cache
def _reached(sql: str) -> tuple[frozenset[str], frozenset[str]]:
    """The tables of the contract that a query reads, also by the law's views, and all words on the way."""
    steps = re.findall(r"(\w+)(?: \([^)]*\))? as (?:materialized )?\(", sql)
    tables, words = set(), {*re.findall(r"\w+", sql)}
    for relation in {*re.findall(r"\b(?:from|join) (\w+)", sql)} - {*steps}:
        if relation in WORKSPACE.contract:
            tables.add(relation)
        else:
            more = _reached(_law()[relation if relation in _law() else ""])
            tables, words = tables | more[0], words | more[1]
    return frozenset(tables), frozenset(words)


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
                    if source.has(column.name):
                        yield Mutation(table.name, column.name, GONE, 1)
                        yield from (
                            Mutation(table.name, column.name, kind, every) for kind in _kinds(table, column) for every in SHARES
                        )


def _kinds(table: Table, column: Column) -> list[str]:
    if column.name in table.key and column.type == "VARCHAR":
        return [*UNNAMED, "padded"]
    if column.refers_to and not column.known_by:
        return [*UNNAMED, "small letters", *(["unreadable"] if column.may_name else [])]
    is_word = column.values or column.known_by or column.is_own_word or column.is_in_any_capitals
    left_out = ("small letters",) if is_word else (*SAME, "small letters")
    left_out += () if column.type.startswith(("TIME", "DATE")) else DATED
    return [kind for kind in KINDS if kind not in left_out]


# By promise: by record its verdict and reason; None where it was not assessed.
Found = dict[str, dict[str, tuple[str, str]] | None]
ONE_THREAD = Settings(threads=1)
_FOLDER = tempfile.TemporaryDirectory(prefix="mutations")
FINISHED = Path("build") / "mutations.jsonl"


@cache
def base() -> Path:
    """The sample as the door has read it: a DuckDB file whose columns have the contract's types."""
    path = Path(_FOLDER.name) / "base.duckdb"
    with opened(results=path, settings=ONE_THREAD) as export:
        for name, source in export.sources.items():
            columns = ", ".join(quoted(c.name) for c in export.contract[name].columns if source.has(c.name))
            export.con.execute(f"create table results.{name} as select {columns} from main.{name}")
    return path


@cache
def clean() -> tuple[Found, dict[str, str]]:
    """What the promises come to on the sample, and the state of each of its tables."""
    with opened(settings=ONE_THREAD) as export:
        states = {name: state(export, export.contract[name], source) for name, source in export.sources.items()}
        return found(export, WORKSPACE.promises.values()), states


@cache
def _doorstep() -> Export:
    """The sample, opened to read spoilt tables as the door would."""
    return opened(settings=ONE_THREAD)


def beforehand(mutation: Mutation) -> str:
    """The state of the table that a mutation spoils, from the door alone: nothing else is opened."""
    export, table = _doorstep(), WORKSPACE.contract[mutation.table]
    rows = f"with rows as (from {export.sources[table.name].relation}) {mutation.spoilt}"
    export.con.execute(f"create or replace temp table spoilt as {rows}")
    types = export.con.execute("select column_name, column_type from (describe temp.spoilt)").fetchall()
    source = Source("temp.spoilt", {name.lower(): kind for name, kind in types})
    export.con.execute(f"drop table if exists door.{table.name}")
    door.read(export.con, table, source)
    return state(export, table, source)


def found(export: Export, promises: Iterable[Promise]) -> Found:
    """What promises come to on an export."""
    chosen = list(promises)
    recording.begin(export, PERIOD, ())
    quality.measure(export)
    around = findings.circumstances(export, PERIOD, chosen)
    return {p.id: None if lacking(export.carried, p.control) else _rows(export, p, around) for p in chosen}


def _rows(export: Export, promise: Promise, around: findings.Circumstances) -> dict[str, tuple[str, str]]:
    query = findings.query(export, promise, around)
    sql = f"{query.sql} select record_id, verdict, reason from findings"
    return {record: (verdict, reason) for record, verdict, reason in export.con.execute(sql, query.values).fetchall()}


def state(export: Export, table: Table, source: Source) -> str:
    """All that an evaluation can know of a table: its values, which cells are doubtful and why, and of the text that cannot be
    read whether there is any, and what it means by each format (meanings.py).
    """
    if source.door:
        raws = [_raw(name) for name in sorted(source.spots)]
        doubts = ["spots", "zoneless", "timeless", f"[{', '.join(raws)}]" if raws else "null"]
        rows = f"select {', '.join([*(quoted(c.name) for c in table.columns), *doubts])} from {source.door}"
    else:
        rows = f"select *, null, null, null, null from ({typed_select(table, source)})"
    told = export.con.execute(f"select md5(string_agg(row::varchar, '')) from ({rows}) as row").fetchone()
    return f"{told} {sorted(source.types)}"


def _raw(name: str) -> str:
    """SQL for what readings make of a cell's text, if it is a spot."""
    raw = quoted(f"raw {name}")
    reads = ", ".join(f"try_strptime({raw}, {literal(form)})::varchar" for form in meanings._FORMATS)
    return f"case when list_contains(spots, {literal(name)}) then [(trim({raw}) <> '')::varchar, {reads}] end"


def harm(mutation: Mutation, judged: dict[str, Found] | None = None) -> list[Harm]:
    """What a mutation does to the promises that read its table, but for what their controls say that absence means.

    `judged` holds what is known of tables in the same state, and learns of this one.
    """
    reading = [p for p in WORKSPACE.promises.values() if mutation.table in {*p.control.tables} | _reached(p.control.sql)[0]]
    promises = [p for p in reading if mutation.is_tried_on(p.control) and not mutation.is_declared(p.control)]
    told = beforehand(mutation)
    known = {} if judged is None or mutation.table in ABOUT_THE_EXPORT else judged
    after = clean()[0] if told == clean()[1][mutation.table] else known.setdefault(told, {})
    try:
        after |= _found(mutation, told, [p for p in promises if p.id not in after])
    except Unusable:
        return []  # refused, so that nothing is judged
    return [each for p in promises for each in _harms(mutation, p, clean()[0][p.id], after[p.id])]


def _found(mutation: Mutation, told: str, promises: list[Promise]) -> Found:
    """What promises come to on a spoilt copy, of which the state of the table was `told` beforehand."""
    if not promises:
        return {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "spoilt.duckdb"
        mutation.write(path)
        with opened(path, settings=ONE_THREAD) as export:
            if mutation.table not in ABOUT_THE_EXPORT:  # whose zone says how instants are written here
                assert told == state(export, export.contract[mutation.table], export.sources[mutation.table])
            return found(export, promises)


def _harms(
    mutation: Mutation, promise: Promise, before: dict[str, tuple[str, str]] | None, after: dict[str, tuple[str, str]] | None
) -> list[Harm]:
    """What was done to the records of a promise. Rows that name nobody add as many records as they could turn: nobody knows which.

    Records that are called after the cell are gone where it is, but some must then be there that are undecided.
    """
    if before is None or after is None:
        return []
    harms = [
        Harm(str(mutation), what, promise.id, record, " ".join(told), " ".join(after.get(record, ())))
        for record, told in before.items()
        if (what := _what(mutation, told, after.get(record, ())))
    ]
    if f"{mutation.table}.{mutation.column}" in NAMES_RECORDS.get(promise.control.id, ()):
        is_undecided = any(verdict == "indeterminate" for verdict, _ in after.values())
        harms = [each for each in harms if each.what != "gone" or not is_undecided]
    if mutation.column in WORKSPACE.contract[mutation.table].key:
        harms = [each for each in harms if each.what != "gone"] + _renamed(mutation, promise, before, after)
    return harms if len(harms) > sum(" that name no " in record for record in after) else []


def _renamed(
    mutation: Mutation, promise: Promise, before: dict[str, tuple[str, str]], after: dict[str, tuple[str, str]]
) -> list[Harm]:
    """Of records that have lost their names, and may now have one: whether none is left, or more are kept, or broken, than were."""
    counts = [Counter(verdict for verdict, _ in each.values()) for each in (before, after)]
    fewer = [("gone", len(before), 0)] if before and not after else []
    more = [(what, counts[0][v], counts[1][v]) for what, v in (("greener", "compliant"), ("accused", "violation"))]
    return [
        Harm(str(mutation), what, promise.id, "(counted)", str(was), str(is_))
        for what, was, is_ in [*fewer, *((w, a, b) for w, a, b in more if b > a)]
    ]


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


def column(mutations: list[Mutation], file: Path) -> list[dict[str, Any]]:
    """What each mutation of one column does, as it is written down when it is done."""
    told: list[dict[str, Any]] = []
    judged: dict[str, Found] = {}
    for mutation in mutations:
        began = time.process_time()
        harms = harm(mutation, judged)
        told.append(
            {"mutation": str(mutation), "harms": list(map(asdict, harms)), "cpu_s": round(time.process_time() - began, 2)}
        )
        with file.open("a", encoding="utf-8") as finished:  # one write each, so that processes do not mix their lines
            finished.write(f"{json.dumps(told[-1])}\n")
    return told


def main() -> int:
    """Judge all mutations, or those that are asked for; one line for each kind of harm, and the sums."""
    asked = _arguments()
    asked.file.parent.mkdir(parents=True, exist_ok=True)
    asked.file.touch()
    if not asked.go_on:
        asked.file.write_text("")
    done = [json.loads(line) for line in asked.file.read_text(encoding="utf-8").splitlines()]
    columns = _columns(asked.only, {each["mutation"] for each in done})
    number, before = sum(map(len, columns)), len(done)
    clean(), base()  # once for all processes, where they are forks
    with ProcessPoolExecutor(asked.jobs) as pool:
        for future in as_completed([pool.submit(column, each, asked.file) for each in columns]):
            done += future.result()
            print("".join(f"{line}\n" for line in _lines(future.result())), end="", flush=True)
            print(f"\r{len(done) - before} of {number}", end="", file=sys.stderr, flush=True)
    sums = Counter(each["what"] for told in done for each in told["harms"])
    print(
        f"\n{len(done)} mutations: {dict(sums) or 'no harm'}; {sum(each['cpu_s'] for each in done) / 60:.0f} minutes of processor"
    )
    return int(bool(sums))


def _columns(only: str, finished: set[str]) -> list[list[Mutation]]:
    """The mutations that are asked for and are not finished, those of a column together."""
    found: dict[tuple[str, str], list[Mutation]] = {}
    for mutation in mutations():
        if re.search(only, str(mutation)) and str(mutation) not in finished:
            found.setdefault((mutation.table, mutation.column), []).append(mutation)
    return list(found.values())


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--only", default="", metavar="REGEX", help="those whose name has it: 'requests.closed_at: .*, all'")
    parser.add_argument("--continue", dest="go_on", action="store_true", help="those that are not in the file yet")
    parser.add_argument("--file", type=Path, default=FINISHED, help=f"where each is written when it is done ({FINISHED})")
    parser.add_argument("--jobs", type=int, help="processes (one a processor)")
    return parser.parse_args()


def _lines(told: list[dict[str, Any]]) -> list[str]:
    """A line for each kind of harm that a mutation does to a promise, with the first record."""
    lines = []
    for each in told:
        for what, promise in sorted({(h["what"], h["promise"]) for h in each["harms"]}):
            those = [h for h in each["harms"] if (h["what"], h["promise"]) == (what, promise)]
            first = those[0]
            said = f"{first['record']}: {first['before']} -> {first['after']}"
            lines.append(f"{each['mutation']}\t{what}\t{promise}\t{len(those)}\t{said}")
    return lines


if __name__ == "__main__":
    sys.exit(main())
