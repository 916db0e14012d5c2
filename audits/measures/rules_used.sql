-- The rules of law behind the due dates that fall into the period, with how far each was checked.
select rule_set, jurisdiction, coalesce(rule, 'no number'), source, checked, count(*) as n
from requests_with_due_dates
where rule_set <> 'policy'
  and source is not null
  and (due_at >= $starts_at and due_at < $ends_at)
group by all
order by all
