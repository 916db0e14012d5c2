-- The register of recipients beside what they were given in the period: purposes allowed and seen, and the agreement as of as_of.
with given as (
    select recipient_id, count(*) as disclosures, count(distinct account_id) as people, list_sort(list(distinct purpose)) as purposes, max(disclosed_at) as last_at
    from disclosures
    where disclosed_at >= $starts_at and disclosed_at < $ends_at and disclosed_at <= $as_of
    group by recipient_id
),
register as (
    select recipient_id, min(name) as name, min(kind) as kind, min(country) as country, min(dpa_signed_at) as signed_at,
           case when count(*) = count(dpa_ends_at) then max(dpa_ends_at) end as ends_at, min(allowed_purposes) as allowed, bool_and(marketing_barred) as barred
    from processors
    group by recipient_id
)
select coalesce(r.recipient_id, g.recipient_id) as recipient_id, r.name, r.kind, r.country, r.signed_at::date as signed_on, r.ends_at::date as ends_on,
       case when r.kind not in ('processor', 'subprocessor') then null else coalesce(r.signed_at <= $as_of and coalesce(r.ends_at >= $as_of, true), false) end
           as is_in_force,
       r.allowed, r.barred, coalesce(g.disclosures, 0) as disclosures, coalesce(g.people, 0) as people, g.purposes, g.last_at::date as last_on
from register as r
full join given as g on g.recipient_id = r.recipient_id
order by disclosures desc, recipient_id
