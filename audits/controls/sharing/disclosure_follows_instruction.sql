/*
id         = "disclosure_follows_instruction"
title      = "Service providers are given data only on the instruction that is on record for them"
short      = "Disclosures follow instructions"
rule       = """
A disclosure to a processor or subprocessor names the written instruction that the register holds for that recipient. A register holds that of the
agreement of today: what was disclosed on another before it was signed, under one that it renews or that is not recorded, cannot be told. Before the
first agreement was signed, after the last one ended and where none was ever signed, there was none to give an instruction under; where the day of the
first is not recorded, nor can what came before that of today."""
maps_to    = ["GDPR 28(3)(a)", "GDPR 29"]
severity   = "medium"
remedy     = "Write down the instructions, or stop the disclosures"
acts       = true
tables.disclosures = ["recipient_id", "disclosed_at", "instruction_ref", "destination_country?"]
tables.processors = ["kind", "instruction_ref", "dpa_signed_at??", "dpa_ends_at??", "dpa_first_signed_at?"]
absent.processors.dpa_first_signed_at = "which agreements there were before is not known"
dimensions = ["recipient_id"]
inject.instruction_lost = { disclosures = { instruction_ref = "null" } }
inject.another_instruction = { disclosures = { instruction_ref = "'selftest'" } }
[reasons]
instructed        = "on the instruction on record"
no_instruction    = "on no instruction"
other_instruction = "on another instruction than the one on record"
no_agreement      = "no agreement was ever signed under which an instruction could be given"
not_yet_signed    = "the first agreement was signed later"
ended             = "the agreement under which the instruction was given had ended"
other_spelling    = "on the instruction on record only if small letters and capitals mean the same"
not_on_record     = "the register holds no instruction for the recipient"
earlier_agreement = "before the agreement on record was signed; the instruction of one before it, or whether there was one, is not recorded"
in_the_future     = "the disclosure lies after the instant of judgement"
[de]
title    = "Dienstleister erhalten Daten nur auf die Weisung, die für sie festgehalten ist"
short    = "Weitergaben folgen der Weisung"
rule     = """
Eine Weitergabe an einen Auftragsverarbeiter oder Unterauftragsverarbeiter nennt die schriftliche Weisung, die das Verzeichnis für diesen Empfänger
enthält. Ein Verzeichnis enthält die des Vertrags von heute: Was vor dessen Unterzeichnung auf eine andere weitergegeben wurde, unter einem Vertrag,
den er erneuert oder der nicht erfasst ist, ist nicht entscheidbar. Vor Unterzeichnung des ersten Vertrags, nach dem Ende des letzten und wo nie
einer unterzeichnet wurde, gab es keinen, unter dem eine Weisung zu erteilen war; wo der Tag des ersten nicht erfasst ist, ist auch nicht
entscheidbar, was vor dem von heute liegt."""
remedy   = "Die Weisungen festhalten oder die Weitergaben beenden"
[de.reasons]
instructed        = "auf die festgehaltene Weisung"
no_instruction    = "ohne Weisung"
other_instruction = "auf eine andere Weisung als die festgehaltene"
no_agreement      = "nie wurde ein Vertrag unterzeichnet, unter dem eine Weisung erteilt werden konnte"
not_yet_signed    = "der erste Vertrag wurde später unterzeichnet"
ended             = "der Vertrag, unter dem die Weisung erteilt wurde, war beendet"
other_spelling    = "nur dann auf die festgehaltene Weisung, wenn Groß- und Kleinbuchstaben dasselbe bedeuten"
not_on_record     = "das Verzeichnis enthält keine Weisung für den Empfänger"
earlier_agreement = "vor Unterzeichnung des erfassten Vertrags; welche Weisung ein früherer enthielt oder ob es ihn gab, ist nicht erfasst"
in_the_future     = "die Weitergabe liegt nach dem Stichtag"
*/
with providers as (
    select recipient_id, min(instruction_ref) as instruction_ref, min(dpa_signed_at) as dpa_signed_at, min(dpa_first_signed_at) as dpa_first_signed_at,
           case when count(*) = count(dpa_ends_at) then max(dpa_ends_at) end as dpa_ends_at
    from processors where kind in ('processor', 'subprocessor') group by recipient_id
),
judged as (
    select d.*,
           case when d.disclosed_at > $as_of then 'in_the_future'
                when d.instruction_ref is null then 'no_instruction'
                when p.dpa_signed_at is null then 'no_agreement'
                when d.disclosed_at < p.dpa_first_signed_at then 'not_yet_signed'
                when d.disclosed_at > p.dpa_ends_at then 'ended'
                when p.instruction_ref is null then 'not_on_record'
                when d.disclosed_at < p.dpa_signed_at and p.dpa_first_signed_at is null then 'earlier_agreement'
                when d.instruction_ref = p.instruction_ref then 'instructed'
                when lower(d.instruction_ref) = lower(p.instruction_ref) then 'other_spelling'
                when d.disclosed_at < p.dpa_signed_at then 'earlier_agreement'
                else 'other_instruction' end as reason
    from disclosures as d
    join providers as p on p.recipient_id = d.recipient_id
)
select disclosure_id as record_id, account_id, destination_country as country, disclosed_at as event_at, null::timestamptz as due_at,
       case when reason = 'instructed' then 'compliant'
            when reason in ('no_instruction', 'no_agreement', 'not_yet_signed', 'ended', 'other_instruction') then 'violation'
            else 'indeterminate' end as verdict,
       reason,
       recipient_id, instruction_ref
from judged;

/* examples
as_of = 2026-06-30
[the_instruction_on_record]
period = "2026-01"
given.processors = [{ recipient_id = "p", kind = "processor", instruction_ref = "i", dpa_signed_at = 2025-01-01T09:00:00Z }, { recipient_id = "q", kind = "subprocessor", dpa_signed_at = 2025-01-01T09:00:00Z }, { recipient_id = "court", kind = "authority" }]
given.disclosures = [
    { disclosure_id = "a", recipient_id = "p", instruction_ref = "i", disclosed_at = 2026-01-10T08:00:00Z }, { disclosure_id = "b", recipient_id = "p", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "c", recipient_id = "p", instruction_ref = "j", disclosed_at = 2026-01-10T08:00:00Z }, { disclosure_id = "d", recipient_id = "q", instruction_ref = "i", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "on_the_last_instant", recipient_id = "p", instruction_ref = "i", disclosed_at = 2026-06-30T23:59:59.999999Z },
    { disclosure_id = "in_capitals", recipient_id = "p", instruction_ref = "I", disclosed_at = 2026-01-10T08:00:00Z }, { disclosure_id = "e", recipient_id = "p", instruction_ref = "i", disclosed_at = 2026-07-10T08:00:00Z }, { disclosure_id = "f", recipient_id = "court", disclosed_at = 2026-01-10T08:00:00Z },
]
expect = { in_capitals = "indeterminate: other_spelling", a = { verdict = "compliant: instructed", event_at = 2026-01-10T08:00:00Z, met_at = 2026-01-10T08:00:00Z, scope = "period" }, b = "violation: no_instruction", c = "violation: other_instruction", d = "indeterminate: not_on_record", e = "indeterminate: in_the_future", on_the_last_instant = "compliant: instructed" }
[before_the_agreement_on_record]
given.processors = [
    { recipient_id = "p", kind = "processor", instruction_ref = "i", dpa_first_signed_at = 2025-01-01T09:00:00Z, dpa_signed_at = 2026-01-01T09:00:00Z }, { recipient_id = "q", kind = "processor", instruction_ref = "i", dpa_signed_at = 2026-01-01T09:00:00Z },
]
given.disclosures = [
    { disclosure_id = "under_the_first", recipient_id = "p", instruction_ref = "j", disclosed_at = 2025-01-01T09:00:00Z }, { disclosure_id = "before_the_first", recipient_id = "p", instruction_ref = "j", disclosed_at = 2025-01-01T08:59:59Z },
    { disclosure_id = "same_before_the_first", recipient_id = "p", instruction_ref = "i", disclosed_at = 2025-01-01T08:59:59Z }, { disclosure_id = "same_on_the_first", recipient_id = "p", instruction_ref = "i", disclosed_at = 2025-01-01T09:00:00Z },
    { disclosure_id = "none_before_the_first", recipient_id = "p", disclosed_at = 2025-01-01T08:59:59Z },
    { disclosure_id = "on_signing", recipient_id = "p", instruction_ref = "j", disclosed_at = 2026-01-01T09:00:00Z }, { disclosure_id = "first_not_known", recipient_id = "q", instruction_ref = "j", disclosed_at = 2026-01-01T08:59:59Z },
    { disclosure_id = "same_on_signing", recipient_id = "q", instruction_ref = "i", disclosed_at = 2026-01-01T09:00:00Z }, { disclosure_id = "same", recipient_id = "q", instruction_ref = "i", disclosed_at = 2026-01-01T08:59:59Z }, { disclosure_id = "nothing", recipient_id = "q", disclosed_at = 2026-01-01T08:59:59Z },
]
expect = { under_the_first = "indeterminate: earlier_agreement", before_the_first = "violation: not_yet_signed", same_before_the_first = "violation: not_yet_signed", same_on_the_first = "compliant: instructed", none_before_the_first = "violation: no_instruction", on_signing = "violation: other_instruction", first_not_known = "indeterminate: earlier_agreement", same = "indeterminate: earlier_agreement", same_on_signing = "compliant: instructed", nothing = "violation: no_instruction" }
[no_agreement_and_after_its_end]
given.processors = [
    { recipient_id = "unsigned", kind = "processor", instruction_ref = "i" }, { recipient_id = "ends", kind = "subprocessor", instruction_ref = "i", dpa_signed_at = 2025-01-01T09:00:00Z, dpa_ends_at = 2025-12-31T23:59:59.999999Z },
]
given.disclosures = [
    { disclosure_id = "under_none", recipient_id = "unsigned", instruction_ref = "i", disclosed_at = 2026-01-10T08:00:00Z }, { disclosure_id = "another_under_none", recipient_id = "unsigned", instruction_ref = "j", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "none_at_all", recipient_id = "unsigned", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "last_moment", recipient_id = "ends", instruction_ref = "i", disclosed_at = 2025-12-31T23:59:59.999999Z }, { disclosure_id = "a_microsecond_later", recipient_id = "ends", instruction_ref = "i", disclosed_at = 2026-01-01T00:00:00Z },
]
expect = { under_none = "violation: no_agreement", another_under_none = "violation: no_agreement", none_at_all = "violation: no_instruction", last_moment = "compliant: instructed", a_microsecond_later = "violation: ended" }
[equivalent]
"providers: max(dpa_ends_at) → min(dpa_ends_at)" = "recipient_id is the key: two rows that differ make each finding of theirs indeterminate"
"providers: min(instruction_ref) → max(instruction_ref)" = "recipient_id is the key: two rows that differ make each finding of theirs indeterminate"
"providers: min(dpa_signed_at) → max(dpa_signed_at)" = "recipient_id is the key: two rows that differ make each finding of theirs indeterminate"
"providers: min(dpa_first_signed_at) → max(dpa_first_signed_at)" = "recipient_id is the key: two rows that differ make each finding of theirs indeterminate"
*/
