/*
id         = "visitor_data_deleted_after_leaving"
title      = "Data of visitors is deleted once their subscriber has left"
short      = "Visitors' data deleted after leaving"
rule       = """
What the Company itself still stores of the visitors of a subscriber whose account was closed is deleted, anonymised or isolated. A backup is isolated
from when that is on record, in time if that is within the days set; live data never is. Anonymising counts only with its method on record. What
the law obliges to be held stays until its hold ends; where no end of that is recorded (a year from 9000 on states none), nobody can tell. Without a
number of days, what is still there cannot be told, as is whatever is stored of visitors whose subscriber is not in the export. What the subscriber
deletes at its own end is a matter of its evidence."""
maps_to    = ["GDPR 28(3)(g)"]
severity   = "medium"
remedy     = "Delete the visitors' data of subscribers who left"
tables.holdings = ["account_id", "disposition", "disposed_at", "isolated_at??", "method_ref??", "hold_ground??", "hold_until??", "category?", "system_name?", "collected_at?"]
tables.accounts = ["controller_subscriber_id", "closed_at"]
absent.holdings.collected_at = "all of it came in by the instant of judgement"
dimensions = ["category"]
parameters.deletion_days = { type = "integer", unit = "days" }
readings."within ninety days" = { deletion_days = 90 }
inject.still_there = { holdings = { disposition = "'held'", disposed_at = "null" }, parameters = { deletion_days = 90 }, where = "due_at < as_of" }
[reasons]
disposed      = "deleted, anonymised or isolated"
disposed_late = "deleted, anonymised or isolated later than the days set"
still_held    = "still there, in a backup that was never isolated too, and the days set have passed"
not_yet_due   = "still there, and the days set have not passed"
no_limit      = "still there, and the policy gives no number of days"
subscriber_unknown = "whose visitor it is is not in the export, so that nobody knows whether the subscriber left"
state_unknown = "what became of it, or when, is not recorded"
hold_unknown  = "held by law after the days set, and until when is not recorded"
method_unknown = "anonymised by a method that is not on record"
export_ends_before_due = "still there as far as the export reaches, which is not up to the end of the days set"
[de]
title    = "Daten von Besuchern werden gelöscht, sobald ihr Abonnent gegangen ist"
short    = "Besucherdaten nach Weggang gelöscht"
rule     = """
Was das Unternehmen selbst noch von Besuchern eines Abonnenten speichert, dessen Konto geschlossen wurde, wird gelöscht, anonymisiert oder gesperrt.
Eine Sicherung ist gesperrt, seit das erfasst ist, rechtzeitig, wenn das in den gesetzten Tagen liegt; laufend genutzte Daten sind es nie.
Anonymisieren zählt nur mit erfasstem Verfahren. Was kraft Gesetzes zu halten ist, bleibt bis zum Ende seiner Aufbewahrungssperre; wo deren Ende
nicht erfasst ist (ein Jahr ab 9000 nennt keines), ist es nicht entscheidbar. Ohne eine Zahl von Tagen ist nicht entscheidbar, was noch da ist,
ebenso alles von Besuchern, deren Abonnent nicht im Export steht. Was der Abonnent bei sich löscht, ist eine Sache seiner Nachweise."""
remedy   = "Die Besucherdaten gegangener Abonnenten löschen"
readings = { "within ninety days" = "binnen neunzig Tagen" }
[de.reasons]
disposed      = "gelöscht, anonymisiert oder gesperrt"
disposed_late = "später als gesetzt gelöscht, anonymisiert oder gesperrt"
still_held    = "noch da, und sei es in einer nie gesperrten Sicherung, und die gesetzten Tage sind vorbei"
not_yet_due   = "noch da, und die gesetzten Tage sind nicht vorbei"
no_limit      = "noch da, und die Datenschutzerklärung nennt keine Zahl von Tagen"
subscriber_unknown = "wessen Besucher es ist, steht nicht im Export, sodass niemand weiß, ob der Abonnent gegangen ist"
state_unknown = "was daraus wurde oder wann, ist nicht erfasst"
hold_unknown  = "nach den gesetzten Tagen kraft Gesetzes gehalten, und bis wann, ist nicht erfasst"
method_unknown = "mit einem Verfahren anonymisiert, das nicht erfasst ist"
export_ends_before_due = "noch da, soweit der Export reicht, und er reicht nicht bis zum Ende der gesetzten Tage"
*/
with subscribers as (
    select account_id, max(closed_at) as closed_at from accounts
    where account_id in (select controller_subscriber_id from accounts) group by account_id
),
people as (
    select account_id, min(controller_subscriber_id) as subscriber_id from accounts where controller_subscriber_id is not null group by account_id
),
dated as (
    select h.*, s.closed_at, s.account_id is null as is_unplaced,
           -- A backup that was isolated is gone from then on, though it is destroyed later.
           least(case when h.disposition <> 'held' then h.isolated_at end, case when h.disposition in ('deleted', 'anonymised') then h.disposed_at end) as gone_at,
           h.disposition in ('deleted', 'anonymised') and h.disposed_at is null as is_undated,
           h.hold_ground = 'legal_obligation' as is_held_by_law, case when h.hold_until::date < date '9000-01-01' then h.hold_until end as held_until,
           s.closed_at::date + $deletion_days::integer as due_on,
           end_of_day(case when is_held_by_law and held_until::date > due_on then held_until::date else due_on end) as due_at
    from holdings as h
    join people as p on p.account_id = h.account_id
    left join subscribers as s on s.account_id = p.subscriber_id
    where (s.account_id is null or s.closed_at <= $as_of) and coalesce(h.collected_at <= $as_of, true)
),
judged as (
    select d.*,
           case when is_unplaced then 'subscriber_unknown'
                when disposition is null or (is_undated and (gone_at is null or gone_at > due_at)) then 'state_unknown'
                when is_held_by_law and held_until is null and due_at < least(gone_at, $as_of) then 'hold_unknown'
                when gone_at <= $as_of and gone_at > due_at then 'disposed_late'
                when gone_at <= $as_of and disposition = 'anonymised' and method_ref is null then 'method_unknown'
                when gone_at <= $as_of then 'disposed'
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
       case when gone_at <= $as_of and reason <> 'method_unknown' then gone_at end as met_at, category, system_name
from judged;

/* examples
as_of = 2026-06-30
[what_came_later_is_not_there_yet]
period = "2026-01"
parameters = { deletion_days = 7 }
given.export_info = [{ exported_at = 2026-09-01T00:00:00Z }]
given.accounts = [{ account_id = "left", closed_at = 2026-05-01T10:00:00Z }, { account_id = "v", controller_subscriber_id = "left" }]
given.holdings = [{ holding_id = "that_moment", account_id = "v", disposition = "held", collected_at = 2026-06-30T23:59:59.999999Z }, { holding_id = "later", account_id = "v", disposition = "held", collected_at = 2026-07-01T00:00:00Z }]
expect = { that_moment = { verdict = "violation: still_held", scope = "later", account = "v" } }
[no_number_of_days]
given.accounts = [{ account_id = "left", closed_at = 2026-05-01T10:00:00Z }, { account_id = "stays" }, { account_id = "now", closed_at = 2026-06-30T23:59:59.999999Z }, { account_id = "n", controller_subscriber_id = "now" }, { account_id = "v", controller_subscriber_id = "left" }, { account_id = "w", controller_subscriber_id = "stays" }, { account_id = "u", controller_subscriber_id = "not exported" }]
given.holdings = [
    { holding_id = "gone", account_id = "v", disposition = "deleted", disposed_at = 2026-06-20T00:00:00Z }, { holding_id = "held", account_id = "v", disposition = "held" },
    { holding_id = "odd", account_id = "v", disposition = "deleted" }, { holding_id = "runs", account_id = "w", disposition = "held" }, { holding_id = "of_an_unknown_one", account_id = "u", disposition = "deleted", disposed_at = 2026-06-20T00:00:00Z },
    { holding_id = "left_now", account_id = "n", disposition = "held" }, { holding_id = "state", account_id = "v" }, { holding_id = "anonymised_some_day", account_id = "v", disposition = "anonymised", method_ref = "m" },
    { holding_id = "gone_now", account_id = "v", disposition = "deleted", disposed_at = 2026-06-30T23:59:59.999999Z }, { holding_id = "by_no_method_now", account_id = "v", disposition = "anonymised", disposed_at = 2026-06-30T23:59:59.999999Z },
]
expect = { of_an_unknown_one = { verdict = "indeterminate: subscriber_unknown", event_at = "", account = "u" }, left_now = "indeterminate: no_limit", state = "indeterminate: state_unknown", anonymised_some_day = "indeterminate: state_unknown", gone_now = { verdict = "compliant: disposed", event_at = 2026-05-01T10:00:00Z, due_at = "", met_at = 2026-06-30T23:59:59.999999Z }, by_no_method_now = "indeterminate: method_unknown", gone = "compliant: disposed", held = "indeterminate: no_limit", odd = "indeterminate: state_unknown" }
[days_set]
parameters = { deletion_days = 30 }
given.accounts = [{ account_id = "left", closed_at = 2026-05-01T10:00:00Z }, { account_id = "leaving", closed_at = 2026-05-31T10:00:00Z }, { account_id = "v", controller_subscriber_id = "left" }, { account_id = "w", controller_subscriber_id = "leaving" }]
given.holdings = [
    { holding_id = "on_the_last_day", account_id = "v", disposition = "deleted", disposed_at = 2026-05-31T23:59:59Z }, { holding_id = "a_day_late", account_id = "v", disposition = "deleted", disposed_at = 2026-06-01T00:00:00Z },
    { holding_id = "held", account_id = "v", disposition = "held" }, { holding_id = "due_today", account_id = "w", disposition = "held" },
    { holding_id = "last_instant", account_id = "v", disposition = "deleted", disposed_at = 2026-05-31T23:59:59.999999Z }, { holding_id = "late_now", account_id = "v", disposition = "deleted", disposed_at = 2026-06-30T23:59:59.999999Z },
]
expect = { last_instant = "compliant: disposed", late_now = "violation: disposed_late", on_the_last_day = { verdict = "compliant: disposed", event_at = 2026-05-31T23:59:59.999999Z, due_at = 2026-05-31T23:59:59.999999Z, met_at = 2026-05-31T23:59:59Z }, a_day_late = { verdict = "violation: disposed_late", due_at = 2026-05-31T23:59:59.999999Z, met_at = 2026-06-01T00:00:00Z }, held = "violation: still_held", due_today = { verdict = "pending: not_yet_due", due_at = 2026-06-30T23:59:59.999999Z, met_at = "" } }
[the_export_stops_on_the_last_day]
parameters = { deletion_days = 30 }
given.export_tables = [{ table_name = "holdings", covers_to = 2026-05-31T12:00:00Z }]
given.accounts = [
    { account_id = "s", closed_at = 2026-05-01T10:00:00Z }, { account_id = "t", closed_at = 2026-04-30T10:00:00Z },
    { account_id = "v", controller_subscriber_id = "s" }, { account_id = "w", controller_subscriber_id = "t" },
]
given.holdings = [{ holding_id = "on_its_last_day", account_id = "v", disposition = "held" }, { holding_id = "the_day_before", account_id = "w", disposition = "held" }]
expect = { on_its_last_day = "indeterminate: export_ends_before_due", the_day_before = "violation: still_held" }
[the_export_stops_as_the_last_day_is_over]
parameters = { deletion_days = 30 }
given.export_tables = [{ table_name = "holdings", covers_to = 2026-05-31T23:59:59.999999Z }]
given.accounts = [{ account_id = "s", closed_at = 2026-05-01T10:00:00Z }, { account_id = "v", controller_subscriber_id = "s" }]
given.holdings = [{ holding_id = "a", account_id = "v", disposition = "held" }]
expect = { a = "violation: still_held" }
[backups]
parameters = { deletion_days = 30 }
given.export_info = [{ exported_at = 2026-07-31T00:00:00Z }]
given.accounts = [{ account_id = "left", closed_at = 2026-05-01T10:00:00Z }, { account_id = "leaving", closed_at = 2026-05-31T10:00:00Z }, { account_id = "v", controller_subscriber_id = "left" }, { account_id = "w", controller_subscriber_id = "leaving" }]
given.holdings = [
    { holding_id = "in_time", account_id = "v", disposition = "isolated_backup", isolated_at = 2026-05-31T23:59:59Z }, { holding_id = "a_day_late", account_id = "v", disposition = "isolated_backup", isolated_at = 2026-06-01T00:00:00Z },
    { holding_id = "never", account_id = "v", disposition = "isolated_backup" }, { holding_id = "not_yet", account_id = "w", disposition = "isolated_backup" },
    { holding_id = "after_as_of", account_id = "v", disposition = "isolated_backup", isolated_at = 2026-07-01T00:00:00Z }, { holding_id = "destroyed_later", account_id = "v", disposition = "deleted", isolated_at = 2026-05-02T00:00:00Z, disposed_at = 2026-06-20T00:00:00Z },
    { holding_id = "isolated_live", account_id = "v", disposition = "held", isolated_at = 2026-05-02T00:00:00Z }, { holding_id = "destroyed_some_day", account_id = "v", disposition = "deleted", isolated_at = 2026-06-02T00:00:00Z },
    { holding_id = "isolated_in_time_and_destroyed_some_day", account_id = "v", disposition = "deleted", isolated_at = 2026-05-31T23:59:59.999999Z }, { holding_id = "anonymised_after_as_of", account_id = "v", disposition = "anonymised", disposed_at = 2026-07-01T00:00:00Z },
    { holding_id = "anonymised_at_its_end", account_id = "w", disposition = "anonymised", disposed_at = 2026-06-30T23:59:59.999999Z, method_ref = "m" },
]
expect.in_time = { verdict = "compliant: disposed", due_at = 2026-05-31T23:59:59.999999Z, met_at = 2026-05-31T23:59:59Z }
expect.a_day_late = { verdict = "violation: disposed_late", due_at = 2026-05-31T23:59:59.999999Z, met_at = 2026-06-01T00:00:00Z }
expect.never = "violation: still_held"
expect.not_yet = { verdict = "pending: not_yet_due", due_at = 2026-06-30T23:59:59.999999Z, met_at = "" }
expect.after_as_of = "violation: still_held"
expect.destroyed_later = "compliant: disposed"
expect.isolated_live = "violation: still_held"
expect.destroyed_some_day = "indeterminate: state_unknown"
expect.isolated_in_time_and_destroyed_some_day = "compliant: disposed"
expect.anonymised_after_as_of = { verdict = "violation: still_held", met_at = "" }
expect.anonymised_at_its_end = "compliant: disposed"
[backups_without_a_number_of_days]
given.accounts = [{ account_id = "left", closed_at = 2026-05-01T10:00:00Z }, { account_id = "v", controller_subscriber_id = "left" }]
given.holdings = [
    { holding_id = "isolated", account_id = "v", disposition = "isolated_backup", isolated_at = 2026-06-20T00:00:00Z }, { holding_id = "never", account_id = "v", disposition = "isolated_backup" },
    { holding_id = "deleted_after_as_of", account_id = "v", disposition = "deleted", disposed_at = 2026-07-01T00:00:00Z },
]
expect = { isolated = "compliant: disposed", never = "indeterminate: no_limit", deleted_after_as_of = "indeterminate: no_limit" }
[held_by_law]
parameters = { deletion_days = 30 }
given.accounts = [{ account_id = "left", closed_at = 2026-05-01T10:00:00Z }, { account_id = "v", controller_subscriber_id = "left" }]
given.holdings = [
    { holding_id = "still", account_id = "v", disposition = "held", hold_ground = "legal_obligation", hold_until = 2027-01-01T00:00:00Z }, { holding_id = "in_time", account_id = "v", disposition = "deleted", disposed_at = 2026-06-20T23:59:59.999999Z, hold_ground = "legal_obligation", hold_until = 2026-06-20T00:00:00Z },
    { holding_id = "late", account_id = "v", disposition = "deleted", disposed_at = 2026-06-21T00:00:00Z, hold_ground = "legal_obligation", hold_until = 2026-06-20T00:00:00Z }, { holding_id = "over", account_id = "v", disposition = "held", hold_ground = "legal_obligation", hold_until = 2026-06-20T00:00:00Z },
    { holding_id = "over_before", account_id = "v", disposition = "held", hold_ground = "legal_obligation", hold_until = 2026-05-20T00:00:00Z }, { holding_id = "for_a_dispute", account_id = "v", disposition = "held", hold_ground = "dispute", hold_until = 2027-01-01T00:00:00Z },
    { holding_id = "until_when", account_id = "v", disposition = "held", hold_ground = "legal_obligation" }, { holding_id = "without_end", account_id = "v", disposition = "held", hold_ground = "legal_obligation", hold_until = 9000-01-01T00:00:00Z },
    { holding_id = "far_ahead", account_id = "v", disposition = "held", hold_ground = "legal_obligation", hold_until = 8999-12-31T00:00:00Z }, { holding_id = "in_time_anyhow", account_id = "v", disposition = "deleted", disposed_at = 2026-05-31T23:59:59.999999Z, hold_ground = "legal_obligation" },
    { holding_id = "late_perhaps", account_id = "v", disposition = "deleted", disposed_at = 2026-06-01T00:00:00Z, hold_ground = "legal_obligation" }, { holding_id = "planned", account_id = "v", disposition = "deleted", disposed_at = 2026-07-01T00:00:00Z, hold_ground = "legal_obligation" },
]
expect.still = { verdict = "pending: not_yet_due", due_at = 2027-01-01T23:59:59.999999Z }
expect.in_time = "compliant: disposed"
expect.late = { verdict = "violation: disposed_late", event_at = 2026-06-20T23:59:59.999999Z }
expect.over = "violation: still_held"
expect.over_before = { verdict = "violation: still_held", due_at = 2026-05-31T23:59:59.999999Z }
expect.for_a_dispute = "violation: still_held"
expect.until_when = "indeterminate: hold_unknown"
expect.without_end = "indeterminate: hold_unknown"
expect.far_ahead = "pending: not_yet_due"
expect.in_time_anyhow = "compliant: disposed"
expect.late_perhaps = "indeterminate: hold_unknown"
expect.planned = "indeterminate: hold_unknown"
[held_by_law_on_its_last_day]
as_of = 2026-05-31
parameters = { deletion_days = 30 }
given.accounts = [{ account_id = "left", closed_at = 2026-05-01T10:00:00Z }, { account_id = "v", controller_subscriber_id = "left" }]
given.holdings = [{ holding_id = "until_when", account_id = "v", disposition = "held", hold_ground = "legal_obligation" }]
expect = { until_when = "pending: not_yet_due" }
[held_by_law_without_a_number_of_days]
given.accounts = [{ account_id = "left", closed_at = 2026-05-01T10:00:00Z }, { account_id = "v", controller_subscriber_id = "left" }]
given.holdings = [{ holding_id = "over", account_id = "v", disposition = "held", hold_ground = "legal_obligation", hold_until = 2026-05-20T00:00:00Z }]
expect = { over = "indeterminate: no_limit" }
[anonymised]
parameters = { deletion_days = 30 }
given.accounts = [{ account_id = "left", closed_at = 2026-05-01T10:00:00Z }, { account_id = "v", controller_subscriber_id = "left" }]
given.holdings = [
    { holding_id = "by_a_method", account_id = "v", disposition = "anonymised", disposed_at = 2026-05-02T00:00:00Z, method_ref = "m" }, { holding_id = "by_none", account_id = "v", disposition = "anonymised", disposed_at = 2026-05-02T00:00:00Z },
    { holding_id = "by_none_and_late", account_id = "v", disposition = "anonymised", disposed_at = 2026-06-02T00:00:00Z },
]
expect = { by_a_method = "compliant: disposed", by_none = { verdict = "indeterminate: method_unknown", met_at = "" }, by_none_and_late = "violation: disposed_late" }
[equivalent]
"dated: cast(held_until as date) > due_on → cast(held_until as date) >= due_on" = "of two days that are the same either is due"
"subscribers: max(closed_at) → min(closed_at)" = "only rows of one key differ, and those are bad records"
"subscribers: account_id in (select controller_subscriber_id from accounts) → true" = "reads less, and nothing else is asked for"
"people: min(controller_subscriber_id) → max(controller_subscriber_id)" = "only rows of one key differ, and those are bad records"
"people: not controller_subscriber_id is null → true" = "reads less, and nothing else is asked for"
*/
