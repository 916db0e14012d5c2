/*
id         = "authority_notified_in_time"
title      = "The authority is informed of a breach within the time that the law gives"
short      = "Authority told of breaches in time"
rule       = """
A breach of the Company's own that is a risk to people is reported to the authority within {hours} hours of becoming aware of it, from instant to
instant, weekends included. (Regulation 1182/71 Art. 3(1) does not count the hour in which one becomes aware: whether it governs this time is not
settled, so that is another reading, of up to an hour more, to the last instant of the last hour.) Of what it became aware of before that law was in
force nobody can tell. A later report is kept only with the reasons for the delay; they do not excuse a promise of less time than the
law's. Where a policy names no number, the 72 hours are the law's. Breaches without risk need no report; those in which the Company is a processor
are reported to the controller instead."""
maps_to    = ["GDPR 33(1)"]
severity   = "high"
remedy     = "Report what was not reported, with the reasons for the delay"
tables.breaches = ["reported_by", "aware_at", "risk", "authority_told_at", "delay_reason??", "our_role??", "subscriber_id?"]
parameters.hours = { default = 72, unit = "hours" }
parameters.first_hour = { default = "counted", words = ["counted", "not counted"] }
readings."the hour of the event not counted" = { first_hour = "not counted" }
inject.a_microsecond_late = { breaches = { authority_told_at = "f.due_at + interval 1 microsecond", delay_reason = "null" }, where = "due_at < as_of" }
[reasons]
in_time          = "reported in time"
late_with_reason = "reported later, with the reasons for the delay"
late             = "reported later, without a reason that excuses it"
overdue          = "not reported, and the time is over"
not_yet_due      = "not reported, and the time is not over"
before_the_law   = "became aware of before the law that asks for a report was in force"
no_start         = "the instant of becoming aware is not recorded"
risk_unknown     = "the risk to people is not recorded"
in_the_future    = "an instant lies after the instant of judgement"
ends_before_start = "reported before becoming aware"
export_ends_before_due = "not reported as far as the export reaches, which is not up to the end of the time"
[de]
title    = "Die Aufsichtsbehörde wird von einer Datenpanne in der Zeit unterrichtet, die das Gesetz gibt"
short    = "Datenpannen rechtzeitig gemeldet"
rule     = """
Eine eigene Datenpanne des Unternehmens, die ein Risiko für Personen ist, wird der Aufsichtsbehörde binnen {hours} Stunden nach ihrem Bekanntwerden
gemeldet, von Zeitpunkt zu Zeitpunkt, Wochenenden eingeschlossen. (Art. 3 Abs. 1 der Verordnung 1182/71 zählt die Stunde nicht mit, in der sie
bekannt wird: Ob das für diese Zeit gilt, ist nicht geklärt, also ist es eine andere Lesart, von bis zu einer Stunde mehr, bis zum letzten Zeitpunkt
der letzten Stunde.) Was bekannt wurde, bevor dieses Gesetz in Kraft war, ist nicht entscheidbar. Eine spätere Meldung ist nur mit den Gründen der
Verzögerung eingehalten; eine zugesagte kürzere Zeit als die des Gesetzes entschuldigen sie nicht. Wo eine Datenschutzerklärung keine Zahl nennt,
sind die 72 Stunden die des Gesetzes. Datenpannen ohne Risiko sind nicht zu melden; solche, in denen das Unternehmen Auftragsverarbeiter ist, werden
stattdessen dem Verantwortlichen gemeldet."""
remedy   = "Nachmelden, was nicht gemeldet wurde, mit den Gründen der Verzögerung"
readings = { "the hour of the event not counted" = "die Stunde des Ereignisses nicht gezählt" }
[de.reasons]
in_time          = "rechtzeitig gemeldet"
late_with_reason = "später gemeldet, mit den Gründen der Verzögerung"
late             = "später gemeldet, ohne Grund, der das entschuldigt"
overdue          = "nicht gemeldet, und die Zeit ist vorbei"
not_yet_due      = "nicht gemeldet, und die Zeit ist nicht vorbei"
before_the_law   = "bekannt geworden, bevor das Gesetz in Kraft war, das eine Meldung verlangt"
no_start         = "der Zeitpunkt des Bekanntwerdens ist nicht erfasst"
risk_unknown     = "das Risiko für Personen ist nicht erfasst"
in_the_future    = "ein Zeitpunkt liegt nach dem Stichtag"
ends_before_start = "vor dem Bekanntwerden gemeldet"
export_ends_before_due = "nicht gemeldet, soweit der Export reicht, und er reicht nicht bis zum Ende der Zeit"
*/
with law as (
    select min(valid_from) as first_day, max(value) as hours from deadlines where rule_set = 'breach_authority' and jurisdiction = 'EEA'
),
scoped as (
    select *,
           case $first_hour when 'counted' then aware_at + to_hours($hours::integer)
                -- In the night in which an hour comes twice it begins with the second of them, which may lie ahead.
                else date_trunc('hour', aware_at) + to_hours($hours::integer + case when date_trunc('hour', aware_at) > aware_at then 0 else 1 end)
                     - interval 1 microsecond end as due_at
    from breaches
    where reported_by = 'company' and our_role is distinct from 'processor' and risk is distinct from 'none'
),
judged as (
    select s.*,
           case when aware_at is null then 'no_start'
                when aware_at > $as_of or authority_told_at > $as_of then 'in_the_future'
                when authority_told_at < aware_at then 'ends_before_start'
                when aware_at::date < l.first_day then 'before_the_law'
                when risk is null then 'risk_unknown'
                when authority_told_at <= due_at then 'in_time'
                when authority_told_at is not null and delay_reason is not null and $hours >= l.hours then 'late_with_reason'
                when authority_told_at is not null then 'late'
                when due_at >= $as_of then 'not_yet_due'
                when due_at > k.known_until then 'export_ends_before_due'
                else 'overdue' end as reason
    from scoped as s
    cross join law as l
    join known_until as k on k.table_name = 'breaches'
)
select breach_id as record_id, subscriber_id as account_id, null::varchar as country, coalesce(due_at, authority_told_at) as event_at, due_at,
       case when reason in ('in_time', 'late_with_reason') then 'compliant'
            when reason in ('late', 'overdue') then 'violation'
            when reason = 'not_yet_due' then 'pending'
            else 'indeterminate' end as verdict,
       reason,
       authority_told_at as met_at, aware_at, risk
from judged;

/* examples
as_of = 2026-06-30
[seventy_two_hours_to_the_second]
period = "2026-01"
given.breaches = [
    { breach_id = "a", reported_by = "company", risk = "risk", aware_at = 2026-03-27T10:00:00Z, authority_told_at = 2026-03-30T10:00:00Z },
    { breach_id = "b", reported_by = "company", risk = "high", aware_at = 2026-03-27T10:00:00Z, authority_told_at = 2026-03-30T10:00:01Z },
    { breach_id = "c", reported_by = "company", risk = "high", aware_at = 2026-03-27T10:00:00Z, authority_told_at = 2026-04-02T10:00:00Z, delay_reason = "forensics" },
    { breach_id = "untold", reported_by = "company", risk = "high", aware_at = 2026-03-27T10:00:00Z },
    { breach_id = "fresh", reported_by = "company", risk = "high", aware_at = 2026-06-29T10:00:00Z },
]
expect.a = { verdict = "compliant: in_time", scope = "later", due_at = 2026-03-30T10:00:00Z, met_at = 2026-03-30T10:00:00Z }
expect.b = { verdict = "violation: late", event_at = 2026-03-30T10:00:00Z, due_at = 2026-03-30T10:00:00Z, met_at = 2026-03-30T10:00:01Z }
expect.c = "compliant: late_with_reason"
expect.untold = "violation: overdue"
expect.fresh = "pending: not_yet_due"
[no_such_duty]
given.breaches = [
    { breach_id = "harmless", reported_by = "company", risk = "none", aware_at = 2026-03-27T10:00:00Z },
    { breach_id = "theirs", reported_by = "subscriber", risk = "high", aware_at = 2026-03-27T10:00:00Z },
    { breach_id = "processor", reported_by = "company", our_role = "processor", risk = "high", aware_at = 2026-03-27T10:00:00Z },
]
expect = {}
[the_data_cannot_tell]
given.breaches = [
    { breach_id = "a", reported_by = "company", risk = "high", authority_told_at = 2026-03-30T10:00:00Z },
    { breach_id = "b", reported_by = "company", aware_at = 2026-03-27T10:00:00Z, authority_told_at = 2026-03-30T10:00:00Z },
    { breach_id = "c", reported_by = "company", risk = "high", aware_at = 2026-03-27T10:00:00Z, authority_told_at = 2026-07-30T10:00:00Z },
    { breach_id = "d", reported_by = "company", risk = "high", aware_at = 2026-03-27T10:00:00Z, authority_told_at = 2026-03-26T10:00:00Z },
]
expect.a = { verdict = "indeterminate: no_start", event_at = 2026-03-30T10:00:00Z, due_at = "" }
expect.b = { verdict = "indeterminate: risk_unknown", due_at = 2026-03-30T10:00:00Z, met_at = 2026-03-30T10:00:00Z }
expect.c = "indeterminate: in_the_future"
expect.d = "indeterminate: ends_before_start"
[nothing_is_judged_by_a_law_of_a_later_day]
given.breaches = [
    { breach_id = "before", reported_by = "company", risk = "high", aware_at = 2018-05-24T23:00:00Z },
    { breach_id = "first_day", reported_by = "company", risk = "high", aware_at = 2018-05-25T00:00:00Z },
]
expect = { before = "indeterminate: before_the_law", first_day = "violation: overdue" }
[to_the_instant]
as_of = 2026-06-30T10:00:00Z
given.export_info = [{ exported_at = 2026-07-31T00:00:00Z }]
given.breaches = [
    { breach_id = "told_at_once", reported_by = "company", risk = "high", aware_at = 2026-06-30T10:00:00Z, authority_told_at = 2026-06-30T10:00:00Z },
    { breach_id = "aware_later", reported_by = "company", risk = "high", aware_at = 2026-06-30T10:00:00.000001Z },
    { breach_id = "told_later", reported_by = "company", risk = "high", aware_at = 2026-06-27T10:00:00Z, authority_told_at = 2026-06-30T10:00:00.000001Z },
    { breach_id = "due_now", reported_by = "company", risk = "high", aware_at = 2026-06-27T10:00:00Z },
    { breach_id = "just_over", reported_by = "company", risk = "high", aware_at = 2026-06-27T09:59:59.999999Z, delay_reason = "forensics" },
]
expect.told_at_once = "compliant: in_time"
expect.aware_later = "indeterminate: in_the_future"
expect.told_later = "indeterminate: in_the_future"
expect.due_now = { verdict = "pending: not_yet_due", due_at = 2026-06-30T10:00:00Z }
expect.just_over = { verdict = "violation: overdue", due_at = 2026-06-30T09:59:59.999999Z }
[the_export_stops_before_the_time_is_over]
given.export_info = [{ exported_at = 2026-06-10T00:00:00Z }]
given.breaches = [
    { breach_id = "a", reported_by = "company", risk = "high", aware_at = 2026-06-09T10:00:00Z },
    { breach_id = "due_as_it_stops", reported_by = "company", risk = "high", aware_at = 2026-06-07T00:00:00Z },
]
expect = { a = "indeterminate: export_ends_before_due", due_as_it_stops = "violation: overdue" }
[the_hour_of_the_event_not_counted]
parameters = { first_hour = "not counted" }
given.breaches = [
    { breach_id = "a", reported_by = "company", risk = "risk", aware_at = 2026-03-03T10:20:00Z, authority_told_at = 2026-03-06T10:59:59Z },
    { breach_id = "b", reported_by = "company", risk = "risk", aware_at = 2026-03-03T10:20:00Z, authority_told_at = 2026-03-06T11:00:00Z },
    { breach_id = "on_the_hour", reported_by = "company", risk = "risk", aware_at = 2026-03-03T10:00:00Z, authority_told_at = 2026-03-06T11:00:00Z },
]
expect = { a = { verdict = "compliant: in_time", due_at = 2026-03-06T10:59:59.999999Z, met_at = 2026-03-06T10:59:59Z }, b = { verdict = "violation: late", due_at = 2026-03-06T10:59:59.999999Z, met_at = 2026-03-06T11:00:00Z }, on_the_hour = { verdict = "violation: late", due_at = 2026-03-06T10:59:59.999999Z, met_at = 2026-03-06T11:00:00Z } }
[the_hour_that_comes_twice]
as_of = 2026-11-30
parameters = { first_hour = "not counted" }
given.export_info = [{ timezone = "Europe/Berlin" }]
given.breaches = [
    { breach_id = "in_the_first", reported_by = "company", risk = "risk", aware_at = 2026-10-25T00:20:00Z, authority_told_at = 2026-10-28T00:59:59.999999Z },
    { breach_id = "as_it_ends", reported_by = "company", risk = "risk", aware_at = 2026-10-25T00:20:00Z, authority_told_at = 2026-10-28T01:00:00Z },
    { breach_id = "as_it_begins", reported_by = "company", risk = "risk", aware_at = 2026-10-25T00:00:00Z, authority_told_at = 2026-10-28T01:00:00Z },
    { breach_id = "in_the_second", reported_by = "company", risk = "risk", aware_at = 2026-10-25T01:20:00Z, authority_told_at = 2026-10-28T01:59:59.999999Z },
    { breach_id = "as_that_begins", reported_by = "company", risk = "risk", aware_at = 2026-10-25T01:00:00Z, authority_told_at = 2026-10-28T02:00:00Z },
]
expect.in_the_first = { verdict = "compliant: in_time", due_at = 2026-10-28T00:59:59.999999Z }
expect.as_it_ends = { verdict = "violation: late", due_at = 2026-10-28T00:59:59.999999Z }
expect.as_it_begins = { verdict = "violation: late", due_at = 2026-10-28T00:59:59.999999Z }
expect.in_the_second = { verdict = "compliant: in_time", due_at = 2026-10-28T01:59:59.999999Z }
expect.as_that_begins = { verdict = "violation: late", due_at = 2026-10-28T01:59:59.999999Z }
[a_promise_of_less_time_than_the_laws_is_excused_by_no_reason]
parameters = { hours = 71 }
given.breaches = [
    { breach_id = "a", reported_by = "company", risk = "high", aware_at = 2026-03-27T10:00:00Z, authority_told_at = 2026-03-30T09:00:00Z },
    { breach_id = "b", reported_by = "company", risk = "high", aware_at = 2026-03-27T10:00:00Z, authority_told_at = 2026-03-30T09:00:01Z, delay_reason = "forensics" },
]
expect = { a = "compliant: in_time", b = "violation: late" }
[equivalent]
"law: min(valid_from) → max(valid_from)" = "our facts of law have one such row"
"law: max(value) → min(value)" = "our facts of law have one such row"
"law: rule_set = 'breach_authority' and jurisdiction = 'EEA' → (rule_set = 'breach_authority' or jurisdiction = 'EEA')" = "by our facts of law no such rule begins earlier, and none has a greater number"
"law: rule_set = 'breach_authority' → true" = "by our facts of law no rule of the EEA begins earlier, and none has a greater number"
"law: jurisdiction = 'EEA' → true" = "by our facts of law no such rule begins earlier, and none has a greater number"
"law: jurisdiction = 'EEA' → jurisdiction <> 'EEA'" = "by our facts of law no such rule begins earlier, and none has a greater number"
*/
