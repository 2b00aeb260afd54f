-- Requests for authentication vectors and registrations of each sending network within a trailing day, at each of them.
with asked as (
  select sender_party, moment,
    case when family = 'authentication' then 1 else 0 end as authentications,
    case when registers then 1 else 0 end as registrations
  from events
  where is_request and sender_party <> '' and (family = 'authentication' or registers)
),
moments as (
  select sender_party, moment, sum(authentications) as authentications, sum(registrations) as registrations
  from asked
  group by sender_party, moment
)
select sender_party, moment,
  cast(sum(authentications) over lately as bigint) as sender_authentications_1d,
  cast(sum(registrations) over lately as bigint) as sender_registrations_1d
from moments
window lately as (partition by sender_party order by moment range between 86400000000 preceding and current row)
