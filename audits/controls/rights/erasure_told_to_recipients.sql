/*
id         = "erasure_told_to_recipients"
title      = "Recipients who had the data are told of its erasure"
short      = "Recipients told of erasures"
rule       = """
When a removal request is closed as fulfilled, each recipient that was given data of that person before was told: a step of the request says that it was told,
and names it, from the receipt of the request on and no earlier than the last such disclosure to it. Authorities are left out: the law counts those that inquire
among no recipients (GDPR 4(9)); and so are aggregates of at least {least_people} people, which are data of nobody. A request whose recipients were not all told
within the days set from closing on is a violation; where only some that no register knows were not, nobody can tell. A parent asks for the child, and so does
whoever names one. Of one closed as partly fulfilled nobody can tell: which part was refused is not recorded."""
maps_to    = ["GDPR 19"]
severity   = "high"
remedy     = "Tell the recipients who had the data"
tables.requests = ["type", "outcome", "closed_at", "account_id", "requester_role?", "child_account_id?", "received_at??", "merged_into?"]
tables.disclosures = ["account_id", "recipient_id", "disclosed_at", "aggregated?", "smallest_cell?"]
tables.processors = ["kind"]
tables.request_events = ["event", "actor", "occurred_at"]
absent.requests.requester_role = "whoever asks does so in their own right"
absent.requests.merged_into = "no request became part of another"
absent.requests.child_account_id = "no child is named"
absent.disclosures.aggregated = "no disclosure is said to be aggregated"
absent.disclosures.smallest_cell = "no disclosure is said to be aggregated"
dimensions = ["channel"]
parameters.least_people = { default = 5, unit = "people" }
parameters.tell_days = { default = 30, unit = "days" }
readings."at once, on the day of closing" = { tell_days = 0 }
inject.forgotten = { by = "t.request_id = f.record_id", request_events = { event = "'selftest'" }, where = "reason = 'told' and due_at < as_of" }
inject.told_too_late = { by = "t.request_id = f.record_id", request_events = { occurred_at = "f.due_at + interval 1 second" }, where = "reason = 'told' and due_at < as_of - to_days(1)" }
[reasons]
told            = "all who had data were told in time, after the request came and after they last got data"
nobody_had_data = "nobody was given data of the person, as far as the export shows"
told_late       = "somebody was told later than that"
not_told        = "somebody was not told, or only before, and the time is over"
not_yet_due     = "somebody was not told, and the time is not over"
recipient_unknown = "somebody was not told who is not in the register of recipients, and the time is over"
partly = "only a part of it was fulfilled, and which is not recorded"
child_unknown   = "a parent asked, and for which child is not recorded"
no_instant      = "when the request was closed is not recorded"
in_the_future   = "it was closed after the instant of judgement"
export_ends_before_due = "somebody was not told as far as the export reaches, which is not up to the end of the time"
[de]
title    = "Empfänger, die die Daten hatten, erfahren von der Löschung"
short    = "Empfängern Löschungen mitgeteilt"
rule     = """
Wird eine Löschanfrage als erfüllt abgeschlossen, wurde jeder Empfänger benachrichtigt, der vorher Daten der Person erhielt: Ein Schritt der Anfrage
sagt, dass er benachrichtigt wurde, und nennt ihn, ab Eingang der Anfrage und nicht vor der letzten solchen Weitergabe an ihn. Behörden bleiben
außer Betracht: Das Gesetz zählt solche, die Auskünfte einholen, nicht zu den Empfängern (Art. 4 Nr. 9 DSGVO); ebenso Zusammenfassungen von
mindestens {least_people} Personen, die niemandes Daten sind. Wurden in den gesetzten Tagen ab Abschluss nicht alle Empfänger benachrichtigt, ist
das ein Verstoß; fehlten nur solche, die kein Verzeichnis kennt, ist es nicht entscheidbar. Ein Elternteil fragt für das Kind an, ebenso wer eines
nennt. Eine als teilweise erfüllt abgeschlossene Anfrage ist nicht entscheidbar: Welcher Teil abgelehnt wurde, ist nicht erfasst."""
remedy   = "Die Empfänger der Daten benachrichtigen"
readings = { "at once, on the day of closing" = "sofort, am Tag des Abschlusses" }
[de.reasons]
told            = "alle, die Daten hatten, wurden rechtzeitig benachrichtigt, nach Eingang der Anfrage und nachdem sie zuletzt Daten erhalten hatten"
nobody_had_data = "niemand erhielt Daten der Person, soweit der Export es zeigt"
told_late       = "jemand wurde später benachrichtigt"
not_told        = "jemand wurde nicht oder nur vorher benachrichtigt, und die Zeit ist vorbei"
not_yet_due     = "jemand wurde nicht benachrichtigt, und die Zeit ist nicht vorbei"
recipient_unknown = "jemand wurde nicht benachrichtigt, der nicht im Empfängerverzeichnis steht, und die Zeit ist vorbei"
partly          = "nur ein Teil wurde erfüllt, und welcher, ist nicht erfasst"
child_unknown   = "ein Elternteil fragte, und für welches Kind, ist nicht erfasst"
no_instant      = "wann die Anfrage abgeschlossen wurde, ist nicht erfasst"
in_the_future   = "abgeschlossen wurde nach dem Stichtag"
export_ends_before_due = "jemand wurde nicht benachrichtigt, soweit der Export reicht, und er reicht nicht bis zum Ende der Zeit"
*/
with erased as (
    select request_id, requester_role, outcome, case when requester_role = 'parent' then child_account_id else coalesce(child_account_id, account_id) end as account_id,
           country, received_at, closed_at, channel
    from received_requests
    where type = 'erasure' and outcome in ('fulfilled', 'partial') and requester_role is distinct from 'object'
),
had_data as (
    select e.request_id, e.account_id, e.received_at, d.recipient_id, p.recipient_id is not null as is_registered,
           max(d.disclosed_at) as last_given_at
    from erased as e
    join disclosures as d on d.account_id = e.account_id and d.disclosed_at <= e.closed_at
    left join processors as p on p.recipient_id = d.recipient_id
    where d.recipient_id is not null and p.kind is distinct from 'authority'
      and not coalesce(d.aggregated and d.smallest_cell >= $least_people, false)
    group by e.request_id, e.account_id, e.received_at, d.recipient_id, p.recipient_id
),
-- What it was told before it was asked for, or before data came to it once more, is no word of this erasure.
told as (
    select h.request_id, h.account_id, h.recipient_id, min(s.occurred_at) as told_at
    from had_data as h
    join request_steps as s on s.request_id = h.request_id and s.actor = h.recipient_id and s.event = 'recipient_told'
    where s.occurred_at <= $as_of and s.occurred_at >= h.last_given_at and coalesce(s.occurred_at >= h.received_at, true)
    group by h.request_id, h.account_id, h.recipient_id
),
recipients as (
    select h.request_id, h.account_id, count(*) as recipients, count(*) - count(t.told_at) as untold,
           count(*) filter (where t.told_at is null and h.is_registered) as registered_untold, max(t.told_at) as last_told_at
    from had_data as h
    left join told as t on t.request_id = h.request_id and t.account_id = h.account_id and t.recipient_id = h.recipient_id
    group by h.request_id, h.account_id
),
judged as (
    select e.*, r.recipients, r.untold, r.last_told_at, end_of_day(e.closed_at::date + $tell_days::integer) as due_at,
           case when e.closed_at is null then 'no_instant'
                when e.closed_at > $as_of then 'in_the_future'
                when e.requester_role = 'parent' and e.account_id is null then 'child_unknown'
                when e.outcome = 'partial' then 'partly'
                when r.recipients is null then 'nobody_had_data'
                when r.untold > 0 and due_at >= $as_of then 'not_yet_due'
                when r.untold > 0 and due_at > k.known_until then 'export_ends_before_due'
                when r.registered_untold > 0 then 'not_told'
                when r.last_told_at > due_at then 'told_late'
                when r.untold > 0 then 'recipient_unknown'
                else 'told' end as reason
    from erased as e
    join known_until as k on k.table_name = 'request_events'
    left join recipients as r on r.request_id = e.request_id and r.account_id = e.account_id
)
select request_id as record_id, account_id, country, due_at as event_at, due_at,
       case when reason in ('told', 'nobody_had_data') then 'compliant'
            when reason in ('told_late', 'not_told') then 'violation'
            when reason = 'not_yet_due' then 'pending'
            else 'indeterminate' end as verdict,
       reason,
       case when untold > 0 then null else coalesce(last_told_at, closed_at) end as met_at, received_at, recipients, untold, channel
from judged;

/* examples
as_of = 2026-06-30
[who_had_data]
period = "2026-01"
given.processors = [{ recipient_id = "p", kind = "processor" }, { recipient_id = "q", kind = "processor" }, { recipient_id = "court", kind = "authority" }]
given.disclosures = [
    { disclosure_id = "1", account_id = "a", recipient_id = "p", disclosed_at = 2026-01-01T00:00:00Z }, { disclosure_id = "2", account_id = "a", recipient_id = "court", disclosed_at = 2026-01-01T00:00:00Z },
    { disclosure_id = "3", account_id = "b", recipient_id = "p", disclosed_at = 2026-01-01T00:00:00Z }, { disclosure_id = "4", account_id = "b", recipient_id = "q", disclosed_at = 2026-01-01T00:00:00Z }, { disclosure_id = "5", account_id = "d", disclosed_at = 2026-01-01T00:00:00Z },
]
given.requests = [
    { request_id = "told", account_id = "a", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "half", account_id = "b", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "late", account_id = "a", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-02T10:00:00Z },
    { request_id = "recent", account_id = "a", type = "erasure", outcome = "fulfilled", closed_at = 2026-05-31T10:00:00Z },
    { request_id = "nobody", account_id = "c", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "undated", account_id = "a", type = "erasure", outcome = "fulfilled" },
    { request_id = "future", account_id = "a", type = "erasure", outcome = "fulfilled", closed_at = 2026-07-01T10:00:00Z },
    { request_id = "refused", account_id = "a", type = "erasure", outcome = "denied", closed_at = 2026-03-01T10:00:00Z }, { request_id = "access", account_id = "a", type = "access", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z }, { request_id = "of_a_visitor", account_id = "a", requester_role = "object", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "last_moment", account_id = "a", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z }, { request_id = "told_twice", account_id = "a", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z }, { request_id = "one_of_them_late", account_id = "b", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "told_of_something_else", account_id = "a", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z }, { request_id = "told_at_once", account_id = "a", type = "erasure", outcome = "fulfilled", closed_at = 2026-06-15T10:00:00Z }, { request_id = "whose", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z }, { request_id = "who_got_it_is_not_recorded", account_id = "d", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z },
]
given.request_events = [
    { request_id = "told", seq = 1, event = "recipient_told", actor = "p", occurred_at = 2026-03-31T23:59:59Z },
    { request_id = "half", seq = 1, event = "recipient_told", actor = "p", occurred_at = 2026-03-03T10:00:00Z },
    { request_id = "late", seq = 1, event = "recipient_told", actor = "p", occurred_at = 2026-04-02T00:00:00Z },
    { request_id = "last_moment", seq = 1, event = "recipient_told", actor = "p", occurred_at = 2026-03-31T23:59:59.999999Z }, { request_id = "told_twice", seq = 1, event = "recipient_told", actor = "p", occurred_at = 2026-03-03T10:00:00Z }, { request_id = "told_twice", seq = 2, event = "recipient_told", actor = "p", occurred_at = 2026-05-03T10:00:00Z },
    { request_id = "one_of_them_late", seq = 1, event = "recipient_told", actor = "p", occurred_at = 2026-03-03T10:00:00Z }, { request_id = "one_of_them_late", seq = 2, event = "recipient_told", actor = "q", occurred_at = 2026-05-03T10:00:00Z },
    { request_id = "told_of_something_else", seq = 1, event = "transmitted", actor = "p", occurred_at = 2026-03-03T10:00:00Z }, { request_id = "told_at_once", seq = 1, event = "recipient_told", actor = "p", occurred_at = 2026-06-15T11:00:00Z },
]
expect.last_moment = "compliant: told"
expect.told_twice = { verdict = "compliant: told", met_at = 2026-03-03T10:00:00Z }
expect.one_of_them_late = { verdict = "violation: told_late", met_at = 2026-05-03T10:00:00Z }
expect.told_of_something_else = "violation: not_told"
expect.told_at_once = "compliant: told"
expect.whose = "compliant: nobody_had_data"
expect.who_got_it_is_not_recorded = "compliant: nobody_had_data"
expect.told = { verdict = "compliant: told", account = "a", event_at = 2026-03-31T23:59:59.999999Z, scope = "later", due_at = 2026-03-31T23:59:59.999999Z, met_at = 2026-03-31T23:59:59Z }
expect.half = "violation: not_told"
expect.late = { verdict = "violation: told_late", due_at = 2026-04-01T23:59:59.999999Z, met_at = 2026-04-02T00:00:00Z }
expect.recent = { verdict = "pending: not_yet_due", due_at = 2026-06-30T23:59:59.999999Z, met_at = "" }
expect.nobody = { verdict = "compliant: nobody_had_data", met_at = 2026-03-01T10:00:00Z }
expect.undated = "indeterminate: no_instant"
expect.future = "indeterminate: in_the_future"
[steps_were_exported_on_the_last_day]
given.export_tables = [{ table_name = "request_events", covers_to = 2026-05-31T12:00:00Z }]
given.processors = [{ recipient_id = "p", kind = "processor" }]
given.disclosures = [{ disclosure_id = "1", account_id = "a", recipient_id = "p", disclosed_at = 2026-01-01T00:00:00Z }]
given.requests = [
    { request_id = "told", account_id = "a", type = "erasure", outcome = "fulfilled", closed_at = 2026-05-01T10:00:00Z }, { request_id = "a", account_id = "a", type = "erasure", outcome = "fulfilled", closed_at = 2026-05-01T10:00:00Z }, { request_id = "b", account_id = "a", type = "erasure", outcome = "fulfilled", closed_at = 2026-04-30T10:00:00Z },
]
given.request_events = [{ request_id = "told", seq = 1, event = "recipient_told", actor = "p", occurred_at = 2026-05-03T10:00:00Z }]
expect = { told = "compliant: told", a = "indeterminate: export_ends_before_due", b = "violation: not_told" }
[at_the_last_moment]
as_of = 2026-06-30T12:00:00Z
given.export_tables = [{ table_name = "request_events", covers_to = 2026-05-31T23:59:59.999999Z }]
given.processors = [{ recipient_id = "p", kind = "processor" }]
given.disclosures = [{ disclosure_id = "1", account_id = "a", recipient_id = "p", disclosed_at = 2026-01-01T00:00:00Z }]
given.requests = [{ request_id = "of_the_export", account_id = "a", type = "erasure", outcome = "fulfilled", closed_at = 2026-05-01T10:00:00Z }, { request_id = "of_what_is_judged", account_id = "a", type = "erasure", outcome = "fulfilled", closed_at = 2026-06-30T12:00:00Z }, { request_id = "told_just_now", account_id = "a", type = "erasure", outcome = "fulfilled", closed_at = 2026-06-20T12:00:00Z }]
given.request_events = [{ request_id = "told_just_now", seq = 1, event = "recipient_told", actor = "p", occurred_at = 2026-06-30T12:00:00Z }]
expect = { of_the_export = "violation: not_told", of_what_is_judged = "pending: not_yet_due", told_just_now = "compliant: told" }
[each_recipient]
given.processors = [{ recipient_id = "shop", kind = "third_party" }, { recipient_id = "buyer", kind = "acquirer" }, { recipient_id = "court", kind = "authority" }, { recipient_id = "sub", kind = "subprocessor" }]
given.disclosures = [
    { disclosure_id = "1", account_id = "a", recipient_id = "shop", disclosed_at = 2026-01-01T00:00:00Z }, { disclosure_id = "2", account_id = "b", recipient_id = "buyer", disclosed_at = 2026-01-01T00:00:00Z },
    { disclosure_id = "3", account_id = "c", recipient_id = "court", disclosed_at = 2026-01-01T00:00:00Z }, { disclosure_id = "4", account_id = "d", recipient_id = "nowhere", disclosed_at = 2026-01-01T00:00:00Z },
    { disclosure_id = "5", account_id = "e", recipient_id = "sub", disclosed_at = 2026-03-01T10:00:00Z }, { disclosure_id = "6", account_id = "f", recipient_id = "sub", disclosed_at = 2026-03-01T10:00:01Z },
    { disclosure_id = "7", account_id = "child", recipient_id = "shop", disclosed_at = 2026-01-01T00:00:00Z },
]
given.requests = [
    { request_id = "to_a_shop", account_id = "a", requester_role = "subscriber", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z }, { request_id = "to_a_buyer", account_id = "b", requester_role = "subscriber", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "to_a_court", account_id = "c", requester_role = "subscriber", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z }, { request_id = "unregistered", account_id = "d", requester_role = "subscriber", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "given_as_it_was_closed", account_id = "e", requester_role = "subscriber", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z }, { request_id = "given_later", account_id = "f", requester_role = "subscriber", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "by_a_parent", account_id = "p", requester_role = "parent", child_account_id = "child", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "for_whom", account_id = "a", requester_role = "parent", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "told_after_as_of", account_id = "a", requester_role = "subscriber", type = "erasure", outcome = "fulfilled", closed_at = 2026-06-20T10:00:00Z },
]
given.request_events = [{ request_id = "told_after_as_of", seq = 1, event = "recipient_told", actor = "shop", occurred_at = 2026-07-01T00:00:00Z }]
expect.to_a_shop = "violation: not_told"
expect.to_a_buyer = "violation: not_told"
expect.to_a_court = "compliant: nobody_had_data"
expect.unregistered = "indeterminate: recipient_unknown"
expect.given_as_it_was_closed = "violation: not_told"
expect.given_later = "compliant: nobody_had_data"
expect.by_a_parent = "violation: not_told"
expect.for_whom = "indeterminate: child_unknown"
expect.told_after_as_of = "pending: not_yet_due"
[told_before]
given.processors = [{ recipient_id = "p", kind = "processor" }]
given.disclosures = [{ disclosure_id = "1", account_id = "a", recipient_id = "p", disclosed_at = 2026-01-01T00:00:00Z }, { disclosure_id = "2", account_id = "b", recipient_id = "p", disclosed_at = 2026-01-01T00:00:00Z }, { disclosure_id = "3", account_id = "b", recipient_id = "p", disclosed_at = 2026-02-25T10:00:00Z }]
given.requests = [
    { request_id = "it_was_asked_for", account_id = "a", type = "erasure", outcome = "fulfilled", received_at = 2026-02-20T10:00:00Z, closed_at = 2026-03-01T10:00:00Z },
    { request_id = "as_it_was_asked_for", account_id = "a", type = "erasure", outcome = "fulfilled", received_at = 2026-02-20T10:00:00Z, closed_at = 2026-03-01T10:00:00Z },
    { request_id = "it_was_given_more", account_id = "b", type = "erasure", outcome = "fulfilled", received_at = 2026-02-20T10:00:00Z, closed_at = 2026-03-01T10:00:00Z },
    { request_id = "and_again_after", account_id = "b", type = "erasure", outcome = "fulfilled", received_at = 2026-02-20T10:00:00Z, closed_at = 2026-03-01T10:00:00Z },
]
given.request_events = [
    { request_id = "it_was_asked_for", seq = 1, event = "recipient_told", actor = "p", occurred_at = 2026-02-20T09:59:59Z }, { request_id = "as_it_was_asked_for", seq = 1, event = "recipient_told", actor = "p", occurred_at = 2026-02-20T10:00:00Z },
    { request_id = "it_was_given_more", seq = 1, event = "recipient_told", actor = "p", occurred_at = 2026-02-25T09:59:59Z },
    { request_id = "and_again_after", seq = 1, event = "recipient_told", actor = "p", occurred_at = 2026-02-21T10:00:00Z }, { request_id = "and_again_after", seq = 2, event = "recipient_told", actor = "p", occurred_at = 2026-02-25T10:00:00Z },
]
expect = { it_was_asked_for = "violation: not_told", as_it_was_asked_for = "compliant: told", it_was_given_more = "violation: not_told", and_again_after = "compliant: told" }
[in_aggregate]
given.processors = [{ recipient_id = "p", kind = "processor" }]
given.disclosures = [
    { disclosure_id = "1", account_id = "a", recipient_id = "p", disclosed_at = 2026-01-01T00:00:00Z, aggregated = true, smallest_cell = 5 }, { disclosure_id = "2", account_id = "b", recipient_id = "p", disclosed_at = 2026-01-01T00:00:00Z, aggregated = true, smallest_cell = 4 },
    { disclosure_id = "3", account_id = "c", recipient_id = "p", disclosed_at = 2026-01-01T00:00:00Z, aggregated = false, smallest_cell = 5 },
]
given.requests = [{ request_id = "five_people", account_id = "a", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z }, { request_id = "four_people", account_id = "b", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z }, { request_id = "not_aggregated", account_id = "c", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z }]
given.request_events = []
expect = { five_people = "compliant: nobody_had_data", four_people = "violation: not_told", not_aggregated = "violation: not_told" }
[a_child_is_named]
given.requests = [{ request_id = "r", account_id = "agent", requester_role = "agent", child_account_id = "child", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z }]
given.processors = [{ recipient_id = "p", kind = "processor" }]
given.disclosures = [{ disclosure_id = "1", account_id = "child", recipient_id = "p", disclosed_at = 2026-01-01T00:00:00Z }]
given.request_events = []
expect = { r = "violation: not_told" }
[partly_fulfilled]
given.requests = [{ request_id = "r", account_id = "a", type = "erasure", outcome = "partial", denial_ground = "legal_obligation", closed_at = 2026-03-01T10:00:00Z }]
given.processors = [{ recipient_id = "p", kind = "processor" }]
given.disclosures = [{ disclosure_id = "1", account_id = "a", recipient_id = "p", disclosed_at = 2026-01-01T00:00:00Z }]
given.request_events = []
expect = { r = "indeterminate: partly" }
[became_part_of_another]
given.requests = [{ request_id = "moved", account_id = "a", type = "erasure", received_at = 2026-02-01T08:00:00Z, closed_at = 2026-02-02T08:00:00Z, outcome = "fulfilled", merged_into = "other" }, { request_id = "other", account_id = "a", type = "erasure", received_at = 2026-02-01T09:00:00Z, responded_at = 2026-03-01T08:00:00Z, closed_at = 2026-03-01T08:00:00Z, outcome = "fulfilled" }]
given.processors = [{ recipient_id = "p", kind = "processor" }]
given.disclosures = [{ disclosure_id = "1", account_id = "a", recipient_id = "p", disclosed_at = 2026-02-20T08:00:00Z }]
given.request_events = [{ request_id = "other", seq = 1, event = "recipient_told", actor = "p", occurred_at = 2026-03-31T23:59:59.999999Z }]
expect = { moved = { verdict = "compliant: told", due_at = 2026-03-31T23:59:59.999999Z }, other = "compliant: told" }
[equivalent]
"recipients: t.account_id = h.account_id → true" = "a request is one person's, but where a run reads it as anybody's"
"judged: r.account_id = e.account_id → true" = "a request is one person's, but where a run reads it as anybody's"
*/
