"""What a run found: one DuckDB file, read by notebooks, charts, tables and the command line.

Frames hold aggregates and bounded lists. Shares run from 0 to 1, instants are zone-aware, days are local to the export's zone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from audits.contract.engine import literal
from audits.contract.export import Export
from audits.contract.files import File, opened, printable
from audits.contract.formats import must_have_no_log
from audits.errors import Unusable, first_line, hint
from audits.evaluation.status import VERDICTS, rate, worst
from audits.texts.section import NO_CLAUSE, page
from audits.texts.text import JUDGED
from audits.words import spoken

if TYPE_CHECKING:  # what evaluates without drawing need not wait for it
    import pandas as pd

# Nothing of a file is code, and what does not fit into memory is nobody's results.
_SEALED: dict[str, Any] = {"autoinstall_known_extensions": False, "autoload_known_extensions": False, "temp_directory": ""}
# SQL for the months of the period, and as many before it as make so many, none after as_of.
_IN_MONTHS = """
    month <= (select least(last_day, as_of::date) from results.run)
    and month >= (
        select least(date_trunc('month', first_day), date_trunc('month', least(last_day, as_of::date)) - to_months(? - 1))
        from results.run
    )
"""
_BEFORE = Path(__file__).with_name("before.sql")


@dataclass(frozen=True)
class Run:
    """The circumstances of a run; days are local to `timezone`."""

    schema_version: int
    as_of: datetime
    timezone: str
    period: str
    first_day: date
    last_day: date
    export_name: str
    export_sha256: str
    exported_at: datetime | None
    adapter_sha256: str | None
    reference_sha256: str | None
    notes: list[str]
    versions: dict[str, str]


@dataclass(frozen=True)
class Audited:
    """A text that was audited: a policy or a law."""

    text: str
    title: str
    company: str
    language: str
    in_force_from: date | None
    in_force_until: date | None = None
    version_of: str = ""

    @property
    def of(self) -> str:
        """What all versions of it have in common."""
        return self.version_of or self.text


@dataclass(frozen=True)
class PromiseResult:
    """A promise and what was found of it in the period; counts as in tables.sql, rates None where nothing could be judged."""

    promise_id: str
    text: str
    name: str
    control: str
    was: list[str]
    section: str
    title: str
    short: str
    rule: str
    remedy: str
    owner: str
    page: str | None
    headline: int | None
    feeds: list[str]
    clauses: list[str]
    maps_to: list[str]
    severity: str
    days_to_act: int
    dimensions: list[str]
    parameters: dict[str, Any]
    reason_texts: dict[str, str]
    sql: str
    sql_sha256: str
    tolerance: float
    status: str
    why: str
    compliant: int
    violation: int
    pending: int
    indeterminate: int
    carried: int
    waived: int
    resolved: int
    rate_low: float | None
    rate_high: float | None

    def is_of(self, control: str) -> bool:
        """Whether it is a promise of the control of that id, or that had it before."""
        return control in (self.control, *self.was)

    @property
    def called(self) -> str:
        """How it is named in a few words, where it has such a name."""
        return self.short or self.title

    @property
    def anchor(self) -> str:
        """Where it stands on the page of its section."""
        return self.promise_id.replace("/", "-")

    @property
    def judged(self) -> int:
        """Findings that are in the rate: all but pending ones."""
        return self.compliant + self.violation + self.indeterminate


@dataclass(frozen=True)
class Section:
    """A section under which something is promised: its page, and its promises in the order of its clauses."""

    name: str
    page: str
    promises: list[str]


@dataclass(frozen=True)
class Harm:
    """People that violations touch, violations that name none, and the days for which the oldest that is open is overdue."""

    people: int
    of_nobody: int
    days: int


def rows_of(frame: pd.DataFrame) -> Iterator[Any]:
    """The rows of a frame, a field an attribute."""
    return iter(frame.itertuples(index=False))


def with_rates(frame: pd.DataFrame) -> pd.DataFrame:
    """A frame with a column per verdict, and rate_low, rate_high behind them."""
    bounds: list[Any] = [rate(c, v, i) for c, v, i in zip(frame.compliant, frame.violation, frame.indeterminate, strict=True)]
    return frame.assign(rate_low=[low for low, _ in bounds], rate_high=[high for _, high in bounds])


class Results:
    """Read access to the tables of tables.sql."""

    def __init__(self, con: duckdb.DuckDBPyConnection, file: File | None = None) -> None:
        self._con, self._file = con, file
        self._promises: dict[str, dict[str, PromiseResult]] = {}

    @classmethod
    def open(cls, path: Path, renamed: Mapping[str, str] | None = None) -> Results:
        """Open a results file read-only; raises Unusable when it is none.

        One that was written by a version that knew no promises is read as though each control were one; `renamed` gives the ids
        that controls have now by those they had then.
        """
        con = duckdb.connect(":memory:", config=_SEALED)
        file = opened(path)
        must_have_no_log(file)
        try:
            _attach(con, file, renamed or {})
            row = con.execute("select timezone from results.run").fetchone()
            con.execute(f"set timezone = {literal(row[0] if row else 'UTC')}")
            con.execute("set lock_configuration = true")
        except duckdb.Error as error:
            raise Unusable(f"{path}: no results of a run: {first_line(error)}") from error
        return cls(con, file)

    @classmethod
    def of(cls, export: Export) -> Results:
        """The results that were evaluated on an export's own connection."""
        return cls(export.con)

    def frame(self, sql: str, values: list[Any] | None = None) -> pd.DataFrame:
        """The rows of a query over `results.…`."""
        return self._con.execute(sql, values or []).df()

    @cached_property
    def run(self) -> Run:
        """The circumstances of the run."""
        (row,) = self._records("from results.run")
        return Run(**{**row, "versions": json.loads(row["versions"])})

    @cached_property
    def texts(self) -> list[Audited]:
        """What was audited, the first text first."""
        return [Audited(**r) for r in self._records("from results.texts order by rowid")]

    def versions(self, text: str) -> list[str]:
        """The ids of a text and of its other versions, the one in force at the end of the period first."""
        own = [t.of for t in self.texts if t.text == text]
        return [t.text for t in self.texts if t.of in own] or [text]

    def versions_of(self, promise: str) -> list[str]:
        """The ids of a promise and of what other versions of its text promise under its name, in the order of the versions."""
        own = self.promise(promise)
        made = {p.text: p.promise_id for p in self.promises.values() if p.name == own.name}
        return [made[text] for text in self.versions(own.text) if text in made]

    @property
    def promises(self) -> dict[str, PromiseResult]:
        """Every promise by id, in order of id, in the language that is spoken as far as its control has words of it."""
        language = spoken()
        if language not in self._promises:
            self._promises[language] = {p.promise_id: self._said_in(language, p) for p in self._judged.values()}
        return self._promises[language]

    @cached_property
    def _judged(self) -> dict[str, PromiseResult]:
        decoded = ("parameters", "reason_texts")
        rows = self._records("from results.promises order by promise_id")
        return {r["promise_id"]: PromiseResult(**{**r, **{c: json.loads(r[c]) for c in decoded}}) for r in rows}

    @cached_property
    def _words(self) -> dict[tuple[str, str], dict[str, Any]]:
        """What is said of promises in other languages, by language and promise; nothing in a file of an earlier version."""
        known = "select 1 from duckdb_tables() where database_name = 'results' and table_name = 'words'"
        rows = self._records("from results.words") if self._con.execute(known).fetchone() else []
        return {(r["language"], r["promise_id"]): r for r in rows}

    def _said_in(self, language: str, promise: PromiseResult) -> PromiseResult:
        told = self._words.get((language, promise.promise_id))
        if told is None:
            return promise
        reasons = {**promise.reason_texts, **json.loads(told["reason_texts"])}
        own = {name: told[name] for name in ("title", "short", "rule", "remedy")}
        return replace(promise, reason_texts=reasons, **own)

    def reading(self, promise: str, name: str) -> str:
        """What another reading of a promise is called, in the language that is spoken."""
        told = self._words.get((spoken(), promise))
        return str(json.loads(told["readings"]).get(name, name)) if told else name

    @cached_property
    def sections(self) -> list[Section]:
        """The sections under which something is promised, in the texts' order; last what no clause names."""
        under = """
            select c.section, p.promise_id
            from (select *, rowid as place from results.clauses) as c
            join results.clause_promises as p on p.text = c.text and p.clause_id = c.clause_id
            order by c.place, p.rowid
            """
        none = "select promise_id from results.promises where text <> '' and len(clauses) = 0 order by promise_id"
        rows = self._con.execute(under).fetchall() + [(NO_CLAUSE, *row) for row in self._con.execute(none).fetchall()]
        found: dict[str, Section] = {}
        for name, promise in rows:
            section = found.setdefault(page(name), Section(name, page(name), []))
            section.promises.extend([promise] if promise not in section.promises else [])
        return list(found.values())

    def section(self, name: str | None) -> Section:
        """The section of that name or page, however it is written; the first if None; raises Unusable naming the nearest."""
        known = self.sections
        wanted = known[:1] if name is None else [s for s in known if s.page in (name, page(name))]
        if not wanted:
            names = [s.name for s in known]
            near = hint(str(name), names, ", ".join(names) or "nor in any other")
            raise Unusable(f"nothing is promised in the section {name!r}: {near}")
        return wanted[0]

    def named(self, name: str) -> list[PromiseResult]:
        """The promises of that id; or else of each text those of that name, or of a control of it; the first text's first."""
        if name in self.promises:
            return [self.promises[name]]
        place = {t.text: place for place, t in enumerate(self.texts)}
        found = sorted(self.promises.values(), key=lambda p: (place.get(p.text, len(place)), p.promise_id))
        so_called = {p.text for p in found if p.name == name}
        return [p for p in found if p.name == name or (p.is_of(name) and p.text not in so_called)]

    def promise(self, name: str) -> PromiseResult:
        """The promise of that id; or of that name, or of a control of that id, also one of before, if there is but one.

        Raises Unusable naming the nearest.
        """
        if name in self.promises:
            return self.promises[name]
        for called in (
            [p for p in self.promises.values() if name == p.name],
            [p for p in self.promises.values() if p.is_of(name)],
        ):
            if len(called) == 1:
                return called[0]
            if called:
                ids = ", ".join(p.promise_id for p in called)
                raise Unusable(f"{name!r} names {len(called)} promises of these results: say which: {ids}")
        known = [n for p in self.promises.values() for n in (p.promise_id, p.name, p.control, *p.was)]
        raise Unusable(f"promise {name!r} is not in these results: {hint(name, known, '`audits evaluate` lists them')}")

    def feeding(self, feed: str) -> list[PromiseResult]:
        """The promises that feed something (feeds.py)."""
        return [p for p in self.promises.values() if feed in p.feeds]

    def table(self) -> pd.DataFrame:
        """Columns promise_id, status, why, one per verdict, carried, waived, resolved, rate_low, rate_high: a row a promise."""
        return self.frame(
            f"""
            select promise_id, status, why, {", ".join(VERDICTS)}, carried, waived, resolved, rate_low, rate_high
            from results.promises order by promise_id
            """
        )

    def _repr_html_(self) -> str:
        shown: str = self.table().to_html()
        return shown

    def by_month(self, promise: str, months: int = 12) -> pd.DataFrame:
        """Columns month, one per verdict, rate_low, rate_high: what fell due in each month, without what is carried.

        The months are those of the period, and as many before it as make `months`, none after as_of: those in which something
        fell due.
        """
        return self._counts(
            f"""
            select month as value, verdict, n from results.counts
            where promise_id = ? and dimension = '' and {_IN_MONTHS}
            """,
            [self.promise(promise).promise_id, months],
        ).rename(columns={"value": "month"})

    def changes(self) -> pd.DataFrame:
        """Columns promise_id, new, undated, carried, resolved: violations that fell due in the period, that state no day, that
        fell due before and are open, and that were made good; a row a promise that has any."""
        return self.frame(
            """
            select promise_id,
                   coalesce(sum(n) filter (where scope = 'period' and month is not null), 0)::bigint as new,
                   coalesce(sum(n) filter (where scope = 'period' and month is null), 0)::bigint as undated,
                   coalesce(sum(n) filter (where scope = 'carried'), 0)::bigint as carried,
                   coalesce(sum(resolved), 0)::bigint as resolved
            from results.counts where dimension = '' and verdict = 'violation'
            group by all having new + undated + carried + resolved > 0 order by new desc, promise_id
            """
        )

    def by(self, promise: str, dimension: str) -> pd.DataFrame:
        """Columns value, one per verdict, rate_low, rate_high: the period's findings by a dimension of the control."""
        return self._counts(
            """
            select coalesce(value, '(not stated)') as value, verdict, sum(n) as n from results.counts
            where promise_id = ? and dimension = ? and scope in ('period', 'carried')
            group by all
            """,
            [self.promise(promise).promise_id, dimension],
        )

    def due_by(self, promise: str, dimension: str, months: int = 12) -> pd.DataFrame:
        """Columns value, one per verdict, rate_low, rate_high: what fell due in the months of `by_month`, by a dimension."""
        return self._counts(
            f"""
            select coalesce(value, '(not stated)') as value, verdict, n from results.counts
            where promise_id = ? and dimension = ? and {_IN_MONTHS}
            """,
            [self.promise(promise).promise_id, dimension, months],
        )

    def reasons(self, promise: str) -> dict[str, int]:
        """The period's findings by reason code."""
        rows = self._con.execute(
            """
            select reason, sum(n)::bigint from results.counts
            where promise_id = ? and dimension = '' and scope in ('period', 'carried') group by reason order by reason
            """,
            [self.promise(promise).promise_id],
        ).fetchall()
        return dict(rows)

    def findings(self, promise: str, verdict: str, scopes: tuple[str, ...] = ("period", "carried")) -> pd.DataFrame:
        """Findings of one verdict, the longest overdue first.

        Columns: record_id, pseudonym, account_id, country, due_at, met_at, reason, scope, type, days_late (up to as_of
        while open; none where the last day has not passed, and something else is wrong).
        """
        return self.frame(
            """
            select record_id, pseudonym, account_id, country, due_at, met_at, reason, scope, evidence ->> 'type' as type,
                   case when until >= due_at then date_diff('day', due_at::date, until::date) end as days_late
            from (select *, coalesce(met_at, as_of) as until from results.findings, results.run)
            where promise_id = ? and verdict = ? and scope in (select unnest(?::varchar[]))
            order by days_late desc nulls last, record_id
            """,
            [self.promise(promise).promise_id, verdict, list(scopes)],
        )

    def doubts(self) -> pd.DataFrame:
        """Columns promise_id, reason, column_name (or NULL), n, records: what keeps findings undecided, most first."""
        return self.frame("from results.doubts order by n desc, promise_id, reason, column_name")

    def falling_due(self, promise: str, within: tuple[int, ...] = (7, 14, 30)) -> pd.DataFrame:
        """Columns days, n: open requests whose last day comes within so many days after as_of, under any version of the text."""
        return self.frame(
            """
            select days, count(due_at) as n
            from (select unnest(?::integer[]) as days) cross join results.run
            left join results.findings
                   on list_contains(?::varchar[], promise_id) and verdict = 'pending' and due_at <= as_of + to_days(days)
            group by days order by days
            """,
            [list(within), self.versions_of(promise)],
        )

    def open_by_age(self, promise: str) -> pd.DataFrame:
        """Columns age, not_yet_due, overdue: what is open at as_of by days since receipt, under any version of the text."""
        return self.frame(
            """
            with aged as (
                select date_diff('day', (evidence ->> 'received_at')::timestamptz::date, as_of::date) as days,
                       verdict = 'violation' as overdue
                from results.findings, results.run
                where list_contains(?::varchar[], promise_id) and met_at is null and verdict in ('pending', 'violation')
            ),
            bands as (
                select * from (values (0, 7), (8, 14), (15, 30), (31, 60), (61, 90), (91, null)) as t (from_days, to_days)
            )
            select case when to_days is null then 'over 90 days' else from_days || ' to ' || to_days || ' days' end as age,
                   count(*) filter (where not overdue) as not_yet_due, count(*) filter (where overdue) as overdue
            from bands left join aged on days >= from_days and days <= coalesce(to_days, days)
            group by from_days, to_days order by from_days
            """,
            [self.versions_of(promise)],
        )

    def time_to_close(self) -> pd.DataFrame:
        """Columns type, days, closed, n: how long requests of the last twelve months, or of a longer period, took so far."""
        return self.frame("from results.time_to_close order by all")

    def promise_and_law(self) -> pd.DataFrame:
        """Columns promise_id, law_id, promise, law (verdicts; 'none' where there is no such duty), n: two promises."""
        return self.frame("from results.promise_and_law order by all")

    def transfer_flows(self) -> pd.DataFrame:
        """Columns promise_id, origin, mechanism, destination, recipient_id, recipient, verdict, n: the period's transfers."""
        return self.frame(f"from results.transfer_flows where {self._of_one_text('transfer_flows')} order by all")

    def rules_used(self) -> pd.DataFrame:
        """Columns rule_set, jurisdiction, rule, source, checked, n: the rules of law behind the period's due dates."""
        return self.frame("from results.rules_used order by rule_set, jurisdiction, rule")

    def readings(self) -> pd.DataFrame:
        """Columns promise_id, reading, parameters (JSON), one per verdict, rate_low, rate_high: other readings of a promise."""
        return self.frame("from results.readings order by promise_id, reading")

    def selftest(self) -> pd.DataFrame:
        """Columns control, injection, injected, detected; empty where the controls were not tested."""
        return self.frame("from results.selftest order by control, injection")

    @cached_property
    def not_relied_on(self) -> set[str]:
        """Controls that missed a violation put in for the self-test."""
        frame = self.selftest()
        return set(frame[frame.detected < frame.injected].control)

    def durations(self, promise: str) -> pd.DataFrame:
        """Columns days (NULL while open), n: how long a duty took that has no number."""
        return self.frame(
            "select days, n from results.durations where promise_id = ? order by days", [self.promise(promise).promise_id]
        )

    def stress(self) -> pd.DataFrame:
        """Columns stress, recipient_id, recipient, destination, mechanism, fallback, transfers, people: what would be lost."""
        return self.frame(
            f"""
            select stress, recipient_id, recipient, destination, mechanism, fallback, count(*) as transfers,
                   count(distinct account_id) as people
            from results.stress where {self._of_one_text("stress")} group by all order by stress, transfers desc, recipient_id
            """
        )

    def breach_clocks(self) -> pd.DataFrame:
        """Columns as in results.breach_clocks; the latest first."""
        return self.frame("from results.breach_clocks order by aware_on desc, breach_id")

    def recipients(self) -> pd.DataFrame:
        """Columns as in results.recipients: the register beside what each was given in the period, most first."""
        return self.frame("from results.recipients order by disclosures desc, recipient_id")

    def opt_out_delays(self) -> pd.DataFrame:
        """Columns days, was_written_to, n: opt-outs by the days until the last message that followed."""
        return self.frame("from results.opt_out_delays order by all")

    def measure_validity(self) -> pd.DataFrame:
        """Columns recipient_id, recipient, measure, valid_from, valid_to (NULL without an end)."""
        return self.frame("from results.measure_validity order by all")

    def transfers_by_month(self) -> pd.DataFrame:
        """Columns recipient_id, measure, month, n: transfers of the last two years."""
        return self.frame("from results.transfers_by_month order by all")

    def destinations(self) -> pd.DataFrame:
        """Columns country, n, transfers (those that left the EEA and Switzerland), unlawful; most first."""
        return self.frame(
            f"""
            with unlawful as (
                select destination as country, sum(n)::bigint as unlawful
                from results.transfer_flows where verdict = 'violation' and {self._of_one_text("transfer_flows")} group by all
            )
            select d.country, d.n, d.transfers, coalesce(u.unlawful, 0) as unlawful
            from results.destinations as d left join unlawful as u on u.country is not distinct from d.country
            order by d.n desc, d.country
            """
        )

    def retention_overdue(self) -> pd.DataFrame:
        """Columns category, up_to_30, up_to_90, up_to_365, over_365: what is stored past its last day, by how many days."""
        return self.frame(
            f"""
            select coalesce(category, '(not stated)') as category,
                   coalesce(sum(n) filter (where days <= 30), 0)::bigint as up_to_30,
                   coalesce(sum(n) filter (where days between 31 and 90), 0)::bigint as up_to_90,
                   coalesce(sum(n) filter (where days between 91 and 365), 0)::bigint as up_to_365,
                   coalesce(sum(n) filter (where days > 365), 0)::bigint as over_365
            from results.retention_ages where days > 0 and {self._of_one_text("retention_ages")}
            group by all order by sum(n) desc, category
            """
        )

    def retention_forecast(self) -> pd.DataFrame:
        """Columns category, within_30, within_90, later: what is stored and reaches its last day, by how soon."""
        return self.frame(
            f"""
            select coalesce(category, '(not stated)') as category,
                   coalesce(sum(n) filter (where days >= -30), 0)::bigint as within_30,
                   coalesce(sum(n) filter (where days >= -90), 0)::bigint as within_90,
                   coalesce(sum(n) filter (where days < -90), 0)::bigint as later
            from results.retention_ages where days <= 0 and {self._of_one_text("retention_ages")}
            group by all order by within_90 desc, category
            """
        )

    def tensions(self) -> pd.DataFrame:
        """Columns tension_id, clauses, says: findings about the policy's text itself."""
        return self.frame("from results.tensions order by rowid")

    def history(self, promise: str) -> pd.DataFrame:
        """The columns of results.history but the promise: the period (step 0) and those before it."""
        return self.frame(
            "select * exclude (promise_id) from results.history where promise_id = ? order by step",
            [self.promise(promise).promise_id],
        )

    @cached_property
    def _standings(self) -> pd.DataFrame:
        return self.frame("select promise_id, step, first_day, last_day, status from results.history order by promise_id, step")

    def standings(self) -> pd.DataFrame:
        """Columns promise_id, step, first_day, last_day, status: how each promise stood in the period (step 0) and before it."""
        return self._standings

    def harm(self, promise: str) -> Harm:
        """Whom the period's violations of a promise touch, and how long the oldest has been open."""
        rows = self._records(
            """
            select count(distinct account_id)::bigint as people, count(*) filter (where account_id is null)::bigint as of_nobody,
                   greatest(max(date_diff('day', due_at::date, as_of::date)) filter (where met_at is null), 0)::bigint as days
            from results.findings, results.run
            where promise_id = ? and verdict = 'violation' and scope in ('period', 'carried')
            """,
            [self.promise(promise).promise_id],
        )
        return Harm(**rows[0])

    def standing(self, text: str, step: int = 0) -> pd.Series:
        """The status of each clause of a text that the Company answers for, in the period (step 0) or one before it.

        What arose under an earlier version and fell due, or is open, counts under the clause of its id, as the worst of both.
        """
        frame = self.clause_history()
        own = frame[frame.text.isin(self.versions(text)) & (frame.step == step) & frame.kind.isin(JUDGED) & frame.status.notna()]
        return own.groupby("clause_id").status.agg(worst)

    def clause_history(self) -> pd.DataFrame:
        """Columns text, clause_id, section, duty, kind, step, first_day, last_day, status, as in the texts, the period first."""
        return self.frame(
            """
            select h.text, h.clause_id, c.section, c.duty, c.kind, h.step, h.first_day, h.last_day, h.status
            from results.clause_history as h
            join (select *, rowid as place from results.clauses) as c on c.text = h.text and c.clause_id = h.clause_id
            order by c.place, h.step
            """
        )

    def step(self, step: int) -> tuple[date, date] | None:
        """First and last day of the period (step 0) or one before it; None where nothing was evaluated."""
        row = self._con.execute("select first_day, last_day from results.history where step = ? limit 1", [step]).fetchone()
        return (row[0], row[1]) if row else None

    def fell_due(self, step: int) -> int:
        """How many duties fell due, or acts took place, in the period (step 0) or one before it: 0 where it has no records."""
        row = self._con.execute("select sum(fell_due)::bigint from results.history where step = ?", [step]).fetchone()
        return (row[0] if row else None) or 0

    def waivers(self) -> pd.DataFrame:
        """The columns of results.waivers, by state and expiry."""
        return self.frame("from results.waivers order by state, expires_at, promise_id, record_id")

    def due_next(self, within: int) -> int:
        """How many duties are open and reach their last day within so many days after as_of."""
        row = self._con.execute(
            """
            select count(*) from results.findings, results.run
            where verdict = 'pending' and met_at is null and due_at <= as_of + to_days(?)
            """,
            [within],
        ).fetchone()
        return int(row[0]) if row else 0

    def quality(self) -> pd.DataFrame:
        """Columns table_name, kind, column_names, rule, row_count, bad, keys, found; worst first, then as in the contract."""
        return self.frame("from results.quality order by coalesce(bad, 0) > 0 desc, rowid")

    def holds(self, table: str) -> bool:
        """Whether the export has a table: of one that it has not nothing is known, not even that it is empty."""
        return table in set(self.quality().table_name)

    def population(self) -> pd.DataFrame:
        """Columns test, table_name, passed, detail; failed ones first."""
        return self.frame("from results.population order by passed nulls last, rowid")

    def clauses(self) -> pd.DataFrame:
        """The columns of results.clauses, and promises (their ids), in the texts' order."""
        return self.frame(
            """
            select c.*, coalesce(p.promises, []) as promises
            from (select *, rowid as place from results.clauses) as c
            left join (
                select text, clause_id, list(promise_id order by promise_id) as promises from results.clause_promises group by all
            ) as p on p.text = c.text and p.clause_id = c.clause_id
            order by c.place
            """
        )

    def _of_one_text(self, table: str) -> str:
        """SQL for the rows of the first text that has any: what several texts promise would be counted twice."""
        if len(self.texts) < 2:
            return "true"
        fed = {row[0] for row in self._con.execute(f"select distinct promise_id from results.{table}").fetchall()}
        own = [[p for p in fed if self.promises[p].text == t.text] for t in self.texts]
        first = next(filter(None, own), [])
        return f"promise_id in ({', '.join(map(literal, sorted(first)))})" if first else "true"

    def as_json(self) -> dict[str, Any]:
        """What `audits evaluate --json` prints."""
        return {
            "as_of": self.run.as_of.isoformat(),
            "period": self.run.period,
            "export_sha256": self.run.export_sha256,
            "promises": [
                {
                    "id": p.promise_id,
                    "text": p.text,
                    "control": p.control,
                    "title": p.title,
                    "status": p.status,
                    "why": p.why,
                    **{verdict: getattr(p, verdict) for verdict in VERDICTS},
                    "carried": p.carried,
                    "waived": p.waived,
                    "resolved": p.resolved,
                    "rate_low": p.rate_low,
                    "rate_high": p.rate_high,
                    "reasons": self.reasons(p.promise_id),
                    "waivers": self._records(
                        "select record_id, state, lacks from results.waivers where promise_id = ? order by all", [p.promise_id]
                    ),
                }
                for p in self.promises.values()
            ],
            "readings": [
                {**{k: v for k, v in r.items() if k != "parameters"}, "parameters": json.loads(r["parameters"])}
                for r in self._records("from results.readings order by promise_id, reading")
            ],
            "stress": self._records("from results.stress order by stress, disclosure_id"),
            "clauses": {f"{text}/{c}": s or None for text, c, s in self._con.execute(
                "select text, clause_id, status from results.clauses order by rowid").fetchall()},
        }  # fmt: skip

    def _records(self, sql: str, values: list[Any] | None = None) -> list[dict[str, Any]]:
        result = self._con.execute(sql, values or [])
        names = [column[0] for column in result.description]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

    def _counts(self, sql: str, values: list[Any]) -> pd.DataFrame:
        """Verdicts side by side, with the bounds of the rate."""
        sums = ", ".join(f"coalesce(sum(n) filter (where verdict = '{v}'), 0)::bigint as {v}" for v in VERDICTS)
        frame = self.frame(f"select value, {sums} from ({sql}) group by value order by value", values)
        return with_rates(frame)


def _attach(con: duckdb.DuckDBPyConnection, file: File, renamed: Mapping[str, str]) -> None:
    """Attach a results file, read-only, and let nothing reach another; raises Unusable where it holds SQL of its own.

    The engine keeps the file open; it may be anybody's, and what is a view in it would be run here.
    """
    con.execute(f"attach {literal(file.for_attach())} as results (read_only, type duckdb)")
    is_before = not con.execute("select 1 from duckdb_columns() where column_name = 'schema_version'").fetchall()
    if is_before:
        con.execute("detach results")
        con.execute(f"attach {literal(file.for_attach())} as before (read_only, type duckdb)")
        con.execute("attach ':memory:' as results")
    con.execute("set enable_external_access = false")
    if views := con.execute("select view_name from duckdb_views() where not internal order by all").fetchall():
        raise Unusable(f"{file.shown}: no results of a run: {printable(views[0][0])} is a view, and theirs are tables")
    if is_before:
        _read_as_now(con, renamed)


def _read_as_now(con: duckdb.DuckDBPyConnection, renamed: Mapping[str, str]) -> None:
    """Put views of today's tables over a results file of the version that knew no promises."""
    con.execute("create table results.renamed (old varchar, new varchar)")
    if renamed:
        con.executemany("insert into results.renamed values (?, ?)", list(renamed.items()))
    con.execute(_BEFORE.read_text(encoding="utf-8"))
