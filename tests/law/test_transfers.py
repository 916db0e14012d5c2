"""Facts of law: dated, sourced, overridden by a user's own; and what would be lost were a measure to end."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import duckdb
import pytest

from audits.errors import Unusable
from audits.evaluation.results import Results
from audits.evaluation.stress import Stress
from audits.law import reference, rests
from audits.law.period import Period
from audits.show.outlines import centres, outlines

from ..cli.test_cli import audits
from ..conftest import WORKSPACE, MakeDatabase, judged, opened

TRANSFER = "transfer_has_valid_mechanism"
TO_THE_US = """
create table processors as select 'p' as recipient_id, 'Host' as name, 'processor' as kind, 'US' as country;
create table disclosures as select * from (values
    ('d1', 'a1', 'p', timestamptz '2026-06-10 10:00:00+00', 'DE', 'US', 'dpf', null),
    ('d2', 'a2', 'p', timestamptz '2026-06-20 10:00:00+00', 'DE', 'US', 'dpf', null),
    ('d3', 'a1', 'p', timestamptz '2026-06-21 10:00:00+00', 'DE', 'US', 'scc_2021', 'm')
) as t (disclosure_id, account_id, recipient_id, disclosed_at, origin_country, destination_country, mechanism, mechanism_ref);
alter table disclosures add column approval_ref varchar;
create table certifications as select 'p' as recipient_id, 'dpf' as framework, timestamptz '2024-01-01 00:00:00+00' as certified_from,
    null::timestamptz as certified_to;
create table transfer_mechanisms as select 'm' as mechanism_ref, 'p' as recipient_id, 'scc_2021' as kind, timestamptz '2024-01-01 00:00:00+00' as signed_at,
    null::timestamptz as valid_from, null::timestamptz as valid_to, null as assessment_ref;
"""


def lost(path: Path, text: str) -> tuple[set[str], list[tuple[Any, ...]]]:
    """The disclosures that would be lost, and the rows of the summary."""
    with opened(path) as export:
        judged(export, Period.parse("2026-06"), [TRANSFER], stresses=[Stress.parse(text)])
        summary = list(Results.of(export).stress().itertuples(index=False))
        again = export.con.execute("select count(*) from adequacy where needs = 'dpf' and valid_to is null").fetchone()
        assert again == (1,), "the reference tables are as they were"
        return {r[0] for r in export.con.execute("select disclosure_id from results.stress").fetchall()}, summary


def test_an_end_after_the_period_is_judged_as_though_transfers_went_on(database: MakeDatabase) -> None:
    found, (row,) = lost(database(TO_THE_US), "dpf ends 2026-12-01")
    assert found == {"d1", "d2"}
    assert (row.recipient, row.transfers, row.people, row.fallback) == ("Host", 2, 2, "scc_2021")


def test_an_end_within_the_period_spares_what_came_before(database: MakeDatabase) -> None:
    assert lost(database(TO_THE_US), "dpf ends 2026-06-19")[0] == {"d2"}
    assert lost(database(TO_THE_US, "same"), "dpf ends 2026-06-20")[0] == set(), "the last day still carries"


def test_contracts_and_countries_can_end_too(database: MakeDatabase) -> None:
    assert lost(database(TO_THE_US), "scc_2021 ends 2026-12-01")[0] == set(), "the recipient is certified all the same"
    india = TO_THE_US.replace("'US', 'scc_2021'", "'IN', 'scc_2021'")
    assert lost(database(india, "india"), "scc_2021 ends 2026-12-01")[0] == {"d3"}
    britain = TO_THE_US.replace("'US'", "'GB'").replace("'dpf', null", "'adequacy', null")
    assert lost(database(britain, "britain"), "GB ends 2027-06-27")[0] == {"d1", "d2"}
    assert lost(database(britain, "again"), "CH to GB ends 2027-06-27")[0] == set(), "the law of Switzerland alone"
    swiss = britain.replace("'DE'", "'CH'")
    assert lost(database(swiss, "swiss"), "GB ends 2027-06-27")[0] == set(), "its law goes on"
    assert lost(database(swiss, "swiss_too"), "CH to GB ends 2027-06-27")[0] == {"d1", "d2"}


def test_the_end_of_a_country_is_the_end_of_all_that_makes_it_adequate(database: MakeDatabase) -> None:
    assert lost(database(TO_THE_US), "US ends 2026-12-01")[0] == {"d1", "d2"}
    canada = TO_THE_US.replace("'US'", "'CA'").replace("'dpf', null", "'adequacy', null")
    assert lost(database(canada, "canada"), "CA ends 2026-12-01")[0] == {"d1", "d2"}
    assert lost(database(canada, "any"), "adequacy ends 2026-12-01")[0] == {"d1", "d2"}
    assert lost(database(TO_THE_US, "frameworks"), "adequacy ends 2026-12-01")[0] == set(), "frameworks are named"


@pytest.mark.parametrize("text", ["dpf", "dpf ends", "dpf ends 2026-13-01", "dpf begins 2026-12-01", ""])
def test_a_stress_that_cannot_be_read_says_how_to_write_it(text: str) -> None:
    with pytest.raises(Unusable, match="write a measure or a country"):
        Stress.parse(text)


def test_a_measure_that_nobody_knows_is_named() -> None:
    result = audits("evaluate", "--control", TRANSFER, "--stress", "dbf ends 2026-12-01")
    assert result.exit_code == 2
    assert "did you mean dpf?" in result.stderr
    result = audits("evaluate", "--control", TRANSFER, "--stress", "CH to BR ends 2026-12-01")
    assert (result.exit_code, "BR is unknown in the law of CH" in result.stderr) == (2, True)


def test_the_stress_is_told_in_words() -> None:
    result = audits("evaluate", "--period", "2026-09", "--control", TRANSFER, "--stress", "dpf ends 2026-12-01")
    assert "dpf ends 2026-12-01: 9 transfers of 9 people to Letterbird Mail" in result.output
    result = audits("evaluate", "--period", "2026-09", "--control", TRANSFER, "--stress", "swiss_dpf ends 2026-12-01")
    assert "swiss_dpf ends 2026-12-01: 1 transfer of 1 person to Letterbird Mail" in result.output, "Switzerland alone knows it"


@pytest.mark.parametrize("table", sorted(reference.KEYS))
def test_every_fact_has_a_source_and_says_how_far_it_was_checked(table: str) -> None:
    rows = reference.rows(table)
    assert rows
    assert all(r["source"] and r["checked"] for r in rows)
    keys = [tuple(r[c] for c in reference.KEYS[table]) for r in rows]
    assert len(keys) == len(set(keys)), "a user's own row must know which row it overrides"


def own(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def test_a_users_own_row_overrides_and_extends(tmp_path: Path) -> None:
    folder = own(
        tmp_path / "law",
        "mechanisms",
        "mechanism,rests_on,relied_on_until,source,checked\ndpf,certification,2026-05-31,our counsel,read\nhandshake,contract,,our counsel,read\n",
    )
    with opened("sample", own_reference=folder) as export:
        rows = dict(export.con.execute("select mechanism, relied_on_until::varchar from mechanisms").fetchall())
        assert rows["dpf"] == "2026-05-31"
        assert "handshake" in rows and "scc_2021" in rows
        assert export.reference_sha256
        judged(export, Period.parse("2026-06"), [TRANSFER])
        assert Results.of(export).run.reference_sha256 == export.reference_sha256
        assert Results.of(export).reasons(TRANSFER)["framework_ended"] > 0


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("mechanism", "mechanism\nx\n", "did you mean mechanisms?"),
        ("mechanisms", "colour\nred\n", "colour"),
        ("deadlines", "rule_set,jurisdiction,request_type,value,source,checked\nstatute,DE,*,soon,us,read\n", "soon"),
    ],
)
def test_a_table_that_cannot_be_used_is_named_in_one_line(tmp_path: Path, name: str, text: str, says: str) -> None:
    result = audits("evaluate", "--reference", str(own(tmp_path / "law", name, text)), "--control", TRANSFER)
    assert result.exit_code == 2
    assert says in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


FACTS = ("deadlines", "adequacy", "optin_countries", "transfer_laws")


@pytest.mark.parametrize("name", FACTS)
def test_a_promise_whose_findings_rest_on_a_fact_is_known_to(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the rows of the table some are others; the text of its control's query says so, by what the law makes of rows."""
    before = found_on_the_sample()
    load = reference.load

    def emptied(con: duckdb.DuckDBPyConnection, own: Path | None = None) -> Any:
        result = load(con, own)
        con.execute(f"delete from {name}; update facts_as_loaded set hash = ''")
        return result

    monkeypatch.setattr(reference, "load", emptied)
    changed = {control for control, rows in found_on_the_sample().items() if rows != before[control]}
    assert changed or name == "transfer_laws"  # without which every transfer of the sample is judged as before the law
    assert {c for c in changed if name not in rests.facts(WORKSPACE.catalogue[c].sql)} == set()


def found_on_the_sample() -> dict[str, str]:
    """What each control finds on the sample, with its defaults or the values of its promise, as a digest."""
    found = {}
    with opened("sample") as export:
        for control in WORKSPACE.catalogue:
            promise = WORKSPACE.find(control)[0]
            sql, values = promise.query(export.as_of)
            digest = "sha256(string_agg(to_json(f)::varchar, '' order by to_json(f)::varchar))"
            found[control] = str(export.con.execute(f"select {digest} from ({sql}) as f", values).fetchall())
    return found


def test_not_every_control_rests_on_facts() -> None:
    assert not rests.facts(WORKSPACE.catalogue["question_answered"].sql)


def test_a_folder_without_tables_is_no_reference(tmp_path: Path) -> None:
    result = audits("evaluate", "--reference", str(tmp_path), "--control", TRANSFER)
    assert result.exit_code == 2
    assert "name each after its table" in result.stderr


def test_parameters_of_controls_come_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "parameters.toml"
    file.write_text("[question_answered]\nquestion_days = 3\n", encoding="utf-8")
    result = audits("evaluate", "--parameters", str(file), "--control", "question_answered", "--period", "2026", "--json")
    assert json.loads(result.stdout)["promises"][0]["violation"] > 0
    for text, says in (
        ("[question_answered]\ncolour = 1\n", "no parameter colour"),
        ("[questoin_answered]\nx = 1\n", "did you mean"),
        ("= 1", "parameters.toml"),
        ("x = 1\n", "stands in no table"),
    ):
        file.write_text(text, encoding="utf-8")
        result = audits("evaluate", "--parameters", str(file), "--control", "question_answered")
        assert (result.exit_code, says in result.stderr) == (2, True), result.stderr


def test_facts_behind_transfers_are_listed_whether_or_not_a_measure_is_named(database: MakeDatabase) -> None:
    unnamed = "update disclosures set mechanism = null where disclosure_id = 'd1'"
    with opened(database(TO_THE_US + unnamed)) as export:
        judged(export, Period.parse("2026-06"), [TRANSFER])
        used = {(r.rule_set, r.jurisdiction, r.rule): r.n for r in Results.of(export).rules_used().itertuples(index=False)}
    assert used["adequacy", "EEA to US", "dpf"] == 3, "certified on the day, named or not"
    assert used["transfer_law", "EEA", "in force since 1998-10-24"] == 3
    assert used["membership", "DE", "in the EEA since 1994-01-01"] == 3


@pytest.mark.parametrize(
    ("checked", "unchecked", "less_sure"),
    [
        ("read in stored sources 2026-11", False, False),
        ("secondary source 2026-11", False, True),
        ("excerpts read in stored sources 2026-11 (state of August 2024)", False, True),
        ("read in stored sources 2026-11; its first day from general knowledge", False, True),
        ("last days in secondary sources 2026-11; not found: its first day", False, True),
        ("not found: the day of its listing", True, False),
        ("general knowledge", True, False),
    ],
)
def test_facts_of_law_say_how_far_they_were_looked_up(checked: str, unchecked: bool, less_sure: bool) -> None:
    assert (reference.is_unchecked(checked), reference.is_less_sure(checked)) == (unchecked, less_sure)


def test_the_map_knows_every_country_that_the_law_speaks_of() -> None:
    drawn = {*outlines(), *centres()}
    assert {r["country"] for table in ("adequacy",) for r in reference.rows(table)} - drawn == set()
    members = {r["country"] for r in reference.rows("countries") if r["eea_from"]}
    assert members - drawn == {"AX", "MF"}, "islands that the outlines do not have; the table beside the map names them"


def test_outlines_are_longitudes_and_latitudes() -> None:
    x, y = outlines()["DE"]
    assert all(5 < lon < 16 for lon in x if lon is not None)
    assert all(47 < lat < 56 for lat in y if lat is not None)


def test_members_of_the_eea_by_day() -> None:
    outermost = ["AX", "GI", "GF", "GP", "MF", "MQ", "RE", "YT"]  # they follow their state
    with duckdb.connect() as con:
        reference.load(con)
        count = "select count(*) from countries where eea_from <= $1::date and coalesce(eea_to >= $1::date, true) and country not in (select unnest($2::varchar[]))"
        days = ("2004-05-01", "2007-01-01", "2013-07-01", "2020-12-31", "2021-01-01")
        found = [con.execute(count, [day, outermost]).fetchone() for day in days]
    # Twenty-five, twenty-seven, twenty-eight members of the EU, and the three of the EFTA; the United Kingdom until its transition ended.
    assert found == [(28,), (30,), (31,), (31,), (30,)]


def test_each_exporter_has_its_own_row_of_a_measure_or_the_one_of_all() -> None:
    with duckdb.connect() as con:
        reference.load(con)
        found = con.execute("select mechanism, exporter, relied_on_until::varchar from mechanisms_of_exporters").fetchall()
    days = {(mechanism, exporter): day for mechanism, exporter, day in found}
    assert len(days) == len(found)
    assert (days["privacy_shield", "EEA"], days["privacy_shield", "CH"]) == ("2020-07-16", "2020-09-08")
    assert (days["scc_2010", "EEA"], days["scc_2010", "CH"]) == ("2022-12-27", "2022-12-31")
    assert ("bcr", "CH") in days


def test_tables_are_plain_csv() -> None:
    for file in sorted(reference.FOLDER.glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as stream:
            widths = {len(row) for row in csv.reader(stream)}
        assert len(widths) == 1, file.name
