"""A small published period, made once: what is tried on it is tried on a copy."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from audits.evaluation.job import Job
from audits.publish.run import run

from ..conftest import SMALL, WORKSPACE, no_self_test


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small export and its published period, in one folder."""
    folder = tmp_path_factory.mktemp("once")
    with duckdb.connect(str(folder / "export.duckdb")) as con:
        con.execute(SMALL)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("audits.publish.run._self_test", no_self_test)
        run(WORKSPACE, Job(export=str(folder / "export.duckdb"), period="2026-06"), ["data_quality"], folder / "reports")
    return folder


@pytest.fixture
def folder(once: Path, tmp_path: Path) -> Path:
    """The same, to break."""
    shutil.copytree(once, tmp_path / "copy")
    return tmp_path / "copy"
