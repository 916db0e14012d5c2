/*
id         = "cookie_consent_recorded"
title      = "Cookies that are not essential are set in the EEA with the agreement that the policy speaks of"
short      = "Cookies set as agreed"
rule       = """
Where the policy takes the use of its service for agreement to cookies, a cookie set without an agreement on record breaks no promise of it; the count of
them is the legal risk. The second reading asks for agreement beforehand, as Directive 2002/58/EC Art. 5(3) and C-673/17 do. Visitors in the EEA on
the day; essential trackers are left out."""
maps_to    = ["ePrivacy 5(3)", "GDPR 4(11)"]
severity   = "medium"
remedy     = "Ask before cookies are set that are not essential"
acts       = true
tables.tracker_hits = ["account_id", "tracker_name", "hit_at", "consent_at", "country"]
tables.trackers = ["essential", "kind?"]
dimensions = ["tracker_name"]
parameters.by_use = { default = true }
readings."the law: agreement before the cookie is set" = { by_use = false }
inject.nowhere_in_particular = { by = "t.account_id = f.account_id", tracker_hits = { consent_at = "hit_at + interval 1 second" }, parameters = { by_use = false } }
[reasons]
agreed           = "set after an agreement on record"
by_use           = "set with no agreement on record: consent by use, a legal risk"
before_agreement = "set before any agreement on record"
country_unknown  = "where the visitor was is not recorded or not known"
kind_unknown     = "whether the tracker is essential is not recorded"
no_instant       = "when it was set is not recorded"
in_the_future    = "it was set after the instant of judgement"
[de]
title    = "Nicht notwendige Cookies werden im EWR mit der Zustimmung gesetzt, von der die Datenschutzerklärung spricht"
short    = "Cookies wie vereinbart gesetzt"
rule     = """
Wo die Datenschutzerklärung die Nutzung des Dienstes als Zustimmung zu Cookies nimmt, verletzt ein ohne erfasste Zustimmung gesetztes Cookie keine
ihrer Zusagen; ihre Zahl ist das rechtliche Risiko. Die zweite Lesart verlangt vorherige Zustimmung, wie Art. 5 Abs. 3 der Richtlinie 2002/58/EG und
das Urteil C-673/17. Geprüft werden Besucher, die am Tag im EWR waren; notwendige Tracker bleiben außer Betracht."""
remedy   = "Vor nicht notwendigen Cookies fragen"
readings = { "the law: agreement before the cookie is set" = "das Gesetz: Zustimmung vor dem Setzen" }
[de.reasons]
agreed           = "nach einer erfassten Zustimmung gesetzt"
by_use           = "ohne erfasste Zustimmung gesetzt: Einwilligung durch Nutzung, ein rechtliches Risiko"
before_agreement = "vor jeder erfassten Zustimmung gesetzt"
country_unknown  = "wo der Besucher war, ist nicht erfasst oder unbekannt"
kind_unknown     = "ob der Tracker notwendig ist, ist nicht erfasst"
no_instant       = "wann es gesetzt wurde, ist nicht erfasst"
in_the_future    = "gesetzt wurde nach dem Stichtag"
*/
with kinds as (
    -- Another site's of the same name may be of another kind, and hits do not say which site.
    select tracker_name, case when count(*) = count(essential) and min(essential) = max(essential) then bool_and(essential) end as essential
    from trackers
    group by tracker_name
),
judged as (
    select h.*,
           case when h.hit_at is null then 'no_instant'
                when h.hit_at > $as_of then 'in_the_future'
                when c.country is null then 'country_unknown'
                when k.essential is null then 'kind_unknown'
                when h.consent_at <= h.hit_at then 'agreed'
                when $by_use then 'by_use'
                else 'before_agreement' end as reason
    from tracker_hits as h
    left join kinds as k on k.tracker_name = h.tracker_name
    left join countries as c on c.country = h.country
    where k.essential is distinct from true
      and (c.country is null or h.hit_at is null or h.hit_at::date between c.eea_from and coalesce(c.eea_to, date '9999-12-31'))
)
select concat_ws(' · ', account_id, tracker_name, hit_at at time zone 'UTC') as record_id, account_id, country, hit_at as event_at, null::timestamptz as due_at,
       case when reason in ('agreed', 'by_use') then 'compliant'
            when reason = 'before_agreement' then 'violation'
            else 'indeterminate' end as verdict,
       reason,
       tracker_name, consent_at
from judged;

/* examples
as_of = 2026-06-30
[agreement_on_record_or_by_use]
period = "2026-01"
given.trackers = [{ site = "s", tracker_name = "ads", essential = false }, { site = "s", tracker_name = "session", essential = true }, { site = "s", tracker_name = "both", essential = true }, { site = "t", tracker_name = "both", essential = false }, { site = "s", tracker_name = "half", essential = true }, { site = "t", tracker_name = "half" }]
given.tracker_hits = [
    { account_id = "a", tracker_name = "ads", country = "DE", hit_at = 2026-01-10T08:00:00Z, consent_at = 2026-01-10T08:00:00Z },
    { account_id = "b", tracker_name = "ads", country = "DE", hit_at = 2026-01-10T08:00:00Z, consent_at = 2026-01-10T08:00:01Z },
    { account_id = "c", tracker_name = "ads", hit_at = 2026-01-10T08:00:00Z },
    { account_id = "d", tracker_name = "odd", country = "DE", hit_at = 2026-01-10T08:00:00Z },
    { account_id = "e", tracker_name = "ads", country = "US", hit_at = 2026-01-10T08:00:00Z },
    { account_id = "f", tracker_name = "session", country = "DE", hit_at = 2026-01-10T08:00:00Z },
    { account_id = "h", tracker_name = "ads", country = "DE", hit_at = 2026-07-10T08:00:00Z },
    { account_id = "g", tracker_name = "ads", country = "DE" },
    { account_id = "last_day", tracker_name = "ads", country = "GB", hit_at = 2020-12-31T10:00:00Z }, { account_id = "left", tracker_name = "ads", country = "GB", hit_at = 2021-01-01T00:00:00Z }, { account_id = "first_day", tracker_name = "ads", country = "HR", hit_at = 2013-07-01T10:00:00Z },
    { account_id = "k", tracker_name = "half", country = "DE", hit_at = 2026-01-10T08:00:00Z },
    { account_id = "i", tracker_name = "both", country = "DE", hit_at = 2026-01-10T08:00:00Z }, { account_id = "j", tracker_name = "ads", country = "DE", hit_at = 2026-06-30T23:59:59.999999Z },
]
expect."a · ads · 2026-01-10 08:00:00" = "compliant: agreed"
expect."b · ads · 2026-01-10 08:00:00" = "compliant: by_use"
expect."c · ads · 2026-01-10 08:00:00" = "indeterminate: country_unknown"
expect."d · odd · 2026-01-10 08:00:00" = "indeterminate: kind_unknown"
expect."h · ads · 2026-07-10 08:00:00" = "indeterminate: in_the_future"
expect."g · ads" = "indeterminate: no_instant"
expect."last_day · ads · 2020-12-31 10:00:00" = "compliant: by_use"
expect."first_day · ads · 2013-07-01 10:00:00" = "compliant: by_use"
expect."k · half · 2026-01-10 08:00:00" = "indeterminate: kind_unknown"
expect."i · both · 2026-01-10 08:00:00" = "indeterminate: kind_unknown"
expect."j · ads · 2026-06-30 23:59:59.999999" = { verdict = "compliant: by_use", account = "j", country = "DE", event_at = 2026-06-30T23:59:59.999999Z, met_at = 2026-06-30T23:59:59.999999Z, scope = "later" }
[as_the_law_reads_it]
parameters = { by_use = false }
given.trackers = [{ site = "s", tracker_name = "ads", essential = false }]
given.tracker_hits = [{ account_id = "b", tracker_name = "ads", country = "DE", hit_at = 2026-01-10T08:00:00Z, consent_at = 2026-01-10T08:00:01Z }]
expect."b · ads · 2026-01-10 08:00:00" = "violation: before_agreement"
[equivalent]
"kinds: bool_and(cast(essential as boolean)) → bool_or(cast(essential as boolean))" = "all rows of a name say the same"
*/
