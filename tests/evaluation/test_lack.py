"""Which promises a set of tables and columns opens, what others lack, and what would open most of them."""

from __future__ import annotations

import pytest

from audits.evaluation.lack import Carried, Lack, lacking, lacks, opening
from audits.law.opening import open_rows

from ..conftest import WORKSPACE

PROMISES = list(WORKSPACE.promises.values())
HANDLED, ACCESS = (WORKSPACE.one(n).id for n in ("request_handled_in_time", "subject_access_answered_in_time"))
ALL = {name: {c.name for c in table.columns} for name, table in WORKSPACE.contract.items()}


@pytest.mark.parametrize(
    ("carried", "control", "lack"),
    [
        ({}, "request_handled_in_time", [Lack("requests")]),
        ({"requests": ["request_id"]}, "request_handled_in_time", ["type", "received_at", "closed_at"]),
        ({"requests": ["type", "received_at", "closed_at"]}, "request_handled_in_time", []),
        ({"requests": ["type", "received_at", "account_id"]}, "minor_data_deleted", [Lack("holdings")]),
        ({"requests": ["type"], "holdings": ["account_id"]}, "minor_data_deleted",
         ["received_at", "account_id", Lack("holdings", "disposition"), Lack("holdings", "disposed_at")]),
        # What may be absent is no lack, a table that is read is: an empty one says that there is nothing.
        ({"requests": ["type", "outcome", "closed_at", "account_id"]}, "erased_person_stays_erased",
         [Lack(t) for t in ("disclosures", "messages", "processing_activities", "holdings")]),
    ],
)  # fmt: skip
def test_what_a_control_lacks(carried: Carried, control: str, lack: list[Lack | str]) -> None:
    expected = [each if isinstance(each, Lack) else Lack("requests", each) for each in lack]
    assert list(lacking(carried, WORKSPACE.catalogue[control])) == expected


def test_everything_opens_everything() -> None:
    found = opening(ALL, PROMISES)
    assert (len(found.assessed), found.lacking, found.openers) == (len(PROMISES), {}, {})
    assert found.most_wanted(True) is found.most_wanted(False) is None


def test_what_would_open_most_does_open_as_many() -> None:
    """Each opener, given to the export, opens just the promises that it is said to."""
    carried = {
        "requests": {"request_id", "type", "received_at"},
        "accounts": {"account_id", "country"},
        "processors": {"recipient_id"},
    }
    before = opening(carried, PROMISES)
    assert before.openers
    assert [len(p) for p in before.openers.values()] == sorted((len(p) for p in before.openers.values()), reverse=True)
    for lack, promises in before.openers.items():
        with_it = {**carried, lack.table: {*carried.get(lack.table, ()), *((lack.column,) if lack.column else ALL[lack.table])}}
        assert set(opening(with_it, PROMISES).assessed) - set(before.assessed) == set(promises), lack


def test_a_text_that_names_too_little_lacks_nothing_of_the_export() -> None:
    promise = WORKSPACE.one("disclosure_purpose_permitted")
    names_none = promise.with_values({name: [] for name, p in promise.control.parameters.items() if p.is_needed})
    found = opening({}, [names_none])
    assert (found.lacking, list(found.unnamed)) == ({}, [promise.id])


def test_of_a_table_it_is_told_what_it_opens_and_closes() -> None:
    found = opening({"requests": {"type", "received_at", "closed_at"}}, PROMISES)
    assert HANDLED in found.opens("requests")
    assert found.closed("requests")[ACCESS] == (Lack("requests", "responded_at"),)
    assert found.opens("breaches") == []


def test_an_evaluation_says_the_same() -> None:
    with open_rows(WORKSPACE.contract, {"requests": [{"request_id": "r", "type": "access"}]}, "2026-06-30") as export:
        said = {p.id: lacks(export, p) for p in PROMISES}
        carried = export.carried
    found = opening(carried, PROMISES)
    assert [p for p, why in said.items() if not why] == list(found.assessed)
    assert said[HANDLED] == "the export has no column requests.received_at"
