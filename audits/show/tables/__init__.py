"""Tables and sentences from results, as escaped HTML and as plain text: a module a subject. No SQL, no files of data."""

from audits.show.tables.answers import answers, exceptions, settling
from audits.show.tables.breaches import breach_clocks
from audits.show.tables.consent import opt_out_delays
from audits.show.tables.exploring import explanation, timeline, view
from audits.show.tables.findings import findings, untold, violations
from audits.show.tables.law import provisional, rules_used, unchecked
from audits.show.tables.notes import notes
from audits.show.tables.promises import (
    age,
    ages,
    answer,
    by_dimension,
    by_month,
    durations,
    falling_due,
    figures,
    method,
    months,
    named,
    open_by_age,
    promise_and_law,
    readings,
    reasons,
    reasons_of,
    scorecard,
    texts_and_texts,
    unchecked_places,
)
from audits.show.tables.quality import population, quality, quality_answer, selftest
from audits.show.tables.retention import retention_forecast, retention_overdue
from audits.show.tables.sharing import recipients
from audits.show.tables.texts import clauses, coverage_answer, section, tensions
from audits.show.tables.transfers import destinations, measure_validity, stress, transfer_flows

__all__ = [
    "age",
    "ages",
    "answer",
    "answers",
    "breach_clocks",
    "by_dimension",
    "by_month",
    "clauses",
    "coverage_answer",
    "destinations",
    "durations",
    "exceptions",
    "explanation",
    "falling_due",
    "figures",
    "findings",
    "measure_validity",
    "method",
    "months",
    "named",
    "notes",
    "open_by_age",
    "opt_out_delays",
    "population",
    "promise_and_law",
    "provisional",
    "quality",
    "quality_answer",
    "readings",
    "reasons",
    "reasons_of",
    "recipients",
    "retention_forecast",
    "retention_overdue",
    "rules_used",
    "scorecard",
    "section",
    "selftest",
    "settling",
    "stress",
    "tensions",
    "texts_and_texts",
    "timeline",
    "transfer_flows",
    "unchecked",
    "unchecked_places",
    "untold",
    "view",
    "violations",
]
