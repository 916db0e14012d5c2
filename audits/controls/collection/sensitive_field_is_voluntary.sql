/*
id         = "sensitive_field_is_voluntary"
title      = "Sensitive information is asked for only in fields that nobody has to fill"
short      = "Sensitive fields voluntary"
rule       = """
A field that asks for sensitive information is not mandatory: such information is volunteered. What law or professional standards demand is processed
on a legal obligation and judged with the processing."""
maps_to    = ["GDPR 9(2)"]
severity   = "high"
remedy     = "Make the fields voluntary"
tables.form_fields = ["sensitive", "mandatory"]
inject.demanded = { "+form_fields" = { page = "record_id", field_name = "'selftest'", sensitive = "true", mandatory = "true" } }
[reasons]
volunteered  = "sensitive, and need not be filled"
demanded     = "sensitive, and must be filled"
not_recorded = "whether it is sensitive or mandatory is not recorded"
[de]
title    = "Nach sensiblen Angaben wird nur in freiwilligen Feldern gefragt"
short    = "Sensible Felder freiwillig"
rule     = """
Ein Feld, das nach sensiblen Angaben fragt, ist kein Pflichtfeld: Solche Angaben sind freiwillig. Was Gesetz oder Berufsregeln verlangen, wird
aufgrund einer rechtlichen Verpflichtung verarbeitet und bei der Verarbeitung geprüft."""
remedy   = "Die Felder freiwillig machen"
[de.reasons]
volunteered  = "sensibel, und muss nicht ausgefüllt werden"
demanded     = "sensibel, und muss ausgefüllt werden"
not_recorded = "ob es sensibel oder Pflicht ist, ist nicht erfasst"
*/
with judged as (
    select *,
           case when sensitive is null or mandatory is null then 'not_recorded'
                when mandatory then 'demanded'
                else 'volunteered' end as reason
    from form_fields
    where sensitive is distinct from false
)
select coalesce(page, '') || ' · ' || coalesce(field_name, '') as record_id, null::varchar as account_id, null::varchar as country, null::timestamptz as event_at, null::timestamptz as due_at,
       case when reason = 'volunteered' then 'compliant'
            when reason = 'demanded' then 'violation'
            else 'indeterminate' end as verdict,
       reason
from judged;

/* examples
as_of = 2026-06-30
[volunteered_or_demanded]
period = "2026-01"
given.form_fields = [
    { page = "p", field_name = "faith", sensitive = true, mandatory = false },
    { page = "p", field_name = "health", sensitive = true, mandatory = true },
    { page = "p", field_name = "odd", mandatory = true },
    { page = "p", field_name = "open", sensitive = true }, { page = "p", sensitive = true, mandatory = false }, { field_name = "faith", sensitive = true, mandatory = false },
    { page = "p", field_name = "name", sensitive = false, mandatory = true },
]
expect."p · faith" = { verdict = "compliant: volunteered", scope = "period" }
expect."p · health" = "violation: demanded"
expect."p · odd" = "indeterminate: not_recorded"
expect."p · open" = "indeterminate: not_recorded"
expect."p · " = "compliant: volunteered"
expect." · faith" = "compliant: volunteered"
*/
