/*
id         = "own_deadline_kept"
title      = "Requests are closed by the due date that the organisation itself set"
short      = "Own due dates kept"
rule       = """
Where the export carries a due date of its own, the request is closed by the end of that day in the organisation's time zone. With
compare set to instants, it is closed by that very instant: a due date written as 13:42 is then missed at 13:43 of the same day."""
maps_to    = ["GDPR 12(3)"]
severity   = "low"
remedy     = "Close what is over its own due date"
tables.requests = ["received_at", "due_at", "closed_at", "merged_into?"]
absent.requests.merged_into = "no request became part of another"
dimensions = ["type", "channel"]
parameters.compare = { default = "days", words = ["days", "instants"] }
inject.a_microsecond_late = { requests = { closed_at = "f.due_at + interval 1 microsecond" }, where = "due_at < as_of" }
[reasons]
in_time           = "closed by its own due date"
late              = "closed after its own due date"
overdue           = "not closed, and its own due date has passed"
not_yet_due       = "not closed, and its own due date has not passed"
no_receipt        = "the day of receipt is not recorded"
in_the_future     = "an instant lies after the instant of judgement"
ends_before_start = "closed before it was received"
due_before_start  = "due before it was received"
export_ends_before_due = "not closed as far as the export reaches, which is not up to its due date"
[de]
title    = "Anfragen werden bis zu der Frist abgeschlossen, die die Organisation sich selbst setzte"
short    = "Eigene Fristen eingehalten"
rule     = """
Wo der Export eine eigene Frist enthält, ist die Anfrage bis zum Ende dieses Tages in der Zeitzone der Organisation abgeschlossen. Werden Zeitpunkte
verglichen, gilt der Zeitpunkt selbst: Eine Frist um 13:42 Uhr ist dann um 13:43 Uhr desselben Tages versäumt."""
remedy   = "Abschließen, was über die eigene Frist hinaus ist"
[de.reasons]
in_time           = "bis zur eigenen Frist abgeschlossen"
late              = "nach der eigenen Frist abgeschlossen"
overdue           = "nicht abgeschlossen, und die eigene Frist ist vorbei"
not_yet_due       = "nicht abgeschlossen, und die eigene Frist ist nicht vorbei"
no_receipt        = "der Tag des Eingangs ist nicht erfasst"
in_the_future     = "ein Zeitpunkt liegt nach dem Stichtag"
ends_before_start = "vor dem Eingang abgeschlossen"
due_before_start  = "fällig vor dem Eingang"
export_ends_before_due = "nicht abgeschlossen, soweit der Export reicht, und er reicht nicht bis zur Frist"
*/
with scoped as (
    select r.*, case $compare when 'instants' then r.own_due_at
                     else coalesce(d.ends_at, end_of_day(r.own_due_at::date)) end as due_at
    from received_requests as r
    left join quarters as q on q.quarter = epoch_us(r.own_due_at) // 900_000_000
    left join days as d on d.day = q.day
    where r.own_due_at is not null
),
judged as (
    select *,
           case when received_at is null then 'no_receipt'
                when received_at > $as_of or closed_at > $as_of then 'in_the_future'
                when closed_at < received_at then 'ends_before_start'
                when due_at < received_at then 'due_before_start'
                when closed_at <= due_at then 'in_time'
                when closed_at is not null then 'late'
                when due_at >= $as_of then 'not_yet_due'
                when due_at > known_until then 'export_ends_before_due'
                else 'overdue' end as reason
    from scoped
)
select request_id as record_id, account_id, country, due_at as event_at, due_at,
       case when reason = 'in_time' then 'compliant'
            when reason in ('late', 'overdue') then 'violation'
            when reason = 'not_yet_due' then 'pending'
            else 'indeterminate' end as verdict,
       reason,
       closed_at as met_at, received_at, type, channel
from judged;

/* examples
as_of = 2026-06-30
[closed_later_on_the_day_it_was_due]
period = "2026-01"
given.requests = [{ request_id = "r", received_at = 2026-01-01T08:00:00Z, due_at = 2026-01-31T13:42:00Z, closed_at = 2026-01-31T15:00:00Z }]
expect = { r = { verdict = "compliant: in_time", scope = "period" } }
[compared_as_instants_the_same_is_late]
parameters = { compare = "instants" }
given.requests = [{ request_id = "r", received_at = 2026-01-01T08:00:00Z, due_at = 2026-01-31T13:42:00Z, closed_at = 2026-01-31T15:00:00Z }]
expect = { r = "violation: late" }
[due_as_a_day_begins]
given.requests = [{ request_id = "r", received_at = 2026-01-01T08:00:00Z, due_at = 2026-02-01T00:00:00Z, closed_at = 2026-02-01T12:00:00Z }]
expect = { r = { verdict = "compliant: in_time", due_at = 2026-02-01T23:59:59.999999Z } }
[closed_the_day_after]
given.requests = [{ request_id = "r", received_at = 2026-01-01T08:00:00Z, due_at = 2026-01-31T13:42:00Z, closed_at = 2026-02-01T00:00:00Z }]
expect = { r = { verdict = "violation: late", due_at = 2026-01-31T23:59:59.999999Z, met_at = 2026-02-01T00:00:00Z } }
[the_day_is_the_local_one]
given.export_info = [{ timezone = "America/Sao_Paulo" }]
given.requests = [{ request_id = "r", received_at = 2026-01-01T08:00:00Z, due_at = 2026-01-31T13:42:00Z, closed_at = 2026-02-01T02:59:59Z }]
expect = { r = { verdict = "compliant: in_time", due_at = 2026-02-01T02:59:59.999999Z, met_at = 2026-02-01T02:59:59Z } }
[open]
given.requests = [
    { request_id = "overdue", received_at = 2026-01-01T08:00:00Z, due_at = 2026-06-29T23:00:00Z },
    { request_id = "due_today", received_at = 2026-01-01T08:00:00Z, due_at = 2026-06-30T01:00:00Z },
]
expect = { overdue = "violation: overdue", due_today = { verdict = "pending: not_yet_due", due_at = 2026-06-30T23:59:59.999999Z, met_at = "" } }
[no_due_date_of_its_own]
given.requests = [{ request_id = "r", received_at = 2026-01-01T08:00:00Z }]
expect = {}
[the_data_cannot_tell]
given.requests = [
    { request_id = "a", due_at = 2026-01-31T00:00:00Z, closed_at = 2026-01-30T00:00:00Z },
    { request_id = "b", received_at = 2026-01-01T08:00:00Z, due_at = 2026-01-31T00:00:00Z, closed_at = 2026-07-30T00:00:00Z },
    { request_id = "c", received_at = 2026-01-01T08:00:00Z, due_at = 2026-01-31T00:00:00Z, closed_at = 2025-12-30T00:00:00Z },
    { request_id = "d", received_at = 2026-01-01T08:00:00Z, due_at = 2025-12-30T00:00:00Z, closed_at = 2026-01-30T00:00:00Z },
    { request_id = "e", received_at = 2026-07-01T08:00:00Z, due_at = 2026-07-31T00:00:00Z },
]
expect.e = "indeterminate: in_the_future"
expect.a = "indeterminate: no_receipt"
expect.b = "indeterminate: in_the_future"
expect.c = "indeterminate: ends_before_start"
expect.d = "indeterminate: due_before_start"
[the_export_stops_before_the_due_date]
given.export_info = [{ exported_at = 2026-06-10T00:00:00Z }]
given.requests = [{ request_id = "r", received_at = 2026-05-01T08:00:00Z, due_at = 2026-06-20T00:00:00Z }]
expect = { r = "indeterminate: export_ends_before_due" }
[at_the_very_instant]
as_of = 2026-06-30T12:00:00Z
parameters = { compare = "instants" }
given.requests = [
    { request_id = "of_judgement", account_id = "a", country = "DE", received_at = 2026-06-30T12:00:00Z, due_at = 2026-06-30T12:00:00Z },
    { request_id = "it_came", received_at = 2026-06-10T12:00:00Z, due_at = 2026-06-10T12:00:00Z, closed_at = 2026-06-10T12:00:00Z },
    { request_id = "closed_now", received_at = 2026-06-10T12:00:00Z, due_at = 2026-06-12T12:00:00Z, closed_at = 2026-06-30T12:00:00Z },
]
expect.of_judgement = { verdict = "pending: not_yet_due", event_at = 2026-06-30T12:00:00Z, account = "a", country = "DE" }
expect.it_came = "compliant: in_time"
expect.closed_now = "violation: late"
[as_it_was_exported]
parameters = { compare = "instants" }
given.export_info = [{ exported_at = 2026-06-20T12:00:00Z }]
given.requests = [{ request_id = "r", received_at = 2026-06-10T12:00:00Z, due_at = 2026-06-20T12:00:00Z }]
expect = { r = "violation: overdue" }
[due_in_a_distant_year]
given.requests = [{ request_id = "r", received_at = 2026-01-01T08:00:00Z, due_at = 2126-01-31T13:42:00Z }]
expect = { r = { verdict = "pending: not_yet_due", due_at = 2126-01-31T23:59:59.999999Z } }
[equivalent]
"scoped: coalesce(d.ends_at, end_of_day(cast(r.own_due_at as date))) → end_of_day(cast(r.own_due_at as date))" = "the tables are only quicker"
*/
