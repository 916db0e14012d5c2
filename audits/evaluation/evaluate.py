"""Evaluate promises over an export, once per run, into the tables of tables.sql.

One way: data quality is measured, every promise's findings are counted, what was counted is summed up and judged, and then told
of earlier periods, of clauses, and of what else is drawn from the same findings.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import duckdb

from audits.contract import quality
from audits.contract.export import Export
from audits.contract.schema import ABOUT_THE_EXPORT
from audits.controls.control import Control
from audits.controls.promise import Promise
from audits.errors import EngineFailed, first_line, kind_of
from audits.evaluation import counting, feeds, findings, history, recording, stress, trial, waivers
from audits.evaluation.counting import Tally
from audits.evaluation.findings import Circumstances
from audits.evaluation.lack import lacks
from audits.evaluation.recording import Outcome
from audits.evaluation.status import Status, judge
from audits.evaluation.stress import Stress
from audits.law.period import Period
from audits.texts.text import Text


def evaluate(
    export: Export,
    period: Period,
    promises: Sequence[Promise],
    texts: Sequence[Text] = (),
    stresses: Iterable[Stress] = (),
) -> None:
    """Fill the attached database `results`: data quality first, then every promise, then what notebooks draw.

    `texts` are told clause by clause; `stresses` are measured as well. Raises Unusable for a measure that does not exist.
    """
    recording.begin(export, period, texts)
    quality.measure(export)
    quality.measure_populations(export, [address for text in texts for address in text.addresses])
    around = findings.circumstances(export, period, promises)
    settle_law(export, [p.control for p in promises])
    failed = _count(export, promises, around)
    recording.promises(export, texts, _judged(export, promises, failed))
    history.measure(export, period)
    waivers.record(export)
    place = {text.id: place for place, text in enumerate(texts)}
    assessed = sorted((p for p in promises if p.id not in failed), key=lambda p: place.get(p.text, len(place)))
    feeds.measure(export, assessed, around)
    for asked in stresses:
        stress.measure(export, period, feeds.feeding(assessed, "transfer_flows"), around, asked)
    recording.clauses(export, texts)
    history.measure_clauses(export)


def settle_law(export: Export, controls: Sequence[Control]) -> None:
    """Work out once what several controls read of the law's; a temporary table stands before the view of the same name."""
    for view in trial.LAWS:
        if sum(f"from {view}" in control.sql for control in controls) > 1:
            export.set_aside(view, f"select * from main.{view}", {})


def _count(export: Export, promises: Sequence[Promise], around: Circumstances) -> dict[str, tuple[Status, str]]:
    """Count what can be counted; gives the status of every promise that could not be, and why."""
    failed: dict[str, tuple[Status, str]] = {}
    counting.begin(export, promises)
    feeds.begin(export)
    for promise in promises:
        if missing := lacks(export, promise):
            failed[promise.id] = ("not_assessed", missing)
            continue
        try:
            query = findings.query(export, promise, around)
            counting.count(export, promise, query, around)
            feeds.time(export, promise, query)
            feeds.read_otherwise(export, promise, around)
        except duckdb.InterruptException:  # its time is over, and that of all that would follow
            raise
        except (duckdb.Error, EngineFailed) as error:
            failed[promise.id] = ("error", kind_of(error))
            recording.error(export, promise, getattr(error, "words", "") or first_line(error))
    counting.roll_up(export)
    counting.doubts(export)
    return failed


def _judged(export: Export, promises: Sequence[Promise], failed: dict[str, tuple[Status, str]]) -> list[Outcome]:
    sums, broken = counting.tallies(export), _broken_populations(export)
    return [_outcome(p, sums.get(p.id, Tally()), failed.get(p.id), broken) for p in promises]


def _outcome(promise: Promise, tally: Tally, failed: tuple[Status, str] | None, broken: dict[str, str]) -> Outcome:
    if failed:
        return Outcome(promise, Tally(), *failed)
    status = judge(tally.compliant, tally.violation, tally.indeterminate, promise.tolerance, tally.waived)
    # What is wrong with what an export says of itself may be wrong with any table.
    needed = {*promise.control.tables, *ABOUT_THE_EXPORT}
    part = next((why for table, why in broken.items() if table in needed), "")
    why = f"the population is not whole: {part}" if part else ""
    return Outcome(promise, tally, "inconclusive" if part and status != "no_population" else status, why)


def _broken_populations(export: Export) -> dict[str, str]:
    """By table the first population test that it failed, in words, in the order in which they were made."""
    rows = export.con.execute(
        """
        select table_name, test || ' of ' || table_name || ': ' || detail from results.population where not passed order by rowid
        """
    ).fetchall()
    found: dict[str, str] = {}
    for table, why in rows:
        found.setdefault(table, why)
    return found
