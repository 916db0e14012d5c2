-- Each breach of the period, or of the twelve months before its end where those are more, and its clocks: hours from becoming aware
-- until the Company, the authority, the people and the subscriber were told.
select breach_id, null::varchar as pseudonym, reported_by, our_role, risk, coalesce(aware_at, subscriber_aware_at)::date as aware_on,
       date_diff('second', subscriber_aware_at, company_told_at) / 3600.0 as company_hours,
       date_diff('second', aware_at, authority_told_at) / 3600.0 as authority_hours,
       date_diff('second', aware_at, subjects_told_at) / 3600.0 as people_hours,
       date_diff('second', aware_at, subscriber_told_at) / 3600.0 as subscriber_hours,
       delay_reason is not null as has_reason
from breaches
where coalesce(aware_at, subscriber_aware_at) >= least($starts_at, least($ends_at, $as_of) - interval 12 months)
  and coalesce(aware_at, subscriber_aware_at) < $ends_at
  and coalesce(aware_at, subscriber_aware_at) <= $as_of
order by aware_on, breach_id
