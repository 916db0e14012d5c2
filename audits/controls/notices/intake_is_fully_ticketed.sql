/*
id         = "intake_is_fully_ticketed"
title      = "What arrives at a published address is ticketed"
short      = "All mail ticketed"
rule       = """
Of each published address and month, as many requests were ticketed as were received. An address without a count in a month cannot be told."""
maps_to    = ["GDPR 12(2)", "GDPR 13(1)(b)"]
severity   = "high"
remedy     = "Find what was lost, open tickets for it, and mend the channel"
tables.intake = ["address", "period_start", "received_count", "ticketed_count"]
dimensions = ["address"]
inject.one_lost = { intake = { received_count = "ticketed_count + 1" }, by = "concat(t.address, ' · ', strftime(t.period_start, '%Y-%m')) = f.record_id", where = "event_at < as_of" }
[reasons]
all_ticketed  = "as many ticketed as received"
some_lost     = "fewer ticketed than received"
more_ticketed = "more ticketed than received, so one of the counts is wrong"
not_counted   = "a count is missing"
export_ends_before_due = "fewer ticketed than received so far: the counts do not reach up to the end of the month"
[de]
title    = "Was an einer veröffentlichten Adresse eingeht, wird als Vorgang angelegt"
short    = "Jeder Eingang als Vorgang angelegt"
rule     = """
An jeder veröffentlichten Adresse wurden in jedem Monat so viele Anfragen als Vorgang angelegt, wie eingingen. Eine Adresse ohne Zählung in einem
Monat ist nicht entscheidbar."""
remedy   = "Verlorenes finden, Vorgänge anlegen und den Kanal instand setzen"
[de.reasons]
all_ticketed  = "so viele als Vorgang angelegt wie eingegangen"
some_lost     = "weniger als Vorgang angelegt als eingegangen"
more_ticketed = "mehr als Vorgang angelegt als eingegangen, also ist eine der Zählungen falsch"
not_counted   = "eine Zählung fehlt"
export_ends_before_due = "bisher weniger als Vorgang angelegt als eingegangen: die Zählungen reichen nicht bis zum Ende des Monats"
*/
with dated as (
    select *, end_of_day(last_day(period_start)) as month_ends_at
    from intake
    where period_start::timestamptz <= $as_of
),
judged as (
    select d.*,
           case when received_count is null or ticketed_count is null then 'not_counted'
                when ticketed_count > received_count then 'more_ticketed'
                when ticketed_count = received_count then 'all_ticketed'
                when month_ends_at > k.known_until then 'export_ends_before_due'
                else 'some_lost' end as reason
    from dated as d
    join known_until as k on k.table_name = 'intake'
)
select coalesce(address, '') || ' · ' || strftime(period_start, '%Y-%m') as record_id, null::varchar as account_id, null::varchar as country, month_ends_at as event_at, null::timestamptz as due_at,
       case when reason = 'all_ticketed' then 'compliant'
            when reason = 'some_lost' then 'violation'
            else 'indeterminate' end as verdict,
       reason,
       address, received_count, ticketed_count
from judged;

/* examples
as_of = 2026-06-30
[counts_side_by_side]
period = "2026-01"
given.intake = [
    { address = "a", period_start = 2026-01-01, received_count = 3, ticketed_count = 3 }, { address = "a", period_start = 2026-02-01, received_count = 3, ticketed_count = 2 },
    { address = "a", period_start = 2026-03-01, received_count = 3, ticketed_count = 4 }, { address = "a", period_start = 2026-04-01, received_count = 3 }, { address = "a", period_start = 2026-07-01, received_count = 3, ticketed_count = 2 },
    { address = "a", period_start = 2026-05-01, ticketed_count = 3 }, { period_start = 2026-05-01, received_count = 3, ticketed_count = 3 },
]
expect."a · 2026-01" = { verdict = "compliant: all_ticketed", event_at = 2026-01-31T23:59:59.999999Z, scope = "period" }
expect."a · 2026-02" = "violation: some_lost"
expect."a · 2026-03" = "indeterminate: more_ticketed"
expect."a · 2026-04" = "indeterminate: not_counted"
expect."a · 2026-05" = "indeterminate: not_counted"
expect." · 2026-05" = "compliant: all_ticketed"
[a_month_that_begins_as_it_is_judged]
as_of = 2026-06-01T00:00:00Z
given.intake = [{ address = "a", period_start = 2026-06-01, received_count = 0, ticketed_count = 0 }]
expect."a · 2026-06" = "compliant: all_ticketed"
[counts_that_reach_up_to_the_end_of_the_month]
given.export_info = [{ exported_at = 2026-03-31T23:59:59.999999Z }]
given.intake = [{ address = "a", period_start = 2026-03-01, received_count = 3, ticketed_count = 2 }]
expect."a · 2026-03" = "violation: some_lost"
[a_month_that_is_not_over]
given.export_info = [{ exported_at = 2026-03-15T00:00:00Z }]
given.intake = [{ address = "a", period_start = 2026-02-01, received_count = 3, ticketed_count = 2 }, { address = "a", period_start = 2026-03-01, received_count = 3, ticketed_count = 2 }]
expect."a · 2026-02" = "violation: some_lost"
expect."a · 2026-03" = "indeterminate: export_ends_before_due"
[the_last_month_counted_where_nobody_says_how_far_counts_reach]
given.export_info = [{ exported_at = "unset" }]
given.intake = [{ address = "a", period_start = 2026-02-01, received_count = 3, ticketed_count = 2 }, { address = "a", period_start = 2026-03-01, received_count = 3, ticketed_count = 2 }]
expect."a · 2026-02" = "violation: some_lost"
expect."a · 2026-03" = "indeterminate: export_ends_before_due"
*/
