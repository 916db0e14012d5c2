-- Due dates of all requests under every rule set, as one view: requests_with_due_dates.
--
-- A due date depends only on the rule, the country's holidays and the day of receipt, so each is counted once per day in
-- small tables, and the view looks days up: joins on whole numbers, where casting instants to local days row by row
-- cost fifteen times as much on ten million requests.
--
-- Counting (Regulation 1182/71 Art. 3): the day of receipt is day 0; a period of days or months ends at the end of its
-- last local day; months end on the day of the same number, or on the last day of a shorter month; days of an identity
-- check are added, or the period begins anew with the proof, as the rule says; then, where the rule rolls over, a weekend or
-- holiday moves to the next working day. Hours run from instant to instant.
--
-- Holidays are those of the place of the request, or of the organisation's seat where the export tells it and it lies in the law's own
-- area: in the country of the request, or, where a rule of the EEA, or of a country that is in it on that day, rolls over, in the EEA of that day (Art. 2(1) is of Member States). Some are holidays in parts of a country only: where nobody knows the part, a last day that is one may move or not,
-- and what comes between the two days cannot be told. So every calendar has a fullest one, with the holidays of all parts.
--
-- Found beforehand, from audits/law/calendars.py: calendar_span, request_types, extensions, request_countries, calendars, place_calendars (the
-- calendar and the fullest one of a place), seats, weekends, public_holidays; from audits/law/reach.py: known_until; from
-- audits/law/facts/: deadlines, countries.

-- Every local day of the span, and the last instant of it.
create table days as
select day::date as day, end_of_day(day::date) as ends_at
from calendar_span, range(first_day, far_day, interval 1 day) as t (day);

-- The local day and month of each quarter of an hour, from the first request or disclosure on: every zone's midnight falls on one.
create table quarters as
with span as (
    select least(first_day, (select min(disclosed_at)::date from disclosures where disclosed_at >= (select as_of from judgement) - interval 20 years))
               as first_day, end_day
    from calendar_span
)
select quarter, make_timestamptz(quarter * 900_000_000)::date as day, date_trunc('month', day)::date as month
from span, range(epoch_us(start_of_day(first_day)) // 900_000_000, epoch_us(start_of_day(end_day)) // 900_000_000) as t (quarter);

create table rules as
select rowid as rule_id, * from deadlines
where rule_set in ('statute', 'acknowledge');

-- Places whose law may apply. '?' is a country not stated or not known, 'US-?' a region not stated where regions matter.
create table places as
with regions as (
    select distinct jurisdiction as place, split_part(jurisdiction, '-', 1) as country from rules where jurisdiction like '__-%'
),
all_places as (
    select country as place, country from request_countries
    union all select place, country from regions
    union all select distinct country || '-?', null from regions
    union all select '?', null
)
select p.place, p.country, j.jurisdiction, j.rank, j.from_day, j.to_day
from all_places as p
left join countries as c on c.country = p.country
cross join lateral (
    values (p.place, 1, date '0001-01-01', date '9999-12-31'),
           (p.country, 2, date '0001-01-01', date '9999-12-31'),
           ('EEA', 3, greatest(c.eea_from, c.gdpr_from), coalesce(c.eea_to, date '9999-12-31')),
           ('*', 4, date '0001-01-01', date '9999-12-31')
) as j (jurisdiction, rank, from_day, to_day)
where j.from_day is not null and (j.rank <> 1 or p.place is distinct from p.country);

-- Which rule applies: of all that fit the place, the type and the day of receipt, the most specific.
create table applicable_rules as
with rule_types as (
    select *, unnest(string_split(request_type, '|')) as rule_type from rules
),
candidates as (
    select r.rule_set, p.place, p.country, t.type, r.rule_id,
           p.rank * 2 + (r.rule_type = '*')::integer as rank, p.jurisdiction = 'EEA' as is_of_the_eea,
           greatest(p.from_day, r.valid_from) as from_day,
           least(p.to_day, r.valid_to) as to_day
    from rule_types as r
    join places as p on p.jurisdiction = r.jurisdiction
    join request_types as t on r.rule_type in ('*', t.type)
),
-- The seat of a country that joined the EEA, or left it, serves the EEA's rules for that time.
home as (
    select h.*, c.eea_from as from_day, c.eea_to as to_day
    from seats as h
    join countries as c on c.country = h.country
),
turns as (
    select from_day as day from home
    union all
    select to_day + 1 from home
),
cuts as (
    select rule_set, place, type, from_day from candidates
    union
    select rule_set, place, type, to_day + 1 from candidates where to_day < date '9999-12-31'
    union
    select c.rule_set, c.place, c.type, t.day from candidates as c cross join turns as t
),
segments as (
    select *, coalesce(lead(from_day) over (partition by rule_set, place, type order by from_day) - 1, date '9999-12-31') as to_day
    from cuts
),
chosen as (
    select s.rule_set, s.place, s.type, s.from_day, s.to_day,
           arg_min(c.rule_id, c.rank) as rule_id, any_value(c.country) as country, bool_or(c.is_of_the_eea) as is_in_eea
    from segments as s
    join candidates as c
      on c.rule_set = s.rule_set and c.place = s.place and c.type = s.type and c.from_day <= s.from_day and c.to_day >= s.to_day
    group by all
)
select c.* exclude (country, is_in_eea), r.jurisdiction, r.value || ' ' || r.unit as rule, r.source, r.checked, r.extension_value, r.extension_unit,
       case when r.unit = 'hours' then r.value end as hours, r.identity_check, r.clarification,
       case when r.unit = 'working_days' or r.rolls_over_to_working_day then coalesce(h.calendar, p.calendar, '*') else '*' end as calendar,
       case when r.unit = 'working_days' or r.rolls_over_to_working_day is not false then coalesce(h.fullest, p.fullest, '*') else '*' end as fullest
from chosen as c
join rules as r using (rule_id)
left join place_calendars as p on p.place = c.place
left join home as h
       on r.jurisdiction = '*' or h.country = c.country
       or (c.is_in_eea and r.rolls_over_to_working_day and c.from_day >= h.from_day
           and c.to_day <= coalesce(h.to_day, date '9999-12-31'));

-- Working days of each calendar, numbered.
create table work_days as
select calendar, day, is_working, count(*) filter (where is_working) over (partition by calendar order by day) as number
from (
    select c.calendar, d.day,
           not exists (from weekends as w where w.calendar = c.calendar and w.weekday = isodow(d.day))
           and not exists (from public_holidays as h where h.calendar = c.calendar and h.day = d.day) as is_working
    from calendars as c
    cross join calendar_span as s
    join days as d on d.day < s.end_day
);

-- Where a period that would end on a day does end: that day, or the next working day.
create table due_days as
select '*' as calendar, day, ends_at from days
union all
select w.calendar, w.day, d.ends_at
from work_days as w
join work_days as n
  on n.calendar = w.calendar and n.is_working and n.number = w.number + (not w.is_working)::integer
join days as d on d.day = n.day;

-- The last day of each rule for each day of receipt, with and without the extension, and the instants it ends at after rolling
-- over: by the calendar, and latest, by the fullest one.
create table rule_days as
with pairs as (
    select distinct rule_id, calendar, fullest from applicable_rules
),
counted as (
    select p.*, d.day, r.unit, r.value, r.value + r.extension_value as longest, w.number, v.number as fullest_number
    from pairs as p
    join rules as r on r.rule_id = p.rule_id and r.unit <> 'hours'
    cross join calendar_span as s
    join days as d on d.day <= s.last_day
    left join work_days as w on w.calendar = p.calendar and w.day = d.day and r.unit = 'working_days'
    left join work_days as v on v.calendar = p.fullest and v.day = d.day and r.unit = 'working_days'
),
ended as (
    select c.rule_id, c.calendar, c.fullest, c.day,
           case c.unit when 'calendar_days' then c.day + c.value
                       when 'months' then (c.day + to_months(c.value))::date
                       else first.day end as first_day,
           case c.unit when 'calendar_days' then c.day + c.longest
                       when 'months' then (c.day + to_months(c.longest))::date
                       else longest.day end as longest_day,
           case when c.unit = 'working_days' then latest_first.day else first_day end as latest_first_day,
           case when c.unit = 'working_days' then latest_longest.day else longest_day end as latest_longest_day
    from counted as c
    left join work_days as first on first.calendar = c.calendar and first.is_working and first.number = c.number + c.value
    left join work_days as longest on longest.calendar = c.calendar and longest.is_working and longest.number = c.number + c.longest
    left join work_days as latest_first
           on latest_first.calendar = c.fullest and latest_first.is_working and latest_first.number = c.fullest_number + c.value
    left join work_days as latest_longest
           on latest_longest.calendar = c.fullest and latest_longest.is_working and latest_longest.number = c.fullest_number + c.longest
)
select e.rule_id, e.calendar, e.fullest, e.day, e.first_day, e.longest_day, f.ends_at as first_due_at, l.ends_at as longest_due_at,
       lf.ends_at as latest_first_due_at, ll.ends_at as latest_longest_due_at
from ended as e
left join due_days as f on f.calendar = e.calendar and f.day = e.first_day
left join due_days as l on l.calendar = e.calendar and l.day = e.longest_day
left join due_days as lf on lf.calendar = e.fullest and lf.day = e.latest_first_day
left join due_days as ll on ll.calendar = e.fullest and ll.day = e.latest_longest_day;

-- The place of a country's requests; where the law depends on the region, it is the account's that tells.
create table country_places as
select c.country, coalesce(r.place, c.country) as place, r.place is not null as by_region
from request_countries as c
left join (select distinct split_part(place, '-', 1) as country, place from places where place like '%-?') as r
       on r.country = c.country;
