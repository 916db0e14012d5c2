/*
id         = "identity_verified_before_release"
title      = "Where identity is checked, nothing is released before it is proven"
short      = "Identity proven before release"
rule       = """
Where proof of identity was asked for, the answer that fulfils a request, and a step released, come no earlier than the proof. Whoever asks must wait:
having asked, releasing data first gives it to somebody whose identity was in doubt. A request closed as fulfilled was released, answered or not; one
of which nothing was released, answered or closed yet, or of which no proof was asked, is left out. Asking later than {ask_days} days after
receipt is flagged, for it may be stalling; the number is a convention, and by the second reading that is a violation."""
maps_to    = ["GDPR 12(6)", "GDPR 5(1)(f)"]
severity   = "high"
remedy     = "Look into each release as a possible breach"
acts       = true
tables.requests = ["type", "id_asked_at", "id_verified_at", "responded_at", "outcome", "closed_at??", "requester_role?", "received_at??", "merged_into?"]
tables.request_events = ["event??", "occurred_at??"]
exact.requests = ["responded_at", "closed_at"]
absent.requests.requester_role = "whoever asks does so in their own right"
absent.requests.merged_into = "no request became part of another"
absent.request_events = "nothing is released but with the answer"
dimensions = ["type", "channel"]
parameters.ask_days = { default = 7, unit = "days" }
parameters.may_ask_late = { default = true }
readings."proof asked for without delay, as EDPB 01/2022 has it" = { may_ask_late = false }
inject.released_before_proof = { requests = { id_verified_at = "responded_at + interval 1 microsecond" }, where = "reason = 'after_proof'" }
[reasons]
after_proof     = "released after identity was proven"
before_proof    = "released before identity was proven"
never_proven    = "released or fulfilled, and identity was never proven"
not_released    = "answered or closed without releasing anything"
asked_late      = "not released before identity was proven, which was asked for more than {ask_days} days after receipt: perhaps stalling"
stalled         = "proof of identity was asked for more than {ask_days} days after receipt"
outcome_unknown = "answered or closed before identity was proven, and whether anything was released is not recorded"
in_the_future   = "an instant lies after the instant of judgement"
[de]
title    = "Wo die Identität geprüft wird, wird nichts herausgegeben, bevor sie feststeht"
short    = "Identität vor Herausgabe geprüft"
rule     = """
Wo ein Nachweis der Identität verlangt wurde, kommen die erfüllende Antwort und jede Herausgabe nicht vor dem Nachweis. Wer ihn verlangt, muss
warten: Daten vorher herauszugeben heißt, sie jemandem zu geben, dessen Identität im Zweifel stand. Eine als erfüllt abgeschlossene Anfrage gilt als
herausgegeben, beantwortet oder nicht; eine, bei der noch nichts herausgegeben, beantwortet oder abgeschlossen ist oder kein Nachweis verlangt
wurde, ist nicht umfasst. Später als {ask_days} Tage nach Eingang zu fragen wird angezeigt, denn es kann Hinhalten sein; die Zahl ist eine
Konvention, und nach der zweiten Lesart ist es ein Verstoß."""
remedy   = "Jede Herausgabe als mögliche Datenpanne untersuchen"
readings = { "proof asked for without delay, as EDPB 01/2022 has it" = "Nachweis unverzüglich verlangt, nach EDSA 01/2022" }
[de.reasons]
after_proof     = "herausgegeben, nachdem die Identität nachgewiesen war"
before_proof    = "herausgegeben, bevor die Identität nachgewiesen war"
never_proven    = "herausgegeben oder erfüllt, und die Identität wurde nie nachgewiesen"
not_released    = "beantwortet oder abgeschlossen, ohne etwas herauszugeben"
asked_late      = "nicht vor dem Nachweis der Identität herausgegeben, der mehr als {ask_days} Tage nach Eingang verlangt wurde: vielleicht hingehalten"
stalled         = "der Nachweis der Identität wurde mehr als {ask_days} Tage nach Eingang verlangt"
outcome_unknown = "vor dem Nachweis der Identität beantwortet oder abgeschlossen, und ob etwas herausgegeben wurde, ist nicht erfasst"
in_the_future   = "ein Zeitpunkt liegt nach dem Stichtag"
*/
with releases as (
    select request_id, min(occurred_at) as released_at from request_steps where event = 'released' and occurred_at <= $as_of group by request_id
),
answered as (
    select r.*, least(e.released_at, coalesce(r.responded_at, r.closed_at)) as done_at, coalesce(r.id_asked_at::date > r.received_at::date + $ask_days::integer, false) as is_asked_late,
           case when r.id_asked_at > $as_of or r.responded_at > $as_of or r.closed_at > $as_of or r.id_verified_at > $as_of then 'in_the_future'
                when e.released_at < r.id_verified_at then 'before_proof'
                when e.released_at is not null and r.id_verified_at is null then 'never_proven'
                when r.outcome in ('denied', 'redirected', 'withdrawn') then 'not_released'
                when r.outcome is not null and r.id_verified_at is null then 'never_proven'
                when r.outcome is not null and done_at < r.id_verified_at then 'before_proof'
                when r.id_verified_at is null or done_at < r.id_verified_at then 'outcome_unknown'
                else 'after_proof' end as release
    from received_requests as r
    left join releases as e on e.request_id = r.request_id
    where r.id_asked_at is not null and (r.responded_at is not null or r.closed_at is not null or e.released_at is not null)
      and r.requester_role is distinct from 'object'
),
judged as (
    select *,
           case when release not in ('after_proof', 'not_released') or not is_asked_late then release
                when $may_ask_late then 'asked_late'
                else 'stalled' end as reason
    from answered
)
select request_id as record_id, account_id, country, done_at as event_at, null::timestamptz as due_at,
       case when reason in ('after_proof', 'not_released', 'asked_late') then 'compliant'
            when reason in ('before_proof', 'never_proven', 'stalled') then 'violation'
            else 'indeterminate' end as verdict,
       reason,
       received_at, type, channel
from judged;

/* examples
as_of = 2026-06-30
[before_and_after_proof]
period = "2026-01"
given.requests = [
    { request_id = "a", type = "access", id_asked_at = 2026-01-10T08:00:00Z, id_verified_at = 2026-01-12T08:00:00Z, responded_at = 2026-01-12T08:00:00Z, outcome = "fulfilled" },
    { request_id = "b", type = "access", id_asked_at = 2026-01-10T08:00:00Z, id_verified_at = 2026-01-12T08:00:00Z, responded_at = 2026-01-12T07:59:59Z, outcome = "fulfilled" },
    { request_id = "c", type = "access", id_asked_at = 2026-01-10T08:00:00Z, responded_at = 2026-01-12T08:00:00Z, outcome = "partial" },
    { request_id = "d", type = "access", id_asked_at = 2026-01-10T08:00:00Z, responded_at = 2026-01-12T08:00:00Z, outcome = "denied" },
    { request_id = "e", type = "access", id_asked_at = 2026-01-10T08:00:00Z, id_verified_at = 2026-07-12T08:00:00Z, responded_at = 2026-01-12T08:00:00Z, outcome = "fulfilled" },
    { request_id = "open", type = "access", id_asked_at = 2026-01-10T08:00:00Z },
    { request_id = "redirected", type = "access", id_asked_at = 2026-01-10T08:00:00Z, responded_at = 2026-01-12T08:00:00Z, outcome = "redirected" },
    { request_id = "of_a_visitor", type = "access", requester_role = "object", id_asked_at = 2026-01-10T08:00:00Z, responded_at = 2026-01-12T08:00:00Z, outcome = "partial" },
    { request_id = "asked_later", type = "access", id_asked_at = 2026-07-10T08:00:00Z, responded_at = 2026-01-12T08:00:00Z, outcome = "denied" },
    { request_id = "answered_later", type = "access", id_asked_at = 2026-01-10T08:00:00Z, responded_at = 2026-07-12T08:00:00Z, outcome = "denied" },
    { request_id = "closed_later", type = "access", id_asked_at = 2026-01-10T08:00:00Z, closed_at = 2026-07-12T08:00:00Z, outcome = "denied" },
    { request_id = "never_asked", type = "access", responded_at = 2026-01-12T08:00:00Z, outcome = "fulfilled" },
]
expect.a = { verdict = "compliant: after_proof", met_at = 2026-01-12T08:00:00Z, scope = "period" }
expect.b = "violation: before_proof"
expect.c = "violation: never_proven"
expect.d = "compliant: not_released"
expect.e = "indeterminate: in_the_future"
expect.redirected = "compliant: not_released"
expect.asked_later = "indeterminate: in_the_future"
expect.answered_later = "indeterminate: in_the_future"
expect.closed_later = "indeterminate: in_the_future"
[at_the_instant_of_judgement]
as_of = 2026-06-30T12:00:00Z
given.requests = [
    { request_id = "all_at_once", account_id = "a", country = "DE", type = "access", id_asked_at = 2026-06-30T12:00:00Z, id_verified_at = 2026-06-30T12:00:00Z, responded_at = 2026-06-30T12:00:00Z, closed_at = 2026-06-30T12:00:00Z, outcome = "fulfilled" },
    { request_id = "released", type = "access", id_asked_at = 2026-06-10T12:00:00Z },
]
given.request_events = [{ request_id = "released", seq = 1, event = "released", occurred_at = 2026-06-30T12:00:00Z }]
expect = { all_at_once = { verdict = "compliant: after_proof", account = "a", country = "DE" }, released = "violation: never_proven" }
[a_step_says_that_it_was_released]
given.requests = [
    { request_id = "first", type = "access", id_asked_at = 2026-02-02T10:00:00Z, id_verified_at = 2026-02-10T10:00:00Z, responded_at = 2026-02-11T10:00:00Z, outcome = "fulfilled" },
    { request_id = "as_it_was_proven", type = "access", id_asked_at = 2026-02-02T10:00:00Z, id_verified_at = 2026-02-10T10:00:00Z, responded_at = 2026-02-11T10:00:00Z, outcome = "fulfilled" },
    { request_id = "refused_after", type = "access", id_asked_at = 2026-02-02T10:00:00Z, responded_at = 2026-02-11T10:00:00Z, outcome = "denied" },
    { request_id = "still_open", type = "access", id_asked_at = 2026-02-02T10:00:00Z },
    { request_id = "after_as_of", type = "access", id_asked_at = 2026-02-02T10:00:00Z },
    { request_id = "only_opened", type = "access", id_asked_at = 2026-02-02T10:00:00Z },
    { request_id = "refused_once_it_was_released", type = "access", id_asked_at = 2026-02-02T10:00:00Z, id_verified_at = 2026-02-10T10:00:00Z, responded_at = 2026-02-11T10:00:00Z, outcome = "denied" },
]
given.request_events = [
    { request_id = "first", seq = 1, event = "released", occurred_at = 2026-02-10T09:59:59Z }, { request_id = "first", seq = 2, event = "released", occurred_at = 2026-02-10T10:30:00Z }, { request_id = "refused_once_it_was_released", seq = 1, event = "released", occurred_at = 2026-02-10T09:59:59Z }, { request_id = "as_it_was_proven", seq = 1, event = "released", occurred_at = 2026-02-10T10:00:00Z }, { request_id = "refused_after", seq = 1, event = "released", occurred_at = 2026-02-10T10:00:00Z },
    { request_id = "still_open", seq = 1, event = "released", occurred_at = 2026-02-10T10:00:00Z }, { request_id = "after_as_of", seq = 1, event = "released", occurred_at = 2026-07-10T10:00:00Z }, { request_id = "only_opened", seq = 1, event = "opened", occurred_at = 2026-02-10T10:00:00Z },
]
expect.first = { verdict = "violation: before_proof", event_at = 2026-02-10T09:59:59Z }
expect.refused_once_it_was_released = "violation: before_proof"
expect.as_it_was_proven = "compliant: after_proof"
expect.refused_after = "violation: never_proven"
expect.still_open = "violation: never_proven"
[closed_without_an_answer]
given.requests = [
    { request_id = "fulfilled", type = "access", id_asked_at = 2026-02-02T10:00:00Z, closed_at = 2026-02-11T10:00:00Z, outcome = "fulfilled" }, { request_id = "before", type = "access", id_asked_at = 2026-02-02T10:00:00Z, id_verified_at = 2026-02-12T10:00:00Z, closed_at = 2026-02-11T10:00:00Z, outcome = "fulfilled" },
    { request_id = "withdrawn", type = "access", id_asked_at = 2026-02-02T10:00:00Z, closed_at = 2026-02-11T10:00:00Z, outcome = "withdrawn" }, { request_id = "vague", type = "access", id_asked_at = 2026-02-02T10:00:00Z, closed_at = 2026-02-11T10:00:00Z },
    { request_id = "proven_first", type = "access", id_asked_at = 2026-02-02T10:00:00Z, id_verified_at = 2026-02-11T10:00:00Z, closed_at = 2026-02-11T10:00:00Z }, { request_id = "vague_and_proven_later", type = "access", id_asked_at = 2026-02-02T10:00:00Z, id_verified_at = 2026-02-11T10:00:01Z, closed_at = 2026-02-11T10:00:00Z },
]
expect.fulfilled = "violation: never_proven"
expect.before = "violation: before_proof"
expect.withdrawn = "compliant: not_released"
expect.vague = "indeterminate: outcome_unknown"
expect.proven_first = "compliant: after_proof"
expect.vague_and_proven_later = "indeterminate: outcome_unknown"
[asked_more_than_a_week_after_receipt]
given.requests = [
    { request_id = "a_day_late", type = "access", received_at = 2026-02-01T08:00:00Z, id_asked_at = 2026-02-09T00:00:00Z, id_verified_at = 2026-02-10T10:00:00Z, responded_at = 2026-02-11T10:00:00Z, outcome = "fulfilled" },
    { request_id = "last_day", type = "access", received_at = 2026-02-01T08:00:00Z, id_asked_at = 2026-02-08T23:59:59Z, id_verified_at = 2026-02-10T10:00:00Z, responded_at = 2026-02-11T10:00:00Z, outcome = "fulfilled" },
    { request_id = "never_proven", type = "access", received_at = 2026-02-01T08:00:00Z, id_asked_at = 2026-02-09T00:00:00Z, responded_at = 2026-02-11T10:00:00Z, outcome = "fulfilled" },
    { request_id = "refused", type = "access", received_at = 2026-02-01T08:00:00Z, id_asked_at = 2026-02-09T00:00:00Z, responded_at = 2026-02-11T10:00:00Z, outcome = "denied" },
]
expect = { a_day_late = "compliant: asked_late", last_day = "compliant: after_proof", never_proven = "violation: never_proven", refused = "compliant: asked_late" }
[asked_without_delay]
parameters = { may_ask_late = false }
given.requests = [
    { request_id = "a_day_late", type = "access", received_at = 2026-02-01T08:00:00Z, id_asked_at = 2026-02-09T00:00:00Z, id_verified_at = 2026-02-10T10:00:00Z, responded_at = 2026-02-11T10:00:00Z, outcome = "fulfilled" },
    { request_id = "last_day", type = "access", received_at = 2026-02-01T08:00:00Z, id_asked_at = 2026-02-08T23:59:59Z, id_verified_at = 2026-02-10T10:00:00Z, responded_at = 2026-02-11T10:00:00Z, outcome = "fulfilled" },
    { request_id = "never_proven", type = "access", received_at = 2026-02-01T08:00:00Z, id_asked_at = 2026-02-09T00:00:00Z, responded_at = 2026-02-11T10:00:00Z, outcome = "fulfilled" },
    { request_id = "refused", type = "access", received_at = 2026-02-01T08:00:00Z, id_asked_at = 2026-02-09T00:00:00Z, responded_at = 2026-02-11T10:00:00Z, outcome = "denied" },
]
expect = { a_day_late = "violation: stalled", last_day = "compliant: after_proof", never_proven = "violation: never_proven", refused = "violation: stalled" }
[became_part_of_another]
given.requests = [
    { request_id = "moved", account_id = "a", type = "access", received_at = 2026-02-01T08:00:00Z, id_asked_at = 2026-02-02T08:00:00Z, closed_at = 2026-02-03T08:00:00Z, outcome = "fulfilled", merged_into = "other" },
    { request_id = "other", account_id = "a", type = "access", received_at = 2026-02-01T09:00:00Z, id_asked_at = 2026-02-02T08:00:00Z, id_verified_at = 2026-02-20T08:00:00Z, closed_at = 2026-03-01T08:00:00Z, outcome = "fulfilled" },
    { request_id = "moved_and_released", account_id = "b", type = "access", received_at = 2026-02-01T08:00:00Z, closed_at = 2026-02-03T08:00:00Z, merged_into = "released" },
    { request_id = "released", account_id = "b", type = "access", received_at = 2026-02-01T09:00:00Z, id_asked_at = 2026-02-02T08:00:00Z, id_verified_at = 2026-02-20T08:00:00Z, closed_at = 2026-03-01T08:00:00Z, outcome = "fulfilled" },
]
given.request_events = [{ request_id = "released", seq = 1, event = "released", occurred_at = 2026-02-20T07:59:59Z }]
expect = { moved = "compliant: after_proof", other = "compliant: after_proof", moved_and_released = "violation: before_proof", released = "violation: before_proof" }
*/
