-- Makes processors (the register of recipients), processing_places, certifications and transfer_mechanisms.
-- Needs the helpers only.

-- Hosting moves from one provider to another in June 2025.
create table processors as
select recipient_id, name, kind, country,
       case when recipient_id = 'P13' and is_mended() then 'P02' else parent end as parent_id,
       signed::timestamptz as dpa_signed_at, signed::timestamptz as dpa_first_signed_at, ends::timestamptz as dpa_ends_at, purposes as allowed_purposes,
       recipient_id <> 'P08' as marketing_barred, 'I-' || recipient_id as instruction_ref,
       case when recipient_id = 'P05' and not is_mended() then timestamptz '2025-01-10 09:00:00+01'
            else timestamptz '2026-03-01 09:00:00+01' end as safeguards_checked_at
from (values
    ('P01', 'Old Harbour Hosting', 'processor', 'US', '2022-05-01 09:00:00+02', '2025-07-31 23:00:00+02', ['hosting'], null),
    ('P02', 'Northern Cloud', 'processor', 'DE', '2025-05-12 09:00:00+02', null, ['hosting'], null),
    ('P03', 'Letterbird Mail', 'processor', 'US', '2022-05-01 09:00:00+02', null, ['email_delivery'], null),
    ('P04', 'Countable Analytics', 'processor', 'US', '2022-05-01 09:00:00+02', null, ['analytics'], null),
    ('P05', 'Fair Pay', 'processor', 'GB', '2022-05-01 09:00:00+02', null, ['payment'], null),
    ('P06', 'Help Line Desk', 'processor', 'BR', '2022-05-01 09:00:00+02', null, ['support'], null),
    ('P07', 'District Court', 'authority', 'DE', null, null, null, null),
    ('P08', 'Bright Surveys', 'processor', 'US', '2022-05-01 09:00:00+02', null, ['surveys'], null),
    ('P10', 'Next Owner', 'acquirer', 'DE', null, null, null, null),
    ('P11', 'Partner Fair', 'third_party', 'DE', null, null, null, null),
    ('P12', 'Under Cloud', 'subprocessor', 'DE', '2022-05-01 09:00:00+02', null, ['hosting'], 'P02'),
    ('P13', 'Lost Link', 'subprocessor', 'DE', '2022-05-01 09:00:00+02', null, ['hosting'], null),
    ('P14', 'Statistics Office', 'third_party', 'DE', null, null, null, null)
) as t (recipient_id, name, kind, country, signed, ends, purposes, parent)
order by recipient_id;

create table processing_places as select recipient_id, country from processors order by recipient_id;

create table certifications as
select recipient_id, framework, certified_from::timestamptz as certified_from, timestamptz '2027-10-01 23:00:00+02' as certified_to
from (values ('P01'), ('P03'), ('P04')) as t (recipient_id)
cross join (values ('dpf', '2023-10-02 00:00:00+02'), ('swiss_dpf', '2024-09-16 00:00:00+02')) as f (framework, certified_from)
order by recipient_id, framework;

-- M-P06-ended ran out in June 2024, M-P06-late was signed in May 2025 only.
create table transfer_mechanisms as
select mechanism_ref, recipient_id, 'scc_2021' as kind, signed::timestamptz as signed_at, signed::timestamptz as valid_from,
       ends::timestamptz as valid_to, 'T-' || recipient_id as assessment_ref
from (values
    ('M-P01', 'P01', '2022-05-01 09:00:00+02', null),
    ('M-P03', 'P03', '2022-05-01 09:00:00+02', null),
    ('M-P04', 'P04', '2022-05-01 09:00:00+02', null),
    ('M-P06', 'P06', '2022-05-01 09:00:00+02', null),
    ('M-P06-ended', 'P06', '2022-05-01 09:00:00+02', '2024-06-30 23:00:00+02'),
    ('M-P06-late', 'P06', '2025-05-01 09:00:00+02', null)
) as t (mechanism_ref, recipient_id, signed, ends)
order by mechanism_ref;

insert into planted
select 'subprocessor_chain_ends_in_agreement', recipient_id, 'orphan'
from processors
where recipient_id = 'P13' and parent_id is null
union all
select 'recipient_safeguards_checked', recipient_id, 'check_too_old'
from processors
where recipient_id = 'P05' and not is_mended();
