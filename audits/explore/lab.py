"""JupyterLab on the notebooks, with an export to explore."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn

from audits.errors import Unusable
from audits.law.opening import open_export
from audits.workspace import Workspace, our_notebooks


def check(workspace: Workspace, export: str, adapter: Path | None, as_of: str | None) -> None:
    """Raises Unusable for an export that cannot be used, and where JupyterLab is not installed."""
    if find_spec("jupyterlab") is None:
        raise Unusable("JupyterLab is not installed: pip install 'privacy-audits[lab]'")
    open_export(workspace.contract, workspace.export(export), adapter, as_of).close()


def start(
    workspace: Workspace,
    folder: Path,
    export: str,
    adapter: Path | None,
    as_of: str | None,
    browser: bool,
    more: Sequence[str] = (),
) -> NoReturn:
    """Become JupyterLab, in `folder`, whose notebooks find export and texts by the environment; `more` are its own options."""
    given = {
        "AUDITS_EXPORT": export if export == "sample" else str(Path(export).resolve()),
        "AUDITS_ADAPTER": str(adapter.resolve()) if adapter else None,
        "AUDITS_AS_OF": as_of,
    }
    with workspace.told():
        environment = {**os.environ, **{name: value for name, value in given.items() if value}}
        os.execve(sys.executable, command(folder, browser, more), environment)  # noqa: S606


def copied(folder: Path) -> bool:
    """Make the folder with a copy of our notebooks, if it was not there; gives whether it was made."""
    if folder.exists():
        return False
    try:
        shutil.copytree(our_notebooks(), folder)
    except OSError as error:
        raise Unusable(f"{folder}: cannot be made: {error.strerror}; name another with --notebooks") from error
    return True


def command(folder: Path, browser: bool, more: Sequence[str]) -> list[str]:
    """JupyterLab on explore.ipynb, asking no other host for news or updates."""
    never = "jupyterlab.NeverCheckForUpdate"
    quiet = [f"--LabApp.check_for_updates_class={never}", "--LabApp.news_url=None", "--LabApp.extension_manager=readonly"]
    opened = "/lab/tree/explore.ipynb" if (folder / "explore.ipynb").exists() else "/lab"
    place = [f"--ServerApp.root_dir={folder.resolve()}", f"--LabApp.default_url={opened}"]
    return [sys.executable, "-m", "jupyterlab", *place, *quiet, *([] if browser else ["--no-browser"]), *more]
