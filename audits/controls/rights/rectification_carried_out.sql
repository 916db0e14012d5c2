/*
id         = "rectification_carried_out"
title      = "Inaccurate data is corrected before the request is closed as fulfilled"
short      = "Corrections carried out"
rule       = """
A request to correct data that is closed as fulfilled has a step corrected, no later than it was closed. Of one closed as partly fulfilled nobody can
tell: which part was refused is not recorded; nor of one that nobody recorded when it was closed."""
maps_to    = ["GDPR 16"]
severity   = "medium"
remedy     = "Correct the data, and tell the people who were told it is done"
tables.requests = ["type", "outcome", "closed_at", "requester_role?", "received_at??", "account_id?", "merged_into?"]
tables.request_events = ["event", "occurred_at"]
exact.requests = ["closed_at"]
exact.request_events = ["occurred_at"]
absent.requests.requester_role = "whoever asks does so in their own right"
absent.requests.merged_into = "no request became part of another"
dimensions = ["channel"]
inject.never_corrected = { by = "t.request_id = f.record_id", request_events = { event = "'selftest'" } }
inject.a_second_late = { by = "t.request_id = f.record_id", request_events = { occurred_at = "f.event_at + interval 1 second" } }
[reasons]
corrected       = "corrected by the time it was closed"
corrected_later = "corrected after it was closed"
not_corrected   = "closed as fulfilled, and never corrected"
partly          = "only a part of it was fulfilled, and which is not recorded"
no_instant      = "when it was closed, or corrected, is not recorded"
ends_before_start = "corrected only before the request was received"
in_the_future   = "it was closed after the instant of judgement"
export_ends_before_due = "not corrected as far as the steps reach, which is not up to when it was closed"
[de]
title    = "Unrichtige Daten werden berichtigt, bevor die Anfrage als erfüllt abgeschlossen wird"
short    = "Berichtigungen ausgeführt"
rule     = """
Zu einer Anfrage auf Berichtigung, die als erfüllt abgeschlossen ist, gibt es einen Schritt der Berichtigung, nicht später als der Abschluss. Eine
als teilweise erfüllt abgeschlossene ist nicht entscheidbar: Welcher Teil abgelehnt wurde, ist nicht erfasst; ebenso eine, deren Abschluss niemand
erfasst hat."""
remedy   = "Die Daten berichtigen und es den Benachrichtigten sagen"
[de.reasons]
corrected       = "bis zum Abschluss berichtigt"
corrected_later = "nach dem Abschluss berichtigt"
not_corrected   = "als erfüllt abgeschlossen und nie berichtigt"
partly          = "nur ein Teil wurde erfüllt, und welcher, ist nicht erfasst"
no_instant      = "wann abgeschlossen oder berichtigt wurde, ist nicht erfasst"
ends_before_start = "nur vor dem Eingang der Anfrage berichtigt"
in_the_future   = "abgeschlossen wurde nach dem Stichtag"
export_ends_before_due = "nicht berichtigt, soweit die Schritte reichen, und sie reichen nicht bis zum Abschluss"
*/
with corrections as (
    select s.request_id, min(s.occurred_at) as first_at, min(s.occurred_at) filter (where coalesce(s.occurred_at >= r.received_at, true)) as corrected_at
    from request_steps as s
    join received_requests as r on r.request_id = s.request_id
    where s.event = 'corrected' and coalesce(s.occurred_at <= $as_of, true)
    group by s.request_id
),
judged as (
    select r.*, c.corrected_at,
           case when r.closed_at > $as_of then 'in_the_future'
                when r.outcome = 'partial' then 'partly'
                when r.closed_at is null then 'no_instant'
                when c.request_id is null and r.closed_at > k.known_until then 'export_ends_before_due'
                when c.request_id is null then 'not_corrected'
                when c.first_at is null then 'no_instant'
                when c.corrected_at is null then 'ends_before_start'
                when c.corrected_at > r.closed_at then 'corrected_later'
                else 'corrected' end as reason
    from received_requests as r
    join known_until as k on k.table_name = 'request_events'
    left join corrections as c on c.request_id = r.request_id
    where r.type = 'rectification' and r.outcome in ('fulfilled', 'partial') and r.requester_role is distinct from 'object'
)
select request_id as record_id, account_id, country, closed_at as event_at, null::timestamptz as due_at,
       case when reason = 'corrected' then 'compliant'
            when reason in ('corrected_later', 'not_corrected') then 'violation'
            else 'indeterminate' end as verdict,
       reason,
       corrected_at as met_at, received_at, type, channel
from judged;

/* examples
as_of = 2026-06-30
[corrected_by_the_time]
period = "2026-01"
given.requests = [
    { request_id = "a", type = "rectification", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z }, { request_id = "b", type = "rectification", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "c", type = "rectification", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z }, { request_id = "d", type = "rectification", outcome = "fulfilled" },
    { request_id = "e", type = "rectification", outcome = "fulfilled", closed_at = 2026-07-01T10:00:00Z }, { request_id = "f", type = "rectification", outcome = "denied", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "corrected_twice", type = "rectification", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z }, { request_id = "corrected_after_as_of", type = "rectification", outcome = "fulfilled", closed_at = 2026-06-01T10:00:00Z }, { request_id = "corrected_some_day", type = "rectification", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "of_a_visitor", requester_role = "object", type = "rectification", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z }, { request_id = "neither", type = "rectification", outcome = "fulfilled" }, { request_id = "erasure", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z },
]
given.request_events = [
    { request_id = "a", seq = 1, event = "corrected", occurred_at = 2026-03-01T10:00:00Z }, { request_id = "b", seq = 1, event = "corrected", occurred_at = 2026-03-01T10:00:01Z },
    { request_id = "c", seq = 1, event = "opened", occurred_at = 2026-03-01T09:00:00Z }, { request_id = "d", seq = 1, event = "corrected", occurred_at = 2026-03-01T10:00:00Z },
    { request_id = "corrected_twice", seq = 1, event = "corrected", occurred_at = 2026-02-27T10:00:00Z }, { request_id = "corrected_twice", seq = 2, event = "corrected", occurred_at = 2026-03-10T10:00:00Z }, { request_id = "corrected_after_as_of", seq = 1, event = "corrected", occurred_at = 2026-07-01T10:00:00Z }, { request_id = "corrected_some_day", seq = 1, event = "corrected" },
]
expect = { corrected_twice = { verdict = "compliant: corrected", met_at = 2026-02-27T10:00:00Z }, corrected_after_as_of = { verdict = "violation: not_corrected", met_at = "" }, neither = "indeterminate: no_instant", corrected_some_day = "indeterminate: no_instant", a = { verdict = "compliant: corrected", scope = "later" }, b = "violation: corrected_later", c = "violation: not_corrected", d = "indeterminate: no_instant", e = "indeterminate: in_the_future" }
[steps_were_exported_before_it_was_closed]
given.export_tables = [{ table_name = "request_events", covers_to = 2026-03-01T10:00:00Z }]
given.requests = [
    { request_id = "corrected", type = "rectification", outcome = "fulfilled", closed_at = 2026-03-01T10:00:01Z }, { request_id = "a", type = "rectification", outcome = "fulfilled", closed_at = 2026-03-01T10:00:01Z }, { request_id = "b", type = "rectification", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z },
]
given.request_events = [{ request_id = "corrected", seq = 1, event = "corrected", occurred_at = 2026-03-01T09:00:00Z }]
expect = { corrected = "compliant: corrected", a = "indeterminate: export_ends_before_due", b = "violation: not_corrected" }
[corrected_before_it_was_asked_for]
given.requests = [
    { request_id = "a", type = "rectification", outcome = "fulfilled", received_at = 2026-02-01T10:00:00Z, closed_at = 2026-03-01T10:00:00Z }, { request_id = "b", type = "rectification", outcome = "fulfilled", received_at = 2026-02-01T10:00:00Z, closed_at = 2026-03-01T10:00:00Z },
]
given.request_events = [{ request_id = "a", seq = 1, event = "corrected", occurred_at = 2026-02-01T09:59:59Z }, { request_id = "b", seq = 1, event = "corrected", occurred_at = 2026-02-01T10:00:00Z }]
expect = { a = "indeterminate: ends_before_start", b = "compliant: corrected" }
[partly_fulfilled]
given.requests = [{ request_id = "r", account_id = "a", type = "rectification", outcome = "partial", denial_ground = "legal_obligation", closed_at = 2026-03-01T10:00:00Z }]
given.request_events = []
expect = { r = "indeterminate: partly" }
[at_the_instant_of_judgement]
as_of = 2026-06-30T12:00:00Z
given.requests = [{ request_id = "r", account_id = "a", country = "DE", type = "rectification", outcome = "fulfilled", closed_at = 2026-06-30T12:00:00Z }]
given.request_events = [{ request_id = "r", seq = 1, event = "corrected", occurred_at = 2026-06-30T12:00:00Z }]
expect = { r = { verdict = "compliant: corrected", event_at = 2026-06-30T12:00:00Z, account = "a", country = "DE" } }
[became_part_of_another]
given.requests = [{ request_id = "moved", account_id = "a", type = "rectification", received_at = 2026-02-01T08:00:00Z, closed_at = 2026-02-02T08:00:00Z, outcome = "fulfilled", merged_into = "other" }, { request_id = "other", account_id = "a", type = "rectification", received_at = 2026-02-01T09:00:00Z, responded_at = 2026-03-01T08:00:00Z, closed_at = 2026-03-01T08:00:00Z, outcome = "fulfilled" }]
given.request_events = [{ request_id = "other", seq = 1, event = "corrected", occurred_at = 2026-02-20T08:00:00Z }]
expect = { moved = { verdict = "compliant: corrected", event_at = 2026-03-01T08:00:00Z, met_at = 2026-02-20T08:00:00Z }, other = "compliant: corrected" }
[corrected_before_and_after]
given.requests = [
    { request_id = "of_the_other", type = "access", received_at = 2026-05-01T10:00:00Z }, { request_id = "b", type = "rectification", outcome = "fulfilled", received_at = 2026-06-02T10:00:00Z, closed_at = 2026-06-10T10:00:00Z },
    { request_id = "a", type = "rectification", outcome = "fulfilled", received_at = 2026-06-02T10:00:00Z, closed_at = 2026-06-10T10:00:00Z }]
given.request_events = [{ request_id = "a", seq = 1, event = "corrected", occurred_at = 2026-06-01T10:00:00Z }, { request_id = "a", seq = 2, event = "corrected", occurred_at = 2026-06-15T10:00:00Z }, { request_id = "b", seq = 1, event = "corrected", occurred_at = 2026-06-01T10:00:00Z }]
expect = { a = { verdict = "violation: corrected_later", met_at = 2026-06-15T10:00:00Z }, b = "indeterminate: ends_before_start" }
[equivalent]
"corrections: min(s.occurred_at) → max(s.occurred_at)" = "it is asked only whether there is one"
*/
