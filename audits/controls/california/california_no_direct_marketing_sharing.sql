/*
id         = "california_no_direct_marketing_sharing"
title      = "Data of Californians is shared for nobody's direct marketing"
short      = "No Californians' data for marketing"
rule       = """
No disclosure of a person in California is made for the recipient's own marketing, unless a consent of that person to marketing, or to that of recipients, stood
then, given after the last opt-out (a request to withdraw it ends it when it is fulfilled, and from its receipt on it is in doubt): one on the list of opt-outs, or a request from its receipt, until it was taken back. A parent asks for the child, and so does
whoever names one. Of a person in the United States whose state is not recorded it cannot be told for such disclosures; disclosures for other purposes are kept in
any state. Read as the Act has it, no consent is asked for, and what comes before an opt-out is kept; after one there are days of grace (none, unless the text
gives some)."""
maps_to    = ["CCPA 1798.120", "Cal. Civ. Code 1798.83"]
severity   = "high"
remedy     = "Stop the sharing, and have what was shared deleted"
acts       = true
tables.disclosures = ["account_id", "purpose", "disclosed_at", "destination_country?", "recipient_id?"]
tables.accounts = ["country", "region"]
tables.opt_outs = ["account_id", "opted_out_at"]
tables.requests = ["account_id??", "type??", "purpose??", "received_at??", "outcome??", "closed_at??", "requester_role?", "child_account_id?", "merged_into?"]
tables.consents = ["account_id", "purpose", "given_at", "withdrawn_at??"]
exact.requests = ["received_at", "closed_at"]
absent.requests."" = "nobody opts out by a request"
absent.requests.requester_role = "whoever asks does so in their own right"
absent.requests.child_account_id = "nobody but a parent asks for a child"
absent.requests.merged_into = "no request became part of another"
parameters.until_opt_out = { default = false }
parameters.grace_days = { default = 0, unit = "days" }
inject.sold = { disclosures = { purpose = "'recipient_marketing'" }, consents = { given_at = "f.as_of" }, accounts = { region = "'CA'" }, "+opt_outs" = { account_id = "account_id", opted_out_at = "event_at - to_days({grace_days}) - interval 1 day" }, by = "t.account_id = f.account_id" }
[reasons]
other_purpose   = "for another purpose"
by_permission   = "for the recipient's marketing, by a consent that stood"
not_opted_out   = "for the recipient's marketing, before the person opted out, or in the days of grace"
for_marketing   = "for the recipient's marketing, without a consent that stood"
consent_in_doubt = "for the recipient's marketing, by a consent that the person asked to withdraw, and whether it had ended by then cannot be told"
whose_opt_out   = "for the recipient's marketing, by a consent that stood, and for which child a parent had opted out is not recorded"
opted_out       = "for the recipient's marketing, after the person had opted out"
region_unknown  = "for the recipient's marketing, and in which country or state the person is is not recorded"
purpose_unknown = "its purpose is not recorded"
in_the_future   = "the disclosure lies after the instant of judgement"
[de]
title    = "Daten von Personen in Kalifornien werden für niemandes Direktwerbung weitergegeben"
short    = "Keine Daten Kaliforniens für Werbung"
rule     = """
Keine Weitergabe von Daten einer Person in Kalifornien dient eigener Werbung des Empfängers, außer es bestand damals eine Einwilligung der Person in
Werbung oder in die von Empfängern, erteilt nach dem letzten Widerspruch (eine Anfrage auf Widerruf beendet sie mit ihrer Erfüllung; ab dem Eingang
ist sie zweifelhaft). Ein Widerspruch ist einer auf der Widerspruchsliste oder eine Anfrage ab ihrem Eingang, bis sie zurückgenommen wurde. Ein
Elternteil fragt für das Kind an, ebenso wer eines nennt. Bei einer Person in den Vereinigten Staaten, deren Bundesstaat nicht erfasst ist, sind
solche Weitergaben nicht entscheidbar; Weitergaben für andere Zwecke sind in jedem Bundesstaat eingehalten. Nach der Lesart des kalifornischen
Gesetzes ist keine Einwilligung nötig, und was vor einem Widerspruch liegt, ist eingehalten; danach gibt es Kulanztage (keine, wenn der Text keine
gibt)."""
remedy   = "Die Weitergabe beenden und Weitergegebenes löschen lassen"
[de.reasons]
other_purpose   = "für einen anderen Zweck"
by_permission   = "für Werbung des Empfängers, mit einer bestehenden Einwilligung"
not_opted_out   = "für Werbung des Empfängers, bevor die Person widersprach, oder in den Kulanztagen"
for_marketing   = "für Werbung des Empfängers, ohne bestehende Einwilligung"
consent_in_doubt = "für Werbung des Empfängers, mit einer Einwilligung, um deren Widerruf die Person gebeten hat, und ob sie da schon geendet hatte, ist nicht zu entscheiden"
whose_opt_out   = "für Werbung des Empfängers, mit einer bestehenden Einwilligung, und für welches Kind ein Elternteil widersprochen hatte, ist nicht erfasst"
opted_out       = "für Werbung des Empfängers, nachdem die Person widersprochen hatte"
region_unknown  = "für Werbung des Empfängers, und in welchem Land oder Bundesstaat die Person ist, ist nicht erfasst"
purpose_unknown = "der Zweck ist nicht erfasst"
in_the_future   = "die Weitergabe liegt nach dem Stichtag"
*/
with people as (
    select account_id, min(region) as region, bool_and(country is not null) as is_american
    from accounts where coalesce(country = 'US', true) and (region is null or region = 'CA') group by account_id
),
opted_out as (
    select account_id, opted_out_at, null::timestamptz as ends_at from opt_outs
    union all
    select case when requester_role = 'parent' then child_account_id else coalesce(child_account_id, account_id) end, received_at, case when outcome = 'withdrawn' then closed_at end
    from received_requests
    where type = 'opt_out'
),
shared as (
    select d.disclosure_id, d.account_id, d.disclosed_at, max(o.opted_out_at) as opted_out_at
    from disclosures as d
    left join opted_out as o on o.account_id = d.account_id and o.opted_out_at + to_days($grace_days) < d.disclosed_at and coalesce(o.ends_at >= d.disclosed_at, true)
    where d.purpose = 'recipient_marketing'
    group by d.disclosure_id, d.account_id, d.disclosed_at
),
permitted as (
    select s.disclosure_id, s.account_id, bool_or(coalesce(c.withdrawal_in_doubt_from > s.disclosed_at, true)) as is_sure
    from shared as s
    join consent_ends as c on c.account_id = s.account_id and c.purpose in ('recipient_marketing', 'marketing')
                      and c.given_at <= s.disclosed_at and coalesce(c.given_at > s.opted_out_at, true) and coalesce(c.withdrawn_at > s.disclosed_at, true)
    group by s.disclosure_id, s.account_id
),
judged as (
    select d.*,
           case when d.disclosed_at > $as_of then 'in_the_future'
                when d.purpose is null then 'purpose_unknown'
                when d.purpose <> 'recipient_marketing' then 'other_purpose'
                when p.region is null or not p.is_american then 'region_unknown'
                when c.disclosure_id is not null and d.disclosed_at > n.opted_out_at then 'whose_opt_out'
                when c.is_sure then 'by_permission'
                when c.disclosure_id is not null and (not $until_opt_out or s.opted_out_at is not null) then 'consent_in_doubt'
                when s.opted_out_at is not null then 'opted_out'
                when not $until_opt_out then 'for_marketing'
                when d.disclosed_at > n.opted_out_at then 'whose_opt_out'
                else 'not_opted_out' end as reason
    from disclosures as d
    join people as p on p.account_id = d.account_id
    left join shared as s on s.disclosure_id = d.disclosure_id and s.account_id = d.account_id
    left join permitted as c on c.disclosure_id = d.disclosure_id and c.account_id = d.account_id
    cross join (select min(received_at) + to_days($grace_days) as opted_out_at from requests where type = 'opt_out' and requester_role = 'parent' and child_account_id is null) as n
)
select disclosure_id as record_id, account_id, destination_country as country, disclosed_at as event_at, null::timestamptz as due_at,
       case when reason in ('other_purpose', 'by_permission', 'not_opted_out') then 'compliant'
            when reason in ('for_marketing', 'opted_out') then 'violation'
            else 'indeterminate' end as verdict,
       reason,
       recipient_id, purpose
from judged;

/* examples
as_of = 2026-06-30
[people_in_california]
period = "2026-01"
given.accounts = [{ account_id = "ca", country = "US", region = "CA" }, { account_id = "us", country = "US" }, { account_id = "nowhere" }, { account_id = "ny", country = "US", region = "NY" }, { account_id = "out", country = "US", region = "CA" }]
given.consents = [{ consent_id = "1", account_id = "ca", purpose = "marketing", given_at = 2026-01-10T08:00:01Z }, { consent_id = "2", account_id = "out", purpose = "recipient_marketing", given_at = 2026-01-01T08:00:00Z }]
given.opt_outs = [{ account_id = "out", opted_out_at = 2026-01-10T08:00:00Z, channel = "web" }]
given.disclosures = [
    { disclosure_id = "a", account_id = "ca", purpose = "hosting", disclosed_at = 2026-01-10T08:00:00Z }, { disclosure_id = "b", account_id = "ca", purpose = "recipient_marketing", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "c", account_id = "ca", purpose = "recipient_marketing", disclosed_at = 2026-01-10T08:00:01Z }, { disclosure_id = "d", account_id = "us", purpose = "recipient_marketing", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "e", account_id = "out", purpose = "recipient_marketing", disclosed_at = 2026-01-10T08:00:01Z }, { disclosure_id = "f", account_id = "out", purpose = "recipient_marketing", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "g", account_id = "ca", disclosed_at = 2026-01-10T08:00:00Z }, { disclosure_id = "h", account_id = "ca", purpose = "hosting", disclosed_at = 2026-07-10T08:00:00Z }, { disclosure_id = "i", account_id = "ny", purpose = "recipient_marketing", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "j", account_id = "nowhere", purpose = "recipient_marketing", disclosed_at = 2026-01-10T08:00:00Z }, { disclosure_id = "k", account_id = "nowhere", purpose = "hosting", disclosed_at = 2026-01-10T08:00:00Z },
]
expect.a = "compliant: other_purpose"
expect.b = { verdict = "violation: for_marketing", account = "ca", event_at = 2026-01-10T08:00:00Z, met_at = 2026-01-10T08:00:00Z, scope = "period" }
expect.c = "compliant: by_permission"
expect.d = "indeterminate: region_unknown"
expect.e = "violation: opted_out"
expect.f = "compliant: by_permission"
expect.g = "indeterminate: purpose_unknown"
expect.h = "indeterminate: in_the_future"
expect.j = "indeterminate: region_unknown"
expect.k = "compliant: other_purpose"
[opted_out_consented_and_opted_out_again]
given.accounts = [
    { account_id = "again", country = "US", region = "CA" }, { account_id = "at_once", country = "US", region = "CA" }, { account_id = "both", country = "US", region = "CA" }, { account_id = "until_then", country = "US", region = "CA" },
    { account_id = "german", country = "DE" }, { account_id = "which_country", region = "CA" },
]
given.consents = [
    { consent_id = "1", account_id = "again", purpose = "marketing", given_at = 2026-01-02T10:00:00Z }, { consent_id = "2", account_id = "at_once", purpose = "marketing", given_at = 2026-01-01T10:00:00Z },
    { consent_id = "3", account_id = "both", purpose = "marketing", given_at = 2026-01-01T10:00:00Z }, { consent_id = "4", account_id = "both", purpose = "recipient_marketing", given_at = 2026-01-01T10:00:00Z }, { consent_id = "5", account_id = "until_then", purpose = "marketing", given_at = 2025-01-01T10:00:00Z },
]
given.opt_outs = [
    { account_id = "again", opted_out_at = 2026-01-01T10:00:00Z, channel = "web" }, { account_id = "again", opted_out_at = 2026-01-03T10:00:00Z, channel = "web" }, { account_id = "at_once", opted_out_at = 2026-01-01T10:00:00Z, channel = "web" },
]
given.requests = [{ request_id = "1", account_id = "until_then", requester_role = "subscriber", type = "opt_out", received_at = 2026-01-01T10:00:00Z, closed_at = 2026-02-01T10:00:00Z, outcome = "withdrawn" }]
given.disclosures = [
    { disclosure_id = "again", account_id = "again", purpose = "recipient_marketing", disclosed_at = 2026-02-01T10:00:00Z }, { disclosure_id = "at_once", account_id = "at_once", purpose = "recipient_marketing", disclosed_at = 2026-02-01T10:00:00Z },
    { disclosure_id = "both", account_id = "both", purpose = "recipient_marketing", disclosed_at = 2026-06-30T23:59:59.999999Z }, { disclosure_id = "until_then", account_id = "until_then", purpose = "recipient_marketing", disclosed_at = 2026-02-01T10:00:00Z },
    { disclosure_id = "german", account_id = "german", purpose = "recipient_marketing", disclosed_at = 2026-02-01T10:00:00Z }, { disclosure_id = "which_country", account_id = "which_country", purpose = "recipient_marketing", disclosed_at = 2026-02-01T10:00:00Z },
]
expect = { again = "violation: opted_out", at_once = "violation: opted_out", both = "compliant: by_permission", until_then = "violation: opted_out", which_country = "indeterminate: region_unknown" }
[whose_consent_to_what_and_when]
given.accounts = [
    { account_id = "withdrawn", country = "US", region = "CA" }, { account_id = "still", country = "US", region = "CA" }, { account_id = "another", country = "US", region = "CA" }, { account_id = "surveys", country = "US", region = "CA" },
    { account_id = "again", country = "US", region = "CA" }, { account_id = "asked", country = "US", region = "CA" }, { account_id = "taken_back", country = "US", region = "CA" }, { account_id = "child", country = "US", region = "CA" },
]
given.consents = [
    { consent_id = "1", account_id = "withdrawn", purpose = "marketing", given_at = 2025-01-01T10:00:00Z, withdrawn_at = 2026-02-01T10:00:00Z }, { consent_id = "2", account_id = "still", purpose = "marketing", given_at = 2025-01-01T10:00:00Z, withdrawn_at = 2026-02-01T10:00:01Z },
    { consent_id = "3", account_id = "surveys", purpose = "surveys", given_at = 2025-01-01T10:00:00Z }, { consent_id = "4", account_id = "again", purpose = "marketing", given_at = 2026-01-15T10:00:01Z }, { consent_id = "5", account_id = "asked", purpose = "marketing", given_at = 2025-01-01T10:00:00Z },
    { consent_id = "6", account_id = "taken_back", purpose = "marketing", given_at = 2025-01-01T10:00:00Z }, { consent_id = "7", account_id = "child", purpose = "marketing", given_at = 2025-01-01T10:00:00Z },
]
given.opt_outs = [{ account_id = "again", opted_out_at = 2026-01-15T10:00:00Z, channel = "web" }]
given.requests = [
    { request_id = "1", account_id = "asked", requester_role = "subscriber", type = "opt_out", received_at = 2026-02-01T10:00:00Z }, { request_id = "2", account_id = "taken_back", requester_role = "subscriber", type = "opt_out", received_at = 2026-01-01T10:00:00Z, closed_at = 2026-02-01T09:59:59Z, outcome = "withdrawn" },
    { request_id = "3", account_id = "parent", requester_role = "parent", child_account_id = "child", type = "opt_out", received_at = 2026-01-01T10:00:00Z }, { request_id = "4", account_id = "still", requester_role = "subscriber", type = "access", received_at = 2026-01-01T10:00:00Z },
]
given.disclosures = [
    { disclosure_id = "a", account_id = "withdrawn", purpose = "recipient_marketing", disclosed_at = 2026-02-01T10:00:00Z }, { disclosure_id = "b", account_id = "still", purpose = "recipient_marketing", disclosed_at = 2026-02-01T10:00:00Z },
    { disclosure_id = "c", account_id = "another", purpose = "recipient_marketing", disclosed_at = 2026-02-01T10:00:00Z }, { disclosure_id = "d", account_id = "surveys", purpose = "recipient_marketing", disclosed_at = 2026-02-01T10:00:00Z },
    { disclosure_id = "e", account_id = "again", purpose = "recipient_marketing", disclosed_at = 2026-02-01T10:00:00Z }, { disclosure_id = "f", account_id = "asked", purpose = "recipient_marketing", disclosed_at = 2026-02-01T10:00:01Z },
    { disclosure_id = "g", account_id = "taken_back", purpose = "recipient_marketing", disclosed_at = 2026-02-01T10:00:00Z }, { disclosure_id = "h", account_id = "child", purpose = "recipient_marketing", disclosed_at = 2026-02-01T10:00:00Z },
    { disclosure_id = "i", account_id = "asked", purpose = "recipient_marketing", disclosed_at = 2026-02-01T10:00:00Z },
]
expect.a = "violation: for_marketing"
expect.b = "compliant: by_permission"
expect.c = "violation: for_marketing"
expect.d = "violation: for_marketing"
expect.e = "compliant: by_permission"
expect.f = "violation: opted_out"
expect.g = "compliant: by_permission"
expect.h = "violation: opted_out"
expect.i = "compliant: by_permission"
[who_names_a_child_opts_out_for_it]
given.accounts = [{ account_id = "nephew", country = "US", region = "CA" }, { account_id = "uncle", country = "US", region = "CA" }]
given.consents = [{ consent_id = "1", account_id = "nephew", purpose = "marketing", given_at = 2025-01-01T10:00:00Z }, { consent_id = "2", account_id = "uncle", purpose = "marketing", given_at = 2025-01-01T10:00:00Z }]
given.opt_outs = []
given.requests = [{ request_id = "1", account_id = "uncle", requester_role = "subscriber", child_account_id = "nephew", type = "opt_out", received_at = 2026-01-01T10:00:00Z, closed_at = 2026-01-02T10:00:00Z, outcome = "fulfilled" }]
given.disclosures = [{ disclosure_id = "nephews", account_id = "nephew", purpose = "recipient_marketing", disclosed_at = 2026-02-01T10:00:00Z }, { disclosure_id = "uncles", account_id = "uncle", purpose = "recipient_marketing", disclosed_at = 2026-02-01T10:00:00Z }]
expect = { nephews = "violation: opted_out", uncles = "compliant: by_permission" }
[as_the_act_has_it]
parameters = { until_opt_out = true, grace_days = 21 }
given.accounts = [{ account_id = "ca", country = "US", region = "CA" }, { account_id = "out", country = "US", region = "CA" }, { account_id = "us", country = "US" }]
given.consents = []
given.opt_outs = [{ account_id = "out", opted_out_at = 2026-01-10T08:00:00Z, channel = "web" }]
given.disclosures = [
    { disclosure_id = "a", account_id = "ca", purpose = "recipient_marketing", disclosed_at = 2026-01-10T08:00:00Z }, { disclosure_id = "b", account_id = "out", purpose = "recipient_marketing", disclosed_at = 2026-01-31T08:00:00Z },
    { disclosure_id = "c", account_id = "out", purpose = "recipient_marketing", disclosed_at = 2026-01-31T08:00:01Z }, { disclosure_id = "d", account_id = "us", purpose = "recipient_marketing", disclosed_at = 2026-01-10T08:00:00Z },
]
expect = { a = "compliant: not_opted_out", b = "compliant: not_opted_out", c = "violation: opted_out", d = "indeterminate: region_unknown" }
[as_the_act_has_it_and_a_parent_opted_out]
parameters = { until_opt_out = true, grace_days = 21 }
given.accounts = [{ account_id = "ca", country = "US", region = "CA" }]
given.consents = []
given.opt_outs = []
given.requests = [{ request_id = "1", account_id = "parent", requester_role = "parent", type = "opt_out", received_at = 2026-02-01T10:00:00Z }]
given.disclosures = [{ disclosure_id = "before", account_id = "ca", purpose = "recipient_marketing", disclosed_at = 2026-02-22T10:00:00Z }, { disclosure_id = "after", account_id = "ca", purpose = "recipient_marketing", disclosed_at = 2026-02-22T10:00:01Z }]
expect = { before = "compliant: not_opted_out", after = "indeterminate: whose_opt_out" }
[a_parent_opted_out_and_nobody_knows_for_whom]
given.accounts = [{ account_id = "ca", country = "US", region = "CA" }, { account_id = "never", country = "US", region = "CA" }, { account_id = "parent", country = "US", region = "CA" }]
given.consents = [{ consent_id = "1", account_id = "ca", purpose = "marketing", given_at = 2025-01-01T10:00:00Z }, { consent_id = "2", account_id = "parent", purpose = "marketing", given_at = 2025-01-01T10:00:00Z }]
given.opt_outs = []
given.requests = [
    { request_id = "1", account_id = "parent", requester_role = "parent", type = "opt_out", received_at = 2026-02-01T10:00:00Z }, { request_id = "2", account_id = "parent", requester_role = "parent", type = "opt_out", received_at = 2026-03-01T10:00:00Z },
    { request_id = "3", account_id = "parent", requester_role = "parent", type = "access", received_at = 2026-01-01T10:00:00Z },
]
given.disclosures = [
    { disclosure_id = "before", account_id = "ca", purpose = "recipient_marketing", disclosed_at = 2026-02-01T10:00:00Z }, { disclosure_id = "after", account_id = "ca", purpose = "recipient_marketing", disclosed_at = 2026-02-01T10:00:01Z },
    { disclosure_id = "parents", account_id = "parent", purpose = "recipient_marketing", disclosed_at = 2026-02-01T10:00:01Z },
    { disclosure_id = "never_consented", account_id = "never", purpose = "recipient_marketing", disclosed_at = 2026-02-01T10:00:00Z }, { disclosure_id = "nor_after", account_id = "never", purpose = "recipient_marketing", disclosed_at = 2026-02-01T10:00:01Z },
]
expect = { parents = "indeterminate: whose_opt_out", before = "compliant: by_permission", after = "indeterminate: whose_opt_out", never_consented = "violation: for_marketing", nor_after = "violation: for_marketing" }
[a_consent_withdrawn_by_a_request]
given.accounts = [{ account_id = "a", country = "US", region = "CA" }, { account_id = "b", country = "US", region = "CA" }]
given.consents = [{ consent_id = "1", account_id = "a", purpose = "marketing", given_at = 2026-01-01T08:00:00Z }, { consent_id = "2", account_id = "b", purpose = "marketing", given_at = 2026-01-01T08:00:00Z }, { consent_id = "3", account_id = "b", purpose = "recipient_marketing", given_at = 2026-01-01T08:00:00Z }]
given.requests = [
    { request_id = "1", account_id = "a", type = "consent_withdrawal", purpose = "marketing", received_at = 2026-04-01T08:00:00Z, closed_at = 2026-04-03T08:00:00Z, outcome = "fulfilled" }, { request_id = "2", account_id = "b", type = "consent_withdrawal", purpose = "marketing", received_at = 2026-04-01T08:00:00Z },
]
given.disclosures = [
    { disclosure_id = "before_it", account_id = "a", purpose = "recipient_marketing", disclosed_at = 2026-04-01T07:59:59.999999Z }, { disclosure_id = "as_it_came", account_id = "a", purpose = "recipient_marketing", disclosed_at = 2026-04-01T08:00:00Z },
    { disclosure_id = "fulfilled", account_id = "a", purpose = "recipient_marketing", disclosed_at = 2026-04-03T08:00:00Z }, { disclosure_id = "by_another", account_id = "b", purpose = "recipient_marketing", disclosed_at = 2026-05-03T08:00:00Z },
]
expect = { before_it = "compliant: by_permission", as_it_came = "indeterminate: consent_in_doubt", fulfilled = "violation: for_marketing", by_another = "compliant: by_permission" }
[as_the_act_has_it_a_consent_in_doubt]
parameters = { until_opt_out = true }
given.accounts = [{ account_id = "a", country = "US", region = "CA" }, { account_id = "b", country = "US", region = "CA" }]
given.consents = [{ consent_id = "1", account_id = "a", purpose = "marketing", given_at = 2026-02-01T08:00:00Z }, { consent_id = "2", account_id = "b", purpose = "marketing", given_at = 2026-02-01T08:00:00Z }]
given.opt_outs = [{ account_id = "a", opted_out_at = 2026-01-10T08:00:00Z, channel = "web" }]
given.requests = [
    { request_id = "1", account_id = "a", type = "consent_withdrawal", purpose = "marketing", received_at = 2026-04-01T08:00:00Z }, { request_id = "2", account_id = "b", type = "consent_withdrawal", purpose = "marketing", received_at = 2026-04-01T08:00:00Z },
]
given.disclosures = [{ disclosure_id = "opted_out_before", account_id = "a", purpose = "recipient_marketing", disclosed_at = 2026-04-01T08:00:00Z }, { disclosure_id = "never_opted_out", account_id = "b", purpose = "recipient_marketing", disclosed_at = 2026-04-01T08:00:00Z }]
expect = { opted_out_before = "indeterminate: consent_in_doubt", never_opted_out = "compliant: not_opted_out" }
[opted_out_by_what_became_part_of_another]
given.accounts = [{ account_id = "a", country = "US", region = "CA" }]
given.consents = [{ consent_id = "1", account_id = "a", purpose = "marketing", given_at = 2025-01-01T08:00:00Z }]
given.requests = [
    { request_id = "moved", account_id = "a", type = "opt_out", received_at = 2026-04-01T08:00:00Z, closed_at = 2026-04-02T08:00:00Z, merged_into = "other" }, { request_id = "other", account_id = "a", type = "opt_out", received_at = 2026-04-02T08:00:00Z, closed_at = 2026-04-10T08:00:00Z, outcome = "withdrawn" },
]
given.disclosures = [{ disclosure_id = "still_asked", account_id = "a", purpose = "recipient_marketing", disclosed_at = 2026-04-10T08:00:00Z }, { disclosure_id = "taken_back", account_id = "a", purpose = "recipient_marketing", disclosed_at = 2026-04-10T08:00:01Z }]
expect = { still_asked = "violation: opted_out", taken_back = "compliant: by_permission" }
[equivalent]
"people: min(region) → max(region)" = "only rows of one key differ, and those are bad records"
"people: bool_and(cast(not country is null as boolean)) → bool_or(cast(not country is null as boolean))" = "only rows of one key differ, and those are bad records"
"judged: s.account_id = d.account_id → true" = "only rows of one key differ, and those are bad records"
"judged: c.account_id = d.account_id → true" = "only rows of one key differ, and those are bad records"
"shared: d.purpose = 'recipient_marketing' → true" = "reads less, and nothing else is asked for"
*/
