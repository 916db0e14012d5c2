-- Makes oauth_grants: sign-ins through third parties, and what they let the company read.
-- Needs accounts (10_people) and erased (30_request_steps).

create table planned_grants as
with drawn as (
    select account_id, draw('grant', account_id) as chance, days_later(a.created_at, 0.5) as granted_at,
           case when draw('provider', account_id) < 0.6 then 'google' else 'linkedin' end as provider
    from accounts as a left join erased as e using (account_id)
    where days_later(a.created_at, 60) < least(exported_at(), e.erased_at) and account_id < 'U'
)
select account_id, provider, granted_at,
       case when not may_go_wrong(days_later(granted_at, 50)) then 'kept'
            when chance < 0.003 then 'more_than_authorised' when chance < 0.006 then 'after_revocation' else 'kept' end as plan
from drawn
where chance < 0.05;

create table oauth_grants as
select account_id, provider,
       case when plan = 'more_than_authorised' then ['email', 'name', 'contacts'] else ['email', 'name'] end as scopes,
       ['email', 'name'] as authorised_scopes,
       granted_at,
       case when plan = 'after_revocation' then days_later(granted_at, 30)
            when plan = 'more_than_authorised' and is_mended() then days_later(granted_at, 60) end as revoked_at,
       days_later(granted_at, 50) as last_access_at
from planned_grants
order by all;

insert into planted
select 'third_party_login_authorised', concat_ws(' · ', account_id, provider, granted_at::date), plan
from planned_grants
where plan <> 'kept';
