/*
id         = "identity_verified_before_release"
title      = "Where identity is checked, nothing is released before it is proven"
short      = "Identity proven before release"
rule       = """
Where proof of identity was asked for, the answer that fulfils a request comes no earlier than the proof. Whoever asks must wait: having asked, releasing data first gives it to somebody whose identity was in doubt."""
maps_to    = ["GDPR 12(6)", "GDPR 5(1)(f)"]
severity   = "high"
remedy     = "Look into each release as a possible breach"
acts       = true
tables.requests = ["type", "id_asked_at", "id_verified_at", "responded_at", "outcome", "requester_role?", "received_at?"]
absent.requests.requester_role = "whoever asks does so in their own right"
dimensions = ["type", "channel"]
inject.released_before_proof = { requests = { id_verified_at = "responded_at + interval 1 microsecond" }, where = "reason = 'after_proof'" }
[reasons]
after_proof     = "answered after identity was proven"
before_proof    = "answered before identity was proven"
never_proven    = "fulfilled, and identity was never proven"
not_released    = "answered without releasing anything"
in_the_future   = "an instant lies after the instant of judgement"
*/
with judged as (
    select *,
           case when id_asked_at > $as_of or responded_at > $as_of or id_verified_at > $as_of then 'in_the_future'
                when outcome in ('denied', 'redirected', 'withdrawn') then 'not_released'
                when id_verified_at is null then 'never_proven'
                when responded_at < id_verified_at then 'before_proof'
                else 'after_proof' end as reason
    from requests
    where id_asked_at is not null and responded_at is not null and requester_role is distinct from 'object'
)
select request_id as record_id, account_id, country, responded_at as event_at, null::timestamptz as due_at,
       case when reason in ('after_proof', 'not_released') then 'compliant'
            when reason in ('before_proof', 'never_proven') then 'violation'
            else 'indeterminate' end as verdict,
       reason,
       received_at, type, channel
from judged;

/* examples
as_of = 2026-06-30
[before_and_after_proof]
given.requests = [
    { request_id = "a", type = "access", id_asked_at = 2026-01-10T08:00:00Z, id_verified_at = 2026-01-12T08:00:00Z, responded_at = 2026-01-12T08:00:00Z, outcome = "fulfilled" },
    { request_id = "b", type = "access", id_asked_at = 2026-01-10T08:00:00Z, id_verified_at = 2026-01-12T08:00:00Z, responded_at = 2026-01-12T07:59:59Z, outcome = "fulfilled" },
    { request_id = "c", type = "access", id_asked_at = 2026-01-10T08:00:00Z, responded_at = 2026-01-12T08:00:00Z, outcome = "partial" },
    { request_id = "d", type = "access", id_asked_at = 2026-01-10T08:00:00Z, responded_at = 2026-01-12T08:00:00Z, outcome = "denied" },
    { request_id = "e", type = "access", id_asked_at = 2026-01-10T08:00:00Z, id_verified_at = 2026-07-12T08:00:00Z, responded_at = 2026-01-12T08:00:00Z, outcome = "fulfilled" },
    { request_id = "open", type = "access", id_asked_at = 2026-01-10T08:00:00Z },
    { request_id = "never_asked", type = "access", responded_at = 2026-01-12T08:00:00Z, outcome = "fulfilled" },
]
expect.a = "compliant: after_proof"
expect.b = "violation: before_proof"
expect.c = "violation: never_proven"
expect.d = "compliant: not_released"
expect.e = "indeterminate: in_the_future"
*/
