"""The command `audits`, and how it ends: one line and the right exit code where it cannot go on."""

from __future__ import annotations

from typing import Any

import click

from audits.errors import RunFailed, Unusable
from audits.operate import log


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


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="privacy-audits")
def main() -> None:
    """Measure on an export whether a company keeps the promises of its privacy policy."""
    log.start()
