-- Adds to holdings what was stored of people who asked to be erased, and what came back after that.
-- Needs erased and reported (30_request_steps), holdings (70_retention).

create table erased_holdings as
with people as (
    select * from erased where account_id not in (select account_id from reported)
)
select 'E' || account_id as holding_id, account_id, request_id, days_later(erased_at, -20) as collected_at, erased_at,
       case when times > 1 or draw('erases', account_id) > 0.1 then 'erased'
            when not may_go_wrong(erased_at) then 'erased'
            when draw('erases', account_id) < 0.04 and not is_mended() then 'still_held'
            else 'disposed_late' end as plan
from people
where draw('stored', account_id) < 0.25 and erased_at < before_export(10)
union all
select 'Z' || account_id, account_id, request_id, days_later(erased_at, 20), erased_at, 'restored'
from people
where not is_mended() and draw('restored', account_id) < 0.02 and times = 1 and erased_at < before_export(30);

insert into holdings by name
select holding_id, account_id, 'crm' as system_name, 'request_file' as category, 'account' as purpose, collected_at,
       case when plan in ('still_held', 'restored') then 'held' else 'deleted' end as disposition,
       case plan when 'erased' then days_later(erased_at, -0.02)
                 when 'disposed_late' then days_later(erased_at, 4) end as disposed_at,
       case when plan in ('still_held', 'restored') then before_export(10) else days_later(erased_at, -1) end as need_ended_at -- found a while ago
from erased_holdings;

insert into planted
select 'erasure_carried_out', request_id, plan from erased_holdings where plan in ('still_held', 'disposed_late')
union all
select 'erased_person_stays_erased', request_id, 'resurrected' from erased_holdings where plan = 'restored'
union all
select unnest(['erasure_carried_out', 'erased_person_stays_erased']), request_id, 'partly'
from requests
where type = 'erasure' and outcome = 'partial' and requester_role <> 'object';
