/*
id         = "ip_address_purpose_limited"
title      = "IP addresses are used for security and diagnostics, and otherwise only in aggregate"
rule       = """
Processing of IP addresses serves security or diagnostics; improving the service and generating statistics use them in aggregate only."""
clauses    = ["collection.ip-logs"]
maps_to    = ["GDPR 5(1)(b)"]
severity   = "medium"
tables.processing_activities = ["data_class", "purpose", "aggregated?", "started_at", "account_id?"]
dimensions = ["purpose"]
inject.to_advertise = { processing_activities = { purpose = "'advertise'" } }
inject.not_in_aggregate = { processing_activities = { purpose = "'statistics'", aggregated = "false" } }
[reasons]
security         = "for security or diagnostics"
in_aggregate     = "to improve or for statistics, in aggregate"
not_in_aggregate = "to improve or for statistics, not in aggregate"
other_purpose    = "for another purpose"
not_recorded     = "its purpose, or whether it was in aggregate, is not recorded"
*/
with judged as (
    select *,
           case when purpose is null then 'not_recorded'
                when purpose in (select item from policy_lists where list = 'ip_purposes') then 'security'
                when purpose not in (select item from policy_lists where list = 'ip_purposes_in_aggregate') then 'other_purpose'
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
       purpose
from judged;

/* examples
as_of = 2026-06-30
[what_for]
given.processing_activities = [
    { activity_id = "a", data_class = "ip", purpose = "security" },
    { activity_id = "b", data_class = "ip", purpose = "statistics", aggregated = true },
    { activity_id = "c", data_class = "ip", purpose = "statistics", aggregated = false },
    { activity_id = "d", data_class = "ip", purpose = "advertise", aggregated = true },
    { activity_id = "e", data_class = "ip", purpose = "improve" },
    { activity_id = "f", data_class = "ip" },
    { activity_id = "g", data_class = "account", purpose = "a" },
]
expect.a = "compliant: security"
expect.b = "compliant: in_aggregate"
expect.c = "violation: not_in_aggregate"
expect.d = "violation: other_purpose"
expect.e = "indeterminate: not_recorded"
expect.f = "indeterminate: not_recorded"
*/
