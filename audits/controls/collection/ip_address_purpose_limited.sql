/*
id         = "ip_address_purpose_limited"
title      = "IP addresses are used only for the purposes that the policy names, and otherwise only in aggregate"
short      = "IP addresses for stated purposes"
rule       = """
Processing of IP addresses serves one of the purposes that the policy names for them ({ip_purposes}); others that it names
({ip_purposes_in_aggregate}) use them in aggregate only."""
maps_to    = ["GDPR 5(1)(b)"]
severity   = "medium"
remedy     = "Stop other uses of IP addresses, or do them on aggregates"
tables.processing_activities = ["data_class", "purpose", "aggregated?", "started_at", "account_id?", "ended_at?"]
dimensions = ["purpose"]
parameters.ip_purposes = { type = "words", of = "purpose" }
parameters.ip_purposes_in_aggregate = { type = "words", of = "purpose" }
inject.to_advertise = { processing_activities = { purpose = "'advertise'" } }
inject.not_in_aggregate = { processing_activities = { purpose = "'statistics'", aggregated = "false" } }
[reasons]
security         = "for a purpose that is named for them"
in_aggregate     = "for a purpose that is named in aggregate, in aggregate"
not_in_aggregate = "for a purpose that is named in aggregate, not in aggregate"
other_purpose    = "for another purpose"
not_recorded     = "its purpose, or whether it was in aggregate, is not recorded"
in_the_future    = "it started after the instant of judgement"
[de]
title    = "IP-Adressen werden nur für die Zwecke der Datenschutzerklärung genutzt, sonst nur zusammengefasst"
short    = "IP-Adressen nur für genannte Zwecke"
rule     = """
Die Verarbeitung von IP-Adressen dient einem der Zwecke, die die Datenschutzerklärung für sie nennt ({ip_purposes}); andere genannte
({ip_purposes_in_aggregate}) nutzen sie nur zusammengefasst."""
remedy   = "Andere Nutzungen von IP-Adressen beenden oder zusammenfassen"
[de.reasons]
security         = "für einen Zweck, der für sie genannt ist"
in_aggregate     = "für einen Zweck, der nur für Zusammenfassungen genannt ist, zusammengefasst"
not_in_aggregate = "für einen Zweck, der nur für Zusammenfassungen genannt ist, nicht zusammengefasst"
other_purpose    = "für einen anderen Zweck"
not_recorded     = "der Zweck, oder ob zusammengefasst wurde, ist nicht erfasst"
in_the_future    = "es begann nach dem Stichtag"
*/
with judged as (
    select *,
           case when started_at > $as_of then 'in_the_future'
                when purpose is null then 'not_recorded'
                when purpose in $ip_purposes then 'security'
                when purpose not in $ip_purposes_in_aggregate then 'other_purpose'
                when aggregated is null then 'not_recorded'
                when aggregated then 'in_aggregate'
                else 'not_in_aggregate' end as reason
    from processing_activities
    where data_class = 'ip'
)
select activity_id as record_id, account_id, null::varchar as country, started_at as event_at, null::timestamptz as due_at,
       case when reason in ('security', 'in_aggregate') then 'compliant'
            when reason in ('not_in_aggregate', 'other_purpose') then 'violation'
            else 'indeterminate' end as verdict,
       reason,
       ended_at as met_at, purpose
from judged;

/* examples
as_of = 2026-06-30
parameters = { ip_purposes = ["security", "diagnostics"], ip_purposes_in_aggregate = ["improve", "statistics"] }
[what_for]
period = "2026-01"
given.processing_activities = [
    { activity_id = "a", data_class = "ip", purpose = "security", started_at = 2026-01-10T08:00:00Z },
    { activity_id = "b", data_class = "ip", purpose = "statistics", aggregated = true, started_at = 2026-01-10T08:00:00Z },
    { activity_id = "c", data_class = "ip", purpose = "statistics", aggregated = false, started_at = 2026-01-10T08:00:00Z },
    { activity_id = "d", data_class = "ip", purpose = "advertise", aggregated = true, started_at = 2026-01-10T08:00:00Z },
    { activity_id = "e", data_class = "ip", purpose = "improve", started_at = 2026-01-10T08:00:00Z },
    { activity_id = "f", data_class = "ip", started_at = 2026-01-10T08:00:00Z },
    { activity_id = "in_aggregate_and_what_for", data_class = "ip", aggregated = true, started_at = 2026-01-10T08:00:00Z }, { activity_id = "at_as_of", data_class = "ip", purpose = "security", started_at = 2026-06-30T23:59:59.999999Z },
    { activity_id = "future", data_class = "ip", purpose = "advertise", started_at = 2026-07-10T08:00:00Z },
    { activity_id = "g", data_class = "account", purpose = "a", started_at = 2026-01-10T08:00:00Z },
]
expect.a = { verdict = "compliant: security", event_at = 2026-01-10T08:00:00Z, scope = "period" }
expect.b = "compliant: in_aggregate"
expect.c = "violation: not_in_aggregate"
expect.d = "violation: other_purpose"
expect.e = "indeterminate: not_recorded"
expect.f = "indeterminate: not_recorded"
expect.in_aggregate_and_what_for = "indeterminate: not_recorded"
expect.at_as_of = "compliant: security"
expect.future = "indeterminate: in_the_future"
*/
