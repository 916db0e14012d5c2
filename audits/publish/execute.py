"""Run a notebook by Papermill."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

import nbformat
from jupyter_core.utils import ensure_event_loop
from nbformat import NotebookNode
from traitlets.config import Config

from audits.contract import scratch
from audits.errors import RunFailed, Unusable, first_line

# Of one cell, in seconds; AUDITS_CELL_TIMEOUT_S overrides it.
_CELL_TIMEOUT_S = 600
_SAFE = {
    "Unusable", "RunFailed", "NameError", "ImportError", "ModuleNotFoundError", "AttributeError", "SyntaxError",
    "DeadKernelError", "CellTimeoutError",
}  # fmt: skip


def execute(notebook: Path, output: Path, parameters: dict[str, Any]) -> NotebookNode:
    """Run a notebook with parameters and keep it, executed, at `output`.

    Papermill would only warn of a parameter that the notebook does not have; here it is refused.
    Raises RunFailed naming the cell and the error, or why it cannot be read; the notebook as far as it ran stays at `output`.
    """
    import papermill

    try:
        known = papermill.inspect_notebook(str(notebook))
    except Exception as error:  # what is no notebook fails in as many ways
        raise RunFailed(
            f"notebook {notebook.name}: cannot be read: it is no notebook, or of an unknown format; mend or remove it"
        ) from error
    if unknown := sorted(set(parameters) - set(known)):
        raise Unusable(f"notebook {notebook.name} has no parameter {unknown[0]}; it has: {', '.join(known)}")
    try:
        with tempfile.TemporaryDirectory(prefix="", dir=scratch.sockets()) as sockets:
            papermill.execute_notebook(
                str(notebook), str(output), parameters, kernel_name="python3", progress_bar=False,
                execution_timeout=_timeout(), config=_local(sockets),
                # Not Papermill's cwd, which moves the whole process: several notebooks run at a time.
                resources={"metadata": {"path": str(notebook.parent)}},
            )  # fmt: skip
    except papermill.PapermillExecutionError as error:
        raise RunFailed(f"notebook {notebook.name}: cell {error.exec_count}: {_words(error.ename, error.evalue)}") from error
    except Exception as error:  # a kernel that dies or never answers has many faces
        raise RunFailed(f"notebook {notebook.name}: {_words(type(error).__name__, first_line(error))}") from error
    finally:
        loop = ensure_event_loop()  # nbclient opens one in each thread, and leaves it open
        if not loop.is_running():
            loop.close()
    return nbformat.read(output, as_version=4)


def _words(name: str, text: str) -> str:
    """An error's words where they cannot quote the data, which no log may hold."""
    return f"{name}: {text}" if name in _SAFE else f"{name} (its words, which may quote the data, stand in the notebook)"


def _timeout() -> int:
    stated = os.environ.get("AUDITS_CELL_TIMEOUT_S", str(_CELL_TIMEOUT_S))
    if not stated.isdecimal() or int(stated) == 0:
        raise Unusable(f"AUDITS_CELL_TIMEOUT_S is {stated!r}: write whole seconds")
    return int(stated)


def _local(sockets: str) -> Config:
    """A kernel hears its messages over socket files that only their owner can reach, not over TCP, where others could listen."""
    place = {"transport": "ipc", "ip": f"{sockets}/kernel", "connection_file": f"{sockets}/connection.json"}
    return Config({"KernelManager": place})
