-- Declared against observed: a way is declared when it shows a carrier that the sender declares. It is undeclared when it shows
-- carriers and one of them neither sender nor receiver declares; where only the receiver's own carriers are seen, nobody knows.
with ways as (
  select distinct path, service, sender_code, receiver_code from events where sender_code > 0 and path is not null
),
shown as (
  select w.path, w.service, w.sender_code, w.receiver_code,
    max(case when s.carrier is not null then 1 else 0 end) as by_sender,
    max(case when s.carrier is null and r.carrier is null then 1 else 0 end) as by_nobody
  from ways w
  join path_carriers c on c.path = w.path
  left join declared_routes s on s.code = w.sender_code and s.service = w.service and s.carrier = c.carrier
  left join declared_routes r on r.code = w.receiver_code and r.service = w.service and r.carrier = c.carrier
  group by w.path, w.service, w.sender_code, w.receiver_code
)
select h.path, h.service, h.sender_code, h.receiver_code,
  case
    when h.by_sender = 1 then 'declared'
    when h.by_nobody = 1 and d.code is not null then 'undeclared'
    else 'unknown'
  end as verdict
from shown h
left join (select distinct code, service from declared_routes) as d on d.code = h.sender_code and d.service = h.service
