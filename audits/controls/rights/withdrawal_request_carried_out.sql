/*
id         = "withdrawal_request_carried_out"
title      = "Who asks to withdraw a consent is recorded as having withdrawn it"
short      = "Withdrawals of consent recorded"
rule       = """
A request to withdraw consent leads to a withdrawal on record for that person, on or after the day it was received. Without a number of days: set withdrawal_days to judge the time too; unset, an open request is indeterminate."""
maps_to    = ["GDPR 7(3)"]
severity   = "medium"
remedy     = "Record the withdrawals, and stop what rests on them"
tables.requests = ["type", "received_at", "account_id", "requester_role?", "outcome?"]
tables.consents = ["account_id", "withdrawn_at"]
absent.requests.requester_role = "whoever asks does so in their own right"
dimensions = ["channel"]
parameters.withdrawal_days = { type = "integer", unit = "days" }
inject.recorded_late = { by = "t.account_id = f.account_id", consents = { withdrawn_at = "f.due_at + interval 1 microsecond" }, parameters = { withdrawal_days = 30 }, where = "due_at < as_of and reason = 'withdrawn'" }
[reasons]
withdrawn     = "a withdrawal is on record"
taken_back    = "the person took the request back"
recorded_late = "a withdrawal is on record, later than the days set"
overdue       = "no withdrawal is on record, and the days set have passed"
not_yet_due   = "no withdrawal is on record, and the days set have not passed"
no_limit      = "no withdrawal is on record, and the policy gives no number of days"
no_receipt    = "the day of receipt is not recorded"
in_the_future = "it was received after the instant of judgement"
export_ends_before_due = "no withdrawal is on record as far as the export reaches, which is not up to the end of the days set"
*/
with withdrawals as (
    select account_id, max(withdrawn_at) as withdrawn_at from consents where withdrawn_at is not null group by account_id
),
scoped as (
    select r.*, coalesce(d.ends_at, (r.received_on + $withdrawal_days::integer + 1)::timestamptz - interval 1 microsecond) as due_at, case when w.withdrawn_at::date >= r.received_on then w.withdrawn_at end as withdrawn_at
    from received_requests as r
    left join withdrawals as w on w.account_id = r.account_id
    left join days as d on d.day = r.received_on + $withdrawal_days::integer
    where r.type = 'consent_withdrawal' and r.requester_role is distinct from 'object'
),
judged as (
    select s.*,
           case when received_at is null then 'no_receipt'
                when received_at > $as_of then 'in_the_future'
                when withdrawn_at > due_at then 'recorded_late'
                when withdrawn_at is not null then 'withdrawn'
                when outcome = 'withdrawn' then 'taken_back'
                when due_at is null then 'no_limit'
                when due_at >= $as_of then 'not_yet_due'
                when due_at > k.known_until then 'export_ends_before_due'
                else 'overdue' end as reason
    from scoped as s
    join known_until as k on k.table_name = 'consents'
)
select request_id as record_id, account_id, country, coalesce(due_at, withdrawn_at, received_at) as event_at, due_at,
       case when reason in ('withdrawn', 'taken_back') then 'compliant'
            when reason in ('recorded_late', 'overdue') then 'violation'
            when reason = 'not_yet_due' then 'pending'
            else 'indeterminate' end as verdict,
       reason,
       withdrawn_at as met_at, received_at, type, channel
from judged;

/* examples
as_of = 2026-06-30
[a_withdrawal_on_record]
given.consents = [{ consent_id = "a", account_id = "a", withdrawn_at = 2026-01-10T06:00:00Z }, { consent_id = "b", account_id = "b", withdrawn_at = 2025-01-10T06:00:00Z }]
given.requests = [
    { request_id = "done", account_id = "a", type = "consent_withdrawal", received_at = 2026-01-10T08:00:00Z },
    { request_id = "earlier_only", account_id = "b", type = "consent_withdrawal", received_at = 2026-01-10T08:00:00Z },
    { request_id = "taken_back", account_id = "c", type = "consent_withdrawal", received_at = 2026-01-10T08:00:00Z, outcome = "withdrawn" },
    { request_id = "undated", account_id = "c", type = "consent_withdrawal" },
    { request_id = "future", account_id = "c", type = "consent_withdrawal", received_at = 2026-07-10T08:00:00Z },
    { request_id = "other", account_id = "c", type = "access", received_at = 2026-01-10T08:00:00Z },
]
expect.done = "compliant: withdrawn"
expect.earlier_only = "indeterminate: no_limit"
expect.taken_back = "compliant: taken_back"
expect.undated = "indeterminate: no_receipt"
expect.future = "indeterminate: in_the_future"
[days_set]
parameters = { withdrawal_days = 7 }
given.consents = [{ consent_id = "a", account_id = "a", withdrawn_at = 2026-06-08T23:59:59Z }, { consent_id = "b", account_id = "b", withdrawn_at = 2026-06-09T00:00:00Z }]
given.requests = [
    { request_id = "last_day", account_id = "a", type = "consent_withdrawal", received_at = 2026-06-01T08:00:00Z },
    { request_id = "a_day_late", account_id = "b", type = "consent_withdrawal", received_at = 2026-06-01T08:00:00Z },
    { request_id = "overdue", account_id = "c", type = "consent_withdrawal", received_at = 2026-06-01T08:00:00Z },
    { request_id = "due_today", account_id = "c", type = "consent_withdrawal", received_at = 2026-06-23T08:00:00Z },
]
expect = { last_day = "compliant: withdrawn", a_day_late = "violation: recorded_late", overdue = "violation: overdue", due_today = "pending: not_yet_due" }
[consents_were_exported_on_the_last_day]
parameters = { withdrawal_days = 7 }
given.export_tables = [{ table_name = "consents", covers_to = 2026-06-08T12:00:00Z }]
given.consents = []
given.requests = [
    { request_id = "a", account_id = "c", type = "consent_withdrawal", received_at = 2026-06-01T08:00:00Z }, { request_id = "b", account_id = "c", type = "consent_withdrawal", received_at = 2026-05-31T08:00:00Z },
]
expect = { a = "indeterminate: export_ends_before_due", b = "violation: overdue" }
[longer_ago_than_the_calendar_reaches]
parameters = { withdrawal_days = 10 }
given.requests = [
    { request_id = "in_time", type = "consent_withdrawal", account_id = "in_time", received_at = 1999-03-01T10:00:00Z },
    { request_id = "late", type = "consent_withdrawal", account_id = "late", received_at = 1999-03-01T10:00:00Z },
]
given.consents = [
    { account_id = "in_time", consent_id = "1", withdrawn_at = 1999-03-11T23:59:59Z }, { account_id = "late", consent_id = "2", withdrawn_at = 1999-03-12T00:00:00Z },
]
expect = { in_time = "compliant: withdrawn", late = "violation: recorded_late" }
*/
