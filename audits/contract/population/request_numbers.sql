-- Request numbers run without gaps: a deleted ticket leaves one. Where some requests have none, no gap is no proof.
select 'request_numbers', 'requests',
       case when count(distinct request_number) < max(request_number)::hugeint - min(request_number) + 1 then false
            when count(*) = count(request_number) then true end,
       count(distinct request_number) || ' numbers from ' || min(request_number) || ' to ' || max(request_number) || ', '
       || (max(request_number)::hugeint - min(request_number) + 1 - count(distinct request_number)) || ' missing'
       || case when count(*) > count(request_number) then '; ' || (count(*) - count(request_number)) || ' requests without one' else '' end
from main.requests
having count(request_number) > 0
