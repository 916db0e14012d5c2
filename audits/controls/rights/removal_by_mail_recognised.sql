/*
id         = "removal_by_mail_recognised"
title      = "Requests for return or removal that come by mail are recognised as such"
short      = "Removal by mail recognised"
rule       = """
A request to return or remove data that arrived by e-mail is recognised as one by the end of the last of {days} days after the day it
arrived, on which it would have to be handled. A request that the person withdrew
by its last day is kept; withdrawn later, it was late."""
maps_to    = ["GDPR 12(2)"]
severity   = "medium"
remedy     = "Handle the mails found as the requests they are"
tables.requests = ["type", "channel", "received_at", "recognised_at", "closed_at??", "outcome??", "requester_role?", "account_id?", "merged_into?"]
absent.requests.requester_role = "whoever asks does so in their own right"
absent.requests.merged_into = "no request became part of another"
dimensions = ["type"]
parameters.days = { default = 30, unit = "days" }
inject.lost_in_the_mail = { requests = { recognised_at = "null", outcome = "'fulfilled'" }, where = "due_at < as_of" }
inject.a_microsecond_late = { requests = { recognised_at = "f.due_at + interval 1 microsecond", outcome = "'fulfilled'" }, where = "due_at < as_of" }
[reasons]
recognised        = "recognised in time"
recognised_late   = "recognised after its last day"
withdrawn         = "withdrawn by the person by its last day"
withdrawn_late    = "withdrawn by the person after its last day, unrecognised till then"
not_recognised    = "not recognised, and its last day has passed"
not_yet_due       = "not recognised, and its last day has not passed"
no_receipt        = "the day of receipt is not recorded"
in_the_future     = "an instant lies after the instant of judgement"
ends_before_start = "recognised before it was received"
outside_calendar  = "received too long ago for the calendar"
export_ends_before_due = "not recognised as far as the export reaches, which is not up to its last day"
[de]
title    = "Anfragen auf Rückgabe oder Löschung per Post oder E-Mail werden als solche erkannt"
short    = "Löschwünsche per Post erkannt"
rule     = """
Eine Anfrage auf Rückgabe oder Löschung, die per E-Mail kam, ist als solche erkannt bis zum Ende des letzten von {days} Tagen nach dem Tag ihres
Eingangs, des Tages, an dem sie zu erledigen wäre. Bis zum letzten Tag zurückgezogen, ist sie eingehalten; später war es zu spät."""
remedy   = "Die gefundenen Schreiben als die Anfragen behandeln, die sie sind"
[de.reasons]
recognised        = "rechtzeitig erkannt"
recognised_late   = "nach dem letzten Tag erkannt"
withdrawn         = "bis zum letzten Tag von der Person zurückgezogen"
withdrawn_late    = "nach dem letzten Tag von der Person zurückgezogen, bis dahin nicht erkannt"
not_recognised    = "nicht erkannt, und der letzte Tag ist vorbei"
not_yet_due       = "nicht erkannt, und der letzte Tag ist nicht vorbei"
no_receipt        = "der Tag des Eingangs ist nicht erfasst"
in_the_future     = "ein Zeitpunkt liegt nach dem Stichtag"
ends_before_start = "vor dem Eingang erkannt"
outside_calendar  = "zu lange her für den Kalender"
export_ends_before_due = "nicht erkannt, soweit der Export reicht, und er reicht nicht bis zum letzten Tag"
*/
with scoped as (
    select r.*, d.ends_at as due_at,
           case when r.outcome = 'withdrawn' then least(r.recognised_at, r.closed_at) else r.recognised_at end as done_at
    from received_requests as r
    left join days as d on d.day = r.received_on + $days::integer
    where r.type in ('erasure', 'return') and r.channel = 'email' and r.requester_role is distinct from 'object'
),
judged as (
    select *,
           case when received_at is null then 'no_receipt'
                when received_at > $as_of or recognised_at > $as_of or done_at > $as_of then 'in_the_future'
                when done_at < received_at then 'ends_before_start'
                when due_at is null then 'outside_calendar'
                when done_at <= due_at then case when outcome = 'withdrawn' then 'withdrawn' else 'recognised' end
                when done_at is not null then case when outcome = 'withdrawn' then 'withdrawn_late' else 'recognised_late' end
                when due_at >= $as_of then 'not_yet_due'
                when due_at > known_until then 'export_ends_before_due'
                else 'not_recognised' end as reason
    from scoped
)
select request_id as record_id, account_id, country, coalesce(due_at, received_at) as event_at, due_at,
       case when reason in ('recognised', 'withdrawn') then 'compliant'
            when reason in ('recognised_late', 'withdrawn_late', 'not_recognised') then 'violation'
            when reason = 'not_yet_due' then 'pending'
            else 'indeterminate' end as verdict,
       reason,
       done_at as met_at, received_at, type, channel
from judged;

/* examples
as_of = 2026-06-30
[by_the_last_day]
period = "2026-01"
given.requests = [
    { request_id = "a", type = "erasure", channel = "email", received_at = 2026-03-01T10:00:00Z, recognised_at = 2026-03-31T23:59:59Z }, { request_id = "b", type = "return", channel = "email", received_at = 2026-03-01T10:00:00Z, recognised_at = 2026-04-01T00:00:00Z },
    { request_id = "c", type = "erasure", channel = "email", received_at = 2026-03-01T10:00:00Z }, { request_id = "d", type = "erasure", channel = "email", received_at = 2026-05-31T10:00:00Z },
    { request_id = "e", type = "erasure", channel = "email" }, { request_id = "f", type = "erasure", channel = "email", received_at = 2026-07-01T10:00:00Z },
    { request_id = "g", type = "erasure", channel = "email", received_at = 2026-03-01T10:00:00Z, recognised_at = 2026-02-01T10:00:00Z }, { request_id = "h", type = "erasure", channel = "portal", received_at = 2026-03-01T10:00:00Z },
    { request_id = "last_moment", account_id = "a", country = "DE", type = "erasure", channel = "email", received_at = 2026-03-01T10:00:00Z, recognised_at = 2026-03-31T23:59:59.999999Z }, { request_id = "at_once", type = "erasure", channel = "email", received_at = 2026-03-01T10:00:00Z, recognised_at = 2026-03-01T10:00:00Z }, { request_id = "later_than_now", type = "erasure", channel = "email", received_at = 2026-03-01T10:00:00Z, recognised_at = 2026-07-01T10:00:00Z },
    { request_id = "of_a_visitor", requester_role = "object", type = "erasure", channel = "email", received_at = 2026-03-01T10:00:00Z }, { request_id = "access", type = "access", channel = "email", received_at = 2026-03-01T10:00:00Z },
]
expect = { last_moment = { verdict = "compliant: recognised", event_at = 2026-03-31T23:59:59.999999Z, account = "a", country = "DE" }, at_once = "compliant: recognised", later_than_now = "indeterminate: in_the_future", a = { verdict = "compliant: recognised", scope = "later", due_at = 2026-03-31T23:59:59.999999Z, met_at = 2026-03-31T23:59:59Z }, b = { verdict = "violation: recognised_late", due_at = 2026-03-31T23:59:59.999999Z, met_at = 2026-04-01T00:00:00Z }, c = "violation: not_recognised", d = { verdict = "pending: not_yet_due", due_at = 2026-06-30T23:59:59.999999Z, met_at = "" }, e = "indeterminate: no_receipt", f = "indeterminate: in_the_future", g = "indeterminate: ends_before_start" }
[the_export_stops_on_the_last_day]
given.export_info = [{ exported_at = 2026-05-30T23:59:59.999999Z }]
given.requests = [{ request_id = "a", type = "erasure", channel = "email", received_at = 2026-05-01T10:00:00Z }, { request_id = "b", type = "erasure", channel = "email", received_at = 2026-04-30T10:00:00Z }]
expect = { a = "indeterminate: export_ends_before_due", b = "violation: not_recognised" }
[outside_calendar]
given.requests = [{ request_id = "r", type = "erasure", channel = "email", received_at = 2005-03-01T10:00:00Z, recognised_at = 2005-03-02T10:00:00Z }]
expect = { r = { verdict = "indeterminate: outside_calendar", event_at = 2005-03-01T10:00:00Z, due_at = "" } }
[withdrawn]
given.requests = [
    { request_id = "on_the_last_day", type = "return", channel = "email", received_at = 2026-03-01T10:00:00Z, closed_at = 2026-03-31T23:59:59Z, outcome = "withdrawn" },
    { request_id = "a_day_later", type = "return", channel = "email", received_at = 2026-03-01T10:00:00Z, closed_at = 2026-04-01T00:00:00Z, outcome = "withdrawn" },
    { request_id = "denied", type = "return", channel = "email", received_at = 2026-03-01T10:00:00Z, closed_at = 2026-03-02T00:00:00Z, outcome = "denied" },
    { request_id = "later_than_now", type = "return", channel = "email", received_at = 2026-03-01T10:00:00Z, closed_at = 2026-07-02T00:00:00Z, outcome = "withdrawn" },
    { request_id = "backwards", type = "return", channel = "email", received_at = 2026-03-01T10:00:00Z, closed_at = 2026-02-02T00:00:00Z, outcome = "withdrawn" },
    { request_id = "recognised_before", type = "erasure", channel = "email", received_at = 2026-03-01T10:00:00Z, recognised_at = 2026-03-02T10:00:00Z, closed_at = 2026-04-02T00:00:00Z, outcome = "withdrawn" }, { request_id = "and_recognised_later_than_now", type = "erasure", channel = "email", received_at = 2026-03-01T10:00:00Z, recognised_at = 2026-07-02T10:00:00Z, closed_at = 2026-03-02T00:00:00Z, outcome = "withdrawn" },
]
expect = { recognised_before = { verdict = "compliant: withdrawn", met_at = 2026-03-02T10:00:00Z }, and_recognised_later_than_now = "indeterminate: in_the_future", on_the_last_day = { verdict = "compliant: withdrawn", due_at = 2026-03-31T23:59:59.999999Z, met_at = 2026-03-31T23:59:59Z }, a_day_later = { verdict = "violation: withdrawn_late", due_at = 2026-03-31T23:59:59.999999Z, met_at = 2026-04-01T00:00:00Z }, denied = "violation: not_recognised", later_than_now = "indeterminate: in_the_future", backwards = "indeterminate: ends_before_start" }
[at_the_instant_of_judgement]
as_of = 2026-06-30T12:00:00Z
given.requests = [{ request_id = "received", type = "erasure", channel = "email", received_at = 2026-06-30T12:00:00Z }, { request_id = "recognised", type = "erasure", channel = "email", received_at = 2026-06-10T12:00:00Z, recognised_at = 2026-06-30T12:00:00Z }]
expect = { received = "pending: not_yet_due", recognised = "compliant: recognised" }
*/
