-- Requests that became part of another, all requests as what was told and done of that leaves them, and their steps.

-- What became part of another request, and that perhaps of a third, with the last of them.
create view merges as
with recursive steps as (
    select request_id, merged_into from requests where merged_into is not null
    union
    select s.request_id, r.merged_into from steps as s join requests as r on r.request_id = s.merged_into where r.merged_into is not null
)
select s.request_id, any_value(r.request_id) as done_with
from steps as s
join requests as r on r.request_id = s.merged_into and r.merged_into is null
group by s.request_id;

-- What became part of nothing that is there, or of a request that may be another person's, made for somebody else or for something else, or
-- that had ended before this one came: nobody can tell what that did.
create table unclear_merges as
select r.request_id
from requests as r
left join merges as m on m.request_id = r.request_id
left join requests as o on o.request_id = m.done_with
where r.merged_into is not null
  and (o.account_id = r.account_id and o.type = r.type and o.requester_role is not distinct from r.requester_role
       and o.child_account_id is not distinct from r.child_account_id and o.purpose is not distinct from r.purpose
       and coalesce(o.closed_at >= r.received_at, true)) is not true;

-- What was told and asked of other requests that are one with a request, by then, and that nobody can tell whether it holds for this one: what
-- was told of a part of it, or of another part; and of what it became part of itself, where something else was told of this one, or that was
-- before this one came. Dates of an extension go together, and those of a check of identity. Each other request has a place.
create table told_elsewhere as
with clear as (
    select request_id, done_with from merges where request_id not in (select request_id from unclear_merges)
),
one as (
    select request_id, done_with, false as is_whole from clear
    union
    select done_with, done_with, true from clear
),
pairs as (
    select r.request_id, m.is_whole as of_whole, r.received_at, least(w.responded_at, w.closed_at) as ended_at, n.is_whole, r.acknowledged_at as was_acknowledged_at,
           r.responded_at as was_responded_at, r.extended_at as was_extended_at, r.extended_at is not null and r.extension_reason is null as had_no_reason,
           n.is_whole and coalesce(coalesce(r.id_verified_at, o.id_verified_at) >= coalesce(r.id_asked_at, greatest(o.id_asked_at, r.received_at)), r.id_asked_at is null) as takes_check,
           w.closed_at as was_closed_at, o.acknowledged_at, o.responded_at, o.extended_at, o.extended_to, o.extension_reason,
           o.id_asked_at, o.id_verified_at, o.delivery_ref, o.request_id as other_id
    from one as m
    join one as n on n.done_with = m.done_with and n.request_id <> m.request_id
    join requests as r on r.request_id = m.request_id
    join requests as o on o.request_id = n.request_id
    join requests as w on w.request_id = m.done_with
),
told as (
    select request_id, of_whole, other_id,
           is_whole and was_responded_at is not null and was_closed_at is not null as answers_instead,
           case when acknowledged_at >= received_at and coalesce(acknowledged_at < was_acknowledged_at, not is_whole) then acknowledged_at end as acknowledged_at,
           case when responded_at >= received_at and coalesce(responded_at < was_responded_at, not is_whole) or answers_instead then responded_at end as responded_at,
           coalesce(extended_at <= ended_at, extended_at is not null)
               and (coalesce(extended_at < was_extended_at, not is_whole or extended_at < received_at) or had_no_reason) as is_extension,
           coalesce(id_asked_at <= ended_at, coalesce(id_asked_at, id_verified_at) is not null) and not takes_check as is_check,
           case when is_extension then extended_at end as extended_at, case when is_extension then extended_to end as extended_to,
           case when is_extension then extension_reason end as extension_reason, case when is_check then id_asked_at end as id_asked_at,
           case when is_check then id_verified_at end as id_verified_at,
           case when responded_at >= received_at and not is_whole then delivery_ref end as delivery_ref
    from pairs
)
select *, row_number() over (partition by request_id order by other_id) as place
from told
where coalesce(acknowledged_at, responded_at, extended_at, id_asked_at, id_verified_at) is not null or delivery_ref is not null or answers_instead;

-- Requests with their local day of receipt. The organisation's own due date is own_due_at here. What became part of another request is
-- done when that is: its closing says when it was moved; an answer of its own counts. What was told and asked of the other request, since this one
-- came, is told and asked of it, too, unless it has such of its own, and where both are of one person and for one thing.
create view received_requests as
with whole as (
    select m.request_id, o.closed_at, o.outcome, case when o.responded_at >= r.received_at then o.responded_at end as responded_at,
           case when u.request_id is null and o.acknowledged_at >= r.received_at then o.acknowledged_at end as acknowledged_at,
           u.request_id is null and r.extended_at is null and o.extended_at >= r.received_at as takes_extension,
           u.request_id is null and coalesce(coalesce(r.id_verified_at, o.id_verified_at) >= coalesce(r.id_asked_at, greatest(o.id_asked_at, r.received_at)), r.id_asked_at is null) as takes_check,
           case when takes_extension then o.extended_at end as extended_at, o.extended_to, o.extension_reason,
           case when takes_check then o.id_asked_at end as id_asked_at, case when takes_check then o.id_verified_at end as id_verified_at,
           case when u.request_id is null then o.delivery_ref end as delivery_ref
    from merges as m
    join requests as r on r.request_id = m.request_id
    join requests as o on o.request_id = m.done_with
    left join unclear_merges as u on u.request_id = m.request_id
)
select r.* exclude (due_at)
       replace (coalesce(r.acknowledged_at, m.acknowledged_at) as acknowledged_at,
                coalesce(r.responded_at, m.responded_at) as responded_at,
                case when r.merged_into is null then r.closed_at else m.closed_at end as closed_at,
                case when r.merged_into is null then r.outcome else m.outcome end as outcome,
                coalesce(r.extended_at, m.extended_at) as extended_at,
                case when m.takes_extension then m.extended_to else r.extended_to end as extended_to,
                case when m.takes_extension then m.extension_reason else r.extension_reason end as extension_reason,
                coalesce(r.id_asked_at, m.id_asked_at) as id_asked_at,
                coalesce(r.id_verified_at, m.id_verified_at) as id_verified_at,
                coalesce(r.delivery_ref, m.delivery_ref) as delivery_ref),
       coalesce(m.takes_extension, false) as takes_extension, r.due_at as own_due_at,
       k.known_until, coalesce(q.day, r.received_at::date) as received_on
from requests as r
left join whole as m on m.request_id = r.request_id
join known_until as k on k.table_name = 'requests'
left join quarters as q on q.quarter = epoch_us(r.received_at) // 900_000_000;

-- The steps of each request, with those of the request that it became part of, and of what became part of it, since it came: told_of is
-- that of which a step is recorded.
create view request_steps as
with clear as (
    select request_id, done_with from merges where request_id not in (select request_id from unclear_merges)
),
shared as (
    select request_id, done_with as told_of, true as at_any_time from clear
    union all
    select done_with, request_id, false from clear
    union all
    select c.request_id, o.request_id, false from clear as c join clear as o on o.done_with = c.done_with and o.request_id <> c.request_id
)
select request_id, event, occurred_at, seq, actor, request_id as told_of from request_events
union all
select s.request_id, e.event, e.occurred_at, e.seq, e.actor, s.told_of
from shared as s
join request_events as e on e.request_id = s.told_of
join requests as r on r.request_id = s.request_id
where s.at_any_time or coalesce(e.occurred_at >= r.received_at, true);
