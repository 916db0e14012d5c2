-- What each recipient's transfers can rest on, and when it carries: contracts and approvals, certifications, and adequacy of the
-- recipient's country for exporters in the EEA. Only recipients of transfers of the last two years.
with seen as (
    select distinct recipient_id from transfers
    where exporter is not null and not is_inside and disclosed_at >= $ends_at - interval 24 months and disclosed_at < $ends_at and recipient_id is not null
),
register as (
    select recipient_id, min(name) as recipient, min(country) as country from processors where recipient_id in (select recipient_id from seen) group by recipient_id
)
select r.recipient_id, r.recipient, t.kind as measure, coalesce(greatest(t.signed_at, t.valid_from), t.signed_at, t.valid_from)::date as valid_from, least(t.valid_to::date, m.relied_on_until) as valid_to
from transfer_mechanisms as t
join register as r on r.recipient_id = t.recipient_id
left join mechanisms_of_exporters as m on m.exporter = 'EEA' and m.mechanism = t.kind
union all
select r.recipient_id, r.recipient, c.framework, c.certified_from::date, least(c.certified_to::date, m.relied_on_until)
from certifications as c
join register as r on r.recipient_id = c.recipient_id
left join mechanisms_of_exporters as m on m.exporter = 'EEA' and m.mechanism = c.framework
union all
select r.recipient_id, r.recipient, 'adequacy', a.valid_from, a.valid_to
from register as r
join adequacy as a on a.country = r.country and a.exporter = 'EEA' and (a.needs is null or a.needs = 'commercial')
order by all
