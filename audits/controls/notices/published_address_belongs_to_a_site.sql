/*
id         = "published_address_belongs_to_a_site"
title      = "Published addresses are read, and lie at sites of the Company"
short      = "Published addresses work"
rule       = """
Each address at which the policy takes requests has intake counts of a month that began by the instant of judgement, and its domain is one of the
sites listed or a domain of the Company. One that is not is a broken channel."""
maps_to    = ["GDPR 13(1)(a)"]
severity   = "medium"
remedy     = "Mend the address in the policy, or have it read"
tables.intake = ["address", "period_start"]
parameters.addresses = { type = "words" }
parameters.sites = { type = "words" }
parameters.company_domains = { type = "words" }
inject.unread = { intake = { address = "'selftest'" }, by = "t.address = f.record_id" }
[reasons]
works        = "counted, and at a domain of the Company"
stray_domain = "at a domain that is not the Company's"
not_counted  = "no intake is counted for it"
[de]
title    = "Veröffentlichte Adressen werden gelesen und liegen bei Websites des Unternehmens"
short    = "Veröffentlichte Adressen funktionieren"
rule     = """
Zu jeder Adresse, an der die Datenschutzerklärung Anfragen annimmt, gibt es Eingangszählungen eines bis zum Stichtag begonnenen Monats, und ihre
Domain ist eine der genannten Websites oder eine Domain des Unternehmens. Wo das nicht so ist, ist der Kanal gestört."""
remedy   = "Die Adresse in der Datenschutzerklärung berichtigen oder lesen lassen"
[de.reasons]
works        = "gezählt, und bei einer Domain des Unternehmens"
stray_domain = "bei einer Domain, die nicht die des Unternehmens ist"
not_counted  = "für sie ist kein Eingang gezählt"
*/
with published as (
    select channel, split_part(lower(channel), '@', 2) as domain from (select unnest($addresses::varchar[]) as channel)
),
counted as (
    -- As a link, in brackets, or with the name of who reads it.
    select regexp_extract(lower(address), '[^\s<>"'':;,()]+@[^\s<>"'':;,()]+') as address from intake where period_start::timestamptz <= $as_of
),
judged as (
    select *,
           case when (domain not in $sites and domain not in $company_domains) then 'stray_domain'
                when lower(channel) in (select address from counted) then 'works'
                else 'not_counted' end as reason
    from published
)
select channel as record_id, null::varchar as account_id, null::varchar as country, null::timestamptz as event_at, null::timestamptz as due_at,
       case when reason = 'works' then 'compliant' else 'violation' end as verdict,
       reason,
       domain
from judged;

/* examples
as_of = 2026-06-30
parameters = { addresses = ["privacy@shop.example", "privacy@shpo.example", "privacy@company.example"], sites = ["shop.example"], company_domains = ["company.example"] }
[counted_and_at_home]
period = "2026-01"
given.intake = [{ address = "privacy@shop.example", period_start = 2026-01-01 }, { address = "privacy@shpo.example", period_start = 2026-01-01 }, { period_start = 2026-07-01 }]
expect."privacy@shop.example" = { verdict = "compliant: works", scope = "period" }
expect."privacy@shpo.example" = "violation: stray_domain"
expect."privacy@company.example" = "violation: not_counted"
[as_a_link_and_in_brackets]
parameters = { addresses = ["privacy@shop.example", "post@shop.example"], sites = ["shop.example"], company_domains = [] }
given.intake = [{ address = "mailto:privacy@shop.example", period_start = 2026-01-01 }, { address = "Post Room <post@shop.example>", period_start = 2026-01-01 }]
expect."privacy@shop.example" = "compliant: works"
expect."post@shop.example" = "compliant: works"
[in_other_capitals]
parameters = { addresses = ["Privacy@Shop.example"] }
given.intake = [{ address = "PRIVACY@shop.example", period_start = 2026-01-01 }]
expect."Privacy@Shop.example" = "compliant: works"
[counted_from_the_instant_of_judgement]
as_of = 2026-06-01T00:00:00Z
parameters = { addresses = ["privacy@shop.example"] }
given.intake = [{ address = "privacy@shop.example", period_start = 2026-06-01 }]
expect."privacy@shop.example" = "compliant: works"
[counted_by_the_instant_of_judgement]
parameters = { addresses = ["privacy@shop.example", "post@shop.example"], sites = ["shop.example"], company_domains = [] }
given.intake = [{ address = "privacy@shop.example", period_start = 2026-06-01 }, { address = "post@shop.example", period_start = 2026-07-01 }]
expect."privacy@shop.example" = "compliant: works"
expect."post@shop.example" = "violation: not_counted"
*/
