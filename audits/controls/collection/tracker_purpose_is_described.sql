/*
id         = "tracker_purpose_is_described"
title      = "Cookies and beacons are set only for the purposes that the policy names"
rule       = """
A tracker serves one of the five purposes that the policy names: to customise, improve, advertise, measure, or generate statistics."""
clauses    = ["collection.tracking-purposes", "collection.cookies-statistics", "preamble.describes-practice"]
maps_to    = ["GDPR 5(1)(b)", "GDPR 13(1)(c)"]
severity   = "medium"
tables.trackers = ["purpose", "kind?", "first_set_at?"]
dimensions = ["purpose"]
inject.another_purpose = { "+trackers" = { site = "record_id", tracker_name = "'selftest'", purpose = "'resale'" } }
[reasons]
described       = "one of the purposes that the policy names"
not_described   = "a purpose that the policy does not name"
purpose_unknown = "its purpose is not recorded"
*/
with judged as (
    select *,
           case when purpose is null then 'purpose_unknown'
                when purpose in (select item from policy_lists where list = 'tracker_purposes') then 'described'
                else 'not_described' end as reason
    from trackers
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
[the_five_purposes]
given.trackers = [
    { site = "s", tracker_name = "a", purpose = "measure" },
    { site = "s", tracker_name = "b", purpose = "resale" },
    { site = "s", tracker_name = "c" },
]
expect."s · a" = "compliant: described"
expect."s · b" = "violation: not_described"
expect."s · c" = "indeterminate: purpose_unknown"
*/
