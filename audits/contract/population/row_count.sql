-- Control totals: the rows the exporting system counted are the rows that arrived. Where it counted some tables, the others are not
-- tested; a count that cannot be read agrees with nothing.
with counted as (
    select distinct table_name, row_count from results.quality
),
stated as (
    select table_name, row_count from main.export_tables
    where row_count is not null or table_name in (select table_name from main.unread_statements where column_name = 'row_count')
)
select 'row_count', c.table_name,
       case when s.table_name is not null then coalesce(s.row_count = c.row_count, false) end,
       case when s.table_name is null then 'not tested: the export does not state its rows, '
            else coalesce(s.row_count || ' rows stated, ', 'the rows stated cannot be read, ') end || c.row_count || ' found'
from counted as c
left join stated as s using (table_name)
where s.table_name is not null or (exists (from stated) and c.table_name not in ('export_info', 'export_tables'))
order by c.table_name
