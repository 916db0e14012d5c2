/*
id         = "clause_is_attested"
title      = "What records cannot show is vouched for, with evidence"
short      = "Vouched for, with evidence"
rule       = """
Where a clause needs somebody to vouch for it, the last attestation signed by the instant of judgement is in force, with the hash of its evidence, and
says passed. Of several signed at one instant, or on a day for which one has no time, one that says failed counts, then one without evidence, then the
one that ends first. Without an end it is in force for {valid_days} days after the day it was signed, a convention. One that says failed is a
violation; one that has expired, has no evidence or was never given cannot be told; a first review that is planned is pending."""
maps_to    = ["GDPR 5(2)"]
severity   = "medium"
remedy     = "Have it reviewed and signed, with the evidence"
tables.attestations = ["clause_id", "signed_at", "outcome", "valid_until??", "evidence_sha256?"]
empty.attestations.valid_until = "in force for {valid_days} days after the day it was signed"
parameters.clause = { type = "word" }
parameters.valid_days = { default = 365, unit = "days" }
inject.failed = { attestations = { outcome = "'failed'" }, by = "t.clause_id = f.record_id" }
[reasons]
passed         = "vouched for, in force, with evidence"
failed         = "the last attestation says that it is not kept"
review_planned = "the first review is still ahead"
expired        = "the last attestation has expired"
no_evidence    = "vouched for, without evidence"
never_attested = "nobody has vouched for it"
[de]
title    = "Was Datensätze nicht zeigen können, ist mit Nachweis bestätigt"
short    = "Mit Nachweis bestätigt"
rule     = """
Wo jemand für eine Klausel einstehen muss, ist die letzte bis zum Stichtag unterschriebene Bestätigung in Kraft, mit der Prüfsumme ihres Nachweises,
und sagt: eingehalten. Von mehreren desselben Zeitpunkts, oder eines Tages, an dem eine keine Uhrzeit hat, zählt zuerst eine, die „nicht
eingehalten“ sagt, dann eine ohne Nachweis, dann die, die zuerst endet. Ohne Ende ist sie {valid_days} Tage ab dem Tag der Unterschrift in Kraft,
eine Konvention. Eine, die „nicht eingehalten“ sagt, ist ein Verstoß; eine abgelaufene, eine ohne Nachweis und eine nie gegebene sind nicht
entscheidbar; eine erste geplante Überprüfung ist noch nicht fällig."""
remedy   = "Prüfen und unterschreiben lassen, mit Nachweis"
[de.reasons]
passed         = "bestätigt, in Kraft, mit Nachweis"
failed         = "die letzte Bestätigung sagt, dass es nicht eingehalten ist"
review_planned = "die erste Überprüfung steht noch bevor"
expired        = "die letzte Bestätigung ist abgelaufen"
no_evidence    = "bestätigt, ohne Nachweis"
never_attested = "niemand hat es bestätigt"
*/
with needed as (
    select $clause::varchar as clause_id
),
-- The clause is meant however its id is written: capitals, blanks and signs make no other.
meant as (
    select n.clause_id, a.signed_at, case when a.valid_until::date < date '9000-01-01' then a.valid_until end as valid_until, a.outcome, a.evidence_sha256
    from attestations as a
    join needed as n on translate(lower(a.clause_id), ' _.-', '') = translate(lower(n.clause_id), ' _.-', '')
),
-- A bare day is its first instant, and could be any.
given as (
    select *, bool_or(signed_at = start_of_day(signed_at::date)) over (partition by signed_at::date) as is_in_any_order
    from meant
    where signed_at <= $as_of
),
signed as (
    select clause_id, signed_at, outcome, evidence_sha256,
           coalesce(valid_until, end_of_day(signed_at::date + $valid_days::integer)) as valid_until
    from given
    qualify row_number() over (
        order by case when is_in_any_order then start_of_day(signed_at::date) else signed_at end desc, outcome is not distinct from 'failed' desc, outcome is null desc, evidence_sha256 is null desc, valid_until, evidence_sha256
    ) = 1
),
planned as (
    -- Asked of those alone that nobody has signed yet.
    select clause_id, min(signed_at) as planned_at from meant group by clause_id
),
judged as (
    select n.clause_id, s.signed_at, coalesce(s.valid_until, p.planned_at) as due_at,
           case when s.clause_id is null and p.clause_id is not null then 'review_planned'
                when s.clause_id is null then 'never_attested'
                when s.outcome = 'failed' then 'failed'
                when s.valid_until < $as_of then 'expired'
                when s.outcome = 'passed' and s.evidence_sha256 is not null then 'passed'
                else 'no_evidence' end as reason
    from needed as n
    left join signed as s on true
    left join planned as p on true
)
select clause_id as record_id, null::varchar as account_id, null::varchar as country, null::timestamptz as event_at, due_at,
       case when reason = 'passed' then 'compliant'
            when reason = 'failed' then 'violation'
            when reason = 'review_planned' then 'pending'
            else 'indeterminate' end as verdict,
       reason,
       signed_at
from judged;

/* examples
as_of = 2026-06-30
parameters = { clause = "safeguards" }
[the_last_word_counts]
period = "2026-01"
given.attestations = [
    { clause_id = "safeguards", signed_at = 2025-01-01T00:00:00Z, outcome = "failed" },
    { clause_id = "safeguards", signed_at = 2026-01-01T00:00:00Z, outcome = "passed", valid_until = 2026-12-31T00:00:00Z, evidence_sha256 = "3f79bb7b435b05321651daefd374cdc681dc06faa65e374e38337b88ca046dea" },
    { clause_id = "another", signed_at = 2026-02-01T00:00:00Z, outcome = "failed", evidence_sha256 = "3f79bb7b435b05321651daefd374cdc681dc06faa65e374e38337b88ca046dea" }, { clause_id = "safeguards", signed_at = 2026-07-10T00:00:00Z },
]
expect = { safeguards = { verdict = "compliant: passed", scope = "period" } }
[it_says_failed]
given.attestations = [{ clause_id = "safeguards", signed_at = 2026-01-01T00:00:00Z, outcome = "failed", evidence_sha256 = "3f79bb7b435b05321651daefd374cdc681dc06faa65e374e38337b88ca046dea" }]
expect = { safeguards = "violation: failed" }
[in_force_to_its_last_instant]
given.attestations = [{ clause_id = "safeguards", signed_at = 2025-01-01T00:00:00Z, outcome = "passed", valid_until = 2026-06-30T23:59:59.999999Z, evidence_sha256 = "3f79bb7b435b05321651daefd374cdc681dc06faa65e374e38337b88ca046dea" }]
expect = { safeguards = { verdict = "compliant: passed", due_at = 2026-06-30T23:59:59.999999Z } }
[until_no_year_that_anybody_means]
given.attestations = [{ clause_id = "safeguards", signed_at = 2015-01-01T00:00:00Z, outcome = "passed", valid_until = 9000-01-01T00:00:00Z, evidence_sha256 = "3f79bb7b435b05321651daefd374cdc681dc06faa65e374e38337b88ca046dea" }]
expect = { safeguards = "indeterminate: expired" }
[expired_an_instant_ago]
given.attestations = [{ clause_id = "safeguards", signed_at = 2025-01-01T00:00:00Z, outcome = "passed", valid_until = 2026-06-30T23:59:59Z, evidence_sha256 = "3f79bb7b435b05321651daefd374cdc681dc06faa65e374e38337b88ca046dea" }]
expect = { safeguards = { verdict = "indeterminate: expired", due_at = 2026-06-30T23:59:59Z } }
[without_evidence]
given.attestations = [{ clause_id = "safeguards", signed_at = 2026-01-01T00:00:00Z, outcome = "passed" }]
expect = { safeguards = "indeterminate: no_evidence" }
[the_first_review_is_planned]
given.attestations = [{ clause_id = "safeguards", signed_at = 2026-07-20T00:00:00Z }, { clause_id = "safeguards", attested_by = "b", signed_at = 2026-07-10T00:00:00Z }]
expect = { safeguards = { verdict = "pending: review_planned", due_at = 2026-07-10T00:00:00Z } }
[signed_at_the_instant_of_judgement]
given.attestations = [{ clause_id = "safeguards", signed_at = 2026-06-30T23:59:59.999999Z, outcome = "failed", evidence_sha256 = "3f79bb7b435b05321651daefd374cdc681dc06faa65e374e38337b88ca046dea" }]
expect = { safeguards = "violation: failed" }
[however_its_id_is_written]
parameters = { clause = "share.control-kept" }
given.attestations = [
    { clause_id = "share.control-kept", attested_by = "a", signed_at = 2026-01-01T00:00:00Z, outcome = "passed", valid_until = 2026-12-31T00:00:00Z, evidence_sha256 = "3f79bb7b435b05321651daefd374cdc681dc06faa65e374e38337b88ca046dea" },
    { clause_id = "Share Control_Kept", attested_by = "b", signed_at = 2026-06-01T00:00:00Z, outcome = "failed", evidence_sha256 = "3f79bb7b435b05321651daefd374cdc681dc06faa65e374e38337b88ca046dea" },
    { clause_id = "share.control-kept2", attested_by = "c", signed_at = 2026-06-02T00:00:00Z, outcome = "passed", evidence_sha256 = "3f79bb7b435b05321651daefd374cdc681dc06faa65e374e38337b88ca046dea" },
]
expect = { "share.control-kept" = "violation: failed" }
[never]
given.attestations = [{ clause_id = "another", signed_at = 2026-07-10T00:00:00Z }]
expect = { safeguards = "indeterminate: never_attested" }
[several_at_one_instant]
given.attestations = [
    { clause_id = "safeguards", attested_by = "b", signed_at = 2026-01-01T00:00:00Z, outcome = "passed", valid_until = 2026-12-31T00:00:00Z, evidence_sha256 = "3f79bb7b435b05321651daefd374cdc681dc06faa65e374e38337b88ca046dea" },
    { clause_id = "safeguards", attested_by = "a", signed_at = 2026-01-01T00:00:00Z, outcome = "failed", evidence_sha256 = "3f79bb7b435b05321651daefd374cdc681dc06faa65e374e38337b88ca046dea" },
    { clause_id = "safeguards", attested_by = "c", signed_at = 2026-01-01T00:00:00Z, outcome = "passed", valid_until = 2026-12-31T00:00:00Z, evidence_sha256 = "3f79bb7b435b05321651daefd374cdc681dc06faa65e374e38337b88ca046dea" },
]
expect = { safeguards = "violation: failed" }
[failed_on_a_bare_day_and_passed_at_an_hour_of_it]
given.attestations = [
    { clause_id = "safeguards", attested_by = "a", signed_at = 2026-03-01T00:00:00Z, outcome = "failed", evidence_sha256 = "3f79bb7b435b05321651daefd374cdc681dc06faa65e374e38337b88ca046dea" }, { clause_id = "safeguards", attested_by = "b", signed_at = 2026-03-01T10:00:00Z, outcome = "passed", evidence_sha256 = "3f79bb7b435b05321651daefd374cdc681dc06faa65e374e38337b88ca046dea" },
]
expect = { safeguards = "violation: failed" }
[failed_and_passed_an_hour_later]
given.attestations = [
    { clause_id = "another", attested_by = "a", signed_at = 2026-03-01T00:00:00Z, outcome = "passed", evidence_sha256 = "3f79bb7b435b05321651daefd374cdc681dc06faa65e374e38337b88ca046dea" }, { clause_id = "safeguards", attested_by = "c", signed_at = 2026-01-01T00:00:00Z, outcome = "failed", evidence_sha256 = "3f79bb7b435b05321651daefd374cdc681dc06faa65e374e38337b88ca046dea" },
    { clause_id = "safeguards", attested_by = "a", signed_at = 2026-03-01T09:00:00Z, outcome = "failed", evidence_sha256 = "3f79bb7b435b05321651daefd374cdc681dc06faa65e374e38337b88ca046dea" }, { clause_id = "safeguards", attested_by = "b", signed_at = 2026-03-01T10:00:00Z, outcome = "passed", evidence_sha256 = "3f79bb7b435b05321651daefd374cdc681dc06faa65e374e38337b88ca046dea" },
]
expect = { safeguards = "compliant: passed" }
[of_several_at_one_instant_the_one_without_evidence]
given.attestations = [
    { clause_id = "safeguards", attested_by = "b", signed_at = 2026-01-01T00:00:00Z, outcome = "passed", evidence_sha256 = "3f79bb7b435b05321651daefd374cdc681dc06faa65e374e38337b88ca046dea" }, { clause_id = "safeguards", attested_by = "a", signed_at = 2026-01-01T00:00:00Z, outcome = "passed" },
]
expect = { safeguards = "indeterminate: no_evidence" }
[of_several_at_one_instant_the_one_without_an_answer]
given.attestations = [
    { clause_id = "safeguards", attested_by = "b", signed_at = 2026-01-01T00:00:00Z, outcome = "passed", evidence_sha256 = "3f79bb7b435b05321651daefd374cdc681dc06faa65e374e38337b88ca046dea" }, { clause_id = "safeguards", attested_by = "a", signed_at = 2026-01-01T00:00:00Z, evidence_sha256 = "3f79bb7b435b05321651daefd374cdc681dc06faa65e374e38337b88ca046dea" },
]
expect = { safeguards = "indeterminate: no_evidence" }
[of_several_at_one_instant_the_one_that_ends_first]
given.attestations = [
    { clause_id = "safeguards", attested_by = "b", signed_at = 2026-01-01T00:00:00Z, outcome = "passed", valid_until = 2026-12-31T00:00:00Z, evidence_sha256 = "3f79bb7b435b05321651daefd374cdc681dc06faa65e374e38337b88ca046dea" }, { clause_id = "safeguards", attested_by = "a", signed_at = 2026-01-01T00:00:00Z, outcome = "passed", valid_until = 2026-01-31T00:00:00Z, evidence_sha256 = "3f79bb7b435b05321651daefd374cdc681dc06faa65e374e38337b88ca046dea" },
]
expect = { safeguards = "indeterminate: expired" }
[without_an_end_for_a_year]
given.attestations = [{ clause_id = "safeguards", signed_at = 2025-06-30T08:00:00Z, outcome = "passed", evidence_sha256 = "3f79bb7b435b05321651daefd374cdc681dc06faa65e374e38337b88ca046dea" }]
expect = { safeguards = { verdict = "compliant: passed", due_at = 2026-06-30T23:59:59.999999Z } }
[without_an_end_a_day_longer]
given.attestations = [{ clause_id = "safeguards", signed_at = 2025-06-29T20:00:00Z, outcome = "passed", evidence_sha256 = "3f79bb7b435b05321651daefd374cdc681dc06faa65e374e38337b88ca046dea" }]
expect = { safeguards = "indeterminate: expired" }
[equivalent]
"signed: order by evidence_sha256 → evidence_sha256 desc" = "both have evidence, or neither has"
*/
