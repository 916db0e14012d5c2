-- Makes attestations: what people have looked at and signed, where no record can show that a clause is kept.
-- Needs the helpers only.

create table attestations as
select clause_id, 'head of privacy' as attested_by, signed::timestamptz as signed_at, ends::timestamptz as valid_until, outcome,
       case when outcome is not null then sha256('evidence ' || clause_id) end as evidence_sha256
from (values
    ('collection.safeguards', '2026-02-01 09:00:00+01', '2027-02-01 09:00:00+01', 'passed'),
    ('collection.cookies-refusable', '2026-02-01 09:00:00+01', '2027-02-01 09:00:00+01', 'passed'),
    ('collection.analytics-opt-out', '2026-02-01 09:00:00+01', '2027-02-01 09:00:00+01', 'failed'),
    ('preamble.sites-covered', '2026-02-01 09:00:00+01', '2027-02-01 09:00:00+01', 'passed'),
    ('preamble.describes-choices', '2026-02-01 09:00:00+01', '2027-02-01 09:00:00+01', 'passed'),
    ('collection.beacons-lawful', '2026-02-01 09:00:00+01', '2027-02-01 09:00:00+01', 'passed'),
    ('use.legitimate-interest-balanced', '2026-02-01 09:00:00+01', '2027-02-01 09:00:00+01', 'passed'),
    ('share.no-provider-marketing', '2026-12-01 09:00:00+01', null, null),
    ('share.authorities', '2026-02-01 09:00:00+01', '2027-02-01 09:00:00+01', 'passed'),
    ('share.authorities-safety', '2025-02-01 09:00:00+01', '2026-02-01 09:00:00+01', 'passed'),
    ('share.control-kept', '2026-02-01 09:00:00+01', '2027-02-01 09:00:00+01', 'passed'),
    ('share.mandatory-or-not', '2026-02-01 09:00:00+01', '2027-02-01 09:00:00+01', 'passed'),
    ('security.standards', '2026-02-01 09:00:00+01', '2027-02-01 09:00:00+01', 'passed'),
    ('retention.backups-secure', '2026-02-01 09:00:00+01', '2027-02-01 09:00:00+01', 'passed'),
    ('rights.update-account', '2026-02-01 09:00:00+01', '2027-02-01 09:00:00+01', 'passed'),
    ('contact.data-protection-officer', '2026-02-01 09:00:00+01', '2027-02-01 09:00:00+01', 'passed')
) as t (clause_id, signed, ends, outcome)
order by clause_id;

insert into planted
select 'clause_is_attested', 'collection.analytics-opt-out', 'failed'
union all
select 'clause_is_attested', 'share.authorities-safety', 'expired'
union all
select 'clause_is_attested', 'transfer.privacy-shield-status', 'never_attested';
