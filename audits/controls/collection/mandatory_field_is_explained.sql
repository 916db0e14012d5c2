/*
id         = "mandatory_field_is_explained"
title      = "People are told which fields are mandatory and what follows if they leave them empty"
short      = "Mandatory fields explained"
rule       = """
A field that must be filled says so on its page, and says what follows if it is not. Fields that need not be filled are kept by that."""
maps_to    = ["GDPR 13(2)(e)"]
severity   = "low"
remedy     = "Say on the forms which fields must be filled, and what follows if not"
tables.form_fields = ["mandatory", "mandatory_told?", "consequence_told?"]
inject.silence = { "+form_fields" = { page = "record_id", field_name = "'selftest'", mandatory = "true", mandatory_told = "false", consequence_told = "false" } }
[reasons]
optional             = "need not be filled"
explained            = "said to be mandatory, with what follows"
not_told             = "mandatory, and not said to be"
consequence_not_told = "said to be mandatory, without what follows"
not_recorded         = "whether it is mandatory, or what was said, is not recorded"
[de]
title    = "Wer ein Formular ausfüllt, erfährt, welche Felder Pflicht sind und was sonst folgt"
short    = "Pflichtfelder erklärt"
rule     = """
Ein Feld, das ausgefüllt werden muss, sagt das auf seiner Seite und sagt, was sonst folgt. Bei Feldern, die nicht ausgefüllt werden müssen, ist die
Zusage damit eingehalten."""
remedy   = "An den Formularen sagen, welche Felder Pflicht sind und was sonst folgt"
[de.reasons]
optional             = "muss nicht ausgefüllt werden"
explained            = "als Pflicht gekennzeichnet, und was sonst folgt, ist gesagt"
not_told             = "Pflicht, und nicht als solche gekennzeichnet"
consequence_not_told = "als Pflicht gekennzeichnet, ohne dass gesagt ist, was sonst folgt"
not_recorded         = "ob es Pflicht ist oder was gesagt wurde, ist nicht erfasst"
*/
with judged as (
    select *,
           case when mandatory is null then 'not_recorded'
                when not mandatory then 'optional'
                when not mandatory_told then 'not_told'
                when not consequence_told then 'consequence_not_told'
                when mandatory_told and consequence_told then 'explained'
                else 'not_recorded' end as reason
    from form_fields
)
select coalesce(page, '') || ' · ' || coalesce(field_name, '') as record_id, null::varchar as account_id, null::varchar as country, null::timestamptz as event_at, null::timestamptz as due_at,
       case when reason in ('optional', 'explained') then 'compliant'
            when reason in ('not_told', 'consequence_not_told') then 'violation'
            else 'indeterminate' end as verdict,
       reason
from judged;

/* examples
as_of = 2026-06-30
[what_people_are_told]
period = "2026-01"
given.form_fields = [
    { page = "p", field_name = "free", mandatory = false },
    { page = "p", field_name = "told", mandatory = true, mandatory_told = true, consequence_told = true },
    { page = "p", field_name = "silent", mandatory = true, mandatory_told = false, consequence_told = true },
    { page = "p", field_name = "half", mandatory = true, mandatory_told = true, consequence_told = false },
    { page = "p", field_name = "vague", mandatory = true, mandatory_told = true },
    { page = "p", field_name = "odd" }, { page = "p", field_name = "perhaps", mandatory_told = true, consequence_told = true }, { page = "p", field_name = "said_what_follows", mandatory = true, consequence_told = true },
    { page = "p", mandatory = false }, { field_name = "free", mandatory = false },
]
expect."p · free" = { verdict = "compliant: optional", scope = "period" }
expect."p · told" = "compliant: explained"
expect."p · silent" = "violation: not_told"
expect."p · half" = "violation: consequence_not_told"
expect."p · vague" = "indeterminate: not_recorded"
expect."p · odd" = "indeterminate: not_recorded"
expect."p · perhaps" = "indeterminate: not_recorded"
expect."p · said_what_follows" = "indeterminate: not_recorded"
expect."p · " = "compliant: optional"
expect." · free" = "compliant: optional"
*/
