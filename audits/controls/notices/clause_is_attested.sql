/*
id         = "clause_is_attested"
title      = "What records cannot show is vouched for, with evidence"
rule       = """
For each clause that needs somebody to vouch for it, the last attestation signed by the instant of judgement is in force, with the hash of its
evidence, and says passed. One that says failed is a violation; one that has expired, has no evidence or was never given cannot be told; a first
review that is planned is pending."""
clauses    = ["collection.safeguards", "collection.cookies-refusable", "collection.analytics-opt-out", "preamble.sites-covered", "preamble.describes-choices", "transfer.privacy-shield-status", "collection.beacons-lawful", "use.legitimate-interest-balanced", "share.no-provider-marketing", "share.authorities", "share.authorities-safety", "share.control-kept", "share.mandatory-or-not", "security.standards", "retention.backups-secure", "rights.update-account", "contact.data-protection-officer"]
maps_to    = ["GDPR 5(2)"]
severity   = "medium"
tables.attestations = ["clause_id", "signed_at", "outcome", "valid_until?", "evidence_sha256?"]
dimensions = ["clause_id"]
inject.failed = { attestations = { outcome = "'failed'" }, by = "t.clause_id = f.record_id" }
[reasons]
passed         = "vouched for, in force, with evidence"
failed         = "the last attestation says that it is not kept"
review_planned = "the first review is still ahead"
expired        = "the last attestation has expired"
no_evidence    = "vouched for, without evidence"
never_attested = "nobody has vouched for it"
*/
with needed as (
    select clause_id from clauses where attestation is not null
),
signed as (
    select clause_id, arg_max(struct_pack(outcome, valid_until, evidence_sha256), signed_at) as last, max(signed_at) as signed_at
    from attestations where signed_at <= $as_of group by clause_id
),
planned as (
    select clause_id, min(signed_at) as planned_at from attestations where signed_at > $as_of group by clause_id
),
judged as (
    select n.clause_id, s.signed_at, coalesce(s.last.valid_until, p.planned_at) as due_at,
           case when s.clause_id is null and p.clause_id is not null then 'review_planned'
                when s.clause_id is null then 'never_attested'
                when s.last.outcome = 'failed' then 'failed'
                when s.last.valid_until < $as_of then 'expired'
                when s.last.outcome = 'passed' and s.last.evidence_sha256 is not null then 'passed'
                else 'no_evidence' end as reason
    from needed as n
    left join signed as s on s.clause_id = n.clause_id
    left join planned as p on p.clause_id = n.clause_id
)
select clause_id as record_id, null::varchar as account_id, null::varchar as country, null::timestamptz as event_at, due_at,
       case when reason = 'passed' then 'compliant'
            when reason = 'failed' then 'violation'
            when reason = 'review_planned' then 'pending'
            else 'indeterminate' end as verdict,
       reason,
       clause_id, signed_at
from judged;

/* examples
as_of = 2026-06-30
[the_last_word]
given.attestations = [
    { clause_id = "collection.safeguards", signed_at = 2025-01-01T00:00:00Z, outcome = "failed" }, { clause_id = "collection.safeguards", signed_at = 2026-01-01T00:00:00Z, outcome = "passed", valid_until = 2026-12-31T00:00:00Z, evidence_sha256 = "e" },
    { clause_id = "security.standards", signed_at = 2026-01-01T00:00:00Z, outcome = "failed", evidence_sha256 = "e" }, { clause_id = "share.control-kept", signed_at = 2025-01-01T00:00:00Z, outcome = "passed", valid_until = 2026-01-01T00:00:00Z, evidence_sha256 = "e" },
    { clause_id = "share.authorities", signed_at = 2026-01-01T00:00:00Z, outcome = "passed" }, { clause_id = "share.authorities-safety", signed_at = 2026-07-10T00:00:00Z },
]
expect."collection.safeguards" = "compliant: passed"
expect."security.standards" = "violation: failed"
expect."share.control-kept" = "indeterminate: expired"
expect."share.authorities" = "indeterminate: no_evidence"
expect."share.authorities-safety" = "pending: review_planned"
expect."collection.cookies-refusable" = "indeterminate: never_attested"
expect."collection.analytics-opt-out" = "indeterminate: never_attested"
expect."preamble.sites-covered" = "indeterminate: never_attested"
expect."preamble.describes-choices" = "indeterminate: never_attested"
expect."transfer.privacy-shield-status" = "indeterminate: never_attested"
expect."collection.beacons-lawful" = "indeterminate: never_attested"
expect."use.legitimate-interest-balanced" = "indeterminate: never_attested"
expect."share.no-provider-marketing" = "indeterminate: never_attested"
expect."share.mandatory-or-not" = "indeterminate: never_attested"
expect."retention.backups-secure" = "indeterminate: never_attested"
expect."rights.update-account" = "indeterminate: never_attested"
expect."contact.data-protection-officer" = "indeterminate: never_attested"
*/
