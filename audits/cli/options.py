"""Options that several commands take, and how those commands end."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from audits.errors import Unusable
from audits.evaluation.status import STATUSES, failing
from audits.operate import log
from audits.words import LANGUAGES

if TYPE_CHECKING:
    from audits.evaluation.job import Job
    from audits.workspace import Workspace

LOG_FORMAT = click.option(
    "--log-format",
    type=click.Choice(["plain", "json"]),
    default="plain",
    show_default=True,
    callback=lambda ctx, option, value: log.start(value),
    expose_value=False,
    help="One line an event on standard error, or one JSON object.",
)
JOBS = click.option("--jobs", type=click.IntRange(1), help="Notebooks run at a time; one more than there are cores if left out.")
FAIL_ON = (*STATUSES, "violation")
CHECK_FAIL_ON = ("unreadable", "broken", "population", "gone")


_ENGINES = (
    click.option(
        "--master",
        envvar="AUDITS_MASTER",
        metavar="M",
        help="Spark's master, such as spark://host:7077; this machine if left out.",
    ),
    click.option(
        "--engine",
        type=click.Choice(["duckdb", "spark"]),
        default="duckdb",
        envvar="AUDITS_ENGINE",
        show_default=True,
        help="What works through the rows; Spark is for more of them than one machine can hold.",
    ),
)
TEXTS = click.option(
    "--text",
    "texts",
    multiple=True,
    metavar="T",
    help="What was promised: a text that comes with audits (gdpr, ccpa), or a .toml file; can be given again.",
)


_PATH = click.Path(path_type=Path)
# What an export may cost.
_BOUNDS = (
    click.option(
        "--time",
        default="1h",
        envvar="AUDITS_TIME",
        show_default=True,
        metavar="T",
        help="Longest that an evaluation may last.",
    ),
    click.option(
        "--spill-limit",
        default="20GB",
        envvar="AUDITS_SPILL_LIMIT",
        show_default=True,
        metavar="S",
        help="Most that may lie there.",
    ),
    click.option("--spill", type=_PATH, envvar="AUDITS_SPILL", help="Folder for what does not fit into memory."),
    click.option(
        "--threads", type=click.IntRange(1), envvar="AUDITS_THREADS", help="Threads of the engine; all cores if left out."
    ),
    click.option("--memory", default="1GB", envvar="AUDITS_MEMORY", show_default=True, help="Most memory the engine may use."),
)


LANGUAGE = click.option(
    "--language",
    type=click.Choice(sorted(LANGUAGES)),
    help="Of pages; that of the workspace, or of its first text, if left out.",
)


def workspace_of(texts: tuple[str, ...], language: str | None = None) -> Workspace:
    """The workspace, with these texts, and this language, in place of its own; raises Unusable for a text that is unknown."""
    from audits import home
    from audits.workspace import Workspace

    folder = home.named() if texts else None
    own = home.read(folder) if folder else home.Home()
    return Workspace.here([own.text_called(name) for name in texts], language)


def with_export(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say what to audit."""
    for option in (
        TEXTS,
        *_BOUNDS,
        click.option("--as-of", metavar="T", help="Instant of judgement, or a day for its end; the export's own if left out."),
        click.option(
            "--period", metavar="P", help="2026-10, 2026-Q3, 2026-W44, 2026, or start..end; the last whole month if left out."
        ),
        click.option(
            "--stress", "stresses", multiple=True, metavar="S", help="What if: 'dpf ends 2026-12-01'; can be given again."
        ),
        click.option(
            "--parameters", type=_PATH, metavar="F.toml", help="Values of promises: a table each, such as [question_answered]."
        ),
        click.option(
            "--reference", type=_PATH, metavar="D", help="Folder of your own reference tables, which override or extend ours."
        ),
        click.option("--adapter", type=_PATH, metavar="V.sql", help="Views that map your own tables onto the contract."),
        click.option(
            "--export",
            metavar="F",
            help="DuckDB file, or a file or folder of tables; the workspace's, or the sample, if left out.",
        ),
    ):
        command = option(command)
    return command


def with_engine(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say what works through the rows."""
    for option in _ENGINES:
        command = option(command)
    return command


def job_of(workspace: Workspace, options: dict[str, Any], audience: str = "leadership", suppress_below: int = 5) -> Job:
    """What to audit: from those options, or the workspace where they are left out; raises Unusable for one that is empty."""
    from audits.contract.export import Settings
    from audits.evaluation.job import Job

    settings = Settings(options["memory"], options["threads"], options["spill"], options["spill_limit"], options["time"])
    chosen = ("export", "adapter", "period", "as_of", "reference", "parameters", "stresses")
    given = {name: options[name] for name in chosen}
    for name, value in given.items():
        if isinstance(value, str) and not value.strip():
            raise Unusable(f"--{name.replace('_', '-')} is empty; give it a value, or leave it out")
    return Job(
        **given_or_at_home(workspace, given),
        promises=tuple(options.get("promises", ())),
        audience=audience,
        suppress_below=suppress_below,
        settings=settings,
        engine=options.get("engine", "duckdb"),
        master=options.get("master"),
    )


def given_or_at_home(workspace: Workspace, given: dict[str, Any]) -> dict[str, Any]:
    """What is given; what is not, as the workspace has it. Its adapter goes with its export, and with no other."""
    home = workspace.home
    at_home = {"export": home.exported, "reference": home.law, "parameters": home.path(home.parameters)}
    if given.get("export") is None:
        at_home["adapter"] = home.path(home.adapter)
    return {name: at_home.get(name) if value is None else value for name, value in given.items()}


def end(fail_on: tuple[str, ...], statuses: list[str]) -> None:
    """Exit with 1 where a status is one that was asked for."""
    if failing(fail_on, statuses):
        sys.exit(1)
