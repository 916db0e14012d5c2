"""Several promises at once: how many of them are kept, each in a row, the worst first; and what is behind those that are not."""

from __future__ import annotations

from collections.abc import Iterable

from audits.evaluation.results import PromiseResult
from audits.show import wording
from audits.show.cells import count, promised
from audits.show.html import Cell, Html, render, table, together
from audits.show.reader import Reader
from audits.show.tables.findings import findings

_WORST_FIRST = ("not_satisfied", "error", "inconclusive", "not_assessed", "satisfied", "no_population")
_SEVERITIES = ("high", "medium", "low")


def answers(audit: Reader, promises: Iterable[str]) -> Html:
    """How many of some promises are kept, as a sentence; then each: its rate, how many of how many, and who answers for it."""
    found = _worst_first(audit, promises)
    n = {status: sum(p.status == status for p in found) for status in _WORST_FIRST}
    unmeasured = n["not_assessed"] + n["error"]
    status, word = wording.standing(n["satisfied"], n["not_satisfied"], n["inconclusive"] + unmeasured)
    judged = n["satisfied"] + n["not_satisfied"] + n["inconclusive"]
    others = {
        "broken": n["not_satisfied"],
        "cannot be told": n["inconclusive"],
        "could not be measured": unmeasured,
        "with nothing that fell due": n["no_population"],
    }
    more = "".join(f"; {wording.number(number)} {what}" for what, number in others.items() if number)
    start, were = wording.when(audit.run), "was" if judged == 1 else "were"
    kept = f"{n['satisfied']} of {wording.counted(judged, 'promise')} that could be judged {were} kept"
    sentence = f"{start[0].upper()}{start[1:]}, {kept}{more}."
    said = Html(render("sentence.html.j2", status=status, word=word, sentence=sentence), f"{word}\n{sentence}")
    return together([said, _each(audit, found)], "")


def _each(audit: Reader, found: Iterable[PromiseResult]) -> Html:
    heads = ("Promise", "Status", "Rate", "Kept", "Broken", "Cannot be told", "Owner")
    note = "Rate: the share of duties kept among those that fell due; a range where some cannot be told."
    return table(f"Promises {wording.when(audit.run)}, the worst first", heads, [_row(audit, p) for p in found], note)


def _row(audit: Reader, found: PromiseResult) -> tuple[Cell | str, ...]:
    unmeasured = found.status in ("not_assessed", "error")
    kept = f"{wording.number(found.compliant)} of {wording.number(found.judged)}"
    counts = (Cell("–", "number"),) * 3 if unmeasured else (Cell(kept, "number"), count(found.violation), count(found.indeterminate))
    missed = ["not relied on: it missed violations in its self-test"] if found.control in audit.results.not_relied_on else []
    return (
        " – ".join(filter(None, [found.title, found.why, *missed])),
        Cell(wording.STATUS[found.status], status=found.status),
        Cell(wording.rate(found.rate_low, found.rate_high), "number", found.rate_low),
        *counts,
        found.owner,
    )


def exceptions(audit: Reader, promises: Iterable[str]) -> Html:
    """What is behind the promises that are broken or cannot be told, one by one, the worst first: why, and which records."""
    found = [p for p in _worst_first(audit, promises) if p.violation or p.indeterminate]
    return together([_behind(audit, p) for p in found], "Nothing that fell due is broken, and all of it could be judged.")


def _behind(audit: Reader, found: PromiseResult) -> Html:
    counts = sorted(audit.results.reasons(found.promise_id).items(), key=lambda reason: -reason[1])
    why = "; ".join(f"{found.reason_texts.get(code, code)}: {wording.number(n)}" for code, n in counts)
    records = [
        (f"{head}: {wording.number(n)}", findings(audit, found.promise_id, verdict))
        for head, verdict, n in (
            ("Violations", "violation", found.violation),
            ("Cannot be told", "indeterminate", found.indeterminate),
        )
        if n
    ]
    sentence = wording.answer(found, audit.run)
    html = render(
        "exception.html.j2", promise=found, status=wording.STATUS[found.status], sentence=sentence, why=why, records=records
    )
    return Html(html, "\n".join([found.title, sentence, f"Why: {why}", *(shown.text for _, shown in records)]))


def _worst_first(audit: Reader, promises: Iterable[str]) -> list[PromiseResult]:
    return sorted(
        promised(audit, promises),
        key=lambda p: (_WORST_FIRST.index(p.status), _SEVERITIES.index(p.severity), p.waived - p.violation, p.promise_id),
    )
