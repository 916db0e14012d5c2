/*
id         = "transfer_has_valid_mechanism"
title      = "Transfers out of the EEA and Switzerland are made on lawful measures, valid on the day"
short      = "Transfers on lawful measures"
rule       = """
A disclosure from inside the EEA or Switzerland to a country outside is lawful if that country was adequate on the day (for the United States: for an importer certified on the day, and from Switzerland under its own
framework; for Canada and Japan: a commercial organisation), or if it rests on a contract or approval that was signed and in force on the day and whose clauses could be relied on, or on an approved derogation. (Of
an approval the day from which it holds tells that.) Clauses signed before they were recognised for an exporter carry from that day on; what was signed before anybody's first day of its clauses may hold others, and
cannot be told. A derogation by consent takes one of that person to it: for sharing, or for the purpose of the disclosure, given before it and neither withdrawn by then nor asked to be. What names a framework that had been struck down
is a violation, even where another measure would have carried it, or nothing but aggregates. Other aggregates that hide single people are lawful. The United Kingdom is judged by adequacy, as the text names only the
EEA and Switzerland. Frameworks, clauses and lists ended and began on other days in Switzerland than in the EEA; its list before 1 September 2023 bound nobody, and of a destination that stood on it nobody can tell,
nor of what rests on nothing before 2008, when its law named no measures; nor of one in the United States, where the importer was certified under the Union's present framework and for Switzerland by no word of the
export. Where certificates, or contracts, are not in the export at all, what could rest on them cannot be told. Whether a certificate covers data of employees (for the United States it need not) is
in no export, and not judged. A transfer impact assessment of contracts can be demanded, and what Switzerland's own law governs be
left out."""
maps_to    = ["GDPR 44", "GDPR 45", "GDPR 46", "GDPR 49"]
severity   = "high"
feeds      = ["transfer_flows"]
remedy     = "Stop the transfers, or put a valid measure under them"
acts       = true
tables.disclosures = ["disclosed_at", "origin_country", "destination_country", "mechanism", "recipient_id", "mechanism_ref??", "approval_ref??", "aggregated?", "smallest_cell?", "account_id??", "purpose??"]
absent.disclosures.aggregated = "no disclosure is said to be aggregated"
absent.disclosures.smallest_cell = "no disclosure is said to be aggregated"
tables.transfer_mechanisms = ["recipient_id?", "signed_at?", "valid_from??", "valid_to??", "kind??", "assessment_ref??"]
tables.certifications = ["framework?", "certified_from?", "certified_to??"]
tables.processors = ["kind??"]
tables.consents = ["account_id??", "given_at??", "withdrawn_at??", "purpose??"]
tables.requests = ["type??", "account_id??", "purpose??", "received_at??", "closed_at??", "outcome??", "requester_role?", "child_account_id?", "merged_into?"]
exact.requests = ["received_at"]
absent.requests = "nobody withdrew a consent by a request"
dimensions = ["recipient_id", "destination_country", "mechanism"]
parameters.least_people = { default = 5, unit = "people" }
parameters.exporters = { default = ["EEA", "CH"], words = ["EEA", "CH"] }
parameters.require_assessment = { default = false }
readings."with a transfer impact assessment" = { require_assessment = true }
inject.mechanism_dropped = { disclosures = { mechanism = "null", destination_country = "'IN'" } }
inject.on_a_dead_framework = { disclosures = { mechanism = "'privacy_shield'", destination_country = "'US'" }, where = "event_at > timestamptz '2020-09-10'" }
[reasons]
adequate             = "the destination was adequate on the day"
aggregate            = "holds no single person's data: no figure stands for fewer people than makes an aggregate"
contract_in_force    = "rests on a contract signed and in force on the day"
approval_in_force    = "rests on an approval in force on the day"
derogation_approved  = "rests on a derogation, approved"
framework_ended      = "names a framework that had been struck down"
not_certified        = "the importer was not certified on the day"
not_adequate         = "names adequacy, which the destination did not have on the day"
no_mechanism         = "rests on nothing"
no_contract          = "the contract or approval it names is not on record"
other_recipient      = "the contract it names is another recipient's"
other_kind           = "the contract or approval it names is of another kind than it says"
signed_early         = "the contract or approval was signed before the first day of its clauses, and whether it holds them is not recorded"
consent_unknown      = "rests on consent, approved, and no consent of the person to it stood on the day, as far as is recorded"
signing_unknown      = "when the contract or approval was signed, if at all, is not recorded"
not_yet_signed       = "the contract or approval was not signed on the day"
not_in_force         = "the contract or approval was not in force on the day"
clauses_outdated     = "the contract's clauses could not yet, or no longer, be relied on or be signed"
no_assessment        = "the contract has no transfer impact assessment"
derogation_unapproved = "rests on a derogation that nobody approved"
no_instant           = "the day of the disclosure is not recorded"
in_the_future        = "the disclosure lies after the instant of judgement"
origin_unknown       = "the country of origin is not recorded or not known"
destination_unknown  = "the destination is not recorded or not known"
adequacy_in_doubt    = "whether the destination was adequate for this exporter and recipient cannot be told"
measure_not_exported = "the certificates or contracts that it may rest on, or what its recipient is, are not in the export"
[de]
title    = "Übermittlungen aus dem EWR und der Schweiz beruhen auf Grundlagen, die am Tag gültig waren"
short    = "Übermittlungen auf rechtmäßigen Grundlagen"
rule     = """
Eine Weitergabe aus dem EWR oder der Schweiz in ein Land außerhalb ist rechtmäßig, wenn das Schutzniveau dort am Tag angemessen war (Vereinigte
Staaten: für einen am Tag zertifizierten Importeur, aus der Schweiz nach deren eigenem Abkommen; Kanada und Japan: ein Unternehmen der Wirtschaft),
oder wenn sie auf einem Vertrag oder einer Genehmigung beruht, am Tag unterzeichnet und in Kraft, auf deren Klauseln Verlass war, oder auf einem
genehmigten Ausnahmetatbestand. (Bei einer Genehmigung zeigt das der Tag, ab dem sie gilt.) Klauseln, die vor ihrer Anerkennung für einen Exporteur
unterzeichnet wurden, tragen ab diesem Tag; was vor jedem ersten Tag seiner Klauseln unterzeichnet wurde, kann andere enthalten und ist nicht
entscheidbar. Der Ausnahmetatbestand der Einwilligung braucht eine der Person: in die Weitergabe oder für deren Zweck, davor erteilt und bis dahin
weder widerrufen noch zum Widerruf angefragt. Was ein aufgehobenes Abkommen nennt, ist ein Verstoß, auch wo eine andere Grundlage getragen hätte
oder es nur Zusammenfassungen sind. Andere Zusammenfassungen, die einzelne Personen verbergen, sind rechtmäßig. Das Vereinigte Königreich wird nach
der Angemessenheit geprüft, da der Text nur den EWR und die Schweiz nennt. Abkommen, Klauseln und Listen begannen und endeten in der Schweiz an
anderen Tagen als im EWR; ihre Liste vor dem 1. September 2023 band niemanden, und ein Ziel darauf ist nicht entscheidbar, ebenso, was vor 2008 auf
nichts beruht, als ihr Gesetz keine Grundlagen nannte; ebenso eines in den Vereinigten Staaten, wo der Importeur nach dem geltenden Abkommen der
Union zertifiziert war und der Export zur Schweiz nichts sagt. Wo Zertifikate oder Verträge gar nicht im Export stehen, ist nicht entscheidbar, was
auf ihnen beruhen könnte. Ob ein Zertifikat Beschäftigtendaten einschließt (in den Vereinigten Staaten muss es das nicht), steht in keinem Export und wird nicht geprüft. Eine Transfer-Folgenabschätzung der Verträge lässt sich verlangen, und was das eigene Recht der Schweiz regelt, auslassen."""
remedy   = "Die Übermittlungen beenden oder auf eine gültige Grundlage stellen"
readings = { "with a transfer impact assessment" = "mit Transfer-Folgenabschätzung" }
[de.reasons]
adequate             = "das Schutzniveau am Ziel war am Tag angemessen"
aggregate            = "enthält keine Daten einzelner Personen: keine Zahl steht für weniger Personen, als eine Zusammenfassung braucht"
contract_in_force    = "beruht auf einem Vertrag, der am Tag unterzeichnet und in Kraft war"
approval_in_force    = "beruht auf einer Genehmigung, die am Tag in Kraft war"
derogation_approved  = "beruht auf einem genehmigten Ausnahmetatbestand"
framework_ended      = "nennt ein aufgehobenes Abkommen"
not_certified        = "der Importeur war am Tag nicht zertifiziert"
not_adequate         = "nennt Angemessenheit, die das Ziel am Tag nicht hatte"
no_mechanism         = "beruht auf nichts"
no_contract          = "der genannte Vertrag oder die genannte Genehmigung ist nicht erfasst"
other_recipient      = "der genannte Vertrag ist der eines anderen Empfängers"
other_kind           = "der genannte Vertrag oder die genannte Genehmigung ist anderer Art als angegeben"
signed_early         = "der Vertrag oder die Genehmigung stammt von vor dem ersten Tag der Klauseln, und ob sie darin stehen, ist nicht erfasst"
consent_unknown      = "beruht auf genehmigter Einwilligung, und keine dazu erteilte der Person bestand am Tag, soweit erfasst"
signing_unknown      = "wann der Vertrag oder die Genehmigung unterzeichnet wurde, wenn überhaupt, ist nicht erfasst"
not_yet_signed       = "der Vertrag oder die Genehmigung war am Tag nicht unterzeichnet"
not_in_force         = "der Vertrag oder die Genehmigung war am Tag nicht in Kraft"
clauses_outdated     = "auf die Klauseln war nicht mehr oder noch nicht Verlass"
no_assessment        = "der Vertrag hat keine Transfer-Folgenabschätzung"
derogation_unapproved = "beruht auf einem Ausnahmetatbestand, den niemand genehmigt hat"
no_instant           = "der Tag der Weitergabe ist nicht erfasst"
in_the_future        = "die Weitergabe liegt nach dem Stichtag"
origin_unknown       = "das Herkunftsland ist nicht erfasst oder unbekannt"
destination_unknown  = "das Ziel ist nicht erfasst oder unbekannt"
adequacy_in_doubt    = "ob das Schutzniveau am Ziel für diesen Exporteur und Empfänger angemessen war, ist nicht zu entscheiden"
measure_not_exported = "die Zertifikate oder Verträge, auf denen sie beruhen könnte, oder was der Empfänger ist, stehen nicht im Export"
*/
with consented as (
    select distinct d.disclosure_id
    from disclosures as d
    join consent_ends as c on c.account_id = d.account_id and c.given_at <= d.disclosed_at
                          and coalesce(least(c.withdrawn_at, c.withdrawal_in_doubt_from) > d.disclosed_at, true)
    where d.mechanism = 'derogation_consent' and (c.purpose = d.purpose or c.purpose = 'sharing')
),
scoped as (
    select t.*, c.disclosure_id is not null as is_consented
    from transfers as t
    left join consented as c on c.disclosure_id = t.disclosure_id
    where coalesce(t.exporter in $exporters, true)
      and not t.is_inside
),
judged as (
    select *,
           case when disclosed_at is null then 'no_instant'
                when disclosed_at > $as_of then 'in_the_future'
                when not origin_known then 'origin_unknown'
                when not destination_known then 'destination_unknown'
                when rests_on = 'certification' and disclosed_on > relied_on_until then 'framework_ended'
                when is_adequate then 'adequate'
                when aggregated and smallest_cell >= $least_people then 'aggregate'
                when mechanism is null then 'no_mechanism'
                when rests_on = 'certification' then 'not_certified'
                when rests_on = 'adequacy' then 'not_adequate'
                when rests_on = 'derogation' and approval_ref is null then 'derogation_unapproved'
                when mechanism = 'derogation_consent' and not is_consented then 'consent_unknown'
                when rests_on = 'derogation' then 'derogation_approved'
                when not has_contract then 'no_contract'
                when (contract_recipient_id is distinct from recipient_id) then 'other_recipient'
                when contract_kind <> mechanism then 'other_kind'
                when signed_at > disclosed_at then 'not_yet_signed'
                when valid_from > disclosed_at or valid_to < disclosed_at then 'not_in_force'
                when disclosed_on > relied_on_until or disclosed_on < new_from or signed_at::date > new_until then 'clauses_outdated'
                when $require_assessment and rests_on = 'contract' and assessment_ref is null then 'no_assessment'
                when signed_at is null and (rests_on = 'contract' or valid_from is null) then 'signing_unknown'
                when greatest(signed_at, valid_from)::date < clauses_from then 'signed_early'
                when rests_on = 'approval' then 'approval_in_force'
                else 'contract_in_force' end as found
    from scoped
),
told as (
    select *,
           found in ('no_mechanism', 'not_certified', 'not_adequate', 'derogation_unapproved', 'no_contract', 'other_recipient',
                     'other_kind', 'not_yet_signed', 'not_in_force', 'clauses_outdated', 'no_assessment') as needs_adequacy,
           case when needs_adequacy and may_be_adequate then 'measure_not_exported'
                when needs_adequacy and adequacy_in_doubt then 'adequacy_in_doubt'
                when not contracts_exported and found in ('no_contract', 'other_recipient', 'other_kind', 'not_yet_signed') then 'measure_not_exported'
                else found end as reason
    from judged
)
select disclosure_id as record_id, account_id, origin_country as country, disclosed_at as event_at, null::timestamptz as due_at,
       case when reason in ('adequate', 'aggregate', 'contract_in_force', 'approval_in_force', 'derogation_approved') then 'compliant'
            when reason in ('no_instant', 'in_the_future', 'origin_unknown', 'destination_unknown', 'adequacy_in_doubt', 'measure_not_exported', 'signing_unknown',
                            'signed_early', 'consent_unknown') then 'indeterminate'
            else 'violation' end as verdict,
       reason,
       recipient_id, destination_country, mechanism, mechanism_ref
from told;

/* examples
as_of = 2026-06-30
[what_a_finding_says]
given.transfer_mechanisms = [{ mechanism_ref = "new", recipient_id = "p", kind = "scc_2021", signed_at = 2022-05-01 }]
given.disclosures = [
    { disclosure_id = "where_to", disclosed_at = 2025-05-01, origin_country = "ES", destination_country = "XX", mechanism = "privacy_shield" },
    { disclosure_id = "by_contract", disclosed_at = 2025-05-01, origin_country = "ES", destination_country = "IN", recipient_id = "p", mechanism = "scc_2021", mechanism_ref = "new" },
]
expect = { where_to = "indeterminate: destination_unknown", by_contract = { verdict = "compliant: contract_in_force", event_at = 2025-05-01T00:00:00Z, country = "ES" } }
[adequate_on_the_day]
given.disclosures = [{ disclosure_id = "gb", disclosed_at = 2026-01-10, origin_country = "DE", destination_country = "GB", mechanism = "adequacy" }, { disclosure_id = "brazil_before", disclosed_at = 2026-01-25T23:00:00Z, origin_country = "DE", destination_country = "BR", mechanism = "adequacy" }, { disclosure_id = "brazil_on_the_day", disclosed_at = 2026-01-26, origin_country = "DE", destination_country = "BR", mechanism = "adequacy" }, { disclosure_id = "brazil_from_switzerland", disclosed_at = 2026-02-26, origin_country = "CH", destination_country = "BR", mechanism = "adequacy" }]
expect = { gb = "compliant: adequate", brazil_before = "violation: not_adequate", brazil_on_the_day = "compliant: adequate", brazil_from_switzerland = "violation: not_adequate" }
[the_law_of_the_union_alone]
parameters = { exporters = ["EEA"] }
given.disclosures = [{ disclosure_id = "from_germany", disclosed_at = 2026-01-10, origin_country = "DE", destination_country = "IN" }, { disclosure_id = "from_switzerland", disclosed_at = 2026-01-10, origin_country = "CH", destination_country = "IN" }, { disclosure_id = "from_somewhere", disclosed_at = 2026-01-10, destination_country = "IN" }, { disclosure_id = "undated", origin_country = "DE", destination_country = "IN" }]
expect = { from_germany = "violation: no_mechanism", from_somewhere = "indeterminate: origin_unknown", undated = "indeterminate: no_instant" }
[the_united_states_for_certified_importers]
given.certifications = [{ recipient_id = "p", framework = "dpf", certified_from = 2023-10-01, certified_to = 2025-09-30T23:59:59Z }]
given.disclosures = [{ disclosure_id = "certified", disclosed_at = 2025-09-30, origin_country = "FR", destination_country = "US", recipient_id = "p", mechanism = "dpf" }, { disclosure_id = "lapsed", disclosed_at = 2025-10-01, origin_country = "FR", destination_country = "US", recipient_id = "p", mechanism = "dpf" }, { disclosure_id = "another", disclosed_at = 2025-09-01, origin_country = "FR", destination_country = "US", recipient_id = "q", mechanism = "dpf" }]
expect = { certified = "compliant: adequate", lapsed = "violation: not_certified", another = "violation: not_certified" }
[canada_for_commercial_organisations]
given.processors = [{ recipient_id = "court", kind = "authority" }, { recipient_id = "shop", kind = "processor" }, { recipient_id = "club", kind = "third_party" }]
given.disclosures = [{ disclosure_id = "shop", disclosed_at = 2025-09-01, origin_country = "FR", destination_country = "CA", recipient_id = "shop", mechanism = "adequacy" }, { disclosure_id = "court", disclosed_at = 2025-09-01, origin_country = "FR", destination_country = "CA", recipient_id = "court", mechanism = "adequacy" }, { disclosure_id = "ministry", disclosed_at = 2025-09-01, origin_country = "FR", destination_country = "JP", recipient_id = "court", mechanism = "adequacy" }, { disclosure_id = "japanese_shop", disclosed_at = 2025-09-01, origin_country = "FR", destination_country = "JP", recipient_id = "shop", mechanism = "adequacy" }, { disclosure_id = "charity_or_shop", disclosed_at = 2025-09-01, origin_country = "FR", destination_country = "CA", recipient_id = "club", mechanism = "adequacy" }, { disclosure_id = "unregistered", disclosed_at = 2025-09-01, origin_country = "FR", destination_country = "CA", recipient_id = "x", mechanism = "adequacy" }]
expect = { shop = "compliant: adequate", court = "violation: not_adequate", ministry = "violation: not_adequate", japanese_shop = "compliant: adequate", charity_or_shop = "indeterminate: adequacy_in_doubt", unregistered = "indeterminate: measure_not_exported" }
[privacy_shield_until_its_last_day]
given.certifications = [{ recipient_id = "p", framework = "privacy_shield", certified_from = 2017-01-01 }]
given.disclosures = [{ disclosure_id = "last_day", disclosed_at = 2020-07-16, origin_country = "FR", destination_country = "US", recipient_id = "p", mechanism = "privacy_shield" }, { disclosure_id = "day_after", disclosed_at = 2020-07-17, origin_country = "FR", destination_country = "US", recipient_id = "p", mechanism = "privacy_shield" }, { disclosure_id = "safe_harbor", disclosed_at = 2015-10-07, origin_country = "FR", destination_country = "US", recipient_id = "p", mechanism = "safe_harbor" }]
expect = { last_day = "compliant: adequate", day_after = "violation: framework_ended", safe_harbor = "violation: framework_ended" }
[contracts]
given.transfer_mechanisms = [
    { mechanism_ref = "new", recipient_id = "p", kind = "scc_2021", signed_at = 2022-05-01, valid_to = 2026-03-31 }, { mechanism_ref = "old", recipient_id = "p", kind = "scc_2010", signed_at = 2019-05-01 },
    { mechanism_ref = "old_signed_late", recipient_id = "p", kind = "scc_2010", signed_at = 2021-09-27 }, { mechanism_ref = "old_unsigned", recipient_id = "p", kind = "scc_2010" }, { mechanism_ref = "unsigned", recipient_id = "p", kind = "scc_2021" },
    { mechanism_ref = "valid_and_unsigned", recipient_id = "p", kind = "scc_2021", valid_from = 2022-05-01 }, { mechanism_ref = "valid_later", recipient_id = "p", kind = "scc_2021", signed_at = 2022-05-01, valid_from = 2022-06-01, valid_to = 2026-03-31T12:00:00Z }, { mechanism_ref = "old_signed_on_the_last_day", recipient_id = "p", kind = "scc_2010", signed_at = 2021-09-26T23:59:59Z }, { mechanism_ref = "with_nobody", kind = "scc_2021", signed_at = 2022-05-01 },
]
given.disclosures = [
    { disclosure_id = "in_force", disclosed_at = 2025-01-01, origin_country = "ES", destination_country = "IN", recipient_id = "p", mechanism = "scc_2021", mechanism_ref = "new" }, { disclosure_id = "on_the_instant", disclosed_at = 2022-05-01, origin_country = "ES", destination_country = "IN", recipient_id = "p", mechanism = "scc_2021", mechanism_ref = "new" },
    { disclosure_id = "before_signing", disclosed_at = 2022-04-30T23:59:59Z, origin_country = "ES", destination_country = "IN", recipient_id = "p", mechanism = "scc_2021", mechanism_ref = "new" }, { disclosure_id = "after_its_end", disclosed_at = 2026-04-01, origin_country = "ES", destination_country = "IN", recipient_id = "p", mechanism = "scc_2021", mechanism_ref = "new" },
    { disclosure_id = "old_on_the_last_day", disclosed_at = 2022-12-27, origin_country = "ES", destination_country = "IN", recipient_id = "p", mechanism = "scc_2010", mechanism_ref = "old" }, { disclosure_id = "old_a_day_later", disclosed_at = 2022-12-28, origin_country = "ES", destination_country = "IN", recipient_id = "p", mechanism = "scc_2010", mechanism_ref = "old" },
    { disclosure_id = "old_unsigned", disclosed_at = 2022-12-28, origin_country = "ES", destination_country = "IN", recipient_id = "p", mechanism = "scc_2010", mechanism_ref = "old_unsigned" }, { disclosure_id = "old_signed_too_late", disclosed_at = 2022-01-01, origin_country = "ES", destination_country = "IN", recipient_id = "p", mechanism = "scc_2010", mechanism_ref = "old_signed_late" }, { disclosure_id = "unsigned", disclosed_at = 2025-01-01, origin_country = "ES", destination_country = "IN", recipient_id = "p", mechanism = "scc_2021", mechanism_ref = "unsigned" },
    { disclosure_id = "not_on_record", disclosed_at = 2025-01-01, origin_country = "ES", destination_country = "IN", recipient_id = "p", mechanism = "scc_2021", mechanism_ref = "lost" }, { disclosure_id = "of_another", disclosed_at = 2025-01-01, origin_country = "ES", destination_country = "IN", recipient_id = "q", mechanism = "scc_2021", mechanism_ref = "new" },
    { disclosure_id = "valid_and_unsigned", disclosed_at = 2025-01-01, origin_country = "ES", destination_country = "IN", recipient_id = "p", mechanism = "scc_2021", mechanism_ref = "valid_and_unsigned" }, { disclosure_id = "signed_and_not_yet_valid", disclosed_at = 2022-05-31T23:59:59Z, origin_country = "ES", destination_country = "IN", recipient_id = "p", mechanism = "scc_2021", mechanism_ref = "valid_later" }, { disclosure_id = "as_it_begins", disclosed_at = 2022-06-01, origin_country = "ES", destination_country = "IN", recipient_id = "p", mechanism = "scc_2021", mechanism_ref = "valid_later" }, { disclosure_id = "as_it_ends", disclosed_at = 2026-03-31T12:00:00Z, origin_country = "ES", destination_country = "IN", recipient_id = "p", mechanism = "scc_2021", mechanism_ref = "valid_later" }, { disclosure_id = "old_signed_on_the_last_day", disclosed_at = 2022-01-01, origin_country = "ES", destination_country = "IN", recipient_id = "p", mechanism = "scc_2010", mechanism_ref = "old_signed_on_the_last_day" }, { disclosure_id = "with_nobody", disclosed_at = 2025-01-01, origin_country = "ES", destination_country = "IN", recipient_id = "p", mechanism = "scc_2021", mechanism_ref = "with_nobody" }, { disclosure_id = "on_the_last_instant", disclosed_at = 2026-06-30T23:59:59.999999Z, origin_country = "ES", destination_country = "IN", recipient_id = "p" },
]
expect = { valid_and_unsigned = "indeterminate: signing_unknown", signed_and_not_yet_valid = "violation: not_in_force", as_it_begins = "compliant: contract_in_force", as_it_ends = "compliant: contract_in_force", old_signed_on_the_last_day = "compliant: contract_in_force", with_nobody = "violation: other_recipient", on_the_last_instant = "violation: no_mechanism", in_force = "compliant: contract_in_force", on_the_instant = "compliant: contract_in_force", before_signing = "violation: not_yet_signed", after_its_end = "violation: not_in_force", old_on_the_last_day = "compliant: contract_in_force", old_a_day_later = "violation: clauses_outdated", old_unsigned = "violation: clauses_outdated", old_signed_too_late = "violation: clauses_outdated", unsigned = "indeterminate: signing_unknown", not_on_record = "violation: no_contract", of_another = "violation: other_recipient" }
[an_assessment_where_it_is_demanded]
parameters = { require_assessment = true }
given.transfer_mechanisms = [{ mechanism_ref = "new", kind = "scc_2021", signed_at = 2022-05-01 }, { mechanism_ref = "assessed", kind = "scc_2021", signed_at = 2022-05-01, assessment_ref = "tia" }]
given.disclosures = [{ disclosure_id = "assessed", disclosed_at = 2025-01-01, origin_country = "ES", destination_country = "IN", mechanism = "scc_2021", mechanism_ref = "assessed" }, { disclosure_id = "d", disclosed_at = 2025-01-01, origin_country = "ES", destination_country = "IN", mechanism = "scc_2021", mechanism_ref = "new" }]
expect = { d = "violation: no_assessment", assessed = "compliant: contract_in_force" }
[approvals_and_derogations]
parameters = { require_assessment = true }
given.transfer_mechanisms = [{ mechanism_ref = "bcr", recipient_id = "p", kind = "bcr", valid_from = 2022-05-01 }]
given.disclosures = [{ disclosure_id = "bcr", disclosed_at = 2025-01-01, origin_country = "ES", destination_country = "IN", recipient_id = "p", mechanism = "bcr", mechanism_ref = "bcr" }, { disclosure_id = "claims", disclosed_at = 2025-01-01, origin_country = "ES", destination_country = "IN", recipient_id = "p", mechanism = "derogation_claims", approval_ref = "board" }, { disclosure_id = "unapproved", disclosed_at = 2025-01-01, origin_country = "ES", destination_country = "IN", recipient_id = "p", mechanism = "derogation_claims" }, { disclosure_id = "nothing", disclosed_at = 2025-01-01, origin_country = "ES", destination_country = "IN", recipient_id = "p" },]
expect = { bcr = "compliant: approval_in_force", claims = "compliant: derogation_approved", unapproved = "violation: derogation_unapproved", nothing = "violation: no_mechanism" }
[inside_or_from_elsewhere_is_no_such_transfer]
given.disclosures = [{ disclosure_id = "inside", disclosed_at = 2025-01-01, origin_country = "ES", destination_country = "DE" }, { disclosure_id = "to_switzerland", disclosed_at = 2025-01-01, origin_country = "ES", destination_country = "CH" }, { disclosure_id = "from_brazil", disclosed_at = 2025-01-01, origin_country = "BR", destination_country = "US" }, { disclosure_id = "uk_was_inside", disclosed_at = 2020-12-31, origin_country = "ES", destination_country = "GB" }]
expect = {}
[the_united_kingdom_after_its_transition]
given.disclosures = [{ disclosure_id = "bridge", disclosed_at = 2021-01-01, origin_country = "ES", destination_country = "GB" }, { disclosure_id = "bridge_of_norway", disclosed_at = 2021-06-27T23:00:00Z, origin_country = "NO", destination_country = "GB" }, { disclosure_id = "decision", disclosed_at = 2021-06-28, origin_country = "ES", destination_country = "GB" }, { disclosure_id = "gibraltar_inside", disclosed_at = 2020-12-31, origin_country = "ES", destination_country = "GI" }, { disclosure_id = "gibraltar", disclosed_at = 2021-01-01, origin_country = "ES", destination_country = "GI" }]
expect = { bridge = "compliant: adequate", bridge_of_norway = "compliant: adequate", decision = "compliant: adequate", gibraltar = "violation: no_mechanism" }
[other_days_in_switzerland]
given.certifications = [{ recipient_id = "p", framework = "privacy_shield", certified_from = 2017-05-01 }, { recipient_id = "p", framework = "safe_harbor", certified_from = 2009-05-01 }, { recipient_id = "p", framework = "dpf", certified_from = 2023-10-01 }, { recipient_id = "swiss", framework = "swiss_dpf", certified_from = 2023-10-01 }]
given.transfer_mechanisms = [{ mechanism_ref = "old", recipient_id = "p", kind = "scc_2010", signed_at = 2019-05-01 }, { mechanism_ref = "early", recipient_id = "p", kind = "scc_2021", signed_at = 2021-08-26 }, { mechanism_ref = "new", recipient_id = "p", kind = "scc_2021", signed_at = 2021-08-27T12:00:00Z }]
given.disclosures = [{ disclosure_id = "shield", disclosed_at = 2020-08-01, origin_country = "CH", destination_country = "US", recipient_id = "p", mechanism = "privacy_shield" }, { disclosure_id = "shield_last_day", disclosed_at = 2020-09-08, origin_country = "CH", destination_country = "US", recipient_id = "p", mechanism = "privacy_shield" }, { disclosure_id = "shield_ended", disclosed_at = 2020-09-09, origin_country = "CH", destination_country = "US", recipient_id = "p", mechanism = "privacy_shield" }, { disclosure_id = "harbor", disclosed_at = 2015-10-07, origin_country = "CH", destination_country = "US", recipient_id = "p", mechanism = "safe_harbor" }, { disclosure_id = "harbor_ended", disclosed_at = 2015-10-08, origin_country = "CH", destination_country = "US", recipient_id = "p", mechanism = "safe_harbor" }, { disclosure_id = "old_clauses", disclosed_at = 2022-12-31, origin_country = "CH", destination_country = "IN", recipient_id = "p", mechanism = "scc_2010", mechanism_ref = "old" }, { disclosure_id = "old_clauses_ended", disclosed_at = 2023-01-01, origin_country = "CH", destination_country = "IN", recipient_id = "p", mechanism = "scc_2010", mechanism_ref = "old" }, { disclosure_id = "clauses_signed_early", disclosed_at = 2023-01-01, origin_country = "CH", destination_country = "IN", recipient_id = "p", mechanism = "scc_2021", mechanism_ref = "early" }, { disclosure_id = "clauses", disclosed_at = 2023-01-01, origin_country = "CH", destination_country = "IN", recipient_id = "p", mechanism = "scc_2021", mechanism_ref = "new" }, { disclosure_id = "certified_for_the_union", disclosed_at = 2026-06-10, origin_country = "CH", destination_country = "US", recipient_id = "p", mechanism = "dpf" }, { disclosure_id = "certified", disclosed_at = 2024-09-15, origin_country = "CH", destination_country = "US", recipient_id = "swiss", mechanism = "dpf" }, { disclosure_id = "too_early", disclosed_at = 2024-09-14, origin_country = "CH", destination_country = "US", recipient_id = "swiss", mechanism = "dpf" }, { disclosure_id = "swiss_certificate_alone", disclosed_at = 2024-09-15, origin_country = "DE", destination_country = "US", recipient_id = "swiss", mechanism = "dpf" }, { disclosure_id = "by_a_list_without_force", disclosed_at = 2023-08-31, origin_country = "CH", destination_country = "IL", recipient_id = "p", mechanism = "adequacy" }, { disclosure_id = "by_the_ordinance", disclosed_at = 2023-09-01, origin_country = "CH", destination_country = "IL", recipient_id = "p", mechanism = "adequacy" }, { disclosure_id = "clauses_with_one_certified_for_the_union", disclosed_at = 2026-06-10, origin_country = "CH", destination_country = "US", recipient_id = "p", mechanism = "scc_2021", mechanism_ref = "new" }]
expect = { shield = "compliant: adequate", shield_last_day = "compliant: adequate", shield_ended = "violation: framework_ended", harbor = "compliant: adequate", harbor_ended = "violation: framework_ended", old_clauses = "compliant: contract_in_force", old_clauses_ended = "violation: clauses_outdated", clauses_signed_early = "compliant: contract_in_force", clauses = "compliant: contract_in_force", certified_for_the_union = "indeterminate: adequacy_in_doubt", certified = "compliant: adequate", too_early = "violation: not_certified", swiss_certificate_alone = "violation: not_certified", by_a_list_without_force = "indeterminate: adequacy_in_doubt", by_the_ordinance = "compliant: adequate", clauses_with_one_certified_for_the_union = "compliant: contract_in_force" }
[signed_before_their_clauses]
given.transfer_mechanisms = [{ mechanism_ref = "early", kind = "scc_2021", signed_at = 2021-06-27 }, { mechanism_ref = "too_early", kind = "scc_2021", signed_at = 2021-06-26T23:59:59Z }, { mechanism_ref = "of_2010", kind = "scc_2010", signed_at = 2010-05-10 }, { mechanism_ref = "valid_later", kind = "scc_2021", signed_at = 2021-06-26T23:59:59Z, valid_from = 2021-06-27 }, { mechanism_ref = "code", kind = "code_of_conduct", valid_from = 2018-05-24 }]
given.disclosures = [{ disclosure_id = "recognised", disclosed_at = 2021-08-27, origin_country = "CH", destination_country = "IN", mechanism = "scc_2021", mechanism_ref = "early" }, { disclosure_id = "not_yet_recognised", disclosed_at = 2021-08-26T23:59:59Z, origin_country = "CH", destination_country = "IN", mechanism = "scc_2021", mechanism_ref = "early" }, { disclosure_id = "nor_there", disclosed_at = 2025-01-01, origin_country = "DE", destination_country = "IN", mechanism = "scc_2021", mechanism_ref = "too_early" }, { disclosure_id = "of_2010", disclosed_at = 2015-01-01, origin_country = "DE", destination_country = "IN", mechanism = "scc_2010", mechanism_ref = "of_2010" }, { disclosure_id = "with_effect_from_their_first_day", disclosed_at = 2025-01-01, origin_country = "DE", destination_country = "IN", mechanism = "scc_2021", mechanism_ref = "valid_later" }, { disclosure_id = "code", disclosed_at = 2025-01-01, origin_country = "DE", destination_country = "IN", mechanism = "code_of_conduct", mechanism_ref = "code" }]
expect = { recognised = "compliant: contract_in_force", not_yet_recognised = "violation: clauses_outdated", nor_there = "indeterminate: signed_early", of_2010 = "indeterminate: signed_early", with_effect_from_their_first_day = "compliant: contract_in_force", code = "indeterminate: signed_early" }
[whose_consent]
period = "2026-01"
given.consents = [{ consent_id = "1", account_id = "x", purpose = "sharing", given_at = 2025-01-01, withdrawn_at = 2025-02-01 }, { consent_id = "2", account_id = "y", purpose = "support", given_at = 2025-01-01 }, { consent_id = "3", account_id = "y", purpose = "sharing", given_at = 2025-03-01, withdrawn_at = 2025-03-01T00:00:01Z }]
given.disclosures = [{ disclosure_id = "as_given", disclosed_at = 2025-01-01, account_id = "x", purpose = "hosting", origin_country = "DE", destination_country = "IN", mechanism = "derogation_consent", approval_ref = "board" }, { disclosure_id = "before", disclosed_at = 2024-12-31T23:59:59Z, account_id = "x", purpose = "hosting", origin_country = "DE", destination_country = "IN", mechanism = "derogation_consent", approval_ref = "board" }, { disclosure_id = "till_withdrawn", disclosed_at = 2025-01-31T23:59:59Z, account_id = "x", purpose = "hosting", origin_country = "DE", destination_country = "IN", mechanism = "derogation_consent", approval_ref = "board" }, { disclosure_id = "withdrawn", disclosed_at = 2025-02-01, account_id = "x", purpose = "hosting", origin_country = "DE", destination_country = "IN", mechanism = "derogation_consent", approval_ref = "board" }, { disclosure_id = "twice", disclosed_at = 2025-03-01, account_id = "y", purpose = "support", origin_country = "DE", destination_country = "IN", mechanism = "derogation_consent", approval_ref = "board" }, { disclosure_id = "for_its_purpose", disclosed_at = 2025-03-02, account_id = "y", purpose = "support", origin_country = "DE", destination_country = "IN", mechanism = "derogation_consent", approval_ref = "board" }, { disclosure_id = "for_another", disclosed_at = 2025-03-02, account_id = "y", purpose = "hosting", origin_country = "DE", destination_country = "IN", mechanism = "derogation_consent", approval_ref = "board" }, { disclosure_id = "anothers", disclosed_at = 2025-01-10, account_id = "z", purpose = "hosting", origin_country = "DE", destination_country = "IN", mechanism = "derogation_consent", approval_ref = "board" }]
expect = { as_given = { verdict = "compliant: derogation_approved", account = "x", country = "DE", event_at = 2025-01-01T00:00:00Z, met_at = 2025-01-01T00:00:00Z, scope = "earlier" }, before = "indeterminate: consent_unknown", till_withdrawn = "compliant: derogation_approved", withdrawn = "indeterminate: consent_unknown", twice = "compliant: derogation_approved", for_its_purpose = "compliant: derogation_approved", for_another = "indeterminate: consent_unknown", anothers = "indeterminate: consent_unknown" }
[no_certificates_in_the_export]
parameters = { require_assessment = true }
given.transfer_mechanisms = [{ mechanism_ref = "new", recipient_id = "p", kind = "scc_2021", signed_at = 2022-05-01, assessment_ref = "tia" }, { mechanism_ref = "unassessed", recipient_id = "p", kind = "scc_2021", signed_at = 2022-05-01 }, { mechanism_ref = "late", recipient_id = "p", kind = "scc_2021", signed_at = 2026-05-01 }, { mechanism_ref = "ended", recipient_id = "p", kind = "scc_2021", signed_at = 2022-05-01, valid_to = 2024-05-01 }, { mechanism_ref = "old", recipient_id = "p", kind = "scc_2010", signed_at = 2019-05-01 }]
given.disclosures = [{ disclosure_id = "adequate", disclosed_at = 2025-01-01, origin_country = "ES", destination_country = "GB", recipient_id = "p" }, { disclosure_id = "contract", disclosed_at = 2025-01-01, origin_country = "ES", destination_country = "US", recipient_id = "p", mechanism = "scc_2021", mechanism_ref = "new" }, { disclosure_id = "certified", disclosed_at = 2025-01-01, origin_country = "ES", destination_country = "US", recipient_id = "p", mechanism = "dpf" }, { disclosure_id = "not_named", disclosed_at = 2025-01-01, origin_country = "ES", destination_country = "US", recipient_id = "p" }, { disclosure_id = "no_framework_there", disclosed_at = 2025-01-01, origin_country = "ES", destination_country = "IN", recipient_id = "p", mechanism = "dpf" }, { disclosure_id = "dead", disclosed_at = 2025-01-01, origin_country = "ES", destination_country = "US", recipient_id = "p", mechanism = "privacy_shield" }, { disclosure_id = "derogation", disclosed_at = 2025-01-01, origin_country = "ES", destination_country = "US", recipient_id = "p", mechanism = "derogation_claims" }, { disclosure_id = "no_contract", disclosed_at = 2025-01-01, origin_country = "ES", destination_country = "US", recipient_id = "p", mechanism = "scc_2021", mechanism_ref = "lost" }, { disclosure_id = "of_another", disclosed_at = 2025-01-01, origin_country = "ES", destination_country = "US", recipient_id = "q", mechanism = "scc_2021", mechanism_ref = "new" }, { disclosure_id = "other_kind", disclosed_at = 2025-01-01, origin_country = "ES", destination_country = "US", recipient_id = "p", mechanism = "scc_2021", mechanism_ref = "old" }, { disclosure_id = "signed_later", disclosed_at = 2025-01-01, origin_country = "ES", destination_country = "US", recipient_id = "p", mechanism = "scc_2021", mechanism_ref = "late" }, { disclosure_id = "ended", disclosed_at = 2025-01-01, origin_country = "ES", destination_country = "US", recipient_id = "p", mechanism = "scc_2021", mechanism_ref = "ended" }, { disclosure_id = "outdated", disclosed_at = 2025-01-01, origin_country = "ES", destination_country = "US", recipient_id = "p", mechanism = "scc_2010", mechanism_ref = "old" }, { disclosure_id = "unassessed", disclosed_at = 2025-01-01, origin_country = "ES", destination_country = "US", recipient_id = "p", mechanism = "scc_2021", mechanism_ref = "unassessed" }]
expect = { derogation = "indeterminate: measure_not_exported", no_contract = "indeterminate: measure_not_exported", of_another = "indeterminate: measure_not_exported", other_kind = "indeterminate: measure_not_exported", signed_later = "indeterminate: measure_not_exported", ended = "indeterminate: measure_not_exported", outdated = "indeterminate: measure_not_exported", unassessed = "indeterminate: measure_not_exported", adequate = "compliant: adequate", contract = "compliant: contract_in_force", certified = "indeterminate: measure_not_exported", not_named = "indeterminate: measure_not_exported", no_framework_there = "violation: not_certified", dead = "violation: framework_ended" }
[no_contracts_in_the_export]
given.certifications = []
given.disclosures = [{ disclosure_id = "adequate", disclosed_at = 2025-01-01, origin_country = "ES", destination_country = "GB", recipient_id = "p" }, { disclosure_id = "contract", disclosed_at = 2025-01-01, origin_country = "ES", destination_country = "US", recipient_id = "p", mechanism = "scc_2021", mechanism_ref = "new" }, { disclosure_id = "nothing", disclosed_at = 2025-01-01, origin_country = "ES", destination_country = "US", recipient_id = "p" }]
expect = { adequate = "compliant: adequate", contract = "indeterminate: measure_not_exported", nothing = "violation: no_mechanism" }
[no_law_before_its_first_day]
given.disclosures = [{ disclosure_id = "before", disclosed_at = 1998-10-23T23:59:59.999999Z, origin_country = "DE", destination_country = "IN" }, { disclosure_id = "first_day", disclosed_at = 1998-10-24, origin_country = "DE", destination_country = "IN" }, { disclosure_id = "before_in_switzerland", disclosed_at = 1993-06-30T23:59:59.999999Z, origin_country = "CH", destination_country = "IN" }, { disclosure_id = "no_measures_yet", disclosed_at = 2007-12-31T23:59:59.999999Z, origin_country = "CH", destination_country = "IN" }, { disclosure_id = "measures", disclosed_at = 2008-01-01, origin_country = "CH", destination_country = "IN" }]
expect = { first_day = "violation: no_mechanism", no_measures_yet = "indeterminate: adequacy_in_doubt", measures = "violation: no_mechanism" }
[the_data_cannot_tell]
given.disclosures = [{ disclosure_id = "a", origin_country = "ES", destination_country = "US", mechanism = "dpf" }, { disclosure_id = "b", disclosed_at = 2026-07-01, origin_country = "ES", destination_country = "US", mechanism = "dpf" }, { disclosure_id = "c", disclosed_at = 2025-07-01, destination_country = "US", mechanism = "dpf" }, { disclosure_id = "d", disclosed_at = 2025-07-01, origin_country = "ES", destination_country = "XX", mechanism = "dpf" }]
expect = { a = "indeterminate: no_instant", b = "indeterminate: in_the_future", c = "indeterminate: origin_unknown", d = "indeterminate: destination_unknown" }
[behind_the_label]
given.processors = [{ recipient_id = "p", kind = "processor" }]
given.transfer_mechanisms = [{ mechanism_ref = "old", recipient_id = "p", kind = "scc_2010", signed_at = 2015-01-01 }, { mechanism_ref = "late", recipient_id = "p", kind = "bcr", signed_at = 2025-06-10 }, { mechanism_ref = "blank", recipient_id = "p", kind = "bcr" }, { mechanism_ref = "approved", recipient_id = "p", kind = "bcr", valid_from = 2025-01-01 }]
given.disclosures = [
    { disclosure_id = "bcr_on_clauses", disclosed_at = 2025-06-10, origin_country = "ES", destination_country = "IN", recipient_id = "p", mechanism = "bcr", mechanism_ref = "old" }, { disclosure_id = "new_clauses_on_old", disclosed_at = 2025-06-10, origin_country = "ES", destination_country = "IN", recipient_id = "p", mechanism = "scc_2021", mechanism_ref = "old" },
    { disclosure_id = "on_the_instant", disclosed_at = 2025-06-10, origin_country = "ES", destination_country = "IN", recipient_id = "p", mechanism = "bcr", mechanism_ref = "late" }, { disclosure_id = "a_second_before", disclosed_at = 2025-06-09T23:59:59Z, origin_country = "ES", destination_country = "IN", recipient_id = "p", mechanism = "bcr", mechanism_ref = "late" },
    { disclosure_id = "never_approved", disclosed_at = 2025-06-10, origin_country = "ES", destination_country = "IN", recipient_id = "p", mechanism = "bcr", mechanism_ref = "blank" }, { disclosure_id = "approved", disclosed_at = 2025-06-10, origin_country = "ES", destination_country = "IN", recipient_id = "p", mechanism = "bcr", mechanism_ref = "approved" },
    { disclosure_id = "five_people", disclosed_at = 2025-06-10, origin_country = "ES", destination_country = "IN", recipient_id = "p", aggregated = true, smallest_cell = 5 }, { disclosure_id = "four_people", disclosed_at = 2025-06-10, origin_country = "ES", destination_country = "IN", recipient_id = "p", aggregated = true, smallest_cell = 4 }, { disclosure_id = "not_an_aggregate", disclosed_at = 2025-06-10, origin_country = "ES", destination_country = "IN", recipient_id = "p", aggregated = false, smallest_cell = 5 },
]
expect = { bcr_on_clauses = "violation: other_kind", new_clauses_on_old = "violation: other_kind", on_the_instant = "compliant: approval_in_force", a_second_before = "violation: not_yet_signed", never_approved = "indeterminate: signing_unknown", approved = "compliant: approval_in_force", five_people = "compliant: aggregate", four_people = "violation: no_mechanism", not_an_aggregate = "violation: no_mechanism" }
[contracts_in_the_export_and_not_when_they_were_signed]
given.certifications = []
given.transfer_mechanisms = [{ mechanism_ref = "old", recipient_id = "p", kind = "scc_2010" }]
given.disclosures = [{ disclosure_id = "other_kind", disclosed_at = 2025-01-01, origin_country = "ES", destination_country = "IN", recipient_id = "p", mechanism = "scc_2021", mechanism_ref = "old" }, { disclosure_id = "of_another", disclosed_at = 2025-01-01, origin_country = "ES", destination_country = "IN", recipient_id = "q", mechanism = "scc_2010", mechanism_ref = "old" }]
expect = { other_kind = "indeterminate: measure_not_exported", of_another = "indeterminate: measure_not_exported" }
[contracts_in_the_export_and_not_with_whom]
given.certifications = []
given.transfer_mechanisms = [{ mechanism_ref = "late", kind = "scc_2021", signed_at = 2026-05-01 }]
given.disclosures = [{ disclosure_id = "to_nobody_knows_whom", disclosed_at = 2025-01-01, origin_country = "ES", destination_country = "IN", mechanism = "scc_2021", mechanism_ref = "late" }]
expect = { to_nobody_knows_whom = "indeterminate: measure_not_exported" }
[consent_to_it_withdrawn_by_a_request]
given.consents = [{ consent_id = "1", account_id = "a", purpose = "sharing", given_at = 2025-01-01T08:00:00Z }, { consent_id = "2", account_id = "b", purpose = "sharing", given_at = 2025-01-01T08:00:00Z, withdrawn_at = 2026-04-01T08:00:00Z }]
given.requests = [{ request_id = "1", account_id = "a", type = "consent_withdrawal", purpose = "sharing", received_at = 2026-04-01T08:00:00Z, closed_at = 2026-04-03T08:00:00Z, outcome = "fulfilled" }]
given.disclosures = [
    { disclosure_id = "before_it", account_id = "a", approval_ref = "x", origin_country = "DE", destination_country = "IN", mechanism = "derogation_consent", disclosed_at = 2026-04-01T07:59:59.999999Z }, { disclosure_id = "as_it_came", account_id = "a", approval_ref = "x", origin_country = "DE", destination_country = "IN", mechanism = "derogation_consent", disclosed_at = 2026-04-01T08:00:00Z },
    { disclosure_id = "fulfilled", account_id = "a", approval_ref = "x", origin_country = "DE", destination_country = "IN", mechanism = "derogation_consent", disclosed_at = 2026-04-03T08:00:00Z }, { disclosure_id = "withdrawn_on_record", account_id = "b", approval_ref = "x", origin_country = "DE", destination_country = "IN", mechanism = "derogation_consent", disclosed_at = 2026-04-01T08:00:00Z },
]
expect = { before_it = "compliant: derogation_approved", as_it_came = "indeterminate: consent_unknown", fulfilled = "indeterminate: consent_unknown", withdrawn_on_record = "indeterminate: consent_unknown" }
[a_framework_that_is_switzerlands_own]
given.certifications = [{ recipient_id = "p", framework = "swiss_dpf", certified_from = 2024-10-01T00:00:00Z }]
given.disclosures = [{ disclosure_id = "from_germany", disclosed_at = 2025-09-30T08:00:00Z, origin_country = "DE", destination_country = "US", recipient_id = "p", mechanism = "swiss_dpf" }, { disclosure_id = "from_switzerland", disclosed_at = 2025-09-30T08:00:00Z, origin_country = "CH", destination_country = "US", recipient_id = "p", mechanism = "swiss_dpf" }]
expect = { from_germany = "violation: not_certified", from_switzerland = "compliant: adequate" }
[equivalent]
"consented: d.mechanism = 'derogation_consent' → true" = "reads less, and nothing else is asked for"
*/
