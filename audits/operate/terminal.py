"""What a run says on a terminal: its lines, above a bar that shows how far it is."""

from __future__ import annotations

import logging

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn


class Terminal(logging.Handler):
    """Lines above a bar that fills up and goes away when the last step is done."""

    def __init__(self, plain: logging.Formatter) -> None:
        super().__init__()
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self._progress = Progress(*columns, console=Console(stderr=True, highlight=False), transient=True)
        self._task = self._progress.add_task("audits", total=1)
        self._plain = plain

    def emit(self, record: logging.LogRecord) -> None:
        """Show a line, and how far the run is."""
        fields = getattr(record, "fields", {})
        self._progress.console.print(self._plain.format(record), markup=False, soft_wrap=True)
        if "of" in fields:
            self._progress.update(self._task, completed=fields["done"], total=fields["of"])
            (self._progress.stop if fields["done"] >= fields["of"] else self._progress.start)()
        elif record.levelno >= logging.ERROR:
            self._progress.stop()
