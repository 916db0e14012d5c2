-- Makes request_events, and who was erased, who objected and of which accounts it was reported that a child has them.
-- Needs requests (24_outcomes). Section 48_erasure_notices adds events.

-- Who was erased, when first, and how often: nothing of theirs may come later.
create table erased as
select account_id, min(closed_at) as erased_at, count(*) as times, min(request_id) as request_id
from requests
where type = 'erasure' and outcome = 'fulfilled' and requester_role <> 'object'
group by account_id;

create table objected as
select account_id, min(received_at) as objected_at, count(*) as times, min(request_id) as request_id,
       bool_and(outcome = 'fulfilled') as is_upheld
from requests
where type = 'objection' and requester_role <> 'object'
group by account_id;

create table reported as
select account_id, max(received_at) as reported_at, bool_or(outcome = 'withdrawn' and plan = 'withdrawn_late') as is_taken_back
from requests join (select request_id, plan from planned_requests) using (request_id)
where type = 'child_report'
group by account_id;

create table planned_corrections as
select request_id, closed_at,
       case when draw('corrected', request_number) < 0.03 and not is_mended() then 'not_corrected'
            when draw('corrected', request_number) < case when in_bad_quarter(closed_at) then 0.3 else 0.06 end
                 and closed_at < before_export(5) and may_go_wrong(closed_at)
            then 'corrected_later'
            else 'kept' end as plan
from requests
where type = 'rectification' and outcome = 'fulfilled' and requester_role <> 'object';

create table planned_transmissions as
select request_id, closed_at,
       case when closed_at > before_export(2.5) then 'young'
            when closed_at < before_export(50) and draw('transmitted', request_number) < 0.2 and not is_mended() then 'open'
            when closed_at < before_export(50) and draw('transmitted', request_number) > 0.75 and may_go_wrong(closed_at)
            then 'late'
            else 'kept' end as plan
from requests
where type = 'portability' and outcome = 'fulfilled' and requester_role <> 'object' and draw('transmit', request_number) < 0.5;

-- Steps: the third is a correction, from the fourth on a transmission, from the tenth on the recipients that are told of an
-- erasure.
create table request_events as
select request_id, 1::bigint as seq, 'opened' as event, received_at as occurred_at, 'desk' as actor from requests
union all
select request_id, 2, 'closed', closed_at, 'desk' from requests where closed_at is not null
union all
select request_id, 3, 'corrected', days_later(closed_at, case plan when 'corrected_later' then 2 else -0.02 end), 'desk'
from planned_corrections
where plan <> 'not_corrected'
union all
select request_id, 4, 'transmission_asked', days_later(closed_at, -0.05), 'desk' from planned_transmissions
union all
select request_id, 5, 'transmitted', days_later(closed_at, if(plan = 'late', 40, 2)), 'desk'
from planned_transmissions
where plan in ('kept', 'late');

insert into planted
select 'rectification_carried_out', request_id, plan from planned_corrections where plan <> 'kept'
union all
select 'rectification_carried_out', request_id, 'partly'
from requests
where type = 'rectification' and outcome = 'partial' and requester_role <> 'object'
union all
select 'portability_transmitted', request_id, 'no_limit' from planned_transmissions where plan in ('young', 'open')
union all
-- Of thirty days, of which jivochat's text says nothing.
select 'portability_transmitted: transmit_days = 30', request_id, if(plan = 'late', 'transmitted_late', 'overdue')
from planned_transmissions
where plan in ('late', 'open');
