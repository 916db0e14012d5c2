/*
id         = "subscriber_removal_answered_in_time"
was        = ["subscriber_removal_answered_in_thirty_days"]
title      = "Subscribers' requests to remove data are answered within {days} days"
short      = "Subscribers' removals within {days} days"
rule       = """
A subscriber's request to remove data is answered by the end of the last of {days} days after the day it was received, in calendar days of
the organisation's time zone. It runs beside other promises on removal, and beside the law's clock. A request that the person withdrew
by its last day is kept; withdrawn later, it was late."""
maps_to    = ["GDPR 12(3)", "GDPR 17", "GDPR 28(3)(e)"]
severity   = "high"
remedy     = "Answer what is open, oldest first, and tell the subscribers who wait"
tables.requests = ["type", "requester_role", "received_at", "responded_at", "closed_at??", "outcome??", "merged_into?"]
absent.requests.merged_into = "no request became part of another"
dimensions = ["channel"]
parameters.days = { default = 30, unit = "days" }
inject.a_microsecond_late = { requests = { responded_at = "f.due_at + interval 1 microsecond", outcome = "'fulfilled'" }, where = "due_at < as_of" }
[reasons]
in_time           = "answered by the end of its last day"
late              = "answered after its last day"
withdrawn         = "withdrawn by the person by its last day"
withdrawn_late    = "withdrawn by the person after its last day, unanswered till then"
overdue           = "not answered, and its last day has passed"
not_yet_due       = "not answered, and its last day has not passed"
no_receipt        = "the day of receipt is not recorded"
scope_unknown     = "who asked, or what was asked, is not recorded, so it may or may not be a subscriber's removal request"
in_the_future     = "an instant lies after the instant of judgement"
ends_before_start = "answered before it was received"
outside_calendar  = "received too long ago for the calendar"
export_ends_before_due = "not answered as far as the export reaches, which is not up to its last day"
[de]
title    = "Löschanfragen von Abonnenten werden binnen {days} Tagen beantwortet"
short    = "Löschanfragen von Abonnenten binnen {days} Tagen"
rule     = """
Die Löschanfrage eines Abonnenten ist bis zum Ende des letzten von {days} Tagen nach dem Tag ihres Eingangs beantwortet, in Kalendertagen der
Zeitzone der Organisation. Sie läuft neben anderen Zusagen zur Löschung und neben der Frist des Gesetzes. Bis zum letzten Tag zurückgezogen, ist sie
eingehalten; später war es zu spät."""
remedy   = "Offenes beantworten, Ältestes zuerst, und die wartenden Abonnenten benachrichtigen"
[de.reasons]
in_time           = "bis zum Ende des letzten Tages beantwortet"
late              = "nach dem letzten Tag beantwortet"
withdrawn         = "bis zum letzten Tag von der Person zurückgezogen"
withdrawn_late    = "nach dem letzten Tag von der Person zurückgezogen, bis dahin unbeantwortet"
overdue           = "nicht beantwortet, und der letzte Tag ist vorbei"
not_yet_due       = "nicht beantwortet, und der letzte Tag ist nicht vorbei"
no_receipt        = "der Tag des Eingangs ist nicht erfasst"
scope_unknown     = "wer fragte oder was verlangt wurde, ist nicht erfasst, sodass offenbleibt, ob es die Löschanfrage eines Abonnenten ist"
in_the_future     = "ein Zeitpunkt liegt nach dem Stichtag"
ends_before_start = "vor dem Eingang beantwortet"
outside_calendar  = "zu lange her für den Kalender"
export_ends_before_due = "nicht beantwortet, soweit der Export reicht, und er reicht nicht bis zum letzten Tag"
*/
with scoped as (
    select r.*, d.ends_at as due_at,
           case when r.outcome = 'withdrawn' then least(r.responded_at, r.closed_at) else r.responded_at end as done_at
    from received_requests as r
    left join days as d on d.day = r.received_on + $days::integer
    where (r.requester_role = 'subscriber' or r.requester_role is null) and (r.type = 'erasure' or r.type is null)
),
judged as (
    select *,
           case when received_at is null then 'no_receipt'
                when type is null or requester_role is null then 'scope_unknown'
                when received_at > $as_of or responded_at > $as_of or done_at > $as_of then 'in_the_future'
                when done_at < received_at then 'ends_before_start'
                when due_at is null then 'outside_calendar'
                when done_at <= due_at then case when outcome = 'withdrawn' then 'withdrawn' else 'in_time' end
                when done_at is not null then case when outcome = 'withdrawn' then 'withdrawn_late' else 'late' end
                when due_at >= $as_of then 'not_yet_due'
                when due_at > known_until then 'export_ends_before_due'
                else 'overdue' end as reason
    from scoped
)
select request_id as record_id, account_id, country, coalesce(due_at, received_at) as event_at, due_at,
       case when reason in ('in_time', 'withdrawn') then 'compliant'
            when reason in ('late', 'withdrawn_late', 'overdue') then 'violation'
            when reason = 'not_yet_due' then 'pending'
            else 'indeterminate' end as verdict,
       reason,
       done_at as met_at, received_at, channel
from judged;

/* examples
as_of = 2026-06-30
[answered_on_the_last_day]
period = "2026-01"
given.requests = [{ request_id = "r", type = "erasure", requester_role = "subscriber", received_at = 2026-01-01T08:00:00Z, responded_at = 2026-01-31T23:59:59Z }]
expect = { r = { verdict = "compliant: in_time", scope = "period", due_at = 2026-01-31T23:59:59.999999Z, met_at = 2026-01-31T23:59:59Z } }
[answered_a_day_late]
given.requests = [{ request_id = "r", type = "erasure", requester_role = "subscriber", received_at = 2026-01-01T08:00:00Z, responded_at = 2026-02-01T00:00:00Z }]
expect = { r = { verdict = "violation: late", due_at = 2026-01-31T23:59:59.999999Z, met_at = 2026-02-01T00:00:00Z } }
[closed_without_an_answer]
given.requests = [{ request_id = "r", type = "erasure", requester_role = "subscriber", received_at = 2026-01-01T08:00:00Z, closed_at = 2026-01-05T08:00:00Z }]
expect = { r = "violation: overdue" }
[open_on_its_last_day]
given.requests = [{ request_id = "r", type = "erasure", requester_role = "subscriber", received_at = 2026-05-31T08:00:00Z }]
expect = { r = { verdict = "pending: not_yet_due", due_at = 2026-06-30T23:59:59.999999Z, met_at = "" } }
[agents_and_other_types_are_left_out]
given.requests = [
    { request_id = "a", type = "erasure", requester_role = "agent", received_at = 2026-01-01T08:00:00Z },
    { request_id = "b", type = "access", requester_role = "subscriber", received_at = 2026-01-01T08:00:00Z },
]
expect = {}
[scope_unknown]
given.requests = [
    { request_id = "role", type = "erasure", received_at = 2026-01-01T08:00:00Z, responded_at = 2026-01-02T08:00:00Z },
    { request_id = "type", requester_role = "subscriber", received_at = 2026-01-01T08:00:00Z, responded_at = 2026-01-02T08:00:00Z },
]
expect = { role = "indeterminate: scope_unknown", type = "indeterminate: scope_unknown" }
[no_receipt]
given.requests = [{ request_id = "r", type = "erasure", requester_role = "subscriber", responded_at = 2026-01-31T08:00:00Z }]
expect = { r = "indeterminate: no_receipt" }
[answered_after_the_instant_of_judgement]
given.requests = [{ request_id = "r", type = "erasure", requester_role = "subscriber", received_at = 2026-06-01T08:00:00Z, responded_at = 2026-07-31T08:00:00Z }, { request_id = "received_after", type = "erasure", requester_role = "subscriber", received_at = 2026-07-01T00:00:00Z }]
expect = { r = "indeterminate: in_the_future", received_after = "indeterminate: in_the_future" }
[at_the_instant_of_judgement]
as_of = 2026-06-30T12:00:00Z
given.requests = [
    { request_id = "received", type = "erasure", requester_role = "subscriber", received_at = 2026-06-30T12:00:00Z },
    { request_id = "answered", type = "erasure", requester_role = "subscriber", received_at = 2026-06-10T08:00:00Z, responded_at = 2026-06-30T12:00:00Z },
    { request_id = "answered_as_it_came", type = "erasure", requester_role = "subscriber", account_id = "a", country = "DE", received_at = 2026-06-10T08:00:00Z, responded_at = 2026-06-10T08:00:00Z },
    { request_id = "withdrawn_and_answered_later", type = "erasure", requester_role = "subscriber", received_at = 2026-06-10T08:00:00Z, closed_at = 2026-06-11T08:00:00Z, responded_at = 2026-07-10T08:00:00Z, outcome = "withdrawn" },
]
expect.received = "pending: not_yet_due"
expect.answered = "compliant: in_time"
expect.answered_as_it_came = { verdict = "compliant: in_time", event_at = 2026-07-10T23:59:59.999999Z, account = "a", country = "DE" }
expect.withdrawn_and_answered_later = "indeterminate: in_the_future"
[to_the_last_moment_of_the_last_day]
given.requests = [{ request_id = "r", type = "erasure", requester_role = "subscriber", received_at = 2026-01-01T08:00:00Z, responded_at = 2026-01-31T23:59:59.999999Z }]
expect = { r = "compliant: in_time" }
[ends_before_start]
given.requests = [{ request_id = "r", type = "erasure", requester_role = "subscriber", received_at = 2026-02-01T08:00:00Z, responded_at = 2026-01-31T08:00:00Z }]
expect = { r = "indeterminate: ends_before_start" }
[outside_calendar]
given.requests = [{ request_id = "r", type = "erasure", requester_role = "subscriber", received_at = 1971-02-01T08:00:00Z, responded_at = 1971-02-11T08:00:00Z }]
expect = { r = { verdict = "indeterminate: outside_calendar", event_at = 1971-02-01T08:00:00Z, due_at = "" } }
[the_export_stops_before_the_last_day]
given.export_info = [{ exported_at = 2026-06-10T23:59:59.999999Z }]
given.requests = [{ request_id = "up_to_it", type = "erasure", requester_role = "subscriber", received_at = 2026-05-11T08:00:00Z }, { request_id = "r", type = "erasure", requester_role = "subscriber", received_at = 2026-05-20T08:00:00Z }]
expect = { up_to_it = "violation: overdue", r = "indeterminate: export_ends_before_due" }
[withdrawn]
given.requests = [
    { request_id = "on_the_last_day", type = "erasure", requester_role = "subscriber", received_at = 2026-01-31T08:00:00Z, closed_at = 2026-03-02T23:59:59Z, outcome = "withdrawn" },
    { request_id = "a_day_later", type = "erasure", requester_role = "subscriber", received_at = 2026-01-31T08:00:00Z, closed_at = 2026-03-03T00:00:00Z, outcome = "withdrawn" },
    { request_id = "answered_before", type = "erasure", requester_role = "subscriber", received_at = 2026-01-31T08:00:00Z, responded_at = 2026-03-02T23:59:59Z, closed_at = 2026-03-10T00:00:00Z, outcome = "withdrawn" },
    { request_id = "answered_after", type = "erasure", requester_role = "subscriber", received_at = 2026-01-31T08:00:00Z, responded_at = 2026-03-10T00:00:00Z, closed_at = 2026-03-02T00:00:00Z, outcome = "withdrawn" },
    { request_id = "fulfilled", type = "erasure", requester_role = "subscriber", received_at = 2026-01-31T08:00:00Z, closed_at = 2026-02-02T00:00:00Z, outcome = "fulfilled" },
    { request_id = "later_than_now", type = "erasure", requester_role = "subscriber", received_at = 2026-01-31T08:00:00Z, closed_at = 2026-07-02T00:00:00Z, outcome = "withdrawn" },
    { request_id = "backwards", type = "erasure", requester_role = "subscriber", received_at = 2026-01-31T08:00:00Z, closed_at = 2026-01-02T00:00:00Z, outcome = "withdrawn" },
]
expect.on_the_last_day = { verdict = "compliant: withdrawn", due_at = 2026-03-02T23:59:59.999999Z, met_at = 2026-03-02T23:59:59Z }
expect.a_day_later = { verdict = "violation: withdrawn_late", due_at = 2026-03-02T23:59:59.999999Z, met_at = 2026-03-03T00:00:00Z }
expect.answered_before = { verdict = "compliant: withdrawn", due_at = 2026-03-02T23:59:59.999999Z, met_at = 2026-03-02T23:59:59Z }
expect.answered_after = "compliant: withdrawn"
expect.fulfilled = "violation: overdue"
expect.later_than_now = "indeterminate: in_the_future"
expect.backwards = "indeterminate: ends_before_start"
*/
