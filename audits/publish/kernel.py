"""Kernels that start at once: each a fork of one process that has imported what notebooks import, and has done nothing else.

Papermill, nbclient and ipykernel are as ever; only the second that a new interpreter takes to import them is spent once a run.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from multiprocessing.forkserver import ensure_running
from multiprocessing.process import BaseProcess
from subprocess import Popen
from typing import Any, cast

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

_NAME = "audits-forked"  # as in the entry points of pyproject.toml
_IMPORTED = [
    "audits.explore.audit",
    "audits.show.charts",
    "audits.show.leadership",
    "ipykernel.kernelapp",
    "plotly.graph_objs._figure",
]

forking = multiprocessing.get_context("forkserver")


def warm() -> None:
    """Begin to import, in a process of its own, what the kernels will need; returns at once. Kernels are forks from now on."""
    KernelProvisionerFactory.instance().default_provisioner_name = _NAME
    forking.set_forkserver_preload(_IMPORTED)
    ensure_running()


def end() -> None:
    """Kill the kernels that still run."""
    for process in multiprocessing.active_children():
        process.kill()


class ForkedProvisioner(LocalProvisioner):
    """Starts a kernel by a fork; all else as for a kernel on this machine."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """`cmd` is the kernel's command line, of which the connection file is what differs from kernel to kernel."""
        arguments = (cmd[cmd.index("-f") :], str(kwargs.get("cwd") or os.getcwd()), dict(kwargs["env"]))  # noqa: PTH109
        process = forking.Process(target=_kernel, args=arguments, daemon=True)
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
    os.setsid()
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    silence = os.open(os.devnull, os.O_RDWR)  # what a kernel mutters is no line of a run's log
    for stream in range(3):
        os.dup2(silence, stream)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    from ipykernel.kernelapp import IPKernelApp

    IPKernelApp.launch_instance(arguments)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
