-- Makes disclosures: the planned ones with what each is for, on which ground and on whose instruction.
-- Needs planned_transfers (44_transfers).

create table disclosures as
select disclosure_id, account_id, case when plan <> 'no_recipient' then t.recipient_id end as recipient_id, disclosed_at,
       case when plan = 'for_marketing' then 'recipient_marketing' when plan = 'outside_mandate' then 'resale'
            else case t.recipient_id when 'P03' then 'email_delivery' when 'P04' then 'analytics' when 'P05' then 'payment'
                      when 'P06' then 'support' when 'P07' then 'legal_claims' when 'P08' then 'surveys'
                      when 'P10' then 'succession' when 'P11' then 'direction' when 'P14' then 'statistics'
                      else 'hosting' end end as purpose,
       ['contact', 'account'] as categories,
       origin_country, destination_country, mechanism, mechanism_ref,
       case when kind in ('processor', 'subprocessor') and plan <> 'no_instruction' then register_instruction end
           as instruction_ref,
       case when plan = 'courtesy' then 'courtesy'
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
select 'agreement_in_force_at_disclosure', disclosure_id, plan from planned_disclosures where plan = 'ended'
union all
select 'disclosure_within_processor_mandate', disclosure_id, 'outside_mandate'
from planned_disclosures
where plan in ('outside_mandate', 'for_marketing')
union all
select 'disclosure_within_processor_mandate', disclosure_id, plan from planned_disclosures where plan = 'ended'
union all
select 'disclosure_purpose_permitted', disclosure_id, 'not_described'
from planned_disclosures
where plan in ('outside_mandate', 'for_marketing')
union all
select 'no_disclosure_for_recipient_marketing', disclosure_id, plan from planned_disclosures where plan = 'for_marketing'
union all
select 'no_disclosure_for_recipient_marketing', disclosure_id, 'not_barred' from planned_disclosures where recipient_id = 'P08'
union all
select 'no_disclosure_for_recipient_marketing', disclosure_id, 'bar_ended' from planned_disclosures where plan = 'ended'
union all
select 'recipient_is_registered', disclosure_id, 'recipient_unknown' from planned_disclosures where plan = 'no_recipient'
union all
select 'authority_disclosure_has_legal_ground', disclosure_id, plan from planned_disclosures where plan = 'not_approved'
union all
select 'successor_disclosure_has_transaction', disclosure_id, plan from planned_disclosures where plan = 'no_transaction'
union all
select 'aggregate_hides_single_people', disclosure_id, plan from planned_disclosures where plan = 'too_few'
union all
select 'disclosure_follows_instruction', disclosure_id, plan from planned_disclosures where plan in ('no_instruction', 'ended');
