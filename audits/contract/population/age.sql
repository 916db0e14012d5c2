-- Age: the export was made after the period had ended.
select 'age', 'export_info', exported_at >= least(start_of_day(last_day + 1), as_of),
       'exported ' || exported_at::date || ', ' || (as_of::date - exported_at::date) || ' days before as_of; the period ends '
       || last_day
from results.run
where exported_at is not null
union all
select 'age', 'export_info', false, 'when it was made cannot be read' from main.unread_statements where column_name = 'exported_at'
