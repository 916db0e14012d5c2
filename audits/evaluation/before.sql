-- Results of the version that knew controls and one policy, read as today's tables: each control is a promise of a text without a
-- name, by the id that it has now. `before` is the file; results.renamed gives ids of now by those of then.
create view results.ids as
select control_id, coalesce(r.new, c.control_id) as promise_id
from before.controls as c
left join results.renamed as r on r.old = c.control_id;

create table results.run as select 0 as schema_version, * from before.run;
create table results.texts as select '' as text, '' as title, '' as company, 'en' as language, null::date as in_force_from;
create table results.promises as
select i.promise_id, '' as text, i.promise_id as name, i.promise_id as control,
       case when i.promise_id <> c.control_id then [c.control_id] else [] end as was, c.section, c.title, c.title as short, c.rule,
       '' as remedy, 'no owner named' as owner, null::varchar as page, null::integer as headline, []::varchar[] as feeds, c.clauses,
       c.maps_to, c.severity, 30 as days_to_act, []::varchar[] as dimensions, c.parameters, c.reason_texts, c.sql, c.sql_sha256, c.tolerance, c.status,
       c.why, c.compliant, c.violation, c.pending, c.indeterminate, c.carried, c.waived, c.resolved, c.rate_low, c.rate_high
from before.controls as c
join results.ids as i using (control_id);
create table results.clauses as select '' as text, * exclude (controls) from before.clauses order by ledger_id;
create table results.clause_promises as
select '' as text, clause_id, i.promise_id
from (select clause_id, unnest(controls) as control_id from before.clauses)
join results.ids as i using (control_id);
create table results.tensions as select '' as text, * from before.tensions order by before.tensions.rowid;
create table results.quality as
select *, []::struct(value varchar, n bigint)[] as found from before.quality order by before.quality.rowid;
create table results.population as from before.population order by before.population.rowid;

create view results.clause_history as select '' as text, * from before.clause_history;
create view results.waivers as
select i.promise_id, w.control_id as named, w.record_id, w.pseudonym, w.owner, null::varchar as approver, w.reason, w.granted_at, w.expires_at, w.state,
       []::varchar[] as lacks
from before.waivers as w left join results.ids as i using (control_id);
create view results.counts as
select i.promise_id, c.* exclude (control_id), null::bigint as waived, null::bigint as resolved, null::bigint as still_open
from before.counts as c join results.ids as i using (control_id);
create view results.findings as select i.promise_id, f.* exclude (control_id) from before.findings as f join results.ids as i using (control_id);
create view results.doubts as
select null::varchar as promise_id, null::varchar as reason, null::varchar as column_name, null::bigint as n, []::varchar[] as records where false;
create view results.history as
select i.promise_id, h.* exclude (control_id), null::bigint as waived, h.compliant + h.violation + h.pending + h.indeterminate as fell_due,
       null::bigint as due_compliant, null::bigint as due_violation, null::bigint as due_indeterminate
from before.history as h join results.ids as i using (control_id);
create view results.readings as select i.promise_id, r.* exclude (control_id) from before.readings as r join results.ids as i using (control_id);
create view results.durations as select i.promise_id, d.* exclude (control_id) from before.durations as d join results.ids as i using (control_id);
create view results.retention_ages as
select i.promise_id, a.* exclude (control_id) from before.retention_ages as a join results.ids as i using (control_id);
create view results.selftest as select i.promise_id as control, s.* exclude (control_id) from before.selftest as s join results.ids as i using (control_id);
create view results.promise_and_law as select '' as promise_id, '' as law_id, * from before.promise_and_law;
create view results.transfer_flows as select '' as promise_id, * from before.transfer_flows;
create view results.stress as select stress, '' as promise_id, * exclude (stress) from before.stress;
create view results.time_to_close as from before.time_to_close;
create view results.breach_clocks as from before.breach_clocks;
create view results.recipients as from before.recipients;
create view results.opt_out_delays as from before.opt_out_delays;
create view results.measure_validity as from before.measure_validity;
create view results.transfers_by_month as from before.transfers_by_month;
create view results.destinations as from before.destinations;
create view results.rules_used as from before.rules_used;
