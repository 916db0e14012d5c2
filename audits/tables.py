"""Tables and sentences from results, as escaped HTML and as plain text. No SQL, no files of data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from jinja2 import Environment, PackageLoader, select_autoescape

from audits import Audit, wording
from audits.reference import UNCHECKED
from audits.results import ControlResult, rows_of
from audits.status import VERDICTS

_TEMPLATES = Environment(
    loader=PackageLoader("audits", "report/template"),
    autoescape=select_autoescape(default=True),
    trim_blocks=True,
    lstrip_blocks=True,
)
MOST_ROWS = 50

Row = tuple["Cell | str", ...]


@dataclass(frozen=True)
class Html:
    """Something to show: `html` for pages and JupyterLab, `text` for a console and for checked outputs."""

    html: str
    text: str

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Cell:
    """A cell of a table: what to show, how (text, number, status), and a share for a bar behind it."""

    text: str
    kind: str = "text"
    share: float | None = None
    status: str = ""


def table(
    caption: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[Cell | str]],
    note: str = "",
    empty: str = "Nothing.",
) -> Html:
    """A table with a caption; `empty` is said in place of no rows."""
    cells = [[c if isinstance(c, Cell) else Cell(c) for c in row] for row in rows]
    html = _render("table.html.j2", caption=caption, heads=heads, rows=cells, note=note, empty=empty)
    lines = ["\t".join(c.text for c in row) for row in cells] or [empty]
    return Html(html, "\n".join([caption, "\t".join(heads), *lines, *([note] if note else [])]))


def answer(audit: Audit, control_id: str, still_open: bool = True) -> Html:
    """The answer of one control as a sentence with its status, and figures; `still_open` for duties that can be pending."""
    control = _control(audit, control_id)
    figures = [
        ("kept", wording.rate(control.rate_low, control.rate_high)),
        ("broken", wording.number(control.violation)),
        ("cannot be told", wording.number(control.indeterminate)),
        *([("open, not yet due", wording.number(_open(audit, control_id)))] if still_open else []),
    ]
    sentence = wording.answer(control, audit.run)
    html = _render(
        "answer.html.j2",
        control=control,
        sentence=sentence,
        figures=figures,
        status=wording.STATUS[control.status],
    )
    return Html(html, f"{control.title}\n{wording.STATUS[control.status]}\n{sentence}")


def provisional(audit: Audit) -> Html:
    """How many of the period's due dates under the law rest on rules that nobody has looked up yet."""
    frame = audit.results.rules_used()
    frame = frame[frame.rule_set == "statute"]
    unchecked, total = int(frame[frame.checked == UNCHECKED].n.sum()), int(frame.n.sum())
    share = f"{wording.number(unchecked)} of {wording.number(total)}"
    sentence = f"⚠ {share} due dates of the period rest on rules of law not yet looked up."
    return Html(_render("notes.html.j2", notes=[sentence] if unchecked else []), sentence if unchecked else "")


def scorecard(audit: Audit, control_ids: Iterable[str]) -> Html:
    """Controls side by side: status, counts of the period, bounds of the rate."""
    rows = [_score(_control(audit, c)) for c in control_ids]
    heads = ("Control", "Status", "Kept", "Broken", "Cannot be told", "Pending", "Rate")
    note = (
        "Rate: the share of duties kept among those that fell due; a range where some cannot be told. "
        "Pending ones are in neither."
    )
    return table(f"Controls {wording.when(audit.run)}", heads, rows, note)


def figures(audit: Audit, control_ids: Iterable[str]) -> Html:
    """The key figures as fixed text, for a checked cell."""
    lines = [
        " ".join(
            [
                c.control_id,
                c.status,
                *(f"{v}={getattr(c, v)}" for v in VERDICTS),
                f"rate={wording.rate(c.rate_low, c.rate_high)}",
            ]
        )
        for c in (_control(audit, i) for i in control_ids)
    ]
    return Html(_render("figures.html.j2", lines=lines), "\n".join(lines))


def reasons(audit: Audit, control_id: str) -> Html:
    """The period's findings by reason, in the control's own words."""
    control = _control(audit, control_id)
    found = sorted(audit.results.reasons(control_id).items(), key=lambda item: -item[1])
    rows = [(control.reason_texts.get(code, code), _count(n)) for code, n in found]
    return table(f"Why: {control.title}", ("Reason", "Findings"), rows)


def by_dimension(audit: Audit, control_id: str, dimension: str, head: str) -> Html:
    """The period's rate by country, type, channel …; worst first."""
    frame = audit.results.by(control_id, dimension).sort_values(["rate_low", "value"])
    rules = audit.results.rules_used()
    marked = set(rules[rules.checked == UNCHECKED].jurisdiction) if dimension == "jurisdiction" else set()
    rows: list[Row] = [
        (
            f"{r.value} ⚠" if r.value in marked else str(r.value),
            Cell(wording.rate(r.rate_low, r.rate_high), "number", _share(r.rate_low)),
            *(_count(getattr(r, v)) for v in ("compliant", "violation", "indeterminate", "pending")),
        )
        for r in rows_of(frame)
    ]
    heads = (head, "Rate", "Kept", "Broken", "Cannot be told", "Pending")
    return table(f"By {head.lower()}: {_control(audit, control_id).title}", heads, rows)


def by_month(audit: Audit, control_id: str) -> Html:
    """The rate of each of the last twelve months."""
    rows: list[Row] = [
        (
            wording.month(r.month),
            Cell(wording.rate(r.rate_low, r.rate_high), "number", _share(r.rate_low)),
            *(_count(getattr(r, v)) for v in ("compliant", "violation", "indeterminate")),
        )
        for r in rows_of(audit.results.by_month(control_id))
    ]
    return table("Month by month", ("Month", "Rate", "Kept", "Broken", "Cannot be told"), rows)


def promise_and_law(audit: Audit) -> Html:
    """The promise of thirty days beside the law's time: both kept, promise broken, law broken, both broken."""
    frame = audit.results.promise_and_law()
    sums = {(p, law): int(n) for p, law, n in frame.itertuples(index=False)}
    columns = (("compliant", "Law kept"), ("violation", "Law broken"), ("pending", "Law pending"),
               ("indeterminate", "Law cannot be told"), ("none", "No number in the law"))  # fmt: skip
    names = {
        "compliant": "Promise kept",
        "violation": "Promise broken",
        "pending": "Promise pending",
        "indeterminate": "Promise cannot be told",
    }
    shown = [(c, head) for c, head in columns if c in ("compliant", "violation") or any(sums.get((p, c)) for p in names)]
    rows: list[Row] = [
        (name, *(_count(sums.get((p, c), 0)) for c, _ in shown))
        for p, name in names.items()
        if p in ("compliant", "violation") or any(sums.get((p, c)) for c, _ in shown)
    ]
    return table("The promise and the law, request by request", ("", *(head for _, head in shown)), rows)


def falling_due(audit: Audit, control_id: str) -> Html:
    """How many open requests reach their last day within 7, 14 and 30 days."""
    rows = [(f"within {r.days} days", _count(r.n)) for r in rows_of(audit.results.falling_due(control_id))]
    return table(f"Falls due after {wording.day(audit.run.as_of)}", ("When", "Open requests"), rows)


def open_by_age(audit: Audit, control_id: str) -> Html:
    """Open requests by days since receipt."""
    rows = [(r.age, _count(r.not_yet_due), _count(r.overdue)) for r in rows_of(audit.results.open_by_age(control_id))]
    return table(
        f"Open on {wording.day(audit.run.as_of)}, by days since receipt",
        ("Age", "Not yet due", "Overdue"),
        rows,
    )


def findings(audit: Audit, control_id: str, verdict: str) -> Html:
    """The findings of a verdict, the longest overdue first; leadership sees keyed hashes for keys and no country."""
    control = _control(audit, control_id)
    frame = audit.results.findings(control_id, verdict)
    columns: dict[str, Callable[[Any], Cell | str]] = {
        "Record": lambda r: Cell(str(r.record_id if audit.names_records else r.pseudonym), "key"),
        "Country": lambda r: _text(r.country),
        "Type": lambda r: _text(r.type),
        "Due": lambda r: wording.day(None if pd.isna(r.due_at) else r.due_at),
        "Days late": lambda r: Cell("–" if pd.isna(r.days_late) else wording.number(r.days_late), "number"),
        "Why": lambda r: control.reason_texts.get(str(r.reason), str(r.reason)),
    }
    # A column that says nothing of any record is left out, and a country is no business of leadership's.
    empty = {name for name, column in (("Country", "country"), ("Type", "type"), ("Due", "due_at"), ("Days late", "days_late"))
             if frame[column].isna().all()}  # fmt: skip
    heads = [name for name in columns if name not in empty and (audit.names_records or name != "Country")]
    rows = [tuple(columns[name](r) for name in heads) for r in rows_of(frame.head(MOST_ROWS))]
    note = f"The first {MOST_ROWS} of {wording.number(len(frame))}." if len(frame) > MOST_ROWS else ""
    caption = f"{'Violations' if verdict == 'violation' else 'Cannot be told'}: {control.title}"
    return table(caption, heads, rows, note, "None in this period.")


def transfer_flows(audit: Audit) -> Html:
    """The period's transfers by destination and measure, with how many of them are lawful; most unlawful first."""
    frame = audit.results.transfer_flows().fillna({"mechanism": "", "destination": ""})
    sums: dict[tuple[str, str], dict[str, int]] = {}
    for r in rows_of(frame):
        counts = sums.setdefault((r.destination, r.mechanism), dict.fromkeys(VERDICTS, 0))
        counts[r.verdict] += int(r.n)
    rows: list[Row] = [
        (
            wording.country(destination or None),
            wording.mechanism(mechanism or None),
            *(_count(counts[v]) for v in ("compliant", "violation", "indeterminate")),
        )
        for (destination, mechanism), counts in sorted(sums.items(), key=lambda item: (-item[1]["violation"], item[0]))
    ]
    heads = ("Destination", "Measure", "Lawful", "Unlawful", "Cannot be told")
    return table(f"Transfers {wording.when(audit.run)}", heads, rows)


def recipients(audit: Audit) -> Html:
    """Who receives transfers, where, and how many of them are lawful; most unlawful first."""
    sums: dict[str, dict[str, int]] = {}
    names: dict[str, str] = {}
    for r in rows_of(audit.results.transfer_flows()):
        counts = sums.setdefault(_text(r.recipient_id), dict.fromkeys(VERDICTS, 0))
        counts[r.verdict] += int(r.n)
        names[_text(r.recipient_id)] = _text(r.recipient)
    rows: list[Row] = [
        (names[i], Cell(i, "key"), *(_count(counts[v]) for v in ("compliant", "violation", "indeterminate")))
        for i, counts in sorted(sums.items(), key=lambda item: (-item[1]["violation"], item[0]))
    ]
    return table("Recipients of transfers", ("Recipient", "Key", "Lawful", "Unlawful", "Cannot be told"), rows)


def clauses(audit: Audit) -> Html:
    """The policy, clause by clause: what it promises, what measures it, how it stands. Nothing is left out."""
    kinds = {
        "measured": "can be measured", "in_part": "in part", "attested": "by attestation", "others": "a duty of others",
        "notice": "a notice, no verdict",
    }  # fmt: skip
    rows = [
        (
            r.ledger_id,
            r.section,
            r.duty,
            kinds[r.kind],
            Cell("not measured yet", status="not_assessed") if pd.isna(r.status) and r.kind not in ("notice", "others")
            else Cell("–") if pd.isna(r.status) else Cell(wording.STATUS[r.status], status=r.status),
            ", ".join(r.controls) or "–",
        )
        for r in rows_of(audit.results.clauses())
    ]  # fmt: skip
    return table("Every clause of the policy", ("Row", "Section", "Duty", "Kind", "Status", "Controls"), rows)


def coverage_answer(audit: Audit) -> Html:
    """One sentence: how much of the policy is measured, and how it stands."""
    frame = audit.results.clauses()
    can = frame[frame.kind.isin(["measured", "in_part"])]
    done = can[can.status.notna()]
    kept, broken = int((done.status == "satisfied").sum()), int((done.status == "not_satisfied").sum())
    sentence = (
        f"Of {len(frame)} clauses, {len(can)} can be measured, in whole or in part; {len(done)} of them are: "
        f"{kept} kept, {broken} broken, {len(done) - kept - broken} neither. {len(can) - len(done)} have no control yet."
    )
    status = "not_satisfied" if broken else "inconclusive" if kept < len(can) else "satisfied"
    word = {"not_satisfied": "✗ promises broken", "inconclusive": "? not all measured", "satisfied": "✓ kept"}[status]
    return Html(_render("sentence.html.j2", status=status, word=word, sentence=sentence), f"{word}\n{sentence}")


def rules_used(audit: Audit) -> Html:
    """The rules of law that the period was judged by, each with how far it was checked."""
    rows = [
        (
            r.rule_set,
            r.jurisdiction,
            str(r.rule).replace("_", " "),
            _count(r.n),
            r.source,
            _checked(r.checked),
        )
        for r in rows_of(audit.results.rules_used())
    ]
    heads = ("Rule set", "Place", "Rule", "Requests", "Source", "Checked")
    return table(
        "Rules of law in use",
        heads,
        rows,
        "⚠ marks rules that nobody has looked up yet: figures that rest on them are provisional.",
    )


def population(audit: Audit) -> Html:
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


def quality(audit: Audit, broken: bool = True) -> Html:
    """The contract's constraints: those with bad rows, or all that could be measured."""
    frame = audit.results.quality()
    chosen = frame[frame.bad > 0] if broken else frame
    heads = ("Table", "Rule", "Rows", "Bad rows", *(("Keys",) if audit.names_records else ()))
    rows = [
        (
            r.table_name,
            str(r.rule),
            _count(r.row_count),
            Cell("not measured", "number") if pd.isna(r.bad) else _count(r.bad),
            *((Cell(", ".join(r.keys), "key"),) if audit.names_records else ()),
        )
        for r in rows_of(chosen)
    ]
    caption = "Rows that break the export contract" if broken else "Every rule of the export contract"
    return table(caption, heads, rows, empty="No row breaks a rule that could be measured.")


def quality_answer(audit: Audit) -> Html:
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
        _render("sentence.html.j2", status=status, word=word, sentence=sentence + more),
        f"{word}\n{sentence}{more}",
    )


def notes(audit: Audit) -> Html:
    """What a reader must know of the export before anything else."""
    return Html(_render("notes.html.j2", notes=audit.run.notes), "\n".join(audit.run.notes) or "None.")


def method(audit: Audit, control_ids: Iterable[str]) -> Html:
    """Each control's rule in words, parameters, version and query, folded away."""
    controls = [_control(audit, c) for c in control_ids]
    return Html(_render("method.html.j2", controls=controls), "\n".join(f"{c.control_id}: {c.rule}" for c in controls))


def _score(control: ControlResult) -> tuple[Cell | str, ...]:
    if control.status in ("not_assessed", "error"):
        counts: tuple[Cell, ...] = (Cell("–", "number"),) * 4
    else:
        counts = tuple(_count(getattr(control, v)) for v in ("compliant", "violation", "indeterminate", "pending"))
    title = f"{control.title} – {control.why}" if control.why else control.title
    status = Cell(wording.STATUS[control.status], status=control.status)
    return (
        title,
        status,
        *counts,
        Cell(wording.rate(control.rate_low, control.rate_high), "number", control.rate_low),
    )


def _control(audit: Audit, control_id: str) -> ControlResult:
    return audit.results.controls[control_id]


def _open(audit: Audit, control_id: str) -> int:
    return int(audit.results.open_by_age(control_id).not_yet_due.sum())


def _count(n: Any) -> Cell:
    return Cell(wording.number(n), "number")


def _share(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)


def _text(value: Any) -> str:
    return "–" if pd.isna(value) else str(value)


def _checked(checked: str) -> str:
    return f"⚠ {checked}" if checked == UNCHECKED else checked


def _render(template: str, **values: Any) -> str:
    return _TEMPLATES.get_template(template).render(**values)
