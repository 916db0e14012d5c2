"""The command `audits`, and how its commands find the workspace."""

from __future__ import annotations

import sys
from io import TextIOWrapper
from pathlib import Path
from typing import Any

import click

from audits.cli import ending
from audits.operate import log


class _Command(click.Command):
    """A command that may be told which workspace to work in."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        told = "Folder with audits.toml; the one that you stand in, or above it, if left out."
        option: dict[str, Any] = {"type": click.Path(path_type=Path), "metavar": "DIR", "help": told}
        self.params.append(click.Option(["--workspace"], expose_value=False, callback=_stand_in, **option))


def _stand_in(ctx: click.Context, option: click.Parameter, folder: Path | None) -> None:
    """What the command starts, and itself, finds the workspace by the environment, as long as it lasts."""
    from audits import home

    if folder is not None:
        ctx.with_resource(home.told(**{home.VARIABLE: str(folder.resolve())}))


class _Commands(click.Group):
    """Ends with one line and the right code where a command cannot go on, also where nobody foresaw why."""

    command_class = _Command
    group_class = type

    def make_context(self, *args: Any, **more: Any) -> click.Context:
        with ending.coded():
            return super().make_context(*args, **more)

    def invoke(self, ctx: click.Context) -> Any:
        with ending.coded():
            return super().invoke(ctx)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="privacy-audits")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Measure on an export whether a company keeps the promises of its privacy policy."""
    ending.open_streams()
    ctx.with_resource(ending.orderly())
    for stream in (sys.stdout, sys.stderr):  # a sign that the terminal cannot write is no failure
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    log.start()
