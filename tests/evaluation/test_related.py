"""A promise is judged under readings on what rows in doubt are related to, and comes to the same as on the whole export."""

from __future__ import annotations

from pathlib import Path

import pytest

from audits.evaluation import readings, related

from ..conftest import WORKSPACE, opened
from .mutations import ONE_THREAD, Found, Mutation, found

# By what links the rows in doubt to others: a person, a parent's child, a request's steps, a consent.
SPOILT = [
    ("requests", "outcome", 100),
    ("request_events", "occurred_at", 50),
    ("messages", "kind", 50),
    ("accounts", "country", 50),
]


@pytest.mark.slow
@pytest.mark.parametrize(("table", "column", "every"), SPOILT)
def test_alone_related_rows_come_to_what_they_come_to_among_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, table: str, column: str, every: int
) -> None:
    path = tmp_path / "spoilt.duckdb"
    Mutation(table, column, "unreadable", every).write(path)
    cut: list[bool] = []
    spread = related._spread
    monkeypatch.setattr(related, "_spread", lambda *args: cut.append(spread(*args)) or cut[-1])

    def judged() -> Found:
        with opened(path, settings=ONE_THREAD) as export:
            before = dict(export.sources)
            come_to = found(export, [p for p in WORKSPACE.promises.values() if table in p.control.tables])
            assert export.sources == before
            return come_to

    alone = judged()
    assert any(cut)
    monkeypatch.setattr(related, "_are_told_apart", lambda *_: False)
    assert judged() == alone
    assert readings.UNREADABLE in {reason for records in alone.values() for _, reason in (records or {}).values()}
