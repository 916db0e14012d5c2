/*
id         = "first_reply_in_hours"
title      = "Who asks is given a first reply within {hours} hours"
short      = "First reply within {hours} hours"
rule       = """
Whatever is asked, the first reply comes within {hours} hours of receipt, from instant to instant, weekends included. A first reply is the
confirmation of receipt or the answer, whichever is earlier; withdrawn by the person, a request needs none. Requests of people whose data is held for
a customer are not promised this. Where the export says of receipt or reply only the day, what would be in time at one hour of it and late at another
cannot be told."""
maps_to    = ["GDPR 12(2)"]
severity   = "low"
remedy     = "Reply to what waits, oldest first, and confirm receipt at once from now on"
tables.requests = ["received_at", "acknowledged_at??", "responded_at??", "outcome??", "closed_at??", "requester_role?", "merged_into?"]
absent.requests.requester_role = "whoever asks does so in their own right"
absent.requests.merged_into = "no request became part of another"
dimensions = ["type", "channel"]
parameters.hours = { default = 48, unit = "hours", least = 1 }
inject.a_microsecond_late = { requests = { acknowledged_at = "f.latest_due_at + interval 1 microsecond", responded_at = "null", outcome = "null" }, where = "due_at < as_of" }
[reasons]
in_time           = "replied to in time"
late              = "first replied to later"
withdrawn         = "withdrawn by the person in time"
withdrawn_late    = "withdrawn by the person later, without a reply till then"
overdue           = "not replied to, and the time is over"
hour_in_doubt     = "in time or late, by the hour of a day of which no hour is stated"
not_yet_due       = "not replied to, and the time is not over"
no_receipt        = "the day of receipt is not recorded"
in_the_future     = "an instant lies after the instant of judgement"
ends_before_start = "replied to before it was received"
export_ends_before_due = "not replied to as far as the export reaches, which is not up to the end of the time"
[de]
title    = "Wer fragt, erhält binnen {hours} Stunden eine erste Antwort"
short    = "Erste Antwort binnen {hours} Stunden"
rule     = """
Was auch verlangt wird, die erste Antwort kommt binnen {hours} Stunden nach Eingang, von Zeitpunkt zu Zeitpunkt, Wochenenden eingeschlossen. Eine
erste Antwort ist die Bestätigung des Eingangs oder die Antwort, was früher ist; zieht die Person die Anfrage zurück, braucht es keine. Anfragen von
Personen, deren Daten für einen Kunden geführt werden, sind nicht umfasst. Wo der Export zu Eingang oder Antwort nur den Tag nennt, ist nicht
entscheidbar, was je nach Stunde rechtzeitig oder verspätet wäre."""
remedy   = "Wartendes beantworten, Ältestes zuerst, und den Eingang künftig sofort bestätigen"
[de.reasons]
in_time           = "rechtzeitig eine erste Antwort"
late              = "später eine erste Antwort"
withdrawn         = "rechtzeitig von der Person zurückgezogen"
withdrawn_late    = "später von der Person zurückgezogen, bis dahin ohne Antwort"
overdue           = "keine Antwort, und die Zeit ist vorbei"
hour_in_doubt     = "rechtzeitig oder verspätet, je nach Stunde eines Tages, zu dem keine Stunde angegeben ist"
not_yet_due       = "keine Antwort, und die Zeit ist nicht vorbei"
no_receipt        = "der Tag des Eingangs ist nicht erfasst"
in_the_future     = "ein Zeitpunkt liegt nach dem Stichtag"
ends_before_start = "eine Antwort vor dem Eingang"
export_ends_before_due = "keine Antwort, soweit der Export reicht, und er reicht nicht bis zum Ende der Zeit"
*/
with scoped as (
    select *, least(acknowledged_at, responded_at, case when outcome = 'withdrawn' then closed_at end) as replied_at
    from received_requests
    where requester_role is distinct from 'object'
),
timed as (
    select *, received_at + to_hours($hours::integer) as due_at,
           case when received_at = start_of_day(received_on) then end_of_day(received_on) else received_at end
           + to_hours($hours::integer) as latest_due_at,
           case when replied_at = end_of_day(replied_at::date) then start_of_day(replied_at::date) else replied_at end as first_hour_at,
           case when replied_at = start_of_day(replied_at::date) then end_of_day(replied_at::date) else replied_at end as last_hour_at,
           replied_at = closed_at and outcome = 'withdrawn' as by_withdrawal
    from scoped
),
judged as (
    select *,
           case when received_at is null then 'no_receipt'
                when received_at > $as_of or replied_at > $as_of then 'in_the_future'
                when replied_at < received_at then 'ends_before_start'
                when last_hour_at <= due_at then case when by_withdrawal then 'withdrawn' else 'in_time' end
                when first_hour_at > latest_due_at then case when by_withdrawal then 'withdrawn_late' else 'late' end
                when replied_at is not null then 'hour_in_doubt'
                when due_at >= $as_of then 'not_yet_due'
                when latest_due_at >= $as_of then 'hour_in_doubt'
                when latest_due_at > known_until then 'export_ends_before_due'
                else 'overdue' end as reason
    from timed
)
select request_id as record_id, account_id, country, due_at as event_at, due_at,
       case when reason in ('in_time', 'withdrawn') then 'compliant'
            when reason in ('late', 'withdrawn_late', 'overdue') then 'violation'
            when reason = 'not_yet_due' then 'pending'
            else 'indeterminate' end as verdict,
       reason,
       replied_at as met_at, received_at, type, channel, latest_due_at
from judged;

/* examples
as_of = 2026-06-30T12:00:00Z
[to_the_last_instant]
period = "2026-01"
given.requests = [
    { request_id = "last_moment", account_id = "a", country = "DE", received_at = 2026-03-06T08:00:00Z, acknowledged_at = 2026-03-08T08:00:00Z },
    { request_id = "a_microsecond_late", received_at = 2026-03-06T08:00:00Z, responded_at = 2026-03-08T08:00:00.000001Z },
    { request_id = "the_earlier_counts", received_at = 2026-03-06T08:00:00Z, acknowledged_at = 2026-03-06T08:00:00Z, responded_at = 2026-04-30T08:00:00Z },
    { request_id = "so_does_an_answer", received_at = 2026-03-06T08:00:00Z, acknowledged_at = 2026-04-30T08:00:00Z, responded_at = 2026-03-07T08:00:00Z },
    { request_id = "never", received_at = 2026-06-28T11:59:59.999999Z },
    { request_id = "open", received_at = 2026-06-28T12:00:00Z },
    { request_id = "closing_is_no_reply", received_at = 2026-03-06T08:00:00Z, closed_at = 2026-03-06T09:00:00Z, outcome = "fulfilled" },
    { request_id = "answered_and_closed", received_at = 2026-03-06T08:00:00Z, responded_at = 2026-03-06T09:00:00Z, closed_at = 2026-03-06T09:00:00Z, outcome = "fulfilled" },
    { request_id = "of_a_visitor", requester_role = "object", received_at = 2026-03-06T08:00:00Z },
]
expect.last_moment = { verdict = "compliant: in_time", due_at = 2026-03-08T08:00:00Z, event_at = 2026-03-08T08:00:00Z, met_at = 2026-03-08T08:00:00Z, account = "a", country = "DE" }
expect.a_microsecond_late = { verdict = "violation: late", due_at = 2026-03-08T08:00:00Z }
expect.the_earlier_counts = { verdict = "compliant: in_time", met_at = 2026-03-06T08:00:00Z }
expect.so_does_an_answer = { verdict = "compliant: in_time", met_at = 2026-03-07T08:00:00Z }
expect.never = { verdict = "violation: overdue", scope = "later", met_at = "" }
expect.open = { verdict = "pending: not_yet_due", due_at = 2026-06-30T12:00:00Z }
expect.answered_and_closed = "compliant: in_time"
expect.closing_is_no_reply = "violation: overdue"
[a_promise_of_a_day]
parameters = { hours = 24 }
given.requests = [{ request_id = "r", received_at = 2026-03-06T08:00:00Z, acknowledged_at = 2026-03-07T08:00:01Z }]
expect = { r = { verdict = "violation: late", due_at = 2026-03-07T08:00:00Z } }
[only_the_day_is_stated]
given.export_info = [{ timezone = "Europe/Berlin" }]
given.requests = [
    { request_id = "in_time_at_any_hour", received_at = "2026-03-06", responded_at = "2026-03-07" },
    { request_id = "perhaps", received_at = "2026-03-06", acknowledged_at = 2026-03-08T08:00:00Z },
    { request_id = "perhaps_to_the_end", received_at = "2026-03-06", acknowledged_at = 2026-03-08T22:59:59.999999Z },
    { request_id = "late_at_any_hour", received_at = "2026-03-06", acknowledged_at = 2026-03-08T23:00:00Z },
    { request_id = "of_a_day_and_late", received_at = "2026-03-06", responded_at = "2026-03-09" },
    { request_id = "answered_on_a_day", received_at = 2026-03-06T08:00:00Z, responded_at = "2026-03-08" },
    { request_id = "confirmed_on_a_day", received_at = 2026-03-06T08:00:00Z, acknowledged_at = "2026-03-08" },
    { request_id = "confirmed_on_the_day_before", received_at = 2026-03-06T08:00:00Z, acknowledged_at = "2026-03-07" },
    { request_id = "answered_a_day_later", received_at = 2026-03-06T08:00:00Z, responded_at = "2026-03-09" },
]
expect.in_time_at_any_hour = "compliant: in_time"
expect.perhaps = "indeterminate: hour_in_doubt"
expect.perhaps_to_the_end = "indeterminate: hour_in_doubt"
expect.late_at_any_hour = "violation: late"
expect.of_a_day_and_late = "violation: late"
expect.confirmed_on_a_day = "indeterminate: hour_in_doubt"
expect.confirmed_on_the_day_before = "compliant: in_time"
expect.answered_on_a_day = "indeterminate: hour_in_doubt"
expect.answered_a_day_later = "violation: late"
[answered_on_the_day_that_begins_with_the_end]
parameters = { hours = 16 }
given.requests = [{ request_id = "r", received_at = 2026-03-06T08:00:00Z, responded_at = "2026-03-07" }]
expect = { r = { verdict = "indeterminate: hour_in_doubt", due_at = 2026-03-07T00:00:00Z } }
[open_to_the_last_hour_of_doubt]
as_of = 2026-03-08T23:59:59.999999Z
given.requests = [{ request_id = "r", received_at = "2026-03-06" }]
expect = { r = "indeterminate: hour_in_doubt" }
[open_since_a_day]
as_of = 2026-03-09T12:00:00Z
given.requests = [
    { request_id = "over", received_at = "2026-03-06" },
    { request_id = "perhaps_over", received_at = "2026-03-07" },
    { request_id = "not_over", received_at = "2026-03-08" },
]
expect = { over = "violation: overdue", perhaps_over = "indeterminate: hour_in_doubt", not_over = "pending: not_yet_due" }
[withdrawn]
given.requests = [
    { request_id = "in_time", received_at = 2026-03-06T08:00:00Z, closed_at = 2026-03-08T08:00:00Z, outcome = "withdrawn" },
    { request_id = "later", received_at = 2026-03-06T08:00:00Z, closed_at = 2026-03-08T08:00:01Z, outcome = "withdrawn" },
    { request_id = "after_a_reply", received_at = 2026-03-06T08:00:00Z, acknowledged_at = 2026-03-06T09:00:00Z, closed_at = 2026-03-20T00:00:00Z, outcome = "withdrawn" },
    { request_id = "after_a_late_reply", received_at = 2026-03-06T08:00:00Z, acknowledged_at = 2026-03-12T09:00:00Z, closed_at = 2026-03-20T00:00:00Z, outcome = "withdrawn" },
]
expect.in_time = { verdict = "compliant: withdrawn", met_at = 2026-03-08T08:00:00Z }
expect.later = { verdict = "violation: withdrawn_late", met_at = 2026-03-08T08:00:01Z }
expect.after_a_reply = { verdict = "compliant: in_time", met_at = 2026-03-06T09:00:00Z }
expect.after_a_late_reply = { verdict = "violation: late", met_at = 2026-03-12T09:00:00Z }
[the_data_cannot_tell]
given.requests = [
    { request_id = "undated", acknowledged_at = 2026-03-06T08:00:00Z },
    { request_id = "backwards", received_at = 2026-03-06T08:00:00Z, responded_at = 2026-03-05T08:00:00Z },
    { request_id = "received_later", received_at = 2026-07-01T00:00:00Z },
    { request_id = "replied_to_later", received_at = 2026-03-06T08:00:00Z, responded_at = 2026-07-01T00:00:00Z },
]
expect.undated = { verdict = "indeterminate: no_receipt", event_at = "", due_at = "" }
expect.backwards = "indeterminate: ends_before_start"
expect.received_later = "indeterminate: in_the_future"
expect.replied_to_later = "indeterminate: in_the_future"
[the_export_stops_before_the_end]
given.export_info = [{ exported_at = 2026-03-08T08:00:00Z }]
given.requests = [{ request_id = "to_the_end", received_at = 2026-03-06T08:00:00Z }, { request_id = "r", received_at = 2026-03-06T08:00:01Z }]
expect = { to_the_end = "violation: overdue", r = "indeterminate: export_ends_before_due" }
[at_the_instant_of_judgement]
as_of = 2026-03-06T12:00:00Z
given.requests = [{ request_id = "r", received_at = 2026-03-06T12:00:00Z }, { request_id = "s", received_at = 2026-03-06T11:00:00Z, responded_at = 2026-03-06T12:00:00Z }]
expect = { r = "pending: not_yet_due", s = "compliant: in_time" }
[moved_into_another]
given.accounts = [{ account_id = "a" }]
given.requests = [
    { request_id = "moved", account_id = "a", type = "access", received_at = 2026-03-06T08:00:00Z, closed_at = 2026-03-06T09:00:00Z, merged_into = "other" },
    { request_id = "other", account_id = "a", type = "access", received_at = 2026-03-06T08:00:00Z, responded_at = 2026-03-12T08:00:00Z },
]
expect = { moved = "violation: late", other = "violation: late" }
*/
