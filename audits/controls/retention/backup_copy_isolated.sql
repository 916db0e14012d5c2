/*
id         = "backup_copy_isolated"
title      = "What cannot be deleted is isolated, untouched since, and destroyed as planned"
short      = "Backup copies isolated"
rule       = """
A backup copy that is kept because it cannot be deleted says why, and when it was isolated; nothing has processed it since; and its planned
destruction has not passed. Whether it is stored securely is a matter of attestation."""
maps_to    = ["GDPR 5(1)(e)", "GDPR 18(2)"]
severity   = "medium"
remedy     = "Isolate the copies, and plan their destruction"
tables.holdings = ["disposition", "isolated_at", "why_not_deletable", "destroy_by", "last_processed_at", "category?", "system_name?"]
dimensions = ["category", "system_name"]
inject.processed_since = { holdings = { last_processed_at = "isolated_at + interval 1 microsecond" } }
[reasons]
isolated        = "isolated, untouched since, and its end has not passed"
no_reason       = "nobody recorded why it cannot be deleted"
not_isolated    = "it was never isolated"
processed_since = "it was processed after it had been isolated"
not_destroyed   = "its planned destruction has passed"
no_end          = "no destruction is planned"
in_the_future   = "an instant lies after the instant of judgement"
export_ends_before_due = "there as far as the export reaches, which is not up to its planned destruction"
*/
with judged as (
    select h.*,
           case when isolated_at > $as_of or last_processed_at > $as_of then 'in_the_future'
                when why_not_deletable is null then 'no_reason'
                when isolated_at is null then 'not_isolated'
                when last_processed_at > isolated_at then 'processed_since'
                when destroy_by < $as_of and destroy_by > k.known_until then 'export_ends_before_due'
                when destroy_by < $as_of then 'not_destroyed'
                when destroy_by is null then 'no_end'
                else 'isolated' end as reason
    from holdings as h
    join known_until as k on k.table_name = 'holdings'
    where disposition = 'isolated_backup'
)
select holding_id as record_id, account_id, null::varchar as country,
       case when reason = 'processed_since' then last_processed_at when reason = 'not_destroyed' then destroy_by end as event_at,
       destroy_by as due_at,
       case when reason = 'isolated' then 'compliant'
            when reason in ('no_reason', 'not_isolated', 'processed_since', 'not_destroyed') then 'violation'
            else 'indeterminate' end as verdict,
       reason,
       null::timestamptz as met_at, category, system_name, isolated_at
from judged;

/* examples
as_of = 2026-06-30
[isolated_or_not]
given.holdings = [
    { holding_id = "a", disposition = "isolated_backup", why_not_deletable = "tape", isolated_at = 2026-01-01T00:00:00Z, last_processed_at = 2026-01-01T00:00:00Z, destroy_by = 2026-12-31T00:00:00Z },
    { holding_id = "b", disposition = "isolated_backup", isolated_at = 2026-01-01T00:00:00Z, destroy_by = 2026-12-31T00:00:00Z },
    { holding_id = "c", disposition = "isolated_backup", why_not_deletable = "tape", destroy_by = 2026-12-31T00:00:00Z },
    { holding_id = "d", disposition = "isolated_backup", why_not_deletable = "tape", isolated_at = 2026-01-01T00:00:00Z, last_processed_at = 2026-01-01T00:00:01Z, destroy_by = 2026-12-31T00:00:00Z },
    { holding_id = "e", disposition = "isolated_backup", why_not_deletable = "tape", isolated_at = 2026-01-01T00:00:00Z, destroy_by = 2026-06-29T00:00:00Z },
    { holding_id = "f", disposition = "isolated_backup", why_not_deletable = "tape", isolated_at = 2026-01-01T00:00:00Z },
    { holding_id = "g", disposition = "isolated_backup", why_not_deletable = "tape", isolated_at = 2026-07-01T00:00:00Z, destroy_by = 2026-12-31T00:00:00Z },
    { holding_id = "live", disposition = "held" },
]
expect.a = "compliant: isolated"
expect.b = "violation: no_reason"
expect.c = "violation: not_isolated"
expect.d = "violation: processed_since"
expect.e = "violation: not_destroyed"
expect.f = "indeterminate: no_end"
expect.g = "indeterminate: in_the_future"
[the_export_stops_before_its_destruction]
given.export_info = [{ exported_at = 2026-06-10T12:00:00Z }]
given.holdings = [
    { holding_id = "a", disposition = "isolated_backup", why_not_deletable = "tape", isolated_at = 2026-01-01T00:00:00Z, destroy_by = 2026-06-10T12:00:01Z },
    { holding_id = "b", disposition = "isolated_backup", why_not_deletable = "tape", isolated_at = 2026-01-01T00:00:00Z, destroy_by = 2026-06-10T12:00:00Z },
]
expect = { a = "indeterminate: export_ends_before_due", b = "violation: not_destroyed" }
*/
