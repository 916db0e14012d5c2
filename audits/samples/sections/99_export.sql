-- Makes export_info and export_tables, when every table of the export is there.
-- Needs all earlier sections.

-- What only the sections use.
alter table accounts drop column is_child;

-- Rows that were added in parts, in order.
create or replace table request_events as select * from request_events order by request_id, seq;
create or replace table consents as select * from consents order by consent_id;
create or replace table holdings as select * from holdings order by holding_id;
create or replace table breaches as select * from breaches order by breach_id;

create table export_info as
select exported_at() as exported_at, 'Europe/Berlin' as timezone, 'audits sample' as source;

create table export_tables as
select table_name, row_count,
       case when table_name in ('requests', 'request_events', 'intake') then timestamptz '2023-11-01 00:00:00+01' -- of three years
            else timestamptz '2022-06-01 00:00:00+02' end as covers_from,
       exported_at() as covers_to
from (
    select 'accounts' as table_name, count(*) as row_count from accounts
    union all select 'requests', count(*) from requests
    union all select 'request_events', count(*) from request_events
    union all select 'processors', count(*) from processors
    union all select 'processing_places', count(*) from processing_places
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
