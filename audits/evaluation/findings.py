"""The findings of one control as one query: bad records made indeterminate, each finding with its scope."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from audits.contract import quality
from audits.contract.export import Export, bindings
from audits.contract.schema import contract
from audits.controls.control import Control
from audits.law.period import Period

# What every control gives; met_at (when the duty was done; NULL while open) may follow, then evidence of its own.
FIXED = ("record_id", "account_id", "country", "event_at", "due_at", "verdict", "reason")


@dataclass(frozen=True)
class Query:
    """`sql` ends in a common table `findings`; `evidence` names the control's own columns; `values` are to be bound."""

    sql: str
    values: dict[str, Any]
    evidence: list[str]


def query(export: Export, control: Control, period: Period, bound: dict[str, Any]) -> Query:
    """The query over all findings of a control.

    Scope: `period` holds event_at inside it, and findings without one; `carried` earlier violations still open;
    `earlier` and `later` the rest.
    """
    columns, values = _described(export, control, bound)
    met_at = "c.met_at" if "met_at" in columns else "c.event_at"
    joins, distrust = _distrust(export, control, columns)
    start, end = export.bounds(period)
    waived = _waived(export, control)
    sql = f"""
        with control as (
        {control.sql.rstrip(";")}
        ),
        believed as (
            select c.* exclude (verdict, reason{", met_at" if "met_at" in columns else ""}), {met_at} as met_at,
                   case when {distrust} is null then c.verdict else 'indeterminate' end as verdict,
                   case when c.verdict = 'indeterminate' then c.reason else coalesce({distrust}, c.reason) end as reason
            from control as c {joins}
        ),
        findings as (
            select *, case when event_at is null or (event_at >= $starts_at and event_at < $ends_at) then 'period'
                           when event_at >= $ends_at then 'later'
                           when verdict = 'violation' and met_at is null then 'carried'
                           else 'earlier' end as scope, {waived} as waived_until
            from believed
        )
    """
    evidence = [c for c in columns if c not in (*FIXED, "met_at")]
    return Query(sql, {**values, "starts_at": start, "ends_at": end}, evidence)


def _described(export: Export, control: Control, bound: dict[str, Any]) -> tuple[list[str], dict[str, Any]]:
    """The control's columns, and the values that its query binds."""
    values = bindings(control.sql, {**bound, "as_of": export.as_of})
    return [name for name, *_ in export.con.execute(f"describe {control.sql}", values).fetchall()], values


def _distrust(export: Export, control: Control, columns: list[str]) -> tuple[str, str]:
    """Joins to the bad records that the control reads, and SQL for the reason not to believe a finding (or NULL)."""
    if quality.without_zone_at_all(export) & set(control.read_columns()):
        return "", f"'{quality.WITHOUT_ZONE}'"
    joins, reasons = "", ["null"]
    tables = f"({', '.join(repr(t) for t in control.tables)})"
    for position, table in enumerate(control.tables):
        key = contract()[table].key
        link = "record_id" if position == 0 else key[0]
        read = [*(c for t, c in control.read_columns() if t == table), *key]
        # A reference into a table that the control reads itself is the control's to judge.
        where = f"table_name = '{table}' and list_has_any(columns, {read}) and not coalesce(refers_to in {tables}, false)"
        if link in columns and _exists(export, where):
            joins += f"""
                left join (select key, min(reason) as reason from defects where {where} group by key) as d{position}
                       on d{position}.key is not distinct from c.{link}"""
            reasons.append(f"d{position}.reason")
    return joins, f"coalesce({', '.join(reasons)}, null)"


def _exists(export: Export, where: str) -> bool:
    row = export.con.execute(f"select exists (from defects where {where})").fetchone()
    return bool(row and row[0])


def _waived(export: Export, control: Control) -> str:
    """SQL for the end of the waiver that is in force for a violation, or NULL; one without an end lasts for good."""
    if "waivers" not in export.sources:
        return "null::timestamptz"
    export.con.execute(
        """
        create or replace temp table waived as
        select record_id, max(coalesce(expires_at, 'infinity'::timestamptz)) as waived_until
        from waivers, judgement as j
        where control_id = ? and granted_at <= j.as_of and coalesce(expires_at >= j.as_of, true)
        group by record_id
        """,
        [control.id],
    )
    return (
        "case when verdict = 'violation' then (select w.waived_until from waived as w where w.record_id = believed.record_id) end"
    )
