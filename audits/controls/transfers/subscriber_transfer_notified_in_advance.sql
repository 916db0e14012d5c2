/*
id         = "subscriber_transfer_notified_in_advance"
title      = "Subscribers whose visitors' data leaves the EEA are to have given written notice beforehand"
short      = "Subscribers announce transfers beforehand"
rule       = """
A transfer of visitors' data out of the EEA and Switzerland, on behalf of a subscriber, comes after that subscriber's written notice to the Company. A
duty of subscribers, not of the Company."""
maps_to    = ["GDPR 28(3)(a)", "GDPR 44"]
severity   = "medium"
remedy     = "Ask the subscribers for their notices, or stop the transfers"
acts       = true
tables.disclosures = ["account_id", "disclosed_at", "origin_country", "destination_country", "recipient_id?"]
tables.accounts = ["controller_subscriber_id", "subject_type"]
tables.subscriber_duties = ["duty", "answered_at"]
exact.subscriber_duties = ["answered_at"]
inject.notice_lost = { by = "t.subscriber_id = f.subscriber_id", subscriber_duties = { duty = "'selftest'" } }
[reasons]
notified       = "after the subscriber's notice"
notified_later = "before the subscriber's notice"
not_notified   = "the subscriber gave no notice"
in_the_future  = "the disclosure lies after the instant of judgement"
[de]
title    = "Abonnenten, deren Besucherdaten den EWR verlassen, müssen das vorab schriftlich angezeigt haben"
short    = "Abonnenten zeigen Übermittlungen vorab an"
rule     = """
Eine Übermittlung von Besucherdaten aus dem EWR und der Schweiz, im Auftrag eines Abonnenten, folgt auf dessen schriftliche Anzeige an das
Unternehmen. Eine Pflicht der Abonnenten, nicht des Unternehmens."""
remedy   = "Die Anzeigen der Abonnenten einholen oder die Übermittlungen beenden"
[de.reasons]
notified       = "nach der Anzeige des Abonnenten"
notified_later = "vor der Anzeige des Abonnenten"
not_notified   = "der Abonnent hat nichts angezeigt"
in_the_future  = "die Weitergabe liegt nach dem Stichtag"
*/
with visitors as (
    select account_id, min(controller_subscriber_id) as subscriber_id
    from accounts where subject_type = 'subscriber_object' and controller_subscriber_id is not null group by account_id
),
notices as (
    select subscriber_id, min(answered_at) as notified_at from subscriber_duties where duty = 'transfer_notice' group by subscriber_id
),
judged as (
    select t.disclosure_id, t.account_id, t.origin_country, t.disclosed_at, t.destination_country, v.subscriber_id, n.notified_at,
           case when t.disclosed_at > $as_of then 'in_the_future'
                when n.notified_at is null then 'not_notified'
                when n.notified_at > t.disclosed_at then 'notified_later'
                else 'notified' end as reason
    from transfers as t
    join visitors as v on v.account_id = t.account_id
    left join notices as n on n.subscriber_id = v.subscriber_id
    where t.exporter is not null and not t.is_inside and t.destination_known
)
select disclosure_id as record_id, account_id, origin_country as country, disclosed_at as event_at, null::timestamptz as due_at,
       case when reason = 'notified' then 'compliant'
            when reason in ('notified_later', 'not_notified') then 'violation'
            else 'indeterminate' end as verdict,
       reason,
       subscriber_id, destination_country, notified_at
from judged;

/* examples
as_of = 2026-06-30
[notice_before_the_transfer]
period = "2026-01"
given.accounts = [
    { account_id = "v", subject_type = "subscriber_object", controller_subscriber_id = "s" }, { account_id = "w", subject_type = "subscriber_object", controller_subscriber_id = "silent" }, { account_id = "own", subject_type = "subscriber" },
]
given.subscriber_duties = [{ subscriber_id = "s", duty = "transfer_notice", answered_at = 2026-01-10T08:00:00Z }]
given.disclosures = [
    { disclosure_id = "after", account_id = "v", origin_country = "DE", destination_country = "US", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "before", account_id = "v", origin_country = "DE", destination_country = "US", disclosed_at = 2026-01-10T07:59:59Z },
    { disclosure_id = "silent", account_id = "w", origin_country = "DE", destination_country = "US", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "future", account_id = "v", origin_country = "DE", destination_country = "US", disclosed_at = 2026-07-10T08:00:00Z },
    { disclosure_id = "inside", account_id = "v", origin_country = "DE", destination_country = "FR", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "own", account_id = "own", origin_country = "DE", destination_country = "US", disclosed_at = 2026-01-10T08:00:00Z },
]
expect = { after = { verdict = "compliant: notified", met_at = 2026-01-10T08:00:00Z, scope = "period" }, before = "violation: notified_later", silent = "violation: not_notified", future = "indeterminate: in_the_future" }
[who_is_a_visitor_and_what_is_a_notice]
given.accounts = [
    { account_id = "v", subject_type = "subscriber_object", controller_subscriber_id = "s" }, { account_id = "w", subject_type = "subscriber_object", controller_subscriber_id = "silent" },
    { account_id = "agent", subject_type = "agent", controller_subscriber_id = "silent" }, { account_id = "nobodys", subject_type = "subscriber_object" },
]
given.subscriber_duties = [
    { subscriber_id = "s", duty = "transfer_notice", asked_at = 2026-01-01T08:00:00Z, answered_at = 2026-01-10T08:00:00Z }, { subscriber_id = "s", duty = "transfer_notice", asked_at = 2026-05-01T08:00:00Z, answered_at = 2026-05-10T08:00:00Z },
    { subscriber_id = "silent", duty = "gdpr_notice", asked_at = 2026-01-01T08:00:00Z, answered_at = 2026-01-10T08:00:00Z },
]
given.disclosures = [
    { disclosure_id = "after_the_first_notice", account_id = "v", origin_country = "DE", destination_country = "US", disclosed_at = 2026-02-10T08:00:00Z }, { disclosure_id = "on_the_last_instant", account_id = "v", origin_country = "CH", destination_country = "US", disclosed_at = 2026-06-30T23:59:59.999999Z },
    { disclosure_id = "another_notice", account_id = "w", origin_country = "DE", destination_country = "US", disclosed_at = 2026-02-10T08:00:00Z }, { disclosure_id = "of_an_agent", account_id = "agent", origin_country = "DE", destination_country = "US", disclosed_at = 2026-02-10T08:00:00Z },
    { disclosure_id = "on_nobodys_behalf", account_id = "nobodys", origin_country = "DE", destination_country = "US", disclosed_at = 2026-02-10T08:00:00Z }, { disclosure_id = "from_nobody_knows_where", account_id = "v", destination_country = "US", disclosed_at = 2026-01-01T08:00:00Z },
    { disclosure_id = "to_nobody_knows_where", account_id = "v", origin_country = "DE", disclosed_at = 2026-01-01T08:00:00Z },
]
expect.after_the_first_notice = { verdict = "compliant: notified", event_at = 2026-02-10T08:00:00Z, account = "v", country = "DE" }
expect.on_the_last_instant = "compliant: notified"
expect.another_notice = "violation: not_notified"
[equivalent]
"visitors: min(controller_subscriber_id) → max(controller_subscriber_id)" = "account_id is the key: two rows that differ make each finding of theirs indeterminate"
*/
