/*
id         = "aggregate_hides_single_people"
title      = "Aggregates that are disclosed hide single people"
short      = "Aggregates hide single people"
rule       = """
The smallest figure of an aggregate that is disclosed stands for at least {least_people} people. Where no number is promised it
is a convention,
and a second reading shows a stricter one."""
maps_to    = ["GDPR Recital 26"]
severity   = "medium"
remedy     = "Withdraw the aggregates, and merge their small cells"
acts       = true
tables.disclosures = ["aggregated", "smallest_cell", "disclosed_at", "destination_country?", "recipient_id?"]
parameters.least_people = { default = 5, unit = "people" }
readings."at least ten people" = { least_people = 10 }
inject.a_single_person = { disclosures = { smallest_cell = "1" } }
[reasons]
hidden        = "no figure stands for fewer people"
too_few       = "a figure stands for too few people to be an aggregate"
not_recorded  = "how many people the smallest figure stands for is not recorded"
in_the_future = "the disclosure lies after the instant of judgement"
[de]
title    = "Weitergegebene Zusammenfassungen verbergen einzelne Personen"
short    = "Zusammenfassungen verbergen Einzelne"
rule     = """
Die kleinste Zahl einer weitergegebenen Zusammenfassung steht für mindestens {least_people} Personen. Wo keine Zahl zugesagt ist, ist sie eine
Konvention, und eine zweite Lesart zeigt eine strengere."""
remedy   = "Die Zusammenfassungen zurückziehen und kleine Zellen zusammenlegen"
readings = { "at least ten people" = "mindestens zehn Personen" }
[de.reasons]
hidden        = "keine Zahl steht für weniger Personen"
too_few       = "eine Zahl steht für zu wenige Personen, um eine Zusammenfassung zu sein"
not_recorded  = "für wie viele Personen die kleinste Zahl steht, ist nicht erfasst"
in_the_future = "die Weitergabe liegt nach dem Stichtag"
*/
with judged as (
    select *,
           case when disclosed_at > $as_of then 'in_the_future'
                when smallest_cell is null then 'not_recorded'
                when smallest_cell >= $least_people then 'hidden'
                else 'too_few' end as reason
    from disclosures
    where aggregated
)
select disclosure_id as record_id, account_id, destination_country as country, disclosed_at as event_at, null::timestamptz as due_at,
       case when reason = 'hidden' then 'compliant'
            when reason = 'too_few' then 'violation'
            else 'indeterminate' end as verdict,
       reason,
       recipient_id, smallest_cell
from judged;

/* examples
as_of = 2026-06-30
[five_people]
period = "2026-01"
given.disclosures = [
    { disclosure_id = "a", aggregated = true, smallest_cell = 5, disclosed_at = 2026-01-10T08:00:00Z }, { disclosure_id = "b", aggregated = true, smallest_cell = 4, disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "c", aggregated = true, disclosed_at = 2026-01-10T08:00:00Z }, { disclosure_id = "d", aggregated = false, disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "on_the_last_instant", aggregated = true, smallest_cell = 50, disclosed_at = 2026-06-30T23:59:59.999999Z },
    { disclosure_id = "e", aggregated = true, smallest_cell = 50, disclosed_at = 2026-07-10T08:00:00Z },
]
expect = { a = { verdict = "compliant: hidden", event_at = 2026-01-10T08:00:00Z, met_at = 2026-01-10T08:00:00Z, scope = "period" }, b = "violation: too_few", c = "indeterminate: not_recorded", e = "indeterminate: in_the_future", on_the_last_instant = "compliant: hidden" }
*/
