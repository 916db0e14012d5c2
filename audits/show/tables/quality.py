"""Whether the figures can be believed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from audits.evaluation.results import rows_of
from audits.show import wording
from audits.show.cells import count
from audits.show.html import Cell, Html, folded, render, said, table, together
from audits.show.reader import Reader
from audits.show.retold import again
from audits.words import mark, number, plural, say

_NOT_TESTED = mark("The controls were not self-tested in this run.")


def population(audit: Reader) -> Html:
    """Whether the populations are whole: the tests that did not pass, and, folded, those that did."""
    tests = rows_of(audit.results.population())
    passed = [r for r in tests if not pd.isna(r.passed) and r.passed]
    others = [r for r in tests if pd.isna(r.passed) or not r.passed]
    parts = [_tests(others)] if others else []
    if passed:
        parts.append(folded(plural("{n} test passed", "{n} tests passed", len(passed)), _tests(passed)))
    return together(parts, say("No test could be made."))


def _tests(tests: Sequence[Any]) -> Html:
    colours = {True: "satisfied", False: "not_satisfied"}
    rows = [
        (
            wording.word(r.test),
            r.table_name,
            Cell(
                wording.outcome(r.passed),
                status="not_assessed" if pd.isna(r.passed) else colours[bool(r.passed)],
            ),
            again(r.detail),
        )
        for r in tests
    ]
    return table(say("Is every record there?"), (say("Test"), say("Table"), say("Result"), say("Detail")), rows)


def quality(audit: Reader, broken: bool = True) -> Html:
    """The contract's constraints: those with bad rows, or all; keys and values of bad rows are auditors' alone."""
    frame = audit.results.quality()
    chosen = frame[frame.bad > 0] if broken else frame
    told = (say("Values found"), say("Keys")) if broken else (say("Keys"),)
    heads = (say("Table"), say("Rule"), say("Rows"), say("Bad rows"), *(told if audit.names_records else ()))
    rows = [
        (
            r.table_name,
            again(str(r.rule)),
            count(r.row_count),
            Cell(say("not measured"), "number") if pd.isna(r.bad) else count(r.bad),
            *(_told(r, broken) if audit.names_records else ()),
        )
        for r in rows_of(chosen)
    ]
    caption = say("Rows that break the export contract") if broken else say("Every rule of the export contract")
    found = table(caption, heads, rows, empty=say("No row breaks a rule that could be measured."))
    return found if broken else folded(plural("{n} rule", "{n} rules", len(rows)), found)


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
    sentence = say(
        "{rows} in {tables}: {whole}; {clean}.",
        rows=plural("{n} row", "{n} rows", rows),
        tables=plural("{n} table", "{n} tables", quality.table_name.nunique()),
        whole=_whole(population, failed),
        clean=_clean(bad),
    )
    status = "not_satisfied" if failed else "inconclusive" if len(bad) else "satisfied"
    untested = sorted({wording.word(t) for t in population[population.passed.isna()].test})
    more = say(" Not tested, for want of data: {tests}.", tests=", ".join(untested)) if untested else ""
    words = {"not_satisfied": mark("■ not whole"), "inconclusive": mark("□ bad rows"), "satisfied": mark("• whole")}
    word = say(words[status])
    return Html(
        render("sentence.html.j2", status=status, word=word, sentence=sentence + more),
        f"{word}\n{sentence}{more}",
    )


def _whole(population: pd.DataFrame, failed: int) -> str:
    if failed:
        return plural("{n} population test failed", "{n} population tests failed", failed)
    if population.passed.isna().all():
        return say("no population test could be made")
    return say("every population test that could be made passed")


def _clean(bad: pd.DataFrame) -> str:
    if bad.empty:
        return say("no row breaks the contract")
    rows = plural("{n} row", "{n} rows", int(bad.bad.sum()))
    return plural("{n} rule of the contract broken by {rows}", "{n} rules of the contract broken by {rows}", len(bad), rows=rows)


def selftest(audit: Reader) -> Html:
    """Whether the controls find what was put in for them: those that missed something are not relied on."""
    frame = audit.results.selftest()
    if frame.empty:
        return Html(render("notes.html.j2", notes=[say(_NOT_TESTED)]), say(_NOT_TESTED))
    missed = frame[frame.detected < frame.injected]
    rows = [
        (_title(audit, r.control), str(r.injection).replace("_", " "), count(r.injected), count(r.detected))
        for r in rows_of(missed)
    ]
    sentence = say(
        "{n} known violations of {kinds} were put into the sample for {controls}; {found} were found.",
        n=number(frame.injected.sum()),
        kinds=plural("{n} kind", "{n} kinds", len(frame)),
        controls=plural("{n} control", "{n} controls", frame.control.nunique()),
        found=number(frame.detected.sum()),
    )
    if missed.empty:
        return said(say("{sentence} Every control is relied on.", sentence=sentence))
    heads = (say("Control"), say("Put in"), say("Injected"), say("Found"))
    return table(say("Not relied on"), heads, rows, sentence)


def _title(audit: Reader, control: str) -> str:
    return next(p.title for p in audit.results.promises.values() if p.control == control)
