"""What leadership reads first: the answer, four rates, three risks, what changed. All of it comes from the results."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import takewhile
from typing import Any

import pandas as pd

from audits.evaluation.results import Harm, PromiseResult, rows_of
from audits.evaluation.status import SEVERITIES, STATUSES
from audits.show import chance, span, tiles, wording
from audits.show.cells import count
from audits.show.html import Cell, Html, Row, folded, render, said, table, together
from audits.show.reader import Reader
from audits.show.retold import again
from audits.show.sparkline import floor, sparkline
from audits.show.tables import selftest, unchecked
from audits.texts.text import JUDGED
from audits.words import mark, number, plural, say

MOST_RISKS = 3
_WAIVERS = {
    "active": mark("accepted"),
    "expired": mark("✗ expired: it counts as a violation again"),
    "not_granted": mark("✗ not granted yet: it counts as a violation"),
    "incomplete": mark("✗ excuses nothing: without {what}"),
    "contradicted": mark("✗ excuses nothing: another in force for the same record says otherwise"),
    "unused": mark("in force, and no violation of that name"),
    "unknown": mark("names no promise"),
}
_WORDS = {
    "satisfied": mark("Kept"),
    "not_satisfied": mark("Broken"),
    "inconclusive": mark("Cannot be told"),
    "no_population": mark("Nothing fell due"),
    "not_assessed": mark("Not assessed"),
    "error": mark("Could not be evaluated"),
}
_OF_CLAUSES = mark("A clause is kept if every promise under it is. Notices and duties of others are left out.")
_EXCUSING = ("active", "unused")
# Notes on a run without which its answer is mistaken: whose records, and by which values they are judged (job.py).
_UP_FRONT = ("the records are the sample", " is judged with ")
_LACKS = {
    "owner": mark("an owner"),
    "approver": mark("an approver"),
    "reason": mark("a reason"),
    "granted_at": mark("the day from which"),
    "expires_at": mark("an end"),
}
_SEVERITIES = {"high": mark("High severity"), "medium": mark("Medium severity"), "low": mark("Low severity")}


@dataclass(frozen=True)
class Verdict:
    """How a text stands: the status of the worst, the words for it, its clauses by status, and how many before were broken.

    `compared` says how many more are broken than in the period before.
    """

    status: str
    word: str
    kept: int
    broken: int
    untold: int
    unjudged: int
    when: str
    compared: str

    @property
    def judged(self) -> int:
        """How many clauses could be judged."""
        return self.kept + self.broken + self.untold

    @property
    def answer(self) -> str:
        """How many of how many were kept."""
        return plural(
            "{kept} of {n} clause that could be judged was kept {when}",
            "{kept} of {n} clauses that could be judged were kept {when}",
            self.judged,
            kept=number(self.kept),
            when=self.when,
        )

    @property
    def counts(self) -> list[tuple[str, str]]:
        """The other counts in words, each with its mark; those of nothing left out, but for what is broken."""
        found = [
            ("broken", self._broken, self.broken),
            ("untold", say("{n} cannot be told", n=number(self.untold)), self.untold),
            ("kept", say("{n} kept", n=number(self.kept)), self.kept),
            ("unjudged", wording.unjudged(self.unjudged), self.unjudged),
        ]
        return [(kind if n else "none", said) for kind, said, n in found if n or kind == "broken"]

    @property
    def sentence(self) -> str:
        """All of it on one line."""
        untold = say("{n} cannot be told", n=number(self.untold))
        return "; ".join(filter(None, (self.answer, self._broken, untold, wording.unjudged(self.unjudged)))) + "."

    @property
    def _broken(self) -> str:
        return say("{n} broken, {compared}", n=number(self.broken), compared=self.compared)


def summary(audit: Reader) -> Html:
    """The first text's verdict as a sentence, what was not judged, and the decision that is needed."""
    verdict, found = _verdict(audit, _first_text(audit)), top_risks(audit)
    heading, decision = _decision(found, verdict.judged if verdict.judged >= verdict.unjudged else 0)
    doubts = _doubts(audit)
    values = {"verdict": verdict, "heading": heading, "decision": decision, "doubts": doubts}
    text = "\n".join((verdict.word, verdict.sentence, *doubts, f"{heading} {decision}"))
    return Html(render("summary.html.j2", **values), text)


def others(audit: Reader) -> Html:
    """The other texts of the run: of each its verdict as a sentence, and its promises; nothing where there is one."""
    parts = []
    for text in audit.results.texts[1:]:
        verdict = _verdict(audit, text.text)
        behind = folded(say("Promise by promise"), tiles.heat_map(audit, text.text))
        values = {"title": text.title, "id": text.text, "verdict": verdict, "behind": behind.html}
        parts.append(Html(render("other.html.j2", **values), f"{text.title}\n{verdict.word}\n{verdict.sentence}"))
    return together(parts, "") if parts else Html("", "")


def _verdict(audit: Reader, text: str) -> Verdict:
    now, before = _standing(audit, 0, text), _standing(audit, 1, text)
    kept, broken, untold = now["satisfied"], now["not_satisfied"], now["inconclusive"]
    unjudged = now["not_assessed"] + now["error"]
    status, word = wording.standing(kept, broken, untold, unjudged)
    compared = _compared(audit, broken - before["not_satisfied"])
    return Verdict(status, word, kept, broken, untold, unjudged, wording.when(audit.run), compared)


def _doubts(audit: Reader) -> list[str]:
    """Why the answer, or a part of it, is not what one would take it for."""
    missed = audit.results.not_relied_on
    n = sum(p.control in missed for p in audit.results.promises.values())
    doubts = plural(
        "{n} promise not to be relied on: the test missed a known violation.",
        "{n} promises not to be relied on: the test missed a known violation.",
        n,
    )
    return [*([doubts] if n else []), *(again(note) for note in audit.run.notes if any(said in note for said in _UP_FRONT))]


def _decision(found: Sequence[Risk], judged: int) -> tuple[str, str]:
    needed = say("Decision needed:")
    if found:
        worst = found[0]
        return needed, say("{action} ({owner}, by {day}).", action=worst.action, owner=worst.owner, day=worst.by)
    if not judged:
        return needed, say("have what is missing exported; what could not be measured, and for want of what, stands below.")
    return say("No decision is needed:"), say("nothing that was measured is broken, and what cannot be told stands below.")


def headlines(audit: Reader) -> Html:
    """The first text's headline promises: rate, how many of how many, limit, trend on one scale, and change in words."""
    own = [p for p in audit.results.promises.values() if p.text == _first_text(audit)]
    chosen = sorted((p for p in own if p.headline), key=lambda p: p.headline or 0)
    lowest = floor(audit.results.history(p.promise_id) for p in chosen)
    cards = [_card(audit, promise, lowest) for promise in chosen]
    lines = [f"{c['title']}: {c['value']}; {c['counts']}; {c['limit']}; {c['change']}" for c in cards]
    return Html(render("headlines.html.j2", cards=cards), "\n".join(lines))


@dataclass(frozen=True)
class Risk:
    """A broken promise that somebody is to deal with; `facts` are its severity, whom it touches, how long, how it goes."""

    promise_id: str
    title: str
    short: str
    facts: str
    says: str
    owner: str
    action: str
    by: str
    page: str | None
    section: str
    anchor: str


def top_risks(audit: Reader) -> list[Risk]:
    """At most three promises that are not kept, of different sections of the catalogue, by what they do to people.

    The most severe first, then by the people that they touch, how long the oldest has been open, and how many more there are than
    before. Of promises of several texts that are as bad as each other the first text's comes first: it has an owner.
    """
    place = {text.text: place for place, text in enumerate(audit.results.texts)}
    broken = [c for c in audit.results.promises.values() if c.status == "not_satisfied"]
    broken.sort(key=lambda c: (*_harm(audit, c), place.get(c.text, 0), c.promise_id))
    first: dict[str, PromiseResult] = {}
    for promise in broken:
        first.setdefault(promise.section, promise)
    return [_risk(audit, c) for c in list(first.values())[:MOST_RISKS]]


def _harm(audit: Reader, promise: PromiseResult) -> tuple[int, ...]:
    """By which the worst comes first; what names nobody may touch one more each."""
    harm = audit.results.harm(promise.promise_id)
    return (SEVERITIES.index(promise.severity), -(harm.people + harm.of_nobody), -harm.days, -(_more(audit, promise) or 0))


def risks(audit: Reader) -> Html:
    """The risks, each with its owner, remedy, day and a link to its evidence."""
    found = top_risks(audit)
    lines = [
        f"{r.short}: {r.facts}. {r.says} " + say("{action} ({owner}, by {day})", action=r.action, owner=r.owner, day=r.by)
        for r in found
    ]
    nothing = say("Nothing that was measured is broken.")
    return Html(render("risks.html.j2", risks=found, nothing=nothing), "\n".join(lines) or nothing)


def heat_map(audit: Reader) -> Html:
    """Every promise of the first text in the period and the eleven before it."""
    return tiles.heat_map(audit, _first_text(audit))


def broken(audit: Reader) -> Html:
    """The broken promises of the first text and its versions, folded: since when, what to do, who, by when."""
    found = [p for p in _of_first_text(audit) if p.status == "not_satisfied"]
    if not found:
        return Html("", "")
    found.sort(key=lambda p: (*_harm(audit, p), p.promise_id))
    rows = [(r.short, _since(audit, r.promise_id), r.action, r.owner, r.by) for r in (_risk(audit, p) for p in found)]
    heads = (say("Promise"), say("Broken"), say("What to do"), say("Who"), say("By"))
    head = plural("Since when, and who", "All {n} broken promises: since when, and who", len(found))
    return folded(head, table(say("Broken promises"), heads, rows))


def outlook(audit: Reader) -> Html:
    """Side by side: what changed, what falls due, what could not be judged."""
    parts = [
        (say("What changed"), changes(audit)),
        (say("What falls due"), due_next(audit)),
        (say("What could not be judged"), unmeasured(audit)),
    ]
    shown = [(head, part.html) for head, part in parts]
    return Html(render("outlook.html.j2", parts=shown), "\n\n".join(f"{head}\n{part.text}" for head, part in parts))


def changes(audit: Reader) -> Html:
    """Which promises are broken and were not, or are kept again; folded, the violations that are new, still open, made good."""
    now, before = _statuses(audit, 0), _statuses(audit, 1)
    named = {p.promise_id: p.called for p in _of_first_text(audit)}
    was = _within(audit, 1)
    fell = [name for p, name in named.items() if now.get(p) == "not_satisfied" and before.get(p) == "satisfied"]
    rose = [name for p, name in named.items() if now.get(p) == "satisfied" and before.get(p) == "not_satisfied"]
    flips = [
        say(message, when=was, promises=", ".join(sorted(names)))
        for message, names in (
            (mark("Broken now, kept {when}: {promises}."), fell),
            (mark("Kept again, broken {when}: {promises}."), rose),
        )
        if names
    ]
    behind = folded(say("Violations, new and made good"), _violations(audit))
    lines = flips or [say("No promise was broken that was kept {when}, and none is kept again.", when=was)]
    return Html(render("lines.html.j2", lines=lines, behind=behind.html), "\n".join([*lines, behind.text]))


def _violations(audit: Reader) -> Html:
    rows: list[Row] = [
        (audit.results.promises[r.promise_id].title, count(r.new), count(r.carried), count(r.resolved), count(r.undated))
        for r in rows_of(audit.results.changes())
    ]
    heads = (say("Promise"), say("New"), say("Older, still open"), say("Made good"), say("States no day"))
    note = say(
        "New: fell due in the period. Made good: fell due before it, and was done in it. What states no day stands as the export "
        "shows it now, and is neither new nor old."
    )
    caption = say("What changed {when}", when=wording.when(audit.run))
    return table(caption, heads, rows, note, say("No violation, old or new."))


def due_next(audit: Reader) -> Html:
    """How many duties are open and reach their last day soon."""
    rows = [(say("within {n} days", n=days), count(audit.results.due_next(days))) for days in (7, 30, 90)]
    caption = say("Falls due after {day}", day=wording.day(audit.run.as_of))
    return table(caption, (say("When"), say("Open duties")), rows)


def unmeasured(audit: Reader) -> Html:
    """How many clauses could not be measured, and folded what the export would have to carry; texts of which none is."""
    titles = {t.text: t.title for t in audit.results.texts}
    lines = _of_no_measure(audit, titles)
    rows = [
        (r.duty, *([titles[r.text]] if len(titles) > 1 else []), again(r.missing))
        for r in rows_of(audit.results.clauses())
        if r.status == "not_assessed"
    ]
    if not rows:
        lines = lines or [say("Every clause that can be measured was.")]
        return Html(render("lines.html.j2", lines=lines, behind=""), "\n".join(lines)) if lines[1:] else said(lines[0])
    heads = (say("Clause"), *([say("Text")] if len(titles) > 1 else []), say("What is missing"))
    unjudged = plural(
        "{n} clause could not be judged: what it is measured on is not exported.",
        "{n} clauses could not be judged: what they are measured on is not exported.",
        len(rows),
    )
    behind = folded(say("Which, and what is missing"), table(say("What could not be measured"), heads, rows))
    lines = [unjudged, *lines]
    return Html(render("lines.html.j2", lines=lines, behind=behind.html), "\n".join([*lines, behind.text]))


def _of_no_measure(audit: Reader, titles: dict[str, str]) -> list[str]:
    """A line for each text that has clauses and promises nothing that is measured."""
    promising = {p.text for p in audit.results.promises.values()}
    bare = [t for t in dict.fromkeys(r.text for r in rows_of(audit.results.clauses())) if t not in promising]
    if len(titles) == 1:
        return [say("No clause of this text is measured yet.")] if bare else []
    return [say("No clause of {text} is measured yet.", text=titles[t]) for t in bare]


def clauses(audit: Reader) -> Html:
    """Every clause that the Company answers for, the worst first, folded."""
    frame, titles = audit.results.clause_history(), {t.text: t.title for t in audit.results.texts}
    own = [r for r in rows_of(frame) if r.step == 0 and r.kind in JUDGED]
    own.sort(key=lambda r: STATUSES.index(_standing_of(r)))
    rows = [
        (r.duty, *([titles[r.text]] if len(titles) > 1 else []), Cell(wording.status(_standing_of(r)), status=_standing_of(r)))
        for r in own
    ]
    heads = (say("Clause"), *([say("Text")] if len(titles) > 1 else []), say("It is"))
    head = plural("{n} clause", "{n} clauses, the worst first", len(rows))
    return folded(head, table(say("Clause by clause"), heads, rows, say(_OF_CLAUSES)))


def _standing_of(clause: Any) -> str:
    return "not_assessed" if wording.absent(clause.status) else str(clause.status)


def waived(audit: Reader) -> Html:
    """Waivers, folded; nothing where there is none."""
    n = len(audit.results.waivers())
    return folded(plural("{n} waiver", "{n} waivers", n), waivers(audit)) if n else Html("", "")


def method(audit: Reader) -> Html:
    """How it was judged, folded: what counts as kept, whether the tests find what they should, and what nobody has looked up."""
    shown = together([Html(render("judged.html.j2"), ""), selftest(audit), unchecked(audit)], "")
    return folded(say("How this was judged"), shown)


def waivers(audit: Reader) -> Html:
    """Accepted violations, and until when; expired ones count as violations again."""
    promises = audit.results.promises
    rows: list[Row] = [
        (
            promises[r.promise_id].title if r.promise_id in promises else "–",
            Cell(str(r.record_id if audit.names_records else r.pseudonym), "key"),
            Cell(_state(r), status="inconclusive" if r.state in _EXCUSING else "not_satisfied"),
            wording.day(r.expires_at) if not pd.isna(r.expires_at) else say("no end"),
            *((wording.text(r.owner), wording.text(r.approver), wording.text(r.reason)) if audit.names_records else ()),
        )
        for r in rows_of(audit.results.waivers())
    ]
    theirs = (say("Owner"), say("Approver"), say("Reason")) if audit.names_records else ()
    heads = (say("Promise"), say("Record"), say("State"), say("Until"), *theirs)
    return table(say("Waivers"), heads, rows, empty=say("No violation was accepted."))


def _first_text(audit: Reader) -> str:
    return audit.results.texts[0].text if audit.results.texts else ""


def _of_first_text(audit: Reader) -> list[PromiseResult]:
    """The promises of the first text, and of its other versions."""
    own = audit.results.versions(_first_text(audit))
    return [p for p in audit.results.promises.values() if p.text in own]


def _standing(audit: Reader, step: int, text: str) -> dict[str, int]:
    """How many clauses of a text that the Company answers for stand how, in the period or so many before it."""
    found = audit.results.standing(text, step)
    return {status: int((found == status).sum()) for status in wording.STATUS}


def _card(audit: Reader, promise: PromiseResult, lowest: float) -> dict[str, str]:
    history = audit.results.history(promise.promise_id)
    return {
        "title": promise.called,
        "kind": tiles.KINDS.get(promise.status, "none"),
        "word": say(_WORDS[promise.status]),
        "value": wording.rate(promise.rate_low, promise.rate_high),
        "counts": _kept(promise),
        "limit": _limit(promise),
        "sparkline": sparkline(history, lowest, 1 - promise.tolerance, _trend(history)),
        "change": _change(audit, history),
    }


def _kept(promise: PromiseResult) -> str:
    """How many of how many."""
    if not promise.judged:
        unmeasured = promise.status == "not_assessed"
        return say("could not be measured: {why}", why=again(promise.why)) if unmeasured else say("nothing fell due")
    kept = say("{n} of {total} kept", n=number(promise.compliant), total=number(promise.judged))
    untold = say("{n} cannot be told", n=number(promise.indeterminate))
    return f"{kept}, {untold}" if promise.indeterminate else kept


def _limit(promise: PromiseResult) -> str:
    share = wording.percent(1 - promise.tolerance)
    return say("promised: {share}", share=share) if promise.tolerance else say("promised: every one")


def _risk(audit: Reader, promise: PromiseResult) -> Risk:
    by = audit.run.as_of.date() + timedelta(days=promise.days_to_act)
    broken, judged = number(promise.violation), number(promise.judged)
    says = say("{n} of {total} broken {when}", n=broken, total=judged, when=wording.when(audit.run)) + _older(promise) + "."
    section = wording.section(audit.results.section(promise.page).name) if promise.page else ""
    return Risk(
        *(promise.promise_id, promise.title, promise.called, _facts(audit, promise), says),
        *(wording.owner(promise.owner), promise.remedy, wording.weekday(by)),
        *(promise.page, section, promise.anchor),
    )


def _older(promise: PromiseResult) -> str:
    """How many of what was to be met are from before: of what cannot be told as well as of what is broken."""
    if not promise.carried:
        return ""
    return plural(
        "; of the {total}, {n} fell due before and is still open",
        "; of the {total}, {n} fell due before and are still open",
        promise.carried,
        total=number(promise.judged),
    )


def _facts(audit: Reader, promise: PromiseResult) -> str:
    """Severity high · 61 people · open for up to 143 days · 3 more than in September 2026."""
    harm, more = audit.results.harm(promise.promise_id), _more(audit, promise)
    was = _within(audit, 1)
    parts = [
        say(_SEVERITIES[promise.severity]),
        _people(audit, harm),
        plural("overdue by up to {n} day", "overdue by up to {n} days", harm.days) if harm.days else "",
        "" if more is None else _beside(more, was),
    ]
    return " · ".join(filter(None, parts))


def _people(audit: Reader, harm: Harm) -> str:
    if not harm.people:
        return ""
    if harm.of_nobody:
        return say("at least {people}", people=wording.people(harm.people))
    return say("fewer than {n} people", n=audit.least) if harm.people < audit.least else wording.people(harm.people)


def _more(audit: Reader, promise: PromiseResult) -> int | None:
    """How many more violations than in the period before; None where nothing fell due then."""
    found = {int(r.step): r for r in rows_of(audit.results.history(promise.promise_id))}
    return int(found[0].violation - found[1].violation) if 1 in found and found[1].fell_due else None


def _since(audit: Reader, promise: str) -> str:
    """From the first of the periods on end in which it is broken."""
    history = list(rows_of(audit.results.history(promise)))
    run = list(takewhile(lambda r: r.status == "not_satisfied", history))
    first = span.named(run[-1].first_day, run[-1].last_day) if run else "–"
    if len(run) == len(history) > 1:
        return say("{period} or before", period=first)
    if len(run) > 1:
        return say("since {period}", period=first)
    return span.within(run[-1].first_day, run[-1].last_day) if run else first


def _statuses(audit: Reader, step: int) -> dict[str, str]:
    return {r.promise_id: r.status for r in rows_of(audit.results.standings()) if r.step == step}


def _change(audit: Reader, history: pd.DataFrame) -> str:
    """Whether what fell due in the period was kept worse or better than in the one before, where that is more than chance."""
    due, when = chance.steps(history), _within(audit, 1)
    if not due or not due[0].n:
        return say("nothing to compare")
    if len(due) < 2 or not due[1].n:
        return say("nothing fell due {when}", when=when)
    if sign := chance.differs(due[1], due[0]):
        then, now = (wording.rate(each.low, each.high) for each in (due[1], due[0]))
        return say(_DIFFERS[sign], when=when, then=then, now=now)
    if sign := chance.drift(due[::-1]):
        return say(_DRIFTS[sign])
    return say("no more than chance beside {period}", period=_named(audit, 1))


_DIFFERS = {
    "worse": mark("worse than {when} by more than chance: of what fell due, {then} was kept then, {now} now"),
    "better": mark("better than {when} by more than chance: of what fell due, {then} was kept then, {now} now"),
}
_DRIFTS = {
    "worse": mark("worse than the period before, for the sixth in a row"),
    "better": mark("better than the period before, for the sixth in a row"),
}


def _trend(history: pd.DataFrame) -> str:
    known = [r for r in rows_of(history) if not pd.isna(r.rate_low)]
    if not known:
        return say("Nothing fell due in twelve periods.")
    lowest, last = min(known, key=lambda r: (r.rate_low, r.step)), known[0]
    now, worst = wording.rate(last.rate_low, last.rate_high), wording.rate(lowest.rate_low, lowest.rate_high)
    return say(
        "Kept: {now} {when}; the lowest of twelve periods was {worst} {then}.",
        now=now,
        when=span.within(last.first_day, last.last_day),
        worst=worst,
        then=span.within(lowest.first_day, lowest.last_day),
    )


def _named(audit: Reader, step: int) -> str:
    """The name of an earlier period."""
    found = audit.results.step(step)
    return span.named(*found) if found else say("the period before")


def _within(audit: Reader, step: int) -> str:
    """In September 2026: when an earlier period was."""
    found = audit.results.step(step)
    return span.within(*found) if found else say("in the period before")


def _compared(audit: Reader, more: int) -> str:
    """Beside the period before; not where that has no records, and what states no day alone would be compared."""
    when = _within(audit, 1)
    if not audit.results.fell_due(1):
        return say("nothing fell due {when}", when=when)
    return _beside(more, when)


def _beside(more: int, when: str) -> str:
    """As many as in September 2026; 3 fewer than in September 2026."""
    if not more:
        return say("as many as {when}", when=when)
    message = mark("{n} more than {when}") if more > 0 else mark("{n} fewer than {when}")
    return say(message, n=number(abs(more)), when=when)


def _state(waiver: Any) -> str:
    lacks = wording.listed([say(_LACKS[column]) for column in waiver.lacks]) if waiver.state == "incomplete" else ""
    return say(_WAIVERS[waiver.state], what=lacks)
