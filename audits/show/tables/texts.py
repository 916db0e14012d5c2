"""The text, clause by clause."""

from __future__ import annotations

from typing import Any

import pandas as pd

from audits.evaluation.results import rows_of
from audits.show import wording
from audits.show.html import Cell, Html, render, table, together
from audits.show.reader import Reader
from audits.texts.section import page
from audits.texts.text import JUDGED

KINDS = {
    "measured": "can be measured",
    "in_part": "in part",
    "attested": "by attestation",
    "others": "a duty of others",
    "notice": "a notice, no verdict",
}


def tensions(audit: Reader) -> Html:
    """Findings about the texts themselves."""
    frame = audit.results.tensions()
    several = frame.text.nunique() > 1
    titles = {t.text: t.title for t in audit.results.texts}
    rows = [((*([titles[r.text]] if several else []), ", ".join(r.clauses), r.says)) for r in rows_of(frame)]
    return table("Findings about the text", (*(["Text"] if several else []), "Clauses", "What is at odds"), rows)


def clauses(audit: Reader) -> Html:
    """The texts, clause by clause: what they promise, what measures it, how it stands, what is missing. Nothing is left out."""
    frame = audit.results.clauses()
    return together(
        [_clauses(f"Every clause of {t.title}", frame[frame.text == t.text]) for t in audit.results.texts], "No text."
    )


def _clauses(caption: str, frame: pd.DataFrame) -> Html:
    rows = [
        (
            r.ledger_id,
            r.section,
            r.duty,
            KINDS[r.kind],
            _standing(r),
            Cell(", ".join(p.rpartition("/")[2] for p in r.promises) or "–", "key"),
            _wants(r) or "–",
        )
        for r in rows_of(frame)
    ]
    heads = ("Stands in", "Section", "Duty", "Kind", "Status", "Promises", "Missing, or to be vouched for")
    return table(caption, heads, rows)


def section(audit: Reader, name: str | None = None) -> Html:
    """What a section promises, clause by clause, of every text that has one of that name; the first section if None."""
    found, titles = audit.results.section(name), {t.text: t.title for t in audit.results.texts}
    frame = audit.results.clauses()
    frame = frame[frame.section.map(page) == found.page]
    wants = any(map(_wants, rows_of(frame)))
    heads = ("Clause", "Status", "Promises", *(["Missing, or to be vouched for"] if wants else []))
    under = {text: frame[frame.text == text] for text in titles}
    return together(
        [
            table(f"{found.name}: {titles[text]}", heads, [_clause(audit, r)[: len(heads)] for r in rows_of(part)])
            for text, part in under.items()
            if len(part)
        ],
        "No clause stands here.",
    )


def _clause(audit: Reader, r: Any) -> tuple[Cell | str, ...]:
    measuring = [audit.results.promises[p] for p in r.promises]
    promises = "; ".join(f"{wording.STATUS[p.status].partition(' ')[0]} {p.short}" for p in measuring)
    return r.duty, _standing(r), promises or KINDS[r.kind], _wants(r) or "–"


def _standing(r: Any) -> Cell:
    if not pd.isna(r.status):
        return Cell(wording.STATUS[r.status], status=r.status)
    return Cell("–")


def _wants(r: Any) -> str:
    wants = [r.missing] if r.missing else []
    wants += [f"to be vouched for: {r.attestation}"] if r.attestation else []
    wants += [f"note: {r.note}"] if r.note else []
    return "; ".join(wants)


def coverage_answer(audit: Reader) -> Html:
    """One sentence a text: how much of it is measured, and how it stands."""
    frame, texts = audit.results.clauses(), audit.results.texts
    if len(texts) < 2:
        return _coverage(audit, frame)
    return together([_coverage(audit, frame[frame.text == t.text], f"{t.title}: ") for t in texts], "")


def _others(n: int) -> str:
    return "The other one is a notice or a duty of others." if n == 1 else f"The other {n} are notices and duties of others."


def _coverage(audit: Reader, frame: pd.DataFrame, whose: str = "") -> Html:
    judged = frame[frame.kind.isin(JUDGED)]
    n = {s: int((judged.status == s).sum()) for s in wording.STATUS}
    unmeasured = n["not_assessed"] + n["error"]
    sentence = (
        f"{whose}Of {len(frame)} clauses, {len(judged)} can be measured or vouched for. {wording.period(audit.run)}: "
        f"{n['satisfied']} kept, {n['not_satisfied']} broken, {n['inconclusive']} cannot be told, "
        f"{n['no_population']} had nothing fall due, {unmeasured} could not be assessed. "
        f"{_others(len(frame) - len(judged))}"
    )
    status = "not_satisfied" if n["not_satisfied"] else "inconclusive" if n["inconclusive"] + unmeasured else "satisfied"
    word = {"not_satisfied": "✗ promises broken", "inconclusive": "? not all can be told", "satisfied": "✓ kept"}[status]
    return Html(render("sentence.html.j2", status=status, word=word, sentence=sentence), f"{word}\n{sentence}")
