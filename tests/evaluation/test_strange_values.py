"""Values that an engine takes for something and nobody means: they are not believed, whatever type a file gives them."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from audits.law.period import Period

from ..conftest import judged, opened

INFO = "exported_at,timezone\n2026-07-02T06:00:00+02:00,Europe/Berlin\n"
ACCOUNTS = "account_id,subject_type,our_role,country,closed_at,status\na,subscriber,controller,DE,2026-01-15T10:00:00Z,closed\n"


def verdicts(folder: Path, promise: str, files: dict[str, str], parquet: dict[str, str] | None = None) -> dict[str, int]:
    """How many findings of a promise have each verdict in 2026, on CSV files and on Parquet files made by queries."""
    for name, text in {"export_info": INFO, "accounts": ACCOUNTS, **files}.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    for name, query in (parquet or {}).items():
        duckdb.sql(f"copy ({query}) to '{folder / name}.parquet' (format parquet)")
    with opened(folder) as export:
        judged(export, Period.parse("2026"), [promise])
        counts = "select verdict, sum(n)::bigint from counted where scope in ('period', 'carried') group by all"
        return dict(export.con.execute(counts).fetchall())


@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        ("1::int", "compliant"), ("0::int", "violation"), ("1.0::double", "compliant"), ("true", "compliant"),
        ("9::int", "indeterminate"), ("(-1)::int", "indeterminate"), ("0.4::double", "indeterminate"), ("'nan'::double", "indeterminate"),
    ],
)  # fmt: skip
def test_a_number_is_no_flag_but_for_0_and_1(tmp_path: Path, value: str, verdict: str) -> None:
    holding = f"""select 'h' as holding_id, 'a' as account_id, 'held' as disposition, timestamptz '2025-01-01 10:00+00' as collected_at,
                         {value} as encrypted_at_rest"""
    assert verdicts(tmp_path, "data_protected_at_rest", {}, {"holdings": holding}) == {verdict: 1}


@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        ("2026-05-01T10:00:00Z", "violation"), ("1970-01-03", "compliant"), ("1970-01-01", "indeterminate"), ("1900-01-01", "indeterminate"),
        ("1904-01-01", "indeterminate"), ("1970-01-01T00:00:00Z", "indeterminate"), ("1970-01-01T00:00:00+01:00", "indeterminate"),
        ("1970-01-01T00:00:00.001Z", "indeterminate"), ("1970-01-01T00:00:00-12:00", "indeterminate"), ("1970-01-01T00:00:00+14:00", "indeterminate"),
    ],
)  # fmt: skip
def test_the_day_on_which_a_clock_begins_is_no_day(tmp_path: Path, value: str, verdict: str) -> None:
    files = {
        "retention_schedule": "category,window_starts,max_days\nchats,closed_at,30\n",
        "holdings": "holding_id,account_id,category,disposition,collected_at,need_ended_at,disposed_at,hold_ground,hold_until\n"
        f"h,a,chats,deleted,1969-01-01T10:00:00Z,,{value},,\n",
    }
    assert verdicts(tmp_path, "data_kept_no_longer_than_needed", files) == {verdict: 1}


@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        ("timestamptz '2027-01-01'", "compliant"), ("timestamptz '2026-06-01'", "violation"), ("'infinity'::timestamptz", "indeterminate"),
        ("'-infinity'::timestamptz", "indeterminate"), ("'infinity'::date", "indeterminate"),
    ],
)  # fmt: skip
def test_infinity_is_no_instant(tmp_path: Path, value: str, verdict: str) -> None:
    files = {
        "disclosures": "disclosure_id,account_id,recipient_id,disclosed_at,purpose,origin_country,destination_country\n"
        "d,a,p,2026-06-10T12:00:00Z,hosting,DE,DE\n"
    }
    processor = f"""select 'p' as recipient_id, 'processor' as kind, 'DE' as country, timestamptz '2025-01-01' as dpa_signed_at,
                           {value} as dpa_ends_at"""
    assert verdicts(tmp_path, "agreement_in_force_at_disclosure", files, {"processors": processor}) == {verdict: 1}


@pytest.mark.parametrize("nobody", ["", "N/A", "-", "---", "???", "none", "NaN", "TBD", "unbekannt", "Anonymous"])
def test_who_is_named_by_no_name_is_nobody(tmp_path: Path, nobody: str) -> None:
    files = {
        "messages": "message_id,account_id,kind,sent_at\nm,a,newsletter,2026-06-02T10:00:00Z\n",
        "opt_outs": f"account_id,opted_out_at,channel\n{nobody},2026-05-01T10:00:00Z,email\n",
        "consents": "consent_id,account_id,purpose,given_at,withdrawn_at\n",
        "requests": "request_id,account_id,type,purpose,received_at\n",
    }
    assert verdicts(tmp_path, "opt_out_honoured", files) == {"indeterminate": 1}


@pytest.mark.parametrize(
    ("scopes", "authorised", "verdict"),
    [
        ("[email]", "[email]", "compliant"), ('"[email, contacts]"', "[email]", "violation"), ("[null]", "[email]", "indeterminate"),
        ("[N/A]", "[email]", "indeterminate"), ("[email]", "[unknown]", "indeterminate"), ("[email]", "[null]", "indeterminate"),
    ],
)  # fmt: skip
def test_a_word_of_a_list_that_says_nothing_makes_it_unknown(tmp_path: Path, scopes: str, authorised: str, verdict: str) -> None:
    files = {
        "oauth_grants": "account_id,provider,scopes,authorised_scopes,granted_at,revoked_at,last_access_at\n"
        f"a,g,{scopes},{authorised},2026-05-01T10:00:00Z,,2026-05-02T10:00:00Z\n"
    }
    assert verdicts(tmp_path, "third_party_login_authorised", files) == {verdict: 1}


@pytest.mark.parametrize(
    ("days", "found"), [("30", {"violation": 1}), ("1000", {}), ("1_000", {"indeterminate": 1}), ("1e3", {"indeterminate": 1})]
)
def test_a_number_is_digits(tmp_path: Path, days: str, found: dict[str, int]) -> None:
    files = {
        "retention_schedule": f"category,window_starts,max_days\nchats,closed_at,{days}\n",
        "holdings": "holding_id,account_id,category,disposition,collected_at,need_ended_at,disposed_at,hold_ground,hold_until\n"
        "h,a,chats,deleted,2025-01-01T10:00:00Z,,2026-05-01T10:00:00Z,,\n",
    }
    assert verdicts(tmp_path, "data_kept_no_longer_than_needed", files) == found
