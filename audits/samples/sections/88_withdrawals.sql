-- Adds to consents those that people asked to withdraw, and plants what went on without one.
-- Needs requests (24_outcomes), disclosures (42_disclosures, 46_grounds), and every other consent (60_marketing,
-- 87_consents_relied_on).

-- Who asked to withdraw a consent: recorded on the day, but for some, whom somebody found weeks later, or nobody; and who took
-- that back had withdrawn it before, but for those who had waited for too long.
create table planned_withdrawals as
with asked as (
    select request_id, request_number, account_id, received_at, p.plan, outcome, count(*) over (partition by account_id) as times
    from requests join (select request_id, plan from planned_requests) as p using (request_id)
    where type = 'consent_withdrawal' and requester_role <> 'object'
)
select request_id, account_id, received_at,
       case when outcome = 'withdrawn' then if(times = 1 and plan = 'withdrawn_late', 'taken_back_late', 'withdrawn_before')
            when times > 1 or received_at > before_export(60) then 'kept'
            when draw('withdrawal', request_number) < 0.25 and not is_mended() then 'overdue'
            when draw('withdrawal', request_number) > 0.75 and may_go_wrong(received_at) then 'recorded_late'
            else 'kept' end as plan
from asked;

insert into consents
select 'W' || request_id, account_id, 'profiling', days_later(received_at, -10),
       case plan when 'kept' then days_later(received_at, 0.001) when 'recorded_late' then days_later(received_at, 40)
                 when 'withdrawn_before' then days_later(received_at, -5) end, '2022-06', 'form-' || request_id
from planned_withdrawals;

-- Who permitted that data is handed to a partner; one in ten, who agreed to nothing else, took it back before.
insert into consents
select 'P' || account_id, account_id, 'sharing', days_later(min(disclosed_at), -30),
       case when draw('permission', account_id) < 0.1 and may_go_wrong(max(disclosed_at))
                 and account_id not in (select account_id from consents where purpose not in ('newsletter', 'promotion'))
            then days_later(min(disclosed_at), -10) end, '2022-06', 'form-' || account_id
from disclosures
where recipient_id = 'P11' and ground = 'permission'
group by account_id;

insert into planted
select 'withdrawal_request_carried_out', request_id, 'no_limit' from planned_withdrawals where plan = 'overdue'
union all
-- Of thirty days, of which jivochat's text says nothing.
select 'withdrawal_request_carried_out: withdrawal_days = 30', request_id, plan
from planned_withdrawals
where plan in ('overdue', 'recorded_late', 'taken_back_late')
union all
select 'other_disclosure_has_permission', d.disclosure_id,
       case d.ground when 'courtesy' then 'no_ground' else 'no_permission' end
from disclosures as d
left join consents as c on c.consent_id = 'P' || d.account_id
where d.recipient_id = 'P11' and (d.ground = 'courtesy' or c.withdrawn_at < d.disclosed_at)
union all
-- Statistics of too few are what is known of each.
select 'other_disclosure_has_permission', disclosure_id, 'no_ground' from planned_disclosures where plan = 'too_few'
union all
select 'disclosure_has_permitted_ground', disclosure_id,
       case when plan in ('no_recipient', 'stranger') then 'recipient_unknown' when plan = 'no_ground' then 'ground_unknown'
            else 'no_ground' end
from planned_disclosures
where plan in ('no_recipient', 'stranger', 'ended', 'before_signing', 'no_agreement', 'outside_mandate', 'for_marketing',
               'not_approved', 'no_transaction', 'courtesy', 'too_few', 'no_ground', 'by_habit')
union all
select 'disclosure_has_permitted_ground', d.disclosure_id, 'no_permission'
from disclosures as d
join consents as c on c.consent_id = 'P' || d.account_id
where d.recipient_id = 'P11' and d.ground = 'permission' and c.withdrawn_at < d.disclosed_at;
