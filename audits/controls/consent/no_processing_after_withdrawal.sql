/*
id         = "no_processing_after_withdrawal"
title      = "Nothing that rests on a consent is done after its withdrawal"
short      = "Nothing done after withdrawal"
rule       = """
Once a consent is withdrawn, nothing that rests on it starts, goes on, or is sent, but for the days of grace (none, unless the text gives some). What
was done before the withdrawal stays lawful and is never a violation. An end that lies after the instant of judgement, or after what the export can
know, is a plan: it has not ended yet. A request to withdraw a consent ends it when it is fulfilled; from its receipt on it is in doubt. Every processing and message that rests on a withdrawn consent is in the population."""
maps_to    = ["GDPR 7(3)"]
severity   = "high"
remedy     = "Stop what rests on the withdrawn consents"
tables.consents = ["withdrawn_at", "account_id??", "purpose??", "given_at??"]
tables.processing_activities = ["consent_id", "started_at", "ended_at", "account_id"]
tables.messages = ["consent_id", "sent_at", "account_id?"]
tables.requests = ["type??", "account_id??", "purpose??", "received_at??", "closed_at??", "outcome??", "requester_role?", "child_account_id?", "merged_into?"]
exact.processing_activities = ["ended_at"]
exact.requests = ["received_at"]
absent.requests = "nobody withdrew a consent by a request"
dimensions = ["type"]
parameters.grace_days = { default = 0, unit = "days" }
readings."thirty days of grace" = { grace_days = 30 }
inject.goes_on = { processing_activities = { started_at = "f.event_at - interval 1 day", ended_at = "f.event_at + to_days({grace_days}) + interval 1 second" }, messages = { sent_at = "f.event_at + to_days({grace_days}) + interval 1 second" } }
[reasons]
before_withdrawal = "done before the withdrawal, which does not reach back"
within_grace      = "done within the days of grace"
started_after     = "started or sent after the withdrawal"
still_running     = "still going on after the withdrawal"
ended_late        = "ended after the withdrawal only"
no_instant        = "when it was done is not recorded"
in_the_future     = "an instant lies after the instant of judgement"
withdrawal_in_doubt = "the person asked to withdraw the consent, and whether it had ended by then cannot be told"
export_ends_before_due = "going on as far as the export reaches, which is not up to the withdrawal and its days of grace"
[de]
title    = "Was auf einer Einwilligung beruht, endet mit ihrem Widerruf"
short    = "Nichts mehr nach Widerruf"
rule     = """
Ist eine Einwilligung widerrufen, beginnt nichts mehr, was auf ihr beruht, läuft nicht weiter und wird nicht gesendet, außer in den Kulanztagen
(keine, wenn der Text keine gibt). Was vor dem Widerruf getan wurde, bleibt rechtmäßig und ist nie ein Verstoß. Ein Ende, das nach dem Stichtag
liegt oder nach dem, was der Export wissen kann, ist ein Plan: Es ist noch nicht eingetreten. Eine Anfrage auf Widerruf beendet eine Einwilligung
mit ihrer Erfüllung; ab dem Eingang ist sie zweifelhaft. Geprüft wird jede Verarbeitung und jede Nachricht, die auf einer widerrufenen Einwilligung
beruht."""
remedy   = "Beenden, was auf widerrufenen Einwilligungen beruht"
readings = { "thirty days of grace" = "dreißig Kulanztage" }
[de.reasons]
before_withdrawal = "vor dem Widerruf getan, der nicht zurückwirkt"
within_grace      = "in den Kulanztagen getan"
started_after     = "nach dem Widerruf begonnen oder gesendet"
still_running     = "nach dem Widerruf noch im Gang"
ended_late        = "erst nach dem Widerruf beendet"
no_instant        = "wann es getan wurde, ist nicht erfasst"
in_the_future     = "ein Zeitpunkt liegt nach dem Stichtag"
withdrawal_in_doubt = "die Person hat um den Widerruf der Einwilligung gebeten, und ob sie da schon geendet hatte, ist nicht zu entscheiden"
export_ends_before_due = "im Gang, soweit der Export reicht, und er reicht nicht bis zum Widerruf und seinen Kulanztagen"
*/
with withdrawn as (
    select consent_id, min(withdrawn_at) as withdrawn_at, min(withdrawn_at) + to_days($grace_days::integer) as until_at,
           min(withdrawal_in_doubt_from) + to_days($grace_days::integer) as in_doubt_from
    from consent_ends where withdrawn_at is not null or withdrawal_in_doubt_from is not null group by consent_id
),
acts as (
    select p.activity_id as record_id, p.account_id, p.consent_id, 'processing' as act, p.started_at, p.ended_at,
           coalesce(p.ended_at > least($as_of, k.known_until), true) as is_open
    from processing_activities as p
    join known_until as k on k.table_name = 'processing_activities'
    union all
    select message_id, account_id, consent_id, 'message', sent_at, sent_at, false from messages
),
judged as (
    select a.*, w.withdrawn_at,
           case when a.started_at is null then 'no_instant'
                when a.started_at > $as_of or w.withdrawn_at > $as_of then 'in_the_future'
                when a.started_at > w.until_at then 'started_after'
                when a.is_open and w.until_at < $as_of and w.until_at > k.known_until then 'export_ends_before_due'
                when a.is_open and w.until_at < $as_of then 'still_running'
                when not a.is_open and a.ended_at > w.until_at then 'ended_late'
                when a.ended_at > w.in_doubt_from or (a.is_open and w.in_doubt_from < $as_of) then 'withdrawal_in_doubt'
                when a.ended_at > w.withdrawn_at or (a.is_open and w.withdrawn_at is not null) then 'within_grace'
                else 'before_withdrawal' end as reason
    from acts as a
    join withdrawn as w on w.consent_id = a.consent_id
    join known_until as k on k.table_name = 'processing_activities'
)
select record_id, account_id, null::varchar as country, greatest(started_at, withdrawn_at) as event_at, null::timestamptz as due_at,
       case when reason in ('before_withdrawal', 'within_grace') then 'compliant'
            when reason in ('started_after', 'still_running', 'ended_late') then 'violation'
            else 'indeterminate' end as verdict,
       reason,
       case when not is_open then ended_at end as met_at, act as type, withdrawn_at
from judged;

/* examples
as_of = 2026-06-30
[withdrawn_twice_under_one_name]
given.consents = [{ consent_id = "c", account_id = "a", withdrawn_at = 2026-06-20T08:00:00Z }, { consent_id = "c", account_id = "a", withdrawn_at = 2026-07-30T08:00:00Z }]
given.processing_activities = [{ activity_id = "v", account_id = "a", consent_id = "c", started_at = 2026-01-10T08:00:00Z }]
expect = { v = { verdict = "violation: still_running", event_at = 2026-06-20T08:00:00Z } }
[withdrawn_by_a_request]
period = "2026-01"
given.requests = [
    { request_id = "1", account_id = "a", type = "consent_withdrawal", purpose = "newsletter", received_at = 2026-03-01T08:00:00Z, closed_at = 2026-03-03T08:00:00Z, outcome = "fulfilled" },
    { request_id = "2", account_id = "b", type = "consent_withdrawal", received_at = 2026-03-01T08:00:00Z, closed_at = 2026-03-03T08:00:00Z, outcome = "fulfilled" },
]
given.consents = [
    { consent_id = "a", account_id = "a", purpose = "newsletter", given_at = 2025-01-01T00:00:00Z, proof_ref = "form" },
    { consent_id = "b", account_id = "b", purpose = "newsletter", given_at = 2025-01-01T00:00:00Z, proof_ref = "form" },
]
given.messages = [
    { message_id = "sent_as_it_came", account_id = "a", consent_id = "a", sent_at = 2026-03-01T08:00:00Z },
    { message_id = "sent_after_it_came", account_id = "a", consent_id = "a", sent_at = 2026-03-01T08:00:00.000001Z },
    { message_id = "sent_after_it_was_done", account_id = "a", consent_id = "a", sent_at = 2026-03-03T08:00:00.000001Z },
    { message_id = "sent_perhaps", account_id = "b", consent_id = "b", sent_at = 2026-06-10T08:00:00Z },
]
given.processing_activities = [
    { activity_id = "running", account_id = "a", consent_id = "a", started_at = 2026-02-01T08:00:00Z },
    { activity_id = "perhaps_running", account_id = "b", consent_id = "b", started_at = 2026-02-01T08:00:00Z },
    { activity_id = "begun_after", account_id = "a", consent_id = "a", started_at = 2026-05-01T08:00:00Z },
]
expect = { sent_as_it_came = "compliant: before_withdrawal", sent_after_it_came = "indeterminate: withdrawal_in_doubt", sent_after_it_was_done = "violation: started_after", sent_perhaps = "indeterminate: withdrawal_in_doubt", running = { verdict = "violation: still_running", account = "a", scope = "later" }, perhaps_running = "indeterminate: withdrawal_in_doubt", begun_after = "violation: started_after" }
[asked_to_withdraw_with_days_of_grace]
parameters = { grace_days = 30 }
given.requests = [{ request_id = "1", account_id = "a", type = "consent_withdrawal", received_at = 2026-03-01T08:00:00Z }]
given.consents = [{ consent_id = "a", account_id = "a", purpose = "newsletter", given_at = 2025-01-01T00:00:00Z }]
given.messages = [{ message_id = "at_their_end", account_id = "a", consent_id = "a", sent_at = 2026-03-31T08:00:00Z }, { message_id = "after_it", account_id = "a", consent_id = "a", sent_at = 2026-03-31T08:00:00.000001Z }]
expect = { at_their_end = "compliant: before_withdrawal", after_it = "indeterminate: withdrawal_in_doubt" }
[asked_to_withdraw_at_the_instant_of_judgement]
as_of = 2026-06-30T12:00:00Z
given.requests = [{ request_id = "1", account_id = "a", type = "consent_withdrawal", received_at = 2026-06-30T12:00:00Z }, { request_id = "2", account_id = "b", type = "consent_withdrawal", received_at = 2026-06-30T11:59:59.999999Z }]
given.consents = [{ consent_id = "a", account_id = "a", purpose = "newsletter", given_at = 2025-01-01T00:00:00Z }, { consent_id = "b", account_id = "b", purpose = "newsletter", given_at = 2025-01-01T00:00:00Z }]
given.processing_activities = [{ activity_id = "r", account_id = "a", consent_id = "a", started_at = 2026-02-01T08:00:00Z }, { activity_id = "s", account_id = "b", consent_id = "b", started_at = 2026-02-01T08:00:00Z }]
expect = { r = "compliant: before_withdrawal", s = "indeterminate: withdrawal_in_doubt" }
[nothing_rests_on_it_any_more]
given.consents = [{ consent_id = "w", given_at = 2025-01-01T00:00:00Z, withdrawn_at = 2026-01-10T08:00:00Z }, { consent_id = "kept", given_at = 2025-01-01T00:00:00Z }]
given.processing_activities = [
    { activity_id = "ended_in_time", consent_id = "w", started_at = 2025-06-01T00:00:00Z, ended_at = 2026-01-10T08:00:00Z },
    { activity_id = "ended_a_second_late", consent_id = "w", started_at = 2025-06-01T00:00:00Z, ended_at = 2026-01-10T08:00:01Z },
    { activity_id = "goes_on", consent_id = "w", started_at = 2025-06-01T00:00:00Z },
    { activity_id = "started_after", consent_id = "w", started_at = 2026-01-10T08:00:01Z, ended_at = 2026-01-10T09:00:00Z },
    { activity_id = "undated", consent_id = "w" },
    { activity_id = "future", consent_id = "w", started_at = 2026-07-01T00:00:00Z },
    { activity_id = "other", consent_id = "kept", started_at = 2025-06-01T00:00:00Z },
]
given.messages = [
    { message_id = "sent_before", consent_id = "w", sent_at = 2026-01-10T08:00:00Z },
    { message_id = "sent_after", consent_id = "w", sent_at = 2026-01-10T08:00:01Z },
]
expect.ended_in_time = "compliant: before_withdrawal"
expect.ended_a_second_late = { verdict = "violation: ended_late", event_at = 2026-01-10T08:00:00Z, met_at = 2026-01-10T08:00:01Z }
expect.goes_on = "violation: still_running"
expect.started_after = "violation: started_after"
expect.undated = "indeterminate: no_instant"
expect.future = "indeterminate: in_the_future"
expect.sent_before = "compliant: before_withdrawal"
expect.sent_after = { verdict = "violation: started_after", event_at = 2026-01-10T08:00:01Z, met_at = 2026-01-10T08:00:01Z }
[days_of_grace]
parameters = { grace_days = 10 }
given.consents = [{ consent_id = "w", given_at = 2025-01-01T00:00:00Z, withdrawn_at = 2026-01-10T08:00:00Z }]
given.messages = [{ message_id = "m", consent_id = "w", sent_at = 2026-01-20T08:00:00Z }, { message_id = "n", consent_id = "w", sent_at = 2026-01-20T08:00:01Z }]
given.processing_activities = []
expect = { m = "compliant: within_grace", n = "violation: started_after" }
[an_end_that_is_planned]
parameters = { grace_days = 10 }
given.consents = [{ consent_id = "w", given_at = 2025-01-01T00:00:00Z, withdrawn_at = 2026-06-25T08:00:00Z }, { consent_id = "v", given_at = 2025-01-01T00:00:00Z, withdrawn_at = 2026-06-20T08:00:00Z }]
given.messages = []
given.processing_activities = [
    { activity_id = "within", consent_id = "w", started_at = 2025-06-01T00:00:00Z, ended_at = 2026-12-31T00:00:00Z }, { activity_id = "over", consent_id = "v", started_at = 2025-06-01T00:00:00Z, ended_at = 2026-12-31T00:00:00Z },
    { activity_id = "ended_in_time", consent_id = "v", started_at = 2025-06-01T00:00:00Z, ended_at = 2026-06-30T08:00:00Z }, { activity_id = "ended_late", consent_id = "v", started_at = 2025-06-01T00:00:00Z, ended_at = 2026-06-30T08:00:01Z },
]
expect = { within = "compliant: within_grace", over = "violation: still_running", ended_in_time = "compliant: within_grace", ended_late = "violation: ended_late" }
[an_end_that_was_planned_when_it_was_exported]
parameters = { grace_days = 10 }
given.export_info = [{ exported_at = 2026-06-10T00:00:00Z }]
given.consents = [{ consent_id = "w", given_at = 2025-01-01T00:00:00Z, withdrawn_at = 2026-06-01T08:00:00Z }, { consent_id = "v", given_at = 2025-01-01T00:00:00Z, withdrawn_at = 2026-05-20T08:00:00Z }]
given.messages = []
given.processing_activities = [
    { activity_id = "may_have_ended_in_time", consent_id = "w", started_at = 2025-06-01T00:00:00Z, ended_at = 2026-06-20T00:00:00Z }, { activity_id = "went_on_when_exported", consent_id = "v", started_at = 2025-06-01T00:00:00Z, ended_at = 2026-06-20T00:00:00Z },
]
expect = { may_have_ended_in_time = "indeterminate: export_ends_before_due", went_on_when_exported = "violation: still_running" }
[what_is_processed_was_exported_before_the_withdrawal]
given.export_tables = [{ table_name = "processing_activities", covers_to = 2026-01-10T08:00:00Z }]
given.consents = [{ consent_id = "w", given_at = 2025-01-01T00:00:00Z, withdrawn_at = 2026-01-10T08:00:01Z }, { consent_id = "v", given_at = 2025-01-01T00:00:00Z, withdrawn_at = 2026-01-10T08:00:00Z }]
given.processing_activities = [{ activity_id = "a", consent_id = "w", started_at = 2025-06-01T00:00:00Z }, { activity_id = "b", consent_id = "v", started_at = 2025-06-01T00:00:00Z }, { activity_id = "ended_before", consent_id = "w", started_at = 2025-06-01T00:00:00Z, ended_at = 2025-12-01T00:00:00Z }]
given.messages = []
expect = { a = "indeterminate: export_ends_before_due", b = "violation: still_running", ended_before = "compliant: before_withdrawal" }
[on_the_last_instant_that_is_judged_and_after_it]
given.consents = [
    { consent_id = "w", given_at = 2025-01-01T00:00:00Z, withdrawn_at = 2026-01-10T08:00:00Z }, { consent_id = "at_the_last", given_at = 2025-01-01T00:00:00Z, withdrawn_at = 2026-06-30T23:59:59.999999Z }, { consent_id = "ahead", given_at = 2025-01-01T00:00:00Z, withdrawn_at = 2026-07-05T08:00:00Z },
]
given.processing_activities = [
    { activity_id = "ended_on_it", consent_id = "w", started_at = 2025-06-01T00:00:00Z, ended_at = 2026-06-30T23:59:59.999999Z }, { activity_id = "started_on_it", consent_id = "w", started_at = 2026-06-30T23:59:59.999999Z },
    { activity_id = "withdrawn_on_it", consent_id = "at_the_last", started_at = 2025-06-01T00:00:00Z, ended_at = 2026-06-01T00:00:00Z }, { activity_id = "withdrawn_later", consent_id = "ahead", started_at = 2025-06-01T00:00:00Z },
]
given.messages = []
expect = { ended_on_it = "violation: ended_late", started_on_it = "violation: started_after", withdrawn_on_it = "compliant: before_withdrawal", withdrawn_later = "indeterminate: in_the_future" }
[grace_that_ends_as_it_is_judged]
parameters = { grace_days = 10 }
given.export_tables = [{ table_name = "processing_activities", covers_to = 2026-06-30T23:59:59.999999Z }]
given.consents = [{ consent_id = "w", given_at = 2025-01-01T00:00:00Z, withdrawn_at = 2026-06-20T23:59:59.999999Z }]
given.processing_activities = [{ activity_id = "goes_on", consent_id = "w", started_at = 2025-06-01T00:00:00Z }]
given.messages = []
expect = { goes_on = "compliant: within_grace" }
[grace_that_ends_as_it_is_judged_and_an_export_that_ends_before]
parameters = { grace_days = 10 }
given.export_tables = [{ table_name = "processing_activities", covers_to = 2026-06-29T08:00:00Z }]
given.consents = [{ consent_id = "w", given_at = 2025-01-01T00:00:00Z, withdrawn_at = 2026-06-20T23:59:59.999999Z }]
given.processing_activities = [{ activity_id = "goes_on", consent_id = "w", started_at = 2025-06-01T00:00:00Z }]
given.messages = []
expect = { goes_on = "compliant: within_grace" }
[equivalent]
"withdrawn: min(withdrawal_in_doubt_from) → max(withdrawal_in_doubt_from)" = "consent_id is the key: two rows that differ make each finding of theirs indeterminate"
*/
