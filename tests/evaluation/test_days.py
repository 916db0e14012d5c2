"""An instant that is written as a day: where the time of that day can turn a verdict nobody can tell, elsewhere it turns nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from .test_strange_values import verdicts

REQUESTS = (
    "request_id,account_id,requester_role,type,purpose,received_at,id_asked_at,id_verified_at,responded_at,closed_at,outcome\n"
)
CONSENTS = "consent_id,account_id,purpose,given_at,withdrawn_at,proof_ref\n"
MESSAGES = "message_id,account_id,kind,sent_at,consent_id\n"
ACTIVITIES = "activity_id,account_id,purpose,legal_basis,consent_id,started_at,ended_at\n"
CASES = {
    "a release on the day of the proof": (
        "identity_verified_before_release",
        {
            "requests": REQUESTS
            + "r,a,subscriber,access,,2026-06-01T10:00:00Z,2026-06-02T10:00:00Z,2026-06-10T15:00:00Z,{day},{day},fulfilled\n"
        },
        {"2026-06-10": "indeterminate", "2026-06-11": "compliant", "2026-06-09": "violation"},
    ),
    "an answer in Indonesia, on the day of the seventy-second hour": (
        "request_handled_in_statutory_time",
        {
            "requests": "request_id,account_id,requester_role,type,country,received_at,responded_at,closed_at,outcome\n"
            "r,a,subscriber,access,ID,2026-06-01T10:00:00Z,{day},{day},fulfilled\n"
        },
        {"2026-06-04": "indeterminate", "2026-06-05": "violation", "2026-06-03": "compliant"},
    ),
    "a question from Indonesia of a day": (
        "request_handled_in_statutory_time",
        {
            "requests": "request_id,account_id,requester_role,type,country,received_at,responded_at,closed_at,outcome\n"
            "r,a,subscriber,access,ID,{day},2026-06-04T10:00:00Z,2026-06-04T10:00:00Z,fulfilled\n"
        },
        {"2026-06-01": "indeterminate", "2026-05-31": "violation", "2026-06-02": "compliant"},
    ),
    "a newsletter after a withdrawal of a day": (
        "marketing_message_had_opt_in",
        {
            "requests": REQUESTS + "r,a,subscriber,consent_withdrawal,newsletter,{day},,,,2026-06-12T10:00:00Z,fulfilled\n",
            "consents": CONSENTS + "c,a,newsletter,2026-06-10T10:00:00Z,,form\n",
            "messages": MESSAGES + "m,a,newsletter,2026-06-20T10:00:00Z,\n",
        },
        {"2026-06-10": "indeterminate", "2026-06-11": "violation", "2026-06-09": "compliant"},
    ),
    "a newsletter on the evening of an erasure": (
        "erased_person_stays_erased",
        {
            "requests": REQUESTS + "r,a,subscriber,erasure,,2026-06-01T10:00:00Z,,,{day},{day},fulfilled\n",
            "messages": MESSAGES + "m,a,newsletter,2026-06-10T20:00:00Z,\n",
            "disclosures": "disclosure_id,account_id,recipient_id,disclosed_at,ground,approval_ref,purpose\n",
            "processing_activities": ACTIVITIES,
            "holdings": "holding_id,account_id,collected_at,disposition,hold_ground,purpose\n",
            "accounts": "account_id,subject_type,our_role,country,status,created_at,terms_accepted_at\n"
            "a,subscriber,controller,DE,active,2025-01-01T10:00:00Z,2025-01-01T10:00:00Z\n",
        },
        {"2026-06-10": "indeterminate", "2026-06-11": "compliant", "2026-06-09": "violation"},
    ),
    "processing that ended on the day of the withdrawal": (
        "no_processing_after_withdrawal",
        {
            "consents": CONSENTS + "c,a,profiling,2026-01-01T10:00:00Z,2026-06-10T15:00:00Z,form\n",
            "processing_activities": ACTIVITIES + "p,a,profiling,consent,c,2026-01-01T10:00:00Z,{day}\n",
            "messages": MESSAGES,
            "requests": REQUESTS,
        },
        {"2026-06-10": "indeterminate", "2026-06-11": "violation", "2026-06-09": "compliant"},
    ),
    "a newsletter on the day of the opt-out": (
        "opt_out_honoured",
        {
            "requests": REQUESTS + "r,a,subscriber,opt_out,,{day},,,,2026-06-12T10:00:00Z,fulfilled\n",
            "opt_outs": "account_id,opted_out_at,channel\n",
            "consents": CONSENTS,
            "messages": MESSAGES + "m,a,newsletter,2026-06-10T09:00:00Z,\n",
        },
        {"2026-06-10": "indeterminate", "2026-06-11": "compliant", "2026-06-09": "violation"},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_day_leaves_open_what_its_time_can_turn(tmp_path: Path, name: str) -> None:
    promise, files, days = CASES[name]
    found = {}
    for day in days:
        (tmp_path / day).mkdir()
        found[day] = verdicts(tmp_path / day, promise, {table: text.format(day=day) for table, text in files.items()})
    assert found == {day: {verdict: 1} for day, verdict in days.items()}


def test_no_reading_of_a_day_breaks_a_rule_of_its_row(tmp_path: Path) -> None:
    """What was erased on the day on which that was asked for was so after it was asked for."""
    _, files, _ = CASES["a newsletter on the evening of an erasure"]
    asked = files["requests"].replace("2026-06-01T10:00:00Z", "2026-06-10T{hour}:00:00Z").replace("{day}", "2026-06-10")
    for hour, expected in (("21", {"compliant": 1}), ("19", {"indeterminate": 1})):
        folder = tmp_path / hour
        folder.mkdir()
        assert verdicts(folder, "erased_person_stays_erased", {**files, "requests": asked.format(hour=hour)}) == expected


def test_an_end_after_the_export_is_a_plan(tmp_path: Path) -> None:
    """Processing without a consent that is to end later still goes on, as far as anybody knows."""
    text = "exported_at,timezone\n{}T06:00:00+02:00,Europe/Berlin\n"
    files = {
        "processing_activities": ACTIVITIES + "p,a,profiling,consent,,2025-03-01T10:00:00Z,2026-06-20T10:00:00Z\n",
        "consents": CONSENTS,
        "requests": REQUESTS,
    }
    for exported, expected in (("2026-06-10", {"violation": 1}), ("2026-07-02", {})):
        folder = tmp_path / exported
        folder.mkdir()
        assert verdicts(folder, "consent_is_express", {**files, "export_info": text.format(exported)}) == expected
