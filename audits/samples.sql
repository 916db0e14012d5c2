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
       case when subject_type = 'subscriber_object' and draw('instructed', number) < 0.5
            then 'A' || lpad((1 + floor(draw('subscriber', number) * getvariable('account_count')))::bigint::varchar, 8, '0') end
           as controller_subscriber_id,
       country,
       case when country = 'US' and draw('region stated', number) < 0.985
            then case when region_draw < 0.4 then 'CA' when region_draw < 0.6 then 'NY' when region_draw < 0.8 then 'TX' else 'FL' end end
           as region,
       created_at as terms_accepted_at,
       created_at,
       case when closed < 0.2 then days_later(created_at, 30 + 600 * closed) end as closed_at_drawn,
       case when closed_at_drawn < getvariable('exported_at')::timestamptz then closed_at_drawn end as closed_at,
       case when closed_at_drawn < getvariable('exported_at')::timestamptz then 'closed' else 'active' end as status,
       'sign-up' as source
from placed
where created_at < getvariable('exported_at')::timestamptz
order by account_id;

alter table accounts drop column closed_at_drawn;

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
    select d.*, a.country, a.region, a.subject_type, a.controller_subscriber_id, m.answers_within_days,
           case a.subject_type when 'subscriber_object' then 'object' else a.subject_type end as requester_role,
           a.country in ('DE', 'ES', 'FR', 'PT', 'GB', 'CH') as is_european,
           draw('type', d.number) as type_draw
    from dated as d
    join accounts as a using (account_id)
    join markets as m using (country)
    where d.received_at > a.created_at and d.received_at < days_later(getvariable('exported_at')::timestamptz, -0.25)
)
select row_number() over (order by received_at, number) as request_number, * exclude (type_draw),
       case when type_draw < 0.06 then 'question'
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
           type not in ('question', 'agreement') as is_right
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
       days_later(received_at, 0.05 + 0.5 * draw('recognised', number)) as recognised_at,
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
            when draw('outcome', number) < 0.03 then 'withdrawn'
            when draw('outcome', number) < 0.08 then 'partial'
            else 'fulfilled' end as outcome,
       case when outcome = 'denied' then case when draw('ground', number) < 0.25 then 'inconvenience' else 'compelling_grounds' end when outcome = 'partial' then 'legal_obligation' end as denial_ground,
       case when type in ('access', 'portability') and outcome in ('fulfilled', 'partial')
            then case when draw('format', number) < 0.15 then 'pdf' else 'json' end end as format,
       case when type in ('access', 'portability', 'confirmation') and outcome in ('fulfilled', 'partial') then 'D' || request_number end as delivery_ref,
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
select 'request_handled_in_thirty_days' as control_id, request_id as record_id, closing as reason
from promise where is_promised and closing is not null
union all
select 'own_deadline_kept', request_id, closing from promise where has_own_date and closing is not null
union all
select 'subject_access_answered_in_thirty_days', request_id, answer from promise where type = 'access' and answer is not null
union all
select 'subscriber_removal_answered_in_thirty_days', request_id, answer
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
where is_released_early and not is_visitor and outcome <> 'withdrawn'
  and id_verified_at < getvariable('exported_at')::timestamptz
union all
select 'visitor_request_redirected', request_id, 'on_the_merits' from facts where plan = 'on_the_merits'
union all
select 'visitor_request_redirected', request_id, 'no_limit' from facts where is_visitor and is_open
order by all;

create table request_events as
select request_id, 1::bigint as seq, 'opened' as event, received_at as occurred_at, 'desk' as actor from requests
union all
select request_id, 2, 'closed', closed_at, 'desk' from requests where closed_at is not null
order by request_id, seq;

-- Hosting moves from one provider to another in June 2025.
create table processors as
select recipient_id, name, kind, country, null::varchar as parent_id, signed::timestamptz as dpa_signed_at, ends::timestamptz as dpa_ends_at,
       purposes as allowed_purposes, recipient_id <> 'P08' as marketing_barred, 'I-' || recipient_id as instruction_ref,
       timestamptz '2026-03-01 09:00:00+01' as safeguards_checked_at
from (values
    ('P01', 'Old Harbour Hosting', 'processor', 'US', '2022-05-01 09:00:00+02', '2025-07-31 23:00:00+02', ['hosting']),
    ('P02', 'Northern Cloud', 'processor', 'DE', '2025-05-12 09:00:00+02', null, ['hosting']),
    ('P03', 'Letterbird Mail', 'processor', 'US', '2022-05-01 09:00:00+02', null, ['email_delivery']),
    ('P04', 'Countable Analytics', 'processor', 'US', '2022-05-01 09:00:00+02', null, ['analytics']),
    ('P05', 'Fair Pay', 'processor', 'GB', '2022-05-01 09:00:00+02', null, ['payment']),
    ('P06', 'Help Line Desk', 'processor', 'BR', '2022-05-01 09:00:00+02', null, ['support']),
    ('P07', 'District Court', 'authority', 'DE', null, null, null),
    ('P08', 'Bright Surveys', 'processor', 'US', '2022-05-01 09:00:00+02', null, ['surveys'])
) as t (recipient_id, name, kind, country, signed, ends, purposes)
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
    select d.*, a.country as origin_country, a.country in ('DE', 'ES', 'FR', 'PT', 'CH') as is_inside,
           -- A few jobs went on sending to the old provider after its agreement had ended.
           case when whom < 0.5 then case when disclosed_at < timestamptz '2025-06-15 00:00:00+02' then 'P01'
                                          when disclosed_at > timestamptz '2025-09-01 00:00:00+02' and whom < 0.006 then 'P01' else 'P02' end
                when whom < 0.75 then 'P03' when whom < 0.88 then 'P04' when whom < 0.94 then 'P05' when whom < 0.995 then 'P06'
                when whom < 0.997 then 'P08' else 'P07' end as recipient_id,
           draw('transfer', d.number) as chance
    from dated as d
    join accounts as a using (account_id)
    where d.disclosed_at > a.created_at and d.disclosed_at < getvariable('exported_at')::timestamptz
),
-- What will be wrong with which disclosure; dates keep well away from the days on which the law changed.
planned as (
    select s.*, p.country as register_country, p.kind, p.instruction_ref as register_instruction,
           case when recipient_id = 'P08' and is_inside then 'not_certified'
                when recipient_id = 'P01' and disclosed_at > timestamptz '2025-09-01 00:00:00+02' then 'ended'
                when recipient_id = 'P04' and chance < 0.01 then 'framework_ended'
                when recipient_id = 'P04' and chance < 0.02 then 'for_marketing'
                when recipient_id = 'P03' and chance > 0.99 then 'outside_mandate'
                when recipient_id = 'P06' and is_inside and disclosed_at < timestamptz '2025-12-01 00:00:00+01' then
                    case when chance < 0.06 then 'no_mechanism'
                         when chance < 0.12 and disclosed_at > timestamptz '2024-08-01 00:00:00+02' then 'not_in_force'
                         when chance < 0.18 and disclosed_at < timestamptz '2025-04-01 00:00:00+02' then 'not_yet_signed'
                         when chance < 0.22 then 'no_contract'
                         else 'kept' end
                when recipient_id = 'P03' and chance < 0.015 then 'not_recorded'
                when recipient_id = 'P02' and chance < 0.004 then 'elsewhere'
                else 'kept' end as plan
    from sent as s
    join processors as p using (recipient_id)
)
select 'D' || lpad(number::varchar, 8, '0') as disclosure_id, account_id, recipient_id, disclosed_at,
       case when plan = 'for_marketing' then 'recipient_marketing' when plan = 'outside_mandate' then 'resale'
            else case recipient_id when 'P03' then 'email_delivery' when 'P04' then 'analytics' when 'P05' then 'payment' when 'P06' then 'support'
                         when 'P07' then 'legal_claims' when 'P08' then 'surveys' else 'hosting' end end as purpose,
       ['contact', 'account'] as categories,
       origin_country,
       case plan when 'not_recorded' then null when 'elsewhere' then 'CH' else register_country end as destination_country,
       case when plan = 'framework_ended' then 'privacy_shield'
            when plan in ('no_mechanism', 'elsewhere') then null
            when register_country = 'US' and origin_country = 'CH' and disclosed_at < timestamptz '2025-01-01 00:00:00+01'
                 and recipient_id <> 'P08' then 'scc_2021'
            when register_country = 'US' then 'dpf'
            when register_country = 'BR' and (origin_country = 'CH' or disclosed_at < timestamptz '2026-02-01 00:00:00+01') then 'scc_2021'
            when register_country in ('GB', 'BR') then 'adequacy' end as mechanism,
       case plan when 'not_in_force' then 'M-P06-ended' when 'not_yet_signed' then 'M-P06-late' when 'no_contract' then 'M-P06-lost'
                 else case when mechanism = 'scc_2021' then 'M-' || recipient_id end end as mechanism_ref,
       case when kind = 'processor' then register_instruction end as instruction_ref,
       case when kind = 'authority' then 'legal_claim' else 'service' end as ground,
       case when kind = 'authority' then 'Q-' || number end as approval_ref,
       null::varchar as transaction_ref, false as aggregated, null::bigint as smallest_cell,
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

alter table disclosures drop column plan;
alter table disclosures drop column is_inside;

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
    from dated
    where sent_at > created_at and sent_at < getvariable('exported_at')::timestamptz
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
    ('backup', 'recovery', 'closed_at', 400, null, 'sample: thirteen months')
) as t (category, purpose, window_starts, max_days, min_days, ground)
order by category;

create table planned_holdings as
with drawn as (
    select account_id, created_at, closed_at, draw('keeps', account_id) as chance,
           date_diff('day', closed_at, getvariable('exported_at')::timestamptz) as age
    from accounts
    where closed_at is not null or draw('holds', account_id) < 0.15
),
planned as (
    select *, case when closed_at is null then 'needed'
                   when chance < 0.02 and age > 140 then 'kept_too_long'
                   when chance < 0.04 and age > 180 then 'disposed_late'
                   when chance < 0.06 and age > 140 then 'on_hold'
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
where closed_at is not null and closed_at < days_later(getvariable('exported_at')::timestamptz, -60) and draw('backup', account_id) < 0.1;

create table holdings as
select holding_id, account_id, 'crm' as system_name, 'profile' as category, 'account' as purpose, created_at as collected_at,
       case when plan <> 'needed' then closed_at end as need_ended_at,
       case when plan = 'on_hold' then 'dispute' end as hold_ground,
       case when plan = 'on_hold' then days_later(getvariable('exported_at')::timestamptz, 200) end as hold_until,
       case when plan in ('disposed', 'disposed_late') then 'deleted' else 'held' end as disposition,
       done_at as disposed_at, null::varchar as method_ref, null::varchar as why_not_deletable, null::timestamptz as isolated_at,
       null::timestamptz as destroy_by, null::timestamptz as last_processed_at, true as encrypted_at_rest, true as encrypted_in_transit
from planned_holdings
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
select 'backup_copy_isolated', holding_id, plan from planned_backups where plan <> 'kept';

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
       days_later(start_at, 1) as recorded_at
from planned_breaches
order by breach_id;

insert into planted
select case reported_by when 'company' then 'authority_notified_in_time' else 'subscriber_breach_notified_within_72_hours' end,
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
)
order by table_name;
