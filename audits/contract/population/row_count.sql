-- Control totals: the rows the exporting system counted are the rows that arrived. Where it counted some tables, the others are not tested.
with counted as (
    select distinct table_name, row_count from results.quality
),
stated as (
    select table_name, row_count from main.export_tables where row_count is not null
)
select 'row_count', c.table_name, s.row_count = c.row_count,
       coalesce(s.row_count || ' rows stated, ', 'not tested: the export does not state its rows, ') || c.row_count || ' found'
from counted as c
left join stated as s using (table_name)
where s.row_count is not null or (exists (from stated) and c.table_name not in ('export_info', 'export_tables'))
order by c.table_name
