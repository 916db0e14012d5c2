"""How a command ends: with one line and the right exit code where it cannot go on, and soon where it is told to.

Exit codes: 0 done; 1 done, and the answer is bad; 2 unusable input or arguments; 3 a run failed, or was told to end; and as a
shell has it 141 where who reads our lines has gone.
"""

from __future__ import annotations

import atexit
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

import click

from audits.errors import Unusable, told_to_end
from audits.operate import log

FAILED = 3
_TOLD = (signal.SIGTERM, signal.SIGINT)
# How long a command that is told to end may tidy up, in seconds.
_PATIENCE_S = 3.0


class _Told(KeyboardInterrupt):
    """A kind of our own: Python would end by the signal where the plain one passed through code that it ran from a text."""


@contextmanager
def coded() -> Iterator[None]:
    """Where what is done meanwhile cannot go on, the command ends with its line and exit code."""
    code = 0
    try:
        yield
    except SystemExit as ended:
        code = int(ended.code or 0)
        raise
    except click.exceptions.Exit as ended:
        code = ended.exit_code
        raise
    except BaseException as error:
        code = _code(error)
        raise click.exceptions.Exit(code) from error
    finally:
        if told_to_end.is_set():
            _leave(code)


def _leave(code: int) -> None:
    """End, without taking down all that was imported, which can take seconds and could not be cut short."""
    atexit._run_exitfuncs()
    os._exit(code)


def _code(error: BaseException) -> int:
    """Say why a command cannot go on; gives its exit code."""
    if isinstance(error, BrokenPipeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what is still to be written
        return 128 + signal.SIGPIPE
    with suppress(OSError):  # even that cannot be said
        return _said(error)
    return 2 if isinstance(error, (Unusable, click.ClickException)) else FAILED


def _said(error: BaseException) -> int:
    if isinstance(error, click.ClickException):
        error.show()
        return error.exit_code
    if told_to_end.is_set() or isinstance(error, (KeyboardInterrupt, click.Abort)):  # which may have looked like another error
        log.failure(error, "was told to end; what was published before stands")
        return FAILED
    log.failure(error, log.said(error))
    return 2 if isinstance(error, Unusable) else FAILED


def open_streams() -> None:
    """Stand in for standard streams that are closed: the next file to be opened would be taken for one."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # gets the lowest number that is free, this one
            os.set_inheritable(number, True)
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(number, "w" if number else "r", encoding="utf-8", closefd=False))


@contextmanager
def orderly() -> Iterator[None]:
    """While it lasts, SIGTERM and SIGINT raise KeyboardInterrupt, once, also out of a statement of the engine.

    Who has not ended some seconds later is ended where it stands: locks end with the process, what it started sees it gone, and
    the next run tidies. So nothing that swallows the interruption, and nothing that takes long, holds the end up.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    heard = [number for number in _TOLD if signal.getsignal(number) != signal.SIG_IGN]  # in the background of a script one is not
    earlier = {number: signal.signal(number, _interrupted) for number in heard}
    woken = signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    threading.Thread(target=_watch, args=(reader,), daemon=True).start()
    try:
        yield
    finally:
        signal.set_wakeup_fd(woken)
        for number, handler in earlier.items():
            signal.signal(number, handler)
        os.close(writer)


def _interrupted(number: int, frame: FrameType | None) -> None:
    for each in _TOLD:  # once is enough: what tidies up is not to be torn from it
        signal.signal(each, signal.SIG_IGN)
    told_to_end.set()
    raise _Told


def _watch(reader: int) -> None:
    """Wait for the first signal, which the system writes here also while the main thread is deep in the engine."""
    while number := os.read(reader, 1):
        if number[0] in _TOLD:
            told_to_end.set()
            _end()
    os.close(reader)


def _end() -> None:
    until = time.monotonic() + _PATIENCE_S
    while time.monotonic() < until:
        if engine := sys.modules.get("audits.contract.engine"):
            engine.interrupt()
        time.sleep(0.2)
    if kernel := sys.modules.get("audits.publish.kernel"):
        kernel.end()
    os._exit(FAILED)
