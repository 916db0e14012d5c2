"""Verdicts follow what is done to an export: where all is shifted, renamed, in another order, in parts or exported later."""

from __future__ import annotations

import csv
import gzip
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from unittest import mock

import duckdb
import openpyxl
import pytest

from audits.contract.schema import ABOUT_THE_EXPORT
from audits.law import calendars, reference
from audits.law.period import Period
from audits.samples import sample

from ..conftest import WORKSPACE, judged, opened
from .examples_together import COLUMNS, IDS, Finding, Findings, Row, Together, found_on, ids_of, judge, together, write

ID = re.compile(r"k(\d{5})k")
MONTH = re.compile(r"\b(\d{4})(-\d\d)\b")
WEEKS = timedelta(weeks=1461)  # 28 years: days of the week, lengths of months and leap years come again


@cache
def base(name: str) -> Findings:
    return judge(together()[name])


def otherwise(before: Findings, after: Findings) -> list[str]:
    """What came out otherwise: each finding that is gone, and each that is new."""
    lines = []
    for promise in before.keys() | after.keys():
        was, is_ = Counter(before.get(promise, [])), Counter(after.get(promise, []))
        lines += [f"{promise}: - {tuple(map(str, f))}" for f in (was - is_).elements()]
        lines += [f"{promise}: + {tuple(map(str, f))}" for f in (is_ - was).elements()]
    return sorted(lines)


def mapped(found: Findings, change: Callable[[Any], Any]) -> Findings:
    return {promise: [tuple(map(change, finding)) for finding in rows] for promise, rows in found.items()}


def changed(export: Together, change: Callable[[Any], Any]) -> Together:
    """An export with every value changed, in rows and in promises."""
    given = {t: [{c: change(v) for c, v in row.items()} for row in rows] for t, rows in export.given.items()}
    promises = [replace(p, values={n: change(v) for n, v in p.values.items()}) for p in export.promises]
    starts_at, ends_at = map(change, export.period)
    return Together(given, change(export.as_of), promises, (starts_at, ends_at))


def renamed(value: Any) -> Any:
    """A value with its ids written so that their order is turned round; twice, and they are as they were."""
    if isinstance(value, list):
        return [renamed(each) for each in value]
    return ID.sub(lambda m: f"k{99_999 - int(m[1]):05}k", value) if isinstance(value, str) else value


def shifted(value: Any) -> Any:
    """A value so many weeks later; what is called after a month or a day is called after one of 28 years later."""
    if isinstance(value, str):
        return MONTH.sub(lambda m: f"{int(m[1]) + 28}{m[2]}", value)
    # A year that stands for no end, or comes just before those, stays one.
    return value + WEEKS if isinstance(value, date) and value.year < 8900 else value


def turned_round(export: Together) -> Together:
    """Rows, columns, tables and promises in the opposite order."""
    given = {t: [dict(reversed(row.items())) for row in reversed(rows)] for t, rows in reversed(export.given.items())}
    return replace(export, given=given)


@contextmanager
def law_shifted(by: timedelta) -> Iterator[None]:
    """The days of the law, and holidays, later by so much as well."""
    load, calendar = reference.load, calendars.working_calendar

    def loaded(con: duckdb.DuckDBPyConnection, *more: Any) -> Any:
        found = load(con, *more)
        names = ", ".join(f"'{name}'" for name in reference.KEYS)
        sql = f"select table_name, column_name from duckdb_columns() where table_name in ({names}) and data_type = 'DATE'"
        for table, column in con.execute(sql).fetchall():
            con.execute(f"update {table} set {column} = {column} + {by.days}")
        return found

    def moved(place: str, years: range) -> calendars.Calendar:
        first, last = date(years[0], 1, 1) - by, date(years[-1], 12, 31) - by
        weekend, days = calendar(place, range(first.year, last.year + 1))
        return weekend, {day + by for day in days}

    with mock.patch.object(reference, "load", loaded), mock.patch.object(calendars, "working_calendar", moved):
        yield


each = pytest.mark.parametrize("name", together())


# What an example shows by itself alone: ids are new ones together, and where one is judged later the calendar of no place ends, and
# the day of a closing is over.
ALONE = {
    "disclosure_follows_instruction": {"other_spelling"},
    "erasure_carried_out": {"not_yet_due"},
    "first_reply_in_working_days": {"export_ends_before_due"},
}


def test_the_examples_together_show_every_reason() -> None:
    found: dict[str, set[str]] = {}
    for name in together():
        for promise, rows in base(name).items():
            found.setdefault(promise.split()[0], set()).update(reason for *_, reason, _, _ in rows)
    assert found == {c.id: set(c.reasons) - ALONE.get(c.id, set()) for c in WORKSPACE.catalogue.values()}


@each
def test_ids_are_names_and_nothing_else(name: str) -> None:
    found = judge(changed(together()[name], renamed))
    assert otherwise(base(name), mapped(found, renamed)) == []


@each
def test_the_order_of_rows_columns_and_tables_does_not_matter(name: str) -> None:
    assert otherwise(base(name), judge(turned_round(together()[name]))) == []


@each
def test_28_years_later_all_is_28_years_later(name: str) -> None:
    with law_shifted(WEEKS):
        found = judge(changed(together()[name], shifted))
    assert otherwise(mapped(base(name), shifted), found) == []


# Other containers: of the CSV files that an export is written as, each is made something else.


def as_gz(path: Path) -> None:
    path.with_suffix(".csv.gz").write_bytes(gzip.compress(path.read_bytes(), mtime=0))
    path.unlink()


def as_parquet(path: Path) -> None:
    _copied(path, ".parquet", "format parquet")


def as_lines(path: Path) -> None:
    _copied(path, ".jsonl", "format json")


def _copied(path: Path, suffix: str, told: str) -> None:
    with duckdb.connect() as con:
        con.execute(f"copy (from read_csv('{path}', all_varchar = true)) to '{path.with_suffix(suffix)}' ({told})")
    path.unlink()


def as_files(folder: Path) -> Path:
    """Files of all kinds side by side, the tables in turn."""
    kinds = [as_gz, as_parquet, as_lines, lambda path: None]
    for place, path in enumerate(sorted(folder.glob("*.csv"))):
        kinds[place % len(kinds)](path)
    return folder


def as_workbook(folder: Path) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for path in folder.glob("*.csv"):
        sheet = book.create_sheet(path.stem)
        for row in csv.reader(path.read_text(encoding="utf-8").splitlines()):
            sheet.append(row)
    book.save(folder / "export.xlsx")
    return folder / "export.xlsx"


def as_database(folder: Path) -> Path:
    with duckdb.connect(str(folder / "export.duckdb")) as con:
        for path in folder.glob("*.csv"):
            con.execute(f"create table {path.stem} as from read_csv('{path}', all_varchar = true)")
    return folder / "export.duckdb"


@pytest.mark.parametrize("change", [as_files, as_workbook, as_database])
def test_the_container_does_not_matter(tmp_path: Path, change: Callable[[Path], Path]) -> None:
    export = together()["plain"]
    write(export, tmp_path)
    with opened(change(tmp_path), None, str(export.as_of)) as read:
        found = found_on(read, export)
    assert otherwise(base("plain"), found) == []


# An export in parts: people's rows by person, and the registers in each.

PEOPLES = {
    t.name for t in WORKSPACE.contract.values() if t.name == "accounts" or any(c.refers_to == "accounts" for c in t.columns)
}
PEOPLES |= {"request_events"}
# Controls that do not judge a person's, or a row's, own.
OF_ALL = {"transfer_destination_operated_in": "one finding a country and month, of all that was sent there"}
# Exports of which each part tells less.
NOT_IN_PARTS = {
    "unset": "it does not say when it was made, so that the rows in it tell how far it reaches",
    "apart": "a parent opted out, and nobody knows for which child: for all that is known for one in the other part",
}


def parts(export: Together) -> list[Together]:
    """An export in two, each with the registers: rows that name one another, and their people, stay together."""
    heads: dict[str, str] = {}

    def head(node: str) -> str:
        while heads.setdefault(node, node) != node:
            node = heads[node]
        return node

    rows = [(table, row, ids_of(table, row)) for table in export.given for row in export.given[table]]
    for table, _, nodes in rows:
        if table in PEOPLES:
            for node in nodes:
                heads[head(node)] = head(nodes[0])
    return [
        replace(export, given={t: [r for u, r, nodes in rows if u == t and _is_in(place, t, nodes, head)] for t in export.given})
        for place in (0, 1)
    ]


def _is_in(place: int, table: str, nodes: list[str], head: Callable[[str], str]) -> bool:
    return table not in PEOPLES or not nodes or int(ID.findall(head(nodes[0]))[0]) % 2 == place


@pytest.mark.parametrize("name", [name for name in together() if name not in NOT_IN_PARTS])
def test_the_parts_of_an_export_add_up(name: str) -> None:
    export = together()[name]
    first, second = map(judge, parts(export))
    for number, promise in enumerate(export.promises):
        called = f"{promise.id} {number}"
        whole, one, two = (Counter(found[called]) for found in (base(name), first, second))
        if promise.control.id not in OF_ALL:
            is_peoples = next(iter(promise.control.tables)) in PEOPLES
            # What names nobody lies in both parts.
            sums = {f: one[f] + two[f] if is_peoples and f[1] is not None else max(one[f], two[f]) for f in one | two}
            added = Counter(sums)
            assert otherwise({called: [*whole.elements()]}, {called: [*added.elements()]}) == []


# Exported later, though nothing has changed.

# Reasons that hold as long as something lasts, so that the verdict may change when it is over; by control.
LASTING = {
    "backup_copy_isolated": {
        "isolated": "the copy is to be destroyed by a day",
        "last_day_unknown": "whether it was isolated in time cannot be told, but that it was not destroyed by a day can",
    },
    "clause_is_attested": {"passed": "an attestation is in force until a day", "no_evidence": "so is one without evidence"},
    "data_kept_no_longer_than_needed": {"on_hold": "a hold lasts until a day"},
    "erased_person_stays_erased": {"stayed_erased": "the day of closing is not over"},
    "erasure_carried_out": {"carried_out": "something is kept on a hold, which lasts until a day"},
    "legal_hold_justified": {"justified": "a hold lasts until a day", "still_needed": "after it the day of its end is not over"},
    "legitimate_interest_balanced": {"assessed_anew": "the day on which it was found to be overridden is not over"},
    "no_processing_after_withdrawal": {
        "within_grace": "the days of grace are not over",
        "before_withdrawal": "what goes on does so past a request to withdraw, too",
    },
    "processor_data_kept_by_agreement": {"on_hold": "a hold lasts until a day"},
    "recipient_safeguards_checked": {"checked": "a check is good for so many days"},
    "subprocessor_chain_ends_in_agreement": {"under_agreement": "an agreement runs until a day"},
    "site_serves_current_policy": dict.fromkeys(
        ("current", "not_listed", "other_text", "version_unknown"), "what a site serves is known for so many days"
    ),
}
# What a later export may know of, where this one leaves it open.
OPEN = ("in_the_future", "export_ends_before_due", "waiting_for_proof", "pause_in_doubt", "holiday_in_doubt")
# Controls that tell what goes on from what has ended, where the end was planned: it is broken or not as it was.
# A clarification asked for after the last day leaves a request as late as it was, by a later day.
# A copy isolated late, beside one on a hold: both are late when the hold is over.
PLANNED = (
    "no_processing_after_withdrawal",
    "request_handled_in_statutory_time",
    "erasure_carried_out",
    "erased_person_stays_erased",
)
# Registers that are judged as they stand: what began since is in, what ended is out.
STANDING = {"subprocessor_chain_ends_in_agreement"}
# Controls whose records leave when something has ended.
LEAVING = {"recipient_safeguards_checked": "who has no agreement any more need not be checked"}
LATER = timedelta(days=400)


@cache
def happened(name: str) -> Together:
    """An export made just before it is judged, without the rows that hold what lies after it, where that cannot lie ahead."""
    export = together()[name]
    end = datetime.combine(export.as_of, time.max, UTC)

    def lies_after(table: str, column: str, value: Any) -> bool:
        known = WORKSPACE.contract[table].column(column)
        is_plan = known is None or known.may_lie_ahead or table in ABOUT_THE_EXPORT
        return isinstance(value, date) and not is_plan and value > (end if isinstance(value, datetime) else export.as_of)

    given = {t: [r for r in rows if not any(lies_after(t, c, v) for c, v in r.items())] for t, rows in export.given.items()}
    made = {"exported_at": end - timedelta(microseconds=1)}
    info = given.get("export_info", [{}])[0]
    return replace(export, given=given | {"export_info": [made | info]})


@cache
def before(name: str) -> Findings:
    return judge(happened(name))


def made_later(export: Together, by: timedelta) -> Together:
    """The same export made, complete from the same day on, and judged so much later."""
    about = {t: rows for t, rows in export.given.items() if t in ABOUT_THE_EXPORT}
    said = {
        t: [{c: v + by if isinstance(v, date) and c != "covers_from" else v for c, v in row.items()} for row in rows]
        for t, rows in about.items()
    }
    return replace(export, given=export.given | said, as_of=export.as_of + by)


def astray(
    was_found: Findings,
    is_found: Findings,
    may_become: Callable[[str, Row, Row], bool],
    leaving: Collection[str] = (),
    coming: Collection[str] = (),
) -> list[str]:
    """The records that are gone, but for those of the controls `leaving`, are new, but for `coming`, or became what they may not."""
    lines = []
    for promise in was_found:
        control, was, is_ = promise.split()[0], _by_record(was_found[promise]), _by_record(is_found[promise])
        for record in was.keys() | is_.keys():
            pair = was.get(record, []), is_.get(record, [])
            may_differ = (control in leaving and not pair[1]) or (control in coming and not pair[0])
            if len(pair[0]) != len(pair[1]) and not may_differ:
                lines.append(f"{promise}: {record}: {len(pair[0])} findings became {len(pair[1])}")
            lines += [
                f"{promise}: {w} became {i}" for w, i in zip(*pair, strict=False) if w != i and not may_become(control, w, i)
            ]
    return sorted(lines)


def _by_record(findings: list[Finding]) -> dict[str | None, list[Row]]:
    found: dict[str | None, list[Row]] = {}
    for finding in sorted(findings, key=str):
        found.setdefault(finding[0], []).append(dict(zip(COLUMNS, finding, strict=True)))
    return found


@each
def test_what_was_kept_or_broken_stays_so_in_a_later_export(name: str) -> None:
    export = happened(name)
    end = datetime.combine(export.as_of, time.max, UTC)

    def may_become(control: str, was: Row, is_: Row) -> bool:
        if was["verdict"] == "pending" or was["reason"] in OPEN:  # nothing was done that could have kept it
            return bool(is_["verdict"] != "compliant" or was["verdict"] != "pending")
        if was["reason"] in LASTING.get(control, {}):
            return not (was["met_at"] and was["met_at"] <= end)
        if was["met_at"] and (was["met_at"] > end or was["is_open"]):  # a plan still, then
            return all(was[c] == is_[c] for c in ("verdict", "reason", "event_at", "due_at", "met_at"))
        return control in PLANNED and was["verdict"] == is_["verdict"]

    assert astray(before(name), judge(made_later(export, LATER)), may_become, {*LEAVING, *STANDING}, STANDING) == []


@each
def test_who_judges_later_knows_no_more(name: str) -> None:
    export = happened(name)
    after = judge(replace(export, as_of=export.as_of + LATER))
    assert (
        astray(before(name), after, lambda _, was, is_: is_["verdict"] in (was["verdict"], "indeterminate"), STANDING, STANDING)
        == []
    )


# Whole runs: the counts of a period.

# What is counted by an id is called as it is read from before or from behind, whichever comes first.
COUNTED = {
    "promises": "promise_id, status, compliant, violation, pending, indeterminate, carried, waived, resolved",
    "counts": "* replace (least(value, reverse(value)) as value)",
}


def counts(export: Path) -> dict[str, list[tuple[Any, ...]]]:
    with opened(export) as read:
        judged(read, Period.parse("2026-10"))
        return {t: read.con.execute(f"select {c} from results.{t} order by all").fetchall() for t, c in COUNTED.items()}


def test_a_period_counts_the_same_under_other_names_in_another_order(tmp_path: Path) -> None:
    sample.write(tmp_path / "sample.duckdb", accounts=30)
    with duckdb.connect(str(tmp_path / "other.duckdb")) as con:
        con.execute(f"attach '{tmp_path / 'sample.duckdb'}' as sample (read_only)")
        for (table,) in con.execute("select table_name from duckdb_tables() where database_name = 'sample'").fetchall():
            columns = [name for name, *_ in con.execute(f"describe sample.{table}").fetchall()]
            other = ", ".join(_other(table, column) for column in reversed(columns))
            con.execute(f"create table {table} as select {other} from sample.{table} order by rowid desc")
    assert counts(tmp_path / "other.duckdb") == counts(tmp_path / "sample.duckdb")


def _other(table: str, column: str) -> str:
    """SQL for a column, an id in it read from behind; clauses are named by the texts, a vendor may be one's own."""
    if column == "vendor":
        return "case when vendor in (select recipient_id from sample.processors) then reverse(vendor) else vendor end as vendor"
    return f"reverse({column}) as {column}" if (table, column) in IDS and column != "clause_id" else column
