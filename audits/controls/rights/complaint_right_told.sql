/*
id         = "complaint_right_told"
title      = "Who is refused is told of the right to complain to an authority"
short      = "Refusals name right to complain"
rule       = """
A refusal of a data-subject request, of all that was asked or of a part, tells the person that they may complain to a data protection authority. That
the right exists is what policies say; that it is told with a refusal is the law's demand. Where it was not told to one whose request was partly
fulfilled, and no ground of a refusal is recorded, nobody can tell whether a part was refused."""
maps_to    = ["GDPR 12(4)"]
severity   = "medium"
remedy     = "Write again to those refused, and name the authority"
tables.requests = ["type", "outcome", "told_complaint_right", "closed_at", "denial_ground??", "requester_role?", "received_at?"]
absent.requests.requester_role = "whoever asks does so in their own right"
dimensions = ["type", "channel"]
inject.silence = { requests = { told_complaint_right = "false" } }
[reasons]
told          = "told of the right to complain"
not_told      = "not told of the right to complain"
partly        = "not told, and whether the part that was not fulfilled was refused is not recorded"
not_recorded  = "whether it was told is not recorded"
no_instant    = "when it was refused is not recorded"
in_the_future = "it was refused after the instant of judgement"
[de]
title    = "Wer eine Ablehnung erhält, erfährt vom Beschwerderecht bei einer Aufsichtsbehörde"
short    = "Ablehnungen nennen das Beschwerderecht"
rule     = """
Die Ablehnung einer Betroffenenanfrage, ganz oder zum Teil, sagt der Person, dass sie sich bei einer Datenschutzaufsichtsbehörde beschweren kann.
Dass es das Recht gibt, sagen Datenschutzerklärungen; dass es mit einer Ablehnung mitgeteilt wird, verlangt das Gesetz. Wo es bei einer teilweise
erfüllten Anfrage nicht mitgeteilt wurde und kein Grund einer Ablehnung erfasst ist, ist nicht entscheidbar, ob ein Teil abgelehnt wurde."""
remedy   = "Den Abgelehnten erneut schreiben und die Behörde nennen"
[de.reasons]
told          = "auf das Beschwerderecht hingewiesen"
not_told      = "nichts vom Beschwerderecht gesagt"
partly        = "nichts gesagt, und ob der nicht erfüllte Teil abgelehnt wurde, ist nicht erfasst"
not_recorded  = "ob es gesagt wurde, ist nicht erfasst"
no_instant    = "wann abgelehnt wurde, ist nicht erfasst"
in_the_future = "abgelehnt wurde nach dem Stichtag"
*/
with judged as (
    select *,
           case when closed_at is null then 'no_instant'
                when closed_at > $as_of then 'in_the_future'
                when told_complaint_right is null then 'not_recorded'
                when told_complaint_right then 'told'
                when outcome = 'partial' and denial_ground is null then 'partly'
                else 'not_told' end as reason
    from requests
    where outcome in ('denied', 'partial')
      and requester_role is distinct from 'object'
      and (type is null or type not in ('question', 'agreement'))
)
select request_id as record_id, account_id, country, closed_at as event_at, null::timestamptz as due_at,
       case when reason = 'told' then 'compliant'
            when reason = 'not_told' then 'violation'
            else 'indeterminate' end as verdict,
       reason,
       received_at, type, channel
from judged;

/* examples
as_of = 2026-06-30
[told_or_not]
period = "2026-01"
given.requests = [
    { request_id = "a", type = "access", outcome = "denied", told_complaint_right = true, closed_at = 2026-01-10T08:00:00Z },
    { request_id = "b", type = "access", outcome = "denied", told_complaint_right = false, closed_at = 2026-01-10T08:00:00Z },
    { request_id = "c", type = "access", outcome = "denied", closed_at = 2026-01-10T08:00:00Z },
    { request_id = "d", type = "access", outcome = "denied", told_complaint_right = true },
    { request_id = "e", type = "access", outcome = "denied", told_complaint_right = true, closed_at = 2026-07-10T08:00:00Z },
    { request_id = "question", type = "question", outcome = "denied", closed_at = 2026-01-10T08:00:00Z },
    { request_id = "agreement", type = "agreement", outcome = "denied", closed_at = 2026-01-10T08:00:00Z },
    { request_id = "what_was_asked_is_not_recorded", outcome = "denied", closed_at = 2026-01-10T08:00:00Z },
    { request_id = "kept", type = "access", outcome = "fulfilled", closed_at = 2026-01-10T08:00:00Z },
    { request_id = "a_part", type = "access", outcome = "partial", denial_ground = "dispute", told_complaint_right = false, closed_at = 2026-01-10T08:00:00Z },
    { request_id = "a_part_and_told", type = "access", outcome = "partial", told_complaint_right = true, closed_at = 2026-01-10T08:00:00Z },
    { request_id = "a_part_on_none", type = "access", outcome = "partial", told_complaint_right = false, closed_at = 2026-01-10T08:00:00Z },
    { request_id = "all_on_none", type = "access", outcome = "denied", told_complaint_right = false, closed_at = 2026-01-10T08:00:00Z },
    { request_id = "all_on_a_ground", type = "access", outcome = "denied", denial_ground = "dispute", told_complaint_right = false, closed_at = 2026-01-10T08:00:00Z },
    { request_id = "visitor", type = "access", requester_role = "object", outcome = "denied", closed_at = 2026-01-10T08:00:00Z },
]
expect.what_was_asked_is_not_recorded = "indeterminate: not_recorded"
expect.a_part = "violation: not_told"
expect.a_part_and_told = "compliant: told"
expect.a_part_on_none = "indeterminate: partly"
expect.all_on_none = "violation: not_told"
expect.all_on_a_ground = "violation: not_told"
expect.a = { verdict = "compliant: told", scope = "period" }
expect.b = "violation: not_told"
expect.c = "indeterminate: not_recorded"
expect.d = "indeterminate: no_instant"
expect.e = "indeterminate: in_the_future"
[at_the_instant_of_judgement]
as_of = 2026-06-30T12:00:00Z
given.requests = [{ request_id = "r", account_id = "a", country = "DE", type = "access", outcome = "denied", told_complaint_right = true, closed_at = 2026-06-30T12:00:00Z }]
expect = { r = { verdict = "compliant: told", event_at = 2026-06-30T12:00:00Z, account = "a", country = "DE" } }
*/
