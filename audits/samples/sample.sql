-- A company that does not exist: three years of accounts, requests and disclosures of a chat service, with its weeks and
-- seasons, a bad quarter, a change of hosting provider, and violations planted on purpose (column plan, table planted).
--
-- What is planted is decided here, by rough dates far from every limit, and not by the code under test: an answer that is
-- meant to be late comes on day 36 or later, one that is meant to be in time by day 28 at the latest, or well inside a shorter law.
-- Every choice is a draw from the MD5 of seed, name and key, so the same seed gives the same company everywhere.
--
-- Variables: seed, account_count, exported_at.

set timezone = 'Europe/Berlin';

create macro draw(name, key) as md5_number_lower(getvariable('seed') || '/' || name || '/' || key) / 18446744073709551616.0;
create macro days_later(instant, days) as make_timestamptz((epoch_us(instant) + (days * 86_400)::bigint * 1_000_000)::bigint);

-- Where people are, how often, and how soon the company answers there: well inside the shortest law it knows of.
create table markets as
select *, sum(weight) over (order by country) - weight as from_weight, sum(weight) over (order by country) as to_weight
from (values
    ('AR', 4, 3.0), ('BO', 1, 24.0), ('BR', 19, 11.0), ('CH', 2, 24.0), ('CL', 3, 0.8), ('CO', 4, 8.0), ('DE', 9, 24.0),
    ('ES', 9, 24.0), ('FR', 4, 24.0), ('GB', 4, 24.0), ('ID', 4, 1.8), ('IN', 4, 24.0), ('KE', 2, 5.0), ('MX', 6, 20.0),
    ('NG', 2, 24.0), ('PE', 3, 8.0), ('PT', 5, 24.0), ('TR', 6, 24.0), ('US', 16, 24.0), ('VE', 1, 24.0), ('ZA', 2, 24.0)
) as t (country, weight, answers_within_days);

create table accounts as
with drawn as (
    select i as number, 'A' || lpad(i::varchar, 8, '0') as account_id,
           draw('country', i) * (select max(to_weight) from markets) as place,
           draw('kind', i) as kind, draw('region', i) as region_draw, draw('created', i) as created, draw('closed', i) as closed
    from range(1, getvariable('account_count')::bigint + 1) as t (i)
),
placed as (
    select d.*, m.country,
           case when kind < 0.35 then 'subscriber' when kind < 0.55 then 'agent' when kind < 0.70 then 'visitor' else 'subscriber_object' end
               as subject_type,
           days_later(timestamptz '2022-06-01 08:00:00+02', created * 1500) as created_at
    from drawn as d join markets as m on d.place >= m.from_weight and d.place < m.to_weight
)
select account_id,
       case subject_type when 'subscriber' then 'Company ' || number when 'agent' then 'Agent ' || number else 'Person ' || number end as name,
       subject_type,
       case when subject_type = 'subscriber_object' then 'processor' else 'controller' end as our_role,
       -- Visitors whose account names no subscriber are those whose request is to be handled on the merits by mistake.
       case when subject_type = 'subscriber_object' and draw('instructed', number) < 0.9
            then 'A' || lpad((1 + floor(draw('subscriber', number) * getvariable('account_count')))::bigint::varchar, 8, '0') end
           as controller_subscriber_id,
       country,
       case when country = 'US' and draw('region stated', number) < 0.985
            then case when region_draw < 0.4 then 'CA' when region_draw < 0.6 then 'NY' when region_draw < 0.8 then 'TX' else 'FL' end end
           as region,
       subject_type <> 'subscriber_object' and draw('child', number) < 0.006 as is_child,
       created_at::date - (365.25 * case when is_child then 8 + 3 * draw('age', number) else 18 + 50 * draw('age', number) end)::integer as birth_date,
       case when is_child and draw('age known', number) < 0.7 then days_later(created_at, 40) end as age_known_at_drawn,
       case when age_known_at_drawn < getvariable('exported_at')::timestamptz then age_known_at_drawn end as age_known_at,
       case when subject_type in ('subscriber', 'agent') and draw('terms', number) < 0.003 then null
            when subject_type in ('subscriber', 'agent') and draw('terms', number) < 0.008 then days_later(created_at, 2)
            else created_at end as terms_accepted_at_drawn,
       case when terms_accepted_at_drawn < getvariable('exported_at')::timestamptz then terms_accepted_at_drawn end as terms_accepted_at,
       created_at,
       case when closed < 0.2 then days_later(created_at, 30 + 600 * closed) end as closed_at_drawn,
       case when closed_at_drawn < getvariable('exported_at')::timestamptz then closed_at_drawn end as closed_at,
       case when subject_type = 'subscriber' and closed_at_drawn < getvariable('exported_at')::timestamptz then closed_at_drawn end as agreement_ended_at,
       case when closed_at_drawn < getvariable('exported_at')::timestamptz then 'closed' else 'active' end as status,
       'sign-up' as source
from placed
where created_at < getvariable('exported_at')::timestamptz
order by account_id;

alter table accounts drop column closed_at_drawn;
alter table accounts drop column age_known_at_drawn;
alter table accounts drop column terms_accepted_at_drawn;

update accounts set controller_subscriber_id = null
where controller_subscriber_id not in (select account_id from accounts where subject_type = 'subscriber');

-- One subscriber of whom nothing is known but its name.
insert into accounts by name
select 'U00000001' as account_id, 'Company without a country' as name, 'subscriber' as subject_type, 'controller' as our_role,
       timestamptz '2024-01-15 09:00:00+01' as created_at, timestamptz '2024-01-15 09:00:00+01' as terms_accepted_at, date '1980-05-01' as birth_date,
       'active' as status, 'sign-up' as source, false as is_child;

-- Days weighted by weekday, season and growth; a draw of one of 65,536 slots picks a day.
create table day_slots as
with weighted as (
    select day::date as day,
           (case when isodow(day) >= 6 then 0.3 else 1.0 end)
           * (1 + 0.25 * sin(2 * pi() * (dayofyear(day) - 30) / 365.0))
           * (1 + 0.5 * (day::date - date '2023-11-01') / 1096.0) as weight
    from range(date '2023-11-01', date '2026-11-01', interval 1 day) as t (day)
),
summed as (
    select day, sum(weight) over (order by day) / sum(weight) over () as upto from weighted
)
select slot, (select min(day) from summed where upto > slot / 65536.0) as day
from range(65536) as t (slot);

create table drawn_requests as
with drawn as (
    select i as number,
           floor(draw('day', i) * 65536)::bigint as slot,
           -- Office hours mostly; nothing within the hours in which a zone's day could be mistaken.
           (6 + 12 * (draw('hour', i) + draw('hour again', i)) / 2) * 3600 as seconds,
           'A' || lpad((1 + floor(draw('account', i) * getvariable('account_count')))::bigint::varchar, 8, '0') as account_id
    from range(1, (getvariable('account_count') * 3 // 4)::bigint + 1) as t (i)
),
dated as (
    select d.number, d.account_id, make_timestamptz(epoch_us(s.day::timestamptz) + floor(d.seconds)::bigint * 1_000_000) as received_at
    from drawn as d join day_slots as s using (slot)
),
asked as (
    select d.*, a.country, a.region, a.is_child, a.subject_type, a.controller_subscriber_id, m.answers_within_days,
           case a.subject_type when 'subscriber_object' then 'object' else a.subject_type end as requester_role,
           a.country in ('DE', 'ES', 'FR', 'PT', 'GB', 'CH') as is_european,
           draw('type', d.number) as type_draw
    from dated as d
    join accounts as a using (account_id)
    join markets as m using (country)
    where d.received_at > a.created_at and d.received_at < days_later(getvariable('exported_at')::timestamptz, -0.25)
)
select row_number() over (order by received_at, number) as request_number, * exclude (type_draw, is_child),
       case when type_draw < 0.004 or is_child then 'child_report'
            when type_draw < 0.012 then 'consent_withdrawal'
            when type_draw < 0.06 then 'question'
            when type_draw < 0.08 then 'agreement'
            when country = 'ZA' or type_draw < 0.48 then 'access'
            when type_draw < 0.78 then 'erasure'
            when type_draw < 0.88 then 'rectification'
            when is_european then case when type_draw < 0.92 then 'objection' when type_draw < 0.96 then 'portability' else 'confirmation' end
            when region = 'CA' then 'opt_out'
            else 'access' end as type
from asked;

-- What will go wrong with which request. In the bad quarter, the first of 2026, four times as often.
create table plans as
with chances as (
    select *, draw('plan', number) / case when received_at >= timestamptz '2026-01-01 00:00:00+01'
                                           and received_at < timestamptz '2026-04-01 00:00:00+02' then 4 else 1 end as chance,
           date_diff('day', received_at, getvariable('exported_at')::timestamptz) as age,
           type in ('access', 'erasure', 'rectification', 'confirmation') as is_promised,
           type not in ('question', 'agreement', 'child_report', 'consent_withdrawal') as is_right
    from drawn_requests
)
select *,
       case when requester_role = 'object' then
                case when age > 34 and controller_subscriber_id is null and chance < 0.03 then 'on_the_merits' else 'redirect' end
            when not is_right then 'kept'
            when is_promised and chance < 0.0004 then 'ends_before_start'
            when chance < 0.012 and age > 85 then 'late'
            when chance < 0.012 and age > 50 and country <> 'US' then 'late'
            when is_promised and chance < 0.020 and age > 34 then 'closed_late'
            when is_european and country <> 'CH' and chance < 0.028 and age > 85 then 'extended'
            when is_european and country <> 'CH' and chance < 0.031 and age > 85 then 'told_late'
            when is_european and country <> 'CH' and chance < 0.034 and age > 34 then 'no_reason'
            when country = 'BR' and type = 'access' and chance < 0.06 and age > 34 then 'law_late'
            when country in ('AR', 'KE', 'ID', 'CL') and is_promised and type <> 'confirmation' and chance < 0.06 and age > 34 then 'law_late'
            when chance > 0.992 and age between 50 and 300 then 'overdue'
            when chance > 0.97 and age between 36 and 60 and country <> 'US' then 'overdue'
            when region = 'CA' and type in ('access', 'erasure', 'rectification') and chance < 0.05 and age > 34 then 'acknowledged_late'
            when is_promised and chance < 0.055 and age > 34 then 'last_minute'
            else 'kept' end as plan
from chances;

create table requests_planned as
with checked as (
    select *,
           plan in ('kept', 'last_minute') and is_european and type in ('access', 'erasure') and draw('identity', number) < 0.15 as is_checked,
           -- Of those whose identity is checked, some get their answer first.
           is_checked and draw('released', number) < 0.06 as is_released_early,
           case when is_checked then days_later(received_at, 0.6) end as id_asked_at,
           case when is_checked then days_later(received_at, 1.6 + 3 * draw('verified', number)) end as id_verified_at
    from plans
),
answered as (
    select *,
           case when is_released_early then days_later(received_at, 1)
                else greatest(days_later(id_verified_at, 0.2), case plan when 'late' then days_later(received_at, case country when 'US' then 50 else 36 end + 12 * draw('late', number))
                     when 'law_late' then days_later(received_at, 27 + draw('law late', number))
                     when 'extended' then days_later(received_at, 60 + 15 * draw('extended', number))
                     when 'told_late' then days_later(received_at, 60 + 15 * draw('told late', number))
                     when 'overdue' then null
                     when 'ends_before_start' then days_later(received_at, -2 - draw('before', number))
                     when 'redirect' then days_later(received_at, 0.2 + 8 * power(draw('redirect', number), 2))
                     else days_later(received_at, 0.1 + (case type when 'opt_out' then 14 else answers_within_days end - 0.1) * (0.15 + 0.85 * power(draw('answer', number), 1.3))) end) end
               as answered_at
    from checked
),
closed as (
    select *,
           case when plan in ('closed_late') then days_later(received_at, 32 + draw('closed late', number))
                when plan = 'last_minute'
                then make_timestamptz(epoch_us((received_at::date + 31)::timestamptz) - 60_000_000)
                else days_later(answered_at, 0.01 + 1.5 * draw('close', number)) end as done_at
    from answered
)
select 'R' || lpad(request_number::varchar, 8, '0') as request_id,
       request_number, account_id, requester_role, type,
       case when draw('channel', number) < 0.62 then 'email' when draw('channel', number) < 0.84 then 'portal'
            when draw('channel', number) < 0.95 then 'chat' else 'post' end as channel,
       case when channel = 'email' then
            case when draw('address', number) < 0.97 then 'privacy@jivochat.com' when draw('address', number) < 0.99 then 'privacy@jivosite.com'
                 else 'privacy@jvochat.com' end end as addressed_to,
       received_at,
       case when not (type = 'erasure' and age > 34 and draw('overlooked', number) < 0.02)
            then days_later(received_at, 0.05 + 0.5 * draw('recognised', number)) end as recognised_at,
       days_later(received_at, case when plan = 'acknowledged_late' then 22 + 4 * draw('acknowledged', number)
                                    else 0.1 + 1.5 * draw('acknowledged', number) end) as acknowledged_at,
       id_asked_at, id_verified_at,
       case plan when 'extended' then days_later(received_at, 18 + 6 * draw('told', number))
                 when 'told_late' then days_later(received_at, 38 + 4 * draw('told', number))
                 when 'no_reason' then days_later(received_at, 8 + 4 * draw('told', number)) end as extended_at,
       case when extended_at is not null then days_later(received_at, 80) end as extended_to,
       case when plan in ('extended', 'told_late') then 'complexity' end as extension_reason,
       case when draw('own due', number) < 0.8 then make_timestamptz(epoch_us((received_at::date + 30)::timestamptz) + 61_200_000_000) end as due_at,
       answered_at as responded_at,
       done_at as closed_at,
       case when requester_role = 'object' then case plan when 'on_the_merits' then 'fulfilled' else 'redirected' end
            when type = 'objection' and draw('outcome', number) < 0.4 then 'denied'
            when type = 'portability' and draw('outcome', number) > 0.85 then 'denied'
            when type in ('access', 'erasure', 'rectification') and draw('outcome', number) > 0.97 then 'denied'
            when draw('outcome', number) < 0.03 then 'withdrawn'
            when draw('outcome', number) < 0.08 then 'partial'
            else 'fulfilled' end as outcome,
       case when outcome = 'denied' and type = 'objection'
            then case when draw('ground', number) < 0.25 then 'inconvenience' else 'compelling_grounds' end
            when outcome = 'denied' and type = 'portability' then 'conditions_not_met'
            when outcome = 'denied' and draw('ground', number) < 0.55 then 'dispute'
            when outcome = 'denied' and draw('ground', number) < 0.75 then 'account_active'
            when outcome = 'denied' then case when draw('ground', number) < 0.85 then 'habit' else 'territory' end
            when outcome = 'partial' then 'legal_obligation' end as denial_ground,
       case when type in ('access', 'portability') and outcome in ('fulfilled', 'partial')
            then case when draw('format', number) < 0.15 then 'pdf' else 'json' end end as format,
       case when type in ('access', 'portability', 'confirmation') and outcome in ('fulfilled', 'partial') and draw('evidence', number) >= 0.015
            then 'D' || request_number end as delivery_ref,
       case when outcome = 'denied' then draw('complaint', number) >= 0.25 end as told_complaint_right,
       -- A few tickets do not say where the person is.
       case when plan = 'kept' and is_right and draw('country lost', number) < 0.002 then null else country end as country,
       plan, age, is_promised, is_right, is_european, region, is_released_early
from closed;

-- As the export sees it: what lies after it has not happened yet.
create table requests as
select * exclude (plan, age, is_promised, is_right, is_european, region, is_released_early)
       replace (
           case when responded_at < seen then responded_at end as responded_at,
           case when closed_at < seen then closed_at end as closed_at,
           case when recognised_at < seen then recognised_at end as recognised_at,
           case when acknowledged_at < seen then acknowledged_at end as acknowledged_at,
           case when id_asked_at < seen then id_asked_at end as id_asked_at,
           case when id_verified_at < seen then id_verified_at end as id_verified_at,
           case when closed_at < seen then outcome end as outcome,
           case when closed_at < seen then denial_ground end as denial_ground,
           case when closed_at < seen then format end as format,
           case when closed_at < seen then delivery_ref end as delivery_ref,
           case when closed_at < seen then told_complaint_right end as told_complaint_right
       )
from requests_planned, (select getvariable('exported_at')::timestamptz as seen) as s
order by request_number;

alter table requests drop column seen;

-- What the audit must find, by control. A law of its own list: which places give a number for which types.
create table planted as
with facts as (
    select p.*, p.closed_at is null or p.closed_at >= getvariable('exported_at')::timestamptz as is_open,
           p.requester_role = 'object' as is_visitor,
           p.is_right and p.requester_role <> 'object' and p.country is not null
           and (p.is_european
                or (p.country = 'US' and p.region = 'CA')
                or (p.country = 'BR' and p.type = 'access')
                or (p.country in ('AR', 'CO', 'KE', 'PE') and p.type in ('access', 'erasure', 'rectification'))
                or p.country in ('CL', 'ID', 'MX', 'TR')
                or (p.country = 'ZA' and p.type = 'access')
                or (p.country = 'NG' and p.received_at < timestamptz '2025-09-19 00:00:00+02')) as has_law
    from requests_planned as p
),
promise as (
    select request_id, type, requester_role, due_at is not null as has_own_date, is_promised,
           case when plan in ('late', 'closed_late', 'extended', 'told_late') then 'late' when plan = 'overdue' then 'overdue'
                when plan = 'ends_before_start' then 'ends_before_start' end as closing,
           case when plan in ('late', 'extended', 'told_late') then 'late' when plan = 'overdue' then 'overdue'
                when plan = 'ends_before_start' then 'ends_before_start' end as answer
    from facts
    where not is_visitor
)
select 'request_handled_in_time' as control_id, request_id as record_id, closing as reason
from promise where is_promised and closing is not null
union all
select 'own_deadline_kept', request_id, closing from promise where has_own_date and closing is not null
union all
select 'subject_access_answered_in_time', request_id, answer from promise where type = 'access' and answer is not null
union all
select 'subscriber_removal_answered_in_time', request_id, answer
from promise where type = 'erasure' and requester_role = 'subscriber' and answer is not null
union all
select 'request_handled_in_statutory_time', request_id,
       case plan when 'late' then 'late' when 'law_late' then 'late' when 'told_late' then 'late' when 'overdue' then 'overdue' else plan end
from facts where has_law and plan in ('late', 'law_late', 'told_late', 'overdue', 'ends_before_start')
union all
select 'request_handled_in_statutory_time', request_id, 'ends_before_start'
from facts where not is_visitor and is_right and plan = 'ends_before_start' and not has_law and country = 'US' and region is null
union all
select 'request_handled_in_statutory_time', request_id, 'region_unknown'
from facts where not is_visitor and is_right and country = 'US' and region is null and plan <> 'ends_before_start'
union all
select 'request_handled_in_statutory_time', request_id, 'country_unknown'
from facts where not is_visitor and is_right and country is null
union all
select 'extension_notified_in_time', request_id, plan from facts where plan in ('told_late', 'no_reason')
union all
select 'request_acknowledged', request_id, 'late' from facts where plan = 'acknowledged_late'
union all
select 'request_acknowledged', request_id, 'place_unknown'
from facts
where not is_visitor and type in ('access', 'erasure', 'rectification')
  and (country is null or (country = 'US' and region is null))
union all
select 'denial_has_permitted_ground', request_id, 'other_ground'
from facts where not is_open and type = 'objection' and not is_visitor and outcome = 'denied' and denial_ground = 'inconvenience'
union all
select 'complaint_right_told', request_id, 'not_told' from facts where not is_open and not is_visitor and outcome = 'denied' and not told_complaint_right
union all
select 'portability_format_machine_readable', request_id, 'other_format'
from facts where not is_open and not is_visitor and type = 'portability' and outcome in ('fulfilled', 'partial') and format = 'pdf'
union all
select 'identity_verified_before_release', request_id, 'before_proof'
from facts
where is_released_early and not is_visitor and outcome not in ('withdrawn', 'denied')
  and id_verified_at < getvariable('exported_at')::timestamptz
union all
select 'visitor_request_redirected', request_id, 'on_the_merits' from facts where plan = 'on_the_merits'
union all
select 'visitor_request_redirected', request_id, 'no_limit' from facts where is_visitor and is_open
order by all;

insert into planted
select case type when 'question' then 'question_answered' else 'dpa_request_answered' end, request_id, 'no_limit'
from requests where type in ('question', 'agreement') and requester_role <> 'object' and responded_at is null
union all
select 'access_copy_delivered', request_id, 'no_evidence'
from requests where type in ('access', 'confirmation') and requester_role <> 'object' and outcome in ('fulfilled', 'partial') and delivery_ref is null
union all
select 'removal_by_mail_recognised', request_id, 'not_recognised'
from requests_planned where type = 'erasure' and channel = 'email' and requester_role <> 'object' and recognised_at is null
union all
select 'refusal_has_permitted_ground', r.request_id, case r.denial_ground when 'account_active' then 'account_not_active' else 'other_ground' end
from requests as r join accounts as a using (account_id)
where r.requester_role <> 'object' and r.outcome = 'denied' and r.type in ('access', 'erasure', 'rectification')
  and (r.denial_ground in ('habit', 'territory') or (r.denial_ground = 'account_active' and a.status = 'closed'))
union all
select 'no_refusal_by_territory_in_eea', request_id, case when country is null then 'country_unknown' else 'by_territory' end
from requests
where requester_role <> 'object' and outcome = 'denied' and denial_ground = 'territory'
  and (country is null or country in ('DE', 'ES', 'FR', 'PT'))
union all
select 'account_data_has_legal_basis', account_id, case when terms_accepted_at is null then 'not_accepted' else 'accepted_later' end
from accounts
where subject_type in ('subscriber', 'agent') and (terms_accepted_at is null or terms_accepted_at > created_at)
union all
select 'subscriber_gdpr_status_known', account_id, 'country_unknown' from accounts where subject_type = 'subscriber' and country is null;

-- Who was erased, when first, and how often: nothing of theirs may come later.
create table erased as
select account_id, min(closed_at) as erased_at, count(*) as times, min(request_id) as request_id
from requests where type = 'erasure' and outcome = 'fulfilled' and requester_role <> 'object' group by account_id;

create table objected as
select account_id, min(received_at) as objected_at, count(*) as times, min(request_id) as request_id, bool_and(outcome = 'fulfilled') as is_upheld
from requests where type = 'objection' and requester_role <> 'object' group by account_id;

-- Steps: the third is a correction, from the fourth on a transmission, from the tenth on the recipients that are told of an erasure.
create table planned_corrections as
select request_id, case when draw('corrected', request_number) < 0.03 then 'not_corrected'
                        when draw('corrected', request_number) < 0.06 and closed_at < days_later(getvariable('exported_at')::timestamptz, -5) then 'corrected_later'
                        else 'kept' end as plan, closed_at
from requests where type = 'rectification' and outcome = 'fulfilled' and requester_role <> 'object';

create table planned_transmissions as
select request_id, closed_at, draw('transmitted', request_number) < 0.2 or closed_at > days_later(getvariable('exported_at')::timestamptz, -5) as is_open
from requests
where type = 'portability' and outcome = 'fulfilled' and requester_role <> 'object' and draw('transmit', request_number) < 0.5;

create table request_events as
select request_id, 1::bigint as seq, 'opened' as event, received_at as occurred_at, 'desk' as actor from requests
union all
select request_id, 2, 'closed', closed_at, 'desk' from requests where closed_at is not null
union all
select request_id, 3, 'corrected', days_later(closed_at, case plan when 'corrected_later' then 2 else -0.02 end), 'desk'
from planned_corrections where plan <> 'not_corrected'
union all
select request_id, 4, 'transmission_asked', days_later(closed_at, -0.05), 'desk' from planned_transmissions
union all
select request_id, 5, 'transmitted', days_later(closed_at, 2), 'desk' from planned_transmissions where not is_open;

insert into planted
select 'rectification_carried_out', request_id, plan from planned_corrections where plan <> 'kept'
union all
select 'portability_transmitted', request_id, 'no_limit' from planned_transmissions where is_open;

-- Hosting moves from one provider to another in June 2025.
create table processors as
select recipient_id, name, kind, country, parent as parent_id, signed::timestamptz as dpa_signed_at, ends::timestamptz as dpa_ends_at,
       purposes as allowed_purposes, recipient_id <> 'P08' as marketing_barred, 'I-' || recipient_id as instruction_ref,
       case when recipient_id = 'P05' then timestamptz '2025-01-10 09:00:00+01' else timestamptz '2026-03-01 09:00:00+01' end as safeguards_checked_at
from (values
    ('P01', 'Old Harbour Hosting', 'processor', 'US', '2022-05-01 09:00:00+02', '2025-07-31 23:00:00+02', ['hosting'], null),
    ('P02', 'Northern Cloud', 'processor', 'DE', '2025-05-12 09:00:00+02', null, ['hosting'], null),
    ('P03', 'Letterbird Mail', 'processor', 'US', '2022-05-01 09:00:00+02', null, ['email_delivery'], null),
    ('P04', 'Countable Analytics', 'processor', 'US', '2022-05-01 09:00:00+02', null, ['analytics'], null),
    ('P05', 'Fair Pay', 'processor', 'GB', '2022-05-01 09:00:00+02', null, ['payment'], null),
    ('P06', 'Help Line Desk', 'processor', 'BR', '2022-05-01 09:00:00+02', null, ['support'], null),
    ('P07', 'District Court', 'authority', 'DE', null, null, null, null),
    ('P08', 'Bright Surveys', 'processor', 'US', '2022-05-01 09:00:00+02', null, ['surveys'], null),
    ('P10', 'Next Owner', 'acquirer', 'DE', null, null, null, null),
    ('P11', 'Partner Fair', 'third_party', 'DE', null, null, null, null),
    ('P12', 'Under Cloud', 'subprocessor', 'DE', '2022-05-01 09:00:00+02', null, ['hosting'], 'P02'),
    ('P13', 'Lost Link', 'subprocessor', 'DE', '2022-05-01 09:00:00+02', null, ['hosting'], null),
    ('P14', 'Statistics Office', 'third_party', 'DE', null, null, null, null)
) as t (recipient_id, name, kind, country, signed, ends, purposes, parent)
order by recipient_id;

create table certifications as
select recipient_id, 'dpf' as framework, timestamptz '2023-10-02 00:00:00+02' as certified_from, timestamptz '2027-10-01 23:00:00+02' as certified_to
from (values ('P01'), ('P03'), ('P04')) as t (recipient_id)
order by recipient_id;

-- M-P06-ended ran out in June 2024, M-P06-late was signed in May 2025 only.
create table transfer_mechanisms as
select mechanism_ref, recipient_id, 'scc_2021' as kind, signed::timestamptz as signed_at, signed::timestamptz as valid_from,
       ends::timestamptz as valid_to, 'T-' || recipient_id as assessment_ref
from (values
    ('M-P01', 'P01', '2022-05-01 09:00:00+02', null),
    ('M-P03', 'P03', '2022-05-01 09:00:00+02', null),
    ('M-P04', 'P04', '2022-05-01 09:00:00+02', null),
    ('M-P06', 'P06', '2022-05-01 09:00:00+02', null),
    ('M-P06-ended', 'P06', '2022-05-01 09:00:00+02', '2024-06-30 23:00:00+02'),
    ('M-P06-late', 'P06', '2025-05-01 09:00:00+02', null)
) as t (mechanism_ref, recipient_id, signed, ends)
order by mechanism_ref;

create table disclosures as
with drawn as (
    select i as number, 'A' || lpad((1 + floor(draw('discloses', i) * getvariable('account_count')))::bigint::varchar, 8, '0') as account_id,
           floor(draw('disclosed day', i) * 65536)::bigint as slot, draw('disclosed to', i) as whom
    from range(1, getvariable('account_count')::bigint * 3 // 2 + 1) as t (i)
),
dated as (
    select d.*, make_timestamptz(epoch_us(s.day::timestamptz) + (36_000 * (0.8 + draw('disclosed hour', d.number)))::bigint * 1_000_000) as disclosed_at
    from drawn as d join day_slots as s using (slot)
),
sent as (
    select d.*, a.country = 'US' and (a.region is null or a.region = 'CA') as is_californian, a.country as origin_country, a.country in ('DE', 'ES', 'FR', 'PT', 'CH') as is_inside,
           -- A few jobs went on sending to the old provider after its agreement had ended.
           case when whom < 0.5 then case when disclosed_at < timestamptz '2025-06-15 00:00:00+02' then 'P01'
                                          when disclosed_at > timestamptz '2025-09-01 00:00:00+02' and whom < 0.006 then 'P01' else 'P02' end
                when whom < 0.75 then 'P03' when whom < 0.88 then 'P04' when whom < 0.94 then 'P05' when whom < 0.982 then 'P06'
                when whom < 0.985 then 'P11' when whom < 0.988 then 'P10' when whom < 0.991 then 'P14' when whom < 0.995 then 'P12'
                when whom < 0.997 then 'P08' else 'P07' end as recipient_id,
           draw('transfer', d.number) as chance
    from dated as d
    join accounts as a using (account_id)
    left join erased as e using (account_id)
    where d.disclosed_at > a.created_at and d.disclosed_at < least(getvariable('exported_at')::timestamptz, e.erased_at)
),
-- What will be wrong with which disclosure; dates keep well away from the days on which the law changed.
planned as (
    select s.*, p.country as register_country, p.kind, p.instruction_ref as register_instruction,
           case when recipient_id = 'P08' and is_inside then 'not_certified'
                when recipient_id = 'P01' and disclosed_at > timestamptz '2025-09-01 00:00:00+02' then 'ended'
                when recipient_id = 'P04' and chance < 0.01 then 'framework_ended'
                when recipient_id = 'P04' and chance < case when is_californian then 0.1 else 0.02 end then 'for_marketing'
                when recipient_id = 'P03' and chance > 0.99 then 'outside_mandate'
                when recipient_id = 'P06' and is_inside and disclosed_at < timestamptz '2025-12-01 00:00:00+01' then
                    case when chance < 0.06 then 'no_mechanism'
                         when chance < 0.12 and disclosed_at > timestamptz '2024-08-01 00:00:00+02' then 'not_in_force'
                         when chance < 0.18 and disclosed_at < timestamptz '2025-04-01 00:00:00+02' then 'not_yet_signed'
                         when chance < 0.22 then 'no_contract'
                         else 'kept' end
                when recipient_id = 'P03' and chance < 0.015 then 'not_recorded'
                when recipient_id = 'P02' and chance < 0.004 then 'elsewhere'
                when recipient_id = 'P02' and chance < 0.010 then 'no_instruction'
                when recipient_id = 'P02' and chance < 0.014 then 'no_recipient'
                when recipient_id = 'P07' and chance < 0.2 then 'not_approved'
                when recipient_id = 'P10' and chance < 0.2 then 'no_transaction'
                when recipient_id = 'P11' and chance < 0.2 then 'courtesy'
                when recipient_id = 'P14' and chance < 0.2 then 'too_few'
                else 'kept' end as plan
    from sent as s
    join processors as p using (recipient_id)
)
select 'D' || lpad(number::varchar, 8, '0') as disclosure_id, account_id, case when plan <> 'no_recipient' then recipient_id end as recipient_id, disclosed_at,
       case when plan = 'for_marketing' then 'recipient_marketing' when plan = 'outside_mandate' then 'resale'
            else case planned.recipient_id when 'P03' then 'email_delivery' when 'P04' then 'analytics' when 'P05' then 'payment' when 'P06' then 'support'
                         when 'P07' then 'legal_claims' when 'P08' then 'surveys' when 'P10' then 'succession' when 'P11' then 'direction' when 'P14' then 'statistics'
                         else 'hosting' end end as purpose,
       ['contact', 'account'] as categories,
       origin_country,
       case plan when 'not_recorded' then null when 'elsewhere' then 'CH' else register_country end as destination_country,
       case when plan = 'framework_ended' then 'privacy_shield'
            when plan in ('no_mechanism', 'elsewhere') then null
            when register_country = 'US' and origin_country = 'CH' and disclosed_at < timestamptz '2025-01-01 00:00:00+01'
                 and planned.recipient_id <> 'P08' then 'scc_2021'
            when register_country = 'US' then 'dpf'
            when register_country = 'BR' and (origin_country = 'CH' or disclosed_at < timestamptz '2026-02-01 00:00:00+01') then 'scc_2021'
            when register_country in ('GB', 'BR') then 'adequacy' end as mechanism,
       case plan when 'not_in_force' then 'M-P06-ended' when 'not_yet_signed' then 'M-P06-late' when 'no_contract' then 'M-P06-lost'
                 else case when mechanism = 'scc_2021' then 'M-' || planned.recipient_id end end as mechanism_ref,
       case when kind in ('processor', 'subprocessor') and plan <> 'no_instruction' then register_instruction end as instruction_ref,
       case when plan = 'courtesy' then 'courtesy'
            else case kind when 'authority' then 'legal_claim' when 'acquirer' then 'succession'
                           when 'third_party' then case planned.recipient_id when 'P14' then 'statistics' else 'permission' end else 'service' end end as ground,
       case when kind = 'authority' and plan <> 'not_approved' then 'Q-' || number end as approval_ref,
       case when kind = 'acquirer' and plan <> 'no_transaction' then 'deal-1' end as transaction_ref,
       planned.recipient_id = 'P14' as aggregated,
       case when planned.recipient_id = 'P14' then case plan when 'too_few' then 3 else 12 end end::bigint as smallest_cell,
       plan, is_inside
from planned
order by disclosure_id;

insert into planted
select 'transfer_has_valid_mechanism', disclosure_id, plan
from disclosures
where is_inside and plan in ('not_certified', 'framework_ended', 'no_mechanism', 'not_in_force', 'not_yet_signed', 'no_contract')
union all
select 'transfer_has_valid_mechanism', disclosure_id, 'destination_unknown' from disclosures where is_inside and plan = 'not_recorded'
union all
select 'transfer_destination_known', disclosure_id, 'not_recorded' from disclosures where is_inside and plan = 'not_recorded'
union all
select 'transfer_destination_matches_register', disclosure_id, 'country_unknown' from disclosures where plan = 'not_recorded'
union all
select 'transfer_destination_matches_register', disclosure_id, 'elsewhere' from disclosures where plan = 'elsewhere'
union all
select 'no_reliance_on_invalid_framework', disclosure_id, 'ended' from disclosures where plan = 'framework_ended';

insert into planted
select 'agreement_in_force_at_disclosure', disclosure_id, 'ended' from disclosures where plan = 'ended'
union all
select 'disclosure_within_processor_mandate', disclosure_id, 'outside_mandate'
from disclosures where plan in ('outside_mandate', 'for_marketing')
union all
select 'no_disclosure_for_recipient_marketing', disclosure_id, 'for_marketing' from disclosures where plan = 'for_marketing'
union all
select 'no_disclosure_for_recipient_marketing', disclosure_id, 'not_barred' from disclosures where recipient_id = 'P08';

insert into planted
select 'transfer_destination_matches_register', disclosure_id, 'not_registered' from disclosures where plan = 'no_recipient'
union all
select 'recipient_is_registered', disclosure_id, 'recipient_unknown' from disclosures where plan = 'no_recipient'
union all
select 'disclosure_has_permitted_ground', disclosure_id, 'recipient_unknown' from disclosures where plan = 'no_recipient'
union all
select 'disclosure_purpose_permitted', disclosure_id, 'not_described' from disclosures where plan in ('outside_mandate', 'for_marketing')
union all
select 'disclosure_has_permitted_ground', disclosure_id, 'no_ground'
from disclosures where plan in ('outside_mandate', 'for_marketing', 'not_approved', 'no_transaction', 'courtesy', 'too_few')
union all
select 'authority_disclosure_has_legal_ground', disclosure_id, plan from disclosures where plan = 'not_approved'
union all
select 'successor_disclosure_has_transaction', disclosure_id, plan from disclosures where plan = 'no_transaction'
union all
select 'aggregate_hides_single_people', disclosure_id, plan from disclosures where plan = 'too_few'
union all
select 'disclosure_follows_instruction', disclosure_id, plan from disclosures where plan = 'no_instruction'
union all
select 'subprocessor_chain_ends_in_agreement', recipient_id, 'orphan' from processors where recipient_id = 'P13'
union all
select 'recipient_safeguards_checked', recipient_id, 'check_too_old' from processors where recipient_id = 'P05'
union all
select distinct 'transfer_destination_operated_in', destination_country, 'list_empty' from disclosures where destination_country <> 'US'
union all
select 'california_no_direct_marketing_sharing', d.disclosure_id,
       case when a.region is null then 'region_unknown' when a.subject_type <> 'subscriber_object' and days_later(a.created_at, 301) <= d.disclosed_at and draw('opts out', account_id) < 0.08
            then 'opted_out' else 'for_marketing' end
from disclosures as d join accounts as a using (account_id)
where d.plan = 'for_marketing' and a.country = 'US' and (a.region is null or a.region = 'CA');

-- Recipients are told of an erasure, but for a few; what was closed a few days before the export is still to be told.
create table planned_notices as
select distinct r.request_id, d.recipient_id, r.closed_at, draw('tells', r.request_number) < 0.04 and r.closed_at < days_later(getvariable('exported_at')::timestamptz, -40) as is_forgotten
from requests as r
join disclosures as d on d.account_id = r.account_id and d.disclosed_at < r.closed_at
join processors as p on p.recipient_id = d.recipient_id and p.kind in ('processor', 'subprocessor')
where r.type = 'erasure' and r.outcome = 'fulfilled' and r.requester_role <> 'object';

insert into request_events
select request_id, 9 + row_number() over (partition by request_id order by recipient_id), 'recipient_told', days_later(closed_at, 1), recipient_id
from planned_notices
where not is_forgotten and closed_at < days_later(getvariable('exported_at')::timestamptz, -2);

insert into planted
select distinct 'erasure_told_to_recipients', request_id, 'not_told' from planned_notices where is_forgotten;

-- What subscribers owe: notices before their visitors' data leaves the EEA, and answers when asked.
create table transferring as
select d.disclosure_id, a.controller_subscriber_id as subscriber_id
from disclosures as d
join accounts as a using (account_id)
where a.controller_subscriber_id is not null and d.is_inside and d.destination_country in ('US', 'GB', 'BR');

create table asked_duties as
with subscribers as (
    select account_id, row_number() over (order by account_id) as number from accounts where subject_type = 'subscriber' and account_id < 'U'
)
select s.account_id as subscriber_id, d.duty, days_later(timestamptz '2026-01-12 10:00:00+01', s.number * 7) as asked_at, s.number,
       case when s.number % 5 = 0 then 'late' when s.number % 11 = 7 then 'open' else 'kept' end as plan
from subscribers as s, (values ('investigation'), ('inquiry'), ('visitors_data'), ('gdpr'), ('records'), ('personnel'), ('deletion')) as d (duty)
where s.number <= 40;

create table subscriber_duties as
select distinct subscriber_id, 'transfer_notice' as duty, timestamptz '2023-06-01 09:00:00+02' as asked_at, timestamptz '2023-06-20 09:00:00+02' as answered_at,
       'notice-' || subscriber_id as evidence_ref
from transferring where draw('notice', subscriber_id) >= 0.08
union all
select subscriber_id, duty, asked_at,
       case when plan <> 'open' then days_later(asked_at, case when plan = 'late' then case duty when 'investigation' then 5 when 'inquiry' then 45 else 3 end else 1.5 end) end,
       case when plan = 'kept' and duty not in ('investigation', 'inquiry') then 'proof-' || subscriber_id end
from asked_duties
where asked_at < days_later(getvariable('exported_at')::timestamptz, -50)
order by all;

insert into planted
select 'subscriber_transfer_notified_in_advance', disclosure_id, 'not_notified'
from transferring where draw('notice', subscriber_id) < 0.08
union all
select case duty when 'investigation' then 'investigation_notified_in_time' when 'inquiry' then 'inquiry_answered' else 'subscriber_duty_evidenced' end,
       subscriber_id || ' · ' || duty || ' · ' || asked_at::date,
       case when duty not in ('investigation', 'inquiry') then case plan when 'open' then 'not_answered' else 'no_evidence' end
            when plan = 'open' then 'overdue' else 'late' end
from asked_duties
where plan <> 'kept' and asked_at < days_later(getvariable('exported_at')::timestamptz, -50);

alter table disclosures drop column plan;

-- Consents to the newsletter and objections to it; what is sent respects both, but for what is planted.
create table drawn_consents as
select account_id, country, created_at,
       country in ('DE', 'ES', 'FR', 'PT', 'GB', 'CH', 'TR') as needs_consent,
       case when draw('consents', account_id) < 0.6 then days_later(created_at, 1) end as given_at,
       case when draw('withdraws', account_id) < 0.08 then days_later(created_at, 401) end as withdrawn_at,
       case when draw('opts out', account_id) < 0.08 then days_later(created_at, 301) end as opted_out_at
from accounts
where subject_type <> 'subscriber_object';

create table consents as
select 'C' || account_id as consent_id, account_id, 'newsletter' as purpose, given_at,
       case when withdrawn_at < getvariable('exported_at')::timestamptz then withdrawn_at end as withdrawn_at,
       '2022-06' as notice_version, 'form-' || account_id as proof_ref
from drawn_consents
where given_at < getvariable('exported_at')::timestamptz
order by consent_id;

-- Who asked to withdraw a consent: recorded on the day, but for a few.
create table planned_withdrawals as
select request_id, account_id, received_at, draw('withdrawal', request_number) < 0.15 as is_forgotten
from requests where type = 'consent_withdrawal' and requester_role <> 'object' and outcome is distinct from 'withdrawn';

insert into consents
select 'W' || request_id, account_id, 'profiling', days_later(received_at, -10), days_later(received_at, 0.001), '2022-06', 'form-' || request_id
from planned_withdrawals where not is_forgotten;

create table opt_outs as
select account_id, opted_out_at, 'email' as channel
from drawn_consents
where opted_out_at < getvariable('exported_at')::timestamptz
order by account_id;

create table planned_messages as
with drawn as (
    select i as number, 'A' || lpad((1 + floor(draw('writes to', i) * getvariable('account_count')))::bigint::varchar, 8, '0') as account_id,
           floor(draw('sent day', i) * 65536)::bigint as slot, draw('kind of message', i) as kind_draw, draw('message', i) as chance
    from range(1, getvariable('account_count')::bigint + 1) as t (i)
),
dated as (
    select d.*, c.country, c.created_at, c.needs_consent, c.given_at, c.withdrawn_at, c.opted_out_at,
           make_timestamptz(epoch_us(s.day::timestamptz) + 36_000_000_000) as sent_at,
           case when kind_draw < 0.3 then 'service' when kind_draw < 0.8 then 'newsletter' else 'promotion' end as kind
    from drawn as d join day_slots as s using (slot) join drawn_consents as c using (account_id)
),
known as (
    select *, coalesce(given_at < sent_at and coalesce(withdrawn_at > sent_at, true), false) as has_consent,
           coalesce(opted_out_at < sent_at, false) as is_opted_out
    from dated left join erased using (account_id) left join objected using (account_id)
    where sent_at > created_at and sent_at < least(getvariable('exported_at')::timestamptz, erased_at)
      and (kind = 'service' or objected_at is null or sent_at < objected_at)
)
select *, case when kind = 'service' then 'kept'
               when needs_consent and not has_consent and not is_opted_out and chance < 0.05 then 'not_opted_in'
               when is_opted_out and (has_consent or not needs_consent) and chance < 0.2 then 'after_opt_out'
               when (has_consent or not needs_consent) and not is_opted_out then 'kept' end as plan
from known;

create table messages as
select 'N' || lpad(number::varchar, 8, '0') as message_id, account_id, kind, sent_at,
       case when has_consent and kind <> 'service' then 'C' || account_id end as consent_id
from planned_messages
where plan is not null
order by message_id;

insert into planted
select 'marketing_message_had_opt_in', 'N' || lpad(number::varchar, 8, '0'), plan from planned_messages where plan = 'not_opted_in'
union all
select 'opt_out_honoured', 'N' || lpad(number::varchar, 8, '0'), plan from planned_messages where plan = 'after_opt_out';

-- What is still stored of those who left, and of some who stayed.
create table retention_schedule as
select * from (values
    ('profile', 'account', 'closed_at', 90, null, 'sample: ninety days after the account was closed'),
    ('backup', 'recovery', 'closed_at', 400, null, 'sample: thirteen months'),
    ('request_file', 'account', 'purpose_ended_at', 30, null, 'sample: thirty days'),
    ('chat', 'service', 'agreement_ended_at', 60, null, 'sample: sixty days after the subscriber''s agreement ended'),
    ('invoice', 'tax', 'closed_at', 3650, 2190, 'sample: six years at least, ten at most')
) as t (category, purpose, window_starts, max_days, min_days, ground)
order by category;

create table planned_holdings as
with drawn as (
    select account_id, created_at, closed_at, draw('keeps', account_id) as chance,
           date_diff('day', closed_at, getvariable('exported_at')::timestamptz) as age
    from accounts
    where (closed_at is not null or draw('holds', account_id) < 0.15)
      and subject_type <> 'subscriber_object' and not is_child and account_id < 'U'
      and account_id not in (select account_id from erased)
      and account_id not in (select account_id from requests where type = 'child_report')
),
planned as (
    select *, case when closed_at is null then 'needed'
                   when chance < 0.02 and age > 140 then 'kept_too_long'
                   when chance < 0.04 and age > 180 then 'disposed_late'
                   when chance < 0.06 and age > 140 then 'on_hold'
                   when chance < 0.075 and age > 140 then 'held_by_habit'
                   when age > 85 then 'disposed' else 'kept' end as plan
    from drawn
)
select 'H' || account_id as holding_id, *, 
       case plan when 'disposed' then days_later(closed_at, 5 + 75 * chance) when 'disposed_late' then days_later(closed_at, 100 + 30 * chance) end as done_at
from planned;

create table planned_backups as
select 'B' || account_id as holding_id, account_id, created_at, days_later(closed_at, 10) as isolated_at,
       row_number() over (order by account_id) as number,
       case row_number() over (order by account_id) % 12 when 3 then 'processed_since' when 5 then 'not_destroyed' when 7 then 'no_reason'
            when 9 then 'no_end' else 'kept' end as plan
from accounts
where closed_at is not null and closed_at < days_later(getvariable('exported_at')::timestamptz, -60) and draw('backup', account_id) < 0.1
  and subject_type <> 'subscriber_object' and not is_child
  and account_id not in (select account_id from requests where type = 'child_report');

-- What is stored of people with a story of their own: the erased, children, visitors of subscribers; and invoices.
create table told_holdings as
select 'E' || account_id as holding_id, account_id, 'crm' as system_name, 'request_file' as category, days_later(erased_at, -20) as collected_at, erased_at,
       case when times > 1 or draw('erases', account_id) > 0.1 then 'erased' when draw('erases', account_id) < 0.04 then 'still_held' else 'disposed_late' end as plan
from erased
where draw('stored', account_id) < 0.25 and account_id not in (select account_id from requests where type = 'child_report') and erased_at < days_later(getvariable('exported_at')::timestamptz, -10)
union all
select 'Z' || account_id, account_id, 'crm', 'request_file', days_later(erased_at, 20), erased_at, 'restored'
from erased
where draw('restored', account_id) < 0.02 and times = 1 and account_id not in (select account_id from requests where type = 'child_report') and erased_at < days_later(getvariable('exported_at')::timestamptz, -30)
union all
select 'K' || account_id, account_id, 'crm', 'request_file', created_at, days_later(age_known_at, 10),
       case when draw('child kept', account_id) < 0.4 or age_known_at > days_later(getvariable('exported_at')::timestamptz, -15) then 'child_kept' else 'erased' end
from accounts
where is_child and age_known_at is not null
  and account_id not in (select account_id from requests where type = 'child_report')
union all
select 'Q' || account_id, account_id, 'crm', 'request_file', a.created_at, days_later(max(r.received_at), 3),
       case when draw('reported', account_id) < 0.3 or max(r.received_at) > days_later(getvariable('exported_at')::timestamptz, -5) then 'child_kept' else 'erased' end
from requests as r join accounts as a using (account_id)
where r.type = 'child_report' and a.subject_type <> 'subscriber_object' and account_id not in (select account_id from erased)
group by account_id, a.created_at
union all
select 'V' || account_id, account_id, 'ledger', 'invoice', created_at, days_later(closed_at, 60), case when draw('invoice', account_id) < 0.06 then 'too_early' else 'invoice' end
from accounts
where subject_type = 'subscriber' and closed_at < days_later(getvariable('exported_at')::timestamptz, -80) and draw('invoiced', account_id) < 0.4
  and account_id not in (select account_id from erased) and not is_child and account_id not in (select account_id from requests where type = 'child_report')
union all
select 'O' || v.account_id, v.account_id, 'chat', 'chat', v.created_at,
       days_later(s.agreement_ended_at, case when draw('visitor', v.account_id) < 0.16
                                                  and s.agreement_ended_at < days_later(getvariable('exported_at')::timestamptz, -140) then 100 else 20 + 30 * draw('visitor', v.account_id) end),
       case when s.agreement_ended_at is null or s.agreement_ended_at > days_later(getvariable('exported_at')::timestamptz, -55) then 'runs'
            when s.agreement_ended_at > days_later(getvariable('exported_at')::timestamptz, -140) then 'erased'
            when draw('visitor', v.account_id) < 0.08 then 'kept_too_long' when draw('visitor', v.account_id) < 0.16 then 'disposed_late' else 'erased' end
from accounts as v join accounts as s on s.account_id = v.controller_subscriber_id
where draw('chats', v.account_id) < 0.6 and not v.is_child and v.account_id not in (select account_id from requests where type = 'child_report');

create table holdings as
select holding_id, account_id, 'crm' as system_name, 'profile' as category, 'account' as purpose, created_at as collected_at,
       case when plan <> 'needed' then closed_at end as need_ended_at,
       case plan when 'on_hold' then 'dispute' when 'held_by_habit' then 'habit' end as hold_ground,
       case when plan in ('on_hold', 'held_by_habit') then days_later(getvariable('exported_at')::timestamptz, 200) end as hold_until,
       case when plan in ('disposed', 'disposed_late') then 'deleted' else 'held' end as disposition,
       done_at as disposed_at, null::varchar as method_ref, null::varchar as why_not_deletable, null::timestamptz as isolated_at,
       null::timestamptz as destroy_by, null::timestamptz as last_processed_at, draw('at rest', holding_id) >= 0.01 as encrypted_at_rest,
       draw('in transit', holding_id) >= 0.01 as encrypted_in_transit
from planned_holdings
union all
select holding_id, account_id, system_name, category, case category when 'invoice' then 'tax' when 'chat' then 'service' else 'account' end, collected_at, null, null, null,
       case when plan in ('still_held', 'restored', 'child_kept', 'invoice', 'kept_too_long', 'runs') then 'held' else 'deleted' end,
       case when plan in ('erased', 'too_early') then case when category in ('chat', 'invoice') or holding_id < 'E' or holding_id[1] in ('K', 'Q') then erased_at else days_later(erased_at, -0.02) end
            when plan = 'disposed_late' then case category when 'chat' then erased_at else days_later(erased_at, 4) end end,
       null, null, null, null, null, true, true
from told_holdings
union all
select holding_id, account_id, 'tape', 'backup', 'recovery', created_at, null, null, null, 'isolated_backup', null, null,
       case when plan <> 'no_reason' then 'sealed tape' end,
       isolated_at,
       case plan when 'no_end' then null when 'not_destroyed' then days_later(getvariable('exported_at')::timestamptz, -20)
                 else days_later(getvariable('exported_at')::timestamptz, 300) end,
       case when plan = 'processed_since' then days_later(isolated_at, 20) else days_later(isolated_at, -1) end, true, true
from planned_backups
order by holding_id;

insert into planted
select 'data_kept_no_longer_than_needed', holding_id, plan from planned_holdings where plan in ('kept_too_long', 'disposed_late')
union all
select 'backup_copy_isolated', holding_id, plan from planned_backups where plan <> 'kept'
union all
select 'legal_hold_justified', holding_id, 'other_ground' from planned_holdings where plan = 'held_by_habit'
union all
select 'statutory_minimum_kept', holding_id, 'disposed_too_early' from told_holdings where plan = 'too_early'
union all
select 'processor_data_kept_by_agreement', holding_id, plan from told_holdings where category = 'chat' and plan in ('kept_too_long', 'disposed_late')
union all
select 'visitor_data_deleted_after_leaving', h.holding_id, 'no_limit'
from told_holdings as h join accounts as v using (account_id) join accounts as s on s.account_id = v.controller_subscriber_id
where h.category = 'chat' and h.plan in ('kept_too_long', 'runs') and s.closed_at is not null
union all
select 'erasure_carried_out', e.request_id, h.plan
from told_holdings as h join erased as e using (account_id) where h.plan in ('still_held', 'disposed_late') and h.category = 'request_file'
union all
select 'erased_person_stays_erased', e.request_id, 'resurrected' from told_holdings as h join erased as e using (account_id) where h.plan = 'restored'
union all
select 'no_account_under_age', account_id, 'kept'
from told_holdings as h join accounts as a using (account_id)
where a.is_child and a.age_known_at is not null and h.plan = 'child_kept'
union all
select 'minor_data_deleted', r.request_id, 'no_limit'
from told_holdings as h join requests as r using (account_id) where r.type = 'child_report' and h.plan = 'child_kept'
union all
select 'data_protected_at_rest', holding_id, 'not_encrypted' from holdings where not encrypted_at_rest and disposition in ('held', 'isolated_backup')
union all
select 'data_protected_in_transit', holding_id, 'not_encrypted' from holdings where not encrypted_in_transit and disposition in ('held', 'isolated_backup');


-- Breaches of the Company's own and of subscribers, every five weeks; each fifth is told too late, one of each never.
create table planned_breaches as
select i as number, case when i % 2 = 0 then 'company' else 'subscriber' end as reported_by,
       days_later(timestamptz '2023-11-06 09:00:00+01', i * 17) as start_at,
       case when i % 10 in (3, 4) then 'late' when i in (48, 49) then 'overdue' when i % 10 = 6 then 'late_with_reason' else 'kept' end as plan
from range(1, 61) as t (i);

create table breaches as
select 'X' || lpad(number::varchar, 3, '0') as breach_id,
       case when reported_by = 'subscriber' then (select min(account_id) from accounts) end as subscriber_id, reported_by,
       case when reported_by = 'company' then 'controller' else 'processor' end as our_role,
       case when reported_by = 'company' then start_at end as aware_at,
       case when reported_by = 'subscriber' then start_at end as subscriber_aware_at,
       case when reported_by = 'subscriber' and plan <> 'overdue'
            then days_later(start_at, case plan when 'late' then 4.5 else 0.3 + draw('told', number) end) end as company_told_at,
       case when reported_by = 'subscriber' or number % 10 = 8 then 'none' when number % 4 = 0 then 'high' else 'risk' end as risk,
       case when reported_by = 'company' and plan <> 'overdue' and number % 10 <> 8
            then days_later(start_at, case when plan in ('late', 'late_with_reason') then 4.5 else 0.5 + 2 * draw('told', number) end) end
           as authority_told_at,
       case when reported_by = 'company' and number % 4 = 0 and number % 10 <> 8 and number % 12 <> 0
            then days_later(start_at, 6) end as subjects_told_at,
       null::timestamptz as subscriber_told_at,
       case when plan = 'late_with_reason' and reported_by = 'company' then 'forensics took longer' end as delay_reason,
       case when number <> 30 then days_later(start_at, 1) end as recorded_at
from planned_breaches
order by breach_id;

-- Breaches of the Company's own in which it is a processor; two of them the subscriber was never told of.
insert into breaches by name
select 'Y' || lpad(i::varchar, 3, '0') as breach_id, (select min(account_id) from accounts) as subscriber_id, 'company' as reported_by, 'processor' as our_role,
       days_later(timestamptz '2024-01-10 09:00:00+01', i * 90) as aware_at, 'risk' as risk,
       case when i not in (4, 9) then days_later(timestamptz '2024-01-10 09:00:00+01', i * 90 + 1.5) end as subscriber_told_at,
       days_later(timestamptz '2024-01-10 09:00:00+01', i * 90 + 1) as recorded_at
from range(1, 11) as t (i);

insert into planted
select 'subscriber_informed_of_breach', breach_id, 'no_limit' from breaches where breach_id in ('Y004', 'Y009')
union all
select 'breach_is_recorded', 'X030', 'not_recorded';

insert into planted
select case reported_by when 'company' then 'authority_notified_in_time' else 'subscriber_breach_notified_in_time' end,
       'X' || lpad(number::varchar, 3, '0'), plan
from planned_breaches
where plan in ('late', 'overdue') and (reported_by = 'subscriber' or number % 10 <> 8)
union all
select 'people_informed_of_high_risk_breach', 'X' || lpad(number::varchar, 3, '0'), 'no_limit'
from planned_breaches
where reported_by = 'company' and number % 12 = 0 and number % 10 <> 8;

create table intake as
with months as (
    select month::date as period_start from range(date '2023-11-01', date '2026-12-01', interval 1 month) as t (month)
),
addresses as (
    select unnest(['privacy@jivochat.com', 'privacy@jivosite.com', 'privacy@jvochat.com']) as address
),
counted as (
    select addressed_to as address, date_trunc('month', received_at::date)::date as period_start, count(*) as n
    from requests where addressed_to is not null group by all
)
select a.address, m.period_start, coalesce(c.n, 0) as received_count, coalesce(c.n, 0) as ticketed_count
from months as m cross join addresses as a
left join counted as c using (address, period_start)
order by all;

-- A month before the export's own coverage, of which one mail became no ticket.
insert into intake values ('privacy@jivochat.com', date '2023-10-01', 31, 30);

insert into planted
select 'intake_is_fully_ticketed', 'privacy@jivochat.com · 2023-10', 'some_lost'
union all
select 'published_address_belongs_to_a_site', 'privacy@jvochat.com', 'stray_domain';

create table policy_versions as
select version, effective_at::timestamptz as effective_at, material, posted::timestamptz as notice_posted_at, sha256('sample ' || version) as text_sha256
from (values
    ('2022-06', '2022-06-01 00:00:00+02', true, '2022-05-20 09:00:00+02'),
    ('2024-03', '2024-03-01 00:00:00+01', false, null),
    ('2025-05', '2025-05-01 00:00:00+02', true, '2025-05-06 09:00:00+02'),
    ('2026-09', '2026-09-15 00:00:00+02', true, '2026-09-01 09:00:00+02')
) as t (version, effective_at, material, posted);

create table practice_changes as
select change_id, topic, effective_at::timestamptz as effective_at, told::timestamptz as told_at
from (values
    ('N1', 'ca_marketing', '2024-07-01 00:00:00+02', '2024-06-15 09:00:00+02'),
    ('N2', 'ca_marketing', '2026-10-05 00:00:00+02', '2026-10-09 09:00:00+02'),
    ('N3', 'cookies', '2026-01-01 00:00:00+01', null)
) as t (change_id, topic, effective_at, told);

create table sites as
select domain, case domain when 'jivochat.ng' then sha256('sample 2022-06') when 'jivochat.cl' then null else sha256('sample 2026-09') end as policy_sha256,
       timestamptz '2026-10-20 06:00:00+02' as checked_at
from (select unnest([
    'jivochat.com', 'jivochat.com.br', 'jivochat.es', 'jivochat.de', 'jivochat.ng', 'jivochat.co.ke', 'jivochat.co.za', 'jivochat.mx', 'jivochat.co.id',
    'jivochat.com.tr', 'jivochat.com.co', 'jivochat.com.ar', 'jivochat.com.pe', 'jivochat.cl', 'jivochat.com.bo', 'jivochat.com.ve', 'jivochat.co.in', 'jivochat.pt'
]) as domain)
order by domain;

create table attestations as
select clause_id, 'head of privacy' as attested_by, signed::timestamptz as signed_at, ends::timestamptz as valid_until, outcome,
       case when outcome is not null then sha256('evidence ' || clause_id) end as evidence_sha256
from (values
    ('collection.safeguards', '2026-02-01 09:00:00+01', '2027-02-01 09:00:00+01', 'passed'),
    ('collection.cookies-refusable', '2026-02-01 09:00:00+01', '2027-02-01 09:00:00+01', 'passed'),
    ('collection.analytics-opt-out', '2026-02-01 09:00:00+01', '2027-02-01 09:00:00+01', 'failed'),
    ('preamble.sites-covered', '2026-02-01 09:00:00+01', '2027-02-01 09:00:00+01', 'passed'),
    ('preamble.describes-choices', '2026-02-01 09:00:00+01', '2027-02-01 09:00:00+01', 'passed'),
    ('collection.beacons-lawful', '2026-02-01 09:00:00+01', '2027-02-01 09:00:00+01', 'passed'),
    ('use.legitimate-interest-balanced', '2026-02-01 09:00:00+01', '2027-02-01 09:00:00+01', 'passed'),
    ('share.no-provider-marketing', '2026-12-01 09:00:00+01', null, null),
    ('share.authorities', '2026-02-01 09:00:00+01', '2027-02-01 09:00:00+01', 'passed'),
    ('share.authorities-safety', '2025-02-01 09:00:00+01', '2026-02-01 09:00:00+01', 'passed'),
    ('share.control-kept', '2026-02-01 09:00:00+01', '2027-02-01 09:00:00+01', 'passed'),
    ('share.mandatory-or-not', '2026-02-01 09:00:00+01', '2027-02-01 09:00:00+01', 'passed'),
    ('security.standards', '2026-02-01 09:00:00+01', '2027-02-01 09:00:00+01', 'passed'),
    ('retention.backups-secure', '2026-02-01 09:00:00+01', '2027-02-01 09:00:00+01', 'passed'),
    ('rights.update-account', '2026-02-01 09:00:00+01', '2027-02-01 09:00:00+01', 'passed'),
    ('contact.data-protection-officer', '2026-02-01 09:00:00+01', '2027-02-01 09:00:00+01', 'passed')
) as t (clause_id, signed, ends, outcome)
order by clause_id;

insert into planted
select 'policy_change_notified', '2025-05', 'posted_late'
union all
select 'policy_change_notified_in_advance', 'N2', 'told_too_late'
union all
select 'site_serves_current_policy', 'jivochat.ng', 'other_text'
union all
select 'site_serves_current_policy', 'jivochat.cl', 'not_looked_at'
union all
select 'clause_is_attested', 'collection.analytics-opt-out', 'failed'
union all
select 'clause_is_attested', 'share.authorities-safety', 'expired'
union all
select 'clause_is_attested', 'transfer.privacy-shield-status', 'never_attested';

-- Forms, trackers, sign-ins through third parties.
create table form_fields as
select * from (values
    ('name', 'sign-up', 'name', true, true, true, false),
    ('company', 'sign-up', 'company', false, null, null, false),
    ('email', 'sign-up', 'email', true, true, true, false),
    ('phone', 'sign-up', 'phone', true, true, false, false),
    ('card', 'checkout', 'payment', true, true, true, false),
    ('address', 'checkout', 'address', true, true, true, false),
    ('agent', 'team', 'agent', false, null, null, false),
    ('browser', 'widget', 'browser', false, null, null, false),
    ('birthday', 'survey', 'hobby', false, null, null, false),
    ('diet', 'survey', 'hobby', false, null, null, true),
    ('health', 'support', 'name', true, true, true, true)
) as t (field_name, page, category, mandatory, mandatory_told, consequence_told, sensitive)
order by page, field_name;

create table trackers as
select * from (values
    ('session', 'jivochat.com', 'own', 'cookie', 'customise', true, timestamptz '2023-11-01 09:00:00+01', true),
    ('language', 'jivochat.com', 'own', 'cookie', 'customise', true, timestamptz '2023-11-01 09:00:00+01', true),
    ('counter', 'jivochat.com', 'Countable Analytics', 'cookie', 'statistics', false, timestamptz '2023-11-01 09:00:00+01', true),
    ('counter', 'jivochat.es', 'Countable Analytics', 'cookie', 'statistics', false, timestamptz '2023-11-01 09:00:00+01', true),
    ('reach', 'jivochat.com', 'Unnamed Reach', 'cookie', 'advertise', false, timestamptz '2024-05-01 09:00:00+02', false),
    ('mailpixel', 'jivochat.com', 'Letterbird Mail', 'beacon', 'measure', false, timestamptz '2023-11-01 09:00:00+01', true),
    ('shadow', 'jivochat.com', 'own', 'script', 'scoring', false, timestamptz '2025-02-01 09:00:00+01', true)
) as t (tracker_name, site, vendor, kind, purpose, essential, first_set_at, listed)
order by site, tracker_name;

create table planned_hits as
with drawn as (
    select a.account_id, a.country, a.created_at, e.erased_at, t.tracker_name, draw('hit', a.account_id || t.tracker_name) as chance,
           days_later(a.created_at, 1 + 200 * draw('hit day', a.account_id || t.tracker_name)) as hit_at
    from accounts as a left join erased as e using (account_id), (values ('session'), ('counter'), ('mailpixel')) as t (tracker_name)
    where a.account_id < 'U'
)
select *, case when chance < 0.001 then 'country_unknown' when chance < 0.004 then 'before_agreement' else 'kept' end as plan
from drawn
where chance < 0.04 and hit_at < least(days_later(getvariable('exported_at')::timestamptz, -1), erased_at);

create table tracker_hits as
select account_id, tracker_name, hit_at, case when plan <> 'before_agreement' then days_later(hit_at, -0.5) end as consent_at,
       case when plan <> 'country_unknown' then country end as country
from planned_hits order by all;

create table planned_grants as
select a.account_id, case when draw('provider', account_id) < 0.6 then 'google' else 'linkedin' end as provider, days_later(a.created_at, 0.5) as granted_at,
       case when draw('grant', account_id) < 0.003 then 'more_than_authorised' when draw('grant', account_id) < 0.006 then 'after_revocation' else 'kept' end as plan
from accounts as a left join erased as e using (account_id)
where draw('grant', account_id) < 0.05 and days_later(a.created_at, 60) < least(getvariable('exported_at')::timestamptz, e.erased_at) and account_id < 'U';

create table oauth_grants as
select account_id, provider, case when plan = 'more_than_authorised' then ['email', 'name', 'contacts'] else ['email', 'name'] end as scopes, ['email', 'name'] as authorised_scopes,
       granted_at, case when plan = 'after_revocation' then days_later(granted_at, 30) end as revoked_at, days_later(granted_at, 50) as last_access_at
from planned_grants order by all;

insert into planted
select 'collected_field_is_described', page || ' · ' || field_name, 'not_described' from form_fields where category = 'hobby'
union all
select 'mandatory_field_is_explained', 'sign-up · phone', 'consequence_not_told'
union all
select 'sensitive_field_is_voluntary', 'support · health', 'demanded'
union all
select 'tracker_purpose_is_described', 'jivochat.com · shadow', 'not_described'
union all
select 'tracker_is_listed', 'jivochat.com · reach', 'not_listed'
union all
select 'analytics_vendor_is_registered', 'jivochat.com · reach', 'not_registered'
union all
select 'cookie_consent_recorded', concat_ws(' · ', account_id, tracker_name, hit_at), 'country_unknown'
from planned_hits where plan = 'country_unknown' and tracker_name <> 'session'
union all
select 'beacon_has_consent', concat_ws(' · ', account_id, tracker_name, hit_at), plan
from planned_hits where tracker_name = 'mailpixel' and (plan = 'country_unknown' or (plan = 'before_agreement' and country in ('DE', 'ES', 'FR', 'PT')))
union all
select 'third_party_login_authorised', concat_ws(' · ', account_id, provider, granted_at::date), plan from planned_grants where plan <> 'kept';

-- What is done with whose data, and on which basis.
create table planned_activities as
with drawn as (
    select a.account_id, a.country, a.created_at, a.subject_type, e.erased_at, o.objected_at, o.times as objections, o.is_upheld, draw('activity', account_id) as what,
           draw('activity plan', account_id) as chance, days_later(a.created_at, 2 + 90 * draw('activity day', account_id)) as started_at,
           account_id in (select account_id from requests where type = 'portability' and outcome = 'denied') as is_refused
    from accounts as a left join erased as e using (account_id) left join objected as o using (account_id)
    where a.account_id < 'U' and (draw('active', account_id) < 0.3 or o.objected_at is not null)
),
named as (
    select *,
           case when subject_type = 'subscriber_object' then 'visitor' when objected_at is not null then 'objector' when what < 0.5 then 'service' when what < 0.62 then 'trends'
                when what < 0.74 then 'promotion' when what < 0.82 then 'other' when what < 0.88 then 'monitoring' when what < 0.94 then 'ip' else 'sensitive' end as kind
    from drawn
)
select *,
       case when kind = 'visitor' and chance < 0.04 then 'own_decision'
            when kind = 'objector' and chance < 0.25 and objections = 1 and is_upheld and created_at < days_later(objected_at, -100) and erased_at is null then 'went_on'
            when kind = 'service' and chance < 0.01 then 'other_purpose'
            when kind = 'service' and chance < 0.02 and not is_refused then 'no_basis'
            when kind = 'trends' and chance < 0.06 then 'no_assessment'
            when kind = 'trends' and chance < 0.12 then 'not_told'
            when kind in ('promotion', 'other', 'sensitive') and chance < 0.06 then 'no_consent'
            when kind in ('promotion', 'other', 'sensitive') and chance < 0.12 then 'no_proof'
            when kind in ('promotion', 'other', 'sensitive') and chance < 0.18 then 'still_running'
            when kind in ('promotion', 'other', 'sensitive') and chance < 0.3 then 'withdrawn'
            when kind = 'monitoring' and chance < 0.15 then 'not_minimised'
            when kind = 'ip' and chance < 0.1 then 'other_purpose'
            else 'kept' end as plan
from named
where days_later(started_at, 200) < least(getvariable('exported_at')::timestamptz, erased_at) and (kind <> 'objector' or started_at < days_later(objected_at, -5) or chance >= 0.25);

create table processing_activities as
select 'J' || account_id as activity_id, account_id,
       case when plan = 'other_purpose' then case kind when 'ip' then 'advertise' else 'resale' end when plan = 'not_told' then 'research'
            else case kind when 'trends' then 'g' when 'promotion' then 'e' when 'other' then 'i' when 'monitoring' then 'h' when 'ip' then 'security' else 'a' end end as purpose,
       case when plan = 'no_basis' then null when plan = 'went_on' then 'legitimate_interest'
            else case kind when 'trends' then 'legitimate_interest' when 'promotion' then 'consent' when 'other' then 'consent' when 'sensitive' then 'consent'
                           when 'monitoring' then 'legal_obligation' else 'contract' end end as legal_basis,
       case when kind in ('promotion', 'other', 'sensitive') and plan <> 'no_consent' then 'K' || account_id end as consent_id,
       case when (kind = 'trends' or plan = 'went_on') and plan <> 'no_assessment' then 'balance-1' end as assessment_ref,
       case when assessment_ref is not null then days_later(started_at, -1) end as assessed_at,
       case when assessment_ref is not null then 'not_overridden' end as assessment_outcome,
       kind <> 'monitoring' as automated,
       started_at,
       case when plan = 'withdrawn' then days_later(started_at, 99) end as ended_at,
       case when kind = 'visitor' then case plan when 'own_decision' then 'company' else 'subscriber' end else 'company' end as decided_by,
       case kind when 'visitor' then 'object' when 'ip' then 'ip' when 'sensitive' then 'sensitive' else 'account' end as data_class,
       kind = 'monitoring' and plan <> 'not_minimised' as aggregated,
       null::timestamptz as notice_shown_at
from planned_activities
order by activity_id;

insert into consents
select 'K' || account_id, account_id, 'other', days_later(started_at, -1), case when plan in ('withdrawn', 'still_running') then days_later(started_at, 100) end, '2022-06',
       case when plan <> 'no_proof' then 'form-' || account_id end
from planned_activities where kind in ('promotion', 'other', 'sensitive') and plan <> 'no_consent';

insert into planted
select 'withdrawal_request_carried_out', w.request_id, 'no_limit'
from planned_withdrawals as w
where w.is_forgotten
  and not exists (from consents as c where c.account_id = w.account_id and c.withdrawn_at is not null and c.withdrawn_at::date >= w.received_at::date);

insert into planted
select 'visitor_data_processed_on_instruction', 'J' || account_id, plan from planned_activities where plan = 'own_decision'
union all
select 'processing_purpose_permitted', 'J' || account_id, 'other_purpose' from planned_activities where kind <> 'ip' and plan in ('other_purpose', 'not_told')
union all
select 'ip_address_purpose_limited', 'J' || account_id, plan from planned_activities where kind = 'ip' and plan = 'other_purpose'
union all
select 'legal_basis_recorded_for_eea', 'J' || account_id, plan from planned_activities where plan = 'no_basis' and country in ('DE', 'ES', 'FR', 'PT')
union all
select 'legitimate_interest_balanced', 'J' || account_id, plan from planned_activities where plan = 'no_assessment'
union all
select 'legitimate_interest_is_explained', 'J' || account_id, plan from planned_activities where plan = 'not_told'
union all
select 'consent_is_express', 'J' || account_id, plan from planned_activities where plan in ('no_consent', 'no_proof')
union all
select 'other_purpose_has_consent', 'J' || account_id, plan from planned_activities where kind = 'other' and plan = 'no_consent'
union all
select 'sensitive_data_has_consent', 'J' || account_id, plan from planned_activities where kind = 'sensitive' and plan = 'no_consent'
union all
select 'no_processing_after_withdrawal', 'J' || account_id, plan from planned_activities where plan = 'still_running'
union all
select 'compliance_monitoring_is_minimised', 'J' || account_id, plan from planned_activities where plan = 'not_minimised'
union all
select 'objection_honoured', o.request_id, 'went_on' from planned_activities as p join objected as o using (account_id) where p.plan = 'went_on'
union all
select 'portability_refusal_is_justified', r.request_id, 'conditions_met'
from requests as r join processing_activities as p using (account_id)
where r.type = 'portability' and r.outcome = 'denied' and r.requester_role <> 'object'
  and p.automated and p.legal_basis in ('contract', 'consent') and p.started_at < r.closed_at and (p.ended_at is null or p.ended_at > r.closed_at)
union all
select 'other_disclosure_has_permission', d.disclosure_id, case d.ground when 'courtesy' then 'no_ground' else 'permission_withdrawn' end
from disclosures as d
left join (select account_id, max(withdrawn_at) as withdrawn_at from consents group by account_id having bool_and(withdrawn_at is not null)) as w using (account_id)
where d.recipient_id = 'P11' and (d.ground = 'courtesy' or w.withdrawn_at < d.disclosed_at);

alter table disclosures drop column is_inside;
alter table accounts drop column is_child;

-- Rows that were added in parts, in order.
create or replace table accounts as from accounts order by account_id;
create or replace table request_events as from request_events order by request_id, seq;
create or replace table consents as from consents order by consent_id;
create or replace table breaches as from breaches order by breach_id;
create or replace table intake as from intake order by address, period_start;

create table export_info as
select getvariable('exported_at')::timestamptz as exported_at, 'Europe/Berlin' as timezone, 'audits sample' as source;

create table export_tables as
select table_name, row_count, timestamptz '2023-11-01 00:00:00+01' as covers_from, getvariable('exported_at')::timestamptz as covers_to
from (
    select 'accounts' as table_name, count(*) as row_count from accounts
    union all select 'requests', count(*) from requests
    union all select 'request_events', count(*) from request_events
    union all select 'processors', count(*) from processors
    union all select 'certifications', count(*) from certifications
    union all select 'transfer_mechanisms', count(*) from transfer_mechanisms
    union all select 'disclosures', count(*) from disclosures
    union all select 'intake', count(*) from intake
    union all select 'consents', count(*) from consents
    union all select 'opt_outs', count(*) from opt_outs
    union all select 'messages', count(*) from messages
    union all select 'holdings', count(*) from holdings
    union all select 'retention_schedule', count(*) from retention_schedule
    union all select 'breaches', count(*) from breaches
    union all select 'processing_activities', count(*) from processing_activities
    union all select 'tracker_hits', count(*) from tracker_hits
    union all select 'oauth_grants', count(*) from oauth_grants
    union all select 'trackers', count(*) from trackers
    union all select 'form_fields', count(*) from form_fields
    union all select 'policy_versions', count(*) from policy_versions
    union all select 'practice_changes', count(*) from practice_changes
    union all select 'sites', count(*) from sites
    union all select 'subscriber_duties', count(*) from subscriber_duties
    union all select 'attestations', count(*) from attestations
)
order by table_name;
