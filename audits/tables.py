"""Tables and sentences from results, as escaped HTML and as plain text. No SQL, no files of data."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from jinja2 import Environment, PackageLoader, select_autoescape

from audits import Audit, suppression, wording
from audits.controls.control import Control
from audits.evaluation.results import ControlResult, rows_of
from audits.evaluation.status import VERDICTS
from audits.law.reference import UNCHECKED
from audits.record import Record
from audits.texts import policy
from audits.view import View

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
    html = render("table.html.j2", caption=caption, heads=heads, rows=cells, note=note, empty=empty)
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
    html = render(
        "answer.html.j2",
        control=control,
        sentence=sentence,
        figures=figures,
        status=wording.STATUS[control.status],
    )
    return Html(html, f"{control.title}\n{wording.STATUS[control.status]}\n{sentence}")


def provisional(audit: Audit, *rule_sets: str) -> Html:
    """How many of the period's findings rest on facts of law that nobody has looked up yet, of these tables."""
    frame = audit.results.rules_used()
    frame = frame[frame.rule_set.isin(rule_sets or ["statute"])]
    unchecked, total = int(frame[frame.checked == UNCHECKED].n.sum()), int(frame.n.sum())
    what = "due dates of the period rest on rules of law" if not rule_sets else "findings of the period rest on facts of law"
    sentence = f"⚠ {wording.number(unchecked)} of {wording.number(total)} {what} not yet looked up."
    return Html(render("notes.html.j2", notes=[sentence] if unchecked else []), sentence if unchecked else "")


def scorecard(audit: Audit, control_ids: Iterable[str]) -> Html:
    """Controls side by side: status, counts of the period, bounds of the rate."""
    rows = [_score(_control(audit, c), c not in audit.results.not_relied_on) for c in control_ids]
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
    return Html(render("figures.html.j2", lines=lines), "\n".join(lines))


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
    rows: list[tuple[Cell | str | int, ...]] = [
        (
            f"{r.value} ⚠" if r.value in marked else str(r.value),
            _rate(audit, r),
            *(int(getattr(r, v)) for v in ("compliant", "violation", "indeterminate", "pending")),
        )
        for r in rows_of(frame)
    ]
    heads = (head, "Rate", "Kept", "Broken", "Cannot be told", "Pending")
    return table(f"By {head.lower()}: {_control(audit, control_id).title}", heads, _told(audit, rows), _blur_note(audit))


def by_month(audit: Audit, control_id: str) -> Html:
    """The rate of each of the last twelve months."""
    return months(audit.results.by_month(control_id))


def months(frame: pd.DataFrame) -> Html:
    """The rates of a frame as `by_month` of results and of views gives it."""
    rows: list[Row] = [
        (
            wording.month(r.month),
            Cell(wording.rate(r.rate_low, r.rate_high), "number", _share(r.rate_low)),
            *(_count(getattr(r, v)) for v in ("compliant", "violation", "indeterminate")),
        )
        for r in rows_of(frame)
    ]
    return table("Month by month", ("Month", "Rate", "Kept", "Broken", "Cannot be told"), rows)


def view(view: View) -> Html:
    """What a view found, beside what the control's own parameters give where it was asked what if."""
    rows = [_read_as(view)]  # counted first: the other reads the records anew
    if view.parameters:
        rows.insert(0, _read_as(view.as_promised))
    heads = ("Read as", "Kept", "Broken", "Pending", "Cannot be told", "Rate")
    narrowed = "".join(f", {value}" for value in [*view.where.values(), *([view.verdict] if view.verdict else [])])
    return table(f"{view.control.title}: {wording.days(view.period.first_day, view.period.last_day)}{narrowed}", heads, rows)


def _read_as(view: View) -> Row:
    values = {**view.control.parameters, **view.parameters}
    name = ", ".join(f"{name} = {value}" for name, value in values.items()) or "the promise"
    return (name, *(_count(view.counts[verdict]) for verdict in VERDICTS), Cell(wording.rate(*view.rate), "number"))


def timeline(record: Record) -> Html:
    """Every instant that the export has of a record's person, the first one first."""
    rows: list[Row] = [
        (wording.instant(r.instant), r.table_name, Cell(r.record_id, "key"), r.event.replace("_", " "), r.details)
        for r in rows_of(record.timeline)
    ]
    heads = ("When", "Table", "Record", "What", "Details")
    return table(f"Everything about {record.record_id}", heads, rows, empty="The export has no instant of it.")


def explanation(control: Control) -> Html:
    """A control: its clauses, rule, parameters, reasons and query."""
    clauses = [c for c in policy.load().clauses if c.id in control.clauses]
    reads = "; ".join(f"{t} ({', '.join(columns)})" for t, columns in control.tables.items())
    values = {
        "control": control,
        "rule": " ".join(control.rule.split()),
        "clauses": clauses,
        "reads": reads,
        "policy": policy.load(),
    }
    text = _TEMPLATES.get_template("explanation.txt.j2").render(**values).rstrip()
    return Html(render("explanation.html.j2", **values), text)


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
    return table("The promise and the law, request by request", ("Promise", *(head for _, head in shown)), rows)


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
        "Country": lambda r: wording.text(r.country),
        "Type": lambda r: wording.text(r.type),
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
    rows: list[tuple[Cell | str | int, ...]] = [
        (
            wording.country(destination or None),
            wording.mechanism(mechanism or None),
            *(counts[v] for v in ("compliant", "violation", "indeterminate")),
        )
        for (destination, mechanism), counts in sorted(sums.items(), key=lambda item: (-item[1]["violation"], item[0]))
    ]
    heads = ("Destination", "Measure", "Lawful", "Unlawful", "Cannot be told")
    return table(f"Transfers {wording.when(audit.run)}", heads, _told(audit, rows), _blur_note(audit))


def recipients(audit: Audit) -> Html:
    """The register of recipients beside what they were given in the period: agreements, purposes allowed and seen."""
    rows: list[tuple[Cell | str | int, ...]] = [
        (
            wording.text(r.name),
            *((Cell(wording.text(r.recipient_id), "key"),) if audit.names_records else ()),
            wording.text(r.kind).replace("_", " "),
            wording.country(r.country),
            _agreement(r),
            _purposes(r.allowed),
            _beyond(r),
            int(r.disclosures),
            int(r.people),
        )
        for r in rows_of(audit.results.recipients())
    ]
    key = ("Key",) if audit.names_records else ()
    heads = ("Recipient", *key, "Kind", "Country", "Agreement", "Purposes allowed", "Purposes seen", "Disclosures", "People")
    note = "✗ marks what the agreement does not allow, and agreements that are not in force."
    return table(f"Who was given data {wording.when(audit.run)}", heads, _told(audit, rows), note, "Nobody is in the register.")


def _agreement(r: Any) -> Cell | str:
    if pd.isna(r.is_in_force):
        return "not needed" if not pd.isna(r.kind) else Cell("✗ not in the register", status="not_satisfied")
    if pd.isna(r.signed_on):
        return Cell("✗ none signed", status="not_satisfied")
    if r.is_in_force:
        return "in force" + (f" until {wording.day(r.ends_on)}" if not pd.isna(r.ends_on) else "")
    return Cell(f"✗ ended {wording.day(r.ends_on)}", status="not_satisfied")


def _purposes(purposes: Any) -> str:
    return ", ".join(purposes) if isinstance(purposes, Iterable) else "–"


def _beyond(r: Any) -> Cell | str:
    """The purposes seen; those beyond the agreement of a service provider marked."""
    if not isinstance(r.purposes, Iterable):
        return "–"
    allowed = set(r.allowed) if isinstance(r.allowed, Iterable) else set()
    beyond = [p for p in r.purposes if p and p not in allowed] if not pd.isna(r.is_in_force) else []
    text = ", ".join(f"✗ {p}" if p in beyond else str(p) for p in r.purposes if p)
    return Cell(text, status="not_satisfied") if beyond else text


def reasons_of(audit: Audit, control_ids: Iterable[str]) -> Html:
    """Why, control by control; those without findings in the period are left out."""
    return together([reasons(audit, c) for c in control_ids if audit.results.reasons(c)], "Nothing fell due in this period.")


def violations(audit: Audit, control_ids: Iterable[str]) -> Html:
    """The violations, control by control; those without are left out."""
    return _findings_of(audit, control_ids, "violation", "No violation in this period.")


def untold(audit: Audit, control_ids: Iterable[str]) -> Html:
    """What cannot be told, control by control; those without are left out."""
    return _findings_of(audit, control_ids, "indeterminate", "Everything that fell due in this period could be judged.")


def _findings_of(audit: Audit, control_ids: Iterable[str], verdict: str, none: str) -> Html:
    return together([findings(audit, c, verdict) for c in control_ids if getattr(_control(audit, c), verdict)], none)


def together(parts: Sequence[Html], none: str) -> Html:
    """Several tables as one output; `none` is said in place of no tables."""
    if not parts:
        return Html(render("notes.html.j2", notes=[none]), none)
    return Html("\n".join(p.html for p in parts), "\n\n".join(p.text for p in parts))


def readings(audit: Audit, control_ids: Iterable[str]) -> Html:
    """The same promises read otherwise, beside the reading that the verdicts rest on."""
    chosen = set(control_ids)
    rows: list[Row] = [
        (
            _control(audit, r.control_id).title,
            r.reading,
            *(_count(getattr(r, v)) for v in ("compliant", "violation", "indeterminate")),
            Cell(wording.rate(_share(r.rate_low), _share(r.rate_high)), "number"),
            Cell(wording.rate(_control(audit, r.control_id).rate_low, _control(audit, r.control_id).rate_high), "number"),
        )
        for r in rows_of(audit.results.readings())
        if r.control_id in chosen
    ]
    heads = ("Promise", "Read as", "Kept", "Broken", "Cannot be told", "Rate", "Rate as judged")
    return table("Read otherwise", heads, rows, empty="No other reading is measured.")


def durations(audit: Audit, control_ids: Iterable[str]) -> Html:
    """How long it takes where the policy gives no number: days of what was done in the period, and what is still open."""
    rows: list[Row] = []
    for control_id in control_ids:
        frame = audit.results.durations(control_id)
        done = frame[frame.days.notna() & (frame.days >= 0)]
        if len(frame):
            rows.append((_control(audit, control_id).title, *_quantiles(done), _count(frame[frame.days.isna()].n.sum())))
    heads = ("Duty", "Done", "Half within", "Nine of ten within", "Longest", "Still open")
    note = "Days from the request to the act. No number is promised, so none is judged unless a parameter sets one."
    return table("How long it takes where no number is promised", heads, rows, note, "Nothing of the kind in this period.")


def _quantiles(done: pd.DataFrame) -> tuple[Cell, ...]:
    if done.empty:
        return (Cell("0", "number"), *(Cell("–", "number"),) * 3)
    days = done.sort_values("days")
    reached = days.n.cumsum() / days.n.sum()
    at = [days.days[reached >= share].iloc[0] for share in (0.5, 0.9)]
    return (_count(days.n.sum()), *(Cell(wording.counted(int(d), "day"), "number") for d in (*at, days.days.iloc[-1])))


def stress(audit: Audit) -> Html:
    """The stress test: which transfers would lose what they rest on, to whom, and what is signed beside."""
    rows: list[tuple[Cell | str | int, ...]] = [
        (
            r.stress,
            wording.text(r.recipient),
            wording.country(r.destination),
            wording.mechanism(r.mechanism),
            int(r.transfers),
            int(r.people),
            wording.fallback(r.fallback),
        )
        for r in rows_of(audit.results.stress())
    ]
    heads = ("What if", "Recipient", "Destination", "Rests on", "Transfers", "People", "Otherwise")
    none = "No stress was asked for (--stress), or nothing rests on what would end."
    return table("What would be lost", heads, _told(audit, rows), empty=none)


def destinations(audit: Audit) -> Html:
    """Where data went in the period."""
    rows: list[tuple[Cell | str | int, ...]] = [
        (wording.country(r.country), int(r.n), int(r.transfers), int(r.unlawful)) for r in rows_of(audit.results.destinations())
    ]
    heads = ("Destination", "Disclosures", "Out of the EEA and Switzerland", "Unlawful")
    return table(f"Where data went {wording.when(audit.run)}", heads, _told(audit, rows), _blur_note(audit))


def measure_validity(audit: Audit) -> Html:
    """What transfers to each recipient can rest on, and from when to when."""
    rows = [
        (
            wording.text(r.recipient),
            wording.mechanism(r.measure),
            wording.day(None if pd.isna(r.valid_from) else r.valid_from),
            "no end" if pd.isna(r.valid_to) else wording.day(r.valid_to),
        )
        for r in rows_of(audit.results.measure_validity())
    ]
    return table("What transfers can rest on", ("Recipient", "Measure", "From", "To"), rows)


def retention_overdue(audit: Audit) -> Html:
    """What is stored past its last day, by category and how long over."""
    rows = [
        (r.category, *(_count(n) for n in (r.up_to_30, r.up_to_90, r.up_to_365, r.over_365)))
        for r in rows_of(audit.results.retention_overdue())
    ]
    heads = ("Category", "1 to 30 days", "31 to 90 days", "91 to 365 days", "Over 365 days")
    caption = f"Stored past its last day on {wording.day(audit.run.as_of)}, by days over"
    return table(caption, heads, rows, empty="Nothing is stored past its last day.")


def retention_forecast(audit: Audit) -> Html:
    """What is stored and reaches its last day within 30 and 90 days."""
    rows = [
        (r.category, *(_count(n) for n in (r.within_30, r.within_90, r.later)))
        for r in rows_of(audit.results.retention_forecast())
    ]
    caption = f"Falls due after {wording.day(audit.run.as_of)}"
    return table(
        caption,
        ("Category", "Within 30 days", "Within 90 days", "Later"),
        rows,
        empty="Nothing that is stored has a last day ahead.",
    )


def breach_clocks(audit: Audit) -> Html:
    """Each breach's clocks: hours from becoming aware until the Company, the authority, the people, the subscriber were told."""
    rows = [
        (
            Cell(str(r.breach_id if audit.names_records else r.pseudonym), "key"),
            wording.day(r.aware_on),
            {"company": "the Company's", "subscriber": "a subscriber's"}.get(str(r.reported_by), "–"),
            wording.text(r.risk),
            *(Cell(wording.hours(h), "number") for h in (r.company_hours, r.authority_hours, r.people_hours, r.subscriber_hours)),
            "given" if r.has_reason else "–",
        )
        for r in rows_of(audit.results.breach_clocks())
    ]
    heads = (
        "Breach",
        "Aware on",
        "Whose",
        "Risk",
        "Company told",
        "Authority told",
        "People told",
        "Subscriber told",
        "Reason for delay",
    )
    note = "Hours from becoming aware; of the period, or of the twelve months before its end. A dash: not told, or not to be."
    return table("Each breach and its clocks", heads, rows, note, "No breach in these months.")


def opt_out_delays(audit: Audit) -> Html:
    """How fast opt-outs take effect: the days until the last newsletter or promotion that followed."""
    frame = audit.results.opt_out_delays()
    bands = [
        ("nothing was sent any more", 0, 0),
        ("within 10 days", 1, 10),
        ("within 30 days", 11, 30),
        ("later", 31, math.inf),
    ]
    rows = [(name, _count(frame[(frame.days >= first) & (frame.days <= last)].n.sum())) for name, first, last in bands]
    note = "Of the period, or of the twelve months before its end. A message after a new consent does not count."
    return table("How soon an opt-out was honoured", ("Last message after the opt-out", "Opt-outs"), rows, note)


def tensions(audit: Audit) -> Html:
    """Findings about the text of the policy itself."""
    rows = [(", ".join(r.clauses), r.says) for r in rows_of(audit.results.tensions())]
    return table("Findings about the text", ("Clauses", "What is at odds"), rows)


def selftest(audit: Audit) -> Html:
    """Whether the controls find what was put in for them: those that missed something are not relied on."""
    frame = audit.results.selftest()
    if frame.empty:
        return Html(render("notes.html.j2", notes=[_NOT_TESTED]), _NOT_TESTED)
    missed = frame[frame.detected < frame.injected]
    rows = [
        (_control(audit, r.control_id).title, str(r.injection).replace("_", " "), _count(r.injected), _count(r.detected))
        for r in rows_of(missed)
    ]
    kinds = wording.counted(len(frame), "kind")
    sentence = (
        f"{wording.number(frame.injected.sum())} known violations of {kinds} were put into the sample for "
        f"{frame.control_id.nunique()} controls; {wording.number(frame.detected.sum())} were found."
    )
    return table(
        "Not relied on", ("Control", "Put in", "Injected", "Found"), rows, sentence, f"{sentence} Every control is relied on."
    )


_NOT_TESTED = "The controls were not self-tested in this run; audits selftest does it."


def clauses(audit: Audit) -> Html:
    """The policy, clause by clause: what it promises, what measures it, how it stands, what is missing. Nothing is left out."""
    kinds = {
        "measured": "can be measured", "in_part": "in part", "attested": "by attestation", "others": "a duty of others",
        "notice": "a notice, no verdict",
    }  # fmt: skip
    rows = [
        (r.ledger_id, r.section, r.duty, kinds[r.kind], _standing(r), Cell(", ".join(r.controls) or "–", "key"), _wants(r))
        for r in rows_of(audit.results.clauses())
    ]
    heads = ("Row", "Section", "Duty", "Kind", "Status", "Controls", "Missing, or to be vouched for")
    return table("Every clause of the policy", heads, rows)


def _standing(r: Any) -> Cell:
    if not pd.isna(r.status):
        return Cell(wording.STATUS[r.status], status=r.status)
    return Cell("–") if r.kind in ("notice", "others") else Cell("no control", status="not_assessed")


def _wants(r: Any) -> str:
    wants = [r.missing] if r.missing else []
    wants += [f"to be vouched for: {r.attestation}"] if r.attestation else []
    wants += [f"note: {r.note}"] if r.note else []
    return "; ".join(wants) or "–"


def coverage_answer(audit: Audit) -> Html:
    """One sentence: how much of the policy is measured, and how it stands."""
    frame = audit.results.clauses()
    judged = frame[frame.kind.isin(["measured", "in_part", "attested"])]
    n = {s: int((judged.status == s).sum()) for s in wording.STATUS}
    without = int(judged.status.isna().sum())
    unmeasured = n["not_assessed"] + n["error"] + without
    sentence = (
        f"Of {len(frame)} clauses, {len(judged)} can be measured or vouched for. {wording.period(audit.run)}: "
        f"{n['satisfied']} kept, {n['not_satisfied']} broken, {n['inconclusive']} cannot be told, "
        f"{n['no_population']} had nothing fall due, {unmeasured} could not be assessed. "
        f"The other {len(frame) - len(judged)} are notices and duties of others."
    )
    status = "not_satisfied" if n["not_satisfied"] else "inconclusive" if n["inconclusive"] + unmeasured else "satisfied"
    word = {"not_satisfied": "✗ promises broken", "inconclusive": "? not all can be told", "satisfied": "✓ kept"}[status]
    return Html(render("sentence.html.j2", status=status, word=word, sentence=sentence), f"{word}\n{sentence}")


def rules_used(audit: Audit, *rule_sets: str) -> Html:
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
        _told(audit, rows),
        "⚠ marks rules that nobody has looked up yet: figures that rest on them are provisional.",
    )


def unchecked(audit: Audit) -> Html:
    """The facts of law that figures of the period rest on and that nobody has looked up yet."""
    frame = audit.results.rules_used()
    rows = [
        (r.rule_set.replace("_", " "), r.jurisdiction, str(r.rule).replace("_", " "), r.source)
        for r in rows_of(frame[frame.checked == UNCHECKED])
    ]
    heads = ("Table", "Place", "Rule", "Source")
    return table("Facts of law not looked up yet", heads, rows, empty="Every fact that figures rest on was looked up.")


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
        render("sentence.html.j2", status=status, word=word, sentence=sentence + more),
        f"{word}\n{sentence}{more}",
    )


def said(text: str) -> Html:
    """A line of text."""
    return Html(render("said.html.j2", text=text), text)


def notes(audit: Audit) -> Html:
    """What a reader must know of the export before anything else."""
    return Html(render("notes.html.j2", notes=audit.run.notes), "\n".join(audit.run.notes) or "None.")


def method(audit: Audit, control_ids: Iterable[str]) -> Html:
    """Each control's rule in words, parameters, version and query, folded away."""
    controls = [_control(audit, c) for c in control_ids]
    return Html(render("method.html.j2", controls=controls), "\n".join(f"{c.control_id}: {c.rule}" for c in controls))


def _score(control: ControlResult, relied_on: bool) -> tuple[Cell | str, ...]:
    if control.status in ("not_assessed", "error"):
        counts: tuple[Cell, ...] = (Cell("–", "number"),) * 4
    else:
        counts = tuple(_count(getattr(control, v)) for v in ("compliant", "violation", "indeterminate", "pending"))
    title = f"{control.title} – {control.why}" if control.why else control.title
    if not relied_on:
        title += " – not relied on: it missed violations in its self-test"
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


def _told(audit: Audit, rows: Sequence[Sequence[Cell | str | int]]) -> list[list[Cell | str]]:
    """Rows whose whole numbers are counts by country, type or recipient: exact for auditors, suppression.py for leadership."""
    columns = [list(column) for column in zip(*rows, strict=True)]
    shown = [
        [Cell(text, "number") for text in suppression.told([int(c) for c in column if isinstance(c, int)], audit.least)]
        if all(isinstance(c, int) for c in column)
        else [c if isinstance(c, Cell) else str(c) for c in column]
        for column in columns
    ]
    return [list(row) for row in zip(*shown, strict=True)]


def _rate(audit: Audit, r: Any) -> Cell:
    """A rate by country or type: in tenths for leadership, and none of too few."""
    if not audit.least:
        return Cell(wording.rate(r.rate_low, r.rate_high), "number", _share(r.rate_low))
    if r.compliant + r.violation + r.indeterminate < audit.least:
        return Cell(suppression.HIDDEN, "number")
    return Cell(suppression.rate(r.rate_low, r.rate_high, audit.least), "number")


def _blur_note(audit: Audit) -> str:
    return f"Counts below {audit.least} are not told, others rounded to multiples of {audit.least}." if audit.least else ""


def _count(n: Any) -> Cell:
    return Cell(wording.number(n), "number")


def _share(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)


def _checked(checked: str) -> str:
    return f"⚠ {checked}" if checked == UNCHECKED else checked


def render(template: str, **values: Any) -> str:
    """A template of the report filled in; whatever is put in is escaped."""
    return _TEMPLATES.get_template(template).render(**values)
