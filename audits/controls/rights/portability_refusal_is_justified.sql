/*
id         = "portability_refusal_is_justified"
title      = "Portability is refused only where no data is processed by automated means on consent or contract"
short      = "Portability refused only where justified"
rule       = """
A refused portability request belongs to a person of whom no data was processed by automated means on the basis of consent or contract when it was
refused; of a request of a parent, or that names a child, the child. A part is refused where a ground is recorded: justified as the whole is, a
violation where all was processed so, and where only some was, or no ground is recorded, nobody can tell which part it was."""
maps_to    = ["GDPR 20(1)"]
severity   = "medium"
remedy     = "Decide the refused requests anew"
tables.requests = ["type", "outcome", "closed_at", "account_id", "denial_ground??", "requester_role?", "child_account_id?", "received_at?"]
tables.processing_activities = ["account_id", "legal_basis", "automated", "started_at", "ended_at??"]
absent.requests.requester_role = "whoever asks does so in their own right"
absent.requests.child_account_id = "no child is named"
dimensions = ["channel"]
inject.on_contract = { "+processing_activities" = { activity_id = "'selftest-' || record_id", account_id = "account_id", legal_basis = "'contract'", automated = "true", started_at = "event_at - interval 1 day" } }
[reasons]
justified      = "no such data was processed"
conditions_met = "such data was processed"
partly         = "a part was refused or not fulfilled, such data was processed, and which part that was is not recorded"
person_unknown = "whose data is asked for is not recorded"
not_recorded   = "on which basis, or by which means, is not recorded"
no_instant     = "when it was refused is not recorded"
in_the_future  = "it was refused after the instant of judgement"
[de]
title    = "Datenübertragung wird nur abgelehnt, wo nichts automatisiert aufgrund von Einwilligung oder Vertrag verarbeitet wird"
short    = "Datenübertragung nur begründet abgelehnt"
rule     = """
Eine abgelehnte Anfrage auf Datenübertragung gehört zu einer Person, von der bei der Ablehnung keine Daten automatisiert aufgrund von Einwilligung
oder Vertrag verarbeitet wurden; bei der Anfrage eines Elternteils, oder die ein Kind nennt, zum Kind. Ein Teil ist abgelehnt, wo ein Grund erfasst
ist: begründet wie das Ganze; ein Verstoß, wo alles so verarbeitet wurde; und wo nur einiges oder kein Grund erfasst ist, ist nicht entscheidbar,
welcher Teil es war."""
remedy   = "Die abgelehnten Anfragen neu entscheiden"
[de.reasons]
justified      = "keine solchen Daten wurden verarbeitet"
conditions_met = "solche Daten wurden verarbeitet"
partly         = "ein Teil wurde abgelehnt oder nicht erfüllt, solche Daten wurden verarbeitet, und welcher Teil das war, ist nicht erfasst"
person_unknown = "wessen Daten verlangt werden, ist nicht erfasst"
not_recorded   = "auf welcher Grundlage oder mit welchen Mitteln, ist nicht erfasst"
no_instant     = "wann abgelehnt wurde, ist nicht erfasst"
in_the_future  = "abgelehnt wurde nach dem Stichtag"
*/
with refused as (
    select * replace (case when requester_role = 'parent' then child_account_id else coalesce(child_account_id, account_id) end as account_id)
    from requests where type = 'portability' and outcome in ('denied', 'partial') and requester_role is distinct from 'object'
),
-- Null where what is not recorded would decide.
weighed as (
    select account_id, started_at, ended_at, automated and legal_basis in ('consent', 'contract') as is_met from processing_activities
),
processed as (
    select r.request_id, bool_or(p.is_met) as is_met, bool_or(p.is_met is null) as is_unknown, bool_and(p.is_met is true) as is_all_met
    from refused as r
    join weighed as p
      on p.account_id = r.account_id and p.started_at <= r.closed_at and coalesce(p.ended_at >= r.closed_at, true)
    group by r.request_id
),
judged as (
    select r.*,
           case when r.closed_at is null then 'no_instant'
                when r.closed_at > $as_of then 'in_the_future'
                when r.account_id is null then 'person_unknown'
                when p.is_met and r.outcome = 'partial' and (r.denial_ground is null or not p.is_all_met) then 'partly'
                when p.is_met then 'conditions_met'
                when p.is_unknown then 'not_recorded'
                else 'justified' end as reason
    from refused as r
    left join processed as p on p.request_id = r.request_id
)
select request_id as record_id, account_id, country, closed_at as event_at, null::timestamptz as due_at,
       case when reason = 'justified' then 'compliant'
            when reason = 'conditions_met' then 'violation'
            else 'indeterminate' end as verdict,
       reason,
       received_at, type, channel
from judged;

/* examples
as_of = 2026-06-30
[the_two_conditions]
period = "2026-01"
given.requests = [
    { request_id = "justified", account_id = "a", type = "portability", outcome = "denied", closed_at = 2026-03-01T10:00:00Z }, { request_id = "met", account_id = "b", type = "portability", outcome = "denied", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "vague", account_id = "c", type = "portability", outcome = "denied", closed_at = 2026-03-01T10:00:00Z }, { request_id = "nothing", account_id = "z", type = "portability", outcome = "denied", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "undated", account_id = "a", type = "portability", outcome = "denied" }, { request_id = "future", account_id = "a", type = "portability", outcome = "denied", closed_at = 2026-07-01T10:00:00Z },
    { request_id = "granted", account_id = "b", type = "portability", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z }, { request_id = "ended_before", account_id = "d", type = "portability", outcome = "denied", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "childs", account_id = "a", requester_role = "parent", child_account_id = "b", type = "portability", outcome = "denied", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "of_which_child", account_id = "a", requester_role = "parent", type = "portability", outcome = "denied", closed_at = 2026-03-01T10:00:00Z }, { request_id = "of_a_visitor", account_id = "b", requester_role = "object", type = "portability", outcome = "denied", closed_at = 2026-03-01T10:00:00Z }, { request_id = "access", account_id = "b", type = "access", outcome = "denied", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "one_of_two", account_id = "e", type = "portability", outcome = "denied", closed_at = 2026-03-01T10:00:00Z }, { request_id = "by_hand_on_no_known_basis", account_id = "f", type = "portability", outcome = "denied", closed_at = 2026-03-01T10:00:00Z }, { request_id = "by_what_means", account_id = "g", type = "portability", outcome = "denied", closed_at = 2026-03-01T10:00:00Z }, { request_id = "begun_later", account_id = "h", type = "portability", outcome = "denied", closed_at = 2026-03-01T10:00:00Z }, { request_id = "begun_as_it_was_refused", account_id = "i", type = "portability", outcome = "denied", closed_at = 2026-03-01T10:00:00Z }, { request_id = "ended_as_it_was_refused", account_id = "j", type = "portability", outcome = "denied", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "nobodys", requester_role = "subscriber", type = "portability", outcome = "denied", closed_at = 2026-03-01T10:00:00Z },
]
given.processing_activities = [
    { activity_id = "1", account_id = "a", legal_basis = "legitimate_interest", automated = true, started_at = 2025-01-01T00:00:00Z }, { activity_id = "2", account_id = "a", legal_basis = "contract", automated = false, started_at = 2025-01-01T00:00:00Z },
    { activity_id = "3", account_id = "b", legal_basis = "contract", automated = true, started_at = 2025-01-01T00:00:00Z }, { activity_id = "4", account_id = "c", automated = true, started_at = 2025-01-01T00:00:00Z },
    { activity_id = "5", account_id = "d", legal_basis = "contract", automated = true, started_at = 2025-01-01T00:00:00Z, ended_at = 2025-06-01T00:00:00Z },
    { activity_id = "6", account_id = "e", legal_basis = "consent", automated = true, started_at = 2025-01-01T00:00:00Z }, { activity_id = "7", account_id = "e", legal_basis = "legitimate_interest", automated = true, started_at = 2025-01-01T00:00:00Z }, { activity_id = "8", account_id = "f", automated = false, started_at = 2025-01-01T00:00:00Z },
    { activity_id = "9", account_id = "g", legal_basis = "contract", started_at = 2025-01-01T00:00:00Z }, { activity_id = "10", account_id = "g", legal_basis = "legitimate_interest", started_at = 2025-01-01T00:00:00Z }, { activity_id = "11", account_id = "h", legal_basis = "contract", automated = true, started_at = 2026-03-02T00:00:00Z },
    { activity_id = "12", account_id = "i", legal_basis = "contract", automated = true, started_at = 2026-03-01T10:00:00Z }, { activity_id = "13", account_id = "j", legal_basis = "contract", automated = true, started_at = 2025-01-01T00:00:00Z, ended_at = 2026-03-01T10:00:00Z },
]
expect.of_which_child = "indeterminate: person_unknown"
expect.one_of_two = "violation: conditions_met"
expect.by_hand_on_no_known_basis = "compliant: justified"
expect.by_what_means = "indeterminate: not_recorded"
expect.begun_later = "compliant: justified"
expect.begun_as_it_was_refused = "violation: conditions_met"
expect.ended_as_it_was_refused = "violation: conditions_met"
expect.justified = { verdict = "compliant: justified", scope = "later", event_at = 2026-03-01T10:00:00Z, account = "a" }
expect.childs = "violation: conditions_met"
expect.nobodys = "indeterminate: person_unknown"
expect.met = "violation: conditions_met"
expect.vague = "indeterminate: not_recorded"
expect.nothing = "compliant: justified"
expect.undated = "indeterminate: no_instant"
expect.future = "indeterminate: in_the_future"
expect.ended_before = "compliant: justified"
[a_part_is_refused]
given.requests = [
    { request_id = "all_so", account_id = "a", type = "portability", outcome = "partial", denial_ground = "dispute", closed_at = 2026-03-01T10:00:00Z }, { request_id = "some_so", account_id = "b", type = "portability", outcome = "partial", denial_ground = "dispute", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "some_perhaps", account_id = "c", type = "portability", outcome = "partial", denial_ground = "dispute", closed_at = 2026-03-01T10:00:00Z }, { request_id = "none_so", account_id = "d", type = "portability", outcome = "partial", denial_ground = "dispute", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "on_no_ground", account_id = "a", type = "portability", outcome = "partial", closed_at = 2026-03-01T10:00:00Z }, { request_id = "whole_on_no_ground", account_id = "a", type = "portability", outcome = "denied", closed_at = 2026-03-01T10:00:00Z },
]
given.processing_activities = [
    { activity_id = "1", account_id = "a", legal_basis = "contract", automated = true, started_at = 2025-01-01T00:00:00Z }, { activity_id = "2", account_id = "b", legal_basis = "contract", automated = true, started_at = 2025-01-01T00:00:00Z }, { activity_id = "3", account_id = "b", legal_basis = "contract", automated = false, started_at = 2025-01-01T00:00:00Z },
    { activity_id = "4", account_id = "c", legal_basis = "contract", automated = true, started_at = 2025-01-01T00:00:00Z }, { activity_id = "5", account_id = "c", legal_basis = "contract", started_at = 2025-01-01T00:00:00Z }, { activity_id = "6", account_id = "d", legal_basis = "contract", automated = false, started_at = 2025-01-01T00:00:00Z },
]
expect = { all_so = "violation: conditions_met", some_so = "indeterminate: partly", some_perhaps = "indeterminate: partly", none_so = "compliant: justified", on_no_ground = "indeterminate: partly", whole_on_no_ground = "violation: conditions_met" }
[a_child_is_named]
given.requests = [{ request_id = "r", account_id = "agent", requester_role = "agent", child_account_id = "child", type = "portability", outcome = "denied", closed_at = 2026-03-01T10:00:00Z }]
given.processing_activities = [{ activity_id = "1", account_id = "child", legal_basis = "contract", automated = true, started_at = 2026-01-01T10:00:00Z }]
expect = { r = "violation: conditions_met" }
[at_the_instant_of_judgement]
as_of = 2026-06-30T12:00:00Z
given.requests = [{ request_id = "r", account_id = "a", country = "DE", type = "portability", outcome = "denied", closed_at = 2026-06-30T12:00:00Z }]
expect = { r = { verdict = "compliant: justified", country = "DE" } }
*/
