"""The history of runs: one DuckDB file beside the published periods, in a format that DuckDB 1.4 can read.

`runs` has a row for every run that began: its number, what was asked for, when it began and ended (UTC), how it went, and for
those that published, what the period was judged on, the counts, and the SHA-256 of its manifest and of the one before it.
`run_controls` has the counts and status of every promise; runs of the version that knew no
promises have those of every control. The last run of a period that published is the one whose pages stand.
`expected` has the periods that a schedule asks for, and `notices` whom a run's outcome was told.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb

from audits.contract.engine import literal
from audits.errors import RunFailed, Unusable, first_line, hint
from audits.evaluation.results import Results
from audits.evaluation.status import worst
from audits.law.period import Period
from audits.texts.text import JUDGED

FILE = "ledger.duckdb"
_TRIES = 50
_SCHEMA = """
create table if not exists ledger.runs (
    run bigint primary key, began_at timestamptz, ended_at timestamptz,
    outcome varchar, -- running, placing, published, failed, interrupted
    why varchar, period varchar, first_day date, last_day date, as_of timestamptz, timezone varchar, export_name varchar,
    export_sha256 varchar, audience varchar, pages varchar[], kept bigint, broken bigint, untold bigint,
    manifest_sha256 varchar, previous_sha256 varchar
);
create table if not exists ledger.run_controls (
    run bigint, control_id varchar, title varchar, severity varchar, status varchar, compliant bigint, violation bigint,
    pending bigint, indeterminate bigint, rate_low double, rate_high double
);
alter table ledger.runs add column if not exists parameters varchar; -- as asked for, JSON, as in the manifest
alter table ledger.run_controls add column if not exists parameters varchar; -- as bound, JSON
alter table ledger.run_controls add column if not exists sql_sha256 varchar; -- the control's version
alter table ledger.run_controls add column if not exists promise_id varchar; -- text/name; NULL where each control was one
create table if not exists ledger.about (schema_version integer); -- of these tables
insert into ledger.about select 1 where not exists (from ledger.about);
create table if not exists ledger.expected (
    job varchar, period varchar, first_day date, last_day date, due_at timestamptz, timezone varchar,
    is_due boolean -- when the schedule was last looked at; false for each job's next period
);
create table if not exists ledger.notices (run bigint, name varchar, attempts bigint, sent_at timestamptz);
"""
# Whether runs of promises are in it.
_HAS_PROMISES = """
select 1 from duckdb_columns() where database_name = 'ledger' and table_name = 'run_controls' and column_name = 'promise_id'
"""
# How long after its due time a run counts as late.
_GRACE = "interval 1 day"


@dataclass(frozen=True)
class Run:
    """A published run: clauses kept, broken and untold are the first text's that the Company answers for and could be judged."""

    run: int
    period: str
    first_day: date
    last_day: date
    as_of: datetime
    timezone: str
    export_name: str
    export_sha256: str
    audience: str
    pages: list[str]
    kept: int
    broken: int
    untold: int
    parameters: str | None

    @property
    def texts(self) -> list[str] | None:
        """The texts that it was judged by; None where that is not on record."""
        found: list[str] | None = json.loads(self.parameters or "{}").get("texts")
        return found


@dataclass(frozen=True)
class Link:
    """A published run in the chain of manifests."""

    run: int
    period: str
    manifest_sha256: str
    previous_sha256: str | None


@dataclass(frozen=True)
class Expected:
    """A period that a schedule asks for: due at an instant, which is a local time of `timezone`."""

    job: str
    period: str
    first_day: date
    last_day: date
    due_at: datetime
    timezone: str
    is_due: bool


@dataclass(frozen=True)
class Attempts:
    """How a period's runs went since one last published: how many did not, when the last of them ended, and how it did."""

    published: bool
    failures: int
    last_at: datetime | None
    last_run: int | None
    outcome: str | None
    why: str | None


@dataclass(frozen=True)
class Standing:
    """A period on the index: `state` is run, late, missing, failed or next; what stands published is `run`, if any.

    late: published a day or more after it was due. missing: due and never run. failed: the last run of it published nothing;
    what an earlier one published may still stand. `superseded` are the earlier published runs, the first one first.
    """

    period: str
    first_day: date
    last_day: date
    state: str
    due_at: datetime | None
    due_timezone: str | None
    ended_at: datetime | None
    why: str | None
    superseded: list[int]
    run: int | None


def begin(reports: Path, period: Period | None) -> int:
    """Note that a run begins; gives its number. Whoever calls holds the lock: a run that is still open was interrupted."""
    named = (period.name, period.first_day, period.last_day) if period else (None, None, None)
    with _open(reports, read_only=False) as con:
        con.execute(_SCHEMA)
        con.execute("update ledger.runs set outcome = 'interrupted', why = 'was killed' where outcome in ('running', 'placing')")
        (run,) = con.execute("select coalesce(max(run), 0) + 1 from ledger.runs").fetchone() or (1,)
        con.execute(
            "insert into ledger.runs (run, began_at, outcome, period, first_day, last_day) values (?, ?, 'running', ?, ?, ?)",
            [run, datetime.now(UTC), *named],
        )
        return int(run)


def fail(reports: Path, run: int, why: str, interrupted: bool = False) -> None:
    """Note that a run published nothing, and why in one line."""
    with _open(reports, read_only=False) as con:
        outcome = "interrupted" if interrupted else "failed"
        con.execute(
            "update ledger.runs set outcome = ?, why = ?, ended_at = ? where run = ? and outcome <> 'published'",
            [outcome, why, datetime.now(UTC), run],
        )


def place(reports: Path, run: int, results: Results, stated: Mapping[str, Any], manifest: str, previous: str | None) -> None:
    """Note what a run is about to put in place; by the SHA-256 of its manifest it is known, should the run be killed then.

    `stated` is what was asked for, as the manifest has it: audience and notebooks among it.
    """
    r = results.run
    clauses = results.clauses()
    judged = clauses[(clauses.text == results.texts[0].text) & clauses.kind.isin(JUDGED)]
    kept, broken, untold = (int((judged.status == s).sum()) for s in ("satisfied", "not_satisfied", "inconclusive"))
    with _open(reports, read_only=False) as con:
        con.execute("begin")
        con.execute(
            """
            update ledger.runs set outcome = 'placing', ended_at = ?, period = ?, first_day = ?, last_day = ?, as_of = ?,
                timezone = ?, export_name = ?, export_sha256 = ?, audience = ?, pages = ?, kept = ?, broken = ?, untold = ?,
                manifest_sha256 = ?, previous_sha256 = ?, parameters = ?
            where run = ?
            """,
            [
                datetime.now(UTC), r.period, r.first_day, r.last_day, r.as_of, r.timezone, r.export_name, r.export_sha256,
                stated["audience"], stated["notebooks"], kept, broken, untold, manifest, previous,
                json.dumps(stated, sort_keys=True), run,
            ],
        )  # fmt: skip
        con.executemany(
            f"insert into ledger.run_controls values ({', '.join('?' * 14)})",
            [
                (run, c.control, c.title, c.severity, c.status, c.compliant, c.violation, c.pending, c.indeterminate,
                 c.rate_low, c.rate_high, json.dumps(c.parameters), c.sql_sha256, c.promise_id)
                for c in results.promises.values()
            ],
        )  # fmt: skip
        con.execute("commit")


def placing(reports: Path) -> list[tuple[int, str, str]]:
    """Runs that were about to put their period in place: number, period, SHA-256 of the manifest."""
    return [
        (r, p, m) for r, p, m in _rows(reports, "select run, period, manifest_sha256 from ledger.runs where outcome = 'placing'")
    ]


def placed(reports: Path, run: int) -> None:
    """Note that a run published its period."""
    with _open(reports, read_only=False) as con:
        con.execute("update ledger.runs set outcome = 'published' where run = ?", [run])


def standing(reports: Path) -> list[Run]:
    """The last published run of every period, the latest period first; none where there is no ledger yet."""
    sql = f"""
        select {", ".join(Run.__dataclass_fields__)} from ledger.runs where outcome = 'published'
        qualify row_number() over (partition by period order by run desc) = 1
        order by last_day desc, first_day desc, period
    """
    return [Run(*row) for row in _rows(reports, sql)]


@dataclass(frozen=True)
class Change:
    """A promise that stands otherwise in one published period than in another; None where it was not in the run."""

    promise_id: str
    status: str | None
    later_status: str | None
    violation: int | None
    later_violation: int | None


def changes(reports: Path, one: str, later: str, renamed: Mapping[str, str]) -> list[Change]:
    """Promises whose status or violations differ between two periods, as each was published, the most severe first.

    Where a period was published by the version that knew no promises, controls are compared, by the ids they have now (`renamed`
    gives them by those of then): the worst status of a control's promises, and all their violations.
    Raises Unusable naming the nearest for a period that was not published.
    """
    runs = {run.period: run.run for run in standing(reports)}
    for period in (one, later):
        if period not in runs:
            near = hint(period, runs, f"there are: {', '.join(runs) or 'none'}")
            raise Unusable(f"{reports}: period {period!r} was not published: {near}")
    before, now = (_promises(reports, runs[period]) for period in (one, later))
    by_control = any(r.promise_id is None for r in (*before, *now))
    return _compared(_summed(before, by_control, renamed), _summed(now, by_control, renamed))


@dataclass(frozen=True)
class _Row:
    control: str
    promise_id: str | None
    severity: str
    status: str
    violation: int


def _promises(reports: Path, run: int) -> list[_Row]:
    named = "promise_id" if _rows(reports, _HAS_PROMISES) else "null"
    sql = f"select control_id, {named}, severity, status, violation from ledger.run_controls where run = {run}"
    return [_Row(*row) for row in _rows(reports, sql)]


def _summed(rows: list[_Row], by_control: bool, renamed: Mapping[str, str]) -> dict[str, _Row]:
    found: dict[str, _Row] = {}
    for row in rows:
        key = renamed.get(row.control, row.control) if by_control else row.promise_id or row.control
        other = found.get(key, row)
        status = worst([row.status, other.status]) or row.status
        found[key] = replace(row, status=status, violation=row.violation + (other.violation if key in found else 0))
    return found


def _compared(before: dict[str, _Row], now: dict[str, _Row]) -> list[Change]:
    severities = ("high", "medium", "low")
    keys = sorted({*before, *now}, key=lambda k: (severities.index((now.get(k) or before[k]).severity), k))
    found = []
    for key in keys:
        one, other = before.get(key), now.get(key)
        was, became = (one.status, one.violation) if one else None, (other.status, other.violation) if other else None
        if was != became:
            (status, violation), (later_status, later_violation) = was or (None, None), became or (None, None)
            found.append(Change(key, status, later_status, violation, later_violation))
    return found


def links(reports: Path) -> list[Link]:
    """The chain of manifests, the first run first."""
    sql = "select run, period, manifest_sha256, previous_sha256 from ledger.runs where outcome = 'published' order by run"
    return [Link(*row) for row in _rows(reports, sql)]


def expect(reports: Path, expected: Sequence[Expected]) -> bool:
    """Keep what a schedule asks for, in place of what it asked for before; gives whether that changed."""
    names = ", ".join(Expected.__dataclass_fields__)
    before = {Expected(*row) for row in _rows(reports, f"select {names} from ledger.expected")}
    if before == set(expected):
        return False
    with _open(reports, read_only=False) as con:
        con.execute(_SCHEMA)
        con.execute("begin; delete from ledger.expected")
        con.executemany(
            f"insert into ledger.expected ({names}) values (?, ?, ?, ?, ?, ?, ?)",
            [(e.job, e.period, e.first_day, e.last_day, e.due_at, e.timezone, e.is_due) for e in expected],
        )
        con.execute("commit")
    return True


def attempts(reports: Path) -> dict[str, Attempts]:
    """What became of every period that was ever run, by its name."""
    sql = """
        with numbered as (
            select *, max(run) filter (outcome = 'published') over (partition by period) as published
            from ledger.runs where period is not null and outcome not in ('running', 'placing')
        )
        select period, any_value(published) is not null, count(*) filter (run > coalesce(published, 0)),
               arg_max(coalesce(ended_at, began_at), run), max(run), arg_max(outcome, run), arg_max(why, run)
        from numbered group by period
    """
    return {period: Attempts(*row) for period, *row in _rows(reports, sql)}


def periods(reports: Path) -> list[Standing]:
    """Every period that was run or that a schedule asks for, the latest first."""
    sql = f"""
        with past as (
            select period, any_value(first_day) as first_day, any_value(last_day) as last_day,
                   arg_max(outcome, run) as outcome, arg_max(why, run) as why,
                   arg_max(coalesce(ended_at, began_at), run) as ended_at,
                   min(ended_at) filter (outcome = 'published') as first_published_at,
                   list(run order by run) filter (outcome = 'published') as published
            from ledger.runs where period is not null and outcome not in ('running', 'placing') group by period
        ),
        asked as (
            select period, any_value(first_day) as first_day, any_value(last_day) as last_day, min(due_at) as due_at,
                   arg_min(timezone, due_at) as timezone, bool_or(is_due) as is_due
            from ledger.expected group by period
        )
        select period, coalesce(past.first_day, asked.first_day) as first_day,
               coalesce(past.last_day, asked.last_day) as last_day,
               case
                   when past.period is null and is_due then 'missing'
                   when past.period is null then 'next'
                   when outcome <> 'published' then 'failed'
                   when first_published_at > due_at + {_GRACE} then 'late'
                   else 'run'
               end as state,
               due_at, timezone, ended_at, case when outcome <> 'published' then why end,
               coalesce(published[:-2], []), published[-1]
        from past full join asked using (period)
        order by last_day desc, first_day desc, period
    """
    return [Standing(*row) for row in _rows(reports, sql)]


def unsent(reports: Path, most: int) -> dict[tuple[int, str], int]:
    """Notices that could not be delivered, with how often it was tried, unless `most` times."""
    sql = f"select run, name, attempts from ledger.notices where sent_at is null and attempts < {int(most)}"
    return {(run, name): tried for run, name, tried in _rows(reports, sql)}


def noted(reports: Path, run: int, name: str, attempts: int, sent: bool) -> None:
    """Note that somebody was told of a run, or could not be."""
    with _open(reports, read_only=False) as con:
        con.execute(_SCHEMA)
        con.execute("delete from ledger.notices where run = ? and name = ?", [run, name])
        con.execute("insert into ledger.notices values (?, ?, ?, ?)", [run, name, attempts, datetime.now(UTC) if sent else None])


def _rows(reports: Path, sql: str) -> list[tuple[Any, ...]]:
    if not (reports / FILE).exists():
        return []
    with _open(reports, read_only=True) as con:
        try:
            return con.execute(sql).fetchall()
        except duckdb.CatalogException:  # made by an earlier version of ours, which knew no such table
            return []
        except duckdb.Error as error:
            raise Unusable(f"{reports / FILE}: is no ledger of runs: {first_line(error)}") from error


@contextmanager
def _open(reports: Path, read_only: bool) -> Iterator[duckdb.DuckDBPyConnection]:
    """The ledger, attached as `ledger`; raises RunFailed where it cannot be written."""
    with duckdb.connect(":memory:", config={"autoinstall_known_extensions": False}) as con:
        con.execute("set timezone = 'UTC'")
        _attach(con, reports / FILE, "read_only, type duckdb" if read_only else "storage_version 'v1.4.0'")
        try:
            yield con
            if not read_only:
                con.execute("checkpoint ledger")
        except duckdb.Error as error:
            raise RunFailed(f"{reports / FILE}: cannot be written: {first_line(error)}") from error


def _attach(con: duckdb.DuckDBPyConnection, file: Path, options: str) -> None:
    for left in reversed(range(_TRIES)):
        try:
            con.execute(f"attach {literal(str(file))} as ledger ({options})")
            return
        except duckdb.Error as error:
            if left and "lock" in str(error):  # another run writes its line, which takes no time
                time.sleep(0.1)
                continue
            raise Unusable(f"{file}: cannot be opened: {first_line(error)}; is another run writing to it?") from error
