"""The text, clause by clause."""

from __future__ import annotations

from typing import Any

import pandas as pd

from audits.evaluation.results import rows_of
from audits.show import wording
from audits.show.cells import filled
from audits.show.html import Cell, Html, render, table, together
from audits.show.reader import Reader
from audits.show.retold import again
from audits.texts.section import page
from audits.texts.text import JUDGED
from audits.words import mark, number, plural, say

KINDS = {
    "measured": mark("can be measured"),
    "in_part": mark("in part"),
    "attested": mark("by attestation"),
    "others": mark("a duty of others"),
    "notice": mark("a notice, no verdict"),
}


def tensions(audit: Reader) -> Html:
    """Findings about the texts themselves."""
    frame = audit.results.tensions()
    several = frame.text.nunique() > 1
    titles = {t.text: t.title for t in audit.results.texts}
    duties = {(r.text, r.clause_id): r.duty for r in rows_of(audit.results.clauses())}
    rows = [
        (*([titles[r.text]] if several else []), r.says, "; ".join(duties.get((r.text, c), c) for c in r.clauses))
        for r in rows_of(frame)
    ]
    heads = (*([say("Text")] if several else []), say("What is at odds"), say("Clauses"))
    return table(say("Findings about the text"), heads, rows)


def clauses(audit: Reader) -> Html:
    """The texts, clause by clause: what they promise, what measures it, how it stands, what is missing. Nothing is left out."""
    frame = audit.results.clauses()
    return together(
        [_clauses(audit, say("Every clause of {text}", text=t.title), frame[frame.text == t.text]) for t in audit.results.texts],
        say("No text."),
    )


def _clauses(audit: Reader, caption: str, frame: pd.DataFrame) -> Html:
    rows = [
        (
            r.ledger_id,
            r.section,
            r.duty,
            say(KINDS[r.kind]),
            _standing(r),
            ", ".join(audit.results.promises[p].called for p in r.promises) or "–",
            _wants(r) or "–",
        )
        for r in rows_of(frame)
    ]
    heads = (
        *(say("Stands in"), say("Section"), say("Duty"), say("Kind"), say("Status"), say("Promises")),
        say("Missing, or to be vouched for"),
    )
    return table(caption, *filled(heads, rows))


def section(audit: Reader, name: str | None = None) -> Html:
    """What a section promises, clause by clause, of every text that has one of that name; the first section if None."""
    found, titles = audit.results.section(name), {t.text: t.title for t in audit.results.texts}
    frame = audit.results.clauses()
    frame = frame[frame.section.map(page) == found.page]
    wants = any(map(_wants, rows_of(frame)))
    missing = [say("Missing, or to be vouched for")] if wants else []
    heads = (say("Clause"), say("Status"), say("Promises"), *missing)
    under = {text: frame[frame.text == text] for text in titles}
    return together(
        [
            table(
                f"{wording.section(found.name)}: {titles[text]}", heads, [_clause(audit, r)[: len(heads)] for r in rows_of(part)]
            )
            for text, part in under.items()
            if len(part)
        ],
        say("No clause stands here."),
    )


def _clause(audit: Reader, r: Any) -> tuple[Cell | str, ...]:
    measuring = [audit.results.promises[p] for p in r.promises]
    promises = "; ".join(f"{wording.sign(p.status)} {p.short}".strip() for p in measuring)
    return r.duty, _standing(r), promises or say(KINDS[r.kind]), _wants(r) or "–"


def _standing(r: Any) -> Cell:
    if not pd.isna(r.status):
        return Cell(wording.status(r.status), status=r.status)
    return Cell("–")


def _wants(r: Any) -> str:
    wants = [again(r.missing)] if r.missing else []
    wants += [say("to be vouched for: {what}", what=r.attestation)] if r.attestation else []
    wants += [say("note: {what}", what=again(r.note))] if r.note else []
    return "; ".join(wants)


def coverage_answer(audit: Reader) -> Html:
    """One sentence a text: how much of it is measured, and how it stands."""
    frame, texts = audit.results.clauses(), audit.results.texts
    if len(texts) < 2:
        return _coverage(audit, frame)
    return together([_coverage(audit, frame[frame.text == t.text], f"{t.title}: ") for t in texts], "")


def _others(n: int) -> str:
    if not n:
        return ""
    return plural("The other one is a notice or a duty of others.", "The other {n} are notices and duties of others.", n)


def _coverage(audit: Reader, frame: pd.DataFrame, whose: str = "") -> Html:
    judged = frame[frame.kind.isin(JUDGED)]
    n = {s: int((judged.status == s).sum()) for s in wording.STATUS}
    unmeasured = n["not_assessed"] + n["error"]
    told = plural(
        "Of {n} clause, {judged} can be measured or vouched for. {period}: {kept} kept, {broken} broken, "
        "{untold} cannot be told, {silent} had nothing fall due, {unjudged} could not be assessed.",
        "Of {n} clauses, {judged} can be measured or vouched for. {period}: {kept} kept, {broken} broken, "
        "{untold} cannot be told, {silent} had nothing fall due, {unjudged} could not be assessed.",
        len(frame),
        judged=number(len(judged)),
        period=wording.period(audit.run),
        kept=number(n["satisfied"]),
        broken=number(n["not_satisfied"]),
        untold=number(n["inconclusive"]),
        silent=number(n["no_population"]),
        unjudged=number(unmeasured),
    )
    sentence = f"{whose}{told} {_others(len(frame) - len(judged))}".rstrip()
    status, word = wording.standing(n["satisfied"], n["not_satisfied"], n["inconclusive"], unmeasured)
    return Html(render("sentence.html.j2", status=status, word=word, sentence=sentence), f"{word}\n{sentence}")
