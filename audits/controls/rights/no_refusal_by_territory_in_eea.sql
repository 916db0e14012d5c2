/*
id         = "no_refusal_by_territory_in_eea"
title      = "Nobody in the EEA is refused because of where they are"
short      = "No refusal by territory in EEA"
rule       = """
A refusal on the ground of territory, of all that was asked or of a part, is no ground towards a person in the EEA on the day it was given. Refusals on
other grounds, which name no territory, are kept by that; of what names no ground, or was partly fulfilled on none, nobody can tell."""
maps_to    = ["GDPR 3", "GDPR 12(2)"]
severity   = "medium"
remedy     = "Decide the refused requests anew"
tables.requests = ["outcome", "denial_ground", "closed_at", "country", "requester_role?", "received_at?", "account_id?"]
absent.requests.requester_role = "whoever asks does so in their own right"
dimensions = ["channel"]
inject.by_territory = { requests = { denial_ground = "'territory'", country = "'DE'" } }
[reasons]
other_ground    = "on a ground that names no territory"
outside_eea     = "because of territory, towards a person outside the EEA"
by_territory    = "because of territory, towards a person in the EEA"
country_unknown = "because of territory, and where the person is is not recorded or not known"
no_ground       = "on no recorded ground"
in_the_future   = "it was given after the instant of judgement"
[de]
title    = "Niemand im EWR wird wegen des Wohnorts abgelehnt"
short    = "Keine Ablehnung nach Wohnort"
rule     = """
Eine Ablehnung wegen des Gebiets, ganz oder zum Teil, ist kein Grund gegenüber einer Person, die am Tag der Ablehnung im EWR war. Ablehnungen aus
anderen Gründen, die kein Gebiet nennen, sind damit eingehalten; was keinen Grund nennt oder ohne Grund teilweise erfüllt wurde, ist nicht
entscheidbar."""
remedy   = "Die abgelehnten Anfragen neu entscheiden"
[de.reasons]
other_ground    = "aus einem Grund, der kein Gebiet nennt"
outside_eea     = "wegen des Gebiets, gegenüber einer Person außerhalb des EWR"
by_territory    = "wegen des Gebiets, gegenüber einer Person im EWR"
country_unknown = "wegen des Gebiets, und wo die Person ist, ist nicht erfasst oder unbekannt"
no_ground       = "aus keinem erfassten Grund"
in_the_future   = "die Ablehnung liegt nach dem Stichtag"
*/
with judged as (
    select r.*,
           case when r.closed_at > $as_of then 'in_the_future'
                when r.denial_ground is null then 'no_ground'
                when r.denial_ground <> 'territory' then 'other_ground'
                when c.country is null then 'country_unknown'
                when coalesce(r.closed_at, $as_of)::date between c.eea_from and coalesce(c.eea_to, date '9999-12-31') then 'by_territory'
                else 'outside_eea' end as reason
    from requests as r
    left join countries as c on c.country = r.country
    where r.outcome in ('denied', 'partial') and r.requester_role is distinct from 'object'
)
select request_id as record_id, account_id, country, closed_at as event_at, null::timestamptz as due_at,
       case when reason in ('other_ground', 'outside_eea') then 'compliant'
            when reason = 'by_territory' then 'violation'
            else 'indeterminate' end as verdict,
       reason,
       received_at, denial_ground, type, channel
from judged;

/* examples
as_of = 2026-06-30
[by_territory]
period = "2026-01"
given.requests = [
    { request_id = "a", outcome = "denied", denial_ground = "dispute", country = "DE", closed_at = 2026-03-01T10:00:00Z }, { request_id = "b", outcome = "denied", denial_ground = "territory", country = "US", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "c", outcome = "denied", denial_ground = "territory", country = "DE", closed_at = 2026-03-01T10:00:00Z }, { request_id = "d", outcome = "denied", denial_ground = "territory", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "e", outcome = "denied", country = "DE", closed_at = 2026-03-01T10:00:00Z }, { request_id = "f", outcome = "denied", denial_ground = "territory", country = "DE", closed_at = 2026-07-01T10:00:00Z },
    { request_id = "g", outcome = "denied", denial_ground = "territory", country = "GB", closed_at = 2020-12-31T10:00:00Z }, { request_id = "h", outcome = "denied", denial_ground = "territory", country = "GB", closed_at = 2021-01-01T10:00:00Z },
    { request_id = "i", outcome = "denied", denial_ground = "territory", country = "DE" }, { request_id = "of_a_visitor", requester_role = "object", outcome = "denied", denial_ground = "territory", country = "DE", closed_at = 2026-03-01T10:00:00Z }, { request_id = "upheld", outcome = "fulfilled", country = "DE", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "a_part", outcome = "partial", denial_ground = "territory", country = "DE", closed_at = 2026-03-01T10:00:00Z }, { request_id = "a_part_for_a_dispute", outcome = "partial", denial_ground = "dispute", country = "DE", closed_at = 2026-03-01T10:00:00Z }, { request_id = "a_part_on_none", outcome = "partial", country = "DE", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "its_first_day", outcome = "denied", denial_ground = "territory", country = "HR", closed_at = 2013-07-01T10:00:00Z },
]
expect = { a_part = "violation: by_territory", a_part_for_a_dispute = "compliant: other_ground", a_part_on_none = "indeterminate: no_ground", a = "compliant: other_ground", b = "compliant: outside_eea", c = "violation: by_territory", d = "indeterminate: country_unknown", e = "indeterminate: no_ground", f = "indeterminate: in_the_future", g = "violation: by_territory", h = { verdict = "compliant: outside_eea", scope = "earlier" }, i = "violation: by_territory", its_first_day = "violation: by_territory" }
[at_the_instant_of_judgement]
as_of = 2026-06-30T12:00:00Z
given.requests = [{ request_id = "r", account_id = "a", outcome = "denied", denial_ground = "territory", country = "DE", closed_at = 2026-06-30T12:00:00Z }]
expect = { r = { verdict = "violation: by_territory", event_at = 2026-06-30T12:00:00Z, account = "a", country = "DE" } }
*/
