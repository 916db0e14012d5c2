"""One promise looked at from any side: another period, other values, some of its findings; for exploring, not for pages.

Reads the sealed export anew for each view, by the same query as a run. Frames are bounded; instants are zone-aware.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from audits.contract import files
from audits.contract.engine import literal
from audits.contract.export import Export
from audits.controls.parameter import UNSET, Value
from audits.controls.promise import Promise
from audits.errors import Unusable, first_line, hint
from audits.evaluation import findings
from audits.evaluation.lack import lacks
from audits.evaluation.results import with_rates
from audits.evaluation.status import VERDICTS, judge, rate
from audits.law.period import Period

MOST = 1000


@dataclass(frozen=True)
class View:
    """A promise's findings in a period, narrowed to a verdict and to values of its dimensions, judged with other values.

    Make others from one: `view.during("2026-Q3")`, `view.what_if(days=15)`, `view.narrowed("violation", country="DE")`.
    """

    export: Export
    promise: Promise
    period: Period
    verdict: str | None = None
    where: Mapping[str, str] = field(default_factory=dict)
    parameters: Mapping[str, Value] = field(default_factory=dict)

    def during(self, period: str) -> View:
        """The same in another period: 2026-10, 2026-Q3, 2026-W44, 2026 or start..end."""
        return replace(self, period=Period.parse(period))

    def what_if(self, **parameters: Value) -> View:
        """The same with other values, such as `days=15`; raises Unusable for one that is unknown, or not what it must be."""
        merged = {**self.parameters, **parameters}
        self.promise.with_values(merged)
        return replace(self, parameters=merged)

    def narrowed(self, verdict: str | None = None, **where: str | None) -> View:
        """The same, of one verdict and of those values of its dimensions only; None lifts what was narrowed."""
        if verdict is not None and verdict not in VERDICTS:
            raise Unusable(f"verdict {verdict!r} is none: {hint(verdict, VERDICTS, 'there are: ' + ', '.join(VERDICTS))}")
        for name in where:
            if name not in self.dimensions:
                nearest = hint(name, self.dimensions, f"it has: {', '.join(self.dimensions)}")
                raise Unusable(f"{self.promise.id} has no dimension {name}: {nearest}")
        kept = {name: value for name, value in {**self.where, **where}.items() if value is not None}
        return replace(self, verdict=verdict, where=kept)

    @property
    def dimensions(self) -> list[str]:
        """What the findings can be narrowed by."""
        return list(dict.fromkeys(["country", *self.promise.control.dimensions]))

    def values(self, dimension: str) -> list[str]:
        """The values that a dimension has in the period, most frequent first."""
        if dimension not in self.dimensions:
            self.narrowed(**{dimension: None})
        frame = self._frame(
            f"""
            select {dimension}::varchar as value from viewed where {_IN_PERIOD} and {dimension} is not null
            group by all order by count(*) desc, value limit {MOST}
            """
        )
        return list(frame.value)

    @cached_property
    def counts(self) -> dict[str, int]:
        """Findings of the period by verdict."""
        found = self._frame(f"select verdict, count(*) as n from viewed where {_IN_PERIOD} and {self._where()} group by all")
        by_verdict = dict(zip(found.verdict, found.n, strict=True))
        return {verdict: int(by_verdict.get(verdict, 0)) for verdict in VERDICTS}

    @property
    def rate(self) -> tuple[float, float] | tuple[None, None]:
        """Lowest and highest share of duties kept, 0 to 1; None where nothing could be judged."""
        return rate(self.counts["compliant"], self.counts["violation"], self.counts["indeterminate"])

    @property
    def status(self) -> str:
        """What the counts add up to; waivers are not looked at here."""
        c = self.counts
        return judge(c["compliant"], c["violation"], c["indeterminate"], self.promise.tolerance)

    @property
    def as_promised(self) -> View:
        """The same with the promise's own values."""
        return replace(self, parameters={})

    def by_month(self, months: int = 12) -> pd.DataFrame:
        """Columns month, one per verdict, rate_low, rate_high: the months up to the period's end, counted as in results."""
        sums = ", ".join(f"count(*) filter (where verdict = '{v}') as {v}" for v in VERDICTS)
        last = f"date '{self.period.last_day}'"
        frame = self._frame(
            f"""
            with chosen as (
                select *, date_trunc('month', event_at::date)::date as month from viewed where {self._where()}
            )
            select month, {sums} from chosen
            where month <= {last} and month >= date_trunc('month', {last}) - to_months({int(months) - 1})
            group by all order by month
            """
        )
        return with_rates(frame)

    def findings(self, most: int = MOST) -> pd.DataFrame:
        """The findings of the period, the longest overdue first, at most so many: the control's columns and `days_late`."""
        return self._frame(
            f"""
            select * exclude (event_at, waived_until, is_open),
                   date_diff('day', due_at::date, coalesce(met_at, $as_of)::date) as days_late
            from viewed where {_IN_PERIOD} and {self._where()}
            order by days_late desc nulls last, record_id limit {int(most)}
            """,
            {"as_of": self.export.as_of},
        )

    def save(self, file: str | Path) -> Path:
        """Write the values to a file for `audits run --parameters`, or a job; what others it has stays.

        Raises Unusable where the file that is there cannot be read.
        """
        path = Path(file)
        try:
            kept = tomllib.loads(files.text(path)) if path.exists() else {}
        except ValueError as error:
            raise Unusable(f"{path}: {error}") from error
        name = self.promise.id
        kept[name] = {**kept.get(name, {}), **self.parameters}
        lines = ["# Values of promises, from explore.ipynb:", f"# audits run --period {self.period} --parameters {path.name}"]
        for promise, values in sorted(kept.items()):
            lines += ["", f"[{_key(promise)}]", *(f"{name} = {_toml(value)}" for name, value in values.items())]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    def _where(self) -> str:
        chosen = {**self.where, **({"verdict": self.verdict} if self.verdict else {})}
        return " and ".join(["true", *(f"{name}::varchar = {literal(value)}" for name, value in chosen.items())])

    def _frame(self, sql: str, values: dict[str, Any] | None = None) -> pd.DataFrame:
        self._look()
        return self.export.con.execute(sql, values or {}).df()

    def _look(self) -> None:
        """Put the findings into the temporary table `viewed`, unless they are there."""
        promise = self.promise.with_values(self.parameters)
        key = (promise.control.sha256, self.period, json.dumps(dict(promise.values), sort_keys=True))
        if self.export.viewed == key:
            return
        if missing := lacks(self.export, promise):
            raise Unusable(f"{promise.id} is not assessed: {missing}")
        query = findings.query(self.export, promise, findings.circumstances(self.export, self.period, [promise]))
        try:
            self.export.con.execute(f"create or replace temp table viewed as {query.sql} select * from findings", query.values)
        except duckdb.Error as error:
            raise Unusable(f"{promise.id}: {first_line(error)}") from error
        self.export.viewed = key


_IN_PERIOD = "scope in ('period', 'carried')"


def _key(name: str) -> str:
    """A table's name as TOML has it: what holds more than letters is quoted."""
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else json.dumps(name)


def _toml(value: Value | None) -> str:
    if value is None:
        return json.dumps(UNSET)
    if isinstance(value, bool):
        return str(value).lower()
    return json.dumps(value) if isinstance(value, (str, list)) else str(value)
