/*
id         = "minor_data_deleted"
title      = "Data of a child is deleted once it was reported"
short      = "Children's data deleted once reported"
rule       = """
A report that a child has given data leads to everything stored of that child being deleted or anonymised: of the account that reports, or, where a
parent does or a child is named, of the child's. What came in after the report was closed is no part of it. What is not dated cannot be told, nor what
was anonymised by a method that is not on record. A report that is taken back within the days set is kept; later, it was late. Where no number of days
is promised: without one, what is still stored cannot be told."""
maps_to    = ["GDPR 17(1)(f)", "COPPA 16 CFR 312.10"]
severity   = "high"
remedy     = "Delete what is stored of the children reported"
tables.requests = ["type", "received_at", "account_id", "requester_role?", "child_account_id?", "outcome??", "closed_at??", "merged_into?"]
tables.holdings = ["account_id", "disposition", "disposed_at", "collected_at??", "method_ref??"]
exact.requests = ["closed_at"]
exact.holdings = ["collected_at"]
absent.requests.requester_role = "whoever asks does so in their own right"
absent.requests.child_account_id = "no child is named"
absent.requests.merged_into = "no request became part of another"
parameters.deletion_days = { type = "integer", unit = "days" }
readings."within thirty days" = { deletion_days = 30 }
inject.still_stored = { "+holdings" = { holding_id = "'selftest-' || record_id", account_id = "account_id", disposition = "'held'" }, parameters = { deletion_days = 0 } }
[reasons]
deleted        = "everything was deleted or anonymised"
nothing_stored = "nothing is stored, as far as the export shows"
deleted_late   = "deleted later than the days set"
taken_back     = "the report was taken back"
taken_back_late = "the report was taken back after the days set, and something was stored till then"
overdue        = "still stored, and the days set have passed"
not_yet_due    = "still stored, and the days set have not passed"
no_limit       = "still stored, and the policy gives no number of days"
undated        = "deleted or anonymised, and when is not recorded"
method_unknown = "something was anonymised by a method that is not on record"
child_unknown  = "which child the report is about is not recorded"
no_receipt     = "the day of the report is not recorded"
in_the_future  = "reported after the instant of judgement"
export_ends_before_due = "still stored as far as the export reaches, which is not up to the end of the days set"
[de]
title    = "Daten eines Kindes werden nach der Meldung gelöscht"
short    = "Kinderdaten nach Meldung gelöscht"
rule     = """
Auf die Meldung, dass ein Kind Daten angegeben hat, wird alles gelöscht oder anonymisiert, was von diesem Kind gespeichert ist: zum Konto, das
meldet, oder, wo ein Elternteil meldet oder ein Kind genannt ist, zum Konto des Kindes. Was nach Abschluss der Meldung hinzukam, gehört nicht dazu.
Was kein Datum hat, ist nicht entscheidbar, ebenso, was mit einem nicht erfassten Verfahren anonymisiert wurde. Eine in den gesetzten Tagen
zurückgenommene Meldung ist eingehalten; später war es zu spät. Ist keine Zahl von Tagen zugesagt, ist nicht entscheidbar, was noch gespeichert ist."""
remedy   = "Löschen, was von den gemeldeten Kindern gespeichert ist"
readings = { "within thirty days" = "binnen dreißig Tagen" }
[de.reasons]
deleted        = "alles wurde gelöscht oder anonymisiert"
nothing_stored = "nichts ist gespeichert, soweit der Export es zeigt"
deleted_late   = "später als gesetzt gelöscht"
taken_back     = "die Meldung wurde zurückgenommen"
taken_back_late = "die Meldung wurde nach den gesetzten Tagen zurückgenommen, und bis dahin war etwas gespeichert"
overdue        = "noch gespeichert, und die gesetzten Tage sind vorbei"
not_yet_due    = "noch gespeichert, und die gesetzten Tage sind nicht vorbei"
no_limit       = "noch gespeichert, und die Datenschutzerklärung nennt keine Zahl von Tagen"
undated        = "gelöscht oder anonymisiert, und wann, ist nicht erfasst"
method_unknown = "etwas wurde mit einem Verfahren anonymisiert, das nicht erfasst ist"
child_unknown  = "um welches Kind es in der Meldung geht, ist nicht erfasst"
no_receipt     = "der Tag der Meldung ist nicht erfasst"
in_the_future  = "die Meldung liegt nach dem Stichtag"
export_ends_before_due = "noch gespeichert, soweit der Export reicht, und er reicht nicht bis zum Ende der gesetzten Tage"
*/
with reported as (
    select * replace (case when requester_role = 'parent' then child_account_id else coalesce(child_account_id, account_id) end as account_id),
           case when outcome = 'withdrawn' and closed_at <= $as_of then closed_at end as taken_back_at
    from received_requests
    where type = 'child_report'
),
stored as (
    select r.request_id, r.account_id, count(*) filter (where h.disposition is null or h.disposition not in ('deleted', 'anonymised') or h.disposed_at > $as_of) as held,
           count(*) filter (where h.disposed_at is null) as undated,
           count(*) filter (where h.disposition = 'anonymised' and h.method_ref is null) as by_no_method, max(h.disposed_at) filter (where h.disposition <> 'held' and h.disposed_at <= $as_of) as disposed_at
    from reported as r
    join holdings as h on h.account_id = r.account_id and coalesce(h.collected_at <= r.closed_at, true)
    group by r.request_id, r.account_id
),
dated as (
    select r.*, s.account_id as stored_id, s.held, s.undated, s.by_no_method, s.disposed_at, coalesce(d.ends_at, end_of_day(r.received_on + $deletion_days::integer)) as due_at
    from reported as r
    left join stored as s on s.request_id = r.request_id and s.account_id = r.account_id
    left join days as d on d.day = r.received_on + $deletion_days::integer
),
judged as (
    select d.*,
           case when received_at is null then 'no_receipt'
                when received_at > $as_of then 'in_the_future'
                when account_id is null then 'child_unknown'
                when stored_id is null then 'nothing_stored'
                when held = 0 and undated = 0 and by_no_method = 0 and coalesce(disposed_at <= due_at, true) then 'deleted'
                when taken_back_at <= due_at then 'taken_back'
                when held = 0 and disposed_at > due_at then 'deleted_late'
                when held > 0 and taken_back_at > due_at and due_at <= k.known_until then 'taken_back_late'
                when taken_back_at is not null and due_at is null then 'taken_back'
                when held = 0 and undated > 0 then 'undated'
                when held = 0 then 'method_unknown'
                when due_at is null then 'no_limit'
                when due_at >= $as_of then 'not_yet_due'
                when due_at > k.known_until and not coalesce(disposed_at > due_at, false) then 'export_ends_before_due'
                else 'overdue' end as reason
    from dated as d
    join known_until as k on k.table_name = 'holdings'
)
select request_id as record_id, account_id, country, coalesce(due_at, taken_back_at, case when held = 0 then disposed_at end, received_at) as event_at, due_at,
       case when reason in ('deleted', 'nothing_stored', 'taken_back') then 'compliant'
            when reason in ('deleted_late', 'taken_back_late', 'overdue') then 'violation'
            when reason = 'not_yet_due' then 'pending'
            else 'indeterminate' end as verdict,
       reason,
       coalesce(taken_back_at, case when held + by_no_method = 0 then greatest(disposed_at, received_at) when stored_id is null then received_at end) as met_at, received_at, type
from judged;

/* examples
as_of = 2026-06-30
[no_number_of_days]
period = "2026-01"
given.requests = [
    { request_id = "gone", account_id = "a", type = "child_report", received_at = 2026-03-01T10:00:00Z }, { request_id = "nothing", account_id = "b", type = "child_report", received_at = 2026-03-01T10:00:00Z },
    { request_id = "open", account_id = "c", type = "child_report", received_at = 2026-03-01T10:00:00Z }, { request_id = "undated", account_id = "c", type = "child_report" },
    { request_id = "future", account_id = "c", type = "child_report", received_at = 2026-07-01T10:00:00Z }, { request_id = "at_as_of", account_id = "c", type = "child_report", received_at = 2026-06-30T23:59:59.999999Z }, { request_id = "other", account_id = "c", type = "access", received_at = 2026-03-01T10:00:00Z },
    { request_id = "whose", type = "child_report", received_at = 2026-03-01T10:00:00Z }, { request_id = "what_became_of_it", account_id = "d", type = "child_report", received_at = 2026-03-01T10:00:00Z },
    { request_id = "taken_back", account_id = "c", type = "child_report", received_at = 2026-03-01T10:00:00Z, closed_at = 2026-06-30T23:59:59.999999Z, outcome = "withdrawn" }, { request_id = "gone_at_as_of", account_id = "e", type = "child_report", received_at = 2026-03-01T10:00:00Z },
    { request_id = "gone_later", account_id = "f", type = "child_report", received_at = 2026-03-01T10:00:00Z },
]
given.holdings = [
    { holding_id = "1", account_id = "a", disposition = "deleted", disposed_at = 2026-06-01T10:00:00Z }, { holding_id = "2", account_id = "c", disposition = "held" }, { holding_id = "3", account_id = "d", disposed_at = 2026-06-01T10:00:00Z },
    { holding_id = "4", account_id = "e", disposition = "deleted", disposed_at = 2026-06-30T23:59:59.999999Z },
    { holding_id = "5", account_id = "f", disposition = "deleted", disposed_at = 2026-07-01T00:00:00Z }, { holding_id = "6", account_id = "f", disposition = "deleted", disposed_at = 2026-06-01T00:00:00Z },
]
expect.gone = { verdict = "compliant: deleted", event_at = 2026-06-01T10:00:00Z, due_at = "", met_at = 2026-06-01T10:00:00Z }
expect.nothing = { verdict = "compliant: nothing_stored", event_at = 2026-03-01T10:00:00Z, due_at = "", met_at = 2026-03-01T10:00:00Z }
expect.open = "indeterminate: no_limit"
expect.undated = "indeterminate: no_receipt"
expect.future = "indeterminate: in_the_future"
expect.at_as_of = "indeterminate: no_limit"
expect.whose = "indeterminate: child_unknown"
expect.what_became_of_it = "indeterminate: no_limit"
expect.taken_back = { verdict = "compliant: taken_back", event_at = 2026-06-30T23:59:59.999999Z, due_at = "", met_at = 2026-06-30T23:59:59.999999Z }
expect.gone_later = { verdict = "indeterminate: no_limit", event_at = 2026-03-01T10:00:00Z, met_at = "" }
expect.gone_at_as_of = { verdict = "compliant: deleted", account = "e", scope = "later" }
[days_set]
parameters = { deletion_days = 7 }
given.requests = [
    { request_id = "last_day", account_id = "a", type = "child_report", received_at = 2026-03-01T10:00:00Z }, { request_id = "late", account_id = "b", type = "child_report", received_at = 2026-03-01T10:00:00Z },
    { request_id = "open", account_id = "c", type = "child_report", received_at = 2026-03-01T10:00:00Z }, { request_id = "due_today", account_id = "c", type = "child_report", received_at = 2026-06-23T10:00:00Z },
    { request_id = "last_instant", account_id = "d", type = "child_report", received_at = 2026-03-01T10:00:00Z }, { request_id = "one_late", account_id = "e", type = "child_report", received_at = 2026-03-01T10:00:00Z },
]
given.holdings = [
    { holding_id = "1", account_id = "a", disposition = "deleted", disposed_at = 2026-03-08T23:59:59Z }, { holding_id = "2", account_id = "b", disposition = "deleted", disposed_at = 2026-03-09T00:00:00Z }, { holding_id = "3", account_id = "c", disposition = "held" },
    { holding_id = "4", account_id = "d", disposition = "deleted", disposed_at = 2026-03-08T23:59:59.999999Z }, { holding_id = "5", account_id = "e", disposition = "deleted", disposed_at = 2026-03-02T10:00:00Z }, { holding_id = "6", account_id = "e", disposition = "deleted", disposed_at = 2026-03-10T10:00:00Z },
]
expect.last_instant = "compliant: deleted"
expect.one_late = { verdict = "violation: deleted_late", met_at = 2026-03-10T10:00:00Z }
expect.last_day = { verdict = "compliant: deleted", event_at = 2026-03-08T23:59:59.999999Z, due_at = 2026-03-08T23:59:59.999999Z, met_at = 2026-03-08T23:59:59Z }
expect.late = { verdict = "violation: deleted_late", due_at = 2026-03-08T23:59:59.999999Z, met_at = 2026-03-09T00:00:00Z }
expect.open = "violation: overdue"
expect.due_today = { verdict = "pending: not_yet_due", due_at = 2026-06-30T23:59:59.999999Z, met_at = "" }
[what_is_stored_was_exported_on_the_last_day]
parameters = { deletion_days = 30 }
given.export_tables = [{ table_name = "holdings", covers_to = 2026-05-31T12:00:00Z }]
given.requests = [
    { request_id = "a", account_id = "a", type = "child_report", received_at = 2026-05-01T10:00:00Z }, { request_id = "b", account_id = "a", type = "child_report", received_at = 2026-04-30T10:00:00Z },
]
given.holdings = [{ holding_id = "1", account_id = "a", disposition = "held" }]
expect = { a = "indeterminate: export_ends_before_due", b = "violation: overdue" }
[what_is_stored_was_exported_as_the_days_were_over]
parameters = { deletion_days = 30 }
given.export_tables = [{ table_name = "holdings", covers_to = 2026-05-31T23:59:59.999999Z }]
given.requests = [{ request_id = "a", account_id = "a", type = "child_report", received_at = 2026-05-01T10:00:00Z }]
given.holdings = [{ holding_id = "1", account_id = "a", disposition = "held" }]
expect = { a = "violation: overdue" }
[longer_ago_than_the_calendar_reaches]
parameters = { deletion_days = 10 }
given.requests = [
    { request_id = "in_time", type = "child_report", account_id = "in_time", received_at = 1999-03-01T10:00:00Z },
    { request_id = "late", type = "child_report", account_id = "late", received_at = 1999-03-01T10:00:00Z },
]
given.holdings = [
    { holding_id = "1", account_id = "in_time", disposition = "deleted", disposed_at = 1999-03-11T23:59:59Z }, { holding_id = "2", account_id = "late", disposition = "deleted", disposed_at = 1999-03-12T00:00:00Z },
]
expect = { in_time = { verdict = "compliant: deleted", due_at = 1999-03-11T23:59:59.999999Z, met_at = 1999-03-11T23:59:59Z }, late = { verdict = "violation: deleted_late", due_at = 1999-03-11T23:59:59.999999Z, met_at = 1999-03-12T00:00:00Z } }
[whose_and_when]
parameters = { deletion_days = 7 }
given.requests = [
    { request_id = "by_a_parent", account_id = "parent", requester_role = "parent", child_account_id = "child", type = "child_report", received_at = 2026-03-01T10:00:00Z }, { request_id = "which_child", account_id = "parent", requester_role = "parent", type = "child_report", received_at = 2026-03-01T10:00:00Z },
    { request_id = "undated", account_id = "undated", requester_role = "subscriber", type = "child_report", received_at = 2026-03-01T10:00:00Z }, { request_id = "one_undated_one_late", account_id = "mixed", requester_role = "subscriber", type = "child_report", received_at = 2026-03-01T10:00:00Z },
    { request_id = "deleted_after_as_of", account_id = "later", requester_role = "subscriber", type = "child_report", received_at = 2026-03-01T10:00:00Z }, { request_id = "and_not_yet_due", account_id = "later", requester_role = "subscriber", type = "child_report", received_at = 2026-06-29T10:00:00Z },
    { request_id = "one_undated_one_held", account_id = "half", requester_role = "subscriber", type = "child_report", received_at = 2026-03-01T10:00:00Z },
]
given.holdings = [
    { holding_id = "1", account_id = "child", disposition = "held" }, { holding_id = "2", account_id = "undated", disposition = "deleted" }, { holding_id = "3", account_id = "mixed", disposition = "deleted" }, { holding_id = "4", account_id = "mixed", disposition = "deleted", disposed_at = 2026-03-09T00:00:00Z },
    { holding_id = "5", account_id = "later", disposition = "deleted", disposed_at = 2026-07-01T00:00:00Z }, { holding_id = "6", account_id = "half", disposition = "deleted" }, { holding_id = "7", account_id = "half", disposition = "held" },
]
expect.by_a_parent = "violation: overdue"
expect.which_child = "indeterminate: child_unknown"
expect.undated = "indeterminate: undated"
expect.one_undated_one_late = { verdict = "violation: deleted_late", due_at = 2026-03-08T23:59:59.999999Z, met_at = 2026-03-09T00:00:00Z }
expect.deleted_after_as_of = "violation: overdue"
expect.and_not_yet_due = "pending: not_yet_due"
expect.one_undated_one_held = "violation: overdue"
[anonymised]
parameters = { deletion_days = 7 }
given.requests = [
    { request_id = "by_a_method", account_id = "a", type = "child_report", received_at = 2026-03-01T10:00:00Z }, { request_id = "by_none", account_id = "b", type = "child_report", received_at = 2026-03-01T10:00:00Z },
    { request_id = "by_none_and_late", account_id = "c", type = "child_report", received_at = 2026-03-01T10:00:00Z }, { request_id = "and_taken_back", account_id = "b", type = "child_report", received_at = 2026-03-01T10:00:00Z, closed_at = 2026-03-08T10:00:00Z, outcome = "withdrawn" },
    { request_id = "and_taken_back_late", account_id = "b", type = "child_report", received_at = 2026-03-01T10:00:00Z, closed_at = 2026-03-09T10:00:00Z, outcome = "withdrawn" },
    { request_id = "by_none_and_one_held", account_id = "d", type = "child_report", received_at = 2026-03-01T10:00:00Z }, { request_id = "by_none_and_undated", account_id = "e", type = "child_report", received_at = 2026-03-01T10:00:00Z },
]
given.holdings = [
    { holding_id = "1", account_id = "a", disposition = "anonymised", disposed_at = 2026-03-02T10:00:00Z, method_ref = "m" }, { holding_id = "2", account_id = "b", disposition = "anonymised", disposed_at = 2026-03-02T10:00:00Z },
    { holding_id = "3", account_id = "c", disposition = "anonymised", disposed_at = 2026-03-09T00:00:00Z }, { holding_id = "4", account_id = "d", disposition = "anonymised", disposed_at = 2026-03-02T10:00:00Z }, { holding_id = "5", account_id = "d", disposition = "held" },
    { holding_id = "6", account_id = "e", disposition = "anonymised" },
]
expect.by_a_method = "compliant: deleted"
expect.by_none = "indeterminate: method_unknown"
expect.by_none_and_one_held = { verdict = "violation: overdue", met_at = "" }
expect.by_none_and_undated = "indeterminate: undated"
expect.by_none_and_late = "violation: deleted_late"
expect.and_taken_back = "compliant: taken_back"
expect.and_taken_back_late = "indeterminate: method_unknown"
[taken_back]
parameters = { deletion_days = 7 }
given.export_info = [{ exported_at = 2026-07-31T00:00:00Z }]
given.requests = [
    { request_id = "last_day", account_id = "a", type = "child_report", received_at = 2026-03-01T10:00:00Z, closed_at = 2026-03-08T23:59:59Z, outcome = "withdrawn" }, { request_id = "last_instant", account_id = "a", type = "child_report", received_at = 2026-03-01T10:00:00Z, closed_at = 2026-03-08T23:59:59.999999Z, outcome = "withdrawn" }, { request_id = "a_day_later", account_id = "a", type = "child_report", received_at = 2026-03-01T10:00:00Z, closed_at = 2026-03-09T00:00:00Z, outcome = "withdrawn" },
    { request_id = "after_as_of", account_id = "a", type = "child_report", received_at = 2026-03-01T10:00:00Z, closed_at = 2026-07-01T00:00:00Z, outcome = "withdrawn" }, { request_id = "closed_as_done", account_id = "a", type = "child_report", received_at = 2026-03-01T10:00:00Z, closed_at = 2026-03-02T00:00:00Z, outcome = "fulfilled" },
]
given.holdings = [{ holding_id = "1", account_id = "a", disposition = "held" }]
expect = { last_instant = "compliant: taken_back", last_day = { verdict = "compliant: taken_back", due_at = 2026-03-08T23:59:59.999999Z, met_at = 2026-03-08T23:59:59Z }, a_day_later = { verdict = "violation: taken_back_late", due_at = 2026-03-08T23:59:59.999999Z, met_at = 2026-03-09T00:00:00Z }, after_as_of = "violation: overdue", closed_as_done = "violation: overdue" }
[what_came_in_after_it_was_closed]
parameters = { deletion_days = 7 }
given.requests = [
    { request_id = "anew", account_id = "a", type = "child_report", received_at = 2026-03-01T10:00:00Z, closed_at = 2026-03-05T10:00:00Z, outcome = "fulfilled" }, { request_id = "as_it_was_closed", account_id = "b", type = "child_report", received_at = 2026-03-01T10:00:00Z, closed_at = 2026-03-05T10:00:00Z, outcome = "fulfilled" },
    { request_id = "only_anew", account_id = "c", type = "child_report", received_at = 2026-03-01T10:00:00Z, closed_at = 2026-03-05T10:00:00Z, outcome = "fulfilled" }, { request_id = "still_open", account_id = "c", type = "child_report", received_at = 2026-03-01T10:00:00Z },
    { request_id = "taken_back", account_id = "c", type = "child_report", received_at = 2026-03-01T10:00:00Z, closed_at = 2026-03-20T10:00:00Z, outcome = "withdrawn" },
]
given.holdings = [
    { holding_id = "1", account_id = "a", disposition = "deleted", disposed_at = 2026-03-04T10:00:00Z, collected_at = 2026-01-01T10:00:00Z }, { holding_id = "2", account_id = "a", disposition = "held", collected_at = 2026-03-05T10:00:00.000001Z },
    { holding_id = "3", account_id = "b", disposition = "held", collected_at = 2026-03-05T10:00:00Z }, { holding_id = "4", account_id = "c", disposition = "held", collected_at = 2026-04-01T10:00:00Z },
]
expect = { anew = { verdict = "compliant: deleted", met_at = 2026-03-04T10:00:00Z }, as_it_was_closed = "violation: overdue", only_anew = "compliant: nothing_stored", still_open = "violation: overdue", taken_back = "compliant: nothing_stored" }
[a_child_is_named]
parameters = { deletion_days = 7 }
given.requests = [{ request_id = "r", account_id = "agent", requester_role = "agent", child_account_id = "child", type = "child_report", received_at = 2026-03-01T10:00:00Z }]
given.holdings = [{ holding_id = "1", account_id = "child", disposition = "held" }]
expect = { r = "violation: overdue" }
[taken_back_in_time_and_deleted_later]
parameters = { deletion_days = 30 }
given.requests = [
    { request_id = "in_time", account_id = "a", type = "child_report", received_at = 2026-03-01T10:00:00Z, closed_at = 2026-03-31T23:59:59.999999Z, outcome = "withdrawn" }, { request_id = "too_late", account_id = "a", type = "child_report", received_at = 2026-03-01T10:00:00Z, closed_at = 2026-04-01T00:00:00Z, outcome = "withdrawn" },
    { request_id = "by_no_method_at_the_last_instant", account_id = "m", type = "child_report", received_at = 2026-03-01T10:00:00Z },
]
given.holdings = [{ holding_id = "1", account_id = "a", disposition = "deleted", disposed_at = 2026-05-01T10:00:00Z }, { holding_id = "2", account_id = "m", disposition = "anonymised", disposed_at = 2026-03-31T23:59:59.999999Z }]
expect = { by_no_method_at_the_last_instant = "indeterminate: method_unknown", in_time = "compliant: taken_back", too_late = "violation: deleted_late" }
[taken_back_late_and_exported_on_the_last_day]
parameters = { deletion_days = 30 }
given.export_tables = [{ table_name = "holdings", covers_to = 2026-03-31T23:59:59.999999Z }]
given.requests = [{ request_id = "r", account_id = "a", type = "child_report", received_at = 2026-03-01T10:00:00Z, closed_at = 2026-05-01T10:00:00Z, outcome = "withdrawn" }]
given.holdings = [{ holding_id = "1", account_id = "a", disposition = "held" }]
expect = { r = "violation: taken_back_late" }
[some_of_it_was_deleted_late]
parameters = { deletion_days = 30 }
given.export_tables = [{ table_name = "holdings", covers_to = 2026-03-15T00:00:00Z }]
given.requests = [{ request_id = "some_late", account_id = "a", type = "child_report", received_at = 2026-03-01T10:00:00Z }, { request_id = "some_in_time", account_id = "b", type = "child_report", received_at = 2026-03-01T10:00:00Z }, { request_id = "held_though_dated", account_id = "c", type = "child_report", received_at = 2026-03-01T10:00:00Z }, { request_id = "to_be_deleted", account_id = "d", type = "child_report", received_at = 2026-03-01T10:00:00Z }, { request_id = "some_now", account_id = "e", type = "child_report", received_at = 2026-03-01T10:00:00Z },
    { request_id = "taken_back_after_the_export", account_id = "b", type = "child_report", received_at = 2026-03-01T10:00:00Z, closed_at = 2026-05-01T10:00:00Z, outcome = "withdrawn" },
]
given.holdings = [
    { holding_id = "1", account_id = "a", disposition = "isolated_backup" }, { holding_id = "2", account_id = "a", disposition = "deleted", disposed_at = 2026-04-01T00:00:00Z },
    { holding_id = "3", account_id = "b", disposition = "isolated_backup" }, { holding_id = "4", account_id = "b", disposition = "deleted", disposed_at = 2026-03-31T23:59:59.999999Z },
    { holding_id = "5", account_id = "c", disposition = "held", disposed_at = 2026-04-01T00:00:00Z }, { holding_id = "6", account_id = "d", disposition = "deleted", disposed_at = 2026-07-01T00:00:00Z },
    { holding_id = "7", account_id = "e", disposition = "isolated_backup" }, { holding_id = "8", account_id = "e", disposition = "deleted", disposed_at = 2026-06-30T23:59:59.999999Z },
]
expect = { taken_back_after_the_export = "indeterminate: export_ends_before_due", some_now = "violation: overdue", some_late = "violation: overdue", some_in_time = "indeterminate: export_ends_before_due", held_though_dated = "indeterminate: export_ends_before_due", to_be_deleted = "indeterminate: export_ends_before_due" }
[equivalent]
"judged: taken_back_at > due_at → taken_back_at >= due_at" = "what was taken back by then is kept already"
"dated: s.account_id = r.account_id → true" = "a report is one person's, but where a run reads it as anybody's"
"dated: coalesce(d.ends_at, end_of_day(r.received_on + cast($deletion_days as int))) → end_of_day(r.received_on + cast($deletion_days as int))" = "the calendar has the same"
*/
