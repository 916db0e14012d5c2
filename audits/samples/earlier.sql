-- Makes of the sample the export of a month before: what was known then, before some of it was said otherwise.
-- Needs every section but the last. Table restated: the cells, or (without a column) rows, that the sample shows otherwise though
-- they are of that time; what else the two differ in is what the month brought.

create macro earlier() as timestamptz '2026-10-02 05:00:00+02';
create macro known(instant) as case when instant < earlier() then instant end;

create table restated (table_name varchar, record_id varchar, column_name varchar, before varchar, after varchar);

-- Three closings that are backdated: overdue then, in time now.
create table backdated as
select request_id, responded_at, closed_at, outcome, format, delivery_ref
from requests
where type = 'access' and outcome = 'fulfilled' and requester_role <> 'object' and closed_at < days_later(earlier(), -2)
  and received_at > days_later(earlier(), -70) and received_at < days_later(earlier(), -34)
order by draw('backdated', request_number)
limit 3;

insert into restated
select 'requests', request_id, name, null, value
from (select request_id, columns(* exclude (request_id))::varchar from backdated)
unpivot (value for name in (responded_at, closed_at, outcome, format, delivery_ref))
union all
select 'request_events', request_id || ' · 2', null, null, 'row' from backdated;

update requests
set responded_at = null, closed_at = null, outcome = null, denial_ground = null, format = null, delivery_ref = null
where request_id in (select request_id from backdated);

delete from request_events where event = 'closed' and request_id in (select request_id from backdated);

-- An extension that was entered afterwards.
create table extended_afterwards as
select request_id, extended_at, extended_to, extension_reason
from requests
where extended_at < earlier() and extended_at < days_later(received_at, 30) and extension_reason is not null
order by received_at desc
limit 1;

insert into restated
select 'requests', request_id, name, null, value
from (select request_id, columns(* exclude (request_id))::varchar from extended_afterwards)
unpivot (value for name in (extended_at, extended_to, extension_reason));

update requests set extended_at = null, extended_to = null, extension_reason = null
where request_id in (select request_id from extended_afterwards);

-- A request that came six days before it is said to have come now, and was late.
create table moved as
select request_id, received_at, days_later(received_at, -6) as received_before
from requests
where type = 'access' and outcome = 'fulfilled' and requester_role <> 'object' and closed_at < days_later(earlier(), -2)
  and closed_at > days_later(received_at, 26) and request_id not in (select request_id from backdated)
order by received_at desc
limit 1;

insert into restated
select 'requests', request_id, 'received_at', received_before::varchar, received_at::varchar from moved
union all
select 'request_events', request_id || ' · 1', 'occurred_at', received_before::varchar, received_at::varchar from moved;

update requests set received_at = m.received_before from moved as m where m.request_id = requests.request_id;
update request_events set occurred_at = m.received_before from moved as m where m.request_id = request_events.request_id and seq = 1;

-- A breach of which the Company is said to have become aware later now, a disclosure of another purpose, a refusal put right.
create table reworded as
select * from (
    select 'breaches' as table_name, breach_id as record_id, 'aware_at' as column_name, days_later(aware_at, -4)::varchar as before,
           aware_at::varchar as after
    from breaches where reported_by = 'company' and our_role = 'controller' and authority_told_at < earlier()
    order by aware_at desc limit 1
)
union all
select * from (
    select 'disclosures', disclosure_id, 'purpose', 'resale', purpose
    from disclosures where recipient_id = 'P03' and purpose = 'email_delivery' and disclosed_at < earlier()
    order by disclosed_at desc limit 1
)
union all
select * from (
    select 'requests', request_id, 'told_complaint_right', 'false', 'true'
    from requests where told_complaint_right and closed_at < earlier() and type <> 'erasure'
    order by closed_at desc limit 1
);

insert into restated from reworded;
update breaches set aware_at = r.before::timestamptz from reworded as r where r.record_id = breach_id;
update disclosures set purpose = r.before from reworded as r where r.record_id = disclosure_id;
update requests set told_complaint_right = r.before::boolean from reworded as r where r.record_id = request_id;

-- What the month brought.
delete from request_events where occurred_at >= earlier();
delete from requests where received_at >= earlier();
update requests set
    recognised_at = known(recognised_at), acknowledged_at = known(acknowledged_at), id_asked_at = known(id_asked_at),
    id_verified_at = known(id_verified_at), responded_at = known(responded_at), closed_at = known(closed_at),
    outcome = if(closed_at < earlier(), outcome, null), denial_ground = if(closed_at < earlier(), denial_ground, null),
    format = if(closed_at < earlier(), format, null), delivery_ref = if(closed_at < earlier(), delivery_ref, null),
    told_complaint_right = if(closed_at < earlier(), told_complaint_right, null);

-- A request that is not in the sample any more: its number went to the next one.
create table removed as
select 'R' || lpad((max(request_number) + 1)::varchar, 8, '0') || '-1' as request_id, max(request_number) + 1 as request_number,
       min(account_id) as account_id, 'visitor' as requester_role, 'access' as type, 'chat' as channel,
       days_later(earlier(), -40) as received_at, days_later(earlier(), -39.8) as recognised_at
from requests
having count(*) > 0;

insert into requests by name from removed;
insert into request_events select request_id, 1, 'opened', received_at, 'desk' from removed;
insert into restated
select 'requests', request_id, null, 'row', null from removed
union all
select 'request_events', request_id || ' · 1', null, 'row', null from removed;

delete from disclosures where disclosed_at >= earlier();
delete from messages where sent_at >= earlier();
delete from opt_outs where opted_out_at >= earlier();
delete from tracker_hits where hit_at >= earlier();
delete from consents where given_at >= earlier();
update consents set withdrawn_at = known(withdrawn_at);
delete from oauth_grants where granted_at >= earlier();
update oauth_grants set revoked_at = known(revoked_at), last_access_at = known(last_access_at);
delete from processing_activities where started_at >= earlier();
update processing_activities set ended_at = known(ended_at);
delete from holdings where collected_at >= earlier() or isolated_at >= earlier();
update holdings set
    disposition = if(disposed_at >= earlier(), 'held', disposition), disposed_at = known(disposed_at),
    need_ended_at = known(need_ended_at), last_processed_at = known(last_processed_at);
delete from breaches where coalesce(aware_at, subscriber_aware_at) >= earlier();
update breaches set
    company_told_at = known(company_told_at), authority_told_at = known(authority_told_at),
    subjects_told_at = known(subjects_told_at), subscriber_told_at = known(subscriber_told_at), recorded_at = known(recorded_at);
delete from subscriber_duties where asked_at >= earlier();
update subscriber_duties set evidence_ref = if(answered_at < earlier(), evidence_ref, null), answered_at = known(answered_at);
delete from practice_changes where effective_at >= earlier();
update sites set checked_at = days_later(checked_at, -30);
delete from accounts where created_at >= earlier();
update accounts set
    status = if(closed_at >= earlier(), 'active', status), closed_at = known(closed_at),
    agreement_ended_at = known(agreement_ended_at), terms_accepted_at = known(terms_accepted_at),
    terms_first_accepted_at = known(terms_first_accepted_at), last_activity_at = coalesce(known(last_activity_at), created_at),
    age_known_at = known(age_known_at);
delete from consents where account_id not in (select account_id from accounts);
delete from holdings where account_id not in (select account_id from accounts);

-- Of the running month's mails, those that had come.
delete from intake where period_start >= earlier();
update intake set received_count = c.n, ticketed_count = c.n
from (
    select i.address, i.period_start, count(r.request_id) as n
    from intake as i
    left join requests as r on r.addressed_to = i.address and r.received_at >= i.period_start
    where i.period_start = date_trunc('month', earlier())
    group by all
) as c
where c.address = intake.address and c.period_start = intake.period_start;

set variable exported_at = earlier()::varchar;
