"""What if a measure that transfers rest on came to an end? `dpf ends 2026-12-01`, `GB ends 2027-01-01`, `scc_2021 ends …`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from audits.contract.export import Export
from audits.controls.promise import Promise
from audits.errors import Unusable, hint
from audits.evaluation import findings
from audits.evaluation.findings import Circumstances
from audits.law.period import Period


@dataclass(frozen=True)
class Stress:
    """A measure of mechanisms.csv, or a country found adequate, and the last day on which it carries."""

    text: str
    name: str
    last_day: date

    @classmethod
    def parse(cls, text: str) -> Stress:
        """`NAME ends DAY`; raises Unusable otherwise."""
        match = re.fullmatch(r"\s*(\w+)\s+ends\s+(\d{4}-\d\d-\d\d)\s*", text)
        try:
            return cls(" ".join(text.split()), match[1], date.fromisoformat(match[2]))  # type: ignore[index]
        except (TypeError, ValueError):
            raise Unusable(f"--stress {text!r}: write a measure or a country, and its last day: 'dpf ends 2026-12-01'") from None


def measure(export: Export, period: Period, promises: Sequence[Promise], around: Circumstances, stress: Stress) -> None:
    """Fill results.stress with the period's lawful transfers that would be unlawful, by each promise that says what is lawful.

    A day after the period is read as: the period's transfers go on, and are judged as though the end had come before them.
    """
    last_day = stress.last_day if stress.last_day < period.end_day else period.first_day - timedelta(days=1)
    _check_name(export, stress)
    for promise in promises:
        _measure(export, promise, around, stress, last_day)


def _measure(export: Export, promise: Promise, around: Circumstances, stress: Stress, last_day: date) -> None:
    export.con.execute("drop table if exists temp.transfers")  # worked out under the law as it stands
    query = findings.query(export, promise, around)
    export.con.execute("create or replace temp table lawful (record_id varchar)")
    export.con.execute(
        f"insert into lawful {query.sql} select record_id from findings where scope = 'period' and verdict = 'compliant'",
        query.values,
    )
    facts = _overridden(export, stress, last_day)
    try:
        export.con.execute(
            f"""
            create or replace temp table lost as {query.sql}
            select record_id, account_id, recipient_id, destination_country, mechanism, reason
            from findings where verdict = 'violation' and record_id in (select record_id from lawful)
            """,
            query.values,
        )
    finally:
        for table, rows in facts.items():
            export.con.execute(f"delete from {table}")
            export.con.executemany(f"insert into {table} values ({', '.join('?' * len(rows[0]))})", rows)
    _record(export, promise, stress)


def _check_name(export: Export, stress: Stress) -> None:
    known = [n for (n,) in export.con.execute(
        "select mechanism from mechanisms union select country from adequacy order by all").fetchall()]  # fmt: skip
    if stress.name not in known:
        raise Unusable(f"--stress {stress.text!r}: {stress.name} is unknown: {hint(stress.name, known, 'see audits/law/facts')}")


def _overridden(export: Export, stress: Stress, last_day: date) -> dict[str, list[Any]]:
    """Let the measure end; gives the rows as they were."""
    before = {table: export.con.execute(f"from {table}").fetchall() for table in ("mechanisms", "adequacy")}
    export.con.execute(
        "update mechanisms set relied_on_until = least(coalesce(relied_on_until, $day), $day) where mechanism = $name",
        {"day": last_day, "name": stress.name},
    )
    export.con.execute(
        "update adequacy set valid_to = least(coalesce(valid_to, $day), $day) "
        "where needs = $name or (country = $name and needs is null)",
        {"day": last_day, "name": stress.name},
    )
    return before


def _record(export: Export, promise: Promise, stress: Stress) -> None:
    export.con.execute(
        """
        insert into results.stress
        with names as (select recipient_id, min(name) as name from processors group by recipient_id),
        others as (
            select t.recipient_id, min(t.kind) as kind
            from transfer_mechanisms as t join mechanisms as m on m.mechanism = t.kind
            where t.signed_at <= $as_of and coalesce(t.valid_to >= $as_of, true)
              and coalesce(m.relied_on_until >= $as_of::date, true) and t.kind <> $name
            group by t.recipient_id
        )
        select $text, $promise_id, l.record_id, l.account_id, l.recipient_id, n.name, l.destination_country, l.mechanism,
        l.reason, o.kind
        from lost as l
        left join names as n on n.recipient_id = l.recipient_id
        left join others as o on o.recipient_id = l.recipient_id
        order by l.record_id
        """,
        {"text": stress.text, "promise_id": promise.id, "name": stress.name, "as_of": export.as_of},
    )
