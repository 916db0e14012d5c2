/*
id         = "breach_is_recorded"
title      = "Each breach is entered in the register"
short      = "Breaches in the register"
rule       = """
A breach of the Company's own, also one without risk, is entered in the register of breaches."""
maps_to    = ["GDPR 33(5)"]
severity   = "medium"
remedy     = "Enter the breaches that are missing in the register"
tables.breaches = ["reported_by", "recorded_at", "aware_at??", "subscriber_id?"]
inject.entry_lost = { breaches = { recorded_at = "null" } }
[reasons]
recorded      = "entered in the register"
not_recorded  = "not entered in the register"
in_the_future = "an instant lies after the instant of judgement"
ends_before_start = "entered before anybody was aware of it"
[de]
title    = "Jede Datenpanne steht im Verzeichnis"
short    = "Datenpannen im Verzeichnis"
rule     = "Eine eigene Datenpanne des Unternehmens, auch eine ohne Risiko, ist im Verzeichnis der Datenpannen eingetragen."
remedy   = "Die fehlenden Datenpannen eintragen"
[de.reasons]
recorded      = "im Verzeichnis eingetragen"
not_recorded  = "nicht im Verzeichnis eingetragen"
in_the_future = "ein Zeitpunkt liegt nach dem Stichtag"
ends_before_start = "eingetragen, bevor sie jemandem bekannt war"
*/
with judged as (
    select *,
           case when aware_at > $as_of or recorded_at > $as_of then 'in_the_future'
                when recorded_at is null then 'not_recorded'
                when recorded_at < aware_at then 'ends_before_start'
                else 'recorded' end as reason
    from breaches
    where reported_by = 'company'
)
select breach_id as record_id, subscriber_id as account_id, null::varchar as country, coalesce(aware_at, recorded_at) as event_at, null::timestamptz as due_at,
       case when reason = 'recorded' then 'compliant'
            when reason = 'not_recorded' then 'violation'
            else 'indeterminate' end as verdict,
       reason,
       recorded_at
from judged;

/* examples
as_of = 2026-06-30
[in_the_register]
period = "2026-01"
given.breaches = [
    { breach_id = "a", reported_by = "company", aware_at = 2026-03-01T10:00:00Z, recorded_at = 2026-03-01T10:00:00Z }, { breach_id = "b", reported_by = "company", aware_at = 2026-03-01T10:00:00Z },
    { breach_id = "c", reported_by = "company", aware_at = 2026-07-01T10:00:00Z, recorded_at = 2026-07-01T10:00:00Z }, { breach_id = "d", reported_by = "subscriber" },
    { breach_id = "e", reported_by = "company", aware_at = 2026-03-01T10:00:00Z, recorded_at = 2026-03-01T09:59:59Z },
]
expect = { a = { verdict = "compliant: recorded", scope = "later" }, b = "violation: not_recorded", c = "indeterminate: in_the_future", e = "indeterminate: ends_before_start" }
[up_to_the_instant_of_judgement]
given.export_info = [{ exported_at = 2026-07-31T00:00:00Z }]
given.breaches = [
    { breach_id = "at_as_of", reported_by = "company", aware_at = 2026-06-30T23:59:59.999999Z, recorded_at = 2026-06-30T23:59:59.999999Z }, { breach_id = "aware_later", reported_by = "company", aware_at = 2026-07-01T00:00:00Z },
    { breach_id = "entered_later", reported_by = "company", aware_at = 2026-06-30T10:00:00Z, recorded_at = 2026-07-01T00:00:00Z }, { breach_id = "not_dated", reported_by = "company", recorded_at = 2026-03-01T10:00:00Z },
]
expect = { at_as_of = { verdict = "compliant: recorded", event_at = 2026-06-30T23:59:59.999999Z }, aware_later = "indeterminate: in_the_future", entered_later = { verdict = "indeterminate: in_the_future", event_at = 2026-06-30T10:00:00Z }, not_dated = { verdict = "compliant: recorded", event_at = 2026-03-01T10:00:00Z } }
*/
