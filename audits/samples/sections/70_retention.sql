-- Makes retention_schedule, and holdings: what is still stored of those who left, and of some who stayed.
-- Needs accounts (10_people), erased and reported (30_request_steps). Sections 72 to 78 add holdings.

create table retention_schedule as
select * from (values
    ('profile', 'account', 'closed_at', 90, null, 'sample: ninety days after the account was closed'),
    ('backup', 'recovery', 'closed_at', 400, null, 'sample: thirteen months'),
    ('request_file', 'account', 'purpose_ended_at', 30, null, 'sample: thirty days'),
    ('chat', 'service', 'agreement_ended_at', 60, null, 'sample: sixty days after the subscriber''s agreement ended'),
    ('invoice', 'tax', 'closed_at', 3650, 2190, 'sample: six years at least, ten at most')
) as t (category, purpose, window_starts, max_days, min_days, ground)
order by category;

create table holdings (
    holding_id varchar, account_id varchar, system_name varchar, category varchar, purpose varchar, collected_at timestamptz,
    need_ended_at timestamptz, hold_ground varchar, hold_until timestamptz, disposition varchar, disposed_at timestamptz,
    method_ref varchar, why_not_deletable varchar, isolated_at timestamptz, destroy_by timestamptz, last_processed_at timestamptz,
    encrypted_at_rest boolean default true, encrypted_in_transit boolean default true
);

create table planned_holdings as
with drawn as (
    select account_id, created_at, closed_at, draw('keeps', account_id) as chance,
           date_diff('day', closed_at, exported_at()) as age,
           in_bad_quarter(days_later(closed_at, 90)) and draw('kept longer', account_id) < 0.25 as is_backlog
    from accounts
    where (closed_at is not null or draw('holds', account_id) < 0.15)
      and subject_type <> 'subscriber_object' and not is_child and account_id < 'U'
      and account_id not in (select account_id from erased)
      and account_id not in (select account_id from reported)
),
planned as (
    select *, case when closed_at is null then 'needed'
                   when is_backlog then 'disposed_late'
                   when chance < case when is_mended() then 0.004 else 0.02 end and age > 140 then 'kept_too_long'
                   when chance < case when is_mended() then 0.008 else 0.04 end and age > 180 then 'disposed_late'
                   when chance < 0.06 and age > 140 then 'on_hold'
                   when chance < case when is_mended() then 0.063 else 0.075 end and age > 140 then 'held_by_habit'
                   when not is_mended() and chance > 0.980 and age > 140 then 'hold_ended'
                   when age > 85 then 'disposed' else 'kept' end as plan
    from drawn
)
select 'H' || account_id as holding_id, account_id, created_at, closed_at, plan,
       case plan when 'disposed' then days_later(closed_at, 5 + 75 * chance)
                 when 'disposed_late' then days_later(closed_at, 100 + 30 * chance) end as done_at,
       is_mended() or draw('at rest', holding_id) >= 0.01 as encrypted_at_rest,
       is_mended() or draw('in transit', holding_id) >= 0.01 as encrypted_in_transit
from planned;

insert into holdings by name
select holding_id, account_id, 'crm' as system_name, 'profile' as category, 'account' as purpose, created_at as collected_at,
       case when plan <> 'needed' then closed_at end as need_ended_at,
       case when plan in ('on_hold', 'hold_ended') then 'dispute' when plan = 'held_by_habit' then 'habit' end as hold_ground,
       -- Some disputes are over, and nobody thought of what was held for them.
       case when plan in ('on_hold', 'held_by_habit') then days_later(exported_at(), 200)
            when plan = 'hold_ended' then before_export(30) end as hold_until,
       case when done_at is null then 'held' else 'deleted' end as disposition, done_at as disposed_at,
       encrypted_at_rest, encrypted_in_transit
from planned_holdings;

insert into planted
select 'data_kept_no_longer_than_needed', holding_id, plan from planned_holdings where plan in ('kept_too_long', 'disposed_late')
union all
select 'data_kept_no_longer_than_needed', holding_id, if(plan = 'hold_ended', 'hold_expired', 'kept_too_long')
from planned_holdings
where plan in ('held_by_habit', 'hold_ended')
union all
select 'legal_hold_justified', holding_id, if(plan = 'hold_ended', plan, 'other_ground')
from planned_holdings
where plan in ('held_by_habit', 'hold_ended')
union all
select 'data_protected_at_rest', holding_id, 'not_encrypted' from planned_holdings where not encrypted_at_rest and done_at is null
union all
select 'data_protected_in_transit', holding_id, 'not_encrypted'
from planned_holdings
where not encrypted_in_transit and done_at is null;
