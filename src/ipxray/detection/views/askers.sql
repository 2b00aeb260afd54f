-- Networks and countries that asked about each subscriber within ten trailing minutes, counted as in senders.
with requests as (
  select place, subscriber_id, moment, sender_party, sender_country
  from events
  where is_request and subscriber_id is not null and sender_party <> ''
),
spaced as (
  select place, subscriber_id, moment, sender_country is not null as has_country,
    moment - lag(moment) over parties as since_party, lead(moment) over parties - moment as until_party,
    moment - lag(moment) over countries as since_country, lead(moment) over countries - moment as until_country
  from requests
  window parties as (partition by subscriber_id, sender_party order by moment),
    countries as (partition by subscriber_id, sender_country order by moment)
),
steps as (
  select place, subscriber_id, moment,
    4294967296 * case when coalesce(since_party, 600000001) > 600000000 then 1 else 0 end
      + case when has_country and coalesce(since_country, 600000001) > 600000000 then 1 else 0 end as parties_countries
  from spaced
  union all
  select null, subscriber_id, moment + 600000001,
    -4294967296 * case when coalesce(until_party, 600000001) > 600000000 then 1 else 0 end
      - case when has_country and coalesce(until_country, 600000001) > 600000000 then 1 else 0 end
  from spaced
  where coalesce(until_party, 600000001) > 600000000 or coalesce(until_country, 600000001) > 600000000
),
running as (
  select place, cast(sum(parties_countries) over lately as bigint) as parties_countries
  from steps
  window lately as (partition by subscriber_id order by moment range between unbounded preceding and current row)
)
select place, cast(floor(parties_countries / 4294967296) as bigint) as subscriber_senders_10m,
  parties_countries % 4294967296 as subscriber_countries_10m
from running
where place is not null
