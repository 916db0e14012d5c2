-- Makes planned_disclosures: whose data goes to whom and when, and the plan: what will be wrong with it.
-- Needs accounts (10_people), day_slots (15_days), erased (30_request_steps), processors (40_recipients).
-- Plants nothing itself: the next two sections follow the plan.

create table planned_disclosures as
with drawn as (
    select i as number, draw_account('discloses', i) as account_id, draw_slot('disclosed day', i) as slot,
           draw('disclosed to', i) as whom
    from range(1, getvariable('account_count')::bigint * 3 // 2 + 1) as t (i)
),
dated as (
    select d.*, at_second(s.day, 36_000 * (0.8 + draw('disclosed hour', d.number))) as disclosed_at
    from drawn as d join day_slots as s using (slot)
),
sent as (
    select d.*, a.country as origin_country, in_eea(a.country) or a.country = 'CH' as is_inside,
           a.country = 'US' and (a.region is null or a.region = 'CA') as is_californian, e.erased_at is not null as is_erased,
           -- As section 60_marketing will have it.
           draw('opts out', d.account_id) < 0.08 and d.disclosed_at > days_later(a.created_at, 310) as is_opted_out,
           case when whom < 0.48 then
                    case when disclosed_at < timestamptz '2025-06-15 00:00:00+02' then 'P01'
                         -- A few jobs went on sending to the old provider after its agreement had ended.
                         when disclosed_at > timestamptz '2025-09-01 00:00:00+02' and whom < 0.006
                              and (not is_mended() or disclosed_at < timestamptz '2026-04-01 00:00:00+02')
                         then 'P01'
                         else 'P02' end
                when whom < 0.73 then 'P03' when whom < 0.86 then 'P04' when whom < 0.92 then 'P05' when whom < 0.962 then 'P06'
                when whom < 0.970 then 'P11' when whom < 0.978 then 'P10' when whom < 0.986 then 'P14'
                when whom < 0.990 then 'P12' when whom < 0.992 and may_go_wrong(disclosed_at) then 'P08'
                -- One provider began before there was an agreement, with another there never was one.
                when whom > 0.993 and disclosed_at < timestamptz '2025-03-01 00:00:00+01' and may_go_wrong(disclosed_at)
                     and disclosed_at > timestamptz '2024-11-01 00:00:00+01' then 'P16'
                when whom > 0.999 and not is_mended() then 'P17'
                else 'P07' end as recipient_id,
           case when may_go_wrong(disclosed_at) then draw('transfer', d.number) else 0.5 end as chance
    from dated as d
    join accounts as a using (account_id)
    left join erased as e using (account_id)
    where d.disclosed_at > a.created_at
      and d.disclosed_at < least(exported_at(), e.erased_at, case when is_mended() then a.closed_at end)
)
-- What will be wrong with which disclosure; dates keep well away from the days on which the law changed.
select numbered('D', number) as disclosure_id, s.* exclude (slot, whom, chance, is_erased, is_opted_out),
       p.country as register_country, p.kind, p.instruction_ref as register_instruction,
       case when recipient_id = 'P08' and is_inside then 'not_certified'
            when recipient_id = 'P01' and disclosed_at > timestamptz '2025-09-01 00:00:00+02' then 'ended'
            when recipient_id = 'P04' and chance < 0.01 then 'framework_ended'
            when recipient_id = 'P04' and chance < case when is_californian and is_opted_out then 0.45
                                                        when is_californian then 0.1 else 0.02 end then 'for_marketing'
            when recipient_id = 'P16' then 'before_signing'
            when recipient_id = 'P17' then 'no_agreement'
            -- The new framework, before it was one for Switzerland.
            when recipient_id in ('P01', 'P03') and origin_country = 'CH' and chance < 0.25
                 and disclosed_at < timestamptz '2024-09-01 00:00:00+02' then 'not_yet'
            when recipient_id = 'P03' and chance > 0.99 then 'outside_mandate'
            when recipient_id = 'P06' and is_inside and disclosed_at < timestamptz '2025-12-01 00:00:00+01' then
                case when chance < 0.06 then 'no_mechanism'
                     when chance < 0.12 and disclosed_at > timestamptz '2024-08-01 00:00:00+02' then 'not_in_force'
                     when chance < 0.18 and disclosed_at < timestamptz '2025-04-01 00:00:00+02' then 'not_yet_signed'
                     when chance < 0.22 then 'no_contract'
                     when chance < 0.26 then 'not_adequate'
                     when chance < 0.30 then 'other_kind'
                     when chance < 0.36 then 'other_recipient'
                     when chance < 0.42 then 'clauses_outdated'
                     when chance < 0.45 then 'derogation_unapproved'
                     when chance < 0.49 and origin_country <> 'CH' then 'no_assessment'
                     else 'kept' end
            when recipient_id = 'P03' and chance < 0.015 and not is_mended() then 'not_recorded'
            when recipient_id = 'P02' and chance < 0.004 then 'elsewhere'
            when recipient_id = 'P02' and chance < 0.010 then 'no_instruction'
            when recipient_id = 'P02' and chance < case when is_mended() then 0.011 else 0.014 end then 'no_recipient'
            when recipient_id = 'P02' and chance < 0.016 then 'other_instruction'
            -- A recipient that nobody entered in the register.
            when recipient_id = 'P02' and chance < 0.019 and not is_mended() and not is_erased then 'stranger'
            when recipient_id = 'P07' and chance < 0.2 then 'not_approved'
            when recipient_id = 'P07' and chance < 0.3 then 'no_ground'
            when recipient_id = 'P07' and chance < 0.4 then 'by_habit'
            when recipient_id = 'P10' and chance < 0.2 then 'no_transaction'
            when recipient_id = 'P11' and chance < 0.2 then 'courtesy'
            when recipient_id = 'P14' and chance < 0.2 then 'too_few'
            else 'kept' end as plan
from sent as s
join processors as p using (recipient_id);
