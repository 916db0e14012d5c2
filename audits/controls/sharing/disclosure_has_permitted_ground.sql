/*
id         = "disclosure_has_permitted_ground"
title      = "Each disclosure is made on one of the grounds that the policy permits"
short      = "Disclosures on permitted grounds"
rule       = """
A closed world: a disclosure is permitted to a provider while an agreement is in force, within its purposes, to authorities and attorneys on a listed
ground with an approval on record, to a buyer or successor with the transaction on record, of aggregates that hide single people, and otherwise only
on another ground that the policy names, to authorities then with an approval too. What matches none of these is a violation. What an earlier
agreement than that on record permitted is not known. Permission is a consent of that person, for sharing or for the purpose of the disclosure, given
before it and not withdrawn by then; a request to withdraw it ends it when it is fulfilled, and from its receipt on it is in doubt; in an export without any consents, or of one for another purpose than messages, in other words, it cannot be
told. That an aggregate hides people, the policy does not put a number to: the number of people is a convention."""
maps_to    = ["GDPR 5(1)(a)", "GDPR 6(1)"]
severity   = "high"
remedy     = "Stop the disclosures, or bring agreements and grounds in order"
acts       = true
tables.disclosures = ["recipient_id", "disclosed_at", "purpose", "ground", "approval_ref??", "transaction_ref??", "aggregated??", "smallest_cell??", "account_id??", "destination_country?"]
tables.processors = ["kind", "allowed_purposes", "dpa_signed_at??", "dpa_ends_at??", "dpa_first_signed_at?"]
absent.processors.dpa_first_signed_at = "which agreements there were before is not known"
tables.consents = ["account_id??", "withdrawn_at??", "given_at??", "purpose??"]
tables.requests = ["type??", "account_id??", "purpose??", "received_at??", "closed_at??", "outcome??", "requester_role?", "child_account_id?", "merged_into?"]
exact.requests = ["received_at"]
absent.requests = "nobody withdrew a consent by a request"
dimensions = ["ground"]
parameters.least_people = { default = 5, unit = "people" }
parameters.authority_grounds = { type = "words", of = "ground" }
parameters.other_grounds = { type = "words", of = "ground" }
inject.on_no_ground = { disclosures = { ground = "'selftest'", purpose = "'selftest'", approval_ref = "null", transaction_ref = "null", aggregated = "false" } }
[reasons]
service             = "to a provider, within its agreement"
official            = "to an authority, on a listed ground and approved"
transaction         = "to a buyer or successor"
aggregate           = "of aggregates that hide single people"
otherwise_permitted = "by direction, permission, law or official request, or against fraud or crime"
no_permission       = "by permission, and no consent of the person to it stood at the time"
no_ground           = "on no ground that the policy permits"
earlier_agreement   = "to a provider, before the agreement on record; what one before it permitted is not recorded"
unclear             = "by permission, and whose consent stood, since when, or what for, is not recorded, or in words that cannot be compared"
ground_unknown      = "its ground is not recorded"
recipient_unknown   = "the recipient, or what it is, is not recorded"
no_instant          = "the day of the disclosure is not recorded"
in_the_future       = "the disclosure lies after the instant of judgement"
[de]
title    = "Jede Weitergabe beruht auf einem Grund, den die Datenschutzerklärung zulässt"
short    = "Weitergaben nur aus zulässigen Gründen"
rule     = """
Eine abgeschlossene Liste: Eine Weitergabe ist zulässig an einen Dienstleister, während ein Vertrag in Kraft ist, für dessen Zwecke, an Behörden und
Anwälte aus einem genannten Grund mit erfasster Genehmigung, an einen Käufer oder Rechtsnachfolger mit erfasstem Geschäft, von Zusammenfassungen,
die einzelne Personen verbergen, und sonst nur aus einem anderen Grund, den die Datenschutzerklärung nennt, an Behörden dann auch mit Genehmigung.
Was zu nichts davon passt, ist ein Verstoß. Was ein früherer Vertrag als der erfasste erlaubte, ist nicht bekannt. Erlaubnis ist eine Einwilligung
der Person in die Weitergabe oder für deren Zweck, davor erteilt und bis dahin nicht widerrufen; eine Anfrage auf Widerruf beendet sie mit ihrer
Erfüllung, und ab dem Eingang ist sie zweifelhaft; in einem Export ganz ohne Einwilligungen, oder bei einer für einen anderen Zweck als Nachrichten,
in anderen Worten, ist es nicht entscheidbar. Ab welcher Zahl eine Zusammenfassung Personen verbirgt, sagt die Datenschutzerklärung nicht: Die Zahl
von Personen ist eine Konvention."""
remedy   = "Die Weitergaben beenden oder Verträge und Gründe in Ordnung bringen"
[de.reasons]
service             = "an einen Dienstleister, im Rahmen seines Vertrags"
official            = "an eine Behörde, aus einem genannten Grund und genehmigt"
transaction         = "an einen Käufer oder Rechtsnachfolger"
aggregate           = "von Zusammenfassungen, die einzelne Personen verbergen"
otherwise_permitted = "auf Weisung, mit Erlaubnis, kraft Gesetzes, auf behördliches Ersuchen oder gegen Betrug oder Straftaten"
no_permission       = "mit Erlaubnis, und keine Einwilligung der Person bestand damals"
no_ground           = "aus keinem zulässigen Grund"
earlier_agreement   = "an einen Dienstleister, vor dem erfassten Vertrag; was ein früherer erlaubte, ist nicht erfasst"
unclear             = "mit Erlaubnis, und wessen Einwilligung bestand, seit wann oder wofür, ist nicht erfasst oder nicht vergleichbar"
ground_unknown      = "der Grund ist nicht erfasst"
recipient_unknown   = "der Empfänger, oder was er ist, ist nicht erfasst"
no_instant          = "der Tag der Weitergabe ist nicht erfasst"
in_the_future       = "die Weitergabe liegt nach dem Stichtag"
*/
with register as (
    select recipient_id, min(kind) as kind, min(allowed_purposes) as allowed_purposes, min(dpa_signed_at) as dpa_signed_at,
           coalesce(min(dpa_first_signed_at), '-infinity') as dpa_first_signed_at,
           case when count(*) = count(dpa_ends_at) then max(dpa_ends_at) end as dpa_ends_at
    from processors
    group by recipient_id
),
named as (
    select *, case when ground in $other_grounds then ground = 'permission' end as is_by_permission from disclosures
),
judged as (
    select d.*, r.kind,
           case when d.disclosed_at > $as_of then 'in_the_future'
                when d.aggregated and d.smallest_cell >= $least_people then 'aggregate'
                when r.kind in ('processor', 'subprocessor') and list_contains(r.allowed_purposes, d.purpose)
                     and d.disclosed_at >= r.dpa_signed_at and coalesce(d.disclosed_at <= r.dpa_ends_at, true) then 'service'
                when r.kind = 'authority' and d.approval_ref is not null and d.ground in $authority_grounds then 'official'
                when r.kind = 'acquirer' and d.transaction_ref is not null then 'transaction'
                when r.kind = 'authority' and d.approval_ref is null then 'no_ground'
                when not d.is_by_permission or (d.is_by_permission and p.is_given) then 'otherwise_permitted'
                when r.kind is null then 'recipient_unknown'
                when r.kind in ('processor', 'subprocessor') and d.disclosed_at >= r.dpa_first_signed_at and d.disclosed_at < r.dpa_signed_at then 'earlier_agreement'
                when d.disclosed_at is null then 'no_instant'
                when d.ground is null then 'ground_unknown'
                when d.is_by_permission and (p.may_be_given or d.account_id is null or not exists (from consents)) then 'unclear'
                when d.is_by_permission then 'no_permission'
                else 'no_ground' end as reason
    from named as d
    left join register as r on r.recipient_id = d.recipient_id
    left join permissions as p on p.disclosure_id = d.disclosure_id
)
select disclosure_id as record_id, account_id, destination_country as country, disclosed_at as event_at, null::timestamptz as due_at,
       case when reason in ('no_ground', 'no_permission') then 'violation'
            when reason in ('unclear', 'earlier_agreement', 'no_instant', 'ground_unknown', 'recipient_unknown', 'in_the_future') then 'indeterminate'
            else 'compliant' end as verdict,
       reason,
       recipient_id, purpose, ground
from judged;

/* examples
as_of = 2026-06-30
parameters = { authority_grounds = ["legal_claim", "dispute_resolution", "illegal_activity", "fraud", "safety", "terms_violated", "legal_obligation"], other_grounds = ["direction", "permission", "legal_obligation", "official_request", "fraud", "crime"] }
[the_permitted_grounds]
period = "2026-01"
given.processors = [
    { recipient_id = "host", kind = "processor", allowed_purposes = ["hosting"], dpa_signed_at = 2025-01-01T09:00:00Z }, { recipient_id = "bare", kind = "processor", allowed_purposes = ["hosting"] }, { recipient_id = "court", kind = "authority" },
    { recipient_id = "renewed", kind = "subprocessor", allowed_purposes = ["hosting"], dpa_first_signed_at = 2024-01-01T09:00:00Z, dpa_signed_at = 2025-01-01T09:00:00Z, dpa_ends_at = 2025-12-31T23:59:59Z },
    { recipient_id = "buyer", kind = "acquirer" }, { recipient_id = "other", kind = "third_party" }, { recipient_id = "vague" },
]
given.consents = [
    { consent_id = "c", account_id = "k", purpose = "sharing", given_at = 2026-01-10T08:00:00Z, withdrawn_at = 2026-01-20T08:00:00Z }, { consent_id = "s", account_id = "s", purpose = "support", given_at = 2025-01-01T08:00:00Z },
    { consent_id = "n", account_id = "n", purpose = "newsletter", given_at = 2025-01-01T08:00:00Z }, { consent_id = "u", account_id = "u", purpose = "sharing" },
]
given.disclosures = [
    { disclosure_id = "service", recipient_id = "host", purpose = "hosting", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "beyond", recipient_id = "host", purpose = "resale", ground = "service", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "claim", recipient_id = "court", ground = "legal_claim", approval_ref = "q", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "unapproved", recipient_id = "court", ground = "legal_claim", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "police", recipient_id = "court", ground = "official_request", approval_ref = "q", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "police_unapproved", recipient_id = "court", ground = "official_request", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "no_agreement", recipient_id = "bare", purpose = "hosting", ground = "service", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "first_not_known", recipient_id = "host", purpose = "hosting", ground = "service", disclosed_at = 2025-01-01T08:59:59Z },
    { disclosure_id = "before_the_first", recipient_id = "renewed", purpose = "hosting", ground = "service", disclosed_at = 2024-01-01T08:59:59Z },
    { disclosure_id = "under_the_first", recipient_id = "renewed", purpose = "hosting", ground = "service", disclosed_at = 2024-01-01T09:00:00Z },
    { disclosure_id = "last_second", recipient_id = "renewed", purpose = "hosting", disclosed_at = 2025-12-31T23:59:59Z },
    { disclosure_id = "ended", recipient_id = "renewed", purpose = "hosting", ground = "service", disclosed_at = 2026-01-01T00:00:00Z },
    { disclosure_id = "undated", recipient_id = "host", purpose = "hosting", ground = "service" },
    { disclosure_id = "sale", recipient_id = "buyer", transaction_ref = "t", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "five_people", recipient_id = "other", aggregated = true, smallest_cell = 5, disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "four_people", recipient_id = "other", aggregated = true, smallest_cell = 4, ground = "statistics", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "permission", account_id = "k", recipient_id = "other", ground = "permission", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "a_second_early", account_id = "k", recipient_id = "other", ground = "permission", disclosed_at = 2026-01-10T07:59:59Z },
    { disclosure_id = "as_withdrawn", account_id = "k", recipient_id = "bare", ground = "permission", disclosed_at = 2026-01-20T08:00:00Z },
    { disclosure_id = "for_this", account_id = "s", recipient_id = "bare", purpose = "support", ground = "permission", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "for_something", account_id = "s", recipient_id = "bare", purpose = "resale", ground = "permission", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "newsletter_only", account_id = "n", recipient_id = "bare", purpose = "resale", ground = "permission", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "since_when", account_id = "u", recipient_id = "buyer", ground = "permission", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "never_asked", account_id = "z", recipient_id = "other", ground = "permission", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "whose", recipient_id = "other", ground = "permission", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "permitted_unapproved", account_id = "s", recipient_id = "court", purpose = "support", ground = "permission", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "silent", recipient_id = "other", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "vague", recipient_id = "vague", ground = "service", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "future", recipient_id = "host", purpose = "hosting", disclosed_at = 2026-07-10T08:00:00Z },
]
expect.service = "compliant: service"
expect.beyond = "violation: no_ground"
expect.claim = "compliant: official"
expect.unapproved = "violation: no_ground"
expect.police = "compliant: otherwise_permitted"
expect.police_unapproved = "violation: no_ground"
expect.no_agreement = "violation: no_ground"
expect.first_not_known = "indeterminate: earlier_agreement"
expect.before_the_first = "violation: no_ground"
expect.under_the_first = "indeterminate: earlier_agreement"
expect.last_second = "compliant: service"
expect.ended = "violation: no_ground"
expect.undated = "indeterminate: no_instant"
expect.sale = "compliant: transaction"
expect.five_people = "compliant: aggregate"
expect.four_people = "violation: no_ground"
expect.permission = { verdict = "compliant: otherwise_permitted", account = "k", met_at = 2026-01-10T08:00:00Z, scope = "period" }
expect.a_second_early = "violation: no_permission"
expect.as_withdrawn = "violation: no_permission"
expect.for_this = "compliant: otherwise_permitted"
expect.for_something = "indeterminate: unclear"
expect.newsletter_only = "violation: no_permission"
expect.since_when = "indeterminate: unclear"
expect.never_asked = "violation: no_permission"
expect.whose = "indeterminate: unclear"
expect.permitted_unapproved = "violation: no_ground"
expect.silent = "indeterminate: ground_unknown"
expect.vague = "indeterminate: recipient_unknown"
expect.future = "indeterminate: in_the_future"
[no_consents]
given.processors = [{ recipient_id = "other", kind = "third_party" }]
given.disclosures = [{ disclosure_id = "a", account_id = "k", recipient_id = "other", ground = "permission", disclosed_at = 2026-01-10T08:00:00Z }]
expect = { a = "indeterminate: unclear" }
[who_is_a_provider_and_what_is_an_agreement]
given.processors = [
    { recipient_id = "host", kind = "processor", allowed_purposes = ["hosting"], dpa_signed_at = 2025-01-01T09:00:00Z }, { recipient_id = "below", kind = "subprocessor", allowed_purposes = ["hosting"], dpa_signed_at = 2025-01-01T09:00:00Z },
    { recipient_id = "partner", kind = "third_party", allowed_purposes = ["hosting"], dpa_signed_at = 2025-01-01T09:00:00Z }, { recipient_id = "court", kind = "authority" },
]
given.consents = []
given.disclosures = [
    { disclosure_id = "on_signing", recipient_id = "host", purpose = "hosting", disclosed_at = 2025-01-01T09:00:00Z }, { disclosure_id = "beyond_on_signing", recipient_id = "host", purpose = "resale", ground = "service", disclosed_at = 2025-01-01T09:00:00Z },
    { disclosure_id = "undated_below", recipient_id = "below", purpose = "hosting", ground = "service" },
    { disclosure_id = "to_a_partner", recipient_id = "partner", purpose = "hosting", ground = "service", disclosed_at = 2026-01-10T08:00:00Z }, { disclosure_id = "to_a_partner_before", recipient_id = "partner", purpose = "hosting", ground = "service", disclosed_at = 2024-06-10T08:00:00Z },
    { disclosure_id = "to_a_partner_undated", recipient_id = "partner", purpose = "hosting", ground = "service" }, { disclosure_id = "a_claim_of_a_partner", recipient_id = "partner", ground = "legal_claim", approval_ref = "q", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "sale_to_a_partner", recipient_id = "partner", ground = "service", transaction_ref = "t", disclosed_at = 2026-01-10T08:00:00Z }, { disclosure_id = "no_aggregate", recipient_id = "partner", ground = "service", aggregated = false, smallest_cell = 5, disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "to_a_stranger", recipient_id = "stranger", ground = "service", disclosed_at = 2026-01-10T08:00:00Z }, { disclosure_id = "unapproved_on_no_ground", recipient_id = "court", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "on_the_last_instant", recipient_id = "host", purpose = "hosting", disclosed_at = 2026-06-30T23:59:59.999999Z },
]
expect.on_signing = { verdict = "compliant: service", event_at = 2025-01-01T09:00:00Z, account = "", country = "" }
expect.beyond_on_signing = "violation: no_ground"
expect.undated_below = "indeterminate: no_instant"
expect.to_a_partner = "violation: no_ground"
expect.to_a_partner_before = "violation: no_ground"
expect.to_a_partner_undated = "indeterminate: no_instant"
expect.a_claim_of_a_partner = "violation: no_ground"
expect.sale_to_a_partner = "violation: no_ground"
expect.no_aggregate = "violation: no_ground"
expect.to_a_stranger = "indeterminate: recipient_unknown"
expect.unapproved_on_no_ground = "violation: no_ground"
expect.on_the_last_instant = "compliant: service"
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
]
expect.promotions_only = "violation: no_permission"
expect.marketing_only = "violation: no_permission"
expect.since_when_to_newsletters = "indeterminate: unclear"
expect.perhaps_for_newsletters = "indeterminate: unclear"
expect.given_again = "compliant: otherwise_permitted"
expect.given_again_for_something = "indeterminate: unclear"
[permission_is_no_ground_that_is_named]
parameters = { other_grounds = ["direction"] }
given.processors = [{ recipient_id = "other", kind = "third_party" }]
given.consents = [{ consent_id = "c", account_id = "k", purpose = "sharing", given_at = 2025-01-01T08:00:00Z }]
given.disclosures = [{ disclosure_id = "a", account_id = "k", recipient_id = "other", ground = "permission", disclosed_at = 2026-01-10T08:00:00Z }]
expect = { a = "violation: no_ground" }
[permission_withdrawn_by_a_request]
given.processors = [{ recipient_id = "other", kind = "third_party" }]
given.consents = [{ consent_id = "1", account_id = "a", purpose = "sharing", given_at = 2025-01-01T08:00:00Z }]
given.requests = [{ request_id = "1", account_id = "a", type = "consent_withdrawal", purpose = "sharing", received_at = 2026-04-01T08:00:00Z, closed_at = 2026-04-03T08:00:00Z, outcome = "fulfilled" }]
given.disclosures = [
    { disclosure_id = "before_it", account_id = "a", recipient_id = "other", ground = "permission", disclosed_at = 2026-04-01T07:59:59.999999Z }, { disclosure_id = "as_it_came", account_id = "a", recipient_id = "other", ground = "permission", disclosed_at = 2026-04-01T08:00:00Z },
    { disclosure_id = "fulfilled", account_id = "a", recipient_id = "other", ground = "permission", disclosed_at = 2026-04-03T08:00:00Z },
]
expect = { before_it = "compliant: otherwise_permitted", as_it_came = "indeterminate: unclear", fulfilled = "violation: no_permission" }
[equivalent]
"register: min(kind) → max(kind)" = "recipient_id is the key: two rows that differ make each finding of theirs indeterminate"
"register: min(allowed_purposes) → max(allowed_purposes)" = "recipient_id is the key: two rows that differ make each finding of theirs indeterminate"
"register: min(dpa_signed_at) → max(dpa_signed_at)" = "recipient_id is the key: two rows that differ make each finding of theirs indeterminate"
"register: min(dpa_first_signed_at) → max(dpa_first_signed_at)" = "recipient_id is the key: two rows that differ make each finding of theirs indeterminate"
"register: max(dpa_ends_at) → min(dpa_ends_at)" = "recipient_id is the key: two rows that differ make each finding of theirs indeterminate"
*/
