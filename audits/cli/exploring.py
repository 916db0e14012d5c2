"""On a desk: audits lab, new, selftest, sample."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from audits.cli.group import main
from audits.cli.options import TEXTS, given_or_at_home, workspace_of
from audits.operate import log

if TYPE_CHECKING:
    from audits.workspace import Workspace


@main.command(context_settings={"ignore_unknown_options": True})
@click.option("--export", metavar="F", help="What to explore; the workspace's, or the sample, if left out.")
@click.option("--adapter", type=click.Path(path_type=Path), metavar="V.sql", help="Views that map your own tables.")
@click.option("--as-of", metavar="T", help="Instant of judgement, or a day for its end; the export's own if left out.")
@click.option(
    "--notebooks",
    "folder",
    type=click.Path(path_type=Path),
    help="Your notebooks; made with a copy of ours where there is none; the workspace's, or ./notebooks, if left out.",
)
@TEXTS
@click.option("--browser/--no-browser", default=True, help="Whether a browser is opened.")
@click.argument("more", nargs=-1, type=click.UNPROCESSED, metavar="[JUPYTERLAB OPTIONS]")
def lab(
    export: str | None,
    adapter: Path | None,
    as_of: str | None,
    folder: Path | None,
    texts: tuple[str, ...],
    browser: bool,
    more: tuple[str, ...],
) -> None:
    """Explore an export in JupyterLab; what is not an option of ours is one of JupyterLab.

    \b
    audits lab
    audits lab --export export.duckdb --no-browser --port 9000
    """
    from audits.explore import lab as labs

    workspace = workspace_of(texts)
    chosen = given_or_at_home(workspace, {"export": export, "adapter": adapter})
    folder = folder or (workspace.home.folder or Path()) / "notebooks"
    labs.check(workspace, chosen["export"], chosen["adapter"], as_of)
    if labs.copied(folder):
        log.event("copied", f"{folder}: made, with the notebooks: they are yours to change, and ours again where you delete one")
    labs.start(workspace, folder, chosen["export"], chosen["adapter"], as_of, browser, more)


@main.group()
def new() -> None:
    """A new control, notebook or clause in the workspace: a commented skeleton that works."""


@new.command(name="control")
@click.argument("name", metavar="ID")
@click.option("--section", default="rights", show_default=True, metavar="S", help="Folder of controls/.")
@click.option("--clause", metavar="C", help="The clause of the text under which a promise is made of it; none if left out.")
def new_control(name: str, section: str, clause: str | None) -> None:
    """Write a control with examples that pass; prints its path.

    \b
    audits new control answered_in_time --section rights --clause requests.answered
    """
    from audits.explore import skeleton
    from audits.operate import ledger
    from audits.workspace import Workspace

    workspace = Workspace.here()
    click.echo(skeleton.control(workspace, name, section, clause))
    if clause and (standing := ledger.standing(workspace.home.published)):
        period = standing[0].period
        click.echo(
            f"note: published periods are as they were judged: `audits run --period {period}` judges one anew, with it", err=True
        )


@new.command(name="notebook")
@click.argument("name")
@click.option(
    "--control", "controls", multiple=True, required=True, metavar="C", help="A promise or control it shows; can be given again."
)
def new_notebook(name: str, controls: tuple[str, ...]) -> None:
    """Write a notebook that can be run and published; prints its path.

    \b
    audits new notebook answers --control request_handled_in_time
    """
    from audits.explore import skeleton
    from audits.workspace import Workspace

    click.echo(skeleton.notebook(Workspace.here(), name, controls))


@new.command(name="clause")
@click.argument("name", metavar="ID")
@click.option("--section", required=True, metavar="S", help="The section of the text that it stands in.")
@click.option("--duty", required=True, metavar="D", help="What it promises, in a sentence of your own.")
@click.option(
    "--promise", "promises", multiple=True, metavar="P", help="A promise of the text that measures it; can be given again."
)
def new_clause(name: str, section: str, duty: str, promises: tuple[str, ...]) -> None:
    """Write a clause into the workspace's first text; prints the text's path.

    \b
    audits new clause requests.answered --section "Your rights" --duty "Requests are answered within 21 days"
    """
    from audits.explore import skeleton
    from audits.workspace import Workspace

    click.echo(skeleton.clause(Workspace.here(), name, section, duty, promises))


@main.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="FOLDER")
@click.option(
    "--policy", type=click.Path(path_type=Path), metavar="P.txt", help="The policy's text, of which clauses are proposed."
)
@click.option("--company", metavar="C", help="The company's name; the folder's if left out.")
def init(folder: Path, policy: Path | None, company: str | None) -> None:
    """Make a workspace: a folder of your own for texts, controls, notebooks and jobs; prints what it wrote.

    \b
    audits init acme
    audits init acme --policy policy.txt --company "Acme Ltd"
    """
    from audits.explore import skeleton

    for file in skeleton.workspace(folder, policy, company):
        click.echo(file)
    if policy and (unheard := skeleton.unheard(folder, policy)):
        click.echo(f"note: {policy}: {unheard}", err=True)


@main.command(name="selftest")
@click.option("--export", metavar="F", help="Data to put violations into; the workspace's, or the sample, if left out.")
@click.option("--adapter", type=click.Path(path_type=Path), metavar="V.sql", help="Views that map your own tables.")
@click.option("--control", "controls", multiple=True, metavar="C", help="Only this control; can be given again.")
@TEXTS
def self_test(export: str | None, adapter: Path | None, controls: tuple[str, ...], texts: tuple[str, ...]) -> None:
    """Put known violations into the data, as the controls see it, and tell how many each finds; exit 1 if one is missed.

    Before that the worked examples at the foot of the workspace's own controls are run, or of those that are named.

    \b
    audits selftest
    audits selftest --export export.duckdb --control request_handled_in_time
    """
    from audits.evaluation import selftest
    from audits.law.opening import open_export
    from audits.words import plural

    workspace = workspace_of(texts)
    failed = _examples(workspace, controls)
    chosen, data = workspace.chosen(controls), given_or_at_home(workspace, {"export": export, "adapter": adapter})
    path, law = workspace.export(data["export"]), workspace.home.law
    with open_export(workspace.contract, path, data["adapter"], own_reference=law) as opened:
        outcomes = list(selftest.run(opened, chosen))
    for o in outcomes:
        mark = "–" if not o.injected else "✓" if o.detected == o.injected else "✗"
        click.echo(f"{mark} {o.detected:3} / {o.injected:<3} {o.control}: {o.injection.replace('_', ' ')}")
    missed = sum(o.detected < o.injected for o in outcomes)
    tested = {o.control for o in outcomes if o.injected}
    untested = ", ".join(sorted({p.control.id for p in chosen} - tested)) or "none"
    click.echo(
        plural("{n} injection", "{n} injections", len(outcomes))
        + plural(" into {n} control", " into {n} controls", len(tested))
        + f", {missed} missed. "
        f"Not tested, for want of data or of violations: {untested}"
    )
    if missed or failed:
        sys.exit(1)


def _examples(workspace: Workspace, controls: tuple[str, ...]) -> bool:
    """Run the worked examples of those controls, of the workspace's own if none; gives whether one failed, or cannot be read."""
    from audits.evaluation import examples

    broken = [] if controls else workspace.catalogue.broken
    for why in broken:
        click.echo(f"✗ {why}")
    failed = bool(broken)
    named = [p.control.id for p in workspace.chosen(controls)] if controls else workspace.own_controls
    for control in (workspace.catalogue[name] for name in dict.fromkeys(named)):
        outcome = examples.failures(workspace.contract, control)
        right = sum(not lines for lines in outcome.values())
        click.echo(f"{'✓' if right == len(outcome) else '✗'} {right:3} / {len(outcome):<3} {control.id}: worked examples")
        for name, lines in outcome.items():
            for line in lines:
                click.echo(f"    {name}: {line}")
        failed |= right < len(outcome)
    return failed


@main.command()
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    metavar="F",
    help="A .duckdb file, or a folder for CSV files.",
)
@click.option("--accounts", default=6000, show_default=True, type=click.IntRange(1), help="How many accounts.")
@click.option("--seed", default=1, show_default=True, help="Another seed, another company.")
@click.option("--earlier", is_flag=True, help="The export of a month before; what is listed was restated since.")
def sample(out: Path, accounts: int, seed: int, earlier: bool) -> None:
    """Make a synthetic export with planted violations, listed beside it in NAME.expected.json.

    \b
    audits sample --out sample.duckdb --accounts 100000
    audits sample --out 2026-09 --earlier
    """
    from audits.samples import sample as samples

    expected = samples.write(out, accounts, seed, earlier=earlier)
    click.echo(f"{out}\n{expected}")
