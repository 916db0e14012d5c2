/*
id         = "investigation_notified_in_time"
was        = ["investigation_notified_within_72_hours"]
title      = "Subscribers tell the Company of an investigation within {hours} hours, as they are bound to"
short      = "Investigations told within {hours} hours"
rule       = """
A subscriber tells the Company of an investigation by an authority within {hours} hours of becoming aware of it, from instant to instant. A duty of
subscribers, not of the Company."""
maps_to    = ["GDPR 28(3)(h)"]
severity   = "medium"
remedy     = "Remind the subscribers who were late of their duty, in writing"
tables.subscriber_duties = ["subscriber_id", "duty", "asked_at", "answered_at"]
exact.subscriber_duties = ["asked_at", "answered_at"]
parameters.hours = { default = 72, unit = "hours" }
inject.a_second_late = { subscriber_duties = { answered_at = "f.due_at + interval 1 second" }, by = "t.subscriber_id = f.account_id and t.duty = 'investigation' and t.asked_at = f.asked_at" }
[reasons]
in_time           = "told in time"
late              = "told later"
overdue           = "not told, and the time is over"
not_yet_due       = "not told, and the time is not over"
no_start          = "the instant of becoming aware is not recorded"
in_the_future     = "an instant lies after the instant of judgement"
ends_before_start = "told before becoming aware"
export_ends_before_due = "not told as far as the export reaches, which is not up to the end of the time"
[de]
title    = "Abonnenten melden dem Unternehmen eine Untersuchung binnen {hours} Stunden, wie sie verpflichtet sind"
short    = "Untersuchungen binnen {hours} Stunden gemeldet"
rule     = """
Ein Abonnent meldet dem Unternehmen eine Untersuchung durch eine Behörde binnen {hours} Stunden nach ihrem Bekanntwerden, von Zeitpunkt zu
Zeitpunkt. Eine Pflicht der Abonnenten, nicht des Unternehmens."""
remedy   = "Säumige Abonnenten schriftlich an ihre Pflicht erinnern"
[de.reasons]
in_time           = "rechtzeitig mitgeteilt"
late              = "später mitgeteilt"
overdue           = "nicht mitgeteilt, und die Zeit ist vorbei"
not_yet_due       = "nicht mitgeteilt, und die Zeit ist nicht vorbei"
no_start          = "der Zeitpunkt des Bekanntwerdens ist nicht erfasst"
in_the_future     = "ein Zeitpunkt liegt nach dem Stichtag"
ends_before_start = "vor dem Bekanntwerden mitgeteilt"
export_ends_before_due = "nicht mitgeteilt, soweit der Export reicht, und er reicht nicht bis zum Ende der Zeit"
*/
with judged as (
    select s.*, asked_at + to_hours($hours::integer) as due_at,
           case when asked_at is null then 'no_start'
                when asked_at > $as_of or answered_at > $as_of then 'in_the_future'
                when answered_at < asked_at then 'ends_before_start'
                when answered_at <= due_at then 'in_time'
                when answered_at is not null then 'late'
                when due_at >= $as_of then 'not_yet_due'
                when due_at > k.known_until then 'export_ends_before_due'
                else 'overdue' end as reason
    from subscriber_duties as s
    join known_until as k on k.table_name = 'subscriber_duties'
    where duty = 'investigation'
)
select coalesce(subscriber_id, '') || ' · ' || duty || ' · ' || coalesce(asked_at::date::varchar, '')
           || case when min(asked_at) over same_day < max(asked_at) over same_day then ' · ' || asked_at::timestamp::time::varchar else '' end as record_id, subscriber_id as account_id, null::varchar as country, coalesce(due_at, answered_at) as event_at, due_at,
       case when reason = 'in_time' then 'compliant'
            when reason in ('late', 'overdue') then 'violation'
            when reason = 'not_yet_due' then 'pending'
            else 'indeterminate' end as verdict,
       reason,
       answered_at as met_at, asked_at
from judged
window same_day as (partition by subscriber_id, asked_at::date);

/* examples
as_of = 2026-06-30
[seventy_two_hours_to_the_second]
period = "2026-01"
given.subscriber_duties = [
    { subscriber_id = "a", duty = "investigation", asked_at = 2026-03-27T10:00:00Z, answered_at = 2026-03-30T10:00:00Z }, { subscriber_id = "b", duty = "investigation", asked_at = 2026-03-27T10:00:00Z, answered_at = 2026-03-30T10:00:01Z },
    { subscriber_id = "c", duty = "investigation", asked_at = 2026-03-27T10:00:00Z }, { subscriber_id = "d", duty = "investigation", asked_at = 2026-06-28T10:00:00Z }, { subscriber_id = "e", duty = "investigation" },
    { subscriber_id = "f", duty = "investigation", asked_at = 2026-07-28T10:00:00Z }, { subscriber_id = "g", duty = "investigation", asked_at = 2026-03-27T10:00:00Z, answered_at = 2026-03-20T10:00:00Z }, { subscriber_id = "h", duty = "inquiry", asked_at = 2026-03-27T10:00:00Z },
]
expect."a · investigation · 2026-03-27" = { verdict = "compliant: in_time", due_at = 2026-03-30T10:00:00Z, met_at = 2026-03-30T10:00:00Z }
expect."b · investigation · 2026-03-27" = { verdict = "violation: late", account = "b", scope = "later", due_at = 2026-03-30T10:00:00Z, met_at = 2026-03-30T10:00:01Z }
expect."c · investigation · 2026-03-27" = "violation: overdue"
expect."d · investigation · 2026-06-28" = "pending: not_yet_due"
expect."e · investigation · " = "indeterminate: no_start"
expect."f · investigation · 2026-07-28" = "indeterminate: in_the_future"
expect."g · investigation · 2026-03-27" = "indeterminate: ends_before_start"
[to_the_instant]
as_of = 2026-06-30T10:00:00Z
given.export_info = [{ exported_at = 2026-07-31T00:00:00Z }]
given.subscriber_duties = [
    { subscriber_id = "told_at_once", duty = "investigation", asked_at = 2026-06-30T10:00:00Z, answered_at = 2026-06-30T10:00:00Z }, { subscriber_id = "aware_later", duty = "investigation", asked_at = 2026-06-30T10:00:00.000001Z },
    { subscriber_id = "told_later", duty = "investigation", asked_at = 2026-06-27T10:00:00Z, answered_at = 2026-06-30T10:00:00.000001Z }, { subscriber_id = "due_now", duty = "investigation", asked_at = 2026-06-27T10:00:00Z },
    { subscriber_id = "just_over", duty = "investigation", asked_at = 2026-06-27T09:59:59.999999Z }, { subscriber_id = "no_start", duty = "investigation", answered_at = 2026-06-27T10:00:00Z }, { duty = "investigation", asked_at = 2026-06-27T10:00:00Z, answered_at = 2026-06-27T10:00:00Z },
    { subscriber_id = "twice", duty = "investigation", asked_at = 2026-06-29T10:00:00Z }, { subscriber_id = "twice", duty = "investigation", asked_at = 2026-06-29T11:00:00Z },
    { subscriber_id = "two_days", duty = "investigation", asked_at = 2026-06-28T10:00:00Z }, { subscriber_id = "two_days", duty = "investigation", asked_at = 2026-06-29T10:00:00Z },
]
expect."told_at_once · investigation · 2026-06-30" = "compliant: in_time"
expect."aware_later · investigation · 2026-06-30" = "indeterminate: in_the_future"
expect."told_later · investigation · 2026-06-27" = "indeterminate: in_the_future"
expect."due_now · investigation · 2026-06-27" = { verdict = "pending: not_yet_due", event_at = 2026-06-30T10:00:00Z, due_at = 2026-06-30T10:00:00Z }
expect."just_over · investigation · 2026-06-27" = { verdict = "violation: overdue", due_at = 2026-06-30T09:59:59.999999Z }
expect."no_start · investigation · " = { verdict = "indeterminate: no_start", event_at = 2026-06-27T10:00:00Z, due_at = "" }
expect." · investigation · 2026-06-27" = "compliant: in_time"
expect."twice · investigation · 2026-06-29 · 10:00:00" = "pending: not_yet_due"
expect."twice · investigation · 2026-06-29 · 11:00:00" = "pending: not_yet_due"
expect."two_days · investigation · 2026-06-28" = "pending: not_yet_due"
expect."two_days · investigation · 2026-06-29" = "pending: not_yet_due"
[the_export_stops_a_second_before_the_time_is_over]
given.export_info = [{ exported_at = 2026-06-10T00:00:00Z }]
given.subscriber_duties = [
    { subscriber_id = "a", duty = "investigation", asked_at = 2026-06-07T00:00:01Z }, { subscriber_id = "b", duty = "investigation", asked_at = 2026-06-07T00:00:00Z },
]
expect."a · investigation · 2026-06-07" = "indeterminate: export_ends_before_due"
expect."b · investigation · 2026-06-07" = "violation: overdue"
[nobody_says_how_far_it_reaches]
given.export_info = [{ exported_at = "unset" }]
given.subscriber_duties = [
    { subscriber_id = "a", duty = "investigation", asked_at = 2026-06-07T00:00:01Z }, { subscriber_id = "b", duty = "investigation", asked_at = 2026-06-07T00:00:00Z },
    { subscriber_id = "c", duty = "investigation", asked_at = 2026-06-09T10:00:00Z, answered_at = 2026-06-10T00:00:00Z },
]
expect."a · investigation · 2026-06-07" = "indeterminate: export_ends_before_due"
expect."b · investigation · 2026-06-07" = "violation: overdue"
expect."c · investigation · 2026-06-09" = "compliant: in_time"
*/
