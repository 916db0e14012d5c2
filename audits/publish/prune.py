"""Remove periods that are older than they are to be kept: audits prune."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from audits.errors import Unusable
from audits.operate import ledger, log
from audits.publish import index, place
from audits.texts.text import Text


def prune(reports: Path, keep: str, texts: Sequence[Text], dry: bool = False) -> list[str]:
    """Remove what ended before the months that are kept, the newest published period's month the last of them; gives the names.

    `keep` is written like `36 months` or `3 years`. The ledger knows of what was removed, by which rule and when, and its chain
    goes on. Whatever the clock says, the newest period stays. Raises Unusable for a rule that is none.
    """
    months = _months(keep)
    with place.alone(reports):
        place.take_over(reports)
        place.settle(reports)
        standing = ledger.standing(reports)
        old = [run for run in standing if run.last_day < _first_kept(max(r.last_day for r in standing), months)]
        if not dry:
            for run in old:
                ledger.remove(reports, run.run, keep)
            for period in ledger.removed(reports):  # also what a kill left of an earlier time
                for folder in (place.of(reports, period).pages, place.of(reports, period).evidence):
                    shutil.rmtree(folder, ignore_errors=True)
            index.write(reports, texts)
    for run in old:
        log.event("removed", f"{run.period}: {'would be' if dry else 'was'} removed: kept are {keep}", period=run.period)
    return [run.period for run in old]


def _months(keep: str) -> int:
    told = re.fullmatch(r"\s*([1-9]\d{0,3}) (month|year)s?\s*", keep, re.ASCII)
    if told is None:
        raise Unusable(f"--keep {keep!r}: write how long periods are kept, such as '36 months' or '3 years'")
    return int(told[1]) * (12 if told[2] == "year" else 1)


def _first_kept(newest: date, months: int) -> date:
    year, month = divmod(newest.year * 12 + newest.month - months, 12)
    return date(max(year, 1), month + 1, 1) if year > 0 else date.min
