/*
id         = "erasure_told_to_recipients"
title      = "Recipients who had the data are told of its erasure"
short      = "Recipients told of erasures"
rule       = """
When a removal request is closed as fulfilled, each processor and subprocessor that was given data of that person before was told: a step
recipient_told of the request names it as the actor. A request whose recipients were not all told within tell_days of closing is a violation."""
maps_to    = ["GDPR 19"]
severity   = "high"
remedy     = "Tell the recipients who had the data"
tables.requests = ["type", "outcome", "closed_at", "account_id", "requester_role?", "received_at?"]
tables.disclosures = ["account_id", "recipient_id", "disclosed_at"]
tables.processors = ["kind"]
tables.request_events = ["event", "actor", "occurred_at"]
absent.requests.requester_role = "whoever asks does so in their own right"
dimensions = ["channel"]
parameters.tell_days = { default = 30, unit = "days" }
readings."at once, on the day of closing" = { tell_days = 0 }
inject.forgotten = { by = "t.request_id = f.record_id", request_events = { event = "'selftest'" }, where = "reason = 'told' and due_at < as_of" }
inject.told_too_late = { by = "t.request_id = f.record_id", request_events = { occurred_at = "f.due_at + interval 1 second" }, where = "reason = 'told' and due_at < as_of - to_days(1)" }
[reasons]
told            = "all who had data were told in time"
nobody_had_data = "nobody was given data of the person, as far as the export shows"
told_late       = "somebody was told later than that"
not_told        = "somebody was not told, and the time is over"
not_yet_due     = "somebody was not told, and the time is not over"
no_instant      = "when the request was closed is not recorded"
in_the_future   = "it was closed after the instant of judgement"
export_ends_before_due = "somebody was not told as far as the export reaches, which is not up to the end of the time"
*/
with erased as (
    select request_id, account_id, country, received_at, closed_at, channel
    from requests
    where type = 'erasure' and outcome = 'fulfilled' and requester_role is distinct from 'object'
),
had_data as (
    select distinct e.request_id, e.closed_at, d.recipient_id
    from erased as e
    join disclosures as d on d.account_id = e.account_id and d.disclosed_at <= e.closed_at
    where d.recipient_id in (select recipient_id from processors where kind in ('processor', 'subprocessor'))
),
told as (
    select request_id, actor as recipient_id, min(occurred_at) as told_at from request_events where event = 'recipient_told' group by request_id, actor
),
recipients as (
    select h.request_id, count(*) as recipients, count(*) - count(t.told_at) as untold, max(t.told_at) as last_told_at
    from had_data as h
    left join told as t on t.request_id = h.request_id and t.recipient_id = h.recipient_id
    group by h.request_id
),
judged as (
    select e.*, r.recipients, r.untold, r.last_told_at, (e.closed_at::date + $tell_days::integer + 1)::timestamptz - interval 1 microsecond as due_at,
           case when e.closed_at is null then 'no_instant'
                when e.closed_at > $as_of then 'in_the_future'
                when r.recipients is null then 'nobody_had_data'
                when r.untold > 0 and due_at >= $as_of then 'not_yet_due'
                when r.untold > 0 and due_at > k.known_until then 'export_ends_before_due'
                when r.untold > 0 then 'not_told'
                when r.last_told_at > due_at then 'told_late'
                else 'told' end as reason
    from erased as e
    join known_until as k on k.table_name = 'request_events'
    left join recipients as r on r.request_id = e.request_id
)
select request_id as record_id, account_id, country, due_at as event_at, due_at,
       case when reason in ('told', 'nobody_had_data') then 'compliant'
            when reason in ('told_late', 'not_told') then 'violation'
            when reason = 'not_yet_due' then 'pending'
            else 'indeterminate' end as verdict,
       reason,
       case when untold > 0 then null else coalesce(last_told_at, closed_at) end as met_at, received_at, recipients, untold, channel
from judged;

/* examples
as_of = 2026-06-30
[who_had_data]
given.processors = [{ recipient_id = "p", kind = "processor" }, { recipient_id = "q", kind = "processor" }, { recipient_id = "court", kind = "authority" }]
given.disclosures = [
    { disclosure_id = "1", account_id = "a", recipient_id = "p", disclosed_at = 2026-01-01T00:00:00Z }, { disclosure_id = "2", account_id = "a", recipient_id = "court", disclosed_at = 2026-01-01T00:00:00Z },
    { disclosure_id = "3", account_id = "b", recipient_id = "p", disclosed_at = 2026-01-01T00:00:00Z }, { disclosure_id = "4", account_id = "b", recipient_id = "q", disclosed_at = 2026-01-01T00:00:00Z },
]
given.requests = [
    { request_id = "told", account_id = "a", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "half", account_id = "b", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "late", account_id = "a", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-02T10:00:00Z },
    { request_id = "recent", account_id = "a", type = "erasure", outcome = "fulfilled", closed_at = 2026-05-31T10:00:00Z },
    { request_id = "nobody", account_id = "c", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "undated", account_id = "a", type = "erasure", outcome = "fulfilled" },
    { request_id = "future", account_id = "a", type = "erasure", outcome = "fulfilled", closed_at = 2026-07-01T10:00:00Z },
]
given.request_events = [
    { request_id = "told", seq = 1, event = "recipient_told", actor = "p", occurred_at = 2026-03-31T23:59:59Z },
    { request_id = "half", seq = 1, event = "recipient_told", actor = "p", occurred_at = 2026-03-03T10:00:00Z },
    { request_id = "late", seq = 1, event = "recipient_told", actor = "p", occurred_at = 2026-04-02T00:00:00Z },
]
expect.told = "compliant: told"
expect.half = "violation: not_told"
expect.late = "violation: told_late"
expect.recent = "pending: not_yet_due"
expect.nobody = "compliant: nobody_had_data"
expect.undated = "indeterminate: no_instant"
expect.future = "indeterminate: in_the_future"
[steps_were_exported_on_the_last_day]
given.export_tables = [{ table_name = "request_events", covers_to = 2026-05-31T12:00:00Z }]
given.processors = [{ recipient_id = "p", kind = "processor" }]
given.disclosures = [{ disclosure_id = "1", account_id = "a", recipient_id = "p", disclosed_at = 2026-01-01T00:00:00Z }]
given.requests = [
    { request_id = "a", account_id = "a", type = "erasure", outcome = "fulfilled", closed_at = 2026-05-01T10:00:00Z }, { request_id = "b", account_id = "a", type = "erasure", outcome = "fulfilled", closed_at = 2026-04-30T10:00:00Z },
]
given.request_events = []
expect = { a = "indeterminate: export_ends_before_due", b = "violation: not_told" }
*/
