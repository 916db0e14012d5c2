/*
id         = "people_informed_of_high_risk_breach"
title      = "People are informed of a breach that is a high risk to them"
short      = "People told of high-risk breaches"
rule       = """
A breach of the Company's own that is a high risk is told to the people concerned. The law gives no number of days ("without undue delay"): without
one, a breach that has not been told cannot be told."""
maps_to    = ["GDPR 34(1)"]
severity   = "high"
remedy     = "Tell the people concerned, in plain words, what happened"
tables.breaches = ["reported_by", "aware_at", "risk", "subjects_told_at", "our_role??", "subscriber_id?"]
parameters.days = { type = "integer", unit = "days" }
readings."within thirty days" = { days = 30 }
inject.a_microsecond_late = { breaches = { subjects_told_at = "f.due_at + interval 1 microsecond" }, parameters = { days = 30 }, where = "due_at < as_of" }
[reasons]
told             = "the people were told"
told_late        = "the people were told later than the days set"
overdue          = "the people were not told, and the days set have passed"
not_yet_due      = "the people were not told, and the days set have not passed"
no_limit         = "the people were not told, and no time is set for it"
no_start         = "the instant of becoming aware is not recorded"
risk_unknown     = "the risk to people is not recorded"
in_the_future    = "an instant lies after the instant of judgement"
ends_before_start = "told before becoming aware"
export_ends_before_due = "not told as far as the export reaches, which is not up to the end of the time"
[de]
title    = "Betroffene werden von einer Datenpanne mit hohem Risiko für sie benachrichtigt"
short    = "Betroffene von Hochrisikopannen benachrichtigt"
rule     = """
Von einer eigenen Datenpanne des Unternehmens mit hohem Risiko werden die Betroffenen benachrichtigt. Das Gesetz nennt keine Zahl von Tagen
(„unverzüglich“): Ohne eine ist eine Datenpanne nicht entscheidbar, von der noch niemand benachrichtigt wurde."""
remedy   = "Die Betroffenen in klaren Worten benachrichtigen"
readings = { "within thirty days" = "binnen dreißig Tagen" }
[de.reasons]
told             = "die Betroffenen wurden benachrichtigt"
told_late        = "die Betroffenen wurden später als gesetzt benachrichtigt"
overdue          = "die Betroffenen wurden nicht benachrichtigt, und die gesetzten Tage sind vorbei"
not_yet_due      = "die Betroffenen wurden nicht benachrichtigt, und die gesetzten Tage sind nicht vorbei"
no_limit         = "die Betroffenen wurden nicht benachrichtigt, und dafür ist keine Zeit gesetzt"
no_start         = "der Zeitpunkt des Bekanntwerdens ist nicht erfasst"
risk_unknown     = "das Risiko für Personen ist nicht erfasst"
in_the_future    = "ein Zeitpunkt liegt nach dem Stichtag"
ends_before_start = "vor dem Bekanntwerden mitgeteilt"
export_ends_before_due = "nicht mitgeteilt, soweit der Export reicht, und er reicht nicht bis zum Ende der Zeit"
*/
with scoped as (
    select *, end_of_day(aware_at::date + $days::integer) as due_at
    from breaches
    where reported_by = 'company' and our_role is distinct from 'processor' and (risk = 'high' or risk is null)
),
judged as (
    select s.*,
           case when aware_at is null then 'no_start'
                when aware_at > $as_of or subjects_told_at > $as_of then 'in_the_future'
                when subjects_told_at < aware_at then 'ends_before_start'
                when risk is null then 'risk_unknown'
                when subjects_told_at > due_at then 'told_late'
                when subjects_told_at is not null then 'told'
                when due_at is null then 'no_limit'
                when due_at >= $as_of then 'not_yet_due'
                when due_at > k.known_until then 'export_ends_before_due'
                else 'overdue' end as reason
    from scoped as s
    join known_until as k on k.table_name = 'breaches'
)
select breach_id as record_id, subscriber_id as account_id, null::varchar as country,
       coalesce(due_at, subjects_told_at, aware_at) as event_at, due_at,
       case when reason = 'told' then 'compliant'
            when reason in ('told_late', 'overdue') then 'violation'
            when reason = 'not_yet_due' then 'pending'
            else 'indeterminate' end as verdict,
       reason,
       subjects_told_at as met_at, aware_at
from judged;

/* examples
as_of = 2026-06-30
[told_or_not]
period = "2026-01"
given.breaches = [
    { breach_id = "a", reported_by = "company", risk = "high", aware_at = 2026-03-27T10:00:00Z, subjects_told_at = 2026-04-20T10:00:00Z },
    { breach_id = "b", reported_by = "company", risk = "high", aware_at = 2026-03-27T10:00:00Z },
    { breach_id = "low", reported_by = "company", risk = "risk", aware_at = 2026-03-27T10:00:00Z },
    { breach_id = "theirs", reported_by = "subscriber", risk = "high", aware_at = 2026-03-27T10:00:00Z },
    { breach_id = "as_processor", reported_by = "company", our_role = "processor", risk = "high", aware_at = 2026-03-27T10:00:00Z },
    { breach_id = "told_at_once", reported_by = "company", our_role = "controller", risk = "high", aware_at = 2026-03-27T10:00:00Z, subjects_told_at = 2026-03-27T10:00:00Z },
    { breach_id = "told_at_as_of", reported_by = "company", risk = "high", aware_at = 2026-06-30T23:59:59.999999Z, subjects_told_at = 2026-06-30T23:59:59.999999Z },
]
expect.a = { verdict = "compliant: told", scope = "later", event_at = 2026-04-20T10:00:00Z, due_at = "" }
expect.b = { verdict = "indeterminate: no_limit", event_at = 2026-03-27T10:00:00Z, due_at = "" }
expect.told_at_once = "compliant: told"
expect.told_at_as_of = "compliant: told"
[within_ten_days]
parameters = { days = 10 }
given.breaches = [
    { breach_id = "last_day", reported_by = "company", risk = "high", aware_at = 2026-03-27T10:00:00Z, subjects_told_at = 2026-04-06T23:59:59Z },
    { breach_id = "last_instant", reported_by = "company", risk = "high", aware_at = 2026-03-27T10:00:00Z, subjects_told_at = 2026-04-06T23:59:59.999999Z },
    { breach_id = "late", reported_by = "company", risk = "high", aware_at = 2026-03-27T10:00:00Z, subjects_told_at = 2026-04-07T00:00:00Z },
    { breach_id = "overdue", reported_by = "company", risk = "high", aware_at = 2026-03-27T10:00:00Z },
    { breach_id = "open", reported_by = "company", risk = "high", aware_at = 2026-06-20T10:00:00Z },
]
expect.last_instant = { verdict = "compliant: told", event_at = 2026-04-06T23:59:59.999999Z }
expect.last_day = { verdict = "compliant: told", event_at = 2026-04-06T23:59:59.999999Z, due_at = 2026-04-06T23:59:59.999999Z, met_at = 2026-04-06T23:59:59Z }
expect.late = { verdict = "violation: told_late", due_at = 2026-04-06T23:59:59.999999Z, met_at = 2026-04-07T00:00:00Z }
expect.overdue = "violation: overdue"
expect.open = { verdict = "pending: not_yet_due", due_at = 2026-06-30T23:59:59.999999Z, met_at = "" }
[the_data_cannot_tell]
given.breaches = [
    { breach_id = "a", reported_by = "company", risk = "high" },
    { breach_id = "b", reported_by = "company", aware_at = 2026-03-27T10:00:00Z },
    { breach_id = "c", reported_by = "company", risk = "high", aware_at = 2026-03-27T10:00:00Z, subjects_told_at = 2026-07-20T10:00:00Z },
    { breach_id = "d", reported_by = "company", risk = "high", aware_at = 2026-03-27T10:00:00Z, subjects_told_at = 2026-03-20T10:00:00Z },
    { breach_id = "aware_later", reported_by = "company", risk = "high", aware_at = 2026-07-01T00:00:00Z },
]
expect.a = "indeterminate: no_start"
expect.b = "indeterminate: risk_unknown"
expect.c = "indeterminate: in_the_future"
expect.d = "indeterminate: ends_before_start"
expect.aware_later = "indeterminate: in_the_future"
[the_export_stops_before_the_time_is_over]
parameters = { days = 10 }
given.export_info = [{ exported_at = 2026-06-10T00:00:00Z }]
given.breaches = [{ breach_id = "a", reported_by = "company", risk = "high", aware_at = 2026-06-09T10:00:00Z }]
expect = { a = "indeterminate: export_ends_before_due" }
[the_export_stops_as_the_time_is_over]
parameters = { days = 10 }
given.export_info = [{ exported_at = 2026-06-10T23:59:59.999999Z }]
given.breaches = [{ breach_id = "a", reported_by = "company", risk = "high", aware_at = 2026-05-31T10:00:00Z }]
expect = { a = "violation: overdue" }
*/
