"""What is promised and how it is measured: audits controls, explain, deadline, policy check."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from audits.cli.group import main
from audits.cli.options import TEXTS, workspace_of
from audits.errors import Unusable

if TYPE_CHECKING:
    from audits.workspace import Workspace


@main.command()
@click.option("--framework", metavar="F", help="Only those that map to this law or standard: GDPR, CCPA …")
@click.option("--json", "as_json", is_flag=True, help="One JSON list.")
def controls(framework: str | None, as_json: bool) -> None:
    """List the controls.

    \b
    audits controls --framework GDPR
    """
    from audits.workspace import Workspace

    workspace = Workspace.here()
    _tell_left_out(workspace)
    chosen = workspace.catalogue.by_framework(framework)
    if as_json:
        click.echo(json.dumps([c.model_dump(mode="json", exclude={"examples"}) for c in chosen], indent=1))
        return
    for c in chosen:
        promises = workspace.find(c.id)
        click.echo(f"{c.severity:6} {c.id}: {promises[0].title if len(promises) == 1 else c.title}")


@main.command()
@click.argument("name", metavar="CONTROL")
@TEXTS
def explain(name: str, texts: tuple[str, ...]) -> None:
    """Show a control as it is promised: its clauses, rule, values, reasons and query.

    \b
    audits explain request_handled_in_time
    audits explain erasure_carried_out --text gdpr
    """
    from audits.show import tables

    workspace = workspace_of(texts)
    _tell_left_out(workspace)
    click.echo("\n\n".join(tables.explanation(promise).text for promise in workspace.find(name)))


@main.command()
@click.option("--received", required=True, metavar="D", help="Day or instant of receipt.")
@click.option("--country", metavar="C", help="DE, or US-CA where the region matters.")
@click.option(
    "--type",
    "kind",
    default="access",
    show_default=True,
    metavar="T",
    help="Type of request, as in the contract.",
)
@click.option("--extended", is_flag=True, help="With the extension that the law allows.")
@click.option("--rule", metavar="R", help="A rule of your own instead: '20 working_days', '1 months'.")
@click.option("--roll-over", is_flag=True, help="Your rule moves past weekends and public holidays.")
@click.option("--json", "as_json", is_flag=True, help='{"due": {rule set: day}}')
def deadline(
    received: str,
    country: str | None,
    kind: str,
    extended: bool,
    rule: str | None,
    roll_over: bool,
    as_json: bool,
) -> None:
    """Print every due date of a request, with its rule and source.

    \b
    audits deadline --received 2026-01-31 --country DE --type access
    audits deadline --received 2026-01-31 --country DE --rule "1 months" --roll-over
    """
    from audits.evaluation.deadline import Rule, due_dates
    from audits.workspace import Workspace

    if roll_over and rule is None:
        raise Unusable("--roll-over goes with --rule: each law says itself whether it rolls over")
    own = Rule.parse(rule, roll_over) if rule else None
    workspace = Workspace.here()
    _tell_left_out(workspace)
    dates = due_dates(workspace, received, country, kind, extended, own)
    if as_json:
        moved = {d.rule_set: d.latest.isoformat() for d in dates if d.latest}
        due = {d.rule_set: d.due.isoformat() if d.due else None for d in dates}
        click.echo(json.dumps({"due": due} | ({"latest": moved} if moved else {})))
    else:
        for d in dates:
            why = (
                "if its law moves a last day that is none of work"
                if d.may_roll_over
                else "by the holidays of the part of the country"
            )
            later = f" or {d.latest}, {why}" if d.latest else ""
            day = f"{d.due or 'no date'!s:10}{later}"
            click.echo(day if own else f"{d.rule_set:12} {day}  {d.rule.replace('_', ' ')} – {d.source} [{d.checked}]")


def _tell_left_out(workspace: Workspace) -> None:
    for why in workspace.left_out:
        click.echo(f"note: {why}", err=True)


@main.group()
def policy() -> None:
    """The policy under audit."""


@policy.command(name="check")
@click.argument("text", type=click.Path(path_type=Path), metavar="POLICY.txt")
@click.option(
    "--earlier", type=click.Path(path_type=Path), metavar="F", help="The text as it was: then changed sentences are shown."
)
def policy_check(text: Path, earlier: Path | None) -> None:
    """Compare the policy's text as published now with the clauses under audit; exit 1 where something has to be reviewed.

    What a workspace's text says only because it was proposed from the policy's words is listed, until somebody has read it.

    \b
    audits policy check policy.txt --earlier policy-2025.txt
    """
    from audits.texts.compare import compare, published
    from audits.texts.propose import still_proposed
    from audits.workspace import Workspace

    audited = next((t for t in Workspace.here().texts if any(c.sources for c in t.clauses)), None)
    if audited is None:
        raise Unusable("no text under audit stands on sentences: its clauses need `sources`, the fingerprints of theirs")
    found, new = compare(audited, published(text), published(earlier) if earlier else None)
    for c in found:
        if c.state != "stands":
            place = f" ({c.clause.ledger})" if c.clause.ledger else ""
            click.echo(f"{c.state:8} {c.clause.id}{place}: {c.clause.duty}")
            for sentence in c.now:
                click.echo(f"         now: {sentence}")
    for sentence in new:
        click.echo(f"new      {sentence}")
    proposals = still_proposed(audited)
    for line in proposals:
        click.echo(f"proposed {line}")
    states: list[str] = [c.state for c in found]
    counts = ", ".join(f"{states.count(s)} {word}" for s, word in (("stands", "stand"), ("changed", "changed"), ("gone", "gone")))
    click.echo(f"{len(found)} clauses: {counts}; {len(new)} sentences that no clause covers")
    if proposals:
        click.echo(f"{len(proposals)} still proposed: read each, then take its `proposed = true` away")
    if len(new) or states.count("stands") < len(states):
        sys.exit(1)
