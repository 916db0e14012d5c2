"""Evaluate and publish: audits run, evaluate, check."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from audits.cli.group import main
from audits.cli.options import (
    CHECK_FAIL_ON,
    FAIL_ON,
    JOBS,
    LANGUAGE,
    LOG_FORMAT,
    end,
    job_of,
    with_engine,
    with_export,
    workspace_of,
)
from audits.errors import Unusable
from audits.operate import log
from audits.words import say, speaking

if TYPE_CHECKING:
    from audits.evaluation.results import Results


@main.command()
@with_export
@with_engine
@click.option("--notebook", "notebooks", multiple=True, metavar="N", help="Only this notebook; can be given again.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="Where periods are published; the workspace's reports, or ./reports, if left out.",
)
@click.option(
    "--audience",
    type=click.Choice(["leadership", "auditor"]),
    default="leadership",
    show_default=True,
    help="Auditors see record keys, leadership keyed hashes.",
)
@click.option(
    "--suppress-below", default=5, show_default=True, type=click.IntRange(0), help="Smaller counts are not told to leadership."
)
@click.option(
    "--fail-on",
    multiple=True,
    type=click.Choice(FAIL_ON),
    help="Exit with 1 if a promise has this status; violation is not_satisfied.",
)
@LOG_FORMAT
@click.option("--pdf", "as_pdf", is_flag=True, help="Print each page as PDF too, where a Chromium is found.")
@JOBS
@LANGUAGE
def run(
    notebooks: tuple[str, ...],
    out: Path | None,
    audience: str,
    suppress_below: int,
    fail_on: tuple[str, ...],
    jobs: int | None,
    as_pdf: bool,
    language: str | None,
    **options: Any,
) -> None:
    """Evaluate an export and publish its reports.

    \b
    audits run
    audits run --text gdpr --export export.duckdb
    audits run --export export.duckdb --period 2026-09 --fail-on not_satisfied
    audits run --export "exports/{period}.duckdb" --period 2025-11..2026-10
    audits run --language de
    """
    from audits.law.period import Period
    from audits.publish.run import run as publish

    workspace = workspace_of(options["texts"], language)
    job = job_of(workspace, options, audience, suppress_below)
    out = out or workspace.home.published
    periods = Period.between(job.period) if job.period else [None]
    statuses: list[str] = []
    failed = False
    for period in periods:
        try:
            results, pages = publish(workspace, job.of(period) if period else job, notebooks, out, jobs, as_pdf)
        except Exception as error:  # the failure of that period alone: the others are run
            if len(periods) == 1:
                raise
            failed = True
            log.failure(error, f"{period}: {log.said(error)}")
            continue
        statuses += [p.status for p in results.promises.values()]
        for page in pages:
            click.echo(page)
    click.echo(out / "index.html")
    if failed:
        sys.exit(3)
    end(fail_on, statuses)


@main.command()
@with_export
@with_engine
@click.option("--promise", "promises", multiple=True, metavar="P", help="Only this promise; can be given again.")
@click.option("--control", "controls", multiple=True, metavar="C", help="Only the promises of this control; can be given again.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.option("--fail-on", multiple=True, type=click.Choice(FAIL_ON), help="Exit with 1 if a promise has this status.")
@LANGUAGE
def evaluate(
    promises: tuple[str, ...],
    controls: tuple[str, ...],
    as_json: bool,
    fail_on: tuple[str, ...],
    language: str | None,
    **options: Any,
) -> None:
    """Evaluate what is promised, without notebooks.

    \b
    audits evaluate --export export.duckdb --period 2026-Q3 --json
    """
    from audits.evaluation.job import evaluated

    workspace = workspace_of(options["texts"], language)
    results = evaluated(workspace, job_of(workspace, {**options, "promises": (*promises, *controls)}))
    for note in results.run.notes:
        click.echo(f"note: {note}", err=True)
    if as_json:
        click.echo(json.dumps(results.as_json(), indent=1))
    else:
        with speaking(workspace.language):
            _tell(results, bool(options["stresses"]))
    end(fail_on, [*(p.status for p in results.promises.values()), *("not_assessed" for _ in workspace.left_out)])


def _tell(results: Results, stressed: bool) -> None:
    """What became of each promise, a line each."""
    from audits.show import sentence, wording

    as_of = wording.instant(results.run.as_of)
    click.echo(
        say("{export}, {period}, as of {instant}", export=results.run.export_name, period=results.run.period, instant=as_of)
    )
    for p in results.promises.values():
        click.echo(f"{wording.status(p.status):17} {p.promise_id}: {sentence.answer(p, results.run)}")
    for line in wording.losses(results) if stressed else ():
        click.echo(line)


@main.command()
@with_export
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.option("--against", metavar="LAST", help="An earlier export, in any form that --export takes: what is otherwise now?")
@click.option(
    "--fail-on",
    multiple=True,
    type=click.Choice(CHECK_FAIL_ON),
    help="Exit with 1 if any value cannot be read, rule is broken, population test failed; or what LAST held is gone.",
)
def check(as_json: bool, against: str | None, fail_on: tuple[str, ...], **options: Any) -> None:
    """Show what an export gives of the contract, what that opens, and what of it cannot be believed.

    With --against: tables and columns that went, came or were emptied, rows below 0.9 or above 1.5 times those of LAST, words
    that are new, first or last instants that moved back.

    \b
    audits check --export export.duckdb
    audits check --export 2026-10.duckdb --against 2026-09.duckdb --fail-on unreadable --fail-on gone
    """
    from audits.evaluation.check import checked
    from audits.show import check as shown

    if "gone" in fail_on and not against:
        raise Unusable("--fail-on gone goes with --against: say which earlier export")
    workspace = workspace_of(options["texts"])
    try:
        result = checked(workspace, job_of(workspace, options), against)
    except Unusable as error:  # who checks an export is shown other values of it too
        raise Unusable(error.in_full()) from error
    if as_json:
        click.echo(json.dumps(result.as_json(), indent=1))
    else:
        for line in shown.lines(result):
            click.echo(line)
    end(fail_on, list(result.found))
