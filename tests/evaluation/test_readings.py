"""A value that cannot be read accuses nobody and frees nobody: where it could turn a verdict, nobody can tell."""

from __future__ import annotations

from pathlib import Path

import pytest

from audits.contract.source import noted_select
from audits.evaluation import meanings, nobody, trial
from audits.evaluation.meanings import UNREADABLE, Doubt
from audits.evaluation.results import Results
from audits.law.period import Period

from ..conftest import WORKSPACE, judged, opened

INFO = "exported_at,timezone\n2026-07-02T06:00:00Z,UTC\n"
TRANSFER = {
    "accounts": "account_id,subject_type,country\nx,subscriber,DE\n",
    "processors": "recipient_id,kind,country\np,processor,US\n",
    "certifications": "recipient_id,framework,certified_from,certified_to\np,dpf,2023-10-01T00:00:00Z,2027-10-01T00:00:00Z\n",
    "disclosures": "disclosure_id,account_id,recipient_id,disclosed_at,origin_country,destination_country,mechanism\n"
    "d,x,p,2026-06-10T12:00:00Z,DE,US,dpf\n",
    "transfer_mechanisms": "mechanism_ref,recipient_id,kind,signed_at,valid_from,valid_to\n",
}
REQUEST = {"requests": "request_id,type,received_at,closed_at\nr,access,2026-05-10T10:00:00Z,2026-06-01T10:00:00Z\n"}


def write(folder: Path, tables: dict[str, str]) -> None:
    """An export of CSV."""
    for name, text in {"export_info": INFO, **tables}.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")


def verdict(folder: Path, tables: dict[str, str], promise: str, period: str = "2026-06") -> tuple[str, str]:
    """Verdict and reason of the one record of an export of CSV, judged for a promise."""
    write(folder, tables)
    with opened(folder) as export:
        judged(export, Period.parse(period), [promise])
        results = Results.of(export)
        found = results.promise(promise)
        (reason,) = results.reasons(promise)
        return next(v for v in ("compliant", "violation", "indeterminate") if getattr(found, v)), reason


@pytest.mark.parametrize(
    ("table", "written", "instead", "expected"),
    [
        ("certifications", "dpf", "dpf", "compliant"),
        ("certifications", "dpf", "EU-US DPF", "compliant"),
        ("certifications", "dpf", "something", "indeterminate"),
        ("certifications", "2027-10-01T00:00:00Z", "30.09.2024", "indeterminate"),
        ("certifications", "2027-10-01T00:00:00Z", "2026-06-10", "compliant"),
        ("certifications", "2027-10-01T00:00:00Z", "2026-06-09", "violation"),
        ("disclosures", "DE,US,dpf", "Germany,USA,Data Privacy Framework", "compliant"),
        ("disclosures", "DE,US,dpf", "Germany,USA,handshake", "indeterminate"),
        ("disclosures", "DE,US,dpf", "DE,Ruritania,dpf", "indeterminate"),
        ("disclosures", "DE,US,dpf", "DE,EU,dpf", "indeterminate"),
        ("disclosures", "2026-06-10T12:00:00Z", "in June", "indeterminate"),
        ("disclosures", "2026-06-10T12:00:00Z", "0001-01-01T00:00:00Z", "indeterminate"),
    ],
)
def test_a_transfer_whose_proof_is_written_otherwise(
    tmp_path: Path, table: str, written: str, instead: str, expected: str
) -> None:
    tables = TRANSFER | {table: TRANSFER[table].replace(written, instead)}
    assert verdict(tmp_path, tables, "transfer_has_valid_mechanism")[0] == expected


@pytest.mark.parametrize(
    ("written", "instead", "expected"),
    [
        ("access", "ACCESS", "compliant"),
        ("access", "dsar", "compliant"),
        ("access", "acess", "indeterminate"),
        ("2026-06-01T10:00:00Z", "1.6.2026", "indeterminate"),
        ("2026-06-01T10:00:00Z", "0001-01-01", "indeterminate"),
        ("2026-05-10T10:00:00Z", "10/05/2026", "indeterminate"),
        ("access,2026-05-10T10:00:00Z", "acess,10/05/2026", "indeterminate"),
    ],
)
def test_a_request_that_is_written_otherwise(tmp_path: Path, written: str, instead: str, expected: str) -> None:
    tables = {"requests": REQUEST["requests"].replace(written, instead)}
    assert verdict(tmp_path, tables, "request_handled_in_time")[0] == expected


def test_a_value_that_no_reading_could_turn_leaves_the_verdict(tmp_path: Path) -> None:
    tables = {
        "requests": "request_id,type,received_at,closed_at,acknowledged_at\nr,access,2026-05-10T10:00:00Z,2026-06-01T10:00:00Z,soon\n"
    }
    assert verdict(tmp_path, tables, "request_handled_in_time") == ("compliant", "in_time")


def test_a_record_that_only_readings_show_may_fall_into_any_period(tmp_path: Path) -> None:
    due = "request_id,type,received_at,due_at,closed_at\nr,access,2026-05-10T10:00:00Z,in a month,2026-06-01T10:00:00Z\n"
    assert verdict(tmp_path, {"requests": due}, "own_deadline_kept") == ("indeterminate", "unreadable")


def test_what_must_be_done_in_time_may_have_been_done_right_after_what_it_runs_from(tmp_path: Path) -> None:
    tables = {
        "requests": "request_id,type,outcome,account_id,received_at,closed_at\n"
        "r,erasure,fulfilled,x,2026-04-10T10:00:00Z,2026-04-20T10:00:00Z\n",
        "disclosures": "disclosure_id,account_id,recipient_id,disclosed_at\nd,x,p,2026-03-10T12:00:00Z\n",
        "processors": "recipient_id,kind\np,processor\n",
        "request_events": "request_id,seq,event,actor,occurred_at\nr,1,recipient_told,p,soon\n",
    }
    assert verdict(tmp_path, tables, "erasure_told_to_recipients", "2026-05") == ("indeterminate", "unreadable")


@pytest.mark.parametrize(
    ("actor", "expected"),
    [("p", "compliant"), ("Cloud, Inc.", "indeterminate"), ("CLOUD INC", "indeterminate"), ("agent", "violation")],
)
def test_a_recipient_by_the_name_that_is_displayed_may_be_the_one_who_was_told(tmp_path: Path, actor: str, expected: str) -> None:
    tables = {
        "requests": "request_id,type,outcome,account_id,requester_role,received_at,closed_at\n"
        "r,erasure,fulfilled,x,visitor,2026-04-10T10:00:00Z,2026-04-20T10:00:00Z\n",
        "disclosures": "disclosure_id,account_id,recipient_id,disclosed_at\nd,x,p,2026-03-10T12:00:00Z\n",
        "processors": "recipient_id,name,kind\np,Cloud Inc.,processor\nq,Desk Ltd.,processor\n",
        "request_events": f'request_id,seq,event,actor,occurred_at\nr,1,recipient_told,"{actor}",2026-04-20T10:00:00Z\n',
    }
    assert verdict(tmp_path, tables, "erasure_told_to_recipients", "2026-05")[0] == expected


def test_what_a_parent_asked_for_a_child_may_lie_between_what_is_of_the_child(tmp_path: Path) -> None:
    tables = {
        "accounts": "account_id,country,region\nchild,US,CA\nparent,US,CA\n",
        "consents": "consent_id,account_id,purpose,given_at,withdrawn_at\nc,child,marketing,2025-01-01T10:00:00Z,\n",
        "opt_outs": "account_id,opted_out_at,channel\n",
        "requests": "request_id,account_id,requester_role,child_account_id,type,received_at,outcome,closed_at\n"
        "r,parent,parent,child,opt_out,soon,,\n",
        "disclosures": "disclosure_id,account_id,purpose,disclosed_at\nd,child,recipient_marketing,2026-02-01T10:00:00Z\n",
    }
    assert verdict(tmp_path, tables, "california_no_direct_marketing_sharing", "2026-02") == ("indeterminate", "unreadable")


def test_an_instruction_that_nobody_can_read_may_be_that_of_the_recipient(tmp_path: Path) -> None:
    many = "".join(f"p{number},processor,i{number},2025-01-01T00:00:00Z\n" for number in range(10, 30))
    tables = {
        "processors": f"recipient_id,kind,instruction_ref,dpa_signed_at\n{many}",
        "disclosures": "disclosure_id,recipient_id,disclosed_at,instruction_ref\nd,p29,2026-06-10T12:00:00Z,???\n",
    }
    assert verdict(tmp_path, tables, "disclosure_follows_instruction") == ("indeterminate", "unreadable")


SHARING = {
    "accounts": "account_id,subject_type,country\nx,subscriber,DE\n",
    "processors": "recipient_id,kind,dpa_signed_at,dpa_ends_at,allowed_purposes,marketing_barred\np,processor,2025-01-01,,[hosting],true\n",
    "disclosures": "disclosure_id,account_id,recipient_id,disclosed_at,purpose,ground\nd,x,p,2026-06-10T12:00:00Z,hosting,service\n",
}


@pytest.mark.parametrize(
    ("promise", "table", "written", "instead", "expected"),
    [
        ("disclosure_within_processor_mandate", "disclosures", "hosting", "Hosting", "compliant"),
        ("disclosure_within_processor_mandate", "disclosures", "hosting", "support", "violation"),
        ("disclosure_within_processor_mandate", "disclosures", "hosting", "cloud stuff", "indeterminate"),
        ("disclosure_within_processor_mandate", "processors", "hosting", "HOSTING", "compliant"),
        ("disclosure_within_processor_mandate", "processors", "hosting", "cloud stuff", "indeterminate"),
        ("no_disclosure_for_recipient_marketing", "disclosures", "hosting", "Recipient Marketing", "violation"),
        ("no_disclosure_for_recipient_marketing", "disclosures", "hosting", "marketing of theirs", "indeterminate"),
        ("disclosure_purpose_permitted", "disclosures", "hosting", "resale", "violation"),
        ("disclosure_purpose_permitted", "disclosures", "hosting", "resold", "indeterminate"),
    ],
)
def test_a_purpose_in_words_of_somebody_else(
    tmp_path: Path, promise: str, table: str, written: str, instead: str, expected: str
) -> None:
    tables = SHARING | {table: SHARING[table].replace(written, instead)}
    assert verdict(tmp_path, tables, promise)[0] == expected


def test_an_event_that_nobody_knows_may_be_the_one_that_is_missing(tmp_path: Path) -> None:
    request = (
        "request_id,type,received_at,closed_at,outcome\nr,rectification,2026-05-10T10:00:00Z,2026-06-01T10:00:00Z,fulfilled\n"
    )
    events = "request_id,seq,event,occurred_at\nr,1,{},2026-05-20T10:00:00Z\n"
    for event, expected in {"Corrected": "compliant", "fixed it": "indeterminate", "commented": "violation"}.items():
        tables = {"requests": request, "request_events": events.format(event)}
        assert verdict(tmp_path, tables, "rectification_carried_out")[0] == expected, event


def test_what_became_part_of_a_request_unlike_it_cannot_be_told(tmp_path: Path) -> None:
    head = "request_id,account_id,type,received_at,closed_at,responded_at,outcome,requester_role,merged_into\n"
    times = "2026-05-10T10:00:00Z,2026-05-11T10:00:00Z"
    other = f"t,a,access,{times},2026-05-11T10:00:00Z,fulfilled,subscriber,\nu,b,question,{times},2026-05-11T10:00:00Z,fulfilled,subscriber,\n"
    for into, expected in {"t": (2, 0, 0), "u": (1, 0, 1), "nowhere": (1, 0, 1), "s": (1, 0, 1)}.items():
        row = f"s,a,access,{times},,,subscriber,{into}\n"
        found = counts(tmp_path, {"requests": head + other + row}, "request_handled_in_time")
        assert found == expected, into


@pytest.mark.parametrize(("head", "whose"), [("request_id,account_id", "a,"), ("request_id,account_id", ","), ("request_id", "")])
def test_whether_what_became_one_is_of_one_person_nobody_can_tell_without_accounts(tmp_path: Path, head: str, whose: str) -> None:
    into = f"t,{whose}access,2026-05-10T10:00:00Z,2026-05-11T10:00:00Z,2026-05-11T10:00:00Z,fulfilled,visitor,\n"
    part = f"s,{whose}access,2026-05-10T10:00:00Z,2026-05-11T10:00:00Z,,,visitor,t\n"
    rows = f"{head},type,received_at,closed_at,responded_at,outcome,requester_role,merged_into\n{into}{part}"
    assert counts(tmp_path, {"requests": rows}, "request_handled_in_time") == ((2, 0, 0) if whose == "a," else (1, 0, 1))


GRANTS = "account_id,provider,granted_at,revoked_at,last_access_at,scopes,authorised_scopes\n{},2026-01-01T00:00:00Z,{},[email],[email]\n"


@pytest.mark.parametrize("provider", ["github", "google", ""])
def test_a_grant_of_no_third_party_may_be_of_the_same(tmp_path: Path, provider: str) -> None:
    revoked = "x,google,2025-01-01T00:00:00Z,2026-03-01T00:00:00Z,2026-06-10T12:00:00Z,[email],[email]\n"
    grants = GRANTS.format(f"x,{provider}", ",2026-06-11T12:00:00Z") + revoked
    expected = {"github": (1, 1, 0), "google": (1, 0, 1), "": (1, 0, 1)}[provider]
    assert counts(tmp_path, {"oauth_grants": grants}, "third_party_login_authorised") == expected


def test_mail_counted_of_no_address_may_be_of_the_one_that_is_missing(tmp_path: Path) -> None:
    for address, expected in {"privacy@example.org": (0, 3, 0), "": (0, 1, 2)}.items():  # one lies at a domain of nobody's
        tables = {"intake": f"address,period_start,received_count\n{address},2026-06-01,3\n"}
        assert counts(tmp_path, tables, "published_address_belongs_to_a_site") == expected, address


def test_what_is_asked_is_read_however_much_else_cannot_be(tmp_path: Path) -> None:
    head = "request_id,type,received_at,closed_at,responded_at,outcome,requester_role\n"
    good = "r,access,2026-05-10T10:00:00Z,2026-06-01T10:00:00Z,2026-06-01T10:00:00Z,fulfilled,subscriber\n"
    spoilt = ",2026-05-10T10:00:00Z,n/a,n/a,fulfilled,subscriber\n"
    for kind, expected in {"objection": (1, 0, 0), "access": (1, 0, 1), "???": (1, 0, 1)}.items():
        tables = {"requests": f"{head}{good}s,{kind}{spoilt}"}
        assert counts(tmp_path, tables, "subject_access_answered_in_time") == expected, kind


MARKETING = {
    "accounts": "account_id,subject_type,country\nx,subscriber,DE\ny,subscriber,DE\n",
    "consents": "consent_id,account_id,purpose,given_at,withdrawn_at\n"
    "c,x,newsletter,2026-01-01T00:00:00Z,\nd,y,newsletter,2026-01-01T00:00:00Z,\n",
    "messages": "message_id,account_id,kind,sent_at,consent_id\n"
    "m,x,newsletter,2026-06-10T12:00:00Z,c\nn,x,newsletter,2026-06-11T12:00:00Z,c\no,y,newsletter,2026-06-12T12:00:00Z,d\n",
    "opt_outs": "account_id,opted_out_at,channel\nz,2026-01-01T00:00:00Z,email\n",
}


def counts(folder: Path, tables: dict[str, str], promise: str) -> tuple[int, int, int]:
    write(folder, tables)
    with opened(folder) as export:
        judged(export, Period.parse("2026-06"), [promise])
        found = Results.of(export).promise(promise)
    return found.compliant, found.violation, found.indeterminate


def test_a_consent_of_nobody_could_have_been_anybodys(tmp_path: Path) -> None:
    messages = MARKETING["messages"] + "p,y,newsletter,2025-12-12T12:00:00Z,\n"
    assert counts(tmp_path, MARKETING | {"messages": messages}, "marketing_message_had_opt_in") == (3, 0, 0)
    blank = MARKETING["consents"] + "e,,newsletter,2025-01-01T00:00:00Z,\n"
    assert counts(tmp_path, MARKETING | {"consents": blank}, "marketing_message_had_opt_in") == (3, 0, 0)
    only = MARKETING["consents"].replace("c,x,", "c,,")
    assert counts(tmp_path, MARKETING | {"consents": only}, "marketing_message_had_opt_in") == (1, 0, 2)


def test_an_opt_out_of_nobody_widens_the_rate_by_the_messages_of_one(tmp_path: Path) -> None:
    known = MARKETING | {"opt_outs": MARKETING["opt_outs"] + "y,2026-07-01T00:00:00Z,email\n"}
    opt_out = ",2026-06-01T00:00:00Z,email\n"
    before = counts(tmp_path, known, "opt_out_honoured")
    after = counts(tmp_path, known | {"opt_outs": known["opt_outs"] + opt_out}, "opt_out_honoured")
    assert (before, after) == ((1, 0, 0), (1, 0, 2))


@pytest.mark.parametrize(
    ("promise", "tables", "written", "instead", "expected"),
    [
        # An empty cell of which the contract says what it means is judged so, …
        ("request_handled_in_time", REQUEST, "2026-06-01T10:00:00Z", "", "violation"),
        ("transfer_has_valid_mechanism", TRANSFER, "2027-10-01T00:00:00Z", "", "compliant"),
        ("transfer_has_valid_mechanism", TRANSFER, "US,dpf", "US,", "compliant"),
        # … one of which nothing is said could be anything.
        ("transfer_has_valid_mechanism", TRANSFER, "DE,US,dpf", "DE,,dpf", "indeterminate"),
        ("disclosure_within_processor_mandate", SHARING, "[hosting]", "", "indeterminate"),
        ("disclosure_within_processor_mandate", SHARING, "hosting,service", ",service", "indeterminate"),
    ],
)
def test_an_empty_cell_means_what_is_said_of_it_or_anything(
    tmp_path: Path, promise: str, tables: dict[str, str], written: str, instead: str, expected: str
) -> None:
    spoilt = {name: text.replace(written, instead) for name, text in tables.items()}
    assert spoilt != tables
    assert verdict(tmp_path, spoilt, promise)[0] == expected


def test_an_empty_cell_may_mean_something_in_some_rows_only(tmp_path: Path) -> None:
    request = "request_id,type,received_at,closed_at,outcome,denial_ground,told_complaint_right\n"
    request += "r,access,2026-05-10T10:00:00Z,2026-06-01T10:00:00Z,denied,abusive,true\n"
    open_, closed = "s,access,2026-05-10T10:00:00Z,,,,\n", "s,access,2026-05-10T10:00:00Z,2026-06-01T10:00:00Z,,,\n"
    for more, undecided in ((open_, 0), (closed, 1)):
        write(tmp_path, {"requests": request + more})
        with opened(tmp_path) as export:
            judged(export, Period.parse("2026-06"), ["complaint_right_told"])
            found = Results.of(export).promise("complaint_right_told")
            assert (found.compliant, found.violation, found.indeterminate) == (1, 0, undecided)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [("access", "compliant"), ("consent_withdrawal", "indeterminate"), ("widthdrawal", "indeterminate")],
)
def test_a_column_that_counts_in_some_rows_may_be_left_out_where_none_is(tmp_path: Path, asked: str, expected: str) -> None:
    tables = {
        "accounts": "account_id,country\na,DE\n",
        "consents": "consent_id,account_id,purpose,given_at,withdrawn_at\nc,a,newsletter,2026-01-01T10:00:00Z,\n",
        "messages": "message_id,account_id,kind,sent_at\nm,a,newsletter,2026-06-10T10:00:00Z\n",
        "requests": "request_id,account_id,requester_role,type,received_at,closed_at,outcome\n"
        f"r,a,visitor,{asked},2026-05-01T10:00:00Z,2026-05-02T10:00:00Z,fulfilled\n",
    }
    assert verdict(tmp_path, tables, "marketing_message_had_opt_in")[0] == expected


def test_a_limit_that_breaks_a_rule_limits_nothing(tmp_path: Path) -> None:
    tables = {
        "accounts": "account_id,closed_at,agreement_ended_at,last_activity_at\na,2026-03-01T10:00:00Z,,2026-03-01T10:00:00Z\n",
        "holdings": "holding_id,account_id,category,disposition,disposed_at,need_ended_at,hold_ground,hold_until\nh,a,chat,held,,,,\n",
    }
    for days, expected in {"30": "violation", "-30": "indeterminate"}.items():
        schedule = f"category,window_starts,max_days\nchat,closed_at,{days}\n"
        found = verdict(tmp_path, tables | {"retention_schedule": schedule}, "data_kept_no_longer_than_needed", "2026")
        assert found[0] == expected, days


def test_whose_visitor_it_is_is_not_said(tmp_path: Path) -> None:
    accounts = (
        "account_id,subject_type,our_role,controller_subscriber_id\nv,subscriber_object,processor,{}\ns,subscriber,controller,\n"
    )
    tables = {
        "subscriber_duties": "subscriber_id,duty,asked_at,answered_at\ns,transfer_notice,2025-01-01T00:00:00Z,2025-02-01T00:00:00Z\n",
        "processors": "recipient_id,kind\np,processor\n",
        "disclosures": "disclosure_id,account_id,recipient_id,disclosed_at,origin_country,destination_country\n"
        "d,v,p,2026-06-10T12:00:00Z,DE,US\n",
    }
    for subscriber, expected in {"s": "compliant", "": "indeterminate"}.items():
        found = verdict(tmp_path, tables | {"accounts": accounts.format(subscriber)}, "subscriber_transfer_notified_in_advance")
        assert found[0] == expected, subscriber


ERASURE = {
    "accounts": "account_id\na\nb\n",
    "requests": "request_id,account_id,type,requester_role,received_at,closed_at,outcome\n"
    "r,a,erasure,visitor,2026-05-10T10:00:00Z,2026-06-01T10:00:00Z,fulfilled\n",
    "holdings": "holding_id,account_id,disposition,collected_at,disposed_at,hold_ground,hold_until,isolated_at\n"
    "h,a,held,2026-01-01T10:00:00Z,,,,\n",
}
OPT_OUT = {
    "accounts": "account_id,country\na,DE\nb,DE\n",
    "messages": "message_id,account_id,kind,sent_at,consent_id\nm,a,promotion,2026-06-10T12:00:00Z,\n",
    "opt_outs": "account_id,opted_out_at,channel\na,2026-01-01T00:00:00Z,email\n",
    "consents": "consent_id,account_id,purpose,given_at\n",
}


def spoilt(folder: Path, promise: str, tables: dict[str, str], table: str, text: str, written: str) -> str:
    """The verdict of a promise where some text of a table is written otherwise."""
    return verdict(folder, tables | {table: tables[table].replace(text, written)}, promise)[0]


@pytest.mark.parametrize(
    ("promise", "tables", "table", "name", "written", "expected"),
    [
        ("erasure_carried_out", ERASURE, "holdings", "h,a,", "h,a,", "violation"),
        # Blanks around a name are nobody's, …
        ("erasure_carried_out", ERASURE, "holdings", "h,a,", "h, a,", "violation"),
        ("erasure_carried_out", ERASURE, "holdings", "h,a,", "h,a\u00a0,", "violation"),
        ("opt_out_honoured", OPT_OUT, "opt_outs", "a,2026", "a ,2026", "violation"),
        ("opt_out_honoured", OPT_OUT, "messages", "m,a,", "m, a ,", "violation"),
        # … a name that nearly is one could be that one, …
        ("erasure_carried_out", ERASURE, "holdings", "h,a,", "h,A,", "indeterminate"),
        ("opt_out_honoured", OPT_OUT, "opt_outs", "a,2026", "A.,2026", "indeterminate"),
        # … and no name is anybody's.
        ("opt_out_honoured", OPT_OUT, "opt_outs", "a,2026", "N/A,2026", "indeterminate"),
        ("erasure_carried_out", ERASURE, "holdings", "h,a,", "h,unknown,", "indeterminate"),
        # Of a name that is like none it is known that it is somebody else's.
        ("erasure_carried_out", ERASURE, "holdings", "h,a,", "h,zz,", "compliant"),
    ],
)
def test_a_name_written_otherwise(
    tmp_path: Path, promise: str, tables: dict[str, str], table: str, name: str, written: str, expected: str
) -> None:
    assert spoilt(tmp_path, promise, tables, table, name, written) == expected


@pytest.mark.parametrize(
    ("accounts", "written"),
    [
        ("7", "7.0"), ("7", "007"), ("00123", "123"), ("00123", "123.0"), ("7", "７"), ("A-0012", "a12"), ("Jos\u00e9", "Jose\u0301"),
        ("0015000000Gv7qJ", "0015000000Gv7qJAAR"), ("1234567890123", "1.23457E+12"), ("A-1\nother", "A1"),
        # Nearly two names: either.
        ("A-1\na1", "A1"), ("a1\nA-1", "A1"),
    ],
)  # fmt: skip
def test_a_name_that_a_spreadsheet_or_a_database_has_changed(tmp_path: Path, accounts: str, written: str) -> None:
    names = accounts.split("\n")
    asked = [f"r{name},{name},erasure,visitor,2026-05-10T10:00:00Z,2026-06-01T10:00:00Z,fulfilled" for name in names]
    tables = {
        "accounts": "account_id\n" + "".join(f"{name}\n" for name in names),
        "requests": "\n".join(["request_id,account_id,type,requester_role,received_at,closed_at,outcome", *asked, ""]),
        "holdings": ERASURE["holdings"].replace("h,a,", f"h,{written},"),
    }
    write(tmp_path, tables)
    with opened(tmp_path) as export:
        judged(export, Period.parse("2026-06"), ["erasure_carried_out"])
        found = Results.of(export).promise("erasure_carried_out")
        assert (found.compliant, found.violation) == (len(names) - (2 if written == "A1" and "a1" in names else 1), 0)


@pytest.mark.parametrize("written", ["tbd", "", "0001-01-01", "01.05.2026"])
def test_a_version_of_which_nobody_knows_since_when_it_applies(tmp_path: Path, written: str) -> None:
    old, new = "a" * 64, "b" * 64
    tables = {
        "policy_versions": f"version,effective_at,sha256\n1,2024-01-01T00:00:00Z,{old}\n2,{written},{new}\n",
        "sites": f"domain,checked_at,policy_sha256\none.example,2026-06-01T00:00:00Z,{old}\ntwo.example,2026-06-01T00:00:00Z,{new}\n",
    }
    write(tmp_path, tables)
    with opened(tmp_path) as export:
        judged(
            export,
            Period.parse("2026-06"),
            ["site_serves_current_policy"],
            {"site_serves_current_policy": {"sites": ["one.example", "two.example"]}},
        )
        found = Results.of(export).promise("site_serves_current_policy")
    assert (found.compliant, found.violation) == (0, 0)


@pytest.mark.parametrize(
    ("withdrawn", "expected"),
    [("2026-05-10", "indeterminate"), ("2026-05-11", "compliant"), ("2026-05-10T10:30:00Z", "violation")],
)
def test_a_day_on_which_a_consent_was_withdrawn_is_any_time_of_it(tmp_path: Path, withdrawn: str, expected: str) -> None:
    header = "consent_id,account_id,purpose,given_at,withdrawn_at,proof_ref\n"
    activities = (
        "activity_id,account_id,purpose,legal_basis,consent_id,started_at\np,x,profiling,consent,c,2026-05-10T11:00:00Z\n"
    )
    tables = {"consents": f"{header}c,x,profiling,2026-05-10T10:00:00Z,{withdrawn},form\n", "processing_activities": activities}
    found = verdict(tmp_path, tables, "consent_is_express", "2026-05")
    assert (found[0], found[1] == "bad_record") == (expected, False)


def test_a_record_that_breaks_a_rule_in_what_a_promise_does_not_read(tmp_path: Path) -> None:
    request = (
        "request_id,type,received_at,closed_at,acknowledged_at\nr,access,2026-05-10T10:00:00Z,2026-06-01T10:00:00Z,2026-05-09\n"
    )
    assert verdict(tmp_path, {"requests": request}, "request_handled_in_time")[0] == "compliant"


@pytest.mark.parametrize(
    ("aggregated", "expected"), [("false", "violation"), ("true", "indeterminate"), ("perhaps", "indeterminate")]
)
def test_an_empty_cell_means_nothing_where_what_its_meaning_hangs_on_cannot_be_read(
    tmp_path: Path, aggregated: str, expected: str
) -> None:
    rows = (
        TRANSFER["disclosures"]
        .replace("mechanism\n", "mechanism,aggregated,smallest_cell\n")
        .replace("US,dpf\n", f"IN,,{aggregated},\n")
    )
    assert verdict(tmp_path, TRANSFER | {"disclosures": rows}, "transfer_has_valid_mechanism")[0] == expected


CONSENT = {
    "consents": "consent_id,account_id,purpose,given_at,withdrawn_at,proof_ref\n"
    "c,x,profiling,2026-01-10T10:00:00Z,2026-06-20T10:00:00Z,form\no,y,profiling,2026-01-10T10:00:00Z,,form\n",
    "processing_activities": "activity_id,account_id,purpose,legal_basis,consent_id,started_at,ended_at\n"
    "p,x,profiling,consent,c,2026-06-11T10:00:00Z,2026-06-21T10:00:00Z\n",
    "messages": "message_id,account_id,kind,consent_id,sent_at\n",
}
CLAUSES = TRANSFER | {
    "disclosures": TRANSFER["disclosures"]
    .replace("mechanism\n", "mechanism,mechanism_ref\n")
    .replace("US,dpf", "IN,scc_2021,s-17"),
    "transfer_mechanisms": TRANSFER["transfer_mechanisms"]
    + "s-17,p,scc_2021,2022-05-01T00:00:00Z,,\nt-1,q,scc_2021,2022-05-01T00:00:00Z,,\n",
}


@pytest.mark.parametrize(
    ("promise", "tables", "table", "name", "written", "expected"),
    [
        ("consent_is_express", CONSENT, "processing_activities", "consent,c", "consent,c", "compliant"),
        ("consent_is_express", CONSENT, "processing_activities", "consent,c", "consent,o", "violation"),
        ("consent_is_express", CONSENT, "processing_activities", "consent,c", "consent,", "violation"),
        ("consent_is_express", CONSENT, "processing_activities", "consent,c", "consent,C", "indeterminate"),
        ("consent_is_express", CONSENT, "processing_activities", "consent,c", "consent,lost", "indeterminate"),
        ("consent_is_express", CONSENT, "processing_activities", "consent,c", "consent,???", "indeterminate"),
        ("consent_is_express", CONSENT, "processing_activities", "consent,c", "consent,N/A", "indeterminate"),
        ("no_processing_after_withdrawal", CONSENT, "processing_activities", "consent,c", "consent,c", "violation"),
        ("no_processing_after_withdrawal", CONSENT, "processing_activities", "consent,c", "consent,lost", "indeterminate"),
        ("no_processing_after_withdrawal", CONSENT, "processing_activities", "consent,c", "consent,N/A", "indeterminate"),
        ("transfer_has_valid_mechanism", CLAUSES, "disclosures", "s-17", "s-17", "compliant"),
        ("transfer_has_valid_mechanism", CLAUSES, "disclosures", "s-17", "t-1", "violation"),
        ("transfer_has_valid_mechanism", CLAUSES, "disclosures", "s-17", "", "violation"),
        ("transfer_has_valid_mechanism", CLAUSES, "disclosures", "s-17", "S-17", "indeterminate"),
        ("transfer_has_valid_mechanism", CLAUSES, "disclosures", "s-17", "lost", "indeterminate"),
        ("transfer_has_valid_mechanism", CLAUSES, "disclosures", "IN,scc_2021,s-17", "GB,,lost", "compliant"),
        ("transfer_has_valid_mechanism", CLAUSES, "disclosures", "IN,scc_2021,s-17", "IN,,lost", "violation"),
        ("transfer_has_valid_mechanism", CLAUSES, "transfer_mechanisms", "s-17,p", "s-17,P", "indeterminate"),
    ],
)
def test_what_a_record_rests_on_is_not_there(
    tmp_path: Path, promise: str, tables: dict[str, str], table: str, name: str, written: str, expected: str
) -> None:
    assert spoilt(tmp_path, promise, tables, table, name, written) == expected


@pytest.mark.parametrize("written", ["tax_record", "Tax record", " TAX-RECORD "])
def test_a_category_is_the_same_however_it_is_written(tmp_path: Path, written: str) -> None:
    tables = {
        "accounts": "account_id,closed_at,agreement_ended_at,last_activity_at\na,2026-06-01T10:00:00Z,,2026-06-01T10:00:00Z\n",
        "holdings": f"holding_id,account_id,category,disposition,disposed_at\nh,a,{written},deleted,2026-06-11T10:00:00Z\n",
        "retention_schedule": "category,window_starts,min_days\ntax_record,closed_at,10\n",
    }
    assert verdict(tmp_path, tables, "statutory_minimum_kept") == ("violation", "disposed_too_early")


@pytest.mark.parametrize(
    ("consents", "expected"),
    [
        ("c1,x,analytics,2026-01-01T00:00:00Z,\n", ("compliant", "consented")),
        ("c2,x,analytics,2026-01-01T00:00:00Z,\n", ("indeterminate", "names_no_row")),
        ("", ("indeterminate", "names_no_row")),
    ],
)
def test_a_consent_that_is_named_and_not_there_may_have_been_given(
    tmp_path: Path, consents: str, expected: tuple[str, str]
) -> None:
    used = "activity_id,account_id,purpose,legal_basis,consent_id,started_at,ended_at,data_class,decided_by\n"
    tables = {
        "accounts": "account_id,subject_type,country\nx,subscriber,DE\n",
        "consents": f"consent_id,account_id,purpose,given_at,withdrawn_at\n{consents}",
        "processing_activities": f"{used}p,x,analytics,consent,c1,2026-06-03T10:00:00Z,,sensitive,company\n",
    }
    assert verdict(tmp_path, tables, "sensitive_data_has_consent") == expected


CLARIFIED = {
    "accounts": "account_id,subject_type,country\nx,subscriber,DE\n",
    "requests": "request_id,account_id,type,country,received_at,responded_at,closed_at,outcome,requester_role,"
    "extended_at,extended_to,extension_reason,id_asked_at,id_verified_at\n"
    "r,x,access,DE,2026-05-05T10:00:00Z,2026-06-09T10:00:00Z,2026-06-09T10:00:00Z,fulfilled,subscriber,,,,,\n",
}


@pytest.mark.parametrize(
    ("header", "first", "then", "expected"),
    [
        ("event", "clarification_asked", "clarified", ("compliant", "in_time")),
        ("event", "opened", "closed", ("violation", "late")),
        ("event", "Rückfrage", "clarified", ("indeterminate", "unreadable")),
        ("event", "Rückfrage", "Antwort", ("indeterminate", "unreadable")),
        ("kind_of_event", "clarification_asked", "clarified", ("indeterminate", "not_exported")),
    ],
)
def test_what_happened_to_a_request_is_written_in_words_that_nobody_knows(
    tmp_path: Path, header: str, first: str, then: str, expected: tuple[str, str]
) -> None:
    tables = CLARIFIED | {
        "request_events": f"request_id,seq,{header},occurred_at\n"
        f"r,1,{first},2026-05-06T10:00:00Z\nr,2,{then},2026-05-20T10:00:00Z\n",
    }
    assert verdict(tmp_path, tables, "request_handled_in_statutory_time") == expected


@pytest.mark.parametrize(
    "written", ["06.05.2026 10:00:00|20.05.2026 10:00:00", "5/6/2026 10:00 AM|5/20/2026 10:00 AM", "1778061600|1779271200", "|"]
)
def test_when_it_happened_to_a_request_nobody_can_read(tmp_path: Path, written: str) -> None:
    asked, told = written.split("|")
    tables = CLARIFIED | {
        "request_events": f"request_id,seq,event,occurred_at\nr,1,clarification_asked,{asked}\nr,2,clarified,{told}\n"
    }
    assert verdict(tmp_path, tables, "request_handled_in_statutory_time") == ("indeterminate", "unreadable")


@pytest.mark.parametrize(
    ("register", "expected"),
    [
        ("q,processor,US\n", ("violation", "not_registered")),
        (",processor,US\n", ("indeterminate", "names_nobody")),
        ("n/a,processor,US\nq,processor,US\n", ("indeterminate", "names_nobody")),
        (",processor,US\np,processor,US\n", ("compliant", "registered")),
    ],
)
def test_a_row_of_a_register_without_its_name_may_be_whoever_is_missing(
    tmp_path: Path, register: str, expected: tuple[str, str]
) -> None:
    tables = TRANSFER | {"processors": f"recipient_id,kind,country\n{register}"}
    assert verdict(tmp_path, tables, "recipient_is_registered") == expected


def test_whom_a_promise_could_judge_is_tried_where_not_all_names_can_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nobody, "_AT_ONCE", 1)  # room for the promise's own people with each row, and for no others
    monkeypatch.setattr(nobody, "_TIMES", 2)
    monkeypatch.setattr(nobody, "_NAMES", 2)
    silent = "".join(f"{n},subscriber,DE\n" for n in range(20))
    tables = MARKETING | {
        "accounts": MARKETING["accounts"] + silent,
        "opt_outs": "account_id,opted_out_at,channel\ny,2026-07-01T00:00:00Z,email\n,2026-06-01T00:00:00Z,email\n",
    }
    assert counts(tmp_path, tables, "opt_out_honoured") == (1, 0, 2)


@pytest.mark.parametrize("rows", [1, 2, 3, 4])
def test_of_readings_that_say_the_same_one_is_tried(tmp_path: Path, rows: int) -> None:
    head, row = REQUEST["requests"].splitlines()
    each = [row.replace("r,", f"r{n},").replace("2026-06-01T10:00:00Z", "in June") for n in range(rows)]
    write(tmp_path, {"requests": "\n".join([head, *each])})
    (promise,) = WORKSPACE.find("request_handled_in_time")
    with opened(tmp_path) as export:
        trial.begin(export, promise)
        requests = export.contract["requests"]
        column = next(c for c in requests.columns if c.name == "closed_at")
        doubt = Doubt(requests, column, UNREADABLE, "list_contains(spots, 'closed_at')")
        noted = noted_select(requests, export.sources["requests"])

        def said(reading: str) -> tuple[object, ...]:
            sql = f"with rows as ({noted}) select ({reading})::timestamptz from rows as t where {doubt.cells} order by request_id"
            return tuple(value for (value,) in export.con.execute(sql).fetchall())

        found = [said(reading) for reading in meanings._readings(export, promise, doubt)]
        tried = [said(reading) for reading in meanings.readings(export, promise, doubt)]
    assert len(set(tried)) == len(tried) < len(found)
    assert {*tried} == {*found} - {(None,) * rows}
