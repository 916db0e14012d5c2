"""What a value that cannot be read could mean: a promise is judged under each reading, and where they differ nobody can tell.

The door noted the spots of an export: cells that hold a value that cannot be read, or a word that nobody knows. For every
column that has spots and that a promise reads, its query runs again with the spots set to each reading: absent, every word of
the column, both ends of time, what others hold, the formats that fit the very text. A record whose verdict or instant differs
under one of them, or that is missing under one, is indeterminate, and in the population. Of a row with two spots or more, every
record that it can reach is. An empty cell of which neither the contract nor the control says what it means, and every cell of a
column that is not exported, is read in the same way; a record's period is then as if it were empty. Last, readings of all doubts
are mixed, each two of them, and with the rows that name nobody: some turn a verdict only together. What a table held before the
first instant that it is complete for is tried by itself (before.py).
An export that tells everything runs none of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import product
from math import prod

from audits.contract import quality
from audits.contract.engine import literal, one, quoted
from audits.contract.export import Export
from audits.contract.schema import Column, Table
from audits.contract.source import Source, noted_select, typed_select
from audits.controls.promise import Promise
from audits.evaluation import before, nobody, related, trial
from audits.evaluation.lack import lacks
from audits.evaluation.meanings import (
    ANEW,
    EMPTY,
    LIKE_A_NAME,
    LOST,
    MERGED,
    NOT_EXPORTED,
    UNREADABLE,
    WITHOUT_TIME,
    Doubt,
    is_of_no_row,
    like_a_name,
    readings,
)  # fmt: skip
from audits.evaluation.mixtures import mixtures
from audits.evaluation.trial import (
    DATED,
    NOTED,
    ONE_EACH,
    REASONED,
    VERDICT,
    begin,
    compare,
    is_all_turned,
    note_rows,
    put,
    put_back,
    same,
    settle,
)

Tries = Callable[[dict[Doubt, list[str]]], Iterator[dict[Doubt, str]]]
_WHICH = "(nobody knows which)"
_NAMINGS = 4  # of so many ways to name somebody, each mixture is tried
# When each request was reopened for the first time; NULL where that is not known.
_REOPENED = """
    select request_id, case when count(*) = count(occurred_at) then min(occurred_at) end as again_at
    from main.request_events
    where event = 'reopened' and coalesce(occurred_at <= (select as_of from judgement), true) group by request_id
"""
# What is told of requests that are one (merged.sql), and of how many others at most it is tried.
TOLD_ELSEWHERE = {
    "acknowledged_at", "responded_at", "extended_at", "extended_to", "extension_reason", "id_asked_at", "id_verified_at",
    "delivery_ref",
}  # fmt: skip
_ELSEWHERE = 8
_FEW, _MIXTURES = 3, 27  # readings of an instant, and mixtures at most, that say whether a row is a record
REASONS = {
    UNREADABLE: "a value that it rests on cannot be read, or is a word that nobody knows, and could turn it",
    WITHOUT_TIME: "an instant is written as a day, and the time of that day could turn it",
    LOST: "what it names is not in the export, or cannot be read, and could turn it",
    LIKE_A_NAME: "a name that nobody knows is nearly one that could turn it",
    MERGED: "it became part of a request that is not there, had ended, or is another person's or for something else,"
    " or what was told of one of several that are one could turn it",
    ANEW: "the request, or the account, was taken up again, and what it ended by before is not recorded",
    EMPTY: "a cell is empty that could turn it",
    NOT_EXPORTED: "a column that could turn it is not in the export",
    **nobody.REASONS,
    **before.REASONS,
}


def unsure(export: Export, promises: Iterable[Promise]) -> frozenset[str]:
    """Fill the temporary table `unsure` with the records that a doubt could turn; gives the promises that have any.

    Columns: promise_id, record_id, account_id, country (as the first reading that shows the record has them), event_at, due_at
    (as all of them have it, else none: it may fall into any period), whether the record is `known` without any reading, and
    `why` it is not decided.
    """
    export.con.execute(
        """
        create or replace temp table unsure (
            promise_id varchar, record_id varchar, account_id varchar, country varchar, event_at timestamptz, due_at timestamptz,
            known boolean, why varchar
        )
        """
    )
    trial.begin_resting(export)
    chosen = [promise for promise in promises if not lacks(export, promise)]
    tables = {table for promise in chosen for table in promise.control.tables}
    broken = quality.broken(export, tables)
    read = {column for promise in chosen for column in promise.control.read_columns()}
    empty = [d for table in sorted(tables & export.sources.keys()) for d in _unknown(export, export.contract[table], read)]
    blank = nobody.links(export, tables, broken)
    gaps = before.gaps(export, tables)
    for promise in chosen:
        doubts = _doubts(export, promise, broken, empty)
        links = [link for t in promise.control.tables for link in blank.get(t, ()) if nobody.weighs(export, promise, link)]
        lost = [gaps[t] for t in promise.control.tables if t in gaps and not promise.control.judges(export.contract[t])]
        if (doubts or links or lost) and begin(export, promise):
            read_otherwise = {doubt: readings(export, promise, doubt) for doubt in doubts}
            told = {doubt: values for doubt, values in read_otherwise.items() if values or doubt.why == LOST}
            _settle_doubts(export, promise, told)
            for link in links:
                _settle_link(export, promise, link, told)
            for gap in lost:
                before.note(export, promise, gap)
    return frozenset(p for (p,) in export.con.execute("select distinct promise_id from unsure").fetchall())


def _doubts(export: Export, promise: Promise, broken: list[quality.Check], empty: list[Doubt]) -> list[Doubt]:
    """What a promise reads and nobody knows, but for what its control shows."""
    doubts = [
        *_spots(export, promise),
        *_inexact(export, promise),
        *_broken(export, promise, broken),
        *_misspelt(export, promise, broken),
        *_lost(export, promise, broken),
        *_merged(export, promise),
        *_taken_up_again(export, promise),
        *_empty(promise, empty),
        *_absent(export, promise),
    ]
    return [d for d in doubts if d.column.name not in promise.control.shown]


def _spots(export: Export, promise: Promise) -> list[Doubt]:
    """The columns that have spots and that the promise reads, keys and references included."""
    return [
        Doubt(table, column, UNREADABLE, f"list_contains(spots, {literal(column.name)})")
        for table, source in _read(export, promise)
        for column in table.columns
        if column.name in source.spots
        and (column.name in {*promise.control.columns_of(table.name), *table.key, "region"} or column.must_name)
    ]


def _inexact(export: Export, promise: Promise) -> list[Doubt]:
    """The columns that the promise reads with instants of which nobody knows the offset, or the time."""
    return [
        Doubt(table, column, why, f"list_contains({kind}, {literal(column.name)})")
        for table, source in _read(export, promise)
        for column in table.columns
        for kind, cells, why in (
            ("zoneless", source.zoneless, quality.WITHOUT_ZONE),
            ("timeless", source.timeless, WITHOUT_TIME),
        )
        if column.name in cells
        and column.name in promise.control.columns_of(table.name)
        and (why != WITHOUT_TIME or column.needs_time or column.name in promise.control.exact.get(table.name, ()))
    ]


def _broken(export: Export, promise: Promise, broken: list[quality.Check]) -> list[Doubt]:
    """The columns that the promise reads of rows that break a rule.

    A finding of such a row is undecided anyway (findings.py): read otherwise it could be one that is none.
    """
    found = []
    for check in broken:
        table = export.contract[check.table]
        is_given_twice = check.kind == "UNIQUE" and promise.control.judges(table)
        if check.kind != "FOREIGN KEY" and check.table in promise.control.tables and not is_given_twice:
            read = promise.control.columns_of(table.name)
            asked = set(check.columns) if read.issuperset(check.columns) else set()
            named = read - set(table.key) if check.kind == "UNIQUE" else asked
            found += [Doubt(table, c, quality.BAD_RECORD, _bad_cells(check, c)) for c in table.columns if c.name in named]
    return found


def _bad_cells(check: quality.Check, column: Column) -> str:
    """SQL for which rows break a rule; of those that stand under one name, which do not say the same in a column."""
    if check.kind != "UNIQUE":
        return check.bad
    key = ", ".join(map(quoted, check.columns))
    others = f"select {key} from rows group by {key} having count(distinct coalesce({quoted(column.name)}::varchar, '')) > 1"
    return f"{check.bad} and ({key}) in ({others})"


def _misspelt(export: Export, promise: Promise, broken: list[quality.Check]) -> list[Doubt]:
    """The columns that name rows of another table, where they name none that there is, and nearly one that there is."""
    found = []
    for table, column in _naming(export, promise, broken):
        near = f"{is_of_no_row(export, column)} and {like_a_name(export, table, column)} is not null"
        if one(export.con, f"select count(*) from main.{table.name} as t where {near}"):
            found.append(Doubt(table, column, LIKE_A_NAME, near))
    return found


def _lost(export: Export, promise: Promise, broken: list[quality.Check]) -> list[Doubt]:
    """The columns that say what a row rests on, where they name no row of a table that the promise reads, or cannot be read."""
    found = []
    for table, column in _naming(export, promise, broken):
        if column.may_name and column.refers_to in promise.control.tables:
            unread = f"coalesce(list_contains(spots, {literal(column.name)}), false)"
            is_spot = f"{unread} or " if column.name in export.sources[table.name].spots else ""
            found.append(Doubt(table, column, LOST, f"({is_spot}{is_of_no_row(export, column)})"))
    return found


def _naming(export: Export, promise: Promise, broken: list[quality.Check]) -> list[tuple[Table, Column]]:
    """The columns that a promise reads and that somewhere name no row of a table of the export: what must not be is measured."""
    lost = {(check.table, check.columns[0]) for check in broken if check.kind == "FOREIGN KEY"}
    return [
        (table, column)
        for table, source in _read(export, promise)
        for column in table.columns
        if (column.names or column.refers_to) in export.sources and source.has(column.name)
        if (table.name, column.name) in lost
        or (column.name in promise.control.columns_of(table.name) and (column.names or column.name in source.spots))
    ]


def _merged(export: Export, promise: Promise) -> list[Doubt]:
    """Of what requests became part, and whether that answered them, where it is no request like them; and whether what was told
    of others that are one with a request holds for it (merged.sql).
    """
    requests = export.contract["requests"]
    read = promise.control.columns_of("requests") if "requests" in promise.control.tables else set()
    if "merged_into" not in read:
        return []
    unclear = "request_id in (select request_id from unclear_merges)"
    cells = {"merged_into": unclear, "responded_at": f"responded_at is null and {unclear}"}
    is_any = one(export.con, "select count(*) from unclear_merges")
    doubts = [Doubt(requests, c, MERGED, cells[c.name]) for c in requests.columns if is_any and c.name in cells.keys() & read]
    most = min(one(export.con, "select coalesce(max(place), 0) from told_elsewhere"), _ELSEWHERE)
    told = [c for c in requests.columns if most and c.name in TOLD_ELSEWHERE & read]
    # One after the other: what of a part holds for the whole holds for its other parts, too.
    return doubts + [_told_elsewhere(requests, column, most, of) for column in told for of in ("of_whole", "not of_whole")]


def _told_elsewhere(requests: Table, column: Column, most: int, of: str) -> Doubt:
    """What was told of each other request, by its place, instead of what was told of this one, a whole or a part."""
    name = column.name
    instead = f"e.{name} is not null" if name != "responded_at" else "e.responded_at is not null or e.answers_instead"
    rows = f"select e.{name} from told_elsewhere as e where e.request_id = t.request_id and ({instead}) and e.place"
    values = tuple(f"case when exists ({rows} = {n}) then ({rows} = {n}) else t.{name} end" for n in range(1, most + 1))
    return Doubt(requests, column, MERGED, f"request_id in (select request_id from told_elsewhere where {of})", values)


def _taken_up_again(export: Export, promise: Promise) -> list[Doubt]:
    """How requests ended that were reopened, and accounts that are active again: of several ends the last alone is on record."""
    found = {"requests": _reopened, "accounts": _returned}
    doubts = [
        doubt
        for table, source in _read(export, promise)
        if table.name in found
        for column in table.columns
        if source.has(column.name) and column.name in promise.control.columns_of(table.name)
        for doubt in found[table.name](export, table, column)
    ]
    return [d for d in doubts if one(export.con, f"select count(*) from main.{d.table.name} where {d.cells}")]


def _reopened(export: Export, table: Table, column: Column) -> Iterator[Doubt]:
    """An end before the first reopening is the first, and none may have followed; one after it had another before, on the day of
    receipt at the earliest. A closing that is not there may have been taken away, and an answer with it. What became part of
    another may be none any more, and what was taken back may stand.
    """
    if "event" not in export.carried.get("request_events", ()):
        return
    is_reopened = f"request_id in (select request_id from ({_REOPENED}))"
    if column.name in ("responded_at", "closed_at"):
        again_at = f"(select map_from_entries(list((request_id, again_at))) from ({_REOPENED}))[request_id]"
        is_first = f"coalesce({column.name} <= {again_at}, {column.name} is not null)"
        is_later = f"coalesce({column.name} > {again_at}, closed_at > {again_at}, true)"
        yield Doubt(table, column, ANEW, f"{is_reopened} and {is_first}", ("null",))
        yield Doubt(table, column, ANEW, f"{is_reopened} and {is_later}", ("received_at",))
    elif column.name == "merged_into":
        yield Doubt(table, column, ANEW, f"{is_reopened} and merged_into is not null", ("null",))
    elif column.name == "outcome":
        yield Doubt(table, column, ANEW, f"{is_reopened} and outcome = 'withdrawn'", ("null", "'fulfilled'"))


def _returned(export: Export, table: Table, column: Column) -> Iterator[Doubt]:
    if column.name == "closed_at" and "status" in export.carried.get("accounts", ()):
        yield Doubt(table, column, ANEW, "status = 'active' and closed_at <= (select as_of from judgement)")


def _unknown(export: Export, table: Table, read: set[tuple[str, str]]) -> list[Doubt]:
    """The columns of a table that are read, and are empty where that means nothing but that the export does not know."""
    source, names = export.sources[table.name], table.key if len(table.key) == 1 else ()
    apart = {*names, *(c.name for c in table.links())}
    asked = [c for c in table.columns if (table.name, c.name) in read and c.name not in apart and not c.must_be_known]
    found = [c for c in asked if source.has(c.name) and not c.empty.is_told]
    cells = {c: f"{quoted(c.name)} is null and {_is_meaningless(c, source)}" for c in found}
    for column in found:
        if column.name in source.spots:
            cells[column] += f" and not coalesce(list_contains(spots, {literal(column.name)}), false)"
    counts = ", ".join(f"count(*) filter (where {sql})" for sql in cells.values())
    row = export.con.execute(f"select {counts} from {source.door or 'main.' + table.name}").fetchone() if cells else None
    return [Doubt(table, c, EMPTY, sql) for (c, sql), n in zip(cells.items(), row or (), strict=True) if n]


def _is_meaningless(column: Column, source: Source) -> str:
    """SQL over a row with an empty cell: whether nobody knows what it means, or what that hangs on cannot be read."""
    hangs_on = [name for name in sorted(source.spots) if re.search(rf"\b{name}\b", column.empty.where)]
    unread = f" or coalesce(list_has_any(spots, {hangs_on}), false)" if hangs_on else ""
    return f"({column.empty.is_unknown}{unread})"


def _empty(promise: Promise, unknown: list[Doubt]) -> list[Doubt]:
    """Those that the promise reads, but for what its control says an empty cell means to it, and for what names its records, or
    says whose other rows are (nobody.py).
    """
    return [
        doubt
        for doubt in unknown
        if doubt.column.name in promise.control.columns_of(doubt.table.name)
        and not (doubt.column.name in doubt.table.key and promise.control.calls_records_by(doubt.column.name))
        and not (doubt.column.names_for_some and not promise.control.judges(doubt.table))
        and f"{doubt.table.name}.{doubt.column.name}" not in promise.control.empties
    ]


def _absent(export: Export, promise: Promise) -> list[Doubt]:
    """The columns that could turn a verdict of the promise, and are not exported though their table is."""
    return [
        Doubt(export.contract[table], column, NOT_EXPORTED, column.counts)
        for table, name in promise.control.weighed_columns()
        if table in export.sources and not export.sources[table].has(name)
        if (column := export.contract[table].column(name))
        and (column.counts == "true" or one(export.con, f"select count(*) from main.{table} where {column.counts}"))
    ]


def _read(export: Export, promise: Promise) -> list[tuple[Table, Source]]:
    """The tables of a promise that the export has."""
    return [(export.contract[t], export.sources[t]) for t in promise.control.tables if t in export.sources]


def _settle_link(export: Export, promise: Promise, link: nobody.Link, told: dict[Doubt, list[str]]) -> None:
    """Note the records that rows that name nobody could turn, by themselves or with what else is in doubt.

    `told` has the readings of each doubt.
    """
    nobody.begin(export, promise, link)
    otherwise: dict[str, set[str]] = {}
    for values in [{}, *mixtures(told, trial.most(export) // _NAMINGS)]:
        otherwise = _read_as(export, values, otherwise)
        own = {doubt: value for doubt, value in values.items() if doubt.table == link.table}
        nobody.name(export, promise, link, _rows(export, link.table, own), bool(values))
    _read_as(export, {}, otherwise)
    nobody.note(export, promise, link, any(doubt.table.name == link.named for doubt in told))
    trial.rest_the_others(export, promise, f"{link.table.name}.{link.column}", nobody.NOBODY)


def _settle_doubts(export: Export, promise: Promise, told: dict[Doubt, list[str]]) -> None:
    """Note the records that the doubts of each kind could turn, then those that only several together could.

    `told` has the readings of each doubt: they are asked of the whole export.
    """
    doubts = [*told]
    for why in dict.fromkeys(doubt.why for doubt in doubts):
        those = [doubt for doubt in doubts if doubt.why == why]
        with related.alone(export, promise, those):
            _weigh(export, promise, those, told, _alone, _compared(those[0]))
    for doubt in doubts:
        if doubt.why == LOST and not _are_named(export, doubt.column.refers_to or ""):
            # No row is there by which it could be tried what it is to rest on one.
            _note_reached(export, promise, doubt.table, doubt.cells, LOST)
    absent = [doubt for doubt in doubts if doubt.is_absent]
    # Mixtures are few: what is absent is mixed by itself as well, as where nothing else is in doubt.
    for those in [absent, doubts] if len(absent) < len(doubts) else [doubts]:
        if len(those) > 1:
            with related.alone(export, promise, those):
                most = trial.most(export)
                _weigh(export, promise, those, told, partial(mixtures, most=most), VERDICT)
    for table in {d.table.name: d.table for d in doubts if d.why == UNREADABLE}.values():
        read = {d: told[d] for d in doubts if d.table == table and d.why in (UNREADABLE, EMPTY, quality.BAD_RECORD)}
        _reach(export, promise, table, read)


def _are_named(export: Export, table: str) -> bool:
    """Whether any row of a table has a name by which others could name it."""
    return bool(one(export.con, f"select count({export.contract[table].key[0]}) from main.{table}"))


def _compared(doubt: Doubt) -> tuple[str, ...]:
    """What nobody can read moves a record from one period to another; what is not exact, or not there, does not.

    What is named and not there may say anything, so that no verdict stands that rests on it.
    """
    if doubt.why == LOST:
        return REASONED
    return VERDICT if doubt.is_missing or doubt.is_inexact else DATED


def _weigh(
    export: Export,
    promise: Promise,
    doubts: list[Doubt],
    told: dict[Doubt, list[str]],
    tries: Tries,
    compared: tuple[str, ...],
) -> None:
    """Judge a promise under readings of its doubts, which `told` has, and note the records that differ."""
    trial.forget(export)
    otherwise: dict[str, set[str]] = {}
    for values in tries({doubt: told[doubt] for doubt in doubts}):
        otherwise = _read_as(export, values, otherwise)
        before = trial.turned(export)
        compare(export, promise, compared)
        if len(values) == 1:
            trial.rest(export, promise, next(iter(values)).name, before)
        if (doubts[0].is_absent or len(values) > 1) and is_all_turned(export, promise):
            break
    _read_as(export, {}, otherwise)
    export.con.execute(
        f"""
        insert into unsure
        with named as (
            select * exclude (first) replace (
                case when not known and first in $called then $which || substr(record_id, length(first) + 1)
                     else record_id end as record_id
            )
            from (select *, split_part(record_id, ' · ', 1) as first from turned)
        )
        select $promise_id, record_id, arg_min(account_id, not known), arg_min(country, not known), {same("event_at")},
               {same("due_at")}, bool_or(known), $why
        from named where record_id not in ({NOTED}) group by record_id
        """,
        {"promise_id": promise.id, "why": doubts[0].why, "which": _WHICH, "called": _words(export, promise, told)},
    )


def _words(export: Export, promise: Promise, told: dict[Doubt, list[str]]) -> list[str]:
    """The words among readings: a record that only they show, and that is called after one first, could be called after another.

    None where records are rows, and called by their key.
    """
    if promise.control.judges(export.contract[next(iter(promise.control.tables))]):
        return []
    texts = [text for doubt, values in told.items() if doubt.column.type == "VARCHAR" for text in values]
    return [text[1:-1].replace("''", "'") for text in texts if text.startswith("'")]


def _alone(readings: dict[Doubt, list[str]]) -> Iterator[dict[Doubt, str]]:
    """Each reading by itself: SQL for a value by doubt."""
    for doubt, values in readings.items():
        yield from ({doubt: value} for value in values)


def _read_as(export: Export, values: dict[Doubt, str], before: dict[str, set[str]]) -> dict[str, set[str]]:
    """Let tables be read with doubtful cells set to a reading, and as they were where they were read otherwise `before`.

    Gives the columns that are read otherwise now, by table, as `before` has them.
    """
    now: dict[str, set[str]] = {}
    for doubt in values:
        now.setdefault(doubt.table.name, set()).add(doubt.column.name)
    for name in before.keys() - now.keys():
        put_back(export, export.contract[name], before[name])
    for name, columns in now.items():
        table = export.contract[name]
        rows = _rows(export, table, {d: value for d, value in values.items() if d.table == table})
        put(export, table, rows)
        settle(export, table, columns | before.get(name, set()))
    return now


def _rows(export: Export, table: Table, values: dict[Doubt, str]) -> str:
    """SQL for the rows of a table with doubtful cells set to a reading."""
    source = export.sources[table.name]
    rows = noted_select(table, source)
    names = ", ".join(quoted(c.name) for c in table.columns)
    cases: dict[Column, list[str]] = {}
    for doubt, value in values.items():
        cases.setdefault(doubt.column, []).append(f"when {doubt.cells} then ({value})::{doubt.column.type}")
    if not cases:
        return typed_select(table, source)
    read = ", ".join(f"case {' '.join(each)} else {quoted(c.name)} end as {quoted(c.name)}" for c, each in cases.items())
    return f"with rows as ({rows}) select {names} from (select * replace ({read}) from rows as t)"


def _reach(export: Export, promise: Promise, table: Table, read: dict[Doubt, list[str]]) -> None:
    """Note what a row with two doubts, one a spot, can reach: its own record, and of others those that some mixture turns.

    `read` has the readings of those doubts. Where there are too many mixtures, all records of the person are noted, or all.
    """
    spots = " or ".join(f"({d.cells})" for d in read if d.why == UNREADABLE)
    own = f"({spots}) and {' + '.join(f'coalesce(({d.cells})::integer, 0)' for d in read)} > 1"
    if not one(export.con, f"select count(*) from ({_in_doubt(export, table, own)})"):
        return
    mixed = _all_mixed(read)
    with related.alone(export, promise, [*read]):
        if mixed and not promise.control.judges(table):
            _weigh(export, promise, list(read), dict(read), lambda _: iter(mixed), VERDICT)
            return
        _note_reached(export, promise, table, own, UNREADABLE)
        if promise.control.judges(table):
            shown = _shown(export, promise, table, mixed)
            note_rows(export, promise, table, f"door.{table.name}", f"{own} and {shown}", UNREADABLE)


def _in_doubt(export: Export, table: Table, cells: str) -> str:
    """SQL for the rows of a table of which `cells` is true: whether a key is given twice is asked of all of them, as `rows`."""
    return f"with rows as ({noted_select(table, export.sources[table.name])}) select * from rows as t where {cells}"


def _all_mixed(read: dict[Doubt, list[str]]) -> list[dict[Doubt, str]]:
    """All mixtures of the readings of some doubts; none where there are too many.

    Of instants and numbers few are mixed: whether there is one, and one of before all.
    """
    told = {d: [d.value, *values] if d.why == UNREADABLE else values for d, values in read.items()}
    few = [values if doubt.column.type == "VARCHAR" else values[:_FEW] for doubt, values in told.items()]
    if prod(map(len, few)) > _MIXTURES:
        return []
    return [dict(zip(read, mixture, strict=True)) for mixture in product(*few)]


def _shown(export: Export, promise: Promise, table: Table, mixed: list[dict[Doubt, str]]) -> str:
    """SQL that is true where a row of the table is a record of the promise under some mixture; without any, true."""
    if not mixed:
        return "true"
    sql, values = promise.query(export.as_of)
    export.con.execute("create or replace temp table shown (record_id varchar)")
    otherwise: dict[str, set[str]] = {}
    for mixture in mixed:
        otherwise = _read_as(export, mixture, otherwise)
        export.con.execute(f"insert into shown select record_id from ({sql})", values)
    _read_as(export, {}, otherwise)
    return f"{table.key[0]} in (select record_id from shown)"


def _note_reached(export: Export, promise: Promise, table: Table, own: str, why: str) -> None:
    """Note every record that the rows can reach of which `own` is true: by their key, their person, or else all of them."""
    rows = f"from ({_in_doubt(export, table, own)})"
    if promise.control.judges(table):
        link = f"record_id in (select {table.key[0]} {rows})"
    else:
        link = f"account_id in (select account_id {rows})" if table.column("account_id") else "true"
    export.con.execute(
        f"""
        insert into unsure
        select $promise_id, {ONE_EACH}, true, $why
        from seen where {link} and record_id not in ({NOTED}) group by record_id
        """,
        {"promise_id": promise.id, "why": why},
    )
