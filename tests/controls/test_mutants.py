"""Mutants of queries: which are made, what tells one apart, and that none survives in a fixed part; `make mutants` runs all."""

from __future__ import annotations

import csv

import pytest

from .mutants import STORED, alone, lines, targets
from .mutation import mutants

# Whose mutants are few and quick; none survives.
SAMPLE = (
    "account_places",
    "breach_is_recorded",
    "data_protected_at_rest",
    "data_protected_in_transit",
    "sensitive_field_is_voluntary",
    "tracker_is_listed",
    "tracker_purpose_is_described",
)


@pytest.mark.parametrize(
    ("sql", "keys"),
    [
        ("select a from t where a < b", {"last: a < b → true", "last: a < b → a <= b", "last: a < b → a > b"}),
        ("with s as (select a from t where a is null) select a from s", {"s: a is null → true", "s: a is null → not null"}),
        ("select coalesce(a, b) from t", {"last: coalesce(a, b) → a", "last: coalesce(a, b) → b"}),
        ("select a from t where b in ('x', 'y')", {"last: b in ('x', 'y') → true", "last: 'x' in b in ('x', 'y') → dropped", "last: 'y' in b in ('x', 'y') → dropped"}),
        ("select a from t left join u on true", {"last: left join u → inner join", "last: true in left join u on true → the other"}),
        ("select a + interval 3 days from t", {"last: a + interval '3' days → a - interval '3' days", "last: '3' in a + interval '3' days → '4'", "last: days in a + interval '3' days → hour"}),
        ("select distinct min(a) from t order by a", {"last: distinct select distinct min(a) from t order by a → not distinct", "last: min(a) → max(a)"}),
    ],
)  # fmt: skip
def test_one_thing_is_changed(sql: str, keys: set[str]) -> None:
    assert {mutant.key for mutant in mutants(sql)} == keys


def test_what_is_only_shown_is_left_alone() -> None:
    shown = (
        "with s as (select k, a < b as is_odd from t) select k as verdict, k as reason, is_odd, coalesce(k, '') as more from s"
    )
    assert mutants(shown) == []
    assert mutants(shown.replace("is_odd, coalesce(k, '') as more", "coalesce(k, '') as met_at")) != []


def test_a_key_is_of_one_mutant() -> None:
    for target in targets().values():
        keys = [mutant.key for mutant in target.mutants()] if target.name in SAMPLE else []
        assert len(keys) == len(set(keys))


@pytest.mark.slow
@pytest.mark.parametrize("name", SAMPLE)
def test_examples_tell_every_mutant_apart(name: str) -> None:
    found = alone(name)
    assert list(lines(found)) == []
    with STORED.open(encoding="utf-8", newline="") as file:
        stored = {row["name"]: row for row in csv.DictReader(file)}
    assert [found.mutants, found.killed, found.equivalent] == [int(stored[name][n]) for n in ("mutants", "killed", "equivalent")]
