-- Networks and countries that asked about each subscriber within ten trailing minutes, counted as in senders.
with requests as (
  select subscriber, moment, sender_code, coalesce(sender_country, '') as country
  from events
  where is_request and subscriber is not null and (sender_code > 0 or sender_country is not null)
),
by_network as (
  select subscriber, moment, lag(moment) over occurrence as earlier, lead(moment) over occurrence as later
  from requests
  window occurrence as (partition by subscriber, sender_code, case when sender_code = 0 then country else '' end order by moment)
),
by_country as (
  select subscriber, moment, lag(moment) over occurrence as earlier, lead(moment) over occurrence as later
  from requests
  where country <> ''
  window occurrence as (partition by subscriber, country order by moment)
),
steps as (
  select subscriber, moment, 0 as networks, 0 as countries, 1 as is_moment from requests
  union all
  select subscriber, moment, 1, 0, 0 from by_network where coalesce(moment - earlier, 600000001) > 600000000
  union all
  select subscriber, moment + 600000001, -1, 0, 0 from by_network where coalesce(later - moment, 600000001) > 600000000
  union all
  select subscriber, moment, 0, 1, 0 from by_country where coalesce(moment - earlier, 600000001) > 600000000
  union all
  select subscriber, moment + 600000001, 0, -1, 0 from by_country where coalesce(later - moment, 600000001) > 600000000
),
moments as (
  select subscriber, moment, sum(networks) as networks, sum(countries) as countries, max(is_moment) as is_moment
  from steps
  group by subscriber, moment
),
running as (
  select subscriber, moment, is_moment, sum(networks) over lately as networks, sum(countries) over lately as countries
  from moments
  window lately as (partition by subscriber order by moment rows between unbounded preceding and current row)
)
select subscriber, moment, cast(networks as bigint) as subscriber_senders_10m, cast(countries as bigint) as subscriber_countries_10m
from running
where is_moment > 0
