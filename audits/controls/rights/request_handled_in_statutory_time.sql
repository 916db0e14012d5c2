/*
id         = "request_handled_in_statutory_time"
title      = "Data-subject requests are answered within the time that the law gives"
short      = "Requests answered in legal time"
rule       = """
A request is answered by the last day that the law of the requester's country gives for it: one month in the EEA, extended by up to two more where the
person was told in time and with a reason, paused while identity is checked or the request is clarified, and moved past weekends and public holidays
where that law says so. What was told and asked of the request that it became part of counts for it. No request is judged by a law of a later day. A pause carries only if it was asked for without undue delay, within {ask_days}
days of the receipt or of what was asked for before (a month that begins anew with the proof of identity, as in the United Kingdom, does whenever it was asked for), and ended with the proof, before the answer and the closing; a day counts once; of a pause to clarify anything but an access request
the law does not speak: what else it may have excused, and an answer on a holiday that only parts of the country have, cannot be told. Laws
that give no number are left out; laws not on file cannot be told. A request that the person withdrew by its last day is kept; withdrawn later, it was
late. Where places are set, a request under another law is left out, one that may be under theirs is not, nor one that was (the United Kingdom until 2020)."""
maps_to    = ["GDPR 12(3)", "CCPA 1798.130(a)(2)"]
severity   = "high"
feeds      = ["law"]
remedy     = "Answer what is open, oldest first, and tell the people who wait"
tables.requests = ["type", "country", "received_at", "responded_at", "closed_at??", "outcome??", "requester_role?", "extended_at??", "extended_to??", "extension_reason??", "id_asked_at??", "id_verified_at??", "account_id?", "merged_into?"]
tables.request_events = ["event??", "occurred_at??"]
tables.accounts = ["region?", "country?"]
exact.requests = ["received_at", "responded_at", "closed_at"]
absent.requests.requester_role = "whoever asks does so in their own right"
absent.request_events = "nobody was asked what exactly is sought"
absent.requests.merged_into = "no request became part of another"
parameters.ask_days = { default = 7, unit = "days" }
parameters.places = { type = "words", needed = false }
dimensions = ["type", "channel", "jurisdiction"]
inject.a_microsecond_late = { requests = { responded_at = "f.latest_due_at + interval 1 microsecond", outcome = "'fulfilled'" }, where = "due_at < as_of" }
inject.never_answered = { requests = { responded_at = "null", outcome = "'fulfilled'" }, where = "due_at < as_of" }
[reasons]
in_time           = "answered by the end of its last day"
late              = "answered after its last day"
withdrawn         = "withdrawn by the person by its last day"
withdrawn_late    = "withdrawn by the person after its last day, unanswered till then"
overdue           = "not answered, and its last day has passed"
not_yet_due       = "not answered, and its last day has not passed"
waiting_for_proof = "not answered, and what was asked of the person has not come"
pause_in_doubt    = "late but for a pause that was asked for late, or that never ended with what was asked for, or for what was told of perhaps another's request"
holiday_in_doubt  = "late but for a public holiday that not all parts of the country have, or a last day that may not move"
no_receipt        = "the day of receipt is not recorded"
type_unknown      = "what was asked is not recorded, so its rule is not known"
country_unknown   = "the country is not recorded or not known, so its law is not known"
region_unknown    = "the region is not recorded, in a country where the law depends on it"
no_rule_on_file   = "nobody has looked up yet what this law gives for such a request"
in_the_future     = "an instant lies after the instant of judgement"
ends_before_start = "answered before it was received"
outside_calendar  = "received too long ago for the calendar"
export_ends_before_due = "not answered as far as the export reaches, which is not up to its last day"
[de]
title    = "Betroffenenanfragen werden in der Zeit beantwortet, die das Gesetz gibt"
short    = "Anfragen in gesetzlicher Frist beantwortet"
rule     = """
Eine Anfrage ist bis zum letzten Tag beantwortet, den das Gesetz im Land der Person dafür gibt: im EWR einen Monat, verlängert um bis zu zwei
weitere, wo die Person das rechtzeitig und mit Grund erfuhr, unterbrochen, während die Identität geprüft oder die Anfrage geklärt wird, und über
Wochenenden und Feiertage verschoben, wo dieses Gesetz es sagt. Was zu der Anfrage mitgeteilt und verlangt wurde, in der sie aufging, zählt für sie.
Keine Anfrage wird nach einem Gesetz eines späteren Tages geprüft. Eine Unterbrechung trägt nur, wenn sie unverzüglich verlangt wurde, binnen
{ask_days} Tagen nach dem Eingang oder nach dem zuvor Verlangten (ein Monat, der mit dem Identitätsnachweis neu beginnt, wie im Vereinigten Königreich, tut es, wann immer dieser verlangt
wurde), und mit dem Nachweis endete, vor der Antwort und dem Abschluss; ein Tag zählt
einmal. Von einer Unterbrechung zur Klärung von anderem als einem Auskunftsersuchen sagt das Gesetz nichts: Was sie sonst entschuldigt haben mag,
und eine Antwort an einem Feiertag, den nur Landesteile haben, ist nicht entscheidbar. Gesetze ohne Zahl sind nicht umfasst; nicht nachgeschlagene
sind nicht entscheidbar. Bis zum letzten Tag zurückgezogen, ist eine Anfrage eingehalten; später war es zu spät. Wo Orte gesetzt sind, bleibt eine
Anfrage unter anderem Gesetz außer Betracht; eine, die unter dem ihren stehen könnte oder stand (das Vereinigte Königreich bis 2020), nicht."""
remedy   = "Offenes beantworten, Ältestes zuerst, und die Wartenden benachrichtigen"
[de.reasons]
in_time           = "bis zum Ende des letzten Tages beantwortet"
late              = "nach dem letzten Tag beantwortet"
withdrawn         = "bis zum letzten Tag von der Person zurückgezogen"
withdrawn_late    = "nach dem letzten Tag von der Person zurückgezogen, bis dahin unbeantwortet"
overdue           = "nicht beantwortet, und der letzte Tag ist vorbei"
not_yet_due       = "nicht beantwortet, und der letzte Tag ist nicht vorbei"
waiting_for_proof = "nicht beantwortet, und das von der Person Verlangte kam nicht"
pause_in_doubt    = "verspätet bis auf eine Unterbrechung, die spät verlangt wurde oder nie mit dem Verlangten endete, oder auf eine Mitteilung, die vielleicht eine andere Person erhielt"
holiday_in_doubt  = "verspätet bis auf einen Feiertag, den nicht alle Landesteile haben, oder einen letzten Tag, der sich vielleicht nicht verschiebt"
no_receipt        = "der Tag des Eingangs ist nicht erfasst"
type_unknown      = "was verlangt wurde, ist nicht erfasst, sodass die Regel nicht feststeht"
country_unknown   = "das Land ist nicht erfasst oder unbekannt, sodass das Gesetz nicht feststeht"
region_unknown    = "die Region ist nicht erfasst, in einem Land, in dem das Gesetz von ihr abhängt"
no_rule_on_file   = "noch niemand hat nachgeschlagen, was dieses Gesetz für eine solche Anfrage gibt"
in_the_future     = "ein Zeitpunkt liegt nach dem Stichtag"
ends_before_start = "vor dem Eingang beantwortet"
outside_calendar  = "zu lange her für den Kalender"
export_ends_before_due = "nicht beantwortet, soweit der Export reicht, und er reicht nicht bis zum letzten Tag"
*/
with own as (
    select place, max(to_day) as to_day from places where list_contains($places::varchar[], jurisdiction) group by place
),
perhaps_own as (
    select place from own
    union all select unnest(list_append(list_transform($places::varchar[], lambda p: concat(left(p, 2), '-?')), '?'))
),
scoped as (
    select r.*, case when outcome = 'withdrawn' then least(responded_at, closed_at) else responded_at end as done_at,
           coalesce(asked_after > $ask_days, false) as is_asked_late,
           not is_proven and not is_asked_late and responded_at is null and closed_at is null as is_waiting
    from requests_with_due_dates as r
    left join own as o on o.place = r.place
    where rule_set = 'statute'
      and requester_role is distinct from 'object'
      and (type is null or type not in ('question', 'agreement', 'child_report', 'consent_withdrawal'))
      and (source is null or rule is not null)
      and ($places::varchar[] is null or coalesce(list_contains($places::varchar[], jurisdiction), r.place in (select place from perhaps_own))
           or received_on <= o.to_day)
),
settled as (
    select * exclude (due_at), due_at as paused_due_at,
           case when (not is_proven or is_asked_late) and not is_waiting then unpaused_due_at else due_at end as due_at
    from scoped
),
judged as (
    select *,
           case when received_at is null then 'no_receipt'
                when received_at > $as_of or responded_at > $as_of or done_at > $as_of then 'in_the_future'
                when done_at < received_at then 'ends_before_start'
                when type is null then 'type_unknown'
                when place = '?' then 'country_unknown'
                when place like '%-?' then 'region_unknown'
                when source is null then 'no_rule_on_file'
                when due_at is null then 'outside_calendar'
                when done_at <= due_at then case when outcome = 'withdrawn' then 'withdrawn' else 'in_time' end
                when done_at > latest_due_at then case when outcome = 'withdrawn' then 'withdrawn_late' else 'late' end
                when done_at <= paused_due_at then 'pause_in_doubt'
                when done_at is not null then 'holiday_in_doubt'
                when due_at >= $as_of and is_waiting then 'waiting_for_proof'
                when due_at >= $as_of then 'not_yet_due'
                when paused_due_at >= $as_of then 'pause_in_doubt'
                when latest_due_at >= $as_of then 'holiday_in_doubt'
                when latest_due_at > known_until then 'export_ends_before_due'
                else 'overdue' end as reason
    from settled
)
select request_id as record_id, account_id, country, coalesce(due_at, received_at) as event_at, due_at,
       case when reason in ('in_time', 'withdrawn') then 'compliant'
            when reason in ('late', 'withdrawn_late', 'overdue') then 'violation'
            when reason in ('not_yet_due', 'waiting_for_proof') then 'pending'
            else 'indeterminate' end as verdict,
       reason,
       done_at as met_at, received_at, type, channel, jurisdiction, rule, latest_due_at, paused_days, is_extended
from judged;

/* examples
as_of = 2026-06-30
[a_month_ends_on_the_day_of_the_same_number]
period = "2026-01"
given.requests = [{ request_id = "last_day", type = "access", country = "DE", received_at = 2026-03-10T08:00:00Z, responded_at = 2026-04-10T23:59:59Z }, { request_id = "a_day_late", type = "access", country = "DE", received_at = 2026-03-10T08:00:00Z, responded_at = 2026-04-11T00:00:00Z }]
expect = { last_day = { verdict = "compliant: in_time", due_at = 2026-04-10T23:59:59.999999Z, met_at = 2026-04-10T23:59:59Z }, a_day_late = { verdict = "violation: late", scope = "later", due_at = 2026-04-10T23:59:59.999999Z, met_at = 2026-04-11T00:00:00Z } }
[the_31st_of_august_and_a_month]
given.requests = [{ request_id = "r", type = "access", country = "FR", received_at = 2021-08-31T08:00:00Z, responded_at = 2021-09-30T20:00:00Z }, { request_id = "s", type = "access", country = "FR", received_at = 2021-08-31T08:00:00Z, responded_at = 2021-10-01T08:00:00Z }]
expect = { r = "compliant: in_time", s = "violation: late" }
[a_last_day_on_a_holiday_rolls_over]
given.requests = [{ request_id = "christmas", type = "access", country = "DE", received_at = 2025-11-25T08:00:00Z, responded_at = 2025-12-29T20:00:00Z }, { request_id = "after", type = "access", country = "DE", received_at = 2025-11-25T08:00:00Z, responded_at = 2025-12-30T08:00:00Z }]
expect = { christmas = "compliant: in_time", after = "violation: late" }
[extended]
given.requests = [{ request_id = "in_time", type = "access", country = "DE", received_at = 2026-01-10T08:00:00Z, extended_at = 2026-02-01T08:00:00Z, extension_reason = "complex", responded_at = 2026-04-10T20:00:00Z }, { request_id = "too_late", type = "access", country = "DE", received_at = 2026-01-10T08:00:00Z, extended_at = 2026-02-20T08:00:00Z, extension_reason = "complex", responded_at = 2026-04-10T20:00:00Z }, { request_id = "the_date_told_binds", type = "access", country = "DE", received_at = 2026-01-10T08:00:00Z, extended_at = 2026-02-01T08:00:00Z, extended_to = 2026-03-01T08:00:00Z, extension_reason = "complex", responded_at = 2026-03-05T20:00:00Z }]
expect = { in_time = "compliant: in_time", too_late = "violation: late", the_date_told_binds = "violation: late" }
[an_identity_check_stops_the_clock]
given.requests = [{ request_id = "eea", type = "access", country = "DE", received_at = 2026-03-10T08:00:00Z, id_asked_at = 2026-03-12T08:00:00Z, id_verified_at = 2026-03-16T08:00:00Z, responded_at = 2026-04-14T20:00:00Z }, { request_id = "waiting", type = "access", country = "DE", received_at = 2026-05-10T08:00:00Z, id_asked_at = 2026-05-12T08:00:00Z }, { request_id = "asked_after_the_last_day", type = "access", country = "DE", received_at = 2026-03-10T08:00:00Z, id_asked_at = 2026-04-12T08:00:00Z, id_verified_at = 2026-04-13T08:00:00Z, responded_at = 2026-04-13T20:00:00Z }]
expect = { eea = "compliant: in_time", waiting = "pending: waiting_for_proof", asked_after_the_last_day = "violation: late" }
[each_place_its_law]
given.accounts = [{ account_id = "ca", country = "US", region = "CA" }, { account_id = "tx", country = "US", region = "TX" }]
given.requests = [{ request_id = "california", account_id = "ca", type = "access", country = "US", received_at = 2026-01-01T08:00:00Z, responded_at = 2026-02-15T23:00:00Z }, { request_id = "texas", account_id = "tx", type = "access", country = "US", received_at = 2026-01-01T08:00:00Z }, { request_id = "brazil", type = "access", country = "BR", received_at = 2026-01-01T08:00:00Z, responded_at = 2026-01-17T08:00:00Z }, { request_id = "indonesia", type = "access", country = "ID", received_at = 2026-01-01T08:00:00Z, responded_at = 2026-01-04T08:00:00Z }, { request_id = "indonesia_late", type = "access", country = "ID", received_at = 2026-01-01T08:00:00Z, responded_at = 2026-01-04T08:00:01Z }]
expect = { california = "compliant: in_time", texas = { verdict = "indeterminate: no_rule_on_file", event_at = 2026-01-01T08:00:00Z, due_at = "" }, brazil = "violation: late", indonesia = { verdict = "compliant: in_time", due_at = 2026-01-04T08:00:00Z, met_at = 2026-01-04T08:00:00Z }, indonesia_late = { verdict = "violation: late", due_at = 2026-01-04T08:00:00Z, met_at = 2026-01-04T08:00:01Z } }
[open_and_overdue]
given.requests = [{ request_id = "r", type = "erasure", country = "DE", received_at = 2026-05-20T08:00:00Z }]
expect = { r = "violation: overdue" }
[open_on_its_last_day]
given.requests = [{ request_id = "r", type = "objection", country = "DE", received_at = 2026-05-31T08:00:00Z }]
expect = { r = { verdict = "pending: not_yet_due", due_at = 2026-06-30T23:59:59.999999Z, met_at = "" } }
[questions_and_visitors_are_left_out]
given.requests = [{ request_id = "q", type = "question", country = "DE", received_at = 2026-01-01T08:00:00Z }, { request_id = "v", type = "access", requester_role = "object", country = "DE", received_at = 2026-01-01T08:00:00Z }, { request_id = "c", type = "child_report", country = "DE", received_at = 2026-01-01T08:00:00Z }, { request_id = "a", type = "agreement", country = "DE", received_at = 2026-01-01T08:00:00Z }, { request_id = "w", type = "consent_withdrawal", country = "DE", received_at = 2026-01-01T08:00:00Z }]
expect = {}
[the_data_cannot_tell]
given.requests = [{ request_id = "a", type = "access", country = "DE" }, { request_id = "b", country = "DE", received_at = 2026-01-01T08:00:00Z }, { request_id = "c", type = "access", received_at = 2026-01-01T08:00:00Z }, { request_id = "d", type = "access", country = "US", received_at = 2026-01-01T08:00:00Z }, { request_id = "e", type = "access", country = "JP", received_at = 2026-01-01T08:00:00Z }, { request_id = "f", type = "access", country = "DE", received_at = 2026-06-01T08:00:00Z, responded_at = 2026-07-31T08:00:00Z }, { request_id = "g", type = "access", country = "DE", received_at = 2026-02-01T08:00:00Z, responded_at = 2026-01-31T08:00:00Z }, { request_id = "h", type = "access", country = "CH", received_at = 1999-02-01T08:00:00Z, responded_at = 1999-02-02T08:00:00Z }, { request_id = "i", type = "access", country = "DE", received_at = 2026-07-01T00:00:00Z }]
expect = { a = "indeterminate: no_receipt", b = "indeterminate: type_unknown", c = "indeterminate: country_unknown", d = "indeterminate: region_unknown", e = "indeterminate: no_rule_on_file", f = "indeterminate: in_the_future", g = "indeterminate: ends_before_start", h = { verdict = "indeterminate: outside_calendar", event_at = 1999-02-01T08:00:00Z, due_at = "" }, i = "indeterminate: in_the_future" }
[the_export_stops_before_the_last_day_or_as_it_ends]
given.export_info = [{ exported_at = 2026-06-10T23:59:59.999999Z }]
given.requests = [{ request_id = "r", type = "access", country = "DE", received_at = 2026-05-20T08:00:00Z }, { request_id = "as_it_ends", type = "access", country = "DE", received_at = 2026-05-10T08:00:00Z }]
expect = { r = "indeterminate: export_ends_before_due", as_it_ends = "violation: overdue" }
[a_date_told_too_early_does_not_shorten_the_month]
given.requests = [{ request_id = "r", type = "access", country = "DE", received_at = 2026-01-10T08:00:00Z, extended_at = 2026-01-20T08:00:00Z, extended_to = 2026-02-05T08:00:00Z, extension_reason = "complex", responded_at = 2026-02-10T20:00:00Z }, { request_id = "a_year_early", type = "access", country = "DE", received_at = 2026-01-10T08:00:00Z, extended_at = 2026-01-20T08:00:00Z, extended_to = 2025-02-05T08:00:00Z, extension_reason = "complex", responded_at = 2026-02-10T20:00:00Z }, { request_id = "late", type = "access", country = "DE", received_at = 2026-01-10T08:00:00Z, extended_at = 2026-01-20T08:00:00Z, extended_to = 2026-02-05T08:00:00Z, extension_reason = "complex", responded_at = 2026-02-11T00:00:00Z }]
expect = { r = "compliant: in_time", a_year_early = "compliant: in_time", late = { verdict = "violation: late", due_at = 2026-02-10T23:59:59.999999Z, met_at = 2026-02-11T00:00:00Z } }
[what_a_check_that_was_never_passed_is_worth_nobody_can_tell]
given.requests = [{ request_id = "refused", type = "access", country = "DE", received_at = 2026-03-10T08:00:00Z, id_asked_at = 2026-03-12T08:00:00Z, responded_at = 2026-03-20T08:00:00Z, outcome = "denied" }, { request_id = "five_months", type = "access", country = "DE", received_at = 2026-01-10T08:00:00Z, id_asked_at = 2026-01-12T08:00:00Z, responded_at = 2026-06-10T08:00:00Z }, { request_id = "given_up", type = "access", country = "DE", received_at = 2026-01-10T08:00:00Z, id_asked_at = 2026-01-12T08:00:00Z, closed_at = 2026-01-20T08:00:00Z }, { request_id = "restarts", type = "access", country = "GB", received_at = 2026-03-02T08:00:00Z, id_asked_at = 2026-03-04T08:00:00Z, responded_at = 2026-05-20T08:00:00Z }, { request_id = "open", type = "access", country = "GB", received_at = 2026-03-02T08:00:00Z, id_asked_at = 2026-03-04T08:00:00Z }]
expect = { refused = "compliant: in_time", five_months = "indeterminate: pause_in_doubt", given_up = "violation: overdue", restarts = "indeterminate: pause_in_doubt", open = "pending: waiting_for_proof" }
[a_pause_asked_for_late_is_in_doubt]
given.requests = [{ request_id = "last_evening", type = "access", country = "DE", received_at = 2026-03-10T08:00:00Z, id_asked_at = 2026-04-10T20:00:00Z, id_verified_at = 2026-06-01T08:00:00Z, responded_at = 2026-06-01T09:00:00Z }, { request_id = "the_eighth_day", type = "access", country = "DE", received_at = 2026-03-10T08:00:00Z, id_asked_at = 2026-03-18T08:00:00Z, id_verified_at = 2026-03-21T08:00:00Z, responded_at = 2026-04-13T09:00:00Z }, { request_id = "the_seventh", type = "access", country = "DE", received_at = 2026-03-10T08:00:00Z, id_asked_at = 2026-03-17T08:00:00Z, id_verified_at = 2026-03-20T08:00:00Z, responded_at = 2026-04-13T09:00:00Z }, { request_id = "even_so_late", type = "access", country = "DE", received_at = 2026-03-10T08:00:00Z, id_asked_at = 2026-03-18T08:00:00Z, id_verified_at = 2026-03-21T08:00:00Z, responded_at = 2026-04-14T00:00:00Z }, { request_id = "open", type = "access", country = "DE", received_at = 2026-05-10T08:00:00Z, id_asked_at = 2026-06-09T08:00:00Z }]
expect = { last_evening = "indeterminate: pause_in_doubt", the_eighth_day = "indeterminate: pause_in_doubt", the_seventh = "compliant: in_time", even_so_late = "violation: late", open = "indeterminate: pause_in_doubt" }
[in_the_united_kingdom_the_month_begins_with_the_proof]
given.requests = [{ request_id = "r", type = "access", country = "GB", received_at = 2026-03-02T08:00:00Z, id_asked_at = 2026-03-09T08:00:00Z, id_verified_at = 2026-03-23T08:00:00Z, responded_at = 2026-04-23T20:00:00Z }, { request_id = "late", type = "access", country = "GB", received_at = 2026-03-02T08:00:00Z, id_asked_at = 2026-03-09T08:00:00Z, id_verified_at = 2026-03-23T08:00:00Z, responded_at = 2026-04-24T00:00:00Z }, { request_id = "in_2019", type = "access", country = "GB", received_at = 2019-03-04T08:00:00Z, id_asked_at = 2019-03-20T08:00:00Z, id_verified_at = 2019-03-25T08:00:00Z, responded_at = 2019-04-25T20:00:00Z }, { request_id = "pauses_in_germany", type = "access", country = "DE", received_at = 2026-03-02T08:00:00Z, id_asked_at = 2026-03-06T08:00:00Z, id_verified_at = 2026-03-23T08:00:00Z, responded_at = 2026-04-23T20:00:00Z }]
expect = { r = "compliant: in_time", late = { verdict = "violation: late", due_at = 2026-04-23T23:59:59.999999Z, met_at = 2026-04-24T00:00:00Z }, in_2019 = "compliant: in_time", pauses_in_germany = "violation: late" }
[clarification_does_not_count]
given.requests = [{ request_id = "gb", type = "access", country = "GB", received_at = 2026-03-02T08:00:00Z, responded_at = 2026-04-07T20:00:00Z }, { request_id = "gb_late", type = "access", country = "GB", received_at = 2026-03-03T08:00:00Z, responded_at = 2026-04-09T00:00:00Z }, { request_id = "erasure", type = "erasure", country = "GB", received_at = 2026-03-02T08:00:00Z, responded_at = 2026-04-07T20:00:00Z }, { request_id = "eea", type = "access", country = "DE", received_at = 2026-03-10T08:00:00Z, responded_at = 2026-04-13T20:00:00Z }, { request_id = "never_clarified", type = "access", country = "DE", received_at = 2026-03-10T08:00:00Z, responded_at = 2026-04-14T20:00:00Z }, { request_id = "waiting", type = "access", country = "DE", received_at = 2026-05-10T08:00:00Z }]
given.request_events = [{ request_id = "gb", seq = 1, event = "clarification_asked", occurred_at = 2026-03-04T08:00:00Z }, { request_id = "gb", seq = 2, event = "clarified", occurred_at = 2026-03-08T08:00:00Z }, { request_id = "gb_late", seq = 1, event = "clarification_asked", occurred_at = 2026-03-04T08:00:00Z }, { request_id = "gb_late", seq = 2, event = "clarified", occurred_at = 2026-03-08T08:00:00Z }, { request_id = "erasure", seq = 1, event = "clarification_asked", occurred_at = 2026-03-04T08:00:00Z }, { request_id = "erasure", seq = 2, event = "clarified", occurred_at = 2026-03-08T08:00:00Z }, { request_id = "eea", seq = 1, event = "clarification_asked", occurred_at = 2026-03-11T08:00:00Z }, { request_id = "eea", seq = 2, event = "clarified", occurred_at = 2026-03-14T08:00:00Z }, { request_id = "never_clarified", seq = 1, event = "clarification_asked", occurred_at = 2026-03-11T08:00:00Z }, { request_id = "waiting", seq = 1, event = "clarification_asked", occurred_at = 2026-05-11T08:00:00Z }]
expect = { gb = "compliant: in_time", gb_late = { verdict = "violation: late", due_at = 2026-04-08T23:59:59.999999Z, met_at = 2026-04-09T00:00:00Z }, erasure = "violation: late", eea = "compliant: in_time", never_clarified = "indeterminate: pause_in_doubt", waiting = "pending: waiting_for_proof" }
[clarification_of_several_rounds]
given.requests = [{ request_id = "asked_after_the_last_day", type = "access", country = "DE", received_at = 2026-03-10T08:00:00Z, responded_at = 2026-04-25T20:00:00Z }, { request_id = "asked_on_the_later_last_day", type = "access", country = "DE", received_at = 2026-03-10T08:00:00Z, responded_at = 2026-04-15T20:00:00Z }, { request_id = "gb_asked_on_it", type = "access", country = "GB", received_at = 2026-03-02T08:00:00Z, responded_at = 2026-04-09T20:00:00Z }, { request_id = "gb_asked_after_it", type = "access", country = "GB", received_at = 2026-03-02T08:00:00Z, responded_at = 2026-04-09T20:00:00Z }]
given.request_events = [{ request_id = "asked_after_the_last_day", seq = 1, event = "clarification_asked", occurred_at = 2026-03-11T08:00:00Z }, { request_id = "asked_after_the_last_day", seq = 2, event = "clarified", occurred_at = 2026-03-14T08:00:00Z }, { request_id = "asked_after_the_last_day", seq = 3, event = "clarification_asked", occurred_at = 2026-04-14T08:00:00Z }, { request_id = "asked_on_the_later_last_day", seq = 1, event = "clarification_asked", occurred_at = 2026-03-11T08:00:00Z }, { request_id = "asked_on_the_later_last_day", seq = 2, event = "clarified", occurred_at = 2026-03-14T08:00:00Z }, { request_id = "asked_on_the_later_last_day", seq = 3, event = "clarification_asked", occurred_at = 2026-04-13T08:00:00Z }, { request_id = "asked_on_the_later_last_day", seq = 4, event = "clarified", occurred_at = 2026-04-15T08:00:00Z }, { request_id = "gb_asked_on_it", seq = 1, event = "clarification_asked", occurred_at = 2026-03-04T08:00:00Z }, { request_id = "gb_asked_on_it", seq = 2, event = "clarified", occurred_at = 2026-03-08T08:00:00Z }, { request_id = "gb_asked_on_it", seq = 3, event = "clarification_asked", occurred_at = 2026-04-07T08:00:00Z }, { request_id = "gb_asked_on_it", seq = 4, event = "clarified", occurred_at = 2026-04-08T08:00:00Z }, { request_id = "gb_asked_after_it", seq = 1, event = "clarification_asked", occurred_at = 2026-03-04T08:00:00Z }, { request_id = "gb_asked_after_it", seq = 2, event = "clarified", occurred_at = 2026-03-08T08:00:00Z }, { request_id = "gb_asked_after_it", seq = 3, event = "clarification_asked", occurred_at = 2026-04-08T08:00:00Z }, { request_id = "gb_asked_after_it", seq = 4, event = "clarified", occurred_at = 2026-04-09T08:00:00Z }]
expect = { asked_after_the_last_day = { verdict = "violation: late", due_at = 2026-04-13T23:59:59.999999Z }, asked_on_the_later_last_day = { verdict = "indeterminate: pause_in_doubt", due_at = 2026-04-10T23:59:59.999999Z }, gb_asked_on_it = { verdict = "indeterminate: pause_in_doubt", due_at = 2026-04-02T23:59:59.999999Z }, gb_asked_after_it = { verdict = "violation: late", due_at = 2026-04-07T23:59:59.999999Z } }
[holidays_of_parts_of_a_country]
given.requests = [{ request_id = "easter_monday", type = "access", country = "GB", received_at = 2026-03-06T08:00:00Z, responded_at = 2026-04-07T20:00:00Z }, { request_id = "before", type = "access", country = "GB", received_at = 2026-03-06T08:00:00Z, responded_at = 2026-04-06T20:00:00Z }, { request_id = "after", type = "access", country = "GB", received_at = 2026-03-06T08:00:00Z, responded_at = 2026-04-08T00:00:00Z }, { request_id = "corpus_christi", type = "access", country = "DE", received_at = 2026-05-04T08:00:00Z, responded_at = 2026-06-05T20:00:00Z }, { request_id = "a_sunday", type = "erasure", country = "ZA", received_at = 2026-03-06T08:00:00Z, responded_at = 2026-04-07T20:00:00Z }]
expect = { easter_monday = "indeterminate: holiday_in_doubt", before = "compliant: in_time", after = "violation: late", corpus_christi = "indeterminate: holiday_in_doubt", a_sunday = "indeterminate: no_rule_on_file" }
[holidays_of_the_seat]
given.export_info = [{ seat = "DE-BY" }]
given.requests = [{ request_id = "corpus_christi", type = "access", country = "SE", received_at = 2026-05-04T08:00:00Z, responded_at = 2026-06-05T20:00:00Z }, { request_id = "swedish_national_day", type = "access", country = "SE", received_at = 2025-05-06T08:00:00Z, responded_at = 2025-06-09T20:00:00Z }, { request_id = "colombian_law", type = "access", country = "CO", received_at = 2026-04-01T08:00:00Z, responded_at = 2026-04-17T20:00:00Z }]
expect = { corpus_christi = "compliant: in_time", swedish_national_day = "violation: late", colombian_law = "compliant: in_time" }
[a_seat_in_another_part_of_the_world_has_no_say]
given.export_info = [{ seat = "IL" }]
given.requests = [{ request_id = "on_a_sunday", type = "access", country = "DE", received_at = 2026-04-08T08:00:00Z, responded_at = 2026-05-10T08:00:00Z }, { request_id = "due_on_a_saturday", type = "access", country = "DE", received_at = 2026-04-09T08:00:00Z, responded_at = 2026-05-11T23:59:59.999999Z }]
expect = { on_a_sunday = { verdict = "violation: late", due_at = 2026-05-08T23:59:59.999999Z }, due_on_a_saturday = "compliant: in_time" }
[on_the_day_after_a_holiday_of_a_part]
as_of = 2026-04-07T12:00:00Z
given.requests = [{ request_id = "r", type = "access", country = "GB", received_at = 2026-03-06T08:00:00Z }, { request_id = "s", type = "access", country = "GB", received_at = 2026-03-07T08:00:00Z }]
expect = { r = "indeterminate: holiday_in_doubt", s = "pending: not_yet_due" }
[later_of_no_fixed_length_in_switzerland]
given.requests = [
    { request_id = "told", type = "access", country = "CH", received_at = 2026-03-10T08:00:00Z, extended_at = 2026-04-01T08:00:00Z, extended_to = 2026-05-01T00:00:00Z, responded_at = 2026-04-28T08:00:00Z }, { request_id = "no_date", type = "access", country = "CH", received_at = 2026-03-10T08:00:00Z, extended_at = 2026-04-01T08:00:00Z, responded_at = 2026-04-28T08:00:00Z }, { request_id = "told_late", type = "access", country = "CH", received_at = 2026-03-10T08:00:00Z, extended_at = 2026-04-11T08:00:00Z, extended_to = 2026-05-01T00:00:00Z, responded_at = 2026-04-28T08:00:00Z }, { request_id = "a_check_stops_nothing", type = "access", country = "CH", received_at = 2026-03-10T08:00:00Z, id_asked_at = 2026-03-11T08:00:00Z, id_verified_at = 2026-03-20T08:00:00Z, responded_at = 2026-04-11T08:00:00Z }, { request_id = "erasure", type = "erasure", country = "CH", received_at = 2026-03-10T08:00:00Z },
]
expect = { told = "compliant: in_time", no_date = "violation: late", told_late = "violation: late", a_check_stops_nothing = "violation: late" }
[nothing_is_judged_by_a_law_of_a_later_day]
given.requests = [
    { request_id = "before_the_gdpr", type = "access", country = "DE", received_at = 2018-05-24T08:00:00Z, responded_at = 2018-05-25T08:00:00Z }, { request_id = "its_first_day", type = "access", country = "DE", received_at = 2018-05-25T08:00:00Z, responded_at = 2018-06-26T08:00:00Z }, { request_id = "not_yet_in_norway", type = "access", country = "NO", received_at = 2018-07-19T08:00:00Z, responded_at = 2018-07-20T08:00:00Z }, { request_id = "in_norway", type = "access", country = "NO", received_at = 2018-07-20T08:00:00Z, responded_at = 2018-08-20T08:00:00Z }, { request_id = "gibraltar", type = "access", country = "GI", received_at = 2019-03-04T08:00:00Z, responded_at = 2019-04-05T08:00:00Z }, { request_id = "gibraltar_since", type = "access", country = "GI", received_at = 2021-03-04T08:00:00Z, responded_at = 2021-04-04T08:00:00Z }, { request_id = "brazil_before", type = "access", country = "BR", received_at = 2020-09-17T08:00:00Z, responded_at = 2020-09-18T08:00:00Z }, { request_id = "brazil_confirmation", type = "confirmation", country = "BR", received_at = 2020-09-18T08:00:00Z, responded_at = 2020-10-20T08:00:00Z }, { request_id = "kenya_before", type = "access", country = "KE", received_at = 2022-01-13T08:00:00Z, responded_at = 2022-01-14T08:00:00Z }, { request_id = "kenya_erasure_not_settled", type = "erasure", country = "KE", received_at = 2026-01-13T08:00:00Z, responded_at = 2026-01-14T08:00:00Z }, { request_id = "nigeria", type = "access", country = "NG", received_at = 2024-01-13T08:00:00Z, responded_at = 2024-05-14T08:00:00Z }, { request_id = "peru_before", type = "access", country = "PE", received_at = 2025-03-29T08:00:00Z, responded_at = 2025-03-30T08:00:00Z }, { request_id = "south_africa_before", type = "erasure", country = "ZA", received_at = 2025-04-16T08:00:00Z, responded_at = 2025-04-17T08:00:00Z },
]
expect = { before_the_gdpr = "indeterminate: no_rule_on_file", its_first_day = "violation: late", not_yet_in_norway = "indeterminate: no_rule_on_file", in_norway = "compliant: in_time", gibraltar = "violation: late", gibraltar_since = "compliant: in_time", brazil_before = "indeterminate: no_rule_on_file", brazil_confirmation = "violation: late", kenya_before = "indeterminate: no_rule_on_file", kenya_erasure_not_settled = "indeterminate: no_rule_on_file", peru_before = "indeterminate: no_rule_on_file", south_africa_before = "indeterminate: no_rule_on_file" }
[the_law_of_some_places_alone]
parameters = { places = ["EEA"] }
given.accounts = [{ account_id = "ca", country = "US", region = "CA" }]
given.requests = [{ request_id = "germany", type = "access", country = "DE", received_at = 2026-01-01T08:00:00Z }, { request_id = "california", account_id = "ca", type = "access", country = "US", received_at = 2026-01-01T08:00:00Z }, { request_id = "japan", type = "access", country = "JP", received_at = 2026-01-01T08:00:00Z }, { request_id = "somewhere", type = "access", received_at = 2026-01-01T08:00:00Z }, { request_id = "undated", type = "access", country = "DE" }, { request_id = "of_what", country = "FR", received_at = 2026-01-01T08:00:00Z }, { request_id = "in_some_state", type = "access", country = "US", received_at = 2026-01-01T08:00:00Z }, { request_id = "undated_in_brazil", type = "access", country = "BR" }, { request_id = "once_in_the_union", type = "access", country = "GB", received_at = 2026-01-01T08:00:00Z }, { request_id = "its_last_moment", type = "access", country = "GB", received_at = 2020-12-31T23:59:59.999999Z }, { request_id = "the_next", type = "access", country = "GB", received_at = 2021-01-01T00:00:00Z }, { request_id = "its_first_day", type = "access", country = "GB", received_at = 2018-05-25T00:00:00Z, responded_at = 2018-06-25T08:00:00Z }]
expect = { its_last_moment = "violation: overdue", its_first_day = "compliant: in_time", germany = "violation: overdue", somewhere = "indeterminate: country_unknown", undated = "indeterminate: no_receipt", of_what = "indeterminate: type_unknown" }
[the_law_of_california_alone]
parameters = { places = ["US-CA"] }
given.accounts = [{ account_id = "ca", country = "US", region = "CA" }, { account_id = "tx", country = "US", region = "TX" }]
given.requests = [{ request_id = "california", account_id = "ca", type = "access", country = "US", received_at = 2026-01-01T08:00:00Z, responded_at = 2026-02-18T08:00:00Z }, { request_id = "after_a_weekend_and_a_holiday", account_id = "ca", type = "access", country = "US", received_at = 2026-01-01T08:00:00Z, responded_at = 2026-02-17T23:59:59Z }, { request_id = "texas", account_id = "tx", type = "access", country = "US", received_at = 2026-01-01T08:00:00Z }, { request_id = "in_some_state", type = "access", country = "US", received_at = 2026-01-01T08:00:00Z }, { request_id = "germany", type = "access", country = "DE", received_at = 2026-01-01T08:00:00Z }]
expect = { after_a_weekend_and_a_holiday = "compliant: in_time", california = "violation: late", in_some_state = "indeterminate: region_unknown" }
[withdrawn]
given.requests = [
    { request_id = "on_the_last_day", type = "access", country = "DE", received_at = 2026-03-10T08:00:00Z, closed_at = 2026-04-10T23:59:59Z, outcome = "withdrawn" }, { request_id = "a_day_later", type = "access", country = "DE", received_at = 2026-03-10T08:00:00Z, closed_at = 2026-04-11T00:00:00Z, outcome = "withdrawn" }, { request_id = "fulfilled", type = "access", country = "DE", received_at = 2026-03-10T08:00:00Z, closed_at = 2026-03-12T00:00:00Z, outcome = "fulfilled" }, { request_id = "later_than_now", type = "access", country = "DE", received_at = 2026-03-10T08:00:00Z, closed_at = 2026-07-12T00:00:00Z, outcome = "withdrawn" }, { request_id = "backwards", type = "access", country = "DE", received_at = 2026-03-10T08:00:00Z, closed_at = 2026-03-09T00:00:00Z, outcome = "withdrawn" }, { request_id = "after_an_answer", type = "access", country = "DE", received_at = 2026-03-10T08:00:00Z, responded_at = 2026-03-10T08:00:00Z, closed_at = 2026-05-10T00:00:00Z, outcome = "withdrawn" }, { request_id = "on_a_holiday_of_a_part", type = "access", country = "GB", received_at = 2026-03-06T08:00:00Z, closed_at = 2026-04-07T20:00:00Z, outcome = "withdrawn" }, { request_id = "for_a_check_never_passed", type = "access", country = "DE", received_at = 2026-03-10T08:00:00Z, id_asked_at = 2026-03-12T08:00:00Z, closed_at = 2026-04-20T08:00:00Z, outcome = "withdrawn" }, { request_id = "answered_later_than_now", type = "access", country = "DE", received_at = 2026-03-10T08:00:00Z, responded_at = 2026-07-10T08:00:00Z, closed_at = 2026-03-12T00:00:00Z, outcome = "withdrawn" },
]
expect = { after_an_answer = { verdict = "compliant: withdrawn", met_at = 2026-03-10T08:00:00Z }, on_a_holiday_of_a_part = "indeterminate: holiday_in_doubt", for_a_check_never_passed = "indeterminate: pause_in_doubt", answered_later_than_now = "indeterminate: in_the_future", on_the_last_day = { verdict = "compliant: withdrawn", due_at = 2026-04-10T23:59:59.999999Z, met_at = 2026-04-10T23:59:59Z }, a_day_later = { verdict = "violation: withdrawn_late", due_at = 2026-04-10T23:59:59.999999Z, met_at = 2026-04-11T00:00:00Z }, fulfilled = "violation: overdue", later_than_now = "indeterminate: in_the_future", backwards = "indeterminate: ends_before_start" }
[to_the_last_moment]
given.requests = [
    { request_id = "of_the_last_day", account_id = "a", type = "access", country = "DE", received_at = 2026-03-10T08:00:00Z, responded_at = 2026-04-10T23:59:59.999999Z }, { request_id = "of_the_day_after_a_holiday_of_a_part", type = "access", country = "GB", received_at = 2026-03-06T08:00:00Z, responded_at = 2026-04-07T23:59:59.999999Z }, { request_id = "of_a_pause_asked_for_late", type = "access", country = "DE", received_at = 2026-03-10T08:00:00Z, id_asked_at = 2026-03-18T08:00:00Z, id_verified_at = 2026-03-21T08:00:00Z, responded_at = 2026-04-13T23:59:59.999999Z }, { request_id = "open_and_asked_for_late", type = "access", country = "DE", received_at = 2026-05-10T08:00:00Z, id_asked_at = 2026-05-20T08:00:00Z, id_verified_at = 2026-06-09T08:00:00Z }, { request_id = "asked_on_the_seventh_day", type = "access", country = "DE", received_at = 2026-05-10T08:00:00Z, id_asked_at = 2026-05-17T08:00:00Z }, { request_id = "asked_at_once", type = "access", country = "DE", received_at = 2026-05-10T08:00:00Z, id_asked_at = 2026-05-10T08:00:00Z }, { request_id = "closed_while_waiting", type = "access", country = "DE", received_at = 2026-05-10T08:00:00Z, id_asked_at = 2026-05-11T08:00:00Z, closed_at = 2026-06-29T08:00:00Z }, { request_id = "asked_again_on_the_last_day", type = "access", country = "DE", received_at = 2026-03-10T08:00:00Z }, { request_id = "asked_again_after_it", type = "access", country = "DE", received_at = 2026-03-10T08:00:00Z },
]
given.request_events = [
    { request_id = "asked_again_on_the_last_day", seq = 1, event = "clarification_asked", occurred_at = 2026-03-11T08:00:00Z }, { request_id = "asked_again_on_the_last_day", seq = 2, event = "clarified", occurred_at = 2026-03-14T08:00:00Z }, { request_id = "asked_again_on_the_last_day", seq = 3, event = "clarification_asked", occurred_at = 2026-04-13T08:00:00Z }, { request_id = "asked_again_after_it", seq = 1, event = "clarification_asked", occurred_at = 2026-03-11T08:00:00Z }, { request_id = "asked_again_after_it", seq = 2, event = "clarified", occurred_at = 2026-03-14T08:00:00Z }, { request_id = "asked_again_after_it", seq = 3, event = "clarification_asked", occurred_at = 2026-04-14T08:00:00Z },
]
expect = { of_the_last_day = { verdict = "compliant: in_time", event_at = 2026-04-10T23:59:59.999999Z, account = "a", country = "DE" }, of_the_day_after_a_holiday_of_a_part = "indeterminate: holiday_in_doubt", of_a_pause_asked_for_late = "indeterminate: pause_in_doubt", open_and_asked_for_late = "indeterminate: pause_in_doubt", asked_on_the_seventh_day = "pending: waiting_for_proof", asked_at_once = "pending: waiting_for_proof", closed_while_waiting = "indeterminate: pause_in_doubt", asked_again_on_the_last_day = "indeterminate: pause_in_doubt", asked_again_after_it = "violation: overdue" }
[at_the_instant_of_judgement]
as_of = 2026-04-07T23:59:59.999999Z
parameters = { ask_days = 40 }
given.requests = [{ request_id = "asked_on_its_last_day", type = "access", country = "DE", received_at = 2026-03-07T08:00:00Z, id_asked_at = 2026-04-07T09:00:00Z }, { request_id = "received", type = "access", country = "DE", received_at = 2026-04-07T23:59:59.999999Z }, { request_id = "answered", type = "access", country = "DE", received_at = 2026-03-20T08:00:00Z, responded_at = 2026-04-07T23:59:59.999999Z }, { request_id = "day_after_a_holiday_of_a_part", type = "access", country = "GB", received_at = 2026-03-06T08:00:00Z }]
expect = { asked_on_its_last_day = { verdict = "pending: waiting_for_proof", due_at = 2026-04-07T23:59:59.999999Z }, received = "pending: not_yet_due", answered = "compliant: in_time", day_after_a_holiday_of_a_part = "indeterminate: holiday_in_doubt" }
[what_comes_after_the_answer_or_the_closing_proves_nothing]
given.requests = [
    { request_id = "answered", type = "access", country = "DE", received_at = 2026-03-02T08:00:00Z, id_asked_at = 2026-03-04T08:00:00Z, id_verified_at = 2026-05-20T08:00:00Z, responded_at = 2026-04-20T08:00:00Z }, { request_id = "clarified", type = "access", country = "DE", received_at = 2026-03-02T08:00:00Z, responded_at = 2026-04-20T08:00:00Z }, { request_id = "closed", type = "access", country = "DE", received_at = 2026-03-02T08:00:00Z, id_asked_at = 2026-03-04T08:00:00Z, id_verified_at = 2026-06-20T08:00:00Z, closed_at = 2026-03-20T08:00:00Z }, { request_id = "proven_in_time", type = "access", country = "GB", received_at = 2026-03-02T08:00:00Z, id_asked_at = 2026-03-04T08:00:00Z, id_verified_at = 2026-04-20T08:00:00Z, responded_at = 2026-04-20T08:00:00Z }, { request_id = "a_microsecond_after_it", type = "access", country = "GB", received_at = 2026-03-02T08:00:00Z, id_asked_at = 2026-03-04T08:00:00Z, id_verified_at = 2026-04-20T08:00:00.000001Z, responded_at = 2026-04-20T08:00:00Z },
]
given.request_events = [{ request_id = "clarified", seq = 1, event = "clarification_asked", occurred_at = 2026-03-04T08:00:00Z }, { request_id = "clarified", seq = 2, event = "clarified", occurred_at = 2026-05-20T08:00:00Z }]
expect = { answered = { verdict = "indeterminate: pause_in_doubt", due_at = 2026-04-02T23:59:59.999999Z }, clarified = "indeterminate: pause_in_doubt", closed = "violation: overdue", proven_in_time = "compliant: in_time", a_microsecond_after_it = "indeterminate: pause_in_doubt" }
[what_was_told_of_the_request_that_it_became_part_of]
given.accounts = [{ account_id = "a" }]
given.requests = [
    { request_id = "one", account_id = "a", type = "access", country = "DE", received_at = 2026-03-02T08:00:00Z, extended_at = 2026-03-10T08:00:00Z, extension_reason = "complex", responded_at = 2026-05-25T08:00:00Z }, { request_id = "its_double", account_id = "a", type = "access", country = "DE", received_at = 2026-03-10T08:00:00Z, merged_into = "one" }, { request_id = "open", account_id = "a", type = "access", country = "DE", received_at = 2026-05-02T08:00:00Z, extended_at = 2026-05-06T08:00:00Z, extension_reason = "complex" }, { request_id = "of_the_open", account_id = "a", type = "access", country = "DE", received_at = 2026-05-06T08:00:00Z, merged_into = "open" },
]
expect = { one = "compliant: in_time", its_double = "compliant: in_time", open = "pending: not_yet_due", of_the_open = "pending: not_yet_due" }
[equivalent]
"own: max(to_day) → min(to_day)" = "a place has a second row only where several laws are set, and then its requests are in by their own"
"judged: due_at >= $as_of → true" = "while what was asked for has not come the last day moves on with the instant of judgement"
*/
