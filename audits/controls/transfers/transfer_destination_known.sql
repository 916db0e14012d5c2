/*
id         = "transfer_destination_known"
title      = "Disclosures out of the EEA and Switzerland are recorded with a destination that is known"
short      = "Transfer destinations known"
rule       = """
Every disclosure from inside the EEA or Switzerland names the country it goes to, by its ISO 3166-1 code. Without it nobody can tell whether it
was a transfer, or on which measure it could rest. Set exporters to EEA alone to leave out what Switzerland's own law governs."""
maps_to    = ["GDPR 30(1)(e)", "GDPR 44"]
severity   = "medium"
remedy     = "Record where the data went"
tables.disclosures = ["disclosed_at", "origin_country", "destination_country", "recipient_id?"]
empty.disclosures.destination_country = "it is not recorded"
dimensions = ["recipient_id"]
parameters.exporters = { default = ["EEA", "CH"], words = ["EEA", "CH"] }
inject.destination_lost = { disclosures = { destination_country = "null" } }
[reasons]
known         = "the destination is recorded"
not_recorded  = "the destination is not recorded"
no_instant    = "the day of the disclosure is not recorded"
in_the_future = "the disclosure lies after the instant of judgement"
origin_unknown = "the country of origin is not recorded or not known"
[de]
title    = "Weitergaben aus dem EWR und der Schweiz sind mit bekanntem Ziel erfasst"
short    = "Übermittlungsziele bekannt"
rule     = """
Jede Weitergabe aus dem EWR oder der Schweiz nennt das Land, in das sie geht, mit dem Kürzel nach ISO 3166-1. Ohne das ist nicht entscheidbar, ob
sie eine Übermittlung war oder auf welcher Grundlage sie beruhen könnte. Sind die Exporteure allein auf EEA gesetzt, bleibt außer Betracht, was das
eigene Recht der Schweiz regelt."""
remedy   = "Erfassen, wohin die Daten gingen"
[de.reasons]
known         = "das Ziel ist erfasst"
not_recorded  = "das Ziel ist nicht erfasst"
no_instant    = "der Tag der Weitergabe ist nicht erfasst"
in_the_future = "die Weitergabe liegt nach dem Stichtag"
origin_unknown = "das Herkunftsland ist nicht erfasst oder unbekannt"
*/
with scoped as (
    select * from transfers where coalesce(exporter in $exporters, true)
),
judged as (
    select *,
           case when disclosed_at is null then 'no_instant'
                when disclosed_at > $as_of then 'in_the_future'
                when not origin_known then 'origin_unknown'
                when destination_country is null then 'not_recorded'
                else 'known' end as reason
    from scoped
)
select disclosure_id as record_id, account_id, origin_country as country, disclosed_at as event_at, null::timestamptz as due_at,
       case when reason = 'known' then 'compliant'
            when reason = 'not_recorded' then 'violation'
            else 'indeterminate' end as verdict,
       reason,
       recipient_id, destination_country
from judged;

/* examples
as_of = 2026-06-30
[recorded_or_not]
period = "2026-01"
given.disclosures = [
    { disclosure_id = "a", disclosed_at = 2026-01-10T08:00:00Z, origin_country = "DE", destination_country = "GB" },
    { disclosure_id = "b", disclosed_at = 2026-01-10T08:00:00Z, origin_country = "DE" },
    { disclosure_id = "c", disclosed_at = 2026-01-10T08:00:00Z, origin_country = "DE", destination_country = "UK" },
    { disclosure_id = "on_the_last_instant", disclosed_at = 2026-06-30T23:59:59.999999Z, origin_country = "CH", destination_country = "US" },
    { disclosure_id = "elsewhere", disclosed_at = 2026-01-10T08:00:00Z, origin_country = "BR" },
    { disclosure_id = "before_there_was_a_law", disclosed_at = 1998-10-23T23:59:59.999999Z, origin_country = "DE" },
]
expect = { a = "compliant: known", b = "violation: not_recorded", c = { verdict = "compliant: known", country = "DE", event_at = 2026-01-10T08:00:00Z, scope = "period" }, on_the_last_instant = "compliant: known" }
[the_law_of_the_union_alone]
parameters = { exporters = ["EEA"] }
given.disclosures = [
    { disclosure_id = "from_germany", disclosed_at = 2026-01-10T08:00:00Z, origin_country = "DE" },
    { disclosure_id = "from_switzerland", disclosed_at = 2026-01-10T08:00:00Z, origin_country = "CH" },
    { disclosure_id = "from_somewhere", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "undated", origin_country = "DE" },
]
expect = { from_germany = "violation: not_recorded", from_somewhere = "indeterminate: origin_unknown", undated = "indeterminate: no_instant" }
[the_data_cannot_tell]
given.disclosures = [
    { disclosure_id = "a", origin_country = "DE", destination_country = "GB" },
    { disclosure_id = "b", disclosed_at = 2026-07-10T08:00:00Z, origin_country = "DE", destination_country = "GB" },
    { disclosure_id = "c", disclosed_at = 2026-01-10T08:00:00Z, destination_country = "GB" },
]
expect.a = "indeterminate: no_instant"
expect.b = "indeterminate: in_the_future"
expect.c = "indeterminate: origin_unknown"
*/
