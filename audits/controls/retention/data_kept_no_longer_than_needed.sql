/*
id         = "data_kept_no_longer_than_needed"
title      = "Data is deleted or anonymised when it is no longer needed"
short      = "Data deleted when not needed"
rule       = """
What is stored is deleted or anonymised by the end of the last day that the retention schedule gives its category: so many days after the account was
closed, the agreement ended, the last activity, or the purpose ended. While that has not happened, data is needed, and what is deleted by then is
deleted in time; of a purpose without an end, whose account was closed by then, and of a person who is not known nobody can tell. A hold on a ground
that is permitted keeps data until its end (a year from 9000 on states none), and what is deleted by then is deleted in time; kept on, it is a
violation from then. Isolated backups are judged by a control of their own. Anonymising counts only with its method on record: done in time by one
that is not, nobody can tell. Before its last day nothing is due, held back or not."""
maps_to    = ["GDPR 5(1)(e)", "GDPR 17"]
severity   = "high"
feeds      = ["retention_ages"]
remedy     = "Delete what is over its last day"
tables.holdings = ["account_id", "category", "disposition", "need_ended_at", "disposed_at", "hold_ground??", "hold_until??", "method_ref??", "system_name?", "collected_at?"]
tables.retention_schedule = ["window_starts", "max_days??", "max_months?"]
tables.accounts = ["closed_at", "agreement_ended_at??", "last_activity_at??"]
absent.holdings.collected_at = "all of it came in by the instant of judgement"
absent.retention_schedule.max_months = "only days count"
dimensions = ["category", "system_name"]
parameters.hold_grounds = { type = "words", of = "ground", needed = false }
inject.kept_for_decades = { holdings = { disposition = "'held'", disposed_at = "null", hold_ground = "null", need_ended_at = "f.as_of - to_days(20000)" }, accounts = { closed_at = "f.as_of - to_days(20000)", agreement_ended_at = "f.as_of - to_days(20000)", last_activity_at = "f.as_of - to_days(20000)" }, by = "t.account_id = f.account_id" }
[reasons]
activity_later = "the person was active after it was disposed of, and when last before is not recorded"
needed            = "still needed: what starts the window has not happened"
disposed_in_time  = "deleted or anonymised by its last day, by the end of its hold, or before its window started"
disposed_late     = "deleted or anonymised after its last day, and after its hold"
on_hold           = "kept on a ground, and the hold has not ended"
hold_expired      = "kept on a ground, and the hold has ended"
kept_too_long     = "kept past its last day"
not_yet_due       = "kept, and its last day has not passed"
hold_without_end  = "kept on a ground without an end"
method_unknown    = "anonymised by a method that is not on record"
need_unknown      = "its account was closed, and the day on which its purpose ended, if it did, is not recorded"
person_unknown    = "whose it is is not recorded, or not exported, so that nobody knows whether something started its window"
not_in_schedule   = "its category has no limit in the schedule"
no_instant        = "deleted or anonymised on a day that is not recorded"
state_unknown     = "what became of it is not recorded"
in_the_future     = "an instant lies after the instant of judgement"
export_ends_before_due = "kept as far as the export reaches, which is not up to its last day, or to the end of its hold"
[de]
title    = "Daten werden gelöscht oder anonymisiert, wenn sie nicht mehr gebraucht werden"
short    = "Nicht mehr gebrauchte Daten gelöscht"
rule     = """
Was gespeichert ist, wird bis zum Ende des letzten Tages gelöscht oder anonymisiert, den das Löschkonzept seiner Kategorie gibt: so viele Tage nach
dem Schließen des Kontos, dem Ende des Vertrags, der letzten Aktivität oder dem Ende des Zwecks. Solange das nicht eingetreten ist, werden Daten
gebraucht, und was bis dahin gelöscht wird, ist rechtzeitig gelöscht; bei einem Zweck ohne Ende, dessen Konto bis dahin geschlossen war, und bei
einer unbekannten Person ist es nicht entscheidbar. Eine Sperre aus zulässigem Grund hält Daten bis zu ihrem Ende (ein Jahr ab 9000 nennt keines),
und was bis dahin gelöscht wird, ist rechtzeitig gelöscht; länger aufbewahrt, ist es ein Verstoß ab diesem Ende. Gesperrte Sicherungen prüft eine
eigene Prüfung. Anonymisieren zählt nur mit erfasstem Verfahren: Geschah es rechtzeitig mit einem nicht erfassten, ist es nicht entscheidbar. Vor
dem letzten Tag ist nichts fällig, gehalten oder nicht."""
remedy   = "Löschen, was über seinen letzten Tag hinaus ist"
[de.reasons]
activity_later = "die Person war nach der Löschung oder Anonymisierung noch aktiv, und wann zuletzt davor, ist nicht erfasst"
needed            = "noch gebraucht: was die Frist auslöst, ist nicht geschehen"
disposed_in_time  = "bis zum letzten Tag, bis zum Ende der Sperre oder vor Beginn der Frist gelöscht oder anonymisiert"
disposed_late     = "nach dem letzten Tag und nach Ende der Sperre gelöscht oder anonymisiert"
on_hold           = "aus einem Grund gehalten, und die Sperre ist nicht vorbei"
hold_expired      = "aus einem Grund gehalten, und die Sperre ist vorbei"
kept_too_long     = "über den letzten Tag hinaus aufbewahrt"
not_yet_due       = "aufbewahrt, und der letzte Tag ist nicht vorbei"
hold_without_end  = "aus einem Grund ohne Ende gehalten"
method_unknown    = "mit einem Verfahren anonymisiert, das nicht erfasst ist"
need_unknown      = "das Konto wurde geschlossen, und an welchem Tag der Zweck endete, wenn überhaupt, ist nicht erfasst"
person_unknown    = "wessen Daten es sind, ist nicht erfasst oder nicht exportiert, sodass niemand weiß, ob etwas die Frist ausgelöst hat"
not_in_schedule   = "die Kategorie hat keine Frist im Löschkonzept"
no_instant        = "an einem Tag gelöscht oder anonymisiert, der nicht erfasst ist"
state_unknown     = "was daraus wurde, ist nicht erfasst"
in_the_future     = "ein Zeitpunkt liegt nach dem Stichtag"
export_ends_before_due = "aufbewahrt, soweit der Export reicht, und er reicht nicht bis zum letzten Tag oder zum Ende der Sperre"
*/
with people as (
    select account_id, max(closed_at) as closed_at, max(agreement_ended_at) as agreement_ended_at, max(last_activity_at) as last_activity_at
    from accounts where account_id in (select account_id from holdings) group by account_id
),
schedule as (
    select category, min(window_starts) as window_starts, min(max_days) as max_days, min(max_months) as max_months from retention_schedule group by category
),
started as (
    select h.* replace (case when h.hold_until::date < date '9000-01-01' then end_of_day(h.hold_until::date) end as hold_until), s.max_days, s.max_months, s.window_starts, p.closed_at, p.account_id is null as is_nobodys,
           case s.window_starts when 'closed_at' then p.closed_at
                                when 'agreement_ended_at' then p.agreement_ended_at
                                when 'last_activity_at' then p.last_activity_at
                                else h.need_ended_at end as started_at
    from holdings as h
    left join schedule as s on s.category = h.category
    left join people as p on p.account_id = h.account_id
    where h.disposition is distinct from 'isolated_backup' and coalesce(h.collected_at <= $as_of, true)
),
dated as (
    select * replace (case when disposition <> 'held' then disposed_at end as disposed_at), disposition <> 'held' as is_gone,
           list_contains(coalesce($hold_grounds::varchar[], [hold_ground]), hold_ground) as is_on_hold,
           end_of_day(days_later_on(started_at::date, max_months, max_days)) as due_at,
           disposition <> 'held' and (disposed_at <= due_at or (is_on_hold and disposed_at <= hold_until)) as is_in_time
    from started
),
judged as (
    select d.*,
           case when disposition is null then 'state_unknown'
                when disposed_at > $as_of or started_at > $as_of then 'in_the_future'
                when window_starts = 'last_activity_at' and started_at > disposed_at and not coalesce(is_on_hold and disposed_at <= hold_until, false) then 'activity_later'
                when disposition = 'anonymised' and method_ref is null and (due_at is null or disposed_at is null or is_in_time) then 'method_unknown'
                when is_gone and disposed_at is null then 'no_instant'
                when is_in_time then 'disposed_in_time'
                when coalesce(max_days, max_months) is null then 'not_in_schedule'
                when due_at is null and is_nobodys then 'person_unknown'
                when due_at is null and window_starts = 'purpose_ended_at' and closed_at <= coalesce(disposed_at, $as_of) then 'need_unknown'
                when due_at is null then case when is_gone then 'disposed_in_time' else 'needed' end
                when due_at >= $as_of then 'not_yet_due'
                when is_on_hold and hold_until is null then 'hold_without_end'
                when is_gone then 'disposed_late'
                when is_on_hold and hold_until >= $as_of then 'on_hold'
                when due_at > k.known_until or (is_on_hold and hold_until > k.known_until) then 'export_ends_before_due'
                when is_on_hold then 'hold_expired'
                else 'kept_too_long' end as reason,
           case when reason in ('disposed_late', 'hold_expired') and is_on_hold then greatest(due_at, hold_until) else due_at end as over_at
    from dated as d
    join known_until as k on k.table_name = 'holdings'
)
select holding_id as record_id, account_id, null::varchar as country, over_at as event_at, over_at as due_at,
       case when reason in ('needed', 'disposed_in_time', 'on_hold') then 'compliant'
            when reason in ('disposed_late', 'hold_expired', 'kept_too_long') then 'violation'
            when reason = 'not_yet_due' then 'pending'
            else 'indeterminate' end as verdict,
       reason,
       case when reason <> 'method_unknown' then disposed_at end as met_at, category, system_name
from judged;

/* examples
as_of = 2026-06-30
[what_came_later_is_not_there_yet]
period = "2026-01"
given.export_info = [{ exported_at = 2026-09-01T00:00:00Z }]
given.retention_schedule = [{ category = "chat", window_starts = "closed_at", max_days = 30 }]
given.accounts = [{ account_id = "left", closed_at = 2024-01-01T10:00:00Z }]
given.holdings = [
    { holding_id = "that_moment", account_id = "left", category = "chat", disposition = "held", collected_at = 2026-06-30T23:59:59.999999Z }, { holding_id = "later", account_id = "left", category = "chat", disposition = "held", collected_at = 2026-07-01T00:00:00Z },
]
expect = { that_moment = { verdict = "violation: kept_too_long", scope = "carried", account = "left" } }
[the_last_day_of_the_window]
given.retention_schedule = [{ category = "chat", window_starts = "closed_at", max_days = 30 }, { category = "log", window_starts = "purpose_ended_at", max_days = 90 }]
given.accounts = [{ account_id = "left", closed_at = 2026-05-01T10:00:00Z }, { account_id = "leaving", closed_at = 2026-05-31T10:00:00Z }, { account_id = "stays" }]
given.holdings = [
    { holding_id = "deleted_on_the_last_day", account_id = "left", category = "chat", disposition = "deleted", disposed_at = 2026-05-31T23:59:59Z },
    { holding_id = "deleted_a_day_late", account_id = "left", category = "chat", disposition = "deleted", disposed_at = 2026-06-01T00:00:00Z },
    { holding_id = "still_there", account_id = "left", category = "chat", disposition = "held" },
    { holding_id = "due_today", account_id = "leaving", category = "chat", disposition = "held" },
    { holding_id = "gone_before", account_id = "left", category = "chat", disposition = "deleted", disposed_at = 2026-04-01T00:00:00Z },
    { holding_id = "of_no_hold", account_id = "left", category = "chat", disposition = "deleted", disposed_at = 2026-06-20T00:00:00Z, hold_until = 2026-06-10T00:00:00Z },
    { holding_id = "needed", account_id = "stays", category = "chat", disposition = "held" },
    { holding_id = "of_a_stranger", account_id = "not exported", category = "chat", disposition = "held" },
    { holding_id = "purpose_goes_on", account_id = "stays", category = "log", disposition = "held" },
    { holding_id = "purpose_of_who_left", account_id = "left", category = "log", disposition = "held" },
    { holding_id = "purpose_over", account_id = "stays", category = "log", need_ended_at = 2026-01-01T00:00:00Z, disposition = "held" },
]
expect = { deleted_on_the_last_day = { verdict = "compliant: disposed_in_time", due_at = 2026-05-31T23:59:59.999999Z, met_at = 2026-05-31T23:59:59Z }, deleted_a_day_late = { verdict = "violation: disposed_late", due_at = 2026-05-31T23:59:59.999999Z, met_at = 2026-06-01T00:00:00Z }, still_there = "violation: kept_too_long", due_today = { verdict = "pending: not_yet_due", due_at = 2026-06-30T23:59:59.999999Z, met_at = "" }, gone_before = "compliant: disposed_in_time", of_no_hold = { verdict = "violation: disposed_late", event_at = 2026-05-31T23:59:59.999999Z }, needed = "compliant: needed", of_a_stranger = "indeterminate: person_unknown", purpose_goes_on = "compliant: needed", purpose_of_who_left = "indeterminate: need_unknown", purpose_over = "violation: kept_too_long" }
[to_the_instant]
given.retention_schedule = [{ category = "chat", window_starts = "closed_at", max_days = 30 }]
given.accounts = [{ account_id = "left", closed_at = 2026-05-01T10:00:00Z }, { account_id = "leaving", closed_at = 2026-05-31T10:00:00Z }, { account_id = "now", closed_at = 2026-06-30T23:59:59.999999Z }, { account_id = "later", closed_at = 2026-07-01T00:00:00Z }]
given.holdings = [
    { holding_id = "last", account_id = "left", category = "chat", disposition = "deleted", disposed_at = 2026-05-31T23:59:59.999999Z }, { holding_id = "anonymised", account_id = "left", category = "chat", disposition = "anonymised", method_ref = "m", disposed_at = 2026-05-31T10:00:00Z },
    { holding_id = "held_though_dated", account_id = "left", category = "chat", disposition = "held", disposed_at = 2026-05-10T00:00:00Z }, { holding_id = "deleted_now", account_id = "leaving", category = "chat", disposition = "deleted", disposed_at = 2026-06-30T23:59:59.999999Z },
    { holding_id = "closed_now", account_id = "now", category = "chat", disposition = "held" }, { holding_id = "closed_later", account_id = "later", category = "chat", disposition = "held" }, { holding_id = "endless_and_not_due", account_id = "leaving", category = "chat", disposition = "held", hold_ground = "dispute" },
]
expect = { last = "compliant: disposed_in_time", anonymised = "compliant: disposed_in_time", held_though_dated = { verdict = "violation: kept_too_long", met_at = "" }, deleted_now = "compliant: disposed_in_time", closed_now = "pending: not_yet_due", closed_later = "indeterminate: in_the_future", endless_and_not_due = "pending: not_yet_due" }
[windows_that_start_otherwise]
given.retention_schedule = [{ category = "log", window_starts = "purpose_ended_at", max_days = 90 }, { category = "bill", window_starts = "agreement_ended_at", max_days = 30 }]
given.accounts = [{ account_id = "left", closed_at = 2026-05-01T10:00:00Z, agreement_ended_at = 2026-05-20T10:00:00Z }, { account_id = "closed", closed_at = 2026-05-31T10:00:00Z }]
given.holdings = [
    { holding_id = "purpose_over", account_id = "left", category = "log", need_ended_at = 2026-01-01T00:00:00Z, disposition = "held" }, { holding_id = "purpose_of_a_stranger", account_id = "not exported", category = "log", disposition = "held" },
    { holding_id = "purpose_over_of_a_stranger", account_id = "not exported", category = "log", need_ended_at = 2026-01-01T00:00:00Z, disposition = "held" },
    { holding_id = "agreement_over", account_id = "left", category = "bill", disposition = "deleted", disposed_at = 2026-06-20T00:00:00Z }, { holding_id = "agreement_runs", account_id = "closed", category = "bill", disposition = "held" },
]
expect = { purpose_over = "violation: kept_too_long", purpose_of_a_stranger = "indeterminate: person_unknown", purpose_over_of_a_stranger = "violation: kept_too_long", agreement_over = { verdict = "violation: disposed_late", due_at = 2026-06-19T23:59:59.999999Z, met_at = 2026-06-20T00:00:00Z }, agreement_runs = "compliant: needed" }
[deleted_and_when_due_is_unknown]
given.retention_schedule = [{ category = "chat", window_starts = "closed_at", max_days = 30 }, { category = "log", window_starts = "purpose_ended_at", max_days = 90 }]
given.accounts = [{ account_id = "left", closed_at = 2026-03-01T00:00:00Z }, { account_id = "stays" }]
given.holdings = [
    { holding_id = "of_a_strangers_purpose", account_id = "not exported", category = "log", disposition = "held" },
    { holding_id = "by_the_end_of_its_purpose", account_id = "not exported", category = "log", disposition = "deleted", disposed_at = 2026-03-01T00:00:00Z, need_ended_at = 2026-03-01T00:00:00Z },
    { holding_id = "of_a_stranger", account_id = "not exported", category = "chat", disposition = "deleted", disposed_at = 2026-03-01T00:00:00Z },
    { holding_id = "by_its_hold", account_id = "not exported", category = "chat", disposition = "deleted", disposed_at = 2026-03-01T00:00:00Z, hold_ground = "dispute", hold_until = 2026-03-01T00:00:00Z },
    { holding_id = "not_started", account_id = "stays", category = "chat", disposition = "deleted", disposed_at = 2026-03-01T00:00:00Z },
    { holding_id = "purpose_goes_on", account_id = "stays", category = "log", disposition = "deleted", disposed_at = 2026-03-01T00:00:00Z },
    { holding_id = "purpose_of_who_left", account_id = "left", category = "log", disposition = "deleted", disposed_at = 2026-03-01T00:00:00Z },
    { holding_id = "before_the_account_was_closed", account_id = "left", category = "log", disposition = "deleted", disposed_at = 2026-02-28T23:59:59Z },
]
expect = { of_a_strangers_purpose = "indeterminate: person_unknown", by_the_end_of_its_purpose = "compliant: disposed_in_time", of_a_stranger = "indeterminate: person_unknown", by_its_hold = "compliant: disposed_in_time", not_started = "compliant: disposed_in_time", purpose_goes_on = "compliant: disposed_in_time", purpose_of_who_left = "indeterminate: need_unknown", before_the_account_was_closed = "compliant: disposed_in_time" }
[holds]
given.retention_schedule = [{ category = "chat", window_starts = "closed_at", max_days = 30 }]
given.accounts = [{ account_id = "left", closed_at = 2026-01-01T10:00:00Z }]
given.holdings = [
    { holding_id = "held", account_id = "left", category = "chat", disposition = "held", hold_ground = "dispute", hold_until = 2026-12-31T00:00:00Z },
    { holding_id = "over", account_id = "left", category = "chat", disposition = "held", hold_ground = "dispute", hold_until = 2026-06-29T00:00:00Z },
    { holding_id = "endless", account_id = "left", category = "chat", disposition = "held", hold_ground = "dispute" }, { holding_id = "for_ever", account_id = "left", category = "chat", disposition = "held", hold_ground = "dispute", hold_until = 9000-01-01T00:00:00Z }, { holding_id = "for_long", account_id = "left", category = "chat", disposition = "held", hold_ground = "dispute", hold_until = 8999-12-31T23:59:59.999999Z },
    { holding_id = "ended_before", account_id = "left", category = "chat", disposition = "held", hold_ground = "dispute", hold_until = 2026-01-10T00:00:00Z }, { holding_id = "ends_now", account_id = "left", category = "chat", disposition = "held", hold_ground = "dispute", hold_until = 2026-06-30T23:59:59.999999Z },
]
expect = { for_ever = "indeterminate: hold_without_end", for_long = { verdict = "compliant: on_hold", event_at = 2026-01-31T23:59:59.999999Z }, ends_now = "compliant: on_hold", held = "compliant: on_hold", over = { verdict = "violation: hold_expired", event_at = 2026-06-29T23:59:59.999999Z, due_at = 2026-06-29T23:59:59.999999Z }, ended_before = { verdict = "violation: hold_expired", event_at = 2026-01-31T23:59:59.999999Z }, endless = "indeterminate: hold_without_end" }
[what_is_deleted_under_a_hold]
parameters = { hold_grounds = ["dispute"] }
given.retention_schedule = [{ category = "chat", window_starts = "closed_at", max_days = 30 }]
given.accounts = [{ account_id = "left", closed_at = 2026-01-01T10:00:00Z }]
given.holdings = [
    { holding_id = "at_its_end", account_id = "left", category = "chat", disposition = "deleted", disposed_at = 2026-05-01T23:59:59.999999Z, hold_ground = "dispute", hold_until = 2026-05-01T00:00:00Z },
    { holding_id = "a_second_later", account_id = "left", category = "chat", disposition = "deleted", disposed_at = 2026-05-02T00:00:00Z, hold_ground = "dispute", hold_until = 2026-05-01T00:00:00Z },
    { holding_id = "endless", account_id = "left", category = "chat", disposition = "deleted", disposed_at = 2026-05-01T00:00:00Z, hold_ground = "dispute" },
    { holding_id = "by_habit", account_id = "left", category = "chat", disposition = "held", hold_ground = "habit", hold_until = 2026-12-31T00:00:00Z },
    { holding_id = "deleted_by_habit", account_id = "left", category = "chat", disposition = "deleted", disposed_at = 2026-05-01T00:00:00Z, hold_ground = "habit", hold_until = 2026-05-01T00:00:00Z },
]
expect = { at_its_end = "compliant: disposed_in_time", a_second_later = { verdict = "violation: disposed_late", event_at = 2026-05-01T23:59:59.999999Z }, endless = "indeterminate: hold_without_end", by_habit = "violation: kept_too_long", deleted_by_habit = { verdict = "violation: disposed_late", event_at = 2026-01-31T23:59:59.999999Z } }
[backups_are_judged_elsewhere]
given.retention_schedule = [{ category = "chat", window_starts = "closed_at", max_days = 30 }]
given.accounts = [{ account_id = "left", closed_at = 2026-01-01T10:00:00Z }]
given.holdings = [{ holding_id = "b", account_id = "left", category = "chat", disposition = "isolated_backup" }]
expect = {}
[the_data_cannot_tell]
given.retention_schedule = [{ category = "chat", window_starts = "closed_at", max_days = 30 }]
given.accounts = [{ account_id = "left", closed_at = 2026-01-01T10:00:00Z }, { account_id = "stays" }]
given.holdings = [
    { holding_id = "a", account_id = "left", category = "chat", disposition = "anonymised", disposed_at = 2026-01-10T00:00:00Z },
    { holding_id = "j", account_id = "stays", category = "chat", disposition = "anonymised", disposed_at = 2026-01-10T00:00:00Z }, { holding_id = "k", account_id = "left", category = "chat", disposition = "anonymised" },
    { holding_id = "b", account_id = "left", category = "novel", disposition = "held" },
    { holding_id = "c", account_id = "left", category = "chat", disposition = "deleted" },
    { holding_id = "d", account_id = "left", category = "chat" },
    { holding_id = "e", account_id = "left", category = "chat", disposition = "deleted", disposed_at = 2026-07-10T00:00:00Z },
    { holding_id = "f", account_id = "left", category = "chat", disposition = "anonymised", disposed_at = 2026-02-01T00:00:00Z },
    { holding_id = "g", account_id = "left", category = "novel", disposition = "deleted", disposed_at = 2026-02-01T00:00:00Z, hold_ground = "dispute", hold_until = 2026-02-01T00:00:00Z },
    { holding_id = "h", account_id = "left", category = "novel", disposition = "deleted", disposed_at = 2026-02-02T00:00:00Z, hold_ground = "dispute", hold_until = 2026-02-01T00:00:00Z },
    { holding_id = "i", account_id = "left", category = "chat", disposition = "anonymised", disposed_at = 2026-03-01T00:00:00Z, hold_ground = "dispute", hold_until = 2026-03-01T00:00:00Z },
]
expect = { a = "indeterminate: method_unknown", b = "indeterminate: not_in_schedule", c = "indeterminate: no_instant", d = "indeterminate: state_unknown", e = "indeterminate: in_the_future", f = "violation: disposed_late", g = "compliant: disposed_in_time", h = "indeterminate: not_in_schedule", i = "indeterminate: method_unknown", j = "indeterminate: method_unknown", k = "indeterminate: method_unknown" }
[the_export_stops_on_the_last_day]
given.export_tables = [{ table_name = "holdings", covers_to = 2026-05-31T12:00:00Z }]
given.retention_schedule = [{ category = "chat", window_starts = "closed_at", max_days = 30 }]
given.accounts = [{ account_id = "a", closed_at = 2026-05-01T10:00:00Z }, { account_id = "b", closed_at = 2026-04-30T10:00:00Z }]
given.holdings = [
    { holding_id = "on_its_last_day", account_id = "a", category = "chat", disposition = "held" },
    { holding_id = "the_day_before", account_id = "b", category = "chat", disposition = "held" },
    { holding_id = "on_hold_then", account_id = "b", category = "chat", disposition = "held", hold_ground = "dispute", hold_until = 2026-05-31T12:00:01Z },
    { holding_id = "hold_over", account_id = "b", category = "chat", disposition = "held", hold_ground = "dispute", hold_until = 2026-05-30T12:00:00Z },
]
expect = { on_its_last_day = "indeterminate: export_ends_before_due", the_day_before = "violation: kept_too_long", on_hold_then = "indeterminate: export_ends_before_due", hold_over = "violation: hold_expired" }
[the_export_stops_as_the_last_day_is_over]
given.export_tables = [{ table_name = "holdings", covers_to = 2026-05-31T23:59:59.999999Z }]
given.retention_schedule = [{ category = "chat", window_starts = "closed_at", max_days = 30 }]
given.accounts = [{ account_id = "a", closed_at = 2026-05-01T10:00:00Z }]
given.holdings = [{ holding_id = "a", account_id = "a", category = "chat", disposition = "held" }, { holding_id = "on_a_hold", account_id = "a", category = "chat", disposition = "held", hold_ground = "dispute", hold_until = 2026-05-31T10:00:00Z }]
expect = { a = "violation: kept_too_long", on_a_hold = "violation: hold_expired" }
[months_end_on_the_day_of_their_number]
given.retention_schedule = [
    { category = "idle", window_starts = "last_activity_at", max_months = 24 }, { category = "month_and_week", window_starts = "last_activity_at", max_months = 1, max_days = 7 },
]
given.accounts = [
    { account_id = "a", last_activity_at = 2024-02-29T10:00:00Z }, { account_id = "b", last_activity_at = 2026-01-31T10:00:00Z },
]
given.holdings = [
    { holding_id = "last_day", account_id = "a", category = "idle", disposition = "deleted", disposed_at = 2026-02-28T23:59:59Z },
    { holding_id = "day_after", account_id = "a", category = "idle", disposition = "deleted", disposed_at = 2026-03-01T00:00:00Z },
    { holding_id = "and_a_week", account_id = "b", category = "month_and_week", disposition = "deleted", disposed_at = 2026-03-07T23:59:59Z },
    { holding_id = "and_eight_days", account_id = "b", category = "month_and_week", disposition = "deleted", disposed_at = 2026-03-08T00:00:00Z },
]
expect = { last_day = "compliant: disposed_in_time", day_after = "violation: disposed_late", and_a_week = "compliant: disposed_in_time", and_eight_days = "violation: disposed_late" }
[active_after_it_was_disposed_of]
given.retention_schedule = [{ category = "idle", window_starts = "last_activity_at", max_days = 365 }]
given.accounts = [{ account_id = "later", last_activity_at = 2026-05-01T08:00:00Z }, { account_id = "then", last_activity_at = 2024-06-01T08:00:00Z }]
given.holdings = [
    { holding_id = "gone_before", account_id = "later", category = "idle", disposition = "deleted", disposed_at = 2024-06-01T08:00:00Z }, { holding_id = "gone_at_that_moment", account_id = "then", category = "idle", disposition = "deleted", disposed_at = 2024-06-01T08:00:00Z },
    { holding_id = "held", account_id = "later", category = "idle", disposition = "held" }, { holding_id = "gone_on_a_hold", account_id = "later", category = "idle", disposition = "deleted", disposed_at = 2024-06-01T23:59:59.999999Z, hold_ground = "legal_obligation", hold_until = 2024-06-01T08:00:00Z },
    { holding_id = "gone_on_no_hold", account_id = "later", category = "idle", disposition = "deleted", disposed_at = 2024-06-01T08:00:00Z, hold_until = 2024-06-01T08:00:00Z },
    { holding_id = "gone_after_a_hold", account_id = "later", category = "idle", disposition = "deleted", disposed_at = 2024-06-01T08:00:00Z, hold_ground = "legal_obligation", hold_until = 2024-05-31T07:59:59Z },
]
expect = { gone_on_a_hold = "compliant: disposed_in_time", gone_after_a_hold = "indeterminate: activity_later", gone_on_no_hold = "indeterminate: activity_later", gone_before = "indeterminate: activity_later", gone_at_that_moment = "compliant: disposed_in_time", held = "pending: not_yet_due" }
[anonymised_by_no_method_stays_open]
given.retention_schedule = [{ category = "chats", window_starts = "closed_at", max_days = 30 }]
given.accounts = [{ account_id = "a", closed_at = 2026-02-20T08:00:00Z }]
given.holdings = [{ holding_id = "h", account_id = "a", category = "chats", disposition = "anonymised", disposed_at = 2026-03-01T08:00:00Z }]
expect = { h = { verdict = "indeterminate: method_unknown", met_at = "" } }
[equivalent]
"people: max(closed_at) → min(closed_at)" = "only rows of one key differ, and those are bad records"
"people: max(agreement_ended_at) → min(agreement_ended_at)" = "only rows of one key differ, and those are bad records"
"people: max(last_activity_at) → min(last_activity_at)" = "only rows of one key differ, and those are bad records"
"schedule: min(window_starts) → max(window_starts)" = "only rows of one key differ, and those are bad records"
"schedule: min(max_days) → max(max_days)" = "only rows of one key differ, and those are bad records"
"schedule: min(max_months) → max(max_months)" = "only rows of one key differ, and those are bad records"
"people: account_id in (select account_id from holdings) → true" = "reads less, and nothing else is asked for"
*/
