/*
id         = "subscriber_duty_evidenced"
title      = "Subscribers who are asked for evidence of their duties are able to give it"
short      = "Subscribers' duties evidenced"
rule       = """
A subscriber who was asked for evidence of its duty ({duty}) answered with
evidence. Without a number of days, unanswered cannot be told. Duties of subscribers, not of the Company."""
maps_to    = ["GDPR 24(1)", "GDPR 30(1)"]
severity   = "low"
remedy     = "Ask the subscribers for the evidence again"
tables.subscriber_duties = ["subscriber_id", "duty", "asked_at", "answered_at", "evidence_ref"]
parameters.duty = { type = "word", of = "duty" }
inject.evidence_lost = { subscriber_duties = { evidence_ref = "null" }, by = "t.subscriber_id = f.account_id and t.duty = f.duty" }
[reasons]
evidenced     = "answered with evidence"
no_evidence   = "answered, and gave no evidence"
not_answered  = "not answered yet, and the policy gives no number of days"
in_the_future = "an instant lies after the instant of judgement"
ends_before_start = "answered before it was asked"
[de]
title    = "Abonnenten, die nach Nachweisen ihrer Pflichten gefragt werden, können sie geben"
short    = "Abonnentenpflichten nachgewiesen"
rule     = """
Ein Abonnent, der nach einem Nachweis seiner Pflicht ({duty}) gefragt wurde, antwortete mit Nachweis. Ohne eine Zahl von Tagen ist Unbeantwortetes
nicht entscheidbar. Pflichten der Abonnenten, nicht des Unternehmens."""
remedy   = "Die Abonnenten erneut um Nachweis bitten"
[de.reasons]
evidenced     = "mit Nachweis beantwortet"
no_evidence   = "beantwortet, ohne Nachweis"
not_answered  = "noch nicht beantwortet, und die Datenschutzerklärung nennt keine Zahl von Tagen"
in_the_future = "ein Zeitpunkt liegt nach dem Stichtag"
ends_before_start = "beantwortet, bevor gefragt wurde"
*/
with judged as (
    select *,
           case when asked_at > $as_of or answered_at > $as_of then 'in_the_future'
                when answered_at is null then 'not_answered'
                when answered_at < asked_at then 'ends_before_start'
                when evidence_ref is null then 'no_evidence'
                else 'evidenced' end as reason
    from subscriber_duties
    where duty = $duty
)
select coalesce(subscriber_id, '') || ' · ' || duty || ' · ' || coalesce(asked_at::date::varchar, '')
           || case when min(asked_at) over same_day < max(asked_at) over same_day then ' · ' || asked_at::timestamp::time::varchar else '' end as record_id, subscriber_id as account_id, null::varchar as country, coalesce(answered_at, asked_at) as event_at, null::timestamptz as due_at,
       case when reason = 'evidenced' then 'compliant'
            when reason = 'no_evidence' then 'violation'
            else 'indeterminate' end as verdict,
       reason,
       duty
from judged
window same_day as (partition by subscriber_id, asked_at::date);

/* examples
as_of = 2026-06-30
parameters = { duty = "records" }
[answered_before_it_was_asked_without_evidence]
given.subscriber_duties = [{ subscriber_id = "a", duty = "records", asked_at = 2026-05-01T10:00:00Z, answered_at = 2026-05-01T09:59:59Z }]
expect."a · records · 2026-05-01" = { verdict = "indeterminate: ends_before_start", account = "a" }
[with_and_without_evidence]
period = "2026-01"
given.subscriber_duties = [
    { subscriber_id = "a", duty = "records", asked_at = 2026-05-01T10:00:00Z, answered_at = 2026-05-02T10:00:00Z, evidence_ref = "e" },
    { subscriber_id = "b", duty = "records", asked_at = 2026-05-01T10:00:00Z, answered_at = 2026-05-02T10:00:00Z },
    { subscriber_id = "c", duty = "records", asked_at = 2026-05-01T10:00:00Z }, { subscriber_id = "d", duty = "records", asked_at = 2026-07-01T10:00:00Z },
    { subscriber_id = "e", duty = "inquiry", asked_at = 2026-05-01T10:00:00Z }, { subscriber_id = "now", duty = "records", asked_at = 2026-06-30T23:59:59.999999Z, answered_at = 2026-06-30T23:59:59.999999Z, evidence_ref = "e" },
    { subscriber_id = "answered_later", duty = "records", asked_at = 2026-06-30T10:00:00Z, answered_at = 2026-07-01T00:00:00Z, evidence_ref = "e" }, { duty = "records", asked_at = 2026-05-01T10:00:00Z }, { subscriber_id = "h", duty = "records" },
    { subscriber_id = "twice", duty = "records", asked_at = 2026-05-01T10:00:00Z }, { subscriber_id = "twice", duty = "records", asked_at = 2026-05-01T11:00:00Z }, { subscriber_id = "two_days", duty = "records", asked_at = 2026-05-01T10:00:00Z }, { subscriber_id = "two_days", duty = "records", asked_at = 2026-05-02T10:00:00Z },
    { subscriber_id = "f", duty = "records", asked_at = 2026-05-01T10:00:00Z, answered_at = 2026-05-01T09:59:59Z, evidence_ref = "e" }, { subscriber_id = "g", duty = "records", asked_at = 2026-05-01T10:00:00Z, answered_at = 2026-05-01T10:00:00Z, evidence_ref = "e" },
]
expect."a · records · 2026-05-01" = { verdict = "compliant: evidenced", account = "a", scope = "later", event_at = 2026-05-02T10:00:00Z }
expect."b · records · 2026-05-01" = "violation: no_evidence"
expect."c · records · 2026-05-01" = { verdict = "indeterminate: not_answered", event_at = 2026-05-01T10:00:00Z }
expect."now · records · 2026-06-30" = "compliant: evidenced"
expect."answered_later · records · 2026-06-30" = "indeterminate: in_the_future"
expect." · records · 2026-05-01" = "indeterminate: not_answered"
expect."h · records · " = "indeterminate: not_answered"
expect."twice · records · 2026-05-01 · 10:00:00" = "indeterminate: not_answered"
expect."twice · records · 2026-05-01 · 11:00:00" = "indeterminate: not_answered"
expect."two_days · records · 2026-05-01" = "indeterminate: not_answered"
expect."two_days · records · 2026-05-02" = "indeterminate: not_answered"
expect."d · records · 2026-07-01" = "indeterminate: in_the_future"
expect."f · records · 2026-05-01" = "indeterminate: ends_before_start"
expect."g · records · 2026-05-01" = "compliant: evidenced"
*/
