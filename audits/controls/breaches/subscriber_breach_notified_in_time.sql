/*
id         = "subscriber_breach_notified_in_time"
was        = ["subscriber_breach_notified_within_72_hours"]
title      = "Breaches at subscribers are told to the Company within {hours} hours"
short      = "Subscribers' breaches told within {hours} hours"
rule       = """
A subscriber that becomes aware of a breach tells the Company within {hours} hours, from instant to instant. This is the subscriber's duty, not the
Company's: a violation says that a subscriber was late."""
maps_to    = ["GDPR 33(2)"]
severity   = "medium"
remedy     = "Remind the subscribers who were late of their duty, in writing"
tables.breaches = ["reported_by", "subscriber_aware_at", "company_told_at", "subscriber_id?"]
parameters.hours = { default = 72, unit = "hours" }
inject.a_microsecond_late = { breaches = { company_told_at = "f.due_at + interval 1 microsecond" }, where = "due_at < as_of" }
[reasons]
in_time          = "told in time"
late             = "told later"
overdue          = "not told, and the time is over"
not_yet_due      = "not told, and the time is not over"
no_start         = "when the subscriber became aware is not recorded"
in_the_future    = "an instant lies after the instant of judgement"
ends_before_start = "told before becoming aware"
export_ends_before_due = "not told as far as the export reaches, which is not up to the end of the time"
[de]
title    = "Datenpannen bei Abonnenten werden dem Unternehmen binnen {hours} Stunden gemeldet"
short    = "Abonnentenpannen binnen {hours} Stunden gemeldet"
rule     = """
Ein Abonnent, dem eine Datenpanne bekannt wird, meldet sie dem Unternehmen binnen {hours} Stunden, von Zeitpunkt zu Zeitpunkt. Das ist eine Pflicht
des Abonnenten, nicht des Unternehmens: Ein Verstoß sagt, dass ein Abonnent zu spät war."""
remedy   = "Säumige Abonnenten schriftlich an ihre Pflicht erinnern"
[de.reasons]
in_time          = "rechtzeitig mitgeteilt"
late             = "später mitgeteilt"
overdue          = "nicht mitgeteilt, und die Zeit ist vorbei"
not_yet_due      = "nicht mitgeteilt, und die Zeit ist nicht vorbei"
no_start         = "wann es dem Abonnenten bekannt wurde, ist nicht erfasst"
in_the_future    = "ein Zeitpunkt liegt nach dem Stichtag"
ends_before_start = "vor dem Bekanntwerden mitgeteilt"
export_ends_before_due = "nicht mitgeteilt, soweit der Export reicht, und er reicht nicht bis zum Ende der Zeit"
*/
with scoped as (
    select *, subscriber_aware_at + to_hours($hours::integer) as due_at from breaches where reported_by = 'subscriber'
),
judged as (
    select s.*,
           case when subscriber_aware_at is null then 'no_start'
                when subscriber_aware_at > $as_of or company_told_at > $as_of then 'in_the_future'
                when company_told_at < subscriber_aware_at then 'ends_before_start'
                when company_told_at <= due_at then 'in_time'
                when company_told_at is not null then 'late'
                when due_at >= $as_of then 'not_yet_due'
                when due_at > k.known_until then 'export_ends_before_due'
                else 'overdue' end as reason
    from scoped as s
    join known_until as k on k.table_name = 'breaches'
)
select breach_id as record_id, subscriber_id as account_id, null::varchar as country, coalesce(due_at, company_told_at) as event_at, due_at,
       case when reason = 'in_time' then 'compliant'
            when reason in ('late', 'overdue') then 'violation'
            when reason = 'not_yet_due' then 'pending'
            else 'indeterminate' end as verdict,
       reason,
       company_told_at as met_at, subscriber_aware_at
from judged;

/* examples
as_of = 2026-06-30
[seventy_two_hours_to_the_second]
period = "2026-01"
given.breaches = [
    { breach_id = "a", reported_by = "subscriber", subscriber_aware_at = 2026-03-27T10:00:00Z, company_told_at = 2026-03-30T10:00:00Z },
    { breach_id = "b", reported_by = "subscriber", subscriber_aware_at = 2026-03-27T10:00:00Z, company_told_at = 2026-03-30T10:00:01Z },
    { breach_id = "untold", reported_by = "subscriber", subscriber_aware_at = 2026-03-27T10:00:00Z },
    { breach_id = "fresh", reported_by = "subscriber", subscriber_aware_at = 2026-06-29T10:00:00Z },
    { breach_id = "ours", reported_by = "company", subscriber_aware_at = 2026-03-27T10:00:00Z },
]
expect.a = { verdict = "compliant: in_time", scope = "later", due_at = 2026-03-30T10:00:00Z, met_at = 2026-03-30T10:00:00Z }
expect.b = { verdict = "violation: late", due_at = 2026-03-30T10:00:00Z, met_at = 2026-03-30T10:00:01Z }
expect.untold = { verdict = "violation: overdue", event_at = 2026-03-30T10:00:00Z }
expect.fresh = "pending: not_yet_due"
[the_data_cannot_tell]
given.breaches = [
    { breach_id = "a", reported_by = "subscriber", company_told_at = 2026-03-30T10:00:00Z },
    { breach_id = "b", reported_by = "subscriber", subscriber_aware_at = 2026-03-27T10:00:00Z, company_told_at = 2026-07-30T10:00:00Z },
    { breach_id = "c", reported_by = "subscriber", subscriber_aware_at = 2026-03-27T10:00:00Z, company_told_at = 2026-03-26T10:00:00Z },
]
expect.a = { verdict = "indeterminate: no_start", event_at = 2026-03-30T10:00:00Z, due_at = "" }
expect.b = "indeterminate: in_the_future"
expect.c = "indeterminate: ends_before_start"
[the_export_stops_before_the_time_is_over]
given.export_info = [{ exported_at = 2026-06-10T00:00:00Z }]
given.breaches = [
    { breach_id = "a", reported_by = "subscriber", subscriber_aware_at = 2026-06-09T10:00:00Z },
    { breach_id = "due_as_it_stops", reported_by = "subscriber", subscriber_aware_at = 2026-06-07T00:00:00Z },
]
expect = { a = "indeterminate: export_ends_before_due", due_as_it_stops = "violation: overdue" }
[to_the_instant]
as_of = 2026-06-30T10:00:00Z
given.export_info = [{ exported_at = 2026-07-31T00:00:00Z }]
given.breaches = [
    { breach_id = "told_at_once", reported_by = "subscriber", subscriber_aware_at = 2026-06-30T10:00:00Z, company_told_at = 2026-06-30T10:00:00Z },
    { breach_id = "aware_later", reported_by = "subscriber", subscriber_aware_at = 2026-06-30T10:00:00.000001Z },
    { breach_id = "told_later", reported_by = "subscriber", subscriber_aware_at = 2026-06-27T10:00:00Z, company_told_at = 2026-06-30T10:00:00.000001Z },
    { breach_id = "due_now", reported_by = "subscriber", subscriber_aware_at = 2026-06-27T10:00:00Z },
    { breach_id = "just_over", reported_by = "subscriber", subscriber_aware_at = 2026-06-27T09:59:59.999999Z },
]
expect.told_at_once = "compliant: in_time"
expect.aware_later = "indeterminate: in_the_future"
expect.told_later = "indeterminate: in_the_future"
expect.due_now = { verdict = "pending: not_yet_due", due_at = 2026-06-30T10:00:00Z }
expect.just_over = { verdict = "violation: overdue", due_at = 2026-06-30T09:59:59.999999Z }
*/
