/*
id         = "logs_deleted"
title      = "Lines of the log are deleted within {days} days"
short      = "Logs deleted within {days} days"
rule       = "A line is deleted by the end of the last of {days} days after the day it was written."
severity   = "medium"
remedy     = "Delete what is older"
tables.logs = ["written_at", "deleted_at", "system_name?"]
begins     = "written_at"
dimensions = ["system_name"]
parameters.days = { default = 90, unit = "days" }
[reasons]
in_time  = "deleted in time"
late     = "deleted after its last day"
overdue  = "not deleted, and its last day has passed"
in_the_future = "an instant lies after the instant of judgement"
export_ends_before_due = "not deleted as far as the export reaches, which is not up to its last day"
not_due  = "there is time left"
no_start = "when it was written is not recorded"
*/
with dated as (
    select *, end_of_day(written_at::date + $days::integer) as due_at from logs
),
judged as (
    select d.*,
           case when written_at is null then 'no_start'
                when written_at > $as_of or deleted_at > $as_of then 'in_the_future'
                when deleted_at <= due_at then 'in_time'
                when deleted_at > due_at then 'late'
                when due_at >= $as_of then 'not_due'
                when due_at > k.known_until then 'export_ends_before_due'
                else 'overdue' end as reason
    from dated as d
    join known_until as k on k.table_name = 'logs'
)
select log_id as record_id, null::varchar as account_id, null::varchar as country, due_at as event_at, due_at,
       case when reason = 'in_time' then 'compliant'
            when reason in ('late', 'overdue') then 'violation'
            when reason = 'not_due' then 'pending'
            else 'indeterminate' end as verdict,
       reason,
       deleted_at as met_at, written_at, system_name
from judged;

/* examples
as_of = 2026-10-31
[on_the_last_day_and_after]
given.logs = [
    { log_id = "kept", written_at = 2026-07-01T10:00:00Z, deleted_at = 2026-09-29T23:59:59Z },
    { log_id = "late", written_at = 2026-07-01T10:00:00Z, deleted_at = 2026-09-30T00:00:00Z },
    { log_id = "still_there", written_at = 2026-07-01T10:00:00Z },
    { log_id = "young", written_at = 2026-10-01T10:00:00Z },
]
expect = { kept = "compliant: in_time", late = "violation: late", still_there = "violation: overdue", young = "pending: not_due" }
[the_data_cannot_tell]
given.logs = [
    { log_id = "no_start" },
    { log_id = "ahead", written_at = 2026-07-01T10:00:00Z, deleted_at = 2026-12-01T10:00:00Z },
]
expect = { no_start = "indeterminate: no_start", ahead = "indeterminate: in_the_future" }
[the_export_stops_before_the_last_day]
given.export_info = [{ exported_at = 2026-10-01T00:00:00Z }]
given.logs = [{ log_id = "a", written_at = 2026-07-10T10:00:00Z }]
expect = { a = "indeterminate: export_ends_before_due" }
*/
