"""Any table of the contract opens what it can: alone, it is judged."""

from __future__ import annotations

from pathlib import Path

import pytest

from audits.contract.schema import judgeable
from audits.evaluation.results import Results
from audits.law.period import Period

from ..conftest import WORKSPACE, judged, opened

TABLES = judgeable(WORKSPACE.contract)


def alone(folder: Path, table: str, text: str) -> Results:
    (folder / f"{table}.csv").write_text(text, encoding="utf-8")
    export = opened(folder, as_of="2026-10-31")
    judged(export, Period.parse("2026-10"))
    return Results.of(export)


@pytest.mark.parametrize("table", TABLES)
def test_a_table_alone_with_a_row_of_nothing_is_read_and_satisfies_nothing(tmp_path: Path, table: str) -> None:
    columns = WORKSPACE.contract[table].columns
    row = ["x" if c.name in WORKSPACE.contract[table].key and c.type == "VARCHAR" else "" for c in columns]
    found = alone(tmp_path, table, f"{','.join(c.name for c in columns)}\n{','.join(row)}\n").promises.values()
    assert not [(p.name, p.why) for p in found if p.status == "error"]
    assert not [p.name for p in found if p.status == "satisfied"]


@pytest.mark.parametrize(
    ("table", "text", "promise", "status"),
    [
        ("breaches", "breach_id,reported_by,aware_at,recorded_at\nb,company,2026-10-02,2026-10-03\n", "breach_is_recorded", "satisfied"),
        ("breaches", "breach_id,reported_by,aware_at,recorded_at\nb,company,2026-10-02,\n", "breach_is_recorded", "not_satisfied"),
        ("trackers", "site,tracker_name,listed\ns,t,true\n", "tracker_is_listed", "satisfied"),
        ("disclosures", "disclosure_id,recipient_id,disclosed_at,origin_country,destination_country,mechanism\nd,p,2026-10-02,DE,GB,adequacy\n",
         "transfer_has_valid_mechanism", "satisfied"),
        ("disclosures", "disclosure_id,recipient_id,disclosed_at,origin_country,destination_country,mechanism\nd,p,2026-10-02,DE,US,dpf\n",
         "transfer_has_valid_mechanism", "inconclusive"),
    ],
)  # fmt: skip
def test_a_table_alone_is_judged(tmp_path: Path, table: str, text: str, promise: str, status: str) -> None:
    assert alone(tmp_path, table, text).promise(promise).status == status
