"""The findings of one promise as one query: bad records made indeterminate, each finding with its scope."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from audits.contract import quality
from audits.contract.engine import literal, quoted
from audits.contract.export import Export
from audits.controls.control import FIXED, Control
from audits.controls.promise import Promise
from audits.evaluation import readings, waivers
from audits.law.period import Period


@dataclass(frozen=True)
class Circumstances:
    """What findings depend on beside their own records, looked up once: the period's bounds, bad records, what is waived.

    `before` are the instants at which the periods before it began, the latest first. `defects` are (table, columns, table that
    should have been referred to) of bad records; `waived` the promises that a waiver in force names; `unsure` those of which some
    record rests on what cannot be read (readings.py).
    """

    starts_at: datetime
    ends_at: datetime
    before: tuple[datetime, ...] = ()
    defects: list[tuple[str, list[str], str | None]] = field(default_factory=list)
    without_zone: frozenset[tuple[str, str]] = frozenset()
    waived: frozenset[str] = frozenset()
    unsure: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Query:
    """`sql` ends in a common table `findings`; `values` are to be bound."""

    sql: str
    values: dict[str, Any]


def circumstances(export: Export, period: Period, promises: Iterable[Promise]) -> Circumstances:
    """Look up what the findings of these promises depend on; data quality has been measured, if it is to count."""
    start, end = export.bounds(period.first_day, period.end_day)
    before = tuple(export.bounds(first, last)[0] for first, last in period.history()[1:])
    export.con.execute(quality.NO_DEFECTS)
    defects = export.con.execute("select distinct table_name, columns, refers_to from defects order by all").fetchall()
    zoneless = frozenset(quality.without_zone_at_all(export))
    chosen = list(promises)
    return Circumstances(start, end, before, defects, zoneless, waivers.settle(export, chosen), readings.unsure(export, chosen))


def query(export: Export, promise: Promise, around: Circumstances) -> Query:
    """The query over all findings of a promise.

    Scope: `period` holds event_at inside it, and findings without one; `carried` earlier ones still open; `earlier` and
    `later` the rest. Open is what is broken or undecided, and not made good by the instant of judgement; an end later than
    what the export can know is a plan.
    """
    control = promise.control
    joins, distrust = _distrust(export, control, around)
    waived = "null::timestamptz"
    if promise.id in around.waived:
        mine = f"w.promise_id = {literal(promise.id)} and w.record_id = believed.record_id"
        waived = f"case when verdict = 'violation' then (select w.waived_until from waived as w where {mine}) end"
    asked, values = promise.query(export.as_of)
    known = "$as_of" if control.acts else "least($as_of, known_at)"
    is_unsure = promise.id in around.unsure
    sql = f"""
        with control as (
        {asked}
        ){_shown(export, promise) if is_unsure else ""},
        believed as (
            select c.* exclude (verdict, reason{", met_at" if "met_at" in control.columns else ""}), {_met_at(control)} as met_at,
                   {distrust} is not null as is_bad,
                   case when {distrust} is null then c.verdict else 'indeterminate' end as verdict,
                   case when c.verdict = 'indeterminate' then c.reason else coalesce({distrust}, c.reason) end as reason
            from {"shown" if is_unsure else "control"} as c {joins}
        ),
        findings as (
            select believed.* exclude (is_bad),
                   verdict in ('violation', 'indeterminate') and coalesce(met_at > {known}, true) as is_open,
                   -- An instant after the judgement, of a row that breaks a rule, is nobody's date of it.
                   case when event_at is null or (event_at >= $starts_at and event_at < $ends_at) then 'period'
                        when is_bad and event_at > $as_of then 'period'
                        when event_at >= $ends_at then 'later'
                        when is_open then 'carried'
                        else 'earlier' end as scope, {waived} as waived_until
            from believed
            cross join (select max(known_until) as known_at from known_until) as k
        )
    """
    return Query(sql, {**values, "starts_at": around.starts_at, "ends_at": around.ends_at, "as_of": export.as_of})


def _met_at(control: Control) -> str:
    """SQL for when a finding of `c` was made good: an act is over when it is done; else, unless the control says, it is open."""
    if control.acts:
        return "c.event_at"
    return "c.met_at" if "met_at" in control.columns else "null::timestamptz"


def _shown(export: Export, promise: Promise) -> str:
    """SQL that makes records indeterminate which rest on what cannot be read, and shows those that are left out for it.

    One that is undecided anyway keeps its own reason, "not recorded" perhaps, but where something is written there.
    """
    mine = f"promise_id = {literal(promise.id)}"
    reason = f"""case when u.record_id is null or (c.verdict = 'indeterminate' and not {_is_written(export, promise)})
                            then c.reason else u.why end"""
    instead = {"verdict": "case when u.record_id is null then c.verdict else 'indeterminate' end", "reason": reason}
    known = ", ".join(f"{instead.get(c, f'c.{c}')} as {c}" for c in promise.control.columns)
    unknown = {**{c: c for c in FIXED}, "verdict": "'indeterminate'", "reason": "why"}
    return f""",
        unread as (select * from unsure where {mine}),
        shown as (
            select {known}
            from control as c
            left join (select record_id, min(why) as why from unread where known group by all) as u on u.record_id = c.record_id
            union all
            select {", ".join(f"{unknown.get(c, 'null')} as {c}" for c in promise.control.columns)}
            from unread where not known
        )"""


def _is_written(export: Export, promise: Promise) -> str:
    """SQL for whether the record's own row holds text in a cell that the promise reads, and that nobody can read."""
    table = next(iter(promise.control.tables))
    source, key = export.sources.get(table), export.contract[table].key
    spots = sorted(promise.control.columns_of(table) & source.spots.keys()) if source else []
    if source is None or len(key) != 1 or not spots:
        return "false"
    written = " or ".join(f"(list_contains(spots, {literal(c)}) and trim({quoted(f'raw {c}')}) <> '')" for c in spots)
    return f"c.record_id in (select {key[0]} from {source.door} where {key[0]} is not null and ({written}))"


def _distrust(export: Export, control: Control, around: Circumstances) -> tuple[str, str]:
    """Joins to the bad records that the control reads, and SQL for the reason not to believe a finding (or NULL)."""
    if around.without_zone & set(control.read_columns()):
        return "", literal(quality.WITHOUT_ZONE)
    joins, reasons = "", ["null"]
    for position, table in enumerate(control.tables):
        key = export.contract[table].key
        link = "record_id" if position == 0 else key[0]
        read = [*sorted(control.columns_of(table)), *key]
        if link in control.columns and any(_touches(defect, table, read, control) for defect in around.defects):
            # A reference into a table that the control reads itself is the control's to judge.
            own = f"({', '.join(map(literal, control.tables))})"
            same = "=" if position else "is not distinct from"  # what names nothing rests on no row that has no name
            where = f"table_name = '{table}' and list_has_all({read}, columns) and not coalesce(refers_to in {own}, false)"
            joins += f"""
                left join (select key, min(reason) as reason from defects where {where} group by key) as d{position}
                       on d{position}.key {same} c.{link}"""
            reasons.append(f"d{position}.reason")
    return joins, f"coalesce({', '.join(reasons)}, null)"


def _touches(defect: tuple[str, list[str], str | None], table: str, read: list[str], control: Control) -> bool:
    where, columns, refers_to = defect
    return where == table and set(columns) <= set(read) and refers_to not in control.tables
