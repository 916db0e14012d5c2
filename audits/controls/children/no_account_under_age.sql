/*
id         = "no_account_under_age"
was        = ["no_account_under_thirteen"]
title      = "No data is knowingly kept of children under {years} years"
short      = "No accounts under {years} years"
rule       = """
Whose age at the beginning of the account was below the limit, and whose age the Company knows by now, has nothing stored any more: found and deleted
is kept, with the days it took. Without the day on which the Company learned the age, it knew when the account began, as the date of birth is on file.
Anonymising counts only with its method on record: by one that is not, nobody can tell. The limit is {years} years; the GDPR's own, for consent to
online services, is sixteen unless a member state lowers it: the second reading."""
maps_to    = ["GDPR 8(1)", "COPPA 16 CFR 312.5"]
severity   = "high"
remedy     = "Delete what is stored of the children found"
tables.accounts = ["birth_date", "created_at", "age_known_at", "country?", "status?"]
tables.holdings = ["account_id", "disposition", "disposed_at", "method_ref??", "collected_at?"]
absent.holdings.collected_at = "all of it came in by the instant of judgement"
empty.accounts.age_known_at = "known since the account began, as the date of birth is on file"
parameters.years = { default = 13, unit = "years" }
readings."sixteen, the GDPR's own age" = { years = 16 }
inject.a_day_too_young = { accounts = { birth_date = "(created_at::date - to_years({years}))::date + 1", age_known_at = "created_at" }, "+holdings" = { holding_id = "'selftest-' || record_id", account_id = "record_id", disposition = "'held'" } }
[reasons]
old_enough     = "old enough when the account began"
not_known      = "too young, and the Company learned the age after the instant of judgement"
remediated     = "too young, found, and everything deleted or anonymised"
kept           = "too young, known to be, and data is still stored"
age_unknown    = "the date of birth, or when the account began, is not recorded"
undated        = "too young, known to be, and when something was deleted or anonymised is not recorded"
method_unknown = "too young, known to be, and something was anonymised by a method that is not on record"
nothing_stated = "too young, known to be, and what is stored is not recorded"
export_ends_before_due = "too young, and what is stored was exported before that was known"
[de]
title    = "Wissentlich werden keine Daten von Kindern unter {years} Jahren geführt"
short    = "Keine Konten unter {years} Jahren"
rule     = """
Von Personen, die bei Beginn des Kontos jünger als die Grenze waren und deren Alter das Unternehmen inzwischen kennt, ist nichts mehr gespeichert:
Entdeckt und gelöscht ist eingehalten, mit den Tagen, die es brauchte. Ohne den Tag, an dem das Unternehmen das Alter erfuhr, kannte es das Alter
seit Beginn des Kontos, da das Geburtsdatum vorliegt. Anonymisieren zählt nur mit erfasstem Verfahren: Bei einem nicht erfassten ist es nicht
entscheidbar. Die Grenze sind {years} Jahre; die der DSGVO für die Einwilligung in Onlinedienste ist sechzehn, wenn ein Mitgliedstaat sie nicht
senkt: die zweite Lesart."""
remedy   = "Löschen, was von den gefundenen Kindern gespeichert ist"
readings = { "sixteen, the GDPR's own age" = "sechzehn, das Alter der DSGVO" }
[de.reasons]
old_enough     = "alt genug, als das Konto begann"
not_known      = "zu jung, und das Unternehmen erfuhr das Alter nach dem Stichtag"
remediated     = "zu jung, entdeckt, und alles gelöscht oder anonymisiert"
kept           = "zu jung, das ist bekannt, und Daten sind noch gespeichert"
age_unknown    = "das Geburtsdatum oder der Beginn des Kontos ist nicht erfasst"
undated        = "zu jung, das ist bekannt, und wann etwas gelöscht oder anonymisiert wurde, ist nicht erfasst"
method_unknown = "zu jung, das ist bekannt, und etwas wurde mit einem Verfahren anonymisiert, das nicht erfasst ist"
nothing_stated = "zu jung, das ist bekannt, und was gespeichert ist, ist nicht erfasst"
export_ends_before_due = "zu jung, und was gespeichert ist, wurde exportiert, bevor das bekannt war"
*/
with aged as (
    -- Two days past the birthday are past it in every time zone; only near it the local day is worked out.
    select *, coalesce(age_known_at, created_at) as known_at,
           case when epoch_us(created_at) > epoch_us((birth_date + to_years($years::integer)) + to_days(2)) then true
                else (birth_date + to_years($years::integer))::date <= created_at::date end as is_old_enough
    from accounts
    where created_at is null or created_at <= $as_of
),
stored as (
    select account_id, count(*) as stored, count(*) filter (where disposition is null or disposition not in ('deleted', 'anonymised') or disposed_at > $as_of) as held,
           count(*) filter (where disposed_at is null) as undated,
           count(*) filter (where disposition = 'anonymised' and method_ref is null) as by_no_method, max(disposed_at) as disposed_at
    from holdings where account_id in (select account_id from aged where not is_old_enough) and coalesce(collected_at <= $as_of, true) group by account_id
),
judged as (
    select a.*, s.disposed_at, date_diff('day', a.known_at::date, s.disposed_at::date) as days_until_deleted,
           case when is_old_enough is null then 'age_unknown'
                when is_old_enough then 'old_enough'
                when a.known_at > $as_of then 'not_known'
                when s.stored is null then 'nothing_stated'
                when s.held > 0 and a.known_at > k.known_until then 'export_ends_before_due'
                when s.held > 0 then 'kept'
                when s.undated > 0 then 'undated'
                when s.by_no_method > 0 then 'method_unknown'
                else 'remediated' end as reason
    from aged as a
    join known_until as k on k.table_name = 'holdings'
    left join stored as s on s.account_id = a.account_id
)
select account_id as record_id, account_id, country, case when reason = 'kept' then null else created_at end as event_at, null::timestamptz as due_at,
       case when reason in ('old_enough', 'not_known', 'remediated') then 'compliant'
            when reason = 'kept' then 'violation'
            else 'indeterminate' end as verdict,
       reason,
       age_known_at, days_until_deleted
from judged;

/* examples
as_of = 2026-06-30
[what_came_later_is_not_there_yet]
period = "2026-01"
given.export_info = [{ exported_at = 2026-07-31T00:00:00Z }]
given.accounts = [{ account_id = "that_moment", birth_date = 2015-01-11, created_at = 2026-01-10T08:00:00Z, age_known_at = 2026-02-10T08:00:00Z }, { account_id = "later", birth_date = 2015-01-11, created_at = 2026-01-10T08:00:00Z, age_known_at = 2026-02-10T08:00:00Z }]
given.holdings = [
    { holding_id = "1", account_id = "that_moment", disposition = "held", collected_at = 2026-06-30T23:59:59.999999Z },
    { holding_id = "2", account_id = "later", disposition = "deleted", disposed_at = 2026-03-01T00:00:00Z, collected_at = 2026-01-10T08:00:00Z }, { holding_id = "3", account_id = "later", disposition = "held", collected_at = 2026-07-01T00:00:00Z },
]
expect = { that_moment = { verdict = "violation: kept", account = "that_moment", scope = "period" }, later = "compliant: remediated" }
[the_thirteenth_birthday]
given.export_info = [{ exported_at = 2026-07-31T00:00:00Z }]
given.accounts = [
    { account_id = "birthday", birth_date = 2013-01-10, created_at = 2026-01-10T08:00:00Z, age_known_at = 2026-01-10T08:00:00Z },
    { account_id = "day_before", birth_date = 2013-01-11, created_at = 2026-01-10T08:00:00Z, age_known_at = 2026-01-10T08:00:00Z },
    { account_id = "leap_day", birth_date = 2012-02-29, created_at = 2025-02-28T08:00:00Z, age_known_at = 2026-01-10T08:00:00Z },
    { account_id = "unknown_to_us", birth_date = 2015-01-11, created_at = 2026-01-10T08:00:00Z },
    { account_id = "deleted", birth_date = 2015-01-11, created_at = 2026-01-10T08:00:00Z, age_known_at = 2026-02-10T08:00:00Z },
    { account_id = "silent", birth_date = 2015-01-11, created_at = 2026-01-10T08:00:00Z, age_known_at = 2026-02-10T08:00:00Z },
    { account_id = "undated", birth_date = 2015-01-11, created_at = 2026-01-10T08:00:00Z, age_known_at = 2026-02-10T08:00:00Z },
    { account_id = "no_date", created_at = 2026-01-10T08:00:00Z },
    { account_id = "learned_later", birth_date = 2015-01-11, created_at = 2026-01-10T08:00:00Z, age_known_at = 2026-07-10T08:00:00Z },
    { account_id = "learned_at_as_of", birth_date = 2015-01-11, created_at = 2026-01-10T08:00:00Z, age_known_at = 2026-06-30T23:59:59.999999Z },
    { account_id = "no_beginning", birth_date = 2015-01-11, age_known_at = 2026-01-10T08:00:00Z },
    { account_id = "begins_at_as_of", birth_date = 1990-01-11, created_at = 2026-06-30T23:59:59.999999Z }, { account_id = "begins_later", birth_date = 1990-01-11, created_at = 2026-07-01T00:00:00Z },
]
given.holdings = [
    { holding_id = "1", account_id = "day_before", disposition = "held" }, { holding_id = "2", account_id = "deleted", disposition = "deleted", disposed_at = 2026-02-11T08:00:00Z }, { holding_id = "6", account_id = "undated", disposition = "deleted" }, { holding_id = "3", account_id = "leap_day", disposition = "held" },
    { holding_id = "7", account_id = "learned_at_as_of", disposition = "held" }, { holding_id = "4", account_id = "unknown_to_us", disposition = "held" }, { holding_id = "5", account_id = "learned_later", disposition = "held" },
]
expect.birthday = { verdict = "compliant: old_enough", event_at = 2026-01-10T08:00:00Z }
expect.day_before = { verdict = "violation: kept", event_at = "" }
expect.leap_day = "compliant: old_enough"
expect.unknown_to_us = "violation: kept"
expect.learned_later = "compliant: not_known"
expect.deleted = "compliant: remediated"
expect.undated = "indeterminate: undated"
expect.silent = "indeterminate: nothing_stated"
expect.no_date = "indeterminate: age_unknown"
expect.learned_at_as_of = "violation: kept"
expect.no_beginning = "indeterminate: age_unknown"
expect.begins_at_as_of = "compliant: old_enough"
[everything_or_not_everything_is_gone]
given.export_info = [{ exported_at = 2026-07-31T00:00:00Z }]
given.accounts = [
    { account_id = "anonymised", birth_date = 2015-01-11, created_at = 2026-01-10T08:00:00Z }, { account_id = "by_no_method", birth_date = 2015-01-11, created_at = 2026-01-10T08:00:00Z }, { account_id = "at_as_of", birth_date = 2015-01-11, created_at = 2026-01-10T08:00:00Z },
    { account_id = "one_after_as_of", birth_date = 2015-01-11, created_at = 2026-01-10T08:00:00Z },
]
given.holdings = [
    { holding_id = "1", account_id = "anonymised", disposition = "anonymised", disposed_at = 2026-02-11T08:00:00Z, method_ref = "m" }, { holding_id = "2", account_id = "at_as_of", disposition = "deleted", disposed_at = 2026-06-30T23:59:59.999999Z },
    { holding_id = "3", account_id = "one_after_as_of", disposition = "deleted", disposed_at = 2026-02-11T08:00:00Z }, { holding_id = "4", account_id = "one_after_as_of", disposition = "deleted", disposed_at = 2026-07-01T00:00:00Z },
    { holding_id = "5", account_id = "by_no_method", disposition = "anonymised", disposed_at = 2026-02-11T08:00:00Z }, { holding_id = "6", account_id = "by_no_method", disposition = "deleted", disposed_at = 2026-02-11T08:00:00Z },
]
expect = { by_no_method = "indeterminate: method_unknown", anonymised = "compliant: remediated", at_as_of = "compliant: remediated", one_after_as_of = "violation: kept" }
[the_birthday_where_the_company_is]
given.export_info = [{ timezone = "America/Los_Angeles" }]
given.accounts = [
    { account_id = "evening_before", birth_date = 2013-01-10, created_at = 2026-01-09T23:59:59-08:00 }, { account_id = "birthday", birth_date = 2013-01-10, created_at = 2026-01-10T00:00:00-08:00 },
]
given.holdings = [{ holding_id = "1", account_id = "evening_before", disposition = "held" }]
expect = { evening_before = "violation: kept", birthday = "compliant: old_enough" }
[sixteen]
parameters = { years = 16 }
given.accounts = [{ account_id = "fifteen", birth_date = 2011-01-10, created_at = 2026-01-10T08:00:00Z, age_known_at = 2026-01-10T08:00:00Z }]
given.holdings = [{ holding_id = "1", account_id = "fifteen", disposition = "held" }]
expect = { fifteen = "violation: kept" }
[what_is_stored_was_exported_before_the_age_was_known]
given.export_tables = [{ table_name = "holdings", covers_to = 2026-02-10T08:00:00Z }]
given.accounts = [
    { account_id = "a", birth_date = 2015-01-11, created_at = 2026-01-10T08:00:00Z, age_known_at = 2026-02-10T08:00:01Z }, { account_id = "b", birth_date = 2015-01-11, created_at = 2026-01-10T08:00:00Z, age_known_at = 2026-02-10T08:00:00Z },
    { account_id = "known_since_it_began", birth_date = 2015-01-11, created_at = 2026-02-10T08:00:01Z }, { account_id = "gone_before", birth_date = 2015-01-11, created_at = 2026-01-10T08:00:00Z, age_known_at = 2026-02-11T08:00:00Z },
    { account_id = "what_became_of_it", birth_date = 2015-01-11, created_at = 2026-01-10T08:00:00Z, age_known_at = 2026-02-11T08:00:00Z },
]
given.holdings = [
    { holding_id = "1", account_id = "a", disposition = "held" }, { holding_id = "2", account_id = "b", disposition = "held" }, { holding_id = "3", account_id = "known_since_it_began", disposition = "held" },
    { holding_id = "4", account_id = "gone_before", disposition = "deleted", disposed_at = 2026-02-01T08:00:00Z }, { holding_id = "5", account_id = "what_became_of_it", disposed_at = 2026-02-01T08:00:00Z },
]
expect = { a = "indeterminate: export_ends_before_due", b = "violation: kept", known_since_it_began = "indeterminate: export_ends_before_due", gone_before = "compliant: remediated", what_became_of_it = "indeterminate: export_ends_before_due" }
[equivalent]
"aged: epoch_us(created_at) > epoch_us((birth_date + to_years(cast($years as int))) + to_days(2)) → false" = "a shorter way to the same, which works out no local day"
"aged: epoch_us(created_at) > epoch_us((birth_date + to_years(cast($years as int))) + to_days(2)) → epoch_us(created_at) >= epoch_us((birth_date + to_years(cast($years as int))) + to_days(2))" = "a shorter way to the same, which works out no local day"
"aged: 2 in to_days(2) → 3" = "a shorter way to the same, which works out no local day"
"stored: max(disposed_at) → min(disposed_at)" = "is only shown"
"stored: account_id in (select account_id from aged where not is_old_enough) → true" = "reads less, and nothing else is asked for"
"stored: not is_old_enough → true" = "reads less, and nothing else is asked for"
*/
