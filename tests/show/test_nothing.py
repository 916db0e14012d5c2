"""What a page of a small company shows: nothing of what its export does not have, and never that there is none of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from audits.show import charts, tables
from audits.show.html import Html
from audits.show.reader import Reader
from audits.workspace import Workspace

from ..conftest import audited

TEXT = """
id = "north"
title = "north's policy"

[[promises]]
use = "request_handled_in_time"
days = 30

[[promises]]
use = "data_kept_no_longer_than_needed"

[[promises]]
use = "authority_notified_in_time"

[[promises]]
use = "transfer_destination_known"

[[promises]]
use = "agreement_in_force_at_disclosure"
"""
INFO = "exported_at,timezone\n2026-09-02T06:00:00Z,UTC\n"
REQUESTS = "request_id,type,requester_role,received_at,closed_at\na,access,subscriber,2026-05-10T08:00:00Z,2026-06-01T08:00:00Z\n"
BREACHES = "breach_id,reported_by,our_role,risk,aware_at,authority_told_at,subjects_told_at,subscriber_told_at\n"
PROCESSORS = "recipient_id,name,kind,country,dpa_signed_at\np,Post,processor,NL,2026-01-01T08:00:00Z\n"


def reader(folder: Path, **files: str) -> Reader:
    (folder / "north.toml").write_text(TEXT)
    workspace = Workspace([folder / "north.toml"])
    return Reader(audited(workspace, folder, **{"export_info": INFO, "requests": REQUESTS, **files}))


@pytest.mark.parametrize(
    "show",
    [
        tables.retention_overdue,
        tables.retention_forecast,
        tables.breach_clocks,
        tables.recipients,
        tables.opt_out_delays,
        tables.transfer_flows,
        tables.destinations,
        tables.measure_validity,
        tables.stress,
        lambda audit: tables.rules_used(audit, "adequacy"),
        lambda audit: tables.by_month(audit, "data_kept_no_longer_than_needed"),
    ],
)
def test_of_what_the_export_does_not_have_a_page_shows_nothing(tmp_path: Path, show: Callable[[Reader], Html]) -> None:
    shown = show(reader(tmp_path))
    assert shown.html.strip() == ""
    assert shown.text, "a console says something"


def test_a_table_without_rows_is_said_to_be_empty(tmp_path: Path) -> None:
    assert "No breach in these months." in tables.breach_clocks(reader(tmp_path, breaches=BREACHES)).html


def test_a_clock_that_ran_for_no_breach_has_no_column(tmp_path: Path) -> None:
    row = "b,company,controller,risk,2026-06-01T08:00:00Z,2026-06-02T08:00:00Z,,\n"
    shown = tables.breach_clocks(reader(tmp_path, breaches=BREACHES + row)).text
    assert "Authority told" in shown
    assert "24.0 h" in shown
    assert "People told" not in shown
    assert "Controller told" not in shown


def test_without_disclosures_the_register_stands_alone(tmp_path: Path) -> None:
    shown = tables.recipients(reader(tmp_path, processors=PROCESSORS)).text.splitlines()
    assert shown[:3] == [
        "The register of recipients",
        "Recipient\tKey\tKind\tCountry\tAgreement",
        "Post\tp\tprocessor\tNetherlands\tin force",
    ]


def test_one_month_is_no_chart(tmp_path: Path) -> None:
    shown = charts.rate_by_month(reader(tmp_path), "request_handled_in_time")
    assert isinstance(shown, Html)
    assert "100.0 %" in shown.text


def test_two_months_are_one(tmp_path: Path) -> None:
    second = "b,access,subscriber,2026-04-10T08:00:00Z,2026-05-01T08:00:00Z\n"
    shown = charts.rate_by_month(reader(tmp_path, requests=REQUESTS + second), "request_handled_in_time")
    assert not isinstance(shown, Html)
    low, high = shown.figure.layout.yaxis.range
    assert (low, high) == (pytest.approx(90, abs=12), 102)
