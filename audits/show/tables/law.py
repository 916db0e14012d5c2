"""The facts of law that figures rest on."""

from __future__ import annotations

from audits.evaluation.results import rows_of
from audits.law.reference import is_unchecked
from audits.show import wording
from audits.show.cells import told
from audits.show.html import Cell, Html, render, table
from audits.show.reader import Reader


def provisional(audit: Reader, *rule_sets: str) -> Html:
    """How many of the period's findings rest on facts of law that nobody has looked up yet, of these tables."""
    frame = audit.results.rules_used()
    frame = frame[frame.rule_set.isin(rule_sets or ["statute"])]
    unchecked, total = int(frame[frame.checked.map(is_unchecked).astype(bool)].n.sum()), int(frame.n.sum())
    what = "due dates of the period rest on rules of law" if not rule_sets else "findings of the period rest on facts of law"
    sentence = f"⚠ {wording.number(unchecked)} of {wording.number(total)} {what} not yet looked up."
    return Html(render("notes.html.j2", notes=[sentence] if unchecked else []), sentence if unchecked else "")


def rules_used(audit: Reader, *rule_sets: str) -> Html:
    """The facts of law that the period was judged by, of these tables, each with how far it was checked."""
    rows: list[tuple[Cell | str | int, ...]] = [
        (
            r.rule_set,
            r.jurisdiction,
            str(r.rule).replace("_", " "),
            int(r.n),
            r.source,
            _checked(r.checked),
        )
        for r in rows_of(audit.results.rules_used())
        if r.rule_set in (rule_sets or ("statute", "acknowledge"))
    ]
    heads = ("Rule set", "Place", "Rule", "Findings", "Source", "Checked")
    return table(
        "Rules of law in use",
        heads,
        told(audit, rows),
        "⚠ marks rules that nobody has looked up yet, or found: figures that rest on them are provisional.",
    )


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
