"""reports/index.html: every period, how it stood, and where its pages and evidence are; made from the ledger."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from audits.evidence.verify import INDEX
from audits.operate import ledger
from audits.publish import navigation
from audits.publish.place import write_whole
from audits.show import wording
from audits.show.html import environment
from audits.texts import section
from audits.texts.text import Text

_TEMPLATES = Path(__file__).with_name("template")
_PAGES = environment("publish/template")


def write(reports: Path, texts: Sequence[Text]) -> Path:
    """Write the index beside the periods, and a page for each whose last run failed, each whole or not at all; gives its path.

    `texts` are those whose company and titles stand on it.
    """
    runs = {r.period: r for r in ledger.standing(reports)}
    standing = ledger.periods(reports)
    published, gone = [runs[s.period] for s in standing if s.period in runs], ledger.removed(reports)
    before = dict(zip((r.period for r in published), published[1:], strict=False))
    titles = {section.page(c.section): c.section for text in texts for c in text.clauses}
    rows = [_row(s, runs.get(s.period), before.get(s.period), gone.get(s.period), titles) for s in standing if s.state != "next"]
    upcoming = [f"{wording.days(s.first_day, s.last_day)} on {_due(s)}" for s in reversed(standing) if s.state == "next"]
    css, audited = (_TEMPLATES / "page.css").read_text(encoding="utf-8"), wording.audited(texts)
    shared = {"css": css, "audited": audited, "whose": wording.company(texts) or audited}
    for row in rows:
        page = reports / f"{row['folder']}-failed.html"
        if row["state"] == "failed":
            write_whole(page, _PAGES.get_template("failed.html.j2").render(row=row, **shared))
        else:
            page.unlink(missing_ok=True)
    html = _PAGES.get_template("index.html.j2").render(years=_calendar(rows), upcoming=upcoming, **shared)
    ledger.wrote(reports, INDEX, hashlib.sha256(html.encode()).hexdigest())
    write_whole(reports / INDEX, html)
    return reports / INDEX


def _calendar(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The periods year by year, the latest first: a cell a month, and beside them those that are no month."""
    years = sorted({row["year"] for row in rows}, reverse=True)
    return [_year(year, [row for row in rows if row["year"] == year]) for year in years]


def _year(year: int, rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    months = {row["month"]: row for row in rows if row["month"]}
    return {
        "year": year,
        "rows": rows,
        "months": [months.get(month) for month in range(1, 13)],
        "others": [row for row in rows if not row["month"]],
    }


def _row(
    standing: ledger.Standing,
    run: ledger.Run | None,
    before: ledger.Run | None,
    gone: tuple[datetime, str] | None,
    titles: Mapping[str, str],
) -> dict[str, Any]:
    if gone and standing.state in ("run", "late"):
        standing = replace(standing, state="removed", why=f"{gone[0]:%Y-%m-%d}, as periods are kept for {gone[1]}")
    row = {
        "period": wording.days(standing.first_day, standing.last_day),
        "year": standing.last_day.year,
        "month": standing.last_day.month if re.fullmatch(r"\d{4}-\d{2}", standing.period) else None,
        "folder": standing.period,
        "state": standing.state,
        "says": _says(standing),
        "superseded": [f"run {number}" for number in standing.superseded],
        "number": standing.run,
        **(_answer(run, before, titles) if run else {"pages": [], "sections": []}),
        **({} if standing.state == "draft" and run else _NO_ANSWER.get(standing.state, {})),
    }
    return {**row, "kind": _KINDS.get(str(row.get("status")), "")}


# How a period is marked in the calendar; what was not run, failed or was removed has a sign of its own.
_KINDS = {"not_satisfied": "broken", "inconclusive": "untold", "satisfied": "kept", "error": "failed", "no_population": "gone"}
_NO_ANSWER = {
    "missing": {"status": "error", "word": "✗ missing: never run"},
    "failed": {"status": "error", "word": "✗ the last run failed"},
    "draft": {"status": "inconclusive", "word": "… waits to be signed"},
    "removed": {"status": "no_population", "word": "– removed"},
}


def _says(standing: ledger.Standing) -> str:
    """What is to be said of how a period was run, where all is not as it should be."""
    due = f"It was due on {_due(standing)}" if standing.due_at else "No schedule asks for it"
    ended = (
        wording.instant(standing.ended_at.astimezone(_zone(standing))) if standing.ended_at else "an instant that is not known"
    )
    went = "did not end" if standing.why == "was killed" else "failed"
    older = "" if standing.run else " Nothing was published."
    return {
        "missing": f"{due} and has not been run.",
        "late": f"Late. {due}; the run now standing ended on {ended}.",
        "removed": f"Its pages and evidence were removed on {standing.why}.",
        "failed": f"The last run {went} on {ended}: {standing.why}.{older}",
        "draft": f"The run that ended on {ended} {(standing.why or '').split(':')[0]}.{older}",
    }.get(standing.state, "")


def _due(standing: ledger.Standing) -> str:
    return wording.instant(standing.due_at.astimezone(_zone(standing)) if standing.due_at else None)


def _zone(standing: ledger.Standing) -> ZoneInfo:
    return ZoneInfo(standing.due_timezone or "UTC")


def _answer(run: ledger.Run, before: ledger.Run | None, titles: Mapping[str, str]) -> dict[str, Any]:
    status, word = wording.standing(run.kept, run.broken, run.untold, run.unjudged or 0)
    links = navigation.links(run.pages, titles)
    return {
        "as_of": wording.instant(run.as_of.astimezone(ZoneInfo(run.timezone))),
        "export": f"{run.export_name} {run.export_sha256[:12]}",
        "pages": [(each.page, each.name) for each in links if not each.is_section],
        "sections": [(each.page, each.name) for each in links if each.is_section],
        "status": status,
        "word": word,
        "judged": run.kept + run.broken + run.untold,
        "kept": run.kept,
        "broken": run.broken,
        "untold": run.untold,
        "signed_by": run.signed_by,
        "unjudged": wording.unjudged(run.unjudged or 0),
        "change": _change(run, before),
    }


def _change(now: ledger.Run, before: ledger.Run | None) -> str:
    if before is None:
        return "the first period here"
    more = now.broken - before.broken
    name = wording.days(before.first_day, before.last_day)
    if now.texts and before.texts and now.texts != before.texts:
        return f"judged by other texts than {name}"
    return f"as many broken as in {name}" if more == 0 else f"{abs(more)} {'more' if more > 0 else 'fewer'} broken than in {name}"
