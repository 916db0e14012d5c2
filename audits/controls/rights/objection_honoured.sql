/*
id         = "objection_honoured"
title      = "Processing is stopped while an objection is considered, and after it was upheld"
short      = "Objections honoured"
rule       = """
From the receipt of an objection until it is refused, and for good once it is upheld, nothing goes on with data of that person on legitimate
interests, and no newsletter or promotion is sent. An objection that was refused lets processing go on from when the person was told so; one to
marketing is never refused. Whether one to newsletters is also one to promotions, or the other way round, cannot be told, and so of consents. To one that names nothing belongs marketing too: what is sent after its refusal cannot be told. What was agreed to anew
since is kept; a request to withdraw that consent ends it when it is fulfilled, and from its receipt on it is in doubt. Of one that was upheld in part, or handed on, nobody can tell to what more it stands once it was answered; what became part of another
ends as that does. The clock has the grace of the day of receipt: processing that ends by the end of that day is kept. What went on is open until it
ended, and an end that lies after what the export can know is a plan; a message is over when it was sent. Of an objection to a purpose, processing
that clearly serves another (running, securing or paying for the service, legal claims; to marketing, also research, statistics and improving) is left
out, as is another letter of a policy's list. Whether a letter and a word mean the same nobody can tell, but of marketing, where the text says which
letters are that. A parent asks for the child, and so does whoever names one."""
maps_to    = ["GDPR 18(1)(b)", "GDPR 21(1)", "GDPR 21(3)"]
severity   = "high"
remedy     = "Stop the processing that was objected to"
tables.requests = ["type", "received_at", "responded_at", "outcome", "account_id", "closed_at??", "purpose?", "requester_role?", "child_account_id?", "merged_into?"]
tables.processing_activities = ["account_id", "legal_basis", "started_at", "ended_at", "purpose??"]
tables.messages = ["account_id", "kind", "sent_at"]
tables.consents = ["account_id", "purpose", "given_at", "withdrawn_at??"]
exact.requests = ["received_at", "responded_at", "closed_at"]
absent.requests = { requester_role = "whoever asks does so in their own right", child_account_id = "no child is named", purpose = "it is to nothing in particular", merged_into = "no request became part of another" }
dimensions = ["channel"]
parameters.promotional_purposes = { type = "words", of = "purpose", needed = false }
inject.goes_on = { "+processing_activities" = { activity_id = "'selftest-' || record_id", account_id = "account_id", legal_basis = "'legitimate_interest'", purpose = "null", started_at = "event_at - interval 1 day" }, where = "outcome = 'fulfilled' or outcome is null" }
inject.written_to_again = { requests = { purpose = "'marketing'" }, "+messages" = { message_id = "'selftest-' || record_id", account_id = "account_id", kind = "'promotion'", sent_at = "start_of_day(event_at::date + 1)" }, where = "outcome = 'fulfilled' and event_at < as_of - to_days(3)" }
[reasons]
stopped       = "nothing went on"
went_on       = "processing on legitimate interests went on, and for no clearly other purpose than it was to"
partly        = "something went on after the answer, and whether it belongs to the part that was upheld, or was handed on, is not recorded"
letter_or_word = "processing on legitimate interests went on, and whether for what the objection was to cannot be told: one is a letter of a list, or they are newsletters and promotions"
written_to    = "a newsletter or promotion was sent"
refused       = "an objection to marketing was refused"
refused_when  = "something went on, and when the objection was refused or taken back, or whether it was refused before that, is not recorded"
maybe_marketing = "a newsletter or promotion was sent after the refusal, and whether it was to marketing is not recorded"
other_kind    = "a newsletter or promotion was sent, and the objection was to the other of the two"
consent_in_doubt = "a newsletter or promotion was sent after a new consent that was to the other of newsletters and promotions, or that the person asked to withdraw, and whether it still stood for this cannot be told"
child_unknown = "a parent asks, and for which child is not recorded"
no_receipt    = "the day of receipt is not recorded"
in_the_future = "it was received after the instant of judgement"
export_ends_before_due = "processing went on as far as the export reaches, which is not up to when it had to stop"
[de]
title    = "Während ein Widerspruch geprüft wird und nachdem ihm stattgegeben wurde, ruht die Verarbeitung"
short    = "Widersprüche beachtet"
rule     = """
Vom Eingang eines Widerspruchs bis zu seiner Zurückweisung, und für immer, sobald ihm stattgegeben ist, läuft mit Daten der Person nichts aus
berechtigtem Interesse, und kein Newsletter und keine Werbung wird gesendet. Nach einer Zurückweisung darf die Verarbeitung weiterlaufen, ab wann
sie der Person mitgeteilt wurde; ein Widerspruch gegen Werbung wird nie zurückgewiesen. Ob einer gegen Newsletter auch Angeboten gilt oder umgekehrt, ist nicht entscheidbar, ebenso bei Einwilligungen. Zu einem, der nichts nennt, gehört auch Werbung: Was nach
seiner Zurückweisung gesendet wird, ist nicht entscheidbar. Worin seither neu eingewilligt wurde, ist eingehalten; eine Anfrage auf Widerruf beendet
die Einwilligung mit ihrer Erfüllung, ab dem Eingang ist sie zweifelhaft. Bei einem, dem zum Teil stattgegeben oder der weitergeleitet wurde, ist
nach der Antwort nicht entscheidbar, wofür er noch gilt; was in einem anderen aufging, endet wie dieser. Der Tag des Eingangs ist Kulanz:
Verarbeitung, die bis zu seinem Ende endet, ist eingehalten. Was weiterlief, ist offen bis zu seinem Ende, und ein Ende nach dem, was der Export
wissen kann, ist ein Plan; eine Nachricht ist mit dem Senden vorbei. Beim Widerspruch gegen einen Zweck bleibt Verarbeitung, die eindeutig einem
anderen dient (den Dienst betreiben, sichern oder abrechnen, Rechtsansprüche; bei Werbung auch Forschung, Statistik und Verbesserung), außer
Betracht, ebenso ein anderer Buchstabe der Liste einer Datenschutzerklärung. Ob Buchstabe und Wort dasselbe meinen, ist nicht entscheidbar, außer
bei Werbung, wo der Text sagt, welche Buchstaben das sind. Ein Elternteil fragt für das Kind an, ebenso wer eines nennt."""
remedy   = "Die Verarbeitung beenden, der widersprochen wurde"
[de.reasons]
stopped       = "nichts lief weiter"
went_on       = "die Verarbeitung aus berechtigtem Interesse lief weiter, und für keinen eindeutig anderen Zweck als den des Widerspruchs"
partly        = "etwas lief nach der Antwort weiter, und ob es zu dem Teil gehört, dem stattgegeben oder der weitergeleitet wurde, ist nicht erfasst"
letter_or_word = "die Verarbeitung aus berechtigtem Interesse lief weiter, und ob zu dem Zweck des Widerspruchs, ist nicht entscheidbar: einer ist ein Buchstabe einer Liste, oder es sind Newsletter und Angebote"
written_to    = "ein Newsletter oder Werbung wurde gesendet"
refused       = "ein Widerspruch gegen Werbung wurde zurückgewiesen"
refused_when  = "etwas lief weiter, und wann der Widerspruch zurückgewiesen oder zurückgenommen wurde oder ob er vorher zurückgewiesen wurde, ist nicht erfasst"
maybe_marketing = "ein Newsletter oder Werbung wurde nach der Zurückweisung gesendet, und ob der Widerspruch der Werbung galt, ist nicht erfasst"
other_kind    = "ein Newsletter oder Werbung wurde gesendet, und der Widerspruch galt dem anderen von beiden"
consent_in_doubt = "ein Newsletter oder Werbung wurde nach einer neuen Einwilligung gesendet, die dem anderen von Newsletter und Werbung galt oder um deren Widerruf die Person gebeten hat, und ob sie dafür noch bestand, ist nicht zu entscheiden"
child_unknown = "ein Elternteil fragt, und für welches Kind, ist nicht erfasst"
no_receipt    = "der Tag des Eingangs ist nicht erfasst"
in_the_future = "der Eingang liegt nach dem Stichtag"
export_ends_before_due = "die Verarbeitung lief, soweit der Export reicht, und er reicht nicht bis zu ihrem gebotenen Ende"
*/
with objections as (
    select * replace (case when requester_role = 'parent' then child_account_id else coalesce(child_account_id, account_id) end as account_id), start_of_day(received_at::date + 1) as stops_at,
           outcome in ('denied', 'withdrawn') as is_over, purpose in ('newsletter', 'promotion', 'marketing') or list_contains($promotional_purposes::varchar[], purpose) as is_to_marketing,
           case outcome when 'denied' then responded_at when 'withdrawn' then closed_at end as over_at,
           coalesce(over_at, 'infinity'::timestamptz) as until_at, outcome in ('partial', 'redirected') as is_partly
    from received_requests
    where type = 'objection' and requester_role is distinct from 'object'
),
processed as (
    select o.request_id, o.account_id,
           coalesce(p.purpose <> o.purpose and (len(p.purpose) = 1 or len(o.purpose) = 1), false)
               and not coalesce(o.is_to_marketing and (p.purpose in ('newsletter', 'promotion', 'marketing') or list_contains($promotional_purposes::varchar[], p.purpose)), false)
               or coalesce(p.purpose <> o.purpose and o.purpose in ('newsletter', 'promotion') and p.purpose in ('newsletter', 'promotion'), false) as is_unclear,
           min(greatest(p.started_at, o.stops_at)) filter (where least(p.ended_at, k.known_until) >= o.stops_at or p.started_at >= o.stops_at) as went_on_at,
           nullif(max(least(case when p.ended_at <= k.known_until then p.ended_at end, o.until_at, $as_of)), $as_of) as ended_at
    from objections as o
    join known_until as k on k.table_name = 'processing_activities'
    join processing_activities as p on p.account_id = o.account_id and p.legal_basis = 'legitimate_interest'
    where not coalesce(
        p.purpose <> o.purpose and (
            ((len(o.purpose) > 1 or o.is_to_marketing) and p.purpose in ('security', 'diagnostics', 'hosting', 'maintenance', 'backup', 'billing', 'payment', 'support', 'legal_claims', 'official_request'))
            or (o.is_to_marketing and p.purpose in ('research', 'statistics', 'improve'))
            or (len(p.purpose) = 1 and (len(o.purpose) = 1 or (o.is_to_marketing and not list_contains($promotional_purposes::varchar[], p.purpose))))
        ), false)
        and p.started_at < o.until_at and p.started_at <= $as_of and o.stops_at <= $as_of and o.until_at > o.stops_at
        and coalesce(case when p.ended_at <= k.known_until then p.ended_at end >= o.stops_at, true)
    group by o.request_id, o.account_id, is_unclear
),
-- What was sent to who had agreed to it since, for sure or perhaps.
agreed as (
    select o.request_id, m.message_id, bool_or(c.purpose in (m.kind, 'marketing') and coalesce(c.withdrawal_in_doubt_from > m.sent_at, true)) as is_sure
    from objections as o
    join messages as m on m.account_id = o.account_id
    join consent_ends as c on c.account_id = o.account_id and c.given_at > o.received_at and c.given_at <= m.sent_at and coalesce(c.withdrawn_at > m.sent_at, true)
    where c.purpose in ('newsletter', 'promotion', 'marketing')
    group by o.request_id, m.message_id
),
-- What was sent though nobody had surely agreed to it since, while the objection stood and after its refusal.
letters as (
    select o.request_id, o.account_id, m.sent_at, a.message_id is not null as may_be_agreed_to,
           m.sent_at < o.until_at and not may_be_agreed_to and coalesce(o.purpose not in ('newsletter', 'promotion') or o.purpose = m.kind, true) as is_while_it_stood
    from objections as o
    join messages as m on m.account_id = o.account_id and m.kind in ('newsletter', 'promotion')
    left join agreed as a on a.request_id = o.request_id and a.message_id = m.message_id
    where m.sent_at >= o.stops_at and m.sent_at <= $as_of and (o.purpose is null or o.is_to_marketing)
      and (m.sent_at < o.until_at or o.outcome = 'denied')
      and a.is_sure is distinct from true
),
-- The first is one that was surely not to be sent, if any was; the last may be in doubt.
sent as (
    select request_id, account_id, bool_or(is_while_it_stood) as is_while_it_stood, bool_or(may_be_agreed_to) as may_be_agreed_to,
           coalesce(min(sent_at) filter (where is_while_it_stood), min(sent_at)) as first_at,
           max(sent_at) as last_sent_at
    from letters
    group by request_id, account_id
),
judged as (
    select o.*, coalesce(p.went_on_at, s.first_at, u.went_on_at) as went_on_at, case when p.request_id is not null then p.ended_at when s.request_id is not null then s.last_sent_at else u.ended_at end as ended_at,
           case when o.received_at is null then 'no_receipt'
                when o.received_at > $as_of then 'in_the_future'
                when o.requester_role = 'parent' and o.account_id is null then 'child_unknown'
                when o.is_to_marketing and o.outcome = 'denied' and coalesce(o.over_at <= $as_of, true) then 'refused'
                when o.is_over and o.over_at is null and coalesce(p.request_id, u.request_id, s.request_id) is not null then 'refused_when'
                when o.outcome = 'withdrawn' and least(p.went_on_at, s.first_at) >= o.responded_at then 'refused_when'
                when o.is_partly and coalesce(least(p.went_on_at, s.first_at) >= o.responded_at, coalesce(p.went_on_at, s.first_at) is not null) then 'partly'
                when p.went_on_at is not null then 'went_on'
                when s.is_while_it_stood then 'written_to'
                when u.request_id is not null then 'letter_or_word'
                when p.request_id is not null then 'export_ends_before_due'
                when s.may_be_agreed_to then 'consent_in_doubt'
                when s.first_at is not null and o.is_to_marketing then 'other_kind'
                when s.first_at is not null then 'maybe_marketing'
                else 'stopped' end as reason
    from objections as o
    left join processed as p on p.request_id = o.request_id and p.account_id = o.account_id and not p.is_unclear
    left join processed as u on u.request_id = o.request_id and u.account_id = o.account_id and u.is_unclear
    left join sent as s on s.request_id = o.request_id and s.account_id = o.account_id
)
select request_id as record_id, account_id, country, coalesce(case when reason = 'refused' then over_at else went_on_at end, received_at) as event_at, null::timestamptz as due_at,
       case when reason = 'stopped' then 'compliant'
            when reason in ('went_on', 'written_to', 'refused') then 'violation'
            else 'indeterminate' end as verdict,
       reason,
       case when reason <> 'refused' then ended_at end as met_at, received_at, outcome, type, channel
from judged;

/* examples
as_of = 2026-06-30
[a_consent_that_was_withdrawn_again]
given.accounts = [{ account_id = "a", country = "DE" }]
given.requests = [{ request_id = "o", account_id = "a", type = "objection", purpose = "newsletter", received_at = 2026-03-01T08:00:00Z, closed_at = 2026-03-02T08:00:00Z, outcome = "fulfilled" }]
given.consents = [{ consent_id = "c", account_id = "a", purpose = "newsletter", given_at = 2026-04-01T08:00:00Z, withdrawn_at = 2026-04-10T08:00:00Z }]
given.messages = [{ message_id = "m", account_id = "a", kind = "newsletter", sent_at = 2026-05-01T08:00:00Z }]
given.processing_activities = []
given.opt_outs = []
expect = { o = "violation: written_to" }
[what_goes_on]
period = "2026-01"
given.requests = [
    { request_id = "quiet", account_id = "a", type = "objection", received_at = 2026-03-01T10:00:00Z, responded_at = 2026-03-10T10:00:00Z, outcome = "fulfilled" }, { request_id = "goes_on", account_id = "b", type = "objection", received_at = 2026-03-01T10:00:00Z, responded_at = 2026-03-10T10:00:00Z, outcome = "fulfilled" },
    { request_id = "refused", account_id = "c", type = "objection", received_at = 2026-03-01T10:00:00Z, responded_at = 2026-03-10T10:00:00Z, outcome = "denied" }, { request_id = "not_paused", account_id = "d", type = "objection", received_at = 2026-03-01T10:00:00Z, responded_at = 2026-03-10T10:00:00Z, outcome = "denied" },
    { request_id = "written_to", account_id = "e", type = "objection", received_at = 2026-03-01T10:00:00Z }, { request_id = "undated", account_id = "a", type = "objection" },
    { request_id = "future", account_id = "a", type = "objection", received_at = 2026-07-01T10:00:00Z },
    { request_id = "of_a_visitor", account_id = "b", requester_role = "object", type = "objection", received_at = 2026-03-01T10:00:00Z }, { request_id = "access", account_id = "b", type = "access", received_at = 2026-03-01T10:00:00Z }, { request_id = "whose", type = "objection", received_at = 2026-03-01T10:00:00Z }, { request_id = "on_the_day_itself", account_id = "f", type = "objection", received_at = 2026-03-01T10:00:00Z },
    { request_id = "refused_at_midnight", account_id = "d", type = "objection", received_at = 2026-03-01T10:00:00Z, responded_at = 2026-03-02T00:00:00Z, outcome = "denied" }, { request_id = "written_to_twice", account_id = "g", type = "objection", received_at = 2026-03-01T10:00:00Z }, { request_id = "two_things_go_on", account_id = "h", type = "objection", received_at = 2026-03-01T10:00:00Z }, { request_id = "went_on_past_the_refusal", account_id = "i", type = "objection", received_at = 2026-03-01T10:00:00Z, responded_at = 2026-03-10T10:00:00Z, outcome = "denied" },
]
given.processing_activities = [
    { activity_id = "1", account_id = "a", legal_basis = "legitimate_interest", started_at = 2025-03-01T00:00:00Z, ended_at = 2026-03-01T23:59:59Z }, { activity_id = "2", account_id = "a", legal_basis = "contract", started_at = 2025-03-01T00:00:00Z },
    { activity_id = "3", account_id = "b", legal_basis = "legitimate_interest", started_at = 2025-03-01T00:00:00Z, ended_at = 2026-03-02T00:00:00Z }, { activity_id = "4", account_id = "c", legal_basis = "legitimate_interest", started_at = 2026-03-10T10:00:00Z },
    { activity_id = "5", account_id = "d", legal_basis = "legitimate_interest", started_at = 2025-03-01T00:00:00Z },
    { activity_id = "6", account_id = "h", legal_basis = "legitimate_interest", started_at = 2025-03-01T00:00:00Z, ended_at = 2026-03-04T00:00:00Z }, { activity_id = "7", account_id = "h", legal_basis = "legitimate_interest", started_at = 2026-03-05T00:00:00Z, ended_at = 2026-03-07T00:00:00Z }, { activity_id = "8", account_id = "i", legal_basis = "legitimate_interest", started_at = 2025-03-01T00:00:00Z, ended_at = 2026-03-20T00:00:00Z },
]
given.messages = [{ message_id = "3", account_id = "f", kind = "promotion", sent_at = 2026-03-01T23:59:59Z }, { message_id = "4", account_id = "g", kind = "promotion", sent_at = 2026-03-03T00:00:00Z }, { message_id = "5", account_id = "g", kind = "promotion", sent_at = 2026-03-04T00:00:00Z }, { message_id = "1", account_id = "e", kind = "promotion", sent_at = 2026-03-02T00:00:00Z }, { message_id = "2", account_id = "a", kind = "service", sent_at = 2026-03-05T00:00:00Z }]
expect = { whose = "compliant: stopped", on_the_day_itself = "compliant: stopped", refused_at_midnight = "compliant: stopped", written_to_twice = { verdict = "violation: written_to", event_at = 2026-03-03T00:00:00Z, met_at = 2026-03-04T00:00:00Z }, two_things_go_on = { verdict = "violation: went_on", event_at = 2026-03-02T00:00:00Z, met_at = 2026-03-07T00:00:00Z }, went_on_past_the_refusal = { verdict = "violation: went_on", account = "i", scope = "later", event_at = 2026-03-02T00:00:00Z, met_at = 2026-03-10T10:00:00Z }, quiet = { verdict = "compliant: stopped", event_at = 2026-03-01T10:00:00Z }, goes_on = "violation: went_on", refused = "compliant: stopped", not_paused = "violation: went_on", written_to = "violation: written_to", undated = "indeterminate: no_receipt", future = "indeterminate: in_the_future" }
[an_end_that_was_planned_when_it_was_exported]
given.export_info = [{ exported_at = 2026-06-10T12:00:00Z }]
given.requests = [{ request_id = "on_its_day", account_id = "a", type = "objection", received_at = 2026-06-10T10:00:00Z }, { request_id = "the_day_before", account_id = "b", type = "objection", received_at = 2026-06-09T10:00:00Z }]
given.processing_activities = [{ activity_id = "1", account_id = "a", legal_basis = "legitimate_interest", started_at = 2025-03-01T00:00:00Z, ended_at = 2026-06-20T00:00:00Z }, { activity_id = "2", account_id = "b", legal_basis = "legitimate_interest", started_at = 2025-03-01T00:00:00Z, ended_at = 2026-06-20T00:00:00Z }]
expect = { on_its_day = "indeterminate: export_ends_before_due", the_day_before = "violation: went_on" }
[what_is_processed_was_exported_before_it_had_to_stop]
given.export_tables = [{ table_name = "processing_activities", covers_to = 2026-03-02T00:00:00Z }]
given.requests = [{ request_id = "on_its_day", account_id = "a", type = "objection", received_at = 2026-03-02T10:00:00Z }, { request_id = "the_day_before", account_id = "b", type = "objection", received_at = 2026-03-01T10:00:00Z }, { request_id = "begun_since", account_id = "c", type = "objection", received_at = 2026-03-02T10:00:00Z }, { request_id = "ended_since", account_id = "d", type = "objection", received_at = 2026-03-02T10:00:00Z }, { request_id = "ended_as_the_export_does", account_id = "e", type = "objection", received_at = 2026-03-01T10:00:00Z }]
given.processing_activities = [{ activity_id = "1", account_id = "a", legal_basis = "legitimate_interest", started_at = 2025-03-01T00:00:00Z }, { activity_id = "2", account_id = "b", legal_basis = "legitimate_interest", started_at = 2025-03-01T00:00:00Z }, { activity_id = "3", account_id = "c", legal_basis = "legitimate_interest", started_at = 2026-03-03T00:00:00Z }, { activity_id = "4", account_id = "d", legal_basis = "legitimate_interest", started_at = 2025-03-01T00:00:00Z, ended_at = 2026-03-04T00:00:00Z }, { activity_id = "5", account_id = "e", legal_basis = "legitimate_interest", started_at = 2025-03-01T00:00:00Z, ended_at = 2026-03-02T00:00:00Z }]
expect = { ended_as_the_export_does = { verdict = "violation: went_on", met_at = 2026-03-02T00:00:00Z }, on_its_day = "indeterminate: export_ends_before_due", the_day_before = "violation: went_on", begun_since = "violation: went_on", ended_since = "indeterminate: export_ends_before_due" }
[refused_and_nobody_knows_when]
given.requests = [{ request_id = "goes_on", account_id = "a", type = "objection", received_at = 2026-01-01T10:00:00Z, closed_at = 2026-04-02T10:00:00Z, outcome = "denied" }, { request_id = "written_to", account_id = "b", type = "objection", received_at = 2026-01-01T10:00:00Z, closed_at = 2026-04-02T10:00:00Z, outcome = "denied" }, { request_id = "quiet", account_id = "c", type = "objection", received_at = 2026-01-01T10:00:00Z, closed_at = 2026-04-02T10:00:00Z, outcome = "denied" }, { request_id = "taken_back", account_id = "a", type = "objection", received_at = 2026-01-01T10:00:00Z, closed_at = 2026-01-01T20:00:00Z, outcome = "withdrawn" }, { request_id = "taken_back_later", account_id = "a", type = "objection", received_at = 2026-01-01T10:00:00Z, closed_at = 2026-01-02T00:00:01Z, outcome = "withdrawn" }, { request_id = "answered_and_taken_back", account_id = "a", type = "objection", received_at = 2026-01-01T10:00:00Z, responded_at = 2026-01-01T20:00:00Z, closed_at = 2026-02-01T20:00:00Z, outcome = "withdrawn" }, { request_id = "taken_back_some_time", account_id = "a", type = "objection", received_at = 2026-01-01T10:00:00Z, outcome = "withdrawn" }, { request_id = "written_to_as_it_was_taken_back", account_id = "b", type = "objection", received_at = 2026-01-01T10:00:00Z, closed_at = 2026-02-01T10:00:00Z, outcome = "withdrawn" }, { request_id = "written_to_after_it", account_id = "b", type = "objection", received_at = 2026-01-01T10:00:00Z, closed_at = 2026-01-20T10:00:00Z, outcome = "withdrawn" }]
given.processing_activities = [{ activity_id = "1", account_id = "a", legal_basis = "legitimate_interest", started_at = 2025-01-01T00:00:00Z }]
given.messages = [{ message_id = "1", account_id = "b", kind = "promotion", sent_at = 2026-02-01T10:00:00Z }]
expect = { answered_and_taken_back = "indeterminate: refused_when", taken_back_some_time = "indeterminate: refused_when", written_to_as_it_was_taken_back = "compliant: stopped", written_to_after_it = "compliant: stopped", goes_on = "indeterminate: refused_when", written_to = "indeterminate: refused_when", quiet = "compliant: stopped", taken_back = "compliant: stopped", taken_back_later = "violation: went_on" }
[answered_before_it_was_taken_back]
given.requests = [
    { request_id = "since_the_answer", account_id = "a", type = "objection", received_at = 2026-01-01T10:00:00Z, responded_at = 2026-01-10T10:00:00Z, closed_at = 2026-03-01T10:00:00Z, outcome = "withdrawn" },
    { request_id = "before_the_answer", account_id = "a", type = "objection", received_at = 2026-01-01T10:00:00Z, responded_at = 2026-01-10T10:00:00.000001Z, closed_at = 2026-03-01T10:00:00Z, outcome = "withdrawn" },
    { request_id = "written_to_before", account_id = "b", type = "objection", received_at = 2026-01-01T10:00:00Z, responded_at = 2026-01-15T10:00:00Z, closed_at = 2026-03-01T10:00:00Z, outcome = "withdrawn" },
]
given.processing_activities = [{ activity_id = "1", account_id = "a", legal_basis = "legitimate_interest", started_at = 2026-01-10T10:00:00Z }, { activity_id = "2", account_id = "b", legal_basis = "legitimate_interest", started_at = 2026-02-01T00:00:00Z }]
given.messages = [{ message_id = "1", account_id = "b", kind = "promotion", sent_at = 2026-01-12T10:00:00Z }]
given.consents = []
expect = { since_the_answer = "indeterminate: refused_when", before_the_answer = "violation: went_on", written_to_before = "violation: went_on" }
[to_marketing]
given.export_info = [{ exported_at = 2026-07-31T00:00:00Z }]
given.requests = [
    { request_id = "refused", account_id = "z", purpose = "marketing", type = "objection", received_at = 2026-01-01T10:00:00Z, responded_at = 2026-01-10T10:00:00Z, outcome = "denied" }, { request_id = "refused_later", account_id = "z", purpose = "newsletter", type = "objection", received_at = 2026-01-01T10:00:00Z, responded_at = 2026-07-10T10:00:00Z, outcome = "denied" },
    { request_id = "to_something_else", account_id = "a", purpose = "profiling", type = "objection", received_at = 2026-01-01T10:00:00Z, responded_at = 2026-01-10T10:00:00Z, outcome = "denied" }, { request_id = "to_nothing_named", account_id = "a", type = "objection", received_at = 2026-01-01T10:00:00Z, responded_at = 2026-01-10T10:00:00Z, outcome = "denied" },
    { request_id = "before_the_refusal", account_id = "b", type = "objection", received_at = 2026-01-01T10:00:00Z, responded_at = 2026-01-10T10:00:00Z, outcome = "denied" },
    { request_id = "refused_a_newsletter", account_id = "z", purpose = "newsletter", type = "objection", received_at = 2026-01-01T10:00:00Z, responded_at = 2026-01-10T10:00:00Z, outcome = "denied" }, { request_id = "refused_promotion", account_id = "z", purpose = "promotion", type = "objection", received_at = 2026-01-01T10:00:00Z, outcome = "denied" }, { request_id = "written_to", account_id = "a", purpose = "marketing", type = "objection", received_at = 2026-01-01T10:00:00Z }, { request_id = "before_and_after_the_refusal", account_id = "d", type = "objection", received_at = 2026-01-01T10:00:00Z, responded_at = 2026-01-10T10:00:00Z, outcome = "denied" },
    { request_id = "after_as_of", account_id = "c", type = "objection", received_at = 2026-01-01T10:00:00Z, responded_at = 2026-01-10T10:00:00Z, outcome = "denied" },
]
given.messages = [
    { message_id = "1", account_id = "a", kind = "newsletter", sent_at = 2026-01-10T10:00:00Z }, { message_id = "2", account_id = "b", kind = "newsletter", sent_at = 2026-01-10T09:59:59Z }, { message_id = "3", account_id = "c", kind = "newsletter", sent_at = 2026-07-01T00:00:00Z }, { message_id = "4", account_id = "d", kind = "newsletter", sent_at = 2026-01-05T00:00:00Z }, { message_id = "5", account_id = "d", kind = "newsletter", sent_at = 2026-01-15T00:00:00Z },
]
expect = { refused_a_newsletter = "violation: refused", refused_promotion = "violation: refused", written_to = "violation: written_to", before_and_after_the_refusal = "violation: written_to", refused = { verdict = "violation: refused", event_at = 2026-01-10T10:00:00Z }, refused_later = "compliant: stopped", to_something_else = "compliant: stopped", to_nothing_named = "indeterminate: maybe_marketing", before_the_refusal = "violation: written_to", after_as_of = "compliant: stopped" }
[of_another_purpose]
given.requests = [
    { request_id = "to_marketing", account_id = "runs", purpose = "newsletter", type = "objection", received_at = 2026-01-01T10:00:00Z }, { request_id = "marketing_goes_on", account_id = "sells", purpose = "newsletter", type = "objection", received_at = 2026-01-01T10:00:00Z },
    { request_id = "to_nothing_named", account_id = "runs", type = "objection", received_at = 2026-01-01T10:00:00Z }, { request_id = "to_just_that", account_id = "runs", purpose = "security", type = "objection", received_at = 2026-01-01T10:00:00Z },
    { request_id = "to_counting", account_id = "counts", purpose = "profiling", type = "objection", received_at = 2026-01-01T10:00:00Z }, { request_id = "counting_is_no_marketing", account_id = "counts", purpose = "marketing", type = "objection", received_at = 2026-01-01T10:00:00Z },
    { request_id = "a_letter", account_id = "letter", purpose = "marketing", type = "objection", received_at = 2026-01-01T10:00:00Z }, { request_id = "profiling", account_id = "profiled", purpose = "marketing", type = "objection", received_at = 2026-01-01T10:00:00Z },
]
given.processing_activities = [
    { activity_id = "1", account_id = "runs", purpose = "security", legal_basis = "legitimate_interest", started_at = 2025-01-01T00:00:00Z }, { activity_id = "2", account_id = "sells", purpose = "marketing", legal_basis = "legitimate_interest", started_at = 2025-01-01T00:00:00Z },
    { activity_id = "3", account_id = "counts", purpose = "statistics", legal_basis = "legitimate_interest", started_at = 2025-01-01T00:00:00Z }, { activity_id = "4", account_id = "letter", purpose = "a", legal_basis = "legitimate_interest", started_at = 2025-01-01T00:00:00Z },
    { activity_id = "diagnostics", account_id = "runs", purpose = "diagnostics", legal_basis = "legitimate_interest", started_at = 2025-01-01T00:00:00Z }, { activity_id = "hosting", account_id = "runs", purpose = "hosting", legal_basis = "legitimate_interest", started_at = 2025-01-01T00:00:00Z }, { activity_id = "maintenance", account_id = "runs", purpose = "maintenance", legal_basis = "legitimate_interest", started_at = 2025-01-01T00:00:00Z }, { activity_id = "backup", account_id = "runs", purpose = "backup", legal_basis = "legitimate_interest", started_at = 2025-01-01T00:00:00Z }, { activity_id = "billing", account_id = "runs", purpose = "billing", legal_basis = "legitimate_interest", started_at = 2025-01-01T00:00:00Z }, { activity_id = "payment", account_id = "runs", purpose = "payment", legal_basis = "legitimate_interest", started_at = 2025-01-01T00:00:00Z }, { activity_id = "support", account_id = "runs", purpose = "support", legal_basis = "legitimate_interest", started_at = 2025-01-01T00:00:00Z }, { activity_id = "legal_claims", account_id = "runs", purpose = "legal_claims", legal_basis = "legitimate_interest", started_at = 2025-01-01T00:00:00Z }, { activity_id = "official_request", account_id = "runs", purpose = "official_request", legal_basis = "legitimate_interest", started_at = 2025-01-01T00:00:00Z }, { activity_id = "research", account_id = "counts", purpose = "research", legal_basis = "legitimate_interest", started_at = 2025-01-01T00:00:00Z }, { activity_id = "improve", account_id = "counts", purpose = "improve", legal_basis = "legitimate_interest", started_at = 2025-01-01T00:00:00Z },
    { activity_id = "5", account_id = "profiled", purpose = "profiling", legal_basis = "legitimate_interest", started_at = 2025-01-01T00:00:00Z },
]
expect = { to_marketing = "compliant: stopped", marketing_goes_on = "violation: went_on", to_nothing_named = "violation: went_on", to_just_that = "violation: went_on", to_counting = "violation: went_on", counting_is_no_marketing = "compliant: stopped", a_letter = "indeterminate: letter_or_word", profiling = "violation: went_on" }
[agreed_to_again]
given.consents = [
    { consent_id = "1", account_id = "a", purpose = "newsletter", given_at = 2026-03-01T10:00:00Z }, { consent_id = "2", account_id = "b", purpose = "newsletter", given_at = 2026-03-01T10:00:01Z }, { consent_id = "3", account_id = "c", purpose = "marketing", given_at = 2026-02-01T10:00:00Z, withdrawn_at = 2026-03-01T10:00:00Z },
    { consent_id = "7", account_id = "g", purpose = "promotion", given_at = 2026-02-01T10:00:00Z }, { consent_id = "8", account_id = "h", purpose = "marketing", given_at = 2026-02-01T10:00:00Z }, { consent_id = "4", account_id = "d", purpose = "promotion", given_at = 2026-01-01T10:00:00Z }, { consent_id = "5", account_id = "e", purpose = "surveys", given_at = 2026-02-01T10:00:00Z }, { consent_id = "6", account_id = "nobody", purpose = "marketing", given_at = 2026-02-01T10:00:00Z },
]
given.messages = [
    { message_id = "1", account_id = "a", kind = "newsletter", sent_at = 2026-03-01T10:00:00Z }, { message_id = "2", account_id = "b", kind = "newsletter", sent_at = 2026-03-01T10:00:00Z }, { message_id = "3", account_id = "c", kind = "newsletter", sent_at = 2026-03-01T10:00:00Z },
    { message_id = "4", account_id = "d", kind = "newsletter", sent_at = 2026-03-01T10:00:00Z }, { message_id = "5", account_id = "e", kind = "newsletter", sent_at = 2026-03-01T10:00:00Z }, { message_id = "6", account_id = "f", kind = "newsletter", sent_at = 2026-03-01T10:00:00Z }, { message_id = "7", account_id = "g", kind = "promotion", sent_at = 2026-03-01T10:00:00Z }, { message_id = "8", account_id = "h", kind = "newsletter", sent_at = 2026-03-01T10:00:00Z },
]
given.requests = [
    { request_id = "before", account_id = "a", type = "objection", received_at = 2026-01-01T10:00:00Z, outcome = "fulfilled" }, { request_id = "too_late", account_id = "b", type = "objection", received_at = 2026-01-01T10:00:00Z, outcome = "fulfilled" },
    { request_id = "withdrawn_again", account_id = "c", type = "objection", received_at = 2026-01-01T10:00:00Z, outcome = "fulfilled" }, { request_id = "given_before", account_id = "d", type = "objection", received_at = 2026-01-01T10:00:00Z, outcome = "fulfilled" },
    { request_id = "to_promotion", account_id = "g", type = "objection", received_at = 2026-01-01T10:00:00Z, outcome = "fulfilled" }, { request_id = "to_marketing", account_id = "h", type = "objection", received_at = 2026-01-01T10:00:00Z, outcome = "fulfilled" }, { request_id = "to_something_else", account_id = "e", type = "objection", received_at = 2026-01-01T10:00:00Z, outcome = "fulfilled" }, { request_id = "anothers", account_id = "f", type = "objection", received_at = 2026-01-01T10:00:00Z, outcome = "fulfilled" },
]
expect = { to_promotion = "compliant: stopped", to_marketing = "compliant: stopped", before = "compliant: stopped", too_late = "violation: written_to", withdrawn_again = "violation: written_to", given_before = "violation: written_to", to_something_else = "violation: written_to", anothers = "violation: written_to" }
[to_the_other_of_newsletters_and_promotions]
period = "2026-03"
given.requests = [
    { request_id = "to_news", account_id = "a", type = "objection", purpose = "newsletter", received_at = 2026-01-01T10:00:00Z }, { request_id = "to_offers", account_id = "a", type = "objection", purpose = "promotion", received_at = 2026-01-01T10:00:00Z },
    { request_id = "to_all", account_id = "a", type = "objection", purpose = "marketing", received_at = 2026-01-01T10:00:00Z }, { request_id = "news_after_an_offer", account_id = "b", type = "objection", purpose = "newsletter", received_at = 2026-01-01T10:00:00Z },
    { request_id = "offered_who_wanted_news", account_id = "c", type = "objection", purpose = "promotion", received_at = 2026-01-01T10:00:00Z }, { request_id = "news_without_and_offered_with", account_id = "e", type = "objection", purpose = "promotion", received_at = 2026-01-01T10:00:00Z }, { request_id = "not_sent_while_it_stood", account_id = "d", type = "objection", purpose = "newsletter", received_at = 2026-01-01T10:00:00Z, closed_at = 2026-02-01T10:00:00Z, outcome = "withdrawn" },
]
given.consents = [{ consent_id = "1", account_id = "c", purpose = "newsletter", given_at = 2026-02-01T10:00:00Z }, { consent_id = "2", account_id = "e", purpose = "promotion", given_at = 2026-02-01T10:00:00Z }]
given.messages = [
    { message_id = "1", account_id = "a", kind = "promotion", sent_at = 2026-03-01T10:00:00Z }, { message_id = "2", account_id = "b", kind = "promotion", sent_at = 2026-03-01T10:00:00Z },
    { message_id = "3", account_id = "b", kind = "newsletter", sent_at = 2026-03-02T10:00:00Z }, { message_id = "4", account_id = "b", kind = "promotion", sent_at = 2026-03-03T10:00:00Z },
    { message_id = "7", account_id = "a", kind = "promotion", sent_at = 2026-03-05T10:00:00Z }, { message_id = "5", account_id = "c", kind = "promotion", sent_at = 2026-03-01T10:00:00Z }, { message_id = "8", account_id = "e", kind = "newsletter", sent_at = 2026-03-01T10:00:00Z }, { message_id = "9", account_id = "e", kind = "newsletter", sent_at = 2026-01-20T10:00:00Z }, { message_id = "6", account_id = "d", kind = "promotion", sent_at = 2026-03-01T10:00:00Z },
]
expect = { to_news = { verdict = "indeterminate: other_kind", event_at = 2026-03-01T10:00:00Z, met_at = 2026-03-05T10:00:00Z, scope = "period" }, to_offers = "violation: written_to", to_all = "violation: written_to", news_after_an_offer = { verdict = "violation: written_to", event_at = 2026-03-02T10:00:00Z, met_at = 2026-03-03T10:00:00Z }, offered_who_wanted_news = "indeterminate: consent_in_doubt", news_without_and_offered_with = "indeterminate: consent_in_doubt", not_sent_while_it_stood = "compliant: stopped" }
[to_a_letter_that_is_marketing]
parameters = { promotional_purposes = ["e", "f"] }
given.requests = [
    { request_id = "refused", account_id = "z", type = "objection", purpose = "e", received_at = 2026-01-01T10:00:00Z, responded_at = 2026-01-10T10:00:00Z, outcome = "denied" }, { request_id = "written_to", account_id = "a", type = "objection", purpose = "e", received_at = 2026-01-01T10:00:00Z },
    { request_id = "a_newsletter_is_made", account_id = "b", type = "objection", purpose = "f", received_at = 2026-01-01T10:00:00Z }, { request_id = "secured", account_id = "c", type = "objection", purpose = "e", received_at = 2026-01-01T10:00:00Z },
    { request_id = "hosted", account_id = "d", type = "objection", purpose = "a", received_at = 2026-01-01T10:00:00Z }, { request_id = "another_letter", account_id = "z", type = "objection", purpose = "a", received_at = 2026-01-01T10:00:00Z, responded_at = 2026-01-10T10:00:00Z, outcome = "denied" },
    { request_id = "offers_are_made", account_id = "b", type = "objection", purpose = "promotion", received_at = 2026-01-01T10:00:00Z }, { request_id = "the_same_letters", account_id = "b", type = "objection", purpose = "newsletter", received_at = 2026-01-01T10:00:00Z },
    { request_id = "offers_for_a_letter", account_id = "g", type = "objection", purpose = "f", received_at = 2026-01-01T10:00:00Z }, { request_id = "marketing_for_a_letter", account_id = "f", type = "objection", purpose = "f", received_at = 2026-01-01T10:00:00Z },
    { request_id = "secured_and_profiled", account_id = "c", type = "objection", purpose = "profiling", received_at = 2026-01-01T10:00:00Z }, { request_id = "one_letter_and_another", account_id = "h", type = "objection", purpose = "a", received_at = 2026-01-01T10:00:00Z },
    { request_id = "marketing_is_made", account_id = "f", type = "objection", purpose = "newsletter", received_at = 2026-01-01T10:00:00Z },
    { request_id = "news_for_offers", account_id = "g", type = "objection", purpose = "newsletter", received_at = 2026-01-01T10:00:00Z },
]
given.messages = [{ message_id = "1", account_id = "a", kind = "newsletter", sent_at = 2026-02-01T10:00:00Z }]
given.processing_activities = [
    { activity_id = "1", account_id = "b", legal_basis = "legitimate_interest", purpose = "newsletter", started_at = 2025-01-01T00:00:00Z }, { activity_id = "2", account_id = "c", legal_basis = "legitimate_interest", purpose = "security", started_at = 2025-01-01T00:00:00Z },
    { activity_id = "3", account_id = "d", legal_basis = "legitimate_interest", purpose = "hosting", started_at = 2025-01-01T00:00:00Z }, { activity_id = "4", account_id = "f", legal_basis = "legitimate_interest", purpose = "marketing", started_at = 2025-01-01T00:00:00Z }, { activity_id = "5", account_id = "g", legal_basis = "legitimate_interest", purpose = "promotion", started_at = 2025-01-01T00:00:00Z }, { activity_id = "6", account_id = "h", legal_basis = "legitimate_interest", purpose = "b", started_at = 2025-01-01T00:00:00Z },
]
expect = { offers_for_a_letter = "violation: went_on", marketing_for_a_letter = "violation: went_on", secured_and_profiled = "compliant: stopped", one_letter_and_another = "compliant: stopped", refused = "violation: refused", written_to = "violation: written_to", a_newsletter_is_made = "violation: went_on", secured = "compliant: stopped", hosted = "indeterminate: letter_or_word", another_letter = "compliant: stopped", offers_are_made = "indeterminate: letter_or_word", the_same_letters = "violation: went_on", marketing_is_made = "violation: went_on", news_for_offers = "indeterminate: letter_or_word" }
[at_the_very_instant_of_judgement]
as_of = 2026-07-05T12:00:00Z
given.export_info = [{ exported_at = 2026-07-02T04:00:00Z }]
given.requests = [
    { request_id = "written_to", account_id = "a", type = "objection", received_at = 2026-01-01T10:00:00Z }, { request_id = "begun", account_id = "b", type = "objection", received_at = 2026-01-01T10:00:00Z }, { request_id = "to_begin", account_id = "c", type = "objection", received_at = 2026-01-01T10:00:00Z },
    { request_id = "an_end_that_is_a_plan", account_id = "d", type = "objection", received_at = 2026-07-02T01:00:00Z }, { request_id = "ended_with_the_export", account_id = "f", type = "objection", received_at = 2026-07-02T01:00:00Z }, { request_id = "ended_as_it_was_exported", account_id = "e", type = "objection", received_at = 2026-07-01T01:00:00Z },
]
given.messages = [{ message_id = "1", account_id = "a", kind = "newsletter", sent_at = 2026-07-05T12:00:00Z }]
given.processing_activities = [
    { activity_id = "1", account_id = "b", legal_basis = "legitimate_interest", started_at = 2026-07-05T12:00:00Z }, { activity_id = "2", account_id = "c", legal_basis = "legitimate_interest", started_at = 2026-07-05T12:00:00.000001Z },
    { activity_id = "3", account_id = "d", legal_basis = "legitimate_interest", started_at = 2025-01-01T00:00:00Z, ended_at = 2026-07-02T20:00:00Z }, { activity_id = "4", account_id = "e", legal_basis = "legitimate_interest", started_at = 2025-01-01T00:00:00Z, ended_at = 2026-07-01T20:00:00Z }, { activity_id = "5", account_id = "f", legal_basis = "legitimate_interest", started_at = 2025-01-01T00:00:00Z, ended_at = 2026-07-02T04:00:00Z },
]
expect = { ended_with_the_export = "compliant: stopped", written_to = { verdict = "violation: written_to", met_at = 2026-07-05T12:00:00Z }, begun = "violation: went_on", to_begin = "compliant: stopped", an_end_that_is_a_plan = "indeterminate: export_ends_before_due", ended_as_it_was_exported = "compliant: stopped" }
[it_has_to_stop_as_it_is_judged]
as_of = 2026-06-30T00:00:00Z
given.export_info = [{ exported_at = 2026-07-31T00:00:00Z }]
given.requests = [{ request_id = "now", account_id = "a", type = "objection", received_at = 2026-06-29T10:00:00Z }, { request_id = "tomorrow", account_id = "a", type = "objection", received_at = 2026-06-30T00:00:00Z }]
given.processing_activities = [{ activity_id = "1", account_id = "a", legal_basis = "legitimate_interest", started_at = 2025-01-01T00:00:00Z }]
expect = { now = "violation: went_on", tomorrow = "compliant: stopped" }
[asked_by_a_parent]
given.requests = [
    { request_id = "r", account_id = "parent", requester_role = "parent", child_account_id = "child", type = "objection", received_at = 2026-01-01T10:00:00Z }, { request_id = "s", account_id = "parent", requester_role = "parent", type = "objection", received_at = 2026-01-01T10:00:00Z },
]
given.messages = [{ message_id = "1", account_id = "child", kind = "newsletter", sent_at = 2026-03-01T10:00:00Z }]
expect = { r = "violation: written_to", s = "indeterminate: child_unknown" }
[a_child_is_named]
given.requests = [{ request_id = "r", account_id = "agent", requester_role = "agent", child_account_id = "child", type = "objection", received_at = 2026-01-01T10:00:00Z }]
given.messages = [{ message_id = "1", account_id = "child", kind = "newsletter", sent_at = 2026-03-01T10:00:00Z }]
expect = { r = "violation: written_to" }
[at_the_instant_of_judgement]
as_of = 2026-06-30T12:00:00Z
given.requests = [
    { request_id = "received", account_id = "a", type = "objection", received_at = 2026-06-30T12:00:00Z }, { request_id = "refused", account_id = "b", purpose = "marketing", type = "objection", received_at = 2026-01-01T10:00:00Z, responded_at = 2026-06-30T12:00:00Z, outcome = "denied" }, { request_id = "written_to", account_id = "c", type = "objection", received_at = 2026-01-01T10:00:00Z, responded_at = 2026-03-10T10:00:00Z, outcome = "denied" },
]
given.messages = [{ message_id = "1", account_id = "c", kind = "promotion", sent_at = 2026-06-30T12:00:00Z }]
expect = { received = "compliant: stopped", refused = "violation: refused", written_to = "indeterminate: maybe_marketing" }
[letters_of_a_list]
parameters = { promotional_purposes = ["e", "f"] }
given.requests = [{ request_id = "no_promotion", account_id = "a", purpose = "marketing", type = "objection", received_at = 2026-01-01T10:00:00Z }, { request_id = "promotion", account_id = "e", purpose = "marketing", type = "objection", received_at = 2026-01-01T10:00:00Z }, { request_id = "another_letter", account_id = "a", purpose = "e", type = "objection", received_at = 2026-01-01T10:00:00Z }, { request_id = "the_same_letter", account_id = "e", purpose = "e", type = "objection", received_at = 2026-01-01T10:00:00Z }, { request_id = "letter_and_word", account_id = "word", purpose = "a", type = "objection", received_at = 2026-01-01T10:00:00Z }, { request_id = "word_and_letter", account_id = "e", purpose = "profiling", type = "objection", received_at = 2026-01-01T10:00:00Z }, { request_id = "word_and_another_letter", account_id = "a", purpose = "profiling", type = "objection", received_at = 2026-01-01T10:00:00Z }, { request_id = "to_nothing_named", account_id = "a", type = "objection", received_at = 2026-01-01T10:00:00Z }, { request_id = "sure_of_one", account_id = "both", purpose = "profiling", type = "objection", received_at = 2026-01-01T10:00:00Z }, { request_id = "ended", account_id = "ended", purpose = "profiling", type = "objection", received_at = 2026-01-01T10:00:00Z }, { request_id = "refused_some_day", account_id = "e", purpose = "profiling", type = "objection", received_at = 2026-01-01T10:00:00Z, outcome = "denied" }]
given.processing_activities = [{ activity_id = "1", account_id = "a", purpose = "a", legal_basis = "legitimate_interest", started_at = 2025-01-01T00:00:00Z }, { activity_id = "2", account_id = "e", purpose = "e", legal_basis = "legitimate_interest", started_at = 2025-01-01T00:00:00Z }, { activity_id = "3", account_id = "word", purpose = "profiling", legal_basis = "legitimate_interest", started_at = 2025-01-01T00:00:00Z }, { activity_id = "4", account_id = "both", purpose = "e", legal_basis = "legitimate_interest", started_at = 2025-01-01T00:00:00Z }, { activity_id = "5", account_id = "both", purpose = "profiling", legal_basis = "legitimate_interest", started_at = 2025-01-01T00:00:00Z, ended_at = 2026-02-01T00:00:00Z }, { activity_id = "6", account_id = "ended", purpose = "e", legal_basis = "legitimate_interest", started_at = 2025-01-01T00:00:00Z, ended_at = 2026-02-01T00:00:00Z }]
given.messages = []
given.consents = []
expect = { no_promotion = "compliant: stopped", promotion = "violation: went_on", another_letter = "compliant: stopped", the_same_letter = "violation: went_on", letter_and_word = { verdict = "indeterminate: letter_or_word", event_at = 2026-01-02T00:00:00Z, met_at = "" }, word_and_letter = "indeterminate: letter_or_word", word_and_another_letter = "indeterminate: letter_or_word", to_nothing_named = "violation: went_on", sure_of_one = { verdict = "violation: went_on", met_at = 2026-02-01T00:00:00Z }, ended = { verdict = "indeterminate: letter_or_word", met_at = 2026-02-01T00:00:00Z }, refused_some_day = "indeterminate: refused_when" }
[upheld_in_part_or_part_of_another]
given.requests = [{ request_id = "after_the_answer", account_id = "a", type = "objection", received_at = 2026-03-01T10:00:00Z, responded_at = 2026-03-10T10:00:00Z, outcome = "partial" }, { request_id = "handed_on", account_id = "a", type = "objection", received_at = 2026-03-01T10:00:00Z, responded_at = 2026-03-10T10:00:00Z, outcome = "redirected" }, { request_id = "just_before_the_answer", account_id = "a", type = "objection", received_at = 2026-03-01T10:00:00Z, responded_at = 2026-03-10T10:00:00.000001Z, outcome = "partial" }, { request_id = "when_answered", account_id = "a", type = "objection", received_at = 2026-03-01T10:00:00Z, closed_at = 2026-03-10T10:00:00Z, outcome = "partial" }, { request_id = "nothing_went_on", account_id = "n", type = "objection", received_at = 2026-03-01T10:00:00Z, closed_at = 2026-03-10T10:00:00Z, outcome = "partial" }, { request_id = "written_to_after", account_id = "b", type = "objection", received_at = 2026-03-01T10:00:00Z, responded_at = 2026-03-10T10:00:00Z, outcome = "partial" }, { request_id = "written_to_when", account_id = "b", type = "objection", received_at = 2026-03-01T10:00:00Z, closed_at = 2026-03-10T10:00:00Z, outcome = "partial" }, { request_id = "written_to_before", account_id = "b", type = "objection", received_at = 2026-03-01T10:00:00Z, responded_at = 2026-03-10T10:00:00.000001Z, outcome = "partial" }, { request_id = "written_to_before_and_more_after", account_id = "c", type = "objection", received_at = 2026-03-01T10:00:00Z, responded_at = 2026-03-10T10:00:00Z, outcome = "partial" }, { request_id = "refused", account_id = "a", type = "objection", received_at = 2026-03-01T10:00:00Z, responded_at = 2026-03-10T10:00:00Z, closed_at = 2026-03-10T10:00:00Z, outcome = "denied" }, { request_id = "part_of_it", account_id = "a", type = "objection", received_at = 2026-03-02T10:00:00Z, closed_at = 2026-03-02T12:00:00Z, merged_into = "refused" }]
given.processing_activities = [{ activity_id = "1", account_id = "a", legal_basis = "legitimate_interest", started_at = 2026-03-10T10:00:00Z }, { activity_id = "2", account_id = "c", legal_basis = "legitimate_interest", started_at = 2026-03-20T10:00:00Z }]
given.messages = [{ message_id = "2", account_id = "c", kind = "promotion", sent_at = 2026-03-05T10:00:00Z }, { message_id = "1", account_id = "b", kind = "promotion", sent_at = 2026-03-10T10:00:00Z }]
expect = { after_the_answer = "indeterminate: partly", handed_on = "indeterminate: partly", just_before_the_answer = "violation: went_on", when_answered = "indeterminate: partly", nothing_went_on = "compliant: stopped", written_to_after = "indeterminate: partly", written_to_when = "indeterminate: partly", written_to_before = "violation: written_to", written_to_before_and_more_after = "violation: went_on", refused = "compliant: stopped", part_of_it = "compliant: stopped" }
[agreed_anew_and_asked_to_withdraw_it]
given.requests = [
    { request_id = "in_doubt", account_id = "a", type = "objection", received_at = 2026-02-01T08:00:00Z }, { request_id = "withdrawn", account_id = "b", type = "objection", received_at = 2026-02-01T08:00:00Z }, { request_id = "before_that", account_id = "c", type = "objection", received_at = 2026-02-01T08:00:00Z },
    { request_id = "also_without", account_id = "d", type = "objection", received_at = 2026-02-01T08:00:00Z }, { request_id = "by_another", account_id = "e", type = "objection", received_at = 2026-02-01T08:00:00Z },
    { request_id = "the_first_of_two", account_id = "f", type = "objection", received_at = 2026-02-01T08:00:00Z }, { request_id = "the_second_of_two", account_id = "f", type = "objection", received_at = 2026-03-15T08:00:00Z },
    { request_id = "refused_since", account_id = "g", type = "objection", received_at = 2026-02-01T08:00:00Z, responded_at = 2026-04-10T08:00:00Z, outcome = "denied" }, { request_id = "6", account_id = "g", type = "consent_withdrawal", purpose = "newsletter", received_at = 2026-04-01T08:00:00Z },
    { request_id = "1", account_id = "a", type = "consent_withdrawal", purpose = "newsletter", received_at = 2026-04-01T08:00:00Z }, { request_id = "2", account_id = "b", type = "consent_withdrawal", purpose = "newsletter", received_at = 2026-04-01T08:00:00Z, closed_at = 2026-04-03T08:00:00Z, outcome = "fulfilled" },
    { request_id = "3", account_id = "c", type = "consent_withdrawal", purpose = "newsletter", received_at = 2026-04-01T08:00:00Z }, { request_id = "4", account_id = "d", type = "consent_withdrawal", purpose = "newsletter", received_at = 2026-04-01T08:00:00Z }, { request_id = "5", account_id = "e", type = "consent_withdrawal", purpose = "newsletter", received_at = 2026-04-01T08:00:00Z },
]
given.consents = [
    { consent_id = "a", account_id = "a", purpose = "newsletter", given_at = 2026-03-01T08:00:00Z }, { consent_id = "b", account_id = "b", purpose = "newsletter", given_at = 2026-03-01T08:00:00Z }, { consent_id = "c", account_id = "c", purpose = "newsletter", given_at = 2026-03-01T08:00:00Z },
    { consent_id = "d", account_id = "d", purpose = "newsletter", given_at = 2026-03-01T08:00:00Z }, { consent_id = "e", account_id = "e", purpose = "newsletter", given_at = 2026-03-01T08:00:00Z }, { consent_id = "f", account_id = "e", purpose = "marketing", given_at = 2026-03-01T08:00:00Z },
    { consent_id = "g", account_id = "f", purpose = "newsletter", given_at = 2026-03-01T08:00:00Z }, { consent_id = "h", account_id = "g", purpose = "newsletter", given_at = 2026-03-01T08:00:00Z },
]
given.messages = [
    { message_id = "1", account_id = "a", kind = "newsletter", sent_at = 2026-04-01T08:00:00Z }, { message_id = "2", account_id = "b", kind = "newsletter", sent_at = 2026-04-03T08:00:00Z }, { message_id = "3", account_id = "c", kind = "newsletter", sent_at = 2026-04-01T07:59:59.999999Z },
    { message_id = "4", account_id = "d", kind = "newsletter", sent_at = 2026-02-20T08:00:00Z }, { message_id = "5", account_id = "d", kind = "newsletter", sent_at = 2026-04-20T08:00:00Z }, { message_id = "6", account_id = "e", kind = "newsletter", sent_at = 2026-04-20T08:00:00Z },
    { message_id = "7", account_id = "f", kind = "newsletter", sent_at = 2026-03-20T08:00:00Z }, { message_id = "8", account_id = "g", kind = "newsletter", sent_at = 2026-04-05T08:00:00Z }, { message_id = "9", account_id = "g", kind = "newsletter", sent_at = 2026-04-20T08:00:00Z },
]
expect = { in_doubt = { verdict = "indeterminate: consent_in_doubt", event_at = 2026-04-01T08:00:00Z }, withdrawn = "violation: written_to", before_that = "compliant: stopped", also_without = { verdict = "violation: written_to", event_at = 2026-02-20T08:00:00Z, met_at = 2026-04-20T08:00:00Z }, by_another = "compliant: stopped", the_first_of_two = "compliant: stopped", the_second_of_two = "violation: written_to", refused_since = "indeterminate: consent_in_doubt" }
[refused_and_something_ended_since]
given.requests = [{ request_id = "r", account_id = "a", type = "objection", purpose = "marketing", received_at = 2026-03-01T10:00:00Z, responded_at = 2026-03-10T10:00:00Z, outcome = "denied" }]
given.processing_activities = [{ activity_id = "1", account_id = "a", legal_basis = "legitimate_interest", purpose = "marketing", started_at = 2025-01-01T00:00:00Z, ended_at = 2026-04-01T00:00:00Z }]
expect = { r = { verdict = "violation: refused", event_at = 2026-03-10T10:00:00Z, met_at = "" } }
[equivalent]
"processed: 1 in length(o.purpose) > 1 → 2" = "no word has two letters"
"agreed: m.account_id = o.account_id → true" = "only spares work: the message is joined by its name"
"judged: p.account_id = o.account_id → true" = "a request is one person's, but where a run reads it as anybody's"
"judged: u.account_id = o.account_id → true" = "a request is one person's, but where a run reads it as anybody's"
"judged: s.account_id = o.account_id → true" = "a request is one person's, but where a run reads it as anybody's"
*/
