"""What leads from a page to others: to all periods, to the other pages of its period, to the same page a period before."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from audits.evaluation.results import Results, Run
from audits.evidence.verify import INDEX
from audits.law.period import Period
from audits.operate import ledger
from audits.publish import place
from audits.show import wording
from audits.texts.section import SECTION
from audits.words import mark, say

# How pages are called where they are named beside each other, in this order; others by the name of their file.
_CALLED = {
    "executive": mark("Summary"),
    "request_sla": mark("Request deadlines"),
    "consent": mark("Consent"),
    "retention": mark("Retention"),
    "sharing": mark("Sharing"),
    "transfers": mark("Transfers"),
    "breaches": mark("Breaches"),
    "coverage": mark("Coverage"),
    "data_quality": mark("Data quality"),
}


@dataclass(frozen=True)
class Link:
    """A page by its file's name, and how it is called."""

    page: str
    name: str

    @property
    def is_section(self) -> bool:
        """Whether it shows a section of the texts."""
        return self.page.startswith(SECTION)


@dataclass(frozen=True)
class Navigation:
    """The pages of a period in order; addresses, relative to them, of the index and of the period before, '' where there is none.

    Only what stands when a page is made is led to: a page is never made anew for what comes after it, so that the period after is
    found on the index.
    """

    pages: tuple[Link, ...] = ()
    index: str = ""
    before: str = ""
    before_named: str = ""
    pages_before: frozenset[str] = frozenset()


def links(pages: Iterable[str], titles: Mapping[str, str]) -> list[Link]:
    """Pages with their names, sections last; `titles` are those of sections by their pages.

    A section that is called as another page is says that it is one.
    """
    found = list(dict.fromkeys(pages))
    order = {page: i for i, page in enumerate([*_CALLED, *(p for p in found if p not in _CALLED and p not in titles), *titles])}
    made = [Link(page, _called(page, titles)) for page in sorted(found, key=lambda page: order.get(page, len(order)))]
    taken = {each.name.casefold() for each in made if not each.is_section}
    return [
        replace(each, name=say("Section: {name}", name=each.name)) if each.is_section and each.name.casefold() in taken else each
        for each in made
    ]


def of(reports: Path, results: Results, audience: str, pages: Sequence[str]) -> Navigation:
    """What leads from the pages of a run to others; an auditor's, which are elsewhere, do not lead to the readers' index."""
    titles = {each.page: wording.section(each.name) for each in results.sections}
    own = place.of(reports, results.run.period).pages_for(audience)
    before = _before(reports, results.run)
    there = place.of(reports, before.period).pages_for(audience) if before else own
    return Navigation(
        pages=tuple(links(pages, titles)),
        index=f"../{INDEX}" if audience == "leadership" else "",
        before=os.path.relpath(there, own) if before else "",
        before_named=wording.days(before.first_day, before.last_day) if before else "",
        pages_before=frozenset(file.stem for file in there.glob("*.html")) if before else frozenset(),
    )


def _called(page: str, titles: Mapping[str, str]) -> str:
    plain = page.removeprefix(SECTION).replace("-", " ").replace("_", " ")
    return titles.get(page) or (say(_CALLED[page]) if page in _CALLED else plain.capitalize())


def _before(reports: Path, run: Run) -> ledger.Run | None:
    """The published period of the same kind, month, quarter or week, that ends where this one begins."""
    eve, kind = run.first_day - timedelta(days=1), Period.parse(run.period).kind
    found = [r for r in ledger.standing(reports) if r.last_day == eve and Period.parse(r.period).kind == kind]
    return found[0] if found else None
