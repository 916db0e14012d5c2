/*
id         = "transfer_destination_matches_register"
title      = "Data is sent where the register says its recipient is"
short      = "Destinations match the register"
rule       = """
The destination of a disclosure is the country in which the register of processors says the recipient is established, or one in which it says that the
recipient processes. A difference is either an unrecorded place of processing or a wrong record; in both cases the measure was chosen for another
country. Where the register does not say where a recipient processes, another country than that of its seat cannot be told, nor what differs from a register
that is complete for a later time only."""
maps_to    = ["GDPR 30(1)(d)", "GDPR 30(1)(e)"]
severity   = "medium"
remedy     = "Find out where the data went, and mend the register or the route"
acts       = true
tables.disclosures = ["disclosed_at", "destination_country", "recipient_id"]
tables.processors = ["country"]
tables.processing_places = ["recipient_id?", "country?"]
absent.processing_places = "where recipients process, beside their seat, is not recorded"
dimensions = ["recipient_id", "destination_country"]
inject.elsewhere = { disclosures = { destination_country = "case when destination_country = 'CH' then 'NO' else 'CH' end" } }
[reasons]
as_registered    = "the destination is the recipient's country, or one in which it processes"
elsewhere        = "the destination is another country than those of the recipient"
places_unknown   = "the destination is not the country of the recipient's seat, and where it processes is not recorded"
not_registered   = "the recipient is not in the register"
before_register  = "the register is complete for a later time only"
no_instant       = "the day of the disclosure is not recorded"
in_the_future    = "the disclosure lies after the instant of judgement"
country_unknown  = "the destination or the recipient's country is not recorded"
[de]
title    = "Daten gehen dorthin, wo das Verzeichnis den Empfänger führt"
short    = "Ziele entsprechen dem Verzeichnis"
rule     = """
Das Ziel einer Weitergabe ist das Land, in dem der Empfänger nach dem Verzeichnis der Auftragsverarbeiter niedergelassen ist, oder eines, in dem er
danach verarbeitet. Eine Abweichung ist entweder ein nicht erfasster Ort der Verarbeitung oder ein falscher Eintrag; in beiden Fällen wurde die
Grundlage für ein anderes Land gewählt. Wo das Verzeichnis nicht sagt, wo ein Empfänger verarbeitet, ist ein anderes Land als das seines Sitzes
nicht entscheidbar, ebenso, was von einem Verzeichnis abweicht, das nur für spätere Zeit vollständig ist."""
remedy   = "Klären, wohin die Daten gingen, und Verzeichnis oder Weg berichtigen"
[de.reasons]
as_registered    = "das Ziel ist das Land des Empfängers oder eines, in dem er verarbeitet"
elsewhere        = "das Ziel ist ein anderes Land als die des Empfängers"
places_unknown   = "das Ziel ist nicht das Land des Sitzes des Empfängers, und wo er verarbeitet, ist nicht erfasst"
not_registered   = "der Empfänger steht nicht im Verzeichnis"
before_register  = "das Verzeichnis ist nur für spätere Zeit vollständig"
no_instant       = "der Tag der Weitergabe ist nicht erfasst"
in_the_future    = "die Weitergabe liegt nach dem Stichtag"
country_unknown  = "das Ziel oder das Land des Empfängers ist nicht erfasst"
*/
with register as (
    select recipient_id, min(country) as registered_country from processors group by recipient_id
),
places as (
    select recipient_id, list(country) as places from processing_places where country is not null group by recipient_id
),
joined as (
    select d.*, r.registered_country, r.recipient_id is not null as is_registered, p.places,
           d.disclosed_at < k.known_from as is_before_register, d.disclosed_at < greatest(k.known_from, b.known_from) as is_before_places
    from disclosures as d
    left join register as r on r.recipient_id = d.recipient_id
    left join places as p on p.recipient_id = d.recipient_id
    join known_until as k on k.table_name = 'processors'
    join known_until as b on b.table_name = 'processing_places'
),
judged as (
    select *,
           case when disclosed_at is null then 'no_instant'
                when disclosed_at > $as_of then 'in_the_future'
                when not is_registered and is_before_register then 'before_register'
                when not is_registered then 'not_registered'
                when destination_country is null or registered_country is null then 'country_unknown'
                when destination_country = registered_country or list_contains(places, destination_country) then 'as_registered'
                when is_before_places then 'before_register'
                when places is null then 'places_unknown'
                else 'elsewhere' end as reason
    from joined
)
select disclosure_id as record_id, account_id, destination_country as country, disclosed_at as event_at, null::timestamptz as due_at,
       case when reason = 'as_registered' then 'compliant'
            when reason in ('elsewhere', 'not_registered') then 'violation'
            else 'indeterminate' end as verdict,
       reason,
       recipient_id, destination_country, registered_country
from judged;

/* examples
as_of = 2026-06-30
[before_the_register_is_complete]
given.export_tables = [{ table_name = "processors", covers_from = 2025-01-01T00:00:00Z }, { table_name = "processing_places", covers_from = 2025-06-01T00:00:00Z }]
given.processors = [{ recipient_id = "p", country = "US" }]
given.processing_places = [{ recipient_id = "p", country = "CA" }]
given.disclosures = [
    { disclosure_id = "as_now", recipient_id = "p", destination_country = "CA", disclosed_at = 2019-01-10T08:00:00Z }, { disclosure_id = "lost_before", recipient_id = "q", destination_country = "CA", disclosed_at = 2024-12-31T23:59:59.999999Z },
    { disclosure_id = "lost_from_then_on", recipient_id = "q", destination_country = "CA", disclosed_at = 2025-01-01T00:00:00Z }, { disclosure_id = "elsewhere_before", recipient_id = "p", destination_country = "DE", disclosed_at = 2025-05-31T23:59:59.999999Z },
    { disclosure_id = "elsewhere_from_then_on", recipient_id = "p", destination_country = "DE", disclosed_at = 2025-06-01T00:00:00Z },
]
expect = { as_now = "compliant: as_registered", lost_before = "indeterminate: before_register", lost_from_then_on = "violation: not_registered", elsewhere_before = "indeterminate: before_register", elsewhere_from_then_on = "violation: elsewhere" }
[before_the_seats_are_complete]
given.export_tables = [{ table_name = "processors", covers_from = 2025-06-01T00:00:00Z }]
given.processors = [{ recipient_id = "p", country = "US" }]
given.processing_places = [{ recipient_id = "p", country = "CA" }]
given.disclosures = [{ disclosure_id = "elsewhere", recipient_id = "p", destination_country = "DE", disclosed_at = 2025-05-31T23:59:59.999999Z }]
expect = { elsewhere = "indeterminate: before_register" }
[as_registered_or_elsewhere]
period = "2026-01"
given.processors = [{ recipient_id = "p", country = "US" }, { recipient_id = "q" }, { recipient_id = "seat_only", country = "US" }]
given.processing_places = [{ recipient_id = "p", country = "US" }, { recipient_id = "p", country = "IE" }]
given.disclosures = [
    { disclosure_id = "a", disclosed_at = 2026-01-10T08:00:00Z, destination_country = "US", recipient_id = "p" },
    { disclosure_id = "b", disclosed_at = 2026-01-10T08:00:00Z, destination_country = "IN", recipient_id = "p" },
    { disclosure_id = "dublin", disclosed_at = 2026-01-10T08:00:00Z, destination_country = "IE", recipient_id = "p" },
    { disclosure_id = "perhaps", disclosed_at = 2026-01-10T08:00:00Z, destination_country = "IE", recipient_id = "seat_only" },
    { disclosure_id = "at_the_seat", disclosed_at = 2026-01-10T08:00:00Z, destination_country = "US", recipient_id = "seat_only" },
    { disclosure_id = "on_the_last_instant", disclosed_at = 2026-06-30T23:59:59.999999Z, destination_country = "US", recipient_id = "p" },
    { disclosure_id = "c", disclosed_at = 2026-01-10T08:00:00Z, destination_country = "US", recipient_id = "nobody" },
    { disclosure_id = "d", disclosed_at = 2026-01-10T08:00:00Z, destination_country = "US", recipient_id = "q" },
    { disclosure_id = "e", disclosed_at = 2026-01-10T08:00:00Z, recipient_id = "p" },
    { disclosure_id = "f", destination_country = "US", recipient_id = "p" },
    { disclosure_id = "g", disclosed_at = 2026-07-10T08:00:00Z, destination_country = "US", recipient_id = "p" },
]
expect.a = { verdict = "compliant: as_registered", country = "US", event_at = 2026-01-10T08:00:00Z, met_at = 2026-01-10T08:00:00Z, scope = "period" }
expect.b = "violation: elsewhere"
expect.dublin = "compliant: as_registered"
expect.perhaps = "indeterminate: places_unknown"
expect.at_the_seat = "compliant: as_registered"
expect.on_the_last_instant = "compliant: as_registered"
expect.c = "violation: not_registered"
expect.d = "indeterminate: country_unknown"
expect.e = "indeterminate: country_unknown"
expect.f = "indeterminate: no_instant"
expect.g = "indeterminate: in_the_future"
[a_place_of_processing_without_its_country]
given.processors = [{ recipient_id = "p", country = "US" }]
given.processing_places = [{ recipient_id = "p" }]
given.disclosures = [{ disclosure_id = "a", disclosed_at = 2026-01-10T08:00:00Z, destination_country = "IE", recipient_id = "p" }]
expect.a = "indeterminate: places_unknown"
[equivalent]
"register: min(country) → max(country)" = "recipient_id is the key: two rows that differ make each finding of theirs indeterminate"
*/
