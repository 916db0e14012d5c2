"""Bad rows are counted and make findings indeterminate; missing rows make controls inconclusive; nothing gets silently better."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pandas as pd
import pytest

from audits.evaluation.results import PromiseResult, Results
from audits.law.period import Period
from audits.show.reader import Reader
from audits.show.tables import quality

from ..conftest import WORKSPACE, MakeDatabase, judged, opened

PROMISE = "request_handled_in_time"


def audit(path: Path, period: str = "2026-06", promises: Iterable[str] = (PROMISE,), **options: str) -> Results:
    export = opened(path, **options)  # type: ignore[arg-type]
    judged(export, Period.parse(period), promises)
    return Results.of(export)


def promise(results: Results) -> PromiseResult:
    return results.promise(PROMISE)


def bad(results: Results) -> dict[str, tuple[int, list[str]]]:
    return {f"{r.table_name}: {r.rule}": (int(r.bad), list(r.keys)) for r in results.quality().dropna().itertuples() if r.bad > 0}


def test_the_small_export_is_clean(database: MakeDatabase) -> None:
    results = audit(database())
    assert bad(results) == {}
    assert (promise(results).compliant, promise(results).violation, promise(results).indeterminate) == (
        2,
        1,
        0,
    )


@pytest.mark.parametrize(
    ("change", "rule", "keys", "indeterminate"),
    [
        # What the promise reads: the finding cannot be told.
        ("update requests set received_at = null where request_id = 'r1'", "received_at is given", ["r1"], 1),
        ("update requests set closed_at = '2026-05-01 00:00:00+00' where request_id = 'r1'", "closed_at >= received_at", ["r1"], 1),
        ("update requests set closed_at = '2027-05-01 00:00:00+00' where request_id = 'r2'", "closed_at is not later than the export", ["r2"], 1),
        ("update requests set type = 'acess' where request_id = 'r1'", "type is one of confirmation, access", ["r1"], 1),
        ("update requests set type = null where request_id = 'r1'", "type is given", ["r1"], 1),
        ("insert into requests from requests where request_id = 'r1'", "PRIMARY KEY(request_id)", ["r1"], 2),
        ("update requests set request_id = null where request_id = 'r1'", "request_id is given", ["(none)"], 1),
        ("update requests set requester_role = 'king' where request_id = 'r1'", "requester_role is one of subscriber", ["r1"], 1),
        # What it does not read: counted, and the finding stands.
        ("update requests set country = 'XX' where request_id = 'r1'", "FOREIGN KEY (country)", ["r1"], 0),
        ("update requests set account_id = 'nobody' where request_id = 'r1'", "FOREIGN KEY (account_id)", ["r1"], 0),
        ("update requests set request_number = 2 where request_id = 'r1'", "UNIQUE(request_number)", ["r1", "r2"], 0),
    ],
)  # fmt: skip
def test_a_bad_row_is_counted_and_decides_nothing(
    database: MakeDatabase, change: str, rule: str, keys: list[str], indeterminate: int
) -> None:
    results = audit(database(change))
    named = [(n, k) for name, (n, k) in bad(results).items() if rule in name]
    assert named == [(len(keys) if "PRIMARY" not in rule else 2, keys)]
    found = promise(results)
    assert found.indeterminate == indeterminate
    assert found.compliant + found.violation + found.indeterminate >= 3
    clean = promise(audit(database(name="clean")))
    assert found.rate_low is not None
    assert clean.rate_low is not None
    assert found.rate_low <= clean.rate_low


def text_of(rows: str, folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "export_info.csv").write_text("exported_at,timezone\n2026-07-02T06:00:00Z,UTC\n", encoding="utf-8")
    (folder / "requests.csv").write_text("request_id,type,received_at,closed_at\n" + rows, encoding="utf-8")
    return folder


def test_a_value_that_cannot_be_read_is_counted_not_taken_for_missing(tmp_path: Path) -> None:
    results = audit(text_of("r1,access,2026-05-10T10:00:00Z,the day after\n", tmp_path / "x"))
    assert bad(results) == {"requests: closed_at can be read as timestamp with time zone": (1, ["r1"])}
    assert promise(results).status == "inconclusive"
    assert results.reasons(PROMISE) == {"unreadable": 1}


def test_an_instant_without_its_offset_is_not_believed(tmp_path: Path) -> None:
    rows = "r1,access,2026-05-10 23:30:00,2026-06-09 23:59:00\nr2,access,2026-05-10,2026-06-09\n"
    results = audit(text_of(rows, tmp_path / "x"))
    assert bad(results) == {
        "requests: received_at is written with its offset from UTC": (1, ["r1"]),
        "requests: closed_at is written with its offset from UTC": (1, ["r1"]),
    }
    assert results.reasons(PROMISE) == {"in_time": 1, "time_without_zone": 1}


def test_a_column_of_instants_without_zone_makes_every_finding_indeterminate(database: MakeDatabase) -> None:
    results = audit(database("alter table requests alter column closed_at type timestamp;"))
    assert promise(results).status == "inconclusive"
    assert results.reasons(PROMISE) == {"time_without_zone": 3}
    touched = {name for name in results.promises if "time_without_zone" in results.reasons(name)}
    assert touched <= {name for name, p in WORKSPACE.promises.items() if "closed_at" in p.control.columns_of("requests")}


def test_a_row_of_nulls_counts_against_the_lowest_rate(database: MakeDatabase) -> None:
    results = audit(
        database("insert into requests (request_id) values ('r4'); insert into requests (request_number) values (null);")
    )
    found = promise(results)
    assert found.indeterminate == 2
    assert found.rate_low == pytest.approx(2 / 5)
    assert found.rate_high == pytest.approx(4 / 5)


def test_at_most_twenty_keys_are_named(database: MakeDatabase) -> None:
    results = audit(
        database(
            "insert into requests (request_id, type, received_at) select 'x' || i, null, now() - interval 99 days from range(30) as t (i);"
        )
    )
    (number, keys) = bad(results)["requests: type is given"]
    assert number == 30
    assert len(keys) == 20


def test_empty_tables_have_no_population(database: MakeDatabase) -> None:
    results = audit(database("delete from requests;"))
    assert promise(results).status == "no_population"
    assert promise(results).rate_low is None


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ("drop table requests", "table requests"),
        ("alter table requests drop column closed_at", "column requests.closed_at"),
        ("alter table requests drop column type", "column requests.type"),
    ],
)
def test_what_is_missing_is_not_assessed_never_satisfied(database: MakeDatabase, change: str, why: str) -> None:
    found = promise(audit(database(change)))
    assert found.status == "not_assessed"
    assert found.why == f"the export has no {why}"


# Populations

TOTALS = "create table export_tables (table_name varchar, row_count bigint, covers_from timestamptz, covers_to timestamptz);"
UNREAD = "create table export_tables as select 'requests' as table_name, '3' as row_count, '2026-01-01' as covers_from, '2026-07-02' as covers_to;"
INTAKE = """create table intake as select address, date '2026-05-01' + to_months(m::integer) as period_start, 0 as received_count, 0 as ticketed_count
from (values ('privacy@jivochat.com'), ('privacy@jvochat.com'), ('privacy@jivosite.com')) as t (address), range(2) as u (m);
alter table requests add column addressed_to varchar;"""


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (TOTALS + "insert into export_tables values ('requests', 4, null, null)", "row_count of requests: 4 rows stated, 3 found"),
        (TOTALS + "insert into export_tables values ('requests', 3, '2026-06-15 00:00:00+00', null)", "coverage of requests: complete from 2026-06-15"),
        (TOTALS + "insert into export_tables values ('requests', 3, null, '2026-06-15 00:00:00+00')", "to 2026-06-15, asked for 2026-06-01"),
        ("update requests set request_number = 5 where request_id = 'r3'", "request_numbers of requests: 3 numbers from 1 to 5, 2 missing"),
        (INTAKE + "update intake set received_count = 9 where address = 'privacy@jivochat.com' and month(period_start) = 6", "first difference at privacy@jivochat.com in 2026-06"),
        (INTAKE + "update intake set ticketed_count = null where month(period_start) = 5", "intake of requests: "),
        (INTAKE + "update intake set received_count = null", "6 counts missing"),
        (INTAKE + "delete from intake where address = 'privacy@jvochat.com'", "the published address privacy@jvochat.com has no intake count"),
        (INTAKE + "update requests set addressed_to = 'privacy@jivochat.com' where request_id = 'r1'", "0 ticketed, 1 in the export"),
    ],
)  # fmt: skip
def test_a_population_that_is_not_whole_makes_its_controls_inconclusive(database: MakeDatabase, change: str, why: str) -> None:
    found = promise(audit(database(change)))
    assert found.status == "inconclusive"
    assert why in found.why
    assert found.violation == 1  # what is known to be broken stays in sight


@pytest.mark.parametrize(("name", "rows"), [("'request'", 9), ("''", 9), ("null", 9), ("'tickets.csv'", "null")])
def test_a_count_of_a_table_that_nobody_knows_fails(database: MakeDatabase, name: str, rows: object) -> None:
    found = promise(audit(database(TOTALS + f"insert into export_tables values ({name}, {rows}, null, null)")))
    assert found.status == "inconclusive"
    assert found.why.endswith("row_count of export_tables: 1 of its rows name no table of the contract")


@pytest.mark.parametrize("table", ["requests.csv", "REQUESTS.CSV", "requests.jsonl.gz "])
def test_a_count_of_a_file_is_one_of_its_table(database: MakeDatabase, table: str) -> None:
    of_file = TOTALS + f"insert into export_tables values ('{table}', {{}}, null, null)"
    assert promise(audit(database(of_file.format(9)))).why.endswith("row_count of requests: 9 rows stated, 3 found")
    assert promise(audit(database(of_file.format(3), "whole"))).status == "not_satisfied"


def test_no_row_of_a_table_that_nobody_knows_can_be_missing(database: MakeDatabase) -> None:
    assert promise(audit(database(TOTALS + "insert into export_tables values ('tickets', 0, null, null)"))).why == ""


def test_whole_populations_pass(database: MakeDatabase) -> None:
    results = audit(
        database(
            INTAKE
            + TOTALS
            + """insert into export_tables select table_name, row_count, '2020-01-01 00:00:00+00', '2026-07-02 06:00:00+00'
                 from (values ('requests', 3), ('accounts', 2), ('intake', 6)) as t (table_name, row_count);"""
        )
    )
    assert set(results.population().passed) == {True}
    assert promise(results).status == "not_satisfied"


def test_what_cannot_be_tested_is_said_not_passed(database: MakeDatabase) -> None:
    tests = audit(database("alter table requests drop column request_number;")).population()
    untested = set(tests[tests.passed.isna()].test)
    assert untested == {"row_count", "request_numbers", "intake", "coverage"}
    assert set(tests[tests.test == "age"].passed) == {True}


@pytest.mark.parametrize(
    ("change", "test", "table", "passed", "detail"),
    [
        # A reach that is not stated is not tested; one that is stated and too short fails, whatever else is not stated.
        ("", "coverage", "requests", None, "not tested: the export does not state what it is complete for"),
        (TOTALS + "insert into export_tables values ('accounts', 2, null, null)", "coverage", "requests", None, "not tested: "),
        (TOTALS + "insert into export_tables values ('requests', 3, '2026-01-01', null)", "coverage", "requests", None, "complete from 2026-01-01 to (not stated)"),
        (TOTALS + "insert into export_tables values ('requests', 3, null, '2026-07-02')", "coverage", "requests", None, "complete from (not stated) to 2026-07-02"),
        (TOTALS + "insert into export_tables values ('requests', 3, '2026-01-01', '2026-07-02')", "coverage", "requests", True, "complete from 2026-01-01 to 2026-07-02"),
        (TOTALS + "insert into export_tables values ('requests', 3, '2026-06-02', null)", "coverage", "requests", False, "complete from 2026-06-02"),
        (TOTALS + "insert into export_tables values ('requests', 3, null, '2026-06-30')", "coverage", "requests", False, "to 2026-06-30"),
        # Two rows of one table: the narrower counts.
        (TOTALS + "insert into export_tables values ('requests', 3, '2026-01-01', '2026-07-02'), ('requests', 3, '2026-01-01', '2026-06-15')",
         "coverage", "requests", False, "to 2026-06-15"),
        # Rows of some tables are counted: of the others they are not tested.
        (TOTALS + "insert into export_tables values ('accounts', 2, null, null)", "row_count", "requests", None, "not tested: the export does not state its rows, 3 found"),
        (TOTALS + "insert into export_tables values ('accounts', 2, null, null)", "row_count", "accounts", True, "2 rows stated, 2 found"),
        (TOTALS + "insert into export_tables values ('accounts', 2, null, null)", "row_count", "export_info", "no row", ""),
        # Numbers without a gap prove nothing of requests without a number; a gap is one all the same.
        ("update requests set request_number = null where request_id = 'r3'", "request_numbers", "requests", None, "2 numbers from 1 to 2, 0 missing; 1 requests without one"),
        ("update requests set request_number = null where request_id = 'r2'", "request_numbers", "requests", False, "2 numbers from 1 to 3, 1 missing"),
        # When it was made.
        ("update export_info set exported_at = null", "age", "export_info", None, "not tested: the export does not state when it was made"),
        # What is stated and cannot be read is not as though it were not stated.
        (UNREAD + "update export_tables set covers_to = 'soon'", "coverage", "requests", False, "what it is complete for cannot be read"),
        (UNREAD + "update export_tables set covers_from = 'then'", "coverage", "requests", False, "what it is complete for cannot be read"),
        (UNREAD + "update export_tables set row_count = 'many'", "row_count", "requests", False, "the rows stated cannot be read, 3 found"),
        (UNREAD + "update export_tables set row_count = ''", "row_count", "requests", "no row", ""),
        (UNREAD + "update export_tables set row_count = 'many'; drop table requests", "row_count", "requests", False, "unreadable rows stated, the table is missing"),
        ("alter table export_info alter column exported_at type varchar; update export_info set exported_at = 'soon'",
         "age", "export_info", False, "when it was made cannot be read"),
    ],
)  # fmt: skip
def test_what_is_not_stated_is_not_tested(
    database: MakeDatabase, change: str, test: str, table: str, passed: bool | str | None, detail: str
) -> None:
    tests = audit(database(change), as_of="2026-07-02T06:00:00+00:00").population()
    found = [(r.passed, r.detail) for r in tests.itertuples() if (r.test, r.table_name) == (test, table)]
    assert [None if pd.isna(was) else was for was, _ in found] == ([] if passed == "no row" else [passed])
    assert all(said.startswith(detail) or detail in said for _, said in found)


def test_an_export_older_than_the_period_is_not_believed(database: MakeDatabase) -> None:
    found = promise(audit(database(), period="2026-07", as_of="2026-08-15"))
    assert found.status in ("inconclusive", "no_population")
    results = audit(database(name="again"), period="2026-06-01..2026-07-31", as_of="2026-08-15")
    assert "age of export_info" in promise(results).why or "coverage" in promise(results).why


# Due dates and pauses, consents that end by a request, who was erased; all promises are asked of two values.
OF_REQUESTS = (
    "request_handled_in_time", "request_handled_in_statutory_time", "first_reply_in_working_days",
    "no_processing_after_withdrawal", "opt_out_honoured", "erased_person_stays_erased",
)  # fmt: skip
EVERYWHERE = ("42", "'infinity'::timestamptz")


@pytest.mark.parametrize("columns", [("received_at", "country"), ("closed_at", "requester_role"), ("type",), ("request_id",)])
@pytest.mark.parametrize(
    "value",
    ["42", "true", "time '10:00:00'", "[1, 2]", "{'a': 1}", "'x'::blob", "interval 3 days", "null", "''",
     "'infinity'::timestamptz", "'-infinity'::timestamptz", "'9999-12-31'::timestamptz", "'0001-01-01'::timestamptz"],
)  # fmt: skip
def test_columns_of_any_type_and_any_date_end_in_counts(database: MakeDatabase, columns: tuple[str, ...], value: str) -> None:
    read = ", ".join(f"{value} as {column}" for column in columns)
    sql = f"create table other as select * replace ({read}) from requests; drop table requests; alter table other rename to requests;"
    every = [c.id for c in WORKSPACE.catalogue.values() if "requests" in c.tables]
    results = audit(database(sql), promises=every if value in EVERYWHERE else OF_REQUESTS)
    assert not [c for c in results.promises.values() if c.status == "error"]
    if columns != ("request_id",):
        assert promise(results).compliant == 0, "a value that is no date or no type was believed"


def test_a_reference_into_a_table_that_the_control_reads_is_the_controls_to_judge(database: MakeDatabase) -> None:
    results = audit(
        database("""
        create table processors as select 'p' as recipient_id, 'US' as country;
        create table disclosures as
        select 'd' as disclosure_id, 'a1' as account_id, 'nobody' as recipient_id, timestamptz '2026-06-10 00:00:00+00' as disclosed_at,
               'US' as destination_country;
        """),
        promises=["transfer_destination_matches_register"],
    )
    assert "disclosures: FOREIGN KEY (recipient_id) REFERENCES processors(recipient_id)" in bad(results)
    assert results.reasons("transfer_destination_matches_register") == {"not_registered": 1}


# The values that break a rule


def found(results: Results) -> dict[str, list[tuple[str, int]]]:
    rules = results.quality()
    return {r.rule: [(each["value"], each["n"]) for each in r.found] for r in rules[rules.bad > 0].itertuples()}


@pytest.mark.parametrize(
    ("change", "rule", "values"),
    [
        ("update requests set type = 'acess' where request_id <> 'r1'", "type is one of", [("acess", 2)]),
        ("update requests set type = request_id", "type is one of", [("r1", 1), ("r2", 1), ("r3", 1)]),
        ("insert into requests (request_id, type) select 'x' || i, 'kind ' || i % 7 from range(70) as t (i)", "type is one of",
         [(f"kind {n}", 10) for n in range(5)]),
        ("update requests set closed_at = '2026-05-01 00:00:00+00' where request_id = 'r1'", "closed_at >= received_at",
         [("2026-05-01 00:00:00+00 · 2026-05-10 10:00:00+00", 1)]),
        ("insert into requests from requests where request_id = 'r1'", "PRIMARY KEY(request_id)", [("r1", 2)]),
        ("update requests set account_id = 'nobody'", "FOREIGN KEY (account_id)", [("nobody", 3)]),
        ("update requests set country = 'eu'", "FOREIGN KEY (country)", [("eu", 3)]),
        ("update requests set closed_at = '2027-05-01 00:00:00+00' where request_id = 'r2'", "closed_at is not later", [("2027-05-01 00:00:00+00", 1)]),
        ("update requests set type = null", "type is given", []),  # what is not there has no value
        ("update requests set type = repeat('x', 300)", "type is one of", [("x" * 200, 3)]),
        ("alter table requests alter column closed_at type varchar; update requests set closed_at = '31.9.26' where request_id <> 'r1'",
         "closed_at can be read", [("31.9.26", 2)]),
        ("alter table requests alter column closed_at type varchar; update requests set closed_at = '2026-05-20 10:00' where request_id = 'r1'",
         "closed_at is written with its offset", [("2026-05-20 10:00:00", 1)]),
    ],
)  # fmt: skip
def test_the_values_that_break_a_rule_most_often(
    database: MakeDatabase, change: str, rule: str, values: list[tuple[str, int]]
) -> None:
    told = found(audit(database(change)))
    assert [v for name, v in told.items() if rule in name] == [values]


def test_the_values_that_break_a_rule_are_auditors_alone(database: MakeDatabase) -> None:
    results = audit(database("update requests set type = '<b>Erika Mustermann</b>';"))
    auditors, leaderships = (quality(Reader(results, audience)) for audience in ("auditor", "leadership"))
    assert '"<b>Erika Mustermann</b>" 3' in auditors.text
    assert "&lt;b&gt;Erika Mustermann" in auditors.html
    assert "Erika" not in leaderships.text + leaderships.html
    assert "Erika" not in quality(Reader(results, "leadership"), broken=False).html
