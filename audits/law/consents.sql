-- When each consent ended, as one view: consent_ends. It has the columns of consents: withdrawn_at is the earlier of what is recorded there
-- and of the closing of a request that withdrew it; from withdrawal_in_doubt_from on nobody can tell whether it stood.
--
-- A consent is withdrawn as easily as it was given (GDPR Art. 7(3)): a request of the person to withdraw it ends it, at the latest
-- when it is fulfilled. Between its receipt and then, where it was not fulfilled, and where it does not name the purpose, it is in doubt. What was
-- given after the request came, or had ended before its day, is not meant; of several that it could mean, those that it names are. Whoever took the request back withdrew nothing.
create view consent_ends as
with asked as (
    select r.request_id, r.purpose, r.received_at,
           case when r.requester_role = 'parent' then r.child_account_id else coalesce(r.child_account_id, r.account_id) end as account_id,
           case when r.outcome = 'fulfilled' and r.closed_at between r.received_at and j.as_of then r.closed_at end as done_at
    from received_requests as r
    cross join judgement as j
    where r.type = 'consent_withdrawal' and r.requester_role is distinct from 'object' and r.outcome is distinct from 'withdrawn'
      and coalesce(r.received_at <= j.as_of, true)
),
meant as (
    select c.account_id, c.purpose, c.given_at, a.received_at, a.done_at, coalesce(c.purpose = a.purpose, false) as is_named
    from (select distinct account_id, purpose, given_at, withdrawn_at from consents) as c
    join asked as a on a.account_id = c.account_id
    where coalesce(c.given_at <= a.received_at, true) and coalesce(c.withdrawn_at >= start_of_day(a.received_at::date), true)
    qualify is_named or not bool_or(is_named) over (partition by a.request_id)
),
ends as (
    select account_id, purpose, given_at, min(case when is_named then done_at end) as withdrawn_at,
           min(coalesce(received_at, given_at)) as in_doubt_from
    from meant group by all
)
select c.* replace (least(c.withdrawn_at, e.withdrawn_at) as withdrawn_at), e.in_doubt_from as withdrawal_in_doubt_from
from consents as c
left join ends as e
       on e.account_id = c.account_id and e.purpose is not distinct from c.purpose and e.given_at is not distinct from c.given_at;

-- Disclosures by permission of a person who ever consented to anything: whether a consent to it stood (is_given), or may have
-- (may_be_given). It is one for sharing or for the purpose of the disclosure; one to be written to is none to share, and of a purpose in other
-- words nobody can tell.
create view permissions as
with asked as (
    select d.disclosure_id, coalesce(c.given_at, d.disclosed_at) <= d.disclosed_at and coalesce(c.withdrawn_at > d.disclosed_at, true) as stands,
           c.given_at is not null and (c.purpose = d.purpose or c.purpose = 'sharing') and coalesce(c.withdrawal_in_doubt_from > d.disclosed_at, true) as is_for_it,
           c.purpose in ('newsletter', 'promotion', 'marketing') and c.purpose <> d.purpose as is_for_else
    from disclosures as d
    join consent_ends as c on c.account_id = d.account_id
    where d.ground = 'permission'
)
select disclosure_id, bool_or(stands and is_for_it) as is_given, bool_or(stands and is_for_else is distinct from true) as may_be_given
from asked group by disclosure_id;
