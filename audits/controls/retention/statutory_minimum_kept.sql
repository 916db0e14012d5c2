/*
id         = "statutory_minimum_kept"
title      = "Records that a statute demands are kept as long as it demands"
short      = "Statutory records kept long enough"
rule       = """
What a statute demands to be kept, by the shortest time of the retention schedule, is not deleted or anonymised before so many days after what starts
its window have passed. Where the schedule demands a shortest time of anything, a category that it does not have cannot be told."""
maps_to    = ["GDPR 6(1)(c)", "GDPR 17(3)(b)"]
severity   = "medium"
remedy     = "Restore the records from backups, and stop their deletion"
acts       = true
tables.holdings = ["account_id", "category", "disposition", "disposed_at", "need_ended_at??", "system_name?"]
tables.retention_schedule = ["min_days", "window_starts"]
tables.accounts = ["closed_at", "agreement_ended_at??", "last_activity_at??"]
dimensions = ["category"]
inject.deleted_on_the_last_day = { holdings = { disposition = "'deleted'", disposed_at = "least(coalesce(f.due_at, f.as_of), f.as_of) - interval 1 second" }, where = "due_at is not null" }
[reasons]
activity_later = "the person was active after it was disposed of, and when last before is not recorded"
kept               = "still there, or a backup of it"
kept_long_enough   = "disposed of after the minimum had passed"
disposed_too_early = "disposed of before the minimum had passed"
not_in_schedule    = "its category is not in the schedule, so that nobody can tell whether a statute demands it"
no_instant         = "what became of it, or when, is not recorded"
no_start           = "disposed of before anything started its window, as far as is recorded"
in_the_future      = "disposed of after the instant of judgement"
[de]
title    = "Unterlagen, die ein Gesetz verlangt, werden so lange aufbewahrt, wie es verlangt"
short    = "Gesetzliche Aufbewahrung eingehalten"
rule     = """
Was nach einem Gesetz aufzubewahren ist, nach der Mindestzeit des Löschkonzepts, wird nicht gelöscht oder anonymisiert, bevor so viele Tage nach dem
vergangen sind, was seine Frist auslöst. Wo das Löschkonzept überhaupt Mindestzeiten nennt, ist eine Kategorie, die es nicht enthält, nicht
entscheidbar."""
remedy   = "Die Unterlagen aus Sicherungen herstellen und ihre Löschung beenden"
[de.reasons]
activity_later = "die Person war nach der Löschung oder Anonymisierung noch aktiv, und wann zuletzt davor, ist nicht erfasst"
kept               = "noch da, oder eine Sicherung davon"
kept_long_enough   = "beseitigt, nachdem die Mindestzeit vorbei war"
disposed_too_early = "beseitigt, bevor die Mindestzeit vorbei war"
not_in_schedule    = "die Kategorie steht nicht im Löschkonzept, sodass niemand weiß, ob ein Gesetz es verlangt"
no_instant         = "was daraus wurde oder wann, ist nicht erfasst"
no_start           = "beseitigt, bevor etwas die Frist auslöste, soweit erfasst"
in_the_future      = "beseitigt wurde nach dem Stichtag"
*/
with schedule as (
    select category, min(window_starts) as window_starts, max(min_days) as min_days from retention_schedule group by category having max(min_days) is not null
),
people as (
    select account_id, max(closed_at) as closed_at, max(agreement_ended_at) as agreement_ended_at, max(last_activity_at) as last_activity_at
    from accounts
    where account_id in (select account_id from holdings where category in (select category from schedule))
    group by account_id
),
dated as (
    select h.*, s.category is null as is_unscheduled, s.window_starts = 'last_activity_at' and p.last_activity_at > h.disposed_at as is_active_later, end_of_day(case s.window_starts when 'closed_at' then p.closed_at when 'agreement_ended_at' then p.agreement_ended_at
                                      when 'last_activity_at' then p.last_activity_at else h.need_ended_at end::date
                 + s.min_days::integer) as keep_until
    from holdings as h
    left join schedule as s on s.category = h.category
    left join people as p on p.account_id = h.account_id
    where s.category is not null
       or (h.category not in (select category from retention_schedule where category is not null) and (select count(*) from schedule) > 0)
),
judged as (
    select *,
           case when is_unscheduled then 'not_in_schedule'
                when disposition not in ('deleted', 'anonymised') then 'kept'
                when disposed_at is null then 'no_instant'
                when disposed_at > $as_of then 'in_the_future'
                when keep_until is null then 'no_start'
                when is_active_later then 'activity_later'
                when disposed_at > keep_until then 'kept_long_enough'
                else 'disposed_too_early' end as reason
    from dated
)
select holding_id as record_id, account_id, null::varchar as country, disposed_at as event_at, keep_until as due_at,
       case when reason in ('kept', 'kept_long_enough') then 'compliant'
            when reason = 'disposed_too_early' then 'violation'
            else 'indeterminate' end as verdict,
       reason,
       category, system_name
from judged;

/* examples
as_of = 2026-06-30
[the_last_day_of_the_minimum]
period = "2026-01"
given.retention_schedule = [{ category = "invoice", window_starts = "closed_at", min_days = 10 }, { category = "chat", window_starts = "closed_at", max_days = 5 }]
given.accounts = [{ account_id = "left", closed_at = 2026-05-01T10:00:00Z, last_activity_at = 2026-06-01T10:00:00Z }, { account_id = "stays" }]
given.holdings = [
    { holding_id = "held", account_id = "left", category = "invoice", disposition = "held" },
    { holding_id = "a_day_after", account_id = "left", category = "invoice", disposition = "deleted", disposed_at = 2026-05-12T00:00:00Z },
    { holding_id = "on_the_last_day", account_id = "left", category = "invoice", disposition = "deleted", disposed_at = 2026-05-11T23:59:59Z },
    { holding_id = "undated", account_id = "left", category = "invoice", disposition = "deleted" },
    { holding_id = "unstarted", account_id = "stays", category = "invoice", disposition = "deleted", disposed_at = 2026-05-11T23:59:59Z },
    { holding_id = "future", account_id = "left", category = "invoice", disposition = "deleted", disposed_at = 2026-07-11T23:59:59Z },
    { holding_id = "chat", account_id = "left", category = "chat", disposition = "deleted", disposed_at = 2026-05-02T00:00:00Z },
]
expect.held = "compliant: kept"
expect.a_day_after = { verdict = "compliant: kept_long_enough", account = "left", event_at = 2026-05-12T00:00:00Z, met_at = 2026-05-12T00:00:00Z, scope = "later", due_at = 2026-05-11T23:59:59.999999Z }
expect.on_the_last_day = { verdict = "violation: disposed_too_early", due_at = 2026-05-11T23:59:59.999999Z }
expect.undated = "indeterminate: no_instant"
expect.unstarted = "indeterminate: no_start"
expect.future = "indeterminate: in_the_future"
[a_category_that_the_schedule_does_not_have]
given.retention_schedule = [{ category = "tax_record", window_starts = "closed_at", min_days = 10 }, { category = "chat", window_starts = "closed_at", max_days = 5 }, { window_starts = "closed_at", max_days = 7 }]
given.accounts = [{ account_id = "left", closed_at = 2026-05-01T10:00:00Z }]
given.holdings = [
    { holding_id = "other_words", account_id = "left", category = "tax records", disposition = "deleted", disposed_at = 2026-05-02T00:00:00Z }, { holding_id = "still_there", account_id = "left", category = "novel", disposition = "held" },
    { holding_id = "chat", account_id = "left", category = "chat", disposition = "deleted", disposed_at = 2026-05-02T00:00:00Z },
]
expect = { other_words = "indeterminate: not_in_schedule", still_there = "indeterminate: not_in_schedule" }
[no_minimum_in_the_schedule]
given.retention_schedule = [{ category = "chat", window_starts = "closed_at", max_days = 5 }]
given.holdings = [{ holding_id = "novel", account_id = "left", category = "novel", disposition = "deleted", disposed_at = 2026-05-02T00:00:00Z }]
expect = {}
[other_windows]
given.retention_schedule = [
    { category = "bill", window_starts = "agreement_ended_at", min_days = 10 }, { category = "idle", window_starts = "last_activity_at", min_days = 10 }, { category = "case", window_starts = "purpose_ended_at", min_days = 10 },
]
given.accounts = [{ account_id = "a", agreement_ended_at = 2026-05-01T10:00:00Z, last_activity_at = 2026-04-01T10:00:00Z }]
given.holdings = [
    { holding_id = "bill", account_id = "a", category = "bill", disposition = "deleted", disposed_at = 2026-05-11T23:59:59.999999Z }, { holding_id = "idle", account_id = "a", category = "idle", disposition = "anonymised", disposed_at = 2026-04-11T00:00:00Z },
    { holding_id = "case_of_a_stranger", account_id = "not exported", category = "case", need_ended_at = 2026-06-01T10:00:00Z, disposition = "deleted", disposed_at = 2026-06-30T23:59:59.999999Z }, { holding_id = "state", account_id = "a", category = "bill" },
]
expect.bill = { verdict = "violation: disposed_too_early", due_at = 2026-05-11T23:59:59.999999Z }
expect.idle = { verdict = "violation: disposed_too_early", due_at = 2026-04-11T23:59:59.999999Z }
expect.case_of_a_stranger = { verdict = "compliant: kept_long_enough", due_at = 2026-06-11T23:59:59.999999Z }
expect.state = "indeterminate: no_instant"
[active_after_it_was_disposed_of]
given.retention_schedule = [{ category = "idle", window_starts = "last_activity_at", min_days = 365 }]
given.accounts = [{ account_id = "later", last_activity_at = 2026-05-01T08:00:00Z }, { account_id = "then", last_activity_at = 2024-06-01T08:00:00Z }, { account_id = "closed", closed_at = 2026-05-01T08:00:00Z }]
given.holdings = [
    { holding_id = "gone_before", account_id = "later", category = "idle", disposition = "deleted", disposed_at = 2024-06-01T08:00:00Z }, { holding_id = "gone_at_that_moment", account_id = "then", category = "idle", disposition = "deleted", disposed_at = 2024-06-01T08:00:00Z },
]
expect = { gone_before = "indeterminate: activity_later", gone_at_that_moment = "violation: disposed_too_early" }
[equivalent]
"schedule: min(window_starts) → max(window_starts)" = "only rows of one key differ, and those are bad records"
"schedule: max(min_days) → min(min_days)" = "only rows of one key differ, and those are bad records"
"schedule: max(min_days) → min(min_days) (2)" = "only rows of one key differ, and those are bad records"
"people: max(closed_at) → min(closed_at)" = "only rows of one key differ, and those are bad records"
"people: max(agreement_ended_at) → min(agreement_ended_at)" = "only rows of one key differ, and those are bad records"
"people: max(last_activity_at) → min(last_activity_at)" = "only rows of one key differ, and those are bad records"
"people: account_id in (select account_id from holdings where category in (select category from schedule)) → true" = "reads less, and nothing else is asked for"
"people: category in (select category from schedule) → true" = "reads less, and nothing else is asked for"
*/
