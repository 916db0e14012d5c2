"""What was published: audits verify, diff."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click

from audits.cli.group import main


@main.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="PERIOD")
def verify(folder: Path) -> None:
    """Check a published period byte by byte against its manifest, and its place in the chain of runs; exit 1 on a difference.

    \b
    audits verify reports/2026-10
    """
    from audits.evidence import manifest

    found = manifest.differences(folder)
    for line in found:
        click.echo(line)
    if found:
        sys.exit(1)
    click.echo(f"{folder}: as it was published")


@main.command()
@click.argument("one", metavar="PERIOD")
@click.argument("later", metavar="PERIOD")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="Where the periods are published; the workspace's reports, or ./reports, if left out.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON list.")
def diff(one: str, later: str, out: Path | None, as_json: bool) -> None:
    """Show which promises stand otherwise in a published period than in another.

    \b
    audits diff 2026-09 2026-10
    """
    from audits.operate import ledger
    from audits.show import wording
    from audits.workspace import Workspace

    workspace = Workspace.here()
    found = ledger.changes(out or workspace.home.published, one, later, workspace.catalogue.renamed)
    if as_json:
        click.echo(json.dumps([asdict(c) for c in found], indent=1))
        return
    for c in found:
        before, now = (wording.STATUS[s] if s else "not in the run" for s in (c.status, c.later_status))
        click.echo(f"{c.promise_id}: {before} → {now}; broken {c.violation or 0} → {c.later_violation or 0}")
    click.echo(f"{len(found)} promises stand otherwise in {later} than in {one}")
