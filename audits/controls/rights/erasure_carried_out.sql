/*
id         = "erasure_carried_out"
title      = "What a fulfilled removal promised to delete is deleted when the request is closed"
short      = "Erasures carried out"
rule       = """
When a removal request is closed as fulfilled, everything stored of that person by then is deleted, anonymised or isolated by the end of that day, but for
what is held on a ground that is excepted ({erasure_exceptions}): that goes by the end of the day on which its hold ends, and where no end of a hold is
recorded (a year from 9000 on states none), nobody can tell. What is left after a hold is broken from its end on. A copy isolated in time may be destroyed later; live data is not isolated. Anonymising counts only with its method on
record. It is open until the last of it is disposed of. A parent asks for the child, and so does whoever names one. Requests of people whose data is held for a customer are left out. Of one closed as partly fulfilled
nobody can tell: which part was refused is not recorded."""
maps_to    = ["GDPR 17(1)", "GDPR 17(3)"]
severity   = "high"
remedy     = "Delete what is still stored of those who were told it is deleted"
tables.requests = ["type", "outcome", "closed_at", "account_id", "requester_role?", "child_account_id?", "received_at?", "merged_into?"]
tables.holdings = ["account_id", "disposition", "disposed_at", "hold_ground", "hold_until??", "collected_at??", "isolated_at??", "method_ref??"]
exact.requests = ["closed_at"]
exact.holdings = ["collected_at"]
absent.requests.requester_role = "whoever asks does so in their own right"
absent.requests.merged_into = "no request became part of another"
absent.requests.child_account_id = "no child is named"
dimensions = ["channel"]
parameters.erasure_exceptions = { type = "words", of = "ground" }
inject.left_behind = { "+holdings" = { holding_id = "'selftest-' || record_id", account_id = "account_id", disposition = "'held'", collected_at = "event_at - interval 1 day" } }
inject.a_day_late = { "+holdings" = { holding_id = "'selftest-' || record_id", account_id = "account_id", disposition = "'deleted'", collected_at = "event_at - interval 1 day", disposed_at = "start_of_day(event_at::date + 1)" } }
[reasons]
carried_out   = "nothing is left, but for what may be kept"
nothing_held  = "nothing is stored of the person, as far as the export shows"
still_held    = "something is still held on no permitted ground, or after its hold, or in a backup that was never isolated"
disposed_late = "something was disposed of after the request was closed, or after its hold"
isolated_late = "a backup was isolated after the request was closed"
not_recorded  = "when the request was closed, what became of something, or when its hold ends, is not recorded"
method_unknown = "something was anonymised by a method that is not on record"
partly = "only a part of it was fulfilled, and which is not recorded"
child_unknown = "a parent asked, and for which child is not recorded"
not_yet_due   = "something is still stored, and the day of the closing is not over"
in_the_future = "it was closed after the instant of judgement"
export_ends_before_due = "something is held as far as the export reaches, which is not up to the end of the day of closing"
[de]
title    = "Was eine erfüllte Löschung zu löschen versprach, ist bei Abschluss der Anfrage gelöscht"
short    = "Löschungen ausgeführt"
rule     = """
Wird eine Löschanfrage als erfüllt abgeschlossen, ist alles, was von der Person bis dahin gespeichert ist, bis zum Ende dieses Tages gelöscht,
anonymisiert oder gesperrt, außer was aus einem ausgenommenen Grund gehalten wird ({erasure_exceptions}): Das verschwindet bis zum Ende des Tages,
an dem seine Aufbewahrungssperre endet, und wo deren Ende nicht erfasst ist (ein Jahr ab 9000 nennt keines), ist es nicht entscheidbar. Was nach
einer Aufbewahrungssperre übrig ist, ist ab deren Ende ein Verstoß. Eine rechtzeitig gesperrte Kopie darf später vernichtet werden; laufend genutzte
Daten werden nicht gesperrt. Anonymisieren zählt nur mit erfasstem Verfahren. Offen ist es, bis das Letzte beseitigt ist. Ein Elternteil fragt für
das Kind an, ebenso wer eines nennt. Anfragen von Personen, deren Daten für einen Kunden geführt werden, sind nicht umfasst. Eine als teilweise
erfüllt abgeschlossene Anfrage ist nicht entscheidbar: Welcher Teil abgelehnt wurde, ist nicht erfasst."""
remedy   = "Löschen, was von den Benachrichtigten noch gespeichert ist"
[de.reasons]
carried_out   = "nichts ist übrig, außer was aufbewahrt werden darf"
nothing_held  = "nichts ist von der Person gespeichert, soweit der Export es zeigt"
still_held    = "etwas ist noch da, ohne zulässigen Grund, über das Ende seiner Aufbewahrungssperre hinaus oder in einer nie gesperrten Sicherung"
disposed_late = "etwas wurde erst nach Abschluss der Anfrage oder nach Ende der Aufbewahrungssperre beseitigt"
isolated_late = "eine Sicherung wurde erst nach Abschluss der Anfrage gesperrt"
not_recorded  = "wann die Anfrage abgeschlossen wurde, was aus etwas wurde oder wann die Aufbewahrungssperre endet, ist nicht erfasst"
method_unknown = "etwas wurde mit einem Verfahren anonymisiert, das nicht erfasst ist"
partly        = "nur ein Teil wurde erfüllt, und welcher, ist nicht erfasst"
child_unknown = "ein Elternteil fragte, und für welches Kind, ist nicht erfasst"
not_yet_due   = "etwas ist noch gespeichert, und der Tag des Abschlusses ist nicht vorbei"
in_the_future = "abgeschlossen wurde nach dem Stichtag"
export_ends_before_due = "etwas ist noch da, soweit der Export reicht, und er reicht nicht bis zum Ende des Tages des Abschlusses"
*/
with erased as (
    select request_id, requester_role, outcome, case when requester_role = 'parent' then child_account_id else coalesce(child_account_id, account_id) end as account_id,
           country, received_at, closed_at, channel, end_of_day(closed_at::date) as closing_ends_at
    from received_requests
    where type = 'erasure' and outcome in ('fulfilled', 'partial') and requester_role is distinct from 'object'
),
-- What was stored when the request was closed, and until when it may stay.
stored as (
    select e.request_id, e.account_id, h.disposition, e.closing_ends_at,
           h.hold_ground in $erasure_exceptions as is_excepted, case when h.hold_until::date < date '9000-01-01' then h.hold_until end as held_until,
           case when is_excepted then greatest(e.closing_ends_at, end_of_day(held_until::date)) else e.closing_ends_at end as due_at,
           case when h.disposition <> 'held' and h.isolated_at <= $as_of then h.isolated_at end as isolated_at,
           h.disposition = 'anonymised' and h.method_ref is null as is_by_no_method,
           h.disposition in ('deleted', 'anonymised') and h.disposed_at is null as is_undated,
           case when h.disposition in ('deleted', 'anonymised') and h.disposed_at <= $as_of then h.disposed_at end as disposed_at
    from erased as e
    join holdings as h on h.account_id = e.account_id and coalesce(h.collected_at <= e.closed_at, true)
),
fates as (
    select request_id, account_id, due_at, case when due_at > closing_ends_at then due_at end as hold_ended_at, coalesce(disposed_at, isolated_at) as disposed_at,
           case when disposition is null then 'unknown'
                when is_by_no_method and (isolated_at <= due_at or disposed_at <= due_at) then 'by_no_method'
                when isolated_at <= due_at or disposed_at <= due_at then 'gone'
                when is_undated or (is_excepted and held_until is null) then 'unknown'
                when disposed_at > due_at then 'late'
                when is_excepted and end_of_day(held_until::date) >= $as_of then 'kept'
                when isolated_at is not null then 'isolated_late'
                else 'held' end as fate
    from stored
),
counted as (
    select f.request_id, f.account_id, count(*) filter (where fate = 'held') as held, count(*) filter (where fate = 'late') as late,
           count(*) filter (where fate = 'isolated_late') as isolated_late, count(*) filter (where fate = 'kept') as kept, count(*) filter (where fate = 'unknown') as unknown,
           count(*) filter (where fate = 'by_no_method') as by_no_method,
           case when not bool_or(fate in ('held', 'unknown', 'by_no_method')) then max(f.disposed_at) end as disposed_at,
           min(coalesce(hold_ended_at, '-infinity')) filter (where fate in ('held', 'late', 'isolated_late')) as broken_at,
           bool_or(due_at <= k.known_until) filter (where fate = 'held') as is_held_for_sure
    from fates as f
    cross join known_until as k
    where k.table_name = 'holdings'
    group by f.request_id, f.account_id
),
-- What is kept on a hold is not done with, but where something was late: that is made good.
judged as (
    select e.*, c.held, c.late, case when c.broken_at > e.closed_at then c.broken_at else e.closed_at end as broken_at,
           case when c.kept = 0 or c.late + c.isolated_late > 0 then c.disposed_at end as disposed_at,
           case when e.closed_at > $as_of then 'in_the_future'
                when e.closed_at is null then 'not_recorded'
                when e.requester_role = 'parent' and e.account_id is null then 'child_unknown'
                when e.outcome = 'partial' then 'partly'
                when c.request_id is null then 'nothing_held'
                when c.is_held_for_sure and e.closing_ends_at < $as_of then 'still_held'
                when c.late > 0 then 'disposed_late'
                when c.isolated_late > 0 then 'isolated_late'
                when c.held > 0 and e.closing_ends_at < $as_of then 'export_ends_before_due'
                when c.unknown > 0 then 'not_recorded'
                when c.by_no_method > 0 then 'method_unknown'
                when c.held > 0 then 'not_yet_due'
                else 'carried_out' end as reason
    from erased as e
    left join counted as c on c.request_id = e.request_id and c.account_id = e.account_id
)
select request_id as record_id, account_id, country, broken_at as event_at, null::timestamptz as due_at,
       case when reason in ('carried_out', 'nothing_held') then 'compliant'
            when reason in ('still_held', 'disposed_late', 'isolated_late') then 'violation'
            when reason = 'not_yet_due' then 'pending'
            else 'indeterminate' end as verdict,
       reason,
       disposed_at as met_at, received_at, held, late, channel
from judged;

/* examples
as_of = 2026-06-30
parameters = { erasure_exceptions = ["record_keeping", "transaction", "legal_obligation"] }
[while_the_day_of_the_closing_lasts]
as_of = 2026-03-01T12:00:00Z
given.export_info = [{ exported_at = 2026-03-05T12:00:00Z }]
given.requests = [
    { request_id = "gone_later", account_id = "a", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z }, { request_id = "there", account_id = "b", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "closed_the_day_before", account_id = "c", type = "erasure", outcome = "fulfilled", closed_at = 2026-02-28T10:00:00Z }, { request_id = "on_no_record_too", account_id = "d", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "gone_by_then", account_id = "e", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z },
]
given.holdings = [
    { holding_id = "1", account_id = "a", disposition = "deleted", disposed_at = 2026-03-01T20:00:00Z }, { holding_id = "2", account_id = "b", disposition = "held" }, { holding_id = "3", account_id = "c", disposition = "held" },
    { holding_id = "4", account_id = "d", disposition = "held" }, { holding_id = "5", account_id = "d" }, { holding_id = "6", account_id = "e", disposition = "deleted", disposed_at = 2026-03-01T12:00:00Z },
]
expect = { gone_later = { verdict = "pending: not_yet_due", event_at = 2026-03-01T10:00:00Z, met_at = "" }, there = "pending: not_yet_due", closed_the_day_before = "violation: still_held", on_no_record_too = "indeterminate: not_recorded", gone_by_then = "compliant: carried_out" }
[as_the_day_of_the_closing_ends]
as_of = 2026-03-01T23:59:59.999999Z
given.export_info = [{ exported_at = 2026-03-05T12:00:00Z }]
given.requests = [{ request_id = "last_instant", account_id = "b", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z }]
given.holdings = [{ holding_id = "2", account_id = "b", disposition = "held" }]
expect = { last_instant = "pending: not_yet_due" }
[isolated_in_time_and_anonymised_by_nobody_knows_what]
given.requests = [{ request_id = "r", account_id = "a", type = "erasure", requester_role = "subscriber", received_at = 2026-02-20T08:00:00Z, closed_at = 2026-03-01T08:00:00Z, outcome = "fulfilled" }]
given.holdings = [{ holding_id = "h", account_id = "a", collected_at = 2025-01-01T00:00:00Z, disposition = "anonymised", isolated_at = 2026-02-28T08:00:00Z, disposed_at = 2026-04-01T08:00:00Z, method_ref = "" }]
expect = { r = "indeterminate: method_unknown" }
[what_is_left]
period = "2026-01"
given.requests = [
    { request_id = "clean", account_id = "a", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z }, { request_id = "nothing", account_id = "b", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "held", account_id = "c", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z }, { request_id = "late", account_id = "d", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "undated", account_id = "a", type = "erasure", outcome = "fulfilled" }, { request_id = "vague", account_id = "e", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "future", account_id = "a", type = "erasure", outcome = "fulfilled", closed_at = 2026-07-01T10:00:00Z },
    { request_id = "refused", account_id = "c", type = "erasure", outcome = "denied", closed_at = 2026-03-01T10:00:00Z }, { request_id = "corrected", account_id = "c", type = "rectification", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z }, { request_id = "collected_later", account_id = "f", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z },
]
given.holdings = [
    { holding_id = "1", account_id = "a", disposition = "deleted", disposed_at = 2026-03-01T23:59:59Z }, { holding_id = "2", account_id = "a", disposition = "held", hold_ground = "record_keeping", hold_until = 2026-12-31T00:00:00Z },
    { holding_id = "3", account_id = "a", disposition = "isolated_backup", isolated_at = 2026-03-01T23:59:59Z }, { holding_id = "4", account_id = "c", disposition = "held", hold_ground = "habit" },
    { holding_id = "5", account_id = "d", disposition = "deleted", disposed_at = 2026-03-02T00:00:00Z }, { holding_id = "6", account_id = "e", disposition = "deleted" },
    { holding_id = "7", account_id = "f", disposition = "held", collected_at = 2026-04-01T00:00:00Z },
]
expect.clean = { verdict = "compliant: carried_out", account = "a", scope = "later", event_at = 2026-03-01T10:00:00Z, met_at = "" }
expect.nothing = "compliant: nothing_held"
expect.held = "violation: still_held"
expect.late = "violation: disposed_late"
expect.undated = "indeterminate: not_recorded"
expect.vague = "indeterminate: not_recorded"
expect.future = "indeterminate: in_the_future"
expect.collected_later = "compliant: nothing_held"
[what_is_stored_was_exported_on_the_day_of_closing]
given.export_tables = [{ table_name = "holdings", covers_to = 2026-03-01T23:59:00Z }]
given.requests = [
    { request_id = "that_day", account_id = "a", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z }, { request_id = "the_day_before", account_id = "a", type = "erasure", outcome = "fulfilled", closed_at = 2026-02-28T10:00:00Z },
    { request_id = "held_on_no_ground_and_for_longer", account_id = "c", type = "erasure", outcome = "fulfilled", closed_at = 2026-02-01T10:00:00Z }, { request_id = "gone_and_held_for_longer", account_id = "b", type = "erasure", outcome = "fulfilled", closed_at = 2026-02-01T10:00:00Z },
]
given.holdings = [
    { holding_id = "1", account_id = "a", disposition = "held" }, { holding_id = "2", account_id = "b", disposition = "deleted", disposed_at = 2026-02-01T10:00:00Z }, { holding_id = "3", account_id = "b", disposition = "held", hold_ground = "transaction", hold_until = 2026-03-20T00:00:00Z },
    { holding_id = "4", account_id = "c", disposition = "held" }, { holding_id = "5", account_id = "c", disposition = "held", hold_ground = "transaction", hold_until = 2026-03-20T00:00:00Z },
]
expect = { held_on_no_ground_and_for_longer = "violation: still_held", that_day = "indeterminate: export_ends_before_due", the_day_before = "violation: still_held", gone_and_held_for_longer = { verdict = "indeterminate: export_ends_before_due", met_at = "" } }
[the_day_of_closing_is_not_over]
as_of = 2026-03-01T12:00:00Z
given.requests = [
    { request_id = "something_left", account_id = "a", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z }, { request_id = "on_hold", account_id = "b", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z }, { request_id = "hold_over", account_id = "c", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z },
]
given.holdings = [
    { holding_id = "1", account_id = "a", disposition = "held" }, { holding_id = "2", account_id = "b", disposition = "held", hold_ground = "transaction", hold_until = 2026-03-01T00:00:00Z },
    { holding_id = "3", account_id = "c", disposition = "held", hold_ground = "transaction", hold_until = 2026-02-28T00:00:00Z },
]
expect = { something_left = "pending: not_yet_due", on_hold = "compliant: carried_out", hold_over = "pending: not_yet_due" }
[isolated_under_a_hold]
given.requests = [
    { request_id = "by_its_end", account_id = "a", type = "erasure", outcome = "fulfilled", closed_at = 2026-01-10T10:00:00Z }, { request_id = "after_it", account_id = "b", type = "erasure", outcome = "fulfilled", closed_at = 2026-01-10T10:00:00Z },
]
given.holdings = [
    { holding_id = "1", account_id = "a", disposition = "isolated_backup", isolated_at = 2026-05-01T23:59:59Z, hold_ground = "transaction", hold_until = 2026-05-01T00:00:00Z }, { holding_id = "2", account_id = "b", disposition = "isolated_backup", isolated_at = 2026-05-02T00:00:00Z, hold_ground = "transaction", hold_until = 2026-05-01T00:00:00Z },
]
expect = { by_its_end = "compliant: carried_out", after_it = "violation: isolated_late" }
[what_is_stored_was_exported_as_the_day_of_closing_ended]
given.export_tables = [{ table_name = "holdings", covers_to = 2026-03-01T23:59:59.999999Z }]
given.requests = [{ request_id = "r", account_id = "a", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z }]
given.holdings = [{ holding_id = "1", account_id = "a", disposition = "held", collected_at = 2026-03-01T10:00:00Z }]
expect = { r = "violation: still_held" }
[at_the_last_moment]
as_of = 2026-06-30T10:00:00Z
given.requests = [
    { request_id = "of_the_day", account_id = "a", type = "erasure", outcome = "fulfilled", closed_at = 2026-01-10T10:00:00Z }, { request_id = "of_what_is_judged", account_id = "b", type = "erasure", outcome = "fulfilled", closed_at = 2026-06-30T10:00:00Z },
    { request_id = "deleted_late", account_id = "c", type = "erasure", outcome = "fulfilled", closed_at = 2026-01-10T10:00:00Z }, { request_id = "isolated_late", account_id = "d", type = "erasure", outcome = "fulfilled", closed_at = 2026-01-10T10:00:00Z },
]
given.holdings = [
    { holding_id = "1", account_id = "a", disposition = "deleted", disposed_at = 2026-01-10T23:59:59.999999Z }, { holding_id = "2", account_id = "a", disposition = "isolated_backup", isolated_at = 2026-01-10T23:59:59.999999Z }, { holding_id = "3", account_id = "a", disposition = "deleted", disposed_at = 2026-01-10T12:00:00Z },
    { holding_id = "4", account_id = "c", disposition = "deleted", disposed_at = 2026-06-30T10:00:00Z }, { holding_id = "5", account_id = "d", disposition = "isolated_backup", isolated_at = 2026-06-30T10:00:00Z },
]
expect = { of_the_day = { verdict = "compliant: carried_out", met_at = 2026-01-10T23:59:59.999999Z }, of_what_is_judged = { verdict = "compliant: nothing_held", met_at = "" }, deleted_late = { verdict = "violation: disposed_late", met_at = 2026-06-30T10:00:00Z }, isolated_late = "violation: isolated_late" }
[what_is_not_on_record]
given.requests = [
    { request_id = "what_became_of_it", account_id = "a", type = "erasure", outcome = "fulfilled", closed_at = 2026-01-10T10:00:00Z }, { request_id = "when_it_was_anonymised", account_id = "b", type = "erasure", outcome = "fulfilled", closed_at = 2026-01-10T10:00:00Z },
    { request_id = "gone_and_held", account_id = "c", type = "erasure", outcome = "fulfilled", closed_at = 2026-01-10T10:00:00Z }, { request_id = "whose", type = "erasure", outcome = "fulfilled", closed_at = 2026-01-10T10:00:00Z }, { request_id = "of_a_visitor", account_id = "a", requester_role = "object", type = "erasure", outcome = "fulfilled", closed_at = 2026-01-10T10:00:00Z },
]
given.holdings = [
    { holding_id = "4", account_id = "c", disposition = "held", disposed_at = 2026-01-10T10:00:00Z }, { holding_id = "1", account_id = "a" }, { holding_id = "2", account_id = "b", disposition = "anonymised", method_ref = "m" }, { holding_id = "3", account_id = "a", disposition = "deleted", disposed_at = 2026-01-10T10:00:00Z }
]
expect = { gone_and_held = { verdict = "violation: still_held", met_at = "" }, what_became_of_it = { verdict = "indeterminate: not_recorded", met_at = "" }, when_it_was_anonymised = "indeterminate: not_recorded", whose = "compliant: nothing_held" }
[held_for_a_while]
given.requests = [
    { request_id = "gone_at_its_end", account_id = "a", type = "erasure", outcome = "fulfilled", closed_at = 2026-01-10T10:00:00Z }, { request_id = "a_moment_later", account_id = "b", type = "erasure", outcome = "fulfilled", closed_at = 2026-01-10T10:00:00Z },
    { request_id = "still_after_its_end", account_id = "c", type = "erasure", outcome = "fulfilled", closed_at = 2026-01-10T10:00:00Z }, { request_id = "to_its_last_moment", account_id = "d", type = "erasure", outcome = "fulfilled", closed_at = 2026-01-10T10:00:00Z },
    { request_id = "for_ever", account_id = "e", type = "erasure", outcome = "fulfilled", closed_at = 2026-01-10T10:00:00Z }, { request_id = "ended_before", account_id = "f", type = "erasure", outcome = "fulfilled", closed_at = 2026-01-10T10:00:00Z },
    { request_id = "on_no_such_ground", account_id = "g", type = "erasure", outcome = "fulfilled", closed_at = 2026-01-10T10:00:00Z }, { request_id = "gone_after_as_of", account_id = "h", type = "erasure", outcome = "fulfilled", closed_at = 2026-01-10T10:00:00Z }, { request_id = "kept_on_no_such_ground", account_id = "i", type = "erasure", outcome = "fulfilled", closed_at = 2026-01-10T10:00:00Z }, { request_id = "to_the_year_9000", account_id = "j", type = "erasure", outcome = "fulfilled", closed_at = 2026-01-10T10:00:00Z }, { request_id = "to_just_before", account_id = "k", type = "erasure", outcome = "fulfilled", closed_at = 2026-01-10T10:00:00Z },
]
given.holdings = [
    { holding_id = "1", account_id = "a", disposition = "deleted", disposed_at = 2026-05-01T23:59:59Z, hold_ground = "legal_obligation", hold_until = 2026-05-01T00:00:00Z }, { holding_id = "2", account_id = "b", disposition = "deleted", disposed_at = 2026-05-02T00:00:00Z, hold_ground = "legal_obligation", hold_until = 2026-05-01T00:00:00Z }, { holding_id = "10", account_id = "j", disposition = "held", hold_ground = "transaction", hold_until = 9000-01-01T00:00:00Z }, { holding_id = "11", account_id = "k", disposition = "held", hold_ground = "transaction", hold_until = 8999-12-31T00:00:00Z },
    { holding_id = "3", account_id = "c", disposition = "held", hold_ground = "transaction", hold_until = 2026-06-29T23:59:59Z }, { holding_id = "4", account_id = "d", disposition = "held", hold_ground = "transaction", hold_until = 2026-06-30T00:00:00Z },
    { holding_id = "5", account_id = "e", disposition = "held", hold_ground = "transaction" }, { holding_id = "6", account_id = "f", disposition = "deleted", disposed_at = 2026-01-10T23:59:59Z, hold_ground = "transaction", hold_until = 2025-05-01T00:00:00Z },
    { holding_id = "7", account_id = "g", disposition = "deleted", disposed_at = 2026-05-01T00:00:00Z, hold_ground = "habit", hold_until = 2026-05-01T00:00:00Z }, { holding_id = "8", account_id = "h", disposition = "deleted", disposed_at = 2026-07-01T00:00:00Z }, { holding_id = "9", account_id = "i", disposition = "held", hold_ground = "habit", hold_until = 2026-12-31T00:00:00Z },
]
expect = { to_the_year_9000 = "indeterminate: not_recorded", to_just_before = "compliant: carried_out", gone_at_its_end = "compliant: carried_out", a_moment_later = "violation: disposed_late", still_after_its_end = "violation: still_held", to_its_last_moment = "compliant: carried_out", for_ever = "indeterminate: not_recorded", ended_before = "compliant: carried_out", on_no_such_ground = "violation: disposed_late", gone_after_as_of = "violation: still_held", kept_on_no_such_ground = "violation: still_held" }
[in_a_backup]
given.requests = [
    { request_id = "destroyed_as_planned", account_id = "a", type = "erasure", outcome = "fulfilled", closed_at = 2026-01-10T10:00:00Z }, { request_id = "isolated_late", account_id = "b", type = "erasure", outcome = "fulfilled", closed_at = 2026-01-10T10:00:00Z },
    { request_id = "never_isolated", account_id = "c", type = "erasure", outcome = "fulfilled", closed_at = 2026-01-10T10:00:00Z }, { request_id = "isolated_after_as_of", account_id = "d", type = "erasure", outcome = "fulfilled", closed_at = 2026-01-10T10:00:00Z }, { request_id = "live_and_isolated", account_id = "e", type = "erasure", outcome = "fulfilled", closed_at = 2026-01-10T10:00:00Z }, { request_id = "isolated_late_and_something_on_hold", account_id = "f", type = "erasure", outcome = "fulfilled", closed_at = 2026-01-10T10:00:00Z }, { request_id = "isolated_late_and_destroyed_after_as_of", account_id = "g", type = "erasure", outcome = "fulfilled", closed_at = 2026-01-10T10:00:00Z },
]
given.holdings = [
    { holding_id = "1", account_id = "a", disposition = "deleted", disposed_at = 2026-03-01T10:00:00Z, isolated_at = 2026-01-10T23:59:59Z }, { holding_id = "2", account_id = "b", disposition = "isolated_backup", isolated_at = 2026-01-11T00:00:00Z },
    { holding_id = "3", account_id = "c", disposition = "isolated_backup" }, { holding_id = "4", account_id = "d", disposition = "isolated_backup", isolated_at = 2026-07-01T00:00:00Z }, { holding_id = "5", account_id = "e", disposition = "held", isolated_at = 2025-07-01T00:00:00Z }, { holding_id = "8", account_id = "g", disposition = "deleted", disposed_at = 2026-07-01T00:00:00Z, isolated_at = 2026-01-11T00:00:00Z }, { holding_id = "6", account_id = "f", disposition = "isolated_backup", isolated_at = 2026-01-11T00:00:00Z }, { holding_id = "7", account_id = "f", disposition = "held", hold_ground = "transaction", hold_until = 2026-12-31T00:00:00Z },
]
expect = { destroyed_as_planned = { verdict = "compliant: carried_out", met_at = 2026-03-01T10:00:00Z }, isolated_late = { verdict = "violation: isolated_late", met_at = 2026-01-11T00:00:00Z }, never_isolated = "violation: still_held", isolated_after_as_of = "violation: still_held", live_and_isolated = "violation: still_held", isolated_late_and_something_on_hold = { verdict = "violation: isolated_late", met_at = 2026-01-11T00:00:00Z }, isolated_late_and_destroyed_after_as_of = "violation: isolated_late" }
[anonymised]
given.requests = [{ request_id = "by_a_method", account_id = "a", type = "erasure", outcome = "fulfilled", closed_at = 2026-01-10T10:00:00Z }, { request_id = "by_none", account_id = "b", type = "erasure", outcome = "fulfilled", closed_at = 2026-01-10T10:00:00Z }, { request_id = "by_none_and_late", account_id = "c", type = "erasure", outcome = "fulfilled", closed_at = 2026-01-10T10:00:00Z }, { request_id = "by_none_at_the_last_moment", account_id = "d", type = "erasure", outcome = "fulfilled", closed_at = 2026-01-10T10:00:00Z }, { request_id = "by_none_once_isolated", account_id = "e", type = "erasure", outcome = "fulfilled", closed_at = 2026-01-10T10:00:00Z }]
given.holdings = [{ holding_id = "1", account_id = "a", disposition = "anonymised", disposed_at = 2026-01-10T00:00:00Z, method_ref = "m" }, { holding_id = "2", account_id = "b", disposition = "anonymised", disposed_at = 2026-01-10T00:00:00Z }, { holding_id = "3", account_id = "c", disposition = "anonymised", disposed_at = 2026-01-11T00:00:00Z }, { holding_id = "4", account_id = "d", disposition = "anonymised", disposed_at = 2026-01-10T23:59:59.999999Z }, { holding_id = "5", account_id = "e", disposition = "anonymised", isolated_at = 2026-01-10T23:59:59.999999Z, disposed_at = 2026-03-01T00:00:00Z }]
expect = { by_a_method = "compliant: carried_out", by_none = { verdict = "indeterminate: method_unknown", met_at = "" }, by_none_and_late = "violation: disposed_late", by_none_at_the_last_moment = "indeterminate: method_unknown", by_none_once_isolated = "indeterminate: method_unknown" }
[asked_by_a_parent]
given.requests = [
    { request_id = "r", account_id = "parent", requester_role = "parent", child_account_id = "child", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z }, { request_id = "s", account_id = "parent", requester_role = "parent", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z },
]
given.holdings = [{ holding_id = "1", account_id = "child", disposition = "held" }]
expect = { r = "violation: still_held", s = "indeterminate: child_unknown" }
[a_child_is_named]
given.requests = [{ request_id = "r", account_id = "agent", requester_role = "agent", child_account_id = "child", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z }]
given.holdings = [{ holding_id = "1", account_id = "child", disposition = "held" }]
expect = { r = "violation: still_held" }
[partly_fulfilled]
given.requests = [{ request_id = "r", account_id = "a", type = "erasure", outcome = "partial", denial_ground = "legal_obligation", closed_at = 2026-03-01T10:00:00Z }]
given.holdings = [{ holding_id = "1", account_id = "a", disposition = "held" }]
expect = { r = "indeterminate: partly" }
[became_part_of_another]
given.requests = [{ request_id = "moved", account_id = "a", type = "erasure", received_at = 2026-02-01T08:00:00Z, closed_at = 2026-02-02T08:00:00Z, outcome = "fulfilled", merged_into = "other" }, { request_id = "other", account_id = "a", type = "erasure", received_at = 2026-02-01T09:00:00Z, responded_at = 2026-03-01T08:00:00Z, closed_at = 2026-03-01T08:00:00Z, outcome = "fulfilled" }]
given.holdings = [{ holding_id = "1", account_id = "a", disposition = "deleted", disposed_at = 2026-03-01T23:59:59.999999Z }]
expect = { moved = { verdict = "compliant: carried_out", event_at = 2026-03-01T08:00:00Z }, other = "compliant: carried_out" }
[broken_when_the_hold_ended]
given.requests = [
    { request_id = "still", account_id = "a", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T08:00:00Z }, { request_id = "late", account_id = "b", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T08:00:00Z }, { request_id = "also_at_closing", account_id = "c", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T08:00:00Z },
    { request_id = "a_hold_that_was_over", account_id = "d", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T08:00:00Z }, { request_id = "the_first_of_two", account_id = "e", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T08:00:00Z }, { request_id = "isolated_late", account_id = "g", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T08:00:00Z }, { request_id = "kept", account_id = "f", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T08:00:00Z },
]
given.holdings = [
    { holding_id = "1", account_id = "a", disposition = "held", hold_ground = "transaction", hold_until = 2026-05-20T08:00:00Z }, { holding_id = "2", account_id = "b", disposition = "deleted", disposed_at = 2026-05-21T00:00:00Z, hold_ground = "transaction", hold_until = 2026-05-20T08:00:00Z },
    { holding_id = "3", account_id = "c", disposition = "held", hold_ground = "transaction", hold_until = 2026-05-20T08:00:00Z }, { holding_id = "4", account_id = "c", disposition = "held" }, { holding_id = "5", account_id = "d", disposition = "held", hold_ground = "transaction", hold_until = 2026-02-20T08:00:00Z },
    { holding_id = "6", account_id = "e", disposition = "held", hold_ground = "transaction", hold_until = 2026-05-20T08:00:00Z }, { holding_id = "7", account_id = "e", disposition = "held", hold_ground = "transaction", hold_until = 2026-04-20T08:00:00Z },
    { holding_id = "10", account_id = "g", disposition = "isolated_backup", isolated_at = 2026-05-21T00:00:00Z, hold_ground = "transaction", hold_until = 2026-05-20T08:00:00Z },
    { holding_id = "8", account_id = "f", disposition = "held", hold_ground = "transaction", hold_until = 2026-08-20T08:00:00Z }, { holding_id = "9", account_id = "f", disposition = "deleted", disposed_at = 2026-03-01T08:00:00Z, hold_ground = "transaction", hold_until = 2026-04-20T08:00:00Z },
]
expect.still = { verdict = "violation: still_held", event_at = 2026-05-20T23:59:59.999999Z }
expect.late = { verdict = "violation: disposed_late", event_at = 2026-05-20T23:59:59.999999Z }
expect.also_at_closing = { verdict = "violation: still_held", event_at = 2026-03-01T08:00:00Z }
expect.a_hold_that_was_over = { verdict = "violation: still_held", event_at = 2026-03-01T08:00:00Z }
expect.the_first_of_two = { verdict = "violation: still_held", event_at = 2026-04-20T23:59:59.999999Z }
expect.isolated_late = { verdict = "violation: isolated_late", event_at = 2026-05-20T23:59:59.999999Z }
expect.kept = { verdict = "compliant: carried_out", event_at = 2026-03-01T08:00:00Z }
[equivalent]
"judged: c.broken_at > e.closed_at → c.broken_at >= e.closed_at" = "of one instant both are the same"
"fates: disposed_at > due_at → disposed_at >= due_at" = "what is gone when it is due is told before"
"judged: c.account_id = e.account_id → true" = "a request is one person's, but where a run reads it as anybody's"
*/
