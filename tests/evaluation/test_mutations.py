"""A fixed part of the spoilt copies of the sample, and of the controls' examples; `make mutations` judges all of them."""

from __future__ import annotations

import pytest

from audits.controls.control import Control

from ..conftest import WORKSPACE, opened
from .mutations import ONE_THREAD, TWICE, Mutation, base, clean, found, harm
from .spoilt_examples import harms, harms_of

# By what the contract says of the column: a word that must be known, an instant, a word, a country.
PART = [
    Mutation("breaches", "risk", "empty", 10),
    Mutation("breaches", "aware_at", "unreadable", 10),
    Mutation("requests", "requester_role", "capitals", 1),
    Mutation("holdings", "disposition", "not applicable", 10),
    Mutation("opt_outs", "opted_out_at", "year one", 1),
    Mutation("processors", "kind", "blank", 1),
    Mutation("certifications", "certified_to", "unreadable", 1),
    Mutation("accounts", "country", "padded", 10),
    Mutation("processing_activities", "legal_basis", "empty", 10),
    Mutation("opt_outs", "account_id", "empty", 10),
    Mutation("request_events", "occurred_at", "unreadable", 1),
    Mutation("breaches", "authority_told_at", "empty", 10),
    # What names a record by an instant names it so in whatever zone, and once more where a row stands twice.
    Mutation("export_info", "timezone", "blank", 1),
    Mutation("subscriber_duties", "subscriber_id", TWICE, 1),
]
# What turns a verdict only with something else that the example leaves out: a day of receipt, whether it was told.
TOGETHER = [
    ("erasure_told_to_recipients", "at_the_last_moment"),
    ("request_handled_in_statutory_time", "later_of_no_fixed_length_in_switzerland"),
    ("site_serves_current_policy", "another_site_that_served_the_version_before"),
]
EVERY = 31  # of the controls, in the order of their ids


@pytest.mark.slow
@pytest.mark.parametrize("mutation", PART, ids=str)
def test_knowing_less_is_never_better(mutation: Mutation) -> None:
    assert harm(mutation) == []


@pytest.mark.slow
def test_the_sample_as_the_door_has_read_it_is_the_sample() -> None:
    with opened(base(), settings=ONE_THREAD) as export:
        assert found(export, WORKSPACE.promises.values()) == clean()[0]


@pytest.mark.slow
@pytest.mark.parametrize("control", sorted(WORKSPACE.catalogue.values(), key=lambda c: c.id)[::EVERY], ids=lambda c: c.id)
def test_what_is_not_there_is_no_better(control: Control) -> None:
    assert list(harms(control)) == []


@pytest.mark.slow
@pytest.mark.parametrize(("control", "example"), TOGETHER)
def test_what_is_not_there_twice_is_no_better(control: str, example: str) -> None:
    assert list(harms_of(WORKSPACE.catalogue[control], example)) == []
