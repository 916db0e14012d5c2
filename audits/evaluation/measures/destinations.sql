-- The period's disclosures by country of destination, with how many left the EEA and Switzerland.
with gone as (
    select destination_country, count(*) as transfers
    from transfers
    where exporter is not null and not is_inside and disclosed_at >= $starts_at and disclosed_at < $ends_at and disclosed_at <= $as_of
    group by all
),
given as (
    select destination_country, count(*) as n
    from disclosures
    where disclosed_at >= $starts_at and disclosed_at < $ends_at and disclosed_at <= $as_of
    group by all
)
select d.destination_country, d.n, coalesce(g.transfers, 0)
from given as d
left join gone as g on g.destination_country is not distinct from d.destination_country
order by all
