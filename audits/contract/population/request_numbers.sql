-- Request numbers run without gaps: a deleted ticket leaves one.
select 'request_numbers', 'requests', count(distinct request_number) = max(request_number) - min(request_number) + 1,
       count(distinct request_number) || ' numbers from ' || min(request_number) || ' to ' || max(request_number) || ', '
       || (max(request_number) - min(request_number) + 1 - count(distinct request_number)) || ' missing'
from main.requests
having count(request_number) > 0
