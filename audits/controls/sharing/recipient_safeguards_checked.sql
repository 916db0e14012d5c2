/*
id         = "recipient_safeguards_checked"
title      = "The safeguards of service providers are checked at least every {check_days} days"
short      = "Providers' safeguards checked"
rule       = """
For each processor and subprocessor whose agreement has begun and not ended, as far as the export can know, the safeguards were checked within the last {check_days} days. Where safeguards
are promised without a number, a year is a convention."""
maps_to    = ["GDPR 28(1)", "GDPR 32(1)"]
severity   = "medium"
remedy     = "Check the safeguards of the providers named"
tables.processors = ["kind", "safeguards_checked_at", "dpa_signed_at??", "dpa_first_signed_at?", "dpa_ends_at??", "country?"]
absent.processors.dpa_first_signed_at = "which agreements there were before is not known"
parameters.check_days = { default = 365, unit = "days" }
readings."every two years" = { check_days = 730 }
inject.a_day_too_old = { processors = { safeguards_checked_at = "(f.as_of::date - 1 - {check_days})::timestamptz - interval 1 second" } }
[reasons]
checked       = "checked within these days"
check_too_old = "checked, and longer ago"
never_checked = "never checked"
agreement_later = "the agreement on record was signed after the instant of judgement, and whether there was one before it is not recorded"
in_the_future = "checked after the instant of judgement"
export_ends_before_due = "checked, and the export does not reach up to the day on which it had to be again"
[de]
title    = "Die Garantien der Dienstleister werden mindestens alle {check_days} Tage geprüft"
short    = "Garantien der Dienstleister geprüft"
rule     = """
Bei jedem Auftragsverarbeiter und Unterauftragsverarbeiter, dessen Vertrag begonnen hat und nicht beendet ist, soweit der Export es wissen kann, wurden die Garantien
in den letzten {check_days} Tagen geprüft. Wo Garantien ohne Zahl zugesagt sind, ist ein Jahr eine Konvention."""
remedy   = "Die Garantien der genannten Dienstleister prüfen"
readings = { "every two years" = "alle zwei Jahre" }
[de.reasons]
agreement_later = "der erfasste Vertrag wurde nach dem Stichtag unterzeichnet, und ob es davor einen gab, ist nicht erfasst"
checked       = "in diesen Tagen geprüft"
check_too_old = "geprüft, aber vor längerer Zeit"
never_checked = "nie geprüft"
in_the_future = "geprüft wurde nach dem Stichtag"
export_ends_before_due = "geprüft, und der Export reicht nicht bis zum Tag, an dem erneut zu prüfen war"
*/
with dated as (
    select p.*, k.known_until, end_of_day(p.safeguards_checked_at::date + $check_days::integer) as due_at
    from processors as p
    join known_until as k on k.table_name = 'processors'
    where p.kind in ('processor', 'subprocessor') and coalesce(p.dpa_ends_at >= least($as_of, k.known_until), true)
      and coalesce(p.dpa_first_signed_at <= $as_of, true)
),
judged as (
    select *,
           case when safeguards_checked_at > $as_of then 'in_the_future'
                when dpa_signed_at > $as_of and dpa_first_signed_at is null then 'agreement_later'
                when safeguards_checked_at is null then 'never_checked'
                when $as_of <= due_at then 'checked'
                when due_at > known_until then 'export_ends_before_due'
                else 'check_too_old' end as reason
    from dated
)
select recipient_id as record_id, null::varchar as account_id, country, null::timestamptz as event_at, due_at,
       case when reason = 'checked' then 'compliant'
            when reason in ('check_too_old', 'never_checked') then 'violation'
            else 'indeterminate' end as verdict,
       reason,
       safeguards_checked_at
from judged;

/* examples
as_of = 2026-06-30
[within_a_year]
period = "2026-01"
given.processors = [
    { recipient_id = "a", kind = "processor", safeguards_checked_at = 2025-06-30T08:00:00Z }, { recipient_id = "b", kind = "processor", safeguards_checked_at = 2025-06-29T23:00:00Z },
    { recipient_id = "c", kind = "subprocessor" }, { recipient_id = "d", kind = "processor", dpa_ends_at = 2026-01-01T00:00:00Z }, { recipient_id = "e", kind = "authority" },
    { recipient_id = "ends_on_the_last_instant", kind = "processor", dpa_ends_at = 2026-06-30T23:59:59.999999Z }, { recipient_id = "ends_later", kind = "processor", dpa_ends_at = 2026-12-31T00:00:00Z }, { recipient_id = "checked_on_the_last_instant", kind = "processor", safeguards_checked_at = 2026-06-30T23:59:59.999999Z },
    { recipient_id = "f", kind = "processor", safeguards_checked_at = 2026-07-29T23:00:00Z },
]
expect = { a = { verdict = "compliant: checked", scope = "period", due_at = 2026-06-30T23:59:59.999999Z }, b = "violation: check_too_old", c = "violation: never_checked", f = "indeterminate: in_the_future", ends_on_the_last_instant = "violation: never_checked", ends_later = "violation: never_checked", checked_on_the_last_instant = "compliant: checked" }
[the_export_stops_before_the_next_check]
given.export_info = [{ exported_at = 2026-06-10T12:00:00Z }]
given.processors = [{ recipient_id = "a", kind = "processor", safeguards_checked_at = 2025-06-10T08:00:00Z }, { recipient_id = "b", kind = "processor", safeguards_checked_at = 2025-06-09T08:00:00Z }]
expect = { a = "indeterminate: export_ends_before_due", b = "violation: check_too_old" }
[the_export_reaches_to_the_last_instant_for_the_next_check]
given.export_tables = [{ table_name = "processors", covers_to = 2026-06-29T23:59:59.999999Z }]
given.processors = [{ recipient_id = "a", kind = "processor", safeguards_checked_at = 2025-06-29T08:00:00Z }]
expect = { a = "violation: check_too_old" }
[how_far_the_export_reaches_cannot_be_read]
given.export_tables = [{ table_name = "processors", covers_to = "soon" }, { table_name = "processors", covers_to = "later" }]
given.processors = [{ recipient_id = "a", kind = "processor", safeguards_checked_at = 2025-06-09T08:00:00Z }]
expect = { a = "indeterminate: export_ends_before_due" }
[what_else_the_export_says_of_itself_cannot_be_read]
given.export_tables = [{ table_name = "processors", row_count = "many" }, { table_name = "messages", covers_to = "soon" }]
given.processors = [{ recipient_id = "a", kind = "processor", safeguards_checked_at = 2025-06-09T08:00:00Z }]
expect = { a = "violation: check_too_old" }
[as_the_next_day_begins]
as_of = 2026-07-01T00:00:00Z
given.processors = [{ recipient_id = "a", kind = "processor", safeguards_checked_at = 2025-06-30T08:00:00Z }]
expect = { a = { verdict = "violation: check_too_old", due_at = 2026-06-30T23:59:59.999999Z, event_at = "", country = "" } }
[an_agreement_that_was_to_end_after_the_export]
given.export_tables = [{ table_name = "processors", covers_to = 2026-06-10T00:00:00Z }]
given.processors = [
    { recipient_id = "after_it", kind = "processor", dpa_signed_at = 2025-01-01T00:00:00Z, dpa_ends_at = 2026-06-10T00:00:00Z, safeguards_checked_at = 2026-01-10T08:00:00Z },
    { recipient_id = "before_it", kind = "processor", dpa_signed_at = 2025-01-01T00:00:00Z, dpa_ends_at = 2026-06-09T23:59:59Z, safeguards_checked_at = 2026-01-10T08:00:00Z },
]
expect = { after_it = "compliant: checked" }
[an_agreement_of_a_later_day]
as_of = 2026-03-31
given.export_info = [{ exported_at = 2026-06-30T00:00:00Z }]
given.processors = [
    { recipient_id = "later", kind = "processor", dpa_signed_at = 2026-05-01T08:00:00Z, safeguards_checked_at = 2026-03-01T08:00:00Z }, { recipient_id = "first_later", kind = "processor", dpa_first_signed_at = 2026-05-01T08:00:00Z, dpa_signed_at = 2026-05-01T08:00:00Z, safeguards_checked_at = 2020-03-01T08:00:00Z },
    { recipient_id = "renewed_later", kind = "processor", dpa_first_signed_at = 2025-05-01T08:00:00Z, dpa_signed_at = 2026-05-01T08:00:00Z, safeguards_checked_at = 2020-03-01T08:00:00Z }, { recipient_id = "signed_now", kind = "processor", dpa_signed_at = 2026-03-31T23:59:59.999999Z, safeguards_checked_at = 2020-03-01T08:00:00Z },
    { recipient_id = "first_now", kind = "processor", dpa_first_signed_at = 2026-03-31T23:59:59.999999Z, dpa_signed_at = 2026-03-31T23:59:59.999999Z, safeguards_checked_at = 2020-03-01T08:00:00Z },
]
expect = { later = "indeterminate: agreement_later", renewed_later = "violation: check_too_old", signed_now = "violation: check_too_old", first_now = "violation: check_too_old" }
*/
