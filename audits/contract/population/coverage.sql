-- Coverage: the table is complete for the whole period, as far as as_of can see. Of a table whose reach is not stated, that is not
-- tested; where it is stated and cannot be read, the table is not believed to be complete.
with stated as (
    select q.table_name, max(e.covers_from) as covers_from, min(e.covers_to) as covers_to
    from results.quality as q
    left join main.export_tables as e using (table_name)
    where q.table_name not in ('export_info', 'export_tables')
    group by q.table_name
),
asked as (
    select s.table_name, s.covers_from, s.covers_to, r.first_day,
           s.table_name in (select table_name from main.unread_statements where column_name in ('covers_from', 'covers_to')) as is_unread,
           least(end_of_day(r.last_day), r.as_of) as until
    from stated as s
    cross join results.run as r
)
select 'coverage', table_name,
       case when is_unread or covers_from::date > first_day or covers_to < until then false
            when covers_from is not null and covers_to is not null then true end,
       case when is_unread then 'what it is complete for cannot be read'
            when covers_from is null and covers_to is null
            then 'not tested: the export does not state what it is complete for'
            else 'complete from ' || coalesce(covers_from::date::varchar, '(not stated)') || ' to '
                 || coalesce(covers_to::date::varchar, '(not stated)') end
       || ', asked for ' || first_day || ' to ' || until::date
from asked
order by table_name
