"""What would settle what cannot be told: the column that keeps most findings undecided stands first, with how many."""

from __future__ import annotations

from pathlib import Path

from audits.evaluation.results import Results, rows_of
from audits.show import tables
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
use = "own_deadline_kept"
"""
INFO = "exported_at,timezone\n2026-09-02T06:00:00Z,UTC\n"
HEAD = "request_id,type,requester_role,received_at,closed_at\n"


def settled(folder: Path, rows: str, head: str = HEAD) -> Results:
    (folder / "north.toml").write_text(TEXT)
    return audited(Workspace([folder / "north.toml"]), folder, export_info=INFO, requests=head + rows)


def promise(found: Results) -> str:
    return found.promise("request_handled_in_time").promise_id


def test_the_column_that_keeps_most_findings_undecided_stands_first(tmp_path: Path) -> None:
    rows = "".join(f"late{n},access,subscriber,2026-05-10T08:00:00Z,soon\n" for n in range(3))
    rows += "odd,access,subscriber,10th of May,2026-06-01T08:00:00Z\n"
    found = settled(tmp_path, rows + "kept,access,subscriber,2026-05-10T08:00:00Z,2026-06-01T08:00:00Z\n")
    assert found.promise("request_handled_in_time").indeterminate == 4
    shown = tables.settling(Reader(found), [promise(found)]).text.splitlines()
    assert shown[2:4] == [
        "requests.closed_at\t3\t1\tlate0, late1, late2",
        "requests.received_at\t1\t1\todd",
    ]


def test_each_undecided_finding_is_under_a_column_or_a_reason(tmp_path: Path) -> None:
    rows = "a,access,subscriber,2026-05-10T08:00:00Z,soon\nb,acess,subscriber,2026-05-10T08:00:00Z,2026-06-30T08:00:00Z\n"
    found = settled(tmp_path, rows)
    for p in found.promises.values():
        listed = set(found.findings(p.promise_id, "indeterminate").record_id)
        told = {record for r in rows_of(found.doubts()) if r.promise_id == p.promise_id for record in r.records}
        assert told == listed, p.promise_id


def test_leadership_is_named_no_record_and_what_is_all_judged_is_said(tmp_path: Path) -> None:
    found = settled(tmp_path, "late,access,subscriber,2026-05-10T08:00:00Z,soon\n")
    assert "late\n" not in tables.settling(Reader(found, "leadership"), [promise(found)]).text + "\n"
    (tmp_path / "whole").mkdir()
    whole = settled(tmp_path / "whole", "kept,access,subscriber,2026-05-10T08:00:00Z,2026-06-01T08:00:00Z\n")
    assert tables.settling(Reader(whole), [promise(whole)]).text == "Everything that fell due could be judged."
