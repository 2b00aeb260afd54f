-- What had happened to the subscriber before each message, strictly earlier by the clock. A time and a place's number travel
-- packed in one integer, so that the greatest is the latest: (at - start) * 65536 + number.
with numbered as (
  select e.place, e.subscriber, e.moment, e.moment - r.start_at as since, e.sender_party, e.is_request, e.registers, e.family,
    e.sender_is_home, e.toward_home, e.service, e.operation_key,
    coalesce(sp.number, vp.number, 0) as station,
    coalesce(sp.number, 0) as sender_station
  from events e
  cross join run r
  left join stations sp on sp.code = e.sender_code and sp.country = coalesce(e.sender_country, '')
  left join stations vp on vp.code = e.visited_code and vp.country = coalesce(e.visited_country, '')
  where e.subscriber is not null
),
earlier as (
  select place, moment, since,
    max(case when registers then since * 65536 + station end) over subject as registered,
    max(case when registers then since end) over party as sender_registered,
    max(case when is_request and family = 'authentication' then since end) over party as authenticated,
    max(case when is_request and sender_is_home or registers and coalesce(toward_home, true) then since end) over subject as home_asked,
    max(case when is_request and (service = 'sccp' and operation_key = '45' or service = 'diameter' and operation_key = '8388647')
      then since * 65536 + sender_station end) over subject as sri_sm,
    max(case when is_request and family = 'cancel' then since end) over subject as cancelled
  from numbered
  window subject as (partition by subscriber order by since range between unbounded preceding and 1 preceding),
    party as (partition by subscriber, sender_party order by since range between unbounded preceding and 1 preceding)
)
select place,
  cast(floor(registered / 65536) as bigint) as registered_since, registered % 65536 as station,
  since - cast(floor(registered / 65536) as bigint) as since_registration_us,
  since - sender_registered as since_sender_registered_us,
  since - authenticated as since_authentication_us,
  since - home_asked as since_home_asked_us,
  since - cast(floor(sri_sm / 65536) as bigint) as since_sri_sm_us, sri_sm % 65536 as sri_sm_station,
  since - cancelled as since_cancelled_us
from earlier
