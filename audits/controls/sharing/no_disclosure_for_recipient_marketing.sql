/*
id         = "no_disclosure_for_recipient_marketing"
title      = "No service provider is given data for its own marketing"
short      = "No data for recipients' marketing"
rule       = """
No disclosure to a processor or subprocessor is for the recipient's own marketing, and its agreement bars that use. Without an agreement, before the
first was signed and after it ended nothing bars it; whether an earlier agreement than that on record did is not known. What the provider then does with
the data cannot be seen in an export: that stays a matter of attestation."""
maps_to    = ["GDPR 28(3)(a)", "GDPR 5(1)(b)"]
severity   = "high"
remedy     = "Stop the disclosures, and bar that use in the agreements"
acts       = true
tables.disclosures = ["disclosed_at", "recipient_id", "purpose", "destination_country?"]
tables.processors = ["kind", "marketing_barred", "dpa_signed_at??", "dpa_ends_at?", "dpa_first_signed_at?"]
absent.processors.dpa_ends_at = "the terms on record are those of any day since"
absent.processors.dpa_first_signed_at = "which agreements there were before is not known"
dimensions = ["recipient_id", "purpose"]
inject.sold = { disclosures = { purpose = "'recipient_marketing'" } }
[reasons]
barred           = "not for marketing, and the agreement bars it"
for_marketing    = "for the recipient's own marketing"
not_barred       = "the agreement does not bar the recipient's own marketing"
no_agreement     = "no agreement was ever signed that could bar it"
not_yet_signed   = "the first agreement was signed later"
bar_ended        = "the agreement that barred it had ended"
terms_unknown    = "whether the agreement of that day bars it is not recorded"
purpose_unknown  = "the purpose is not recorded"
no_instant       = "the day of the disclosure is not recorded"
in_the_future    = "the disclosure lies after the instant of judgement"
[de]
title    = "Kein Dienstleister erhält Daten für eigene Werbung"
short    = "Keine Daten für Empfängerwerbung"
rule     = """
Keine Weitergabe an einen Auftragsverarbeiter oder Unterauftragsverarbeiter dient eigener Werbung des Empfängers, und sein Vertrag schließt diese
Nutzung aus. Ohne Vertrag, vor Unterzeichnung des ersten und nach seinem Ende schließt sie nichts aus; ob ein früherer Vertrag als der erfasste es
tat, ist nicht bekannt. Was der Dienstleister dann mit den Daten tut, zeigt kein Export: Das bleibt eine Sache der Bestätigung."""
remedy   = "Die Weitergaben beenden und diese Nutzung vertraglich ausschließen"
[de.reasons]
barred           = "nicht für Werbung, und der Vertrag schließt sie aus"
for_marketing    = "für eigene Werbung des Empfängers"
not_barred       = "der Vertrag schließt eigene Werbung des Empfängers nicht aus"
no_agreement     = "nie wurde ein Vertrag unterzeichnet, der sie ausschließen könnte"
not_yet_signed   = "der erste Vertrag wurde später unterzeichnet"
bar_ended        = "der Vertrag, der sie ausschloss, war beendet"
terms_unknown    = "ob der Vertrag jenes Tages sie ausschließt, ist nicht erfasst"
purpose_unknown  = "der Zweck ist nicht erfasst"
no_instant       = "der Tag der Weitergabe ist nicht erfasst"
in_the_future    = "die Weitergabe liegt nach dem Stichtag"
*/
with providers as (
    select recipient_id, bool_and(marketing_barred) as marketing_barred, min(dpa_signed_at) as dpa_signed_at,
           min(dpa_first_signed_at) as dpa_first_signed_at,
           case when count(*) = count(dpa_ends_at) then max(dpa_ends_at) end as dpa_ends_at
    from processors
    where kind in ('processor', 'subprocessor')
    group by recipient_id
),
judged as (
    select d.*,
           case when d.disclosed_at is null then 'no_instant'
                when d.disclosed_at > $as_of then 'in_the_future'
                when d.purpose = 'recipient_marketing' then 'for_marketing'
                when p.dpa_signed_at is null then 'no_agreement'
                when d.disclosed_at < p.dpa_first_signed_at then 'not_yet_signed'
                when d.disclosed_at >= p.dpa_signed_at and not p.marketing_barred then 'not_barred'
                when d.disclosed_at > p.dpa_ends_at then 'bar_ended'
                when d.purpose is null then 'purpose_unknown'
                when p.marketing_barred is null or d.disclosed_at < p.dpa_signed_at then 'terms_unknown'
                else 'barred' end as reason
    from disclosures as d
    join providers as p on p.recipient_id = d.recipient_id
)
select disclosure_id as record_id, account_id, destination_country as country, disclosed_at as event_at, null::timestamptz as due_at,
       case when reason = 'barred' then 'compliant'
            when reason in ('for_marketing', 'no_agreement', 'not_yet_signed', 'not_barred', 'bar_ended') then 'violation'
            else 'indeterminate' end as verdict,
       reason,
       recipient_id, purpose
from judged;

/* examples
as_of = 2026-06-30
[after_the_instant_of_judgement_and_for_what_is_unknown]
given.export_info = [{ exported_at = 2026-07-31T00:00:00Z }]
given.processors = [
    { recipient_id = "p", kind = "processor", marketing_barred = true, dpa_signed_at = 2025-01-01T00:00:00Z }, { recipient_id = "ended", kind = "processor", marketing_barred = true, dpa_signed_at = 2025-01-01T00:00:00Z, dpa_ends_at = 2025-12-31T23:59:59Z },
]
given.disclosures = [
    { disclosure_id = "later", recipient_id = "p", purpose = "recipient_marketing", disclosed_at = 2026-07-01T08:00:00Z }, { disclosure_id = "for_what", recipient_id = "ended", disclosed_at = 2026-02-01T08:00:00Z },
    { disclosure_id = "barred", account_id = "a", recipient_id = "p", purpose = "hosting", disclosed_at = 2026-02-01T08:00:00Z },
]
expect = { later = "indeterminate: in_the_future", for_what = "violation: bar_ended", barred = { verdict = "compliant: barred", account = "a", event_at = 2026-02-01T08:00:00Z } }
[barred_or_not]
period = "2026-01"
given.processors = [
    { recipient_id = "p", kind = "processor", marketing_barred = true, dpa_signed_at = 2025-01-01T00:00:00Z },
    { recipient_id = "free", kind = "processor", marketing_barred = false, dpa_signed_at = 2025-01-01T00:00:00Z },
    { recipient_id = "silent", kind = "processor", dpa_signed_at = 2025-01-01T00:00:00Z },
    { recipient_id = "ended", kind = "processor", marketing_barred = true, dpa_signed_at = 2025-01-01T00:00:00Z, dpa_ends_at = 2025-12-31T23:59:59Z },
    { recipient_id = "below", kind = "subprocessor", marketing_barred = false, dpa_signed_at = 2025-01-01T00:00:00Z },
    { recipient_id = "renewed", kind = "processor", marketing_barred = false, dpa_first_signed_at = 2018-01-01T00:00:00Z, dpa_signed_at = 2025-01-01T00:00:00Z },
    { recipient_id = "renewed_with_a_bar", kind = "processor", marketing_barred = true, dpa_first_signed_at = 2018-01-01T00:00:00Z, dpa_signed_at = 2025-01-01T00:00:00Z },
    { recipient_id = "unsigned", kind = "processor", marketing_barred = true },
    { recipient_id = "court", kind = "authority" },
]
given.disclosures = [
    { disclosure_id = "a", recipient_id = "p", purpose = "support", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "b", recipient_id = "p", purpose = "recipient_marketing", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "c", recipient_id = "free", purpose = "support", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "d", recipient_id = "silent", purpose = "support", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "e", recipient_id = "p", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "f", recipient_id = "p", purpose = "support" },
    { disclosure_id = "g", recipient_id = "p", purpose = "support", disclosed_at = 2026-07-10T08:00:00Z },
    { disclosure_id = "last_second", recipient_id = "ended", purpose = "support", disclosed_at = 2025-12-31T23:59:59Z },
    { disclosure_id = "a_second_later", recipient_id = "ended", purpose = "support", disclosed_at = 2026-01-01T00:00:00Z },
    { disclosure_id = "on_its_signing", recipient_id = "ended", purpose = "support", disclosed_at = 2025-01-01T00:00:00Z },
    { disclosure_id = "on_the_last_instant", recipient_id = "p", purpose = "support", disclosed_at = 2026-06-30T23:59:59.999999Z },
    { disclosure_id = "below", recipient_id = "below", purpose = "support", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "before_its_signing", recipient_id = "ended", purpose = "support", disclosed_at = 2024-12-31T23:59:59Z },
    { disclosure_id = "court", recipient_id = "court", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "under_the_first", recipient_id = "renewed", purpose = "support", disclosed_at = 2018-01-01T00:00:00Z },
    { disclosure_id = "before_the_renewal", recipient_id = "renewed", purpose = "support", disclosed_at = 2024-12-31T23:59:59Z },
    { disclosure_id = "on_the_renewal", recipient_id = "renewed", purpose = "support", disclosed_at = 2025-01-01T00:00:00Z },
    { disclosure_id = "before_the_bar", recipient_id = "renewed_with_a_bar", purpose = "support", disclosed_at = 2018-01-01T00:00:00Z },
    { disclosure_id = "before_the_first", recipient_id = "renewed_with_a_bar", purpose = "support", disclosed_at = 2017-12-31T23:59:59Z },
    { disclosure_id = "unsigned", recipient_id = "unsigned", purpose = "support", disclosed_at = 2026-05-01T08:00:00Z },
]
expect.a = { verdict = "compliant: barred", event_at = 2026-01-10T08:00:00Z, met_at = 2026-01-10T08:00:00Z, scope = "period" }
expect.b = "violation: for_marketing"
expect.c = "violation: not_barred"
expect.d = "indeterminate: terms_unknown"
expect.e = "indeterminate: purpose_unknown"
expect.f = "indeterminate: no_instant"
expect.g = "indeterminate: in_the_future"
expect.last_second = "compliant: barred"
expect.a_second_later = "violation: bar_ended"
expect.before_its_signing = "indeterminate: terms_unknown"
expect.on_its_signing = "compliant: barred"
expect.on_the_last_instant = "compliant: barred"
expect.below = "violation: not_barred"
expect.under_the_first = "indeterminate: terms_unknown"
expect.before_the_renewal = "indeterminate: terms_unknown"
expect.on_the_renewal = "violation: not_barred"
expect.before_the_bar = "indeterminate: terms_unknown"
expect.before_the_first = "violation: not_yet_signed"
expect.unsigned = "violation: no_agreement"
[equivalent]
"providers: bool_and(cast(marketing_barred as boolean)) → bool_or(cast(marketing_barred as boolean))" = "recipient_id is the key: two rows that differ make each finding of theirs indeterminate"
"providers: min(dpa_signed_at) → max(dpa_signed_at)" = "recipient_id is the key: two rows that differ make each finding of theirs indeterminate"
"providers: min(dpa_first_signed_at) → max(dpa_first_signed_at)" = "recipient_id is the key: two rows that differ make each finding of theirs indeterminate"
"providers: max(dpa_ends_at) → min(dpa_ends_at)" = "recipient_id is the key: two rows that differ make each finding of theirs indeterminate"
*/
