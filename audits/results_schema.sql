-- What a run found, as one DuckDB file that versions from 1.4 on can read. Instants are timestamptz; days and months are
-- local to run.timezone; shares run from 0 to 1.

create table results.run (
    as_of         timestamptz, -- the instant of judgement
    timezone      varchar,
    period        varchar,     -- as written
    first_day     date,
    last_day      date,
    export_name   varchar,
    export_sha256 varchar,
    exported_at   timestamptz,
    adapter_sha256 varchar,
    notes         varchar[],   -- what a reader must know of the export
    versions      varchar      -- JSON: package -> version
);

-- One row a control. Counts are of the period: findings with event_at in it, and earlier violations still open (carried).
create table results.controls (
    control_id varchar primary key, section varchar, title varchar, rule varchar, clauses varchar[], maps_to varchar[],
    severity varchar, parameters varchar, reason_texts varchar, sql varchar, sql_sha256 varchar, tolerance double,
    status varchar, why varchar,
    compliant bigint, violation bigint, pending bigint, indeterminate bigint, carried bigint,
    rate_low double, rate_high double
);

-- Every finding, counted. scope: period, carried, earlier, later (than the period). dimension '' is all of them.
create table results.counts (
    control_id varchar, scope varchar, month date, dimension varchar, value varchar, verdict varchar, reason varchar, n bigint
);

-- The findings that need attention, one by one: violations and indeterminate ones of the period, everything still open.
-- pseudonym is what a page for readers without access to the data shows in place of record_id.
create table results.findings (
    control_id varchar, record_id varchar, pseudonym varchar, account_id varchar, country varchar, event_at timestamptz, due_at timestamptz,
    met_at timestamptz, verdict varchar, reason varchar, scope varchar, evidence varchar -- JSON
);

-- Constraints of the contract. bad is NULL where the export has not what it takes to measure it.
create table results.quality (
    table_name varchar, kind varchar, column_names varchar[], rule varchar, row_count bigint, bad bigint, keys varchar[]
);

-- Tests of whether the population is whole. passed is NULL where the export has not what it takes to tell.
create table results.population (
    test varchar, table_name varchar, passed boolean, detail varchar
);

-- Requests received in the period, or in the twelve months before its end where those are more, by days until closed, or
-- until as_of where still open.
create table results.time_to_close (type varchar, days integer, closed boolean, n bigint);

-- The period's requests under the promise of thirty days, by its verdict and the law's ('none': no such duty).
create table results.promise_and_law (promise varchar, law varchar, n bigint);

-- Transfers of the period out of the EEA and Switzerland: from where, on what, to where and whom, and their verdicts.
create table results.transfer_flows (
    origin varchar, mechanism varchar, destination varchar, recipient_id varchar, recipient varchar, verdict varchar, n bigint
);

-- The rules of law that the period's requests were judged by.
create table results.rules_used (rule_set varchar, jurisdiction varchar, rule varchar, source varchar, checked varchar, n bigint);

-- The policy, clause by clause; status is the worst of its controls', NULL where no control measures it.
create table results.clauses (
    clause_id varchar, ledger_id varchar, section varchar, duty varchar, kind varchar, controls varchar[], status varchar
);
