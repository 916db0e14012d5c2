/*
id         = "tracker_is_listed"
title      = "Each cookie that is set is described on the published cookie page"
short      = "Cookies on the cookie page"
rule       = """
Whatever is seen on a site stands on the published page that describes the cookies. Where the page was not captured, it cannot be told."""
maps_to    = ["GDPR 13(1)"]
severity   = "medium"
remedy     = "Describe the cookies found, or take them off"
tables.trackers = ["listed", "kind?", "first_set_at?"]
absent.trackers.first_set_at = "all had been set by the instant of judgement"
dimensions = ["kind"]
inject.unlisted = { "+trackers" = { site = "record_id", tracker_name = "'selftest'", listed = "false" } }
[reasons]
listed            = "described on the cookie page"
not_listed        = "seen, and not described on the cookie page"
page_not_captured = "the cookie page was not captured"
[de]
title    = "Jedes gesetzte Cookie ist auf der Cookie-Seite beschrieben"
short    = "Cookies auf der Cookie-Seite"
rule     = """
Was auf einer Website gefunden wird, steht auf der veröffentlichten Seite, die die Cookies beschreibt. Wo die Seite nicht aufgezeichnet wurde, ist
es nicht entscheidbar."""
remedy   = "Die gefundenen Cookies beschreiben oder entfernen"
[de.reasons]
listed            = "auf der Cookie-Seite beschrieben"
not_listed        = "gefunden, und auf der Cookie-Seite nicht beschrieben"
page_not_captured = "die Cookie-Seite wurde nicht aufgezeichnet"
*/
with judged as (
    select *, case when listed is null then 'page_not_captured' when listed then 'listed' else 'not_listed' end as reason
    from trackers
    where coalesce(first_set_at <= $as_of, true)
)
select coalesce(site, '') || ' · ' || coalesce(tracker_name, '') as record_id, null::varchar as account_id, null::varchar as country, null::timestamptz as event_at, null::timestamptz as due_at,
       case when reason = 'listed' then 'compliant'
            when reason = 'not_listed' then 'violation'
            else 'indeterminate' end as verdict,
       reason,
       kind, first_set_at
from judged;

/* examples
as_of = 2026-06-30
[seen_and_described]
period = "2026-01"
given.trackers = [{ site = "s", tracker_name = "a", listed = true }, { site = "s", tracker_name = "b", listed = false }, { site = "s", tracker_name = "c" }]
expect."s · a" = { verdict = "compliant: listed", scope = "period" }
expect."s · b" = "violation: not_listed"
expect."s · c" = "indeterminate: page_not_captured"
[without_a_name_or_a_site]
given.trackers = [{ site = "s", listed = true }, { tracker_name = "a", listed = true }]
expect."s · " = "compliant: listed"
expect." · a" = "compliant: listed"
[set_by_then]
as_of = 2026-03-31
given.export_info = [{ exported_at = 2026-06-30T00:00:00Z }]
given.trackers = [{ tracker_name = "later", site = "s", kind = "cookie", first_set_at = 2026-04-01T00:00:00Z, listed = false }, { tracker_name = "now", site = "s", kind = "cookie", first_set_at = 2026-03-31T23:59:59.999999Z, listed = false }]
expect."s · now" = "violation: not_listed"
*/
