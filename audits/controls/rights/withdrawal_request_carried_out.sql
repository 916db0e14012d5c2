/*
id         = "withdrawal_request_carried_out"
title      = "Who asks to withdraw a consent is recorded as having withdrawn it"
short      = "Withdrawals of consent recorded"
rule       = """
A request to withdraw consent leads to a withdrawal on record, on or after the day it was received, of each consent of that person that stood when it came: of
its purpose, where the request names one that the person had agreed to; else of all of them, and where only some are withdrawn in time, nobody can tell. Where
none stood, as each had been withdrawn before or none was given, nothing is left to withdraw. A parent asks for the child, and so does whoever names one. A
request that the person took back within the days set is kept; later, it was late. Without a number of days, an open request cannot be told."""
maps_to    = ["GDPR 7(3)"]
severity   = "medium"
remedy     = "Record the withdrawals, and stop what rests on them"
tables.requests = ["type", "received_at", "account_id", "requester_role?", "outcome??", "closed_at??", "purpose?", "child_account_id?", "merged_into?"]
tables.consents = ["account_id", "withdrawn_at", "given_at??", "purpose?"]
exact.requests = ["received_at"]
absent.requests.requester_role = "whoever asks does so in their own right"
absent.requests.child_account_id = "no child is named"
absent.requests.purpose = "it is to no purpose in particular"
absent.requests.merged_into = "no request became part of another"
dimensions = ["channel"]
parameters.withdrawal_days = { type = "integer", unit = "days" }
inject.recorded_late = { by = "t.account_id = f.account_id", consents = { withdrawn_at = "f.due_at + interval 1 microsecond" }, parameters = { withdrawal_days = 30 }, where = "due_at < as_of and reason = 'withdrawn'" }
[reasons]
nothing_stood = "no consent that it could be to stood when it came, as far as the export shows"
withdrawn     = "a withdrawal is on record"
taken_back    = "the person took the request back"
taken_back_late = "the person took the request back after the days set, and no withdrawal is on record till then"
which_unknown = "some consents are withdrawn in time and others not, and which it was to is not recorded"
child_unknown = "a parent asks, and for which child is not recorded"
recorded_late = "a withdrawal is on record, later than the days set"
overdue       = "no withdrawal is on record, and the days set have passed"
not_yet_due   = "no withdrawal is on record, and the days set have not passed"
no_limit      = "no withdrawal is on record, and the policy gives no number of days"
no_receipt    = "the day of receipt is not recorded"
in_the_future = "it was received after the instant of judgement"
export_ends_before_due = "no withdrawal is on record as far as the export reaches, which is not up to the end of the days set"
[de]
title    = "Wer eine Einwilligung widerrufen will, ist als widerrufend erfasst"
short    = "Widerrufe von Einwilligungen erfasst"
rule     = """
Auf eine Anfrage auf Widerruf einer Einwilligung ist am Tag ihres Eingangs oder danach ein Widerruf erfasst, zu jeder Einwilligung der Person, die
bei Eingang bestand: der zu ihrem Zweck, wo die Anfrage einen nennt, in den die Person eingewilligt hatte; sonst zu allen, und wo nur einige
rechtzeitig widerrufen sind, ist es nicht entscheidbar. Wo keine bestand, weil jede vorher widerrufen oder keine erteilt war, ist nichts zu
widerrufen. Ein Elternteil fragt für das Kind an, ebenso wer eines nennt. Eine Anfrage, die die Person in den gesetzten Tagen zurücknahm, ist
eingehalten; später war es zu spät. Ohne eine Zahl von Tagen ist eine offene Anfrage nicht entscheidbar."""
remedy   = "Die Widerrufe erfassen und beenden, was darauf beruht"
[de.reasons]
nothing_stood = "bei Eingang bestand keine Einwilligung, der sie gelten könnte, soweit der Export es zeigt"
withdrawn     = "ein Widerruf ist erfasst"
taken_back    = "die Person nahm die Anfrage zurück"
taken_back_late = "die Person nahm die Anfrage nach den gesetzten Tagen zurück, und bis dahin ist kein Widerruf erfasst"
which_unknown = "einige Einwilligungen sind rechtzeitig widerrufen und andere nicht, und welcher die Anfrage galt, ist nicht erfasst"
child_unknown = "ein Elternteil fragt, und für welches Kind, ist nicht erfasst"
recorded_late = "ein Widerruf ist erfasst, später als gesetzt"
overdue       = "kein Widerruf ist erfasst, und die gesetzten Tage sind vorbei"
not_yet_due   = "kein Widerruf ist erfasst, und die gesetzten Tage sind nicht vorbei"
no_limit      = "kein Widerruf ist erfasst, und die Datenschutzerklärung nennt keine Zahl von Tagen"
no_receipt    = "der Tag des Eingangs ist nicht erfasst"
in_the_future = "der Eingang liegt nach dem Stichtag"
export_ends_before_due = "kein Widerruf ist erfasst, soweit der Export reicht, und er reicht nicht bis zum Ende der gesetzten Tage"
*/
with asked as (
    select * replace (case when requester_role = 'parent' then child_account_id else coalesce(child_account_id, account_id) end as account_id),
           case when outcome = 'withdrawn' and closed_at <= $as_of then closed_at end as taken_back_at
    from received_requests
    where type = 'consent_withdrawal' and requester_role is distinct from 'object'
),
-- What the person had agreed to by when the request came, and what of it stood then.
given as (
    select a.request_id, a.account_id, case when c.withdrawn_at <= $as_of then c.withdrawn_at end as withdrawn_at,
           coalesce(c.purpose = a.purpose, false) as is_named, coalesce(c.withdrawn_at::date >= a.received_on, true) as is_standing
    from asked as a
    join consents as c on c.account_id = a.account_id
    where coalesce(c.given_at <= a.received_at, true)
),
-- Of those that the request names, or of all.
meant as (
    select request_id, account_id, withdrawn_at, is_named, is_standing
    from given
    qualify is_named or not bool_or(is_named) over (partition by request_id, account_id)
),
withdrawals as (
    select request_id, account_id, any_value(is_named) as is_named, min(withdrawn_at) as first_at,
           case when count(*) = count(withdrawn_at) then max(withdrawn_at) end as all_at
    from meant where is_standing group by request_id, account_id
),
scoped as (
    select a.*, coalesce(d.ends_at, end_of_day(a.received_on + $withdrawal_days::integer)) as due_at, w.request_id is null as is_none, w.is_named, w.first_at, w.all_at
    from asked as a
    left join withdrawals as w on w.request_id = a.request_id and w.account_id = a.account_id
    left join days as d on d.day = a.received_on + $withdrawal_days::integer
),
judged as (
    select s.*, coalesce(all_at, taken_back_at) as met_at,
           case when received_at is null then 'no_receipt'
                when received_at > $as_of then 'in_the_future'
                when requester_role = 'parent' and account_id is null then 'child_unknown'
                when is_none and received_at <= k.known_until then 'nothing_stood'
                when first_at > due_at then 'recorded_late'
                when all_at <= due_at or (all_at is not null and due_at is null) then 'withdrawn'
                when taken_back_at > due_at then 'taken_back_late'
                when taken_back_at is not null then 'taken_back'
                when first_at is not null and not is_named then 'which_unknown'
                when all_at is not null then 'recorded_late'
                when due_at is null then 'no_limit'
                when due_at >= $as_of then 'not_yet_due'
                when due_at > k.known_until then 'export_ends_before_due'
                else 'overdue' end as reason
    from scoped as s
    join known_until as k on k.table_name = 'consents'
)
select request_id as record_id, account_id, country, coalesce(due_at, met_at, received_at) as event_at, due_at,
       case when reason in ('withdrawn', 'taken_back', 'nothing_stood') then 'compliant'
            when reason in ('recorded_late', 'taken_back_late', 'overdue') then 'violation'
            when reason = 'not_yet_due' then 'pending'
            else 'indeterminate' end as verdict,
       reason,
       case when reason = 'nothing_stood' then received_at else met_at end as met_at, received_at, type, channel
from judged;

/* examples
as_of = 2026-06-30
[a_withdrawal_on_record]
period = "2026-01"
given.consents = [{ consent_id = "a", account_id = "a", withdrawn_at = 2026-01-10T06:00:00Z }, { consent_id = "b", account_id = "b", withdrawn_at = 2026-01-09T23:59:59Z }, { consent_id = "c", account_id = "c" }]
given.requests = [
    { request_id = "done", account_id = "a", type = "consent_withdrawal", received_at = 2026-01-10T08:00:00Z },
    { request_id = "earlier_only", account_id = "b", type = "consent_withdrawal", received_at = 2026-01-10T08:00:00Z },
    { request_id = "agreed_to_nothing", account_id = "d", type = "consent_withdrawal", received_at = 2026-01-10T08:00:00Z }, { request_id = "open", account_id = "c", type = "consent_withdrawal", received_at = 2026-01-10T08:00:00Z },
    { request_id = "taken_back", account_id = "c", type = "consent_withdrawal", received_at = 2026-01-10T08:00:00Z, outcome = "withdrawn", closed_at = 2026-05-10T08:00:00Z },
    { request_id = "undated", account_id = "c", type = "consent_withdrawal" },
    { request_id = "future", account_id = "c", type = "consent_withdrawal", received_at = 2026-07-10T08:00:00Z },
    { request_id = "other", account_id = "c", type = "access", received_at = 2026-01-10T08:00:00Z }, { request_id = "of_a_visitor", account_id = "c", requester_role = "object", type = "consent_withdrawal", received_at = 2026-01-10T08:00:00Z },
    { request_id = "closed", account_id = "c", type = "consent_withdrawal", received_at = 2026-01-10T08:00:00Z, outcome = "fulfilled", closed_at = 2026-01-11T08:00:00Z }, { request_id = "whose", type = "consent_withdrawal", received_at = 2026-01-10T08:00:00Z },
]
expect.closed = { verdict = "indeterminate: no_limit", event_at = 2026-01-10T08:00:00Z, due_at = "" }
expect.whose = { verdict = "compliant: nothing_stood", scope = "period" }
expect.done = { verdict = "compliant: withdrawn", event_at = 2026-01-10T06:00:00Z, account = "a" }
expect.earlier_only = { verdict = "compliant: nothing_stood", met_at = 2026-01-10T08:00:00Z }
expect.agreed_to_nothing = "compliant: nothing_stood"
expect.open = "indeterminate: no_limit"
expect.taken_back = "compliant: taken_back"
expect.undated = "indeterminate: no_receipt"
expect.future = "indeterminate: in_the_future"
[days_set]
parameters = { withdrawal_days = 7 }
given.consents = [{ consent_id = "a", account_id = "a", withdrawn_at = 2026-06-08T23:59:59Z }, { consent_id = "b", account_id = "b", withdrawn_at = 2026-06-09T00:00:00Z }, { consent_id = "c", account_id = "c", given_at = 2026-06-01T08:00:00Z }, { consent_id = "d", account_id = "d", withdrawn_at = 2026-06-08T23:59:59.999999Z }, { consent_id = "e", account_id = "e", withdrawn_at = 2026-06-08T23:59:59.999999Z }, { consent_id = "f", account_id = "e" }]
given.requests = [
    { request_id = "last_day", account_id = "a", type = "consent_withdrawal", received_at = 2026-06-01T08:00:00Z },
    { request_id = "a_day_late", account_id = "b", type = "consent_withdrawal", received_at = 2026-06-01T08:00:00Z },
    { request_id = "overdue", account_id = "c", type = "consent_withdrawal", received_at = 2026-06-01T08:00:00Z },
    { request_id = "due_today", account_id = "c", type = "consent_withdrawal", received_at = 2026-06-23T08:00:00Z },
    { request_id = "last_moment", account_id = "d", country = "DE", type = "consent_withdrawal", received_at = 2026-06-01T08:00:00Z }, { request_id = "one_at_the_last_moment", account_id = "e", type = "consent_withdrawal", received_at = 2026-06-01T08:00:00Z },
    { request_id = "agreed_to_it_later", account_id = "c", type = "consent_withdrawal", received_at = 2026-06-01T07:59:59Z },
]
expect = { last_moment = { verdict = "compliant: withdrawn", event_at = 2026-06-08T23:59:59.999999Z, country = "DE" }, one_at_the_last_moment = "indeterminate: which_unknown", agreed_to_it_later = "compliant: nothing_stood", last_day = { verdict = "compliant: withdrawn", due_at = 2026-06-08T23:59:59.999999Z, met_at = 2026-06-08T23:59:59Z }, a_day_late = { verdict = "violation: recorded_late", due_at = 2026-06-08T23:59:59.999999Z, met_at = 2026-06-09T00:00:00Z }, overdue = { verdict = "violation: overdue", event_at = 2026-06-08T23:59:59.999999Z }, due_today = { verdict = "pending: not_yet_due", due_at = 2026-06-30T23:59:59.999999Z, met_at = "" } }
[consents_were_exported_on_the_last_day]
parameters = { withdrawal_days = 7 }
given.export_tables = [{ table_name = "consents", covers_to = 2026-06-08T12:00:00Z }]
given.consents = [{ consent_id = "c", account_id = "c", given_at = 2025-01-01T10:00:00Z }]
given.requests = [
    { request_id = "none_yet", account_id = "d", type = "consent_withdrawal", received_at = 2026-06-08T12:00:01Z }, { request_id = "nothing", account_id = "d", type = "consent_withdrawal", received_at = 2026-06-08T12:00:00Z },
    { request_id = "a", account_id = "c", type = "consent_withdrawal", received_at = 2026-06-01T08:00:00Z }, { request_id = "b", account_id = "c", type = "consent_withdrawal", received_at = 2026-05-31T08:00:00Z },
]
expect = { none_yet = "indeterminate: export_ends_before_due", nothing = "compliant: nothing_stood", a = "indeterminate: export_ends_before_due", b = "violation: overdue" }
[longer_ago_than_the_calendar_reaches]
parameters = { withdrawal_days = 10 }
given.requests = [
    { request_id = "in_time", type = "consent_withdrawal", account_id = "in_time", received_at = 1999-03-01T10:00:00Z },
    { request_id = "late", type = "consent_withdrawal", account_id = "late", received_at = 1999-03-01T10:00:00Z },
]
given.consents = [
    { account_id = "in_time", consent_id = "1", withdrawn_at = 1999-03-11T23:59:59Z }, { account_id = "late", consent_id = "2", withdrawn_at = 1999-03-12T00:00:00Z },
]
expect = { in_time = { verdict = "compliant: withdrawn", due_at = 1999-03-11T23:59:59.999999Z, met_at = 1999-03-11T23:59:59Z }, late = { verdict = "violation: recorded_late", due_at = 1999-03-11T23:59:59.999999Z, met_at = 1999-03-12T00:00:00Z } }
[what_stood_when_the_request_came]
parameters = { withdrawal_days = 7 }
given.consents = [
    { consent_id = "1", account_id = "a", given_at = 2025-01-01T10:00:00Z, withdrawn_at = 2026-01-02T10:00:00Z }, { consent_id = "2", account_id = "a", given_at = 2026-03-01T10:00:00Z, withdrawn_at = 2026-05-02T10:00:00Z },
    { consent_id = "3", account_id = "b", given_at = 2025-01-01T10:00:00Z, withdrawn_at = 2026-01-08T23:59:59Z }, { consent_id = "4", account_id = "b", given_at = 2026-01-01T10:00:00Z, withdrawn_at = 2026-01-09T00:00:00Z },
    { consent_id = "5", account_id = "c", given_at = 2025-01-01T10:00:00Z, withdrawn_at = 2026-01-09T00:00:00Z }, { consent_id = "6", account_id = "c", given_at = 2025-01-01T10:00:00Z },
    { consent_id = "7", account_id = "d", given_at = 2025-01-01T10:00:00Z, withdrawn_at = 2026-01-01T09:00:00Z }, { consent_id = "8", account_id = "d", given_at = 2025-01-01T10:00:00Z, withdrawn_at = 2025-12-31T23:59:59Z },
]
given.requests = [
    { request_id = "given_anew_later", account_id = "a", type = "consent_withdrawal", received_at = 2026-01-01T10:00:00Z },
    { request_id = "one_of_two_in_time", account_id = "b", type = "consent_withdrawal", received_at = 2026-01-01T10:00:00Z },
    { request_id = "neither_in_time", account_id = "c", type = "consent_withdrawal", received_at = 2026-01-01T10:00:00Z },
    { request_id = "on_its_day_or_before", account_id = "d", type = "consent_withdrawal", received_at = 2026-01-01T10:00:00Z },
]
expect.given_anew_later = "compliant: withdrawn"
expect.one_of_two_in_time = { verdict = "indeterminate: which_unknown", due_at = 2026-01-08T23:59:59.999999Z, met_at = 2026-01-09T00:00:00Z }
expect.neither_in_time = "violation: recorded_late"
expect.on_its_day_or_before = "compliant: withdrawn"
[what_it_is_to]
parameters = { withdrawal_days = 7 }
given.consents = [
    { consent_id = "1", account_id = "a", purpose = "newsletter", given_at = 2025-01-01T10:00:00Z, withdrawn_at = 2026-01-02T10:00:00Z }, { consent_id = "2", account_id = "a", purpose = "profiling", given_at = 2025-01-01T10:00:00Z },
    { consent_id = "3", account_id = "b", purpose = "newsletter", given_at = 2025-01-01T10:00:00Z, withdrawn_at = 2026-01-02T10:00:00Z }, { consent_id = "4", account_id = "b", purpose = "newsletter", given_at = 2025-06-01T10:00:00Z, withdrawn_at = 2026-01-09T00:00:00Z },
    { consent_id = "5", account_id = "c", purpose = "newsletter", given_at = 2025-01-01T10:00:00Z, withdrawn_at = 2025-12-31T10:00:00Z }, { consent_id = "6", account_id = "c", purpose = "profiling", given_at = 2025-01-01T10:00:00Z },
]
given.requests = [
    { request_id = "withdrawn_before", account_id = "c", purpose = "newsletter", type = "consent_withdrawal", received_at = 2026-01-01T10:00:00Z },
    { request_id = "named", account_id = "a", purpose = "newsletter", type = "consent_withdrawal", received_at = 2026-01-01T10:00:00Z },
    { request_id = "the_other", account_id = "a", purpose = "profiling", type = "consent_withdrawal", received_at = 2026-01-01T10:00:00Z },
    { request_id = "agreed_to_no_such", account_id = "a", purpose = "surveys", type = "consent_withdrawal", received_at = 2026-01-01T10:00:00Z },
    { request_id = "not_all_in_time", account_id = "b", purpose = "newsletter", type = "consent_withdrawal", received_at = 2026-01-01T10:00:00Z },
]
expect.withdrawn_before = "compliant: nothing_stood"
expect.named = "compliant: withdrawn"
expect.the_other = "violation: overdue"
expect.agreed_to_no_such = "indeterminate: which_unknown"
expect.not_all_in_time = { verdict = "violation: recorded_late", due_at = 2026-01-08T23:59:59.999999Z, met_at = 2026-01-09T00:00:00Z }
[taken_back]
parameters = { withdrawal_days = 7 }
given.export_info = [{ exported_at = 2026-07-31T00:00:00Z }]
given.consents = [{ consent_id = "1", account_id = "a", given_at = 2025-01-01T10:00:00Z }]
given.requests = [
    { request_id = "last_day", account_id = "a", type = "consent_withdrawal", received_at = 2026-06-01T08:00:00Z, closed_at = 2026-06-08T23:59:59Z, outcome = "withdrawn" },
    { request_id = "a_day_later", account_id = "a", type = "consent_withdrawal", received_at = 2026-06-01T08:00:00Z, closed_at = 2026-06-09T00:00:00Z, outcome = "withdrawn" },
    { request_id = "last_moment", account_id = "a", type = "consent_withdrawal", received_at = 2026-06-01T08:00:00Z, closed_at = 2026-06-08T23:59:59.999999Z, outcome = "withdrawn" },
    { request_id = "later_than_now", account_id = "a", type = "consent_withdrawal", received_at = 2026-06-25T08:00:00Z, closed_at = 2026-07-01T00:00:00Z, outcome = "withdrawn" },
]
expect = { last_moment = "compliant: taken_back", last_day = { verdict = "compliant: taken_back", due_at = 2026-06-08T23:59:59.999999Z, met_at = 2026-06-08T23:59:59Z }, a_day_later = { verdict = "violation: taken_back_late", due_at = 2026-06-08T23:59:59.999999Z, met_at = 2026-06-09T00:00:00Z }, later_than_now = "pending: not_yet_due" }
[withdrawn_after_the_instant_of_judgement]
parameters = { withdrawal_days = 7 }
given.consents = [{ consent_id = "1", account_id = "a", given_at = 2025-01-01T10:00:00Z, withdrawn_at = 2026-07-01T00:00:00Z }]
given.requests = [{ request_id = "r", account_id = "a", type = "consent_withdrawal", received_at = 2026-06-01T08:00:00Z }]
expect = { r = "violation: overdue" }
[asked_by_a_parent]
given.consents = [{ consent_id = "1", account_id = "child", given_at = 2025-01-01T10:00:00Z, withdrawn_at = 2026-03-01T00:00:00Z }, { consent_id = "2", account_id = "parent", given_at = 2025-01-01T10:00:00Z, withdrawn_at = 2026-03-01T00:00:00Z }]
given.requests = [
    { request_id = "r", account_id = "parent", requester_role = "parent", child_account_id = "child", type = "consent_withdrawal", received_at = 2026-02-01T08:00:00Z },
    { request_id = "s", account_id = "parent", requester_role = "parent", type = "consent_withdrawal", received_at = 2026-02-01T08:00:00Z },
]
expect = { r = "compliant: withdrawn", s = "indeterminate: child_unknown" }
[a_child_is_named]
parameters = { withdrawal_days = 7 }
given.requests = [{ request_id = "r", account_id = "agent", requester_role = "agent", child_account_id = "child", type = "consent_withdrawal", received_at = 2026-02-01T08:00:00Z }]
given.consents = [{ consent_id = "1", account_id = "child", given_at = 2025-01-01T10:00:00Z }, { consent_id = "2", account_id = "agent", given_at = 2025-01-01T10:00:00Z, withdrawn_at = 2026-02-02T00:00:00Z }]
expect = { r = "violation: overdue" }
[at_the_instant_of_judgement]
as_of = 2026-06-30T12:00:00Z
parameters = { withdrawal_days = 7 }
given.export_tables = [{ table_name = "consents", covers_to = 2026-06-08T23:59:59.999999Z }]
given.consents = [{ consent_id = "1", account_id = "a", withdrawn_at = 2026-06-30T12:00:00Z }, { consent_id = "2", account_id = "b" }]
given.requests = [
    { request_id = "recorded", account_id = "a", type = "consent_withdrawal", received_at = 2026-06-25T12:00:00Z }, { request_id = "taken_back", account_id = "b", type = "consent_withdrawal", received_at = 2026-06-25T12:00:00Z, closed_at = 2026-06-30T12:00:00Z, outcome = "withdrawn" },
    { request_id = "received", account_id = "b", type = "consent_withdrawal", received_at = 2026-06-30T12:00:00Z }, { request_id = "due_as_the_export_ends", account_id = "b", type = "consent_withdrawal", received_at = 2026-06-01T12:00:00Z },
]
expect = { recorded = "compliant: withdrawn", taken_back = "compliant: taken_back", received = "pending: not_yet_due", due_as_the_export_ends = "violation: overdue" }
[equivalent]
"meant: partition by account_id in bool_or(cast(is_named as boolean)) over (partition by request_id, account_id) → dropped" = "a request is one person's, but where a run reads it as anybody's"
"scoped: coalesce(d.ends_at, end_of_day(a.received_on + cast($withdrawal_days as int))) → end_of_day(a.received_on + cast($withdrawal_days as int))" = "the table of days is only quicker"
"scoped: w.account_id = a.account_id → true" = "a request is one person's, but where a run reads it as anybody's"
*/
