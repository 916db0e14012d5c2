"""Web beacons are set in the EEA only with consent."""

from __future__ import annotations

from .days import At
from .law import in_eea
from .stories import Judge, Row, Tables, Teller


def judge(tables: Tables, at: At) -> dict[str, str]:
    found = {}
    for row in tables["tracker_hits"]:
        kinds = {t["kind"] for t in tables["trackers"] if t["tracker_name"] == row["tracker_name"]}
        is_inside = row["country"] is None or in_eea(row["country"], at.day(row["hit_at"]))
        if is_inside and (not kinds or "beacon" in kinds):
            # The instant, which is in the zone of the export, is left out of the name.
            found[row["account_id"]] = _verdict(row, kinds == {"beacon"}, at)
    return found


def _verdict(row: Row, is_beacon: bool, at: At) -> str:
    if at.is_ahead(row["hit_at"]):
        return "indeterminate: in_the_future"
    if row["country"] is None:
        return "indeterminate: country_unknown"
    if not is_beacon:
        return "indeterminate: kind_unknown"
    agreed = row["consent_at"] and row["consent_at"] <= row["hit_at"]
    return "compliant: agreed" if agreed else "violation: before_agreement"


def tell(t: Teller) -> Tables:
    hit = t.past(t.ago(2500), t.at.start(t.at.day(t.at.as_of).replace(2021, 1, 1)))
    sites = t.one(0, 1, 1, 1, 2)
    row = {
        "account_id": t.name,
        "tracker_name": f"{t.name}t",
        "hit_at": hit,
        "consent_at": t.maybe(t.past(hit), 4),
        "country": t.one("DE", "GB", "CH", "US", "IS", None),
    }
    trackers = [
        {"tracker_name": f"{t.name}t", "site": f"{n}.example", "kind": t.one("beacon", "beacon", "cookie")} for n in range(sites)
    ]
    return {"tracker_hits": [row], "trackers": trackers, "accounts": [{"account_id": t.name, "country": "DE"}]}


JUDGE = Judge("beacon_has_consent", judge, tell)
