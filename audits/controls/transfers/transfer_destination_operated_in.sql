/*
id         = "transfer_destination_operated_in"
title      = "Data is sent only to countries that the policy names and to those where the Company operates"
short      = "Data only to named countries"
rule       = """
Each country that data was sent to is one that the policy names ({named_countries}) or one in which the Company operates. Where the policy does not
say where the Company operates, until that list is set, any other country cannot be told. One finding a country and month, dated by the first
disclosure to it in that month."""
maps_to    = ["GDPR 13(1)(f)"]
severity   = "medium"
remedy     = "Stop sending to the countries found, or name them"
acts       = true
tables.disclosures = ["destination_country", "disclosed_at"]
parameters.operating_countries = { type = "words", needed = false }
parameters.named_countries = { type = "words" }
inject.elsewhere = { disclosures = { destination_country = "'selftest ' || t.destination_country" }, by = "concat(t.destination_country, ' · ', strftime(t.disclosed_at, '%Y-%m')) = f.record_id", parameters = { operating_countries = ["DE", "CH", "GB", "BR", "PT"] } }
[reasons]
named      = "a country that the policy names, or one on the list"
not_named  = "a country that is not on the list"
list_empty = "another country, and where the Company operates is not set"
no_instant = "the day of the disclosure is not recorded"
[de]
title    = "Daten gehen nur in Länder, die die Datenschutzerklärung nennt oder in denen das Unternehmen tätig ist"
short    = "Daten nur in genannte Länder"
rule     = """
Jedes Land, in das Daten gingen, ist eines, das die Datenschutzerklärung nennt ({named_countries}), oder eines, in dem das Unternehmen tätig ist. Wo
die Datenschutzerklärung nicht sagt, wo das Unternehmen tätig ist, ist bis zum Setzen dieser Liste jedes andere Land nicht entscheidbar. Ein Befund
je Land und Monat, datiert auf die erste Weitergabe dorthin in diesem Monat."""
remedy   = "Nicht mehr in die gefundenen Länder senden oder sie nennen"
[de.reasons]
named      = "ein Land, das die Datenschutzerklärung nennt, oder eines der Liste"
not_named  = "ein Land, das nicht auf der Liste steht"
list_empty = "ein anderes Land, und wo das Unternehmen tätig ist, ist nicht gesetzt"
no_instant = "der Tag der Weitergabe ist nicht erfasst"
*/
with destinations as (
    select destination_country, strftime(disclosed_at, '%Y-%m') as month, min(disclosed_at) as disclosed_at, count(*) as disclosures
    from disclosures
    where destination_country is not null and coalesce(disclosed_at <= $as_of, true)
    group by destination_country, strftime(disclosed_at, '%Y-%m')
),
judged as (
    select *,
           case when month is null then 'no_instant'
                when destination_country in $named_countries or list_contains($operating_countries::varchar[], destination_country) then 'named'
                when $operating_countries::varchar[] is null then 'list_empty'
                else 'not_named' end as reason
    from destinations
)
select concat_ws(' · ', destination_country, month) as record_id, null::varchar as account_id, destination_country as country, disclosed_at as event_at, null::timestamptz as due_at,
       case when reason = 'named' then 'compliant'
            when reason = 'not_named' then 'violation'
            else 'indeterminate' end as verdict,
       reason,
       disclosures
from judged;

/* examples
as_of = 2026-06-30
parameters = { named_countries = ["US"] }
[nothing_set]
period = "2026-01"
given.disclosures = [
    { disclosure_id = "a", destination_country = "US", disclosed_at = 2026-01-10T08:00:00Z }, { disclosure_id = "b", destination_country = "DE", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "c", disclosed_at = 2026-01-10T08:00:00Z }, { disclosure_id = "undated", destination_country = "BR" }, { disclosure_id = "d", destination_country = "FR", disclosed_at = 2026-07-10T08:00:00Z },
]
expect = { "US · 2026-01" = { verdict = "compliant: named", met_at = 2026-01-10T08:00:00Z, scope = "period" }, "DE · 2026-01" = "indeterminate: list_empty", BR = "indeterminate: no_instant" }
[countries_set]
parameters = { operating_countries = ["DE", "BR"] }
given.disclosures = [{ disclosure_id = "b", destination_country = "DE", disclosed_at = 2026-01-10T08:00:00Z }, { disclosure_id = "c", destination_country = "FR", disclosed_at = 2026-01-10T08:00:00Z }]
expect = { "DE · 2026-01" = "compliant: named", "FR · 2026-01" = "violation: not_named" }
[each_month_by_itself]
parameters = { operating_countries = ["DE"] }
given.disclosures = [
    { disclosure_id = "a", destination_country = "FR", disclosed_at = 2026-05-31T23:59:59Z }, { disclosure_id = "b", destination_country = "FR", disclosed_at = 2026-06-01T00:00:00Z }, { disclosure_id = "c", destination_country = "FR", disclosed_at = 2026-06-03T08:00:00Z },
]
expect."FR · 2026-05" = { verdict = "violation: not_named", event_at = 2026-05-31T23:59:59Z, country = "FR", account = "" }
expect."FR · 2026-06" = { verdict = "violation: not_named", event_at = 2026-06-01T00:00:00Z, country = "FR", account = "" }
[the_last_instant_that_is_judged_and_what_lies_ahead]
parameters = { operating_countries = ["DE"] }
given.disclosures = [
    { disclosure_id = "a", destination_country = "FR", disclosed_at = 2026-06-30T23:59:59.999999Z }, { disclosure_id = "b", destination_country = "BR", disclosed_at = 2026-07-01T00:00:00Z },
]
expect = { "FR · 2026-06" = "violation: not_named" }
*/
