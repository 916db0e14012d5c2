-- Adds to consents those that processing relies on, and plants what is wrong with them.
-- Needs planned_activities and processing_activities (86_activities), consents (60_marketing).

insert into consents
select 'K' || p.account_id, if(plan = 'of_another', 'U00000001', p.account_id), a.purpose,
       days_later(p.started_at, case plan when 'consented_later' then 10 when 'withdrawn_before' then -10 else -1 end),
       case when plan in ('withdrawn', 'still_running') then days_later(p.started_at, 100)
            when plan = 'withdrawn_before' then days_later(p.started_at, -3) end, '2022-06',
       case when plan <> 'no_proof' then 'form-' || p.account_id end
from planned_activities as p join processing_activities as a using (activity_id)
where is_on_consent and plan not in ('no_consent', 'to_newsletters');

insert into planted
with planned as (
    select *,
           case plan when 'to_newsletters' then 'other_purpose' when 'withdrawn_before' then 'withdrawn' else plan end as reason,
           plan in ('no_consent', 'consented_later', 'of_another', 'to_newsletters', 'withdrawn_before') as has_none
    from planned_activities
)
select 'consent_is_express', activity_id, reason from planned where has_none or plan = 'no_proof'
union all
select if(kind = 'other', 'other_purpose_has_consent', 'sensitive_data_has_consent'), activity_id, reason
from planned
where kind in ('other', 'sensitive') and has_none
union all
select 'no_processing_after_withdrawal', activity_id,
       case when plan = 'withdrawn_before' then 'started_after' when is_mended() then 'ended_late' else plan end
from planned
where plan in ('still_running', 'withdrawn_before');
