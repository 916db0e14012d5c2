"""Whether the figures can be believed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from audits.evaluation.results import rows_of
from audits.show import wording
from audits.show.cells import count
from audits.show.html import Cell, Html, render, table
from audits.show.reader import Reader

_NOT_TESTED = "The controls were not self-tested in this run; audits selftest does it."


def population(audit: Reader) -> Html:
    """Whether the populations are whole; failed tests first."""
    colours = {True: "satisfied", False: "not_satisfied"}
    rows = [
        (
            r.test.replace("_", " "),
            r.table_name,
            Cell(
                wording.outcome(r.passed),
                status="not_assessed" if pd.isna(r.passed) else colours[bool(r.passed)],
            ),
            r.detail,
        )
        for r in rows_of(audit.results.population())
    ]
    return table("Is every record there?", ("Test", "Table", "Result", "Detail"), rows, empty="No test could be made.")


def quality(audit: Reader, broken: bool = True) -> Html:
    """The contract's constraints: those with bad rows, or all; keys and values of bad rows are auditors' alone."""
    frame = audit.results.quality()
    chosen = frame[frame.bad > 0] if broken else frame
    told = ("Values found", "Keys") if broken else ("Keys",)
    heads = ("Table", "Rule", "Rows", "Bad rows", *(told if audit.names_records else ()))
    rows = [
        (
            r.table_name,
            str(r.rule),
            count(r.row_count),
            Cell("not measured", "number") if pd.isna(r.bad) else count(r.bad),
            *(_told(r, broken) if audit.names_records else ()),
        )
        for r in rows_of(chosen)
    ]
    caption = "Rows that break the export contract" if broken else "Every rule of the export contract"
    return table(caption, heads, rows, empty="No row breaks a rule that could be measured.")


def _told(rule: Any, broken: bool) -> Iterator[Cell]:
    """What auditors see of the rows that break a rule: the values that do so most often, and keys."""
    if broken:
        yield Cell(wording.values_found(rule.found))
    yield Cell(", ".join(rule.keys), "key")


def quality_answer(audit: Reader) -> Html:
    """One sentence: can the figures be believed?"""
    population, quality = audit.results.population(), audit.results.quality()
    failed = int((population.passed == False).sum())  # noqa: E712 – three-valued
    bad = quality[quality.bad > 0]
    rows = int(quality.groupby("table_name").row_count.first().sum()) if len(quality) else 0
    whole = (
        "every population test that could be made passed"
        if not failed
        else f"{wording.counted(failed, 'population test')} failed"
    )
    clean = (
        "no row breaks the contract"
        if bad.empty
        else f"{wording.counted(len(bad), 'rule')} of the contract broken by {wording.counted(int(bad.bad.sum()), 'row')}"
    )
    sentence = f"{wording.number(rows)} rows in {wording.counted(quality.table_name.nunique(), 'table')}: {whole}; {clean}."
    status = "not_satisfied" if failed else "inconclusive" if len(bad) else "satisfied"
    untested = sorted({t.replace("_", " ") for t in population[population.passed.isna()].test})
    more = f" Not tested, for want of data: {', '.join(untested)}." if untested else ""
    word = {"not_satisfied": "✗ not whole", "inconclusive": "? bad rows", "satisfied": "✓ whole"}[status]
    return Html(
        render("sentence.html.j2", status=status, word=word, sentence=sentence + more),
        f"{word}\n{sentence}{more}",
    )


def selftest(audit: Reader) -> Html:
    """Whether the controls find what was put in for them: those that missed something are not relied on."""
    frame = audit.results.selftest()
    if frame.empty:
        return Html(render("notes.html.j2", notes=[_NOT_TESTED]), _NOT_TESTED)
    missed = frame[frame.detected < frame.injected]
    rows = [
        (_title(audit, r.control), str(r.injection).replace("_", " "), count(r.injected), count(r.detected))
        for r in rows_of(missed)
    ]
    kinds = wording.counted(len(frame), "kind")
    sentence = (
        f"{wording.number(frame.injected.sum())} known violations of {kinds} were put into the sample for "
        f"{frame.control.nunique()} controls; {wording.number(frame.detected.sum())} were found."
    )
    return table(
        "Not relied on", ("Control", "Put in", "Injected", "Found"), rows, sentence, f"{sentence} Every control is relied on."
    )


def _title(audit: Reader, control: str) -> str:
    return next(p.title for p in audit.results.promises.values() if p.control == control)
