"""The sample: the same for the same seed, small enough to commit, and as large as asked for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from audits.errors import Unusable
from audits.samples import sample as samples
from audits.workspace import sample_folder

from ..conftest import WORKSPACE, not_kept, opened

SECTIONS = sorted(samples.SECTIONS.iterdir())


def contents(folder: Path) -> dict[str, bytes]:
    return {f.name: f.read_bytes() for f in sorted(folder.iterdir())}


def test_the_committed_sample_is_what_the_generator_makes(tmp_path: Path) -> None:
    samples.write(tmp_path / "sample")
    assert contents(tmp_path / "sample") == contents(sample_folder())


def test_the_committed_sample_is_below_4_mb() -> None:
    assert sum(len(c) for c in contents(sample_folder()).values()) < 4_000_000


@pytest.mark.parametrize("section", SECTIONS, ids=lambda s: s.stem)
def test_a_section_is_read_in_one_go(section: Path) -> None:
    """Numbered, at most 150 lines, first what it makes and needs, last (in one statement) what it planted."""
    text = section.read_text(encoding="utf-8")
    assert re.fullmatch(r"\d\d_[a-z_]+\.sql", section.name)
    assert len(text.splitlines()) <= 150
    assert text.startswith("-- ")
    _, plants, planted = text.partition("insert into planted\n")
    assert not plants or planted.index(";") == len(planted) - 2


def test_what_is_planted_for_a_control_stands_in_one_section() -> None:
    named = {s.name: set(re.findall(r"'(\w+)'", s.read_text(encoding="utf-8"))) for s in SECTIONS}
    for control in WORKSPACE.catalogue:
        assert len([name for name, words in named.items() if control in words]) == 1, control


def test_another_seed_is_another_company(tmp_path: Path) -> None:
    for seed in (1, 2):
        samples.write(tmp_path / str(seed), accounts=300, seed=seed)
    assert contents(tmp_path / "1")["requests.csv"] != contents(tmp_path / "2")["requests.csv"]


@pytest.mark.parametrize("accounts", [1, 2, pytest.param(60_000, marks=pytest.mark.slow)])
def test_planted_findings_are_found_in_samples_of_any_size(tmp_path: Path, accounts: int) -> None:
    import json

    expected = samples.write(tmp_path / "sample.duckdb", accounts, seed=7)
    planted = json.loads(expected.read_text(encoding="utf-8"))["planted"]
    with opened(tmp_path / "sample.duckdb") as export:
        for control in WORKSPACE.catalogue:
            assert dict(not_kept(export, control)) == planted.get(control, {}), control


def test_every_control_has_something_planted(planted: dict[str, dict[str, str]]) -> None:
    assert set(planted) == {c.id for c in WORKSPACE.catalogue.values()}
    assert all(planted.values())


def test_the_sample_is_a_whole_population(results: object) -> None:
    from audits.evaluation.results import Results

    assert isinstance(results, Results)
    assert set(results.population().passed) == {True}
    assert not (results.quality().bad > 0).any()


def test_no_accounts_is_no_sample(tmp_path: Path) -> None:
    with pytest.raises(Unusable, match="at least one"):
        samples.write(tmp_path / "sample", accounts=0)
