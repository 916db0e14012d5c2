-- Plants what is wrong with backups: of their own, or because the data of people who left is used.
-- Needs planned_backups (72_backups) and everything that is done with data (42 to 88).

create table used_since as
with acts as (
    select account_id, started_at as acted_at from processing_activities
    union all
    select account_id, disclosed_at from disclosures
    union all
    select account_id, sent_at from messages
)
select b.holding_id
from planned_backups as b
join accounts as p using (account_id)
join acts as a using (account_id)
where a.acted_at > greatest(b.isolated_at, p.closed_at)
  and b.account_id not in (select account_id from holdings where disposition = 'held')
group by b.holding_id;

insert into planted
select 'backup_copy_isolated', b.holding_id,
       case when u.holding_id is null or b.plan in ('no_reason', 'not_isolated') then b.plan else 'processed_since' end
from planned_backups as b
left join used_since as u using (holding_id)
where u.holding_id is not null or b.plan <> 'kept';
