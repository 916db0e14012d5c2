"""The commands. Exit codes: 0 done; 1 done, and the answer is bad; 2 unusable input or arguments; 3 a run failed."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from audits import log
from audits.contract.export import Settings
from audits.errors import RunFailed, Unusable
from audits.evaluation.status import STATUSES
from audits.run import Job

_LOG_FORMAT = click.option(
    "--log-format",
    type=click.Choice(["plain", "json"]),
    default="plain",
    show_default=True,
    callback=lambda ctx, option, value: log.start(value),
    expose_value=False,
    help="One line an event on standard error, or one JSON object.",
)
_JOBS = click.option("--jobs", type=click.IntRange(1), help="Notebooks run at a time; one more than there are cores if left out.")
_FAIL_ON = (*STATUSES, "violation")


class _Commands(click.Group):
    """Ends with one line and the right code where a command cannot go on."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (Unusable, RunFailed) as error:
            log.failure(error, str(error))
            ctx.exit(2 if isinstance(error, Unusable) else 3)
        except OSError as error:  # what the system refuses at a place that nobody foresaw
            log.failure(error, f"{error.filename or 'the system'}: {error.strerror or error}")
            ctx.exit(3)


def _with_export(command: Callable[..., Any]) -> Callable[..., Any]:
    path = click.Path(path_type=Path)
    for option in (
        click.option("--spill", type=path, envvar="AUDITS_SPILL", help="Folder for what does not fit into memory."),
        click.option(
            "--threads", type=click.IntRange(1), envvar="AUDITS_THREADS", help="Threads of the engine; all cores if left out."
        ),
        click.option(
            "--memory", default="1GB", envvar="AUDITS_MEMORY", show_default=True, help="Most memory the engine may use."
        ),
        click.option("--as-of", metavar="T", help="Instant of judgement, or a day for its end; the export's own if left out."),
        click.option(
            "--period", metavar="P", help="2026-10, 2026-Q3, 2026-W44, 2026, or start..end; the last whole month if left out."
        ),
        click.option(
            "--stress", "stresses", multiple=True, metavar="S", help="What if: 'dpf ends 2026-12-01'; can be given again."
        ),
        click.option(
            "--parameters", type=path, metavar="F.toml", help="Parameters of controls: a table each, such as [question_answered]."
        ),
        click.option(
            "--reference", type=path, metavar="D", help="Folder of your own reference tables, which override or extend ours."
        ),
        click.option("--adapter", type=path, metavar="V.sql", help="Views that map your own tables onto the contract."),
        click.option(
            "--export", default="sample", metavar="F", help="DuckDB, Parquet or CSV file, or a folder; the sample if left out."
        ),
    ):
        command = option(command)
    return command


def _job(options: dict[str, Any], audience: str = "leadership", suppress_below: int = 5) -> Job:
    settings = Settings(options["memory"], options["threads"], options["spill"])
    chosen = ("export", "adapter", "period", "as_of", "reference", "parameters", "stresses")
    return Job(**{name: options[name] for name in chosen}, audience=audience, suppress_below=suppress_below, settings=settings)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="privacy-audits")
def main() -> None:
    """Measure on an export whether a company keeps the promises of its privacy policy."""
    log.start()


@main.command()
@_with_export
@click.option("--notebook", "notebooks", multiple=True, metavar="N", help="Only this notebook; can be given again.")
@click.option(
    "--out",
    default="reports",
    type=click.Path(path_type=Path),
    show_default=True,
    help="Where periods are published.",
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
    type=click.Choice(_FAIL_ON),
    help="Exit with 1 if a control has this status; violation is not_satisfied.",
)
@_LOG_FORMAT
@click.option("--pdf", "as_pdf", is_flag=True, help="Print each page as PDF too, where a Chromium is found.")
@_JOBS
def run(
    notebooks: tuple[str, ...],
    out: Path,
    audience: str,
    suppress_below: int,
    fail_on: tuple[str, ...],
    jobs: int | None,
    as_pdf: bool,
    **options: Any,
) -> None:
    """Evaluate an export and publish its reports.

    \b
    audits run
    audits run --export export.duckdb --period 2026-09 --fail-on not_satisfied
    audits run --export "exports/{period}.duckdb" --period 2025-11..2026-10
    """
    from audits import run as runs
    from audits.law.period import Period

    signal.signal(signal.SIGTERM, _interrupted)
    job = _job(options, audience, suppress_below)
    periods = Period.between(job.period) if job.period else [None]
    statuses: list[str] = []
    failed: Unusable | RunFailed | None = None
    for period in periods:
        try:
            results, pages = runs.run(job.of(period) if period else job, notebooks, out, jobs, as_pdf)
        except (Unusable, RunFailed) as error:
            if len(periods) == 1:
                raise
            failed = error
            log.failure(error, f"{period}: {error}")
            continue
        statuses += [c.status for c in results.controls.values()]
        for page in pages:
            click.echo(page)
    click.echo(out / "index.html")
    if failed:
        sys.exit(3)
    _end(fail_on, statuses)


@main.command()
@_with_export
@click.option("--control", "controls", multiple=True, metavar="C", help="Only this control; can be given again.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.option("--fail-on", multiple=True, type=click.Choice(_FAIL_ON), help="Exit with 1 if a control has this status.")
def evaluate(controls: tuple[str, ...], as_json: bool, fail_on: tuple[str, ...], **options: Any) -> None:
    """Evaluate the controls, without notebooks.

    \b
    audits evaluate --export export.duckdb --period 2026-Q3 --json
    """
    from audits import run
    from audits.controls import control
    from audits.show import wording

    results = run.evaluated(_job(options), [control.find(name) for name in controls] or None)
    if as_json:
        click.echo(json.dumps(results.as_json(), indent=1))
    else:
        click.echo(f"{results.run.export_name}, {results.run.period}, as of {wording.instant(results.run.as_of)}")
        for c in results.controls.values():
            click.echo(f"{wording.STATUS[c.status]:17} {c.control_id}: {wording.answer(c, results.run)}")
        for line in wording.losses(results):
            click.echo(line)
    _end(fail_on, [c.status for c in results.controls.values()])


@main.command()
@_with_export
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def check(as_json: bool, **options: Any) -> None:
    """Measure the export contract and whether the populations are whole.

    \b
    audits check --export export.duckdb
    """
    from audits import run
    from audits.evaluation.results import rows_of
    from audits.show import wording

    results = run.evaluated(_job(options), controls=[])
    quality, population = results.quality(), results.population()
    if as_json:
        shown = {
            "export_sha256": results.run.export_sha256,
            "as_of": results.run.as_of.isoformat(),
            "notes": results.run.notes,
            "constraints": json.loads(quality.to_json(orient="records")),
            "population": json.loads(population.to_json(orient="records")),
        }
        click.echo(json.dumps(shown, indent=1))
        return
    for note in results.run.notes:
        click.echo(f"note: {note}")
    for r in rows_of(population):
        mark = wording.outcome(r.passed)
        click.echo(f"{mark:13} {r.test} of {r.table_name}: {r.detail}")
    bad = quality[quality.bad > 0]
    for r in rows_of(bad):
        click.echo(f"✗ {int(r.bad)} of {r.row_count} rows of {r.table_name} break: {r.rule} ({', '.join(r.keys)})")
    measured = quality[quality.bad.notna()]
    click.echo(f"{len(measured)} rules of the contract measured, {len(quality) - len(measured)} could not be, {len(bad)} broken")


@main.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="PERIOD")
def verify(folder: Path) -> None:
    """Check a published period byte by byte against its manifest, and its place in the chain of runs; exit 1 on a difference.

    \b
    audits verify reports/2026-10
    """
    from audits import manifest

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
    "--out", default="reports", type=click.Path(path_type=Path), show_default=True, help="Where the periods are published."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON list.")
def diff(one: str, later: str, out: Path, as_json: bool) -> None:
    """Show which controls stand otherwise in a published period than in another.

    \b
    audits diff 2026-09 2026-10
    """
    from audits import ledger
    from audits.show import wording

    found = ledger.changes(out, one, later)
    if as_json:
        click.echo(json.dumps([asdict(c) for c in found], indent=1))
        return
    for c in found:
        before, now = (wording.STATUS[s] if s else "not in the run" for s in (c.status, c.later_status))
        click.echo(f"{c.control_id}: {before} → {now}; broken {c.violation or 0} → {c.later_violation or 0}")
    click.echo(f"{len(found)} controls stand otherwise in {later} than in {one}")


@main.group()
def schedule() -> None:
    """Runs by the calendar: what is due, and what was missed."""


_SCHEDULE = click.option(
    "--schedule",
    "file",
    type=click.Path(path_type=Path),
    default="schedule.toml",
    show_default=True,
    envvar="AUDITS_SCHEDULE",
    help="The jobs.",
)


@schedule.command(name="run")
@_SCHEDULE
@_LOG_FORMAT
@_JOBS
def schedule_run(file: Path, jobs: int | None) -> None:
    """Run what is due and was not run, the oldest first, each period once; call it as often as you like.

    \b
    audits schedule run
    audits schedule run --schedule /etc/audits/schedule.toml --log-format json
    """
    from audits import schedule as schedules

    signal.signal(signal.SIGTERM, _interrupted)
    if any(outcome.failed for outcome in schedules.perform(schedules.load(file), _now, jobs)):
        sys.exit(3)


@schedule.command(name="list")
@_SCHEDULE
@click.option("--json", "as_json", is_flag=True, help="One JSON list.")
def schedule_list(file: Path, as_json: bool) -> None:
    """Show each job's next and last run, and the periods that are missing.

    \b
    audits schedule list
    """
    from audits import schedule as schedules

    rows = schedules.overview(schedules.load(file), _now())
    if as_json:
        click.echo(json.dumps(rows, indent=1))
        return
    for r in rows:
        last = f"last {r['last_period']} {r['last_outcome']} at {r['last_at']}" if r["last_period"] else "never run"
        click.echo(f"{r['job']}: next {r['next_period']} at {r['next_at']}; {last}; missing: {', '.join(r['open']) or 'none'}")


@schedule.command(name="serve")
@_SCHEDULE
@_LOG_FORMAT
@_JOBS
def schedule_serve(file: Path, jobs: int | None) -> None:
    """Stay running, and look at the schedule every minute.

    \b
    audits schedule serve
    """
    from audits import schedule as schedules

    signal.signal(signal.SIGTERM, _interrupted)
    schedules.serve(file, _now, jobs)


@main.command(name="selftest")
@click.option("--export", default="sample", metavar="F", help="Data to put violations into; the sample if left out.")
@click.option("--adapter", type=click.Path(path_type=Path), metavar="V.sql", help="Views that map your own tables.")
@click.option("--control", "controls", multiple=True, metavar="C", help="Only this control; can be given again.")
def self_test(export: str, adapter: Path | None, controls: tuple[str, ...]) -> None:
    """Put known violations into the data, as the controls see it, and tell how many each finds; exit 1 if one is missed.

    \b
    audits selftest
    audits selftest --export export.duckdb --control request_handled_in_thirty_days
    """
    from audits.contract.export import open_export
    from audits.controls.control import catalogue, find
    from audits.evaluation import selftest

    chosen = [find(name) for name in controls] or list(catalogue().values())
    with open_export(export, adapter) as opened:
        outcomes = list(selftest.run(opened, chosen))
    for o in outcomes:
        mark = "–" if not o.injected else "✓" if o.detected == o.injected else "✗"
        click.echo(f"{mark} {o.detected:3} / {o.injected:<3} {o.control_id}: {o.injection.replace('_', ' ')}")
    missed = sum(o.detected < o.injected for o in outcomes)
    tested = {o.control_id for o in outcomes if o.injected}
    untested = ", ".join(c.id for c in chosen if c.id not in tested) or "none"
    click.echo(
        f"{len(outcomes)} injections into {len(tested)} controls, {missed} missed. "
        f"Not tested, for want of data or of violations: {untested}"
    )
    if missed:
        sys.exit(1)


@main.command(context_settings={"ignore_unknown_options": True})
@click.option("--export", default="sample", metavar="F", help="What to explore; the sample if left out.")
@click.option("--adapter", type=click.Path(path_type=Path), metavar="V.sql", help="Views that map your own tables.")
@click.option("--as-of", metavar="T", help="Instant of judgement, or a day for its end; the export's own if left out.")
@click.option(
    "--notebooks",
    "folder",
    type=click.Path(path_type=Path),
    default="notebooks",
    show_default=True,
    help="Your notebooks; made with a copy of ours where there is none.",
)
@click.option("--browser/--no-browser", default=True, help="Whether a browser is opened.")
@click.argument("more", nargs=-1, type=click.UNPROCESSED, metavar="[JUPYTERLAB OPTIONS]")
def lab(export: str, adapter: Path | None, as_of: str | None, folder: Path, browser: bool, more: tuple[str, ...]) -> None:
    """Explore an export in JupyterLab; what is not an option of ours is one of JupyterLab.

    \b
    audits lab
    audits lab --export export.duckdb --no-browser --port 9000
    """
    from audits.explore import lab as labs

    labs.start(folder, export, adapter, as_of, browser, more)


@main.group()
def new() -> None:
    """A new control or notebook: a commented skeleton that works, in a checkout."""


@new.command(name="control")
@click.argument("name", metavar="ID")
@click.option("--section", default="rights", show_default=True, metavar="S", help="Folder of audits/controls.")
@click.option(
    "--clause", default="rights.handled-30-days", show_default=True, metavar="C", help="What it measures of the policy."
)
def new_control(name: str, section: str, clause: str) -> None:
    """Write a control with examples that pass; prints its path.

    \b
    audits new control answered_in_time --section rights --clause rights.handled-30-days
    """
    from audits.explore import skeleton

    click.echo(skeleton.control(name, section, clause))


@new.command(name="notebook")
@click.argument("name")
@click.option("--control", "controls", multiple=True, required=True, metavar="C", help="A control it shows; can be given again.")
def new_notebook(name: str, controls: tuple[str, ...]) -> None:
    """Write a notebook that can be run and published; prints its path.

    \b
    audits new notebook answers --control request_handled_in_thirty_days
    """
    from audits.explore import skeleton

    click.echo(skeleton.notebook(name, controls))


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

    \b
    audits policy check policy.txt --earlier policy-2025.txt
    """
    from audits.texts import policy as policies

    audited = policies.load()
    found, new = policies.compare(audited, _read(text), _read(earlier) if earlier else None)
    for c in found:
        if c.state != "stands":
            click.echo(f"{c.state:8} {c.clause.id} ({c.clause.ledger}): {c.clause.duty}")
            for sentence in c.now:
                click.echo(f"         now: {sentence}")
    for sentence in new:
        click.echo(f"new      {sentence}")
    states: list[str] = [c.state for c in found]
    counts = ", ".join(f"{states.count(s)} {word}" for s, word in (("stands", "stand"), ("changed", "changed"), ("gone", "gone")))
    click.echo(f"{len(found)} clauses: {counts}; {len(new)} sentences that no clause covers")
    if len(new) or states.count("stands") < len(states):
        sys.exit(1)


@main.command()
@click.option("--framework", metavar="F", help="Only those that map to this law or standard: GDPR, CCPA …")
@click.option("--json", "as_json", is_flag=True, help="One JSON list.")
def controls(framework: str | None, as_json: bool) -> None:
    """List the controls.

    \b
    audits controls --framework GDPR
    """
    from audits.controls.control import by_framework

    chosen = by_framework(framework)
    if as_json:
        click.echo(json.dumps([c.model_dump(mode="json", exclude={"examples"}) for c in chosen], indent=1))
        return
    for c in chosen:
        click.echo(f"{c.severity:6} {c.id}: {c.title}")


@main.command()
@click.argument("control")
def explain(control: str) -> None:
    """Show a control: its clauses, rule, parameters, reasons and query.

    \b
    audits explain request_handled_in_thirty_days
    """
    from audits.controls.control import find
    from audits.show import tables

    click.echo(tables.explanation(find(control)).text)


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
    from audits.law.deadline import Rule, due_dates

    if roll_over and rule is None:
        raise Unusable("--roll-over goes with --rule: each law says itself whether it rolls over")
    own = Rule.parse(rule, roll_over) if rule else None
    dates = due_dates(received, country, kind, extended, own)
    if as_json:
        click.echo(json.dumps({"due": {d.rule_set: d.due.isoformat() if d.due else None for d in dates}}))
    elif own:
        click.echo(dates[0].due)
    else:
        for d in dates:
            click.echo(f"{d.rule_set:12} {d.due or 'no date'!s:10}  {d.rule.replace('_', ' ')} – {d.source} [{d.checked}]")


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
def sample(out: Path, accounts: int, seed: int) -> None:
    """Make a synthetic export with planted violations, listed in expected.json.

    \b
    audits sample --out sample.duckdb --accounts 100000
    """
    from audits import samples

    expected = samples.write(out, accounts, seed)
    click.echo(f"{out}\n{expected}")


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Unusable(f"{path}: cannot be read: {getattr(error, 'strerror', None) or 'it is no UTF-8 text'}") from error


def _now() -> datetime:
    """The clock, read here and nowhere else: a schedule needs one, an audit does not."""
    return datetime.now(UTC)


def _interrupted(*_: object) -> None:
    """A run that is told to end cleans up as one that is interrupted from the keyboard."""
    raise KeyboardInterrupt


def _end(fail_on: tuple[str, ...], statuses: list[str]) -> None:
    asked = {"not_satisfied" if name == "violation" else name for name in fail_on}
    if asked & set(statuses):
        sys.exit(1)
