/*
id         = "legitimate_interest_is_explained"
title      = "People are told of legitimate interests that the policy does not describe"
short      = "Other legitimate interests told"
rule       = """
Processing on the basis of legitimate interests serves a purpose that the policy describes, or the person was shown a notice by the time it started."""
maps_to    = ["GDPR 13(1)(d)"]
severity   = "medium"
remedy     = "Tell the people concerned, or describe the interest"
tables.processing_activities = ["legal_basis", "purpose", "started_at", "notice_shown_at", "account_id?", "ended_at?"]
parameters.processing_purposes = { type = "words", of = "purpose" }
parameters.ip_purposes = { type = "words", of = "purpose" }
parameters.ip_purposes_in_aggregate = { type = "words", of = "purpose" }
inject.never_told = { processing_activities = { purpose = "'selftest'", notice_shown_at = "null" } }
[reasons]
described    = "for a purpose that the policy describes"
told         = "the person was told by the time it started"
told_later   = "the person was told after it had started"
not_told     = "for a purpose that the policy does not describe, and the person was not told"
not_recorded = "its purpose or start is not recorded"
in_the_future = "it started after the instant of judgement"
[de]
title    = "Von berechtigten Interessen, die die Datenschutzerklärung nicht beschreibt, erfahren die Betroffenen"
short    = "Weitere berechtigte Interessen mitgeteilt"
rule     = """
Verarbeitung aus berechtigtem Interesse dient einem Zweck, den die Datenschutzerklärung beschreibt, oder der Person wurde bis zum Beginn ein Hinweis
gezeigt."""
remedy   = "Die Betroffenen benachrichtigen oder das Interesse beschreiben"
[de.reasons]
described    = "für einen Zweck, den die Datenschutzerklärung beschreibt"
told         = "der Person wurde es bis zum Beginn mitgeteilt"
told_later   = "der Person wurde es nach dem Beginn mitgeteilt"
not_told     = "für einen Zweck, den die Datenschutzerklärung nicht beschreibt, und der Person wurde es nicht mitgeteilt"
not_recorded = "der Zweck oder der Beginn ist nicht erfasst"
in_the_future = "es begann nach dem Stichtag"
*/
with judged as (
    select *,
           case when started_at > $as_of then 'in_the_future'
                when purpose is null then 'not_recorded'
                when (purpose in $processing_purposes or purpose in $ip_purposes or purpose in $ip_purposes_in_aggregate) then 'described'
                when notice_shown_at is null then 'not_told'
                when started_at is null then 'not_recorded'
                when notice_shown_at <= started_at then 'told'
                else 'told_later' end as reason
    from processing_activities
    where legal_basis = 'legitimate_interest'
)
select activity_id as record_id, account_id, null::varchar as country, started_at as event_at, null::timestamptz as due_at,
       case when reason in ('described', 'told') then 'compliant'
            when reason in ('told_later', 'not_told') then 'violation'
            else 'indeterminate' end as verdict,
       reason,
       ended_at as met_at, notice_shown_at, purpose
from judged;

/* examples
as_of = 2026-06-30
parameters = { processing_purposes = ["a", "b", "c", "d", "e", "f", "g", "h"], ip_purposes = ["security", "diagnostics"], ip_purposes_in_aggregate = ["improve", "statistics"] }
[told_in_time]
period = "2026-01"
given.processing_activities = [
    { activity_id = "a", legal_basis = "legitimate_interest", purpose = "a", started_at = 2026-01-10T08:00:00Z },
    { activity_id = "b", legal_basis = "legitimate_interest", purpose = "research", started_at = 2026-01-10T08:00:00Z, notice_shown_at = 2026-01-10T08:00:00Z },
    { activity_id = "c", legal_basis = "legitimate_interest", purpose = "research", started_at = 2026-01-10T08:00:00Z, notice_shown_at = 2026-01-10T08:00:01Z },
    { activity_id = "d", legal_basis = "legitimate_interest", purpose = "research", started_at = 2026-01-10T08:00:00Z },
    { activity_id = "e", legal_basis = "legitimate_interest", started_at = 2026-01-10T08:00:00Z },
    { activity_id = "of_addresses", legal_basis = "legitimate_interest", purpose = "security", started_at = 2026-01-10T08:00:00Z },
    { activity_id = "of_addresses_in_aggregate", legal_basis = "legitimate_interest", purpose = "improve", started_at = 2026-01-10T08:00:00Z },
    { activity_id = "since_when", legal_basis = "legitimate_interest", purpose = "research", notice_shown_at = 2026-01-10T08:00:00Z },
    { activity_id = "on_the_last_instant", legal_basis = "legitimate_interest", purpose = "research", started_at = 2026-06-30T23:59:59.999999Z },
    { activity_id = "future", legal_basis = "legitimate_interest", purpose = "research", started_at = 2026-07-10T08:00:00Z },
    { activity_id = "f", legal_basis = "consent", purpose = "research" },
]
expect.a = { verdict = "compliant: described", event_at = 2026-01-10T08:00:00Z, scope = "period" }
expect.b = "compliant: told"
expect.c = "violation: told_later"
expect.d = "violation: not_told"
expect.e = "indeterminate: not_recorded"
expect.future = "indeterminate: in_the_future"
expect.of_addresses = "compliant: described"
expect.of_addresses_in_aggregate = "compliant: described"
expect.since_when = "indeterminate: not_recorded"
expect.on_the_last_instant = "violation: not_told"
*/
