/*
id         = "disclosure_purpose_permitted"
title      = "Personal data is disclosed only for purposes that the policy describes"
short      = "Disclosures for described purposes"
rule       = """
The purpose of a disclosure is one that the policy names."""
maps_to    = ["GDPR 5(1)(b)", "CCPA 1798.100(a)(1)"]
severity   = "high"
remedy     = "Stop disclosures for other purposes, or describe those"
acts       = true
tables.disclosures = ["purpose", "disclosed_at", "destination_country?", "recipient_id?"]
dimensions = ["purpose"]
parameters.disclosure_purposes = { type = "words", of = "purpose" }
inject.resale = { disclosures = { purpose = "'selftest'" } }
[reasons]
described       = "a purpose that the policy describes"
not_described   = "a purpose that the policy does not describe"
purpose_unknown = "its purpose is not recorded"
in_the_future   = "the disclosure lies after the instant of judgement"
[de]
title    = "Personenbezogene Daten werden nur für Zwecke weitergegeben, die die Datenschutzerklärung beschreibt"
short    = "Weitergaben nur für beschriebene Zwecke"
rule     = "Der Zweck einer Weitergabe ist einer, den die Datenschutzerklärung nennt."
remedy   = "Weitergaben für andere Zwecke beenden oder diese beschreiben"
[de.reasons]
described       = "ein Zweck, den die Datenschutzerklärung beschreibt"
not_described   = "ein Zweck, den die Datenschutzerklärung nicht beschreibt"
purpose_unknown = "der Zweck ist nicht erfasst"
in_the_future   = "die Weitergabe liegt nach dem Stichtag"
*/
with judged as (
    select *,
           case when disclosed_at > $as_of then 'in_the_future'
                when purpose is null then 'purpose_unknown'
                when purpose in $disclosure_purposes then 'described'
                else 'not_described' end as reason
    from disclosures
)
select disclosure_id as record_id, account_id, destination_country as country, disclosed_at as event_at, null::timestamptz as due_at,
       case when reason = 'described' then 'compliant'
            when reason = 'not_described' then 'violation'
            else 'indeterminate' end as verdict,
       reason,
       purpose, recipient_id
from judged;

/* examples
as_of = 2026-06-30
parameters = { disclosure_purposes = ["hosting", "maintenance", "email_delivery", "analytics", "payment", "support", "surveys", "legal_claims", "official_request", "succession", "direction", "statistics"] }
[described_purposes]
period = "2026-01"
given.disclosures = [
    { disclosure_id = "a", purpose = "hosting", disclosed_at = 2026-01-10T08:00:00Z }, { disclosure_id = "b", purpose = "resale", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "on_the_last_instant", purpose = "hosting", disclosed_at = 2026-06-30T23:59:59.999999Z },
    { disclosure_id = "c", disclosed_at = 2026-01-10T08:00:00Z }, { disclosure_id = "d", purpose = "hosting", disclosed_at = 2026-07-10T08:00:00Z },
]
expect = { a = { verdict = "compliant: described", event_at = 2026-01-10T08:00:00Z, met_at = 2026-01-10T08:00:00Z, scope = "period" }, b = "violation: not_described", c = "indeterminate: purpose_unknown", d = "indeterminate: in_the_future", on_the_last_instant = "compliant: described" }
*/
