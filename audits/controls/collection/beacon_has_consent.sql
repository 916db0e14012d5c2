/*
id         = "beacon_has_consent"
title      = "Web beacons are set in the EEA only with consent"
short      = "Web beacons only with consent"
rule       = """
A web beacon is set for a person in the EEA only after an agreement on record. What is in no list of trackers could be one, and so could what
is a beacon at one site and none at another, as no hit says at which it was. What is lawful elsewhere is
a matter of attestation."""
maps_to    = ["ePrivacy 5(3)"]
severity   = "medium"
remedy     = "Set no beacon in the EEA before somebody agrees"
acts       = true
tables.tracker_hits = ["account_id", "tracker_name", "hit_at", "consent_at", "country"]
tables.trackers = ["kind"]
inject.a_second_early = { by = "t.account_id = f.account_id", tracker_hits = { consent_at = "hit_at + interval 1 second" } }
[reasons]
agreed           = "set after an agreement on record"
before_agreement = "set before any agreement on record"
country_unknown  = "where the person was is not recorded or not known"
kind_unknown     = "whether it is a beacon is not recorded"
no_instant       = "when it was set is not recorded"
in_the_future    = "it was set after the instant of judgement"
[de]
title    = "Zählpixel werden im EWR nur mit Einwilligung gesetzt"
short    = "Zählpixel nur mit Einwilligung"
rule     = """
Ein Zählpixel wird für eine Person im EWR nur nach einer erfassten Zustimmung gesetzt. Was in keiner Liste von Trackern steht, könnte eines sein,
ebenso, was auf einer Website ein Zählpixel ist und auf einer anderen keines, da kein Aufruf sagt, auf welcher er geschah. Was anderswo rechtmäßig
ist, ist eine Sache der Bestätigung."""
remedy   = "Im EWR kein Zählpixel vor der Einwilligung setzen"
[de.reasons]
agreed           = "nach einer erfassten Zustimmung gesetzt"
before_agreement = "vor jeder erfassten Zustimmung gesetzt"
country_unknown  = "wo die Person war, ist nicht erfasst oder unbekannt"
kind_unknown     = "ob es ein Zählpixel ist, ist nicht erfasst"
no_instant       = "wann es gesetzt wurde, ist nicht erfasst"
in_the_future    = "gesetzt wurde nach dem Stichtag"
*/
with kinds as (
    select tracker_name,
           case when bool_and(coalesce(kind, '') = 'beacon') then true when count(*) = count(kind) and not bool_or(kind = 'beacon') then false end as is_beacon
    from trackers
    group by tracker_name
),
judged as (
    select h.*,
           case when h.hit_at is null then 'no_instant'
                when h.hit_at > $as_of then 'in_the_future'
                when c.country is null then 'country_unknown'
                when k.is_beacon is null then 'kind_unknown'
                when h.consent_at <= h.hit_at then 'agreed'
                else 'before_agreement' end as reason
    from tracker_hits as h
    left join kinds as k on k.tracker_name = h.tracker_name
    left join countries as c on c.country = h.country
    where k.is_beacon is distinct from false
      and (c.country is null or h.hit_at is null or h.hit_at::date between c.eea_from and coalesce(c.eea_to, date '9999-12-31'))
)
select concat_ws(' · ', account_id, tracker_name, hit_at at time zone 'UTC') as record_id, account_id, country, hit_at as event_at, null::timestamptz as due_at,
       case when reason = 'agreed' then 'compliant'
            when reason = 'before_agreement' then 'violation'
            else 'indeterminate' end as verdict,
       reason,
       tracker_name, consent_at
from judged;

/* examples
as_of = 2026-06-30
[agreed_to_long_before]
given.trackers = [{ tracker_name = "t", site = "a.example", kind = "beacon" }]
given.tracker_hits = [{ account_id = "before", tracker_name = "t", country = "DE", hit_at = 2026-03-01T08:00:00Z, consent_at = 2026-02-01T08:00:00Z }]
expect."before · t · 2026-03-01 08:00:00" = { verdict = "compliant: agreed", account = "before" }
[before_and_after_agreement]
period = "2026-01"
given.trackers = [{ site = "s", tracker_name = "pixel", kind = "beacon" }, { site = "s", tracker_name = "ads", kind = "cookie" }, { site = "s", tracker_name = "both", kind = "beacon" }, { site = "t", tracker_name = "both", kind = "cookie" }, { site = "s", tracker_name = "perhaps", kind = "cookie" }, { site = "t", tracker_name = "perhaps" }]
given.tracker_hits = [
    { account_id = "k", tracker_name = "odd", country = "DE", hit_at = 2026-01-10T08:00:00Z, consent_at = 2026-01-10T08:00:00Z },
    { account_id = "a", tracker_name = "pixel", country = "DE", hit_at = 2026-01-10T08:00:00Z, consent_at = 2026-01-10T08:00:00Z },
    { account_id = "b", tracker_name = "pixel", country = "DE", hit_at = 2026-01-10T08:00:00Z },
    { account_id = "c", tracker_name = "pixel", hit_at = 2026-01-10T08:00:00Z },
    { account_id = "l", tracker_name = "pixel", country = "DE", hit_at = 2026-07-10T08:00:00Z },
    { account_id = "d", tracker_name = "pixel", country = "DE" },
    { account_id = "e", tracker_name = "pixel", country = "US", hit_at = 2026-01-10T08:00:00Z },
    { account_id = "f", tracker_name = "ads", country = "DE", hit_at = 2026-01-10T08:00:00Z },
    { account_id = "last_day", tracker_name = "pixel", country = "GB", hit_at = 2020-12-31T10:00:00Z }, { account_id = "left", tracker_name = "pixel", country = "GB", hit_at = 2021-01-01T00:00:00Z }, { account_id = "first_day", tracker_name = "pixel", country = "HR", hit_at = 2013-07-01T10:00:00Z },
    { account_id = "g", tracker_name = "both", country = "DE", hit_at = 2026-01-10T08:00:00Z }, { account_id = "h", tracker_name = "perhaps", country = "DE", hit_at = 2026-01-10T08:00:00Z }, { account_id = "i", tracker_name = "pixel", country = "DE", hit_at = 2026-06-30T23:59:59.999999Z },
]
expect."k · odd · 2026-01-10 08:00:00" = "indeterminate: kind_unknown"
expect."a · pixel · 2026-01-10 08:00:00" = "compliant: agreed"
expect."b · pixel · 2026-01-10 08:00:00" = "violation: before_agreement"
expect."c · pixel · 2026-01-10 08:00:00" = "indeterminate: country_unknown"
expect."l · pixel · 2026-07-10 08:00:00" = "indeterminate: in_the_future"
expect."d · pixel" = "indeterminate: no_instant"
expect."last_day · pixel · 2020-12-31 10:00:00" = "violation: before_agreement"
expect."first_day · pixel · 2013-07-01 10:00:00" = "violation: before_agreement"
expect."g · both · 2026-01-10 08:00:00" = "indeterminate: kind_unknown"
expect."h · perhaps · 2026-01-10 08:00:00" = "indeterminate: kind_unknown"
expect."i · pixel · 2026-06-30 23:59:59.999999" = { verdict = "violation: before_agreement", account = "i", country = "DE", event_at = 2026-06-30T23:59:59.999999Z, met_at = 2026-06-30T23:59:59.999999Z, scope = "later" }
[a_beacon_at_one_site_only]
given.trackers = [
    { site = "s", tracker_name = "pixel", kind = "beacon" }, { site = "t", tracker_name = "pixel", kind = "cookie" },
    { site = "s", tracker_name = "dot", kind = "beacon" }, { site = "t", tracker_name = "dot", kind = "beacon" },
    { site = "s", tracker_name = "unsaid", kind = "beacon" }, { site = "t", tracker_name = "unsaid" },
]
given.tracker_hits = [
    { account_id = "a", tracker_name = "pixel", country = "DE", hit_at = 2026-01-10T08:00:00Z },
    { account_id = "a", tracker_name = "dot", country = "DE", hit_at = 2026-01-10T08:00:00Z },
    { account_id = "a", tracker_name = "unsaid", country = "DE", hit_at = 2026-01-10T08:00:00Z },
]
expect."a · pixel · 2026-01-10 08:00:00" = "indeterminate: kind_unknown"
expect."a · dot · 2026-01-10 08:00:00" = "violation: before_agreement"
expect."a · unsaid · 2026-01-10 08:00:00" = "indeterminate: kind_unknown"
*/
