-- Adds to holdings what is stored of children: of known age, or reported by somebody.
-- Needs accounts (10_people), requests (24_outcomes), erased and reported (30_request_steps), holdings (70_retention).

create table child_holdings as
select 'K' || account_id as holding_id, account_id, created_at, days_later(age_known_at, 10) as erased_at,
       case when (draw('child kept', account_id) < 0.4 and not is_mended()) or age_known_at > before_export(15) then 'child_kept'
            else 'erased' end as plan
from accounts
where is_child and age_known_at is not null and account_id not in (select account_id from reported)
union all
-- Some only when somebody asked again; and what was reported is kept where the report was taken back.
select 'Q' || account_id, account_id, a.created_at,
       days_later(r.reported_at, case when draw('reported', account_id) > 0.8 and r.reported_at < before_export(60)
                                           and may_go_wrong(r.reported_at) then 40 when is_mended() then 0.2 else 3 end),
       case when not is_mended() and (draw('reported', account_id) < 0.3 or r.reported_at > before_export(5) or r.is_taken_back)
            then 'child_kept' else 'erased' end
from reported as r join accounts as a using (account_id)
where a.subject_type <> 'subscriber_object' and account_id not in (select account_id from erased);

insert into holdings by name
select holding_id, account_id, 'crm' as system_name, 'request_file' as category, 'account' as purpose, created_at as collected_at,
       case plan when 'child_kept' then 'held' else 'deleted' end as disposition,
       case plan when 'erased' then erased_at end as disposed_at, case plan when 'child_kept' then before_export(10) else days_later(erased_at, -1) end as need_ended_at
from child_holdings;

insert into planted
with kept as (
    select account_id, created_at as collected_at from child_holdings where plan = 'child_kept'
)
select 'no_account_under_age', account_id, 'kept'
from kept join accounts using (account_id)
where is_child
union all
select 'no_account_under_age', account_id, 'nothing_stated'
from accounts
where is_child and age_known_at is null and account_id not in (select account_id from holdings)
union all
select 'minor_data_deleted', request_id, 'no_limit'
from kept join requests using (account_id)
where type = 'child_report' and coalesce(collected_at <= closed_at, true) and outcome is distinct from 'withdrawn'
union all
-- Of thirty days, of which jivochat's text says nothing.
select 'minor_data_deleted: deletion_days = 30', r.request_id,
       case when h.plan = 'erased' then 'deleted_late' when r.outcome = 'withdrawn' then 'taken_back_late' else 'overdue' end
from child_holdings as h join requests as r using (account_id)
where r.type = 'child_report' and not coalesce(r.outcome = 'withdrawn' and r.closed_at::date - r.received_at::date <= 30, false)
  and case when h.plan = 'erased' then h.erased_at::date - r.received_at::date
           when r.outcome = 'withdrawn' then r.closed_at::date - r.received_at::date
           else exported_at()::date - r.received_at::date end > 30;
