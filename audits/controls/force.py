"""Where a text is in force: from which day, until which, and for whom; what arose elsewhere it does not judge."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from audits.contract.engine import literal
from audits.controls.control import Control
from audits.words import day, say

ELSEWHERE = "whom_unknown"
REASONS = {ELSEWHERE: "where the person lives is not recorded, so that the text may or may not protect them"}


@dataclass(frozen=True)
class Force:
    """`since` is the first day, `until` the first on which the text is in force no more; `people` the places of whom it protects.

    Of a promise that several versions of a text make, one is the first and one the last.
    """

    since: date | None = None
    until: date | None = None
    people: tuple[str, ...] = ()
    is_first: bool = True
    is_last: bool = True

    def within(self, sql: str, control: Control) -> str:
        """The query of a control, for what the text is in force for."""
        if not (self.since or self.until or self.people):
            return sql
        when = self._when(control) if self.since or self.until else "true"
        if not self.people:
            return f"select c.* from (\n{sql}\n) as c where {when}"
        return f"with people as ({self._people}) select c.*{_SHOWN} from (\n{sql}\n) as c {_JOINED} and {when}"

    @property
    def _people(self) -> str:
        """SQL for whether each account is of somebody who is protected, and whether that is known."""
        places, regions = (", ".join(map(literal, found)) for found in (self.people, self._regional))
        is_one = f"country in ({places}) or concat(country, '-', region) in ({places})"
        unknown = f"country is null or (region is null and country in ({regions}))" if regions else "country is null"
        told = f"bool_or({is_one}) as is_one, not bool_or({unknown}) as is_known"
        return f"select account_id, {told} from accounts group by account_id"

    @property
    def _regional(self) -> list[str]:
        """The countries of which only some parts are meant."""
        return sorted({place[:2] for place in self.people} - set(self.people))

    def _when(self, control: Control) -> str:
        """SQL for what arose in these days: a duty when it began, an act when it was done, and what else goes on until it ended.

        What states no instant is as the export shows it: under the last version, and where nobody can tell, under any.
        """
        arose = f"coalesce(c.{control.start}, c.event_at)" if control.start else "c.event_at"
        days = []
        if self.since:
            day = f"start_of_day(date {literal(self.since.isoformat())})"
            ends = "c.met_at" if "met_at" in control.columns else "null"
            goes_on = "" if control.start or control.acts or not self.is_first else f" or coalesce({ends} >= {day}, true)"
            days.append(f"({arose} >= {day}{goes_on})")
        if self.until:
            days.append(f"{arose} < start_of_day(date {literal(self.until.isoformat())})")
        undated = "true" if self.is_last else "c.verdict = 'indeterminate'"
        return f"case when {arose} is null then {undated} else {' and '.join(days)} end"

    @property
    def says(self) -> str:
        """The same in words, behind a rule; '' where it is in force always and for everybody."""
        since = say(" from {day}", day=day(self.since)) if self.since else ""
        until = say(" until {day}, that day left out", day=day(self.until)) if self.until else ""
        when = say(" Judged is what arose{since}{until}.", since=since, until=until) if since or until else ""
        if not self.people:
            return when
        return when + say(" Judged are people in {places} alone, as their accounts say.", places=", ".join(self.people))


ALWAYS = Force()
_SHOWN = f""" replace (
    case when p.is_known then c.verdict else 'indeterminate' end as verdict,
    case when p.is_known or c.verdict = 'indeterminate' then c.reason else '{ELSEWHERE}' end as reason
)"""
# What is nobody's, of a person who is not in the export, or of one whose place is not recorded may be of one who is protected.
_JOINED = "left join people as p on p.account_id = c.account_id where coalesce(p.is_one or not p.is_known, true)"
