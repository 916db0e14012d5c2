/*
id         = "dpa_request_answered"
title      = "A signed data processing agreement is available to whoever asks"
short      = "Processing agreements sent when asked"
rule       = """
A request for a data processing agreement is answered. Without a number of days, an open request cannot be told."""
maps_to    = ["GDPR 28(3)"]
severity   = "low"
remedy     = "Send the agreements that were asked for"
tables.requests = ["type", "received_at", "responded_at", "requester_role?", "outcome??", "closed_at??", "account_id?", "merged_into?"]
absent.requests.requester_role = "whoever asks does so in their own right"
absent.requests.merged_into = "no request became part of another"
dimensions = ["channel"]
parameters.agreement_days = { type = "integer", unit = "days" }
readings."answered within thirty days" = { agreement_days = 30 }
inject.a_microsecond_late = { requests = { responded_at = "f.due_at + interval 1 microsecond", outcome = "'fulfilled'" }, parameters = { agreement_days = 30 }, where = "due_at < as_of" }
[reasons]
answered               = "answered"
withdrawn              = "withdrawn by the person, within the days set"
withdrawn_late         = "withdrawn by the person after the days set, unanswered till then"
answered_late          = "answered later than the days set"
overdue                = "not answered, and the days set have passed"
not_yet_due            = "not answered, and the days set have not passed"
no_limit               = "not answered, and the policy gives no number of days"
no_receipt             = "the day of receipt is not recorded"
in_the_future          = "an instant lies after the instant of judgement"
ends_before_start      = "answered before it was received"
export_ends_before_due = "not answered as far as the export reaches, which is not up to its last day"
[de]
title    = "Ein unterzeichneter Auftragsverarbeitungsvertrag steht jedem zur Verfügung, der danach fragt"
short    = "AV-Verträge auf Wunsch gesandt"
rule     = """
Eine Anfrage nach einem Auftragsverarbeitungsvertrag wird beantwortet. Ohne eine Zahl von Tagen ist eine offene Anfrage nicht entscheidbar."""
remedy   = "Die verlangten Verträge senden"
readings = { "answered within thirty days" = "binnen dreißig Tagen beantwortet" }
[de.reasons]
answered               = "beantwortet"
withdrawn              = "in den gesetzten Tagen von der Person zurückgezogen"
withdrawn_late         = "nach den gesetzten Tagen von der Person zurückgezogen, bis dahin unbeantwortet"
answered_late          = "später als gesetzt beantwortet"
overdue                = "nicht beantwortet, und die gesetzten Tage sind vorbei"
not_yet_due            = "nicht beantwortet, und die gesetzten Tage sind nicht vorbei"
no_limit               = "nicht beantwortet, und die Datenschutzerklärung nennt keine Zahl von Tagen"
no_receipt             = "der Tag des Eingangs ist nicht erfasst"
in_the_future          = "ein Zeitpunkt liegt nach dem Stichtag"
ends_before_start      = "vor dem Eingang beantwortet"
export_ends_before_due = "nicht beantwortet, soweit der Export reicht, und er reicht nicht bis zum letzten Tag"
*/
with scoped as (
    select r.*, coalesce(d.ends_at, end_of_day(r.received_on + $agreement_days::integer)) as due_at,
           case when r.outcome = 'withdrawn' then least(r.responded_at, r.closed_at) else r.responded_at end as done_at
    from received_requests as r
    left join days as d on d.day = r.received_on + $agreement_days::integer
    where r.type = 'agreement'
      and r.requester_role is distinct from 'object'
),
judged as (
    select *,
           case when received_at is null then 'no_receipt'
                when received_at > $as_of or responded_at > $as_of or done_at > $as_of then 'in_the_future'
                when done_at < received_at then 'ends_before_start'
                when done_at > due_at then case when outcome = 'withdrawn' then 'withdrawn_late' else 'answered_late' end
                when done_at is not null then case when outcome = 'withdrawn' then 'withdrawn' else 'answered' end
                when due_at is null then 'no_limit'
                when due_at >= $as_of then 'not_yet_due'
                when due_at > known_until then 'export_ends_before_due'
                else 'overdue' end as reason
    from scoped
)
select request_id as record_id, account_id, country, coalesce(due_at, done_at, received_at) as event_at, due_at,
       case when reason in ('answered', 'withdrawn') then 'compliant'
            when reason in ('answered_late', 'withdrawn_late', 'overdue') then 'violation'
            when reason = 'not_yet_due' then 'pending'
            else 'indeterminate' end as verdict,
       reason,
       done_at as met_at, received_at, type, channel
from judged;

/* examples
as_of = 2026-06-30
[no_number_of_days]
period = "2026-01"
given.requests = [
    { request_id = "answered", type = "agreement", received_at = 2026-01-10T08:00:00Z, responded_at = 2026-05-10T08:00:00Z },
    { request_id = "withdrawn", type = "agreement", received_at = 2026-01-10T08:00:00Z, closed_at = 2026-05-10T08:00:00Z, outcome = "withdrawn" },
    { request_id = "open", type = "agreement", received_at = 2026-01-10T08:00:00Z },
    { request_id = "undated", type = "agreement" },
    { request_id = "future", type = "agreement", received_at = 2026-07-10T08:00:00Z },
    { request_id = "withdrawn_and_answered_later", type = "agreement", received_at = 2026-01-10T08:00:00Z, closed_at = 2026-02-10T08:00:00Z, responded_at = 2026-07-10T08:00:00Z, outcome = "withdrawn" },
    { request_id = "of_a_visitor", type = "agreement", requester_role = "object", received_at = 2026-01-10T08:00:00Z },
    { request_id = "backwards", type = "agreement", received_at = 2026-01-10T08:00:00Z, responded_at = 2026-01-09T08:00:00Z },
    { request_id = "another", type = "access", requester_role = "subscriber", received_at = 2026-01-10T08:00:00Z },
]
expect.answered = { verdict = "compliant: answered", event_at = 2026-05-10T08:00:00Z, due_at = "" }
expect.withdrawn = { verdict = "compliant: withdrawn", scope = "later" }
expect.withdrawn_and_answered_later = "indeterminate: in_the_future"
expect.open = { verdict = "indeterminate: no_limit", event_at = 2026-01-10T08:00:00Z }
expect.undated = "indeterminate: no_receipt"
expect.future = "indeterminate: in_the_future"
expect.backwards = "indeterminate: ends_before_start"
[thirty_days_set]
parameters = { agreement_days = 30 }
given.requests = [
    { request_id = "last_day", type = "agreement", received_at = 2026-05-01T08:00:00Z, responded_at = 2026-05-31T23:59:59Z },
    { request_id = "last_moment", account_id = "a", country = "DE", type = "agreement", received_at = 2026-05-01T08:00:00Z, responded_at = 2026-05-31T23:59:59.999999Z },
    { request_id = "a_day_late", type = "agreement", received_at = 2026-05-01T08:00:00Z, responded_at = 2026-06-01T00:00:00Z },
    { request_id = "overdue", type = "agreement", received_at = 2026-05-01T08:00:00Z },
    { request_id = "due_today", type = "agreement", received_at = 2026-05-31T08:00:00Z },
]
expect.last_moment = { verdict = "compliant: answered", event_at = 2026-05-31T23:59:59.999999Z, account = "a", country = "DE" }
expect.last_day = { verdict = "compliant: answered", event_at = 2026-05-31T23:59:59.999999Z, due_at = 2026-05-31T23:59:59.999999Z, met_at = 2026-05-31T23:59:59Z }
expect.a_day_late = { verdict = "violation: answered_late", due_at = 2026-05-31T23:59:59.999999Z, met_at = 2026-06-01T00:00:00Z }
expect.overdue = "violation: overdue"
expect.due_today = { verdict = "pending: not_yet_due", due_at = 2026-06-30T23:59:59.999999Z, met_at = "" }
[an_export_that_ends_early]
parameters = { agreement_days = 30 }
given.export_tables = [{ table_name = "requests", covers_to = 2026-05-20T23:59:59.999999Z }]
given.requests = [{ request_id = "up_to_it", type = "agreement", received_at = 2026-04-20T08:00:00Z }, { request_id = "r", type = "agreement", received_at = 2026-05-01T08:00:00Z }]
expect = { up_to_it = "violation: overdue", r = "indeterminate: export_ends_before_due" }
[longer_ago_than_the_calendar_reaches]
parameters = { agreement_days = 10 }
given.requests = [
    { request_id = "in_time", type = "agreement", received_at = 1999-03-01T10:00:00Z, responded_at = 1999-03-11T23:59:59Z },
    { request_id = "late", type = "agreement", received_at = 1999-03-01T10:00:00Z, responded_at = 1999-03-12T00:00:00Z },
]
expect = { in_time = { verdict = "compliant: answered", due_at = 1999-03-11T23:59:59.999999Z, met_at = 1999-03-11T23:59:59Z }, late = { verdict = "violation: answered_late", due_at = 1999-03-11T23:59:59.999999Z, met_at = 1999-03-12T00:00:00Z } }
[withdrawn]
parameters = { agreement_days = 30 }
given.requests = [
    { request_id = "on_the_last_day", type = "agreement", received_at = 2026-05-01T08:00:00Z, closed_at = 2026-05-31T23:59:59Z, outcome = "withdrawn" },
    { request_id = "a_day_later", type = "agreement", received_at = 2026-05-01T08:00:00Z, closed_at = 2026-06-01T00:00:00Z, outcome = "withdrawn" },
    { request_id = "fulfilled", type = "agreement", received_at = 2026-05-01T08:00:00Z, closed_at = 2026-05-02T00:00:00Z, outcome = "fulfilled" },
    { request_id = "later_than_now", type = "agreement", received_at = 2026-05-01T08:00:00Z, closed_at = 2026-07-02T00:00:00Z, outcome = "withdrawn" },
    { request_id = "backwards", type = "agreement", received_at = 2026-05-01T08:00:00Z, closed_at = 2026-04-02T00:00:00Z, outcome = "withdrawn" },
    { request_id = "answered_before", type = "agreement", received_at = 2026-05-01T08:00:00Z, responded_at = 2026-05-01T08:00:00Z, closed_at = 2026-06-02T00:00:00Z, outcome = "withdrawn" },
]
expect = { answered_before = { verdict = "compliant: withdrawn", met_at = 2026-05-01T08:00:00Z }, on_the_last_day = { verdict = "compliant: withdrawn", due_at = 2026-05-31T23:59:59.999999Z, met_at = 2026-05-31T23:59:59Z }, a_day_later = { verdict = "violation: withdrawn_late", due_at = 2026-05-31T23:59:59.999999Z, met_at = 2026-06-01T00:00:00Z }, fulfilled = "violation: overdue", later_than_now = "indeterminate: in_the_future", backwards = "indeterminate: ends_before_start" }
[at_the_instant_of_judgement]
as_of = 2026-06-30T12:00:00Z
given.requests = [{ request_id = "received", type = "agreement", received_at = 2026-06-30T12:00:00Z }, { request_id = "answered", type = "agreement", received_at = 2026-06-10T08:00:00Z, responded_at = 2026-06-30T12:00:00Z }]
expect = { received = "indeterminate: no_limit", answered = "compliant: answered" }
[equivalent]
"scoped: coalesce(d.ends_at, end_of_day(r.received_on + cast($agreement_days as int))) → end_of_day(r.received_on + cast($agreement_days as int))" = "the table of days is only quicker"
*/
