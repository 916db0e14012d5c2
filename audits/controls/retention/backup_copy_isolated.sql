/*
id         = "backup_copy_isolated"
title      = "What cannot be deleted is isolated, untouched since, and destroyed as planned"
short      = "Backup copies isolated"
rule       = """
A backup copy that is kept because it cannot be deleted says why, and when it was isolated, by the last day on which its data might be kept,
that of a hold on a permitted ground included; nothing has
processed it since; and its planned destruction has not passed. Of a hold without an end (a year from 9000 on states none), a category without a limit in the schedule, of a person who is not known, and of a purpose
without an end whose account was closed by then nobody can tell which day that is. What is done with the data of somebody who left, and of whom nothing else is held, is done with it. Whether it is stored securely is a matter of attestation."""
maps_to    = ["GDPR 5(1)(e)", "GDPR 18(2)"]
severity   = "medium"
remedy     = "Isolate the copies, and plan their destruction"
tables.holdings = ["disposition", "isolated_at", "why_not_deletable", "destroy_by", "last_processed_at", "account_id", "category??", "need_ended_at??", "hold_ground??", "hold_until??", "system_name?"]
tables.retention_schedule = ["window_starts??", "max_days??", "max_months?"]
tables.accounts = ["closed_at??", "agreement_ended_at??", "last_activity_at??"]
tables.processing_activities = ["account_id??", "started_at??"]
tables.disclosures = ["account_id??", "disclosed_at??"]
tables.messages = ["account_id??", "sent_at??"]
exact.holdings = ["isolated_at", "last_processed_at"]
absent.retention_schedule.max_months = "only days count"
absent.retention_schedule."" = "by which day it had to be isolated is not known"
absent.accounts = "by which day it had to be isolated is not known"
absent.processing_activities = "what is done with whose data is not exported"
absent.disclosures = "who is given whose data is not exported"
absent.messages = "who is written to is not exported"
dimensions = ["category", "system_name"]
parameters.hold_grounds = { type = "words", of = "ground", needed = false }
inject.processed_since = { holdings = { last_processed_at = "isolated_at + interval 1 microsecond" } }
[reasons]
isolated        = "isolated, untouched since, and its end has not passed"
no_reason       = "nobody recorded why it cannot be deleted"
isolated_late   = "it was isolated after its last day"
not_isolated    = "it was never isolated"
processed_since = "it was processed after it had been isolated"
not_destroyed   = "its planned destruction has passed"
no_end          = "no destruction is planned"
last_day_unknown = "by which day it had to be isolated is not known"
in_the_future   = "an instant lies after the instant of judgement"
export_ends_before_due = "there as far as the export reaches, which is not up to its planned destruction"
[de]
title    = "Was nicht gelöscht werden kann, ist gesperrt, seither unberührt und wird wie geplant vernichtet"
short    = "Sicherungskopien gesperrt"
rule     = """
Zu einer Sicherungskopie, die aufbewahrt wird, weil sie nicht gelöscht werden kann, ist erfasst, warum, und wann sie gesperrt wurde: bis zum letzten
Tag, an dem ihre Daten aufbewahrt werden durften, den einer Aufbewahrungssperre aus zulässigem Grund eingeschlossen. Nichts hat sie seither
verarbeitet, und ihre geplante Vernichtung ist nicht vorbei. Bei einer Aufbewahrungssperre ohne Ende (ein Jahr ab 9000 nennt keines), einer
Kategorie ohne Frist im Löschkonzept, einer unbekannten Person und einem Zweck ohne Ende, dessen Konto bis dahin geschlossen war, ist nicht
entscheidbar, welcher Tag das ist. Was mit den Daten einer Person geschieht, die gegangen ist und von der sonst nichts gespeichert ist, geschieht
mit der Kopie. Ob sie sicher aufbewahrt wird, ist eine Sache der Bestätigung."""
remedy   = "Die Kopien sperren und ihre Vernichtung planen"
[de.reasons]
isolated        = "gesperrt, seither unberührt, und das Ende ist nicht vorbei"
no_reason       = "niemand hat erfasst, warum sie nicht gelöscht werden kann"
isolated_late   = "nach dem letzten Tag gesperrt"
not_isolated    = "nie gesperrt"
processed_since = "nach der Sperrung verarbeitet"
not_destroyed   = "die geplante Vernichtung ist vorbei"
no_end          = "keine Vernichtung ist geplant"
last_day_unknown = "bis zu welchem Tag zu sperren war, ist nicht bekannt"
in_the_future   = "ein Zeitpunkt liegt nach dem Stichtag"
export_ends_before_due = "vorhanden, soweit der Export reicht, und er reicht nicht bis zur geplanten Vernichtung"
*/
with people as (
    select account_id, max(closed_at) as closed_at, max(agreement_ended_at) as agreement_ended_at, max(last_activity_at) as last_activity_at
    from accounts where account_id in (select account_id from holdings where disposition = 'isolated_backup') group by account_id
),
schedule as (
    select category, min(window_starts) as window_starts, min(max_days) as max_days, min(max_months) as max_months from retention_schedule group by category
),
dated as (
    select h.* replace (case when h.hold_until::date < date '9000-01-01' then h.hold_until end as hold_until, case when h.destroy_by::date < date '9000-01-01' then h.destroy_by end as destroy_by), p.closed_at,
           coalesce(list_contains(coalesce($hold_grounds::varchar[], [h.hold_ground]), h.hold_ground), false) as is_on_hold,
           coalesce(s.max_days, s.max_months) is null or p.account_id is null
               or (s.window_starts = 'purpose_ended_at' and p.closed_at <= h.isolated_at) as is_start_unknown,
           s.window_starts = 'last_activity_at' and p.last_activity_at > h.isolated_at as is_active_later,
           days_later_on(case s.window_starts when 'closed_at' then p.closed_at
                                when 'agreement_ended_at' then p.agreement_ended_at
                                when 'last_activity_at' then p.last_activity_at
                                else h.need_ended_at end::date, s.max_months, s.max_days) as last_day
    from holdings as h
    left join schedule as s on s.category = h.category
    left join people as p on p.account_id = h.account_id
    where h.disposition = 'isolated_backup'
),
acts as (
    select account_id, started_at as acted_at from processing_activities
    union all
    select account_id, disclosed_at from disclosures
    union all
    select account_id, sent_at from messages
),
left_behind as (
    select holding_id, account_id, greatest(isolated_at, closed_at) as untouched_since from dated
    where closed_at is not null
      and account_id not in (select account_id from holdings where account_id is not null and coalesce(disposition = 'held', true))
),
used as (
    select h.holding_id, min(a.acted_at) as used_at
    from left_behind as h
    join acts as a on a.account_id = h.account_id and a.acted_at > h.untouched_since
    group by h.holding_id
    having used_at <= $as_of
),
judged as (
    select h.*, coalesce(case when last_processed_at > isolated_at then last_processed_at end, u.used_at) as used_at,
           case when isolated_at > $as_of or last_processed_at > $as_of then 'in_the_future'
                when why_not_deletable is null then 'no_reason'
                when isolated_at is null then 'not_isolated'
                when last_processed_at > isolated_at or u.used_at is not null then 'processed_since'
                when isolated_at::date > last_day and not is_on_hold then 'isolated_late'
                when isolated_at::date > last_day and isolated_at::date > hold_until::date then 'isolated_late'
                when destroy_by < $as_of and destroy_by > k.known_until then 'export_ends_before_due'
                when destroy_by < $as_of then 'not_destroyed'
                when destroy_by is null then 'no_end'
                when (last_day is null and is_start_unknown) or (is_active_later and not is_on_hold) then 'last_day_unknown'
                when isolated_at::date > last_day and hold_until is null then 'last_day_unknown'
                else 'isolated' end as reason
    from dated as h
    left join used as u on u.holding_id = h.holding_id
    join known_until as k on k.table_name = 'holdings'
)
select holding_id as record_id, account_id, null::varchar as country,
       case when reason = 'processed_since' then used_at when reason = 'isolated_late' then isolated_at when reason = 'not_destroyed' then destroy_by end as event_at,
       destroy_by as due_at,
       case when reason = 'isolated' then 'compliant'
            when reason in ('no_reason', 'not_isolated', 'isolated_late', 'processed_since', 'not_destroyed') then 'violation'
            else 'indeterminate' end as verdict,
       reason,
       null::timestamptz as met_at, category, system_name, isolated_at
from judged;

/* examples
as_of = 2026-06-30
[used_or_late]
period = "2026-01"
given.retention_schedule = [{ category = "log", window_starts = "closed_at", max_days = 30 }]
given.accounts = [{ account_id = "left", closed_at = 2026-01-01T10:00:00Z }, { account_id = "both", closed_at = 2026-01-01T10:00:00Z }]
given.messages = [{ message_id = "m", account_id = "left", sent_at = 2026-03-01T00:00:00Z }, { message_id = "n", account_id = "both", sent_at = 2026-03-01T00:00:00Z }]
given.holdings = [
    { holding_id = "last_day", account_id = "left", category = "novel", disposition = "isolated_backup", why_not_deletable = "tape", isolated_at = 2026-03-01T00:00:00Z, last_processed_at = 2026-01-01T00:00:00Z, destroy_by = 2026-12-31T00:00:00Z }, { holding_id = "written_to", account_id = "left", category = "log", disposition = "isolated_backup", why_not_deletable = "tape", isolated_at = 2026-01-31T23:59:59Z, last_processed_at = 2026-01-01T00:00:00Z, destroy_by = 2026-12-31T00:00:00Z }, { holding_id = "live", account_id = "both", category = "log", disposition = "held" }, { holding_id = "beside", account_id = "both", category = "log", disposition = "isolated_backup", why_not_deletable = "tape", isolated_at = 2026-01-31T23:59:59Z, last_processed_at = 2026-01-01T00:00:00Z, destroy_by = 2026-12-31T00:00:00Z }, { holding_id = "late", account_id = "both", category = "log", disposition = "isolated_backup", why_not_deletable = "tape", isolated_at = 2026-02-01T00:00:00Z, last_processed_at = 2026-01-01T00:00:00Z, destroy_by = 2026-12-31T00:00:00Z },
]
expect.last_day = "indeterminate: last_day_unknown"
expect.written_to = { verdict = "violation: processed_since", account = "left", scope = "later", event_at = 2026-03-01T00:00:00Z }
expect.beside = { verdict = "compliant: isolated", event_at = "" }
expect.late = { verdict = "violation: isolated_late", event_at = 2026-02-01T00:00:00Z }
[isolated_by_the_end_of_a_hold_on_any_ground]
given.retention_schedule = [{ category = "log", window_starts = "closed_at", max_days = 30 }]
given.accounts = [{ account_id = "left", closed_at = 2026-01-01T10:00:00Z }]
given.holdings = [{ holding_id = "by_habit", account_id = "left", category = "log", disposition = "isolated_backup", why_not_deletable = "tape", isolated_at = 2026-03-10T10:00:00Z, destroy_by = 2026-12-31T00:00:00Z, hold_ground = "habit", hold_until = 2026-03-10T10:00:00Z }]
expect = { by_habit = "compliant: isolated" }
[isolated_by_the_end_of_a_hold]
parameters = { hold_grounds = ["dispute"] }
given.retention_schedule = [{ category = "log", window_starts = "closed_at", max_days = 30 }]
given.accounts = [{ account_id = "left", closed_at = 2026-01-01T10:00:00Z }]
given.holdings = [
    { holding_id = "on_its_last_day", account_id = "left", category = "log", disposition = "isolated_backup", why_not_deletable = "tape", isolated_at = 2026-03-10T23:59:59.999999Z, destroy_by = 2026-12-31T00:00:00Z, hold_ground = "dispute", hold_until = 2026-03-10T10:00:00Z }, { holding_id = "a_microsecond_later", account_id = "left", category = "log", disposition = "isolated_backup", why_not_deletable = "tape", isolated_at = 2026-03-11T00:00:00Z, destroy_by = 2026-12-31T00:00:00Z, hold_ground = "dispute", hold_until = 2026-03-10T10:00:00Z }, { holding_id = "by_habit", account_id = "left", category = "log", disposition = "isolated_backup", why_not_deletable = "tape", isolated_at = 2026-03-10T10:00:00Z, destroy_by = 2026-12-31T00:00:00Z, hold_ground = "habit", hold_until = 2026-03-10T10:00:00Z }, { holding_id = "hold_over_before", account_id = "left", category = "log", disposition = "isolated_backup", why_not_deletable = "tape", isolated_at = 2026-01-31T10:00:00Z, destroy_by = 2026-12-31T00:00:00Z, hold_ground = "dispute", hold_until = 2026-01-10T10:00:00Z }, { holding_id = "endless", account_id = "left", category = "log", disposition = "isolated_backup", why_not_deletable = "tape", isolated_at = 2026-03-10T10:00:00Z, destroy_by = 2026-12-31T00:00:00Z, hold_ground = "dispute" }, { holding_id = "endless_and_in_time", account_id = "left", category = "log", disposition = "isolated_backup", why_not_deletable = "tape", isolated_at = 2026-01-31T10:00:00Z, destroy_by = 2026-12-31T00:00:00Z, hold_ground = "dispute" }, { holding_id = "for_ever", account_id = "left", category = "log", disposition = "isolated_backup", why_not_deletable = "tape", isolated_at = 2026-03-10T10:00:00Z, destroy_by = 2026-12-31T00:00:00Z, hold_ground = "dispute", hold_until = 9000-01-01T00:00:00Z }, { holding_id = "never_destroyed", account_id = "left", category = "log", disposition = "isolated_backup", why_not_deletable = "tape", isolated_at = 2026-01-31T10:00:00Z, destroy_by = 9000-01-01T00:00:00Z }, { holding_id = "destroyed_in_the_end", account_id = "left", category = "log", disposition = "isolated_backup", why_not_deletable = "tape", isolated_at = 2026-01-31T10:00:00Z, destroy_by = 8999-12-31T23:59:59.999999Z }, { holding_id = "for_long", account_id = "left", category = "log", disposition = "isolated_backup", why_not_deletable = "tape", isolated_at = 2026-03-10T10:00:00Z, destroy_by = 2026-12-31T00:00:00Z, hold_ground = "dispute", hold_until = 8999-12-31T23:59:59.999999Z }, { holding_id = "endless_and_not_destroyed", account_id = "left", category = "log", disposition = "isolated_backup", why_not_deletable = "tape", isolated_at = 2026-03-10T10:00:00Z, destroy_by = 2026-06-01T00:00:00Z, hold_ground = "dispute" },
]
expect = { never_destroyed = "indeterminate: no_end", destroyed_in_the_end = "compliant: isolated", on_its_last_day = "compliant: isolated", a_microsecond_later = { verdict = "violation: isolated_late", event_at = 2026-03-11T00:00:00Z }, by_habit = "violation: isolated_late", hold_over_before = "compliant: isolated", endless = "indeterminate: last_day_unknown", endless_and_in_time = "compliant: isolated", for_ever = "indeterminate: last_day_unknown", for_long = "compliant: isolated", endless_and_not_destroyed = "violation: not_destroyed" }
[what_is_done_with_whose_data]
given.retention_schedule = [{ category = "log", window_starts = "agreement_ended_at", max_days = 30 }]
given.export_info = [{ exported_at = 2026-07-31T00:00:00Z }]
given.accounts = [
    { account_id = "twice", closed_at = 2026-01-01T10:00:00Z }, { account_id = "now", closed_at = 2026-01-01T10:00:00Z }, { account_id = "later", closed_at = 2026-01-01T10:00:00Z }, { account_id = "stays" }, { account_id = "perhaps_live", closed_at = 2026-01-01T10:00:00Z },
]
given.messages = [
    { message_id = "1", account_id = "twice", sent_at = 2026-04-01T00:00:00Z }, { message_id = "2", account_id = "twice", sent_at = 2026-03-01T00:00:00Z }, { message_id = "3", account_id = "now", sent_at = 2026-06-30T23:59:59.999999Z }, { message_id = "4", account_id = "later", sent_at = 2026-07-01T00:00:00Z }, { message_id = "5", account_id = "stays", sent_at = 2026-03-01T00:00:00Z }, { message_id = "6", account_id = "perhaps_live", sent_at = 2026-03-01T00:00:00Z },
]
given.holdings = [
    { holding_id = "twice", account_id = "twice", category = "log", disposition = "isolated_backup", why_not_deletable = "tape", isolated_at = 2026-02-01T00:00:00Z, last_processed_at = 2026-02-01T00:00:00Z, destroy_by = 2026-12-31T00:00:00Z }, { holding_id = "now", account_id = "now", category = "log", disposition = "isolated_backup", why_not_deletable = "tape", isolated_at = 2026-02-01T00:00:00Z, destroy_by = 2026-12-31T00:00:00Z }, { holding_id = "later", account_id = "later", category = "log", disposition = "isolated_backup", why_not_deletable = "tape", isolated_at = 2026-02-01T00:00:00Z, destroy_by = 2026-12-31T00:00:00Z }, { holding_id = "stays", account_id = "stays", category = "log", disposition = "isolated_backup", why_not_deletable = "tape", isolated_at = 2026-02-01T00:00:00Z, destroy_by = 2026-12-31T00:00:00Z }, { holding_id = "perhaps_live", account_id = "perhaps_live", category = "log", disposition = "isolated_backup", why_not_deletable = "tape", isolated_at = 2026-02-01T00:00:00Z, destroy_by = 2026-12-31T00:00:00Z }, { holding_id = "state", account_id = "perhaps_live" }, { holding_id = "of_nobody", disposition = "held" },
]
expect.twice = { verdict = "violation: processed_since", event_at = 2026-03-01T00:00:00Z }
expect.now = { verdict = "violation: processed_since", event_at = 2026-06-30T23:59:59.999999Z }
expect.later = "compliant: isolated"
expect.stays = "compliant: isolated"
expect.perhaps_live = "compliant: isolated"
[by_the_last_day_of_other_windows]
given.retention_schedule = [{ category = "bill", window_starts = "agreement_ended_at", max_days = 10 }, { category = "idle", window_starts = "last_activity_at", max_days = 10 }, { category = "case", window_starts = "purpose_ended_at", max_days = 10 }]
given.accounts = [{ account_id = "a", closed_at = 2026-01-01T00:00:00Z, agreement_ended_at = 2026-05-01T10:00:00Z, last_activity_at = 2026-04-01T10:00:00Z }]
given.holdings = [
    { holding_id = "bill", account_id = "a", category = "bill", disposition = "isolated_backup", why_not_deletable = "tape", isolated_at = 2026-05-12T00:00:00Z, destroy_by = 2026-12-31T00:00:00Z }, { holding_id = "idle", account_id = "a", category = "idle", disposition = "isolated_backup", why_not_deletable = "tape", isolated_at = 2026-04-12T00:00:00Z, destroy_by = 2026-12-31T00:00:00Z }, { holding_id = "case", account_id = "a", category = "case", need_ended_at = 2026-03-01T00:00:00Z, disposition = "isolated_backup", why_not_deletable = "tape", isolated_at = 2026-03-11T10:00:00Z, destroy_by = 2026-12-31T00:00:00Z },
]
expect = { bill = "violation: isolated_late", idle = "violation: isolated_late", case = "compliant: isolated" }
[to_the_instant]
given.retention_schedule = [{ category = "log", window_starts = "agreement_ended_at", max_days = 30 }]
given.accounts = [{ account_id = "stays" }]
given.export_info = [{ exported_at = 2026-07-31T00:00:00Z }]
given.holdings = [
    { holding_id = "destroyed_now", account_id = "stays", category = "log", disposition = "isolated_backup", why_not_deletable = "tape", isolated_at = 2026-01-01T00:00:00Z, destroy_by = 2026-06-30T23:59:59.999999Z }, { holding_id = "destroyed_just_before", account_id = "stays", category = "log", disposition = "isolated_backup", why_not_deletable = "tape", isolated_at = 2026-01-01T00:00:00Z, destroy_by = 2026-06-30T23:59:59.999998Z },
    { holding_id = "isolated_now", account_id = "stays", category = "log", disposition = "isolated_backup", why_not_deletable = "tape", isolated_at = 2026-06-30T23:59:59.999999Z, destroy_by = 2026-12-31T00:00:00Z }, { holding_id = "processed_now", account_id = "stays", category = "log", disposition = "isolated_backup", why_not_deletable = "tape", isolated_at = 2026-01-01T00:00:00Z, last_processed_at = 2026-06-30T23:59:59.999999Z, destroy_by = 2026-12-31T00:00:00Z },
    { holding_id = "processed_later", account_id = "stays", category = "log", disposition = "isolated_backup", why_not_deletable = "tape", isolated_at = 2026-01-01T00:00:00Z, last_processed_at = 2026-07-01T00:00:00Z, destroy_by = 2026-12-31T00:00:00Z },
]
expect.destroyed_now = { verdict = "compliant: isolated", due_at = 2026-06-30T23:59:59.999999Z }
expect.destroyed_just_before = { verdict = "violation: not_destroyed", event_at = 2026-06-30T23:59:59.999998Z, due_at = 2026-06-30T23:59:59.999998Z }
expect.isolated_now = "compliant: isolated"
expect.processed_now = { verdict = "violation: processed_since", event_at = 2026-06-30T23:59:59.999999Z }
expect.processed_later = "indeterminate: in_the_future"
[isolated_or_not]
given.retention_schedule = [{ category = "log", window_starts = "agreement_ended_at", max_days = 30 }]
given.accounts = [{ account_id = "stays" }]
given.holdings = [
    { holding_id = "a", account_id = "stays", category = "log", disposition = "isolated_backup", why_not_deletable = "tape", isolated_at = 2026-01-01T00:00:00Z, last_processed_at = 2026-01-01T00:00:00Z, destroy_by = 2026-12-31T00:00:00Z },
    { holding_id = "b", account_id = "stays", category = "log", disposition = "isolated_backup", isolated_at = 2026-01-01T00:00:00Z, destroy_by = 2026-12-31T00:00:00Z },
    { holding_id = "c", account_id = "stays", category = "log", disposition = "isolated_backup", why_not_deletable = "tape", destroy_by = 2026-12-31T00:00:00Z },
    { holding_id = "d", account_id = "stays", category = "log", disposition = "isolated_backup", why_not_deletable = "tape", isolated_at = 2026-01-01T00:00:00Z, last_processed_at = 2026-01-01T00:00:01Z, destroy_by = 2026-12-31T00:00:00Z },
    { holding_id = "e", account_id = "stays", category = "log", disposition = "isolated_backup", why_not_deletable = "tape", isolated_at = 2026-01-01T00:00:00Z, destroy_by = 2026-06-29T00:00:00Z },
    { holding_id = "f", account_id = "stays", category = "log", disposition = "isolated_backup", why_not_deletable = "tape", isolated_at = 2026-01-01T00:00:00Z },
    { holding_id = "g", account_id = "stays", category = "log", disposition = "isolated_backup", why_not_deletable = "tape", isolated_at = 2026-07-01T00:00:00Z, destroy_by = 2026-12-31T00:00:00Z },
    { holding_id = "live", account_id = "stays", disposition = "held" },
]
expect.a = "compliant: isolated"
expect.b = "violation: no_reason"
expect.c = "violation: not_isolated"
expect.d = "violation: processed_since"
expect.e = "violation: not_destroyed"
expect.f = "indeterminate: no_end"
expect.g = "indeterminate: in_the_future"
[the_export_stops_before_its_destruction]
given.retention_schedule = [{ category = "log", window_starts = "agreement_ended_at", max_days = 30 }]
given.accounts = [{ account_id = "stays" }]
given.export_info = [{ exported_at = 2026-06-10T12:00:00Z }]
given.holdings = [
    { holding_id = "a", account_id = "stays", category = "log", disposition = "isolated_backup", why_not_deletable = "tape", isolated_at = 2026-01-01T00:00:00Z, destroy_by = 2026-06-10T12:00:01Z },
    { holding_id = "b", account_id = "stays", category = "log", disposition = "isolated_backup", why_not_deletable = "tape", isolated_at = 2026-01-01T00:00:00Z, destroy_by = 2026-06-10T12:00:00Z },
    { holding_id = "destroyed_now", account_id = "stays", category = "log", disposition = "isolated_backup", why_not_deletable = "tape", isolated_at = 2026-01-01T00:00:00Z, destroy_by = 2026-06-30T23:59:59.999999Z },
]
expect = { destroyed_now = "compliant: isolated", a = "indeterminate: export_ends_before_due", b = "violation: not_destroyed" }
[which_day_is_the_last]
given.retention_schedule = [
    { category = "log", window_starts = "closed_at", max_days = 30 }, { category = "bill", window_starts = "closed_at", max_months = 2 }, { category = "case", window_starts = "purpose_ended_at", max_days = 10 }, { category = "fee", window_starts = "closed_at" },
]
given.accounts = [{ account_id = "stays" }, { account_id = "left", closed_at = 2026-01-31T00:00:00Z }]
given.holdings = [
    { holding_id = "not_begun", account_id = "stays", category = "log", disposition = "isolated_backup", why_not_deletable = "tape", isolated_at = 2026-01-31T00:00:00Z, destroy_by = 2026-12-31T00:00:00Z }, { holding_id = "months_not_begun", account_id = "stays", category = "bill", disposition = "isolated_backup", why_not_deletable = "tape", isolated_at = 2026-01-31T00:00:00Z, destroy_by = 2026-12-31T00:00:00Z },
    { holding_id = "in_months", account_id = "left", category = "bill", disposition = "isolated_backup", why_not_deletable = "tape", isolated_at = 2026-01-31T00:00:00Z, destroy_by = 2026-12-31T00:00:00Z },
    { holding_id = "no_category", account_id = "stays", disposition = "isolated_backup", why_not_deletable = "tape", isolated_at = 2026-01-31T00:00:00Z, destroy_by = 2026-12-31T00:00:00Z }, { holding_id = "not_in_schedule", account_id = "stays", category = "novel", disposition = "isolated_backup", why_not_deletable = "tape", isolated_at = 2026-01-31T00:00:00Z, destroy_by = 2026-12-31T00:00:00Z },
    { holding_id = "without_a_limit", account_id = "stays", category = "fee", disposition = "isolated_backup", why_not_deletable = "tape", isolated_at = 2026-01-31T00:00:00Z, destroy_by = 2026-12-31T00:00:00Z }, { holding_id = "of_a_stranger", account_id = "not exported", category = "log", disposition = "isolated_backup", why_not_deletable = "tape", isolated_at = 2026-01-31T00:00:00Z, destroy_by = 2026-12-31T00:00:00Z },
    { holding_id = "purpose_goes_on", account_id = "stays", category = "case", disposition = "isolated_backup", why_not_deletable = "tape", isolated_at = 2026-01-31T00:00:00Z, destroy_by = 2026-12-31T00:00:00Z }, { holding_id = "purpose_of_who_left", account_id = "left", category = "case", disposition = "isolated_backup", why_not_deletable = "tape", isolated_at = 2026-01-31T00:00:00Z, destroy_by = 2026-12-31T00:00:00Z },
    { holding_id = "a_second_before_that", account_id = "left", category = "case", disposition = "isolated_backup", why_not_deletable = "tape", isolated_at = 2026-01-30T23:59:59Z, destroy_by = 2026-12-31T00:00:00Z }, { holding_id = "purpose_of_a_stranger", account_id = "not exported", category = "case", need_ended_at = 2026-02-01T00:00:00Z, disposition = "isolated_backup", why_not_deletable = "tape", isolated_at = 2026-01-31T00:00:00Z, destroy_by = 2026-12-31T00:00:00Z },
]
expect = { not_begun = "compliant: isolated", months_not_begun = "compliant: isolated", in_months = "compliant: isolated", no_category = "indeterminate: last_day_unknown", not_in_schedule = "indeterminate: last_day_unknown", without_a_limit = "indeterminate: last_day_unknown", of_a_stranger = "indeterminate: last_day_unknown", purpose_goes_on = "compliant: isolated", purpose_of_who_left = "indeterminate: last_day_unknown", a_second_before_that = "compliant: isolated", purpose_of_a_stranger = "compliant: isolated" }
[active_after_it_was_isolated]
given.retention_schedule = [{ category = "idle", window_starts = "last_activity_at", max_days = 30 }]
given.accounts = [{ account_id = "later", last_activity_at = 2026-05-01T08:00:00Z }, { account_id = "then", last_activity_at = 2024-06-01T08:00:00Z }]
given.holdings = [
    { holding_id = "isolated_before", account_id = "later", category = "idle", disposition = "isolated_backup", isolated_at = 2024-06-01T08:00:00Z, why_not_deletable = "r", destroy_by = 2027-01-01T00:00:00Z },
    { holding_id = "at_that_moment", account_id = "then", category = "idle", disposition = "isolated_backup", isolated_at = 2024-06-01T08:00:00Z, why_not_deletable = "r", destroy_by = 2027-01-01T00:00:00Z },
    { holding_id = "on_hold", account_id = "later", category = "idle", disposition = "isolated_backup", isolated_at = 2024-06-01T08:00:00Z, why_not_deletable = "r", destroy_by = 2027-01-01T00:00:00Z, hold_ground = "legal_obligation", hold_until = 2026-12-31T00:00:00Z },
]
expect = { isolated_before = "indeterminate: last_day_unknown", at_that_moment = "compliant: isolated", on_hold = "compliant: isolated" }
[equivalent]
"people: max(closed_at) → min(closed_at)" = "only rows of one key differ, and those are bad records"
"people: max(agreement_ended_at) → min(agreement_ended_at)" = "only rows of one key differ, and those are bad records"
"people: max(last_activity_at) → min(last_activity_at)" = "only rows of one key differ, and those are bad records"
"schedule: min(window_starts) → max(window_starts)" = "only rows of one key differ, and those are bad records"
"schedule: min(max_days) → max(max_days)" = "only rows of one key differ, and those are bad records"
"schedule: min(max_months) → max(max_months)" = "only rows of one key differ, and those are bad records"
"people: disposition = 'isolated_backup' → true" = "reads less, and nothing else is asked for"
"people: account_id in (select account_id from holdings where disposition = 'isolated_backup') → true" = "reads less, and nothing else is asked for"
*/
