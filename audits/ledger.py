"""The history of runs: one DuckDB file beside the published periods, in a format that DuckDB 1.4 can read.

`runs` has a row for every run that began: its number, what was asked for, when it began and ended (UTC), how it went, and for
those that published, what the period was judged on, the counts, and the SHA-256 of its manifest and of the one before it.
`run_controls` has the counts and status of every control. The last run of a period that published is the one whose pages stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb

from audits.errors import Unusable, first_line
from audits.export import literal
from audits.results import Results

FILE = "ledger.duckdb"
_SCHEMA = """
create table if not exists ledger.runs (
    run bigint primary key, asked varchar, began_at timestamptz, ended_at timestamptz,
    outcome varchar, -- running, published, failed, interrupted
    why varchar, period varchar, first_day date, last_day date, as_of timestamptz, timezone varchar, export_name varchar,
    export_sha256 varchar, audience varchar, pages varchar[], kept bigint, broken bigint, untold bigint,
    manifest_sha256 varchar, previous_sha256 varchar
);
create table if not exists ledger.run_controls (
    run bigint, control_id varchar, title varchar, severity varchar, status varchar, compliant bigint, violation bigint,
    pending bigint, indeterminate bigint, rate_low double, rate_high double
);
"""


@dataclass(frozen=True)
class Run:
    """A published run: clauses kept, broken and untold are the Company's own that could be judged."""

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


@dataclass(frozen=True)
class Link:
    """A published run in the chain of manifests."""

    run: int
    period: str
    manifest_sha256: str
    previous_sha256: str | None


def begin(reports: Path, asked: str) -> int:
    """Note that a run begins; gives its number. Whoever calls holds the lock: a run that is still open was interrupted."""
    with _open(reports, read_only=False) as con:
        con.execute(_SCHEMA)
        con.execute("update ledger.runs set outcome = 'interrupted' where outcome = 'running'")
        (run,) = con.execute("select coalesce(max(run), 0) + 1 from ledger.runs").fetchone() or (1,)
        con.execute(
            "insert into ledger.runs (run, asked, began_at, outcome) values (?, ?, ?, 'running')", [run, asked, datetime.now(UTC)]
        )
        return int(run)


def fail(reports: Path, run: int, why: str, interrupted: bool = False) -> None:
    """Note that a run published nothing, and why in one line."""
    with _open(reports, read_only=False) as con:
        outcome = "interrupted" if interrupted else "failed"
        con.execute(
            "update ledger.runs set outcome = ?, why = ?, ended_at = ? where run = ?", [outcome, why, datetime.now(UTC), run]
        )


def publish(
    reports: Path, run: int, results: Results, audience: str, pages: Sequence[str], manifest: str, previous: str | None
) -> None:
    """Note that a run published its period."""
    r = results.run
    clauses = results.clauses()
    judged = clauses[clauses.kind.isin(["measured", "in_part", "attested"])]
    kept, broken, untold = (int((judged.status == s).sum()) for s in ("satisfied", "not_satisfied", "inconclusive"))
    with _open(reports, read_only=False) as con:
        con.execute("begin")
        con.execute(
            """
            update ledger.runs set outcome = 'published', ended_at = ?, period = ?, first_day = ?, last_day = ?, as_of = ?,
                timezone = ?, export_name = ?, export_sha256 = ?, audience = ?, pages = ?, kept = ?, broken = ?, untold = ?,
                manifest_sha256 = ?, previous_sha256 = ?
            where run = ?
            """,
            [
                datetime.now(UTC), r.period, r.first_day, r.last_day, r.as_of, r.timezone, r.export_name, r.export_sha256,
                audience, list(pages), kept, broken, untold, manifest, previous, run,
            ],
        )  # fmt: skip
        con.executemany(
            "insert into ledger.run_controls values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (run, c.control_id, c.title, c.severity, c.status, c.compliant, c.violation, c.pending, c.indeterminate,
                 c.rate_low, c.rate_high)
                for c in results.controls.values()
            ],
        )  # fmt: skip
        con.execute("commit")


def standing(reports: Path) -> list[Run]:
    """The last published run of every period, the latest period first; none where there is no ledger yet."""
    sql = f"""
        select {", ".join(Run.__dataclass_fields__)} from ledger.runs where outcome = 'published'
        qualify row_number() over (partition by period order by run desc) = 1
        order by last_day desc, first_day desc, period
    """
    return [Run(*row) for row in _rows(reports, sql)]


def links(reports: Path) -> list[Link]:
    """The chain of manifests, the first run first."""
    sql = "select run, period, manifest_sha256, previous_sha256 from ledger.runs where outcome = 'published' order by run"
    return [Link(*row) for row in _rows(reports, sql)]


def _rows(reports: Path, sql: str) -> list[tuple[Any, ...]]:
    if not (reports / FILE).exists():
        return []
    with _open(reports, read_only=True) as con:
        try:
            return con.execute(sql).fetchall()
        except duckdb.Error as error:
            raise Unusable(f"{reports / FILE}: is no ledger of runs: {first_line(error)}") from error


def _open(reports: Path, read_only: bool) -> duckdb.DuckDBPyConnection:
    con = duckdb.connect(":memory:", config={"autoinstall_known_extensions": False})
    file = reports / FILE
    try:
        kind = "read_only, type duckdb" if read_only else "storage_version 'v1.4.0'"
        con.execute(f"attach {literal(str(file))} as ledger ({kind})")
    except duckdb.Error as error:
        con.close()
        raise Unusable(f"{file}: cannot be opened: {first_line(error)}; is another run writing to it?") from error
    return con
