/*
id         = "published_address_belongs_to_a_site"
title      = "Published addresses are read, and lie at sites of the Company"
short      = "Published addresses work"
rule       = """
Each address at which the policy takes requests has intake counts of a month that began by the instant of judgement, and its domain is one of the
sites listed or a domain of the Company. One that is not is a broken channel; where an address that is counted is not recorded, it may be the one
that is missing."""
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
address_unknown = "no intake is counted for it, and some of an address that is not recorded"
[de]
title    = "Veröffentlichte Adressen werden gelesen und liegen bei Websites des Unternehmens"
short    = "Veröffentlichte Adressen funktionieren"
rule     = """
Zu jeder Adresse, an der die Datenschutzerklärung Anfragen annimmt, gibt es Eingangszählungen eines bis zum Stichtag begonnenen Monats, und ihre
Domain ist eine der genannten Websites oder eine Domain des Unternehmens. Wo das nicht so ist, ist der Kanal gestört; ist eine gezählte Adresse nicht
erfasst, kann es die fehlende sein."""
remedy   = "Die Adresse in der Datenschutzerklärung berichtigen oder lesen lassen"
[de.reasons]
works        = "gezählt, und bei einer Domain des Unternehmens"
stray_domain = "bei einer Domain, die nicht die des Unternehmens ist"
not_counted  = "für sie ist kein Eingang gezählt"
address_unknown = "für sie ist kein Eingang gezählt, und mancher für eine Adresse, die nicht erfasst ist"
*/
with published as (
    select address, split_part(lower(address), '@', 2) as domain from (select unnest($addresses::varchar[]) as address)
),
counted as (
    select replace(translate(address, '<> ', ''), 'mailto:', '') as address from intake where period_start::timestamptz <= $as_of
),
judged as (
    select *,
           case when (domain not in $sites and domain not in $company_domains) then 'stray_domain'
                when lower(address) in (select address from counted) then 'works'
                when exists (from counted where address is null) then 'address_unknown'
                else 'not_counted' end as reason
    from published
)
select address as record_id, null::varchar as account_id, null::varchar as country, null::timestamptz as event_at, null::timestamptz as due_at,
       case when reason = 'works' then 'compliant'
            when reason = 'address_unknown' then 'indeterminate'
            else 'violation' end as verdict,
       reason,
       domain
from judged;

/* examples
as_of = 2026-06-30
parameters = { addresses = ["privacy@shop.example", "privacy@shpo.example", "privacy@company.example"], sites = ["shop.example"], company_domains = ["company.example"] }
[counted_and_at_home]
given.intake = [{ address = "privacy@shop.example", period_start = 2026-01-01 }, { address = "privacy@shpo.example", period_start = 2026-01-01 }, { period_start = 2026-07-01 }]
expect."privacy@shop.example" = "compliant: works"
expect."privacy@shpo.example" = "violation: stray_domain"
expect."privacy@company.example" = "violation: not_counted"
[one_of_an_address_that_is_not_recorded]
given.intake = [{ address = "privacy@shop.example", period_start = 2026-01-01 }, { period_start = 2026-06-30 }]
expect."privacy@shop.example" = "compliant: works"
expect."privacy@shpo.example" = "violation: stray_domain"
expect."privacy@company.example" = "indeterminate: address_unknown"
[as_a_link_and_in_brackets]
parameters = { addresses = ["privacy@shop.example", "post@shop.example"], sites = ["shop.example"], company_domains = [] }
given.intake = [{ address = "mailto:privacy@shop.example", period_start = 2026-01-01 }, { address = "<post@shop.example>", period_start = 2026-01-01 }]
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
