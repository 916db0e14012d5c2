-- Transfers out of the EEA and Switzerland of the last two years, by recipient, measure and month.
select recipient_id, mechanism as measure, date_trunc('month', disclosed_on)::date as month, count(*) as n
from transfers
where exporter is not null and not is_inside and disclosed_at >= $ends_at - interval 24 months and disclosed_at < $ends_at and disclosed_at <= $as_of
group by all
order by all
