/*
id         = "subprocessor_announced_in_advance"
title      = "Subprocessors are announced {days} days before they are used"
short      = "Subprocessors announced {days} days ahead"
rule       = """
Those whom it concerns are told of a subprocessor at the latest on the day that lies {days} days before it begins to receive data, so that they can
object. The time runs from the end of the day of the notice, in the organisation's time zone. A company that holds the data for itself may promise
this of its own processors: `kinds` says of which recipients."""
maps_to    = ["GDPR 28(2)"]
severity   = "medium"
remedy     = "Announce subprocessors before they are used, and let those object who were told late"
tables.processors = ["kind", "starts_at", "announced_at", "country?"]
parameters.days = { default = 30, unit = "days" }
parameters.kinds = { default = ["subprocessor"], words = ["processor", "subprocessor"] }
inject.told_a_second_late = { processors = { announced_at = "f.due_at + interval 1 microsecond" }, where = "due_at < as_of" }
[reasons]
in_time       = "announced in time"
late          = "announced later, or after it was used"
not_told      = "not announced, and the day for it has passed"
not_yet_due   = "not announced, and there is time left"
kind_unknown  = "in what capacity the recipient receives data is not recorded"
no_start      = "when it begins to receive data is not recorded"
in_the_future = "announced after the instant of judgement"
export_ends_before_due = "not announced as far as the export reaches, which is not up to the last day for it"
[de]
title    = "Unterauftragsverarbeiter werden {days} Tage vor ihrem Einsatz angekündigt"
short    = "Unterauftragsverarbeiter {days} Tage vorher angekündigt"
rule     = """
Wen es angeht, der erfährt von einem Unterauftragsverarbeiter spätestens an dem Tag, der {days} Tage vor dem liegt, ab dem dieser Daten erhält, um
widersprechen zu können. Die Zeit läuft ab dem Ende des Tages der Ankündigung, in der Zeitzone der Organisation. Ein Unternehmen, das die Daten für
sich selbst führt, kann das für seine eigenen Auftragsverarbeiter zusagen: `kinds` sagt, für welche Empfänger."""
remedy   = "Unterauftragsverarbeiter vorab ankündigen und zu spät Unterrichtete widersprechen lassen"
[de.reasons]
in_time       = "rechtzeitig angekündigt"
late          = "später oder erst nach dem Einsatz angekündigt"
not_told      = "nicht angekündigt, und der Tag dafür ist vorbei"
not_yet_due   = "nicht angekündigt, und es ist noch Zeit"
kind_unknown  = "in welcher Eigenschaft der Empfänger Daten erhält, ist nicht erfasst"
no_start      = "ab wann er Daten erhält, ist nicht erfasst"
in_the_future = "angekündigt wurde nach dem Stichtag"
export_ends_before_due = "nicht angekündigt, soweit der Export reicht, und er reicht nicht bis zum letzten Tag dafür"
*/
with register as (
    select recipient_id, min(kind) as kind, min(country) as country, min(starts_at) as starts_at, min(announced_at) as announced_at
    from processors
    where kind in $kinds or kind is null
    group by recipient_id
),
dated as (
    select *, end_of_day(starts_at::date - $days::integer) as due_at from register
),
judged as (
    select d.*,
           case when kind is null then 'kind_unknown'
                when announced_at > $as_of then 'in_the_future'
                when starts_at is null then 'no_start'
                when announced_at <= due_at then 'in_time'
                when announced_at is not null then 'late'
                when due_at >= $as_of then 'not_yet_due'
                when due_at > k.known_until then 'export_ends_before_due'
                else 'not_told' end as reason
    from dated as d
    join known_until as k on k.table_name = 'processors'
)
select recipient_id as record_id, null::varchar as account_id, country, due_at as event_at, due_at,
       case when reason = 'in_time' then 'compliant'
            when reason in ('late', 'not_told') then 'violation'
            when reason = 'not_yet_due' then 'pending'
            else 'indeterminate' end as verdict,
       reason,
       announced_at as met_at, starts_at
from judged;

/* examples
as_of = 2026-06-30
parameters = { days = 14 }
[told_on_the_last_day_and_after_it]
period = "2026-01"
given.processors = [
    { recipient_id = "in_time", kind = "subprocessor", starts_at = 2026-03-15T09:00:00Z, announced_at = 2026-03-01T23:59:59.999999Z },
    { recipient_id = "late", kind = "subprocessor", starts_at = 2026-03-15T09:00:00Z, announced_at = 2026-03-02T00:00:00Z },
    { recipient_id = "on_the_last_instant", kind = "subprocessor", starts_at = 2026-09-15T09:00:00Z, announced_at = 2026-06-30T23:59:59.999999Z },
    { recipient_id = "after", kind = "subprocessor", starts_at = 2026-03-15T09:00:00Z, announced_at = 2026-04-01T00:00:00Z },
    { recipient_id = "never", kind = "subprocessor", starts_at = 2026-03-15T09:00:00Z },
]
expect.in_time = { verdict = "compliant: in_time", scope = "later", due_at = 2026-03-01T23:59:59.999999Z, event_at = 2026-03-01T23:59:59.999999Z, met_at = 2026-03-01T23:59:59.999999Z }
expect.late = { verdict = "violation: late", due_at = 2026-03-01T23:59:59.999999Z, met_at = 2026-03-02T00:00:00Z }
expect.on_the_last_instant = "compliant: in_time"
expect.after = "violation: late"
expect.never = "violation: not_told"
[not_a_subprocessor]
given.processors = [
    { recipient_id = "p", kind = "processor", starts_at = 2026-03-15T09:00:00Z },
    { recipient_id = "somebody", starts_at = 2026-03-15T09:00:00Z, announced_at = 2026-03-01T00:00:00Z },
]
expect = { somebody = "indeterminate: kind_unknown" }
[of_processors_as_well]
parameters = { days = 14, kinds = ["processor", "subprocessor"] }
given.processors = [
    { recipient_id = "p", kind = "processor", starts_at = 2026-03-15T09:00:00Z, announced_at = 2026-03-02T00:00:00Z },
    { recipient_id = "s", kind = "subprocessor", starts_at = 2026-03-15T09:00:00Z, announced_at = 2026-03-01T23:59:59.999999Z },
    { recipient_id = "a", kind = "authority", starts_at = 2026-03-15T09:00:00Z },
]
expect = { p = "violation: late", s = "compliant: in_time" }
[there_is_time_left]
given.processors = [
    { recipient_id = "today", kind = "subprocessor", starts_at = 2026-07-14T09:00:00Z },
    { recipient_id = "yesterday", kind = "subprocessor", starts_at = 2026-07-13T09:00:00Z },
]
expect = { today = "pending: not_yet_due", yesterday = "violation: not_told" }
[the_data_cannot_tell]
given.processors = [
    { recipient_id = "no_start", kind = "subprocessor", announced_at = 2026-03-01T00:00:00Z },
    { recipient_id = "future", kind = "subprocessor", starts_at = 2026-08-15T09:00:00Z, announced_at = 2026-07-01T00:00:00Z },
]
expect = { no_start = "indeterminate: no_start", future = "indeterminate: in_the_future" }
[the_export_stops_before_the_day]
given.export_info = [{ exported_at = 2026-06-10T00:00:00Z }]
given.processors = [{ recipient_id = "a", kind = "subprocessor", starts_at = 2026-06-26T09:00:00Z }]
expect = { a = "indeterminate: export_ends_before_due" }
[the_export_reaches_to_the_last_instant_for_it]
given.export_tables = [{ table_name = "processors", covers_to = 2026-06-12T23:59:59.999999Z }]
given.processors = [{ recipient_id = "a", kind = "subprocessor", starts_at = 2026-06-26T09:00:00Z }]
expect = { a = "violation: not_told" }
[no_days_ahead_are_the_same_day]
parameters = { days = 0 }
given.processors = [
    { recipient_id = "same_day", kind = "subprocessor", starts_at = 2026-03-15T09:00:00Z, announced_at = 2026-03-15T20:00:00Z },
    { recipient_id = "next_day", kind = "subprocessor", starts_at = 2026-03-15T09:00:00Z, announced_at = 2026-03-16T00:00:00Z },
]
expect = { same_day = "compliant: in_time", next_day = "violation: late" }
[equivalent]
"register: min(kind) → max(kind)" = "recipient_id is the key: two rows that differ make each finding of theirs indeterminate"
"register: min(country) → max(country)" = "recipient_id is the key: two rows that differ make each finding of theirs indeterminate"
"register: min(starts_at) → max(starts_at)" = "recipient_id is the key: two rows that differ make each finding of theirs indeterminate"
"register: min(announced_at) → max(announced_at)" = "recipient_id is the key: two rows that differ make each finding of theirs indeterminate"
*/
