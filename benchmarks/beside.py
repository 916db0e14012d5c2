"""Eight promises beside careful pandas and polars: processor time and peak memory, equal results asserted.

    python benchmarks/beside.py                       one and ten million disclosures (made; minutes)
    python benchmarks/beside.py --disclosures 100000  so many

Needs polars and pyarrow beside `make setup`. Every way reads the same folder of Parquet, the columns that it needs and no others,
and counts every promise by local month, country, recipient or type of request, and reason. Each runs in a process of its own,
with two threads. Ours is the query that a run counts by, over the views of an opened export; opening is told apart, since it
checks every cell. The scan is `sum(hash(column))` over the same columns.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, timedelta
from pathlib import Path
from typing import Any

import duckdb

ZONE = "Europe/Berlin"
PURPOSES = "disclosure_purposes"
HANDLED = ("confirmation", "access", "rectification", "erasure", "return")
PROVIDERS = ("processor", "subprocessor")
DISCLOSED = (
    "recipient_is_registered",
    "agreement_in_force_at_disclosure",
    "disclosure_purpose_permitted",
    "transfer_destination_matches_register",
    "disclosure_follows_instruction",
    "no_disclosure_for_recipient_marketing",
)
ASKED = ("request_handled_in_time", "complaint_right_told")
SIZES = (1_000_000, 10_000_000)
WAYS = ("scan", "opening", "ours", "polars", "pandas")
Counts = dict[str, Counter[tuple[Any, ...]]]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--disclosures", type=int, nargs="*", default=SIZES)
    arguments.add_argument("--make", nargs=2, help=argparse.SUPPRESS)
    arguments.add_argument("--measure", nargs=2, help=argparse.SUPPRESS)
    given = arguments.parse_args()
    if given.make:
        make(Path(given.make[0]), int(given.make[1]))
        return
    if given.measure:
        measure(given.measure[0], Path(given.measure[1]))
        return
    for size in given.disclosures:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            subprocess.run([sys.executable, __file__, "--make", str(folder / "export"), str(size)], check=True)
            compare(folder, size)


def compare(folder: Path, size: int) -> None:
    """Run every way over an export, and tell what each costs beside the scan."""
    print(f"\n{size:,} disclosures\n\n{'':10} {'processor':>10} {'/ scan':>7} {'peak':>9}", flush=True)
    found: dict[str, str] = {}
    scan = 0.0
    for way in WAYS:
        environment = {**os.environ, "POLARS_MAX_THREADS": "2", "OMP_NUM_THREADS": "2"}
        command = [sys.executable, __file__, "--measure", way, str(folder / "export")]
        done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
        seconds, memory, found[way] = done.stdout.rstrip("\n").split("\t")
        scan = scan or float(seconds)
        print(f"{way:10} {float(seconds):9.2f}s {float(seconds) / scan:7.1f} {float(memory):6,.0f} MB", flush=True)
    if not found["ours"] == found["polars"] == found["pandas"]:
        raise SystemExit("the three ways do not count the same")


def make(folder: Path, size: int) -> None:
    """The sample as Parquet, with so many disclosures, each with a name and an instant of its own."""
    from audits.samples import sample as samples

    folder.mkdir()
    made = folder.with_name("made.duckdb")
    samples.write(made, max(1000, size // 5))
    with duckdb.connect(str(made), read_only=True) as con:
        con.execute("set enable_progress_bar = false; set timezone = 'UTC'")
        for (table,) in con.execute("select table_name from duckdb_tables()").fetchall():
            rows = f"from {table}"
            if table == "disclosures":
                named = "d.disclosure_id || '-' || i as disclosure_id, disclosed_at - to_seconds(17 * i) as disclosed_at"
                many = f"range({size}) as t (i) where i <= {size} // (select count(*) from disclosures)"
                rows = f"select d.* replace ({named}) from disclosures as d, {many} limit {size}"
            con.execute(f"copy ({rows}) to '{folder / table}.parquet'")
    made.unlink()


def measure(way: str, folder: Path) -> None:
    """Print processor time in seconds, peak memory in MB, and what was counted, as a hash."""
    acts: dict[str, Callable[[Path], tuple[float, Counts]]] = {
        "scan": scanned,
        "opening": opened,
        "ours": ours,
        "polars": by_polars,
        "pandas": by_pandas,
    }
    seconds, counts = acts[way](folder)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    lines = sorted(repr((name, *item)) for name, found in counts.items() for item in found.items())
    print(seconds, memory, hashlib.sha256("\n".join(lines).encode()).hexdigest(), sep="\t")


def timed(act: Callable[[], Any]) -> tuple[float, Any]:
    began = time.process_time()
    found = act()
    return time.process_time() - began, found


DISCLOSURE = ("recipient_id", "destination_country", "disclosed_at", "purpose", "instruction_ref")
REQUEST = ("type", "country", "requester_role", "received_at", "closed_at", "outcome", "told_complaint_right")


def scanned(folder: Path) -> tuple[float, Counts]:
    def scan() -> None:
        with duckdb.connect(config={"threads": 2}) as con:
            for table, columns in (("disclosures", DISCLOSURE), ("requests", REQUEST)):
                hashed = " + ".join(f"sum(hash({column}))" for column in columns)
                con.execute(f"select {hashed} from '{folder / table}.parquet'").fetchall()

    return timed(scan)[0], {}


def _export(folder: Path) -> Any:
    from audits.contract.export import Settings
    from audits.law.opening import open_export
    from audits.workspace import Workspace

    workspace = Workspace()
    return workspace, open_export(workspace.contract, folder, settings=Settings(threads=2))


def opened(folder: Path) -> tuple[float, Counts]:
    return timed(lambda: _export(folder))[0], {}


def ours(folder: Path) -> tuple[float, Counts]:
    workspace, export = _export(folder)

    def count(name: str, kind: str) -> Counter[tuple[Any, ...]]:
        promise = workspace.promises[f"jivochat/{name}"]
        sql, values = promise.query(export.as_of)
        month = "coalesce(q.month, date_trunc('month', event_at::date)::date)"
        rows = export.con.execute(
            f"select {month}, country, {kind}, reason, count(*) from ({sql}) "
            "left join quarters as q on q.quarter = epoch_us(event_at) // 900_000_000 group by all",
            values,
        ).fetchall()
        return Counter({(month, country, kind, reason): n for month, country, kind, reason, n in rows})

    names = {**dict.fromkeys(DISCLOSED, "recipient_id"), **dict.fromkeys(ASKED, "type")}
    return timed(lambda: {name: count(name, kind) for name, kind in names.items()})


def told(folder: Path) -> dict[str, Any]:
    """What all ways are told: the instant of judgement, up to when the export knows requests, and the purposes promised."""
    workspace, export = _export(folder)
    known = export.con.execute("select known_until from known_until where table_name = 'requests'").fetchone()[0]
    values = workspace.promises["jivochat/disclosure_purpose_permitted"].values
    days = workspace.promises["jivochat/request_handled_in_time"].values["days"]
    export.close()
    return {
        "as_of": export.as_of.astimezone(UTC),
        "known_until": known.astimezone(UTC),
        "purposes": list(values[PURPOSES]),
        "days": int(days),
    }


def by_polars(folder: Path) -> tuple[float, Counts]:
    import polars as pl

    given = told(folder)
    as_of = pl.lit(given["as_of"]).dt.convert_time_zone("UTC")

    def reason(*cases: tuple[Any, str], otherwise: str) -> Any:
        chain: Any = pl
        for condition, name in cases:
            chain = chain.when(condition).then(pl.lit(name))
        return chain.otherwise(pl.lit(otherwise))

    def counted(rows: Any, event: str, country: str, kind: str, told: Any) -> Counter[tuple[Any, ...]]:
        month = pl.col(event).dt.convert_time_zone(ZONE).dt.replace_time_zone(None).dt.truncate("1mo").dt.date()
        keys = [month.alias("month"), pl.col(country).alias("country"), pl.col(kind).alias("kind"), told.alias("reason")]
        found = rows.select(keys).group_by("month", "country", "kind", "reason").len().collect(engine="streaming")
        return Counter({(m, c, k, r): n for m, c, k, r, n in found.iter_rows()})

    def run() -> Counts:
        disclosures = pl.scan_parquet(folder / "disclosures.parquet")
        register = pl.read_parquet(folder / "processors.parquet")
        places = pl.read_parquet(folder / "processing_places.parquet").filter(pl.col("country").is_not_null())
        places = places.group_by("recipient_id").agg(pl.col("country").alias("places")).lazy()
        providers = (
            register.filter(pl.col("kind").is_in(PROVIDERS))
            .group_by("recipient_id")
            .agg(
                pl.col("dpa_signed_at").min(),
                pl.col("dpa_first_signed_at").min(),
                pl.col("instruction_ref").min().alias("instructed"),
                pl.when(pl.col("dpa_ends_at").null_count() == 0).then(pl.col("dpa_ends_at").max()).alias("dpa_ends_at"),
                pl.when((~pl.col("marketing_barred")).any())
                .then(False)
                .when(pl.col("marketing_barred").null_count() < pl.len())
                .then(True)
                .alias("barred"),
            )
            .lazy()
        )
        registered = (
            register.group_by("recipient_id").agg(pl.col("country").min().alias("registered"), pl.lit(True).alias("is")).lazy()
        )
        provided = disclosures.join(providers, on="recipient_id")
        placed = disclosures.join(registered, on="recipient_id", how="left").join(places, on="recipient_id", how="left")
        at, signed, first, purpose = (pl.col(c) for c in ("disclosed_at", "dpa_signed_at", "dpa_first_signed_at", "purpose"))
        ahead, recipient, there = at > as_of, pl.col("recipient_id"), pl.col("destination_country")
        of = {
            "recipient_is_registered": (
                disclosures,
                reason(
                    (ahead, "in_the_future"),
                    (recipient.is_null(), "recipient_unknown"),
                    (recipient.is_in(register["recipient_id"].implode()), "registered"),
                    otherwise="not_registered",
                ),
            ),
            "agreement_in_force_at_disclosure": (
                provided,
                reason(
                    (at.is_null(), "no_instant"),
                    (ahead, "in_the_future"),
                    (signed.is_null(), "no_agreement"),
                    (at < first, "not_yet_signed"),
                    ((at < signed) & first.is_null(), "before_agreement"),
                    (at < signed, "renewed"),
                    (at > pl.col("dpa_ends_at"), "ended"),
                    otherwise="in_force",
                ),
            ),
            "disclosure_purpose_permitted": (
                disclosures,
                reason(
                    (ahead, "in_the_future"),
                    (purpose.is_null(), "purpose_unknown"),
                    (purpose.is_in(given["purposes"]), "described"),
                    otherwise="not_described",
                ),
            ),
            "transfer_destination_matches_register": (
                placed,
                reason(
                    (at.is_null(), "no_instant"),
                    (ahead, "in_the_future"),
                    (pl.col("is").is_null(), "not_registered"),
                    (there.is_null() | pl.col("registered").is_null(), "country_unknown"),
                    ((there == pl.col("registered")) | pl.col("places").list.contains(there), "as_registered"),
                    (pl.col("places").is_null(), "places_unknown"),
                    otherwise="elsewhere",
                ),
            ),
            "disclosure_follows_instruction": (
                provided,
                reason(
                    (ahead, "in_the_future"),
                    (pl.col("instruction_ref").is_null(), "no_instruction"),
                    (pl.col("instructed").is_null(), "not_on_record"),
                    (pl.col("instruction_ref") == pl.col("instructed"), "instructed"),
                    (pl.col("instruction_ref").str.to_lowercase() == pl.col("instructed").str.to_lowercase(), "other_spelling"),
                    ((at < signed) & (at >= first).fill_null(True), "earlier_agreement"),
                    otherwise="other_instruction",
                ),
            ),
            "no_disclosure_for_recipient_marketing": (
                provided,
                reason(
                    (at.is_null(), "no_instant"),
                    (ahead, "in_the_future"),
                    (purpose == "recipient_marketing", "for_marketing"),
                    (~pl.col("barred"), "not_barred"),
                    (at > pl.col("dpa_ends_at"), "bar_ended"),
                    (purpose.is_null(), "purpose_unknown"),
                    (pl.col("barred").is_null() | (at < signed), "terms_unknown"),
                    otherwise="barred",
                ),
            ),
        }
        counts = {
            name: counted(rows, "disclosed_at", "destination_country", "recipient_id", told) for name, (rows, told) in of.items()
        }
        requests = pl.scan_parquet(folder / "requests.parquet").filter((pl.col("requester_role") != "object").fill_null(True))
        received, closed = pl.col("received_at"), pl.col("closed_at")
        last = received.dt.convert_time_zone(ZONE).dt.replace_time_zone(None).dt.truncate("1d") + timedelta(
            days=given["days"] + 1
        )
        due = last.dt.replace_time_zone(ZONE, ambiguous="earliest").dt.convert_time_zone("UTC") - pl.duration(microseconds=1)
        asked = requests.filter(pl.col("type").is_in(HANDLED) | pl.col("type").is_null()).with_columns(due.alias("due_at"))
        asked = asked.with_columns(pl.coalesce("due_at", "received_at").alias("event_at"))
        late, due_at = closed > pl.col("due_at"), pl.col("due_at")
        handled = reason(
            (received.is_null(), "no_receipt"),
            (pl.col("type").is_null(), "type_unknown"),
            ((received > as_of) | (closed > as_of).fill_null(False), "in_the_future"),
            (closed < received, "ends_before_start"),
            (closed <= due_at, "in_time"),
            (late, "late"),
            (due_at >= as_of, "not_yet_due"),
            (due_at > pl.lit(given["known_until"]), "export_ends_before_due"),
            otherwise="overdue",
        )
        counts["request_handled_in_time"] = counted(asked, "event_at", "country", "type", handled)
        is_asked = ~pl.col("type").is_in(("question", "agreement")) | pl.col("type").is_null()
        denied = requests.filter((pl.col("outcome") == "denied") & is_asked)
        right = pl.col("told_complaint_right")
        said = reason(
            (closed.is_null(), "no_instant"),
            (closed > as_of, "in_the_future"),
            (right.is_null(), "not_recorded"),
            (right, "told"),
            otherwise="not_told",
        )
        counts["complaint_right_told"] = counted(denied, "closed_at", "country", "type", said)
        return counts

    return timed(run)


def by_pandas(folder: Path) -> tuple[float, Counts]:
    import numpy as np
    import pandas as pd

    given = told(folder)
    as_of, known = pd.Timestamp(given["as_of"]), pd.Timestamp(given["known_until"])

    def reason(*cases: tuple[Any, str], otherwise: str) -> Any:
        chosen = np.select([np.asarray(c.fillna(False), dtype=bool) for c, _ in cases], list(range(len(cases))), len(cases))
        return pd.Categorical.from_codes(chosen, [name for _, name in cases] + [otherwise])

    def counted(rows: Any, event: str, country: str, kind: str, told: Any) -> Counter[tuple[Any, ...]]:
        month = rows[event].dt.tz_convert(ZONE).dt.tz_localize(None).dt.to_period("M")
        keys = {"month": month, "country": rows[country], "kind": rows[kind], "reason": told}
        found = pd.DataFrame(keys).groupby(list(keys), observed=True, dropna=False).size()
        return Counter({(_month(m), _text(c), _text(k), r): int(n) for (m, c, k, r), n in found.items()})

    def _month(month: Any) -> date | None:
        return None if pd.isna(month) else month.start_time.date()

    def _text(text: Any) -> str | None:
        return None if pd.isna(text) else str(text)

    def run() -> Counts:
        disclosures = pd.read_parquet(folder / "disclosures.parquet", columns=list(DISCLOSURE), dtype_backend="pyarrow")
        for column in DISCLOSURE[:2] + DISCLOSURE[3:]:  # few values each: as categories they are compared as numbers
            disclosures[column] = disclosures[column].astype("category")
        disclosures["disclosed_at"] = disclosures["disclosed_at"].astype("datetime64[us, UTC]")
        register = pd.read_parquet(folder / "processors.parquet")
        places = pd.read_parquet(folder / "processing_places.parquet").dropna(subset=["country"])
        at, purpose, there = disclosures["disclosed_at"], disclosures["purpose"], disclosures["destination_country"]
        recipient, ahead = disclosures["recipient_id"], at > as_of

        def of(values: Any) -> Any:
            """A value of each recipient, by disclosure."""
            return recipient.map(values)

        provided = register[register["kind"].isin(PROVIDERS)].groupby("recipient_id")
        signed, first = provided["dpa_signed_at"].min(), provided["dpa_first_signed_at"].min()
        ends = provided["dpa_ends_at"].max()[provided["dpa_ends_at"].count() == provided.size()]
        barred = provided["marketing_barred"].agg(lambda held: None if held.dropna().empty else bool(held.dropna().all()))
        is_provider = recipient.isin(set(register[register["kind"].isin(PROVIDERS)]["recipient_id"]))
        of_provider = disclosures[is_provider]

        def provider(values: Any) -> Any:
            """An instant of each provider, by disclosure to one."""
            return pd.Series(values.reindex(of_provider["recipient_id"].astype(object)).array, index=of_provider.index)

        when, why = of_provider["disclosed_at"], of_provider["purpose"]
        ahead_of, signed_at, first_at, ends_at = (
            when > as_of,
            provider(signed),
            provider(first),
            provider(ends.reindex(signed.index)),
        )
        instructed = of_provider["recipient_id"].astype(object).map(provided["instruction_ref"].min())
        own = of_provider["instruction_ref"].astype(object)
        is_barred = of_provider["recipient_id"].astype(object).map(barred)
        names = set(register["recipient_id"])
        registered = of(register.groupby("recipient_id")["country"].min()).astype(object)
        pairs = set(zip(places["recipient_id"], places["country"], strict=True))
        pair = pd.Series(
            pd.MultiIndex.from_arrays([recipient.astype(object), there.astype(object)]).isin(pairs), index=disclosures.index
        )
        counts = {
            "recipient_is_registered": counted(
                disclosures,
                "disclosed_at",
                "destination_country",
                "recipient_id",
                reason(
                    (ahead, "in_the_future"),
                    (recipient.isna(), "recipient_unknown"),
                    (recipient.isin(names), "registered"),
                    otherwise="not_registered",
                ),
            ),
            "disclosure_purpose_permitted": counted(
                disclosures,
                "disclosed_at",
                "destination_country",
                "recipient_id",
                reason(
                    (ahead, "in_the_future"),
                    (purpose.isna(), "purpose_unknown"),
                    (purpose.isin(given["purposes"]), "described"),
                    otherwise="not_described",
                ),
            ),
            "transfer_destination_matches_register": counted(
                disclosures,
                "disclosed_at",
                "destination_country",
                "recipient_id",
                reason(
                    (at.isna(), "no_instant"),
                    (ahead, "in_the_future"),
                    (~recipient.isin(names), "not_registered"),
                    (there.isna() | registered.isna(), "country_unknown"),
                    ((there.astype(object) == registered) | pair, "as_registered"),
                    (~recipient.isin(set(places["recipient_id"])), "places_unknown"),
                    otherwise="elsewhere",
                ),
            ),
            "agreement_in_force_at_disclosure": counted(
                of_provider,
                "disclosed_at",
                "destination_country",
                "recipient_id",
                reason(
                    (when.isna(), "no_instant"),
                    (ahead_of, "in_the_future"),
                    (signed_at.isna(), "no_agreement"),
                    (when < first_at, "not_yet_signed"),
                    ((when < signed_at) & first_at.isna(), "before_agreement"),
                    (when < signed_at, "renewed"),
                    (when > ends_at, "ended"),
                    otherwise="in_force",
                ),
            ),
            "disclosure_follows_instruction": counted(
                of_provider,
                "disclosed_at",
                "destination_country",
                "recipient_id",
                reason(
                    (ahead_of, "in_the_future"),
                    (own.isna(), "no_instruction"),
                    (instructed.isna(), "not_on_record"),
                    (own == instructed, "instructed"),
                    (own.str.lower() == instructed.str.lower(), "other_spelling"),
                    ((when < signed_at) & ((when >= first_at) | first_at.isna()), "earlier_agreement"),
                    otherwise="other_instruction",
                ),
            ),
            "no_disclosure_for_recipient_marketing": counted(
                of_provider,
                "disclosed_at",
                "destination_country",
                "recipient_id",
                reason(
                    (when.isna(), "no_instant"),
                    (ahead_of, "in_the_future"),
                    (why == "recipient_marketing", "for_marketing"),
                    (is_barred.eq(False), "not_barred"),
                    (when > ends_at, "bar_ended"),
                    (why.isna(), "purpose_unknown"),
                    (is_barred.isna() | (when < signed_at), "terms_unknown"),
                    otherwise="barred",
                ),
            ),
        }
        requests = pd.read_parquet(folder / "requests.parquet", columns=list(REQUEST))
        requests = requests[requests["requester_role"].fillna("") != "object"]
        asked = requests[requests["type"].isin(HANDLED) | requests["type"].isna()].copy()
        day = asked["received_at"].dt.tz_convert(ZONE).dt.tz_localize(None).dt.normalize() + pd.Timedelta(days=given["days"] + 1)
        due = day.dt.tz_localize(ZONE).dt.tz_convert("UTC") - pd.Timedelta(microseconds=1)
        received, closed = asked["received_at"], asked["closed_at"]
        asked["event_at"] = due.fillna(received)
        counts["request_handled_in_time"] = counted(
            asked,
            "event_at",
            "country",
            "type",
            reason(
                (received.isna(), "no_receipt"),
                (asked["type"].isna(), "type_unknown"),
                ((received > as_of) | (closed > as_of), "in_the_future"),
                (closed < received, "ends_before_start"),
                (closed <= due, "in_time"),
                (closed.notna(), "late"),
                (due >= as_of, "not_yet_due"),
                (due > known, "export_ends_before_due"),
                otherwise="overdue",
            ),
        )
        denied = requests[(requests["outcome"] == "denied") & ~requests["type"].isin(("question", "agreement"))]
        closed, right = denied["closed_at"], denied["told_complaint_right"]
        counts["complaint_right_told"] = counted(
            denied,
            "closed_at",
            "country",
            "type",
            reason(
                (closed.isna(), "no_instant"),
                (closed > as_of, "in_the_future"),
                (right.isna(), "not_recorded"),
                (right.eq(True), "told"),
                otherwise="not_told",
            ),
        )
        return counts

    return timed(run)


if __name__ == "__main__":
    main()
