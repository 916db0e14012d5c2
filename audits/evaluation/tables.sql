-- What a run found, as one DuckDB file that versions from 1.4 on can read. Instants are timestamptz; days and months are
-- local to run.timezone; shares run from 0 to 1.

create table results.run (
    schema_version integer,    -- of these tables
    as_of         timestamptz, -- the instant of judgement
    timezone      varchar,
    period        varchar,     -- as written
    first_day     date,
    last_day      date,
    export_name   varchar,
    export_sha256 varchar,
    exported_at   timestamptz,
    adapter_sha256 varchar,
    reference_sha256 varchar,  -- of the user's own reference tables, where there are any
    notes         varchar[],   -- what a reader must know of the export
    versions      varchar      -- JSON: package -> version
);

-- What was audited: policies and laws, the first one first, each version a text of its own. promises of one have its id before theirs.
create table results.texts (
    text varchar primary key, title varchar, company varchar, language varchar, in_force_from date,
    in_force_until date, -- the first day on which it is in force no more
    version_of varchar   -- the text that it is an earlier version of; empty if it is none
);

-- One row a promise: a control with the values that a text gives it. promise_id is text/name, and the control's id where no text uses
-- it; was are ids that the control had before. Counts are of the period: findings with event_at in it, those that state no day, and
-- earlier ones still open (carried): broken or undecided, and not made good. headline is its place among the headlines of leadership's
-- page, page the one of the section that it stands in.
create table results.promises (
    promise_id varchar primary key, text varchar, name varchar, control varchar, was varchar[], section varchar, title varchar, short varchar,
    rule varchar, remedy varchar, owner varchar, page varchar, headline integer, feeds varchar[], clauses varchar[], maps_to varchar[],
    severity varchar, days_to_act integer, dimensions varchar[], parameters varchar, reason_texts varchar, sql varchar, sql_sha256 varchar, tolerance double,
    status varchar, why varchar,
    compliant bigint, violation bigint, pending bigint, indeterminate bigint, carried bigint,
    waived bigint,   -- violations of the period that are accepted for now: they are in the rate, and not in the status
    resolved bigint, -- violations that fell due before the period and were made good in it
    rate_low double, rate_high double
);

-- What a promise is called, and says, in a language other than English: as far as its control has words of it. reason_texts and
-- readings (what each is called) are JSON.
create table results.words (
    promise_id varchar, language varchar, title varchar, short varchar, rule varchar, remedy varchar, reason_texts varchar, readings varchar
);

-- What the engine said of promises that could not be evaluated: it may quote the data, for auditors only.
create table results.errors (promise_id varchar, words varchar);

-- Waivers, and what they do: active (excuses a violation of the period), expired (the violation counts again), not_granted
-- (granted later), incomplete (lacks what a waiver must have), contradicted (another in force for the same record says otherwise), unused (in
-- force, and there is no violation of that name), unknown (no such promise); named is what the waiver names. Only one that is active
-- excuses anything.
create table results.waivers (
    promise_id varchar, named varchar, record_id varchar, pseudonym varchar, owner varchar, approver varchar, reason varchar,
    granted_at timestamptz, expires_at timestamptz, state varchar, lacks varchar[]
);

-- Each promise in this period (step 0) and up to eleven before it, as the export shows them now: what fell due in the period, what states
-- no day, and what fell due before and is still open: each step is what the period's own figures would be. Days are local; last_day is
-- in the period.
create table results.history (
    promise_id varchar, step integer, first_day date, last_day date, compliant bigint, violation bigint, pending bigint, indeterminate bigint,
    waived bigint, fell_due bigint, -- of these: accepted for now; with a day in the period itself
    due_compliant bigint, due_violation bigint, due_indeterminate bigint, -- what fell due in the period itself, each counted once
    rate_low double, rate_high double, status varchar
);
create table results.clause_history (text varchar, clause_id varchar, step integer, first_day date, last_day date, status varchar);

-- Other readings of the same promises: the counts of the period with the parameters that make each.
create table results.readings (
    promise_id varchar, reading varchar, parameters varchar, -- JSON
    compliant bigint, violation bigint, pending bigint, indeterminate bigint, rate_low double, rate_high double
);

-- The self-test: how many known violations were put into the data, and how many the control found.
create table results.selftest (control varchar, injection varchar, injected bigint, detected bigint);

-- How many days a duty took that nobody promises a number for, in the period; days is NULL while it is open.
create table results.durations (promise_id varchar, days integer, n bigint);

-- Every finding, counted. scope: period, carried, earlier, later (than the period). dimension '' is all of them.
create table results.counts (
    promise_id varchar, scope varchar, month date, dimension varchar, value varchar, verdict varchar, reason varchar, n bigint,
    waived bigint, resolved bigint, -- of the n, as in results.promises
    still_open bigint               -- of the n: carried into every later period
);

-- The findings that need attention, one by one: violations and indeterminate ones of the period, everything still open.
-- pseudonym is what a page for readers without access to the data shows in place of record_id.
create table results.findings (
    promise_id varchar, record_id varchar, pseudonym varchar, account_id varchar, country varchar, event_at timestamptz, due_at timestamptz,
    met_at timestamptz, verdict varchar, reason varchar, scope varchar, waived_until timestamptz, evidence varchar -- JSON
);

-- What keeps the period's undecided findings so, by the column that alone could turn each (NULL where it is none, or several together).
-- One that several columns could turn stands under each of them. records are the first few of them.
create table results.doubts (promise_id varchar, reason varchar, column_name varchar, n bigint, records varchar[]);

-- Constraints of the contract. bad is NULL where the export has not what it takes to measure it; found are the values that break it
-- most often, with how often: data of the export, for auditors only.
create table results.quality (
    table_name varchar, kind varchar, column_names varchar[], rule varchar, row_count bigint, bad bigint, keys varchar[],
    found struct(value varchar, n bigint)[]
);

-- Tests of whether the population is whole. passed is NULL where the export has not what it takes to tell.
create table results.population (
    test varchar, table_name varchar, passed boolean, detail varchar
);

-- Requests received in the period, or in the twelve months before its end where those are more, by days until closed, or
-- until as_of where still open.
create table results.time_to_close (type varchar, days integer, closed boolean, n bigint);

-- The period's records under a promise, by its verdict and that of another promise for the same record ('none': no such duty): the law's
-- time beside a promise of a time, and two texts that give one control different values.
create table results.promise_and_law (promise_id varchar, law_id varchar, promise varchar, law varchar, n bigint);

-- Transfers of the period out of the EEA and Switzerland: from where, on what, to where and whom, and their verdicts.
create table results.transfer_flows (
    promise_id varchar, origin varchar, mechanism varchar, destination varchar, recipient_id varchar, recipient varchar, verdict varchar, n bigint
);

-- Each breach and its clocks, in hours from becoming aware; NULL where nobody was told.
create table results.breach_clocks (
    breach_id varchar, pseudonym varchar, reported_by varchar, our_role varchar, risk varchar, aware_on date,
    company_hours double, authority_hours double, people_hours double, subscriber_hours double, has_reason boolean
);

-- The register of recipients beside what they were given in the period. is_in_force is NULL where no agreement is needed.
create table results.recipients (
    recipient_id varchar, name varchar, kind varchar, country varchar, signed_on date, ends_on date, is_in_force boolean,
    allowed varchar[], barred boolean, disclosures bigint, people bigint, purposes varchar[], last_on date
);

-- Opt-outs by the days until the last newsletter or promotion that followed; 0 where none did.
create table results.opt_out_delays (days integer, was_written_to boolean, n bigint);

-- What transfers to each recipient can rest on, and when it carries; valid_to is the last day, NULL without an end.
create table results.measure_validity (recipient_id varchar, recipient varchar, measure varchar, valid_from date, valid_to date);

-- Transfers out of the EEA and Switzerland of the last two years.
create table results.transfers_by_month (recipient_id varchar, measure varchar, month date, n bigint);

-- The period's disclosures by destination; transfers are those that left the EEA and Switzerland.
create table results.destinations (country varchar, n bigint, transfers bigint);

-- What is stored past its last day at as_of, or reaches it soon, by category: age in days, negative while it is ahead.
create table results.retention_ages (promise_id varchar, category varchar, days integer, n bigint);

-- The facts of law that the period's findings rest on, by table: deadlines (rule_set statute, acknowledge), adequacy, membership, transfer_laws, mechanisms,
-- optin_countries; each with how far it was checked.
create table results.rules_used (rule_set varchar, jurisdiction varchar, rule varchar, source varchar, checked varchar, n bigint);

-- Stress test: the period's lawful transfers that would lose what they rest on. fallback is another contract of the recipient's.
create table results.stress (
    stress varchar, promise_id varchar, disclosure_id varchar, account_id varchar, recipient_id varchar, recipient varchar, destination varchar, mechanism varchar,
    reason varchar, fallback varchar
);

-- The texts, clause by clause; status is the worst of its promises', NULL for notices and duties of others that nothing measures.
-- attestation: what somebody must vouch for; missing: what is lacking to measure it; ledger_id: of a law, the article.
create table results.clauses (
    text varchar, clause_id varchar, ledger_id varchar, section varchar, duty varchar, kind varchar, status varchar, note varchar,
    attestation varchar, missing varchar
);
create table results.clause_promises (text varchar, clause_id varchar, promise_id varchar);

-- Findings about the texts themselves.
create table results.tensions (text varchar, tension_id varchar, clauses varchar[], says varchar);
