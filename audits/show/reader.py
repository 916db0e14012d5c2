"""Results for a reader: what was found, and what of it may be shown to whom."""

from __future__ import annotations

from typing import Literal

from audits.evaluation.results import Results, Run
from audits.law.period import Period

# In the place of a text that is nobody's word.
OTHER = "other"
# As results have it.
NOT_STATED = "(not stated)"
Audience = Literal["leadership", "auditor"]


class Reader:
    """Who reads results. `audience` is "auditor", who sees record keys, or "leadership", who sees keyed hashes in their place.

    Where counts are broken down, leadership sees no number below `suppress_below`, the others rounded to multiples of it, so that
    none can be had by subtraction.
    """

    def __init__(self, results: Results, audience: Audience = "auditor", suppress_below: int = 5) -> None:
        self.results = results
        self.audience = audience
        self.least = suppress_below if audience == "leadership" else 0

    @property
    def run(self) -> Run:
        """When, on what and for which period the promises were evaluated."""
        return self.results.run

    @property
    def period(self) -> Period:
        """The period of the run."""
        return Period.parse(self.run.period)

    def controls(self, *sections: str) -> list[str]:
        """The ids of the run's promises whose controls are of these sections (folders of the catalogue), in order of section."""
        found = self.results.promises.values()
        return [p.promise_id for section in sections for p in found if p.section == section]

    def section(self, name: str | None = None) -> list[str]:
        """The ids of the promises under a section of the texts, of the first if None; raises Unusable for one that is none."""
        return self.results.section(name).promises

    def unpromised(self, name: str) -> str | None:
        """What a control tests that the results have no promise of, if there is one of that name."""
        return None

    def is_free(self, column: str) -> bool:
        """Whether any text can stand in a column of the data; so it is of one that nobody can tell."""
        return True

    @property
    def words(self) -> frozenset[str]:
        """What the contract and the texts name, and leadership may read wherever it stands."""
        return frozenset()

    def shown(self, column: str, value: str) -> str:
        """A value of the data as this reader sees it: leadership no free text, which may say anything, of anybody."""
        if self.names_records or value in self.words or value == NOT_STATED or not self.is_free(column):
            return value
        return OTHER

    @property
    def names_records(self) -> bool:
        """Whether the reader may see record keys."""
        return self.audience == "auditor"
