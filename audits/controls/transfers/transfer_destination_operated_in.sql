/*
id         = "transfer_destination_operated_in"
title      = "Data is sent only to the United States and to countries where the Company operates"
rule       = """
Each country that data was sent to is the United States or one of operating_countries, their codes joined by |. The policy does not say where the
Company operates: until the list is set, any other country is indeterminate. One finding a country, dated by the last disclosure to it."""
clauses    = ["transfer.known-destinations"]
maps_to    = ["GDPR 13(1)(f)"]
severity   = "medium"
tables.disclosures = ["destination_country", "disclosed_at"]
parameters = { operating_countries = "unset" }
inject.elsewhere = { disclosures = { destination_country = "'selftest ' || t.destination_country" }, by = "t.destination_country = f.record_id", parameters = { operating_countries = "DE|CH|GB|BR|PT" } }
[reasons]
named      = "the United States, or a country on the list"
not_named  = "a country that is not on the list"
list_empty = "another country, and where the Company operates is not set"
*/
with destinations as (
    select destination_country, max(disclosed_at) as disclosed_at, count(*) as disclosures
    from disclosures
    where destination_country is not null and disclosed_at <= $as_of
    group by destination_country
),
judged as (
    select *,
           case when destination_country = 'US' or list_contains(string_split($operating_countries, '|'), destination_country) then 'named'
                when $operating_countries is null then 'list_empty'
                else 'not_named' end as reason
    from destinations
)
select destination_country as record_id, null::varchar as account_id, destination_country as country, disclosed_at as event_at, null::timestamptz as due_at,
       case when reason = 'named' then 'compliant'
            when reason = 'not_named' then 'violation'
            else 'indeterminate' end as verdict,
       reason,
       disclosures
from judged;

/* examples
as_of = 2026-06-30
[nothing_set]
given.disclosures = [
    { disclosure_id = "a", destination_country = "US", disclosed_at = 2026-01-10T08:00:00Z }, { disclosure_id = "b", destination_country = "DE", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "c", disclosed_at = 2026-01-10T08:00:00Z }, { disclosure_id = "d", destination_country = "FR", disclosed_at = 2026-07-10T08:00:00Z },
]
expect = { US = "compliant: named", DE = "indeterminate: list_empty" }
[countries_set]
parameters = { operating_countries = "DE|BR" }
given.disclosures = [{ disclosure_id = "b", destination_country = "DE", disclosed_at = 2026-01-10T08:00:00Z }, { disclosure_id = "c", destination_country = "FR", disclosed_at = 2026-01-10T08:00:00Z }]
expect = { DE = "compliant: named", FR = "violation: not_named" }
*/
