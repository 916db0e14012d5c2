-- Makes subscriber_duties: what subscribers owe the company, and whether they answer.
-- Needs accounts (10_people) and planned_transfers (44_transfers).

-- Notices before their visitors' data leaves the EEA.
create table transferring as
select d.disclosure_id, d.disclosed_at, a.controller_subscriber_id as subscriber_id
from planned_transfers as d
join accounts as a using (account_id)
where a.controller_subscriber_id is not null and d.is_inside and d.destination_country in ('US', 'GB', 'BR');

-- Answers when asked.
create table asked_duties as
with subscribers as (
    select account_id, row_number() over (order by account_id) as number
    from accounts
    where subject_type = 'subscriber' and account_id < 'U'
),
asked as (
    select s.account_id as subscriber_id, d.duty, days_later(timestamptz '2025-10-13 10:00:00+02', s.number * 7) as asked_at,
           case when asked_at > before_export(50) then 'kept'
                when is_mended() then case when in_bad_quarter(asked_at) and s.number % 3 = 0 then 'late' else 'kept' end
                when s.number % 5 = 0 then 'late' when s.number % 11 = 7 then 'open' else 'kept' end as plan
    from subscribers as s, (values ('investigation'), ('inquiry'), ('visitors_data'), ('gdpr'), ('records'), ('personnel'),
                                   ('deletion')) as d (duty)
    where s.number <= 54
)
select * from asked where asked_at < before_export(4);

create table subscriber_duties as
select distinct subscriber_id, 'transfer_notice' as duty, timestamptz '2023-06-01 09:00:00+02' as asked_at,
       -- Some had forgotten it, till they were asked again.
       case when draw('notice', subscriber_id) < 0.08 then timestamptz '2026-06-15 09:00:00+02'
            else timestamptz '2023-06-20 09:00:00+02' end as answered_at,
       'notice-' || subscriber_id as evidence_ref
from transferring
where draw('notice', subscriber_id) >= 0.08 or is_mended()
union all
select subscriber_id, duty, asked_at,
       case plan when 'late' then days_later(asked_at, case duty when 'investigation' then 5 when 'inquiry' then 45 else 3 end)
                 when 'kept' then days_later(asked_at, 1.5) end,
       case when (plan = 'kept' or is_mended()) and duty not in ('investigation', 'inquiry') then 'proof-' || subscriber_id end
from asked_duties
order by all;

insert into planted
select 'subscriber_transfer_notified_in_advance', disclosure_id,
       case when is_mended() then 'notified_later' else 'not_notified' end
from transferring
where draw('notice', subscriber_id) < 0.08 and (not is_mended() or disclosed_at < timestamptz '2026-06-15 09:00:00+02')
union all
select case duty when 'investigation' then 'investigation_notified_in_time' when 'inquiry' then 'inquiry_answered'
                 else 'subscriber_duty_evidenced' end,
       subscriber_id || ' · ' || duty || ' · ' || asked_at::date,
       case when duty not in ('investigation', 'inquiry') then case plan when 'open' then 'not_answered' else 'no_evidence' end
            when plan = 'open' then 'overdue' else 'late' end
from asked_duties
where plan <> 'kept' and (duty in ('investigation', 'inquiry') or not is_mended());
