/*
id         = "marketing_message_had_opt_in"
title      = "Newsletters and promotions are sent only to those who opted in, where the law demands it"
short      = "Newsletters only after opt-in"
rule       = """
A newsletter or promotion to a person in a country whose law demands prior consent then is sent while a consent of that person to it, or to marketing
as such, was given and not withdrawn. Whether one to newsletters was also one to promotions, or the other way round, cannot be told. A request to
withdraw it ends it when it is fulfilled; from its receipt on it is in doubt. Where the law demands none, no opt-in is promised, and the message is
not in the population; without consent it is undecided where no law is on file."""
maps_to    = ["GDPR 6(1)(a)", "GDPR 7"]
severity   = "medium"
remedy     = "Stop sending to people who have not opted in"
acts       = true
tables.messages = ["account_id", "kind", "sent_at"]
tables.accounts = ["country"]
tables.consents = ["account_id", "purpose", "given_at", "withdrawn_at??"]
tables.requests = ["type??", "account_id??", "purpose??", "received_at??", "closed_at??", "outcome??", "requester_role?", "child_account_id?", "merged_into?"]
exact.requests = ["received_at"]
absent.requests = "nobody withdrew a consent by a request"
dimensions = ["kind"]
inject.consent_lost = { consents = { given_at = "f.as_of" }, accounts = { country = "'DE'" }, by = "t.account_id = f.account_id" }
[reasons]
opted_in        = "a consent was given and not withdrawn"
not_opted_in    = "no consent was in force"
other_kind      = "the consent in force was to the other of newsletters and promotions, and whether it was to this too is not recorded"
withdrawal_in_doubt = "the person asked to withdraw the consent, and whether it had ended by then cannot be told"
law_unknown     = "whether the country's law demands consent is not on file, and no consent was in force"
country_unknown = "where the person is, is not recorded or not known"
no_instant      = "when it was sent is not recorded"
in_the_future   = "it was sent after the instant of judgement"
[de]
title    = "Newsletter und Werbung gehen, wo das Gesetz es verlangt, nur an Personen mit Einwilligung"
short    = "Newsletter nur nach Einwilligung"
rule     = """
Ein Newsletter oder Werbung an eine Person in einem Land, dessen Gesetz dann eine vorherige Einwilligung verlangt, wird gesendet, solange eine
Einwilligung der Person darin, oder in Werbung überhaupt, erteilt und nicht widerrufen war. Ob eine in Newsletter auch eine in Angebote war oder
umgekehrt, ist nicht zu entscheiden. Eine Anfrage auf Widerruf beendet sie mit ihrer Erfüllung; ab dem Eingang ist sie
zweifelhaft. Wo das Gesetz keine verlangt, ist keine Einwilligung zugesagt, und die Nachricht fällt nicht darunter; ohne Einwilligung ist sie
nicht entschieden, wo kein Gesetz hinterlegt ist."""
remedy   = "Den Versand an Personen ohne Einwilligung beenden"
[de.reasons]
opted_in        = "eine Einwilligung war erteilt und nicht widerrufen"
not_opted_in    = "keine Einwilligung bestand"
other_kind      = "die bestehende Einwilligung galt dem anderen von Newsletter und Werbung, und ob auch diesem, ist nicht erfasst"
withdrawal_in_doubt = "die Person hat um den Widerruf der Einwilligung gebeten, und ob sie da schon geendet hatte, ist nicht zu entscheiden"
law_unknown     = "ob das Gesetz des Landes eine Einwilligung verlangt, ist nicht hinterlegt, und keine bestand"
country_unknown = "wo die Person ist, ist nicht erfasst oder unbekannt"
no_instant      = "wann es gesendet wurde, ist nicht erfasst"
in_the_future   = "gesendet wurde nach dem Stichtag"
*/
with people as (
    select account_id, min(country) as country from accounts where account_id in (select account_id from messages where kind in ('newsletter', 'promotion')) group by account_id
),
members as (
    select country, start_of_day(eea_from) as member_from, start_of_day(eea_to + 1) as member_until from countries
),
placed as (
    select m.*, p.country, c.country is not null as is_known, c.member_from, c.member_until
    from messages as m
    left join people as p on p.account_id = m.account_id
    left join members as c on c.country = p.country
    where m.kind in ('newsletter', 'promotion')
),
laws as (
    select place, demands_consent, start_of_day(valid_from) as valid_from from optin_countries
),
-- A day that there is not bounds nothing; what is not dated is in wherever the law may demand consent.
governed as (
    select m.*,
           own.demands_consent and coalesce(sent_at >= own.valid_from, true) as own_law_demands,
           coalesce(sent_at >= member_from and coalesce(sent_at < member_until, true), false) as is_member,
           sent_at >= eea.valid_from as eea_demands
    from placed as m
    left join laws as own on own.place = m.country
    join laws as eea on eea.place = 'EEA'
),
scoped as (
    select *, own_law_demands is null and not is_member as is_law_unknown
    from governed
    where own_law_demands or (is_member and eea_demands) or (own_law_demands is null and not is_member)
),
-- Consents that stood when it was sent, for sure or perhaps: to the one kind, or to both.
agreed as (
    select s.message_id, bool_or(c.purpose in (s.kind, 'marketing')) as is_to_it,
           bool_or(c.purpose in (s.kind, 'marketing') and coalesce(c.withdrawal_in_doubt_from > s.sent_at, true)) as is_sure
    from scoped as s
    join consent_ends as c on c.account_id = s.account_id and c.given_at <= s.sent_at and coalesce(c.withdrawn_at > s.sent_at, true)
    where c.purpose in ('newsletter', 'promotion', 'marketing')
    group by s.message_id
),
judged as (
    select s.*,
           case when sent_at is null then 'no_instant'
                when sent_at > $as_of then 'in_the_future'
                when not is_known then 'country_unknown'
                when a.is_sure then 'opted_in'
                when a.is_to_it then 'withdrawal_in_doubt'
                when a.message_id is not null then 'other_kind'
                when is_law_unknown then 'law_unknown'
                else 'not_opted_in' end as reason
    from scoped as s
    left join agreed as a on a.message_id = s.message_id
)
select message_id as record_id, account_id, country, sent_at as event_at, null::timestamptz as due_at,
       case when reason = 'opted_in' then 'compliant'
            when reason = 'not_opted_in' then 'violation'
            else 'indeterminate' end as verdict,
       reason,
       kind
from judged;

/* examples
as_of = 2026-06-30
[withdrawn_by_a_request]
period = "2026-01"
given.accounts = [{ account_id = "a", country = "DE" }, { account_id = "b", country = "DE" }, { account_id = "c", country = "DE" }, { account_id = "d", country = "DE" }]
given.requests = [
    { request_id = "3", account_id = "c", type = "consent_withdrawal", received_at = 2026-03-01T08:00:00Z },
    { request_id = "4", account_id = "d", type = "consent_withdrawal", received_at = 2026-03-01T08:00:00Z },
    { request_id = "1", account_id = "a", type = "consent_withdrawal", purpose = "newsletter", received_at = 2026-03-01T08:00:00Z, closed_at = 2026-03-03T08:00:00Z, outcome = "fulfilled" },
    { request_id = "2", account_id = "b", type = "consent_withdrawal", received_at = 2026-03-01T08:00:00Z, closed_at = 2026-03-03T08:00:00Z, outcome = "fulfilled" },
]
given.consents = [
    { consent_id = "c", account_id = "c", purpose = "newsletter", given_at = 2026-03-01T08:00:00Z },
    { consent_id = "d", account_id = "d", purpose = "marketing", given_at = 2025-01-01T00:00:00Z },
    { consent_id = "a", account_id = "a", purpose = "newsletter", given_at = 2025-01-01T00:00:00Z, proof_ref = "form" },
    { consent_id = "b", account_id = "b", purpose = "newsletter", given_at = 2025-01-01T00:00:00Z, proof_ref = "form" },
]
given.messages = [
    { message_id = "as_it_was_given", account_id = "c", kind = "newsletter", sent_at = 2026-03-01T08:00:00Z },
    { message_id = "of_marketing", account_id = "d", kind = "newsletter", sent_at = 2026-03-01T08:00:00Z },
    { message_id = "before", account_id = "a", kind = "newsletter", sent_at = 2026-03-01T07:59:59.999999Z },
    { message_id = "asked", account_id = "a", kind = "newsletter", sent_at = 2026-03-01T08:00:00Z },
    { message_id = "just_asked", account_id = "a", kind = "newsletter", sent_at = 2026-03-03T07:59:59.999999Z },
    { message_id = "fulfilled", account_id = "a", kind = "newsletter", sent_at = 2026-03-03T08:00:00Z },
    { message_id = "perhaps", account_id = "b", kind = "newsletter", sent_at = 2026-06-10T08:00:00Z },
]
expect = { as_it_was_given = "indeterminate: withdrawal_in_doubt", of_marketing = "indeterminate: withdrawal_in_doubt", before = "compliant: opted_in", asked = "indeterminate: withdrawal_in_doubt", just_asked = "indeterminate: withdrawal_in_doubt", fulfilled = { verdict = "violation: not_opted_in", met_at = 2026-03-03T08:00:00Z, scope = "later" }, perhaps = "indeterminate: withdrawal_in_doubt" }
[while_a_consent_is_in_force]
given.accounts = [{ account_id = "de", country = "DE" }, { account_id = "us", country = "US" }, { account_id = "where" }]
given.consents = [{ consent_id = "c", account_id = "de", purpose = "newsletter", given_at = 2026-01-10T08:00:00Z, withdrawn_at = 2026-03-10T08:00:00Z }]
given.messages = [
    { message_id = "on_the_instant", account_id = "de", kind = "newsletter", sent_at = 2026-01-10T08:00:00Z },
    { message_id = "too_early", account_id = "de", kind = "newsletter", sent_at = 2026-01-10T07:59:59Z },
    { message_id = "withdrawn", account_id = "de", kind = "promotion", sent_at = 2026-03-10T08:00:00Z },
    { message_id = "service", account_id = "de", kind = "service", sent_at = 2026-04-10T08:00:00Z },
    { message_id = "elsewhere", account_id = "us", kind = "promotion", sent_at = 2026-04-10T08:00:00Z },
    { message_id = "where", account_id = "where", kind = "promotion", sent_at = 2026-04-10T08:00:00Z },
    { message_id = "undated", account_id = "de", kind = "promotion" },
    { message_id = "future", account_id = "de", kind = "promotion", sent_at = 2026-07-10T08:00:00Z },
]
expect.on_the_instant = "compliant: opted_in"
expect.too_early = "violation: not_opted_in"
expect.withdrawn = "violation: not_opted_in"
expect.where = "indeterminate: country_unknown"
expect.undated = "indeterminate: no_instant"
expect.future = "indeterminate: in_the_future"
[of_several_consents]
given.accounts = [{ account_id = "both", country = "DE" }, { account_id = "one_in_doubt", country = "DE" }]
given.requests = [{ request_id = "1", account_id = "one_in_doubt", type = "consent_withdrawal", purpose = "marketing", received_at = 2026-03-01T08:00:00Z }]
given.consents = [
    { consent_id = "1", account_id = "both", purpose = "newsletter", given_at = 2026-01-10T08:00:00Z }, { consent_id = "2", account_id = "both", purpose = "promotion", given_at = 2026-01-10T08:00:00Z },
    { consent_id = "3", account_id = "one_in_doubt", purpose = "marketing", given_at = 2026-01-10T08:00:00Z }, { consent_id = "4", account_id = "one_in_doubt", purpose = "newsletter", given_at = 2026-01-10T08:00:00Z },
]
given.messages = [
    { message_id = "news", account_id = "both", kind = "newsletter", sent_at = 2026-02-10T08:00:00Z }, { message_id = "offer", account_id = "both", kind = "promotion", sent_at = 2026-02-10T08:00:00Z },
    { message_id = "by_the_other", account_id = "one_in_doubt", kind = "newsletter", sent_at = 2026-04-10T08:00:00Z }, { message_id = "in_doubt", account_id = "one_in_doubt", kind = "promotion", sent_at = 2026-04-10T08:00:00Z },
]
expect = { news = "compliant: opted_in", offer = "compliant: opted_in", by_the_other = "compliant: opted_in", in_doubt = "indeterminate: withdrawal_in_doubt" }
[since_the_law_demands_it]
given.accounts = [{ account_id = "de", country = "DE" }, { account_id = "ch", country = "CH" }, { account_id = "gb", country = "GB" }]
given.consents = []
given.messages = [
    { message_id = "before", account_id = "ch", kind = "newsletter", sent_at = 2007-03-31T23:59:59Z }, { message_id = "since", account_id = "ch", kind = "newsletter", sent_at = 2007-04-01T00:00:00Z },
    { message_id = "before_the_directive", account_id = "de", kind = "newsletter", sent_at = 2003-10-30T23:59:59Z }, { message_id = "since_then", account_id = "de", kind = "newsletter", sent_at = 2003-10-31T00:00:00Z },
    { message_id = "after_brexit", account_id = "gb", kind = "newsletter", sent_at = 2021-06-01T00:00:00Z },
]
expect = { since = "violation: not_opted_in", since_then = "violation: not_opted_in", after_brexit = "violation: not_opted_in" }
[what_is_a_consent_to_it_and_whose]
given.accounts = [
    { account_id = "de", country = "DE" }, { account_id = "nothing", country = "DE" }, { account_id = "promoted", country = "DE" }, { account_id = "marketed", country = "DE" }, { account_id = "profiled", country = "DE" },
]
given.consents = [
    { consent_id = "c", account_id = "de", purpose = "newsletter", given_at = 2026-01-10T08:00:00Z }, { consent_id = "p", account_id = "promoted", purpose = "promotion", given_at = 2026-01-10T08:00:00Z },
    { consent_id = "m", account_id = "marketed", purpose = "marketing", given_at = 2026-01-10T08:00:00Z }, { consent_id = "o", account_id = "profiled", purpose = "profiling", given_at = 2026-01-10T08:00:00Z },
]
given.messages = [
    { message_id = "never_withdrawn", account_id = "de", kind = "newsletter", sent_at = 2026-02-10T08:00:00Z }, { message_id = "anothers_consent", account_id = "nothing", kind = "newsletter", sent_at = 2026-02-10T08:00:00Z },
    { message_id = "to_promotions", account_id = "promoted", kind = "newsletter", sent_at = 2026-02-10T08:00:00Z }, { message_id = "to_marketing", account_id = "marketed", kind = "newsletter", sent_at = 2026-02-10T08:00:00Z },
    { message_id = "a_promotion", account_id = "promoted", kind = "promotion", sent_at = 2026-02-10T08:00:00Z }, { message_id = "offered", account_id = "marketed", kind = "promotion", sent_at = 2026-02-10T08:00:00Z }, { message_id = "offered_who_wanted_news", account_id = "de", kind = "promotion", sent_at = 2026-02-10T08:00:00Z },
    { message_id = "to_something_else", account_id = "profiled", kind = "newsletter", sent_at = 2026-02-10T08:00:00Z }, { message_id = "to_a_stranger", account_id = "stranger", kind = "newsletter", sent_at = 2026-02-10T08:00:00Z },
    { message_id = "on_the_last_instant", account_id = "de", kind = "newsletter", sent_at = 2026-06-30T23:59:59.999999Z },
]
expect.never_withdrawn = { verdict = "compliant: opted_in", event_at = 2026-02-10T08:00:00Z, account = "de", country = "DE" }
expect.anothers_consent = "violation: not_opted_in"
expect.to_promotions = "indeterminate: other_kind"
expect.a_promotion = "compliant: opted_in"
expect.offered = "compliant: opted_in"
expect.offered_who_wanted_news = "indeterminate: other_kind"
expect.to_marketing = "compliant: opted_in"
expect.to_something_else = "violation: not_opted_in"
expect.to_a_stranger = "indeterminate: country_unknown"
expect.on_the_last_instant = "compliant: opted_in"
[while_a_country_is_in_the_eea]
given.accounts = [{ account_id = "hr", country = "HR" }, { account_id = "gi", country = "GI" }, { account_id = "ch", country = "CH" }]
given.consents = []
given.messages = [
    { message_id = "before_it_joined", account_id = "hr", kind = "newsletter", sent_at = 2013-06-30T23:59:59Z }, { message_id = "since_it_joined", account_id = "hr", kind = "newsletter", sent_at = 2013-07-01T00:00:00Z },
    { message_id = "before_it_left", account_id = "gi", kind = "newsletter", sent_at = 2020-12-31T23:59:59Z }, { message_id = "since_it_left", account_id = "gi", kind = "newsletter", sent_at = 2021-01-01T00:00:00Z },
    { message_id = "undated", account_id = "ch", kind = "newsletter" },
]
expect = { before_it_joined = "indeterminate: law_unknown", since_it_joined = "violation: not_opted_in", before_it_left = "violation: not_opted_in", since_it_left = "indeterminate: law_unknown", undated = "indeterminate: no_instant" }
[where_the_law_demands_none_or_nobody_looked]
given.accounts = [{ account_id = "us", country = "US" }, { account_id = "aq", country = "AQ" }, { account_id = "agreed", country = "AQ" }]
given.consents = [{ consent_id = "c", account_id = "agreed", purpose = "newsletter", given_at = 2026-01-10T08:00:00Z, withdrawn_at = 2026-03-10T08:00:00Z }]
given.messages = [
    { message_id = "opt_out_is_enough", account_id = "us", kind = "newsletter", sent_at = 2026-02-10T08:00:00Z }, { message_id = "enough_whenever", account_id = "us", kind = "newsletter" },
    { message_id = "nobody_looked", account_id = "aq", kind = "promotion", sent_at = 2026-02-10T08:00:00Z }, { message_id = "whenever", account_id = "aq", kind = "promotion" },
    { message_id = "agreed", account_id = "agreed", kind = "newsletter", sent_at = 2026-02-10T08:00:00Z }, { message_id = "withdrawn", account_id = "agreed", kind = "newsletter", sent_at = 2026-03-10T08:00:00Z },
]
expect = { nobody_looked = "indeterminate: law_unknown", whenever = "indeterminate: no_instant", agreed = "compliant: opted_in", withdrawn = "indeterminate: law_unknown" }
[equivalent]
"people: min(country) → max(country)" = "account_id is the key: two rows that differ make each finding of theirs indeterminate"
"people: account_id in (select account_id from messages where kind in ('newsletter', 'promotion')) → true" = "only spares work: nobody else is joined to anything"
"governed: coalesce(sent_at >= own.valid_from, true) → sent_at >= own.valid_from" = "of the laws on file each that demands consent has a first day"
"people: kind in ('newsletter', 'promotion') → true" = "only spares work: nobody else is joined to anything"
*/
