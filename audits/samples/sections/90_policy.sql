-- Makes policy_versions, practice_changes and sites: what is promised, what changes, and where it can be read.
-- Needs the helpers only.

create table policy_versions as
select version, effective_at::timestamptz as effective_at, material, posted::timestamptz as notice_posted_at,
       sha256('sample ' || version) as text_sha256
from (values
    ('2022-06', '2022-06-01 00:00:00+02', true, '2022-05-20 09:00:00+02'),
    ('2023-02', '2023-02-01 00:00:00+01', true, null),
    ('2024-03', '2024-03-01 00:00:00+01', false, null),
    ('2025-05', '2025-05-01 00:00:00+02', true, '2025-05-06 09:00:00+02'),
    ('2026-09', '2026-09-15 00:00:00+02', true, '2026-09-01 09:00:00+02')
) as t (version, effective_at, material, posted)
where version <> '2023-02' or not is_mended();

create table practice_changes as
select change_id, topic, effective_at::timestamptz as effective_at, told::timestamptz as told_at
from (values
    ('N1', 'ca_marketing', '2024-07-01 00:00:00+02', '2024-06-15 09:00:00+02'),
    ('N2', 'ca_marketing', '2026-10-05 00:00:00+02', '2026-10-09 09:00:00+02'),
    ('N3', 'cookies', '2026-01-01 00:00:00+01', null),
    ('N4', 'ca_marketing', '2025-02-03 00:00:00+01', null)
) as t (change_id, topic, effective_at, told)
where change_id <> 'N4' or not is_mended();

create table sites as
select domain,
       case domain when 'jivochat.ng' then sha256('sample 2022-06') when 'jivochat.cl' then null
                   else sha256('sample 2026-09') end as policy_sha256,
       timestamptz '2026-10-20 06:00:00+02' as checked_at
from (select unnest([
    'jivochat.com', 'jivochat.com.br', 'jivochat.es', 'jivochat.de', 'jivochat.ng', 'jivochat.co.ke', 'jivochat.co.za',
    'jivochat.mx', 'jivochat.co.id', 'jivochat.com.tr', 'jivochat.com.co', 'jivochat.com.ar', 'jivochat.com.pe', 'jivochat.cl',
    'jivochat.com.bo', 'jivochat.com.ve', 'jivochat.co.in', 'jivochat.pt'
]) as domain)
order by domain;

insert into planted
select 'policy_change_notified', '2025-05', 'posted_late'
union all
-- Two changes that nobody was told of.
select 'policy_change_notified', '2023-02', 'not_posted' where not is_mended()
union all
select 'policy_change_notified_in_advance', 'N4', 'not_told' where not is_mended()
union all
select 'policy_change_notified_in_advance', 'N2', 'told_too_late'
union all
select 'site_serves_current_policy', 'jivochat.ng', 'other_text'
union all
select 'site_serves_current_policy', 'jivochat.cl', 'not_looked_at';
