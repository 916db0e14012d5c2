-- Adds to holdings what was stored of people who asked to be erased, and what came back after that.
-- Needs erased and reported (30_request_steps), holdings (70_retention), planned_backups (72_backups).

create table erased_holdings as
with people as (
    select * from erased where account_id not in (select account_id from reported)
),
late_tapes as (
    select account_id from planned_backups where is_after_erasure
)
select 'E' || account_id as holding_id, account_id, request_id, days_later(erased_at, -20) as collected_at, erased_at,
       case when times > 1 or draw('erases', account_id) > 0.1 or account_id in (select account_id from late_tapes) then 'erased'
            when not may_go_wrong(erased_at) then 'erased'
            when draw('erases', account_id) < 0.04 and not is_mended() then 'still_held'
            else 'disposed_late' end as plan
from people
where draw('stored', account_id) < 0.25 and erased_at < before_export(10)
union all
select 'Z' || account_id, account_id, request_id, days_later(erased_at, 20), erased_at, 'restored'
from people
where not is_mended() and draw('restored', account_id) < 0.02 and times = 1 and erased_at < before_export(30);

-- Whose data a job of the service went on with for days; not of those whose data came back as well.
create table going_on as
select account_id, request_id, erased_at
from erased join accounts using (account_id)
where times = 1 and closed_at is null and erased_at < before_export(30)
  and draw('goes on', account_id) < 0.015 and may_go_wrong(erased_at)
  and account_id not in (select account_id from erased_holdings where plan = 'restored')
order by account_id;

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
select 'erasure_carried_out', e.request_id, 'isolated_late'
from erased as e join planned_backups as b using (account_id)
where b.is_after_erasure
union all
select 'erased_person_stays_erased', request_id, 'resurrected' from erased_holdings where plan = 'restored'
union all
-- Some jobs went on for days with data of people who were gone (86_activities).
select 'erased_person_stays_erased', request_id, 'goes_on' from going_on
union all
select unnest(['erasure_carried_out', 'erased_person_stays_erased']), request_id, 'partly'
from requests
where type = 'erasure' and outcome = 'partial' and requester_role <> 'object';
