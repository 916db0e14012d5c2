-- Due dates of all requests under every rule set, as one view: requests_with_due_dates; by the tables of deadlines.sql.
--
-- One row a request and rule set. jurisdiction, rule and source are NULL where no rule is on file; a rule without a
-- number has a NULL first_due_at and a source.
create view requests_with_due_dates as
with placed as (
    select r.*, case when c.country is null then '?' else coalesce(a.place, c.place) end as place
    from received_requests as r
    left join country_places as c on c.country = r.country
    left join account_places as a on a.account_id = case when c.by_region then r.account_id end and a.country = r.country
),
ruled as (
    select r.*, sets.rule_set, u.rule_id, u.calendar, u.jurisdiction, u.rule, u.source, u.checked, u.extension_value, u.hours,
           case when u.stops and r.id_asked_at is not null
                then (coalesce(r.id_verified_at, j.as_of)::date - r.id_asked_at::date)::integer else 0 end as asked_days
    from placed as r
    cross join (values ('statute'), ('acknowledge')) as sets (rule_set)
    cross join judgement as j
    left join applicable_rules as u
           on u.rule_set = sets.rule_set and u.place = r.place and u.type = r.type
          and r.received_on between u.from_day and u.to_day
),
paused as (
    -- A check asked for after the last day stops nothing: the clock has run out.
    select r.*, d.first_day, d.longest_day, d.first_due_at as unpaused_due_at, d.longest_due_at as unpaused_longest_at,
           case when r.asked_days > 0 and r.id_asked_at::date <= d.first_day then r.asked_days else 0 end as paused_days
    from ruled as r
    left join rule_days as d on d.rule_id = r.rule_id and d.calendar = r.calendar and d.day = r.received_on
),
dated as (
    select p.*,
           case when p.hours is not null then p.received_at + to_hours(p.hours)
                when p.paused_days > 0 then f.ends_at else p.unpaused_due_at end as first_due_at,
           case when p.paused_days > 0 then l.ends_at else p.unpaused_longest_at end as longest_due_at
    from paused as p
    left join due_days as f
           on f.calendar = p.calendar and f.day = case when p.paused_days > 0 then p.first_day + p.paused_days end
    left join due_days as l
           on l.calendar = p.calendar and l.day = case when p.paused_days > 0 then p.longest_day + p.paused_days end
),
extended as (
    select d.*,
           coalesce(d.extended_at <= d.first_due_at and d.longest_due_at is not null
                    and (d.extension_reason is not null or not e.reasons_exported), false) as is_extended
    from dated as d
    cross join extensions as e
)
select * exclude (rule_id, calendar, asked_days, first_day, longest_day, unpaused_due_at, unpaused_longest_at, hours),
       case when is_extended
            then least(coalesce((extended_to::date + 1)::timestamptz - interval 1 microsecond, longest_due_at), longest_due_at)
            else first_due_at end as due_at
from extended;
