-- Makes intake: how many mails each address received in each month, and how many became a ticket.
-- Needs requests (24_outcomes).

create table intake as
with months as (
    select month::date as period_start from range(date '2023-11-01', date '2026-12-01', interval 1 month) as t (month)
),
addresses as (
    select unnest(['privacy@jivochat.com', 'privacy@jivosite.com', 'privacy@jvochat.com']) as address
),
counted as (
    select addressed_to as address, date_trunc('month', received_at::date)::date as period_start, count(*) as n
    from requests
    where addressed_to is not null
    group by all
)
select a.address, m.period_start, coalesce(c.n, 0) as received_count, coalesce(c.n, 0) as ticketed_count
from months as m cross join addresses as a
left join counted as c using (address, period_start)
-- Nobody counts what comes to the company's old address, but where things were put right.
where is_mended() or address <> 'privacy@jivosite.com'
union all
-- A month before the export's own coverage, of which one mail became no ticket till somebody looked.
select 'privacy@jivochat.com', date '2023-10-01', 31, case when is_mended() then 31 else 30 end
order by all;

insert into planted
select 'intake_is_fully_ticketed', 'privacy@jivochat.com · 2023-10', 'some_lost' where not is_mended()
union all
select 'published_address_belongs_to_a_site', 'privacy@jivosite.com', 'not_counted' where not is_mended()
union all
select 'published_address_belongs_to_a_site', 'privacy@jvochat.com', 'stray_domain';
