-- The receipt phase of a Dutch municipality's permits (CoSeLoG "WABO" log, a row a case), read as a request register.
-- The file receipt_cases.csv is found as source.receipt_cases.

-- The log does not say when it was taken: state the instant of judgement with --as-of. Local time is Amsterdam's.
create view export_info as
select null::timestamptz as exported_at, 'Europe/Amsterdam' as timezone, 'CoSeLoG WABO receipt phase' as source;

-- Every case is read as a request for access: the log knows no type, and the promise of thirty days is measured on it as a stand-in.
-- The answer is taken to be given when the case ends. `enddate` is empty while a case is open.
create view requests as
select "concept:name" as request_id,
       'access'       as type,
       lower(channel) as channel,
       startdate      as received_at,
       deadline       as due_at,
       enddate        as responded_at,
       enddate        as closed_at,
       'NL'           as country
from source.receipt_cases;
