-- A table that was stated, and did not arrive at all.
select 'row_count', t.table_name, false, coalesce(t.row_count::varchar, 'unreadable') || ' rows stated, the table is missing'
from main.export_tables as t
where (t.row_count > 0 or t.table_name in (select table_name from main.unread_statements where column_name = 'row_count'))
  and t.table_name not in (select table_name from results.quality)
order by t.table_name
