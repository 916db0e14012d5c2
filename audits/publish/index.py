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
from audits.show import span, wording
from audits.show.html import environment
from audits.texts import section
from audits.texts.text import Text
from audits.words import locale, mark, number, plural, say

_TEMPLATES = Path(__file__).with_name("template")
_PAGES = environment("publish/template")


def write(reports: Path, texts: Sequence[Text]) -> Path:
    """Write the index beside the periods, and a page for each whose last run failed, each whole or not at all; gives its path.

    `texts` are those whose company and titles stand on it.
    """
    runs = {r.period: r for r in ledger.answered(reports)}
    standing = ledger.periods(reports)
    published, gone = [runs[s.period] for s in standing if s.period in runs], ledger.removed(reports)
    before = dict(zip((r.period for r in published), published[1:], strict=False))
    titles = {section.page(c.section): c.section for text in texts for c in text.clauses}
    rows = [_row(s, runs.get(s.period), before.get(s.period), gone.get(s.period), titles) for s in standing if s.state != "next"]
    upcoming = [
        say("{period} on {instant}", period=wording.days(s.first_day, s.last_day), instant=_due(s))
        for s in reversed(standing)
        if s.state == "next"
    ]
    css, audited = (_TEMPLATES / "page.css").read_text(encoding="utf-8"), wording.audited(texts)
    shared = {"css": css, "audited": audited, "whose": wording.company(texts) or audited}
    for row in rows:
        page = reports / f"{row['folder']}-failed.html"
        if row["state"] == "failed":
            write_whole(page, _PAGES.get_template("failed.html.j2").render(row=row, **shared))
        else:
            page.unlink(missing_ok=True)
    html = _PAGES.get_template("index.html.j2").render(years=_calendar(rows), months=_months(), upcoming=upcoming, **shared)
    ledger.wrote(reports, INDEX, hashlib.sha256(html.encode()).hexdigest())
    write_whole(reports / INDEX, html)
    ledger.forget_earlier(reports, INDEX)
    return reports / INDEX


def _months() -> list[str]:
    names = locale().months["stand-alone"]["wide"]
    return [str(names[month]) for month in range(1, 13)]


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
        standing = replace(
            standing, state="removed", why=say("{day}, as periods are kept for {time}", day=wording.day(gone[0]), time=gone[1])
        )
    row = {
        "period": wording.days(standing.first_day, standing.last_day),
        "year": standing.last_day.year,
        "month": standing.last_day.month if re.fullmatch(r"\d{4}-\d{2}", standing.period) else None,
        "folder": standing.period,
        "state": standing.state,
        "says": _says(standing),
        "superseded": [say("run {n}", n=run_) for run_ in standing.superseded],
        "number": standing.run,
        **(_answer(run, before, titles) if run else {"pages": [], "sections": []}),
        **({} if standing.state == "draft" and run else _no_answer(standing.state)),
    }
    return {**row, "kind": _KINDS.get(str(row.get("status")), "")}


# How a period is marked in the calendar; what was not run, failed or was removed has a sign of its own.
_KINDS = {"not_satisfied": "broken", "inconclusive": "untold", "satisfied": "kept", "error": "failed", "no_population": "gone"}
_NO_ANSWER = {
    "missing": ("error", mark("✗ missing: never run")),
    "failed": ("error", mark("✗ the last run failed")),
    "draft": ("inconclusive", mark("… waits to be signed")),
    "removed": ("no_population", mark("– removed")),
}


def _no_answer(state: str) -> dict[str, str]:
    status, word = _NO_ANSWER.get(state, ("", ""))
    return {"status": status, "word": say(word)} if status else {}


def _says(standing: ledger.Standing) -> str:
    """What is to be said of how a period was run, where all is not as it should be."""
    due = say("It was due on {instant}", instant=_due(standing)) if standing.due_at else say("No schedule asks for it")
    ended = say("an instant that is not known")
    if standing.ended_at:
        ended = wording.instant(standing.ended_at.astimezone(_zone(standing)))
    went = mark("The last run failed on {instant}: {why}.")
    if standing.why == "was killed":
        went = mark("The last run did not end on {instant}: it was killed.")
    older = "" if standing.run else " " + say("Nothing was published.")
    return {
        "missing": say("{due} and has not been run.", due=due),
        "late": say("Late. {due}; the run now standing ended on {instant}.", due=due, instant=ended),
        "removed": say("Its pages and evidence were removed on {day}.", day=standing.why),
        "failed": say(went, instant=ended, why=standing.why) + older,
        "draft": say("The run that ended on {instant} waits for {who} to sign.", instant=ended, who=_signer(standing)) + older,
    }.get(standing.state, "")


def _signer(standing: ledger.Standing) -> str:
    return (standing.why or "").split(":")[0].removeprefix("waits for ").removesuffix(" to sign")


def _due(standing: ledger.Standing) -> str:
    return wording.instant(standing.due_at.astimezone(_zone(standing)) if standing.due_at else None)


def _zone(standing: ledger.Standing) -> ZoneInfo:
    return ZoneInfo(standing.due_timezone or "UTC")


def _answer(run: ledger.Run, before: ledger.Run | None, titles: Mapping[str, str]) -> dict[str, Any]:
    status, word = wording.standing(run.kept, run.broken, run.untold, run.unjudged or 0)
    links = navigation.links(run.pages, titles)
    return {
        "as_of": wording.instant(run.as_of.astimezone(ZoneInfo(run.timezone))),
        "export": run.export_name,
        "pages": [(each.page, each.name) for each in links if not each.is_section],
        "sections": [(each.page, each.name) for each in links if each.is_section],
        "status": status,
        "word": word,
        "sentence": _sentence(run, before),
        "signed_by": run.signed_by,
    }


def _sentence(run: ledger.Run, before: ledger.Run | None) -> str:
    kept = plural(
        "{kept} of {n} clause that could be judged kept, {broken} broken, {untold} cannot be told",
        "{kept} of {n} clauses that could be judged kept, {broken} broken, {untold} cannot be told",
        run.kept + run.broken + run.untold,
        kept=number(run.kept),
        broken=number(run.broken),
        untold=number(run.untold),
    )
    return "; ".join(filter(None, (kept, wording.unjudged(run.unjudged or 0), _change(run, before)))) + "."


def _change(now: ledger.Run, before: ledger.Run | None) -> str:
    if before is None:
        return say("the first period here")
    more = now.broken - before.broken
    name, when = wording.days(before.first_day, before.last_day), span.within(before.first_day, before.last_day)
    if now.texts and before.texts and now.texts != before.texts:
        return say("judged by other texts than {period}", period=name)
    if not more:
        return say("as many broken as {when}", when=when)
    message = mark("{n} more broken than {when}") if more > 0 else mark("{n} fewer broken than {when}")
    return say(message, n=number(abs(more)), when=when)
