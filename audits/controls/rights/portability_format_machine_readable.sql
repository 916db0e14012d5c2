/*
id         = "portability_format_machine_readable"
title      = "Portable data is handed over in a structured, common, machine-readable format"
short      = "Portable data is machine-readable"
rule       = """
A portability request that is fulfilled, in whole or in part, is answered with data in one of the formats set: JSON, CSV or XML unless set otherwise.
A PDF or a scan can be read by people, not by another controller's machines."""
maps_to    = ["GDPR 20(1)"]
severity   = "medium"
remedy     = "Send the data again, in a format that machines read"
tables.requests = ["type", "outcome", "format", "closed_at", "requester_role?", "received_at?"]
absent.requests.requester_role = "whoever asks does so in their own right"
dimensions = ["channel"]
parameters.formats = { default = ["json", "csv", "xml"], of = "format" }
inject.a_scan = { requests = { format = "'pdf'" } }
[reasons]
machine_readable = "in a machine-readable format"
other_format     = "in another format"
not_recorded     = "the format is not recorded"
no_instant       = "when it was handed over is not recorded"
in_the_future    = "it was handed over after the instant of judgement"
[de]
title    = "Übertragbare Daten werden in einem strukturierten, gängigen, maschinenlesbaren Format übergeben"
short    = "Übertragbare Daten sind maschinenlesbar"
rule     = """
Eine ganz oder teilweise erfüllte Anfrage auf Datenübertragung wird mit Daten in einem der gesetzten Formate beantwortet: JSON, CSV oder XML, wenn
nichts anderes gesetzt ist. Ein PDF oder einen Scan können Menschen lesen, nicht die Maschinen eines anderen Verantwortlichen."""
remedy   = "Die Daten in maschinenlesbarem Format erneut senden"
[de.reasons]
machine_readable = "in einem maschinenlesbaren Format"
other_format     = "in einem anderen Format"
not_recorded     = "das Format ist nicht erfasst"
no_instant       = "wann übergeben wurde, ist nicht erfasst"
in_the_future    = "übergeben wurde nach dem Stichtag"
*/
with judged as (
    select *,
           case when closed_at is null then 'no_instant'
                when closed_at > $as_of then 'in_the_future'
                when format is null then 'not_recorded'
                when lower(format) in $formats then 'machine_readable'
                else 'other_format' end as reason
    from requests
    where type = 'portability' and outcome in ('fulfilled', 'partial') and requester_role is distinct from 'object'
)
select request_id as record_id, account_id, country, closed_at as event_at, null::timestamptz as due_at,
       case when reason = 'machine_readable' then 'compliant'
            when reason = 'other_format' then 'violation'
            else 'indeterminate' end as verdict,
       reason,
       received_at, format, type, channel
from judged;

/* examples
as_of = 2026-06-30
[formats]
period = "2026-01"
given.requests = [
    { request_id = "a", type = "portability", outcome = "fulfilled", format = "JSON", closed_at = 2026-01-10T08:00:00Z },
    { request_id = "b", type = "portability", outcome = "partial", format = "pdf", closed_at = 2026-01-10T08:00:00Z },
    { request_id = "c", type = "portability", outcome = "fulfilled", closed_at = 2026-01-10T08:00:00Z },
    { request_id = "d", type = "portability", outcome = "fulfilled", format = "csv" },
    { request_id = "e", type = "portability", outcome = "fulfilled", format = "csv", closed_at = 2026-07-10T08:00:00Z },
    { request_id = "access", type = "access", outcome = "fulfilled", format = "pdf", closed_at = 2026-01-10T08:00:00Z },
    { request_id = "of_a_visitor", requester_role = "object", type = "portability", outcome = "fulfilled", format = "pdf", closed_at = 2026-01-10T08:00:00Z },
    { request_id = "denied", type = "portability", outcome = "denied", closed_at = 2026-01-10T08:00:00Z },
]
expect.a = { verdict = "compliant: machine_readable", scope = "period" }
expect.b = "violation: other_format"
expect.c = "indeterminate: not_recorded"
expect.d = "indeterminate: no_instant"
expect.e = "indeterminate: in_the_future"
[at_the_instant_of_judgement]
as_of = 2026-06-30T12:00:00Z
given.requests = [{ request_id = "r", account_id = "a", country = "DE", type = "portability", outcome = "fulfilled", format = "xml", closed_at = 2026-06-30T12:00:00Z }]
expect = { r = { verdict = "compliant: machine_readable", event_at = 2026-06-30T12:00:00Z, account = "a", country = "DE" } }
*/
