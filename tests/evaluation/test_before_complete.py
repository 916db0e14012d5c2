"""A table that is complete only from a day on accuses nobody and frees nobody by what it held before."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from audits.evaluation.results import Results
from audits.law.period import Period
from audits.workspace import sample_folder

from ..conftest import judged, opened
from .test_readings import verdict

MESSAGE = {
    "accounts": "account_id,subject_type,country,created_at\nx,subscriber,DE,2024-01-01T00:00:00Z\n",
    "messages": "message_id,account_id,kind,sent_at,consent_id\nm,x,newsletter,2026-06-10T12:00:00Z,\n",
    "consents": "consent_id,account_id,purpose,given_at,withdrawn_at\nc,x,profiling,2026-01-10T12:00:00Z,\n",
}


def complete_from(table: str, day: str) -> dict[str, str]:
    return {"export_tables": f"table_name,row_count,covers_from,covers_to\n{table},1,{day},2026-07-02T06:00:00Z\n"}


@pytest.mark.parametrize(
    ("day", "other", "expected"),
    [
        ("", "", "violation"),
        ("2023-12-31T00:00:00Z", "", "violation"),
        ("2024-01-01T00:00:00Z", "", "violation"),
        ("2024-01-01T00:00:01Z", "c2,y,newsletter,2026-01-10T12:00:00Z,\n", "indeterminate"),
        ("2026-01-01", "c2,y,newsletter,2026-01-10T12:00:00Z,\n", "indeterminate"),
        ("2026-01-01", "c2,x,newsletter,2026-01-10T12:00:00Z,\n", "compliant"),
    ],
)
def test_who_was_there_before_the_consents_begin_may_have_consented(tmp_path: Path, day: str, other: str, expected: str) -> None:
    tables = {**MESSAGE, **complete_from("consents", day), "consents": MESSAGE["consents"] + other}
    assert verdict(tmp_path, tables, "marketing_message_had_opt_in")[0] == expected


def cut(folder: Path, table: str, first: str, day: str) -> None:
    """The sample, of a table of which only what began since a day was exported, and whose header says so."""
    with duckdb.connect() as con:
        for file in sorted(sample_folder().glob("*.csv")):
            read, stem = f"from read_csv('{file}', all_varchar = true)", file.stem
            if stem == table:
                read += f" where {first}::timestamptz >= '{day}'"
            if stem == "export_tables":
                covers = f"case when table_name = '{table}' then '{day}' else covers_from end as covers_from"
                rows = f"case when table_name = '{table}' then null else row_count end as row_count"
                read = f"select * replace ({covers}, {rows}) {read}"
            con.execute(f"copy ({read}) to '{folder / file.name}' (header)")


def verdicts(export: str | Path, promises: list[str]) -> dict[tuple[str, str], str]:
    """What each record comes to, by promise."""
    with opened(export) as open_:
        judged(open_, Period.parse("2026-10"), promises)
        assert not [p for p in Results.of(open_).promises.values() if p.status == "error"]
        rows = open_.con.execute("select promise_id, record_id, verdict from results.findings").fetchall()
    return {(promise, record): found for promise, record, found in rows}


@pytest.mark.parametrize(
    ("table", "first", "joining"),
    [
        ("consents", "given_at", ["marketing_message_had_opt_in", "other_purpose_has_consent"]),
        ("request_events", "occurred_at", ["erasure_told_to_recipients", "rectification_carried_out", "portability_transmitted"]),
        ("disclosures", "disclosed_at", ["erasure_told_to_recipients"]),
    ],
)
def test_less_of_a_joined_table_accuses_nobody_and_frees_nobody(
    tmp_path: Path, table: str, first: str, joining: list[str]
) -> None:
    whole = verdicts("sample", joining)
    cut(tmp_path, table, first, "2025-12-01 00:00:00+01")
    less = verdicts(tmp_path, joining)
    assert "indeterminate" in less.values()
    assert not [key for key, found in less.items() if found == "violation" and whole.get(key) != "violation"]
    assert not [key for key, found in whole.items() if found == "violation" and less.get(key, "compliant") == "compliant"]
