/*
id         = "denial_has_permitted_ground"
title      = "An objection is refused only on a ground that the policy calls compelling"
short      = "Objections refused on permitted grounds"
rule       = """
An objection that is refused, or refused in part, names one of the grounds that the policy calls the only ones ({grounds}). A refusal without a ground
is a violation; whether a part was refused of what was partly fulfilled on no ground nobody can tell. Whether the ground carries is a matter of attestation."""
maps_to    = ["GDPR 21(1)"]
severity   = "medium"
remedy     = "Decide the objections anew, on the grounds that are permitted"
tables.requests = ["type", "outcome", "denial_ground", "closed_at", "requester_role?", "received_at?"]
absent.requests.requester_role = "whoever asks does so in their own right"
dimensions = ["channel"]
parameters.grounds = { default = ["compelling_grounds", "legal_claims"], of = "ground" }
inject.by_habit = { requests = { denial_ground = "'selftest'" } }
[reasons]
permitted     = "refused on a permitted ground"
other_ground  = "refused on another ground"
no_ground     = "refused without a ground"
partly        = "a part of it was fulfilled, and whether the rest was refused is not recorded"
no_instant    = "when it was refused is not recorded"
in_the_future = "it was refused after the instant of judgement"
[de]
title    = "Ein Widerspruch wird nur aus einem Grund zurückgewiesen, den die Datenschutzerklärung zwingend nennt"
short    = "Widersprüche nur begründet zurückgewiesen"
rule     = """
Ein ganz oder zum Teil zurückgewiesener Widerspruch nennt einen der Gründe, die die Datenschutzerklärung die einzigen nennt ({grounds}). Eine
Zurückweisung ohne Grund ist ein Verstoß; ob von einem ohne Grund teilweise erfüllten Widerspruch ein Teil zurückgewiesen wurde, ist nicht
entscheidbar. Ob der Grund trägt, ist eine Sache der Bestätigung."""
remedy   = "Die Widersprüche aus zulässigen Gründen neu entscheiden"
[de.reasons]
permitted     = "aus einem zulässigen Grund zurückgewiesen"
other_ground  = "aus einem anderen Grund zurückgewiesen"
no_ground     = "ohne Grund zurückgewiesen"
partly        = "ein Teil wurde erfüllt, und ob der Rest abgelehnt wurde, ist nicht erfasst"
no_instant    = "wann abgelehnt wurde, ist nicht erfasst"
in_the_future = "abgelehnt wurde nach dem Stichtag"
*/
with judged as (
    select *,
           case when closed_at is null then 'no_instant'
                when closed_at > $as_of then 'in_the_future'
                when denial_ground is null and outcome = 'partial' then 'partly'
                when denial_ground is null then 'no_ground'
                when denial_ground in $grounds then 'permitted'
                else 'other_ground' end as reason
    from requests
    where type = 'objection' and outcome in ('denied', 'partial') and requester_role is distinct from 'object'
)
select request_id as record_id, account_id, country, closed_at as event_at, null::timestamptz as due_at,
       case when reason = 'permitted' then 'compliant'
            when reason in ('other_ground', 'no_ground') then 'violation'
            else 'indeterminate' end as verdict,
       reason,
       received_at, denial_ground, type, channel
from judged;

/* examples
as_of = 2026-06-30
[the_only_grounds]
period = "2026-01"
given.requests = [
    { request_id = "a", type = "objection", outcome = "denied", denial_ground = "compelling_grounds", closed_at = 2026-01-10T08:00:00Z },
    { request_id = "b", type = "objection", outcome = "denied", denial_ground = "legal_claims", closed_at = 2026-01-10T08:00:00Z },
    { request_id = "c", type = "objection", outcome = "denied", denial_ground = "inconvenience", closed_at = 2026-01-10T08:00:00Z },
    { request_id = "d", type = "objection", outcome = "denied", closed_at = 2026-01-10T08:00:00Z },
    { request_id = "e", type = "objection", outcome = "denied", denial_ground = "legal_claims" },
    { request_id = "f", type = "objection", outcome = "denied", denial_ground = "legal_claims", closed_at = 2026-07-10T08:00:00Z },
    { request_id = "a_part", type = "objection", outcome = "partial", denial_ground = "inconvenience", closed_at = 2026-01-10T08:00:00Z },
    { request_id = "a_part_for_claims", type = "objection", outcome = "partial", denial_ground = "legal_claims", closed_at = 2026-01-10T08:00:00Z },
    { request_id = "a_part_on_none", type = "objection", outcome = "partial", closed_at = 2026-01-10T08:00:00Z },
    { request_id = "of_a_visitor", type = "objection", requester_role = "object", outcome = "denied", closed_at = 2026-01-10T08:00:00Z },
    { request_id = "upheld", type = "objection", outcome = "fulfilled", closed_at = 2026-01-10T08:00:00Z },
    { request_id = "access", type = "access", outcome = "denied", closed_at = 2026-01-10T08:00:00Z },
]
expect.a_part = "violation: other_ground"
expect.a_part_for_claims = "compliant: permitted"
expect.a_part_on_none = "indeterminate: partly"
expect.a = { verdict = "compliant: permitted", scope = "period" }
expect.b = "compliant: permitted"
expect.c = "violation: other_ground"
expect.d = "violation: no_ground"
expect.e = "indeterminate: no_instant"
expect.f = "indeterminate: in_the_future"
[at_the_instant_of_judgement]
as_of = 2026-06-30T12:00:00Z
given.requests = [{ request_id = "r", account_id = "a", country = "DE", type = "objection", outcome = "denied", denial_ground = "legal_claims", closed_at = 2026-06-30T12:00:00Z }]
expect = { r = { verdict = "compliant: permitted", event_at = 2026-06-30T12:00:00Z, account = "a", country = "DE" } }
*/
