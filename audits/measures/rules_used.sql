-- The rules of law behind the due dates that fall into the period, with how far each was checked; requests of subscribers'
-- visitors, and questions that no such law covers, are left out as they are by the controls.
select rule_set, jurisdiction, rule, source, checked, count(*) as n
from requests_with_due_dates
where rule_set <> 'policy'
  and rule is not null
  and requester_role is distinct from 'object'
  and type not in ('question', 'agreement', 'child_report', 'consent_withdrawal')
  and due_at >= $starts_at and due_at < $ends_at
group by all
order by all
