-- Adds to holdings the invoices of subscribers who left: a law says how long they are kept at least.
-- Needs accounts (10_people), erased and reported (30_request_steps), holdings (70_retention).

create table planned_invoices as
select 'V' || account_id as holding_id, account_id, created_at, days_later(closed_at, 60) as destroyed_at,
       case when draw('invoice', account_id) < 0.06 and may_go_wrong(days_later(closed_at, 60)) then 'too_early'
            else 'kept' end as plan
from accounts
where subject_type = 'subscriber' and closed_at < before_export(80) and draw('invoiced', account_id) < 0.4 and not is_child
  and account_id not in (select account_id from erased)
  and account_id not in (select account_id from reported);

insert into holdings by name
select holding_id, account_id, 'ledger' as system_name, 'invoice' as category, 'tax' as purpose, created_at as collected_at,
       case plan when 'too_early' then 'deleted' else 'held' end as disposition,
       case plan when 'too_early' then destroyed_at end as disposed_at
from planned_invoices;

insert into planted
select 'statutory_minimum_kept', holding_id, 'disposed_too_early' from planned_invoices where plan = 'too_early';
