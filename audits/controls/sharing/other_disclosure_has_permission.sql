/*
id         = "other_disclosure_has_permission"
title      = "Third parties are given data only by direction, permission, law, or on another ground that the policy names"
short      = "Third parties only with permission"
rule       = """
A disclosure to a third party that is neither provider, authority nor successor rests on the person's direction or permission, on law or an official
request, or on an investigation of fraud or crime. By permission it is if a consent of that person, for sharing or for the purpose of the disclosure,
was given before it and not withdrawn by then; a request to withdraw it ends it when it is fulfilled, and from its receipt on it is in doubt. A consent to be written to is none to share; of a purpose in other words it cannot be told.
Statistics of at least as many people as the text asks for (five, if it asks for none) are no disclosure of anybody."""
maps_to    = ["GDPR 6(1)(a)"]
severity   = "high"
remedy     = "Stop the disclosures, or get the permission first"
acts       = true
tables.disclosures = ["recipient_id", "disclosed_at", "ground", "account_id", "purpose??", "aggregated??", "smallest_cell??", "destination_country?"]
tables.processors = ["kind"]
tables.consents = ["account_id", "withdrawn_at??", "given_at??", "purpose??"]
tables.requests = ["type??", "account_id??", "purpose??", "received_at??", "closed_at??", "outcome??", "requester_role?", "child_account_id?", "merged_into?"]
exact.requests = ["received_at"]
absent.requests = "nobody withdrew a consent by a request"
dimensions = ["ground"]
parameters.other_grounds = { type = "words", of = "ground" }
parameters.least_people = { default = 5, unit = "people" }
inject.courtesy = { disclosures = { ground = "'selftest'" } }
[reasons]
permitted            = "on one of these grounds"
no_ground            = "on another ground"
no_permission        = "by permission, and no consent of the person to it stood at the time"
unclear              = "by permission, and whose consent stood, since when, or what for, is not recorded, or in words that cannot be compared"
ground_unknown       = "its ground is not recorded"
in_the_future        = "the disclosure lies after the instant of judgement"
[de]
title    = "Dritte erhalten Daten nur auf Weisung, mit Erlaubnis, kraft Gesetzes oder aus einem anderen genannten Grund"
short    = "Dritte nur mit Erlaubnis"
rule     = """
Eine Weitergabe an einen Dritten, der weder Dienstleister noch Behörde noch Rechtsnachfolger ist, beruht auf Weisung oder Erlaubnis der Person, auf
Gesetz oder behördlichem Ersuchen oder auf einer Untersuchung von Betrug oder Straftaten. Mit Erlaubnis geschieht sie, wenn eine Einwilligung der
Person in die Weitergabe oder für deren Zweck davor erteilt und bis dahin nicht widerrufen war; eine Anfrage auf Widerruf beendet sie mit ihrer
Erfüllung, und ab dem Eingang ist sie zweifelhaft. Eine Einwilligung in Nachrichten gilt für keine Weitergabe; bei einem Zweck in anderen Worten ist
es nicht entscheidbar. Statistiken über mindestens so viele Personen, wie der Text verlangt (fünf, wenn er nichts sagt), sind keine Weitergabe."""
remedy   = "Die Weitergaben beenden oder vorher die Erlaubnis einholen"
[de.reasons]
permitted            = "aus einem dieser Gründe"
no_ground            = "aus einem anderen Grund"
no_permission        = "mit Erlaubnis, und keine Einwilligung der Person bestand damals"
unclear              = "mit Erlaubnis, und wessen Einwilligung bestand, seit wann oder wofür, ist nicht erfasst oder nicht vergleichbar"
ground_unknown       = "der Grund ist nicht erfasst"
in_the_future        = "die Weitergabe liegt nach dem Stichtag"
*/
with judged as (
    select d.*,
           case when d.disclosed_at > $as_of then 'in_the_future'
                when d.ground is null then 'ground_unknown'
                when p.is_given then 'permitted'
                when d.ground = 'permission' and (p.may_be_given or d.account_id is null) then 'unclear'
                when d.ground = 'permission' then 'no_permission'
                when d.ground in $other_grounds then 'permitted'
                else 'no_ground' end as reason
    from disclosures as d
    left join permissions as p on p.disclosure_id = d.disclosure_id
    where d.recipient_id in (select recipient_id from processors where kind = 'third_party') and not coalesce(d.aggregated and d.smallest_cell >= $least_people, false)
)
select disclosure_id as record_id, account_id, destination_country as country, disclosed_at as event_at, null::timestamptz as due_at,
       case when reason = 'permitted' then 'compliant'
            when reason in ('no_ground', 'no_permission') then 'violation'
            else 'indeterminate' end as verdict,
       reason,
       recipient_id, ground
from judged;

/* examples
as_of = 2026-06-30
parameters = { other_grounds = ["direction", "permission", "legal_obligation", "official_request", "fraud", "crime"] }
[withdrawn_by_a_request]
period = "2026-01"
given.processors = [{ recipient_id = "p", kind = "third_party" }]
given.requests = [
    { request_id = "1", account_id = "a", type = "consent_withdrawal", purpose = "newsletter", received_at = 2026-03-01T08:00:00Z, closed_at = 2026-03-03T08:00:00Z, outcome = "fulfilled" },
    { request_id = "2", account_id = "b", type = "consent_withdrawal", received_at = 2026-03-01T08:00:00Z, closed_at = 2026-03-03T08:00:00Z, outcome = "fulfilled" },
]
given.consents = [
    { consent_id = "a", account_id = "a", purpose = "newsletter", given_at = 2025-01-01T00:00:00Z, proof_ref = "form" },
    { consent_id = "b", account_id = "b", purpose = "newsletter", given_at = 2025-01-01T00:00:00Z, proof_ref = "form" },
]
given.disclosures = [
    { disclosure_id = "before", account_id = "a", recipient_id = "p", ground = "permission", purpose = "newsletter", disclosed_at = 2026-03-01T07:59:59.999999Z },
    { disclosure_id = "asked", account_id = "a", recipient_id = "p", ground = "permission", purpose = "newsletter", disclosed_at = 2026-03-01T08:00:00Z },
    { disclosure_id = "just_asked", account_id = "a", recipient_id = "p", ground = "permission", purpose = "newsletter", disclosed_at = 2026-03-03T07:59:59.999999Z },
    { disclosure_id = "fulfilled", account_id = "a", recipient_id = "p", ground = "permission", purpose = "newsletter", disclosed_at = 2026-03-03T08:00:00Z },
    { disclosure_id = "perhaps", account_id = "b", recipient_id = "p", ground = "permission", purpose = "newsletter", disclosed_at = 2026-06-10T08:00:00Z },
]
expect = { before = { verdict = "compliant: permitted", account = "a", event_at = 2026-03-01T07:59:59.999999Z, met_at = 2026-03-01T07:59:59.999999Z, scope = "later" }, asked = "indeterminate: unclear", just_asked = "indeterminate: unclear", fulfilled = "violation: no_permission", perhaps = "indeterminate: unclear" }
[on_these_grounds_only]
given.processors = [{ recipient_id = "other", kind = "third_party" }, { recipient_id = "p", kind = "processor" }]
given.consents = [
    { consent_id = "w", account_id = "w", purpose = "sharing", given_at = 2025-01-01T00:00:00Z, withdrawn_at = 2026-01-01T00:00:00Z },
    { consent_id = "k", account_id = "k", purpose = "sharing", given_at = 2026-01-10T08:00:00Z }, { consent_id = "n", account_id = "n", purpose = "newsletter", given_at = 2025-01-01T00:00:00Z },
    { consent_id = "s", account_id = "s", purpose = "support", given_at = 2025-01-01T00:00:00Z }, { consent_id = "o", account_id = "o", purpose = "profiling", given_at = 2025-01-01T00:00:00Z },
    { consent_id = "u", account_id = "u", purpose = "sharing" },
]
given.disclosures = [
    { disclosure_id = "a", account_id = "k", recipient_id = "other", ground = "permission", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "b", account_id = "w", recipient_id = "other", ground = "permission", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "c", account_id = "w", recipient_id = "other", ground = "permission", disclosed_at = 2025-12-31T23:59:59Z },
    { disclosure_id = "at_its_withdrawal", account_id = "w", recipient_id = "other", ground = "permission", disclosed_at = 2026-01-01T00:00:00Z },
    { disclosure_id = "a_second_early", account_id = "k", recipient_id = "other", ground = "permission", disclosed_at = 2026-01-10T07:59:59Z },
    { disclosure_id = "newsletter_only", account_id = "n", recipient_id = "other", purpose = "support", ground = "permission", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "for_this", account_id = "s", recipient_id = "other", purpose = "support", ground = "permission", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "for_something", account_id = "o", recipient_id = "other", purpose = "support", ground = "permission", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "since_when", account_id = "u", recipient_id = "other", ground = "permission", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "never_asked", account_id = "z", recipient_id = "other", ground = "permission", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "whose", recipient_id = "other", ground = "permission", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "d", recipient_id = "other", ground = "courtesy", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "e", recipient_id = "other", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "f", recipient_id = "other", ground = "crime", disclosed_at = 2026-07-10T08:00:00Z },
    { disclosure_id = "g", recipient_id = "p", disclosed_at = 2026-01-10T08:00:00Z },
]
expect.a = "compliant: permitted"
expect.b = "violation: no_permission"
expect.c = "compliant: permitted"
expect.at_its_withdrawal = "violation: no_permission"
expect.a_second_early = "violation: no_permission"
expect.newsletter_only = "violation: no_permission"
expect.for_this = "compliant: permitted"
expect.for_something = "indeterminate: unclear"
expect.since_when = "indeterminate: unclear"
expect.never_asked = "violation: no_permission"
expect.whose = "indeterminate: unclear"
expect.d = "violation: no_ground"
expect.e = "indeterminate: ground_unknown"
expect.f = "indeterminate: in_the_future"
[which_consent_is_one_to_it]
given.processors = [{ recipient_id = "other", kind = "third_party" }]
given.consents = [
    { consent_id = "p", account_id = "p", purpose = "promotion", given_at = 2025-01-01T00:00:00Z }, { consent_id = "m", account_id = "m", purpose = "marketing", given_at = 2025-01-01T00:00:00Z },
    { consent_id = "n", account_id = "n", purpose = "newsletter" }, { consent_id = "o", account_id = "o", purpose = "newsletter", given_at = 2025-01-01T00:00:00Z },
    { consent_id = "old", account_id = "twice", purpose = "sharing", given_at = 2024-01-01T00:00:00Z, withdrawn_at = 2024-06-01T00:00:00Z }, { consent_id = "new", account_id = "twice", purpose = "sharing", given_at = 2025-01-01T00:00:00Z },
    { consent_id = "old_unclear", account_id = "unclear", purpose = "profiling", given_at = 2024-01-01T00:00:00Z, withdrawn_at = 2024-06-01T00:00:00Z }, { consent_id = "unclear", account_id = "unclear", purpose = "profiling", given_at = 2025-01-01T00:00:00Z },
]
given.disclosures = [
    { disclosure_id = "promotions_only", account_id = "p", recipient_id = "other", purpose = "support", ground = "permission", disclosed_at = 2026-01-10T08:00:00Z }, { disclosure_id = "marketing_only", account_id = "m", recipient_id = "other", purpose = "support", ground = "permission", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "since_when_to_newsletters", account_id = "n", recipient_id = "other", purpose = "newsletter", ground = "permission", disclosed_at = 2026-01-10T08:00:00Z }, { disclosure_id = "perhaps_for_newsletters", account_id = "o", recipient_id = "other", ground = "permission", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "given_again", account_id = "twice", recipient_id = "other", purpose = "support", ground = "permission", disclosed_at = 2026-01-10T08:00:00Z }, { disclosure_id = "given_again_for_something", account_id = "unclear", recipient_id = "other", purpose = "support", ground = "permission", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "on_another_ground", account_id = "twice", recipient_id = "other", purpose = "support", ground = "courtesy", disclosed_at = 2026-01-10T08:00:00Z }, { disclosure_id = "against_crime", recipient_id = "other", ground = "crime", aggregated = false, disclosed_at = 2026-06-30T23:59:59.999999Z },
    { disclosure_id = "an_aggregate", recipient_id = "other", ground = "courtesy", aggregated = true, smallest_cell = 5, disclosed_at = 2026-01-10T08:00:00Z }, { disclosure_id = "of_four", recipient_id = "other", ground = "courtesy", aggregated = true, smallest_cell = 4, disclosed_at = 2026-01-10T08:00:00Z }, { disclosure_id = "of_nobody_in_particular", recipient_id = "other", ground = "courtesy", aggregated = false, smallest_cell = 5, disclosed_at = 2026-01-10T08:00:00Z },
]
expect.promotions_only = "violation: no_permission"
expect.marketing_only = "violation: no_permission"
expect.since_when_to_newsletters = "indeterminate: unclear"
expect.perhaps_for_newsletters = "indeterminate: unclear"
expect.given_again = "compliant: permitted"
expect.given_again_for_something = "indeterminate: unclear"
expect.on_another_ground = "violation: no_ground"
expect.of_four = "violation: no_ground"
expect.of_nobody_in_particular = "violation: no_ground"
expect.against_crime = "compliant: permitted"
*/
