/*
id         = "request_acknowledged"
title      = "Receipt of a request is confirmed where the law demands it, in the time it gives"
short      = "Receipt confirmed in time"
rule       = """
Where a law demands that receipt be confirmed (California: ten working days), it is confirmed by the end of the last day, or granted or
denied by then, and the person told so. Elsewhere no request is in
this control's population. A request that the person withdrew by its last day is kept; withdrawn later, it was late. Where a public holiday that not
everybody has would move the last day, what comes between the two cannot be told."""
maps_to    = ["CCPA 11 CCR 7021(a)"]
severity   = "low"
remedy     = "Confirm what is open, and confirm receipt at once from now on"
tables.requests = ["type", "country", "received_at", "acknowledged_at", "responded_at??", "closed_at??", "outcome??", "account_id", "requester_role?", "merged_into?"]
tables.accounts = ["region", "country"]
absent.requests.requester_role = "whoever asks does so in their own right"
absent.requests.merged_into = "no request became part of another"
dimensions = ["type", "channel", "jurisdiction"]
inject.a_microsecond_late = { requests = { acknowledged_at = "f.latest_due_at + interval 1 microsecond", outcome = "'redirected'" }, where = "due_at < as_of" }
[reasons]
in_time           = "confirmed, or granted or denied, by the end of the last day"
late              = "confirmed, or granted or denied, only after the last day"
withdrawn         = "withdrawn by the person by its last day"
withdrawn_late    = "withdrawn by the person after its last day, unconfirmed till then"
overdue           = "not confirmed, and the last day has passed"
holiday_in_doubt  = "late but for a public holiday that not everybody has"
not_yet_due       = "not confirmed, and the last day has not passed"
no_receipt        = "the day of receipt is not recorded"
place_unknown     = "the country, or a region that matters, is not recorded, so the duty may or may not exist"
in_the_future     = "an instant lies after the instant of judgement"
ends_before_start = "confirmed before it was received"
outside_calendar  = "received too long ago for the calendar"
export_ends_before_due = "not confirmed as far as the export reaches, which is not up to the last day"
[de]
title    = "Der Eingang einer Anfrage wird bestätigt, wo und wie schnell das Gesetz es verlangt"
short    = "Eingang rechtzeitig bestätigt"
rule     = """
Wo ein Gesetz die Bestätigung des Eingangs verlangt (Kalifornien: zehn Werktage), ist er bis zum Ende des letzten Tages bestätigt, oder die Anfrage
bis dahin beantwortet. Anderswo fällt keine Anfrage darunter. Bis zum letzten Tag zurückgezogen, ist sie eingehalten; später war es zu spät. Wo ein
Feiertag, den nicht alle haben, den letzten Tag verschöbe, ist nicht entscheidbar, was dazwischenliegt."""
remedy   = "Offenes bestätigen und den Eingang künftig sofort bestätigen"
[de.reasons]
in_time           = "bis zum Ende des letzten Tages bestätigt oder beantwortet"
late              = "erst nach dem letzten Tag bestätigt oder beantwortet"
withdrawn         = "bis zum letzten Tag von der Person zurückgezogen"
withdrawn_late    = "nach dem letzten Tag von der Person zurückgezogen, bis dahin unbestätigt"
overdue           = "nicht bestätigt, und der letzte Tag ist vorbei"
holiday_in_doubt  = "verspätet bis auf einen Feiertag, den nicht alle haben"
not_yet_due       = "nicht bestätigt, und der letzte Tag ist nicht vorbei"
no_receipt        = "der Tag des Eingangs ist nicht erfasst"
place_unknown     = "das Land oder eine maßgebliche Region ist nicht erfasst, sodass offenbleibt, ob die Pflicht besteht"
in_the_future     = "ein Zeitpunkt liegt nach dem Stichtag"
ends_before_start = "vor dem Eingang bestätigt"
outside_calendar  = "zu lange her für den Kalender"
export_ends_before_due = "nicht bestätigt, soweit der Export reicht, und er reicht nicht bis zum letzten Tag"
*/
with duties as (
    select jurisdiction as place, left(jurisdiction, 2) as country, unnest(string_split(request_type, '|')) as type
    from deadlines where rule_set = 'acknowledge'
),
scoped as (
    -- Receipt need not be confirmed of what was granted or denied already (11 CCR 7021(a)); no other law is on file that asks for it.
    select r.*, case when r.outcome = 'withdrawn' then least(r.acknowledged_at, r.closed_at)
                     when r.outcome in ('fulfilled', 'partial', 'denied') then least(r.acknowledged_at, r.responded_at)
                     else r.acknowledged_at end as done_at
    from requests_with_due_dates as r
    where r.rule_set = 'acknowledge'
      and r.requester_role is distinct from 'object'
      and (r.type is null or r.type in (select type from duties))
      and (r.rule is not null or r.place = '?' or r.place in (select country || '-?' from duties)
           or (r.received_at is null and r.place in (select place from duties)))
),
judged as (
    select *,
           case when received_at is null then 'no_receipt'
                when received_at > $as_of or acknowledged_at > $as_of or done_at > $as_of then 'in_the_future'
                when done_at < received_at then 'ends_before_start'
                when place like '%?' then 'place_unknown'
                when due_at is null then 'outside_calendar'
                when done_at <= due_at then case when outcome = 'withdrawn' then 'withdrawn' else 'in_time' end
                when done_at > latest_due_at then case when outcome = 'withdrawn' then 'withdrawn_late' else 'late' end
                when done_at is not null then 'holiday_in_doubt'
                when due_at >= $as_of then 'not_yet_due'
                when latest_due_at >= $as_of then 'holiday_in_doubt'
                when latest_due_at > known_until then 'export_ends_before_due'
                else 'overdue' end as reason
    from scoped
)
select request_id as record_id, account_id, country, coalesce(due_at, received_at) as event_at, due_at,
       case when reason in ('in_time', 'withdrawn') then 'compliant'
            when reason in ('late', 'withdrawn_late', 'overdue') then 'violation'
            when reason = 'not_yet_due' then 'pending'
            else 'indeterminate' end as verdict,
       reason,
       done_at as met_at, received_at, type, channel, jurisdiction, latest_due_at
from judged;

/* examples
as_of = 2026-06-30
[ten_working_days_in_california]
period = "2026-01"
given.accounts = [{ account_id = "ca", country = "US", region = "CA" }]
given.requests = [
    { request_id = "last_day", account_id = "ca", type = "access", country = "US", received_at = 2026-01-09T08:00:00Z, acknowledged_at = 2026-01-26T23:59:59Z },
    { request_id = "a_day_late", account_id = "ca", type = "access", country = "US", received_at = 2026-01-09T08:00:00Z, acknowledged_at = 2026-01-27T00:00:00Z },
    { request_id = "never", account_id = "ca", type = "erasure", country = "US", received_at = 2026-06-12T08:00:00Z },
    { request_id = "open", account_id = "ca", type = "erasure", country = "US", received_at = 2026-06-20T08:00:00Z },
]
expect = { last_day = { verdict = "compliant: in_time", due_at = 2026-01-26T23:59:59.999999Z, met_at = 2026-01-26T23:59:59Z }, a_day_late = { verdict = "violation: late", due_at = 2026-01-26T23:59:59.999999Z, met_at = 2026-01-27T00:00:00Z }, never = { verdict = "violation: overdue", account = "ca", country = "US", scope = "later" }, open = "pending: not_yet_due" }
[no_such_duty_elsewhere]
given.accounts = [{ account_id = "tx", country = "US", region = "TX" }]
given.requests = [
    { request_id = "t", account_id = "tx", type = "access", country = "US", received_at = 2026-01-09T08:00:00Z },
    { request_id = "d", type = "access", country = "DE", received_at = 2026-01-09T08:00:00Z },
    { request_id = "undated", type = "access", country = "DE" },
    { request_id = "undated_in_texas", account_id = "tx", type = "access", country = "US" },
    { request_id = "objection", type = "objection", country = "US", received_at = 2026-01-09T08:00:00Z },
]
expect = {}
[the_data_cannot_tell]
given.accounts = [{ account_id = "ca", country = "US", region = "CA" }]
given.requests = [
    { request_id = "a", account_id = "ca", type = "access", country = "US" },
    { request_id = "b", type = "access", country = "US", received_at = 2026-01-09T08:00:00Z },
    { request_id = "c", type = "access", received_at = 2026-01-09T08:00:00Z },
    { request_id = "d", account_id = "ca", type = "access", country = "US", received_at = 2026-06-09T08:00:00Z, acknowledged_at = 2026-07-09T08:00:00Z },
    { request_id = "e", account_id = "ca", type = "access", country = "US", received_at = 2026-01-09T08:00:00Z, acknowledged_at = 2026-01-08T08:00:00Z },
    { request_id = "f", account_id = "ca", type = "access", country = "US", received_at = 2026-07-01T00:00:00Z },
    { request_id = "g", country = "US", received_at = 2026-01-09T08:00:00Z },
    { request_id = "of_a_visitor", account_id = "ca", requester_role = "object", type = "access", country = "US", received_at = 2026-01-09T08:00:00Z },
]
expect.f = "indeterminate: in_the_future"
expect.g = "indeterminate: place_unknown"
expect.a = { verdict = "indeterminate: no_receipt", event_at = "" }
expect.b = "indeterminate: place_unknown"
expect.c = "indeterminate: place_unknown"
expect.d = "indeterminate: in_the_future"
expect.e = "indeterminate: ends_before_start"
[the_export_stops_before_the_last_day]
given.export_info = [{ exported_at = 2026-06-10T23:59:59.999999Z }]
given.accounts = [{ account_id = "ca", country = "US", region = "CA" }]
given.requests = [{ request_id = "to_the_last_day", account_id = "ca", type = "access", country = "US", received_at = 2026-05-27T08:00:00Z }, { request_id = "r", account_id = "ca", type = "access", country = "US", received_at = 2026-06-05T08:00:00Z }]
expect = { to_the_last_day = { verdict = "violation: overdue", due_at = 2026-06-10T23:59:59.999999Z }, r = "indeterminate: export_ends_before_due" }
[no_such_duty_before_the_regulations]
given.accounts = [{ account_id = "ca", country = "US", region = "CA" }]
given.requests = [
    { request_id = "before", account_id = "ca", type = "access", country = "US", received_at = 2020-08-13T12:00:00Z },
    { request_id = "first_day", account_id = "ca", type = "access", country = "US", received_at = 2020-08-14T12:00:00Z },
    { request_id = "correction", account_id = "ca", type = "rectification", country = "US", received_at = 2022-12-31T12:00:00Z },
]
expect = { first_day = "violation: overdue" }
[outside_calendar]
as_of = 2045-06-30
given.accounts = [{ account_id = "ca", country = "US", region = "CA" }]
given.requests = [{ request_id = "r", account_id = "ca", type = "access", country = "US", received_at = 2021-01-09T08:00:00Z, acknowledged_at = 2021-01-09T09:00:00Z }]
expect = { r = { verdict = "indeterminate: outside_calendar", event_at = 2021-01-09T08:00:00Z, due_at = "" } }
[withdrawn]
given.accounts = [{ account_id = "ca", country = "US", region = "CA" }]
given.requests = [
    { request_id = "on_the_last_day", account_id = "ca", type = "access", country = "US", received_at = 2026-03-02T08:00:00Z, closed_at = 2026-03-16T23:59:59Z, outcome = "withdrawn" },
    { request_id = "a_day_later", account_id = "ca", type = "access", country = "US", received_at = 2026-03-02T08:00:00Z, closed_at = 2026-03-17T00:00:00Z, outcome = "withdrawn" },
    { request_id = "fulfilled", account_id = "ca", type = "access", country = "US", received_at = 2026-03-02T08:00:00Z, closed_at = 2026-03-04T00:00:00Z, outcome = "fulfilled" },
    { request_id = "later_than_now", account_id = "ca", type = "access", country = "US", received_at = 2026-03-02T08:00:00Z, closed_at = 2026-07-04T00:00:00Z, outcome = "withdrawn" },
    { request_id = "backwards", account_id = "ca", type = "access", country = "US", received_at = 2026-03-02T08:00:00Z, closed_at = 2026-03-01T00:00:00Z, outcome = "withdrawn" },
    { request_id = "after_it_was_confirmed", account_id = "ca", type = "access", country = "US", received_at = 2026-03-02T08:00:00Z, acknowledged_at = 2026-03-02T08:00:00Z, closed_at = 2026-03-20T00:00:00Z, outcome = "withdrawn" },
    { request_id = "confirmed_later_than_now", account_id = "ca", type = "access", country = "US", received_at = 2026-03-02T08:00:00Z, acknowledged_at = 2026-07-02T08:00:00Z, closed_at = 2026-03-03T00:00:00Z, outcome = "withdrawn" },
]
expect = { after_it_was_confirmed = { verdict = "compliant: withdrawn", met_at = 2026-03-02T08:00:00Z }, confirmed_later_than_now = "indeterminate: in_the_future", on_the_last_day = { verdict = "compliant: withdrawn", due_at = 2026-03-16T23:59:59.999999Z, met_at = 2026-03-16T23:59:59Z }, a_day_later = { verdict = "violation: withdrawn_late", due_at = 2026-03-16T23:59:59.999999Z, met_at = 2026-03-17T00:00:00Z }, fulfilled = "violation: overdue", later_than_now = "indeterminate: in_the_future", backwards = "indeterminate: ends_before_start" }
[answered_instead]
given.accounts = [{ account_id = "ca", country = "US", region = "CA" }]
given.requests = [
    { request_id = "granted", account_id = "ca", type = "access", country = "US", received_at = 2026-03-02T08:00:00Z, responded_at = 2026-03-16T23:59:59.999999Z, closed_at = 2026-03-20T00:00:00Z, outcome = "fulfilled" },
    { request_id = "a_microsecond_late", account_id = "ca", type = "access", country = "US", received_at = 2026-03-02T08:00:00Z, responded_at = 2026-03-17T00:00:00Z, closed_at = 2026-03-17T00:00:00Z, outcome = "fulfilled" },
    { request_id = "in_part", account_id = "ca", type = "access", country = "US", received_at = 2026-03-02T08:00:00Z, responded_at = 2026-03-10T08:00:00Z, closed_at = 2026-03-10T08:00:00Z, outcome = "partial" },
    { request_id = "denied", account_id = "ca", type = "access", country = "US", received_at = 2026-03-02T08:00:00Z, responded_at = 2026-03-10T08:00:00Z, closed_at = 2026-03-10T08:00:00Z, outcome = "denied" },
    { request_id = "handed_on", account_id = "ca", type = "access", country = "US", received_at = 2026-03-02T08:00:00Z, responded_at = 2026-03-10T08:00:00Z, closed_at = 2026-03-10T08:00:00Z, outcome = "redirected" },
    { request_id = "confirmed_before", account_id = "ca", type = "access", country = "US", received_at = 2026-03-02T08:00:00Z, acknowledged_at = 2026-03-03T08:00:00Z, responded_at = 2026-04-10T08:00:00Z, closed_at = 2026-04-10T08:00:00Z, outcome = "fulfilled" },
]
expect = { granted = { verdict = "compliant: in_time", met_at = 2026-03-16T23:59:59.999999Z }, a_microsecond_late = { verdict = "violation: late", due_at = 2026-03-16T23:59:59.999999Z, met_at = 2026-03-17T00:00:00Z }, in_part = "compliant: in_time", denied = "compliant: in_time", handed_on = "violation: overdue", confirmed_before = { verdict = "compliant: in_time", met_at = 2026-03-03T08:00:00Z } }
[confirmed_on_the_day_after_a_holiday_that_not_everybody_has]
given.accounts = [{ account_id = "ca", country = "US", region = "CA" }]
given.requests = [{ request_id = "r", account_id = "ca", type = "access", country = "US", received_at = 2026-03-20T08:00:00Z, acknowledged_at = 2026-04-06T23:59:59.999999Z }]
expect = { r = "indeterminate: holiday_in_doubt" }
[a_holiday_that_not_everybody_has]
as_of = 2026-04-06T23:59:59.999999Z
given.accounts = [{ account_id = "ca", country = "US", region = "CA" }]
given.requests = [
    { request_id = "the_day_before", account_id = "ca", type = "access", country = "US", received_at = 2026-03-20T08:00:00Z, acknowledged_at = 2026-04-03T23:59:59.999999Z },
    { request_id = "a_day_later", account_id = "ca", type = "access", country = "US", received_at = 2026-03-19T08:00:00Z, acknowledged_at = 2026-04-04T00:00:00Z },
    { request_id = "open", account_id = "ca", type = "access", country = "US", received_at = 2026-03-20T08:00:00Z },
    { request_id = "not_yet", account_id = "ca", type = "access", country = "US", received_at = 2026-03-23T08:00:00Z },
    { request_id = "confirmed_just_now", account_id = "ca", type = "access", country = "US", received_at = 2026-04-03T08:00:00Z, acknowledged_at = 2026-04-06T23:59:59.999999Z },
    { request_id = "just_now", account_id = "ca", type = "access", country = "US", received_at = 2026-04-06T23:59:59.999999Z },
]
expect = { the_day_before = { verdict = "compliant: in_time", due_at = 2026-04-03T23:59:59.999999Z, event_at = 2026-04-03T23:59:59.999999Z }, a_day_later = "violation: late", open = "indeterminate: holiday_in_doubt", not_yet = "pending: not_yet_due", just_now = "pending: not_yet_due", confirmed_just_now = "compliant: in_time" }
*/
