-- Every published address is counted at all.
select 'intake', 'requests', false, 'the published address ' || p.address || ' has no intake count in the period'
from (select unnest($addresses::varchar[]) as address) as p, results.run as r
where exists (from main.intake)
  and not exists (
      from main.intake as i
      where i.address = lower(p.address) and i.period_start >= date_trunc('month', r.first_day) and i.period_start <= r.last_day
  )
order by p.address
