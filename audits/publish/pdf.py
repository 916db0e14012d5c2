"""Pages as PDF, printed by a Chromium that is there."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from audits.contract import scratch
from audits.errors import RunFailed

_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-pdf-header-footer", "--virtual-time-budget=20000",
)  # fmt: skip
_LONGEST_S = 120


def browser() -> str | None:
    """The path of a Chromium, if one is found."""
    return next((found for name in _NAMES if (found := shutil.which(name))), None)


def write(page: Path, chromium: str) -> Path:
    """Print a page beside itself; raises RunFailed where that does not work. The page is our own: it runs no script but ours."""
    target = page.with_suffix(".pdf")
    with tempfile.TemporaryDirectory(dir=scratch.sockets()) as profile:
        command = [chromium, *_FLAGS, f"--user-data-dir={profile}", f"--print-to-pdf={target}", page.resolve().as_uri()]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=_LONGEST_S)  # noqa: S603
        except (OSError, subprocess.SubprocessError) as error:
            raise RunFailed(f"{page.name}: cannot be printed by {chromium}: {type(error).__name__}") from error
    if not target.exists():
        raise RunFailed(f"{page.name}: {chromium} printed nothing")
    return target
