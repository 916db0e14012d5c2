/*
id         = "consent_is_express"
title      = "Processing that rests on consent is backed by one that was expressly given"
short      = "Consent expressly given"
rule       = """
Processing on the basis of consent names a consent of that person for that purpose, given before it started and not withdrawn before then, with
evidence of the act. A request to withdraw it ends it when it is fulfilled; from its receipt on it is in doubt. A consent to be written to is none to anything else; of two purposes in different words, and without evidence, it cannot be told."""
maps_to    = ["GDPR 4(11)", "GDPR 7(1)"]
severity   = "high"
remedy     = "Ask again, expressly, or stop the processing"
tables.processing_activities = ["legal_basis", "started_at", "consent_id", "account_id??", "purpose??", "ended_at?"]
tables.consents = ["given_at", "proof_ref", "withdrawn_at??", "account_id??", "purpose??"]
tables.requests = ["type??", "account_id??", "purpose??", "received_at??", "closed_at??", "outcome??", "requester_role?", "child_account_id?", "merged_into?"]
exact.requests = ["received_at"]
absent.requests = "nobody withdrew a consent by a request"
inject.given_a_second_late = { by = "t.consent_id = f.consent_id", consents = { given_at = "f.event_at + interval 1 second" } }
inject.consent_lost = { processing_activities = { consent_id = "null" } }
[reasons]
express         = "consent was expressly given before it started"
no_consent      = "no consent is on record"
of_another      = "the consent is another person's"
other_purpose   = "the consent is to be written to, not to this"
unclear         = "whose the consent is, or what for, is not recorded, or in words that cannot be compared"
consented_later = "consent was given after it had started"
withdrawn       = "the consent had been withdrawn before it started"
withdrawal_in_doubt = "the person asked to withdraw the consent, and whether it had ended by then cannot be told"
no_proof        = "there is no evidence that the consent was express"
no_start        = "when it started, or when consent was given, is not recorded"
in_the_future   = "it started after the instant of judgement"
[de]
title    = "Verarbeitung aufgrund von Einwilligung stützt sich auf eine ausdrücklich erteilte"
short    = "Einwilligung ausdrücklich erteilt"
rule     = """
Verarbeitung aufgrund von Einwilligung nennt eine Einwilligung der Person für diesen Zweck, vor dem Beginn erteilt und davor nicht widerrufen, mit
einem Nachweis der Handlung. Eine Anfrage auf Widerruf beendet sie mit ihrer Erfüllung; ab dem Eingang ist sie zweifelhaft. Eine Einwilligung in
Nachrichten gilt für nichts anderes; bei zwei Zwecken in verschiedenen Worten und ohne Nachweis ist es nicht entscheidbar."""
remedy   = "Erneut ausdrücklich fragen oder die Verarbeitung beenden"
[de.reasons]
express         = "die Einwilligung wurde vor dem Beginn ausdrücklich erteilt"
no_consent      = "keine Einwilligung ist erfasst"
of_another      = "die Einwilligung ist die einer anderen Person"
other_purpose   = "die Einwilligung gilt Nachrichten, nicht diesem"
unclear         = "wessen Einwilligung es ist oder wofür, ist nicht erfasst oder nicht vergleichbar"
consented_later = "die Einwilligung kam erst nach dem Beginn"
withdrawn       = "die Einwilligung war vor dem Beginn widerrufen"
withdrawal_in_doubt = "die Person hat um den Widerruf der Einwilligung gebeten, und ob sie da schon geendet hatte, ist nicht zu entscheiden"
no_proof        = "es gibt keinen Nachweis, dass die Einwilligung ausdrücklich war"
no_start        = "wann es begann oder die Einwilligung erteilt wurde, ist nicht erfasst"
in_the_future   = "es begann nach dem Stichtag"
*/
with agreed as (
    select consent_id, min(account_id) as account_id, min(purpose) as purpose, min(given_at) as given_at, min(withdrawn_at) as withdrawn_at, min(proof_ref) as proof_ref,
           min(withdrawal_in_doubt_from) as in_doubt_from
    from consent_ends
    where consent_id in (select consent_id from processing_activities where legal_basis = 'consent') group by consent_id
),
judged as (
    select p.*, a.given_at,
           case when p.started_at > $as_of then 'in_the_future'
                when a.consent_id is null then 'no_consent'
                when a.account_id <> p.account_id then 'of_another'
                when a.purpose in ('newsletter', 'promotion', 'marketing') and a.purpose <> p.purpose then 'other_purpose'
                when p.started_at is null or a.given_at is null then 'no_start'
                when a.given_at > p.started_at then 'consented_later'
                when a.withdrawn_at <= p.started_at then 'withdrawn'
                when a.in_doubt_from <= p.started_at then 'withdrawal_in_doubt'
                when a.proof_ref is null then 'no_proof'
                when a.account_id is null or p.account_id is null or coalesce(a.purpose <> p.purpose, true) then 'unclear'
                else 'express' end as reason
    from processing_activities as p
    left join agreed as a on a.consent_id = p.consent_id
    where p.legal_basis = 'consent'
)
select activity_id as record_id, account_id, null::varchar as country, started_at as event_at, null::timestamptz as due_at,
       case when reason = 'express' then 'compliant'
            when reason in ('no_consent', 'of_another', 'other_purpose', 'consented_later', 'withdrawn') then 'violation'
            else 'indeterminate' end as verdict,
       reason,
       ended_at as met_at, given_at, consent_id
from judged;

/* examples
as_of = 2026-06-30
[withdrawn_by_a_request]
period = "2026-01"
given.requests = [
    { request_id = "1", account_id = "a", type = "consent_withdrawal", purpose = "newsletter", received_at = 2026-03-01T08:00:00Z, closed_at = 2026-03-03T08:00:00Z, outcome = "fulfilled" },
    { request_id = "2", account_id = "b", type = "consent_withdrawal", received_at = 2026-03-01T08:00:00Z, closed_at = 2026-03-03T08:00:00Z, outcome = "fulfilled" },
]
given.consents = [
    { consent_id = "a", account_id = "a", purpose = "newsletter", given_at = 2025-01-01T00:00:00Z, proof_ref = "form" },
    { consent_id = "b", account_id = "b", purpose = "newsletter", given_at = 2025-01-01T00:00:00Z, proof_ref = "form" },
]
given.processing_activities = [
    { activity_id = "before", account_id = "a", purpose = "newsletter", legal_basis = "consent", consent_id = "a", started_at = 2026-03-01T07:59:59.999999Z },
    { activity_id = "asked", account_id = "a", purpose = "newsletter", legal_basis = "consent", consent_id = "a", started_at = 2026-03-01T08:00:00Z },
    { activity_id = "just_asked", account_id = "a", purpose = "newsletter", legal_basis = "consent", consent_id = "a", started_at = 2026-03-03T07:59:59.999999Z },
    { activity_id = "fulfilled", account_id = "a", purpose = "newsletter", legal_basis = "consent", consent_id = "a", started_at = 2026-03-03T08:00:00Z },
    { activity_id = "perhaps", account_id = "b", purpose = "newsletter", legal_basis = "consent", consent_id = "b", started_at = 2026-06-10T08:00:00Z },
]
expect = { before = { verdict = "compliant: express", scope = "later" }, asked = "indeterminate: withdrawal_in_doubt", just_asked = "indeterminate: withdrawal_in_doubt", fulfilled = "violation: withdrawn", perhaps = "indeterminate: withdrawal_in_doubt" }
[expressly_given]
given.consents = [
    { consent_id = "c", given_at = 2026-01-10T08:00:00Z, proof_ref = "form", account_id = "x", purpose = "a" }, { consent_id = "unproven", given_at = 2026-01-10T08:00:00Z, account_id = "x", purpose = "a" },
    { consent_id = "w", given_at = 2026-01-10T08:00:00Z, withdrawn_at = 2026-02-01T08:00:00Z, proof_ref = "form", account_id = "x", purpose = "a" }, { consent_id = "undated", proof_ref = "form", account_id = "x", purpose = "a" },
]
given.processing_activities = [
    { activity_id = "at_once", legal_basis = "consent", consent_id = "c", started_at = 2026-01-10T08:00:00Z, account_id = "x", purpose = "a" },
    { activity_id = "a_second_early", legal_basis = "consent", consent_id = "c", started_at = 2026-01-10T07:59:59Z, account_id = "x", purpose = "a" },
    { activity_id = "unproven", legal_basis = "consent", consent_id = "unproven", started_at = 2026-01-10T08:00:00Z, account_id = "x", purpose = "a" },
    { activity_id = "after_withdrawal", legal_basis = "consent", consent_id = "w", started_at = 2026-02-01T08:00:00Z, account_id = "x", purpose = "a" },
    { activity_id = "nothing", legal_basis = "consent", started_at = 2026-02-01T08:00:00Z, account_id = "x", purpose = "a" },
    { activity_id = "undated", legal_basis = "consent", consent_id = "undated", started_at = 2026-02-01T08:00:00Z, account_id = "x", purpose = "a" },
    { activity_id = "future", legal_basis = "consent", consent_id = "c", started_at = 2026-07-01T08:00:00Z, account_id = "x", purpose = "a" },
    { activity_id = "contract", legal_basis = "contract", started_at = 2026-02-01T08:00:00Z, account_id = "x", purpose = "a" },
]
expect.at_once = "compliant: express"
expect.a_second_early = "violation: consented_later"
expect.unproven = "indeterminate: no_proof"
expect.after_withdrawal = "violation: withdrawn"
expect.nothing = "violation: no_consent"
expect.undated = "indeterminate: no_start"
expect.future = "indeterminate: in_the_future"
[whose_and_what_for]
given.consents = [
    { consent_id = "of_y", account_id = "y", purpose = "a", given_at = 2026-01-10T08:00:00Z, proof_ref = "form" }, { consent_id = "news", account_id = "x", purpose = "newsletter", given_at = 2026-01-10T08:00:00Z, proof_ref = "form" },
    { consent_id = "profiling", account_id = "x", purpose = "profiling", given_at = 2026-01-10T08:00:00Z, proof_ref = "form" }, { consent_id = "nobodys", purpose = "a", given_at = 2026-01-10T08:00:00Z, proof_ref = "form" },
    { consent_id = "any", account_id = "x", given_at = 2026-01-10T08:00:00Z, proof_ref = "form" },
]
given.processing_activities = [
    { activity_id = "of_y", account_id = "x", purpose = "a", legal_basis = "consent", consent_id = "of_y", started_at = 2026-02-01T08:00:00Z },
    { activity_id = "news", account_id = "x", purpose = "a", legal_basis = "consent", consent_id = "news", started_at = 2026-02-01T08:00:00Z },
    { activity_id = "profiling", account_id = "x", purpose = "a", legal_basis = "consent", consent_id = "profiling", started_at = 2026-02-01T08:00:00Z },
    { activity_id = "nobodys", account_id = "x", purpose = "a", legal_basis = "consent", consent_id = "nobodys", started_at = 2026-02-01T08:00:00Z },
    { activity_id = "any", account_id = "x", purpose = "a", legal_basis = "consent", consent_id = "any", started_at = 2026-02-01T08:00:00Z },
]
expect = { of_y = "violation: of_another", news = "violation: other_purpose", profiling = "indeterminate: unclear", nobodys = "indeterminate: unclear", any = "indeterminate: unclear" }
[to_be_written_to]
given.consents = [
    { consent_id = "news", account_id = "x", purpose = "newsletter", given_at = 2026-01-10T08:00:00Z, proof_ref = "form" }, { consent_id = "promotion", account_id = "x", purpose = "promotion", given_at = 2026-01-10T08:00:00Z, proof_ref = "form" }, { consent_id = "marketing", account_id = "x", purpose = "marketing", given_at = 2026-01-10T08:00:00Z, proof_ref = "form" },
]
given.processing_activities = [
    { activity_id = "to_write", account_id = "x", purpose = "newsletter", legal_basis = "consent", consent_id = "news", started_at = 2026-02-01T08:00:00Z }, { activity_id = "promotion", account_id = "x", purpose = "a", legal_basis = "consent", consent_id = "promotion", started_at = 2026-02-01T08:00:00Z },
    { activity_id = "marketing", account_id = "x", purpose = "a", legal_basis = "consent", consent_id = "marketing", started_at = 2026-02-01T08:00:00Z }, { activity_id = "to_whom", purpose = "newsletter", legal_basis = "consent", consent_id = "news", started_at = 2026-02-01T08:00:00Z },
    { activity_id = "since_when", account_id = "x", purpose = "newsletter", legal_basis = "consent", consent_id = "news" }, { activity_id = "on_the_last_instant", account_id = "x", purpose = "newsletter", legal_basis = "consent", consent_id = "news", started_at = 2026-06-30T23:59:59.999999Z },
]
expect.to_write = { verdict = "compliant: express", event_at = 2026-02-01T08:00:00Z, account = "x" }
expect.promotion = "violation: other_purpose"
expect.marketing = "violation: other_purpose"
expect.to_whom = "indeterminate: unclear"
expect.since_when = "indeterminate: no_start"
expect.on_the_last_instant = "compliant: express"
[equivalent]
"agreed: min(withdrawal_in_doubt_from) → max(withdrawal_in_doubt_from)" = "consent_id is the key: two rows that differ make each finding of theirs indeterminate"
"agreed: min(account_id) → max(account_id)" = "consent_id is the key: two rows that differ make each finding of theirs indeterminate"
"agreed: min(purpose) → max(purpose)" = "consent_id is the key: two rows that differ make each finding of theirs indeterminate"
"agreed: min(given_at) → max(given_at)" = "consent_id is the key: two rows that differ make each finding of theirs indeterminate"
"agreed: min(withdrawn_at) → max(withdrawn_at)" = "consent_id is the key: two rows that differ make each finding of theirs indeterminate"
"agreed: min(proof_ref) → max(proof_ref)" = "consent_id is the key: two rows that differ make each finding of theirs indeterminate"
"agreed: consent_id in (select consent_id from processing_activities where legal_basis = 'consent') → true" = "only spares work: other consents are joined to nothing"
"agreed: legal_basis = 'consent' → true" = "only spares work: other consents are joined to nothing"
*/
