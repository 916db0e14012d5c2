"""What tests need of the system, beside the virtual environment. `make test` begins with it:

    python -m tests.needs       installs what is missing where it may, and says which tests are skipped for want of the rest

A test asks for what it needs by `program(name)`, or for Spark by `spark()`, and is skipped without it; in CI it fails, so that no gap stays hidden.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

PROJECT = Path(__file__).parents[1]
CI = bool(os.environ.get("CI"))
ROOT = os.geteuid() == 0
# Runs a command where it can mount what nobody else sees.
ALONE = ("unshare", "--mount") if ROOT else ("unshare", "--mount", "--user", "--map-root-user")


@dataclass(frozen=True)
class Need:
    """Programs of which one must be there, the packages of Debian that bring one, and the tests that use it."""

    programs: tuple[str, ...]
    packages: tuple[str, ...]
    tests: str
    trial: tuple[str, ...] = ()

    def path(self) -> str | None:
        """Where the program lies, if there is one and its trial succeeds."""
        found = next((path for name in self.programs if (path := shutil.which(name))), None)
        tried = not (found and self.trial) or subprocess.run(self.trial, capture_output=True, check=False).returncode == 0
        return found if tried else None

    @property
    def remedy(self) -> str:
        """How it is had; what Debian always has is there, and only not allowed."""
        return f"apt-get install {' '.join(self.packages)}" if self.packages else "this machine does not allow it"


NEEDS = {
    "chromium": Need(
        ("chromium", "chromium-browser", "google-chrome"),
        ("chromium", "fonts-dejavu-core"),
        "every test of tests/publish/test_reports.py that opens or prints a page in a browser",
    ),
    "java": Need(("java",), ("default-jre-headless",), "tests/evaluation/test_spark.py::test_both_engines_find_the_same"),
    "systemd-analyze": Need(("systemd-analyze",), ("systemd",), "tests/docs/test_docs.py::test_systemd_takes_its_units"),
    "unshare": Need(
        ("unshare",),
        (),
        "tests/publish/test_faults.py::test_a_full_disk_takes_nothing_of_what_was_published",
        (*ALONE, "true"),
    ),
}


SPARK_REMEDY = "pip install --require-hashes -r requirements-spark.lock"


def program(name: str) -> str:
    """The path of a program that the test which asks cannot do without."""
    import pytest

    path = NEEDS[name].path()
    if path is None:
        end = pytest.fail if CI else pytest.skip
        end(f"no {name}: {NEEDS[name].remedy}")
    return path


def spark() -> None:
    """What runs on Spark goes on where it is there; Java is asked for by `program`."""
    import pytest

    if not has_spark():
        end = pytest.fail if CI else pytest.skip
        end(f"no pyspark: {SPARK_REMEDY}")


def has_spark() -> bool:
    """Whether pyspark is installed."""
    return importlib.util.find_spec("pyspark") is not None


def missing() -> dict[str, Need]:
    """What is not there; Java is needed for Spark alone."""
    asked = {name: need for name, need in NEEDS.items() if name != "java" or CI or has_spark()}
    return {name: need for name, need in asked.items() if need.path() is None}


def may_install() -> bool:
    """Whether Debian's packages can be installed without asking anybody."""
    if not shutil.which("apt-get"):
        return False
    if ROOT or not shutil.which("sudo"):
        return ROOT
    return subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0


def install(packages: list[str]) -> None:
    """Debian's packages; what cannot be had is said afterwards, by name."""
    apt = [*(() if ROOT else ("sudo", "-n")), "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    for command in (["update"], ["install", "--yes", "--no-install-recommends", *packages]):
        subprocess.run([*apt, *command], stdout=subprocess.DEVNULL, check=False)


def main() -> int:
    """Install what is missing, and say what then is; an error in CI."""
    packages = list(chain.from_iterable(need.packages for need in missing().values()))
    if packages and may_install():
        print(f"the tests need {' '.join(packages)}: installing", flush=True)
        install(packages)
    if CI and not has_spark():
        print("the tests need pyspark: installing", flush=True)
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
        subprocess.run([*pip, "--requirement", str(PROJECT / "requirements-spark.lock")], check=False)
        importlib.invalidate_caches()
    left = missing()
    for name, need in left.items():
        what = "CI skips nothing, and needs it for" if CI else "skipped for want of it:"
        print(f"no {name} ({need.remedy}); {what} {need.tests}", flush=True)
    if not has_spark():
        print(
            f"no pyspark ({SPARK_REMEDY}); {'CI skips nothing, and needs it for' if CI else 'skipped for want of it:'} {NEEDS['java'].tests}"
        )
    return 1 if CI and (left or not has_spark()) else 0


if __name__ == "__main__":
    sys.exit(main())
