/*
id         = "authority_disclosure_has_legal_ground"
title      = "Courts and authorities are given data only on a listed ground and with an approval"
short      = "Authorities given data on grounds"
rule       = """
A disclosure to a court, authority, regulator or attorney names one of the grounds that the policy lists for them, or for anybody (by direction or
permission, by law or an official request), and who approved it. Whether it was
necessary is a matter of attestation."""
maps_to    = ["GDPR 6(1)(c)", "GDPR 48"]
severity   = "high"
remedy     = "Record the grounds and approvals, or ask for the data back"
acts       = true
tables.disclosures = ["recipient_id", "disclosed_at", "ground", "approval_ref", "destination_country?"]
tables.processors = ["kind"]
empty.disclosures.ground = "none is recorded"
dimensions = ["ground"]
parameters.authority_grounds = { type = "words", of = "ground" }
parameters.other_grounds = { type = "words", of = "ground", needed = false }
inject.ground_lost = { disclosures = { ground = "null" } }
inject.approval_lost = { disclosures = { approval_ref = "null" } }
[reasons]
on_ground     = "on a listed ground, and approved"
no_ground     = "no ground is recorded"
other_ground  = "on another ground"
not_approved  = "on a listed ground, and no approval is on record"
in_the_future = "the disclosure lies after the instant of judgement"
[de]
title    = "Gerichte und Behörden erhalten Daten nur aus einem genannten Grund und mit Genehmigung"
short    = "Behörden nur aus genanntem Grund"
rule     = """
Eine Weitergabe an ein Gericht, eine Behörde oder einen Anwalt nennt einen der Gründe, die die Datenschutzerklärung für diese oder für alle aufzählt
(auf Weisung oder mit Erlaubnis, kraft Gesetzes oder auf behördliches Ersuchen), und wer sie genehmigt hat. Ob sie nötig war, ist eine Sache der
Bestätigung."""
remedy   = "Gründe und Genehmigungen festhalten oder die Daten zurückfordern"
[de.reasons]
on_ground     = "aus einem genannten Grund und genehmigt"
no_ground     = "kein Grund ist erfasst"
other_ground  = "aus einem anderen Grund"
not_approved  = "aus einem genannten Grund, und keine Genehmigung ist erfasst"
in_the_future = "die Weitergabe liegt nach dem Stichtag"
*/
with judged as (
    select d.*,
           case when d.disclosed_at > $as_of then 'in_the_future'
                when d.ground is null then 'no_ground'
                when not list_contains($authority_grounds::varchar[] || coalesce($other_grounds::varchar[], []), d.ground) then 'other_ground'
                when d.approval_ref is null then 'not_approved'
                else 'on_ground' end as reason
    from disclosures as d
    where d.recipient_id in (select recipient_id from processors where kind = 'authority')
)
select disclosure_id as record_id, account_id, destination_country as country, disclosed_at as event_at, null::timestamptz as due_at,
       case when reason = 'on_ground' then 'compliant'
            when reason in ('no_ground', 'other_ground', 'not_approved') then 'violation'
            else 'indeterminate' end as verdict,
       reason,
       recipient_id, ground, approval_ref
from judged;

/* examples
as_of = 2026-06-30
parameters = { authority_grounds = ["legal_claim", "dispute_resolution", "illegal_activity", "fraud", "safety", "terms_violated", "legal_obligation"] }
[listed_and_approved]
period = "2026-01"
parameters = { other_grounds = ["direction", "official_request"] }
given.processors = [{ recipient_id = "court", kind = "authority" }, { recipient_id = "p", kind = "processor" }]
given.disclosures = [
    { disclosure_id = "a", recipient_id = "court", ground = "fraud", approval_ref = "q", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "b", recipient_id = "court", approval_ref = "q", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "c", recipient_id = "court", ground = "courtesy", approval_ref = "q", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "d", recipient_id = "court", ground = "fraud", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "e", recipient_id = "court", ground = "fraud", approval_ref = "q", disclosed_at = 2026-07-10T08:00:00Z },
    { disclosure_id = "police", recipient_id = "court", ground = "official_request", approval_ref = "q", disclosed_at = 2026-01-10T08:00:00Z },
    { disclosure_id = "on_the_last_instant", recipient_id = "court", ground = "fraud", approval_ref = "q", disclosed_at = 2026-06-30T23:59:59.999999Z },
    { disclosure_id = "f", recipient_id = "p", disclosed_at = 2026-01-10T08:00:00Z },
]
expect = { a = { verdict = "compliant: on_ground", event_at = 2026-01-10T08:00:00Z, met_at = 2026-01-10T08:00:00Z, scope = "period" }, b = "violation: no_ground", c = "violation: other_ground", d = "violation: not_approved", e = "indeterminate: in_the_future", police = "compliant: on_ground", on_the_last_instant = "compliant: on_ground" }
[no_grounds_are_listed_for_anybody]
given.processors = [{ recipient_id = "court", kind = "authority" }]
given.disclosures = [
    { disclosure_id = "a", recipient_id = "court", ground = "fraud", approval_ref = "q", disclosed_at = 2026-01-10T08:00:00Z }, { disclosure_id = "police", recipient_id = "court", ground = "official_request", approval_ref = "q", disclosed_at = 2026-01-10T08:00:00Z },
]
expect = { a = "compliant: on_ground", police = "violation: other_ground" }
*/
