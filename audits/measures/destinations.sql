-- The period's disclosures by country of destination, with how many left the EEA and Switzerland.
select destination_country as country, count(*) as n, count(*) filter (where exporter is not null and not is_inside) as transfers
from transfers
where disclosed_at >= $starts_at and disclosed_at < $ends_at and disclosed_at <= $as_of
group by all
order by all
