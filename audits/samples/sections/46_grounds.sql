-- Makes disclosures: the planned ones with what each is for, on which ground and on whose instruction.
-- Needs planned_transfers (44_transfers).

create table disclosures as
select disclosure_id, account_id,
       case plan when 'no_recipient' then null when 'stranger' then 'P99' else t.recipient_id end as recipient_id, disclosed_at,
       case when plan = 'for_marketing' then 'recipient_marketing' when plan = 'outside_mandate' then 'resale'
            else case t.recipient_id when 'P03' then 'email_delivery' when 'P04' then 'analytics' when 'P05' then 'payment'
                      when 'P06' then 'support' when 'P07' then 'legal_claims' when 'P08' then 'surveys'
                      when 'P10' then 'succession' when 'P11' then 'direction' when 'P14' then 'statistics'
                      when 'P16' then 'maintenance' when 'P17' then 'maintenance' else 'hosting' end end as purpose,
       ['contact', 'account'] as categories,
       origin_country, destination_country, mechanism, mechanism_ref,
       -- Some jobs still name the instruction to the old provider.
       case when plan = 'other_instruction' then 'I-P01'
            when kind in ('processor', 'subprocessor') and plan <> 'no_instruction' then register_instruction end
           as instruction_ref,
       case when plan in ('courtesy', 'by_habit') then 'courtesy'
            when plan = 'no_ground' then null
            when kind = 'authority' then 'legal_claim'
            when kind = 'acquirer' then 'succession'
            when t.recipient_id = 'P14' then 'statistics'
            when kind = 'third_party' then 'permission'
            else 'service' end as ground,
       case when kind = 'authority' and plan <> 'not_approved' then 'Q-' || number end as approval_ref,
       case when kind = 'acquirer' and plan <> 'no_transaction' then 'deal-1' end as transaction_ref,
       t.recipient_id = 'P14' as aggregated,
       case when t.recipient_id = 'P14' then case plan when 'too_few' then 3 else 12 end end::bigint as smallest_cell
from planned_transfers as t
order by disclosure_id;

insert into planted
with planned as (
    select *, case when plan = 'before_signing' then 'not_yet_signed' when plan in ('ended', 'no_agreement') then plan end as lack
    from planned_disclosures
)
select unnest(['agreement_in_force_at_disclosure', 'disclosure_within_processor_mandate', 'disclosure_follows_instruction']),
       disclosure_id, lack
from planned
where lack is not null
union all
select 'disclosure_within_processor_mandate', disclosure_id, 'outside_mandate'
from planned
where plan in ('outside_mandate', 'for_marketing')
union all
select 'disclosure_follows_instruction', disclosure_id, plan from planned where plan in ('no_instruction', 'other_instruction')
union all
select 'disclosure_purpose_permitted', disclosure_id, 'not_described'
from planned
where plan in ('outside_mandate', 'for_marketing')
union all
select 'no_disclosure_for_recipient_marketing', disclosure_id,
       case when plan = 'for_marketing' then plan when recipient_id = 'P08' then 'not_barred'
            when lack = 'ended' then 'bar_ended' else lack end
from planned
where plan = 'for_marketing' or recipient_id = 'P08' or lack is not null
union all
select 'recipient_is_registered', disclosure_id, if(plan = 'stranger', 'not_registered', 'recipient_unknown')
from planned
where plan in ('no_recipient', 'stranger')
union all
select 'authority_disclosure_has_legal_ground', disclosure_id, if(plan = 'by_habit', 'other_ground', plan)
from planned
where plan in ('not_approved', 'no_ground', 'by_habit')
union all
select 'successor_disclosure_has_transaction', disclosure_id, plan from planned where plan = 'no_transaction'
union all
select 'aggregate_hides_single_people', disclosure_id, plan from planned where plan = 'too_few';
