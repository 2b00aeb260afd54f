-- The events with what had happened to their subscriber before, strictly earlier by the clock. A time and a station's number
-- travel packed in one integer, so that the greatest is the latest: (time since the start) * 65536 + number. Of captures that lie
-- years apart, what comes more than four years after the first has no history.
with numbered as (
  select e.place, e.service, e.is_request, e.operation_number, e.sender, e.receiver, e.receiver_code, e.path, e.is_answered,
    e.answer_error, e.answer_exposes, e.answer_delay_us, e.told_by_another, e.home_code, e.home_country, e.sender_is_home, e.toward_home,
    e.subscriber_id, e.sender_party, e.role, e.registers, least(e.moment - r.start_at, 140737488355327) as since, coalesce(sp.number, vp.number, 0) as station, coalesce(sp.number, 0) as sender_station
  from events e
  cross join run r
  left join stations sp on sp.code = e.sender_code and sp.country = coalesce(e.sender_country, '')
  left join stations vp on vp.code = e.visited_code and vp.country = coalesce(e.visited_country, '')
),
earlier as (
  select *,
    max(case when registers then since * 65536 + station end) over subject as registered,
    max(case when registers then since end) over party as sender_registered,
    max(case when is_request and role = 2 then since end) over party as authenticated,
    max(case when is_request and sender_is_home or registers and coalesce(toward_home, true) then since end) over subject
      as home_asked,
    max(case when is_request and role = 4 then since * 65536 + sender_station end) over subject as sri_sm,
    max(case when is_request and role = 3 then since end) over subject as cancelled
  from numbered
  where subscriber_id is not null
  window subject as (partition by subscriber_id order by since range between unbounded preceding and 1 preceding),
    party as (partition by subscriber_id, sender_party order by since range between unbounded preceding and 1 preceding)
  union all
  select *, null, null, null, null, null, null from numbered where subscriber_id is null
)
select place, service, is_request, operation_number, sender, receiver, receiver_code, path, is_answered, answer_error,
  answer_exposes, answer_delay_us, told_by_another, home_code, home_country, sender_is_home, toward_home,
  cast(floor(registered / 65536) as bigint) as registered_since, registered % 65536 as station,
  since - cast(floor(registered / 65536) as bigint) as since_registration_us,
  since - sender_registered as since_sender_registered_us,
  since - authenticated as since_authentication_us,
  since - home_asked as since_home_asked_us,
  since - cast(floor(sri_sm / 65536) as bigint) as since_sri_sm_us, sri_sm % 65536 as sri_sm_station,
  since - cancelled as since_cancelled_us
from earlier
