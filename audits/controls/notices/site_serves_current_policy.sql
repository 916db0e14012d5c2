/*
id         = "site_serves_current_policy"
title      = "Each listed site serves the policy that is in force"
rule       = """
Each of the sites that the policy lists was looked at within check_days days, and serves the text of the version in force. A site outside the list
that serves the text is kept, and counted."""
clauses    = ["preamble.sites-covered"]
maps_to    = ["GDPR 12(1)"]
severity   = "medium"
tables.sites = ["domain", "policy_sha256", "checked_at"]
tables.policy_versions = ["effective_at", "text_sha256"]
parameters = { check_days = 92 }
inject.another_text = { sites = { policy_sha256 = "'selftest'", checked_at = "f.as_of - interval 1 hour" } }
[reasons]
current         = "serves the version in force"
not_listed      = "serves it, and is not among the sites listed"
other_text      = "serves another text"
check_too_old   = "looked at too long ago"
not_looked_at   = "what it serves was not looked at"
version_unknown = "the version in force is not recorded"
*/
with in_force as (
    select arg_max(text_sha256, effective_at) as text_sha256 from policy_versions where effective_at <= $as_of and text_sha256 is not null
),
seen as (
    select domain, any_value(policy_sha256) as policy_sha256, max(checked_at) as checked_at from sites where domain is not null group by domain
),
all_sites as (
    select l.item as domain, s.policy_sha256, s.checked_at, true as is_listed
    from policy_lists as l left join seen as s on s.domain = l.item
    where l.list = 'sites'
    union all
    select s.domain, s.policy_sha256, s.checked_at, false
    from seen as s, in_force as f
    where s.policy_sha256 = f.text_sha256 and s.domain not in (select item from policy_lists where list = 'sites')
),
judged as (
    select a.*,
           case when f.text_sha256 is null then 'version_unknown'
                when a.policy_sha256 is null or a.checked_at is null or a.checked_at > $as_of then 'not_looked_at'
                when a.checked_at < $as_of - to_days($check_days::integer) then 'check_too_old'
                when a.policy_sha256 <> f.text_sha256 then 'other_text'
                when a.is_listed then 'current'
                else 'not_listed' end as reason
    from all_sites as a cross join in_force as f
    where a.is_listed or a.policy_sha256 is not null
)
select domain as record_id, null::varchar as account_id, null::varchar as country, null::timestamptz as event_at, null::timestamptz as due_at,
       case when reason in ('current', 'not_listed') then 'compliant'
            when reason = 'other_text' then 'violation'
            else 'indeterminate' end as verdict,
       reason,
       checked_at
from judged;

/* examples
as_of = 2026-06-30
[one_site_of_each]
given.policy_versions = [{ version = "1", effective_at = 2024-01-01T00:00:00Z, text_sha256 = "old" }, { version = "2", effective_at = 2025-01-01T00:00:00Z, text_sha256 = "new" }, { version = "3", effective_at = 2027-01-01T00:00:00Z, text_sha256 = "next" }]
given.sites = [
    { domain = "jivochat.com", policy_sha256 = "new", checked_at = 2026-06-01T00:00:00Z }, { domain = "jivochat.es", policy_sha256 = "old", checked_at = 2026-06-01T00:00:00Z },
    { domain = "jivochat.de", policy_sha256 = "new", checked_at = 2026-01-01T00:00:00Z }, { domain = "mirror.example", policy_sha256 = "new", checked_at = 2026-06-01T00:00:00Z }, { domain = "elsewhere.example", policy_sha256 = "x", checked_at = 2026-06-01T00:00:00Z },
]
expect."jivochat.com" = "compliant: current"
expect."jivochat.es" = "violation: other_text"
expect."jivochat.de" = "indeterminate: check_too_old"
expect."mirror.example" = "compliant: not_listed"
expect."jivochat.com.br" = "indeterminate: not_looked_at"
expect."jivochat.ng" = "indeterminate: not_looked_at"
expect."jivochat.co.ke" = "indeterminate: not_looked_at"
expect."jivochat.co.za" = "indeterminate: not_looked_at"
expect."jivochat.mx" = "indeterminate: not_looked_at"
expect."jivochat.co.id" = "indeterminate: not_looked_at"
expect."jivochat.com.tr" = "indeterminate: not_looked_at"
expect."jivochat.com.co" = "indeterminate: not_looked_at"
expect."jivochat.com.ar" = "indeterminate: not_looked_at"
expect."jivochat.com.pe" = "indeterminate: not_looked_at"
expect."jivochat.cl" = "indeterminate: not_looked_at"
expect."jivochat.com.bo" = "indeterminate: not_looked_at"
expect."jivochat.com.ve" = "indeterminate: not_looked_at"
expect."jivochat.co.in" = "indeterminate: not_looked_at"
expect."jivochat.pt" = "indeterminate: not_looked_at"
[no_version_on_record]
given.policy_versions = []
given.sites = [{ domain = "jivochat.com", policy_sha256 = "new", checked_at = 2026-06-01T00:00:00Z }]
expect."jivochat.com" = "indeterminate: version_unknown"
expect."jivochat.es" = "indeterminate: version_unknown"
expect."jivochat.de" = "indeterminate: version_unknown"
expect."jivochat.com.br" = "indeterminate: version_unknown"
expect."jivochat.ng" = "indeterminate: version_unknown"
expect."jivochat.co.ke" = "indeterminate: version_unknown"
expect."jivochat.co.za" = "indeterminate: version_unknown"
expect."jivochat.mx" = "indeterminate: version_unknown"
expect."jivochat.co.id" = "indeterminate: version_unknown"
expect."jivochat.com.tr" = "indeterminate: version_unknown"
expect."jivochat.com.co" = "indeterminate: version_unknown"
expect."jivochat.com.ar" = "indeterminate: version_unknown"
expect."jivochat.com.pe" = "indeterminate: version_unknown"
expect."jivochat.cl" = "indeterminate: version_unknown"
expect."jivochat.com.bo" = "indeterminate: version_unknown"
expect."jivochat.com.ve" = "indeterminate: version_unknown"
expect."jivochat.co.in" = "indeterminate: version_unknown"
expect."jivochat.pt" = "indeterminate: version_unknown"
*/
