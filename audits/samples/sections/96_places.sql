-- Adds to holdings where they are stored, and to processors when subprocessors began and were announced, one more of them.
-- Needs processors (40_recipients), holdings (70_retention to 94_use_of_backups).

alter table holdings add column country varchar;
update holdings
set country = case when disposition in ('held', 'isolated_backup') and draw('stored abroad', holding_id) < 0.002 then 'US' else 'DE' end;

insert into processors by name
select 'P15' as recipient_id, 'Spare Cloud' as name, 'subprocessor' as kind, 'AT' as country, 'P02' as parent_id,
       timestamptz '2025-06-02 09:00:00+02' as dpa_signed_at, timestamptz '2025-06-02 09:00:00+02' as dpa_first_signed_at, ['hosting'] as allowed_purposes,
       true as marketing_barred, 'I-P15' as instruction_ref, timestamptz '2026-03-01 09:00:00+01' as safeguards_checked_at;
insert into processing_places values ('P15', 'AT');

alter table processors add column starts_at timestamptz;
alter table processors add column announced_at timestamptz;
update processors as p
set starts_at = s.starts_at, announced_at = s.announced_at
from (values
    ('P12', timestamptz '2025-05-20 08:00:00+02', timestamptz '2025-05-02 12:00:00+02'),
    ('P13', timestamptz '2024-03-01 08:00:00+01', null),
    ('P15', timestamptz '2025-08-01 08:00:00+02', timestamptz '2025-06-16 12:00:00+02'),
    ('P18', timestamptz '2024-08-01 08:00:00+02', timestamptz '2024-06-17 12:00:00+02'),
    ('P19', timestamptz '2024-08-01 08:00:00+02', timestamptz '2024-06-17 12:00:00+02'),
    ('P20', timestamptz '2024-08-01 08:00:00+02', timestamptz '2024-06-17 12:00:00+02')
) as s (recipient_id, starts_at, announced_at)
where p.recipient_id = s.recipient_id;

insert into planted
select 'subprocessor_announced_in_advance', recipient_id, case when announced_at is null then 'not_told' else 'late' end
from processors where recipient_id in ('P12', 'P13')
union all
select 'data_stored_in_region', holding_id, 'elsewhere'
from holdings
where country = 'US' and disposition in ('held', 'isolated_backup');
