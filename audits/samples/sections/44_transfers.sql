-- Makes planned_transfers: the disclosures with the country they go to, and the mechanism that they rely on.
-- Needs planned_disclosures (42_disclosures) and the mechanisms of 40_recipients.

create table planned_transfers as
with placed as (
    select *,
           case plan when 'not_recorded' then null when 'elsewhere' then 'CH' else register_country end as destination_country,
           case when plan = 'framework_ended' then 'privacy_shield' when plan = 'not_yet' then 'dpf'
                when plan in ('no_mechanism', 'elsewhere') then null
                -- Brazil is adequate since 2026 only, and nobody approved any rules of its help line.
                when plan = 'not_adequate' then 'adequacy' when plan = 'other_kind' then 'bcr'
                when plan = 'clauses_outdated' then 'scc_2010' when plan = 'derogation_unapproved' then 'derogation_contract'
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
            when plan = 'clauses_outdated' then 'M-P06-old'
            when plan = 'no_assessment' then 'M-P06-hasty'
            when plan = 'other_kind' then 'M-P06'
            when plan = 'other_recipient' then 'M-P03'
            when mechanism = 'scc_2021' then 'M-' || recipient_id end as mechanism_ref
from placed;

insert into planted
with amiss as (
    select disclosure_id,
           case plan when 'not_recorded' then 'destination_unknown' when 'not_yet' then 'not_certified' else plan end as reason
    from planned_transfers
    where is_inside
      and plan in ('not_certified', 'framework_ended', 'no_mechanism', 'not_in_force', 'not_yet_signed', 'no_contract',
                   'not_adequate', 'other_kind', 'other_recipient', 'clauses_outdated', 'derogation_unapproved', 'not_recorded', 'not_yet')
)
select unnest(['transfer_has_valid_mechanism', 'transfer_has_valid_mechanism: require_assessment = true']), disclosure_id, reason
from amiss
union all
select 'transfer_has_valid_mechanism: require_assessment = true', disclosure_id, plan
from planned_transfers
where plan = 'no_assessment'
union all
select 'transfer_destination_known', disclosure_id, 'not_recorded'
from planned_transfers
where is_inside and plan = 'not_recorded'
union all
select 'transfer_destination_matches_register', disclosure_id,
       case plan when 'not_recorded' then 'country_unknown' when 'elsewhere' then plan else 'not_registered' end
from planned_transfers
where plan in ('not_recorded', 'elsewhere', 'no_recipient', 'stranger')
union all
select 'no_reliance_on_invalid_framework', disclosure_id, if(plan = 'not_yet', plan, 'ended')
from planned_transfers
where plan in ('framework_ended', 'not_yet')
union all
select distinct 'transfer_destination_operated_in', destination_country || ' · ' || strftime(disclosed_at, '%Y-%m'), 'list_empty'
from planned_transfers
where destination_country <> 'US'
union all
-- What would be found of a text that says where the company operates: nowhere near the Alps.
select distinct 'transfer_destination_operated_in: operating_countries = ["DE", "GB", "BR"]',
       destination_country || ' · ' || strftime(disclosed_at, '%Y-%m'), 'not_named'
from planned_transfers
where destination_country not in ('US', 'DE', 'GB', 'BR');
