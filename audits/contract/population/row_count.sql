-- Control totals: the rows the exporting system counted are the rows that arrived.
select 'row_count', t.table_name, t.row_count = c.row_count,
       t.row_count || ' rows stated, ' || c.row_count || ' found'
from main.export_tables as t
join (select distinct table_name, row_count from results.quality) as c using (table_name)
where t.row_count is not null
order by t.table_name
