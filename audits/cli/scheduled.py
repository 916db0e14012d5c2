"""Runs by the calendar: audits schedule."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from audits.cli.group import main
from audits.cli.options import JOBS, LOG_FORMAT
from audits.errors import Unusable
from audits.operate import log


@main.group()
def schedule() -> None:
    """Runs by the calendar: what is due, and what was missed."""


_SCHEDULE = click.option(
    "--schedule",
    "file",
    type=click.Path(path_type=Path),
    envvar="AUDITS_SCHEDULE",
    help="The jobs; those of the workspace's audits.toml, or schedule.toml, the old place, if left out.",
)


@schedule.command(name="run")
@_SCHEDULE
@LOG_FORMAT
@JOBS
@click.option("--job", "names", multiple=True, metavar="J", help="Only this job; can be given again.")
@click.option("--now", is_flag=True, help="Try again at once what failed, and make drafts anew.")
@click.option("--dry-run", "dry", is_flag=True, help="Say what would be run, and do nothing.")
def schedule_run(file: Path | None, jobs: int | None, names: tuple[str, ...], now: bool, dry: bool) -> None:
    """Run what is due and was not run, the oldest first, each period once; call it as often as you like.

    Exit 1 where a status that a job is to fail on was found, 3 where a run failed.

    \b
    audits schedule run
    audits schedule run --job monthly --now
    audits schedule run --schedule /etc/audits/schedule.toml --log-format json
    """
    from audits.operate.schedule import load
    from audits.publish.due import Look, perform
    from audits.workspace import Workspace

    log.timed()
    workspace = Workspace.here()
    outcomes = perform(workspace, load(file, workspace), _now, Look(jobs, names, now, dry))
    if any(outcome.failed for outcome in outcomes):
        sys.exit(3)
    if any(outcome.statuses for outcome in outcomes):
        sys.exit(1)


@schedule.command(name="test-notice")
@_SCHEDULE
@LOG_FORMAT
@click.argument("names", nargs=-1, metavar="[NAME]...")
def schedule_test_notice(file: Path | None, names: tuple[str, ...]) -> None:
    """Send a word to those of [notify], all if none is named; exit 3 where one could not be told.

    \b
    audits schedule test-notice board
    """
    from audits.operate import notify
    from audits.operate.schedule import load
    from audits.workspace import Workspace

    if not notify.test(load(file, Workspace.here()), names):
        sys.exit(3)


@schedule.command(name="list")
@_SCHEDULE
@click.option("--json", "as_json", is_flag=True, help="One JSON list.")
def schedule_list(file: Path | None, as_json: bool) -> None:
    """Show each job's next and last run, and the periods that are missing.

    \b
    audits schedule list
    """
    from audits.operate.schedule import load, overview
    from audits.workspace import Workspace

    rows = overview(load(file, Workspace.here()), _now())
    for line in [json.dumps(rows, indent=1)] if as_json else map(_line, rows):
        click.echo(line)
    if why := next((row["why"] for row in rows if row["why"]), None):
        raise Unusable(why)


def _line(row: dict[str, Any]) -> str:
    last = f"last {row['last_period']} {row['last_outcome']} at {row['last_at']}" if row["last_period"] else "never run"
    missing = ", ".join(row["open"]) or "none"
    return f"{row['job']}: next {row['next_period']} at {row['next_at']}; {last}; missing: {missing}"


@schedule.command(name="serve")
@_SCHEDULE
@LOG_FORMAT
@JOBS
def schedule_serve(file: Path | None, jobs: int | None) -> None:
    """Stay running, and look at the schedule every minute.

    \b
    audits schedule serve
    """
    from audits.publish.due import Look, serve
    from audits.workspace import Workspace

    log.timed()
    serve(Workspace.here(), file, _now, Look(jobs, explained=False))


def _now() -> datetime:
    """The clock, read here and nowhere else: a schedule needs one, an audit does not."""
    return datetime.now(UTC)
