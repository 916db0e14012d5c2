-- Makes breaches: of the Company's own data, of data that it holds for subscribers, and of subscribers.
-- Needs accounts (10_people).

-- Breaches of the Company's own and of subscribers, every five weeks; each fifth is told too late, one of each never or later
-- still.
create table planned_breaches as
select i as number, case when i % 2 = 0 then 'company' else 'subscriber' end as reported_by,
       days_later(timestamptz '2023-11-21 09:00:00+01', i * 17) as start_at,
       case when not may_go_wrong(start_at) then 'kept'
            when i = 52 and not is_mended() then 'overdue'
            when i % 10 in (3, 4) then 'late' when i in (48, 49) then case when is_mended() then 'late' else 'overdue' end
            when i % 10 = 6 then 'late_with_reason'
            else 'kept' end as plan,
       -- Of two breaches people heard when everything had been looked into.
       i in (20, 40) and may_go_wrong(start_at) as is_told_slowly
from range(1, 64) as t (i);

create table breaches as
select 'X' || lpad(number::varchar, 3, '0') as breach_id,
       case when reported_by = 'subscriber' then (select min(account_id) from accounts) end as subscriber_id, reported_by,
       case when reported_by = 'company' then 'controller' else 'processor' end as our_role,
       case when reported_by = 'company' then start_at end as aware_at,
       case when reported_by = 'subscriber' then start_at end as subscriber_aware_at,
       case when reported_by = 'subscriber' and plan <> 'overdue'
            then days_later(start_at, case plan when 'late' then 4.5 else 0.3 + draw('told', number) end) end as company_told_at,
       case when reported_by = 'subscriber' or number % 10 = 8 then 'none' when number % 4 = 0 or number = 62 then 'high'
            else 'risk' end as risk,
       case when reported_by = 'company' and plan <> 'overdue' and number % 10 <> 8
            then days_later(start_at, case when plan in ('late', 'late_with_reason') then 4.5
                                           else 0.5 + 2 * draw('told', number) end) end as authority_told_at,
       case when risk = 'high' and (number % 12 <> 0 or is_mended())
            then days_later(start_at, if(is_told_slowly, 45, 6)) end as subjects_told_at,
       null::timestamptz as subscriber_told_at,
       case when plan = 'late_with_reason' and reported_by = 'company' then 'forensics took longer' end as delay_reason,
       case when number <> 30 or is_mended() then days_later(start_at, 1) end as recorded_at
from planned_breaches
order by breach_id;

-- Breaches of the Company's own in which it is a processor; two of them the subscriber was never told of, of one after five days.
insert into breaches by name
select 'Y' || lpad(i::varchar, 3, '0') as breach_id, (select min(account_id) from accounts) as subscriber_id,
       'company' as reported_by, 'processor' as our_role,
       days_later(timestamptz '2024-01-25 09:00:00+01', i * 90) as aware_at, 'risk' as risk,
       case when i not in (4, 9) or is_mended()
            then days_later(timestamptz '2024-01-25 09:00:00+01', i * 90 + if(i = 6, 5, 1.5)) end as subscriber_told_at,
       days_later(timestamptz '2024-01-25 09:00:00+01', i * 90 + 1) as recorded_at
from range(1, 12) as t (i);

insert into planted
select 'subscriber_informed_of_breach', breach_id, 'no_limit'
from breaches
where breach_id like 'Y%' and subscriber_told_at is null
union all
-- Of 72 hours, of which jivochat's text says nothing.
select 'subscriber_informed_of_breach: hours = 72', breach_id, if(subscriber_told_at is null, 'overdue', 'late')
from breaches
where breach_id like 'Y%' and coalesce(subscriber_told_at > days_later(aware_at, 4), true)
union all
select 'breach_is_recorded', breach_id, 'not_recorded' from breaches where recorded_at is null
union all
select case reported_by when 'company' then 'authority_notified_in_time' else 'subscriber_breach_notified_in_time' end,
       'X' || lpad(number::varchar, 3, '0'), plan
from planned_breaches
where plan in ('late', 'overdue') and (reported_by = 'subscriber' or number % 10 <> 8)
union all
select 'people_informed_of_high_risk_breach', 'X' || lpad(number::varchar, 3, '0'), 'no_limit'
from planned_breaches
where reported_by = 'company' and number % 12 = 0 and number % 10 <> 8 and not is_mended()
union all
-- Of thirty days, of which it says nothing either.
select 'people_informed_of_high_risk_breach: days = 30', 'X' || lpad(number::varchar, 3, '0'),
       if(is_told_slowly, 'told_late', 'overdue')
from planned_breaches
where is_told_slowly or (reported_by = 'company' and number % 12 = 0 and number % 10 <> 8 and not is_mended());
