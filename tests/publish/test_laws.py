"""A law alone, published: no page, and no file name, names a company that has nothing to do with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from ..cli.test_cli import audits
from ..conftest import MakeDatabase

pytestmark = pytest.mark.slow
PAGES = ("executive", "coverage", "data_quality", "breaches")


@pytest.mark.usefixtures("without_self_test")
def test_a_run_by_a_law_names_no_vendor(database: MakeDatabase, tmp_path: Path) -> None:
    out = tmp_path / "reports"
    pages = [word for page in PAGES for word in ("--notebook", page)]
    result = audits("run", "--text", "gdpr", "--export", database(), "--period", "2026-06", "--out", out, *pages)
    assert result.exit_code == 0, result.stderr
    assert "jivo" not in (result.stdout + result.stderr).casefold()
    shown = [out / "index.html", *(out / "2026-06" / f"{page}.html" for page in PAGES)]
    for page in shown:
        assert "jivo" not in page.read_text(encoding="utf-8").casefold(), page.name
    assert not [file for file in out.rglob("*") if "jivo" in file.name.casefold()]
    assert "<title>Privacy audits of General Data Protection Regulation</title>" in shown[0].read_text(encoding="utf-8")
    assert '<p class="eyebrow">General Data Protection Regulation</p>' in shown[1].read_text(encoding="utf-8")
