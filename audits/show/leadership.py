"""What leadership reads first: the answer, four rates, three risks, what changed. All of it comes from the results."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd

from audits.evaluation.results import PromiseResult, rows_of
from audits.show import chance, wording
from audits.show.cells import count
from audits.show.html import Cell, Html, Row, render, table, together
from audits.show.reader import Reader
from audits.texts.text import JUDGED

MOST_RISKS = 3
_SEVERITIES = ("high", "medium", "low")
_WAIVERS = {
    "active": "accepted",
    "expired": "✗ expired: it counts as a violation again",
    "not_granted": "✗ not granted yet: it counts as a violation",
    "incomplete": "✗ excuses nothing: without ",
    "unused": "in force, and no violation of that name",
    "unknown": "names no promise",
}
_EXCUSING = ("active", "unused")
_LACKS = {
    "owner": "an owner",
    "approver": "an approver",
    "reason": "a reason",
    "granted_at": "the day from which",
    "expires_at": "an end",
}
# Shades that stand out on white and on black paper: the picture does not know which page it is on.
_LINE, _BAND = "#3d84b8", "#3d84b866"


def summary(audit: Reader) -> Html:
    """The first text's verdict as a sentence, and the decision that is needed."""
    status, word, sentence, judged = _verdict(audit, _first_text(audit))
    heading, decision = _decision(top_risks(audit), judged)
    values = {"status": status, "word": word, "sentence": sentence, "heading": heading, "decision": decision}
    return Html(render("summary.html.j2", **values), f"{word}\n{sentence}\n{heading} {decision}")


def others(audit: Reader) -> Html:
    """The other texts of the run: of each its verdict as a sentence, and its clauses by status; nothing where there is one."""
    parts = []
    for text in audit.results.texts[1:]:
        status, word, sentence, _ = _verdict(audit, text.text)
        now = _standing(audit, 0, text.text)
        counts = [(wording.STATUS[name], wording.number(n)) for name, n in now.items() if n]
        values = {"title": text.title, "id": text.text, "status": status, "word": word, "sentence": sentence, "counts": counts}
        parts.append(Html(render("other.html.j2", **values), f"{text.title}\n{word}\n{sentence}"))
    return together(parts, "") if parts else Html("", "")


def _verdict(audit: Reader, text: str) -> tuple[str, str, str, int]:
    """How a text stands: the status of the worst, the words for it, a sentence, and how many clauses could be judged.

    None, for the decision, where those that could not be are the greater part.
    """
    now, before = _standing(audit, 0, text), _standing(audit, 1, text)
    judged = now["satisfied"] + now["not_satisfied"] + now["inconclusive"]
    unjudged = now["not_assessed"] + now["error"]
    sentence = (
        f"{wording.number(now['satisfied'])} of {wording.counted(judged, 'clause')} that could be judged {_were(judged)} kept "
        f"{wording.when(audit.run)}; {wording.number(now['not_satisfied'])} broken, "
        f"{_compared(audit, now['not_satisfied'] - before['not_satisfied'])}; "
        f"{wording.number(now['inconclusive'])} cannot be told{wording.unjudged(unjudged)}."
    )
    standing = wording.standing(now["satisfied"], now["not_satisfied"], now["inconclusive"], unjudged)
    return (*standing, sentence, judged if judged >= unjudged else 0)


def _decision(found: Sequence[Risk], judged: int) -> tuple[str, str]:
    if found:
        return "Decision needed:", f"{found[0].action} ({found[0].owner}, by {found[0].by})."
    if not judged:
        return (
            "Decision needed:",
            "have what is missing exported; what could not be measured, and for want of what, stands below.",
        )
    return "No decision is needed:", "nothing that was measured is broken, and what cannot be told stands below."


def headlines(audit: Reader) -> Html:
    """The first text's headline promises: rate, how many of how many, limit, trend of twelve periods and change in words."""
    own = [p for p in audit.results.promises.values() if p.text == _first_text(audit)]
    chosen = sorted((p for p in own if p.headline), key=lambda p: p.headline or 0)
    cards = [_card(audit, promise) for promise in chosen]
    lines = [f"{c['title']}: {c['value']}; {c['counts']}; {c['limit']}; {c['change']}" for c in cards]
    return Html(render("headlines.html.j2", cards=cards), "\n".join(lines))


@dataclass(frozen=True)
class Risk:
    """A broken promise that somebody is to deal with."""

    promise_id: str
    title: str
    says: str
    owner: str
    action: str
    by: str
    page: str | None
    section: str
    anchor: str


def top_risks(audit: Reader) -> list[Risk]:
    """At most three promises that are not kept, of different sections: the most severe first, then the most violations.

    Of promises of several texts that are as bad as each other the first text's comes first: it has an owner.
    """
    place = {text.text: place for place, text in enumerate(audit.results.texts)}
    broken = [c for c in audit.results.promises.values() if c.status == "not_satisfied"]
    broken.sort(key=lambda c: (_SEVERITIES.index(c.severity), c.waived - c.violation, place.get(c.text, 0), c.promise_id))
    first: dict[str, PromiseResult] = {}
    for promise in broken:
        first.setdefault(promise.section, promise)
    return [_risk(audit, c) for c in list(first.values())[:MOST_RISKS]]


def risks(audit: Reader) -> Html:
    """The risks, each with its owner, action, day and a link to its evidence."""
    found = top_risks(audit)
    lines = [f"{r.title}: {r.says} {r.action} ({r.owner}, by {r.by})" for r in found]
    return Html(render("risks.html.j2", risks=found), "\n".join(lines) or "Nothing that was measured is broken.")


def changes(audit: Reader) -> Html:
    """What changed in the period: violations that are new, older ones still open, those made good; what states no day is none."""
    rows: list[Row] = [
        (audit.results.promises[r.promise_id].title, count(r.new), count(r.carried), count(r.resolved), count(r.undated))
        for r in rows_of(audit.results.changes())
    ]
    heads = ("Promise", "New", "Older, still open", "Made good", "States no day")
    note = (
        "New: fell due in the period. Made good: fell due before it, and was done in it. What states no day stands as the export "
        "shows it now, and is neither new nor old."
    )
    return table(f"What changed {wording.when(audit.run)}", heads, rows, note, "No violation, old or new.")


def heat_map(audit: Reader) -> Html:
    """Every clause in the period and the eleven before it, text by text."""
    frame, texts = audit.results.clause_history(), audit.results.texts
    named = {t.text: f"Every clause of {t.title}, period by period" for t in texts if len(texts) > 1}
    parts = [
        _heat_map(part, named.get(str(text), "Every clause, period by period"))
        for text, part in frame.groupby("text", sort=False)
    ]
    return together(parts, "No text has a clause.")


def _heat_map(frame: pd.DataFrame, caption: str) -> Html:
    steps = sorted({(r.step, r.first_day, r.last_day) for r in rows_of(frame)}, reverse=True)
    heads = [_short(first, last) for _, first, last in steps]
    found: dict[str, dict[int, Any]] = {}
    duties: dict[str, str] = {}
    for r in rows_of(frame):
        found.setdefault(r.clause_id, {})[int(r.step)] = r.status
        duties[r.clause_id] = r.duty
    marks = {c: [_mark(statuses[step]) for step, *_ in steps] for c, statuses in found.items()}
    rows = [{"duty": duties[c], "cells": cells} for c, cells in marks.items()]
    text = "\n".join("\t".join([duties[c], *(cell["symbol"] for cell in cells)]) for c, cells in marks.items())
    note = (
        "✓ kept, ✗ broken, ? cannot be told, – nothing fell due, ○ not assessed, · a notice or a duty of others. "
        "Earlier periods as the export shows them now: what fell due in each, what states no day, and what was open before "
        "and still is."
    )
    return Html(render("heat.html.j2", caption=caption, heads=heads, rows=rows, note=note), f"{caption}\n{text}")


def due_next(audit: Reader) -> Html:
    """How many duties are open and reach their last day soon."""
    rows = [(f"within {days} days", count(audit.results.due_next(days))) for days in (7, 30, 90)]
    return table(f"Falls due after {wording.day(audit.run.as_of)}", ("When", "Open duties"), rows)


def unmeasured(audit: Reader) -> Html:
    """Clauses that could not be measured, and what the export would have to carry."""
    titles = {t.text: t.title for t in audit.results.texts}
    rows = [
        (r.duty, *([titles[r.text]] if len(titles) > 1 else []), r.missing)
        for r in rows_of(audit.results.clauses())
        if r.status == "not_assessed"
    ]
    heads = ("Clause", *(["Text"] if len(titles) > 1 else []), "What is missing")
    return table("What could not be measured", heads, rows, empty="Every clause that can be measured was.")


def waivers(audit: Reader) -> Html:
    """Accepted violations, and until when; expired ones count as violations again."""
    promises = audit.results.promises
    rows: list[Row] = [
        (
            promises[r.promise_id].title if r.promise_id in promises else "–",
            Cell(str(r.record_id if audit.names_records else r.pseudonym), "key"),
            Cell(_state(r), status="inconclusive" if r.state in _EXCUSING else "not_satisfied"),
            wording.day(None if pd.isna(r.expires_at) else r.expires_at) if not pd.isna(r.expires_at) else "no end",
            *((wording.text(r.owner), wording.text(r.approver), wording.text(r.reason)) if audit.names_records else ()),
        )
        for r in rows_of(audit.results.waivers())
    ]
    heads = ("Promise", "Record", "State", "Until", *(("Owner", "Approver", "Reason") if audit.names_records else ()))
    return table("Waivers", heads, rows, empty="No violation was accepted.")


def _first_text(audit: Reader) -> str:
    return audit.results.texts[0].text if audit.results.texts else ""


def _standing(audit: Reader, step: int, text: str) -> dict[str, int]:
    """How many clauses of a text that the Company answers for stand how, in the period or so many before it."""
    frame = audit.results.clause_history()
    chosen = frame[(frame.text == text) & (frame.step == step) & frame.kind.isin(JUDGED)]
    return {status: int((chosen.status == status).sum()) for status in wording.STATUS}


def _card(audit: Reader, promise: PromiseResult) -> dict[str, str]:
    history = audit.results.history(promise.promise_id)
    untold = f", {wording.number(promise.indeterminate)} cannot be told" if promise.indeterminate else ""
    kept = (
        f"{wording.number(promise.compliant)} of {wording.number(promise.judged)} kept{untold}"
        if promise.judged
        else f"could not be measured: {promise.why}"
        if promise.status == "not_assessed"
        else "nothing fell due"
    )
    return {
        "title": promise.title,
        "status": promise.status,
        "word": wording.STATUS[promise.status],
        "value": wording.rate(promise.rate_low, promise.rate_high),
        "counts": kept,
        "limit": f"the limit is {wording.percent(1 - promise.tolerance)}",
        "sparkline": _sparkline(history),
        "trend": _trend(history),
        "change": _change(audit, history),
    }


def _risk(audit: Reader, promise: PromiseResult) -> Risk:
    by = audit.run.as_of.date() + timedelta(days=promise.days_to_act)
    judged = wording.number(promise.judged)
    older = f"; of the {judged}, {wording.number(promise.carried)} fell due before and are still open" if promise.carried else ""
    says = f"{wording.number(promise.violation)} of {judged} broken {wording.when(audit.run)}{older}."
    section = audit.results.section(promise.page).name if promise.page else ""
    return Risk(
        *(promise.promise_id, promise.title, says, promise.owner, promise.remedy, wording.day(by)),
        *(promise.page, section, promise.anchor),
    )


def _change(audit: Reader, history: pd.DataFrame) -> str:
    """Whether what fell due in the period was kept worse or better than in the one before, where that is more than chance."""
    due, name = chance.steps(history), _named(audit, 1)
    if not due or not due[0].n:
        return "nothing to compare"
    if len(due) < 2 or not due[1].n:
        return f"nothing fell due {_in(name)}"
    if sign := chance.differs(due[1], due[0]):
        then, now = (wording.rate(each.low, each.high) for each in (due[1], due[0]))
        return f"{sign} than {_in(name)} by more than chance: of what fell due, {then} was kept then, {now} now"
    if sign := chance.drift(due[::-1]):
        return f"{sign} than the period before, for the sixth in a row"
    return f"no more than chance beside {name}"


def _trend(history: pd.DataFrame) -> str:
    known = [r for r in rows_of(history) if not pd.isna(r.rate_low)]
    if not known:
        return "Nothing fell due in twelve periods."
    lowest, last = min(known, key=lambda r: (r.rate_low, r.step)), known[0]
    now, worst = wording.rate(last.rate_low, last.rate_high), wording.rate(lowest.rate_low, lowest.rate_high)
    return (
        f"Kept: {now} {_in(_span(last.first_day, last.last_day))}; "
        f"the lowest of twelve periods was {worst} {_in(_span(lowest.first_day, lowest.last_day))}."
    )


def _sparkline(history: pd.DataFrame) -> str:
    """Twelve rates as a small picture: a line of the lowest, a band up to the highest; the scale begins at the lowest of them."""
    points = [(11 - int(r.step), float(r.rate_low), float(r.rate_high)) for r in rows_of(history) if not pd.isna(r.rate_low)]
    floor = min([low for _, low, _ in points], default=0.0)
    room = max(1.0 - floor, 0.01)
    at = [(6 + x * 148 / 11, 28 - 24 * (low - floor) / room, 28 - 24 * (high - floor) / room) for x, low, high in sorted(points)]
    lows, highs = [f"{x:.1f},{low:.1f}" for x, low, _ in at], [f"{x:.1f},{high:.1f}" for x, _, high in at]
    dot = f'<circle cx="{at[-1][0]:.1f}" cy="{at[-1][1]:.1f}" r="3" fill="{_LINE}"/>' if at else ""
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 32" width="160" height="32">'
        f'<polygon points="{" ".join([*highs, *reversed(lows)])}" fill="{_BAND}"/>'
        f'<polyline points="{" ".join(lows)}" fill="none" stroke="{_LINE}" stroke-width="2"/>{dot}</svg>'
    )
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"


def _mark(status: Any) -> dict[str, str]:
    if pd.isna(status):
        return {"status": "", "symbol": "·", "word": "no verdict"}
    symbol, _, word = wording.STATUS[str(status)].partition(" ")
    return {"status": str(status), "symbol": symbol, "word": word}


def _named(audit: Reader, step: int) -> str:
    """The name of an earlier period."""
    found = audit.results.step(step)
    return _span(*found) if found else "the period before"


def _span(first: date, last: date) -> str:
    """October 2026; July 2026 to September 2026; 2025; 5 October 2026 to 11 October 2026."""
    if not _is_whole(first, last):
        return wording.days(first, last)
    if (first.year, first.month, last.month) == (last.year, 1, 12):
        return str(first.year)
    if (first.year, first.month) == (last.year, last.month):
        return wording.month_in_full(first)
    return f"{wording.month_in_full(first)} to {wording.month_in_full(last)}"


def _short(first: date, last: date) -> str:
    """Oct 2026; Jul–Sep 2026; Dec 2025–Jan 2026; 2025; 5 Oct–11 Oct 2026."""
    if (first.year, first.month, last.month) == (last.year, 1, 12) and _is_whole(first, last):
        return str(first.year)
    said = wording.month if _is_whole(first, last) else wording.short_day
    start = said(first).removesuffix(f" {last.year}")
    return said(first) if said(first) == said(last) else f"{start}–{said(last)}"


def _is_whole(first: date, last: date) -> bool:
    """Whether the days are whole months."""
    return first.day == 1 and (last + timedelta(days=1)).day == 1


def _in(name: str) -> str:
    return f"from {name}" if " to " in name else f"in {name}"


def _compared(audit: Reader, more: int) -> str:
    """Beside the period before; not where that has no records, and what states no day alone would be compared."""
    when = _in(_named(audit, 1))
    if not audit.results.fell_due(1):
        return f"nothing fell due {when}"
    if more == 0:
        return f"as many as {when}"
    return f"{wording.number(abs(more))} {'more' if more > 0 else 'fewer'} than {when}"


def _state(waiver: Any) -> str:
    lacks = " and ".join(_LACKS[column] for column in waiver.lacks) if waiver.state == "incomplete" else ""
    return _WAIVERS[waiver.state] + lacks


def _were(n: int) -> str:
    return "was" if n == 1 else "were"
