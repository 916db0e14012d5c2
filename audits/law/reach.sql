-- Up to which instant an export knows a table: what falls due after it, and is not done as far as is known, cannot be told.
--
-- Where the export states the reach of the table, that, but nothing after it was made; else the instant at which it was made;
-- else the latest instant that the table itself holds. Never as_of: a list taken on the first of a month knows nothing of its
-- end. Where nothing tells, or what is stated cannot be read, nothing is known. From which instant on a table is known is what the
-- export states, or NULL: a register of today says nothing of what it held before.
--
-- Found beforehand, from audits/law/reach.py: latest_instants, a row a table of the contract; unread_statements.

create table known_until as
with stated as (
    select table_name, max(covers_from) as known_from, min(covers_to) as covers_to from export_tables group by table_name
),
unread as (
    select distinct table_name from unread_statements where column_name = 'covers_to'
)
select l.table_name,
       case when u.table_name is null then coalesce(least(s.covers_to, j.exported_at), l.latest, '-infinity'::timestamptz)
            else '-infinity'::timestamptz end as known_until,
       s.known_from
from latest_instants as l
cross join judgement as j
left join stated as s on s.table_name = l.table_name
left join unread as u on u.table_name = l.table_name;
