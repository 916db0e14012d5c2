-- Rows that were stated of a table that nobody knows: whichever it is, they may be missing from any.
select 'row_count', 'export_tables', false, count(*) || ' of its rows name no table of the contract'
from main.export_tables
where table_name is null and row_count is distinct from 0
having count(*) > 0
