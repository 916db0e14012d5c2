/*
id         = "analytics_vendor_is_registered"
title      = "Vendors of analytics tools are in the register of recipients"
short      = "Analytics vendors in the register"
rule       = """
Whoever sets a tracker, other than the Company itself, stands in the register of recipients, by key or by name. A name that
begins like one there may be the same, and cannot be told."""
maps_to    = ["GDPR 28(1)", "GDPR 30(1)(d)"]
severity   = "medium"
remedy     = "Enter the vendors in the register, or take their trackers off"
tables.trackers = ["vendor", "purpose?"]
tables.processors = ["name"]
inject.a_stranger = { "+trackers" = { site = "record_id", tracker_name = "'selftest'", vendor = "'selftest nobody'" } }
[reasons]
own            = "the Company's own"
registered     = "its vendor is in the register"
name_like_another = "its vendor's name begins like one in the register, and may be the same"
not_registered = "its vendor is not in the register"
vendor_unknown = "its vendor is not recorded"
[de]
title    = "Anbieter von Analysewerkzeugen stehen im Empfängerverzeichnis"
short    = "Analyseanbieter im Verzeichnis"
rule     = "Wer einen Tracker setzt und nicht das Unternehmen selbst ist, steht im Empfängerverzeichnis, nach Schlüssel oder Name. Was wie ein Name dort beginnt, ist nicht entscheidbar."
remedy   = "Die Anbieter eintragen oder ihre Tracker entfernen"
[de.reasons]
own            = "ein eigener Tracker des Unternehmens"
registered     = "der Anbieter steht im Verzeichnis"
name_like_another = "der Name des Anbieters beginnt wie einer im Verzeichnis und kann derselbe sein"
not_registered = "der Anbieter steht nicht im Verzeichnis"
vendor_unknown = "der Anbieter ist nicht erfasst"
*/
with named as (
    select unnest([recipient_id, name]) as written from processors
),
-- However they are written: capitals, accents, blanks and signs make no other.
known as (
    select regexp_replace(translate(lower(written), 'äöüáàâéèêíóôúçñ', 'aouaaaeeeiooucn'), '[^\pL\pN]+', '', 'g') as vendor from named
),
set_by as (
    select *, regexp_replace(translate(lower(vendor), 'äöüáàâéèêíóôúçñ', 'aouaaaeeeiooucn'), '[^\pL\pN]+', '', 'g') as folded from trackers
),
judged as (
    select * exclude (folded),
           case when vendor is null then 'vendor_unknown'
                when lower(vendor) = 'own' then 'own'
                when folded in (select vendor from known) then 'registered'
                when exists (select 1 from known as k where least(len(k.vendor), len(s.folded)) >= 4 and (starts_with(s.folded, k.vendor) or starts_with(k.vendor, s.folded))) then 'name_like_another'
                else 'not_registered' end as reason
    from set_by as s
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
period = "2026-01"
given.processors = [{ recipient_id = "p", name = "Counter" }, { recipient_id = "q" }]
given.trackers = [
    { site = "s", tracker_name = "a", vendor = "Own" }, { site = "s", tracker_name = "b", vendor = "counter" }, { site = "s", tracker_name = "c", vendor = "p" },
    { site = "s", tracker_name = "d", vendor = "Stranger" }, { site = "s", tracker_name = "f", vendor = "COUNTER_" }, { site = "s", tracker_name = "g", vendor = "p-" }, { site = "s", tracker_name = "e" }, { site = "s", vendor = "own" }, { site = "t", tracker_name = "a", vendor = "Counter Ltd." }, { site = "t", tracker_name = "b", vendor = "Coun" }, { site = "t", tracker_name = "c", vendor = "Cou" }, { site = "t", tracker_name = "d", vendor = "Cóunter" }, { site = "t", tracker_name = "e", vendor = "pq" }, { tracker_name = "a", vendor = "own" },
]
expect."s · a" = { verdict = "compliant: own", scope = "period" }
expect."t · a" = "indeterminate: name_like_another"
expect."t · b" = "indeterminate: name_like_another"
expect."t · c" = "violation: not_registered"
expect."t · d" = "compliant: registered"
expect."t · e" = "violation: not_registered"
expect."s · b" = "compliant: registered"
expect."s · c" = "compliant: registered"
expect."s · d" = "violation: not_registered"
expect."s · f" = "compliant: registered"
expect."s · g" = "compliant: registered"
expect."s · e" = "indeterminate: vendor_unknown"
expect."s · " = "compliant: own"
expect." · a" = "compliant: own"
[equivalent]
"judged: 1 in select 1 from known as k where least(length(k.vendor), length(s.folded)) >= 4 and (starts_with(s.folded, k.vendor) or starts_with(k.vendor, s.folded)) → 2" = "exists asks whether there is a row, and not what it holds"
*/
