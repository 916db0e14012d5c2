/*
id         = "disclosure_within_processor_mandate"
title      = "Service providers are given data only for the purposes of their agreement"
short      = "Disclosures within the mandate"
rule       = """
What is disclosed to a processor or subprocessor is for one of the purposes that its agreement permits (processors.allowed_purposes). Without an
agreement, before the first was signed and after it ended nothing is; what an earlier agreement than that on record permitted is not known.
Authorities, buyers and other third parties are judged by other controls."""
maps_to    = ["GDPR 28(3)(a)", "GDPR 5(1)(b)"]
severity   = "high"
remedy     = "Stop what goes beyond the agreements, or extend them"
acts       = true
tables.disclosures = ["disclosed_at", "recipient_id", "purpose", "destination_country?"]
tables.processors = ["kind", "allowed_purposes", "dpa_signed_at??", "dpa_ends_at??", "dpa_first_signed_at?"]
absent.processors.dpa_first_signed_at = "which agreements there were before is not known"
dimensions = ["recipient_id", "purpose"]
inject.for_something_else = { disclosures = { purpose = "'selftest'" } }
[reasons]
within_mandate   = "for a purpose that the agreement permits"
outside_mandate  = "for a purpose that the agreement does not permit"
no_agreement     = "no agreement was ever signed"
not_yet_signed   = "the first agreement was signed later"
ended            = "the agreement had ended"
purpose_unknown  = "the purpose is not recorded"
mandate_unknown  = "the purposes of the agreement, or of the one before it, are not recorded"
no_instant       = "the day of the disclosure is not recorded"
in_the_future    = "the disclosure lies after the instant of judgement"
[de]
title    = "Dienstleister erhalten Daten nur für die Zwecke ihres Vertrags"
short    = "Weitergaben im Rahmen des Auftrags"
rule     = """
Was an einen Auftragsverarbeiter oder Unterauftragsverarbeiter weitergegeben wird, dient einem der Zwecke, die sein Vertrag erlaubt
(processors.allowed_purposes). Ohne Vertrag, vor Unterzeichnung des ersten und nach seinem Ende dient nichts einem solchen; was ein früherer Vertrag
als der erfasste erlaubte, ist nicht bekannt. Behörden, Käufer und andere Dritte prüfen andere Prüfungen."""
remedy   = "Beenden, was über die Verträge hinausgeht, oder sie erweitern"
[de.reasons]
within_mandate   = "für einen Zweck, den der Vertrag erlaubt"
outside_mandate  = "für einen Zweck, den der Vertrag nicht erlaubt"
no_agreement     = "nie wurde ein Vertrag unterzeichnet"
not_yet_signed   = "der erste Vertrag wurde später unterzeichnet"
ended            = "der Vertrag war beendet"
purpose_unknown  = "der Zweck ist nicht erfasst"
mandate_unknown  = "die Zwecke des Vertrags oder des früheren sind nicht erfasst"
no_instant       = "der Tag der Weitergabe ist nicht erfasst"
in_the_future    = "die Weitergabe liegt nach dem Stichtag"
*/
with providers as (
    select recipient_id, min(allowed_purposes) as allowed_purposes, min(dpa_signed_at) as dpa_signed_at, min(dpa_first_signed_at) as dpa_first_signed_at,
           case when count(*) = count(dpa_ends_at) then max(dpa_ends_at) end as dpa_ends_at
    from processors
    where kind in ('processor', 'subprocessor')
    group by recipient_id
),
judged as (
    select d.*,
           case when d.disclosed_at is null then 'no_instant'
                when d.disclosed_at > $as_of then 'in_the_future'
                when p.dpa_signed_at is null then 'no_agreement'
                when d.disclosed_at < p.dpa_first_signed_at then 'not_yet_signed'
                when d.disclosed_at > p.dpa_ends_at then 'ended'
                when d.purpose is null then 'purpose_unknown'
                when p.allowed_purposes is null or d.disclosed_at < p.dpa_signed_at then 'mandate_unknown'
                when list_contains(p.allowed_purposes, d.purpose) then 'within_mandate'
                else 'outside_mandate' end as reason
    from disclosures as d
    join providers as p on p.recipient_id = d.recipient_id
)
select disclosure_id as record_id, account_id, destination_country as country, disclosed_at as event_at, null::timestamptz as due_at,
       case when reason = 'within_mandate' then 'compliant'
            when reason in ('outside_mandate', 'no_agreement', 'not_yet_signed', 'ended') then 'violation'
            else 'indeterminate' end as verdict,
       reason,
       recipient_id, purpose
from judged;

/* examples
as_of = 2026-06-30
[for_what_was_agreed_or_not]
period = "2026-01"
given.processors = [
    { recipient_id = "p", kind = "processor", allowed_purposes = ["hosting", "support"], dpa_signed_at = 2025-01-01T09:00:00Z },
    { recipient_id = "q", kind = "subprocessor", dpa_signed_at = 2025-01-01T09:00:00Z },
    { recipient_id = "renewed", kind = "processor", allowed_purposes = ["support"], dpa_first_signed_at = 2024-01-01T09:00:00Z, dpa_signed_at = 2025-01-01T09:00:00Z, dpa_ends_at = 2025-12-31T23:59:59Z },
    { recipient_id = "bare", kind = "processor", allowed_purposes = ["hosting", "support"] },
    { recipient_id = "court", kind = "authority" },
]
given.disclosures = [
    { disclosure_id = "a", recipient_id = "p", purpose = "support", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "b", recipient_id = "p", purpose = "resale", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "c", recipient_id = "p", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "d", recipient_id = "q", purpose = "hosting", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "e", recipient_id = "p", purpose = "support" },
    { disclosure_id = "f", recipient_id = "p", purpose = "support", disclosed_at = 2026-07-10T08:00:00Z },
    { disclosure_id = "on_the_last_instant", recipient_id = "p", purpose = "support", disclosed_at = 2026-06-30T23:59:59.999999Z },
    { disclosure_id = "on_signing", recipient_id = "p", purpose = "support", disclosed_at = 2025-01-01T09:00:00Z },
    { disclosure_id = "before", recipient_id = "p", purpose = "support", disclosed_at = 2025-01-01T08:59:59Z },
    { disclosure_id = "before_the_first", recipient_id = "renewed", purpose = "support", disclosed_at = 2024-01-01T08:59:59Z },
    { disclosure_id = "under_the_first", recipient_id = "renewed", purpose = "support", disclosed_at = 2024-01-01T09:00:00Z },
    { disclosure_id = "last_second", recipient_id = "renewed", purpose = "support", disclosed_at = 2025-12-31T23:59:59Z },
    { disclosure_id = "a_second_later", recipient_id = "renewed", purpose = "support", disclosed_at = 2026-01-01T00:00:00Z },
    { disclosure_id = "unsigned", recipient_id = "bare", purpose = "support", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "court", recipient_id = "court", purpose = "claims", disclosed_at = 2026-01-10T08:00:00Z },
]
expect.a = { verdict = "compliant: within_mandate", event_at = 2026-01-10T08:00:00Z, met_at = 2026-01-10T08:00:00Z, scope = "period" }
expect.b = "violation: outside_mandate"
expect.c = "indeterminate: purpose_unknown"
expect.d = "indeterminate: mandate_unknown"
expect.e = "indeterminate: no_instant"
expect.f = "indeterminate: in_the_future"
expect.on_the_last_instant = "compliant: within_mandate"
expect.on_signing = "compliant: within_mandate"
expect.before = "indeterminate: mandate_unknown"
expect.before_the_first = "violation: not_yet_signed"
expect.under_the_first = "indeterminate: mandate_unknown"
expect.last_second = "compliant: within_mandate"
expect.a_second_later = "violation: ended"
expect.unsigned = "violation: no_agreement"
[equivalent]
"providers: min(allowed_purposes) → max(allowed_purposes)" = "recipient_id is the key: two rows that differ make each finding of theirs indeterminate"
"providers: min(dpa_signed_at) → max(dpa_signed_at)" = "recipient_id is the key: two rows that differ make each finding of theirs indeterminate"
"providers: min(dpa_first_signed_at) → max(dpa_first_signed_at)" = "recipient_id is the key: two rows that differ make each finding of theirs indeterminate"
"providers: max(dpa_ends_at) → min(dpa_ends_at)" = "recipient_id is the key: two rows that differ make each finding of theirs indeterminate"
*/
