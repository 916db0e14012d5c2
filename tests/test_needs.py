"""What is missing on a machine is said by name, and only in CI an error."""

from __future__ import annotations

import re

import pytest

from . import needs

NONE = needs.Need(("no-such-program",), (), "tests/docs/test_docs.py::test_systemd_takes_its_units")


@pytest.mark.parametrize(("ci", "ends", "code"), [(False, pytest.skip.Exception, 0), (True, pytest.fail.Exception, 1)])
def test_a_missing_program_skips_its_test_and_fails_it_in_ci(
    ci: bool, ends: type[BaseException], code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(needs, "NEEDS", {"a browser": NONE})
    monkeypatch.setattr(needs, "CI", ci)
    with pytest.raises(ends, match="no a browser"):
        needs.program("a browser")
    assert needs.main() == code
    assert "test_systemd_takes_its_units" in capsys.readouterr().out


def test_what_is_there_but_not_allowed_is_missing() -> None:
    assert needs.Need(("sh",), (), "", trial=("sh", "-c", "exit 0")).path()
    assert needs.Need(("sh",), (), "", trial=("sh", "-c", "exit 1")).path() is None


@pytest.mark.parametrize("name", needs.NEEDS)
def test_the_tests_that_are_named_ask_for_it(name: str) -> None:
    named = needs.NEEDS[name].tests
    file = re.search(r"tests/\S+\.py", named)
    assert file
    text = (needs.PROJECT / file[0]).read_text(encoding="utf-8")
    assert f'needs.program("{name}")' in text
    if "::" in named:
        assert f"def {named.split('::')[1]}(" in text
