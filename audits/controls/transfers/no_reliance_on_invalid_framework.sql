/*
id         = "no_reliance_on_invalid_framework"
title      = "No transfer is made on a framework that was not in force"
short      = "No reliance on invalid frameworks"
rule       = """
No disclosure names Safe Harbor after 6 October 2015 or the EU-US Privacy Shield after 16 July 2020: the days on which the Court of Justice struck
them down (C-362/14, C-311/18). From Switzerland the days are 7 October 2015 and 8 September 2020, on which its authority withdrew its approval. Nor
does one name a framework before its first day for that exporter, or one that is another's: Switzerland has its own. For the United Kingdom the present one holds from 12 October 2023, its data bridge."""
maps_to    = ["GDPR 45"]
severity   = "high"
remedy     = "Put a valid measure under the transfers, or stop them"
acts       = true
tables.disclosures = ["disclosed_at", "mechanism", "origin_country", "recipient_id?", "destination_country?"]
dimensions = ["mechanism", "recipient_id"]
inject.on_a_dead_framework = { disclosures = { mechanism = "'privacy_shield'" }, where = "event_at > timestamptz '2020-09-10'" }
[reasons]
valid_then    = "the framework was in force on the day"
ended         = "the framework had been struck down"
not_yet       = "the framework was not yet in force for the exporter, or never is"
no_instant    = "the day of the disclosure is not recorded"
origin_unknown = "the country of origin is not recorded, and the framework began or ended on another day in Switzerland, or is not both's"
in_the_future = "the disclosure lies after the instant of judgement"
[de]
title    = "Keine Übermittlung stützt sich auf ein Abkommen, das nicht in Kraft war"
short    = "Kein Verlass auf ungültige Abkommen"
rule     = """
Keine Weitergabe nennt Safe Harbor nach dem 6. Oktober 2015 oder das EU-US Privacy Shield nach dem 16. Juli 2020: den Tagen, an denen der
Gerichtshof sie aufhob (C-362/14, C-311/18). Aus der Schweiz sind es der 7. Oktober 2015 und der 8. September 2020, an denen ihre Behörde die
Anerkennung zurücknahm. Auch nennt keine ein Abkommen vor seinem ersten Tag für diesen Exporteur oder das eines anderen: Die Schweiz hat ihr
eigenes. Für das Vereinigte Königreich gilt das heutige ab dem 12. Oktober 2023, seiner Datenbrücke."""
remedy   = "Die Übermittlungen auf eine gültige Grundlage stellen oder beenden"
[de.reasons]
valid_then    = "das Abkommen war am Tag in Kraft"
ended         = "das Abkommen war aufgehoben"
not_yet       = "das Abkommen war für den Exporteur noch nicht in Kraft oder ist es nie"
no_instant    = "der Tag der Weitergabe ist nicht erfasst"
origin_unknown = "das Herkunftsland ist nicht erfasst, und das Abkommen begann oder endete in der Schweiz an einem anderen Tag oder gilt nicht für beide"
in_the_future = "die Weitergabe liegt nach dem Stichtag"
*/
with frameworks as (
    select s.mechanism, coalesce(start_of_day(e.new_from), 'infinity') as began_elsewhere_at, start_of_day(s.new_from) as began_in_switzerland_at,
           start_of_day(e.relied_on_until + 1) as ended_elsewhere_at, start_of_day(s.relied_on_until + 1) as ended_in_switzerland_at
    from mechanisms_of_exporters as s
    left join mechanisms_of_exporters as e on e.mechanism = s.mechanism and e.exporter = 'EEA'
    where s.exporter = 'CH' and s.rests_on = 'certification'
),
scoped as (
    select d.*, m.* exclude (mechanism),
           coalesce(start_of_day(own.new_from), m.began_elsewhere_at) as began_at,
           case when d.origin_country = 'CH' then m.ended_in_switzerland_at
                when d.origin_country is not null then m.ended_elsewhere_at end as ended_at
    from disclosures as d
    join frameworks as m on m.mechanism = d.mechanism
    left join mechanisms as own on own.mechanism = d.mechanism and own.exporter = d.origin_country
),
judged as (
    select *,
           case when disclosed_at is null then 'no_instant'
                when disclosed_at > $as_of then 'in_the_future'
                when disclosed_at >= coalesce(ended_at, greatest(ended_elsewhere_at, ended_in_switzerland_at)) then 'ended'
                when origin_country is null and disclosed_at >= least(ended_elsewhere_at, ended_in_switzerland_at) then 'origin_unknown'
                when origin_country is null and disclosed_at >= least(began_elsewhere_at, began_in_switzerland_at)
                     and disclosed_at < greatest(began_elsewhere_at, began_in_switzerland_at) then 'origin_unknown'
                when disclosed_at < began_at then 'not_yet'
                else 'valid_then' end as reason
    from scoped
)
select disclosure_id as record_id, account_id, origin_country as country, disclosed_at as event_at, null::timestamptz as due_at,
       case when reason = 'valid_then' then 'compliant'
            when reason in ('ended', 'not_yet') then 'violation'
            else 'indeterminate' end as verdict,
       reason,
       recipient_id, mechanism, destination_country
from judged;

/* examples
as_of = 2026-06-30
[privacy_shield_and_safe_harbor]
period = "2026-01"
given.disclosures = [
    { disclosure_id = "shield_last_day", disclosed_at = 2020-07-16T12:00:00Z, origin_country = "DE", mechanism = "privacy_shield" },
    { disclosure_id = "shield_day_after", disclosed_at = 2020-07-17T00:00:00Z, origin_country = "DE", mechanism = "privacy_shield" },
    { disclosure_id = "harbor_last_day", disclosed_at = 2015-10-06T12:00:00Z, origin_country = "DE", mechanism = "safe_harbor" },
    { disclosure_id = "harbor_day_after", disclosed_at = 2015-10-07T00:00:00Z, origin_country = "DE", mechanism = "safe_harbor" },
    { disclosure_id = "dpf", disclosed_at = 2025-10-07T00:00:00Z, origin_country = "DE", mechanism = "dpf" },
    { disclosure_id = "swiss_last_day", disclosed_at = 2020-09-08T12:00:00Z, origin_country = "CH", mechanism = "privacy_shield" },
    { disclosure_id = "swiss_day_after", disclosed_at = 2020-09-09T00:00:00Z, origin_country = "CH", mechanism = "privacy_shield" },
    { disclosure_id = "swiss_dpf", disclosed_at = 2025-10-07T00:00:00Z, origin_country = "CH", mechanism = "swiss_dpf" },
    { disclosure_id = "contract", disclosed_at = 2025-10-07T00:00:00Z, origin_country = "DE", mechanism = "scc_2021" },
]
expect.shield_last_day = "compliant: valid_then"
expect.shield_day_after = "violation: ended"
expect.harbor_last_day = "compliant: valid_then"
expect.harbor_day_after = "violation: ended"
expect.swiss_last_day = "compliant: valid_then"
expect.swiss_day_after = "violation: ended"
expect.swiss_dpf = { verdict = "compliant: valid_then", country = "CH", event_at = 2025-10-07T00:00:00Z, met_at = 2025-10-07T00:00:00Z, scope = "earlier" }
expect.dpf = "compliant: valid_then"
[before_their_first_days]
given.disclosures = [
    { disclosure_id = "dpf_before", disclosed_at = 2023-07-09T23:59:59.999999Z, origin_country = "DE", mechanism = "dpf" }, { disclosure_id = "dpf_first_day", disclosed_at = 2023-07-10T00:00:00Z, origin_country = "DE", mechanism = "dpf" },
    { disclosure_id = "shield_before", disclosed_at = 2016-07-11T23:59:59.999999Z, origin_country = "DE", mechanism = "privacy_shield" }, { disclosure_id = "shield_first_day", disclosed_at = 2016-07-12T00:00:00Z, origin_country = "DE", mechanism = "privacy_shield" },
    { disclosure_id = "swiss_shield_before", disclosed_at = 2017-04-11T23:59:59.999999Z, origin_country = "CH", mechanism = "privacy_shield" }, { disclosure_id = "swiss_shield_first_day", disclosed_at = 2017-04-12T00:00:00Z, origin_country = "CH", mechanism = "privacy_shield" },
    { disclosure_id = "swiss_dpf_before", disclosed_at = 2024-09-14T23:59:59.999999Z, origin_country = "CH", mechanism = "swiss_dpf" }, { disclosure_id = "swiss_dpf_first_day", disclosed_at = 2024-09-15T00:00:00Z, origin_country = "CH", mechanism = "swiss_dpf" },
    { disclosure_id = "dpf_in_switzerland_before", disclosed_at = 2024-09-14T23:59:59.999999Z, origin_country = "CH", mechanism = "dpf" }, { disclosure_id = "dpf_in_switzerland_first_day", disclosed_at = 2024-09-15T00:00:00Z, origin_country = "CH", mechanism = "dpf" },
    { disclosure_id = "dpf_from_somewhere_between", disclosed_at = 2024-09-14T23:59:59.999999Z, mechanism = "dpf" }, { disclosure_id = "dpf_from_somewhere_after", disclosed_at = 2024-09-15T00:00:00Z, mechanism = "dpf" },
    { disclosure_id = "switzerlands_own", disclosed_at = 2025-10-07T00:00:00Z, origin_country = "DE", mechanism = "swiss_dpf" }, { disclosure_id = "perhaps_switzerlands_own", disclosed_at = 2024-09-15T00:00:00Z, mechanism = "swiss_dpf" }, { disclosure_id = "nobodys_yet", disclosed_at = 2024-09-14T23:59:59.999999Z, mechanism = "swiss_dpf" },
    { disclosure_id = "from_somewhere_before", disclosed_at = 2016-07-11T23:59:59.999999Z, mechanism = "privacy_shield" }, { disclosure_id = "from_somewhere_between", disclosed_at = 2016-07-12T00:00:00Z, mechanism = "privacy_shield" },
    { disclosure_id = "from_somewhere_just_before", disclosed_at = 2017-04-11T23:59:59.999999Z, mechanism = "privacy_shield" }, { disclosure_id = "from_somewhere_after", disclosed_at = 2017-04-12T00:00:00Z, mechanism = "privacy_shield" },
]
expect.dpf_before = "violation: not_yet"
expect.dpf_in_switzerland_before = "violation: not_yet"
expect.dpf_in_switzerland_first_day = "compliant: valid_then"
expect.dpf_from_somewhere_between = "indeterminate: origin_unknown"
expect.dpf_from_somewhere_after = "compliant: valid_then"
expect.switzerlands_own = "violation: not_yet"
expect.perhaps_switzerlands_own = "indeterminate: origin_unknown"
expect.nobodys_yet = "violation: not_yet"
expect.dpf_first_day = "compliant: valid_then"
expect.shield_before = "violation: not_yet"
expect.shield_first_day = "compliant: valid_then"
expect.swiss_shield_before = "violation: not_yet"
expect.swiss_shield_first_day = "compliant: valid_then"
expect.swiss_dpf_before = "violation: not_yet"
expect.swiss_dpf_first_day = "compliant: valid_then"
expect.from_somewhere_before = "violation: not_yet"
expect.from_somewhere_between = "indeterminate: origin_unknown"
expect.from_somewhere_just_before = "indeterminate: origin_unknown"
expect.from_somewhere_after = "compliant: valid_then"
[the_data_cannot_tell]
given.disclosures = [
    { disclosure_id = "a", mechanism = "privacy_shield" },
    { disclosure_id = "b", disclosed_at = 2026-07-17T00:00:00Z, mechanism = "dpf" },
    { disclosure_id = "c", disclosed_at = 2020-07-17T00:00:00Z, mechanism = "privacy_shield" },
    { disclosure_id = "d", disclosed_at = 2020-07-16T00:00:00Z, mechanism = "privacy_shield" },
    { disclosure_id = "e", disclosed_at = 2020-09-09T00:00:00Z, mechanism = "privacy_shield" },
    { disclosure_id = "on_the_last_instant", disclosed_at = 2026-06-30T23:59:59.999999Z, origin_country = "DE", mechanism = "dpf" },
]
expect.a = "indeterminate: no_instant"
expect.b = "indeterminate: in_the_future"
expect.c = "indeterminate: origin_unknown"
expect.d = "compliant: valid_then"
expect.e = "violation: ended"
expect.on_the_last_instant = "compliant: valid_then"
[exporters_elsewhere]
given.disclosures = [
    { disclosure_id = "britain_before_its_bridge", disclosed_at = 2023-10-11T22:59:59.999999Z, origin_country = "GB", mechanism = "dpf" }, { disclosure_id = "britain", disclosed_at = 2023-10-12T00:00:00Z, origin_country = "GB", mechanism = "dpf" }, { disclosure_id = "brazil_on_a_dead_one", disclosed_at = 2022-08-01T08:00:00Z, origin_country = "BR", mechanism = "privacy_shield" },
    { disclosure_id = "britain_as_a_member", disclosed_at = 2020-01-01T08:00:00Z, origin_country = "GB", mechanism = "privacy_shield" }, { disclosure_id = "britain_on_a_dead_one", disclosed_at = 2023-11-01T08:00:00Z, origin_country = "GB", mechanism = "privacy_shield" },
]
expect = { britain_before_its_bridge = "violation: not_yet", britain = "compliant: valid_then", brazil_on_a_dead_one = "violation: ended", britain_as_a_member = "compliant: valid_then", britain_on_a_dead_one = "violation: ended" }
*/
