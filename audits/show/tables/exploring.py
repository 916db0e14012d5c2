"""What is looked at while exploring: a promise, a view of it, a record."""

from __future__ import annotations

from audits.controls.promise import Promise
from audits.evaluation.results import rows_of
from audits.evaluation.status import VERDICTS
from audits.show import wording
from audits.show.cells import count
from audits.show.html import Cell, Html, Row, render, table, template
from audits.show.seen import Recorded, Viewed
from audits.words import say, spoken


def view(view: Viewed) -> Html:
    """What a view found, beside what the control's own values give where it was asked what if."""
    rows = [_read_as(view)]  # counted first: the other reads the records anew
    if view.parameters:
        rows.insert(0, _read_as(view.as_promised))
    heads = (say("Read as"), say("Kept"), say("Broken"), say("Pending"), say("Cannot be told"), say("Rate"))
    narrowed = "".join(f", {value}" for value in [*view.where.values(), *([view.verdict] if view.verdict else [])])
    title = view.promise.said_in(spoken()).title
    return table(f"{title}: {wording.days(view.period.first_day, view.period.last_day)}{narrowed}", heads, rows)


def _read_as(view: Viewed) -> Row:
    values = {**view.promise.values, **view.parameters}
    name = wording.values(values) or say("the promise")
    return (name, *(count(view.counts[verdict]) for verdict in VERDICTS), Cell(wording.rate(*view.rate), "number"))


def timeline(record: Recorded) -> Html:
    """Every instant that the export has of a record's person, the first one first."""
    rows: list[Row] = [
        (wording.instant(r.instant), r.table_name, Cell(r.record_id, "key"), r.event.replace("_", " "), r.details)
        for r in rows_of(record.timeline)
    ]
    heads = (say("When"), say("Table"), say("Record"), say("What"), say("Details"))
    caption = say("Everything about {record}", record=record.record_id)
    return table(caption, heads, rows, empty=say("The export has no instant of it."))


def explanation(promise: Promise) -> Html:
    """A promise: its clauses, rule, values, reasons and query."""
    promise = promise.said_in(spoken())
    control, told = promise.control, promise.control.words.get(spoken())
    called = told.readings if told else {}
    reads = "; ".join(f"{t} ({', '.join(columns)})" for t, columns in control.tables.items())
    values = {
        "promise": promise,
        "control": control,
        "values": {name: wording.value(value) for name, value in promise.values.items()},
        "says": {name: parameter.says for name, parameter in control.parameters.items()},
        "readings": {called.get(reading, reading): wording.values(values) for reading, values in control.readings.items()},
        "reads": reads,
    }
    text = template("explanation.txt.j2").render(**values).rstrip()
    return Html(render("explanation.html.j2", **values), text)
