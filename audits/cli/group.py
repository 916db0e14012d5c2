"""The command `audits`, and how it ends: one line and the right exit code where it cannot go on."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from io import TextIOWrapper
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import click

from audits.errors import OUT_OF_MEMORY, RunFailed, Unusable, is_memory
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

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (Unusable, RunFailed) as error:
            log.failure(error, str(error))
            ctx.exit(2 if isinstance(error, Unusable) else 3)
        except BrokenPipeError:  # who read our lines has read enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(128 + signal.SIGPIPE)
        except OSError as error:  # what the system refuses at a place that nobody foresaw
            log.failure(error, f"{error.filename or 'the system'}: {error.strerror or error}")
            ctx.exit(3)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            if is_memory(error):
                log.failure(error, OUT_OF_MEMORY)
                ctx.exit(3)
            log.failure(error, f"unexpected {type(error).__name__}; please report it, with {_kept(traceback.format_exc())}")
            ctx.exit(3)


def _kept(words: str) -> str:
    """The file that only we can read, and in which words are kept that may quote the data."""
    with NamedTemporaryFile("w", prefix="audits-", suffix=".log", delete=False, encoding="utf-8") as file:
        file.write(words)
    return file.name


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="privacy-audits")
def main() -> None:
    """Measure on an export whether a company keeps the promises of its privacy policy."""
    for stream in (sys.stdout, sys.stderr):  # a sign that the terminal cannot write is no failure
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    log.start()
