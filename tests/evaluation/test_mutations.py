"""A fixed part of the spoilt copies of the sample; `make mutations` judges all of them."""

from __future__ import annotations

import pytest

from .mutations import Mutation, harm

# By what the contract says of the column: a word that must be known, an instant, a word, a country.
PART = [
    Mutation("requests", "type", "empty", 10),
    Mutation("requests", "received_at", "unreadable", 10),
    Mutation("requests", "requester_role", "capitals", 1),
    Mutation("holdings", "disposition", "not applicable", 10),
    Mutation("consents", "given_at", "year one", 1),
    Mutation("processors", "kind", "blank", 1),
    Mutation("certifications", "certified_to", "unreadable", 1),
    Mutation("accounts", "country", "padded", 10),
]


@pytest.mark.slow
@pytest.mark.parametrize("mutation", PART, ids=str)
def test_knowing_less_is_never_better(mutation: Mutation) -> None:
    assert harm(mutation) == []
