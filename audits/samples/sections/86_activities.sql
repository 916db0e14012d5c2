-- Makes processing_activities: what is done with whose data, and on which basis.
-- Needs accounts (10_people), requests (24_outcomes), erased and objected (30_request_steps), written_to (60_marketing), going_on
-- (74_erased_people).

create table planned_activities as
with drawn as (
    select a.account_id, a.country, a.created_at, a.closed_at, a.subject_type, e.erased_at, o.objected_at,
           o.times as objections, o.is_upheld, q.purpose as objected_to,
           o.request_id as objection_id, draw('activity', account_id) as what, draw('activity plan', account_id) as chance,
           days_later(a.created_at, 2 + 90 * draw('activity day', account_id)) as started_at,
           account_id in (select account_id from requests where type = 'portability' and outcome = 'denied') as is_refused
    from accounts as a left join erased as e using (account_id) left join objected as o using (account_id)
         left join requests as q on q.request_id = o.request_id
    where a.account_id < 'U' and (draw('active', account_id) < 0.3 or o.objected_at is not null)
),
named as (
    select *,
           case when subject_type = 'subscriber_object' then 'visitor' when objected_at is not null then 'objector'
                when what < 0.5 then 'service' when what < 0.62 then 'trends' when what < 0.74 then 'promotion'
                when what < 0.82 then 'other' when what < 0.88 then 'monitoring' when what < 0.94 then 'ip'
                else 'sensitive' end as kind,
           kind in ('promotion', 'other', 'sensitive') as is_on_consent
    from drawn
)
select *, 'J' || account_id as activity_id,
       -- What went wrong ends after four months, where it is mended.
       case when days_later(started_at, 200) > least(exported_at(), erased_at) then 'kept'
            when kind = 'visitor' and chance < 0.04 then 'own_decision'
            when kind = 'visitor' and chance < 0.045 then 'own_purpose'
            when kind = 'visitor' and chance < 0.10 and not is_mended() and draw('chats', account_id) >= 0.6 then 'as_controller'
            when kind = 'objector' and chance < 0.25 and objections = 1 and is_upheld and objected_to = 'a'
                 and created_at < days_later(objected_at, -100) and erased_at is null
                 and may_go_wrong(days_later(objected_at, 21)) then 'went_on'
            when kind = 'service' and chance < 0.01 then 'other_purpose'
            when kind = 'service' and chance < 0.02 and not is_refused and not is_mended() then 'no_basis'
            when kind = 'service' and chance < 0.05 and chance > 0.03 and in_eea(country) then 'other_basis'
            when kind = 'trends' and chance < 0.06 then 'no_assessment'
            when kind = 'trends' and chance < 0.12 then 'not_told'
            when kind = 'trends' and chance < 0.15 then 'assessed_later'
            when kind = 'trends' and chance < 0.17 then 'overridden'
            when kind = 'trends' and chance < 0.20 then 'told_later'
            when is_on_consent and chance < 0.06 then 'no_consent'
            when is_on_consent and chance < 0.12 then 'no_proof'
            when is_on_consent and chance < 0.18 and erased_at is null then 'still_running'
            when is_on_consent and chance < 0.3 then 'withdrawn'
            -- A consent that came afterwards, that an employer gave, to newsletters, or that was gone: none of them carries.
            when kind in ('other', 'sensitive') and chance < 0.35 then 'consented_later'
            when kind in ('other', 'sensitive') and chance < 0.38 then 'of_another'
            when kind in ('other', 'sensitive') and chance < if(kind = 'other', 0.45, 0.52) and draw('consents', account_id) < 0.6
                 and draw('withdraws', account_id) >= 0.08 then 'to_newsletters'
            when kind in ('other', 'sensitive') and chance > 0.965 then 'withdrawn_before'
            when kind = 'monitoring' and chance < 0.15 then 'not_minimised'
            when kind = 'ip' and chance < 0.1 then 'other_purpose'
            when kind = 'ip' and chance < 0.2 then 'not_in_aggregate'
            else 'kept' end as plan
from named
where days_later(started_at, case when is_mended() then 0 else 200 end)
      < least(exported_at(), erased_at, case when is_mended() then closed_at end)
  and not (is_mended() and is_refused)
  and (kind <> 'objector' or started_at < days_later(objected_at, -5) or chance >= 0.25);

create table processing_activities as
select activity_id, account_id,
       case when plan = 'other_purpose' then case kind when 'ip' then 'advertise' else 'resale' end
            when plan in ('not_told', 'told_later') then 'research' when plan = 'own_purpose' then 'e'
            when plan = 'not_in_aggregate' then 'statistics'
            else case kind when 'trends' then 'g' when 'promotion' then 'e' when 'other' then 'i' when 'monitoring' then 'h'
                           when 'ip' then 'security' else 'a' end end as purpose,
       case when plan = 'no_basis' then null when plan = 'other_basis' then 'public_task'
            when plan = 'went_on' or kind = 'trends' then 'legitimate_interest'
            when is_on_consent then 'consent'
            when kind = 'monitoring' then 'legal_obligation'
            else 'contract' end as legal_basis,
       case when is_on_consent and plan <> 'no_consent'
            then if(plan = 'to_newsletters', 'C', 'K') || account_id end as consent_id,
       case when (kind = 'trends' or plan = 'went_on') and plan <> 'no_assessment' then 'balance-1' end as assessment_ref,
       case when assessment_ref is not null then days_later(started_at, if(plan = 'assessed_later', 10, -1)) end as assessed_at,
       assessed_at as first_assessed_at,
       case when assessment_ref is not null then if(plan = 'overridden', plan, 'not_overridden') end as assessment_outcome,
       kind <> 'monitoring' as automated,
       started_at,
       case when plan = 'withdrawn' then days_later(started_at, 99)
            when plan = 'went_on' and is_mended() then days_later(objected_at, 20)
            when plan <> 'kept' and is_mended() then least(days_later(started_at, 120), days_later(erased_at, -0.02))
            when kind <> 'monitoring' then days_later(erased_at, -0.02) end as ended_at,
       case when kind = 'visitor' and plan <> 'own_decision' then 'subscriber' else 'company' end as decided_by,
       case kind when 'visitor' then 'object' when 'ip' then 'ip' when 'sensitive' then 'sensitive' else 'account' end
           as data_class,
       kind = 'monitoring' and plan <> 'not_minimised' as aggregated,
       case when plan = 'told_later' then days_later(started_at, 10) end as notice_shown_at
from planned_activities
order by activity_id;

insert into processing_activities by name
select 'G' || account_id as activity_id, account_id, 'a' as purpose, 'contract' as legal_basis, false as automated,
       days_later(erased_at, -1) as started_at, days_later(erased_at, 5) as ended_at, 'company' as decided_by,
       'account' as data_class, false as aggregated
from going_on;

update accounts set our_role = 'controller'
where account_id in (select account_id from planned_activities where plan = 'as_controller');

insert into planted
select 'visitor_data_processed_on_instruction', activity_id, plan
from planned_activities
where plan in ('own_decision', 'own_purpose', 'as_controller')
union all
select unnest(['processing_purpose_permitted', 'processing_purpose_permitted: internal_only = true']), activity_id,
       'other_purpose'
from planned_activities
where kind <> 'ip' and plan in ('other_purpose', 'not_told', 'told_later')
union all
-- A strict reader of jivochat's text: trends and promotion are no internal purposes.
select 'processing_purpose_permitted: internal_only = true', activity_id, 'not_internal'
from processing_activities
where purpose in ('e', 'g')
union all
select 'ip_address_purpose_limited', activity_id, plan
from planned_activities
where kind = 'ip' and plan in ('other_purpose', 'not_in_aggregate')
union all
select 'legal_basis_recorded_for_eea', activity_id, plan
from planned_activities
where plan in ('no_basis', 'other_basis') and in_eea(country)
union all
select 'legitimate_interest_balanced', activity_id, plan
from planned_activities
where plan in ('no_assessment', 'assessed_later', 'overridden')
union all
select 'legitimate_interest_is_explained', activity_id, plan from planned_activities where plan in ('not_told', 'told_later')
union all
select 'compliance_monitoring_is_minimised', activity_id, plan from planned_activities where plan = 'not_minimised'
union all
select 'objection_honoured', objection_id, plan from planned_activities where plan = 'went_on'
union all
select 'objection_honoured', request_id, 'written_to' from written_to
union all
-- To marketing anybody may object.
select 'objection_honoured', request_id, 'refused'
from requests
where type = 'objection' and purpose = 'marketing' and outcome = 'denied' and requester_role <> 'object'
union all
select 'portability_refusal_is_justified', r.request_id, 'conditions_met'
from requests as r join processing_activities as p using (account_id)
where r.type = 'portability' and r.outcome = 'denied' and r.requester_role <> 'object'
  and p.automated and p.legal_basis in ('contract', 'consent')
  and p.started_at < r.closed_at and (p.ended_at is null or p.ended_at > r.closed_at);
