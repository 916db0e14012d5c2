/*
id         = "legal_hold_justified"
title      = "Data that is kept longer is held on a ground that the policy names, and only until the hold ends"
short      = "Holds have ground and end"
rule       = """
What is held on a legal hold names a ground that the policy names, and the hold has an end that has not passed."""
maps_to    = ["GDPR 17(3)(b)", "GDPR 17(3)(e)", "GDPR 5(1)(e)"]
severity   = "medium"
remedy     = "Name a permitted ground and an end for each hold, or lift it"
tables.holdings = ["hold_ground", "hold_until", "disposition", "account_id?", "category?", "system_name?"]
dimensions = ["hold_ground"]
parameters.hold_grounds = { type = "words", of = "ground" }
inject.hold_ended = { holdings = { hold_until = "f.as_of - interval 1 second" } }
inject.by_habit = { holdings = { hold_ground = "'selftest'" } }
[reasons]
justified        = "held on such a ground, and the hold has not ended"
other_ground     = "held on another ground"
hold_ended       = "held, and the hold has ended"
hold_without_end = "held on a ground without an end"
export_ends_before_due = "held as far as the export reaches, which is not up to the end of the hold"
*/
with judged as (
    select h.*,
           case when hold_ground not in $hold_grounds then 'other_ground'
                when hold_until is null then 'hold_without_end'
                when hold_until < $as_of and hold_until > k.known_until then 'export_ends_before_due'
                when hold_until < $as_of then 'hold_ended'
                else 'justified' end as reason
    from holdings as h
    join known_until as k on k.table_name = 'holdings'
    where disposition = 'held' and hold_ground is not null
)
select holding_id as record_id, account_id, null::varchar as country, null::timestamptz as event_at, hold_until as due_at,
       case when reason = 'justified' then 'compliant'
            when reason in ('other_ground', 'hold_ended') then 'violation'
            else 'indeterminate' end as verdict,
       reason,
       category, system_name, hold_ground
from judged;

/* examples
as_of = 2026-06-30
parameters = { hold_grounds = ["tax", "accounting", "legal_obligation", "dispute", "agreement", "record_keeping", "transaction"] }
[ground_and_end]
given.holdings = [
    { holding_id = "a", disposition = "held", hold_ground = "tax", hold_until = 2026-12-31T00:00:00Z }, { holding_id = "b", disposition = "held", hold_ground = "habit", hold_until = 2026-12-31T00:00:00Z },
    { holding_id = "c", disposition = "held", hold_ground = "tax", hold_until = 2026-06-29T00:00:00Z }, { holding_id = "d", disposition = "held", hold_ground = "tax" },
    { holding_id = "e", disposition = "held" }, { holding_id = "f", disposition = "deleted", hold_ground = "tax", hold_until = 2026-06-29T00:00:00Z },
]
expect = { a = "compliant: justified", b = "violation: other_ground", c = "violation: hold_ended", d = "indeterminate: hold_without_end" }
[the_export_stops_before_the_hold_ends]
given.export_info = [{ exported_at = 2026-06-10T12:00:00Z }]
given.holdings = [
    { holding_id = "a", disposition = "held", hold_ground = "tax", hold_until = 2026-06-10T12:00:01Z }, { holding_id = "b", disposition = "held", hold_ground = "tax", hold_until = 2026-06-10T12:00:00Z },
    { holding_id = "c", disposition = "held", hold_ground = "habit", hold_until = 2026-06-10T12:00:01Z },
]
expect = { a = "indeterminate: export_ends_before_due", b = "violation: hold_ended", c = "violation: other_ground" }
*/
