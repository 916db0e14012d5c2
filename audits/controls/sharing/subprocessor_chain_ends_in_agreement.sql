/*
id         = "subprocessor_chain_ends_in_agreement"
title      = "Each chain of subprocessors ends in a processor with whom there is an agreement"
short      = "Subprocessors under an agreement"
rule       = """
A subprocessor that is in use (begun, and its own agreement not ended, as far as is recorded) names the processor it works for, and the chain of such names ends in a processor whose agreement with the
Company was signed and has not ended. A register holds the agreement of today: where it was signed after the instant of judgement, there was one before only if
the register says since when, and nobody can tell where it does not."""
maps_to    = ["GDPR 28(2)", "GDPR 28(4)"]
severity   = "medium"
remedy     = "Have the chain of agreements closed, or stop using the subprocessor"
tables.processors = ["kind", "parent_id", "dpa_signed_at", "dpa_ends_at??", "dpa_first_signed_at?", "starts_at?", "country?"]
absent.processors.starts_at = "all that are registered are in use"
absent.processors.dpa_first_signed_at = "which agreements there were before is not known"
inject.parent_lost = { processors = { parent_id = "'selftest nobody'" } }
[reasons]
under_agreement = "its chain ends in a processor under agreement"
orphan          = "its chain ends in nobody in the register, or in a circle"
not_a_processor = "its chain ends in an authority, a buyer or another third party"
kind_unknown    = "its chain ends in a recipient of which nobody knows what it is"
no_agreement    = "its chain ends in a processor without an agreement"
before_agreement = "its chain ends in a processor whose agreement was signed later, and whether there was one before is not recorded"
agreement_ended = "its chain ends in a processor whose agreement has ended"
export_ends_before_due = "its chain ends in a processor whose agreement ran on to a day up to which the export does not reach"
[de]
title    = "Jede Kette von Unterauftragsverarbeitern endet bei einem Auftragsverarbeiter mit Vertrag"
short    = "Unterauftragsverarbeiter unter Vertrag"
rule     = """
Ein Unterauftragsverarbeiter, der im Einsatz ist (begonnen, und sein eigener Vertrag nicht beendet, soweit erfasst), nennt den Auftragsverarbeiter, für den er arbeitet, und die Kette dieser Namen endet bei einem Auftragsverarbeiter,
dessen Vertrag mit dem Unternehmen unterzeichnet und nicht beendet ist. Ein Verzeichnis enthält den Vertrag von heute: Wurde er nach dem Stichtag unterzeichnet, gab es
davor nur einen, wenn das Verzeichnis sagt, seit wann, und nicht entscheidbar ist es, wo es das nicht sagt."""
remedy   = "Die Vertragskette schließen lassen oder den Unterauftragsverarbeiter nicht mehr einsetzen"
[de.reasons]
under_agreement = "die Kette endet bei einem Auftragsverarbeiter mit Vertrag"
orphan          = "die Kette endet bei niemandem, der im Verzeichnis steht, oder im Kreis"
not_a_processor = "die Kette endet bei einer Behörde, einem Käufer oder einem anderen Dritten"
kind_unknown    = "die Kette endet bei einem Empfänger, von dem niemand weiß, was er ist"
no_agreement    = "die Kette endet bei einem Auftragsverarbeiter ohne Vertrag"
before_agreement = "die Kette endet bei einem Auftragsverarbeiter, dessen Vertrag später unterzeichnet wurde, und ob es davor einen gab, ist nicht erfasst"
agreement_ended = "die Kette endet bei einem Auftragsverarbeiter, dessen Vertrag beendet ist"
export_ends_before_due = "die Kette endet bei einem Auftragsverarbeiter, dessen Vertrag bis zu einem Tag lief, bis zu dem der Export nicht reicht"
*/
with recursive register as (
    select recipient_id, any_value(kind) as kind, any_value(country) as country, any_value(parent_id) as parent_id, max(dpa_signed_at) as dpa_signed_at,
           min(dpa_first_signed_at) as dpa_first_signed_at, max(dpa_ends_at) as dpa_ends_at, max(starts_at) as starts_at
    from processors where recipient_id is not null group by recipient_id
),
-- Distinct rows: a circle comes to an end, however long a chain is.
chains as (
    select r.recipient_id, r.country, r.parent_id as next_id
    from register as r
    join known_until as k on k.table_name = 'processors'
    where r.kind = 'subprocessor' and coalesce(r.starts_at <= $as_of, true) and coalesce(r.dpa_ends_at >= least($as_of, k.known_until), true)
    union
    select c.recipient_id, c.country, r.parent_id
    from chains as c join register as r on r.recipient_id = c.next_id
    where r.kind = 'subprocessor'
),
ends as (
    select recipient_id, country,
           max(next_id) filter (where next_id not in (select recipient_id from register where kind = 'subprocessor')) as end_id
    from chains
    group by recipient_id, country
),
judged as (
    select e.*, r.dpa_ends_at,
           case when r.recipient_id is null then 'orphan'
                when r.kind is null then 'kind_unknown'
                when r.kind <> 'processor' then 'not_a_processor'
                when r.dpa_signed_at is null or r.dpa_first_signed_at > $as_of then 'no_agreement'
                when r.dpa_signed_at > $as_of and r.dpa_first_signed_at is null then 'before_agreement'
                when r.dpa_ends_at < $as_of and r.dpa_ends_at > k.known_until then 'export_ends_before_due'
                when r.dpa_ends_at < $as_of then 'agreement_ended'
                else 'under_agreement' end as reason
    from ends as e
    join known_until as k on k.table_name = 'processors'
    left join register as r on r.recipient_id = e.end_id
)
select recipient_id as record_id, null::varchar as account_id, country, null::timestamptz as event_at, null::timestamptz as due_at,
       case when reason = 'under_agreement' then 'compliant'
            when reason in ('export_ends_before_due', 'kind_unknown', 'before_agreement') then 'indeterminate'
            else 'violation' end as verdict,
       reason,
       end_id
from judged;

/* examples
as_of = 2026-06-30
[chains]
period = "2026-01"
given.processors = [
    { recipient_id = "root", kind = "processor", dpa_signed_at = 2025-01-01T00:00:00Z }, { recipient_id = "sub", kind = "subprocessor", parent_id = "root" },
    { recipient_id = "subsub", kind = "subprocessor", parent_id = "sub" }, { recipient_id = "orphan", kind = "subprocessor" }, { recipient_id = "lost", kind = "subprocessor", parent_id = "gone" },
    { recipient_id = "one", kind = "subprocessor", parent_id = "two" }, { recipient_id = "two", kind = "subprocessor", parent_id = "one" },
    { recipient_id = "bare", kind = "processor" }, { recipient_id = "under_bare", kind = "subprocessor", parent_id = "bare" },
    { recipient_id = "old", kind = "processor", dpa_signed_at = 2024-01-01T00:00:00Z, dpa_ends_at = 2025-12-31T00:00:00Z }, { recipient_id = "under_old", kind = "subprocessor", parent_id = "old" },
    { recipient_id = "court", kind = "authority", dpa_signed_at = 2024-01-01T00:00:00Z }, { recipient_id = "under_court", kind = "subprocessor", parent_id = "court" },
    { recipient_id = "vague", dpa_signed_at = 2024-01-01T00:00:00Z }, { recipient_id = "under_vague", kind = "subprocessor", parent_id = "vague" },
]
expect.under_court = "violation: not_a_processor"
expect.under_vague = "indeterminate: kind_unknown"
expect.sub = { verdict = "compliant: under_agreement", scope = "period" }
expect.subsub = "compliant: under_agreement"
expect.orphan = "violation: orphan"
expect.lost = "violation: orphan"
expect.one = "violation: orphan"
expect.two = "violation: orphan"
expect.under_bare = "violation: no_agreement"
expect.under_old = "violation: agreement_ended"
[signed_after_the_instant_of_judgement]
given.export_info = [{ exported_at = 2026-09-01T00:00:00Z }]
given.processors = [
    { recipient_id = "renewed", kind = "processor", dpa_signed_at = 2026-07-15T00:00:00Z, dpa_first_signed_at = 2020-01-01T00:00:00Z }, { recipient_id = "of_renewed", kind = "subprocessor", parent_id = "renewed" },
    { recipient_id = "that_moment", kind = "processor", dpa_signed_at = 2026-07-15T00:00:00Z, dpa_first_signed_at = 2026-06-30T23:59:59.999999Z }, { recipient_id = "of_that_moment", kind = "subprocessor", parent_id = "that_moment" },
    { recipient_id = "first", kind = "processor", dpa_signed_at = 2026-07-15T00:00:00Z, dpa_first_signed_at = 2026-07-01T00:00:00Z }, { recipient_id = "of_first", kind = "subprocessor", parent_id = "first" },
    { recipient_id = "since_when", kind = "processor", dpa_signed_at = 2026-07-15T00:00:00Z }, { recipient_id = "of_since_when", kind = "subprocessor", parent_id = "since_when" },
    { recipient_id = "now", kind = "processor", dpa_signed_at = 2026-06-30T23:59:59.999999Z }, { recipient_id = "of_now", kind = "subprocessor", parent_id = "now" },
]
expect = { of_renewed = "compliant: under_agreement", of_that_moment = "compliant: under_agreement", of_first = "violation: no_agreement", of_since_when = "indeterminate: before_agreement", of_now = "compliant: under_agreement" }
[the_country_of_each]
given.processors = [
    { recipient_id = "root", kind = "processor", dpa_signed_at = 2025-01-01T00:00:00Z }, { recipient_id = "sub", kind = "subprocessor", country = "DE", parent_id = "root" },
    { recipient_id = "subsub", kind = "subprocessor", country = "FR", parent_id = "sub" },
]
expect = { sub = { verdict = "compliant: under_agreement", country = "DE" }, subsub = { verdict = "compliant: under_agreement", country = "FR" } }
[never_signed_and_exported_before_its_end]
given.export_info = [{ exported_at = 2026-06-10T12:00:00Z }]
given.processors = [{ recipient_id = "bare", kind = "processor", dpa_ends_at = 2026-06-10T12:00:01Z }, { recipient_id = "under_bare", kind = "subprocessor", parent_id = "bare" }]
expect = { under_bare = "violation: no_agreement" }
[a_long_chain]
given.processors = [{ recipient_id = "root", kind = "processor", dpa_signed_at = 2025-01-01T00:00:00Z },
    { recipient_id = "s01", kind = "subprocessor", parent_id = "root" },
    { recipient_id = "s02", kind = "subprocessor", parent_id = "s01" },
    { recipient_id = "s03", kind = "subprocessor", parent_id = "s02" },
    { recipient_id = "s04", kind = "subprocessor", parent_id = "s03" },
    { recipient_id = "s05", kind = "subprocessor", parent_id = "s04" },
    { recipient_id = "s06", kind = "subprocessor", parent_id = "s05" },
    { recipient_id = "s07", kind = "subprocessor", parent_id = "s06" },
    { recipient_id = "s08", kind = "subprocessor", parent_id = "s07" },
    { recipient_id = "s09", kind = "subprocessor", parent_id = "s08" },
    { recipient_id = "s10", kind = "subprocessor", parent_id = "s09" },
    { recipient_id = "s11", kind = "subprocessor", parent_id = "s10" },
    { recipient_id = "s12", kind = "subprocessor", parent_id = "s11" },
]
expect.s01 = "compliant: under_agreement"
expect.s02 = "compliant: under_agreement"
expect.s03 = "compliant: under_agreement"
expect.s04 = "compliant: under_agreement"
expect.s05 = "compliant: under_agreement"
expect.s06 = "compliant: under_agreement"
expect.s07 = "compliant: under_agreement"
expect.s08 = "compliant: under_agreement"
expect.s09 = "compliant: under_agreement"
expect.s10 = "compliant: under_agreement"
expect.s11 = "compliant: under_agreement"
expect.s12 = "compliant: under_agreement"
[chains_end_in_the_first_who_is_no_subprocessor]
given.processors = [
    { recipient_id = "under_another", kind = "processor", parent_id = "z_nobody", dpa_signed_at = 2025-01-01T00:00:00Z }, { recipient_id = "a", kind = "subprocessor", parent_id = "under_another" },
    { kind = "subprocessor", parent_id = "under_another" },
]
expect = { a = "compliant: under_agreement" }
[on_the_last_instant_that_is_judged]
given.processors = [
    { recipient_id = "signed_on_it", kind = "processor", dpa_signed_at = 2026-06-30T23:59:59.999999Z }, { recipient_id = "a", kind = "subprocessor", parent_id = "signed_on_it" },
    { recipient_id = "ends_on_it", kind = "processor", dpa_signed_at = 2024-01-01T00:00:00Z, dpa_ends_at = 2026-06-30T23:59:59.999999Z }, { recipient_id = "b", kind = "subprocessor", parent_id = "ends_on_it" },
    { recipient_id = "ends_later", kind = "processor", dpa_signed_at = 2024-01-01T00:00:00Z, dpa_ends_at = 2026-12-31T00:00:00Z }, { recipient_id = "c", kind = "subprocessor", parent_id = "ends_later" },
    { recipient_id = "signed_later", kind = "processor", dpa_signed_at = 2026-07-01T00:00:00Z }, { recipient_id = "d", kind = "subprocessor", parent_id = "signed_later" },
]
expect = { a = "compliant: under_agreement", b = "compliant: under_agreement", c = "compliant: under_agreement", d = "indeterminate: before_agreement" }
[the_export_stops_before_the_agreement_ends]
given.export_info = [{ exported_at = 2026-06-10T12:00:00Z }]
given.processors = [
    { recipient_id = "p", kind = "processor", dpa_signed_at = 2024-01-01T00:00:00Z, dpa_ends_at = 2026-06-10T12:00:01Z }, { recipient_id = "a", kind = "subprocessor", parent_id = "p" },
    { recipient_id = "q", kind = "processor", dpa_signed_at = 2024-01-01T00:00:00Z, dpa_ends_at = 2026-06-10T12:00:00Z }, { recipient_id = "b", kind = "subprocessor", parent_id = "q" },
    { recipient_id = "ends_as_it_is_judged", kind = "processor", dpa_signed_at = 2024-01-01T00:00:00Z, dpa_ends_at = 2026-06-30T23:59:59.999999Z }, { recipient_id = "c", kind = "subprocessor", parent_id = "ends_as_it_is_judged" },
]
expect = { a = "indeterminate: export_ends_before_due", b = "violation: agreement_ended", c = "compliant: under_agreement" }
[in_use]
as_of = 2026-03-31
given.export_info = [{ exported_at = 2026-06-30T00:00:00Z }]
given.processors = [
    { recipient_id = "p", kind = "processor", dpa_signed_at = 2025-01-01T08:00:00Z, dpa_ends_at = 2025-12-31T23:59:59Z }, { recipient_id = "ended_too", kind = "subprocessor", parent_id = "p", dpa_ends_at = 2025-12-31T23:59:59Z },
    { recipient_id = "begins_later", kind = "subprocessor", parent_id = "p", starts_at = 2026-06-01T00:00:00Z }, { recipient_id = "begins_now", kind = "subprocessor", parent_id = "p", starts_at = 2026-03-31T23:59:59.999999Z }, { recipient_id = "ends_now", kind = "subprocessor", parent_id = "p", dpa_ends_at = 2026-03-31T23:59:59.999999Z },
]
expect = { begins_now = "violation: agreement_ended", ends_now = "violation: agreement_ended" }
[the_register_ends_before_its_own_agreement_does]
given.export_tables = [{ table_name = "processors", covers_to = 2026-05-31T00:00:00Z }, { table_name = "disclosures", covers_to = 2026-04-30T00:00:00Z }]
given.processors = [
    { recipient_id = "p", kind = "processor" }, { recipient_id = "as_it_does", kind = "subprocessor", parent_id = "p", dpa_ends_at = 2026-05-31T00:00:00Z }, { recipient_id = "before_it_does", kind = "subprocessor", parent_id = "p", dpa_ends_at = 2026-05-30T23:59:59.999999Z },
]
expect = { as_it_does = "violation: no_agreement" }
[equivalent]
"register: max(dpa_signed_at) → min(dpa_signed_at)" = "recipient_id is the key: two rows that differ make each finding of theirs indeterminate"
"register: min(dpa_first_signed_at) → max(dpa_first_signed_at)" = "recipient_id is the key: two rows that differ make each finding of theirs indeterminate"
"register: max(starts_at) → min(starts_at)" = "recipient_id is the key: two rows that differ make each finding of theirs indeterminate"
"register: max(dpa_ends_at) → min(dpa_ends_at)" = "recipient_id is the key: two rows that differ make each finding of theirs indeterminate"
"ends: max(next_id) → min(next_id)" = "each names one parent: a chain has one end"
*/
