/*
id         = "request_handled_in_statutory_time"
title      = "Data-subject requests are answered within the time that the law gives"
short      = "Requests answered in legal time"
rule       = """
A request is answered by the last day that the law of the requester's country gives for it (reference table deadlines): one month in
the EEA, extended by up to two more where the person was told in time and with a reason, paused while identity is checked, and moved
past weekends and public holidays where that law says so. Laws that give no number are left out; laws not on file are indeterminate. A request that the person withdrew
by its last day is kept; withdrawn later, it was late."""
maps_to    = ["GDPR 12(3)", "CCPA 1798.130(a)(2)"]
severity   = "high"
feeds      = ["law"]
remedy     = "Answer what is open, oldest first, and tell the people who wait"
tables.requests = ["type", "country", "received_at", "responded_at", "closed_at??", "outcome??", "requester_role?", "extended_at??", "extended_to??", "extension_reason??", "id_asked_at??", "id_verified_at??", "account_id?"]
tables.accounts = ["region?", "country?"]
absent.requests.requester_role = "whoever asks does so in their own right"
dimensions = ["type", "channel", "jurisdiction"]
inject.a_microsecond_late = { requests = { responded_at = "f.due_at + interval 1 microsecond" }, where = "due_at < as_of" }
inject.never_answered = { requests = { responded_at = "null" }, where = "due_at < as_of" }
[reasons]
in_time           = "answered by the end of its last day"
late              = "answered after its last day"
withdrawn         = "withdrawn by the person by its last day"
withdrawn_late    = "withdrawn by the person after its last day, unanswered till then"
overdue           = "not answered, and its last day has passed"
not_yet_due       = "not answered, and its last day has not passed"
no_receipt        = "the day of receipt is not recorded"
type_unknown      = "what was asked is not recorded, so its rule is not known"
country_unknown   = "the country is not recorded or not known, so its law is not known"
region_unknown    = "the region is not recorded, in a country where the law depends on it"
no_rule_on_file   = "nobody has looked up yet what this law gives for such a request"
in_the_future     = "an instant lies after the instant of judgement"
ends_before_start = "answered before it was received"
outside_calendar  = "received too long ago for the calendar"
export_ends_before_due = "not answered as far as the export reaches, which is not up to its last day"
*/
with scoped as (
    select *, case when outcome = 'withdrawn' then least(responded_at, closed_at) end as withdrawn_at
    from requests_with_due_dates
    where rule_set = 'statute'
      and requester_role is distinct from 'object'
      and (type is null or type not in ('question', 'agreement', 'child_report', 'consent_withdrawal'))
      and (source is null or rule is not null)
),
judged as (
    select *,
           case when received_at is null then 'no_receipt'
                when received_at > $as_of or responded_at > $as_of or withdrawn_at > $as_of then 'in_the_future'
                when responded_at < received_at or withdrawn_at < received_at then 'ends_before_start'
                when type is null then 'type_unknown'
                when place = '?' then 'country_unknown'
                when place like '%-?' then 'region_unknown'
                when source is null then 'no_rule_on_file'
                when due_at is null then 'outside_calendar'
                when withdrawn_at <= due_at then 'withdrawn'
                when withdrawn_at > due_at then 'withdrawn_late'
                when responded_at <= due_at then 'in_time'
                when responded_at > due_at then 'late'
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
       coalesce(withdrawn_at, responded_at) as met_at, received_at, type, channel, jurisdiction, rule, paused_days, is_extended
from judged;

/* examples
as_of = 2026-06-30
[a_month_ends_on_the_day_of_the_same_number]
given.requests = [
    { request_id = "last_day", type = "access", country = "DE", received_at = 2026-03-10T08:00:00Z, responded_at = 2026-04-10T23:59:59Z },
    { request_id = "a_day_late", type = "access", country = "DE", received_at = 2026-03-10T08:00:00Z, responded_at = 2026-04-11T00:00:00Z },
]
expect = { last_day = "compliant: in_time", a_day_late = "violation: late" }
[the_31st_of_august_and_a_month]
given.requests = [
    { request_id = "r", type = "access", country = "FR", received_at = 2021-08-31T08:00:00Z, responded_at = 2021-09-30T20:00:00Z },
    { request_id = "s", type = "access", country = "FR", received_at = 2021-08-31T08:00:00Z, responded_at = 2021-10-01T08:00:00Z },
]
expect = { r = "compliant: in_time", s = "violation: late" }
[a_last_day_on_a_holiday_rolls_over]
given.requests = [
    { request_id = "christmas", type = "access", country = "DE", received_at = 2025-11-25T08:00:00Z, responded_at = 2025-12-29T20:00:00Z },
    { request_id = "after", type = "access", country = "DE", received_at = 2025-11-25T08:00:00Z, responded_at = 2025-12-30T08:00:00Z },
]
expect = { christmas = "compliant: in_time", after = "violation: late" }
[extended_in_time]
given.requests = [{ request_id = "r", type = "access", country = "DE", received_at = 2026-01-10T08:00:00Z, extended_at = 2026-02-01T08:00:00Z, extension_reason = "complex", responded_at = 2026-04-10T20:00:00Z }]
expect = { r = "compliant: in_time" }
[extended_too_late]
given.requests = [{ request_id = "r", type = "access", country = "DE", received_at = 2026-01-10T08:00:00Z, extended_at = 2026-02-20T08:00:00Z, extension_reason = "complex", responded_at = 2026-04-10T20:00:00Z }]
expect = { r = "violation: late" }
[the_date_told_binds]
given.requests = [{ request_id = "r", type = "access", country = "DE", received_at = 2026-01-10T08:00:00Z, extended_at = 2026-02-01T08:00:00Z, extended_to = 2026-03-01T08:00:00Z, extension_reason = "complex", responded_at = 2026-03-05T20:00:00Z }]
expect = { r = "violation: late" }
[an_identity_check_stops_the_clock]
given.requests = [
    { request_id = "eea", type = "access", country = "DE", received_at = 2026-03-10T08:00:00Z, id_asked_at = 2026-03-12T08:00:00Z, id_verified_at = 2026-03-16T08:00:00Z, responded_at = 2026-04-14T20:00:00Z },
    { request_id = "waiting", type = "access", country = "DE", received_at = 2026-05-10T08:00:00Z, id_asked_at = 2026-05-12T08:00:00Z },
    { request_id = "asked_after_the_last_day", type = "access", country = "DE", received_at = 2026-03-10T08:00:00Z, id_asked_at = 2026-04-12T08:00:00Z, id_verified_at = 2026-04-13T08:00:00Z, responded_at = 2026-04-13T20:00:00Z },
]
expect = { eea = "compliant: in_time", waiting = "pending: not_yet_due", asked_after_the_last_day = "violation: late" }
[each_place_its_law]
given.accounts = [{ account_id = "ca", country = "US", region = "CA" }, { account_id = "tx", country = "US", region = "TX" }]
given.requests = [
    { request_id = "california", account_id = "ca", type = "access", country = "US", received_at = 2026-01-01T08:00:00Z, responded_at = 2026-02-15T23:00:00Z },
    { request_id = "texas", account_id = "tx", type = "access", country = "US", received_at = 2026-01-01T08:00:00Z },
    { request_id = "brazil", type = "access", country = "BR", received_at = 2026-01-01T08:00:00Z, responded_at = 2026-01-17T08:00:00Z },
    { request_id = "indonesia", type = "access", country = "ID", received_at = 2026-01-01T08:00:00Z, responded_at = 2026-01-04T08:00:00Z },
    { request_id = "indonesia_late", type = "access", country = "ID", received_at = 2026-01-01T08:00:00Z, responded_at = 2026-01-04T08:00:01Z },
]
expect = { california = "compliant: in_time", brazil = "violation: late", indonesia = "compliant: in_time", indonesia_late = "violation: late" }
[open_and_overdue]
given.requests = [{ request_id = "r", type = "erasure", country = "DE", received_at = 2026-05-20T08:00:00Z }]
expect = { r = "violation: overdue" }
[open_on_its_last_day]
given.requests = [{ request_id = "r", type = "objection", country = "DE", received_at = 2026-05-31T08:00:00Z }]
expect = { r = "pending: not_yet_due" }
[questions_and_visitors_are_left_out]
given.requests = [
    { request_id = "q", type = "question", country = "DE", received_at = 2026-01-01T08:00:00Z },
    { request_id = "v", type = "access", requester_role = "object", country = "DE", received_at = 2026-01-01T08:00:00Z },
]
expect = {}
[the_data_cannot_tell]
given.requests = [
    { request_id = "a", type = "access", country = "DE" },
    { request_id = "b", country = "DE", received_at = 2026-01-01T08:00:00Z },
    { request_id = "c", type = "access", received_at = 2026-01-01T08:00:00Z },
    { request_id = "d", type = "access", country = "US", received_at = 2026-01-01T08:00:00Z },
    { request_id = "e", type = "access", country = "JP", received_at = 2026-01-01T08:00:00Z },
    { request_id = "f", type = "access", country = "DE", received_at = 2026-06-01T08:00:00Z, responded_at = 2026-07-31T08:00:00Z },
    { request_id = "g", type = "access", country = "DE", received_at = 2026-02-01T08:00:00Z, responded_at = 2026-01-31T08:00:00Z },
    { request_id = "h", type = "access", country = "DE", received_at = 1999-02-01T08:00:00Z, responded_at = 1999-02-02T08:00:00Z },
]
expect.a = "indeterminate: no_receipt"
expect.b = "indeterminate: type_unknown"
expect.c = "indeterminate: country_unknown"
expect.d = "indeterminate: region_unknown"
expect.e = "indeterminate: no_rule_on_file"
expect.f = "indeterminate: in_the_future"
expect.g = "indeterminate: ends_before_start"
expect.h = "indeterminate: outside_calendar"
[the_export_stops_before_the_last_day]
given.export_info = [{ exported_at = 2026-06-10T00:00:00Z }]
given.requests = [{ request_id = "r", type = "access", country = "DE", received_at = 2026-05-20T08:00:00Z }]
expect = { r = "indeterminate: export_ends_before_due" }
[withdrawn]
given.requests = [
    { request_id = "on_the_last_day", type = "access", country = "DE", received_at = 2026-03-10T08:00:00Z, closed_at = 2026-04-10T23:59:59Z, outcome = "withdrawn" },
    { request_id = "a_day_later", type = "access", country = "DE", received_at = 2026-03-10T08:00:00Z, closed_at = 2026-04-11T00:00:00Z, outcome = "withdrawn" },
    { request_id = "fulfilled", type = "access", country = "DE", received_at = 2026-03-10T08:00:00Z, closed_at = 2026-03-12T00:00:00Z, outcome = "fulfilled" },
    { request_id = "later_than_now", type = "access", country = "DE", received_at = 2026-03-10T08:00:00Z, closed_at = 2026-07-12T00:00:00Z, outcome = "withdrawn" },
    { request_id = "backwards", type = "access", country = "DE", received_at = 2026-03-10T08:00:00Z, closed_at = 2026-03-09T00:00:00Z, outcome = "withdrawn" },
]
expect = { on_the_last_day = "compliant: withdrawn", a_day_later = "violation: withdrawn_late", fulfilled = "violation: overdue", later_than_now = "indeterminate: in_the_future", backwards = "indeterminate: ends_before_start" }
*/
