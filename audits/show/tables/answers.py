"""Several promises at once: how many of them are kept, each in a row, the worst first; and what is behind those that are not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from audits.evaluation.results import PromiseResult, rows_of
from audits.evaluation.status import SEVERITIES
from audits.show import chance, wording
from audits.show.cells import count, promised
from audits.show.html import Cell, Html, folded, render, table, together
from audits.show.reader import Reader
from audits.show.retold import again
from audits.show.sentence import answer as sentence_of
from audits.show.tables.findings import findings
from audits.words import mark, number, plural, say

_WORST_FIRST = ("not_satisfied", "error", "inconclusive", "not_assessed", "satisfied", "no_population")
_AS_PROMISED = ("satisfied", "no_population")


def answers(audit: Reader, promises: Iterable[str]) -> Html:
    """How many of some promises are kept, as a sentence; then each: how many of how many, and who answers for it.

    Those that are kept are folded away where there are others.
    """
    found = _worst_first(audit, promises)
    kept = [p for p in found if p.status in _AS_PROMISED]
    others = [p for p in found if p not in kept]
    when = wording.when(audit.run)
    tables = [_each(audit, say("Promises {when}, the worst first", when=when), others)] if others else []
    if kept:
        caption = say("Promises that were kept {when}, or under which nothing fell due", when=when)
        shown = _each(audit, caption, kept)
        tables.append(folded(_the_others(len(kept)), shown) if others else shown)
    return together([_sentence(audit, found), *tables], "")


def _the_others(n: int) -> str:
    return plural("The other promise", "The other {n} promises", n)


def _sentence(audit: Reader, found: Sequence[PromiseResult]) -> Html:
    n = {status: sum(p.status == status for p in found) for status in _WORST_FIRST}
    unmeasured = n["not_assessed"] + n["error"]
    status, word = wording.standing(n["satisfied"], n["not_satisfied"], n["inconclusive"], unmeasured)
    if unmeasured and status == "satisfied":  # a page is short enough to leave nothing out of its answer
        status, word = "inconclusive", say("□ not all could be measured")
    judged = n["satisfied"] + n["not_satisfied"] + n["inconclusive"]
    start = wording.capital(wording.when(audit.run))
    kept = plural(
        "{when}, {kept} of {n} promise that could be judged was kept",
        "{when}, {kept} of {n} promises that could be judged were kept",
        judged,
        kept=number(n["satisfied"]),
        when=start,
    )
    kept = kept if judged else say("{when}, nothing could be judged", when=start)
    others = {
        mark("{n} broken"): n["not_satisfied"],
        mark("{n} cannot be told"): n["inconclusive"],
        mark("{n} could not be measured"): unmeasured,
        mark("{n} with nothing that fell due"): n["no_population"],
    }
    sentence = "; ".join([kept, *(say(message, n=number(found)) for message, found in others.items() if found)]) + "."
    return Html(render("sentence.html.j2", status=status, word=word, sentence=sentence), f"{word}\n{sentence}")


def _each(audit: Reader, caption: str, found: Iterable[PromiseResult]) -> Html:
    heads = (
        *(say("Promise"), say("Status"), say("Kept"), say("Broken"), say("Cannot be told")),
        *(say("95 % range"), say("Owner")),
    )
    note = say(
        "95 % range: between which rates the process lies, as what fell due in the period tells; what is carried is not in it."
    )
    return table(caption, heads, [_row(audit, p) for p in found], note)


def _likely(audit: Reader, found: PromiseResult) -> Cell:
    """Between which rates the process lies, where anything fell due."""
    due = chance.steps(audit.results.history(found.promise_id))
    return Cell(wording.likely(*chance.interval(due[0])) if due and due[0].n else "–", "number")


def _row(audit: Reader, found: PromiseResult) -> tuple[Cell | str, ...]:
    rate = wording.rate(found.rate_low, found.rate_high)
    parts = (rate, say("{n} of {total}", n=number(found.compliant), total=number(found.judged)))
    kept = Cell(", ".join(part.replace(" ", "\xa0") for part in parts) if found.judged else "–")  # a line a part, on a phone
    unmeasured = found.status in ("not_assessed", "error")
    counts = (Cell("–", "number"),) * 2 if unmeasured else (count(found.violation), count(found.indeterminate))
    missed = [say("not relied on: it missed violations in its self-test")] if found.control in audit.results.not_relied_on else []
    title = " – ".join(filter(None, [found.title, again(found.why), *missed]))
    return (
        title,
        Cell(wording.status(found.status), status=found.status),
        kept,
        *counts,
        _likely(audit, found),
        wording.owner(found.owner),
    )


def exceptions(audit: Reader, promises: Iterable[str]) -> Html:
    """What is behind the promises that are broken or cannot be told, one by one, the worst first: why, and which records."""
    found = [p for p in _worst_first(audit, promises) if p.violation or p.indeterminate]
    return together([_behind(audit, p) for p in found], say("Nothing that fell due is broken, and all of it could be judged."))


def settling(audit: Reader, promises: Iterable[str]) -> Html:
    """What would settle what cannot be told: the columns, and where it is none the reasons, that keep most findings undecided."""
    known = {p.promise_id: p for p in promised(audit, promises)}
    found: dict[str, list[Any]] = {}
    for r in rows_of(audit.results.doubts()):
        if r.promise_id in known:
            told = wording.known(r.column_name) or again(known[r.promise_id].reason_texts.get(r.reason, r.reason))
            found.setdefault(told, []).append(r)
    ordered = sorted(found.items(), key=lambda each: (-sum(int(r.n) for r in each[1]), each[0]))
    rows = [_settles(audit, what, rows) for what, rows in ordered]
    such = (say("Such as"),) if audit.names_records else ()
    heads = (say("Column, or why not"), say("Findings kept undecided"), say("Promises"), *such)
    note = say("A finding that several columns keep undecided stands under each. Where none is named, mend the record.")
    shown = table(say("What would settle it, the most first"), heads, rows, note)
    return shown if rows else Html("", say("Everything that fell due could be judged."))


def _settles(audit: Reader, what: str, rows: Sequence[Any]) -> tuple[Cell | str, ...]:
    records = list(dict.fromkeys(record for r in rows for record in r.records))[:3]
    cells = (what, count(sum(int(r.n) for r in rows)), count(len({r.promise_id for r in rows})))
    return (*cells, Cell(", ".join(records), "key")) if audit.names_records else cells


def _behind(audit: Reader, found: PromiseResult) -> Html:
    counts = sorted(audit.results.reasons(found.promise_id).items(), key=lambda reason: -reason[1])
    why = "; ".join(f"{again(found.reason_texts.get(code, code))}: {number(n)}" for code, n in counts)
    records = [
        folded(f"{head}: {number(n)}", findings(audit, found.promise_id, verdict))
        for head, verdict, n in (
            (say("Violations"), "violation", found.violation),
            (say("Cannot be told"), "indeterminate", found.indeterminate),
        )
        if n
    ]
    status, sentence, shown = wording.status(found.status), sentence_of(found, audit.run), together(records, "")
    values = {"promise": found, "owner": wording.owner(found.owner), "status": status, "sentence": sentence, "why": why}
    html = render("exception.html.j2", **values, records=shown.html)
    return Html(html, f"{found.title}\n{sentence}\n{say('Why')}: {why}\n{shown.text}")


def _worst_first(audit: Reader, promises: Iterable[str]) -> list[PromiseResult]:
    return sorted(
        promised(audit, promises),
        key=lambda p: (_WORST_FIRST.index(p.status), SEVERITIES.index(p.severity), p.waived - p.violation, p.promise_id),
    )
