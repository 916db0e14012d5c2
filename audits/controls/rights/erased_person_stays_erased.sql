/*
id         = "erased_person_stays_erased"
title      = "Who was erased stays erased"
short      = "Erased people stay erased"
rule       = """
After a removal request was closed as fulfilled, the Company does nothing more with data of that person: no disclosure, message, processing, storage,
tracker or sign-in access comes later anywhere in the export, and no processing goes on after that day; an end that lies after what the export can
know is a plan. No such act is the notice that confirms the removal, within a day of closing, counted by the clock; processing that the law demands, an approved disclosure or a storage on that ground; aggregates of at least
{least_people} people; what rests on a consent given since, that of a tracker with it, to share, to be stored for, and a sign-in authorised since; and what comes after the person came back: a new account, or the terms accepted anew (of several times the last is on record, so that what came before it cannot be told). A
parent asks for the child, and so does whoever names one. Of one closed as partly fulfilled nobody can tell: which part was refused is not recorded."""
maps_to    = ["GDPR 17(1)", "GDPR 17(3)(b)", "GDPR 12(3)"]
severity   = "high"
remedy     = "Find where the data came back from, and delete it there"
tables.requests = ["type", "outcome", "closed_at", "account_id", "purpose??", "requester_role?", "child_account_id?", "received_at?", "merged_into?"]
tables.disclosures = ["account_id", "disclosed_at", "ground??", "purpose??", "approval_ref??", "aggregated?", "smallest_cell?"]
tables.messages = ["account_id", "sent_at", "kind", "consent_id??"]
tables.processing_activities = ["account_id", "started_at??", "ended_at??", "legal_basis??", "consent_id??"]
tables.holdings = ["account_id", "collected_at??", "hold_ground??", "purpose??"]
tables.accounts = ["created_at??", "terms_accepted_at??", "terms_first_accepted_at?"]
tables.consents = ["account_id?", "purpose??", "given_at??", "withdrawn_at??"]
tables.tracker_hits = ["account_id?", "hit_at?", "consent_at??"]
tables.oauth_grants = ["account_id?", "last_access_at?", "granted_at??"]
exact.requests = ["received_at", "closed_at"]
absent.requests.requester_role = "whoever asks does so in their own right"
absent.requests.merged_into = "no request became part of another"
absent.requests.child_account_id = "no child is named"
absent.disclosures.aggregated = "no disclosure is said to be aggregated"
absent.disclosures.smallest_cell = "no disclosure is said to be aggregated"
absent.accounts = { terms_first_accepted_at = "when the terms were accepted for the first time is not known" }
absent.tracker_hits = "no tracker is set for people who are known"
absent.consents = "nobody who was erased agreed to anything again"
absent.oauth_grants = "nobody signs in through a third party"
dimensions = ["found_in"]
parameters.least_people = { default = 5, unit = "people" }
inject.written_to_again = { "+messages" = { message_id = "'selftest-' || record_id", account_id = "account_id", sent_at = "event_at + interval 1 second" } }
inject.restored = { "+holdings" = { holding_id = "'selftest-' || record_id", account_id = "account_id", collected_at = "event_at + interval 1 second" } }
[reasons]
stayed_erased = "nothing was done with data of the person later"
resurrected   = "something was done with data of the person later"
goes_on       = "processing of data of the person goes on"
export_ends_before_due = "processing goes on as far as the export reaches, which is not past the day of closing"
partly = "only a part of it was fulfilled, and which is not recorded"
returned_when = "something came later, and the person had accepted the terms again, by then or later: of several times the last alone is on record"
consent_in_doubt = "something rests on a consent given since that was to the other of newsletters and promotions, or that the person asked to withdraw, and whether it still stood for this cannot be told"
child_unknown = "a parent asked, and for which child is not recorded"
no_instant    = "when the request was closed is not recorded"
in_the_future = "it was closed after the instant of judgement"
[de]
title    = "Wer gelöscht wurde, bleibt gelöscht"
short    = "Gelöschte bleiben gelöscht"
rule     = """
Nachdem eine Löschanfrage als erfüllt abgeschlossen ist, tut das Unternehmen nichts mehr mit Daten der Person: Keine Weitergabe, Nachricht,
Verarbeitung, Speicherung, kein Tracker und kein Abruf über eine Anmeldung kommt im Export später, und keine Verarbeitung läuft über diesen Tag
hinaus; ein Ende, das nach dem liegt, was der Export wissen kann, ist ein Plan. Keine solche Handlung ist die Mitteilung, die die Löschung
bestätigt, binnen eines Tages nach Abschluss; eine Verarbeitung, die das Gesetz verlangt, eine genehmigte Weitergabe oder eine Speicherung aus
diesem Grund; Zusammenfassungen von mindestens {least_people} Personen; was auf einer seither erteilten Einwilligung beruht, auch der in Tracker, in die Weitergabe oder den Zweck der Speicherung, und eine seither erlaubte Anmeldung;
und was kommt, nachdem die Person wiederkam: ein neues Konto oder erneute Zustimmung zu den Bedingungen. Ein Elternteil fragt für das Kind an,
ebenso wer eines nennt. Eine als teilweise erfüllt abgeschlossene Anfrage ist nicht entscheidbar: Welcher Teil abgelehnt wurde, ist nicht erfasst."""
remedy   = "Finden, woher die Daten wiederkamen, und sie dort löschen"
[de.reasons]
stayed_erased = "mit Daten der Person geschah später nichts mehr"
resurrected   = "mit Daten der Person geschah später etwas"
goes_on       = "die Verarbeitung von Daten der Person läuft weiter"
export_ends_before_due = "die Verarbeitung läuft, soweit der Export reicht, und er reicht nicht über den Tag des Abschlusses hinaus"
partly        = "nur ein Teil wurde erfüllt, und welcher, ist nicht erfasst"
returned_when = "später geschah etwas, und die Person hatte die Bedingungen wieder angenommen, bis dahin oder danach: von mehreren Malen ist nur das letzte erfasst"
consent_in_doubt = "etwas beruht auf einer seither erteilten Einwilligung, die dem anderen von Newsletter und Werbung galt oder um deren Widerruf die Person gebeten hat, und ob sie dafür noch bestand, ist nicht zu entscheiden"
child_unknown = "ein Elternteil fragte, und für welches Kind, ist nicht erfasst"
no_instant    = "wann die Anfrage abgeschlossen wurde, ist nicht erfasst"
in_the_future = "abgeschlossen wurde nach dem Stichtag"
*/
with erased as (
    select request_id, requester_role, outcome, case when requester_role = 'parent' then child_account_id else coalesce(child_account_id, account_id) end as account_id,
           country, received_at, closed_at, channel, start_of_day(closed_at::date + 1) as next_day_at
    from received_requests
    where type = 'erasure' and outcome in ('fulfilled', 'partial') and requester_role is distinct from 'object'
),
-- When somebody who was erased came back. Of one who accepted the terms since, and had before, the last time alone is on record: they
-- may have come back at any time between.
returned as (
    select e.request_id, e.account_id, min(b.back_at) as back_at, bool_or(b.may_be_earlier) as may_be_earlier
    from erased as e
    join (
        select account_id, created_at as back_at, null::timestamptz as known_at, false as may_be_earlier from accounts
        union all select account_id, terms_first_accepted_at, null, false from accounts
        union all select account_id, terms_accepted_at, greatest(created_at, terms_first_accepted_at), true from accounts
    ) as b on b.account_id = e.account_id and b.back_at > e.closed_at and coalesce(b.known_at <= e.closed_at, true)
    group by e.request_id, e.account_id
),
acts as (
    select account_id, disclosed_at as done_at, disclosed_at as until_at, 'disclosures' as found_in, null as consent_id, null as kind, null::timestamptz as agreed_at,
           case when ground = 'permission' then ['sharing', purpose] end as purposes
    from disclosures
    where not coalesce(ground = 'legal_obligation' and approval_ref is not null, false) and not coalesce(aggregated and smallest_cell >= $least_people, false)
    union all
    select account_id, sent_at, sent_at, 'messages', consent_id, kind, null, case when kind in ('newsletter', 'promotion') then [kind, 'marketing'] end
    from messages
    union all
    select p.account_id, p.started_at, case when p.ended_at <= k.known_until then p.ended_at else 'infinity'::timestamptz end, 'processing_activities', p.consent_id, null, null, null
    from processing_activities as p join known_until as k on k.table_name = 'processing_activities'
    where p.legal_basis is distinct from 'legal_obligation'
    union all
    select account_id, collected_at, collected_at, 'holdings', null, null, null, [purpose] from holdings where hold_ground is distinct from 'legal_obligation'
    union all select account_id, hit_at, hit_at, 'tracker_hits', null, null, consent_at, null from tracker_hits
    union all select account_id, last_access_at, last_access_at, 'oauth_grants', null, null, granted_at, null from oauth_grants
),
-- Of what came later, or goes on: what rests on no consent that the person gave since, and that stood.
later_acts as (
    select e.request_id, e.account_id, a.found_in, a.done_at > e.closed_at as is_new, a.until_at,
           case when is_new then a.done_at else e.next_day_at end as done_at,
           exists (
               from consent_ends as c
               where c.account_id = e.account_id and c.given_at > e.closed_at and c.given_at <= a.done_at and coalesce(c.withdrawn_at > a.done_at, true)
                 and (c.consent_id = a.consent_id or list_contains(a.purposes, c.purpose) or (a.kind in ('newsletter', 'promotion') and c.purpose in ('newsletter', 'promotion')))
           ) as is_perhaps_agreed_to, coalesce(r.may_be_earlier, false) as is_perhaps_after_return
    from erased as e
    join acts as a on a.account_id = e.account_id and a.done_at <= $as_of
    left join returned as r on r.request_id = e.request_id and r.account_id = e.account_id
    where (a.done_at > e.closed_at or (a.until_at >= e.next_day_at and e.next_day_at <= $as_of))
      and not coalesce(a.done_at >= r.back_at, false) and not coalesce(a.agreed_at > e.closed_at and a.agreed_at <= a.done_at, false)
      and not coalesce(a.kind in ('notice', 'service') and a.done_at <= e.closed_at + to_days(1), false)
      and not exists (
          from consent_ends as c
          where c.account_id = e.account_id and c.given_at > e.closed_at and c.given_at <= a.done_at
            and coalesce(least(c.withdrawn_at, c.withdrawal_in_doubt_from) > a.done_at, true)
            and ((c.consent_id = a.consent_id and not (a.kind is not distinct from 'newsletter' and c.purpose is not distinct from 'promotion')
                     and not (a.kind is not distinct from 'promotion' and c.purpose is not distinct from 'newsletter'))
                 or list_contains(a.purposes, c.purpose))
      )
),
weighed as (
    select *, is_perhaps_agreed_to or is_perhaps_after_return as is_in_doubt
    from later_acts
    qualify not is_in_doubt or bool_and(is_in_doubt) over (partition by request_id, account_id)
),
first_acts as (
    select request_id, account_id, is_in_doubt, bool_and(is_perhaps_agreed_to) as is_perhaps_agreed_to, bool_or(is_new) as is_new, max(until_at) as until_at, min(done_at) as done_at, arg_min(found_in, done_at) as found_in
    from weighed
    group by request_id, account_id, is_in_doubt
),
judged as (
    select e.*, f.done_at, f.found_in, f.until_at, date_diff('day', e.closed_at::date, f.done_at::date) as days_since,
           case when e.closed_at is null then 'no_instant'
                when e.closed_at > $as_of then 'in_the_future'
                when e.requester_role = 'parent' and e.account_id is null then 'child_unknown'
                when e.outcome = 'partial' then 'partly'
                when f.is_perhaps_agreed_to then 'consent_in_doubt'
                when f.is_in_doubt then 'returned_when'
                when f.is_new then 'resurrected'
                when f.request_id is null then 'stayed_erased'
                when e.next_day_at <= k.known_until then 'goes_on'
                else 'export_ends_before_due' end as reason
    from erased as e
    join known_until as k on k.table_name = 'processing_activities'
    left join first_acts as f on f.request_id = e.request_id and f.account_id = e.account_id
)
select request_id as record_id, account_id, country, coalesce(done_at, closed_at) as event_at, null::timestamptz as due_at,
       case when reason = 'stayed_erased' then 'compliant'
            when reason in ('resurrected', 'goes_on') then 'violation'
            else 'indeterminate' end as verdict,
       reason,
       case when reason = 'goes_on' and until_at <= $as_of then until_at end as met_at, received_at, found_in, days_since, channel
from judged;

/* examples
as_of = 2026-06-30
[nothing_comes_later]
period = "2026-01"
given.export_info = [{ exported_at = 2026-07-31T00:00:00Z }]
given.requests = [
    { request_id = "quiet", account_id = "a", type = "erasure", received_at = 2026-02-01T10:00:00Z, outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "written_to", account_id = "b", type = "erasure", received_at = 2026-02-01T10:00:00Z, outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "restored", account_id = "c", type = "erasure", received_at = 2026-02-01T10:00:00Z, outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "asks_again", account_id = "d", type = "erasure", received_at = 2026-02-01T10:00:00Z, outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "after_as_of", account_id = "e", type = "erasure", received_at = 2026-02-01T10:00:00Z, outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "undated", account_id = "a", type = "erasure", received_at = 2026-02-01T10:00:00Z, outcome = "fulfilled" },
    { request_id = "future", account_id = "a", type = "erasure", received_at = 2026-02-01T10:00:00Z, outcome = "fulfilled", closed_at = 2026-07-01T10:00:00Z },
    { request_id = "later", account_id = "d", type = "access", received_at = 2026-04-01T10:00:00Z },
]
given.messages = [
    { message_id = "1", account_id = "a", kind = "newsletter", sent_at = 2026-03-01T10:00:00Z }, { message_id = "2", account_id = "b", kind = "newsletter", sent_at = 2026-03-01T10:00:01Z }, { message_id = "3", account_id = "e", kind = "newsletter", sent_at = 2026-07-01T10:00:00Z },
]
given.holdings = [{ holding_id = "1", account_id = "c", collected_at = 2026-05-01T10:00:00Z }]
expect = { quiet = { verdict = "compliant: stayed_erased", event_at = 2026-03-01T10:00:00Z }, written_to = "violation: resurrected", restored = "violation: resurrected", asks_again = "compliant: stayed_erased", after_as_of = { verdict = "compliant: stayed_erased", account = "e", scope = "later" }, undated = "indeterminate: no_instant", future = "indeterminate: in_the_future" }
[what_is_no_such_act]
given.requests = [
    { request_id = "confirmed", account_id = "a", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z }, { request_id = "written_to_a_day_later", account_id = "b", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "sent_a_promotion_at_once", account_id = "c", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z }, { request_id = "demanded_by_law", account_id = "d", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "came_back", account_id = "e", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z }, { request_id = "not_yet_back", account_id = "f", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "accepted_the_terms_anew", account_id = "g", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z }, { request_id = "there_as_it_was_closed", account_id = "h", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z }, { request_id = "and_accepted_the_terms_later", account_id = "i", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z }, { request_id = "back_much_later", account_id = "j", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "another_came_back", account_id = "k", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z }, { request_id = "told_on_the_next_day", account_id = "l", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z }, { request_id = "of_no_known_basis", account_id = "m", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z }, { request_id = "erased_once_more", account_id = "e", type = "erasure", outcome = "fulfilled", closed_at = 2026-05-01T10:00:00Z },
    { request_id = "of_a_visitor", account_id = "c", requester_role = "object", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z }, { request_id = "refused", account_id = "c", type = "erasure", outcome = "denied", closed_at = 2026-03-01T10:00:00Z }, { request_id = "access", account_id = "c", type = "access", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z },
]
given.accounts = [
    { account_id = "a", created_at = 2020-01-01T00:00:00Z, terms_accepted_at = 2020-01-01T00:00:00Z }, { account_id = "e", created_at = 2026-04-01T00:00:00Z, terms_accepted_at = 2026-04-01T00:00:00Z },
    { account_id = "f", created_at = 2026-04-01T00:00:00Z }, { account_id = "b", created_at = 2020-01-01T00:00:00Z }, { account_id = "h", created_at = 2026-03-01T10:00:00Z }, { account_id = "i", created_at = 2026-04-01T00:00:00Z, terms_accepted_at = 2026-06-01T00:00:00Z }, { account_id = "j", created_at = 2026-06-01T00:00:00Z }, { account_id = "g", created_at = 2020-01-01T00:00:00Z, terms_accepted_at = 2026-04-01T00:00:00Z },
]
given.messages = [
    { message_id = "1", account_id = "a", kind = "notice", sent_at = 2026-03-02T10:00:00Z }, { message_id = "2", account_id = "b", kind = "service", sent_at = 2026-03-02T10:00:01Z }, { message_id = "3", account_id = "c", kind = "promotion", sent_at = 2026-03-01T10:00:01Z },
    { message_id = "4", account_id = "e", kind = "newsletter", sent_at = 2026-04-01T00:00:00Z }, { message_id = "5", account_id = "f", kind = "service", sent_at = 2026-03-31T23:59:59Z }, { message_id = "6", account_id = "g", kind = "service", sent_at = 2026-04-02T00:00:00Z },
    { message_id = "7", account_id = "h", kind = "promotion", sent_at = 2026-03-05T00:00:00Z }, { message_id = "8", account_id = "i", kind = "promotion", sent_at = 2026-05-01T00:00:00Z }, { message_id = "9", account_id = "k", kind = "promotion", sent_at = 2026-05-01T00:00:00Z }, { message_id = "10", account_id = "l", kind = "service", sent_at = 2026-03-02T10:00:00Z }, { message_id = "11", account_id = "e", kind = "promotion", sent_at = 2026-06-05T00:00:00Z },
]
given.processing_activities = [{ activity_id = "2", account_id = "m", started_at = 2026-05-01T10:00:00Z }, { activity_id = "1", account_id = "d", legal_basis = "legal_obligation", started_at = 2026-05-01T10:00:00Z }]
expect = { confirmed = "compliant: stayed_erased", written_to_a_day_later = "violation: resurrected", sent_a_promotion_at_once = "violation: resurrected", demanded_by_law = "compliant: stayed_erased", came_back = "compliant: stayed_erased", not_yet_back = "violation: resurrected", accepted_the_terms_anew = "compliant: stayed_erased", there_as_it_was_closed = "violation: resurrected", and_accepted_the_terms_later = "compliant: stayed_erased", back_much_later = "compliant: stayed_erased", another_came_back = "violation: resurrected", told_on_the_next_day = "compliant: stayed_erased", of_no_known_basis = "violation: resurrected", erased_once_more = { verdict = "violation: resurrected", event_at = 2026-06-05T00:00:00Z } }
[by_law_or_in_aggregate]
given.requests = [
    { request_id = "disclosed_by_law", account_id = "a", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z }, { request_id = "approved_by_nobody", account_id = "b", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "on_another_ground", account_id = "c", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z }, { request_id = "held_by_law", account_id = "d", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "held_for_a_dispute", account_id = "e", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z }, { request_id = "five_people", account_id = "f", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "four_people", account_id = "g", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z }, { request_id = "on_no_known_ground", account_id = "h", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z }, { request_id = "not_aggregated", account_id = "i", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z },
]
given.disclosures = [
    { disclosure_id = "1", account_id = "a", ground = "legal_obligation", approval_ref = "x", disclosed_at = 2026-04-01T10:00:00Z }, { disclosure_id = "2", account_id = "b", ground = "legal_obligation", disclosed_at = 2026-04-01T10:00:00Z },
    { disclosure_id = "3", account_id = "c", ground = "statistics", approval_ref = "x", disclosed_at = 2026-04-01T10:00:00Z }, { disclosure_id = "4", account_id = "f", aggregated = true, smallest_cell = 5, disclosed_at = 2026-04-01T10:00:00Z },
    { disclosure_id = "5", account_id = "g", aggregated = true, smallest_cell = 4, disclosed_at = 2026-04-01T10:00:00Z }, { disclosure_id = "6", account_id = "h", approval_ref = "x", disclosed_at = 2026-04-01T10:00:00Z }, { disclosure_id = "7", account_id = "i", aggregated = false, smallest_cell = 5, disclosed_at = 2026-04-01T10:00:00Z },
]
given.holdings = [
    { holding_id = "1", account_id = "d", collected_at = 2026-04-01T10:00:00Z, disposition = "held", hold_ground = "legal_obligation" }, { holding_id = "2", account_id = "e", collected_at = 2026-04-01T10:00:00Z, disposition = "held", hold_ground = "dispute" },
]
expect = { disclosed_by_law = "compliant: stayed_erased", approved_by_nobody = "violation: resurrected", on_another_ground = "violation: resurrected", held_by_law = "compliant: stayed_erased", held_for_a_dispute = "violation: resurrected", five_people = "compliant: stayed_erased", four_people = "violation: resurrected", on_no_known_ground = "violation: resurrected", not_aggregated = "violation: resurrected" }
[on_a_consent_given_since]
given.requests = [
    { request_id = "agreed_again", account_id = "a", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z }, { request_id = "sent_before", account_id = "b", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "withdrawn_again", account_id = "c", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z }, { request_id = "agreed_long_ago", account_id = "d", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "to_something_else", account_id = "e", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z }, { request_id = "profiled_by_consent", account_id = "f", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "anothers", account_id = "h", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z }, { request_id = "to_promotion", account_id = "i", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z }, { request_id = "to_marketing", account_id = "j", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z }, { request_id = "no_newsletter", account_id = "k", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z },
    { request_id = "offered_who_wanted_news", account_id = "m", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z }, { request_id = "named_of_the_other_kind", account_id = "n", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z }, { request_id = "news_by_an_offers", account_id = "p", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z }, { request_id = "service_by_news", account_id = "q", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z }, { request_id = "service_by_offers", account_id = "r", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z }, { request_id = "news_by_profiling", account_id = "s", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z }, { request_id = "offer_by_profiling", account_id = "t", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z }, { request_id = "offers_made", account_id = "u", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z }, { request_id = "news_made", account_id = "v", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z }, { request_id = "news_by_nobody_knows_what", account_id = "w", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z }, { request_id = "offer_by_nobody_knows_what", account_id = "x", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z }, { request_id = "named_of_its_kind", account_id = "o", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z }, { request_id = "served_for_a_newsletter", account_id = "l", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z },
]
given.consents = [
    { consent_id = "1", account_id = "a", purpose = "newsletter", given_at = 2026-05-01T10:00:00Z }, { consent_id = "2", account_id = "b", purpose = "newsletter", given_at = 2026-05-01T10:00:00Z }, { consent_id = "3", account_id = "c", purpose = "newsletter", given_at = 2026-04-01T10:00:00Z, withdrawn_at = 2026-05-01T10:00:00Z },
    { consent_id = "4", account_id = "d", purpose = "newsletter", given_at = 2026-03-01T10:00:00Z }, { consent_id = "5", account_id = "e", purpose = "profiling", given_at = 2026-04-01T10:00:00Z }, { consent_id = "6", account_id = "f", purpose = "profiling", given_at = 2026-04-01T10:00:00Z },
    { consent_id = "7", account_id = "i", purpose = "promotion", given_at = 2026-04-01T10:00:00Z }, { consent_id = "8", account_id = "j", purpose = "marketing", given_at = 2026-04-01T10:00:00Z }, { consent_id = "9", account_id = "k", purpose = "newsletter", given_at = 2026-04-01T10:00:00Z },
    { consent_id = "12", account_id = "n", purpose = "newsletter", given_at = 2026-04-01T10:00:00Z }, { consent_id = "14", account_id = "p", purpose = "promotion", given_at = 2026-04-01T10:00:00Z }, { consent_id = "15", account_id = "q", purpose = "newsletter", given_at = 2026-04-01T10:00:00Z }, { consent_id = "16", account_id = "r", purpose = "promotion", given_at = 2026-04-01T10:00:00Z }, { consent_id = "17", account_id = "s", purpose = "profiling", given_at = 2026-04-01T10:00:00Z }, { consent_id = "18", account_id = "t", purpose = "profiling", given_at = 2026-04-01T10:00:00Z }, { consent_id = "19", account_id = "u", purpose = "promotion", given_at = 2026-04-01T10:00:00Z }, { consent_id = "20", account_id = "v", purpose = "newsletter", given_at = 2026-04-01T10:00:00Z }, { consent_id = "21", account_id = "w", given_at = 2026-04-01T10:00:00Z }, { consent_id = "22", account_id = "x", given_at = 2026-04-01T10:00:00Z }, { consent_id = "13", account_id = "o", purpose = "promotion", given_at = 2026-04-01T10:00:00Z }, { consent_id = "11", account_id = "m", purpose = "newsletter", given_at = 2026-04-01T10:00:00Z }, { consent_id = "10", account_id = "l", purpose = "marketing", given_at = 2026-04-01T10:00:00Z },
]
given.messages = [
    { message_id = "1", account_id = "a", kind = "newsletter", sent_at = 2026-05-01T10:00:00Z }, { message_id = "2", account_id = "b", kind = "newsletter", sent_at = 2026-05-01T09:59:59Z }, { message_id = "3", account_id = "c", kind = "newsletter", sent_at = 2026-05-01T10:00:00Z },
    { message_id = "4", account_id = "d", kind = "newsletter", sent_at = 2026-05-01T10:00:00Z, consent_id = "4" }, { message_id = "5", account_id = "e", kind = "newsletter", sent_at = 2026-05-01T10:00:00Z }, { message_id = "6", account_id = "h", kind = "newsletter", sent_at = 2026-05-01T10:00:00Z, consent_id = "1" },
    { message_id = "7", account_id = "i", kind = "newsletter", sent_at = 2026-05-01T10:00:00Z }, { message_id = "8", account_id = "j", kind = "promotion", sent_at = 2026-05-01T10:00:00Z }, { message_id = "9", account_id = "k", kind = "service", sent_at = 2026-05-01T10:00:00Z },
    { message_id = "12", account_id = "n", kind = "promotion", sent_at = 2026-05-01T10:00:00Z, consent_id = "12" }, { message_id = "14", account_id = "p", kind = "newsletter", sent_at = 2026-05-01T10:00:00Z, consent_id = "14" }, { message_id = "15", account_id = "q", kind = "service", sent_at = 2026-05-01T10:00:00Z, consent_id = "15" }, { message_id = "16", account_id = "r", kind = "service", sent_at = 2026-05-01T10:00:00Z, consent_id = "16" }, { message_id = "17", account_id = "s", kind = "newsletter", sent_at = 2026-05-01T10:00:00Z, consent_id = "17" }, { message_id = "18", account_id = "t", kind = "promotion", sent_at = 2026-05-01T10:00:00Z, consent_id = "18" }, { message_id = "21", account_id = "w", kind = "newsletter", sent_at = 2026-05-01T10:00:00Z, consent_id = "21" }, { message_id = "22", account_id = "x", kind = "promotion", sent_at = 2026-05-01T10:00:00Z, consent_id = "22" }, { message_id = "13", account_id = "o", kind = "promotion", sent_at = 2026-05-01T10:00:00Z, consent_id = "13" }, { message_id = "11", account_id = "m", kind = "promotion", sent_at = 2026-05-01T10:00:00Z }, { message_id = "10", account_id = "l", kind = "service", sent_at = 2026-05-01T10:00:00Z },
]
given.processing_activities = [
    { activity_id = "1", account_id = "f", legal_basis = "consent", consent_id = "6", started_at = 2026-05-01T10:00:00Z }, { activity_id = "2", account_id = "u", legal_basis = "consent", consent_id = "19", started_at = 2026-05-01T10:00:00Z },
    { activity_id = "3", account_id = "v", legal_basis = "consent", consent_id = "20", started_at = 2026-05-01T10:00:00Z },
]
expect = { agreed_again = "compliant: stayed_erased", sent_before = "violation: resurrected", withdrawn_again = "violation: resurrected", agreed_long_ago = "violation: resurrected", to_something_else = "violation: resurrected", profiled_by_consent = "compliant: stayed_erased", anothers = "violation: resurrected", to_promotion = "indeterminate: consent_in_doubt", offered_who_wanted_news = "indeterminate: consent_in_doubt", named_of_the_other_kind = "indeterminate: consent_in_doubt", named_of_its_kind = "compliant: stayed_erased", offers_made = "compliant: stayed_erased", news_made = "compliant: stayed_erased", news_by_nobody_knows_what = "compliant: stayed_erased", offer_by_nobody_knows_what = "compliant: stayed_erased", news_by_an_offers = "indeterminate: consent_in_doubt", service_by_news = "compliant: stayed_erased", service_by_offers = "compliant: stayed_erased", news_by_profiling = "compliant: stayed_erased", offer_by_profiling = "compliant: stayed_erased", served_for_a_newsletter = "violation: resurrected", to_marketing = "compliant: stayed_erased", no_newsletter = "violation: resurrected" }
[what_ended_since_and_trackers_agreed_to]
given.export_info = [{ exported_at = 2026-07-31T00:00:00Z }]
given.requests = [{ request_id = "ended", account_id = "a", type = "erasure", outcome = "fulfilled", closed_at = 2026-06-09T10:00:00Z }, { request_id = "ended_now", account_id = "b", type = "erasure", outcome = "fulfilled", closed_at = 2026-06-09T10:00:00Z }, { request_id = "ends_later", account_id = "c", type = "erasure", outcome = "fulfilled", closed_at = 2026-06-09T10:00:00Z }, { request_id = "agreed", account_id = "d", type = "erasure", outcome = "fulfilled", closed_at = 2026-06-09T10:00:00Z }, { request_id = "agreed_as_it_was_closed", account_id = "e", type = "erasure", outcome = "fulfilled", closed_at = 2026-06-09T10:00:00Z }, { request_id = "agreed_as_it_was_set", account_id = "f", type = "erasure", outcome = "fulfilled", closed_at = 2026-06-09T10:00:00Z }, { request_id = "agreed_later", account_id = "g", type = "erasure", outcome = "fulfilled", closed_at = 2026-06-09T10:00:00Z }]
given.processing_activities = [{ activity_id = "1", account_id = "a", started_at = 2025-01-01T00:00:00Z, ended_at = 2026-06-15T00:00:00Z }, { activity_id = "2", account_id = "a", started_at = 2025-01-01T00:00:00Z, ended_at = 2026-06-20T00:00:00Z }, { activity_id = "3", account_id = "b", started_at = 2025-01-01T00:00:00Z, ended_at = 2026-06-30T23:59:59.999999Z }, { activity_id = "4", account_id = "c", started_at = 2025-01-01T00:00:00Z, ended_at = 2026-07-01T00:00:00Z }]
given.tracker_hits = [{ account_id = "d", tracker_name = "t", hit_at = 2026-06-20T00:00:00Z, consent_at = 2026-06-09T10:00:00.000001Z }, { account_id = "e", tracker_name = "t", hit_at = 2026-06-20T00:00:00Z, consent_at = 2026-06-09T10:00:00Z }, { account_id = "f", tracker_name = "t", hit_at = 2026-06-20T00:00:00Z, consent_at = 2026-06-20T00:00:00Z }, { account_id = "g", tracker_name = "t", hit_at = 2026-06-20T00:00:00Z, consent_at = 2026-06-20T00:00:00.000001Z }]
expect = { ended = { verdict = "violation: goes_on", met_at = 2026-06-20T00:00:00Z }, ended_now = { verdict = "violation: goes_on", met_at = 2026-06-30T23:59:59.999999Z }, ends_later = { verdict = "violation: goes_on", met_at = "" }, agreed = "compliant: stayed_erased", agreed_as_it_was_closed = { verdict = "violation: resurrected", met_at = "" }, agreed_as_it_was_set = "compliant: stayed_erased", agreed_later = "violation: resurrected" }
[processing_that_goes_on]
given.export_tables = [{ table_name = "processing_activities", covers_to = 2026-06-10T00:00:00Z }, { table_name = "messages", covers_to = 2026-06-01T00:00:00Z }]
given.requests = [
    { request_id = "goes_on", account_id = "a", requester_role = "subscriber", type = "erasure", outcome = "fulfilled", closed_at = 2026-06-09T10:00:00Z }, { request_id = "ends_that_day", account_id = "b", requester_role = "subscriber", type = "erasure", outcome = "fulfilled", closed_at = 2026-06-09T10:00:00Z }, { request_id = "ends_a_moment_later", account_id = "c", requester_role = "subscriber", type = "erasure", outcome = "fulfilled", closed_at = 2026-06-09T10:00:00Z }, { request_id = "exported_that_day", account_id = "a", requester_role = "subscriber", type = "erasure", outcome = "fulfilled", closed_at = 2026-06-10T10:00:00Z }, { request_id = "closed_today", account_id = "a", requester_role = "subscriber", type = "erasure", outcome = "fulfilled", closed_at = 2026-06-30T10:00:00Z }, { request_id = "planned_to_end", account_id = "d", requester_role = "subscriber", type = "erasure", outcome = "fulfilled", closed_at = 2026-06-10T10:00:00Z }, { request_id = "months_before", account_id = "d", requester_role = "subscriber", type = "erasure", outcome = "fulfilled", closed_at = 2026-01-05T10:00:00Z }, { request_id = "by_a_parent", account_id = "p", requester_role = "parent", child_account_id = "a", type = "erasure", outcome = "fulfilled", closed_at = 2026-06-09T10:00:00Z }, { request_id = "for_whom", account_id = "a", requester_role = "parent", type = "erasure", outcome = "fulfilled", closed_at = 2026-06-09T10:00:00Z }, { request_id = "begun_as_it_was_closed", account_id = "e", requester_role = "subscriber", type = "erasure", outcome = "fulfilled", closed_at = 2026-06-09T10:00:00Z }, { request_id = "goes_on_and_is_new", account_id = "f", requester_role = "subscriber", type = "erasure", outcome = "fulfilled", closed_at = 2026-06-09T10:00:00Z }, { request_id = "nobodys", requester_role = "subscriber", type = "erasure", outcome = "fulfilled", closed_at = 2026-06-09T10:00:00Z }, { request_id = "ended_as_the_export_does", account_id = "c", requester_role = "subscriber", type = "erasure", outcome = "fulfilled", closed_at = 2026-06-10T10:00:00Z },
]
given.processing_activities = [
    { activity_id = "1", account_id = "a", legal_basis = "consent", started_at = 2025-01-01T00:00:00Z }, { activity_id = "2", account_id = "b", legal_basis = "consent", started_at = 2025-01-01T00:00:00Z, ended_at = 2026-06-09T23:59:59Z }, { activity_id = "3", account_id = "c", legal_basis = "consent", started_at = 2025-01-01T00:00:00Z, ended_at = 2026-06-10T00:00:00Z }, { activity_id = "4", account_id = "d", legal_basis = "consent", started_at = 2025-01-01T00:00:00Z, ended_at = 2026-06-20T00:00:00Z }, { activity_id = "6", account_id = "e", legal_basis = "consent", started_at = 2026-06-09T10:00:00Z }, { activity_id = "7", account_id = "f", legal_basis = "consent", started_at = 2025-01-01T00:00:00Z }, { activity_id = "8", account_id = "f", legal_basis = "consent", started_at = 2026-06-20T00:00:00Z },
]
expect = { goes_on = { verdict = "violation: goes_on", event_at = 2026-06-10T00:00:00Z }, begun_as_it_was_closed = { verdict = "violation: goes_on", event_at = 2026-06-10T00:00:00Z }, goes_on_and_is_new = { verdict = "violation: resurrected", event_at = 2026-06-10T00:00:00Z }, nobodys = "compliant: stayed_erased", months_before = "violation: goes_on", by_a_parent = "violation: goes_on", for_whom = "indeterminate: child_unknown", ends_that_day = "compliant: stayed_erased", ends_a_moment_later = "violation: goes_on", exported_that_day = "indeterminate: export_ends_before_due", planned_to_end = "indeterminate: export_ends_before_due", closed_today = "compliant: stayed_erased", ended_as_the_export_does = "compliant: stayed_erased" }
[a_child_is_named]
given.requests = [{ request_id = "r", account_id = "agent", requester_role = "agent", child_account_id = "child", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z }]
given.holdings = [{ holding_id = "1", account_id = "child", collected_at = 2026-03-02T10:00:00Z }]
expect = { r = "violation: resurrected" }
[partly_fulfilled]
given.requests = [{ request_id = "r", account_id = "a", type = "erasure", outcome = "partial", denial_ground = "legal_obligation", closed_at = 2026-03-01T10:00:00Z }]
given.holdings = [{ holding_id = "1", account_id = "a", collected_at = 2026-03-02T10:00:00Z }]
expect = { r = "indeterminate: partly" }
[came_back_and_accepted_the_terms_again_since]
given.requests = [
    { request_id = "first_known", account_id = "a", type = "erasure", outcome = "fulfilled", closed_at = 2026-01-10T10:00:00Z }, { request_id = "first_long_ago", account_id = "b", type = "erasure", outcome = "fulfilled", closed_at = 2026-01-10T10:00:00Z },
    { request_id = "first_unknown", account_id = "c", type = "erasure", outcome = "fulfilled", closed_at = 2026-01-10T10:00:00Z }, { request_id = "written_to_before_the_first", account_id = "d", type = "erasure", outcome = "fulfilled", closed_at = 2026-01-10T10:00:00Z },
    { request_id = "a_new_account_since", account_id = "e", type = "erasure", outcome = "fulfilled", closed_at = 2026-01-10T10:00:00Z }, { request_id = "agreed_to_one_of_two", account_id = "f", type = "erasure", outcome = "fulfilled", closed_at = 2026-01-10T10:00:00Z },
    { request_id = "a_new_account_and_terms_later", account_id = "h", type = "erasure", outcome = "fulfilled", closed_at = 2026-01-10T10:00:00Z }, { request_id = "accepted_as_it_was_closed", account_id = "g", type = "erasure", outcome = "fulfilled", closed_at = 2026-01-10T10:00:00Z },
]
given.accounts = [
    { account_id = "a", created_at = 2020-01-01T00:00:00Z, terms_first_accepted_at = 2026-02-15T10:00:00Z, terms_accepted_at = 2026-05-01T10:00:00Z }, { account_id = "b", created_at = 2020-01-01T00:00:00Z, terms_first_accepted_at = 2024-01-01T10:00:00Z, terms_accepted_at = 2026-05-01T10:00:00Z },
    { account_id = "c", created_at = 2020-01-01T00:00:00Z, terms_accepted_at = 2026-05-01T10:00:00Z }, { account_id = "d", created_at = 2020-01-01T00:00:00Z, terms_first_accepted_at = 2026-02-15T10:00:01Z, terms_accepted_at = 2026-05-01T10:00:00Z },
    { account_id = "e", created_at = 2026-03-01T00:00:00Z, terms_accepted_at = 2026-05-01T10:00:00Z }, { account_id = "f", created_at = 2020-01-01T00:00:00Z, terms_accepted_at = 2026-05-01T10:00:00Z },
    { account_id = "h", created_at = 2026-02-01T00:00:00Z, terms_first_accepted_at = 2026-03-01T10:00:00Z, terms_accepted_at = 2026-05-01T10:00:00Z }, { account_id = "g", created_at = 2020-01-01T00:00:00Z, terms_first_accepted_at = 2026-01-10T10:00:00Z, terms_accepted_at = 2026-05-01T10:00:00Z },
]
given.consents = [{ consent_id = "1", account_id = "f", purpose = "newsletter", given_at = 2026-02-01T10:00:00Z }]
given.messages = [
    { message_id = "1", account_id = "a", kind = "service", sent_at = 2026-02-15T10:00:00Z }, { message_id = "2", account_id = "b", kind = "service", sent_at = 2026-02-15T10:00:00Z },
    { message_id = "3", account_id = "c", kind = "service", sent_at = 2026-02-15T10:00:00Z }, { message_id = "4", account_id = "d", kind = "service", sent_at = 2026-02-15T10:00:00Z },
    { message_id = "5", account_id = "e", kind = "service", sent_at = 2026-02-15T10:00:00Z }, { message_id = "6", account_id = "f", kind = "promotion", sent_at = 2026-02-15T10:00:00Z }, { message_id = "7", account_id = "f", kind = "service", sent_at = 2026-02-16T10:00:00Z },
    { message_id = "9", account_id = "h", kind = "service", sent_at = 2026-02-15T10:00:00Z }, { message_id = "8", account_id = "g", kind = "service", sent_at = 2026-02-15T10:00:00Z },
]
expect = { a_new_account_and_terms_later = "compliant: stayed_erased", first_known = "compliant: stayed_erased", first_long_ago = "indeterminate: returned_when", first_unknown = { verdict = "indeterminate: returned_when", event_at = 2026-02-15T10:00:00Z }, written_to_before_the_first = "violation: resurrected", a_new_account_since = "violation: resurrected", agreed_to_one_of_two = "indeterminate: returned_when", accepted_as_it_was_closed = "indeterminate: returned_when" }
[at_the_instant_of_judgement]
as_of = 2026-06-30T00:00:00Z
given.requests = [
    { request_id = "closed", account_id = "a", type = "erasure", outcome = "fulfilled", closed_at = 2026-06-30T00:00:00Z }, { request_id = "written_to", account_id = "b", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-01T10:00:00Z }, { request_id = "goes_on", account_id = "c", type = "erasure", outcome = "fulfilled", closed_at = 2026-06-29T10:00:00Z },
]
given.messages = [{ message_id = "1", account_id = "b", kind = "promotion", sent_at = 2026-06-30T00:00:00Z }]
given.processing_activities = [{ activity_id = "1", account_id = "c", legal_basis = "consent", started_at = 2025-01-01T00:00:00Z }]
expect = { closed = "compliant: stayed_erased", written_to = "violation: resurrected", goes_on = "violation: goes_on" }
[on_a_consent_that_was_asked_to_be_withdrawn]
given.requests = [
    { request_id = "in_doubt", account_id = "a", type = "erasure", received_at = 2026-01-20T08:00:00Z, outcome = "fulfilled", closed_at = 2026-02-01T08:00:00Z }, { request_id = "withdrawn", account_id = "b", type = "erasure", received_at = 2026-01-20T08:00:00Z, outcome = "fulfilled", closed_at = 2026-02-01T08:00:00Z }, { request_id = "before_that", account_id = "c", type = "erasure", received_at = 2026-01-20T08:00:00Z, outcome = "fulfilled", closed_at = 2026-02-01T08:00:00Z },
    { request_id = "also_without", account_id = "d", type = "erasure", received_at = 2026-01-20T08:00:00Z, outcome = "fulfilled", closed_at = 2026-02-01T08:00:00Z }, { request_id = "profiled", account_id = "e", type = "erasure", received_at = 2026-01-20T08:00:00Z, outcome = "fulfilled", closed_at = 2026-02-01T08:00:00Z },
    { request_id = "between", account_id = "f", type = "erasure", received_at = 2026-01-20T08:00:00Z, outcome = "fulfilled", closed_at = 2026-02-01T08:00:00Z }, { request_id = "erased_again", account_id = "d", type = "erasure", received_at = 2026-05-20T08:00:00Z, outcome = "fulfilled", closed_at = 2026-05-21T08:00:00Z },
    { request_id = "promoted", account_id = "g", type = "erasure", received_at = 2026-01-20T08:00:00Z, outcome = "fulfilled", closed_at = 2026-02-01T08:00:00Z }, { request_id = "marketed", account_id = "h", type = "erasure", received_at = 2026-01-20T08:00:00Z, outcome = "fulfilled", closed_at = 2026-02-01T08:00:00Z }, { request_id = "as_it_was_given", account_id = "i", type = "erasure", received_at = 2026-01-20T08:00:00Z, outcome = "fulfilled", closed_at = 2026-02-01T08:00:00Z },
    { request_id = "6", account_id = "f", type = "consent_withdrawal", purpose = "newsletter", received_at = 2026-04-01T08:00:00Z, closed_at = 2026-04-03T08:00:00Z, outcome = "fulfilled" }, { request_id = "7", account_id = "d", type = "consent_withdrawal", purpose = "newsletter", received_at = 2026-05-26T08:00:00Z },
    { request_id = "8", account_id = "g", type = "consent_withdrawal", purpose = "promotion", received_at = 2026-04-01T08:00:00Z }, { request_id = "9", account_id = "h", type = "consent_withdrawal", purpose = "marketing", received_at = 2026-04-01T08:00:00Z }, { request_id = "10", account_id = "i", type = "consent_withdrawal", purpose = "newsletter", received_at = 2026-03-01T08:00:00Z },
    { request_id = "1", account_id = "a", type = "consent_withdrawal", purpose = "newsletter", received_at = 2026-04-01T08:00:00Z }, { request_id = "2", account_id = "b", type = "consent_withdrawal", purpose = "newsletter", received_at = 2026-04-01T08:00:00Z, closed_at = 2026-04-03T08:00:00Z, outcome = "fulfilled" },
    { request_id = "3", account_id = "c", type = "consent_withdrawal", purpose = "newsletter", received_at = 2026-04-01T08:00:00Z }, { request_id = "4", account_id = "d", type = "consent_withdrawal", purpose = "newsletter", received_at = 2026-04-01T08:00:00Z }, { request_id = "5", account_id = "e", type = "consent_withdrawal", purpose = "profiling", received_at = 2026-04-01T08:00:00Z },
]
given.consents = [
    { consent_id = "a", account_id = "a", purpose = "newsletter", given_at = 2026-03-01T08:00:00Z }, { consent_id = "b", account_id = "b", purpose = "newsletter", given_at = 2026-03-01T08:00:00Z }, { consent_id = "c", account_id = "c", purpose = "newsletter", given_at = 2026-03-01T08:00:00Z },
    { consent_id = "d", account_id = "d", purpose = "newsletter", given_at = 2026-03-01T08:00:00Z }, { consent_id = "f", account_id = "f", purpose = "newsletter", given_at = 2026-03-01T08:00:00Z }, { consent_id = "d2", account_id = "d", purpose = "newsletter", given_at = 2026-05-25T08:00:00Z },
    { consent_id = "g", account_id = "g", purpose = "promotion", given_at = 2026-03-01T08:00:00Z }, { consent_id = "h", account_id = "h", purpose = "marketing", given_at = 2026-03-01T08:00:00Z }, { consent_id = "i", account_id = "i", purpose = "newsletter", given_at = 2026-03-01T08:00:00Z }, { consent_id = "e", account_id = "e", purpose = "profiling", given_at = 2026-03-01T08:00:00Z },
]
given.messages = [
    { message_id = "1", account_id = "a", kind = "newsletter", sent_at = 2026-04-01T08:00:00Z }, { message_id = "2", account_id = "b", kind = "newsletter", sent_at = 2026-04-03T08:00:00Z }, { message_id = "3", account_id = "c", kind = "newsletter", sent_at = 2026-04-01T07:59:59.999999Z },
    { message_id = "6", account_id = "f", kind = "newsletter", sent_at = 2026-04-02T08:00:00Z }, { message_id = "7", account_id = "d", kind = "newsletter", sent_at = 2026-06-02T08:00:00Z }, { message_id = "8", account_id = "g", kind = "promotion", sent_at = 2026-04-02T08:00:00Z },
    { message_id = "9", account_id = "h", kind = "newsletter", sent_at = 2026-04-02T08:00:00Z }, { message_id = "10", account_id = "i", kind = "newsletter", sent_at = 2026-03-01T08:00:00Z },
    { message_id = "4", account_id = "d", kind = "service", sent_at = 2026-05-20T08:00:00Z }, { message_id = "5", account_id = "d", kind = "newsletter", sent_at = 2026-04-20T08:00:00Z },
]
given.processing_activities = [{ activity_id = "1", account_id = "e", legal_basis = "consent", consent_id = "e", started_at = 2026-04-01T08:00:00Z }]
expect = { between = "indeterminate: consent_in_doubt", erased_again = "indeterminate: consent_in_doubt", promoted = "indeterminate: consent_in_doubt", marketed = "indeterminate: consent_in_doubt", as_it_was_given = "indeterminate: consent_in_doubt", in_doubt = { verdict = "indeterminate: consent_in_doubt", event_at = 2026-04-01T08:00:00Z }, withdrawn = "violation: resurrected", before_that = "compliant: stayed_erased", also_without = { verdict = "violation: resurrected", event_at = 2026-05-20T08:00:00Z }, profiled = "indeterminate: consent_in_doubt" }
[became_part_of_another]
given.requests = [
    { request_id = "moved", account_id = "a", type = "erasure", received_at = 2026-02-01T08:00:00Z, closed_at = 2026-02-02T08:00:00Z, merged_into = "other" }, { request_id = "other", account_id = "a", type = "erasure", received_at = 2026-02-01T09:00:00Z, closed_at = 2026-03-01T08:00:00Z, outcome = "fulfilled" },
    { request_id = "moved_to_a_refused_one", account_id = "a", type = "erasure", received_at = 2026-02-01T08:00:00Z, closed_at = 2026-02-02T08:00:00Z, outcome = "fulfilled", merged_into = "refused" }, { request_id = "refused", account_id = "a", type = "erasure", received_at = 2026-02-01T09:00:00Z, closed_at = 2026-02-10T08:00:00Z, outcome = "denied" },
]
given.messages = [{ message_id = "1", account_id = "a", kind = "newsletter", sent_at = 2026-02-20T08:00:00Z }]
expect = { moved = "compliant: stayed_erased", other = "compliant: stayed_erased" }
[on_other_consents_given_since]
given.requests = [
    { request_id = "shared", account_id = "a", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-10T10:00:00Z }, { request_id = "shared_for_that", account_id = "b", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-10T10:00:00Z }, { request_id = "on_another_ground", account_id = "c", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-10T10:00:00Z },
    { request_id = "signed_in_anew", account_id = "d", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-10T10:00:00Z }, { request_id = "signed_in_long_ago", account_id = "e", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-10T10:00:00Z },
    { request_id = "stored_for_that", account_id = "f", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-10T10:00:00Z }, { request_id = "stored_for_something_else", account_id = "g", type = "erasure", outcome = "fulfilled", closed_at = 2026-03-10T10:00:00Z },
]
given.consents = [
    { consent_id = "a", account_id = "a", purpose = "sharing", given_at = 2026-05-01T10:00:00Z }, { consent_id = "b", account_id = "b", purpose = "profiling", given_at = 2026-05-01T10:00:00Z }, { consent_id = "c", account_id = "c", purpose = "sharing", given_at = 2026-05-01T10:00:00Z },
    { consent_id = "f", account_id = "f", purpose = "newsletter", given_at = 2026-05-01T10:00:00Z }, { consent_id = "g", account_id = "g", purpose = "newsletter", given_at = 2026-05-01T10:00:00Z },
]
given.disclosures = [
    { disclosure_id = "1", account_id = "a", ground = "permission", purpose = "hosting", disclosed_at = 2026-05-10T10:00:00Z }, { disclosure_id = "2", account_id = "b", ground = "permission", purpose = "profiling", disclosed_at = 2026-05-10T10:00:00Z }, { disclosure_id = "3", account_id = "c", ground = "direction", purpose = "hosting", disclosed_at = 2026-05-10T10:00:00Z },
]
given.oauth_grants = [{ account_id = "d", provider = "g", granted_at = 2026-05-10T10:00:00Z, last_access_at = 2026-05-10T10:00:05Z }, { account_id = "e", provider = "g", granted_at = 2026-03-10T10:00:00Z, last_access_at = 2026-05-10T10:00:05Z }]
given.holdings = [{ holding_id = "1", account_id = "f", purpose = "newsletter", collected_at = 2026-05-01T10:00:01Z }, { holding_id = "2", account_id = "g", purpose = "hosting", collected_at = 2026-05-01T10:00:01Z }]
expect = { shared = "compliant: stayed_erased", shared_for_that = "compliant: stayed_erased", on_another_ground = "violation: resurrected", signed_in_anew = "compliant: stayed_erased", signed_in_long_ago = "violation: resurrected", stored_for_that = "compliant: stayed_erased", stored_for_something_else = "violation: resurrected" }
[equivalent]
"returned: bool_or(cast(b.may_be_earlier as boolean)) → bool_and(cast(b.may_be_earlier as boolean))" = "a row that knows when they came back leaves none that does not"
"weighed: partition by account_id in bool_and(cast(is_in_doubt as boolean)) over (partition by request_id, account_id) → dropped" = "a request is one person's, but where a run reads it as anybody's"
"first_acts: arg_min(found_in, done_at) → arg_max(found_in, done_at)" = "where it was found is only shown"
"later_acts: r.account_id = e.account_id → true" = "a request is one person's, but where a run reads it as anybody's"
"judged: f.account_id = e.account_id → true" = "a request is one person's, but where a run reads it as anybody's"
*/
