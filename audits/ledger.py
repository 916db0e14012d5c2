"""The history of runs: one DuckDB file beside the published periods, in a format that DuckDB 1.4 can read.

`runs` has a row for every run that published: its number, period and days, as_of, export and its SHA-256, audience, pages;
`run_controls` the counts and status of every control of it. The last run of a period is the one whose pages stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import duckdb

from audits.errors import Unusable, first_line
from audits.export import literal
from audits.results import Results

FILE = "ledger.duckdb"
_SCHEMA = """
create table if not exists ledger.runs (
    run bigint primary key, period varchar, first_day date, last_day date, as_of timestamptz, timezone varchar,
    export_name varchar, export_sha256 varchar, audience varchar, pages varchar[], kept bigint, broken bigint, untold bigint
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


def record(reports: Path, results: Results, audience: str, pages: Sequence[str]) -> None:
    """Add a run; raises Unusable where the ledger cannot be written to."""
    r = results.run
    clauses = results.clauses()
    judged = clauses[clauses.kind.isin(["measured", "in_part", "attested"])]
    counts = [int((judged.status == status).sum()) for status in ("satisfied", "not_satisfied", "inconclusive")]
    with _open(reports, read_only=False) as con:
        con.execute(_SCHEMA)
        (run,) = con.execute("select coalesce(max(run), 0) + 1 from ledger.runs").fetchone() or (1,)
        con.execute("begin")
        con.execute(
            "insert into ledger.runs values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                run,
                r.period,
                r.first_day,
                r.last_day,
                r.as_of,
                r.timezone,
                r.export_name,
                r.export_sha256,
                audience,
                list(pages),
                *counts,
            ],
        )
        con.executemany(
            "insert into ledger.run_controls values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    run,
                    c.control_id,
                    c.title,
                    c.severity,
                    c.status,
                    c.compliant,
                    c.violation,
                    c.pending,
                    c.indeterminate,
                    c.rate_low,
                    c.rate_high,
                )
                for c in results.controls.values()
            ],
        )
        con.execute("commit")


def standing(reports: Path) -> list[Run]:
    """The last run of every period, the latest period first; none where there is no ledger yet."""
    if not (reports / FILE).exists():
        return []
    with _open(reports, read_only=True) as con:
        rows = con.execute(
            """
            from ledger.runs qualify row_number() over (partition by period order by run desc) = 1
            order by last_day desc, first_day desc, period
            """
        ).fetchall()
    return [Run(*row) for row in rows]


def _open(reports: Path, read_only: bool) -> duckdb.DuckDBPyConnection:
    con = duckdb.connect(":memory:", config={"autoinstall_known_extensions": False})
    file = reports / FILE
    try:
        kind = "read_only, type duckdb" if read_only else "storage_version 'v1.4.0'"
        con.execute(f"attach {literal(str(file))} as ledger ({kind})")
    except duckdb.Error as error:
        con.close()
        raise Unusable(f"{file}: cannot be opened: {first_line(error)}; another run may be writing to it") from error
    return con
