-- Telephone numbers and the one IMSI that messages tell beside them, or that the answer to a question about them gave.
with told as (
  select msisdn_id, digits_id as imsi_id, home_code, home_kin, home_country
  from located
  where msisdn_id is not null and digits_id is not null
  union all
  select r.digits_id, a.digits_id, a.home_code, a.home_kin, a.home_country
  from located a
  join located r on r.moment = a.moment - a.delay and r.exchange = a.exchange and r.service = a.service and r.invoke = a.invoke
  where a.is_answer and a.delay is not null and a.digits_id % 64 < 32 and r.is_request and r.digits_id % 64 > 32
)
select msisdn_id, min(imsi_id) as imsi_id, min(home_code) as home_code, min(home_kin) as home_kin, min(home_country) as home_country
from told
group by msisdn_id
having count(distinct imsi_id) = 1
