/*
id         = "subscriber_informed_of_breach"
title      = "Subscribers are informed of breaches in which the Company is their processor"
short      = "Subscribers told of our breaches"
rule       = """
A breach of the Company's own in which it is a processor is told to the subscriber. The law gives no number of hours (without undue delay): without
one, one that was not told cannot be told."""
maps_to    = ["GDPR 33(2)"]
severity   = "high"
remedy     = "Tell those for whom the data is processed, with what is known"
tables.breaches = ["reported_by", "our_role", "aware_at", "subscriber_told_at", "subscriber_id?", "risk?"]
parameters.hours = { type = "integer", unit = "hours" }
readings."within 72 hours" = { hours = 72 }
inject.a_microsecond_late = { breaches = { subscriber_told_at = "f.due_at + interval 1 microsecond" }, parameters = { hours = 72 }, where = "due_at < as_of" }
[reasons]
told                   = "told to the subscriber"
late                   = "told later than the hours set"
overdue                = "not told, and the hours set are over"
not_yet_due            = "not told, and the hours set are not over"
no_limit               = "not told, and nobody gives a number of hours"
no_start               = "the instant of becoming aware is not recorded"
in_the_future          = "an instant lies after the instant of judgement"
ends_before_start      = "told before the Company was aware of it"
export_ends_before_due = "not told as far as the export reaches, which is not up to the end of the time"
[de]
title    = "Abonnenten werden von Datenpannen unterrichtet, in denen das Unternehmen ihr Auftragsverarbeiter ist"
short    = "Abonnenten von unseren Pannen unterrichtet"
rule     = """
Von einer eigenen Datenpanne des Unternehmens, in der es Auftragsverarbeiter ist, wird der Abonnent unterrichtet. Das Gesetz nennt keine Zahl von
Stunden („unverzüglich“): Ohne eine ist eine nicht mitgeteilte Datenpanne nicht entscheidbar."""
remedy   = "Den Auftraggebern mitteilen, was bekannt ist"
readings = { "within 72 hours" = "binnen 72 Stunden" }
[de.reasons]
told                   = "dem Abonnenten mitgeteilt"
late                   = "später als gesetzt mitgeteilt"
overdue                = "nicht mitgeteilt, und die gesetzten Stunden sind vorbei"
not_yet_due            = "nicht mitgeteilt, und die gesetzten Stunden sind nicht vorbei"
no_limit               = "nicht mitgeteilt, und niemand nennt eine Zahl von Stunden"
no_start               = "der Zeitpunkt des Bekanntwerdens ist nicht erfasst"
in_the_future          = "ein Zeitpunkt liegt nach dem Stichtag"
ends_before_start      = "mitgeteilt, bevor es dem Unternehmen bekannt war"
export_ends_before_due = "nicht mitgeteilt, soweit der Export reicht, und er reicht nicht bis zum Ende der Zeit"
*/
with scoped as (
    select b.*, b.aware_at + to_hours($hours::integer) as due_at, k.known_until
    from breaches as b
    join known_until as k on k.table_name = 'breaches'
    where b.reported_by = 'company' and b.our_role = 'processor'
),
judged as (
    select *,
           case when aware_at is null then 'no_start'
                when aware_at > $as_of or subscriber_told_at > $as_of then 'in_the_future'
                when subscriber_told_at < aware_at then 'ends_before_start'
                when subscriber_told_at > due_at then 'late'
                when subscriber_told_at is not null then 'told'
                when due_at is null then 'no_limit'
                when due_at >= $as_of then 'not_yet_due'
                when due_at > known_until then 'export_ends_before_due'
                else 'overdue' end as reason
    from scoped
)
select breach_id as record_id, subscriber_id as account_id, null::varchar as country, coalesce(due_at, subscriber_told_at, aware_at) as event_at, due_at,
       case when reason = 'told' then 'compliant'
            when reason in ('late', 'overdue') then 'violation'
            when reason = 'not_yet_due' then 'pending'
            else 'indeterminate' end as verdict,
       reason,
       subscriber_told_at as met_at, aware_at, risk
from judged;

/* examples
as_of = 2026-06-30
[no_number_of_hours]
period = "2026-01"
given.breaches = [
    { breach_id = "a", reported_by = "company", our_role = "processor", aware_at = 2026-03-01T10:00:00Z, subscriber_told_at = 2026-04-01T10:00:00Z }, { breach_id = "b", reported_by = "company", our_role = "processor", aware_at = 2026-03-01T10:00:00Z },
    { breach_id = "c", reported_by = "company", our_role = "processor" }, { breach_id = "d", reported_by = "company", our_role = "processor", aware_at = 2026-07-01T10:00:00Z }, { breach_id = "e", reported_by = "company", our_role = "controller", aware_at = 2026-03-01T10:00:00Z },
    { breach_id = "f", reported_by = "company", our_role = "processor", aware_at = 2026-03-01T10:00:00Z, subscriber_told_at = 2026-03-01T09:59:59Z }, { breach_id = "g", reported_by = "company", our_role = "processor", aware_at = 2026-03-01T10:00:00Z, subscriber_told_at = 2026-03-01T10:00:00Z },
    { breach_id = "theirs", reported_by = "subscriber", our_role = "processor", aware_at = 2026-03-01T10:00:00Z },
]
expect = { a = { verdict = "compliant: told", scope = "later", event_at = 2026-04-01T10:00:00Z, due_at = "" }, b = { verdict = "indeterminate: no_limit", event_at = 2026-03-01T10:00:00Z, due_at = "" }, c = "indeterminate: no_start", d = "indeterminate: in_the_future", f = "indeterminate: ends_before_start", g = "compliant: told" }
[hours_set]
parameters = { hours = 24 }
given.breaches = [
    { breach_id = "a", reported_by = "company", our_role = "processor", aware_at = 2026-03-01T10:00:00Z, subscriber_told_at = 2026-03-02T10:00:00Z }, { breach_id = "b", reported_by = "company", our_role = "processor", aware_at = 2026-03-01T10:00:00Z, subscriber_told_at = 2026-03-02T10:00:01Z },
    { breach_id = "c", reported_by = "company", our_role = "processor", aware_at = 2026-03-01T10:00:00Z }, { breach_id = "d", reported_by = "company", our_role = "processor", aware_at = 2026-06-30T10:00:00Z },
]
expect = { a = { verdict = "compliant: told", due_at = 2026-03-02T10:00:00Z, met_at = 2026-03-02T10:00:00Z }, b = { verdict = "violation: late", due_at = 2026-03-02T10:00:00Z, met_at = 2026-03-02T10:00:01Z }, c = { verdict = "violation: overdue", event_at = 2026-03-02T10:00:00Z }, d = "pending: not_yet_due" }
[to_the_instant]
as_of = 2026-06-30T10:00:00Z
parameters = { hours = 24 }
given.export_info = [{ exported_at = 2026-07-31T00:00:00Z }]
given.breaches = [
    { breach_id = "told_at_once", reported_by = "company", our_role = "processor", aware_at = 2026-06-30T10:00:00Z, subscriber_told_at = 2026-06-30T10:00:00Z },
    { breach_id = "aware_later", reported_by = "company", our_role = "processor", aware_at = 2026-06-30T10:00:00.000001Z },
    { breach_id = "told_later", reported_by = "company", our_role = "processor", aware_at = 2026-06-29T10:00:00Z, subscriber_told_at = 2026-06-30T10:00:00.000001Z },
    { breach_id = "due_now", reported_by = "company", our_role = "processor", aware_at = 2026-06-29T10:00:00Z },
    { breach_id = "just_over", reported_by = "company", our_role = "processor", aware_at = 2026-06-29T09:59:59.999999Z },
]
expect.told_at_once = "compliant: told"
expect.aware_later = "indeterminate: in_the_future"
expect.told_later = "indeterminate: in_the_future"
expect.due_now = { verdict = "pending: not_yet_due", due_at = 2026-06-30T10:00:00Z }
expect.just_over = { verdict = "violation: overdue", due_at = 2026-06-30T09:59:59.999999Z }
[an_export_that_ends_early]
parameters = { hours = 24 }
given.export_tables = [{ table_name = "breaches", covers_to = 2026-03-01T12:00:00Z }]
given.breaches = [{ breach_id = "c", reported_by = "company", our_role = "processor", aware_at = 2026-03-01T10:00:00Z }, { breach_id = "due_as_it_ends", reported_by = "company", our_role = "processor", aware_at = 2026-02-28T12:00:00Z }]
expect = { c = "indeterminate: export_ends_before_due", due_as_it_ends = "violation: overdue" }
*/
