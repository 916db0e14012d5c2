-- Adds to consents those that people asked to withdraw, and plants what went on without one.
-- Needs requests (24_outcomes), disclosures (42_disclosures, 46_grounds), and every other consent (60_marketing, 86_activities).

-- Who asked to withdraw a consent: recorded on the day, but for a few.
create table planned_withdrawals as
select request_id, account_id, received_at, draw('withdrawal', request_number) < 0.15 and not is_mended() as is_forgotten
from requests
where type = 'consent_withdrawal' and requester_role <> 'object' and outcome is distinct from 'withdrawn';

insert into consents
select 'W' || request_id, account_id, 'profiling', days_later(received_at, -10),
       case when not is_forgotten then days_later(received_at, 0.001) end, '2022-06', 'form-' || request_id
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
select 'withdrawal_request_carried_out', w.request_id, 'no_limit'
from planned_withdrawals as w
where w.is_forgotten
  and not exists (
      select 1 from consents as c where c.account_id = w.account_id and c.withdrawn_at::date >= w.received_at::date
  )
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
select 'disclosure_has_permitted_ground', disclosure_id, case when plan = 'no_recipient' then 'recipient_unknown' else 'no_ground' end
from planned_disclosures
where plan in ('no_recipient', 'ended', 'outside_mandate', 'for_marketing', 'not_approved', 'no_transaction', 'courtesy', 'too_few')
union all
select 'disclosure_has_permitted_ground', d.disclosure_id, 'no_permission'
from disclosures as d
join consents as c on c.consent_id = 'P' || d.account_id
where d.recipient_id = 'P11' and d.ground = 'permission' and c.withdrawn_at < d.disclosed_at;
