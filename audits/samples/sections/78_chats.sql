-- Adds to holdings what visitors wrote to subscribers: kept as long as the subscriber's agreement says.
-- Needs accounts (10_people), reported (30_request_steps), holdings (70_retention).

create table planned_chats as
with chats as (
    select v.account_id, v.created_at, s.agreement_ended_at, s.closed_at, draw('visitor', v.account_id) as chance
    from accounts as v join accounts as s on s.account_id = v.controller_subscriber_id
    where draw('chats', v.account_id) < 0.6 and not v.is_child and v.account_id not in (select account_id from reported)
      and v.created_at < coalesce(s.agreement_ended_at, 'infinity')
)
select 'O' || account_id as holding_id, *,
       case when agreement_ended_at is null then 'runs'
            when agreement_ended_at > before_export(case when is_mended() then 2.5 else 55 end) then 'runs'
            when agreement_ended_at > before_export(140) then 'erased'
            when chance < 0.08 and not is_mended() then 'kept_too_long'
            when chance < 0.16 then 'disposed_late'
            else 'erased' end as plan
from chats;

insert into holdings by name
select holding_id, account_id, 'chat' as system_name, 'chat' as category, 'service' as purpose, created_at as collected_at,
       case when plan in ('kept_too_long', 'runs') then 'held' else 'deleted' end as disposition,
       case plan when 'disposed_late' then days_later(agreement_ended_at, 100)
                 when 'erased' then days_later(agreement_ended_at, case when is_mended() then 1 + chance else 20 + 30 * chance end)
            end as disposed_at
from planned_chats;

insert into planted
select 'processor_data_kept_by_agreement', holding_id, plan from planned_chats where plan in ('kept_too_long', 'disposed_late')
union all
select 'visitor_data_deleted_after_leaving', holding_id, 'no_limit'
from planned_chats
where plan in ('kept_too_long', 'runs') and closed_at is not null
union all
-- Of ninety days, of which jivochat's text says nothing.
select 'visitor_data_deleted_after_leaving: deletion_days = 90', holding_id, if(plan = 'kept_too_long', 'still_held', plan)
from planned_chats
where plan in ('kept_too_long', 'disposed_late') and closed_at is not null;
