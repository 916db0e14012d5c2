"""What a run says of itself: one line an event, plain, or as JSON for machines; on a terminal with a bar. No word of the data."""

from __future__ import annotations

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from tempfile import NamedTemporaryFile
from typing import Any, Literal

from audits.errors import OUT_OF_MEMORY, RunFailed, Unusable, is_full, is_memory

Format = Literal["plain", "json"]
_log = logging.getLogger("audits")


def event(name: str, message: str, **fields: Any) -> None:
    """Say what happened; `name` is the kind of event. With `done` and `of`, a terminal shows how far a run is."""
    _log.info(message, extra={"event": name, "fields": fields})


def failure(error: BaseException, message: str) -> None:
    """Say why a command ends: the message for people; in JSON the kind of error too."""
    _log.error(message, extra={"event": "failed", "fields": {"error": type(error).__name__}})


def said(error: BaseException) -> str:
    """An error in one line without the data: its own words where they are ours, else its kind, and where the rest is kept."""
    if isinstance(error, Unusable) and error.in_full() != str(error):
        return f"{error} (`audits check` shows it)"
    if isinstance(error, (Unusable, RunFailed)):
        return str(error)
    if is_memory(error):
        return OUT_OF_MEMORY
    if is_full(error):
        return f"{getattr(error, 'filename', None) or 'the disk'}: no space left; make room, or choose another place"
    if isinstance(error, OSError):  # what the system refuses at a place that nobody foresaw
        return f"{error.filename or 'the system'}: {error.strerror or error}"
    return _unexpected(error)


def _unexpected(error: BaseException) -> str:
    words = f"unexpected {type(error).__name__}; please report it"
    try:
        return f"{words}, with {_kept(''.join(traceback.format_exception(error)))}"
    except OSError:
        return words


def _kept(words: str) -> str:
    """The file that only we can read, and in which words are kept."""
    with NamedTemporaryFile("w", prefix="audits-", suffix=".log", delete=False, encoding="utf-8") as file:
        file.write(words)
    return file.name


def start(form: Format = "plain") -> None:
    """Say events on standard error from now on."""
    handler: logging.Handler
    if form == "json":
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(_Json())
    elif sys.stderr.isatty():
        from audits.operate.terminal import Terminal  # rich takes a tenth of a second, and a log needs none of it

        handler = Terminal(Plain())
    else:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(Plain())
    for earlier in list(_log.handlers):
        _log.removeHandler(earlier)
    _log.addHandler(handler)
    if not logging.root.handlers:  # else what a library mutters would stand on standard error as well
        logging.root.addHandler(logging.NullHandler())
    _log.setLevel(logging.INFO)


def timed() -> None:
    """Say the time before each plain line from now on: what runs unattended is read later."""
    for handler in _log.handlers:
        if isinstance(handler.formatter, Plain):
            handler.setFormatter(Plain(timed=True))


class Plain(logging.Formatter):
    """A line of text an event."""

    def __init__(self, timed: bool = False) -> None:
        super().__init__()
        self._timed = timed

    def format(self, record: logging.LogRecord) -> str:
        """The message, after the time (UTC) where that is asked for; errors say whose they are."""
        at = f"{datetime.fromtimestamp(record.created, UTC):%Y-%m-%d %H:%M:%SZ} " if self._timed else ""
        prefix = "audits: " if record.levelno >= logging.ERROR else ""
        return at + prefix + " ".join(record.getMessage().split())


class _Json(logging.Formatter):
    """at (UTC), level, event, message, and what else belongs to the event."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        head = {"at": at, "level": record.levelname.lower(), "event": getattr(record, "event", "message")}
        return json.dumps(
            {**head, "message": " ".join(record.getMessage().split()), **getattr(record, "fields", {})}, default=str
        )
