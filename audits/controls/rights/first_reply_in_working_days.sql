/*
id         = "first_reply_in_working_days"
title      = "Who asks is given a first reply within {working_days} working days"
short      = "First reply within {working_days} working days"
rule       = """
Whatever is asked, the first reply comes by the end of the last of {working_days} working days after the day of receipt. A first reply is the
confirmation of receipt or the answer, whichever is earlier; withdrawn by the person, a request needs none. Working days are those of the
organisation's seat, or, where the export states none, of the country of the request. Requests of people whose data is held for a customer are not
promised this. Where a public holiday that not everybody has would move the last day, what comes between the two cannot be told."""
maps_to    = ["GDPR 12(2)"]
severity   = "low"
remedy     = "Reply to what waits, oldest first, and confirm receipt at once from now on"
tables.requests = ["received_at", "acknowledged_at??", "responded_at??", "outcome??", "closed_at??", "country??", "requester_role?", "merged_into?"]
absent.requests.requester_role = "whoever asks does so in their own right"
absent.requests.merged_into = "no request became part of another"
dimensions = ["type", "channel"]
parameters.working_days = { default = 2, unit = "working days", least = 1, most = 250 }
inject.a_microsecond_late = { requests = { acknowledged_at = "f.latest_due_at + interval 1 microsecond", responded_at = "null", outcome = "null" }, where = "due_at < as_of and latest_due_at is not null" }
[reasons]
in_time           = "replied to by the end of the last day"
late              = "first replied to after the last day"
withdrawn         = "withdrawn by the person by the last day"
withdrawn_late    = "withdrawn by the person after the last day, without a reply till then"
overdue           = "not replied to, and the last day has passed"
holiday_in_doubt  = "late, but perhaps for a public holiday that not everybody has"
not_yet_due       = "not replied to, and the last day has not passed"
no_receipt        = "the day of receipt is not recorded"
place_unknown     = "neither a seat nor the country of the request is recorded, so its holidays are not known"
in_the_future     = "an instant lies after the instant of judgement"
ends_before_start = "replied to before it was received"
outside_calendar  = "received too long ago for the calendar"
export_ends_before_due = "not replied to as far as the export reaches, which is not up to the last day"
[de]
title    = "Wer fragt, erhält binnen {working_days} Werktagen eine erste Antwort"
short    = "Erste Antwort binnen {working_days} Werktagen"
rule     = """
Was auch verlangt wird, die erste Antwort kommt bis zum Ende des letzten von {working_days} Werktagen nach dem Tag des Eingangs. Eine erste Antwort
ist die Bestätigung des Eingangs oder die Antwort, was früher ist; zieht die Person die Anfrage zurück, braucht es keine. Werktage sind die am Sitz
der Organisation oder, wo der Export keinen nennt, die im Land der Anfrage. Anfragen von Personen, deren Daten für einen Kunden geführt werden, sind
nicht umfasst. Wo ein Feiertag, den nicht alle haben, den letzten Tag verschöbe, ist nicht entscheidbar, was dazwischenliegt."""
remedy   = "Wartendes beantworten, Ältestes zuerst, und den Eingang künftig sofort bestätigen"
[de.reasons]
in_time           = "eine Antwort bis zum Ende des letzten Tages"
late              = "eine erste Antwort nach dem letzten Tag"
withdrawn         = "bis zum letzten Tag von der Person zurückgezogen"
withdrawn_late    = "nach dem letzten Tag von der Person zurückgezogen, bis dahin ohne Antwort"
overdue           = "keine Antwort, und der letzte Tag ist vorbei"
holiday_in_doubt  = "verspätet, aber vielleicht wegen eines Feiertags, den nicht alle haben"
not_yet_due       = "keine Antwort, und der letzte Tag ist nicht vorbei"
no_receipt        = "der Tag des Eingangs ist nicht erfasst"
place_unknown     = "weder ein Sitz noch das Land der Anfrage ist erfasst, sodass die Feiertage nicht feststehen"
in_the_future     = "ein Zeitpunkt liegt nach dem Stichtag"
ends_before_start = "eine Antwort vor dem Eingang"
outside_calendar  = "zu lange her für den Kalender"
export_ends_before_due = "keine Antwort, soweit der Export reicht, und er reicht nicht bis zum letzten Tag"
*/
with scoped as (
    select r.*, coalesce(s.calendar, p.calendar) as calendar, coalesce(s.fullest, p.fullest) as fullest,
           least(r.acknowledged_at, r.responded_at, case when r.outcome = 'withdrawn' then r.closed_at end) as replied_at
    from received_requests as r
    left join seats as s on true
    left join place_calendars as p on p.place = r.country
    where r.requester_role is distinct from 'object'
),
timed as (
    select s.*, d.ends_at as due_at, l.ends_at as latest_due_at,
           s.replied_at = s.closed_at and s.outcome = 'withdrawn' as by_withdrawal
    from scoped as s
    left join work_days as f on f.calendar = s.calendar and f.day = s.received_on
    left join work_days as n on n.calendar = s.calendar and n.is_working and n.number = f.number + $working_days::integer
    left join days as d on d.day = n.day
    left join work_days as v on v.calendar = s.fullest and v.day = s.received_on
    left join work_days as m on m.calendar = s.fullest and m.is_working and m.number = v.number + $working_days::integer
    left join days as l on l.day = m.day
),
judged as (
    select *,
           case when received_at is null then 'no_receipt'
                when received_at > $as_of or replied_at > $as_of then 'in_the_future'
                when replied_at < received_at then 'ends_before_start'
                when calendar is null then 'place_unknown'
                when due_at is null then 'outside_calendar'
                when replied_at <= due_at then case when by_withdrawal then 'withdrawn' else 'in_time' end
                when replied_at > latest_due_at then case when by_withdrawal then 'withdrawn_late' else 'late' end
                when replied_at is not null then 'holiday_in_doubt'
                when due_at >= $as_of then 'not_yet_due'
                when latest_due_at >= $as_of or latest_due_at is null then 'holiday_in_doubt'
                when latest_due_at > known_until then 'export_ends_before_due'
                else 'overdue' end as reason
    from timed
)
select request_id as record_id, account_id, country, coalesce(due_at, received_at) as event_at, due_at,
       case when reason in ('in_time', 'withdrawn') then 'compliant'
            when reason in ('late', 'withdrawn_late', 'overdue') then 'violation'
            when reason = 'not_yet_due' then 'pending'
            else 'indeterminate' end as verdict,
       reason,
       replied_at as met_at, received_at, type, channel, latest_due_at
from judged;

/* examples
as_of = 2026-06-30
[to_the_end_of_the_second_working_day]
period = "2026-01"
given.requests = [
    { request_id = "last_moment", account_id = "a", country = "DE", received_at = 2026-03-06T23:59:59Z, acknowledged_at = 2026-03-10T23:59:59.999999Z },
    { request_id = "a_microsecond_late", country = "DE", received_at = 2026-03-06T08:00:00Z, responded_at = 2026-03-11T00:00:00Z },
    { request_id = "of_a_saturday", country = "DE", received_at = 2026-03-07T08:00:00Z, responded_at = 2026-03-10T23:59:59Z },
    { request_id = "the_earlier_counts", country = "DE", received_at = 2026-03-06T08:00:00Z, acknowledged_at = 2026-03-06T08:00:00Z, responded_at = 2026-04-30T08:00:00Z },
    { request_id = "so_does_an_answer", country = "DE", received_at = 2026-03-06T08:00:00Z, acknowledged_at = 2026-04-30T08:00:00Z, responded_at = 2026-03-09T08:00:00Z },
    { request_id = "never", country = "DE", received_at = 2026-06-25T08:00:00Z },
    { request_id = "open", country = "DE", received_at = 2026-06-26T08:00:00Z },
    { request_id = "closing_is_no_reply", country = "DE", received_at = 2026-03-06T08:00:00Z, closed_at = 2026-03-06T09:00:00Z, outcome = "fulfilled" },
    { request_id = "answered_and_closed", country = "DE", received_at = 2026-03-06T08:00:00Z, responded_at = 2026-03-06T09:00:00Z, closed_at = 2026-03-06T09:00:00Z, outcome = "fulfilled" },
    { request_id = "over_epiphany", country = "DE", received_at = 2026-01-05T08:00:00Z, acknowledged_at = 2026-01-08T08:00:00Z },
    { request_id = "of_a_visitor", country = "DE", requester_role = "object", received_at = 2026-03-06T08:00:00Z },
]
expect.last_moment = { verdict = "compliant: in_time", due_at = 2026-03-10T23:59:59.999999Z, event_at = 2026-03-10T23:59:59.999999Z, met_at = 2026-03-10T23:59:59.999999Z, account = "a", country = "DE" }
expect.a_microsecond_late = { verdict = "violation: late", due_at = 2026-03-10T23:59:59.999999Z }
expect.of_a_saturday = { verdict = "compliant: in_time", due_at = 2026-03-10T23:59:59.999999Z }
expect.the_earlier_counts = { verdict = "compliant: in_time", met_at = 2026-03-06T08:00:00Z }
expect.so_does_an_answer = { verdict = "compliant: in_time", met_at = 2026-03-09T08:00:00Z }
expect.never = { verdict = "violation: overdue", scope = "later", due_at = 2026-06-29T23:59:59.999999Z, met_at = "" }
expect.open = { verdict = "pending: not_yet_due", due_at = 2026-06-30T23:59:59.999999Z }
expect.answered_and_closed = "compliant: in_time"
expect.over_epiphany = "indeterminate: holiday_in_doubt"
expect.closing_is_no_reply = "violation: overdue"
[the_seats_holidays_count_where_there_is_one]
given.export_info = [{ seat = "DE-BY" }]
given.requests = [
    { request_id = "epiphany", country = "US", received_at = 2026-01-05T08:00:00Z, acknowledged_at = 2026-01-08T23:59:59Z },
    { request_id = "late", received_at = 2026-01-05T08:00:00Z, acknowledged_at = 2026-01-09T00:00:00Z },
]
expect.epiphany = { verdict = "compliant: in_time", due_at = 2026-01-08T23:59:59.999999Z }
expect.late = { verdict = "violation: late", due_at = 2026-01-08T23:59:59.999999Z }
[a_holiday_that_not_everybody_has]
as_of = 2026-01-08T23:59:59.999999Z
given.requests = [
    { request_id = "before", country = "DE", received_at = 2026-01-05T08:00:00Z, acknowledged_at = 2026-01-07T23:59:59.999999Z },
    { request_id = "between", country = "DE", received_at = 2026-01-05T08:00:00Z, acknowledged_at = 2026-01-08T23:59:59.999999Z },
    { request_id = "still_open", country = "DE", received_at = 2026-01-05T08:00:00Z },
    { request_id = "after", country = "DE", received_at = 2026-01-02T08:00:00Z, acknowledged_at = 2026-01-08T00:00:00Z },
    { request_id = "not_yet", country = "DE", received_at = 2026-01-06T08:00:00Z },
    { request_id = "just_now", country = "DE", received_at = 2026-01-08T23:59:59.999999Z, acknowledged_at = 2026-01-08T23:59:59.999999Z },
]
expect = { before = "compliant: in_time", between = "indeterminate: holiday_in_doubt", still_open = "indeterminate: holiday_in_doubt", after = "violation: late", not_yet = "pending: not_yet_due", just_now = "compliant: in_time" }
[a_country_whose_parts_have_holidays_that_nobody_asked_for]
given.requests = [
    { request_id = "in_time", country = "AU", received_at = 2026-03-06T08:00:00Z, acknowledged_at = 2026-03-10T23:59:59Z },
    { request_id = "late", country = "AU", received_at = 2026-03-06T08:00:00Z, acknowledged_at = 2026-03-11T00:00:00Z },
    { request_id = "never", country = "AU", received_at = 2026-03-06T08:00:00Z },
    { request_id = "open", country = "AU", received_at = 2026-06-29T08:00:00Z },
]
expect = { in_time = "compliant: in_time", late = "indeterminate: holiday_in_doubt", never = "indeterminate: holiday_in_doubt", open = "pending: not_yet_due" }
[a_promise_of_one_day]
parameters = { working_days = 1 }
given.requests = [{ request_id = "r", country = "DE", received_at = 2026-03-06T08:00:00Z, acknowledged_at = 2026-03-10T08:00:00Z }]
expect = { r = { verdict = "violation: late", due_at = 2026-03-09T23:59:59.999999Z } }
[withdrawn]
given.requests = [
    { request_id = "in_time", country = "DE", received_at = 2026-03-06T08:00:00Z, closed_at = 2026-03-10T23:59:59Z, outcome = "withdrawn" },
    { request_id = "later", country = "DE", received_at = 2026-03-06T08:00:00Z, closed_at = 2026-03-11T00:00:00Z, outcome = "withdrawn" },
    { request_id = "after_a_reply", country = "DE", received_at = 2026-03-06T08:00:00Z, acknowledged_at = 2026-03-06T09:00:00Z, closed_at = 2026-03-20T00:00:00Z, outcome = "withdrawn" },
    { request_id = "after_a_late_reply", country = "DE", received_at = 2026-03-06T08:00:00Z, acknowledged_at = 2026-03-12T09:00:00Z, closed_at = 2026-03-20T00:00:00Z, outcome = "withdrawn" },
]
expect.in_time = { verdict = "compliant: withdrawn", met_at = 2026-03-10T23:59:59Z }
expect.later = { verdict = "violation: withdrawn_late", met_at = 2026-03-11T00:00:00Z }
expect.after_a_reply = { verdict = "compliant: in_time", met_at = 2026-03-06T09:00:00Z }
expect.after_a_late_reply = { verdict = "violation: late", met_at = 2026-03-12T09:00:00Z }
[the_data_cannot_tell]
given.requests = [
    { request_id = "undated", country = "DE", acknowledged_at = 2026-03-06T08:00:00Z },
    { request_id = "of_nowhere", received_at = 2026-03-06T08:00:00Z, acknowledged_at = 2026-03-06T09:00:00Z },
    { request_id = "backwards", country = "DE", received_at = 2026-03-06T08:00:00Z, responded_at = 2026-03-05T08:00:00Z },
    { request_id = "received_later", country = "DE", received_at = 2026-07-01T00:00:00Z },
    { request_id = "replied_to_later", country = "DE", received_at = 2026-03-06T08:00:00Z, responded_at = 2026-07-01T00:00:00Z },
]
expect.undated = { verdict = "indeterminate: no_receipt", event_at = "", due_at = "" }
expect.of_nowhere = { verdict = "indeterminate: place_unknown", event_at = 2026-03-06T08:00:00Z }
expect.backwards = "indeterminate: ends_before_start"
expect.received_later = "indeterminate: in_the_future"
expect.replied_to_later = "indeterminate: in_the_future"
[outside_calendar]
given.requests = [{ request_id = "r", country = "DE", received_at = 1971-03-05T08:00:00Z, acknowledged_at = 1971-03-05T09:00:00Z }]
expect = { r = { verdict = "indeterminate: outside_calendar", event_at = 1971-03-05T08:00:00Z, due_at = "" } }
[the_export_stops_before_the_last_day]
given.export_info = [{ exported_at = 2026-03-10T23:59:59.999999Z }]
given.requests = [{ request_id = "to_the_last_day", country = "DE", received_at = 2026-03-06T08:00:00Z }, { request_id = "r", country = "DE", received_at = 2026-03-09T08:00:00Z }]
expect = { to_the_last_day = "violation: overdue", r = "indeterminate: export_ends_before_due" }
[at_the_instant_of_judgement]
as_of = 2026-03-06T12:00:00Z
given.requests = [{ request_id = "r", country = "DE", received_at = 2026-03-06T12:00:00Z }, { request_id = "s", country = "DE", received_at = 2026-03-06T11:00:00Z, responded_at = 2026-03-06T12:00:00Z }]
expect = { r = "pending: not_yet_due", s = "compliant: in_time" }
[moved_into_another]
given.accounts = [{ account_id = "a" }]
given.requests = [
    { request_id = "moved", account_id = "a", type = "access", country = "DE", received_at = 2026-03-06T08:00:00Z, closed_at = 2026-03-06T09:00:00Z, merged_into = "other" },
    { request_id = "other", account_id = "a", type = "access", country = "DE", received_at = 2026-03-06T08:00:00Z, responded_at = 2026-03-12T08:00:00Z },
]
expect = { moved = "violation: late", other = "violation: late" }
*/
