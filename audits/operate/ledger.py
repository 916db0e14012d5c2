"""The history of runs: who asked for what, when, and what came of it; a file of the auditors' beside the published periods.

`runs` has a row for every run that began: its number, what was asked for, when it began and ended (UTC), how it went, and for
those that published, what the period was judged on, the counts, and the SHA-256 of its manifest and of the one before it.
`run_controls` has the counts and status of every promise; runs of the version that knew no
promises have those of every control. The last run of a period that published is the one whose pages stand.
`expected` has the periods that a schedule asks for, and `notices` whom a run's outcome was told. `written` has the SHA-256 of
the index as it stands.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from audits.evaluation.results import Results
from audits.law.period import Period
from audits.operate.store import rows, writing

# How long after its due time a run counts as late.
_GRACE = timedelta(days=1)


@dataclass(frozen=True)
class Run:
    """A published run: clauses kept, broken and untold are the first text's that the Company answers for and could be judged;
    `unjudged` those that could not, None where an earlier version did not count them.
    """

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
    unjudged: int | None
    parameters: str | None

    @property
    def texts(self) -> list[str] | None:
        """The texts that it was judged by; None where that is not on record."""
        found: list[str] | None = self._stated.get("texts")
        return found

    @property
    def signed_by(self) -> str | None:
        """Who signed for it, where somebody did."""
        found: str | None = self._stated.get("signed_by")
        return found

    @property
    def _stated(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.parameters or "{}")
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

    late: published a day or more after it was due. missing: due and never run. failed: the last run of it published
    nothing, draft: it waits to be signed; what an earlier one published may still stand. `superseded` are the earlier
    published runs, the first one first.
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
    with writing(reports) as ledger:
        ledger.execute("update runs set outcome = 'interrupted', why = 'was killed' where outcome in ('running', 'placing')")
        run = ledger.execute(
            "insert into runs (began_at, outcome, period, first_day, last_day) values (?, 'running', ?, ?, ?)",
            [datetime.now(UTC), *named],
        )
        return run or 0


def fail(reports: Path, run: int, why: str, interrupted: bool = False) -> None:
    """Note that a run published nothing, and why in one line."""
    with writing(reports) as ledger:
        ledger.execute(
            "update runs set outcome = ?, why = ?, ended_at = ? where run = ? and outcome <> 'published'",
            ["interrupted" if interrupted else "failed", why, datetime.now(UTC), run],
        )


def place(
    reports: Path,
    run: int,
    results: Results,
    stated: Mapping[str, Any],
    manifest: str,
    previous: str | None,
    inputs: str | None = None,
    tell: Sequence[str] = (),
) -> None:
    """Note what a run is about to put in place; by the SHA-256 of its manifest it is known, should the run be killed then.

    `stated` is what was asked for, as the manifest has it: audience and notebooks among it. `inputs` is the SHA-256 of all that
    the results rest on but the export. Who is to `tell` of it stands in the ledger with it, so that no kill can lose that.
    """
    r = results.run
    values = {
        "outcome": "placing", "ended_at": datetime.now(UTC), "period": r.period, "first_day": r.first_day,
        "last_day": r.last_day, "as_of": r.as_of, "timezone": r.timezone, "export_name": r.export_name,
        "export_sha256": r.export_sha256, "audience": stated["audience"], "pages": stated["notebooks"], **counts(results),
        "manifest_sha256": manifest, "previous_sha256": previous, "inputs_sha256": inputs,
        "parameters": dict(stated),
    }  # fmt: skip
    with writing(reports) as ledger:
        ledger.execute(f"update runs set {', '.join(f'{name} = ?' for name in values)} where run = ?", [*values.values(), run])
        ledger.executemany(
            f"insert into run_controls values ({', '.join('?' * 14)})", [(run, *row) for row in _controls(results)]
        )
        ledger.executemany("insert into notices values (?, ?, 0, null)", [(run, name) for name in tell])


def draft(reports: Path, run: int, results: Results, manifest: str, why: str) -> None:
    """Note that what a run built waits, by the SHA-256 of its manifest, and for whom."""
    r = results.run
    with writing(reports) as ledger:
        ledger.execute(
            """
            update runs set outcome = 'draft', manifest_sha256 = ?, why = ?, ended_at = ?, period = ?, first_day = ?, last_day = ?
            where run = ?
            """,
            [manifest, why, datetime.now(UTC), r.period, r.first_day, r.last_day, run],
        )


def drafts(reports: Path) -> dict[str, str]:
    """The SHA-256 of the manifest of each draft that waits to be signed, by its period: none was published since."""
    sql = """
        select period, manifest_sha256, outcome, max(run) from runs where outcome in ('draft', 'published') group by period
    """
    return {period: sha256 for period, sha256, outcome, _ in rows(reports, sql) if outcome == "draft"}


def counts(results: Results) -> dict[str, int]:
    """How many clauses of the first text that the Company answers for are kept, broken, cannot be told, and were not judged."""
    found = results.standing(results.texts[0].text)
    names = {"kept": "satisfied", "broken": "not_satisfied", "untold": "inconclusive"}
    counted = {name: int((found == status).sum()) for name, status in names.items()}
    return {**counted, "unjudged": int(found.isin(["not_assessed", "error"]).sum())}


def stands(results: Results) -> list[tuple[Any, ...]]:
    """How each promise stands in results, as `promised` has it."""
    return [(p.promise_id, p.status, p.compliant, p.violation, p.pending, p.indeterminate) for p in results.promises.values()]


def promised(reports: Path, run: int) -> list[tuple[Any, ...]]:
    """How each promise stood in a run: promise_id, None in an early one; status, compliant, violation, pending, indeterminate."""
    names = ("status", "compliant", "violation", "pending", "indeterminate")
    return rows(reports, f"select promise_id, {', '.join(names)} from run_controls where run = ?", [run], names)


def _controls(results: Results) -> list[tuple[Any, ...]]:
    """A row of `run_controls` for each promise, but for the run's number."""
    return [
        (c.control, c.title, c.severity, c.status, c.compliant, c.violation, c.pending, c.indeterminate,
         c.rate_low, c.rate_high, json.dumps(c.parameters), c.sql_sha256, c.promise_id)
        for c in results.promises.values()
    ]  # fmt: skip


def placing(reports: Path) -> list[tuple[int, str, str]]:
    """Runs that were about to put their period in place: number, period, SHA-256 of the manifest."""
    found = rows(reports, "select run, period, manifest_sha256 from runs where outcome = 'placing'")
    return [(run, period, manifest) for run, period, manifest in found]


def placed(reports: Path, run: int) -> None:
    """Note that a run published its period."""
    with writing(reports) as ledger:
        ledger.execute("update runs set outcome = 'published' where run = ?", [run])


_STANDING = f"""
select {", ".join(Run.__dataclass_fields__)} from runs
where run in (select max(run) from runs where outcome = 'published' group by period) and removed_at is null
order by last_day desc, first_day desc, period
"""


def standing(reports: Path) -> list[Run]:
    """The last published run of every period that was not removed, the latest period first; none where there is no ledger."""
    return [Run(*row) for row in rows(reports, _STANDING, known=("period", "first_day", "last_day", "pages"))]


def answered(reports: Path) -> list[Run]:
    """The same, for who tells what they found; raises Unusable where that is not on record."""
    return [Run(*row) for row in rows(reports, _STANDING, known=Run.__dataclass_fields__.keys() - {"unjudged", "parameters"})]


def links(reports: Path) -> list[Link]:
    """The chain of manifests, the first run first."""
    sql = "select run, period, manifest_sha256, previous_sha256 from runs where outcome = 'published' order by run"
    return [Link(*row) for row in rows(reports, sql)]


@dataclass(frozen=True)
class Rested:
    """A published run that stands, by what its results rest on."""

    run: int
    period: str
    export_sha256: str
    manifest_sha256: str


def resting_on(reports: Path, inputs: str) -> list[Rested]:
    """The runs that stand and whose results rest on the same, but for the export, the newest first."""
    sql = """
        select run, period, export_sha256, manifest_sha256 from runs
        where run in (select max(run) from runs where outcome = 'published' group by period)
          and removed_at is null and inputs_sha256 = ?
        order by run desc
    """
    return [Rested(*row) for row in rows(reports, sql, [inputs])]


def remove(reports: Path, run: int, rule: str) -> None:
    """Note that the period that stands with a run is removed, by which rule."""
    with writing(reports) as ledger:
        ledger.execute("update runs set removed_at = ?, removed_by = ? where run = ?", [datetime.now(UTC), rule, run])


def removed(reports: Path) -> dict[str, tuple[datetime, str]]:
    """Periods that were removed and not published again since: when, and by which rule."""
    sql = """
        select period, removed_at, removed_by from runs
        where run in (select max(run) from runs where outcome = 'published' group by period) and removed_at is not null
    """
    return {period: (at, rule) for period, at, rule in rows(reports, sql)}


def last_manifest(reports: Path) -> str | None:
    """The SHA-256 of the manifest of the last run that published."""
    found = links(reports)
    return found[-1].manifest_sha256 if found else None


def expect(reports: Path, expected: Sequence[Expected], now: datetime) -> bool:
    """Keep what a schedule asks for at an instant, in place of what it asked for before; gives whether that changed."""
    names = ", ".join(Expected.__dataclass_fields__)
    before = {Expected(*row): at for *row, at in rows(reports, f"select {names}, asked_at from expected")}
    if before.keys() == set(expected):
        return False
    asked = {(e.job, e.period): at for e, at in before.items()}
    with writing(reports) as ledger:
        ledger.execute("delete from expected")
        ledger.executemany(
            f"insert into expected ({names}, asked_at) values (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (e.job, e.period, e.first_day, e.last_day, e.due_at, e.timezone, e.is_due, asked.get((e.job, e.period), now))
                for e in expected
            ],
        )
    return True


# Every run that ended, of a period; SQLite takes the columns that stand bare from the row of max(run).
_ENDED = "period is not null and outcome not in ('running', 'placing')"


def attempts(reports: Path) -> dict[str, Attempts]:
    """What became of every period that was ever run, by its name."""
    sql = f"""
        with published as (select period, max(run) as run from runs where outcome = 'published' group by period)
        select period, published.run is not null, sum(runs.run > coalesce(published.run, 0)),
               coalesce(ended_at, began_at) as last_at, max(runs.run), outcome, why
        from runs left join published using (period) where {_ENDED} group by period
    """
    return {period: Attempts(bool(published), *row) for period, published, *row in rows(reports, sql)}


@dataclass(frozen=True)
class _Past:
    """How a period was run: the last run that ended, and those that published."""

    period: str
    first_day: date
    last_day: date
    outcome: str
    why: str | None
    ended_at: datetime | None
    first_published_at: datetime | None
    published: list[int]


def _past(reports: Path) -> dict[str, _Past]:
    sql = f"""
        with published as (
            select period, json_group_array(run) as published, min(ended_at) as first_published_at
            from (select * from runs where outcome = 'published' order by run) group by period
        ),
        last as (
            select period, first_day, last_day, outcome, why, coalesce(ended_at, began_at) as ended_at, max(run)
            from runs where {_ENDED} group by period
        )
        select period, first_day, last_day, outcome, why, ended_at, first_published_at, coalesce(published, '[]') as published
        from last left join published using (period)
    """
    return {row[0]: _Past(*row) for row in rows(reports, sql)}


def _asked(reports: Path) -> dict[str, tuple[Any, ...]]:
    """What schedules ask for, by period: first and last day, due_at, time zone, whether it is due, since when it is asked for."""
    sql = """
        select period, first_day, last_day, min(due_at) as due_at, timezone, total(is_due) > 0 as is_due, asked_at
        from expected group by period
    """
    return {period: tuple(row) for period, *row in rows(reports, sql)}


def periods(reports: Path) -> list[Standing]:
    """Every period that was run or that a schedule asks for, the latest first."""
    past, asked = _past(reports), _asked(reports)
    found = [_standing(period, past.get(period), asked.get(period)) for period in {*past, *asked}]
    return sorted(found, key=lambda s: (-s.last_day.toordinal(), -s.first_day.toordinal(), s.period))


def _standing(period: str, past: _Past | None, asked: tuple[Any, ...] | None) -> Standing:
    first_day, last_day, due_at, timezone, is_due, asked_at = asked or (None,) * 6
    if past is None:
        return Standing(period, first_day, last_day, "missing" if is_due else "next", due_at, timezone, None, None, [], None)
    published = past.published
    state, why = "draft" if past.outcome == "draft" else "failed", past.why
    if past.outcome == "published":
        state, why = "late" if _is_late(past.first_published_at, due_at, asked_at) else "run", None
    return Standing(
        period, past.first_day, past.last_day, state, due_at, timezone, past.ended_at, why, published[:-1],
        published[-1] if published else None,
    )  # fmt: skip


def _is_late(published_at: datetime | None, due_at: datetime | None, asked_at: datetime | None) -> bool:
    """What a schedule asks for that is set up later than it was due is not late: it was nobody's to run."""
    due = max((at for at in (due_at, asked_at) if at), default=None)
    return bool(due and published_at and published_at > due + _GRACE)


def unsent(reports: Path, most: int) -> dict[tuple[int, str], int]:
    """Notices that could not be delivered, with how often it was tried, unless `most` times."""
    sql = "select run, name, attempts from notices where sent_at is null and attempts < ?"
    return {(run, name): tried for run, name, tried in rows(reports, sql, [most])}


def not_told(reports: Path, run: int, name: str) -> None:
    """Note that somebody did not ask for such a run."""
    with writing(reports) as ledger:
        ledger.execute("delete from notices where run = ? and name = ?", [run, name])


def noted(reports: Path, run: int, name: str, attempts: int, sent: bool) -> None:
    """Note that somebody was told of a run, or could not be."""
    with writing(reports) as ledger:
        ledger.execute("delete from notices where run = ? and name = ?", [run, name])
        ledger.execute("insert into notices values (?, ?, ?, ?)", [run, name, attempts, datetime.now(UTC) if sent else None])


def wrote(reports: Path, file: str, sha256: str) -> None:
    """Note what a file outside the periods, such as the index, is about to be."""
    with writing(reports) as ledger:
        ledger.execute("insert into written values (?, ?, ?)", [file, sha256, datetime.now(UTC)])


def forget_earlier(reports: Path, file: str) -> None:
    """Note that a file stands as it was written last: as it was before, it is not to be put back."""
    with writing(reports) as ledger:
        ledger.execute(
            "delete from written where file = ? and rowid < (select max(rowid) from written where file = ?)", [file, file]
        )


def written(reports: Path, file: str) -> list[str]:
    """The SHA-256 of a file outside the periods as it was written last, and, where a kill came in between, the time before."""
    sql = "select sha256 from written where file = ? order by rowid desc limit 2"
    return [sha256 for (sha256,) in rows(reports, sql, [file])]
