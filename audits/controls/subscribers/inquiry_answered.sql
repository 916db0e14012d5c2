/*
id         = "inquiry_answered"
title      = "Subscribers are bound to answer the Company's inquiries, and do"
short      = "Subscribers answer our inquiries"
rule       = """
A subscriber answers an inquiry of the Company within {days} days. Where no number is promised, thirty is a convention, and without any an open inquiry cannot be told. A duty of subscribers, not of the Company."""
maps_to    = ["GDPR 28(3)(h)"]
severity   = "low"
remedy     = "Ask the subscribers again, in writing"
tables.subscriber_duties = ["subscriber_id", "duty", "asked_at", "answered_at"]
parameters.days = { default = 30, unit = "days", needed = false }
readings."within ten days" = { days = 10 }
inject.never_answered = { subscriber_duties = { answered_at = "f.due_at + interval 1 microsecond" }, by = "t.subscriber_id = f.account_id and t.duty = 'inquiry' and t.asked_at = f.asked_at", where = "due_at < as_of - to_days(1)" }
[reasons]
answered      = "answered in time"
late          = "answered later"
overdue       = "not answered, and the time is over"
not_yet_due   = "not answered, and the time is not over"
no_limit      = "not answered, and no number of days is set"
no_start      = "when it was asked is not recorded"
in_the_future = "an instant lies after the instant of judgement"
ends_before_start = "answered before it was asked"
export_ends_before_due = "not answered as far as the export reaches, which is not up to the end of the time"
[de]
title    = "Abonnenten sind verpflichtet, Rückfragen des Unternehmens zu beantworten, und tun es"
short    = "Abonnenten beantworten unsere Rückfragen"
rule     = """
Ein Abonnent beantwortet eine Rückfrage des Unternehmens binnen {days} Tagen. Wo keine Zahl zugesagt ist, sind dreißig eine Konvention, und ohne
eine ist eine offene Rückfrage nicht entscheidbar. Eine Pflicht der Abonnenten, nicht des Unternehmens."""
remedy   = "Die Abonnenten erneut schriftlich fragen"
readings = { "within ten days" = "binnen zehn Tagen" }
[de.reasons]
answered      = "rechtzeitig beantwortet"
late          = "später beantwortet"
overdue       = "nicht beantwortet, und die Zeit ist vorbei"
not_yet_due   = "nicht beantwortet, und die Zeit ist nicht vorbei"
no_limit      = "nicht beantwortet, und keine Zahl von Tagen ist gesetzt"
no_start      = "wann gefragt wurde, ist nicht erfasst"
in_the_future = "ein Zeitpunkt liegt nach dem Stichtag"
ends_before_start = "beantwortet, bevor gefragt wurde"
export_ends_before_due = "nicht beantwortet, soweit der Export reicht, und er reicht nicht bis zum Ende der Zeit"
*/
with dated as (
    select *, end_of_day(asked_at::date + $days::integer) as due_at from subscriber_duties where duty = 'inquiry'
),
judged as (
    select d.*,
           case when asked_at is null then 'no_start'
                when asked_at > $as_of or answered_at > $as_of then 'in_the_future'
                when answered_at < asked_at then 'ends_before_start'
                when answered_at > due_at then 'late'
                when answered_at is not null then 'answered'
                when due_at is null then 'no_limit'
                when due_at >= $as_of then 'not_yet_due'
                when due_at > k.known_until then 'export_ends_before_due'
                else 'overdue' end as reason
    from dated as d
    join known_until as k on k.table_name = 'subscriber_duties'
)
select coalesce(subscriber_id, '') || ' · ' || duty || ' · ' || coalesce(asked_at::date::varchar, '')
           || case when min(asked_at) over same_day < max(asked_at) over same_day then ' · ' || asked_at::timestamp::time::varchar else '' end as record_id, subscriber_id as account_id, null::varchar as country, coalesce(due_at, answered_at, asked_at) as event_at, due_at,
       case when reason = 'answered' then 'compliant'
            when reason in ('late', 'overdue') then 'violation'
            when reason = 'not_yet_due' then 'pending'
            else 'indeterminate' end as verdict,
       reason,
       answered_at as met_at, asked_at
from judged
window same_day as (partition by subscriber_id, asked_at::date);

/* examples
as_of = 2026-06-30
[thirty_days]
period = "2026-01"
given.subscriber_duties = [
    { subscriber_id = "a", duty = "inquiry", asked_at = 2026-05-01T10:00:00Z, answered_at = 2026-05-31T23:59:59Z }, { subscriber_id = "b", duty = "inquiry", asked_at = 2026-05-01T10:00:00Z, answered_at = 2026-06-01T00:00:00Z },
    { subscriber_id = "c", duty = "inquiry", asked_at = 2026-05-01T10:00:00Z }, { subscriber_id = "d", duty = "inquiry", asked_at = 2026-05-31T10:00:00Z }, { subscriber_id = "e", duty = "inquiry" }, { subscriber_id = "f", duty = "inquiry", asked_at = 2026-07-01T10:00:00Z },
    { subscriber_id = "g", duty = "records", asked_at = 2026-05-01T10:00:00Z }, { duty = "inquiry", asked_at = 2026-05-01T10:00:00Z, answered_at = 2026-05-31T23:59:59.999999Z }, { subscriber_id = "j", duty = "inquiry", answered_at = 2026-05-01T10:00:00Z },
    { subscriber_id = "now", duty = "inquiry", asked_at = 2026-06-30T23:59:59.999999Z, answered_at = 2026-06-30T23:59:59.999999Z }, { subscriber_id = "answered_later", duty = "inquiry", asked_at = 2026-06-20T10:00:00Z, answered_at = 2026-07-01T00:00:00Z },
    { subscriber_id = "two_days", duty = "inquiry", asked_at = 2026-06-20T12:00:00Z }, { subscriber_id = "two_days", duty = "inquiry", asked_at = 2026-06-21T10:00:00Z },
    { subscriber_id = "h", duty = "inquiry", asked_at = 2026-05-01T10:00:00Z, answered_at = 2026-05-01T09:59:59Z }, { subscriber_id = "i", duty = "inquiry", asked_at = 2026-05-01T10:00:00Z, answered_at = 2026-05-01T10:00:00Z },
]
expect."a · inquiry · 2026-05-01" = { verdict = "compliant: answered", due_at = 2026-05-31T23:59:59.999999Z, met_at = 2026-05-31T23:59:59Z }
expect."b · inquiry · 2026-05-01" = { verdict = "violation: late", due_at = 2026-05-31T23:59:59.999999Z, met_at = 2026-06-01T00:00:00Z }
expect."c · inquiry · 2026-05-01" = { verdict = "violation: overdue", event_at = 2026-05-31T23:59:59.999999Z }
expect." · inquiry · 2026-05-01" = "compliant: answered"
expect."j · inquiry · " = { verdict = "indeterminate: no_start", event_at = 2026-05-01T10:00:00Z, due_at = "" }
expect."now · inquiry · 2026-06-30" = "compliant: answered"
expect."answered_later · inquiry · 2026-06-20" = "indeterminate: in_the_future"
expect."two_days · inquiry · 2026-06-20" = "pending: not_yet_due"
expect."two_days · inquiry · 2026-06-21" = "pending: not_yet_due"
expect."d · inquiry · 2026-05-31" = { verdict = "pending: not_yet_due", due_at = 2026-06-30T23:59:59.999999Z, met_at = "" }
expect."e · inquiry · " = "indeterminate: no_start"
expect."f · inquiry · 2026-07-01" = "indeterminate: in_the_future"
expect."h · inquiry · 2026-05-01" = "indeterminate: ends_before_start"
expect."i · inquiry · 2026-05-01" = { verdict = "compliant: answered", account = "i", scope = "later" }
[no_number_set]
parameters = { days = "unset" }
given.subscriber_duties = [{ subscriber_id = "c", duty = "inquiry", asked_at = 2026-05-01T10:00:00Z }, { subscriber_id = "d", duty = "inquiry", asked_at = 2026-05-01T10:00:00Z, answered_at = 2026-06-20T10:00:00Z }]
expect."c · inquiry · 2026-05-01" = { verdict = "indeterminate: no_limit", event_at = 2026-05-01T10:00:00Z, due_at = "" }
expect."d · inquiry · 2026-05-01" = { verdict = "compliant: answered", event_at = 2026-06-20T10:00:00Z, due_at = "" }
[the_export_stops_on_the_last_day]
given.export_tables = [{ table_name = "subscriber_duties", covers_to = 2026-05-31T23:59:00Z }]
given.subscriber_duties = [{ subscriber_id = "a", duty = "inquiry", asked_at = 2026-05-01T10:00:00Z }, { subscriber_id = "b", duty = "inquiry", asked_at = 2026-04-30T10:00:00Z }]
expect."a · inquiry · 2026-05-01" = "indeterminate: export_ends_before_due"
expect."b · inquiry · 2026-04-30" = "violation: overdue"
[the_export_stops_as_the_time_is_over]
given.export_tables = [{ table_name = "subscriber_duties", covers_to = 2026-05-31T23:59:59.999999Z }]
given.subscriber_duties = [{ subscriber_id = "a", duty = "inquiry", asked_at = 2026-05-01T10:00:00Z }]
expect."a · inquiry · 2026-05-01" = "violation: overdue"
[two_on_one_day_are_two_records]
given.subscriber_duties = [
    { subscriber_id = "a", duty = "inquiry", asked_at = 2026-05-01T10:00:00Z }, { subscriber_id = "a", duty = "inquiry", asked_at = 2026-05-01T18:00:00Z, answered_at = 2026-05-02T10:00:00Z },
]
expect."a · inquiry · 2026-05-01 · 10:00:00" = "violation: overdue"
expect."a · inquiry · 2026-05-01 · 18:00:00" = "compliant: answered"
*/
