/*
id         = "no_reliance_on_invalid_framework"
title      = "No transfer is made on a framework that had been struck down"
short      = "No reliance on invalid frameworks"
rule       = """
No disclosure names Safe Harbor after 2015-10-06 or the EU-US Privacy Shield after 2020-07-16 (reference table mechanisms): the days on which the
Court of Justice struck them down (C-362/14, C-311/18).  """
maps_to    = ["GDPR 45"]
severity   = "high"
remedy     = "Put a valid measure under the transfers, or stop them"
acts       = true
tables.disclosures = ["disclosed_at", "mechanism", "recipient_id?", "destination_country?", "origin_country?"]
dimensions = ["mechanism", "recipient_id"]
inject.on_a_dead_framework = { disclosures = { mechanism = "'privacy_shield'" }, where = "event_at > timestamptz '2020-09-10'" }
[reasons]
valid_then    = "the framework was in force on the day"
ended         = "the framework had been struck down"
no_instant    = "the day of the disclosure is not recorded"
in_the_future = "the disclosure lies after the instant of judgement"
*/
with scoped as (
    select d.*, m.relied_on_until, (m.relied_on_until + 1)::timestamptz as ended_at
    from disclosures as d
    join mechanisms as m on m.mechanism = d.mechanism and m.rests_on = 'certification'
),
judged as (
    select *,
           case when disclosed_at is null then 'no_instant'
                when disclosed_at > $as_of then 'in_the_future'
                when disclosed_at >= ended_at then 'ended'
                else 'valid_then' end as reason
    from scoped
)
select disclosure_id as record_id, account_id, origin_country as country, disclosed_at as event_at, null::timestamptz as due_at,
       case when reason = 'valid_then' then 'compliant'
            when reason = 'ended' then 'violation'
            else 'indeterminate' end as verdict,
       reason,
       recipient_id, mechanism, destination_country
from judged;

/* examples
as_of = 2026-06-30
[privacy_shield_and_safe_harbor]
given.disclosures = [
    { disclosure_id = "shield_last_day", disclosed_at = 2020-07-16T12:00:00Z, mechanism = "privacy_shield" },
    { disclosure_id = "shield_day_after", disclosed_at = 2020-07-17T00:00:00Z, mechanism = "privacy_shield" },
    { disclosure_id = "harbor_last_day", disclosed_at = 2015-10-06T12:00:00Z, mechanism = "safe_harbor" },
    { disclosure_id = "harbor_day_after", disclosed_at = 2015-10-07T00:00:00Z, mechanism = "safe_harbor" },
    { disclosure_id = "dpf", disclosed_at = 2025-10-07T00:00:00Z, mechanism = "dpf" },
    { disclosure_id = "contract", disclosed_at = 2025-10-07T00:00:00Z, mechanism = "scc_2021" },
]
expect.shield_last_day = "compliant: valid_then"
expect.shield_day_after = "violation: ended"
expect.harbor_last_day = "compliant: valid_then"
expect.harbor_day_after = "violation: ended"
expect.dpf = "compliant: valid_then"
[the_data_cannot_tell]
given.disclosures = [
    { disclosure_id = "a", mechanism = "privacy_shield" },
    { disclosure_id = "b", disclosed_at = 2026-07-17T00:00:00Z, mechanism = "dpf" },
]
expect = { a = "indeterminate: no_instant", b = "indeterminate: in_the_future" }
*/
