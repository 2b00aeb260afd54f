-- Every pair of network and country that a message came from or named as visited, with a number below 65536.
with seen as (
  select sender_code as code, coalesce(sender_country, '') as country from events where sender_code > 0 or sender_country is not null
  union
  select visited_code, coalesce(visited_country, '') from events where visited_code > 0 or visited_country is not null
),
numbered as (
  select code, country, row_number() over (order by code, country) as number from seen
)
select code, country, number from numbered where number < 65536
