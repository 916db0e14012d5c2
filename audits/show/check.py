"""A check of an export in lines of text, for a terminal: what was given first, then what is wrong with it."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from audits.contract.names import some
from audits.contract.profile import TableGiven
from audits.evaluation.check import Check, Earlier
from audits.evaluation.lack import Opening
from audits.evaluation.results import rows_of
from audits.show import wording
from audits.words import number

WIDTH = 100
# Letters of a value and of a line of values that are told; columns that are lacking; names of whatever is not known.
_LONGEST, _LONGEST_LINE, _MOST_COLUMNS, _MOST_NAMES = 60, 400, 6, 12
_HEADS = ("table", "rows", "columns", "readable", "first", "last", "opens")


def lines(check: Check) -> Iterator[str]:
    """All of it."""
    run = check.results.run
    yield f"{wording.printable(run.export_name)}, as of {wording.instant(run.as_of)}"
    told = {f"{t.name}.{name}" for t in check.given.tables.values() for name in t.unknown}
    for note in run.notes:
        if note.split(" ")[0] not in told:
            yield from wrapped(f"note: {note}")
    yield ""
    yield from given(check)
    yield ""
    yield from opens(check)
    yield ""
    yield from population(check)
    yield from broken(check)
    if check.earlier:
        yield ""
        yield from against(check.earlier)


def given(check: Check) -> Iterator[str]:
    """The tables that are there, a line each, with what was not recognised of it and what it lacks below."""
    tables = list(check.given.tables.values())
    rows = [_HEADS, *(_row(check, table) for table in tables)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(_HEADS))]
    head, *others = [_aligned(row, widths) for row in rows]
    yield head
    for line, table in zip(others, tables, strict=True):
        yield line
        yield from _below(check, table)
    if check.given.others:
        yield from wrapped(f"no table of the contract: {_unknown(check.given.others)}")
    if check.given.unread:
        yield from wrapped(f"files that are no table: {some(list(map(wording.printable, check.given.unread)), _MOST_NAMES)}")


def _row(check: Check, table: TableGiven) -> tuple[str, ...]:
    reads = len(check.opening.reads.get(table.name, ()))
    return (
        table.name,
        number(table.rows) if table.rows else "empty",
        f"{len(table.columns)} of {table.possible}",
        "–" if table.share is None else wording.percent(table.share),
        _day(table.first),
        _day(table.last),
        f"{len(check.opening.opens(table.name))} of {reads}" if reads else "–",
    )


def _below(check: Check, table: TableGiven) -> Iterator[str]:
    if table.unknown:
        yield from wrapped(f"  not read: {_unknown(table.unknown)}")
    if closed := check.opening.closed(table.name):
        lacked = Counter(lack.column for lacks in closed.values() for lack in lacks if lack.table == table.name)
        columns = [f"{column} ({n})" for column, n in sorted(lacked.items(), key=lambda item: (-item[1], item[0]))]
        yield from wrapped(f"  closes {len(closed)}, for want of {some(columns, _MOST_COLUMNS)}")


def _unknown(names: Mapping[str, str | None]) -> str:
    """recieved_at → received_at?, mood: names that the contract does not know, those that are like one of its own first."""
    likest = sorted(names.items(), key=lambda item: item[1] is None)
    return some(
        [f"{wording.printable(name)} → {near}?" if near else wording.printable(name) for name, near in likest], _MOST_NAMES
    )


def opens(check: Check) -> Iterator[str]:
    """Which promises can be assessed, and what would let most others be: a column, a table, the names that are nearest."""
    opening = check.opening
    everything = len(opening.assessed) + len(opening.lacking) + len(opening.unnamed) + len(opening.unread)
    names = ", ".join(p.rpartition("/")[2] for p in opening.assessed)
    listed = f": {names}" if 0 < len(opening.assessed) <= _MOST_NAMES else ""
    yield from wrapped(f"{len(opening.assessed)} of {everything} promises can be assessed{listed}.")
    if opening.unread:
        yield from wrapped(f"Not assessed for facts of law that cannot be read, as the notes say: {len(opening.unread)}.")
    if check.renamed:
        yield from wrapped(f"Were the nearest names the right ones, {check.renamed} more could be.")
    if opening.lacking:
        yield from wrapped(
            f"The one column that would open most: {_best(opening, True)}; the one table: {_best(opening, False)}."
        )


def _best(opening: Opening, is_column: bool) -> str:
    """requests.received_at, 9 more: what opens most all alone; where nothing does, what most lack."""
    found = [(lack, len(promises)) for lack, promises in opening.openers.items() if bool(lack.column) == is_column]
    if found:
        return f"{found[0][0]}, {found[0][1]} more"
    wanted = opening.most_wanted(is_column)
    return f"none alone; {wanted[0]} is lacked by most, {wanted[1]}" if wanted else "none, none is lacked"


def population(check: Check) -> Iterator[str]:
    """The population tests; those that could not be made for one and the same reason in one line."""
    grouped: dict[tuple[str, str, str], list[str]] = {}
    for r in rows_of(check.results.population()):
        grouped.setdefault((wording.outcome(r.passed), r.test, r.detail), []).append(r.table_name)
    for (mark, test, detail), tables in grouped.items():
        yield from wrapped(f"{mark:13} {test} of {', '.join(tables)}: {wording.printable(detail, _LONGEST_LINE)}")


def broken(check: Check) -> Iterator[str]:
    """The rules that rows break, each with the values that break it most often; then how many rules there are."""
    quality = check.results.quality()
    bad = quality[quality.bad > 0]
    for r in rows_of(bad):
        keys = ", ".join(map(wording.printable, r.keys))
        yield from wrapped(f"✗ {number(r.bad)} of {number(r.row_count)} rows of {r.table_name} break: {r.rule} ({keys})")
        if len(r.found):
            yield from wrapped(f"    found: {wording.values_found(r.found)}")
    measured = int(quality.bad.notna().sum())
    yield f"{measured} rules of the contract measured, {len(quality) - measured} could not be, {len(bad)} broken"


def against(earlier: Earlier) -> Iterator[str]:
    """What is otherwise than in the earlier export."""
    yield f"against {wording.printable(earlier.name)}:"
    for d in earlier.differences:
        yield from wrapped(f"  {d.kind.replace('_', ' '):10} {d.what}: {wording.printable(d.says, _LONGEST_LINE)}")
    if not earlier.differences:
        yield "  nothing that is told: tables, columns, rows, words and instants are as they were"


def wrapped(text: str) -> list[str]:
    """A line, or several, of no more than a hundred letters; what follows the first is indented once more."""
    indent = " " * (len(text) - len(text.lstrip()) + 4)
    return textwrap.wrap(
        text, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False, drop_whitespace=True
    )


def _aligned(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *numbers = (
        cell.ljust(w) if place == 0 else cell.rjust(w) for place, (cell, w) in enumerate(zip(cells, widths, strict=True))
    )
    return "  ".join([first, *numbers]).rstrip()


def _day(instant: datetime | None) -> str:
    return f"{instant:%Y-%m-%d}" if instant else "–"
