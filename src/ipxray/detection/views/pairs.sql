-- Request and answer. The decoder tells an answer how long ago its request was; a table made by other hands may name its frame.
with found as (
  select a.place as answer, min(r.place) as request
  from located a
  join located r on r.service = a.service and r.moment = a.moment - a.delay and r.exchange = a.exchange and r.invoke = a.invoke
  where a.is_answer and r.is_request and a.delay is not null
  group by a.place
  union all
  select a.place, min(r.place)
  from located a
  join located r on r.service = a.service and r.place >= a.request_place and r.place < a.request_place + 4096
    and r.exchange = a.exchange and r.invoke = a.invoke
  where a.is_answer and r.is_request and a.delay is null and a.request_place is not null
  group by a.place
),
firsts as (
  select request, min(answer) as answer from found group by request
)
select f.answer, f.request, f.answer = o.answer as is_first, a.moment, a.moment - r.moment as delay, a.error_code, a.exposes,
  r.subscriber, r.subscriber_space, r.subscriber_key, r.sender, r.family,
  case
    when a.error_code is null then false
    when a.service = 'sccp' then true
    when a.protocol = 'diameter' then a.error_code < 2000 or a.error_code >= 3000
    when a.protocol = 'gtpv2' then a.error_code >= 64
    when a.protocol in ('gtpv0', 'gtpv1') then a.error_code >= 192
    when a.protocol = 'pfcp' then a.error_code >= 64
    else a.error_code >= 400
  end as is_refused
from found f
join firsts o on o.request = f.request
join located a on a.place = f.answer
join located r on r.place = f.request
