-- Makes day_slots: the days of three years, 65,536 slots to draw from.
-- Needs the helpers only.

-- Days weighted by weekday, season and growth; a draw of one of 65,536 slots picks a day.
create table day_slots as
with weighted as (
    select day::date as day,
           (case when isodow(day) >= 6 then 0.3 else 1.0 end)
           * (1 + 0.25 * sin(2 * pi() * (dayofyear(day) - 30) / 365.0))
           * (1 + 0.5 * (day::date - date '2023-11-01') / 1096.0) as weight
    from range(date '2023-11-01', date '2026-11-01', interval 1 day) as t (day)
),
summed as (
    select day, sum(weight) over (order by day) / sum(weight) over () as upto from weighted
),
slots as (
    select slot, slot / 65536.0 as part from range(65536) as t (slot)
)
-- The first day whose share of the whole reaches beyond the slot's.
select s.slot, d.day
from slots as s
asof join summed as d on s.part < d.upto;
