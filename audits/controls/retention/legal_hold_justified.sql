/*
id         = "legal_hold_justified"
title      = "Data that is kept longer is held on a ground that the policy names, and only until the hold ends"
short      = "Holds have ground and end"
rule       = """
What is held on a legal hold names a ground that the policy names, and the hold has an end that has not passed (a year from 9000 on states none). Where it has, what is still within the
time that the retention schedule gives its category is kept by that, not by the hold; of a purpose without an end, whose account was closed, nobody can
tell, nor of a person who is not known."""
maps_to    = ["GDPR 17(3)(b)", "GDPR 17(3)(e)", "GDPR 5(1)(e)"]
severity   = "medium"
remedy     = "Name a permitted ground and an end for each hold, or lift it"
tables.holdings = ["hold_ground", "hold_until", "disposition", "collected_at?", "disposed_at?", "account_id", "category??", "need_ended_at??", "system_name?"]
tables.retention_schedule = ["window_starts??", "max_days??", "max_months?"]
tables.accounts = ["closed_at??", "agreement_ended_at??", "last_activity_at??"]
absent.retention_schedule.max_months = "only days count"
absent.retention_schedule."" = "how long it may be kept without a hold is not known"
absent.holdings = { collected_at = "all of it came in by the instant of judgement", disposed_at = "what was disposed of was so by the instant of judgement" }
absent.accounts = "whether it is still needed is not known"
dimensions = ["hold_ground"]
parameters.hold_grounds = { type = "words", of = "ground" }
inject.hold_ended = { holdings = { hold_until = "f.as_of - interval 1 day" } }
inject.by_habit = { holdings = { hold_ground = "'selftest'" } }
[reasons]
justified        = "held on such a ground, and the hold has not ended"
other_ground     = "held on another ground"
still_needed     = "its hold has ended, and its regular time has not"
time_unknown     = "its hold has ended, and whether its regular time has is not recorded"
hold_ended       = "held, and the hold and its regular time have ended"
hold_without_end = "held on a ground without an end"
export_ends_before_due = "held as far as the export reaches, which is not up to the end of the hold, or of its regular time"
[de]
title    = "Länger aufbewahrte Daten werden aus einem genannten Grund gehalten und nur bis zu dessen Ende"
short    = "Sperren mit Grund und Ende"
rule     = """
Was unter einer Sperre gehalten wird, nennt einen Grund der Datenschutzerklärung, und die Sperre hat ein Ende, das nicht vorbei ist (ein Jahr ab
9000 nennt keines). Ist es vorbei, wird, was noch in der Zeit liegt, die das Löschkonzept seiner Kategorie gibt, deshalb aufbewahrt und nicht wegen
der Sperre; bei einem Zweck ohne Ende, dessen Konto geschlossen war, ist das nicht entscheidbar, ebenso bei einer unbekannten Person."""
remedy   = "Für jede Sperre Grund und Ende nennen oder sie aufheben"
[de.reasons]
justified        = "aus einem solchen Grund gehalten, und die Sperre ist nicht vorbei"
other_ground     = "aus einem anderen Grund gehalten"
still_needed     = "die Sperre ist vorbei, die reguläre Frist nicht"
time_unknown     = "die Sperre ist vorbei, und ob es die reguläre Frist ist, ist nicht erfasst"
hold_ended       = "gehalten, und die Sperre und die reguläre Frist sind vorbei"
hold_without_end = "aus einem Grund ohne Ende gehalten"
export_ends_before_due = "gehalten, soweit der Export reicht, und er reicht nicht bis zum Ende der Sperre oder der regulären Frist"
*/
with people as (
    select account_id, max(closed_at) as closed_at, max(agreement_ended_at) as agreement_ended_at, max(last_activity_at) as last_activity_at
    from accounts where account_id in (select account_id from holdings where hold_ground is not null) group by account_id
),
schedule as (
    select category, min(window_starts) as window_starts, min(max_days) as max_days, min(max_months) as max_months from retention_schedule group by category
),
dated as (
    select h.* replace (case when h.hold_until::date < date '9000-01-01' then end_of_day(h.hold_until::date) end as hold_until), s.max_days, s.max_months, s.window_starts, p.closed_at, p.account_id is null as is_nobodys,
           days_later_on(case s.window_starts when 'closed_at' then p.closed_at
                                when 'agreement_ended_at' then p.agreement_ended_at
                                when 'last_activity_at' then p.last_activity_at
                                else h.need_ended_at end::date, s.max_months, s.max_days) as last_day
    from holdings as h
    left join schedule as s on s.category = h.category
    left join people as p on p.account_id = h.account_id
    where (h.disposition = 'held' or h.disposed_at > $as_of) and h.hold_ground is not null and coalesce(h.collected_at <= $as_of, true)
),
judged as (
    select h.*,
           case when hold_ground not in $hold_grounds then 'other_ground'
                when hold_until is null then 'hold_without_end'
                when hold_until >= $as_of then 'justified'
                when hold_until > k.known_until then 'export_ends_before_due'
                when last_day < $as_of::date and end_of_day(last_day) > k.known_until then 'export_ends_before_due'
                when last_day < $as_of::date then 'hold_ended'
                when last_day is not null then 'still_needed'
                when coalesce(max_days, max_months) is null or is_nobodys then 'time_unknown'
                when window_starts = 'purpose_ended_at' and closed_at <= $as_of then 'time_unknown'
                else 'still_needed' end as reason
    from dated as h
    join known_until as k on k.table_name = 'holdings'
)
select holding_id as record_id, account_id, null::varchar as country, null::timestamptz as event_at, hold_until as due_at,
       case when reason in ('justified', 'still_needed') then 'compliant'
            when reason in ('other_ground', 'hold_ended') then 'violation'
            else 'indeterminate' end as verdict,
       reason,
       category, system_name, hold_ground
from judged;

/* examples
as_of = 2026-06-30
parameters = { hold_grounds = ["tax", "accounting", "legal_obligation", "dispute", "agreement", "record_keeping", "transaction"] }
[as_the_last_day_of_a_hold_is_over]
as_of = 2026-06-30T00:00:00Z
given.retention_schedule = [{ category = "log", window_starts = "closed_at", max_days = 30 }]
given.accounts = [{ account_id = "left", closed_at = 2026-01-01T00:00:00Z }]
given.holdings = [{ holding_id = "h", account_id = "left", category = "log", disposition = "held", hold_ground = "tax", hold_until = 2026-06-29T10:00:00Z }]
expect.h = { verdict = "violation: hold_ended", due_at = 2026-06-29T23:59:59.999999Z }
[ground_and_end]
period = "2026-01"
given.retention_schedule = [{ category = "log", window_starts = "closed_at", max_days = 30 }, { category = "survey", window_starts = "purpose_ended_at", max_days = 30 }]
given.accounts = [{ account_id = "left", closed_at = 2026-01-01T00:00:00Z }, { account_id = "leaving", closed_at = 2026-05-31T00:00:00Z }, { account_id = "stays" }]
given.holdings = [
    { holding_id = "last_day", account_id = "leaving", category = "log", disposition = "held", hold_ground = "tax", hold_until = 2026-06-29T00:00:00Z },
    { holding_id = "needed", account_id = "stays", category = "log", disposition = "held", hold_ground = "tax", hold_until = 2025-06-29T00:00:00Z },
    { holding_id = "purpose_of_who_left", account_id = "left", category = "survey", disposition = "held", hold_ground = "tax", hold_until = 2026-06-29T00:00:00Z }, { holding_id = "purpose_goes_on", account_id = "stays", category = "survey", disposition = "held", hold_ground = "tax", hold_until = 2026-06-29T00:00:00Z },
    { holding_id = "purpose_over", account_id = "stays", category = "survey", disposition = "held", need_ended_at = 2026-01-01T00:00:00Z, hold_ground = "tax", hold_until = 2026-06-29T00:00:00Z },
    { holding_id = "novel", account_id = "left", category = "novel", disposition = "held", hold_ground = "tax", hold_until = 2026-06-29T00:00:00Z },
    { holding_id = "a", disposition = "held", hold_ground = "tax", hold_until = 2026-12-31T00:00:00Z }, { holding_id = "b", disposition = "held", hold_ground = "habit", hold_until = 2026-12-31T00:00:00Z },
    { holding_id = "c", account_id = "left", category = "log", disposition = "held", hold_ground = "tax", hold_until = 2026-06-29T00:00:00Z }, { holding_id = "d", disposition = "held", hold_ground = "tax" },
    { holding_id = "for_ever", disposition = "held", hold_ground = "tax", hold_until = 9000-01-01T00:00:00Z }, { holding_id = "for_long", disposition = "held", hold_ground = "tax", hold_until = 8999-12-31T23:59:59.999999Z },
    { holding_id = "e", disposition = "held" }, { holding_id = "f", disposition = "deleted", hold_ground = "tax", hold_until = 2026-06-29T00:00:00Z },
]
expect = { for_ever = { verdict = "indeterminate: hold_without_end", due_at = "" }, for_long = "compliant: justified", a = "compliant: justified", b = "violation: other_ground", c = "violation: hold_ended", d = "indeterminate: hold_without_end", last_day = { verdict = "compliant: still_needed", account = "leaving", scope = "period" }, needed = "compliant: still_needed", novel = "indeterminate: time_unknown", purpose_of_who_left = "indeterminate: time_unknown", purpose_goes_on = "compliant: still_needed", purpose_over = "violation: hold_ended" }
[when_the_regular_time_ends]
given.retention_schedule = [
    { category = "log", window_starts = "closed_at", max_days = 30 }, { category = "survey", window_starts = "purpose_ended_at", max_days = 30 }, { category = "bill", window_starts = "agreement_ended_at", max_days = 30 }, { category = "idle", window_starts = "last_activity_at", max_months = 1 },
]
given.accounts = [{ account_id = "left", closed_at = 2026-01-01T00:00:00Z, agreement_ended_at = 2026-05-30T00:00:00Z, last_activity_at = 2026-05-29T00:00:00Z }, { account_id = "leaving", closed_at = 2026-06-30T23:59:59.999999Z }]
given.holdings = [
    { holding_id = "agreement_over", account_id = "left", category = "bill", disposition = "held", hold_ground = "tax", hold_until = 2026-06-29T00:00:00Z }, { holding_id = "activity_over", account_id = "left", category = "idle", disposition = "held", hold_ground = "tax", hold_until = 2026-06-29T00:00:00Z },
    { holding_id = "agreement_runs", account_id = "leaving", category = "bill", disposition = "held", hold_ground = "tax", hold_until = 2026-06-29T00:00:00Z }, { holding_id = "never_active", account_id = "leaving", category = "idle", disposition = "held", hold_ground = "tax", hold_until = 2026-06-29T00:00:00Z },
    { holding_id = "of_a_stranger", account_id = "not exported", category = "log", disposition = "held", hold_ground = "tax", hold_until = 2026-06-29T00:00:00Z }, { holding_id = "purpose_of_a_stranger", account_id = "not exported", category = "survey", disposition = "held", hold_ground = "tax", hold_until = 2026-06-29T00:00:00Z },
    { holding_id = "purpose_over_of_a_stranger", account_id = "not exported", category = "survey", need_ended_at = 2026-01-01T00:00:00Z, disposition = "held", hold_ground = "tax", hold_until = 2026-06-29T00:00:00Z }, { holding_id = "purpose_of_who_leaves", account_id = "leaving", category = "survey", disposition = "held", hold_ground = "tax", hold_until = 2026-06-29T00:00:00Z },
    { holding_id = "purpose_just_over", account_id = "left", category = "survey", need_ended_at = 2026-06-20T00:00:00Z, disposition = "held", hold_ground = "tax", hold_until = 2026-06-29T00:00:00Z },
    { holding_id = "ends_now", account_id = "left", category = "log", disposition = "held", hold_ground = "tax", hold_until = 2026-06-30T23:59:59.999999Z }, { holding_id = "ended", account_id = "left", category = "log", disposition = "held", hold_ground = "tax", hold_until = 2026-06-29T23:59:59.999998Z },
]
expect.agreement_over = "violation: hold_ended"
expect.activity_over = "violation: hold_ended"
expect.agreement_runs = "compliant: still_needed"
expect.never_active = "compliant: still_needed"
expect.of_a_stranger = "indeterminate: time_unknown"
expect.purpose_of_a_stranger = "indeterminate: time_unknown"
expect.purpose_over_of_a_stranger = "violation: hold_ended"
expect.purpose_of_who_leaves = "indeterminate: time_unknown"
expect.purpose_just_over = "compliant: still_needed"
expect.ends_now = { verdict = "compliant: justified", due_at = 2026-06-30T23:59:59.999999Z }
expect.ended = { verdict = "violation: hold_ended", due_at = 2026-06-29T23:59:59.999999Z }
[the_export_stops_before_the_hold_ends]
given.export_info = [{ exported_at = 2026-06-10T12:00:00Z }]
given.retention_schedule = [{ category = "log", window_starts = "closed_at", max_days = 30 }]
given.accounts = [{ account_id = "left", closed_at = 2026-01-01T00:00:00Z }, { account_id = "leaving", closed_at = 2026-05-11T00:00:00Z }, { account_id = "gone", closed_at = 2026-05-10T00:00:00Z }, { account_id = "today", closed_at = 2026-05-31T00:00:00Z }]
given.holdings = [
    { holding_id = "needed_that_day", account_id = "leaving", category = "log", disposition = "held", hold_ground = "tax", hold_until = 2026-05-01T00:00:00Z }, { holding_id = "to_the_day_before", account_id = "gone", category = "log", disposition = "held", hold_ground = "tax", hold_until = 2026-05-01T00:00:00Z },
    { holding_id = "a", disposition = "held", hold_ground = "tax", hold_until = 2026-06-10T12:00:01Z }, { holding_id = "b", account_id = "left", category = "log", disposition = "held", hold_ground = "tax", hold_until = 2026-06-09T12:00:00Z },
    { holding_id = "c", disposition = "held", hold_ground = "habit", hold_until = 2026-06-10T12:00:01Z }, { holding_id = "needed_today", account_id = "today", category = "log", disposition = "held", hold_ground = "tax", hold_until = 2026-05-01T00:00:00Z },
]
expect = { a = "indeterminate: export_ends_before_due", b = "violation: hold_ended", c = "violation: other_ground", needed_that_day = "indeterminate: export_ends_before_due", to_the_day_before = "violation: hold_ended", needed_today = "compliant: still_needed" }
[the_export_stops_as_the_regular_time_ends]
given.export_info = [{ exported_at = 2026-06-09T23:59:59.999999Z }]
given.retention_schedule = [{ category = "log", window_starts = "closed_at", max_days = 30 }]
given.accounts = [{ account_id = "gone", closed_at = 2026-05-10T00:00:00Z }]
given.holdings = [{ holding_id = "to_that_day", account_id = "gone", category = "log", disposition = "held", hold_ground = "tax", hold_until = 2026-05-01T00:00:00Z }, { holding_id = "held_to_that_day", account_id = "gone", category = "log", disposition = "held", hold_ground = "tax", hold_until = 2026-06-09T10:00:00Z }]
expect = { to_that_day = "violation: hold_ended", held_to_that_day = "violation: hold_ended" }
[as_it_was_then]
as_of = 2026-03-31
given.export_info = [{ exported_at = 2026-06-30T00:00:00Z }]
given.holdings = [
    { holding_id = "came_later", disposition = "held", collected_at = 2026-04-01T00:00:00Z, hold_ground = "habit", hold_until = 2027-01-01T00:00:00Z }, { holding_id = "came_that_moment", disposition = "held", collected_at = 2026-03-31T23:59:59.999999Z, hold_ground = "habit", hold_until = 2027-01-01T00:00:00Z },
    { holding_id = "still_there", disposition = "deleted", collected_at = 2025-01-01T00:00:00Z, disposed_at = 2026-04-01T00:00:00Z, hold_ground = "habit", hold_until = 2027-01-01T00:00:00Z }, { holding_id = "gone_that_moment", disposition = "deleted", collected_at = 2025-01-01T00:00:00Z, disposed_at = 2026-03-31T23:59:59.999999Z, hold_ground = "habit", hold_until = 2027-01-01T00:00:00Z },
]
expect = { came_that_moment = "violation: other_ground", still_there = "violation: other_ground" }
[equivalent]
"people: max(closed_at) → min(closed_at)" = "only rows of one key differ, and those are bad records"
"people: max(agreement_ended_at) → min(agreement_ended_at)" = "only rows of one key differ, and those are bad records"
"people: max(last_activity_at) → min(last_activity_at)" = "only rows of one key differ, and those are bad records"
"schedule: min(window_starts) → max(window_starts)" = "only rows of one key differ, and those are bad records"
"schedule: min(max_days) → max(max_days)" = "only rows of one key differ, and those are bad records"
"schedule: min(max_months) → max(max_months)" = "only rows of one key differ, and those are bad records"
"people: not hold_ground is null → true" = "reads less, and nothing else is asked for"
"people: account_id in (select account_id from holdings where not hold_ground is null) → true" = "reads less, and nothing else is asked for"
*/
