/*
id         = "extension_notified_in_time"
title      = "Who gets an answer later is told in time, with the reason"
short      = "Extensions told in time"
rule       = """
Where the law lets the time be extended, the person is told before the first due date has passed, with the reason, and of a date no later than the law
allows. An extension that the law of the place does not know is a violation. Where places are set, a request under another law is left out, one that
may be under theirs is not."""
maps_to    = ["GDPR 12(3)", "CCPA 1798.130(a)(2)"]
severity   = "medium"
remedy     = "Answer what was extended too late, and give reasons with extensions"
tables.requests = ["type", "country", "received_at", "extended_at", "extension_reason", "extended_to??", "requester_role?", "id_asked_at??", "id_verified_at??", "responded_at??", "closed_at??", "account_id?", "merged_into?"]
tables.request_events = ["event?", "occurred_at?"]
tables.accounts = ["region?", "country?"]
absent.requests.requester_role = "whoever asks does so in their own right"
absent.requests.merged_into = "no request became part of another"
absent.request_events = "nobody was asked what exactly is sought"
parameters.ask_days = { default = 7, unit = "days" }
parameters.places = { type = "words", needed = false }
dimensions = ["type", "channel", "jurisdiction"]
inject.told_a_microsecond_late = { requests = { extended_at = "f.due_at + interval 1 microsecond" }, where = "due_at < as_of" }
inject.no_reason = { requests = { extension_reason = "null" } }
[reasons]
told_in_time      = "told before the first due date had passed, with a reason"
told_late         = "told after the first due date had passed"
no_reason         = "told without a reason"
too_long          = "told of a date later than the law allows"
no_date           = "told without the new date, or it is not recorded, where the law asks for it"
first_due_in_doubt = "told late but for a pause, or a holiday of parts of the country, of which nobody can tell what it is worth"
no_extension_in_law = "the law of the place knows no extension"
no_receipt        = "the day of receipt is not recorded"
type_unknown      = "what was asked is not recorded, so its rule is not known"
country_unknown   = "the country is not recorded or not known, so its law is not known"
region_unknown    = "the region is not recorded, in a country where the law depends on it"
no_rule_on_file   = "nobody has looked up yet what this law gives for such a request"
in_the_future     = "an instant lies after the instant of judgement"
ends_before_start = "told before the request was received"
outside_calendar  = "received too long ago for the calendar"
[de]
title    = "Wer später Antwort erhält, erfährt das rechtzeitig und mit Grund"
short    = "Verlängerungen rechtzeitig mitgeteilt"
rule     = """
Wo das Gesetz eine Verlängerung zulässt, erfährt die Person davon, bevor die erste Frist verstrichen ist, mit dem Grund und einem Tag, der nicht
später liegt, als das Gesetz erlaubt. Eine Verlängerung, die das Gesetz des Ortes nicht kennt, ist ein Verstoß. Wo Orte gesetzt sind, bleibt eine
Anfrage unter anderem Gesetz außer Betracht; eine, die unter dem ihren stehen könnte, nicht."""
remedy   = "Zu spät Verlängertes beantworten und Verlängerungen begründen"
[de.reasons]
told_in_time      = "vor Ablauf der ersten Frist mitgeteilt, mit Grund"
told_late         = "nach Ablauf der ersten Frist mitgeteilt"
no_reason         = "ohne Grund mitgeteilt"
too_long          = "ein späterer Tag mitgeteilt, als das Gesetz erlaubt"
no_date           = "ohne den neuen Tag mitgeteilt, oder er ist nicht erfasst, wo das Gesetz ihn verlangt"
first_due_in_doubt = "verspätet mitgeteilt bis auf eine Unterbrechung oder einen Feiertag von Landesteilen, deren Wirkung nicht zu entscheiden ist"
no_extension_in_law = "das Gesetz des Ortes kennt keine Verlängerung"
no_receipt        = "der Tag des Eingangs ist nicht erfasst"
type_unknown      = "was verlangt wurde, ist nicht erfasst, sodass die Regel nicht feststeht"
country_unknown   = "das Land ist nicht erfasst oder unbekannt, sodass das Gesetz nicht feststeht"
region_unknown    = "die Region ist nicht erfasst, in einem Land, in dem das Gesetz von ihr abhängt"
no_rule_on_file   = "noch niemand hat nachgeschlagen, was dieses Gesetz für eine solche Anfrage gibt"
in_the_future     = "ein Zeitpunkt liegt nach dem Stichtag"
ends_before_start = "vor dem Eingang der Anfrage mitgeteilt"
outside_calendar  = "zu lange her für den Kalender"
*/
with own as (
    select place, max(to_day) as to_day from places where list_contains($places::varchar[], jurisdiction) group by place
),
perhaps_own as (
    select place from own
    union all select unnest(list_append(list_transform($places::varchar[], lambda p: concat(left(p, 2), '-?')), '?'))
),
scoped as (
    select r.*,
           case when not is_proven or asked_after > $ask_days then unpaused_first_due_at
                else first_due_at end as sure_first_due_at
    from requests_with_due_dates as r
    left join own as o on o.place = r.place
    where rule_set = 'statute'
      and extended_at is not null
      and not takes_extension
      and requester_role is distinct from 'object'
      and (type is null or type not in ('question', 'agreement', 'child_report', 'consent_withdrawal'))
      and (source is null or rule is not null)
      and ($places::varchar[] is null or coalesce(list_contains($places::varchar[], jurisdiction), r.place in (select place from perhaps_own))
           or received_on <= o.to_day)
),
judged as (
    select *,
           case when received_at is null then 'no_receipt'
                when received_at > $as_of or extended_at > $as_of then 'in_the_future'
                when extended_at < received_at then 'ends_before_start'
                when type is null then 'type_unknown'
                when place = '?' then 'country_unknown'
                when place like '%-?' then 'region_unknown'
                when source is null then 'no_rule_on_file'
                when extension_value is null and coalesce(extension_unit, '') <> 'as_told' then 'no_extension_in_law'
                when first_due_at is null then 'outside_calendar'
                when extended_at > latest_first_due_at then 'told_late'
                when extension_unit = 'as_told' and extended_to is null then 'no_date'
                when extension_reason is null and extension_unit <> 'as_told' then 'no_reason'
                when told_to > latest_longest_due_at then 'too_long'
                when extended_at > sure_first_due_at or told_to > longest_due_at then 'first_due_in_doubt'
                else 'told_in_time' end as reason
    from scoped
)
select request_id as record_id, account_id, country, coalesce(sure_first_due_at, extended_at) as event_at, sure_first_due_at as due_at,
       case when reason = 'told_in_time' then 'compliant'
            when reason in ('told_late', 'no_reason', 'too_long', 'no_extension_in_law') then 'violation'
            else 'indeterminate' end as verdict,
       reason,
       extended_at as met_at, received_at, extended_to, type, channel, jurisdiction
from judged;

/* examples
as_of = 2026-06-30
[told_on_the_first_due_date]
period = "2026-01"
given.requests = [
    { request_id = "r", type = "access", country = "DE", received_at = 2026-03-10T08:00:00Z, extended_at = 2026-04-10T23:59:59Z, extension_reason = "complex", extended_to = 2026-06-10T00:00:00Z },
    { request_id = "s", type = "access", country = "DE", received_at = 2026-03-10T08:00:00Z, extended_at = 2026-04-11T00:00:00Z, extension_reason = "complex" },
    { request_id = "last_moment", account_id = "a", type = "access", country = "DE", received_at = 2026-03-10T08:00:00Z, extended_at = 2026-04-10T23:59:59.999999Z, extension_reason = "complex", extended_to = 2026-06-10T23:59:59.999999Z },
    { request_id = "as_it_came", type = "access", country = "DE", received_at = 2026-03-10T08:00:00Z, extended_at = 2026-03-10T08:00:00Z, extension_reason = "complex" },
]
expect = { last_moment = { verdict = "compliant: told_in_time", event_at = 2026-04-10T23:59:59.999999Z, account = "a", country = "DE" }, as_it_came = "compliant: told_in_time", r = { verdict = "compliant: told_in_time", scope = "later", event_at = 2026-04-10T23:59:59.999999Z, due_at = 2026-04-10T23:59:59.999999Z, met_at = 2026-04-10T23:59:59Z }, s = { verdict = "violation: told_late", due_at = 2026-04-10T23:59:59.999999Z, met_at = 2026-04-11T00:00:00Z } }
[an_identity_check_moves_the_first_due_date]
given.requests = [{ request_id = "r", type = "access", country = "DE", received_at = 2026-03-10T08:00:00Z, id_asked_at = 2026-03-11T08:00:00Z, id_verified_at = 2026-03-14T08:00:00Z, extended_at = 2026-04-13T08:00:00Z, extension_reason = "complex" }]
expect = { r = "compliant: told_in_time" }
[of_a_request_that_became_part_of_another]
given.accounts = [{ account_id = "a", country = "DE" }]
given.requests = [
    { request_id = "r", account_id = "a", type = "access", country = "DE", received_at = 2026-03-10T08:00:00Z, extended_at = 2026-04-13T08:00:00Z, extension_reason = "complex" },
    { request_id = "told_nothing_itself", account_id = "a", type = "access", country = "DE", received_at = 2026-03-11T08:00:00Z, merged_into = "r" },
    { request_id = "told_itself", account_id = "a", type = "access", country = "DE", received_at = 2026-03-11T08:00:00Z, extended_at = 2026-04-10T08:00:00Z, extension_reason = "complex", merged_into = "r" },
]
expect = { r = "violation: told_late", told_itself = "compliant: told_in_time" }
[without_a_reason]
given.requests = [{ request_id = "r", type = "access", country = "DE", received_at = 2026-03-10T08:00:00Z, extended_at = 2026-04-01T08:00:00Z }]
expect = { r = "violation: no_reason" }
[the_last_day_that_the_law_allows]
given.requests = [
    { request_id = "r", type = "access", country = "DE", received_at = 2026-03-10T08:00:00Z, extended_at = 2026-04-01T08:00:00Z, extension_reason = "complex", extended_to = 2026-06-10T23:00:00Z },
    { request_id = "s", type = "access", country = "DE", received_at = 2026-03-10T08:00:00Z, extended_at = 2026-04-01T08:00:00Z, extension_reason = "complex", extended_to = 2026-06-11T00:00:00Z },
]
expect = { r = "compliant: told_in_time", s = "violation: too_long" }
[the_law_knows_none]
given.requests = [{ request_id = "r", type = "access", country = "BR", received_at = 2026-03-10T08:00:00Z, extended_at = 2026-03-11T08:00:00Z, extension_reason = "complex" }]
expect = { r = "violation: no_extension_in_law" }
[the_law_of_some_places_alone]
parameters = { places = ["EEA"] }
given.requests = [
    { request_id = "germany", type = "access", country = "DE", received_at = 2026-03-10T08:00:00Z, extended_at = 2026-04-11T08:00:00Z, extension_reason = "complex" },
    { request_id = "brazil", type = "access", country = "BR", received_at = 2026-03-10T08:00:00Z, extended_at = 2026-03-11T08:00:00Z, extension_reason = "complex" },
    { request_id = "somewhere", type = "access", received_at = 2026-03-10T08:00:00Z, extended_at = 2026-03-11T08:00:00Z, extension_reason = "complex" },
    { request_id = "in_the_union", type = "access", country = "GB", received_at = 2020-12-31T23:59:59.999999Z, extended_at = 2021-03-11T08:00:00Z, extension_reason = "complex" },
    { request_id = "just_out_of_it", type = "access", country = "GB", received_at = 2021-01-01T00:00:00Z, extended_at = 2021-03-11T08:00:00Z, extension_reason = "complex" },
    { request_id = "once_in_the_union", type = "access", country = "GB", received_at = 2026-03-10T08:00:00Z, extended_at = 2026-05-11T08:00:00Z, extension_reason = "complex" },
    { request_id = "no_rule_there", type = "access", country = "JP", received_at = 2026-03-10T08:00:00Z, extended_at = 2026-03-11T08:00:00Z, extension_reason = "complex" },
]
expect = { in_the_union = "violation: told_late", germany = "violation: told_late", somewhere = "indeterminate: country_unknown" }
[the_law_of_california_alone]
parameters = { places = ["US-CA"] }
given.requests = [{ request_id = "in_some_state", type = "access", country = "US", received_at = 2026-03-10T08:00:00Z, extended_at = 2026-03-11T08:00:00Z, extension_reason = "complex" }]
expect = { in_some_state = "indeterminate: region_unknown" }
[nothing_extended_that_the_law_gives_a_time_for]
given.requests = [
    { request_id = "r", type = "access", country = "DE", received_at = 2026-01-10T08:00:00Z },
    { request_id = "v", type = "access", requester_role = "object", country = "DE", received_at = 2026-03-10T08:00:00Z, extended_at = 2026-03-11T08:00:00Z },
    { request_id = "q", type = "question", country = "DE", received_at = 2026-03-10T08:00:00Z, extended_at = 2026-03-11T08:00:00Z },
    { request_id = "a", type = "agreement", country = "DE", received_at = 2026-03-10T08:00:00Z, extended_at = 2026-03-11T08:00:00Z },
    { request_id = "c", type = "child_report", country = "DE", received_at = 2026-03-10T08:00:00Z, extended_at = 2026-03-11T08:00:00Z },
    { request_id = "w", type = "consent_withdrawal", country = "DE", received_at = 2026-03-10T08:00:00Z, extended_at = 2026-03-11T08:00:00Z },
    { request_id = "no_number", type = "access", country = "NG", received_at = 2024-01-13T08:00:00Z, extended_at = 2024-01-15T08:00:00Z },
]
expect = {}
[at_the_instant_of_judgement]
as_of = 2026-06-30T12:00:00Z
given.requests = [
    { request_id = "r", type = "access", country = "DE", received_at = 2026-06-30T12:00:00Z, extended_at = 2026-06-30T12:00:00Z, extension_reason = "complex" },
    { request_id = "received_later", type = "access", country = "DE", received_at = 2026-07-01T12:00:00Z, extended_at = 2026-06-30T12:00:00Z, extension_reason = "complex" },
]
expect = { r = "compliant: told_in_time", received_later = "indeterminate: in_the_future" }
[the_data_cannot_tell]
given.requests = [
    { request_id = "a", type = "access", country = "DE", extended_at = 2026-03-11T08:00:00Z },
    { request_id = "b", country = "DE", received_at = 2026-03-10T08:00:00Z, extended_at = 2026-03-11T08:00:00Z },
    { request_id = "c", type = "access", received_at = 2026-03-10T08:00:00Z, extended_at = 2026-03-11T08:00:00Z },
    { request_id = "d", type = "access", country = "US", received_at = 2026-03-10T08:00:00Z, extended_at = 2026-03-11T08:00:00Z },
    { request_id = "e", type = "access", country = "JP", received_at = 2026-03-10T08:00:00Z, extended_at = 2026-03-11T08:00:00Z },
    { request_id = "f", type = "access", country = "DE", received_at = 2026-06-10T08:00:00Z, extended_at = 2026-07-11T08:00:00Z },
    { request_id = "g", type = "access", country = "DE", received_at = 2026-03-10T08:00:00Z, extended_at = 2026-03-09T08:00:00Z },
    { request_id = "h", type = "access", country = "CH", received_at = 1999-03-10T08:00:00Z, extended_at = 1999-03-11T08:00:00Z },
]
expect.a = "indeterminate: no_receipt"
expect.b = "indeterminate: type_unknown"
expect.c = "indeterminate: country_unknown"
expect.d = "indeterminate: region_unknown"
expect.e = "indeterminate: no_rule_on_file"
expect.f = "indeterminate: in_the_future"
expect.g = "indeterminate: ends_before_start"
expect.h = { verdict = "indeterminate: outside_calendar", event_at = 1999-03-11T08:00:00Z, due_at = "" }
[later_of_no_fixed_length_in_switzerland]
given.requests = [
    { request_id = "told", type = "access", country = "CH", received_at = 2026-03-10T08:00:00Z, extended_at = 2026-04-09T08:00:00Z, extended_to = 2026-09-01T00:00:00Z },
    { request_id = "no_date", type = "access", country = "CH", received_at = 2026-03-10T08:00:00Z, extended_at = 2026-04-01T08:00:00Z },
    { request_id = "late", type = "access", country = "CH", received_at = 2026-03-10T08:00:00Z, extended_at = 2026-04-11T08:00:00Z, extended_to = 2026-05-01T00:00:00Z },
    { request_id = "in_2020", type = "access", country = "CH", received_at = 2020-03-10T08:00:00Z, extended_at = 2020-04-09T08:00:00Z, extended_to = 2020-05-01T00:00:00Z },
]
expect = { told = "compliant: told_in_time", no_date = "indeterminate: no_date", late = "violation: told_late", in_2020 = "compliant: told_in_time" }
[a_pause_or_a_holiday_in_doubt]
given.requests = [
    { request_id = "asked_late", type = "access", country = "DE", received_at = 2026-03-10T08:00:00Z, id_asked_at = 2026-03-20T08:00:00Z, id_verified_at = 2026-03-23T08:00:00Z, extended_at = 2026-04-13T08:00:00Z, extension_reason = "complex" },
    { request_id = "easter_monday", type = "access", country = "GB", received_at = 2026-03-06T08:00:00Z, extended_at = 2026-04-07T08:00:00Z, extension_reason = "complex" },
    { request_id = "from_the_proof", type = "access", country = "GB", received_at = 2026-03-02T08:00:00Z, id_asked_at = 2026-03-09T08:00:00Z, id_verified_at = 2026-03-23T08:00:00Z, extended_at = 2026-04-23T08:00:00Z, extension_reason = "complex", extended_to = 2026-06-23T20:00:00Z },
    { request_id = "proven_after_the_answer", type = "access", country = "DE", received_at = 2026-03-02T08:00:00Z, id_asked_at = 2026-03-04T08:00:00Z, id_verified_at = 2026-06-20T08:00:00Z, extended_at = 2026-04-25T08:00:00Z, extension_reason = "complex", responded_at = 2026-05-15T08:00:00Z },
    { request_id = "never_proven", type = "access", country = "DE", received_at = 2026-03-10T08:00:00Z, id_asked_at = 2026-03-12T08:00:00Z, extended_at = 2026-05-04T08:00:00Z, extension_reason = "complex" },
    { request_id = "asked_on_the_seventh_day", type = "access", country = "DE", received_at = 2026-03-10T08:00:00Z, id_asked_at = 2026-03-17T08:00:00Z, id_verified_at = 2026-03-20T08:00:00Z, extended_at = 2026-04-13T08:00:00Z, extension_reason = "complex" },
    { request_id = "to_easter_tuesday", type = "access", country = "GB", received_at = 2026-01-06T08:00:00Z, extended_at = 2026-01-10T08:00:00Z, extension_reason = "complex", extended_to = 2026-04-07T20:00:00Z },
    { request_id = "to_easter_monday", type = "access", country = "GB", received_at = 2026-01-06T08:00:00Z, extended_at = 2026-01-10T08:00:00Z, extension_reason = "complex", extended_to = 2026-04-06T23:59:59.999999Z },
]
expect = { proven_after_the_answer = { verdict = "indeterminate: first_due_in_doubt", due_at = 2026-04-02T23:59:59.999999Z }, never_proven = { verdict = "indeterminate: first_due_in_doubt", due_at = 2026-04-10T23:59:59.999999Z }, asked_on_the_seventh_day = "compliant: told_in_time", to_easter_tuesday = "indeterminate: first_due_in_doubt", to_easter_monday = "compliant: told_in_time", asked_late = "indeterminate: first_due_in_doubt", easter_monday = "indeterminate: first_due_in_doubt", from_the_proof = "compliant: told_in_time" }
[equivalent]
"own: max(to_day) → min(to_day)" = "a place has a second row only where several laws are set, and then its requests are in by their own"
*/
