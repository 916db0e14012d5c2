"""Requests that are one: what was told and done of one of several holds for another where that is plain, and else nobody can tell."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from ..conftest import WORKSPACE, opened
from . import mutations

HEADS = {
    "requests": "request_id,account_id,type,received_at,closed_at,outcome,merged_into,requester_role,child_account_id,purpose,"
    "acknowledged_at,responded_at,extended_at,extended_to,extension_reason,id_asked_at,id_verified_at,country",
    "request_events": "request_id,seq,event,occurred_at,actor",
    "accounts": "account_id,subject_type,our_role,country,status,created_at,closed_at,controller_subscriber_id",
    "holdings": "holding_id,account_id,category,disposition,collected_at,disposed_at,hold_ground,hold_until,isolated_at,method_ref",
    "consents": "consent_id,account_id,purpose,given_at,withdrawn_at",
    "messages": "message_id,account_id,kind,sent_at,consent_id",
    "opt_outs": "account_id,opted_out_at,channel",
    "processing_activities": "activity_id,account_id,purpose,legal_basis,consent_id,started_at,ended_at",
    "export_info": "exported_at,timezone,source",
}
PEOPLE = ("a", "b", "c1", "c2", "p", "s")
Rows = dict[str, list[dict[str, str]]]


def request(name: str, received: str, closed: str = "", into: str = "", **more: str) -> dict[str, str]:
    """An access request of `a`; days are of 2026, at ten o'clock, and what is closed by itself was granted then."""
    told = {"outcome": "fulfilled", "responded_at": closed} if closed and not into else {}
    plain = {"request_id": name, "account_id": "a", "type": "access", "requester_role": "subscriber", "country": "DE"}
    return plain | {"received_at": received, "closed_at": closed, "merged_into": into, **told, **more}


def at(value: str) -> str:
    """03-02 is the second of March 2026, at ten o'clock."""
    return f"2026-{value}T10:00:00Z" if len(value) == 5 and value[2] == "-" else value


def outcome(folder: Path, promise: str, rows: Rows, **values: Any) -> dict[str, str]:
    """Verdict and reason of each record, of an export made on the second of July 2026 that holds every table there is a head of."""
    people = [
        {"account_id": each, "subject_type": "subscriber", "our_role": "controller", "country": "DE", "status": "active"}
        for each in PEOPLE
    ]
    info = [{"exported_at": "2026-07-02T06:00:00Z", "timezone": "UTC", "source": "crm"}]
    for name, head in HEADS.items():
        with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            table = csv.DictWriter(file, head.split(","))
            table.writeheader()
            told = {"accounts": people, "export_info": info, **rows}.get(name, [])
            table.writerows({column: at(value) for column, value in row.items()} for row in told)
    asked = WORKSPACE.find(promise)[0].with_values(values)
    with opened(folder) as export:
        records = mutations.found(export, [asked])[asked.id] or {}
    return {record: f"{verdict}: {reason}" for record, (verdict, reason) in records.items()}


UNCLEAR = "indeterminate: merged_unclear"
HELD = {"holdings": [{"holding_id": "h", "account_id": "c1", "disposition": "held", "collected_at": "2025-01-01T00:00:00Z"}]}


def activity(started: str, ended: str, purpose: str = "profiling") -> Rows:
    told = {"activity_id": "p", "account_id": "a", "purpose": purpose, "legal_basis": "legitimate_interest"}
    return {"processing_activities": [{**told, "started_at": started, "ended_at": ended}]}


def letter(sent: str, kind: str = "newsletter", to: str = "a") -> Rows:
    return {"messages": [{"message_id": "n", "account_id": to, "kind": kind, "sent_at": sent, "consent_id": ""}]}


def consent(of: str = "a", purpose: str = "newsletter") -> Rows:
    return {"consents": [{"consent_id": "c", "account_id": of, "purpose": purpose, "given_at": "2025-01-01T00:00:00Z"}]}


REPORT = {"account_id": "p", "type": "child_report", "requester_role": "parent"}
# What is not for one person and one thing, or came when that was over: what it became part of says nothing of it.
NOT_ONE: dict[str, tuple[str, Rows, dict[str, str], dict[str, Any]]] = {
    "of another child": (
        "minor_data_deleted",
        {
            "requests": [
                request("r1", "03-02", "03-03", "r2", **REPORT, child_account_id="c1"),
                request("r2", "03-02", "03-05", **REPORT, child_account_id="c2", outcome="withdrawn"),
            ],
            **HELD,
        },
        {"r1": UNCLEAR},
        {"deletion_days": 7},
    ),
    "for something else": (
        "objection_honoured",
        {
            "requests": [
                request("r1", "03-02", "03-03", "r2", type="objection", purpose="profiling"),
                request("r2", "03-02", "03-10", type="objection", purpose="statistics", outcome="denied", responded_at="03-10"),
            ],
            **activity("04-01", "05-01"),
        },
        {"r1": UNCLEAR},
        {},
    ),
    "in another role": (
        "request_handled_in_time",
        {
            "requests": [
                request("r1", "03-02", "03-03", "r2", requester_role="parent", child_account_id="c1"),
                request("r2", "03-02", "03-10"),
            ]
        },
        {"r1": UNCLEAR, "r2": "compliant: in_time"},
        {},
    ),
    "when it was over": (
        "opt_out_honoured",
        {
            "requests": [
                request("t", "03-02", "03-05", type="opt_out", outcome="withdrawn"),
                request("m", "03-10", "03-11", "t", type="opt_out"),
            ],
            **letter("04-20"),
        },
        {"n": UNCLEAR},
        {},
    ),
    "when its refusal was told": (
        "objection_honoured",
        {
            "requests": [
                request("t", "03-02", "03-10", type="objection", purpose="profiling", outcome="denied", responded_at="03-10"),
                request("m", "03-20", "03-21", "t", type="objection", purpose="profiling"),
            ],
            **activity("04-01", "05-01"),
        },
        {"m": "indeterminate: refused_when", "t": "compliant: stopped"},
        {},
    ),
}


@pytest.mark.parametrize(("promise", "rows", "expected", "values"), NOT_ONE.values(), ids=NOT_ONE)
def test_what_became_part_of_something_else(
    tmp_path: Path, promise: str, rows: Rows, expected: dict[str, str], values: dict[str, Any]
) -> None:
    found = outcome(tmp_path, promise, rows, **values)
    assert {record: found[record] for record in expected} == expected


STATUTE, EXTENSION, IDENTITY = (
    "request_handled_in_statutory_time",
    "extension_notified_in_time",
    "identity_verified_before_release",
)
EXTENDED = {"extended_at": "03-20", "extended_to": "06-01", "extension_reason": "complex"}
# What was told of one of several that are one, and what comes of each.
TOLD: dict[str, tuple[str, list[dict[str, str]], dict[str, str]]] = {
    "an extension since this one came, on the whole": (
        STATUTE,
        [request("t", "03-02", "05-20", **EXTENDED), request("m", "03-03", "03-05", "t")],
        {"t": "compliant: in_time", "m": "compliant: in_time"},
    ),
    "an extension on a part": (
        STATUTE,
        [request("t", "03-02", "05-20"), request("m", "03-03", "03-05", "t", **EXTENDED)],
        {"t": UNCLEAR, "m": "compliant: in_time"},
    ),
    "two extensions, one too late": (
        STATUTE,
        [
            request("t", "03-02", "05-20", **EXTENDED),
            request("m", "03-03", "03-05", "t", **EXTENDED | {"extended_at": "04-20"}),
        ],
        {"t": "compliant: in_time", "m": UNCLEAR},
    ),
    "an extension before this one came": (
        STATUTE,
        [
            request("t", "03-02", "05-10", **EXTENDED | {"extended_at": "03-09", "extended_to": "05-20"}),
            request("m", "03-10", "03-11", "t"),
        ],
        {"t": "compliant: in_time", "m": UNCLEAR},
    ),
    "an extension before the whole came": (
        STATUTE,
        [
            request("t", "03-10", "05-10"),
            request("m", "03-02", "03-11", "t", **EXTENDED | {"extended_at": "03-09", "extended_to": "05-20"}),
        ],
        {"t": UNCLEAR, "m": "compliant: in_time"},
    ),
    "an extension when the whole was answered": (
        EXTENSION,
        [
            request("t", "03-02", "03-25", responded_at="03-25"),
            request("m", "03-15", "03-16", "t", **EXTENDED | {"extended_at": "04-20"}),
        ],
        {"m": "violation: told_late"},
    ),
    "an answer of a part": (
        STATUTE,
        [request("t", "03-02"), request("m", "03-03", "03-05", "t", responded_at="03-15")],
        {"t": UNCLEAR, "m": "compliant: in_time"},
    ),
    "two answers, one too late": (
        STATUTE,
        [
            request("t", "03-02", "04-20", responded_at="03-15"),
            request("m", "03-03", "03-05", "t", responded_at="04-20"),
        ],
        {"t": "compliant: in_time", "m": UNCLEAR},
    ),
    "proof on a part, asked for on the whole": (
        IDENTITY,
        [request("t", "03-02", "03-20", id_asked_at="03-03"), request("m", "03-02", "03-11", "t", id_verified_at="03-10")],
        {"t": UNCLEAR, "m": "compliant: after_proof"},
    ),
    "proof asked for on a part when the whole was handed over": (
        IDENTITY,
        [
            request("t", "03-02", "03-05", responded_at="03-05"),
            request("m", "03-04", "03-04", "t", id_asked_at="03-21", id_verified_at="03-23"),
        ],
        {"m": "violation: before_proof"},
    ),
}


@pytest.mark.parametrize(("promise", "requests", "expected"), TOLD.values(), ids=TOLD)
def test_what_was_told_of_one_of_several(
    tmp_path: Path, promise: str, requests: list[dict[str, str]], expected: dict[str, str]
) -> None:
    assert outcome(tmp_path, promise, {"requests": requests}) == expected


def test_what_became_part_of_another_and_was_taken_up_again(tmp_path: Path) -> None:
    requests = [request("t", "03-02", "03-15", responded_at="03-15"), request("m", "03-03", "03-05", "t")]
    again = [{"request_id": "m", "seq": "1", "event": "reopened", "occurred_at": "05-01", "actor": "agent"}]
    found = outcome(tmp_path, "request_handled_in_time", {"requests": requests, "request_events": again})
    assert found == {"t": "compliant: in_time", "m": "indeterminate: taken_up_again"}


def test_an_answer_of_a_part_is_not_the_refusal_of_the_whole(tmp_path: Path) -> None:
    requests = [
        request("t", "03-02", "03-30", type="objection", outcome="denied", responded_at=""),
        request("p", "03-02", "03-03", "t", type="objection", responded_at="03-03"),
    ]
    found = outcome(tmp_path, "objection_honoured", {"requests": requests, **activity("03-10", "03-25")})
    assert found == {"t": "indeterminate: refused_when", "p": UNCLEAR}


AGAIN = {"request_events": [{"request_id": "r", "seq": "1", "event": "reopened", "occurred_at": "03-20", "actor": "agent"}]}


@pytest.mark.parametrize("promise", ["marketing_message_had_opt_in", "no_processing_after_withdrawal"])
def test_a_withdrawal_that_was_taken_back_and_taken_up_again(tmp_path: Path, promise: str) -> None:
    asked = request("r", "03-02", "03-05", type="consent_withdrawal", purpose="newsletter", outcome="withdrawn", responded_at="")
    named = {"messages": [{**letter("05-01")["messages"][0], "consent_id": "c"}]}
    found = outcome(tmp_path, promise, {"requests": [asked], **consent(), **named, **AGAIN})
    assert found == {"n": "indeterminate: taken_up_again"}


@pytest.mark.parametrize("parent", ["a", "b", "p"])
@pytest.mark.parametrize("promise", ["marketing_message_had_opt_in", "no_processing_after_withdrawal"])
def test_a_parent_withdraws_and_for_whom_is_not_recorded(tmp_path: Path, promise: str, parent: str) -> None:
    asked = request(
        "r", "03-02", "03-05", account_id=parent, type="consent_withdrawal", purpose="newsletter", requester_role="parent"
    )
    named = {"messages": [{**letter("05-01", to="c1")["messages"][0], "consent_id": "c"}]}
    found = outcome(tmp_path, promise, {"requests": [asked], **consent(of="c1"), **named})
    assert found == {"n": "indeterminate: names_nobody"}


@pytest.mark.parametrize(
    ("started", "ended", "expected"),
    [
        ("03-01", "03-19", "violation: went_on"),
        ("03-20", "03-25", "indeterminate: refused_when"),
        ("04-11", "05-01", "compliant: stopped"),
    ],
)
def test_an_objection_that_was_answered_and_then_taken_back(tmp_path: Path, started: str, ended: str, expected: str) -> None:
    asked = request("o", "03-02", "04-10", type="objection", outcome="withdrawn", responded_at="03-05")
    found = outcome(tmp_path, "objection_honoured", {"requests": [asked], **activity(started, ended)})
    assert found == {"o": expected}


def test_a_request_handled_on_instruction_and_not_dated(tmp_path: Path) -> None:
    people = [
        {"account_id": "s", "subject_type": "subscriber", "our_role": "controller", "country": "DE", "status": "active"},
        {"account_id": "a", "subject_type": "subscriber_object", "our_role": "processor", "country": "DE", "status": "active"}
        | {"controller_subscriber_id": "s"},
    ]
    asked = request("r", "03-02", requester_role="object", outcome="fulfilled")
    found = outcome(tmp_path, "visitor_request_redirected", {"accounts": people, "requests": [asked]}, redirect_days=30)
    assert found == {"r": "indeterminate: no_instant"}
