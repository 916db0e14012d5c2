"""A folder of the user's own: found from within, added to what comes with audits, and stopped by nothing but what is wrong in it."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from audits.errors import Unusable
from audits.evaluation.job import Job, evaluated
from audits.explore.audit import Audit
from audits.home import VARIABLE, find
from audits.law.opening import open_export
from audits.operate.schedule import load
from audits.publish.run import run
from audits.texts.compare import sentence_fingerprint
from audits.workspace import Workspace

from .cli.test_cli import audits
from .conftest import WORKSPACE

NORDLICHT = Path(__file__).parents[1] / "examples" / "nordlicht"
LOGS = (NORDLICHT / "contract.sql").read_text()
LOGS_DELETED = (NORDLICHT / "controls" / "logs" / "logs_deleted.sql").read_text()
EXPORT = {
    "export_info.csv": "exported_at,timezone\n2026-11-02T06:00:00Z,UTC\n",
    "requests.csv": "request_id,account_id,type,requester_role,received_at,closed_at\nr1,a1,access,subscriber,2026-09-20T10:00:00Z,2026-10-05T10:00:00Z\n",
    "logs.csv": "log_id,written_at,deleted_at\nl1,2026-07-10T10:00:00Z,2026-10-01T10:00:00Z\nl2,2026-07-10T10:00:00Z,\n",
}


@pytest.fixture
def acme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with a table, a control and an export of its own; one stands in it."""
    folder = tmp_path / "acme"
    assert audits("init", folder, "--company", "Acme Ltd").exit_code == 0
    (folder / "contract.sql").write_text(LOGS)
    (folder / "controls" / "logs").mkdir(parents=True)
    (folder / "controls" / "logs" / "logs_deleted.sql").write_text(LOGS_DELETED)
    (folder / "export").mkdir()
    for name, text in EXPORT.items():
        (folder / "export" / name).write_text(text)
    replace(folder / "audits.toml", 'export = "sample"', 'export = "export"')
    with (folder / "policy.toml").open("a") as file:
        file.write('\n[[promises]]\nuse = "logs_deleted"\n')
    monkeypatch.chdir(folder)
    return folder


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def statuses(*arguments: object) -> dict[str, str]:
    result = audits("evaluate", "--json", *arguments)
    assert result.exit_code == 0, result.stderr
    promises: list[dict[str, Any]] = json.loads(result.stdout)["promises"]
    return {p["id"]: p["status"] for p in promises}


def test_every_command_finds_the_workspace_one_stands_in_or_below(acme: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = {
        "acme_ltd/authority_notified_in_time": "not_assessed",
        "acme_ltd/logs_deleted": "not_satisfied",
        "acme_ltd/request_handled_in_time": "satisfied",
    }
    assert statuses() == expected
    monkeypatch.chdir(acme / "controls" / "logs")
    assert statuses() == expected
    monkeypatch.chdir("/")
    assert find(Path("/")) is None
    assert statuses("--workspace", acme) == expected
    monkeypatch.setenv(VARIABLE, str(acme))
    assert statuses() == expected


def test_an_export_named_by_hand_is_read_without_the_workspaces_adapter(acme: Path) -> None:
    replace(acme / "audits.toml", '# adapter = "adapter.sql"', 'adapter = "adapter.sql"')
    (acme / "adapter.sql").write_text("create view requests as select * exclude (closed_at) from source.requests;")
    assert statuses()["acme_ltd/request_handled_in_time"] == "not_assessed"
    assert statuses("--export", acme / "export")["acme_ltd/request_handled_in_time"] == "satisfied"


def test_python_that_names_no_export_reads_the_workspaces_with_its_adapter(acme: Path) -> None:
    assert Audit(period="2026-10").run.export_name == "export"
    replace(acme / "audits.toml", '# adapter = "adapter.sql"', 'adapter = "adapter.sql"')
    (acme / "adapter.sql").write_text("create view requests as select * exclude (closed_at) from source.requests;")
    (acme / "export").rename(acme / "2026-10")
    replace(acme / "audits.toml", 'export = "export"', 'export = "{period}"')
    audit = Audit(period="2026-10")
    statuses = [audit.results.promise(name).status for name in ("logs_deleted", "request_handled_in_time")]
    assert (audit.run.export_name, statuses) == ("2026-10", ["not_satisfied", "not_assessed"])
    assert Audit(acme / "2026-10", period="2026-10").results.promise("request_handled_in_time").status == "satisfied"


def test_a_table_of_ones_own_is_checked_as_any_other(acme: Path) -> None:
    with (acme / "export" / "logs.csv").open("a") as file:
        file.write("l2,soon,\n")
    found = json.loads(audits("check", "--json").stdout)
    (table,) = [t for t in found["tables"] if t["table"] == "logs"]
    assert table["rows"] == 3
    assert "soon" in json.dumps(found)
    assert audits("check", "--fail-on", "unreadable").exit_code == 1


@pytest.mark.parametrize("place", ["gdpr.toml", "texts/gdpr.toml"])
def test_a_text_of_an_equal_name_takes_the_place_of_ours(acme: Path, place: str) -> None:
    replace(acme / "audits.toml", 'texts = ["policy.toml"]', 'texts = ["gdpr", "ccpa"]')
    (acme / "texts").mkdir()
    (acme / place).write_text('id = "gdpr"\ntitle = "As we read it"\n[[promises]]\nuse = "logs_deleted"\n')
    assert Workspace.at(acme).texts[0].title == "As we read it"
    assert statuses("--text", "gdpr") == {"gdpr/logs_deleted": "not_satisfied"}


def test_a_control_of_an_equal_name_takes_the_place_of_ours(acme: Path) -> None:
    ours = WORKSPACE.catalogue["request_handled_in_time"]
    own = acme / "controls" / "rights" / "request_handled_in_time.sql"
    own.parent.mkdir()
    own.write_text(LOGS_DELETED.replace("logs_deleted", ours.id).replace("Lines of the log are deleted", "Everything is done"))
    assert Workspace.at(acme).one(ours.id).title == "Everything is done within 30 days"
    assert WORKSPACE.catalogue[ours.id] == ours


def test_the_selftest_runs_the_examples_of_ones_own_controls(acme: Path) -> None:
    assert "✓   3 / 3   logs_deleted: worked examples" in audits("selftest").stdout
    control = acme / "controls" / "logs" / "logs_deleted.sql"
    replace(control, '"compliant', '"violation')
    result = audits("selftest")
    assert result.exit_code == 1
    assert "/ 3   logs_deleted: worked examples" in result.stdout
    assert ": verdict is 'compliant', expected 'violation'" in result.stdout
    assert "own_deadline_kept: worked examples" in audits("selftest", "--control", "own_deadline_kept").stdout
    replace(control, "select log_id", "selekt log_id")
    result = audits("selftest")
    assert (result.exit_code, result.stdout.startswith("✗ logs/logs_deleted.sql: ")) == (1, True)


def test_an_example_that_the_engine_refuses_is_said(acme: Path) -> None:
    replace(acme / "controls" / "logs" / "logs_deleted.sql", "deleted_at <", "no_such_column <")
    result = audits("selftest")
    assert result.exit_code == 1
    assert "no_such_column" in result.stdout


TWICE = "r1,a1,access,subscriber,2026-09-20T10:00:00Z,2026-10-05T10:00:00Z\nr1,a1,access,subscriber,soon,2026-10-05T10:00:00Z\n"


def test_a_replaced_control_that_cannot_be_read_is_not_asked_of_rows_that_break_a_rule(acme: Path) -> None:
    with (acme / "export" / "requests.csv").open("a") as file:
        file.write(TWICE)
    with (acme / "policy.toml").open("a") as file:
        file.write('\n[[promises]]\nuse = "question_answered"\n')
    own = acme / "controls" / "rights" / "request_handled_in_time.sql"
    own.parent.mkdir()
    own.write_text("garbage")
    (acme / "values.toml").write_text("[request_handled_in_time]\ndays = 5\n")
    found = statuses()
    assert found == statuses("--parameters", acme / "values.toml")
    assert found["acme_ltd/request_handled_in_time"] == "not_assessed"
    assert found["acme_ltd/logs_deleted"] == "not_satisfied"


def test_a_key_that_is_met_twice_is_no_error_where_records_are_named_otherwise(acme: Path) -> None:
    replace(acme / "controls" / "logs" / "logs_deleted.sql", "select log_id as record_id", "select system_name as record_id")
    head = "log_id,system_name,written_at,deleted_at\n"
    (acme / "export" / "logs.csv").write_text(
        f"{head}l1,a,soon,2026-10-01T10:00:00Z\nl1,b,2026-07-10T10:00:00Z,\nl2,c,2026-07-10T10:00:00Z,2026-10-01T10:00:00Z\n"
    )
    found = evaluated(Workspace.at(acme), Job(export=str(acme / "export"), period="2026-10"))
    promise = found.promise("logs_deleted")
    # The two rows of one key could be of any system, the third's too.
    assert (promise.status, promise.compliant, promise.violation) == ("inconclusive", 0, 0)


def test_a_control_that_cannot_be_read_stops_what_promises_it_alone(acme: Path) -> None:
    replace(acme / "controls" / "logs" / "logs_deleted.sql", "select log_id", "selekt log_id")
    result = audits("evaluate")
    assert result.exit_code == 0
    assert "note: logs/logs_deleted.sql: " in result.stderr
    assert "• kept " in result.stdout
    found = evaluated(Workspace.at(acme), Job(export=str(acme / "export"))).promise("logs_deleted")
    assert (found.status, found.why.partition(":")[0]) == ("not_assessed", "logs/logs_deleted.sql")


@pytest.mark.parametrize(
    ("file", "text", "says"),
    [
        ("audits.toml", 'compny = "x"', "audits.toml: compny: is no key that belongs here: did you mean company?"),
        ("audits.toml", "texts = []", "audits.toml: texts: must not be empty"),
        ("audits.toml", 'language = "fr"', "audits.toml: language: pages are made in en and de, not in 'fr': write one of them"),
        ("audits.toml", 'texts = ["jivochatt"]', "texts: 'jivochatt' is no file beside it, and no text of ours: did you mean jivochat?"),
        ("audits.toml", "company = ", "audits.toml: "),
        ("policy.toml", 'id = "x"', "policy.toml: title: is missing"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_file_is_one_line_and_exit_2(acme: Path, file: str, text: str, says: str) -> None:
    (acme / file).write_text(text)
    result = audits("evaluate")
    assert (result.exit_code, says in result.stderr) == (2, True), result.stderr
    assert len(result.stderr.splitlines()) == 1


GOOD = 'id = "second"\ntitle = "T"\n[[promises]]\nuse = "question_answered"\n'


@pytest.mark.parametrize(
    ("text", "is_sure"),
    [
        (GOOD.replace("title", "titel"), True),
        (GOOD.replace("question_answered", "question_anwsered"), True),
        (f"{GOOD}dayz = 3\n", True),
        (f'{GOOD}[vocabulary]\ncolours = ["red"]\n', True),
        (f"{GOOD}[[[", True),
        ("garbage", False),
        ('[[promises]]\nuse = "question_answered"\nid = "second"\n', False),
        (GOOD.replace('"second"', '"acme_ltd"').replace("title", "titel"), False),
    ],
)
def test_a_further_text_that_cannot_be_read_stops_what_it_promises_alone(acme: Path, text: str, is_sure: bool) -> None:
    replace(acme / "audits.toml", 'texts = ["policy.toml"]', 'texts = ["policy.toml", "second.toml"]')
    (acme / "second.toml").write_text(text)
    told = audits("evaluate")
    assert told.exit_code == (0 if is_sure else 2)
    if is_sure:
        assert "note: second" in told.stderr
        assert "broken          acme_ltd/logs_deleted" in told.stdout
        assert audits("evaluate", "--fail-on", "not_assessed", "--control", "logs_deleted").exit_code == 1
    else:
        assert "whether it is a later version of another text cannot be told" in told.stderr
        assert len(told.stderr.splitlines()) == 1
    for command in (
        ["controls"],
        ["check"],
        ["deadline", "--received", "2026-01-31", "--country", "DE"],
        ["explain", "logs_deleted"],
    ):
        result = audits(*command)
        assert (result.exit_code, "second" in result.stdout + result.stderr) == (0, True), result.stderr
    # What somebody names is to be read, and pages are of all that is promised.
    assert [audits(*command).exit_code for command in (["evaluate", "--text", "second.toml"], ["run"])] == [2, 2]


def test_the_first_text_is_left_out_by_nothing(acme: Path) -> None:
    replace(acme / "audits.toml", 'texts = ["policy.toml"]', 'texts = ["second.toml", "policy.toml"]')
    (acme / "second.toml").write_text("garbage")
    result = audits("evaluate")
    assert (result.exit_code, result.stderr.startswith("audits: second.toml: ")) == (2, True)


@pytest.mark.parametrize("files", [{}, {"README.md": "counsel keeps these"}, {".gitkeep": ""}])
def test_a_folder_of_law_that_holds_no_facts_yet_says_none(acme: Path, files: dict[str, str]) -> None:
    (acme / "law").mkdir()
    for name, text in files.items():
        (acme / "law" / name).write_text(text)
    assert statuses()["acme_ltd/request_handled_in_time"] == "satisfied"


DEADLINES = "rule_set,jurisdiction,request_type,value,unit,source,checked\nstatute,DE,*,soon,months,us,read\n"


def test_facts_of_law_that_cannot_be_read_stop_what_rests_on_them_alone(acme: Path) -> None:
    (acme / "law").mkdir()
    (acme / "law" / "deadlines.csv").write_text(DEADLINES)
    result = audits("evaluate")
    assert result.exit_code == 0, result.stderr
    assert "note: law/deadlines.csv: Could not convert string 'soon'" in result.stderr
    assert "what rests on it is not assessed" in result.stderr
    by_law = audits("evaluate", "--export", "sample", "--control", "request_handled_in_statutory_time")
    assert "not assessed, law/deadlines.csv: Could not convert" in by_law.stdout
    assert "broken          acme_ltd/logs_deleted" in result.stdout
    assert "kept            acme_ltd/request_handled_in_time" in result.stdout
    check = audits("check", "--export", "sample", "--text", "gdpr", "--json")
    assert check.exit_code == 0, check.stderr
    unread = json.loads(check.stdout)["resting_on_facts_that_cannot_be_read"]
    assert unread["gdpr/request_handled_in_statutory_time"].startswith("law/deadlines.csv: Could not convert")
    assert not unread.keys() & {*json.loads(check.stdout)["assessed"]}
    named = audits("evaluate", "--reference", acme / "law")
    (acme / "law").rename(acme / "elsewhere")
    elsewhere = audits("evaluate", "--reference", acme / "elsewhere")
    assert (named.exit_code, elsewhere.exit_code) == (0, 2)
    assert elsewhere.stderr.startswith("audits: elsewhere/deadlines.csv: Could not convert string 'soon'")


def test_deadlines_are_those_of_the_workspaces_own_law(acme: Path) -> None:
    asked = ("deadline", "--received", "2026-01-31", "--country", "DE", "--json")
    (acme / "law").mkdir()
    own = "rule_set,jurisdiction,request_type,value,unit,source,checked\nstatute,DE,access,7,calendar_days,counsel,read\n"
    (acme / "law" / "deadlines.csv").write_text(own)
    assert json.loads(audits(*asked).stdout)["due"]["statute"] == "2026-02-07"
    (acme / "law" / "deadlines.csv").write_text(DEADLINES)
    refused = audits(*asked)
    assert (refused.exit_code, refused.stderr.startswith("audits: law/deadlines.csv: Could not convert")) == (2, True)


@pytest.mark.parametrize("text", ["exporter,country\nEEA,BR\n", "colour\nred\n"])
def test_a_fact_that_lacks_what_it_needs_leaves_ours_as_they_are_and_is_not_relied_on(acme: Path, text: str) -> None:
    (acme / "law").mkdir()
    (acme / "law" / "adequacy.csv").write_text(text)
    found = evaluated(Workspace.at(acme), Job(promises=("transfer_has_valid_mechanism",), reference=acme / "law"))
    promise = found.promise("transfer_has_valid_mechanism")
    assert (promise.status, promise.why.partition(": ")[0]) == ("not_assessed", "law/adequacy.csv")
    assert found.measure_validity().empty
    assert statuses()["acme_ltd/request_handled_in_time"] == "satisfied"


def test_facts_that_all_is_read_by_stop_all(acme: Path) -> None:
    (acme / "law").mkdir()
    (acme / "law" / "countries.csv").write_text("country,eea_from\nDE,long ago\n")
    result = audits("evaluate")
    assert (result.exit_code, result.stderr.startswith("audits: law/countries.csv: ")) == (2, True), result.stderr


TABLE = "contract.sql: table logs: "


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("create table logs (log_id varchar);", f"{TABLE}say what its primary key is"),
        ("create table logs (log_id varchar primary key, size_kb integer);", f"{TABLE}size_kb is INTEGER; an export's columns are"),
        ("create table logs (log_id varchar primary key, \"order\" varchar);", f'{TABLE}"order" can be written in quotes alone'),
        ("create table logs (log_id varchar primary key); create table Logs (log_id varchar primary key);", f"{TABLE}Table with name \"logs\" already exists"),
        ("create table logs (log_id varchar primary key references files (file_id));", f"{TABLE}Table with name files does not exist"),
        ("create table logs (log_id varchar primary key,\n  file varchar -- names a row of files\n);", f"{TABLE}names rows of files, which is no table"),
        ("create table requests (request_id varchar primary key);", "contract.sql: table requests: the contract has a table of that name"),
        ("create table received_requests (x varchar primary key);", "contract.sql: table received_requests: the name is taken by a view of audits"),
        ("create table Days (x varchar primary key);", "contract.sql: table days: the name is taken by a view of audits"),
        ("create table logs as select * from read_text('/etc/passwd');", "contract.sql: expected tables and nothing else"),
        ("select 1;", "contract.sql: expected tables and nothing else"),
        ("create tabel logs", "contract.sql: syntax error"),
    ],
)  # fmt: skip
def test_a_table_that_cannot_be_read_stops_what_reads_it_alone(acme: Path, text: str, says: str) -> None:
    (acme / "contract.sql").write_text(text)
    (acme / "export" / "logs.csv").unlink()
    result = audits("evaluate")
    assert (result.exit_code, f"note: {says}" in result.stderr) == (0, True), result.stderr
    assert "not assessed    acme_ltd/logs_deleted" in result.stdout
    assert "kept            acme_ltd/request_handled_in_time" in result.stdout
    if "table requests" not in says and "taken" not in says:
        assert f"since {says}" in result.stdout
    for command in (["check"], ["controls"], ["new", "control", "soon", "--section", "logs", "--clause", "requests.answered"]):
        assert audits(*command).exit_code == 0, command


def test_a_table_that_rests_on_one_that_cannot_be_read_is_not_read_either(acme: Path) -> None:
    files = "create table files (file_id varchar primary key, kb integer);"
    (acme / "contract.sql").write_text(
        files + LOGS.replace("system_name varchar", "system_name varchar references files (file_id)")
    )
    assert [why.partition(";")[0] for why in Workspace.at(acme).faults[:2]] == [
        "contract.sql: table files: kb is INTEGER",
        "contract.sql: table logs: names rows of files, which is no table, or one that cannot be read",
    ]
    assert statuses()["acme_ltd/logs_deleted"] == "not_assessed"


def test_words_of_a_table_that_cannot_be_read_stop_no_text(acme: Path) -> None:
    (acme / "contract.sql").write_text("create table logs (log_id varchar); -- words of system")
    with (acme / "policy.toml").open("a") as file:
        file.write('\n[vocabulary]\nsystem = ["web"]\n')
    assert statuses()["acme_ltd/request_handled_in_time"] == "satisfied"


SPELT = "subject_type = { client = 'subscriber', 'End User' = 'visitor' }"


def test_a_text_says_what_records_call_a_word_of_the_contract(acme: Path) -> None:
    rows = "account_id,subject_type\nA1,End user\nA2,client\nA3,CLIENT\nA4,Subscriber\nA5,customer\n"
    (acme / "export" / "accounts.csv").write_text(rows)
    with (acme / "policy.toml").open("a") as file:
        file.write(f"\n[spellings]\n{SPELT}\n")
    with open_export(Workspace.at(acme).contract, acme / "export") as export:
        held = export.con.execute("select subject_type from accounts order by account_id").fetchall()
        notes = export.notes
    assert held == [("visitor",), ("subscriber",), ("subscriber",), ("subscriber",), (None,)]
    assert next(note for note in notes if note.startswith("accounts: ")).startswith("accounts: 3 words were written otherwise")


@pytest.mark.parametrize(
    ("spellings", "says"),
    [
        ("subjct_type = { client = 'subscriber' }", "acme_ltd: spellings.subjct_type: did you mean subject_type?"),
        ("country = { Dutchland = 'DE' }", "spellings.country: "),
        (
            "subject_type = { client = 'subscribr' }",
            "spellings.subject_type: 'subscribr' is no word of it: did you mean subscriber?",
        ),
        ("subject_type = { Visitor = 'subscriber' }", "'Visitor' is a word of the contract, and means itself"),
        ("subject_type = 'client'", "policy.toml: spellings.subject_type: "),
    ],
)
def test_a_spelling_that_says_nothing_is_refused(acme: Path, spellings: str, says: str) -> None:
    with (acme / "policy.toml").open("a") as file:
        file.write(f"\n[spellings]\n{spellings}\n")
    result = audits("evaluate")
    assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1)
    assert says in result.stderr


def test_names_are_the_same_in_capitals_and_in_quotes(acme: Path) -> None:
    plain = LOGS.replace("create table logs", 'CREATE TABLE "Logs"').replace("written_at ", "Written_At ")
    (acme / "contract.sql").write_text(plain.replace("log_id      varchar primary key", '"Log_ID" VARCHAR PRIMARY KEY'))
    assert Workspace.at(acme).contract["logs"] == Workspace.at(NORDLICHT).contract["logs"]
    assert statuses()["acme_ltd/logs_deleted"] == "not_satisfied"


def test_a_workspace_that_is_none_is_said(tmp_path: Path) -> None:
    result = audits("evaluate", "--workspace", tmp_path)
    assert result.exit_code == 2
    assert "holds no audits.toml; `audits init" in result.stderr


def test_init_takes_no_workspaces_place(acme: Path) -> None:
    before = (acme / "audits.toml").read_text()
    result = audits("init", acme)
    assert result.exit_code == 2
    assert "is a workspace already" in result.stderr
    assert (acme / "audits.toml").read_text() == before


def test_new_things_are_written_into_the_workspace(acme: Path) -> None:
    made = audits("new", "control", "answered_soon", "--section", "service", "--clause", "requests.answered").stdout.strip()
    assert made == str(acme / "controls" / "service" / "answered_soon.sql")
    assert audits("new", "clause", "service.soon", "--section", "Service", "--duty", 'We answer "soon"').exit_code == 0
    assert audits("new", "notebook", "service", "--control", "answered_soon").stdout.strip() == str(
        acme / "notebooks" / "service.ipynb"
    )
    workspace = Workspace.at(acme)
    (audited,) = workspace.texts
    clause = audited.clause("requests.answered")
    assert clause
    assert clause.promises == ("answered_soon", "request_handled_in_time")
    assert [c.duty for c in audited.clauses if c.id == "service.soon"] == ['We answer "soon"']
    assert [file.stem for file in workspace.published_notebooks() if file.parent == acme / "notebooks"] == ["service"]
    assert "answered_soon" not in WORKSPACE.catalogue
    assert audits("new", "clause", "service.soon", "--section", "S", "--duty", "D").exit_code == 2


def test_a_control_of_a_notice_is_refused_and_the_way_told(acme: Path) -> None:
    replace(acme / "policy.toml", 'kind = "measured"', 'kind = "notice"')
    result = audits("new", "control", "answered_soon", "--clause", "requests.answered")
    assert result.exit_code == 2
    assert "'requests.answered' is a notice, which promises nothing: `audits new clause` writes one" in result.stderr
    assert not (acme / "controls" / "rights").exists()


def test_a_clause_in_the_words_of_the_policys_sentence_stands_on_it(acme: Path) -> None:
    duty = "We close it within 7 days."
    with (acme / "policy.toml").open("a") as file:
        file.write(
            f'\n[[clauses]]\nid = "a.no-duty"\nsection = "A"\nduty = "None"\nkind = "notice"\nsources = ["{sentence_fingerprint(duty)}"]\n'
        )
    for name, said in (("a.closed", duty), ("a.other", "Accounts are closed soon.")):
        assert audits("new", "clause", name, "--section", "A", "--duty", said).exit_code == 0
    (text,) = Workspace.at(acme).texts
    assert [c.sources for c in text.clauses if c.id in ("a.closed", "a.other")] == [(sentence_fingerprint(duty),), ()]


def test_a_control_that_comes_after_published_periods_says_how_it_reaches_them(
    acme: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = ("--section", "service", "--clause", "requests.answered")
    assert audits("new", "control", "before_any", *arguments).stderr == ""
    monkeypatch.setattr("audits.operate.ledger.standing", lambda _: [SimpleNamespace(period="2026-10")])
    assert "`audits run --period 2026-10` judges one anew, with it" in audits("new", "control", "after", *arguments).stderr


def test_a_law_is_not_written_into(acme: Path) -> None:
    replace(acme / "audits.toml", 'texts = ["policy.toml"]', 'texts = ["jivochat"]')
    result = audits("new", "clause", "a.b", "--section", "S", "--duty", "D")
    assert result.exit_code == 2
    assert "write clauses and promises into a text of your own" in result.stderr


def test_outside_of_a_checkout_nothing_is_written_into_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("audits.explore.skeleton.is_checkout", lambda: False)
    for command in (("control", "a_new_one"), ("notebook", "a_new_one", "--control", "own_deadline_kept")):
        result = audits("new", *command)
        assert result.exit_code == 2
        assert "here is none; `audits init FOLDER` makes one" in result.stderr


def test_jobs_stand_in_audits_toml_and_need_not_say_again_what_stands_there(acme: Path) -> None:
    with (acme / "audits.toml").open("a") as file:
        file.write('[jobs.monthly]\nperiod = "month"\ncron = "0 6 3 * *"\nsince = "2026-10"\n')
    schedule = load(None, Workspace.at(acme))
    assert schedule.job("monthly").export == str(acme / "export")
    assert schedule.reports("monthly") == acme / "reports"
    (acme / "schedule.toml").write_text(
        '[jobs.old]\nperiod = "month"\ncron = "0 6 3 * *"\nsince = "2026-10"\nexport = "sample"\n'
    )
    assert list(load(None, Workspace.at(acme)).jobs) == ["monthly"]
    assert list(load(acme / "schedule.toml", Workspace.at(acme)).jobs) == ["old"]


def test_schedule_toml_the_old_place_still_counts(acme: Path) -> None:
    (acme / "schedule.toml").write_text(
        '[jobs.old]\nperiod = "month"\ncron = "0 6 3 * *"\nsince = "2026-10"\nexport = "sample"\n'
    )
    assert list(load(None, Workspace.at(acme)).jobs) == ["old"]


@pytest.mark.parametrize("command", ["list", "run", "serve"])
def test_a_workspace_without_jobs_says_where_they_stand(acme: Path, command: str) -> None:
    result = audits("schedule", command)
    assert result.exit_code == 2
    assert result.stderr.endswith(
        f"audits: {acme / 'audits.toml'}: has no jobs; docs/scheduling.md shows some, as [jobs.monthly]\n"
    )


def test_a_clause_that_no_ledger_knows_is_explained_without_one(acme: Path) -> None:
    assert "\n  requests.answered (Your rights): Requests to access" in audits("explain", "request_handled_in_time").stdout
    replace(acme / "policy.toml", 'id = "requests.answered"\n', 'id = "requests.answered"\nledger = "R7"\n')
    assert "\n  requests.answered (R7, Your rights): " in audits("explain", "request_handled_in_time").stdout


@pytest.mark.slow
@pytest.mark.usefixtures("without_self_test")
def test_a_run_publishes_the_workspaces_own_and_names_no_other_company(acme: Path) -> None:
    assert audits("new", "notebook", "log_lines", "--control", "logs_deleted").exit_code == 0
    workspace = Workspace.at(acme)
    run(workspace, Job(export=str(acme / "export")), ["log_lines", "coverage"], acme / "reports")
    pages = {page.name: page.read_text(encoding="utf-8") for page in (acme / "reports").rglob("*.html")}
    assert sorted(pages) == ["coverage.html", "index.html", "log_lines.html"]
    assert "Lines of the log are deleted within 90 days" in pages["log_lines.html"]
    assert all("Acme Ltd" in page for page in pages.values())
    assert {name: page[at - 90 : at + 40] for name, page in pages.items() if (at := page.lower().find("jivochat")) >= 0} == {}


def test_a_workspace_without_texts_of_that_name_is_said(tmp_path: Path) -> None:
    with pytest.raises(Unusable, match="holds no"):
        Workspace.at(tmp_path)
