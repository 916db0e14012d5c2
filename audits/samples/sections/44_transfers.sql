-- Makes planned_transfers: the disclosures with the country they go to, and the mechanism that they rely on.
-- Needs planned_disclosures (42_disclosures) and the mechanisms of 40_recipients.

create table planned_transfers as
with placed as (
    select *,
           case plan when 'not_recorded' then null when 'elsewhere' then 'CH' else register_country end as destination_country,
           case when plan = 'framework_ended' then 'privacy_shield'
                when plan in ('no_mechanism', 'elsewhere') then null
                when register_country = 'US' and origin_country = 'CH' and disclosed_at < timestamptz '2025-01-01 00:00:00+01'
                     and recipient_id <> 'P08' then 'scc_2021'
                when register_country = 'US' then 'dpf'
                when register_country = 'BR'
                     and (origin_country = 'CH' or disclosed_at < timestamptz '2026-02-01 00:00:00+01') then 'scc_2021'
                when register_country in ('GB', 'BR') then 'adequacy' end as mechanism
    from planned_disclosures
)
select *,
       case when plan = 'not_in_force' then 'M-P06-ended'
            when plan = 'not_yet_signed' then 'M-P06-late'
            when plan = 'no_contract' then 'M-P06-lost'
            when mechanism = 'scc_2021' then 'M-' || recipient_id end as mechanism_ref
from placed;

insert into planted
select 'transfer_has_valid_mechanism', disclosure_id, plan
from planned_transfers
where is_inside and plan in ('not_certified', 'framework_ended', 'no_mechanism', 'not_in_force', 'not_yet_signed', 'no_contract')
union all
select 'transfer_has_valid_mechanism', disclosure_id, 'destination_unknown'
from planned_transfers
where is_inside and plan = 'not_recorded'
union all
select 'transfer_destination_known', disclosure_id, 'not_recorded'
from planned_transfers
where is_inside and plan = 'not_recorded'
union all
select 'transfer_destination_matches_register', disclosure_id,
       case plan when 'not_recorded' then 'country_unknown' when 'no_recipient' then 'not_registered' else plan end
from planned_transfers
where plan in ('not_recorded', 'elsewhere', 'no_recipient')
union all
select 'no_reliance_on_invalid_framework', disclosure_id, 'ended' from planned_transfers where plan = 'framework_ended'
union all
select distinct 'transfer_destination_operated_in', destination_country || ' · ' || strftime(disclosed_at, '%Y-%m'), 'list_empty'
from planned_transfers
where destination_country <> 'US';
