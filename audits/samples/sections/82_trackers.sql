-- Makes trackers, and tracker_hits: who met them, having agreed or not.
-- Needs accounts (10_people) and erased (30_request_steps).

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

update trackers set vendor = case tracker_name when 'reach' then 'Countable Analytics' else vendor end,
                    purpose = case purpose when 'scoring' then 'measure' else purpose end, listed = true
where is_mended();

create table planned_hits as
with drawn as (
    select a.account_id, a.country, a.created_at, e.erased_at, t.tracker_name,
           draw('hit', a.account_id || t.tracker_name) as chance,
           days_later(a.created_at, 1 + 200 * draw('hit day', a.account_id || t.tracker_name)) as hit_at
    from accounts as a
    left join erased as e using (account_id)
    cross join (values ('session'), ('counter'), ('mailpixel')) as t (tracker_name)
    where a.account_id < 'U'
)
select *, concat_ws(' · ', account_id, tracker_name, hit_at at time zone 'UTC') as record_id,
       case when not may_go_wrong(hit_at) then 'kept' when chance < 0.001 then 'country_unknown'
            when chance < 0.004 then 'before_agreement' else 'kept' end as plan
from drawn
where chance < 0.04 and hit_at < least(before_export(1), erased_at);

create table tracker_hits as
select account_id, tracker_name, hit_at, case when plan <> 'before_agreement' then days_later(hit_at, -0.5) end as consent_at,
       case when plan <> 'country_unknown' then country end as country
from planned_hits
order by all;

insert into planted
select 'tracker_purpose_is_described', 'jivochat.com · shadow', 'not_described' where not is_mended()
union all
select 'tracker_is_listed', 'jivochat.com · reach', 'not_listed' where not is_mended()
union all
select 'analytics_vendor_is_registered', 'jivochat.com · reach', 'not_registered' where not is_mended()
union all
-- Its text takes the use of a site for consent to its cookies, and the law does not.
select unnest(['cookie_consent_recorded', 'cookie_consent_recorded: by_use = false']), record_id, plan
from planned_hits
where plan = 'country_unknown' and tracker_name <> 'session'
union all
select 'cookie_consent_recorded: by_use = false', record_id, plan
from planned_hits
where plan = 'before_agreement' and tracker_name <> 'session' and in_eea(country)
union all
select 'beacon_has_consent', record_id, plan
from planned_hits
where tracker_name = 'mailpixel' and (plan = 'country_unknown' or (plan = 'before_agreement' and in_eea(country)));
