-- Makes asked_requests: who asks for what, when and by which channel, and the plan: what will go wrong with it.
-- Needs accounts and markets (10_people), day_slots (15_days). Plants nothing itself: the next two sections follow the plan.

create table asked_requests as
with drawn as (
    select i as number, draw_account('account', i) as account_id, draw_slot('day', i) as slot,
           -- Office hours mostly; nothing within the hours in which a zone's day could be mistaken.
           (6 + 12 * (draw('hour', i) + draw('hour again', i)) / 2) * 3600 as seconds
    from range(1, (getvariable('account_count') * 3 // 4)::bigint + 1) as t (i)
),
dated as (
    select d.number, d.account_id, at_second(s.day, floor(d.seconds)) as received_at
    from drawn as d join day_slots as s using (slot)
),
placed as (
    select d.*, a.country, a.region, a.is_child, a.controller_subscriber_id, m.answers_within_days,
           case a.subject_type when 'subscriber_object' then 'object' else a.subject_type end as requester_role,
           a.country in ('DE', 'ES', 'FR', 'PT', 'GB', 'CH') as is_european,
           draw('type', d.number) as type_draw
    from dated as d
    join accounts as a using (account_id)
    join markets as m using (country)
    where d.received_at > a.created_at and d.received_at < before_export(0.25)
),
typed as (
    select row_number() over (order by received_at, number) as request_number, * exclude (type_draw, is_child),
           case when type_draw < 0.004 or is_child then 'child_report'
                when type_draw < 0.012 then 'consent_withdrawal'
                when type_draw < 0.06 then 'question'
                when type_draw < 0.08 then 'agreement'
                when country = 'ZA' or type_draw < 0.48 then 'access'
                when type_draw < 0.78 then 'erasure'
                when type_draw < 0.88 then 'rectification'
                when is_european and type_draw < 0.92 then 'objection'
                when is_european and type_draw < 0.96 then 'portability'
                when is_european then 'confirmation'
                when region = 'CA' then 'opt_out'
                else 'access' end as type
    from placed
),
-- Who mends what goes wrong lets it go wrong less often. What fell due in the bad quarter was late now and then for want of hands.
chances as (
    select *, draw('plan', number) * case when is_mended() then 2 else 1 end as chance,
           in_bad_quarter(days_later(received_at, 30)) and draw('backlog', number) < 0.16 as is_backlog,
           date_diff('day', received_at, exported_at()) as age,
           age > case when is_mended() then 85 else 34 end as is_past,
           received_at < timestamptz '2025-09-01 00:00:00+02' as is_long_ago,
           type in ('access', 'erasure', 'rectification', 'confirmation') as is_promised,
           -- The broken promises of the last month: every second one was left, of those to which no law gives a number of days.
           is_mended() and type in ('access', 'rectification') and (country in ('BO', 'IN', 'NG', 'VE') or region <> 'CA')
           and requester_role <> 'object' and age between 36 and 60 as is_without_law,
           coalesce(is_without_law and row_number() over (partition by is_without_law order by type, draw('left', number))
                                       <= ceil(0.5 * count(*) over (partition by is_without_law)), false) as is_left,
           type not in ('question', 'agreement', 'child_report', 'consent_withdrawal') as is_right
    from typed
),
-- What will go wrong with which request: of the young ones, nothing that the export would not show yet.
planned as (
    select *,
           case when requester_role = 'object' then
                    case when is_past and controller_subscriber_id is null and chance < 0.3 then 'on_the_merits'
                         when is_long_ago and chance > 0.400 and chance < 0.404 then 'late'
                         when is_long_ago and chance > 0.404 and chance < 0.408 then 'withdrawn_late'
                         when not is_mended() and chance > 0.408 and chance < 0.412 and age > 50 then 'overdue'
                         else 'redirect' end
                -- Nobody felt responsible for some questions, reports and withdrawals of consent: people took them back.
                when not is_right then
                    case when is_long_ago and chance < case type when 'question' then 0.05 when 'agreement' then 0.08 else 0 end
                         then 'late'
                         when is_long_ago and chance < case type when 'question' then 0.1 when 'agreement' then 0.16
                                                                 when 'child_report' then 0.55 else 0.4 end then 'withdrawn_late'
                         when not is_mended() and type in ('question', 'agreement') and chance > 0.96 and age > 50 then 'overdue'
                         else 'kept' end
                when is_backlog then case when is_european and country <> 'CH' and draw('told of it', number) < 0.3 then 'extended'
                                          else 'late' end
                when is_left then 'overdue'
                when is_promised and is_past and chance < 0.0004 and type <> 'rectification' then 'ends_before_start'
                when chance < 0.012 and age > 85 then 'late'
                when chance < 0.012 and is_past and age > 50 and country <> 'US' then 'late'
                when is_promised and chance < 0.020 and is_past then 'closed_late'
                when is_european and country <> 'CH' and chance < 0.028 and age > 85 then 'extended'
                when is_european and country <> 'CH' and chance < 0.031 and age > 85 then 'told_late'
                when is_european and country <> 'CH' and chance < 0.034 and is_past then 'no_reason'
                when country = 'BR' and type = 'access' and chance < 0.06 and is_past then 'law_late'
                when country in ('AR', 'KE', 'ID', 'CL') and is_promised and type <> 'confirmation' and chance < 0.06 and is_past
                then 'law_late'
                when not is_mended() and chance > 0.992 and age between 50 and 300 then 'overdue'
                when not is_mended() and region = 'CA' and chance > 0.9 and age between 60 and 150 then 'overdue'
                when not is_mended() and chance > 0.97 and age between 36 and 60 and country <> 'US' then 'overdue'
                when region = 'CA' and type in ('access', 'erasure', 'rectification') and chance < 0.05 and is_past
                then 'acknowledged_late'
                when is_promised and chance < 0.055 and age > 34 then 'last_minute'
                -- Till September 2025 requests were lost now and then, until those who had waited in vain took them back.
                when is_long_ago and is_promised and chance > 0.060
                     and chance < case when region = 'CA' or (type = 'erasure' and requester_role = 'subscriber') then 0.08
                                       else 0.063 end then 'withdrawn_late'
                when is_long_ago and in_eea(country) and chance > 0.080 and chance < 0.085 then 'acknowledged_late'
                -- More time was taken where the law knows of none, and not needed.
                when country = 'BR' and type = 'access' and chance > 0.080 and chance < 0.100 and is_past
                then 'no_extension_in_law'
                when not is_mended() and is_past and type in ('access', 'confirmation') and chance > 0.100 and chance < 0.103
                then 'not_delivered'
                else 'kept' end as plan
    from chances
)
select numbered('R', request_number) as request_id,
       * exclude (country, controller_subscriber_id, chance, is_backlog, is_without_law, is_left, is_long_ago),
       case when draw('channel', number) < 0.62 then 'email' when draw('channel', number) < 0.84 then 'portal'
            when draw('channel', number) < 0.95 then 'chat' else 'post' end as channel,
       case when channel = 'email' then
            case when draw('address', number) < 0.97 then 'privacy@jivochat.com'
                 when draw('address', number) < 0.99 then 'privacy@jivosite.com'
                 else 'privacy@jvochat.com' end end as addressed_to,
       -- A few tickets do not say where the person is.
       case when plan = 'kept' and is_right and draw('country lost', number) < 0.002 then null else country end as country
from planned;
