/*
id         = "portability_transmitted"
title      = "Data is transmitted to another controller where the person asks for that"
short      = "Data sent on where asked"
rule       = """
A portability request in which a transmission was asked for has one that was made. The days run from the decision, which is the answer, or else the
closing; undecided, it is not due yet, and what is late then is the answer, which other controls judge. A request that was refused, or taken back,
demands no transmission. Without a number of days, one not transmitted cannot be told."""
maps_to    = ["GDPR 20(2)"]
severity   = "medium"
remedy     = "Transmit what was asked for"
tables.requests = ["type", "received_at", "responded_at", "closed_at??", "outcome??", "requester_role?", "account_id?", "merged_into?"]
tables.request_events = ["event", "occurred_at"]
absent.requests.requester_role = "whoever asks does so in their own right"
absent.requests.merged_into = "no request became part of another"
dimensions = ["channel"]
parameters.transmit_days = { type = "integer", unit = "days" }
readings."within thirty days" = { transmit_days = 30 }
inject.never_sent = { by = "t.request_id = f.record_id", request_events = { event = "case when event = 'transmitted' then 'selftest' else event end" }, parameters = { transmit_days = 30 }, where = "due_at < as_of" }
[reasons]
transmitted      = "transmitted"
transmitted_late = "transmitted later than the days set"
overdue          = "not transmitted, and the days set have passed"
not_yet_due      = "not transmitted, and the days set have not passed"
no_limit         = "not transmitted, and the policy gives no number of days"
no_duty          = "refused or taken back before anything was transmitted"
undecided        = "neither answered nor closed yet, nor transmitted"
no_instant       = "when transmission was asked for, or done, is not recorded"
in_the_future    = "an instant lies after the instant of judgement"
ends_before_start = "transmitted before it was asked for"
export_ends_before_due = "not transmitted as far as the export reaches, which is not up to the end of the days set"
[de]
title    = "Daten gehen an einen anderen Verantwortlichen, wo die Person das verlangt"
short    = "Daten auf Wunsch weitergeleitet"
rule     = """
Zu einer Anfrage auf Datenübertragung, in der die Übermittlung an einen anderen Verantwortlichen verlangt wurde, ist eine geschehen. Die Tage laufen
ab der Entscheidung, also der Antwort oder sonst dem Abschluss; unentschieden ist sie noch nicht fällig, und verspätet ist dann die Antwort, die
andere Prüfungen beurteilen. Eine abgelehnte oder zurückgenommene Anfrage verlangt keine Übermittlung. Ohne eine Zahl von Tagen ist nicht
entscheidbar, was nicht übermittelt wurde."""
remedy   = "Das Verlangte übermitteln"
readings = { "within thirty days" = "binnen dreißig Tagen" }
[de.reasons]
transmitted      = "übermittelt"
transmitted_late = "später als gesetzt übermittelt"
overdue          = "nicht übermittelt, und die gesetzten Tage sind vorbei"
not_yet_due      = "nicht übermittelt, und die gesetzten Tage sind nicht vorbei"
no_limit         = "nicht übermittelt, und die Datenschutzerklärung nennt keine Zahl von Tagen"
no_duty          = "abgelehnt oder zurückgenommen, bevor etwas übermittelt wurde"
undecided        = "noch weder beantwortet noch abgeschlossen noch übermittelt"
no_instant       = "wann die Übermittlung verlangt wurde oder geschah, ist nicht erfasst"
in_the_future    = "ein Zeitpunkt liegt nach dem Stichtag"
ends_before_start = "übermittelt, bevor es verlangt wurde"
export_ends_before_due = "nicht übermittelt, soweit der Export reicht, und er reicht nicht bis zum Ende der gesetzten Tage"
*/
with asks as (
    select *, min(case when event = 'transmission_asked' then occurred_at end) over (partition by request_id) as asked_at
    from request_steps where event in ('transmission_asked', 'transmitted')
),
-- The first transmission since it was asked for; where none came since, the last.
steps as (
    select request_id, min(asked_at) as asked_at,
           coalesce(min(occurred_at) filter (where event = 'transmitted' and occurred_at >= asked_at), max(occurred_at) filter (where event = 'transmitted')) as transmitted_at,
           bool_or(event = 'transmission_asked') as is_asked, bool_or(event = 'transmitted') as is_transmitted
    from asks group by request_id
),
decided as (
    select r.*, s.asked_at, s.transmitted_at, s.is_transmitted, coalesce(r.responded_at, r.closed_at) as decided_at,
           case when decided_at is not null
                then end_of_day(greatest(decided_at, s.asked_at)::date + $transmit_days::integer) end as due
    from received_requests as r
    join steps as s on s.request_id = r.request_id
    where r.type = 'portability' and s.is_asked and r.requester_role is distinct from 'object'
),
judged as (
    select d.*,
           case when asked_at is null or (is_transmitted and transmitted_at is null) then 'no_instant'
                when asked_at > $as_of or transmitted_at > $as_of or decided_at > $as_of then 'in_the_future'
                when transmitted_at < asked_at then 'ends_before_start'
                when transmitted_at > due then 'transmitted_late'
                when transmitted_at is not null then 'transmitted'
                when outcome in ('denied', 'withdrawn', 'redirected') then 'no_duty'
                when decided_at is null then 'undecided'
                when due is null then 'no_limit'
                when due >= $as_of then 'not_yet_due'
                when due > k.known_until then 'export_ends_before_due'
                else 'overdue' end as reason
    from decided as d
    join known_until as k on k.table_name = 'request_events'
)
select request_id as record_id, account_id, country, coalesce(due, asked_at, received_at) as event_at, due as due_at,
       case when reason in ('transmitted', 'no_duty') then 'compliant'
            when reason in ('transmitted_late', 'overdue') then 'violation'
            when reason in ('undecided', 'not_yet_due') then 'pending'
            else 'indeterminate' end as verdict,
       reason,
       transmitted_at as met_at, received_at, asked_at, type, channel
from judged;

/* examples
as_of = 2026-06-30
[asked_and_transmitted]
period = "2026-01"
given.requests = [
    { request_id = "sent", type = "portability", received_at = 2026-02-20T10:00:00Z }, { request_id = "open", type = "portability", responded_at = 2026-03-02T10:00:00Z }, { request_id = "undated", type = "portability", received_at = 2026-02-20T10:00:00Z }, { request_id = "not_asked", type = "portability" }, { request_id = "access", type = "access" },
    { request_id = "sent_unasked", type = "portability" }, { request_id = "of_a_visitor", type = "portability", requester_role = "object" }, { request_id = "asked_later_than_now", type = "portability" }, { request_id = "answered_later_than_now", type = "portability", responded_at = 2026-07-01T10:00:00Z }, { request_id = "redirected", type = "portability", received_at = 2026-02-20T10:00:00Z, responded_at = 2026-03-02T10:00:00Z, outcome = "redirected" },
]
given.request_events = [
    { request_id = "sent", seq = 1, event = "transmission_asked", occurred_at = 2026-03-01T10:00:00Z }, { request_id = "sent", seq = 2, event = "transmitted", occurred_at = 2026-04-01T10:00:00Z },
    { request_id = "open", seq = 1, event = "transmission_asked", occurred_at = 2026-03-01T10:00:00Z }, { request_id = "undated", seq = 1, event = "transmission_asked" },
    { request_id = "sent_unasked", seq = 1, event = "transmitted", occurred_at = 2026-03-01T10:00:00Z }, { request_id = "of_a_visitor", seq = 1, event = "transmission_asked", occurred_at = 2026-03-01T10:00:00Z }, { request_id = "asked_later_than_now", seq = 1, event = "transmission_asked", occurred_at = 2026-07-01T10:00:00Z }, { request_id = "answered_later_than_now", seq = 1, event = "transmission_asked", occurred_at = 2026-03-01T10:00:00Z }, { request_id = "redirected", seq = 1, event = "transmission_asked", occurred_at = 2026-03-01T10:00:00Z },
    { request_id = "access", seq = 1, event = "transmission_asked", occurred_at = 2026-03-01T10:00:00Z }, { request_id = "not_asked", seq = 1, event = "opened", occurred_at = 2026-03-01T10:00:00Z },
]
expect = { sent = { verdict = "compliant: transmitted", event_at = 2026-03-01T10:00:00Z }, open = "indeterminate: no_limit", undated = { verdict = "indeterminate: no_instant", event_at = 2026-02-20T10:00:00Z }, asked_later_than_now = "indeterminate: in_the_future", answered_later_than_now = "indeterminate: in_the_future", redirected = { verdict = "compliant: no_duty", scope = "later" } }
[at_the_instant_of_judgement]
as_of = 2026-06-30T12:00:00Z
given.requests = [{ request_id = "r", account_id = "a", country = "DE", type = "portability", responded_at = 2026-06-30T12:00:00Z }]
given.request_events = [{ request_id = "r", seq = 1, event = "transmission_asked", occurred_at = 2026-06-30T12:00:00Z }, { request_id = "r", seq = 2, event = "transmitted", occurred_at = 2026-06-30T12:00:00Z }]
expect = { r = { verdict = "compliant: transmitted", account = "a", country = "DE" } }
[transmitted_before_it_was_asked_for]
given.requests = [{ request_id = "at_once", type = "portability", received_at = 2026-02-20T10:00:00Z }, { request_id = "and_since", type = "portability", received_at = 2026-02-20T10:00:00Z }, { request_id = "only_then", type = "portability", received_at = 2026-02-20T10:00:00Z }]
given.request_events = [
    { request_id = "at_once", seq = 1, event = "transmission_asked", occurred_at = 2026-03-05T10:00:00Z }, { request_id = "at_once", seq = 2, event = "transmitted", occurred_at = 2026-03-05T10:00:00Z }, { request_id = "at_once", seq = 3, event = "transmitted", occurred_at = 2026-03-09T10:00:00Z },
    { request_id = "and_since", seq = 1, event = "transmitted", occurred_at = 2026-03-03T10:00:00Z }, { request_id = "and_since", seq = 2, event = "transmission_asked", occurred_at = 2026-03-05T10:00:00Z }, { request_id = "and_since", seq = 3, event = "transmitted", occurred_at = 2026-03-07T10:00:00Z },
    { request_id = "and_since", seq = 4, event = "transmitted", occurred_at = 2026-03-09T10:00:00Z }, { request_id = "only_then", seq = 1, event = "transmitted", occurred_at = 2026-03-03T10:00:00Z }, { request_id = "only_then", seq = 2, event = "transmitted", occurred_at = 2026-03-04T10:00:00Z }, { request_id = "only_then", seq = 3, event = "transmission_asked", occurred_at = 2026-03-05T10:00:00Z },
]
expect = { at_once = { verdict = "compliant: transmitted", met_at = 2026-03-05T10:00:00Z }, and_since = { verdict = "compliant: transmitted", met_at = 2026-03-07T10:00:00Z }, only_then = { verdict = "indeterminate: ends_before_start", met_at = 2026-03-04T10:00:00Z } }
[days_set]
parameters = { transmit_days = 7 }
given.requests = [
    { request_id = "last_day", type = "portability", responded_at = 2026-03-01T10:00:00Z, outcome = "fulfilled" }, { request_id = "late", type = "portability", closed_at = 2026-03-01T10:00:00Z, outcome = "fulfilled" },
    { request_id = "open", type = "portability", responded_at = 2026-03-02T10:00:00Z, outcome = "fulfilled" }, { request_id = "due_today", type = "portability", responded_at = 2026-06-23T10:00:00Z, outcome = "fulfilled" }, { request_id = "asked_and_sent_twice", type = "portability", responded_at = 2026-03-01T10:00:00Z, outcome = "fulfilled" },
]
given.request_events = [
    { request_id = "last_day", seq = 1, event = "transmission_asked", occurred_at = 2026-03-01T10:00:00Z }, { request_id = "last_day", seq = 2, event = "transmitted", occurred_at = 2026-03-08T23:59:59Z },
    { request_id = "late", seq = 1, event = "transmission_asked", occurred_at = 2026-03-01T10:00:00Z }, { request_id = "late", seq = 2, event = "transmitted", occurred_at = 2026-03-09T00:00:00Z },
    { request_id = "asked_and_sent_twice", seq = 1, event = "transmission_asked", occurred_at = 2026-03-01T10:00:00Z }, { request_id = "asked_and_sent_twice", seq = 2, event = "transmission_asked", occurred_at = 2026-03-05T10:00:00Z }, { request_id = "asked_and_sent_twice", seq = 3, event = "transmitted", occurred_at = 2026-03-08T23:59:59.999999Z }, { request_id = "asked_and_sent_twice", seq = 4, event = "transmitted", occurred_at = 2026-03-12T10:00:00Z },
    { request_id = "open", seq = 1, event = "transmission_asked", occurred_at = 2026-03-01T10:00:00Z }, { request_id = "due_today", seq = 1, event = "transmission_asked", occurred_at = 2026-06-23T10:00:00Z },
]
expect = { asked_and_sent_twice = { verdict = "compliant: transmitted", event_at = 2026-03-08T23:59:59.999999Z, due_at = 2026-03-08T23:59:59.999999Z, met_at = 2026-03-08T23:59:59.999999Z }, last_day = { verdict = "compliant: transmitted", due_at = 2026-03-08T23:59:59.999999Z, met_at = 2026-03-08T23:59:59Z }, late = { verdict = "violation: transmitted_late", due_at = 2026-03-08T23:59:59.999999Z, met_at = 2026-03-09T00:00:00Z }, open = "violation: overdue", due_today = { verdict = "pending: not_yet_due", due_at = 2026-06-30T23:59:59.999999Z, met_at = "" } }
[steps_were_exported_on_the_last_day]
parameters = { transmit_days = 7 }
given.export_tables = [{ table_name = "request_events", covers_to = 2026-06-07T23:59:59.999999Z }]
given.requests = [{ request_id = "a", type = "portability", responded_at = 2026-06-01T12:00:00Z, outcome = "fulfilled" }, { request_id = "b", type = "portability", responded_at = 2026-05-31T12:00:00Z, outcome = "fulfilled" }]
given.request_events = [
    { request_id = "a", seq = 1, event = "transmission_asked", occurred_at = 2026-06-01T10:00:00Z }, { request_id = "b", seq = 1, event = "transmission_asked", occurred_at = 2026-05-31T10:00:00Z },
]
expect = { a = "indeterminate: export_ends_before_due", b = "violation: overdue" }
[from_the_decision]
parameters = { transmit_days = 7 }
given.requests = [
    { request_id = "decided_later", type = "portability", responded_at = 2026-03-20T10:00:00Z, closed_at = 2026-04-20T10:00:00Z, outcome = "fulfilled" }, { request_id = "asked_after_the_decision", type = "portability", responded_at = 2026-02-20T10:00:00Z, outcome = "fulfilled" },
    { request_id = "undecided", type = "portability" }, { request_id = "refused", type = "portability", responded_at = 2026-03-02T10:00:00Z, outcome = "denied" }, { request_id = "taken_back", type = "portability", closed_at = 2026-03-02T10:00:00Z, outcome = "withdrawn" },
    { request_id = "in_part", type = "portability", responded_at = 2026-03-02T10:00:00Z, outcome = "partial" }, { request_id = "undated", type = "portability", responded_at = 2026-03-02T10:00:00Z, outcome = "fulfilled" },
    { request_id = "after_as_of", type = "portability", responded_at = 2026-03-02T10:00:00Z, outcome = "fulfilled" }, { request_id = "backwards", type = "portability", responded_at = 2026-03-02T10:00:00Z, outcome = "fulfilled" },
]
given.request_events = [
    { request_id = "decided_later", seq = 1, event = "transmission_asked", occurred_at = 2026-03-01T10:00:00Z }, { request_id = "decided_later", seq = 2, event = "transmitted", occurred_at = 2026-03-27T23:59:59Z },
    { request_id = "asked_after_the_decision", seq = 1, event = "transmission_asked", occurred_at = 2026-03-01T10:00:00Z }, { request_id = "asked_after_the_decision", seq = 2, event = "transmitted", occurred_at = 2026-03-08T23:59:59Z },
    { request_id = "undecided", seq = 1, event = "transmission_asked", occurred_at = 2026-03-01T10:00:00Z }, { request_id = "refused", seq = 1, event = "transmission_asked", occurred_at = 2026-03-01T10:00:00Z }, { request_id = "taken_back", seq = 1, event = "transmission_asked", occurred_at = 2026-03-01T10:00:00Z },
    { request_id = "in_part", seq = 1, event = "transmission_asked", occurred_at = 2026-03-01T10:00:00Z }, { request_id = "undated", seq = 1, event = "transmission_asked", occurred_at = 2026-03-01T10:00:00Z }, { request_id = "undated", seq = 2, event = "transmitted" },
    { request_id = "after_as_of", seq = 1, event = "transmission_asked", occurred_at = 2026-03-01T10:00:00Z }, { request_id = "after_as_of", seq = 2, event = "transmitted", occurred_at = 2026-07-01T10:00:00Z },
    { request_id = "backwards", seq = 1, event = "transmission_asked", occurred_at = 2026-03-01T10:00:00Z }, { request_id = "backwards", seq = 2, event = "transmitted", occurred_at = 2026-02-01T10:00:00Z },
]
expect.decided_later = { verdict = "compliant: transmitted", due_at = 2026-03-27T23:59:59.999999Z, met_at = 2026-03-27T23:59:59Z }
expect.asked_after_the_decision = { verdict = "compliant: transmitted", due_at = 2026-03-08T23:59:59.999999Z, met_at = 2026-03-08T23:59:59Z }
expect.undecided = "pending: undecided"
expect.refused = "compliant: no_duty"
expect.taken_back = "compliant: no_duty"
expect.in_part = "violation: overdue"
expect.undated = "indeterminate: no_instant"
expect.after_as_of = "indeterminate: in_the_future"
expect.backwards = "indeterminate: ends_before_start"
[became_part_of_another]
parameters = { transmit_days = 30 }
given.requests = [{ request_id = "moved", account_id = "a", type = "portability", received_at = 2026-02-01T08:00:00Z, closed_at = 2026-02-02T08:00:00Z, outcome = "fulfilled", merged_into = "other" }, { request_id = "other", account_id = "a", type = "portability", received_at = 2026-02-01T09:00:00Z, responded_at = 2026-03-01T08:00:00Z, closed_at = 2026-03-01T08:00:00Z, outcome = "fulfilled" }]
given.request_events = [{ request_id = "moved", seq = 1, event = "transmission_asked", occurred_at = 2026-02-01T08:00:00Z }, { request_id = "other", seq = 1, event = "transmitted", occurred_at = 2026-03-31T23:59:59.999999Z }]
expect = { moved = { verdict = "compliant: transmitted", due_at = 2026-03-31T23:59:59.999999Z } }
[equivalent]
"asks: event in ('transmission_asked', 'transmitted') → true" = "reads less, and nothing else is asked for"
"steps: min(asked_at) → max(asked_at)" = "one instant stands in every row of a request"
*/
