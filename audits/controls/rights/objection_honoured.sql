/*
id         = "objection_honoured"
title      = "Processing is stopped while an objection is considered, and after it was upheld"
short      = "Objections honoured"
rule       = """
From the receipt of an objection until it is refused, and for good once it is upheld, nothing goes on with data of that person on legitimate
interests, and no newsletter or promotion is sent. An objection that was refused lets processing go on from the refusal. The clock has the grace of
the day of receipt: processing that ends by the end of that day is kept. What went on is open until it ended; a message is over when it was sent."""
maps_to    = ["GDPR 18(1)(b)", "GDPR 21(1)", "GDPR 21(3)"]
severity   = "high"
remedy     = "Stop the processing that was objected to"
tables.requests = ["type", "received_at", "responded_at", "outcome", "account_id", "requester_role?"]
tables.processing_activities = ["account_id", "legal_basis", "started_at", "ended_at"]
tables.messages = ["account_id", "kind", "sent_at"]
absent.requests.requester_role = "whoever asks does so in their own right"
dimensions = ["channel"]
inject.goes_on = { "+processing_activities" = { activity_id = "'selftest-' || record_id", account_id = "account_id", legal_basis = "'legitimate_interest'", started_at = "event_at - interval 1 day" }, where = "outcome = 'fulfilled' or outcome is null" }
inject.written_to_again = { "+messages" = { message_id = "'selftest-' || record_id", account_id = "account_id", kind = "'promotion'", sent_at = "(event_at::date + 1)::timestamptz" }, where = "outcome = 'fulfilled' and event_at < as_of - to_days(3)" }
[reasons]
stopped       = "nothing went on"
went_on       = "processing on legitimate interests went on"
written_to    = "a newsletter or promotion was sent"
no_receipt    = "the day of receipt is not recorded"
in_the_future = "it was received after the instant of judgement"
export_ends_before_due = "processing went on as far as the export reaches, which is not up to when it had to stop"
*/
with objections as (
    select *, (received_at::date + 1)::timestamptz as stops_at,
           case when outcome in ('denied', 'withdrawn') then responded_at else $as_of end as until_at
    from requests
    where type = 'objection' and requester_role is distinct from 'object'
),
processed as (
    select o.request_id, min(greatest(p.started_at, o.stops_at)) filter (where coalesce(p.ended_at, k.known_until) >= o.stops_at or p.started_at >= o.stops_at) as went_on_at,
           nullif(max(least(p.ended_at, o.until_at)), $as_of) as ended_at
    from objections as o
    join known_until as k on k.table_name = 'processing_activities'
    join processing_activities as p on p.account_id = o.account_id and p.legal_basis = 'legitimate_interest'
    where p.started_at < o.until_at and coalesce(p.ended_at, $as_of) >= o.stops_at and o.until_at >= o.stops_at
    group by o.request_id
),
written as (
    select o.request_id, min(m.sent_at) as sent_at, max(m.sent_at) as last_sent_at
    from objections as o
    join messages as m on m.account_id = o.account_id and m.kind in ('newsletter', 'promotion')
    where m.sent_at >= o.stops_at and m.sent_at < o.until_at
    group by o.request_id
),
judged as (
    select o.*, coalesce(p.went_on_at, w.sent_at) as went_on_at, case when p.request_id is null then w.last_sent_at else p.ended_at end as over_at,
           case when o.received_at is null then 'no_receipt'
                when o.received_at > $as_of then 'in_the_future'
                when p.went_on_at is not null then 'went_on'
                when w.sent_at is not null then 'written_to'
                when p.request_id is not null then 'export_ends_before_due'
                else 'stopped' end as reason
    from objections as o
    left join processed as p on p.request_id = o.request_id
    left join written as w on w.request_id = o.request_id
)
select request_id as record_id, account_id, country, coalesce(went_on_at, received_at) as event_at, null::timestamptz as due_at,
       case when reason = 'stopped' then 'compliant'
            when reason in ('went_on', 'written_to') then 'violation'
            else 'indeterminate' end as verdict,
       reason,
       over_at as met_at, received_at, outcome, type, channel
from judged;

/* examples
as_of = 2026-06-30
[what_goes_on]
given.requests = [
    { request_id = "quiet", account_id = "a", type = "objection", received_at = 2026-03-01T10:00:00Z, responded_at = 2026-03-10T10:00:00Z, outcome = "fulfilled" },
    { request_id = "goes_on", account_id = "b", type = "objection", received_at = 2026-03-01T10:00:00Z, responded_at = 2026-03-10T10:00:00Z, outcome = "fulfilled" },
    { request_id = "refused", account_id = "c", type = "objection", received_at = 2026-03-01T10:00:00Z, responded_at = 2026-03-10T10:00:00Z, outcome = "denied" },
    { request_id = "not_paused", account_id = "d", type = "objection", received_at = 2026-03-01T10:00:00Z, responded_at = 2026-03-10T10:00:00Z, outcome = "denied" },
    { request_id = "written_to", account_id = "e", type = "objection", received_at = 2026-03-01T10:00:00Z },
    { request_id = "undated", account_id = "a", type = "objection" },
    { request_id = "future", account_id = "a", type = "objection", received_at = 2026-07-01T10:00:00Z },
]
given.processing_activities = [
    { activity_id = "1", account_id = "a", legal_basis = "legitimate_interest", started_at = 2025-03-01T00:00:00Z, ended_at = 2026-03-01T23:59:59Z },
    { activity_id = "2", account_id = "a", legal_basis = "contract", started_at = 2025-03-01T00:00:00Z },
    { activity_id = "3", account_id = "b", legal_basis = "legitimate_interest", started_at = 2025-03-01T00:00:00Z, ended_at = 2026-03-02T00:00:00Z },
    { activity_id = "4", account_id = "c", legal_basis = "legitimate_interest", started_at = 2026-03-10T10:00:00Z },
    { activity_id = "5", account_id = "d", legal_basis = "legitimate_interest", started_at = 2025-03-01T00:00:00Z },
]
given.messages = [{ message_id = "1", account_id = "e", kind = "promotion", sent_at = 2026-03-02T00:00:00Z }, { message_id = "2", account_id = "a", kind = "service", sent_at = 2026-03-05T00:00:00Z }]
expect.quiet = "compliant: stopped"
expect.goes_on = "violation: went_on"
expect.refused = "compliant: stopped"
expect.not_paused = "violation: went_on"
expect.written_to = "violation: written_to"
expect.undated = "indeterminate: no_receipt"
expect.future = "indeterminate: in_the_future"
[what_is_processed_was_exported_before_it_had_to_stop]
given.export_tables = [{ table_name = "processing_activities", covers_to = 2026-03-02T00:00:00Z }]
given.requests = [
    { request_id = "on_its_day", account_id = "a", type = "objection", received_at = 2026-03-02T10:00:00Z }, { request_id = "the_day_before", account_id = "b", type = "objection", received_at = 2026-03-01T10:00:00Z },
    { request_id = "begun_since", account_id = "c", type = "objection", received_at = 2026-03-02T10:00:00Z },
]
given.processing_activities = [
    { activity_id = "1", account_id = "a", legal_basis = "legitimate_interest", started_at = 2025-03-01T00:00:00Z }, { activity_id = "2", account_id = "b", legal_basis = "legitimate_interest", started_at = 2025-03-01T00:00:00Z },
    { activity_id = "3", account_id = "c", legal_basis = "legitimate_interest", started_at = 2026-03-03T00:00:00Z },
]
expect.on_its_day = "indeterminate: export_ends_before_due"
expect.the_day_before = "violation: went_on"
expect.begun_since = "violation: went_on"
*/
