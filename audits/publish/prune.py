"""Remove periods that are older than they are to be kept: audits prune."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

from audits.errors import Unusable
from audits.law.period import Period
from audits.operate import folders, ledger, log, store
from audits.publish import index, place
from audits.texts.text import Text


def prune(reports: Path, keep: str, texts: Sequence[Text], dry: bool = False) -> list[str]:
    """Remove what ended before the months that are kept, the last of them the newest period's that was over; gives the names.

    `keep` is written like `36 months` or `3 years`. The ledger knows of what was removed, by which rule and when, and its chain
    goes on. Whatever the clock says, the newest period that was over when it was judged stays. Raises Unusable for a rule that
    is none.
    """
    months = _months(keep)
    if not store.exists(reports):
        raise Unusable(f"{reports}: nothing was published there; --out names the folder of reports")
    with place.settled(reports):
        standing = ledger.standing(reports)
        over = (run.last_day for run in standing if run.last_day <= run.as_of.date())
        first = _first_kept(max(over, default=date.min), months)
        old = [run for run in standing if run.last_day < first]
        if not dry:
            _remove(reports, old, keep, first)
            index.write(reports, texts)
    for run in old:
        log.event("removed", f"{run.period}: {'would be' if dry else 'was'} removed: kept are {keep}", period=run.period)
    return [run.period for run in old]


def _remove(reports: Path, old: Sequence[ledger.Run], keep: str, first: date) -> None:
    """First the ledger knows, then the folders go: what a kill left of an earlier time goes with them."""
    for run in old:
        _must_be_no_link(place.of(reports, run.period))
    for run in old:
        ledger.remove(reports, run.run, keep)
    for period in ledger.removed(reports):
        gone = place.of(reports, period)
        place.remove(gone.pages)
        place.remove(gone.evidence)
    for folder in _aside(reports, first):
        place.remove(folder)


def _must_be_no_link(period: place.Place) -> None:
    """What a link leads to would stay; raises Unusable."""
    for folder in (period.pages, period.evidence):
        if folder.is_symlink():
            raise Unusable(f"{folder}: is a link; nothing was removed: put the folder itself there, or remove both by hand")


def _aside(reports: Path, first: date) -> Iterator[Path]:
    """Drafts and failed runs of periods that ended before a day: they hold data as the published ones do."""
    evidence = folders.evidence(reports)
    for folder in (*evidence.glob(f"{folders.DRAFTS}/*"), *evidence.glob(".failed/*")):
        with suppress(Unusable):  # a name that is no period is of nobody we know
            if Period.parse(folder.name).last_day < first:
                yield folder


def _months(keep: str) -> int:
    told = re.fullmatch(r"\s*([1-9]\d{0,3}) (month|year)s?\s*", keep, re.ASCII)
    if told is None:
        raise Unusable(f"--keep {keep!r}: write how long periods are kept, such as '36 months' or '3 years'")
    return int(told[1]) * (12 if told[2] == "year" else 1)


def _first_kept(newest: date, months: int) -> date:
    year, month = divmod(newest.year * 12 + newest.month - months, 12)
    return date(max(year, 1), month + 1, 1) if year > 0 else date.min
