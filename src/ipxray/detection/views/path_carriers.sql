-- The carriers that every way shows: holders of its point codes, and of the domains in which its Route-Records lie.
with seen as (
  select distinct path from events where path is not null
),
hops as (
  select s.path, lower(split_part(s.path, ' ', cast(h.position + 2 as int))) as host
  from seen s
  cross join hop_positions h
)
select s.path, p.carrier from seen s join point_carriers p on p.point = split_part(s.path, ' ', 1)
union
select s.path, p.carrier from seen s join point_carriers p on p.point = split_part(s.path, ' ', 2)
union
select h.path, c.carrier
from hops h
join carrier_domains c on right(h.host, c.size) = c.domain
  and (length(h.host) = c.size or substr(h.host, length(h.host) - c.size, 1) = '.')
where h.host <> ''
