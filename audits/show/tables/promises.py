"""Promises: the answer, the counts side by side, why, by month and by what else they can be broken down by."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import pandas as pd

from audits.evaluation.results import PromiseResult, rows_of
from audits.evaluation.status import VERDICTS, rate
from audits.law.reference import is_unchecked
from audits.show import suppression, wording
from audits.show.cells import as_shown, count, merge_note, of_each, of_each_text, promised, result, share
from audits.show.html import Cell, Html, Row, render, table, together
from audits.show.reader import Reader
from audits.show.retold import again
from audits.show.sentence import answer as sentence_of
from audits.words import number, plural, say


@of_each
def answer(audit: Reader, promise: str, still_open: bool = True) -> Html:
    """The answer of one promise as a sentence with its status, and figures; `still_open` for duties that can be pending."""
    found = result(audit, promise)
    unmeasured = found.status in ("not_assessed", "error")
    figures = [
        (say("kept"), wording.rate(found.rate_low, found.rate_high)),
        (say("broken"), "–" if unmeasured else number(found.violation)),
        (say("cannot be told"), "–" if unmeasured else number(found.indeterminate)),
        *([(say("open, not yet due"), number(_open(audit, promise)))] if still_open else []),
    ]
    sentence = sentence_of(found, audit.run)
    html = render(
        "answer.html.j2",
        promise=found,
        sentence=sentence,
        figures=figures,
        status=wording.status(found.status),
    )
    return Html(html, f"{found.title}\n{wording.status(found.status)}\n{sentence}")


def scorecard(audit: Reader, promises: Iterable[str]) -> Html:
    """Promises side by side: status, counts of the period, bounds of the rate."""
    rows = [_score(found, found.control not in audit.results.not_relied_on) for found in promised(audit, promises)]
    heads = (
        *(say("Promise"), say("Status"), say("Kept"), say("Broken"), say("Cannot be told")),
        *(say("Pending"), say("Rate")),
    )
    note = say(
        "Rate: the share of duties kept among those that fell due; a range where some cannot be told. "
        "Pending ones are in neither."
    )
    return table(say("Promises {when}", when=wording.when(audit.run)), heads, rows, note)


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
    rows = [(again(found.reason_texts.get(code, code)), count(n)) for code, n in counted]
    return table(f"{say('Why')}: {found.title}", (say("Reason"), say("Findings")), rows)


def reasons_of(audit: Reader, promises: Iterable[str]) -> Html:
    """Why, promise by promise; those without findings in the period are left out."""
    chosen = [p.promise_id for p in promised(audit, promises)]
    return together([reasons(audit, c) for c in chosen if audit.results.reasons(c)], say("Nothing fell due in this period."))


@of_each
def by_dimension(audit: Reader, promise: str, dimension: str, head: str) -> Html:
    """The period's rate by country, type, channel …; worst first. For leadership small ones stand together."""
    frame = as_shown(audit, audit.results.by(promise, dimension), "value", dimension)
    counts = [(str(r.value), tuple(int(getattr(r, v)) for v in VERDICTS)) for r in rows_of(frame)]
    found = [(name, dict(zip(VERDICTS, cells, strict=True))) for name, cells in suppression.merged(counts, audit.least)]
    marked = unchecked_places(audit) if dimension == "jurisdiction" else set()
    shown = [(named(name, dimension) + (" ⚠" if name in marked else ""), counts) for name, counts in found]
    rows = sorted((_group(name, counts) for name, counts in shown), key=_worst_first)
    heads = (say(head), say("Rate"), say("Kept"), say("Broken"), say("Cannot be told"), say("Pending"))
    return table(
        say("By {noun}: {title}", noun=wording.inside(head), title=result(audit, promise).title), heads, rows, merge_note(audit)
    )


def named(value: str, dimension: str) -> str:
    """What a reader calls a value of a dimension: a place by its name, a measure as readers know it, words as they are said."""
    if dimension in ("country", "jurisdiction") or dimension.endswith("_country"):
        return wording.place(value)
    if dimension == "mechanism":
        return wording.mechanism(value)
    return wording.word(value) if dimension in _WORDS else wording.group(value)


# Dimensions whose values are words of the contract; those of others are names.
_WORDS = ("type", "channel", "kind", "purpose", "ground", "legal_basis", "subject_type", "category", "hold_ground")


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
    heads = (say("Month"), say("Rate"), say("Kept"), say("Broken"), say("Cannot be told"))
    return table(say("What fell due, month by month") + (f": {title}" if title else ""), heads, rows)


def readings(audit: Reader, promises: Iterable[str]) -> Html:
    """The same promises read otherwise, beside the reading that the verdicts rest on."""
    chosen = {p.promise_id: p for p in promised(audit, promises)}
    rows: list[Row] = [
        (
            chosen[r.promise_id].title,
            audit.results.reading(r.promise_id, r.reading),
            *(count(getattr(r, v)) for v in ("compliant", "violation", "indeterminate")),
            Cell(wording.rate(share(r.rate_low), share(r.rate_high)), "number"),
            Cell(wording.rate(chosen[r.promise_id].rate_low, chosen[r.promise_id].rate_high), "number"),
        )
        for r in rows_of(audit.results.readings())
        if r.promise_id in chosen
    ]
    heads = (
        *(say("Promise"), say("Read as"), say("Kept"), say("Broken"), say("Cannot be told")),
        *(say("Rate"), say("Rate as judged")),
    )
    return table(say("Read otherwise"), heads, rows) if rows else Html("", say("No other reading is measured."))


def durations(audit: Reader, promises: Iterable[str]) -> Html:
    """How long it takes where no number is promised: days of what was done in the period, and what is still open."""
    rows: list[Row] = []
    for promise in promised(audit, promises):
        frame = audit.results.durations(promise.promise_id)
        done = frame[frame.days.notna() & (frame.days >= 0)]
        if len(frame):
            rows.append((promise.title, *_quantiles(done), count(frame[frame.days.isna()].n.sum())))
    heads = (say("Duty"), say("Done"), say("Half within"), say("Nine of ten within"), say("Longest"), say("Still open"))
    note = say("Days from the request to the act. No number is promised, so none is judged unless a parameter sets one.")
    shown = table(say("How long it takes where no number is promised"), heads, rows, note)
    return shown if rows else Html("", say("Nothing of the kind in this period."))


def _quantiles(done: pd.DataFrame) -> tuple[Cell, ...]:
    if done.empty:
        return (Cell("0", "number"), *(Cell("–", "number"),) * 3)
    days = done.sort_values("days")
    reached = days.n.cumsum() / days.n.sum()
    at = [days.days[reached >= share].iloc[0] for share in (0.5, 0.9)]
    return (count(days.n.sum()), *(Cell(plural("{n} day", "{n} days", int(d)), "number") for d in (*at, days.days.iloc[-1])))


@of_each_text
def falling_due(audit: Reader, promise: str) -> Html:
    """How many open requests reach their last day within 7, 14 and 30 days."""
    rows = [(say("within {n} days", n=r.days), count(r.n)) for r in rows_of(audit.results.falling_due(promise))]
    caption = say("Falls due after {day}", day=wording.day(audit.run.as_of))
    return table(caption, (say("When"), say("Open requests")), rows)


@of_each_text
def open_by_age(audit: Reader, promise: str) -> Html:
    """Open requests by days since receipt."""
    rows: list[Row] = [(name, *map(count, cells)) for name, cells in ages(audit, promise)]
    caption = say("Open on {day}, by days since receipt", day=wording.day(audit.run.as_of))
    heads = (say("Open requests"),) if audit.least else (say("Not yet due"), say("Overdue"))
    return table(caption, (say("Age"), *heads), rows)


def ages(audit: Reader, promise: str) -> list[tuple[str, tuple[int, ...]]]:
    """Open requests by days since receipt, not yet due and overdue; leadership is told both together, and no small count."""
    bands: list[tuple[str, tuple[int, ...]]] = [
        (age(r.age), (int(r.not_yet_due), int(r.overdue))) for r in rows_of(audit.results.open_by_age(promise))
    ]
    if not audit.least:
        return bands
    told = suppression.merged([(name, (sum(cells),)) for name, cells in bands], audit.least)
    return [(wording.group(name), cells) for name, cells in told]


def age(band: str) -> str:
    """A band of ages, as results name it: 0 to 7 days; over 90 days."""
    first, last = re.findall(r"\d+", band)[0], re.findall(r"\d+", band)[-1]
    return say("over {n} days", n=last) if first == last else say("{first} to {last} days", first=first, last=last)


def promise_and_law(audit: Reader) -> Html:
    """A promise of a time beside the law's time: both kept, promise broken, law broken, both broken."""
    pairs = _pairs(audit, of_one_control=False)
    several = len(pairs) > 1
    shown = [
        _beside(part, say("The promise and the law, request by request") + (f": {one.title}; {law.title}" if several else ""))
        for one, law, part in pairs
    ]
    return together(shown, "") if shown else Html("", say("No promise of a time stands beside the law's in these results."))


def texts_and_texts(audit: Reader) -> Html:
    """What two texts promise otherwise, over the same records; nothing where there is one text."""
    titles = {t.text: t.title for t in audit.results.texts}
    shown = [
        _beside(
            part, say("{title}, record by record", title=one.title), titles[one.text], titles[other.text], say("Not asked for")
        )
        for one, other, part in _pairs(audit, of_one_control=True)
    ]
    none = say("No two texts promise the same with different values.")
    return together(shown, "") if shown else Html("", none if len(titles) > 1 else "")


def _pairs(audit: Reader, of_one_control: bool) -> list[tuple[PromiseResult, PromiseResult, pd.DataFrame]]:
    """The promises that stand beside each other, with their counts; those of one control, or those of a promise and the law."""
    frame, known = audit.results.promise_and_law(), audit.results.promises
    found = [
        (known.get(str(one)), known.get(str(law)), part)
        for (one, law), part in frame.groupby(["promise_id", "law_id"], sort=False)
    ]
    return [(p, law, part) for p, law, part in found if p and law and (p.control == law.control) == of_one_control]


def _beside(frame: pd.DataFrame, caption: str, one: str = "", other: str = "", none: str = "") -> Html:
    one, other, none = one or say("Promise"), other or say("Law"), none or say("No number in the law")
    sums = {(p, law): int(n) for p, law, n in frame[["promise", "law", "n"]].itertuples(index=False)}
    words = {
        **{"compliant": say("kept"), "violation": say("broken"), "pending": say("pending")},
        "indeterminate": say("cannot be told"),
    }
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
    title = f"{found.title} – {again(found.why)}" if found.why else found.title
    if not relied_on:
        title += f" – {say('not relied on: it missed violations in its self-test')}"
    status = Cell(wording.status(found.status), status=found.status)
    return (
        title,
        status,
        *counts,
        Cell(wording.rate(found.rate_low, found.rate_high), "number", found.rate_low),
    )


def _open(audit: Reader, promise: str) -> int:
    return int(audit.results.open_by_age(promise).not_yet_due.sum())
