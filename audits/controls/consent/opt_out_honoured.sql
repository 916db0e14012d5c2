/*
id         = "opt_out_honoured"
title      = "Who opted out is sent no newsletter or promotion any more"
short      = "Opt-outs honoured"
rule       = """
After a person has opted out, no newsletter or promotion is sent to them, but for the days of grace (none, unless grace_days is set), unless they
gave a new consent to such messages in between. Every such message to a person who ever opted out is in the population."""
maps_to    = ["GDPR 21(3)", "CAN-SPAM 15 U.S.C. 7704(a)(4)"]
severity   = "medium"
remedy     = "Take those who opted out off every list"
acts       = true
tables.messages = ["account_id", "kind", "sent_at"]
tables.opt_outs = ["account_id", "opted_out_at"]
tables.consents = ["account_id", "given_at", "purpose"]
dimensions = ["kind"]
parameters.grace_days = { default = 0, unit = "days" }
readings."the ten business days of CAN-SPAM, as fourteen days" = { grace_days = 14 }
inject.a_second_after = { messages = { sent_at = "(select max(o.opted_out_at) + interval 1 second from opt_outs as o where o.account_id = t.account_id)" } }
[reasons]
before        = "sent before the person opted out"
within_grace  = "sent within the days of grace"
consented_again = "sent after a new consent"
after_opt_out = "sent after the person had opted out"
no_instant    = "when it was sent is not recorded"
in_the_future = "it was sent after the instant of judgement"
*/
with written as (
    select m.message_id, m.account_id, m.kind, m.sent_at, max(o.opted_out_at) filter (where o.opted_out_at < m.sent_at) as opted_out_at
    from messages as m
    join opt_outs as o on o.account_id = m.account_id and o.opted_out_at is not null
    where m.kind in ('newsletter', 'promotion')
    group by m.message_id, m.account_id, m.kind, m.sent_at
),
-- What the person agreed to again since, by the time of the message.
again as (
    select w.message_id, max(c.given_at) as given_at
    from written as w
    join consents as c on c.account_id = w.account_id and c.given_at > w.opted_out_at and c.given_at <= w.sent_at
    where c.purpose is null or c.purpose in ('newsletter', 'promotion', 'marketing')
    group by w.message_id
),
judged as (
    select w.*, date_diff('day', w.opted_out_at::date, w.sent_at::date) as days_since,
           case when w.sent_at is null then 'no_instant'
                when w.sent_at > $as_of then 'in_the_future'
                when w.opted_out_at is null then 'before'
                when a.given_at is not null then 'consented_again'
                when w.sent_at <= w.opted_out_at + to_days($grace_days::integer) then 'within_grace'
                else 'after_opt_out' end as reason
    from written as w
    left join again as a on a.message_id = w.message_id
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
given.opt_outs = [{ account_id = "a", opted_out_at = 2026-01-10T08:00:00Z, channel = "email" }]
given.messages = [
    { message_id = "before", account_id = "a", kind = "newsletter", sent_at = 2026-01-10T08:00:00Z },
    { message_id = "a_second_after", account_id = "a", kind = "promotion", sent_at = 2026-01-10T08:00:01Z },
    { message_id = "service", account_id = "a", kind = "service", sent_at = 2026-02-10T08:00:01Z },
    { message_id = "another", account_id = "b", kind = "promotion", sent_at = 2026-02-10T08:00:01Z },
    { message_id = "undated", account_id = "a", kind = "promotion" },
    { message_id = "future", account_id = "a", kind = "promotion", sent_at = 2026-07-10T08:00:01Z },
]
given.consents = []
expect.before = "compliant: before"
expect.a_second_after = "violation: after_opt_out"
expect.undated = "indeterminate: no_instant"
expect.future = "indeterminate: in_the_future"
[ten_days_of_grace]
parameters = { grace_days = 10 }
given.opt_outs = [{ account_id = "a", opted_out_at = 2026-01-10T08:00:00Z, channel = "email" }]
given.messages = [
    { message_id = "last", account_id = "a", kind = "newsletter", sent_at = 2026-01-20T08:00:00Z },
    { message_id = "late", account_id = "a", kind = "newsletter", sent_at = 2026-01-20T08:00:01Z },
]
expect = { last = "compliant: within_grace", late = "violation: after_opt_out" }
[a_new_consent]
given.opt_outs = [{ account_id = "a", opted_out_at = 2026-01-10T08:00:00Z, channel = "email" }]
given.consents = [{ consent_id = "c", account_id = "a", given_at = 2026-02-01T08:00:00Z }]
given.messages = [{ message_id = "m", account_id = "a", kind = "newsletter", sent_at = 2026-02-02T08:00:00Z }]
expect = { m = "compliant: consented_again" }
[opted_out_again]
given.opt_outs = [{ account_id = "a", opted_out_at = 2026-01-10T08:00:00Z, channel = "email" }, { account_id = "a", opted_out_at = 2026-03-01T08:00:00Z, channel = "email" }]
given.consents = [{ consent_id = "c", account_id = "a", given_at = 2026-02-01T08:00:00Z }, { consent_id = "d", account_id = "a", purpose = "profiling", given_at = 2026-04-01T08:00:00Z }]
given.messages = [{ message_id = "m", account_id = "a", kind = "newsletter", sent_at = 2026-02-02T08:00:00Z }, { message_id = "n", account_id = "a", kind = "newsletter", sent_at = 2026-05-02T08:00:00Z }]
expect = { m = "compliant: consented_again", n = "violation: after_opt_out" }
*/
