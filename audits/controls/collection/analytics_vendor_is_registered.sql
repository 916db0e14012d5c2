/*
id         = "analytics_vendor_is_registered"
title      = "Vendors of analytics tools are in the register of recipients"
short      = "Analytics vendors in the register"
rule       = """
Whoever sets a tracker, other than the Company itself, stands in the register of recipients, by key or by name."""
maps_to    = ["GDPR 28(1)", "GDPR 30(1)(d)"]
severity   = "medium"
remedy     = "Enter the vendors in the register, or take their trackers off"
tables.trackers = ["vendor", "purpose?"]
tables.processors = ["name"]
inject.a_stranger = { "+trackers" = { site = "record_id", tracker_name = "'selftest'", vendor = "'selftest nobody'" } }
[reasons]
own            = "the Company's own"
registered     = "its vendor is in the register"
not_registered = "its vendor is not in the register"
vendor_unknown = "its vendor is not recorded"
[de]
title    = "Anbieter von Analysewerkzeugen stehen im Empfängerverzeichnis"
short    = "Analyseanbieter im Verzeichnis"
rule     = "Wer einen Tracker setzt und nicht das Unternehmen selbst ist, steht im Empfängerverzeichnis, nach Schlüssel oder Name."
remedy   = "Die Anbieter eintragen oder ihre Tracker entfernen"
[de.reasons]
own            = "ein eigener Tracker des Unternehmens"
registered     = "der Anbieter steht im Verzeichnis"
not_registered = "der Anbieter steht nicht im Verzeichnis"
vendor_unknown = "der Anbieter ist nicht erfasst"
*/
with known as (
    select translate(lower(recipient_id), ' .,-_', '') as vendor from processors
    union all
    select translate(lower(name), ' .,-_', '') from processors
),
judged as (
    select *,
           case when vendor is null then 'vendor_unknown'
                when lower(vendor) = 'own' then 'own'
                when translate(lower(vendor), ' .,-_', '') in (select vendor from known) then 'registered'
                else 'not_registered' end as reason
    from trackers
)
select coalesce(site, '') || ' · ' || coalesce(tracker_name, '') as record_id, null::varchar as account_id, null::varchar as country, null::timestamptz as event_at, null::timestamptz as due_at,
       case when reason in ('own', 'registered') then 'compliant'
            when reason = 'not_registered' then 'violation'
            else 'indeterminate' end as verdict,
       reason,
       vendor
from judged;

/* examples
as_of = 2026-06-30
[in_the_register]
given.processors = [{ recipient_id = "p", name = "Counter" }, { recipient_id = "q" }]
given.trackers = [
    { site = "s", tracker_name = "a", vendor = "Own" }, { site = "s", tracker_name = "b", vendor = "counter" }, { site = "s", tracker_name = "c", vendor = "p" },
    { site = "s", tracker_name = "d", vendor = "Stranger" }, { site = "s", tracker_name = "f", vendor = "COUNTER_" }, { site = "s", tracker_name = "g", vendor = "p-" }, { site = "s", tracker_name = "e" }, { site = "s", vendor = "own" }, { tracker_name = "a", vendor = "own" },
]
expect."s · a" = "compliant: own"
expect."s · b" = "compliant: registered"
expect."s · c" = "compliant: registered"
expect."s · d" = "violation: not_registered"
expect."s · f" = "compliant: registered"
expect."s · g" = "compliant: registered"
expect."s · e" = "indeterminate: vendor_unknown"
expect."s · " = "compliant: own"
expect." · a" = "compliant: own"
*/
