-- Intake: what arrived at each address was ticketed, and the tickets are in the export. Months before the export's own
-- coverage are left out.
with months as (
    select i.* from main.intake as i
    where not exists (
        from main.export_tables as e
        where e.table_name = 'requests' and i.period_start < date_trunc('month', e.covers_from::date)
    )
),
exported as (
    select addressed_to as address, date_trunc('month', received_on)::date as period_start, count(*) as exported_count
    from main.received_requests
    where addressed_to is not null
    group by all
),
counted as (
    select m.address, m.period_start, m.received_count, m.ticketed_count, coalesce(e.exported_count, 0) as exported_count,
           coalesce(m.received_count = m.ticketed_count and m.ticketed_count = coalesce(e.exported_count, 0), false) as agrees,
           -- Leadership reads it: an address that no text publishes could be anything.
           case when m.address in (select unnest($addresses::varchar[])) then m.address else 'another address' end as told
    from months as m
    left join exported as e on e.address = m.address and e.period_start = date_trunc('month', m.period_start)
)
select 'intake', 'requests', bool_and(agrees),
       coalesce(sum(received_count), 0) || ' requests received at ' || count(distinct address) || ' addresses, '
       || coalesce(sum(ticketed_count), 0) || ' ticketed, ' || sum(exported_count) || ' in the export'
       || case when count(*) > count(received_count)
               then '; ' || (count(*) - count(received_count)) || ' counts missing' else '' end
       || coalesce('; first difference at ' || min(told || ' in ' || strftime(period_start, '%Y-%m')) filter (where not agrees), '')
from counted
having count(*) > 0
