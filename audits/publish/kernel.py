"""Kernels that start at once: each a fork of one process that has imported what notebooks import, and has done nothing else.

Papermill, nbclient and ipykernel are as ever; only the second that a new interpreter takes to import them is spent once a run.
Whatever is forked ends with the run, and with the process that it is a fork of.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from multiprocessing.forkserver import ensure_running
from multiprocessing.process import BaseProcess, current_process
from subprocess import Popen
from typing import Any, TypeVar, cast

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from audits.contract import scratch
from audits.errors import RunFailed

_NAME = "audits-forked"  # as in the entry points of pyproject.toml
_IMPORTED = [
    "audits.publish.forkserver",
    "audits.explore.audit",
    "audits.show.charts",
    "audits.show.leadership",
    "ipykernel.kernelapp",
    "plotly.graph_objs._figure",
]
T = TypeVar("T")

_forking = multiprocessing.get_context("forkserver")


def warm() -> None:
    """Begin to import, in a process of its own, what the kernels will need; returns at once. Kernels are forks from now on."""
    KernelProvisionerFactory.instance().default_provisioner_name = _NAME
    _forking.set_forkserver_preload(_IMPORTED)
    current_process()._config["tempdir"] = str(scratch.sockets())  # type: ignore[attr-defined] # where its socket lies
    ensure_running()


def end() -> None:
    """Kill the kernels that still run, and what is done beside, with all that they started."""
    for process in multiprocessing.active_children():
        process.kill()
        if process.pid:
            with suppress(ProcessLookupError):  # it led no group yet
                os.killpg(process.pid, signal.SIGKILL)


@contextmanager
def beside(act: Callable[..., T], *arguments: Any) -> Iterator[Future[T]]:
    """Do something in a process of its own, meanwhile; nothing waits for it but who asks for its outcome."""
    future: Future[T] = Future()
    threading.Thread(target=_follow, args=(future, act, arguments), daemon=True).start()
    try:
        yield future
    except BaseException:
        end()
        raise


def _follow(future: Future[T], act: Callable[..., T], arguments: tuple[Any, ...]) -> None:
    """Start it, which waits until there is something to fork, and hand on what comes of it."""
    receiver, sender = _forking.Pipe(duplex=False)
    process = _forking.Process(target=_work, args=(sender, act, arguments), daemon=True)
    try:
        with receiver:
            with sender:
                process.start()
            result, error = receiver.recv()
        future.set_exception(error) if error else future.set_result(result)
    except EOFError:
        future.set_exception(RunFailed(f"{act.__module__.rpartition('.')[-1]}: its process was killed; run again"))
    except Exception as error:
        future.set_exception(error)


def _work(sender: Connection, act: Callable[..., T], arguments: tuple[Any, ...]) -> None:
    _end_with_run()
    try:
        sender.send((act(*arguments), None))
    except Exception as error:
        sender.send((None, error))


class ForkedProvisioner(LocalProvisioner):
    """Starts a kernel by a fork; all else as for a kernel on this machine."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """`cmd` is the kernel's command line, of which the connection file is what differs from kernel to kernel."""
        arguments = (cmd[cmd.index("-f") :], str(kwargs.get("cwd") or os.getcwd()), dict(kwargs["env"]))  # noqa: PTH109
        process = _forking.Process(target=_kernel, args=arguments, daemon=True)
        process.start()
        self.process = cast("Popen[bytes]", _Forked(process))
        self.pid = self.pgid = process.pid
        return self.connection_info


class _Forked:
    """A forked process as jupyter_client looks at one: as subprocess.Popen has it."""

    stdin = stdout = stderr = None

    def __init__(self, process: BaseProcess) -> None:
        self._process = process
        self.pid = process.pid or 0

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self) -> int | None:
        self._process.join()
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        os.kill(self.pid, number)

    def kill(self) -> None:
        self._process.kill()

    def terminate(self) -> None:
        self._process.terminate()


def _kernel(arguments: list[str], folder: str, environment: dict[str, str]) -> None:
    _end_with_run()
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    silence = os.open(os.devnull, os.O_RDWR)  # what a kernel mutters is no line of a run's log
    for stream in range(3):
        os.dup2(silence, stream)
    from ipykernel.kernelapp import IPKernelApp

    IPKernelApp.launch_instance(arguments)


def _end_with_run() -> None:
    """End this process, and what it starts, when the run or the fork server is gone; a thread looks, since a cell takes long."""
    os.setsid()  # what the keyboard tells the run, the run tells its processes
    threading.Thread(target=_look, args=(os.getppid(),), daemon=True).start()


def _look(server: int) -> None:
    run = multiprocessing.parent_process()
    while run and run.is_alive() and os.getppid() == server:
        run.join(0.5)
    os.killpg(0, signal.SIGKILL)
