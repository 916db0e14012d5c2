"""The facts of law that figures rest on."""

from __future__ import annotations

from typing import Any

from audits.evaluation.results import rows_of
from audits.law.reference import is_less_sure, is_unchecked
from audits.show import wording
from audits.show.cells import count
from audits.show.html import Html, Row, render, table
from audits.show.reader import Reader
from audits.show.retold import again, rule, source
from audits.words import mark, number, say


def provisional(audit: Reader, *rule_sets: str) -> Html:
    """How many of the period's findings rest on facts of law that nobody has looked up yet, of these tables."""
    frame = audit.results.rules_used()
    frame = frame[frame.rule_set.isin(rule_sets or ["statute"])]
    unchecked, total = int(frame[frame.checked.map(is_unchecked).astype(bool)].n.sum()), int(frame.n.sum())
    few = say("fewer than {n}", n=audit.least) if 0 < unchecked < audit.least else number(unchecked)
    rules = mark("⚠ {n} of {total} due dates of the period rest on rules of law not yet looked up.")
    facts = mark("⚠ {n} of {total} findings of the period rest on facts of law not yet looked up.")
    sentence = say(facts if rule_sets else rules, n=few, total=number(total))
    return Html(render("notes.html.j2", notes=[sentence] if unchecked else []), sentence if unchecked else "")


def rules_used(audit: Reader, *rule_sets: str) -> Html:
    """The facts of law that the period was judged by, each with how far it was checked; for auditors how often."""
    used = [r for r in rows_of(audit.results.rules_used()) if r.rule_set in (rule_sets or ("statute", "acknowledge"))]
    rows: list[Row] = [
        (
            *(wording.word(r.rule_set), _place(r), rule(r.rule)),
            *(() if audit.least else (count(r.n),)),
            *(source(r.source), _checked(r.checked)),
        )
        for r in used
    ]
    often = () if audit.least else (say("Findings"),)
    heads = (say("Rule set"), say("Place"), say("Rule"), *often, say("Source"), say("Checked"))
    notes = (
        say("⚠ marks rules that nobody has looked up yet, or found: figures that rest on them are provisional."),
        say("† marks rules read in secondary sources alone, or of which a part was not found or not read."),
    )
    return table(say("Rules of law in use"), heads, rows, " ".join(notes))


def unchecked(audit: Reader) -> Html:
    """The facts of law that figures of the period rest on and that nobody has looked up yet."""
    frame = audit.results.rules_used()
    rows = [
        (wording.word(r.rule_set), _place(r), rule(r.rule), source(r.source))
        for r in rows_of(frame[frame.checked.map(is_unchecked).astype(bool)])
    ]
    heads = (say("Table"), say("Place"), say("Rule"), say("Source"))
    none = say("Every fact that figures rest on was looked up.")
    return table(say("Facts of law not looked up yet"), heads, rows, empty=none)


def _place(used: Any) -> str:
    """Where a rule holds; of a measure, which."""
    where = str(used.jurisdiction)
    return wording.mechanism(where) if where in wording.MECHANISMS else wording.place(where)


def _checked(checked: str) -> str:
    sign = "⚠ " if is_unchecked(checked) else "† " if is_less_sure(checked) else ""
    return f"{sign}{again(checked)}"
