/*
id         = "compliance_monitoring_is_minimised"
title      = "Monitoring of compliance is done on minimised data"
short      = "Compliance monitored on minimised data"
rule       = """
Processing to monitor and assess compliance ({monitoring_purposes}) uses aggregates only."""
maps_to    = ["GDPR 5(1)(c)"]
severity   = "low"
remedy     = "Monitor on aggregates instead"
tables.processing_activities = ["purpose", "aggregated", "started_at", "account_id?", "ended_at?"]
parameters.monitoring_purposes = { type = "words", of = "purpose" }
inject.single_people = { processing_activities = { aggregated = "false" } }
[reasons]
minimised     = "done on aggregates"
not_minimised = "done on single people's data"
not_recorded  = "what it was done on is not recorded"
in_the_future = "it started after the instant of judgement"
[de]
title    = "Überwacht wird die Einhaltung auf datensparsame Weise"
short    = "Überwachung datensparsam"
rule     = "Die Verarbeitung, um die Einhaltung zu überwachen und zu bewerten ({monitoring_purposes}), nutzt nur Zusammenfassungen."
remedy   = "Stattdessen auf Zusammenfassungen überwachen"
[de.reasons]
minimised     = "auf Zusammenfassungen überwacht"
not_minimised = "auf Daten einzelner Personen überwacht"
not_recorded  = "worauf überwacht wurde, ist nicht erfasst"
in_the_future = "es begann nach dem Stichtag"
*/
with judged as (
    select *,
           case when started_at > $as_of then 'in_the_future'
                when aggregated is null then 'not_recorded'
                when aggregated then 'minimised'
                else 'not_minimised' end as reason
    from processing_activities
    where purpose in $monitoring_purposes
)
select activity_id as record_id, account_id, null::varchar as country, started_at as event_at, null::timestamptz as due_at,
       case when reason = 'minimised' then 'compliant'
            when reason = 'not_minimised' then 'violation'
            else 'indeterminate' end as verdict,
       reason,
       ended_at as met_at
from judged;

/* examples
as_of = 2026-06-30
parameters = { monitoring_purposes = ["h"] }
[aggregates_only]
period = "2026-01"
given.processing_activities = [
    { activity_id = "a", purpose = "h", aggregated = true, started_at = 2026-01-10T08:00:00Z }, { activity_id = "b", purpose = "h", aggregated = false, started_at = 2026-01-10T08:00:00Z }, { activity_id = "c", purpose = "h", started_at = 2026-01-10T08:00:00Z },
    { activity_id = "on_the_last_instant", purpose = "h", aggregated = true, started_at = 2026-06-30T23:59:59.999999Z },
    { activity_id = "future", purpose = "h", aggregated = false, started_at = 2026-07-10T08:00:00Z }, { activity_id = "d", purpose = "a", aggregated = false, started_at = 2026-01-10T08:00:00Z },
]
expect = { a = { verdict = "compliant: minimised", event_at = 2026-01-10T08:00:00Z, scope = "period" }, b = "violation: not_minimised", c = "indeterminate: not_recorded", future = "indeterminate: in_the_future", on_the_last_instant = "compliant: minimised" }
*/
