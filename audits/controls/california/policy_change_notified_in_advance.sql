/*
id         = "policy_change_notified_in_advance"
title      = "A change in sharing for direct marketing is told to people in advance"
short      = "Changes in sharing told beforehand"
rule       = """
A change of the practice on sharing data for direct marketing was told before it applied; on the instant itself is too late."""
maps_to    = ["CCPA 1798.100(a)(1)"]
severity   = "medium"
remedy     = "Announce changes in sharing before they apply"
tables.practice_changes = ["effective_at", "told_at", "topic"]
exact.practice_changes = ["told_at"]
inject.told_on_the_day_itself = { practice_changes = { told_at = "effective_at" }, where = "event_at <= as_of" }
[reasons]
told_in_advance = "told before it applied"
told_too_late   = "told when it applied already, or later"
not_told        = "never told, and it applies"
not_yet_due     = "not told, and it does not apply yet"
no_instant      = "from when it applies is not recorded"
export_ends_before_due = "not told as far as the export reaches, which is not up to when it applies"
[de]
title    = "Eine Änderung der Weitergabe für Direktwerbung wird vorab mitgeteilt"
short    = "Änderungen der Weitergabe vorab mitgeteilt"
rule     = """
Eine Änderung der Praxis, Daten für Direktwerbung weiterzugeben, wurde mitgeteilt, bevor sie galt; im selben Zeitpunkt mitgeteilt, ist es zu spät."""
remedy   = "Änderungen der Weitergabe ankündigen, bevor sie gelten"
[de.reasons]
told_in_advance = "mitgeteilt, bevor sie galt"
told_too_late   = "erst mitgeteilt, als sie schon galt"
not_told        = "nie mitgeteilt, und sie gilt"
not_yet_due     = "nicht mitgeteilt, und sie gilt noch nicht"
no_instant      = "ab wann sie gilt, ist nicht erfasst"
export_ends_before_due = "nicht mitgeteilt, soweit der Export reicht, und er reicht nicht bis zum Beginn ihrer Geltung"
*/
with judged as (
    select c.*,
           case when told_at < effective_at and told_at <= $as_of then 'told_in_advance'
                when effective_at is null then 'no_instant'
                when effective_at > $as_of then 'not_yet_due'
                when told_at <= $as_of then 'told_too_late'
                when effective_at > k.known_until then 'export_ends_before_due'
                else 'not_told' end as reason
    from practice_changes as c
    join known_until as k on k.table_name = 'practice_changes'
    where topic = 'ca_marketing'
)
select change_id as record_id, null::varchar as account_id, null::varchar as country, effective_at as event_at, effective_at as due_at,
       case when reason = 'told_in_advance' then 'compliant'
            when reason in ('told_too_late', 'not_told') then 'violation'
            when reason = 'not_yet_due' then 'pending'
            else 'indeterminate' end as verdict,
       reason,
       told_at as met_at, topic
from judged;

/* examples
as_of = 2026-06-30
[strictly_before]
period = "2026-01"
given.practice_changes = [
    { change_id = "a", topic = "ca_marketing", effective_at = 2026-03-01T00:00:00Z, told_at = 2026-02-28T23:59:59Z }, { change_id = "b", topic = "ca_marketing", effective_at = 2026-03-01T00:00:00Z, told_at = 2026-03-01T00:00:00Z },
    { change_id = "c", topic = "ca_marketing", effective_at = 2026-03-01T00:00:00Z }, { change_id = "d", topic = "ca_marketing", effective_at = 2026-08-01T00:00:00Z },
    { change_id = "e", topic = "ca_marketing" }, { change_id = "other", topic = "cookies", effective_at = 2026-03-01T00:00:00Z }, { change_id = "just_after", topic = "ca_marketing", effective_at = 2026-03-01T00:00:00Z, told_at = 2026-03-01T00:00:00.000001Z },
    { change_id = "told_now", topic = "ca_marketing", effective_at = 2026-08-01T00:00:00Z, told_at = 2026-06-30T23:59:59.999999Z }, { change_id = "applies_now", topic = "ca_marketing", effective_at = 2026-06-30T23:59:59.999999Z },
    { change_id = "late_now", topic = "ca_marketing", effective_at = 2026-06-01T00:00:00Z, told_at = 2026-06-30T23:59:59.999999Z },
]
expect = { a = { verdict = "compliant: told_in_advance", event_at = 2026-03-01T00:00:00Z, scope = "later", due_at = 2026-03-01T00:00:00Z, met_at = 2026-02-28T23:59:59Z }, b = { verdict = "violation: told_too_late", due_at = 2026-03-01T00:00:00Z, met_at = 2026-03-01T00:00:00Z }, c = "violation: not_told", d = "pending: not_yet_due", e = "indeterminate: no_instant", just_after = { verdict = "violation: told_too_late", due_at = 2026-03-01T00:00:00Z, met_at = 2026-03-01T00:00:00.000001Z }, told_now = "compliant: told_in_advance", applies_now = "violation: not_told", late_now = "violation: told_too_late" }
[told_after_the_instant_of_judgement]
given.export_info = [{ exported_at = 2026-07-31T00:00:00Z }]
given.practice_changes = [{ change_id = "a", topic = "ca_marketing", effective_at = 2026-08-01T00:00:00Z, told_at = 2026-07-15T00:00:00Z }, { change_id = "b", topic = "ca_marketing", effective_at = 2026-06-01T00:00:00Z, told_at = 2026-07-01T00:00:00Z }]
expect = { a = "pending: not_yet_due", b = "violation: not_told" }
[the_export_stops_before_it_applies]
given.export_info = [{ exported_at = 2026-06-10T12:00:00Z }]
given.practice_changes = [{ change_id = "a", topic = "ca_marketing", effective_at = 2026-06-10T12:00:01Z }, { change_id = "b", topic = "ca_marketing", effective_at = 2026-06-10T12:00:00Z }]
expect = { a = "indeterminate: export_ends_before_due", b = "violation: not_told" }
*/
