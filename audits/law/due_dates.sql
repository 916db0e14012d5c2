-- Due dates of all requests under every rule set, as one view: requests_with_due_dates; by the tables of deadlines.sql.
--
-- One row a request and rule set. jurisdiction, rule and source are NULL where no rule is on file; a rule without a
-- number has a NULL first_due_at and a source.
--
-- Each due date stands there three times: first_due_at, longest_due_at (with the longest extension) and due_at (with the extension
-- that was told); latest_… by the fullest calendar; unpaused_… as though nothing had stopped the clock. What a pause is worth nobody
-- can tell where proof never came, or, of a pause, was asked for late (EDPB 01/2022: without undue delay): asked_after and is_proven say
-- so, and the controls decide. told_to is the last day of the date that was told, later by what stopped the clock since. A pause ends with the answer, or the end of the work, at the latest: what is asked for or comes after
-- that stops nothing and proves nothing, and no due date moves any more; as_of matters only before.

-- The rounds in which what is sought was clarified, of the request or of that which it became part of, in order, and the days that each
-- took, those between, or of the whole rounds both ends too: one row a request.
create view clarifications as
with steps as (
    select request_id, event, occurred_at,
           count(*) filter (where event = 'clarified') over (partition by request_id order by occurred_at, seq, event, told_of) - (event = 'clarified')::integer as round
    from request_steps
    where event in ('clarification_asked', 'clarified')
),
rounds as (
    select request_id, min(occurred_at) filter (where event = 'clarification_asked') as asked_at,
           max(occurred_at) filter (where event = 'clarified') as clarified_at
    from steps group by request_id, round
),
dated as (
    select r.request_id, greatest(r.asked_at, q.received_at)::date as asked_on,
           least(r.clarified_at, q.responded_at, q.closed_at, j.as_of) as ended_at,
           coalesce(r.clarified_at = ended_at, false) as is_clarified,
           greatest(date_diff('day', asked_on, ended_at::date), 0)::integer as days, q.received_at::date as received_on
    from rounds as r
    join received_requests as q on q.request_id = r.request_id
    cross join judgement as j
    where r.asked_at <= least(q.responded_at, q.closed_at, j.as_of)
),
-- A day that two whole rounds share counts once; a round is waited for since the last one ended.
placed as (
    select *, count(*) over before as place, coalesce(sum(days) over before, 0)::integer as days_before,
           greatest(received_on, max(asked_on + days) over before) as free_on,
           (asked_on is distinct from max(asked_on + days) over before)::integer as more
    from dated window before as (partition by request_id order by asked_on, days rows between unbounded preceding and 1 preceding)
),
summed as (
    select *, greatest(date_diff('day', free_on, asked_on), 0)::integer as waited,
           coalesce(sum(more) over (partition by request_id order by place rows between unbounded preceding and 1 preceding), 0)::integer as more_before
    from placed
)
select request_id, list(struct_pack(asked_on, is_clarified, days, days_before, waited) order by place) as rounds,
       list(struct_pack(asked_on, is_clarified, days := days + more, days_before := days_before + more_before, waited) order by place) as whole_rounds
from summed group by request_id;

-- The later of a due date and of what an extension makes of it: an extension never shortens. What is NULL counts for nothing.
create macro extended_to_at(first_due_at, longest_due_at, told) as greatest(first_due_at, least(told, longest_due_at));

create view requests_with_due_dates as
with placed as (
    select r.*, case when c.country is null then '?' else coalesce(a.place, c.place) end as place
    from received_requests as r
    left join country_places as c on c.country = r.country
    left join account_places as a on a.account_id = case when c.by_region then r.account_id end and a.country = r.country
),
ruled as (
    select r.*, sets.rule_set, u.rule_id, u.calendar, u.fullest, u.jurisdiction, u.rule, u.source, u.checked, u.extension_value,
           u.extension_unit, u.hours,
           -- What was asked before the request came stops the clock from its receipt.
           least(r.id_verified_at, r.responded_at, r.closed_at, j.as_of) as id_ended_at, id_ended_at::date as id_ended_on,
           case when u.identity_check is not null and r.id_asked_at <= least(r.responded_at, r.closed_at, j.as_of)
                then greatest(r.id_asked_at::date, r.received_on) end as id_asked_on,
           coalesce(r.id_verified_at = id_ended_at, false) as id_is_proven, u.identity_check = 'restarts' as restarts,
           case when u.clarification = 'skips' then k.whole_rounds when u.clarification is not null then k.rounds end as rounds,
           u.clarification = 'perhaps' as may_not_stop,
           -- An extension of no fixed length is one to the date told.
           case when u.extension_unit = 'as_told' then r.extended_to is not null
                else u.extension_value is not null and (r.extension_reason is not null or not e.reasons_exported) end as may_extend
    from placed as r
    cross join (values ('statute'), ('acknowledge')) as sets (rule_set)
    cross join judgement as j
    cross join extensions as e
    left join applicable_rules as u
           on u.rule_set = sets.rule_set and u.place = r.place and u.type = r.type
          and r.received_on between u.from_day and u.to_day
    left join clarifications as k on k.request_id = r.request_id
),
-- The last day as it runs while nothing stops the clock, and from when to when a check of identity lets it stand: where a month begins
-- anew with the proof, until then.
counted as (
    select r.*, d.first_day, d.longest_day, d.first_due_at as unpaused_first_due_at, d.longest_due_at as unpaused_longest_due_at,
           d.latest_first_due_at as strict_latest_first_due_at, d.latest_longest_due_at as strict_latest_longest_due_at,
           r.may_extend and r.extended_at <= d.first_due_at as is_extended_unpaused,
           greatest(d.first_due_at::date, case when is_extended_unpaused then least(r.extended_to::date, d.longest_due_at::date) end) as running_day,
           case when r.restarts then r.received_on else r.id_asked_on end as stood_on,
           greatest(r.id_ended_on, r.id_asked_on) as ran_on
    from ruled as r
    left join rule_days as d on d.rule_id = r.rule_id and d.calendar = r.calendar and d.fullest = r.fullest and d.day = r.received_on
),
-- What is asked for after the last day stops nothing: the clock has run out. So are all later rounds of clarification. The last day is
-- later by the days that were taken away before.
stopping as (
    select c.*, coalesce(list_sum(list_transform(list_filter(c.rounds, lambda k: k.asked_on < c.id_asked_on and k.asked_on <= c.running_day + k.days_before),
                                                 lambda k: k.days)), 0)::integer as days_before_id,
           coalesce(c.id_asked_on <= c.running_day + days_before_id, false) as id_stops,
           case when id_stops then date_diff('day', c.stood_on, c.ran_on) else 0 end::integer as id_days
    from counted as c
),
stopped as (
    select c.*,
           nullif(list_position(list_transform(c.rounds, lambda k: k.asked_on <= c.running_day + k.days_before
                                                                   + case when c.id_asked_on <= k.asked_on then c.id_days else 0 end),
                                false), 0) as first_too_late,
           list_slice(c.rounds, 1, coalesce(first_too_late - 1, array_length(c.rounds))) as stops
    from stopping as c
),
-- What is asked for on a day that the last one rolled over to stops the clock there. A day that the check takes away is not taken away
-- once more by a round of clarification.
paused as (
    select c.* exclude (first_day),
           case when (c.id_stops and c.id_asked_on > c.first_day + c.days_before_id)
                     or list_bool_or(list_transform(c.stops, lambda k: k.asked_on > c.first_day + k.days_before
                                                                       + case when c.id_asked_on <= k.asked_on then c.id_days else 0 end))
                then c.unpaused_first_due_at::date else c.first_day end as first_day,
           list_transform(c.stops, lambda k: struct_pack(asked_on := k.asked_on, days := k.days - case when c.id_stops
               then greatest(date_diff('day', greatest(c.stood_on, k.asked_on)::date, least(c.ran_on, k.asked_on + k.days)::date), 0) else 0 end)) as stands,
           (case when c.restarts then 0 else c.id_days end + coalesce(list_sum(list_transform(stands, lambda k: k.days)), 0))::integer as paused_days,
           -- A date that was told before the clock stood is later by the days for which it did.
           (case when c.id_asked_on >= c.extended_at::date then c.id_days else 0 end
            + coalesce(list_sum(list_transform(list_filter(stands, lambda k: k.asked_on >= c.extended_at::date), lambda k: k.days)), 0))::integer as told_days,
           case when c.id_stops and c.restarts then greatest(c.id_ended_on, c.received_on) end as restarts_on,
           -- A month that begins with the proof does so whenever it was asked for. A round is waited for since the proof at most. What may be no reason to stop is as though asked for too late.
           nullif(greatest(case when c.id_stops and not c.restarts then date_diff('day', c.received_on, c.id_asked_on) end,
                           case when c.may_not_stop and array_length(c.stops) > 0 then 36525 end,
                           list_max(list_transform(c.stops, lambda k: case when c.id_stops then least(k.waited, greatest(date_diff('day', c.ran_on, k.asked_on), 0))
                                                                           else k.waited end))), 0) as asked_after,
           (not c.id_stops or c.id_is_proven) and coalesce(list_bool_and(list_transform(c.stops, lambda k: k.is_clarified)), true) as is_proven
    from stopped as c
),
begun as (
    select p.* exclude (first_day, longest_day), coalesce(b.first_day, p.first_day) as first_day, coalesce(b.longest_day, p.longest_day) as longest_day,
           coalesce(b.first_due_at, p.unpaused_first_due_at) as begun_first_due_at,
           coalesce(b.longest_due_at, p.unpaused_longest_due_at) as begun_longest_due_at,
           coalesce(b.latest_first_due_at, p.strict_latest_first_due_at) as begun_latest_first_due_at,
           coalesce(b.latest_longest_due_at, p.strict_latest_longest_due_at) as begun_latest_longest_due_at
    from paused as p
    left join rule_days as b on b.rule_id = p.rule_id and b.calendar = p.calendar and b.fullest = p.fullest and b.day = p.restarts_on
),
dated as (
    select b.*,
           case when b.hours is not null then b.received_at + to_hours(b.hours)
                when b.paused_days > 0 then f.ends_at else b.begun_first_due_at end as first_due_at,
           case when b.paused_days > 0 then l.ends_at else b.begun_longest_due_at end as longest_due_at,
           case when b.hours is not null then b.received_at + to_hours(b.hours)
                when b.paused_days > 0 then lf.ends_at else b.begun_latest_first_due_at end as latest_first_due_at,
           case when b.paused_days > 0 then ll.ends_at else b.begun_latest_longest_due_at end as latest_longest_due_at,
           coalesce(t.ends_at, end_of_day(b.extended_to::date + b.told_days)) as told_to, coalesce(lt.ends_at, told_to) as latest_told_to,
           end_of_day(b.extended_to::date) as told_unpaused_to
    from begun as b
    left join due_days as f on f.calendar = b.calendar and f.day = case when b.paused_days > 0 then b.first_day + b.paused_days end
    left join due_days as l on l.calendar = b.calendar and l.day = case when b.paused_days > 0 then b.longest_day + b.paused_days end
    left join due_days as lf on lf.calendar = b.fullest and lf.day = case when b.paused_days > 0 then b.first_day + b.paused_days end
    left join due_days as ll on ll.calendar = b.fullest and ll.day = case when b.paused_days > 0 then b.longest_day + b.paused_days end
    left join due_days as t on t.calendar = case when b.told_days > 0 then b.calendar else '*' end and t.day = b.extended_to::date + b.told_days
    left join due_days as lt on lt.calendar = b.fullest and lt.day = case when b.told_days > 0 then b.extended_to::date + b.told_days end
),
extended as (
    select d.*, coalesce(may_extend and extended_at <= first_due_at, false) as is_extended,
           may_extend and extended_at <= latest_first_due_at as may_be_extended
    from dated as d
)
select * exclude (rule_id, calendar, fullest, first_day, longest_day, strict_latest_first_due_at, strict_latest_longest_due_at, begun_first_due_at,
                  begun_longest_due_at, begun_latest_first_due_at, begun_latest_longest_due_at, hours, told_unpaused_to, latest_told_to, told_days, stands, id_asked_on, id_ended_at, id_ended_on,
                  id_is_proven, restarts, id_stops, rounds, may_not_stop, running_day, stood_on, ran_on, days_before_id,
                  id_days, first_too_late, stops,
                  may_extend, may_be_extended, is_extended_unpaused),
       case when is_extended then extended_to_at(first_due_at, longest_due_at, told_to) else first_due_at end as due_at,
       case when may_be_extended then extended_to_at(latest_first_due_at, latest_longest_due_at, latest_told_to)
            else latest_first_due_at end as latest_due_at,
       case when hours is not null then first_due_at
            when is_extended_unpaused then extended_to_at(unpaused_first_due_at, unpaused_longest_due_at, told_unpaused_to)
            else unpaused_first_due_at end as unpaused_due_at
from extended;
