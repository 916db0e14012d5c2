/*
id         = "visitor_data_deleted_after_leaving"
title      = "Data of visitors is deleted once their subscriber has left"
short      = "Visitors' data deleted after leaving"
rule       = """
What the Company itself still stores of the visitors of a subscriber whose account was closed is deleted, anonymised or isolated. Without a number of days: set deletion_days to judge the time too; unset, what is still there is indeterminate. What the subscriber deletes at its own end is a
matter of its evidence."""
maps_to    = ["GDPR 28(3)(g)"]
severity   = "medium"
remedy     = "Delete the visitors' data of subscribers who left"
tables.holdings = ["account_id", "disposition", "disposed_at", "isolated_at?", "category?", "system_name?"]
tables.accounts = ["controller_subscriber_id", "closed_at"]
dimensions = ["category"]
parameters.deletion_days = { type = "integer", unit = "days" }
readings."within ninety days" = { deletion_days = 90 }
inject.still_there = { holdings = { disposition = "'held'", disposed_at = "null" }, parameters = { deletion_days = 90 }, where = "due_at < as_of" }
[reasons]
disposed      = "deleted, anonymised or isolated"
disposed_late = "deleted or anonymised later than the days set"
still_held    = "still there, and the days set have passed"
not_yet_due   = "still there, and the days set have not passed"
no_limit      = "still there, and the policy gives no number of days"
state_unknown = "what became of it, or when, is not recorded"
export_ends_before_due = "still there as far as the export reaches, which is not up to the end of the days set"
*/
with leavers as (
    select account_id, max(closed_at) as closed_at from accounts where closed_at <= $as_of group by account_id
),
people as (
    select account_id, min(controller_subscriber_id) as subscriber_id from accounts where controller_subscriber_id is not null group by account_id
),
dated as (
    select h.*, l.closed_at, end_of_day(l.closed_at::date + $deletion_days::integer) as due_at
    from holdings as h
    join people as p on p.account_id = h.account_id
    join leavers as l on l.account_id = p.subscriber_id
),
judged as (
    select d.*,
           case when disposition is null or (disposition in ('deleted', 'anonymised') and disposed_at is null) then 'state_unknown'
                when disposed_at > due_at then 'disposed_late'
                when disposition <> 'held' then 'disposed'
                when due_at is null then 'no_limit'
                when due_at >= $as_of then 'not_yet_due'
                when due_at > k.known_until then 'export_ends_before_due'
                else 'still_held' end as reason
    from dated as d
    join known_until as k on k.table_name = 'holdings'
)
select holding_id as record_id, account_id, null::varchar as country, coalesce(due_at, closed_at) as event_at, due_at,
       case when reason = 'disposed' then 'compliant'
            when reason in ('disposed_late', 'still_held') then 'violation'
            when reason = 'not_yet_due' then 'pending'
            else 'indeterminate' end as verdict,
       reason,
       case when disposition <> 'held' then coalesce(disposed_at, isolated_at, closed_at) end as met_at, category, system_name
from judged;

/* examples
as_of = 2026-06-30
[no_number_of_days]
given.accounts = [{ account_id = "left", closed_at = 2026-05-01T10:00:00Z }, { account_id = "stays" }, { account_id = "v", controller_subscriber_id = "left" }, { account_id = "w", controller_subscriber_id = "stays" }]
given.holdings = [
    { holding_id = "gone", account_id = "v", disposition = "deleted", disposed_at = 2026-06-20T00:00:00Z }, { holding_id = "held", account_id = "v", disposition = "held" },
    { holding_id = "odd", account_id = "v", disposition = "deleted" }, { holding_id = "runs", account_id = "w", disposition = "held" },
]
expect = { gone = "compliant: disposed", held = "indeterminate: no_limit", odd = "indeterminate: state_unknown" }
[days_set]
parameters = { deletion_days = 30 }
given.accounts = [{ account_id = "left", closed_at = 2026-05-01T10:00:00Z }, { account_id = "leaving", closed_at = 2026-05-31T10:00:00Z }, { account_id = "v", controller_subscriber_id = "left" }, { account_id = "w", controller_subscriber_id = "leaving" }]
given.holdings = [
    { holding_id = "on_the_last_day", account_id = "v", disposition = "deleted", disposed_at = 2026-05-31T23:59:59Z }, { holding_id = "a_day_late", account_id = "v", disposition = "deleted", disposed_at = 2026-06-01T00:00:00Z },
    { holding_id = "held", account_id = "v", disposition = "held" }, { holding_id = "due_today", account_id = "w", disposition = "held" },
]
expect = { on_the_last_day = "compliant: disposed", a_day_late = "violation: disposed_late", held = "violation: still_held", due_today = "pending: not_yet_due" }
[the_export_stops_on_the_last_day]
parameters = { deletion_days = 30 }
given.export_tables = [{ table_name = "holdings", covers_to = 2026-05-31T12:00:00Z }]
given.accounts = [
    { account_id = "s", closed_at = 2026-05-01T10:00:00Z }, { account_id = "t", closed_at = 2026-04-30T10:00:00Z },
    { account_id = "v", controller_subscriber_id = "s" }, { account_id = "w", controller_subscriber_id = "t" },
]
given.holdings = [{ holding_id = "on_its_last_day", account_id = "v", disposition = "held" }, { holding_id = "the_day_before", account_id = "w", disposition = "held" }]
expect = { on_its_last_day = "indeterminate: export_ends_before_due", the_day_before = "violation: still_held" }
*/
