-- Makes answered_requests: when each request is recognised, acknowledged, extended, answered and closed, after the export too.
-- Needs asked_requests (20_requests).

create table answered_requests as
with checked as (
    select *,
           plan in ('kept', 'last_minute') and is_european and type in ('access', 'erasure') and draw('identity', number) < 0.25
               as is_checked,
           -- Of those whose identity is checked, some get their answer first, or without any proof, or are asked for it late.
           case when not is_checked or not is_past then 'kept' when draw('released', number) < 0.06 then 'before_proof'
                when not may_go_wrong(received_at) then 'kept' when draw('proven', number) < 0.03 then 'never_proven'
                when draw('proven', number) < 0.06 then 'stalled' else 'kept' end as proof,
           case when proof = 'stalled' then 10 else 0.6 end as asked_after,
           case when is_checked then days_later(received_at, asked_after) end as id_asked_at,
           case when is_checked and proof <> 'never_proven'
                then days_later(received_at, asked_after + 1 + 3 * draw('verified', number)) end as id_verified_at
    from asked_requests
),
timed as (
    select *,
           case when proof = 'before_proof' then 1 else
                case plan when 'late' then case country when 'US' then 50 else 36 end + 12 * draw('late', number)
                     when 'law_late' then 27 + draw('law late', number)
                     when 'extended' then 60 + 15 * draw('extended', number)
                     when 'told_late' then 60 + 15 * draw('told late', number)
                     when 'overdue' then null when 'withdrawn_late' then null when 'not_delivered' then null
                     when 'ends_before_start' then -2 - draw('before', number)
                     when 'redirect' then 0.2 + 8 * power(draw('redirect', number), 2)
                     else greatest(if(plan = 'acknowledged_late', 22, 0),
                                   0.1 + (case type when 'opt_out' then 14 else answers_within_days end - 0.1)
                                         * (0.15 + 0.85 * power(draw('answer', number), 1.3))) end end as answered_after
    from checked
),
answered as (
    select *,
           case when proof = 'before_proof' then days_later(received_at, answered_after)
                else greatest(days_later(id_verified_at, 0.2), days_later(received_at, answered_after)) end as responded_at
    from timed
)
select * exclude (is_checked, asked_after, answered_after),
       -- More and more mails are overlooked, none a year ago, one in four now; they are found when people ask again.
       type = 'erasure' and channel = 'email' and requester_role <> 'object' and age > 34 as is_mail,
       is_mail and cume_dist() over (partition by is_mail, date_trunc('month', received_at) order by draw('overlooked', number))
                   <= 0.022 * date_diff('month', date '2025-09-01', received_at::date) as is_overlooked,
       case when plan = 'withdrawn_late' then null
            when not is_overlooked then days_later(received_at, 0.05 + 0.5 * draw('recognised', number))
            when is_mended() then days_later(received_at, 33 + 2 * draw('recognised', number)) end as recognised_at,
       -- Of what was left, some was not confirmed either.
       plan = 'withdrawn_late'
       or (plan = 'overdue' and not is_mended() and draw('unheard', number) < if(region = 'CA', 1, 0.3)) as is_unheard,
       case when not is_unheard
            then days_later(received_at, case when plan = 'acknowledged_late' then 22 + 4 * draw('acknowledged', number)
                                              else 0.1 + 1.5 * draw('acknowledged', number) end) end as acknowledged_at,
       case plan when 'extended' then days_later(received_at, 18 + 6 * draw('told', number))
                 when 'told_late' then days_later(received_at, 38 + 4 * draw('told', number))
                 when 'no_reason' then days_later(received_at, 8 + 4 * draw('told', number))
                 when 'no_extension_in_law' then days_later(received_at, 2 + draw('told', number)) end as extended_at,
       -- A few were told of four months, though the law gives three.
       plan = 'extended' and draw('too long', number) < 0.3 as is_too_long,
       case when extended_at is not null then days_later(received_at, if(is_too_long, 125, 80)) end as extended_to,
       case when plan in ('extended', 'told_late', 'no_extension_in_law') then 'complexity' end as extension_reason,
       case when draw('own due', number) < 0.8 then at_second(received_at::date + 30, 61_200) end as due_at,
       case when plan = 'closed_late' then days_later(received_at, 32 + draw('closed late', number))
            when plan = 'withdrawn_late' then days_later(received_at, 55 + 12 * draw('closed late', number))
            when plan = 'not_delivered' then days_later(received_at, 5 + 15 * draw('closed late', number))
            when plan = 'last_minute' then at_second(received_at::date + 31, -60)
            else days_later(responded_at, 0.01 + 1.5 * draw('close', number)) end as closed_at,
       -- What came late to a subscriber's desk was dealt with there and then, on the subscriber's word.
       requester_role = 'object' and plan = 'late' and draw('instructed', number) < 0.5
           and account_id in (select account_id from accounts where controller_subscriber_id is not null) as is_instructed
from answered;

-- A law of its own list: which places give a number for which types.
insert into planted
with facts as (
    select *,
           (country = 'KE' and type in ('erasure', 'rectification'))
           or (country = 'US' and region <> 'CA')
           or (country = 'PE' and type in ('access', 'erasure', 'rectification') and received_at < timestamptz '2025-03-30 00:00:00+01')
           or (country = 'ID' and received_at < timestamptz '2024-10-17 00:00:00+02') as is_without_rule,
           is_right and requester_role <> 'object' and country is not null and not coalesce(is_without_rule, false)
           and ((is_european and (country <> 'CH' or type in ('access', 'confirmation', 'portability')))
                or (country = 'US' and region = 'CA')
                or (country = 'BR' and type = 'access')
                or (country in ('AR', 'CO', 'KE', 'PE') and type in ('access', 'erasure', 'rectification'))
                or (country = 'ID' and type in ('access', 'rectification', 'restriction'))
                or country in ('CL', 'MX', 'TR')
                or (country = 'ZA' and type = 'access')) as has_law
    from answered_requests
),
people as (
    select *, country = 'US' and region is null as is_region_lost from facts where requester_role <> 'object'
),
promise as (
    select request_id, type, requester_role, is_promised, due_at is not null as has_own_date,
           case when plan in ('late', 'extended', 'told_late') then 'late' when plan = 'not_delivered' then 'overdue'
                when plan in ('overdue', 'withdrawn_late', 'ends_before_start') then plan end as answer,
           case when plan in ('closed_late', 'withdrawn_late') then 'late' when plan <> 'not_delivered' then answer end as closing
    from people
)
select 'request_handled_in_time', request_id, closing from promise where is_promised and closing is not null
union all
select 'own_deadline_kept', request_id, closing from promise where has_own_date and closing is not null
union all
-- Visitors' tickets have such a date too.
select 'own_deadline_kept', request_id, if(plan = 'overdue', plan, 'late')
from facts
where requester_role = 'object' and due_at is not null and plan in ('late', 'overdue', 'withdrawn_late')
union all
select 'subject_access_answered_in_time', request_id, answer from promise where type = 'access' and answer is not null
union all
select 'subscriber_removal_answered_in_time', request_id, answer
from promise
where type = 'erasure' and requester_role = 'subscriber' and answer is not null
union all
select 'request_handled_in_statutory_time', request_id,
       case when plan in ('law_late', 'told_late') then 'late' when plan = 'not_delivered' then 'overdue' else plan end
from people
where has_law and plan in ('late', 'law_late', 'told_late', 'overdue', 'not_delivered', 'withdrawn_late', 'ends_before_start')
union all
select 'request_handled_in_statutory_time', request_id, 'no_rule_on_file'
from people
where is_right and plan is distinct from 'ends_before_start' and is_without_rule
union all
select 'request_handled_in_statutory_time', request_id, 'ends_before_start'
from people
where is_right and plan = 'ends_before_start' and not has_law and (is_region_lost or is_without_rule)
union all
select 'request_handled_in_statutory_time', request_id, 'region_unknown'
from people
where is_right and plan <> 'ends_before_start' and is_region_lost
union all
select 'request_handled_in_statutory_time', request_id, 'country_unknown' from people where is_right and country is null
union all
select 'extension_notified_in_time', request_id, if(is_too_long, 'too_long', plan)
from people
where plan in ('told_late', 'no_reason', 'no_extension_in_law') or is_too_long
union all
select 'removal_by_mail_recognised', request_id,
       case when plan = 'withdrawn_late' then plan when seen(recognised_at) is null then 'not_recognised'
            else 'recognised_late' end
from people
where is_overlooked or (is_mail and plan = 'withdrawn_late');
