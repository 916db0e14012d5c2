"""Data quality: the contract's constraints, measured on an export, and whether its populations are whole.

A constraint says which rows cannot be believed; a population test says whether rows are missing. Neither stops a run:
a finding that reads a bad row becomes `indeterminate`, a control whose population test failed `inconclusive`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from audits.contract.engine import bindings, fill, literal, quoted
from audits.contract.export import Export
from audits.contract.schema import ABOUT_THE_EXPORT, REFERENCE_TABLES, Column, Constraint, Table
from audits.contract.source import Source, typed, without_zone

# Each gives test, table_name, passed, detail; no row where the export has not what it takes.
_POPULATION_TESTS = Path(__file__).with_name("population")
_DEFECTS = "main.defects (table_name varchar, key varchar, columns varchar[], reason varchar, refers_to varchar)"
_BROKEN = "main.broken_rules (table_name varchar, rule varchar)"
NO_DEFECTS = f"create table if not exists {_DEFECTS}; create table if not exists {_BROKEN}"
MOST_KEYS = 20
# Values that break a rule are told up to so many, each cut after so many letters.
MOST_VALUES, LONGEST_VALUE = 5, 200
BAD_RECORD = "bad_record"
WITHOUT_ZONE = "time_without_zone"
REASONS = {
    BAD_RECORD: "the record breaks the export contract (see data quality)",
    WITHOUT_ZONE: "an instant is written without its offset, so its day cannot be told",
}


@dataclass(frozen=True)
class Check:
    """A rule that a row can break: `bad` is SQL over the typed rows, with the raw predicates as columns `raw_…`."""

    table: str
    kind: str  # NOT NULL | UNIQUE | CHECK | FOREIGN KEY | READABLE | WORD | ZONE | PAST
    columns: tuple[str, ...]
    rule: str
    bad: str
    refers_to: str | None = None  # the table in which a reference should be found
    is_of_spots: bool = False  # whether only cells that cannot be read break it (door.py)


def measure(export: Export) -> None:
    """Fill results.quality with every constraint, main.defects with the records that break one.

    main.broken_rules then holds the rules that are broken.
    """
    export.con.execute(f"create or replace table {_DEFECTS}")
    tables = [t for t in export.contract.values() if t.name in export.sources]
    fill(export.con, "results.quality", [row for table in tables for row in _measured(export, table)])
    export.con.execute("create or replace table main.broken_rules as select table_name, rule from results.quality where bad > 0")


def broken(export: Export, tables: Iterable[str]) -> list[Check]:
    """The rules that rows of some tables were found to break, as they were measured: what is doubtful about rows that are joined.

    Unreadable values, unknown words and missing offsets apart: they are found cell by cell (door.py).
    """
    found = export.con.execute("from main.broken_rules").fetchall()
    return [
        _differing(export.contract[table], check)
        for table in sorted(set(tables) & export.sources.keys())
        for check in _checks(export, export.contract[table])
        if check.kind in ("UNIQUE", "PAST", "CHECK", "FOREIGN KEY")
        and (check.table, check.rule) in found
        and not check.is_of_spots
    ]


def _differing(table: Table, check: Check) -> Check:
    """Rows that stand twice are no doubt where they say the same."""
    if check.kind != "UNIQUE":
        return check
    return replace(check, bad=_twice(check.columns, f"count(distinct ({', '.join(quoted(c.name) for c in table.columns)})) > 1"))


def without_zone_at_all(export: Export) -> set[tuple[str, str]]:
    """(table, column) pairs whose own type has no zone, so that not one record's day can be told."""
    return {
        (table.name, column.name)
        for table in export.contract.values()
        if (source := export.sources.get(table.name))
        for column in table.columns
        if without_zone(column, source) and source.types[column.name] != "VARCHAR"
    }


def _measured(export: Export, table: Table) -> Iterator[tuple[Any, ...]]:
    """The rows of results.quality of a table: table_name, kind, column_names, rule, row_count, bad, keys, found."""
    checks = list(_checks(export, table))
    rows = _rows(export, table)
    counts = ", ".join(f"count(*) filter (where {c.bad})" for c in checks)
    found = export.con.execute(f"with rows as ({rows}) select count(*), {counts} from rows").fetchone() or ()
    total, bad = found[0], found[1:]
    values = _values(export, table, rows, [check for check, count in zip(checks, bad, strict=True) if count])
    for check, count in zip(checks, bad, strict=True):
        keys = _keys(export, table, rows, check) if count else []
        yield table.name, check.kind, list(check.columns), check.rule, total, count, keys, values.get(check, [])
    for constraint in _unmeasurable(export, table):
        yield table.name, constraint.kind, list(constraint.columns), constraint.text, total, None, [], []


def _values(export: Export, table: Table, rows: str, broken: list[Check]) -> dict[Check, list[dict[str, Any]]]:
    """The values that break each rule most often, with how often: one scan for all rules of a table."""
    told = [check for check in broken if check.kind != "NOT NULL"]
    if not told:
        return {}
    source = export.sources[table.name]
    flags = ", ".join(f"{c.bad} as bad_{n}, left({_value(c, source)}, {LONGEST_VALUE}) as value_{n}" for n, c in enumerate(told))
    pairs = ", ".join(f"case when bad_{n} then struct_pack(rule := {n}, value := value_{n}) end" for n in range(len(told)))
    found = export.con.execute(
        f"""
        with rows as ({rows}),
        flagged as (select {flags} from rows),
        pairs as (select unnest([{pairs}]) as pair from flagged where {" or ".join(f"bad_{n}" for n in range(len(told)))})
        select pair.rule, pair.value, count(*) as n from pairs where trim(pair.value) <> '' group by pair.rule, pair.value
        qualify row_number() over (partition by pair.rule order by count(*) desc, pair.value) <= {MOST_VALUES}
        order by pair.rule, n desc, pair.value
        """
    ).fetchall()
    return {check: [{"value": value, "n": n} for rule, value, n in found if rule == number] for number, check in enumerate(told)}


def _value(check: Check, source: Source) -> str:
    """SQL for what breaks a rule, as text: as it was written where it cannot be read as it was meant."""
    column = check.columns[0]
    if check.kind == "ZONE":  # read as local, so as local it is what was written
        return f"strftime({quoted(column)}, '%Y-%m-%d %H:%M:%S')"
    return quoted(f"raw {column}") if check.columns == (column,) and column in source.spots else _joined(check.columns)


def _keys(export: Export, table: Table, rows: str, check: Check) -> list[str]:
    """Up to twenty keys of bad rows, in order; where a single column is the key, the records become defects."""
    key = _key_text(table)
    # What a word that nobody knows could turn is found by readings of it, and by nothing else.
    if len(table.key) == 1 and not check.is_of_spots and (table.name, check.columns[0]) not in without_zone_at_all(export):
        reason = WITHOUT_ZONE if check.kind == "ZONE" else BAD_RECORD
        export.con.execute(
            f"insert into main.defects with rows as ({rows}) "
            f"select distinct ?, {table.key[0]}, ?, ?, ? from rows where {check.bad}",
            [table.name, list(check.columns), reason, check.refers_to],
        )
    found = export.con.execute(
        f"with rows as ({rows}) select min(key, {MOST_KEYS}) from (select distinct {key} as key from rows where {check.bad})"
    ).fetchone()
    return list(found[0]) if found and found[0] else []


def _key_text(table: Table) -> str:
    return _joined(table.key) if table.key else "'(no key)'"


def _joined(columns: Sequence[str]) -> str:
    parts = ", ".join(f"coalesce({quoted(c)}::varchar, '(none)')" for c in columns)
    return f"concat_ws(' · ', {parts})"


def _rows(export: Export, table: Table) -> str:
    """SQL of the table's rows as the contract has them; beside, which cells cannot be read, and instants without their offset."""
    source = export.sources[table.name]
    if source.door:
        return f"from {source.door}"
    columns = [f"{typed(c, source)} as {quoted(c.name)}" for c in table.columns]
    columns += [f"{zoneless} as {_flag(c)}" for c in table.columns if (zoneless := without_zone(c, source))]
    return f"select {', '.join(columns)} from {source.relation}"


def _flag(column: Column) -> str:
    return f"zoneless_{column.name}"


def _checks(export: Export, table: Table) -> Iterator[Check]:
    source = export.sources[table.name]
    for constraint in table.constraints:
        if all(source.has(c) for c in constraint.columns) and _referenced(export, constraint):
            other = constraint.references[0] if constraint.references else None
            bad = _broken(constraint)
            if _says_words(table, constraint):
                bad = _spot(source, constraint.columns[0], bad)
            yield Check(
                table.name, constraint.kind, constraint.columns, constraint.text, bad, other, _says_words(table, constraint)
            )
    for column in table.columns:
        kind = source.types.get(column.name, column.type)
        if column.vocabulary and source.has(column.name):
            rule = f"{column.name} is of the words of {column.vocabulary} that the contract or a text knows"
            yield Check(table.name, "WORD", (column.name,), rule, _spot(source, column.name, "false"), is_of_spots=True)
        elif (column.name in source.spots and not (column.values or column.known_by)) or kind != column.type != "VARCHAR":
            rule = f"{column.name} can be read as {column.type.lower()}"
            yield Check(table.name, "READABLE", (column.name,), rule, _spot(source, column.name, "false"), is_of_spots=True)
        if without_zone(column, source):
            rule = f"{column.name} is written with its offset from UTC"
            bad = f"list_contains(zoneless, '{column.name}')" if source.door else _flag(column)
            yield Check(table.name, "ZONE", (column.name,), rule, bad)
        if source.has(column.name) and column.type.startswith("TIMESTAMP") and not column.may_lie_ahead:
            latest = "(select coalesce(exported_at, as_of) from main.judgement)"
            rule = f"{column.name} is not later than the export"
            yield Check(table.name, "PAST", (column.name,), rule, f"{column.name} > {latest}")


def _says_words(table: Table, constraint: Constraint) -> bool:
    """Whether a rule says which words a column may hold: those that nobody knows were read as NULL."""
    column = table.column(constraint.columns[0])
    enumerated_ = bool(column and column.values and constraint.kind == "CHECK")
    return enumerated_ or bool(constraint.references and constraint.references[0] in REFERENCE_TABLES)


def _spot(source: Source, column: str, otherwise: str) -> str:
    """SQL for a cell that cannot be read, or is bad otherwise."""
    if column not in source.spots:
        return otherwise
    return f"coalesce(list_contains(spots, '{column}'), false) or coalesce({otherwise}, false)"


def _broken(constraint: Constraint) -> str:
    columns = ", ".join(constraint.columns)
    if constraint.kind == "UNIQUE":
        return _twice(constraint.columns, "count(*) > 1")
    if constraint.references:
        table, column = constraint.references
        return f"{columns} is not null and {columns} not in (select {column} from main.{table} where {column} is not null)"
    return f"not {constraint.condition}" if constraint.kind == "CHECK" else f"{columns} is null"


def _twice(columns: Sequence[str], having: str) -> str:
    """SQL for a row whose key another row has."""
    given, names = " and ".join(f"{c} is not null" for c in columns), ", ".join(columns)
    return f"({names}) in (select {names} from rows where {given} group by {names} having {having})"


def _referenced(export: Export, constraint: Constraint) -> bool:
    return constraint.references is None or constraint.references[0] in {*export.sources, *REFERENCE_TABLES}


def _unmeasurable(export: Export, table: Table) -> Iterator[Constraint]:
    """Constraints over columns or tables that the export does not have."""
    source = export.sources[table.name]
    for constraint in table.constraints:
        if not (all(source.has(c) for c in constraint.columns) and _referenced(export, constraint)):
            yield constraint


def read_statements(export: Export) -> None:
    """Fill main.unread_statements: what the export says of itself and its tables, and nobody can read."""
    export.con.execute("create or replace table main.unread_statements (table_name varchar, column_name varchar)")
    for about in ABOUT_THE_EXPORT:
        source = export.sources.get(about)
        if source and source.door:
            named = "table_name" if about == "export_tables" else literal(about)
            export.con.execute(f"insert into main.unread_statements select {named}, unnest(spots) from {source.door}")


def measure_populations(export: Export, addresses: Sequence[str]) -> None:
    """Fill results.population: is each table whole, for the period of results.run, up to as_of?

    `addresses` are those that the texts publish: each is counted.
    """
    read_statements(export)
    for file in sorted(_POPULATION_TESTS.glob("*.sql")):
        sql = file.read_text(encoding="utf-8")
        export.con.execute(f"insert into results.population {sql}", bindings(sql, {"addresses": list(addresses)}))
    for test, table, needs in (
        ("age", "export_info", "when it was made"),
        ("row_count", "export_tables", "its control totals"),
        ("request_numbers", "requests", "numbered requests"),
        ("intake", "requests", "what arrived at each published address"),
    ):
        export.con.execute(
            """
            insert into results.population
            select $test, $named, null, 'not tested: the export does not state ' || $needs
            where not exists (from results.population as p where p.test = $test)
            """,
            {"test": test, "named": table, "needs": needs},
        )
