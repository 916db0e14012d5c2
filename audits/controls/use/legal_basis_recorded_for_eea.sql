/*
id         = "legal_basis_recorded_for_eea"
title      = "Processing of people in the EEA is based on a legal basis that the policy names"
short      = "Legal basis recorded in EEA"
rule       = """
Processing of a person in the EEA rests on one of the bases that the policy names ({legal_bases}), and says on which. It is of one in the EEA
if it started, or still went on, while their country was in it."""
maps_to    = ["GDPR 6(1)"]
severity   = "high"
remedy     = "Record the basis, or stop the processing"
tables.processing_activities = ["legal_basis", "started_at", "account_id", "ended_at??"]
tables.accounts = ["country"]
empty.processing_activities.legal_basis = "none is recorded"
dimensions = ["legal_basis"]
parameters.legal_bases = { type = "words" }
inject.basis_lost = { processing_activities = { legal_basis = "null" } }
[reasons]
on_a_basis      = "rests on such a basis"
no_basis        = "no basis is recorded"
other_basis     = "rests on something else"
country_unknown = "where the person is is not recorded or not known"
in_the_future   = "it started after the instant of judgement"
[de]
title    = "Verarbeitung von Personen im EWR beruht auf einer Rechtsgrundlage, die die Datenschutzerklärung nennt"
short    = "Rechtsgrundlage im EWR erfasst"
rule     = """
Die Verarbeitung von Daten einer Person im EWR beruht auf einer der Rechtsgrundlagen, die die Datenschutzerklärung nennt ({legal_bases}), und sagt,
auf welcher. Sie betrifft eine Person im EWR, wenn sie begann oder noch lief, während deren Land dazugehörte."""
remedy   = "Die Rechtsgrundlage festhalten oder die Verarbeitung beenden"
[de.reasons]
on_a_basis      = "beruht auf einer solchen Grundlage"
no_basis        = "keine Grundlage ist erfasst"
other_basis     = "beruht auf etwas anderem"
country_unknown = "wo die Person ist, ist nicht erfasst oder unbekannt"
in_the_future   = "es begann nach dem Stichtag"
*/
with people as (
    select account_id, max(country) as country from accounts where account_id in (select account_id from processing_activities) group by account_id
),
members as (
    select country, start_of_day(eea_from) as member_from, coalesce(start_of_day(eea_to + 1), 'infinity'::timestamptz) as member_until from countries
),
judged as (
    select p.*, c.country,
           case when p.started_at > $as_of then 'in_the_future'
                when c.country is null then 'country_unknown'
                when p.legal_basis is null then 'no_basis'
                when p.legal_basis in $legal_bases then 'on_a_basis'
                else 'other_basis' end as reason
    from processing_activities as p
    left join people as a on a.account_id = p.account_id
    left join members as c on c.country = a.country
    where c.country is null or (coalesce(p.started_at, $as_of) < c.member_until and least(p.ended_at, $as_of) >= c.member_from)
)
select activity_id as record_id, account_id, country, started_at as event_at, null::timestamptz as due_at,
       case when reason = 'on_a_basis' then 'compliant'
            when reason in ('no_basis', 'other_basis') then 'violation'
            else 'indeterminate' end as verdict,
       reason,
       ended_at as met_at, legal_basis
from judged;

/* examples
as_of = 2026-06-30
parameters = { legal_bases = ["contract", "legal_obligation", "legitimate_interest", "consent"] }
[four_bases]
period = "2026-01"
given.accounts = [{ account_id = "de", country = "DE" }, { account_id = "us", country = "US" }, { account_id = "lost" }, { account_id = "hr", country = "HR" }, { account_id = "gb", country = "GB" }]
given.processing_activities = [
    { activity_id = "a", account_id = "de", legal_basis = "contract", started_at = 2026-01-10T08:00:00Z }, { activity_id = "b", account_id = "de", started_at = 2026-01-10T08:00:00Z }, { activity_id = "c", account_id = "de", legal_basis = "public_task", started_at = 2026-01-10T08:00:00Z },
    { activity_id = "since_before_it_joined", account_id = "hr", started_at = 2010-01-01T00:00:00Z }, { activity_id = "until_it_joined", account_id = "hr", started_at = 2010-01-01T00:00:00Z, ended_at = 2013-06-30T23:59:59Z },
    { activity_id = "to_its_first_instant", account_id = "hr", started_at = 2010-01-01T00:00:00Z, ended_at = 2013-07-01T00:00:00Z },
    { activity_id = "before_it_left", account_id = "gb", started_at = 2020-12-31T23:59:59Z }, { activity_id = "since_it_left", account_id = "gb", started_at = 2021-01-01T00:00:00Z },
    { activity_id = "future", account_id = "de", started_at = 2026-07-10T08:00:00Z }, { activity_id = "d", account_id = "us", started_at = 2026-01-10T08:00:00Z }, { activity_id = "e", account_id = "lost", legal_basis = "contract", started_at = 2026-01-10T08:00:00Z },
]
expect.a = "compliant: on_a_basis"
expect.b = "violation: no_basis"
expect.c = "violation: other_basis"
expect.since_before_it_joined = "violation: no_basis"
expect.to_its_first_instant = { verdict = "violation: no_basis", event_at = 2010-01-01T00:00:00Z, met_at = 2013-07-01T00:00:00Z, scope = "earlier" }
expect.before_it_left = "violation: no_basis"
expect.future = "indeterminate: in_the_future"
expect.e = "indeterminate: country_unknown"
[whose_and_since_when]
given.accounts = [{ account_id = "de", country = "DE" }]
given.processing_activities = [
    { activity_id = "since_when", account_id = "de", legal_basis = "contract" }, { activity_id = "of_a_stranger", account_id = "stranger", legal_basis = "contract", started_at = 2026-01-10T08:00:00Z },
    { activity_id = "on_the_last_instant", account_id = "de", legal_basis = "contract", started_at = 2026-06-30T23:59:59.999999Z },
]
expect.since_when = { verdict = "compliant: on_a_basis", event_at = "", account = "de", country = "DE" }
expect.of_a_stranger = "indeterminate: country_unknown"
expect.on_the_last_instant = "compliant: on_a_basis"
[equivalent]
"people: max(country) → min(country)" = "account_id is the key: two rows that differ make each finding of theirs indeterminate"
"people: account_id in (select account_id from processing_activities) → true" = "only spares work: other people are joined to nothing"
*/
