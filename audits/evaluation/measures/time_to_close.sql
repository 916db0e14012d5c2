-- Days from receipt to closing of requests received in the period, or in the twelve months before its end where those are
-- more; open ones up to as_of.
select type,
       (least(closed_at, $as_of)::date - received_on)::integer as days,
       closed_at is not null as closed,
       count(*) as n
from received_requests
where received_at >= least($starts_at, least($ends_at, $as_of) - interval 12 months)
  and received_at < $ends_at
  and received_at <= $as_of
  and requester_role is distinct from 'object'
  and (closed_at is null or (closed_at >= received_at and closed_at <= $as_of))
group by all
order by all
