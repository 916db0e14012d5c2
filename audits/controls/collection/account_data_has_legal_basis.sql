/*
id         = "account_data_has_legal_basis"
title      = "Accounts are opened by people who accepted the terms"
short      = "Accounts opened on accepted terms"
rule       = """
Who opens an account has accepted the terms, and with them represented that the data is theirs to give, no later than the account began. Accounts of
subscribers and agents only. An account holds the terms that were accepted last: where that came after it began, and when they were accepted for the
first time is not recorded, nobody can tell."""
maps_to    = ["GDPR 6(1)(b)"]
severity   = "medium"
remedy     = "Ask the people found to accept the terms, or close their accounts"
tables.accounts = ["subject_type", "terms_accepted_at", "terms_first_accepted_at?", "created_at", "country?"]
absent.accounts.terms_first_accepted_at = "when the terms were accepted for the first time is not known"
dimensions = ["subject_type"]
inject.accepted_a_day_later = { accounts = { terms_accepted_at = "created_at + interval 1 second", terms_first_accepted_at = "created_at + interval 1 second" } }
[reasons]
accepted       = "the terms were accepted by the time the account began"
accepted_later = "the terms were accepted for the first time after the account began"
accepted_anew  = "the terms were accepted after the account began, and when for the first time is not recorded"
not_accepted   = "the terms were never accepted"
no_instant     = "when the account began is not recorded"
in_the_future  = "an instant lies after the instant of judgement"
[de]
title    = "Konten werden von Personen eröffnet, die den Bedingungen zugestimmt haben"
short    = "Konten nur nach Zustimmung"
rule     = """
Wer ein Konto eröffnet, hat spätestens bei dessen Beginn den Bedingungen zugestimmt und damit erklärt, die Daten angeben zu dürfen. Das gilt nur für
Konten von Abonnenten und Agenten. Ein Konto enthält die Bedingungen, denen zuletzt zugestimmt wurde: Wo das nach dem Beginn war und nicht erfasst
ist, wann erstmals zugestimmt wurde, ist es nicht entscheidbar."""
remedy   = "Um Zustimmung bitten oder die Konten schließen"
[de.reasons]
accepted       = "den Bedingungen war zugestimmt, als das Konto begann"
accepted_later = "den Bedingungen wurde erstmals nach Beginn des Kontos zugestimmt"
accepted_anew  = "den Bedingungen wurde nach Beginn des Kontos zugestimmt, und wann erstmals, ist nicht erfasst"
not_accepted   = "den Bedingungen wurde nie zugestimmt"
no_instant     = "wann das Konto begann, ist nicht erfasst"
in_the_future  = "ein Zeitpunkt liegt nach dem Stichtag"
*/
with judged as (
    select *,
           case when created_at > $as_of or terms_accepted_at > $as_of then 'in_the_future'
                when created_at is null then 'no_instant'
                when terms_accepted_at is null then 'not_accepted'
                when terms_first_accepted_at > created_at then 'accepted_later'
                when least(terms_first_accepted_at, terms_accepted_at) <= created_at then 'accepted'
                else 'accepted_anew' end as reason
    from accounts
    where subject_type in ('subscriber', 'agent')
)
select account_id as record_id, account_id, country, created_at as event_at, null::timestamptz as due_at,
       case when reason = 'accepted' then 'compliant'
            when reason in ('accepted_later', 'not_accepted') then 'violation'
            else 'indeterminate' end as verdict,
       reason,
       coalesce(terms_first_accepted_at, terms_accepted_at) as met_at, subject_type
from judged;

/* examples
as_of = 2026-06-30
[accepted_on_the_next_day_and_not_dated]
given.accounts = [
    { account_id = "nothing", subject_type = "subscriber" }, { account_id = "accepted_later", subject_type = "subscriber", created_at = 2026-05-31T23:00:00Z, terms_accepted_at = 2026-06-01T01:00:00Z },
]
expect = { nothing = "indeterminate: no_instant", accepted_later = { verdict = "indeterminate: accepted_anew", event_at = 2026-05-31T23:00:00Z } }
[by_the_time_the_account_begins]
period = "2026-01"
given.accounts = [
    { account_id = "a", subject_type = "subscriber", created_at = 2026-01-10T08:00:00Z, terms_accepted_at = 2026-01-10T08:00:00Z },
    { account_id = "b", subject_type = "agent", created_at = 2026-01-10T08:00:00Z, terms_accepted_at = 2026-01-10T08:00:01Z, terms_first_accepted_at = 2026-01-10T08:00:01Z },
    { account_id = "anew", subject_type = "agent", created_at = 2026-01-10T08:00:00Z, terms_accepted_at = 2026-01-10T08:00:01Z },
    { account_id = "first_in_time", subject_type = "agent", created_at = 2026-01-10T08:00:00Z, terms_accepted_at = 2026-03-10T08:00:01Z, terms_first_accepted_at = 2026-01-10T08:00:00Z },
    { account_id = "c", subject_type = "subscriber", created_at = 2026-01-10T08:00:00Z },
    { account_id = "d", subject_type = "subscriber", terms_accepted_at = 2026-01-10T08:00:00Z },
    { account_id = "e", subject_type = "subscriber", created_at = 2026-07-10T08:00:00Z },
    { account_id = "at_as_of", subject_type = "agent", created_at = 2026-06-30T23:59:59.999999Z, terms_accepted_at = 2026-06-30T23:59:59.999999Z },
    { account_id = "accepted_after_as_of", subject_type = "agent", created_at = 2026-01-10T08:00:00Z, terms_accepted_at = 2026-07-01T00:00:00Z },
    { account_id = "visitor", subject_type = "visitor", created_at = 2026-01-10T08:00:00Z },
]
expect.a = { verdict = "compliant: accepted", account = "a", event_at = 2026-01-10T08:00:00Z, scope = "period" }
expect.b = { verdict = "violation: accepted_later", met_at = 2026-01-10T08:00:01Z }
expect.anew = { verdict = "indeterminate: accepted_anew", met_at = 2026-01-10T08:00:01Z }
expect.first_in_time = { verdict = "compliant: accepted", met_at = 2026-01-10T08:00:00Z }
expect.c = "violation: not_accepted"
expect.d = "indeterminate: no_instant"
expect.e = "indeterminate: in_the_future"
expect.at_as_of = "compliant: accepted"
expect.accepted_after_as_of = "indeterminate: in_the_future"
*/
