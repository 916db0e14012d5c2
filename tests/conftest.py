"""What tests share: the sample, its results, and a small export to break."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, settings

from audits.contract.export import Export
from audits.controls.promise import Promise
from audits.evaluation.evaluate import evaluate
from audits.evaluation.job import Job
from audits.evaluation.results import Results
from audits.home import VARIABLE
from audits.law.opening import open_export
from audits.law.period import Period
from audits.workspace import Workspace, sample_folder

# A slow machine is no fault. CI tries the same cases each time; on a desk every run looks for new ones.
NO_LIMIT = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("desk", **NO_LIMIT)
settings.register_profile("ci", **NO_LIMIT, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "desk")

WORKSPACE = Workspace()
SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of the auditors' papers, which is not part of the project."""
    if not SHARED.is_dir():
        pytest.skip(f"{SHARED.name}/ does not lie beside the checkout")
    return SHARED


def opened(export: str | Path = "sample", *args: Any, **more: Any) -> Export:
    """An export opened as a run opens it, with our own contract."""
    return open_export(WORKSPACE.contract, WORKSPACE.export(export), *args, **more)


def audited(workspace: Workspace, folder: Path, **files: str) -> Results:
    """What the promises of a workspace come to in June 2026, on an export of these CSV files, by the name of their table."""
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text)
    export = open_export(workspace.contract, folder)
    evaluate(export, Period.parse("2026-06"), list(workspace.promises.values()), workspace.texts)
    return Results.of(export)


def judged(
    export: Export,
    period: Period,
    promises: Iterable[str | Promise] = (),
    values: Mapping[str, Any] | None = None,
    **more: Any,
) -> None:
    """Evaluate promises, or those of these names, all if there are none; `values` are by the name of a promise."""
    named = [p for name in promises for p in ([name] if isinstance(name, Promise) else WORKSPACE.find(name))]
    chosen = [p.with_values((values or {}).get(p.name, {})) for p in named or WORKSPACE.promises.values()]
    evaluate(export, period, chosen, WORKSPACE.texts, **more)


def not_kept(export: Export, control: str, given: Mapping[str, Any] | None = None) -> list[tuple[str, str]]:
    """Record and reason of what all promises of a control find broken, or cannot tell; with values of their own, or those `given`."""
    found = []
    for promise in WORKSPACE.find(control):
        sql, values = promise.with_values(given or {}).query(export.as_of)
        sql = f"select record_id, reason from ({sql}) where verdict in ('violation', 'indeterminate')"
        found += export.con.execute(sql, values).fetchall()
    return found


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder that is made once for all workers of a run of tests; none may change it."""
    root = factory.getbasetemp().parent if "PYTEST_XDIST_WORKER" in os.environ else factory.getbasetemp()
    folder = root / name
    with (root / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            making = root / f"{name}.new"
            making.mkdir()
            make(making)
            making.rename(folder)
    return folder


@contextmanager
def no_self_test(workspace: Workspace, job: Job) -> Iterator[None]:
    yield


@pytest.fixture
def without_self_test(monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs without the self-test, which has tests of its own."""
    monkeypatch.setattr("audits.publish.run._self_test", no_self_test)


@pytest.fixture(autouse=True)
def outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Outside of any workspace, but for the tests that go into one."""
    monkeypatch.delenv(VARIABLE, raising=False)


@pytest.fixture(scope="session")
def workspace() -> Workspace:
    return WORKSPACE


@pytest.fixture(scope="session")
def sample(workspace: Workspace) -> Iterator[Export]:
    with opened() as export:
        judged(export, Period.parse("2026-10"))
        yield export


@pytest.fixture(scope="session")
def results(sample: Export) -> Results:
    return Results.of(sample)


@pytest.fixture(scope="session")
def planted() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads(sample_folder().with_name("samples.expected.json").read_text(encoding="utf-8"))[
        "planted"
    ]
    return found


MakeDatabase = Callable[..., Path]


@pytest.fixture
def database(tmp_path: Path) -> MakeDatabase:
    """A DuckDB file made by some SQL, on top of a small clean export."""

    def make(sql: str = "", name: str = "export") -> Path:
        path = tmp_path / f"{name}.duckdb"
        with duckdb.connect(str(path)) as con:
            con.execute(SMALL + sql)
        return path

    return make


SMALL = """
set timezone = 'UTC';
create table export_info as select timestamptz '2026-07-02 06:00:00+00' as exported_at, 'UTC' as timezone, 'test' as source;
create table accounts as
select * from (values ('a1', 'DE', null), ('a2', 'US', 'CA')) as t (account_id, country, region);
create table requests as
select * from (values
    ('r1', 1, 'a1', 'subscriber', 'access', 'DE', timestamptz '2026-05-10 10:00:00+00', timestamptz '2026-05-20 10:00:00+00'),
    ('r2', 2, 'a1', 'subscriber', 'erasure', 'DE', timestamptz '2026-05-11 10:00:00+00', timestamptz '2026-06-25 10:00:00+00'),
    ('r3', 3, 'a2', 'agent', 'access', 'US', timestamptz '2026-05-12 10:00:00+00', timestamptz '2026-06-01 10:00:00+00')
) as t (request_id, request_number, account_id, requester_role, type, country, received_at, closed_at);
alter table requests add column responded_at timestamptz;
alter table requests add column outcome varchar;
update requests set responded_at = closed_at, outcome = 'fulfilled';
-- Columns that could turn a verdict where they are not exported.
alter table requests add column extended_at timestamptz;
alter table requests add column extended_to timestamptz;
alter table requests add column extension_reason varchar;
alter table requests add column id_asked_at timestamptz;
alter table requests add column id_verified_at timestamptz;
"""
