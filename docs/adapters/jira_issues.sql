-- Issues exported from Jira ("Export CSV (all fields)"), saved as jira_issues.csv: found as source.jira_issues.
-- A column of a name that comes twice ("Labels") gets a number behind it; "Custom field (…)" are the project's own.

-- The export does not say when it was taken: state the instant of judgement with --as-of. Its times are those of the exporting user's profile.
create view export_info as
select null::timestamptz as exported_at, 'Europe/London' as timezone, 'Jira' as source;

create view requests as
select "Issue key" as request_id,
       "Custom field (Customer number)" as account_id,
       'subscriber' as requester_role,
       case "Custom field (Request Type)"
           when 'Access my data' then 'access'
           when 'Correct my data' then 'rectification'
           when 'Delete my data' then 'erasure'
           when 'Take my data with me' then 'portability'
           else lower("Custom field (Request Type)") -- what stays unknown is counted
       end as type,
       'portal' as channel,
       try_strptime("Created", '%d/%b/%y %I:%M %p') at time zone 'Europe/London' as received_at,
       try_strptime(nullif("Due date", ''), '%d/%b/%y %I:%M %p') at time zone 'Europe/London' as due_at,
       try_strptime("Resolved", '%d/%b/%y %I:%M %p') at time zone 'Europe/London' as responded_at,
       try_strptime("Resolved", '%d/%b/%y %I:%M %p') at time zone 'Europe/London' as closed_at,
       case "Resolution"
           when 'Done' then 'fulfilled'
           when 'Won''t Do' then 'denied'
           when 'Declined' then 'denied'
           when 'Duplicate' then 'withdrawn'
       end as outcome,
       upper("Custom field (Country)") as country
from source.jira_issues
where "Issue Type" = 'Privacy request';
