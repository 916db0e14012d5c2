/*
id         = "tracker_purpose_is_described"
title      = "Cookies and beacons are set only for the purposes that the policy names"
short      = "Trackers for stated purposes"
rule       = """
A tracker serves one of the purposes that the policy names."""
maps_to    = ["GDPR 5(1)(b)", "GDPR 13(1)(c)"]
severity   = "medium"
remedy     = "Take off the trackers that serve other purposes, or describe those"
tables.trackers = ["purpose", "kind?", "first_set_at?"]
absent.trackers.first_set_at = "all had been set by the instant of judgement"
dimensions = ["purpose"]
parameters.tracker_purposes = { type = "words", of = "purpose" }
inject.another_purpose = { "+trackers" = { site = "record_id", tracker_name = "'selftest'", purpose = "'resale'" } }
[reasons]
described       = "one of the purposes that the policy names"
not_described   = "a purpose that the policy does not name"
purpose_unknown = "its purpose is not recorded"
[de]
title    = "Cookies und Zählpixel werden nur für die Zwecke der Datenschutzerklärung gesetzt"
short    = "Tracker nur für genannte Zwecke"
rule     = "Ein Tracker dient einem der Zwecke, die die Datenschutzerklärung nennt."
remedy   = "Tracker mit anderen Zwecken entfernen oder diese beschreiben"
[de.reasons]
described       = "einer der Zwecke, die die Datenschutzerklärung nennt"
not_described   = "ein Zweck, den die Datenschutzerklärung nicht nennt"
purpose_unknown = "der Zweck ist nicht erfasst"
*/
with judged as (
    select *,
           case when purpose is null then 'purpose_unknown'
                when purpose in $tracker_purposes then 'described'
                else 'not_described' end as reason
    from trackers
    where coalesce(first_set_at <= $as_of, true)
)
select coalesce(site, '') || ' · ' || coalesce(tracker_name, '') as record_id, null::varchar as account_id, null::varchar as country, null::timestamptz as event_at, null::timestamptz as due_at,
       case when reason = 'described' then 'compliant'
            when reason = 'not_described' then 'violation'
            else 'indeterminate' end as verdict,
       reason,
       kind, purpose
from judged;

/* examples
as_of = 2026-06-30
parameters = { tracker_purposes = ["customise", "improve", "advertise", "measure", "statistics"] }
[the_five_purposes]
period = "2026-01"
given.trackers = [
    { site = "s", tracker_name = "a", purpose = "measure" },
    { site = "s", tracker_name = "b", purpose = "resale" },
    { site = "s", tracker_name = "c" }, { site = "s", purpose = "measure" }, { tracker_name = "a", purpose = "measure" },
]
expect."s · a" = { verdict = "compliant: described", scope = "period" }
expect."s · b" = "violation: not_described"
expect."s · c" = "indeterminate: purpose_unknown"
expect."s · " = "compliant: described"
expect." · a" = "compliant: described"
[set_by_then]
as_of = 2026-03-31
given.export_info = [{ exported_at = 2026-06-30T00:00:00Z }]
given.trackers = [{ tracker_name = "later", site = "s", kind = "cookie", first_set_at = 2026-04-01T00:00:00Z, purpose = "resale" }, { tracker_name = "now", site = "s", kind = "cookie", first_set_at = 2026-03-31T23:59:59.999999Z, purpose = "resale" }]
expect."s · now" = "violation: not_described"
*/
