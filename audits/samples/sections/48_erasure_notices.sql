-- Adds to request_events who was told of an erasure.
-- Needs requests (24_outcomes), request_events (30_request_steps), processors (40_recipients), disclosures (46_grounds).

-- Recipients are told of an erasure, by hand until May 2026, and one in five then was told too late; since then by a job. What was
-- closed a few days before the export is still to be told.
create table planned_notices as
select distinct r.request_id, d.recipient_id, greatest(r.closed_at, r.received_at) as closed_at,
       draw('tells', r.request_number) < 0.04 and r.closed_at < before_export(40) and not is_mended() as is_forgotten,
       draw('tells by hand', r.request_number) < 0.2 and r.closed_at < timestamptz '2026-05-01 00:00:00+02' as is_told_late
from requests as r
join disclosures as d on d.account_id = r.account_id and d.disclosed_at < r.closed_at
       and not (coalesce(d.aggregated, false) and coalesce(d.smallest_cell, 0) >= 5)
join processors as p on p.recipient_id = d.recipient_id and p.kind <> 'authority'
where r.type = 'erasure' and r.outcome = 'fulfilled' and r.requester_role <> 'object';

insert into request_events
select request_id, 9 + row_number() over (partition by request_id order by recipient_id), 'recipient_told',
       days_later(closed_at, case when is_told_late then 40 else 1 end), recipient_id
from planned_notices
where not is_forgotten and closed_at < before_export(2);

insert into planted
select distinct 'erasure_told_to_recipients', request_id, case when is_forgotten then 'not_told' else 'told_late' end
from planned_notices
where is_forgotten or is_told_late
union all
select 'erasure_told_to_recipients', request_id, 'partly'
from requests
where type = 'erasure' and outcome = 'partial' and requester_role <> 'object';
