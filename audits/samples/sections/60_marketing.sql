-- Makes consents to newsletters and offers, opt_outs, and messages, which respect both but for what is planted.
-- Needs accounts (10_people), day_slots (15_days), requests (24_outcomes), erased and objected (30_request_steps), planned_disclosures (42_disclosures).
-- Sections 87_consents_relied_on and 88_withdrawals add consents.

-- With the dates on which people change their minds, after the export too.
create table drawn_consents as
select account_id, country, created_at, closed_at,
       -- Where the law is not settled, the company asks as well.
       country not in ('US', 'AR', 'MX') as needs_consent,
       case when draw('consents', account_id) < 0.6 then days_later(created_at, 1) end as given_at,
       draw('offers', account_id) < 0.4 as wants_offers,
       case when draw('withdraws', account_id) < 0.08 then days_later(created_at, 401) end as withdrawn_at,
       case when draw('opts out', account_id) < 0.08 then days_later(created_at, 301) end as opted_out_at
from accounts
where subject_type <> 'subscriber_object';

create table asked_to_opt_out as
select account_id, min(received_at) as asked_at from requests where type = 'opt_out' group by account_id;

create table consents as
select 'C' || account_id as consent_id, account_id, 'newsletter' as purpose, given_at, seen(withdrawn_at) as withdrawn_at,
       '2022-06' as notice_version, 'form-' || account_id as proof_ref
from drawn_consents
where given_at < exported_at();

-- The second box of the form.
insert into consents
select 'O' || c.account_id, c.account_id, 'promotion', c.given_at, c.withdrawn_at, c.notice_version, c.proof_ref
from consents as c join drawn_consents as d using (account_id)
where d.wants_offers;

create table opt_outs as
select account_id, opted_out_at, 'email' as channel
from drawn_consents
where opted_out_at < exported_at()
order by account_id;

create table planned_messages as
with drawn as (
    select i as number, draw_account('writes to', i) as account_id, draw_slot('sent day', i) as slot,
           draw('kind of message', i) as kind_draw, draw('message', i) as chance
    from range(1, getvariable('account_count')::bigint + 1) as t (i)
),
dated as (
    select d.number, d.chance, c.*, at_second(s.day, 36_000) as sent_at,
           case when kind_draw < 0.3 then 'service' when kind_draw < 0.8 or not wants_offers then 'newsletter' else 'promotion' end as kind
    from drawn as d join day_slots as s using (slot) join drawn_consents as c using (account_id)
),
known as (
    select *, coalesce(given_at < sent_at and coalesce(withdrawn_at > sent_at, true), false) as has_consent,
           coalesce(opted_out_at < sent_at, false) as is_opted_out
    from dated left join erased using (account_id) left join objected using (account_id) left join asked_to_opt_out using (account_id)
    where sent_at > created_at and sent_at < least(exported_at(), erased_at, case when is_mended() then closed_at end)
      and (kind = 'service' or sent_at < least(exported_at(), objected_at, asked_at))
),
planned as (
    select numbered('N', number) as message_id, account_id, country, kind, sent_at, has_consent,
           case when kind = 'service' then 'kept'
                when needs_consent and not has_consent and not is_opted_out and chance < 0.05
                     and may_go_wrong(sent_at)
                then 'not_opted_in'
                when is_opted_out and (has_consent or not needs_consent) and chance < 0.2 and may_go_wrong(sent_at)
                then 'after_opt_out'
                when (has_consent or not needs_consent) and not is_opted_out then 'kept' end as plan
    from known
)
select * from planned where plan is not null;

-- One newsletter went out to some who had objected to marketing.
create table written_to as
select request_id, 'X' || account_id as message_id, account_id, days_later(objected_at, 9) as sent_at
from objected
join requests using (request_id, account_id)
join drawn_consents as c using (account_id)
left join erased using (account_id)
left join asked_to_opt_out using (account_id)
where purpose = 'marketing' and outcome = 'fulfilled' and objected.times = 1 and draw('written to', account_id) < 0.6
  and given_at < objected_at and may_go_wrong(sent_at)
  and sent_at < least(exported_at(), c.closed_at, withdrawn_at, opted_out_at, erased_at, asked_at)
order by account_id;

create table messages as
select message_id, account_id, kind, sent_at, case when has_consent and kind <> 'service' then if(kind = 'promotion', 'O', 'C') || account_id end as consent_id
from planned_messages
union all
select message_id, account_id, 'newsletter', sent_at, 'C' || account_id from written_to
order by message_id;

insert into planted
select 'marketing_message_had_opt_in', message_id,
       case when in_eea(country) or country in ('GB', 'CH', 'TR', 'ZA', 'KE', 'CO') then plan else 'law_unknown' end
from planned_messages where plan = 'not_opted_in'
union all
select 'opt_out_honoured', message_id, plan from planned_messages where plan = 'after_opt_out'
union all
-- Partners' marketing, which Californians can refuse.
select 'california_no_direct_marketing_sharing', d.disclosure_id,
       case when a.region is null then 'region_unknown' when least(c.opted_out_at, o.asked_at) <= d.disclosed_at then 'opted_out'
            else 'for_marketing' end
from planned_disclosures as d join accounts as a using (account_id) left join drawn_consents as c using (account_id)
left join asked_to_opt_out as o using (account_id)
where d.plan = 'for_marketing' and d.is_californian;
