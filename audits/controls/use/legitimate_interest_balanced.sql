/*
id         = "legitimate_interest_balanced"
title      = "A legitimate interest is relied on only after it was weighed and not overridden"
short      = "Legitimate interests weighed"
rule       = """
Processing on the basis of legitimate interests names a balancing test made by the time it started, whose outcome is that people's interests do not
override. Where it was weighed anew, the outcome before is not recorded, and nobody can tell; if people's interests then did, what goes on beyond
that day is broken from then on. Whether the balance was well struck is a matter of attestation."""
maps_to    = ["GDPR 6(1)(f)"]
severity   = "medium"
remedy     = "Weigh the interests, and stop what is overridden"
tables.processing_activities = ["legal_basis", "started_at", "assessment_ref", "assessed_at", "first_assessed_at?", "assessment_outcome", "account_id?", "ended_at??"]
absent.processing_activities.first_assessed_at = "when interests were weighed for the first time is not known"
inject.weighed_a_second_late = { processing_activities = { assessed_at = "started_at + interval 1 second", first_assessed_at = "started_at + interval 1 second" } }
inject.overridden = { processing_activities = { assessment_outcome = "'overridden'" } }
[reasons]
balanced       = "weighed beforehand, and not overridden"
no_assessment  = "no balancing test is on record"
assessed_later = "weighed for the first time after it had started"
assessed_anew  = "weighed after it had started, had ended, or after the instant of judgement, and with what outcome before is not recorded"
overridden     = "weighed, and overridden"
not_recorded   = "when it started, when it was weighed or with what outcome is not recorded"
in_the_future  = "it started after the instant of judgement"
[de]
title    = "Auf ein berechtigtes Interesse stützt sich nur, was abgewogen und nicht überwogen ist"
short    = "Berechtigte Interessen abgewogen"
rule     = """
Verarbeitung aus berechtigtem Interesse nennt eine Interessenabwägung, die bis zum Beginn erfolgte und ergab, dass die Interessen der Betroffenen
nicht überwiegen. Wo neu abgewogen wurde, ist das Ergebnis davor nicht
erfasst und es nicht entscheidbar; überwiegen sie dann, ist, was über diesen Tag hinaus läuft, ab da ein Verstoß. Ob richtig abgewogen wurde, ist eine
Sache der Bestätigung."""
remedy   = "Die Interessen abwägen und Überwogenes beenden"
[de.reasons]
balanced       = "vorab abgewogen und nicht überwogen"
no_assessment  = "keine Interessenabwägung ist erfasst"
assessed_later = "erstmals nach dem Beginn abgewogen"
assessed_anew  = "nach dem Beginn, dem Ende oder dem Stichtag abgewogen, und mit welchem Ergebnis davor, ist nicht erfasst"
overridden     = "abgewogen und überwogen"
not_recorded   = "wann es begann, wann oder mit welchem Ergebnis abgewogen wurde, ist nicht erfasst"
in_the_future  = "es begann nach dem Stichtag"
*/
with judged as (
    select p.*,
           case when started_at > $as_of then 'in_the_future'
                when assessment_ref is null then 'no_assessment'
                when first_assessed_at > started_at then 'assessed_later'
                when assessed_at > started_at and least(ended_at, $as_of, k.known_until) <= end_of_day(assessed_at::date) then 'assessed_anew'
                when assessment_outcome = 'overridden' then 'overridden'
                when assessment_outcome = 'not_overridden' and assessed_at <= started_at then 'balanced'
                when assessed_at > started_at then 'assessed_anew'
                else 'not_recorded' end as reason
    from processing_activities as p
    join known_until as k on k.table_name = 'processing_activities'
    where legal_basis = 'legitimate_interest'
)
select activity_id as record_id, account_id, null::varchar as country, case when reason = 'overridden' then greatest(started_at, assessed_at) else started_at end as event_at, null::timestamptz as due_at,
       case when reason = 'balanced' then 'compliant'
            when reason in ('no_assessment', 'assessed_later', 'overridden') then 'violation'
            else 'indeterminate' end as verdict,
       reason,
       ended_at as met_at, assessed_at
from judged;

/* examples
as_of = 2026-06-30
[weighed_beforehand]
period = "2026-01"
given.processing_activities = [
    { activity_id = "a", legal_basis = "legitimate_interest", started_at = 2026-01-10T08:00:00Z, assessment_ref = "t", assessed_at = 2026-01-10T08:00:00Z, assessment_outcome = "not_overridden" },
    { activity_id = "b", legal_basis = "legitimate_interest", started_at = 2026-01-10T08:00:00Z, assessment_ref = "t", assessed_at = 2026-01-10T08:00:01Z, first_assessed_at = 2026-01-10T08:00:01Z, assessment_outcome = "not_overridden" },
    { activity_id = "anew", legal_basis = "legitimate_interest", started_at = 2026-01-10T08:00:00Z, assessment_ref = "t", assessed_at = 2026-01-10T08:00:01Z, assessment_outcome = "not_overridden" },
    { activity_id = "first_in_time", legal_basis = "legitimate_interest", started_at = 2026-01-10T08:00:00Z, assessment_ref = "t", assessed_at = 2026-03-10T08:00:01Z, first_assessed_at = 2026-01-10T08:00:00Z, assessment_outcome = "not_overridden" },
    { activity_id = "anew_at_its_start", legal_basis = "legitimate_interest", started_at = 2026-01-10T08:00:00Z, assessment_ref = "t", assessed_at = 2026-01-10T08:00:00Z },
    { activity_id = "c", legal_basis = "legitimate_interest", started_at = 2026-01-10T08:00:00Z, assessment_ref = "t", assessed_at = 2026-01-10T08:00:00Z, assessment_outcome = "overridden" },
    { activity_id = "d", legal_basis = "legitimate_interest", started_at = 2026-01-10T08:00:00Z },
    { activity_id = "e", legal_basis = "legitimate_interest", started_at = 2026-01-10T08:00:00Z, assessment_ref = "t" },
    { activity_id = "with_what_outcome", legal_basis = "legitimate_interest", started_at = 2026-01-10T08:00:00Z, assessment_ref = "t", assessed_at = 2026-01-10T08:00:00Z },
    { activity_id = "weighed_when", legal_basis = "legitimate_interest", started_at = 2026-01-10T08:00:00Z, assessment_ref = "t", assessment_outcome = "not_overridden" },
    { activity_id = "on_the_last_instant", legal_basis = "legitimate_interest", started_at = 2026-06-30T23:59:59.999999Z },
    { activity_id = "future", legal_basis = "legitimate_interest", started_at = 2026-07-10T08:00:00Z },
    { activity_id = "over_before_it_was_overridden", legal_basis = "legitimate_interest", started_at = 2026-01-10T08:00:00Z, ended_at = 2026-02-10T08:00:00Z, assessment_ref = "t", first_assessed_at = 2026-01-09T08:00:00Z, assessed_at = 2026-02-10T08:00:01Z, assessment_outcome = "overridden" },
    { activity_id = "first_weighed_when_over", legal_basis = "legitimate_interest", started_at = 2026-01-10T08:00:00Z, ended_at = 2026-02-10T08:00:00Z, assessment_ref = "t", first_assessed_at = 2026-03-10T08:00:00Z, assessed_at = 2026-03-10T08:00:00Z, assessment_outcome = "not_overridden" },
    { activity_id = "overridden_as_it_ended", legal_basis = "legitimate_interest", started_at = 2026-01-10T08:00:00Z, ended_at = 2026-02-10T08:00:00Z, assessment_ref = "t", assessed_at = 2026-02-10T08:00:00Z, assessment_outcome = "overridden" },
    { activity_id = "overridden_later", legal_basis = "legitimate_interest", started_at = 2026-02-01T08:00:00Z, assessment_ref = "t", assessed_at = 2026-07-01T00:00:00Z, assessment_outcome = "overridden" },
    { activity_id = "overridden_the_day_before", legal_basis = "legitimate_interest", started_at = 2026-02-01T08:00:00Z, assessment_ref = "t", assessment_outcome = "overridden", assessed_at = 2026-06-29T23:59:59.999999Z },
    { activity_id = "ended_that_night", legal_basis = "legitimate_interest", started_at = 2026-02-01T08:00:00Z, assessment_ref = "t", assessment_outcome = "overridden", first_assessed_at = 2026-01-01T00:00:00Z, assessed_at = 2026-05-01T10:00:00Z, ended_at = 2026-05-01T23:59:59.999999Z }, { activity_id = "ended_a_day_later", legal_basis = "legitimate_interest", started_at = 2026-02-01T08:00:00Z, assessment_ref = "t", assessment_outcome = "overridden", first_assessed_at = 2026-01-01T00:00:00Z, assessed_at = 2026-05-01T10:00:00Z, ended_at = 2026-05-02T00:00:00Z },
    { activity_id = "late_and_then_overridden", legal_basis = "legitimate_interest", started_at = 2026-02-01T08:00:00Z, assessment_ref = "t", assessment_outcome = "overridden", first_assessed_at = 2026-02-01T08:00:00.000001Z, assessed_at = 2026-05-01T10:00:00Z },
    { activity_id = "overridden_before_and_over_that_day", legal_basis = "legitimate_interest", started_at = 2026-01-10T09:00:00Z, ended_at = 2026-01-10T10:00:00Z, assessment_ref = "t", assessed_at = 2026-01-10T08:00:00Z, assessment_outcome = "overridden" }, { activity_id = "overridden_as_it_began", legal_basis = "legitimate_interest", started_at = 2026-01-10T08:00:00Z, ended_at = 2026-01-10T10:00:00Z, assessment_ref = "t", assessed_at = 2026-01-10T08:00:00Z, assessment_outcome = "overridden" },
    { activity_id = "overridden_now", legal_basis = "legitimate_interest", started_at = 2026-02-01T08:00:00Z, assessment_ref = "t", assessed_at = 2026-06-30T23:59:59.999999Z, assessment_outcome = "overridden" },
    { activity_id = "f", legal_basis = "contract", started_at = 2026-01-10T08:00:00Z },
]
expect.a = "compliant: balanced"
expect.b = "violation: assessed_later"
expect.anew = "indeterminate: assessed_anew"
expect.first_in_time = "indeterminate: assessed_anew"
expect.over_before_it_was_overridden = "indeterminate: assessed_anew"
expect.first_weighed_when_over = { verdict = "violation: assessed_later", event_at = 2026-01-10T08:00:00Z, met_at = 2026-02-10T08:00:00Z, scope = "period" }
expect.overridden_as_it_ended = "indeterminate: assessed_anew"
expect.overridden_later = "indeterminate: assessed_anew"
expect.overridden_now = "indeterminate: assessed_anew"
expect.overridden_the_day_before = { verdict = "violation: overridden", event_at = 2026-06-29T23:59:59.999999Z }
expect.overridden_before_and_over_that_day = "violation: overridden"
expect.overridden_as_it_began = "violation: overridden"
expect.ended_that_night = "indeterminate: assessed_anew"
expect.ended_a_day_later = { verdict = "violation: overridden", event_at = 2026-05-01T10:00:00Z, met_at = 2026-05-02T00:00:00Z }
expect.late_and_then_overridden = { verdict = "violation: assessed_later", event_at = 2026-02-01T08:00:00Z }
expect.anew_at_its_start = "indeterminate: not_recorded"
expect.c = "violation: overridden"
expect.d = "violation: no_assessment"
expect.e = "indeterminate: not_recorded"
expect.future = "indeterminate: in_the_future"
expect.with_what_outcome = "indeterminate: not_recorded"
expect.weighed_when = "indeterminate: not_recorded"
expect.on_the_last_instant = "violation: no_assessment"
[overridden_on_the_day_of_the_export]
given.export_info = [{ exported_at = 2026-05-01T12:00:00Z }]
given.processing_activities = [
    { activity_id = "that_day", legal_basis = "legitimate_interest", started_at = 2026-02-01T08:00:00Z, assessment_ref = "t", first_assessed_at = 2026-01-01T00:00:00Z, assessed_at = 2026-05-01T10:00:00Z, assessment_outcome = "overridden" },
    { activity_id = "the_day_before", legal_basis = "legitimate_interest", started_at = 2026-02-01T08:00:00Z, assessment_ref = "t", first_assessed_at = 2026-01-01T00:00:00Z, assessed_at = 2026-04-30T10:00:00Z, assessment_outcome = "overridden" },
]
expect = { that_day = "indeterminate: assessed_anew", the_day_before = "violation: overridden" }
*/
