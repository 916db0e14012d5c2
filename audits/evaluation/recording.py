"""What is written into results beside counts: the run, the texts, each promise's outcome, the clauses."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from audits.contract import quality
from audits.contract.engine import fill
from audits.contract.export import Export
from audits.contract.files import printable
from audits.controls import force
from audits.controls.promise import Promise
from audits.evaluation import readings
from audits.evaluation.counting import Tally
from audits.evaluation.status import Status, rate, worst
from audits.law.period import Period
from audits.texts import section
from audits.texts.text import JUDGED, Clause, Leadership, Text
from audits.words import OWN, mark, say, speaking

SCHEMA = Path(__file__).with_name("tables.sql")
SCHEMA_VERSION = 1
NO_CONTROL = "no control"
# Stands beside the title of a promise, and the duty of a clause, that nobody has confirmed yet.
PROPOSED = mark(" (proposed)")
_PACKAGES = ("privacy-audits", "duckdb", "pandas", "plotly", "papermill", "nbconvert", "holidays", "scipy")


@dataclass(frozen=True)
class Outcome:
    """What became of a promise: its sums, its status, and why where that is not told by the sums."""

    promise: Promise
    tally: Tally
    status: Status
    why: str


def begin(export: Export, period: Period, texts: Sequence[Text]) -> None:
    """Create the tables, and say what is being evaluated."""
    export.con.execute(SCHEMA.read_text(encoding="utf-8"))
    export.con.execute(
        f"insert into results.run values ({', '.join('?' * 13)})",
        [
            SCHEMA_VERSION, export.as_of, export.timezone, period.name, period.first_day, period.last_day, printable(export.name),
            export.sha256, export.exported_at, export.adapter_sha256, export.reference_sha256, export.notes,
            _versions(export.elsewhere.package if export.elsewhere else None),
        ],
    )  # fmt: skip
    fill(export.con, "results.texts", [_text(t) for t in _in_force_first(texts, period)])
    fill(export.con, "results.tensions", [(t.id, f.id, list(f.clauses), f.says) for t in texts for f in t.tensions])


def _text(text: Text) -> tuple[Any, ...]:
    return text.id, text.title, text.company, text.language, text.in_force_from, text.in_force_until, text.version_of


@cache
def _versions(another: str | None) -> str:
    return json.dumps({name: version(name) for name in (*_PACKAGES, *([another] if another else []))})


def _in_force_first(texts: Sequence[Text], period: Period) -> list[Text]:
    """The texts in their order; of the versions of one, that which is in force at the end of the period comes first."""
    place = {text.of: place for place, text in reversed(list(enumerate(texts)))}
    return sorted(texts, key=lambda t: (place[t.of], not t.is_in_force(period.last_day)))


def error(export: Export, promise: Promise, words: str) -> None:
    """Keep the engine's own words for those who may see the data."""
    export.con.execute("insert into results.errors values (?, ?)", [promise.id, words])


def promises(export: Export, texts: Sequence[Text], outcomes: Iterable[Outcome]) -> None:
    """Fill results.promises; a title that several texts have says whose it is, one that is proposed that it is."""
    told = list(outcomes)
    leads, titles = ({text.id: getattr(text, part) for text in texts} for part in ("leadership", "title"))
    count = Counter(o.promise.title for o in told)
    rows: list[tuple[Any, ...]] = []
    words: list[tuple[Any, ...]] = []
    for o in told:
        whose = f" ({titles[o.promise.text]})" if count[o.promise.title] > 1 and o.promise.text in titles else ""
        proposed = PROPOSED if o.promise.is_proposed else ""
        with speaking(OWN):  # whatever is spoken where it is evaluated
            rows.append(_promise(o, leads.get(o.promise.text, Leadership()), o.promise.title + whose + proposed))
        words += _words(o.promise, whose)
    fill(export.con, "results.promises", rows)
    fill(export.con, "results.words", words)


def _words(promise: Promise, whose: str) -> Iterator[tuple[Any, ...]]:
    """The rows of results.words of a promise: a row a language that its control has words of."""
    for language, told in promise.control.words.items():
        with speaking(language):
            said = promise.said_in(language)
            title = said.title + whose + (say(PROPOSED) if promise.is_proposed else "")
            readings = json.dumps(told.readings)
            yield promise.id, language, title, said.short, said.rule, said.remedy, json.dumps(said.reasons), readings


def _promise(outcome: Outcome, lead: Leadership, title: str) -> tuple[Any, ...]:
    p, c, t = outcome.promise, outcome.promise.control, outcome.tally
    headline = lead.headlines.index(p.name) + 1 if p.name in lead.headlines else None
    return (
        p.id, p.text, p.name, c.id, list(c.was), c.section, title, p.short, p.rule, p.remedy, p.owner,
        section.page(section.of_promise(p.clauses)) if p.text else None, headline, list(c.feeds),
        [clause.id for clause in p.clauses], list(c.maps_to),
        c.severity, getattr(lead.days, c.severity), list(c.dimensions), json.dumps(dict(p.values)),
        json.dumps({**p.reasons, **quality.REASONS, **readings.REASONS, **force.REASONS}), c.sql, c.sha256, p.tolerance,
        outcome.status, outcome.why, t.compliant, t.violation, t.pending, t.indeterminate, t.carried, t.waived, t.resolved,
        *rate(t.compliant, t.violation, t.indeterminate),
    )  # fmt: skip


def clauses(export: Export, texts: Sequence[Text]) -> None:
    """Fill results.clauses, each with the worst status of its promises; what could be measured and is not, is not assessed."""
    rows = export.con.execute("select promise_id, status, why from results.promises").fetchall()
    found = {promise_id: (status, why) for promise_id, status, why in rows}
    known = [(text, clause) for text in texts for clause in text.clauses]
    fill(export.con, "results.clauses", [_clause(text, clause, found) for text, clause in known])
    under = [(t.id, c.id, f"{t.id}/{p}") for t, c in known for p in c.promises if f"{t.id}/{p}" in found]
    fill(export.con, "results.clause_promises", under)


def _duty(text: Text, clause: Clause) -> str:
    """Its duty, in the text's own language, as is that nobody has read it yet."""
    with speaking(text.language):
        return clause.duty + (say(PROPOSED) if clause.proposed else "")


def _clause(text: Text, clause: Clause, found: dict[str, tuple[str, str]]) -> tuple[Any, ...]:
    measured = [found[f"{text.id}/{p}"] for p in clause.promises if f"{text.id}/{p}" in found]
    status = worst(status for status, _ in measured)
    if len(measured) < len(clause.promises) and status != "not_satisfied":
        status = None  # a part of its promises tells nothing good of a clause
    missing = "; ".join(dict.fromkeys(why for status, why in measured if status == "not_assessed"))
    if not clause.promises and clause.kind in JUDGED:
        status, missing = "not_assessed", NO_CONTROL
    return (
        text.id, clause.id, clause.ledger or clause.article, clause.section, _duty(text, clause),
        clause.kind, status, clause.remark, clause.attestation, missing,
    )  # fmt: skip
