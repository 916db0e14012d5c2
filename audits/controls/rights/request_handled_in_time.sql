/*
id         = "request_handled_in_time"
was        = ["request_handled_in_thirty_days"]
title      = "Requests to access, change or remove data are handled within {days} days"
short      = "Requests handled within {days} days"
rule       = """
A request for confirmation, access, change, removal or return is handled by the end of the last of {days} days after the day it arrived, counted in
calendar days of the organisation's time zone. The promise knows no extension and no pause. Requests of people whose data is held for a customer are
not promised this and are left out. Handled means closed; withdrawn by the person, it needs no more; the answer can be counted instead."""
maps_to    = ["GDPR 12(3)"]
severity   = "high"
feeds      = ["promise_and_law"]
remedy     = "Answer what is open, oldest first, and tell the people who wait"
tables.requests = ["type", "received_at", "closed_at", "responded_at??", "outcome??", "requester_role?", "merged_into?"]
absent.requests.requester_role = "whoever asks does so in their own right"
absent.requests.merged_into = "no request became part of another"
dimensions = ["type", "channel"]
parameters.days = { default = 30, unit = "days" }
parameters.handled_means = { default = "closed", words = ["closed", "responded"] }
readings."answered, not closed" = { handled_means = "responded" }
inject.a_microsecond_late = { requests = { closed_at = "f.due_at + interval 1 microsecond" }, where = "due_at < as_of" }
inject.past_midnight_after_a_clock_change = { requests = { closed_at = "f.due_at + interval 1 microsecond" }, where = "due_at < as_of and extract(timezone from received_at) <> extract(timezone from due_at)" }
inject.never_closed = { requests = { closed_at = "null", outcome = "null" }, where = "due_at < as_of" }
[reasons]
in_time           = "handled by the end of its last day"
late              = "handled after its last day"
overdue           = "not handled, and its last day has passed"
not_yet_due       = "not handled, and its last day has not passed"
no_receipt        = "the day of receipt is not recorded"
type_unknown      = "what was asked is not recorded, so the promise may or may not cover it"
in_the_future     = "an instant lies after the instant of judgement"
ends_before_start = "handled before it was received"
outside_calendar  = "received too long ago for the calendar"
export_ends_before_due = "not handled as far as the export reaches, which is not up to its last day"
[de]
title    = "Anfragen auf Auskunft, Änderung oder Löschung werden binnen {days} Tagen erledigt"
short    = "Anfragen binnen {days} Tagen erledigt"
rule     = """
Eine Anfrage auf Bestätigung, Auskunft, Änderung, Löschung oder Rückgabe ist bis zum Ende des letzten von {days} Tagen nach dem Tag ihres Eingangs
erledigt, gezählt in Kalendertagen der Zeitzone der Organisation. Die Zusage kennt keine Verlängerung und keine Unterbrechung. Anfragen von
Personen, deren Daten für einen Kunden geführt werden, sind nicht umfasst. Erledigt heißt abgeschlossen; zieht die Person sie zurück, ist nichts
weiter nötig; stattdessen lässt sich die Antwort zählen."""
remedy   = "Offenes beantworten, Ältestes zuerst, und die Wartenden benachrichtigen"
readings = { "answered, not closed" = "beantwortet, nicht abgeschlossen" }
[de.reasons]
in_time           = "bis zum Ende des letzten Tages erledigt"
late              = "nach dem letzten Tag erledigt"
overdue           = "nicht erledigt, und der letzte Tag ist vorbei"
not_yet_due       = "nicht erledigt, und der letzte Tag ist nicht vorbei"
no_receipt        = "der Tag des Eingangs ist nicht erfasst"
type_unknown      = "was verlangt wurde, ist nicht erfasst, sodass offenbleibt, ob die Zusage es umfasst"
in_the_future     = "ein Zeitpunkt liegt nach dem Stichtag"
ends_before_start = "vor dem Eingang erledigt"
outside_calendar  = "zu lange her für den Kalender"
export_ends_before_due = "nicht erledigt, soweit der Export reicht, und er reicht nicht bis zum letzten Tag"
*/
with scoped as (
    select r.*, d.ends_at as due_at,
           case $handled_means when 'responded' then least(r.responded_at, case when r.outcome = 'withdrawn' then r.closed_at end) else r.closed_at end as handled_at
    from received_requests as r
    left join days as d on d.day = r.received_on + $days::integer
    where r.requester_role is distinct from 'object'
      and (r.type in ('confirmation', 'access', 'rectification', 'erasure', 'return') or r.type is null)
),
judged as (
    select *,
           case when received_at is null then 'no_receipt'
                when type is null then 'type_unknown'
                when received_at > $as_of or handled_at > $as_of then 'in_the_future'
                when handled_at < received_at then 'ends_before_start'
                when due_at is null then 'outside_calendar'
                when handled_at <= due_at then 'in_time'
                when handled_at is not null then 'late'
                when due_at >= $as_of then 'not_yet_due'
                when due_at > known_until then 'export_ends_before_due'
                else 'overdue' end as reason
    from scoped
)
select request_id as record_id, account_id, country, coalesce(due_at, received_at) as event_at, due_at,
       case when reason = 'in_time' then 'compliant'
            when reason in ('late', 'overdue') then 'violation'
            when reason = 'not_yet_due' then 'pending'
            else 'indeterminate' end as verdict,
       reason,
       handled_at as met_at, received_at, type, channel
from judged;

/* examples
as_of = 2026-06-30
[handled_means_answered_and_was_closed_much_later]
parameters = { handled_means = "responded" }
given.requests = [{ request_id = "r", type = "access", received_at = 2026-03-01T08:00:00Z, responded_at = 2026-03-10T08:00:00Z, closed_at = 2026-05-20T08:00:00Z }]
expect = { r = { verdict = "compliant: in_time", met_at = 2026-03-10T08:00:00Z } }
[handled_in_the_last_minute_of_the_last_day]
period = "2026-01"
given.requests = [{ request_id = "r", type = "access", received_at = 2026-01-01T08:00:00Z, closed_at = 2026-01-31T23:59:59Z }]
expect = { r = { verdict = "compliant: in_time", scope = "period", due_at = 2026-01-31T23:59:59.999999Z, met_at = 2026-01-31T23:59:59Z } }
[handled_in_the_first_minute_after]
given.requests = [{ request_id = "r", type = "access", received_at = 2026-01-01T08:00:00Z, closed_at = 2026-02-01T00:00:00Z }]
expect = { r = { verdict = "violation: late", due_at = 2026-01-31T23:59:59.999999Z, met_at = 2026-02-01T00:00:00Z } }
[what_became_part_of_another_is_done_when_that_is]
given.accounts = [{ account_id = "a" }]
given.requests = [
    { request_id = "moved", account_id = "a", type = "access", received_at = 2026-01-01T08:00:00Z, closed_at = 2026-01-05T08:00:00Z, merged_into = "second" },
    { request_id = "second", account_id = "a", type = "access", received_at = 2026-01-05T08:00:00Z, closed_at = 2026-01-05T09:00:00Z, merged_into = "third" },
    { request_id = "third", account_id = "a", type = "access", received_at = 2026-01-20T08:00:00Z, closed_at = 2026-02-02T08:00:00Z },
    { request_id = "still_open", account_id = "a", type = "access", received_at = 2026-02-20T08:00:00Z, closed_at = 2026-02-21T08:00:00Z, merged_into = "open" },
    { request_id = "open", account_id = "a", type = "access", received_at = 2026-06-20T08:00:00Z },
    { request_id = "late_for_it", account_id = "a", type = "access", received_at = 2026-03-01T08:00:00Z, closed_at = 2026-03-02T08:00:00Z, merged_into = "third" },
]
expect.moved = "violation: late"
expect.second = "compliant: in_time"
expect.third = "compliant: in_time"
expect.still_open = "violation: overdue"
expect.open = "pending: not_yet_due"
expect.late_for_it = "indeterminate: ends_before_start"
[the_hour_of_receipt_does_not_matter]
given.requests = [{ request_id = "r", type = "rectification", received_at = 2026-01-01T23:59:59Z, closed_at = 2026-01-31T12:00:00Z }]
expect = { r = "compliant: in_time" }
[the_day_of_receipt_is_the_local_one]
given.export_info = [{ timezone = "Europe/Berlin" }]
given.requests = [
    { request_id = "still_january", type = "access", received_at = 2026-01-31T22:59:59Z, closed_at = 2026-03-02T22:59:59Z },
    { request_id = "already_february", type = "access", received_at = 2026-01-31T23:00:00Z, closed_at = 2026-03-03T22:59:59Z },
    { request_id = "a_minute_late", type = "access", received_at = 2026-01-31T22:59:59Z, closed_at = 2026-03-02T23:00:00Z },
]
expect = { still_january = { verdict = "compliant", due_at = 2026-03-02T22:59:59.999999Z, met_at = 2026-03-02T22:59:59Z }, already_february = { verdict = "compliant", due_at = 2026-03-03T22:59:59.999999Z, met_at = 2026-03-03T22:59:59Z }, a_minute_late = { verdict = "violation", due_at = 2026-03-02T22:59:59.999999Z, met_at = 2026-03-02T23:00:00Z } }
[over_the_night_the_clock_goes_forward]
given.export_info = [{ timezone = "Europe/Berlin" }]
given.requests = [
    { request_id = "r", type = "erasure", received_at = 2026-03-10T10:00:00Z, closed_at = 2026-04-09T21:59:59Z },
    { request_id = "s", type = "erasure", received_at = 2026-03-10T10:00:00Z, closed_at = 2026-04-09T22:00:00Z },
]
expect = { r = { verdict = "compliant", due_at = 2026-04-09T21:59:59.999999Z, met_at = 2026-04-09T21:59:59Z }, s = { verdict = "violation", due_at = 2026-04-09T21:59:59.999999Z, met_at = 2026-04-09T22:00:00Z } }
[over_the_29th_of_february]
given.requests = [
    { request_id = "leap", type = "access", received_at = 2024-01-31T10:00:00Z, closed_at = 2024-03-01T23:00:00Z },
    { request_id = "leap_late", type = "access", received_at = 2024-01-31T10:00:00Z, closed_at = 2024-03-02T01:00:00Z },
]
expect = { leap = "compliant", leap_late = "violation" }
[open_and_overdue]
given.requests = [{ request_id = "r", type = "erasure", received_at = 2026-05-30T08:00:00Z }]
expect = { r = "violation: overdue" }
[open_on_its_last_day]
given.requests = [{ request_id = "r", type = "erasure", received_at = 2026-05-31T08:00:00Z }]
expect = { r = { verdict = "pending: not_yet_due", due_at = 2026-06-30T23:59:59.999999Z, met_at = "" } }
[an_extension_does_not_move_the_promise]
given.requests = [{ request_id = "r", type = "access", country = "DE", received_at = 2026-01-01T08:00:00Z, extended_at = 2026-01-10T08:00:00Z, extension_reason = "many", closed_at = 2026-03-01T08:00:00Z }]
expect = { r = "violation: late" }
[visitors_and_other_types_are_not_promised_this]
given.requests = [
    { request_id = "v", type = "access", requester_role = "object", received_at = 2026-01-01T08:00:00Z },
    { request_id = "o", type = "objection", received_at = 2026-01-01T08:00:00Z },
]
expect = {}
[no_receipt]
given.requests = [{ request_id = "r", type = "access", closed_at = 2026-01-31T08:00:00Z }]
expect = { r = { verdict = "indeterminate: no_receipt", event_at = "", due_at = "", met_at = 2026-01-31T08:00:00Z } }
[type_unknown]
given.requests = [{ request_id = "r", received_at = 2026-01-01T08:00:00Z, closed_at = 2026-01-31T08:00:00Z }]
expect = { r = "indeterminate: type_unknown" }
[closed_after_the_instant_of_judgement]
given.requests = [
    { request_id = "r", type = "access", received_at = 2026-06-01T08:00:00Z, closed_at = 2026-07-31T08:00:00Z }, { request_id = "received_after", type = "access", received_at = 2026-07-01T00:00:00Z },
]
expect = { r = "indeterminate: in_the_future", received_after = "indeterminate: in_the_future" }
[at_the_instant_of_judgement]
as_of = 2026-06-30T12:00:00Z
given.requests = [
    { request_id = "received", type = "access", received_at = 2026-06-30T12:00:00Z }, { request_id = "closed", type = "access", received_at = 2026-06-10T08:00:00Z, closed_at = 2026-06-30T12:00:00Z },
    { request_id = "closed_as_it_came", type = "confirmation", account_id = "a", country = "DE", received_at = 2026-06-10T08:00:00Z, closed_at = 2026-06-10T08:00:00Z },
]
expect.received = "pending: not_yet_due"
expect.closed = "compliant: in_time"
expect.closed_as_it_came = { verdict = "compliant: in_time", event_at = 2026-07-10T23:59:59.999999Z, account = "a", country = "DE" }
[to_the_last_moment_of_the_last_day]
given.requests = [{ request_id = "r", type = "access", received_at = 2026-01-01T08:00:00Z, closed_at = 2026-01-31T23:59:59.999999Z }]
expect = { r = "compliant: in_time" }
[exported_at_the_last_moment_of_the_last_day]
given.export_info = [{ exported_at = 2026-06-19T23:59:59.999999Z }]
given.requests = [{ request_id = "r", type = "access", received_at = 2026-05-20T08:00:00Z }]
expect = { r = "violation: overdue" }
[ends_before_start]
given.requests = [{ request_id = "r", type = "access", received_at = 2026-02-01T08:00:00Z, closed_at = 2026-01-31T08:00:00Z }]
expect = { r = "indeterminate: ends_before_start" }
[outside_calendar]
given.requests = [{ request_id = "r", type = "access", received_at = 1971-02-01T08:00:00Z, closed_at = 1971-02-11T08:00:00Z }]
expect = { r = { verdict = "indeterminate: outside_calendar", event_at = 1971-02-01T08:00:00Z, due_at = "" } }
[the_export_stops_before_the_last_day]
given.export_info = [{ exported_at = 2026-06-10T00:00:00Z }]
given.requests = [{ request_id = "r", type = "access", received_at = 2026-05-20T08:00:00Z }]
expect = { r = "indeterminate: export_ends_before_due" }
[the_answer_counted_instead_of_the_closing]
parameters = { handled_means = "responded" }
given.requests = [{ request_id = "r", type = "access", received_at = 2026-01-01T08:00:00Z, responded_at = 2026-01-20T08:00:00Z, closed_at = 2026-03-20T08:00:00Z }]
expect = { r = "compliant: in_time" }
[a_promise_of_fifteen_days]
parameters = { days = 15 }
given.requests = [{ request_id = "r", type = "access", received_at = 2026-01-01T08:00:00Z, closed_at = 2026-01-20T08:00:00Z }]
expect = { r = "violation: late" }
[withdrawn_where_the_answer_counts]
parameters = { handled_means = "responded" }
given.requests = [
    { request_id = "on_the_last_day", type = "access", received_at = 2026-01-01T08:00:00Z, closed_at = 2026-01-31T23:59:59Z, outcome = "withdrawn" },
    { request_id = "a_day_later", type = "access", received_at = 2026-01-01T08:00:00Z, closed_at = 2026-02-01T00:00:00Z, outcome = "withdrawn" },
    { request_id = "fulfilled", type = "access", received_at = 2026-01-01T08:00:00Z, closed_at = 2026-01-31T00:00:00Z, outcome = "fulfilled" },
    { request_id = "answered_all_the_same", type = "access", received_at = 2026-01-01T08:00:00Z, closed_at = 2026-01-31T23:59:59Z, outcome = "withdrawn", responded_at = 2026-02-01T00:00:00Z },
]
expect = { on_the_last_day = { verdict = "compliant: in_time", due_at = 2026-01-31T23:59:59.999999Z, met_at = 2026-01-31T23:59:59Z }, a_day_later = { verdict = "violation: late", due_at = 2026-01-31T23:59:59.999999Z, met_at = 2026-02-01T00:00:00Z }, fulfilled = "violation: overdue", answered_all_the_same = "compliant: in_time" }
[a_return_is_handled_too]
given.requests = [{ request_id = "r", type = "return", received_at = 2026-02-01T10:00:00Z }]
expect = { r = "violation: overdue" }
*/
