-- Request and answer. The decoder tells an answer how long ago its request was; a table made by other hands may name its frame.
with requests as (
  select place, moment, service, exchange, invoke, subscriber_id, owner_code as home_code, owner_kin as home_kin,
    owner_country as home_country, sender
  from identified
  where is_request
),
answers as (
  select place, moment, service, protocol, exchange, invoke, delay, request_place, error_code, exposes
  from identified
  where is_answer
),
found as (
  select a.place as answer, r.place as request, r.moment as asked_at, r.subscriber_id, r.home_code, r.home_kin,
    r.home_country, r.sender, a.moment, a.service, a.protocol, a.error_code, a.exposes
  from answers a
  join requests r on r.moment = a.moment - a.delay and r.exchange = a.exchange and r.service = a.service and r.invoke = a.invoke
  where a.delay is not null
  union all
  select a.place, r.place, r.moment, r.subscriber_id, r.home_code, r.home_kin, r.home_country, r.sender, a.moment,
    a.service, a.protocol, a.error_code, a.exposes
  from answers a
  join requests r on r.place - r.place % 4096 = a.request_place and r.exchange = a.exchange and r.service = a.service
    and r.invoke = a.invoke
  where a.delay is null and a.request_place is not null
)
select answer, request, asked_at, subscriber_id, home_code, home_kin, home_country, sender, moment, service, error_code, exposes,
  row_number() over (partition by request order by answer) as answer_number,
  row_number() over (partition by answer order by request) as request_number,
  case
    when error_code is null then false
    when service = 1 then true
    when service = 2 then error_code < 2000 or error_code >= 3000
    when protocol in ('gtpv0', 'gtpv1') then error_code >= 192
    when service = 3 then error_code >= 64
    else error_code >= 400
  end as is_refused
from found
