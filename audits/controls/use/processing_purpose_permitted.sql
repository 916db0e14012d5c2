/*
id         = "processing_purpose_permitted"
title      = "Personal data is used only for the purposes that the policy names"
short      = "Data used for stated purposes"
rule       = """
Processing serves one of the purposes that the policy names. Purposes that need consent, and IP addresses, are
judged by controls of theirs. The strict reading keeps the promise of internal business use only: it leaves out purposes that are not internal, which the
same text may permit elsewhere."""
maps_to    = ["GDPR 5(1)(b)", "GDPR 6(4)"]
severity   = "high"
remedy     = "Stop the processing for other purposes, or state those"
tables.processing_activities = ["purpose", "started_at", "data_class??", "account_id?", "ended_at?"]
dimensions = ["purpose"]
parameters.internal_only = { default = false }
parameters.processing_purposes = { type = "words", of = "purpose" }
parameters.internal_purposes = { type = "words", of = "purpose" }
parameters.consent_purposes = { type = "words", of = "purpose" }
readings."strict: internal business use only" = { internal_only = true }
inject.resale = { processing_activities = { purpose = "'resale'" } }
[reasons]
permitted       = "one of the purposes that the policy names"
not_internal    = "a promotional purpose, which the strict reading leaves out"
other_purpose   = "a purpose that the policy does not name"
purpose_unknown = "its purpose is not recorded"
in_the_future   = "it started after the instant of judgement"
[de]
title    = "Personenbezogene Daten werden nur für die Zwecke der Datenschutzerklärung genutzt"
short    = "Daten nur für genannte Zwecke"
rule     = """
Verarbeitung dient einem der Zwecke, die die Datenschutzerklärung nennt. Zwecke, die eine Einwilligung brauchen, und IP-Adressen prüfen eigene
Prüfungen. Die strenge Lesart hält die Zusage rein interner geschäftlicher Nutzung ein: Sie nimmt Zwecke aus, die nicht intern sind und die derselbe
Text anderswo erlauben kann."""
remedy   = "Die Verarbeitung für andere Zwecke beenden oder diese nennen"
readings = { "strict: internal business use only" = "streng: nur interne geschäftliche Nutzung" }
[de.reasons]
permitted       = "einer der Zwecke, die die Datenschutzerklärung nennt"
not_internal    = "ein Werbezweck, den die strenge Lesart ausnimmt"
other_purpose   = "ein Zweck, den die Datenschutzerklärung nicht nennt"
purpose_unknown = "der Zweck ist nicht erfasst"
in_the_future   = "es begann nach dem Stichtag"
*/
with judged as (
    select *,
           case when started_at > $as_of then 'in_the_future'
                when purpose is null then 'purpose_unknown'
                when purpose not in $processing_purposes then 'other_purpose'
                when $internal_only and purpose not in $internal_purposes then 'not_internal'
                else 'permitted' end as reason
    from processing_activities
    where coalesce(purpose not in $consent_purposes, true) and data_class is distinct from 'ip'
)
select activity_id as record_id, account_id, null::varchar as country, started_at as event_at, null::timestamptz as due_at,
       case when reason = 'permitted' then 'compliant'
            when reason in ('not_internal', 'other_purpose') then 'violation'
            else 'indeterminate' end as verdict,
       reason,
       ended_at as met_at, purpose
from judged;

/* examples
as_of = 2026-06-30
parameters = { processing_purposes = ["a", "b", "c", "d", "e", "f", "g", "h"], internal_purposes = ["a", "b", "c", "d", "h"], consent_purposes = ["i"] }
[a_to_h]
period = "2026-01"
given.processing_activities = [
    { activity_id = "a", purpose = "a" }, { activity_id = "h", purpose = "h" }, { activity_id = "z", purpose = "resale" }, { activity_id = "nothing" },
    { activity_id = "i", purpose = "i" }, { activity_id = "ip", purpose = "security", data_class = "ip" }, { activity_id = "to_promote", purpose = "e" }, { activity_id = "on_the_last_instant", purpose = "a", started_at = 2026-06-30T23:59:59.999999Z }, { activity_id = "later", purpose = "a", started_at = 2026-07-01T00:00:00Z },
]
expect.a = "compliant: permitted"
expect.h = "compliant: permitted"
expect.to_promote = "compliant: permitted"
expect.on_the_last_instant = { verdict = "compliant: permitted", event_at = 2026-06-30T23:59:59.999999Z, scope = "later" }
expect.z = "violation: other_purpose"
expect.nothing = "indeterminate: purpose_unknown"
expect.later = "indeterminate: in_the_future"
[internal_business_only]
parameters = { internal_only = true }
given.processing_activities = [{ activity_id = "c", purpose = "c" }, { activity_id = "e", purpose = "e" }, { activity_id = "g", purpose = "g" }]
expect = { c = "compliant: permitted", e = "violation: not_internal", g = "violation: not_internal" }
*/
