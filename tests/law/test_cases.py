"""The worked examples of what the law makes of an export; `make mutants` says whether they guard its queries."""

from __future__ import annotations

import pytest

from .cases import Case, cases


@pytest.mark.parametrize("case", cases(), ids=lambda c: f"{c.view}-{c.name}")
def test_case(case: Case) -> None:
    with case.opened() as export:
        assert case.unlike(export) == []
