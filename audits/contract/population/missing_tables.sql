-- A table that was stated, and did not arrive at all.
select 'row_count', t.table_name, false, t.row_count || ' rows stated, the table is missing'
from main.export_tables as t
where t.row_count > 0 and t.table_name not in (select table_name from results.quality)
order by t.table_name
