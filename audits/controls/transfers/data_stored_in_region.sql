/*
id         = "data_stored_in_region"
title      = "Personal data is stored only in {regions}"
short      = "Data stored in {regions} only"
rule       = """
Everything that is still stored lies in one of {regions}: countries by their code, or EEA for the member states of the European Economic Area as of
the instant of judgement, of which the EU's are some."""
maps_to    = ["GDPR 44"]
severity   = "high"
remedy     = "Move what is stored elsewhere, or say openly where it is"
tables.holdings = ["disposition", "collected_at?", "disposed_at?", "country", "system_name?", "category?", "account_id?"]
absent.holdings = { collected_at = "all of it came in by the instant of judgement", disposed_at = "what was disposed of was so by the instant of judgement" }
dimensions = ["system_name"]
parameters.regions = { default = ["EEA"] }
inject.moved_away = { holdings = { country = "'AQ'" } }
[reasons]
in_region     = "stored in the region"
elsewhere     = "stored elsewhere"
not_recorded  = "where it is stored is not recorded"
state_unknown = "whether it is still stored is not recorded"
[de]
title    = "Personenbezogene Daten werden nur in {regions} gespeichert"
short    = "Speicherort nur {regions}"
rule     = """
Alles noch Gespeicherte liegt in {regions}: Länder nach ihrem Kürzel, oder EWR (EEA) für die Mitgliedstaaten des Europäischen Wirtschaftsraums am
Stichtag, zu denen die der EU gehören."""
remedy   = "Anderswo Gespeichertes verlagern oder offen sagen, wo es liegt"
[de.reasons]
in_region     = "in der Region gespeichert"
elsewhere     = "anderswo gespeichert"
not_recorded  = "wo es gespeichert ist, ist nicht erfasst"
state_unknown = "ob es noch gespeichert ist, ist nicht erfasst"
*/
with allowed as (
    select country from countries
    where list_contains($regions::varchar[], country)
       or (list_contains($regions::varchar[], 'EEA') and eea_from <= $as_of::date and coalesce(eea_to >= $as_of::date, true))
),
judged as (
    select *,
           case when disposition is null then 'state_unknown'
                when country is null then 'not_recorded'
                when country in (select country from allowed) then 'in_region'
                else 'elsewhere' end as reason
    from holdings
    where coalesce(collected_at <= $as_of, true) and (disposition is null or disposition in ('held', 'isolated_backup') or disposed_at > $as_of)
)
select holding_id as record_id, account_id, country, null::timestamptz as event_at, null::timestamptz as due_at,
       case when reason = 'in_region' then 'compliant'
            when reason = 'elsewhere' then 'violation'
            else 'indeterminate' end as verdict,
       reason,
       system_name, category
from judged;

/* examples
as_of = 2026-06-30
parameters = { regions = ["EEA", "CH"] }
[still_stored]
period = "2026-01"
given.holdings = [
    { holding_id = "a", disposition = "held", country = "DE" }, { holding_id = "b", disposition = "isolated_backup", country = "CH" },
    { holding_id = "c", disposition = "held", country = "US" }, { holding_id = "d", disposition = "isolated_backup", country = "GB" },
    { holding_id = "e", disposition = "deleted", country = "US" }, { holding_id = "f", disposition = "held" }, { holding_id = "g", country = "DE" },
    { holding_id = "h", disposition = "anonymised", country = "US" }, { holding_id = "norway", disposition = "held", country = "NO" },
]
expect.a = { verdict = "compliant: in_region", country = "DE", scope = "period" }
expect.b = "compliant: in_region"
expect.c = "violation: elsewhere"
expect.d = "violation: elsewhere"
expect.f = "indeterminate: not_recorded"
expect.g = "indeterminate: state_unknown"
expect.norway = "compliant: in_region"
[the_last_day_of_a_membership_and_the_first_without]
as_of = 2020-12-31
given.holdings = [{ holding_id = "a", disposition = "held", country = "GB" }]
expect = { a = "compliant: in_region" }
[a_day_later]
as_of = 2021-01-01
given.holdings = [{ holding_id = "a", disposition = "held", country = "GB" }]
expect = { a = "violation: elsewhere" }
[the_last_day_before_a_membership]
as_of = 2013-06-30
given.holdings = [{ holding_id = "a", disposition = "held", country = "HR" }]
expect = { a = "violation: elsewhere" }
[the_first_day_of_a_membership]
as_of = 2013-07-01
given.holdings = [{ holding_id = "a", disposition = "held", country = "HR" }]
expect = { a = "compliant: in_region" }
[one_country]
parameters = { regions = ["DE"] }
given.holdings = [{ holding_id = "a", disposition = "held", country = "DE" }, { holding_id = "b", disposition = "held", country = "AT" }]
expect = { a = "compliant: in_region", b = "violation: elsewhere" }
[as_it_was_then]
as_of = 2026-03-31
given.export_info = [{ exported_at = 2026-06-30T00:00:00Z }]
given.holdings = [
    { holding_id = "came_later", disposition = "held", collected_at = 2026-04-01T00:00:00Z, country = "US" }, { holding_id = "came_that_moment", disposition = "held", collected_at = 2026-03-31T23:59:59.999999Z, country = "US" },
    { holding_id = "still_there", disposition = "deleted", collected_at = 2025-01-01T00:00:00Z, disposed_at = 2026-04-01T00:00:00Z, country = "US" }, { holding_id = "gone_that_moment", disposition = "deleted", collected_at = 2025-01-01T00:00:00Z, disposed_at = 2026-03-31T23:59:59.999999Z, country = "US" },
]
expect = { came_that_moment = "violation: elsewhere", still_there = "violation: elsewhere" }
*/
