"""Exports as people send them: a small good one, broken in one place each, and what must come out of it.

The law: knowing less is never better. What is blank, cannot be read, or is a word that nobody knows makes no verdict more
favourable, accuses nobody and drops no record. So a case is one of three: the same export *written otherwise*, of which all comes
out as before; an export that *tells less*, of which some records can no longer be told and all others stay as they were; or one
that is *refused*, in one line that says where and what to do.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any
from unittest import mock

import duckdb
import openpyxl
import pytest
from click.testing import CliRunner

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

from audits.cli import main
from audits.evaluation import findings
from audits.evaluation.results import Results
from audits.law.period import Period

from ..conftest import WORKSPACE, judged, opened

# The export that is broken: its files.
EXPORT = {
    "export_info.csv": """\
exported_at,timezone,source
2026-07-02T06:00:00+02:00,Europe/Berlin,crm
""",
    "accounts.csv": """\
account_id,name,subject_type,our_role,country,region,closed_at,agreement_ended_at,last_activity_at
anna,Anna,subscriber,controller,DE,,,,2026-06-30T10:00:00Z
bill,Bill,subscriber,controller,US,CA,,,2026-06-30T10:00:00Z
gaia,Gaia,subscriber,controller,GR,,2026-01-15T10:00:00Z,2026-01-15T10:00:00Z,2026-01-15T10:00:00Z
""",
    "requests.csv": """\
request_id,request_number,account_id,requester_role,type,received_at,closed_at,responded_at,outcome,country
kept,1,anna,subscriber,access,2026-05-10T10:00:00Z,2026-06-01T10:00:00Z,2026-06-01T10:00:00Z,fulfilled,DE
late,2,bill,subscriber,erasure,2026-05-02T10:00:00Z,2026-06-20T10:00:00Z,2026-06-20T10:00:00Z,fulfilled,US
open,3,anna,subscriber,rectification,2026-06-20T10:00:00Z,,,,DE
""",
    "breaches.csv": """\
breach_id,reported_by,our_role,aware_at,risk,authority_told_at,delay_reason
told,company,controller,2026-06-01T08:00:00Z,high,2026-06-02T08:00:00Z,
slow,company,controller,2026-06-01T08:00:00Z,risk,2026-06-10T08:00:00Z,
mild,company,controller,2026-06-01T08:00:00Z,none,,
""",
    "processors.csv": """\
recipient_id,name,kind,country,dpa_signed_at,dpa_ends_at,allowed_purposes
cloud,Cloud Inc.,processor,US,2025-01-01T00:00:00Z,,"[hosting, support]"
desk,Desk Ltd.,processor,IN,2025-01-01T00:00:00Z,2026-06-05,[support]
""",
    "certifications.csv": """\
recipient_id,framework,certified_from,certified_to
cloud,dpf,2023-10-01T00:00:00Z,2026-06-10
""",
    "transfer_mechanisms.csv": """\
mechanism_ref,recipient_id,kind,signed_at,valid_from,valid_to,assessment_ref
c1,desk,scc_2021,2025-01-01T00:00:00Z,2025-01-01T00:00:00Z,,
""",
    "disclosures.csv": """\
disclosure_id,account_id,recipient_id,disclosed_at,purpose,origin_country,destination_country,mechanism,mechanism_ref,ground,approval_ref
shield,anna,cloud,2026-06-10T12:00:00Z,hosting,DE,US,dpf,,,
clause,anna,desk,2026-06-05T12:00:00Z,support,DE,IN,scc_2021,c1,,
naked,bill,desk,2026-06-11T12:00:00Z,recipient_marketing,DE,IN,,,,
london,anna,cloud,2026-06-10T12:00:00Z,hosting,DE,GB,adequacy,,,
""",
    "consents.csv": """\
consent_id,account_id,purpose,given_at,withdrawn_at
c,anna,newsletter,2026-01-01T10:00:00Z,
""",
    "messages.csv": """\
message_id,account_id,kind,sent_at
asked,anna,newsletter,2026-06-01T10:00:00Z
unasked,gaia,promotion,2026-06-02T10:00:00Z
bill,bill,service,2026-06-02T10:00:00Z
""",
    "opt_outs.csv": """\
account_id,opted_out_at,channel
gaia,2026-06-01T10:00:00Z,email
""",
    "holdings.csv": """\
holding_id,account_id,category,disposition,collected_at,need_ended_at,disposed_at,hold_ground,hold_until,encrypted_at_rest,method_ref
gone,gaia,chats,deleted,2025-01-01T10:00:00Z,,2026-02-01T10:00:00Z,,,,
stays,gaia,chats,held,2025-01-01T10:00:00Z,,,,,true,
""",
    "retention_schedule.csv": """\
category,window_starts,max_days
chats,closed_at,30
""",
}

INSTANT = "2026-07-02T06:00:00+02:00"

# What is promised, by a short name.
PROMISES = {
    "request": "request_handled_in_time",
    "breach": "authority_notified_in_time",
    "transfer": "transfer_has_valid_mechanism",
    "agreement": "agreement_in_force_at_disclosure",
    "mandate": "disclosure_within_processor_mandate",
    "California": "california_no_direct_marketing_sharing",
    "newsletter": "marketing_message_had_opt_in",
    "opt-out": "opt_out_honoured",
    "storage": "data_kept_no_longer_than_needed",
    "encryption": "data_protected_at_rest",
}

# What comes out of the good export: each promise's status, and each of its records.
GOOD = {
    "request": "not_satisfied",
    "request kept": "compliant: in_time",
    "request late": "violation: late",
    "request open": "pending: not_yet_due",
    "breach": "not_satisfied",
    "breach told": "compliant: in_time",
    "breach slow": "violation: late",
    "transfer": "not_satisfied",
    "transfer shield": "compliant: adequate",
    "transfer clause": "compliant: contract_in_force",
    "transfer naked": "violation: no_mechanism",
    "transfer london": "compliant: adequate",
    "agreement": "not_satisfied",
    "agreement shield": "compliant: in_force",
    "agreement clause": "compliant: in_force",
    "agreement naked": "violation: ended",
    "agreement london": "compliant: in_force",
    "mandate": "not_satisfied",
    "mandate shield": "compliant: within_mandate",
    "mandate clause": "compliant: within_mandate",
    "mandate naked": "violation: ended",
    "mandate london": "compliant: within_mandate",
    "California": "not_satisfied",
    "California naked": "violation: for_marketing",
    "newsletter": "not_satisfied",
    "newsletter asked": "compliant: opted_in",
    "newsletter unasked": "violation: not_opted_in",
    "opt-out": "not_satisfied",
    "opt-out unasked": "violation: after_opt_out",
    "storage": "not_satisfied",
    "storage gone": "compliant: disposed_in_time",
    "storage stays": "violation: kept_too_long",
    "encryption": "satisfied",
    "encryption stays": "compliant: encrypted",
}


def outcome(
    export: Path, promises: Iterable[str] = PROMISES, adapter: Path | None = None, as_of: str | None = None
) -> tuple[dict[str, str], list[str]]:
    """What comes out of an export, and what is noted of it."""
    chosen = {short: WORKSPACE.find(PROMISES[short])[0] for short in promises}
    period, found = Period.parse("2026"), {}
    with opened(export, adapter, as_of) as export_:
        (around,) = looked_up_while(lambda: judged(export_, period, chosen.values()))
        results = Results.of(export_)
        for short, promise in chosen.items():
            found[short] = status = results.promise(promise.name).status
            if status != "not_assessed":
                query = findings.query(export_, promise, around)
                rows = export_.con.execute(
                    f"{query.sql} select record_id, verdict, reason from findings", query.values
                ).fetchall()
                found |= {f"{short} {record or '(no key)'}": f"{verdict}: {reason}" for record, verdict, reason in rows}
        return found, export_.notes


def looked_up_while(judge: Callable[[], None]) -> list[findings.Circumstances]:
    """What findings depend on, as it was looked up while judging: that takes longer than all else."""
    look_up, found = findings.circumstances, []

    def remember(*args: Any) -> findings.Circumstances:
        found.append(look_up(*args))
        return found[-1]

    with mock.patch.object(findings, "circumstances", remember):
        judge()
    return found


# How it is broken.

Change = Callable[[Path], object]


def cell(table: str, record: str, column: str, value: str) -> Change:
    """Another value in one cell; the record is named by its first field."""

    def change(folder: Path) -> None:
        rows = read(folder, table)
        (row,) = [row for row in rows[1:] if row[0] == record]
        row[rows[0].index(column)] = value
        write(folder, table, rows)

    return change


def line(table: str, text: str) -> Change:
    """A line more at the end."""
    return lambda folder: file(folder, f"{table}.csv").write_text(EXPORT[f"{table}.csv"] + text + "\n", encoding="utf-8")


def instead(table: str, old: str, new: str) -> Change:
    """Other text in a file."""
    assert old in EXPORT[f"{table}.csv"]
    return stored(table, lambda text: text.replace(old, new).encode())


def stored(table: str, make: Callable[[str], bytes], name: str = "") -> Change:
    """The file's bytes made of its text, under another name perhaps."""

    def change(folder: Path) -> None:
        path = file(folder, f"{table}.csv")
        text = path.read_text(encoding="utf-8")
        path.unlink()
        file(folder, name or path.name).write_bytes(make(text))

    return change


def beside(name: str, content: str | bytes) -> Change:
    """Another file in the folder."""
    return lambda folder: file(folder, name).write_bytes(content if isinstance(content, bytes) else content.encode())


def without(table: str, column: str = "") -> Change:
    """No such file, or no such column in it."""

    def change(folder: Path) -> None:
        if not column:
            file(folder, f"{table}.csv").unlink()
            return
        place = EXPORT[f"{table}.csv"].split("\n")[0].split(",").index(column)
        write(folder, table, [row[:place] + row[place + 1 :] for row in read(folder, table)])

    return change


def all_of(*changes: Change) -> Change:
    return lambda folder: [change(folder) for change in changes]


def file(folder: Path, name: str) -> Path:
    return folder / name


def read(folder: Path, table: str) -> list[list[str]]:
    return list(csv.reader(file(folder, f"{table}.csv").read_text(encoding="utf-8").splitlines()))


def write(folder: Path, table: str, rows: list[list[str]]) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    file(folder, f"{table}.csv").write_text(text.getvalue(), encoding="utf-8")


def rows_of(text: str) -> list[dict[str, str | None]]:
    """Records, without what is empty."""
    return [{name: value or None for name, value in row.items()} for row in csv.DictReader(text.splitlines())]


def as_lines(text: str) -> bytes:
    return "\n".join(map(json.dumps, rows_of(text))).encode()


def as_array(text: str) -> bytes:
    return json.dumps(rows_of(text), indent=1).encode()


def as_workbook(text: str) -> bytes:
    book, content = openpyxl.Workbook(), io.BytesIO()
    for row in csv.reader(text.splitlines()):
        book.active.append(row)
    book.save(content)
    return content.getvalue()


def as_parquet(folder: Path) -> None:
    (folder / "requests").mkdir()
    table = f"read_csv('{folder}/requests.csv', all_varchar = true)"
    for part, where in (("0", "request_id = 'kept'"), ("1", "request_id <> 'kept'")):
        duckdb.sql(f"copy (from {table} where {where}) to '{folder}/requests/part-{part}.parquet'")
    (folder / "requests.csv").unlink()


def separated_by(separator: str) -> Callable[[str], bytes]:
    return lambda text: text.replace(",", separator).encode()


# Written otherwise: the same comes out.
WRITTEN_OTHERWISE: dict[str, Change] = {
    "a byte order mark": stored("requests", lambda text: text.encode("utf-8-sig")),
    "CRLF": stored("requests", lambda text: text.replace("\n", "\r\n").encode()),
    "CR": stored("requests", lambda text: text.replace("\n", "\r").encode()),
    "no newline at the end": stored("requests", lambda text: text.rstrip().encode()),
    "blank lines at the end": line("requests", "\n\n"),
    "semicolons": stored("requests", separated_by(";")),
    "tabs, .tsv": stored("requests", separated_by("\t"), "requests.tsv"),
    "bars, .txt": stored("requests", separated_by("|"), "requests.txt"),
    "quotes around everything": stored(
        "requests", lambda text: text.replace(",", '","').replace("\n", '"\n"').join('""')[:-2].encode()
    ),
    "a newline in quotes": cell("accounts", "anna", "name", "Anna\nMaria"),
    "a comma in quotes": cell("accounts", "anna", "name", "Maria, Anna"),
    "gzip": stored("requests", lambda text: gzip.compress(text.encode()), "requests.csv.gz"),
    "zstd": stored("requests", lambda text: zstd.compress(text.encode()), "requests.csv.zst"),
    "an object a line": stored("requests", as_lines, "requests.jsonl"),
    "an array of objects": stored("requests", as_array, "requests.json"),
    "a workbook": stored("requests", as_workbook, "requests.xlsx"),
    "a folder of Parquet": as_parquet,
    "a file's name in capitals": stored("requests", str.encode, "REQUESTS.CSV"),
    "names of columns in capitals": instead("requests", "request_id,request_number", "REQUEST_ID,Request_Number"),
    "blanks around names of columns": instead("requests", "request_id,request_number", "request_id , request_number"),
    "a column that is not the contract's": instead(
        "opt_outs", "channel\ngaia,2026-06-01T10:00:00Z,email", "channel,x\ngaia,2026-06-01T10:00:00Z,email,1"
    ),
    "a hidden file": beside("._requests.csv", b"\0\5\26\7Mac OS X"),
    "what a spreadsheet program locks": beside("~$requests.xlsx", b"x"),
    # Instants
    "nanoseconds": cell("requests", "kept", "closed_at", "2026-06-01T10:00:00.123456789Z"),
    "a blank instead of the T": cell("requests", "kept", "closed_at", "2026-06-01 10:00:00+00"),
    "another offset": cell("requests", "kept", "closed_at", "2026-06-01T15:30:00+05:30"),
    "a blank before the offset": cell("requests", "kept", "closed_at", "2026-06-01 12:00:00 +02:00"),
    "an offset without its colon": cell("requests", "kept", "closed_at", "2026-06-01T12:00:00+0200"),
    "a z in lower case": cell("requests", "kept", "closed_at", "2026-06-01t10:00:00z"),
    "UTC as a word": cell("requests", "kept", "closed_at", "2026-06-01 10:00:00 UTC"),
    "blanks around an instant": cell("requests", "kept", "closed_at", " 2026-06-01T10:00:00Z "),
    "a receipt that is a bare day": cell("requests", "kept", "received_at", "2026-05-10"),
    "bare days that cannot be over the hours": all_of(
        cell("breaches", "told", "aware_at", "2026-06-01"), cell("breaches", "told", "authority_told_at", "2026-06-02")
    ),
    "bare days that are over the hours, however": all_of(
        cell("breaches", "slow", "aware_at", "2026-06-01"), cell("breaches", "slow", "authority_told_at", "2026-06-09")
    ),
    "a last moment in the year 9999": cell("processors", "cloud", "dpa_ends_at", "9999-12-31"),
    "24 o'clock": cell("requests", "kept", "closed_at", "2026-06-01T24:00:00Z"),
    "no seconds": cell("requests", "kept", "closed_at", "2026-06-01T10:00Z"),
    "closed on the day it arrived": cell("requests", "kept", "closed_at", "2026-05-10"),
    "an export made on a day": cell("export_info", INSTANT, "exported_at", "2026-07-02"),
    "a time zone between blanks": cell("export_info", INSTANT, "timezone", " Europe/Berlin "),
    # Words
    "a word in capitals": cell("requests", "kept", "type", "ACCESS"),
    "a word between blanks": cell("requests", "late", "type", " erasure\u00a0"),
    "another word for the same": cell("requests", "kept", "type", "DSAR"),
    "a recipient's kind in capitals": cell("processors", "cloud", "kind", "Processor"),
    "a framework by its name": cell("certifications", "cloud", "framework", "EU-US Data Privacy Framework"),
    "blank where nothing is": cell("breaches", "slow", "delay_reason", "   "),
    # Countries and regions
    "a country by name": cell("accounts", "gaia", "country", "Greece"),
    "a country in German": cell("accounts", "gaia", "country", "Griechenland"),
    "a country by three letters": cell("accounts", "gaia", "country", "GRC"),
    "a country as the European Union writes it": cell("accounts", "gaia", "country", "EL"),
    "a country in lower case": cell("accounts", "gaia", "country", "gr "),
    "the United Kingdom as it calls itself": cell("disclosures", "london", "destination_country", "UK"),
    "the United States": cell("disclosures", "shield", "destination_country", "USA"),
    "a state by name": cell("accounts", "bill", "region", "California"),
    "a state by ISO 3166-2": cell("accounts", "bill", "region", "US-CA"),
    "a state in lower case": cell("accounts", "bill", "region", "ca"),
    # Flags, numbers, lists
    "yes": cell("holdings", "stays", "encrypted_at_rest", "yes"),
    "1 for true": cell("holdings", "stays", "encrypted_at_rest", "1"),
    "TRUE": cell("holdings", "stays", "encrypted_at_rest", "TRUE"),
    "a whole number with a point": cell("retention_schedule", "chats", "max_days", "30.0"),
    "a number between blanks": cell("retention_schedule", "chats", "max_days", " 30 "),
    "a list as JSON": cell("processors", "cloud", "allowed_purposes", '["hosting", "support"]'),
    # What no promise here rests on
    "no number of a ticket": cell("requests", "open", "request_number", ""),
    "a purpose in capitals": cell("disclosures", "shield", "purpose", "Hosting "),
    "marketing in capitals": cell("disclosures", "naked", "purpose", "Recipient marketing"),
    "a consent in capitals": cell("consents", "c", "purpose", "Newsletter"),
    "a row count that agrees": beside("export_tables.csv", "table_name,row_count\nrequests,3\n"),
    "a row count with a point": beside("export_tables.csv", "table_name,row_count\nrequests,3.0\n"),
    "a certificate twice": line("certifications", "cloud,dpf,2023-10-01T00:00:00Z,2026-06-10"),
    "what cannot be a newsletter that is promised anything": cell("messages", "bill", "kind", "mailing"),
}

# What comes of what cannot be read, where nothing else is said.
UNREADABLE = "indeterminate: unreadable"
NO_ZONE = "indeterminate: time_without_zone"
BAD = "indeterminate: bad_record"
NOT_EXPORTED = "indeterminate: not_exported"
# The agreements' ends are not exported; one purpose was never agreed to.
NO_ENDS = {
    **{f"agreement {d}": NOT_EXPORTED for d in ("shield", "clause", "naked", "london")},
    **{f"mandate {d}": NOT_EXPORTED for d in ("shield", "clause", "london")},
    **{"agreement": "inconclusive", "mandate naked": "violation: outside_mandate"},
}

# A request of no known type may be an opt-out, after which nobody is written to.
MAY_OPT_OUT = {"opt-out asked": "indeterminate", "newsletter asked": "indeterminate"}
# Promises that read requests, where those are not whole.
OF_REQUESTS = dict.fromkeys(["request", "transfer", "opt-out", "California", "newsletter"], "inconclusive")
# Tells less: what comes out otherwise than of the good export; None where a record has lost its name.
TELLS_LESS: dict[str, tuple[Change, dict[str, str | None]]] = {
    # Instants
    "no offset": (cell("requests", "kept", "closed_at", "2026-06-01 10:00:00"), {"request kept": NO_ZONE}),
    "no offset of a receipt": (
        cell("requests", "late", "received_at", "2026-05-02T10:00:00"),
        {"request late": NO_ZONE, "request": "inconclusive"},
    ),
    "no offset of a consent": (cell("consents", "c", "given_at", "2026-06-01 11:00:00"), {"newsletter asked": "indeterminate"}),
    "no offset of a withdrawal": (
        cell("consents", "c", "withdrawn_at", "2026-06-01 11:00:00"),
        {"newsletter asked": "indeterminate"},
    ),
    "no offset of an opt-out": (
        cell("opt_outs", "gaia", "opted_out_at", "2026-06-02 11:00:00"),
        {"opt-out unasked": "indeterminate", "opt-out": "inconclusive"},
    ),
    "no offset of a certificate": (
        cell("certifications", "cloud", "certified_to", "2026-06-10 13:30:00"),
        {"transfer shield": "indeterminate"},
    ),
    "a last moment that never comes": (
        cell("processors", "cloud", "dpa_ends_at", "infinity"),
        dict.fromkeys(["agreement shield", "agreement london", "mandate shield", "mandate london"], UNREADABLE),
    ),
    "signed when the clocks of computers start": (
        cell("processors", "cloud", "dpa_signed_at", "1970-01-01T00:00:00Z"),
        dict.fromkeys(["agreement shield", "agreement london", "mandate shield", "mandate london"], "indeterminate"),
    ),
    "signed when the calendar of databases starts": (
        cell("processors", "cloud", "dpa_signed_at", "1900-01-01T00:00:00Z"),
        dict.fromkeys(["agreement shield", "agreement london", "mandate shield", "mandate london"], "indeterminate"),
    ),
    "signed after the export was made": (
        cell("processors", "cloud", "dpa_signed_at", "2026-08-01T10:00:00Z"),
        dict.fromkeys(["agreement shield", "agreement london", "mandate shield", "mandate london"], "indeterminate"),
    ),
    "an agreement that ended before it was signed": (
        cell("processors", "cloud", "dpa_ends_at", "2024-01-01"),
        dict.fromkeys(["agreement shield", "agreement london", "mandate shield", "mandate london"], BAD),
    ),
    "a contract that ended before it began": (
        cell("transfer_mechanisms", "c1", "valid_to", "2024-01-01"),
        {"transfer clause": BAD},
    ),
    "a contract nobody knows when it was signed": (
        cell("transfer_mechanisms", "c1", "signed_at", ""),
        {"transfer clause": "indeterminate"},
    ),
    "a certificate that ended before it began": (
        cell("certifications", "cloud", "certified_to", "2020-01-01"),
        {"transfer shield": "indeterminate"},
    ),
    "a consent withdrawn before it was given": (
        cell("consents", "c", "withdrawn_at", "2025-01-01T10:00:00Z"),
        {"newsletter asked": "indeterminate"},
    ),
    "a consent given after the export was made": (
        cell("consents", "c", "given_at", "2026-08-01T10:00:00Z"),
        {"newsletter asked": "indeterminate"},
    ),
    "an opt-out after the export was made": (
        cell("opt_outs", "gaia", "opted_out_at", "2026-08-01T10:00:00Z"),
        {"opt-out unasked": "indeterminate", "opt-out": "inconclusive"},
    ),
    "the year 1": (cell("requests", "kept", "closed_at", "0001-01-01T00:00:00Z"), {"request kept": UNREADABLE}),
    "the day before the month": (cell("requests", "kept", "closed_at", "01/06/2026"), {"request kept": UNREADABLE}),
    "the day before the month, with points": (
        cell("requests", "kept", "closed_at", "1.6.2026 10:00"),
        {"request kept": UNREADABLE},
    ),
    "a month in words": (cell("requests", "kept", "closed_at", "1 juin 2026"), {"request kept": UNREADABLE}),
    "a named zone": (cell("requests", "kept", "closed_at", "2026-06-01 12:00:00 Europe/Berlin"), {"request kept": UNREADABLE}),
    "a last day with strokes": (cell("certifications", "cloud", "certified_to", "2026/06/10"), {"transfer shield": UNREADABLE}),
    "a last day without its zeros": (
        cell("certifications", "cloud", "certified_to", "2026-6-10"),
        {"transfer shield": UNREADABLE},
    ),
    "a month 13": (cell("requests", "kept", "closed_at", "2026-13-01"), {"request kept": UNREADABLE}),
    "30 February": (cell("requests", "kept", "closed_at", "2026-02-30T10:00:00Z"), {"request kept": UNREADABLE}),
    "seconds since 1970": (cell("requests", "kept", "closed_at", "1780308000"), {"request kept": UNREADABLE}),
    "a spreadsheet's number of a day": (cell("requests", "kept", "closed_at", "46174.4"), {"request kept": UNREADABLE}),
    # Of a row with two doubts, its closing and its outcome, all that it reaches is undecided: what the person was sent, too.
    "NULL as a word": (
        cell("requests", "open", "closed_at", "NULL"),
        {"request open": UNREADABLE},
    ),
    "N/A for an instant": (
        cell("requests", "open", "closed_at", "N/A"),
        {"request open": UNREADABLE},
    ),
    "no receipt": (
        cell("requests", "late", "received_at", ""),
        {"request late": "indeterminate: no_receipt", "request": "inconclusive"},
    ),
    "closed in the future": (
        cell("requests", "kept", "closed_at", "2026-07-20T10:00:00Z"),
        {"request kept": "indeterminate: in_the_future"},
    ),
    "closed on a day that lies ahead": (
        cell("requests", "kept", "closed_at", "9999-12-31"),
        {"request kept": "indeterminate: in_the_future"},
    ),
    "a receipt of the next century": (
        cell("requests", "late", "received_at", "2062-05-10T10:00:00Z"),
        {"request late": "indeterminate: in_the_future", "request": "inconclusive"},
    ),
    "stored since the next century": (
        cell("holdings", "stays", "collected_at", "2062-01-01T10:00:00Z"),
        {"encryption stays": BAD, "encryption": "inconclusive", "storage stays": BAD, "storage": "inconclusive"},
    ),
    "closed before it arrived": (
        cell("requests", "kept", "closed_at", "2026-04-01T10:00:00Z"),
        {"request kept": "indeterminate: ends_before_start"},
    ),
    "days on a clock of hours": (
        all_of(cell("breaches", "told", "aware_at", "2026-06-01"), cell("breaches", "told", "authority_told_at", "2026-06-04")),
        {"breach told": "indeterminate"},
    ),
    "a breach nobody knows when": (
        cell("breaches", "slow", "aware_at", ""),
        {"breach slow": "indeterminate: no_start", "breach": "inconclusive"},
    ),
    "told some day": (cell("breaches", "told", "authority_told_at", "soon after"), {"breach told": UNREADABLE}),
    "told before it was known": (
        cell("breaches", "told", "authority_told_at", "2026-05-31T08:00:00Z"),
        {"breach told": "indeterminate: ends_before_start"},
    ),
    "a certificate's end in German": (
        cell("certifications", "cloud", "certified_to", "10.06.2026"),
        {"transfer shield": UNREADABLE},
    ),
    "a certificate without a beginning": (cell("certifications", "cloud", "certified_from", ""), {"transfer shield": UNREADABLE}),
    "a contract's end in words": (cell("transfer_mechanisms", "c1", "valid_to", "end of 2027"), {"transfer clause": UNREADABLE}),
    "an agreement's end in words": (
        cell("processors", "cloud", "dpa_ends_at", "open"),
        dict.fromkeys(["agreement shield", "agreement london", "mandate shield", "mandate london"], UNREADABLE),
    ),
    "an agreement's end in the year 1": (
        cell("processors", "cloud", "dpa_ends_at", "0001-01-01"),
        dict.fromkeys(["agreement shield", "agreement london", "mandate shield", "mandate london"], UNREADABLE),
    ),
    "an agreement signed some time": (
        cell("processors", "cloud", "dpa_signed_at", "01/2025"),
        dict.fromkeys(["agreement shield", "agreement london", "mandate shield", "mandate london"], UNREADABLE),
    ),
    "a disclosure without its offset": (
        cell("disclosures", "shield", "disclosed_at", "2026-06-10 12:00"),
        {"transfer shield": NO_ZONE, "agreement shield": NO_ZONE, "mandate shield": NO_ZONE},
    ),
    "a disclosure nobody knows when": (
        cell("disclosures", "shield", "disclosed_at", ""),
        {
            "transfer shield": "indeterminate: no_instant",
            "agreement shield": "indeterminate: no_instant",
            "mandate shield": "indeterminate: no_instant",
        },
    ),
    "a withdrawal nobody can read": (cell("consents", "c", "withdrawn_at", "31/05/2026"), {"newsletter asked": UNREADABLE}),
    "a withdrawal that is NULL": (cell("consents", "c", "withdrawn_at", "NULL"), {"newsletter asked": UNREADABLE}),
    "a consent nobody knows when": (cell("consents", "c", "given_at", ""), {"newsletter asked": UNREADABLE}),
    "a message nobody knows when": (cell("messages", "asked", "sent_at", "June"), {"newsletter asked": UNREADABLE}),
    "an opt-out nobody knows when": (
        cell("opt_outs", "gaia", "opted_out_at", "spring"),
        {"opt-out unasked": UNREADABLE, "opt-out": "inconclusive"},
    ),
    "an opt-out without its day": (
        cell("opt_outs", "gaia", "opted_out_at", ""),
        {"opt-out unasked": UNREADABLE, "opt-out": "inconclusive"},
    ),
    "deleted some day": (cell("holdings", "gone", "disposed_at", "02/01/2026"), {"storage gone": UNREADABLE}),
    "deleted, and no day": (cell("holdings", "gone", "disposed_at", ""), {"storage gone": "indeterminate: no_instant"}),
    "an account closed some day": (
        cell("accounts", "gaia", "closed_at", "mid-January"),
        {"storage gone": UNREADABLE, "storage stays": UNREADABLE, "storage": "inconclusive"},
    ),
    # Words
    "a misspelt word": (cell("requests", "late", "type", "erasuer"), {"request late": UNREADABLE, "request": "inconclusive"}),
    "a word of another language": (
        cell("requests", "kept", "type", "Bitte um Kopie"),
        MAY_OPT_OUT | {"request kept": UNREADABLE},
    ),
    "unknown, as a word": (cell("requests", "kept", "type", "unknown"), MAY_OPT_OUT | {"request kept": UNREADABLE}),
    "no type": (cell("requests", "kept", "type", ""), MAY_OPT_OUT | {"request kept": "indeterminate: type_unknown"}),
    "no role": (cell("requests", "kept", "requester_role", ""), {"request kept": UNREADABLE}),
    "a role nobody knows": (cell("requests", "kept", "requester_role", "client"), {"request kept": UNREADABLE}),
    "no risk": (cell("breaches", "mild", "risk", ""), {"breach mild": "indeterminate: risk_unknown"}),
    "a risk nobody knows": (cell("breaches", "mild", "risk", "moderate?"), {"breach mild": UNREADABLE}),
    "nobody's breach": (cell("breaches", "told", "reported_by", ""), {"breach told": UNREADABLE}),
    "a breach in a role nobody knows": (cell("breaches", "told", "our_role", "joint"), {"breach told": UNREADABLE}),
    "N/A for a reason": (cell("breaches", "slow", "delay_reason", "N/A"), {"breach slow": UNREADABLE, "breach": "inconclusive"}),
    "a dash for a reason": (cell("breaches", "slow", "delay_reason", "–"), {"breach slow": UNREADABLE, "breach": "inconclusive"}),
    "a framework nobody knows": (cell("certifications", "cloud", "framework", "handshake"), {"transfer shield": UNREADABLE}),
    "no framework": (cell("certifications", "cloud", "framework", ""), {"transfer shield": UNREADABLE}),
    "a mechanism nobody knows": (cell("disclosures", "clause", "mechanism", "handshake"), {"transfer clause": UNREADABLE}),
    "a recipient of a kind nobody knows": (
        cell("processors", "cloud", "kind", "vendor"),
        {
            "agreement shield": UNREADABLE,
            "agreement london": UNREADABLE,
            "mandate shield": UNREADABLE,
            "mandate london": UNREADABLE,
        },
    ),
    "a recipient of no kind": (
        cell("processors", "desk", "kind", ""),
        {
            "agreement clause": UNREADABLE,
            "agreement naked": UNREADABLE,
            "agreement": "inconclusive",
            "mandate clause": UNREADABLE,
            "mandate naked": UNREADABLE,
            "mandate": "inconclusive",
        },
    ),
    "no purpose": (
        cell("disclosures", "naked", "purpose", " "),
        {
            "California naked": "indeterminate: purpose_unknown",
            "California": "inconclusive",
        },
    ),
    "a consent for nobody knows what": (cell("consents", "c", "purpose", ""), {"newsletter asked": UNREADABLE}),
    "a consent in words of one's own": (cell("consents", "c", "purpose", "good news"), {"newsletter asked": UNREADABLE}),
    "a message of no kind": (
        cell("messages", "unasked", "kind", ""),
        {
            "newsletter unasked": UNREADABLE,
            "newsletter": "inconclusive",
            "opt-out unasked": UNREADABLE,
            "opt-out": "inconclusive",
        },
    ),
    "a message of a kind nobody knows": (cell("messages", "asked", "kind", "mailing"), {"newsletter asked": UNREADABLE}),
    "stored, or not": (
        cell("holdings", "stays", "disposition", ""),
        {
            "storage stays": "indeterminate: state_unknown",
            "storage": "inconclusive",
            "encryption stays": UNREADABLE,
            "encryption": "inconclusive",
        },
    ),
    "stored in a way nobody knows": (
        cell("holdings", "stays", "disposition", "archived"),
        {"storage stays": UNREADABLE, "storage": "inconclusive", "encryption stays": UNREADABLE, "encryption": "inconclusive"},
    ),
    "held on an unknown ground": (
        cell("holdings", "stays", "hold_ground", "unknown"),
        {"storage stays": UNREADABLE, "storage": "inconclusive"},
    ),
    "held until some day": (
        all_of(cell("holdings", "stays", "hold_ground", "tax"), cell("holdings", "stays", "hold_until", "31.12.2027")),
        {"storage stays": UNREADABLE, "storage": "inconclusive"},
    ),
    "of no category": (
        cell("holdings", "stays", "category", ""),
        {"storage stays": "indeterminate: not_in_schedule", "storage": "inconclusive"},
    ),
    "a window that starts nobody knows with what": (
        cell("retention_schedule", "chats", "window_starts", "closing"),
        {"storage gone": UNREADABLE, "storage stays": UNREADABLE, "storage": "inconclusive"},
    ),
    # Countries and regions
    "a destination that is no country": (
        cell("disclosures", "london", "destination_country", "EU"),
        {"transfer london": UNREADABLE},
    ),
    "no destination": (
        cell("disclosures", "naked", "destination_country", ""),
        {"transfer naked": "indeterminate: destination_unknown", "transfer": "inconclusive"},
    ),
    "no origin": (cell("disclosures", "shield", "origin_country", ""), {"transfer shield": "indeterminate: origin_unknown"}),
    "an origin that is no country": (cell("disclosures", "shield", "origin_country", "Europe"), {"transfer shield": UNREADABLE}),
    "a person of no country": (
        cell("accounts", "gaia", "country", ""),
        {"newsletter unasked": "indeterminate: country_unknown", "newsletter": "inconclusive"},
    ),
    "a person of a country that is none": (
        cell("accounts", "bill", "country", "Ruritania"),
        {"California naked": "indeterminate", "California": "inconclusive"},
    ),
    "an American of no country": (
        cell("accounts", "bill", "country", ""),
        {"California naked": "indeterminate", "California": "inconclusive"},
    ),
    "an American of no state": (
        cell("accounts", "bill", "region", ""),
        {"California naked": "indeterminate: region_unknown", "California": "inconclusive"},
    ),
    "an American of a state that is none": (
        cell("accounts", "bill", "region", "Calif0rnia"),
        {"California naked": "indeterminate: region_unknown", "California": "inconclusive"},
    ),
    # Flags, numbers, lists
    "ja": (cell("holdings", "stays", "encrypted_at_rest", "ja"), {"encryption stays": UNREADABLE, "encryption": "inconclusive"}),
    "x": (cell("holdings", "stays", "encrypted_at_rest", "x"), {"encryption stays": UNREADABLE, "encryption": "inconclusive"}),
    "neither yes nor no": (
        cell("holdings", "stays", "encrypted_at_rest", ""),
        {"encryption stays": "indeterminate: not_recorded", "encryption": "inconclusive"},
    ),
    "a number with a comma": (
        cell("retention_schedule", "chats", "max_days", "1,000"),
        {
            "storage gone": "indeterminate: not_in_schedule",
            "storage stays": "indeterminate: not_in_schedule",
            "storage": "inconclusive",
        },
    ),
    "a number with its unit": (
        cell("retention_schedule", "chats", "max_days", "30 days"),
        {
            "storage gone": "indeterminate: not_in_schedule",
            "storage stays": "indeterminate: not_in_schedule",
            "storage": "inconclusive",
        },
    ),
    "a number that is not whole": (
        cell("retention_schedule", "chats", "max_days", "30.5"),
        {"storage gone": "indeterminate", "storage stays": "indeterminate", "storage": "inconclusive"},
    ),
    "a number below nothing": (
        cell("retention_schedule", "chats", "max_days", "-1"),
        {"storage gone": BAD, "storage stays": BAD, "storage": "inconclusive"},
    ),
    "a list with bars": (
        cell("processors", "cloud", "allowed_purposes", "hosting|support"),
        {"mandate shield": "indeterminate: mandate_unknown", "mandate london": "indeterminate: mandate_unknown"},
    ),
    "a list with semicolons": (
        cell("processors", "cloud", "allowed_purposes", "hosting; support"),
        {"mandate shield": "indeterminate: mandate_unknown", "mandate london": "indeterminate: mandate_unknown"},
    ),
    "a list of one, without its brackets": (
        cell("processors", "desk", "allowed_purposes", "support"),
        {"mandate clause": "indeterminate: mandate_unknown"},
    ),
    "no list": (
        cell("processors", "cloud", "allowed_purposes", ""),
        {"mandate shield": "indeterminate: mandate_unknown", "mandate london": "indeterminate: mandate_unknown"},
    ),
    # Keys and references
    "a key twice": (
        line("requests", "kept,4,anna,subscriber,access,2026-05-10T10:00:00Z,2026-06-01T10:00:00Z,,,DE"),
        {"request kept": BAD},  # of what it asks for both say the same
    ),
    "no key": (cell("requests", "kept", "request_id", ""), {"request kept": None, "request (no key)": BAD}),
    "blanks for a key": (
        cell("requests", "late", "request_id", "  "),
        {"request late": None, "request (no key)": BAD, "request": "inconclusive"},
    ),
    "a disclosure twice": (
        line("disclosures", "shield,anna,cloud,2026-06-10T12:00:00Z,hosting,DE,US,dpf,,,"),
        {"transfer shield": BAD, "agreement shield": BAD, "mandate shield": BAD},
    ),
    "a message to somebody who is not there": (
        cell("messages", "asked", "account_id", "zoe"),
        {"newsletter asked": "indeterminate: country_unknown", "opt-out asked": "indeterminate: names_nobody"},
    ),
    "data of somebody who is not there": (
        cell("holdings", "stays", "account_id", "zoe"),
        {
            "storage stays": "indeterminate: person_unknown",
            "storage": "inconclusive",
            "encryption stays": "indeterminate",
            "encryption": "inconclusive",
        },
    ),
    "data of nobody": (
        cell("holdings", "stays", "account_id", ""),
        {"storage stays": "indeterminate", "storage": "inconclusive"},
    ),
    "a message to nobody": (
        cell("messages", "unasked", "account_id", ""),
        {
            "newsletter unasked": "indeterminate: country_unknown",
            "newsletter": "inconclusive",
            "opt-out unasked": "indeterminate",
            "opt-out": "inconclusive",
        },
    ),
    "a disclosure of nobody's data": (
        cell("disclosures", "naked", "account_id", ""),
        {"California naked": "indeterminate", "California": "inconclusive"},
    ),
    "a disclosure to nobody": (
        cell("disclosures", "shield", "recipient_id", ""),
        {"transfer shield": "indeterminate", "agreement shield": "indeterminate", "mandate shield": "indeterminate"},
    ),
    "a recipient twice": (
        line("processors", "cloud,Cloud Inc.,processor,US,2025-01-01T00:00:00Z,,[hosting]"),
        {
            f"{promise} {disclosure}": BAD
            for promise in ("transfer", "agreement", "mandate")
            for disclosure in ("shield", "london")
        },
    ),
    "a person twice": (
        line("accounts", "gaia,Gaia,subscriber,controller,US,NY,,,"),
        {
            "newsletter unasked": BAD,
            "newsletter": "inconclusive",
            "storage gone": BAD,
            "storage stays": BAD,
            "storage": "inconclusive",
        },
    ),
    "a category twice": (
        line("retention_schedule", "chats,closed_at,3000"),
        {"storage gone": BAD, "storage stays": BAD, "storage": "inconclusive"},
    ),
    "a consent twice, and withdrawn once": (
        line("consents", "c,anna,newsletter,2026-01-01T10:00:00Z,2026-05-01T10:00:00Z"),
        {"newsletter asked": "indeterminate"},
    ),
    "a recipient that is not in the register": (
        cell("disclosures", "london", "recipient_id", "nobody"),
        {"agreement london": "indeterminate", "mandate london": "indeterminate"},
    ),
    # Files and columns
    "no certificates": (without("certifications"), {"transfer shield": "indeterminate: measure_not_exported"}),
    "no contracts": (without("transfer_mechanisms"), {"transfer clause": "indeterminate: measure_not_exported"}),
    "no requests": (without("requests"), {"request": "not_assessed"}),
    "no recipients": (without("processors"), {"agreement": "not_assessed", "mandate": "not_assessed"}),
    "no consents": (without("consents"), dict.fromkeys(["newsletter", "opt-out", "California"], "not_assessed")),
    "no schedule": (without("retention_schedule"), {"storage": "not_assessed"}),
    "no column of closings": (without("requests", "closed_at"), {"request": "not_assessed"}),
    "a misspelt column of closings": (instead("requests", "closed_at", "closd_at"), {"request": "not_assessed"}),
    "no column of risks": (without("breaches", "risk"), {"breach": "not_assessed"}),
    "no column of withdrawals": (without("consents", "withdrawn_at"), {"newsletter asked": NOT_EXPORTED}),
    "no column of agreements' ends": (
        without("processors", "dpa_ends_at"),
        NO_ENDS,
    ),
    "a misspelt column of agreements' ends": (
        instead("processors", "dpa_ends_at", "dpa_end_at"),
        NO_ENDS,
    ),
    "no column of contracts": (without("disclosures", "mechanism_ref"), {"transfer clause": NOT_EXPORTED}),
    "no column of reasons": (without("breaches", "delay_reason"), {"breach slow": NOT_EXPORTED, "breach": "inconclusive"}),
    # What the export says of itself
    "a row count that disagrees": (
        beside("export_tables.csv", "table_name,row_count\nrequests,4\n"),
        OF_REQUESTS,
    ),
    "a row count below nothing": (
        beside("export_tables.csv", "table_name,row_count\nrequests,-1\n"),
        OF_REQUESTS,
    ),
    "a row count in words": (beside("export_tables.csv", "table_name,row_count\nrequests,three\n"), OF_REQUESTS),
    "a row count of a table in capitals": (
        beside("export_tables.csv", "table_name,row_count\nRequests,4\n"),
        OF_REQUESTS,
    ),
    "a reach that ends too early": (
        beside("export_tables.csv", "table_name,row_count,covers_to\nholdings,2,2026-01-20\n"),
        {"storage stays": "indeterminate: export_ends_before_due", "storage": "inconclusive", "encryption": "inconclusive"},
    ),
    "a reach in words": (
        beside("export_tables.csv", "table_name,row_count,covers_to\nholdings,2,to date\n"),
        {"storage stays": "indeterminate: export_ends_before_due", "storage": "inconclusive", "encryption": "inconclusive"},
    ),
}

# Refused: what is said of it.
REFUSED: dict[str, tuple[Change, str]] = {
    "UTF-16": (
        stored("requests", lambda text: text.encode("utf-16")),
        "requests.csv: line 1 is not UTF-8 but looks like UTF-16; save it as UTF-8",
    ),
    "Latin-1": (
        stored("accounts", lambda text: text.replace("Anna", "Änne").encode("latin-1")),
        "accounts.csv: line 2 is not UTF-8 but looks like Latin-1; save it as UTF-8",
    ),
    "two encodings": (
        stored("accounts", lambda text: text.replace("Anna", "Änne").encode() + b"zo\xeb,,,,,,\n"),
        "accounts.csv: line 5 is not UTF-8, as the lines before are; the file is damaged, or joined of files in two encodings",
    ),
    "a NUL byte": (instead("requests", "kept", "k\0"), "requests.csv: line 2 holds a NUL byte"),
    "a quote that is never closed": (
        instead("requests", "late,", '"late,'),
        "requests.csv: line 3 opens a quote that is never closed; close it",
    ),
    "a quote inside": (
        instead("accounts", "Bill,", 'B "ill" i,'),
        "accounts.csv: line 3 has a quote inside a field; put the whole field in quotes",
    ),
    "a short line": (
        line("requests", "r,4,anna"),
        "requests.csv: line 5 has 3 fields separated by comma, the header 10 fields; write as many",
    ),
    "a long line": (
        instead("accounts", "Bill", "Bill, jr."),
        "accounts.csv: line 3 has 10 fields separated by comma, the header 9 fields",
    ),
    "a decimal comma": (
        instead("retention_schedule", "30", "30,0"),
        "retention_schedule.csv: line 2 has 4 fields separated by comma, the header 3 fields",
    ),
    "a second header": (
        line("requests", EXPORT["requests.csv"].split("\n")[0]),
        "requests.csv: line 5 is a second header: files were joined; leave one header",
    ),
    "a second header with a column more": (
        line("requests", EXPORT["requests.csv"].split("\n")[0] + ",outcome\nr,4,anna,subscriber,access,2026-05-01,,DE,denied"),
        "requests.csv: line 5 is a second header",
    ),
    "two kinds of line ends": (
        instead("requests", "DE\nlate", "DE\r\nlate"),
        "requests.csv: line 2 ends with CRLF, the first with LF; end all alike",
    ),
    "an empty file": (stored("requests", lambda text: b""), "requests.csv: is empty; the first line must name the columns"),
    "a title above the header": (
        stored("requests", lambda text: f"Requests, June\n{text}".encode()),
        "requests.csv: line 2 has 10 fields separated by comma, the header 2 fields",
    ),
    "a blank line above the header": (
        stored("requests", lambda text: f"\n{text}".encode()),
        "requests.csv: line 1 is blank; the first line must name the columns",
    ),
    "a column twice": (
        instead("requests", "country\n", "Closed_At\n"),
        "requests.csv: columns 7 and 10 have the same name; leave one",
    ),
    "a misspelt key": (
        instead("requests", "request_id", "requestid"),
        "table requests has no column request_id, its key (is it requestid?)",
    ),
    "two files of one table": (beside("requests.tsv", "request_id\nr\n"), "two files for table requests; leave one of them"),
    "a file and a folder of one table": (
        all_of(lambda folder: (folder / "requests").mkdir(), beside("requests/a.parquet", b"PAR1")),
        "two files for table requests; leave one of them",
    ),
    "gzip that ends too early": (
        stored("requests", lambda text: gzip.compress(text.encode())[:-9], "requests.csv.gz"),
        "requests.csv.gz: ends before what is compressed in it does; copy it again",
    ),
    "zstd that is none": (
        stored("requests", str.encode, "requests.csv.zst"),
        "requests.csv.zst: is damaged, or not compressed as .zst says",
    ),
    "gzip without its name": (
        stored("requests", lambda text: gzip.compress(text.encode())),
        "requests.csv: is compressed by gzip; add .gz to its name",
    ),
    "a workbook called CSV": (
        stored("requests", as_workbook),
        "requests.csv: is a ZIP archive or a workbook; name a workbook .xlsx",
    ),
    "text called a workbook": (stored("requests", str.encode, "requests.xlsx"), "requests.xlsx: is no workbook"),
    "an array that ends too early": (
        stored("requests", lambda text: as_array(text)[:-3], "requests.json"),
        "requests.json: line 37 is no JSON",
    ),
    "lines called an array": (stored("requests", as_lines, "requests.json"), "requests.json: is no array of objects"),
    "CSV called Parquet": (stored("requests", str.encode, "requests.parquet"), "requests.parquet: its rows: cannot be read"),
    "an export made nobody knows when": (
        cell("export_info", INSTANT, "exported_at", ""),
        "export_info states no exported_at; say the instant of judgement with --as-of",
    ),
    "an export made some day": (
        cell("export_info", INSTANT, "exported_at", "2 July"),
        "export_info.exported_at cannot be read; write it like 2026-01-31T10:00:00+01:00, or say the instant of judgement with --as-of",
    ),
    "an export that says nothing of itself": (without("export_info"), "say the instant of judgement with --as-of"),
    "a misspelt time zone": (
        cell("export_info", INSTANT, "timezone", "Europe/Berln"),
        "export_info.timezone is no IANA time zone; write one like Europe/Berlin",
    ),
    "an offset for a time zone": (cell("export_info", INSTANT, "timezone", "+02:00"), "is no IANA time zone"),
    "two exports in one": (
        line("export_info", "2026-08-02T06:00:00+02:00,Europe/Berlin,crm"),
        "export_info holds 2 rows; leave the one that describes this export",
    ),
    "a link out of the folder": (
        lambda folder: [(folder / "requests.csv").unlink(), (folder / "requests.csv").symlink_to("/etc/hostname")],
        "requests.csv: is a link to outside its folder; put the file itself there",
    ),
}


def cases(table: Mapping[str, Any]) -> list[Any]:
    """The cases of a table."""
    return [pytest.param(*(case if isinstance(case, tuple) else (case,)), id=name) for name, case in table.items()]


def broken(folder: Path, change: Change) -> Path:
    """The export in a folder, broken."""
    folder.mkdir(exist_ok=True)
    for name, text in EXPORT.items():
        file(folder, name).write_text(text, encoding="utf-8")
    change(folder)
    return folder


def changed_files(folder: Path) -> set[str]:
    """The files of an export that are not as they were."""
    now = {path.name: path.read_bytes() if path.is_file() else b"" for path in folder.iterdir()}
    return {name for name in {*EXPORT, *now} if now.get(name) != EXPORT.get(name, "").encode()}


def touched(folder: Path) -> list[str]:
    """The promises that read a file which is not as it was; all, where none is, or one that tells of the export."""
    tables = {name.split(".")[0].lower() for name in changed_files(folder)}
    touched = [short for short, name in PROMISES.items() if tables & WORKSPACE.find(name)[0].control.tables.keys()]
    return touched if touched and not tables & {"export_info", "export_tables"} else list(PROMISES)


def told_of(folder: Path, expected: Iterable[str]) -> list[str]:
    """Of the promises that read a changed file those that judge its rows, or that are expected to change, and one of the others."""
    tables = {name.split(".")[0].lower() for name in changed_files(folder)}
    read, named = touched(folder), {name.split(" ")[0] for name in expected}
    judging = {short for short in read if next(iter(WORKSPACE.find(PROMISES[short])[0].control.tables)) in tables}
    others = [short for short in read if short not in judging | named]
    if not judging or len(others) == len(read):
        return read
    return [short for short in read if short not in others or short == others[len(named) % len(others)]]


def changed(folder: Path, expected: Iterable[str]) -> dict[str, str | None]:
    """What comes out otherwise than of the good export; records of what is not assessed are not told."""
    promises = told_of(folder, expected)
    found = outcome(folder, promises)[0]
    judged_ = [short for short in promises if found[short] != "not_assessed"]
    names = [name for name in GOOD if name in promises or name.rpartition(" ")[0] in judged_]
    return {name: found.get(name) for name in [*names, *found] if found.get(name) != GOOD.get(name)}


def test_the_good_export(tmp_path: Path) -> None:
    assert outcome(broken(tmp_path, lambda folder: None)) == (GOOD, [])


def files_of(change: Change) -> set[str]:
    """The files that a change touches."""
    with tempfile.TemporaryDirectory() as folder:
        return changed_files(broken(Path(folder), change))


def at_once(table: Mapping[str, Change]) -> list[Any]:
    """The cases of a table, several in one export where they touch files of their own."""
    groups: list[tuple[set[str], list[str]]] = []
    for name, change in table.items():
        own = files_of(change)
        taken, names = next((group for group in groups if not group[0] & own), (set(), []))
        if not names:
            groups.append((taken, names))
        taken |= own
        names.append(name)
    return [pytest.param(all_of(*(table[name] for name in names)), id=", ".join(names)) for _, names in groups]


@pytest.mark.parametrize("change", at_once(WRITTEN_OTHERWISE))
def test_written_otherwise(tmp_path: Path, change: Change) -> None:
    assert changed(broken(tmp_path, change), ()) == {}


@pytest.mark.parametrize(("change", "expected"), cases(TELLS_LESS))
def test_tells_less(tmp_path: Path, change: Change, expected: dict[str, str | None]) -> None:
    found = changed(broken(tmp_path, change), expected)
    # Where no reason is asked for, any will do.
    assert {name: what and expected.get(name) and what[: len(expected[name] or what)] for name, what in found.items()} == expected


# A row that names nobody widens the rate by what it could turn, and touches no finding.
NOBODYS: dict[str, tuple[Change, dict[str, str | None]]] = {
    "nobody's consent": (
        cell("consents", "c", "account_id", ""),
        {
            "newsletter asked": "violation: not_opted_in",
            "newsletter consents that name no account · 1": "indeterminate: names_nobody",
        },
    ),
    "nobody's opt-out": (
        cell("opt_outs", "gaia", "account_id", ""),
        {
            "opt-out unasked": None,
            "opt-out opt_outs that name no account · 1": "indeterminate: names_nobody",
            "opt-out": "inconclusive",
        },
    ),
}


@pytest.mark.parametrize(("change", "expected"), cases(NOBODYS))
def test_a_row_that_names_nobody_widens_the_rate(tmp_path: Path, change: Change, expected: dict[str, str | None]) -> None:
    assert changed(broken(tmp_path, change), expected) == expected


def test_who_tells_less_gains_nothing() -> None:
    """The table keeps to the law itself: what comes out otherwise is undecided, or as it was, and a record is lost only with its name."""
    for case, (_, expected) in TELLS_LESS.items():
        for name, what in expected.items():
            if name in PROMISES:
                assert what in ("inconclusive", "not_assessed"), case
            elif what is None:
                assert f"{name.split()[0]} (no key)" in expected, case
            else:
                # A violation may be one for another reason.
                assert what.partition(":")[0] in ("indeterminate", GOOD.get(name, "").partition(":")[0]), case


@pytest.mark.parametrize(("change", "says"), cases(REFUSED))
def test_refused(tmp_path: Path, change: Change, says: str) -> None:
    assert says in refused(broken(tmp_path / "export", change))


# Read, and what a reader must know is said.
NOTED: dict[str, tuple[Change, str]] = {
    "another file of a table": (
        beside("requests_2.csv", EXPORT["requests.csv"]),
        "1 file of the export is not read: requests_2.csv",
    ),
    "a misspelt column": (
        instead("processors", "recipient_id,name", "recipient_id,names"),
        "processors.names was not read: the contract has no such column; is it name?",
    ),
    "a zip": (beside("older.zip", b"PK\3\4"), "1 file of the export is not read: older.zip"),
    "words written otherwise": (
        cell("requests", "kept", "type", "ACCESS"),
        "requests: 1 word was written otherwise than in the contract, and read as one of its own",
    ),
    "no time zone": (cell("export_info", INSTANT, "timezone", " "), "export_info states no time zone; days are counted in UTC"),
    "no offset of the export": (
        cell("export_info", INSTANT, "exported_at", "2026-07-02 06:00"),
        "export_info.exported_at is written without its offset; it is read in Europe/Berlin",
    ),
}


@pytest.mark.parametrize(("change", "says"), cases(NOTED))
def test_noted(tmp_path: Path, change: Change, says: str) -> None:
    folder = broken(tmp_path, change)
    found, notes = outcome(folder, touched(folder))
    assert found.items() <= GOOD.items()
    assert notes == [says]


# Of other kinds than a folder of files.


def as_database(folder: Path, more: str = "") -> Path:
    """The good export as a DuckDB file, its columns text."""
    broken(folder, lambda _: None)
    with duckdb.connect(str(folder / "export.duckdb")) as con:
        for path in folder.glob("*.csv"):
            con.execute(f"create table {path.stem} as from read_csv('{path}', all_varchar = true)")
        con.execute(more)
    return folder / "export.duckdb"


def test_a_database(tmp_path: Path) -> None:
    assert outcome(as_database(tmp_path)) == (GOOD, [])


def test_a_workbook_of_all_tables(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, text in EXPORT.items():
        sheet = book.create_sheet(name.removesuffix(".csv"))
        for row in csv.reader(text.splitlines()):
            sheet.append(row)
    book.save(tmp_path / "export.xlsx")
    assert outcome(tmp_path / "export.xlsx") == (GOOD, [])


def test_a_folder_whose_name_is_a_pattern(tmp_path: Path) -> None:
    broken(tmp_path / "export 1", cell("requests", "kept", "closed_at", ""))
    assert outcome(broken(tmp_path / "export [1]", lambda _: None)) == (GOOD, [])


def test_a_database_with_a_log_beside_it(tmp_path: Path) -> None:
    path = as_database(tmp_path)
    path.with_name("export.duckdb.wal").write_bytes(b"changes")
    assert "its last changes are in a log beside it, export.duckdb.wal; open and close" in refused(path)


def test_a_view_of_the_export(tmp_path: Path) -> None:
    view = "alter table requests rename to tickets; create view requests as from tickets;"
    assert "export.duckdb: requests is a view: of a file only tables are read" in refused(as_database(tmp_path, view))


@pytest.mark.parametrize(
    ("query", "says"),
    [
        (
            "select * replace (strptime(closed_at, '%d/%m/%Y') as closed_at) from source.requests",
            'column "closed_at": cannot be read: ',
        ),
        ("select * from source.request", 'Table with name request does not exist! Did you mean "requests"?'),
        ("select * exclude closed from source.requests", 'Column "closed" in EXCLUDE list not found'),
    ],
)
def test_a_view_of_an_adapter_that_fails(tmp_path: Path, query: str, says: str) -> None:
    adapter = tmp_path / "adapter.sql"
    adapter.write_text(f"create view requests as {query};", encoding="utf-8")
    said = refused(broken(tmp_path / "export", lambda _: None), "--adapter", str(adapter))
    assert f"adapter {adapter}: view requests: " in said
    assert says in said


@pytest.mark.parametrize("as_of", ["9999-12-31", "tomorrow", "31.12.2026", ""])
def test_an_instant_of_judgement_that_is_none(tmp_path: Path, as_of: str) -> None:
    assert "--as-of" in refused(broken(tmp_path, lambda _: None), "--as-of", as_of)


def test_judged_before_anything_happened_nothing_is_known(tmp_path: Path) -> None:
    found = outcome(broken(tmp_path, lambda _: None), as_of="2025-12-31")[0]
    assert found.keys() == {*GOOD, "encryption gone"}  # still there then
    told = {name for name, what in found.items() if not what.startswith(("indeterminate", "inconclusive"))}
    assert told == {"encryption stays"}  # what has no instant is judged as it stands


def test_judged_long_after_the_export_was_made_nothing_more_is_known(tmp_path: Path) -> None:
    found = outcome(broken(tmp_path, lambda _: None), as_of="2026-10-31")[0]
    otherwise = {name: found[name] for name in GOOD if found[name] != GOOD[name]}
    assert otherwise == {**dict.fromkeys(PROMISES, "inconclusive"), "request open": "indeterminate: export_ends_before_due"}


@pytest.mark.parametrize("table", ["requests", "disclosures", "messages", "holdings", "breaches"])
def test_a_table_without_rows_keeps_no_promise(tmp_path: Path, table: str) -> None:
    folder = broken(tmp_path, lambda folder: write(folder, table, read(folder, table)[:1]))
    promises = [short for short, name in PROMISES.items() if next(iter(WORKSPACE.find(name)[0].control.tables)) == table]
    assert outcome(folder, promises)[0] == dict.fromkeys(promises, "no_population")


def refused(export: Path, *more: str) -> str:
    """What is said in one line, at exit 2, of an export that cannot be used."""
    result = CliRunner().invoke(main, ["evaluate", "--export", str(export), *more])
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    return result.stderr
