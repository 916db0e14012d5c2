-- Makes processors (the register of recipients), processing_places, certifications and transfer_mechanisms.
-- Needs the helpers only.

-- Hosting moves from one provider to another in June 2025.
create table processors as
select recipient_id, name, kind, country,
       case when recipient_id = 'P13' and is_mended() then 'P02' else parent end as parent_id,
       signed::timestamptz as dpa_signed_at, signed::timestamptz as dpa_first_signed_at, ends::timestamptz as dpa_ends_at, purposes as allowed_purposes,
       recipient_id <> 'P08' as marketing_barred, 'I-' || recipient_id as instruction_ref,
       case when recipient_id = 'P05' and not is_mended() then timestamptz '2025-01-10 09:00:00+01'
            when recipient_id = 'P17' then null
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
    ('P14', 'Statistics Office', 'third_party', 'DE', null, null, null, null),
    ('P16', 'Early Start', 'processor', 'DE', '2025-03-03 09:00:00+01', null, ['maintenance'], null),
    ('P17', 'Handshake', 'processor', 'DE', null, null, ['maintenance'], null),
    ('P18', 'Left Over', 'subprocessor', 'DE', '2022-05-01 09:00:00+02', null, ['hosting'], 'P01'),
    ('P19', 'Second Hand', 'subprocessor', 'DE', '2022-05-01 09:00:00+02', null, ['maintenance'], 'P17'),
    ('P20', 'Friend of a Friend', 'subprocessor', 'DE', '2022-05-01 09:00:00+02', null, ['surveys'], 'P11')
) as t (recipient_id, name, kind, country, signed, ends, purposes, parent)
-- Without an agreement, or working for one without, are only providers of a company that mended nothing.
where recipient_id < 'P17' or not is_mended()
order by recipient_id;

create table processing_places as select recipient_id, country from processors order by recipient_id;

create table certifications as
select recipient_id, framework, certified_from::timestamptz as certified_from, timestamptz '2027-10-01 23:00:00+02' as certified_to
from (values ('P01'), ('P03'), ('P04')) as t (recipient_id)
cross join (values ('dpf', '2023-10-02 00:00:00+02'), ('swiss_dpf', '2024-09-16 00:00:00+02')) as f (framework, certified_from)
order by recipient_id, framework;

-- M-P06-ended ran out in June 2024, M-P06-late was signed in May 2025 only; M-P06-old is of clauses that nobody may rely on any
-- more, and before M-P06-hasty nobody looked at the law of the place.
create table transfer_mechanisms as
select mechanism_ref, recipient_id, if(mechanism_ref = 'M-P06-old', 'scc_2010', 'scc_2021') as kind,
       signed::timestamptz as signed_at, signed::timestamptz as valid_from, ends::timestamptz as valid_to,
       case when mechanism_ref <> 'M-P06-hasty' then 'T-' || recipient_id end as assessment_ref
from (values
    ('M-P01', 'P01', '2022-05-01 09:00:00+02', null),
    ('M-P03', 'P03', '2022-05-01 09:00:00+02', null),
    ('M-P04', 'P04', '2022-05-01 09:00:00+02', null),
    ('M-P06', 'P06', '2022-05-01 09:00:00+02', null),
    ('M-P06-ended', 'P06', '2022-05-01 09:00:00+02', '2024-06-30 23:00:00+02'),
    ('M-P06-hasty', 'P06', '2022-05-01 09:00:00+02', null),
    ('M-P06-late', 'P06', '2025-05-01 09:00:00+02', null),
    ('M-P06-old', 'P06', '2020-03-02 09:00:00+01', null)
) as t (mechanism_ref, recipient_id, signed, ends)
order by mechanism_ref;

insert into planted
select 'subprocessor_chain_ends_in_agreement', recipient_id, 'orphan'
from processors
where recipient_id = 'P13' and parent_id is null
union all
select 'subprocessor_chain_ends_in_agreement', recipient_id,
       case parent_id when 'P01' then 'agreement_ended' when 'P17' then 'no_agreement' else 'not_a_processor' end
from processors
where parent_id in ('P01', 'P11', 'P17')
union all
select 'recipient_safeguards_checked', recipient_id, case recipient_id when 'P05' then 'check_too_old' else 'never_checked' end
from processors
where recipient_id in ('P05', 'P17') and not is_mended();
