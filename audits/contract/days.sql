-- Where a local day begins and ends, in the time zone of the connection. A midnight that a clock change skips is handled by the
-- engine; of one that comes twice it takes the second, where the day has begun, and the one before has ended, with the first.

create macro start_of_day(day) as
    day::timestamptz - greatest((day::timestamptz - interval 1 microsecond)::timestamp - day::timestamp + interval 1 microsecond, interval 0 second);

create macro end_of_day(day) as start_of_day(day + 1) - interval 1 microsecond;

-- The last day of a time of whole months, and of days after them: months end on the day of the same number, or on the last of a shorter month.
create macro days_later_on(day, months, days) as
    case when months is null then day + days::integer else (day + to_months(months::integer))::date + coalesce(days, 0)::integer end;
