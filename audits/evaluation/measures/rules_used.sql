-- The facts of law behind the period's findings, with how far each was checked: the rules of due dates; what found a country adequate
-- or lets a measure carry, for transfers; where newsletters need consent. Requests of subscribers' visitors, and questions that no
-- such law covers, are left out as they are by the controls.
select rule_set, jurisdiction, rule, source, checked, count(*) as n
from requests_with_due_dates
where rule is not null
  and requester_role is distinct from 'object'
  and type not in ('question', 'agreement', 'child_report', 'consent_withdrawal')
  and due_at >= $starts_at and due_at < $ends_at
group by all
union all
select 'adequacy', t.exporter || ' to ' || a.country, coalesce(a.needs, 'everybody'), a.source, a.checked, count(*)
from transfers as t
join adequacy as a
  on a.exporter = t.exporter and a.country = t.destination_country and t.disclosed_on between a.valid_from and coalesce(a.valid_to, date '9999-12-31')
where not t.is_inside and t.is_adequate
  and t.disclosed_at >= $starts_at and t.disclosed_at < $ends_at
group by all
union all
-- Who is inside: the exporter's membership lies under every transfer.
select 'membership', c.country, 'in the EEA since ' || c.eea_from || coalesce(' until ' || c.eea_to, ''), c.source, c.checked, count(*)
from transfers as t
join countries as c on c.country = t.origin_country
where t.exporter = 'EEA' and not t.is_inside and t.disclosed_at >= $starts_at and t.disclosed_at < $ends_at
group by all
union all
-- And since when its law has governed transfers.
select 'transfer_law', l.place, 'in force since ' || l.valid_from, l.source, l.checked, count(*)
from transfers as t
left join transfer_laws as own on own.place = t.origin_country
join transfer_laws as l on l.place = coalesce(own.place, 'EEA')
where t.exporter is not null and not t.is_inside and t.disclosed_at >= $starts_at and t.disclosed_at < $ends_at
group by all
union all
select 'mechanism', m.mechanism, m.rests_on, m.source, m.checked, count(*)
from transfers as t
join mechanisms_of_exporters as m on m.exporter = t.exporter and m.mechanism = t.mechanism
where t.exporter is not null and not t.is_inside and t.disclosed_at >= $starts_at and t.disclosed_at < $ends_at
group by all
union all
select 'opt_in', o.place, case when o.demands_consent then 'prior consent' else 'no prior consent' end, o.source, o.checked, count(*)
from messages as m
join accounts as a on a.account_id = m.account_id
left join countries as c on c.country = a.country
join optin_countries as o on o.place = a.country or (o.place = 'EEA' and m.sent_at::date between c.eea_from and coalesce(c.eea_to, date '9999-12-31'))
where m.kind in ('newsletter', 'promotion') and m.sent_at::date >= coalesce(o.valid_from, m.sent_at::date) and m.sent_at >= $starts_at and m.sent_at < $ends_at
group by all
union all
select b.rule_set, b.jurisdiction, b.value || ' ' || b.unit, b.source, b.checked, count(*)
from breaches as x
join deadlines as b on b.rule_set = 'breach_authority' and b.jurisdiction = 'EEA' and x.aware_at::date >= b.valid_from
where x.reported_by = 'company' and x.our_role is distinct from 'processor' and x.aware_at >= $starts_at and x.aware_at < $ends_at
group by all
order by all
