"""What was published: audits verify, diff."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click

from audits.cli.group import main
from audits.errors import Unusable

_OUT = click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="Where periods are published; the workspace's reports, or ./reports, if left out.",
)


@main.command()
@click.argument("period", metavar="PERIOD")
@_OUT
def verify(period: str, out: Path | None) -> None:
    """Check a published period, by name or by folder: files, manifest, ledger, index, results; exit 1 on a difference.

    \b
    audits verify 2026-10
    audits verify reports/2026-10
    """
    from audits.evidence.verify import verify as verified
    from audits.workspace import Workspace

    folder = Path(period) if Path(period).is_dir() else (out or Workspace.here().home.published) / period
    found = verified(folder)
    for line in found.differences:
        click.echo(line)
    for note in found.notes:
        click.echo(f"note: {note}", err=True)
    if found.differences:
        sys.exit(1)
    click.echo(f"{folder}: {'as its manifest says' if found.alone else 'as it was published'}")


@main.command()
@click.argument("period", metavar="PERIOD")
@click.option("--by", required=True, metavar="NAME", help="Who signs.")
@_OUT
def publish(period: str, by: str, out: Path | None) -> None:
    """Publish a draft that a job keeps until it is signed (`sign_off`), and tell whom the job tells.

    \b
    audits publish 2026-10 --by "A. Auditor"
    """
    from audits.operate.schedule import OLD_PLACE, load
    from audits.publish.due import tell
    from audits.publish.review import publish as published
    from audits.workspace import Workspace

    workspace = Workspace.here()
    reports = out or workspace.home.published
    for page in published(workspace, reports, period, by):
        click.echo(page)
    if workspace.home.jobs or OLD_PLACE.exists():
        tell(workspace, load(None, workspace), reports, period)


@main.command()
@click.option("--keep", metavar="T", help="How long periods are kept: '36 months', '3 years'; `keep` of audits.toml if left out.")
@click.option("--dry-run", "dry", is_flag=True, help="Say what would be removed, and do nothing.")
@_OUT
def prune(keep: str | None, dry: bool, out: Path | None) -> None:
    """Remove periods that are older than they are to be kept, pages and evidence; the ledger goes on knowing of them.

    \b
    audits prune --keep "36 months" --dry-run
    """
    from audits.publish.prune import prune as pruned
    from audits.workspace import Workspace

    workspace = Workspace.here()
    rule = keep or workspace.home.keep
    if not rule:
        raise Unusable("say how long periods are kept: --keep '36 months', or keep = \"36 months\" in audits.toml")
    found = pruned(out or workspace.home.published, rule, workspace.texts, dry)
    click.echo(f"{len(found)} periods {'would be' if dry else 'were'} removed")


@main.command()
@click.argument("one", metavar="PERIOD")
@click.argument("later", metavar="PERIOD")
@_OUT
@click.option("--json", "as_json", is_flag=True, help="One JSON list.")
def diff(one: str, later: str, out: Path | None, as_json: bool) -> None:
    """Show which promises stand otherwise in a published period than in another.

    \b
    audits diff 2026-09 2026-10
    """
    from audits.operate import change
    from audits.show import wording
    from audits.workspace import Workspace

    workspace = Workspace.here()
    found = change.changes(out or workspace.home.published, one, later, workspace.catalogue.renamed)
    if as_json:
        click.echo(json.dumps([asdict(c) for c in found], indent=1))
        return
    for c in found:
        before, now = (wording.STATUS[s] if s else "not in the run" for s in (c.status, c.later_status))
        click.echo(f"{c.promise_id}: {before} → {now}; broken {c.violation or 0} → {c.later_violation or 0}{_why(c.causes)}")
    click.echo(f"{len(found)} promises stand otherwise in {later} than in {one}")


def _why(causes: tuple[str, ...]) -> str:
    return f" ({', '.join(causes)})" if causes else ""
