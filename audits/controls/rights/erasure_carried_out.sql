/*
id         = "erasure_carried_out"
title      = "What a fulfilled removal promised to delete is deleted when the request is closed"
short      = "Erasures carried out"
rule       = """
When a removal request is closed as fulfilled, everything stored of that person is deleted, anonymised or isolated by the end of that day, but for
what is held for records, transactions or legal duties. It is open until the last of it is disposed of."""
maps_to    = ["GDPR 17(1)", "GDPR 17(3)"]
severity   = "high"
remedy     = "Delete what is still stored of those who were told it is deleted"
tables.requests = ["type", "outcome", "closed_at", "account_id", "requester_role?", "received_at?"]
tables.holdings = ["account_id", "disposition", "disposed_at", "hold_ground", "collected_at??", "isolated_at??"]
absent.requests.requester_role = "whoever asks does so in their own right"
dimensions = ["channel"]
parameters.erasure_exceptions = { type = "words", of = "ground" }
inject.left_behind = { "+holdings" = { holding_id = "'selftest-' || record_id", account_id = "account_id", disposition = "'held'", collected_at = "event_at - interval 1 day" } }
inject.a_day_late = { "+holdings" = { holding_id = "'selftest-' || record_id", account_id = "account_id", disposition = "'deleted'", collected_at = "event_at - interval 1 day", disposed_at = "(event_at::date + 1)::timestamptz" } }
[reasons]
carried_out   = "nothing is left, but for what may be kept"
nothing_held  = "nothing is stored of the person, as far as the export shows"
still_held    = "something is still held on no permitted ground"
disposed_late = "something was disposed of after the request was closed"
not_recorded  = "when the request was closed, or what became of something, is not recorded"
in_the_future = "it was closed after the instant of judgement"
export_ends_before_due = "something is held as far as the export reaches, which is not up to the end of the day of closing"
*/
with erased as (
    select request_id, account_id, country, received_at, closed_at, channel
    from requests
    where type = 'erasure' and outcome = 'fulfilled' and requester_role is distinct from 'object'
),
stored as (
    select e.request_id,
           count(*) filter (where h.disposition = 'held' and coalesce(h.hold_ground not in $erasure_exceptions, true)) as held,
           count(*) filter (where h.disposition in ('deleted', 'anonymised') and h.disposed_at > (e.closed_at::date + 1)::timestamptz - interval 1 microsecond) as late,
           count(*) filter (where h.disposition is null or (h.disposition in ('deleted', 'anonymised') and h.disposed_at is null)) as unknown,
           max(h.disposed_at) as disposed_at, count(*) as stored
    from erased as e
    join holdings as h on h.account_id = e.account_id and coalesce(h.collected_at <= e.closed_at, true)
    group by e.request_id
),
judged as (
    select e.*, s.held, s.late, case when s.held + s.unknown = 0 then s.disposed_at end as disposed_at,
           case when e.closed_at > $as_of then 'in_the_future'
                when e.closed_at is null then 'not_recorded'
                when s.stored is null then 'nothing_held'
                when s.held > 0 and (e.closed_at::date + 1)::timestamptz - interval 1 microsecond <= k.known_until then 'still_held'
                when s.late > 0 then 'disposed_late'
                when s.held > 0 then 'export_ends_before_due'
                when s.unknown > 0 then 'not_recorded'
                else 'carried_out' end as reason
    from erased as e
    join known_until as k on k.table_name = 'holdings'
    left join stored as s on s.request_id = e.request_id
)
select request_id as record_id, account_id, country, closed_at as event_at, null::timestamptz as due_at,
       case when reason in ('carried_out', 'nothing_held') then 'compliant'
            when reason in ('still_held', 'disposed_late') then 'violation'
            else 'indeterminate' end as verdict,
       reason,
       disposed_at as met_at, received_at, held, late, channel
from judged;

/* examples
as_of = 2026-06-30
parameters = { erasure_exceptions = ["record_keeping", "transaction", "legal_obligation"] }
[what_is_left]
given.requests = [
    { request_id = "clean", account_id = "a", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "none", account_id = "b", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "held", account_id = "c", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "late", account_id = "d", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "undated", account_id = "a", type = "erasure", outcome = "fulfilled" },
    { request_id = "vague", account_id = "e", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "future", account_id = "a", type = "erasure", outcome = "fulfilled", closed_at = 2026-07-01T10:00:00Z },
    { request_id = "refused", account_id = "c", type = "erasure", outcome = "denied", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "collected_later", account_id = "f", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z },
]
given.holdings = [
    { holding_id = "1", account_id = "a", disposition = "deleted", disposed_at = 2026-03-01T23:59:59Z },
    { holding_id = "2", account_id = "a", disposition = "held", hold_ground = "record_keeping" },
    { holding_id = "3", account_id = "a", disposition = "isolated_backup" },
    { holding_id = "4", account_id = "c", disposition = "held", hold_ground = "habit" },
    { holding_id = "5", account_id = "d", disposition = "deleted", disposed_at = 2026-03-02T00:00:00Z },
    { holding_id = "6", account_id = "e", disposition = "deleted" },
    { holding_id = "7", account_id = "f", disposition = "held", collected_at = 2026-04-01T00:00:00Z },
]
expect.clean = "compliant: carried_out"
expect.none = "compliant: nothing_held"
expect.held = "violation: still_held"
expect.late = "violation: disposed_late"
expect.undated = "indeterminate: not_recorded"
expect.vague = "indeterminate: not_recorded"
expect.future = "indeterminate: in_the_future"
expect.collected_later = "compliant: nothing_held"
[what_is_stored_was_exported_on_the_day_of_closing]
given.export_tables = [{ table_name = "holdings", covers_to = 2026-03-01T23:59:00Z }]
given.requests = [
    { request_id = "that_day", account_id = "a", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z }, { request_id = "the_day_before", account_id = "a", type = "erasure", outcome = "fulfilled", closed_at = 2026-02-28T10:00:00Z },
]
given.holdings = [{ holding_id = "1", account_id = "a", disposition = "held" }]
expect = { that_day = "indeterminate: export_ends_before_due", the_day_before = "violation: still_held" }
*/
