-- Disclosures as transfers: from where to where, and what the law of that day made of it. One row a disclosure.
--
-- A transfer is judged by the local day of the disclosure. The European Economic Area is taken as of that day: the United
-- Kingdom was inside until 2020-12-31. The policy names the EEA and Switzerland: both count as inside, whichever way.

create view transfers as
with placed as (
    select d.*, d.disclosed_at::date as disclosed_on,
           o.country is not null as origin_known, t.country is not null as destination_known,
           case when d.origin_country = 'CH' then 'CH'
                when d.disclosed_at::date between o.eea_from and coalesce(o.eea_to, date '9999-12-31') then 'EEA' end as exporter,
           coalesce(d.destination_country = 'CH'
                    or d.disclosed_at::date between t.eea_from and coalesce(t.eea_to, date '9999-12-31'), false) as is_inside
    from disclosures as d
    left join countries as o on o.country = d.origin_country
    left join countries as t on t.country = d.destination_country
),
-- Adequate on the day: for everybody, for commercial organisations, or for importers certified on the day.
adequate as (
    select p.disclosure_id, a.source, a.checked
    from placed as p
    join adequacy as a
      on a.exporter = p.exporter and a.country = p.destination_country
     and p.disclosed_on between a.valid_from and coalesce(a.valid_to, date '9999-12-31')
    where a.needs is null
       or (a.needs = 'commercial'
           and p.recipient_id not in (select recipient_id from processors where kind = 'authority' and recipient_id is not null))
       or exists (
           from certifications as c
           where c.recipient_id = p.recipient_id and c.framework = a.needs
             and p.disclosed_at between c.certified_from and coalesce(c.certified_to, p.disclosed_at)
       )
),
-- The contract or approval that is named; of several under one name the last to be signed.
contracts as (
    select mechanism_ref,
           arg_max(struct_pack(recipient_id, kind, signed_at, valid_from, valid_to, assessment_ref),
                   coalesce(signed_at, valid_from, '-infinity'::timestamptz)) as c
    from transfer_mechanisms
    group by mechanism_ref
)
select p.*, m.rests_on, m.new_from, m.new_until, m.relied_on_until,
       coalesce(p.disclosure_id in (select disclosure_id from adequate), false) as is_adequate,
       c.mechanism_ref is not null as has_contract, c.c.recipient_id as contract_recipient_id, c.c.kind as contract_kind,
       c.c.signed_at, c.c.valid_from, c.c.valid_to, c.c.assessment_ref
from placed as p
left join mechanisms as m on m.mechanism = p.mechanism
left join contracts as c on c.mechanism_ref = p.mechanism_ref;
