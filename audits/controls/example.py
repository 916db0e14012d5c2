"""The worked examples at the foot of a control: what they are given, and what they state of each finding.

    as_of = 2026-06-30                      # for all examples, like `parameters`; an example may have its own
    [in_time_and_late]
    period = "2026-03"                      # for which it is judged, where a scope is stated
    given.requests = [{ request_id = "a", ... }]
    expect.a = "violation: late"
    expect.b = { verdict = "compliant: in_time", due_at = 2026-03-30T10:00:00Z, country = "DE" }
    [equivalent]
    "judged: a < b → a <= b" = "why no export can tell the two queries apart"

What has no value is stated as "".
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import Any

from audits.contract.schema import Contract

# What may be stated of a finding, and the column that it stands in.
STATED = {
    "verdict": "verdict",
    "reason": "reason",
    "event_at": "event_at",
    "due_at": "due_at",
    "met_at": "met_at",
    "scope": "scope",
    "account": "account_id",
    "country": "country",
}
_SHARED = ("as_of", "parameters")
_KEYS = {*_SHARED, "period", "given", "expect"}
# Of the foot, beside the examples: changes of the query that change nothing, and why (tests/controls/mutants.py).
EQUIVALENT = "equivalent"


def cases(foot: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The examples by name, each with the as_of and the parameters that are stated for all of them, and what it expects split."""
    shared: dict[str, Any] = {n: foot[n] for n in _SHARED if n in foot}
    return {
        name: {
            **shared,
            **case,
            "parameters": {**shared.get("parameters", {}), **case.get("parameters", {})},
            "expect": {record: _split(told) for record, told in case["expect"].items()},
        }
        for name, case in foot.items()
        if name not in (*shared, EQUIVALENT)
    }


def wrong(foot: dict[str, Any], contract: Contract, reasons: Collection[str]) -> str | None:
    """The first key of a foot that is not as it must be, and why; None where all are."""
    return next(_wrong(foot, contract, reasons), None)


def _wrong(foot: dict[str, Any], contract: Contract, reasons: Collection[str]) -> Iterator[str]:
    marks = foot.get(EQUIVALENT, {})
    if not isinstance(marks, dict) or not all(isinstance(why, str) and why for why in marks.values()):
        yield f"{EQUIVALENT}: each changed piece has a reason, in words"
    for name, case in foot.items():
        if name in (*_SHARED, EQUIVALENT):
            continue
        if not isinstance(case, dict) or not isinstance(case.get("given"), dict) or not isinstance(case.get("expect"), dict):
            yield f"{name}: an example has the tables given and expect"
            return
        yield from (f"{name}.{key}: an example has no such key" for key in case if key not in _KEYS)
        if not isinstance(case.get("as_of", foot.get("as_of")), date):
            yield f"{name}.as_of: is a day or an instant, here or above all examples"
        yield from (f"{name}.given.{place}" for place in _misplaced(case["given"], contract))
        for record, told in case["expect"].items():
            yield from (f"{name}.expect.{record}: {why}" for why in _misstated(told, "period" in case, reasons))


def _misplaced(given: dict[str, Any], contract: Contract) -> Iterator[str]:
    for table, rows in given.items():
        known = contract.get(table)
        if known is None or not isinstance(rows, list):
            yield f"{table}: the contract has no such table"
            continue
        yield from (f"{table}.{c}: the contract has no such column" for row in rows for c in row if known.column(c) is None)


def _misstated(told: Any, has_period: bool, reasons: Collection[str]) -> Iterator[str]:
    stated = _split(told) if isinstance(told, (str, dict)) else {}
    if not isinstance(stated.get("verdict"), str):
        yield "states no verdict"
    yield from (f"{key}: is none of {', '.join(STATED)}" for key in stated if key not in STATED)
    if stated.get("reason", "") not in ("", *reasons):
        yield f"{stated['reason']} is none of the control's reasons"
    for key in ("event_at", "due_at", "met_at"):
        at = stated.get(key, "")
        if at != "" and not (isinstance(at, datetime) and at.tzinfo):
            yield f'{key}: is an instant with its offset, or "" where there is none'
    if "scope" in stated and not has_period:
        yield "scope: of which period? state `period` beside `given`"


def _split(told: str | dict[str, Any]) -> dict[str, Any]:
    """What is stated of a finding, "verdict: reason" in its two parts."""
    stated = {"verdict": told} if isinstance(told, str) else dict(told)
    verdict, colon, reason = str(stated.get("verdict", "")).partition(": ")
    return {**stated, "verdict": verdict, "reason": reason} if colon else stated
