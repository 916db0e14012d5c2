/*
id         = "third_party_login_authorised"
title      = "Data from a third-party sign-in is accessed only as authorised"
short      = "Third-party sign-ins as authorised"
rule       = """
What is accessed through a third-party sign-in lies within what the person authorised, and nothing is accessed once the authorisation has been
revoked, unless another authorisation of that person at the same third party stood then: by which it was, nobody can tell. An access before the authorisation on record may rest on an earlier one, and cannot be told."""
maps_to    = ["GDPR 6(1)(a)"]
severity   = "medium"
remedy     = "Cut the access back to what was authorised"
tables.oauth_grants = ["account_id", "provider", "granted_at", "scopes", "authorised_scopes", "revoked_at", "last_access_at"]
dimensions = ["provider"]
inject.one_scope_more = { by = "t.account_id = f.account_id", oauth_grants = { scopes = "list_append(authorised_scopes, 'selftest')" } }
inject.after_revocation = { by = "t.account_id = f.account_id", oauth_grants = { granted_at = "granted_at", last_access_at = "f.as_of", revoked_at = "f.as_of - interval 1 second" } }
[reasons]
within_authorisation = "accessed within what was authorised"
more_than_authorised = "accessed more than was authorised"
after_revocation     = "accessed after the authorisation was revoked"
another_stood        = "accessed after the authorisation was revoked, while another of the person at the same third party stood"
before_authorisation = "accessed last before the authorisation on record, and whether there was one before is not recorded"
other_spelling       = "accessed what was authorised only if small letters and capitals mean the same, or a blank divides two names"
not_recorded         = "what was accessed, or authorised, is not recorded"
in_the_future        = "an instant lies after the instant of judgement"
[de]
title    = "Daten aus der Anmeldung über Dritte werden nur wie erlaubt abgerufen"
short    = "Drittanmeldungen nur wie erlaubt"
rule     = """
Was über die Anmeldung bei Dritten abgerufen wird, liegt im Rahmen dessen, was die Person erlaubt hat, und nichts wird abgerufen, sobald die
Erlaubnis widerrufen ist, außer es bestand da eine andere Erlaubnis der Person beim selben Dritten: Auf welcher er beruhte, ist nicht entscheidbar. Ein Abruf vor der erfassten Erlaubnis kann auf einer früheren beruhen und ist nicht entscheidbar."""
remedy   = "Den Zugriff auf das Erlaubte zurückschneiden"
[de.reasons]
another_stood = "abgerufen, nachdem die Erlaubnis widerrufen war, während eine andere der Person beim selben Dritten bestand"
within_authorisation = "im Rahmen des Erlaubten abgerufen"
more_than_authorised = "mehr als erlaubt abgerufen"
after_revocation     = "abgerufen, nachdem die Erlaubnis widerrufen war"
before_authorisation = "zuletzt vor der erfassten Erlaubnis abgerufen, und ob es davor eine gab, ist nicht erfasst"
other_spelling       = "nur dann im Rahmen des Erlaubten abgerufen, wenn Groß- und Kleinbuchstaben dasselbe bedeuten oder ein Leerzeichen zwei Namen trennt"
not_recorded         = "was abgerufen oder erlaubt wurde, ist nicht erfasst"
in_the_future        = "ein Zeitpunkt liegt nach dem Stichtag"
*/
with grants as (
    select g.*, exists (
        from oauth_grants as o
        where o.account_id = g.account_id and coalesce(o.provider = g.provider, true) and o.granted_at <= g.last_access_at and coalesce(o.revoked_at >= g.last_access_at, true)
    ) as is_covered
    from oauth_grants as g
),
judged as (
    select *,
           case when granted_at > $as_of or last_access_at > $as_of then 'in_the_future'
                when last_access_at > revoked_at and is_covered then 'another_stood'
                when last_access_at > revoked_at then 'after_revocation'
                when last_access_at < granted_at then 'before_authorisation'
                when scopes is null or authorised_scopes is null then 'not_recorded'
                when list_has_all(authorised_scopes, scopes) then 'within_authorisation'
                when list_has_all(string_split(translate(lower(array_to_string(authorised_scopes, ' ')), '-_', ''), ' '), string_split(translate(lower(array_to_string(scopes, ' ')), '-_', ''), ' ')) then 'other_spelling'
                else 'more_than_authorised' end as reason
    from grants
)
select concat_ws(' · ', account_id, provider, granted_at::date) as record_id, account_id, null::varchar as country, coalesce(last_access_at, granted_at) as event_at, null::timestamptz as due_at,
       case when reason = 'within_authorisation' then 'compliant'
            when reason in ('more_than_authorised', 'after_revocation') then 'violation'
            else 'indeterminate' end as verdict,
       reason,
       revoked_at as met_at, provider
from judged;

/* examples
as_of = 2026-06-30
[within_and_beyond]
period = "2026-01"
given.oauth_grants = [
    { account_id = "a", provider = "g", granted_at = 2026-01-10T08:00:00Z, scopes = ["mail"], authorised_scopes = ["mail", "name"] },
    { account_id = "early", provider = "g", granted_at = 2026-01-10T08:00:00Z, scopes = ["mail"], authorised_scopes = ["mail"], last_access_at = 2026-01-10T07:59:59Z }, { account_id = "as_granted", provider = "g", granted_at = 2026-01-10T08:00:00Z, scopes = ["mail"], authorised_scopes = ["mail"], last_access_at = 2026-01-10T08:00:00Z },
    { account_id = "b", provider = "g", granted_at = 2026-01-10T08:00:00Z, scopes = ["mail", "contacts"], authorised_scopes = ["mail"] },
    { account_id = "c", provider = "g", granted_at = 2026-01-10T08:00:00Z, scopes = ["mail"], authorised_scopes = ["mail"], revoked_at = 2026-02-10T08:00:00Z, last_access_at = 2026-02-10T08:00:01Z },
    { account_id = "d", provider = "g", granted_at = 2026-01-10T08:00:00Z, scopes = ["mail"], authorised_scopes = ["mail"], revoked_at = 2026-02-10T08:00:00Z, last_access_at = 2026-02-10T08:00:00Z },
    { account_id = "e", provider = "g", granted_at = 2026-01-10T08:00:00Z, scopes = ["mail"] }, { account_id = "i", provider = "g", granted_at = 2026-01-10T08:00:00Z, authorised_scopes = ["mail"] },
    { account_id = "now", provider = "g", granted_at = 2026-06-30T23:59:59.999999Z, scopes = ["mail"], authorised_scopes = ["mail"], last_access_at = 2026-06-30T23:59:59.999999Z }, { account_id = "later", provider = "g", granted_at = 2026-01-10T08:00:00Z, scopes = ["mail"], authorised_scopes = ["mail"], last_access_at = 2026-07-01T00:00:00Z },
    { account_id = "f", provider = "g", granted_at = 2026-07-10T08:00:00Z, scopes = ["mail"], authorised_scopes = ["mail"] },
    { account_id = "g", provider = "g", granted_at = 2026-01-10T08:00:00Z, scopes = ["Mail"], authorised_scopes = ["mail"] }, { account_id = "h", provider = "g", granted_at = 2026-01-10T08:00:00Z, scopes = [], authorised_scopes = [] },
    { account_id = "hyphen", provider = "g", granted_at = 2026-01-10T08:00:00Z, scopes = ["e-mail"], authorised_scopes = ["e_mail"] }, { account_id = "in_one", provider = "g", granted_at = 2026-01-10T08:00:00Z, scopes = ["mail name"], authorised_scopes = ["mail", "name"] }, { account_id = "in_two", provider = "g", granted_at = 2026-01-10T08:00:00Z, scopes = ["mail", "name"], authorised_scopes = ["Mail name"] },
    { account_id = "in_one_more", provider = "g", granted_at = 2026-01-10T08:00:00Z, scopes = ["mail contacts"], authorised_scopes = ["mail", "name"] }, { account_id = "as_one", provider = "g", granted_at = 2026-01-10T08:00:00Z, scopes = ["mail name"], authorised_scopes = ["mail name"] },
]
expect."early · g · 2026-01-10" = "indeterminate: before_authorisation"
expect."as_granted · g · 2026-01-10" = "compliant: within_authorisation"
expect."a · g · 2026-01-10" = { verdict = "compliant: within_authorisation", account = "a", scope = "period", event_at = 2026-01-10T08:00:00Z }
expect."hyphen · g · 2026-01-10" = "indeterminate: other_spelling"
expect."b · g · 2026-01-10" = "violation: more_than_authorised"
expect."c · g · 2026-01-10" = { verdict = "violation: after_revocation", event_at = 2026-02-10T08:00:01Z, met_at = 2026-02-10T08:00:00Z }
expect."d · g · 2026-01-10" = "compliant: within_authorisation"
expect."e · g · 2026-01-10" = "indeterminate: not_recorded"
expect."i · g · 2026-01-10" = "indeterminate: not_recorded"
expect."now · g · 2026-06-30" = "compliant: within_authorisation"
expect."later · g · 2026-01-10" = "indeterminate: in_the_future"
expect."f · g · 2026-07-10" = "indeterminate: in_the_future"
expect."g · g · 2026-01-10" = "indeterminate: other_spelling"
expect."h · g · 2026-01-10" = "compliant: within_authorisation"
expect."in_one · g · 2026-01-10" = "indeterminate: other_spelling"
expect."in_two · g · 2026-01-10" = "indeterminate: other_spelling"
expect."in_one_more · g · 2026-01-10" = "violation: more_than_authorised"
expect."as_one · g · 2026-01-10" = "compliant: within_authorisation"
[another_authorisation_stood]
given.oauth_grants = [
    { account_id = "a", provider = "g", granted_at = 2026-01-01T08:00:00Z, revoked_at = 2026-02-01T08:00:00Z, last_access_at = 2026-06-05T08:00:00Z, scopes = "[mail]", authorised_scopes = "[mail]" }, { account_id = "a", provider = "g", granted_at = 2026-06-05T08:00:00Z, last_access_at = 2026-06-05T08:00:00Z, scopes = "[mail]", authorised_scopes = "[mail]" },
    { account_id = "b", provider = "g", granted_at = 2026-01-02T08:00:00Z, revoked_at = 2026-02-01T08:00:00Z, last_access_at = 2026-06-05T08:00:00Z, scopes = "[mail]", authorised_scopes = "[mail]" }, { account_id = "b", provider = "h", granted_at = 2026-03-02T08:00:00Z, last_access_at = 2026-06-05T08:00:00Z, scopes = "[mail]", authorised_scopes = "[mail]" },
    { account_id = "c", provider = "g", granted_at = 2026-01-03T08:00:00Z, revoked_at = 2026-02-01T08:00:00Z, last_access_at = 2026-06-05T08:00:00Z, scopes = "[mail]", authorised_scopes = "[mail]" }, { account_id = "c", provider = "g", granted_at = 2026-06-05T08:00:01Z, scopes = "[mail]", authorised_scopes = "[mail]" },
    { account_id = "d", provider = "g", granted_at = 2026-01-04T08:00:00Z, revoked_at = 2026-02-01T08:00:00Z, last_access_at = 2026-06-05T08:00:00Z, scopes = "[mail]", authorised_scopes = "[mail]" }, { account_id = "d", provider = "g", granted_at = 2026-03-04T08:00:00Z, revoked_at = 2026-06-05T08:00:00Z, scopes = "[mail]", authorised_scopes = "[mail]" },
    { account_id = "f", provider = "g", granted_at = 2026-01-06T08:00:00Z, revoked_at = 2026-02-01T08:00:00Z, last_access_at = 2026-06-05T08:00:00Z, scopes = "[mail]", authorised_scopes = "[mail]" }, { account_id = "f", granted_at = 2026-03-06T08:00:00Z, scopes = "[mail]", authorised_scopes = "[mail]" },
    { account_id = "e", provider = "g", granted_at = 2026-01-05T08:00:00Z, revoked_at = 2026-02-01T08:00:00Z, last_access_at = 2026-06-05T08:00:00Z, scopes = "[mail]", authorised_scopes = "[mail]" }, { account_id = "e", provider = "g", granted_at = 2026-03-05T08:00:00Z, revoked_at = 2026-06-05T07:59:59Z, scopes = "[mail]", authorised_scopes = "[mail]" },
]
expect."a · g · 2026-01-01" = "indeterminate: another_stood"
expect."a · g · 2026-06-05" = "compliant: within_authorisation"
expect."b · g · 2026-01-02" = "violation: after_revocation"
expect."b · h · 2026-03-02" = "compliant: within_authorisation"
expect."c · g · 2026-01-03" = "violation: after_revocation"
expect."c · g · 2026-06-05" = "compliant: within_authorisation"
expect."f · g · 2026-01-06" = "indeterminate: another_stood"
expect."f · 2026-03-06" = "compliant: within_authorisation"
expect."d · g · 2026-01-04" = "indeterminate: another_stood"
expect."d · g · 2026-03-04" = "compliant: within_authorisation"
expect."e · g · 2026-01-05" = "violation: after_revocation"
expect."e · g · 2026-03-05" = "compliant: within_authorisation"
*/
