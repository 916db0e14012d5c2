/*
id         = "sensitive_data_has_consent"
title      = "Sensitive information is processed with consent, or because law demands it"
short      = "Sensitive data only with consent"
rule       = """
Processing of sensitive information rests on a legal obligation, or on a consent of that person for that purpose, given before it started
and not withdrawn before then. A request to withdraw it ends it when it is fulfilled; from its receipt on it is in doubt. A consent to be written to is none to anything else; of two purposes in different words it cannot be told."""
maps_to    = ["GDPR 9(2)(a)"]
severity   = "high"
remedy     = "Stop the processing until there is consent, and delete what has none"
tables.processing_activities = ["data_class", "started_at", "legal_basis", "consent_id", "account_id??", "purpose??", "ended_at?"]
tables.consents = ["given_at", "withdrawn_at??", "account_id??", "purpose??"]
tables.requests = ["type??", "account_id??", "purpose??", "received_at??", "closed_at??", "outcome??", "requester_role?", "child_account_id?", "merged_into?"]
exact.requests = ["received_at"]
absent.requests = "nobody withdrew a consent by a request"
inject.consent_lost = { processing_activities = { consent_id = "null", legal_basis = "'consent'" } }
[reasons]
consented       = "consent was given before it started"
law_demands     = "a legal obligation demands it"
no_consent      = "no consent is on record"
of_another      = "the consent is another person's"
other_purpose   = "the consent is to be written to, not to this"
unclear         = "whose the consent is, or what for, is not recorded, or in words that cannot be compared"
consented_later = "consent was given after it had started"
withdrawn       = "the consent had been withdrawn before it started"
withdrawal_in_doubt = "the person asked to withdraw the consent, and whether it had ended by then cannot be told"
no_start        = "when it started, or when consent was given, is not recorded"
in_the_future   = "it started after the instant of judgement"
[de]
title    = "Besondere Kategorien von Daten werden mit Einwilligung oder kraft Gesetzes verarbeitet"
short    = "Sensible Daten nur mit Einwilligung"
rule     = """
Die Verarbeitung sensibler Angaben beruht auf einer rechtlichen Verpflichtung oder auf einer Einwilligung der Person für diesen Zweck, vor dem
Beginn erteilt und davor nicht widerrufen. Eine Anfrage auf Widerruf beendet sie mit ihrer Erfüllung; ab dem Eingang ist sie zweifelhaft. Eine
Einwilligung in Nachrichten gilt für nichts anderes; bei zwei Zwecken in verschiedenen Worten ist es nicht entscheidbar."""
remedy   = "Die Verarbeitung bis zur Einwilligung beenden und Daten ohne löschen"
[de.reasons]
consented       = "die Einwilligung wurde vor dem Beginn erteilt"
law_demands     = "eine rechtliche Verpflichtung verlangt es"
no_consent      = "keine Einwilligung ist erfasst"
of_another      = "die Einwilligung ist die einer anderen Person"
other_purpose   = "die Einwilligung gilt Nachrichten, nicht diesem"
unclear         = "wessen Einwilligung es ist oder wofür, ist nicht erfasst oder nicht vergleichbar"
consented_later = "die Einwilligung kam erst nach dem Beginn"
withdrawn       = "die Einwilligung war vor dem Beginn widerrufen"
withdrawal_in_doubt = "die Person hat um den Widerruf der Einwilligung gebeten, und ob sie da schon geendet hatte, ist nicht zu entscheiden"
no_start        = "wann es begann oder die Einwilligung erteilt wurde, ist nicht erfasst"
in_the_future   = "es begann nach dem Stichtag"
*/
with agreed as (
    select consent_id, min(account_id) as account_id, min(purpose) as purpose, min(given_at) as given_at, min(withdrawn_at) as withdrawn_at,
           min(withdrawal_in_doubt_from) as in_doubt_from
    from consent_ends
    where consent_id in (select consent_id from processing_activities where data_class = 'sensitive') group by consent_id
),
judged as (
    select p.*, a.given_at,
           case when p.started_at > $as_of then 'in_the_future'
                when p.legal_basis = 'legal_obligation' then 'law_demands'
                when a.consent_id is null then 'no_consent'
                when a.account_id <> p.account_id then 'of_another'
                when a.purpose in ('newsletter', 'promotion', 'marketing') and a.purpose <> p.purpose then 'other_purpose'
                when p.started_at is null or a.given_at is null then 'no_start'
                when a.given_at > p.started_at then 'consented_later'
                when a.withdrawn_at <= p.started_at then 'withdrawn'
                when a.in_doubt_from <= p.started_at then 'withdrawal_in_doubt'
                when a.account_id is null or p.account_id is null or coalesce(a.purpose <> p.purpose, true) then 'unclear'
                else 'consented' end as reason
    from processing_activities as p
    left join agreed as a on a.consent_id = p.consent_id
    where p.data_class = 'sensitive'
)
select activity_id as record_id, account_id, null::varchar as country, started_at as event_at, null::timestamptz as due_at,
       case when reason in ('consented', 'law_demands') then 'compliant'
            when reason in ('no_consent', 'of_another', 'other_purpose', 'consented_later', 'withdrawn') then 'violation'
            else 'indeterminate' end as verdict,
       reason,
       ended_at as met_at, given_at
from judged;

/* examples
as_of = 2026-06-30
[after_the_instant_of_judgement_and_undated]
given.export_info = [{ exported_at = 2026-07-31T00:00:00Z }]
given.consents = [{ consent_id = "c", account_id = "x", purpose = "newsletter", given_at = 2026-01-10T08:00:00Z }]
given.processing_activities = [
    { activity_id = "by_law", account_id = "x", data_class = "sensitive", legal_basis = "legal_obligation", started_at = 2026-07-01T08:00:00Z },
    { activity_id = "for_else", account_id = "x", data_class = "sensitive", purpose = "profiling", legal_basis = "consent", consent_id = "c" },
    { activity_id = "ended", account_id = "x", data_class = "sensitive", legal_basis = "legal_obligation", started_at = 2026-05-01T08:00:00Z, ended_at = 2026-05-03T08:00:00Z },
]
expect = { by_law = "indeterminate: in_the_future", for_else = "violation: other_purpose", ended = { verdict = "compliant: law_demands", event_at = 2026-05-01T08:00:00Z, met_at = 2026-05-03T08:00:00Z } }
[withdrawn_by_a_request]
period = "2026-01"
given.requests = [
    { request_id = "1", account_id = "a", type = "consent_withdrawal", purpose = "profiling", received_at = 2026-03-01T08:00:00Z, closed_at = 2026-03-03T08:00:00Z, outcome = "fulfilled" },
    { request_id = "2", account_id = "b", type = "consent_withdrawal", received_at = 2026-03-01T08:00:00Z, closed_at = 2026-03-03T08:00:00Z, outcome = "fulfilled" },
]
given.consents = [
    { consent_id = "a", account_id = "a", purpose = "profiling", given_at = 2025-01-01T00:00:00Z },
    { consent_id = "b", account_id = "b", purpose = "profiling", given_at = 2025-01-01T00:00:00Z },
]
given.processing_activities = [
    { activity_id = "before", account_id = "a", purpose = "profiling", data_class = "sensitive", legal_basis = "consent", consent_id = "a", started_at = 2026-03-01T07:59:59.999999Z },
    { activity_id = "asked", account_id = "a", purpose = "profiling", data_class = "sensitive", legal_basis = "consent", consent_id = "a", started_at = 2026-03-01T08:00:00Z },
    { activity_id = "just_asked", account_id = "a", purpose = "profiling", data_class = "sensitive", legal_basis = "consent", consent_id = "a", started_at = 2026-03-03T07:59:59.999999Z },
    { activity_id = "fulfilled", account_id = "a", purpose = "profiling", data_class = "sensitive", legal_basis = "consent", consent_id = "a", started_at = 2026-03-03T08:00:00Z },
    { activity_id = "perhaps", account_id = "b", purpose = "profiling", data_class = "sensitive", legal_basis = "consent", consent_id = "b", started_at = 2026-06-10T08:00:00Z },
]
expect = { before = { verdict = "compliant: consented", account = "a", event_at = 2026-03-01T07:59:59.999999Z, scope = "later" }, asked = "indeterminate: withdrawal_in_doubt", just_asked = "indeterminate: withdrawal_in_doubt", fulfilled = "violation: withdrawn", perhaps = "indeterminate: withdrawal_in_doubt" }
[before_and_after_consent]
given.consents = [
    { consent_id = "c", given_at = 2026-01-10T08:00:00Z, account_id = "x", purpose = "a" },
    { consent_id = "w", given_at = 2026-01-10T08:00:00Z, withdrawn_at = 2026-02-01T08:00:00Z, account_id = "x", purpose = "a" },
    { consent_id = "undated", account_id = "x", purpose = "a" },
]
given.processing_activities = [
    { activity_id = "at_once", data_class = "sensitive", consent_id = "c", started_at = 2026-01-10T08:00:00Z, account_id = "x", purpose = "a" },
    { activity_id = "a_second_early", data_class = "sensitive", consent_id = "c", started_at = 2026-01-10T07:59:59Z, account_id = "x", purpose = "a" },
    { activity_id = "after_withdrawal", data_class = "sensitive", consent_id = "w", started_at = 2026-02-01T08:00:00Z, account_id = "x", purpose = "a" },
    { activity_id = "nothing", data_class = "sensitive", legal_basis = "contract", started_at = 2026-02-01T08:00:00Z, account_id = "x", purpose = "a" },
    { activity_id = "law", data_class = "sensitive", legal_basis = "legal_obligation", started_at = 2026-02-01T08:00:00Z, account_id = "x", purpose = "a" },
    { activity_id = "undated", data_class = "sensitive", consent_id = "undated", started_at = 2026-02-01T08:00:00Z, account_id = "x", purpose = "a" },
    { activity_id = "future", data_class = "sensitive", consent_id = "c", started_at = 2026-07-01T08:00:00Z, account_id = "x", purpose = "a" },
    { activity_id = "at_as_of", data_class = "sensitive", consent_id = "c", started_at = 2026-06-30T23:59:59.999999Z, account_id = "x", purpose = "a" },
    { activity_id = "no_start", data_class = "sensitive", consent_id = "c", account_id = "x", purpose = "a" },
    { activity_id = "plain", data_class = "account", started_at = 2026-02-01T08:00:00Z, account_id = "x", purpose = "a" },
]
expect.at_once = "compliant: consented"
expect.a_second_early = "violation: consented_later"
expect.after_withdrawal = "violation: withdrawn"
expect.nothing = "violation: no_consent"
expect.law = "compliant: law_demands"
expect.undated = "indeterminate: no_start"
expect.future = "indeterminate: in_the_future"
expect.at_as_of = "compliant: consented"
expect.no_start = "indeterminate: no_start"
[whose_and_what_for]
given.consents = [
    { consent_id = "of_y", account_id = "y", purpose = "a", given_at = 2026-01-10T08:00:00Z }, { consent_id = "news", account_id = "x", purpose = "newsletter", given_at = 2026-01-10T08:00:00Z },
    { consent_id = "profiling", account_id = "x", purpose = "profiling", given_at = 2026-01-10T08:00:00Z }, { consent_id = "nobodys", purpose = "a", given_at = 2026-01-10T08:00:00Z },
    { consent_id = "any", account_id = "x", given_at = 2026-01-10T08:00:00Z }, { consent_id = "promotion", account_id = "x", purpose = "promotion", given_at = 2026-01-10T08:00:00Z },
    { consent_id = "marketing", account_id = "x", purpose = "marketing", given_at = 2026-01-10T08:00:00Z },
]
given.processing_activities = [
    { activity_id = "of_y", account_id = "x", purpose = "a", data_class = "sensitive", consent_id = "of_y", started_at = 2026-02-01T08:00:00Z },
    { activity_id = "news", account_id = "x", purpose = "a", data_class = "sensitive", consent_id = "news", started_at = 2026-02-01T08:00:00Z },
    { activity_id = "profiling", account_id = "x", purpose = "a", data_class = "sensitive", consent_id = "profiling", started_at = 2026-02-01T08:00:00Z },
    { activity_id = "nobodys", account_id = "x", purpose = "a", data_class = "sensitive", consent_id = "nobodys", started_at = 2026-02-01T08:00:00Z },
    { activity_id = "any", account_id = "x", purpose = "a", data_class = "sensitive", consent_id = "any", started_at = 2026-02-01T08:00:00Z },
    { activity_id = "promotion", account_id = "x", purpose = "a", data_class = "sensitive", consent_id = "promotion", started_at = 2026-02-01T08:00:00Z },
    { activity_id = "marketing", account_id = "x", purpose = "a", data_class = "sensitive", consent_id = "marketing", started_at = 2026-02-01T08:00:00Z },
    { activity_id = "just_that", account_id = "x", purpose = "marketing", data_class = "sensitive", consent_id = "marketing", started_at = 2026-02-01T08:00:00Z },
    { activity_id = "whose", purpose = "marketing", data_class = "sensitive", consent_id = "marketing", started_at = 2026-02-01T08:00:00Z },
]
expect = { promotion = "violation: other_purpose", marketing = "violation: other_purpose", just_that = "compliant: consented", whose = "indeterminate: unclear", of_y = "violation: of_another", news = "violation: other_purpose", profiling = "indeterminate: unclear", nobodys = "indeterminate: unclear", any = "indeterminate: unclear" }
[equivalent]
"agreed: min(withdrawal_in_doubt_from) → max(withdrawal_in_doubt_from)" = "consent_id is the key: two rows that differ make each finding of theirs indeterminate"
"agreed: min(account_id) → max(account_id)" = "only rows of one key differ, and those are bad records"
"agreed: min(purpose) → max(purpose)" = "only rows of one key differ, and those are bad records"
"agreed: min(given_at) → max(given_at)" = "only rows of one key differ, and those are bad records"
"agreed: min(withdrawn_at) → max(withdrawn_at)" = "only rows of one key differ, and those are bad records"
"agreed: consent_id in (select consent_id from processing_activities where data_class = 'sensitive') → true" = "reads less, and nothing else is asked for"
"agreed: data_class = 'sensitive' → true" = "reads less, and nothing else is asked for"
*/
