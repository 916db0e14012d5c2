/*
id         = "opt_out_honoured"
title      = "Who opted out is sent no newsletter or promotion any more"
short      = "Opt-outs honoured"
rule       = """
After a person has opted out, on the list of opt-outs or by a request from its receipt, no newsletter or promotion is sent to them, but for the days
or hours of grace (none, unless the text gives some; hours pass as they are, whatever the clock does), unless a new consent to such a message, or to marketing as such, given in between, still stood (whether one to newsletters was also one to promotions, or the other way round, cannot be told); a request to withdraw that ends it when it is fulfilled, and from its receipt on it is in doubt. Of several opt-outs the first since
that consent counts: a second one starts no days of grace anew. A request to opt out that was taken back counts until then, with what became part of
it. A parent asks for the child, and so does whoever names one. After one from post, telephone or another channel than mail alone it cannot be told,
as no message says by which it went. Every such message to a person who ever opted out is in the population."""
maps_to    = ["GDPR 21(3)", "CAN-SPAM 15 U.S.C. 7704(a)(4)"]
severity   = "medium"
remedy     = "Take those who opted out off every list"
acts       = true
tables.messages = ["account_id", "kind", "sent_at"]
tables.opt_outs = ["account_id", "opted_out_at", "channel?"]
tables.requests = ["account_id??", "type??", "purpose??", "received_at??", "outcome??", "closed_at??", "merged_into?", "requester_role?", "child_account_id?"]
tables.consents = ["account_id", "given_at", "purpose", "withdrawn_at??"]
exact.requests = ["received_at", "closed_at"]
absent.opt_outs.channel = "every opt-out is one of mail"
empty.opt_outs.channel = "opted out of mail too"
absent.requests = { "" = "nobody opts out by a request", requester_role = "whoever asks does so in their own right", child_account_id = "nobody but a parent asks for a child", merged_into = "no request became part of another" }
dimensions = ["kind"]
parameters.grace_days = { default = 0, unit = "days" }
parameters.grace_hours = { default = 0, unit = "hours" }
readings."the ten business days of CAN-SPAM, as fourteen days" = { grace_days = 14 }
inject.a_second_after = { messages = { sent_at = "greatest((select max(o.opted_out_at) from opt_outs as o where o.account_id = t.account_id), (select max(r.received_at) from requests as r where r.account_id = t.account_id and r.type = 'opt_out')) + to_days({grace_days}) + to_hours({grace_hours}) + interval 1 second" } }
[reasons]
before        = "sent before the person opted out, or after a request to opt out was taken back"
within_grace  = "sent within the days of grace"
consented_again = "sent after a new consent"
consent_in_doubt = "sent after a new consent that was to the other of newsletters and promotions, or that the person asked to withdraw, and whether it still stood for this cannot be told"
after_opt_out = "sent after the person had opted out"
other_channel = "sent after the person had opted out of another channel than mail, and by which it was sent is not recorded"
whose_opt_out = "a parent had opted out, and for which child is not recorded"
no_instant    = "when it was sent is not recorded"
in_the_future = "it was sent after the instant of judgement"
[de]
title    = "Wer der Werbung widersprochen hat, erhält keine Newsletter und keine Werbung mehr"
short    = "Werbewidersprüche beachtet"
rule     = """
Nachdem eine Person widersprochen hat, auf der Widerspruchsliste oder durch eine Anfrage ab ihrem Eingang, erhält sie keinen Newsletter und keine
Werbung mehr, außer in den Kulanztagen oder -stunden (keine, wenn der Text keine gibt; Stunden vergehen, was die Uhr auch tut) oder wenn eine dazwischen erteilte neue Einwilligung in eine solche Nachricht, oder in Werbung überhaupt,
noch bestand (ob eine in Newsletter auch eine in Angebote war oder umgekehrt, ist nicht zu entscheiden); eine Anfrage auf deren Widerruf beendet sie mit ihrer Erfüllung, und ab dem Eingang ist sie zweifelhaft. Von mehreren Widersprüchen
zählt der erste seit dieser Einwilligung: Ein zweiter lässt keine Kulanztage neu beginnen. Ein zurückgenommener Widerspruch zählt bis zur Rücknahme,
mit dem, was in ihm aufging. Ein Elternteil fragt für das Kind an, ebenso wer eines nennt. Nach einem Widerspruch nur gegen Post, Telefon oder einen
anderen Kanal als E-Mail ist es nicht entscheidbar, da keine Nachricht sagt, auf welchem sie ging. Geprüft wird jede solche Nachricht an eine
Person, die je widersprochen hat."""
remedy   = "Widersprechende von jeder Liste nehmen"
readings = { "the ten business days of CAN-SPAM, as fourteen days" = "die zehn Geschäftstage von CAN-SPAM, als vierzehn Tage" }
[de.reasons]
before        = "gesendet, bevor die Person widersprach oder nachdem der Widerspruch zurückgenommen war"
within_grace  = "in den Kulanztagen gesendet"
consented_again = "nach einer neuen Einwilligung gesendet"
consent_in_doubt = "nach einer neuen Einwilligung gesendet, die dem anderen von Newsletter und Werbung galt oder um deren Widerruf die Person gebeten hat, und ob sie dafür noch bestand, ist nicht zu entscheiden"
after_opt_out = "gesendet, nachdem die Person widersprochen hatte"
other_channel = "gesendet, nachdem die Person einem anderen Kanal als E-Mail widersprochen hatte, und auf welchem gesendet wurde, ist nicht erfasst"
whose_opt_out = "ein Elternteil hatte widersprochen, und für welches Kind, ist nicht erfasst"
no_instant    = "wann es gesendet wurde, ist nicht erfasst"
in_the_future = "gesendet wurde nach dem Stichtag"
*/
with opted as (
    select account_id, opted_out_at, null::timestamptz as ends_at,
           coalesce(channel not in ('app', 'chat', 'fax', 'phone', 'post', 'sms', 'social_media'), true) as is_of_mail
    from opt_outs where opted_out_at is not null
    union all
    select case when requester_role = 'parent' then child_account_id else coalesce(child_account_id, account_id) end,
           received_at, case when outcome = 'withdrawn' then closed_at end, true
    from received_requests
    where type = 'opt_out' and received_at is not null
),
-- A parent opted out, and nobody knows for which child.
unplaced as (
    select min(received_at) as opted_out_at from requests where type = 'opt_out' and requester_role = 'parent' and child_account_id is null
),
-- What the person last agreed to, and still did when the message was sent, for sure or perhaps.
agreed as (
    select m.message_id, max(c.given_at) as perhaps_at, max(c.given_at) filter (where c.purpose in (m.kind, 'marketing') and coalesce(c.withdrawal_in_doubt_from > m.sent_at, true)) as given_at
    from messages as m
    join consent_ends as c on c.account_id = m.account_id and c.given_at <= m.sent_at and coalesce(c.withdrawn_at > m.sent_at, true)
    where m.account_id in (select account_id from opted) and c.purpose in ('newsletter', 'promotion', 'marketing')
    group by m.message_id
),
standing as (
    select m.message_id, m.account_id, m.kind, m.sent_at, o.account_id as who_opted_out, o.is_of_mail, g.given_at, g.perhaps_at,
           case when o.opted_out_at < m.sent_at and coalesce(o.ends_at >= m.sent_at, true) then o.opted_out_at end as out_at,
           out_at + to_days($grace_days::integer) + to_hours($grace_hours::integer) as free_until
    from messages as m
    left join opted as o on o.account_id = m.account_id
    left join agreed as g on g.message_id = m.message_id
    where m.kind in ('newsletter', 'promotion')
),
written as (
    select s.message_id, s.account_id, s.kind, s.sent_at, s.sent_at > n.opted_out_at as is_anybodys,
           min(s.out_at) filter (where coalesce(s.out_at >= s.given_at, true)) as opted_out_at,
           min(s.free_until) filter (where coalesce(s.out_at >= s.given_at, true)) as free_until,
           min(s.free_until) filter (where s.is_of_mail and coalesce(s.out_at >= s.given_at, true)) as free_of_mail_until,
           min(s.free_until) filter (where coalesce(s.out_at >= s.perhaps_at, true)) as free_for_sure_until, count(s.out_at) > 0 as has_opted_out
    from standing as s
    cross join unplaced as n
    where s.who_opted_out is not null or s.sent_at > n.opted_out_at
    group by s.message_id, s.account_id, s.kind, s.sent_at, n.opted_out_at
),
judged as (
    select w.*, date_diff('day', w.opted_out_at::date, w.sent_at::date) as days_since,
           case when w.sent_at is null then 'no_instant'
                when w.sent_at > $as_of then 'in_the_future'
                when w.sent_at > w.free_until and not coalesce(w.sent_at > w.free_for_sure_until, false) then 'consent_in_doubt'
                when w.sent_at > w.free_of_mail_until then 'after_opt_out'
                when w.sent_at > w.free_until then 'other_channel'
                when w.is_anybodys then 'whose_opt_out'
                when w.opted_out_at is null and w.has_opted_out then 'consented_again'
                when w.opted_out_at is null then 'before'
                else 'within_grace' end as reason
    from written as w
)
select message_id as record_id, account_id, null::varchar as country, sent_at as event_at, null::timestamptz as due_at,
       case when reason in ('before', 'within_grace', 'consented_again') then 'compliant'
            when reason = 'after_opt_out' then 'violation'
            else 'indeterminate' end as verdict,
       reason,
       kind, opted_out_at, days_since
from judged;

/* examples
as_of = 2026-06-30
[before_and_after]
period = "2026-01"
given.opt_outs = [{ account_id = "a", opted_out_at = 2026-01-10T08:00:00Z, channel = "email" }]
given.messages = [
    { message_id = "before", account_id = "a", kind = "newsletter", sent_at = 2026-01-10T08:00:00Z },
    { message_id = "a_second_after", account_id = "a", kind = "promotion", sent_at = 2026-01-10T08:00:01Z },
    { message_id = "service", account_id = "a", kind = "service", sent_at = 2026-02-10T08:00:01Z },
    { message_id = "another", account_id = "b", kind = "promotion", sent_at = 2026-02-10T08:00:01Z },
    { message_id = "undated", account_id = "a", kind = "promotion" },
    { message_id = "future", account_id = "a", kind = "promotion", sent_at = 2026-07-10T08:00:01Z },
    { message_id = "on_the_last_instant", account_id = "a", kind = "promotion", sent_at = 2026-06-30T23:59:59.999999Z },
]
given.consents = []
expect.before = { verdict = "compliant: before", met_at = 2026-01-10T08:00:00Z, scope = "period" }
expect.a_second_after = { verdict = "violation: after_opt_out", event_at = 2026-01-10T08:00:01Z, account = "a", country = "" }
expect.on_the_last_instant = "violation: after_opt_out"
expect.undated = "indeterminate: no_instant"
expect.future = "indeterminate: in_the_future"
[ten_days_of_grace]
parameters = { grace_days = 10 }
given.opt_outs = [{ account_id = "a", opted_out_at = 2026-01-10T08:00:00Z, channel = "email" }]
given.messages = [
    { message_id = "last", account_id = "a", kind = "newsletter", sent_at = 2026-01-20T08:00:00Z }, { message_id = "late", account_id = "a", kind = "newsletter", sent_at = 2026-01-20T08:00:01Z },
]
expect = { last = "compliant: within_grace", late = "violation: after_opt_out" }
[a_second_opt_out_starts_no_grace_anew]
parameters = { grace_days = 14 }
given.opt_outs = [
    { account_id = "a", opted_out_at = 2026-01-01T08:00:00Z, channel = "email" }, { account_id = "a", opted_out_at = 2026-03-20T08:00:00Z, channel = "email" },
    { account_id = "b", opted_out_at = 2026-01-01T08:00:00Z, channel = "email" }, { account_id = "b", opted_out_at = 2026-03-20T08:00:00Z, channel = "email" }, { account_id = "b", opted_out_at = 2026-03-25T08:00:00Z, channel = "email" },
]
given.consents = [{ consent_id = "c", account_id = "b", purpose = "newsletter", given_at = 2026-02-01T08:00:00Z }]
given.messages = [
    { message_id = "a", account_id = "a", kind = "newsletter", sent_at = 2026-03-25T08:00:00Z }, { message_id = "since_the_consent", account_id = "b", kind = "newsletter", sent_at = 2026-04-03T08:00:00Z }, { message_id = "a_second_late", account_id = "b", kind = "newsletter", sent_at = 2026-04-03T08:00:01Z },
]
expect = { a = "violation: after_opt_out", since_the_consent = "compliant: within_grace", a_second_late = "violation: after_opt_out" }
[a_new_consent]
given.opt_outs = [{ account_id = "a", opted_out_at = 2026-01-10T08:00:00Z, channel = "email" }]
given.consents = [{ consent_id = "c", account_id = "a", purpose = "newsletter", given_at = 2026-02-01T08:00:00Z }]
given.messages = [{ message_id = "m", account_id = "a", kind = "newsletter", sent_at = 2026-02-02T08:00:00Z }]
expect = { m = "compliant: consented_again" }
[opted_out_again]
given.opt_outs = [{ account_id = "a", opted_out_at = 2026-01-10T08:00:00Z, channel = "email" }, { account_id = "a", opted_out_at = 2026-03-01T08:00:00Z, channel = "email" }]
given.consents = [{ consent_id = "c", account_id = "a", purpose = "newsletter", given_at = 2026-02-01T08:00:00Z }, { consent_id = "d", account_id = "a", purpose = "profiling", given_at = 2026-04-01T08:00:00Z }]
given.messages = [{ message_id = "m", account_id = "a", kind = "newsletter", sent_at = 2026-02-02T08:00:00Z }, { message_id = "n", account_id = "a", kind = "newsletter", sent_at = 2026-05-02T08:00:00Z }]
expect = { m = "compliant: consented_again", n = "violation: after_opt_out" }
[a_new_consent_that_does_not_stand]
given.opt_outs = [{ account_id = "a", opted_out_at = 2026-01-01T10:00:00Z, channel = "email" }, { account_id = "b", opted_out_at = 2026-01-01T10:00:00Z, channel = "email" }]
given.consents = [
    { consent_id = "c", account_id = "a", purpose = "newsletter", given_at = 2026-02-01T10:00:00Z, withdrawn_at = 2026-04-01T10:00:00Z }, { consent_id = "d", account_id = "nobody", purpose = "newsletter", given_at = 2026-02-01T10:00:00Z },
]
given.messages = [
    { message_id = "still_agreed_to", account_id = "a", kind = "newsletter", sent_at = 2026-04-01T09:59:59Z }, { message_id = "withdrawn_again", account_id = "a", kind = "newsletter", sent_at = 2026-04-01T10:00:00Z },
    { message_id = "anothers", account_id = "b", kind = "newsletter", sent_at = 2026-03-01T10:00:00Z },
]
expect = { still_agreed_to = "compliant: consented_again", withdrawn_again = "violation: after_opt_out", anothers = "violation: after_opt_out" }
[opted_out_by_a_request]
given.opt_outs = [{ account_id = "x", opted_out_at = 2026-01-01T10:00:00Z, channel = "email" }]
given.consents = [{ consent_id = "c", account_id = "x", purpose = "newsletter", given_at = 2025-01-01T10:00:00Z }]
given.requests = [
    { request_id = "1", account_id = "a", requester_role = "subscriber", type = "opt_out", received_at = 2026-01-01T10:00:00Z, closed_at = 2026-01-02T10:00:00Z, outcome = "fulfilled" }, { request_id = "2", account_id = "b", requester_role = "subscriber", type = "opt_out", received_at = 2026-01-01T10:00:00Z, closed_at = 2026-02-01T10:00:00Z, outcome = "withdrawn" },
    { request_id = "3", account_id = "c", requester_role = "subscriber", type = "access", received_at = 2026-01-01T10:00:00Z }, { request_id = "4", account_id = "parent", requester_role = "parent", child_account_id = "child", type = "opt_out", received_at = 2026-01-01T10:00:00Z },
    { request_id = "7", account_id = "b", requester_role = "subscriber", type = "opt_out", received_at = 2026-01-05T10:00:00Z, closed_at = 2026-01-06T10:00:00Z, merged_into = "2" }, { request_id = "5", account_id = "visitor", requester_role = "object", type = "opt_out", received_at = 2026-01-01T10:00:00Z }, { request_id = "6", account_id = "uncle", requester_role = "subscriber", child_account_id = "nephew", type = "opt_out", received_at = 2026-01-01T10:00:00Z },
]
given.messages = [
    { message_id = "as_it_came", account_id = "a", kind = "newsletter", sent_at = 2026-01-01T10:00:00Z }, { message_id = "a_second_later", account_id = "a", kind = "newsletter", sent_at = 2026-01-01T10:00:01Z },
    { message_id = "as_it_was_taken_back", account_id = "b", kind = "newsletter", sent_at = 2026-02-01T10:00:00Z }, { message_id = "once_it_was_taken_back", account_id = "b", kind = "newsletter", sent_at = 2026-02-01T10:00:01Z },
    { message_id = "asked_for_something_else", account_id = "c", kind = "newsletter", sent_at = 2026-02-01T10:00:00Z }, { message_id = "to_the_child", account_id = "child", kind = "newsletter", sent_at = 2026-02-01T10:00:00Z },
    { message_id = "to_the_parent", account_id = "parent", kind = "newsletter", sent_at = 2026-02-01T10:00:00Z }, { message_id = "to_a_visitor", account_id = "visitor", kind = "newsletter", sent_at = 2026-02-01T10:00:00Z },
    { message_id = "to_the_nephew", account_id = "nephew", kind = "newsletter", sent_at = 2026-02-01T10:00:00Z }, { message_id = "to_the_uncle", account_id = "uncle", kind = "newsletter", sent_at = 2026-02-01T10:00:00Z },
]
expect = { as_it_came = "compliant: before", a_second_later = "violation: after_opt_out", as_it_was_taken_back = "violation: after_opt_out", once_it_was_taken_back = "compliant: before", to_the_nephew = "violation: after_opt_out", to_the_child = "violation: after_opt_out", to_a_visitor = "violation: after_opt_out" }
[what_is_a_new_consent]
given.opt_outs = [
    { account_id = "promoted", opted_out_at = 2026-03-01T08:00:00Z, channel = "email" }, { account_id = "marketed", opted_out_at = 2026-03-01T08:00:00Z, channel = "email" }, { account_id = "twice", opted_out_at = 2026-03-01T08:00:00Z, channel = "email" },
    { account_id = "later", opted_out_at = 2026-03-01T08:00:00Z, channel = "email" }, { account_id = "at_once", opted_out_at = 2026-03-01T08:00:00Z, channel = "email" },
]
given.consents = [
    { consent_id = "p", account_id = "promoted", purpose = "promotion", given_at = 2026-03-02T08:00:00Z }, { consent_id = "m", account_id = "marketed", purpose = "marketing", given_at = 2026-03-02T08:00:00Z },
    { consent_id = "old", account_id = "twice", purpose = "newsletter", given_at = 2026-02-01T08:00:00Z }, { consent_id = "new", account_id = "twice", purpose = "newsletter", given_at = 2026-04-01T08:00:00Z },
    { consent_id = "l", account_id = "later", purpose = "newsletter", given_at = 2026-05-01T08:00:00Z }, { consent_id = "o", account_id = "at_once", purpose = "newsletter", given_at = 2026-03-01T08:00:00Z },
]
given.messages = [
    { message_id = "to_promotions", account_id = "promoted", kind = "newsletter", sent_at = 2026-04-02T08:00:00Z }, { message_id = "to_marketing", account_id = "marketed", kind = "newsletter", sent_at = 2026-04-02T08:00:00Z },
    { message_id = "the_newest_counts", account_id = "twice", kind = "newsletter", sent_at = 2026-04-02T08:00:00Z }, { message_id = "a_second_before_it", account_id = "later", kind = "newsletter", sent_at = 2026-05-01T07:59:59Z },
    { message_id = "as_it_was_given", account_id = "later", kind = "newsletter", sent_at = 2026-05-01T08:00:00Z }, { message_id = "given_as_they_opted_out", account_id = "at_once", kind = "newsletter", sent_at = 2026-04-02T08:00:00Z },
]
expect.to_promotions = "indeterminate: consent_in_doubt"
expect.to_marketing = "compliant: consented_again"
expect.the_newest_counts = "compliant: consented_again"
expect.a_second_before_it = "violation: after_opt_out"
expect.as_it_was_given = "compliant: consented_again"
expect.given_as_they_opted_out = "violation: after_opt_out"
[a_parent_opted_out_and_nobody_knows_for_whom]
given.opt_outs = [{ account_id = "a", opted_out_at = 2026-01-10T08:00:00Z, channel = "email" }, { account_id = "opts_out_later", opted_out_at = 2026-05-01T08:00:00Z, channel = "email" }]
given.consents = []
given.requests = [
    { request_id = "1", account_id = "parent", requester_role = "parent", type = "opt_out", received_at = 2026-02-01T10:00:00Z }, { request_id = "2", account_id = "parent", requester_role = "parent", type = "opt_out", received_at = 2026-03-01T10:00:00Z },
    { request_id = "3", account_id = "parent", requester_role = "parent", type = "access", received_at = 2026-01-01T10:00:00Z },
]
given.messages = [
    { message_id = "after_another_request", account_id = "b", kind = "newsletter", sent_at = 2026-01-20T10:00:00Z }, { message_id = "as_it_came_to_one_who_opts_out_later", account_id = "opts_out_later", kind = "newsletter", sent_at = 2026-02-01T10:00:00Z },
    { message_id = "as_it_came", account_id = "b", kind = "newsletter", sent_at = 2026-02-01T10:00:00Z }, { message_id = "later", account_id = "b", kind = "newsletter", sent_at = 2026-02-01T10:00:01Z }, { message_id = "opted_out", account_id = "a", kind = "newsletter", sent_at = 2026-02-01T10:00:01Z }, { message_id = "to_the_parent", account_id = "parent", kind = "newsletter", sent_at = 2026-02-01T10:00:01Z },
]
expect = { later = "indeterminate: whose_opt_out", to_the_parent = "indeterminate: whose_opt_out", opted_out = "violation: after_opt_out", as_it_came_to_one_who_opts_out_later = "compliant: before" }
[of_which_channel]
parameters = { grace_days = 10 }
given.opt_outs = [
    { account_id = "by_post", opted_out_at = 2026-01-10T08:00:00Z, channel = "post" }, { account_id = "both", opted_out_at = 2026-01-10T08:00:00Z, channel = "phone" }, { account_id = "both", opted_out_at = 2026-01-15T08:00:00Z, channel = "web_form" },
    { account_id = "app", opted_out_at = 2026-01-10T08:00:00Z, channel = "app" }, { account_id = "chat", opted_out_at = 2026-01-10T08:00:00Z, channel = "chat" }, { account_id = "fax", opted_out_at = 2026-01-10T08:00:00Z, channel = "fax" }, { account_id = "sms", opted_out_at = 2026-01-10T08:00:00Z, channel = "sms" }, { account_id = "social_media", opted_out_at = 2026-01-10T08:00:00Z, channel = "social_media" }, { account_id = "nothing", opted_out_at = 2026-01-10T08:00:00Z }, { account_id = "at_once", opted_out_at = 2026-01-10T08:00:00Z, channel = "post" }, { account_id = "again", opted_out_at = 2026-01-10T08:00:00Z, channel = "sms" }, { account_id = "again", opted_out_at = 2026-01-10T08:00:00Z, channel = "email" },
]
given.consents = [{ consent_id = "c", account_id = "again", purpose = "newsletter", given_at = 2026-01-12T08:00:00Z }, { consent_id = "d", account_id = "at_once", purpose = "newsletter", given_at = 2026-01-10T08:00:00Z }]
given.messages = [
    { message_id = "app", account_id = "app", kind = "newsletter", sent_at = 2026-03-20T08:00:00Z }, { message_id = "chat", account_id = "chat", kind = "newsletter", sent_at = 2026-03-20T08:00:00Z }, { message_id = "fax", account_id = "fax", kind = "newsletter", sent_at = 2026-03-20T08:00:00Z }, { message_id = "sms", account_id = "sms", kind = "newsletter", sent_at = 2026-03-20T08:00:00Z }, { message_id = "social_media", account_id = "social_media", kind = "newsletter", sent_at = 2026-03-20T08:00:00Z }, { message_id = "nothing", account_id = "nothing", kind = "newsletter", sent_at = 2026-03-20T08:00:00Z }, { message_id = "at_once", account_id = "at_once", kind = "newsletter", sent_at = 2026-03-20T08:00:00Z },
    { message_id = "within_grace", account_id = "by_post", kind = "newsletter", sent_at = 2026-01-20T08:00:00Z }, { message_id = "a_second_later", account_id = "by_post", kind = "newsletter", sent_at = 2026-01-20T08:00:01Z },
    { message_id = "within_grace_of_mail", account_id = "both", kind = "newsletter", sent_at = 2026-01-25T08:00:00Z }, { message_id = "after_it", account_id = "both", kind = "newsletter", sent_at = 2026-01-25T08:00:01Z }, { message_id = "consented", account_id = "again", kind = "newsletter", sent_at = 2026-03-25T08:00:01Z },
]
expect = { within_grace = "compliant: within_grace", a_second_later = "indeterminate: other_channel", within_grace_of_mail = "indeterminate: other_channel", after_it = "violation: after_opt_out", consented = "compliant: consented_again", nothing = "violation: after_opt_out", app = "indeterminate: other_channel", chat = "indeterminate: other_channel", fax = "indeterminate: other_channel", sms = "indeterminate: other_channel", social_media = "indeterminate: other_channel", at_once = "indeterminate: other_channel" }
[which_of_several_consents_counts]
given.opt_outs = [{ account_id = "first_to_it", opted_out_at = 2026-03-01T08:00:00Z, channel = "email" }, { account_id = "first_to_it", opted_out_at = 2026-04-01T08:00:00Z, channel = "email" }, { account_id = "both", opted_out_at = 2026-03-01T08:00:00Z, channel = "email" }]
given.consents = [
    { consent_id = "1", account_id = "first_to_it", purpose = "newsletter", given_at = 2026-03-02T08:00:00Z }, { consent_id = "2", account_id = "first_to_it", purpose = "promotion", given_at = 2026-04-02T08:00:00Z },
    { consent_id = "3", account_id = "both", purpose = "promotion", given_at = 2026-03-02T08:00:00Z }, { consent_id = "4", account_id = "both", purpose = "newsletter", given_at = 2026-03-02T08:00:00Z },
]
given.messages = [
    { message_id = "opted_out_since", account_id = "first_to_it", kind = "newsletter", sent_at = 2026-05-01T08:00:00Z }, { message_id = "to_the_other", account_id = "first_to_it", kind = "promotion", sent_at = 2026-05-01T08:00:00Z },
    { message_id = "of_the_one", account_id = "both", kind = "newsletter", sent_at = 2026-05-01T08:00:00Z }, { message_id = "of_the_other", account_id = "both", kind = "promotion", sent_at = 2026-05-01T08:00:00Z },
]
expect = { opted_out_since = "indeterminate: consent_in_doubt", to_the_other = "compliant: consented_again", of_the_one = "compliant: consented_again", of_the_other = "compliant: consented_again" }
[hours_of_grace_when_the_clock_changes]
parameters = { grace_hours = 48 }
given.export_info = [{ exported_at = 2026-07-31T00:00:00Z, timezone = "Europe/Berlin" }]
given.opt_outs = [{ account_id = "short_day", opted_out_at = 2026-03-28T10:00:00Z, channel = "email" }, { account_id = "long_day", opted_out_at = 2025-10-25T10:00:00Z, channel = "email" }]
given.consents = []
given.messages = [
    { message_id = "the_last_of_them", account_id = "short_day", kind = "newsletter", sent_at = 2026-03-30T10:00:00Z }, { message_id = "too_late", account_id = "short_day", kind = "newsletter", sent_at = 2026-03-30T10:00:00.000001Z },
    { message_id = "the_last_in_autumn", account_id = "long_day", kind = "newsletter", sent_at = 2025-10-27T10:00:00Z }, { message_id = "too_late_in_autumn", account_id = "long_day", kind = "newsletter", sent_at = 2025-10-27T10:00:00.000001Z },
]
expect = { the_last_of_them = "compliant: within_grace", too_late = "violation: after_opt_out", the_last_in_autumn = "compliant: within_grace", too_late_in_autumn = "violation: after_opt_out" }
[days_of_grace_when_the_clock_changes]
parameters = { grace_days = 2 }
given.export_info = [{ exported_at = 2026-07-31T00:00:00Z, timezone = "Europe/Berlin" }]
given.opt_outs = [{ account_id = "short_day", opted_out_at = 2026-03-28T10:00:00Z, channel = "email" }]
given.consents = []
given.messages = [{ message_id = "at_the_same_time_by_the_clock", account_id = "short_day", kind = "newsletter", sent_at = 2026-03-30T09:00:00Z }, { message_id = "too_late", account_id = "short_day", kind = "newsletter", sent_at = 2026-03-30T09:00:01Z }]
expect = { at_the_same_time_by_the_clock = "compliant: within_grace", too_late = "violation: after_opt_out" }
[opted_out_and_nobody_knows_when]
given.opt_outs = [{ account_id = "a", channel = "email" }]
given.consents = []
given.requests = [{ request_id = "1", account_id = "b", requester_role = "subscriber", type = "opt_out" }]
given.messages = [{ message_id = "a", account_id = "a", kind = "newsletter", sent_at = 2026-02-01T10:00:00Z }, { message_id = "b", account_id = "b", kind = "newsletter", sent_at = 2026-02-01T10:00:00Z }]
expect = {}
[a_new_consent_withdrawn_by_a_request]
given.opt_outs = [{ account_id = "e", opted_out_at = 2026-01-10T08:00:00Z, channel = "email" }, { account_id = "e", opted_out_at = 2026-02-10T08:00:00Z, channel = "email" }, { account_id = "a", opted_out_at = 2026-01-10T08:00:00Z, channel = "email" }, { account_id = "b", opted_out_at = 2026-01-10T08:00:00Z, channel = "email" }, { account_id = "b", opted_out_at = 2026-04-02T08:00:00Z, channel = "email" }, { account_id = "c", opted_out_at = 2026-01-10T08:00:00Z, channel = "email" }]
given.consents = [
    { consent_id = "e", account_id = "e", purpose = "newsletter", given_at = 2026-02-01T08:00:00Z }, { consent_id = "f", account_id = "e", purpose = "newsletter", given_at = 2026-02-20T08:00:00Z },
    { consent_id = "a", account_id = "a", purpose = "newsletter", given_at = 2026-02-01T08:00:00Z }, { consent_id = "b", account_id = "b", purpose = "newsletter", given_at = 2026-02-01T08:00:00Z },
    { consent_id = "c", account_id = "c", purpose = "newsletter", given_at = 2026-02-01T08:00:00Z }, { consent_id = "d", account_id = "c", purpose = "promotion", given_at = 2026-03-01T08:00:00Z },
]
given.requests = [
    { request_id = "4", account_id = "e", type = "consent_withdrawal", purpose = "newsletter", received_at = 2026-04-01T08:00:00Z },
    { request_id = "1", account_id = "a", type = "consent_withdrawal", purpose = "newsletter", received_at = 2026-04-01T08:00:00Z, closed_at = 2026-04-03T08:00:00Z, outcome = "fulfilled" }, { request_id = "2", account_id = "b", type = "consent_withdrawal", purpose = "newsletter", received_at = 2026-04-01T08:00:00Z },
    { request_id = "3", account_id = "c", type = "consent_withdrawal", purpose = "promotion", received_at = 2026-04-01T08:00:00Z },
]
given.messages = [
    { message_id = "agreed_twice", account_id = "e", kind = "newsletter", sent_at = 2026-05-01T08:00:00Z },
    { message_id = "before_it", account_id = "a", kind = "newsletter", sent_at = 2026-04-01T07:59:59.999999Z }, { message_id = "as_it_came", account_id = "a", kind = "newsletter", sent_at = 2026-04-01T08:00:00Z }, { message_id = "just_before_it_was_fulfilled", account_id = "a", kind = "newsletter", sent_at = 2026-04-03T07:59:59.999999Z },
    { message_id = "fulfilled", account_id = "a", kind = "newsletter", sent_at = 2026-04-03T08:00:00Z }, { message_id = "opted_out_again", account_id = "b", kind = "newsletter", sent_at = 2026-04-02T08:00:01Z }, { message_id = "by_another_consent", account_id = "c", kind = "newsletter", sent_at = 2026-05-01T08:00:00Z },
]
expect = { agreed_twice = "indeterminate: consent_in_doubt", before_it = "compliant: consented_again", as_it_came = "indeterminate: consent_in_doubt", just_before_it_was_fulfilled = "indeterminate: consent_in_doubt", fulfilled = "violation: after_opt_out", opted_out_again = "violation: after_opt_out", by_another_consent = "compliant: consented_again" }
[agreed_to_as_they_opted_out]
parameters = { grace_days = 10 }
given.opt_outs = [{ account_id = "a", opted_out_at = 2026-01-10T08:00:00Z, channel = "email" }]
given.consents = [{ consent_id = "a", account_id = "a", purpose = "newsletter", given_at = 2026-01-10T08:00:00Z }]
given.messages = [{ message_id = "m", account_id = "a", kind = "newsletter", sent_at = 2026-01-12T08:00:00Z }]
expect = { m = "compliant: within_grace" }
[in_doubt_and_in_the_days_of_grace]
parameters = { grace_days = 10 }
given.opt_outs = [{ account_id = "a", opted_out_at = 2026-01-10T08:00:00Z, channel = "email" }, { account_id = "b", opted_out_at = 2026-01-10T08:00:00Z, channel = "email" }, { account_id = "b", opted_out_at = 2026-04-02T08:00:00Z, channel = "email" }]
given.consents = [{ consent_id = "a", account_id = "a", purpose = "newsletter", given_at = 2026-01-11T08:00:00Z }, { consent_id = "b", account_id = "b", purpose = "newsletter", given_at = 2026-02-01T08:00:00Z }]
given.requests = [{ request_id = "1", account_id = "a", type = "consent_withdrawal", purpose = "newsletter", received_at = 2026-01-12T08:00:00Z }, { request_id = "2", account_id = "b", type = "consent_withdrawal", purpose = "newsletter", received_at = 2026-04-01T08:00:00Z }]
given.messages = [
    { message_id = "last", account_id = "a", kind = "newsletter", sent_at = 2026-01-20T08:00:00Z }, { message_id = "a_second_later", account_id = "a", kind = "newsletter", sent_at = 2026-01-20T08:00:01Z },
    { message_id = "last_since_the_second", account_id = "b", kind = "newsletter", sent_at = 2026-04-12T08:00:00Z }, { message_id = "a_second_too_late", account_id = "b", kind = "newsletter", sent_at = 2026-04-12T08:00:01Z },
]
expect = { last = "compliant: within_grace", a_second_later = "indeterminate: consent_in_doubt", last_since_the_second = "indeterminate: consent_in_doubt", a_second_too_late = "violation: after_opt_out" }
[equivalent]
"written: min(s.out_at) → max(s.out_at)" = "says which opt-out is shown; the verdict asks only whether there is one"
"agreed: m.account_id in (select account_id from opted) → true" = "only spares work: a consent counts for nobody who has not opted out"
*/
