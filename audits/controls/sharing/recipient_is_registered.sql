/*
id         = "recipient_is_registered"
title      = "Everybody who is given personal data is in the register of recipients"
short      = "All recipients registered"
rule       = """
Each disclosure names a recipient that the register of recipients holds. Of what was disclosed before the time for which the register is complete nobody can tell."""
maps_to    = ["GDPR 30(1)(d)"]
severity   = "medium"
remedy     = "Enter the recipients in the register, or stop the disclosures"
tables.disclosures = ["recipient_id", "disclosed_at", "destination_country?"]
tables.processors = ["recipient_id"]
inject.a_stranger = { disclosures = { recipient_id = "'selftest nobody'" } }
[reasons]
registered        = "the recipient is in the register"
not_registered    = "the recipient is not in the register"
before_register   = "the register is complete for a later time only"
recipient_unknown = "the recipient is not recorded"
in_the_future     = "the disclosure lies after the instant of judgement"
[de]
title    = "Wer personenbezogene Daten erhält, steht im Empfängerverzeichnis"
short    = "Alle Empfänger im Verzeichnis"
rule     = "Jede Weitergabe nennt einen Empfänger, der im Empfängerverzeichnis steht. Was vor der Zeit weitergegeben wurde, für die es vollständig ist, ist nicht entscheidbar."
remedy   = "Die Empfänger eintragen oder die Weitergaben beenden"
[de.reasons]
registered        = "der Empfänger steht im Verzeichnis"
not_registered    = "der Empfänger steht nicht im Verzeichnis"
before_register   = "das Verzeichnis ist nur für spätere Zeit vollständig"
recipient_unknown = "der Empfänger ist nicht erfasst"
in_the_future     = "die Weitergabe liegt nach dem Stichtag"
*/
with judged as (
    select d.*,
           case when disclosed_at > $as_of then 'in_the_future'
                when recipient_id is null then 'recipient_unknown'
                when recipient_id in (select recipient_id from processors) then 'registered'
                when disclosed_at < k.known_from then 'before_register'
                else 'not_registered' end as reason
    from disclosures as d
    join known_until as k on k.table_name = 'processors'
)
select disclosure_id as record_id, account_id, destination_country as country, disclosed_at as event_at, null::timestamptz as due_at,
       case when reason = 'registered' then 'compliant'
            when reason = 'not_registered' then 'violation'
            else 'indeterminate' end as verdict,
       reason,
       recipient_id
from judged;

/* examples
as_of = 2026-06-30
[before_the_register_is_complete]
given.export_tables = [{ table_name = "processors", covers_from = 2025-01-01T00:00:00Z }]
given.processors = [{ recipient_id = "p" }]
given.disclosures = [
    { disclosure_id = "known", recipient_id = "p", disclosed_at = 2019-01-10T08:00:00Z }, { disclosure_id = "before", recipient_id = "q", disclosed_at = 2024-12-31T23:59:59.999999Z },
    { disclosure_id = "from_then_on", recipient_id = "q", disclosed_at = 2025-01-01T00:00:00Z },
]
expect = { known = "compliant: registered", before = "indeterminate: before_register", from_then_on = "violation: not_registered" }
[in_the_register]
period = "2026-01"
given.processors = [{ recipient_id = "p" }]
given.disclosures = [
    { disclosure_id = "a", recipient_id = "p", disclosed_at = 2026-01-10T08:00:00Z }, { disclosure_id = "b", recipient_id = "q", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "on_the_last_instant", recipient_id = "p", disclosed_at = 2026-06-30T23:59:59.999999Z },
    { disclosure_id = "c", disclosed_at = 2026-01-10T08:00:00Z }, { disclosure_id = "d", recipient_id = "p", disclosed_at = 2026-07-10T08:00:00Z },
]
expect = { a = { verdict = "compliant: registered", event_at = 2026-01-10T08:00:00Z, scope = "period" }, b = "violation: not_registered", c = "indeterminate: recipient_unknown", d = "indeterminate: in_the_future", on_the_last_instant = "compliant: registered" }
*/
