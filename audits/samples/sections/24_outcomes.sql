-- Makes planned_requests, with what is answered: outcome, ground, format; and requests, as the export sees them.
-- Needs answered_requests (22_answers) and accounts (10_people).

create table planned_requests as
with decided as (
    select *,
           case when plan = 'withdrawn_late' then 'withdrawn' when plan = 'not_delivered' then 'fulfilled'
                when requester_role = 'object' then if(plan = 'on_the_merits' or is_instructed, 'fulfilled', 'redirected')
                when type = 'objection' and draw('outcome', number) < 0.4 then 'denied'
                when type = 'portability' and draw('outcome', number) > 0.85 then 'denied'
                when type in ('access', 'erasure', 'rectification') and draw('outcome', number) > 0.97 then 'denied'
                when draw('outcome', number) < 0.03 and plan in ('kept', 'last_minute', 'no_reason') and not is_overlooked
                then 'withdrawn'
                when draw('outcome', number) < 0.08 and type <> 'portability' and not (is_mended() and type in ('erasure', 'rectification'))
                then 'partial'
                else 'fulfilled' end as outcome
    from answered_requests
),
closed as (
    select d.*, a.closed_at is null as is_customer from decided as d join accounts as a using (account_id)
)
select *,
       case when outcome = 'denied' and type = 'objection'
            then case when is_mended() or draw('ground', number) >= 0.5 then 'compelling_grounds'
                      when draw('ground', number) < 0.25 then 'inconvenience' end
            when outcome = 'denied' and type = 'portability' then 'conditions_not_met'
            when outcome = 'denied' and draw('ground', number) < 0.55 then 'dispute'
            when outcome = 'denied' and is_mended() then case when is_customer then 'account_active' else 'dispute' end
            when outcome = 'denied' and draw('ground', number) < 0.75 then 'account_active'
            when outcome = 'denied' then case when draw('ground', number) < 0.8 then 'habit'
                                              when draw('ground', number) < 0.93 then 'territory' end
            when outcome = 'partial' then 'legal_obligation' end as denial_ground,
       case when type in ('access', 'portability') and outcome in ('fulfilled', 'partial')
            then case when draw('format', number) < 0.15 and not is_mended() then 'pdf' else 'json' end end as format,
       case when type in ('access', 'portability', 'confirmation') and outcome in ('fulfilled', 'partial')
                 and plan <> 'not_delivered' and draw('evidence', number) >= case when is_mended() then 0.003 else 0.015 end
            then 'D' || request_number end as delivery_ref,
       -- Forgotten in the bad quarter, and those people have not been written to again.
       case when outcome in ('denied', 'partial')
            then outcome = 'partial' and is_mended() or draw('complaint', number)
                 >= case when not is_mended() then 0.25 when in_bad_quarter(closed_at) then 0.5 else 0 end end as told_complaint_right
from closed;

-- As the export sees it: what lies after it has not happened yet.
create table requests as
with noticed as (
    select * replace (
               seen(recognised_at) as recognised_at, seen(acknowledged_at) as acknowledged_at, seen(id_asked_at) as id_asked_at,
               seen(id_verified_at) as id_verified_at, seen(responded_at) as responded_at, seen(closed_at) as closed_at)
    from planned_requests
)
select request_id, request_number, account_id, requester_role, null::varchar as child_account_id, type,
       case when type = 'consent_withdrawal' then 'profiling'
            when type = 'objection' and outcome = 'denied'
            then case when draw('objects to', number) > 0.6 and not is_mended() then 'marketing' else 'a' end
            when type = 'objection' then case when draw('objects to', number) < 0.5 then 'a' else 'marketing' end end as purpose,
       channel, addressed_to, received_at, recognised_at, acknowledged_at, id_asked_at, id_verified_at, extended_at, extended_to, extension_reason, due_at, responded_at, closed_at,
       case when closed_at is not null then outcome end as outcome,
       case when closed_at is not null then denial_ground end as denial_ground,
       case when closed_at is not null then format end as format,
       case when closed_at is not null then delivery_ref end as delivery_ref,
       case when closed_at is not null then told_complaint_right end as told_complaint_right,
       country
from noticed
order by request_number;

insert into planted
with people as (
    select * from requests where requester_role <> 'object'
)
select 'denial_has_permitted_ground', request_id, if(denial_ground is null, 'no_ground', 'other_ground')
from people
where type = 'objection' and outcome = 'denied' and denial_ground is distinct from 'compelling_grounds'
union all
select 'complaint_right_told', request_id, 'not_told'
from people
where outcome in ('denied', 'partial') and not told_complaint_right and type not in ('agreement', 'question')
union all
select 'portability_format_machine_readable', request_id, 'other_format'
from people
where type = 'portability' and outcome in ('fulfilled', 'partial') and format = 'pdf'
union all
select 'access_copy_delivered', request_id, if(responded_at is null, 'not_delivered', 'no_evidence')
from people
where type in ('access', 'confirmation') and outcome in ('fulfilled', 'partial') and delivery_ref is null
union all
select 'refusal_has_permitted_ground', r.request_id,
       case when r.denial_ground is null then 'no_ground' when r.denial_ground = 'account_active' then 'account_not_active'
            else 'other_ground' end
from people as r join accounts as a using (account_id)
where r.outcome = 'denied' and r.type in ('access', 'erasure', 'rectification')
  and (r.denial_ground is null or r.denial_ground in ('habit', 'territory')
       or (r.denial_ground = 'account_active' and a.status = 'closed' and a.closed_at <= r.closed_at))
union all
select 'no_refusal_by_territory_in_eea', request_id,
       case when denial_ground is null then 'no_ground' when country is null then 'country_unknown' else 'by_territory' end
from people
where outcome = 'denied' and (denial_ground is null or (denial_ground = 'territory' and (country is null or in_eea(country))))
union all
-- Asking for proof late is flagged only, but for those who take it for stalling.
select unnest(['identity_verified_before_release', 'identity_verified_before_release: may_ask_late = false']), request_id, proof
from planned_requests
where proof in ('before_proof', 'never_proven') and requester_role <> 'object' and outcome not in ('withdrawn', 'denied')
  and (seen(id_verified_at) is not null or proof = 'never_proven')
union all
select 'identity_verified_before_release: may_ask_late = false', request_id, proof
from planned_requests
where proof = 'stalled' and requester_role <> 'object';
