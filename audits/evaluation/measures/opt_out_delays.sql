-- Opt-outs of the period, or of the twelve months before its end where those are more, by the days until the last newsletter or
-- promotion that followed without a new consent; 0 where none followed.
with opted as (
    select account_id, opted_out_at
    from opt_outs
    where opted_out_at >= least($starts_at, least($ends_at, $as_of) - interval 12 months) and opted_out_at < $ends_at and opted_out_at <= $as_of
),
unconsented as (
    select distinct o.account_id, o.opted_out_at, m.sent_at
    from opted as o
    join messages as m
      on m.account_id = o.account_id and m.kind in ('newsletter', 'promotion') and m.sent_at > o.opted_out_at and m.sent_at <= $as_of
    where not exists (
        select 1 from consents as c
        where c.account_id = o.account_id and c.given_at > o.opted_out_at and c.given_at <= m.sent_at
          and (c.purpose is null or c.purpose in ('newsletter', 'promotion', 'marketing'))
    )
),
followed as (
    select o.account_id, o.opted_out_at, max(u.sent_at) as last_sent_at
    from opted as o
    left join unconsented as u on u.account_id = o.account_id and u.opted_out_at = o.opted_out_at
    group by all
)
select coalesce(date_diff('day', opted_out_at::date, last_sent_at::date), 0)::integer as days, last_sent_at is not null as was_written_to, count(*) as n
from followed
group by all
order by all
