/*
id         = "subject_access_answered_in_time"
was        = ["subject_access_answered_in_thirty_days"]
title      = "Subject access requests are answered within {days} days of receipt"
short      = "Access answered within {days} days"
rule       = """
A request for a copy of one's data is answered by the end of the thirtieth day after the day it was received: received, not recognised.
Days are calendar days of the organisation's time zone. Requests of people whose data is held for a customer are left out. A request that the person withdrew
by its last day is kept; withdrawn later, it was late."""
maps_to    = ["GDPR 12(3)", "GDPR 15"]
severity   = "high"
remedy     = "Answer what is open, oldest first, and tell the people who wait"
tables.requests = ["type", "received_at", "responded_at", "closed_at??", "outcome??", "requester_role?", "merged_into?"]
absent.requests.requester_role = "whoever asks does so in their own right"
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
type_unknown      = "what was asked is not recorded, so it may or may not be an access request"
in_the_future     = "an instant lies after the instant of judgement"
ends_before_start = "answered before it was received"
outside_calendar  = "received too long ago for the calendar"
export_ends_before_due = "not answered as far as the export reaches, which is not up to its last day"
[de]
title    = "Auskunftsersuchen werden binnen {days} Tagen nach Eingang beantwortet"
short    = "Auskunft binnen {days} Tagen"
rule     = """
Ein Ersuchen um eine Kopie der eigenen Daten ist bis zum Ende des dreißigsten Tages nach dem Tag seines Eingangs beantwortet: Eingang, nicht
Erkennen. Tage sind Kalendertage der Zeitzone der Organisation. Ersuchen von Personen, deren Daten für einen Kunden geführt werden, sind nicht
umfasst. Bis zum letzten Tag zurückgezogen, ist es eingehalten; später war es zu spät."""
remedy   = "Offenes beantworten, Ältestes zuerst, und die Wartenden benachrichtigen"
[de.reasons]
in_time           = "bis zum Ende des letzten Tages beantwortet"
late              = "nach dem letzten Tag beantwortet"
withdrawn         = "bis zum letzten Tag von der Person zurückgezogen"
withdrawn_late    = "nach dem letzten Tag von der Person zurückgezogen, bis dahin unbeantwortet"
overdue           = "nicht beantwortet, und der letzte Tag ist vorbei"
not_yet_due       = "nicht beantwortet, und der letzte Tag ist nicht vorbei"
no_receipt        = "der Tag des Eingangs ist nicht erfasst"
type_unknown      = "was verlangt wurde, ist nicht erfasst, sodass offenbleibt, ob es ein Auskunftsersuchen ist"
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
    where r.requester_role is distinct from 'object' and (r.type = 'access' or r.type is null)
),
judged as (
    select *,
           case when received_at is null then 'no_receipt'
                when type is null then 'type_unknown'
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
[what_became_part_of_another]
period = "2026-01"
given.accounts = [{ account_id = "a" }]
given.requests = [
    { request_id = "moved", account_id = "a", type = "access", requester_role = "subscriber", received_at = 2026-01-01T08:00:00Z, closed_at = 2026-01-05T08:00:00Z, merged_into = "other" },
    { request_id = "answered", account_id = "a", type = "access", requester_role = "subscriber", received_at = 2026-01-01T08:00:00Z, responded_at = 2026-01-05T08:00:00Z, merged_into = "other" },
    { request_id = "other", account_id = "a", type = "question", received_at = 2026-01-04T08:00:00Z, responded_at = 2026-04-01T08:00:00Z, closed_at = 2026-04-01T08:00:00Z, outcome = "fulfilled" },
]
expect = { moved = "violation: late", answered = { verdict = "compliant: in_time", scope = "period" } }
[answered_on_the_last_day]
given.requests = [{ request_id = "r", type = "access", received_at = 2026-01-31T08:00:00Z, responded_at = 2026-03-02T23:59:59Z }]
expect = { r = { verdict = "compliant: in_time", due_at = 2026-03-02T23:59:59.999999Z, met_at = 2026-03-02T23:59:59Z } }
[answered_a_day_late]
given.requests = [{ request_id = "r", type = "access", received_at = 2026-01-31T08:00:00Z, responded_at = 2026-03-03T00:00:00Z }]
expect = { r = { verdict = "violation: late", due_at = 2026-03-02T23:59:59.999999Z, met_at = 2026-03-03T00:00:00Z } }
[the_clock_starts_at_receipt_not_at_recognition]
given.requests = [{ request_id = "r", type = "access", received_at = 2026-01-01T08:00:00Z, recognised_at = 2026-01-20T08:00:00Z, responded_at = 2026-02-10T08:00:00Z }]
expect = { r = "violation: late" }
[closed_but_never_answered]
given.requests = [{ request_id = "r", type = "access", received_at = 2026-01-01T08:00:00Z, closed_at = 2026-01-10T08:00:00Z }]
expect = { r = "violation: overdue" }
[open_on_its_last_day]
given.requests = [{ request_id = "r", type = "access", received_at = 2026-05-31T08:00:00Z }]
expect = { r = { verdict = "pending: not_yet_due", due_at = 2026-06-30T23:59:59.999999Z, met_at = "" } }
[others_are_not_access_requests]
given.requests = [
    { request_id = "e", type = "erasure", received_at = 2026-01-01T08:00:00Z },
    { request_id = "v", type = "access", requester_role = "object", received_at = 2026-01-01T08:00:00Z },
]
expect = {}
[no_receipt]
given.requests = [{ request_id = "r", type = "access", responded_at = 2026-01-31T08:00:00Z }]
expect = { r = "indeterminate: no_receipt" }
[type_unknown]
given.requests = [{ request_id = "r", received_at = 2026-01-01T08:00:00Z, responded_at = 2026-01-31T08:00:00Z }]
expect = { r = "indeterminate: type_unknown" }
[answered_after_the_instant_of_judgement]
given.requests = [{ request_id = "r", type = "access", received_at = 2026-06-01T08:00:00Z, responded_at = 2026-07-31T08:00:00Z }, { request_id = "received_after", type = "access", received_at = 2026-07-01T00:00:00Z }]
expect = { r = "indeterminate: in_the_future", received_after = "indeterminate: in_the_future" }
[at_the_instant_of_judgement]
as_of = 2026-06-30T12:00:00Z
given.requests = [
    { request_id = "received", type = "access", received_at = 2026-06-30T12:00:00Z },
    { request_id = "answered", type = "access", received_at = 2026-06-10T08:00:00Z, responded_at = 2026-06-30T12:00:00Z },
    { request_id = "answered_as_it_came", type = "access", account_id = "a", country = "DE", received_at = 2026-06-10T08:00:00Z, responded_at = 2026-06-10T08:00:00Z },
    { request_id = "withdrawn_and_answered_later", type = "access", received_at = 2026-06-10T08:00:00Z, closed_at = 2026-06-11T08:00:00Z, responded_at = 2026-07-10T08:00:00Z, outcome = "withdrawn" },
]
expect.received = "pending: not_yet_due"
expect.answered = "compliant: in_time"
expect.answered_as_it_came = { verdict = "compliant: in_time", event_at = 2026-07-10T23:59:59.999999Z, account = "a", country = "DE" }
expect.withdrawn_and_answered_later = "indeterminate: in_the_future"
[to_the_last_moment_of_the_last_day]
given.requests = [{ request_id = "r", type = "access", received_at = 2026-01-01T08:00:00Z, responded_at = 2026-01-31T23:59:59.999999Z }]
expect = { r = "compliant: in_time" }
[ends_before_start]
given.requests = [{ request_id = "r", type = "access", received_at = 2026-02-01T08:00:00Z, responded_at = 2026-01-31T08:00:00Z }]
expect = { r = "indeterminate: ends_before_start" }
[outside_calendar]
given.requests = [{ request_id = "r", type = "access", received_at = 1971-02-01T08:00:00Z, responded_at = 1971-02-11T08:00:00Z }]
expect = { r = { verdict = "indeterminate: outside_calendar", event_at = 1971-02-01T08:00:00Z, due_at = "" } }
[the_export_stops_before_the_last_day]
given.export_info = [{ exported_at = 2026-06-10T23:59:59.999999Z }]
given.requests = [{ request_id = "up_to_it", type = "access", received_at = 2026-05-11T08:00:00Z }, { request_id = "r", type = "access", received_at = 2026-05-20T08:00:00Z }]
expect = { up_to_it = "violation: overdue", r = "indeterminate: export_ends_before_due" }
[withdrawn]
given.requests = [
    { request_id = "on_the_last_day", type = "access", received_at = 2026-01-31T08:00:00Z, closed_at = 2026-03-02T23:59:59Z, outcome = "withdrawn" },
    { request_id = "a_day_later", type = "access", received_at = 2026-01-31T08:00:00Z, closed_at = 2026-03-03T00:00:00Z, outcome = "withdrawn" },
    { request_id = "answered_before", type = "access", received_at = 2026-01-31T08:00:00Z, responded_at = 2026-03-02T23:59:59Z, closed_at = 2026-03-10T00:00:00Z, outcome = "withdrawn" },
    { request_id = "answered_after", type = "access", received_at = 2026-01-31T08:00:00Z, responded_at = 2026-03-10T00:00:00Z, closed_at = 2026-03-02T00:00:00Z, outcome = "withdrawn" },
    { request_id = "fulfilled", type = "access", received_at = 2026-01-31T08:00:00Z, closed_at = 2026-02-02T00:00:00Z, outcome = "fulfilled" },
    { request_id = "later_than_now", type = "access", received_at = 2026-01-31T08:00:00Z, closed_at = 2026-07-02T00:00:00Z, outcome = "withdrawn" },
    { request_id = "backwards", type = "access", received_at = 2026-01-31T08:00:00Z, closed_at = 2026-01-02T00:00:00Z, outcome = "withdrawn" },
]
expect.on_the_last_day = { verdict = "compliant: withdrawn", due_at = 2026-03-02T23:59:59.999999Z, met_at = 2026-03-02T23:59:59Z }
expect.a_day_later = { verdict = "violation: withdrawn_late", due_at = 2026-03-02T23:59:59.999999Z, met_at = 2026-03-03T00:00:00Z }
expect.answered_before = { verdict = "compliant: withdrawn", due_at = 2026-03-02T23:59:59.999999Z, met_at = 2026-03-02T23:59:59Z }
expect.answered_after = "compliant: withdrawn"
expect.fulfilled = "violation: overdue"
expect.later_than_now = "indeterminate: in_the_future"
expect.backwards = "indeterminate: ends_before_start"
*/
