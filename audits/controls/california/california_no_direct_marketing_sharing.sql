/*
id         = "california_no_direct_marketing_sharing"
title      = "Data of Californians is shared for nobody's direct marketing"
short      = "No Californians' data for marketing"
rule       = """
No disclosure of a person in California is made for the recipient's own marketing, unless the person gave permission before and had not opted out by
then. Of a person in the United States whose state is not recorded it cannot be told for such disclosures; disclosures for other purposes are kept in
any state."""
maps_to    = ["CCPA 1798.120", "Cal. Civ. Code 1798.83"]
severity   = "high"
remedy     = "Stop the sharing, and have what was shared deleted"
acts       = true
tables.disclosures = ["account_id", "purpose", "disclosed_at", "ground??", "destination_country?", "recipient_id?"]
tables.accounts = ["country", "region"]
tables.opt_outs = ["account_id", "opted_out_at"]
empty.disclosures.ground = "the person permitted nothing"
inject.sold = { disclosures = { purpose = "'recipient_marketing'", ground = "null" }, accounts = { region = "'CA'" }, by = "t.account_id = f.account_id" }
[reasons]
other_purpose   = "for another purpose"
by_permission   = "for the recipient's marketing, with permission, and not opted out"
for_marketing   = "for the recipient's marketing, without permission"
opted_out       = "for the recipient's marketing, after the person had opted out"
region_unknown  = "for the recipient's marketing, and in which country or state the person is is not recorded"
purpose_unknown = "its purpose is not recorded"
in_the_future   = "the disclosure lies after the instant of judgement"
*/
with people as (
    select account_id, min(region) as region, bool_and(country is not null) as is_american
    from accounts where coalesce(country = 'US', true) and (region is null or region = 'CA') group by account_id
),
opted_out as (
    select account_id, min(opted_out_at) as opted_out_at from opt_outs group by account_id
),
judged as (
    select d.*,
           case when d.disclosed_at > $as_of then 'in_the_future'
                when d.purpose is null then 'purpose_unknown'
                when d.purpose <> 'recipient_marketing' then 'other_purpose'
                when p.region is null or not p.is_american then 'region_unknown'
                when o.opted_out_at <= d.disclosed_at then 'opted_out'
                when d.ground = 'permission' then 'by_permission'
                else 'for_marketing' end as reason
    from disclosures as d
    join people as p on p.account_id = d.account_id
    left join opted_out as o on o.account_id = d.account_id
)
select disclosure_id as record_id, account_id, destination_country as country, disclosed_at as event_at, null::timestamptz as due_at,
       case when reason in ('other_purpose', 'by_permission') then 'compliant'
            when reason in ('for_marketing', 'opted_out') then 'violation'
            else 'indeterminate' end as verdict,
       reason,
       recipient_id, purpose
from judged;

/* examples
as_of = 2026-06-30
[people_in_california]
given.accounts = [{ account_id = "ca", country = "US", region = "CA" }, { account_id = "us", country = "US" }, { account_id = "nowhere" }, { account_id = "ny", country = "US", region = "NY" }, { account_id = "out", country = "US", region = "CA" }]
given.opt_outs = [{ account_id = "out", opted_out_at = 2026-01-10T08:00:00Z, channel = "web" }]
given.disclosures = [
    { disclosure_id = "a", account_id = "ca", purpose = "hosting", disclosed_at = 2026-01-10T08:00:00Z }, { disclosure_id = "b", account_id = "ca", purpose = "recipient_marketing", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "c", account_id = "ca", purpose = "recipient_marketing", ground = "permission", disclosed_at = 2026-01-10T08:00:00Z }, { disclosure_id = "d", account_id = "us", purpose = "recipient_marketing", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "e", account_id = "out", purpose = "recipient_marketing", ground = "permission", disclosed_at = 2026-01-10T08:00:00Z }, { disclosure_id = "f", account_id = "out", purpose = "recipient_marketing", ground = "permission", disclosed_at = 2026-01-10T07:59:59Z },
    { disclosure_id = "g", account_id = "ca", disclosed_at = 2026-01-10T08:00:00Z }, { disclosure_id = "h", account_id = "ca", purpose = "hosting", disclosed_at = 2026-07-10T08:00:00Z }, { disclosure_id = "i", account_id = "ny", purpose = "recipient_marketing", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "j", account_id = "nowhere", purpose = "recipient_marketing", disclosed_at = 2026-01-10T08:00:00Z }, { disclosure_id = "k", account_id = "nowhere", purpose = "hosting", disclosed_at = 2026-01-10T08:00:00Z },
]
expect.a = "compliant: other_purpose"
expect.b = "violation: for_marketing"
expect.c = "compliant: by_permission"
expect.d = "indeterminate: region_unknown"
expect.e = "violation: opted_out"
expect.f = "compliant: by_permission"
expect.g = "indeterminate: purpose_unknown"
expect.h = "indeterminate: in_the_future"
expect.j = "indeterminate: region_unknown"
expect.k = "compliant: other_purpose"
*/
