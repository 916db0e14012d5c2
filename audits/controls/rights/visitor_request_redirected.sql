/*
id         = "visitor_request_redirected"
title      = "Visitors of subscribers' sites are directed to the subscriber"
short      = "Visitors directed to their subscriber"
rule       = """
A request of a subscriber's visitor is redirected to the subscriber: when the visitor is told so, or else when it is closed. Handling it on the merits is kept only where the visitor's account names the
subscriber on whose instruction it was done, and within the days set. Without a time for redirecting, an open request cannot be told."""
maps_to    = ["GDPR 28(3)(e)"]
severity   = "medium"
remedy     = "Redirect what is open, and tell the visitors to whom"
tables.requests = ["requester_role", "received_at", "responded_at??", "closed_at", "outcome", "account_id", "merged_into?"]
tables.accounts = ["controller_subscriber_id"]
absent.requests.merged_into = "no request became part of another"
empty.accounts.controller_subscriber_id = "no subscriber instructed it"
dimensions = ["type", "channel"]
parameters.redirect_days = { type = "integer", unit = "days" }
readings."redirected within thirty days" = { redirect_days = 30 }
inject.on_the_merits = { requests = { outcome = "'fulfilled'" }, accounts = { controller_subscriber_id = "null" }, by = "t.account_id = f.account_id" }
[reasons]
redirected        = "directed to the subscriber"
redirected_late   = "directed to the subscriber, later than the days set"
on_instruction    = "handled, with the instructing subscriber on record"
instructed_late   = "handled, with the instructing subscriber on record, later than the days set"
on_the_merits     = "handled on the merits, with no instructing subscriber on record"
withdrawn         = "withdrawn by the visitor, within the days set"
withdrawn_late    = "withdrawn by the visitor after the days set, open till then"
overdue           = "open, and the days set have passed"
not_yet_due       = "open, and the days set have not passed"
no_limit          = "open, and the policy gives no time for redirecting"
no_receipt        = "the day of receipt is not recorded"
no_instant        = "directed to the subscriber, or handled on instruction, and when is not recorded"
no_outcome        = "closed without a recorded outcome"
in_the_future     = "an instant lies after the instant of judgement"
ends_before_start = "closed before it was received"
export_ends_before_due = "open as far as the export reaches, which is not up to its last day"
[de]
title    = "Besucher von Websites der Abonnenten werden an den Abonnenten verwiesen"
short    = "Besucher an ihren Abonnenten verwiesen"
rule     = """
Die Anfrage eines Besuchers eines Abonnenten wird an den Abonnenten verwiesen: wenn der Besucher es erfährt, sonst bei Abschluss. In der Sache
behandelt, ist die Zusage nur eingehalten, wo das Konto des Besuchers den Abonnenten nennt, auf dessen Weisung es geschah, und in den gesetzten Tagen. Ohne Zeit für das
Verweisen ist eine offene Anfrage nicht entscheidbar."""
remedy   = "Offenes weiterleiten und den Besuchern sagen, an wen"
readings = { "redirected within thirty days" = "binnen dreißig Tagen verwiesen" }
[de.reasons]
redirected        = "an den Abonnenten verwiesen"
redirected_late   = "später als gesetzt an den Abonnenten verwiesen"
on_instruction    = "behandelt, mit erfasster Weisung des Abonnenten"
instructed_late   = "behandelt, mit erfasster Weisung des Abonnenten, später als die gesetzten Tage"
on_the_merits     = "in der Sache behandelt, ohne erfasste Weisung eines Abonnenten"
withdrawn         = "in den gesetzten Tagen vom Besucher zurückgezogen"
withdrawn_late    = "nach den gesetzten Tagen vom Besucher zurückgezogen, bis dahin offen"
overdue           = "offen, und die gesetzten Tage sind vorbei"
not_yet_due       = "offen, und die gesetzten Tage sind nicht vorbei"
no_limit          = "offen, und die Datenschutzerklärung gibt keine Zeit für das Verweisen"
no_receipt        = "der Tag des Eingangs ist nicht erfasst"
no_instant        = "an den Abonnenten verwiesen oder auf Weisung behandelt, und wann ist nicht erfasst"
no_outcome        = "abgeschlossen ohne erfassten Ausgang"
in_the_future     = "ein Zeitpunkt liegt nach dem Stichtag"
ends_before_start = "vor dem Eingang abgeschlossen"
export_ends_before_due = "offen, soweit der Export reicht, und er reicht nicht bis zum letzten Tag"
*/
with scoped as (
    select r.*, coalesce(d.ends_at, end_of_day(r.received_on + $redirect_days::integer)) as due_at,
           r.account_id in (select account_id from accounts where controller_subscriber_id is not null) as is_instructed,
           case when r.outcome = 'redirected' then coalesce(r.responded_at, r.closed_at) else r.closed_at end as done_at
    from received_requests as r
    left join days as d on d.day = r.received_on + $redirect_days::integer
    where r.requester_role = 'object'
),
judged as (
    select *,
           case when received_at is null then 'no_receipt'
                when received_at > $as_of or done_at > $as_of then 'in_the_future'
                when done_at < received_at then 'ends_before_start'
                when outcome = 'redirected' and done_at > due_at then 'redirected_late'
                when (outcome = 'redirected' or outcome <> 'withdrawn' and is_instructed) and due_at is not null and done_at is null then 'no_instant'
                when outcome = 'redirected' then 'redirected'
                when outcome = 'withdrawn' and closed_at > due_at then 'withdrawn_late'
                when outcome = 'withdrawn' then 'withdrawn'
                when outcome is not null and is_instructed and done_at > due_at then 'instructed_late'
                when outcome is not null and is_instructed then 'on_instruction'
                when outcome is not null then 'on_the_merits'
                when closed_at is not null then 'no_outcome'
                when due_at is null then 'no_limit'
                when due_at >= $as_of then 'not_yet_due'
                when due_at > known_until then 'export_ends_before_due'
                else 'overdue' end as reason
    from scoped
)
select request_id as record_id, account_id, country, coalesce(due_at, done_at, received_at) as event_at, due_at,
       case when reason in ('redirected', 'on_instruction', 'withdrawn') then 'compliant'
            when reason in ('redirected_late', 'instructed_late', 'withdrawn_late', 'on_the_merits', 'overdue') then 'violation'
            when reason = 'not_yet_due' then 'pending'
            else 'indeterminate' end as verdict,
       reason,
       done_at as met_at, received_at, outcome, type, channel
from judged;

/* examples
as_of = 2026-06-30
[redirected]
period = "2026-01"
given.requests = [{ request_id = "r", requester_role = "object", received_at = 2026-01-01T08:00:00Z, closed_at = 2026-01-02T08:00:00Z, outcome = "redirected" }]
expect = { r = { verdict = "compliant: redirected", scope = "period", event_at = 2026-01-02T08:00:00Z, due_at = "" } }
[handled_for_the_subscriber]
given.accounts = [{ account_id = "v", subject_type = "subscriber_object", controller_subscriber_id = "s" }]
given.requests = [{ request_id = "r", account_id = "v", requester_role = "object", received_at = 2026-01-01T08:00:00Z, closed_at = 2026-01-02T08:00:00Z, outcome = "fulfilled" }, { request_id = "open", account_id = "v", requester_role = "object", received_at = 2026-01-01T08:00:00Z }]
expect = { r = "compliant: on_instruction", open = { verdict = "indeterminate: no_limit", event_at = 2026-01-01T08:00:00Z } }
[handled_on_the_merits]
given.accounts = [{ account_id = "v", subject_type = "subscriber_object" }]
given.requests = [
    { request_id = "r", account_id = "v", requester_role = "object", received_at = 2026-01-01T08:00:00Z, closed_at = 2026-01-02T08:00:00Z, outcome = "denied" },
    { request_id = "nobody", requester_role = "object", received_at = 2026-01-01T08:00:00Z, closed_at = 2026-01-02T08:00:00Z, outcome = "fulfilled" },
]
expect = { r = "violation: on_the_merits", nobody = "violation: on_the_merits" }
[withdrawn]
given.requests = [{ request_id = "r", requester_role = "object", received_at = 2026-01-01T08:00:00Z, closed_at = 2026-01-02T08:00:00Z, outcome = "withdrawn" }]
expect = { r = "compliant: withdrawn" }
[open_without_a_limit]
given.requests = [{ request_id = "r", requester_role = "object", received_at = 2026-01-01T08:00:00Z }]
expect = { r = "indeterminate: no_limit" }
[a_limit_of_ten_days]
parameters = { redirect_days = 10 }
given.accounts = [{ account_id = "v", subject_type = "subscriber_object", controller_subscriber_id = "s" }]
given.requests = [
    { request_id = "last_day", requester_role = "object", received_at = 2026-06-01T08:00:00Z, closed_at = 2026-06-11T23:59:59Z, outcome = "redirected" },
    { request_id = "a_day_late", requester_role = "object", received_at = 2026-06-01T08:00:00Z, closed_at = 2026-06-12T00:00:00Z, outcome = "redirected" },
    { request_id = "handled_late", requester_role = "object", received_at = 2026-06-01T08:00:00Z, closed_at = 2026-06-12T00:00:00Z, outcome = "fulfilled" },
    { request_id = "last_moment", account_id = "a", country = "DE", requester_role = "object", received_at = 2026-06-01T08:00:00Z, closed_at = 2026-06-11T23:59:59.999999Z, outcome = "redirected" },
    { request_id = "withdrawn_at_the_last_moment", requester_role = "object", received_at = 2026-06-01T08:00:00Z, closed_at = 2026-06-11T23:59:59.999999Z, outcome = "withdrawn" },
    { request_id = "instructed", account_id = "v", requester_role = "object", received_at = 2026-06-01T08:00:00Z, closed_at = 2026-06-11T23:59:59.999999Z, outcome = "fulfilled" },
    { request_id = "nobody_says_what_came_of_it", account_id = "v", requester_role = "object", received_at = 2026-06-01T08:00:00Z, closed_at = 2026-06-12T00:00:00Z },
    { request_id = "instructed_late", account_id = "v", requester_role = "object", received_at = 2026-06-01T08:00:00Z, closed_at = 2026-06-12T00:00:00Z, outcome = "fulfilled" },
    { request_id = "open", requester_role = "object", received_at = 2026-06-20T08:00:00Z },
    { request_id = "overdue", requester_role = "object", received_at = 2026-06-19T08:00:00Z },
]
expect = { last_moment = { verdict = "compliant: redirected", event_at = 2026-06-11T23:59:59.999999Z, account = "a", country = "DE" }, withdrawn_at_the_last_moment = "compliant: withdrawn", last_day = { verdict = "compliant: redirected", due_at = 2026-06-11T23:59:59.999999Z, met_at = 2026-06-11T23:59:59Z }, handled_late = "violation: on_the_merits", instructed = "compliant: on_instruction", nobody_says_what_came_of_it = "indeterminate: no_outcome", instructed_late = { verdict = "violation: instructed_late", due_at = 2026-06-11T23:59:59.999999Z, met_at = 2026-06-12T00:00:00Z }, a_day_late = { verdict = "violation: redirected_late", event_at = 2026-06-11T23:59:59.999999Z, due_at = 2026-06-11T23:59:59.999999Z, met_at = 2026-06-12T00:00:00Z }, open = { verdict = "pending: not_yet_due", due_at = 2026-06-30T23:59:59.999999Z, met_at = "" }, overdue = "violation: overdue" }
[the_export_stops_before_the_last_day]
parameters = { redirect_days = 10 }
given.export_info = [{ exported_at = 2026-06-10T23:59:59.999999Z }]
given.requests = [{ request_id = "up_to_it", requester_role = "object", received_at = 2026-05-31T08:00:00Z }, { request_id = "r", requester_role = "object", received_at = 2026-06-05T08:00:00Z }]
expect = { up_to_it = "violation: overdue", r = "indeterminate: export_ends_before_due" }
[no_receipt]
given.requests = [{ request_id = "r", requester_role = "object", closed_at = 2026-01-02T08:00:00Z, outcome = "redirected" }]
expect = { r = "indeterminate: no_receipt" }
[no_outcome]
given.requests = [{ request_id = "r", requester_role = "object", received_at = 2026-01-01T08:00:00Z, closed_at = 2026-01-02T08:00:00Z }]
expect = { r = "indeterminate: no_outcome" }
[in_the_future]
given.requests = [{ request_id = "r", requester_role = "object", received_at = 2026-06-01T08:00:00Z, closed_at = 2026-07-02T08:00:00Z, outcome = "redirected" }, { request_id = "received_later", requester_role = "object", received_at = 2026-07-02T08:00:00Z }]
expect = { r = "indeterminate: in_the_future", received_later = "indeterminate: in_the_future" }
[at_the_instant_of_judgement]
as_of = 2026-06-30T12:00:00Z
given.requests = [{ request_id = "r", requester_role = "object", received_at = 2026-06-30T12:00:00Z, closed_at = 2026-06-30T12:00:00Z, outcome = "redirected" }]
expect = { r = "compliant: redirected" }
[ends_before_start]
given.requests = [{ request_id = "r", requester_role = "object", received_at = 2026-06-01T08:00:00Z, closed_at = 2026-05-02T08:00:00Z, outcome = "redirected" }]
expect = { r = "indeterminate: ends_before_start" }
[subscribers_are_not_visitors]
given.requests = [{ request_id = "r", requester_role = "subscriber", received_at = 2026-01-01T08:00:00Z }]
expect = {}
[longer_ago_than_the_calendar_reaches]
parameters = { redirect_days = 10 }
given.requests = [
    { request_id = "in_time", type = "access", requester_role = "object", received_at = 1999-03-01T10:00:00Z, closed_at = 1999-03-11T23:59:59Z, outcome = "redirected" },
    { request_id = "late", type = "access", requester_role = "object", received_at = 1999-03-01T10:00:00Z, closed_at = 1999-03-12T00:00:00Z, outcome = "redirected" },
]
expect = { in_time = { verdict = "compliant: redirected", due_at = 1999-03-11T23:59:59.999999Z, met_at = 1999-03-11T23:59:59Z }, late = { verdict = "violation: redirected_late", due_at = 1999-03-11T23:59:59.999999Z, met_at = 1999-03-12T00:00:00Z } }
[withdrawn_within_ten_days_or_later]
parameters = { redirect_days = 10 }
given.requests = [
    { request_id = "last_day", requester_role = "object", received_at = 2026-06-01T08:00:00Z, closed_at = 2026-06-11T23:59:59Z, outcome = "withdrawn" },
    { request_id = "a_day_late", requester_role = "object", received_at = 2026-06-01T08:00:00Z, closed_at = 2026-06-12T00:00:00Z, outcome = "withdrawn" },
]
expect = { last_day = { verdict = "compliant: withdrawn", due_at = 2026-06-11T23:59:59.999999Z, met_at = 2026-06-11T23:59:59Z }, a_day_late = { verdict = "violation: withdrawn_late", due_at = 2026-06-11T23:59:59.999999Z, met_at = 2026-06-12T00:00:00Z } }
[directed_and_no_time_is_set]
given.requests = [{ request_id = "not_dated", requester_role = "object", type = "access", received_at = 2026-03-01T10:00:00Z, outcome = "redirected" }]
expect = { not_dated = "compliant: redirected" }
[handled_on_instruction_and_not_dated]
parameters = { redirect_days = 30 }
given.accounts = [{ account_id = "v", subject_type = "subscriber_object", controller_subscriber_id = "s" }]
given.requests = [
    { request_id = "not_dated", account_id = "v", requester_role = "object", type = "access", received_at = 2026-03-01T10:00:00Z, outcome = "fulfilled" },
    { request_id = "taken_back", account_id = "v", requester_role = "object", type = "access", received_at = 2026-03-01T10:00:00Z, outcome = "withdrawn" },
    { request_id = "open", account_id = "v", requester_role = "object", type = "access", received_at = 2026-03-01T10:00:00Z },
    { request_id = "not_instructed", account_id = "w", requester_role = "object", type = "access", received_at = 2026-03-01T10:00:00Z, outcome = "fulfilled" },
]
expect = { not_dated = "indeterminate: no_instant", taken_back = "compliant: withdrawn", open = "violation: overdue", not_instructed = "violation: on_the_merits" }
[told_before_it_was_closed]
parameters = { redirect_days = 30 }
given.export_info = [{ exported_at = 2026-07-31T00:00:00Z }]
given.requests = [
    { request_id = "told_on_the_second_day", requester_role = "object", type = "access", received_at = 2026-03-01T10:00:00Z, responded_at = 2026-03-02T10:00:00Z, closed_at = 2026-04-20T10:00:00Z, outcome = "redirected" },
    { request_id = "told_at_the_last_moment", requester_role = "object", type = "access", received_at = 2026-03-01T10:00:00Z, responded_at = 2026-03-31T23:59:59.999999Z, outcome = "redirected" },
    { request_id = "told_late", requester_role = "object", type = "access", received_at = 2026-03-01T10:00:00Z, responded_at = 2026-04-01T00:00:00Z, outcome = "redirected" },
    { request_id = "told_and_not_dated", requester_role = "object", type = "access", received_at = 2026-03-01T10:00:00Z, outcome = "redirected" },
    { request_id = "told_after_as_of", requester_role = "object", type = "access", received_at = 2026-06-30T10:00:00Z, responded_at = 2026-07-01T00:00:00Z, outcome = "redirected" },
    { request_id = "withdrawn_and_answered", requester_role = "object", type = "access", received_at = 2026-03-01T10:00:00Z, responded_at = 2026-04-02T10:00:00Z, closed_at = 2026-03-20T10:00:00Z, outcome = "withdrawn" },
]
expect = { told_on_the_second_day = { verdict = "compliant: redirected", due_at = 2026-03-31T23:59:59.999999Z, met_at = 2026-03-02T10:00:00Z }, told_at_the_last_moment = { verdict = "compliant: redirected", met_at = 2026-03-31T23:59:59.999999Z }, told_late = { verdict = "violation: redirected_late", met_at = 2026-04-01T00:00:00Z }, told_and_not_dated = "indeterminate: no_instant", told_after_as_of = "indeterminate: in_the_future", withdrawn_and_answered = { verdict = "compliant: withdrawn", met_at = 2026-03-20T10:00:00Z } }
[equivalent]
"scoped: coalesce(d.ends_at, end_of_day(r.received_on + cast($redirect_days as int))) → end_of_day(r.received_on + cast($redirect_days as int))" = "the table of days is only quicker"
*/
