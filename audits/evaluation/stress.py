"""What if a measure that transfers rest on came to an end? `dpf ends 2026-12-01`, `GB ends 2027-01-01`, `CH to GB ends …`.

The law of the EEA is meant, if Switzerland's is not named: what ends in one goes on in the other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import chain
from typing import Any

from audits.contract.export import Export
from audits.controls.promise import Promise
from audits.errors import Unusable, hint
from audits.evaluation import findings, trial
from audits.evaluation.findings import Circumstances
from audits.law.period import Period


@dataclass(frozen=True)
class Stress:
    """A measure of mechanisms.csv, or a country found adequate, and the last day on which it carries.

    `exporter` is whose law is meant; where none is named, that of the EEA, or Switzerland's if it alone knows it.
    """

    text: str
    exporter: str | None
    name: str
    last_day: date

    @classmethod
    def parse(cls, text: str) -> Stress:
        """`NAME ends DAY`, or `CH to NAME ends DAY`; raises Unusable otherwise."""
        match = re.fullmatch(r"\s*(?:(EEA|CH)\s+to\s+)?(\w+)\s+ends\s+(\d{4}-\d\d-\d\d)\s*", text)
        try:
            return cls(" ".join(text.split()), match[1], match[2], date.fromisoformat(match[3]))  # type: ignore[index]
        except (TypeError, ValueError):
            raise Unusable(f"--stress {text!r}: write a measure or a country, and its last day: 'dpf ends 2026-12-01'") from None


def measure(export: Export, period: Period, promises: Sequence[Promise], around: Circumstances, stress: Stress) -> None:
    """Fill results.stress with the period's lawful transfers that would be unlawful, by each promise that says what is lawful.

    A day after the period is read as: the period's transfers go on, and are judged as though the end had come before them.
    """
    last_day = stress.last_day if stress.last_day < period.end_day else period.first_day - timedelta(days=1)
    stress = _placed(export, stress)
    for promise in promises:
        _measure(export, promise, around, stress, last_day)


def _measure(export: Export, promise: Promise, around: Circumstances, stress: Stress, last_day: date) -> None:
    trial.forget_law(export)  # worked out under the law as it stands
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


def _placed(export: Export, stress: Stress) -> Stress:
    """With the exporter whose law it is; raises Unusable where none knows the name."""
    laws = [stress.exporter] if stress.exporter else ["EEA", "CH"]
    known = {law: _names(export, law) for law in laws}
    for law in laws:
        if stress.name in known[law]:
            return replace(stress, exporter=law)
    place = f" in the law of {stress.exporter}" if stress.exporter else ""
    near = hint(stress.name, sorted({*chain(*known.values())}), "see audits/law/facts")
    raise Unusable(f"--stress {stress.text!r}: {stress.name} is unknown{place}: {near}")


def _names(export: Export, exporter: str) -> list[str]:
    """What can end in the law of an exporter: measures, the frameworks that it knows, countries that it finds adequate."""
    rows = export.con.execute(
        """
        select mechanism from mechanisms_of_exporters where exporter = $exporter and rests_on <> 'certification'
        union select needs from adequacy where exporter = $exporter and needs <> 'commercial'
        union select country from adequacy where exporter = $exporter
        """,
        {"exporter": exporter},
    )
    return [name for (name,) in rows.fetchall()]


def _overridden(export: Export, stress: Stress, last_day: date) -> dict[str, list[Any]]:
    """Let the measure end, by the law of one exporter; gives the rows as they were.

    A country's end is the end of all that makes it adequate; that of `adequacy`, of every country's but for frameworks.
    """
    before = {table: export.con.execute(f"from {table}").fetchall() for table in ("mechanisms", "adequacy")}
    named = {"name": stress.name, "exporter": stress.exporter}
    values = {"day": last_day, **named}
    its_own = "where mechanism = $name and exporter = $exporter"
    export.con.execute(f"create or replace temp table ending as from mechanisms_of_exporters {its_own}", named)
    export.con.execute(f"delete from mechanisms {its_own}", named)
    export.con.execute("insert into mechanisms by name from ending")
    ends = "update mechanisms set relied_on_until = least(coalesce(relied_on_until, $day), $day)"
    export.con.execute(f"{ends} {its_own}", values)
    export.con.execute(
        """
        update adequacy set valid_to = least(coalesce(valid_to, $day), $day)
        where exporter = $exporter
          and (needs = $name or country = $name or ($name = 'adequacy' and (needs is null or needs = 'commercial')))
        """,
        values,
    )
    return before


def _record(export: Export, promise: Promise, stress: Stress) -> None:
    export.con.execute(
        """
        insert into results.stress
        with names as (select recipient_id, min(name) as name from processors group by recipient_id),
        others as (
            select t.recipient_id, min(t.kind) as kind
            from transfer_mechanisms as t join mechanisms_of_exporters as m on m.mechanism = t.kind and m.exporter = $exporter
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
        {"text": stress.text, "promise_id": promise.id, "name": stress.name, "exporter": stress.exporter, "as_of": export.as_of},
    )
