/*
id         = "processor_data_kept_by_agreement"
title      = "Data that is processed for subscribers is kept no longer than their agreement allows"
short      = "Subscribers' data deleted by agreement"
rule       = """
What is stored of people for whom the Company is a processor is deleted or anonymised by the end of the last day that the schedule gives its category
after the subscriber's agreement ended, or by the end of a hold on a ground that is permitted (a year from 9000 on states none); kept on, it is a
violation from then. While the agreement runs, it is needed to provide the service. Anonymising counts only with its method on record: done in time by
one that is not, nobody can tell. Isolated backups and holds are judged by controls of their own."""
maps_to    = ["GDPR 28(3)(g)"]
severity   = "high"
feeds      = ["retention_ages"]
remedy     = "Delete what is over the last day of its agreement"
tables.holdings = ["account_id", "category", "disposition", "disposed_at", "hold_ground??", "hold_until??", "method_ref??", "system_name?", "collected_at?"]
tables.accounts = ["our_role", "controller_subscriber_id", "agreement_ended_at"]
tables.retention_schedule = ["max_days??", "max_months?"]
absent.holdings.collected_at = "all of it came in by the instant of judgement"
absent.retention_schedule.max_months = "only days count"
dimensions = ["category"]
parameters.hold_grounds = { type = "words", of = "ground", needed = false }
inject.agreement_ended_long_ago = { accounts = { agreement_ended_at = "f.as_of - to_days(5000)" }, by = "t.account_id = f.subscriber_id", where = "reason = 'agreement_runs'" }
[reasons]
agreement_runs     = "the subscriber's agreement has not ended"
disposed_in_time   = "deleted or anonymised by its last day, or by the end of its hold"
on_hold            = "kept on a ground, and the hold has not ended"
hold_without_end   = "kept on a ground without an end"
disposed_late      = "deleted or anonymised after its last day, and after its hold"
kept_too_long      = "kept past its last day"
not_yet_due        = "kept, and its last day has not passed"
subscriber_unknown = "for which subscriber it is kept is not recorded"
method_unknown     = "anonymised in time by a method that is not on record"
not_in_schedule    = "its category has no limit in the schedule"
state_unknown      = "what became of it, or when, is not recorded"
in_the_future      = "an instant lies after the instant of judgement"
export_ends_before_due = "kept as far as the export reaches, which is not up to its last day, or to the end of its hold"
[de]
title    = "Im Auftrag verarbeitete Daten werden nicht länger aufbewahrt, als der Vertrag erlaubt"
short    = "Auftragsdaten nach Vertrag gelöscht"
rule     = """
Was von Personen gespeichert ist, für die das Unternehmen Auftragsverarbeiter ist, wird bis zum Ende des letzten Tages gelöscht oder anonymisiert,
den das Löschkonzept seiner Kategorie nach dem Ende des Vertrags mit dem Abonnenten gibt, oder bis zum Ende einer Sperre aus zulässigem Grund (ein
Jahr ab 9000 nennt keines); länger aufbewahrt, ist es ein Verstoß ab diesem Ende. Solange der Vertrag läuft, wird es für den Dienst gebraucht.
Anonymisieren zählt nur mit erfasstem Verfahren: Geschah es rechtzeitig mit einem nicht erfassten, ist es nicht entscheidbar. Gesperrte Sicherungen
und Sperren prüfen eigene Prüfungen."""
remedy   = "Löschen, was über den letzten Tag des Vertrags hinaus ist"
[de.reasons]
agreement_runs     = "der Vertrag des Abonnenten ist nicht beendet"
disposed_in_time   = "bis zum letzten Tag oder bis zum Ende der Sperre gelöscht oder anonymisiert"
on_hold            = "aus einem Grund gehalten, und die Sperre ist nicht vorbei"
hold_without_end   = "aus einem Grund ohne Ende gehalten"
disposed_late      = "nach dem letzten Tag und nach Ende der Sperre gelöscht oder anonymisiert"
kept_too_long      = "über den letzten Tag hinaus aufbewahrt"
not_yet_due        = "aufbewahrt, und der letzte Tag ist nicht vorbei"
subscriber_unknown = "für welchen Abonnenten es aufbewahrt wird, ist nicht erfasst"
method_unknown     = "rechtzeitig anonymisiert, mit einem Verfahren, das nicht erfasst ist"
not_in_schedule    = "die Kategorie hat keine Frist im Löschkonzept"
state_unknown      = "was daraus wurde oder wann, ist nicht erfasst"
in_the_future      = "ein Zeitpunkt liegt nach dem Stichtag"
export_ends_before_due = "aufbewahrt, soweit der Export reicht, und er reicht nicht bis zum letzten Tag oder zum Ende der Sperre"
*/
with agreements as (
    select account_id, max(agreement_ended_at) as ended_at from accounts where account_id in (select controller_subscriber_id from accounts) group by account_id
),
people as (
    select p.account_id, min(p.controller_subscriber_id) as subscriber_id from accounts as p
    where p.our_role = 'processor' and p.account_id in (select account_id from holdings) group by p.account_id
),
schedule as (
    select category, min(max_days) as max_days, min(max_months) as max_months from retention_schedule group by category
),
dated as (
    select h.* replace (case when h.disposition <> 'held' then h.disposed_at end as disposed_at, case when h.hold_until::date < date '9000-01-01' then end_of_day(h.hold_until::date) end as hold_until),
           p.subscriber_id, a.account_id as known_subscriber_id, a.ended_at,
           list_contains(coalesce($hold_grounds::varchar[], [h.hold_ground]), h.hold_ground) as is_on_hold,
           h.disposition = 'anonymised' and h.method_ref is null as is_by_no_method,
           end_of_day(days_later_on(a.ended_at::date, s.max_months, s.max_days)) as due_at
    from holdings as h
    join people as p on p.account_id = h.account_id
    left join agreements as a on a.account_id = p.subscriber_id
    left join schedule as s on s.category = h.category
    where h.disposition is distinct from 'isolated_backup' and coalesce(h.collected_at <= $as_of, true)
),
judged as (
    select d.*,
           case when disposed_at > $as_of or ended_at > $as_of then 'in_the_future'
                when disposition is null or (disposition <> 'held' and disposed_at is null) then 'state_unknown'
                when known_subscriber_id is null then 'subscriber_unknown'
                when ended_at is null then 'agreement_runs'
                when due_at is null then 'not_in_schedule'
                when disposed_at <= due_at and is_by_no_method then 'method_unknown'
                when disposed_at <= due_at then 'disposed_in_time'
                when due_at >= $as_of then 'not_yet_due'
                when is_on_hold and hold_until is null then 'hold_without_end'
                when is_on_hold and disposed_at <= hold_until and is_by_no_method then 'method_unknown'
                when is_on_hold and disposed_at <= hold_until then 'disposed_in_time'
                when disposed_at is not null then 'disposed_late'
                when is_on_hold and hold_until >= $as_of then 'on_hold'
                when due_at > k.known_until or (is_on_hold and hold_until > k.known_until) then 'export_ends_before_due'
                else 'kept_too_long' end as reason,
           case when reason in ('disposed_late', 'kept_too_long') and is_on_hold then greatest(due_at, hold_until) else due_at end as over_at
    from dated as d
    join known_until as k on k.table_name = 'holdings'
)
select holding_id as record_id, account_id, null::varchar as country, over_at as event_at, over_at as due_at,
       case when reason in ('agreement_runs', 'disposed_in_time', 'on_hold') then 'compliant'
            when reason in ('disposed_late', 'kept_too_long') then 'violation'
            when reason = 'not_yet_due' then 'pending'
            else 'indeterminate' end as verdict,
       reason,
       case when reason <> 'method_unknown' then disposed_at end as met_at, category, system_name, subscriber_id
from judged;

/* examples
as_of = 2026-06-30
[what_came_later_is_not_there_yet]
period = "2026-01"
given.export_info = [{ exported_at = 2026-09-01T00:00:00Z }]
given.retention_schedule = [{ category = "chat", max_days = 30 }]
given.accounts = [{ account_id = "left", agreement_ended_at = 2024-01-01T10:00:00Z }, { account_id = "v", our_role = "processor", controller_subscriber_id = "left" }]
given.holdings = [
    { holding_id = "that_moment", account_id = "v", category = "chat", disposition = "held", collected_at = 2026-06-30T23:59:59.999999Z }, { holding_id = "later", account_id = "v", category = "chat", disposition = "held", collected_at = 2026-07-01T00:00:00Z },
]
expect = { that_moment = { verdict = "violation: kept_too_long", scope = "carried", account = "v" } }
[the_subscribers_agreement]
given.retention_schedule = [{ category = "chat", max_days = 30 }, { category = "idle", max_months = 1 }]
given.accounts = [
    { account_id = "left", agreement_ended_at = 2026-05-01T10:00:00Z }, { account_id = "leaving", agreement_ended_at = 2026-05-31T10:00:00Z }, { account_id = "stays" },
    { account_id = "v", our_role = "processor", controller_subscriber_id = "left" }, { account_id = "w", our_role = "processor", controller_subscriber_id = "stays" },
    { account_id = "x", our_role = "processor", controller_subscriber_id = "leaving" }, { account_id = "lost", our_role = "processor" },
    { account_id = "leaves_now", agreement_ended_at = 2026-06-30T23:59:59.999999Z }, { account_id = "leaves_later", agreement_ended_at = 2026-07-01T00:00:00Z },
    { account_id = "y", our_role = "processor", controller_subscriber_id = "leaves_now" }, { account_id = "z", our_role = "processor", controller_subscriber_id = "leaves_later" }, { account_id = "own", our_role = "controller" },
]
given.holdings = [
    { holding_id = "on_the_last_day", account_id = "v", category = "chat", disposition = "deleted", disposed_at = 2026-05-31T23:59:59Z },
    { holding_id = "a_day_late", account_id = "v", category = "chat", disposition = "deleted", disposed_at = 2026-06-01T00:00:00Z },
    { holding_id = "still_there", account_id = "v", category = "chat", disposition = "held" },
    { holding_id = "held", account_id = "v", category = "chat", disposition = "held", hold_ground = "dispute", hold_until = 2026-12-31T00:00:00Z },
    { holding_id = "deleted_under_hold", account_id = "v", category = "chat", disposition = "deleted", disposed_at = 2026-06-10T23:59:59.999999Z, hold_ground = "dispute", hold_until = 2026-06-10T00:00:00Z },
    { holding_id = "deleted_after_hold", account_id = "v", category = "chat", disposition = "deleted", disposed_at = 2026-06-11T00:00:00Z, hold_ground = "dispute", hold_until = 2026-06-10T00:00:00Z },
    { holding_id = "hold_over", account_id = "v", category = "chat", disposition = "held", hold_ground = "dispute", hold_until = 2026-06-12T00:00:00Z },
    { holding_id = "hold_over_before", account_id = "v", category = "chat", disposition = "held", hold_ground = "dispute", hold_until = 2026-05-12T00:00:00Z },
    { holding_id = "endless", account_id = "v", category = "chat", disposition = "held", hold_ground = "dispute" },
    { holding_id = "for_ever", account_id = "v", category = "chat", disposition = "held", hold_ground = "dispute", hold_until = 9000-01-01T00:00:00Z },
    { holding_id = "for_long", account_id = "v", category = "chat", disposition = "held", hold_ground = "dispute", hold_until = 8999-12-31T23:59:59.999999Z },
    { holding_id = "runs", account_id = "w", category = "chat", disposition = "held" },
    { holding_id = "due_today", account_id = "x", category = "chat", disposition = "held" },
    { holding_id = "for_whom", account_id = "lost", category = "chat", disposition = "held" },
    { holding_id = "novel", account_id = "v", category = "novel", disposition = "held" },
    { holding_id = "state", account_id = "v", category = "chat" },
    { holding_id = "future", account_id = "v", category = "chat", disposition = "deleted", disposed_at = 2026-07-01T00:00:00Z },
    { holding_id = "last_instant", account_id = "v", category = "chat", disposition = "deleted", disposed_at = 2026-05-31T23:59:59.999999Z },
    { holding_id = "months", account_id = "v", category = "idle", disposition = "deleted", disposed_at = 2026-06-01T23:59:59Z },
    { holding_id = "undated", account_id = "v", category = "chat", disposition = "deleted" },
    { holding_id = "held_though_dated", account_id = "v", category = "chat", disposition = "held", disposed_at = 2026-05-10T00:00:00Z },
    { holding_id = "deleted_now", account_id = "x", category = "chat", disposition = "deleted", disposed_at = 2026-06-30T23:59:59.999999Z },
    { holding_id = "ended_now", account_id = "y", category = "chat", disposition = "held" },
    { holding_id = "ends_later", account_id = "z", category = "chat", disposition = "held" },
    { holding_id = "hold_ends_now", account_id = "v", category = "chat", disposition = "held", hold_ground = "dispute", hold_until = 2026-06-30T23:59:59.999999Z },
    { holding_id = "endless_not_due", account_id = "x", category = "chat", disposition = "held", hold_ground = "dispute" },
    { holding_id = "endless_deleted", account_id = "v", category = "chat", disposition = "deleted", disposed_at = 2026-06-10T00:00:00Z, hold_ground = "dispute" },
    { holding_id = "own", account_id = "own", category = "chat", disposition = "held" },
    { holding_id = "backup", account_id = "v", category = "chat", disposition = "isolated_backup" },
]
expect.on_the_last_day = { verdict = "compliant: disposed_in_time", due_at = 2026-05-31T23:59:59.999999Z, met_at = 2026-05-31T23:59:59Z }
expect.a_day_late = { verdict = "violation: disposed_late", due_at = 2026-05-31T23:59:59.999999Z, met_at = 2026-06-01T00:00:00Z }
expect.still_there = "violation: kept_too_long"
expect.held = { verdict = "compliant: on_hold", event_at = 2026-05-31T23:59:59.999999Z }
expect.deleted_under_hold = "compliant: disposed_in_time"
expect.deleted_after_hold = { verdict = "violation: disposed_late", event_at = 2026-06-10T23:59:59.999999Z, due_at = 2026-06-10T23:59:59.999999Z }
expect.hold_over = { verdict = "violation: kept_too_long", event_at = 2026-06-12T23:59:59.999999Z }
expect.hold_over_before = { verdict = "violation: kept_too_long", event_at = 2026-05-31T23:59:59.999999Z }
expect.endless = "indeterminate: hold_without_end"
expect.for_ever = "indeterminate: hold_without_end"
expect.for_long = "compliant: on_hold"
expect.runs = "compliant: agreement_runs"
expect.due_today = { verdict = "pending: not_yet_due", due_at = 2026-06-30T23:59:59.999999Z, met_at = "" }
expect.for_whom = "indeterminate: subscriber_unknown"
expect.novel = "indeterminate: not_in_schedule"
expect.state = "indeterminate: state_unknown"
expect.future = "indeterminate: in_the_future"
expect.last_instant = "compliant: disposed_in_time"
expect.months = "compliant: disposed_in_time"
expect.undated = "indeterminate: state_unknown"
expect.held_though_dated = { verdict = "violation: kept_too_long", met_at = "" }
expect.deleted_now = "compliant: disposed_in_time"
expect.ended_now = "pending: not_yet_due"
expect.ends_later = "indeterminate: in_the_future"
expect.hold_ends_now = "compliant: on_hold"
expect.endless_not_due = "pending: not_yet_due"
expect.endless_deleted = "indeterminate: hold_without_end"
[anonymised_by_a_method_or_none]
given.retention_schedule = [{ category = "chat", max_days = 30 }]
given.accounts = [{ account_id = "left", agreement_ended_at = 2026-05-01T10:00:00Z }, { account_id = "v", our_role = "processor", controller_subscriber_id = "left" }, { account_id = "stays" }, { account_id = "w", our_role = "processor", controller_subscriber_id = "stays" }]
given.holdings = [
    { holding_id = "by_a_method", account_id = "v", category = "chat", disposition = "anonymised", disposed_at = 2026-05-31T23:59:59.999999Z, method_ref = "m" },
    { holding_id = "by_none", account_id = "v", category = "chat", disposition = "anonymised", disposed_at = 2026-05-31T23:59:59.999999Z }, { holding_id = "late", account_id = "v", category = "chat", disposition = "anonymised", disposed_at = 2026-06-01T00:00:00Z },
    { holding_id = "by_none_under_hold", account_id = "v", category = "chat", disposition = "anonymised", disposed_at = 2026-06-10T23:59:59.999999Z, hold_ground = "dispute", hold_until = 2026-06-10T00:00:00Z },
    { holding_id = "by_a_method_under_hold", account_id = "v", category = "chat", disposition = "anonymised", disposed_at = 2026-06-10T00:00:00Z, hold_ground = "dispute", hold_until = 2026-06-10T00:00:00Z, method_ref = "m" },
    { holding_id = "by_none_after_hold", account_id = "v", category = "chat", disposition = "anonymised", disposed_at = 2026-06-11T00:00:00Z, hold_ground = "dispute", hold_until = 2026-06-10T00:00:00Z },
    { holding_id = "while_it_runs", account_id = "w", category = "chat", disposition = "anonymised", disposed_at = 2026-05-31T00:00:00Z },
]
expect = { by_a_method = "compliant: disposed_in_time", by_none = { verdict = "indeterminate: method_unknown", met_at = "" }, late = "violation: disposed_late", by_none_under_hold = "indeterminate: method_unknown", by_a_method_under_hold = "compliant: disposed_in_time", by_none_after_hold = "violation: disposed_late", while_it_runs = "compliant: agreement_runs" }
[grounds_that_are_permitted]
parameters = { hold_grounds = ["dispute"] }
given.retention_schedule = [{ category = "chat", max_days = 30 }]
given.accounts = [{ account_id = "left", agreement_ended_at = 2026-05-01T10:00:00Z }, { account_id = "v", our_role = "processor", controller_subscriber_id = "left" }]
given.holdings = [
    { holding_id = "for_a_dispute", account_id = "v", category = "chat", disposition = "held", hold_ground = "dispute", hold_until = 2026-12-31T00:00:00Z },
    { holding_id = "by_habit", account_id = "v", category = "chat", disposition = "held", hold_ground = "habit", hold_until = 2026-12-31T00:00:00Z },
    { holding_id = "endless_habit", account_id = "v", category = "chat", disposition = "held", hold_ground = "habit" },
    { holding_id = "deleted_by_habit", account_id = "v", category = "chat", disposition = "deleted", disposed_at = 2026-06-10T00:00:00Z, hold_ground = "habit", hold_until = 2026-06-10T00:00:00Z },
    { holding_id = "anonymised_by_habit", account_id = "v", category = "chat", disposition = "anonymised", disposed_at = 2026-06-10T00:00:00Z, hold_ground = "habit", hold_until = 2026-06-10T00:00:00Z },
]
expect = { anonymised_by_habit = "violation: disposed_late", for_a_dispute = "compliant: on_hold", by_habit = { verdict = "violation: kept_too_long", event_at = 2026-05-31T23:59:59.999999Z }, endless_habit = "violation: kept_too_long", deleted_by_habit = "violation: disposed_late" }
[the_export_stops_as_the_last_day_is_over]
parameters = { hold_grounds = ["dispute"] }
given.export_tables = [{ table_name = "holdings", covers_to = 2026-05-31T23:59:59.999999Z }]
given.retention_schedule = [{ category = "chat", max_days = 30 }]
given.accounts = [{ account_id = "s", agreement_ended_at = 2026-05-01T10:00:00Z }, { account_id = "v", our_role = "processor", controller_subscriber_id = "s" }]
given.holdings = [
    { holding_id = "a", account_id = "v", category = "chat", disposition = "held" }, { holding_id = "by_habit", account_id = "v", category = "chat", disposition = "held", hold_ground = "habit", hold_until = 2026-06-15T00:00:00Z },
    { holding_id = "on_a_hold", account_id = "v", category = "chat", disposition = "held", hold_ground = "dispute", hold_until = 2026-05-31T10:00:00Z },
]
expect = { a = "violation: kept_too_long", on_a_hold = "violation: kept_too_long", by_habit = "violation: kept_too_long" }
[the_export_stops_on_the_last_day]
given.export_tables = [{ table_name = "holdings", covers_to = 2026-05-31T12:00:00Z }]
given.retention_schedule = [{ category = "chat", max_days = 30 }]
given.accounts = [
    { account_id = "s", agreement_ended_at = 2026-05-01T10:00:00Z }, { account_id = "t", agreement_ended_at = 2026-04-30T10:00:00Z },
    { account_id = "v", our_role = "processor", controller_subscriber_id = "s" }, { account_id = "w", our_role = "processor", controller_subscriber_id = "t" },
]
given.holdings = [
    { holding_id = "on_its_last_day", account_id = "v", category = "chat", disposition = "held" },
    { holding_id = "the_day_before", account_id = "w", category = "chat", disposition = "held" },
    { holding_id = "on_hold_then", account_id = "w", category = "chat", disposition = "held", hold_ground = "dispute", hold_until = 2026-05-31T12:00:01Z },
    { holding_id = "hold_over", account_id = "w", category = "chat", disposition = "held", hold_ground = "dispute", hold_until = 2026-05-30T12:00:00Z },
]
expect.on_its_last_day = "indeterminate: export_ends_before_due"
expect.the_day_before = "violation: kept_too_long"
expect.on_hold_then = "indeterminate: export_ends_before_due"
expect.hold_over = "violation: kept_too_long"
[equivalent]
"agreements: max(agreement_ended_at) → min(agreement_ended_at)" = "only rows of one key differ, and those are bad records"
"people: min(p.controller_subscriber_id) → max(p.controller_subscriber_id)" = "only rows of one key differ, and those are bad records"
"schedule: min(max_days) → max(max_days)" = "only rows of one key differ, and those are bad records"
"schedule: min(max_months) → max(max_months)" = "only rows of one key differ, and those are bad records"
"agreements: account_id in (select controller_subscriber_id from accounts) → true" = "reads less, and nothing else is asked for"
"people: p.account_id in (select account_id from holdings) → true" = "reads less, and nothing else is asked for"
*/
