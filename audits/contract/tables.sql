-- The export contract: the tables and columns that a control may read. This file is the one place that names them.
-- It is plain DDL and runs in DuckDB as it stands; docs/export.md is made from it.
--
-- Nothing here is enforced on an export. NOT NULL, UNIQUE, CHECK and foreign keys are *measured*: a row that breaks
-- one is counted, shown by its key, and makes the findings that read it `indeterminate`. A value that cannot be read
-- as its type, or that an enumeration does not know, is read as NULL and counted too.
-- Only the keys are required within a table; each control says which other columns it needs.
-- Instants are `timestamptz`: text needs an offset (2026-01-31T10:00:00+01:00) or is a bare date, which is the start
-- of that day in `export_info.timezone`. "May lie ahead" marks instants that can be later than the export itself.
-- An empty cell means what is said of it; of a column of which nothing is said it means that the export does not know,
-- and a finding that it could turn is `indeterminate`. "Not known" is judged by the controls themselves, as that.

-- Core: who made the export, and when.
create table export_info (
    exported_at timestamptz not null, -- the instant the export shows; the default of as_of
    timezone    varchar not null,     -- IANA name of the organisation's zone, in which days begin and end
    source      varchar,              -- the system or person that made the export
    seat        varchar               -- where the organisation has its seat, whose public holidays count: DE, or DE-BY where they differ from part to part; empty means that of the requester is taken
);

-- Optional: control totals the exporting system counted itself, one row a table.
create table export_tables (
    table_name  varchar primary key, -- a table of this contract; words of table
    row_count   bigint not null check (row_count >= 0), -- rows that the export should hold
    covers_from timestamptz,         -- the first instant the table is complete for; what a row of before could turn is undecided
    covers_to   timestamptz          -- the last instant the table is complete for; a day means its end
);

-- Reference, not exported: countries by ISO 3166-1 alpha-2 code; filled from audits/law/facts/countries.csv.
create table countries (
    country varchar primary key -- two capital letters
);

-- Reference, not exported: what transfers may rest on; filled from audits/law/facts/mechanisms.csv.
create table mechanisms (
    mechanism varchar primary key -- a measure of GDPR chapter V
);

-- Core: people and organisations the Company holds data about.
create table accounts (
    account_id       varchar primary key, -- a person or organisation
    name             varchar,   -- as displayed; never leaves evidence/; empty means no name
    subject_type     varchar check (subject_type in ('subscriber', 'agent', 'visitor', 'subscriber_object')), -- which of the policy's three parties, agents apart; must be known
    our_role         varchar check (our_role in ('controller', 'processor')), -- the Company's role for this person's data; must be known
    controller_subscriber_id varchar, -- the subscriber on whose behalf the data is processed, and who instructed it; names a row of accounts; empty while our_role = 'controller' means on nobody's behalf
    country          varchar references countries (country), -- where the person is; empty means not known
    region           varchar,   -- subdivision, ISO 3166-2 without the country: CA is California; empty means not known
    birth_date       date,      -- where known; empty means not known
    age_known_at     timestamptz, -- when the Company learned the age
    terms_accepted_at timestamptz, -- when the terms, with the policy, were last accepted, with its time; empty means not accepted
    terms_first_accepted_at timestamptz, -- when they were accepted for the first time, with its time; empty means not known
    created_at       timestamptz, -- when the account began, with its time; must be known
    closed_at        timestamptz, -- when it was closed; empty while status is distinct from 'closed' means still open
    agreement_ended_at timestamptz, -- when the subscriber's agreement ended; empty means it still runs
    last_activity_at timestamptz, -- the last use seen
    status           varchar check (status in ('active', 'closed', 'suspended')), -- as of the export; must be known
    source           varchar,   -- where the data came from; empty means not recorded
    check (closed_at >= created_at),
    check (terms_accepted_at >= terms_first_accepted_at),
    check (created_at >= birth_date)
);

-- Core: what data subjects ask for. The policy's "removal" is erasure, its "change" rectification, its "subject access request" access.
create table requests (
    request_id     varchar primary key, -- the ticket
    request_number bigint unique,       -- a number without gaps, given on arrival; empty means not numbered
    account_id     varchar references accounts (account_id), -- who asks
    requester_role varchar check (requester_role in ('subscriber', 'agent', 'visitor', 'object', 'parent')), -- in what capacity; object is a subscriber's visitor; must be known
    child_account_id varchar references accounts (account_id), -- the child that a parent asks for; empty while requester_role is distinct from 'parent' means that no parent asks
    type           varchar not null check (type in ('confirmation', 'access', 'rectification', 'erasure', 'return', 'restriction', 'objection', 'portability', 'consent_withdrawal', 'opt_out', 'question', 'child_report', 'agreement')), -- what is asked; must be known
    purpose        varchar,     -- what an objection or a withdrawal of consent is to; counts while type in ('objection', 'consent_withdrawal'); empty means to nothing in particular; words of purpose
    channel        varchar,     -- how it came in: email, portal, post, chat; words of channel
    addressed_to   varchar,     -- the published address it was sent to, in any capitals; empty means no published address
    received_at    timestamptz not null, -- when it arrived; every clock starts here; must be known
    recognised_at  timestamptz, -- when it was recognised as a request; empty means not recognised
    acknowledged_at timestamptz, -- when its receipt was confirmed to the person; empty means not confirmed
    id_asked_at    timestamptz, -- when proof of identity was asked for, with its time; empty means not asked
    id_verified_at timestamptz, -- when that proof was received, with its time; empty means not received
    extended_at    timestamptz, -- when the person was told of an extension; empty means no extension told
    extended_to    timestamptz, -- the new due date told; may lie ahead; a day means its end; empty while extended_at is null means no extension told
    extension_reason varchar,   -- the reason told; empty means none told
    due_at         timestamptz, -- the organisation's own due date; may lie ahead; a day means its end; empty means none set
    responded_at   timestamptz, -- when the person got the answer; a day means its end; empty means not answered
    closed_at      timestamptz, -- when the work was done, or the request withdrawn; of one taken up again, the last time; a day means its end; empty while outcome is distinct from 'withdrawn' means not done
    outcome        varchar check (outcome in ('fulfilled', 'partial', 'denied', 'redirected', 'withdrawn')), -- how it ended; empty while merged_into is not null or (closed_at is null and responded_at is null) means still open, or part of another
    merged_into    varchar references requests (request_id), -- the request that it became part of, with which it is done; empty means none
    denial_ground  varchar,     -- why it was refused; empty means none given; words of ground
    format         varchar,     -- of the data handed over; empty means not known; words of format
    delivery_ref   varchar,     -- evidence of the hand-over; empty means none kept
    told_complaint_right boolean, -- whether a refusal named the right to complain; empty means not known
    country        varchar references countries (country), -- where the person is; decides the law and its holidays; empty means as of the account
    check (merged_into <> request_id),
    check (closed_at >= received_at),
    check (responded_at >= received_at),
    check (acknowledged_at >= received_at),
    check (extended_at >= received_at),
    check (id_asked_at >= received_at),
    check (id_verified_at >= id_asked_at)
);

-- Optional: each step of a request.
create table request_events (
    request_id  varchar references requests (request_id), -- the ticket
    seq         bigint,      -- order within the ticket
    event       varchar,     -- what happened: opened, released, corrected, recipient_told, transmission_asked, transmitted, closed …; must be known; words of event
    occurred_at timestamptz, -- when, with its time; must be known
    actor       varchar,     -- role, not a name; for recipient_told the recipient_id, where it names a row of processors; empty while event <> 'recipient_told' means nobody in particular
    primary key (request_id, seq)
);

-- Core: everybody who receives personal data.
create table processors (
    recipient_id     varchar primary key, -- a recipient
    name             varchar,     -- as displayed; empty means known by its id alone
    kind             varchar check (kind in ('processor', 'subprocessor', 'authority', 'acquirer', 'third_party')), -- in what capacity; must be known
    country          varchar references countries (country), -- where it is established
    parent_id        varchar references processors (recipient_id), -- a subprocessor's processor; empty means none
    dpa_signed_at    timestamptz, -- when the processing agreement was signed, with its time; empty means none signed
    dpa_first_signed_at timestamptz, -- when the first agreement was signed that this one renews without a gap, or this one where it is the first, with its time; empty means not known
    dpa_ends_at      timestamptz, -- when it ends; may lie ahead; a day means its end; empty means no end
    allowed_purposes varchar[],   -- purposes the agreement permits; words of purpose
    marketing_barred boolean,     -- whether it bars use for the recipient's own marketing; must be known
    instruction_ref  varchar,     -- the written instruction; empty means none given
    safeguards_checked_at timestamptz, -- when its safeguards were last checked; empty means never checked
    starts_at        timestamptz, -- when it begins to receive data; may lie ahead
    announced_at     timestamptz, -- when those it concerns were told that it will be used; empty means not told
    check (dpa_ends_at >= dpa_signed_at),
    check (dpa_signed_at >= dpa_first_signed_at)
);

-- Optional: the countries in which a recipient processes what it is given, that of its seat among them.
create table processing_places (
    recipient_id varchar references processors (recipient_id), -- a recipient
    country      varchar references countries (country), -- where it processes
    primary key (recipient_id, country)
);

-- Optional: certifications of recipients under a transfer framework.
create table certifications (
    recipient_id   varchar references processors (recipient_id), -- the importer
    framework      varchar check (framework in ('dpf', 'swiss_dpf', 'privacy_shield', 'safe_harbor')), -- under which: that of Switzerland is one of its own; must be known
    certified_from timestamptz, -- first instant; must be known
    certified_to   timestamptz, -- last instant; may lie ahead; a day means its end; empty means no end
    primary key (recipient_id, framework, certified_from),
    check (certified_to >= certified_from)
);

-- Optional: contracts and approvals that transfers rest on.
create table transfer_mechanisms (
    mechanism_ref  varchar primary key, -- a contract or approval
    recipient_id   varchar references processors (recipient_id), -- the importer; names a row of processors
    kind           varchar references mechanisms (mechanism), -- what it is; must be known
    signed_at      timestamptz, -- when signed, with its time
    valid_from     timestamptz, -- first instant; empty means from its signing
    valid_to       timestamptz, -- last instant; may lie ahead; a day means its end; empty means no end
    assessment_ref varchar,     -- the transfer impact assessment; empty means none made
    check (valid_to >= valid_from)
);

-- Core: each hand-over of personal data.
create table disclosures (
    disclosure_id   varchar primary key, -- a hand-over
    account_id      varchar references accounts (account_id), -- whose data
    recipient_id    varchar references processors (recipient_id), -- to whom
    disclosed_at    timestamptz not null, -- when, with its time; must be known
    purpose         varchar,   -- what for; words of purpose
    categories      varchar[], -- which data
    origin_country  varchar references countries (country), -- from where; must be known
    destination_country varchar references countries (country), -- to where
    mechanism       varchar references mechanisms (mechanism), -- what the transfer relies on; empty means nothing
    mechanism_ref   varchar references transfer_mechanisms (mechanism_ref), -- the contract or approval relied on; empty means none named
    instruction_ref varchar,   -- the instruction it follows; empty means none followed
    ground          varchar,   -- why it is permitted; words of ground
    approval_ref    varchar,   -- who approved it; empty means nobody
    transaction_ref varchar,   -- the corporate transaction it belongs to; empty means none
    aggregated      boolean,   -- whether it holds no single person's data; empty while smallest_cell is null means it may hold one's
    smallest_cell   bigint check (smallest_cell >= 0) -- people behind the smallest figure; empty while aggregated is distinct from true means no aggregate
);

-- Optional: consents given and withdrawn.
create table consents (
    consent_id     varchar primary key, -- a consent
    account_id     varchar references accounts (account_id), -- who gave it
    purpose        varchar,     -- what for; must be known; words of purpose
    given_at       timestamptz, -- when given, with its time; must be known
    withdrawn_at   timestamptz, -- when withdrawn, with its time; empty means not withdrawn
    notice_version varchar,     -- the wording shown
    proof_ref      varchar,     -- evidence of the act; empty means none kept
    check (withdrawn_at >= given_at)
);

-- Optional: what is done with whose data, and on which legal basis.
create table processing_activities (
    activity_id    varchar primary key, -- an activity
    account_id     varchar references accounts (account_id), -- whose data
    purpose        varchar,     -- letter of the policy's list, a to i; for IP addresses security, diagnostics, improve, statistics; words of purpose
    legal_basis    varchar check (legal_basis in ('contract', 'legal_obligation', 'legitimate_interest', 'consent', 'vital_interests', 'public_task')), -- of GDPR Art. 6(1)
    consent_id     varchar references consents (consent_id), -- the consent it rests on; empty means none
    assessment_ref varchar,     -- the balancing test; empty means none made
    assessed_at    timestamptz, -- when last balanced, with its time; empty means not balanced
    first_assessed_at timestamptz, -- when balanced for the first time, with its time; empty means not known
    assessment_outcome varchar check (assessment_outcome in ('not_overridden', 'overridden')), -- what it found; empty while assessed_at is null means not balanced
    automated      boolean,     -- carried out by automated means
    started_at     timestamptz, -- first processing, with its time
    ended_at       timestamptz, -- last processing; may lie ahead; a day means its end; empty means still carried out
    decided_by     varchar check (decided_by in ('company', 'subscriber')), -- who decided the purpose; must be known
    data_class     varchar,     -- account, object, ip, sensitive …; must be known; words of data_class
    aggregated     boolean,     -- whether only aggregates were used
    notice_shown_at timestamptz, -- when the person was told, with its time; empty means not told
    check (ended_at >= started_at),
    check (assessed_at >= first_assessed_at)
);

-- Optional: messages sent to people.
create table messages (
    message_id varchar primary key, -- a message
    account_id varchar references accounts (account_id), -- to whom
    kind       varchar check (kind in ('newsletter', 'promotion', 'notice', 'service')), -- what it is; must be known
    sent_at    timestamptz, -- when, with its time; must be known
    consent_id varchar references consents (consent_id) -- the consent it rests on; empty means none
);

-- Optional: objections to being written to.
create table opt_outs (
    account_id   varchar references accounts (account_id), -- who
    opted_out_at timestamptz, -- when, with its time; must be known
    channel      varchar,     -- of which channel; words of channel
    primary key (account_id, opted_out_at, channel)
);

-- Optional: what is still stored, and where.
create table holdings (
    holding_id     varchar primary key, -- a stored record
    account_id     varchar references accounts (account_id), -- whose data
    system_name    varchar,     -- where
    category       varchar,     -- a category of retention_schedule, however it is written
    country        varchar references countries (country), -- where it is stored
    purpose        varchar,     -- what for
    collected_at   timestamptz, -- when it came in; must be known
    need_ended_at  timestamptz, -- when its purpose ended; empty means still needed
    hold_ground    varchar,     -- why it is kept longer; empty means not held back; words of ground
    hold_until     timestamptz, -- until when; may lie ahead; a day means its end; from the year 9000 on it is none; empty while hold_ground is null means not held back
    disposition    varchar check (disposition in ('held', 'deleted', 'anonymised', 'isolated_backup')), -- what became of it; must be known
    disposed_at    timestamptz, -- when; empty while disposition in ('held', 'isolated_backup') means still stored
    method_ref     varchar,     -- how it was anonymised; empty means none on record
    why_not_deletable varchar,  -- why a backup cannot be deleted; empty means none on record
    isolated_at    timestamptz, -- when the backup was isolated; empty means not isolated
    destroy_by     timestamptz, -- planned destruction; may lie ahead; from the year 9000 on none is planned; a day means its end; empty means none planned
    last_processed_at timestamptz, -- last processing seen; empty while disposition <> 'isolated_backup' means none seen
    encrypted_at_rest boolean,  -- stored encrypted
    encrypted_in_transit boolean, -- moved encrypted
    check (disposed_at >= collected_at)
);

-- Optional: the organisation's retention schedule.
create table retention_schedule (
    category      varchar primary key, -- a category of holdings, however it is written
    purpose       varchar,  -- what for
    window_starts varchar check (window_starts in ('closed_at', 'agreement_ended_at', 'last_activity_at', 'purpose_ended_at')), -- what starts the window
    max_days      bigint check (max_days >= 0), -- longest time after the start, in days; behind the months, where there are some; empty while max_months is not null means none
    max_months    bigint check (max_months >= 0), -- longest time after the start, in whole months; empty means that only days count
    min_days      bigint check (min_days >= 0), -- shortest, where a statute demands it; empty means none demanded
    ground        varchar   -- the reason or statute
);

-- Optional: security breaches.
create table breaches (
    breach_id       varchar primary key, -- a breach
    subscriber_id   varchar,     -- the subscriber concerned; names a row of accounts; empty while our_role = 'controller' means no subscriber's
    reported_by     varchar check (reported_by in ('company', 'subscriber')), -- whose breach; must be known
    our_role        varchar check (our_role in ('controller', 'processor')), -- the Company's role; must be known
    aware_at        timestamptz, -- when the Company knew, with its time; empty while reported_by = 'subscriber' means the clock is the subscriber's
    subscriber_aware_at timestamptz, -- when the subscriber knew, with its time; empty while reported_by = 'company' means the clock is the Company's
    company_told_at timestamptz, -- when the subscriber told the Company, with its time; empty means not told
    risk            varchar check (risk in ('none', 'risk', 'high')), -- to people; must be known
    authority_told_at timestamptz, -- when the authority was told, with its time; empty means not told
    subjects_told_at timestamptz, -- when the people were told; empty means not told
    subscriber_told_at timestamptz, -- when the subscriber was told, with its time; empty means not told
    delay_reason    varchar,     -- the reason given for a late notice; empty means none given
    recorded_at     timestamptz  -- when it was entered in the register; empty means not entered
);

-- Optional: the fields that forms ask for.
create table form_fields (
    field_name     varchar, -- a field
    page           varchar, -- where it is asked
    category       varchar, -- volunteered or automatic data, and which; words of field
    mandatory      boolean, -- must be filled
    mandatory_told boolean, -- the page says so; empty means not known
    consequence_told boolean, -- the page says what follows if not; empty means not known
    sensitive      boolean, -- a special category
    primary key (page, field_name)
);

-- Optional: cookies, beacons and other trackers seen on sites.
create table trackers (
    tracker_name varchar, -- a tracker
    site         varchar, -- where it was seen
    vendor       varchar, -- whose it is: the name or recipient_id of a recipient, or own for the Company's
    kind         varchar check (kind in ('cookie', 'beacon', 'script')), -- what it is; must be known
    purpose      varchar, -- what for; words of purpose
    essential    boolean, -- needed for the service asked for; must be known
    first_set_at timestamptz, -- first seen
    listed       boolean, -- described on the published cookie page
    primary key (site, tracker_name)
);

-- Optional: trackers set for people.
create table tracker_hits (
    account_id   varchar references accounts (account_id), -- for whom
    tracker_name varchar,     -- a tracker
    hit_at       timestamptz, -- when, with its time; must be known
    consent_at   timestamptz, -- when agreed to, with its time; empty means not agreed
    country      varchar references countries (country), -- where the person was
    primary key (account_id, tracker_name, hit_at)
);

-- Optional: sign-in through a third party.
create table oauth_grants (
    account_id     varchar references accounts (account_id), -- who
    provider       varchar,     -- which third party
    scopes         varchar[],   -- what is accessed, each by its name
    authorised_scopes varchar[], -- what was authorised, each by its name
    granted_at     timestamptz, -- when, with its time; must be known
    revoked_at     timestamptz, -- when ended, with its time; empty means still granted
    last_access_at timestamptz, -- last access seen, with its time; empty means none seen
    primary key (account_id, provider, granted_at)
);

-- Optional: versions of the published policy.
create table policy_versions (
    version          varchar primary key, -- a version
    effective_at     timestamptz, -- when it applies from; may lie ahead; must be known
    material         boolean,     -- a material change
    notice_posted_at timestamptz, -- when the notice was posted; empty means not posted
    text_sha256      varchar      -- SHA-256 of the text, in any capitals
);

-- Optional: changes of practice that the policy says are announced.
create table practice_changes (
    change_id    varchar primary key, -- a change
    topic        varchar,     -- ca_marketing …; words of topic
    effective_at timestamptz, -- when it applies from; may lie ahead; must be known
    told_at      timestamptz  -- when people were told; empty means not told
);

-- Optional: sites that the policy lists, and what they publish.
create table sites (
    domain        varchar primary key, -- a site
    policy_sha256 varchar,     -- SHA-256 of the policy it serves, in any capitals
    checked_at    timestamptz  -- when looked at
);

-- Optional: what arrived at each published address, and what became a ticket.
create table intake (
    address        varchar,     -- a published address, in any capitals
    period_start   date,        -- first day of the month counted
    received_count bigint check (received_count >= 0), -- requests received
    ticketed_count bigint check (ticketed_count >= 0), -- tickets opened
    primary key (address, period_start)
);

-- Optional: what subscribers owe the Company.
create table subscriber_duties (
    subscriber_id varchar references accounts (account_id), -- who
    duty          varchar,     -- what; must be known; words of duty
    asked_at      timestamptz, -- when asked or aware; must be known
    answered_at   timestamptz, -- when answered or told; empty means not answered
    evidence_ref  varchar,     -- proof; empty means none kept
    primary key (subscriber_id, duty, asked_at)
);

-- Optional: what somebody vouches for by hand.
create table attestations (
    clause_id   varchar,     -- a clause of the policy
    attested_by varchar,     -- role, not a name
    signed_at   timestamptz, -- when; may lie ahead: a first review that is planned
    valid_until timestamptz, -- until when; may lie ahead; from the year 9000 on it is not said; a day means its end; empty while outcome is null means no answer yet
    outcome     varchar check (outcome in ('passed', 'failed')), -- the answer; empty means no answer yet
    evidence_sha256 varchar, -- SHA-256 of the evidence, in any capitals; empty means none kept
    unique (clause_id, attested_by, signed_at, outcome) -- several may attest on a day
);

-- Optional: violations accepted for a time. One that lacks any of these columns excuses nothing.
create table waivers (
    control_id varchar,     -- a control
    record_id  varchar,     -- the record it excuses
    owner      varchar not null,     -- who answers for it
    approver   varchar not null,     -- who accepted it
    reason     varchar not null,     -- why
    granted_at timestamptz not null, -- from when
    expires_at timestamptz not null, -- until when; may lie ahead; from the year 9000 on it is none; a day means its end
    primary key (control_id, record_id, granted_at) -- a renewal is one of its own
);
