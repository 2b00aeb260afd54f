-- Requests for authentication vectors and registrations of each sending network within a trailing day, at each of them.
select place,
  sum(case when role = 2 then 1 else 0 end) over lately as sender_authentications_1d,
  sum(case when registers then 1 else 0 end) over lately as sender_registrations_1d
from events
where is_request and sender_party <> '' and (role = 2 or registers)
window lately as (partition by sender_party order by moment range between 86400000000 preceding and current row)
