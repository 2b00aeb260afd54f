-- Telephone numbers and the one IMSI that messages tell beside them, or that the answer to a question about them gave.
with told as (
  select msisdn_id, digits_id as imsi_id
  from located
  where msisdn_id is not null and digits_id is not null
  union all
  select r.digits_id, a.digits_id
  from located a
  join located r on r.moment = a.moment - a.delay and r.exchange = a.exchange and r.service = a.service and r.invoke = a.invoke
  where a.is_answer and a.delay is not null and a.digits_id % 64 < 32 and r.is_request and r.digits_id % 64 > 32
)
select msisdn_id, min(imsi_id) as imsi_id
from told
group by msisdn_id
having count(distinct imsi_id) = 1
