/*
id         = "successor_disclosure_has_transaction"
title      = "A buyer or successor is given data only with its transaction on record"
short      = "Successors only with transaction"
rule       = """
A disclosure to an assignee, buyer or merger partner names the transaction it belongs to."""
maps_to    = ["GDPR 6(1)(f)"]
severity   = "medium"
remedy     = "Record the transaction, or have the data returned"
acts       = true
tables.disclosures = ["recipient_id", "disclosed_at", "transaction_ref", "destination_country?"]
tables.processors = ["kind"]
inject.transaction_lost = { disclosures = { transaction_ref = "null" } }
[reasons]
on_record      = "the transaction is on record"
no_transaction = "no transaction is on record"
in_the_future  = "the disclosure lies after the instant of judgement"
[de]
title    = "Ein Käufer oder Rechtsnachfolger erhält Daten nur mit erfasstem Geschäft"
short    = "Rechtsnachfolger nur mit Geschäft"
rule     = "Eine Weitergabe an einen Rechtsnachfolger, Käufer oder Fusionspartner nennt das Geschäft, zu dem sie gehört."
remedy   = "Das Geschäft erfassen oder die Daten zurückgeben lassen"
[de.reasons]
on_record      = "das Geschäft ist erfasst"
no_transaction = "kein Geschäft ist erfasst"
in_the_future  = "die Weitergabe liegt nach dem Stichtag"
*/
with judged as (
    select d.*,
           case when d.disclosed_at > $as_of then 'in_the_future' when d.transaction_ref is null then 'no_transaction' else 'on_record' end as reason
    from disclosures as d
    where d.recipient_id in (select recipient_id from processors where kind = 'acquirer')
)
select disclosure_id as record_id, account_id, destination_country as country, disclosed_at as event_at, null::timestamptz as due_at,
       case when reason = 'on_record' then 'compliant'
            when reason = 'no_transaction' then 'violation'
            else 'indeterminate' end as verdict,
       reason,
       recipient_id, transaction_ref
from judged;

/* examples
as_of = 2026-06-30
[with_and_without_a_transaction]
period = "2026-01"
given.processors = [{ recipient_id = "buyer", kind = "acquirer" }, { recipient_id = "p", kind = "processor" }]
given.disclosures = [
    { disclosure_id = "a", recipient_id = "buyer", transaction_ref = "t", disclosed_at = 2026-01-10T08:00:00Z }, { disclosure_id = "b", recipient_id = "buyer", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "on_the_last_instant", recipient_id = "buyer", transaction_ref = "t", disclosed_at = 2026-06-30T23:59:59.999999Z },
    { disclosure_id = "c", recipient_id = "buyer", transaction_ref = "t", disclosed_at = 2026-07-10T08:00:00Z }, { disclosure_id = "d", recipient_id = "p", disclosed_at = 2026-01-10T08:00:00Z },
]
expect = { a = { verdict = "compliant: on_record", event_at = 2026-01-10T08:00:00Z, met_at = 2026-01-10T08:00:00Z, scope = "period" }, b = "violation: no_transaction", c = "indeterminate: in_the_future", on_the_last_instant = "compliant: on_record" }
*/
