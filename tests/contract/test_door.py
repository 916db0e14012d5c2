"""What an export wrote is read as the contract means it, and what cannot be read is remembered."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audits.contract.export import Export

from ..conftest import WORKSPACE, opened


def export_of(folder: Path, zone: str = "UTC", **tables: str) -> Export:
    """A folder of CSV opened, of a header and its rows by table."""
    folder.mkdir(exist_ok=True)
    (folder / "export_info.csv").write_text(f"exported_at,timezone\n2026-07-02T06:00:00Z,{zone}\n", encoding="utf-8")
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return opened(folder)


def values(export: Export, table: str, column: str) -> list[Any]:
    return [v for (v,) in export.con.execute(f"select {column} from {table}").fetchall()]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("DE", "DE"), ("de", "DE"), (" De ", "DE"), ("DEU", "DE"), ("Germany", "DE"), ("Deutschland", "DE"), ("Duitsland", "DE"), ("Niemcy", "DE"), ("UK", "GB"), ("EL", "GR"),
        ("United States of America", "US"), ("USA", "US"), ("\u00a0", None), ("EU", None), ("XX", None), ("Ruritania", None),
    ],
)  # fmt: skip
def test_countries_are_known_by_code_and_by_name(tmp_path: Path, written: str, meant: str | None) -> None:
    with export_of(tmp_path, accounts=f"account_id,country\na1,{written}\n") as export:
        assert values(export, "accounts", "country") == [meant]
        assert export.sources["accounts"].spots == ({"country": 1} if meant is None and written.strip("\u00a0 ") else {})


@pytest.mark.parametrize(
    ("written", "meant"),
    [("CA", "CA"), ("ca", "CA"), ("US-CA", "CA"), ("California", "CA"), ("us-ny", "NY"), ("Free State", None), ("de-by", None)],
)
def test_regions_are_known_by_code_and_by_name(tmp_path: Path, written: str, meant: str) -> None:
    with export_of(tmp_path, accounts=f"account_id,country,region\na1,US,{written}\n") as export:
        assert values(export, "accounts", "region") == [meant]


BLANKS = st.text(st.sampled_from(" \t\u00a0"), max_size=2)


@st.composite
def written_words(draw: st.DrawFn) -> tuple[str, str]:
    """A word, and how somebody writes it."""
    word = draw(st.sampled_from(["access", "erasure", "objection"]))
    written = "".join(draw(st.sampled_from([c.lower(), c.upper()])) for c in word)
    return word, f"{draw(BLANKS)}{written}{draw(BLANKS)}"


@settings(max_examples=8)
@given(st.lists(written_words(), min_size=20, max_size=40))
def test_a_word_is_the_same_in_any_case_and_between_any_blanks(
    tmp_path_factory: pytest.TempPathFactory, words: list[tuple[str, str]]
) -> None:
    rows = "".join(f'r{number:02},"{written}"\n' for number, (_, written) in enumerate(words))
    with export_of(tmp_path_factory.mktemp("x"), requests=f"request_id,type\n{rows}") as export:
        assert values(export, "requests", "type") == [word for word, _ in words]
        assert export.sources["requests"].spots == {}


def test_a_word_that_nobody_knows_is_a_spot_and_a_blank_is_absent(tmp_path: Path) -> None:
    with export_of(tmp_path, requests='request_id,outcome\nr1,fulfiled\nr2,"  "\nr3,fulfilled\n') as export:
        assert values(export, "requests", "outcome") == [None, None, "fulfilled"]
        assert export.con.execute(
            'select row_id, spots, "raw outcome" from door.requests where spots is not null'
        ).fetchall() == [(1, ["outcome"], "fulfiled")]


@pytest.mark.parametrize(
    "written",
    [
        "0001-01-01",
        "0001-01-01T00:00:00Z",
        "1899-12-31T23:59:59Z",
        "1900-01-01T00:00:00Z",
        "1970-01-01T01:00:00+01:00",
        "the day after",
        "31.12.2025",
        "2026/06/10",
        "2026-6-10",
        "N/A",
    ],
)
def test_what_is_no_instant_is_a_spot(tmp_path: Path, written: str) -> None:
    with export_of(tmp_path, requests=f"request_id,received_at\nr1,{written}\n") as export:
        assert values(export, "requests", "received_at") == [None]
        assert export.sources["requests"].spots == {"received_at": 1}


def test_the_first_instant_that_is_one(tmp_path: Path) -> None:
    with export_of(tmp_path, requests="request_id,received_at\nr1,1900-01-01T00:00:01Z\n") as export:
        assert values(export, "requests", "received_at") == [datetime(1900, 1, 1, 0, 0, 1, tzinfo=UTC)]


def test_a_bare_day_that_means_a_last_moment_is_its_end(tmp_path: Path) -> None:
    ends = [c.name for c in WORKSPACE.contract["certifications"].columns if c.means_the_end]
    assert ends == ["certified_to"]
    rows = "recipient_id,framework,certified_from,certified_to\nacme,dpf,2025-01-01,2026-06-30\n"
    with export_of(tmp_path, processors="recipient_id\nacme\n", certifications=rows) as export:
        (end,) = values(export, "certifications", "certified_to")
        (start,) = values(export, "certifications", "certified_from")
    assert end == datetime(2026, 6, 30, 23, 59, 59, 999999, tzinfo=UTC)
    assert start == datetime(2025, 1, 1, tzinfo=UTC)


def test_so_is_one_of_a_column_of_days(tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "export.duckdb")) as con:
        con.execute(
            "create table export_info as select timestamptz '2026-07-05 20:00:00+00' as exported_at, 'Europe/Berlin' as timezone"
        )
        con.execute(
            "create table waivers as select 'c' as control_id, 'r' as record_id, date '2026-06-30' as expires_at, date '2026-01-01' as granted_at"
        )
    with opened(tmp_path / "export.duckdb") as export:
        assert values(export, "waivers", "expires_at") == [datetime(2026, 6, 30, 21, 59, 59, 999999, tzinfo=UTC)]
        assert values(export, "waivers", "granted_at") == [datetime(2025, 12, 31, 23, tzinfo=UTC)]


def test_nothing_written_in_free_text_is_nothing_known(tmp_path: Path) -> None:
    with export_of(tmp_path, requests="request_id,extension_reason\nr1,N/A\nr2,not the subject\n") as export:
        assert values(export, "requests", "extension_reason") == [None, "not the subject"]
        assert export.sources["requests"].spots == {"extension_reason": 1}


def test_a_clean_table_is_read_where_it_lies(tmp_path: Path) -> None:
    with export_of(tmp_path, requests="request_id,type,received_at\nr1,access,2026-05-10T10:00:00Z\n") as export:
        assert export.sources["requests"].door is None


def test_what_was_folded_is_counted(tmp_path: Path) -> None:
    with export_of(tmp_path, accounts="account_id,country\na1,Germany\na2,DE\na3,usa\n") as export:
        assert any("2" in note and "accounts" in note for note in export.notes)
