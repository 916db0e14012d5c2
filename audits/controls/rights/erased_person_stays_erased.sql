/*
id         = "erased_person_stays_erased"
title      = "Who was erased stays erased"
short      = "Erased people stay erased"
rule       = """
After a removal request was closed as fulfilled, the Company does nothing more with data of that person: no disclosure, message, processing, storage,
tracker or sign-in access comes later anywhere in the export. What the person does, a new request or consent, is no such act."""
maps_to    = ["GDPR 17(1)"]
severity   = "high"
remedy     = "Find where the data came back from, and delete it there"
tables.requests = ["type", "outcome", "closed_at", "account_id", "requester_role?", "received_at?"]
tables.disclosures = ["account_id", "disclosed_at"]
tables.messages = ["account_id", "sent_at"]
tables.processing_activities = ["account_id", "started_at"]
tables.holdings = ["account_id", "collected_at"]
tables.tracker_hits = ["account_id?", "hit_at?"]
tables.oauth_grants = ["account_id?", "last_access_at?"]
absent.requests.requester_role = "whoever asks does so in their own right"
absent.tracker_hits = "no tracker is set for people who are known"
absent.oauth_grants = "nobody signs in through a third party"
dimensions = ["found_in"]
inject.written_to_again = { "+messages" = { message_id = "'selftest-' || record_id", account_id = "account_id", sent_at = "event_at + interval 1 second" } }
inject.restored = { "+holdings" = { holding_id = "'selftest-' || record_id", account_id = "account_id", collected_at = "event_at + interval 1 second" } }
[reasons]
stayed_erased = "nothing was done with data of the person later"
resurrected   = "something was done with data of the person later"
no_instant    = "when the request was closed is not recorded"
in_the_future = "it was closed after the instant of judgement"
*/
with erased as (
    select request_id, account_id, country, received_at, closed_at, channel
    from requests
    where type = 'erasure' and outcome = 'fulfilled' and requester_role is distinct from 'object'
),
later_acts as (
    select account_id, disclosed_at as done_at, 'disclosures' as found_in from disclosures
    union all select account_id, sent_at, 'messages' from messages
    union all select account_id, started_at, 'processing_activities' from processing_activities
    union all select account_id, collected_at, 'holdings' from holdings
    union all select account_id, hit_at, 'tracker_hits' from tracker_hits
    union all select account_id, last_access_at, 'oauth_grants' from oauth_grants
),
resurrected as (
    select e.request_id, min(a.done_at) as done_at, arg_min(a.found_in, a.done_at) as found_in
    from erased as e
    join later_acts as a on a.account_id = e.account_id and a.done_at > e.closed_at and a.done_at <= $as_of
    group by e.request_id
),
judged as (
    select e.*, r.done_at, r.found_in, date_diff('day', e.closed_at::date, r.done_at::date) as days_since,
           case when e.closed_at is null then 'no_instant'
                when e.closed_at > $as_of then 'in_the_future'
                when r.done_at is not null then 'resurrected'
                else 'stayed_erased' end as reason
    from erased as e
    left join resurrected as r on r.request_id = e.request_id
)
select request_id as record_id, account_id, country, coalesce(done_at, closed_at) as event_at, null::timestamptz as due_at,
       case when reason = 'stayed_erased' then 'compliant'
            when reason = 'resurrected' then 'violation'
            else 'indeterminate' end as verdict,
       reason,
       received_at, found_in, days_since, channel
from judged;

/* examples
as_of = 2026-06-30
[nothing_comes_later]
given.requests = [
    { request_id = "quiet", account_id = "a", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "written_to", account_id = "b", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "restored", account_id = "c", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "asks_again", account_id = "d", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "after_as_of", account_id = "e", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "undated", account_id = "a", type = "erasure", outcome = "fulfilled" },
    { request_id = "future", account_id = "a", type = "erasure", outcome = "fulfilled", closed_at = 2026-07-01T10:00:00Z },
    { request_id = "later", account_id = "d", type = "access", received_at = 2026-04-01T10:00:00Z },
]
given.messages = [
    { message_id = "1", account_id = "a", sent_at = 2026-03-01T10:00:00Z }, { message_id = "2", account_id = "b", sent_at = 2026-03-01T10:00:01Z }, { message_id = "3", account_id = "e", sent_at = 2026-07-01T10:00:00Z },
]
given.holdings = [{ holding_id = "1", account_id = "c", collected_at = 2026-05-01T10:00:00Z }]
expect.quiet = "compliant: stayed_erased"
expect.written_to = "violation: resurrected"
expect.restored = "violation: resurrected"
expect.asks_again = "compliant: stayed_erased"
expect.after_as_of = "compliant: stayed_erased"
expect.undated = "indeterminate: no_instant"
expect.future = "indeterminate: in_the_future"
*/
