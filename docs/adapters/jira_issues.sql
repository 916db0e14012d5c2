-- Issues exported from Jira ("Export CSV (all fields)"), saved as jira_issues.csv: found as source.jira_issues.
-- Your own to change: the line of `reading`, the fields named "Custom field (…)", the words of `issues` and `requests`.
-- A column of a name that comes twice ("Labels") gets a number behind it.

-- `zone` is that of times without an offset: the exporting user's profile has it. `comes_first` says how numbers are read: with 'day'
-- 03/04/2026 is 3 April, with 'month' 4 March. Jira itself writes 03/Apr/26 2:30 PM, with the month in the language of the profile, unless its
-- administrator has set another format. A date that only fits the other order is passed on as it is written; where there is one, so is every
-- date that fits both.
create view reading as
select 'Europe/London' as zone, 'day' as comes_first;

-- The export does not say when it was taken: state the instant of judgement with --as-of.
create view export_info as
select null::timestamptz as exported_at, zone as timezone, 'Jira' as source from reading;

-- What is no privacy request is left out. An issue is open where its status, or the category of it, is one of these: one that is not among them,
-- and has no end, is not taken for an open one.
create view issues as
with all_issues as (
    -- Columns that an export may lack.
    select null::varchar as "Due date", null::varchar as "Status Category", null::varchar as "Status Category Changed" where false
    union all by name
    select * from source.jira_issues
),
stated as (
    select *, coalesce(nullif(trim("Status Category"), ''), nullif(trim("Status"), '')) as state,
           case when lower(trim("Resolution")) not in ('', 'unresolved') then trim("Resolution") end as resolution_given
    from all_issues
    where lower(trim("Issue Type")) = 'privacy request'
)
select *, lower(state) = 'done' as is_done,
       lower(state) in ('to do', 'open', 'reopened', 'in progress', 'work in progress', 'in review', 'backlog', 'selected for development',
                        'waiting for support', 'waiting for customer', 'waiting for approval', 'pending', 'on hold', 'escalated') as is_open
from stated;

-- Every text that stands for an instant.
create view written as
select distinct unnest(["Created", "Resolved", "Due date", "Status Category Changed"]::varchar[]) as text from issues;

-- Months as five languages write them, long and short, without accents.
create view months as
select month, unnest(string_split(words, ' ')) as word
from (
    values ('01', 'january januar janner janvier enero janeiro jan janv ene'),
           ('02', 'february februar fevrier febrero fevereiro feb fevr fev'),
           ('03', 'march marz mars marzo marco mar mrz'),
           ('04', 'april avril abril apr avr abr'),
           ('05', 'may mai mayo maio'),
           ('06', 'june juni juin junio junho jun'),
           ('07', 'july juli juillet julio julho jul juil juill'),
           ('08', 'august aout agosto aug ago'),
           ('09', 'september septembre septiembre setiembre setembro sept sep set'),
           ('10', 'october oktober octobre octubre outubro oct okt out'),
           ('11', 'november novembre noviembre novembro nov'),
           ('12', 'december dezember decembre diciembre dezembro dec dez dic')
) as t (month, words);

-- What each text says: `told_at` is its instant, where that can be told; `day` its day, where it has no time, or midnight's. `instant` is for the
-- contract: where a text fits no format it is the text itself, which is counted as unreadable: what it could turn is indeterminate.
create view instants as
with plain as (
    -- Small letters, no accents, single blanks: "14 de févr. de 2026, 4:30 p. m." is "14 fevr. 2026 4:30 pm".
    select text, trim(regexp_replace(regexp_replace(lower(strip_accents(text)), '([\s,\x{a0}\x{202f}]|\bde\b)+', ' ', 'g'),
                                     '(\d) ?([ap])\.? ?m\b\.?', '\1 \2m')) as plain
    from written
),
spelt as materialized (
    -- "apr 8 2026" is "8 apr 2026"; "14.02.26" and "14 fevr. 26" are of 2026. "26-02-14" might be of 2014, and stays as it is.
    select text, regexp_replace(regexp_replace(plain, '^([a-z]+)[. ]+(\d{1,2}) (\d{4})\b', '\2 \1 \3'),
                                '^(\d{1,2}(?:[/.]\d{1,2}[/.]|[-/. ]+[a-z]+[-/. ]+))(\d{2})( |$)', '\120\2\3') as spelt
    from plain
),
year_first as (
    select text, unnest(regexp_extract(spelt, '^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[t ](.+))?$', ['year', 'month', 'day', 'time']))
    from spelt
),
worded as (
    select text, unnest(regexp_extract(spelt, '^(\d{1,2})[-/. ]+([a-z]+)[-/. ]+(\d{4})(?: (.+))?$', ['day', 'word', 'year', 'time']))
    from spelt
),
year_last as (
    select text, unnest(regexp_extract(spelt, '^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?: (.+))?$', ['one', 'two', 'year', 'time']))
    from spelt
),
numbers as materialized (
    select * replace (one::integer as one, two::integer as two) from year_last where year <> ''
),
contradicted as (
    select coalesce(bool_or(case comes_first when 'day' then one <= 12 and two > 12
                                             when 'month' then one > 12 and two <= 12 end), false) as by_another
    from numbers, reading
),
in_order as (
    select text, year, case comes_first when 'day' then two when 'month' then one end::varchar as month,
           case comes_first when 'day' then one when 'month' then two end::varchar as day, time
    from numbers, reading, contradicted
    where one = two or greatest(one, two) > 12 or not by_another
),
dates as materialized (
    select text, year, month, day, time from year_first where year <> ''
    union all select text, year, month, day, time from in_order
    union all select w.text, w.year, m.month, w.day, w.time from worded as w join months as m on m.word = w.word
),
clocks as materialized (
    select text, year || '-' || month || '-' || day as date,
           unnest(regexp_extract(time, '^(\S+?(?: [ap]m)?) ?(z|utc|gmt|[-+](?:0\d|1[0-4])(?::?[0-5]\d)?)?$', ['clock', 'shift'])), time
    from dates
),
moments as materialized (
    select text, time = '' as is_day, case when shift in ('z', 'utc', 'gmt') then '+00' else nullif(shift, '') end as shift,
           try_strptime(date || ' ' || clock, ['%Y-%m-%d %H:%M', '%Y-%m-%d %I:%M %p', '%Y-%m-%d %H:%M:%S', '%Y-%m-%d ',
                                               '%Y-%m-%d %H:%M:%S.%f', '%Y-%m-%d %I:%M:%S %p']) as local_time
    from clocks
    where (time = '') = (clock = '')
),
placed as (
    -- A local time that the clock skipped was never there. Of the hour that it repeats the second one is taken.
    select text, is_day, local_time,
           case when shift is not null then try_cast(local_time || shift as timestamptz)
                when (local_time at time zone zone) at time zone zone = local_time then local_time at time zone zone end as told_at
    from moments, reading
)
select w.text, case when not p.is_day then p.told_at end as told_at,
       case when p.local_time = p.local_time::date then p.local_time::date::varchar end as day,
       coalesce(case when p.is_day then p.local_time::date::varchar else p.told_at::varchar end, nullif(trim(w.text), '')) as instant
from written as w
left join placed as p on p.text = w.text;

create view requests as
with said as materialized (
    select * from instants
),
dated as (
    -- Done without Resolved ended when the status came to be done, if the export has that. Where the end cannot be told, `ended_at` says why: no
    -- instant, so the verdict is indeterminate. An open one has none.
    select i.*, created.instant as received_at, coalesce(due.day, due.instant) as due_at,
           case when i.is_open then i.state || ' though resolved: ' || coalesce(resolved.instant, i.resolution_given)
                else coalesce(resolved.instant, case when i.is_done then changed.instant end,
                              coalesce(i.state, 'no status') || ' without Resolved') end as ended_at
    from issues as i
    left join said as created on created.text = i."Created"::varchar
    left join said as resolved on resolved.text = i."Resolved"::varchar
    left join said as due on due.text = i."Due date"::varchar
    left join said as changed on changed.text = i."Status Category Changed"::varchar
)
select "Issue key" as request_id,
       "Custom field (Customer number)" as account_id,
       'subscriber' as requester_role, -- nobody else writes to this project
       case lower(trim("Custom field (Request Type)"))
           when 'access my data' then 'access'
           when 'correct my data' then 'rectification'
           when 'delete my data' then 'erasure'
           when 'take my data with me' then 'portability'
           else lower(trim("Custom field (Request Type)")) -- what stays unknown is counted
       end as type,
       'portal' as channel, -- no request comes in otherwise
       received_at,
       due_at,
       ended_at as responded_at,
       ended_at as closed_at,
       case lower(resolution_given)
           when 'done' then 'fulfilled'
           when 'won''t do' then 'denied'
           when 'declined' then 'denied'
           when 'duplicate' then 'withdrawn'
           else lower(resolution_given) -- what stays unknown is counted
       end as outcome,
       nullif(upper(trim("Custom field (Country)")), '') as country
from dated;
