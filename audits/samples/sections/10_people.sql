-- Makes accounts (of subscribers, their agents, visitors, and visitors of subscribers' sites) and markets: where they are.
-- Needs the helpers only. The last section drops accounts.is_child.

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
    select i as number, numbered('A', i) as account_id, draw('country', i) * (select max(to_weight) from markets) as place,
           draw('kind', i) as kind, draw('region', i) as region_draw, draw('created', i) as created, draw('closed', i) as closed
    from range(1, getvariable('account_count')::bigint + 1) as t (i)
),
placed as (
    select d.*, m.country,
           case when kind < 0.35 then 'subscriber' when kind < 0.55 then 'agent' when kind < 0.70 then 'visitor'
                else 'subscriber_object' end as subject_type,
           days_later(timestamptz '2022-06-01 08:00:00+02', created * 1620) as created_at
    from drawn as d join markets as m on d.place >= m.from_weight and d.place < m.to_weight
),
-- With the dates on which things happen, after the export too.
lived as (
    select account_id,
           case subject_type when 'subscriber' then 'Company ' when 'agent' then 'Agent ' else 'Person ' end || number as name,
           subject_type,
           case when subject_type = 'subscriber_object' then 'processor' else 'controller' end as our_role,
           -- Visitors whose account names no subscriber are those whose request is to be handled on the merits by mistake.
           case when subject_type = 'subscriber_object' and (in_eea(country) or country = 'CH' or draw('instructed', number) < 0.9)
                then 'drawn below' end as controller_subscriber_id,
           country,
           case when country = 'US' and draw('region stated', number) < 0.985
                then case when region_draw < 0.4 then 'CA' when region_draw < 0.6 then 'NY' when region_draw < 0.8 then 'TX'
                          else 'FL' end end as region,
           subject_type <> 'subscriber_object' and draw('child', number) < 0.006 and created_at < before_export(70) as is_child,
           case when is_child then 8 + 3 * draw('age', number) else 18 + 50 * draw('age', number) end as age,
           -- No clock's first day, which is nobody's.
           coalesce(nullif(created_at::date - (365.25 * age)::integer, date '1970-01-01'), date '1970-01-02') as birth_date,
           case when is_child and (is_mended() or draw('age known', number) < 0.7)
                then days_later(created_at, 40) end as age_known_at,
           case when subject_type in ('subscriber', 'agent') and draw('terms', number) < 0.003
                     and may_go_wrong(days_later(created_at, 50))
                then case when is_mended() then days_later(created_at, 45) end
                when subject_type in ('subscriber', 'agent') and draw('terms', number) < 0.008 and may_go_wrong(created_at)
                then days_later(created_at, 2)
                else created_at end as terms_accepted_at,
           created_at,
           case when closed < 0.2 then days_later(created_at, 30 + 600 * closed) end as closed_at,
           greatest(created_at, days_later(coalesce(seen(closed_at), exported_at()), -300 * draw('active', number))) as last_activity_at
    from placed
    where created_at < exported_at()
)
select * exclude (age) replace (
           seen(age_known_at) as age_known_at, seen(terms_accepted_at) as terms_accepted_at, seen(closed_at) as closed_at),
       seen(terms_accepted_at) as terms_first_accepted_at,
       case when subject_type = 'subscriber' then seen(closed_at) end as agreement_ended_at,
       case when seen(closed_at) is null then 'active' else 'closed' end as status,
       'sign-up' as source
from lived
order by account_id;

-- One of the subscribers that were there before, or the first.
create table subscribers as
select account_id, created_at, row_number() over (order by created_at, account_id) as number
from accounts
where subject_type = 'subscriber';

create table visited as
select v.account_id, 1 + floor(draw('subscriber', v.account_id) * coalesce(s.number, 1)) as number
from accounts as v
asof left join subscribers as s on s.created_at < v.created_at
where v.controller_subscriber_id is not null;

update accounts set controller_subscriber_id = (
    select s.account_id from visited as v join subscribers as s using (number) where v.account_id = accounts.account_id
)
where controller_subscriber_id is not null;

-- One subscriber of whom nothing is known but its name.
insert into accounts by name
select 'U00000001' as account_id, 'Company without a country' as name, 'subscriber' as subject_type, 'controller' as our_role,
       timestamptz '2024-01-15 09:00:00+01' as created_at, timestamptz '2024-01-15 09:00:00+01' as terms_accepted_at, terms_accepted_at as terms_first_accepted_at,
       created_at as last_activity_at, date '1980-05-01' as birth_date, 'active' as status, 'sign-up' as source, false as is_child;

insert into planted
select 'account_data_has_legal_basis', account_id,
       case when terms_accepted_at is null then 'not_accepted' else 'accepted_later' end
from accounts
where subject_type in ('subscriber', 'agent') and (terms_accepted_at is null or terms_accepted_at > created_at)
union all
select 'subscriber_gdpr_status_known', account_id, 'country_unknown'
from accounts
where subject_type = 'subscriber' and country is null;
