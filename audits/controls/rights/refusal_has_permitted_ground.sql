/*
id         = "refusal_has_permitted_ground"
title      = "Requests to access, change or remove data are refused only on grounds that the policy names"
short      = "Refusals on permitted grounds"
rule       = """
A refused or partly refused request to access, change or remove data, or to confirm whether any is processed, names one of the grounds that the policy
names, or, for removal, one of its exceptions. That the account (of a request of a parent, or that names a child, the child's) is active is a ground
only while it is: one that had begun by then, and is active now, or was closed after the refusal."""
maps_to    = ["GDPR 12(4)", "GDPR 17(3)"]
severity   = "medium"
remedy     = "Decide the refused requests anew, on the grounds that are permitted"
tables.requests = ["type", "outcome", "denial_ground", "closed_at", "account_id", "requester_role?", "child_account_id?", "received_at?"]
tables.accounts = ["status", "closed_at??", "created_at??"]
exact.accounts = ["closed_at"]
absent.requests.requester_role = "whoever asks does so in their own right"
absent.requests.child_account_id = "no child is named"
dimensions = ["type"]
parameters.retention_grounds = { type = "words", of = "ground" }
parameters.erasure_exceptions = { type = "words", of = "ground" }
inject.ground_lost = { requests = { denial_ground = "null" } }
inject.by_habit = { requests = { denial_ground = "'selftest'" } }
[reasons]
permitted          = "on a ground that the policy names"
no_ground          = "on no ground"
other_ground       = "on another ground"
account_not_active = "because the account is active, which it is not"
account_unknown    = "because the account is active, and whether it was is not recorded"
no_instant         = "when it was refused is not recorded"
in_the_future      = "it was refused after the instant of judgement"
[de]
title    = "Anfragen auf Auskunft, Änderung oder Löschung werden nur aus Gründen der Datenschutzerklärung abgelehnt"
short    = "Ablehnungen nur aus zulässigen Gründen"
rule     = """
Eine ganz oder teilweise abgelehnte Anfrage auf Auskunft, Änderung oder Löschung, oder auf Bestätigung, ob Daten verarbeitet werden, nennt einen der
Gründe der Datenschutzerklärung oder, bei Löschung, eine ihrer Ausnahmen. Dass das Konto aktiv ist (bei der Anfrage eines Elternteils, oder die ein
Kind nennt, das des Kindes), ist nur ein Grund, solange es das ist: ein Konto, das bis dahin begonnen hatte und jetzt aktiv ist oder nach der
Ablehnung geschlossen wurde."""
remedy   = "Die abgelehnten Anfragen aus zulässigen Gründen neu entscheiden"
[de.reasons]
permitted          = "aus einem Grund, den die Datenschutzerklärung nennt"
no_ground          = "ohne Grund"
other_ground       = "aus einem anderen Grund"
account_not_active = "weil das Konto aktiv sei, was es nicht ist"
account_unknown    = "weil das Konto aktiv sei, und ob es das war, ist nicht erfasst"
no_instant         = "wann abgelehnt wurde, ist nicht erfasst"
in_the_future      = "abgelehnt wurde nach dem Stichtag"
*/
with refused as (
    select * replace (case when requester_role = 'parent' then child_account_id else coalesce(child_account_id, account_id) end as account_id)
    from requests
    where type in ('access', 'confirmation', 'rectification', 'erasure', 'return') and outcome in ('denied', 'partial') and requester_role is distinct from 'object'
),
people as (
    select account_id, min(status) as status, max(closed_at) as account_closed_at, min(created_at) as account_created_at from accounts
    where account_id in (select account_id from refused where denial_ground = 'account_active') group by account_id
),
judged as (
    select r.*,
           case when r.closed_at is null then 'no_instant'
                when r.closed_at > $as_of then 'in_the_future'
                when r.denial_ground is null then 'no_ground'
                when r.denial_ground = 'account_active' and p.account_created_at > r.closed_at then 'account_not_active'
                when r.denial_ground = 'account_active' and p.status is null then 'account_unknown'
                when r.denial_ground = 'account_active' and p.status <> 'active' and p.account_closed_at is null then 'account_unknown'
                when r.denial_ground = 'account_active' and p.status <> 'active' and p.account_closed_at <= r.closed_at then 'account_not_active'
                when r.denial_ground in $retention_grounds then 'permitted'
                when r.type = 'erasure' and r.denial_ground in $erasure_exceptions then 'permitted'
                else 'other_ground' end as reason
    from refused as r
    left join people as p on p.account_id = r.account_id
)
select request_id as record_id, account_id, country, closed_at as event_at, null::timestamptz as due_at,
       case when reason = 'permitted' then 'compliant'
            when reason in ('no_ground', 'other_ground', 'account_not_active') then 'violation'
            else 'indeterminate' end as verdict,
       reason,
       received_at, denial_ground, type, channel
from judged;

/* examples
as_of = 2026-06-30
parameters = { retention_grounds = ["account_active", "service", "legal_obligation", "dispute", "agreement"], erasure_exceptions = ["record_keeping", "transaction", "legal_obligation"] }
[named_grounds]
period = "2026-01"
given.accounts = [
    { account_id = "active", status = "active" }, { account_id = "closed", status = "closed", closed_at = 2026-03-01T09:00:00Z },
    { account_id = "closed_later", status = "closed", closed_at = 2026-03-01T11:00:00Z }, { account_id = "closed_some_day", status = "closed" },
    { account_id = "suspended", status = "suspended" }, { account_id = "reopened", status = "active", closed_at = 2026-02-01T10:00:00Z }, { account_id = "closed_that_moment", status = "closed", closed_at = 2026-03-01T10:00:00Z },
]
given.requests = [
    { request_id = "dispute", type = "access", outcome = "denied", denial_ground = "dispute", closed_at = 2026-03-01T10:00:00Z }, { request_id = "records", type = "erasure", outcome = "partial", denial_ground = "record_keeping", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "records_access", type = "access", outcome = "denied", denial_ground = "record_keeping", closed_at = 2026-03-01T10:00:00Z }, { request_id = "silent", type = "erasure", outcome = "denied", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "active", account_id = "active", type = "erasure", outcome = "denied", denial_ground = "account_active", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "closed", account_id = "closed", type = "erasure", outcome = "denied", denial_ground = "account_active", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "closed_later", account_id = "closed_later", type = "erasure", outcome = "denied", denial_ground = "account_active", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "closed_some_day", account_id = "closed_some_day", type = "erasure", outcome = "denied", denial_ground = "account_active", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "suspended", account_id = "suspended", type = "erasure", outcome = "denied", denial_ground = "account_active", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "childs", account_id = "active", requester_role = "parent", child_account_id = "closed", type = "erasure", outcome = "denied", denial_ground = "account_active", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "of_which_child", account_id = "active", requester_role = "parent", type = "erasure", outcome = "denied", denial_ground = "account_active", closed_at = 2026-03-01T10:00:00Z }, { request_id = "reopened", account_id = "reopened", type = "erasure", outcome = "denied", denial_ground = "account_active", closed_at = 2026-03-01T10:00:00Z }, { request_id = "closed_that_moment", account_id = "closed_that_moment", type = "erasure", outcome = "denied", denial_ground = "account_active", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "suspended_in_dispute", account_id = "suspended", type = "erasure", outcome = "denied", denial_ground = "dispute", closed_at = 2026-03-01T10:00:00Z }, { request_id = "closed_in_dispute", account_id = "closed", type = "erasure", outcome = "denied", denial_ground = "dispute", closed_at = 2026-03-01T10:00:00Z }, { request_id = "habit", type = "erasure", outcome = "denied", denial_ground = "habit", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "rectification", type = "rectification", outcome = "denied", closed_at = 2026-03-01T10:00:00Z }, { request_id = "return", type = "return", outcome = "denied", closed_at = 2026-03-01T10:00:00Z }, { request_id = "of_a_visitor", requester_role = "object", type = "erasure", outcome = "denied", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "lost", account_id = "lost", type = "erasure", outcome = "denied", denial_ground = "account_active", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "undated", type = "erasure", outcome = "denied", denial_ground = "dispute" }, { request_id = "future", type = "erasure", outcome = "denied", denial_ground = "dispute", closed_at = 2026-07-01T10:00:00Z },
    { request_id = "confirmation", type = "confirmation", outcome = "denied", closed_at = 2026-03-01T10:00:00Z }, { request_id = "question", type = "question", outcome = "denied", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "granted", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z },
]
expect.of_which_child = "indeterminate: account_unknown"
expect.reopened = "compliant: permitted"
expect.closed_that_moment = "violation: account_not_active"
expect.suspended_in_dispute = "compliant: permitted"
expect.closed_in_dispute = "compliant: permitted"
expect.habit = "violation: other_ground"
expect.rectification = "violation: no_ground"
expect.return = "violation: no_ground"
expect.dispute = { verdict = "compliant: permitted", scope = "later", event_at = 2026-03-01T10:00:00Z }
expect.records = "compliant: permitted"
expect.records_access = "violation: other_ground"
expect.silent = "violation: no_ground"
expect.confirmation = "violation: no_ground"
expect.active = "compliant: permitted"
expect.closed = "violation: account_not_active"
expect.closed_later = "compliant: permitted"
expect.closed_some_day = "indeterminate: account_unknown"
expect.suspended = "indeterminate: account_unknown"
expect.childs = "violation: account_not_active"
expect.lost = "indeterminate: account_unknown"
expect.undated = "indeterminate: no_instant"
expect.future = "indeterminate: in_the_future"
[a_child_is_named]
given.requests = [{ request_id = "r", account_id = "agent", requester_role = "agent", child_account_id = "child", type = "access", outcome = "denied", denial_ground = "account_active", closed_at = 2026-03-01T10:00:00Z }]
given.accounts = [{ account_id = "agent", status = "active" }, { account_id = "child", status = "closed", closed_at = 2026-03-01T09:00:00Z }]
expect = { r = "violation: account_not_active" }
[at_the_instant_of_judgement]
as_of = 2026-06-30T12:00:00Z
given.accounts = []
given.requests = [{ request_id = "r", account_id = "a", country = "DE", type = "access", outcome = "denied", denial_ground = "dispute", closed_at = 2026-06-30T12:00:00Z }]
expect = { r = { verdict = "compliant: permitted", account = "a", country = "DE" } }
[an_account_that_begins_later]
parameters = { retention_grounds = ["account_active"], erasure_exceptions = ["record_keeping"] }
given.accounts = [{ account_id = "then", status = "active", created_at = 2026-01-10T08:00:00Z }, { account_id = "later", status = "active", created_at = 2026-01-10T08:00:00.000001Z }]
given.requests = [
    { request_id = "as_it_began", account_id = "then", type = "access", outcome = "denied", denial_ground = "account_active", closed_at = 2026-01-10T08:00:00Z },
    { request_id = "before_it_began", account_id = "later", type = "access", outcome = "denied", denial_ground = "account_active", closed_at = 2026-01-10T08:00:00Z },
    { request_id = "on_another_ground", account_id = "later", type = "erasure", outcome = "denied", denial_ground = "record_keeping", closed_at = 2026-01-10T08:00:00Z },
]
expect = { as_it_began = "compliant: permitted", before_it_began = "violation: account_not_active", on_another_ground = "compliant: permitted" }
[equivalent]
"people: min(created_at) → max(created_at)" = "only rows of one key differ, and those are bad records"
"people: min(status) → max(status)" = "an account stands there once, or is a bad record"
"people: max(closed_at) → min(closed_at)" = "an account stands there once, or is a bad record"
"people: account_id in (select account_id from refused where denial_ground = 'account_active') → true" = "only quicker"
"people: denial_ground = 'account_active' → true" = "only quicker"
*/
