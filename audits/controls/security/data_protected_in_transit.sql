/*
id         = "data_protected_in_transit"
title      = "What is moved is encrypted in transit"
short      = "Moved data encrypted"
rule       = """
Everything that is still stored lies in a system that is recorded as encrypted in transit. Whether the standards followed are generally accepted is a
matter of attestation."""
maps_to    = ["GDPR 32(1)(a)"]
severity   = "high"
remedy     = "Encrypt the connections of the systems named"
tables.holdings = ["disposition", "collected_at?", "disposed_at?", "encrypted_in_transit", "system_name?", "category?", "account_id?"]
absent.holdings = { collected_at = "all of it came in by the instant of judgement", disposed_at = "what was disposed of was so by the instant of judgement" }
dimensions = ["system_name"]
inject.in_the_clear = { holdings = { encrypted_in_transit = "false" } }
[reasons]
encrypted     = "encrypted in transit"
not_encrypted = "not encrypted in transit"
not_recorded  = "whether it is encrypted is not recorded"
[de]
title    = "Übertragenes ist auf dem Weg verschlüsselt"
short    = "Übertragene Daten verschlüsselt"
rule     = """
Alles noch Gespeicherte liegt in einem System, das als auf dem Weg verschlüsselt erfasst ist. Ob die befolgten Standards allgemein anerkannt sind,
ist eine Sache der Bestätigung."""
remedy   = "Die Verbindungen der genannten Systeme verschlüsseln"
[de.reasons]
encrypted     = "auf dem Weg verschlüsselt"
not_encrypted = "auf dem Weg nicht verschlüsselt"
not_recorded  = "ob es verschlüsselt ist, ist nicht erfasst"
*/
with judged as (
    select *, case when encrypted_in_transit is null then 'not_recorded' when encrypted_in_transit then 'encrypted' else 'not_encrypted' end as reason
    from holdings
    where coalesce(collected_at <= $as_of, true) and (disposition is null or disposition in ('held', 'isolated_backup') or disposed_at > $as_of)
)
select holding_id as record_id, account_id, null::varchar as country, null::timestamptz as event_at, null::timestamptz as due_at,
       case when reason = 'encrypted' then 'compliant'
            when reason = 'not_encrypted' then 'violation'
            else 'indeterminate' end as verdict,
       reason,
       system_name, category
from judged;

/* examples
as_of = 2026-06-30
[still_stored]
period = "2026-01"
given.holdings = [
    { holding_id = "a", disposition = "held", encrypted_in_transit = true }, { holding_id = "b", disposition = "isolated_backup", encrypted_in_transit = false }, { holding_id = "c", disposition = "held" }, { holding_id = "d", disposition = "deleted", encrypted_in_transit = false },
]
expect = { a = { verdict = "compliant: encrypted", scope = "period" }, b = "violation: not_encrypted", c = "indeterminate: not_recorded" }
[encrypted_whether_still_stored_or_not]
given.holdings = [{ holding_id = "a", encrypted_in_transit = true }]
expect = { a = "compliant: encrypted" }
[as_it_was_then]
as_of = 2026-03-31
given.export_info = [{ exported_at = 2026-06-30T00:00:00Z }]
given.holdings = [
    { holding_id = "came_later", disposition = "held", collected_at = 2026-04-01T00:00:00Z, encrypted_in_transit = false }, { holding_id = "came_that_moment", disposition = "held", collected_at = 2026-03-31T23:59:59.999999Z, encrypted_in_transit = false },
    { holding_id = "still_there", disposition = "deleted", collected_at = 2025-01-01T00:00:00Z, disposed_at = 2026-04-01T00:00:00Z, encrypted_in_transit = false }, { holding_id = "gone_that_moment", disposition = "deleted", collected_at = 2025-01-01T00:00:00Z, disposed_at = 2026-03-31T23:59:59.999999Z, encrypted_in_transit = false },
]
expect = { came_that_moment = "violation: not_encrypted", still_there = "violation: not_encrypted" }
*/
