/*
id         = "policy_change_notified"
title      = "Material changes of the policy are announced on the website"
short      = "Changes announced on the website"
rule       = """
A material change of the policy has a notice on the website, posted no later than the change applied. The text does not say how long before; changes
that are not material need no notice."""
maps_to    = ["GDPR 12(1)", "GDPR 13(3)"]
severity   = "medium"
remedy     = "Post the notice, and say since when the change applies"
tables.policy_versions = ["effective_at", "material", "notice_posted_at"]
exact.policy_versions = ["notice_posted_at"]
inject.a_second_late = { policy_versions = { notice_posted_at = "effective_at + interval 1 second" }, where = "event_at < as_of" }
[reasons]
posted       = "announced by the time it applied"
posted_late  = "announced after it applied"
not_posted   = "not announced, and it applies"
not_yet_due  = "not announced, and it does not apply yet"
not_recorded = "whether it is material, or from when it applies, is not recorded"
export_ends_before_due = "not announced as far as the export reaches, which is not up to when it applies"
[de]
title    = "Wesentliche Änderungen der Datenschutzerklärung werden auf der Website angekündigt"
short    = "Änderungen auf der Website angekündigt"
rule     = """
Zu einer wesentlichen Änderung der Datenschutzerklärung steht ein Hinweis auf der Website, spätestens, als sie zu gelten begann. Der Text sagt
nicht, wie lange vorher; unwesentliche Änderungen brauchen keinen Hinweis."""
remedy   = "Den Hinweis veröffentlichen und sagen, seit wann die Änderung gilt"
[de.reasons]
posted       = "spätestens zum Beginn ihrer Geltung angekündigt"
posted_late  = "nach dem Beginn ihrer Geltung angekündigt"
not_posted   = "nicht angekündigt, und sie gilt"
not_yet_due  = "nicht angekündigt, und sie gilt noch nicht"
not_recorded = "ob sie wesentlich ist oder ab wann sie gilt, ist nicht erfasst"
export_ends_before_due = "nicht angekündigt, soweit der Export reicht, und er reicht nicht bis zum Beginn ihrer Geltung"
*/
with judged as (
    select v.*,
           case when material is null or effective_at is null then 'not_recorded'
                when notice_posted_at <= effective_at and notice_posted_at <= $as_of then 'posted'
                when effective_at > $as_of then 'not_yet_due'
                when notice_posted_at <= $as_of then 'posted_late'
                when effective_at > k.known_until then 'export_ends_before_due'
                else 'not_posted' end as reason
    from policy_versions as v
    join known_until as k on k.table_name = 'policy_versions'
    where material is distinct from false
)
select version as record_id, null::varchar as account_id, null::varchar as country, effective_at as event_at, effective_at as due_at,
       case when reason = 'posted' then 'compliant'
            when reason in ('posted_late', 'not_posted') then 'violation'
            when reason = 'not_yet_due' then 'pending'
            else 'indeterminate' end as verdict,
       reason,
       notice_posted_at as met_at
from judged;

/* examples
as_of = 2026-06-30
[posted_by_the_time]
period = "2026-01"
given.policy_versions = [
    { version = "a", material = true, effective_at = 2026-03-01T00:00:00Z, notice_posted_at = 2026-03-01T00:00:00Z }, { version = "b", material = true, effective_at = 2026-03-01T00:00:00Z, notice_posted_at = 2026-03-01T00:00:01Z },
    { version = "c", material = true, effective_at = 2026-03-01T00:00:00Z }, { version = "d", material = true, effective_at = 2026-08-01T00:00:00Z }, { version = "e", effective_at = 2026-03-01T00:00:00Z },
    { version = "posted_now", material = true, effective_at = 2026-08-01T00:00:00Z, notice_posted_at = 2026-06-30T23:59:59.999999Z }, { version = "applies_now", material = true, effective_at = 2026-06-30T23:59:59.999999Z },
    { version = "late_now", material = true, effective_at = 2026-06-01T00:00:00Z, notice_posted_at = 2026-06-30T23:59:59.999999Z }, { version = "from_when", material = true },
    { version = "f", material = false, effective_at = 2026-03-01T00:00:00Z },
]
expect = { a = { verdict = "compliant: posted", event_at = 2026-03-01T00:00:00Z, scope = "later", due_at = 2026-03-01T00:00:00Z, met_at = 2026-03-01T00:00:00Z }, b = { verdict = "violation: posted_late", due_at = 2026-03-01T00:00:00Z, met_at = 2026-03-01T00:00:01Z }, c = "violation: not_posted", d = "pending: not_yet_due", e = "indeterminate: not_recorded", posted_now = "compliant: posted", applies_now = "violation: not_posted", late_now = "violation: posted_late", from_when = "indeterminate: not_recorded" }
[posted_after_the_instant_of_judgement]
given.export_info = [{ exported_at = 2026-07-31T00:00:00Z }]
given.policy_versions = [{ version = "a", material = true, effective_at = 2026-08-01T00:00:00Z, notice_posted_at = 2026-07-15T00:00:00Z }, { version = "b", material = true, effective_at = 2026-06-01T00:00:00Z, notice_posted_at = 2026-07-01T00:00:00Z }]
expect = { a = "pending: not_yet_due", b = "violation: not_posted" }
[the_export_stops_before_it_applies]
given.export_info = [{ exported_at = 2026-06-10T12:00:00Z }]
given.policy_versions = [{ version = "a", material = true, effective_at = 2026-06-10T12:00:01Z }, { version = "b", material = true, effective_at = 2026-06-10T12:00:00Z }]
expect = { a = "indeterminate: export_ends_before_due", b = "violation: not_posted" }
*/
