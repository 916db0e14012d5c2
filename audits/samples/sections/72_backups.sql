-- Adds to holdings the backups of closed accounts, on tape until they are destroyed.
-- Needs accounts (10_people), erased and reported (30_request_steps), holdings (70_retention).
-- Plants nothing itself: what is done with people's data afterwards counts (94_use_of_backups).

create table planned_backups as
with kept as (
    select account_id, created_at, closed_at, erased_at, times, row_number() over (order by account_id) as number
    from accounts left join erased using (account_id)
    where closed_at < before_export(60) and draw('backup', account_id) < 0.1
      and subject_type <> 'subscriber_object' and not is_child
      and account_id not in (select account_id from reported)
)
select 'B' || account_id as holding_id, account_id, created_at,
       -- Tapes of some who were erased were put away days after that, others when they had been in use for more than 13 months.
       coalesce(draw('isolates', account_id) < 0.4 and times = 1 and erased_at < before_export(60) and may_go_wrong(erased_at)
                and erased_at between days_later(closed_at, -300) and days_later(closed_at, 300), false) as is_after_erasure,
       case case when not is_mended() then number % 12 end
            when 1 then if(closed_at < before_export(480) and erased_at is null, 'isolated_late', 'kept')
            when 3 then 'processed_since' when 5 then 'not_destroyed' when 7 then 'no_reason' when 9 then 'no_end'
            when 11 then if(erased_at is null, 'not_isolated', 'kept')
                        else 'kept' end as plan,
       case when is_after_erasure then days_later(erased_at, 5)
            when plan = 'isolated_late' then days_later(closed_at, 440)
            when plan <> 'not_isolated' then least(days_later(closed_at, 10), days_later(erased_at, -0.02)) end as isolated_at
from kept;

insert into holdings by name
select holding_id, account_id, 'tape' as system_name, 'backup' as category, 'recovery' as purpose, created_at as collected_at,
       'isolated_backup' as disposition, case when plan <> 'no_reason' then 'sealed tape' end as why_not_deletable, isolated_at,
       case plan when 'no_end' then null when 'not_destroyed' then before_export(20) else days_later(exported_at(), 300) end
           as destroy_by,
       days_later(isolated_at, case plan when 'processed_since' then 20 else -1 end) as last_processed_at
from planned_backups;
