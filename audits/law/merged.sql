-- Requests that became part of another, all requests as what was told and done of the other leaves them, and their steps.

-- What became part of another request, and that perhaps of a third, with the last of them.
create view merges as
with recursive steps as (
    select request_id, merged_into from requests where merged_into is not null
    union
    select s.request_id, r.merged_into from steps as s join requests as r on r.request_id = s.merged_into where r.merged_into is not null
)
select s.request_id, any_value(r.request_id) as done_with, min(r.account_id) as account_id, min(r.type) as type
from steps as s
join requests as r on r.request_id = s.merged_into and r.merged_into is null
group by s.request_id;

-- What became part of nothing that is there, of a request that may be another person's, or of one for something else: nobody can tell
-- what that did.
create table unclear_merges as
select r.request_id
from requests as r
left join merges as m on m.request_id = r.request_id
where r.merged_into is not null and (m.account_id = r.account_id and m.type = r.type) is not true;

-- Of what became part of a request, for one person and for one thing: what was told and asked of it since the request came was told and
-- asked of that, too. One row a request that something became part of; of several the first counts.
create view parts as
select m.done_with as request_id, min(o.acknowledged_at) filter (where o.acknowledged_at >= r.received_at) as acknowledged_at,
       min(o.responded_at) filter (where o.responded_at >= r.received_at) as responded_at,
       arg_min(struct_pack(extended_at := o.extended_at, extended_to := o.extended_to, extension_reason := o.extension_reason), o.extended_at)
           filter (where o.extended_at >= r.received_at) as extension,
       arg_min(struct_pack(asked_at := o.id_asked_at, verified_at := o.id_verified_at), o.id_asked_at)
           filter (where coalesce(o.id_verified_at >= r.received_at, true)) as identity,
       min(o.delivery_ref) filter (where o.responded_at >= r.received_at) as delivery_ref
from merges as m
join requests as o on o.request_id = m.request_id
join requests as r on r.request_id = m.done_with
where m.request_id not in (select request_id from unclear_merges)
group by m.done_with;

create view whole_requests as
select r.* replace (coalesce(r.acknowledged_at, p.acknowledged_at) as acknowledged_at, coalesce(r.responded_at, p.responded_at) as responded_at,
                    coalesce(r.extended_at, p.extension.extended_at) as extended_at,
                    case when r.extended_at is null and p.extension is not null then p.extension.extended_to else r.extended_to end as extended_to,
                    case when r.extended_at is null and p.extension is not null then p.extension.extension_reason else r.extension_reason end as extension_reason,
                    coalesce(r.id_asked_at, p.identity.asked_at) as id_asked_at,
                    case when r.id_asked_at is null then coalesce(r.id_verified_at, p.identity.verified_at) else r.id_verified_at end as id_verified_at,
                    coalesce(r.delivery_ref, p.delivery_ref) as delivery_ref)
from requests as r
left join parts as p on p.request_id = r.request_id;

-- What became part of another request is done when that is.
create view merged_requests as
select m.*, r.acknowledged_at, r.responded_at, r.closed_at, r.outcome,
       struct_pack(extended_at := r.extended_at, extended_to := r.extended_to, extension_reason := r.extension_reason,
                   id_asked_at := r.id_asked_at, id_verified_at := r.id_verified_at, delivery_ref := r.delivery_ref) as told
from merges as m
join whole_requests as r on r.request_id = m.done_with;

-- Requests with their local day of receipt. The organisation's own due date is own_due_at here. The closing of a merged request
-- says when it was moved; an answer of its own counts. What was told and asked of the other request is told and asked of it, too, where
-- both are of one person and for one thing.
create view received_requests as
with clear as (
    select m.request_id, m.acknowledged_at, m.responded_at, m.closed_at, m.outcome, case when u.request_id is null then m.told end as taken,
           u.request_id is null and o.extended_at is null and m.told.extended_at is not null as takes_extension
    from merged_requests as m
    join requests as o on o.request_id = m.request_id
    left join unclear_merges as u on u.request_id = m.request_id
)
select r.* exclude (due_at)
       replace (coalesce(r.acknowledged_at, m.acknowledged_at) as acknowledged_at,
                coalesce(r.responded_at, m.responded_at) as responded_at,
                case when r.merged_into is null then r.closed_at else m.closed_at end as closed_at,
                case when r.merged_into is null then r.outcome else m.outcome end as outcome,
                coalesce(r.extended_at, m.taken.extended_at) as extended_at,
                case when m.takes_extension then m.taken.extended_to else r.extended_to end as extended_to,
                case when m.takes_extension then m.taken.extension_reason else r.extension_reason end as extension_reason,
                coalesce(r.id_asked_at, m.taken.id_asked_at) as id_asked_at,
                coalesce(r.id_verified_at, m.taken.id_verified_at) as id_verified_at,
                coalesce(r.delivery_ref, m.taken.delivery_ref) as delivery_ref),
       coalesce(m.takes_extension, false) as takes_extension, r.due_at as own_due_at,
       k.known_until, coalesce(q.day, r.received_at::date) as received_on
from whole_requests as r
left join clear as m on m.request_id = r.request_id
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
