-- A Zendesk ticket export (Admin Center, Reports, CSV), saved as zendesk_tickets.csv: found as source.zendesk_tickets.
-- "Privacy request [list]" stands for the account's own ticket field: the export names such a field with its kind in brackets.

-- The export does not say when it was taken: state the instant of judgement with --as-of. Its times are local to the account's zone.
create view export_info as
select null::timestamptz as exported_at, 'Europe/Berlin' as timezone, 'Zendesk' as source;

-- Tickets that are no privacy request are left out: they would only be unknown types. Merged and spam tickets are closed without an answer.
create view requests as
select "Id" as request_id,
       "Requester id" as account_id,
       'subscriber' as requester_role,
       case lower("Privacy request [list]")
           when 'access' then 'access'
           when 'copy of my data' then 'access'
           when 'correction' then 'rectification'
           when 'deletion' then 'erasure'
           when 'objection' then 'objection'
           else lower("Privacy request [list]") -- what stays unknown is counted
       end as type,
       lower("Via") as channel,
       try_strptime("Created at", '%Y-%m-%d %H:%M') at time zone 'Europe/Berlin' as received_at,
       -- The first public reply confirms receipt; it is no answer yet.
       (try_strptime("Created at", '%Y-%m-%d %H:%M') at time zone 'Europe/Berlin')
       + to_minutes(try_cast("First reply time in minutes" as bigint)) as acknowledged_at,
       try_strptime("Solved at", '%Y-%m-%d %H:%M') at time zone 'Europe/Berlin' as responded_at,
       try_strptime("Solved at", '%Y-%m-%d %H:%M') at time zone 'Europe/Berlin' as closed_at,
       upper("Country [text]") as country
from source.zendesk_tickets
where nullif(trim("Privacy request [list]"), '') is not null and "Status" <> 'Deleted';
