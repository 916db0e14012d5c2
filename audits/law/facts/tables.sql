-- The reference tables: dated facts that are not the company's. One CSV of the same name holds the rows of each.
-- `checked` says how far a row was checked; a report marks every figure that rests on a row with 'general knowledge'.

-- Countries by ISO 3166-1 alpha-2 code, and when each belonged to the EU or the EEA (the transition period included).
create or replace table countries (
    country  varchar primary key,
    eea_from date,
    eea_to   date,    -- last day
    gdpr_from date,   -- first day of the GDPR there, as a member
    source   varchar,
    checked  varchar
);

-- How long an answer may take. `request_type` is '*' or types joined by '|'; an empty value says: no number in this law.
-- A number has a first day: before it the law then in force holds, if that is on file, else nothing is known.
create table deadlines (
    rule_set         varchar not null, -- statute, acknowledge; breach_… for breaches
    jurisdiction     varchar not null, -- '*', EEA, a country, or a country and region: US-CA
    request_type     varchar not null,
    value            integer,
    unit             varchar,          -- hours, calendar_days, working_days, months
    extension_value  integer,
    extension_unit   varchar,          -- the unit, or as_told: later, of no fixed length, where the person is told the new date
    rolls_over_to_working_day boolean, -- empty: not settled, what comes between the two days cannot be told
    identity_check   varchar,          -- pauses: its days are added; restarts: the time begins with the proof; empty: neither
    clarification    varchar,          -- of what is sought; pauses: its days are added; skips: both ends included; perhaps: nobody can tell
    valid_from       date,             -- first day of receipt the rule applies to
    valid_to         date,             -- last day
    source           varchar not null,
    checked          varchar not null
);

-- Countries that the exporter's law finds adequate, and when. `needs` says for whom: '' everybody, commercial organisations,
-- or importers certified under a framework on the day. A list without binding force leaves it open: the exporter had to look itself.
create table adequacy (
    exporter   varchar not null, -- EEA or CH
    country    varchar not null,
    needs      varchar,          -- commercial, or a mechanism that rests on certification
    is_binding boolean not null,
    valid_from date not null,
    valid_to   date,             -- last day
    source     varchar not null,
    checked    varchar not null
);

-- What a transfer can rest on. A contract can be relied on from new_from, whenever it was signed on its clauses, to relied_on_until,
-- and be signed on them until new_until; both are last days. Without an exporter it holds for all that have no row of their own.
create table mechanisms (
    mechanism       varchar not null,
    exporter        varchar,          -- EEA, CH, or GB where its own law says otherwise
    rests_on        varchar not null, -- adequacy, certification, contract, approval, derogation
    new_from        date,
    new_until       date,
    relied_on_until date,
    source          varchar not null,
    checked         varchar not null
);

-- Whether the law of a country, or of the EEA, demands consent before a newsletter or promotion is sent. What is not here nobody looked up.
create table optin_countries (
    place           varchar not null,
    demands_consent boolean not null, -- false: it may be sent until the person objects
    valid_from      date,             -- first day; empty: always
    source          varchar not null,
    checked         varchar not null
);

-- Since when whose law governs transfers: before its first day nothing is judged. From `measures_from` on the law demands a measure;
-- before that day it asked whether people were endangered, which no export tells. A place's own row stands before that of the EEA.
create table transfer_laws (
    place         varchar not null, -- EEA or a country
    valid_from    date not null,
    measures_from date not null,
    source        varchar not null,
    checked       varchar not null
);

-- What a transfer can rest on, for each exporter.
create view mechanisms_of_exporters as
select x.exporter, m.* exclude (exporter)
from (values ('EEA'), ('CH')) as x (exporter)
join mechanisms as m on coalesce(m.exporter, x.exporter) = x.exporter
qualify row_number() over (partition by x.exporter, m.mechanism order by m.exporter nulls last) = 1;
