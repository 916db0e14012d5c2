/*
id         = "collected_field_is_described"
title      = "What forms ask for is described in the policy"
short      = "Forms ask for what's described"
rule       = """
A field asks for a kind of data that the policy names: volunteered account data, or what is gathered automatically. Where the text says "such as": read
strictly, only what it names; read permissively, anything of the same kind."""
maps_to    = ["GDPR 13(1)", "GDPR 5(1)(c)", "CCPA 1798.100(a)"]
severity   = "medium"
remedy     = "Take off the fields that the policy does not describe, or describe them"
tables.form_fields = ["category"]
parameters.permissive = { default = false }
parameters.volunteered_fields = { type = "words", of = "field" }
parameters.automatic_fields = { type = "words", of = "field" }
readings."permissive: the list is read as examples" = { permissive = true }
inject.a_field_of_another_kind = { "+form_fields" = { page = "record_id", field_name = "'selftest'", category = "'password'" } }
[reasons]
volunteered   = "one of the kinds of account data that the policy names"
automatic     = "one of the kinds of data that are gathered automatically"
such_as       = "another kind, let pass by the permissive reading"
not_described = "a kind of data that the policy does not name"
kind_unknown  = "which kind of data it is is not recorded"
[de]
title    = "Was Formulare erfragen, beschreibt die Datenschutzerklärung"
short    = "Formulare erfragen nur Beschriebenes"
rule     = """
Ein Feld fragt nach einer Art von Daten, die die Datenschutzerklärung nennt: freiwillig angegebene Kontodaten oder automatisch Erhobenes. Wo der
Text „wie etwa“ sagt: streng gelesen nur, was er nennt; weit gelesen alles derselben Art."""
remedy   = "Nicht beschriebene Felder entfernen oder beschreiben"
readings = { "permissive: the list is read as examples" = "weit: die Liste als Beispiele gelesen" }
[de.reasons]
volunteered   = "eine der Arten von Kontodaten, die die Datenschutzerklärung nennt"
automatic     = "eine der Arten von Daten, die automatisch erhoben werden"
such_as       = "eine andere Art, die die weite Lesart zulässt"
not_described = "eine Art von Daten, die die Datenschutzerklärung nicht nennt"
kind_unknown  = "welche Art von Daten es ist, ist nicht erfasst"
*/
with judged as (
    select *,
           case when category is null then 'kind_unknown'
                when category in $volunteered_fields then 'volunteered'
                when category in $automatic_fields then 'automatic'
                when $permissive then 'such_as'
                else 'not_described' end as reason
    from form_fields
)
select coalesce(page, '') || ' · ' || coalesce(field_name, '') as record_id, null::varchar as account_id, null::varchar as country, null::timestamptz as event_at, null::timestamptz as due_at,
       case when reason in ('volunteered', 'automatic', 'such_as') then 'compliant'
            when reason = 'not_described' then 'violation'
            else 'indeterminate' end as verdict,
       reason,
       category
from judged;

/* examples
as_of = 2026-06-30
parameters = { volunteered_fields = ["name", "company", "address", "phone", "email", "payment", "agent"], automatic_fields = ["ip_address", "browser", "cookie", "usage"] }
[what_the_policy_names]
period = "2026-01"
given.form_fields = [
    { page = "sign-up", field_name = "mail", category = "email" },
    { page = "sign-up", field_name = "ip", category = "ip_address" },
    { page = "sign-up", field_name = "shoe", category = "password" },
    { page = "sign-up", field_name = "odd" }, { page = "sign-up", category = "email" }, { field_name = "mail", category = "email" },
]
expect."sign-up · mail" = { verdict = "compliant: volunteered", scope = "period" }
expect."sign-up · ip" = "compliant: automatic"
expect."sign-up · shoe" = "violation: not_described"
expect."sign-up · odd" = "indeterminate: kind_unknown"
expect."sign-up · " = "compliant: volunteered"
expect." · mail" = "compliant: volunteered"
[read_permissively]
parameters = { permissive = true }
given.form_fields = [{ page = "sign-up", field_name = "shoe", category = "password" }]
expect."sign-up · shoe" = "compliant: such_as"
*/
