-- Plants what is wrong with confirmations, and with the answers to questions, to who asks for an agreement, and to visitors.
-- Needs answered_requests (22_answers). Where jivochat's text gives no number of days, what thirty days find stands beside.

insert into planted
with facts as (
    select *, plan in ('late', 'overdue', 'withdrawn_late') as is_amiss,
           -- In the United States and Bolivia not everybody has the same holidays, and nobody knows who has which.
           country in ('US', 'BO') as is_in_doubt
    from answered_requests
),
people as (
    select *, country = 'US' and region is null as is_region_lost,
           case when plan = 'acknowledged_late' then 'late'
                when is_unheard or plan = 'ends_before_start' then plan end as first_reply
    from facts
    where requester_role <> 'object'
)
select 'first_reply_in_hours', request_id, first_reply from people where first_reply is not null
union all
select 'first_reply_in_working_days', request_id,
       case when country is null then 'place_unknown'
            when is_in_doubt and first_reply <> 'ends_before_start' then 'holiday_in_doubt' else first_reply end
from people
where first_reply is not null or country is null
union all
select 'request_acknowledged', request_id, first_reply
from people
where region = 'CA' and type in ('access', 'confirmation', 'erasure', 'portability', 'rectification') and first_reply is not null
union all
select 'request_acknowledged', request_id, if(plan = 'ends_before_start', plan, 'place_unknown')
from people
where type in ('access', 'confirmation', 'erasure', 'portability', 'rectification') and (country is null or is_region_lost)
union all
select case type when 'question' then 'question_answered' else 'dpa_request_answered' end, request_id, 'no_limit'
from people
where type in ('question', 'agreement') and seen(responded_at) is null and plan <> 'withdrawn_late'
union all
select case type when 'question' then 'question_answered: question_days = 30'
                 else 'dpa_request_answered: agreement_days = 30' end, request_id,
       if(plan = 'late', 'answered_late', plan)
from people
where type in ('question', 'agreement') and is_amiss
union all
select unnest(['visitor_request_redirected', 'visitor_request_redirected: redirect_days = 30']), request_id, 'on_the_merits'
from facts
where plan = 'on_the_merits'
union all
select 'visitor_request_redirected', request_id, 'no_limit'
from facts
where requester_role = 'object' and seen(closed_at) is null
union all
select 'visitor_request_redirected: redirect_days = 30', request_id,
       case when plan = 'late' and is_instructed then 'instructed_late' when plan = 'late' then 'redirected_late' else plan end
from facts
where requester_role = 'object' and is_amiss;
