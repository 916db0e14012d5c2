"""What a run says of itself: one line an event, plain, or as JSON for machines; on a terminal with a bar. No word of the data."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Any, Literal

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

Format = Literal["plain", "json"]
_log = logging.getLogger("audits")


def event(name: str, message: str, **fields: Any) -> None:
    """Say what happened; `name` is the kind of event. With `done` and `of`, a terminal shows how far a run is."""
    _log.info(message, extra={"event": name, "fields": fields})


def failure(error: Exception, message: str) -> None:
    """Say why a command ends: the message for people; in JSON the kind of error too."""
    _log.error(message, extra={"event": "failed", "fields": {"error": type(error).__name__}})


def start(form: Format = "plain") -> None:
    """Say events on standard error from now on."""
    handler: logging.Handler
    if form == "json":
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(_Json())
    elif sys.stderr.isatty():
        handler = _Terminal()
    else:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(_Plain())
    for earlier in list(_log.handlers):
        _log.removeHandler(earlier)
    _log.addHandler(handler)
    _log.setLevel(logging.INFO)


class _Plain(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        prefix = "audits: " if record.levelno >= logging.ERROR else ""
        return prefix + " ".join(record.getMessage().split())


class _Json(logging.Formatter):
    """at (UTC), level, event, message, and what else belongs to the event."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        head = {"at": at, "level": record.levelname.lower(), "event": getattr(record, "event", "message")}
        return json.dumps(
            {**head, "message": " ".join(record.getMessage().split()), **getattr(record, "fields", {})}, default=str
        )


class _Terminal(logging.Handler):
    """Lines above a bar that fills up and goes away when the last step is done."""

    def __init__(self) -> None:
        super().__init__()
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self._progress = Progress(*columns, console=Console(stderr=True, highlight=False), transient=True)
        self._task = self._progress.add_task("audits", total=1)
        self._plain = _Plain()

    def emit(self, record: logging.LogRecord) -> None:
        fields = getattr(record, "fields", {})
        self._progress.console.print(self._plain.format(record), markup=False, soft_wrap=True)
        if "of" in fields:
            self._progress.update(self._task, completed=fields["done"], total=fields["of"])
            (self._progress.stop if fields["done"] >= fields["of"] else self._progress.start)()
        elif record.levelno >= logging.ERROR:
            self._progress.stop()
