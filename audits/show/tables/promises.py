"""Promises: the answer, the counts side by side, why, by month and by what else they can be broken down by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from audits.evaluation.results import PromiseResult, rows_of
from audits.evaluation.status import VERDICTS, rate
from audits.law.reference import is_unchecked
from audits.show import suppression, wording
from audits.show.cells import as_shown, count, merge_note, of_each, promised, result, share
from audits.show.html import Cell, Html, Row, render, table, together
from audits.show.reader import Reader


@of_each
def answer(audit: Reader, promise: str, still_open: bool = True) -> Html:
    """The answer of one promise as a sentence with its status, and figures; `still_open` for duties that can be pending."""
    found = result(audit, promise)
    unmeasured = found.status in ("not_assessed", "error")
    figures = [
        ("kept", wording.rate(found.rate_low, found.rate_high)),
        ("broken", "–" if unmeasured else wording.number(found.violation)),
        ("cannot be told", "–" if unmeasured else wording.number(found.indeterminate)),
        *([("open, not yet due", wording.number(_open(audit, promise)))] if still_open else []),
    ]
    sentence = wording.answer(found, audit.run)
    html = render(
        "answer.html.j2",
        promise=found,
        sentence=sentence,
        figures=figures,
        status=wording.STATUS[found.status],
    )
    return Html(html, f"{found.title}\n{wording.STATUS[found.status]}\n{sentence}")


def scorecard(audit: Reader, promises: Iterable[str]) -> Html:
    """Promises side by side: status, counts of the period, bounds of the rate."""
    rows = [_score(found, found.control not in audit.results.not_relied_on) for found in promised(audit, promises)]
    heads = ("Promise", "Status", "Kept", "Broken", "Cannot be told", "Pending", "Rate")
    note = (
        "Rate: the share of duties kept among those that fell due; a range where some cannot be told. "
        "Pending ones are in neither."
    )
    return table(f"Promises {wording.when(audit.run)}", heads, rows, note)


def figures(audit: Reader, promises: Iterable[str]) -> Html:
    """The key figures as fixed text, for a checked cell."""
    lines = [
        " ".join(
            [
                c.name,
                c.status,
                *(f"{v}={getattr(c, v)}" for v in VERDICTS),
                f"rate={wording.rate(c.rate_low, c.rate_high)}",
            ]
        )
        for c in promised(audit, promises)
    ]
    return Html(render("figures.html.j2", lines=lines), "\n".join(lines))


@of_each
def reasons(audit: Reader, promise: str) -> Html:
    """The period's findings by reason, in the control's own words."""
    found = result(audit, promise)
    counted = sorted(audit.results.reasons(promise).items(), key=lambda item: -item[1])
    rows = [(found.reason_texts.get(code, code), count(n)) for code, n in counted]
    return table(f"Why: {found.title}", ("Reason", "Findings"), rows)


def reasons_of(audit: Reader, promises: Iterable[str]) -> Html:
    """Why, promise by promise; those without findings in the period are left out."""
    chosen = [p.promise_id for p in promised(audit, promises)]
    return together([reasons(audit, c) for c in chosen if audit.results.reasons(c)], "Nothing fell due in this period.")


@of_each
def by_dimension(audit: Reader, promise: str, dimension: str, head: str) -> Html:
    """The period's rate by country, type, channel …; worst first. For leadership small ones stand together."""
    frame = as_shown(audit, audit.results.by(promise, dimension), "value", dimension)
    counts = [(str(r.value), tuple(int(getattr(r, v)) for v in VERDICTS)) for r in rows_of(frame)]
    found = [(name, dict(zip(VERDICTS, cells, strict=True))) for name, cells in suppression.merged(counts, audit.least)]
    marked = unchecked_places(audit) if dimension == "jurisdiction" else set()
    rows = sorted((_group(f"{name} ⚠" if name in marked else name, counts) for name, counts in found), key=_worst_first)
    heads = (head, "Rate", "Kept", "Broken", "Cannot be told", "Pending")
    return table(f"By {head.lower()}: {result(audit, promise).title}", heads, rows, merge_note(audit))


def unchecked_places(audit: Reader) -> set[str]:
    """The jurisdictions whose rules nobody has checked."""
    rules = audit.results.rules_used()
    return set(rules[rules.checked.map(is_unchecked).astype(bool)].jurisdiction)


def _group(name: str, n: Mapping[str, int]) -> Row:
    low, high = rate(n["compliant"], n["violation"], n["indeterminate"])
    shown = (count(n[v]) for v in ("compliant", "violation", "indeterminate", "pending"))
    return (name, Cell(wording.rate(low, high), "number", low), *shown)


def _worst_first(row: Row) -> tuple[float, str]:
    """By what is shown alone."""
    name, rate = row[0], row[1]
    return (rate.share if isinstance(rate, Cell) and rate.share is not None else 2.0, str(name))


@of_each
def by_month(audit: Reader, promise: str) -> Html:
    """What fell due in each of the last twelve months."""
    return months(audit.results.by_month(promise), result(audit, promise).title if len(audit.results.texts) > 1 else "")


def months(frame: pd.DataFrame, title: str = "") -> Html:
    """The rates of a frame as `by_month` of results and of views gives it; `title` tells it from others."""
    rows: list[Row] = [
        (
            wording.month(r.month),
            Cell(wording.rate(r.rate_low, r.rate_high), "number", share(r.rate_low)),
            *(count(getattr(r, v)) for v in ("compliant", "violation", "indeterminate")),
        )
        for r in rows_of(frame)
    ]
    heads = ("Month", "Rate", "Kept", "Broken", "Cannot be told")
    return table("What fell due, month by month" + (f": {title}" if title else ""), heads, rows)


def readings(audit: Reader, promises: Iterable[str]) -> Html:
    """The same promises read otherwise, beside the reading that the verdicts rest on."""
    chosen = {p.promise_id: p for p in promised(audit, promises)}
    rows: list[Row] = [
        (
            chosen[r.promise_id].title,
            r.reading,
            *(count(getattr(r, v)) for v in ("compliant", "violation", "indeterminate")),
            Cell(wording.rate(share(r.rate_low), share(r.rate_high)), "number"),
            Cell(wording.rate(chosen[r.promise_id].rate_low, chosen[r.promise_id].rate_high), "number"),
        )
        for r in rows_of(audit.results.readings())
        if r.promise_id in chosen
    ]
    heads = ("Promise", "Read as", "Kept", "Broken", "Cannot be told", "Rate", "Rate as judged")
    return table("Read otherwise", heads, rows) if rows else Html("", "No other reading is measured.")


def durations(audit: Reader, promises: Iterable[str]) -> Html:
    """How long it takes where no number is promised: days of what was done in the period, and what is still open."""
    rows: list[Row] = []
    for promise in promised(audit, promises):
        frame = audit.results.durations(promise.promise_id)
        done = frame[frame.days.notna() & (frame.days >= 0)]
        if len(frame):
            rows.append((promise.title, *_quantiles(done), count(frame[frame.days.isna()].n.sum())))
    heads = ("Duty", "Done", "Half within", "Nine of ten within", "Longest", "Still open")
    note = "Days from the request to the act. No number is promised, so none is judged unless a parameter sets one."
    shown = table("How long it takes where no number is promised", heads, rows, note)
    return shown if rows else Html("", "Nothing of the kind in this period.")


def _quantiles(done: pd.DataFrame) -> tuple[Cell, ...]:
    if done.empty:
        return (Cell("0", "number"), *(Cell("–", "number"),) * 3)
    days = done.sort_values("days")
    reached = days.n.cumsum() / days.n.sum()
    at = [days.days[reached >= share].iloc[0] for share in (0.5, 0.9)]
    return (count(days.n.sum()), *(Cell(wording.counted(int(d), "day"), "number") for d in (*at, days.days.iloc[-1])))


@of_each
def falling_due(audit: Reader, promise: str) -> Html:
    """How many open requests reach their last day within 7, 14 and 30 days."""
    rows = [(f"within {r.days} days", count(r.n)) for r in rows_of(audit.results.falling_due(promise))]
    return table(f"Falls due after {wording.day(audit.run.as_of)}", ("When", "Open requests"), rows)


@of_each
def open_by_age(audit: Reader, promise: str) -> Html:
    """Open requests by days since receipt."""
    rows = [(r.age, count(r.not_yet_due), count(r.overdue)) for r in rows_of(audit.results.open_by_age(promise))]
    return table(
        f"Open on {wording.day(audit.run.as_of)}, by days since receipt",
        ("Age", "Not yet due", "Overdue"),
        rows,
    )


def promise_and_law(audit: Reader) -> Html:
    """A promise of a time beside the law's time: both kept, promise broken, law broken, both broken."""
    pairs = _pairs(audit, of_one_control=False)
    several = len(pairs) > 1
    shown = [
        _beside(part, "The promise and the law, request by request" + (f": {one.title}; {law.title}" if several else ""))
        for one, law, part in pairs
    ]
    return together(shown, "") if shown else Html("", "No promise of a time stands beside the law's in these results.")


def texts_and_texts(audit: Reader) -> Html:
    """What two texts promise otherwise, over the same records; nothing where there is one text."""
    titles = {t.text: t.title for t in audit.results.texts}
    shown = [
        _beside(part, f"{one.title}, record by record", titles[one.text], titles[other.text], "Not asked for")
        for one, other, part in _pairs(audit, of_one_control=True)
    ]
    none = "No two texts promise the same with different values."
    return together(shown, "") if shown else Html("", none if len(titles) > 1 else "")


def _pairs(audit: Reader, of_one_control: bool) -> list[tuple[PromiseResult, PromiseResult, pd.DataFrame]]:
    """The promises that stand beside each other, with their counts; those of one control, or those of a promise and the law."""
    frame, known = audit.results.promise_and_law(), audit.results.promises
    found = [
        (known.get(str(one)), known.get(str(law)), part)
        for (one, law), part in frame.groupby(["promise_id", "law_id"], sort=False)
    ]
    return [(p, law, part) for p, law, part in found if p and law and (p.control == law.control) == of_one_control]


def _beside(
    frame: pd.DataFrame, caption: str, one: str = "Promise", other: str = "Law", none: str = "No number in the law"
) -> Html:
    sums = {(p, law): int(n) for p, law, n in frame[["promise", "law", "n"]].itertuples(index=False)}
    words = {"compliant": "kept", "violation": "broken", "pending": "pending", "indeterminate": "cannot be told"}
    columns = [*((verdict, f"{other} {word}") for verdict, word in words.items()), ("none", none)]
    names = {verdict: f"{one} {word}" for verdict, word in words.items()}
    shown = [(c, head) for c, head in columns if c in ("compliant", "violation") or any(sums.get((p, c)) for p in names)]
    rows: list[Row] = [
        (name, *(count(sums.get((p, c), 0)) for c, _ in shown))
        for p, name in names.items()
        if p in ("compliant", "violation") or any(sums.get((p, c)) for c, _ in shown)
    ]
    return table(caption, (one, *(head for _, head in shown)), rows)


def method(audit: Reader, promises: Iterable[str]) -> Html:
    """Each promise's rule in words, values and version, folded away; to auditors its query, to others where it can be read."""
    found = promised(audit, promises)
    return Html(
        render("method.html.j2", promises=found, is_auditors=audit.audience == "auditor"),
        "\n".join(f"{p.name}: {p.rule}" for p in found),
    )


def _score(found: PromiseResult, relied_on: bool) -> tuple[Cell | str, ...]:
    if found.status in ("not_assessed", "error"):
        counts: tuple[Cell, ...] = (Cell("–", "number"),) * 4
    else:
        counts = tuple(count(getattr(found, v)) for v in ("compliant", "violation", "indeterminate", "pending"))
    title = f"{found.title} – {found.why}" if found.why else found.title
    if not relied_on:
        title += " – not relied on: it missed violations in its self-test"
    status = Cell(wording.STATUS[found.status], status=found.status)
    return (
        title,
        status,
        *counts,
        Cell(wording.rate(found.rate_low, found.rate_high), "number", found.rate_low),
    )


def _open(audit: Reader, promise: str) -> int:
    return int(audit.results.open_by_age(promise).not_yet_due.sum())
