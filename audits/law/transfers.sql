-- Transfers: disclosures by exporters in the EEA or Switzerland, or whose origin or day is not known, and what the law of their day
-- made of them. One row a disclosure.
--
-- A transfer is judged by the local day of the disclosure. The European Economic Area is taken as of that day: the United
-- Kingdom was inside until 2020-12-31. The policy names the EEA and Switzerland: both count as inside, whichever way.
-- Before the first day of a law on transfers (transfer_laws) there is none to judge by: what was disclosed then is left out. While the
-- law named no measures that it demands, adequacy is in doubt.
-- Adequacy is looked up once for each exporter, destination and day, not disclosure by disclosure; what a measure is worth, for each
-- exporter: frameworks and clauses ended on other days in Switzerland. A certificate of the framework of the Union does not tell whether
-- the importer is certified for Switzerland too, nor a third party whether it acts in commerce: such adequacy is in doubt.
--
-- Found beforehand, from audits/law/opening.py: measures_exported, whether certificates and contracts are in the export at all.

create view transfers as
with dated as (
    select d.disclosure_id, d.account_id, d.recipient_id, d.disclosed_at, d.origin_country, d.destination_country, d.mechanism, d.mechanism_ref,
           d.approval_ref, d.aggregated, d.smallest_cell, coalesce(q.day, d.disclosed_at::date) as disclosed_on
    from disclosures as d
    left join quarters as q on q.quarter = epoch_us(d.disclosed_at) // 900_000_000
),
bound as (
    select c.country, c.eea_from, c.eea_to, coalesce(own.valid_from, eea.valid_from) as law_from,
           coalesce(own.measures_from, eea.measures_from) as measures_from
    from countries as c
    left join transfer_laws as own on own.place = c.country
    left join transfer_laws as eea on eea.place = 'EEA'
),
placed as (
    select d.*, o.country is not null as origin_known, t.country is not null as destination_known, d.disclosed_on < o.measures_from as before_measures,
           case when d.disclosed_on < o.law_from then null
                when d.origin_country = 'CH' then 'CH'
                when d.disclosed_on between o.eea_from and coalesce(o.eea_to, date '9999-12-31') then 'EEA' end as exporter,
           coalesce(d.destination_country = 'CH'
                    or d.disclosed_on between t.eea_from and coalesce(t.eea_to, date '9999-12-31'), false) as is_inside
    from dated as d
    left join bound as o on o.country = d.origin_country
    left join countries as t on t.country = d.destination_country
),
sent as (
    select * from placed where exporter is not null or not origin_known or disclosed_at is null
),
-- Adequate on the day: for everybody, for commercial organisations, for importers certified under a framework.
adequate as (
    select r.exporter, r.destination_country, r.disclosed_on, bool_or(a.needs is null and a.is_binding) as for_everybody,
           bool_or(a.needs = 'commercial' and a.is_binding) as for_commerce, bool_or(not a.is_binding) as by_list_alone,
           list(a.needs) filter (where a.needs <> 'commercial') as frameworks,
           list(replace(a.needs, 'swiss_', '')) filter (where a.needs like 'swiss%') as frameworks_of_the_union
    from (select distinct exporter, destination_country, disclosed_on from sent where not is_inside) as r
    join adequacy as a
      on a.exporter = r.exporter and a.country = r.destination_country
     and r.disclosed_on between a.valid_from and coalesce(a.valid_to, date '9999-12-31')
    group by all
),
certified as (
    select recipient_id, list(struct_pack(framework, certified_from, certified_to)) as certificates
    from certifications group by recipient_id
),
-- Whether a recipient acts in commerce, as adequacy for that demands: an authority does not; of a third party, and of one whose kind
-- is not known, nobody can tell (it may be an association, a university, the press).
kinds as (
    select recipient_id, any_value(kind) as kind, bool_and(case when kind <> 'third_party' then kind <> 'authority' end) as is_commercial
    from processors group by recipient_id
),
-- The contract or approval that is named; of several under one name the last to be signed.
contracts as (
    select mechanism_ref,
           arg_max(struct_pack(recipient_id, kind, signed_at, valid_from, valid_to, assessment_ref),
                   coalesce(signed_at, valid_from, '-infinity'::timestamptz)) as c
    from transfer_mechanisms
    group by mechanism_ref
),
-- The first day of a measure's clauses for anybody: what was signed before held others; and what it rests on, for whomever it is.
begun as (
    select mechanism, min(new_from) as clauses_from, min(rests_on) as rests_on from mechanisms group by mechanism
),
-- With the frameworks that the recipient was certified under on the day.
certified_then as (
    select s.*, list_transform(list_filter(f.certificates, lambda held: s.disclosed_at >= held.certified_from and coalesce(s.disclosed_at <= held.certified_to, true)),
                               lambda held: held.framework) as held
    from sent as s
    left join certified as f on f.recipient_id = s.recipient_id
)
select s.* exclude (held, before_measures), b.rests_on, m.new_from, m.new_until, m.relied_on_until, b.clauses_from,
       coalesce(a.for_everybody or (a.for_commerce and k.is_commercial) or list_has_any(a.frameworks, s.held), false) as is_adequate,
       coalesce((not e.certificates and a.frameworks is not null) or (a.for_commerce and k.kind is null), false) as may_be_adequate,
       coalesce(s.before_measures or a.by_list_alone or (a.for_commerce and k.kind = 'third_party')
                or list_has_any(a.frameworks_of_the_union, s.held), false) as adequacy_in_doubt,
       e.contracts as contracts_exported,
       c.mechanism_ref is not null as has_contract, c.c.recipient_id as contract_recipient_id, c.c.kind as contract_kind,
       c.c.signed_at, c.c.valid_from, c.c.valid_to, c.c.assessment_ref
from certified_then as s
cross join measures_exported as e
left join adequate as a on a.exporter = s.exporter and a.destination_country = s.destination_country and a.disclosed_on = s.disclosed_on
left join kinds as k on k.recipient_id = s.recipient_id
left join mechanisms_of_exporters as m on m.exporter = s.exporter and m.mechanism = s.mechanism
left join begun as b on b.mechanism = s.mechanism
left join contracts as c on c.mechanism_ref = s.mechanism_ref;
