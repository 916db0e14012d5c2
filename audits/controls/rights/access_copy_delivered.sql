/*
id         = "access_copy_delivered"
title      = "Who is granted access is given a copy"
short      = "Access means a copy"
rule       = """
A request for access, or to be told whether data is held, that is closed as fulfilled, in whole or in part, has evidence of the hand-over. One
that has none and was never answered is a violation; one that was answered without evidence cannot be told."""
maps_to    = ["GDPR 15(3)"]
severity   = "medium"
remedy     = "Send the copies that are missing"
tables.requests = ["type", "outcome", "responded_at", "delivery_ref", "closed_at", "requester_role?", "received_at?", "account_id?", "merged_into?"]
absent.requests.requester_role = "whoever asks does so in their own right"
absent.requests.merged_into = "no request became part of another"
dimensions = ["type"]
inject.closed_without_an_answer = { requests = { responded_at = "null", delivery_ref = "null" } }
[reasons]
delivered     = "handed over, with evidence"
not_delivered = "closed as fulfilled, and never answered"
no_evidence   = "answered, and there is no evidence of the hand-over"
in_the_future = "an instant lies after the instant of judgement"
[de]
title    = "Wer Auskunft erhält, bekommt eine Kopie"
short    = "Auskunft mit Kopie"
rule     = """
Zu einer Anfrage auf Auskunft, oder auf Bestätigung, ob Daten geführt werden, die ganz oder teilweise als erfüllt abgeschlossen ist, gibt es einen
Nachweis der Übergabe. Eine ohne Nachweis, die nie beantwortet wurde, ist ein Verstoß; eine ohne Nachweis beantwortete ist nicht entscheidbar."""
remedy   = "Die fehlenden Kopien senden"
[de.reasons]
delivered     = "mit Nachweis übergeben"
not_delivered = "als erfüllt abgeschlossen und nie beantwortet"
no_evidence   = "beantwortet, und es gibt keinen Nachweis der Übergabe"
in_the_future = "ein Zeitpunkt liegt nach dem Stichtag"
*/
with judged as (
    select *,
           case when responded_at > $as_of or closed_at > $as_of then 'in_the_future'
                when delivery_ref is not null then 'delivered'
                when responded_at is null then 'not_delivered'
                else 'no_evidence' end as reason
    from received_requests
    where type in ('access', 'confirmation') and outcome in ('fulfilled', 'partial') and requester_role is distinct from 'object'
)
select request_id as record_id, account_id, country, coalesce(responded_at, closed_at) as event_at, null::timestamptz as due_at,
       case when reason = 'delivered' then 'compliant'
            when reason = 'not_delivered' then 'violation'
            else 'indeterminate' end as verdict,
       reason,
       received_at, type, channel
from judged;

/* examples
as_of = 2026-06-30
[of_other_kinds_and_ends]
given.requests = [
    { request_id = "port", type = "portability", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z }, { request_id = "back", type = "access", outcome = "withdrawn", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "access", type = "access", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z },
]
expect = { access = "violation: not_delivered" }
[handed_over]
period = "2026-01"
given.requests = [
    { request_id = "a", type = "access", outcome = "fulfilled", responded_at = 2026-03-01T10:00:00Z, delivery_ref = "d" }, { request_id = "b", type = "access", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "c", type = "confirmation", outcome = "partial", responded_at = 2026-03-01T10:00:00Z }, { request_id = "d", type = "access", outcome = "fulfilled", responded_at = 2026-07-01T10:00:00Z },
    { request_id = "e", type = "access", outcome = "denied", closed_at = 2026-03-01T10:00:00Z }, { request_id = "of_a_visitor", type = "access", requester_role = "object", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z }, { request_id = "erasure", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "g", account_id = "a", country = "DE", type = "access", outcome = "fulfilled", responded_at = 2026-03-01T10:00:00Z, closed_at = 2026-03-02T10:00:00Z, delivery_ref = "d" }, { request_id = "h", type = "access", outcome = "fulfilled", responded_at = 2026-03-01T10:00:00Z, closed_at = 2026-07-01T10:00:00Z, delivery_ref = "d" },
    { request_id = "f", type = "access", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z, delivery_ref = "portal-download" },
]
expect = { a = { verdict = "compliant: delivered", scope = "later" }, b = { verdict = "violation: not_delivered", event_at = 2026-03-01T10:00:00Z }, g = { verdict = "compliant: delivered", event_at = 2026-03-01T10:00:00Z, account = "a", country = "DE" }, h = "indeterminate: in_the_future", c = "indeterminate: no_evidence", d = "indeterminate: in_the_future", f = "compliant: delivered" }
[at_the_instant_of_judgement]
as_of = 2026-06-30T12:00:00Z
given.requests = [{ request_id = "r", type = "access", outcome = "fulfilled", responded_at = 2026-06-30T12:00:00Z, closed_at = 2026-06-30T12:00:00Z, delivery_ref = "d" }]
expect = { r = "compliant: delivered" }
[became_part_of_another]
given.requests = [
    { request_id = "moved", account_id = "a", type = "access", received_at = 2026-02-01T08:00:00Z, closed_at = 2026-02-02T08:00:00Z, outcome = "fulfilled", merged_into = "other" },
    { request_id = "other", account_id = "a", type = "access", received_at = 2026-02-01T09:00:00Z, responded_at = 2026-03-01T08:00:00Z, closed_at = 2026-03-01T09:00:00Z, outcome = "fulfilled", delivery_ref = "d" },
    { request_id = "moved_to_another_person", account_id = "a", type = "access", received_at = 2026-02-01T08:00:00Z, closed_at = 2026-02-02T08:00:00Z, outcome = "fulfilled", merged_into = "of_another_person" },
    { request_id = "of_another_person", account_id = "b", type = "access", received_at = 2026-02-01T09:00:00Z, responded_at = 2026-03-01T08:00:00Z, closed_at = 2026-03-01T09:00:00Z, outcome = "fulfilled", delivery_ref = "d" },
]
expect = { moved = { verdict = "compliant: delivered", event_at = 2026-03-01T08:00:00Z }, other = "compliant: delivered", moved_to_another_person = "indeterminate: no_evidence", of_another_person = "compliant: delivered" }
*/
