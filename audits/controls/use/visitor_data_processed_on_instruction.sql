/*
id         = "visitor_data_processed_on_instruction"
title      = "Data of visitors is processed only on the subscriber's behalf"
short      = "Visitors' data only on instruction"
rule       = """
For data of a subscriber's visitors, of whatever class, the Company is a processor: the subscriber decides on the processing, it serves none of the
promotional purposes and no sale or marketing of others, and the register does not call the Company a controller of that person's data."""
maps_to    = ["GDPR 28(3)(a)", "GDPR 28(10)"]
severity   = "high"
remedy     = "Stop the processing that nobody instructed"
tables.processing_activities = ["data_class", "decided_by", "purpose??", "started_at", "account_id", "ended_at?"]
tables.accounts = ["our_role", "subject_type?"]
absent.accounts.subject_type = "visitors' data is what the activities call so"
parameters.promotional_purposes = { type = "words", of = "purpose" }
inject.own_decision = { processing_activities = { decided_by = "'company'" } }
inject.to_advertise = { processing_activities = { purpose = "{promotional_purposes}" } }
[reasons]
on_behalf     = "decided by the subscriber"
own_decision  = "decided by the Company"
own_purpose   = "for a promotional purpose of the Company's, or to be sold or marketed by others"
as_controller = "the register calls the Company the controller"
not_recorded  = "who decided is not recorded"
in_the_future = "it started after the instant of judgement"
[de]
title    = "Daten von Besuchern werden nur im Auftrag des Abonnenten verarbeitet"
short    = "Besucherdaten nur auf Weisung"
rule     = """
Für Daten der Besucher eines Abonnenten, gleich welcher Klasse, ist das Unternehmen Auftragsverarbeiter: Der Abonnent entscheidet über die
Verarbeitung, sie dient keinem der Werbezwecke und keinem Verkauf oder keiner Vermarktung durch andere, und das Verzeichnis nennt das Unternehmen
nicht den Verantwortlichen für die Daten der Person."""
remedy   = "Die Verarbeitung ohne Weisung beenden"
[de.reasons]
on_behalf     = "vom Abonnenten entschieden"
own_decision  = "vom Unternehmen entschieden"
own_purpose   = "für einen Werbezweck des Unternehmens oder zum Verkauf oder zur Vermarktung durch andere"
as_controller = "das Verzeichnis nennt das Unternehmen den Verantwortlichen"
not_recorded  = "wer entschied, ist nicht erfasst"
in_the_future = "es begann nach dem Stichtag"
*/
with people as (
    select account_id, bool_or(our_role = 'controller') as is_controller, bool_or(subject_type = 'subscriber_object') as is_visitor from accounts
    where account_id in (select account_id from processing_activities) group by account_id
),
judged as (
    select p.*,
           case when p.started_at > $as_of then 'in_the_future'
                when p.decided_by = 'company' then 'own_decision'
                when p.purpose in $promotional_purposes or p.purpose in ('resale', 'recipient_marketing') then 'own_purpose'
                when a.is_controller then 'as_controller'
                when p.decided_by is null then 'not_recorded'
                else 'on_behalf' end as reason
    from processing_activities as p
    left join people as a on a.account_id = p.account_id
    where p.data_class = 'object' or a.is_visitor
)
select activity_id as record_id, account_id, null::varchar as country, started_at as event_at, null::timestamptz as due_at,
       case when reason = 'on_behalf' then 'compliant'
            when reason in ('own_decision', 'own_purpose', 'as_controller') then 'violation'
            else 'indeterminate' end as verdict,
       reason,
       ended_at as met_at, decided_by, purpose
from judged;

/* examples
as_of = 2026-06-30
parameters = { promotional_purposes = ["e", "f", "g"] }
[as_a_processor_only]
period = "2026-01"
given.accounts = [{ account_id = "o", our_role = "processor" }, { account_id = "c", our_role = "controller" }, { account_id = "v", our_role = "processor", subject_type = "subscriber_object" }]
given.processing_activities = [
    { activity_id = "a", account_id = "o", data_class = "object", decided_by = "subscriber", purpose = "a", started_at = 2026-01-10T08:00:00Z },
    { activity_id = "b", account_id = "o", data_class = "object", decided_by = "company", purpose = "a", started_at = 2026-01-10T08:00:00Z },
    { activity_id = "c", account_id = "o", data_class = "object", decided_by = "subscriber", purpose = "g", started_at = 2026-01-10T08:00:00Z },
    { activity_id = "d", account_id = "c", data_class = "object", decided_by = "subscriber", purpose = "a", started_at = 2026-01-10T08:00:00Z },
    { activity_id = "resale", account_id = "o", data_class = "object", decided_by = "subscriber", purpose = "resale", started_at = 2026-01-10T08:00:00Z },
    { activity_id = "marketed_by_others", account_id = "o", data_class = "object", decided_by = "subscriber", purpose = "recipient_marketing", started_at = 2026-01-10T08:00:00Z },
    { activity_id = "of_a_stranger", account_id = "stranger", data_class = "object", decided_by = "subscriber", purpose = "a", started_at = 2026-01-10T08:00:00Z },
    { activity_id = "on_the_last_instant", account_id = "o", data_class = "object", decided_by = "subscriber", purpose = "a", started_at = 2026-06-30T23:59:59.999999Z },
    { activity_id = "sensitive", account_id = "v", data_class = "sensitive", decided_by = "company", purpose = "a", started_at = 2026-01-10T08:00:00Z },
    { activity_id = "of_no_class", account_id = "v", decided_by = "subscriber", purpose = "a", started_at = 2026-01-10T08:00:00Z },
    { activity_id = "e", account_id = "o", data_class = "object", purpose = "a", started_at = 2026-01-10T08:00:00Z },
    { activity_id = "future", account_id = "o", data_class = "object", decided_by = "company", started_at = 2026-07-10T08:00:00Z },
    { activity_id = "f", account_id = "o", data_class = "account", decided_by = "company", started_at = 2026-01-10T08:00:00Z },
]
expect.a = { verdict = "compliant: on_behalf", account = "o", event_at = 2026-01-10T08:00:00Z, scope = "period" }
expect.b = "violation: own_decision"
expect.c = "violation: own_purpose"
expect.d = "violation: as_controller"
expect.resale = "violation: own_purpose"
expect.sensitive = "violation: own_decision"
expect.of_no_class = "compliant: on_behalf"
expect.e = "indeterminate: not_recorded"
expect.future = "indeterminate: in_the_future"
expect.marketed_by_others = "violation: own_purpose"
expect.of_a_stranger = "compliant: on_behalf"
expect.on_the_last_instant = "compliant: on_behalf"
[equivalent]
"people: bool_or(cast(our_role = 'controller' as boolean)) → bool_and(cast(our_role = 'controller' as boolean))" = "account_id is the key: two rows that differ make each finding of theirs indeterminate"
"people: bool_or(cast(subject_type = 'subscriber_object' as boolean)) → bool_and(cast(subject_type = 'subscriber_object' as boolean))" = "account_id is the key: two rows that differ make each finding of theirs indeterminate"
"people: account_id in (select account_id from processing_activities) → true" = "only spares work: other people are joined to nothing"
*/
