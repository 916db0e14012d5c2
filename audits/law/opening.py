"""An export opened for judgement: read-only and sealed, with what the law makes of its days, requests and transfers.

The facts of law are files of ours, and are read before the export is sealed; what they come to for this export's requests and
transfers is worked out after, by its own views.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

from audits.contract import profile
from audits.contract.engine import literal
from audits.contract.export import Export, Settings, attach, connect, fill_source, instant_of, seal
from audits.contract.schema import Contract
from audits.law import calendars, reach, reference

_TRANSFERS, CONSENTS = (Path(__file__).with_name(f"{n}.sql") for n in ("transfers", "consents"))
# Where the views stand that the law has over rows: requests, consents and disclosures, and their steps.
VIEWS = (*calendars.VIEWS, CONSENTS, _TRANSFERS)


def open_export(
    contract: Contract,
    path: Path,
    adapter: str | Path | None = None,
    as_of: str | None = None,
    settings: Settings | None = None,
    results: Path | None = None,
    own_reference: Path | None = None,
) -> Export:
    """Open a DuckDB file, or a file or folder of tables (formats.py), seal it, and settle the law on it.

    `as_of` is an instant or a day (its end, in the export's time zone); without it, `export_info.exported_at`.
    `results` is a database file that is attached, writable, as `results`; without it that is in memory.
    `own_reference` is a folder of reference tables of the user's own (reference.py).
    Raises Unusable with one line when the export cannot be used.
    """
    con, files = attach(path, contract, adapter, settings)
    try:
        _attach_results(con, results)
        reference_sha256, law_faults = reference.load(con, own_reference)
        export = seal(con, path, contract, adapter, as_of, files)
        export.must_hold_a_table()
        export.notes += profile.misspelt(export)
        export.reference_sha256, export.law_faults = reference_sha256, law_faults
        return _settled(export)
    except BaseException:
        con.close()
        raise


def open_rows(
    contract: Contract,
    tables: dict[str, list[dict[str, Any]]],
    as_of: str,
    timezone: str = "UTC",
    deadlines: list[dict[str, Any]] | None = None,
    settings: Settings | None = None,
    own_reference: Path | None = None,
) -> Export:
    """The same of rows given here (contract.export.fill_source); `deadlines` replaces the rows of that reference table.

    They were exported at `as_of`, unless they say otherwise; `exported_at = "unset"` says that nobody knows when.
    """
    con = connect(settings or Settings(threads=1))
    con.execute(f"set timezone = {literal(timezone)}")
    info = {"timezone": timezone, "exported_at": instant_of(con, as_of), **(tables.get("export_info") or [{}])[0]}
    fill_source(con, contract, {**tables, "export_info": [{k: v for k, v in info.items() if v != "unset"}]})
    _attach_results(con, None)
    reference_sha256, law_faults = reference.load(con, own_reference)
    if deadlines is not None:
        reference.replace(con, "deadlines", deadlines)
    export = seal(con, Path("rows"), contract, as_of=as_of)
    export.reference_sha256, export.law_faults = reference_sha256, law_faults
    return _settled(export)


def _settled(export: Export) -> Export:
    reach.load(export)
    calendars.load(export)
    export.con.execute(CONSENTS.read_text(encoding="utf-8"))
    given = [
        _carries(export, *needed)
        for needed in (("certifications", "framework", "certified_from"), ("transfer_mechanisms", "recipient_id", "signed_at"))
    ]
    export.con.execute("create table measures_exported as select ?::boolean as certificates, ?::boolean as contracts", given)
    export.con.execute(_TRANSFERS.read_text(encoding="utf-8"))
    return export


def _carries(export: Export, table: str, *columns: str) -> bool:
    source = export.sources.get(table)
    return source is not None and all(source.has(column) for column in columns)


def _attach_results(con: duckdb.DuckDBPyConnection, results: Path | None) -> None:
    if results is None:
        con.execute("attach ':memory:' as results")
    else:
        # A format that DuckDB 1.4 can read as well: others open these files for years.
        con.execute(f"attach {literal(str(results))} as results (storage_version 'v1.4.0')")
