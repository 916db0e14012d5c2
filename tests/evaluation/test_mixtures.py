"""Mixtures of readings: each two of two doubts together, as far as there is time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.evaluation.meanings import EMPTY, Doubt
from audits.evaluation.mixtures import mixtures

from ..conftest import WORKSPACE


@given(st.lists(st.integers(0, 4), min_size=1, max_size=5))
def test_each_two_readings_of_two_doubts_are_tried_together(sizes: list[int]) -> None:
    requests = WORKSPACE.contract["requests"]
    told = {Doubt(requests, column, EMPTY, "true"): [*"abcd"[:n]] for column, n in zip(requests.columns, sizes, strict=False)}
    mixed = [[values[doubt] for doubt in told] for values in mixtures(told, 10_000)]
    each = [{doubt.value, *values} for doubt, values in told.items()]
    for first, one in enumerate(each):
        for second, other in enumerate(each[first + 1 :], first + 1):
            assert {(m[first], m[second]) for m in mixed} == {(a, b) for a in one for b in other}
    assert {m[0] for m in mixed} == each[0]


@pytest.mark.parametrize("most", [0, 1, 7])
def test_of_many_mixtures_as_many_are_tried_as_there_is_time_for(most: int) -> None:
    requests = WORKSPACE.contract["requests"]
    told = {Doubt(requests, column, EMPTY, "true"): [*"abcd"] for column in requests.columns[:4]}
    assert len(list(mixtures(told, most))) == most
    assert not list(mixtures({}, most))
