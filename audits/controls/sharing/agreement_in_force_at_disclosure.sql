/*
id         = "agreement_in_force_at_disclosure"
title      = "Service providers are given data only while a processing agreement is in force"
short      = "Agreements in force at disclosure"
rule       = """
A disclosure to a processor or subprocessor falls between the signing and the end of its data processing agreement, to the instant. An agreement
without an end is still in force. A register holds the agreement of today: what was disclosed before it was signed stands under an earlier one that it
renews, where the register says since when there was one, and cannot be told where it does not."""
maps_to    = ["GDPR 28(3)"]
severity   = "high"
remedy     = "Sign the agreements, or stop the disclosures"
acts       = true
tables.disclosures = ["disclosed_at", "recipient_id", "destination_country?"]
tables.processors = ["kind", "dpa_signed_at", "dpa_ends_at??", "dpa_first_signed_at?"]
absent.processors.dpa_first_signed_at = "which agreements there were before is not known"
dimensions = ["recipient_id"]
inject.before_signing = { disclosures = { disclosed_at = "f.dpa_first_signed_at - interval 1 microsecond" } }
[reasons]
in_force      = "the agreement was signed and had not ended"
no_agreement  = "no agreement was ever signed"
renewed        = "under an agreement that the present one renews"
not_yet_signed = "the first agreement was signed later"
before_agreement = "before the agreement on record, and whether there was one before it is not recorded"
ended         = "the agreement had ended"
no_instant    = "the day of the disclosure is not recorded"
in_the_future = "the disclosure lies after the instant of judgement"
[de]
title    = "Dienstleister erhalten Daten nur, während ein Auftragsverarbeitungsvertrag in Kraft ist"
short    = "Vertrag in Kraft bei Weitergabe"
rule     = """
Eine Weitergabe an einen Auftragsverarbeiter oder Unterauftragsverarbeiter liegt zwischen Unterzeichnung und Ende seines
Auftragsverarbeitungsvertrags, auf den Zeitpunkt genau. Ein Vertrag ohne Ende ist noch in Kraft. Ein Verzeichnis enthält den Vertrag von heute: Was
vor seiner Unterzeichnung weitergegeben wurde, steht unter einem früheren, den er erneuert, wo das Verzeichnis sagt, seit wann es einen gab, und ist
nicht entscheidbar, wo es das nicht sagt."""
remedy   = "Die Verträge unterzeichnen oder die Weitergaben beenden"
[de.reasons]
in_force      = "der Vertrag war unterzeichnet und nicht beendet"
no_agreement  = "nie wurde ein Vertrag unterzeichnet"
renewed       = "unter einem Vertrag, den der jetzige erneuert"
not_yet_signed = "der erste Vertrag wurde später unterzeichnet"
before_agreement = "vor dem erfassten Vertrag, und ob es davor einen gab, ist nicht erfasst"
ended         = "der Vertrag war beendet"
no_instant    = "der Tag der Weitergabe ist nicht erfasst"
in_the_future = "die Weitergabe liegt nach dem Stichtag"
*/
with providers as (
    select recipient_id, min(dpa_signed_at) as dpa_signed_at, min(dpa_first_signed_at) as dpa_first_signed_at,
           case when count(*) = count(dpa_ends_at) then max(dpa_ends_at) end as dpa_ends_at
    from processors
    where kind in ('processor', 'subprocessor')
    group by recipient_id
),
judged as (
    select d.*, p.dpa_signed_at, p.dpa_first_signed_at, p.dpa_ends_at,
           case when d.disclosed_at is null then 'no_instant'
                when d.disclosed_at > $as_of then 'in_the_future'
                when p.dpa_signed_at is null then 'no_agreement'
                when d.disclosed_at < p.dpa_first_signed_at then 'not_yet_signed'
                when d.disclosed_at < p.dpa_signed_at and p.dpa_first_signed_at is null then 'before_agreement'
                when d.disclosed_at < p.dpa_signed_at then 'renewed'
                when d.disclosed_at > p.dpa_ends_at then 'ended'
                else 'in_force' end as reason
    from disclosures as d
    join providers as p on p.recipient_id = d.recipient_id
)
select disclosure_id as record_id, account_id, destination_country as country, disclosed_at as event_at, null::timestamptz as due_at,
       case when reason in ('in_force', 'renewed') then 'compliant'
            when reason in ('no_agreement', 'not_yet_signed', 'ended') then 'violation'
            else 'indeterminate' end as verdict,
       reason,
       recipient_id, dpa_first_signed_at, dpa_signed_at, dpa_ends_at
from judged;

/* examples
as_of = 2026-06-30
[before_during_and_after]
period = "2026-01"
given.processors = [
    { recipient_id = "p", kind = "processor", dpa_first_signed_at = 2025-01-01T09:00:00Z, dpa_signed_at = 2025-01-01T09:00:00Z, dpa_ends_at = 2025-12-31T23:59:59Z },
    { recipient_id = "renewed", kind = "processor", dpa_first_signed_at = 2024-01-01T09:00:00Z, dpa_signed_at = 2025-01-01T09:00:00Z },
    { recipient_id = "today", kind = "processor", dpa_signed_at = 2025-01-01T09:00:00Z },
    { recipient_id = "open", kind = "subprocessor", dpa_signed_at = 2025-01-01T09:00:00Z },
    { recipient_id = "nothing", kind = "processor" },
    { recipient_id = "court", kind = "authority" },
]
given.disclosures = [
    { disclosure_id = "on_signing", recipient_id = "p", disclosed_at = 2025-01-01T09:00:00Z },
    { disclosure_id = "just_before", recipient_id = "p", disclosed_at = 2025-01-01T08:59:59Z },
    { disclosure_id = "under_the_first", recipient_id = "renewed", disclosed_at = 2024-01-01T09:00:00Z },
    { disclosure_id = "before_the_first", recipient_id = "renewed", disclosed_at = 2024-01-01T08:59:59Z },
    { disclosure_id = "as_it_was_renewed", recipient_id = "renewed", disclosed_at = 2025-01-01T09:00:00Z },
    { disclosure_id = "on_the_last_instant", recipient_id = "open", disclosed_at = 2026-06-30T23:59:59.999999Z },
    { disclosure_id = "on_todays_signing", recipient_id = "today", disclosed_at = 2025-01-01T09:00:00Z },
    { disclosure_id = "before_today", recipient_id = "today", disclosed_at = 2025-01-01T08:59:59Z },
    { disclosure_id = "last_second", recipient_id = "p", disclosed_at = 2025-12-31T23:59:59Z },
    { disclosure_id = "a_second_later", recipient_id = "p", disclosed_at = 2026-01-01T00:00:00Z },
    { disclosure_id = "open", recipient_id = "open", disclosed_at = 2026-01-01T00:00:00Z },
    { disclosure_id = "nothing", recipient_id = "nothing", disclosed_at = 2026-01-01T00:00:00Z },
    { disclosure_id = "undated", recipient_id = "p" },
    { disclosure_id = "future", recipient_id = "p", disclosed_at = 2026-07-01T00:00:00Z },
    { disclosure_id = "court", recipient_id = "court", disclosed_at = 2026-01-01T00:00:00Z },
]
expect.on_signing = { verdict = "compliant: in_force", met_at = 2025-01-01T09:00:00Z, scope = "earlier" }
expect.just_before = "violation: not_yet_signed"
expect.under_the_first = "compliant: renewed"
expect.before_the_first = "violation: not_yet_signed"
expect.as_it_was_renewed = { verdict = "compliant: in_force", event_at = 2025-01-01T09:00:00Z }
expect.on_the_last_instant = "compliant: in_force"
expect.on_todays_signing = "compliant: in_force"
expect.before_today = "indeterminate: before_agreement"
expect.last_second = "compliant: in_force"
expect.a_second_later = "violation: ended"
expect.open = "compliant: in_force"
expect.nothing = "violation: no_agreement"
expect.undated = "indeterminate: no_instant"
expect.future = "indeterminate: in_the_future"
[equivalent]
"providers: min(dpa_signed_at) → max(dpa_signed_at)" = "recipient_id is the key: two rows that differ make each finding of theirs indeterminate"
"providers: min(dpa_first_signed_at) → max(dpa_first_signed_at)" = "recipient_id is the key: two rows that differ make each finding of theirs indeterminate"
"providers: max(dpa_ends_at) → min(dpa_ends_at)" = "recipient_id is the key: two rows that differ make each finding of theirs indeterminate"
*/
