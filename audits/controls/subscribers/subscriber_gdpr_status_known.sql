/*
id         = "subscriber_gdpr_status_known"
title      = "It is known of each subscriber whether the GDPR applies to it"
short      = "GDPR status of subscribers known"
rule       = """
A subscriber is classified: established in the EEA at the instant of judgement, offering to or monitoring people there as its visitors in the export
show, or outside with no such sign. Without its own country, or
that of each of its visitors, it cannot be told. A classification, not a promise kept."""
maps_to    = ["GDPR 3(1)", "GDPR 3(2)"]
severity   = "low"
remedy     = "Ask the subscribers whether the GDPR applies to them"
tables.accounts = ["subject_type", "country", "controller_subscriber_id", "created_at?"]
[reasons]
established        = "established in the EEA: the GDPR applies"
has_visitors_there = "outside, with visitors in the EEA: the GDPR applies"
no_sign            = "outside, and no visitor of its in the EEA is in the export"
visitors_unknown   = "outside, and of a visitor of its the country is not recorded or not known"
country_unknown    = "its country is not recorded or not known"
[de]
title    = "Von jedem Abonnenten ist bekannt, ob die DSGVO für ihn gilt"
short    = "DSGVO-Status der Abonnenten bekannt"
rule     = """
Ein Abonnent ist eingeordnet: am Stichtag im EWR niedergelassen; mit Angeboten an Personen dort oder deren Beobachtung, wie seine Besucher im Export
zeigen; oder außerhalb, ohne solches Anzeichen. Ohne sein eigenes Land oder das jedes seiner Besucher ist es nicht entscheidbar. Eine Einordnung,
keine eingehaltene Zusage."""
remedy   = "Die Abonnenten fragen, ob die DSGVO für sie gilt"
[de.reasons]
established        = "im EWR niedergelassen: die DSGVO gilt"
has_visitors_there = "außerhalb, mit Besuchern im EWR: die DSGVO gilt"
no_sign            = "außerhalb, und der Export zeigt keinen seiner Besucher im EWR"
visitors_unknown   = "außerhalb, und von einem seiner Besucher ist das Land nicht erfasst oder unbekannt"
country_unknown    = "das Land ist nicht erfasst oder unbekannt"
*/
with inside as (
    select country from countries where $as_of::date between eea_from and coalesce(eea_to, date '9999-12-31')
),
reaches as (
    select controller_subscriber_id as account_id from accounts where country in (select country from inside)
),
unplaced as (
    select controller_subscriber_id as account_id from accounts where country is null
),
judged as (
    select a.*,
           case when a.country in (select country from inside) then 'established'
                when a.account_id in (select account_id from reaches) then 'has_visitors_there'
                when a.country is null then 'country_unknown'
                when a.account_id in (select account_id from unplaced) then 'visitors_unknown'
                else 'no_sign' end as reason
    from accounts as a
    where a.subject_type = 'subscriber'
)
select account_id as record_id, account_id, country, null::timestamptz as event_at, null::timestamptz as due_at,
       case when reason in ('established', 'has_visitors_there', 'no_sign') then 'compliant'
            else 'indeterminate' end as verdict,
       reason
from judged;

/* examples
as_of = 2026-06-30
[classified]
period = "2026-01"
given.accounts = [
    { account_id = "de", subject_type = "subscriber", country = "DE" }, { account_id = "us", subject_type = "subscriber", country = "US" }, { account_id = "br", subject_type = "subscriber", country = "BR" }, { account_id = "lost", subject_type = "subscriber" },
    { account_id = "v", subject_type = "subscriber_object", country = "FR", controller_subscriber_id = "us" }, { account_id = "w", subject_type = "subscriber_object", controller_subscriber_id = "us" },
    { account_id = "y", subject_type = "subscriber_object", country = "US", controller_subscriber_id = "br" },
]
expect = { de = { verdict = "compliant: established", account = "de", country = "DE", scope = "period" }, us = "compliant: has_visitors_there", br = "compliant: no_sign", lost = "indeterminate: country_unknown" }
[the_last_day_in_the_eea]
as_of = 2020-12-31
given.accounts = [{ account_id = "gb", subject_type = "subscriber", country = "GB" }]
expect = { gb = "compliant: established" }
[the_day_after]
as_of = 2021-01-01
given.accounts = [{ account_id = "gb", subject_type = "subscriber", country = "GB" }]
expect = { gb = "compliant: no_sign" }
[the_first_day_in_the_eea]
as_of = 2013-07-01
given.accounts = [{ account_id = "hr", subject_type = "subscriber", country = "HR" }]
expect = { hr = "compliant: established" }
[where_a_visitor_is_nobody_knows]
given.accounts = [{ account_id = "us", subject_type = "subscriber", country = "US" }, { account_id = "v", subject_type = "subscriber_object", controller_subscriber_id = "us" }]
expect = { us = "indeterminate: visitors_unknown" }
*/
