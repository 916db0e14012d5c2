/*
id         = "other_disclosure_has_permission"
title      = "Third parties are given data only by direction, permission, law, or on another ground that the policy names"
short      = "Third parties only with permission"
rule       = """
A disclosure to a third party that is neither provider, authority nor successor rests on the person's direction or permission, on law or an official
request, or on an investigation of fraud or crime. Permission counts only while a consent of that person stands where consents are exported."""
maps_to    = ["GDPR 6(1)(a)"]
severity   = "high"
remedy     = "Stop the disclosures, or get the permission first"
acts       = true
tables.disclosures = ["recipient_id", "disclosed_at", "ground", "account_id", "aggregated??", "destination_country?"]
tables.processors = ["kind"]
tables.consents = ["account_id", "withdrawn_at??", "given_at??"]
dimensions = ["ground"]
parameters.other_grounds = { type = "words", of = "ground" }
inject.courtesy = { disclosures = { ground = "'selftest'" } }
[reasons]
permitted            = "on one of these grounds"
no_ground            = "on another ground"
permission_withdrawn = "by permission, and every consent of the person had been withdrawn"
ground_unknown       = "its ground is not recorded"
in_the_future        = "the disclosure lies after the instant of judgement"
*/
with last_withdrawals as (
    select account_id, max(withdrawn_at) as withdrawn_at from consents group by account_id having count(*) = count(withdrawn_at)
),
judged as (
    select d.*,
           case when d.disclosed_at > $as_of then 'in_the_future'
                when d.ground is null then 'ground_unknown'
                when d.ground = 'permission' and w.withdrawn_at < d.disclosed_at then 'permission_withdrawn'
                when d.ground in $other_grounds then 'permitted'
                else 'no_ground' end as reason
    from disclosures as d
    left join last_withdrawals as w on w.account_id = d.account_id
    where d.recipient_id in (select recipient_id from processors where kind = 'third_party') and d.aggregated is distinct from true
)
select disclosure_id as record_id, account_id, destination_country as country, disclosed_at as event_at, null::timestamptz as due_at,
       case when reason = 'permitted' then 'compliant'
            when reason in ('no_ground', 'permission_withdrawn') then 'violation'
            else 'indeterminate' end as verdict,
       reason,
       recipient_id, ground
from judged;

/* examples
as_of = 2026-06-30
parameters = { other_grounds = ["direction", "permission", "legal_obligation", "official_request", "fraud", "crime"] }
[on_these_grounds_only]
given.processors = [{ recipient_id = "other", kind = "third_party" }, { recipient_id = "p", kind = "processor" }]
given.consents = [{ consent_id = "w", account_id = "w", withdrawn_at = 2026-01-01T00:00:00Z }, { consent_id = "k", account_id = "k" }]
given.disclosures = [
    { disclosure_id = "a", account_id = "k", recipient_id = "other", ground = "permission", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "b", account_id = "w", recipient_id = "other", ground = "permission", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "c", account_id = "w", recipient_id = "other", ground = "permission", disclosed_at = 2026-01-01T00:00:00Z },
    { disclosure_id = "d", recipient_id = "other", ground = "courtesy", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "e", recipient_id = "other", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "f", recipient_id = "other", ground = "crime", disclosed_at = 2026-07-10T08:00:00Z },
    { disclosure_id = "g", recipient_id = "p", disclosed_at = 2026-01-10T08:00:00Z },
]
expect.a = "compliant: permitted"
expect.b = "violation: permission_withdrawn"
expect.c = "compliant: permitted"
expect.d = "violation: no_ground"
expect.e = "indeterminate: ground_unknown"
expect.f = "indeterminate: in_the_future"
*/
