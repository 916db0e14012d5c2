/*
id         = "published_address_belongs_to_a_site"
title      = "Published addresses are read, and lie at sites of the Company"
rule       = """
Each address at which the policy takes requests has intake counts, and its domain is one of the sites listed or a domain of the Company. One that is
not is a broken channel."""
clauses    = ["contact.questions-address", "contact.data-protection-officer"]
maps_to    = ["GDPR 13(1)(a)"]
severity   = "medium"
tables.intake = ["address"]
inject.unread = { intake = { address = "'selftest'" }, by = "t.address = f.record_id" }
[reasons]
works        = "counted, and at a domain of the Company"
stray_domain = "at a domain that is not the Company's"
not_counted  = "no intake is counted for it"
*/
with published as (
    select item as address, split_part(item, '@', 2) as domain from policy_lists where list = 'addresses'
),
judged as (
    select *,
           case when domain not in (select item from policy_lists where list in ('sites', 'company_domains')) then 'stray_domain'
                when address not in (select address from intake where address is not null) then 'not_counted'
                else 'works' end as reason
    from published
)
select address as record_id, null::varchar as account_id, null::varchar as country, null::timestamptz as event_at, null::timestamptz as due_at,
       case when reason = 'works' then 'compliant'
            else 'violation' end as verdict,
       reason,
       domain
from judged;

/* examples
as_of = 2026-06-30
[counted_and_at_home]
given.intake = [{ address = "privacy@jivochat.com", period_start = 2026-01-01 }, { address = "privacy@jvochat.com", period_start = 2026-01-01 }]
expect."privacy@jivochat.com" = "compliant: works"
expect."privacy@jvochat.com" = "violation: stray_domain"
expect."privacy@jivosite.com" = "violation: not_counted"
*/
