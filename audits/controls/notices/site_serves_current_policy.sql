/*
id         = "site_serves_current_policy"
title      = "Each listed site serves the policy that is in force"
short      = "Sites serve the current policy"
rule       = """
Each of the sites that the policy lists was looked at within {check_days} days, and served the text of the version that was in force then, or
already that of the version in force now. Which of several texts is in force from one instant on cannot be told. A site outside the list that
serves either is kept, and counted."""
maps_to    = ["GDPR 12(1)"]
severity   = "medium"
remedy     = "Put the version in force on the sites found"
tables.sites = ["domain", "policy_sha256", "checked_at"]
tables.policy_versions = ["effective_at", "text_sha256"]
parameters.check_days = { default = 92, unit = "days" }
parameters.sites = { type = "words" }
inject.another_text = { sites = { policy_sha256 = "'selftest'", checked_at = "f.as_of - interval 1 hour" } }
[reasons]
current         = "served the version in force when it was looked at"
not_listed      = "serves it, and is not among the sites listed"
other_text      = "serves another text"
check_too_old   = "looked at too long ago"
not_looked_at   = "what it serves was not looked at"
version_unknown = "the version in force, or that was in force then, is not recorded, or one of several of one instant"
[de]
title    = "Jede genannte Website zeigt die geltende Datenschutzerklärung"
short    = "Websites zeigen die geltende Fassung"
rule     = """
Bei jeder Website, die die Datenschutzerklärung nennt, wurde binnen {check_days} Tagen nachgesehen, und sie zeigte den Text der damals geltenden
Fassung oder schon den der jetzt geltenden. Welcher von mehreren Texten ab demselben Zeitpunkt gilt, ist nicht entscheidbar. Zeigt eine nicht
genannte Website einen davon, ist das eingehalten und wird gezählt."""
remedy   = "Die geltende Fassung auf die gefundenen Websites stellen"
[de.reasons]
current         = "zeigte die geltende Fassung, als nachgesehen wurde"
not_listed      = "zeigt sie, und steht nicht unter den genannten Websites"
other_text      = "zeigt einen anderen Text"
check_too_old   = "vor zu langer Zeit nachgesehen"
not_looked_at   = "was sie zeigt, wurde nicht nachgesehen"
version_unknown = "welche Fassung gilt oder damals galt, ist nicht erfasst, oder es sind mehrere desselben Zeitpunkts"
*/
with versions as (
    select effective_at, list(distinct text_sha256) as texts from policy_versions where text_sha256 is not null group by effective_at
),
in_force as (
    select arg_max(texts, effective_at) as texts from versions where effective_at <= $as_of
),
seen as (
    select lower(domain) as domain, policy_sha256, checked_at from sites
    qualify row_number() over (partition by lower(domain) order by checked_at desc nulls last, policy_sha256 nulls first) = 1
),
all_sites as (
    select l.domain, s.policy_sha256, s.checked_at, true as is_listed
    from (select unnest($sites::varchar[]) as domain) as l
    left join seen as s on s.domain = l.domain
    union all
    select s.domain, s.policy_sha256, s.checked_at, false
    from seen as s
    where s.domain not in $sites
),
-- What was in force when a site was looked at.
looked_at as (
    select a.*, (select arg_max(v.texts, v.effective_at) from versions as v where v.effective_at <= least(a.checked_at, $as_of)) as texts_then
    from all_sites as a
),
judged as (
    select a.*,
           case when f.texts is null then 'version_unknown'
                when a.policy_sha256 is null or a.checked_at is null or a.checked_at > $as_of then 'not_looked_at'
                when a.checked_at < $as_of - to_days($check_days::integer) then 'check_too_old'
                when not list_contains(f.texts, a.policy_sha256) and not list_contains(a.texts_then, a.policy_sha256) then 'other_text'
                when f.texts <> [a.policy_sha256] and coalesce(a.texts_then <> [a.policy_sha256], true) then 'version_unknown'
                when a.is_listed then 'current'
                else 'not_listed' end as reason
    from looked_at as a cross join in_force as f
    where a.is_listed or list_contains(f.texts, a.policy_sha256) or list_contains(a.texts_then, a.policy_sha256)
       or (f.texts is null and a.policy_sha256 in (select unnest(texts) from versions))
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
parameters = { sites = ["one.example", "two.example", "three.example", "four.example"] }
[one_site_of_each]
period = "2026-01"
given.policy_versions = [{ version = "1", effective_at = 2024-01-01T00:00:00Z, text_sha256 = "cba06b5736faf67e54b07b561eae94395e774c517a7d910a54369e1263ccfbd4" }, { version = "2", effective_at = 2025-01-01T00:00:00Z, text_sha256 = "11507a0e2f5e69d5dfa40a62a1bd7b6ee57e6bcd85c67c9b8431b36fff21c437" }, { version = "3", effective_at = 2027-01-01T00:00:00Z, text_sha256 = "c6c1c9a9c8543f1e4cd980064cf1625eeb61a90703b2464fff039f21682508b3" }]
given.sites = [
    { domain = "one.example", policy_sha256 = "11507a0e2f5e69d5dfa40a62a1bd7b6ee57e6bcd85c67c9b8431b36fff21c437", checked_at = 2026-06-01T00:00:00Z }, { domain = "two.example", policy_sha256 = "cba06b5736faf67e54b07b561eae94395e774c517a7d910a54369e1263ccfbd4", checked_at = 2026-06-01T00:00:00Z },
    { domain = "three.example", policy_sha256 = "11507a0e2f5e69d5dfa40a62a1bd7b6ee57e6bcd85c67c9b8431b36fff21c437", checked_at = 2026-01-01T00:00:00Z }, { domain = "mirror.example", policy_sha256 = "11507a0e2f5e69d5dfa40a62a1bd7b6ee57e6bcd85c67c9b8431b36fff21c437", checked_at = 2026-06-01T00:00:00Z }, { domain = "elsewhere.example", policy_sha256 = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881", checked_at = 2026-06-01T00:00:00Z },
]
expect."one.example" = "compliant: current"
expect."two.example" = { verdict = "violation: other_text", scope = "period" }
expect."three.example" = "indeterminate: check_too_old"
expect."four.example" = "indeterminate: not_looked_at"
expect."mirror.example" = "compliant: not_listed"
[domains_and_fingerprints_written_otherwise]
parameters = { sites = ["one.example", "two.example"] }
given.policy_versions = [{ version = "1", effective_at = 2024-01-01T00:00:00Z, text_sha256 = "FB8E20FC2E4C3F248C60C39BD652F3C1347298BB977B8B4D5903B85055620603" }]
given.sites = [
    { domain = "One.Example", policy_sha256 = "fb8e20fc2e4c3f248c60c39bd652f3c1347298bb977b8b4d5903b85055620603", checked_at = 2026-06-01T00:00:00Z }, { domain = "one.example", policy_sha256 = "cba06b5736faf67e54b07b561eae94395e774c517a7d910a54369e1263ccfbd4", checked_at = 2026-05-01T00:00:00Z },
    { domain = "two.example", policy_sha256 = "SHA-256: FB8E20FC2E4C3F248C60C39BD652F3C1347298BB977B8B4D5903B85055620603", checked_at = 2026-06-01T00:00:00Z },
]
expect."one.example" = "compliant: current"
expect."two.example" = "compliant: current"
[no_version_on_record]
parameters = { sites = ["one.example"] }
given.policy_versions = []
given.sites = [{ domain = "one.example", policy_sha256 = "11507a0e2f5e69d5dfa40a62a1bd7b6ee57e6bcd85c67c9b8431b36fff21c437", checked_at = 2026-06-01T00:00:00Z }]
expect."one.example" = "indeterminate: version_unknown"
[looked_at_before_the_version_in_force_applied]
parameters = { sites = ["one.example", "two.example", "three.example", "four.example", "five.example"] }
given.policy_versions = [{ version = "1", effective_at = 2024-01-01T00:00:00Z, text_sha256 = "cba06b5736faf67e54b07b561eae94395e774c517a7d910a54369e1263ccfbd4" }, { version = "2", effective_at = 2026-06-20T00:00:00Z, text_sha256 = "11507a0e2f5e69d5dfa40a62a1bd7b6ee57e6bcd85c67c9b8431b36fff21c437" }]
given.sites = [
    { domain = "one.example", policy_sha256 = "cba06b5736faf67e54b07b561eae94395e774c517a7d910a54369e1263ccfbd4", checked_at = 2026-06-19T23:59:59Z }, { domain = "two.example", policy_sha256 = "cba06b5736faf67e54b07b561eae94395e774c517a7d910a54369e1263ccfbd4", checked_at = 2026-06-20T00:00:00Z },
    { domain = "three.example", policy_sha256 = "da925a30e31f7fdaa7044e3e5ba4ae17670de82d677b0e7adf5700428a137a36", checked_at = 2026-06-19T00:00:00Z }, { domain = "four.example", policy_sha256 = "11507a0e2f5e69d5dfa40a62a1bd7b6ee57e6bcd85c67c9b8431b36fff21c437", checked_at = 2026-06-19T00:00:00Z }, { domain = "five.example", policy_sha256 = "cba06b5736faf67e54b07b561eae94395e774c517a7d910a54369e1263ccfbd4", checked_at = 2026-06-01T00:00:00Z },
]
expect = { "one.example" = "compliant: current", "two.example" = "violation: other_text", "three.example" = "violation: other_text", "four.example" = "compliant: current", "five.example" = "compliant: current" }
[another_site_that_served_the_version_before]
parameters = { sites = ["one.example"] }
given.policy_versions = [{ version = "1", effective_at = 2024-01-01T00:00:00Z, text_sha256 = "cba06b5736faf67e54b07b561eae94395e774c517a7d910a54369e1263ccfbd4" }, { version = "2", effective_at = 2026-06-20T00:00:00Z, text_sha256 = "11507a0e2f5e69d5dfa40a62a1bd7b6ee57e6bcd85c67c9b8431b36fff21c437" }]
given.sites = [
    { domain = "one.example", policy_sha256 = "11507a0e2f5e69d5dfa40a62a1bd7b6ee57e6bcd85c67c9b8431b36fff21c437", checked_at = 2026-06-21T00:00:00Z }, { domain = "mirror.example", policy_sha256 = "cba06b5736faf67e54b07b561eae94395e774c517a7d910a54369e1263ccfbd4", checked_at = 2026-06-19T23:59:59Z }, { domain = "early.example", policy_sha256 = "11507a0e2f5e69d5dfa40a62a1bd7b6ee57e6bcd85c67c9b8431b36fff21c437", checked_at = 2026-06-19T23:59:59Z },
    { domain = "relic.example", policy_sha256 = "cba06b5736faf67e54b07b561eae94395e774c517a7d910a54369e1263ccfbd4", checked_at = 2026-06-20T00:00:00Z }, { domain = "not_yet.example", policy_sha256 = "cba06b5736faf67e54b07b561eae94395e774c517a7d910a54369e1263ccfbd4", checked_at = 2026-07-01T00:00:00Z },
]
expect = { "one.example" = "compliant: current", "mirror.example" = "compliant: not_listed", "early.example" = "compliant: not_listed" }
[several_versions_of_one_instant]
parameters = { sites = ["one.example", "two.example", "three.example", "four.example"] }
given.policy_versions = [{ version = "1", effective_at = 2024-01-01T00:00:00Z, text_sha256 = "cba06b5736faf67e54b07b561eae94395e774c517a7d910a54369e1263ccfbd4" }, { version = "2", effective_at = 2026-05-01T00:00:00Z, text_sha256 = "3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d" }, { version = "3", effective_at = 2026-05-01T00:00:00Z, text_sha256 = "2e7d2c03a9507ae265ecf5b5356885a53393a2029d241394997265a1a25aefc6" }]
given.sites = [
    { domain = "one.example", policy_sha256 = "3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d", checked_at = 2026-06-10T00:00:00Z }, { domain = "two.example", policy_sha256 = "2e7d2c03a9507ae265ecf5b5356885a53393a2029d241394997265a1a25aefc6", checked_at = 2026-06-10T00:00:00Z }, { domain = "three.example", policy_sha256 = "cba06b5736faf67e54b07b561eae94395e774c517a7d910a54369e1263ccfbd4", checked_at = 2026-06-10T00:00:00Z },
    { domain = "four.example", policy_sha256 = "cba06b5736faf67e54b07b561eae94395e774c517a7d910a54369e1263ccfbd4", checked_at = 2026-04-10T00:00:00Z },
]
expect = { "one.example" = "indeterminate: version_unknown", "two.example" = "indeterminate: version_unknown", "three.example" = "violation: other_text", "four.example" = "compliant: current" }
[to_the_instant]
as_of = 2026-06-30T10:00:00Z
parameters = { sites = ["now.example", "no_longer.example", "later.example", "which_text.example", "when.example", "last_day.example", "twice.example"] }
given.export_info = [{ exported_at = 2026-07-31T00:00:00Z }]
given.policy_versions = [{ version = "1", effective_at = 2024-01-01T00:00:00Z, text_sha256 = "cba06b5736faf67e54b07b561eae94395e774c517a7d910a54369e1263ccfbd4" }, { version = "2", effective_at = 2026-06-30T10:00:00Z, text_sha256 = "11507a0e2f5e69d5dfa40a62a1bd7b6ee57e6bcd85c67c9b8431b36fff21c437" }, { version = "2a", effective_at = 2026-06-30T10:00:00Z, text_sha256 = "11507a0e2f5e69d5dfa40a62a1bd7b6ee57e6bcd85c67c9b8431b36fff21c437" }]
given.sites = [
    { domain = "now.example", policy_sha256 = "11507a0e2f5e69d5dfa40a62a1bd7b6ee57e6bcd85c67c9b8431b36fff21c437", checked_at = 2026-06-30T10:00:00Z }, { domain = "no_longer.example", policy_sha256 = "cba06b5736faf67e54b07b561eae94395e774c517a7d910a54369e1263ccfbd4", checked_at = 2026-06-30T10:00:00Z }, { domain = "later.example", policy_sha256 = "11507a0e2f5e69d5dfa40a62a1bd7b6ee57e6bcd85c67c9b8431b36fff21c437", checked_at = 2026-06-30T10:00:00.000001Z },
    { domain = "which_text.example", checked_at = 2026-06-30T10:00:00Z }, { domain = "when.example", policy_sha256 = "11507a0e2f5e69d5dfa40a62a1bd7b6ee57e6bcd85c67c9b8431b36fff21c437" }, { domain = "last_day.example", policy_sha256 = "cba06b5736faf67e54b07b561eae94395e774c517a7d910a54369e1263ccfbd4", checked_at = 2026-03-30T10:00:00Z },
    { domain = "Twice.Example", checked_at = 2026-06-30T10:00:00Z }, { domain = "twice.example", policy_sha256 = "11507a0e2f5e69d5dfa40a62a1bd7b6ee57e6bcd85c67c9b8431b36fff21c437", checked_at = 2026-06-30T10:00:00Z }, { domain = "archive.example", policy_sha256 = "cba06b5736faf67e54b07b561eae94395e774c517a7d910a54369e1263ccfbd4", checked_at = 2026-06-30T10:00:00Z },
]
expect."now.example" = "compliant: current"
expect."no_longer.example" = "violation: other_text"
expect."later.example" = "indeterminate: not_looked_at"
expect."which_text.example" = "indeterminate: not_looked_at"
expect."when.example" = "indeterminate: not_looked_at"
expect."last_day.example" = "compliant: current"
expect."twice.example" = "indeterminate: not_looked_at"
[the_text_that_was_in_force_then_is_not_recorded]
parameters = { sites = ["one.example"] }
given.policy_versions = [{ version = "1", effective_at = 2024-01-01T00:00:00Z }, { version = "2", effective_at = 2026-06-20T00:00:00Z, text_sha256 = "11507a0e2f5e69d5dfa40a62a1bd7b6ee57e6bcd85c67c9b8431b36fff21c437" }]
given.sites = [{ domain = "one.example", policy_sha256 = "cba06b5736faf67e54b07b561eae94395e774c517a7d910a54369e1263ccfbd4", checked_at = 2026-06-19T00:00:00Z }]
expect = { "one.example" = "indeterminate: version_unknown" }
[no_version_in_force_yet]
parameters = { sites = ["first.example"] }
given.policy_versions = [{ version = "1", effective_at = 2028-01-01T00:00:00Z, text_sha256 = "c6c1c9a9c8543f1e4cd980064cf1625eeb61a90703b2464fff039f21682508b3" }]
given.sites = [{ domain = "first.example", policy_sha256 = "c6c1c9a9c8543f1e4cd980064cf1625eeb61a90703b2464fff039f21682508b3", checked_at = 2026-06-01T00:00:00Z }, { domain = "copy.example", policy_sha256 = "c6c1c9a9c8543f1e4cd980064cf1625eeb61a90703b2464fff039f21682508b3", checked_at = 2026-06-01T00:00:00Z }, { domain = "stranger.example", policy_sha256 = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881", checked_at = 2026-06-01T00:00:00Z }]
expect = { "first.example" = "indeterminate: version_unknown", "copy.example" = "indeterminate: version_unknown" }
[nobody_says_what_applied_when_it_was_looked_at]
parameters = { sites = ["one.example"] }
given.policy_versions = [{ version = "2", effective_at = 2026-06-20T00:00:00Z, text_sha256 = "11507a0e2f5e69d5dfa40a62a1bd7b6ee57e6bcd85c67c9b8431b36fff21c437" }]
given.sites = [{ domain = "one.example", policy_sha256 = "cba06b5736faf67e54b07b561eae94395e774c517a7d910a54369e1263ccfbd4", checked_at = 2026-06-19T23:59:59Z }]
expect = { "one.example" = "indeterminate: version_unknown" }
*/
