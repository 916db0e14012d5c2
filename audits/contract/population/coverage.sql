-- Coverage: the table is complete for the whole period, as far as as_of can see.
with stated as (
    select q.table_name, any_value(e.covers_from) as covers_from, any_value(e.covers_to) as covers_to
    from results.quality as q
    left join main.export_tables as e using (table_name)
    where q.table_name not in ('export_info', 'export_tables')
    group by q.table_name
),
asked as (
    select s.table_name, s.covers_from, coalesce(s.covers_to, r.exported_at, r.as_of) as covers_to, r.first_day,
           least((r.last_day + 1)::timestamptz - interval 1 microsecond, r.as_of) as until
    from stated as s
    cross join results.run as r
)
select 'coverage', table_name,
       coalesce(covers_from::date <= first_day, true) and covers_to >= until,
       'complete from ' || coalesce(covers_from::date::varchar, '(not stated)') || ' to ' || covers_to::date
       || ', asked for ' || first_day || ' to ' || until::date
from asked
order by table_name
