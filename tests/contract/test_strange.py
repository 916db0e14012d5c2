"""Cells as tools and people write them who know nothing of the contract: what they mean, or that nobody can tell."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from .test_door import export_of, values

NOTHING = [
    "(null)",
    "[NULL]",
    "<null>",
    "<NA>",
    "NaT",
    "#REF!",
    "#DIV/0!",
    "#NAME?",
    "(Leer)",
    "----------",
    "??????",
    "N.A",
    "unspecified",
]


@pytest.mark.parametrize(
    "written", [*NOTHING, "nein", "0", "pending", "non renseigné", "not yet", "In progress", "noch nicht", "t.b.d."]
)
def test_what_says_that_there_is_nothing_is_no_proof(tmp_path: Path, written: str) -> None:
    with export_of(tmp_path, consents=f"consent_id,proof_ref\nc,{written}\n") as export:
        assert values(export, "consents", "proof_ref") == [None]
        assert export.sources["consents"].spots == {"proof_ref": 1}


@pytest.mark.parametrize("written", [*NOTHING, "1.23457E+12", "4E+15", "1.23457e+12", "1.2345678901234568e+18", "1.23457E+012"])
def test_what_says_that_there_is_nothing_names_nobody(tmp_path: Path, written: str) -> None:
    with export_of(tmp_path, holdings=f"holding_id,account_id\nh,{written}\n") as export:
        assert values(export, "holdings", "account_id") == [None]


@pytest.mark.parametrize("written", ["see folder", "x", "timeout", "ab" * 20, "0" * 64, hashlib.sha256().hexdigest(), "z" * 64])
def test_what_is_no_digest_is_no_evidence(tmp_path: Path, written: str) -> None:
    with export_of(tmp_path, attestations=f"clause_id,evidence_sha256\nc,{written}\n") as export:
        assert values(export, "attestations", "evidence_sha256") == [None]
        assert export.sources["attestations"].spots == {"evidence_sha256": 1}


@pytest.mark.parametrize("before", ["", "sha256:", "SHA-256: "])
def test_a_digest_is_one_however_it_is_written(tmp_path: Path, before: str) -> None:
    digest = hashlib.sha256(b"text").hexdigest()
    for written in (digest, digest.upper()):
        with export_of(tmp_path, attestations=f"clause_id,evidence_sha256\nc,{before}{written}\n") as export:
            assert values(export, "attestations", "evidence_sha256") == [digest]


@pytest.mark.parametrize(("written", "read"), [("100000", 100_000), ("100001", None), ("2147483647", None), ("-5", -5)])
def test_a_length_that_nobody_means_is_none(tmp_path: Path, written: str, read: int | None) -> None:
    with export_of(tmp_path, retention_schedule=f"category,max_days\nc,{written}\n") as export:
        assert values(export, "retention_schedule", "max_days") == [read]


@pytest.mark.parametrize(
    "written",
    ["0", "no", "A-1", "(A-1)", "#1", "ny", "noon", "blank", "missing", "empty", "nullify", "REF!", "_a_", "1E5", "HE+LL"],
)
def test_a_name_that_looks_like_nothing_is_one(tmp_path: Path, written: str) -> None:
    with export_of(tmp_path, holdings=f"holding_id,account_id\nh,{written}\n") as export:
        assert values(export, "holdings", "account_id") == [written]


@pytest.mark.parametrize(
    "written",
    [
        "2026-06-09 23:30:00",
        "2026-06-09 23:30:00\u00a0",
        "\u200b2026-06-09 23:30:00",
        "2026-06-09t23:30:00",
        "\ufeff2026-06-09T23:30",
    ],
)
def test_an_instant_without_its_offset_is_not_exact_whatever_stands_around_it(tmp_path: Path, written: str) -> None:
    with export_of(tmp_path, requests=f"request_id,closed_at\nr,{written}\n") as export:
        assert export.sources["requests"].zoneless == {"closed_at": 1}


@pytest.mark.parametrize(
    ("offset", "is_one"),
    [("+14:00", True), ("-12:00", True), ("+05:45", True), ("-0330", True), ("+15:00", False), ("-13", False), ("+99:00", False)],
)
def test_an_offset_is_one_that_places_have(tmp_path: Path, offset: str, is_one: bool) -> None:
    with export_of(tmp_path, requests=f"request_id,closed_at\nr,2026-06-09T23:30:00{offset}\n") as export:
        assert export.sources["requests"].spots == ({} if is_one else {"closed_at": 1})


@pytest.mark.parametrize(
    ("zone", "written", "day"),
    [
        ("Europe/Berlin", "2013-02-01", date(2013, 2, 1)),
        ("Europe/Berlin", "2013-02-01T23:00:00Z", date(2013, 2, 2)),  # the midnight that begins it
        ("Europe/Berlin", "2013-02-01T00:00:00Z", date(2013, 2, 1)),
        ("Europe/Berlin", "2013-02-01 00:00:00", date(2013, 2, 1)),
        ("Europe/Berlin", "2013-02-01T22:59:00Z", date(2013, 2, 1)),
        ("Europe/Berlin", "2013-02-01T23:59:00Z", None),
        ("America/New_York", "2013-02-01T00:00:00Z", None),
        ("UTC", "1900-01-01", None),
        ("UTC", "1904-01-01", None),
        ("UTC", "1970-01-01", None),
        ("UTC", "1970-01-02", date(1970, 1, 2)),
    ],
)
def test_a_day_is_that_of_its_instant_or_nobodys(tmp_path: Path, zone: str, written: str, day: date | None) -> None:
    with export_of(tmp_path, zone, accounts=f"account_id,birth_date\na,{written}\n") as export:
        assert values(export, "accounts", "birth_date") == [day]
        assert export.sources["accounts"].spots == ({} if day else {"birth_date": 1})


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("1000", 1000),
        ("1.000", None),
        ("10.000", None),
        ("1.000.000", None),
        ("30.0", 30),
        ("30.00", 30),
        ("0.000", 0),
        ("1000.000", 1000),
    ],
)
def test_a_point_before_three_digits_may_stand_for_a_thousand(tmp_path: Path, written: str, number: int | None) -> None:
    with export_of(tmp_path, retention_schedule=f"category,max_days\nx,{written}\n") as export:
        assert values(export, "retention_schedule", "max_days") == [number]


@pytest.mark.parametrize(
    ("country", "region", "meant"),
    [
        ("US", "CA", "CA"), ("US", "ca", "CA"), ("US", "PR", "PR"), ("USA", "US-VA", "VA"), ("US", "District of Columbia", "DC"),
        ("US", "NA", None), ("US", "na", None), ("United States", "XX", None), ("US", "06", None), ("US", "US", None),
        ("CA", "ON", "ON"), ("DE", "de-by", "BY"), ("FR", "75", "75"), ("", "XX", "XX"), ("", "NIL", None),
    ],
)  # fmt: skip
def test_a_region_of_the_united_states_is_one_that_there_is(tmp_path: Path, country: str, region: str, meant: str | None) -> None:
    with export_of(tmp_path, accounts=f"account_id,country,region\na,{country},{region}\n") as export:
        assert values(export, "accounts", "region") == [meant]


@pytest.mark.parametrize(
    ("countries", "meant"),
    [(["NA"], [None]), (["NA", "DE"], [None, "DE"]), (["na", ""], ["NA", None]), (["NA", ""], ["NA", None]), (["NAM"], ["NA"])],
)
def test_na_is_namibia_where_nothing_is_written_otherwise(tmp_path: Path, countries: list[str], meant: list[Any]) -> None:
    rows = "".join(f"a{n},{country}\n" for n, country in enumerate(countries))
    with export_of(tmp_path, accounts=f"account_id,country\n{rows}") as export:
        assert values(export, "accounts", "country") == meant
