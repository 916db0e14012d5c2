"""The facts of law that figures rest on."""

from __future__ import annotations

from audits.evaluation.results import rows_of
from audits.law.reference import is_unchecked
from audits.show import wording
from audits.show.cells import count
from audits.show.html import Html, Row, render, table
from audits.show.reader import Reader


def provisional(audit: Reader, *rule_sets: str) -> Html:
    """How many of the period's findings rest on facts of law that nobody has looked up yet, of these tables."""
    frame = audit.results.rules_used()
    frame = frame[frame.rule_set.isin(rule_sets or ["statute"])]
    unchecked, total = int(frame[frame.checked.map(is_unchecked).astype(bool)].n.sum()), int(frame.n.sum())
    what = "due dates of the period rest on rules of law" if not rule_sets else "findings of the period rest on facts of law"
    few = f"fewer than {audit.least}" if 0 < unchecked < audit.least else wording.number(unchecked)
    sentence = f"⚠ {few} of {wording.number(total)} {what} not yet looked up."
    return Html(render("notes.html.j2", notes=[sentence] if unchecked else []), sentence if unchecked else "")


def rules_used(audit: Reader, *rule_sets: str) -> Html:
    """The facts of law that the period was judged by, each with how far it was checked; for auditors how often."""
    used = [r for r in rows_of(audit.results.rules_used()) if r.rule_set in (rule_sets or ("statute", "acknowledge"))]
    rows: list[Row] = [
        (
            *(r.rule_set, r.jurisdiction, str(r.rule).replace("_", " ")),
            *(() if audit.least else (count(r.n),)),
            *(r.source, _checked(r.checked)),
        )
        for r in used
    ]
    heads = ("Rule set", "Place", "Rule", *(() if audit.least else ("Findings",)), "Source", "Checked")
    note = "⚠ marks rules that nobody has looked up yet, or found: figures that rest on them are provisional."
    return table("Rules of law in use", heads, rows, note)


def unchecked(audit: Reader) -> Html:
    """The facts of law that figures of the period rest on and that nobody has looked up yet."""
    frame = audit.results.rules_used()
    rows = [
        (r.rule_set.replace("_", " "), r.jurisdiction, str(r.rule).replace("_", " "), r.source)
        for r in rows_of(frame[frame.checked.map(is_unchecked).astype(bool)])
    ]
    heads = ("Table", "Place", "Rule", "Source")
    return table("Facts of law not looked up yet", heads, rows, empty="Every fact that figures rest on was looked up.")


def _checked(checked: str) -> str:
    return f"⚠ {checked}" if is_unchecked(checked) else checked
