"""Waivers: violations that somebody accepted for a time; which of them are in force, and what each does."""

from __future__ import annotations

from collections.abc import Iterable

from audits.contract.export import Export
from audits.contract.pseudonym import pseudonym
from audits.controls.promise import Promise

# Without one of these nobody answers for it, or it would last for good: it excuses nothing. A year from 9000 on is no end.
NEEDED = ("owner", "approver", "reason", "granted_at", "expires_at")
# Who is nobody, as people write it, signs apart, beside what the door takes for nothing; so is a single sign.
_NOBODY = ("nn", "na", "ka", "xx", "nobody", "noone", "keiner", "niemand")


def settle(export: Export, promises: Iterable[Promise]) -> frozenset[str]:
    """Fill the temporary tables `waivers_read`, each waiver with its state, and `waived`, the records that those in force name.

    A waiver names a promise, or a control for all its promises, also by an id of before. Of several of one record those that were
    granted at the same instant, and those in force at as_of, have to say the same: what has expired or is not granted yet says
    nothing against a renewal. Gives the promises that are named by one in force.
    """
    if "waivers" not in export.sources:
        return frozenset()
    names = [(name, p.id) for p in promises for name in sorted({p.id, p.name, p.control.id, *p.control.was})]
    named, ids = [name for name, _ in names], [promise_id for _, promise_id in names]
    said = f"count(distinct ({', '.join(NEEDED)}))"
    lacks = ", ".join(f"case when {_is_missing(column)} then '{column}' end" for column in NEEDED)
    export.con.execute(
        f"""
        create or replace temp table waivers_read as
        with names as (select unnest(?::varchar[]) as named, unnest(?::varchar[]) as promise_id),
        told as (
            select w.*, n.promise_id, list_filter([{lacks}], lambda x: x is not null) as lacks
            from waivers as w left join names as n on n.named = w.control_id
        ),
        placed as (
            select told.*, case when promise_id is null then 'unknown'
                                when len(lacks) > 0 then 'incomplete'
                                when expires_at < as_of then 'expired'
                                when granted_at > as_of then 'not_granted'
                                else 'active' end as place
            from told cross join judgement
        )
        select * exclude (place),
               case when place in ('unknown', 'incomplete') then place
                    when {said} over (partition by promise_id, record_id, granted_at) > 1 then 'contradicted'
                    when place = 'active' and {said} over (partition by promise_id, record_id, place) > 1 then 'contradicted'
                    else place end as state
        from placed
        """,
        [named, ids],
    )
    export.con.execute(
        """
        create or replace temp table waived as
        select promise_id, record_id, max(expires_at) as waived_until from waivers_read where state = 'active' group by all
        """
    )
    return frozenset(p for (p,) in export.con.execute("select distinct promise_id from waived").fetchall())


def _is_missing(column: str) -> str:
    """SQL that is true where a waiver lacks what it needs; a person who is nobody is missing."""
    if column == "expires_at":
        return "(w.expires_at is null or w.expires_at >= timestamptz '9000-01-01 00:00:00+00')"
    if column not in ("owner", "approver"):
        return f"w.{column} is null"
    signs = f"regexp_replace(lower(w.{column}), '[^\\pL\\pN]+', '', 'g')"
    return f"(w.{column} is null or regexp_full_match({signs}, '[a-z0-9]?') or {signs} in {_NOBODY})"


def record(export: Export) -> None:
    """Fill results.waivers; one in force that finds no violation of its name is unused."""
    if "waivers" not in export.sources:
        return
    export.con.execute(
        f"""
        insert into results.waivers
        with broken as (
            select distinct promise_id, record_id from results.findings where verdict = 'violation' and scope <> 'later'
        )
        select w.promise_id, w.control_id, w.record_id, {pseudonym("w.record_id", export.record_key)}, w.owner, w.approver,
               w.reason, w.granted_at, w.expires_at,
               case when w.state = 'active' and b.record_id is null then 'unused' else w.state end, w.lacks
        from waivers_read as w
        left join broken as b on b.promise_id = w.promise_id and b.record_id = w.record_id
        order by all
        """
    )
