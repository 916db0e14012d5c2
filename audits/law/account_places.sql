-- Where the law depends on the region, it is the account's that tells; worked out anew where an account is read otherwise.
create or replace table account_places as
select a.account_id, a.country, min(coalesce(p.place, a.country)) as place
from accounts as a
left join (select distinct place from places) as p on p.place = a.country || '-' || a.region
where a.region is not null
  and a.country in (select country from country_places where by_region)
  and a.account_id in (select account_id from requests where country in (select country from country_places where by_region))
group by a.account_id, a.country;
